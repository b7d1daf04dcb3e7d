//! The log of practices: favourites and recent ones, the routine of a day, ratings before and after.
//!
//! Invariant: a routine is a reminder that the person wrote. It has no score, and a day without it lacks nothing.

use super::practice::Practice;
use crate::domain::care::catalogue::Counting;
use crate::domain::care::practice;
use crate::domain::journal::Journal;
use crate::domain::record::Record;
use crate::domain::record::key;
use crate::domain::record::kind::Kind;
use crate::domain::time::span::Span;
use chrono::NaiveDate;

/// A practice of the routine on one day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct RoutineItem<'a> {
    /// The practice.
    pub(crate) practice: Practice,
    /// Its entries of the day.
    pub(crate) done: Vec<&'a Record>,
}

/// A practice as it was done, read out of its record.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Done<'a> {
    /// The code of the practice.
    pub(crate) practice: &'a str,
    /// How long.
    pub(crate) minutes: Option<u32>,
    /// How many.
    pub(crate) count: Option<u32>,
    /// How much, in the words of the person.
    pub(crate) amount: Option<&'a str>,
    /// How it felt before, 0 to 4.
    pub(crate) before: Option<u32>,
    /// How it felt after, 0 to 4.
    pub(crate) after: Option<u32>,
}

impl<'a> Done<'a> {
    /// What was done in `record`, if it is that.
    pub(crate) fn of(record: &'a Record) -> Option<Self> {
        let record = Some(record).filter(|record| record.kind == Kind::Practice)?;
        Some(Self {
            practice: record.about()?,
            minutes: record.whole(key::MINUTES),
            count: record.whole(key::COUNT),
            amount: record.text(key::AMOUNT),
            before: record.whole(key::BEFORE),
            after: record.whole(key::AFTER),
        })
    }
}

/// What was done on `date`, in order.
pub(crate) fn done_on(journal: &Journal, date: NaiveDate) -> Vec<Done<'_>> {
    journal.records(date).iter().filter_map(Done::of).collect()
}

/// The minutes of `date`; `None` where no practice has any, or one that is counted in minutes lacks them: a sum of the others
/// would be too low.
pub(crate) fn minutes_on(journal: &Journal, date: NaiveDate) -> Option<u32> {
    let done = done_on(journal, date);
    let lacks_them = |done: &&Done<'_>| {
        let practice = practice::by_code(journal, done.practice);
        let is_counted = practice.is_some_and(|it| it.counted == Counting::Minutes);
        is_counted && done.minutes.is_none()
    };
    let minutes: Vec<u32> = done.iter().filter_map(|done| done.minutes).collect();
    (!minutes.is_empty() && !done.iter().any(|it| lacks_them(&it))).then(|| minutes.iter().sum())
}

/// How one felt before and after a practice, over several times.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct BeforeAfter {
    /// The practice.
    pub(crate) practice: Practice,
    /// Entries with both numbers.
    pub(crate) n: usize,
    /// Mean before, 0 to 4.
    pub(crate) before: f64,
    /// Mean after, 0 to 4.
    pub(crate) after: f64,
}

/// The favourites, then what was done in `span`, the newest first.
pub(crate) fn at_hand(journal: &Journal, span: Span) -> Vec<Practice> {
    let mut codes: Vec<&str> = journal
        .settings
        .favourite_practices
        .iter()
        .map(String::as_str)
        .collect();
    let done = journal.records_between(span.from, span.to).rev();
    for code in done.filter_map(Done::of).map(|done| done.practice) {
        if !codes.contains(&code) {
            codes.push(code);
        }
    }
    let practices = practice::practices(journal);
    let of = |code: &str| {
        practices
            .iter()
            .find(|practice| practice.code == code)
            .cloned()
    };
    codes.into_iter().filter_map(of).collect()
}

/// The times of a practice, in order.
pub(crate) fn times_of<'a>(
    journal: &'a Journal,
    code: &'a str,
) -> impl DoubleEndedIterator<Item = &'a Record> {
    journal.records_about(Kind::Practice, code)
}

/// The person's routine on `date`, in its order.
pub(crate) fn routine_on(journal: &Journal, date: NaiveDate) -> Vec<RoutineItem<'_>> {
    let routine = journal.settings.routine.iter();
    let planned = routine.filter_map(|code| {
        let done = journal.records(date).iter();
        let done = done.filter(|r| r.kind == Kind::Practice && r.about() == Some(code));
        Some(RoutineItem {
            practice: practice::by_code(journal, code)?,
            done: done.collect(),
        })
    });
    planned.collect()
}

/// How practices were felt in `span`, before and after, by name; only times that have both.
pub(crate) fn felt_in(journal: &Journal, span: Span) -> Vec<BeforeAfter> {
    let felt = practice::practices(journal)
        .into_iter()
        .filter_map(|practice| {
            let records = journal.records_between(span.from, span.to);
            let done = records.filter_map(Done::of);
            let pairs: Vec<(u32, u32)> = done
                .filter(|done| done.practice == practice.code)
                .filter_map(|done| done.before.zip(done.after))
                .collect();
            let n = pairs.len();
            let mean = |part: fn(&(u32, u32)) -> u32| {
                pairs.iter().map(|pair| f64::from(part(pair))).sum::<f64>() / n as f64
            };
            (n > 0).then(|| BeforeAfter {
                n,
                before: mean(|pair| pair.0),
                after: mean(|pair| pair.1),
                practice,
            })
        });
    felt.collect()
}
