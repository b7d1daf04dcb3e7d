//! The binary from outside: its own folder, a fixed zone and a fixed now.
#![allow(clippy::unwrap_used, clippy::expect_used)]

#[path = "cli/bin.rs"]
mod bin;
#[path = "cli/giving_back.rs"]
mod giving_back;
#[path = "cli/house.rs"]
mod house;

use house::House;
use std::fs;
use std::os::unix::fs::PermissionsExt;

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
    assert_eq!(
        said.err,
        "Saved 03:30: check-in, 1 rating, counts for Sat 21 Nov; `ebb undo` takes it back.\n"
    );
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
    assert_eq!(
        said.err,
        "Saved 21:40: check-in, 4 of 18 answered, counts for Sun 22 Nov; `ebb undo` takes it back.\n"
    );
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
        2,
        "never over the journal"
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
    assert!(third.err.contains("`ebb undo` takes it back."));
    house.done(&["undo"]);
    assert!(!house.done(&["attempt", "list"]).out.contains("2. "));
    house.done(&["redo"]);
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
        unknown.code == 2 && unknown.err.contains("mean Nausea?"),
        "{unknown:?}"
    );
}

#[test]
fn trends_draw_the_days_there_are_and_leave_gaps_blank() {
    let house = House::new();
    for (day, value) in [("2026-11-16", "0"), ("2026-11-22", "4")] {
        house.done(&["checkin", "--at", day, "--set", &format!("nausea={value}")]);
    }
    let said = house.done(&["trend", "nausea"]);
    // Sunday's 4 fills its column; Monday's 0 has its number and no column; the days between have neither.
    let numbers = |out: &str| -> Vec<String> {
        let row = out.lines().find(|line| line.starts_with("  Nausea "));
        row.unwrap()
            .split_whitespace()
            .skip(1)
            .map(str::to_owned)
            .collect()
    };
    assert_eq!(numbers(&said.out), ["0", "-", "-", "-", "-", "-", "4"]);
    let columns = |out: &str| out.matches("###").count();
    assert!(columns(&said.out) > 12, "{}", said.out);
    assert!(
        said.out
            .contains("comparisons begin with 4 days in both weeks"),
        "{}",
        said.out
    );
    house.done(&["checkin", "--at", "2026-11-18", "--set", "nausea=2"]);
    let out = house.done(&["trend", "nausea"]).out;
    assert_eq!(numbers(&out), ["0", "-", "2", "-", "-", "-", "4"]);
    assert!(columns(&out) > columns(&said.out), "{out}");
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
    assert!(help.find("ebb checkin --set").unwrap() < help.find("start, attempt").unwrap());
    for verb in [
        "start",
        "attempt",
        "checkin",
        "status",
        "history",
        "trend",
        "export",
        "symptom",
        "guide",
        "helplines",
        "bin",
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

#[test]
fn files_are_this_users_alone_whatever_the_umask() {
    let house = House::new();
    let deep = house.path("deep/er/journal.db");
    let journal = deep.to_str().unwrap();
    house.done(&["--journal", journal, "checkin", "--overall", "3"]);
    house.done(&["--journal", journal, "export", "csv", "-o", "out.csv"]);
    let mode = |path: &std::path::Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
    assert_eq!(mode(&deep), 0o600);
    assert_eq!(mode(&house.path("deep")), 0o700);
    assert_eq!(mode(&house.path("out.csv")), 0o600);
}

#[test]
fn the_doctor_sees_damage_shows_no_content_and_touches_nothing() {
    let house = House::new();
    house.done(&["demo", "--days", "400", "--write", "journal.db"]);
    let whole = fs::read(house.journal()).unwrap();
    fs::write(house.journal(), &whole[..whole.len() / 2]).unwrap();
    fs::write(house.path("journal.form-1.copy-1.db"), &whole).unwrap();
    let said = house.ebb(&["doctor"]);
    assert_eq!(said.code, 14, "{said:?}");
    assert!(!said.out.to_lowercase().contains("nausea"), "{}", said.out);
    assert_eq!(fs::read(house.journal()).unwrap().len(), whole.len() / 2);
    let json = house.ebb(&["doctor", "--json"]);
    let json: serde_json::Value = serde_json::from_str(&json.out).unwrap();
    assert!(json["version"] == 1 && !json["findings"].as_array().unwrap().is_empty());
    fs::write(house.journal(), "").unwrap();
    let empty = house.ebb(&["doctor"]);
    assert!(
        empty.code == 14 && empty.out.contains("copy-1.db"),
        "{empty:?}"
    );
}

#[test]
fn a_time_that_the_clocks_leapt_over_is_moved_and_said() {
    let house = House::new();
    let said = house.done(&[
        "--now",
        "2026-11-22 21:40",
        "checkin",
        "--overall",
        "3",
        "--at",
        "2026-03-08 02:30",
    ]);
    assert!(said.err.contains("03:30"), "{}", said.err);
    assert!(
        said.err
            .contains("Saved 03:30: check-in, overall 3, counts for Sat 7 Mar"),
        "{}",
        said.err
    );
    let rows = house.rows(&["export", "csv", "--layout", "wide"]);
    assert_eq!(
        rows[1][1..7],
        ["2026-03-07", "03:30:00", "-04:00", "", "", "true"]
    );
}

#[test]
fn a_day_alone_counts_for_that_day() {
    let house = House::new();
    house.done(&["checkin", "--overall", "3", "--at", "2026-11-20"]);
    let rows = house.rows(&["export", "csv", "--layout", "wide"]);
    assert_eq!(
        rows[1][1..7],
        ["2026-11-20", "12:00:00", "-05:00", "", "", "true"]
    );
}

#[test]
fn an_attempt_that_lies_before_another_gets_its_number_and_the_other_moves() {
    let house = House::new();
    house.done(&["start", "--last-use", "2026-11-13"]);
    let said = house.done(&["start", "--last-use", "2026-11-01"]);
    assert!(
        said.err
            .contains("Attempt 1 begun, a new one beside attempt 2"),
        "{}",
        said.err
    );
}

#[test]
fn every_save_names_what_was_saved_and_the_way_back() {
    let house = House::new();
    for (args, wanted) in [
        (
            &["dose", "6g", "powder"] as &[&str],
            "Saved 21:40: 6 g Leaf powder, counts for Sun 22 Nov; `ebb undo` takes it back.\n",
        ),
        (
            &["dose", "6", "powder", "--at", "2025-12-30 09:00"],
            "Saved 09:00: 6 g Leaf powder, counts for Tue 30 Dec 2025; `ebb undo` takes it back.\n",
        ),
        (
            &["urge", "3", "--trigger", "stress"],
            "Saved 21:40: urge 3, stress, counts for Sun 22 Nov; `ebb undo` takes it back.\n",
        ),
        (
            &["appointment", "add", "doctor", "--at", "2026-12-01 10:30"],
            ", Tue 1 Dec 10:30; `ebb undo` takes it back.\n",
        ),
    ] {
        let said = house.done(args).err;
        assert!(said.contains(wanted), "{args:?}: {said}");
    }
    let several = house.done(&["measure", "weight=70", "sleep_hours=6.5"]).err;
    assert_eq!(
        several.matches("`ebb undo`").count(),
        1,
        "one step: {several}"
    );
    assert_eq!(several.matches("Saved 21:40: ").count(), 2, "{several}");
}
