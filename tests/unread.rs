//! A row that cannot be read: passed over, kept as it is, counted and named, on every face, through undo, merges and copies.
#![cfg(unix)]
#![allow(clippy::unwrap_used, clippy::expect_used)]

mod support;

use ebbtide::domain::journal::change::Change;
use ebbtide::store::Store;
use rusqlite::Connection;
use support::home::Ebb;

/// A journal with one of each table's rows and something to compare it with.
fn lived_in() -> Ebb {
    let ebb = Ebb::begun();
    for (at, note) in [
        ("2026-11-20 09:00", "first"),
        ("2026-11-21 09:00", "second"),
    ] {
        ebb.succeed(&[
            "checkin",
            "--at",
            at,
            "--set",
            "nausea=3",
            "--overall",
            "4",
            "--note",
            note,
        ]);
        ebb.succeed(&["dose", "2g", "leaf", "--at", at]);
        ebb.succeed(&["urge", "2", "--at", at]);
    }
    ebb.succeed(&["symptom", "add", "Cold feet", "--category", "physical"]);
    ebb
}

/// Changes the file as no version of ours would.
fn damage(ebb: &Ebb, sql: &str) {
    let db = Connection::open(ebb.journal()).unwrap();
    db.execute_batch(&format!(
        "PRAGMA ignore_check_constraints=ON; PRAGMA foreign_keys=OFF; {sql}"
    ))
    .unwrap();
}

/// A row in a table, with all its columns.
fn row(ebb: &Ebb, sql: &str) -> String {
    let db = ebb.reading();
    let mut query = db.prepare(sql).unwrap();
    let columns = query.column_count();
    let mut rows = query.query([]).unwrap();
    let row = rows.next().unwrap().expect("the row is there");
    let values = (0..columns).map(|at| format!("{:?}", row.get_ref(at).unwrap()));
    values.collect::<Vec<_>>().join("|")
}

fn text(ebb: &Ebb, args: &[&str]) -> (i32, String, String) {
    let output = ebb.run(args);
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
    (
        output.status.code().unwrap(),
        text(output.stdout),
        text(output.stderr),
    )
}

/// How a row is made unreadable: the change, the row, how doctor names it, its exit code, and whether days are without it.
const CASES: &[(&str, &str, &str, i32, bool)] = &[
    (
        "UPDATE record SET kind = 'urgf' WHERE id = (SELECT min(id) FROM record WHERE kind = 'urge')",
        "SELECT * FROM record WHERE kind = 'urgf'",
        "2026-11-20: a kind of entry is not known to this program",
        1,
        true,
    ),
    (
        "UPDATE record SET fields = '{\"amount\":[1,2]}' WHERE id = (SELECT min(id) FROM record WHERE kind = 'dose')",
        "SELECT * FROM record WHERE fields LIKE '%[1,2]%'",
        "2026-11-20: a field of an entry is not known to this program",
        1,
        true,
    ),
    (
        "UPDATE record SET day = '2026-13-45' WHERE id = (SELECT min(id) FROM record WHERE kind = 'dose')",
        "SELECT * FROM record WHERE day = '2026-13-45'",
        "2026-13-45: a day cannot be read",
        14,
        true,
    ),
    (
        "UPDATE check_in SET overall = 77 WHERE note = 'first'",
        "SELECT * FROM check_in WHERE note = 'first'",
        "2026-11-20: an overall cannot be read",
        14,
        true,
    ),
    (
        "UPDATE check_in SET day = 'never' WHERE note = 'first'",
        "SELECT * FROM check_in WHERE note = 'first'",
        "never: a day cannot be read",
        14,
        true,
    ),
    (
        "UPDATE check_in SET offset_min = 1440 WHERE note = 'first'",
        "SELECT * FROM check_in WHERE note = 'first'",
        "2026-11-20: a moment cannot be read",
        14,
        true,
    ),
    (
        "UPDATE check_in SET note = CAST(x'ff6e6f' AS TEXT) WHERE note = 'first'",
        "SELECT * FROM check_in WHERE day = '2026-11-20'",
        "2026-11-20: a value cannot be read",
        14,
        true,
    ),
    (
        "UPDATE rating SET severity = 9 WHERE severity = 3 AND check_in = (SELECT min(id) FROM check_in)",
        "SELECT * FROM rating WHERE severity = 9",
        "2026-11-20: a severity cannot be read",
        14,
        true,
    ),
    (
        "UPDATE attempt SET method = 'tapex'",
        "SELECT * FROM attempt WHERE method = 'tapex'",
        "2026-11-13: an attempt's method cannot be read",
        14,
        true,
    ),
    (
        "UPDATE symptom SET category = 'physicak' WHERE code = 'own_cold_feet'",
        "SELECT * FROM symptom WHERE code = 'own_cold_feet'",
        "symptom own_cold_feet: a symptom's group cannot be read",
        14,
        true,
    ),
    (
        "INSERT INTO setting (key, value, edited) VALUES ('tide_table', 'on', zeroblob(24))",
        "SELECT * FROM setting WHERE key = 'tide_table'",
        "setting tide_table: a setting is not known to this program",
        1,
        true,
    ),
    (
        "INSERT INTO draft (uid, kind, day, content, written_at) VALUES (x'0102030405060708090a0b0c0d0e0f10', 'check_in', '2026-11-20', '{', 1)",
        "SELECT * FROM draft",
        "2026-11-20: a draft cannot be read",
        14,
        false,
    ),
    (
        "INSERT INTO draft (uid, kind, day, content, written_at) VALUES (x'0102030405060708090a0b0c0d0e0f10', 'letter', '2026-11-20', '{}', 1)",
        "SELECT * FROM draft",
        "2026-11-20: what it is a draft of is not known to this program",
        1,
        false,
    ),
    (
        "UPDATE record SET kind = 'plan', fields = '{\"plan\":\"no\"}', day = NULL, at_utc = NULL, zone = NULL, offset_min = NULL, late = NULL
         WHERE id = (SELECT min(id) FROM record WHERE kind = 'urge')",
        "SELECT * FROM record WHERE kind = 'plan'",
        "a plan's terms cannot be read",
        14,
        false,
    ),
    (
        "UPDATE record SET kind = 'urgf', deleted_at = 1795334400 WHERE id = (SELECT min(id) FROM record WHERE kind = 'urge')",
        "SELECT * FROM record WHERE kind = 'urgf'",
        "2026-11-20: a kind of entry is not known to this program",
        1,
        false,
    ),
];

