//! A journal that is encrypted, changed, made plain and cut short on real files.
#![allow(clippy::unwrap_used)]

use super::door::{Door, Locked, name_at};
use super::header::{beside, next_beside};
use super::passphrase::Passphrase;
use super::rewrite::NewKey;
use super::sheet::Sheet;
use super::{Key, KeyName, LENGTH, held};
use crate::domain::check_in::{CheckInDraft, Form};
use crate::domain::id::EntryId;
use crate::domain::journal::change::Change;
use crate::domain::journal::settings::OwnHelpLine;
use crate::store::{CopyKind, Occupant, Run, Seed, Store, StoreError};
use chrono::{DateTime, Utc};
use std::fs;
use std::path::{Path, PathBuf};

const MARK: &str = "porcupine-lantern";

fn noon() -> DateTime<Utc> {
    DateTime::from_timestamp(1_796_000_000, 0).unwrap()
}

fn typed(text: &str) -> Passphrase {
    Passphrase::new(text).unwrap()
}

fn line(id: u8, name: &str) -> Change {
    Change::RecordHelpLine(OwnHelpLine {
        id: EntryId::from_bytes([id; 16]),
        name: name.to_owned(),
        contact: "12".to_owned(),
    })
}

/// A plain journal with a marked entry, a marked draft and two copies.
struct Room {
    folder: tempfile::TempDir,
    path: PathBuf,
}

impl Room {
    fn new(id: u8) -> (Self, Store) {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("mine/j.db");
        let seed = Seed {
            now: noon(),
            journal: [id; 16],
            device: [id; 16],
        };
        let mut store = Store::create(&path, seed).unwrap();
        store.apply(&[line(1, MARK)], noon()).unwrap();
        let id = EntryId::from_bytes([9; 16]);
        let mut draft = CheckInDraft::new(id, Form::Brief, noon().date_naive());
        draft.note = MARK.to_owned();
        store.keep_draft(&draft, noon()).unwrap();
        store.back_up(CopyKind::Ring, noon()).unwrap();
        store.apply(&[line(2, MARK)], noon()).unwrap();
        store.back_up(CopyKind::BeforeImport, noon()).unwrap();
        (Self { folder, path }, store)
    }

    fn encrypted(id: u8) -> (Self, Store, KeyName) {
        let (room, mut store) = Self::new(id);
        let followed = store.set_passphrase(&typed("one")).unwrap();
        assert_eq!((followed.done, followed.left), (2, vec![]));
        let name = name_at(&room.path).unwrap();
        (room, store, name)
    }

