//! Files made at random with their truth beside them: every value in the journal is the one that was written, or its row is
//! named as left out.
//!
//! `EBB_TEST_FILES` says how many (1000 for the full run), `EBB_TEST_SEED` where they begin.

use super::house::House;
use super::made::{Made, made};
use chrono::{DateTime, FixedOffset, TimeDelta};
use ebbtide::domain::id::IdSource;
use ebbtide::domain::journal::incoming;
use ebbtide::domain::time::{DayEnd, Now, Zone};
use ebbtide::store::{Seed, Store};
use ebbtide::transfer::csv::Range;
use ebbtide::transfer::foreign::digits::Decimal;
use ebbtide::transfer::foreign::target;
use ebbtide::transfer::import::detected;
use ebbtide::transfer::import::error::{File, Here, Past, RowError, Slips, Ways};
use ebbtide::transfer::json;
use serde_json::Value;

const FILES: u64 = 40;
const SEED: u64 = 20_261_122;
/// Each so many files one goes through the binary as well.
const THROUGH_THE_BINARY: u64 = 100;

fn told(name: &str, or: u64) -> u64 {
    let text = std::env::var(name).ok();
    text.and_then(|text| text.parse().ok()).unwrap_or(or)
}

/// The entries of a JSON export, as the truth writes them.
fn entries(text: &str) -> Vec<String> {
    let all: Value = serde_json::from_str(text).unwrap();
    let place = |entry: &Value| {
        let moment = &entry["moment"];
        let at = moment["at"].as_str().unwrap();
        let is_timed = moment["without_time"] != Value::Bool(true);
        let time = if is_timed { &at[11..16] } else { "no time" };
        format!("{} {time}", moment["day"].as_str().unwrap())
    };
    let noted = |note: &Value| {
        let note = note.as_str().unwrap_or_default();
        let (part, rest) = match note.split_once('\n') {
            Some((first, rest)) if first.starts_with("Time: ") => (first, rest),
            None if note.starts_with("Time: ") => (note, ""),
            _ => ("", note),
        };
        let part = if part.is_empty() {
            String::new()
        } else {
            format!(" [{part}]")
        };
        (
            part,
            if rest.is_empty() {
                String::new()
            } else {
                format!(" {rest:?}")
            },
        )
    };
    let thousandths = |value: &Value| {
        let number = value.as_f64().unwrap_or(-1.0) * 1000.0;
        format!("{number:.0}")
    };
    let mut lines = Vec::new();
    for check_in in all["check_ins"].as_array().unwrap() {
        let ratings = check_in["ratings"].as_object().into_iter().flatten();
        let mut values: Vec<String> = ratings
            .map(|(code, value)| format!("{code} {value}"))
            .collect();
        if let Some(overall) = check_in["overall"].as_u64() {
            values.push(format!("overall {overall}"));
        }
        values.sort();
        let (part, note) = noted(&check_in["note"]);
        lines.push(format!(
            "{} check-in {}{part}{note}",
            place(check_in),
            values.join(", ")
        ));
    }
    for record in all["records"].as_array().unwrap() {
        let fields = &record["fields"];
        let value = ["amount", "value", "strength"]
            .iter()
            .find(|field| !fields[**field].is_null());
        let mut value = value.map_or_else(String::new, |field| thousandths(&fields[*field]));
        if !fields["second"].is_null() {
            value = format!("{value}/{}", thousandths(&fields["second"]));
        }
        let unit = fields["unit"].as_str().unwrap_or_default();
        let about = record["about"].as_str().unwrap_or_default();
        let (part, _) = noted(&fields["note"]);
        let kind = record["kind"].as_str().unwrap();
        lines.push(format!(
            "{} {kind} {about} {value} {unit}{part}",
            place(record)
        ));
    }
    lines.sort();
    lines
}

fn at(text: &str) -> DateTime<FixedOffset> {
    text.parse().unwrap()
}

fn dump(store: &Store) -> String {
    let mut bytes = Vec::new();
    json::write(&store.load(None).unwrap(), Range::ALL, &mut bytes).unwrap();
    String::from_utf8(bytes).unwrap()
}

