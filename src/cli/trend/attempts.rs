//! The attempts of a timeline: the one that is looked at, the others on the same day numbers, and what is said of them.
//!
//! Invariant: attempts are laid beside each other where both count from the same kind of day; the others are named.

use super::closing::hollow_days;
use super::look::Look;
use super::sentences::besides;
use crate::domain::check_in::catalogue::phase_of;
use crate::domain::journal::Journal;
use crate::domain::series::Series;
use crate::domain::text::words;
use crate::domain::time::span::Span;
use crate::domain::trends::{Course, Origin};
use chrono::{NaiveDate, TimeDelta};
use std::fmt::Write as _;

/// The longest stretch of days that is told at once, in days.
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

/// What is said under a timeline.
pub(super) fn closing(look: &Look<'_>, series: Series, course: Course<'_>) -> String {
    let laid = Laid::of(look.at.journal, course, look.at.today);
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
    text
}
