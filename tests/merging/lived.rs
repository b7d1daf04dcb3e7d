//! Over the real binary: other files, and a folder between machines.

use assert_cmd::Command;
use std::path::{Path, PathBuf};
use tempfile::TempDir;

/// Machines with a journal each, and a folder between them.
pub struct Street {
    dir: TempDir,
}

pub struct Said {
    code: i32,
    pub err: String,
    pub out: String,
}

impl Street {
    pub fn new() -> Self {
        let dir = tempfile::tempdir().unwrap();
        std::fs::create_dir(dir.path().join("between")).unwrap();
        Self { dir }
    }

    pub fn journal(&self, machine: &str) -> PathBuf {
        self.dir.path().join(machine).join("journal.db")
    }

    pub fn between(&self) -> String {
        self.dir.path().join("between").display().to_string()
    }

    pub fn left(&self) -> Vec<String> {
        let entries = std::fs::read_dir(self.dir.path().join("between")).unwrap();
        let mut names: Vec<String> = entries
            .map(|entry| entry.unwrap().file_name().into_string().unwrap())
            .collect();
        names.sort();
        names
    }

    fn ebb(&self, machine: &str, args: &[&str]) -> Said {
        let output = Command::cargo_bin("ebb")
            .unwrap()
            .env_clear()
            .env("HOME", self.dir.path().join(machine))
            .env("EBB_NOW", "2026-11-22T21:40:00-05:00")
            .env("EBB_JOURNAL", self.journal(machine))
            .args(args)
            .output()
            .unwrap();
        let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
        Said {
            code: output.status.code().unwrap(),
            err: text(output.stderr),
            out: text(output.stdout),
        }
    }

    pub fn done(&self, machine: &str, args: &[&str]) -> Said {
        let said = self.ebb(machine, args);
        assert_eq!(said.code, 0, "{machine} {args:?}: {}", said.err);
        said
    }

    pub fn rows(&self, machine: &str) -> String {
        let args = ["export", "csv", "--layout", "wide"];
        self.done(machine, &args).out
    }
}

fn write(street: &Street, machine: &str, time: &str, overall: &str) {
    let at = format!("2026-11-22 {time}");
    street.done(machine, &["checkin", "--at", &at, "--overall", overall]);
}

#[test]
fn three_machines_hold_the_same_after_two_rounds_through_a_folder() {
    let street = Street::new();
    for (machine, time) in [("desk", "08:00"), ("sofa", "12:00"), ("train", "18:00")] {
        write(&street, machine, time, "4");
    }
    let folder = street.between();
    for _ in 0..2 {
        for machine in ["desk", "sofa", "train"] {
            street.done(machine, &["sync", &folder]);
        }
    }
    let desk = street.rows("desk");
    assert_eq!(desk.lines().count(), 4, "{desk}");
    assert_eq!(street.rows("sofa"), desk);
    assert_eq!(street.rows("train"), desk);
    assert_eq!(street.left().len(), 3);
    let again = street.done("desk", &["sync", &folder]).err;
    assert!(again.contains("says it all already"), "{again}");
    assert!(!again.contains("Taken in"), "{again}");
}

#[cfg(unix)]
#[test]
fn what_is_left_in_the_folder_is_readable_by_nobody_else_and_has_no_draft_and_no_log() {
    use std::os::unix::fs::PermissionsExt;
    let street = Street::new();
    write(&street, "desk", "08:00", "4");
    street.done("desk", &["sync", &street.between()]);
    let left = street.left();
    let path = Path::new(&street.between()).join(&left[0]);
    let mode = std::fs::metadata(&path).unwrap().permissions().mode();
    assert_eq!(mode & 0o777, 0o600);
    let undone = Command::cargo_bin("ebb")
        .unwrap()
        .env_clear()
        .env("HOME", street.dir.path())
        .env("EBB_JOURNAL", &path)
        .arg("undo")
        .output()
        .unwrap();
    assert_ne!(undone.status.code(), Some(0));
}

