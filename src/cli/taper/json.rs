//! A plan as JSON.
//!
//! Always: `version` (2 of show and after, else 1), `product`, `name`, `unit`; amounts are numbers in that unit, a day that is not known is null.
//!
//! | of | besides |
//! |---|---|
//! | preview, start, replan | `plan` (its id, null in a preview), `terms`, `steps` (`step`, `begins`, `amount`, `realised_percent`, `above_rate`, `longer_stay`, `parts`), `count` (step 0 not counted), `ends` |
//! | show | `plan`, `today`, `asks_since` (days without entries: how it goes on is to be chosen, and `now` is null), `ended`, `now` (`step`, `since`, `at_most`, `parts`, `held`, `held_until`, `next`), `steps` (each as it was lived), with `--days` `days` (`date`, `plan`, `used`) |
//! | versions | `plan`, `versions` (`number`, `made`, `why`, `held_until`, `amount`, `terms`, `steps`) |
//! | after | `series`, and instead of the product `products`: `product`, `name`, `cuts` (those that count), `before` and `after` (3 days each), `change`, each with its `_shown`; left out and counted: `close`, `few_days`, `holds`; `days` (`day` from -7 to 7, `mean`, `mean_shown`, `n`) |

use super::sentences::span;
use super::terms::Offer;
use crate::domain::amount::Amount;
use crate::domain::dose::product;
use crate::domain::dose::product::Product;
use crate::domain::journal::Journal;
use crate::domain::series::Series;
use crate::domain::taper::after_cut::Sides;
use crate::domain::taper::plan::{Plan, Stair, Version, Why};
use crate::domain::taper::schedule::parts;
use crate::domain::taper::sentences::lived;
use crate::domain::taper::staircase::staircase;
use crate::domain::taper::terms::Terms;
use crate::domain::taper::{after_cut, plans};
use crate::domain::text::round::Shown;
use chrono::NaiveDate;
use serde_json::{Value, json};

fn numbers(amounts: &[Amount]) -> Vec<f64> {
    amounts.iter().map(|amount| amount.number()).collect()
}

fn of(product: &Product, mut value: Value) -> Value {
    value["version"] = 1.into();
    value["product"] = product.code.as_str().into();
    value["name"] = product.name.as_str().into();
    value["unit"] = product.unit.as_str().into();
    value
}

fn terms(terms: &Terms) -> Value {
    json!({
        "shape": terms.shape.code(),
        "shape_value": terms.shape.value(),
        "start": terms.start.number(),
        "every_days": terms.every_days,
        "until": terms.until.number(),
        "smallest": terms.smallest.number(),
        "split": terms.split,
        "begin": terms.begin.to_string(),
    })
}

/// The steps of terms; with `plan` once it has begun.
pub(super) fn preview(offer: &Offer, plan: Option<&Plan>) -> Value {
    let preview = &offer.preview;
    let steps = preview.steps.iter().map(|step| {
        json!({
            "step": step.number,
            "begins": step.begins.to_string(),
            "amount": step.amount.number(),
            "realised_percent": Shown::new(step.realised_percent, 1).value(),
            "above_rate": step.is_above_rate,
            "longer_stay": preview.is_longer_stay(step.number),
            "parts": numbers(&step.parts),
        })
    });
    let value = json!({
        "plan": plan.map(|plan| plan.id.to_string()),
        "terms": terms(&offer.terms),
        "steps": steps.collect::<Vec<_>>(),
        "count": preview.count,
        "ends": preview.ends.to_string(),
    });
    of(&offer.product, value)
}

/// The state of a plan.
pub(super) fn plan(
    journal: &Journal,
    plan: &Plan,
    product: &Product,
    today: NaiveDate,
    with_days: bool,
) -> Value {
    let asks = plans::asks_since(journal, plan, today);
    let latest = plan.latest().filter(|version| version.why == Why::Ended);
    let steps = lived(journal, plan, today).into_iter().map(|step| {
        json!({
            "step": step.step,
            "amount": step.amount.number(),
            "from": step.span.from.to_string(),
            "to": step.span.to.to_string(),
            "days": step.span.len(),
            "days_logged": step.days_logged,
            "mean_used": step.mean_used.map(|mean| Shown::new(mean, 1).fine()),
            "mean_used_shown": step.mean_used.map(|mean| Amount::of_mean(mean).to_string()),
            "days_at_or_below": step.days_at_or_below,
            "days_above": step.days_above,
        })
    });
    let mut value = json!({
        "plan": plan.id.to_string(),
        "today": today.to_string(),
        "asks_since": asks.map(|day| day.to_string()),
        "ended": latest.map(|version| version.made.to_string()),
        "now": now(plan, today).filter(|_| asks.is_none()),
        "steps": steps.collect::<Vec<_>>(),
    });
    if let Some(span) = span(journal, plan, today).filter(|_| with_days) {
        let days = staircase(journal, product, span, today).days.into_iter();
        let days = days.map(|tread| {
            json!({
                "date": tread.day.to_string(),
                "plan": tread.plan.map(Amount::number),
                "used": tread.day_value().map(Amount::number),
            })
        });
        value["days"] = days.collect();
    }
    let mut value = of(product, value);
    // Version 2: `mean_used` has four decimals, and `mean_used_shown` is the rounded text.
    value["version"] = 2.into();
    value
}

