//! How days and times are shown: the clock's hours, the first day of the week, the number of an attempt's first day.
//!
//! Invariant: it changes what is shown and nothing that is kept, exported or counted.

use chrono::{Datelike, Days, NaiveDate, NaiveTime, Timelike, Weekday};

/// The hours of the clock.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Clock {
    /// 21:40.
    #[default]
    Of24,
    /// 9:40 pm.
    Of12,
}

/// The first day of the week.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum WeekStart {
    /// As ISO 8601 has it.
    #[default]
    Monday,
    /// As in North America.
    Sunday,
}

/// The number that the day an attempt counts from is shown with.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum FirstDay {
    /// Day 0, as exports always have it.
    #[default]
    Zero,
    /// Day 1.
    One,
}

/// How days and times are shown.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Manner {
    /// The hours of the clock.
    pub clock: Clock,
    /// The first day of the week.
    pub week_start: WeekStart,
    /// The number of an attempt's first day.
    pub first_day: FirstDay,
}

impl Manner {
    /// "21:40" or "9:40 pm".
    pub fn time(self, time: NaiveTime) -> String {
        match self.clock {
            Clock::Of24 => time.format("%H:%M").to_string(),
            Clock::Of12 => {
                let (is_afternoon, hour) = time.hour12();
                let half = if is_afternoon { "pm" } else { "am" };
                format!("{hour}:{:02} {half}", time.minute())
            }
        }
    }

    /// The first day of the week of `day`.
    pub fn week_head(self, day: NaiveDate) -> NaiveDate {
        let back = match self.week_start {
            WeekStart::Monday => day.weekday().num_days_from_monday(),
            WeekStart::Sunday => day.weekday().num_days_from_sunday(),
        };
        day.checked_sub_days(Days::new(u64::from(back)))
            .unwrap_or(day)
    }

    /// The day on which weeks begin.
    pub const fn first_weekday(self) -> Weekday {
        match self.week_start {
            WeekStart::Monday => Weekday::Mon,
            WeekStart::Sunday => Weekday::Sun,
        }
    }

    /// The number that day `day` after day 0 is shown with; days before it keep their number.
    pub const fn day_number(self, day: i64) -> i64 {
        match self.first_day {
            FirstDay::One if day >= 0 => day.saturating_add(1),
            _ => day,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Clock, FirstDay, Manner, WeekStart};
    use chrono::{NaiveDate, NaiveTime};

    fn at(hour: u32, minute: u32) -> NaiveTime {
        NaiveTime::from_hms_opt(hour, minute, 0).unwrap_or_default()
    }

    #[test]
    fn noon_and_midnight_are_twelve() {
        let manner = Manner {
            clock: Clock::Of12,
            ..Manner::default()
        };
        assert_eq!(manner.time(at(0, 5)), "12:05 am");
        assert_eq!(manner.time(at(12, 0)), "12:00 pm");
        assert_eq!(manner.time(at(21, 40)), "9:40 pm");
        assert_eq!(Manner::default().time(at(9, 5)), "09:05");
    }

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
    }

    #[test]
    fn day_one_is_the_day_that_exports_call_zero() {
        let one = Manner {
            first_day: FirstDay::One,
            ..Manner::default()
        };
        assert_eq!((one.day_number(0), one.day_number(9)), (1, 10));
        assert_eq!(one.day_number(-2), -2);
        assert_eq!(Manner::default().day_number(0), 0);
    }
}
