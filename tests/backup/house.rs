//! A journal in a folder of its own, with entries that are told apart by their notes.

use chrono::{DateTime, TimeDelta, Utc};
use ebbtide::domain::id::EntryId;
use ebbtide::domain::journal::change::Change;
use ebbtide::domain::record::Record;
use ebbtide::domain::record::kind::Kind;
use ebbtide::store::{Seed, Store};
use std::path::{Path, PathBuf};
use tempfile::TempDir;

pub struct House {
    _folder: TempDir,
    pub path: PathBuf,
}

pub fn noon(day: i64) -> DateTime<Utc> {
    let start: DateTime<Utc> = "2026-11-22T12:00:00Z".parse().unwrap();
    start + TimeDelta::days(day)
}

pub fn id(n: u8) -> EntryId {
    EntryId::from_bytes([n; 16])
}

impl House {
    pub fn new() -> (Self, Store) {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("journal.db");
        let seed = Seed {
            now: DateTime::UNIX_EPOCH,
            journal: [7; 16],
            device: [9; 16],
        };
        let store = Store::create(&path, seed).unwrap();
        let house = Self {
            _folder: folder,
            path,
        };
        (house, store)
    }

    /// The names in the folder of copies.
    pub fn names(&self) -> Vec<String> {
        let files = std::fs::read_dir(Store::copies_folder(&self.path)).into_iter();
        let mut names: Vec<String> = files
            .flatten()
            .map(|file| file.unwrap().file_name().into_string().unwrap())
            .collect();
        names.sort();
        names
    }

    /// Whether any file beside the journal or in its folder of copies holds these bytes.
    pub fn holds(&self, text: &str) -> bool {
        let all = |folder: &Path| {
            let files = std::fs::read_dir(folder).into_iter().flatten().flatten();
            files.map(|file| file.path()).collect::<Vec<_>>()
        };
        let mut files = all(self.path.parent().unwrap());
        files.extend(all(&Store::copies_folder(&self.path)));
        files.iter().filter(|file| file.is_file()).any(|file| {
            let bytes = std::fs::read(file).unwrap();
            bytes
                .windows(text.len())
                .any(|part| part == text.as_bytes())
        })
    }
}

/// Writes a reason that says `text`.
pub fn note(store: &mut Store, n: u8, text: &str) {
    let record = Record::new(id(n), Kind::Reason, None, None).with_text("text", text);
    store.apply(&[Change::Record(record)], noon(0)).unwrap();
}

/// Which of the reasons are there.
pub fn notes(store: &Store) -> Vec<u8> {
    let journal = store.load(None).unwrap();
    (0..=250)
        .filter(|n| journal.record(id(*n)).is_some())
        .collect()
}
