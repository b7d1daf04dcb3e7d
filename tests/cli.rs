//! The binary from outside: its own folder, a fixed zone and a fixed now.
#![allow(clippy::unwrap_used, clippy::expect_used)]

use assert_cmd::Command;
use std::fs;
use std::os::unix::fs::{PermissionsExt, symlink};
use std::path::PathBuf;
use tempfile::TempDir;

struct House {
    dir: TempDir,
}

/// What a run answered.
#[derive(Debug)]
struct Said {
    code: i32,
    out: String,
    err: String,
}

impl House {
    fn new() -> Self {
        Self {
            dir: tempfile::tempdir().unwrap(),
        }
    }

    fn path(&self, name: &str) -> PathBuf {
        self.dir.path().join(name)
    }

    fn journal(&self) -> PathBuf {
        self.path("journal.db")
    }

    fn command(&self, args: &[&str]) -> Command {
        let mut command = Command::cargo_bin("ebb").unwrap();
        command
            .env_clear()
            .env("HOME", self.dir.path())
            .env("TZ", "America/New_York")
            .env("EBB_NOW", "2026-11-22T21:40:00-05:00")
            .env("EBB_JOURNAL", self.journal())
            .current_dir(self.dir.path())
            .args(args);
        command
    }

    fn with_input(&self, args: &[&str], input: &str) -> Said {
        let output = self.command(args).write_stdin(input).output().unwrap();
        Said {
            code: output.status.code().unwrap(),
            out: String::from_utf8(output.stdout).unwrap(),
            err: String::from_utf8(output.stderr).unwrap(),
        }
    }

    fn ebb(&self, args: &[&str]) -> Said {
        self.with_input(args, "")
    }

    fn code(&self, args: &[&str]) -> i32 {
        self.ebb(args).code
    }

    /// Runs and expects 0.
    fn done(&self, args: &[&str]) -> Said {
        let said = self.ebb(args);
        assert_eq!(said.code, 0, "{args:?}: {said:?}");
        said
    }

    fn rows(&self, args: &[&str]) -> Vec<Vec<String>> {
        let said = self.done(args);
        assert!(said.out.ends_with("\r\n"));
        let mut reader = csv::ReaderBuilder::new()
            .has_headers(false)
            .from_reader(said.out.as_bytes());
        let each = reader.records();
        each.map(|row| row.unwrap().iter().map(str::to_owned).collect())
            .collect()
    }
}

#[test]
fn a_check_in_before_the_day_ends_counts_for_the_day_before() {
    let house = House::new();
    house.done(&["start", "--last-use", "2026-11-13 20:00"]);
    let said = house.done(&[
        "--now",
        "2026-11-22T03:30:00-05:00",
        "checkin",
        "--set",
        "nausea=3",
    ]);
    assert_eq!(said.err, "Saved 03:30, counts for Sat 21 Nov 2026\n");
    let rows = house.rows(&["export", "csv"]);
    assert_eq!(
        rows[0].join(","),
        "checkin_id,date,time,utc_offset,attempt,attempt_day,late,symptom,category,severity"
    );
    assert_eq!(rows.len(), 2);
    assert_eq!(
        rows[1][1..],
        [
            "2026-11-21",
            "03:30:00",
            "-05:00",
            "1",
            "8",
            "false",
            "nausea",
            "physical",
            "3"
        ]
    );
}

#[test]
fn a_slip_ends_with_2_and_leaves_nothing_behind() {
    let house = House::new();
    let slips: &[&[&str]] = &[
        &["checkin", "--set", "nausea=5"],
        &["checkin", "--set", "nausea=-1"],
        &["checkin", "--set", "nausea="],
        &["checkin", "--set", "nausea"],
        &["checkin", "--set", "nosuchthing=1"],
        &["checkin", "--set", "nausea=1", "--set", "nausea=2"],
        &["checkin", "--set", "nausea=1", "--set", "tremor=9"],
        &["checkin", "--overall", "11"],
        &["checkin", "--overall", "-1"],
        &["checkin", "--note", "  "],
        &["checkin", "--set", "nausea=1", "--at", "2031-01-01"],
        &["checkin", "--set", "nausea=1", "--at", "some day"],
        &["checkin"],
        &["start", "--last-use", "2031-01-01"],
        &["start", "--method", "magic"],
        &["--now", "soon", "status"],
        &["nosuchverb"],
    ];
    for slip in slips {
        let said = house.ebb(slip);
        assert_eq!(said.code, 2, "{slip:?}: {said:?}");
        assert!(!said.err.is_empty() && said.out.is_empty(), "{said:?}");
        assert_eq!(
            fs::read_dir(house.dir.path()).unwrap().count(),
            0,
            "{slip:?}"
        );
    }
    house.done(&["start"]);
    let before = fs::read(house.journal()).unwrap();
    for slip in slips {
        assert_eq!(house.code(slip), 2);
        assert_eq!(fs::read(house.journal()).unwrap(), before, "{slip:?}");
    }
}

