//! What comes over, what stays out, and what is said of it.

use super::map::{Map, TABLES, rows_of};
use super::support::home::Ebb;
use super::support::sums;
use rusqlite::Connection;
use rusqlite::types::ValueRef;
use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};

pub const PAGE: usize = 4096;
/// What the undo log adds to the rows of the person.
const LOG: [&str; 2] = ["log_step", "log_image"];

/// A journal with rows in every table: long notes, a bin, erased entries, steps to undo and to redo, a draft.
pub fn lived_in() -> Ebb {
    let ebb = Ebb::begun();
    let long = "a long note ".repeat(900);
    for (at, note) in [
        ("2026-11-19 09:00", "first"),
        ("2026-11-20 09:00", &long),
        ("2026-11-21 09:00", "third"),
    ] {
        ebb.succeed(&[
            "checkin",
            "--at",
            at,
            "--set",
            "nausea=3",
            "--set",
            "anxiety=1",
            "--overall",
            "4",
            "--note",
            note,
        ]);
        ebb.succeed(&["dose", "2g", "leaf", "--at", at]);
        ebb.succeed(&["urge", "2", "--at", at]);
    }
    ebb.succeed(&["symptom", "add", "Cold feet", "--category", "physical"]);
    ebb.succeed(&["checkin", "--set", "own_cold_feet=2"]);
    ebb.succeed(&["undo"]);
    ebb.succeed(&["redo"]);
    ebb.succeed(&["dose", "1g", "leaf"]);
    ebb.succeed(&["undo"]);
    let db = Connection::open(ebb.journal()).unwrap();
    db.execute_batch(
        "INSERT INTO draft (uid, kind, day, content, written_at) VALUES (randomblob(16), 'a later kind', '2026-11-22', '{}', 1);
         INSERT INTO setting (key, value, edited) VALUES ('country', 'DE', randomblob(24)), ('of a later version', 'x', randomblob(24));
         INSERT INTO help_line (uid, name, contact, edited) VALUES (randomblob(16), 'a friend', '555', randomblob(24));
         INSERT INTO record (id, uid, kind, fields, revision, edited) VALUES (100, randomblob(16), 'of a later version', '{}', 0, randomblob(24));
         INSERT INTO erased VALUES (randomblob(16), 'record', randomblob(24));
         UPDATE record SET deleted_at = 1795000000 WHERE id = 2;",
    )
    .unwrap();
    sums::write(&db);
    drop(db);
    fs::remove_dir_all(ebb.home().join("journal.db.backups")).unwrap();
    ebb
}

pub fn out(ebb: &Ebb) -> PathBuf {
    ebb.home().join("saved.db")
}

/// Salvages into `saved.db` and gives what was printed.
pub fn salvage(ebb: &Ebb) -> String {
    fs::remove_file(out(ebb)).ok();
    ebb.succeed(&["salvage", "saved.db"])
}

pub fn rows(path: &Path, sql: &str) -> Vec<String> {
    let db = Connection::open(path).unwrap();
    let mut query = db.prepare(sql).unwrap();
    let columns = query.column_count();
    let rows = query.query_map([], |row| {
        let values = (0..columns).map(|at| shown(row.get_ref(at).unwrap()));
        Ok(values.collect::<Vec<_>>().join("|"))
    });
    rows.unwrap().map(Result::unwrap).collect()
}

/// A value with its text as one reads it.
fn shown(value: ValueRef<'_>) -> String {
    match value {
        ValueRef::Text(bytes) => format!("{:?}", String::from_utf8_lossy(bytes)),
        value => format!("{value:?}"),
    }
}

/// The ratings by what they mean, whatever number their symptom has.
pub const MEANT: &str =
    "SELECT c.uid, s.code, r.severity, r.copied FROM rating r JOIN check_in c ON c.id = r.check_in
    JOIN symptom s ON s.id = r.symptom ORDER BY 1, 2";

/// Overwrites pages of the journal, counted from 1.
pub fn destroy(path: &Path, pages: &[u64]) {
    let mut bytes = fs::read(path).unwrap();
    for page in pages {
        let at = usize::try_from(*page - 1).unwrap() * PAGE;
        bytes[at..at + PAGE].fill(0xa5);
    }
    fs::write(path, bytes).unwrap();
}