/// Imports through the library; answers how many new entries there were and the rows left out.
fn import(store: &mut Store, made: &Made, now: DateTime<FixedOffset>) -> (usize, Vec<String>) {
    let maps: Vec<_> = made
        .maps
        .iter()
        .map(|map| target::read(map).unwrap())
        .collect();
    let file = File {
        name: "table.csv".to_owned(),
        bytes: made.bytes.clone(),
    };
    let now = Now::new(now.to_utc(), Zone::fixed(*now.offset()));
    let ways = Ways {
        slips: Slips::LeftOut,
        ..Ways::default()
    };
    let past = Past::default();
    let here = |ways| Here {
        now: &now,
        day_end: DayEnd::default(),
        maps: &maps,
        past: &past,
        ways,
    };
    let files = [file];
    let format = detected(&files).unwrap();
    let incoming = format.read(&files, &here(ways)).unwrap_or_else(|errors| {
        // A number that can be read in two ways is asked for, and nothing else may be open.
        let is_asked = |error: &RowError| error.to_string().contains("--decimal point or");
        assert!(errors.iter().all(is_asked), "{errors:?}");
        let decimal = Decimal::read(made.decimal).ok();
        format
            .read(&files, &here(Ways { decimal, ..ways }))
            .unwrap()
    });
    let skipped = incoming.skipped.clone();
    let mut ids = IdSource::new(1);
    let gone = store.gone().unwrap();
    let plan = incoming::accept(
        &store.load(None).unwrap(),
        incoming,
        &gone,
        &mut ids,
        now.at,
    );
    assert!(plan.left_out.is_empty(), "{:?}", plan.left_out);
    if !plan.changes.is_empty() {
        store.take_in(&plan.changes, now.at.to_utc()).unwrap();
    }
    (plan.changes.len(), skipped)
}

#[test]
fn every_value_of_a_random_file_is_in_the_journal_as_it_was_written_or_its_row_is_named() {
    let (files, seed) = (told("EBB_TEST_FILES", FILES), told("EBB_TEST_SEED", SEED));
    let now = at("2026-11-22T20:15:00-05:00");
    for nth in 0..files {
        let made = made(seed + nth);
        let text = String::from_utf8_lossy(&made.bytes).into_owned();
        let told = format!("file {}:\n{text}\n{:?}", seed + nth, made.maps);
        let mut store = Store::in_memory(Seed {
            now: now.to_utc(),
            journal: [7; 16],
            device: [9; 16],
        })
        .unwrap();
        let before = dump(&store);
        let (new, skipped) = import(&mut store, &made, now);
        let here = dump(&store);
        assert_eq!(skipped.len(), made.slips.len(), "{skipped:?} {told}");
        assert_eq!(entries(&here), made.truth, "{told}");
        for (row, sentence) in made.slips.iter().zip(&skipped) {
            let place = format!("table.csv, row {row}, ");
            assert!(sentence.starts_with(&place), "{sentence} {told}");
        }
        // Again, on the same machine and in another zone a week later.
        let tokyo = at("2026-11-23T10:15:00+09:00") + TimeDelta::days(7);
        for later in [now + TimeDelta::hours(1), tokyo] {
            let (again, _) = import(&mut store, &made, later);
            assert_eq!(again, 0, "{told}");
        }
        assert_eq!(dump(&store), here, "{told}");
        if new > 0 {
            store.undo(tokyo.to_utc()).unwrap();
        }
        assert_eq!(dump(&store), before, "{told}");
        if nth % THROUGH_THE_BINARY == 0 {
            through_the_binary(&made, &told);
        }
    }
}

fn through_the_binary(made: &Made, told: &str) {
    let house = House::new();
    std::fs::write(house.path("table.csv"), &made.bytes).unwrap();
    let mut words = vec![
        "import",
        "table.csv",
        "--skip-slips",
        "--decimal",
        made.decimal,
    ];
    words.extend(made.maps.iter().flat_map(|map| ["--map", map]));
    house.done(&words);
    if made.truth.is_empty() {
        return;
    }
    let here = house.done(&["export", "json"]).out;
    assert_eq!(entries(&here), made.truth, "{told}");
    let again = house.done(&words);
    assert!(
        again.err.contains("Nothing new to take in"),
        "{} {told}",
        again.err
    );
    if !made.slips.is_empty() {
        let refused: Vec<&str> = words
            .iter()
            .copied()
            .filter(|word| *word != "--skip-slips")
            .collect();
        let answer = House::new();
        std::fs::write(answer.path("table.csv"), &made.bytes).unwrap();
        let answer = answer.ebb(&refused);
        assert_eq!(answer.code, 2, "{told}");
        assert!(
            answer.err.contains("--skip-slips leaves out"),
            "{} {told}",
            answer.err
        );
    }
    house.done(&["undo"]);
    assert_eq!(
        entries(&house.done(&["export", "json"]).out),
        [""; 0],
        "{told}"
    );
}

#[test]
fn what_a_random_file_holds_is_told_from_what_it_does_not() {
    // A truth that was changed has to be noticed: else the comparison compares nothing.
    let made = (0..1000)
        .map(|nth| made(SEED + nth))
        .find(|made| made.truth.len() > 3)
        .unwrap();
    let now = at("2026-11-22T20:15:00-05:00");
    let mut store = Store::in_memory(Seed {
        now: now.to_utc(),
        journal: [7; 16],
        device: [9; 16],
    })
    .unwrap();
    import(&mut store, &made, now);
    let mut other = made.truth.clone();
    let last = other.last_mut().unwrap();
    *last = last.replace(char::is_numeric, "7");
    assert_ne!(entries(&dump(&store)), other);
}
