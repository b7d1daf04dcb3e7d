//! A row's place in time, and the time chosen for a row without one.

use super::apps::App;
use super::clock::Clock;
use super::first_version::{Place, RowContext};
use crate::domain::id::EntryId;
use crate::domain::journal::earlier::Foreign;
use crate::domain::text::words;
use crate::domain::time::{Moment, Shift};
use crate::transfer::import::error::Here;
use crate::transfer::import::face::Face;
use chrono::{NaiveDate, NaiveDateTime, NaiveTime};

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
    /// The line that names its part of the day, for a note: no hour is invented for "pm".
    pub(super) part: Option<String>,
}

impl Standing {
    /// The wall time in this zone; an offset in the file can move it.
    fn wall_here(&self) -> NaiveDateTime {
        // 0.1.0 ignored offsets, so it misread such a row unless the offset changes nothing.
        if self.is_converted {
            return self.moment.at().naive_local();
        }
        // A part of the day has no time, so that any hour which 0.1.0 took for it is right.
        match self.first {
            Some(first) if !self.is_timed && first.wall().date() == self.wall.date() => {
                first.wall()
            }
            _ => self.wall,
        }
    }

    pub(super) fn foreign(&self, earlier: Option<EntryId>) -> Foreign {
        Foreign {
            earlier,
            is_timed: self.is_timed,
            is_converted: self.is_converted,
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

/// What is said about cells that were read as less than they seem, counted: one remark for all rows alike.
#[derive(Debug, Default)]
pub(super) struct Remarks {
    /// Words for a part of the day.
    parts: Vec<(String, usize)>,
    /// Words for no time, in a file with a column of times.
    days: Vec<(String, usize)>,
    blanks: Vec<(String, usize)>,
    /// Numbers with more than three decimals.
    pub(super) rounded: usize,
    /// Values between two steps of a scale, the first one with what it became.
    between: (usize, Option<(String, u8)>),
    /// Amounts that would be asked about where they are typed, and the question about the first one.
    unusual: (usize, Option<String>),
    /// Times that the clocks skipped, and what is said of the first one.
    moved: (usize, Option<String>),
    /// Notes of doses in rows without one.
    pub(super) lone_fields: usize,
    /// Clock times of sleeps in rows without one.
    pub(super) lone_times: usize,
    /// Values for what the check-in of their row has already.
    pub(super) beside: usize,
}

fn count(words: &mut Vec<(String, usize)>, cell: &str) {
    // "Morning" and "morning" are one remark.
    let cell = cell.trim().to_lowercase();
    match words.iter_mut().find(|(known, _)| *known == cell) {
        Some((_, n)) => *n += 1,
        None => words.push((cell, 1)),
    }
}

impl Remarks {
    pub(super) fn part(&mut self, cell: &str) {
        count(&mut self.parts, cell);
    }

    pub(super) fn day_alone(&mut self, cell: &str) {
        count(&mut self.days, cell);
    }

    /// A cell that was taken as blank; an empty one is not worth a word.
    pub(super) fn blank(&mut self, cell: &str) {
        if !cell.is_empty() {
            count(&mut self.blanks, cell);
        }
    }

    /// A value that took the step nearest to it.
    pub(super) fn between(&mut self, cell: &str, taken: u8) {
        self.between.0 += 1;
        self.between
            .1
            .get_or_insert_with(|| (cell.to_owned(), taken));
    }

    /// An amount that would be asked about where it is typed.
    pub(super) fn unusual(&mut self, question: String) {
        self.unusual.0 += 1;
        self.unusual.1.get_or_insert(question);
    }

    /// A time that the clocks of that day never showed.
    pub(super) fn moved(&mut self, day: NaiveDate, shift: &Shift) {
        self.moved.0 += 1;
        self.moved
            .1
            .get_or_insert_with(|| format!("{}: {shift}", words::day(day)));
    }

    pub(super) fn sentences(&self, face: Face) -> Vec<String> {
        let mut sentences = Vec::new();
        let say = |n: usize| words::count(n, "row says", "rows say");
        for (cell, n) in &self.parts {
            sentences.push(format!(
                "{} {cell:?} for a time: no hour stands for it, and it is named in the note.",
                say(*n)
            ));
        }
        for (cell, n) in &self.days {
            sentences.push(if cell.is_empty() {
                let rows = words::count(*n, "row has", "rows have");
                format!("{rows} no time; it is a day alone.")
            } else {
                format!("{} {cell:?} for a time; it is a day alone.", say(*n))
            });
        }
        for (cell, n) in &self.blanks {
            let cells = words::count(*n, "cell says", "cells say");
            sentences.push(format!(
                "{cells} {cell:?}, taken as blank; {}.",
                face.not_blank()
            ));
        }
        if self.rounded > 0 {
            let numbers = words::count(self.rounded, "number has", "numbers have");
            sentences.push(format!(
                "{numbers} more than three decimals, and is rounded to three."
            ));
        }
        if let (n, Some((cell, taken))) = &self.between {
            let values = words::count(*n, "value lies", "values lie");
            sentences.push(format!(
                "{values} between two steps, and the nearest one is taken: {cell:?} is {taken} here."
            ));
        }
        if let (n, Some(question)) = &self.unusual {
            let amounts = words::count(*n, "amount is", "amounts are");
            sentences.push(format!(
                "{amounts} far from what the unit usually means; the first is {question}"
            ));
        }
        if let (n, Some(shift)) = &self.moved {
            let times = words::count(*n, "time", "times");
            sentences.push(format!(
                "{times} that the clocks skipped; the first is of {shift}."
            ));
        }
        if self.lone_fields > 0 {
            let cells = words::count(self.lone_fields, "cell", "cells");
            sentences.push(format!(
                "{cells} about a dose left out: no amount stands in that row."
            ));
        }
        if self.lone_times > 0 {
            let cells = words::count(self.lone_times, "time", "times");
            sentences.push(format!(
                "{cells} of a sleep left out: no hours stand in that row."
            ));
        }
        if self.beside > 0 {
            let values = words::count(self.beside, "value stands", "values stand");
            sentences.push(format!(
                "{values} in a row that has another one for the same; each is in a check-in of its own."
            ));
        }
        sentences
    }
}
