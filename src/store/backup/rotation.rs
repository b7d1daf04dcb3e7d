//! The names of the copies of a journal, and the choice of those that are kept.
//!
//! Invariant: the choice depends on the names and the present moment alone. Only days, weeks and months that have a copy
//! count, so a long pause deletes none. Copies dated after now count apart, so a clock that was set wrongly deletes none
//! either. The newest copy is always kept.

use crate::domain::order::Ordered;
use chrono::{DateTime, Datelike, NaiveDateTime, Utc};
use std::collections::BTreeSet;

/// The occasion of a copy.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum CopyKind {
    /// Once a day, or on request. Those of 7 days, 4 weeks and 6 months are kept.
    Ring,
    /// Before the journal got a newer form.
    BeforeMigration,
    /// Before an import.
    BeforeImport,
    /// Before a merge with another journal.
    BeforeMerge,
    /// Before a restore replaced the journal.
    BeforeRestore,
    /// A damaged journal, byte for byte, before a restore replaced it. Never sound, and ebb never deletes it.
    SetAside,
}

/// How many days, weeks and months of the ring are kept.
const RING: [usize; 3] = [7, 4, 6];
/// How many copies of each other kind are kept.
pub(super) const OF_EACH: usize = 3;

impl CopyKind {
    // Without BeforeMigration: those copies lie beside the journal and have names of another pattern.
    const IN_FOLDER: [Self; 5] = [
        Self::Ring,
        Self::BeforeImport,
        Self::BeforeMerge,
        Self::BeforeRestore,
        Self::SetAside,
    ];

    /// Its word in a file name and in JSON.
    pub(crate) const fn code(self) -> &'static str {
        match self {
            Self::Ring => "ring",
            Self::BeforeMigration => "before-migration",
            Self::BeforeImport => "before-import",
            Self::BeforeMerge => "before-merge",
            Self::BeforeRestore => "before-restore",
            Self::SetAside => "set-aside",
        }
    }

    /// Its words in the list of copies.
    pub(crate) const fn label(self) -> &'static str {
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

/// The file name of a copy. `number` tells copies of one kind and second apart, from 1 on.
pub fn name(kind: CopyKind, made_at: DateTime<Utc>, number: u32) -> String {
    let (at, kind) = (made_at.format(STAMP), kind.code());
    match number {
        0 | 1 => format!("{at}-{kind}.db"),
        _ => format!("{at}-{kind}-{number}.db"),
    }
}

// No colons: file systems of other computers, and sync programs, refuse them in names.
const STAMP: &str = "%Y-%m-%dT%H%M%SZ";
/// The length of a stamp of the years 0 to 9999.
const STAMP_LENGTH: usize = 18;

/// The kind, the moment and the number in a file name; `None` for a file that is not ours.
pub fn read_name(name: &str) -> Option<(CopyKind, DateTime<Utc>, u32)> {
    let (stamp, rest) = name.split_at_checked(STAMP_LENGTH)?;
    let made_at = NaiveDateTime::parse_from_str(stamp, STAMP).ok()?.and_utc();
    let word = rest.strip_prefix('-')?.strip_suffix(".db")?;
    CopyKind::IN_FOLDER.into_iter().find_map(|kind| {
        let number = match word.strip_prefix(kind.code())? {
            "" => 1,
            rest => rest.strip_prefix('-')?.parse().ok()?,
        };
        Some((kind, made_at, number))
    })
}

/// Chooses the copies of one kind that are kept, as places in `moments`. Of two copies of one second, the later in the list
/// counts as newer.
pub fn choice(kind: CopyKind, moments: &[DateTime<Utc>], now: DateTime<Utc>) -> BTreeSet<usize> {
    let mut newest_first: Vec<usize> = (0..moments.len()).collect();
    newest_first.order_by_key(|&at| std::cmp::Reverse((moments.get(at), at)));
    let (past, ahead): (Vec<usize>, Vec<usize>) = newest_first
        .into_iter()
        .partition(|&at| moments.get(at).is_some_and(|made_at| *made_at <= now));
    [past, ahead]
        .iter()
        .flat_map(|part| match kind {
            CopyKind::Ring => of_ring(part, moments),
            CopyKind::SetAside => part.iter().copied().collect(),
            _ => part.iter().copied().take(OF_EACH).collect(),
        })
        .collect()
}

/// The day, week or month of a moment, with its year.
type Period = fn(DateTime<Utc>) -> (i32, u32);

/// The newest copy of each of the last days, weeks and months that have one.
fn of_ring(newest_first: &[usize], moments: &[DateTime<Utc>]) -> BTreeSet<usize> {
    let periods: [Period; 3] = [
        |at| (at.year(), at.ordinal()),
        |at| (at.iso_week().year(), at.iso_week().week()),
        |at| (at.year(), at.month()),
    ];
    let mut choice = BTreeSet::new();
    for (period, limit) in periods.into_iter().zip(RING) {
        let mut covered = BTreeSet::new();
        for &at in newest_first {
            let Some(moment) = moments.get(at) else {
                continue;
            };
            if covered.len() < limit && covered.insert(period(*moment)) {
                choice.insert(at);
            }
        }
    }
    choice
}
