//! A series over the period of a report: median, range, change, and its days for a chart.
//!
//! Invariant: a day without a value adds nothing. A change is the mean of the last days minus that of the first, by the rules
//! of all comparisons (at least 4 day values on each side, none across a day 0).

use crate::domain::check_in::symptom::Symptom;
use crate::domain::journal::Journal;
use crate::domain::order::Ordered;
use crate::domain::series::Series;
use crate::domain::series::middle_line::middle_line;
use crate::domain::series::stats::{Comparison, NEEDED, compare, day_values, median};
use crate::domain::text::round::Shown;
use crate::domain::time::span::Span;
use chrono::{Days, NaiveDate};
use std::cmp::Ordering;

/// Days at each end of the period whose means are compared; a period of less than 14 days is halved.
const END_DAYS: usize = 7;
/// How many symptoms the list of the highest has.
const HIGHEST: usize = 6;

/// A day of a series.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct DayPoint {
    /// The logical day.
    pub(crate) day: NaiveDate,
    /// Its value.
    pub(crate) value: Option<f64>,
    /// The middle line on this day.
    pub(crate) middle: Option<f64>,
    /// The overall on a day that has no severity. Charts mark it on the axis.
    pub(crate) hollow: Option<f64>,
    /// The worst check-in of a day with several.
    pub(crate) worst: Option<f64>,
    /// Whether the index was answered in part.
    pub(crate) is_in_part: bool,
}

/// A series over a period.
#[derive(Debug, Clone, PartialEq)]
pub struct Summary {
    /// The series.
    pub(crate) series: Series,
    /// Its name.
    pub name: String,
    /// Its unit; empty for ratings.
    pub(crate) unit: String,
    /// The top of its scale.
    pub(crate) top: f64,
    /// Days with a value.
    pub n: usize,
    /// Days of the period.
    pub(crate) of: usize,
    /// The median of the day values.
    pub median: Option<Shown>,
    /// The lowest and the highest day value.
    pub range: Option<(Shown, Shown)>,
    /// The first days against the last.
    pub change: Comparison,
    /// Days whose index was answered in part.
    pub(crate) in_part: usize,
    /// The worst check-in of the days with several.
    pub(crate) worst: Option<WorstDay>,
    /// Each day.
    pub(crate) days: Vec<DayPoint>,
}

impl Summary {
    /// The highest of a chart: a day, or the worst check-in of one.
    pub(crate) fn highest(&self) -> f64 {
        let drawn = self.days.iter().flat_map(|day| [day.value, day.worst]);
        drawn.flatten().fold(0.0, f64::max)
    }
}

/// The worst check-in of the days that have two or more with a value.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct WorstDay {
    /// Its day, the first of equal ones.
    pub(crate) day: NaiveDate,
    /// As shown.
    pub(crate) value: Shown,
    /// The check-ins of that day that it is the highest of.
    pub(crate) check_ins: usize,
    /// Days with two check-ins or more.
    pub(crate) days: usize,
}

fn worst(journal: &Journal, series: Series, span: Span) -> Option<WorstDay> {
    let days = journal.between(span.from, span.to);
    let all: Vec<_> = days
        .filter_map(|day| Some((day.date, series.worst_of_day(day)?)))
        .collect();
    // The newest first, because `max_by` keeps the last of equal ones.
    let highest = all
        .iter()
        .rev()
        .max_by(|a, b| a.1.value.total_cmp(&b.1.value));
    highest.map(|(day, worst)| WorstDay {
        day: *day,
        value: series.shown(worst.value),
        check_ins: worst.check_ins,
        days: all.len(),
    })
}

/// The first and the last days of `span`, for the comparison. Both have the same length, and they share no day unless the span
/// is a single day.
pub(crate) fn ends(span: Span) -> (Span, Span) {
    // Halved in a short period, so that no day counts on both sides.
    let days = END_DAYS.min(span.len() / 2).max(1);
    let days = u64::try_from(days).unwrap_or(1);
    let first = Span {
        from: span.from,
        to: span
            .from
            .checked_add_days(Days::new(days - 1))
            .unwrap_or(span.to),
    };
    (first, Span::ending(span.to, days))
}

