//! The log of practices: favourites and recent ones, the routine of a day, ratings before and after.
//!
//! Invariant: a routine is a reminder that the person wrote. It has no score, and a day without it lacks nothing.

use super::practice::Practice;
use crate::domain::journal::Journal;
use crate::domain::record::Record;
use crate::domain::record::key;
use crate::domain::record::kind::Kind;
use crate::domain::time::span::Span;
use chrono::NaiveDate;

/// A practice of the routine on one day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RoutineItem<'a> {
    /// The practice.
    pub practice: Practice,
    /// Its entries of the day.
    pub done: Vec<&'a Record>,
}

/// Mean ratings before and after a practice.
#[derive(Debug, Clone, PartialEq)]
pub struct BeforeAfter {
    /// The practice.
    pub practice: Practice,
    /// Entries with both numbers.
    pub n: usize,
    /// Mean before, 0 to 4.
    pub before: f64,
    /// Mean after, 0 to 4.
    pub after: f64,
}

impl Journal {
    /// The favourites, then what was done in `span`, the newest first.
    pub fn practices_at_hand(&self, span: Span) -> Vec<Practice> {
        let mut codes: Vec<&str> = self
            .settings
            .favourite_practices
            .iter()
            .map(String::as_str)
            .collect();
        let done = self.records_between(span.from, span.to).rev();
        for code in done
            .filter(|r| r.kind == Kind::Practice)
            .filter_map(Record::about)
        {
            // Newest first, so the first occurrence decides the place.
            if !codes.contains(&code) {
                codes.push(code);
            }
        }
        let practices = self.practices();
        let of = |code: &str| {
            practices
                .iter()
                .find(|practice| practice.code == code)
                .cloned()
        };
        codes.into_iter().filter_map(of).collect()
    }

    /// The times of a practice, in order.
    pub fn times_of<'a>(&'a self, code: &'a str) -> impl DoubleEndedIterator<Item = &'a Record> {
        let done = self.records_of(Kind::Practice);
        done.filter(move |record| record.about() == Some(code))
    }

    /// The person's routine on `date`, in its order.
    pub fn routine_on(&self, date: NaiveDate) -> Vec<RoutineItem<'_>> {
        let routine = self.settings.routine.iter();
        let planned = routine.filter_map(|code| {
            let done = self.records(date).iter();
            let done = done.filter(|r| r.kind == Kind::Practice && r.about() == Some(code));
            Some(RoutineItem {
                practice: self.practice(code)?,
                done: done.collect(),
            })
        });
        planned.collect()
    }

    /// How practices were felt in `span`, before and after, by name; only times that have both.
    pub fn felt_in(&self, span: Span) -> Vec<BeforeAfter> {
        // A mean of "before" and one of "after" compare only over the same entries.
        let both = |record: &Record| Some((record.whole(key::BEFORE)?, record.whole(key::AFTER)?));
        let felt = self.practices().into_iter().filter_map(|practice| {
            let records = self.records_between(span.from, span.to);
            let pairs: Vec<(u32, u32)> = records
                .filter(|r| r.kind == Kind::Practice && r.about() == Some(&practice.code))
                .filter_map(both)
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
}
