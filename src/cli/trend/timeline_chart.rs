//! A timeline: this attempt by day number, beside the other attempts on the same day numbers.
//!
//! Invariant: attempts are laid beside each other where both count from the same kind of day; the others are named.

use super::chart::{hollow_days, instead, note, nothing_to_draw, on_scale, phase_at, star};
use super::look::Look;
use super::marks;
use super::rows::{Row, rows};
use super::sentences::besides;
use crate::domain::check_in::catalogue::phase_of;
use crate::domain::journal::Journal;
use crate::domain::series::Series;
use crate::domain::series::stats::side;
use crate::domain::text::words;
use crate::domain::time::span::Span;
use crate::domain::trends::{Course, Origin};
use chrono::{NaiveDate, TimeDelta};
use std::fmt::Write as _;

/// Cells of the scale.
const CELLS: usize = 21;
/// Cells of what this attempt has: "100, 7 of 7 days".
const OWN: usize = 16;
/// Other attempts that have room.
const MOST: usize = 3;
/// Longer timelines are laid out by stretches of days.
const MOST_DAYS: usize = 75;
/// The longest such stretch, in days.
pub(super) const STRETCH: i64 = 7;

/// An attempt, the others beside it, and what is said of those that are left out.
pub(super) struct Laid<'a> {
    /// The attempt that is looked at.
    pub(super) course: Course<'a>,
    /// The others that count from the same kind of day.
    pub(super) others: Vec<Course<'a>>,
    /// Why each of the rest is left out.
    pub(super) rest: Vec<String>,
}

impl<'a> Laid<'a> {
    /// `course` with every other attempt that can be laid beside it.
    pub(super) fn of(journal: &'a Journal, course: Course<'a>, today: NaiveDate) -> Self {
        let others = course.others(journal, today);
        let laid: Vec<usize> = others.iter().map(|other| other.numbered.number).collect();
        let rest: Vec<String> = journal
            .attempts
            .iter()
            .filter(|a| a.number != course.numbered.number && !laid.contains(&a.number))
            .map(|a| match (course.origin, a.attempt.day_zero) {
                (Origin::DayZero, None) => {
                    format!("attempt {} is left out: its day 0 is not set", a.number)
                }
                (Origin::LastCut, _) => {
                    format!("attempt {} is left out: it has no cut", a.number)
                }
                _ => format!("attempt {} is left out: it has not begun", a.number),
            })
            .collect();
        Self {
            course,
            others,
            rest,
        }
    }

    /// The same with the latest others that have room in columns.
    fn in_columns(mut self) -> Self {
        let over = self.others.len().saturating_sub(MOST);
        // The oldest ones go: the latest attempts are nearest to this one.
        for other in self.others.drain(..over) {
            self.rest.push(format!(
                "attempt {} has no room here: --plain and --json have it",
                other.numbered.number
            ));
        }
        self
    }

    fn title(&self, journal: &Journal, series: Series) -> String {
        let course = self.course;
        let unset = match course.numbered.attempt.day_zero {
            None => " (day 0 is not set)",
            Some(_) => "",
        };
        format!(
            "{} ({}) in attempt {}, counted from {}, {}{unset}\n",
            series.name(journal),
            series.range(journal),
            course.numbered.number,
            course.origin.name(),
            words::day(course.zero)
        )
    }
}

/// The days of a row, from the first to the last.
const fn days_of(row: &Row) -> Span {
    match row {
        Row::Day { date, .. } => Span {
            from: *date,
            to: *date,
        },
        Row::Week { span, .. } | Row::Gap(span) => *span,
    }
}

/// The days of `other` that have the day numbers of `span`; `None` without one.
pub(super) fn same_days(course: Course<'_>, other: Course<'_>, span: Span) -> Option<Span> {
    let day = |number: i64| {
        let days = TimeDelta::try_days(number)?;
        other.zero.checked_add_signed(days)
    };
    // Only as far as the other attempt lasted.
    let there = Span {
        from: day(course.number(span.from))?.max(other.span.from),
        to: day(course.number(span.to))?.min(other.span.to),
    };
    (!there.is_empty()).then_some(there)
}

/// The mean of `other` on the day numbers of `span`; `None` without a value.
fn then(
    journal: &Journal,
    series: Series,
    course: Course<'_>,
    other: Course<'_>,
    span: Span,
) -> Option<String> {
    let there = same_days(course, other, span)?;
    let mean = side(journal, series, there);
    mean.value.map(|value| value.to_string())
}

