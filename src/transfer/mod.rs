//! Bytes in and out: pure functions over the journal in memory. No paths, no store.

pub mod csv;
pub mod formula;
pub mod report;

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
pub const FORMATS: &[Format] = &[Format {
    name: "csv",
    extension: "csv",
    about: "ratings or check-ins as rows, for spreadsheets and statistics",
}];
