//! Days and times as other programs write them.
//!
//! Invariant: where days and months cannot be told apart, nothing is guessed.

use chrono::{NaiveDate, NaiveDateTime, NaiveTime};

/// How the days of a column are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Order {
    /// Told from the values.
    Told,
    /// 22/11/2026.
    DayFirst,
    /// 11/22/2026.
    MonthFirst,
}

/// Whether a column of this name holds the day.
pub(super) fn is_date(name: &str) -> bool {
    let name = name.to_lowercase();
    [
        "full_date",
        "date",
        "day",
        "datum",
        "fecha",
        "date formatted",
        "timestamp",
    ]
    .contains(&name.as_str())
}

/// With the year first, or with the month in letters: nothing to mistake.
const SURE: [&str; 9] = [
    "%Y-%m-%d",
    "%Y/%m/%d",
    "%Y.%m.%d",
    "%d %b %Y",
    "%d %B %Y",
    "%B %d, %Y",
    "%b %d, %Y",
    "%B %d %Y",
    "%a %d %b %Y",
];
const SURE_WITH_TIME: [&str; 5] = [
    "%Y-%m-%d %H:%M:%S",
    "%Y-%m-%d %H:%M",
    "%Y-%m-%dT%H:%M:%S",
    "%Y-%m-%dT%H:%M",
    "%Y/%m/%d %H:%M",
];

/// How all values of a column are written.
///
/// # Errors
/// A sentence, when days and months look alike everywhere.
pub(super) fn order<'a>(
    cells: impl Iterator<Item = &'a str>,
    said: Order,
) -> Result<Order, String> {
    if said != Order::Told {
        return Ok(said);
    }
    let mut is_needed = false;
    for cell in cells {
        let Some((first, second)) = first_two(cell) else {
            continue;
        };
        if first > 12 {
            return Ok(Order::DayFirst);
        }
        if second > 12 {
            return Ok(Order::MonthFirst);
        }
        is_needed = true;
    }
    if is_needed {
        Err("days and months look alike in this column; say which comes first: date:dmy or date:mdy".to_owned())
    } else {
        Ok(Order::DayFirst)
    }
}

/// The first two numbers of "22/11/2026".
fn first_two(cell: &str) -> Option<(u32, u32)> {
    let day = cell.split([' ', 'T']).next()?;
    let mut parts = day.split(['/', '.', '-']);
    let (first, second) = (parts.next()?, parts.next()?);
    if first.len() > 2 {
        return None;
    }
    Some((first.parse().ok()?, second.parse().ok()?))
}

/// The day of a cell, and its time where it has one.
pub(super) fn day(cell: &str, order: Order) -> Option<(NaiveDate, Option<NaiveTime>)> {
    let plain = without_ordinals(cell);
    if let Ok(at) = chrono::DateTime::parse_from_rfc3339(&plain) {
        return Some((at.date_naive(), Some(at.time())));
    }
    let with_time = |form: &&str| NaiveDateTime::parse_from_str(&plain, form).ok();
    if let Some(at) = SURE_WITH_TIME.iter().find_map(with_time) {
        return Some((at.date(), Some(at.time())));
    }
    let sure = |form: &&str| NaiveDate::parse_from_str(&plain, form).ok();
    if let Some(day) = SURE.iter().find_map(sure) {
        return Some((day, None));
    }
    let (date, clock) = plain.split_once(' ').unwrap_or((&plain, ""));
    let date = date.trim_end_matches(',').replace(['.', '-'], "/");
    let form = match order {
        Order::MonthFirst => "%m/%d/%Y",
        Order::Told | Order::DayFirst => "%d/%m/%Y",
    };
    let day = NaiveDate::parse_from_str(&date, form).ok()?;
    Some((day, time(clock)))
}

/// "22nd Nov 2026" without the letters after the number.
fn without_ordinals(cell: &str) -> String {
    let word = |word: &str| {
        let bare = word.trim_end_matches(',');
        let number = ["st", "nd", "rd", "th"]
            .iter()
            .find_map(|end| bare.strip_suffix(end))
            .filter(|number| !number.is_empty() && number.bytes().all(|b| b.is_ascii_digit()));
        number.map_or_else(|| word.to_owned(), str::to_owned)
    };
    cell.split_whitespace()
        .map(word)
        .collect::<Vec<_>>()
        .join(" ")
}

/// "08:12", "8:12 pm"; "am" and "pm" alone are nine and eighteen o'clock.
pub(super) fn time(cell: &str) -> Option<NaiveTime> {
    let plain = cell.trim().to_lowercase().replace('.', "");
    match plain.as_str() {
        "am" | "morning" => return NaiveTime::from_hms_opt(9, 0, 0),
        "mid" | "midday" => return NaiveTime::from_hms_opt(13, 0, 0),
        "pm" | "evening" => return NaiveTime::from_hms_opt(18, 0, 0),
        _ => {}
    }
    let parse = |form: &&str| NaiveTime::parse_from_str(&plain, form).ok();
    ["%H:%M", "%H:%M:%S", "%I:%M %p", "%I:%M%p", "%I:%M:%S %p"]
        .iter()
        .find_map(parse)
}

#[cfg(test)]
mod tests {
    use super::{Order, day, order, time};
    use chrono::{NaiveDate, NaiveTime};

    #[test]
    fn a_day_is_read_as_people_and_programs_write_it() {
        let wanted = NaiveDate::from_ymd_opt(2026, 11, 22).unwrap_or_default();
        for text in [
            "2026-11-22",
            "22nd Nov 2026",
            "22 November 2026",
            "November 22, 2026",
            "22/11/2026",
            "22.11.2026",
            "2026/11/22",
        ] {
            let read = day(text, Order::DayFirst).map(|(day, _)| day);
            assert_eq!(read, Some(wanted), "{text}");
        }
        let mdy = day("11/22/2026", Order::MonthFirst);
        assert_eq!(mdy.map(|(day, _)| day), Some(wanted));
        assert_eq!(day("soon", Order::DayFirst), None);
    }

    #[test]
    fn days_and_months_that_look_alike_are_not_guessed() {
        let told = |cells: &[&str]| order(cells.iter().copied(), Order::Told);
        assert_eq!(told(&["03/04/2026", "22/04/2026"]), Ok(Order::DayFirst));
        assert_eq!(told(&["03/04/2026", "03/22/2026"]), Ok(Order::MonthFirst));
        assert!(told(&["03/04/2026", "05/06/2026"]).is_err());
        assert!(told(&["2026-04-03"]).is_ok());
    }

    #[test]
    fn a_time_has_twelve_or_twenty_four_hours() {
        let at = |hour, minute| NaiveTime::from_hms_opt(hour, minute, 0);
        assert_eq!(time("8:12 PM"), at(20, 12));
        assert_eq!(time("08:12"), at(8, 12));
        assert_eq!(time("pm"), at(18, 0));
        assert_eq!(time("later"), None);
    }
}
