//! How days are shown: the first day of the week.
//!
//! Invariant: it changes what is shown and nothing that is kept, exported or counted.

use chrono::{Datelike, Days, NaiveDate};

/// The first day of the week.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum WeekStart {
    /// As ISO 8601 has it.
    #[default]
    Monday,
    /// As in North America.
    Sunday,
}

/// How days are shown.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Manner {
    /// The first day of the week.
    pub week_start: WeekStart,
}

impl Manner {
    /// The first day of the week of `day`.
    pub fn week_head(self, day: NaiveDate) -> NaiveDate {
        let back = match self.week_start {
            WeekStart::Monday => day.weekday().num_days_from_monday(),
            WeekStart::Sunday => day.weekday().num_days_from_sunday(),
        };
        day.checked_sub_days(Days::new(u64::from(back)))
            .unwrap_or(day)
    }
}

#[cfg(test)]
mod tests {
    use super::{Manner, WeekStart};
    use chrono::NaiveDate;

    #[test]
    fn a_sunday_begins_a_week_or_ends_it() {
        let sunday = NaiveDate::from_ymd_opt(2026, 11, 22).unwrap_or_default();
        let monday = NaiveDate::from_ymd_opt(2026, 11, 16).unwrap_or_default();
        let from_sunday = Manner {
            week_start: WeekStart::Sunday,
        };
        assert_eq!(from_sunday.week_head(sunday), sunday);
        assert_eq!(Manner::default().week_head(sunday), monday);
        assert_eq!(Manner::default().week_head(monday), monday);
    }
}
