//! What can be taken in: one row a form. A form that gives an [`Incoming`] is a reader and a row here.

use super::csv_read;
use super::json;
use super::package;
use super::reading::{File, Here, RowError};
use crate::domain::incoming::Incoming;

/// A form that can be read.
#[derive(Clone, Copy)]
pub struct ImportFormat {
    /// Its name on the command line.
    pub name: &'static str,
    /// What it is, in few words.
    pub about: &'static str,
    /// Whether these files, a folder's or a single one, are of this form.
    pub detects: fn(&[File]) -> bool,
    /// Reads them.
    pub reads: fn(&[File], &Here<'_>) -> Result<Incoming, Vec<RowError>>,
}

/// Every form, the surest to be told apart first.
pub const IMPORTS: &[ImportFormat] = &[
    ImportFormat {
        name: "package",
        about: "a folder written by `ebb export csv -o DIR/`",
        detects: package::read::is_package,
        reads: |files, _| package::read::read(files),
    },
    ImportFormat {
        name: "json",
        about: "a file written by `ebb export json`",
        detects: |files| matches!(files, [file] if json::read::is_ours(file)),
        reads: |files, _| single(files, json::read::read),
    },
    ImportFormat {
        name: "csv",
        about: "a file written by `ebb export csv`, either layout",
        detects: |files| matches!(files, [file] if csv_read::is_ours(file)),
        reads: |files, here| single(files, |file| csv_read::read(file, here)),
    },
];

/// Reads a form that is a single file.
fn single(
    files: &[File],
    read: impl FnOnce(&File) -> Result<Incoming, Vec<RowError>>,
) -> Result<Incoming, Vec<RowError>> {
    match files {
        [file] => read(file),
        _ => Err(super::reading::whole("this folder", "one file is expected")),
    }
}

/// The form of these files, if it is one that can be told.
pub fn detected(files: &[File]) -> Option<&'static ImportFormat> {
    IMPORTS.iter().find(|format| (format.detects)(files))
}

/// The form of this name.
pub fn named(name: &str) -> Option<&'static ImportFormat> {
    IMPORTS.iter().find(|format| format.name == name)
}
