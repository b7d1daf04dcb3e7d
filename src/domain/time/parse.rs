//! Parses the moments and days that a person types: RFC 3339, `2026-11-22 08:15`, `2026-11-22`, `08:15`, `yesterday 22:00`,
//! `2h ago`, `now`.
//!
//! Invariant: it never guesses and never panics. The shape of a text is read first and the calendar second, so that the error
//! for 30 February differs from the error for a text that is no date.

use super::{DayEnd, Now, Resolved, Shift, Zone, logical_day};
use chrono::{
    DateTime, Datelike, Days, FixedOffset, NaiveDate, NaiveDateTime, NaiveTime, Offset, TimeDelta,
    Utc,
};

/// The years that can be typed. A slip such as `0206` is refused.
const YEARS: std::ops::RangeInclusive<i32> = super::years::FIRST..=9999;
const SECONDS_OF_MINUTE: u64 = 60;
const SECONDS_OF_HOUR: u64 = 3600;
/// How many characters of a text an error repeats.
const LONGEST: usize = 60;

/// A moment as it was typed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct When {
    /// The moment in whole seconds, with its offset.
    pub(crate) at: DateTime<FixedOffset>,
    /// Set if a day alone was typed. The moment is its noon then, or now for today before noon.
    pub(crate) day: Option<NaiveDate>,
    /// Set if the wall time does not exist.
    pub(crate) shift: Option<Shift>,
}

/// An error for a text that is no moment. Each message names forms that work.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub(crate) enum WhenError {
    /// The text is blank.
    #[error("no time was given; {FORMS}")]
    Nothing,
    /// The text, made safe to show.
    #[error("\"{0}\" is not understood as a time; {FORMS}")]
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
    /// Understood, but outside the years that can be used.
    #[error("\"{0}\" lies outside the years 1900 to 9999; {FORMS}")]
    OutOfReach(String),
    /// Understood, but what is asked for has been.
    #[error("that day has not begun yet")]
    Ahead,
}

const FORMS: &str =
    "try 08:15, yesterday 22:00, 2h ago, 3 days ago, 2026-11-22 or 2026-11-22 08:15";

/// A parsed text, before the present moment and the zone place it.
enum Phrase {
    // Two fields: a day ago keeps the wall time even across a change of the clocks, 24 hours ago does not.
    /// `now`, or a time before it: whole days on the wall, then elapsed seconds.
    Ago { days: u64, seconds: u64 },
    /// `08:15`.
    Clock(NaiveTime),
    /// `2026-11-22`, with what follows it.
    Date(NaiveDate, Option<NaiveTime>, Option<FixedOffset>),
    /// `today`, `yesterday`, and `3 days ago 22:00`.
    Back(u64, Option<NaiveTime>),
}

impl When {
    /// Whether it lies after `now`. A day alone is the future from tomorrow on, so today before noon is not.
    pub(crate) fn is_future(&self, now: &Now) -> bool {
        match self.day {
            Some(day) => day > now.at.date_naive(),
            None => self.at > now.at,
        }
    }

    /// The logical day it counts for; a day alone is that day.
    pub(crate) fn logical_day(&self, day_end: DayEnd) -> NaiveDate {
        self.day
            .unwrap_or_else(|| logical_day(self.at.naive_local(), day_end))
    }

    fn exact(at: DateTime<FixedOffset>) -> Self {
        Self {
            at,
            day: None,
            shift: None,
        }
    }

    fn on(day: NaiveDate, time: Option<NaiveTime>, zone: &Zone) -> Self {
        let noon = NaiveTime::from_hms_opt(12, 0, 0).unwrap_or_default();
        let Resolved { at, shift } = zone.resolve(day.and_time(time.unwrap_or(noon)));
        Self {
            at,
            day: time.is_none().then_some(day),
            shift,
        }
    }
}

