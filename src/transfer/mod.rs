//! Bytes in and out: pure functions over the journal in memory. No paths, no store.

use crate::domain::report::section::ReportAsk;
use chrono::NaiveDate;
use format::{FORMATS, Layout, ToFile, ToFolder};

pub mod csv;
pub mod fhir;
pub mod foreign;
pub mod format;
pub mod import;
pub mod json;
pub mod package;
pub mod report;
pub mod share;
pub mod wish;

/// What is given back, and in which form: what the full screen and plain mode write.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Giving {
    /// A folder of files.
    Folder(&'static Layout<ToFolder>),
    /// One file, with its ending.
    File(&'static Layout<ToFile>, &'static str),
    /// The report for a clinician.
    Report(Box<ReportAsk>, report::Form, Afterwards),
}

/// What becomes of a file once it is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Afterwards {
    /// It lies there.
    Kept,
    /// The system's own program for such files opens it, as the person asked.
    Opened,
}

impl Giving {
    /// What a person can choose from: every layout of every format, everything first.
    pub fn offered() -> impl Iterator<Item = Self> {
        FORMATS.iter().flat_map(|format| {
            let files = format.layouts.iter().chain([&format.file]);
            let files = files.map(|layout| Self::File(layout, format.extension));
            format.folder.iter().map(Self::Folder).chain(files)
        })
    }

    /// The word that chooses it in plain mode.
    pub const fn word(&self) -> &'static str {
        match self {
            Self::Folder(layout) => layout.word,
            Self::File(layout, _) => layout.word,
            Self::Report(..) => "report",
        }
    }

    /// What it is, on a form and in a sentence.
    pub const fn name(&self) -> &'static str {
        match self {
            Self::Folder(layout) => layout.name,
            Self::File(layout, _) => layout.name,
            Self::Report(..) => "Report",
        }
    }

    /// What a person gets.
    pub const fn about(&self) -> &'static str {
        match self {
            Self::Folder(layout) => layout.about,
            Self::File(layout, _) => layout.about,
            Self::Report(..) => "a report for a clinician",
        }
    }

    /// A neutral name for its file, made on `day`.
    pub fn file_name(&self, day: NaiveDate) -> String {
        match self {
            Self::Folder(layout) => format!("{}-{day}", layout.stem),
            Self::File(layout, extension) => format!("{}-{day}.{extension}", layout.stem),
            Self::Report(_, form, _) => format!("report-{day}.{}", form.extension()),
        }
    }
}
