//! Sharing with a study: nothing of the person's words, no date and no id of the journal is anywhere in what goes out.
#![allow(clippy::unwrap_used, missing_docs)]

#[path = "cli/house.rs"]
#[expect(dead_code, reason = "a part of it is used")]
mod house;
#[path = "planted/mod.rs"]
mod planted;

use ebbtide::domain::journal::Journal;
use ebbtide::domain::record::kind::Kind;
use ebbtide::transfer::csv::Range;
use ebbtide::transfer::share;
use ebbtide::transfer::share::{Participant, Table};
use house::House;
use planted::planted;
use proptest::prelude::{ProptestConfig, Strategy, prop, prop_assert, proptest};

fn participant() -> Participant {
    "P-014".parse().unwrap()
}

fn tables(journal: &Journal) -> Vec<Table> {
    share::shared(journal, &participant(), Range::ALL)
}

/// Everything that goes out, file names too, in small letters.
fn whole(journal: &Journal) -> String {
    let files = share::files(&tables(journal)).unwrap();
    let texts = files
        .into_iter()
        .map(|(name, bytes)| format!("{name}\n{}", String::from_utf8(bytes).unwrap()));
    texts.collect::<String>().to_lowercase()
}

/// Whether `text` holds four digits, a stroke, two digits: the beginning of any date.
fn holds_a_date(text: &str) -> bool {
    let bytes = text.as_bytes();
    let shape = |window: &[u8]| {
        window.iter().enumerate().all(|(at, byte)| match at {
            4 | 7 => matches!(byte, b'-' | b'/' | b'.'),
            _ => byte.is_ascii_digit(),
        })
    };
    bytes.windows(10).any(shape) || text.contains("2026")
}

fn hostile() -> impl Strategy<Value = String> {
    let sly = prop::sample::select(vec![
        "\"",
        "\r\n",
        "=1+1",
        "'",
        ",",
        "\u{0}",
        "\u{202e}",
        "\u{1f600}",
        "2026-11-22",
        "powder",
        "taken",
        "22:30",
        "g",
        "stress",
    ]);
    prop::collection::vec(sly, 0..5).prop_map(|parts| parts.concat())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn no_word_no_date_and_no_id_of_the_person_goes_out(
        hostile in hostile(), answers in prop::collection::vec(prop::option::of(0_u8..=4), 0..57)
    ) {
        let planted = planted(&hostile, &answers);
        let whole = whole(&planted.journal);
        for word in &planted.words {
            prop_assert!(!whole.contains(word.as_str()), "{word}");
        }
        prop_assert!(!holds_a_date(&whole));
        prop_assert!(!whole.contains("-05:00") && !whole.contains("new_york"));
        for id in &planted.ids {
            let said = id.to_string();
            prop_assert!(!whole.contains(&said) && !whole.contains(&said.replace('-', "")));
            let tail = said.rsplit('-').next().unwrap();
            prop_assert!(!whole.contains(tail), "{tail}");
        }
    }
}

#[test]
fn the_search_finds_words_dates_and_ids_where_they_are() {
    let planted = planted("", &[]);
    let note = planted.journal.check_ins(planted::day())[0]
        .note
        .clone()
        .unwrap();
    assert!(
        planted
            .words
            .iter()
            .any(|word| note.contains(word.as_str()))
    );
    assert!(
        holds_a_date("a,2026-11-22,b")
            && holds_a_date("1999-01-02")
            && !holds_a_date("P-014,1,-2,22:57:00")
    );
    let words = planted.words.len();
    assert!(words > 150, "{words} places where a person can type");
}

#[test]
fn a_blank_stays_a_blank_and_a_zero_a_zero() {
    let planted = planted("", &[None, Some(0)]);
    let tables = tables(&planted.journal);
    let ratings = tables.iter().find(|table| table.name == "ratings").unwrap();
    let severities: Vec<&str> = ratings
        .rows
        .iter()
        .take(3)
        .map(|row| row[3].as_str())
        .collect();
    assert_eq!(severities, ["", "0", "2"]);
}