/// The pages of a table or index that have rows of their own.
pub fn leaves(path: &Path, name: &str) -> Vec<u64> {
    Map::pages_of_kind(path, name, "leaf")
}

/// What the doctor finds in the new file, without what a newer version wrote.
fn findings(ebb: &Ebb) -> Vec<String> {
    let full = ebb.run(&["--journal", "saved.db", "doctor", "--full"]);
    let text = String::from_utf8(full.stdout).unwrap();
    assert!(text.starts_with("journal"), "{text}");
    let lines = text.lines().filter(|line| line.starts_with("found"));
    let lines = lines.filter(|line| !line.contains("a newer one may know it"));
    lines.map(str::to_owned).collect()
}

pub fn doctor_is_content(ebb: &Ebb) {
    assert_eq!(findings(ebb), [""; 0]);
}

/// Holds that the doctor names so many rows as changed, all of this table, and nothing else.
fn doctor_names(ebb: &Ebb, table: &str, n: usize) {
    let findings = findings(ebb);
    let is_changed = |line: &String| {
        line.starts_with(&format!("found     {table} ")) && line.ends_with("match its sum")
    };
    assert!(
        findings.len() == n && findings.iter().all(is_changed),
        "{findings:?}"
    );
}

#[test]
fn a_sound_journal_comes_over_row_by_row_with_its_steps_and_is_the_persons_alone() {
    let ebb = lived_in();
    // What a newer version wrote is a notice of the doctor, so it is deleted for its verdict below.
    let before = fs::read(ebb.journal()).unwrap();
    let text = salvage(&ebb);
    assert!(text.contains("check-ins   4 of 4\n"), "{text}");
    assert!(text.contains("drafts      1 of 1\n"), "{text}");
    assert!(text.contains("undo        as it was\n"), "{text}");
    assert!(text.ends_with("every row came over\n"), "{text}");
    let (old, new) = (ebb.reading(), Connection::open(out(&ebb)).unwrap());
    for table in TABLES.into_iter().chain(LOG) {
        let old = rows_of(&old, table);
        assert!(!old.is_empty(), "{table} has rows");
        assert!(old == rows_of(&new, table), "{table}");
    }
    assert_eq!(fs::read(ebb.journal()).unwrap(), before);
    let mode = out(&ebb).metadata().unwrap().permissions().mode();
    assert_eq!(mode & 0o777, 0o600);
    let names = fs::read_dir(ebb.home()).unwrap();
    let names = names.map(|entry| entry.unwrap().file_name().into_string().unwrap());
    let beside: Vec<String> = names
        .filter(|name| name.contains("saved.db") || name.starts_with(".ebb"))
        .collect();
    assert_eq!(beside, ["saved.db"]);
    ebb.succeed(&["--journal", "saved.db", "redo"]);
    let doses = "SELECT count(*) FROM record WHERE kind = 'dose' AND deleted_at IS NULL";
    assert_eq!(
        rows(&out(&ebb), doses),
        ["Integer(4)"],
        "three were left, one came back"
    );
    ebb.succeed(&["--journal", "saved.db", "dose", "1g", "leaf"]);
}

#[test]
fn every_older_form_comes_over_and_has_the_newest_form_then() {
    for form in 1..=5 {
        let ebb = Ebb::new();
        let fixture = PathBuf::from(env!("CARGO_MANIFEST_DIR"))
            .join(format!("tests/fixtures/form-{form}.db"));
        fs::copy(&fixture, ebb.journal()).unwrap();
        // The head is gone, so nothing says which form it is.
        let mut bytes = fs::read(ebb.journal()).unwrap();
        bytes[..100].fill(0);
        fs::write(ebb.journal(), bytes).unwrap();
        salvage(&ebb);
        let old = Connection::open(&fixture).unwrap();
        let new = Connection::open(out(&ebb)).unwrap();
        for table in [
            "check_in",
            "rating",
            "attempt",
            "symptom",
            "log_step",
            "log_image",
        ] {
            // A later form has more columns at the end of a row.
            let new = rows_of(&new, table);
            let has = |old: &String| new.iter().any(|new| new.starts_with(old.as_str()));
            let old = rows_of(&old, table);
            assert!(old.iter().all(has), "{form} {table}");
        }
        doctor_is_content(&ebb);
    }
}

