//! Days in other programs' files, with the time behind them.
//!
//! Invariant: the order of day, month and two-digit year is never guessed where it is ambiguous. A two-digit year is in this
//! century.

use super::clock::{Clock, clock};
use super::sheet::months::english;
use super::sheet::names::is_day_name;
use chrono::{Datelike, Days, NaiveDate, NaiveTime};
use std::collections::BTreeSet;
use std::time::Duration;

/// The order of the numbers in a column's days.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Order {
    /// To be detected from the values.
    Told,
    /// 22/11/2026.
    DayFirst,
    /// 11/22/2026.
    MonthFirst,
    /// 26-11-22; a four-digit year is recognised without it.
    YearFirst,
    /// 46340, or 46340.5 with a time: a spreadsheet's count of days. Nothing but the person tells it from another number.
    Counted,
}

/// A day with its time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Written {
    pub(super) day: NaiveDate,
    pub(super) clock: Clock,
}

/// Whether a column of this name has the day.
pub(super) fn is_date(name: &str) -> bool {
    is_day_name(name)
}

/// Forms with the month in letters, which are unambiguous. chrono's `%B` accepts short names too.
const LETTERS: [&str; 7] = [
    "%d %B %Y",
    "%B %d %Y",
    "%d-%B-%Y",
    "%d.%B.%Y",
    "%d.%B.%Y",
    "%A %d %B %Y",
    "%A %B %d %Y",
];

/// The order of all values of a column.
///
/// # Errors
/// A sentence, when every value fits several orders.
pub(super) fn order<'a>(
    cells: impl Iterator<Item = &'a str>,
    asked: Order,
) -> Result<Order, String> {
    if asked != Order::Told {
        return Ok(asked);
    }
    let plain: Vec<String> = cells.map(plain).collect();
    let numbers = plain.iter().filter_map(|cell| Numbers::of(cell));
    let open: Vec<Numbers> = numbers.filter(|day| day.parts[0].len() <= 2).collect();
    let could_be = |order: Order| open.iter().all(|day| day.read(order).is_some());
    match (could_be(Order::DayFirst), could_be(Order::MonthFirst)) {
        _ if open.is_empty() => Ok(Order::DayFirst),
        (true, true) => Err(
            "days and months look alike in this column; say which comes first: date:dmy or date:mdy"
                .to_owned(),
        ),
        (false, true) => Ok(Order::MonthFirst),
        (true, false) if !could_be(Order::YearFirst) => Ok(Order::DayFirst),
        (false, false) if could_be(Order::YearFirst) => Ok(Order::YearFirst),
        // 26-11-20 has its year first or last. Days change more often than years, so the part with more values is the day.
        (true, false) => {
            let different = |at: usize| {
                let parts = open.iter().map(|day| day.parts[at]);
                parts.collect::<BTreeSet<&str>>().len()
            };
            match different(0).cmp(&different(2)) {
                std::cmp::Ordering::Greater => Ok(Order::DayFirst),
                std::cmp::Ordering::Less => Ok(Order::YearFirst),
                std::cmp::Ordering::Equal if open.iter().all(|day| day.has_points) => Ok(Order::DayFirst),
                std::cmp::Ordering::Equal => Err(
                    "days and years look alike in this column; say which comes first: date:dmy or date:ymd"
                        .to_owned(),
                ),
            }
        }
        // Some values are not days at all; each row reports its own error.
        (false, false) => Ok(Order::DayFirst),
    }
}

/// A day of three numbers: 22/11/2026, 11-22-26, 22.11.26.
struct Numbers<'a> {
    parts: [&'a str; 3],
    /// Whether points separate them: nobody writes the year first with points.
    has_points: bool,
}

impl<'a> Numbers<'a> {
    /// The three numbers at the beginning of `cell`.
    fn of(cell: &'a str) -> Option<Self> {
        let day = cell.split(' ').next()?;
        let mut pieces = day.split(['/', '.', '-']);
        let parts = [pieces.next()?, pieces.next()?, pieces.next()?];
        let is_number =
            |part: &&str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
        let is_day = pieces.next().is_none() && parts.iter().all(is_number);
        is_day.then_some(Self {
            parts,
            has_points: day.contains('.'),
        })
    }

    fn read(&self, order: Order) -> Option<NaiveDate> {
        let [first, second, third] = self.parts;
        let (year, month, day) = match order {
            _ if first.len() == 4 => (first, second, third),
            Order::Counted => return None,
            Order::MonthFirst => (third, first, second),
            Order::YearFirst => (first, second, third),
            Order::Told | Order::DayFirst => (third, second, first),
        };
        if month.len() > 2 || day.len() > 2 {
            return None;
        }
        let year = full_year(year.parse().ok()?, year.len())?;
        NaiveDate::from_ymd_opt(year, month.parse().ok()?, day.parse().ok()?)
    }
}

