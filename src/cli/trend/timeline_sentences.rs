//! A timeline as sentences: an attempt by day number, with what the other attempts had on the same days.
//!
//! Invariant: a day number without a value is said as having none, and the reported ranges are never a forecast.

use super::attempts::{Laid, STRETCH, same_days, stretches};
use super::closing::phase_at;
use super::look::Look;
use super::sentences::{
    MOST_BY_DAY, MOST_BY_WEEK, besides, dated, day_text, is_silent, none_of, range, scale,
    stretch_text,
};
use crate::domain::check_in::catalogue::phase_of;
use crate::domain::journal::Journal;
use crate::domain::series;
use crate::domain::series::Series;
use crate::domain::series::middle_line::middle_line;
use crate::domain::text::words;
use crate::domain::time::span::Span;
use crate::domain::trends::sight::Others;
use crate::domain::trends::{Course, Origin};
use chrono::NaiveDate;

/// Days of a stretch in an attempt of more than a year.
const LONG_STRETCH: i64 = 28;

/// `series` over a timeline, a sentence a line.
pub(super) fn timeline(look: &Look<'_>, series: Series, course: Course<'_>) -> Vec<String> {
    let (journal, span) = (look.at.journal, look.span);
    let mut laid = Laid::of(journal, course, look.at.today);
    if look.sight.others == Others::Hidden {
        laid.others.clear();
        laid.rest.clear();
    }
    let text = TimelineText {
        journal,
        today: look.at.today,
        series,
        laid,
        span,
    };
    let mut lines = vec![text.title()];
    if span.is_empty() {
        lines.push("There is no day to look at.".to_owned());
        return lines;
    }
    lines.extend(if span.len() <= MOST_BY_DAY {
        text.by_day()
    } else {
        text.by_stretch()
    });
    lines.extend(range(journal, series, span));
    lines.extend(besides(look, series));
    lines.extend(text.laid.rest.iter().map(|rest| words::sentence(rest)));
    if course.origin == Origin::DayZero {
        lines.extend(
            phase_of(course.number(span.to)).map(|phase| words::sentence(&phase.sentence())),
        );
    }
    lines
}

struct TimelineText<'a> {
    journal: &'a Journal,
    today: NaiveDate,
    series: Series,
    laid: Laid<'a>,
    span: Span,
}

impl TimelineText<'_> {
    fn title(&self) -> String {
        let course = self.laid.course;
        let unset = match course.numbered.attempt.day_zero {
            None => " (day 0 is not set)",
            Some(_) => "",
        };
        let name = self.series.name(self.journal);
        let name = match &course.numbered.attempt.name {
            Some(attempt) => format!("{name} in attempt {}, {attempt}", course.numbered.number),
            None => format!("{name} in attempt {}", course.numbered.number),
        };
        format!(
            "{name}, counted from {}, {}{unset}; {}.",
            course.origin.name(),
            words::day(course.zero),
            scale(self.journal, self.series)
        )
    }

    fn by_day(&self) -> Vec<String> {
        let course = self.laid.course;
        let mut lines = Vec::new();
        let mut phases = Phases::default();
        let mut silent: Option<Span> = None;
        let trends = middle_line(self.journal, self.series, self.span, self.today);
        for (date, trend) in self.span.days().zip(trends) {
            let day = Span {
                from: date,
                to: date,
            };
            let others = self.others(day);
            let phase = phases.at(course, date);
            if phase.is_some() {
                lines.extend(silent.take().map(|days| self.nothing(days)));
            }
            lines.extend(phase);
            // A day counts as silent only where no other attempt has a value to say.
            if others.is_empty() && is_silent(self.journal, self.series, date) {
                silent.get_or_insert(day).to = date;
                continue;
            }
            lines.extend(silent.take().map(|days| self.nothing(days)));
            let wording = day_text(self.journal, self.series, date, trend);
            lines.push(format!("{}: {wording}{others}.", self.label(day)));
        }
        lines.extend(silent.map(|days| self.nothing(days)));
        lines
    }

    fn by_stretch(&self) -> Vec<String> {
        let course = self.laid.course;
        let most = if self.span.len() <= MOST_BY_WEEK {
            STRETCH
        } else {
            LONG_STRETCH
        };
        let mut lines = Vec::new();
        let mut phases = Phases::default();
        let mut silent: Option<Span> = None;
        for stretch in stretches(course, self.span, most) {
            let others = self.others(stretch);
            let phase = phases.at(course, stretch.from);
            if phase.is_some() {
                lines.extend(silent.take().map(|days| self.without(days)));
            }
            lines.extend(phase);
            match stretch_text(self.journal, self.series, stretch) {
                None if others.is_empty() => {
                    silent.get_or_insert(stretch).to = stretch.to;
                }
                wording => {
                    lines.extend(silent.take().map(|days| self.without(days)));
                    let wording = wording.unwrap_or_else(|| "no value".to_owned());
                    lines.push(format!("{}: {wording}{others}.", self.label(stretch)));
                }
            }
        }
        lines.extend(silent.map(|days| self.without(days)));
        lines
    }

    /// "Day 5, Sun 15 Nov", "Days 8 to 14".
    fn label(&self, days: Span) -> String {
        let (a, b) = (
            self.laid.course.number(days.from),
            self.laid.course.number(days.to),
        );
        if a == b {
            format!("Day {a}, {}", dated(days.from, self.span))
        } else {
            format!("Days {a} to {b}")
        }
    }

    fn nothing(&self, days: Span) -> String {
        format!("{}: {}.", self.label(days), none_of(self.series))
    }

    fn without(&self, days: Span) -> String {
        format!("{}: no value.", self.label(days))
    }

    /// "; attempt 1 had 62, attempt 2 had 50"; empty where no other attempt has a value.
    fn others(&self, days: Span) -> String {
        let mut wording = Vec::new();
        for other in &self.laid.others {
            let name = self.journal.title_of(other.numbered);
            let Some(there) = same_days(self.laid.course, *other, days) else {
                continue;
            };
            let had = if days.len() == 1 {
                let value = series::value(self.journal, self.series, there.from);
                value.map(|value| self.series.shown(value).to_string())
            } else {
                stretch_text(self.journal, self.series, there)
                    .map(|wording| in_brackets(wording.trim_start_matches("mean ")))
            };
            wording.extend(had.map(|had| format!("{name} had {had}")));
        }
        if wording.is_empty() {
            String::new()
        } else {
            format!("; {}", wording.join(", "))
        }
    }
}

/// "62 (6 of 7 days)": what follows the first comma stands in brackets, so that the commas between attempts are told apart.
fn in_brackets(wording: &str) -> String {
    match wording.split_once(", ") {
        Some((head, rest)) => format!("{head} ({rest})"),
        None => wording.to_owned(),
    }
}

/// The phase that was said last.
#[derive(Debug, Default)]
struct Phases {
    wording: Option<&'static str>,
}

impl Phases {
    /// The phase of `date` when it is another than the one before.
    fn at(&mut self, course: Course<'_>, date: NaiveDate) -> Option<String> {
        let name = phase_at(course, date)?;
        if self.wording == Some(name) {
            return None;
        }
        // The reservation is said once; at every phase it would be noise to the ear.
        let is_first = self.wording.replace(name).is_none();
        let ranges = if is_first {
            " (reported ranges; reports differ)"
        } else {
            ""
        };
        Some(format!("Stretch: {name}{ranges}."))
    }
}
