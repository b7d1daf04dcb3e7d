//! `ebb taper` from outside: each fixture through the preview, a month of a plan, days without entries, and the slips.

#![expect(clippy::unwrap_used, reason = "a test may stop at the first surprise")]
#![allow(missing_docs)]

#[path = "cli/house.rs"]
#[expect(dead_code, reason = "nothing is read as rows here")]
mod house;

use house::House;
use serde_json::Value;
use std::fmt::Write as _;

fn json(house: &House, args: &[&str]) -> Value {
    let value: Value = serde_json::from_str(&house.done(args).out).unwrap();
    assert_eq!(value["version"], 1, "{args:?}");
    value
}

/// Runs at eight in the evening of a day.
fn on(house: &House, day: &str, args: &[&str]) -> house::Said {
    let now = format!("{day}T20:00:00-05:00");
    house.ebb(&[&["--now", &now], args].concat())
}

fn done_on(house: &House, day: &str, args: &[&str]) -> house::Said {
    let said = on(house, day, args);
    assert_eq!(said.code, 0, "{day} {args:?}: {said:?}");
    said
}

/// The terms of a fixture as options.
fn options(terms: &toml::Value) -> Vec<String> {
    let text = |name: &str| terms[name].as_str().unwrap().to_owned();
    let (shape, of) = match terms["shape"].as_str().unwrap() {
        "percent_of_current" => ("--percent", Some("current")),
        "percent_of_start" => ("--percent", Some("start")),
        "fixed_cut" => ("--cut", None),
        _ => ("--steps", None),
    };
    let mut options = vec![shape.to_owned(), text("shape_value")];
    options.extend(
        of.into_iter()
            .flat_map(|of| ["--of".to_owned(), of.to_owned()]),
    );
    for (option, name) in [
        ("--from", "start"),
        ("--every", "every_days"),
        ("--until", "until"),
        ("--smallest", "smallest"),
        ("--split", "split"),
        ("--begin", "begin"),
    ] {
        options.extend([option.to_owned(), text(name)]);
    }
    options
}

/// Numbers as the fixtures write them: no point where there is nothing behind it.
fn numbers(values: &Value) -> String {
    let values = values.as_array().unwrap().iter();
    let each: Vec<String> = values
        .map(|value| value.as_f64().unwrap().to_string())
        .collect();
    each.join(" ")
}

fn words(table: &toml::Value, name: &str) -> String {
    let words: Vec<&str> = table[name].as_str().unwrap().split_whitespace().collect();
    words.join(" ")
}

fn column(preview: &Value, name: &str) -> Value {
    let steps = preview["steps"].as_array().unwrap().iter();
    steps.map(|step| step[name].clone()).collect()
}

/// The numbers of the steps that carry a mark.
fn marked(preview: &Value, name: &str) -> Vec<i64> {
    let steps = preview["steps"].as_array().unwrap().iter();
    let marked = steps.filter(|step| step[name] == true);
    marked.map(|step| step["step"].as_i64().unwrap()).collect()
}

fn whole(expect: &toml::Value, name: &str) -> Vec<i64> {
    let all = expect[name].as_array().unwrap().iter();
    all.map(|n| n.as_integer().unwrap()).collect()
}

#[test]
fn every_fixture_comes_out_of_the_preview_as_it_was_worked_out() {
    let house = House::new();
    let mut cases = 0;
    for file in std::fs::read_dir("tests/fixtures/tapers").unwrap() {
        let path = file.unwrap().path();
        let name = path.file_name().unwrap().to_str().unwrap().to_owned();
        if name.ends_with(".lived.toml") {
            continue;
        }
        cases += 1;
        let case: toml::Table = std::fs::read_to_string(&path).unwrap().parse().unwrap();
        let options = options(&case["terms"]);
        let mut args = vec!["taper", "preview", "--json", "--product", "powder"];
        args.extend(options.iter().map(String::as_str));
        let preview = json(&house, &args);
        let expect = &case["expect"];
        assert_eq!(
            preview["count"].as_i64(),
            expect["steps"].as_integer(),
            "{name}"
        );
        assert_eq!(preview["ends"].as_str(), expect["ends"].as_str(), "{name}");
        assert_eq!(
            numbers(&column(&preview, "amount")),
            words(expect, "amounts"),
            "{name}"
        );
        let percents = column(&preview, "realised_percent");
        let percents = percents.as_array().unwrap().iter();
        let percents: Vec<String> = percents
            .map(|percent| format!("{:.1}", percent.as_f64().unwrap()))
            .collect();
        assert_eq!(
            percents.join(" "),
            words(expect, "realised_percent"),
            "{name}"
        );
        assert_eq!(
            marked(&preview, "above_rate"),
            whole(expect, "above_rate"),
            "{name}"
        );
        assert_eq!(
            marked(&preview, "longer_stay"),
            whole(expect, "longer_stays"),
            "{name}"
        );
        if let Some(parts) = expect.get("parts") {
            let parts = parts.as_array().unwrap().iter();
            let parts: Vec<&str> = parts.map(|parts| parts.as_str().unwrap()).collect();
            let made = column(&preview, "parts");
            let made: Vec<String> = made.as_array().unwrap().iter().map(numbers).collect();
            assert_eq!(made, parts, "{name}");
        }
    }
    assert!(cases >= 15, "{cases} cases were read");
    let left = std::fs::read_dir(house.dir.path()).unwrap().count();
    assert_eq!(left, 0, "a preview writes nothing");
}

