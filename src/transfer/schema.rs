//! The columns of a table: what a cell may hold, and how it is made from an entry.
//!
//! The header and the cells of a CSV file, the fields in `datapackage.json` and the members of an entry in the JSON document
//! derive from one [`Schema`].

use crate::domain::amount::Amount;
use crate::domain::id::EntryId;
use crate::domain::record::Held;
use crate::domain::record::field::{Ask, Need};
use crate::domain::time::Moment;
use chrono::{DateTime, NaiveDate, NaiveDateTime, NaiveTime, Timelike};
use serde_json::Value as Json;
use std::borrow::{Borrow, Cow};

/// What a cell may hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Holds {
    /// An id of the journal.
    Id,
    /// Words, typed or of a list.
    Text,
    /// The name of a zone, or an offset: the program's own words.
    Zone,
    /// `true` or `false`.
    Flag,
    /// A whole number from the first to the last.
    Whole(u32, u32),
    /// A whole number, which may be negative.
    Integer,
    /// A number, from the first to the last where there are bounds.
    Number(Option<(u32, u32)>),
    /// A day: `2026-11-22`.
    Day,
    /// A time of day, to the minute: `22:30`.
    Clock,
    /// A time of day, to the second.
    Time,
    /// A moment in UTC: `2026-11-22T13:12:00Z`.
    Instant,
    /// An offset from UTC: `-05:00`.
    Offset,
    /// One of few codes.
    Choice(&'static [(&'static str, &'static str)]),
    /// A JSON object.
    More,
}

/// How a moment is written.
const INSTANT: &str = "%Y-%m-%dT%H:%M:%SZ";

impl Holds {
    /// An exact amount.
    // As large as an amount can be; a wider range would promise what the journal refuses.
    pub(crate) const AMOUNT: Self = Self::Number(Some((0, 1_000_000)));

    /// Whether `text` may stand in such a cell.
    ///
    /// # Errors
    /// The sentence that says what may.
    pub(crate) fn check(self, text: &str) -> Result<(), String> {
        let known = match self {
            // The parser also takes other forms of a UUID; only one comes out the same when written again.
            Self::Id => text.len() == 36 && text.parse::<EntryId>().is_ok(),
            Self::Text | Self::Zone => is_plain(text),
            Self::Flag => matches!(text, "true" | "false"),
            Self::Whole(first, last) => {
                // "+3" and "03" are numbers, too, but not the way they are written here.
                let number = text.parse::<u32>().ok();
                number.is_some_and(|n| (first..=last).contains(&n) && n.to_string() == text)
            }
            Self::Integer => text.parse::<i64>().is_ok_and(|n| n.to_string() == text),
            // Amounts may be typed with a comma; in a file that would be two cells to some readers.
            Self::Number(_) => match text.parse::<Amount>() {
                Ok(amount) => amount.to_string() == text || !text.contains(','),
                Err(error) => return Err(error.to_string()),
            },
            Self::Day => day(text).is_some(),
            Self::Clock => text.len() == 5 && NaiveTime::parse_from_str(text, "%H:%M").is_ok(),
            Self::Time => {
                // A leap second is read as the 59th with more than a second behind it.
                let time = NaiveTime::parse_from_str(text, "%H:%M:%S");
                text.len() == 8 && time.is_ok_and(|time| time.nanosecond() == 0)
            }
            Self::Instant => instant(text).is_some(),
            Self::Offset => offset(text).is_some(),
            Self::Choice(codes) => codes.iter().any(|(code, _)| *code == text),
            Self::More => true,
        };
        if known { Ok(()) } else { Err(self.wanted()) }
    }

    /// Whether `text` may stand in such a cell.
    pub(crate) fn is_met_by(self, text: &str) -> bool {
        self.check(text).is_ok()
    }

    fn wanted(self) -> String {
        match self {
            Self::Id => "an id of 36 letters and digits is expected".to_owned(),
            Self::Text => "text is expected".to_owned(),
            Self::Zone => "a zone is expected, such as Europe/Berlin".to_owned(),
            Self::Flag => "true or false is expected".to_owned(),
            Self::Whole(first, last) => {
                format!("a whole number from {first} to {last} is expected")
            }
            Self::Integer => "a whole number is expected".to_owned(),
            Self::Number(_) => "an amount is a number, such as 2 or 2.5".to_owned(),
            Self::Day => "a day is expected, such as 2026-11-22".to_owned(),
            Self::Clock => "a time is expected, such as 22:30".to_owned(),
            Self::Time => "a time is expected, such as 22:30:00".to_owned(),
            Self::Instant => "a moment is expected, such as 2026-11-22T13:12:00Z".to_owned(),
            Self::Offset => "an offset is expected, such as -05:00".to_owned(),
            Self::Choice(codes) => {
                let codes: Vec<&str> = codes.iter().map(|(code, _)| *code).collect();
                format!("one of these is expected: {}", codes.join(", "))
            }
            Self::More => "a JSON object is expected".to_owned(),
        }
    }

