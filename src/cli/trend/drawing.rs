//! Rows as text: marks on a scale, or sentences. ASCII alone, so that it reads the same everywhere.

use super::rows::{Row, rows};
use super::{Origin, View, Window, monday};
use crate::domain::catalogue::phase_of;
use crate::domain::journal::Journal;
use crate::domain::round::round;
use crate::domain::series::Series;
use crate::domain::stats::{Comparison, Span, compare};
use crate::domain::words;
use chrono::{Datelike, Days, NaiveDate};
use std::fmt::Write as _;

/// Cells of the scale.
const CELLS: usize = 41;
/// Days with a value that a chart needs.
const NEEDED: usize = 3;

/// A chart of `series` over `window`.
pub(super) fn chart(journal: &Journal, series: Series, view: View, window: Window) -> String {
    let mut text = title(journal, series, window);
    let rows = rows(journal, series, window.span);
    if let Some(needs) = needs_more(journal, series, window) {
        writeln!(text, "{needs}").ok();
        return text;
    }
    writeln!(text, "{:14}{}", "", scale(series)).ok();
    let mut phase = "";
    for row in &rows {
        if let Some(next) = phase_of_row(row, window, journal).filter(|next| *next != phase) {
            phase = next;
            writeln!(text, "  -- {next} --").ok();
        }
        writeln!(text, "{}", drawn(journal, series, row, window).trim_end()).ok();
    }
    writeln!(text, "{}", legend(&rows)).ok();
    text.push_str(&closing(journal, series, view, window));
    text
}

/// The same in sentences.
pub(super) fn sentences(journal: &Journal, series: Series, view: View, window: Window) -> String {
    let mut text = title(journal, series, window);
    if let Some(needs) = needs_more(journal, series, window) {
        writeln!(text, "{needs}").ok();
        return text;
    }
    for row in rows(journal, series, window.span) {
        let line = match &row {
            Row::Day {
                value,
                trend,
                hollow,
                date,
            } => {
                let trend = trend.map(|trend| format!(", trend {}", series.shown(trend)));
                let what = match (value, hollow) {
                    (Some(value), _) => {
                        format!("{}{}", series.shown(*value), note(journal, series, *date))
                    }
                    (None, Some(_)) => "overall only".to_owned(),
                    (None, None) => "no entry".to_owned(),
                };
                format!(
                    "{}: {what}{}.",
                    label(&row, window),
                    trend.unwrap_or_default()
                )
            }
            Row::Week { mean, .. } => format!(
                "Week of {}: {}, {} of {} days.",
                label(&row, window),
                mean.value
                    .map_or_else(String::new, |value| value.to_string()),
                mean.n,
                mean.of
            ),
            Row::Gap(span) => format!("{}: {}.", label(&row, window), missing(*span)),
        };
        writeln!(text, "{line}").ok();
    }
    text.push_str(&closing(journal, series, view, window));
    text
}

fn title(journal: &Journal, series: Series, window: Window) -> String {
    let Span { from, to } = window.span;
    let origin = match window.origin {
        Some(Origin::DayZero(day)) => format!(", counted from day 0, {}", words::short_day(day)),
        Some(Origin::Beginning(day)) => {
            format!(
                ", counted from the beginning, {} (day 0 is not set)",
                words::short_day(day)
            )
        }
        None => String::new(),
    };
    format!(
        "{} (0 to {}), {} to {}{origin}\n",
        series.name(&journal.symptoms),
        series.top(),
        words::day(from),
        words::day(to)
    )
}

/// What is missing for a chart, if something is.
fn needs_more(journal: &Journal, series: Series, window: Window) -> Option<String> {
    let days = journal
        .between(window.span.from, window.span.to)
        .filter(|day| series.of_day(day).is_some() || series.hollow(day).is_some())
        .count();
    (days < NEEDED).then(|| {
        format!(
            "A chart needs {NEEDED} days with a value; these have {days}. `ebb checkin` adds today."
        )
    })
}

/// The numbers above the scale: bottom, middle, top.
fn scale(series: Series) -> String {
    let half = CELLS / 2;
    let middle = series.shown(series.top() / 2.0).to_string();
    let middle = middle.trim_end_matches(".0");
    let top = series.top().to_string();
    format!(" 0{middle:>half$}{top:>width$}", width = CELLS - half - 1)
}

/// The cell of `value`, 0 to `CELLS` - 1.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "clamped to 0..CELLS before"
)]
fn cell(series: Series, value: f64) -> usize {
    let last = (CELLS - 1) as f64;
    round(value / series.top() * last, 0).clamp(0.0, last) as usize
}

