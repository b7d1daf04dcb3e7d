//! Bytes in and out: pure functions over the journal in memory. No paths, no store.

use crate::domain::report::section::ReportAsk;
use chrono::NaiveDate;
use csv::Range;
use format::Layout;
use wish::Notes;

pub mod csv;
pub mod data_package;
pub mod errand;
pub mod fhir;
pub mod foreign;
pub mod format;
pub mod import;
pub mod json;
pub mod package;
pub mod progress;
pub mod report;
mod schema;
pub mod share;
pub mod wish;

/// What is given back, and in which form: what the full screen and plain mode write.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Giving {
    /// A layout of one of the formats, and how much of the journal it holds.
    Export(&'static Layout, Portion),
    /// The report for a clinician.
    Report(Box<ReportAsk>, report::Form, Afterwards),
}

/// How much of the journal an export holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Portion {
    /// Which days.
    pub(crate) range: Range,
    /// Whether typed notes go along.
    pub(crate) notes: Notes,
}

impl Portion {
    /// All days; notes as the layout has them unasked.
    pub(crate) fn usual(layout: &Layout) -> Self {
        Self {
            range: Range::ALL,
            notes: layout.usual_notes(),
        }
    }
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
    /// What it is, on a form and in a sentence.
    pub(crate) const fn name(&self) -> &'static str {
        match self {
            Self::Export(layout, _) => layout.name,
            Self::Report(..) => "Report",
        }
    }

    /// A neutral name for its file, made on `day`.
    pub(crate) fn file_name(&self, day: NaiveDate) -> String {
        match self {
            Self::Export(layout, _) => format!("{}-{day}{}", layout.stem, layout.ending),
            // The name says nothing of kratom: other people see file names.
            Self::Report(_, form, _) => format!("report-{day}.{}", form.extension()),
        }
    }
}
