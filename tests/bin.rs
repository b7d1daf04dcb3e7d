//! The bin over real files: what is deleted comes back, and what is erased is nowhere any more.
#![allow(clippy::unwrap_used, missing_docs)]

use chrono::{DateTime, FixedOffset, NaiveDate, TimeDelta, Utc};
use ebbtide::domain::attempt::{Attempt, Method};
use ebbtide::domain::check_in::symptom::{Severity, SymptomKey, Symptoms};
use ebbtide::domain::check_in::{Answer, CheckIn, CheckInDraft, Form, Overall};
use ebbtide::domain::id::EntryId;
use ebbtide::domain::journal::bin_kind::BinKind;
use ebbtide::domain::journal::change::Change;
use ebbtide::domain::journal::settings::OwnHelpLine;
use ebbtide::domain::record::Record;
use ebbtide::domain::record::kind::Kind;
use ebbtide::domain::time::{DayEnd, Moment, Now, Zone};
use ebbtide::store::{Depth, Seed, Store, StoreError};
use rusqlite::Connection;
use std::path::{Path, PathBuf};
use tempfile::TempDir;

const SEED: Seed = Seed {
    now: DateTime::UNIX_EPOCH,
    journal: [7; 16],
    device: [9; 16],
};

fn start() -> DateTime<Utc> {
    "2026-11-22T08:00:00Z".parse().unwrap()
}

fn after(days: i64) -> DateTime<Utc> {
    start() + TimeDelta::days(days)
}

fn day(n: i64) -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 1, 1).unwrap() + TimeDelta::days(n)
}

fn id(n: u8) -> EntryId {
    EntryId::from_bytes([n; 16])
}

struct House {
    folder: TempDir,
    path: PathBuf,
}

impl House {
    fn new() -> (Self, Store) {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("journal.db");
        let store = Store::create(&path, SEED).unwrap();
        (Self { folder, path }, store)
    }

    /// A journal as the first form had it: three check-ins, one of them undone, and an attempt.
    fn of_form_1() -> Self {
        Self::of_form(1)
    }

    /// The same journal in an earlier form.
    fn of_form(form: u8) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("journal.db");
        std::fs::copy(format!("tests/fixtures/form-{form}.db"), &path).unwrap();
        Self { folder, path }
    }

    /// Every byte of every file in the journal's folder.
    fn bytes(&self) -> Vec<u8> {
        let files = std::fs::read_dir(self.folder.path()).unwrap();
        files
            .flat_map(|file| std::fs::read(file.unwrap().path()).unwrap())
            .collect()
    }

    fn files(&self) -> Vec<String> {
        let files = std::fs::read_dir(self.folder.path()).unwrap();
        let mut names: Vec<String> = files
            .map(|file| file.unwrap().file_name().into_string().unwrap())
            .filter(|name| !name.ends_with("-journal"))
            .collect();
        names.sort();
        names
    }

    fn count(&self, sql: &str) -> i64 {
        let db = Connection::open(&self.path).unwrap();
        db.query_row(sql, [], |row| row.get(0)).unwrap()
    }
}

fn holds(bytes: &[u8], text: &str) -> bool {
    bytes
        .windows(text.len())
        .any(|window| window == text.as_bytes())
}

fn check_in(n: u8, on: NaiveDate, note: &str) -> CheckIn {
    let symptoms = Symptoms::built_in();
    let mut draft = CheckInDraft::new(id(n), Form::Full, on);
    for symptom in symptoms.rated() {
        let severity = Severity::new(n % 5).unwrap();
        let answer = Answer {
            severity,
            copied: false,
        };
        draft.answers.insert(symptom.code.clone(), answer);
    }
    draft.overall = Overall::new(n % 11);
    note.clone_into(&mut draft.note);
    let at: DateTime<FixedOffset> = format!("{on}T12:00:00+01:00").parse().unwrap();
    let now = Now::new(at.to_utc(), Zone::fixed(*at.offset()));
    let moment = Moment::on_day(on, at, &now, DayEnd::default());
    let asked: Vec<SymptomKey> = symptoms.rated().map(|symptom| symptom.key).collect();
    draft
        .into_check_in(moment, asked.into_iter(), &symptoms)
        .unwrap()
}

fn attempt(n: u8, began: NaiveDate) -> Attempt {
    Attempt {
        id: id(n),
        began,
        day_zero: None,
        method: Method::Taper,
        name: Some("autumn".to_owned()),
        goal: None,
        ended: None,
    }
}