    /// What a field of a record may hold.
    pub(crate) fn of(ask: Ask) -> Self {
        match ask {
            Ask::Line | Ask::Lines | Ask::Kept => Self::Text,
            Ask::Amount | Ask::KeptNumber => Self::AMOUNT,
            Ask::Whole(first, last) => Self::Whole(first, last),
            Ask::Scale => Self::Whole(0, 4),
            Ask::Day(_) => Self::Day,
            Ask::Clock => Self::Clock,
            Ask::Choice(codes) => Self::Choice(codes),
        }
    }

    /// Whether such a cell can be `cell`: a number where numbers are, or blank.
    pub(crate) fn takes(self, cell: &Json) -> bool {
        let is_checked = match cell {
            Json::Null => return true,
            Json::String(text) => self.check(text),
            other => self.check(&other.to_string()),
        };
        self.is_number() == cell.is_number() && is_checked.is_ok()
    }

    /// Whether its cells are numbers.
    pub(crate) const fn is_number(self) -> bool {
        matches!(self, Self::Whole(..) | Self::Integer | Self::Number(_))
    }
}

/// Text that every reader of CSV gives back as it is: not empty, without control characters but tabs and line ends. A
/// carriage return is none of these: spreadsheets take it for, or with, a line end.
fn is_plain(text: &str) -> bool {
    !text.is_empty()
        && !text
            .chars()
            .any(|c| c.is_control() && !matches!(c, '\t' | '\n'))
}

/// Reads a day of the years 0 to 9999.
pub(crate) fn day(text: &str) -> Option<NaiveDate> {
    let day = (text.len() == 10).then(|| NaiveDate::parse_from_str(text, "%Y-%m-%d").ok())??;
    // chrono also reads forms that it writes otherwise, such as a sign before the year.
    (day.to_string() == text).then_some(day)
}

/// Reads a moment, as seconds UTC.
pub(crate) fn instant(text: &str) -> Option<i64> {
    let at = (text.len() == 20).then(|| NaiveDateTime::parse_from_str(text, INSTANT).ok())??;
    (at.format(INSTANT).to_string() == text && at.nanosecond() == 0)
        .then(|| at.and_utc().timestamp())
}

/// Reads ±HH:MM, as minutes.
pub(crate) fn offset(text: &str) -> Option<i16> {
    let (sign, rest) = match text.split_at_checked(1)? {
        ("+", rest) => (1, rest),
        ("-", rest) => (-1, rest),
        _ => return None,
    };
    let (hours, minutes) = rest.split_once(':')?;
    // `parse` alone would take "+5" for a number of hours.
    let two = |digits: &str, under: i16| -> Option<i16> {
        let are_two = digits.len() == 2 && digits.bytes().all(|b| b.is_ascii_digit());
        digits.parse().ok().filter(|n| are_two && *n < under)
    };
    // The sign is kept apart, because "-00:30" has no negative hours.
    Some(sign * (two(hours, 24)? * 60 + two(minutes, 60)?))
}

/// Writes minutes as ±HH:MM.
pub(crate) fn offset_text(minutes: i16) -> String {
    let sign = if minutes < 0 { '-' } else { '+' };
    let minutes = minutes.unsigned_abs();
    format!("{sign}{:02}:{:02}", minutes / 60, minutes % 60)
}

fn instant_text(moment: &Moment) -> String {
    instant_of(moment.at_utc)
}

/// Writes seconds UTC as [`instant`] reads them.
pub(crate) fn instant_of(utc: i64) -> String {
    let at = DateTime::from_timestamp(utc, 0).unwrap_or_default();
    at.format(INSTANT).to_string()
}

/// Writes the time on the wall as HH:MM:SS.
pub(crate) fn wall_time(moment: &Moment) -> String {
    // Moments are whole seconds, so chrono's own form has no fraction. A form of ours would be read anew for each.
    moment.wall_time().to_string()
}

