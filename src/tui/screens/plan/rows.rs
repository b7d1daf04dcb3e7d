//! The rows of the Plan screen: steps lived and ahead, days, versions.
//!
//! Invariant: a day with nothing logged says so and is no 0; what was used beside an amount is a number and no verdict.

use crate::domain::amount::Amount;
use crate::domain::dose;
use crate::domain::dose::day_without;
use crate::domain::dose::product;
use crate::domain::dose::product::Product;
use crate::domain::journal::Journal;
use crate::domain::taper::actual_use::{StepComparison, against};
use crate::domain::taper::plan::{Plan, Stair, Version};
use crate::domain::taper::staircase::NOTHING;
use crate::domain::taper::{plans, sentences};
use crate::domain::text::words;
use crate::domain::time::span::Span;
use crate::tui::shared::Shared;
use chrono::{Datelike, NaiveDate};
use ratatui::layout::Rect;

/// The places of the last frame.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Seen {
    /// The rows of the table.
    pub(super) rows: Rect,
    /// Whether the doses have a panel of their own.
    pub(super) has_doses: bool,
}

/// What the table shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum Page {
    /// Every step, lived and ahead.
    #[default]
    Steps,
    /// Every day up to today.
    Days,
    /// Every version.
    Versions,
    /// What was used lately, where it has no panel of its own.
    Doses,
}

impl Page {
    /// The page after it.
    pub(super) const fn next(self, has_doses: bool) -> Self {
        match (self, has_doses) {
            (Self::Steps, _) => Self::Days,
            (Self::Days, _) => Self::Versions,
            (Self::Versions, false) => Self::Doses,
            (Self::Versions, true) | (Self::Doses, _) => Self::Steps,
        }
    }

    /// The title over it.
    pub(super) const fn title(self) -> &'static str {
        match self {
            Self::Steps => "Steps",
            Self::Days => "Days",
            Self::Versions => "Versions",
            Self::Doses => "Doses",
        }
    }
}

/// A row, its first column first.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Row {
    pub(super) cells: Vec<String>,
    /// The day that it stands for.
    pub(super) day: Option<NaiveDate>,
    /// Whether it lies ahead.
    pub(super) is_ahead: bool,
}

/// The rows under their heads.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Table {
    /// Empty for rows of one sentence each.
    pub(super) head: &'static [&'static str],
    pub(super) rows: Vec<Row>,
    /// The row of today.
    pub(super) now: usize,
}

const STEP_HEAD: &[&str] = &["step", "days", "at most", "used", "logged", "above"];
const DAY_HEAD: &[&str] = &["day", "at most", "used"];

/// The rows of a page; `None` for a plan whose product is gone.
pub(super) fn table(page: Page, plan: &Plan, shared: &Shared) -> Option<Table> {
    let (journal, today) = (&shared.journal, shared.today());
    let product = product::by_code(journal, &plan.product)?;
    Some(match page {
        Page::Steps => steps(journal, plan, &product, today),
        Page::Days => days(journal, plan, &product, today),
        Page::Versions => versions(plan, &product),
        Page::Doses => Table {
            head: &[],
            rows: Vec::new(),
            now: 0,
        },
    })
}

fn steps(journal: &Journal, plan: &Plan, product: &Product, today: NaiveDate) -> Table {
    let lived = sentences::lived(journal, plan, today);
    let mut rows: Vec<Row> = lived
        .iter()
        .map(|step| lived_row(step, product, today))
        .collect();
    let now = rows.len().saturating_sub(1);
    // What has to be asked about first stands nowhere.
    if plans::asks_since(journal, plan, today).is_none()
        && let Some(version) = plan.version_on(today).or(plan.latest())
    {
        rows.extend(ahead(version, product, today));
    }
    Table {
        head: STEP_HEAD,
        rows,
        now,
    }
}

fn lived_row(step: &StepComparison, product: &Product, today: NaiveDate) -> Row {
    let used = step.mean_used.map_or_else(
        || "nothing".to_owned(),
        |mean| product.text(Amount::of_mean(mean)),
    );
    Row {
        cells: vec![
            step.step.to_string(),
            dates(step.span, today),
            product.text(step.amount),
            used,
            format!("{} of {}", step.days_logged, step.span.len()),
            words::count(step.days_above, "day", "days"),
        ],
        day: Some(step.span.from),
        is_ahead: false,
    }
}

fn ahead(version: &Version, product: &Product, today: NaiveDate) -> Vec<Row> {
    let row = |stair: &Stair| Row {
        cells: vec![
            stair.step.to_string(),
            format!("from {}", date(stair.begins, today)),
            product.text(stair.amount),
            "ahead".to_owned(),
        ],
        day: Some(stair.begins),
        is_ahead: true,
    };
    version.stairs_after(today).iter().map(row).collect()
}

/// "29 Mar \u{2013} 1 Apr"; the year where it is not that of today.
fn dates(span: Span, today: NaiveDate) -> String {
    if span.from == span.to {
        return date(span.from, today);
    }
    let has_one_month =
        span.from.format("%Y-%m").to_string() == span.to.format("%Y-%m").to_string();
    let from = if has_one_month {
        span.from.format("%-d").to_string()
    } else {
        span.from.format("%-d %b").to_string()
    };
    format!("{from} \u{2013} {}", date(span.to, today))
}

/// "1 Apr"; the year where it is not that of today.
fn date(day: NaiveDate, today: NaiveDate) -> String {
    let form = if day.year() == today.year() {
        "%-d %b"
    } else {
        "%-d %b %Y"
    };
    day.format(form).to_string()
}

fn days(journal: &Journal, plan: &Plan, product: &Product, today: NaiveDate) -> Table {
    // While the plan asks how to go on, the days after the gap stay out: their amounts are not shown yet.
    let last = plans::asks_since(journal, plan, today).unwrap_or(today);
    let span = Span {
        // A plan may begin on a day to come.
        from: plan.begins().unwrap_or(last).min(last),
        to: last,
    };
    let days = against(plan, |day| dose::used_on(journal, product, day), span);
    let rows: Vec<Row> = days
        .iter()
        .map(|day| Row {
            cells: vec![
                words::day(day.day),
                product.text(day.target),
                match day.used {
                    Some(used) => product.text(used),
                    None if day_without::is_noted(journal, &product.code, day.day) => {
                        day_without::NOTED.to_owned()
                    }
                    None => NOTHING.to_owned(),
                },
            ],
            day: Some(day.day),
            is_ahead: false,
        })
        .collect();
    Table {
        head: DAY_HEAD,
        now: rows.len().saturating_sub(1),
        rows,
    }
}

fn versions(plan: &Plan, product: &Product) -> Table {
    let rows: Vec<Row> = plan
        .versions
        .iter()
        .map(|version| Row {
            cells: vec![sentences::version_text(version, product)],
            day: Some(version.made),
            is_ahead: false,
        })
        .collect();
    Table {
        head: &[],
        now: rows.len().saturating_sub(1),
        rows,
    }
}