#[test]
fn what_was_erased_for_good_and_what_was_deleted_does_not_come_back() {
    let ebb = lived_in();
    let db = Connection::open(ebb.journal()).unwrap();
    // Erased by its mark, and the row, its draft and its images are still there. Deleted, and the words are still there.
    db.execute_batch(
        "PRAGMA secure_delete=OFF;
         UPDATE check_in SET note = 'marker one' WHERE note = 'first';
         INSERT INTO draft (uid, kind, day, content, written_at) SELECT uid, 'check_in', day, '{\"marker\":3}', 1 FROM check_in WHERE note = 'marker one';
         INSERT INTO log_image SELECT 1, 99, 'check_in', lower(hex(uid)), '{\"note\":\"marker four\"}', NULL FROM check_in WHERE note = 'marker one';
         INSERT INTO erased SELECT uid, 'check_in', edited FROM check_in WHERE note = 'marker one';
         INSERT INTO help_line (uid, name, contact, edited) VALUES (randomblob(16), 'marker two', '555', randomblob(24));
         DELETE FROM help_line WHERE name = 'marker two';",
    )
    .unwrap();
    drop(db);
    let has_marker = |path: &Path| {
        fs::read(path)
            .unwrap()
            .windows(6)
            .any(|part| part == b"marker")
    };
    salvage(&ebb);
    assert!(has_marker(ebb.journal()) && !has_marker(&out(&ebb)));
    // Also where no tree leads to the pages.
    let roots = ["check_in", "help_line", "draft", "log_image"];
    let roots = roots.map(|name| Map::pages(ebb.journal(), name)[0]);
    destroy(ebb.journal(), &[&roots[..], &[1]].concat());
    salvage(&ebb);
    assert!(!has_marker(&out(&ebb)));
}

#[test]
fn ratings_keep_their_symptoms_when_the_page_of_the_symptoms_is_gone() {
    let ebb = lived_in();
    let meant = rows(ebb.journal(), MEANT);
    assert!(
        meant.iter().any(|row| row.contains("own_cold_feet")),
        "{meant:?}"
    );
    let severities = "SELECT severity FROM rating ORDER BY 1";
    let rated = rows(ebb.journal(), severities);
    let pages = Map::pages(ebb.journal(), "symptom");
    let codes = Map::pages(ebb.journal(), "sqlite_autoindex_symptom_2");
    let sound = fs::read(ebb.journal()).unwrap();
    destroy(ebb.journal(), &pages);
    let text = salvage(&ebb);
    assert_eq!(rows(&out(&ebb), MEANT), meant);
    assert!(text.contains("names       lost for 1 symptom"), "{text}");
    doctor_names(&ebb, "symptom", 1);
    // Without the index too, nobody knows what a number meant, and no rating may get another meaning.
    fs::write(ebb.journal(), sound).unwrap();
    destroy(ebb.journal(), &[pages, codes].concat());
    salvage(&ebb);
    let codes = "SELECT DISTINCT s.code FROM rating r JOIN symptom s ON s.id = r.symptom";
    let codes = rows(&out(&ebb), codes);
    assert!(
        !codes.is_empty() && codes.iter().all(|code| !code.contains("nausea")),
        "{codes:?}"
    );
    assert_eq!(rows(&out(&ebb), severities), rated);
    let findings = findings(&ebb);
    assert!(
        findings.iter().all(|line| line.ends_with("match its sum")),
        "{findings:?}"
    );
}

#[test]
fn ratings_keep_a_symptom_whose_row_alone_is_harmed() {
    let ebb = lived_in();
    let meant = rows(ebb.journal(), MEANT);
    let db = Connection::open(ebb.journal()).unwrap();
    db.execute_batch(
        "PRAGMA ignore_check_constraints=ON; UPDATE symptom SET category = 'physicam' WHERE code = 'nausea';",
    )
    .unwrap();
    drop(db);
    salvage(&ebb);
    assert_eq!(rows(&out(&ebb), MEANT), meant);
    doctor_is_content(&ebb);
}

