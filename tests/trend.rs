//! `ebb trend`, each view: text, sentences and JSON of a journal small enough to work out on paper.
#![allow(
    clippy::unwrap_used,
    clippy::format_push_string,
    reason = "a test may stop at the first surprise"
)]

use ebbtide::domain::trends::view::View;
use std::process::{Command, Stdio};

fn views() -> impl Iterator<Item = &'static str> {
    View::ALL.iter().map(|view| view.code())
}

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

    /// An attempt from each of `days_zero`, with nausea on the days that are given, counted from its day 0.
    fn with_attempts(attempts: &[(&str, &[(u64, u8)])]) -> Self {
        let house = Self(tempfile::tempdir().unwrap());
        for (zero, days) in attempts {
            house.done(&["start", "--last-use", zero]);
            let zero: chrono::NaiveDate = zero.parse().unwrap();
            for (day, value) in *days {
                let day = zero + chrono::Days::new(*day);
                let set = format!("nausea={value}");
                house.done(&["checkin", "--at", &day.to_string(), "--set", &set]);
            }
        }
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
        for view in views() {
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
    for view in views() {
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
        (&2.into(), &"2026-11-10".into(), &"day_zero".into())
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
        (Some(3.0), Some(0.8333))
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
    let args = "trend nausea --view timeline --to 2026-11-22 --from 2026-11-01";
    let args: Vec<&str> = args.split(' ').collect();
    let output = house.command(&args).env("COLUMNS", "200").output().unwrap();
    let text = String::from_utf8(output.stdout).unwrap();
    let from_json: Vec<f64> = json["series"][0]["days"]
        .as_array()
        .unwrap()
        .iter()
        .filter_map(|day| day["value_shown"].as_str()?.parse().ok())
        .collect();
    // The numbers stand on their columns: above the axis, right of its own numbers, in the order of the days.
    let plot = text
        .lines()
        .take_while(|line| !line.starts_with("   0 "))
        .filter(|line| !line.contains(char::is_alphabetic));
    let mut drawn: Vec<(usize, f64)> = Vec::new();
    for line in plot {
        let right = line.get(5..).unwrap_or_default();
        for number in right.split(|c: char| !c.is_ascii_digit() && c != '.') {
            let at = number.as_ptr() as usize - right.as_ptr() as usize;
            drawn.extend(number.parse().map(|value| (at, value)));
        }
    }
    drawn.sort_by_key(|(at, _)| *at);
    let drawn: Vec<f64> = drawn.into_iter().map(|(_, value)| value).collect();
    assert!(!drawn.is_empty());
    assert_eq!(drawn, from_json, "{text}");
}

#[test]
fn a_mistyped_year_is_quick_and_a_strange_word_is_a_slip() {
    let house = House::by_hand();
    for view in views() {
        house.done(&[
            "trend",
            "--view",
            view,
            "--from",
            "1926-11-01",
            "--to",
            "2027-11-01",
        ]);
        house.done(&["trend", "--view", view, "--to", "1926-11-01", "--json"]);
        house.done(&["trend", "--view", view, "--from", "2027-11-01"]);
        let mistyped = ["trend", "--view", view, "--from", "9026-11-01"];
        assert_eq!(house.code(&mistyped), Some(2), "{view}");
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
fn a_week_across_day_0_is_laid_beside_the_same_days_of_the_attempt_before() {
    // Days 6 to 9: (4 + 3 + 3 + 2) / 4 = 3.0 then, (2 + 1 + 1 + 0) / 4 = 1.0 now.
    let house = House::with_attempts(&[
        ("2026-10-01", &[(1, 4), (6, 4), (7, 3), (8, 3), (9, 2)]),
        ("2026-11-10", &[(1, 4), (6, 2), (7, 1), (8, 1), (9, 0)]),
    ]);
    let said = "Days 6 to 9 of attempt 1, the 4 days that both have: 3.0 then, 1.0 now: 2.0 less";
    for args in [
        &["trend", "nausea"][..],
        &["trend", "nausea", "--plain"],
        &["trend", "nausea", "--view", "table"],
        &["trend", "nausea", "--view", "table", "--plain"],
    ] {
        let out = house.done(args);
        let words: Vec<&str> = out.split_whitespace().collect();
        assert!(words.join(" ").contains(said), "{args:?}\n{out}");
    }
    let json = house.json(&["trend", "nausea", "--json"]);
    assert_eq!(
        json["series"][0]["comparison"],
        serde_json::json!({
            "kind": "across_day_zero",
            "day_zero": "2026-11-10",
            "change": null,
            "change_shown": null,
            "earlier": {
                "attempt": 1,
                "days": [6, 9],
                "then": { "value": 3.0, "value_shown": "3.0", "n": 4, "of": 4 },
                "now": { "value": 1.0, "value_shown": "1.0", "n": 4, "of": 4 },
                "change": -2.0,
                "change_shown": "-2.0",
            },
        })
    );
}

#[test]
fn the_timeline_of_an_earlier_attempt_has_none_of_the_next_ones_days() {
    let house = House::by_hand();
    for more in [&[][..], &["--to", "2026-11-20", "--from", "2026-09-01"]] {
        let args = ["trend", "nausea", "--view", "timeline", "--attempt", "1"];
        let json = house.json(&[&args[..], more, &["--json"]].concat());
        assert_eq!(
            (&json["from"], &json["to"], &json["origin"]),
            (
                &"2026-10-01".into(),
                &"2026-11-09".into(),
                &"2026-10-01".into()
            )
        );
        let days = json["series"][0]["days"].as_array().unwrap();
        assert!(days.iter().all(|day| day["attempt"] == 1), "{json:#}");
        assert_eq!(days.last().unwrap()["attempt_day"], 39);
        let plain = house.done(&[&args[..], more, &["--plain"]].concat());
        assert!(
            plain.contains("Day 0, Thu 1 Oct: 4.0; attempt 2 had 3.0.")
                && plain.contains("Day 8, Fri 9 Oct: no check-in; attempt 2 had 1.0.")
                && plain.contains("Days 29 to 39: no check-in."),
            "{plain}"
        );
        let drawn = house.done(&[&args[..], more].concat());
        assert!(
            drawn.contains("attempt 2, to day 12") && !drawn.contains("Nov  Attempt 2"),
            "{drawn}"
        );
    }
}

#[test]
fn an_empty_journal_says_what_each_view_needs() {
    let house = House(tempfile::tempdir().unwrap());
    house.done(&["symptom", "list"]);
    let empty = house.command(&["trend"]).output().unwrap().status.code();
    assert_eq!(empty, Some(10), "there is no journal yet");
    house.done(&["checkin", "--set", "nausea=1"]);
    house.done(&["undo"]);
    for view in ["week", "month", "all", "grid", "table"] {
        let drawn = house.done(&["trend", "--view", view]);
        assert!(!drawn.trim().is_empty(), "{view}");
        let plain = house.done(&["trend", "--view", view, "--plain"]);
        assert!(!plain.trim().is_empty(), "{view}");
        let json = house.json(&["trend", "--view", view, "--json"]);
        assert_eq!(json["version"], 2);
    }
    assert!(
        house
            .done(&["trend", "--view", "all"])
            .contains("No check-in in these days. `ebb checkin` adds today.")
    );
    let plain = house.done(&["trend", "--view", "all", "--plain"]);
    assert!(plain.contains("No check-in in these days."), "{plain}");
    for more in [&[][..], &["--plain"], &["--json"]] {
        let out = house
            .command(&[&["trend", "--view", "timeline"], more].concat())
            .output()
            .unwrap();
        assert_eq!(out.status.code(), Some(1), "{out:?}");
        assert!(String::from_utf8_lossy(&out.stderr).contains("needs an attempt"));
    }
}

#[test]
fn what_can_be_logged_and_is_not_yet_is_named_with_its_command() {
    let house = House(tempfile::tempdir().unwrap());
    house.done(&["checkin", "--set", "nausea=1"]);
    for (word, name, command) in [
        ("doses", "Doses a day", "dose"),
        ("powder", "Leaf powder", "dose"),
        ("urges", "Urges a day", "urge"),
        ("sleep", "Hours slept", "measure"),
        ("weight", "Weight", "measure"),
        ("intakes", "Intakes a day", "take"),
        ("alcohol", "Alcohol", "used"),
        ("walking", "Walking", "did"),
    ] {
        let out = house.command(&["trend", word]).output().unwrap();
        let line = String::from_utf8_lossy(&out.stderr).into_owned();
        assert_eq!(out.status.code(), Some(1), "{line}");
        let right = format!("nothing is logged for {name} yet; `ebb {command}` logs it");
        assert!(line.contains(&right), "{word}: {line}");
    }
}

#[test]
fn a_long_timeline_is_told_by_stretches_that_end_where_the_phases_do() {
    let days: Vec<(u64, u8)> = (0..100).step_by(3).map(|day| (day, 2)).collect();
    let house = House::with_attempts(&[("2026-08-10", &days)]);
    let ends = [
        "0", "3", "7", "14", "21", "28", "35", "42", "49", "56", "63", "70", "77",
    ];
    let ends = [&ends[..], &["84", "90", "97", "104"]].concat();
    let out = house.done(&["trend", "nausea", "--view", "timeline", "--plain"]);
    let heads = out
        .lines()
        .filter(|line| line.to_lowercase().starts_with("day"));
    let heads = heads.filter_map(|line| line.split([',', ':', '|', '(']).next());
    let told: Vec<&str> = heads
        .filter_map(
            |head| match head.split_whitespace().collect::<Vec<_>>()[..] {
                [_, _, "to", end] | ["day" | "Day", end, ..] => Some(end),
                _ => None,
            },
        )
        .collect();
    assert_eq!(told[..ends.len()], ends, "{out}");
    // Days 4 to 7 have day 6 alone; days 8 to 14 have 9 and 12.
    let plain = house.done(&["trend", "nausea", "--view", "timeline", "--plain"]);
    assert!(
        plain.contains("Days 4 to 7: mean 2.0, 1 of 4 days."),
        "{plain}"
    );
    assert!(
        plain.contains("Days 8 to 14: mean 2.0, 2 of 7 days."),
        "{plain}"
    );
}

#[test]
fn every_other_attempt_is_drawn_and_said_however_many_there_are() {
    let house = House::with_attempts(&[
        ("2026-07-01", &[(0, 4), (1, 4), (2, 4)]),
        ("2026-08-01", &[(0, 3), (1, 4), (2, 4)]),
        ("2026-09-01", &[(0, 2), (1, 4), (2, 4)]),
        ("2026-10-01", &[(0, 1), (1, 4), (2, 4)]),
        ("2026-11-10", &[(0, 0), (1, 4), (2, 4)]),
    ]);
    let drawn = house.done(&["trend", "nausea", "--view", "timeline"]);
    for other in ["attempt 1", "attempt 2", "attempt 3", "attempt 4"] {
        let title = format!("{other}, to day ");
        assert!(drawn.contains(&title), "{title}\n{drawn}");
    }
    assert!(drawn.lines().all(|line| line.len() <= 80), "{drawn}");
    let plain = house.done(&["trend", "nausea", "--view", "timeline", "--plain"]);
    let words: Vec<&str> = plain.split_whitespace().collect();
    assert!(
        words.join(" ").contains(
            "Day 0, Tue 10 Nov: 0.0; attempt 1 had 4.0, attempt 2 had 3.0, attempt 3 had 2.0, attempt 4 had 1.0."
        ),
        "{plain}"
    );
    let json = house.json(&["trend", "nausea", "--view", "timeline", "--json"]);
    assert_eq!(json["series"][0]["attempts"].as_array().unwrap().len(), 5);
}

#[test]
fn the_json_of_week_and_month_keeps_its_shape() {
    let house = House::by_hand();
    let mut pages = String::new();
    for view in ["week", "month"] {
        let args = [
            "trend",
            "nausea",
            "severity",
            "--view",
            view,
            "--from",
            "2026-11-15",
            "--json",
        ];
        pages.push_str(&format!("$ ebb {}\n{}", args.join(" "), house.done(&args)));
    }
    insta::assert_snapshot!(pages);
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

/// Doses of each amount on seven days up to a Sunday, the week before first.
fn weeks_of_powder(before: &str, now: &str) -> House {
    let house = House(tempfile::tempdir().unwrap());
    for (first, amount) in [("2026-11-09", before), ("2026-11-16", now)] {
        let first: chrono::NaiveDate = first.parse().unwrap();
        for day in first.iter_days().take(7) {
            house.done(&["dose", amount, "powder", "--at", &day.to_string()]);
        }
    }
    house
}

#[test]
fn a_change_of_amounts_is_the_difference_of_what_is_shown() {
    let house = weeks_of_powder("1.82g", "4.5g");
    let row = |more: &[&str]| {
        let out = house.done(&[&["trend", "powder", "--view", "table"], more].concat());
        out.split_whitespace().collect::<Vec<_>>().join(" ")
    };
    // Seven days of each: sums, because amounts are counted.
    assert!(row(&[]).contains("12.74 31.5 ^ 18.76"), "{}", row(&[]));
    assert!(row(&["--plain"]).contains("18.76 g more"));
    let json = house.json(&["trend", "powder", "--view", "table", "--json"]);
    let compared = &json["rows"][0]["comparison"];
    assert_eq!(compared["before"]["value"], 12.74);
    assert_eq!(compared["now"]["value"], 31.5);
    assert_eq!(compared["change"], 18.76);
    assert_eq!(compared["change_shown"], "18.76");
}

#[test]
fn json_has_four_decimals_and_what_is_shown_beside_them() {
    let house = House(tempfile::tempdir().unwrap());
    // 2, 2, 3 is 7 / 3 on a day; four days on each side.
    for day in ["09", "10", "11", "12", "16", "17", "18", "19"] {
        for nausea in [2, 2, 3] {
            let set = format!("nausea={nausea}");
            house.done(&[
                "checkin",
                "--set",
                &set,
                "--at",
                &format!("2026-11-{day} 09:00"),
            ]);
        }
    }
    house.done(&["checkin", "--set", "nausea=4", "--at", "2026-11-19 10:00"]);
    let json = house.json(&["trend", "nausea", "--json"]);
    let series = &json["series"][0];
    let day = &series["days"][0];
    assert_eq!(
        (&day["value"], &day["value_shown"]),
        (&2.3333.into(), &"2.3".into())
    );
    let compared = &series["comparison"];
    // (3 × 7/3 + 11/4) / 4 = 2.4375.
    assert_eq!(compared["now"]["value"], 2.4375);
    assert_eq!(compared["now"]["value_shown"], "2.4");
    assert_eq!(
        (&compared["change"], &compared["change_shown"]),
        (&0.1042.into(), &"0.1".into())
    );
}

#[test]
fn a_mean_of_equal_doses_is_that_dose() {
    let house = weeks_of_powder("4.55g", "4.55g");
    let plan = [
        "taper",
        "start",
        "--product",
        "powder",
        "--from",
        "5g",
        "--cut",
        "1g",
    ];
    let more = [
        "--every",
        "7",
        "--until",
        "1",
        "--smallest",
        "0.5",
        "--begin",
        "2026-11-16",
    ];
    house.done(&[&plan[..], &more].concat());
    let shown = house.done(&["taper", "show"]);
    assert!(
        shown.contains("4.55 g") && !shown.contains("4.6"),
        "{shown}"
    );
    let json = house.json(&["taper", "show", "--json"]);
    assert_eq!(json["steps"][0]["mean_used"], 4.55);
    assert_eq!(json["steps"][0]["mean_used_shown"], "4.55");
}
