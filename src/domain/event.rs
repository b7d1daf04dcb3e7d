//! Event marks: what stands under every time axis as a letter, in the list beneath it, and behind "to that day".
//!
//! What has a mark is an entry of the day first (`super::entry`); a new kind is a variant of [`EventKind`] and its arm there.

use super::attempt::Ending;
use super::entry::{What, attempt_events};
use super::journal::Journal;
use super::stats::Span;
use super::words;
use chrono::{Datelike, NaiveDate};
use std::borrow::Cow;

/// What happened. In the order of weight: where one cell has room for one letter, the first stands there.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum EventKind {
    /// Day 0 of an attempt.
    DayZero,
    /// An attempt begun.
    Began,
    /// An attempt ended.
    Ended,
    /// An attempt set aside.
    SetAside,
    /// A note in a check-in.
    Note,
}

impl EventKind {
    /// Every kind, the weightiest first.
    pub const ALL: [Self; 5] = [
        Self::DayZero,
        Self::Began,
        Self::Ended,
        Self::SetAside,
        Self::Note,
    ];

    /// The mark of an entry; check-ins have none but their notes.
    const fn of(what: What<'_>) -> Option<Self> {
        match what {
            What::CheckIn(_) | What::Record(_) => None,
            What::Began(_) => Some(Self::Began),
            What::DayZero(_) => Some(Self::DayZero),
            What::Ended(_, Ending::Ended) => Some(Self::Ended),
            What::Ended(_, Ending::SetAside) => Some(Self::SetAside),
        }
    }

    /// The letter under the axis.
    pub const fn letter(self) -> char {
        match self {
            Self::DayZero => '0',
            Self::Began => 'a',
            Self::Ended | Self::SetAside => 'e',
            Self::Note => 'n',
        }
    }

    /// What the letter stands for.
    pub const fn name(self) -> &'static str {
        match self {
            Self::DayZero => "day 0",
            Self::Began => "attempt begun",
            Self::Ended => "attempt ended",
            Self::SetAside => "attempt set aside",
            Self::Note => "note",
        }
    }

    /// The word in JSON.
    pub const fn code(self) -> &'static str {
        match self {
            Self::DayZero => "day_zero",
            Self::Began => "attempt_began",
            Self::Ended => "attempt_ended",
            Self::SetAside => "attempt_set_aside",
            Self::Note => "note",
        }
    }
}

/// Something on a day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Event<'a> {
    /// The logical day.
    pub day: NaiveDate,
    /// What.
    pub kind: EventKind,
    /// Its sentence, or the words of the note.
    pub detail: Cow<'a, str>,
}

/// What happened in `span`, by day and then by weight.
pub fn events(journal: &Journal, span: Span) -> Vec<Event<'_>> {
    let mut events: Vec<Event<'_>> = attempt_events(journal)
        .filter(|(day, ..)| *day >= span.from && *day <= span.to)
        .filter_map(|(day, _, what)| {
            Some(Event {
                day,
                kind: EventKind::of(what)?,
                detail: Cow::Owned(what.event(journal)?),
            })
        })
        .collect();
    for day in journal.between(span.from, span.to) {
        let notes = day.check_ins.iter().filter_map(|c| c.note.as_deref());
        events.extend(notes.map(|note| Event {
            day: day.date,
            kind: EventKind::Note,
            detail: Cow::Borrowed(note),
        }));
    }
    events.sort_by_key(|event| (event.day, event.kind));
    events
}

impl Event<'_> {
    /// "a Wed 18 Nov  Attempt 2 begun: stopping": a line of the list
    /// of `span`.
    pub fn line(&self, span: Span) -> String {
        let first = self.detail.lines().next().unwrap_or_default();
        // Within one year the day is enough.
        let day = if span.from.year() == span.to.year() {
            words::short_day(self.day)
        } else {
            words::day(self.day)
        };
        format!("{} {day}  {first}", self.kind.letter())
    }
}
