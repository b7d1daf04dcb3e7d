//! The shape of a typed text: which day it names, and which time of that day. The calendar comes second, in `super::place`.

use super::numbers::{Numbers, in_calendar, is_digits, is_dotted, number, numbers};
use super::{WhenError, quotable};
use chrono::{FixedOffset, NaiveDate, NaiveTime, Weekday};

const SECONDS_OF_MINUTE: u64 = 60;
const SECONDS_OF_HOUR: u64 = 3600;
/// Words that change nothing: "tomorrow at 10:00", "the 3rd of november".
const FILLERS: [&str; 4] = ["at", "on", "the", "of"];
const COUNTED: [&str; 10] = [
    "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten",
];
const MONTHS: [&str; 12] = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
];

/// A text that was understood, before the present moment and the zone place it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Phrase {
    // Two fields: a day ago keeps the wall time even across a change of the clocks, 24 hours ago does not.
    /// `now`, `2h ago`, `in 20 min`: whole days on the wall, then elapsed seconds.
    Elapsed(Way, Distance),
    /// `2h`, without a word that says which way it lies.
    Bare(Distance),
    /// `08:15`.
    Clock(NaiveTime),
    /// A day, with the time of day that stands beside it.
    Day(DayName, Option<NaiveTime>),
    /// `2026-11-22 08:15+01:00`: on a clock that the text names.
    Instant(NaiveDate, NaiveTime, FixedOffset),
    /// `2026-11-22 08:15Z`: an instant that programs write; it says nothing of the clock on the person's wall.
    Utc(NaiveDate, NaiveTime),
}

/// Before the present moment, or after it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Way {
    /// `ago`.
    Back,
    /// `in`.
    On,
}

/// A stretch of time, as it was typed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Distance {
    pub(super) days: u64,
    pub(super) seconds: u64,
}

/// A day as it was named.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum DayName {
    /// With its year, and the weekday that was typed with it.
    Date(NaiveDate, Option<Weekday>),
    /// Month and day, and the weekday that was typed with it.
    MonthDay(u32, u32, Option<Weekday>),
    /// `1/2`: two numbers that are two days, with the year where one was typed.
    Numbers(u32, u32, Option<i32>),
    /// So many days after today; yesterday is -1.
    Away(i64),
    /// `tomorrow`.
    Tomorrow,
    /// `last night`.
    LastNight,
    /// `yesterday evening`: so many days after today, and an hour by which that part of it is placed.
    PartOf(i64, u32),
    /// `tue`.
    Weekday(Weekday),
    /// `last tue`.
    Last(Weekday),
    /// `next tue`.
    Next(Weekday),
    /// `Tue 24th`, or `Tue 24` as under a chart.
    WeekdayOf(Weekday, u32),
    /// `Tue 9`: the ninth, or nine o'clock.
    WeekdayOr(Weekday, u32),
}

/// Reads the shape of a text.
pub(super) fn phrase(text: &str) -> Result<Phrase, WhenError> {
    let lower = text.to_lowercase().replace(',', " ");
    let lower = lower.replace("a.m.", "am").replace("p.m.", "pm");
    let words: Vec<&str> = lower
        .split_whitespace()
        .filter(|word| !FILLERS.contains(word))
        .collect();
    let shape = match words.as_slice() {
        [] => return Err(WhenError::Nothing),
        ["now"] | ["just", "now"] => Some(Phrase::Elapsed(Way::Back, Distance::default())),
        words => match dated(words)? {
            Some(phrase) => Some(phrase),
            None => day_and_time(words)?,
        },
    };
    shape.ok_or_else(|| WhenError::NotUnderstood(quotable(text)))
}

