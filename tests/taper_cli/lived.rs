//! A month of a plan, days without entries, and the days after cuts.

use crate::house::House;
use crate::{done_on, json, on, quiet_house};
use serde_json::Value;
use std::fmt::Write as _;

/// A plan with a hold, a step back and a new schedule within a month, in the order of its days; what was said on each.
fn lived() -> (House, String) {
    let month: [(&str, &[&str]); 17] = [
        (
            "2026-11-01",
            &[
                "taper",
                "start",
                "--product",
                "powder",
                "--from",
                "10",
                "--percent",
                "10",
                "--every",
                "7",
                "--until",
                "1",
                "--split",
                "2",
                "--smallest",
                "0.1",
            ],
        ),
        ("2026-11-02", &["dose", "10", "powder"]),
        ("2026-11-06", &["dose", "9.5", "powder"]),
        ("2026-11-09", &["dose", "9", "powder"]),
        ("2026-11-10", &["dose", "9.5", "powder"]),
        ("2026-11-11", &["taper", "hold"]),
        ("2026-11-14", &["taper", "resume"]),
        ("2026-11-16", &["dose", "8.5", "powder"]),
        ("2026-11-18", &["dose", "8", "powder"]),
        ("2026-11-19", &["dose", "9", "powder"]),
        ("2026-11-20", &["taper", "back"]),
        ("2026-11-21", &["dose", "9", "powder"]),
        ("2026-11-24", &["dose", "8.8", "powder"]),
        (
            "2026-11-25",
            &[
                "taper", "replan", "--from", "9", "--cut", "0.5", "--every", "3", "--until", "7",
            ],
        ),
        ("2026-11-26", &["dose", "9", "powder"]),
        ("2026-11-29", &["taper", "hold", "--until", "2026-12-02"]),
        ("2026-11-30", &["dose", "8.5", "powder"]),
    ];
    let house = House::new();
    let mut said = String::new();
    for (day, args) in month {
        let answer = done_on(&house, day, args);
        if args[0] == "taper" {
            let last = answer.err.lines().last().unwrap();
            writeln!(said, "{day} {}: {last}", args[1]).unwrap();
        }
    }
    (house, said)
}

#[test]
fn a_month_with_a_hold_a_step_back_and_a_new_schedule_keeps_its_table_and_its_versions() {
    let (house, said) = lived();
    let show = done_on(&house, "2026-11-30", &["taper", "show"]).out;
    let versions = done_on(&house, "2026-11-30", &["taper", "versions"]).out;
    insta::assert_snapshot!(format!("{said}\n{show}\n{versions}"));
    let kept = json(&house, &["taper", "versions", "--json"]);
    let why: Vec<&str> = kept["versions"]
        .as_array()
        .unwrap()
        .iter()
        .map(|version| version["why"].as_str().unwrap())
        .collect();
    assert_eq!(
        why,
        [
            "started",
            "held",
            "resumed",
            "stepped_back",
            "replanned",
            "held"
        ]
    );
    assert_eq!(kept["versions"][5]["held_until"], "2026-12-02");
}

#[test]
fn each_day_of_the_plan_stands_beside_what_was_used_and_a_day_without_is_no_nought() {
    let (house, _) = lived();
    let now = "2026-11-30T20:00:00-05:00";
    let shown = json(&house, &["--now", now, "taper", "show", "--days", "--json"]);
    let days = shown["days"].as_array().unwrap();
    assert_eq!(days.len(), 30);
    let of = |day: &str| {
        days.iter()
            .find(|held| held["date"] == day)
            .unwrap()
            .clone()
    };
    assert_eq!(of("2026-11-10")["plan"], 9.0);
    assert_eq!(of("2026-11-10")["used"], 9.5);
    assert_eq!(of("2026-11-12")["used"], Value::Null);
    assert_eq!(of("2026-11-18")["plan"], 8.1);
    assert_eq!(of("2026-11-20")["plan"], 9.0);
    assert_eq!(shown["now"]["held"], true);
    assert_eq!(shown["now"]["at_most"], 8.5);
    assert!(!shown.to_string().contains("remaining"));
    let text = done_on(&house, "2026-11-30", &["taper", "show", "--days"]).out;
    assert!(
        text.contains("Thu 12 Nov 2026: plan 9 g, nothing logged"),
        "{text}"
    );
}

