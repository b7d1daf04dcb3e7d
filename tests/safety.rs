//! What stands in two places says the same: the red flags on the safety page, the help lines on every face, and what pages
//! promise of them. And what is to be known is said before it is saved, by every way.
#![expect(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

mod app;
#[path = "cli/house.rs"]
#[expect(dead_code, reason = "nothing is exported here")]
mod house;

use app::App;
use ebbtide::domain::guide::{Block, BlockKind, BlockShape, Topic, guide};
use ebbtide::domain::safety::help_lines::{HelpRow, RedFlag, help};
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
    let wanted = stems(flag.sign);
    let mut heading = String::new();
    let mut least = wanted.clone();
    for block in &page.blocks {
        if block.shape == BlockShape::Heading {
            heading.clone_from(&block.text);
        }
        let is_its_place = flag.is_emergency() == (heading == "Call emergency services now");
        if block.kind != BlockKind::Ask || !is_its_place {
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
        let mut blocks = page.blocks.iter();
        let line = blocks.find(|block| block.text.contains(sign));
        assert!(
            line.is_some_and(|block| block.text.contains(part)),
            "{sign}"
        );
    }
    // A flag that is dropped turns red, each of them.
    for flag in help().red_flags {
        let mut without = page.clone();
        let own = |block: &Block| stems(flag.sign).is_subset(&stems(&block.text));
        without.blocks.retain(|block| !own(block));
        assert!(unnamed(flag, &without).is_some(), "{}", flag.id);
    }
}

#[test]
fn the_sign_of_a_clonidine_rebound_stands_on_the_medicines_page_too() {
    let page = guide().topic("medicines").unwrap();
    let flag = help().red_flag("severe_headache_bp").unwrap();
    let mut asked = page
        .blocks
        .iter()
        .filter(|block| block.kind == BlockKind::Ask);
    assert!(asked.any(|block| {
        stems(flag.sign).is_subset(&stems(&block.text))
            && block.text.contains("call emergency services now")
    }));
}

