//! On how many days of a stretch something was used, was noted as not used, or nothing was noted; the same words everywhere.

use super::is_after_day_zero;
use crate::domain::journal::Journal;
use crate::domain::text::words::count;
use crate::domain::time::span::Span;
use chrono::NaiveDate;

/// The days of a stretch, by what is noted of use.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct DaysOfUse {
    /// Days with use.
    pub(crate) with: usize,
    /// Days that are noted as days without, and have no use.
    pub(crate) without: usize,
    /// Days of the stretch.
    pub(crate) of: usize,
    /// Whether all of them lie after a day 0.
    pub(crate) is_after_zero: bool,
}

impl DaysOfUse {
    /// Counts the days of `span`.
    pub(crate) fn of(
        journal: &Journal,
        span: Span,
        is_with: impl Fn(NaiveDate) -> bool,
        is_without: impl Fn(NaiveDate) -> bool,
    ) -> Self {
        let with = span.days().filter(|day| is_with(*day)).count();
        let without = span.days().filter(|day| !is_with(*day) && is_without(*day));
        let mut days = span.days();
        Self {
            with,
            without: without.count(),
            of: span.len(),
            is_after_zero: days.all(|day| is_after_day_zero(journal, day)),
        }
    }

    /// Whether every day has use or is noted as a day without.
    pub(crate) const fn is_whole(self) -> bool {
        self.with + self.without == self.of
    }

    /// "36 g on 4 days, none on 1, 2 days not recorded".
    pub(crate) fn words(self, amount: &str) -> String {
        let open = count(
            self.of.saturating_sub(self.with + self.without),
            "day",
            "days",
        );
        // After day 0 nobody is asked about days without, so a day with nothing noted lacks nothing.
        let open = if self.is_after_zero {
            format!("no use recorded on {open}")
        } else {
            format!("{open} not recorded")
        };
        let on = |n: usize| format!("on {}", count(n, "day", "days"));
        match (self.with, self.without) {
            (0, _) if self.is_after_zero => "no use recorded".to_owned(),
            (0, 0) => "nothing recorded".to_owned(),
            (0, without) => format!("none {}, {open}", on(without)),
            (with, without) => format!("{amount} {}, none on {without}, {open}", on(with)),
        }
    }
}
