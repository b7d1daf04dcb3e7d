//! A whole day by the command line alone, and what then tells of it: status, Trends, History, the plan, the export.

#![expect(clippy::unwrap_used, reason = "a test may stop at the first surprise")]
#![allow(missing_docs)]

mod app;
#[path = "cli/house.rs"]
#[expect(dead_code, reason = "nothing is asked for its code alone")]
mod house;

use ebbtide::domain::entry::{summary, today};
use ebbtide::domain::taper::plans;
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
    // Two things of one second have no order: each process draws its ids anew.
    let second = std::cell::Cell::new(0);
    let at = |day: &str, args: &[&str]| {
        second.set((second.get() + 1) % 60);
        let now = format!("{day}T20:00:{:02}-05:00", second.get());
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

/// What the journal tells in the evening, without the ids, which are random.
fn told_in_the_evening(house: &House) -> Vec<String> {
    let now = "2026-11-22T21:40:00-05:00";
    let tell = |args: &[&str]| {
        let said = house.done(&[&["--now", now], args].concat());
        let lines = said.out.lines().map(|line| {
            let id = line.split_whitespace().next().unwrap_or_default();
            let is_id = id.len() >= 4 && id.chars().all(|c| c.is_ascii_hexdigit() || c == '-');
            let line = if is_id {
                line.replacen(id, "[id]", 1)
            } else {
                line.to_owned()
            };
            line.trim().to_owned()
        });
        lines.collect::<Vec<String>>()
    };
    let mut told = tell(&["status"]);
    told.extend(tell(&["taper", "show"]));
    told.extend(tell(&["trend", "overall"]));
    told.extend(tell(&["trend", "nausea"]));
    told.extend(tell(&["question", "list"]));
    told.extend(tell(&["entry", "intake", "list"]));
    told.extend(tell(&["entry", "practice", "list"]));
    told.extend(tell(&["entry", "measurement", "list"]));
    told.extend(tell(&["entry", "urge", "list"]));
    told.extend(tell(&["entry", "dose", "list"]));
    told
}

#[test]
fn the_same_day_in_plain_mode_is_told_word_for_word_alike() {
    use ebbtide::domain::check_in::symptom::Symptoms;
    let (by_words, in_plain) = (House::new(), House::new());
    for house in [&by_words, &in_plain] {
        for (time, args) in BEFORE {
            house.done(&[&["--now", &format!("{time}:00-05:00")], *args].concat());
        }
    }
    for (time, args) in DAY {
        by_words.done(&[&["--now", &format!("{time}:00-05:00")], *args].concat());
    }
    let symptoms = Symptoms::built_in();
    let rated = symptoms.rated().map(|symptom| match symptom.code.as_str() {
        "nausea" => "1",
        "anxiety" => "2",
        _ => ".",
    });
    let check_in = format!("c {} 4 a calmer day", rated.collect::<Vec<_>>().join(" "));
    for (time, script) in [
        ("07:30", "log\nmeasurement\nhours slept\n6.5\ndone\n"),
        ("08:15", "dose\n1\n1.2\ndone\n"),
        ("11:05", "urge\n3\nstress\na walk\ndone\n"),
        ("11:40", "log\npractice\nwalking\n20\n3\n1\ndone\n"),
        ("16:00", "dose\n1\n1.1\ndone\n"),
        (
            "20:00",
            "care\nquestions\nadd\nMay I drive while I take it?\ndone\nback\nback\n",
        ),
        ("21:00", "care\nmedicines\ntaken 1\nback\nback\n"),
        ("21:30", &format!("{check_in}\n")),
    ] {
        let now = format!("2026-11-22T{time}:00-05:00");
        let said = in_plain.with_input(&["--now", &now, "--plain"], &format!("{script}quit\n"));
        assert!(
            said.out.contains("Saved"),
            "{time}: {}{}",
            said.out,
            said.err
        );
    }
    assert_eq!(
        told_in_the_evening(&by_words),
        told_in_the_evening(&in_plain)
    );
    let now = "2026-11-22T21:40:00-05:00";
    let today = in_plain.with_input(
        &["--now", now, "--plain"],
        "today\nhistory\n1\ndone\nquit\n",
    );
    insta::assert_snapshot!(today.out);
}

#[test]
fn the_same_day_by_keys_alone_leaves_the_same_journal() {
    use ebbtide::domain::check_in::symptom::Symptoms;
    use ebbtide::domain::taper::sentences;
    use ebbtide::store::Store;
    use ebbtide::tui::update::Msg;
    let house = House::new();
    for (time, args) in BEFORE {
        house.done(&[&["--now", &format!("{time}:00-05:00")], *args].concat());
    }
    let at = |time: &str| format!("2026-11-22T{time}:00-05:00");
    let mut app = app::App::over_file(&house.journal(), &at("07:00"));
    let symptoms = Symptoms::built_in();
    let rated = symptoms.rated().map(|symptom| match symptom.code.as_str() {
        "nausea" => "1",
        "anxiety" => "2",
        _ => ".",
    });
    let check_in = format!("c{}4na calmer day<Ctrl-S>", rated.collect::<String>());
    for (time, keys) in [
        ("07:30", "l316.5<Enter>"),
        ("08:15", "d<Ctrl-U>1.2<Enter>"),
        ("11:05", "u3<Tab>stress<Tab>a walk<Enter>"),
        ("11:40", "l2walking<Enter>20<Tab>3<Tab>1<Enter>"),
        ("16:00", "d<Ctrl-U>1.1<Enter>"),
        ("20:00", "nMay I drive while I take it?<Enter>"),
        ("21:00", "t"),
        ("21:30", &check_in),
    ] {
        app.send(Msg::Clock(app::now(&at(time))));
        app.press(keys);
    }
    for (time, args) in DAY {
        house.done(&[&["--now", &format!("{time}:00-05:00")], *args].concat());
    }
    let by_words = Store::open(&house.journal()).unwrap().load(None).unwrap();
    let by_keys = app.journal();
    let evening = app::now(&at("21:40"));
    let day = evening.at.date_naive();
    let told = |journal: &ebbtide::domain::journal::Journal| {
        let mut told = today::lines(journal, &evening);
        let records = journal.records(day).iter();
        told.extend(records.map(|record| {
            let at = record.moment.as_ref().unwrap().wall_time();
            format!("{at} {}", summary::line(journal, record))
        }));
        for check_in in journal.check_ins(day) {
            let at = check_in.moment.wall_time();
            let (overall, note) = (check_in.overall, &check_in.note);
            told.push(format!("{at} {overall:?} {note:?} {}", check_in.answered()));
        }
        for plan in plans::plans(journal) {
            told.extend(sentences::status(journal, &plan, day));
        }
        told
    };
    assert_eq!(told(&by_keys), told(&by_words));
    let screens = ["1", "2", "3", "4", "5"].map(|tab| {
        app.press(tab);
        app.screen(120, 40)
    });
    insta::assert_snapshot!(screens.join("\n"));
}
