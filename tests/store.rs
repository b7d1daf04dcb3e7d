//! The store on real files: what is written is read back, undone and redone, also after reopening.
#![allow(clippy::unwrap_used, missing_docs)]

use chrono::{DateTime, FixedOffset, NaiveDate, TimeDelta, Utc};
use ebbtide::domain::attempt::{Attempt, Ending, Method};
use ebbtide::domain::check_in::catalogue::Category;
use ebbtide::domain::check_in::symptom::{Severity, SymptomKey, Symptoms};
use ebbtide::domain::check_in::{Answer, CheckIn, CheckInDraft, Form, Overall};
use ebbtide::domain::id::{EntryId, IdSource};
use ebbtide::domain::journal::change::{Change, Switch};
use ebbtide::domain::journal::settings::{OwnHelpLine, Setting};
use ebbtide::domain::time::{DayEnd, Moment, Now, Zone};
use ebbtide::store::{Depth, Seed, Store, StoreError};
use proptest::prelude::*;
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

fn day(n: u16) -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 1, 1).unwrap() + TimeDelta::days(i64::from(n))
}

struct Journal {
    _folder: TempDir,
    path: PathBuf,
}

impl Journal {
    fn new() -> (Self, Store) {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("deep/journal.db");
        let store = Store::create(&path, SEED).unwrap();
        (
            Self {
                _folder: folder,
                path,
            },
            store,
        )
    }
}

fn check_in(
    id: EntryId,
    on: NaiveDate,
    answers: &[(usize, u8)],
    overall: Option<u8>,
    note: &str,
) -> CheckIn {
    let symptoms = Symptoms::built_in();
    let mut draft = CheckInDraft::new(id, Form::Full, on);
    for (at, severity) in answers {
        let code = symptoms.rated().nth(*at % 18).unwrap().code.clone();
        draft.answers.insert(
            code,
            Answer {
                severity: Severity::new(severity % 5).unwrap(),
                copied: at % 3 == 0,
            },
        );
    }
    draft.overall = overall.map(|n| Overall::new(n % 11).unwrap());
    note.clone_into(&mut draft.note);
    let at: DateTime<FixedOffset> = format!("{on}T12:00:00+01:00").parse().unwrap();
    let now = Now::new(at.to_utc(), Zone::fixed(*at.offset()));
    let moment = Moment::on_day(on, at, &now, DayEnd::default());
    let asked: Vec<SymptomKey> = symptoms.rated().map(|symptom| symptom.key).collect();
    draft
        .into_check_in(moment, asked.into_iter(), &symptoms)
        .unwrap()
}

/// Everything but the log, and but when something was put back: that grows with every undo.
fn dump(path: &Path) -> String {
    let db = Connection::open(path).unwrap();
    let tables = "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'log_%'
                  AND name <> 'put_back' ORDER BY name";
    let tables: Vec<String> = db
        .prepare(tables)
        .unwrap()
        .query_map([], |row| row.get(0))
        .unwrap()
        .collect::<Result<_, _>>()
        .unwrap();
    let mut text = String::new();
    for table in tables {
        let mut rows = db
            .prepare(&match table.as_str() {
                // How far the clock has come is no part of what is undone.
                "journal" => "SELECT * FROM journal WHERE key <> 'clock' ORDER BY 1, 2".to_owned(),
                table => format!("SELECT * FROM {table} ORDER BY 1, 2"),
            })
            .unwrap();
        let columns = rows.column_count();
        let lines = rows.query_map([], |row| {
            Ok((0..columns)
                .map(|at| format!("{:?}", row.get_ref(at).unwrap()))
                .collect::<Vec<_>>()
                .join("|"))
        });
        for line in lines.unwrap() {
            text.extend([&table, ": ", &line.unwrap(), "\n"]);
        }
    }
    text
}

#[test]
fn a_blank_is_stored_as_a_blank_and_never_read_as_0() {
    let (journal, mut store) = Journal::new();
    let id = IdSource::new(1).next(start().fixed_offset());
    let written = check_in(id, day(3), &[(0, 0), (4, 3)], None, "");
    store
        .apply(&[Change::RecordCheckIn(written.clone())], start())
        .unwrap();
    drop(store);
    let read = Store::open(&journal.path).unwrap().load(None).unwrap();
    assert_eq!(read.check_ins(day(3)), [written]);
    let db = Connection::open(&journal.path).unwrap();
    let counts: (u32, u32) = db
        .query_row("SELECT count(*), count(severity) FROM rating", [], |row| {
            Ok((row.get(0)?, row.get(1)?))
        })
        .unwrap();
    assert_eq!(counts, (18, 2), "asked and blank is NULL");
}

