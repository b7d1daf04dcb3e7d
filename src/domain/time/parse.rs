//! Parses the moments and days that a person types, for every verb, form and prompt: RFC 3339, `2026-11-22 08:15`, `12 Nov`,
//! `20.11.2026`, `tue 8pm`, `yesterday 22:00`, `last night`, `2h ago`, `in 3 days`, `-7d`, `now`, and what the program itself
//! writes.
//!
//! Invariant: it never guesses and never panics. The shape of a text is read first and the calendar second, so that the error
//! for 30 February differs from the error for a text that is no date.

mod numbers;
mod phrase;
mod place;
mod reading;

use super::display::{plain_day, short_day};
use super::years::{self, EntryYears};
use super::{DayEnd, Now, Shift, Zone, logical_day};
use chrono::{DateTime, Datelike, FixedOffset, NaiveDate, NaiveTime, Offset, Utc};
use phrase::{Phrase, phrase};
use place::{Standpoint, not_ahead};
pub(crate) use reading::{day_reading, moment_reading};

/// The years that `--now` can lie in.
const YEARS: std::ops::RangeInclusive<i32> = years::FIRST..=9999;
/// How many characters of a text an error repeats.
const LONGEST: usize = 60;

/// Which way a field looks: a weekday or a date without its year is the nearest one there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Toward {
    /// What was.
    Past,
    /// What is to come: a visit, the first day of a plan, the end of a treatment.
    Future,
}

impl Toward {
    /// Forms of a moment that fit.
    pub(crate) const fn moments(self) -> &'static str {
        match self {
            Self::Past => {
                "08:15, yesterday 22:00, 2h ago, 3 days ago, 2026-11-22 or 2026-11-22 08:15"
            }
            Self::Future => "tomorrow 10:00, tue 10:30, in 3 days, 1 Dec 14:00 or 2026-12-01 10:30",
        }
    }

    /// Forms of a day that fit.
    pub(crate) const fn days(self) -> &'static str {
        match self {
            Self::Past => "yesterday, last tue, 3 days ago, 12 Nov or 2026-11-22",
            Self::Future => "tomorrow, next mon, in 2 weeks, 1 Dec or 2026-12-01",
        }
    }
}

/// A moment as it was typed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct When {
    /// The moment in whole seconds, with its offset.
    pub(crate) at: DateTime<FixedOffset>,
    /// Set if a day was typed without a time. The moment is its noon then, or now for today before noon; the evening for last
    /// night.
    pub(crate) day: Option<NaiveDate>,
    /// Set if the wall time does not exist, or comes twice.
    pub(crate) shift: Option<Shift>,
}

/// Why a text is no moment. The sentence names no forms: those that fit are known to the field; see [`NotRead`].
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub(crate) enum WhenError {
    /// The text is blank.
    #[error("no time was given")]
    Nothing,
    /// The text, made safe to show.
    #[error("\"{0}\" is not understood as a time")]
    NotUnderstood(String),
    /// The shape of a date, but the calendar has no such day.
    #[error("{0} is not in the calendar; a day is year-month-day, such as 2026-11-22")]
    NoSuchDay(String),
    /// The shape of a time of day, but no clock shows it.
    #[error(
        "{0} is not a time of day; the clock goes from 00:00 to 23:59, with seconds if you like"
    )]
    NoSuchTime(String),
    /// The shape of an offset from UTC, but none that exists.
    #[error("{0} is not an offset from UTC; it looks like +01:00, -05:00 or Z")]
    NoSuchOffset(String),
    /// A date with the name of another weekday.
    #[error("{} is a {}; leave out the weekday, or name the day that you mean", plain_day(*.0), .0.format("%A"))]
    OtherWeekday(NaiveDate),
    /// Two numbers that are two days: the day first, or the month first.
    #[error("{} or {}? Name the month", plain_day(.0[0].date()), plain_day(.0[1].date()))]
    Twofold([When; 2]),
    /// A weekday with a number that is a day of a month, and an hour too.
    #[error(
        "{} or {} at {}? Write {} or {}",
        plain_day(.0.date()),
        short_day(.1.date()),
        .1.at.format("%-H:%M"),
        .0.date().format("%-d %b"),
        .1.at.format("%a %-H:%M")
    )]
    DayOrHour(When, When),
    /// Two numbers with a dot between them, as a day is written and a time as well.
    #[error("\"{}\" can be a day or a time; write {} or {}", .day.typed, .day, .time.format("%-H:%M"))]
    DayOrTime {
        /// The day that it can be.
        day: Dotted,
        /// The time that it can be.
        time: NaiveTime,
    },
    /// The same, where no clock shows it: it can be a number as well.
    #[error("\"{}\" can be a day; if it is meant, write {}", .0.typed, .0)]
    DayOrNumber(Dotted),
    /// Understood, but outside the years that can be used.
    #[error("\"{text}\" lies outside the years {first} to {last}", first = years::FIRST)]
    OutOfReach {
        /// The text, made safe to show.
        text: String,
        /// The last year that can be used.
        last: i32,
    },
    /// Understood, but what is asked for has been.
    #[error("that day has not begun yet")]
    Ahead,
    /// A part of a day that is still to come, where what is asked for has been.
    #[error("that part of the day has not come yet")]
    PartAhead,
}

