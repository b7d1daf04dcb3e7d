//! A journal whose file is moved, deleted, replaced or put out of reach while it is open.
#![allow(clippy::unwrap_used)]

use super::{Place, may_be_written};
use crate::domain::check_in::{CheckInDraft, Form};
use crate::domain::id::EntryId;
use crate::domain::journal::bin_kind::BinKind;
use crate::domain::journal::change::Change;
use crate::domain::journal::settings::OwnHelpLine;
use crate::store::{Seed, Store, StoreError};
use chrono::{DateTime, Utc};
use std::cell::Cell;
use std::fs;
use std::path::{Path, PathBuf};

fn noon() -> DateTime<Utc> {
    DateTime::from_timestamp(1_796_000_000, 0).unwrap()
}

fn journal(path: &Path, id: u8) -> Store {
    let seed = Seed {
        now: noon(),
        journal: [id; 16],
        device: [id; 16],
    };
    Store::create(path, seed).unwrap()
}

fn line(id: u8) -> Change {
    Change::RecordHelpLine(OwnHelpLine {
        id: EntryId::from_bytes([id; 16]),
        name: "A friend".to_owned(),
        contact: "12".to_owned(),
    })
}

fn lines(store: &Store) -> usize {
    store.settings().unwrap().help_lines.len()
}

fn draft() -> CheckInDraft {
    let day = noon().date_naive();
    let id = EntryId::from_bytes([9; 16]);
    let mut draft = CheckInDraft::new(id, Form::Brief, day);
    draft.note = "words".to_owned();
    draft
}

/// A journal with two help lines, one of them in the bin, in a folder that a test may do with as it likes.
struct Room {
    folder: tempfile::TempDir,
    store: Store,
    path: PathBuf,
}

impl Room {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("mine/j.db");
        let mut store = journal(&path, 1);
        store.apply(&[line(1), line(2)], noon()).unwrap();
        let id = EntryId::from_bytes([2; 16]);
        store.apply(&[Change::DeleteHelpLine(id)], noon()).unwrap();
        Self {
            folder,
            store,
            path,
        }
    }

    fn other(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// The outcome of every kind of write.
    fn writes(&mut self) -> Vec<(&'static str, Result<(), StoreError>)> {
        let (store, now) = (&mut self.store, noon());
        let in_bin = EntryId::from_bytes([2; 16]);
        vec![
            ("apply", store.apply(&[line(3)], now).map(drop)),
            ("undo", store.undo(now).map(drop)),
            ("redo", store.redo(now).map(drop)),
            ("keep", store.keep_draft(&draft(), now)),
            ("drop", store.drop_draft(draft().id)),
            (
                "erase",
                store.erase(BinKind::HelpLine, in_bin, now).map(drop),
            ),
            ("purge", store.purge(now).map(drop)),
        ]
    }
}

type Deed = fn(&Room);
type PlaceOf = fn(&Room) -> Place;

/// What can happen to the file, and the place that it is in then.
const DEEDS: [(Deed, PlaceOf); 7] = [
    (
        |room| fs::rename(&room.path, room.other("mine/k.db")).unwrap(),
        |room| Place::Renamed(room.other("mine/k.db")),
    ),
    (
        |room| fs::rename(room.other("mine"), room.other("away")).unwrap(),
        |room| Place::Renamed(room.other("away/j.db")),
    ),
    (
        |room| {
            fs::rename(room.other("mine"), room.other("away")).unwrap();
            fs::write(room.other("mine"), "no folder").unwrap();
        },
        |room| Place::Renamed(room.other("away/j.db")),
    ),
    (
        |room| fs::remove_file(&room.path).unwrap(),
        |_| Place::Deleted,
    ),
    (
        |room| fs::remove_dir_all(room.other("mine")).unwrap(),
        |_| Place::Deleted,
    ),
    (
        |room| {
            drop(journal(&room.other("k.db"), 2));
            fs::rename(room.other("k.db"), &room.path).unwrap();
        },
        |_| Place::Replaced,
    ),
    (
        |room| {
            fs::remove_file(&room.path).unwrap();
            fs::write(&room.path, "not a journal").unwrap();
        },
        |_| Place::Replaced,
    ),
];

#[test]
fn no_kind_of_write_reaches_a_file_that_is_not_the_one_that_was_opened() {
    for (at, (deed, place)) in DEEDS.iter().enumerate() {
        let mut room = Room::new();
        deed(&room);
        let place = place(&room);
        assert_eq!(room.store.look(), place, "{at}");
        let there = fs::read(&room.path).ok();
        let path = room.path.display().to_string();
        for (what, outcome) in room.writes() {
            let error = outcome.unwrap_err();
            let of_place = matches!(&error, StoreError::Moved { place: of, .. } if *of == place);
            assert!(of_place, "{at} {what}: {error}");
            let message = error.of_a_save();
            assert!(message.starts_with("Not saved: "), "{message}");
            assert!(message.contains(&path), "{message}");
            assert!(!message.contains("read-only"), "{message}");
        }
        assert_eq!(fs::read(&room.path).ok(), there, "{at}");
    }
}

