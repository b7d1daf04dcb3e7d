//! Periods: how days are laid out for looking back, and from where they are counted. The same words and the same days on
//! screen, on the command line and in plain mode.

pub mod event_marks;
pub(crate) mod fold;
pub(crate) mod hours;
pub(crate) mod hours_offer;
pub(crate) mod marks;
pub(crate) mod remembered;
pub(crate) mod same_day;
pub(crate) mod scale;
pub(crate) mod sheet;
pub(crate) mod sight;
pub mod view;
pub mod wave_text;
pub(crate) mod week_table;

use super::attempt::{Attempt, Attempts, NumberedAttempt};
use super::journal::Journal;
use super::taper::plan::Plan;
use super::time::display::Manner;
use super::time::span::Span;
use crate::domain::taper::plans;
use chrono::{Datelike, Days, Months, NaiveDate, TimeDelta};

/// From where a timeline counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Origin {
    /// Day 0.
    #[default]
    DayZero,
    /// The attempt's beginning.
    Beginning,
    /// The last cut of a plan in the attempt.
    LastCut,
}

impl Origin {
    /// In the order in which they are offered.
    pub(crate) const ALL: [Self; 3] = [Self::DayZero, Self::Beginning, Self::LastCut];

    /// The word in JSON.
    pub(crate) const fn code(self) -> &'static str {
        match self {
            Self::DayZero => "day_zero",
            Self::Beginning => "beginning",
            Self::LastCut => "last_cut",
        }
    }

    /// "day 0", "its beginning", "the last cut".
    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::DayZero => "day 0",
            Self::Beginning => "its beginning",
            Self::LastCut => "the last cut",
        }
    }

    /// The next one, around the end.
    #[must_use]
    pub(crate) fn next(self) -> Self {
        let at = Self::ALL.iter().position(|origin| *origin == self);
        Self::ALL[(at.unwrap_or(0) + 1) % Self::ALL.len()]
    }

    /// The day from which `attempt` counts in `span`; `None` where it has no such day.
    fn of(self, attempt: &Attempt, span: Span, journal: &Journal) -> Option<NaiveDate> {
        match self {
            Self::DayZero => attempt.day_zero,
            Self::Beginning => Some(attempt.began),
            Self::LastCut => {
                let plans = plans::plans(journal);
                let cuts = plans.iter().flat_map(Plan::cuts);
                cuts.filter(|day| *day >= span.from && *day <= span.to)
                    .max()
            }
        }
    }
}

/// An attempt's days, counted from one of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Course<'a> {
    /// The attempt.
    pub(crate) numbered: NumberedAttempt<'a>,
    /// What is counted from.
    pub origin: Origin,
    /// The day that counts as 0.
    pub zero: NaiveDate,
    /// The days that count for the attempt, up to today.
    pub(crate) span: Span,
}

impl<'a> Course<'a> {
    /// The days of `numbered` counted from `origin`; from day 0 without a cut, from its beginning while it has no day 0; `None`
    /// before it began.
    pub fn of(
        numbered: NumberedAttempt<'a>,
        origin: Origin,
        journal: &Journal,
        today: NaiveDate,
    ) -> Option<Self> {
        let instead = [origin, Origin::DayZero, Origin::Beginning];
        instead
            .into_iter()
            .find_map(|origin| Self::exactly(numbered, origin, journal, today))
    }

    fn exactly(
        numbered: NumberedAttempt<'a>,
        origin: Origin,
        journal: &Journal,
        today: NaiveDate,
    ) -> Option<Self> {
        let span = Span {
            from: numbered.attempt.began,
            to: numbered.last_day.map_or(today, |last| last.min(today)),
        };
        // An attempt that begins after today has no days yet.
        (!span.is_empty()).then_some(Self {
            numbered,
            origin,
            zero: origin.of(numbered.attempt, span, journal)?,
            span,
        })
    }