/// A day and its month as they were typed, with a dot between them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Dotted {
    typed: String,
    /// In a leap year, which has every day that any year has.
    day: NaiveDate,
}

impl Dotted {
    const fn new(typed: String, day: NaiveDate) -> Self {
        Self { typed, day }
    }

    /// The numbers of its month and its day.
    fn month_day(&self) -> (u32, u32) {
        (self.day.month(), self.day.day())
    }
}

impl std::fmt::Display for Dotted {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}", self.day.format("%-d %b"))
    }
}

/// An error for a text that is no moment, with forms that fit the field.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{why}{}{}", if .forms.is_empty() { "" } else { "; try " }, .forms)]
pub(crate) struct NotRead {
    /// What is wrong.
    pub(crate) why: WhenError,
    /// Forms that fit; empty where the sentence says enough.
    forms: &'static str,
}

impl NotRead {
    fn new(why: WhenError, forms: &'static str) -> Self {
        let forms = match why {
            WhenError::Nothing | WhenError::NotUnderstood(_) | WhenError::OutOfReach { .. } => {
                forms
            }
            _ => "",
        };
        Self { why, forms }
    }

    /// Whether the sentence is a question between two readings.
    pub(crate) const fn is_question(&self) -> bool {
        matches!(self.why, WhenError::Twofold(_) | WhenError::DayOrHour(..))
    }

    /// The two days that the text can be, where there are two.
    pub(crate) const fn twofold(&self) -> Option<[When; 2]> {
        match self.why {
            WhenError::Twofold(both) => Some(both),
            _ => None,
        }
    }
}

impl When {
    /// Whether it lies after `now`. A day alone is the future from tomorrow on, so today before noon is not.
    pub(crate) fn is_future(&self, now: &Now, day_end: DayEnd) -> bool {
        match self.day {
            Some(day) => day > now.today(day_end),
            None => self.at > now.at,
        }
    }

    /// The logical day it counts for; a day alone is that day.
    pub(crate) fn logical_day(&self, day_end: DayEnd) -> NaiveDate {
        self.day
            .unwrap_or_else(|| logical_day(self.at.naive_local(), day_end))
    }

    /// The date that was named.
    pub(crate) fn date(&self) -> NaiveDate {
        self.day.unwrap_or_else(|| self.at.date_naive())
    }

    const fn exact(at: DateTime<FixedOffset>) -> Self {
        Self {
            at,
            day: None,
            shift: None,
        }
    }
}

/// Parses a moment, as seen from `now`, for a field that looks `toward` the past or the future. A text without an offset is read
/// in the zone of `now`. `08:15` is the latest such time not after now, or the next one not before it. A day alone is its noon,
/// and today before noon is now. Hours and minutes ago are elapsed time; whole days and weeks away are days.
///
/// # Errors
/// [`NotRead`], a sentence with forms that fit.
pub(crate) fn parse_when(
    text: &str,
    now: &Now,
    day_end: DayEnd,
    toward: Toward,
) -> Result<When, NotRead> {
    read(text, now, day_end, toward).map_err(|why| NotRead::new(why, toward.moments()))
}