#[test]
fn a_save_reads_back_its_own_day_and_no_other() {
    let (_journal, mut store) = Journal::new();
    let mut ids = IdSource::new(1);
    let mut held = store.load(None).unwrap();
    for n in 0..50 {
        let change = Change::RecordCheckIn(check_in(
            ids.next(start().fixed_offset()),
            day(n),
            &[(0, 1)],
            Some(4),
            "",
        ));
        let before = store.rows_read();
        let applied = store.apply(&[change], start()).unwrap();
        assert_eq!(applied.days, [day(n)]);
        held = store.refresh(&held, &applied.days).unwrap();
        assert_eq!(
            store.rows_read() - before,
            1 + 18,
            "one check-in and its ratings"
        );
    }
    assert_eq!(held, store.load(None).unwrap());
}

#[test]
fn the_two_stages_of_reading_agree() {
    let (_journal, mut store) = Journal::new();
    let mut ids = IdSource::new(1);
    for n in 0..90 {
        let change = Change::RecordCheckIn(check_in(
            ids.next(start().fixed_offset()),
            day(n),
            &[(1, 2)],
            None,
            "n",
        ));
        store.apply(&[change], start()).unwrap();
    }
    let whole = store.load(None).unwrap();
    let part = store.load(Some(day(60))).unwrap();
    let recent: Vec<_> = whole.between(day(60), day(200)).collect();
    assert_eq!(part.days().collect::<Vec<_>>(), recent);
    assert_eq!(
        (part.first_day, whole.first_day),
        (Some(day(0)), Some(day(0)))
    );
}

#[test]
fn two_attempts_may_not_begin_on_one_day() {
    let (_journal, mut store) = Journal::new();
    let attempt = |n| attempt(n, 5);
    store
        .apply(&[Change::RecordAttempt(attempt(1))], start())
        .unwrap();
    let refused = store.apply(&[Change::RecordAttempt(attempt(2))], start());
    assert!(matches!(
        refused,
        Err(StoreError::AttemptOnSameDay { number: 1, .. })
    ));
    assert_eq!(store.load(None).unwrap().attempts.iter().count(), 1);
    assert!(store.undo(chrono::DateTime::UNIX_EPOCH).is_ok());
    assert!(
        matches!(
            store.undo(chrono::DateTime::UNIX_EPOCH),
            Err(StoreError::NothingToUndo)
        ),
        "a refused step leaves nothing in the log"
    );
}

#[test]
fn undo_refuses_a_row_that_changed_since() {
    let (journal, mut store) = Journal::new();
    let written = check_in(EntryId::from_bytes([1; 16]), day(1), &[(1, 1)], None, "");
    store
        .apply(&[Change::RecordCheckIn(written)], start())
        .unwrap();
    let db = Connection::open(&journal.path).unwrap();
    db.execute("UPDATE check_in SET edited = zeroblob(24)", [])
        .unwrap();
    assert!(matches!(
        store.undo(chrono::DateTime::UNIX_EPOCH),
        Err(StoreError::ChangedSince { .. })
    ));
    assert_eq!(store.load(None).unwrap().check_ins(day(1)).len(), 1);
}

#[test]
fn files_that_are_not_ours_newer_or_damaged_are_refused_untouched() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("j.db");
    let refused = |bytes: &[u8]| {
        std::fs::write(&path, bytes).unwrap();
        let error = Store::open(&path).err().unwrap();
        assert_eq!(std::fs::read(&path).unwrap(), bytes, "untouched");
        assert!(
            matches!(Store::create(&path, SEED), Err(StoreError::Exists(_))),
            "never made anew over a file"
        );
        assert_eq!(
            std::fs::read_dir(folder.path()).unwrap().count(),
            1,
            "nothing left beside it"
        );
        error
    };
    assert!(matches!(refused(b""), StoreError::Damaged { .. }));
    assert!(matches!(
        refused(b"hello, not a journal"),
        StoreError::NotAJournal(_)
    ));
    let (journal, store) = Journal::new();
    drop(store);
    let whole = std::fs::read(&journal.path).unwrap();
    assert!(matches!(refused(&whole[..60]), StoreError::Damaged { .. }));
    let mut newer = whole.clone();
    newer[60..64].copy_from_slice(&1000_u32.to_be_bytes());
    assert!(matches!(
        refused(&newer),
        StoreError::NewerJournal { found: 1000, .. }
    ));
    let mut foreign = whole.clone();
    foreign[68..72].copy_from_slice(&0_u32.to_be_bytes());
    assert!(matches!(refused(&foreign), StoreError::NotAJournal(_)));
    let mut torn = whole;
    torn.truncate(8192);
    assert!(matches!(refused(&torn), StoreError::Damaged { .. }));
}