/// Parses a moment, as seen from `now`, for every verb and form. A text without an offset is read in the zone of `now`.
/// `08:15` is the latest such time not after now. A day alone is its noon, and today before noon is now. `today` and
/// `yesterday` are calendar dates here, since people mean those when they add a time. Hours and minutes ago are elapsed time;
/// days and weeks ago keep the wall time.
///
/// # Errors
/// [`WhenError`], a sentence with forms that work.
pub(crate) fn parse_when(text: &str, now: &Now) -> Result<When, WhenError> {
    let when = parse_with_noon(text, now)?;
    let is_today = when.day == Some(now.at.date_naive());
    Ok(if is_today && when.at > now.at {
        When { at: now.at, ..when }
    } else {
        when
    })
}

/// [`parse_when`], but today alone is always its noon.
fn parse_with_noon(text: &str, now: &Now) -> Result<When, WhenError> {
    let out_of_reach = || WhenError::OutOfReach(quotable(text));
    let when = place(&phrase(text)?, now).ok_or_else(out_of_reach)?;
    if YEARS.contains(&when.at.year()) {
        Ok(when)
    } else {
        Err(out_of_reach())
    }
}

/// Parses a logical day: `2026-11-22`; `today`, `yesterday` and `3 days ago`, counted from the logical day of `now`; or any
/// moment of [`parse_when`], of which the logical day is taken.
///
/// # Errors
/// [`WhenError`], a sentence with forms that work.
pub(crate) fn parse_day(text: &str, now: &Now, day_end: DayEnd) -> Result<NaiveDate, WhenError> {
    let (Phrase::Back(back, None)
    | Phrase::Ago {
        days: back,
        seconds: 0,
    }) = phrase(text)?
    else {
        return parse_when(text, now).map(|when| when.logical_day(day_end));
    };
    now.today(day_end)
        .checked_sub_days(Days::new(back))
        .filter(|day| YEARS.contains(&day.year()))
        .ok_or_else(|| WhenError::OutOfReach(quotable(text)))
}

/// A logical day that has begun: an entry is about what was.
///
/// # Errors
/// [`WhenError`], a sentence with forms that work.
pub(crate) fn parse_past_day(
    text: &str,
    now: &Now,
    day_end: DayEnd,
) -> Result<NaiveDate, WhenError> {
    let day = parse_day(text, now, day_end)?;
    if day > now.today(day_end) {
        return Err(WhenError::Ahead);
    }
    Ok(day)
}

/// Reads a time of day on its own, `22:30`: which day it is of, the field says.
pub(crate) fn parse_clock(text: &str) -> Option<NaiveTime> {
    NaiveTime::parse_from_str(text.trim(), "%H:%M").ok()
}

/// Reads `--now`. With an offset, that offset is the zone from then on; anything else is read in the system's zone. A day alone
/// is its noon whatever the clock says: output that is to be the same again must not hang on it.
///
/// # Errors
/// [`WhenError`], a sentence with forms that work.
pub(crate) fn parse_now(
    text: &str,
    system: &Zone,
    system_now: DateTime<Utc>,
) -> Result<Now, WhenError> {
    let when = parse_with_noon(text, &Now::new(system_now, system.clone()))?;
    let zone = match phrase(text)? {
        Phrase::Date(_, _, Some(offset)) => Zone::fixed(offset),
        _ => system.clone(),
    };
    Ok(Now::new(when.at.to_utc(), zone))
}

/// The moment of a phrase; `None` if it lies outside the calendar.
fn place(phrase: &Phrase, now: &Now) -> Option<When> {
    let today = now.at.date_naive();
    let before = |days: u64| today.checked_sub_days(Days::new(days));
    Some(match *phrase {
        Phrase::Ago { days, seconds } => {
            let elapsed = TimeDelta::try_seconds(i64::try_from(seconds).ok()?)?;
            // The present wall time is not resolved again: in a fold that could give the instant an hour before.
            let from = match days {
                0 => Resolved {
                    at: now.at,
                    shift: None,
                },
                _ => now.zone.resolve(before(days)?.and_time(now.at.time())),
            };
            let instant = from.at.to_utc().checked_sub_signed(elapsed)?;
            When {
                // After elapsed seconds the result is another wall time, which exists.
                shift: from.shift.filter(|_| seconds == 0),
                ..When::exact(now.zone.at(instant))
            }
        }
        // Today's, or yesterday's if that is still to come: people log what has happened.
        Phrase::Clock(time) => [0, 1]
            .into_iter()
            .filter_map(|days| Some(When::on(before(days)?, Some(time), &now.zone)))
            .find(|when| when.at <= now.at)?,
        Phrase::Back(days, time) => When::on(before(days)?, time, &now.zone),
        Phrase::Date(day, Some(time), Some(offset)) => When::exact(
            NaiveDateTime::new(day, time)
                .and_local_timezone(offset)
                .single()?,
        ),
        Phrase::Date(day, time, _) => When::on(day, time, &now.zone),
    })
}

