//! What stands in each row of a chart in text: a day, a week, or a gap.

use super::look::Look;
use crate::domain::journal::Journal;
use crate::domain::series::Series;
use crate::domain::series::stats::{Mean, day_values, side};
use crate::domain::text::round::Shown;
use crate::domain::time::display::Manner;
use crate::domain::time::span::Span;
use crate::domain::trends::week_of;
use chrono::{Days, NaiveDate};

/// One row.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Row {
    /// A day with a value, or with an overall only.
    Day {
        /// Which.
        date: NaiveDate,
        /// The day value.
        value: Option<f64>,
        /// The middle line.
        middle: Option<f64>,
        /// The overall brought to the index's range, on days without an index.
        hollow: Option<f64>,
    },
    /// A week with at least one value.
    Week {
        /// Its days.
        span: Span,
        /// Mean of day values; of events what they add up to.
        mean: Mean,
        /// What is marked on the scale of a day. The events of a week have no place on it.
        mark: Option<f64>,
    },
    /// Days without a value.
    Gap(Span),
}

impl Row {
    /// The row of several days.
    pub(super) fn of_week(journal: &Journal, series: Series, span: Span) -> Self {
        let mean = side(journal, series, span);
        if mean.n == 0 {
            return Self::Gap(span);
        }
        let mark = mean.value.filter(|_| !series.is_of_events());
        let mark = mark.map(Shown::value);
        Self::Week { span, mean, mark }
    }

    /// The numbers marked on the scale: middle line, overall, value.
    pub(super) fn numbers(&self) -> [Option<f64>; 3] {
        match self {
            Self::Day {
                value,
                middle,
                hollow,
                ..
            } => [*middle, *hollow, *value],
            Self::Week { mark, .. } => [None, None, *mark],
            Self::Gap(_) => [None; 3],
        }
    }
}

/// Longer stretches are drawn by week.
const MOST_DAYS: usize = 75;

/// The rows for `span`.
pub(super) fn rows(look: &Look<'_>, series: Series, span: Span) -> Vec<Row> {
    if span.len() > MOST_DAYS {
        by_week(look.at.journal, series, span, look.at.manner)
    } else {
        by_day(look, series, span)
    }
}

fn by_day(look: &Look<'_>, series: Series, span: Span) -> Vec<Row> {
    let journal = look.at.journal;
    let values = day_values(journal, series, span);
    let line = look.sight.middle_line(series, span, look.at);
    let mut rows = Vec::new();
    for (date, (value, middle)) in span.days().zip(values.into_iter().zip(line)) {
        let hollow = journal.day(date).and_then(|day| series.hollow(day));
        if value.is_none() && hollow.is_none() {
            push_gap(
                &mut rows,
                Span {
                    from: date,
                    to: date,
                },
            );
        } else {
            rows.push(Row::Day {
                date,
                value,
                middle,
                hollow,
            });
        }
    }
    rows
}

fn by_week(journal: &Journal, series: Series, span: Span, manner: Manner) -> Vec<Row> {
    let mut rows = Vec::new();
    let mut from = week_of(span.from, manner).from;
    while from <= span.to {
        let last = from.checked_add_days(Days::new(6)).unwrap_or(span.to);
        let week = Span {
            // The first and the last week may be parts of one.
            from: from.max(span.from),
            to: last.min(span.to),
        };
        match Row::of_week(journal, series, week) {
            Row::Gap(gap) => push_gap(&mut rows, gap),
            row => rows.push(row),
        }
        let Some(next) = last.succ_opt() else {
            break;
        };
        from = next;
    }
    rows
}

/// Neighbouring gaps are one.
fn push_gap(rows: &mut Vec<Row>, gap: Span) {
    if let Some(Row::Gap(last)) = rows.last_mut() {
        last.to = gap.to;
    } else {
        rows.push(Row::Gap(gap));
    }
}
