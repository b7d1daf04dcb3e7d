//! `tests/fixtures/paper/paper.md` as data, and the journal that its check-ins make.
//!
//! Invariant: every expectation is read from the page; nothing is worked out here.

use crate::house::House;
use std::collections::BTreeMap;

const PAGE: &str = include_str!("../fixtures/paper/paper.md");
/// What the page prints where there is nothing.
const NOTHING: &str = "\u{2014}";
pub const SERIES: [(&str, &str); 6] = [
    ("severity", "Severity"),
    ("body", "Body"),
    ("mind", "Mind"),
    ("overall", "Overall"),
    ("nausea", "Nausea"),
    ("own_tingling", "Tingling"),
];
/// The core items in the order of the page's digits.
pub const CORE: [&str; 18] = [
    "muscle_aches",
    "tremor",
    "sweating",
    "hot_flashes",
    "nausea",
    "vomiting",
    "diarrhea",
    "abdominal_cramps",
    "appetite_change",
    "fatigue",
    "anxiety",
    "irritability",
    "restlessness",
    "depressed_mood",
    "mood_swings",
    "insomnia",
    "poor_concentration",
    "craving",
];

/// A row of a table, by the column's heading.
#[derive(Debug, Clone)]
pub struct Row(BTreeMap<String, String>);

impl Row {
    pub fn cell(&self, column: &str) -> &str {
        self.0.get(column).unwrap_or_else(|| panic!("{column}"))
    }

    /// `None` where the page has a dash.
    pub fn number(&self, column: &str) -> Option<&str> {
        Some(self.cell(column)).filter(|text| *text != NOTHING)
    }

    /// As a file writes it: nothing at all instead of a dash.
    pub fn in_file(&self, column: &str) -> &str {
        self.number(column).unwrap_or("")
    }
}

/// The table under `heading`.
pub fn table(heading: &str) -> Vec<Row> {
    let (_, part) = PAGE.split_once(&format!("\n## {heading}\n")).unwrap();
    let part = part.split("\n## ").next().unwrap();
    let mut lines = part.lines().filter(|line| line.starts_with('|'));
    let cells = |line: &str| -> Vec<String> {
        let inner = line.trim_matches('|').split('|');
        inner.map(|cell| cell.trim().to_owned()).collect()
    };
    let head = cells(lines.next().unwrap());
    let rows: Vec<Row> = (lines.skip(1))
        .map(|line| Row(head.iter().cloned().zip(cells(line)).collect()))
        .collect();
    assert!(!rows.is_empty(), "{heading}");
    rows
}

/// One check-in of the page, by the id of each symptom: `None` is asked and left blank.
pub fn ratings(check_in: &Row) -> Vec<(&'static str, Option<String>)> {
    let digits = format!("{}{}", check_in.cell("Body"), check_in.cell("Mind"));
    assert_eq!(digits.len(), CORE.len());
    let own = ("own_tingling", check_in.cell("tingling").to_owned());
    let core = CORE.into_iter().zip(digits.chars().map(String::from));
    core.chain([own])
        .filter(|(_, answer)| answer != "-")
        .map(|(code, answer)| (code, Some(answer).filter(|text| text != ".")))
        .collect()
}

/// "2026-10-05 08:00:00" as the moment that `--now` takes.
fn at(written: &str) -> String {
    format!("{}+01:00", written.replace(' ', "T"))
}

/// The page's journal, made by the binary.
pub fn house() -> House {
    let house = House::new();
    for check_in in table("Check-ins") {
        let now = at(check_in.cell("written at"));
        let ebb = |args: &[&str], input: &str| {
            let said = house.with_input(&[&["--now", &now], args].concat(), input);
            assert_eq!(said.code, 0, "{args:?}: {said:?}");
            said
        };
        match check_in.cell("no") {
            "1" => drop(ebb(&["start", "--last-use", "2026-10-05"], "")),
            "17" => {
                ebb(&["attempt", "end", "1", "--on", "2026-10-18"], "");
                let own = ["symptom", "add", "Tingling", "--category", "physical"];
                ebb(&own, "");
            }
            "21" => drop(ebb(&["start", "--method", "taper"], "")),
            "30" => drop(ebb(&["start", "--last-use", "2026-11-16"], "")),
            _ => {}
        }
        record(&check_in, ebb);
    }
    house
}

fn record(check_in: &Row, ebb: impl Fn(&[&str], &str) -> crate::house::Said) {
    let ratings = ratings(check_in);
    let overall = Some(check_in.cell("overall")).filter(|text| *text != "-");
    let mut args = vec!["checkin", "--at", check_in.cell("moment")];
    if ratings.iter().any(|(_, answer)| answer.is_none()) {
        // Only the asking form can leave a question blank.
        let mut answers: Vec<&str> = (ratings.iter())
            .map(|(_, answer)| answer.as_deref().unwrap_or("."))
            .collect();
        answers.extend(overall);
        ebb(&args, &format!("{} done\n", answers.join(" ")));
        return;
    }
    let set: Vec<String> = (ratings.iter())
        .map(|(code, answer)| format!("{code}={}", answer.as_deref().unwrap()))
        .collect();
    for pair in &set {
        args.extend(["--set", pair]);
    }
    for (flag, text) in [
        ("--overall", overall),
        ("--note", Some(check_in.cell("note"))),
    ] {
        if let Some(text) = text.filter(|text| !text.is_empty()) {
            args.extend([flag, text]);
        }
    }
    ebb(&args, "");
}