#[test]
fn other_files_in_the_folder_are_named_and_left_and_a_broken_one_does_not_stop_the_rest() {
    let street = Street::new();
    write(&street, "desk", "08:00", "4");
    write(&street, "sofa", "12:00", "5");
    let folder = street.between();
    street.done("sofa", &["sync", &folder]);
    let conflict = Path::new(&folder).join("ebb-0123456789ab (copy).journal");
    let broken = Path::new(&folder).join("ebb-0123456789ab.journal");
    std::fs::write(&conflict, b"x").unwrap();
    std::fs::write(&broken, b"SQLite format 3\0 and no more").unwrap();
    let said = street.ebb("desk", &["sync", &folder]);
    assert_eq!(said.code, 1, "{}", said.err);
    assert!(said.err.contains("passed over"), "{}", said.err);
    assert!(said.err.contains("left alone"), "{}", said.err);
    assert_eq!(street.rows("desk").lines().count(), 3);
    assert_eq!(std::fs::read(&conflict).unwrap(), b"x");
    assert!(std::fs::read(&broken).unwrap().ends_with(b"no more"));
}

#[test]
fn a_folder_that_is_not_there_is_not_made() {
    let street = Street::new();
    write(&street, "desk", "08:00", "4");
    let said = street.ebb("desk", &["sync", "/nowhere/at/all"]);
    assert_eq!(said.code, 1);
    assert!(said.err.contains("is not there"), "{}", said.err);
}

#[test]
fn a_copied_journal_goes_on_under_a_name_of_its_own_and_nothing_is_lost() {
    let street = Street::new();
    write(&street, "desk", "08:00", "4");
    std::fs::create_dir(street.dir.path().join("sofa")).unwrap();
    std::fs::copy(street.journal("desk"), street.journal("sofa")).unwrap();
    write(&street, "desk", "12:00", "5");
    write(&street, "sofa", "18:00", "6");
    let folder = street.between();
    for machine in ["desk", "sofa", "desk", "sofa"] {
        street.done(machine, &["sync", &folder]);
    }
    assert_eq!(street.left().len(), 2, "{:?}", street.left());
    let desk = street.rows("desk");
    assert_eq!(desk.lines().count(), 4, "{desk}");
    assert_eq!(street.rows("sofa"), desk);
}

#[test]
fn a_merge_is_shown_first_and_taken_back_as_one_step() {
    let street = Street::new();
    for time in ["08:00", "12:00", "18:00"] {
        write(&street, "sofa", time, "4");
    }
    write(&street, "desk", "20:00", "5");
    let before = street.rows("desk");
    let other = street.journal("sofa").display().to_string();
    let bytes = std::fs::read(&other).unwrap();
    let dry = street.done("desk", &["import", &other, "--dry-run"]).err;
    assert!(dry.contains("3 check-ins"), "{dry}");
    assert_eq!(street.rows("desk"), before);
    street.done("desk", &["import", &other]);
    assert_eq!(street.rows("desk").lines().count(), 5);
    street.done("desk", &["undo"]);
    assert_eq!(street.rows("desk"), before);
    assert_eq!(std::fs::read(&other).unwrap(), bytes);
}

#[test]
fn what_was_decided_is_named_by_the_persons_words() {
    let street = Street::new();
    write(&street, "sofa", "08:00", "4");
    let add = ["symptom", "add", "Cold feet", "--category", "physical"];
    street.done("sofa", &add);
    let other = street.journal("sofa").display().to_string();
    let said = street.done("desk", &["import", &other]).err;
    assert!(said.contains("1 symptom Cold feet"), "{said}");
    street.done("sofa", &["symptom", "rename", "own_cold_feet", "Icy feet"]);
    street.done("sofa", &["symptom", "off", "nausea"]);
    let said = street.done("desk", &["import", &other]).err;
    assert!(said.contains("symptom Cold feet: "), "{said}");
    assert!(said.contains("symptom Nausea: "), "{said}");
    assert!(!said.contains("own_"), "{said}");
}

#[test]
fn what_is_no_journal_is_refused_and_nothing_changes() {
    let street = Street::new();
    write(&street, "desk", "08:00", "4");
    let before = street.rows("desk");
    let note = street.dir.path().join("note.txt");
    std::fs::write(&note, "a shopping list").unwrap();
    let said = street.ebb("desk", &["import", &note.display().to_string()]);
    assert_eq!(said.code, 2, "{}", said.err);
    let own = street.journal("desk").display().to_string();
    let said = street.ebb("desk", &["import", &own]);
    assert_eq!(said.code, 1, "{}", said.err);
    assert!(said.err.contains("this very journal"), "{}", said.err);
    assert_eq!(street.rows("desk"), before);
}
