//! A stretch of logical days.

use chrono::{Days, NaiveDate};

/// A stretch of logical days, both ends included.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Span {
    /// First day.
    pub from: NaiveDate,
    /// Last day.
    pub to: NaiveDate,
}

impl Span {
    /// The `days` days that end with `to`.
    pub fn ending(to: NaiveDate, days: u64) -> Self {
        Self {
            from: to
                .checked_sub_days(Days::new(days.saturating_sub(1)))
                .unwrap_or(NaiveDate::MIN),
            to,
        }
    }

    /// The stretch of the same length, `days` days earlier.
    #[must_use]
    pub fn earlier(self, days: u64) -> Self {
        let back = |day: NaiveDate| {
            day.checked_sub_days(Days::new(days))
                .unwrap_or(NaiveDate::MIN)
        };
        Self {
            from: back(self.from),
            to: back(self.to),
        }
    }

    /// How many days it has.
    pub fn len(self) -> usize {
        usize::try_from((self.to - self.from).num_days() + 1).unwrap_or(0)
    }

    /// Whether it has no day: its end lies before its beginning.
    pub fn is_empty(self) -> bool {
        self.to < self.from
    }

    /// Its days, oldest first.
    pub fn days(self) -> impl Iterator<Item = NaiveDate> {
        self.from.iter_days().take_while(move |day| *day <= self.to)
    }
}
