//! What can be taken in: one row a form. A form that gives an [`Incoming`] is a reader and a row here.

pub(super) mod entry;
pub mod error;
pub mod validate;

use super::csv::read as csv_read;
use super::foreign;
use super::foreign::apps::App;
use super::json;
use super::package;
use crate::domain::journal::incoming::Incoming;
use error::{File, Here, RowError};

/// A form that can be read.
#[derive(Clone, Copy)]
pub struct ImportFormat {
    /// Its name on the command line.
    pub name: &'static str,
    /// What it is, in few words.
    pub about: &'static str,
    /// Whose it is.
    pub of: Whose,
}

/// Whose a form is, and how its files are told and read.
#[derive(Clone, Copy)]
pub enum Whose {
    /// Ours.
    Ours {
        /// Whether these files, a folder's or a single one, are of this form.
        detects: fn(&[File]) -> bool,
        /// Reads them.
        reads: Reader,
    },
    /// Another program's, whose columns a person can say the meaning of.
    Another(App),
}

/// Reads the files of a form.
pub type Reader = fn(&[File], &Here<'_>) -> Result<Incoming, Vec<RowError>>;

impl ImportFormat {
    /// Whether these files, a folder's or a single one, are of this form.
    pub fn is_of(&self, files: &[File]) -> bool {
        match self.of {
            Whose::Ours { detects, .. } => detects(files),
            Whose::Another(app) => app.is_of(files),
        }
    }

    /// Reads them.
    ///
    /// # Errors
    /// Every slip with its place, up to a number that can still be read.
    pub fn read(&self, files: &[File], here: &Here<'_>) -> Result<Incoming, Vec<RowError>> {
        match self.of {
            Whose::Ours { reads, .. } => reads(files, here),
            Whose::Another(app) => foreign::read(app, files, here),
        }
    }
}

/// Every form, the surest to be told apart first.
pub const IMPORTS: &[ImportFormat] = &[
    ImportFormat {
        name: "package",
        about: "a folder written by `ebb export csv -o DIR/`",
        of: Whose::Ours {
            detects: package::read::is_package,
            reads: |files, _| package::read::read(files),
        },
    },
    ImportFormat {
        name: "json",
        about: "a file written by `ebb export json`",
        of: Whose::Ours {
            detects: |files| matches!(files, [file] if json::read::is_ours(file)),
            reads: |files, _| single(files, json::read::read),
        },
    },
    ImportFormat {
        name: "csv",
        about: "a file written by `ebb export csv`, either layout",
        of: Whose::Ours {
            detects: |files| matches!(files, [file] if csv_read::is_ours(file)),
            reads: |files, here| single(files, |file| csv_read::read(file, here)),
        },
    },
    ImportFormat {
        name: "daylio",
        about: "moods and notes from Daylio",
        of: Whose::Another(App::Daylio),
    },
    ImportFormat {
        name: "bearable",
        about: "a row for each value, as Bearable gives them",
        of: Whose::Another(App::Bearable),
    },
    ImportFormat {
        name: "loop",
        about: "Loop Habit Tracker's Checkmarks.csv, or the folder with it",
        of: Whose::Another(App::Loop),
    },
    ImportFormat {
        name: "medtimer",
        about: "medicines and when they were taken, from MedTimer",
        of: Whose::Another(App::MedTimer),
    },
    ImportFormat {
        name: "table",
        about: "any table with a day in each row; --map says what its columns are",
        of: Whose::Another(App::Table),
    },
];

/// Reads a form that is a single file.
fn single(
    files: &[File],
    read: impl FnOnce(&File) -> Result<Incoming, Vec<RowError>>,
) -> Result<Incoming, Vec<RowError>> {
    match files {
        [file] => read(file),
        _ => Err(error::whole("this folder", "one file is expected")),
    }
}

/// The form of these files, if it is one that can be told.
pub fn detected(files: &[File]) -> Option<&'static ImportFormat> {
    IMPORTS.iter().find(|format| format.is_of(files))
}

/// The form of this name.
pub fn named(name: &str) -> Option<&'static ImportFormat> {
    IMPORTS.iter().find(|format| format.name == name)
}
