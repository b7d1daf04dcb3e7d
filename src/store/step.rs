//! One step of the undo log while it is carried out: its transaction, the rows and the days that it changes.

use super::error::Result;
use super::hybrid_clock::Stamp;
use super::integrity::sum;
use super::integrity::sum::{Gap, RowSum};
use super::undo_log::table::SqlTable;
use crate::domain::entry::exchanged::Row;
use crate::domain::journal::change::StepLabel;
use chrono::NaiveDate;
use rusqlite::Connection;
use std::cell::{Cell, RefCell};
use std::collections::{BTreeSet, HashMap};

/// The outcome of a write.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Applied {
    /// The step in few words, for "Undone: …".
    pub label: StepLabel,
    /// The logical days whose entries changed, which have to be read again.
    pub days: Vec<NaiveDate>,
    /// The rows that undo or redo exchanged, in their order; empty after any other write.
    pub rows: Vec<Row>,
}

impl Applied {
    /// The outcome of a write that changed nothing.
    pub(crate) const fn nothing() -> Self {
        Self {
            label: StepLabel {
                what: String::new(),
                day: None,
            },
            days: Vec::new(),
            rows: Vec::new(),
        }
    }
}

/// A step that is being carried out in the open transaction `db`.
pub(super) struct StepWriter<'a> {
    pub(super) db: &'a Connection,
    pub(super) step: i64,
    pub(super) seq: Cell<u32>,
    /// The rows of the step that are logged already, with the gap that stays in their sums: that of the row before, or none
    /// for a row that is written whole.
    logged: RefCell<HashMap<(SqlTable, String), Gap>>,
    pub(super) stamp: Stamp,
    pub(super) now: i64,
    pub(super) days: BTreeSet<NaiveDate>,
    /// Whether new rows bring the times of their edits along, as an import's do.
    pub(super) edits: Edits,
}

/// When the rows of a step were edited.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Edits {
    /// Now, by this step.
    Made,
    /// Where a new row says so, before it came here.
    Brought,
}

impl<'a> StepWriter<'a> {
    /// Notes that the entries of `day` changed.
    pub(super) fn touch(&mut self, day: NaiveDate) {
        self.days.insert(day);
    }

    /// A transaction that carries out, undoes or redoes `step`.
    pub(super) fn new(db: &'a Connection, step: i64, stamp: Stamp, now: i64) -> Self {
        Self {
            db,
            step,
            seq: Cell::new(0),
            logged: RefCell::default(),
            stamp,
            now,
            days: BTreeSet::new(),
            edits: Edits::Made,
        }
    }

    /// The stamp of a row and whether it was edited before: of a new one that says so the time it brings, else this step's.
    pub(super) fn stamp_of(&self, is_new: bool, edited_utc: Option<i64>) -> (Stamp, bool) {
        let brought = edited_utc.filter(|_| is_new && self.edits == Edits::Brought);
        let brought = brought.and_then(|utc| self.stamp.at_second(utc));
        brought.map_or((self.stamp, false), |stamp| (stamp, true))
    }

    /// Notes that a row is changed for the first time in this step. Answers `false` if that was noted before.
    pub(super) fn begin(&self, table: SqlTable, key: &str) -> Result<bool> {
        let row = (table, key.to_owned());
        // A map in memory: asking the log would read all images of the step for each row, and an import has thousands.
        if self.logged.borrow().contains_key(&row) {
            return Ok(false);
        }
        let before = sum::of(
            self.db,
            table.layout(),
            table.key_column(),
            &table.key(key)?,
        )?;
        let gap = before.map_or(Gap::NONE, RowSum::gap);
        self.logged.borrow_mut().insert(row, gap);
        Ok(true)
    }

    /// Notes that a row is written whole, so that its sum is right afterwards, whatever it was before.
    pub(super) fn is_whole(&self, table: SqlTable, key: &str) {
        let row = (table, key.to_owned());
        self.logged.borrow_mut().insert(row, Gap::NONE);
    }

    /// Ends the step: writes the sums of its rows and its own, and answers the days that it touched. Each step comes through
    /// here, so no writer of rows has to know of sums.
    pub(super) fn finish(self) -> Result<Vec<NaiveDate>> {
        for ((table, key), gap) in self.logged.into_inner() {
            let (column, key) = (table.key_column(), table.key(&key)?);
            sum::write(self.db, table.layout(), column, &key, gap)?;
        }
        sum::write_step(self.db, self.step, Gap::NONE)?;
        Ok(self.days.into_iter().collect())
    }
}
