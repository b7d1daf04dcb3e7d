//! Which copies of the journal there are by their names, and which of them are kept.
//!
//! Invariant: the choice looks at names and now alone. Days, weeks and months are counted as far as there are copies of
//! them, not by the calendar, so a long pause lets no copy go; copies dated after now are counted apart, so a clock that was
//! set wrongly makes no copy go, neither ahead nor back; the newest copy is always kept.

use chrono::{DateTime, Datelike, NaiveDateTime, Utc};
use std::collections::BTreeSet;

/// What a copy was made for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum CopyKind {
    /// Made once a day, or asked for: 7 days, 4 weeks and 6 months of them are kept.
    Ring,
    /// Before the journal got a newer form.
    BeforeMigration,
    /// Before an import.
    BeforeImport,
    /// Before a merge with another journal.
    BeforeMerge,
    /// Before another copy took its place.
    BeforeRestore,
    /// A damaged journal as it was, byte for byte, before a copy took its place. Never sound, never deleted by ebb.
    SetAside,
}

/// How many days, weeks and months of the ring are kept.
pub const RING: [usize; 3] = [7, 4, 6];
/// How many copies of each other kind are kept.
pub const OF_EACH: usize = 3;

impl CopyKind {
    const NAMED: [Self; 5] = [
        Self::Ring,
        Self::BeforeImport,
        Self::BeforeMerge,
        Self::BeforeRestore,
        Self::SetAside,
    ];

    /// Its word in a file name and in JSON.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Ring => "ring",
            Self::BeforeMigration => "before-migration",
            Self::BeforeImport => "before-import",
            Self::BeforeMerge => "before-merge",
            Self::BeforeRestore => "before-restore",
            Self::SetAside => "set-aside",
        }
    }

    /// What it is, in a list.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Ring => "daily",
            Self::BeforeMigration => "before a newer form",
            Self::BeforeImport => "before an import",
            Self::BeforeMerge => "before a merge",
            Self::BeforeRestore => "before a restore",
            Self::SetAside => "damaged, set aside",
        }
    }
}

/// The name of a copy made at `made`; from the second of one second on, `number` tells them apart.
pub fn name(kind: CopyKind, made: DateTime<Utc>, number: u32) -> String {
    let (at, kind) = (made.format(STAMP), kind.code());
    match number {
        0 | 1 => format!("{at}-{kind}.db"),
        _ => format!("{at}-{kind}-{number}.db"),
    }
}

const STAMP: &str = "%Y-%m-%dT%H%M%SZ";
/// How long a stamp of the years 0 to 9999 is.
const STAMP_LENGTH: usize = 18;

/// What a name says: the kind, when it was made, and which of that second it is; `None` for a file that is not ours.
pub fn read_name(name: &str) -> Option<(CopyKind, DateTime<Utc>, u32)> {
    let (stamp, rest) = name.split_at_checked(STAMP_LENGTH)?;
    let made = NaiveDateTime::parse_from_str(stamp, STAMP).ok()?.and_utc();
    let word = rest.strip_prefix('-')?.strip_suffix(".db")?;
    CopyKind::NAMED.into_iter().find_map(|kind| {
        let number = match word.strip_prefix(kind.code())? {
            "" => 1,
            rest => rest.strip_prefix('-')?.parse().ok()?,
        };
        Some((kind, made, number))
    })
}

/// Which of the copies of one kind, made at these moments, are kept: their places in `made`. Of two of one second the one
/// that stands later counts as newer.
pub fn kept(kind: CopyKind, made: &[DateTime<Utc>], now: DateTime<Utc>) -> BTreeSet<usize> {
    let mut newest_first: Vec<usize> = (0..made.len()).collect();
    newest_first.sort_by_key(|&at| std::cmp::Reverse((made.get(at), at)));
    let (past, ahead): (Vec<usize>, Vec<usize>) = newest_first
        .into_iter()
        .partition(|&at| made.get(at).is_some_and(|made| *made <= now));
    [past, ahead]
        .iter()
        .flat_map(|part| match kind {
            CopyKind::Ring => of_ring(part, made),
            CopyKind::SetAside => part.iter().copied().collect(),
            _ => part.iter().copied().take(OF_EACH).collect(),
        })
        .collect()
}

/// The day, week or month of a moment, with its year.
type Period = fn(DateTime<Utc>) -> (i32, u32);

/// The newest of each of the last days, weeks and months that have a copy.
fn of_ring(newest_first: &[usize], made: &[DateTime<Utc>]) -> BTreeSet<usize> {
    let periods: [Period; 3] = [
        |at| (at.year(), at.ordinal()),
        |at| (at.iso_week().year(), at.iso_week().week()),
        |at| (at.year(), at.month()),
    ];
    let mut kept = BTreeSet::new();
    for (period, most) in periods.into_iter().zip(RING) {
        let mut seen = BTreeSet::new();
        for &at in newest_first {
            let Some(moment) = made.get(at) else { continue };
            if seen.len() < most && seen.insert(period(*moment)) {
                kept.insert(at);
            }
        }
    }
    kept
}
