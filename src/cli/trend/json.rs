//! Each view as JSON.
//!
//! Always: `version`, `view`, `from`, `to`, `events` (`date`, `kind`, `text`). Values have one decimal; no answer is null.
//!
//! | view | besides |
//! |---|---|
//! | week, month, all, timeline | `series`: `series`, `name`, `top`, `unit`, `days`: `date`, `attempt`, `attempt_day`, `value`, `trend`, `overall_only`, `answered` (of the 18 core items), `items` (of an index: `n`, `of`), `check_ins` |
//! | the same | `amounts`, a product each: `product`, `name`, `unit`, `days`: `date`, `plan`, `used`, null where nothing was logged |
//! | week | in each of `series`, `comparison`: `kind` and its numbers as they are shown |
//! | timeline | `origin` (the day that counts as 0), `counted_from`; in each of `series`, `attempts`: `attempt`, `zero`, `days`: `day_number`, `date`, `value`, `trend` |
//! | grid | `order`, `days` (dates), `symptoms`: `series`, `name`, `values`, one a day |
//! | table | `order`, `rows`: `series`, `name`, `top`, `before` and `now` (`value`, `n`, `of`), `comparison`, `values` |

use super::Look;
use super::stairs;
use super::told::week_comparison;
use crate::domain::event::events;
use crate::domain::journal::Journal;
use crate::domain::period::{Course, View, week_of};
use crate::domain::round::Shown;
use crate::domain::series::Series;
use crate::domain::stats::{Comparison, Mean, Span, day_values, trend_line};
use crate::domain::table::{ranked, table};
use chrono::NaiveDate;
use serde_json::{Value, json};

/// What `ebb trend --json` writes.
pub(super) fn of(look: &Look<'_>) -> Value {
    let (journal, span) = (look.journal, look.window.span);
    let mut whole = json!({
        "version": 1,
        "view": look.view.code(),
        "from": span.from.to_string(),
        "to": span.to.to_string(),
        "origin": look.window.course.map(|course| course.zero.to_string()),
        "counted_from": look.window.course.map(|course| course.origin.code()),
        "events": marks(journal, span, look.window.today),
    });
    match look.view {
        View::Grid => {
            let series = ranked(
                journal,
                &look.series,
                week_of(span.to, look.window.manner),
                look.order,
            );
            whole["order"] = look.order.code().into();
            whole["days"] = span.days().map(|day| day.to_string()).collect();
            whole["symptoms"] = series
                .iter()
                .map(|series| {
                    json!({
                        "series": series.code(journal),
                        "name": series.name(journal),
                        "values": numbers(day_values(journal, *series, span)),
                    })
                })
                .collect();
        }
        View::Table => {
            let rows = table(
                journal,
                &look.series,
                week_of(span.to, look.window.manner),
                look.order,
            );
            whole["order"] = look.order.code().into();
            whole["rows"] = rows
                .into_iter()
                .map(|row| {
                    json!({
                        "series": row.series.code(journal),
                        "name": row.series.name(journal),
                        "top": row.series.top(journal),
                        "before": mean(row.before),
                        "now": mean(row.now),
                        "comparison": comparison(&row.comparison),
                        "values": numbers(row.values),
                    })
                })
                .collect();
        }
        View::Week | View::Month | View::All | View::Timeline => {
            whole["series"] = look
                .series
                .iter()
                .map(|series| chart(look, *series))
                .collect();
            whole["amounts"] = stairs::as_json(journal, span, look.window.today);
        }
    }
    whole
}

fn number(value: Option<f64>) -> Option<f64> {
    value.map(|value| Shown::new(value, 1).value())
}

fn numbers(values: Vec<Option<f64>>) -> Value {
    values.into_iter().map(number).collect()
}

fn mean(mean: Mean) -> Value {
    json!({ "value": mean.value.map(Shown::value), "n": mean.n, "of": mean.of })
}

fn marks(journal: &Journal, span: Span, today: NaiveDate) -> Value {
    events(journal, span, today)
        .iter()
        .map(|event| {
            json!({
                "date": event.day.to_string(),
                "kind": event.kind.code(),
                "text": event.detail,
            })
        })
        .collect()
}

fn chart(look: &Look<'_>, series: Series) -> Value {
    let (journal, span) = (look.journal, look.window.span);
    let values = day_values(journal, series, span);
    let line = trend_line(journal, series, span);
    let days = span.days().zip(values.into_iter().zip(line));
    let days = days.map(|(date, (value, trend))| {
        let day = journal.day(date);
        let attempt = journal.attempts.on(date);
        let answered = day.and_then(|day| series.answered(day, journal));
        json!({
            "date": date.to_string(),
            "attempt": attempt.map(|a| a.number),
            "attempt_day": attempt.and_then(|a| a.attempt.day_number(date)),
            "value": number(value),
            "trend": number(trend),
            "overall_only": day.and_then(|day| series.hollow(day)).is_some(),
            "answered": day.map(|day| day.core_answered(&journal.symptoms)),
            "items": answered.map(|a| json!({ "n": a.n, "of": a.of })),
            "check_ins": journal.check_ins(date).len(),
        })
    });
    let mut chart = json!({
        "series": series.code(journal),
        "name": series.name(journal),
        "top": series.top(journal),
        "unit": series.facts(journal).unit,
        "days": days.collect::<Vec<_>>(),
    });
    if look.view == View::Week {
        chart["comparison"] = comparison(&week_comparison(journal, series, look.window));
    }
    if let Some(this) = look.window.course {
        let others = this.others(journal, look.window.today);
        chart["attempts"] = std::iter::once(&this)
            .chain(&others)
            .map(|course| attempt(journal, series, *course))
            .collect();
    }
    chart
}

fn attempt(journal: &Journal, series: Series, course: Course<'_>) -> Value {
    let values = day_values(journal, series, course.span);
    let line = trend_line(journal, series, course.span);
    let days = course.span.days().zip(values.into_iter().zip(line));
    let days = days.map(|(date, (value, trend))| {
        json!({
            "day_number": course.number(date),
            "date": date.to_string(),
            "value": number(value),
            "trend": number(trend),
        })
    });
    json!({
        "attempt": course.numbered.number,
        "zero": course.zero.to_string(),
        "days": days.collect::<Vec<_>>(),
    })
}

fn comparison(comparison: &Comparison) -> Value {
    let side =
        |side: (Shown, usize), of: usize| json!({ "value": side.0.value(), "n": side.1, "of": of });
    match comparison {
        Comparison::Change {
            before,
            now,
            change,
        } => json!({
            "kind": "change",
            "before": side(*before, 7),
            "now": side(*now, 7),
            "change": change.value(),
        }),
        Comparison::TooFew { before, now, of } => json!({
            "kind": "too_few",
            "before": { "value": null, "n": before, "of": of },
            "now": { "value": null, "n": now, "of": of },
            "change": null,
        }),
        Comparison::AcrossDayZero { day_zero, earlier } => json!({
            "kind": "across_day_zero",
            "day_zero": day_zero.to_string(),
            "change": null,
            "earlier": earlier.as_ref().map(|earlier| {
                let of = usize::try_from(earlier.days.1 - earlier.days.0 + 1).unwrap_or(0);
                json!({
                    "attempt": earlier.number,
                    "days": [earlier.days.0, earlier.days.1],
                    "then": side(earlier.then, of),
                    "now": side(earlier.now, of),
                    "change": earlier.change.value(),
                })
            }),
        }),
    }
}
