//! CSV (RFC 4180: CRLF, UTF-8 without BOM, a header always).
//!
//! Invariant: a cell is blank if and only if nothing was answered there; a blank is never 0. Only typed text is guarded
//! against formulas, never our own columns.

pub mod day;
pub(super) mod formula;
mod long;
pub(super) mod read;

use crate::domain::check_in::CheckIn;
use crate::domain::journal::Journal;
use crate::domain::order::Ordered;
use crate::domain::record::kind::Kind;
use crate::domain::series::Series;
use crate::domain::taper::plans;
use crate::transfer::schema::{Holds, offset_text, wall_time};
use chrono::NaiveDate;
use formula::guarded;
pub use long::long;
use std::borrow::Cow;
use std::fmt::{self, Write as _};
use std::io::{self, Write};

/// Whether typed text is guarded against spreadsheets that run formulas.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Guard {
    /// A `'` stands before it.
    Quote,
    /// As typed.
    Raw,
}

impl Guard {
    pub(super) fn of(self, typed: &str) -> Cow<'_, str> {
        match self {
            Self::Quote => guarded(typed),
            Self::Raw => Cow::Borrowed(typed),
        }
    }
}

/// Which check-ins are written: both days included.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Range {
    /// The first logical day.
    pub from: NaiveDate,
    /// The last.
    pub to: NaiveDate,
}

impl Range {
    /// All days.
    pub const ALL: Self = Self {
        from: NaiveDate::MIN,
        to: NaiveDate::MAX,
    };
}

/// How many there are of something, with the words for one and for more.
pub(crate) type Count = (usize, &'static str, &'static str);

/// A column of check-ins: its name, what its cells hold, and who writes one.
type HeadColumn = (&'static str, Holds, HeadCell);
type HeadCell = fn(&Journal, &CheckIn, &mut String) -> fmt::Result;

// None of these holds what has to be quoted, which `long` relies on.
/// The columns that both layouts begin with.
pub(super) const HEAD: [HeadColumn; 7] = [
    ("checkin_id", Holds::Id, |_, check_in, out| {
        write!(out, "{}", check_in.id)
    }),
    ("date", Holds::Day, |_, check_in, out| {
        write!(out, "{}", check_in.moment.day)
    }),
    ("time", Holds::Time, |_, check_in, out| {
        out.write_str(&wall_time(&check_in.moment))
    }),
    ("utc_offset", Holds::Offset, |_, check_in, out| {
        out.write_str(&offset_text(check_in.moment.offset_min))
    }),
    ("attempt", Holds::Integer, |journal, check_in, out| {
        let on = journal.attempts.on(check_in.moment.day);
        on.map_or(Ok(()), |on| write!(out, "{}", on.number))
    }),
    ("attempt_day", Holds::Integer, |journal, check_in, out| {
        let number = journal.attempts.day_number(check_in.moment.day);
        number.map_or(Ok(()), |number| write!(out, "{number}"))
    }),
    ("late", Holds::Flag, |_, check_in, out| {
        write!(out, "{}", check_in.moment.late)
    }),
];

/// The names of [`HEAD`].
pub(in crate::transfer) fn head_names() -> [&'static str; 7] {
    HEAD.map(|(name, ..)| name)
}

/// What neither layout has a row for: how many of each kind there are, of those with a day as far as `range` reaches.
pub fn other_kinds(journal: &Journal, range: Range) -> Vec<(Kind, usize)> {
    let mut dated = [0; Kind::ALL.len()];
    journal.kinds_between(range.from, range.to, |kind| dated[kind as usize] += 1);
    let count = |kind: Kind| {
        let n = if kind.has_day() {
            dated[kind as usize]
        } else if kind == Kind::Plan {
            // Its records are versions.
            plans::plans(journal).len()
        } else {
            journal.standing(kind).len()
        };
        (kind, n)
    };
    Kind::ALL
        .into_iter()
        .map(count)
        .filter(|(_, n)| *n > 0)
        .collect()
}

/// Writes check-ins, one a row; a blank is an unanswered one.
///
/// # Errors
/// Those of `out`.
pub fn wide(journal: &Journal, range: Range, guard: Guard, out: &mut dyn Write) -> io::Result<()> {
    let mut rows = writer(out);
    let series = Series::in_wide_csv(&journal.symptoms);
    let columns: Vec<String> = series
        .iter()
        .map(|series| series.facts(journal).column)
        .collect();
    let columns = head_names()
        .into_iter()
        .chain(columns.iter().map(String::as_str))
        .chain(["note"]);
    rows.write_record(columns).map_err(io_error)?;
    for check_in in ordered(journal, range) {
        let mut row = head(journal, check_in).to_vec();
        row.extend(series.iter().map(|series| {
            series
                .of_check_in(check_in)
                .map_or_else(String::new, |value| series.in_files(value).to_string())
        }));
        let note = check_in.note.as_deref().unwrap_or_default();
        row.push(guard.of(note).into_owned());
        rows.write_record(&row).map_err(io_error)?;
    }
    rows.flush()
}

/// The check-ins of `range` by (moment, id), which a day chosen by hand can make another order than that of days.
pub(super) fn ordered(journal: &Journal, range: Range) -> Vec<&CheckIn> {
    let mut check_ins: Vec<_> = journal
        .between(range.from, range.to)
        .flat_map(|day| day.check_ins.iter())
        .collect();
    check_ins.order_by_key(|check_in| (check_in.moment.at_utc, check_in.id));
    check_ins
}

fn head(journal: &Journal, check_in: &CheckIn) -> [String; 7] {
    HEAD.map(|(.., cell)| {
        let mut text = String::new();
        // Never fails: it writes to memory.
        cell(journal, check_in, &mut text).ok();
        text
    })
}

pub(super) fn writer<W: Write>(out: W) -> csv::Writer<W> {
    csv::WriterBuilder::new()
        // RFC 4180; spreadsheets on any system read it.
        .terminator(csv::Terminator::CRLF)
        .from_writer(out)
}

fn io_error(error: csv::Error) -> io::Error {
    match error.into_kind() {
        csv::ErrorKind::Io(error) => error,
        other => io::Error::other(format!("{other:?}")),
    }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test may stop at the first surprise")]
#[expect(
    clippy::option_option,
    reason = "not asked, left blank and answered are three things"
)]
mod tests {
    use super::*;
    use crate::domain::check_in::Overall;
    use crate::domain::check_in::rating::Rating;
    use crate::domain::check_in::severity::Totals;
    use crate::domain::check_in::symptom::Severity;
    use crate::domain::id::EntryId;
    use crate::domain::journal::{Coverage, Day};
    use crate::domain::time::Moment;
    use crate::transfer::csv::formula::unguarded;
    use proptest::prelude::{Strategy, prop, prop_assert_eq, proptest};