#[test]
fn what_stands_first_is_that_no_taper_was_validated_and_whom_to_ask() {
    let house = House::new();
    let said = house.done(&[
        "taper",
        "preview",
        "--product",
        "powder",
        "--from",
        "10.25",
        "--percent",
        "20",
        "--every",
        "7",
        "--until",
        "2",
        "--split",
        "4",
        "--smallest",
        "0.1",
    ]);
    let mut lines = said.err.lines();
    assert!(
        lines
            .next()
            .unwrap()
            .starts_with("No validated taper for kratom exists.")
    );
    assert!(lines.next().unwrap().contains("talk to a clinician first"));
    insta::assert_snapshot!(said.out);
    assert!(!said.err.contains("Saved"), "{said:?}");
}

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

fn quiet_house() -> House {
    let house = House::new();
    done_on(
        &house,
        "2026-11-01",
        &[
            "taper",
            "start",
            "--product",
            "powder",
            "--from",
            "10",
            "--cut",
            "1",
            "--every",
            "7",
            "--until",
            "2",
        ],
    );
    done_on(&house, "2026-11-13", &["dose", "9", "powder"]);
    house
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
    let refused = on(
        &house,
        "2026-11-17",
        &["taper", "hold", "--until", "2026-11-20"],
    );
    assert_eq!(refused.code, 2, "{refused:?}");
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

#[test]
fn with_several_plans_the_product_chooses_and_without_it_they_are_named() {
    let house = House::new();
    for (product, cut) in [("powder", "0.5"), ("7-oh", "1")] {
        house.done(&[
            "taper",
            "start",
            "--product",
            product,
            "--from",
            "10",
            "--cut",
            cut,
            "--every",
            "7",
            "--until",
            "5",
        ]);
    }
    for act in ["show", "hold", "resume", "back", "go-on", "end", "versions"] {
        let said = house.ebb(&["taper", act]);
        assert_eq!(said.code, 2, "{act}: {said:?}");
        assert!(
            said.err.contains("tablet_7oh") && said.err.contains("powder"),
            "{said:?}"
        );
    }
    house.done(&["taper", "hold", "--product", "powder"]);
    let shown = json(&house, &["taper", "show", "--product", "powder", "--json"]);
    assert_eq!(shown["now"]["held"], true);
    let other = json(&house, &["taper", "show", "--product", "7-oh", "--json"]);
    assert_eq!(other["now"]["held"], false);
    let plans = json(&house, &["status", "--json"])["plans"].clone();
    assert_eq!(plans.as_array().unwrap().len(), 2);
}

#[test]
fn a_medicine_is_no_product_and_whoever_prescribes_it_is_named() {
    let house = House::new();
    house.done(&["medication", "add", "My evening tablet"]);
    for medicine in ["clonidine", "my evening tablet"] {
        for act in ["preview", "start"] {
            let said = house.ebb(&[
                "taper",
                act,
                "--product",
                medicine,
                "--from",
                "3",
                "--cut",
                "1",
                "--every",
                "7",
            ]);
            assert_eq!(said.code, 2, "{said:?}");
            assert!(
                said.err.contains("plans are for kratom products")
                    && said.err.contains("whoever prescribes it"),
                "{said:?}"
            );
        }
    }
    assert_eq!(house.ebb(&["taper", "versions"]).code, 1);
}

#[test]
fn a_slip_in_the_terms_ends_with_2_names_the_option_and_writes_nothing() {
    let house = House::new();
    let slips: &[(&[&str], &str)] = &[
        (&["--from", "10", "--every", "7"], "--percent"),
        (&["--percent", "10", "--every", "7"], "--from"),
        (&["--from", "10", "--percent", "10"], "--every"),
        (
            &[
                "--from",
                "10",
                "--percent",
                "10",
                "--cut",
                "1",
                "--every",
                "7",
            ],
            "cannot be used",
        ),
        (
            &[
                "--from", "10", "--of", "start", "--cut", "1", "--every", "7",
            ],
            "cannot be used",
        ),
        (
            &["--from", "10", "--percent", "10", "--every", "7"],
            "--until: a share",
        ),
        (
            &[
                "--from",
                "10",
                "--percent",
                "0",
                "--every",
                "7",
                "--until",
                "1",
            ],
            "--percent: ",
        ),
        (
            &[
                "--from",
                "10",
                "--percent",
                "-5",
                "--every",
                "7",
                "--until",
                "1",
            ],
            "--percent: ",
        ),
        (&["--from", "10", "--cut", "0", "--every", "7"], "--cut: "),
        (
            &["--from", "10", "--steps", "9,11", "--every", "7"],
            "--steps: 11 comes after 9",
        ),
        (&["--from", "10", "--cut", "1", "--every", "0"], "--every: "),
        (
            &["--from", "10", "--cut", "1", "--every", "often"],
            "--every: ",
        ),
        (
            &[
                "--from", "10", "--cut", "1", "--every", "7", "--split", "13",
            ],
            "--split: ",
        ),
        (
            &[
                "--from", "10", "--cut", "1", "--every", "7", "--until", "11",
            ],
            "--until: ",
        ),
        (
            &[
                "--from", "10", "--cut", "1", "--every", "7", "--begin", "soon",
            ],
            "--begin: ",
        ),
        (
            &["--from", "10mg", "--cut", "1", "--every", "7"],
            "never converted",
        ),
        (&["--from", "0", "--cut", "1", "--every", "7"], "--from: "),
    ];
    for (slip, said) in slips {
        for act in ["preview", "start"] {
            let args = [&["taper", act, "--product", "powder"], *slip].concat();
            let answer = house.ebb(&args);
            assert_eq!(answer.code, 2, "{args:?}: {answer:?}");
            assert!(
                answer.err.contains(said) && answer.out.is_empty(),
                "{args:?}: {answer:?}"
            );
        }
    }
    let unknown = house.ebb(&[
        "taper", "start", "--from", "10", "--cut", "1", "--every", "7",
    ]);
    assert_eq!(unknown.code, 2, "{unknown:?}");
    assert!(unknown.err.contains("tablet_7oh"), "{unknown:?}");
    let near = house.ebb(&[
        "taper",
        "start",
        "--from",
        "10",
        "--cut",
        "1",
        "--every",
        "7",
        "--product",
        "powdr",
    ]);
    assert!(
        near.code == 2 && near.err.contains("did you mean powder?"),
        "{near:?}"
    );
    assert_eq!(std::fs::read_dir(house.dir.path()).unwrap().count(), 0);
}

#[test]
fn what_cannot_be_done_with_a_plan_ends_with_2_and_adds_no_version() {
    let house = quiet_house();
    let day = "2026-11-13";
    let before = done_on(&house, day, &["taper", "versions"]).out;
    for args in [
        &["taper", "resume"] as &[&str],
        &["taper", "hold", "--until", "2026-11-13"],
        &["taper", "hold", "--until", "someday"],
        &[
            "taper",
            "start",
            "--product",
            "powder",
            "--from",
            "10",
            "--cut",
            "1",
            "--every",
            "7",
        ],
        &[
            "taper",
            "replan",
            "--from",
            "9",
            "--cut",
            "1",
            "--every",
            "7",
            "--begin",
            "2026-11-20",
        ],
    ] {
        let said = on(&house, day, args);
        assert_eq!(said.code, 2, "{args:?}: {said:?}");
        assert!(
            said.err.starts_with("ebb: ") || said.err.contains("\nebb: "),
            "{said:?}"
        );
    }
    assert_eq!(done_on(&house, day, &["taper", "versions"]).out, before);
}

#[test]
fn the_course_after_cuts_says_how_many_it_rests_on() {
    let house = quiet_house();
    let few = house.done(&["taper", "after"]).out;
    assert!(few.starts_with("Needs 2 cuts"), "{few}");
    for (day, overall) in [
        ("2026-11-08", "6"),
        ("2026-11-15", "4"),
        ("2026-11-16", "3"),
    ] {
        done_on(&house, day, &["checkin", "--overall", overall]);
    }
    let told = house.done(&["taper", "after", "overall"]).out;
    assert!(
        told.contains("over 2 cuts") && told.contains("n 2"),
        "{told}"
    );
    let course = json(&house, &["taper", "after", "overall", "--json"]);
    assert_eq!(course["cuts"], 2);
    assert_eq!(course["days"][0]["mean"], 5.0);
    assert_eq!(course["days"][0]["n"], 2);
    assert_eq!(course["days"][1]["n"], 1);
    assert_eq!(house.code(&["taper", "after", "nosuchthing"]), 2);
}
