//! A row's place in time, and the time chosen for a row without one.

use super::apps::App;
use super::clock::Clock;
use super::first_version::{Place, RowContext};
use crate::domain::id::EntryId;
use crate::domain::journal::earlier::Foreign;
use crate::domain::text::words;
use crate::domain::time::Moment;
use crate::transfer::import::error::Here;
use chrono::{NaiveDateTime, NaiveTime};

/// A row's place in time.
pub(super) struct Standing {
    /// The day and time in the file, before any conversion.
    pub(super) wall: NaiveDateTime,
    pub(super) moment: Moment,
    pub(super) is_timed: bool,
    /// Whether the file has an offset from UTC.
    pub(super) is_converted: bool,
    /// The day and time that version 0.1.0 read.
    pub(super) first: Option<Place>,
    /// The number of the row's check-in among those of this wall time.
    pub(super) number: u32,
}

impl Standing {
    /// The wall time in this zone; an offset in the file can move it.
    fn wall_here(&self) -> NaiveDateTime {
        // 0.1.0 ignored offsets, so it misread such a row unless the offset changes nothing.
        if self.is_converted {
            self.moment.at().naive_local()
        } else {
            self.wall
        }
    }

    pub(super) fn foreign(&self, earlier: Option<EntryId>) -> Foreign {
        Foreign {
            earlier,
            is_timed: self.is_timed,
            is_misread: self
                .first
                .is_some_and(|place| place.wall() != self.wall_here()),
        }
    }
}

pub(super) fn first_row<'a>(app: App, here: &Here<'a>, standing: &Standing) -> RowContext<'a> {
    RowContext {
        names: app.first_names(),
        past: here.past,
        wall: standing.wall_here(),
    }
}

/// The clock time in the file; noon without one.
pub(super) fn on_the_wall(clock: Clock) -> NaiveTime {
    match clock {
        Clock::Time(time, _) | Clock::Part(time) => time,
        Clock::Day => NaiveTime::from_hms_opt(12, 0, 0).unwrap_or_default(),
    }
}

/// Rows without a clock time, counted by their text: one remark for each text instead of one for each row.
#[derive(Debug, Default)]
pub(super) struct Unclocked(Vec<(Option<NaiveTime>, String, usize)>);

impl Unclocked {
    pub(super) fn add(&mut self, hour: Option<NaiveTime>, cell: &str) {
        // "Morning" and "morning" are one remark.
        let cell = cell.trim().to_lowercase();
        let known = self.0.iter_mut().find(|(_, known, _)| *known == cell);
        match known {
            Some((.., n)) => *n += 1,
            None => self.0.push((hour, cell, 1)),
        }
    }

    pub(super) fn sentences(&self) -> Vec<String> {
        let sentence = |(hour, cell, n): &(Option<NaiveTime>, String, usize)| {
            let rows = words::count(*n, "row says", "rows say");
            match hour {
                None if cell.is_empty() => {
                    let rows = words::count(*n, "row has", "rows have");
                    format!("{rows} no time; noon stands for it.")
                }
                Some(hour) => {
                    let hour = hour.format("%H:%M");
                    format!("{rows} {cell:?} for a time; {hour} stands for it.")
                }
                None => format!("{rows} {cell:?} for a time; noon stands for it."),
            }
        };
        self.0.iter().map(sentence).collect()
    }
}
