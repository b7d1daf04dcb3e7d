//! One step of the undo log while it is carried out: its transaction, and the days that it changes.

use super::hybrid_clock::Stamp;
use crate::domain::journal::change::StepLabel;
use chrono::NaiveDate;
use rusqlite::Connection;
use std::cell::{Cell, RefCell};
use std::collections::{BTreeSet, HashSet};

/// The outcome of a write.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Applied {
    /// The step in few words, for "Undone: …".
    pub label: StepLabel,
    /// The logical days whose entries changed, which have to be read again.
    pub days: Vec<NaiveDate>,
}

/// A step that is being carried out in the open transaction `db`.
pub(super) struct StepWriter<'a> {
    pub(super) db: &'a Connection,
    pub(super) step: i64,
    pub(super) seq: Cell<u32>,
    /// The rows, by table and key, whose image is logged already.
    pub(super) logged: RefCell<HashSet<(&'static str, String)>>,
    pub(super) stamp: Stamp,
    pub(super) now: i64,
    pub(super) days: BTreeSet<NaiveDate>,
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
        }
    }

    /// The days touched so far.
    pub(super) fn into_days(self) -> Vec<NaiveDate> {
        self.days.into_iter().collect()
    }
}
