//! The middle line: the median of the seven days around a day.
//!
//! Invariants: it stands at days that have a value, where at least four of the seven have one. Nothing reaches past today or
//! across a day 0, so the line never tells of days that are not over, or mixes the time before a stop with that after it.

use super::Series;
use super::stats::{NEEDED, day_values, median};
use crate::domain::journal::Journal;
use crate::domain::time::span::Span;
use chrono::{Days, NaiveDate};

/// Days before a day, and after it, that its median looks at.
const REACH: u64 = 3;

/// The middle line of `series` over `span`, one place a day. Of events there is none: they are counted.
pub fn middle_line(
    journal: &Journal,
    series: Series,
    span: Span,
    today: NaiveDate,
) -> Vec<Option<f64>> {
    let mut line = vec![None; span.len()];
    if series.is_of_events() {
        return line;
    }
    let zeros = journal.attempts.days_zero();
    let wide = around(span.from, span.to);
    let values = day_values(journal, series, wide);
    let mut window = Vec::with_capacity(7);
    let days = span.days().zip(values.windows(7));
    for ((day, values), place) in days.zip(&mut line) {
        let Span { from, to } = around(day, day);
        let is_across = zeros.iter().any(|zero| *zero > from && *zero <= to);
        let has_value = values.get(3).copied().flatten().is_some();
        if !has_value || is_across || to > today {
            continue;
        }
        window.clear();
        window.extend(values.iter().flatten());
        *place = (window.len() >= NEEDED)
            .then(|| median(&mut window))
            .flatten();
    }
    line
}

fn around(first: NaiveDate, last: NaiveDate) -> Span {
    let reach = Days::new(REACH);
    Span {
        from: first.checked_sub_days(reach).unwrap_or(first),
        to: last.checked_add_days(reach).unwrap_or(last),
    }
}
