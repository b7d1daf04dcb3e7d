//! Symptoms by days: a digit for each answer, in blocks that fit 80 columns.
//!
//! Invariant: 0 is printed as 0, no answer as a blank; the two are never the same.

use super::look::Look;
use super::marks;
use super::sentences::dated;
use crate::domain::journal::Journal;
use crate::domain::series::Series;
use crate::domain::series::stats::{day_values, mean};
use crate::domain::text::round::Shown;
use crate::domain::text::words;
use crate::domain::time::span::Span;
use crate::domain::trends::week_table::Order;
use chrono::{Datelike, Days, NaiveDate, Weekday};
use std::fmt::Write as _;
use unicode_width::UnicodeWidthChar;

/// Cells of a name.
const NAME: usize = 20;
/// Days of a block.
// Two cells a day: four weeks and a name fit into 80 columns.
const BLOCK: u64 = 28;

/// The grid, in blocks of four weeks.
pub(super) fn drawn(look: &Look<'_>) -> String {
    let (span, order) = (look.span, look.sight.order);
    let series = look.ranked();
    let mut text = format!(
        "Symptoms, {} to {}, {}\n",
        words::day(span.from),
        words::day(span.to),
        order.label()
    );
    let mut from = span.from;
    while from <= span.to {
        let next = from.checked_add_days(Days::new(BLOCK));
        let to = next.and_then(|day| day.pred_opt()).unwrap_or(span.to);
        let block = Span {
            from,
            to: to.min(span.to),
        };
        text.push_str(&self::block(look.at.journal, &series, block, order));
        match next {
            Some(next) => from = next,
            None => break,
        }
    }
    text.push_str("0 none  1 mild  2 moderate  3 severe  4 very severe  blank: no answer\n");
    text.push_str("A day with several check-ins shows their mean, rounded.\n");
    text.push_str(&marks::list(look));
    text
}

fn block(journal: &Journal, series: &[Series], span: Span, order: Order) -> String {
    let mut text = format!("\n{:NAME$}{}\n", "", dates(span));
    let weekdays: String = span.days().flat_map(|day| [' ', letter(day)]).collect();
    writeln!(text, "{:NAME$}{weekdays}", "").ok();
    let mut group = None;
    for series in series {
        let facts = series.facts(journal);
        if order == Order::Group && group != Some(facts.group) {
            group = Some(facts.group);
            writeln!(text, "{}", facts.group.name()).ok();
        }
        let cells: String = day_values(journal, *series, span)
            .into_iter()
            .map(|value| match value {
                // A day of several check-ins has a mean; the grid has one digit for it.
                Some(value) => format!(" {}", Shown::new(value, 0)),
                None => "  ".to_owned(),
            })
            .collect();
        let line = format!("{}{cells}", padded(&facts.name, NAME));
        writeln!(text, "{}", line.trim_end()).ok();
    }
    text
}

/// The date of each Monday and of the first day, where there is room.
fn dates(span: Span) -> String {
    let mut line = String::new();
    for (at, day) in span.days().enumerate() {
        let column = at * 2 + 1;
        let label = day.format("%-d %b").to_string();
        let room = span.len() * 2 + 1;
        let is_head = at == 0 || day.weekday() == Weekday::Mon;
        let is_free = line.is_empty() || line.len() < column;
        if is_head && is_free && column + label.len() <= room {
            write!(line, "{:width$}{label}", "", width = column - line.len()).ok();
        }
    }
    line
}

fn letter(day: NaiveDate) -> char {
    match day.weekday() {
        Weekday::Mon => 'M',
        Weekday::Tue | Weekday::Thu => 'T',
        Weekday::Wed => 'W',
        Weekday::Fri => 'F',
        Weekday::Sat | Weekday::Sun => 'S',
    }
}

/// `name` in exactly `cells` cells.
pub(super) fn padded(name: &str, cells: usize) -> String {
    let mut padded = String::new();
    let mut used = 0;
    for letter in name.chars() {
        let width = letter.width().unwrap_or(0);
        // One cell is left free, so that no name touches the first digit.
        if used + width >= cells {
            break;
        }
        used += width;
        padded.push(letter);
    }
    padded.extend(std::iter::repeat_n(' ', cells.saturating_sub(used)));
    padded
}

/// Each symptom as a sentence: its mean, its n, and its highest day.
pub(super) fn sentences(look: &Look<'_>) -> Vec<String> {
    let (journal, span) = (look.at.journal, look.span);
    let mut lines = vec![format!(
        "Symptoms {}, {} to {}; 0 to 4, more is harder.",
        look.sight.order.label(),
        words::day(span.from),
        words::day(span.to),
    )];
    for series in look.ranked() {
        let name = series.name(journal);
        let mean = mean(journal, series, span);
        let Some(value) = mean.value else {
            lines.push(format!("{name}: no answer in {} days.", mean.of));
            continue;
        };
        let values = span.days().zip(day_values(journal, series, span));
        let days = values.filter_map(|(day, value)| Some((day, value?)));
        // Of equal days the first one: `max_by` would keep the last.
        let highest = days.max_by(|a, b| a.1.total_cmp(&b.1).then(b.0.cmp(&a.0)));
        let highest = highest.map_or_else(String::new, |(day, value)| {
            format!(
                "; highest {}, first on {}",
                series.shown(value),
                dated(day, span)
            )
        });
        lines.push(format!(
            "{name}: mean {value}, {} of {} days{highest}.",
            mean.n, mean.of
        ));
    }
    lines
}
