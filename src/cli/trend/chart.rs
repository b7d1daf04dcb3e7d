//! Rows as text: marks on a scale. ASCII alone, so that it reads the same everywhere.

use super::look::Look;
use super::marks;
use super::rows::{Row, rows};
use super::sentences::{besides, week_comparison, week_names};
use crate::domain::check_in::catalogue::phase_of;
use crate::domain::journal::Journal;
use crate::domain::series::few_days;
use crate::domain::series::stats::{day_values, unindexed};
use crate::domain::series::{IN_PART, Series};
use crate::domain::text::round::round;
use crate::domain::text::words;
use crate::domain::time::span::Span;
use crate::domain::trends::{Course, Origin};
use chrono::{Datelike, NaiveDate};
use std::fmt::Write as _;

/// Cells of the scale.
const CELLS: usize = 41;

/// A chart of `series`.
pub(super) fn chart(look: &Look<'_>, series: Series) -> String {
    let journal = look.at.journal;
    let mut text = title(look, series);
    let rows = rows(look, series, look.span);
    if let Some(needs) = nothing_to_draw(journal, series, look.span) {
        writeln!(text, "{needs}").ok();
        return text;
    }
    writeln!(text, "{:14}{}", "", scale(journal, series)).ok();
    for row in &rows {
        writeln!(text, "{}", drawn(look, series, row).trim_end()).ok();
    }
    writeln!(text, "{}", legend(look, series, &rows)).ok();
    text.push_str(&closing(look, series));
    text
}

fn title(look: &Look<'_>, series: Series) -> String {
    let (journal, Span { from, to }) = (look.at.journal, look.span);
    format!(
        "{} ({}), {} to {}\n",
        series.name(journal),
        series.range(journal),
        words::day(from),
        words::day(to)
    )
}

/// Why there is nothing to draw, if there is nothing, and the command that leads on.
pub(super) fn nothing_to_draw(journal: &Journal, series: Series, span: Span) -> Option<String> {
    let mut values = day_values(journal, series, span).into_iter();
    let mut days = journal.between(span.from, span.to);
    if values.any(|value| value.is_some()) || days.any(|day| series.hollow(day).is_some()) {
        return None;
    }
    let why = few_days::why(journal, series, span);
    let leads = match few_days::richer(journal, series, span) {
        Some((other, days)) => {
            let (name, code) = (other.name(journal), other.code(journal));
            let days = words::count(days, "day", "days");
            format!(" {name} has {days}: `ebb trend {code}` draws it.")
        }
        None if series.is_rated() => " `ebb checkin` adds today.".to_owned(),
        None => String::new(),
    };
    Some(format!("{why}{leads}"))
}

/// The numbers above the scale: bottom, middle, top.
fn scale(journal: &Journal, series: Series) -> String {
    let half = CELLS / 2;
    let middle = series.shown(series.top(journal) / 2.0).to_string();
    // A whole number stands alone; only a half keeps its decimal.
    let middle = middle.trim_end_matches(".0");
    let top = series.top(journal).to_string();
    format!(" 0{middle:>half$}{top:>width$}", width = CELLS - half - 1)
}

/// A scale of so many cells with a trend or plan (+), an overall (x) and a value (o) on it; @ is a + and an o.
pub(super) fn on_scale(top: f64, numbers: [Option<f64>; 3], cells: usize) -> String {
    let mut scale = vec![' '; cells];
    for (number, sign) in numbers.into_iter().zip(['+', 'x', 'o']) {
        if let Some(number) = number {
            let at = cell(top, number, cells);
            // The value comes last and must not hide the line under it.
            let is_both = sign == 'o' && scale[at] == '+';
            scale[at] = if is_both { '@' } else { sign };
        }
    }
    scale.into_iter().collect()
}

/// The cell of `value`, 0 to `cells` - 1.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "clamped to 0..CELLS before"
)]
fn cell(top: f64, value: f64, cells: usize) -> usize {
    let last = cells.saturating_sub(1) as f64;
    round(value / top * last, 0).clamp(0.0, last) as usize
}

