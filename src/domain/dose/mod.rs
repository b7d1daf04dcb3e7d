//! Doses: product, amount, moment, and the time between them.
//!
//! Invariant: amounts are summed per product and unit and never converted. A dose after day 0 is an ordinary entry, called
//! use, and changes nothing else.

pub mod day_without;
pub(crate) mod days_of_use;
pub mod product;
pub(crate) mod sentences;
pub mod stock;

use super::amount::Amount;
use super::journal::Journal;
use super::record::Record;
use super::record::kind::Kind;
use super::text::words;
use super::time::span::Span;
use crate::domain::record::key;
use chrono::{Days, NaiveDate, TimeDelta};
use product::{Product, with_unit};

/// A typed view of a dose's record.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Dose<'a> {
    /// The record behind it.
    pub(crate) record: &'a Record,
    /// The product's code.
    pub product: &'a str,
    /// The amount.
    pub(crate) amount: Amount,
    /// The unit that the person typed.
    pub(crate) unit: &'a str,
    /// The moment in seconds UTC.
    pub(crate) at_utc: i64,
    /// The logical day.
    pub(crate) day: NaiveDate,
}

impl<'a> Dose<'a> {
    /// The dose in `record`, if it is one.
    pub fn of(record: &'a Record) -> Option<Self> {
        let moment = record
            .moment
            .as_ref()
            .filter(|_| record.kind == Kind::Dose)?;
        Some(Self {
            record,
            product: record.about()?,
            amount: record.number(key::AMOUNT)?,
            unit: record.text(key::UNIT).unwrap_or_default(),
            at_utc: moment.at_utc,
            day: moment.day,
        })
    }

    /// "1.5 g".
    pub fn text(&self) -> String {
        with_unit(self.amount, self.unit)
    }

    /// The time from it to `now_utc`; `None` of a day alone, whose hours nobody knows.
    pub(crate) fn ago(&self, now_utc: i64) -> Option<TimeDelta> {
        let moment = self.record.moment.as_ref()?;
        moment.given_time()?;
        Some(TimeDelta::seconds(now_utc - self.at_utc))
    }

    /// "3 h 10 min ago"; of a day alone "yesterday".
    pub(crate) fn when(&self, now_utc: i64, today: NaiveDate) -> String {
        let ago = self.ago(now_utc).map(|ago| format!("{} ago", long(ago)));
        ago.unwrap_or_else(|| words::relative_day(self.day, today))
    }
}

/// Consecutive doses of one product on one day that differ by no more than the smallest measurable amount: a list of
/// "2 g, 2.1 g, 2 g" is noise, "3 doses of 2 to 2.1 g" is not.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fold<'a> {
    /// At least one, in order.
    pub(crate) doses: Vec<Dose<'a>>,
}

impl Fold<'_> {
    /// "3 doses of 2 to 2.1 g"; one dose is its amount alone.
    pub fn text(&self) -> String {
        let Some(first) = self.doses.first() else {
            return String::new();
        };
        let amounts = self.doses.iter().map(|dose| dose.amount);
        let least = amounts.clone().min().unwrap_or_default();
        let most = amounts.max().unwrap_or_default();
        match (self.doses.len(), least == most) {
            (1, _) => first.text(),
            (n, true) => format!("{n} doses of {}", first.text()),
            (n, false) => format!("{n} doses of {least} to {}", with_unit(most, first.unit)),
        }
    }
}

/// Groups consecutive doses that are nearly equal.
pub fn folded<'a>(journal: &Journal, doses: &[Dose<'a>]) -> Vec<Fold<'a>> {
    folded_by(doses, |code| {
        product::by_code(journal, code).map(|product| product.smallest)
    })
}

/// The same, with the smallest amount of each product by its code.
pub(crate) fn folded_by<'a>(
    doses: &[Dose<'a>],
    smallest: impl Fn(&str) -> Option<Amount>,
) -> Vec<Fold<'a>> {
    let mut folds: Vec<Fold<'a>> = Vec::new();
    for dose in doses {
        let smallest = smallest(dose.product).unwrap_or(Amount::ZERO);
        let joins = |fold: &Fold<'_>| {
            // Against every dose of the fold, not only its last: small steps must not add up to a large range.
            fold.doses.iter().all(|other| {
                // `less` stops at 0, so the larger of both differences is the distance.
                let apart = other
                    .amount
                    .less(dose.amount)
                    .max(dose.amount.less(other.amount));
                other.product == dose.product && other.unit == dose.unit && apart <= smallest
            })
        };
        match folds.last_mut().filter(|fold| joins(fold)) {
            Some(fold) => fold.doses.push(*dose),
            None => folds.push(Fold { doses: vec![*dose] }),
        }
    }
    folds
}

/// The doses of `date`, in order.
pub fn doses_on(journal: &Journal, date: NaiveDate) -> Vec<Dose<'_>> {
    journal.records(date).iter().filter_map(Dose::of).collect()
}

/// The doses of a stretch of days, in order.
pub(crate) fn doses_in(journal: &Journal, span: Span) -> impl DoubleEndedIterator<Item = Dose<'_>> {
    journal
        .records_between(span.from, span.to)
        .filter_map(Dose::of)
}

