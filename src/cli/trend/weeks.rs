//! The table: each series, one calendar week against the week before.

use super::look::Look;
use super::sentences::week_names;
use crate::domain::journal::Journal;
use crate::domain::series::comparison_text::{WeekNames, moved, until};
use crate::domain::series::counted::{GAPS, GAPS_CELL};
use crate::domain::series::stats::{Comparison, Mean};
use crate::domain::text::words;
use crate::domain::trends::week_table::Row;
use chrono::NaiveDate;
use std::fmt::Write as _;

/// What stands under the table.
pub(super) fn closing(look: &Look<'_>) -> String {
    let rows = look.table();
    let mut text = String::new();
    for row in &rows {
        if let Comparison::AcrossDayZero {
            earlier: Some(earlier),
            ..
        } = &row.comparison
        {
            let name = row.series.titled(look.at.journal);
            writeln!(text, "{name}: {}", earlier.sentence()).ok();
        }
    }
    text.push_str(
        "days: those with a value, of the week before and of this one; two weeks: a column a day\n",
    );
    text.push_str(&refusals(&rows));
    text
}

/// "Week of Mon 23 Nov 2026 beside the week before, both up to Thu".
fn compared(look: &Look<'_>) -> String {
    let week = look.week();
    let until = until(week, look.at.today);
    let until = until.map_or_else(String::new, |until| format!(", both {until}"));
    let from = words::day(week.from);
    format!("Week of {from} beside the week before{until}")
}

fn refusals(rows: &[Row]) -> String {
    let mut text = String::new();
    if rows
        .iter()
        .any(|row| matches!(row.comparison, Comparison::TooFew { .. }))
    {
        text.push_str("too few: a comparison needs 4 days with a value in both weeks\n");
    }
    let counted = rows.iter().filter_map(|row| match &row.comparison {
        Comparison::Counted(counted) => Some(counted),
        _ => None,
    });
    let counted: Vec<_> = counted.filter(|counted| !counted.is_empty()).collect();
    if !counted.is_empty() {
        text.push_str(
            "doses, urges and what else is counted: before and now are sums of these days\n",
        );
    }
    if counted.iter().any(|counted| counted.has_gaps) {
        writeln!(text, "{GAPS_CELL}: {GAPS}").ok();
    }
    if let Some(day_zero) = day_zero_between(rows) {
        writeln!(
            text,
            "day 0: {} lies in these weeks, so they are not compared",
            words::short_day(day_zero)
        )
        .ok();
    }
    text
}

fn day_zero_between(rows: &[Row]) -> Option<NaiveDate> {
    rows.iter().find_map(|row| match row.comparison {
        Comparison::AcrossDayZero { day_zero, .. } => Some(day_zero),
        _ => None,
    })
}

/// The table in sentences.
pub(super) fn sentences(look: &Look<'_>) -> Vec<String> {
    let rows = look.table();
    let mut lines = vec![format!(
        "{}, {}; more is harder{}.",
        compared(look),
        look.sight.order.label(),
        if rows.iter().all(|row| row.series.is_severity()) {
            ""
        } else {
            " in what is rated"
        }
    )];
    if let Some(zero) = day_zero_between(&rows) {
        lines.push(format!(
            "Day 0 ({}) lies in these weeks, so they are not compared.",
            words::short_day(zero)
        ));
    }
    let names = week_names(look);
    let sentence = |row| sentence(look.at.journal, row, &names);
    lines.extend(rows.iter().map(sentence));
    lines
}

/// "Nausea: last week 2.1 (7 of 7 days), this week 0.7 (7 of 7 days), 1.4 less."
fn sentence(journal: &Journal, row: &Row, names: &WeekNames) -> String {
    let name = row.series.titled(journal);
    // "No value" on both sides and a refusal would say one thing three times.
    if row.before.n == 0 && row.now.n == 0 {
        return format!("{name}: no value in either week.");
    }
    let side = |mean: Mean| match mean.value {
        Some(value) => format!("{value} ({} of {} days)", mean.n, mean.of),
        None => "no value".to_owned(),
    };
    let change = match &row.comparison {
        Comparison::Change { change, .. } => format!(", {}", moved(*change)),
        Comparison::TooFew { .. } => ", too few days to compare".to_owned(),
        Comparison::Counted(counted) => {
            let sides = counted.sides(&names.before, names.now);
            return format!("{name}: {sides}.");
        }
        Comparison::AcrossDayZero { earlier: None, .. } => String::new(),
        Comparison::AcrossDayZero {
            earlier: Some(earlier),
            ..
        } => format!(". {}", earlier.sentence()),
    };
    format!(
        "{name}: {} {}, {} {}{change}.",
        names.before,
        side(row.before),
        names.now,
        side(row.now)
    )
}
