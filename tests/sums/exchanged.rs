//! Rows with wrong sums in merges, in a sync folder and in copies.

use crate::house::{DIFFERS, answer, by_a_foreign_hand, filled, findings, last_id};
use crate::support::home::Ebb;
use std::path::{Path, PathBuf};

const NOTE: &str = "UPDATE check_in SET note = 'a talk' WHERE note = 'a walk'";

/// A copy of the journal of `ebb` elsewhere.
fn copied(ebb: &Ebb, name: &str) -> PathBuf {
    let to = ebb.home().join(name);
    ebb.succeed(&["backup", to.to_str().unwrap()]);
    to
}

fn differ(file: &Path) -> usize {
    let found = findings(file);
    found.iter().filter(|found| found.contains(DIFFERS)).count()
}

fn row(file: &Path, sql: &str) -> Option<String> {
    let db = rusqlite::Connection::open(file).unwrap();
    db.query_row(sql, [], |row| row.get(0)).ok()
}

#[test]
fn the_sound_row_of_the_other_journal_heals_ours_and_a_wrong_one_never_wins() {
    for sql in [
        NOTE,
        "UPDATE rating SET severity = 4 - severity WHERE check_in = (SELECT max(id) FROM check_in)",
        "UPDATE symptom SET name = 'Queasy' WHERE code = 'nausea'",
        "UPDATE symptom SET name = 'Zoo' WHERE code = 'own_cold_feet'",
        "UPDATE setting SET value = 'DE' WHERE key = 'country'",
        "UPDATE help_line SET contact = '000'",
        "UPDATE attempt SET goal = 'zzz'",
        "UPDATE record SET fields = '{}' WHERE id = (SELECT max(id) FROM record WHERE kind = 'urge')",
        "UPDATE record SET deleted_at = NULL WHERE deleted_at IS NOT NULL",
        "UPDATE check_in SET sum = sum + 1 WHERE note = 'a walk'",
    ] {
        let ebb = filled();
        ebb.succeed(&["dose", "9g", "leaf"]);
        ebb.succeed(&["entry", "dose", "delete", &last_id(&ebb, "dose")]);
        // A second machine: it knows every row by its merge, and has a device of its own.
        let sound = copied(&ebb, "sound.db");
        let other = Ebb::new();
        other.succeed(&["start", "--last-use", "2026-11-01 20:00"]);
        other.succeed(&["import", sound.to_str().unwrap()]);
        let theirs = copied(&other, "theirs.db");
        by_a_foreign_hand(ebb.journal(), sql);
        let wrong = differ(ebb.journal());
        assert!(wrong > 0, "{sql}");
        let damaged = copied(&ebb, "damaged.db");

        other.succeed(&["import", damaged.to_str().unwrap()]);
        assert_eq!(differ(other.journal()), 0, "{sql}: it never wins");
        ebb.succeed(&["import", theirs.to_str().unwrap()]);
        assert_eq!(differ(ebb.journal()), 0, "{sql}: it is healed");
        ebb.succeed(&["undo"]);
        assert_eq!(
            differ(ebb.journal()),
            wrong,
            "{sql}: undo gives back what was"
        );
    }
}

#[test]
fn a_healed_row_is_named_as_such() {
    let ebb = filled();
    let other = Ebb::begun();
    other.succeed(&["import", copied(&ebb, "a.db").to_str().unwrap()]);
    let theirs = copied(&other, "theirs.db");
    by_a_foreign_hand(ebb.journal(), NOTE);
    let (code, out, err) = answer(&ebb, &["import", theirs.to_str().unwrap()]);
    assert_eq!(code, 0);
    let told = out + &err;
    assert!(
        told.contains(
            "yours did not match its sum any more; the other journal's does and stands here now"
        ),
        "{told}"
    );
}

#[test]
fn a_wrong_row_that_only_one_journal_has_comes_in_with_its_sum_and_stays_marked() {
    let ebb = filled();
    by_a_foreign_hand(ebb.journal(), NOTE);
    by_a_foreign_hand(
        ebb.journal(),
        "UPDATE record SET kind = 'urgf' WHERE fields ->> 'trigger' = 'rain'",
    );
    let sum = "SELECT note || sum || hex(uid) FROM check_in WHERE note = 'a talk'";
    let unknown = "SELECT kind || fields || sum || hex(uid) FROM record WHERE kind = 'urgf'";
    let folder = tempfile::tempdir().unwrap();
    let sync = folder.path().to_str().unwrap();
    let merged = Ebb::begun();
    merged.succeed(&["import", copied(&ebb, "a.db").to_str().unwrap()]);
    ebb.succeed(&["sync", sync]);
    let synced = Ebb::begun();
    synced.succeed(&["sync", sync]);
    for other in [&merged, &synced] {
        for sql in [sum, unknown] {
            let ours = row(ebb.journal(), sql);
            assert!(ours.is_some());
            assert_eq!(row(other.journal(), sql), ours);
        }
        assert!(differ(other.journal()) > 0);
        assert!(other.succeed(&["history"]).contains(DIFFERS));
    }
    // And back again, byte for byte.
    let before = [sum, unknown].map(|sql| row(ebb.journal(), sql));
    ebb.succeed(&["sync", sync]);
    assert_eq!([sum, unknown].map(|sql| row(ebb.journal(), sql)), before);
}