/// A value of a record as a cell: words as a string, an amount as a number.
pub(crate) fn value(held: Held<'_>) -> Json {
    match held {
        Held::Text(text) => Json::String(text.to_owned()),
        Held::Number(number) => amount(number),
    }
}

/// An amount as a cell.
pub(crate) fn amount(amount: Amount) -> Json {
    if amount.thousandths() % 1000 == 0 {
        return (amount.thousandths() / 1000).into();
    }
    // Still exact: an amount has at most ten digits, and a double gives back 15 as they were.
    amount.number().into()
}

/// A cell as CSV has it.
pub(crate) fn text(cell: Json) -> String {
    match cell {
        Json::Null => String::new(),
        Json::String(text) => text,
        other => other.to_string(),
    }
}

/// A column.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Column {
    /// Its name, in every file and for ever.
    pub name: String,
    /// What its cells may hold.
    pub(crate) holds: Holds,
    /// Whether a row can do without it.
    pub(crate) need: Need,
    /// One line about it; may be empty where the name says it.
    pub(crate) about: Cow<'static, str>,
}

/// A column whose cells are keys of another table: the column, the table, the column there.
pub(crate) type Reference = (&'static str, &'static str, &'static str);

/// A table: one file of a package.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Table {
    /// Its name; the file's is this with `.csv`.
    pub name: String,
    /// One line about it.
    pub(crate) about: String,
    /// Its columns, in order.
    pub columns: Vec<Column>,
    /// The columns that name a row.
    pub(crate) key: &'static [&'static str],
    /// Which columns are keys of other tables.
    pub(crate) refers: Vec<Reference>,
    /// Its rows, a cell for each column. A blank cell: nothing was answered there.
    pub rows: Vec<Vec<String>>,
}

impl Table {
    /// The name of its file.
    pub(crate) fn file(&self) -> String {
        format!("{}.csv", self.name)
    }

    /// The place of a column.
    pub(crate) fn place(&self, name: &str) -> Option<usize> {
        self.columns.iter().position(|column| column.name == name)
    }
}

/// How a cell is made from an entry; null is a blank.
type Cell<'a, T> = Box<dyn Fn(&T) -> Json + 'a>;

/// A table without rows, and how the cells of a row are made from an entry.
pub(crate) struct Schema<'a, T> {
    /// The table.
    pub(crate) table: Table,
    cells: Vec<Cell<'a, T>>,
}

impl<'a, T> Schema<'a, T> {
    /// A table without columns.
    pub(crate) fn new(
        name: impl Into<String>,
        about: impl Into<String>,
        key: &'static [&'static str],
    ) -> Self {
        let table = Table {
            name: name.into(),
            about: about.into(),
            columns: Vec::new(),
            key,
            refers: Vec::new(),
            rows: Vec::new(),
        };
        let cells = Vec::new();
        Self { table, cells }
    }

    /// Adds a column.
    pub(crate) fn column<C: Into<Json>>(
        mut self,
        (name, need): (&str, Need),
        holds: Holds,
        cell: impl Fn(&T) -> C + 'a,
    ) -> Self {
        self.table.columns.push(Column {
            name: name.to_owned(),
            holds,
            need,
            about: Cow::Borrowed(""),
        });
        self.cells.push(Box::new(move |entry| cell(entry).into()));
        self
    }

    /// Adds a column that every row fills.
    pub(crate) fn must<C: Into<Json>>(
        self,
        name: &str,
        holds: Holds,
        cell: impl Fn(&T) -> C + 'a,
    ) -> Self {
        self.column((name, Need::Needed), holds, cell)
    }

    /// Adds a column that a row can do without.
    pub(crate) fn may<C: Into<Json>>(
        self,
        name: &str,
        holds: Holds,
        cell: impl Fn(&T) -> C + 'a,
    ) -> Self {
        self.column((name, Need::Optional), holds, cell)
    }

    /// Says in one line what the last column is.
    pub(crate) fn about(mut self, about: impl Into<Cow<'static, str>>) -> Self {
        if let Some(column) = self.table.columns.last_mut() {
            column.about = about.into();
        }
        self
    }

    /// Adds the columns that say when something was.
    pub(crate) fn moment(self, moment: impl Fn(&T) -> Option<&Moment> + Copy + 'a) -> Self {
        self.must("day", Holds::Day, at(moment, |at| at.day.to_string()))
            .about("The logical day it counts for; a day ends at day_end.")
            .must("moment", Holds::Instant, at(moment, instant_text))
            .about("When it was, in UTC.")
            .must("time", Holds::Time, at(moment, wall_time))
            .about("The time on the wall: moment and utc_offset.")
            .must(
                "utc_offset",
                Holds::Offset,
                at(moment, |at| offset_text(at.offset_min)),
            )
            .about("The offset it was written in.")
            .must("zone", Holds::Zone, at(moment, |at| at.zone.to_string()))
            .about("The name of the zone it was written in.")
            .must("late", Holds::Flag, at(moment, |at| at.late))
            .about("Whether it was written at or after the end of its day.")
            .may("without_time", Holds::Flag, move |entry| {
                moment(entry).and_then(Moment::mark)
            })
            .about(
                "True for a day alone: its time only gives it a place among the others of the day.",
            )
    }

    /// Says that a column is the key of another table.
    pub(crate) fn refers(mut self, reference: Reference) -> Self {
        self.table.refers.push(reference);
        self
    }

    /// The cells of an entry, one for each column.
    pub(crate) fn row(&self, entry: &T) -> impl Iterator<Item = Json> {
        self.cells.iter().map(|cell| cell(entry))
    }

    /// The table with a row for each entry.
    pub(crate) fn filled(self, entries: impl IntoIterator<Item: Borrow<T>>) -> Table {
        let row = |entry: &T| self.row(entry).map(text).collect();
        let rows = entries.into_iter().map(|entry| row(entry.borrow()));
        let rows = rows.collect();
        Table { rows, ..self.table }
    }
}