/// A year written with `digits` digits: 26 is 2026; 226 and 6 are no years.
fn full_year(year: i32, digits: usize) -> Option<i32> {
    match digits {
        2 => Some(2000 + year),
        4 => Some(year),
        _ => None,
    }
}

/// The day of a cell, with its time if it has one.
///
/// # Errors
/// A sentence: the cell has no day, or the text behind the day is no time.
pub(super) fn written(cell: &str, order: Order) -> Result<Written, String> {
    let plain = plain(cell);
    if order == Order::Counted
        && let Some(written) = counted(&plain)
    {
        return Ok(written);
    }
    // The longest beginning that is a day; "22 Nov 2026 8:12" has blanks in both parts.
    let ends = plain.match_indices(' ').map(|(at, _)| at);
    let mut ends: Vec<usize> = ends.collect();
    ends.push(plain.len());
    for end in ends.into_iter().rev() {
        let (date, rest) = plain.split_at(end);
        let Some(day) = date_alone(date, order) else {
            continue;
        };
        let clock = clock(rest).ok_or_else(|| no_time(rest.trim()))?;
        return Ok(Written { day, clock });
    }
    let mut sentence = format!("{cell:?} is no day");
    if order != Order::Counted && counted(&plain).is_some() {
        sentence += "; where a spreadsheet counted days, date:counted reads them";
    }
    Err(sentence)
}

/// The day that spreadsheets count as 0, as they write it since 1900.
const COUNTED_FROM: Option<NaiveDate> = NaiveDate::from_ymd_opt(1899, 12, 30);
const SECONDS_A_DAY: f64 = 86_400.0;

/// The day and time that a spreadsheet counts as this number. Five digits: that is 1927 to 2173, and no year, no time.
fn counted(plain: &str) -> Option<Written> {
    let (days, part) = plain.split_once('.').unwrap_or((plain, ""));
    let is_number = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    if days.len() != 5 || !is_number(days) || !is_number(part) {
        return None;
    }
    let day = COUNTED_FROM?.checked_add_days(Days::new(days.parse().ok()?))?;
    if part.is_empty() {
        let clock = Clock::Day;
        return Some(Written { day, clock });
    }
    let part: f64 = format!("0.{part}").parse().ok()?;
    // To the second: the sheet holds 8:20 as 0.347222.
    let since_midnight = Duration::from_secs_f64((part * SECONDS_A_DAY).round());
    let at = day.and_time(NaiveTime::MIN) + since_midnight;
    Some(Written {
        day: at.date(),
        clock: Clock::Time(at.time(), None),
    })
}

/// The text behind the day of a cell, as it stands there.
pub(super) fn behind(cell: &str, order: Order) -> &str {
    let ends = cell.match_indices(' ').map(|(at, _)| at);
    let ends: Vec<usize> = ends.collect();
    let is_day = |at: &&usize| date_alone(&plain(&cell[..**at]), order).is_some();
    let at = ends.iter().rev().find(is_day);
    at.map_or("", |at| cell[*at..].trim())
}

/// The day and time of a cell of unknown order: the reading nearest to `due`.
pub(super) fn nearest(cell: &str, due: NaiveDate) -> Option<Written> {
    let orders = [Order::DayFirst, Order::MonthFirst, Order::YearFirst];
    let read = orders.iter().filter_map(|order| written(cell, *order).ok());
    read.min_by_key(|written| (written.day - due).num_days().abs())
}

/// The sentence about a time that cannot be read.
pub(super) fn no_time(cell: &str) -> String {
    format!("{cell:?} is no time of day that can be read, such as 21:40 or 9:40 PM")
}

fn date_alone(text: &str, order: Order) -> Option<NaiveDate> {
    if let Some(numbers) = Numbers::of(text) {
        return (!text.contains(' ')).then(|| numbers.read(order)).flatten();
    }
    let digits = |text: &str| text.bytes().rev().take_while(u8::is_ascii_digit).count();
    let day = LETTERS
        .iter()
        .find_map(|form| NaiveDate::parse_from_str(text, form).ok())?;
    day.with_year(full_year(day.year(), digits(text))?)
}

/// One blank between words, no commas, "22nd" as 22, and a blank where ISO 8601 has its T.
fn plain(cell: &str) -> String {
    let cell = english(cell);
    let letters: Vec<char> = cell.chars().collect();
    let is_digit = |at: usize| letters.get(at).is_some_and(char::is_ascii_digit);
    let spaced: String = letters
        .iter()
        .enumerate()
        .map(|(at, letter)| match letter {
            'T' | 't' if at > 0 && is_digit(at - 1) && is_digit(at + 1) => ' ',
            ',' => ' ',
            letter => *letter,
        })
        .collect();
    let words: Vec<&str> = spaced.split_whitespace().map(without_ordinal).collect();
    let mut plain = String::with_capacity(spaced.len());
    for word in words {
        // "03. 05. 2026" is one day in three pieces.
        let is_piece = plain.ends_with('.') && word.starts_with(|c: char| c.is_ascii_digit());
        if !plain.is_empty() && !is_piece {
            plain.push(' ');
        }
        plain.push_str(word);
    }
    plain
}

