//! How days and times are written for a person: the first day of the week, 12 or 24 hours, and the number of the day of last
//! use.
//!
//! Invariant: it changes only what a person reads. The journal, files and JSON have ISO days, 24 hours and count from 0.

use super::Moment;
use chrono::{Datelike, Days, NaiveDate, NaiveTime};

/// What stands for the time of a day alone.
pub(crate) const NO_TIME: &str = "no time";

/// "Tue 3 Mar 2026".
pub(crate) fn day(day: NaiveDate) -> String {
    format!("{} {}", short_day(day), day.year())
}

/// "Tue 3 Mar".
pub(crate) fn short_day(day: NaiveDate) -> String {
    day.format("%a %-d %b").to_string()
}

/// "3 Mar 2026".
pub(crate) fn plain_day(day: NaiveDate) -> String {
    day.format("%-d %b %Y").to_string()
}

/// The first day of the week.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) enum WeekStart {
    /// As ISO 8601 has it.
    #[default]
    Monday,
    /// As in North America.
    Sunday,
}

/// The form of a time of day.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) enum Hours {
    /// 21:40.
    #[default]
    TwentyFour,
    /// 9:40 pm.
    Twelve,
}

/// The number of the day of last use.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) enum FirstDay {
    /// Day 0; the day after it is day 1.
    #[default]
    Zero,
    /// Day 1; the day after it is day 2.
    One,
}

/// How days and times are written.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Manner {
    /// The first day of the week.
    pub(crate) week_start: WeekStart,
    /// The form of a time of day.
    pub(crate) hours: Hours,
    /// The number of the day of last use.
    pub(crate) first_day: FirstDay,
}

impl Manner {
    /// The first day of the week of `day`.
    pub(crate) fn week_head(self, day: NaiveDate) -> NaiveDate {
        let back = match self.week_start {
            WeekStart::Monday => day.weekday().num_days_from_monday(),
            WeekStart::Sunday => day.weekday().num_days_from_sunday(),
        };
        day.checked_sub_days(Days::new(u64::from(back)))
            .unwrap_or(day)
    }

    /// "21:40", or "9:40 pm".
    pub(crate) fn time(self, time: NaiveTime) -> String {
        let form = match self.hours {
            Hours::TwentyFour => "%H:%M",
            Hours::Twelve => "%-I:%M %P",
        };
        time.format(form).to_string()
    }

    /// The time of a moment; "no time" for a day alone.
    pub(crate) fn time_of(self, moment: &Moment) -> String {
        moment
            .given_time()
            .map_or_else(|| NO_TIME.to_owned(), |time| self.time(time))
    }

    /// The number shown for the day `number` days after the day of last use.
    pub(crate) fn counted(self, number: i64) -> i64 {
        // Days before day 0 keep their negative number, so counted from 1 there is no day 0, as there is no year 0.
        match self.first_day {
            FirstDay::One if number >= 0 => number.saturating_add(1),
            FirstDay::Zero | FirstDay::One => number,
        }
    }

    /// The name of the day of last use: "day 0" or "day 1".
    pub(crate) const fn day_zero(self) -> &'static str {
        match self.first_day {
            FirstDay::Zero => "day 0",
            FirstDay::One => "day 1",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{FirstDay, Hours, Manner, WeekStart};
    use chrono::{NaiveDate, NaiveTime};

    #[test]
    fn a_sunday_begins_a_week_or_ends_it() {
        let sunday = NaiveDate::from_ymd_opt(2026, 11, 22).unwrap_or_default();
        let monday = NaiveDate::from_ymd_opt(2026, 11, 16).unwrap_or_default();
        let from_sunday = Manner {
            week_start: WeekStart::Sunday,
            ..Manner::default()
        };
        assert_eq!(from_sunday.week_head(sunday), sunday);
        assert_eq!(Manner::default().week_head(sunday), monday);
        assert_eq!(Manner::default().week_head(monday), monday);
    }

    #[test]
    fn noon_and_midnight_are_twelve_on_a_clock_of_twelve_hours() {
        let twelve = Manner {
            hours: Hours::Twelve,
            ..Manner::default()
        };
        let at = |hour, minute| NaiveTime::from_hms_opt(hour, minute, 0).unwrap_or_default();
        let times = [at(0, 5), at(8, 12), at(12, 0), at(21, 40)].map(|time| twelve.time(time));
        assert_eq!(times, ["12:05 am", "8:12 am", "12:00 pm", "9:40 pm"]);
        assert_eq!(Manner::default().time(at(8, 12)), "08:12");
    }

    #[test]
    fn counted_from_one_no_day_after_last_use_is_day_zero() {
        let from_one = Manner {
            first_day: FirstDay::One,
            ..Manner::default()
        };
        assert_eq!([-1, 0, 9].map(|day| from_one.counted(day)), [-1, 1, 10]);
        assert_eq!(
            [-1, 0, 9].map(|day| Manner::default().counted(day)),
            [-1, 0, 9]
        );
    }
}
