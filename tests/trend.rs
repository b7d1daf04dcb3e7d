//! `ebb trend`, each view: text, sentences and JSON of a journal small enough to work out on paper.
#![allow(
    clippy::unwrap_used,
    clippy::format_push_string,
    reason = "a test may stop at the first surprise"
)]

use std::process::{Command, Stdio};

const VIEWS: [&str; 6] = ["week", "month", "all", "timeline", "grid", "table"];

struct House(tempfile::TempDir);

impl House {
    fn command(&self, args: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_ebb"));
        command
            .env_clear()
            .env("HOME", self.0.path())
            .args(["--now", "2026-11-22T12:00:00+01:00", "--journal"])
            .arg(self.0.path().join("j.db"))
            .args(args)
            .stdin(Stdio::null());
        command
    }

    fn code(&self, args: &[&str]) -> Option<i32> {
        self.command(args).output().unwrap().status.code()
    }

    fn done(&self, args: &[&str]) -> String {
        let out = self.command(args).output().unwrap();
        assert!(out.status.success(), "{args:?}: {out:?}");
        String::from_utf8(out.stdout).unwrap()
    }

    fn json(&self, args: &[&str]) -> serde_json::Value {
        serde_json::from_str(&self.done(args)).unwrap()
    }

    /// Two attempts; nausea on six days of the second and four of the first.
    fn by_hand() -> Self {
        let house = Self(tempfile::tempdir().unwrap());
        for (zero, days) in [
            (
                "2026-10-01",
                &[
                    ("2026-10-01", 4),
                    ("2026-10-02", 3),
                    ("2026-10-03", 3),
                    ("2026-10-05", 2),
                ][..],
            ),
            (
                "2026-11-10",
                &[
                    ("2026-11-10", 3),
                    ("2026-11-11", 4),
                    ("2026-11-13", 2),
                    ("2026-11-16", 0),
                    ("2026-11-18", 1),
                    ("2026-11-20", 1),
                ][..],
            ),
        ] {
            house.done(&["start", "--last-use", zero]);
            for (day, value) in days {
                house.done(&["checkin", "--at", day, "--set", &format!("nausea={value}")]);
            }
        }
        house.done(&[
            "checkin",
            "--at",
            "2026-11-20",
            "--set",
            "nausea=2",
            "--note",
            "Soup stayed down.",
        ]);
        house
    }

    fn demo() -> Self {
        let house = Self(tempfile::tempdir().unwrap());
        let path = house.0.path().join("j.db").display().to_string();
        house.done(&["demo", "--days", "120", "--seed", "7", "--write", &path]);
        house
    }
}

#[test]
fn each_view_is_ascii_of_at_most_80_columns() {
    for house in [House::by_hand(), House::demo()] {
        for view in VIEWS {
            for more in [&[][..], &["--plain"][..]] {
                let out = house.done(&[&["trend", "--view", view], more].concat());
                let is_narrow = out.lines().all(|line| line.is_ascii() && line.len() <= 80);
                assert!(
                    is_narrow && !out.trim().is_empty(),
                    "{view} {more:?}\n{out}"
                );
            }
        }
    }
}

#[test]
fn each_view_of_a_journal_worked_out_on_paper() {
    let house = House::by_hand();
    let mut pages = String::new();
    for view in VIEWS {
        for more in [&[][..], &["--plain"][..]] {
            let args = [&["trend", "nausea", "--view", view], more].concat();
            pages.push_str(&format!(
                "$ ebb {}\n{}\n",
                args.join(" "),
                house.done(&args)
            ));
        }
    }
    insta::assert_snapshot!(pages);
}

