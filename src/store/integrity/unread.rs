//! Notes about rows: rows that this program cannot read, because they are damaged or a newer program wrote them, and rows
//! that do not match their sums.
//!
//! Invariant: such a row never makes a journal unreadable. The reader counts it and notes its name. What cannot be read is
//! skipped and stays in the file byte for byte; what differs from its sum is shown. Only an error of the file itself ends a
//! reading.

use super::cells::Cells;
use super::sum;
use super::sum::{Layout, RowSum};
use crate::domain::id::EntryId;
use crate::domain::text::words;
use crate::store::Store;
use crate::store::error::{Result, StoreError};
use rusqlite::Row;
use rusqlite::types::ValueRef;
use std::collections::BTreeSet;

/// The reason of a note.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum UnreadReason {
    /// A word that this program does not know: a newer one may have written it, or a letter of it is damaged.
    NotKnown,
    /// A value that no version writes.
    Damaged,
    /// All of it can be read, but it is not what the row's sum was computed from.
    Differs,
}

/// A note about a row: its place, never its content, since people paste the output of `doctor`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Unread {
    /// The table.
    pub(crate) table: &'static str,
    /// The name of the row: its id, code or key.
    pub(crate) id: String,
    /// The text of its day column, if it has one.
    pub(crate) day: Option<String>,
    /// The part of it that the note is about.
    pub(crate) what: &'static str,
    /// The reason.
    pub(crate) why: UnreadReason,
    /// Whether it does not match its sum, so that no newer program wrote it as it is.
    pub(crate) has_wrong_sum: bool,
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
            UnreadReason::NotKnown if self.has_wrong_sum => {
                "is not known to this program, and the row does not match its sum"
            }
            UnreadReason::NotKnown => "is not known to this program; a newer one may know it",
            UnreadReason::Damaged => "cannot be read",
            UnreadReason::Differs => "does not match its sum",
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
    /// Set if the query has the columns of the row's sum, and where: at its end if there is no list of places.
    sum: Option<(&'static Layout, Option<&'static [usize]>)>,
}

impl RowName {
    pub(in crate::store) const fn new(table: &'static str, id: usize, day: Option<usize>) -> Self {
        Self {
            table,
            id,
            day,
            is_left_out: true,
            sum: None,
        }
    }

    /// The same for a query that ends with [`Layout::tail`].
    pub(in crate::store) const fn summed(mut self, layout: &'static Layout) -> Self {
        self.sum = Some((layout, None));
        self
    }

    /// The same for a query that has the columns of the sum, and at last the sum, at these places. Read a second time they
    /// would take a tenth of a load.
    pub(in crate::store) const fn summed_at(
        mut self,
        layout: &'static Layout,
        places: &'static [usize],
    ) -> Self {
        self.sum = Some((layout, Some(places)));
        self
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
        let read = self.noted(read, row, name)?;
        if let Some((layout, places)) = name.sum {
            let sum = match places {
                Some(places) => RowSum::at(row, layout, places)?,
                None => RowSum::of(row, layout)?,
            };
            self.compare(sum, name.table, || {
                (word_at(row, name.id), day_word(row, name))
            });
        }
        Ok(read)
    }

    /// Compares a row with its sum whose cells have been read, and whose name says where those of the sum are.
    pub(in crate::store) fn compare_cells(
        &self,
        cells: &Cells<'_, '_>,
        row: &Row<'_>,
        name: RowName,
    ) {
        if let Some((layout, Some(places))) = name.sum {
            let sum = RowSum::of_cells(cells.all(), layout, places);
            self.compare(sum, name.table, || {
                (word_at(row, name.id), day_word(row, name))
            });
        }
    }

    /// [`Self::read_or_note`] without looking at the sum.
    pub(in crate::store) fn noted<T>(
        &self,
        read: Result<T>,
        row: &Row<'_>,
        name: RowName,
    ) -> Result<Option<T>> {
        Ok(match read {
            Ok(read) => Some(read),
            Err(error) => {
                let (what, why) = about_a_row(error)?;
                self.note(Unread {
                    table: name.table,
                    id: word_at(row, name.id),
                    day: day_word(row, name),
                    what,
                    why,
                    has_wrong_sum: false,
                    is_left_out: name.is_left_out,
                });
                None
            }
        })
    }

    fn note(&self, unread: Unread) {
        let key = (unread.table, unread.id.clone());
        self.unread.borrow_mut().insert(key, unread);
    }

