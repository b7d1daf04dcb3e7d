//! The binary from outside: places, links, dry runs, undo.

use assert_cmd::Command;
use std::fs;
use std::os::unix::fs::{PermissionsExt, symlink};
use std::path::PathBuf;
use tempfile::TempDir;

struct Home(TempDir);

impl Home {
    fn new() -> Self {
        Self(tempfile::tempdir().unwrap())
    }

    /// One with a made-up journal of 40 days.
    fn lived_in() -> Self {
        let home = Self::new();
        home.done(&["demo", "--days", "40", "--write", "journal.db"]);
        home
    }

    fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    /// Exit code, stdout, stderr.
    fn run(&self, args: &[&str]) -> (i32, String, String) {
        self.with_input(args, "")
    }

    fn with_input(&self, args: &[&str], input: &str) -> (i32, String, String) {
        let output = Command::cargo_bin("ebb")
            .unwrap()
            .env_clear()
            .env("HOME", self.0.path())
            .env("TZ", "America/New_York")
            .env("EBB_NOW", "2026-11-22T21:40:00-05:00")
            .env("EBB_JOURNAL", self.path("journal.db"))
            .current_dir(self.0.path())
            .args(args)
            .write_stdin(input)
            .output()
            .unwrap();
        let text = |bytes| String::from_utf8(bytes).unwrap();
        (
            output.status.code().unwrap(),
            text(output.stdout),
            text(output.stderr),
        )
    }

    fn done(&self, args: &[&str]) -> (String, String) {
        let (code, out, err) = self.run(args);
        assert_eq!(code, 0, "{args:?}: {err}");
        (out, err)
    }

    fn names(&self) -> Vec<String> {
        let entries = fs::read_dir(self.0.path()).unwrap();
        let mut names: Vec<String> = entries
            .map(|e| e.unwrap().file_name().into_string().unwrap())
            .collect();
        // The journal's own files come and go, and what was handed out is listed in the folder of its state.
        names.retain(|name| !name.starts_with("journal.db") && name != ".local");
        names.sort();
        names
    }
}

#[test]
fn a_folder_is_private_whole_and_never_written_over_without_a_word() {
    let home = Home::lived_in();
    home.done(&["export", "csv", "-o", "out/"]);
    let mode = |path: &str| fs::metadata(home.path(path)).unwrap().permissions().mode() & 0o777;
    assert_eq!(
        (
            mode("out"),
            mode("out/ratings.csv"),
            mode("out/datapackage.json")
        ),
        (0o700, 0o600, 0o600)
    );
    let before = fs::read(home.path("out/ratings.csv")).unwrap();
    fs::write(home.path("out/ratings.csv"), "mine").unwrap();
    let (code, _, err) = home.run(&["export", "csv", "-o", "out"]);
    assert_eq!(code, 2, "{err}");
    assert!(err.contains("--force"), "{err}");
    assert_eq!(fs::read(home.path("out/ratings.csv")).unwrap(), b"mine");
    home.done(&["export", "csv", "-o", "out", "--force"]);
    assert_eq!(fs::read(home.path("out/ratings.csv")).unwrap(), before);
    assert_eq!(home.names(), ["out"]);
}

#[test]
fn a_folder_with_anything_else_in_it_is_left_as_it_is() {
    let home = Home::lived_in();
    fs::create_dir(home.path("mine")).unwrap();
    fs::write(home.path("mine/letter.txt"), "mine").unwrap();
    let (code, _, err) = home.run(&["export", "csv", "-o", "mine/", "--force"]);
    assert_eq!(code, 2);
    assert!(err.contains("letter.txt"), "{err}");
    assert_eq!(fs::read_dir(home.path("mine")).unwrap().count(), 1);
    assert_eq!(home.names(), ["mine"]);
}

#[test]
fn a_planted_link_is_not_followed_by_a_folder_or_a_document() {
    let home = Home::lived_in();
    fs::create_dir(home.path("victim")).unwrap();
    symlink(home.path("victim"), home.path("link")).unwrap();
    symlink(home.path("nowhere"), home.path("dangling")).unwrap();
    symlink(home.path("nowhere.json"), home.path("link.json")).unwrap();
    for args in [
        vec!["export", "csv", "-o", "link/"],
        vec!["export", "csv", "-o", "link/", "--force"],
        vec!["export", "csv", "-o", "dangling/", "--force"],
        vec!["export", "json", "-o", "link.json", "--force"],
    ] {
        assert_eq!(home.run(&args).0, 2, "{args:?}");
    }
    assert_eq!(fs::read_dir(home.path("victim")).unwrap().count(), 0);
    assert_eq!(home.names(), ["dangling", "link", "link.json", "victim"]);
}

#[test]
fn a_folder_that_cannot_be_written_leaves_nothing_behind() {
    let home = Home::lived_in();
    fs::write(home.path("file"), "mine").unwrap();
    for place in ["file/", "nowhere/below/", "file/below/"] {
        let (code, _, err) = home.run(&["export", "csv", "-o", place]);
        assert_ne!(code, 0, "{place}: {err}");
    }
    assert_eq!(home.names(), ["file"]);
}

#[test]
fn a_folder_for_which_there_is_no_room_leaves_nothing_behind() {
    let home = Home::lived_in();
    let ebb = assert_cmd::cargo::cargo_bin("ebb");
    let output = std::process::Command::new("sh")
        .args(["-c", "ulimit -f 20; \"$0\" export csv -o out/"])
        .arg(&ebb)
        .env_clear()
        .env("HOME", home.0.path())
        .env("EBB_NOW", "2026-11-22T21:40:00-05:00")
        .env("EBB_JOURNAL", home.path("journal.db"))
        .current_dir(home.0.path())
        .output()
        .unwrap();
    let said = String::from_utf8(output.stderr).unwrap();
    assert!(
        !output.status.success() && said.contains("no half file was left"),
        "{said}"
    );
    assert!(home.names().is_empty(), "{:?}", home.names());
}

