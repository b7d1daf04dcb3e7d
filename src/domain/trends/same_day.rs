//! The same day of earlier attempts: what the series that stands first was then, and on which days there had been use by then.
//!
//! Invariants: it is said only where the person asked for it. Nothing of an earlier attempt is said that lies after the day they
//! have reached in this one. It stays away on days 1 to 4, and for 14 days after a dose since day 0. It compares nothing.

use crate::domain::attempt::NumberedAttempt;
use crate::domain::check_in::severity::CORE_ITEMS;
use crate::domain::dose::doses_in;
use crate::domain::journal::Journal;
use crate::domain::journal::settings::SameDay;
use crate::domain::series;
use crate::domain::series::default_series::DefaultSeries;
use crate::domain::text::words;
use crate::domain::time::display::Manner;
use crate::domain::time::span::Span;
use chrono::{NaiveDate, TimeDelta};

/// The days on which it stays away, the hardest ones of most.
const SILENT: std::ops::RangeInclusive<i64> = 1..=4;
/// Days after a dose since day 0 on which it does.
const AFTER_USE: i64 = 14;
/// Days of use that are named; more are counted.
const NAMED: usize = 3;

/// Why nothing is said.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub(crate) enum Silence {
    /// The person has not asked, or has switched it off.
    #[error("it is off")]
    Off,
    /// There is no open attempt with a day 0 that has come.
    #[error("it needs an open attempt with a day 0")]
    NoDay,
    /// No earlier one reached this day.
    #[error("no earlier attempt reached this day")]
    NoEarlier,
    /// It is one of the first days.
    #[error("nothing is shown on days 1 to 4")]
    FirstDays,
    /// There was use lately.
    #[error("nothing is shown for 14 days after a dose since day 0")]
    AfterUse,
}

/// The title and a line for each earlier attempt, the latest first.
pub(crate) fn lines(
    journal: &Journal,
    today: NaiveDate,
    manner: Manner,
) -> Result<(String, Vec<String>), Silence> {
    if journal.settings.same_day == SameDay::Off {
        return Err(Silence::Off);
    }
    shown(journal, today, manner)
}

/// The same, also while it is off.
pub(crate) fn shown(
    journal: &Journal,
    today: NaiveDate,
    manner: Manner,
) -> Result<(String, Vec<String>), Silence> {
    let open = journal.attempts.open(today).ok_or(Silence::NoDay)?;
    let zero = open.attempt.day_zero.ok_or(Silence::NoDay)?;
    let number = (today - zero).num_days();
    if number < 0 {
        return Err(Silence::NoDay);
    }
    let earlier = journal.attempts.iter().rev();
    let earlier = earlier.filter(|one| one.number < open.number);
    let lines: Vec<String> = earlier
        .filter_map(|one| line(journal, one, number, today, manner))
        .collect();
    if lines.is_empty() {
        return Err(Silence::NoEarlier);
    }
    if SILENT.contains(&number) {
        return Err(Silence::FirstDays);
    }
    let since = Span {
        from: zero.succ_opt().unwrap_or(zero),
        to: today,
    };
    let last = doses_in(journal, since).next_back();
    if last.is_some_and(|dose| (today - dose.day).num_days() < AFTER_USE) {
        return Err(Silence::AfterUse);
    }
    let title = format!("Day {}, earlier", manner.counted(number));
    Ok((title, lines))
}

/// "autumn 2025: severity 31, 16 of 18 answered; use on day 6"; `None` for an attempt that did not reach the day.
fn line(
    journal: &Journal,
    earlier: NumberedAttempt<'_>,
    number: i64,
    today: NaiveDate,
    manner: Manner,
) -> Option<String> {
    let zero = earlier.attempt.day_zero?;
    let date = zero.checked_add_signed(TimeDelta::try_days(number)?)?;
    if !earlier.holds(date) {
        return None;
    }
    let series = DefaultSeries::of(journal, today, manner).series;
    let name = series.name(journal).to_lowercase();
    let text = match (series::value(journal, series, date), journal.day(date)) {
        (Some(value), Some(day)) if series.is_index() => {
            let n = day.core_answered(&journal.symptoms);
            format!(
                "{name} {}, {n} of {CORE_ITEMS} answered",
                series.shown(value)
            )
        }
        (Some(value), Some(day)) => {
            let n = words::count(day.check_ins.len(), "check-in", "check-ins");
            format!("{name} {}, {n}", series.shown(value))
        }
        (Some(value), None) => format!("{name} {}", series.text(value, journal)),
        (None, Some(_)) => format!("no {name} that day"),
        (None, None) => "no check-in that day".to_owned(),
    };
    let used = used(journal, zero, date, manner);
    let used = used.map_or_else(String::new, |used| format!("; {used}"));
    Some(format!("{}: {text}{used}", journal.title_of(earlier)))
}

/// "use on day 6", of the days after `zero` up to `date`.
fn used(journal: &Journal, zero: NaiveDate, date: NaiveDate, manner: Manner) -> Option<String> {
    let span = Span {
        from: zero.succ_opt()?,
        to: date,
    };
    let mut days: Vec<i64> = doses_in(journal, span)
        .map(|dose| manner.counted((dose.day - zero).num_days()))
        .collect();
    days.dedup();
    match &days[..] {
        [] => None,
        [day] => Some(format!("use on day {day}")),
        more if more.len() > NAMED => Some(format!("use on {} days by then", more.len())),
        [first @ .., last] => {
            let first: Vec<String> = first.iter().map(ToString::to_string).collect();
            Some(format!("use on days {} and {last}", first.join(", ")))
        }
    }
}
