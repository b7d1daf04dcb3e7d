//! The events of the last seven days beside those of the seven before, as Today, plain mode and `ebb status` have them.

use super::Series;
use super::counted::Counted;
use super::stats::{Comparison, WEEK, against_week_ago};
use crate::domain::dose::product;
use crate::domain::journal::Journal;
use crate::domain::record::kind::Kind;
use crate::domain::time::span::Span;
use chrono::NaiveDate;

/// The events of the last 7 days that stand beside those of the 7 before: of each product, and urges. Where nothing was noted in
/// either week, or a day 0 lies between, there is none.
pub(crate) fn events(journal: &Journal, today: NaiveDate) -> Vec<(Series, Box<Counted>)> {
    let weeks = Span::ending(today, WEEK * 2);
    let records = || journal.records_between(weeks.from, weeks.to);
    // Most products of the list are never used, and counting their days would find that out at length.
    let mut used: Vec<&str> = Vec::new();
    for record in records().filter(|it| matches!(it.kind, Kind::Dose | Kind::DayWithout)) {
        used.extend(record.about().filter(|about| !used.contains(about)));
    }
    let products = product::products(journal).into_iter();
    let products = products.filter(|product| used.contains(&product.code.as_str()));
    let products = products.map(|product| Series::Amount(product.key));
    let urges = records().any(|record| record.kind == Kind::Urge);
    let all = products.chain(urges.then_some(Series::Urges));
    let counted = all.filter_map(|series| match against_week_ago(journal, series, today) {
        Comparison::Counted(counted) if !counted.is_empty() => Some((series, counted)),
        _ => None,
    });
    counted.collect()
}

/// The same as lines: "Leaf powder, last 7 days: 36 g on 4 days, none on 1, 2 days not recorded; the 7 days before …".
pub(crate) fn lines(journal: &Journal, today: NaiveDate) -> Vec<String> {
    let line = |(series, counted): (Series, Box<Counted>)| {
        let name = series.facts(journal).name;
        let than = Comparison::Counted(counted).than_a_week_ago(&name);
        format!("{name}, last 7 days: {than}")
    };
    events(journal, today).into_iter().map(line).collect()
}
