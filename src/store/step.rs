//! One step in the making: the transaction that carries it out, and what it touched.

use super::hybrid_clock::Stamp;
use crate::domain::journal::change::StepLabel;
use chrono::NaiveDate;
use rusqlite::Connection;
use std::cell::{Cell, RefCell};
use std::collections::{BTreeSet, HashSet};

/// What a write did.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Applied {
    /// In few words, for "Undone: …".
    pub label: StepLabel,
    /// The logical days whose entries changed: what has to be read back.
    pub days: Vec<NaiveDate>,
}

/// One transaction in the making.
pub(super) struct Writing<'a> {
    pub(super) db: &'a Connection,
    pub(super) step: i64,
    pub(super) seq: Cell<u32>,
    /// The rows, by table and key, whose image is logged already.
    pub(super) kept: RefCell<HashSet<(&'static str, String)>>,
    pub(super) stamp: Stamp,
    pub(super) now: i64,
    pub(super) days: BTreeSet<NaiveDate>,
}

impl<'a> Writing<'a> {
    /// Notes that a day's entries changed.
    pub(super) fn touch(&mut self, day: NaiveDate) {
        self.days.insert(day);
    }

    /// A transaction that carries out, undoes or redoes `step`.
    pub(super) fn new(db: &'a Connection, step: i64, stamp: Stamp, now: i64) -> Self {
        Self {
            db,
            step,
            seq: Cell::new(0),
            kept: RefCell::default(),
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
