//! The actions on a taper plan: start, hold, resume, step back, go on, replan, end. Each makes the next version.
//!
//! Invariants: a version made today changes nothing before today. Every amount comes from the person's own terms.

use super::plan::{Plan, Stair, Version, Why};
use super::schedule::preview;
use super::terms::{Terms, TermsError};
use crate::domain::text::words;
use chrono::{Days, NaiveDate, TimeDelta};

/// Why an action is refused, as a sentence.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ActionError {
    /// The terms do not fit together.
    #[error(transparent)]
    Terms(#[from] TermsError),
    /// Its first day is still ahead.
    #[error("this plan begins on {}; until then it can be replanned or ended", words::day(*.0))]
    NotBegun(NaiveDate),
    /// It was ended.
    #[error("this plan has ended; a new one can be started")]
    Ended,
    /// A hold of a plan on hold.
    #[error("this plan is held already; resume it first, or leave it as it is")]
    AlreadyHeld,
    /// A resume of a plan that is not on hold.
    #[error("this plan is not held; it goes on as it stands")]
    NotHeld,
    /// A hold until today or earlier.
    #[error("a hold ends on a later day; enter a day after today, or none to hold until resumed")]
    HoldEndsTooSoon,
    /// A hold on the last step.
    #[error("this is the last step; its amount stays, so there is nothing to hold")]
    LastStep,
    /// A step back on the first amount.
    #[error(
        "this is the first amount of the plan; there is no step before it. Replan to choose another amount"
    )]
    FirstStep,
    /// A replan of a running plan for another day.
    #[error("a new schedule takes the place of this one today; let it begin on {}", words::day(*.0))]
    ReplanBeginsToday(NaiveDate),
    /// A version made after the day.
    #[error("this plan was changed on {}, after this day; it can be changed from then on", words::day(*.0))]
    ChangedLater(NaiveDate),
    /// The shifted schedule leaves the calendar.
    #[error("that day is too far away; enter an earlier one")]
    TooFar,
}

/// The first version of a plan. A beginning before today means that the person has followed it since.
///
/// # Errors
/// A contradiction in the terms.
pub fn start(terms: Terms, today: NaiveDate) -> Result<Version, ActionError> {
    Ok(Version {
        number: 1,
        made: today,
        why: Why::Started,
        stairs: stairs(&terms)?,
        terms,
    })
}

/// Keeps today's amount until the person resumes the plan, or until the day `until`: then the rest of the step and the later
/// steps follow.
///
/// # Errors
/// Not begun, ended, held already, on the last step, or `until` not after today.
pub fn hold(
    plan: &Plan,
    today: NaiveDate,
    until: Option<NaiveDate>,
) -> Result<Version, ActionError> {
    hold_as_on(plan, today, today, until)
}

/// As [`hold`], but keeps the amount of `day`: after days without entries, the one of the last entry. A step that has run out
/// since then gets its whole length again when the plan goes on.
///
/// # Errors
/// As [`hold`].
pub fn hold_as_on(
    plan: &Plan,
    day: NaiveDate,
    today: NaiveDate,
    until: Option<NaiveDate>,
) -> Result<Version, ActionError> {
    let now = running(plan, today)?;
    if plan.is_held_on(today) {
        return Err(ActionError::AlreadyHeld);
    }
    if until.is_some_and(|until| until <= today) {
        return Err(ActionError::HoldEndsTooSoon);
    }
    let stair = step_as_on(plan, now, day, today)?;
    if rest(now, stair).is_empty() {
        return Err(ActionError::LastStep);
    }
    let stairs = match until {
        Some(until) => go_on_at(now, stair, today, until)?,
        None => vec![stair],
    };
    Ok(next(plan, now, today, Why::Held { until }, stairs))
}

/// A plan on hold goes on today: first the rest of its step, then the later steps with their lengths.
///
/// # Errors
/// Not begun, ended, or not held.
pub fn resume(plan: &Plan, today: NaiveDate) -> Result<Version, ActionError> {
    let now = running(plan, today)?;
    if !now.holds(today) {
        return Err(ActionError::NotHeld);
    }
    // The hold's own version has no later steps; the version before the hold has them.
    let stair = now.stair_on(today).ok_or(ActionError::NotHeld)?;
    let stairs = go_on_at(source(plan, now), stair, now.made, today)?;
    Ok(next(plan, now, today, Why::Resumed, stairs))
}

/// Back to the nearest higher amount for a whole step from today; then today's amount for a whole step, and the later steps
/// with their lengths. A plan on hold goes on with it.
///
/// # Errors
/// Not begun, ended, or on the first amount.
pub fn back(plan: &Plan, today: NaiveDate) -> Result<Version, ActionError> {
    back_as_on(plan, today, today)
}

/// As [`back`], but from the amount of `day`: after days without entries, the one of the last entry.
///
/// # Errors
/// As [`back`].
pub fn back_as_on(plan: &Plan, day: NaiveDate, today: NaiveDate) -> Result<Version, ActionError> {
    let now = running(plan, today)?;
    let stair = step_as_on(plan, now, day, today)?;
    let all = preview(&now.terms)?.steps;
    let earlier = all.iter().take(usize::from(stair.step)).rev();
    // A longer stay has the same amount as the step before it, so one step back in number may change nothing.
    let mut higher = earlier.skip_while(|step| step.amount <= stair.amount);
    let before = higher.next().ok_or(ActionError::FirstStep)?;
    let length = Days::new(u64::from(now.terms.every_days));
    let again = add(today, length)?;
    let mut stairs = vec![
        Stair {
            step: before.number,
            begins: today,
            amount: before.amount,
        },
        Stair {
            begins: again,
            ..stair
        },
    ];
    let later = rest(source(plan, now), stair);
    stairs.extend(moved_to(later, add(again, length)?)?);
    Ok(next(plan, now, today, Why::SteppedBack, stairs))
}

