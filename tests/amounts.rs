//! Nothing that is printed suggests an amount or a schedule: neither the pages and lists nor a sentence of the program.
//!
//! Read is all that a person may read, as `tests/words.rs` does. What is left are quotations, results of studies and examples of
//! what a person may type: each is listed by hand.
#![allow(clippy::unwrap_used, missing_docs)]

#[path = "words/read.rs"]
mod read;

use ebbtide::domain::guide::guide;
use read::{Kind, Text};

/// Verbs that an amount behind them turns into advice.
const TAKING: [&str; 12] = [
    "take",
    "taking",
    "try",
    "start",
    "begin",
    "use",
    "drink",
    "swallow",
    "go back",
    "up to",
    "no more than",
    "dose of",
];

const UNITS: [&str; 13] = [
    "g",
    "mg",
    "ml",
    "mcg",
    "gram",
    "grams",
    "milligrams",
    "capsule",
    "capsules",
    "tablet",
    "tablets",
    "teaspoon",
    "drops",
];

const CUTTING: [&str; 9] = [
    "reduce", "cut", "lower", "taper", "drop", "less", "down by", "decrease", "slower",
];

const SPANS: [&str; 8] = [
    "hour", "hours", "day", "days", "week", "weeks", "month", "h",
];

/// What stands there by right: the file, and a part of the text.
const ALLOWED: &[(&str, &str)] = &[
    // An example of what a person may type about their own medicine.
    ("src/cli/log/take.rs", "ebb take clonidine"),
    // Results of studies, about nobody's plan.
    (
        "assets/guide/medicines.md",
        "same enzyme breaks down by about 40 %",
    ),
    (
        "assets/guide/opioids.md",
        "2,798 people 41 % had used it to stop or cut down opioids",
    ),
    ("assets/guide/uses.md", "To stop or cut down opioids, 41 %"),
    // What others say about steps, under a line that says so; the test below holds that line.
    ("assets/guide/tapering.md", "A forum's wiki calls 5 %"),
    ("assets/guide/tapering.md", "name 10 % a month or slower"),
];

fn is_number(word: &str) -> bool {
    let bare = word.trim_end_matches(['.', ',']);
    matches!(
        bare,
        "one" | "two" | "three" | "four" | "five" | "six" | "half"
    ) || (bare.starts_with(|c: char| c.is_ascii_digit()) && bare.parse::<f64>().is_ok())
}

/// The words of a sentence, with a space between a number and what is written onto it.
fn words(sentence: &str) -> Vec<String> {
    let mut spaced = String::new();
    let mut was_digit = false;
    for c in sentence.to_lowercase().chars() {
        if was_digit && (c.is_alphabetic() || c == '%') {
            spaced.push(' ');
        }
        was_digit = c.is_ascii_digit();
        spaced.push(
            if c.is_alphanumeric() || matches!(c, '.' | '%' | '{' | '}') {
                c
            } else {
                ' '
            },
        );
    }
    let words = spaced.split_whitespace();
    words
        .map(|word| word.trim_end_matches('.').to_owned())
        .collect()
}

/// A full stop within "0.25" ends nothing.
fn sentences(text: &str) -> Vec<String> {
    let ended = text
        .replace(". ", ".\n")
        .replace("; ", ";\n")
        .replace("? ", "?\n");
    ended.lines().map(str::to_owned).collect()
}

/// What a sentence suggests.
fn suggests(sentence: &str) -> Option<&'static str> {
    let words = words(sentence);
    let joined = format!(" {} ", words.join(" "));
    let has = |all: &[&str]| all.iter().any(|word| joined.contains(&format!(" {word} ")));
    let pairs =
        |fits: &dyn Fn(&str, &str) -> bool| words.windows(2).any(|pair| fits(&pair[0], &pair[1]));
    let has_amount = pairs(&|number, unit| is_number(number) && UNITS.contains(&unit));
    let has_share = pairs(&|number, sign| is_number(number) && matches!(sign, "%" | "percent"));
    let is_paced = words.windows(3).any(|row| {
        matches!(row[0].as_str(), "every" | "each")
            && is_number(&row[1])
            && SPANS.contains(&row[2].as_str())
    }) || words.windows(3).any(|row| {
        is_number(&row[0]) && row[1] == "times" && matches!(row[2].as_str(), "a" | "daily" | "per")
    }) || has(&[
        "once a day",
        "twice a day",
        "once daily",
        "twice daily",
        "once a week",
    ]);
    if has_amount && has(&TAKING) {
        Some("an amount to take")
    } else if has_share && has(&CUTTING) {
        Some("a share to cut")
    } else if is_paced && (has(&TAKING) || has(&CUTTING) || has_amount || has_share) {
        Some("a schedule")
    } else {
        None
    }
}

