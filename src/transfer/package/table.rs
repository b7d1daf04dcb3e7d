//! The tables of a Data Package: which columns each has and what a cell of a column may hold.
//!
//! Invariant: a cell holds what its column says, or nothing; whatever a column cannot hold (an empty text, a field of a
//! later version, a control character) stands in the column `more`, so that nothing is lost and every cell is valid.

use crate::domain::amount::Amount;
use crate::domain::id::EntryId;
use crate::domain::record::field::{Ask, Field, Need};
use crate::domain::record::kind::{About, Kind};
use chrono::{NaiveDate, NaiveDateTime, NaiveTime, Timelike};

/// The version of the form.
pub const VERSION: u64 = 1;
/// The file that describes the others.
pub const DESCRIPTION: &str = "datapackage.json";

/// What a cell may hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Holds {
    /// An id of the journal.
    Id,
    /// Words, typed or of a list.
    Text,
    /// `true` or `false`.
    Flag,
    /// A whole number from the first to the last.
    Whole(u32, u32),
    /// An exact amount.
    Number,
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
pub const INSTANT: &str = "%Y-%m-%dT%H:%M:%SZ";

impl Holds {
    /// Whether `text` may stand in such a cell.
    ///
    /// # Errors
    /// The sentence that says what may.
    pub fn check(self, text: &str) -> Result<(), String> {
        let known = match self {
            Self::Id => text.len() == 36 && text.parse::<EntryId>().is_ok(),
            Self::Text => is_plain(text),
            Self::Flag => matches!(text, "true" | "false"),
            Self::Whole(first, last) => {
                // "+3" and "03" are numbers, too, but not the way they are written here.
                let number = text.parse::<u32>().ok();
                number.is_some_and(|n| (first..=last).contains(&n) && n.to_string() == text)
            }
            Self::Number => match text.parse::<Amount>() {
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

    fn wanted(self) -> String {
        match self {
            Self::Id => "an id of 36 letters and digits is expected".to_owned(),
            Self::Text => "text is expected".to_owned(),
            Self::Flag => "true or false is expected".to_owned(),
            Self::Whole(first, last) => {
                format!("a whole number from {first} to {last} is expected")
            }
            Self::Number => "an amount is a number, such as 2 or 2.5".to_owned(),
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
    pub fn of(ask: Ask) -> Self {
        match ask {
            Ask::Line | Ask::Lines | Ask::Kept => Self::Text,
            Ask::Amount | Ask::KeptNumber => Self::Number,
            Ask::Whole(first, last) => Self::Whole(first, last),
            Ask::Scale => Self::Whole(0, 4),
            Ask::Day => Self::Day,
            Ask::Clock => Self::Clock,
            Ask::Choice(codes) => Self::Choice(codes),
        }
    }

    /// Whether a field of the journal that is written here is a number.
    pub const fn is_number(self) -> bool {
        matches!(self, Self::Whole(..) | Self::Number)
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
pub fn day(text: &str) -> Option<NaiveDate> {
    let day = (text.len() == 10).then(|| NaiveDate::parse_from_str(text, "%Y-%m-%d").ok())??;
    (day.to_string() == text).then_some(day)
}

/// Reads a moment, as seconds UTC.
pub fn instant(text: &str) -> Option<i64> {
    let at = (text.len() == 20).then(|| NaiveDateTime::parse_from_str(text, INSTANT).ok())??;
    (at.format(INSTANT).to_string() == text && at.nanosecond() == 0)
        .then(|| at.and_utc().timestamp())
}

/// Reads ±HH:MM, as minutes.
pub fn offset(text: &str) -> Option<i16> {
    let (sign, rest) = match text.split_at_checked(1)? {
        ("+", rest) => (1, rest),
        ("-", rest) => (-1, rest),
        _ => return None,
    };
    let (hours, minutes) = rest.split_once(':')?;
    let two = |digits: &str, under: i16| -> Option<i16> {
        let are_two = digits.len() == 2 && digits.bytes().all(|b| b.is_ascii_digit());
        digits.parse().ok().filter(|n| are_two && *n < under)
    };
    Some(sign * (two(hours, 24)? * 60 + two(minutes, 60)?))
}

/// A column.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Column {
    /// Its name, in every file and for ever.
    pub name: &'static str,
    /// What its cells may hold.
    pub holds: Holds,
    /// Whether a row can do without it.
    pub need: Need,
    /// One line about it.
    pub about: &'static str,
}

/// A table: one file of the package.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Table {
    /// Its name; the file's is this with `.csv`.
    pub name: String,
    /// One line about it.
    pub about: String,
    /// Its columns, in order, without `more`.
    pub columns: Vec<Column>,
    /// The columns that name a row.
    pub key: &'static [&'static str],
    /// Columns that refer to another table: (column, table, its column). Said of the file only where it holds.
    pub refers: Vec<(&'static str, &'static str, &'static str)>,
}

/// What a column cannot hold.
pub const MORE: Column = may(
    "more",
    Holds::More,
    "What no other column can hold, as a JSON object by column or field: an empty text (\"\"), text with control characters, \
     a field of another version.",
);

impl Table {
    /// The name of its file.
    pub fn file(&self) -> String {
        format!("{}.csv", self.name)
    }

    /// The place of a column.
    pub fn place(&self, name: &str) -> Option<usize> {
        self.columns.iter().position(|column| column.name == name)
    }
}

const fn must(name: &'static str, holds: Holds, about: &'static str) -> Column {
    Column {
        name,
        holds,
        need: Need::Needed,
        about,
    }
}

const fn may(name: &'static str, holds: Holds, about: &'static str) -> Column {
    Column {
        name,
        holds,
        need: Need::Optional,
        about,
    }
}

const ID: Column = must("id", Holds::Id, "Its id, for ever: a UUID.");

/// When something was.
const MOMENT: [Column; 6] = [
    must(
        "day",
        Holds::Day,
        "The logical day it counts for; a day ends at day_end.",
    ),
    must("moment", Holds::Instant, "When it was, in UTC."),
    must(
        "time",
        Holds::Time,
        "The time on the wall: moment and utc_offset.",
    ),
    must("utc_offset", Holds::Offset, "The offset it was written in."),
    must(
        "zone",
        Holds::Text,
        "The name of the zone it was written in.",
    ),
    must(
        "late",
        Holds::Flag,
        "Whether it was written at or after the end of its day.",
    ),
];

const METHODS: &[(&str, &str)] = &[
    ("taper", ""),
    ("stop", ""),
    ("supervised", ""),
    ("undecided", ""),
];
const ENDINGS: &[(&str, &str)] = &[("ended", ""), ("set_aside", "")];
const GROUPS: &[(&str, &str)] = &[("physical", ""), ("psychological", "")];
const ORIGINS: &[(&str, &str)] = &[("core", ""), ("extended", ""), ("own", "")];

/// What is set.
pub fn settings() -> Table {
    Table {
        name: "settings".to_owned(),
        about: "What was chosen and changes what the rows mean or which are asked for; what is not here is as it is at first."
            .to_owned(),
        columns: vec![
            must("key", Holds::Text, "Its name."),
            must("value", Holds::Text, "Its value."),
        ],
        key: &["key"],
        refers: Vec::new(),
    }
}

/// What can be rated.
pub fn symptoms() -> Table {
    Table {
        name: "symptoms".to_owned(),
        about: "What can be rated: the catalogue, then own ones in order of creation.".to_owned(),
        columns: vec![
            must("code", Holds::Text, "Its name in files; never changes."),
            must("name", Holds::Text, "Its name on screen."),
            must("category", Holds::Choice(GROUPS), "Body or mind."),
            must(
                "origin",
                Holds::Choice(ORIGINS),
                "One of the 18 of the severity index, another of the catalogue, or the person's own.",
            ),
            must("rated", Holds::Flag, "Whether check-ins ask for it now."),
        ],
        key: &["code"],
        refers: Vec::new(),
    }
}

/// Attempts.
pub fn attempts() -> Table {
    Table {
        name: "attempts".to_owned(),
        about: "Tries at tapering or stopping, by the day they began.".to_owned(),
        columns: vec![
            ID,
            must("began", Holds::Day, "The logical day it began."),
            may(
                "day_zero",
                Holds::Day,
                "Day 0: the logical day of last use; blank: not known.",
            ),
            must("method", Holds::Choice(METHODS), "How."),
            may("name", Holds::Text, "A name, if it was given one."),
            may("goal", Holds::Text, "What for, as typed."),
            may("ended", Holds::Day, "Its last day; blank: it goes on."),
            may("ending", Holds::Choice(ENDINGS), "How it ended."),
        ],
        key: &["id"],
        refers: Vec::new(),
    }
}

/// Check-ins, without their ratings.
pub fn check_ins() -> Table {
    let mut columns = vec![ID];
    columns.extend(MOMENT);
    columns.push(may(
        "overall",
        Holds::Whole(0, 10),
        "How hard the day was overall, 0 to 10; blank: not given, never 0.",
    ));
    columns.push(may("note", Holds::Text, "As typed."));
    Table {
        name: "check_ins".to_owned(),
        about:
            "Sittings of rating, by moment and id. One without a row in ratings was a brief one."
                .to_owned(),
        columns,
        key: &["id"],
        refers: Vec::new(),
    }
}

/// Ratings.
pub fn ratings() -> Table {
    Table {
        name: "ratings".to_owned(),
        about: "What was asked in each check-in. What was not asked has no row.".to_owned(),
        columns: vec![
            must("check_in", Holds::Id, "The check-in."),
            must("symptom", Holds::Text, "The code of the symptom."),
            may(
                "severity",
                Holds::Whole(0, 4),
                "0 none, 1 mild, 2 moderate, 3 severe, 4 very severe; blank: asked and left blank, never 0.",
            ),
            must(
                "copied",
                Holds::Flag,
                "Whether it was taken over \"as last time\".",
            ),
        ],
        key: &["check_in", "symptom"],
        refers: vec![
            ("check_in", "check_ins", "id"),
            ("symptom", "symptoms", "code"),
        ],
    }
}

/// Own help lines.
pub fn help_lines() -> Table {
    Table {
        name: "help_lines".to_owned(),
        about: "Help lines that the person added.".to_owned(),
        columns: vec![
            ID,
            must("name", Holds::Text, "Whose number it is."),
            must(
                "contact",
                Holds::Text,
                "The number, or whatever else reaches them.",
            ),
        ],
        key: &["id"],
        refers: Vec::new(),
    }
}

/// The records of a kind.
pub fn records(kind: Kind) -> Table {
    let facts = kind.facts();
    let mut columns = vec![ID];
    if kind.has_day() {
        columns.extend(MOMENT);
    }
    columns.extend(about_column(kind));
    columns.extend(facts.fields.iter().map(|field: &Field| Column {
        name: field.code,
        holds: Holds::of(field.ask),
        need: need(field),
        about: field.about,
    }));
    let refers = match facts.about {
        About::Medication => vec![("medication", "medications", "id")],
        About::Appointment => vec![("appointment", "appointments", "id")],
        About::Attempt => vec![("attempt", "attempts", "id")],
        _ => Vec::new(),
    };
    Table {
        name: format!("{}s", facts.code),
        about: format!("Records of the kind \"{}\".", facts.name),
        columns,
        key: &["id"],
        refers,
    }
}

/// Whether a record can do without a field: what is worked out may come to nothing, like the steps of a plan that ended.
pub fn need(field: &Field) -> Need {
    match field.ask {
        Ask::Kept | Ask::KeptNumber => Need::Optional,
        _ => field.need,
    }
}

/// What a record of this kind is about.
pub fn about_column(kind: Kind) -> Option<Column> {
    let (name, about) = match kind.facts().about {
        About::Itself => return None,
        About::Product => ("product", "The product, by code."),
        About::Substance => ("substance", "The substance, by code."),
        About::Practice => ("practice", "The practice, by code."),
        About::Measure => ("measure_of", "What is measured, by code."),
        About::Sign => ("sign", "The sign, by code."),
        About::Visit => ("visit", "The kind of visit, by code."),
        About::Treatment => ("treatment", "The kind of treatment, by code."),
        About::Medicine => (
            "medicine",
            "The medicine of the catalogue, by code, if it is one.",
        ),
        About::Medication => ("medication", "The medication, by id."),
        About::Appointment => ("appointment", "The visit, by id; blank: the next one."),
        About::Attempt => ("attempt", "The attempt, by id."),
        About::OwnCode => ("code", "Its code, kept on rename."),
    };
    Some(may(name, Holds::Text, about))
}

#[cfg(test)]
mod tests {
    use super::{Holds, Kind, MORE, instant, offset, records};
    use std::collections::BTreeSet;

    #[test]
    fn no_kind_has_two_columns_of_one_name() {
        for kind in Kind::ALL {
            let table = records(kind);
            let names: BTreeSet<&str> = table.columns.iter().map(|c| c.name).collect();
            assert_eq!(names.len(), table.columns.len(), "{kind:?}");
            assert!(!names.contains(MORE.name) && !names.contains("about"));
        }
    }

    #[test]
    fn a_cell_takes_what_its_column_says_and_nothing_else() {
        let takes = |holds: Holds, text| holds.check(text).is_ok();
        assert!(takes(Holds::Whole(0, 4), "4"));
        for wrong in ["5", "-1", "", "2.0", "+2", "04", "x"] {
            assert!(!takes(Holds::Whole(0, 4), wrong), "{wrong}");
        }
        assert!(takes(Holds::Number, "2.5"));
        assert!(!takes(Holds::Number, "2,5") && !takes(Holds::Number, "NaN"));
        for wrong in ["2026-02-30", "2026-2-3", "22.11.2026", "+2026-01-01"] {
            assert!(!takes(Holds::Day, wrong), "{wrong}");
        }
        assert!(takes(Holds::Text, "two\nlines") && !takes(Holds::Text, "\u{0}"));
        assert_eq!(instant("1970-01-01T00:01:00Z"), Some(60));
        assert_eq!(instant("1970-01-01T00:01:60Z"), None);
        assert_eq!([offset("-05:30"), offset("+24:00")], [Some(-330), None]);
    }
}
