//! Zones: the wall time of an instant, and the instant of a wall time.
//!
//! Invariant: an offset is a whole number of minutes, as a journal stores it. Every instant has one wall time, and every wall
//! time resolves to one instant. Days are dates here, never 24 hours.

use crate::domain::order::Ordered;
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

/// The instant of a wall time in a zone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Resolved {
    /// The instant, with its offset.
    pub(crate) at: DateTime<FixedOffset>,
    /// Set if the wall time does not exist, and another one is used.
    pub(crate) shift: Option<Shift>,
}

/// A wall time that did not exist, and the one used instead; or one that came twice, where both are the same. Displays as a
/// sentence without its full stop.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Shift {
    /// The wall time asked for.
    pub(crate) asked: NaiveDateTime,
    /// The wall time used.
    pub(crate) given: NaiveDateTime,
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
        if self.asked == self.given {
            let asked = self.asked.format(time);
            write!(f, "{asked} came twice that day; the earlier one is used")
        } else if self.asked.date() == self.given.date() {
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

impl Shift {
    /// Of a wall time that came twice.
    pub(super) const fn twice(local: NaiveDateTime) -> Self {
        Self {
            asked: local,
            given: local,
        }
    }
}

impl Zone {
    /// A zone with a library's rules. Offsets of local mean time, such as -4:56:02, are rounded to the minute.
    pub fn new<T: TimeZone + Send + Sync + 'static>(name: &str, rules: T) -> Self {
        Self::by(name, move |utc| rules.offset_from_utc_datetime(&utc).fix())
    }

    /// A zone with the offsets that `rules` gives for instants in UTC, rounded to the minute.
    pub(crate) fn by(
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
    pub(crate) fn name(&self) -> &str {
        &self.name
    }

    /// The name to keep beside a moment.
    pub(super) fn shared_name(&self) -> Arc<str> {
        Arc::clone(&self.name)
    }

    /// The wall time at `instant`. An instant outside the years -9999 to 9999 is clamped.
    pub(crate) fn at(&self, instant: DateTime<Utc>) -> DateTime<FixedOffset> {
        let instant = instant.clamp(FIRST, LAST);
        wall(instant, (self.rules)(instant.naive_utc()))
    }

    /// The instant of a wall time. A time in a gap moves forward by the length of the gap, and the answer has the shift. Of a
    /// time in a fold, the earlier instant is taken.
    pub(crate) fn resolve(&self, local: NaiveDateTime) -> Resolved {
        let local = local.clamp(FIRST.naive_utc(), LAST.naive_utc());
        if let Some(at) = self.showing(local).min() {
            return Resolved { at, shift: None };
        }
        // As RFC 5545 says: a time in a gap is read with the offset from before the gap.
        let after_gap = self
            .offsets_around(local)
            .into_iter()
            .map(|offset| self.at(read_with(local, offset)))
            .filter(|at| at.naive_local() > local)
            .min_by_key(DateTime::naive_local);
        let at = after_gap.unwrap_or_else(|| self.at(local.and_utc()));
        let wall = at.naive_local();
        let shift = (wall != local).then_some(Shift {
            asked: local,
            given: wall,
        });
        Resolved { at, shift }
    }

    /// The instant from which on the wall never shows less than `local`: the end of a day that ends at `local`.
    ///
    /// Not the same as [`Zone::resolve`]. If `local` lies in a gap, the day ends at the jump itself. If `local` lies in a fold,
    /// the day ends at its second time, unless the clocks went back exactly to it.
    pub(super) fn passing(&self, local: NaiveDateTime) -> DateTime<FixedOffset> {
        let local = local.clamp(FIRST.naive_utc(), LAST.naive_utc());
        let is_before = |second: i64| self.at(utc_second(second)).naive_local() < local;
        let last = self
            .showing(local)
            .filter(|at| is_before(at.timestamp() - 1))
            .max();
        if let Some(at) = last {
            return at;
        }
        // `local` lies in a gap. The jump lies between the two readings of it, and bisection finds its second.
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

    /// Whether the wall shows `local` at two instants.
    pub(super) fn comes_twice(&self, local: NaiveDateTime) -> bool {
        self.showing(local).count() > 1
    }

    /// The instants at which the wall shows `local`: none in a gap, two in a fold.
    fn showing(&self, local: NaiveDateTime) -> impl Iterator<Item = DateTime<FixedOffset>> {
        self.offsets_around(local)
            .into_iter()
            .map(move |offset| self.at(read_with(local, offset)))
            .filter(move |at| at.naive_local() == local)
    }

    /// The offsets that hold within a day of `local`.
    fn offsets_around(&self, local: NaiveDateTime) -> Vec<FixedOffset> {
        // A wall is at most a day away from UTC, and no zone ever changed its clocks twice within six hours. chrono's own
        // answer for a wall time is not used: old offsets have seconds there, and on Unix it errs at the edges of a gap.
        let mut offsets: Vec<FixedOffset> = (-4..=4)
            .map(|steps| {
                *self
                    .at(local.and_utc() + TimeDelta::hours(6 * steps))
                    .offset()
            })
            .collect();
        offsets.order_by_key(FixedOffset::local_minus_utc);
        offsets.dedup();
        offsets
    }
}

/// The instant at which a clock with this offset shows `local`.
fn read_with(local: NaiveDateTime, offset: FixedOffset) -> DateTime<Utc> {
    local.and_utc() - TimeDelta::seconds(i64::from(offset.local_minus_utc()))
}

/// What clocks that are `offset` ahead of UTC show at `instant`. An instant outside the years -9999 to 9999 is clamped.
pub(super) fn wall(instant: DateTime<Utc>, offset: FixedOffset) -> DateTime<FixedOffset> {
    instant.clamp(FIRST, LAST).with_timezone(&offset)
}

fn in_minutes(offset: FixedOffset) -> FixedOffset {
    let seconds = offset.local_minus_utc();
    // Half away from zero, as everywhere; integer division alone would cut off.
    let minutes = (seconds + 30 * seconds.signum()) / 60;
    FixedOffset::east_opt(minutes * 60).unwrap_or(offset)
}
