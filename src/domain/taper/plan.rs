//! A taper plan in use: its versions, and the version in force on a day.
//!
//! Invariants: versions are added and never changed. The version in force on a day is the last one made on or before it, so
//! an action never changes an earlier day.

use super::terms::Terms;
use crate::domain::amount::Amount;
use crate::domain::id::EntryId;
use crate::domain::order::Ordered;
use crate::domain::time::span::Span;
use chrono::NaiveDate;

/// A plan for one product.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Plan {
    /// Its id.
    pub id: EntryId,
    /// The code of the product, in whose unit all amounts are.
    pub product: String,
    /// The versions in the order of their making; numbers rise from 1.
    pub versions: Vec<Version>,
}

/// A schedule from one day on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Version {
    /// 1, 2, 3 …
    pub number: u32,
    /// The logical day it was made.
    pub made: NaiveDate,
    /// The action that made it.
    pub why: Why,
    /// The terms of the steps. Only a start or a replan changes them.
    pub terms: Terms,
    /// The steps from the one of `made` on, which keeps its real first day. Empty once the plan has ended.
    pub stairs: Vec<Stair>,
}

/// The action that made a version.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Why {
    /// The plan was begun.
    Started,
    /// The amount stays until the day `until`, or with `None` until the person resumes the plan.
    Held {
        /// The day the plan goes on.
        until: Option<NaiveDate>,
    },
    /// The plan goes on after a hold.
    Resumed,
    /// Back to the amount of the step before.
    SteppedBack,
    /// The plan goes on unchanged, after days without entries.
    WentOn,
    /// New terms from that day on.
    Replanned,
    /// No plan from that day on.
    Ended,
}

/// A step on the calendar.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Stair {
    /// 0 is the start amount of the terms, 1 the first cut.
    pub step: u16,
    /// Its first day.
    pub(crate) begins: NaiveDate,
    /// The day's amount while it lasts.
    pub amount: Amount,
}

impl Version {
    /// Its first day in force: the day it was made, or the earlier beginning that the person gave for a started plan.
    pub(crate) fn in_force_from(&self) -> NaiveDate {
        match (self.why, self.stairs.first()) {
            (Why::Started, Some(first)) => first.begins.min(self.made),
            _ => self.made,
        }
    }

    /// The step of `day` by this version alone; `None` before its first step.
    pub(crate) fn stair_on(&self, day: NaiveDate) -> Option<Stair> {
        let after = self.stairs.partition_point(|stair| stair.begins <= day);
        self.stairs.get(after.checked_sub(1)?).copied()
    }

    /// The steps that begin after `day` by this version alone.
    pub(crate) fn stairs_after(&self, day: NaiveDate) -> &[Stair] {
        let after = self.stairs.partition_point(|stair| stair.begins <= day);
        self.stairs.get(after..).unwrap_or_default()
    }

    /// Whether this version alone holds `day`.
    pub(crate) fn holds(&self, day: NaiveDate) -> bool {
        match self.why {
            Why::Held { until } => day >= self.made && until.is_none_or(|until| day < until),
            _ => false,
        }
    }
}

impl Plan {
    /// The version in force on `day`: the last one made on or before it. `None` before the plan.
    pub(crate) fn version_on(&self, day: NaiveDate) -> Option<&Version> {
        self.versions
            .iter()
            .filter(|version| version.in_force_from() <= day)
            .max_by_key(|version| (version.in_force_from(), version.number))
    }

    /// The first day of its first version; `None` without versions.
    pub(crate) fn begins(&self) -> Option<NaiveDate> {
        self.versions.iter().map(Version::in_force_from).min()
    }

    /// The version with the highest number.
    pub fn latest(&self) -> Option<&Version> {
        self.versions.iter().max_by_key(|version| version.number)
    }

    /// The step of `day`; `None` before the plan begins and from its end on. The last step stays.
    pub fn stair_on(&self, day: NaiveDate) -> Option<Stair> {
        self.version_on(day)?.stair_on(day)
    }

    /// The number of the step of `day`.
    pub fn step_on(&self, day: NaiveDate) -> Option<u16> {
        self.stair_on(day).map(|stair| stair.step)
    }

    /// The amount in force on `day`.
    pub fn target_on(&self, day: NaiveDate) -> Option<Amount> {
        self.stair_on(day).map(|stair| stair.amount)
    }

    /// Whether the amount of `day` is held.
    pub fn is_held_on(&self, day: NaiveDate) -> bool {
        self.version_on(day)
            .is_some_and(|version| version.holds(day))
    }

    /// Whether the plan was ended on or before `day`.
    pub fn has_ended_by(&self, day: NaiveDate) -> bool {
        self.version_on(day)
            .is_some_and(|version| version.why == Why::Ended)
    }

    /// The next lower amount and its day, as known on `day`; `None` on hold without a day, and on the last step.
    pub fn next_cut(&self, day: NaiveDate) -> Option<(NaiveDate, Amount)> {
        let version = self.version_on(day)?;
        let later = version.stairs_after(day);
        // Before the plan begins, the cut is from its first step.
        let now = version.stair_on(day).or(later.first().copied())?.amount;
        let cut = later.iter().find(|stair| stair.amount < now)?;
        Some((cut.begins, cut.amount))
    }

    /// The amount in force on each day of `span` that has one.
    pub fn staircase(&self, span: Span) -> Vec<(NaiveDate, Amount)> {
        let of = |day| Some((day, self.target_on(day)?));
        span.days().filter_map(of).collect()
    }

    /// The days whose amount in force is lower than the day before, future days included.
    pub fn cuts(&self) -> Vec<NaiveDate> {
        let starts = self.versions.iter().flat_map(|version| {
            let stairs = version.stairs.iter().map(|stair| stair.begins);
            stairs.chain([version.in_force_from()])
        });
        let mut days: Vec<NaiveDate> = starts.collect();
        days.order();
        days.dedup();
        // Compared by what was in force: a step of one version may have been replaced by a later version.
        days.retain(|day| {
            let before = day.pred_opt().and_then(|before| self.target_on(before));
            matches!((before, self.target_on(*day)), (Some(before), Some(now)) if now < before)
        });
        days
    }
}