fn phrase(text: &str) -> Result<Phrase, WhenError> {
    let not_understood = || WhenError::NotUnderstood(quotable(text));
    let lower = text.to_ascii_lowercase();
    let words: Vec<&str> = lower.split_whitespace().collect();
    match words.as_slice() {
        [] => Err(WhenError::Nothing),
        ["now"] => Ok(Phrase::Ago {
            days: 0,
            seconds: 0,
        }),
        ["today", rest @ ..] => Ok(Phrase::Back(0, time_alone(rest, text)?)),
        ["yesterday", rest @ ..] => Ok(Phrase::Back(1, time_alone(rest, text)?)),
        [amounts @ .., "ago"] => ago(amounts).ok_or_else(not_understood),
        [amounts @ .., "ago", time] => match ago(amounts) {
            Some(Phrase::Ago { days, seconds: 0 }) => {
                Ok(Phrase::Back(days, time_alone(&[time], text)?))
            }
            _ => Err(not_understood()),
        },
        [first, rest @ ..] => {
            // The T of RFC 3339; lower case, as the whole text is by now.
            let (day, joined) = match first.split_once('t') {
                Some((day, time)) => (day, Some(time)),
                None => (*first, None),
            };
            let Some(day) = date(day)? else {
                return Ok(Phrase::Clock(
                    time_alone(&words, text)?.ok_or_else(not_understood)?,
                ));
            };
            let after: Vec<&str> = joined.iter().chain(rest).copied().collect();
            let (time, offset) = match after.as_slice() {
                [] => return Ok(Phrase::Date(day, None, None)),
                [time] => match time.find(['z', '+', '-']) {
                    Some(place) => time.split_at(place),
                    None => (*time, ""),
                },
                [time, offset] => (*time, *offset),
                _ => return Err(not_understood()),
            };
            let offset = match offset {
                "" => None,
                some => Some(offset_of(some)?.ok_or_else(not_understood)?),
            };
            let time = clock(time)?.ok_or_else(not_understood)?;
            Ok(Phrase::Date(day, Some(time), offset))
        }
    }
}

/// The rest of a text that can hold one time of day, or nothing.
fn time_alone(words: &[&str], text: &str) -> Result<Option<NaiveTime>, WhenError> {
    match words {
        [] => Ok(None),
        [time] => match clock(time)? {
            None => Err(WhenError::NotUnderstood(quotable(text))),
            some => Ok(some),
        },
        _ => Err(WhenError::NotUnderstood(quotable(text))),
    }
}

/// `2h`, `90 min`, `1 day 2 hours`, `an hour`: amounts with units, in whole numbers.
fn ago(words: &[&str]) -> Option<Phrase> {
    let (mut days, mut seconds) = (0_u64, 0_u64);
    let mut words = words.iter();
    let mut is_empty = true;
    while let Some(word) = words.next() {
        let end = word
            .find(|c: char| !c.is_ascii_digit())
            .unwrap_or(word.len());
        let (digits, rest) = word.split_at(end);
        let amount: u64 = match (digits, rest) {
            ("", "a" | "an") => 1,
            _ => number(digits)?.into(),
        };
        let unit = match (digits, rest) {
            ("", _) | (_, "") => words.next()?,
            (_, unit) => unit,
        };
        let (of, size) = match unit {
            "s" | "sec" | "secs" | "second" | "seconds" => (&mut seconds, 1),
            "m" | "min" | "mins" | "minute" | "minutes" => (&mut seconds, SECONDS_OF_MINUTE),
            "h" | "hr" | "hrs" | "hour" | "hours" => (&mut seconds, SECONDS_OF_HOUR),
            "d" | "day" | "days" => (&mut days, 1),
            "w" | "week" | "weeks" => (&mut days, 7),
            _ => return None,
        };
        *of = of.checked_add(amount.checked_mul(size)?)?;
        is_empty = false;
    }
    (!is_empty).then_some(Phrase::Ago { days, seconds })
}

