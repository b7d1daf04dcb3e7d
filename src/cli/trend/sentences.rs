//! A week, a month and everything as sentences: what `ebb trend --plain` and plain mode say.
//!
//! Invariant: a day without a value is said as having none, never as 0, and nothing is compared across a day 0.

use super::look::Look;
use crate::domain::journal::{Day, Journal};
use crate::domain::series;
use crate::domain::series::comparison_text::WeekNames;
use crate::domain::series::counted::counts;
use crate::domain::series::few_days;
use crate::domain::series::stats::{
    Comparison, Unindexed, compare_weeks, day_values, mean, unindexed,
};
use crate::domain::series::{Answered, Series};
use crate::domain::text::words;
use crate::domain::time::span::Span;
use crate::domain::trends::{month_of, remembered, wave_text, week_of};
use chrono::{Datelike, NaiveDate};

/// Days with a value from which on lowest and highest are said.
const RANGE_FROM: usize = 3;
/// Longer periods are told by week.
pub(super) const MOST_BY_DAY: usize = 75;
/// Longer periods are told by month.
pub(super) const MOST_BY_WEEK: usize = 400;

/// `series`, a sentence a line.
pub(super) fn chart(look: &Look<'_>, series: Series) -> Vec<String> {
    let (journal, span) = (look.at.journal, look.span);
    let name = series.name(journal);
    if span.is_empty() {
        return vec![format!("{name}: there is no day to look at.")];
    }
    let mut lines = vec![format!(
        "{name}, {} to {}; {}.",
        words::day(span.from),
        words::day(span.to),
        scale(journal, series)
    )];
    lines.extend(if span.len() <= MOST_BY_DAY {
        by_day(look, series)
    } else {
        by_stretch(look, series)
    });
    lines.extend(range(journal, series, span));
    lines.extend(besides(look, series));
    if look.sight.view.facts().is_compared {
        let names = week_names(look);
        let mut compared = vec![series];
        if unindexed(journal, series, span) != Unindexed::default() {
            compared.push(Series::Overall);
        }
        for series in compared {
            lines.push(format!(
                "{}: {}.",
                series.name(journal),
                week_comparison(look, series)
                    .of_weeks(&names)
                    // A sentence a line: what stands on two lines on paper is said as one.
                    .replace('\n', " ")
            ));
        }
    }
    lines
}

/// "0 to 100, more is harder"; of what is no severity its range alone: "0 to 8 g".
pub(super) fn scale(journal: &Journal, series: Series) -> String {
    let range = series.range(journal);
    if series.is_severity() {
        format!("{range}, more is harder")
    } else if series.is_something_good() {
        format!("{range}, more is better")
    } else {
        range
    }
}

/// "Mon 9 Nov", with the year where `span` reaches over more than one.
pub(super) fn dated(day: NaiveDate, span: Span) -> String {
    if span.from.year() == span.to.year() {
        words::short_day(day)
    } else {
        words::day(day)
    }
}

fn by_day(look: &Look<'_>, series: Series) -> Vec<String> {
    let (journal, span) = (look.at.journal, look.span);
    let zeros = journal.attempts.days_zero();
    let mut lines = Vec::new();
    let mut silent: Option<Span> = None;
    let line = look.sight.middle_line(series, span, look.at);
    for (date, trend) in span.days().zip(line) {
        let is_zero = zeros.contains(&date);
        if !is_zero && is_silent(journal, series, date) {
            silent
                .get_or_insert(Span {
                    from: date,
                    to: date,
                })
                .to = date;
            continue;
        }
        // The silent days before this one are said first, as one sentence.
        lines.extend(silent.take().map(|silent| nothing(series, silent, span)));
        let zero = if is_zero { ", day 0" } else { "" };
        let phrase = day_text(journal, series, date, trend);
        lines.push(format!("{}{zero}: {phrase}.", dated(date, span)));
    }
    lines.extend(silent.map(|silent| nothing(series, silent, span)));
    lines
}

/// Whether nothing that could hold a value of `series` was written on `date`.
pub(super) fn is_silent(journal: &Journal, series: Series, date: NaiveDate) -> bool {
    if series.is_rated() {
        journal.check_ins(date).is_empty()
    } else {
        series::value(journal, series, date).is_none()
    }
}

/// What a day without a value of `series` has none of.
pub(super) const fn none_of(series: Series) -> &'static str {
    if series.is_rated() {
        "no check-in"
    } else {
        "nothing logged"
    }
}

fn nothing(series: Series, days: Span, span: Span) -> String {
    let none = none_of(series);
    let (from, to) = (dated(days.from, span), dated(days.to, span));
    match days.len() {
        1 => format!("{from}: {none}."),
        n => format!("{from} to {to}: {none} on {n} days."),
    }
}

/// "43, 16 of 18 answered, middle of 7 days 40"; what there is instead where there is no value.
pub(super) fn day_text(
    journal: &Journal,
    series: Series,
    date: NaiveDate,
    trend: Option<f64>,
) -> String {
    let line = trend.map_or_else(String::new, |line| {
        format!(", middle of 7 days {}", series.shown(line))
    });
    if !series.is_rated() {
        let value = series::value(journal, series, date);
        return value.map_or_else(
            || none_of(series).to_owned(),
            |value| format!("{}{line}", series.text(value, journal)),
        );
    }
    let Some(day) = journal.day(date).filter(|day| !day.check_ins.is_empty()) else {
        return none_of(series).to_owned();
    };
    let answered = series.answered(day, journal);
    let Some(value) = series.of_day(day) else {
        return no_value(series, day, answered);
    };
    let in_part = if series.is_in_part(day, &journal.symptoms) {
        ", in part"
    } else {
        ""
    };
    let n = answered.map_or_else(String::new, |n| format!(", {n} answered"));
    format!("{}{in_part}{n}{line}", series.shown(value))
}

