//! The hybrid logical clock that stamps the last edit of each row, so that the journals of two machines can be merged
//! (Kulkarni and others, "Logical Physical Clocks", 2014).
//!
//! Invariant: the stamps of one journal only grow, even when the system's clock goes back.

use super::error::{Result, StoreError};
use chrono::{DateTime, Utc};
use std::time::Duration;
use uhlc::{HLC, HLCBuilder, ID, NTP64, Timestamp, zero_clock};

/// Eight bytes of time, big-endian, then sixteen of the device. The order of the bytes is the order of the edits, so SQL can
/// compare stamps with `max`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Stamp(pub(crate) [u8; 24]);

impl Stamp {
    /// Before every edit.
    pub(crate) const ZERO: Self = Self([0; 24]);

    fn of(timestamp: &Timestamp) -> Self {
        let mut bytes = [0; 24];
        bytes[..8].copy_from_slice(&timestamp.get_time().as_u64().to_be_bytes());
        bytes[8..].copy_from_slice(&timestamp.get_id().to_le_bytes());
        Self(bytes)
    }

    /// Reads 24 stored bytes.
    pub(crate) fn read(bytes: &[u8]) -> Result<Self> {
        bytes
            .try_into()
            .map(Self)
            .map_err(|_| StoreError::Unreadable("an edit time"))
    }

    /// This stamp moved back to the second `utc`: an edit that was made then, and is taken in now. `None` for a second that no
    /// earlier edit can have.
    pub(crate) fn at_second(self, utc: i64) -> Option<Self> {
        let second = u32::try_from(utc).ok().filter(|_| utc < self.seconds())?;
        let mut bytes = self.0;
        bytes[..4].copy_from_slice(&second.to_be_bytes());
        // What is left tells one import from another, so that no two rows have one stamp by chance.
        Some(Self(bytes))
    }

    /// The second of the edit, UTC.
    pub(crate) fn seconds(self) -> i64 {
        let [a, b, c, d, ..] = self.0;
        i64::from(u32::from_be_bytes([a, b, c, d]))
    }
}

/// Gives stamps for one device. It does not read the system's clock: the caller passes `now`.
pub(crate) struct Clock(HLC);

impl Clock {
    /// The clock of `device`, which never goes behind `last`.
    pub(crate) fn new(device: [u8; 16], last: Option<Stamp>) -> Result<Self> {
        let id = ID::try_from(&device).map_err(|_| StoreError::Unreadable("the device"))?;
        // By default the crate reads the system's time. Tests and `--now` need a fixed one, so its clock stands still and
        // `stamp` moves it forward.
        let clock = HLCBuilder::new().with_id(id).with_clock(zero_clock);
        let clock = Self(
            clock
                // The crate refuses times more than half a second ahead of its clock, which stands still at zero
                // here.
                .with_max_delta(Duration::from_secs(u64::from(u32::MAX)))
                .build(),
        );
        if let Some(last) = last {
            clock.pass(last);
        }
        Ok(clock)
    }

    /// A stamp for `now`, later than every stamp given before.
    pub(crate) fn stamp(&self, now: DateTime<Utc>) -> Stamp {
        // NTP64 holds the seconds in 32 bits, so times before 1970 and after 2106 are clamped.
        let seconds = u64::try_from(now.timestamp())
            .unwrap_or(0)
            .min(u64::from(u32::MAX) - 1);
        // chrono counts a leap second as nanoseconds beyond 1_000_000_000.
        self.catch_up(Duration::new(seconds, now.timestamp_subsec_nanos() % 1_000_000_000).into());
        Stamp::of(&self.0.new_timestamp())
    }

    /// Makes every later stamp greater than `other`, whichever device gave that one.
    pub(crate) fn pass(&self, other: Stamp) {
        let Some(time) = other.0.first_chunk() else {
            return;
        };
        self.catch_up(NTP64(u64::from_be_bytes(*time)));
    }

    fn catch_up(&self, time: NTP64) {
        // Never fails: it only refuses times beyond the maximum delta, which covers the whole range.
        self.0
            .update_with_timestamp(&Timestamp::new(time, *self.0.get_id()))
            .ok();
    }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test may stop at the first surprise")]
mod tests {
    use super::*;

    #[test]
    fn stamps_grow_also_when_the_clock_goes_back() {
        let clock = Clock::new([1; 16], None).unwrap();
        let noon = DateTime::from_timestamp(1_800_000_000, 0).unwrap();
        let first = clock.stamp(noon);
        let earlier = clock.stamp(noon - chrono::TimeDelta::days(400));
        assert!(earlier > first);
        let reopened = Clock::new([1; 16], Some(earlier)).unwrap();
        assert!(reopened.stamp(noon) > earlier);
        assert_eq!(first.seconds(), 1_800_000_000);
        assert!(
            Clock::new([1; 16], None)
                .unwrap()
                .stamp(DateTime::<Utc>::MIN_UTC)
                .seconds()
                == 0
        );
    }
}
