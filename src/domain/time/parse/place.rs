//! The moment of a phrase, as seen from now.
//!
//! Invariant: a day alone is its noon and says which day it is; before the end of the day, `today`, `yesterday` and `last night`
//! are those of the logical day, because that is still the person's day.

use super::phrase::{DayName, Phrase, Way};
use super::{Toward, When, WhenError};
use crate::domain::time::{DayEnd, Now, Resolved, Shift};
use chrono::{
    DateTime, Datelike, FixedOffset, NaiveDate, NaiveDateTime, NaiveTime, TimeDelta, Weekday,
};

/// From where a phrase is placed.
#[derive(Clone, Copy)]
pub(super) struct Standpoint<'a> {
    pub(super) now: &'a Now,
    pub(super) day_end: DayEnd,
    pub(super) toward: Toward,
}

/// How many years away a day without its year is looked for: 29 February may be eight years away.
const YEARS_AWAY: i32 = 8;
/// How many days away a weekday with its number is looked for. Each pair comes again within a few years.
const DAYS_AWAY: i64 = 2500;
/// The hour of last night.
const NIGHT: u32 = 22;

impl Standpoint<'_> {
    /// The moment of a phrase. `Ok(None)`: it lies outside the calendar.
    pub(super) fn place(self, phrase: &Phrase) -> Result<Option<When>, WhenError> {
        Ok(match *phrase {
            Phrase::Bare(span) => self.elapsed(Way::Back, span.days, span.seconds),
            Phrase::Elapsed(way, span) => self.elapsed(way, span.days, span.seconds),
            Phrase::Clock(time) => self.nearest(0..=1, |days| {
                let date = self.on_the_wall().checked_add_signed(days)?;
                Some(self.on(date, Some(time)))
            }),
            Phrase::Day(name, time) => return self.day(name, time),
            Phrase::Instant(day, time, offset) => NaiveDateTime::new(day, time)
                .and_local_timezone(offset)
                .single()
                .map(When::exact),
            // As a file of another program is read: which day it counts for, the person's own clock says.
            Phrase::Utc(day, time) => {
                let instant = NaiveDateTime::new(day, time).and_utc();
                Some(When::exact(self.now.zone.at(instant)))
            }
        })
    }

    /// The date on the wall.
    fn on_the_wall(self) -> NaiveDate {
        self.now.at.date_naive()
    }

    /// The logical day.
    fn today(self) -> NaiveDate {
        self.now.today(self.day_end)
    }

    fn elapsed(self, way: Way, days: u64, seconds: u64) -> Option<When> {
        let sign = match way {
            Way::Back => -1,
            Way::On => 1,
        };
        let days = TimeDelta::try_days(i64::try_from(days).ok()?.checked_mul(sign)?)?;
        let elapsed = TimeDelta::try_seconds(i64::try_from(seconds).ok()?.checked_mul(sign)?)?;
        // The present wall time is not resolved again: in a fold that could give the instant an hour before.
        let from = if days.is_zero() {
            self.now.at
        } else {
            let wall = self.now.at.naive_local().checked_add_signed(days)?;
            self.now.zone.resolve(wall).at
        };
        let instant = from.to_utc().checked_add_signed(elapsed)?;
        Some(When::exact(self.now.zone.at(instant)))
    }

    fn day(self, name: DayName, time: Option<NaiveTime>) -> Result<Option<When>, WhenError> {
        Ok(match name {
            DayName::Date(day, weekday) => {
                fits(day, weekday)?;
                Some(self.on(day, time))
            }
            DayName::MonthDay(month, day, weekday) => {
                return self.month_day(month, day, weekday, time);
            }
            DayName::Numbers(one, other, year) => {
                return Err(self.twofold((one, other), year, time));
            }
            DayName::Away(days) => TimeDelta::try_days(days)
                .and_then(|days| self.today().checked_add_signed(days))
                .and_then(|day| self.within(day, time)),
            DayName::Tomorrow => self.tomorrow(time),
            DayName::LastNight => self.last_night(time),
            DayName::PartOf(days, hour) => {
                let day = TimeDelta::try_days(days)
                    .and_then(|days| self.today().checked_add_signed(days));
                let begin = day.map(|day| self.on(day, NaiveTime::from_hms_opt(begin(hour), 0, 0)));
                let is_ahead = begin.is_some_and(|begin| begin.at > self.now.at);
                if days == 0 && self.toward == Toward::Past && is_ahead {
                    return Err(WhenError::PartAhead);
                }
                day.map(|day| self.part_of(day, hour, time))
            }
            DayName::Weekday(weekday) => {
                self.nearest_day(0..=7, time, |day| day.weekday() == weekday)
            }
            DayName::WeekdayOf(weekday, number) => self.weekday_of(weekday, number, time),
            DayName::WeekdayOr(weekday, number) => {
                let day = self.weekday_of(weekday, number, time);
                let next = self.nearest_day(0..=7, None, |day| day.weekday() == weekday);
                // Where that weekday has this number, as under a chart of these days, there is nothing to ask.
                if time.is_some() || day.map(|when| when.date()) == next.map(|when| when.date()) {
                    return Ok(day);
                }
                let hour = NaiveTime::from_hms_opt(number, 0, 0);
                let hour = self.nearest_day(0..=7, hour, |day| day.weekday() == weekday);
                return match (day, hour) {
                    (Some(day), Some(hour)) => Err(WhenError::DayOrHour(day, hour)),
                    (_, hour) => Ok(hour),
                };
            }
            DayName::Last(weekday) => {
                let mut earlier = (1..=7).map(|days| self.today() - TimeDelta::days(days));
                let day = earlier.find(|day| day.weekday() == weekday);
                day.map(|day| self.on(day, time))
            }
            DayName::Next(weekday) => {
                let mut later = (1..=7).map(|days| self.today() + TimeDelta::days(days));
                let day = later.find(|day| day.weekday() == weekday);
                day.map(|day| self.on(day, time))
            }
        })
    }

    /// The nearest day with this weekday and this number.
    fn weekday_of(self, weekday: Weekday, number: u32, time: Option<NaiveTime>) -> Option<When> {
        self.nearest_day(0..=DAYS_AWAY, time, |day| {
            day.weekday() == weekday && day.day() == number
        })
    }

    /// The nearest of some days that fits the way the field looks; the days are counted away from now.
    fn nearest(
        self,
        mut away: std::ops::RangeInclusive<i64>,
        when: impl Fn(TimeDelta) -> Option<When>,
    ) -> Option<When> {
        let sign = match self.toward {
            Toward::Past => -1,
            Toward::Future => 1,
        };
        away.find_map(|days| {
            let when = when(TimeDelta::try_days(days * sign)?);
            when.filter(|when| self.lies(when))
        })
    }

    /// The nearest day of a kind, at a time or alone.
    fn nearest_day(
        self,
        away: std::ops::RangeInclusive<i64>,
        time: Option<NaiveTime>,
        is_it: impl Fn(NaiveDate) -> bool,
    ) -> Option<When> {
        // The date on the wall may be this day before the logical day is.
        let from = match (time, self.toward) {
            (None, Toward::Future) => self.today(),
            _ => self.on_the_wall(),
        };
        self.nearest(away, |days| {
            let day = from.checked_add_signed(days)?;
            is_it(day).then(|| self.on(day, time))
        })
    }

    /// Whether it lies where the field looks. A day alone that has begun is neither before nor after now, and one that has begun
    /// on the wall alone is still the one that was named: a week or a year before it, nobody meant.
    fn lies(self, when: &When) -> bool {
        match (self.toward, when.day) {
            (Toward::Past, Some(day)) => day <= self.on_the_wall(),
            (Toward::Future, Some(day)) => day >= self.today(),
            (Toward::Past, None) => when.at <= self.now.at,
            (Toward::Future, None) => when.at >= self.now.at,
        }
    }

    /// A day of the calendar, at a time or alone.
    fn on(self, day: NaiveDate, time: Option<NaiveTime>) -> When {
        let local = day.and_time(time.unwrap_or_else(noon));
        let Resolved { at, shift } = self.now.zone.resolve(local);
        // An offset was not typed, so the person is told which of two times is used.
        let shift = shift.or_else(|| {
            self.now
                .zone
                .comes_twice(local)
                .then(|| Shift::twice(local))
        });
        When {
            at,
            // A zone that crossed the date line left out a day: what is used lies on another one.
            day: time.is_none().then(|| at.date_naive()),
            shift,
        }
    }

    /// A time within a day that is counted from today.
    fn within(self, day: NaiveDate, time: Option<NaiveTime>) -> Option<When> {
        // At 02:00 the day that began yesterday goes on: its 01:30 lies on the next date.
        let is_night = self.on_the_wall() > self.today()
            && time.is_some_and(|time| time < self.day_end.on_the_wall());
        let day = if is_night { day.succ_opt()? } else { day };
        Some(self.on(day, time))
    }

    /// The next such time that is not past, from the day after the logical one on.
    fn tomorrow(self, time: Option<NaiveTime>) -> Option<When> {
        let day = self.today().succ_opt()?;
        let when = self.on(day, time);
        if time.is_some() && when.at < self.now.at {
            return Some(self.on(day.succ_opt()?, time));
        }
        Some(when)
    }

    /// The night before the logical day: 22:00 without a time.
    fn last_night(self, time: Option<NaiveTime>) -> Option<When> {
        let today = self.today();
        let before = today.pred_opt()?;
        match time {
            None => {
                let evening = self.on(before, NaiveTime::from_hms_opt(NIGHT, 0, 0));
                Some(When {
                    day: Some(before),
                    ..evening
                })
            }
            // The hours after midnight are of the same night.
            Some(late) if late < noon() => Some(self.on(today, time)),
            Some(_) => Some(self.on(before, time)),
        }
    }

    /// A part of a day: a day without a time, placed at an hour of that part.
    fn part_of(self, day: NaiveDate, hour: u32, time: Option<NaiveTime>) -> When {
        match time {
            Some(_) => self.on(day, time),
            None => When {
                day: Some(day),
                ..self.on(day, NaiveTime::from_hms_opt(hour, 0, 0))
            },
        }
    }

    /// A date without its year.
    fn month_day(
        self,
        month: u32,
        day: u32,
        weekday: Option<Weekday>,
        time: Option<NaiveTime>,
    ) -> Result<Option<When>, WhenError> {
        let this_year = self.on_the_wall().year();
        let near = |looking: Self| {
            // The next year too, because a day that is nearly there may be of it.
            let years = (-1..=YEARS_AWAY).map(|away| match looking.toward {
                Toward::Past => this_year - away,
                Toward::Future => this_year + away,
            });
            let mut days = years.filter_map(|year| NaiveDate::from_ymd_opt(year, month, day));
            days.find_map(|day| Some(looking.on(day, time)).filter(|when| looking.lies(when)))
        };
        let Some(nearest) = near(self) else {
            return Ok(None);
        };
        let date = |when: &When| when.day.unwrap_or_else(|| when.at.date_naive());
        match fits(date(&nearest), weekday) {
            Ok(()) => Ok(Some(nearest)),
            // The weekday says which year is meant, also where the field looks the other way.
            Err(why) => {
                let other = near(self.turned()).filter(|when| fits(date(when), weekday).is_ok());
                other.map(Some).ok_or(why)
            }
        }
    }

    /// The same place, looking the other way.
    const fn turned(self) -> Self {
        let toward = match self.toward {
            Toward::Past => Toward::Future,
            Toward::Future => Toward::Past,
        };
        Self { toward, ..self }
    }

    /// What to ask about two numbers that are two days.
    fn twofold(
        self,
        (one, other): (u32, u32),
        year: Option<i32>,
        time: Option<NaiveTime>,
    ) -> WhenError {
        let read = |day: u32, month: u32| {
            let when = match year.and_then(|year| NaiveDate::from_ymd_opt(year, month, day)) {
                Some(day) => Some(self.on(day, time)),
                None => self.month_day(month, day, None, time).ok().flatten(),
            };
            when.unwrap_or_else(|| When::exact(self.now.at))
        };
        WhenError::Twofold([read(one, other), read(other, one)])
    }
}

/// Whether a date has the weekday that was typed with it.
fn fits(day: NaiveDate, weekday: Option<Weekday>) -> Result<(), WhenError> {
    match weekday {
        Some(weekday) if weekday != day.weekday() => Err(WhenError::OtherWeekday(day)),
        _ => Ok(()),
    }
}

/// When the part of a day begins that is placed at this hour: a morning from midnight on.
const fn begin(hour: u32) -> u32 {
    match hour {
        ..12 => 0,
        12..18 => 12,
        _ => 17,
    }
}

fn noon() -> NaiveTime {
    NaiveTime::from_hms_opt(12, 0, 0).unwrap_or_default()
}

/// Today alone before noon is now.
pub(super) fn not_ahead(when: When, now: DateTime<FixedOffset>, today: NaiveDate) -> When {
    if when.day == Some(today) && when.at > now {
        When { at: now, ..when }
    } else {
        when
    }
}
