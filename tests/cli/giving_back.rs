//! What leaves the journal: CSV, JSON, files, pipes and full disks.

use crate::house::House;
use std::fs;
use std::os::unix::fs::{PermissionsExt, symlink};

#[test]
fn a_note_is_guarded_in_the_wide_layout_and_raw_leaves_it() {
    let house = House::new();
    let note = "=1+1, \"quoted\"\nand a second line";
    let said = house.with_input(&["checkin", "--overall", "6", "--note", "-"], note);
    assert_eq!(said.code, 0, "{said:?}");
    let last = |args: &[&str]| house.rows(args)[1].last().unwrap().clone();
    assert_eq!(
        last(&["export", "csv", "--layout", "wide"]),
        format!("'{note}")
    );
    assert_eq!(last(&["export", "csv", "--layout", "wide", "--raw"]), note);
    let long = house.done(&["export", "csv"]);
    assert_eq!(long.out.lines().count(), 1);
    assert!(
        long.err
            .contains("1 check-in without ratings, 1 overall, 1 note"),
        "{}",
        long.err
    );
    assert!(long.err.contains("--layout wide"));
}

#[test]
fn an_empty_journal_gives_the_header_and_0() {
    let house = House::new();
    house.done(&["start"]);
    for layout in ["long", "wide"] {
        let said = house.done(&["export", "csv", "--layout", layout]);
        assert_eq!(said.out.matches("\r\n").count(), 1);
        assert_eq!(said.err, "");
    }
}

#[test]
fn an_exported_file_is_private_and_never_written_over() {
    let house = House::new();
    house.done(&["checkin", "--set", "nausea=2"]);
    house.done(&["export", "csv", "-o", "out.csv"]);
    let path = house.path("out.csv");
    assert_eq!(
        fs::metadata(&path).unwrap().permissions().mode() & 0o777,
        0o600
    );
    fs::write(&path, "mine").unwrap();
    assert_eq!(house.code(&["export", "csv", "-o", "out.csv"]), 2);
    assert_eq!(fs::read_to_string(&path).unwrap(), "mine");
    house.done(&["export", "csv", "-o", "out.csv", "--force"]);
    assert!(fs::read_to_string(&path).unwrap().contains("nausea"));
    fs::write(house.path("victim"), "mine").unwrap();
    symlink(house.path("victim"), house.path("link.csv")).unwrap();
    assert_eq!(house.code(&["export", "csv", "-o", "link.csv"]), 2);
    assert_eq!(
        house.code(&["export", "csv", "-o", "link.csv", "--force"]),
        2
    );
    assert_eq!(fs::read_to_string(house.path("victim")).unwrap(), "mine");
    let names = fs::read_dir(house.dir.path()).unwrap();
    let left = names.filter(|e| {
        e.as_ref()
            .unwrap()
            .file_name()
            .to_string_lossy()
            .starts_with(".ebb")
    });
    assert_eq!(left.count(), 0);
}

#[test]
fn a_closed_pipe_is_quiet_and_a_full_disk_is_said() {
    let house = House::new();
    house.done(&["demo", "--write", "journal.db"]);
    let ebb = assert_cmd::cargo::cargo_bin("ebb");
    let shell = |script: String| {
        let output = house
            .command(&[])
            .get_envs()
            .fold(
                std::process::Command::new("bash"),
                |mut shell, (key, value)| {
                    shell.env(key, value.unwrap_or_default());
                    shell
                },
            )
            .args(["-c", &script])
            .output()
            .unwrap();
        (
            output.status.code().unwrap(),
            String::from_utf8(output.stderr).unwrap(),
        )
    };
    for verb in [
        "export csv",
        "history",
        "history --json",
        "help",
        "trend --view all",
        "helplines",
        "symptom list",
    ] {
        let (code, err) = shell(format!(
            "{} {verb} | true; exit ${{PIPESTATUS[0]}}",
            ebb.display()
        ));
        assert!(code == 0 && !err.contains("ebb:"), "{verb}: {code} {err}");
        let (code, err) = shell(format!("{} {verb} > /dev/full", ebb.display()));
        assert!(
            code == 15 && err.contains("disk is full"),
            "{verb}: {code} {err}"
        );
        let (code, _) = shell(format!("{} {verb} > /dev/full 2> /dev/full", ebb.display()));
        assert_eq!(code, 15);
    }
}

#[test]
fn text_from_a_person_reaches_json_whole_and_no_line_of_text_raw() {
    let house = House::new();
    house.done(&[
        "checkin",
        "--overall",
        "3",
        "--note",
        "red \u{1b}[31m and \u{202e}back",
    ]);
    let json: serde_json::Value =
        serde_json::from_str(&house.done(&["history", "--json"]).out).unwrap();
    assert_eq!(json["version"], 1);
    assert_eq!(
        json["days"][0]["check_ins"][0]["note"],
        "red \u{1b}[31m and \u{202e}back"
    );
    let text = house.done(&["history"]).out;
    assert!(
        text.contains("red") && !text.contains('\u{1b}') && !text.contains('\u{202e}'),
        "{text}"
    );
}
