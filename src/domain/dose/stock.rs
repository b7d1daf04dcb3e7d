//! Stock and spending, for those who switched it on: what was bought, what was logged as used since, what it cost.
//!
//! Invariants: it says nothing while it is off; what was not logged is said to be missing from it; nothing tells anybody to buy,
//! and nothing of a plan is counted here.

use super::product::Product;
use crate::domain::amount::Amount;
use crate::domain::journal::Journal;
use crate::domain::journal::settings::Stocked;
use crate::domain::record::Record;
use crate::domain::record::key;
use crate::domain::record::kind::Kind;
use crate::domain::text::words;
use chrono::NaiveDate;

/// Months whose spending is said one by one.
const MONTHS: usize = 3;

/// What is known of one product.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stock {
    /// Which.
    pub product: Product,
    /// The day of the first purchase.
    pub since: NaiveDate,
    /// What was bought, in the product's unit.
    pub bought: Amount,
    /// What was logged as used since, in the same unit.
    pub logged: Amount,
}

/// The stock of every product that was bought.
pub fn stocks(journal: &Journal, today: NaiveDate) -> Vec<Stock> {
    let of = |product: Product| {
        let is_its = |record: &&Record| {
            record.about() == Some(&product.code)
                && product.unit_fits(record.text(key::UNIT).unwrap_or_default())
        };
        let purchases: Vec<&Record> = journal.records_of(Kind::Purchase).filter(is_its).collect();
        let since = purchases.first()?.day()?;
        let amounts = purchases
            .iter()
            .filter_map(|record| record.number(key::AMOUNT));
        let bought = amounts.sum();
        let doses = journal.records_of(Kind::Dose).filter(is_its);
        let doses = doses.filter(|dose| dose.day().is_some_and(|day| day >= since && day <= today));
        let logged = doses.filter_map(|dose| dose.number(key::AMOUNT)).sum();
        Some(Stock {
            product,
            since,
            bought,
            logged,
        })
    };
    journal.products().into_iter().filter_map(of).collect()
}

/// What was spent by month, the latest first: the month's first day and the sum of the prices that were noted.
pub fn spent(journal: &Journal) -> Vec<(NaiveDate, Amount)> {
    use chrono::Datelike as _;
    let mut months: Vec<(NaiveDate, Amount)> = Vec::new();
    for purchase in journal.records_of(Kind::Purchase).rev() {
        let month = purchase.day().and_then(|day| day.with_day(1));
        let (Some(month), Some(price)) = (month, purchase.number(key::PRICE)) else {
            continue;
        };
        match months.iter_mut().find(|(held, _)| *held == month) {
            Some((_, sum)) => *sum = sum.and(price),
            None => months.push((month, price)),
        }
    }
    months
}

/// In sentences; nothing while it is off.
pub fn told(journal: &Journal, today: NaiveDate) -> Vec<String> {
    if journal.settings.stocked == Stocked::Off {
        return Vec::new();
    }
    let line = |stock: &Stock| {
        let left = if stock.logged > stock.bought {
            "more was logged than bought".to_owned()
        } else {
            let rest = stock.bought.less(stock.logged);
            format!("bought minus logged is {}", stock.product.said(rest))
        };
        format!(
            "{}: bought {} since {}, logged {}; {left}. What was not logged is not in it.",
            stock.product.name,
            stock.product.said(stock.bought),
            words::day_near(stock.since, today),
            stock.product.said(stock.logged)
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