/// The schedule stays as it is: an answer after days without entries, stored as a version so that the question is asked once.
///
/// # Errors
/// Not begun or ended.
pub fn go_on(plan: &Plan, today: NaiveDate) -> Result<Version, ActionError> {
    let now = running(plan, today)?;
    if now.holds(today) {
        return resume(plan, today);
    }
    let stairs = now.stairs.clone();
    Ok(next(plan, now, today, Why::WentOn, stairs))
}

/// New terms from today on; for a plan that has not begun, also from a later day on.
///
/// # Errors
/// Ended, contradictory terms, or a beginning on another day.
pub fn replan(plan: &Plan, terms: Terms, today: NaiveDate) -> Result<Version, ActionError> {
    let now = open(plan, today)?;
    let has_begun = now.stair_on(today).is_some();
    // A version changes nothing before the day it is made.
    if terms.begin < today || (has_begun && terms.begin > today) {
        return Err(ActionError::ReplanBeginsToday(today));
    }
    let stairs = stairs(&terms)?;
    Ok(Version {
        terms,
        ..next(plan, now, today, Why::Replanned, stairs)
    })
}

/// No plan from today on; its versions are kept.
///
/// # Errors
/// Ended already.
pub fn end(plan: &Plan, today: NaiveDate) -> Result<Version, ActionError> {
    let now = open(plan, today)?;
    Ok(next(plan, now, today, Why::Ended, Vec::new()))
}

/// The version in force; an error for an ended plan.
fn open(plan: &Plan, today: NaiveDate) -> Result<&Version, ActionError> {
    let now = plan.latest().ok_or(ActionError::Ended)?;
    if now.why == Why::Ended {
        Err(ActionError::Ended)
    } else if now.made > today {
        // With `--now` or a clock set back, a version from today would sort before one that was made later.
        Err(ActionError::ChangedLater(now.made))
    } else {
        Ok(now)
    }
}

/// The version in force; an error for a plan that has ended or not begun.
fn running(plan: &Plan, today: NaiveDate) -> Result<&Version, ActionError> {
    let now = open(plan, today)?;
    match (now.stair_on(today), now.stairs.first()) {
        (None, Some(first)) => Err(ActionError::NotBegun(first.begins)),
        _ => Ok(now),
    }
}

/// The step of `day`, or today's if the terms have changed since: a step of old terms means nothing in the new ones.
fn step_as_on(
    plan: &Plan,
    now: &Version,
    day: NaiveDate,
    today: NaiveDate,
) -> Result<Stair, ActionError> {
    let then = plan.version_on(day.min(today));
    let then = then.filter(|version| version.terms == now.terms);
    then.and_then(|version| version.stair_on(day.min(today)))
        .or_else(|| now.stair_on(today))
        .ok_or(ActionError::Ended)
}

/// The version that has the later steps of `now`: for a hold, the version before it.
fn source<'a>(plan: &'a Plan, now: &'a Version) -> &'a Version {
    if !matches!(now.why, Why::Held { .. }) {
        return now;
    }
    let earlier = plan.versions.iter().filter(|v| v.number < now.number);
    earlier.max_by_key(|v| v.number).unwrap_or(now)
}

/// The steps of `version` after `stair`. Compared by number, because after a step back the same step comes twice.
fn rest(version: &Version, stair: Stair) -> &[Stair] {
    let later = version.stairs.iter().position(|s| s.step > stair.step);
    later
        .and_then(|i| version.stairs.get(i..))
        .unwrap_or_default()
}

/// `stair`, held from `held` to `day`, then the later steps of `version`.
fn go_on_at(
    version: &Version,
    stair: Stair,
    held: NaiveDate,
    day: NaiveDate,
) -> Result<Vec<Stair>, ActionError> {
    let mut stairs = vec![stair];
    let later = rest(version, stair);
    if let Some(first) = later.first() {
        // A step that ran out before the hold gets its whole length, so that a resume is never a cut on the same day.
        let left = u64::try_from((first.begins - held).num_days()).unwrap_or(0);
        let whole = u64::from(version.terms.every_days);
        let left = if left == 0 { whole } else { left };
        stairs.extend(moved_to(later, add(day, Days::new(left))?)?);
    }
    Ok(stairs)
}

/// `stairs` with their lengths, the first beginning on `day`.
fn moved_to(stairs: &[Stair], day: NaiveDate) -> Result<Vec<Stair>, ActionError> {
    let by = stairs
        .first()
        .map_or(TimeDelta::zero(), |first| day - first.begins);
    let moved = stairs.iter().map(|stair| {
        let begins = stair.begins.checked_add_signed(by);
        begins.map(|begins| Stair { begins, ..*stair })
    });
    moved.collect::<Option<_>>().ok_or(ActionError::TooFar)
}

fn add(day: NaiveDate, days: Days) -> Result<NaiveDate, ActionError> {
    day.checked_add_days(days).ok_or(ActionError::TooFar)
}

/// The version after the latest of `plan`, with the terms of `now`.
fn next(plan: &Plan, now: &Version, today: NaiveDate, why: Why, stairs: Vec<Stair>) -> Version {
    Version {
        number: plan
            .latest()
            .map_or(1, |latest| latest.number.saturating_add(1)),
        made: today,
        why,
        terms: now.terms.clone(),
        stairs,
    }
}

fn stairs(terms: &Terms) -> Result<Vec<Stair>, TermsError> {
    let steps = preview(terms)?.steps.into_iter();
    let stairs = steps.map(|step| Stair {
        step: step.number,
        begins: step.begins,
        amount: step.amount,
    });
    Ok(stairs.collect())
}
