//! Files made at random with their truth beside them: every value in the journal is the one that was written, or its row is
//! named as left out.
//!
//! `EBB_TEST_FILES` says how many (1000 for the full run), `EBB_TEST_SEED` where they begin. With `EBB_TEST_WRITE` the files
//! are written into that folder with their truth instead, for `tests/outside/made.py`, which holds a binary against it.

use super::house::House;
use super::made::{Made, Reach, ZONE, made};
use chrono::{DateTime, FixedOffset, TimeDelta};
use ebbtide::domain::care::nights;
use ebbtide::domain::dose::day_without;
use ebbtide::domain::id::IdSource;
use ebbtide::domain::journal::incoming;
use ebbtide::domain::journal::incoming::ImportPlan;
use ebbtide::domain::time::{DayEnd, Now, Zone};
use ebbtide::store::{Seed, Store};
use ebbtide::transfer::csv::Range;
use ebbtide::transfer::foreign::digits::Decimal;
use ebbtide::transfer::foreign::target;
use ebbtide::transfer::import::detected;
use ebbtide::transfer::import::error::{File, Here, Past, RowError, Slips, Ways};
use ebbtide::transfer::json;
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::path::Path;
use std::sync::LazyLock;

const FILES: u64 = 40;
const SEED: u64 = 20_261_122;
/// Each so many files one goes through the binary as well.
const THROUGH_THE_BINARY: u64 = 100;
/// What adds the product of the person's own that the files name.
const PRODUCT: [&str; 7] = [
    "product",
    "add",
    "Blue bag",
    "--unit",
    "scoop",
    "--smallest",
    "0.25",
];

fn told(name: &str, or: u64) -> u64 {
    let text = std::env::var(name).ok();
    text.and_then(|text| text.parse().ok()).unwrap_or(or)
}

/// The entries of a JSON export, as the truth writes them.
fn entries(text: &str) -> Vec<String> {
    let all: Value = serde_json::from_str(text).unwrap();
    let records = all["records"].as_array().unwrap();
    let mut lines: Vec<String> = records
        .iter()
        .filter_map(|record| of_record(record, records))
        .collect();
    lines.extend(all["check_ins"].as_array().unwrap().iter().map(of_check_in));
    lines.sort();
    lines
}

/// "2026-02-03 21:30".
fn place(entry: &Value) -> String {
    let moment = &entry["moment"];
    let at = moment["at"].as_str().unwrap();
    let is_timed = moment["without_time"] != Value::Bool(true);
    let time = if is_timed { &at[11..16] } else { "no time" };
    format!("{} {time}", moment["day"].as_str().unwrap())
}

/// A note behind its line. A part of the day stands in its first line.
fn noted(note: &Value) -> String {
    let note = note.as_str().unwrap_or_default();
    let (first, rest) = note.split_once('\n').unwrap_or((note, ""));
    let (part, rest) = if first.starts_with("Time: ") {
        (format!(" [{first}]"), rest)
    } else {
        (String::new(), note)
    };
    if rest.is_empty() {
        part
    } else {
        format!("{part} {}", json!(rest))
    }
}

fn of_check_in(check_in: &Value) -> String {
    let ratings = check_in["ratings"].as_object().into_iter().flatten();
    let mut values: BTreeMap<&str, u64> = ratings
        .map(|(code, value)| (code.as_str(), value.as_u64().unwrap()))
        .collect();
    values.extend(check_in["overall"].as_u64().map(|it| ("overall", it)));
    let values = values.iter().map(|(code, value)| format!("{code} {value}"));
    let values: Vec<String> = values.collect();
    let note = noted(&check_in["note"]);
    format!("{} check-in {}{note}", place(check_in), values.join(", "))
}

/// The line of a record; none for a product.
fn of_record(record: &Value, all: &[Value]) -> Option<String> {
    let (kind, fields) = (record["kind"].as_str().unwrap(), &record["fields"]);
    let text = |code: &str| fields[code].as_str().unwrap_or_default().to_owned();
    let number = |code: &str| {
        let number = fields[code].as_f64()? * 1000.0;
        Some(format!("{number:.0}"))
    };
    let about = &record["about"];
    let named = all.iter().find(|other| other["id"] == *about);
    let named = named.and_then(|it| it["fields"]["name"].as_str());
    let about = named.or(about.as_str()).unwrap_or_default().to_owned();
    let mut words = vec![kind.to_owned(), about];
    match kind {
        "product" => return None,
        "medication" => return Some(format!("medication {}", text("name"))),
        "intake" => words.extend([text("state"), text("amount")]),
        _ => {
            let first = ["amount", "value", "strength", "count", "minutes"];
            let first = first.into_iter().find_map(number).unwrap_or_default();
            let second = number("second").map(|second| format!("/{second}"));
            words.extend([first + &second.unwrap_or_default(), text("unit")]);
        }
    }
    words.insert(0, place(record));
    words.retain(|word| !word.is_empty());
    Some(words.join(" ") + &noted(&fields["note"]))
}