fn restore(kind: BinKind, n: u8) -> [Change; 1] {
    [Change::Restore { kind, id: id(n) }]
}

#[test]
fn what_was_deleted_lies_in_the_bin_newest_first_and_comes_back_as_it_was() {
    let (_house, mut store) = House::new();
    let line = OwnHelpLine {
        id: id(3),
        name: "Sam".to_owned(),
        contact: "555".to_owned(),
    };
    let changes = [
        Change::RecordCheckIn(check_in(1, day(1), "a walk")),
        Change::RecordAttempt(attempt(2, day(1))),
        Change::RecordHelpLine(line),
    ];
    store.apply(&changes, start()).unwrap();
    let before = store.load(None).unwrap();
    store
        .apply(&[Change::DeleteCheckIn(id(1))], after(1))
        .unwrap();
    store
        .apply(&[Change::DeleteAttempt(id(2))], after(2))
        .unwrap();
    store
        .apply(&[Change::DeleteHelpLine(id(3))], after(3))
        .unwrap();
    let bin = store.bin(after(4)).unwrap();
    let lines: Vec<_> = bin
        .iter()
        .map(|entry| (entry.what.as_str(), entry.days_left(after(4).timestamp())))
        .collect();
    assert_eq!(
        lines,
        [
            ("help line Sam", 29),
            ("attempt \"autumn\", tapering", 28),
            ("check-in 12:00, severity 25, overall 1, with a note", 27)
        ]
    );
    assert_eq!(bin[1].day, Some(day(1)));

    let applied = store
        .apply(&restore(BinKind::CheckIn, 1), after(5))
        .unwrap();
    assert_eq!(applied.label.what, "check-in restored");
    assert_eq!(
        (applied.label.day, applied.days),
        (Some(day(1)), vec![day(1)])
    );
    store
        .apply(&restore(BinKind::Attempt, 2), after(5))
        .unwrap();
    store
        .apply(&restore(BinKind::HelpLine, 3), after(5))
        .unwrap();
    assert_eq!(store.load(None).unwrap(), before);
    assert_eq!(store.bin(after(5)).unwrap(), []);
    assert!(matches!(
        store.apply(&restore(BinKind::CheckIn, 1), after(5)),
        Err(StoreError::Unknown(_))
    ));
    for _ in 0..3 {
        store.undo(chrono::DateTime::UNIX_EPOCH).unwrap();
    }
    assert_eq!(
        store.bin(after(5)).unwrap(),
        bin,
        "restoring is a step like any other"
    );
    for _ in 0..3 {
        store.redo(chrono::DateTime::UNIX_EPOCH).unwrap();
    }
    assert_eq!(store.load(None).unwrap(), before);
}

#[test]
fn an_attempt_is_not_restored_onto_the_day_of_another() {
    let (_house, mut store) = House::new();
    store
        .apply(&[Change::RecordAttempt(attempt(1, day(4)))], start())
        .unwrap();
    store
        .apply(&[Change::DeleteAttempt(id(1))], start())
        .unwrap();
    store
        .apply(&[Change::RecordAttempt(attempt(2, day(4)))], start())
        .unwrap();
    assert!(matches!(
        store.apply(&restore(BinKind::Attempt, 1), start()),
        Err(StoreError::AttemptOnSameDay { number: 1, .. })
    ));
    assert_eq!(store.bin(start()).unwrap().len(), 1);
}

/// Texts that stand nowhere else, each of a length that fills some pages.
fn notes() -> [String; 3] {
    ["quail", "otter", "heron"].map(|word| {
        let words: Vec<String> = (0..90).map(|n| format!("{word}{n:03}")).collect();
        words.join(" ")
    })
}

/// How often a word of what was erased stands in the file, wherever a page cut the text.
fn traces(bytes: &[u8]) -> usize {
    let count = |word: &str| {
        bytes
            .windows(word.len())
            .filter(|w| *w == word.as_bytes())
            .count()
    };
    ["quail", "otter", "heron"].into_iter().map(count).sum()
}

