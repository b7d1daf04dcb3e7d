//! `ebb backup` and `ebb restore` from outside.

use crate::support::home::Ebb;
use ebbtide::store::Store;
use serde_json::Value;
use std::path::PathBuf;
use std::process::Output;

fn said(output: &Output) -> (i32, String) {
    let text = String::from_utf8(output.stderr.clone()).unwrap();
    (output.status.code().unwrap(), text)
}

fn json(ebb: &Ebb, args: &[&str]) -> Value {
    serde_json::from_str(&ebb.succeed(args)).unwrap()
}

fn folder(ebb: &Ebb) -> PathBuf {
    Store::copies_folder(ebb.journal())
}

/// A journal with a copy of before its one check-in.
fn with_a_copy() -> Ebb {
    let ebb = Ebb::begun();
    ebb.succeed(&["checkin", "--overall", "4"]);
    ebb
}

#[test]
fn the_first_save_of_a_day_makes_a_copy_and_reading_none() {
    let ebb = Ebb::begun();
    let names = |args: &[&str]| {
        ebb.succeed(args);
        std::fs::read_dir(folder(&ebb)).unwrap().count()
    };
    assert_eq!(names(&["checkin", "--overall", "4"]), 1);
    assert_eq!(names(&["--now", "2026-11-24 09:00", "status", "--json"]), 1);
    assert_eq!(
        names(&["--now", "2026-11-24 09:00", "checkin", "--overall", "4"]),
        2
    );
    assert_eq!(
        names(&["--now", "2026-11-24 12:00", "checkin", "--overall", "4"]),
        2
    );
}

#[test]
fn a_backup_says_where_and_the_list_says_what_there_is() {
    let ebb = with_a_copy();
    let (code, text) = said(&ebb.run(&["backup"]));
    assert_eq!(code, 0);
    assert!(
        text.contains("Copied and read back") && text.contains("ring-2.db"),
        "{text}"
    );
    let file = ebb.home().join("out.db");
    let file = file.to_str().unwrap();
    ebb.succeed(&["backup", file]);
    let (code, text) = said(&ebb.run(&["backup", file]));
    assert!(code == 2 && text.contains("--force"), "{text}");
    ebb.succeed(&["backup", file, "--force"]);
    let (code, text) = said(&ebb.run(&["backup", ebb.journal().to_str().unwrap(), "--force"]));
    assert!(code == 2 && text.contains("the journal itself"), "{text}");
    let listed = ebb.succeed(&["backup", "--list"]);
    assert!(
        listed.contains("1 entry, the last for Sun 22 Nov 2026"),
        "{listed}"
    );
    assert_eq!(
        json(&ebb, &["backup", "--list", "--json"])["copies"][0]["sound"],
        true
    );
    let paths = ebb.succeed(&["paths"]);
    assert!(paths.contains("journal.db.backups"), "{paths}");
}

#[test]
fn a_restore_previews_asks_and_can_be_gone_back_from() {
    let ebb = with_a_copy();
    let name = "2026-11-22T131200Z-ring";
    let looked = ebb.succeed(&["restore", name, "--dry-run"]);
    assert!(looked.contains("goes        1 check-in"), "{looked}");
    let (code, text) = said(&ebb.run(&["restore", name]));
    assert!(code == 2 && text.contains("--yes"), "{text}");
    assert_eq!(ebb.count("SELECT count(*) FROM check_in"), 1);
    let (code, text) = said(&ebb.run(&["restore", name, "--yes"]));
    assert_eq!(code, 0);
    let back = "2026-11-22T131200Z-before-restore.db";
    assert!(
        text.contains(&format!("`ebb restore {back}` goes back")),
        "{text}"
    );
    assert_eq!(ebb.count("SELECT count(*) FROM check_in"), 0);
    let done = json(&ebb, &["restore", back, "--yes", "--json"]);
    assert_eq!(done["restored"], true);
    assert_eq!(ebb.count("SELECT count(*) FROM check_in"), 1);
    ebb.succeed(&["doctor", "--full"]);
}

#[test]
fn what_cannot_be_restored_ends_with_its_own_code() {
    let ebb = with_a_copy();
    let file = ebb.home().join("x.db");
    let whole = std::fs::read(ebb.journal()).unwrap();
    let of = |bytes: &[u8]| {
        std::fs::write(&file, bytes).unwrap();
        said(&ebb.run(&["restore", file.to_str().unwrap(), "--yes"]))
    };
    let mut newer = whole.clone();
    newer[60..64].copy_from_slice(&77_u32.to_be_bytes());
    let (code, text) = of(&newer);
    let known = format!("up to {}", ebbtide::store::MIGRATIONS.len());
    assert!(
        code == 13 && text.contains("form 77") && text.contains(&known),
        "{text}"
    );
    assert_eq!(of(&whole[..9_000]).0, 14);
    assert_eq!(of(b"").0, 14);
    assert_eq!(of(b"not a journal").0, 1);
    assert_eq!(said(&ebb.run(&["restore", "nosuch", "--yes"])).0, 2);
    assert_eq!(said(&ebb.run(&["restore", "journal.db", "--yes"])).0, 2);
    assert_eq!(std::fs::read(ebb.journal()).unwrap(), whole);
}

