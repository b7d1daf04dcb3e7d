//! The day that all days are counted from.
//!
//! Invariant: it is one and the same day for every table of a journal, and it is never written.

use crate::domain::journal::Journal;
use chrono::NaiveDate;

/// What lies at 0.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Counted {
    /// The first day 0 there is.
    DayZero,
    /// The beginning of the first attempt, as no day 0 is known.
    Began,
    /// The first entry, as there is no attempt.
    FirstEntry,
}

impl Counted {
    /// The word in files.
    pub(crate) const fn code(self) -> &'static str {
        match self {
            Self::DayZero => "day_zero",
            Self::Began => "attempt_began",
            Self::FirstEntry => "first_entry",
        }
    }

    /// In words.
    pub(crate) const fn text(self) -> &'static str {
        match self {
            Self::DayZero => "the first day 0",
            Self::Began => "the beginning of the first attempt",
            Self::FirstEntry => "the first entry",
        }
    }
}

/// The day that all days are counted from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Origin {
    /// What it is.
    pub(crate) counted: Counted,
    day: NaiveDate,
}

impl Origin {
    /// The first day 0, else the first beginning, else the first entry.
    pub(crate) fn of(journal: &Journal) -> Self {
        let zero = journal.attempts.days_zero().first().copied();
        let began = journal.attempts.iter().next().map(|on| on.attempt.began);
        let (counted, day) = match (zero, began) {
            (Some(day), _) => (Counted::DayZero, day),
            (None, Some(day)) => (Counted::Began, day),
            (None, None) => (
                Counted::FirstEntry,
                journal
                    .first_entry()
                    // The store tells the first entry; a journal that was put together in memory may not know it.
                    .or(first_held(journal))
                    .unwrap_or_default(),
            ),
        };
        Self { counted, day }
    }

    /// Days from the origin; negative before it.
    pub(crate) fn days_to(self, day: NaiveDate) -> i64 {
        (day - self.day).num_days()
    }
}

fn first_held(journal: &Journal) -> Option<NaiveDate> {
    let check_in = journal.days().next().map(|day| day.date);
    let record = journal.record_days().next();
    [check_in, record].into_iter().flatten().min()
}
