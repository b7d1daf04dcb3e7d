//! A plan in plain text that reads well in a pipe.

use super::terms::Offer;
use crate::domain::dose::product::Product;
use crate::domain::journal::Journal;
use crate::domain::taper::plan::{Plan, Version};
use crate::domain::taper::plans;
use crate::domain::taper::sentences::{
    StepRow, lived, status, step_rows, step_text, summary, terms_text, used_text, version_text,
};
use crate::domain::taper::staircase::staircase;
use crate::domain::text::words;
use crate::domain::time::span::Span;
use chrono::NaiveDate;
use std::fmt::Write as _;
use unicode_width::UnicodeWidthStr;

/// A plan before it begins: as a table, or each step as a sentence where the table is wider than `room`.
pub(super) fn preview(offer: &Offer, room: Option<usize>) -> String {
    let table = table(offer);
    let fits = |room: usize| table.lines().all(|line| line.width() <= room);
    let (product, terms) = (&offer.product, &offer.terms);
    let rows = if room.is_none_or(fits) {
        table
    } else {
        let rows = step_rows(&offer.preview, product).into_iter();
        rows.map(|row| words::sentence(&row.sentence()) + "\n")
            .collect()
    };
    let mut text = format!("{}: {}\n{rows}", product.name, terms_text(terms, product));
    for line in summary(&offer.preview, product) {
        writeln!(text, "{line}").ok();
    }
    text
}

fn table(offer: &Offer) -> String {
    let (product, terms) = (&offer.product, &offer.terms);
    // The header is a row like the others, so that its words widen the columns too.
    let mut rows = vec![StepRow {
        step: "step".to_owned(),
        begins: "from".to_owned(),
        amount: "a day".to_owned(),
        cut: "cut".to_owned(),
        mark: "",
        parts: if terms.split > 1 { "doses" } else { "" }.to_owned(),
    }];
    rows.extend(step_rows(&offer.preview, product));
    let width = |of: &dyn Fn(&StepRow) -> &str| {
        let widths = rows.iter().map(|row| of(row).chars().count());
        widths.max().unwrap_or_default()
    };
    let begins = width(&|row| &row.begins);
    let amount = width(&|row| &row.amount);
    let cut = width(&|row| &row.cut);
    let parts = width(&|row| &row.parts);
    let mut text = String::new();
    for row in &rows {
        let line = format!(
            "{:>4}  {:begins$}  {:>amount$}  {:>cut$}  {:parts$}  {}",
            row.step, row.begins, row.amount, row.cut, row.parts, row.mark
        );
        writeln!(text, "{}", line.trim_end()).ok();
    }
    text
}

/// The state of a plan, and the use on each of its steps.
pub(super) fn plan(
    journal: &Journal,
    plan: &Plan,
    product: &Product,
    today: NaiveDate,
    with_days: bool,
) -> String {
    let asks = plans::asks_since(journal, plan, today);
    let mut text = product.name.clone();
    if let Some(version) = plan.version_on(today).filter(|_| asks.is_none()) {
        write!(text, ": {}", terms_text(&version.terms, product)).ok();
    }
    text.push('\n');
    for line in status(journal, plan, today) {
        writeln!(text, "{line}").ok();
    }
    if asks.is_some() {
        writeln!(
            text,
            "`ebb taper go-on`, `ebb taper hold` or `ebb taper back`; the amount of today is shown then."
        )
        .ok();
    }
    let steps = lived(journal, plan, today);
    if !steps.is_empty() {
        writeln!(text, "\nBy step").ok();
    }
    for step in &steps {
        let (step, used) = (step_text(step, product, today), used_text(step, product));
        writeln!(text, "  {step}; {used}").ok();
    }
    let Some(span) = span(journal, plan, today).filter(|_| with_days) else {
        return text;
    };
    writeln!(text, "\nBy day").ok();
    for tread in staircase(journal, product, span, today).days {
        if let Some(sentence) = tread.text(product) {
            writeln!(text, "  {}: {sentence}", words::day(tread.day)).ok();
        }
    }
    text
}

/// The days of a plan that may be shown: up to today, or up to the last day that the person saw.
pub(super) fn span(journal: &Journal, plan: &Plan, today: NaiveDate) -> Option<Span> {
    let to = plans::asks_since(journal, plan, today).unwrap_or(today);
    let from = plan.versions.iter().map(Version::in_force_from).min()?;
    (from <= to).then_some(Span { from, to })
}

/// Each version of a plan.
pub(super) fn versions(plan: &Plan, product: &Product) -> String {
    let mut text = format!("{}\n", product.name);
    for version in &plan.versions {
        writeln!(text, "{}", version_text(version, product)).ok();
    }
    text
}
