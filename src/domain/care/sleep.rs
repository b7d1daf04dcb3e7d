//! The sleeps of a day: night and naps add up.
//!
//! Invariants: where the times of two sleeps overlap and one of them came with an import, the imported one is left out whole. Nothing
//! that is noted is replaced, and no long day is saved, before the person was asked.

use super::measure::MeasureForm;
use super::measurement::{Measurement, Part};
use crate::domain::amount::Amount;
use crate::domain::entry::saved;
use crate::domain::journal::Journal;
use crate::domain::journal::change::Change;
use crate::domain::record::Record;
use crate::domain::record::draft::Refusal;
use crate::domain::record::key;
use crate::domain::text::words;
use crate::domain::time::Now;
use crate::domain::time::parse::parse_clock;
use chrono::{NaiveDate, Timelike};

// Nobody sleeps as long every day; it is more often a slip, or a night that was noted twice.
/// Hours of a day above which the person is asked.
const LONG: Amount = Amount::whole(14);
/// Hours of a day.
const DAY: Amount = Amount::whole(24);
/// Minutes of a day.
const MINUTES: i64 = 24 * 60;

/// What becomes of the sleeps that a day has already.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum How {
    /// The new one takes their place.
    Instead,
    /// It is one more.
    More,
}

/// A new sleep on a day that has some.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Choice {
    /// "Sat 21 Nov has 6.5 h of sleep."
    pub(crate) noted: String,
    /// "instead of 6.5 h".
    pub(crate) instead: String,
    /// "one more sleep, 7.5 h in all".
    pub(crate) more: String,
}

impl Choice {
    /// "Sat 21 Nov has 6.5 h of sleep: instead of 6.5 h, or one more sleep?"
    pub(crate) fn question(&self) -> String {
        format!("{}: {}, or {}?", self.noted, self.instead, self.more)
    }
}

fn is_sleep(record: &Record) -> bool {
    let measured = Measurement::of(record);
    measured.is_some_and(|it| it.measure.form == MeasureForm::Sleep && it.value.is_some())
}

fn hours(record: &Record) -> Amount {
    let measured = Measurement::of(record);
    let hours = measured.and_then(|it| it.in_usual(Part::First));
    hours.unwrap_or_default()
}

/// When it began and ended, in minutes of the day of waking; `None` without both times.
fn stretch(record: &Record) -> Option<(i64, i64)> {
    let clock = |code: &str| parse_clock(record.text(code)?);
    let from = clock(key::ASLEEP).or_else(|| clock(key::BED))?;
    let to = clock(key::WOKE).or_else(|| clock(key::UP))?;
    let minutes = |at: chrono::NaiveTime| i64::from(at.num_seconds_from_midnight() / 60);
    let (from, to) = (minutes(from), minutes(to));
    // A sleep counts for the day of waking, so one that seems to begin after its end began the evening before.
    Some((if from > to { from - MINUTES } else { from }, to))
}

/// The sleeps of `date` that count, in order.
pub(crate) fn on(journal: &Journal, date: NaiveDate) -> Vec<&Record> {
    counting(
        journal
            .records(date)
            .iter()
            .filter(|it| is_sleep(it))
            .collect(),
    )
}

fn counting(all: Vec<&Record>) -> Vec<&Record> {
    let overlaps = |one: &Record, other: &Record| {
        stretch(one)
            .zip(stretch(other))
            .is_some_and(|((from, to), (begin, end))| from < end && begin < to)
    };
    let is_left_out = |one: &Record| {
        let own = all.iter().filter(|other| !other.id.is_derived());
        one.id.is_derived() && { own }.any(|other| overlaps(one, other))
    };
    all.iter()
        .copied()
        .filter(|one| !is_left_out(one))
        .collect()
}

/// The hours slept on `date`; `None` where no sleep is noted.
pub(crate) fn hours_on(journal: &Journal, date: NaiveDate) -> Option<Amount> {
    let sleeps = on(journal, date);
    (!sleeps.is_empty()).then(|| sleeps.into_iter().map(hours).sum())
}

/// The sleeps that the day of `record` has beside it.
fn others<'a>(journal: &'a Journal, record: &Record) -> Vec<&'a Record> {
    let Some(day) = record.day().filter(|_| is_sleep(record)) else {
        return Vec::new();
    };
    let mut others = on(journal, day);
    others.retain(|other| other.id != record.id);
    others
}

/// What is asked before `record` is saved: it is a new sleep on a day that has some.
pub(crate) fn choice(journal: &Journal, record: &Record) -> Option<Choice> {
    let others = others(journal, record);
    // Changing one of the sleeps says which one is meant.
    if others.is_empty() || journal.record(record.id).is_some() {
        return None;
    }
    let held: Amount = others.iter().copied().map(hours).sum();
    let all = held.and(hours(record));
    Some(Choice {
        noted: format!("{} has {held} h of sleep", words::short_day(record.day()?)),
        instead: format!("instead of {held} h"),
        more: format!("one more sleep, {all} h in all"),
    })
}

/// What saving `record` does.
pub(crate) fn changes(journal: &Journal, record: Record, how: How) -> Vec<Change> {
    let replaced = match how {
        How::Instead => others(journal, &record),
        How::More => Vec::new(),
    };
    let replaced = replaced
        .into_iter()
        .map(|other| Change::DeleteRecord(other.id));
    // The new one last: what is said of a step is said of its first change.
    std::iter::once(Change::Record(record.clone()))
        .chain(replaced)
        .collect()
}

/// The sentence that confirms the saved `record`, as [`saved::sentence`]; of a sleep with what became of the others of its day.
pub(crate) fn saved_sentence(journal: &Journal, record: &Record, how: How, now: &Now) -> String {
    let sentence = saved::sentence(journal, record, now);
    let held: Amount = others(journal, record).into_iter().map(hours).sum();
    match how {
        _ if held.is_zero() => sentence,
        How::Instead => format!("{sentence}, instead of {held} h"),
        How::More => format!("{sentence}, {} h in all", held.and(hours(record))),
    }
}

/// What is asked about the day of `records`, new sleeps that are saved together, because it gets very long.
///
/// # Errors
/// A [`Refusal`] where the day would have more hours than a day has.
pub(crate) fn long_day(
    journal: &Journal,
    records: &[Record],
    how: How,
) -> Result<Option<String>, Refusal> {
    let Some(last) = records.iter().rev().find(|it| is_sleep(it)) else {
        return Ok(None);
    };
    let same = records
        .iter()
        .filter(|it| is_sleep(it) && it.day() == last.day());
    let new: Amount = same.map(hours).sum();
    let mut held = match how {
        How::Instead => Vec::new(),
        How::More => others(journal, last),
    };
    held.retain(|other| records.iter().all(|record| record.id != other.id));
    let all = held.into_iter().map(hours).sum::<Amount>().and(new);
    let day = last.day().map(words::short_day).unwrap_or_default();
    if all > DAY {
        let sentence = format!("{day} would have {all} h of sleep, and a day has 24");
        return Err(Refusal::new(key::VALUE, sentence));
    }
    let is_long = all > LONG;
    Ok(is_long.then(|| format!("{day} would have {all} h of sleep. Is that right?")))
}
