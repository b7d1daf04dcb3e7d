//! The import formats, one row each. A new format is a reader that returns an [`Incoming`], and a row here.

pub(super) mod entry;
pub mod error;
pub(crate) mod guess;
pub(crate) mod validate;

use super::csv::read as csv_read;
use super::foreign;
use super::foreign::apps::App;
use super::json;
use super::package;
use crate::domain::journal::incoming::Incoming;
use error::{File, Here, RowError};

/// An import format.
#[derive(Clone, Copy)]
pub struct ImportFormat {
    /// Its name on the command line.
    pub name: &'static str,
    /// A few words about it.
    pub(crate) about: &'static str,
    /// Its owner, with its functions.
    pub(crate) of: Whose,
}

/// The owner of a format, with the functions that detect and read its files.
#[derive(Clone, Copy)]
pub(crate) enum Whose {
    /// Ebbtide.
    Ours {
        /// Whether these files, of a folder or a single one, are of this format.
        detects: fn(&[File]) -> bool,
        /// Reads them.
        reads: Reader,
    },
    /// Another program; the person can give its columns a meaning.
    Another(App),
}

/// Reads the files of a format.
pub(crate) type Reader = fn(&[File], &Here<'_>) -> Result<Incoming, Vec<RowError>>;

impl ImportFormat {
    /// Whether these files, of a folder or a single one, are of this format.
    pub(crate) fn is_of(&self, files: &[File]) -> bool {
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

/// Every format. The first match wins, so the most specific ones come first and `table`, which accepts the most, is last.
pub(crate) const IMPORTS: &[ImportFormat] = &[
    ImportFormat {
        name: "package",
        about: "a folder written by `ebb export csv -o DIR/`",
        of: Whose::Ours {
            // A package is a folder; our other formats are single files.
            detects: package::read::is_package,
            reads: package::read::read,
        },
    },
    ImportFormat {
        name: "json",
        about: "a file written by `ebb export json`",
        of: Whose::Ours {
            detects: |files| matches!(files, [file] if json::read::is_ours(file)),
            reads: |files, here| single(files, |file| json::read::read(file, here)),
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

/// Reads a format of a single file.
fn single(
    files: &[File],
    read: impl FnOnce(&File) -> Result<Incoming, Vec<RowError>>,
) -> Result<Incoming, Vec<RowError>> {
    match files {
        [file] => read(file),
        _ => Err(error::whole("this folder", "one file is expected")),
    }
}

/// The format of these files, if one matches.
pub fn detected(files: &[File]) -> Option<&'static ImportFormat> {
    IMPORTS.iter().find(|format| format.is_of(files))
}

/// The format of this name.
pub(crate) fn named(name: &str) -> Option<&'static ImportFormat> {
    IMPORTS.iter().find(|format| format.name == name)
}