#[test]
fn a_damaged_journal_names_the_way_back_and_is_kept() {
    let ebb = with_a_copy();
    ebb.succeed(&["backup"]);
    let whole = std::fs::read(ebb.journal()).unwrap();
    let torn = &whole[..whole.len() / 3];
    std::fs::write(ebb.journal(), torn).unwrap();
    let (code, text) = said(&ebb.run(&["status"]));
    assert_eq!(code, 14);
    let way = "`ebb restore 2026-11-22T131200Z-ring-2.db` brings it back";
    assert!(text.contains(way), "{text}");
    let doctor = ebb.run(&["doctor"]);
    assert!(String::from_utf8(doctor.stdout).unwrap().contains(way));
    ebb.succeed(&["restore", "2026-11-22T131200Z-ring-2.db", "--yes"]);
    assert_eq!(ebb.count("SELECT count(*) FROM check_in"), 1);
    let kept = folder(&ebb).join("2026-11-22T131200Z-set-aside.db");
    assert_eq!(std::fs::read(kept).unwrap(), torn);
}

#[test]
fn a_journal_that_is_gone_comes_back_from_a_file() {
    let ebb = with_a_copy();
    let file = ebb.home().join("stick.db");
    ebb.succeed(&["backup", file.to_str().unwrap()]);
    std::fs::remove_file(ebb.journal()).unwrap();
    ebb.succeed(&["restore", file.to_str().unwrap(), "--yes"]);
    assert_eq!(ebb.count("SELECT count(*) FROM check_in"), 1);
}

#[test]
fn a_copy_that_cannot_be_made_stops_no_save_and_is_told_once() {
    let ebb = Ebb::new();
    std::fs::write(folder(&ebb), "in the way").unwrap();
    let (code, text) = said(&ebb.run(&["start", "--last-use", "2026-11-13 20:00"]));
    assert!(
        code == 0 && text.contains("What you saved is saved"),
        "{text}"
    );
    let (code, text) = said(&ebb.run(&["checkin", "--overall", "4"]));
    assert!(code == 0 && !text.contains("copy"), "{text}");
    let doctor = ebb.succeed(&["doctor"]);
    assert!(
        doctor.contains("missed    the copy of 2026-11-22"),
        "{doctor}"
    );
    let (code, text) = said(&ebb.run(&["backup"]));
    assert!(code == 1 && text.contains("no copy was made"), "{text}");
    std::fs::remove_file(folder(&ebb)).unwrap();
    ebb.succeed(&["backup"]);
    let doctor = ebb.succeed(&["doctor"]);
    assert!(
        !doctor.contains("missed") && doctor.contains("newest"),
        "{doctor}"
    );
}

#[test]
fn the_full_screen_makes_the_days_copy_after_a_save() {
    let ebb = Ebb::begun();
    let before = folder(&ebb);
    std::fs::remove_dir_all(&before).unwrap();
    let mut pty = ebb.open();
    pty.wait_for_text("? keys");
    pty.send("c");
    pty.wait_for_text("answered");
    pty.send("3\r");
    pty.wait_for_text("Saved ");
    pty.send("q");
    pty.exit_code(crate::support::pty::TWO_SECONDS);
    assert_eq!(std::fs::read_dir(&before).unwrap().count(), 1);
}

#[test]
fn a_merge_that_changes_something_keeps_a_copy_from_before_it() {
    let (ebb, other) = (Ebb::begun(), Ebb::begun());
    other.succeed(&["checkin", "--overall", "4"]);
    let path = other.journal().to_str().unwrap();
    let before = || {
        let copies = Store::copies_of(ebb.journal());
        let of_merge = |copy: &&ebbtide::store::Copy| copy.name().contains("before-merge");
        copies.iter().filter(of_merge).count()
    };
    ebb.succeed(&["import", path, "--dry-run"]);
    assert_eq!(before(), 0);
    ebb.succeed(&["import", path]);
    assert_eq!(before(), 1);
    ebb.succeed(&["import", path]);
    assert_eq!(before(), 1, "nothing new, no copy");
}

#[test]
fn an_import_keeps_a_copy_from_before_it() {
    let (ebb, other) = (Ebb::begun(), with_a_copy());
    let file = other.home().join("out.json");
    let file = file.to_str().unwrap();
    other.succeed(&["export", "json", "-o", file]);
    ebb.succeed(&["import", file]);
    assert_eq!(ebb.count("SELECT count(*) FROM check_in"), 1);
    let copies = Store::copies_of(ebb.journal());
    let kept = copies
        .iter()
        .find(|copy| copy.name().contains("before-import"));
    assert!(kept.unwrap().is_sound());
}
