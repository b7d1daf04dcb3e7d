//! Coming from another program: what its files bring, what is left out and said, and that a second time brings nothing new.
#![expect(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

#[path = "cli/house.rs"]
#[expect(dead_code, reason = "each test file uses its own part")]
mod house;

#[path = "foreign/cases.rs"]
mod cases;
#[path = "foreign/fitting.rs"]
mod fitting;
#[path = "foreign/forms.rs"]
mod forms;
#[path = "foreign/made/mod.rs"]
mod made;
#[path = "foreign/random.rs"]
mod random;
#[path = "foreign/steps.rs"]
mod steps;
#[path = "foreign/table.rs"]
mod table;

use ebbtide::domain::journal::Journal;
use ebbtide::domain::time::{DayEnd, Now, Zone};
use ebbtide::transfer::foreign::apps::App;
use ebbtide::transfer::foreign::target;
use ebbtide::transfer::import::detected;
use ebbtide::transfer::import::error::{File, Here, Past, Ways};
use house::House;
use proptest::prelude::{any, prop, prop_assert, prop_assert_eq, proptest};

fn fixture(name: &str) -> String {
    format!(
        "{}/tests/fixtures/foreign/{name}",
        env!("CARGO_MANIFEST_DIR")
    )
}

fn file(name: &str) -> File {
    File {
        name: name.rsplit('/').next().unwrap().to_owned(),
        bytes: std::fs::read(fixture(name)).unwrap(),
    }
}

fn import<'a>(name: &'a str, more: &[&'a str]) -> Vec<String> {
    let mut words = vec!["import".to_owned(), fixture(name)];
    words.extend(more.iter().map(|word| (*word).to_owned()));
    words
}

fn done(house: &House, words: &[String]) -> house::Said {
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    house.done(&words)
}

fn history(house: &House) -> String {
    house.done(&["history"]).out
}

#[test]
fn each_program_is_told_by_its_header() {
    for (name, format) in [
        ("daylio/now.csv", "daylio"),
        ("bearable/bare.csv", "bearable"),
        ("loop/Checkmarks.csv", "loop"),
        ("medtimer/own.csv", "medtimer"),
        ("sheets/table.csv", "table"),
    ] {
        let found = detected(&[file(name)]).map(|format| format.name);
        assert_eq!(found, Some(format), "{name}");
    }
}

#[test]
fn daylio_brings_its_words_as_notes_and_no_severity() {
    let house = House::new();
    let said = done(&house, &import("daylio/now.csv", &[])).err;
    assert!(said.contains("3 check-ins"), "{said}");
    assert!(said.contains("mood: a note"), "{said}");
    let told = history(&house);
    assert!(told.contains("could not lie still, \"again\""), "{told}");
    assert!(told.contains("mood: bad"), "{told}");
    assert!(!told.contains("severity"), "{told}");
    assert!(told.contains("21:05"), "{told}");
}

#[test]
fn a_mood_becomes_an_overall_when_the_person_says_how() {
    let house = House::new();
    let map = "mood=overall:rad|good|meh|bad|awful";
    done(&house, &import("daylio/now.csv", &["--map", map]));
    let rows = house.rows(&["export", "csv", "--layout", "wide"]);
    let overall: Vec<&str> = rows[1..].iter().map(|row| row[7].as_str()).collect();
    assert_eq!(overall, ["8", "5", "3"]);
}

#[test]
fn bearable_has_a_column_for_each_thing_and_a_check_in_for_each_time() {
    let house = House::new();
    let open = done(&house, &import("bearable/bare.csv", &["--dry-run"]));
    assert!(
        open.err.contains("Symptom: Nausea: left out"),
        "{}",
        open.err
    );
    let maps = [
        "--map",
        "Symptom: Nausea=symptom:nausea",
        "--map",
        "Symptom: Headache=symptom:headache",
        "--map",
        "Sleep=measure:sleep_hours",
    ];
    done(&house, &import("bearable/bare.csv", &maps));
    let rows = house.rows(&["export", "csv"]);
    let told: Vec<String> = rows[1..]
        .iter()
        .map(|row| format!("{} {} {} {}", row[1], row[2], row[7], row[9]))
        .collect();
    assert_eq!(
        told,
        [
            "2026-11-20 12:00:00 nausea 3",
            "2026-11-20 12:00:00 headache 2",
            "2026-11-20 12:00:00 nausea 1"
        ]
    );
    assert!(history(&house).contains("6.5 h"), "{}", history(&house));
}

