//! Each view as JSON.
//!
//! Always: `version`, `view`, `from`, `to`, `events` (`date`, `kind`, `text`), `default` (`series`, `why`, `since`: what stands
//! first), `waves` (`began`, `against`, `against_shown`, `end`: back, cut or open, `end_day`, `days`; none below three, and none
//! where they stay away). Values have four decimals, and a `change` is
//! their difference; `value_shown`, `change_shown` … beside each is what the screens show. No answer is null.
//!
//! | view | besides |
//! |---|---|
//! | a chart | `series`: `series`, `name`, `top`, `unit`, `taken_for` (of a symptom that kratom was taken for: `without` and `while_using`, 0 to 4 as remembered, each null where it was not given; else null), `days`: `date`, `attempt`, `attempt_day`, `value`, `value_shown`, `in_part` (fewer than 14 of 18 answered), `worst` and `worst_shown` (of two check-ins or more), `median_7`, `median_7_shown` (of the 7 days around it), `overall_only`, `answered` (of the 18 core items), `items` (of an index: `n`, `of`), `check_ins` |
//! | of events | in `comparison`, `kind` is `counted`: `before` and `now` (`value` the amount or the number, `days_with`, `days_without` (a noted 0), `days_recorded` (an entry of any kind), `of`, `minutes` of a practice, `text`), `change` (of use, where every day has use or a noted 0; else null), `outcome` |
//! | the same | `amounts`, a product each: `product`, `name`, `unit`, `days`: `date`, `plan`, `used`, null where nothing was logged |
//! | week | in each of `series`, `comparison`: `kind` and its numbers; across a day 0 `earlier`: `attempt`, `days` (first and last that both have), `then`, `now` (`value`, `value_shown`, `n`, `of`), `change`, `change_shown` |
//! | timeline | `origin` (the day that counts as 0), `counted_from`; in each of `series`, `attempts`: `attempt`, `zero`, `days`: `day_number`, `date`, `value`, `value_shown`, `median_7`, `median_7_shown` (of the 7 days around it) |
//! | grid | `order`, `days` (dates), `symptoms`: `series`, `name`, `values`, `values_shown`, one a day |
//! | table | `order`, `rows`: `series`, `name`, `top`, `before` and `now` (`value`, `value_shown`, `n`, `of`), `comparison`, `values`, `values_shown` |

use super::look::Look;
use super::sentences::week_comparison;
use super::stairs;
use crate::domain::journal::Journal;
use crate::domain::series::Series;
use crate::domain::series::counted::{Counted, Counts};
use crate::domain::series::default_series::{DefaultSeries, Why};
use crate::domain::series::middle_line::middle_line;
use crate::domain::series::stats::{Comparison, Mean, day_values, so_far};
use crate::domain::series::waves::{Wave, WaveEnd};
use crate::domain::text::round::Shown;
use crate::domain::time::span::Span;
use crate::domain::trends::Course;
use crate::domain::trends::event_marks::events;
use crate::domain::trends::remembered;
use crate::domain::trends::sight::Basis;
use crate::domain::trends::wave_text::waves_shown;
use chrono::NaiveDate;
use serde_json::{Value, json};

/// What `ebb trend --json` writes, before the view's own.
pub(super) fn of(look: &Look<'_>) -> Value {
    let (Basis { journal, today, .. }, span) = (look.at, look.span);
    json!({
        // Counted per verb: 2 since values have four decimals and the shown strings stand beside them.
        "version": 2,
        "view": look.sight.view.code(),
        "from": span.from.to_string(),
        "to": span.to.to_string(),
        "origin": look.course.map(|course| course.zero.to_string()),
        "counted_from": look.course.map(|course| course.origin.code()),
        "events": marks(journal, span, today),
        "default": default_series(look.at),
        "waves": waves(journal, today),
    })
}

/// The series that stands first, with why and since when.
pub(in crate::cli) fn default_series(at: Basis<'_>) -> Value {
    let default = DefaultSeries::of(at.journal, at.today, at.manner);
    let since = default.since(at.journal, at.today, at.manner);
    json!({
        "series": default.series.code(at.journal),
        "why": match default.why {
            Why::Favourite => "favourite",
            Why::Usual => "usual",
            Why::FewAnswers => "few_answers",
            Why::MoreDays { .. } => "more_days",
        },
        "since": since.map(|day| day.to_string()),
    })
}

