//! Ids of other programs' entries: the same row gives the same ids every time and on every machine.
//!
//! Invariant: an id depends only on the text of the file, never on a converted moment, so that neither a journey nor another
//! day end turns an old row into a new entry. Equal rows differ by their number.

use super::apps::App;
use crate::domain::id::EntryId;
use chrono::NaiveDateTime;
use std::collections::HashMap;

/// Makes ids, and counts equal rows.
pub(super) struct Identity {
    program: &'static str,
    /// By seed: the number of cells with it so far.
    cells: HashMap<EntryId, u32>,
    /// By wall time, and by kind of value in a format with one row a value: the number of rows so far.
    rows: HashMap<(NaiveDateTime, Option<String>), u32>,
}

impl Identity {
    pub(super) fn new(app: App) -> Self {
        Self {
            program: app.name(),
            cells: HashMap::new(),
            rows: HashMap::new(),
        }
    }

    /// The id of a cell's record. `wall` is the day and time in the file.
    pub(super) fn record(&mut self, column: &str, raw: &str, wall: NaiveDateTime) -> EntryId {
        let seed = self.seed(wall, &[column, raw]);
        let alike = EntryId::derived(seed.as_bytes(), "imported cell");
        // Two equal cells at the same time are two entries: two doses of 2 g, for instance.
        let number = next(self.cells.entry(alike).or_default());
        EntryId::derived(
            format!("{seed}\u{1f}{number}").as_bytes(),
            "imported record",
        )
    }

    /// The number of a row among those of its wall time, from 0.
    pub(super) fn row(&mut self, wall: NaiveDateTime, thing: Option<&str>) -> u32 {
        let key = (wall, thing.map(str::to_owned));
        next(self.rows.entry(key).or_default())
    }

    /// The id of a row's check-in.
    pub(super) fn check_in(&self, wall: NaiveDateTime, number: u32) -> EntryId {
        let seed = self.seed(wall, &[&number.to_string()]);
        EntryId::derived(seed.as_bytes(), "imported check-in")
    }

    /// The id of a check-in beside the one of a row, for a value that it has already; `more` from 1.
    pub(super) fn beside(&self, wall: NaiveDateTime, number: u32, more: u32) -> EntryId {
        let seed = self.seed(wall, &[&number.to_string(), &more.to_string()]);
        EntryId::derived(seed.as_bytes(), "imported check-in beside")
    }

    fn seed(&self, wall: NaiveDateTime, parts: &[&str]) -> String {
        // The unit separator: a comma could occur in a cell and make two different rows equal.
        let wall = wall.format("%Y-%m-%d\u{1f}%H:%M:%S");
        format!("{}\u{1f}{wall}\u{1f}{}", self.program, parts.join("\u{1f}"))
    }
}

/// The count so far, which goes up by one.
fn next(count: &mut u32) -> u32 {
    let number = *count;
    *count += 1;
    number
}