/// `2026-11-22`, also `2026-3-8`; `None` if the text has another shape.
fn date(text: &str) -> Result<Option<NaiveDate>, WhenError> {
    let parts: Vec<&str> = text.split('-').collect();
    let [year, month, day] = parts.as_slice() else {
        return Ok(None);
    };
    if year.len() != 4 || month.len() > 2 || day.len() > 2 {
        return Ok(None);
    }
    let (Some(y), Some(m), Some(d)) = (number(year), number(month), number(day)) else {
        return Ok(None);
    };
    let date = i32::try_from(y)
        .ok()
        .and_then(|year| NaiveDate::from_ymd_opt(year, m, d));
    match date {
        None => Err(WhenError::NoSuchDay(text.to_owned())),
        some => Ok(some),
    }
}

/// `08:15`, `8:15`, `08:15:09`, `08:15:09.25` (parts of a second are dropped); `None` if the text has another shape.
fn clock(text: &str) -> Result<Option<NaiveTime>, WhenError> {
    let (whole, fraction) = match text.split_once('.') {
        Some((whole, fraction)) => (whole, Some(fraction)),
        None => (text, None),
    };
    let parts: Vec<&str> = whole.split(':').collect();
    let (hour, minute, second) = match (parts.as_slice(), fraction) {
        ([hour, minute], None) => (*hour, *minute, "00"),
        ([hour, minute, second], None) => (*hour, *minute, *second),
        ([hour, minute, second], Some(fraction)) if is_digits(fraction) => {
            (*hour, *minute, *second)
        }
        _ => return Ok(None),
    };
    if hour.len() > 2 || minute.len() != 2 || second.len() != 2 {
        return Ok(None);
    }
    let (Some(h), Some(m), Some(s)) = (number(hour), number(minute), number(second)) else {
        return Ok(None);
    };
    match NaiveTime::from_hms_opt(h, m, s) {
        None => Err(WhenError::NoSuchTime(text.to_owned())),
        some => Ok(some),
    }
}

/// `z`, `+01:00`, `-0500`, `+01`; `None` if the text has another shape.
fn offset_of(text: &str) -> Result<Option<FixedOffset>, WhenError> {
    if text == "z" {
        return Ok(Some(Utc.fix()));
    }
    let (sign, digits) = match (text.strip_prefix('+'), text.strip_prefix('-')) {
        (Some(rest), _) => (1, rest),
        (_, Some(rest)) => (-1, rest),
        _ => return Ok(None),
    };
    let (hours, minutes) = match digits.split_once(':') {
        Some(parts) => parts,
        None => digits.split_at_checked(2).unwrap_or((digits, "")),
    };
    let minutes = if digits.len() == 2 { "00" } else { minutes };
    if hours.len() != 2 || minutes.len() != 2 {
        return Ok(None);
    }
    let (Some(h), Some(m)) = (number(hours), number(minutes)) else {
        return Ok(None);
    };
    let no_such = || WhenError::NoSuchOffset(text.to_owned());
    if m > 59 {
        return Err(no_such());
    }
    let seconds = i32::try_from((h * 60 + m) * 60).map_err(|_| no_such())?;
    let offset = FixedOffset::east_opt(sign * seconds).ok_or_else(no_such)?;
    Ok(Some(offset))
}

/// A whole number of one to six ASCII digits. Six are enough for every form, and products of them never overflow.
fn number(digits: &str) -> Option<u32> {
    let fits = is_digits(digits) && digits.len() <= 6;
    fits.then(|| digits.parse().ok())?
}

fn is_digits(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
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
mod tests;