fn drawn(journal: &Journal, series: Series, row: &Row, window: Window) -> String {
    let label = label(row, window);
    let mut cells = [' '; CELLS];
    let read_out = match row {
        Row::Day {
            date,
            value,
            trend,
            hollow,
        } => {
            if let Some(trend) = trend {
                cells[cell(series, *trend)] = '+';
            }
            if let Some(hollow) = hollow {
                cells[cell(series, *hollow)] = 'x';
            }
            if let Some(value) = value {
                let at = cell(series, *value);
                cells[at] = if cells[at] == '+' { '@' } else { 'o' };
            }
            match value {
                Some(value) => format!(
                    "{:>4}{}",
                    series.shown(*value).to_string(),
                    note(journal, series, *date)
                ),
                None => "   - overall only".to_owned(),
            }
        }
        Row::Week { mean, .. } => {
            if let Some(value) = mean.value {
                cells[cell(series, value.value())] = 'o';
            }
            let value = mean
                .value
                .map(|value| value.to_string())
                .unwrap_or_default();
            format!("{value:>4}, {} of {} days", mean.n, mean.of)
        }
        Row::Gap(span) => return format!("{label:14} ({})", missing(*span)),
    };
    let cells: String = cells.iter().collect();
    format!("{label:14}|{cells}|{read_out}")
}

/// "n of 18" belongs to every index.
fn note(journal: &Journal, series: Series, date: NaiveDate) -> String {
    match journal.day(date) {
        Some(day) if series == Series::Severity => {
            format!(", {} of 18", day.core_answered(&journal.symptoms))
        }
        _ => String::new(),
    }
}

fn label(row: &Row, window: Window) -> String {
    let (from, to) = match row {
        Row::Day { date, .. } => (*date, *date),
        Row::Week { span, .. } | Row::Gap(span) => (span.from, span.to),
    };
    if let Some(origin) = window.origin {
        let number = |day: NaiveDate| (day - origin.day()).num_days();
        return if from == to {
            let date = from.format("%-d %b").to_string();
            format!("day {:>3} {date:<6}", number(from))
        } else {
            format!("days {} to {}", number(from), number(to))
        };
    }
    let weekday_day = from.format("%a %e %b").to_string();
    match row {
        Row::Week { .. } => from.format("%e %b %Y").to_string(),
        _ if from.year() == window.span.to.year() => weekday_day,
        _ => from.format("%e %b %Y").to_string(),
    }
}

fn missing(gap: Span) -> String {
    match gap.len() {
        1 => "no value".to_owned(),
        n => format!("{n} days without a value"),
    }
}

fn legend(rows: &[Row]) -> String {
    if rows.iter().any(|row| matches!(row, Row::Week { .. })) {
        return "o mean of a week's day values".to_owned();
    }
    let mut parts = vec!["o day value"];
    let has = |is: fn(&Row) -> bool| rows.iter().any(is);
    if has(|row| matches!(row, Row::Day { trend: Some(_), .. })) {
        parts.push("+ median of the last 7 days");
        parts.push("@ both");
    }
    if has(|row| {
        matches!(
            row,
            Row::Day {
                hollow: Some(_),
                ..
            }
        )
    }) {
        parts.push("x overall only");
    }
    parts.join("   ")
}

/// The comparison of the two calendar weeks, and what was left out of it.
fn closing(journal: &Journal, series: Series, view: View, window: Window) -> String {
    let mut text = String::new();
    let hollow = journal
        .between(window.span.from, window.span.to)
        .filter(|day| series.hollow(day).is_some())
        .count();
    if hollow > 0 {
        writeln!(
            text,
            "{} with overall only",
            words::count(hollow, "day", "days")
        )
        .ok();
    }
    if view == View::Week {
        let monday = monday(window.span.to);
        let this = Span {
            from: monday,
            to: monday.checked_add_days(Days::new(6)).unwrap_or(monday),
        };
        writeln!(
            text,
            "{}",
            compared(&compare(journal, series, this.earlier(7), this))
        )
        .ok();
    }
    if window.origin.is_some() {
        writeln!(text, "The stretches are reported ranges; reports differ.").ok();
    }
    text
}

fn compared(comparison: &Comparison) -> String {
    match comparison {
        Comparison::Change {
            before,
            now,
            change,
        } => {
            let word = if change.value() > 0.0 {
                format!("{change} more")
            } else if change.value() < 0.0 {
                format!("{} less", change.abs())
            } else {
                "no change".to_owned()
            };
            format!(
                "Last week {} ({} of 7 days), this week {} ({} of 7 days): {word}",
                before.0, before.1, now.0, now.1
            )
        }
        Comparison::TooFew { before, now, of } => format!(
            "Too few days to compare the weeks ({before} of {of} last week, {now} of {of} this week)"
        ),
        Comparison::AcrossDayZero { day_zero, .. } => format!(
            "Day 0 ({}) lies in these weeks, so they are not compared",
            words::short_day(*day_zero)
        ),
    }
}

/// The stretch of the timeline that a row begins in; none while day 0 is unknown.
fn phase_of_row(row: &Row, window: Window, journal: &Journal) -> Option<&'static str> {
    let Some(Origin::DayZero(zero)) = window.origin else {
        return None;
    };
    let from = match row {
        Row::Day { date, .. } => *date,
        Row::Week { span, .. } | Row::Gap(span) => span.from,
    };
    // A day that counts for another attempt has no stretch in this one.
    journal
        .attempts
        .on(from)
        .filter(|a| a.attempt.day_zero == Some(zero))?;
    phase_of((from - zero).num_days()).map(|phase| phase.name.as_str())
}
