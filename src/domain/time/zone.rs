//! Zones: what the clock on the wall shows at an instant, and which instant a time on the wall means.
//!
//! Invariant: an offset is a whole number of minutes, as a journal stores it; every instant has one wall time and every wall
//! time comes to one instant. Days are dates here, never 24 hours.

use chrono::{DateTime, FixedOffset, NaiveDateTime, Offset, TimeDelta, TimeZone, Utc};
use std::fmt;
use std::sync::Arc;

/// The first second of the year -9999 and the last of 9999: outside them some libraries panic.
const FIRST: DateTime<Utc> = utc_second(-377_705_116_800);
const LAST: DateTime<Utc> = utc_second(253_402_300_799);

const fn utc_second(second: i64) -> DateTime<Utc> {
    match DateTime::from_timestamp(second, 0) {
        Some(instant) => instant,
        None => DateTime::UNIX_EPOCH,
    }
}

/// A zone: its name and its rules. Cloning is cheap.
#[derive(Clone)]
pub struct Zone {
    name: Arc<str>,
    rules: Arc<dyn Fn(NaiveDateTime) -> FixedOffset + Send + Sync>,
}

/// What a wall time comes to in a zone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Resolved {
    /// The instant, with its offset.
    pub at: DateTime<FixedOffset>,
    /// Set when another wall time than the one asked for is used.
    pub shift: Option<Shift>,
}

/// A wall time that did not exist, and the one that is used instead. Displays as a sentence without its full stop.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Shift {
    /// The wall time asked for.
    pub asked: NaiveDateTime,
    /// The wall time used.
    pub given: NaiveDateTime,
}

impl fmt::Debug for Zone {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Zone({})", self.name)
    }
}

impl fmt::Display for Shift {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let has_seconds = [self.asked, self.given]
            .iter()
            .any(|at| chrono::Timelike::second(at) != 0);
        let time = if has_seconds { "%H:%M:%S" } else { "%H:%M" };
        if self.asked.date() == self.given.date() {
            let (asked, given) = (self.asked.format(time), self.given.format(time));
            write!(f, "{asked} did not exist that day; {given} is used")
        } else {
            // A zone that crossed the date line left out a whole day: times alone would say nothing.
            let form = format!("%Y-%m-%d {time}");
            let (asked, given) = (self.asked.format(&form), self.given.format(&form));
            write!(f, "{asked} did not exist there; {given} is used")
        }
    }
}

impl Zone {
    /// A zone with a library's rules. Offsets of local mean time, such as -4:56:02, are rounded to the minute.
    pub fn new<T: TimeZone + Send + Sync + 'static>(name: &str, rules: T) -> Self {
        Self::by(name, move |utc| rules.offset_from_utc_datetime(&utc).fix())
    }

    /// A zone whose offset at an instant, given in UTC, is what `rules` answers, rounded to the minute.
    pub fn by(
        name: &str,
        rules: impl Fn(NaiveDateTime) -> FixedOffset + Send + Sync + 'static,
    ) -> Self {
        Self {
            name: name.into(),
            rules: Arc::new(move |utc| in_minutes(rules(utc))),
        }
    }

    /// A zone whose clocks never change, named after its offset: `+01:00`, `-05:00`.
    pub fn fixed(offset: FixedOffset) -> Self {
        let offset = in_minutes(offset);
        Self::new(&offset.to_string(), offset)
    }

    /// Its name: `Europe/Berlin`, or `-05:00` for a fixed one.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The name to keep beside a moment.
    pub(super) fn shared_name(&self) -> Arc<str> {
        Arc::clone(&self.name)
    }

    /// What the wall shows at `instant`. Outside the years -9999 to 9999 the nearest instant within is taken.
    pub fn at(&self, instant: DateTime<Utc>) -> DateTime<FixedOffset> {
        let instant = instant.clamp(FIRST, LAST);
        instant.with_timezone(&(self.rules)(instant.naive_utc()))
    }

    /// The instant of a wall time. One that the clocks skip moves forward by what they skip, and says so; of one that comes
    /// twice the earlier is taken.
    pub fn resolve(&self, local: NaiveDateTime) -> Resolved {
        let local = local.clamp(FIRST.naive_utc(), LAST.naive_utc());
        if let Some(at) = self.showing(local).min() {
            return Resolved { at, shift: None };
        }
        // The clock was read with the offset from before the gap, so its hand goes on over the gap.
        let moved = self
            .offsets_around(local)
            .into_iter()
            .map(|offset| self.at(read_with(local, offset)))
            .filter(|at| at.naive_local() > local)
            .min_by_key(DateTime::naive_local);
        let at = moved.unwrap_or_else(|| self.at(local.and_utc()));
        let given = at.naive_local();
        let shift = (given != local).then_some(Shift {
            asked: local,
            given,
        });
        Resolved { at, shift }
    }

    /// The first instant from which on the wall never shows less than `local`: where a day that ends at `local` ends.
    ///
    /// Not the same as [`Zone::resolve`]: a skipped `local` is passed at the jump itself, not some minutes after it; one that
    /// comes twice is passed for good the second time, unless the clocks went back exactly to it.
    pub(super) fn passing(&self, local: NaiveDateTime) -> DateTime<FixedOffset> {
        let local = local.clamp(FIRST.naive_utc(), LAST.naive_utc());
        let is_before = |second: i64| self.at(utc_second(second)).naive_local() < local;
        let shown = self
            .showing(local)
            .filter(|at| is_before(at.timestamp() - 1))
            .max();
        if let Some(at) = shown {
            return at;
        }
        let reads: Vec<i64> = self
            .offsets_around(local)
            .into_iter()
            .map(|offset| read_with(local, offset).timestamp())
            .collect();
        let mut before = reads.iter().min().map_or(0, |second| second - 1);
        let mut after = reads.iter().max().map_or(0, |second| *second);
        while after - before > 1 {
            let middle = before + (after - before) / 2;
            if is_before(middle) {
                before = middle;
            } else {
                after = middle;
            }
        }
        self.at(utc_second(after))
    }

    /// The instants at which the wall shows `local`: none in a gap, two in a fold.
    fn showing(&self, local: NaiveDateTime) -> impl Iterator<Item = DateTime<FixedOffset>> {
        self.offsets_around(local)
            .into_iter()
            .map(move |offset| self.at(read_with(local, offset)))
            .filter(move |at| at.naive_local() == local)
    }

    /// The offsets that hold within a day of `local`, the longest way a wall is from UTC. Six hours are finer than clocks
    /// have ever been changed twice. The library's own answer for a wall time is not asked: it has seconds in old offsets,
    /// and on Unix it errs at the edges of a gap.
    fn offsets_around(&self, local: NaiveDateTime) -> Vec<FixedOffset> {
        let mut offsets: Vec<FixedOffset> = (-4..=4)
            .map(|steps| {
                *self
                    .at(local.and_utc() + TimeDelta::hours(6 * steps))
                    .offset()
            })
            .collect();
        offsets.sort_by_key(FixedOffset::local_minus_utc);
        offsets.dedup();
        offsets
    }
}

/// The instant at which a clock with this offset shows `local`.
fn read_with(local: NaiveDateTime, offset: FixedOffset) -> DateTime<Utc> {
    local.and_utc() - TimeDelta::seconds(i64::from(offset.local_minus_utc()))
}

fn in_minutes(offset: FixedOffset) -> FixedOffset {
    let seconds = offset.local_minus_utc();
    let minutes = (seconds + 30 * seconds.signum()) / 60;
    FixedOffset::east_opt(minutes * 60).unwrap_or(offset)
}