#[test]
fn nothing_of_what_was_erased_is_left_in_the_file() {
    let (house, mut store) = House::new();
    let [first, second, third] = notes();
    // Others before, between and after, so that pages are split and balanced around it.
    let write = |store: &mut Store, n: u8, note: &str| {
        let change = Change::RecordCheckIn(check_in(n, day(i64::from(n)), note));
        store.apply(&[change], start()).unwrap();
    };
    for n in 1..40 {
        write(&mut store, n, &"plain words ".repeat(usize::from(n) * 3));
    }
    write(&mut store, 200, &first);
    for n in 40..80 {
        write(&mut store, n, &"plain words ".repeat(usize::from(n)));
    }
    write(&mut store, 200, &second);
    write(&mut store, 200, &third);
    let mut draft = CheckInDraft::new(id(200), Form::Full, day(200));
    draft.note = first;
    store.keep_draft(&draft, start()).unwrap();
    for n in (1..80).step_by(3) {
        store
            .apply(&[Change::DeleteCheckIn(id(n))], start())
            .unwrap();
    }
    assert!(traces(&house.bytes()) > 250, "it is there to be erased");
    assert!(
        matches!(
            store.erase(BinKind::CheckIn, id(200), start()),
            Err(StoreError::Unknown(_))
        ),
        "what is not in the bin is not erased"
    );
    store
        .apply(&[Change::DeleteCheckIn(id(200))], start())
        .unwrap();
    let done = store.erase(BinKind::CheckIn, id(200), start()).unwrap();
    assert_eq!((done.entries, done.copies, done.unreached), (1, 0, vec![]));
    assert_eq!(traces(&house.bytes()), 0);
    assert_eq!(house.count("SELECT count(*) FROM draft"), 0);
    let of_it = "SELECT count(*) FROM log_image WHERE row_key LIKE 'c8c8%'";
    assert_eq!(house.count(of_it), 0);
    assert_eq!(
        house.count("SELECT count(*) FROM erased WHERE tbl = 'check_in'"),
        1
    );
    assert_eq!(
        house.count("SELECT count(*) FROM journal WHERE key = 'traces'"),
        0
    );
    let without_images =
        "SELECT count(*) FROM log_step WHERE id NOT IN (SELECT step FROM log_image)";
    assert_eq!(house.count(without_images), 0);
    assert_eq!(store.examine(Depth::Full).unwrap().findings, []);
}

#[test]
fn undo_and_redo_go_on_with_the_other_steps_after_an_erasing() {
    let (house, mut store) = House::new();
    let both = [
        Change::RecordCheckIn(check_in(1, day(1), "first")),
        Change::RecordCheckIn(check_in(2, day(2), "second")),
    ];
    store.apply(&both, start()).unwrap();
    store
        .apply(
            &[Change::RecordCheckIn(check_in(1, day(1), "again"))],
            start(),
        )
        .unwrap();
    store
        .apply(
            &[Change::RecordCheckIn(check_in(3, day(3), "third"))],
            start(),
        )
        .unwrap();
    store
        .apply(&[Change::DeleteCheckIn(id(1))], start())
        .unwrap();
    store
        .apply(
            &[Change::RecordCheckIn(check_in(4, day(4), "fourth"))],
            start(),
        )
        .unwrap();
    store.undo(chrono::DateTime::UNIX_EPOCH).unwrap();
    store.erase(BinKind::CheckIn, id(1), start()).unwrap();
    drop(store);
    let mut store = Store::open(&house.path).unwrap();
    let days = |store: &Store| store.load(None).unwrap().days().count();
    assert_eq!(
        store.redo(chrono::DateTime::UNIX_EPOCH).unwrap().label.day,
        Some(day(4))
    );
    assert!(matches!(
        store.redo(chrono::DateTime::UNIX_EPOCH),
        Err(StoreError::NothingToRedo)
    ));
    assert_eq!(days(&store), 3);
    for left in [2, 1, 0] {
        store.undo(chrono::DateTime::UNIX_EPOCH).unwrap();
        assert_eq!(days(&store), left);
    }
    assert!(matches!(
        store.undo(chrono::DateTime::UNIX_EPOCH),
        Err(StoreError::NothingToUndo)
    ));
    for there in [1, 2, 3] {
        store.redo(chrono::DateTime::UNIX_EPOCH).unwrap();
        assert_eq!(days(&store), there);
    }
    assert_eq!(store.load(None).unwrap().check_ins(day(1)), []);
}

#[test]
fn what_was_erased_is_not_written_again_by_a_screen_that_still_shows_it() {
    let (house, mut store) = House::new();
    let change = [Change::RecordCheckIn(check_in(1, day(1), "gone"))];
    store.apply(&change, start()).unwrap();
    store
        .apply(&[Change::DeleteCheckIn(id(1))], start())
        .unwrap();
    store.erase(BinKind::CheckIn, id(1), start()).unwrap();
    assert!(matches!(
        store.apply(&change, start()),
        Err(StoreError::ErasedForGood)
    ));
    let mut draft = CheckInDraft::new(id(1), Form::Full, day(1));
    draft.note = "gone".to_owned();
    assert!(matches!(
        store.keep_draft(&draft, start()),
        Err(StoreError::ErasedForGood)
    ));
    assert!(!holds(&house.bytes(), "gone"));
    assert!(matches!(
        store.apply(&restore(BinKind::CheckIn, 1), start()),
        Err(StoreError::Unknown(_))
    ));
}