#[test]
fn check_ins_whose_page_is_gone_keep_their_day_and_ratings_and_a_whole_copy_wins_the_merge() {
    let ebb = lived_in();
    fs::copy(ebb.journal(), ebb.home().join("whole.db")).unwrap();
    let meant = rows(ebb.journal(), MEANT);
    let days = "SELECT uid, at_utc, day, overall, body_sum, body_n, mind_sum, mind_n, deleted_at FROM check_in ORDER BY 1";
    let known = rows(ebb.journal(), days);
    destroy(ebb.journal(), &leaves(ebb.journal(), "check_in"));
    let text = salvage(&ebb);
    assert!(text.contains("check-ins   0 of 4\n"), "{text}");
    assert!(text.contains("rebuilt     4 check-ins"), "{text}");
    assert_eq!(rows(&out(&ebb), MEANT), meant);
    assert_eq!(rows(&out(&ebb), days), known);
    doctor_names(&ebb, "check_in", 4);
    ebb.succeed(&["--journal", "saved.db", "import", "whole.db"]);
    let all = "SELECT uid, at_utc, offset_min, zone, day, late, overall, note, body_sum, edited FROM check_in ORDER BY 1";
    assert_eq!(
        rows(&out(&ebb), all),
        rows(&ebb.home().join("whole.db"), all)
    );
}

#[test]
fn check_ins_that_lost_ratings_get_new_totals_and_a_whole_copy_brings_the_ratings_back() {
    let ebb = lived_in();
    fs::copy(ebb.journal(), ebb.home().join("whole.db")).unwrap();
    let meant = rows(ebb.journal(), MEANT);
    // A rating that no version writes: it is left out, and its check-in has another one.
    let db = Connection::open(ebb.journal()).unwrap();
    db.execute_batch(
        "PRAGMA ignore_check_constraints=ON;
         UPDATE rating SET severity = 9 WHERE check_in = 1 AND severity = 3;",
    )
    .unwrap();
    drop(db);
    let text = salvage(&ebb);
    assert!(
        text.contains("totals      counted anew for 1 check-in "),
        "{text}"
    );
    assert!(text.ends_with("1 row could not be read\n"), "{text}");
    let full = ebb.run(&["--journal", "saved.db", "doctor", "--full"]);
    assert!(
        !String::from_utf8(full.stdout)
            .unwrap()
            .contains("totals differ")
    );
    ebb.succeed(&["--journal", "saved.db", "import", "whole.db"]);
    assert_eq!(rows(&out(&ebb), MEANT), meant);
}

#[test]
fn a_row_that_the_program_cannot_read_stays_out_and_is_counted() {
    let ebb = lived_in();
    let db = Connection::open(ebb.journal()).unwrap();
    db.execute_batch(
        "PRAGMA ignore_check_constraints=ON;
         UPDATE check_in SET note = CAST(x'ff6e6f' AS TEXT) WHERE note = 'first';
         UPDATE check_in SET at_utc = 9223372036854775807 WHERE note = 'third';
         UPDATE record SET fields = 'not json' WHERE id = 1;",
    )
    .unwrap();
    drop(db);
    let text = salvage(&ebb);
    assert!(text.contains("check-ins   2 of 4\n"), "{text}");
    // The third one's moment is harmed in the index too, so its two ratings have no place.
    assert!(text.contains("rebuilt     1 check-in "), "{text}");
    assert!(text.ends_with("5 rows could not be read\n"), "{text}");
    doctor_names(&ebb, "check_in", 1);
    let json: serde_json::Value = {
        fs::remove_file(out(&ebb)).unwrap();
        serde_json::from_str(&ebb.succeed(&["salvage", "saved.db", "--json"])).unwrap()
    };
    assert_eq!(json["missing"], 5);
    assert_eq!(json["tables"]["check_in"]["missing"], 2);
    assert_eq!(json["sure"], "exact");
}

#[test]
fn a_row_that_does_not_match_its_sum_comes_over_as_it_is_and_the_doctor_names_it_there() {
    let ebb = lived_in();
    let db = Connection::open(ebb.journal()).unwrap();
    db.execute_batch(
        "UPDATE check_in SET note = 'thirst' WHERE note = 'third';
         UPDATE log_step SET what = 'another' WHERE id = 1;",
    )
    .unwrap();
    drop(db);
    let named = |text: &str| {
        let lines = text.lines().filter(|line| line.contains("sum"));
        lines.map(str::to_owned).collect::<Vec<_>>()
    };
    let doctor = |args: &[&str]| String::from_utf8(ebb.run(args).stdout).unwrap();
    let before = named(&doctor(&["doctor", "--full"]));
    let text = salvage(&ebb);
    assert!(text.contains("check-ins   4 of 4\n"), "{text}");
    assert!(text.contains("do not match their sums"), "{text}");
    assert!(text.ends_with("every row came over\n"), "{text}");
    let after = named(&doctor(&["--journal", "saved.db", "doctor", "--full"]));
    assert!(!before.is_empty(), "the damaged one has them too");
    assert_eq!(after, before);
}

