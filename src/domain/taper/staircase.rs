//! The staircase: each day's planned amount beside its use, for one product in its own unit.
//!
//! Invariant: a day with nothing logged has no amount; 0 is a day that is noted as one without. Plan and use are shown side by side without their difference.
//! A lower amount stays hidden until the person has answered the question about it.

use super::plan::Plan;
use crate::domain::amount::Amount;
use crate::domain::dose::Dose;
use crate::domain::dose::day_without::{self, NOTED};
use crate::domain::dose::product;
use crate::domain::dose::product::{Product, ProductKey};
use crate::domain::journal::Journal;
use crate::domain::order::Ordered;
use crate::domain::record::Record;
use crate::domain::record::kind::Kind;
use crate::domain::series::Series;
use crate::domain::series::figures::LONG;
use crate::domain::series::logged::{logged, round_up};
use crate::domain::taper::plans;
use crate::domain::time::span::Span;
use chrono::NaiveDate;
use std::sync::Arc;

/// What is said of a day with a plan and neither a dose nor a note.
pub(crate) const NOTHING: &str = "nothing logged";

/// A day of a staircase.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Tread {
    /// The logical day.
    pub(crate) day: NaiveDate,
    /// The amount of the plan in force.
    pub plan: Option<Amount>,
    /// The logged use; `None` without a dose.
    pub(crate) used: Option<Amount>,
    /// Whether it is noted as a day without the product.
    pub(crate) is_without: bool,
}

/// The days of one product.
#[derive(Debug, Clone, PartialEq)]
pub struct Staircase {
    /// The product; all amounts are in its unit.
    pub product: Product,
    /// The top of the scale: a round number at or above every amount in the journal.
    pub top: f64,
    /// Each day of the span.
    pub days: Vec<Tread>,
}

impl Staircase {
    /// A round number at or above every amount of these days alone.
    pub(crate) fn top_here(&self) -> f64 {
        let amounts = self.days.iter();
        let amounts = amounts.flat_map(|tread| [tread.plan, tread.used]);
        round_up(amounts.flatten().map(Amount::number).fold(0.0, f64::max))
    }

    /// Each day's amounts as numbers: of the plan, and used, 0 on a day without.
    pub(crate) fn numbers(&self) -> impl Iterator<Item = (Option<f64>, Option<f64>)> {
        let number = |amount: Option<Amount>| amount.map(Amount::number);
        let days = self.days.iter();
        days.map(move |tread| (number(tread.plan), number(tread.day_value())))
    }

    /// Whether any day has an amount of either kind.
    pub(crate) fn has_any(&self) -> bool {
        self.days
            .iter()
            .any(|tread| tread.plan.is_some() || tread.day_value().is_some())
    }

    /// Whether any day has an amount of a plan.
    pub(crate) fn has_plan(&self) -> bool {
        self.days.iter().any(|tread| tread.plan.is_some())
    }
}

impl Tread {
    /// The day's value: its use, or the 0 of a day without.
    pub(crate) fn day_value(&self) -> Option<Amount> {
        self.used
            .or_else(|| self.is_without.then_some(Amount::ZERO))
    }

    /// "plan 3 g, used 2.5 g", "plan 3 g, nothing logged"; `None` for a day with neither.
    pub fn text(&self, product: &Product) -> Option<String> {
        let plan = self.plan.map(|plan| format!("plan {}", product.text(plan)));
        let used = self.used.map(|used| format!("used {}", product.text(used)));
        let used = used.or_else(|| self.is_without.then(|| NOTED.to_owned()));
        match (plan, used) {
            (None, used) => used,
            (Some(plan), None) => Some(format!("{plan}, {NOTHING}")),
            (Some(plan), Some(used)) => Some(format!("{plan}, {used}")),
        }
    }
}

/// The products that have a staircase: first those with a running plan on `today`, then those used on the most days.
pub fn products(journal: &Journal, today: NaiveDate) -> Vec<Product> {
    let plans = plans::plans(journal);
    let logged = logged(journal);
    let used = |key: ProductKey| {
        let mut logged = logged.iter();
        let amount = logged.find(|item| item.series == Series::Amount(key));
        amount.map_or(0, |item| item.days)
    };
    let mut ranked: Vec<(bool, usize, Product)> = product::products(journal)
        .into_iter()
        .filter_map(|product| {
            let mut own = plans.iter().filter(|plan| plan.product == product.code);
            let n = used(product.key);
            let has_plan = own.clone().next().is_some();
            let goes_on = own.any(|plan| !plan.has_ended_by(today));
            (has_plan || n > 0).then_some((goes_on, n, product))
        })
        .collect();
    // A stable sort: equal products keep the order of the list.
    ranked.order_by_key(|(goes_on, n, _)| std::cmp::Reverse((*goes_on, *n)));
    ranked.into_iter().map(|(.., product)| product).collect()
}

