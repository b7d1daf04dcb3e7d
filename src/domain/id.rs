//! Ids that two machines can make independently.
//!
//! Invariant: an id is made once, when a draft is begun, and never changes. A save that is tried again therefore cannot make a
//! second entry.

use crate::domain::order::Ordered;
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

    /// The id as a number, in the order of the ids: compared at once, where two ids are compared byte by byte.
    pub(crate) const fn number(self) -> u128 {
        self.0.as_u128()
    }

    /// Whether it was derived from an entry of another program, which no entry that is written here ever is.
    pub(crate) fn is_derived(&self) -> bool {
        self.0.get_version_num() == 8
    }

    /// The id of what is saved in one step with the entry of this id: always the same one, so that a save that is tried again
    /// makes nothing twice.
    pub(crate) const fn beside(self, nth: u8) -> Self {
        let mut bytes = *self.0.as_bytes();
        // The last byte is random, and holds neither the moment nor the version.
        bytes[15] ^= nth;
        Self(Uuid::from_bytes(bytes))
    }

    /// What it shares with the ids beside it, so that what was saved in one step can stand together.
    pub(crate) const fn trunk(&self) -> [u8; 15] {
        let mut trunk = [0; 15];
        trunk.copy_from_slice(self.0.as_bytes().split_at(15).0);
        trunk
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
    /// What every id is stamped with, in place of the moment that it is asked for.
    stamp: Option<DateTime<FixedOffset>>,
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
            stamp: None,
        }
    }

    /// This source with one stamp for all ids: where now stands still, the clock tells which run came first.
    #[must_use]
    pub(crate) const fn stamped(mut self, at: DateTime<FixedOffset>) -> Self {
        self.stamp = Some(at);
        self
    }

    /// The next id, stamped with `at`. A moment before 1970 is stamped as 1970.
    pub fn next(&mut self, at: DateTime<FixedOffset>) -> EntryId {
        let mut random = [0; 10];
        self.random.fill(&mut random);
        let at = self.stamp.unwrap_or(at);
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

/// The letters of an id that tell it from others, taken from its end: an id begins with its time, and ends at random.
#[derive(Debug, Clone, Default)]
pub(crate) struct ShortIds(Vec<String>);

/// Letters of an id that a list shows at least, and that name one at least.
// Fewer letters would soon fit more than one entry.
const SHORTEST: usize = 4;

impl ShortIds {
    /// For the ids of one list.
    pub(crate) fn new(ids: impl Iterator<Item = EntryId>) -> Self {
        let mut backward: Vec<String> = ids.map(backward).collect();
        // In this order the id with the longest common end is a neighbour.
        backward.order();
        backward.dedup();
        Self(backward)
    }

    /// The end of `id`, as short as tells it from every other of the list.
    pub(crate) fn of(&self, id: EntryId) -> String {
        let own = backward(id);
        let at = self.0.partition_point(|other| *other < own);
        let before = at.checked_sub(1).and_then(|before| self.0.get(before));
        let mut after = self.0[at..].iter().filter(|other| **other != own);
        let shared = |other: &String| {
            own.bytes()
                .zip(other.bytes())
                .take_while(|(a, b)| a == b)
                .count()
        };
        let longest = before.into_iter().chain(after.next()).map(shared).max();
        let letters = longest.map_or(SHORTEST, |shared| SHORTEST.max(shared + 1));
        own.chars()
            .take(letters)
            .collect::<Vec<_>>()
            .iter()
            .rev()
            .collect()
    }

    /// Whether `typed` is `id` or the end of it.
    pub(crate) fn means(typed: &str, id: EntryId) -> bool {
        let letters = typed.trim().to_lowercase().replace('-', "");
        letters.len() >= SHORTEST && whole(id).ends_with(&letters)
    }
}

/// An id without its strokes.
fn whole(id: EntryId) -> String {
    id.to_string().replace('-', "")
}

fn backward(id: EntryId) -> String {
    whole(id).chars().rev().collect()
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

    proptest::proptest! {
        #[test]
        fn numbers_of_ids_are_in_the_order_of_the_ids(one: [u8; 16], other: [u8; 16]) {
            let [one, other] = [one, other].map(EntryId::from_bytes);
            proptest::prop_assert_eq!(one.cmp(&other), one.number().cmp(&other.number()));
        }
    }

    #[test]
    fn a_short_id_is_as_long_as_tells_it_from_every_other_and_never_shorter_than_four() {
        let id = |end: [u8; 3]| {
            let mut bytes = [7; 16];
            bytes[13..].copy_from_slice(&end);
            EntryId::from_bytes(bytes)
        };
        let all = [
            id([1, 2, 3]),
            id([9, 2, 3]),
            id([0, 0, 0x44]),
            id([5, 0x10, 0x44]),
        ];
        let short = ShortIds::new(all.into_iter());
        let ends: Vec<String> = all.iter().map(|id| short.of(*id)).collect();
        assert_eq!(ends, ["10203", "90203", "0044", "1044"]);
        for (at, end) in ends.iter().enumerate() {
            let meant: Vec<bool> = all.iter().map(|id| ShortIds::means(end, *id)).collect();
            assert_eq!(meant.iter().filter(|it| **it).count(), 1, "{end}");
            assert!(meant[at]);
        }
        assert_eq!(ShortIds::new([all[0]].into_iter()).of(all[0]), "0203");
        assert!(!ShortIds::means("203", all[0]), "three letters name none");
    }
}