#[test]
fn loop_brings_what_was_done_and_how_often() {
    let house = House::new();
    let maps = [
        "--map",
        "Meditate=practice:meditation",
        "--map",
        "Pages read=skip",
    ];
    let known = house.ebb(&["did", "meditation"]);
    let code = if known.code == 0 {
        "meditation"
    } else {
        "deep_breathing"
    };
    house.ebb(&["undo"]);
    let map = format!("Meditate=practice:{code}");
    let maps = ["--map", &map, maps[2], maps[3]];
    let said = done(&house, &import("loop/Checkmarks.csv", &maps)).err;
    assert!(said.contains("1 practice"), "{said}");
}

#[test]
fn medicines_come_in_once_with_each_time_they_were_taken_or_skipped() {
    let house = House::new();
    let said = done(&house, &import("medtimer/own.csv", &[])).err;
    assert!(
        said.contains("1 medication") && said.contains("2 intakes"),
        "{said}"
    );
    let told = history(&house);
    assert!(told.contains("Clonidine"), "{told}");
    assert!(told.to_lowercase().contains("skipped"), "{told}");
}

const TABLE: [&str; 12] = [
    "--map",
    "Nausea (0-10)=symptom:nausea:0-10",
    "--map",
    "Slept=measure:sleep_hours",
    "--map",
    "Leaf=dose:leaf powder",
    "--map",
    "Walk=practice:walking",
    "--map",
    "Mood=overall:5-1",
    "--map",
    "Twitch=own:Twitching:physical",
];

#[test]
fn any_table_with_a_day_comes_in_by_a_mapping_and_a_second_time_brings_nothing() {
    let house = House::new();
    let dry = done(
        &house,
        &import("sheets/table.csv", &[&TABLE[..], &["--dry-run"]].concat()),
    )
    .out;
    assert!(dry.contains("Nothing was changed"), "{dry}");
    let said = done(&house, &import("sheets/table.csv", &TABLE)).err;
    for part in [
        "3 check-ins",
        "2 measurements",
        "2 doses",
        "2 practices",
        "1 symptom",
    ] {
        assert!(said.contains(part), "{part}: {said}");
    }
    let rows = house.rows(&["export", "csv"]);
    let told: Vec<String> = rows[1..]
        .iter()
        .map(|row| format!("{} {} {}", row[1], row[7], row[9]))
        .collect();
    assert_eq!(
        told,
        [
            "2026-11-20 nausea 3",
            "2026-11-20 own_twitching 2",
            "2026-11-22 nausea 1",
            "2026-11-22 own_twitching 0"
        ]
    );
    let before = history(&house);
    let again = done(&house, &import("sheets/table.csv", &TABLE)).err;
    assert!(again.contains("Nothing new"), "{again}");
    assert_eq!(history(&house), before);
    house.done(&["undo"]);
    assert!(!house.ebb(&["history"]).out.contains("Nov"));
}

#[test]
fn a_slip_names_its_row_and_column_and_nothing_comes_in() {
    let house = House::new();
    let slips: &[(&str, &str, &str)] = &[
        (
            "Date,Nausea\n2026-11-20,9\n",
            "Nausea=symptom:nausea:0-4",
            "row 2, Nausea",
        ),
        (
            "Date,Nausea\n2026-11-20,3\nsoon,2\n",
            "Nausea=symptom:nausea",
            "row 3, Date",
        ),
        (
            "Date,Nausea\n03/04/2026,3\n",
            "Nausea=symptom:nausea",
            "look alike",
        ),
        (
            "Date,Nausea\n2026-12-24,3\n",
            "Nausea=symptom:nausea",
            "ahead",
        ),
        (
            "Date,Slept\n2026-11-20,99\n",
            "Slept=measure:sleep_hours",
            "row 2, Slept",
        ),
        (
            "Date,Nausea\n2026-11-20,1,2,3\n",
            "Nausea=symptom:nausea",
            "row 2",
        ),
        (
            "Date,Nausea\n2026-11-20,1\n",
            "Nause=symptom:nausea",
            "there is no column",
        ),
    ];
    for (text, map, said) in slips {
        let path = house.path("slip.csv");
        std::fs::write(&path, text).unwrap();
        let answer = house.ebb(&["import", "slip.csv", "--map", map]);
        assert_eq!(answer.code, 2, "{text}: {}", answer.err);
        assert!(answer.err.contains(said), "{said}: {}", answer.err);
        assert!(!house.journal().exists(), "{text}");
    }
    for map in ["x", "a=moon", "a=symptom:moon", "a=overall:5", "a=own:Jaw"] {
        let answer = house.ebb(&["import", "slip.csv", "--map", map]);
        assert_eq!(answer.code, 2, "{map}");
    }
}

