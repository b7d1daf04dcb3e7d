//! Stock and spending, for a person who switched it on: purchases, the doses logged since, prices.
//!
//! Invariants: no sentence while it is off. Its sentence says that doses which were not logged are missing. No sentence tells
//! anybody to buy, and no amount of a plan is counted.

use super::product::Product;
use crate::domain::amount::Amount;
use crate::domain::dose::product;
use crate::domain::journal::Journal;
use crate::domain::journal::settings::StockTracking;
use crate::domain::record::Record;
use crate::domain::record::key;
use crate::domain::record::kind::Kind;
use crate::domain::text::words;
use chrono::NaiveDate;

/// How many months the spending is listed for.
const MONTHS: usize = 3;

/// The stock of one product.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Stock {
    /// The product.
    pub(crate) product: Product,
    /// The day of the first purchase.
    pub(crate) since: NaiveDate,
    /// The sum of the purchases, in the product's unit.
    pub(crate) bought: Amount,
    /// The sum of the doses logged since, in the same unit.
    pub(crate) logged: Amount,
}

/// The stock of every product that was bought.
pub(crate) fn stocks(journal: &Journal, today: NaiveDate) -> Vec<Stock> {
    let of = |product: Product| {
        // Amounts are never converted, so an entry in another unit cannot be counted.
        let is_its = |record: &&Record| product.adds_up(record.text(key::UNIT).unwrap_or_default());
        let of = |kind| journal.records_about(kind, &product.code).filter(is_its);
        let purchases: Vec<&Record> = of(Kind::Purchase).collect();
        let since = purchases.first()?.day()?;
        let amounts = purchases
            .iter()
            .filter_map(|record| record.number(key::AMOUNT));
        let bought = amounts.sum();
        let doses = of(Kind::Dose);
        // Doses before the first purchase came out of a stock that nobody noted.
        let doses = doses.filter(|dose| dose.day().is_some_and(|day| day >= since && day <= today));
        let logged = doses.filter_map(|dose| dose.number(key::AMOUNT)).sum();
        Some(Stock {
            product,
            since,
            bought,
            logged,
        })
    };
    product::products(journal)
        .into_iter()
        .filter_map(of)
        .collect()
}

/// Spending by month, the latest first: the month's first day and the sum of the noted prices.
pub(crate) fn spent(journal: &Journal) -> Vec<(NaiveDate, Amount)> {
    use chrono::Datelike as _;
    let mut months: Vec<(NaiveDate, Amount)> = Vec::new();
    for purchase in journal.records_of(Kind::Purchase).rev() {
        let month = purchase.day().and_then(|day| day.with_day(1));
        let (Some(month), Some(price)) = (month, purchase.number(key::PRICE)) else {
            continue;
        };
        match months.iter_mut().find(|(first, _)| *first == month) {
            Some((_, sum)) => *sum = sum.and(price),
            None => months.push((month, price)),
        }
    }
    months
}

/// Stock and spending in sentences; none while it is off.
pub fn sentences(journal: &Journal, today: NaiveDate) -> Vec<String> {
    if journal.settings.stocked == StockTracking::Off {
        return Vec::new();
    }
    let line = |stock: &Stock| {
        // `less` stops at 0, so a rest of 0 would hide that more was logged than bought.
        let left = if stock.logged > stock.bought {
            "more was logged than bought".to_owned()
        } else {
            let rest = stock.bought.less(stock.logged);
            format!("bought minus logged is {}", stock.product.text(rest))
        };
        format!(
            "{}: bought {} since {}, logged {}; {left}. What was not logged is not in it.",
            stock.product.name,
            stock.product.text(stock.bought),
            words::day_near(stock.since, today),
            stock.product.text(stock.logged)
        )
    };
    let mut lines: Vec<String> = stocks(journal, today).iter().map(line).collect();
    let months = spent(journal).into_iter().take(MONTHS);
    let months: Vec<String> = months
        .map(|(month, sum)| format!("{} {sum}", month.format("%b %Y")))
        .collect();
    if !months.is_empty() {
        lines.push(format!(
            "Spent: {}, by the prices you noted.",
            months.join(", ")
        ));
    }
    if lines.is_empty() {
        lines.push("Stock and spending is on; no purchase is noted yet.".to_owned());
    }
    lines
}
