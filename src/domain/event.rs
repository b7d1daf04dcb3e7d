//! Event marks: what stands under every time axis as a letter, in the list beneath it, and behind "to that day".
//!
//! A new kind of event is a variant of [`EventKind`] and its source in [`events`].

use super::journal::Journal;
use super::stats::Span;
use super::words;
use chrono::NaiveDate;
use std::borrow::Cow;

/// What happened. In the order of weight: where one cell has room for one letter, the first stands there.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum EventKind {
    /// Day 0 of an attempt.
    DayZero,
    /// An attempt begun.
    Began,
    /// An attempt ended or set aside.
    Ended,
    /// A note in a check-in.
    Note,
}

impl EventKind {
    /// Every kind, the weightiest first.
    pub const ALL: [Self; 4] = [Self::DayZero, Self::Began, Self::Ended, Self::Note];

    /// The letter under the axis.
    pub const fn letter(self) -> char {
        match self {
            Self::DayZero => '0',
            Self::Began => 'a',
            Self::Ended => 'e',
            Self::Note => 'n',
        }
    }

    /// What the letter stands for.
    pub const fn name(self) -> &'static str {
        match self {
            Self::DayZero => "day 0",
            Self::Began => "attempt begun",
            Self::Ended => "attempt ended",
            Self::Note => "note",
        }
    }

    /// The word in JSON.
    pub const fn code(self) -> &'static str {
        match self {
            Self::DayZero => "day_zero",
            Self::Began => "attempt_began",
            Self::Ended => "attempt_ended",
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
    /// More about it: "attempt 2", the words of the note.
    pub detail: Cow<'a, str>,
}

/// What happened in `span`, by day and then by weight.
pub fn events(journal: &Journal, span: Span) -> Vec<Event<'_>> {
    let mut events = attempt_events(journal, span);
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

/// What attempts did in `span`: begun, day 0, ended.
pub fn attempt_events(journal: &Journal, span: Span) -> Vec<Event<'_>> {
    let mut events = Vec::new();
    for numbered in journal.attempts.iter() {
        let attempt = numbered.attempt;
        let name = match &attempt.name {
            Some(name) => format!("attempt {}, {name}", numbered.number),
            None => format!("attempt {}", numbered.number),
        };
        let dated = [
            (Some(attempt.began), EventKind::Began, "begun"),
            (attempt.day_zero, EventKind::DayZero, "day 0"),
            (attempt.ended.map(|(day, _)| day), EventKind::Ended, ""),
        ];
        for (day, kind, word) in dated {
            let word = match (kind, attempt.ended) {
                (EventKind::Ended, Some((_, ending))) => ending.code().replace('_', " "),
                _ => word.to_owned(),
            };
            if let Some(day) = day.filter(|day| *day >= span.from && *day <= span.to) {
                events.push(Event {
                    day,
                    kind,
                    detail: Cow::Owned(format!("{name}: {word}")),
                });
            }
        }
    }
    events.sort_by_key(|event| (event.day, event.kind));
    events
}

impl Event<'_> {
    /// "Wed 18 Nov  attempt 2: begun": a line of the list.
    pub fn line(&self) -> String {
        let first = self.detail.lines().next().unwrap_or_default();
        format!(
            "{} {}  {first}",
            self.kind.letter(),
            words::short_day(self.day)
        )
    }
}
