//! Copies by the library: made, thinned, erased in, and brought back.

use crate::house::{House, id, noon, note, notes};
use ebbtide::domain::journal::bin_kind::BinKind;
use ebbtide::domain::journal::change::Change;
use ebbtide::domain::record::kind::Kind;
use ebbtide::store::{CopyKind, CopyState, Occupant, Store, StoreError};
use rusqlite::Connection;
use std::os::unix::fs::PermissionsExt;

#[test]
fn a_copy_is_private_sound_and_holds_everything() {
    let (house, mut store) = House::new();
    note(&mut store, 1, "sleep");
    let copy = store.back_up(CopyKind::Ring, noon(0)).unwrap();
    assert_eq!(copy.name(), "2026-11-22T120000Z-ring.db");
    assert!(copy.is_sound());
    let mode = |path: &std::path::Path| path.metadata().unwrap().permissions().mode() & 0o777;
    assert_eq!(mode(&copy.path), 0o600);
    assert_eq!(mode(&Store::copies_folder(&house.path)), 0o700);
    assert_eq!(notes(&Store::open(&copy.path).unwrap()), [1]);
}

#[test]
fn the_day_has_one_copy_and_an_unchanged_journal_none() {
    let (house, mut store) = House::new();
    note(&mut store, 1, "a");
    assert!(store.keep_ring(noon(0)).unwrap().is_some());
    note(&mut store, 2, "b");
    assert!(store.keep_ring(noon(0)).unwrap().is_none(), "one a day");
    assert!(store.keep_ring(noon(1)).unwrap().is_some());
    assert!(store.keep_ring(noon(2)).unwrap().is_none(), "nothing new");
    store.undo(noon(1)).unwrap();
    assert!(store.keep_ring(noon(3)).unwrap().is_some());
    assert_eq!(house.names().len(), 3);
}

#[test]
fn a_copy_in_the_middle_of_anothers_write_holds_none_of_it() {
    let (house, mut store) = House::new();
    note(&mut store, 1, "a");
    let other = Connection::open(&house.path).unwrap();
    other
        .execute_batch("BEGIN IMMEDIATE; UPDATE record SET revision = revision + 40;")
        .unwrap();
    let copy = store.back_up(CopyKind::Ring, noon(0)).unwrap();
    other.execute_batch("COMMIT").unwrap();
    let copied = Connection::open(&copy.path).unwrap();
    let revision: i64 = copied
        .query_row("SELECT revision FROM record", [], |row| row.get(0))
        .unwrap();
    assert_eq!(revision, 0);
}

#[test]
fn damaged_copies_push_no_good_one_out() {
    let (house, mut store) = House::new();
    for day in 0..3 {
        note(&mut store, u8::try_from(day).unwrap(), "a");
        store.back_up(CopyKind::BeforeImport, noon(day)).unwrap();
    }
    let good = house.names();
    // Newer by their names, and not sound.
    let folder = Store::copies_folder(&house.path);
    let whole = std::fs::read(folder.join(&good[0])).unwrap();
    for day in 3..6 {
        let name = ebbtide::store::backup::rotation::name(CopyKind::BeforeImport, noon(day), 1);
        std::fs::write(folder.join(name), &whole[..whole.len() / 2]).unwrap();
    }
    store.back_up(CopyKind::BeforeImport, noon(6)).unwrap();
    let names = house.names();
    let kept: Vec<bool> = good.iter().map(|good| names.contains(good)).collect();
    assert_eq!(
        kept,
        [false, true, true],
        "three good ones with the new one"
    );
    let sound = store.copies().iter().filter(|copy| copy.is_sound()).count();
    assert_eq!(sound, 3);
}

#[test]
fn erasing_for_good_reaches_every_copy_of_the_ring() {
    let (house, mut store) = House::new();
    note(&mut store, 1, "zebra crossing");
    store.back_up(CopyKind::Ring, noon(0)).unwrap();
    store.back_up(CopyKind::BeforeMerge, noon(1)).unwrap();
    store
        .apply(&[Change::DeleteRecord(id(1))], noon(2))
        .unwrap();
    store.back_up(CopyKind::Ring, noon(2)).unwrap();
    assert!(house.holds("zebra"));
    let done = store
        .erase(BinKind::Record(Kind::Reason), id(1), noon(2))
        .unwrap();
    assert_eq!((done.entries, done.copies, done.unreached), (1, 3, vec![]));
    assert!(!house.holds("zebra"));
    assert!(store.copies().iter().all(ebbtide::store::Copy::is_sound));
}

