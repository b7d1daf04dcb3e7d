//! A series around the cuts of a product's plans: the days before, the days after, and each day by its distance.
//!
//! Invariants: a day belongs to one cut, the nearest. A cut counts only with two values on both sides. Cuts so close that their
//! days are each other's, and holds, are left out and counted. Nothing reaches across a day 0, from which on the plan is no
//! longer the cause.

use super::plan::{Plan, Why};
use crate::domain::dose::product;
use crate::domain::dose::product::Product;
use crate::domain::journal::Journal;
use crate::domain::order::Ordered;
use crate::domain::series;
use crate::domain::series::Series;
use crate::domain::series::comparison_text::moved;
use crate::domain::taper::plans;
use crate::domain::text::round::Shown;
use crate::domain::text::words;
use chrono::{NaiveDate, TimeDelta};
use std::ops::RangeInclusive;

/// The days before a cut that are compared.
const BEFORE: RangeInclusive<i64> = -3..=-1;
/// The days after it, its own first.
const AFTER: RangeInclusive<i64> = 0..=2;
/// Values that each side of a cut needs.
const NEEDED: usize = 2;
/// Two cuts fewer days apart are both left out.
const APART: i64 = 4;
/// How far around a cut is drawn.
pub(crate) const REACH: i64 = 7;

/// The mean at one distance from the cuts.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct DayMean {
    /// Days from the cut: below 0 before it.
    pub day: i64,
    /// Mean of the day values.
    pub mean: f64,
    /// How many cuts have a value there.
    pub n: usize,
}

/// Both sides of the cuts that count.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Sides {
    /// Mean of the cuts' means of the 3 days before.
    pub before: Shown,
    /// The same of the 3 days from the cut on.
    pub after: Shown,
    /// Difference of the shown values.
    pub change: Shown,
}

/// A series around the cuts of one product.
#[derive(Debug, Clone, PartialEq)]
pub struct AroundCuts {
    /// The product.
    pub product: Product,
    /// Cuts that count.
    pub cuts: usize,
    /// Their two sides; `None` without a cut that counts.
    pub sides: Option<Sides>,
    /// Cuts left out because another is near.
    pub close: usize,
    /// Cuts left out because a side has too few values, or a day 0 lies in it.
    pub few: usize,
    /// Holds, which are no cuts.
    pub holds: usize,
    /// By distance, of the cuts that count; a distance without a value is left out.
    pub days: Vec<DayMean>,
}

/// The products with a cut or a hold up to `today`, the one with the plan that began last first.
pub fn products(journal: &Journal, today: NaiveDate) -> Vec<Product> {
    let mut codes: Vec<String> = Vec::new();
    for plan in plans::plans(journal) {
        let has_any = cuts(&plan, today).next().is_some() || holds(&plan, today) > 0;
        if has_any && !codes.contains(&plan.product) {
            codes.push(plan.product);
        }
    }
    let found = codes.iter().map(|code| product::by_code(journal, code));
    found.flatten().collect()
}

fn cuts(plan: &Plan, today: NaiveDate) -> impl Iterator<Item = NaiveDate> + use<> {
    // A plan's later cuts are on the calendar already.
    plan.cuts().into_iter().filter(move |day| *day <= today)
}

fn holds(plan: &Plan, today: NaiveDate) -> usize {
    let held = plan
        .versions
        .iter()
        .filter(|version| matches!(version.why, Why::Held { .. }) && version.made <= today);
    held.count()
}

/// `series` around the cuts of `product` up to `today`.
pub fn around_cuts(
    journal: &Journal,
    product: &Product,
    series: Series,
    today: NaiveDate,
) -> AroundCuts {
    let plans = plans::plans(journal);
    let plans = || plans.iter().filter(|plan| plan.product == product.code);
    let mut all: Vec<NaiveDate> = plans().flat_map(|plan| cuts(plan, today)).collect();
    all.order();
    all.dedup();
    let zeros = journal.attempts.days_zero();
    let value = |cut: NaiveDate, by: i64| {
        let day = cut.checked_add_signed(TimeDelta::try_days(by)?)?;
        let (first, last) = (day.min(cut), day.max(cut));
        let is_across = zeros.iter().any(|zero| *zero > first && *zero <= last);
        if day > today || is_across || nearest(&all, day) != Some(cut) {
            return None;
        }
        series::value(journal, series, day)
    };
    let (mut close, mut few) = (0, 0);
    let mut counted: Vec<(NaiveDate, f64, f64)> = Vec::new();
    for cut in &all {
        let is_near = |other: &NaiveDate| other != cut && (*other - *cut).num_days().abs() < APART;
        let side = |days: RangeInclusive<i64>| mean(days.filter_map(|by| value(*cut, by)), NEEDED);
        // On the day of a day 0 the use ended, so what follows it is no effect of the cut.
        let is_zero = zeros.contains(cut);
        if all.iter().any(is_near) {
            close += 1;
        } else if let (Some(before), Some(after), false) = (side(BEFORE), side(AFTER), is_zero) {
            counted.push((*cut, before.0, after.0));
        } else {
            few += 1;
        }
    }
    let of_cuts = |side: fn(&(NaiveDate, f64, f64)) -> f64| {
        let (mean, _) = mean(counted.iter().map(side), 1)?;
        Some(series.shown(mean))
    };
    let sides = of_cuts(|cut| cut.1).zip(of_cuts(|cut| cut.2));
    let days = (-REACH..=REACH).filter_map(|day| {
        let (mean, n) = mean(counted.iter().filter_map(|cut| value(cut.0, day)), 1)?;
        Some(DayMean { day, mean, n })
    });
    AroundCuts {
        product: product.clone(),
        cuts: counted.len(),
        sides: sides.map(|(before, after)| Sides {
            before,
            after,
            change: after.since(before),
        }),
        close,
        few,
        holds: plans().map(|plan| holds(plan, today)).sum(),
        days: days.collect(),
    }
}

