//! Moments and logical days.
//!
//! Invariant: the clock is never read here; one function, [`logical_day`], decides a day; a moment keeps the offset, the zone
//! and the day that it was written with, whatever is travelled or set later; what is written at its own moment is never late.

pub mod display;
pub mod parse;
pub mod span;
pub mod zone;

use chrono::{
    DateTime, Days, FixedOffset, NaiveDate, NaiveDateTime, NaiveTime, Offset, TimeDelta, Timelike,
    Utc,
};
use display::Manner;
use std::fmt;
use std::str::FromStr;
use std::sync::Arc;
pub use zone::{Resolved, Shift, Zone};

/// "Now", as everything below `main` sees it.
#[derive(Debug, Clone)]
pub struct Now {
    /// The moment, in whole seconds, with its offset.
    pub at: DateTime<FixedOffset>,
    /// Where the person is: a bare time is read here.
    pub zone: Zone,
    /// How days and times are said to them.
    pub manner: Manner,
}

impl Now {
    /// `instant` as the wall shows it in `zone`; parts of a second are dropped.
    pub fn new(instant: DateTime<Utc>, zone: Zone) -> Self {
        let whole = DateTime::from_timestamp(instant.timestamp(), 0).unwrap_or(instant);
        let at = zone.at(whole);
        Self {
            at,
            zone,
            manner: Manner::default(),
        }
    }

    /// This moment, said in another manner.
    #[must_use]
    pub fn said_in(self, manner: Manner) -> Self {
        Self { manner, ..self }
    }

    /// The time of day, as it is said.
    pub fn time(&self) -> String {
        self.manner.time(self.at.time())
    }

    /// The logical day.
    pub fn today(&self, day_end: DayEnd) -> NaiveDate {
        logical_day(self.at.naive_local(), day_end)
    }

    /// The instant at which the logical day ends; always after [`Now::at`], so a deadline never fires twice.
    pub fn next_day_start(&self, day_end: DayEnd) -> DateTime<FixedOffset> {
        end_of_day(self.today(day_end), &self.zone, day_end)
    }
}

/// When a logical day ends, in minutes after midnight: 0 to 720, 04:00 unless set otherwise.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DayEnd(u16);

/// A text or number that is no day end.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a day ends between 00:00 and 12:00, such as 04:00")]
pub struct NotADayEnd;

impl DayEnd {
    /// The latest: noon.
    pub const LATEST: u16 = 720;

    /// Minutes after midnight.
    pub const fn minutes(self) -> u16 {
        self.0
    }

    fn on_the_wall(self) -> NaiveTime {
        NaiveTime::from_num_seconds_from_midnight_opt(u32::from(self.0) * 60, 0).unwrap_or_default()
    }
}

impl Default for DayEnd {
    fn default() -> Self {
        Self(240)
    }
}

impl TryFrom<u16> for DayEnd {
    type Error = NotADayEnd;

    fn try_from(minutes: u16) -> Result<Self, NotADayEnd> {
        if minutes <= Self::LATEST {
            Ok(Self(minutes))
        } else {
            Err(NotADayEnd)
        }
    }
}

impl FromStr for DayEnd {
    type Err = NotADayEnd;

    fn from_str(text: &str) -> Result<Self, NotADayEnd> {
        let time = parse::parse_clock(text).ok_or(NotADayEnd)?;
        let minutes = time.num_seconds_from_midnight() / 60;
        u16::try_from(minutes).map_err(|_| NotADayEnd)?.try_into()
    }
}

impl fmt::Display for DayEnd {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:02}:{:02}", self.0 / 60, self.0 % 60)
    }
}

/// The logical day that a wall time belongs to: its date from the day end on, the date before until then.
pub fn logical_day(local: NaiveDateTime, day_end: DayEnd) -> NaiveDate {
    let earlier = local.checked_sub_signed(TimeDelta::minutes(i64::from(day_end.0)));
    earlier.unwrap_or(local).date()
}

/// The instant at which the logical day `day` ends: from here on no instant of `zone` belongs to it, or to one before.
///
/// Where the clocks skip the day end, that is the jump; where it comes twice, it is the time after which none of the day
/// returns. So a day that a zone left out ends where the day before it does not.
pub fn end_of_day(day: NaiveDate, zone: &Zone, day_end: DayEnd) -> DateTime<FixedOffset> {
    let next = day.checked_add_days(Days::new(1)).unwrap_or(day);
    zone.passing(next.and_time(day_end.on_the_wall()))
}

/// When an entry was: whole seconds UTC, the offset and the zone it was written in, the logical day it counts for, and
/// whether it was written at or after the end of that day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Moment {
    /// Seconds since 1970-01-01, UTC.
    pub at_utc: i64,
    /// Offset in minutes, east positive, -1439 to 1439.
    pub offset_min: i16,
    /// The zone's name.
    pub zone: Arc<str>,
    /// The logical day it counts for.
    pub day: NaiveDate,
    /// Written at or after the end of its logical day.
    pub late: bool,
}

impl Moment {
    /// An entry of `at`, written `now`, that counts for the logical day of `at`, by the offset of `at` alone.
    pub fn written(at: DateTime<FixedOffset>, now: &Now, day_end: DayEnd) -> Self {
        Self::on_day(logical_day(at.naive_local(), day_end), at, now, day_end)
    }

    /// An entry of `at`, written `now`, that counts for `day`, as the person chose.
    pub fn on_day(day: NaiveDate, at: DateTime<FixedOffset>, now: &Now, day_end: DayEnd) -> Self {
        let zone = zone_of(at, &now.zone);
        Self {
            at_utc: at.timestamp(),
            offset_min: i16::try_from(at.offset().local_minus_utc() / 60).unwrap_or(0),
            zone: zone.shared_name(),
            day,
            late: now.at >= end_of_day(day, &zone, day_end),
        }
    }

    /// The moment with its offset.
    pub fn at(&self) -> DateTime<FixedOffset> {
        let offset = FixedOffset::east_opt(i32::from(self.offset_min) * 60);
        Zone::fixed(offset.unwrap_or_else(|| Utc.fix())).at(DateTime::from_timestamp(
            self.at_utc,
            0,
        )
        .unwrap_or_default())
    }

    /// The time as it was on the wall.
    pub fn wall_time(&self) -> NaiveTime {
        self.at().time()
    }
}

/// The zone that `at` was said in. A moment typed with an offset that does not hold in `here` comes from elsewhere: `here`
/// would be a false name beside it, and would end its day at another instant.
fn zone_of(at: DateTime<FixedOffset>, here: &Zone) -> Zone {
    if here.at(at.to_utc()).offset() == at.offset() {
        here.clone()
    } else {
        Zone::fixed(*at.offset())
    }
}

#[cfg(test)]
mod tests;