#[test]
fn answers_come_through_a_pipe_many_on_a_line() {
    let house = House::new();
    let said = house.with_input(&["checkin"], "2 3 . 0\n1 done\n");
    assert_eq!((said.code, said.out.as_str()), (0, ""), "{said:?}");
    assert_eq!(said.err, "Saved 21:40, counts for Sun 22 Nov 2026\n");
    let given = |rows: Vec<Vec<String>>| -> Vec<String> {
        rows[1..].iter().map(|r| r[9].clone()).collect()
    };
    assert_eq!(given(house.rows(&["export", "csv"])), ["2", "3", "0", "1"]);
    let wide = house.rows(&["export", "csv", "--layout", "wide"]);
    let cells = &wide[1][7..];
    assert_eq!(
        cells[..4],
        ["", "", "", ""],
        "no overall, and too few answers for an index"
    );
    assert_eq!(cells.iter().filter(|cell| !cell.is_empty()).count(), 4);
    let later = house.with_input(
        &["--now", "2026-11-23T21:00:00-05:00", "checkin"],
        "same\nsame 4 done",
    );
    assert_eq!(later.code, 0, "{later:?}");
    assert_eq!(
        given(house.rows(&["export", "csv", "--from", "2026-11-23"])),
        ["2", "3", "4"]
    );
    assert_eq!(house.with_input(&["checkin"], ". . .\n").code, 2);
    assert_eq!(house.with_input(&["checkin"], "2 7\n").code, 2);
    assert_eq!(house.rows(&["export", "csv"]).len(), 8);
}

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
fn every_exit_code_means_what_it_says() {
    let house = House::new();
    for verb in [
        &["status"][..],
        &["history"],
        &["trend"],
        &["export", "csv"],
        &["undo"],
        &["doctor"],
        &["attempt", "list"],
    ] {
        let said = house.ebb(verb);
        assert_eq!(said.code, 10, "{verb:?}: {said:?}");
        assert!(!house.journal().exists());
    }
    house.done(&["start", "--last-use", "2026-11-13"]);
    assert_eq!(
        house.code(&["start", "--last-use", "2026-11-13"]),
        2,
        "two attempts on one day"
    );
    assert_eq!(house.code(&["status", "--short"]), 1, "no check-in today");
    assert_eq!(house.code(&["redo"]), 1);
    house.done(&["undo"]);
    assert_eq!(house.code(&["undo"]), 1);
    house.done(&["redo"]);
    house.done(&["checkin", "--overall", "4"]);
    let short = house.done(&["status", "--short"]);
    assert_eq!(short.out, "ebb: done today\n");
    assert_eq!(house.code(&["attempt", "end", "7"]), 2);
    assert_eq!(
        house.code(&["demo", "--write", "journal.db"]),
        1,
        "never over a file"
    );
    assert_eq!(house.code(&[]), 2, "the full screen needs a terminal");
    fs::write(house.path("other"), "just text, long enough").unwrap();
    assert_eq!(house.code(&["--journal", "other", "status"]), 1);
    assert_eq!(
        fs::read_to_string(house.path("other")).unwrap(),
        "just text, long enough"
    );
    fs::write(house.path("empty"), "").unwrap();
    assert_eq!(house.code(&["--journal", "empty", "status"]), 14);
    let mut newer = fs::read(house.journal()).unwrap();
    newer[63] = 99;
    fs::write(house.path("newer"), &newer).unwrap();
    assert_eq!(house.code(&["--journal", "newer", "status"]), 13);
    assert_eq!(fs::read(house.path("newer")).unwrap(), newer);
}

#[test]
fn a_journal_that_another_program_writes_to_ends_with_11() {
    let house = House::new();
    house.done(&["start"]);
    let other = rusqlite::Connection::open(house.journal()).unwrap();
    other.execute_batch("BEGIN EXCLUSIVE").unwrap();
    let said = house.ebb(&["checkin", "--overall", "3"]);
    assert_eq!(said.code, 11, "{said:?}");
    other.execute_batch("ROLLBACK").unwrap();
    house.done(&["checkin", "--overall", "3"]);
}

