//! What a person sees of a row that does not match its sum, and how it is settled.

use crate::house::{DIFFERS, answer, by_a_foreign_hand, filled, findings, last_id, now};
use crate::support::home::Ebb;
use crate::support::pty;
use ebbtide::domain::journal::change::{Change, Switch};
use ebbtide::store::{Store, StoreError};
use rusqlite::Connection;
use std::path::Path;

const ONCE: &str = "1 row of this journal is not as ebb wrote it: it does not match its sum.";

const NOTE: &str = "UPDATE check_in SET note = 'a talk' WHERE note = 'a walk'";

#[test]
fn a_changed_entry_is_shown_and_marked_on_every_face() {
    let ebb = filled();
    by_a_foreign_hand(ebb.journal(), NOTE);
    let (code, _, err) = answer(&ebb, &["status"]);
    assert_eq!(code, 0);
    assert!(err.contains(ONCE), "{err}");
    let history = ebb.succeed(&["history"]);
    let marked: Vec<&str> = history
        .lines()
        .filter(|line| line.contains(DIFFERS))
        .collect();
    assert_eq!(marked.len(), 1, "{history}");
    assert!(history.contains("a talk"), "it is shown: {history}");
    for args in [
        &["export", "csv"][..],
        &["export", "json"],
        &["report"],
        &["history", "--json"],
        &["entry", "urge", "list", "--json"],
    ] {
        let (code, _, err) = answer(&ebb, args);
        assert_eq!(code, 0);
        assert!(
            err.contains("1 row given here is not as ebb wrote it"),
            "{err}"
        );
    }
    let (code, out, _) = answer(&ebb, &["doctor"]);
    assert_eq!(code, 14, "{out}");
    assert!(out.contains(DIFFERS) && !out.contains("a talk"), "{out}");
    let talk = ebb
        .command(&["--plain"])
        .write_stdin("history\n2\nback\nquit\n")
        .output()
        .unwrap();
    let talk = String::from_utf8(talk.stdout).unwrap().replace('\n', " ");
    assert!(
        talk.contains("1 row of this journal is not as ebb wrote it"),
        "{talk}"
    );
    assert!(talk.matches(DIFFERS).count() >= 2, "{talk}");
}

#[test]
fn the_full_screen_marks_the_entry_in_its_day() {
    let ebb = filled();
    by_a_foreign_hand(ebb.journal(), NOTE);
    let mut screen = ebb.open_with(&[], pty::Size::new(160, 40));
    screen.wait_for_text("1 row of this journal is not as ebb wrote it");
    screen.send("3");
    screen.wait_for_text("1 of 18 answered, does not match its sum");
    screen.send("q");
    assert_eq!(screen.exit_code(pty::TWO_SECONDS).0, 0);
}

/// Makes the first page of ratings unreadable: those of the oldest check-ins.
fn damage_the_oldest_ratings(file: &Path) {
    let root: u32 = Connection::open(file)
        .unwrap()
        .query_row(
            "SELECT rootpage FROM sqlite_master WHERE name = 'rating'",
            [],
            |row| row.get(0),
        )
        .unwrap();
    let mut bytes = std::fs::read(file).unwrap();
    let size = usize::from(u16::from_be_bytes([bytes[16], bytes[17]]));
    let mut at = (usize::try_from(root).unwrap() - 1) * size;
    // An inner page of an index begins with 2, and its first cell with the number of the page below.
    while bytes[at] == 2 {
        let cell = usize::from(u16::from_be_bytes([bytes[at + 12], bytes[at + 13]]));
        let below = bytes[at + cell..][..4].try_into().unwrap();
        at = (usize::try_from(u32::from_be_bytes(below)).unwrap() - 1) * size;
    }
    bytes[at..at + size].fill(0x55);
    std::fs::write(file, bytes).unwrap();
}