fn is_allowed(text: &Text) -> bool {
    ALLOWED
        .iter()
        .any(|(path, part)| text.path == *path && text.text.contains(part))
}

/// Every sentence that suggests something, with its place.
fn suggestions(texts: &[Text]) -> Vec<String> {
    let mut found = Vec::new();
    for text in texts.iter().filter(|text| !is_allowed(text)) {
        for sentence in sentences(&text.text) {
            if let Some(what) = suggests(&sentence) {
                found.push(text.with(what));
            }
        }
    }
    found
}

fn printed() -> Vec<Text> {
    let mut all = read::everything();
    // Documents for those who build the program are not read by a person on a bad day; pages are read whole, not by lines.
    all.retain(|text| text.kind != Kind::Document);
    for topic in &guide().topics {
        let path = format!("assets/guide/{}.md", topic.code);
        let texts = topic.blocks.iter().map(|block| block.text.as_str());
        let texts = texts.chain([topic.summary.as_str()]);
        all.extend(texts.map(|text| Text::new(&path, 1, Kind::Document, text)));
    }
    all
}

#[test]
fn nothing_printed_suggests_an_amount_or_a_schedule() {
    let found = suggestions(&printed());
    assert!(found.is_empty(), "{found:#?}");
}

#[test]
fn what_stands_there_by_right_is_there_and_quoted_steps_stand_under_a_line_that_says_so() {
    let all = printed();
    for (path, part) in ALLOWED {
        let is_it = |text: &&Text| text.path == *path && text.text.contains(part);
        let text = all.iter().find(is_it);
        let text = text.unwrap_or_else(|| panic!("{path}: {part}"));
        let sentences = text.text.split_inclusive(['.', ';', '?']);
        assert!(sentences.filter_map(suggests).count() > 0, "{path}: {part}");
    }
    let page = std::fs::read_to_string("assets/guide/tapering.md").unwrap();
    let at = |part: &str| page.find(part).unwrap();
    let caution = at("None of them is this journal's advice");
    let quoted = page
        .split("\n## ")
        .find(|section| section.contains("journal's advice"));
    let quoted = quoted.unwrap();
    for part in [
        "A forum's wiki",
        "One lay site",
        "10 % of the first amount",
        "10 % a month or slower",
    ] {
        assert!(quoted.contains(part) && caution < at(part), "{part}");
    }
}

#[test]
fn each_pattern_turns_red_on_a_made_up_sentence() {
    for sentence in [
        "Start with 2 g in the morning.",
        "Take one capsule at night.",
        "Try 0.5 mg of it.",
        "Use up to 3 tablets.",
        "Take it every 4 hours.",
        "Take it twice a day.",
        "Drink it three times a day.",
        "Reduce by 10 % a week.",
        "Cut 5% of it.",
        "Lower it by 25 percent.",
        "Cut down every two weeks.",
        "Go back to 2g.",
    ] {
        let text = [Text::new("a", 1, Kind::Asset, sentence)];
        assert_eq!(suggestions(&text).len(), 1, "{sentence}");
    }
    for sentence in [
        "Of 18 people four had symptoms within 24 to 36 hours.",
        "Weigh to 0.1 g if you like.",
        "Three days without lie between.",
        "Ask a pharmacist before you take it.",
        "Every 7 days the line comes again.",
        "Used by 41 % of those who were asked.",
    ] {
        let text = [Text::new("a", 1, Kind::Asset, sentence)];
        assert_eq!(suggestions(&text), Vec::<String>::new(), "{sentence}");
    }
}