const ONCE: &str =
    "1 row of this journal cannot be read by this program; it is kept. `ebb doctor` names it.";
const LEFT_OUT: &str = "Left out: 1 row that this program cannot read; it stays in the journal, and `ebb doctor` names it.";

#[test]
fn one_row_that_cannot_be_read_closes_no_face_and_is_counted_and_named() {
    for (sql, find, named, code, is_left_out) in CASES {
        let ebb = lived_in();
        damage(&ebb, sql);
        if *code == 1 {
            // A newer program writes a right sum beside what this one does not know.
            support::sums::write(&Connection::open(ebb.journal()).unwrap());
        }
        let before = row(&ebb, find);
        for args in [&["status"][..], &["status", "--json"]] {
            let (code, _, err) = text(&ebb, args);
            assert_eq!((code, err.trim()), (0, ONCE), "{sql}");
        }
        for args in [
            &["export", "csv"][..],
            &["export", "json"],
            &["export", "fhir"],
            &["export", "csv", "-o", "tables/"],
            &["report"],
        ] {
            let (code, _, err) = text(&ebb, args);
            assert_eq!(code, 0, "{sql} {args:?}: {err}");
            assert_eq!(
                err.contains(LEFT_OUT),
                *is_left_out,
                "{sql} {args:?}: {err}"
            );
        }
        for args in [
            &["history"][..],
            &["trend"],
            &["bin"],
            &["attempt", "list"],
            &["taper", "show"],
        ] {
            let (code, _, err) = text(&ebb, args);
            assert!(code <= 1, "{sql} {args:?}: {code} {err}");
        }
        for args in [
            &["doctor"][..],
            &["doctor", "--full"],
            &["doctor", "--json"],
        ] {
            let (ended, out, err) = text(&ebb, args);
            assert!(out.contains(named), "{sql} {args:?}: {out}");
            assert!(
                !out.contains("urgf") && !out.contains("first"),
                "no content: {out}"
            );
            // A wrong value breaks the file's own rules as well, which --full finds.
            assert!(
                ended == *code || args.contains(&"--full") && ended == 14,
                "{sql} {args:?} {ended}: {out} {err}"
            );
        }
        ebb.succeed(&["checkin", "--set", "nausea=1"]);
        ebb.succeed(&["undo"]);
        ebb.succeed(&["redo"]);
        ebb.succeed(&["backup"]);
        assert_eq!(row(&ebb, find), before, "{sql}");
        let talk = ebb
            .command(&["--plain"])
            .write_stdin("quit\n")
            .output()
            .unwrap();
        let talk = String::from_utf8(talk.stdout).unwrap().replace('\n', " ");
        assert!(
            talk.contains("1 row of this journal cannot be read"),
            "{sql}: {talk}"
        );
    }
}

