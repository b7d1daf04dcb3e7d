//! The ids that version 0.1.0 gave to rows, to recognise a file that it imported.
//!
//! Invariant: frozen. This code repeats the mistakes of 0.1.0 (two-digit years, offsets, dropped times), because the ids
//! depend on them. No value of an entry comes from here.

use super::dates::Order;
use crate::domain::id::EntryId;
use crate::transfer::import::error::Past;
use chrono::{NaiveDate, NaiveDateTime, NaiveTime};

/// The order in which 0.1.0 read the days of a column; `None` where it refused the file.
pub(super) fn order<'a>(cells: impl Iterator<Item = &'a str>, asked: Order) -> Option<Order> {
    if asked != Order::Told {
        return Some(asked);
    }
    let mut is_needed = false;
    for cell in cells {
        let Some((first, second)) = first_two(cell) else {
            continue;
        };
        // The first value above 12 decided, whatever followed.
        if first > 12 {
            return Some(Order::DayFirst);
        }
        if second > 12 {
            return Some(Order::MonthFirst);
        }
        is_needed = true;
    }
    (!is_needed).then_some(Order::DayFirst)
}

fn first_two(cell: &str) -> Option<(u32, u32)> {
    let day = cell.split([' ', 'T']).next()?;
    let mut parts = day.split(['/', '.', '-']);
    let (first, second) = (parts.next()?, parts.next()?);
    if first.len() > 2 {
        return None;
    }
    Some((first.parse().ok()?, second.parse().ok()?))
}

/// A row's day and time as 0.1.0 read them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Place {
    day: NaiveDate,
    time: Option<NaiveTime>,
}

impl Place {
    /// Reads the cells of a row's day and time.
    pub(super) fn of(date: &str, time: Option<&str>, order: Order) -> Option<Self> {
        let (day, with) = day(date, order)?;
        let time = time.and_then(clock).or(with);
        Some(Self { day, time })
    }

    /// The day and time on the wall, as 0.1.0 read them.
    pub(super) fn wall(self) -> NaiveDateTime {
        let noon = NaiveTime::from_hms_opt(12, 0, 0).unwrap_or_default();
        self.day.and_time(self.time.unwrap_or(noon))
    }

    /// The id of the record that 0.1.0 made of a cell, if the journal has it.
    pub(super) fn record(self, row: &RowContext<'_>, column: &str) -> Option<EntryId> {
        self.find(row, |name, stamp| {
            EntryId::derived(format!("{name}|{stamp}|{column}").as_bytes(), "row")
        })
    }

    /// The id of the check-in that 0.1.0 made of a row, if the journal has it.
    pub(super) fn check_in(self, row: &RowContext<'_>) -> Option<EntryId> {
        self.find(row, |name, stamp| {
            EntryId::derived(format!("{name}|{stamp}").as_bytes(), "check-in")
        })
    }

    /// Tries every stamp that the row may have: 0.1.0 derived it from the zone and the day end at the time of the import.
    fn find(self, row: &RowContext<'_>, id: impl Fn(&str, &str) -> EntryId) -> Option<EntryId> {
        let past = row.past;
        // A new journal cannot have rows of 0.1.0; this spares every row the search.
        if past.ids.is_empty() && past.gone.is_empty() {
            return None;
        }
        // A deleted row stays deleted, unless 0.1.0 had read another moment: deleting the wrong entry is the way to correct it.
        let is_there = |id: &EntryId| {
            past.ids.contains(id) || (past.gone.contains(id) && self.wall() == row.wall)
        };
        // A time before the day's end counted for the day before.
        let before = self.day.pred_opt().filter(|_| self.time.is_some());
        let seconds = self.wall().and_utc().timestamp();
        past.offsets.iter().find_map(|offset| {
            let at = seconds - i64::from(*offset) * 60;
            let days = [Some(self.day), before];
            days.iter().flatten().find_map(|day| {
                let stamp = format!("{at}|{day}");
                let ids = row.names.iter().map(|name| id(name, &stamp));
                ids.into_iter().find(is_there)
            })
        })
    }
}

/// The other parts of a row that its id depends on.
pub(super) struct RowContext<'a> {
    /// The names that an id can begin with.
    pub(super) names: [&'static str; 2],
    pub(super) past: &'a Past,
    /// The day and time on the wall as this version reads them.
    pub(super) wall: NaiveDateTime,
}

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

fn day(cell: &str, order: Order) -> Option<(NaiveDate, Option<NaiveTime>)> {
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
    let (date, rest) = plain.split_once(' ').unwrap_or((&plain, ""));
    let date = date.trim_end_matches(',').replace(['.', '-'], "/");
    let form = match order {
        Order::MonthFirst => "%m/%d/%Y",
        Order::Told | Order::DayFirst | Order::YearFirst | Order::Counted => "%d/%m/%Y",
    };
    let day = NaiveDate::parse_from_str(&date, form).ok()?;
    Some((day, clock(rest)))
}

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

fn clock(cell: &str) -> Option<NaiveTime> {
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
    use super::{Order, Place, RowContext};
    use crate::domain::id::EntryId;
    use crate::transfer::import::error::Past;
    use chrono::{NaiveDate, NaiveDateTime};

    /// The id that 0.1.0 gave in New York to a cell of `Grams` on 20 Nov 2026 without a time.
    fn made_then() -> EntryId {
        EntryId::derived(b"Table|1795194000|2026-11-20|Grams", "row")
    }

    fn found(past: &Past, wall: Option<NaiveDateTime>) -> Option<EntryId> {
        let place = Place::of("2026-11-20", None, Order::DayFirst)?;
        let names = ["Table", "Table"];
        let wall = wall.unwrap_or_else(|| place.wall());
        place.record(&RowContext { names, past, wall }, "Grams")
    }

    #[test]
    fn a_cell_is_known_by_the_id_that_0_1_0_gave_it_in_whatever_zone() {
        let past = Past {
            ids: [made_then()].into(),
            offsets: vec![60, -300],
            ..Past::default()
        };
        assert_eq!(found(&past, None), Some(made_then()));
        assert_eq!(found(&Past::default(), None), None);
    }

    #[test]
    fn what_was_put_away_stays_away_unless_0_1_0_had_misread_its_time() {
        let past = Past {
            gone: [made_then()].into(),
            offsets: vec![-300],
            ..Past::default()
        };
        assert_eq!(found(&past, None), Some(made_then()));
        let day = NaiveDate::from_ymd_opt(2026, 11, 20);
        let other = day.and_then(|day| day.and_hms_opt(21, 40, 0));
        assert_eq!(found(&past, other), None);
    }
}
