//! The common parts of all readers of files: errors with their place, and limits.
//!
//! Invariant: hostile input gives sentences with a place, never a panic and never a part of a journal.

use super::face::Face;
use crate::domain::id::EntryId;
use crate::domain::record::Record;
use crate::domain::time::{DayEnd, Now};
use crate::transfer::foreign::digits::Decimal;
use crate::transfer::foreign::target::{Map, Meant};
use std::collections::{HashMap, HashSet};
use std::fmt;
use std::sync::Arc;

/// A file in memory.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct File {
    /// Its name, without folders.
    pub name: String,
    /// Its content.
    pub bytes: Vec<u8>,
}

// The limits keep a hostile or mistaken file from filling the memory; ten years of entries stay far below them.
/// The most bytes of one import, all files together.
pub(crate) const MOST_BYTES: u64 = 256 * 1024 * 1024;
/// The most rows of one file.
pub(crate) const MOST_ROWS: usize = 2_000_000;
/// The most bytes of one text.
pub(crate) const MOST_TEXT: usize = 1024 * 1024;
/// The most bytes of one JSON value, where an escaped character (`\u0041`) takes six bytes.
pub(crate) const MOST_JSON: usize = 8 * MOST_TEXT;
/// The most errors in one list.
pub(crate) const MOST_FAULTS: usize = 50;

/// The parameters of a reader from this journal and this moment.
#[derive(Debug, Clone, Copy)]
pub struct Here<'a> {
    /// Now, and the zone of bare times.
    pub now: &'a Now,
    /// When a logical day ends in this journal.
    pub day_end: DayEnd,
    /// The person's meanings for columns of another program's file.
    pub maps: &'a [Map],
    /// Ids of this journal, to recognise rows that version 0.1.0 imported.
    pub past: &'a Past,
    /// What the person said once for the whole file.
    pub ways: Ways<'a>,
}

impl<'a> Here<'a> {
    /// What the person said about columns.
    pub(crate) const fn meant(&self) -> Meant<'a> {
        Meant {
            maps: self.maps,
            face: self.ways.face,
        }
    }
}

/// What the person said once for the whole of another program's file.
#[derive(Debug, Clone, Copy, Default)]
pub struct Ways<'a> {
    /// The words of a blank cell; `None` for the usual ones.
    pub blanks: Option<&'a [String]>,
    /// The sign before the decimals, where the file does not tell.
    pub decimal: Option<Decimal>,
    /// What becomes of a row that cannot be read.
    pub slips: Slips,
    /// The records of this journal without a day, for its own products and units.
    pub standing: &'a [Record],
    /// Where more can be said.
    pub face: Face,
    /// Who is told how far the reading is.
    pub tell: Tell<'a>,
}

/// Who is told how far a long reading is: how many rows are read, of how many.
#[derive(Clone, Copy, Default)]
pub struct Tell<'a>(pub Option<&'a dyn Fn(usize, usize)>);

/// How many rows are read between two words about it.
const ROWS_APART: usize = 2000;

impl Tell<'_> {
    /// Says that `done` rows of `all` are read, now and then.
    pub(crate) fn row(self, done: usize, all: usize) {
        if let Some(tell) = self.0.filter(|_| done.is_multiple_of(ROWS_APART)) {
            tell(done, all);
        }
    }
}

impl fmt::Debug for Tell<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Tell({})", self.0.is_some())
    }
}

/// What becomes of a row that cannot be read.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Slips {
    /// The file is refused.
    #[default]
    Refused,
    /// The row is left out and named.
    LeftOut,
}

/// The ids and offsets of a journal.
#[derive(Debug, Clone, Default)]
pub struct Past {
    /// The ids of all entries.
    pub(crate) ids: HashSet<EntryId>,
    /// The ids of deleted and erased entries.
    pub(crate) gone: HashSet<EntryId>,
    /// The offsets of its entries, in minutes.
    pub(crate) offsets: Vec<i16>,
}