fn read(text: &str, now: &Now, day_end: DayEnd, toward: Toward) -> Result<When, WhenError> {
    let from = Standpoint {
        now,
        day_end,
        toward,
    };
    let last = now.at.year() + 1;
    let out_of_reach = || WhenError::OutOfReach {
        text: quotable(text),
        last,
    };
    let phrase = phrase(text)?;
    let when = match (phrase, toward) {
        // Hours alone can be how long it takes, where it is still to come.
        (Phrase::Bare(_), Toward::Future) => return Err(WhenError::NotUnderstood(quotable(text))),
        _ => from.place(&phrase)?,
    };
    let when = when.ok_or_else(out_of_reach)?;
    EntryYears::of(now)
        .day(when.at.date_naive())
        .map_err(|_| out_of_reach())?;
    Ok(not_ahead(when, now.at, now.today(day_end)))
}

/// Parses a logical day: any text of [`parse_when`], of which the logical day is taken.
///
/// # Errors
/// [`NotRead`], a sentence with forms that fit.
pub(crate) fn parse_day(
    text: &str,
    now: &Now,
    day_end: DayEnd,
    toward: Toward,
) -> Result<NaiveDate, NotRead> {
    let when = match read(text, now, day_end, toward) {
        // A day has no hour; one that is far away was hardly meant.
        Err(WhenError::DayOrHour(day, _)) if is_near(&day, now) => Ok(day),
        read => read,
    };
    let when = when.map_err(|why| NotRead::new(why, toward.days()))?;
    Ok(when.logical_day(day_end))
}

/// Whether it lies at most a month away.
fn is_near(when: &When, now: &Now) -> bool {
    (when.at - now.at).num_days().abs() <= 31
}

/// A logical day that has begun: an entry is about what was.
///
/// # Errors
/// [`NotRead`], a sentence with forms that fit.
pub(crate) fn parse_past_day(text: &str, now: &Now, day_end: DayEnd) -> Result<NaiveDate, NotRead> {
    let day = parse_day(text, now, day_end, Toward::Past)?;
    if day > now.today(day_end) {
        return Err(NotRead::new(WhenError::Ahead, ""));
    }
    Ok(day)
}

/// Reads a time of day on its own, `22:30` or `10:30 pm`: which day it is of, the field says.
pub(crate) fn parse_clock(text: &str) -> Option<NaiveTime> {
    // To the minute: that is what such a field keeps.
    let is_to_the_minute = text.matches(':').count() < 2;
    match phrase(text) {
        Ok(Phrase::Clock(time)) if is_to_the_minute => Some(time),
        _ => None,
    }
}

/// Reads `--now`. With an offset, that offset is the zone from then on; anything else is read in the system's zone. A day alone
/// is its noon whatever the clock says: output that is to be the same again must not hang on it.
///
/// # Errors
/// [`NotRead`], a sentence with forms that fit.
pub(crate) fn parse_now(
    text: &str,
    system: &Zone,
    system_now: DateTime<Utc>,
) -> Result<Now, NotRead> {
    let now = Now::new(system_now, system.clone());
    let from = Standpoint {
        now: &now,
        // The journal, which keeps the person's own, is not open yet.
        day_end: DayEnd::default(),
        toward: Toward::Past,
    };
    let read = || {
        let phrase = phrase(text)?;
        let when = from.place(&phrase)?;
        // Later years than those of entries: a journal can be looked at from any day.
        let when = when.filter(|when| YEARS.contains(&when.at.year()));
        let when = when.ok_or_else(|| WhenError::OutOfReach {
            text: quotable(text),
            last: *YEARS.end(),
        })?;
        let zone = match phrase {
            Phrase::Instant(_, _, offset) => Zone::fixed(offset),
            // Of the present moment it is the clock to go by: output that is to be the same again needs one.
            Phrase::Utc(..) => Zone::fixed(Utc.fix()),
            _ => system.clone(),
        };
        Ok(Now::new(when.at.to_utc(), zone))
    };
    read().map_err(|why| NotRead::new(why, Toward::Past.moments()))
}

/// The typed text for an error message: short, and without characters that control a terminal or reverse its text.
fn quotable(text: &str) -> String {
    let mut quoted: String = text
        .trim()
        .chars()
        .map(|c| match c {
            c if c.is_alphanumeric() || c == ' ' || c.is_ascii_punctuation() => c,
            _ => '?',
        })
        .take(LONGEST)
        .collect();
    if text.trim().chars().nth(LONGEST).is_some() {
        quoted.push_str("...");
    }
    quoted
}

#[cfg(test)]
mod model_tests;
#[cfg(test)]
mod own_forms_tests;
#[cfg(test)]
mod tests;
