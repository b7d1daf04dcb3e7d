//! Bytes in and out: pure functions over the journal in memory. No paths, no store.

use crate::domain::report::section::ReportAsk;
use chrono::NaiveDate;

pub mod csv;
pub mod fhir;
pub mod foreign;
pub mod import;
pub mod json;
pub mod package;
pub mod report;
pub mod share;

/// A form in which the journal can be given back.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Format {
    /// Its name on the command line.
    pub name: &'static str,
    /// The ending of its files.
    pub extension: &'static str,
    /// What it is, in few words.
    pub about: &'static str,
}

/// Every form. The command line's values and help, and the guess by extension, derive from here.
pub const FORMATS: &[Format] = &[
    Format {
        name: "csv",
        extension: "csv",
        about: "ratings or check-ins as rows, or everything as a folder of tables, for spreadsheets and statistics",
    },
    Format {
        name: "json",
        extension: "json",
        about: "everything as one document",
    },
    Format {
        name: "fhir",
        extension: "fhir.json",
        about: "a FHIR R4 bundle, for programs of clinics",
    },
];

/// What is given back, and in which form: what the full screen and plain mode write to a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Giving {
    /// Everything: a folder with a Data Package.
    Package,
    /// Everything as one document.
    Json,
    /// Health records.
    Fhir,
    /// CSV of one of the layouts.
    Csv(csv::Layout),
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

/// The forms that are offered by a word, everything first.
pub const GIVINGS: &[(&str, Giving)] = &[
    ("all", Giving::Package),
    ("wide", Giving::Csv(csv::Layout::Wide)),
    ("long", Giving::Csv(csv::Layout::Long)),
    ("json", Giving::Json),
    ("fhir", Giving::Fhir),
];

impl Giving {
    /// What it is, on a form and in a sentence.
    pub const fn name(&self) -> &'static str {
        match self {
            Self::Package => "Everything as tables",
            Self::Json => "Everything as JSON",
            Self::Fhir => "Health records",
            Self::Csv(csv::Layout::Long) => "Ratings as CSV",
            Self::Csv(csv::Layout::Wide) => "Check-ins as CSV",
            Self::Report(..) => "Report",
        }
    }

    /// What a person gets.
    pub const fn about(&self) -> &'static str {
        match self {
            Self::Package => "everything, as a folder of CSV tables (Data Package)",
            Self::Json => "everything, as one JSON document",
            Self::Fhir => "health records (FHIR R4), for programs of clinics; without notes",
            Self::Csv(csv::Layout::Long) => "CSV, a rating a row, for statistics",
            Self::Csv(csv::Layout::Wide) => "CSV, a check-in a row, for a spreadsheet",
            Self::Report(..) => "a report for a clinician",
        }
    }

    /// A neutral name for its file, made on `day`.
    pub fn file_name(&self, day: NaiveDate) -> String {
        match self {
            Self::Package => format!("journal-{day}"),
            Self::Json => format!("journal-{day}.json"),
            Self::Fhir => format!("records-{day}.fhir.json"),
            Self::Csv(csv::Layout::Long) => format!("ratings-{day}.csv"),
            Self::Csv(csv::Layout::Wide) => format!("check-ins-{day}.csv"),
            Self::Report(_, form, _) => format!("report-{day}.{}", form.extension()),
        }
    }
}