#[test]
fn a_word_that_is_not_known_in_a_row_that_does_not_match_its_sum_is_damage() {
    for (sql, _, named, code, _) in CASES.iter().filter(|(.., code, _)| *code == 1) {
        let ebb = lived_in();
        damage(&ebb, sql);
        let (ended, out, err) = text(&ebb, &["doctor"]);
        assert_eq!((*code, ended), (1, 14), "{sql}: {out} {err}");
        let named = format!("{named}, and the row does not match its sum");
        assert!(out.contains(&named), "{sql}: {out}");
        let (_, _, err) = text(&ebb, &["status"]);
        assert_eq!(err.trim(), ONCE, "it is one row: {sql}");
    }
}

#[test]
fn the_full_screen_says_it_once_and_its_report_says_what_is_left_out() {
    let ebb = lived_in();
    damage(&ebb, CASES[0].0);
    let mut pty = ebb.open();
    pty.wait_for_text("1 row of this journal cannot be read by this program; it is kept.");
    pty.send("3");
    pty.wait_for("History without it", |screen| {
        let shown = screen.contents();
        shown.contains("into the day") && !shown.contains("cannot be read")
    });
    pty.send(":export\r");
    pty.wait_for_text("In which form");
    pty.send("2");
    pty.wait_for_text("File");
    pty.send("\x15out.csv\r");
    pty.wait_for_text("Left out: 1 row");
    pty.send("q");
    assert_eq!(pty.exit_code(support::pty::TWO_SECONDS).0, 0);
}

#[test]
fn editing_a_check_in_keeps_the_rating_that_could_not_be_read() {
    let ebb = lived_in();
    damage(&ebb, CASES[7].0);
    let before = row(&ebb, CASES[7].1);
    let now = "2026-11-22T13:12:00Z".parse().unwrap();
    let day = "2026-11-20".parse().unwrap();
    let mut store = Store::open(ebb.journal()).unwrap();
    let mut edited = store.load(None).unwrap().check_ins(day)[0].clone();
    edited.note = Some("changed".into());
    store.apply(&[Change::RecordCheckIn(edited)], now).unwrap();
    assert_eq!(
        ebb.count("SELECT count(*) FROM check_in WHERE note = 'changed'"),
        1
    );
    assert_eq!(row(&ebb, CASES[7].1), before);
    store.undo(now).unwrap();
    assert_eq!(row(&ebb, CASES[7].1), before, "undo puts it back as it was");
}

#[test]
fn a_merge_and_a_sync_carry_what_they_do_not_know_both_ways() {
    for (sql, find, ..) in CASES.iter().filter(|(sql, ..)| !sql.contains("draft")) {
        let ebb = lived_in();
        let theirs = ebb.home().join("theirs.db");
        let theirs = theirs.to_str().unwrap();
        damage(&ebb, sql);
        ebb.succeed(&["backup", theirs]);
        let before = row(&ebb, find);
        let other = Ebb::begun();
        // Into a journal that does not know it, and into its own again.
        let output = other.run(&["import", theirs]);
        assert!(output.status.success(), "{sql}: {output:?}");
        let without_number = |row: &str| row.split_once('|').unwrap().1.to_owned();
        let is_rating = find.contains("rating");
        let has_number = !find.contains("setting") && !is_rating;
        let came = row(&other, find);
        if has_number {
            assert_eq!(without_number(&came), without_number(&before), "{sql}");
        } else if !is_rating {
            assert_eq!(came, before, "{sql}");
        }
        assert_eq!(row(&ebb, find), before);
        // Through a folder and back.
        let folder = tempfile::tempdir().unwrap();
        let folder = folder.path().to_str().unwrap();
        let third = Ebb::begun();
        other.succeed(&["sync", folder]);
        third.succeed(&["sync", folder]);
        row(&third, find);
        third.succeed(&["undo"]);
        third.succeed(&["redo"]);
        row(&third, find);
    }
}

#[test]
fn a_copy_with_such_a_row_is_sound_and_comes_back_with_it() {
    for (sql, find, ..) in CASES {
        let ebb = lived_in();
        damage(&ebb, sql);
        let before = row(&ebb, find);
        ebb.succeed(&["backup", "kept.db"]);
        ebb.succeed(&["checkin", "--overall", "2"]);
        let (code, out, err) = text(&ebb, &["restore", "kept.db", "--yes"]);
        assert_eq!(code, 0, "{sql}: {out} {err}");
        assert_eq!(row(&ebb, find), before, "{sql}");
    }
}