#[test]
fn what_is_taken_together_with_kratom_is_asked_about_first() {
    for code in ["safety", "medicines"] {
        let page = guide().topic(code).unwrap();
        let mut asked = page
            .blocks
            .iter()
            .filter(|block| block.kind == BlockKind::Ask);
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
    let asked = page
        .blocks
        .iter()
        .filter(|block| block.kind == BlockKind::Ask);
    let asked: Vec<&str> = asked.map(|block| block.text.as_str()).collect();
    let line = asked
        .iter()
        .find(|text| text.contains("7-OH and other opioids"));
    assert!(
        line.is_some_and(|text| !text.contains("hour")),
        "{asked:#?}"
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
fn said_of(code: Option<&str>) -> Vec<String> {
    let rows = help().rows_for(code).into_iter();
    rows.flat_map(|row| match row {
        HelpRow::Line(line) => vec![line.reach().to_owned(), line.details()],
        HelpRow::AtOnce(at_once) => vec![at_once],
        HelpRow::Absent(absent) => vec![absent.to_owned()],
    })
    .collect()
}

#[test]
fn every_face_says_of_every_line_when_where_for_whom_and_where_none_is_known() {
    let mut app = App::lived_in();
    app.press("!");
    for country in help().countries {
        let house = House::new();
        let listed = house.done(&["helplines", "--country", country.code]).out;
        let script = format!("skip\ncountry\n{}\nquit\n", country.code);
        let plain = house.with_input(&["--plain"], &script).out;
        app.press("<Right>");
        let screen = app.screen(120, 200);
        for (face, text) in [("listed", listed), ("plain", plain), ("screen", screen)] {
            let text = read_through(&text);
            for said in said_of(Some(country.code)) {
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
        for said in said_of(None) {
            assert!(text.contains(&read_through(&said)), "{said}\n{text}");
        }
        assert!(text.contains("United States: emergency 911;"), "{text}");
    }
    // The smallest screen begins with the emergency row, and scrolling brings every country's.
    let mut seen = read_through(&app.screen(40, 12));
    assert!(seen.contains("Emergency services: your local"), "{seen}");
    for _ in 0..20 {
        app.press("<Down>");
        seen.push_str(&read_through(&app.screen(40, 12)));
    }
    for country in help().countries.iter().filter(|it| it.code != "*") {
        let begins = format!("{}: emergency", country.name);
        assert!(seen.contains(&begins), "{begins}: {seen}");
    }
}

#[test]
fn the_smallest_screen_shows_the_numbers_of_a_chosen_country_without_a_key() {
    let mut app = App::lived_in();
    app.press("!");
    let countries = help().countries.iter().filter(|it| it.code != "*");
    for country in countries {
        app.press("<Right>");
        let screen = read_through(&app.screen(40, 12));
        assert!(screen.contains(country.name), "{screen}");
        let lines = help().lines_for(Some(country.code));
        let numbers = lines.iter().map(|line| line.sentence());
        for number in numbers.filter(|it| !it.contains("https")).take(2) {
            assert!(
                screen.contains(&read_through(&number)),
                "{number}: {screen}"
            );
        }
        // A number that is not for the whole country says so beside it.
        if country.code == "CA" {
            let screen = read_through(&app.screen(80, 24));
            let limit = "1-844-764-7669; not for Quebec (1-800-463-5060)";
            assert!(screen.contains(limit), "{screen}");
        }
    }
}

#[test]
fn what_to_do_about_a_sign_is_said_before_anything_is_saved() {
    for flag in help().red_flags {
        let house = House::new();
        let said = house.done(&["sign", "add", flag.id]);
        let at = |text: &str| said.err.find(text).unwrap_or(usize::MAX);
        assert!(at(flag.action) < at("Saved"), "{}: {said:?}", flag.id);
        assert!(at("`ebb helplines`") < at("Saved"), "{}: {said:?}", flag.id);
        assert!(said.out.is_empty(), "{said:?}");
    }
    // By name and in a country, the numbers stand beside it.
    let house = House::new();
    house.done(&["helplines", "--country", "NZ", "--remember"]);
    let said = house.done(&["sign", "add", "A seizure or fit"]).err;
    assert!(said.starts_with("Call emergency services now."), "{said}");
    assert!(said.contains("New Zealand: emergency 111;"), "{said}");
    // What is noted as another sign asks for something else.
    let listed = house.done(&["sign", "list", "--json"]).out;
    let listed: serde_json::Value = serde_json::from_str(&listed).unwrap();
    let id = &listed["records"][0]["id"];
    let edited = house.done(&[
        "sign",
        "edit",
        id.as_str().unwrap(),
        "--about",
        "high_fever",
    ]);
    assert!(edited.err.starts_with("Be seen the same day"), "{edited:?}");
    let noted = house.done(&["sign", "edit", id.as_str().unwrap(), "--note", "at night"]);
    assert!(noted.err.starts_with("Changed"), "{noted:?}");
}

#[test]
fn the_help_of_noting_a_sign_names_what_comes_first() {
    let page = House::new().done(&["help", "sign", "add"]).out;
    let at = |text: &str| page.find(text).unwrap_or(usize::MAX);
    assert!(
        at("Call emergency services") < at("Be seen the same day"),
        "{page}"
    );
    for flag in help().red_flags {
        assert!(page.contains(flag.id), "{}: {page}", flag.id);
    }
    assert!(page.contains("`ebb helplines`"), "{page}");
}

#[test]
fn cautions_of_a_substance_and_a_remedy_are_said_before_the_save() {
    for (verb, caution) in [
        (["used", "alcohol"], "Together with kratom of any kind: ask"),
        (["did", "valerian"], "Evidence is mixed or weak"),
    ] {
        let said = House::new().done(&verb).err;
        let at = |text: &str| said.find(text).unwrap_or(usize::MAX);
        assert!(at(caution) < at("Saved"), "{said}");
        assert_eq!(said.matches(caution).count(), 1, "{said}");
    }
}

#[test]
fn a_substance_beside_a_dose_gets_one_quiet_line_a_week() {
    let house = House::new();
    let line = "Together with kratom: ask a clinician or pharmacist about it first";
    let used = |day: &str, substance: &str| {
        let said = house.done(&["used", substance, "--at", &format!("2026-11-{day} 20:00")]);
        said.err.contains(line)
    };
    let dose = |day: &str| {
        house.done(&[
            "dose",
            "3g",
            "powder",
            "--at",
            &format!("2026-11-{day} 18:00"),
        ]);
    };
    assert!(!used("02", "alcohol"), "no dose that day");
    dose("03");
    assert!(!used("03", "nicotine"), "nobody asks about it");
    assert!(used("03", "alcohol"));
    assert!(!used("03", "other_opioid"), "once a day is enough");
    dose("16");
    // What was logged before the day's dose is answered with the dose.
    assert!(!used("17", "alcohol"), "no dose yet");
    let after = house.done(&["dose", "3g", "powder", "--at", "2026-11-17 20:30"]);
    assert!(after.err.contains(line), "{after:?}");
    let later = house.done(&["used", "alcohol", "--at", "2026-11-17 21:00"]);
    assert!(!later.err.contains(line), "once a day is enough: {later:?}");
    dose("05");
    assert!(!used("05", "sedatives"), "within a week");
    dose("10");
    assert!(used("10", "sedatives"), "a week later");
}
