//! Taper plans: a care plan for each version, the later one replacing the one before.
//!
//! Invariant: a plan is the person's own and says so in each version; it is no order and no prescription. Of a step that has
//! passed nothing is claimed: what was used stands in the doses.

use super::coding::{address, plain, quantity, text, to};
use super::model::{Activity, CarePlan, Detail, Entry, Period, Resource};
use super::person::Source;
use crate::domain::dose::product;
use crate::domain::taper::plan::{Plan, Stair, Version, Why};
use chrono::NaiveDate;

const OWN: &str = "the person's own plan, not ordered or prescribed by anybody; amounts are those of the plan, not what was used";

/// A version for each time in which it was in force, as far as it touches the range.
pub(super) fn of_plan(from: Source<'_>, plan: &Plan) -> Vec<Entry> {
    let range = from.wish.range;
    let mut entries = Vec::new();
    let mut before: Option<String> = None;
    for (at, version) in plan.versions.iter().enumerate() {
        let next = plan.versions.get(at + 1);
        let begins = version.in_force_from();
        let ends = next.and_then(|next| next.in_force_from().pred_opt());
        let is_in_range = begins <= range.to && ends.is_none_or(|ends| ends >= range.from);
        // The end of a plan says only when the version before it ended.
        if version.why == Why::Ended || !is_in_range {
            continue;
        }
        let full_url = address(plan.id, &format!("plan/{}", version.number));
        entries.push(Entry {
            full_url: full_url.clone(),
            resource: Resource::CarePlan(Box::new(care_plan(
                from,
                plan,
                version,
                ends,
                before.as_deref(),
            ))),
        });
        before = Some(full_url);
    }
    entries
}

fn care_plan(
    from: Source<'_>,
    plan: &Plan,
    version: &Version,
    ends: Option<NaiveDate>,
    before: Option<&str>,
) -> CarePlan {
    let today = from.wish.made.date_naive();
    let is_over = ends.is_some_and(|ends| ends < today);
    let was_ended = plan.has_ended_by(today);
    let status = match version.why {
        _ if was_ended && is_over && is_last(plan, version) => "completed",
        _ if is_over => "revoked",
        _ if version.holds(today) => "on-hold",
        _ => "active",
    };
    let product = product::by_code(from.journal, &plan.product);
    let unit = product.as_ref().map_or("", |product| product.unit.as_str());
    let name = product
        .as_ref()
        .map_or(plan.product.as_str(), |product| &product.name);
    let stairs = version.stairs.iter();
    let activity = stairs.enumerate().map(|(at, stair)| {
        let next = version.stairs.get(at + 1);
        // An earlier version's later steps never came.
        let last = next.and_then(|next| next.begins.pred_opt()).or(ends);
        Activity {
            detail: Detail {
                product: plain(&format!("kratom, {name}")),
                status: step_status(stair, last, today, status),
                scheduled_period: period(stair.begins, last),
                daily_amount: quantity(stair.amount, unit),
            },
        }
    });
    CarePlan {
        status,
        intent: "plan",
        title: format!("Taper plan, {name}, version {}", version.number),
        subject: to(from.patient),
        period: period(version.in_force_from(), ends),
        created: version.made.to_string(),
        author: to(from.patient),
        replaces: before.map(to).into_iter().collect(),
        activity: activity.collect(),
        note: vec![text(OWN)],
    }
}

/// Whether no later version but the end of the plan follows.
fn is_last(plan: &Plan, version: &Version) -> bool {
    let mut later = plan
        .versions
        .iter()
        .filter(|one| one.number > version.number);
    later.all(|one| one.why == Why::Ended)
}

fn period(start: NaiveDate, end: Option<NaiveDate>) -> Period {
    Period {
        start: Some(start.to_string()),
        // A step that was replaced before it began has no end after its start.
        end: end.filter(|end| *end >= start).map(|end| end.to_string()),
    }
}

fn step_status(
    stair: &Stair,
    last: Option<NaiveDate>,
    today: NaiveDate,
    of_plan: &str,
) -> &'static str {
    let is_open = matches!(of_plan, "active" | "on-hold");
    match (is_open, stair.begins > today) {
        (false, true) => "cancelled",
        (true, true) => "scheduled",
        (true, false) if last.is_none_or(|last| last >= today) => "in-progress",
        _ => "unknown",
    }
}