/// "22nd" without the letters after the number.
fn without_ordinal(word: &str) -> &str {
    let number = ["st", "nd", "rd", "th"]
        .iter()
        .find_map(|end| word.strip_suffix(end))
        .filter(|number| !number.is_empty() && number.bytes().all(|b| b.is_ascii_digit()));
    number.unwrap_or(word)
}

#[cfg(test)]
mod tests {
    use super::{Order, order, written};
    use crate::transfer::foreign::clock::Clock;
    use chrono::{NaiveDate, NaiveTime};

    fn day(text: &str, order: Order) -> Option<NaiveDate> {
        written(text, order).ok().map(|written| written.day)
    }

    #[test]
    fn a_day_is_read_as_people_and_programs_write_it() {
        let wanted = NaiveDate::from_ymd_opt(2026, 11, 22);
        for text in [
            "2026-11-22",
            "22nd Nov 2026",
            "22 November 2026",
            "November 22, 2026",
            "Sun, 22 Nov 2026",
            "22-Nov-26",
            "22/11/2026",
            "22.11.2026",
            "22. 11. 2026",
            "2026/11/22",
            "22/11/26",
            "22.11.26",
            "22 Nov 26",
        ] {
            assert_eq!(day(text, Order::DayFirst), wanted, "{text}");
        }
        assert_eq!(day("11/22/2026", Order::MonthFirst), wanted);
        assert_eq!(day("11-22-26", Order::MonthFirst), wanted);
        assert_eq!(day("26-11-22", Order::YearFirst), wanted);
        for text in [
            "soon",
            "22/11/226",
            "22/11/6",
            "226-11-22",
            "22/11",
            "31/2/26",
            "",
        ] {
            assert_eq!(day(text, Order::DayFirst), None, "{text}");
        }
    }

    #[test]
    fn what_a_spreadsheet_counted_is_a_day_where_that_was_said_and_never_by_itself() {
        let time = |h, m, s| Some(Clock::Time(NaiveTime::from_hms_opt(h, m, s)?, None));
        for (text, wanted, clock) in [
            ("46340", (2026, 11, 14), Some(Clock::Day)),
            ("46340.5", (2026, 11, 14), time(12, 0, 0)),
            ("46340.347222", (2026, 11, 14), time(8, 20, 0)),
            ("46340.999999", (2026, 11, 15), time(0, 0, 0)),
            ("25569", (1970, 1, 1), Some(Clock::Day)),
        ] {
            let read = written(text, Order::Counted).ok();
            let (year, month, date) = wanted;
            assert_eq!(
                read.map(|read| (Some(read.day), Some(read.clock))),
                Some((NaiveDate::from_ymd_opt(year, month, date), clock)),
                "{text}"
            );
            let untold = written(text, Order::DayFirst);
            assert!(
                untold.is_err_and(|why| why.contains("date:counted")),
                "{text}"
            );
        }
        for text in ["4634", "463400", "46340.5x", "-46340", "46340 8:20"] {
            assert!(written(text, Order::Counted).is_err(), "{text}");
        }
    }

    #[test]
    fn what_stands_behind_a_day_is_its_time_or_a_slip() {
        let at = NaiveTime::from_hms_opt(18, 22, 0).map(|time| Clock::Time(time, None));
        for text in [
            "2026-11-22T18:22:00",
            "2026-11-22 18:22",
            "22/11/2026 6:22 PM",
            "November 22, 2026 6:22 pm",
            "22. 11. 2026 18:22",
        ] {
            let read = written(text, Order::DayFirst).ok().map(|read| read.clock);
            assert_eq!(read, at, "{text}");
        }
        let slip = written("2026-11-22 sometime", Order::DayFirst);
        assert!(slip.is_err_and(|sentence| sentence.contains("\"sometime\" is no time")));
    }

    #[test]
    fn days_months_and_years_that_look_alike_are_not_guessed() {
        let found = |cells: &[&str]| order(cells.iter().copied(), Order::Told);
        assert_eq!(found(&["03/04/2026", "22/04/2026"]), Ok(Order::DayFirst));
        assert_eq!(found(&["03/04/2026", "03/22/2026"]), Ok(Order::MonthFirst));
        assert_eq!(found(&["06-16-24", "06-15-24"]), Ok(Order::MonthFirst));
        assert_eq!(found(&["13.10.26"]), Ok(Order::DayFirst));
        assert_eq!(found(&["13-10-26", "14-10-26"]), Ok(Order::DayFirst));
        assert_eq!(found(&["26-11-20", "26-11-21"]), Ok(Order::YearFirst));
        assert!(found(&["03/04/2026", "05/06/2026"]).is_err());
        assert!(found(&["26-11-20"]).is_err());
        assert!(found(&["2026-04-03"]).is_ok());
    }
}