/// An error in a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RowError {
    /// The name of the file.
    pub(crate) file: String,
    /// Its row, counted from the header as 1; in JSON its line. `None` for the whole file.
    pub(crate) row: Option<u64>,
    /// The column or value, if the error is in one.
    pub(crate) column: Option<String>,
    /// The error and the expected form.
    pub(crate) sentence: String,
}

impl RowError {
    /// Whether it is about one row, so that the file can be read without it.
    pub(crate) const fn is_of_a_row(&self) -> bool {
        self.row.is_some()
    }
}

impl fmt::Display for RowError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.file)?;
        if let Some(row) = self.row {
            write!(f, ", row {row}")?;
        }
        if let Some(column) = &self.column {
            write!(f, ", {column}")?;
        }
        write!(f, ": {}", self.sentence)
    }
}

/// The errors found so far.
#[derive(Debug, Default)]
pub(crate) struct Faults(Vec<RowError>);

impl Faults {
    /// Adds an error, up to [`MOST_FAULTS`].
    pub(crate) fn add(
        &mut self,
        file: &str,
        row: Option<u64>,
        column: Option<&str>,
        sentence: impl Into<String>,
    ) {
        if !self.is_enough() {
            self.0.push(RowError {
                file: file.to_owned(),
                row,
                column: column.map(str::to_owned),
                sentence: sentence.into(),
            });
        }
    }

    /// Adds a sentence about a column that helps with the errors, also to a full list.
    pub(crate) fn hint(&mut self, file: &str, column: &str, sentence: String) {
        self.0.push(RowError {
            file: file.to_owned(),
            row: None,
            column: Some(column.to_owned()),
            sentence,
        });
    }

    /// Whether there is no error so far.
    pub(crate) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Whether the list is full, so that reading on is useless.
    pub(crate) fn is_enough(&self) -> bool {
        self.0.len() >= MOST_FAULTS
    }

    /// `all` when there is no error.
    ///
    /// # Errors
    /// The errors.
    pub(crate) fn or<T>(self, all: T) -> Result<T, Vec<RowError>> {
        if self.0.is_empty() {
            Ok(all)
        } else {
            Err(self.0)
        }
    }
}

/// An error about a whole file.
pub(crate) fn whole(file: &str, sentence: impl Into<String>) -> Vec<RowError> {
    vec![RowError {
        file: file.to_owned(),
        row: None,
        column: None,
        sentence: sentence.into(),
    }]
}

/// Bytes as text, without a byte order mark.
///
/// # Errors
/// The row of the first byte that is no UTF-8.
pub(crate) fn text_of<'a>(file: &str, bytes: &'a [u8]) -> Result<&'a str, Vec<RowError>> {
    // Excel and Notepad write a byte order mark, which would become part of the first column's name.
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    std::str::from_utf8(bytes).map_err(|error| {
        let before = bytes.get(..error.valid_up_to()).unwrap_or_default();
        #[expect(clippy::naive_bytecount, reason = "once, on the way to an error")]
        let line = before.iter().filter(|byte| **byte == b'\n').count() + 1;
        vec![RowError {
            file: file.to_owned(),
            row: u64::try_from(line).ok(),
            column: None,
            sentence: "this is not UTF-8 text".to_owned(),
        }]
    })
}

/// One shared copy of each zone name, because most rows repeat the same one.
#[derive(Debug, Default)]
pub(crate) struct ZoneNames(HashMap<String, Arc<str>>);

impl ZoneNames {
    /// The shared copy of `name`.
    pub(crate) fn of(&mut self, name: &str) -> Arc<str> {
        if let Some(known) = self.0.get(name) {
            return Arc::clone(known);
        }
        let shared: Arc<str> = name.into();
        self.0.insert(name.to_owned(), Arc::clone(&shared));
        shared
    }
}
