//! `ebb config` over the real binary.
#![allow(clippy::unwrap_used, clippy::expect_used)]

use assert_cmd::Command;
use std::path::Path;

fn ebb(folder: &Path, args: &[&str]) -> (Option<i32>, String, String) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_ebb"));
    command
        .env_clear()
        .env("HOME", folder)
        .env("EBB_CONFIG", folder.join("looks.toml"))
        .args(args);
    let done = command.output().unwrap();
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
    (done.status.code(), text(done.stdout), text(done.stderr))
}

#[test]
fn a_fresh_file_is_made_once_and_an_edit_keeps_its_lines() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("looks.toml");
    assert_eq!(ebb(folder.path(), &["config", "init"]).0, Some(0));
    let (code, _, said) = ebb(folder.path(), &["config", "init"]);
    assert_eq!(code, Some(1), "{said}");
    let before = std::fs::read_to_string(&file).unwrap();
    assert_eq!(
        ebb(folder.path(), &["config", "set", "week_start", "sunday"]).0,
        Some(0)
    );
    let after = std::fs::read_to_string(&file).unwrap();
    let wanted = before.replace("# week_start = \"monday\"", "week_start = \"sunday\"");
    assert_eq!(after, wanted);
    let (_, shown, _) = ebb(folder.path(), &["--color", "never", "config", "show"]);
    assert!(shown.contains("sunday  (file)"), "{shown}");
    assert!(shown.contains("never  (flag)"), "{shown}");
}

#[test]
fn what_does_not_fit_is_refused_and_the_file_stays() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("looks.toml");
    std::fs::write(&file, "# mine\n\nglyphs = \"runes\"\n").unwrap();
    let (code, _, said) = ebb(folder.path(), &["config", "show"]);
    assert_eq!(code, Some(2));
    assert!(said.contains("line 3"), "{said}");
    let (code, _, said) = ebb(folder.path(), &["config", "set", "glifs", "ascii"]);
    assert_eq!(code, Some(2), "{said}");
    let kept = std::fs::read_to_string(&file).unwrap();
    assert_eq!(kept, "# mine\n\nglyphs = \"runes\"\n");
}

#[test]
fn the_file_names_the_journal_and_a_broken_one_opens_no_other() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("looks.toml");
    std::fs::write(&file, "journal = \"/elsewhere/j.db\"\n").unwrap();
    let (_, shown, _) = ebb(folder.path(), &["paths"]);
    assert!(shown.contains("/elsewhere/j.db"), "{shown}");
    std::fs::write(&file, "journal = /elsewhere/j.db\n").unwrap();
    assert_eq!(ebb(folder.path(), &["status"]).0, Some(2));
}

#[test]
fn plain_mode_sets_a_key_of_the_file_and_says_where_the_journal_lies() {
    let folder = tempfile::tempdir().unwrap();
    let done = Command::new(env!("CARGO_BIN_EXE_ebb"))
        .env_clear()
        .env("HOME", folder.path())
        .env("EBB_CONFIG", folder.path().join("looks.toml"))
        .args(["--plain", "--now", "2026-11-22T08:00:00Z"])
        .write_stdin("skip\nsettings week_start sunday\nfiles\nback\nquit\n")
        .output()
        .unwrap();
    let said = String::from_utf8(done.stdout).unwrap();
    assert!(said.contains("week_start is sunday from now on."), "{said}");
    assert!(said.contains("journal: /"), "{said}");
    let file = std::fs::read_to_string(folder.path().join("looks.toml")).unwrap();
    assert!(file.contains("\nweek_start = \"sunday\""), "{file}");
}