#[test]
fn after_thirty_days_the_bin_is_emptied_and_not_before() {
    let (house, mut store) = House::new();
    let changes = [
        Change::RecordCheckIn(check_in(1, day(1), "quicksilver")),
        Change::RecordCheckIn(check_in(2, day(2), "later")),
        Change::RecordAttempt(attempt(3, day(1))),
    ];
    store.apply(&changes, start()).unwrap();
    store
        .apply(&[Change::DeleteCheckIn(id(1))], start())
        .unwrap();
    store
        .apply(&[Change::DeleteAttempt(id(3))], start())
        .unwrap();
    store
        .apply(&[Change::DeleteCheckIn(id(2))], after(3))
        .unwrap();
    let last_second = after(30) - TimeDelta::seconds(1);
    assert_eq!(store.purge(last_second).unwrap().entries, 0);
    assert_eq!(store.bin(last_second).unwrap().len(), 3);
    assert_eq!(
        store.bin(after(30)).unwrap().len(),
        1,
        "not shown from then on"
    );
    assert_eq!(store.purge(after(30)).unwrap().entries, 2);
    assert_eq!(store.bin(after(30)).unwrap().len(), 1);
    assert!(!holds(&house.bytes(), "quicksilver"));
    assert!(!holds(&house.bytes(), "autumn"));
    assert!(holds(&house.bytes(), "later"));
    assert_eq!(store.purge(after(30)).unwrap().entries, 0);
    store
        .apply(&restore(BinKind::CheckIn, 2), after(32))
        .unwrap();
    assert_eq!(store.load(None).unwrap().check_ins(day(2)).len(), 1);
}

#[test]
fn an_erasing_that_was_cut_short_is_finished_the_next_time() {
    let (house, mut store) = House::new();
    Connection::open(&house.path)
        .unwrap()
        .execute("INSERT INTO journal VALUES ('traces', '1')", [])
        .unwrap();
    store.purge(start()).unwrap();
    assert_eq!(
        house.count("SELECT count(*) FROM journal WHERE key = 'traces'"),
        0
    );
}

#[test]
fn a_journal_of_the_first_form_goes_to_the_newest_with_everything_in_it() {
    let house = House::of_form_1();
    assert_eq!(house.count("PRAGMA user_version"), 1);
    let mut store = Store::open(&house.path).unwrap();
    assert_eq!(house.count("PRAGMA user_version"), 7);
    assert_eq!(house.files(), ["journal.db", "journal.form-1.copy-1.db"]);
    let seen = store.examine(Depth::Full).unwrap();
    assert_eq!((seen.form, seen.check_ins, seen.attempts), (7, 2, 1));
    assert!(
        seen.findings
            .iter()
            .all(|finding| finding.what.contains("other users"))
    );
    let journal = store.load(None).unwrap();
    let on = NaiveDate::from_ymd_opt(2026, 11, 15).unwrap();
    let notes: Vec<_> = journal
        .check_ins(on)
        .iter()
        .map(|c| c.note.as_deref())
        .collect();
    assert_eq!(notes, [Some("a walk by the river"), None]);
    assert_eq!(
        store.redo(chrono::DateTime::UNIX_EPOCH).unwrap().label.what,
        "check-in added"
    );
    for _ in 0..4 {
        store.undo(chrono::DateTime::UNIX_EPOCH).unwrap();
    }
    assert!(store.load(None).unwrap().is_empty());
    for _ in 0..4 {
        store.redo(chrono::DateTime::UNIX_EPOCH).unwrap();
    }
    assert_eq!(store.load(None).unwrap().days().count(), 2);
}

#[test]
fn a_journal_of_the_second_form_goes_to_the_newest_and_takes_records() {
    let house = House::of_form(2);
    let mut store = Store::open(&house.path).unwrap();
    assert_eq!(house.count("PRAGMA user_version"), 7);
    assert_eq!(house.files(), ["journal.db", "journal.form-2.copy-1.db"]);
    let reason = Record::new(id(50), Kind::Reason, None, None).with_text("text", "sleep");
    store
        .apply(&[Change::Record(reason.clone())], start())
        .unwrap();
    let read = |store: &Store| store.load(None).unwrap().record(id(50)).cloned();
    assert_eq!(read(&store), Some(reason));
    assert_eq!(
        store.undo(chrono::DateTime::UNIX_EPOCH).unwrap().label.what,
        "reason added"
    );
    assert_eq!(read(&store), None);
    assert_eq!(store.load(None).unwrap().days().count(), 1);
}

