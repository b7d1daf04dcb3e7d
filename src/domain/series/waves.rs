//! Waves: harder stretches in the weeks after the first ten days, and how long each took to be over.
//!
//! Invariants: only days that are answered nearly whole count, and nothing is measured against more than the week before. A wave
//! that is not over, or that a missing day cut off, has no length. What they say is past; no length is foretold.

use super::Series;
use super::stats::{NEEDED, median};
use crate::domain::attempt::NumberedAttempt;
use crate::domain::journal::Journal;
use crate::domain::time::span::Span;
use chrono::{Days, NaiveDate};

/// The attempt's day from which on a wave can begin.
const FIRST_DAY: u64 = 10;
/// The days before it that a wave is measured against.
const BEFORE: u64 = 7;
/// A wave begins so far above the week before.
const ABOVE: f64 = 10.0;
/// It is over at most so far above.
const BACK: f64 = 5.0;

/// How a wave went on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum WaveEnd {
    /// Back after so many days.
    Back {
        /// The first day that was back.
        day: NaiveDate,
        /// Days from its first day to that one.
        after: u64,
    },
    /// A day without a value cut it off.
    Cut {
        /// That day.
        day: NaiveDate,
    },
    /// Not over yet.
    Open,
}

/// A wave.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Wave {
    /// Its first day.
    pub began: NaiveDate,
    /// The median of the week before, kept for the whole wave. Unrounded.
    pub against: f64,
    /// How it went on.
    pub end: WaveEnd,
}

/// The waves of `attempt` up to `today`, in order. There are none while its day 0 is unknown.
pub fn waves(journal: &Journal, attempt: NumberedAttempt<'_>, today: NaiveDate) -> Vec<Wave> {
    let Some(span) = days_of(attempt, today) else {
        return Vec::new();
    };
    let mut waves: Vec<Wave> = Vec::new();
    for date in span.days() {
        let value = value(journal, date);
        if let Some(wave) = waves.last_mut().filter(|wave| wave.end == WaveEnd::Open) {
            wave.end = match value {
                Some(value) if value <= wave.against + BACK => WaveEnd::Back {
                    day: date,
                    after: (date - wave.began).num_days().unsigned_abs(),
                },
                // Today may still get its value.
                None if date < today => WaveEnd::Cut { day: date },
                _ => WaveEnd::Open,
            };
            continue;
        }
        let Some(value) = value else { continue };
        let Some(against) = week_before(journal, date) else {
            continue;
        };
        if value >= against + ABOVE {
            waves.push(Wave {
                began: date,
                against,
                end: WaveEnd::Open,
            });
        }
    }
    waves
}

/// The days of `attempt` on which a wave can be, up to `today`.
fn days_of(attempt: NumberedAttempt<'_>, today: NaiveDate) -> Option<Span> {
    let zero = attempt.attempt.day_zero?;
    Some(Span {
        from: zero.checked_add_days(Days::new(FIRST_DAY))?,
        to: attempt.last_day.map_or(today, |last| last.min(today)),
    })
}

/// The severity of a day that was answered nearly whole.
fn value(journal: &Journal, date: NaiveDate) -> Option<f64> {
    let day = journal.day(date)?;
    let value = Series::Severity.of_day(day)?;
    (!Series::Severity.is_in_part(day, &journal.symptoms)).then_some(value)
}

/// The median of the week before `date`, where enough of its days have a value.
fn week_before(journal: &Journal, date: NaiveDate) -> Option<f64> {
    let days = Span::ending(date.pred_opt()?, BEFORE).days();
    let mut values: Vec<f64> = days.filter_map(|day| value(journal, day)).collect();
    (values.len() >= NEEDED).then(|| median(&mut values))?
}
