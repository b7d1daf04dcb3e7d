//! The staircase: what a plan had for each day beside what was used, for one product in its own unit.
//!
//! Invariant: a day with nothing logged has no amount, never 0; the two stand side by side, and nothing is said of their
//! difference. A lower amount that the person has to be asked about first is not shown.

use super::plan::Plan;
use crate::domain::amount::Amount;
use crate::domain::dose::product::{Product, ProductKey};
use crate::domain::journal::Journal;
use crate::domain::series::Series;
use crate::domain::series::logged::{logged, round_up};
use crate::domain::time::span::Span;
use chrono::NaiveDate;

/// A day of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Tread {
    /// The logical day.
    pub day: NaiveDate,
    /// The amount of the plan that was in force.
    pub plan: Option<Amount>,
    /// What was used; `None` when nothing was logged.
    pub used: Option<Amount>,
}

/// Some days of one product.
#[derive(Debug, Clone, PartialEq)]
pub struct Staircase {
    /// Which product, in whose unit all amounts are.
    pub product: Product,
    /// The top of the scale: a round number at or above every amount in the journal.
    pub top: f64,
    /// Each day of the span.
    pub days: Vec<Tread>,
}

impl Staircase {
    /// A round number at or above every amount of these days alone.
    pub fn top_here(&self) -> f64 {
        let amounts = self.days.iter().flat_map(|tread| [tread.plan, tread.used]);
        round_up(amounts.flatten().map(Amount::number).fold(0.0, f64::max))
    }

    /// Each day's amounts as numbers: of the plan, and used.
    pub fn numbers(&self) -> impl Iterator<Item = (Option<f64>, Option<f64>)> {
        let number = |amount: Option<Amount>| amount.map(Amount::number);
        let days = self.days.iter();
        days.map(move |tread| (number(tread.plan), number(tread.used)))
    }

    /// Whether any day has an amount of either kind.
    pub fn has_any(&self) -> bool {
        self.days
            .iter()
            .any(|tread| tread.plan.is_some() || tread.used.is_some())
    }

    /// Whether any day has an amount of a plan.
    pub fn has_plan(&self) -> bool {
        self.days.iter().any(|tread| tread.plan.is_some())
    }
}

impl Tread {
    /// "plan 3 g, used 2.5 g", "plan 3 g, nothing logged"; `None` for a day with neither.
    pub fn said(&self, product: &Product) -> Option<String> {
        match (self.plan, self.used) {
            (None, None) => None,
            (None, Some(used)) => Some(format!("used {}", product.said(used))),
            (Some(plan), None) => Some(format!("plan {}, nothing logged", product.said(plan))),
            (Some(plan), Some(used)) => Some(format!(
                "plan {}, used {}",
                product.said(plan),
                product.said(used)
            )),
        }
    }
}

/// The products that have a staircase: those with a plan that goes on at `today` first, then those used on the most days.
pub fn products(journal: &Journal, today: NaiveDate) -> Vec<Product> {
    let plans = journal.plans();
    let used = |key: ProductKey| {
        let mut logged = logged(journal).into_iter();
        let found = logged.find(|held| held.series == Series::Amount(key));
        found.map_or(0, |held| held.days)
    };
    let mut ranked: Vec<(bool, usize, Product)> = journal
        .products()
        .into_iter()
        .filter_map(|product| {
            let mut own = plans.iter().filter(|plan| plan.product == product.code);
            let n = used(product.key);
            let has_plan = own.clone().next().is_some();
            let goes_on = own.any(|plan| !plan.has_ended_by(today));
            (has_plan || n > 0).then_some((goes_on, n, product))
        })
        .collect();
    ranked.sort_by_key(|(goes_on, n, _)| std::cmp::Reverse((*goes_on, *n)));
    ranked.into_iter().map(|(.., product)| product).collect()
}

/// The staircase of `product` over `span`.
pub fn staircase(journal: &Journal, product: &Product, span: Span, today: NaiveDate) -> Staircase {
    let mut plans = journal.plans();
    plans.retain(|plan| plan.product == product.code);
    // Each plan with the last day whose amount may be shown.
    let shown: Vec<(&Plan, NaiveDate)> = plans
        .iter()
        .map(|plan| {
            let last = journal.asks_since(plan, today);
            (plan, last.unwrap_or(NaiveDate::MAX))
        })
        .collect();
    let planned = |day: NaiveDate| {
        let mut shown = shown.iter().filter(|(_, last)| day <= *last);
        shown.find_map(|(plan, _)| plan.target_on(day))
    };
    let used = used_in(journal, product, span);
    let days: Vec<Tread> = span
        .days()
        .zip(used)
        .map(|(day, used)| Tread {
            day,
            plan: planned(day),
            used,
        })
        .collect();
    let stairs = plans.iter().flat_map(|plan| &plan.versions);
    let stairs = stairs.flat_map(|version| &version.stairs);
    let most = stairs.map(|stair| stair.amount.number());
    let most = most.fold(Series::Amount(product.key).top(journal), f64::max);
    Staircase {
        product: product.clone(),
        top: round_up(most),
        days,
    }
}

/// What was used on each day of `span`, in one walk: a hundred years of it are drawn at every key.
fn used_in(journal: &Journal, product: &Product, span: Span) -> Vec<Option<Amount>> {
    let mut used = vec![None; span.len()];
    let mut checked: Option<(&str, bool)> = None;
    for dose in journal.doses_in(span) {
        if dose.product != product.code {
            continue;
        }
        let fits = match checked {
            Some((unit, fits)) if unit == dose.unit => fits,
            _ => product.unit_fits(dose.unit),
        };
        checked = Some((dose.unit, fits));
        let at = usize::try_from((dose.day - span.from).num_days());
        if let Some(place) = at.ok().and_then(|at| used.get_mut(at)).filter(|_| fits) {
            *place = Some(place.iter().copied().chain([dose.amount]).sum());
        }
    }
    used
}
