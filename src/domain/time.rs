//! Zones, moments and logical days.
//!
//! Invariant: the clock is never read here; day arithmetic is on dates, never on 24 hours; a moment keeps the offset, the
//! zone and the logical day that it was written with, whatever changes later.

use chrono::{
    DateTime, Days, FixedOffset, MappedLocalTime, NaiveDate, NaiveDateTime, NaiveTime, TimeDelta,
    TimeZone, Utc,
};
use std::sync::Arc;

/// What a zone's rules answer, whichever library has them.
trait Rules: Send + Sync {
    fn at(&self, instant: DateTime<Utc>) -> DateTime<FixedOffset>;
    fn local(&self, local: NaiveDateTime) -> MappedLocalTime<DateTime<FixedOffset>>;
}

struct Of<T>(T);

impl<T: TimeZone + Send + Sync> Rules for Of<T> {
    fn at(&self, instant: DateTime<Utc>) -> DateTime<FixedOffset> {
        instant.with_timezone(&self.0).fixed_offset()
    }

    fn local(&self, local: NaiveDateTime) -> MappedLocalTime<DateTime<FixedOffset>> {
        self.0
            .from_local_datetime(&local)
            .map(|at| at.fixed_offset())
    }
}

/// A zone: its name and its rules. Cloning is cheap.
#[derive(Clone)]
pub struct Zone {
    name: Arc<str>,
    rules: Arc<dyn Rules>,
}

impl std::fmt::Debug for Zone {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Zone({})", self.name)
    }
}

/// A wall time that did not exist, and the one that is used instead.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Shift {
    /// The wall time asked for.
    pub asked: NaiveDateTime,
    /// The wall time used.
    pub given: NaiveDateTime,
}

impl std::fmt::Display for Shift {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let time = |at: NaiveDateTime| at.format("%H:%M");
        write!(
            f,
            "{} did not exist on {}; {} is used",
            time(self.asked),
            self.asked.date(),
            time(self.given)
        )
    }
}

/// What a wall time comes to in a zone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Resolved {
    /// The instant, with its offset.
    pub at: DateTime<FixedOffset>,
    /// Set when the wall time did not exist.
    pub shift: Option<Shift>,
}

impl Zone {
    /// A zone with the rules of a library.
    pub fn new<T: TimeZone + Send + Sync + 'static>(name: &str, rules: T) -> Self {
        Self {
            name: name.into(),
            rules: Arc::new(Of(rules)),
        }
    }

    /// A zone that never changes its clocks.
    pub fn fixed(offset: FixedOffset) -> Self {
        Self::new(&offset.to_string(), offset)
    }

    /// Its name: `Europe/Berlin`, or `-05:00` for a fixed one.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The wall time of `instant`, in whole seconds.
    pub fn at(&self, instant: DateTime<Utc>) -> DateTime<FixedOffset> {
        let whole = DateTime::from_timestamp(instant.timestamp(), 0).unwrap_or(instant);
        self.rules.at(whole)
    }

    /// The instant of a wall time. One that the clocks skip moves forward by what they skip, and says so; of one that comes
    /// twice the earlier is taken.
    pub fn resolve(&self, local: NaiveDateTime) -> Resolved {
        match self.rules.local(local) {
            MappedLocalTime::Single(at) => Resolved { at, shift: None },
            MappedLocalTime::Ambiguous(one, other) => Resolved {
                at: one.min(other),
                shift: None,
            },
            MappedLocalTime::None => {
                let at = self.after_gap(local);
                Resolved {
                    at,
                    shift: Some(Shift {
                        asked: local,
                        given: at.naive_local(),
                    }),
                }
            }
        }
    }

    /// The offset before the gap, kept: 02:30 with the old offset is 03:30 on the new clock. A day that a zone left out
    /// altogether is a gap of 24 hours.
    fn after_gap(&self, local: NaiveDateTime) -> DateTime<FixedOffset> {
        let before = (1..=26).find_map(|hours| {
            let earlier = local.checked_sub_signed(TimeDelta::hours(hours))?;
            self.rules.local(earlier).earliest().map(|at| *at.offset())
        });
        let offset = before.unwrap_or_else(|| chrono::Offset::fix(&Utc));
        let instant = local.checked_sub_offset(offset).unwrap_or(local).and_utc();
        self.rules.at(instant)
    }
}

