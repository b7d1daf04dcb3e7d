//! A sleep that is saved on a day that has some: one more, or in the place of those.
//!
//! Invariant: nothing that is noted is replaced, and no very long day is saved, before the person was asked.

use crate::domain::amount::Amount;
use crate::domain::care::catalogue::CareList;
use crate::domain::care::measurement::{
    LONG_DAY, SLEEP_HOURS, WHOLE_DAY, hours, is_sleep, sleeps_on,
};
use crate::domain::entry::saved;
use crate::domain::entry::summary;
use crate::domain::id::EntryId;
use crate::domain::journal::Journal;
use crate::domain::journal::change::Change;
use crate::domain::journal::taken_for;
use crate::domain::record::Record;
use crate::domain::record::draft::Refusal;
use crate::domain::record::key;
use crate::domain::record::kind::Kind;
use crate::domain::text::words;
use crate::domain::time::{Moment, Now};
use chrono::NaiveDate;

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

/// The sleeps that the day of `record` has beside it.
fn others<'a>(journal: &'a Journal, record: &Record) -> Vec<&'a Record> {
    let Some(day) = record.day().filter(|_| is_sleep(record)) else {
        return Vec::new();
    };
    let mut others = sleeps_on(journal, day);
    others.retain(|other| other.id != record.id);
    others
}

/// Where a sleep that is typed in a check-in comes from.
#[derive(Debug, Clone, Copy)]
pub(crate) struct InCheckIn<'a> {
    /// The id of the check-in.
    pub(crate) id: EntryId,
    /// There is nothing else in the check-in, so the sleep is what it becomes.
    pub(crate) is_alone: bool,
    /// Its moment.
    pub(crate) moment: &'a Moment,
}

// There are far fewer extras, which are numbered from 1; something good has the highest number.
/// Its number among what is saved in one step with a check-in.
const BESIDE: u8 = u8::MAX - 1;

/// The sleep that a check-in wrote on this day.
fn of_check_in(journal: &Journal, day: NaiveDate) -> Option<&Record> {
    let ids = journal.check_ins(day).iter();
    let ids: Vec<EntryId> = ids.map(|check_in| check_in.id.beside(BESIDE)).collect();
    let mut sleeps = sleeps_on(journal, day).into_iter();
    sleeps.find(|sleep| ids.contains(&sleep.id))
}

/// The sleep that a check-in with these words writes: the one that a check-in of its day wrote before, changed, else a new one.
/// `None` where nothing was typed.
///
/// # Errors
/// A [`Refusal`] where it is no number of hours.
pub(crate) fn in_check_in(
    journal: &Journal,
    typed: &str,
    place: &InCheckIn<'_>,
) -> Result<Option<Record>, Refusal> {
    let typed = typed.trim();
    let measure = CareList::built_in().measure(SLEEP_HOURS);
    let Some(measure) = measure.filter(|_| !typed.is_empty()) else {
        return Ok(None);
    };
    let reading = measure
        .read(typed)
        .map_err(|why| Refusal::new(key::VALUE, why.to_string()))?;
    let before = of_check_in(journal, place.moment.day).cloned();
    let record = before.unwrap_or_else(|| {
        let id = if place.is_alone {
            place.id
        } else {
            place.id.beside(BESIDE)
        };
        let (kind, about) = (Kind::Measurement, Some(SLEEP_HOURS));
        Record::new(id, kind, Some(place.moment.clone()), about)
    });
    let record = record.with_number(key::VALUE, reading.value);
    Ok(Some(record.with_text(key::UNIT, reading.unit)))
}

/// What is typed so far, as it is read: "7 h", "7:30 = 7.5 h"; "7:, no hours yet".
pub(crate) fn read_out(typed: &str) -> String {
    let measure = CareList::built_in().measure(SLEEP_HOURS);
    match measure.map(|measure| measure.read(typed)) {
        Some(Ok(reading)) if reading.value.to_string() == typed => format!("{typed} h"),
        Some(Ok(reading)) => format!("{typed} = {} h", reading.value),
        // A number that is not whole yet, such as "7:", is none either.
        _ => format!("{typed}, no hours yet"),
    }
}

/// "6.5 h noted": what the day of a check-in has of sleep; `None` without any.
pub(crate) fn noted(journal: &Journal, day: NaiveDate) -> Option<String> {
    let sleeps = sleeps_on(journal, day);
    let held: Amount = sleeps.iter().copied().map(hours).sum();
    (!sleeps.is_empty()).then(|| format!("{held} h noted"))
}

/// What a check-in asks.
pub(crate) const QUESTION: &str = "Hours slept?";
/// How its answer is written.
pub(crate) const SCALE: &str = "The night before this day, naps added: 7, 7.5 or 7:30.";

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
pub(crate) fn changes(journal: &Journal, record: &Record, how: How) -> Vec<Change> {
    let replaced = match how {
        How::Instead => others(journal, record),
        How::More => Vec::new(),
    };
    let replaced = replaced
        .into_iter()
        .map(|other| Change::DeleteRecord(other.id));
    let replaced: Vec<Change> = replaced.collect();
    // What is said of a step is said of its first change.
    std::iter::once(Change::Record(record.clone()))
        .chain(replaced)
        .chain(taken_for::switches(journal, record))
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

/// "Hours slept, 1 h instead of 8 h": a step that changed the records `ids` between `old` and `new`, if it put one sleep in the
/// place of others.
pub(crate) fn exchange(old: &Journal, new: &Journal, ids: &[EntryId]) -> Option<String> {
    let mut added = None;
    let mut replaced = Vec::new();
    for id in ids {
        match (old.record(*id), new.record(*id)) {
            (None, Some(sleep)) if is_sleep(sleep) && added.is_none() => added = Some(sleep),
            (Some(sleep), None) if is_sleep(sleep) => replaced.push(sleep),
            _ => return None,
        }
    }
    let added = added.filter(|_| !replaced.is_empty())?;
    let held: Amount = replaced.into_iter().map(hours).sum();
    let what = summary::line(new, added);
    Some(format!("{what} instead of {held} h"))
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
    if all > WHOLE_DAY {
        let sentence = format!("{day} would have {all} h of sleep, and a day has 24");
        return Err(Refusal::new(key::VALUE, sentence));
    }
    let is_long = all > LONG_DAY;
    Ok(is_long.then(|| format!("{day} would have {all} h of sleep. Is that right?")))
}