    /// The other attempts, counted from the same kind of day; those that have no such day are left out, since laying them
    /// over this one would count from two kinds of days.
    pub(crate) fn others<'b>(&self, journal: &'b Journal, today: NaiveDate) -> Vec<Course<'b>> {
        journal
            .attempts
            .iter()
            .filter(|other| other.number != self.numbered.number)
            .filter_map(|other| Course::exactly(other, self.origin, journal, today))
            .collect()
    }

    /// The number of `day`, counted from 0.
    pub(crate) fn number(&self, day: NaiveDate) -> i64 {
        (day - self.zero).num_days()
    }

    /// The day with this number, as far as it counts for the attempt.
    pub(crate) fn day(&self, number: i64) -> Option<NaiveDate> {
        let day = self.zero.checked_add_signed(TimeDelta::try_days(number)?)?;
        (day >= self.span.from && day <= self.span.to).then_some(day)
    }
}

/// The attempt that a look back at `today` is about: the latest that has begun.
pub fn latest(attempts: &Attempts, today: NaiveDate) -> Option<NumberedAttempt<'_>> {
    attempts
        .iter()
        .rev()
        // A planned attempt that has not begun is nothing to look back on.
        .find(|numbered| numbered.attempt.began <= today)
}

/// The week around `day`: Monday to Sunday, or as it is said in `manner`.
pub fn week_of(day: NaiveDate, manner: Manner) -> Span {
    let from = manner.week_head(day);
    Span {
        from,
        to: from.checked_add_days(Days::new(6)).unwrap_or(from),
    }
}

/// The calendar month around `day`.
pub(crate) fn month_of(day: NaiveDate, _: Manner) -> Span {
    let from = day.with_day(1).unwrap_or(day);
    let next = from.checked_add_months(Months::new(1));
    Span {
        from,
        to: next.and_then(|next| next.pred_opt()).unwrap_or(day),
    }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test may stop at the first surprise")]
mod tests {
    use super::*;
    use crate::domain::attempt::Method;
    use crate::domain::id::EntryId;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn attempt(n: u8, began: &str, day_zero: Option<&str>) -> Attempt {
        Attempt {
            id: EntryId::from_bytes([n; 16]),
            began: day(began),
            day_zero: day_zero.map(day),
            method: Method::Stop,
            name: None,
            goal: None,
            ended: None,
        }
    }

    fn journal(attempts: Vec<Attempt>) -> Journal {
        let mut journal = Journal::default();
        journal.attempts = Attempts::new(attempts);
        journal
    }

    #[test]
    fn a_week_is_monday_to_sunday_and_a_month_ends_with_its_last_day() {
        let week = week_of(day("2026-11-22"), Manner::default());
        assert_eq!((week.from, week.to), (day("2026-11-16"), day("2026-11-22")));
        let month = month_of(day("2028-02-10"), Manner::default());
        assert_eq!(
            (month.from, month.to),
            (day("2028-02-01"), day("2028-02-29"))
        );
    }

    #[test]
    fn an_attempt_without_a_day_0_is_not_laid_over_one_that_counts_from_its_own() {
        let journal = journal(vec![
            attempt(1, "2026-01-01", Some("2026-01-05")),
            attempt(2, "2026-03-01", None),
            attempt(3, "2026-05-01", Some("2026-05-01")),
        ]);
        let today = day("2026-05-10");
        let this = Course::of(
            journal.attempts.by_number(3).unwrap(),
            Origin::DayZero,
            &journal,
            today,
        )
        .unwrap();
        let others = this.others(&journal, today);
        assert_eq!(
            others.iter().map(|o| o.numbered.number).collect::<Vec<_>>(),
            [1]
        );
        assert_eq!(others[0].day(-4), Some(day("2026-01-01")));
        assert_eq!(
            others[0].day(-5),
            None,
            "the day before it began counts for nothing"
        );
        let from_beginning = Course::of(
            journal.attempts.by_number(3).unwrap(),
            Origin::Beginning,
            &journal,
            today,
        )
        .unwrap();
        assert_eq!(from_beginning.others(&journal, today).len(), 2);
    }

    #[test]
    fn an_attempt_without_a_day_0_counts_from_its_beginning() {
        let journal = journal(vec![attempt(1, "2026-03-01", None)]);
        let course = Course::of(
            journal.attempts.by_number(1).unwrap(),
            Origin::DayZero,
            &journal,
            day("2026-03-04"),
        )
        .unwrap();
        assert_eq!(
            (course.origin, course.number(day("2026-03-04"))),
            (Origin::Beginning, 3)
        );
    }
}
