//! Rows that this program cannot read: damaged rows, and rows that a newer program wrote.
//!
//! Invariant: such a row never makes a journal unreadable. The reader skips it, counts it and notes its name, and it stays in
//! the file byte for byte. Only an error of the file itself ends a reading.

use crate::domain::id::EntryId;
use crate::domain::text::words;
use crate::store::Store;
use crate::store::error::{Result, StoreError};
use rusqlite::Row;
use rusqlite::types::ValueRef;

/// The reason why a row cannot be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum UnreadReason {
    /// A word that this program does not know: a newer one may have written it, or a letter of it is damaged.
    NotKnown,
    /// A value that no version writes.
    Damaged,
}

/// A row that cannot be read: its place, never its content, since people paste the output of `doctor`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Unread {
    /// The table.
    pub(crate) table: &'static str,
    /// The name of the row: its id, code or key.
    pub(crate) id: String,
    /// The text of its day column, if it has one.
    pub(crate) day: Option<String>,
    /// The part that cannot be read.
    pub(crate) what: &'static str,
    /// The reason.
    pub(crate) why: UnreadReason,
    /// Whether screens and exports lack it. Drafts and deleted rows stand in neither anyway.
    pub(crate) is_left_out: bool,
}

impl Unread {
    /// "record 0193…, 2026-11-22: a kind of entry is not known".
    pub(crate) fn sentences(&self) -> String {
        let day = self
            .day
            .as_deref()
            .map_or_else(String::new, |day| format!(", {day}"));
        let end = match self.why {
            UnreadReason::NotKnown => "is not known to this program; a newer one may know it",
            UnreadReason::Damaged => "cannot be read",
        };
        format!("{} {}{day}: {} {end}", self.table, self.id, self.what)
    }
}

/// Which columns of a query name its rows: the places of the id and the day.
#[derive(Clone, Copy)]
pub(in crate::store) struct RowName {
    pub(in crate::store) table: &'static str,
    pub(in crate::store) id: usize,
    pub(in crate::store) day: Option<usize>,
    pub(in crate::store) is_left_out: bool,
}

impl RowName {
    pub(in crate::store) const fn new(table: &'static str, id: usize, day: Option<usize>) -> Self {
        Self {
            table,
            id,
            day,
            is_left_out: true,
        }
    }

    /// The same for drafts and deleted rows, which no export holds.
    pub(in crate::store) const fn aside(mut self) -> Self {
        self.is_left_out = false;
        self
    }
}

impl Store {
    /// Passes on the outcome of reading a row. A row that cannot be read is noted and gives `None`.
    pub(in crate::store) fn read_or_note<T>(
        &self,
        read: Result<T>,
        row: &Row<'_>,
        name: RowName,
    ) -> Result<Option<T>> {
        let (what, why) = match read {
            Ok(read) => return Ok(Some(read)),
            Err(error) => about_a_row(error)?,
        };
        let word = |at: usize| {
            row.get_ref(at)
                .map_or_else(|_| "?".to_owned(), |value| row_name(value))
        };
        self.note(Unread {
            table: name.table,
            id: word(name.id),
            day: name.day.map(word).filter(|day| day != "?"),
            what,
            why,
            is_left_out: name.is_left_out,
        });
        Ok(None)
    }

    pub(in crate::store) fn note(&self, unread: Unread) {
        let key = (unread.table, unread.id.clone());
        self.unread.borrow_mut().insert(key, unread);
    }

    /// How many rows are missing from what the last full load gave.
    pub(crate) fn left_out(&self) -> usize {
        let unread = self.unread.borrow();
        unread.values().filter(|unread| unread.is_left_out).count()
    }

    /// The sentence beside an export that lacks such rows; `None` if there are none.
    pub(crate) fn left_out_text(&self) -> Option<String> {
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

    /// Every row that cannot be read: of the last full load, of the drafts and of the bin.
    ///
    /// # Errors
    /// When the file itself cannot be read.
    pub(crate) fn unread(&self) -> Result<Vec<Unread>> {
        // Run for their notes alone: a load reads neither drafts nor the bin.
        self.drafts()?;
        self.record_drafts()?;
        self.note_other_drafts()?;
        self.deleted_since(i64::MIN)?;
        Ok(self.unread.borrow().values().cloned().collect())
    }

    /// The sentence at the opening of a journal; `None` if every row can be read.
    ///
    /// # Errors
    /// When the file itself cannot be read.
    pub(crate) fn unread_text(&self) -> Result<Option<String>> {
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

/// The name of a row as text without control characters or raw bytes.
fn row_name(value: ValueRef<'_>) -> String {
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

/// The part of a row that cannot be read, and the reason. Errors of the file as a whole are passed on.
fn about_a_row(error: StoreError) -> Result<(&'static str, UnreadReason)> {
    match error {
        StoreError::Unreadable(what) => Ok((what, UnreadReason::Damaged)),
        StoreError::NotKnown(what) => Ok((what, UnreadReason::NotKnown)),
        other => Err(other),
    }
}

/// `None` for a value that cannot be read. Unlike [`Store::read_or_note`] it notes nothing: another query names the row.
pub(in crate::store) fn readable<T>(read: Result<T>) -> Result<Option<T>> {
    match read {
        Ok(read) => Ok(Some(read)),
        Err(error) => about_a_row(error).map(|_| None),
    }
}