#[test]
fn what_was_erased_does_not_come_back_with_an_older_file() {
    let (house, mut store) = House::new();
    note(&mut store, 1, "zebra crossing");
    note(&mut store, 2, "stays");
    let outside = tempfile::tempdir().unwrap();
    let file = outside.path().join("copy.db");
    store.back_up_to(&file, Occupant::Nothing, noon(0)).unwrap();
    store
        .apply(&[Change::DeleteRecord(id(1))], noon(1))
        .unwrap();
    store
        .erase(BinKind::Record(Kind::Reason), id(1), noon(1))
        .unwrap();
    let looked = store.preview(&file).unwrap();
    assert_eq!(looked.against.unwrap().comes_back, []);
    let done = store.restore_from(&file, noon(2)).unwrap();
    assert!(done.stay_erased > 0);
    assert_eq!(notes(&store), [2]);
    assert!(!house.holds("zebra"));
}

#[test]
fn a_restore_keeps_what_was_there_and_goes_back() {
    let (house, mut store) = House::new();
    note(&mut store, 1, "a");
    let copy = store.back_up(CopyKind::Ring, noon(0)).unwrap();
    note(&mut store, 2, "b");
    // Another window has the journal open.
    let other = Store::open(&house.path).unwrap();
    other.was_changed_elsewhere().unwrap();
    let looked = store.preview(&copy.path).unwrap();
    let reasons = BinKind::Record(Kind::Reason);
    assert_eq!(looked.counts, [(reasons, 1)]);
    assert_eq!(looked.against.unwrap().goes, [(reasons, 1)]);

    let done = store.restore_from(&copy.path, noon(1)).unwrap();
    assert_eq!(notes(&store), [1]);
    assert!(other.was_changed_elsewhere().unwrap());
    assert_eq!(notes(&other), [1]);
    let kept = done.kept.unwrap();
    assert_eq!(kept.kind, CopyKind::BeforeRestore);

    assert_eq!(store.undo(noon(1)).unwrap().label.what, "reason added");
    assert_eq!(notes(&store), Vec::<u8>::new());
    store.restore_from(&kept.path, noon(2)).unwrap();
    assert_eq!(notes(&store), [1, 2]);
    note(&mut store, 3, "c");
    assert_eq!(notes(&other), [1, 2, 3]);
}

#[test]
fn a_copy_of_the_first_form_is_brought_to_the_newest_and_stays_as_it_is() {
    let (_house, mut store) = House::new();
    let outside = tempfile::tempdir().unwrap();
    let file = outside.path().join("old.db");
    std::fs::copy("tests/fixtures/form-1.db", &file).unwrap();
    let bytes = std::fs::read(&file).unwrap();
    assert_eq!(store.preview(&file).unwrap().form, 1);
    store.restore_from(&file, noon(0)).unwrap();
    assert_eq!(store.load(None).unwrap().days().count(), 1);
    assert_eq!(std::fs::read(&file).unwrap(), bytes);
    let left = std::fs::read_dir(outside.path()).unwrap().count();
    assert_eq!(left, 1, "nothing beside it");
}