#[test]
fn an_older_form_is_copied_before_it_is_changed() {
    let (journal, mut store) = Journal::new();
    let written = check_in(
        EntryId::from_bytes([1; 16]),
        day(1),
        &[(1, 1)],
        None,
        "before",
    );
    store
        .apply(&[Change::RecordCheckIn(written.clone())], start())
        .unwrap();
    drop(store);
    let now = u32::try_from(ebbtide::store::MIGRATIONS.len()).unwrap();
    let and_later = |more: &[(&'static str, &'static str)]| -> Vec<_> {
        ebbtide::store::MIGRATIONS
            .iter()
            .chain(more)
            .copied()
            .collect()
    };
    let test = (
        "later_test",
        "CREATE TABLE later (id INTEGER PRIMARY KEY) STRICT;",
    );
    let later = and_later(&[test]);
    let store = Store::open_with(&journal.path, &later).unwrap();
    assert_eq!(
        store.load(None).unwrap().check_ins(day(1)),
        std::slice::from_ref(&written)
    );
    assert!(matches!(
        Store::open(&journal.path),
        Err(StoreError::NewerJournal { found, known }) if (found, known) == (now + 1, now)
    ));
    let copy = format!("journal.form-{now}.copy-1.db");
    let copy = journal.path.with_file_name(copy);
    assert_eq!(
        Store::open(&copy)
            .unwrap()
            .load(None)
            .unwrap()
            .check_ins(day(1)),
        [written]
    );
    let broken = and_later(&[
        test,
        ("broken_test", "CREATE TABLE x (id) STRICT; SELECT nope;"),
    ]);
    assert!(Store::open_with(&journal.path, &broken).is_err());
    assert!(
        Store::open_with(&journal.path, &later).is_ok(),
        "a migration that does not work leaves the form before it"
    );
}

#[cfg(unix)]
#[test]
fn the_journal_and_its_folder_are_the_persons_alone() {
    use std::os::unix::fs::PermissionsExt;
    let (journal, _store) = Journal::new();
    let mode = |path: &Path| path.metadata().unwrap().permissions().mode() & 0o777;
    assert_eq!(mode(&journal.path), 0o600);
    assert_eq!(mode(journal.path.parent().unwrap()), 0o700);
}

#[test]
fn every_sql_file_is_registered() {
    let files = std::fs::read_dir("migrations")
        .unwrap()
        .map(|f| f.unwrap().file_name().into_string().unwrap());
    let mut files: Vec<_> = files
        .map(|name| name.trim_end_matches(".sql").to_owned())
        .collect();
    files.sort();
    let registered: Vec<_> = ebbtide::store::MIGRATIONS
        .iter()
        .map(|(name, _)| (*name).to_owned())
        .collect();
    assert_eq!(files, registered);
}

#[test]
fn a_draft_lives_until_its_entry_is_recorded() {
    let (journal, mut store) = Journal::new();
    let id = EntryId::from_bytes([1; 16]);
    let mut draft = CheckInDraft::new(id, Form::Full, day(1));
    draft.note = "half a thought".to_owned();
    store.keep_draft(&draft, start()).unwrap();
    drop(store);
    let mut store = Store::open(&journal.path).unwrap();
    assert_eq!(store.drafts().unwrap(), [draft]);
    store
        .apply(
            &[Change::RecordCheckIn(check_in(
                id,
                day(1),
                &[],
                None,
                "whole",
            ))],
            start(),
        )
        .unwrap();
    assert_eq!(store.drafts().unwrap(), []);
}

#[test]
fn the_doctor_sees_totals_that_differ() {
    let (journal, mut store) = Journal::new();
    store
        .apply(
            &[Change::RecordCheckIn(check_in(
                EntryId::from_bytes([1; 16]),
                day(1),
                &[(1, 1)],
                None,
                "",
            ))],
            start(),
        )
        .unwrap();
    assert_eq!(store.examine(Depth::Full).unwrap().findings, []);
    Connection::open(&journal.path)
        .unwrap()
        .execute("UPDATE check_in SET body_sum = 2", [])
        .unwrap();
    let found = store.examine(Depth::Full).unwrap().findings;
    let found: Vec<&str> = found.iter().map(|finding| finding.what.as_str()).collect();
    assert_eq!(found.len(), 2, "{found:?}");
    assert!(found[0].ends_with("what it holds does not match its sum"));
    assert_eq!(found[1], "1 check-in whose totals differ from its ratings");
}