fn at(text: &str) -> DateTime<FixedOffset> {
    text.parse().unwrap()
}

fn now() -> DateTime<FixedOffset> {
    at("2026-11-22T20:15:00Z").with_timezone(&ZONE)
}

fn dump(store: &Store) -> String {
    let mut bytes = Vec::new();
    json::write(&store.load(None).unwrap(), Range::ALL, &mut bytes).unwrap();
    String::from_utf8(bytes).unwrap()
}

/// A journal with a product of the person's own.
fn begun() -> Store {
    static WITH_PRODUCT: LazyLock<File> = LazyLock::new(|| {
        let house = House::new();
        house.done(&PRODUCT);
        File {
            name: "journal.json".to_owned(),
            bytes: house.done(&["export", "json"]).out.into_bytes(),
        }
    });
    let mut store = Store::in_memory(Seed {
        now: now().to_utc(),
        journal: [7; 16],
        device: [9; 16],
    })
    .unwrap();
    let (plan, _) = planned(&store, &WITH_PRODUCT, &[], None, now()).unwrap();
    store.take_in(&plan.changes, now().to_utc()).unwrap();
    store
}

/// What importing a file would do, and the rows left out.
fn planned(
    store: &Store,
    file: &File,
    maps: &[String],
    decimal: Option<Decimal>,
    now: DateTime<FixedOffset>,
) -> Result<(ImportPlan, Vec<String>), Vec<RowError>> {
    let journal = store.load(None).unwrap();
    let map = |map: &String| target::read(map, &journal).unwrap();
    let maps: Vec<_> = maps.iter().map(map).collect();
    let now = Now::new(now.to_utc(), Zone::fixed(*now.offset()));
    let here = Here {
        now: &now,
        day_end: DayEnd::default(),
        maps: &maps,
        past: &Past::default(),
        ways: Ways {
            slips: Slips::LeftOut,
            standing: &journal.standing,
            decimal,
            ..Ways::default()
        },
    };
    let files = std::slice::from_ref(file);
    let format = detected(files).unwrap();
    let mut incoming = format.read(files, &here)?;
    let (mut ids, gone) = (IdSource::new(1), store.gone().unwrap());
    let mut plan = incoming::accept(&journal, &mut incoming, &gone, &mut ids, now.at);
    nights::fit(&mut plan, &journal, &incoming);
    day_without::fit(&mut plan, &journal, &incoming);
    Ok((plan, incoming.skipped.clone()))
}

/// Imports through the library; answers how many new entries there were, how many were left out, and the rows left out.
fn import(
    store: &mut Store,
    made: &Made,
    now: DateTime<FixedOffset>,
) -> (usize, usize, Vec<String>) {
    let file = File {
        name: "table.csv".to_owned(),
        bytes: made.bytes.clone(),
    };
    let plan = |decimal| planned(store, &file, &made.maps, decimal, now);
    let (plan, skipped) = plan(None).unwrap_or_else(|errors| {
        // A number that can be read in two ways is asked for, and nothing else may be open.
        let is_asked = |error: &RowError| error.to_string().contains("--decimal point or");
        assert!(errors.iter().all(is_asked), "{errors:?}");
        plan(Decimal::read(made.decimal).ok()).unwrap()
    });
    if !plan.changes.is_empty() {
        store.take_in(&plan.changes, now.to_utc()).unwrap();
    }
    (plan.changes.len(), plan.left_out.len(), skipped)
}

/// A file with what is written about it, for a test that fails.
fn shown(seed: u64, made: &Made) -> String {
    let text = String::from_utf8_lossy(&made.bytes);
    let short: String = text.chars().filter(|c| *c != '\0').take(6000).collect();
    format!("file {seed}:\n{short}\n{:?}", made.maps)
}

/// Writes a file with its truth for a program outside.
fn write(folder: &Path, nth: u64, made: &Made) {
    std::fs::create_dir_all(folder).unwrap();
    std::fs::write(folder.join(format!("{nth:04}.csv")), &made.bytes).unwrap();
    let truth = serde_json::to_vec(&made.json()).unwrap();
    std::fs::write(folder.join(format!("{nth:04}.json")), truth).unwrap();
}

