//! The rows of `fixtures/import/waiting.md`: small files that are not read rightly yet, each with what would be right.
//!
//! Invariant: a row that comes out right has no place in `WAITING`; the test says so, and nothing is forgotten.

use super::house::House;

/// What would be right.
enum Right {
    /// So many entries, with these words among them.
    Entries(usize, &'static [&'static str]),
    /// Nothing that says this: another value, a question or a refusal.
    Never(&'static str),
    /// Refused, with a word for the reason.
    Refused(&'static str),
}

struct Case {
    file: &'static str,
    maps: &'static [&'static str],
    right: Right,
}

const NAUSEA: &[&str] = &["Nausea=symptom:nausea"];

const WAITING: &[Case] = &[
    Case {
        file: "dashes.csv",
        maps: &["Nausea=symptom:nausea", "Slept=measure:sleep_hours"],
        right: Right::Entries(4, &["Nausea 2", "Nausea 1", "7 h", "6 h"]),
    },
    Case {
        file: "tea_ml.csv",
        maps: &["total_ml=dose:tea"],
        right: Right::Never("45 glasses"),
    },
    Case {
        file: "units.csv",
        maps: &["Weight (lbs)=measure:weight"],
        right: Right::Never("180 kg"),
    },
    Case {
        file: "unclosed.csv",
        maps: &["nausea=symptom:nausea"],
        right: Right::Refused("quote"),
    },
];

/// What the import said on stderr with its exit code, and what History has then, a line an entry.
fn taken_in(case: &Case) -> (i32, String, Vec<String>) {
    let house = House::new();
    let folder = env!("CARGO_MANIFEST_DIR");
    let path = format!("{folder}/tests/fixtures/import/{}", case.file);
    let mut words = vec!["import", &path];
    words.extend(case.maps.iter().flat_map(|map| ["--map", map]));
    let import = house.ebb(&words);
    let history = house.ebb(&["history"]);
    let entries = history.out.lines().filter(|line| line.starts_with("  "));
    let entries = entries.map(|line| line.trim().to_owned()).collect();
    (import.code, import.err, entries)
}

fn is_right(case: &Case) -> bool {
    let (code, told, entries) = taken_in(case);
    let all = entries.join("\n");
    match case.right {
        Right::Entries(n, words) => {
            entries.len() == n && words.iter().all(|word| all.contains(word))
        }
        Right::Never(word) => !all.contains(word),
        Right::Refused(word) => code != 0 && entries.is_empty() && told.contains(word),
    }
}

#[test]
fn what_waits_to_be_read_rightly_is_not_forgotten_when_it_is() {
    let table = include_str!("../fixtures/import/waiting.md");
    let rows = table.lines().filter(|line| line.contains(".csv |"));
    assert_eq!(rows.count(), WAITING.len());
    for case in WAITING {
        let file = case.file;
        assert!(
            table.contains(&format!("| {file} | ")),
            "{file} is not in waiting.md"
        );
        assert!(
            !is_right(case),
            "{file} comes out right now: move it to expected.md"
        );
    }
}

#[test]
fn what_is_read_rightly_is_told_from_what_is_not() {
    // Two sound files: else nothing here could ever come out right.
    for (file, maps, words) in [
        ("twodigit.csv", NAUSEA, ["Nausea 2", "Nausea 3"].as_slice()),
        ("urges.csv", &["urge=urge"], &["Urge 2", "Urge 4"]),
    ] {
        let right = Right::Entries(2, words);
        assert!(is_right(&Case { file, maps, right }), "{file}");
    }
}
