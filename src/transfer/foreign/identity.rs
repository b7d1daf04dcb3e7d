//! Ids of entries that come from other programs: the same row gives the same ids every time and everywhere.
//!
//! Invariant: an id comes from what is written in the file alone, never from a converted moment, so that neither a journey nor
//! another day end makes a new entry of an old row. Rows that are equal in all of it are told apart by their number.

use super::apps::App;
use crate::domain::id::EntryId;
use chrono::NaiveDateTime;
use std::collections::HashMap;

/// Gives ids, and counts the rows that are alike.
pub(super) struct Identity {
    program: &'static str,
    /// How many cells have given this seed so far.
    cells: HashMap<EntryId, u32>,
    /// How many rows each wall time has had so far, for each thing where a row holds one thing.
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

    /// The id of the record that a cell becomes. `wall` is the day and time as they are written.
    pub(super) fn record(&mut self, column: &str, raw: &str, wall: NaiveDateTime) -> EntryId {
        let seed = self.seed(wall, &[column, raw]);
        let alike = EntryId::derived(seed.as_bytes(), "imported cell");
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

    /// The id of the check-in that a row becomes.
    pub(super) fn check_in(&self, wall: NaiveDateTime, number: u32) -> EntryId {
        let seed = self.seed(wall, &[&number.to_string()]);
        EntryId::derived(seed.as_bytes(), "imported check-in")
    }

    fn seed(&self, wall: NaiveDateTime, parts: &[&str]) -> String {
        // A sign that no column or cell is likely to hold keeps the parts apart.
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