    fn day() -> NaiveDate {
        "2026-11-22".parse().unwrap()
    }

    /// A journal of one check-in: for each symptom not asked, left blank, or answered.
    fn journal(asked: &[Option<Option<u8>>], overall: Option<u8>, note: &str) -> Journal {
        let journal = Journal::default();
        let ratings: Box<[Rating]> = journal
            .symptoms
            .iter()
            .zip(asked)
            .filter_map(|(symptom, asked)| {
                Some(Rating {
                    symptom: symptom.key,
                    answer: (*asked)?.and_then(Severity::new),
                    copied: false,
                })
            })
            .collect();
        let check_in = CheckIn {
            id: EntryId::from_bytes([7; 16]),
            moment: Moment {
                at_utc: 1_795_400_000,
                offset_min: -300,
                zone: "UTC".into(),
                day: day(),
                late: false,
                without_time: false,
            },
            totals: Totals::of(&ratings, &journal.symptoms),
            ratings,
            overall: overall.and_then(Overall::new),
            note: Some(note.into()),
            edited_utc: None,
        };
        let days = vec![Day::new(day(), vec![check_in])];
        journal.with_days(days, Coverage::Whole)
    }

    fn read(bytes: &[u8]) -> Vec<Vec<String>> {
        let mut reader = csv::ReaderBuilder::new()
            .has_headers(false)
            .from_reader(bytes);
        let rows = reader.records();
        rows.map(|row| row.unwrap().iter().map(str::to_owned).collect())
            .collect()
    }

    fn answers() -> impl Strategy<Value = Vec<Option<Option<u8>>>> {
        let n = crate::domain::check_in::symptom::Symptoms::built_in()
            .iter()
            .count();
        prop::collection::vec(prop::option::of(prop::option::of(0_u8..=4)), n)
    }

    proptest! {
        #[test]
        fn a_cell_is_blank_if_and_only_if_nothing_was_answered(
            asked in answers(), overall in prop::option::of(0_u8..=10), note in "[='+@a-z \"\r\n,-]{0,12}"
        ) {
            let journal = journal(&asked, overall, &note);
            let mut bytes = Vec::new();
            wide(&journal, Range::ALL, Guard::Quote, &mut bytes).unwrap();
            let rows = read(&bytes);
            let cell = |answer: Option<u8>| answer.map_or_else(String::new, |n| n.to_string());
            prop_assert_eq!(&rows[1][7], &cell(overall));
            for (at, asked) in asked.iter().enumerate() {
                prop_assert_eq!(&rows[1][11 + at], &cell(asked.flatten()));
            }
            prop_assert_eq!(unguarded(rows[1].last().unwrap()), note.as_str());

            let mut bytes = Vec::new();
            let left_out = long(&journal, Range::ALL, &mut bytes).unwrap();
            let given: Vec<String> = asked.iter().filter_map(|a| a.flatten()).map(|n| n.to_string()).collect();
            let written: Vec<String> = read(&bytes)[1..].iter().map(|row| row[9].clone()).collect();
            prop_assert_eq!(left_out[0].0, usize::from(given.is_empty()));
            prop_assert_eq!(written, given);
        }
    }
}