/// "Now", as everything below `main` sees it.
#[derive(Debug, Clone)]
pub struct Now {
    /// The moment, in whole seconds, with its offset.
    pub at: DateTime<FixedOffset>,
    /// Where.
    pub zone: Zone,
}

impl Now {
    /// `instant` as the clocks of `zone` show it.
    pub fn new(instant: DateTime<Utc>, zone: Zone) -> Self {
        Self {
            at: zone.at(instant),
            zone,
        }
    }

    /// The logical day.
    pub fn today(&self, day_end: DayEnd) -> NaiveDate {
        logical_day(self.at.naive_local(), day_end)
    }

    /// The instant at which the logical day ends.
    pub fn next_day_start(&self, day_end: DayEnd) -> DateTime<FixedOffset> {
        end_of_day(self.today(day_end), &self.zone, day_end)
    }
}

/// When a logical day ends, in minutes after midnight: 0 to 720, 04:00 unless set otherwise.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DayEnd(u16);

/// A day end that is no time between 00:00 and 12:00.
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

impl std::str::FromStr for DayEnd {
    type Err = NotADayEnd;

    fn from_str(text: &str) -> Result<Self, NotADayEnd> {
        let time = NaiveTime::parse_from_str(text.trim(), "%H:%M").map_err(|_| NotADayEnd)?;
        let minutes = chrono::Timelike::num_seconds_from_midnight(&time) / 60;
        u16::try_from(minutes).map_err(|_| NotADayEnd)?.try_into()
    }
}

impl std::fmt::Display for DayEnd {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{:02}:{:02}", self.0 / 60, self.0 % 60)
    }
}

/// The logical day that a wall time belongs to: the one function that decides it.
pub fn logical_day(local: NaiveDateTime, day_end: DayEnd) -> NaiveDate {
    let earlier = local.checked_sub_signed(TimeDelta::minutes(i64::from(day_end.0)));
    earlier.unwrap_or(local).date()
}

/// The instant at which the logical day `day` ends: `day_end` on the wall of the next date.
pub fn end_of_day(day: NaiveDate, zone: &Zone, day_end: DayEnd) -> DateTime<FixedOffset> {
    let next = day.checked_add_days(Days::new(1)).unwrap_or(day);
    let time = NaiveTime::from_num_seconds_from_midnight_opt(u32::from(day_end.0) * 60, 0)
        .unwrap_or_default();
    zone.resolve(next.and_time(time)).at
}

/// When an entry was: whole seconds UTC, the offset and the zone of writing, the logical day it counts for, and whether it
/// was written at or after the end of that day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Moment {
    /// Seconds since 1970, UTC.
    pub at_utc: i64,
    /// Offset in minutes, east positive.
    pub offset_min: i16,
    /// The zone's name.
    pub zone: Arc<str>,
    /// The logical day it counts for.
    pub day: NaiveDate,
    /// Written at or after the end of its logical day.
    pub late: bool,
}

impl Moment {
    /// An entry of `at`, written `now`, that counts for the logical day of `at`.
    pub fn written(at: DateTime<FixedOffset>, now: &Now, day_end: DayEnd) -> Self {
        Self::on_day(logical_day(at.naive_local(), day_end), at, now, day_end)
    }

    /// An entry of `at`, written `now`, that counts for `day`, as the person chose.
    pub fn on_day(day: NaiveDate, at: DateTime<FixedOffset>, now: &Now, day_end: DayEnd) -> Self {
        Self {
            at_utc: at.timestamp(),
            offset_min: i16::try_from(at.offset().local_minus_utc() / 60).unwrap_or(0),
            zone: Arc::clone(&now.zone.name),
            day,
            late: now.at >= end_of_day(day, &now.zone, day_end),
        }
    }

    /// The moment with its offset.
    pub fn at(&self) -> DateTime<FixedOffset> {
        let offset = FixedOffset::east_opt(i32::from(self.offset_min) * 60);
        let offset = offset.unwrap_or_else(|| chrono::Offset::fix(&Utc));
        DateTime::from_timestamp(self.at_utc, 0)
            .unwrap_or_default()
            .with_timezone(&offset)
    }

    /// The time as it was on the wall.
    pub fn wall_time(&self) -> NaiveTime {
        self.at().time()
    }
}

#[cfg(test)]
#[path = "time_tests.rs"]
mod tests;
