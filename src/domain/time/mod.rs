//! Moments and logical days.
//!
//! Invariant: this module never reads the clock. One function, `logical_day`, decides a day. A moment keeps the offset, the
//! zone and the day that it was written with, through travel and later settings. An entry written at its own moment is never
//! late.

pub mod display;
pub(crate) mod parse;
pub mod span;
mod years;
pub(crate) mod zone;

use chrono::{
    DateTime, Days, FixedOffset, NaiveDate, NaiveDateTime, NaiveTime, Offset, TimeDelta, Timelike,
    Utc,
};
use display::Manner;
use std::fmt;
use std::str::FromStr;
use std::sync::Arc;
pub(crate) use years::EntryYears;
pub use zone::{Resolved, Shift, Zone};

/// The present moment, as `main` passes it to everything below.
#[derive(Debug, Clone)]
pub struct Now {
    /// The moment, in whole seconds, with its offset.
    pub at: DateTime<FixedOffset>,
    /// The zone of the person. A time without an offset is one of this zone.
    pub(crate) zone: Zone,
    /// How days and times are written for the person.
    pub(crate) manner: Manner,
}

impl Now {
    /// `instant` as wall time in `zone`. Parts of a second are dropped.
    pub fn new(instant: DateTime<Utc>, zone: Zone) -> Self {
        // A journal stores whole seconds; with a fraction, an entry saved now could lie before now.
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
    pub(crate) fn with_manner(self, manner: Manner) -> Self {
        Self { manner, ..self }
    }

    /// The time of day for the person.
    pub(crate) fn time(&self) -> String {
        self.manner.time(self.at.time())
    }

    /// The logical day.
    pub fn today(&self, day_end: DayEnd) -> NaiveDate {
        logical_day(self.at.naive_local(), day_end)
    }

    /// The end of the present logical day. It is always after [`Now::at`], so a timer set to it never fires at once.
    pub(crate) fn next_day_start(&self, day_end: DayEnd) -> DateTime<FixedOffset> {
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
    // A later day end would put a whole morning into the day before.
    pub(crate) const LATEST: u16 = 720;

    /// Minutes after midnight.
    pub(crate) const fn minutes(self) -> u16 {
        self.0
    }

    pub(crate) fn on_the_wall(self) -> NaiveTime {
        NaiveTime::from_num_seconds_from_midnight_opt(u32::from(self.0) * 60, 0).unwrap_or_default()
    }
}

impl Default for DayEnd {
    fn default() -> Self {
        // 04:00: late enough for a night that goes past midnight, early enough for people who rise early.
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

/// The logical day of a wall time: its date, or before the day end the date before.
pub(crate) fn logical_day(local: NaiveDateTime, day_end: DayEnd) -> NaiveDate {
    // Wall times are subtracted, not instants: a change of the clocks in the night must not move an entry to another day.
    let earlier = local.checked_sub_signed(TimeDelta::minutes(i64::from(day_end.0)));
    earlier.unwrap_or(local).date()
}

/// The end of the logical day `day`: from this instant on, no instant of `zone` belongs to it or to an earlier day.
///
/// If the day end lies in a gap, the day ends at the jump. If it lies in a fold, the day ends when its last wall time has
/// passed for good. See [`Zone::passing`].
pub(crate) fn end_of_day(day: NaiveDate, zone: &Zone, day_end: DayEnd) -> DateTime<FixedOffset> {
    let next = day.checked_add_days(Days::new(1)).unwrap_or(day);
    zone.passing(next.and_time(day_end.on_the_wall()))
}

/// The moment of an entry: whole seconds UTC, offset and zone, the logical day it counts for, and whether it was written late.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Moment {
    /// Seconds since 1970-01-01, UTC.
    pub at_utc: i64,
    /// Offset in minutes, east positive, -1439 to 1439.
    pub offset_min: i16,
    /// The name of the zone.
    pub zone: Arc<str>,
    /// The logical day it counts for.
    pub day: NaiveDate,
    /// Written at or after the end of its logical day.
    pub late: bool,
    /// It was given as a day alone, or as last night. Its instant only gives it a place among the others of the day.
    pub without_time: bool,
}

/// A moment that a person named for an entry.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Named {
    /// The instant; of a day alone, the one that gives it its place.
    pub(crate) at: DateTime<FixedOffset>,
    /// It is a day alone.
    pub(crate) without_time: bool,
}

impl Moment {
    /// An entry of `at`, written `now`, that counts for the logical day of `at`, by the offset of `at` alone.
    pub fn written(at: DateTime<FixedOffset>, now: &Now, day_end: DayEnd) -> Self {
        Self::on_day(logical_day(at.naive_local(), day_end), at, now, day_end)
    }

    /// An entry of `at`, written `now`, that counts for `day`, as the person chose.
    pub fn on_day(day: NaiveDate, at: DateTime<FixedOffset>, now: &Now, day_end: DayEnd) -> Self {
        let zone = zone_of(at, &now.zone);
        // Whole minutes below 24 hours: `Zone` rounds every offset, so the conversion never falls back to 0.
        Self {
            at_utc: at.timestamp(),
            offset_min: i16::try_from(at.offset().local_minus_utc() / 60).unwrap_or(0),
            zone: zone.shared_name(),
            day,
            late: now.at >= end_of_day(day, &zone, day_end),
            without_time: false,
        }
    }

    /// This moment as one of a day alone.
    #[must_use]
    pub(crate) fn without_its_time(self) -> Self {
        Self {
            without_time: true,
            ..self
        }
    }

    /// True without a time; nothing with one, so that what was written before says the same.
    pub(crate) fn mark(&self) -> Option<bool> {
        self.without_time.then_some(true)
    }

    /// The time as it was on the wall, where one was given.
    pub(crate) fn given_time(&self) -> Option<NaiveTime> {
        (!self.without_time).then(|| self.wall_time())
    }

    /// As the person named it.
    pub(crate) fn named(&self) -> Named {
        Named {
            at: self.at(),
            without_time: self.without_time,
        }
    }

    /// The moment with its offset.
    pub(crate) fn at(&self) -> DateTime<FixedOffset> {
        let offset = FixedOffset::east_opt(i32::from(self.offset_min) * 60);
        let instant = DateTime::from_timestamp(self.at_utc, 0);
        // Without a `Zone`, which has a name: an export asks for a hundred thousand moments.
        zone::wall(
            instant.unwrap_or_default(),
            offset.unwrap_or_else(|| Utc.fix()),
        )
    }

    /// The time as it was on the wall.
    pub fn wall_time(&self) -> NaiveTime {
        self.at().time()
    }
}

/// The zone of a moment: `here`, or a fixed one if `here` has another offset at that instant.
fn zone_of(at: DateTime<FixedOffset>, here: &Zone) -> Zone {
    // A moment typed with a foreign offset comes from elsewhere. `here` would be a false name beside it, and would end its
    // day at another instant.
    if here.at(at.to_utc()).offset() == at.offset() {
        here.clone()
    } else {
        Zone::fixed(*at.offset())
    }
}

#[cfg(test)]
mod tests;