/// The last dose at or before `until_utc`.
pub fn last_dose(journal: &Journal, until_utc: i64) -> Option<Dose<'_>> {
    let mut doses = journal.records_of(Kind::Dose).rev().filter_map(Dose::of);
    doses.find(|dose| dose.at_utc <= until_utc)
}

/// The last dose of `product` at or before `until_utc`: what "as last time" means.
pub fn last_dose_of<'a>(journal: &'a Journal, product: &str, until_utc: i64) -> Option<Dose<'a>> {
    let doses = journal.records_about(Kind::Dose, product).rev();
    let mut doses = doses.filter_map(Dose::of);
    doses.find(|dose| dose.at_utc <= until_utc)
}

/// The products that were used, the last used first.
pub fn products_used(journal: &Journal) -> Vec<Product> {
    let mut codes: Vec<&str> = Vec::new();
    for dose in journal.records_of(Kind::Dose).rev().filter_map(Dose::of) {
        if !codes.contains(&dose.product) {
            codes.push(dose.product);
        }
    }
    codes
        .into_iter()
        .filter_map(|code| product::by_code(journal, code))
        .collect()
}

/// Every product, in the order in which they are offered: those used last first, then the others as they are listed.
pub(crate) fn products_offered(journal: &Journal) -> Vec<Product> {
    let mut products = products_used(journal);
    for product in product::products(journal) {
        if !products.iter().any(|used| used.code == product.code) {
            products.push(product);
        }
    }
    products
}

/// How much of `product` was used on `date`, in its unit; `None` when nothing was logged, which is not 0.
pub fn used_on(journal: &Journal, product: &Product, date: NaiveDate) -> Option<Amount> {
    used_among(journal.records(date), product)
}

/// The same of the records of one day.
fn used_among(records: &[Record], product: &Product) -> Option<Amount> {
    let doses = records.iter().filter_map(Dose::of);
    let amounts: Vec<Amount> = doses
        .filter(|dose| dose.product == product.code && product.adds_up(dose.unit))
        .map(|dose| dose.amount)
        .collect();
    (!amounts.is_empty()).then(|| amounts.into_iter().sum())
}

/// The sums of `doses` in units that do not add up with that of `product`: "2 cups" of a tea that is counted in glasses.
pub(crate) fn in_other_units<'a>(
    doses: impl Iterator<Item = Dose<'a>>,
    product: &Product,
) -> Vec<String> {
    let mut sums: Vec<(&str, Amount)> = Vec::new();
    for dose in doses.filter(|dose| !product.adds_up(dose.unit)) {
        match sums.iter_mut().find(|(unit, _)| *unit == dose.unit) {
            Some((_, sum)) => *sum = [*sum, dose.amount].into_iter().sum(),
            None => sums.push((dose.unit, dose.amount)),
        }
    }
    let sums = sums.into_iter();
    sums.map(|(unit, sum)| with_unit(sum, unit)).collect()
}

/// The longest time between two doses that follow one another, of those that ended in `span`, and from the last one to
/// `now_utc`. `None` with fewer than two such moments.
pub fn longest_gap(journal: &Journal, span: Span, now_utc: i64) -> Option<TimeDelta> {
    let mut moments: Vec<i64> = doses_in(journal, span).map(|dose| dose.at_utc).collect();
    // The gap before the first dose of the span ends in the span, so it counts.
    let first = moments.first().copied();
    if let Some(before) = first.and_then(|first| last_dose(journal, first - 1)) {
        moments.insert(0, before.at_utc);
    }
    // The time since the last dose is a gap too.
    moments.push(now_utc);
    let gaps = moments.windows(2).map(|pair| pair[1] - pair[0]);
    (moments.len() > 1)
        .then(|| gaps.max())
        .flatten()
        .map(TimeDelta::seconds)
}

/// Whether a dose on `day` counts as use after day 0 of its attempt.
pub fn is_after_day_zero(journal: &Journal, day: NaiveDate) -> bool {
    let zero = journal.attempts.on(day).and_then(|on| on.attempt.day_zero);
    zero.is_some_and(|zero| day > zero)
}

/// "4 h 10 min", "3 days 2 h": a duration in two parts at most.
pub fn long(time: TimeDelta) -> String {
    let minutes = time.num_minutes().max(0);
    let (days, hours, minutes) = (minutes / 1440, minutes / 60 % 24, minutes % 60);
    let count = |n: i64| usize::try_from(n).unwrap_or(0);
    match (days, hours, minutes) {
        (0, 0, minutes) => format!("{minutes} min"),
        (0, hours, 0) => format!("{hours} h"),
        (0, hours, minutes) => format!("{hours} h {minutes} min"),
        (days, 0, _) => words::count(count(days), "day", "days"),
        (days, hours, _) => format!("{} {hours} h", words::count(count(days), "day", "days")),
    }
}

/// The seven days up to `day`, for doses a day and the longest gap.
pub fn week_up_to(day: NaiveDate) -> Span {
    Span {
        from: day.checked_sub_days(Days::new(6)).unwrap_or(day),
        to: day,
    }
}