#[test]
fn a_dry_run_counts_and_changes_nothing_and_an_import_is_one_step() {
    let home = Home::lived_in();
    home.done(&["export", "csv", "-o", "out/"]);
    home.done(&["export", "json", "-o", "journal.json"]);
    let (given, _) = home.done(&["export", "json"]);
    fs::rename(home.path("journal.db"), home.path("old.db")).unwrap();
    let (out, _) = home.done(&["import", "out/", "--dry-run"]);
    assert!(
        out.starts_with("Would come in: ") && out.ends_with("Nothing was changed.\n"),
        "{out}"
    );
    assert!(!home.path("journal.db").exists());
    home.done(&["import", "out/"]);
    assert_eq!(home.done(&["export", "json"]).0, given);
    let (out, _) = home.done(&["import", "journal.json", "--dry-run"]);
    assert!(
        out.starts_with("Would come in: nothing.\nHere already, the same: "),
        "{out}"
    );
    let (_, err) = home.done(&["undo"]);
    assert!(err.contains("import"), "{err}");
    assert_ne!(home.done(&["export", "json"]).0, given);
    let (code, _, err) = home.with_input(&["import", "-"], &given);
    assert_eq!(code, 0, "{err}");
    assert_eq!(home.done(&["export", "json"]).0, given);
}

#[test]
fn what_differs_stays_as_it_is_and_is_named() {
    let home = Home::new();
    home.done(&["checkin", "--set", "nausea=2", "--note", "first"]);
    let (given, _) = home.done(&["export", "json"]);
    fs::write(home.path("other.json"), given.replace("first", "other")).unwrap();
    let (out, _) = home.done(&["import", "other.json", "--dry-run"]);
    assert!(
        out.contains(
            "check-in of Sun 22 Nov 2026: differs from the one here, which stays as it is ("
        ),
        "{out}"
    );
    home.done(&["import", "other.json"]);
    assert_eq!(home.done(&["export", "json"]).0, given);
}

#[test]
fn slips_are_told_by_row_and_nothing_comes_in() {
    let home = Home::lived_in();
    home.done(&["export", "csv", "-o", "out/"]);
    let (given, _) = home.done(&["export", "json"]);
    let ratings = fs::read_to_string(home.path("out/ratings.csv")).unwrap();
    fs::write(
        home.path("out/ratings.csv"),
        ratings.replacen(",false", ",no", 1),
    )
    .unwrap();
    let (code, out, err) = home.run(&["import", "out"]);
    assert_eq!((code, out.as_str()), (2, ""));
    assert!(
        err.starts_with("ratings.csv, row 2, copied: true or false is expected\n"),
        "{err}"
    );
    assert_eq!(home.done(&["export", "json"]).0, given);
    for (name, text) in [
        ("a.txt", "hello"),
        ("b.json", "{}"),
        ("c.csv", "a,b\r\n1,2\r\n"),
    ] {
        fs::write(home.path(name), text).unwrap();
        let (code, _, err) = home.run(&["import", name]);
        assert!(
            code == 2 && err.contains("nothing was taken in"),
            "{name}: {err}"
        );
    }
    assert_eq!(home.run(&["import", "/dev/null"]).0, 2);
    assert_ne!(home.run(&["import", "not-there"]).0, 0);
}

#[test]
fn rows_of_either_layout_come_in_as_check_ins() {
    let home = Home::lived_in();
    let (long, _) = home.done(&["export", "csv"]);
    let (wide, _) = home.done(&["export", "csv", "--layout", "wide"]);
    for (text, layout) in [(long, "long"), (wide, "wide")] {
        fs::remove_file(home.path("journal.db")).unwrap();
        let (code, _, err) = home.with_input(&["import", "-"], &text);
        assert_eq!(code, 0, "{err}");
        let (again, _) = home.done(&["export", "csv", "--layout", layout]);
        // Attempts are not in these rows, so their columns are blank now.
        let without = |text: &str| {
            let mut reader = csv::ReaderBuilder::new()
                .has_headers(false)
                .from_reader(text.as_bytes());
            let rows: Vec<Vec<String>> = reader
                .records()
                .map(|row| {
                    let row = row.unwrap();
                    let cells = row
                        .iter()
                        .enumerate()
                        .filter(|(at, _)| !(4..6).contains(at));
                    cells.map(|(_, cell)| cell.to_owned()).collect()
                })
                .collect();
            rows
        };
        assert_eq!(without(&text), without(&again));
    }
}

#[test]
fn a_period_takes_what_lies_in_it() {
    let home = Home::lived_in();
    home.done(&[
        "export",
        "csv",
        "-o",
        "out/",
        "--from",
        "2026-11-10",
        "--to",
        "2026-11-12",
    ]);
    let rows = |name: &str| {
        let mut reader = csv::Reader::from_path(home.path(name)).unwrap();
        let rows: Vec<csv::StringRecord> = reader.records().map(Result::unwrap).collect();
        rows
    };
    assert!(
        rows("out/check_ins.csv")
            .iter()
            .all(|row| ("2026-11-10"..="2026-11-12").contains(&&row[1]))
    );
    assert!(!rows("out/check_ins.csv").is_empty() && !rows("out/attempts.csv").is_empty());
    let description = fs::read_to_string(home.path("out/datapackage.json")).unwrap();
    assert!(description.contains("\"from\": \"2026-11-10\""));
}