#[test]
fn a_file_that_came_back_is_written_again() {
    let mut room = Room::new();
    let away = room.other("away.db");
    fs::rename(&room.path, &away).unwrap();
    room.store.apply(&[line(3)], noon()).unwrap_err();
    fs::rename(&away, &room.path).unwrap();
    assert_eq!(room.store.look(), Place::Usual);
    room.store.apply(&[line(3)], noon()).unwrap();
    assert_eq!(lines(&room.store), 2);
    assert_eq!(lines(&Store::open(&room.path).unwrap()), 2);
}

#[test]
fn another_file_of_the_same_journal_is_opened_and_written_only_after_it_was_looked_at() {
    let mut room = Room::new();
    let copy = room.other("copy.db");
    fs::copy(&room.path, &copy).unwrap();
    let mut other = Store::open(&copy).unwrap();
    other.apply(&[line(4), line(5)], noon()).unwrap();
    drop(other);
    fs::rename(&copy, &room.path).unwrap();

    // The changes were made with what the first file holds, so they do not go into the second one at once.
    let error = room.store.apply(&[line(3)], noon()).unwrap_err();
    assert!(
        matches!(
            &error,
            StoreError::Moved {
                place: Place::Renewed,
                ..
            }
        ),
        "{error}"
    );
    assert!(room.store.take_renewal());
    assert!(!room.store.take_renewal(), "it is told once");
    assert_eq!(lines(&room.store), 3);
    room.store.apply(&[line(3)], noon()).unwrap();
    assert_eq!(lines(&Store::open(&room.path).unwrap()), 4);
}

#[test]
fn a_link_that_leads_to_another_journal_now_is_noticed() {
    let mut room = Room::new();
    let link = room.other("link.db");
    std::os::unix::fs::symlink(&room.path, &link).unwrap();
    let mut store = Store::open(&link).unwrap();
    assert_eq!(store.look(), Place::Usual);
    drop(journal(&room.other("k.db"), 2));
    fs::remove_file(&link).unwrap();
    std::os::unix::fs::symlink(room.other("k.db"), &link).unwrap();
    assert_eq!(store.look(), Place::Replaced);
    store.apply(&[line(3)], noon()).unwrap_err();
    // The journal at its own path is as it was.
    room.store.apply(&[line(3)], noon()).unwrap();
}

#[test]
fn every_place_but_the_usual_one_has_a_line_and_a_sentence_with_the_path() {
    let path = Path::new("/a/j.db");
    assert_eq!(Place::Usual.banner(path), None);
    for place in [
        Place::ReadOnly,
        Place::Renamed(PathBuf::from("/b/j.db")),
        Place::Deleted,
        Place::Gone,
        Place::Replaced,
        Place::Sealed,
        Place::OutOfReach,
    ] {
        let (whole, short) = place.banner(path).unwrap();
        assert!(whole.contains("/a/j.db"), "{whole}");
        assert!(
            short.len() <= 38,
            "a screen of 40 columns has room: {short}"
        );
        assert!(place.sentence(path).contains("/a/j.db"));
    }
}

#[test]
fn a_journal_without_a_file_is_where_it_was() {
    let seed = Seed {
        now: noon(),
        journal: [1; 16],
        device: [1; 16],
    };
    assert_eq!(Store::in_memory(seed).unwrap().look(), Place::Usual);
}

thread_local! {
    /// What the system refuses in this test: the end of a path.
    static REFUSED: Cell<&'static str> = const { Cell::new("") };
}

#[test]
fn what_the_system_refuses_is_read_only_and_no_write_is_tried() {
    super::make_known(|path, _| !REFUSED.get().is_empty() && path.ends_with(REFUSED.get()));
    let mut room = Room::new();
    let path = room.path.display().to_string();
    assert!(may_be_written(&room.path));
    for refused in ["mine/j.db", "mine/j.db-journal", "mine"] {
        if refused == "mine" {
            // A folder counts where SQLite has yet to make its own file in it.
            fs::remove_file(room.other("mine/j.db-journal")).unwrap();
        }
        REFUSED.set(refused);
        assert_eq!(room.store.look(), Place::ReadOnly, "{refused}");
        let there = fs::read(&room.path).unwrap();
        for (what, outcome) in room.writes() {
            let error = outcome.unwrap_err();
            let is_read_only = matches!(error, StoreError::ReadOnly { .. });
            assert!(is_read_only, "{refused} {what}: {error}");
            assert!(error.to_string().contains(&path), "{error}");
        }
        assert_eq!(fs::read(&room.path).unwrap(), there);
        REFUSED.set("");
        room.store.apply(&[line(3)], noon()).unwrap();
        room.store.undo(noon()).unwrap();
    }
}