#[test]
fn a_healed_journal_leaves_a_sound_file_in_the_folder_and_a_damaged_one_does_not_replace_it() {
    let folder = tempfile::tempdir().unwrap();
    let sync = folder.path().to_str().unwrap();
    let (here, there) = (filled(), Ebb::begun());
    here.succeed(&["sync", sync]);
    there.succeed(&["sync", sync]);
    here.succeed(&["sync", sync]);
    let files = || -> Vec<PathBuf> {
        let files = std::fs::read_dir(folder.path()).unwrap();
        files.map(|file| file.unwrap().path()).collect()
    };
    let wrong = || -> usize {
        // Copies, so that a look at them leaves nothing in the folder.
        let look = tempfile::tempdir().unwrap();
        let at = look.path().join("j.db");
        let counts = files().into_iter().map(|file| {
            std::fs::copy(file, &at).unwrap();
            differ(&at)
        });
        counts.sum()
    };
    assert_eq!((files().len(), wrong()), (2, 0));
    // Damage alone is no change that is carried to the other machines; the sync heals it from the folder.
    by_a_foreign_hand(here.journal(), NOTE);
    here.succeed(&["sync", sync]);
    assert_eq!((differ(here.journal()), wrong()), (0, 0));
    // A damaged row that went out with other changes is replaced once the journal is sound again.
    for file in files() {
        by_a_foreign_hand(&file, NOTE);
    }
    here.succeed(&["sync", sync]);
    there.succeed(&["sync", sync]);
    assert_eq!(wrong(), 0);
}

#[test]
fn a_copy_with_wrong_rows_says_how_many_wherever_it_is_listed() {
    let ebb = filled();
    by_a_foreign_hand(ebb.journal(), NOTE);
    ebb.succeed(&["backup"]);
    let list = ebb.succeed(&["backup", "--list"]);
    assert!(list.contains("1 row does not match its sum"), "{list}");
    let (_, out, _) = answer(&ebb, &["doctor"]);
    assert!(out.contains("1 row does not match its sum"), "{out}");
    let copy = copied(&ebb, "a.db");
    let shown = ebb.succeed(&["restore", copy.to_str().unwrap(), "--dry-run"]);
    assert!(shown.contains("1 row does not match its sum"), "{shown}");
    ebb.succeed(&["restore", copy.to_str().unwrap(), "--yes"]);
    assert_eq!(differ(ebb.journal()), 1);
}

#[test]
fn erasing_for_good_leaves_the_log_with_right_sums_and_a_damaged_one_damaged() {
    for damage in [
        "",
        "UPDATE log_image SET row_key = row_key || '0' WHERE tbl = 'setting'",
    ] {
        let from = filled();
        from.succeed(&["dose", "9g", "leaf"]);
        // One step with many images, of which the erasing takes one.
        let ebb = Ebb::begun();
        ebb.succeed(&["import", copied(&from, "a.db").to_str().unwrap()]);
        ebb.succeed(&["entry", "dose", "delete", &last_id(&ebb, "dose")]);
        by_a_foreign_hand(ebb.journal(), damage);
        let before = findings(ebb.journal());
        assert_eq!(before.is_empty(), damage.is_empty(), "{before:?}");
        let bin = ebb.succeed(&["bin"]);
        let is_id = |word: &&str| word.len() >= 4 && word.chars().all(|c| c.is_ascii_hexdigit());
        let id = bin.split_whitespace().find(is_id).unwrap();
        let images = "SELECT count(*) FROM log_image";
        let many = ebb.count(images);
        ebb.succeed(&["bin", "erase", id, "--yes"]);
        assert_eq!(
            ebb.count(images),
            many - 2,
            "that of the merge and that of the deletion"
        );
        assert_eq!(findings(ebb.journal()), before);
    }
}
