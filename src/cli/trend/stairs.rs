//! The plan and what was used beside the views of Trends: in sentences and as JSON.
//!
//! Invariant: a day with nothing logged is said as that, never as 0, and nothing is said of the difference.

use super::look::Look;
use super::sentences::dated;
use crate::domain::amount::Amount;
use crate::domain::series::Series;
use crate::domain::taper::staircase::{NOTHING, Staircase, Tread, products, staircase};
use crate::domain::text::words;
use crate::domain::time::display::Manner;
use crate::domain::time::span::Span;
use crate::domain::trends::sight::Basis;
use crate::domain::trends::week_of;
use serde_json::{Value, json};

/// Longer periods are told by step, or by week where there is no plan.
const MOST_BY_DAY: usize = 31;

/// Every product with an amount in the days, the one with the active plan first.
fn all(look: &Look<'_>) -> Vec<Staircase> {
    let Basis { journal, today, .. } = look.at;
    products(journal, today)
        .iter()
        .map(|product| staircase(journal, product, look.span, today))
        .filter(Staircase::has_any)
        .collect()
}

/// Each product in sentences.
pub(super) fn sentences(look: &Look<'_>) -> Vec<String> {
    let span = look.span;
    let mut lines = Vec::new();
    // The same days are not heard twice: what was used was said as a series, and only a plan says more of it.
    let is_news = |stairs: &Staircase| {
        stairs.has_plan() || !look.series.contains(&Series::Amount(stairs.product.key))
    };
    for stairs in all(look).into_iter().filter(is_news) {
        lines.push(format!("{}, amount a day.", stairs.product.name));
        if span.len() > MOST_BY_DAY {
            lines.extend(
                stretches(&stairs, look.at.manner)
                    .into_iter()
                    .map(|stretch| format!("{}.", stretch_text(&stairs, stretch, span))),
            );
        } else {
            lines.extend(stairs.days.iter().filter_map(|tread| {
                let sentence = tread.text(&stairs.product)?;
                Some(format!("{}: {sentence}.", dated(tread.day, span)))
            }));
        }
    }
    lines
}

/// Neighbouring days of one amount; days without a plan by week, and those with nothing at all left out.
fn stretches(stairs: &Staircase, manner: Manner) -> Vec<&[Tread]> {
    let week = |tread: &Tread| week_of(tread.day, manner);
    let is_same =
        |a: &Tread, b: &Tread| a.plan == b.plan && (a.plan.is_some() || week(a) == week(b));
    let mut all: Vec<&[Tread]> = stairs.days.chunk_by(is_same).collect();
    all.retain(|days| {
        days.iter()
            .any(|tread| tread.plan.is_some() || tread.day_value().is_some())
    });
    all
}

/// "Mon 2 Nov to Sun 8 Nov: plan 3 g, used on 5 of 7 days, 13 g in all".
fn stretch_text(stairs: &Staircase, days: &[Tread], span: Span) -> String {
    let (Some(first), Some(last)) = (days.first(), days.last()) else {
        return String::new();
    };
    let product = &stairs.product;
    let head = if first.day == last.day {
        dated(first.day, span)
    } else {
        format!("{} to {}", dated(first.day, span), dated(last.day, span))
    };
    let plan = first
        .plan
        .map_or_else(String::new, |plan| format!("plan {}, ", product.text(plan)));
    let used: Vec<Amount> = days.iter().filter_map(|tread| tread.used).collect();
    let of = words::count(days.len(), "day", "days");
    let without = days.iter().filter(|tread| tread.is_without).count();
    if used.is_empty() && without > 0 {
        return format!("{head}: {plan}none on {without} of {of}");
    }
    if used.is_empty() {
        return format!("{head}: {plan}{NOTHING}");
    }
    // A mean over the days with use would not fall for somebody who leaves days out.
    let n = used.len();
    let sum = product.text(used.into_iter().sum());
    let none = match without {
        0 => String::new(),
        without => format!(", none on {without}"),
    };
    format!("{head}: {plan}used on {n} of {of}{none}, {sum} in all")
}

/// Each product with its days.
pub(super) fn as_json(look: &Look<'_>) -> Value {
    let number = |amount: Option<Amount>| amount.map(Amount::number);
    all(look)
        .iter()
        .map(|stairs| {
            let days = stairs.days.iter().map(|tread| {
                json!({
                    "date": tread.day.to_string(),
                    "plan": number(tread.plan),
                    "used": number(tread.day_value()),
                })
            });
            json!({
                "product": stairs.product.code,
                "name": stairs.product.name,
                "unit": stairs.product.unit,
                "days": days.collect::<Vec<_>>(),
            })
        })
        .collect()
}