/// The cut that `day` belongs to; of two as near the earlier.
fn nearest(cuts: &[NaiveDate], day: NaiveDate) -> Option<NaiveDate> {
    // `min_by_key` keeps the first of equal ones.
    let distance = |cut: &&NaiveDate| (**cut - day).num_days().abs();
    cuts.iter().min_by_key(distance).copied()
}

/// The mean of `values` with their number, where there are so many at least.
fn mean(values: impl Iterator<Item = f64>, least: usize) -> Option<(f64, usize)> {
    let values: Vec<f64> = values.collect();
    let n = values.len();
    (n >= least).then(|| (values.iter().sum::<f64>() / n as f64, n))
}

impl AroundCuts {
    /// "Severity, Leaf powder: 3 days before 20, 3 days after 28, 3 cuts".
    pub(crate) fn sentence(&self, series: Series, journal: &Journal) -> String {
        let name = series.titled(journal);
        let product = &self.product.name;
        match self.sides {
            Some(sides) => format!(
                "{name}, {product}: 3 days before {}, 3 days after {}, {}: {}",
                sides.before,
                sides.after,
                words::count(self.cuts, "cut", "cuts"),
                moved(sides.change)
            ),
            None => format!(
                "{name}, {product}: no cut yet with 2 days of values in the 3 before it and 2 in the 3 after"
            ),
        }
    }

    /// "Left out: 1 hold, 2 cuts less than 4 days apart"; `None` where nothing is.
    pub(crate) fn left_out(&self) -> Option<String> {
        let cuts = |n| words::count(n, "cut", "cuts");
        let mut parts = Vec::new();
        if self.holds > 0 {
            parts.push(words::count(self.holds, "hold", "holds"));
        }
        if self.close > 0 {
            parts.push(format!("{} less than 4 days apart", cuts(self.close)));
        }
        if self.few > 0 {
            parts.push(format!("{} with too few days", cuts(self.few)));
        }
        (!parts.is_empty()).then(|| format!("Left out: {}", parts.join(", ")))
    }
}

/// The days around cuts in sentences, product after product, for plain mode and screen readers. Of one `product` alone, or all.
pub(crate) fn sentences(
    journal: &Journal,
    product: Option<&Product>,
    series: Series,
    today: NaiveDate,
) -> Vec<String> {
    let all = product.map_or_else(|| products(journal, today), |one| vec![one.clone()]);
    if all.is_empty() {
        return vec![NO_CUTS.to_owned()];
    }
    let mut lines = Vec::new();
    for product in all {
        let around = around_cuts(journal, &product, series, today);
        lines.push(format!("{}.", around.sentence(series, journal)));
        lines.extend(around.left_out().map(|text| format!("{text}.")));
        lines.extend(around.days.iter().map(|day| {
            let mean = series.text(day.mean, journal);
            format!("{}: {mean}, n {}.", day_words(day.day), day.n)
        }));
        if !around.days.is_empty() {
            lines.push(
                "n is how many cuts have that day. What was written down, no forecast.".to_owned(),
            );
        }
    }
    lines
}

/// Where no plan has a cut.
pub(crate) const NO_CUTS: &str =
    "No cut yet. A cut is a day on which the amount of a plan went down.";

/// "3 days before", "The day of the cut", "1 day after".
pub(crate) fn day_words(day: i64) -> String {
    let days = |n: i64| words::count(usize::try_from(n.abs()).unwrap_or(0), "day", "days");
    match day {
        0 => "The day of the cut".to_owned(),
        ..0 => format!("{} before", days(day)),
        n => format!("{} after", days(n)),
    }
}
