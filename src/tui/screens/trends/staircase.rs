//! The plan and what was used, under the chart: one product at a time, on the chart's own days.

use crate::domain::dose::product::Product;
use crate::domain::entry::today::products_on;
use crate::domain::taper::staircase;
use crate::domain::taper::staircase::{products, staircase};
use crate::domain::time::span::Span;
use crate::domain::trends::sight::Sight;
use crate::tui::shared::Shared;
use chrono::NaiveDate;

/// The staircase of the days in sight; `None` where none of them has an amount.
pub(super) fn in_sight(sight: &Sight, shared: &Shared) -> Option<staircase::Staircase> {
    if !sight.view.is_chart() {
        return None;
    }
    let product = sight.product(shared.basis())?;
    let found = staircase(
        &shared.journal,
        &product,
        sight.days(shared.basis()),
        shared.today(),
    );
    found.has_any().then_some(found)
}

/// Every product with an amount in `span`, the one with the active plan first.
pub(super) fn all(span: Span, shared: &Shared) -> Vec<staircase::Staircase> {
    let all = products(&shared.journal, shared.today());
    let all = all
        .iter()
        .map(|one| staircase(&shared.journal, one, span, shared.today()));
    all.filter(staircase::Staircase::has_any).collect()
}

/// "Leaf powder: plan 3 g, used 2.5 g", a line for each product of the day.
pub(super) fn words(shared: &Shared, date: NaiveDate) -> Vec<String> {
    let day = Span {
        from: date,
        to: date,
    };
    let line = |product: Product| {
        let found = staircase(&shared.journal, &product, day, shared.today());
        let notice = found.days.first()?.text(&product)?;
        Some(format!("{}: {notice}", product.name))
    };
    let products = products_on(&shared.journal, date).into_iter();
    products.filter_map(line).collect()
}