/// The waves of the attempt, as far as they are shown.
pub(in crate::cli) fn waves(journal: &Journal, today: NaiveDate) -> Value {
    let waves = waves_shown(journal, today).into_iter();
    let one = |wave: Wave| {
        let (end, day, after) = match wave.end {
            WaveEnd::Back { day, after } => ("back", Some(day), Some(after)),
            WaveEnd::Cut { day } => ("cut", Some(day), None),
            WaveEnd::Open => ("open", None, None),
        };
        let against = Series::Severity.shown(wave.against);
        json!({
            "began": wave.began.to_string(),
            "against": against.fine(),
            "against_shown": against.to_string(),
            "end": end,
            "end_day": day.map(|day| day.to_string()),
            "days": after,
        })
    };
    waves.map(one).collect()
}

/// What a grid has besides.
pub(super) fn grid(look: &Look<'_>, whole: &mut Value) {
    let (journal, span) = (look.at.journal, look.span);
    whole["order"] = look.sight.order.code().into();
    whole["days"] = span.days().map(|day| day.to_string()).collect();
    whole["symptoms"] = look
        .ranked()
        .into_iter()
        .map(|series| {
            let values = day_values(journal, series, span);
            json!({
                "series": series.code(journal),
                "name": series.name(journal),
                "values": numbers(series, &values),
                "values_shown": strings(series, &values),
            })
        })
        .collect();
}

/// What a table has besides.
pub(super) fn table(look: &Look<'_>, whole: &mut Value) {
    let journal = look.at.journal;
    whole["order"] = look.sight.order.code().into();
    whole["rows"] = look
        .table()
        .into_iter()
        .map(|row| {
            json!({
                "series": row.series.code(journal),
                "name": row.series.name(journal),
                "top": row.series.top(journal),
                "before": mean(row.before),
                "now": mean(row.now),
                "comparison": comparison(&row.comparison, row.now.of),
                "values": numbers(row.series, &row.values),
                "values_shown": strings(row.series, &row.values),
            })
        })
        .collect();
}

/// What a chart has besides.
pub(super) fn charts(look: &Look<'_>, whole: &mut Value) {
    let charts = look.series.iter().map(|series| chart(look, *series));
    whole["series"] = charts.collect();
    whole["amounts"] = stairs::as_json(look);
}

fn numbers(series: Series, values: &[Option<f64>]) -> Value {
    let number = |value: &Option<f64>| value.map(|value| series.shown(value).fine());
    values.iter().map(number).collect()
}

fn strings(series: Series, values: &[Option<f64>]) -> Value {
    let string = |value: &Option<f64>| value.map(|value| series.shown(value).to_string());
    values.iter().map(string).collect()
}

fn mean(mean: Mean) -> Value {
    side(mean.value, mean.n, mean.of)
}

