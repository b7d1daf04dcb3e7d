//! Which days a view covers, and from where they are counted.

use crate::cli::failure::{Failure, NO, Outcome};
use crate::domain::journal::Journal;
use crate::domain::time::display::Manner;
use crate::domain::time::span::Span;
use crate::domain::trends::{Course, Origin, View, latest, month_of, week_of};
use chrono::NaiveDate;

/// Whether a timeline says what the other attempts had.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(in crate::cli) enum Others {
    /// Beside this one's values.
    #[default]
    Beside,
    /// Not at all.
    LeftOut,
}

/// What is drawn: the days, and the attempt that they are counted in on a timeline.
#[derive(Debug, Clone, Copy)]
pub(super) struct Window<'a> {
    /// The days.
    pub(super) span: Span,
    /// On a timeline.
    pub(super) course: Option<Course<'a>>,
    /// On a timeline.
    pub(super) others: Others,
    /// The day it is.
    pub(super) today: NaiveDate,
    /// How days are said.
    pub(super) manner: Manner,
}

/// The days that were asked for.
#[derive(Debug, Clone, Copy)]
pub(super) struct Bounds {
    /// `--from`.
    pub(super) from: Option<NaiveDate>,
    /// `--to`.
    pub(super) to: Option<NaiveDate>,
    /// The day it is.
    pub(super) today: NaiveDate,
    /// How days are said.
    pub(super) manner: Manner,
}

impl Bounds {
    /// `span` between the days that were asked for, and no further than the journal and today reach: drawing the days
    /// beyond would take for ever when a year is mistyped.
    fn within(self, span: Span, journal: &Journal) -> Span {
        let first = journal.first_entry().unwrap_or(self.today);
        let began = journal.attempts.iter().next().map(|n| n.attempt.began);
        let first = began.map_or(first, |began| first.min(began));
        let last = journal.last_day().unwrap_or(self.today).max(self.today);
        let to = self.to.unwrap_or(span.to).min(last);
        Span {
            from: self.from.unwrap_or(span.from).max(first),
            to,
        }
    }

    fn anchor(self, journal: &Journal) -> NaiveDate {
        let last = journal.last_day().unwrap_or(self.today).max(self.today);
        self.to.unwrap_or(self.today).min(last)
    }
}

/// The days of a view that counts in dates.
pub(super) fn window(view: View, journal: &Journal, bounds: Bounds) -> Window<'static> {
    let to = bounds.anchor(journal);
    let span = match view {
        View::Week => Span {
            from: week_of(to, bounds.manner).earlier(7).from,
            to,
        },
        View::Month => Span {
            from: month_of(to).from,
            to,
        },
        View::Table => Span {
            from: week_of(to, bounds.manner).from,
            to,
        },
        View::Grid => Span::ending(to, 28),
        View::All | View::Timeline => Span {
            from: journal.first_entry().unwrap_or(to),
            to,
        },
    };
    Window {
        span: bounds.within(span, journal),
        course: None,
        others: Others::default(),
        today: bounds.today,
        manner: bounds.manner,
    }
}

/// The days of an attempt: that of `number`, or the latest.
pub(super) fn timeline(
    journal: &Journal,
    number: Option<usize>,
    origin: Origin,
    bounds: Bounds,
) -> Outcome<Window<'_>> {
    let attempts = &journal.attempts;
    let chosen = match number {
        Some(number) => Some(attempts.by_number(number).ok_or_else(|| {
            Failure::usage(format!(
                "there is no attempt {number}; `ebb attempt list` names them"
            ))
        })?),
        None => latest(attempts, bounds.today),
    };
    let course = chosen.and_then(|chosen| Course::of(chosen, origin, journal, bounds.today));
    let course = course.ok_or_else(|| {
        Failure::new(
            NO,
            "a timeline needs an attempt that has begun; `ebb start` begins one",
        )
    })?;
    // The days before an attempt and after its end are another one's.
    let span = bounds.within(course.span, journal);
    let span = Span {
        from: span.from.max(course.span.from),
        to: span.to.min(course.span.to),
    };
    Ok(Window {
        span,
        course: Some(course),
        others: Others::default(),
        today: bounds.today,
        manner: bounds.manner,
    })
}