fn drawn(look: &Look<'_>, series: Series, row: &Row) -> String {
    let journal = look.at.journal;
    let label = label(row, look);
    let read_out = match row {
        Row::Day { date, value, .. } => match value {
            Some(value) => format!(
                "{:>4}{}{}",
                series.shown(*value).to_string(),
                star(journal, series, *date),
                note(journal, series, *date)
            ),
            None => format!("   - {}", instead(journal, *date)),
        },
        Row::Week { mean, .. } => {
            let value = mean
                .value
                .map(|value| value.to_string())
                .unwrap_or_default();
            format!("{value:>4}, {} of {} days", mean.n, mean.of)
        }
        Row::Gap(span) => return format!("{label:14} ({})", missing(*span)),
    };
    let cells = on_scale(series.top(journal), row.numbers(), CELLS);
    format!("{label:14}|{cells}|{read_out}")
}

/// The mark of an index that was answered in part.
pub(super) fn star(journal: &Journal, series: Series, date: NaiveDate) -> &'static str {
    let day = journal.day(date);
    let is_in_part = day.is_some_and(|day| series.is_in_part(day, &journal.symptoms));
    if is_in_part { IN_PART } else { "" }
}

/// What a day has instead of an index.
pub(super) fn instead(journal: &Journal, date: NaiveDate) -> String {
    let day = journal.day(date);
    match day.filter(|day| !day.is_overall_only()) {
        Some(day) => format!("overall, {} of 18", day.core_answered(&journal.symptoms)),
        None => "overall only".to_owned(),
    }
}

/// "n of 18" belongs to every index.
pub(super) fn note(journal: &Journal, series: Series, date: NaiveDate) -> String {
    let answered = journal
        .day(date)
        .and_then(|day| series.answered(day, journal));
    answered.map_or_else(String::new, |answered| format!(", {answered}"))
}

fn label(row: &Row, look: &Look<'_>) -> String {
    let from = match row {
        Row::Day { date, .. } => *date,
        Row::Week { span, .. } | Row::Gap(span) => span.from,
    };
    let weekday_day = from.format("%a %e %b").to_string();
    match row {
        Row::Week { .. } => from.format("%e %b %Y").to_string(),
        _ if from.year() == look.span.to.year() => weekday_day,
        // Over a year's end the year says more than the weekday, and 14 cells hold only one of them.
        _ => from.format("%e %b %Y").to_string(),
    }
}

fn missing(gap: Span) -> String {
    match gap.len() {
        1 => "no value".to_owned(),
        n => format!("{n} days without a value"),
    }
}

fn legend(look: &Look<'_>, series: Series, rows: &[Row]) -> String {
    if rows.iter().any(|row| matches!(row, Row::Week { .. })) {
        return "o mean of a week's day values".to_owned();
    }
    let mut parts = vec!["o day value"];
    let has = |is: fn(&Row) -> bool| rows.iter().any(is);
    if has(|row| {
        matches!(
            row,
            Row::Day {
                middle: Some(_),
                ..
            }
        )
    }) {
        parts.push("+ middle of 7 days");
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
        parts.push("x overall, no severity");
    }
    let is_in_part = |row: &Row| match row {
        Row::Day { date, .. } => !star(look.at.journal, series, *date).is_empty(),
        Row::Week { .. } | Row::Gap(_) => false,
    };
    if rows.iter().any(is_in_part) {
        parts.push("* answered in part");
    }
    parts.join("   ")
}

/// The comparison of the two calendar weeks, what was left out of it, and what happened.
fn closing(look: &Look<'_>, series: Series) -> String {
    let mut text = hollow_days(look.at.journal, series, look.span);
    let said = besides(look, series);
    let has_hollow = !text.is_empty();
    if look.sight.view.facts().is_compared {
        let comparison = week_comparison(look, series);
        let names = week_names(look);
        let sentence = comparison.of_weeks(&names);
        writeln!(text, "{}", words::sentence_head(&sentence)).ok();
        // Days with an overall only are not in the index, so the overall is compared beside it.
        if has_hollow {
            let overall = week_comparison(look, Series::Overall);
            writeln!(text, "Overall: {}", overall.of_weeks(&names)).ok();
        }
    }
    for line in said {
        writeln!(text, "{line}").ok();
    }
    text.push_str(&marks::list(look));
    text
}

/// "2 days with overall only", on a line; empty without such days.
pub(super) fn hollow_days(journal: &Journal, series: Series, span: Span) -> String {
    let lines = unindexed(journal, series, span).lines();
    lines.map(|line| line + "\n").collect()
}

/// The stretch of the timeline that `day` lies in; none while day 0 is unknown.
pub(super) fn phase_at(course: Course<'_>, day: NaiveDate) -> Option<&'static str> {
    if course.origin != Origin::DayZero {
        return None;
    }
    phase_of(course.number(day)).map(|phase| phase.name.as_str())
}