#[test]
fn what_is_no_sound_copy_is_refused_and_changes_nothing() {
    let (house, mut store) = House::new();
    note(&mut store, 1, "a");
    let copy = store.back_up(CopyKind::Ring, noon(0)).unwrap();
    let outside = tempfile::tempdir().unwrap();
    let file = outside.path().join("file.db");
    let whole = std::fs::read(&copy.path).unwrap();
    let mut refused = |bytes: &[u8]| {
        std::fs::write(&file, bytes).unwrap();
        let before = std::fs::read(&house.path).unwrap();
        let error = store.restore_from(&file, noon(1)).unwrap_err();
        assert_eq!(std::fs::read(&house.path).unwrap(), before);
        error
    };
    for end in [0, 50, 100, 4_096, whole.len() / 2, whole.len() - 4_096] {
        let error = refused(&whole[..end]);
        let is_said = matches!(error, StoreError::DamagedCopy { .. });
        assert!(is_said, "cut at {end}: {error}");
    }
    assert!(matches!(
        refused(b"words, many words"),
        StoreError::NotAJournal(_)
    ));
    let mut newer = whole.clone();
    newer[60..64].copy_from_slice(&99_u32.to_be_bytes());
    let error = refused(&newer);
    let known = u32::try_from(ebbtide::store::MIGRATIONS.len()).unwrap();
    assert!(matches!(error, StoreError::NewerJournal { found: 99, known: k } if k == known));
    assert!(matches!(
        store.restore_from(outside.path(), noon(1)),
        Err(StoreError::NotAFile(_))
    ));
    // Tables beside ours, or a trigger, are not a journal's.
    std::fs::write(&file, &whole).unwrap();
    let db = Connection::open(&file).unwrap();
    db.execute_batch("CREATE TRIGGER t AFTER INSERT ON record BEGIN DELETE FROM record; END;")
        .unwrap();
    drop(db);
    assert!(matches!(
        store.restore_from(&file, noon(1)),
        Err(StoreError::DamagedCopy { .. })
    ));
    assert_eq!(notes(&store), [1]);
    assert_eq!(house.names().len(), 1, "nothing was kept either");
}

#[test]
fn a_file_that_stands_there_is_replaced_when_asked_for_and_a_link_never() {
    let (house, store) = House::new();
    let outside = tempfile::tempdir().unwrap();
    let (file, link) = (outside.path().join("a.db"), outside.path().join("b.db"));
    std::fs::write(&file, "mine").unwrap();
    std::os::unix::fs::symlink(&file, &link).unwrap();
    let to = |path: &std::path::Path, standing| store.back_up_to(path, standing, noon(0));
    assert!(matches!(
        to(&file, Occupant::Nothing),
        Err(StoreError::Exists(_))
    ));
    assert!(matches!(
        to(&link, Occupant::Nothing),
        Err(StoreError::Exists(_))
    ));
    assert!(matches!(
        to(&link, Occupant::File),
        Err(StoreError::NotAFile(_))
    ));
    assert!(matches!(
        to(&house.path, Occupant::File),
        Err(StoreError::Ours { .. })
    ));
    assert_eq!(std::fs::read(&file).unwrap(), b"mine");
    assert!(to(&file, Occupant::File).unwrap().is_sound());
}

#[test]
fn a_link_in_the_place_of_the_folder_is_not_followed() {
    let (house, store) = House::new();
    let elsewhere = tempfile::tempdir().unwrap();
    std::os::unix::fs::symlink(elsewhere.path(), Store::copies_folder(&house.path)).unwrap();
    assert!(store.keep_ring(noon(0)).is_err());
    assert_eq!(std::fs::read_dir(elsewhere.path()).unwrap().count(), 0);
    assert!(
        store.keep_ring(noon(0)).unwrap().is_none(),
        "told once a day"
    );
    assert_eq!(store.missed().unwrap().unwrap().0, noon(0).date_naive());
    std::fs::remove_file(Store::copies_folder(&house.path)).unwrap();
    assert!(store.keep_ring(noon(1)).unwrap().is_some());
    assert_eq!(store.missed().unwrap(), None);
}

#[test]
fn copies_before_migrations_are_listed_and_the_last_three_kept() {
    let (house, store) = House::new();
    drop(store);
    let forms: Vec<(String, String)> = (0..5)
        .map(|n| {
            (
                format!("later_{n}"),
                format!("CREATE TABLE later_{n} (id INTEGER PRIMARY KEY) STRICT;"),
            )
        })
        .collect();
    for upto in 1..=5 {
        let later: Vec<(&str, &str)> = ebbtide::store::MIGRATIONS
            .iter()
            .copied()
            .chain(
                forms
                    .iter()
                    .take(upto)
                    .map(|(name, sql)| (name.as_str(), sql.as_str())),
            )
            .collect();
        Store::open_with(&house.path, &later).unwrap();
    }
    let copies = Store::copies_of(&house.path);
    assert_eq!(copies.len(), 3);
    let of_migration = |copy: &ebbtide::store::Copy| copy.kind == CopyKind::BeforeMigration;
    assert!(copies.iter().all(of_migration));
    assert!(
        copies
            .iter()
            .all(|copy| matches!(copy.state, CopyState::Newer(_)))
    );
}
