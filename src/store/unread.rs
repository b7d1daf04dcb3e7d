//! Rows that this program cannot read: damaged ones, and those that a newer program wrote.
//!
//! Invariant: one such row never closes a journal. It is passed over where it is read, stays in the file byte for byte, and
//! is counted and named; only what goes wrong with the file itself ends a reading.

use super::Store;
use super::error::{Result, StoreError};
use crate::domain::id::EntryId;
use crate::domain::text::words;
use rusqlite::Row;
use rusqlite::types::ValueRef;

/// Why a row cannot be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Why {
    /// A word that this program does not know: a newer one may have written it, or a letter of it is damaged.
    NotKnown,
    /// A value that no version writes.
    Damaged,
}

/// A row that cannot be read: where it is, never what is in it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Unread {
    /// The table.
    pub table: &'static str,
    /// What names the row.
    pub id: String,
    /// Its day as it stands there, where it has one.
    pub day: Option<String>,
    /// What of it cannot be read.
    pub what: &'static str,
    /// Why not.
    pub why: Why,
    /// Whether it is out of everything that is shown and given back; a draft and what lies in the bin are there anyway.
    pub is_left_out: bool,
}

impl Unread {
    /// "record 0193…, 2026-11-22: a kind of entry is not known".
    pub fn told(&self) -> String {
        let day = self
            .day
            .as_deref()
            .map_or_else(String::new, |day| format!(", {day}"));
        let end = match self.why {
            Why::NotKnown => "is not known to this program; a newer one may know it",
            Why::Damaged => "cannot be read",
        };
        format!("{} {}{day}: {} {end}", self.table, self.id, self.what)
    }
}

/// Where a row says who it is: the places of its name and its day among the columns.
#[derive(Clone, Copy)]
pub(super) struct Named {
    pub(super) table: &'static str,
    pub(super) id: usize,
    pub(super) day: Option<usize>,
    pub(super) is_left_out: bool,
}

impl Named {
    pub(super) const fn new(table: &'static str, id: usize, day: Option<usize>) -> Self {
        Self {
            table,
            id,
            day,
            is_left_out: true,
        }
    }

    /// The same of a row that is shown nowhere but in the bin or as a draft.
    pub(super) const fn aside(mut self) -> Self {
        self.is_left_out = false;
        self
    }
}

impl Store {
    /// What was read of a row; `None` for one that cannot be read, which is noted.
    pub(super) fn read_or_note<T>(
        &self,
        read: Result<T>,
        row: &Row<'_>,
        named: Named,
    ) -> Result<Option<T>> {
        let (what, why) = match read {
            Ok(read) => return Ok(Some(read)),
            Err(error) => about_a_row(error)?,
        };
        let word = |at: usize| {
            row.get_ref(at)
                .map_or_else(|_| "?".to_owned(), |value| shown(value))
        };
        self.note(Unread {
            table: named.table,
            id: word(named.id),
            day: named.day.map(word).filter(|day| day != "?"),
            what,
            why,
            is_left_out: named.is_left_out,
        });
        Ok(None)
    }

    pub(super) fn note(&self, unread: Unread) {
        let key = (unread.table, unread.id.clone());
        self.unread.borrow_mut().insert(key, unread);
    }

    /// How many rows the last reading of all days left out.
    pub fn left_out(&self) -> usize {
        let unread = self.unread.borrow();
        unread.values().filter(|unread| unread.is_left_out).count()
    }

    /// What is said where something of the journal is given back without them; `None` where none is left out.
    pub fn left_out_told(&self) -> Option<String> {
        let n = self.left_out();
        let rows = words::count(n, "row", "rows");
        let (it, stays) = if n == 1 {
            ("it", "stays")
        } else {
            ("they", "stay")
        };
        (n > 0).then(|| {
            format!(
                "Left out: {rows} that this program cannot read; {it} {stays} in the journal, and `ebb doctor` names {}.",
                if n == 1 { "it" } else { "them" }
            )
        })
    }

    /// Every row that cannot be read: those that the last reading of all days met, and drafts and what lies in the bin.
    ///
    /// # Errors
    /// When the file itself cannot be read.
    pub fn unread(&self) -> Result<Vec<Unread>> {
        self.drafts()?;
        self.record_drafts()?;
        self.note_other_drafts()?;
        self.deleted_since(i64::MIN)?;
        Ok(self.unread.borrow().values().cloned().collect())
    }

    /// What is said once when a journal is opened; `None` where every row can be read.
    ///
    /// # Errors
    /// When the file itself cannot be read.
    pub fn unread_told(&self) -> Result<Option<String>> {
        let n = self.unread()?.len();
        Ok(match n {
            0 => None,
            1 => Some(
                "1 row of this journal cannot be read by this program; it is kept. `ebb doctor` names it."
                    .to_owned(),
            ),
            n => Some(format!(
                "{n} rows of this journal cannot be read by this program; they are kept. `ebb doctor` names them."
            )),
        })
    }
}

/// A row's name as it can be pasted anywhere.
fn shown(value: ValueRef<'_>) -> String {
    match value {
        ValueRef::Blob(bytes) => <[u8; 16]>::try_from(bytes).map_or_else(
            |_| "with a damaged id".to_owned(),
            |bytes| EntryId::from_bytes(bytes).to_string(),
        ),
        ValueRef::Text(text) => String::from_utf8_lossy(text).into_owned(),
        ValueRef::Integer(number) => number.to_string(),
        ValueRef::Null | ValueRef::Real(_) => "?".to_owned(),
    }
}

/// What of a row cannot be read; what is no matter of a single row goes on as the error that it is.
fn about_a_row(error: StoreError) -> Result<(&'static str, Why)> {
    use rusqlite::Error as Sql;
    match error {
        StoreError::Unreadable(what) => Ok((what, Why::Damaged)),
        StoreError::NotKnown(what) => Ok((what, Why::NotKnown)),
        StoreError::Sql(
            Sql::InvalidColumnType(..)
            | Sql::FromSqlConversionFailure(..)
            | Sql::IntegralValueOutOfRange(..)
            | Sql::Utf8Error(..),
        ) => Ok(("a value", Why::Damaged)),
        other => Err(other),
    }
}

/// `None` for a value of a single row that cannot be read.
pub(super) fn readable<T>(read: Result<T>) -> Result<Option<T>> {
    match read {
        Ok(read) => Ok(Some(read)),
        Err(error) => about_a_row(error).map(|_| None),
    }
}