/// A staircase with what it was worked out of besides the days.
struct Kept {
    stairs: Arc<Staircase>,
    span: Span,
    today: NaiveDate,
    standing: Arc<[Record]>,
}

/// The staircase of `product` over `span`. Of a long one the journal keeps it: it is drawn again after every key.
pub(crate) fn kept(
    journal: &Journal,
    product: &Product,
    span: Span,
    today: NaiveDate,
) -> Arc<Staircase> {
    if span.len() < LONG {
        return Arc::new(staircase(journal, product, span, today));
    }
    let is_it = |held: &Kept| {
        (held.span, held.today) == (span, today)
            && held.stairs.product == *product
            && Arc::ptr_eq(&held.standing, &journal.standing)
    };
    let kept = journal.kept().or(is_it, || Kept {
        stairs: Arc::new(staircase(journal, product, span, today)),
        span,
        today,
        standing: Arc::clone(&journal.standing),
    });
    Arc::clone(&kept.stairs)
}

/// The staircase of `product` over `span`.
pub fn staircase(journal: &Journal, product: &Product, span: Span, today: NaiveDate) -> Staircase {
    let mut plans = plans::plans(journal);
    plans.retain(|plan| plan.product == product.code);
    // Each plan with the last day whose amount may be shown.
    let last_days: Vec<(&Plan, NaiveDate)> = plans
        .iter()
        .map(|plan| {
            let last = plans::asks_since(journal, plan, today);
            (plan, last.unwrap_or(NaiveDate::MAX))
        })
        .collect();
    let planned = |day: NaiveDate| {
        let mut visible = last_days.iter().filter(|(_, last)| day <= *last);
        visible.find_map(|(plan, _)| plan.target_on(day))
    };
    let used = used_in(journal, product, span);
    let days: Vec<Tread> = span
        .days()
        .zip(used)
        .map(|(day, (used, is_without))| Tread {
            day,
            plan: planned(day),
            used,
            is_without,
        })
        .collect();
    let stairs = plans.iter().flat_map(|plan| &plan.versions);
    let stairs = stairs.flat_map(|version| &version.stairs);
    let most = stairs.map(|stair| stair.amount.number());
    // Over the whole journal, so that the scale does not jump while a person scrolls.
    let most = most.fold(Series::Amount(product.key).top(journal), f64::max);
    Staircase {
        product: product.clone(),
        top: round_up(most),
        days,
    }
}

/// The use on each day of `span`, and whether it is noted as a day without, in one pass over both.
fn used_in(journal: &Journal, product: &Product, span: Span) -> Vec<(Option<Amount>, bool)> {
    let mut used = vec![(None, false); span.len()];
    // Doses mostly share one unit, and comparing units searches the catalogue: remember the last answer.
    let mut checked: Option<(String, bool)> = None;
    let mut look = |date: NaiveDate, records: &[Record]| {
        let at = usize::try_from((date - span.from).num_days());
        let Some(place) = at.ok().and_then(|at| used.get_mut(at)) else {
            return;
        };
        for dose in records.iter().filter_map(Dose::of) {
            if dose.product != product.code {
                continue;
            }
            let fits = match &checked {
                Some((unit, fits)) if unit == dose.unit => *fits,
                _ => product.adds_up(dose.unit),
            };
            if checked.as_ref().is_none_or(|(unit, _)| unit != dose.unit) {
                checked = Some((dose.unit.to_owned(), fits));
            }
            if fits {
                place.0 = Some(place.0.into_iter().chain([dose.amount]).sum());
            }
        }
        // A dose wins over the note, so that only the other days have to be looked up.
        let is_its = |record: &Record| record.about() == Some(&product.code);
        place.1 = place.0.is_none() && day_without::among(records).any(is_its);
    };
    if span.len() < LONG {
        for (date, records) in journal.record_days_between(span.from, span.to) {
            look(date, records);
        }
    } else {
        journal.pick_records(span.from, span.to, &[Kind::Dose, Kind::DayWithout], look);
    }
    used
}
