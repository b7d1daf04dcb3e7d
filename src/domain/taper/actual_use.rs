//! A taper plan beside the logged use.
//!
//! Invariants: a day with nothing logged is not 0 and counts nowhere. No function says how much of an amount is left.

use super::plan::{Plan, Stair, Why};
use crate::domain::amount::Amount;
use crate::domain::time::span::Span;
use chrono::NaiveDate;

/// After this many whole days without entries the person is asked before a lower amount is shown.
pub(crate) const QUIET_DAYS: i64 = 3;

/// A day of the plan beside its use.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DayComparison {
    /// The logical day.
    pub(crate) day: NaiveDate,
    /// The amount in force that day.
    pub target: Amount,
    /// The logged use; `None` without a log.
    pub used: Option<Amount>,
}

/// A step with its holds, beside its use. After a step back the same step comes again as a new item.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct StepComparison {
    /// The number of the step.
    pub step: u16,
    /// The day's amount.
    pub(crate) amount: Amount,
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

/// The days of `span` that the plan has an amount for, each beside its use.
pub fn against(
    plan: &Plan,
    used: impl Fn(NaiveDate) -> Option<Amount>,
    span: Span,
) -> Vec<DayComparison> {
    let days = plan.staircase(span).into_iter();
    days.map(|(day, target)| DayComparison {
        day,
        target,
        used: used(day),
    })
    .collect()
}

/// The steps of `span` as the person went through them, each beside its use.
pub fn against_steps(
    plan: &Plan,
    used: impl Fn(NaiveDate) -> Option<Amount>,
    span: Span,
) -> Vec<StepComparison> {
    let mut steps: Vec<(u32, Vec<(Stair, DayComparison)>)> = Vec::new();
    for day in span.days() {
        let Some(stair) = plan.stair_on(day) else {
            continue;
        };
        let against = DayComparison {
            day,
            target: stair.amount,
            used: used(day),
        };
        // A replan numbers its steps from 0 again: step 0 of the new terms must not continue step 0 of the old ones.
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

fn summed(days: &[(Stair, DayComparison)]) -> Option<StepComparison> {
    let ((stair, first), (_, last)) = (days.first()?, days.last()?);
    let used: Vec<Amount> = days.iter().filter_map(|(_, day)| day.used).collect();
    let above = used.iter().filter(|used| **used > stair.amount).count();
    let sum: f64 = used.iter().map(|used| used.number()).sum();
    Some(StepComparison {
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

/// Whether to ask before today's amount is shown: it is lower than on the last day with an entry, and `QUIET_DAYS` whole
/// days or more have passed since. A change of the plan counts as an entry, so an answer settles the question.
pub fn asks_before_cut(plan: &Plan, last_entry_day: Option<NaiveDate>, today: NaiveDate) -> bool {
    let (Some(seen), Some(now)) = (
        last_seen(plan, last_entry_day, today),
        plan.target_on(today),
    ) else {
        return false;
    };
    let whole_days = (today - seen).num_days() - 1;
    // A plan that began after the last entry is compared with its own first amount.
    let before = seen
        .iter_days()
        .take_while(|day| *day <= today)
        .find_map(|day| plan.target_on(day));
    whole_days >= QUIET_DAYS && before.is_some_and(|before| now < before)
}

/// The last day up to `today` with an entry or a change of the plan: the last day whose amount the person saw.
pub(crate) fn last_seen(
    plan: &Plan,
    last_entry_day: Option<NaiveDate>,
    today: NaiveDate,
) -> Option<NaiveDate> {
    // Whoever changed the plan saw its amounts that day.
    let made = plan.versions.iter().map(|version| version.made);
    made.chain(last_entry_day).filter(|day| *day <= today).max()
}