#[test]
fn the_full_screen_marks_the_entry_in_its_day_also_where_earlier_days_cannot_be_read() {
    let ebb = Ebb::new();
    let path = ebb.journal().to_str().unwrap();
    ebb.succeed(&["demo", "--days", "400", "--seed", "1", "--write", path]);
    ebb.succeed(&["checkin", "--set", "nausea=2", "--note", "a walk"]);
    by_a_foreign_hand(ebb.journal(), NOTE);
    damage_the_oldest_ratings(ebb.journal());
    let mut screen = ebb.open_with(&[], pty::Size::new(160, 40));
    screen.wait_for_text("? keys");
    screen.send("3");
    screen.wait_for_text("1 of 18 answered, does not match its sum");
    screen.send("q");
    assert_eq!(screen.exit_code(pty::TWO_SECONDS).0, 0);
}

#[test]
fn a_changed_record_and_a_changed_attempt_are_marked_where_they_are_listed() {
    let ebb = filled();
    let sql = "UPDATE record SET fields = json_set(fields, '$.strength', 4) WHERE fields ->> 'trigger' = 'rain';
               UPDATE attempt SET goal = 'another' WHERE id = (SELECT min(id) FROM attempt);";
    by_a_foreign_hand(ebb.journal(), sql);
    for args in [
        &["entry", "urge", "list"][..],
        &["attempt", "list"],
        &["history", "--kind", "urge"],
        &["history", "--kind", "attempt"],
    ] {
        let listed = ebb.succeed(args);
        assert!(listed.contains(DIFFERS), "{args:?}: {listed}");
    }
}

#[test]
fn a_number_of_ones_own_that_was_changed_is_marked_wherever_it_is_shown() {
    let ebb = filled();
    by_a_foreign_hand(
        ebb.journal(),
        "UPDATE help_line SET contact = '021 555 0900'",
    );
    let is_marked = |shown: &str| {
        // Plain mode breaks lines.
        let shown = shown.replace('\n', " ");
        let mut after = shown.split("021 555 0900").skip(1);
        let is_marked = |after: &str| after.find(DIFFERS).is_some_and(|at| at < 20);
        assert!(after.next().is_some_and(is_marked), "{shown}");
    };
    is_marked(&ebb.succeed(&["helplines"]));
    for page in ["help lines", "calm"] {
        let plain = ebb
            .command(&["--plain"])
            .write_stdin(format!("{page}\nquit\n"))
            .output()
            .unwrap();
        is_marked(&String::from_utf8(plain.stdout).unwrap());
    }
    let mut screen = ebb.open_with(&[], pty::Size::new(160, 60));
    screen.wait_for_text("1 row of this journal is not as ebb wrote it");
    screen.send("!");
    screen.wait_for_text("021 555 0900 (your own, does not match its sum)");
    screen.send("\u{1b}");
    screen.wait_for("the help lines closed", |screen| {
        !screen.contents().contains("(your own")
    });
    screen.send("q");
    assert_eq!(screen.exit_code(pty::TWO_SECONDS).0, 0);
}

#[test]
fn what_a_person_saves_again_counts_again_and_undo_brings_the_mark_back() {
    let ebb = filled();
    by_a_foreign_hand(ebb.journal(), NOTE);
    let day = "2026-11-22".parse().unwrap();
    let mut store = Store::open(ebb.journal()).unwrap();
    let journal = store.load(None).unwrap();
    let wrong = journal
        .check_ins(day)
        .iter()
        .find(|c| c.note.as_deref() == Some("a talk"));
    let wrong = wrong.unwrap().clone();
    assert!(journal.differing.contains(&wrong.id));
    store
        .apply(&[Change::RecordCheckIn(wrong.clone())], now())
        .unwrap();
    let journal = store.refresh(&journal, &[day]).unwrap();
    assert!(journal.differing.is_empty());
    assert_eq!(findings(ebb.journal()), [] as [&str; 0]);
    store.undo(now()).unwrap();
    let journal = store.refresh(&journal, &[day]).unwrap();
    assert!(journal.differing.contains(&wrong.id));
    store.redo(now()).unwrap();
    assert_eq!(findings(ebb.journal()), [] as [&str; 0]);
}