#[test]
fn the_json_has_the_numbers_of_the_paper() {
    let house = House::by_hand();
    let laid = house.json(&["trend", "nausea", "--view", "timeline", "--json"]);
    assert_eq!(
        (&laid["version"], &laid["origin"], &laid["counted_from"]),
        (&1.into(), &"2026-11-10".into(), &"day_zero".into())
    );
    let attempts = laid["series"][0]["attempts"].as_array().unwrap();
    assert_eq!(
        attempts
            .iter()
            .map(|a| a["attempt"].as_u64().unwrap())
            .collect::<Vec<_>>(),
        [2, 1]
    );
    let first: Vec<_> = attempts[1]["days"].as_array().unwrap()[..5]
        .iter()
        .map(|day| day["value"].as_f64())
        .collect();
    assert_eq!(first, [Some(4.0), Some(3.0), Some(3.0), None, Some(2.0)]);

    let table = house.json(&["trend", "nausea", "--view", "table", "--json"]);
    let row = &table["rows"][0];
    // (3 + 4 + 2) / 3 = 3.0 before; (0 + 1 + (1 + 2) / 2) / 3 = 0.83 now; day 0 is Tuesday of the first week.
    assert_eq!(
        (
            row["before"]["value"].as_f64(),
            row["now"]["value"].as_f64()
        ),
        (Some(3.0), Some(0.8))
    );
    assert_eq!(
        (&row["before"]["n"], &row["comparison"]["kind"]),
        (&3.into(), &"across_day_zero".into())
    );

    let grid = house.json(&["trend", "nausea", "--view", "grid", "--json"]);
    let values = grid["symptoms"][0]["values"].as_array().unwrap();
    assert_eq!(
        (values.len(), values[24].is_null(), values[26].is_null()),
        (28, true, true)
    );
    assert_eq!(
        values
            .iter()
            .filter_map(serde_json::Value::as_f64)
            .collect::<Vec<_>>(),
        [3.0, 4.0, 2.0, 0.0, 1.0, 1.5]
    );
}

#[test]
fn the_numbers_of_the_timeline_are_those_of_its_json() {
    let house = House::demo();
    let json = house.json(&[
        "trend",
        "nausea",
        "--view",
        "timeline",
        "--to",
        "2026-11-22",
        "--from",
        "2026-11-01",
        "--json",
    ]);
    let text = house.done(&[
        "trend",
        "nausea",
        "--view",
        "timeline",
        "--to",
        "2026-11-22",
        "--from",
        "2026-11-01",
    ]);
    let from_json: Vec<f64> = json["series"][0]["days"]
        .as_array()
        .unwrap()
        .iter()
        .filter_map(|day| day["value"].as_f64())
        .collect();
    let drawn: Vec<f64> = text
        .lines()
        .filter(|line| line.starts_with("day "))
        .filter_map(|line| {
            line.split('|')
                .nth(2)?
                .split_whitespace()
                .next()?
                .parse()
                .ok()
        })
        .collect();
    assert!(!drawn.is_empty());
    assert_eq!(drawn, from_json, "{text}");
}

#[test]
fn a_mistyped_year_is_quick_and_a_strange_word_is_a_slip() {
    let house = House::by_hand();
    for view in VIEWS {
        house.done(&[
            "trend",
            "--view",
            view,
            "--from",
            "1926-11-01",
            "--to",
            "9026-11-01",
        ]);
        house.done(&["trend", "--view", view, "--to", "1926-11-01", "--json"]);
        house.done(&["trend", "--view", view, "--from", "9026-11-01"]);
    }
    assert_eq!(house.code(&["trend", "--view", "year"]), Some(2));
    assert_eq!(
        house.code(&["trend", "--view", "grid", "severity"]),
        Some(2)
    );
    assert_eq!(house.code(&["trend", "--attempt", "1"]), Some(2));
    assert_eq!(
        house.code(&["trend", "--view", "timeline", "--attempt", "9"]),
        Some(2)
    );
}

#[test]
fn a_closed_pipe_ends_it_without_a_word() {
    let house = House::demo();
    let mut child = house
        .command(&["trend", "--view", "all", "--json"])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    drop(child.stdout.take());
    let out = child.wait_with_output().unwrap();
    assert!(
        !String::from_utf8_lossy(&out.stderr).contains("panic"),
        "{out:?}"
    );
}