#[test]
fn own_things_are_numbered_and_days_are_counted_from_day_0() {
    let planted = planted("", &[]);
    let tables = tables(&planted.journal);
    let table = |name: &str| tables.iter().find(|table| table.name == name).unwrap();
    let symptoms = &table("symptoms").rows;
    let own: Vec<&str> = symptoms
        .iter()
        .map(|row| row[1].as_str())
        .filter(|code| code.starts_with("own"))
        .collect();
    assert_eq!(own, ["own_1", "own_2"]);
    let check_in = &table("check_ins").rows[0];
    let at = |name: &str| {
        table("check_ins")
            .columns
            .iter()
            .position(|column| column.name == name)
            .unwrap()
    };
    assert_eq!(check_in[at("day")], "9");
    assert_eq!(check_in[at("attempt_day")], "9");
    assert!(check_in[at("time")].ends_with(":00"), "no seconds");
    assert_eq!(table("attempts").rows[0][2..4], ["-12", "0"]);
}

#[test]
fn every_table_has_as_many_cells_as_columns_and_names_each_column_once() {
    let planted = planted("", &[]);
    for table in tables(&planted.journal) {
        let mut names: Vec<&str> = table
            .columns
            .iter()
            .map(|column| column.name.as_str())
            .collect();
        assert_eq!(names[0], "participant");
        for row in &table.rows {
            assert_eq!(row.len(), names.len(), "{}", table.name);
            assert_eq!(row[0], "P-014");
        }
        names.sort_unstable();
        names.dedup();
        assert_eq!(names.len(), table.columns.len(), "{}", table.name);
    }
}

#[test]
fn what_stays_is_counted() {
    let planted = planted("", &[]);
    let staying = share::staying(&planted.journal, Range::ALL);
    assert!(staying.notes > 15 && staying.texts > 50, "{staying:?}");
    assert_eq!(staying.own_symptoms, 2);
    let kinds: Vec<Kind> = staying.kinds.iter().map(|(kind, _)| *kind).collect();
    assert_eq!(
        kinds,
        [
            Kind::Question,
            Kind::Purchase,
            Kind::Contact,
            Kind::Reason,
            Kind::Baseline
        ]
    );
}

#[test]
fn an_id_of_a_study_is_short_and_plain() {
    for fine in ["P-014", "7", "site2.anna_b"] {
        assert!(fine.parse::<Participant>().is_ok(), "{fine}");
    }
    for not in ["", "=1", "-1", "a b", "a,b", "\u{e9}", &"x".repeat(41)] {
        assert!(not.parse::<Participant>().is_err(), "{not}");
    }
}

#[test]
fn nothing_is_written_before_it_was_agreed_to() {
    let house = House::new();
    house.done(&["start", "--last-use", "2026-11-13"]);
    house.done(&["checkin", "--set", "nausea=2", "--note", "zqnote"]);
    let folder = house.path("shared");
    let place = folder.to_str().unwrap();
    let refused = house.ebb(&["export", "csv", "-o", place, "--share", "P-1"]);
    assert_eq!(refused.code, 2);
    assert!(
        refused.err.contains("What goes out, as P-1") && refused.err.contains("1 note"),
        "{}",
        refused.err
    );
    assert!(!folder.exists());
    house.done(&["export", "csv", "-o", place, "--share", "P-1", "--yes"]);
    let ratings = std::fs::read_to_string(folder.join("ratings.csv")).unwrap();
    assert!(ratings.contains("P-1,1,nausea,2,false"));
    let again = house.ebb(&["export", "csv", "-o", place, "--share", "P-1", "--yes"]);
    assert_eq!(again.code, 2, "a folder that stands there is left as it is");
    for args in [
        &["export", "csv", "--share", "P-1", "--yes"][..],
        &["export", "fhir", "-o", "x", "--share", "P-1", "--yes"],
        &["export", "csv", "-o", "x", "--share", "=1", "--yes"],
        &["export", "csv", "-o", "x", "--yes"],
    ] {
        assert_eq!(house.ebb(args).code, 2, "{args:?}");
    }
}

