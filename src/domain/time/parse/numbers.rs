//! Days in digits alone: `20.11.2026`, `20.11.`, `1/2`; and which of them can be something else.

use super::{Dotted, WhenError};
use chrono::{NaiveDate, NaiveTime};

/// What they are.
pub(super) enum Numbers {
    /// With a year.
    Date(NaiveDate),
    /// Month and day.
    MonthDay(u32, u32),
    /// Two numbers that are two days, with the year where one was typed.
    Twofold(u32, u32, Option<i32>),
}

/// `20.11.2026`, `20.11.`, `1/2`, `22/11/2026`.
pub(super) fn numbers(text: &str) -> Result<Option<Numbers>, WhenError> {
    let parts = |by: char| {
        let parts: Option<Vec<u32>> = text.split(by).map(short_number).collect();
        parts.unwrap_or_default()
    };
    // The year first, as in much of Asia: nothing else begins with four digits.
    for by in ['.', '/'] {
        if let [year, month, day] = parts(by).as_slice()
            && text.split(by).next().is_some_and(|year| year.len() == 4)
        {
            let day = in_calendar(full_year(*year), *month, *day, text)?;
            return Ok(Some(Numbers::Date(day)));
        }
    }
    if let [day, month, year] = parts('.').as_slice()
        && text.len() >= 8
    {
        let day = in_calendar(full_year(*year), *month, *day, text)?;
        return Ok(Some(Numbers::Date(day)));
    }
    // A dot behind both is how a day and its month are written: without it `10.11` can be a time.
    if let Some((day, month)) = text.strip_suffix('.').and_then(|text| text.split_once('.'))
        && let (Some(day), Some(month)) = (short_number(day), short_number(month))
    {
        in_calendar(2024, month, day, text)?;
        return Ok(Some(Numbers::MonthDay(month, day)));
    }
    if let [first, second] = parts('.').as_slice()
        && let Some(day) = NaiveDate::from_ymd_opt(2024, *second, *first)
    {
        let day = Dotted::new(text.to_owned(), day);
        let time = NaiveTime::from_hms_opt(*first, *second, 0).filter(|_| is_dotted(text));
        return Err(match time {
            Some(time) => WhenError::DayOrTime { day, time },
            None => WhenError::DayOrNumber(day),
        });
    }
    let (one, other, year) = match parts('/').as_slice() {
        [one, other] => (*one, *other, None),
        [one, other, year] if text.len() >= 8 => (*one, *other, Some(full_year(*year))),
        _ => return Ok(None),
    };
    // Some write the day first, some the month. Where only one of both is in the calendar, there is nothing to ask.
    let is_day =
        |day: u32, month: u32| NaiveDate::from_ymd_opt(year.unwrap_or(2024), month, day).is_some();
    let (day, month) = match (is_day(one, other), is_day(other, one)) {
        (true, true) if one != other => return Ok(Some(Numbers::Twofold(one, other, year))),
        (true, _) => (one, other),
        (false, true) => (other, one),
        (false, false) => return Err(WhenError::NoSuchDay(text.to_owned())),
    };
    Ok(Some(match year {
        Some(year) => Numbers::Date(in_calendar(year, month, day, text)?),
        None => Numbers::MonthDay(month, day),
    }))
}

/// A year of two digits is one of this century, as it is in a file that is taken in.
fn full_year(year: u32) -> i32 {
    let year = i32::try_from(year).unwrap_or_default();
    if year < 100 { 2000 + year } else { year }
}

/// A day, a month or a year in digits.
fn short_number(text: &str) -> Option<u32> {
    matches!(text.len(), 1 | 2 | 4).then(|| number(text))?
}

/// Whether a text has the shape of `10.30`.
pub(super) fn is_dotted(text: &str) -> bool {
    let parts = text.split_once('.');
    parts.is_some_and(|(hour, minute)| {
        is_digits(hour) && hour.len() <= 2 && is_digits(minute) && minute.len() == 2
    })
}

/// A day of the calendar.
pub(super) fn in_calendar(
    year: i32,
    month: u32,
    day: u32,
    typed: &str,
) -> Result<NaiveDate, WhenError> {
    NaiveDate::from_ymd_opt(year, month, day).ok_or_else(|| WhenError::NoSuchDay(typed.to_owned()))
}

/// A whole number of one to six ASCII digits. Six are enough for every form, and products of them never overflow.
pub(super) fn number(digits: &str) -> Option<u32> {
    let fits = is_digits(digits) && digits.len() <= 6;
    fits.then(|| digits.parse().ok())?
}

pub(super) fn is_digits(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}