    fn at(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// The files that hold the marked word.
    fn marked(&self) -> Vec<PathBuf> {
        files(self.folder.path())
            .into_iter()
            .filter(|file| {
                let bytes = fs::read(file).unwrap();
                bytes
                    .windows(MARK.len())
                    .any(|part| part == MARK.as_bytes())
            })
            .collect()
    }

    fn door(&self) -> Locked {
        locked(&self.path)
    }
}

fn locked(path: &Path) -> Locked {
    match Door::of(path).unwrap() {
        Door::Locked(locked) => locked,
        Door::Open => panic!("{} is plain", path.display()),
    }
}

fn files(folder: &Path) -> Vec<PathBuf> {
    let mut all = Vec::new();
    for entry in fs::read_dir(folder).unwrap().flatten() {
        if entry.path().is_dir() {
            all.extend(files(&entry.path()));
        } else {
            all.push(entry.path());
        }
    }
    all.sort();
    all
}

fn names(folder: &Path) -> Vec<String> {
    let files = files(folder).into_iter();
    files
        .map(|file| file.file_name().unwrap().to_string_lossy().into_owned())
        .collect()
}

/// What a journal holds, short enough to be read when it differs.
fn notes(store: &Store) -> (u64, usize, usize) {
    let lines = store.settings().unwrap().help_lines.len();
    let digest = xxhash_rust::xxh3::xxh3_64(store.digest().unwrap().as_bytes());
    (digest, lines, store.drafts().unwrap().len())
}

#[test]
fn after_a_passphrase_no_word_is_in_any_file_and_nobody_opens_it_without() {
    let (room, mut store) = Room::new(21);
    let before = notes(&store);
    assert_eq!(
        room.marked().len(),
        3,
        "the journal and two copies: the search finds words"
    );
    store.set_passphrase(&typed("one")).unwrap();
    assert!(store.is_encrypted());
    assert_eq!(room.marked(), Vec::<PathBuf>::new());
    assert_eq!(notes(&store), before);
    store.apply(&[line(3, MARK)], noon()).unwrap();
    store.undo(noon()).unwrap();
    store.back_up(CopyKind::BeforeMerge, noon()).unwrap();
    let copy = room.at("elsewhere.db");
    store.back_up_to(&copy, Occupant::Nothing, noon()).unwrap();
    assert_eq!(room.marked(), Vec::<PathBuf>::new());
    assert_eq!(store.copies().len(), 3);
    assert!(store.copies().iter().all(crate::store::Copy::is_sound));
    let before = notes(&store);
    drop(store);

    let name = name_at(&room.path).unwrap();
    held::let_go(name);
    assert!(matches!(
        Store::open(&room.path),
        Err(StoreError::Sealed(_))
    ));
    for _ in 0..3 {
        let wrong = room.door().unlock(&typed("two"));
        assert!(matches!(wrong, Err(StoreError::WrongPassphrase(_))));
    }
    assert!(!room.door().is_held());
    for file in files(room.folder.path()) {
        // Every encrypted file has its own way in, wherever it is carried.
        if name_at(&file).is_some() {
            assert!(locked(&file).takes_passphrase(), "{}", file.display());
        }
    }
    locked(&copy).unlock(&typed("one")).unwrap();
    let store = Store::open(&room.path).unwrap();
    assert_eq!(notes(&store), before);
    held::let_go(name);
}

#[test]
fn a_journal_that_is_made_plain_again_is_as_it_was() {
    let (room, mut store) = Room::new(22);
    let before = notes(&store);
    store.set_passphrase(&typed("one")).unwrap();
    let followed = store.remove_passphrase().unwrap();
    assert_eq!(followed.done, 2);
    assert!(!store.is_encrypted());
    assert_eq!(notes(&store), before);
    assert_eq!(room.marked().len(), 3);
    let left: Vec<String> = names(room.folder.path());
    assert!(!left.iter().any(|name| name.contains("key")), "{left:?}");
    drop(store);
    assert_eq!(notes(&Store::open(&room.path).unwrap()), before);
}

#[test]
fn another_passphrase_opens_journal_and_copies_and_the_old_one_nothing() {
    let (room, mut store, name) = Room::encrypted(23);
    let before = notes(&store);
    store.change_passphrase(&typed("two"), NewKey::No).unwrap();
    assert_eq!(notes(&store), before);
    assert_eq!(name_at(&room.path), Some(name), "the key stays");
    drop(store);
    held::let_go(name);
    let copies = Store::copy_files(&room.path);
    assert_eq!(copies.len(), 2);
    for file in copies.iter().chain([&room.path]) {
        let old = locked(file).unlock(&typed("one"));
        assert!(
            matches!(old, Err(StoreError::WrongPassphrase(_))),
            "{}",
            file.display()
        );
    }
    for file in copies.iter().chain([&room.path]) {
        locked(file).unlock(&typed("two")).unwrap();
    }
    held::let_go(name);
}

#[test]
fn a_new_key_takes_everything_along_and_older_copies_elsewhere_still_come_back() {
    let (room, mut store, old) = Room::encrypted(24);
    let elsewhere = room.at("elsewhere.db");
    store
        .back_up_to(&elsewhere, Occupant::Nothing, noon())
        .unwrap();
    let sheet = store.sheet().unwrap();
    let before = notes(&store);
    store.change_passphrase(&typed("two"), NewKey::Yes).unwrap();
    assert_eq!(notes(&store), before);
    let new = name_at(&room.path).unwrap();
    assert_ne!(new, old);
    let copies = Store::copy_files(&room.path);
    assert!(copies.iter().all(|copy| name_at(copy) == Some(new)));
    assert_eq!(room.marked(), Vec::<PathBuf>::new());
    drop(store);
    held::let_go(old);
    held::let_go(new);

    let refused = room.door().unlock_with_sheet(&sheet);
    assert!(matches!(refused, Err(StoreError::WrongSheet(_))));
    room.door().unlock(&typed("two")).unwrap();
    let mut store = Store::open(&room.path).unwrap();
    // The journal knows its older key.
    assert!(locked(&elsewhere).is_held());
    store.restore_from(&elsewhere, noon()).unwrap();
    assert_eq!(name_at(&room.path), Some(new));
    assert_eq!(room.marked(), Vec::<PathBuf>::new());
    drop(store);
    held::let_go(old);
    drop(Store::open(&room.path).unwrap());
    assert!(locked(&elsewhere).is_held(), "also after the restore");
    held::let_go(old);
    held::let_go(new);
}

#[test]
fn a_missing_and_a_damaged_header_are_told_apart_and_the_sheet_makes_a_new_one() {
    let (room, store, name) = Room::encrypted(25);
    let before = notes(&store);
    let groups: Vec<String> = store
        .sheet()
        .unwrap()
        .groups()
        .iter()
        .map(|group| group.to_string())
        .collect();
    drop(store);
    held::let_go(name);
    let header = beside(&room.path);
    let kept = fs::read(&header).unwrap();
    fs::remove_file(&header).unwrap();
    assert!(matches!(
        room.door().unlock(&typed("one")),
        Err(StoreError::NoHeader { .. })
    ));
    assert!(matches!(
        Store::open(&room.path),
        Err(StoreError::NoHeader { .. })
    ));
    fs::write(&header, &kept[..100]).unwrap();
    assert!(matches!(
        room.door().unlock(&typed("one")),
        Err(StoreError::DamagedHeader(_))
    ));
    let sheet = Sheet::read(&groups.join(" ")).unwrap();
    room.door().unlock_with_sheet(&sheet).unwrap();
    let mut store = Store::open(&room.path).unwrap();
    assert_eq!(notes(&store), before);
    store.recover_passphrase(&typed("three")).unwrap();
    drop(store);
    held::let_go(name);
    room.door().unlock(&typed("three")).unwrap();
    let copies = Store::copy_files(&room.path);
    held::let_go(name);
    for copy in copies {
        locked(&copy).unlock(&typed("three")).unwrap();
    }
    held::let_go(name);
}

#[test]
fn what_a_cut_short_rewrite_left_is_finished_at_the_next_start() {
    let (room, store, name) = Room::encrypted(26);
    drop(store);
    // Cut off between the file's name and its header's, with one copy still plain and one without header.
    let copies = Store::copy_files(&room.path);
    let (plain_room, plain) = Room::new(26);
    drop(plain);
    fs::copy(&Store::copy_files(&plain_room.path)[0], &copies[0]).unwrap();
    fs::remove_file(beside(&copies[1])).unwrap();
    fs::rename(beside(&room.path), next_beside(&room.path)).unwrap();
    held::let_go(name);
    assert_eq!(room.marked().len(), 1);

    room.door().unlock(&typed("one")).unwrap();
    drop(Store::open(&room.path).unwrap());
    assert_eq!(room.marked(), Vec::<PathBuf>::new());
    assert!(!next_beside(&room.path).exists());
    assert!(beside(&room.path).exists());
    held::let_go(name);
    for copy in &copies {
        locked(copy).unlock(&typed("one")).unwrap();
    }
    held::let_go(name);
}

#[test]
fn headers_beside_a_plain_journal_go_unless_another_run_is_at_work() {
    let (room, store) = Room::new(27);
    let (other, _, name) = Room::encrypted(28);
    for file in [beside(&room.path), next_beside(&room.path)] {
        fs::copy(beside(&other.path), file).unwrap();
    }
    // A rewrite holds the lock, and its header is there before its file.
    store.db.execute_batch("BEGIN EXCLUSIVE").unwrap();
    let opened = Store::open(&room.path);
    assert!(next_beside(&room.path).exists());
    drop(opened);
    store.db.execute_batch("ROLLBACK").unwrap();
    drop(store);
    drop(Store::open(&room.path).unwrap());
    assert!(!next_beside(&room.path).exists());
    assert!(!beside(&room.path).exists());
    held::let_go(name);
}

#[test]
fn a_window_that_was_open_on_the_plain_file_writes_nothing_after_it_was_encrypted() {
    let (room, mut store) = Room::new(29);
    let mut window = Store::open(&room.path).unwrap();
    store.set_passphrase(&typed("one")).unwrap();
    let name = name_at(&room.path).unwrap();
    held::let_go(name);
    let refused = window.apply(&[line(5, MARK)], noon()).unwrap_err();
    assert!(matches!(refused, StoreError::Moved { .. }), "{refused}");
    assert!(refused.to_string().contains("passphrase"), "{refused}");
    assert_eq!(room.marked(), Vec::<PathBuf>::new());
    held::hold(&store.key.clone().unwrap());
    // A window with the key goes on in the new file, once it was looked at.
    window.apply(&[line(5, MARK)], noon()).unwrap_err();
    window.apply(&[line(5, MARK)], noon()).unwrap();
    assert_eq!(room.marked(), Vec::<PathBuf>::new());
    held::let_go(name);
}

#[test]
fn plain_and_encrypted_journals_take_each_other_in_and_what_lies_about_stays_encrypted() {
    let (one, mut locked_store, name) = Room::encrypted(30);
    let (two, mut plain_store) = Room::new(31);
    plain_store
        .apply(&[line(7, "from the plain one")], noon())
        .unwrap();
    let merged = locked_store
        .merge(&two.path, Run::Real, noon(), [3; 16])
        .unwrap();
    assert!(merged.changes_anything());
    assert_eq!(one.marked(), Vec::<PathBuf>::new());
    plain_store
        .merge(&one.path, Run::Real, noon(), [4; 16])
        .unwrap();
    assert_eq!(
        plain_store.digest().unwrap(),
        locked_store.digest().unwrap()
    );
    // Each leaves its file under its own key.
    let meeting = one.at("meeting");
    fs::create_dir(&meeting).unwrap();
    assert!(locked_store.leave_in(&meeting).unwrap());
    assert!(!locked_store.leave_in(&meeting).unwrap());
    assert_eq!(one.marked(), Vec::<PathBuf>::new());
    locked_store
        .change_passphrase(&typed("two"), NewKey::No)
        .unwrap();
    assert!(
        locked_store.leave_in(&meeting).unwrap(),
        "its header is another one"
    );
    assert_eq!(
        fs::read_dir(&meeting).unwrap().count(),
        2,
        "the file and its header"
    );
    held::let_go(name);
}

#[test]
fn a_plain_copy_is_brought_back_under_the_key() {
    let (room, mut store) = Room::new(32);
    let plain = room.at("plain.db");
    store.back_up_to(&plain, Occupant::Nothing, noon()).unwrap();
    store.set_passphrase(&typed("one")).unwrap();
    let name = name_at(&room.path).unwrap();
    store.apply(&[line(4, "later")], noon()).unwrap();
    assert_eq!(store.settings().unwrap().help_lines.len(), 3);
    store.restore_from(&plain, noon()).unwrap();
    assert_eq!(store.settings().unwrap().help_lines.len(), 2);
    assert_eq!(room.marked(), vec![plain.clone()]);
    drop(store);
    // The journal's own file is gone: the newest copy says how it was.
    fs::remove_file(&room.path).unwrap();
    let copies = Store::copies_of(&room.path);
    let newest = copies.iter().find(|copy| copy.is_sound()).unwrap();
    Store::bring_back(&room.path, &newest.path, noon()).unwrap();
    assert_eq!(name_at(&room.path), Some(name));
    assert_eq!(room.marked(), vec![plain]);
    held::let_go(name);
    room.door().unlock(&typed("one")).unwrap();
    drop(Store::open(&room.path).unwrap());
    held::let_go(name);
}

#[test]
fn what_is_salvaged_from_an_encrypted_journal_goes_into_an_encrypted_file() {
    let (room, mut store, name) = Room::encrypted(33);
    for id in 40..90 {
        store.apply(&[line(id, MARK)], noon()).unwrap();
    }
    drop(store);
    let to = room.at("saved.db");
    let seed = Seed {
        now: noon(),
        journal: [34; 16],
        device: [34; 16],
    };
    let place = crate::store::Ours::default().journal(&to).unwrap();
    Store::salvage(&room.path, &place, seed).unwrap();
    assert_eq!(name_at(&to), Some(name));
    assert_eq!(room.marked(), Vec::<PathBuf>::new());
    held::let_go(name);
    let refused = Store::salvage(&room.path, &place, seed);
    assert!(matches!(refused, Err(StoreError::Sealed(_))));
    locked(&to).unlock(&typed("one")).unwrap();
    let lines = Store::open(&to)
        .unwrap()
        .settings()
        .unwrap()
        .help_lines
        .len();
    assert_eq!(lines, 52);
    held::let_go(name);
}

#[test]
fn a_key_has_one_name_and_another_key_another() {
    let one = Key::of(&[7; LENGTH]);
    assert_eq!(one.name(), Key::of(&[7; LENGTH]).name());
    assert_ne!(one.name(), Key::of(&[8; LENGTH]).name());
    assert_eq!(KeyName::in_head(&one.name().head()), Some(one.name()));
    assert_eq!(KeyName::in_head(b"SQLite format 3\0"), None);
    assert_eq!(KeyName::in_head(b"EbbK"), None);
}

#[test]
fn the_cipher_is_given_the_whole_key_and_the_head_as_digits() {
    let key = Key::of(&[0xab; LENGTH]);
    let raw = key.raw();
    assert_eq!(
        raw.len(),
        4 + 96,
        "63 digits would be taken for a passphrase"
    );
    assert!(raw.starts_with(&format!("raw:{}", "ab".repeat(LENGTH))));
    assert!(raw.contains("4562624b"), "EbbK: {}", raw.len());
}

#[test]
fn no_message_shows_a_key() {
    assert_eq!(format!("{:?}", Key::of(&[1; LENGTH])), "Key");
}

#[test]
fn a_save_of_an_encrypted_journal_that_was_cut_short_is_taken_back_by_the_next_opening() {
    let (room, mut store, name) = Room::encrypted(35);
    let lines: Vec<Change> = (40..240).map(|id| line(id, MARK)).collect();
    store.apply(&lines, noon()).unwrap();
    let before = notes(&store);
    // So little memory that pages go to the disk before the save is done: as a killed run leaves them.
    store
        .db
        .execute_batch(
            "PRAGMA cache_size=1; BEGIN IMMEDIATE; UPDATE help_line SET name = name || ' half';",
        )
        .unwrap();
    let beside_path = |end: &str| PathBuf::from(format!("{}{end}", room.path.display()));
    let elsewhere = room.at("mine/k.db");
    for end in ["", "-journal", ".key"] {
        let to = PathBuf::from(format!("{}{end}", elsewhere.display()));
        fs::copy(beside_path(end), to).unwrap();
    }
    assert!(fs::metadata(room.at("mine/k.db-journal")).unwrap().len() > 512);
    let opened = Store::open(&elsewhere).unwrap();
    assert_eq!(notes(&opened), before);
    assert!(opened.is_encrypted());
    held::let_go(name);
}