#[test]
fn text_of_windows_is_read_and_told_and_damaged_text_is_refused() {
    let house = House::new();
    std::fs::write(house.path("latin.csv"), b"Date,Gef\xfchl\n2026-11-20,1\n").unwrap();
    let told = house.ebb(&["import", "latin.csv", "--map", "Gef\u{fc}hl=overall"]);
    assert_eq!(told.code, 0, "{}", told.err);
    assert!(
        told.err.contains("read as those of Windows"),
        "{}",
        told.err
    );
    std::fs::write(house.path("wide.csv"), b"\xff\xfeD\0a\0t\0\0\xd8,\0").unwrap();
    let told = house.ebb(&["import", "wide.csv", "--format", "table"]);
    assert_eq!(told.code, 2);
    assert!(told.err.contains("UTF-16"), "{}", told.err);
    let half = "Date,Gef\u{fc}hl \u{fc}\n2026-11-20,\u{e9}".as_bytes();
    std::fs::write(house.path("half.csv"), &half[..half.len() - 1]).unwrap();
    let told = house.ebb(&["import", "half.csv"]);
    assert_eq!(told.code, 2);
    assert!(
        told.err.contains("row 2: this is not UTF-8"),
        "{}",
        told.err
    );
}

proptest! {
    #[test]
    fn no_bytes_make_a_reader_stop(bytes in prop::collection::vec(any::<u8>(), 0..300), head in "[A-Za-z_, ]{0,40}") {
        let now = Now::new(chrono::DateTime::UNIX_EPOCH, Zone::fixed(chrono::FixedOffset::east_opt(0).unwrap()));
        let mut all = b"Date,full_date,mood,Category,Rating,Medicine,Taken,".to_vec();
        all.extend(head.as_bytes());
        all.push(b'\n');
        all.extend(&bytes);
        for app in App::all() {
            let file = File { name: "any.csv".to_owned(), bytes: all.clone() };
            let maps = [("mood".to_owned(), target::target_of("overall", &Journal::default()).unwrap())];
            let here = Here { now: &now, day_end: DayEnd::default(), maps: &maps, past: &Past::default(), ways: Ways::default() };
            drop(ebbtide::transfer::foreign::read(app, &[file], &here));
        }
    }

    #[test]
    fn the_ends_of_a_scale_are_the_ends_of_ours_and_what_lies_beyond_is_none(from in -20_i32..20, width in 1_i32..30) {
        let to = from + width;
        for (first, last) in [(from, to), (to, from)] {
            let (_, target) = target::read(&format!("a=overall:{first}-{last}"), &Journal::default()).unwrap_or_else(|_| (String::new(), target::Target::Skip));
            let target::Target::Overall(scale) = target else {
                // Numbers below zero have no dash to part them by.
                prop_assert!(first < 0 || last < 0);
                continue;
            };
            prop_assert_eq!(scale.of(&first.to_string(), 10), Some(0));
            prop_assert_eq!(scale.of(&last.to_string(), 10), Some(10));
            prop_assert_eq!(scale.of(&(to + 1).to_string(), 10), None);
        }
    }
}

#[test]
fn another_substance_comes_in_by_the_word_said_for_it_and_days_that_a_sheet_counted_too() {
    let house = House::new();
    let path = house.dir.path().join("drinks.csv");
    std::fs::write(
        &path,
        "Date,Beer,Wine\n46340,2,no\n46341.5,\"2,5\",yes\n46342,0,3 glasses\n",
    )
    .unwrap();
    let path = path.to_str().unwrap();
    let maps = [
        "--map",
        "Beer=substance:beer",
        "--map",
        "Wine=substance:alcohol",
    ];
    let untold = house.ebb(&[&["import", path][..], &maps].concat());
    assert!(untold.err.contains("date:counted"), "{untold:?}");
    let told = [&["import", path, "--map", "Date=date:counted"][..], &maps].concat();
    let said = house.ebb(&told);
    assert_eq!(said.code, 0, "{said:?}");
    let history = history(&house);
    for line in [
        "14 Nov 2026",
        "Alcohol (beer), 2 drinks",
        "15 Nov 2026",
        "12:00  Alcohol (beer), 2.5 drinks",
        "12:00  Alcohol\n",
        "16 Nov 2026",
        "Alcohol, 3 glasses",
    ] {
        assert!(history.contains(line), "{line}: {history}");
    }
    assert_eq!(history.matches("Alcohol").count(), 4, "{history}");
    // What is no amount is named, and nothing comes in.
    let other = house.dir.path().join("words.csv");
    std::fs::write(&other, "Date,Beer\n2026-11-18,2 or 3\n2026-11-19,lots\n").unwrap();
    let slip = house.ebb(&[
        "import",
        other.to_str().unwrap(),
        "--map",
        "Beer=substance:beer",
    ]);
    assert!(
        slip.code != 0 && slip.err.contains("\"2 or 3\"") && slip.err.contains("\"lots\""),
        "{slip:?}"
    );
}
