//! The actions on a plan of the journal: each gives the one change to write, and its sentence.
//!
//! Invariant: an action adds a version and changes none. A refused action gives a sentence, and nothing is written.

use super::action;
use super::action::ActionError;
use super::plan::{Plan, Version};
use super::plans::version_record;
use super::terms::Terms;
use crate::domain::dose::product;
use crate::domain::dose::product::Product;
use crate::domain::id::EntryId;
use crate::domain::journal::Journal;
use crate::domain::journal::change::Change;
use crate::domain::taper::plans;
use crate::domain::text::words;
use chrono::NaiveDate;

/// An action on a plan.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PlanAction {
    /// The amount stays until the day `until`, or with `None` until the person resumes the plan.
    Hold {
        /// The day the plan goes on.
        until: Option<NaiveDate>,
    },
    /// The amount that the person saw last stays until they resume: an answer after days without entries.
    HoldAsShown,
    /// A plan on hold goes on.
    Resume,
    /// Back to the step before.
    Back,
    /// Back from the amount that the person saw last: an answer after days without entries.
    BackAsShown,
    /// The plan goes on unchanged: an answer after days without entries.
    GoOn,
    /// New terms from today on.
    Replan(Terms),
    /// No plan from today on.
    End,
}

/// The change to write, and its sentence.
pub(crate) type PlanChange = (Change, String);

/// The first version of a new plan for `product`, made `today`.
///
/// # Errors
/// A sentence: one goes on for this product already, or the terms do not fit together.
pub fn begin(
    journal: &Journal,
    product: &Product,
    terms: Terms,
    today: NaiveDate,
    (plan, version): (EntryId, EntryId),
) -> Result<PlanChange, String> {
    refuse_second(journal, product, today)?;
    let first = action::start(terms, today).map_err(|why| why.to_string())?;
    let record = version_record(version, plan, &product.code, &first);
    let sentence = format!("Plan begun: {}.", schedule(product, &first));
    Ok((Change::Record(record), sentence))
}

/// Refuses a plan for a product that has one.
///
/// # Errors
/// A sentence: one goes on for this product already.
pub(crate) fn refuse_second(
    journal: &Journal,
    product: &Product,
    today: NaiveDate,
) -> Result<(), String> {
    // Two plans for one product would give two amounts for one day.
    if plans::plan_for(journal, &product.code, today).is_none() {
        return Ok(());
    }
    Err(format!(
        "a plan for {} goes on already; replan it, or end it first",
        product.name
    ))
}

/// The version of `plan` that `what` makes `today`.
///
/// # Errors
/// A sentence that says why this cannot be done now.
pub fn change(
    journal: &Journal,
    plan: &Plan,
    what: &PlanAction,
    today: NaiveDate,
    id: EntryId,
) -> Result<PlanChange, String> {
    let product = product::by_code(journal, &plan.product)
        .ok_or("the product of this plan is not in the list any more")?;
    let seen = plans::asks_since(journal, plan, today).unwrap_or(today);
    let version = match what {
        PlanAction::Hold { until: None } => action::hold(plan, today, None),
        // After quiet days no lower amount was shown yet, so a hold with a day keeps the amount that the person saw.
        PlanAction::Hold { until } => action::hold_as_on(plan, seen, today, *until),
        PlanAction::HoldAsShown => action::hold_as_on(plan, seen, today, None),
        PlanAction::Resume => action::resume(plan, today),
        PlanAction::Back => action::back(plan, today),
        PlanAction::BackAsShown => action::back_as_on(plan, seen, today),
        PlanAction::GoOn => action::go_on(plan, today),
        PlanAction::Replan(terms) => action::replan(plan, terms.clone(), today),
        PlanAction::End => action::end(plan, today),
    };
    let version = version.map_err(|why: ActionError| why.to_string())?;
    let record = version_record(id, plan.id, &plan.product, &version);
    let sentence = sentence(what, &product, &version, today);
    Ok((Change::Record(record), sentence))
}

/// "9 steps, the last on Mon 4 Jan 2027 with 0.5 g a day".
fn schedule(product: &Product, version: &Version) -> String {
    match (version.stairs.len(), version.stairs.last()) {
        (0 | 1, _) | (_, None) => "one amount, without a cut".to_owned(),
        (n, Some(last)) => format!(
            "{}, the last on {} with {} a day",
            words::count(n - 1, "step", "steps"),
            words::day(last.begins),
            product.text(last.amount)
        ),
    }
}

fn sentence(what: &PlanAction, product: &Product, version: &Version, today: NaiveDate) -> String {
    let now = version.stair_on(today);
    let at = now.map_or_else(String::new, |stair| product.text(stair.amount));
    let next = version.stairs_after(today).first();
    let then = next.map_or_else(String::new, |stair| {
        format!(
            "; {} from {}",
            product.text(stair.amount),
            words::day_near(stair.begins, today)
        )
    });
    match what {
        PlanAction::Hold { until: Some(until) } => {
            format!(
                "Held at {at} a day; from {} it goes on.",
                words::day_near(*until, today)
            )
        }
        PlanAction::Hold { until: None } | PlanAction::HoldAsShown => {
            format!("Held at {at} a day until you resume it.")
        }
        PlanAction::Resume | PlanAction::GoOn => format!("The plan goes on: {at} a day{then}."),
        PlanAction::Back | PlanAction::BackAsShown => {
            format!("Back at {at} a day from today{then}.")
        }
        PlanAction::Replan(_) => format!(
            "New schedule: {}. The versions before are kept.",
            schedule(product, version)
        ),
        PlanAction::End => "The plan has ended. Its versions are kept.".to_owned(),
    }
}