/// A text that begins with a year: `2026-11-22`, also with a time and an offset.
fn dated(words: &[&str]) -> Result<Option<Phrase>, WhenError> {
    let [first, rest @ ..] = words else {
        return Ok(None);
    };
    // The T of RFC 3339; lower case, as the whole text is by now.
    let (day, joined) = match first.split_once('t') {
        Some((day, time)) => (day, Some(time)),
        None => (*first, None),
    };
    let Some(day) = date(day)? else {
        return Ok(None);
    };
    let after: Vec<&str> = joined.iter().chain(rest).copied().collect();
    if after.is_empty() {
        return Ok(Some(Phrase::Day(DayName::Date(day, None), None)));
    }
    if let Some(time) = time(&after)? {
        return Ok(Some(Phrase::Day(DayName::Date(day, None), Some(time))));
    }
    let (time, offset) = match after.as_slice() {
        [time] => match time.find(['z', '+', '-']) {
            Some(place) => time.split_at(place),
            None => return Ok(None),
        },
        [time, offset] => (*time, *offset),
        _ => return Ok(None),
    };
    let Some(time) = clock(time)? else {
        return Ok(None);
    };
    if offset == "z" {
        return Ok(Some(Phrase::Utc(day, time)));
    }
    let instant = |offset| Phrase::Instant(day, time, offset);
    Ok(offset_of(offset)?.map(instant))
}

/// A day and a time in either order, or one of both: `tue 8pm`, `noon yesterday`.
fn day_and_time(words: &[&str]) -> Result<Option<Phrase>, WhenError> {
    let whole = words.len();
    // A time has one word or two: "8 pm". The longer one first, since "pm" alone is none.
    for size in [2, 1] {
        let Some(at) = whole.checked_sub(size) else {
            continue;
        };
        for (rest, part) in [
            (&words[..at], &words[at..]),
            (&words[size..], &words[..size]),
        ] {
            let Some(time) = time(part)? else {
                continue;
            };
            let day = match day(rest) {
                // Beside a time it is the day.
                Err(WhenError::DayOrTime { day, .. } | WhenError::DayOrNumber(day)) => {
                    let (month, day) = day.month_day();
                    Some(alone(DayName::MonthDay(month, day, None)))
                }
                read => read?,
            };
            return Ok(match (rest, day) {
                ([], _) => Some(Phrase::Clock(time)),
                (_, Some(Phrase::Day(name, None))) => Some(Phrase::Day(name, Some(time))),
                _ => None,
            });
        }
    }
    // A day has two midnights, so the word stands for itself alone.
    if words == ["midnight"] {
        return Ok(Some(Phrase::Clock(NaiveTime::MIN)));
    }
    match day(words)? {
        Some(phrase) => Ok(Some(phrase)),
        None => Ok(bare(words).map(Phrase::Bare)),
    }
}

/// `2h`, `30m`, `half an hour`: hours and minutes. Days are not read so, because "1 d" is the beginning of "1 dec".
fn bare(words: &[&str]) -> Option<Distance> {
    let is_month = |word: &&str| matches!(*word, "m" | "s");
    // "20h" is eight in the evening to many people.
    let may_be_clock = |span: &Distance| {
        matches!(words, [word] if word.ends_with('h'))
            && (13..=24).contains(&(span.seconds / SECONDS_OF_HOUR))
    };
    let span = span(words).filter(|span| span.days == 0 && span.seconds > 0);
    span.filter(|span| !words.iter().any(is_month) && !may_be_clock(span))
}

/// The hour of an evening.
const EVENING: u32 = 20;

/// The days after today and the hour of `this morning`, `yesterday evening`.
fn part_of(words: &[&str]) -> Option<(i64, u32)> {
    let [day, part] = words else {
        return None;
    };
    let day = match *day {
        "this" | "today" => 0,
        "yesterday" => -1,
        "tomorrow" => 1,
        _ => return None,
    };
    let hour = match *part {
        "morning" => 8,
        "afternoon" => 15,
        "evening" => EVENING,
        _ => return None,
    };
    Some((day, hour))
}

