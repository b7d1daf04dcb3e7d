//! A taper plan beside what was used, and beside how a person felt after its cuts.
//!
//! Invariants: a day with nothing logged is no 0 and counts nowhere; nothing here says how much of an amount is left.

use super::plan::{Plan, Stair, Why};
use crate::domain::amount::Amount;
use crate::domain::time::span::Span;
use chrono::{Days, NaiveDate};
use std::ops::RangeInclusive;

/// Whole days without entries after which a lower amount is asked about before it is shown.
pub const QUIET_DAYS: i64 = 3;

/// A day of the plan beside what was used.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DayAgainst {
    /// The logical day.
    pub day: NaiveDate,
    /// The amount in force that day.
    pub target: Amount,
    /// What was used; `None` when nothing was logged.
    pub used: Option<Amount>,
}

/// A step as it was lived, holds included, beside what was used. After a step back the same step comes again as a new one.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct StepAgainst {
    /// The number of the step.
    pub step: u16,
    /// The day's amount.
    pub amount: Amount,
    /// Its days in the span that was looked at.
    pub span: Span,
    /// On how many something was logged.
    pub days_logged: usize,
    /// Mean of the logged days.
    pub mean_used: Option<f64>,
    /// Logged days at or below the amount.
    pub days_at_or_below: usize,
    /// Logged days above it.
    pub days_above: usize,
}

/// The days of `span` that the plan has an amount for, each beside what was used.
pub fn against(
    plan: &Plan,
    used: impl Fn(NaiveDate) -> Option<Amount>,
    span: Span,
) -> Vec<DayAgainst> {
    let days = plan.staircase(span).into_iter();
    days.map(|(day, target)| DayAgainst {
        day,
        target,
        used: used(day),
    })
    .collect()
}

/// The steps of `span` as they were lived, each beside what was used.
pub fn against_steps(
    plan: &Plan,
    used: impl Fn(NaiveDate) -> Option<Amount>,
    span: Span,
) -> Vec<StepAgainst> {
    let mut steps: Vec<(u32, Vec<(Stair, DayAgainst)>)> = Vec::new();
    for day in span.days() {
        let Some(stair) = plan.stair_on(day) else {
            continue;
        };
        let against = DayAgainst {
            day,
            target: stair.amount,
            used: used(day),
        };
        let schedule = schedule_on(plan, day);
        match steps.last_mut() {
            Some((same, days))
                if *same == schedule
                    && days.last().is_some_and(|(last, _)| last.step == stair.step) =>
            {
                days.push((stair, against));
            }
            _ => steps.push((schedule, vec![(stair, against)])),
        }
    }
    steps
        .into_iter()
        .filter_map(|(_, days)| summed(&days))
        .collect()
}

/// The number of the version whose terms are in force on `day`.
fn schedule_on(plan: &Plan, day: NaiveDate) -> u32 {
    let now = plan.version_on(day).map_or(0, |version| version.number);
    let starts = plan.versions.iter().filter(|version| {
        version.number <= now && matches!(version.why, Why::Started | Why::Replanned)
    });
    starts.map(|version| version.number).max().unwrap_or(0)
}

fn summed(days: &[(Stair, DayAgainst)]) -> Option<StepAgainst> {
    let ((stair, first), (_, last)) = (days.first()?, days.last()?);
    let used: Vec<Amount> = days.iter().filter_map(|(_, day)| day.used).collect();
    let above = used.iter().filter(|used| **used > stair.amount).count();
    let sum: f64 = used.iter().map(|used| used.number()).sum();
    Some(StepAgainst {
        step: stair.step,
        amount: stair.amount,
        span: Span {
            from: first.day,
            to: last.day,
        },
        days_logged: used.len(),
        mean_used: (!used.is_empty()).then(|| sum / used.len() as f64),
        days_at_or_below: used.len() - above,
        days_above: above,
    })
}

/// Whether to ask before the amount of `today` is shown: it is lower than that of the last day with an entry, and
/// [`QUIET_DAYS`] whole days or more have passed since without one. Changing the plan counts as an entry, so an answer is kept.
pub fn asks_before_cut(plan: &Plan, last_entry_day: Option<NaiveDate>, today: NaiveDate) -> bool {
    let (Some(seen), Some(now)) = (
        last_seen(plan, last_entry_day, today),
        plan.target_on(today),
    ) else {
        return false;
    };
    let whole_days = (today - seen).num_days() - 1;
    // A plan that began in between is compared with its own first amount.
    let shown = seen
        .iter_days()
        .take_while(|day| *day <= today)
        .find_map(|day| plan.target_on(day));
    whole_days >= QUIET_DAYS && shown.is_some_and(|shown| now < shown)
}

/// The last day up to `today` on which there was an entry or the plan was changed: as far as its amounts were seen.
pub fn last_seen(
    plan: &Plan,
    last_entry_day: Option<NaiveDate>,
    today: NaiveDate,
) -> Option<NaiveDate> {
    let made = plan.versions.iter().map(|version| version.made);
    made.chain(last_entry_day).filter(|day| *day <= today).max()
}

/// The mean of day values so many days after a cut.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct AfterCut {
    /// Days after the cut; 0 is its own day.
    pub day: u8,
    /// Mean of the day values.
    pub mean: f64,
    /// How many cuts have a value on that day.
    pub n: usize,
}

/// The average course after `cuts`: the mean of `value` so many days after each, as far as the next cut. A day without a value
/// adds nothing, and a distance without any is left out.
pub fn after_cuts(
    cuts: &[NaiveDate],
    value: impl Fn(NaiveDate) -> Option<f64>,
    days_each: RangeInclusive<u8>,
) -> Vec<AfterCut> {
    let mut cuts = cuts.to_vec();
    cuts.sort_unstable();
    cuts.dedup();
    let of = |distance: u8| {
        let values: Vec<f64> = (0..cuts.len())
            .filter_map(|i| {
                let day = cuts[i].checked_add_days(Days::new(u64::from(distance)))?;
                let is_before_next = cuts.get(i + 1).is_none_or(|next| day < *next);
                if is_before_next { value(day) } else { None }
            })
            .collect();
        (!values.is_empty()).then(|| AfterCut {
            day: distance,
            mean: values.iter().sum::<f64>() / values.len() as f64,
            n: values.len(),
        })
    };
    days_each.filter_map(of).collect()
}