fn attempt(n: u8, began: u16) -> Attempt {
    Attempt {
        id: EntryId::from_bytes([n; 16]),
        began: day(began),
        day_zero: n.is_multiple_of(2).then(|| day(began + 1)),
        method: Method::ALL[usize::from(n) % 4],
        name: n.is_multiple_of(3).then(|| format!("n{n}")),
        goal: None,
        ended: n
            .is_multiple_of(5)
            .then(|| (day(began + 9), Ending::SetAside)),
    }
}

/// A change among few rows, so that rows are changed again and again.
fn change() -> impl Strategy<Value = Change> {
    let answers = prop::collection::vec((0..18_usize, 0..5_u8), 0..6);
    prop_oneof![
            4 => (0..6_u8, 0..9_u16, answers, 0..11_u8, "[a-z\u{e9}\u{1f600}]{0,3}").prop_map(|(n, on, answers, overall, note)| {
                Change::RecordCheckIn(check_in(EntryId::from_bytes([n; 16]), day(on), &answers, Some(overall), &note))
            }),
            2 => (0..6_u8).prop_map(|n| Change::DeleteCheckIn(EntryId::from_bytes([n; 16]))),
            2 => (0..4_u8, 0..9_u16).prop_map(|(n, began)| Change::RecordAttempt(attempt(n, began))),
            1 => (0..4_u8).prop_map(|n| Change::DeleteAttempt(EntryId::from_bytes([n; 16]))),
            1 => (0..3_u8).prop_map(|n| Change::AddSymptom {
    key: None,
                id: EntryId::from_bytes([n; 16]),
                code: format!("own_{n}"),
                name: format!("Own {n}"),
                category: Category::Physical,
            }),
            1 => (1..58_u16, "[a-z]{1,5}").prop_map(|(n, name)| Change::RenameSymptom { symptom: SymptomKey(n), name }),
            1 => (1..58_u16, any::<bool>()).prop_map(|(n, on)| Change::SwitchSymptom {
                symptom: SymptomKey(n),
                to: if on { Switch::On } else { Switch::Off },
            }),
            1 => "[A-Z]{2}".prop_map(|code| Change::Set(Setting::Country(code))),
            1 => (0..3_u8).prop_map(|n| Change::RecordHelpLine(OwnHelpLine {
                id: EntryId::from_bytes([n; 16]), name: "Sam".to_owned(), contact: n.to_string() })),
            1 => (0..3_u8).prop_map(|n| Change::DeleteHelpLine(EntryId::from_bytes([n; 16]))),
        ]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, ..ProptestConfig::default() })]

    #[test]
    fn undo_all_gives_the_journal_before_and_redo_all_the_one_after(
        steps in prop::collection::vec((prop::collection::vec(change(), 1..3), any::<bool>()), 1..14)
    ) {
        let (journal, mut store) = Journal::new();
        let reopen = |store: Store| { drop(store); Store::open(&journal.path).unwrap() };
        let before = dump(&journal.path);
        let mut done = 0;
        for (n, (changes, reopens)) in steps.iter().enumerate() {
            // What is refused must leave nothing.
            let was = dump(&journal.path);
            let moment = start() + TimeDelta::seconds(i64::try_from(n).unwrap());
            if store.apply(changes, moment).is_ok() { done += 1 } else { prop_assert_eq!(&dump(&journal.path), &was) }
            if *reopens { store = reopen(store); }
        }
        let after = dump(&journal.path);
        for n in 0..done {
            store.undo(chrono::DateTime::UNIX_EPOCH).unwrap();
            if n % 2 == 0 { store = reopen(store); }
        }
        prop_assert!(matches!(store.undo(chrono::DateTime::UNIX_EPOCH), Err(StoreError::NothingToUndo)));
        prop_assert_eq!(dump(&journal.path), before);
        for n in 0..done {
            store.redo(chrono::DateTime::UNIX_EPOCH).unwrap();
            if n % 3 == 0 { store = reopen(store); }
        }
        prop_assert!(matches!(store.redo(chrono::DateTime::UNIX_EPOCH), Err(StoreError::NothingToRedo)));
        prop_assert_eq!(dump(&journal.path), after);
        prop_assert_eq!(store.examine(Depth::Full).unwrap().findings, vec![]);
    }
}