/// `span` in stretches of at most `most` days that begin where a phase does, or with the day that counts as 0.
pub(super) fn stretches(course: Course<'_>, span: Span, most: i64) -> Vec<Span> {
    let mut stretches = Vec::new();
    let mut from = span.from;
    while from <= span.to {
        let number = course.number(from);
        let phase = phase_of(number).filter(|_| course.origin == Origin::DayZero);
        let start = phase.and_then(|phase| phase.from_day).unwrap_or(0);
        let end = number + (most - 1 - (number - start).rem_euclid(most));
        let end = match phase.and_then(|phase| phase.to_day) {
            Some(last) => end.min(last),
            // No stretch lies across the day that counts as 0.
            None if number < 0 => end.min(-1),
            None => end,
        };
        let to = from
            .checked_add_signed(TimeDelta::try_days(end - number).unwrap_or_default())
            .unwrap_or(span.to)
            .min(span.to);
        stretches.push(Span { from, to });
        let Some(next) = to.succ_opt() else { break };
        from = next;
    }
    stretches
}

fn timeline_rows(journal: &Journal, series: Series, laid: &Laid<'_>, look: &Look<'_>) -> Vec<Row> {
    let span = look.span;
    if span.len() <= MOST_DAYS {
        // A gap of this attempt is told day by day where another attempt has values there.
        let split = |row: Row| -> Vec<Row> {
            match row {
                Row::Gap(gap) if !laid.others.is_empty() => gap
                    .days()
                    .map(|day| Row::Gap(Span { from: day, to: day }))
                    .collect(),
                row => vec![row],
            }
        };
        return rows(look, series, span)
            .into_iter()
            .flat_map(split)
            .collect();
    }
    let of_stretch = |stretch: Span| Row::of_week(journal, series, stretch);
    stretches(laid.course, span, STRETCH)
        .into_iter()
        .map(of_stretch)
        .collect()
}

fn label(course: Course<'_>, span: Span) -> String {
    let (a, b) = (course.number(span.from), course.number(span.to));
    if a == b {
        format!("day {a:>3} {}", words::short_day(span.from))
    } else {
        format!("days {a} to {b}")
    }
}

fn own_value(journal: &Journal, series: Series, row: &Row) -> String {
    match row {
        Row::Day {
            value: Some(value),
            date,
            ..
        } => format!(
            "{}{}{}",
            series.shown(*value),
            star(journal, series, *date),
            note(journal, series, *date)
        ),
        Row::Day { date, .. } => instead(journal, *date),
        Row::Week { mean, .. } => {
            let value = mean.value.map(|value| value.to_string());
            format!(
                "{}, {} of {} days",
                value.unwrap_or_default(),
                mean.n,
                mean.of
            )
        }
        Row::Gap(_) => "no value".to_owned(),
    }
}

/// The timeline drawn.
pub(super) fn drawn(look: &Look<'_>, series: Series, course: Course<'_>) -> String {
    let journal = look.at.journal;
    let laid = Laid::of(journal, course, look.at.today).in_columns();
    let mut text = laid.title(journal, series);
    if let Some(needs) = nothing_to_draw(journal, series, look.span) {
        writeln!(text, "{needs}").ok();
        return text;
    }
    let mut heads = String::new();
    for other in &laid.others {
        let head = format!("att. {}", other.numbered.number);
        write!(heads, " {head:>6}").ok();
    }
    let top = series.top(journal).to_string();
    let scale = format!(" 0{top:>width$}", width = CELLS - 1);
    writeln!(
        text,
        "{}",
        format!("{:19}{scale} {:OWN$}{heads}", "", "this attempt").trim_end()
    )
    .ok();
    let mut phase = "";
    for row in timeline_rows(journal, series, &laid, look) {
        let span = days_of(&row);
        if let Some(next) = phase_at(course, span.from).filter(|next| *next != phase) {
            phase = next;
            writeln!(text, "  -- {next} --").ok();
        }
        let mut others = String::new();
        for other in &laid.others {
            let value = then(journal, series, course, *other, span);
            write!(others, " {:>6}", value.as_deref().unwrap_or("-")).ok();
        }
        let line = format!(
            "{:19}|{}|{:OWN$}{others}",
            label(course, span),
            on_scale(series.top(journal), row.numbers(), CELLS),
            own_value(journal, series, &row)
        );
        writeln!(text, "{}", line.trim_end()).ok();
    }
    writeln!(
        text,
        "o value   + middle of 7 days   @ both   x overall, no severity"
    )
    .ok();
    let is_in_part = |day| !star(journal, series, day).is_empty();
    if look.span.days().any(is_in_part) {
        writeln!(text, "* answered in part").ok();
    }
    text.push_str(&closing(look, series, &laid));
    text
}

fn closing(look: &Look<'_>, series: Series, laid: &Laid<'_>) -> String {
    let mut text = hollow_days(look.at.journal, series, look.span);
    for line in besides(look, series) {
        writeln!(text, "{line}").ok();
    }
    for rest in &laid.rest {
        writeln!(text, "{}", words::sentence(rest)).ok();
    }
    if laid.course.origin == Origin::DayZero {
        writeln!(text, "The stretches are reported ranges; reports differ.").ok();
    }
    text.push_str(&marks::list(look));
    text
}