#[test]
fn a_damaged_form_in_the_header_of_a_file_with_our_tables_is_no_newer_journal() {
    let ebb = lived_in();
    let mut bytes = fs::read(ebb.journal()).unwrap();
    bytes[60..64].copy_from_slice(&34_053_u32.to_be_bytes());
    fs::write(ebb.journal(), bytes).unwrap();
    assert_eq!(ebb.run(&["status"]).status.code(), Some(13));
    let text = salvage(&ebb);
    assert!(text.ends_with("every row came over\n"), "{text}");
    doctor_is_content(&ebb);
}

#[test]
fn a_harmed_code_of_a_symptom_is_read_from_its_index_if_its_sum_says_so() {
    let ebb = lived_in();
    let meant = rows(ebb.journal(), MEANT);
    let mut bytes = fs::read(ebb.journal()).unwrap();
    let page = usize::try_from(Map::pages(ebb.journal(), "symptom")[0] - 1).unwrap() * PAGE;
    let pages = leaves(ebb.journal(), "symptom");
    let starts = pages
        .iter()
        .map(|page| usize::try_from(*page - 1).unwrap() * PAGE);
    let at = starts
        .chain([page])
        .find_map(|start| {
            let mut parts = bytes[start..start + PAGE].windows(13);
            parts
                .position(|part| part == b"own_cold_feet")
                .map(|at| start + at)
        })
        .unwrap();
    bytes[at + 4] = b'g';
    fs::write(ebb.journal(), bytes).unwrap();
    let text = salvage(&ebb);
    assert!(text.contains("symptoms    59 of 59\n"), "{text}");
    assert_eq!(rows(&out(&ebb), MEANT), meant);
    doctor_is_content(&ebb);
}

#[test]
fn steps_of_which_one_is_damaged_stay_out_and_it_is_said() {
    let ebb = lived_in();
    destroy(ebb.journal(), &leaves(ebb.journal(), "log_step"));
    let text = salvage(&ebb);
    assert!(text.contains("undo        left out"), "{text}");
    assert_eq!(
        rows(&out(&ebb), "SELECT count(*) FROM log_image"),
        ["Integer(0)"]
    );
    assert_eq!(
        rows(&out(&ebb), "SELECT count(*) FROM check_in"),
        ["Integer(4)"]
    );
    let undone = ebb.run(&["--journal", "saved.db", "undo"]);
    assert!(
        String::from_utf8(undone.stderr)
            .unwrap()
            .contains("nothing to undo")
    );
}

#[test]
fn a_save_that_was_cut_short_is_taken_back_in_the_new_file_alone() {
    let ebb = lived_in();
    let journal = ebb.journal().to_owned();
    let notes = "SELECT note FROM check_in ORDER BY id";
    let before = rows(&journal, notes);
    // A run that was killed in the middle of a large write: half of it is in the file, the way back beside it.
    let db = Connection::open(&journal).unwrap();
    db.execute_batch("PRAGMA journal_mode=DELETE; PRAGMA cache_size=2; BEGIN; UPDATE check_in SET note = 'unfinished';")
        .unwrap();
    for n in 0..200 {
        db.execute(
            "INSERT INTO setting (key, value, edited) VALUES (?1, ?2, zeroblob(24))",
            (format!("filler {n}"), "x".repeat(900)),
        )
        .unwrap();
    }
    let cut = ebb.home().join("cut.db");
    fs::copy(&journal, &cut).unwrap();
    fs::copy(
        ebb.home().join("journal.db-journal"),
        ebb.home().join("cut.db-journal"),
    )
    .unwrap();
    drop(db);
    let files =
        || ["cut.db", "cut.db-journal"].map(|name| fs::read(ebb.home().join(name)).unwrap());
    let as_it_was = files();
    assert!(
        as_it_was[0].windows(10).any(|part| part == b"unfinished"),
        "half of it is in the file"
    );
    ebb.succeed(&["--journal", "cut.db", "salvage", "saved.db"]);
    assert_eq!(rows(&out(&ebb), notes), before);
    assert!(files() == as_it_was);
}