#[test]
fn a_change_of_a_part_of_a_row_settles_nothing() {
    let ebb = filled();
    by_a_foreign_hand(ebb.journal(), NOTE);
    by_a_foreign_hand(
        ebb.journal(),
        "UPDATE symptom SET name = 'Cold hands' WHERE code = 'own_cold_feet'",
    );
    let day = "2026-11-22".parse().unwrap();
    let mut store = Store::open(ebb.journal()).unwrap();
    let journal = store.load(None).unwrap();
    let wrong = *journal.differing.iter().next().unwrap();
    let symptom = journal.symptoms.find("own_cold_feet").unwrap().key;
    let differ = |n: usize, why: &str| {
        let found = findings(ebb.journal());
        let differ = found.iter().filter(|found| found.contains(DIFFERS));
        assert_eq!(differ.count(), n, "{why}: {found:?}");
    };
    differ(2, "before");
    let off = Change::SwitchSymptom {
        symptom,
        to: Switch::Off,
    };
    store
        .apply(&[Change::DeleteCheckIn(wrong), off], now())
        .unwrap();
    differ(2, "in the bin and switched off");
    let (_, _, err) = answer(&ebb, &["status"]);
    assert!(
        err.contains("2 rows of this journal are not as ebb wrote them"),
        "{err}"
    );
    store.undo(now()).unwrap();
    differ(2, "taken back");
    store.redo(now()).unwrap();
    let kind = ebbtide::domain::journal::bin_kind::BinKind::CheckIn;
    store
        .apply(&[Change::Restore { kind, id: wrong }], now())
        .unwrap();
    differ(2, "restored");
    assert_eq!(
        store
            .refresh(&journal, &[day])
            .unwrap()
            .check_ins(day)
            .len(),
        journal.check_ins(day).len()
    );
}

#[test]
fn a_damaged_step_is_refused_and_nothing_changes() {
    let ebb = filled();
    ebb.succeed(&["checkin", "--set", "nausea=4", "--note", "here"]);
    ebb.succeed(&["urge", "1"]);
    for sql in [
        "UPDATE log_image SET image = replace(image, '2026', '2025') WHERE step = (SELECT max(id) FROM log_step)",
        "UPDATE log_image SET tbl = 'attempt' WHERE step = (SELECT max(id) FROM log_step)",
        "DELETE FROM log_image WHERE step = (SELECT max(id) FROM log_step)",
        "UPDATE log_step SET what = 'dose added' WHERE id = (SELECT max(id) FROM log_step)",
    ] {
        ebb.succeed(&[
            "entry",
            "urge",
            "edit",
            &last_id(&ebb, "urge"),
            "--strength",
            "2",
        ]);
        let sound = std::fs::read(ebb.journal()).unwrap();
        by_a_foreign_hand(ebb.journal(), sql);
        let before = std::fs::read(ebb.journal()).unwrap();
        let (code, out, err) = answer(&ebb, &["undo"]);
        assert_eq!(code, 14, "{sql}: {out} {err}");
        assert!(
            err.contains("what was noted to take this step back is damaged"),
            "{err}"
        );
        assert!(err.contains("nothing was changed"), "{err}");
        assert_eq!(std::fs::read(ebb.journal()).unwrap(), before, "{sql}");
        let mut store = Store::open(ebb.journal()).unwrap();
        assert!(matches!(store.undo(now()), Err(StoreError::DamagedStep)));
        let found = findings(ebb.journal());
        assert!(
            found.iter().any(|found| found.starts_with("log_step ")),
            "{found:?}"
        );
        std::fs::write(ebb.journal(), sound).unwrap();
    }
}