#[test]
fn help_lines_are_there_whatever_the_journal_is_like() {
    let house = House::new();
    assert!(house.done(&["helplines"]).out.contains("Emergency"));
    assert!(!house.journal().exists());
    fs::write(house.journal(), "").unwrap();
    assert!(
        house
            .done(&["helplines", "--country", "us"])
            .out
            .contains("911")
    );
    fs::write(
        house.journal(),
        "SQLite format 3\0 and then nothing that fits",
    )
    .unwrap();
    let said = house.done(&["helplines", "--country", "GB"]);
    assert!(
        said.out.contains("999") && !said.out.contains("911"),
        "{}",
        said.out
    );
    assert_eq!(house.code(&["helplines", "--country", "XX"]), 2);
    fs::remove_file(house.journal()).unwrap();
    house.done(&["helplines", "--country", "US", "--remember"]);
    house.done(&["helplines", "add", "Dr Lee", "021 555 0100"]);
    let out = house.done(&["helplines"]).out;
    assert!(
        out.starts_with("Your own\n  021 555 0100  Dr Lee\n") && out.contains("911"),
        "{out}"
    );
    house.done(&["helplines", "remove", "dr lee"]);
    assert!(!house.done(&["helplines"]).out.contains("Dr Lee"));
}

#[test]
fn start_in_an_open_attempt_sets_its_day_0_and_otherwise_begins_a_new_one_and_says_so() {
    let house = House::new();
    let first = house.done(&["--now", "2026-11-01 12:00", "start", "--goal", "sleep"]);
    assert!(
        first.err.contains("pregnant")
            && first.err.contains("seizures")
            && first.err.contains("sedatives")
    );
    let second = house.done(&["start", "--last-use", "2026-11-13 20:00"]);
    assert!(
        second.err.contains("Attempt 1: day 0 is Fri 13 Nov 2026"),
        "{}",
        second.err
    );
    let third = house.done(&["start", "--last-use", "yesterday 20:00"]);
    assert!(
        third
            .err
            .contains("Attempt 2 begun, a new one beside attempt 1"),
        "{}",
        third.err
    );
    let list = house.done(&["attempt", "list"]).out;
    assert!(
        list.contains("1. ") && list.contains("until Fri 20 Nov 2026") && list.contains("2. "),
        "{list}"
    );
    house.done(&["attempt", "end", "--set-aside"]);
    house.done(&[
        "attempt",
        "edit",
        "1",
        "--day-zero",
        "unknown",
        "--name",
        "the first",
    ]);
    let list = house.done(&["attempt", "list"]).out;
    assert!(
        list.contains("set aside Sun 22 Nov 2026") && list.contains("\"the first\""),
        "{list}"
    );
    house.done(&["attempt", "delete", "2"]);
    assert_eq!(
        house
            .done(&["attempt", "list"])
            .out
            .matches(": began")
            .count(),
        1
    );
    house.done(&["undo"]);
    assert_eq!(
        house
            .done(&["attempt", "list"])
            .out
            .matches(": began")
            .count(),
        2
    );
}