/// A cell made from the moment of an entry, blank for an entry without one.
pub(crate) fn at<'a, T, C>(
    moment: impl Fn(&T) -> Option<&Moment> + 'a,
    cell: impl Fn(&Moment) -> C + 'a,
) -> impl Fn(&T) -> Option<C> + 'a {
    move |entry| moment(entry).map(&cell)
}

#[cfg(test)]
mod tests {
    use super::{Holds, instant, offset, offset_text, wall_time};
    use crate::domain::time::{Moment, Zone};
    use chrono::{DateTime, FixedOffset};
    use proptest::prelude::{prop_assert_eq, proptest};

    proptest! {
        #[test]
        fn a_time_on_the_wall_has_two_digits_each_at_every_offset_and_in_every_year(
            at_utc in -400_000_000_000..300_000_000_000_i64, offset_min in -1439..=1439_i16
        ) {
            let zone = Zone::fixed(FixedOffset::east_opt(i32::from(offset_min) * 60).unwrap_or_else(|| panic!()));
            let moment = Moment {
                at_utc,
                offset_min,
                zone: zone.name().into(),
                day: chrono::NaiveDate::default(),
                late: false,
                without_time: false,
            };
            let at = zone.at(DateTime::from_timestamp(at_utc, 0).unwrap_or_default());
            prop_assert_eq!(moment.at(), at);
            prop_assert_eq!(wall_time(&moment), at.format("%H:%M:%S").to_string());
        }
    }

    #[test]
    fn a_cell_takes_what_its_column_says_and_nothing_else() {
        let takes = |holds: Holds, text| holds.check(text).is_ok();
        assert!(takes(Holds::Whole(0, 4), "4"));
        for wrong in ["5", "-1", "", "2.0", "+2", "04", "x"] {
            assert!(!takes(Holds::Whole(0, 4), wrong), "{wrong}");
        }
        assert!(takes(Holds::AMOUNT, "2.5"));
        assert!(!takes(Holds::AMOUNT, "2,5") && !takes(Holds::AMOUNT, "NaN"));
        for wrong in ["2026-02-30", "2026-2-3", "22.11.2026", "+2026-01-01"] {
            assert!(!takes(Holds::Day, wrong), "{wrong}");
        }
        assert!(takes(Holds::Text, "two\nlines") && !takes(Holds::Text, "\u{0}"));
        assert_eq!(instant("1970-01-01T00:01:00Z"), Some(60));
        assert_eq!(instant("1970-01-01T00:01:60Z"), None);
        assert_eq!([offset("-05:30"), offset("+24:00")], [Some(-330), None]);
    }

    #[test]
    fn offsets_have_a_sign_and_two_digits_each() {
        let texts = [-300, 0, 345, -30].map(offset_text);
        assert_eq!(texts, ["-05:00", "+00:00", "+05:45", "-00:30"]);
    }
}
