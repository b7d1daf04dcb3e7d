//! The days of a whole journal in one series, a few bytes each: what a long view draws after every key.
//!
//! Invariant: they say what [`Series::of_day`] and its neighbours say of each day. The journal keeps them for as long as its days
//! are the same.

use super::Series;
use super::logged::Source;
use crate::domain::check_in::Rated;
use crate::domain::journal::Journal;
use crate::domain::time::span::Span;
use chrono::NaiveDate;
use std::ops::Range;
use std::sync::Arc;

/// From so many days on a stretch is read off the figures of the whole journal.
pub(crate) const LONG: usize = 63;

// What is known of a day besides its value.
const IS_HOLLOW: u8 = 1;
const IS_OVERALL_ONLY: u8 = 2;
const IS_IN_PART: u8 = 4;

/// What they are the figures of.
#[derive(PartialEq)]
enum Subject {
    Rated(Series),
    /// With its unit, or how it is counted, which the person may change.
    Logged(Source),
}

impl Subject {
    fn of(series: Series, journal: &Journal) -> Self {
        Source::of(series, journal).map_or(Self::Rated(series), Self::Logged)
    }
}

/// The figures of each day from the first one on.
pub(crate) struct Figures {
    of: Subject,
    first: NaiveDate,
    /// Not a number where there is no value.
    values: Vec<f64>,
    /// The highest of each day, its check-ins included; empty where no day has more than its value.
    highs: Vec<f64>,
    marks: Vec<u8>,
}

impl Figures {
    /// Those of `series`.
    pub(crate) fn of(journal: &Journal, series: Series) -> Arc<Self> {
        let of = Subject::of(series, journal);
        let is_it = |held: &Self| held.of == of;
        journal.kept().or(is_it, || {
            Self::worked_out(journal, Subject::of(series, journal))
        })
    }

    fn worked_out(journal: &Journal, of: Subject) -> Self {
        let mut found = Self {
            of,
            first: NaiveDate::MIN,
            values: Vec::new(),
            highs: Vec::new(),
            marks: Vec::new(),
        };
        let dates = match found.of {
            Subject::Rated(_) => ends(journal.check_in_days()),
            Subject::Logged(_) => ends(journal.record_days()),
        };
        let Some(span) = dates else { return found };
        found.first = span.from;
        found.values = vec![f64::NAN; span.len()];
        match &found.of {
            Subject::Rated(series) => {
                let series = *series;
                found.marks = vec![0; span.len()];
                found.read_check_ins(journal, series, span);
            }
            Subject::Logged(source) => {
                let values = &mut found.values;
                journal.pick_records(span.from, span.to, source.kinds(), |date, records| {
                    let place = place(span.from, date).and_then(|at| values.get_mut(at));
                    if let (Some(place), Some(value)) = (place, source.among(records)) {
                        *place = value;
                    }
                });
            }
        }
        found
    }

    fn read_check_ins(&mut self, journal: &Journal, series: Series, span: Span) {
        let mut highs = Vec::new();
        journal.glimpse(span.from, span.to, |date, check_ins| {
            let Some(at) = place(span.from, date) else {
                return;
            };
            let value = series.of_check_ins(check_ins);
            if let Some(value) = value {
                self.values[at] = value;
                if let Some(worst) = series.worst_of(check_ins).filter(|it| it.value > value) {
                    highs.push((at, worst.value));
                }
                if series.is_in_part_of(check_ins, &journal.symptoms) {
                    self.marks[at] |= IS_IN_PART;
                }
            } else if series.hollow_of(check_ins).is_some() {
                self.marks[at] |= IS_HOLLOW;
                if check_ins.iter().all(Rated::is_unanswered) {
                    self.marks[at] |= IS_OVERALL_ONLY;
                }
            }
        });
        if !highs.is_empty() {
            self.highs = self.values.clone();
            for (at, high) in highs {
                self.highs[at] = high;
            }
        }
    }

    /// The places of those days of `span` that there are.
    fn places(&self, span: Span) -> Range<usize> {
        let of = |days: i64| usize::try_from(days.max(0)).unwrap_or(0);
        let from = of((span.from - self.first).num_days());
        let to = of((span.to - self.first).num_days() + 1).min(self.values.len());
        from.min(to)..to
    }

    /// The day value of each day of `span`.
    pub(crate) fn values(&self, span: Span) -> impl Iterator<Item = Option<f64>> {
        let shift = (span.from - self.first).num_days();
        (0..span.len()).map(move |day| {
            let at = usize::try_from(shift + i64::try_from(day).ok()?).ok()?;
            self.values.get(at).copied().filter(|value| !value.is_nan())
        })
    }

    /// Whether an overall stands for the value of each day of `span`.
    pub(crate) fn hollow(&self, span: Span) -> impl Iterator<Item = bool> {
        let shift = (span.from - self.first).num_days();
        (0..span.len()).map(move |day| {
            let at = i64::try_from(day).map(|day| usize::try_from(shift + day));
            let mark = at
                .ok()
                .and_then(Result::ok)
                .and_then(|at| self.marks.get(at));
            mark.is_some_and(|mark| mark & IS_HOLLOW != 0)
        })
    }

    /// The highest day or check-in of `span`; 0 where there is none.
    pub(crate) fn highest(&self, span: Span) -> f64 {
        let all = if self.highs.is_empty() {
            &self.values
        } else {
            &self.highs
        };
        // `max` passes over what is not a number.
        all[self.places(span)].iter().copied().fold(0.0, f64::max)
    }

    /// Days of `span` whose index was answered in part.
    pub(crate) fn in_part(&self, span: Span) -> usize {
        self.count(span, |mark| mark & IS_IN_PART != 0)
    }

    /// Days of `span` with an overall alone in the place of the index, and with an overall and a few answers.
    pub(super) fn unindexed(&self, span: Span) -> [usize; 2] {
        let both = IS_HOLLOW | IS_OVERALL_ONLY;
        [
            self.count(span, |mark| mark & both == both),
            self.count(span, |mark| mark & both == IS_HOLLOW),
        ]
    }

    fn count(&self, span: Span, is_it: impl Fn(u8) -> bool) -> usize {
        let marks = self.marks.get(self.places(span)).unwrap_or_default();
        marks.iter().filter(|mark| is_it(**mark)).count()
    }
}

/// From the first to the last of these.
fn ends(mut dates: impl DoubleEndedIterator<Item = NaiveDate>) -> Option<Span> {
    let from = dates.next()?;
    let to = dates.next_back().unwrap_or(from);
    Some(Span { from, to })
}

fn place(first: NaiveDate, date: NaiveDate) -> Option<usize> {
    usize::try_from((date - first).num_days()).ok()
}

#[cfg(test)]
mod tests;