#[test]
fn undo_takes_an_action_back_and_the_plan_stands_as_before() {
    let (house, _) = lived();
    let before = done_on(&house, "2026-11-30", &["taper", "versions"]).out;
    done_on(&house, "2026-11-30", &["taper", "end"]);
    assert_eq!(on(&house, "2026-11-30", &["taper", "hold"]).code, 1);
    let ended = done_on(&house, "2026-11-30", &["taper", "versions"]).out;
    assert!(ended.lines().last().unwrap().ends_with("ended"), "{ended}");
    house.done(&["undo"]);
    assert_eq!(
        done_on(&house, "2026-11-30", &["taper", "versions"]).out,
        before
    );
}

#[test]
fn after_three_days_without_entries_no_lower_amount_is_shown_before_a_choice() {
    let house = quiet_house();
    let shown = done_on(&house, "2026-11-17", &["taper", "show", "--days"]).out;
    for word in ["go-on", "hold", "back"] {
        assert!(shown.contains(&format!("ebb taper {word}")), "{shown}");
    }
    assert!(shown.contains("9 g") && !shown.contains("8 g"), "{shown}");
    let now = "2026-11-17T20:00:00-05:00";
    let asked = json(&house, &["--now", now, "taper", "show", "--json"]);
    assert_eq!(asked["asks_since"], "2026-11-13");
    assert_eq!(asked["now"], Value::Null);
    let status = json(&house, &["--now", now, "status", "--json"]);
    assert_eq!(status["plans"][0]["asks_since"], "2026-11-13");
    assert_eq!(status["plans"][0]["now"], Value::Null);
    assert!(
        !done_on(&house, "2026-11-17", &["status"])
            .out
            .contains("8 g")
    );
}

#[test]
fn held_until_a_day_after_days_without_entries_the_amount_seen_last_stays() {
    let house = quiet_house();
    done_on(
        &house,
        "2026-11-17",
        &["taper", "hold", "--until", "2026-11-20"],
    );
    let now = "2026-11-17T20:00:00-05:00";
    let shown = json(&house, &["--now", now, "taper", "show", "--json"]);
    assert_eq!(shown["now"]["at_most"], 9.0, "{shown}");
}

#[test]
fn each_answer_after_days_without_entries_is_kept_and_asked_once() {
    for (answer, amount) in [("go-on", 8.0), ("hold", 9.0), ("back", 10.0)] {
        let house = quiet_house();
        done_on(&house, "2026-11-17", &["taper", answer]);
        let now = "2026-11-17T20:00:00-05:00";
        let shown = json(&house, &["--now", now, "taper", "show", "--json"]);
        assert_eq!(shown["asks_since"], Value::Null, "{answer}");
        assert_eq!(shown["now"]["at_most"], amount, "{answer}");
    }
}

/// An overall on each of these days of November 2026.
fn overalls(house: &House, days: &[(u32, &str)]) {
    for (day, overall) in days {
        let day = format!("2026-11-{day:02}");
        done_on(house, &day, &["checkin", "--overall", overall]);
    }
}