fn now(plan: &Plan, today: NaiveDate) -> Option<Value> {
    let version = plan.version_on(today)?;
    let stair = version.stair_on(today)?;
    let until = match version.why {
        Why::Held { until } => until.filter(|until| today < *until),
        _ => None,
    };
    let next = plan
        .next_cut(today)
        .map(|(day, amount)| json!({ "begins": day.to_string(), "amount": amount.number() }));
    Some(json!({
        "step": stair.step,
        "since": stair.begins.to_string(),
        "at_most": stair.amount.number(),
        "parts": numbers(&parts(stair.amount, version.terms.smallest, version.terms.split)),
        "held": plan.is_held_on(today),
        "held_until": until.map(|day| day.to_string()),
        "next": next,
    }))
}

/// The running plans for `ebb status --json`.
pub(crate) fn brief(journal: &Journal, today: NaiveDate) -> Vec<Value> {
    let plans = plans::plans_on(journal, today).into_iter();
    plans
        .filter_map(|plan| {
            let product = product::by_code(journal, &plan.product)?;
            let asks = plans::asks_since(journal, &plan, today);
            Some(json!({
                "plan": plan.id.to_string(),
                "product": product.code,
                "unit": product.unit,
                "asks_since": asks.map(|day| day.to_string()),
                "now": now(&plan, today).filter(|_| asks.is_none()),
            }))
        })
        .collect()
}

/// Each version of a plan.
pub(super) fn versions(plan: &Plan, product: &Product) -> Value {
    let stair = |stair: &Stair| {
        json!({
            "step": stair.step,
            "begins": stair.begins.to_string(),
            "amount": stair.amount.number(),
        })
    };
    let each = plan.versions.iter().map(|version: &Version| {
        let at = version.stair_on(version.made);
        let until = match version.why {
            Why::Held { until } => until,
            _ => None,
        };
        json!({
            "number": version.number,
            "made": version.made.to_string(),
            "why": version.why.code(),
            "held_until": until.map(|day| day.to_string()),
            "amount": at.map(|stair| stair.amount.number()),
            "terms": terms(&version.terms),
            "steps": version.stairs.iter().map(stair).collect::<Vec<_>>(),
        })
    });
    let value = json!({
        "plan": plan.id.to_string(),
        "versions": each.collect::<Vec<_>>(),
    });
    of(product, value)
}

/// A series around the cuts of each of `products`.
pub(super) fn after(
    journal: &Journal,
    products: &[Product],
    series: Series,
    today: NaiveDate,
) -> Value {
    let each = products.iter().map(|product| {
        let around = after_cut::around_cuts(journal, product, series, today);
        let days = around.days.iter().map(|day| {
            let mean = series.shown(day.mean);
            json!({ "day": day.day, "mean": mean.fine(), "mean_shown": mean.to_string(), "n": day.n })
        });
        let side = |of: fn(&Sides) -> Shown| around.sides.as_ref().map(of);
        let number = |of| side(of).map(Shown::fine);
        let shown = |of| side(of).map(|shown| shown.to_string());
        json!({
            "product": product.code,
            "name": product.name,
            "cuts": around.cuts,
            "before": number(|sides| sides.before),
            "before_shown": shown(|sides| sides.before),
            "after": number(|sides| sides.after),
            "after_shown": shown(|sides| sides.after),
            "change": number(|sides| sides.change),
            "change_shown": shown(|sides| sides.change),
            "close": around.close,
            "few_days": around.few,
            "holds": around.holds,
            "days": days.collect::<Vec<_>>(),
        })
    });
    json!({
        "version": 2,
        "series": series.code(journal),
        "products": each.collect::<Vec<_>>(),
    })
}