fn no_value(series: Series, day: &Day, answered: Option<Answered>) -> String {
    let mut phrase = "no value".to_owned();
    if let Some(answered) = answered.filter(|answered| answered.n > 0) {
        phrase = format!(
            "{phrase}, {answered} answered, {} needed in one check-in",
            answered.needed()
        );
    }
    if series.is_index()
        && let Some(overall) = Series::Overall.of_day(day)
    {
        phrase = format!("{phrase}, overall {}", Series::Overall.shown(overall));
    }
    phrase
}

fn by_stretch(look: &Look<'_>, series: Series) -> Vec<String> {
    let (journal, span) = (look.at.journal, look.span);
    let is_by_week = span.len() <= MOST_BY_WEEK;
    let mut lines = Vec::new();
    let mut silent: Option<Span> = None;
    let mut from = span.from;
    while from <= span.to {
        let whole = if is_by_week {
            week_of(from, look.at.manner)
        } else {
            month_of(from, look.at.manner)
        };
        let stretch = Span {
            from,
            to: whole.to.min(span.to),
        };
        let head = if is_by_week {
            format!("Week of {}", words::day(whole.from))
        } else {
            from.format("%b %Y").to_string()
        };
        match stretch_text(journal, series, stretch) {
            Some(phrase) => {
                lines.extend(silent.take().map(without));
                lines.push(format!("{head}: {phrase}."));
            }
            None => {
                silent.get_or_insert(stretch).to = stretch.to;
            }
        }
        let Some(next) = stretch.to.succ_opt() else {
            break;
        };
        from = next;
    }
    lines.extend(silent.map(without));
    lines
}

fn without(days: Span) -> String {
    format!(
        "{} to {}: no value on {}.",
        words::day(days.from),
        words::day(days.to),
        words::count(days.len(), "day", "days")
    )
}

/// "mean 43, 6 of 7 days"; of events what they add up to: "36 g on 4 days, none on 1, 2 days not recorded". `None` without a
/// value.
pub(super) fn stretch_text(journal: &Journal, series: Series, span: Span) -> Option<String> {
    if let Some(counts) = counts(journal, series, span) {
        return (counts.days_with + counts.days_without > 0).then_some(counts.text);
    }
    let mean = mean(journal, series, span);
    let value = mean.value?;
    Some(format!("mean {value}, {} of {} days", mean.n, mean.of))
}

/// How many days have a value, how many of them in part, and the lowest and the highest with their days.
pub(super) fn range(journal: &Journal, series: Series, span: Span) -> Vec<String> {
    let values = day_values(journal, series, span);
    let days: Vec<(NaiveDate, f64)> = span
        .days()
        .zip(values)
        .filter_map(|(day, value)| Some((day, value?)))
        .collect();
    let mut lines = Vec::new();
    let count = words::count(days.len(), "day", "days");
    if days.is_empty() {
        lines.push(few_days::why(journal, series, span));
        lines.extend(
            few_days::richer_text(journal, series, span).map(|text| format!("{text} here.")),
        );
    } else {
        lines.push(format!("{count} with a value, of {}.", span.len()));
    }
    let hollow = unindexed(journal, series, span).lines();
    lines.extend(hollow.map(|line| format!("{line}.")));
    let in_part = journal.between(span.from, span.to);
    let in_part = in_part.filter(|day| series.is_in_part(day, &journal.symptoms));
    let in_part = in_part.count();
    if in_part > 0 {
        let days = words::count(in_part, "day", "days");
        lines.push(format!("{days} answered in part."));
    }
    let by_value = |a: &&(NaiveDate, f64), b: &&(NaiveDate, f64)| a.1.total_cmp(&b.1);
    let (low, high) = (days.iter().min_by(by_value), days.iter().max_by(by_value));
    if let (Some(low), Some(high)) = (low, high)
        // With one or two days lowest and highest would repeat them.
        && days.len() >= RANGE_FROM
    {
        let phrase = |(day, value): &(NaiveDate, f64)| {
            format!("{} on {}", series.text(*value, journal), dated(*day, span))
        };
        // Compared as shown: two numbers that read the same are no range.
        lines.push(if series.shown(low.1) == series.shown(high.1) {
            format!("The same on all of them: {}.", series.shown(low.1))
        } else {
            format!("Lowest {}, highest {}.", phrase(low), phrase(high))
        });
    }
    lines
}

/// Why this series stands first, the waves beside the severity, and what is remembered of what it was taken for.
pub(super) fn besides(look: &Look<'_>, series: Series) -> Vec<String> {
    let why = look.sight.why(look.at);
    let waves = wave_text::sentence(look.at.journal, look.at.today);
    let waves = waves.filter(|_| series == Series::Severity);
    why.map(|why| words::sentence(&why))
        .into_iter()
        .chain(waves)
        .chain(remembered::sentences(
            look.at.journal,
            series,
            look.at.today,
        ))
        .collect()
}

/// The calendar week in which the days end, against the one before.
pub(super) fn week_comparison(look: &Look<'_>, series: Series) -> Comparison {
    let at = look.at;
    compare_weeks(at.journal, series, look.week(), at.today)
}

/// The names of the week in which the days end and the one before.
pub(super) fn week_names(look: &Look<'_>) -> WeekNames {
    WeekNames::of(look.week(), look.at.today)
}