#[test]
fn a_journal_of_the_third_form_keeps_its_steps_and_can_take_them_back() {
    let house = House::of_form(3);
    let mut store = Store::open(&house.path).unwrap();
    assert_eq!(house.count("PRAGMA user_version"), 7);
    let before = store.load(None).unwrap();
    store.undo(start()).unwrap();
    assert_ne!(store.load(None).unwrap(), before);
    store.redo(start()).unwrap();
    assert_eq!(store.load(None).unwrap(), before);
}

#[test]
fn erasing_reaches_the_copies_that_ebb_made_and_names_those_it_cannot() {
    let house = House::of_form_1();
    let mut store = Store::open(&house.path).unwrap();
    let copy = house.path.with_file_name("journal.form-1.copy-1.db");
    // One that a killed run left, one that is damaged, and somebody's own.
    std::fs::copy(&copy, house.path.with_file_name(".ebb-copy-x1.db")).unwrap();
    std::fs::write(
        house.path.with_file_name("journal.form-1.copy-2.db"),
        "torn",
    )
    .unwrap();
    let on = NaiveDate::from_ymd_opt(2026, 11, 15).unwrap();
    let with_note = store.load(None).unwrap().check_ins(on)[0].id;
    store
        .apply(&[Change::DeleteCheckIn(with_note)], start())
        .unwrap();
    let files = house.files();
    let done = store.erase(BinKind::CheckIn, with_note, start()).unwrap();
    assert_eq!((done.entries, done.copies), (1, 2));
    assert_eq!(
        done.unreached,
        [house.path.with_file_name("journal.form-1.copy-2.db")]
    );
    assert!(!holds(&house.bytes(), "a walk by"));
    assert!(!holds(&house.bytes(), "the river"));
    assert_eq!(house.files(), files, "nothing new stays beside them");
    let sound = |path: &Path| {
        let db = Connection::open(path).unwrap();
        let ok: String = db
            .query_row("PRAGMA integrity_check", [], |row| row.get(0))
            .unwrap();
        let form: i64 = db
            .query_row("PRAGMA user_version", [], |row| row.get(0))
            .unwrap();
        let left: i64 = db
            .query_row("SELECT count(*) FROM check_in", [], |row| row.get(0))
            .unwrap();
        (ok, form, left)
    };
    assert_eq!(sound(&copy), ("ok".to_owned(), 1, 1));
    assert_eq!(
        Store::open(&copy)
            .unwrap()
            .load(None)
            .unwrap()
            .days()
            .count(),
        1
    );
}

#[test]
fn a_hundred_and_fifty_steps_go_back_and_forth() {
    let (house, mut store) = House::new();
    let mut states = vec![store.load(None).unwrap()];
    for n in 0..150_u8 {
        let change = match n % 5 {
            0 => Change::RecordCheckIn(check_in(n, day(i64::from(n)), "new")),
            1 => Change::RecordCheckIn(check_in(n - 1, day(i64::from(n)), "moved")),
            2 => Change::DeleteCheckIn(id(n - 2)),
            3 => Change::Restore {
                kind: BinKind::CheckIn,
                id: id(n - 3),
            },
            _ => Change::RecordAttempt(attempt(n, day(i64::from(n)))),
        };
        store
            .apply(&[change], start() + TimeDelta::seconds(n.into()))
            .unwrap();
        states.push(store.load(None).unwrap());
    }
    for state in states.iter().rev().skip(1) {
        store.undo(chrono::DateTime::UNIX_EPOCH).unwrap();
        assert_eq!(&store.load(None).unwrap(), state);
    }
    assert!(matches!(
        store.undo(chrono::DateTime::UNIX_EPOCH),
        Err(StoreError::NothingToUndo)
    ));
    drop(store);
    let mut store = Store::open(&house.path).unwrap();
    for state in states.iter().skip(1) {
        store.redo(chrono::DateTime::UNIX_EPOCH).unwrap();
        assert_eq!(&store.load(None).unwrap(), state);
    }
    assert!(matches!(
        store.redo(chrono::DateTime::UNIX_EPOCH),
        Err(StoreError::NothingToRedo)
    ));
}
