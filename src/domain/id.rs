//! Ids that two machines can make independently.
//!
//! Invariant: an id is made once, when a draft is begun, and never changes. A save that is tried again therefore cannot make a
//! second entry.

use chrono::{DateTime, FixedOffset};
use serde::{Deserialize, Serialize};
use uuid::{Builder, Uuid};

/// The id of an entry: of a check-in, a record, an attempt or an own help line. It is a `UUIDv7`, so later ids sort later.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct EntryId(Uuid);

impl EntryId {
    /// The same id for the same `seed` and `role` each time, for files that leave the journal. It is a `UUIDv8`, which unlike
    /// version 7 holds no moment.
    pub(crate) fn derived(seed: &[u8], role: &str) -> Self {
        let state = [seed, b"\0ebbtide\0", role.as_bytes()]
            .iter()
            .fold(FNV_BEGIN, fnv);
        // After a short text the last bytes have hardly reached the upper bits; a second round over the state spreads them.
        let state = fnv(state, &&state.to_be_bytes()[..]);
        Self(Builder::from_custom_bytes(state.to_be_bytes()).into_uuid())
    }

    /// Whether it was derived from an entry of another program, which no entry that is written here ever is.
    pub(crate) fn is_derived(&self) -> bool {
        self.0.get_version_num() == 8
    }

    /// The sixteen bytes that the journal stores.
    pub(crate) const fn as_bytes(&self) -> &[u8; 16] {
        self.0.as_bytes()
    }

    /// Reads sixteen stored bytes.
    pub const fn from_bytes(bytes: [u8; 16]) -> Self {
        Self(Uuid::from_bytes(bytes))
    }
}

const FNV_BEGIN: u128 = 0x6c62_272e_07bb_0142_62b8_2175_6295_c58d;
const FNV_PRIME: u128 = 0x0000_0000_0100_0000_0000_0000_0000_013b;

// Constants of the FNV specification. It is no cryptographic hash and need not be one: it only keeps ids apart.
/// FNV-1a with 128 bits.
fn fnv(begin: u128, bytes: &&[u8]) -> u128 {
    bytes.iter().fold(begin, |state, byte| {
        (state ^ u128::from(*byte)).wrapping_mul(FNV_PRIME)
    })
}

impl std::fmt::Display for EntryId {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.0.hyphenated().fmt(f)
    }
}

impl std::str::FromStr for EntryId {
    type Err = uuid::Error;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Uuid::parse_str(text).map(Self)
    }
}

/// Makes ids from a moment and a seed. The seed is the system's randomness, or a fixed number in tests and in the demo.
///
/// Ids of one moment sort in the order in which they were made, as in RFC 9562 §6.2: the twelve bits after the moment begin
/// at random and count up.
#[derive(Debug, Clone)]
pub struct IdSource {
    random: fastrand::Rng,
    /// The moment of the last id, in milliseconds, and its count.
    last: Option<(u64, u16)>,
}

/// The count of a moment begins below this number, so that at least 2048 more ids fit into the moment.
const FIRST_COUNT: u16 = 1 << 11;
/// The last count of a moment.
const LAST_COUNT: u16 = (1 << 12) - 1;

impl IdSource {
    /// Starts a sequence of ids. Equal seeds give equal sequences.
    pub fn new(seed: u64) -> Self {
        Self {
            random: fastrand::Rng::with_seed(seed),
            last: None,
        }
    }

    /// The next id, stamped with `at`. A moment before 1970 is stamped as 1970.
    pub fn next(&mut self, at: DateTime<FixedOffset>) -> EntryId {
        let mut random = [0; 10];
        self.random.fill(&mut random);
        let millis = u64::try_from(at.timestamp_millis()).unwrap_or(0);
        let first = u16::from_be_bytes([random[0], random[1]]) % FIRST_COUNT;
        let (millis, count) = match self.last {
            Some((last, count)) if last == millis && count < LAST_COUNT => (millis, count + 1),
            // A new moment, or a full one: then order within the moment is given up rather than a wrong moment stored.
            _ => (millis, first),
        };
        self.last = Some((millis, count));
        random[..2].copy_from_slice(&count.to_be_bytes());
        EntryId(Builder::from_unix_timestamp_millis(millis, &random).into_uuid())
    }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test may stop at the first surprise")]
mod tests {
    use super::*;

    #[test]
    fn ids_made_later_sort_later_and_none_repeats() {
        let mut ids = IdSource::new(7);
        let first = ids.next(DateTime::parse_from_rfc3339("2026-11-22T08:00:00Z").unwrap());
        let second = ids.next(DateTime::parse_from_rfc3339("2026-11-22T08:00:01Z").unwrap());
        let again = ids.next(DateTime::parse_from_rfc3339("2026-11-22T08:00:01Z").unwrap());
        assert!(first < second);
        assert!(second < again);
        let at = DateTime::parse_from_rfc3339("2026-11-22T08:00:02Z").unwrap();
        let row: Vec<EntryId> = (0..500).map(|_| ids.next(at)).collect();
        assert!(row.is_sorted());
    }
}
