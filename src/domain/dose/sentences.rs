//! Recent use in sentences: the same on the Plan screen, on the command line and in plain mode.
//!
//! Invariants: each sentence gives a product's amount in its own unit. Only a factor that the person entered converts one,
//! and the sentence calls it their own estimate. A day without a record counts as not recorded, never as 0.

use super::days_of_use::DaysOfUse;
use super::product::Product;
use super::stock;
use super::{Dose, Fold, day_without, folded, long, week_up_to};
use crate::domain::amount::Amount;
use crate::domain::dose;
use crate::domain::dose::product;
use crate::domain::journal::Journal;
use crate::domain::text::round::round;
use crate::domain::text::words;
use crate::domain::time::Now;
use chrono::{NaiveDate, TimeDelta};

/// The last dose, today's doses, the longest time between two, and what was used of each product over the last seven days.
pub(crate) fn sentences(journal: &Journal, now: &Now) -> Vec<String> {
    let at = now.at.timestamp();
    let today = now.today(journal.settings.day_end);
    let Some(last) = dose::last_dose(journal, at) else {
        let mut lines = vec!["No dose is logged yet.".to_owned()];
        lines.extend(stock::sentences(journal, today));
        return lines;
    };
    let when = last.when(at, today);
    let name = product::by_code(journal, last.product)
        .map_or_else(|| last.product.to_owned(), |product| product.name);
    let mut lines = vec![format!("Last dose {when}: {}, {name}.", last.text())];
    lines.extend(today_text(journal, today));
    let week = week_up_to(today);
    // Without a dose in the week the longest gap would be the sentence above again.
    if let Some(gap) = dose::longest_gap(journal, week, at)
        && dose::doses_in(journal, week).next().is_some()
        && gap > TimeDelta::minutes(1)
    {
        // A gap that began before the week is longer than it.
        let of_the_week = if gap > TimeDelta::days(7) {
            "reaching into the last 7 days"
        } else {
            "last 7 days"
        };
        lines.push(format!(
            "Longest time between doses, {of_the_week}: {}.",
            long(gap)
        ));
    }
    for product in dose::products_used(journal) {
        lines.extend(week_text(journal, &product, today));
    }
    lines.extend(stock::sentences(journal, today));
    lines
}

fn today_text(journal: &Journal, today: NaiveDate) -> Option<String> {
    let doses = dose::doses_on(journal, today);
    if doses.is_empty() {
        return None;
    }
    let parts: Vec<String> = folded(journal, &doses).iter().map(Fold::text).collect();
    Some(format!(
        "Today {}: {}.",
        words::count(doses.len(), "dose", "doses"),
        parts.join(", ")
    ))
}

/// "Leaf powder, last 7 days: 12 doses, 36 g on 4 days, none on 1, 2 days not recorded."
fn week_text(journal: &Journal, product: &Product, today: NaiveDate) -> Option<String> {
    let week = week_up_to(today);
    let its = |dose: &Dose<'_>| dose.product == product.code;
    let is_used = |day| dose::doses_on(journal, day).iter().any(its);
    let is_without = |day| day_without::is_noted(journal, &product.code, day);
    let days = DaysOfUse::of(journal, week, is_used, is_without);
    if days.with + days.without == 0 {
        return None;
    }
    let used = week.days();
    let used = used.filter_map(|day| dose::used_on(journal, product, day));
    let sum: Amount = used.sum();
    let doses = match dose::doses_in(journal, week).filter(its).count() {
        0 => String::new(),
        n => format!("{}, ", words::count(n, "dose", "doses")),
    };
    let estimate = product.factor.filter(|_| days.with > 0);
    let estimate = estimate.map(|factor| {
        let grams = Amount::nearest(round(sum.number() * factor.number(), 1));
        format!(" About {grams} g of leaf in all by my estimate of {factor} g each.")
    });
    Some(format!(
        "{}, last 7 days: {doses}{}.{}",
        product.name,
        days.words(&product.text(sum)),
        estimate.unwrap_or_default()
    ))
}
