//! The import formats, one row each. A new format is a reader that returns an [`Incoming`], and a row here.

pub(crate) mod becomes;
pub(super) mod encoding;
pub(super) mod entry;
pub mod error;
pub mod face;
pub(crate) mod guess;
pub(super) mod quotes;
pub(crate) mod validate;
pub mod whole_file;

use super::csv::read as csv_read;
use super::foreign;
use super::foreign::apps::App;
use super::json;
use super::package;
use crate::domain::journal::incoming::Incoming;
use error::{File, Here, RowError};
use std::sync::LazyLock;

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

/// Our own formats.
const OURS: [ImportFormat; 3] = [
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
];

/// Every format. The first match wins, so the most specific ones come first and `table`, which accepts the most, is last.
pub(crate) static IMPORTS: LazyLock<Vec<ImportFormat>> = LazyLock::new(|| {
    let foreign = App::all().map(|app| ImportFormat {
        name: app.name(),
        about: app.about(),
        of: Whose::Another(app),
    });
    OURS.into_iter().chain(foreign).collect()
});

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

/// Of several files that are no format together, the ones that are one alone, with their formats.
pub(crate) fn single_ones(files: &[File]) -> Vec<(usize, &'static ImportFormat)> {
    let alone = |(at, file): (usize, &File)| {
        let format = detected(std::slice::from_ref(file))?;
        Some((at, format))
    };
    files.iter().enumerate().filter_map(alone).collect()
}

/// The format of this name.
pub(crate) fn named(name: &str) -> Option<&'static ImportFormat> {
    IMPORTS.iter().find(|format| format.name == name)
}
