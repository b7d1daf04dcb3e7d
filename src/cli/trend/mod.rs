//! `ebb trend`: a week, the timeline or everything, in plain text that reads well in a pipe.
//!
//! Invariant: a day without a value has no mark, and fewer than three days draw nothing.

mod drawing;
mod rows;

use super::failure::{Failure, Outcome};
use super::output;
use super::session::{Face, Session};
use crate::domain::journal::Journal;
use crate::domain::round::Shown;
use crate::domain::series::Series;
use crate::domain::stats::{Span, day_values, trend_line};
use chrono::{Datelike, Days, NaiveDate};
use serde_json::{Value, json};

#[derive(Debug, clap::Args)]
#[command(before_help = "\
Examples:
  ebb trend                             severity, this week beside the week before
  ebb trend nausea anxiety --view all
  ebb trend --view timeline             days counted from day 0
  ebb trend --plain                     the same in sentences")]
pub(super) struct Args {
    /// severity, body, mind, overall, or a symptom; severity when left out
    series: Vec<String>,
    /// week, timeline or all
    #[arg(long, value_enum, default_value_t, hide_possible_values = true)]
    view: View,
    /// The first day
    #[arg(long, value_name = "DAY")]
    from: Option<String>,
    /// The last day
    #[arg(long, value_name = "DAY")]
    to: Option<String>,
    /// For scripts
    #[arg(long)]
    json: bool,
}

/// Which days, and how they are counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, clap::ValueEnum)]
pub(super) enum View {
    /// This calendar week beside the one before.
    #[default]
    Week,
    /// An attempt, counted from its day 0.
    Timeline,
    /// Everything.
    All,
}

impl View {
    const fn code(self) -> &'static str {
        match self {
            Self::Week => "week",
            Self::Timeline => "timeline",
            Self::All => "all",
        }
    }
}

/// What is drawn: the days, and the day that counts as 0 on a timeline.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Window {
    span: Span,
    origin: Option<Origin>,
}

/// From where a timeline counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Origin {
    /// Day 0.
    DayZero(NaiveDate),
    /// The attempt's beginning, while day 0 is unknown.
    Beginning(NaiveDate),
}

impl Origin {
    const fn day(self) -> NaiveDate {
        match self {
            Self::DayZero(day) | Self::Beginning(day) => day,
        }
    }
}

pub(super) fn run(args: &Args, session: &Session) -> Outcome {
    let journal = session.open()?.load(None)?;
    let series = series(&args.series, &journal)?;
    let (from, to) = session.range(
        args.from.as_deref(),
        args.to.as_deref(),
        journal.settings.day_end,
    )?;
    let today = session.today(&journal);
    let mut window = window(args.view, &journal, today)?;
    window.span.from = from.unwrap_or(window.span.from);
    window.span.to = to.unwrap_or(window.span.to);
    // Days beyond the journal and today hold nothing; drawing them would take for ever when a year is mistyped.
    let first = journal.first_day.unwrap_or(today);
    window.span.from = window
        .span
        .from
        .max(first.min(window.span.to))
        .max(far_back(first));
    window.span.to = window
        .span
        .to
        .min(today.max(journal.last_day().unwrap_or(today)));
    if args.json {
        return output::json(&as_json(args.view, &series, window, &journal));
    }
    let mut text = String::new();
    for (at, series) in series.into_iter().enumerate() {
        if at > 0 {
            text.push('\n');
        }
        text.push_str(&match session.face {
            Face::Screen => drawing::chart(&journal, series, args.view, window),
            Face::Plain => drawing::sentences(&journal, series, args.view, window),
        });
    }
    output::text(&text)
}

/// A week before the first day: as far as a week view may look behind it.
fn far_back(first: NaiveDate) -> NaiveDate {
    first.checked_sub_days(Days::new(7)).unwrap_or(first)
}

fn series(names: &[String], journal: &Journal) -> Outcome<Vec<Series>> {
    if names.is_empty() {
        return Ok(vec![Series::Severity]);
    }
    let find = |name: &String| {
        Series::find(name, &journal.symptoms).ok_or_else(|| {
            let unknown = super::symptom::unknown(name, &journal.symptoms);
            let message = unknown.message.unwrap_or_default();
            Failure::usage(format!("{message} Also: severity, body, mind, overall."))
        })
    };
    names.iter().map(find).collect()
}

fn window(view: View, journal: &Journal, today: NaiveDate) -> Outcome<Window> {
    let last = journal.last_day().unwrap_or(today);
    Ok(match view {
        View::Week => Window {
            span: Span {
                from: monday(today)
                    .checked_sub_days(Days::new(7))
                    .unwrap_or(today),
                to: today,
            },
            origin: None,
        },
        View::All => Window {
            span: Span {
                from: journal.first_day.unwrap_or(today),
                to: last,
            },
            origin: None,
        },
        View::Timeline => {
            let attempt = journal
                .attempts
                .on(today)
                .or_else(|| journal.attempts.iter().next_back());
            let attempt = attempt.ok_or_else(|| {
                Failure::new(
                    super::failure::NO,
                    "a timeline needs an attempt; `ebb start` begins one",
                )
            })?;
            let began = attempt.attempt.began;
            let origin = attempt
                .attempt
                .day_zero
                .map_or(Origin::Beginning(began), Origin::DayZero);
            Window {
                span: Span {
                    from: began.min(origin.day()),
                    to: attempt.last_day.unwrap_or(today).max(began),
                },
                origin: Some(origin),
            }
        }
    })
}

/// The Monday of `day`'s week.
fn monday(day: NaiveDate) -> NaiveDate {
    let back = u64::from(day.weekday().num_days_from_monday());
    day.checked_sub_days(Days::new(back)).unwrap_or(day)
}

fn as_json(view: View, series: &[Series], window: Window, journal: &Journal) -> Value {
    let span = window.span;
    let number = |value: Option<f64>| value.map(|value| Shown::new(value, 1).value());
    let each = series.iter().map(|series| {
        let values = day_values(journal, *series, span);
        let line = trend_line(journal, *series, span);
        let days = span.days().zip(values.into_iter().zip(line)).map(|(date, (value, trend))| {
            let day = journal.day(date);
            json!({
                "date": date.to_string(),
                "attempt_day": journal.attempts.on(date).and_then(|a| a.attempt.day_number(date)),
                "value": number(value),
                "trend": number(trend),
                "overall_only": day.and_then(|day| number(series.hollow(day))).is_some(),
                "answered": day.map(|day| day.core_answered(&journal.symptoms)),
            })
        });
        json!({
            "series": series.code(&journal.symptoms),
            "name": series.name(&journal.symptoms),
            "top": series.top(),
            "days": days.collect::<Vec<_>>(),
        })
    });
    json!({
        "version": 1,
        "view": view.code(),
        "from": span.from.to_string(),
        "to": span.to.to_string(),
        "origin": window.origin.map(|origin| origin.day().to_string()),
        "series": each.collect::<Vec<_>>(),
    })
}
