//! What every reader of files shares: what is wrong and where, how much is too much, and the way from words to the
//! journal's own values.
//!
//! Invariant: hostile input gives sentences with a place, never a panic, and never a part of a journal.

use crate::domain::id::EntryId;
use crate::domain::time::{DayEnd, Now};
use crate::transfer::foreign::target::Map;
use std::collections::{HashMap, HashSet};
use std::fmt;
use std::sync::Arc;

/// A file in memory.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct File {
    /// Its name, without folders.
    pub name: String,
    /// What it holds.
    pub bytes: Vec<u8>,
}

/// The most bytes that are read of one thing to import, all files together.
pub const MOST_BYTES: u64 = 256 * 1024 * 1024;
/// The most rows of one file.
pub const MOST_ROWS: usize = 2_000_000;
/// The most bytes of one text.
pub const MOST_TEXT: usize = 1024 * 1024;
/// The most bytes of one JSON value, in which a character can take six times its room.
pub const MOST_JSON: usize = 8 * MOST_TEXT;
/// The most slips that are told at once.
pub const MOST_FAULTS: usize = 50;

/// What a reader may need to know of here and now.
#[derive(Debug, Clone, Copy)]
pub struct Here<'a> {
    /// Now, and the zone of bare times.
    pub now: &'a Now,
    /// When a logical day ends in the journal that takes in.
    pub day_end: DayEnd,
    /// What the person said of columns of another program's file.
    pub maps: &'a [Map],
    /// What the journal has and had, to know rows again that version 0.1.0 took in.
    pub past: &'a Past,
}

/// What a journal has and had, as far as a reader has to know of it.
#[derive(Debug, Clone, Default)]
pub struct Past {
    /// The ids of all entries.
    pub ids: HashSet<EntryId>,
    /// The ids of entries that lie in the bin or were erased.
    pub gone: HashSet<EntryId>,
    /// The offsets in minutes in which its entries were written.
    pub offsets: Vec<i16>,
}

/// Something wrong in a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RowError {
    /// The name of the file.
    pub file: String,
    /// Its row, the header being row 1; in JSON its line. `None`: the file as a whole.
    pub row: Option<u64>,
    /// Which column or value, if it is about one.
    pub column: Option<String>,
    /// What is wrong and what is expected.
    pub sentence: String,
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

/// What is wrong so far.
#[derive(Debug, Default)]
pub struct Faults(Vec<RowError>);

impl Faults {
    /// Notes one more, as long as there are not too many to read.
    pub fn add(
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

    /// Whether nothing is wrong so far.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Whether reading on would only add to a list that is long already.
    pub fn is_enough(&self) -> bool {
        self.0.len() >= MOST_FAULTS
    }

    /// `all` when nothing is wrong.
    ///
    /// # Errors
    /// What is wrong.
    pub fn or<T>(self, all: T) -> Result<T, Vec<RowError>> {
        if self.0.is_empty() {
            Ok(all)
        } else {
            Err(self.0)
        }
    }
}

/// One thing that is wrong with a file as a whole.
pub fn whole(file: &str, sentence: impl Into<String>) -> Vec<RowError> {
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
pub fn text_of<'a>(file: &str, bytes: &'a [u8]) -> Result<&'a str, Vec<RowError>> {
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

/// Names of zones repeat; one copy of each is enough.
#[derive(Debug, Default)]
pub struct ZoneNames(HashMap<String, Arc<str>>);

impl ZoneNames {
    /// The one copy.
    pub fn of(&mut self, name: &str) -> Arc<str> {
        if let Some(known) = self.0.get(name) {
            return Arc::clone(known);
        }
        let shared: Arc<str> = name.into();
        self.0.insert(name.to_owned(), Arc::clone(&shared));
        shared
    }
}