/// A day alone, or a stretch of time from now.
fn day(words: &[&str]) -> Result<Option<Phrase>, WhenError> {
    let name = match words {
        ["today"] => DayName::Away(0),
        ["yesterday"] => DayName::Away(-1),
        ["day", "before", "yesterday"] => DayName::Away(-2),
        ["tomorrow"] => DayName::Tomorrow,
        ["day", "after", "tomorrow"] => DayName::Away(2),
        ["last" | "yesterday", "night"] => DayName::LastNight,
        ["last", "evening"] => DayName::PartOf(-1, EVENING),
        ["tonight"] => DayName::PartOf(0, EVENING),
        [_, "morning" | "afternoon" | "evening"] => match part_of(words) {
            Some((days, hour)) => DayName::PartOf(days, hour),
            None => return Ok(None),
        },
        ["last", day] => match weekday(day) {
            Some(day) => DayName::Last(day),
            None => return Ok(None),
        },
        ["next", day] => match weekday(day) {
            Some(day) => DayName::Next(day),
            None => return Ok(None),
        },
        [amounts @ .., "ago"] => return Ok(span(amounts).map(|span| away(Way::Back, span))),
        ["in", amounts @ ..] => return Ok(span(amounts).map(|span| away(Way::On, span))),
        [only] => match (weekday(only), only.split_at_checked(1)) {
            (Some(day), _) => DayName::Weekday(day),
            (None, Some(("-", amount))) => {
                return Ok(span(&[amount]).map(|span| away(Way::Back, span)));
            }
            (None, Some(("+", amount))) => {
                return Ok(span(&[amount]).map(|span| away(Way::On, span)));
            }
            (None, _) => return Ok(named(words, None)?.map(alone)),
        },
        [first, second] if weekday(first).is_some() && ordinal(second).is_some() => {
            let is_hour = number(second).is_some_and(|number| number < 24);
            let both = weekday(first).zip(ordinal(second));
            return Ok(both.map(|(weekday, day)| {
                alone(if is_hour {
                    DayName::WeekdayOr(weekday, day)
                } else {
                    DayName::WeekdayOf(weekday, day)
                })
            }));
        }
        [first, rest @ ..] => match weekday(first) {
            Some(day) => return Ok(named(rest, Some(day))?.map(alone)),
            None => return Ok(named(words, None)?.map(alone)),
        },
        [] => return Ok(None),
    };
    Ok(Some(alone(name)))
}

const fn alone(name: DayName) -> Phrase {
    Phrase::Day(name, None)
}

/// Whole days away are a day, as yesterday is; anything finer is a moment.
fn away(way: Way, span: Distance) -> Phrase {
    let days = i64::try_from(span.days).unwrap_or(i64::MAX);
    match (span.seconds, way) {
        (0, Way::Back) => alone(DayName::Away(-days)),
        (0, Way::On) => alone(DayName::Away(days)),
        _ => Phrase::Elapsed(way, span),
    }
}

/// A date by its parts: `12 nov`, `november 3`, `1 dec 2026`, `20.11.2026`, `1/2`, `2026-11-22`.
fn named(words: &[&str], weekday: Option<Weekday>) -> Result<Option<DayName>, WhenError> {
    let (day, month, year) = match words {
        [only] => {
            if let Some(day) = date(only)? {
                return Ok(Some(DayName::Date(day, weekday)));
            }
            return Ok(match numbers(only)? {
                Some(Numbers::Date(day)) => Some(DayName::Date(day, weekday)),
                // Two numbers with a weekday are no form of a day.
                Some(Numbers::MonthDay(month, day)) if weekday.is_none() => {
                    Some(DayName::MonthDay(month, day, None))
                }
                Some(Numbers::Twofold(one, other, year)) if weekday.is_none() => {
                    Some(DayName::Numbers(one, other, year))
                }
                _ => None,
            });
        }
        [one, other] => (*one, *other, None),
        [one, other, year] => match four_digits(year) {
            Some(year) => (*one, *other, Some(year)),
            None => return Ok(None),
        },
        _ => return Ok(None),
    };
    let (Some(day), Some(month)) = (
        ordinal(day).or_else(|| ordinal(month)),
        month_of(month).or_else(|| month_of(day)),
    ) else {
        return Ok(None);
    };
    let typed = words.join(" ");
    if let Some(year) = year {
        let date = in_calendar(year, month, day, &typed)?;
        return Ok(Some(DayName::Date(date, weekday)));
    }
    // A leap year has every day that any year has.
    in_calendar(2024, month, day, &typed)?;
    Ok(Some(DayName::MonthDay(month, day, weekday)))
}

/// `tue`, `tues`, `tuesday`.
fn weekday(text: &str) -> Option<Weekday> {
    Some(match text.trim_end_matches('.') {
        "mon" | "monday" => Weekday::Mon,
        "tue" | "tues" | "tuesday" => Weekday::Tue,
        "wed" | "weds" | "wednesday" => Weekday::Wed,
        "thu" | "thur" | "thurs" | "thursday" => Weekday::Thu,
        "fri" | "friday" => Weekday::Fri,
        "sat" | "saturday" => Weekday::Sat,
        "sun" | "sunday" => Weekday::Sun,
        _ => return None,
    })
}

