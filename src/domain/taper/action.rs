//! What a person does with a taper plan: start, hold, resume, step back, go on, replan, end. Each makes the next version.
//!
//! Invariants: a version made today changes nothing before today; no amount comes from anywhere but the person's own terms.

use super::plan::{Plan, Stair, Version, Why};
use super::schedule::preview;
use super::terms::{Terms, TermsError};
use crate::domain::text::words;
use chrono::{Days, NaiveDate, TimeDelta};

/// Why an action cannot be taken, as a sentence.
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
    /// A hold of a held plan.
    #[error("this plan is held already; resume it first, or leave it as it is")]
    AlreadyHeld,
    /// A resume of one that is not held.
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

/// The first version of a plan. A beginning before today means that the person has been on it since.
///
/// # Errors
/// What does not fit together in the terms.
pub fn start(terms: Terms, today: NaiveDate) -> Result<Version, ActionError> {
    Ok(Version {
        number: 1,
        made: today,
        why: Why::Started,
        stairs: stairs(&terms)?,
        terms,
    })
}

/// Today's amount stays: with `until`, the day the plan goes on, the days of the step that are left and the later steps follow
/// then; without, until it is resumed.
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

/// As [`hold`], but the amount that was in force on `day` stays from today on: after days without entries, that of the last
/// entry. A step that had run out since then gets its whole length when the plan goes on.
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

/// A held plan goes on today: the days of its step that were left when it was held, then the later steps with their lengths.
///
/// # Errors
/// Not begun, ended, or not held.
pub fn resume(plan: &Plan, today: NaiveDate) -> Result<Version, ActionError> {
    let now = running(plan, today)?;
    if !now.holds(today) {
        return Err(ActionError::NotHeld);
    }
    let stair = now.stair_on(today).ok_or(ActionError::NotHeld)?;
    let stairs = go_on_at(source(plan, now), stair, now.made, today)?;
    Ok(next(plan, now, today, Why::Resumed, stairs))
}

/// Back to the nearest earlier amount above today's, from today for a whole step; then today's amount for a whole step, and the
/// later steps with their lengths. A held plan goes on with it.
///
/// # Errors
/// Not begun, ended, or on the first amount.
pub fn back(plan: &Plan, today: NaiveDate) -> Result<Version, ActionError> {
    back_as_on(plan, today, today)
}

/// As [`back`], seen from the amount that was in force on `day`: after days without entries, that of the last entry.
///
/// # Errors
/// As [`back`].
pub fn back_as_on(plan: &Plan, day: NaiveDate, today: NaiveDate) -> Result<Version, ActionError> {
    let now = running(plan, today)?;
    let stair = step_as_on(plan, now, day, today)?;
    let all = preview(&now.terms)?.steps;
    let earlier = all.iter().take(usize::from(stair.step)).rev();
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

/// The schedule stays as it is: the answer after days without entries, kept so that it is asked once.
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

/// New terms from today on; in a plan that has not begun yet, also from a later day on.
///
/// # Errors
/// Ended, terms that do not fit together, or a beginning on another day.
pub fn replan(plan: &Plan, terms: Terms, today: NaiveDate) -> Result<Version, ActionError> {
    let now = open(plan, today)?;
    let has_begun = now.stair_on(today).is_some();
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

/// The version in force, of a plan that has not ended.
fn open(plan: &Plan, today: NaiveDate) -> Result<&Version, ActionError> {
    let now = plan.latest().ok_or(ActionError::Ended)?;
    if now.why == Why::Ended {
        Err(ActionError::Ended)
    } else if now.made > today {
        Err(ActionError::ChangedLater(now.made))
    } else {
        Ok(now)
    }
}

/// The version in force, of a plan that has begun too.
fn running(plan: &Plan, today: NaiveDate) -> Result<&Version, ActionError> {
    let now = open(plan, today)?;
    match (now.stair_on(today), now.stairs.first()) {
        (None, Some(first)) => Err(ActionError::NotBegun(first.begins)),
        _ => Ok(now),
    }
}

/// The step that was in force on `day`, or today's if the terms have changed since.
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

/// The version whose later steps go on after `now`: the one that was in force before it was held.
fn source<'a>(plan: &'a Plan, now: &'a Version) -> &'a Version {
    if !matches!(now.why, Why::Held { .. }) {
        return now;
    }
    let earlier = plan.versions.iter().filter(|v| v.number < now.number);
    earlier.max_by_key(|v| v.number).unwrap_or(now)
}

/// The steps of `version` after `stair`, by number: after a step back its number comes again.
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
