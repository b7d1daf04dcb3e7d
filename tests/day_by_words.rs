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