/// The number of a month by its name or its first three letters.
fn month_of(text: &str) -> Option<u32> {
    let text = text.trim_end_matches('.');
    let is_it = |name: &&str| *name == text || name.get(..3) == Some(text);
    let at = MONTHS.iter().position(is_it);
    let at = at.or((text == "sept").then_some(8))?;
    u32::try_from(at + 1).ok()
}

/// `3`, `03`, `3.`, `3rd`.
fn ordinal(text: &str) -> Option<u32> {
    let bare = ["st", "nd", "rd", "th", "."]
        .iter()
        .find_map(|end| text.strip_suffix(end))
        .unwrap_or(text);
    (bare.len() <= 2).then(|| number(bare))?
}

/// `2026`.
fn four_digits(text: &str) -> Option<i32> {
    (text.len() == 4)
        .then(|| number(text))?
        .and_then(|year| i32::try_from(year).ok())
}

/// `08:15`, `8pm`, `8:30 pm`, `noon`; `None` if the words have another shape.
fn time(words: &[&str]) -> Result<Option<NaiveTime>, WhenError> {
    let (time, half) = match words {
        ["noon"] => return Ok(NaiveTime::from_hms_opt(12, 0, 0)),
        [time, half @ ("am" | "pm")] => (*time, *half),
        [time] => match (time.strip_suffix("am"), time.strip_suffix("pm")) {
            (Some(time), _) => (time, "am"),
            (_, Some(time)) => (time, "pm"),
            // `10.11` is a day as well.
            _ if is_dotted(time) && minute_of(time) > Some(12) => {
                return clock(&time.replace('.', ":"));
            }
            _ => return clock(time),
        },
        _ => return Ok(None),
    };
    let full = if time.contains(':') {
        time.to_owned()
    } else if is_dotted(time) {
        time.replace('.', ":")
    } else {
        format!("{time}:00")
    };
    let Some(on_the_face) = clock(&full)? else {
        return Ok(None);
    };
    // A clock of twelve hours begins with twelve: 12 am is midnight.
    let hour = chrono::Timelike::hour(&on_the_face);
    let later = if half == "pm" { 12 } else { 0 };
    let twelve = (1..=12).contains(&hour).then_some(hour % 12 + later);
    let found = twelve.and_then(|hour| chrono::Timelike::with_hour(&on_the_face, hour));
    match found {
        None => Err(WhenError::NoSuchTime(words.join(" "))),
        some => Ok(some),
    }
}

/// The number behind the dot.
fn minute_of(text: &str) -> Option<u32> {
    number(text.split_once('.')?.1)
}

/// `2h`, `90 min`, `1 day 2 hours`, `an hour`, `five days`: amounts with units, in whole numbers.
fn span(words: &[&str]) -> Option<Distance> {
    if let ["half", "an" | "a", "hour"] = words {
        return Some(Distance {
            days: 0,
            seconds: SECONDS_OF_HOUR / 2,
        });
    }
    let (mut days, mut seconds) = (0_u64, 0_u64);
    let mut words = words.iter();
    let mut is_empty = true;
    while let Some(word) = words.next() {
        let end = word
            .find(|c: char| !c.is_ascii_digit())
            .unwrap_or(word.len());
        let (digits, rest) = word.split_at(end);
        let counted = || COUNTED.iter().position(|name| *name == rest);
        let amount: u64 = match (digits, rest) {
            ("", "a" | "an") => 1,
            ("", _) => u64::try_from(counted()? + 1).ok()?,
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
            "fortnight" | "fortnights" => (&mut days, 14),
            _ => return None,
        };
        *of = of.checked_add(amount.checked_mul(size)?)?;
        is_empty = false;
    }
    (!is_empty).then_some(Distance { days, seconds })
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

/// `+01:00`, `-0500`, `+01`; `None` if the text has another shape.
fn offset_of(text: &str) -> Result<Option<FixedOffset>, WhenError> {
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
