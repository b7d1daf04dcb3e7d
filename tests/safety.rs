//! What stands in two places says the same: the red flags on the safety page, the help lines on every face, and what pages
//! promise of them.
#![expect(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

mod app;
#[path = "cli/house.rs"]
#[expect(dead_code, reason = "nothing is exported here")]
mod house;

use app::App;
use ebbtide::domain::guide::{Block, Kind, Shape, Topic, guide};
use ebbtide::domain::help::{RedFlag, Row, help};
use house::House;
use std::collections::BTreeSet;

/// Beginnings of the words of `text` that carry it.
fn stems(text: &str) -> BTreeSet<String> {
    let small = [
        "also", "might", "after", "about", "that", "there", "they", "with", "your",
    ];
    text.to_lowercase()
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| word.len() > 3 && !small.contains(word))
        .map(|word| word.chars().take(5).collect())
        .collect()
}

/// The words of a flag's sign that no block under the safety page's headings for its level holds all of.
fn unnamed(flag: &RedFlag, page: &Topic) -> Option<String> {
    let wanted = stems(&flag.sign);
    let mut heading = String::new();
    let mut least = wanted.clone();
    for block in &page.blocks {
        if block.shape == Shape::Heading {
            heading.clone_from(&block.text);
        }
        let is_its_place = flag.is_emergency() == (heading == "Call emergency services now");
        if block.kind != Kind::Ask || !is_its_place {
            continue;
        }
        let held = stems(&block.text);
        let missing: BTreeSet<String> = wanted.difference(&held).cloned().collect();
        if missing.len() < least.len() {
            least = missing;
        }
    }
    (!least.is_empty()).then(|| format!("{}: {least:?}", flag.id))
}

#[test]
fn every_red_flag_is_named_on_the_safety_page_which_says_so() {
    let page = guide().topic("safety").unwrap();
    let claim = "The lines below are the same ones in fewer words";
    assert!(page.blocks.iter().any(|block| block.text.contains(claim)));
    let missing: Vec<String> = help()
        .red_flags
        .iter()
        .filter_map(|flag| unnamed(flag, page))
        .collect();
    assert!(missing.is_empty(), "{missing:#?}");
    // What a flag adds to where it sends people.
    for (sign, part) in [
        ("dry mouth", "sooner if confused or fainting"),
        ("blue lips", "naloxone"),
        ("pale stools", "mention kratom"),
        ("ending your life", "crisis line"),
    ] {
        let blocks = page.blocks.iter();
        let line = blocks.filter(|block| block.text.contains(sign)).next();
        assert!(
            line.is_some_and(|block| block.text.contains(part)),
            "{sign}"
        );
    }
    // A flag that is dropped turns red, each of them.
    for flag in &help().red_flags {
        let mut without = page.clone();
        let own = |block: &Block| stems(&flag.sign).is_subset(&stems(&block.text));
        without.blocks.retain(|block| !own(block));
        assert!(unnamed(flag, &without).is_some(), "{}", flag.id);
    }
}

#[test]
fn the_sign_of_a_clonidine_rebound_stands_on_the_medicines_page_too() {
    let page = guide().topic("medicines").unwrap();
    let flag = help().red_flag("severe_headache_bp").unwrap();
    let mut asked = page.blocks.iter().filter(|block| block.kind == Kind::Ask);
    assert!(asked.any(|block| {
        stems(&flag.sign).is_subset(&stems(&block.text))
            && block.text.contains("call emergency services now")
    }));
}

#[test]
fn what_is_taken_together_with_kratom_is_asked_about_first() {
    for code in ["safety", "medicines"] {
        let page = guide().topic(code).unwrap();
        let mut asked = page.blocks.iter().filter(|block| block.kind == Kind::Ask);
        let all = [
            "alcohol",
            "benzodiazepines",
            "opioids",
            "gabapentin",
            "sleeping medicines",
            "first",
        ];
        assert!(
            asked.any(|block| all.iter().all(|word| block.text.contains(word))),
            "{code}"
        );
    }
    // What is known of buprenorphine's beginning is asked, never claimed, and without hours.
    let page = guide().topic("medicines").unwrap();
    let asked = page.blocks.iter().filter(|block| block.kind == Kind::Ask);
    let asked: Vec<&str> = asked.map(|block| block.text.as_str()).collect();
    let line = asked
        .iter()
        .find(|text| text.contains("7-OH and other opioids"));
    assert!(
        line.is_some_and(|text| !text.contains("hour")),
        "{asked:#?}"
    );
    assert!(
        !about_medicines()
            .join(" ")
            .to_lowercase()
            .contains("precipit")
    );
}

#[test]
fn what_pages_promise_of_the_help_lines_holds_in_every_country() {
    for topic in &guide().topics {
        for block in topic.blocks.iter().filter(|block| block.text.contains('!')) {
            let text = &block.text;
            // A service is not known everywhere; the page says so where it is promised.
            if text.contains("names services") {
                assert!(text.contains("where none is"), "{}: {text}", topic.code);
            }
            assert!(!text.contains("at any hour"), "{}: {text}", topic.code);
        }
    }
}

/// Words with one space between them, without the lines around a panel.
fn read_through(text: &str) -> String {
    let bare = text.replace(['\u{2502}', '\u{2503}'], " ");
    bare.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Everything that is said of a country.
fn said_of(code: &str) -> Vec<String> {
    let rows = help().rows_for(Some(code)).into_iter();
    rows.flat_map(|row| match row {
        Row::Line(line) => vec![line.reach().to_owned(), line.details()],
        Row::Absent(absent) => vec![absent.to_owned()],
    })
    .collect()
}

#[test]
fn every_face_says_of_every_line_when_where_for_whom_and_where_none_is_known() {
    let mut app = App::lived_in();
    app.press("!");
    for country in &help().countries {
        let house = House::new();
        let listed = house.done(&["helplines", "--country", &country.code]).out;
        let script = format!("skip\ncountry\n{}\nquit\n", country.code);
        let plain = house.with_input(&["--plain"], &script).out;
        app.press("<Right>");
        let screen = app.screen(120, 200);
        for (face, text) in [("listed", listed), ("plain", plain), ("screen", screen)] {
            let text = read_through(&text);
            for said in said_of(&country.code) {
                assert!(
                    text.contains(&read_through(&said)),
                    "{} {face}: {said}\n{text}",
                    country.name
                );
            }
        }
    }
}

#[test]
fn without_a_country_every_face_begins_with_what_helps_at_once_and_fits_the_smallest_screen() {
    let house = House::new();
    let listed = house.done(&["helplines"]).out;
    let plain = house.with_input(&["--plain"], "skip\n!\nquit\n").out;
    let mut app = App::lived_in();
    app.press("!");
    let screen = app.screen(120, 200);
    for text in [listed, plain, screen] {
        let text = read_through(&text);
        for line in help().overview() {
            assert!(text.contains(&read_through(&line)), "{line}\n{text}");
        }
        assert!(text.contains("your local emergency number"), "{text}");
    }
    // The first screenful of the smallest size holds the first countries' numbers, and the next key brings the rest.
    assert!(app.screen(40, 12).contains("emergency 911"));
    app.press("<PgDn>");
    let next = app.screen(40, 12);
    assert!(
        next.contains("emergency 0") || next.contains("emergency 1"),
        "{next}"
    );
}
