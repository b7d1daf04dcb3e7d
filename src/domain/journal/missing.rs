//! Days without a check-in: those that a person is reminded of, those that can be filled, and those that a report counts.
//!
//! Invariant: today is not over, so it is never missing; neither is a day before the journal begins.

use super::Journal;
use crate::domain::text::words;
use crate::domain::time::span::Span;
use chrono::NaiveDate;

/// How far back missing days are asked about.
const ASKED_DAYS: u64 = 14;

impl Journal {
    /// The day on which the journal begins: that of its first entry, or of its first attempt.
    fn beginning(&self) -> Option<NaiveDate> {
        let attempt = self.attempts.iter().map(|it| it.attempt.began).min();
        let read = [self.days.first_date(), self.records.first_date()];
        let first = read.into_iter().chain([self.first_entry(), attempt]);
        first.flatten().min()
    }

    /// The days of `span` without a check-in, oldest first.
    pub(crate) fn without_check_in(
        &self,
        span: Span,
        today: NaiveDate,
    ) -> impl Iterator<Item = NaiveDate> {
        // A report of an empty journal counts its whole stretch.
        let first = self.beginning().unwrap_or(span.from);
        span.days()
            .filter(move |day| (first..today).contains(day))
            .filter(|day| self.check_ins(*day).is_empty())
    }

    /// The days without a check-in between the last one and `today` (both excluded), oldest first. Days that the person chose
    /// to skip are not among them, and an empty journal has none.
    pub fn missing_days(&self, today: NaiveDate) -> Vec<NaiveDate> {
        let mut before_today = self.days.dates().rev();
        let Some(last) = before_today.find(|day| *day < today) else {
            return Vec::new();
        };
        let from = self
            .settings
            .missing_skipped_until
            .map_or(last, |skipped| skipped.max(last));
        from.iter_days()
            .skip(1)
            .take_while(|day| *day < today)
            .collect()
    }

    /// The days that the person may want to fill, oldest first: of the last 14 up to yesterday those without a check-in, if
    /// they were not skipped. Nobody is reminded of a gap before the last check-in; only who asks for missing days sees it.
    pub(crate) fn days_to_fill(&self, today: NaiveDate) -> Vec<NaiveDate> {
        if self.beginning().is_none() {
            return Vec::new();
        }
        let skipped = self.settings.missing_skipped_until;
        self.without_check_in(Span::ending(today, ASKED_DAYS + 1), today)
            .filter(|day| skipped.is_none_or(|skipped| *day > skipped))
            .collect()
    }

    /// What is said where no day is to be filled.
    pub(crate) fn none_to_fill(&self, today: NaiveDate) -> String {
        let asked = Span::ending(today, ASKED_DAYS + 1);
        match self.beginning().filter(|first| *first < today) {
            None => "The journal has no day before today yet.".to_owned(),
            Some(first) if first > asked.from => format!(
                "Each day since {} has a check-in, or was skipped.",
                words::short_day(first)
            ),
            Some(_) => {
                format!("Each of the last {ASKED_DAYS} days has a check-in, or was skipped.")
            }
        }
    }
}