#[test]
fn three_days_before_cuts_stand_against_three_days_after_with_their_number() {
    let house = quiet_house();
    let few = house.done(&["taper", "after", "overall"]).out;
    assert!(few.contains("no cut yet with 2 days"), "{few}");
    overalls(
        &house,
        &[
            (5, "2"),
            (6, "3"),
            (8, "6"),
            (9, "4"),
            (13, "4"),
            (14, "5"),
            (15, "7"),
            (17, "6"),
        ],
    );
    let said = house.done(&["taper", "after", "overall"]).out;
    assert!(
        said.starts_with(
            "Overall, Leaf powder: 3 days before 3.5, 3 days after 5.8, 2 cuts: 2.3 more."
        ),
        "{said}"
    );
    let course = json(&house, &["taper", "after", "overall", "--json"]);
    let powder = &course["products"][0];
    assert_eq!(powder["product"], "powder");
    assert_eq!(
        (&powder["before"], &powder["after"]),
        (&3.5.into(), &5.75.into())
    );
    assert_eq!(
        (&powder["change"], &powder["change_shown"]),
        (&2.25.into(), &"2.3".into())
    );
    assert_eq!(powder["days"][0]["day"], -3);
    assert_eq!(house.code(&["taper", "after", "nosuchthing"]), 2);
}

#[test]
fn means_around_cuts_are_never_whole_numbers_in_json() {
    let house = quiet_house();
    for (day, nausea) in [("07", "1"), ("06", "2"), ("08", "2"), ("09", "3")] {
        let set = format!("nausea={nausea}");
        done_on(
            &house,
            &format!("2026-11-{day}"),
            &["checkin", "--set", &set],
        );
    }
    let course = json(&house, &["taper", "after", "nausea", "--json"]);
    let powder = &course["products"][0];
    assert_eq!(
        (&powder["before"], &powder["after"]),
        (&1.5.into(), &2.5.into())
    );
    assert_eq!(powder["before_shown"], "1.5");
}

#[test]
fn a_list_of_steps_takes_the_unit_of_its_product_and_no_other() {
    let house = House::new();
    let preview = |steps: &str| {
        let begin = ["taper", "preview", "--product", "powder", "--from", "12 g"];
        house.ebb(&[&begin[..], &["--steps", steps, "--every", "7"]].concat())
    };
    let bare = preview("10,9,8.5").out;
    assert!(bare.contains("from 12 g to 8.5 g"), "{bare}");
    for steps in ["10g,9g,8.5g", "10 g, 9 g, 8.5 g", "10 g 9 g 8.5 grams"] {
        assert_eq!(preview(steps).out, bare, "{steps}");
    }
    let other = preview("10 mg, 9 mg");
    assert_eq!((other.code, other.out.as_str()), (2, ""), "{}", other.err);
}

#[test]
fn cuts_that_are_close_and_holds_are_left_out_and_counted_product_by_product() {
    let house = House::new();
    let start = |product: &str, steps: &str, every: &str| {
        let args = [
            "taper",
            "start",
            "--product",
            product,
            "--from",
            "10",
            "--steps",
            steps,
        ];
        done_on(
            &house,
            "2026-11-01",
            &[&args[..], &["--every", every]].concat(),
        );
    };
    // Cuts on the 4th, 7th and 10th: each has another within 4 days.
    start("powder", "9,8,7", "3");
    start("capsule", "8", "8");
    done_on(
        &house,
        "2026-11-12",
        &["taper", "hold", "--product", "capsule"],
    );
    let each: Vec<(u32, &str)> = (1..=12).map(|day| (day, "5")).collect();
    overalls(&house, &each);
    let course = json(&house, &["taper", "after", "overall", "--json"]);
    let of = |product: &str| {
        let all = course["products"].as_array().unwrap();
        let one = all.iter().find(|one| one["product"] == product).unwrap();
        ["cuts", "close", "holds"].map(|key| one[key].as_u64().unwrap())
    };
    assert_eq!(of("powder"), [0, 3, 0]);
    assert_eq!(of("capsule"), [1, 0, 1]);
    let args = ["taper", "after", "overall", "--product", "capsule"];
    let said = house.done(&args).out;
    assert!(said.contains("Left out: 1 hold."), "{said}");
    assert!(said.contains("1 cut: no change."), "{said}");
    assert!(!said.contains("Leaf powder"), "{said}");
}
