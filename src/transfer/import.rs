//! What can be taken in: one row a form. A form that gives an [`Incoming`] is a reader and a row here.

use super::csv_read;
use super::foreign::{self, apps::App};
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
    /// Another program's, whose columns a person can say the meaning of.
    pub app: Option<App>,
}

/// Every form, the surest to be told apart first.
pub const IMPORTS: &[ImportFormat] = &[
    ImportFormat {
        name: "package",
        about: "a folder written by `ebb export csv -o DIR/`",
        detects: package::read::is_package,
        reads: |files, _| package::read::read(files),
        app: None,
    },
    ImportFormat {
        name: "json",
        about: "a file written by `ebb export json`",
        detects: |files| matches!(files, [file] if json::read::is_ours(file)),
        reads: |files, _| single(files, json::read::read),
        app: None,
    },
    ImportFormat {
        name: "csv",
        about: "a file written by `ebb export csv`, either layout",
        detects: |files| matches!(files, [file] if csv_read::is_ours(file)),
        reads: |files, here| single(files, |file| csv_read::read(file, here)),
        app: None,
    },
    ImportFormat {
        name: "daylio",
        about: "moods and notes from Daylio",
        detects: |files| App::Daylio.is_of(files),
        reads: |files, here| foreign::read(App::Daylio, files, here),
        app: Some(App::Daylio),
    },
    ImportFormat {
        name: "bearable",
        about: "a row for each value, as Bearable gives them",
        detects: |files| App::Bearable.is_of(files),
        reads: |files, here| foreign::read(App::Bearable, files, here),
        app: Some(App::Bearable),
    },
    ImportFormat {
        name: "loop",
        about: "Loop Habit Tracker's Checkmarks.csv, or the folder with it",
        detects: |files| App::Loop.is_of(files),
        reads: |files, here| foreign::read(App::Loop, files, here),
        app: Some(App::Loop),
    },
    ImportFormat {
        name: "medtimer",
        about: "medicines and when they were taken, from MedTimer",
        detects: |files| App::MedTimer.is_of(files),
        reads: |files, here| foreign::read(App::MedTimer, files, here),
        app: Some(App::MedTimer),
    },
    ImportFormat {
        name: "table",
        about: "any table with a day in each row; --map says what its columns are",
        detects: |files| App::Table.is_of(files),
        reads: |files, here| foreign::read(App::Table, files, here),
        app: Some(App::Table),
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
