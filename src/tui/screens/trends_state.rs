//! Where the person is in Trends: view, series, cursor, attempt; and which days that brings into sight.

use crate::domain::attempt::Numbered;
use crate::domain::series::Series;
use crate::domain::stats::Span;
use crate::domain::symptom::Symptom;
use crate::tui::shared::Shared;
use chrono::{Datelike, Days, NaiveDate, TimeDelta};

/// How the days are laid out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum View {
    /// Seven days, Monday to Sunday, beside the week before.
    #[default]
    Week,
    /// One attempt, counted from its day 0 or its beginning.
    Timeline,
    /// Everything.
    All,
}

impl View {
    /// In the order of `v`.
    pub(super) const ORDER: [Self; 3] = [Self::Week, Self::Timeline, Self::All];

    /// The view `by` places on in the order of `v`.
    pub(super) fn step(self, by: usize) -> Self {
        let at = Self::ORDER
            .iter()
            .position(|view| *view == self)
            .unwrap_or(0);
        Self::ORDER[(at + by) % Self::ORDER.len()]
    }
}

/// What day 0 of the timeline's axis is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum Origin {
    /// The attempt's day 0; its beginning while that is unknown.
    #[default]
    DayZero,
    /// The attempt's beginning.
    Beginning,
}

/// What the eye needs: view, series, cursor, attempt.
#[derive(Debug, Default)]
pub struct Trends {
    pub(super) view: View,
    /// Severity when it was not chosen.
    series: Option<Series>,
    /// The day of the cursor; today when it was not moved.
    pub(super) cursor: Option<NaiveDate>,
    pub(super) origin: Origin,
    /// The attempt of the timeline, by number; the latest when it was not chosen.
    attempt: Option<usize>,
}

/// The series that are offered: the fixed ones, the symptoms that are rated, and those that are switched off but were
/// answered once: switching off hides no history.
///
/// Looks through every rating of the journal, so it belongs to a key press and never to a frame.
pub(super) fn offered(shared: &Shared) -> Vec<Series> {
    let symptoms = &shared.journal.symptoms;
    let keys = symptoms.iter().map(|symptom| usize::from(symptom.key.0));
    let mut answered = vec![false; keys.max().map_or(0, |last| last + 1)];
    let check_ins = shared.journal.days().flat_map(|day| &day.check_ins);
    for rating in check_ins.flat_map(|check_in| &check_in.ratings) {
        if let Some(seen) = answered.get_mut(usize::from(rating.symptom.0)) {
            *seen |= rating.answer.is_some();
        }
    }
    let has_history = |symptom: &&Symptom| !symptom.rated && answered[usize::from(symptom.key.0)];
    let switched_off = symptoms.iter().filter(has_history);
    let each = symptoms.rated().chain(switched_off);
    let each = each.map(|symptom| Series::Symptom(symptom.key));
    Series::FIXED.into_iter().chain(each).collect()
}

/// Monday to Sunday around `day`.
pub(super) fn week_of(day: NaiveDate) -> Span {
    let monday = day
        .checked_sub_days(Days::new(u64::from(day.weekday().num_days_from_monday())))
        .unwrap_or(day);
    Span {
        from: monday,
        to: monday.checked_add_days(Days::new(6)).unwrap_or(monday),
    }
}

fn moved(day: NaiveDate, by: i64) -> NaiveDate {
    TimeDelta::try_days(by)
        .and_then(|by| day.checked_add_signed(by))
        .unwrap_or(day)
}

impl Trends {
    /// The series in sight.
    pub(super) fn series(&self) -> Series {
        self.series.unwrap_or(Series::Severity)
    }

    /// To the series `by` places on in the order of `s`, around the end.
    pub(super) fn change_series(&mut self, by: isize, shared: &Shared) {
        let offered = offered(shared);
        let now = self.series();
        let at = offered.iter().position(|series| *series == now);
        // One that is offered no more gives way to the first.
        let next = at.map_or(0, |at| {
            (at + offered.len()).saturating_add_signed(by) % offered.len()
        });
        self.series = offered.get(next).copied();
    }

    /// The day that the cursor stands on.
    pub(super) fn cursor(&self, shared: &Shared) -> NaiveDate {
        let span = self.bounds(shared);
        self.cursor
            .unwrap_or(shared.today())
            .clamp(span.from, span.to.max(span.from))
    }

    /// The attempt of the timeline.
    pub(super) fn attempt<'a>(&self, shared: &'a Shared) -> Option<Numbered<'a>> {
        let attempts = &shared.journal.attempts;
        let chosen = self.attempt.and_then(|number| attempts.by_number(number));
        chosen.or_else(|| {
            attempts
                .iter()
                .rev()
                .find(|numbered| numbered.attempt.began <= shared.today())
        })
    }

    /// The day that is day 0 of the timeline's axis, and whether it is the attempt's day 0.
    pub(super) fn zero(&self, numbered: Numbered<'_>) -> (NaiveDate, Origin) {
        match (self.origin, numbered.attempt.day_zero) {
            (Origin::DayZero, Some(zero)) => (zero, Origin::DayZero),
            _ => (numbered.attempt.began, Origin::Beginning),
        }
    }

    /// The days in sight.
    pub(super) fn span(&self, shared: &Shared) -> Span {
        match self.view {
            View::Week => week_of(self.cursor(shared)),
            View::Timeline | View::All => self.bounds(shared),
        }
    }

    /// The days that the cursor can reach in this view.
    pub(super) fn bounds(&self, shared: &Shared) -> Span {
        let today = shared.today();
        let first = shared.journal.first_day.unwrap_or(today).min(today);
        match (self.view, self.attempt(shared)) {
            (View::Timeline, Some(numbered)) => {
                let to = numbered.last_day.map_or(today, |last| last.min(today));
                // A week stands from the first day on, so that the first days are not drawn a screen wide each.
                let from = numbered.attempt.began;
                Span {
                    from,
                    to: to.max(moved(from, 7)),
                }
            }
            (View::All, _) => Span {
                from: first,
                to: today,
            },
            // Week by week one can look as far back as there are entries, and this week to its end.
            _ => Span {
                from: week_of(first).from,
                to: week_of(today).to,
            },
        }
    }

    pub(super) fn move_cursor(&mut self, by: i64, shared: &Shared) {
        let bounds = self.bounds(shared);
        let day = moved(self.cursor(shared), by);
        self.cursor = Some(day.clamp(bounds.from, bounds.to.max(bounds.from)));
    }

    /// A week; in the long views as much as an eighth of what is in sight, in whole weeks.
    pub(super) fn stride(&self, shared: &Shared) -> i64 {
        let days = i64::try_from(self.span(shared).len()).unwrap_or(7);
        (days / 8 / 7 * 7).max(7)
    }

    pub(super) fn change_attempt(&mut self, by: isize, shared: &Shared) {
        let last = shared.journal.attempts.iter().count();
        let Some(now) = self.attempt(shared) else {
            return;
        };
        self.view = View::Timeline;
        self.attempt = Some(now.number.saturating_add_signed(by).clamp(1, last.max(1)));
        self.cursor = None;
    }
}