/// The header of each file of a folder, by the file's name.
fn headers(folder: &std::path::Path) -> std::collections::BTreeMap<String, Vec<String>> {
    let files = std::fs::read_dir(folder).unwrap();
    let files = files.map(|file| file.unwrap().path());
    let files = files.filter(|path| path.extension().is_some_and(|ending| ending == "csv"));
    let header = |path: std::path::PathBuf| {
        let text = std::fs::read_to_string(&path).unwrap();
        let columns = text.lines().next().unwrap().split(',');
        let name = path.file_stem().unwrap().to_str().unwrap().to_owned();
        (name, columns.map(str::to_owned).collect())
    };
    files.map(header).collect()
}

/// What a shared table has beside the columns of the package.
const BESIDE: [&str; 8] = [
    "participant",
    "attempt",
    "attempt_day",
    "severity_index",
    "body_index",
    "mind_index",
    "answered",
    // A number in place of the id of the package.
    "medication",
];

#[test]
fn every_reference_of_a_shared_journal_names_a_table_that_is_in_it() {
    let planted = planted("", &[]);
    let files = share::files(&tables(&planted.journal)).unwrap();
    let package = files.iter().find(|(name, _)| name == "datapackage.json");
    let package: serde_json::Value = serde_json::from_slice(&package.unwrap().1).unwrap();
    let resources = package["resources"].as_array().unwrap();
    let names: Vec<&str> = resources
        .iter()
        .map(|resource| resource["name"].as_str().unwrap())
        .collect();
    let mut references = 0;
    for resource in resources {
        assert_eq!(
            resource["path"],
            format!("{}.csv", resource["name"].as_str().unwrap())
        );
        for key in resource["schema"]["foreignKeys"]
            .as_array()
            .into_iter()
            .flatten()
        {
            let there = key["reference"]["resource"].as_str().unwrap();
            assert!(names.contains(&there), "{there}");
            references += 1;
        }
    }
    assert!(references > 10, "{references}");
}

#[test]
fn tables_and_columns_are_called_as_in_the_package_and_stand_in_the_page_of_studies() {
    let house = House::new();
    house.done(&["demo", "--days", "30", "--write", "journal.db"]);
    house.done(&["export", "csv", "-o", "whole/"]);
    house.done(&["export", "csv", "-o", "study/", "--share", "P-1", "--yes"]);
    let whole = headers(&house.path("whole"));
    let shared = headers(&house.path("study"));
    for (name, columns) in &shared {
        let Some(package) = whole.get(name) else {
            assert!(
                ["participant", "plan_steps"].contains(&name.as_str()),
                "{name}"
            );
            continue;
        };
        for column in columns {
            // A date is a day counted from the origin, and says so.
            let bare = column.strip_suffix("_day").unwrap_or(column);
            let is_known = package.iter().any(|known| known == column || known == bare);
            assert!(
                is_known || BESIDE.contains(&column.as_str()),
                "{name}: {column}"
            );
        }
    }
    let page = std::fs::read_to_string("assets/docs/study.md").unwrap();
    let table = page.split("<!-- shared -->").nth(1).unwrap();
    let table = table.split("<!-- end of shared -->").next().unwrap();
    let rows = table.lines().filter(|line| line.starts_with("| `"));
    let named: std::collections::BTreeMap<String, Vec<String>> = rows
        .map(|row| {
            let mut cells = row.split(" | ");
            let codes = |cell: &str| -> Vec<String> {
                cell.split('`')
                    .skip(1)
                    .step_by(2)
                    .map(str::to_owned)
                    .collect()
            };
            let name = codes(cells.next().unwrap()).remove(0);
            (name, codes(cells.next().unwrap()))
        })
        .collect();
    for (name, columns) in &shared {
        // Every table begins so; it is said once.
        let begin = [
            "participant",
            "id",
            "day",
            "time",
            "attempt",
            "attempt_day",
            "late",
        ];
        let own = columns
            .iter()
            .filter(|column| !begin.contains(&column.as_str()));
        let own: Vec<&String> = own.collect();
        let told: Vec<&String> = named
            .get(name)
            .unwrap_or_else(|| panic!("{name}"))
            .iter()
            .collect();
        assert_eq!(told, own, "{name}");
    }
    assert_eq!(named.len(), shared.len());
}
