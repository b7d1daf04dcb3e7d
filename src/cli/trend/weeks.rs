//! The table: each series, one calendar week against the week before.

use super::grid::padded;
use super::look::Look;
use super::sentences::week_names;
use crate::domain::journal::Journal;
use crate::domain::series::comparison_text::{WeekNames, moved, until};
use crate::domain::series::counted::{GAPS, GAPS_CELL};
use crate::domain::series::stats::{Comparison, Mean};
use crate::domain::text::round::round;
use crate::domain::text::words;
use crate::domain::trends::week_table::Row;
use chrono::NaiveDate;
use std::fmt::Write as _;

/// Cells of a name.
const NAME: usize = 20;
/// The levels of the small line, from 0 to the top of the scale.
const LEVELS: [char; 5] = ['_', '.', '-', '=', '#'];

/// The table in columns.
pub(super) fn drawn(look: &Look<'_>) -> String {
    let rows = look.table();
    let mut text = title(look);
    writeln!(
        text,
        "{:NAME$}{:>6} {:>6} {:>8}  {:<7}  both weeks",
        "", "before", "now", "change", "days"
    )
    .ok();
    for row in &rows {
        let change = row.comparison.cell(|change| {
            let plus = if change.value() > 0.0 { "+" } else { "" };
            format!("{plus}{change}")
        });
        let days = format!("{} and {}", row.before.n, row.now.n);
        let line = format!(
            "{}{:>6} {:>6} {change:>8}  {days:<7}  {}",
            padded(&row.series.titled(look.at.journal), NAME),
            value(row.before),
            value(row.now),
            small(row)
        );
        writeln!(text, "{}", line.trim_end()).ok();
        if let Comparison::AcrossDayZero {
            earlier: Some(earlier),
            ..
        } = &row.comparison
        {
            writeln!(text, "  {}", earlier.sentence()).ok();
        }
    }
    writeln!(
        text,
        "_ . - = # from 0 to the top of the scale, blank: no value, | the weeks"
    )
    .ok();
    text.push_str(&refusals(&rows));
    text
}

fn title(look: &Look<'_>) -> String {
    format!("{}\n", compared(look))
}

/// "Week of Mon 23 Nov 2026 beside the week before, both up to Thu".
fn compared(look: &Look<'_>) -> String {
    let week = look.week();
    let until = until(week, look.at.today);
    let until = until.map_or_else(String::new, |until| format!(", both {until}"));
    let from = words::day(week.from);
    format!("Week of {from} beside the week before{until}")
}

fn value(mean: Mean) -> String {
    mean.value
        .map_or_else(|| "-".to_owned(), |value| value.to_string())
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "clamped to the levels before"
)]
fn small(row: &Row) -> String {
    let mut line = String::new();
    for (at, value) in row.values.iter().enumerate() {
        // The stroke stands between the week before and this one.
        if at == 7 {
            line.push('|');
        }
        line.push(value.map_or(' ', |value| {
            let level = round(value / row.top * 4.0, 0).clamp(0.0, 4.0);
            LEVELS.get(level as usize).copied().unwrap_or('#')
        }));
    }
    line
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