fn side(value: Option<Shown>, n: usize, of: usize) -> Value {
    json!({
        "value": value.map(Shown::fine),
        "value_shown": value.map(|value| value.to_string()),
        "n": n,
        "of": of,
    })
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
    let (journal, span) = (look.at.journal, look.span);
    let values = day_values(journal, series, span);
    let line = middle_line(journal, series, span, look.at.today);
    let days = span.days().zip(values.into_iter().zip(line));
    let days = days.map(|(date, (value, middle))| {
        let [value, middle] = [value, middle].map(|value| value.map(|value| series.shown(value)));
        let day = journal.day(date);
        let attempt = journal.attempts.on(date);
        let answered = day.and_then(|day| series.answered(day, journal));
        let worst = day.and_then(|day| series.worst_of_day(day));
        let worst = worst.map(|worst| series.shown(worst.value));
        json!({
            "date": date.to_string(),
            "attempt": attempt.map(|a| a.number),
            "attempt_day": journal.attempts.day_number(date),
            "value": value.map(Shown::fine),
            "value_shown": value.map(|value| value.to_string()),
            "in_part": day.is_some_and(|day| series.is_in_part(day, &journal.symptoms)),
            "worst": worst.map(Shown::fine),
            "worst_shown": worst.map(|worst| worst.to_string()),
            "median_7": middle.map(Shown::fine),
            "median_7_shown": middle.map(|middle| middle.to_string()),
            "overall_only": day.is_some_and(|day| series.is_index() && day.is_overall_only() && Series::Overall.of_day(day).is_some()),
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
        "taken_for": taken_for(journal, series, look.at.today),
        "days": days.collect::<Vec<_>>(),
    });
    if look.sight.view.facts().is_compared {
        let days = so_far(look.week(), look.at.today).len();
        chart["comparison"] = comparison(&week_comparison(look, series), days);
    }
    if let Some(this) = look.course {
        let others = this.others(journal, look.at.today);
        chart["attempts"] = std::iter::once(&this)
            .chain(&others)
            .map(|course| attempt(look, series, *course))
            .collect();
    }
    chart
}

/// What is remembered of a series that kratom was taken for; null of any other.
fn taken_for(journal: &Journal, series: Series, day: NaiveDate) -> Value {
    let levels = remembered::levels(journal, series, day);
    let levels =
        levels.map(|levels| json!({ "without": levels.without, "while_using": levels.using }));
    levels.into()
}

fn attempt(look: &Look<'_>, series: Series, course: Course<'_>) -> Value {
    let journal = look.at.journal;
    let values = day_values(journal, series, course.span);
    let line = middle_line(journal, series, course.span, look.at.today);
    let days = course.span.days().zip(values.into_iter().zip(line));
    let days = days.map(|(date, (value, middle))| {
        let [value, middle] = [value, middle].map(|value| value.map(|value| series.shown(value)));
        json!({
            "day_number": course.number(date),
            "date": date.to_string(),
            "value": value.map(Shown::fine),
            "value_shown": value.map(|value| value.to_string()),
            "median_7": middle.map(Shown::fine),
            "median_7_shown": middle.map(|middle| middle.to_string()),
        })
    });
    json!({
        "attempt": course.numbered.number,
        "zero": course.zero.to_string(),
        "days": days.collect::<Vec<_>>(),
    })
}

/// Two stretches of events: what they add up to, and on how many days.
pub(in crate::cli) fn counted(both: &Counted) -> Value {
    let side = |counts: &Counts| {
        json!({
            "value": counts.sum.fine(),
            "value_shown": counts.sum.to_string(),
            "n": counts.days_with + counts.days_without,
            "of": counts.of,
            "days_with": counts.days_with,
            "days_without": counts.days_without,
            "days_recorded": counts.days_recorded,
            "minutes": counts.minutes,
            "text": counts.text,
        })
    };
    json!({
        "kind": "counted",
        "before": side(&both.before),
        "now": side(&both.now),
        "change": both.change.map(Shown::fine),
        "change_shown": both.change.map(|change| change.to_string()),
        "outcome": both.outcome,
    })
}

fn comparison(comparison: &Comparison, days: usize) -> Value {
    match comparison {
        Comparison::Change {
            before,
            now,
            change,
        } => json!({
            "kind": "change",
            "before": side(Some(before.0), before.1, days),
            "now": side(Some(now.0), now.1, days),
            "change": change.fine(),
            "change_shown": change.to_string(),
        }),
        Comparison::Counted(both) => counted(both),
        Comparison::TooFew { before, now, of } => json!({
            "kind": "too_few",
            "before": side(None, *before, *of),
            "now": side(None, *now, *of),
            "change": null,
            "change_shown": null,
        }),
        Comparison::AcrossDayZero { day_zero, earlier } => json!({
            "kind": "across_day_zero",
            "day_zero": day_zero.to_string(),
            "change": null,
            "change_shown": null,
            "earlier": earlier.as_ref().map(|earlier| {
                let of = usize::try_from(earlier.days.1 - earlier.days.0 + 1).unwrap_or(0);
                json!({
                    "attempt": earlier.number,
                    "days": [earlier.days.0, earlier.days.1],
                    "then": side(Some(earlier.then), earlier.n, of),
                    "now": side(Some(earlier.now), earlier.n, of),
                    "change": earlier.change.fine(),
                    "change_shown": earlier.change.to_string(),
                })
            }),
        }),
    }
}