#[test]
fn own_symptoms_keep_their_id_when_renamed_and_history_when_off() {
    let house = House::new();
    let added = house.done(&["symptom", "add", "Cold feet", "--category", "physical"]);
    assert!(added.err.contains("own_cold_feet"));
    assert_eq!(
        house.code(&["symptom", "add", "cold  feet", "--category", "body"]),
        2
    );
    house.done(&["checkin", "--set", "own_cold_feet=2"]);
    house.done(&["symptom", "rename", "own_cold_feet", "Cold hands"]);
    house.done(&["symptom", "off", "Cold hands"]);
    assert!(
        house
            .done(&["symptom", "list"])
            .out
            .contains("off  own_cold_feet                Cold hands")
    );
    let wide = house.rows(&["export", "csv", "--layout", "wide"]);
    let at = wide[0]
        .iter()
        .position(|name| name == "own_cold_feet")
        .unwrap();
    assert_eq!((at, wide[1][at].as_str()), (wide[0].len() - 2, "2"));
    assert_eq!(house.code(&["symptom", "rename", "nausea", "Sick"]), 2);
    let unknown = house.ebb(&["symptom", "on", "nausia"]);
    assert!(
        unknown.code == 2 && unknown.err.contains("nausea"),
        "{unknown:?}"
    );
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

#[test]
fn trends_need_three_days_and_leave_gaps_blank() {
    let house = House::new();
    for (day, value) in [("2026-11-16", "0"), ("2026-11-22", "4")] {
        house.done(&["checkin", "--at", day, "--set", &format!("nausea={value}")]);
    }
    let said = house.done(&["trend", "nausea"]);
    assert!(
        said.out.contains("needs 3 days") && !said.out.contains('|'),
        "{}",
        said.out
    );
    house.done(&["checkin", "--at", "2026-11-18", "--set", "nausea=2"]);
    let out = house.done(&["trend", "nausea"]).out;
    let marked: Vec<&str> = out.lines().filter(|line| line.contains('|')).collect();
    assert_eq!(marked.len(), 3, "{out}");
    assert!(
        out.contains("Tue 17 Nov     (no value)") && out.contains("(3 days without a value)"),
        "{out}"
    );
    assert!(
        out.contains("Too few days to compare the weeks (0 of 7 last week, 3 of 7 this week)"),
        "{out}"
    );
    let plain = house.done(&["trend", "nausea", "--plain"]).out;
    assert!(
        plain.contains("Mon 16 Nov: 0.0.") && !plain.contains('|'),
        "{plain}"
    );
    let json: serde_json::Value = serde_json::from_str(
        &house
            .done(&["trend", "nausea", "--json", "--from", "2026-11-16"])
            .out,
    )
    .unwrap();
    let days = json["series"][0]["days"].as_array().unwrap();
    let values: Vec<_> = days.iter().map(|day| day["value"].as_f64()).collect();
    assert_eq!(
        values,
        [Some(0.0), None, Some(2.0), None, None, None, Some(4.0)]
    );
    assert_eq!(house.code(&["trend", "nosuch"]), 2);
    assert_eq!(
        house.code(&["trend", "--from", "2026-11-20", "--to", "2026-11-01"]),
        2
    );
}

#[test]
fn the_made_up_journal_is_the_same_each_time_and_sound() {
    let house = House::new();
    house.done(&["demo", "--days", "120", "--write", "a.db"]);
    house.done(&["demo", "--days", "120", "--write", "b.db"]);
    let export = |name: &str| {
        house
            .done(&["--journal", name, "export", "csv", "--layout", "wide"])
            .out
    };
    assert_eq!(export("a.db"), export("b.db"));
    assert!(export("a.db").contains("own_jaw_tension"));
    let said = house.done(&["--journal", "a.db", "doctor", "--full"]);
    assert!(
        said.out.contains("all is as it has to be") && !said.out.contains("nausea"),
        "{}",
        said.out
    );
    assert_eq!(
        house.code(&["--journal", "a.db", "undo"]),
        1,
        "nothing to undo in it"
    );
    assert!(!house.journal().exists(), "the own journal is not touched");
}

#[test]
fn help_fits_one_screen_and_begins_with_examples() {
    let house = House::new();
    let help = house.done(&["--help"]).out;
    assert!(help.lines().count() <= 24, "{}", help.lines().count());
    assert!(
        help.lines().all(|line| line.chars().count() <= 80),
        "{help}"
    );
    assert!(help.find("ebb checkin --set").unwrap() < help.find("  start ").unwrap());
    for verb in [
        "start",
        "attempt",
        "checkin",
        "status",
        "history",
        "trend",
        "export",
        "symptom",
        "helplines",
        "undo",
        "redo",
        "doctor",
        "paths",
        "demo",
    ] {
        let long = house.done(&["help", verb]).out;
        assert!(long.starts_with("Examples:\n  ebb "), "{verb}: {long}");
    }
    let slip = house.ebb(&["chekin"]);
    assert!(slip.code == 2 && slip.err.contains("checkin"), "{slip:?}");
}

#[test]
fn the_journal_lies_where_the_system_keeps_such_files() {
    let house = House::new();
    let home = house.dir.path().display().to_string();
    let paths = |env: &[(&str, &str)]| {
        let mut command = house.command(&["paths"]);
        command.env_remove("EBB_JOURNAL");
        for (key, value) in env {
            command.env(key, value);
        }
        String::from_utf8(command.output().unwrap().stdout).unwrap()
    };
    let usual = format!("journal  {home}/.local/share/ebbtide/journal.db (not there yet)\n");
    if cfg!(target_os = "linux") {
        assert!(paths(&[]).starts_with(&usual), "{}", paths(&[]));
        for relative in ["", "data", "./data"] {
            assert!(paths(&[("XDG_DATA_HOME", relative)]).starts_with(&usual));
        }
        assert!(
            paths(&[("XDG_DATA_HOME", "/elsewhere")])
                .starts_with("journal  /elsewhere/ebbtide/journal.db")
        );
    }
    assert!(paths(&[("EBB_JOURNAL", "/a/b.db")]).starts_with("journal  /a/b.db"));
    assert!(!paths(&[("HOME", "relative/home")]).contains("  relative"));
}