#[test]
fn every_value_of_a_random_file_is_in_the_journal_as_it_was_written_or_its_row_is_named() {
    let (files, seed) = (told("EBB_TEST_FILES", FILES), told("EBB_TEST_SEED", SEED));
    let folder = std::env::var_os("EBB_TEST_WRITE");
    let mut wrong = Vec::new();
    for nth in 0..files {
        if let Some(folder) = &folder {
            for (reach, name) in [(Reach::Now, "now"), (Reach::First, "first")] {
                write(&Path::new(folder).join(name), nth, &made(seed + nth, reach));
            }
            continue;
        }
        let made = made(seed + nth, Reach::Now);
        let is_through = nth % THROUGH_THE_BINARY == 0;
        let told = shown(seed + nth, &made);
        let whole = std::panic::catch_unwind(|| {
            in_and_out(&made, &told);
            if is_through {
                through_the_binary(&made, &told);
            }
        });
        wrong.extend(whole.is_err().then_some(seed + nth));
    }
    assert!(wrong.is_empty(), "wrong are the files {wrong:?}");
}

/// Imports a file, again, again in another zone, and takes it back.
fn in_and_out(made: &Made, told: &str) {
    let mut store = begun();
    let before = dump(&store);
    let (new, left_out, skipped) = import(&mut store, made, now());
    let here = dump(&store);
    assert_eq!(skipped.len(), made.slips.len(), "{skipped:?} {told}");
    assert_same(&entries(&here), &made.truth, told);
    assert_eq!(left_out, made.without_room, "{told}");
    for (row, sentence) in made.slips.iter().zip(&skipped) {
        let place = format!("table.csv, row {row}");
        let rest = sentence.strip_prefix(&place);
        assert!(
            rest.is_some_and(|rest| rest.starts_with([',', ':'])),
            "{place}: {sentence} {told}"
        );
    }
    // Again, on the same machine and in another zone a week later.
    let tokyo = at("2026-11-23T10:15:00+09:00") + TimeDelta::days(7);
    for later in [now() + TimeDelta::hours(1), tokyo] {
        let (again, ..) = import(&mut store, made, later);
        assert_eq!(again, 0, "{later} {told}");
    }
    assert_eq!(dump(&store), here, "{told}");
    if new > 0 {
        store.undo(tokyo.to_utc()).unwrap();
    }
    assert_eq!(dump(&store), before, "{told}");
}

/// Shows what one side alone has: whole journals are too long to read.
fn assert_same(here: &[String], truth: &[String], told: &str) {
    let without = |some: &[String], others: &[String]| {
        let mut rest = others.to_vec();
        let mut only = some.to_vec();
        only.retain(|line| match rest.iter().position(|it| it == line) {
            Some(at) => {
                rest.swap_remove(at);
                false
            }
            None => true,
        });
        only
    };
    let (more, fewer) = (without(here, truth), without(truth, here));
    assert!(
        more.is_empty() && fewer.is_empty(),
        "the journal alone has {more:#?}, the truth alone {fewer:#?}\n{told}"
    );
}

fn through_the_binary(made: &Made, told: &str) {
    let house = House::new();
    house.done(&PRODUCT);
    let before = house.done(&["export", "json"]).out;
    std::fs::write(house.path("table.csv"), &made.bytes).unwrap();
    let mut words = vec!["import", "table.csv", "--decimal", made.decimal];
    words.extend(made.maps.iter().flat_map(|map| ["--map", map]));
    // The zone of the truth has no summer time.
    let run = |words: &[&str]| {
        let mut command = house.command(words);
        let output = command.env("TZ", "Etc/GMT+5").output().unwrap();
        let code = output.status.code().unwrap();
        (code, String::from_utf8(output.stderr).unwrap())
    };
    if !made.slips.is_empty() {
        let (code, said) = run(&words);
        assert_eq!(code, 2, "{told}");
        assert!(said.contains("--skip-slips leaves out"), "{said} {told}");
    }
    words.push("--skip-slips");
    assert_eq!(run(&words).0, 0, "{told}");
    for column in &made.unknown {
        let (_, said) = run(&words);
        let left_out = format!("{column}: left out");
        assert!(said.contains(&left_out), "{said} {told}");
    }
    let here = house.done(&["export", "json"]).out;
    assert_same(&entries(&here), &made.truth, told);
    let (_, said) = run(&words);
    assert!(said.contains("Nothing new to take in"), "{said} {told}");
    if !made.truth.is_empty() {
        house.done(&["undo"]);
    }
    assert_eq!(house.done(&["export", "json"]).out, before, "{told}");
}

#[test]
fn what_a_random_file_holds_is_told_from_what_it_does_not() {
    // A truth that was changed has to be noticed: else the comparison compares nothing.
    let made = (0..1000)
        .map(|nth| made(SEED + nth, Reach::Now))
        .find(|made| made.truth.len() > 3)
        .unwrap();
    let mut store = begun();
    import(&mut store, &made, now());
    let mut other = made.truth.clone();
    let first = other.first_mut().unwrap();
    *first = first.replace(char::is_numeric, "7");
    assert_ne!(entries(&dump(&store)), other);
}