/// `series` over `span`.
pub(crate) fn summary(journal: &Journal, series: Series, span: Span, today: NaiveDate) -> Summary {
    let facts = series.facts(journal);
    let values = day_values(journal, series, span);
    let middle = middle_line(journal, series, span, today);
    let mut numbers: Vec<f64> = values.iter().flatten().copied().collect();
    let median = median(&mut numbers).map(|median| series.shown(median));
    // `median` has sorted them.
    let range = numbers.first().zip(numbers.last());
    let (first, last) = ends(span);
    let days = span.days().zip(values).zip(middle);
    Summary {
        series,
        name: facts.name,
        unit: facts.unit,
        top: series.top(journal),
        n: numbers.len(),
        of: span.len(),
        median,
        range: range.map(|(low, high)| (series.shown(*low), series.shown(*high))),
        change: compare(journal, series, first, last, last.to),
        in_part: journal
            .between(span.from, span.to)
            .filter(|day| series.is_in_part(day, &journal.symptoms))
            .count(),
        worst: worst(journal, series, span),
        days: days
            .map(|((date, value), middle)| {
                let day = journal.day(date);
                let worst = day.and_then(|day| series.worst_of_day(day));
                DayPoint {
                    day: date,
                    value,
                    middle,
                    hollow: day.and_then(|day| series.hollow(day)),
                    worst: worst.map(|worst| worst.value),
                    is_in_part: day.is_some_and(|day| series.is_in_part(day, &journal.symptoms)),
                }
            })
            .collect(),
    }
}

/// The symptoms rated highest over `span`, by median and then by mean. Symptoms with too few days come last, and those without
/// an answer are left out.
pub(crate) fn highest(journal: &Journal, span: Span, today: NaiveDate) -> Vec<Summary> {
    let each = journal.symptoms.iter().map(|symptom: &Symptom| {
        let values = day_values(journal, Series::Symptom(symptom.key), span);
        let mut numbers: Vec<f64> = values.into_iter().flatten().collect();
        let mean = numbers.iter().sum::<f64>() / numbers.len().max(1) as f64;
        (symptom.key, numbers.len(), median(&mut numbers), mean)
    });
    let mut ranked: Vec<_> = each.filter(|(_, n, ..)| *n > 0).collect();
    ranked.order_by(|a, b| {
        // One bad day of a symptom that is rarely rated must not come before weeks of another.
        let enough = |n: usize| n >= NEEDED;
        let by_enough = enough(b.1).cmp(&enough(a.1));
        by_enough
            .then(falling(a.2.unwrap_or(0.0), b.2.unwrap_or(0.0)))
            .then(falling(a.3, b.3))
    });
    ranked.truncate(HIGHEST);
    let keys = ranked.into_iter().map(|(key, ..)| Series::Symptom(key));
    keys.map(|series| summary(journal, series, span, today))
        .collect()
}

fn falling(a: f64, b: f64) -> Ordering {
    b.total_cmp(&a)
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test may stop at the first surprise")]
mod tests {
    use super::*;

    fn span(from: &str, to: &str) -> Span {
        Span {
            from: from.parse().unwrap(),
            to: to.parse().unwrap(),
        }
    }

    #[test]
    fn the_ends_of_a_period_are_a_week_or_its_halves() {
        assert_eq!(
            ends(span("2026-11-01", "2026-11-30")),
            (
                span("2026-11-01", "2026-11-07"),
                span("2026-11-24", "2026-11-30")
            )
        );
        assert_eq!(
            ends(span("2026-11-01", "2026-11-09")),
            (
                span("2026-11-01", "2026-11-04"),
                span("2026-11-06", "2026-11-09")
            )
        );
        let one = span("2026-11-01", "2026-11-01");
        assert_eq!(ends(one), (one, one));
    }
}
