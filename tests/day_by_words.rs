//! A whole day by the command line alone, and what then tells of it: status, Trends, History, the plan, the export.

#![expect(clippy::unwrap_used, reason = "a test may stop at the first surprise")]
#![allow(missing_docs)]

#[path = "cli/house.rs"]
#[expect(dead_code, reason = "nothing is asked for its code alone")]
mod house;

use house::House;
use std::fmt::Write as _;

/// The days before: a plan, a medication, a visit, some doses and check-ins.
const BEFORE: &[(&str, &[&str])] = &[
    ("2026-11-10T08:00", &["start", "--method", "taper"]),
    (
        "2026-11-10T08:01",
        &[
            "taper",
            "start",
            "--product",
            "powder",
            "--from",
            "4",
            "--cut",
            "0.5",
            "--every",
            "4",
            "--until",
            "1",
            "--split",
            "2",
        ],
    ),
    (
        "2026-11-10T08:02",
        &[
            "medication",
            "add",
            "clonidine",
            "--prescribed",
            "0.1 mg at night",
            "--most",
            "2",
        ],
    ),
    (
        "2026-11-16T09:00",
        &[
            "appointment",
            "add",
            "doctor",
            "--at",
            "2026-11-24 10:00",
            "--with",
            "Dr Lee",
        ],
    ),
    ("2026-11-17T20:00", &["dose", "3.5", "powder"]),
    (
        "2026-11-17T20:01",
        &["checkin", "--set", "nausea=2", "--overall", "6"],
    ),
    ("2026-11-18T20:00", &["dose", "3", "powder"]),
    (
        "2026-11-18T20:01",
        &["checkin", "--set", "nausea=3", "--overall", "7"],
    ),
    ("2026-11-20T20:00", &["dose", "3", "powder"]),
    (
        "2026-11-20T20:01",
        &["checkin", "--set", "nausea=2", "--overall", "5"],
    ),
];

/// The day.
const DAY: &[(&str, &[&str])] = &[
    ("2026-11-22T07:30", &["measure", "sleep_hours=6.5"]),
    ("2026-11-22T08:15", &["dose", "1.2g", "powder"]),
    (
        "2026-11-22T11:05",
        &["urge", "3", "--trigger", "stress", "--helped", "a walk"],
    ),
    (
        "2026-11-22T11:40",
        &[
            "did",
            "walking",
            "--minutes",
            "20",
            "--before",
            "3",
            "--after",
            "1",
        ],
    ),
    ("2026-11-22T16:00", &["dose", "1.1g"]),
    (
        "2026-11-22T20:00",
        &["question", "add", "May I drive while I take it?"],
    ),
    ("2026-11-22T21:00", &["take", "clonidine"]),
    (
        "2026-11-22T21:30",
        &[
            "checkin",
            "--set",
            "nausea=1",
            "--set",
            "anxiety=2",
            "--overall",
            "4",
            "--note",
            "a calmer day",
        ],
    ),
];

#[test]
fn a_day_by_words_alone_is_told_by_status_trends_history_plan_and_export_alike() {
    let house = House::new();
    let mut told = String::new();
    let at = |time: &str, args: &[&str]| {
        let now = format!("{time}:00-05:00");
        house.done(&[&["--now", &now], args].concat())
    };
    for (time, args) in BEFORE {
        at(time, args);
    }
    for (time, args) in DAY {
        let said = at(time, args);
        writeln!(told, "$ ebb {}\n{}", args.join(" "), said.err.trim_end()).unwrap();
    }
    let evening = "2026-11-22T21:40";
    for args in [
        &["status"] as &[&str],
        &["taper", "show"],
        &["trend", "overall"],
        &["history", "--from", "2026-11-22"],
        &["question", "list"],
        &["medication", "list"],
        &["export", "csv", "--layout", "wide", "-o", "day.csv"],
    ] {
        let said = at(evening, args);
        writeln!(told, "\n$ ebb {}\n{}{}", args.join(" "), said.out, said.err).unwrap();
    }
    // Ids are random.
    let ids: Vec<String> = ["question", "medication"]
        .iter()
        .filter_map(|noun| {
            let list = at(evening, &[noun, "list"]).out;
            list.split_whitespace().next().map(str::to_owned)
        })
        .collect();
    for id in ids {
        told = told.replace(&format!("{id}  "), "[id]  ");
    }
    insta::assert_snapshot!(told);
}

/// Four months with leaf and tablets, a plan for each, then none, and one use on day 20.
#[test]
fn four_months_a_stop_and_one_use_on_day_20_reset_nothing_and_blame_nobody() {
    let house = House::new();
    let mut told = String::new();
    let at = |day: &str, args: &[&str]| {
        let now = format!("{day}T20:00:00-05:00");
        house.done(&[&["--now", &now], args].concat())
    };
    at("2026-07-01", &["start", "--method", "taper"]);
    for (product, from, cut, every, until) in [
        ("powder", "8", "1", "14", "1"),
        ("7-oh", "20", "5", "28", "5"),
    ] {
        at(
            "2026-07-01",
            &[
                "taper",
                "start",
                "--product",
                product,
                "--from",
                from,
                "--cut",
                cut,
                "--every",
                every,
                "--until",
                until,
            ],
        );
    }
    let first: chrono::NaiveDate = "2026-07-01".parse().unwrap();
    for n in (0..=122_u32).step_by(3) {
        let day = first + chrono::Days::new(n.into());
        let leaf = (8 - (n / 14).min(7)).to_string();
        let tablet = (20 - 5 * (n / 28).min(3)).to_string();
        at(&day.to_string(), &["dose", &leaf, "powder"]);
        at(&day.to_string(), &["dose", &tablet, "7-oh"]);
    }
    let mut tell = |day: &str, args: &[&str]| {
        let said = at(day, args);
        writeln!(
            told,
            "{day} $ ebb {}\n{}{}",
            args.join(" "),
            said.out,
            said.err
        )
        .unwrap();
        said
    };
    tell("2026-10-31", &["status"]);
    tell("2026-11-01", &["taper", "end", "--product", "powder"]);
    tell("2026-11-01", &["taper", "end", "--product", "7-oh"]);
    tell("2026-11-01", &["start", "--last-use", "2026-11-01 08:00"]);
    tell("2026-11-20", &["status"]);
    let before = at("2026-11-21", &["attempt", "list"]).out;
    tell("2026-11-21", &["dose", "1", "powder"]);
    tell("2026-11-21", &["status"]);
    tell("2026-11-22", &["status"]);
    assert_eq!(at("2026-11-21", &["attempt", "list"]).out, before);
    let status = at("2026-11-22", &["status", "--json"]).out;
    let status: serde_json::Value = serde_json::from_str(&status).unwrap();
    assert_eq!(status["attempt"]["attempt_day"], 21);
    assert_eq!(status["attempt"]["number"], 1);
    for product in ["powder", "7-oh"] {
        tell("2026-11-22", &["taper", "show", "--product", product]);
    }
    insta::assert_snapshot!(told);
}