    /// Notes a row that does not match its sum, or forgets an earlier note about that. `name` gives the id and the day.
    pub(in crate::store) fn compare(
        &self,
        sum: RowSum,
        table: &'static str,
        name: impl FnOnce() -> (String, Option<String>),
    ) {
        let mut unread = self.unread.borrow_mut();
        let is_right = sum.is_right();
        // Almost every row is right, and then its name is not even built.
        if is_right && unread.is_empty() {
            return;
        }
        let (id, day) = name();
        let key = (table, id.clone());
        let has_lost_rating = table == CHECK_IN && unread.contains_key(&(RATING, id.clone()));
        match unread.get_mut(&key) {
            // What cannot be read of a row says more than that it differs.
            Some(unread) if unread.why != UnreadReason::Differs => {
                unread.has_wrong_sum |= !is_right;
            }
            // So does a rating of a check-in that cannot be read.
            None if has_lost_rating => {}
            _ if is_right => {
                unread.remove(&key);
            }
            _ => {
                let differs = Unread {
                    table,
                    id,
                    day,
                    what: "what it holds",
                    why: UnreadReason::Differs,
                    has_wrong_sum: true,
                    is_left_out: false,
                };
                unread.insert(key, differs);
            }
        }
    }

    /// Notes the rows of a table that `filter` selects and that do not match their sums.
    pub(in crate::store) fn compare_rows(
        &self,
        layout: &'static Layout,
        filter: &str,
    ) -> Result<()> {
        sum::each(&self.db, layout, filter, |sum, name, day| {
            self.compare(sum, layout.table, || {
                (row_name(name), day_name(row_name(day)))
            });
        })
    }

    /// The entries that do not match their sums, of what was read so far.
    pub(in crate::store) fn differing(&self) -> BTreeSet<EntryId> {
        let unread = self.unread.borrow();
        let differ = unread
            .values()
            .filter(|unread| unread.why == UnreadReason::Differs);
        differ.filter_map(|unread| unread.id.parse().ok()).collect()
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
        let left_out = (n > 0).then(|| {
            format!(
                "Left out: {rows} that this program cannot read; {it} {stays} in the journal, and `ebb doctor` names {}.",
                if n == 1 { "it" } else { "them" }
            )
        });
        let unread = self.unread.borrow();
        let differ = unread
            .values()
            .filter(|unread| unread.why == UnreadReason::Differs);
        both(left_out, differ_text(differ.count(), "given here", "given"))
    }

    /// Every row that cannot be read: of the last full load, of the drafts and of the bin.
    ///
    /// # Errors
    /// When the file itself cannot be read.
    pub(crate) fn unread(&self) -> Result<Vec<Unread>> {
        self.named(self.note_all_unread())?;
        Ok(self.unread.borrow().values().cloned().collect())
    }

    fn note_all_unread(&self) -> Result<()> {
        // Run for their notes alone: a load reads neither drafts nor the bin.
        self.drafts()?;
        self.record_drafts()?;
        self.note_other_drafts()?;
        self.deleted_since(i64::MIN)?;
        // The list of the bin reads only a part of its rows.
        for layout in &sum::BINNED {
            self.compare_rows(layout, "deleted_at IS NOT NULL")?;
        }
        Ok(())
    }

    /// The sentence at the opening of a journal; `None` if every row can be read.
    ///
    /// # Errors
    /// When the file itself cannot be read.
    pub(crate) fn unread_text(&self) -> Result<Option<String>> {
        let unread = self.unread()?;
        let (differ, unread): (Vec<_>, Vec<_>) =
            (unread.iter()).partition(|unread| unread.why == UnreadReason::Differs);
        let unread = match unread.len() {
            0 => None,
            1 => Some(
                "1 row of this journal cannot be read by this program; it is kept. `ebb doctor` names it."
                    .to_owned(),
            ),
            n => Some(format!(
                "{n} rows of this journal cannot be read by this program; they are kept. `ebb doctor` names them."
            )),
        };
        Ok(both(
            unread,
            differ_text(differ.len(), "of this journal", "shown"),
        ))
    }
}

/// The table of a check-in in a note.
const CHECK_IN: &str = sum::CHECK_IN.table;
/// The table of a rating in a note. It is named by its check-in: it has only numbers that mean nothing outside this file.
pub(in crate::store) const RATING: &str = "rating of check-in";

fn word_at(row: &Row<'_>, at: usize) -> String {
    row.get_ref(at).map_or_else(|_| "?".to_owned(), row_name)
}

fn day_word(row: &Row<'_>, name: RowName) -> Option<String> {
    day_name(
        name.day
            .map_or_else(|| "?".to_owned(), |at| word_at(row, at)),
    )
}

fn day_name(word: String) -> Option<String> {
    (word != "?").then_some(word)
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

/// The sentence about rows that do not match their sums; `None` if there are none.
fn differ_text(n: usize, of: &str, shown: &str) -> Option<String> {
    match n {
        0 => None,
        1 => Some(format!(
            "1 row {of} is not as ebb wrote it: it does not match its sum. It is {shown} as it is now; `ebb doctor` names it."
        )),
        n => Some(format!(
            "{n} rows {of} are not as ebb wrote them: they do not match their sums. They are {shown} as they are now; `ebb doctor` names them."
        )),
    }
}

fn both(first: Option<String>, second: Option<String>) -> Option<String> {
    match (first, second) {
        (Some(first), Some(second)) => Some(format!("{first} {second}")),
        (first, second) => first.or(second),
    }
}
