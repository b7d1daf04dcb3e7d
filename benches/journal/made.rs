//! The journals that are measured on. Each is made once, as `ebb demo` makes it.

use chrono::{DateTime, FixedOffset};
use ebbtide::domain::demo::{Plan, changes};
use ebbtide::domain::journal::Journal;
use ebbtide::domain::time::{Now, Zone};
use ebbtide::store::{Seed, Store};
use std::fmt::{Display, Formatter};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, OnceLock};

/// How much lies in a journal.
#[derive(Debug, Clone, Copy)]
pub enum Size {
    Year,
    TenYears,
    /// Ten years with four check-ins a day and entries of the other kinds beside each.
    Heavy,
    HundredYears,
}

pub const SIZES: [Size; 4] = [Size::Year, Size::TenYears, Size::Heavy, Size::HundredYears];

impl Size {
    const fn plan(self) -> Plan {
        match self {
            Self::Year => Plan::usual(365, 1),
            Self::TenYears => Plan::usual(3_650, 1),
            Self::Heavy => Plan {
                a_day: Some(4),
                ..Plan::usual(3_650, 1)
            },
            Self::HundredYears => Plan::usual(36_500, 1),
        }
    }
}

impl Display for Size {
    fn fmt(&self, f: &mut Formatter<'_>) -> std::fmt::Result {
        // Digits of one length, so that the list stands in the order of the sizes.
        f.write_str(match self {
            Self::Year => "001 y",
            Self::TenYears => "010 y",
            Self::Heavy => "010 y heavy",
            Self::HundredYears => "100 y",
        })
    }
}

pub fn now() -> Now {
    let at: DateTime<FixedOffset> = "2026-11-22T08:12:00+01:00".parse().unwrap();
    Now::new(at.to_utc(), Zone::fixed(*at.offset()))
}

pub fn seed() -> Seed {
    Seed {
        now: now().at.to_utc(),
        journal: [1; 16],
        device: [2; 16],
    }
}

static FOLDER: OnceLock<PathBuf> = OnceLock::new();

/// Where the journals lie.
pub fn stand_in(folder: &Path) {
    FOLDER.set(folder.to_owned()).unwrap();
}

/// The file of a journal that is only read.
fn file(size: Size) -> PathBuf {
    // Two benches at once would both make it.
    static MAKING: Mutex<()> = Mutex::new(());
    let alone = MAKING.lock().unwrap();
    let file = FOLDER.get().unwrap().join(format!("{size:?}.db"));
    if !file.exists() {
        let mut store = Store::create(&file, seed()).unwrap();
        let changes = changes(size.plan(), &now());
        store.fill(&changes, now().at.to_utc()).unwrap();
    }
    drop(alone);
    file
}

/// A store to read from.
pub fn store(size: Size) -> Store {
    Store::open(&file(size)).unwrap()
}

/// A store to write into, and the folder that it goes with.
pub fn own_store(size: Size) -> (Store, tempfile::TempDir) {
    let folder = tempfile::tempdir().unwrap();
    let own = folder.path().join("journal.db");
    std::fs::copy(file(size), &own).unwrap();
    (Store::open(&own).unwrap(), folder)
}

/// The whole journal in memory.
pub fn journal(size: Size) -> Journal {
    static LOADED: [OnceLock<Journal>; 4] = [const { OnceLock::new() }; 4];
    LOADED[size as usize]
        .get_or_init(|| store(size).load(None).unwrap())
        .clone()
}