#[test]
fn a_stamp_or_a_device_that_cannot_be_read_closes_nothing() {
    for sql in [
        "UPDATE log_step SET edited = x'00' WHERE id = (SELECT max(id) FROM log_step)",
        "UPDATE journal SET value = 'zz' WHERE key = 'device'",
        "UPDATE journal SET value = 'zz' WHERE key = 'clock'",
        "UPDATE check_in SET edited = x'00'",
        "UPDATE log_step SET day = 'never'",
        "INSERT INTO erased (uid, tbl, edited) VALUES (x'00', 'letter', x'00')",
    ] {
        let ebb = lived_in();
        damage(&ebb, sql);
        ebb.succeed(&["checkin", "--overall", "2"]);
        ebb.succeed(&["undo"]);
        ebb.succeed(&["export", "json"]);
        let theirs = ebb.home().join("theirs.db");
        ebb.succeed(&["backup", theirs.to_str().unwrap()]);
        let other = Ebb::begun();
        let output = other.run(&["import", theirs.to_str().unwrap()]);
        assert!(output.status.success(), "{sql}: {output:?}");
    }
}

/// The verbs that read a journal, each in its own way.
const READING: [&[&str]; 5] = [
    &["status"],
    &["history"],
    &["export", "csv"],
    &["symptom", "list"],
    &["bin"],
];

#[test]
fn a_journal_that_no_edit_can_be_stamped_in_is_read_all_the_same() {
    let ebb = lived_in();
    damage(
        &ebb,
        "UPDATE journal SET value = 'zz' WHERE key = 'device'; UPDATE log_step SET edited = x'00'",
    );
    let before = row(&ebb, "SELECT count(*), max(id) FROM check_in");
    for args in READING {
        ebb.succeed(args);
    }
    let (code, _, errors) = text(&ebb, &["checkin", "--overall", "2"]);
    assert_ne!(code, 0);
    assert!(
        errors.contains("(the device); nothing was changed"),
        "{errors}"
    );
    assert_eq!(row(&ebb, "SELECT count(*), max(id) FROM check_in"), before);
}

#[test]
fn a_prompt_counts_the_check_ins_of_today_that_can_be_read() {
    for (change, code) in [
        ("", 0),
        ("UPDATE check_in SET overall = 77 WHERE note = 'today'", 1),
        (
            "UPDATE check_in SET day = '2026-11-20' WHERE note = 'today'",
            1,
        ),
        ("UPDATE rating SET severity = 77", 0),
    ] {
        let ebb = lived_in();
        ebb.succeed(&[
            "checkin",
            "--set",
            "nausea=3",
            "--overall",
            "4",
            "--note",
            "today",
        ]);
        damage(&ebb, change);
        assert_eq!(text(&ebb, &["status", "--short"]).0, code, "{change}");
    }
    let ebb = lived_in();
    assert_eq!(text(&ebb, &["status", "--short"]).0, 1, "only earlier days");
    ebb.succeed(&["checkin", "--overall", "4"]);
    ebb.succeed(&["undo"]);
    assert_eq!(text(&ebb, &["status", "--short"]).0, 1, "it was taken back");
}

#[test]
fn a_damaged_page_is_told_in_words_and_with_the_file_by_every_verb() {
    const PAGE: usize = 4096;
    let ebb = lived_in();
    let path = ebb.journal().display().to_string();
    let sound = std::fs::read(ebb.journal()).unwrap();
    let mut refused = 0;
    let pages = (1..sound.len() / PAGE).map(|page| page * PAGE..(page + 1) * PAGE);
    // The bytes of the head that name the file's form.
    let head = (16..28).chain(44..48).map(|at| at..at + 1);
    for harmed in pages.chain(head) {
        let mut bytes = sound.clone();
        bytes[harmed.clone()].fill(0x5a);
        for args in READING {
            std::fs::write(ebb.journal(), &bytes).unwrap();
            let (code, _, errors) = text(&ebb, args);
            if code == 0 {
                continue;
            }
            refused += 1;
            assert!(
                matches!(code, 1 | 14) && errors.contains(&path) && !errors.contains("(error"),
                "{harmed:?} {args:?}: {code} {errors}"
            );
        }
    }
    assert!(refused > 20, "{refused}");
}

#[test]
fn a_save_that_meets_what_is_left_of_a_lost_step_is_refused_as_damage_and_names_the_file() {
    let ebb = lived_in();
    damage(
        &ebb,
        "DELETE FROM log_step WHERE id = (SELECT max(id) FROM log_step)",
    );
    let (code, _, errors) = text(&ebb, &["checkin", "--set", "nausea=1"]);
    assert_eq!(code, 14, "{errors}");
    let path = ebb.journal().to_str().unwrap();
    assert!(
        errors.contains(path) && errors.contains("damaged"),
        "{errors}"
    );
}
