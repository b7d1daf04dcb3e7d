//! Pages of help: the first names every command, and each begins with examples that work as they are printed.

use super::house::{House, Said};
use super::tree::{all, page};
use std::fs;
use std::path::Path;
use std::time::Duration;

/// The examples of a page, without what stands beside them.
pub fn examples(page: &str) -> Vec<String> {
    let lines = page
        .lines()
        .skip(1)
        .take_while(|line| line.starts_with("  "));
    let lines = lines.filter_map(|line| {
        let line = line.trim_start();
        // An input from a pipe stands before it.
        let is_example = line.starts_with("ebb") || line.starts_with("echo ");
        is_example.then(|| line.split("  ").next().unwrap().trim().to_owned())
    });
    lines.collect()
}

/// A journal with something of everything, and beside it the files that examples name.
pub fn lived() -> House {
    let house = House::new();
    house.done(&["demo", "--days", "40", "--write", "journal.db"]);
    house.done(&["checkin", "--set", "nausea=3", "--overall", "6"]);
    for noted in [
        &["dose", "2g", "powder"][..],
        &["urge", "3"],
        &["measure", "weight=70"],
        &["used", "alcohol", "2"],
        &["did", "walking", "--minutes", "20"],
        &["take", "clonidine"],
        &["backup"],
        &["helplines", "add", "Dr Lee", "021 555 0101"],
    ] {
        house.done(noted);
    }
    let daylio = "full_date,date,weekday,time,mood,activities,note_title,note\n2026-11-02,Nov 2,Monday,20:00,good,walk,,\n";
    fs::write(house.path("daylio.csv"), daylio).unwrap();
    fs::write(
        house.path("table.csv"),
        "Date,Nausea,Slept\n2026-11-02,4,6\n",
    )
    .unwrap();
    house
}

/// Runs a line of the shell with this program as `ebb`.
pub fn shell(house: &House, line: &str) -> Said {
    let program = assert_cmd::cargo::cargo_bin("ebb");
    let script = format!("ebb() {{ {} \"$@\"; }}\n{line}", program.display());
    let mut command = assert_cmd::Command::new("sh");
    let journal = house.journal();
    let output = command
        .env_clear()
        .env("HOME", house.dir.path())
        .env("PATH", "/usr/bin:/bin")
        .env("TZ", "America/New_York")
        .env("EBB_NOW", "2026-11-22T21:40:00-05:00")
        .env("EBB_JOURNAL", journal)
        .current_dir(house.dir.path())
        .args(["-c", &script])
        .write_stdin("")
        .timeout(Duration::from_mins(2))
        .output()
        .unwrap();
    Said {
        code: output.status.code().unwrap(),
        out: String::from_utf8(output.stdout).unwrap(),
        err: String::from_utf8(output.stderr).unwrap(),
    }
}

/// Examples that ask a person, who is not there in a test, or open a program: each with a part of what it then says.
const ASKS: [(&str, &str); 15] = [
    ("ebb", "the full screen needs a terminal"),
    ("ebb checkin", "nothing is filled in yet"),
    ("ebb demo", "at a terminal"),
    ("ebb demo --days 60 --seed 7", "at a terminal"),
    ("ebb export csv -o folder --share P-07", "--yes"),
    ("ebb remind install", "--yes"),
    ("ebb restore last", "--yes"),
    ("ebb restore saved.db", "--yes"),
    ("ebb report -o . --open", "Written to"),
    ("ebb passphrase set", "no passphrase was given"),
    ("ebb passphrase change", "has no passphrase"),
    ("ebb passphrase change --new-key", "has no passphrase"),
    ("ebb passphrase remove", "has no passphrase"),
    ("ebb passphrase sheet", "has no passphrase"),
    ("ebb passphrase recover", "has no passphrase"),
];

/// A symptom that was 0 for two weeks.
const ZEROS: [&str; 14] = [
    "ebb checkin --set yawning=0 --at '13 days ago'",
    "ebb checkin --set yawning=0 --at '12 days ago'",
    "ebb checkin --set yawning=0 --at '11 days ago'",
    "ebb checkin --set yawning=0 --at '10 days ago'",
    "ebb checkin --set yawning=0 --at '9 days ago'",
    "ebb checkin --set yawning=0 --at '8 days ago'",
    "ebb checkin --set yawning=0 --at '7 days ago'",
    "ebb checkin --set yawning=0 --at '6 days ago'",
    "ebb checkin --set yawning=0 --at '5 days ago'",
    "ebb checkin --set yawning=0 --at '4 days ago'",
    "ebb checkin --set yawning=0 --at '3 days ago'",
    "ebb checkin --set yawning=0 --at '2 days ago'",
    "ebb checkin --set yawning=0 --at yesterday",
    "ebb checkin --set yawning=0",
];

/// What has to be there before an example works.
pub fn before(example: &str) -> Vec<&'static str> {
    let has = |part: &str| example.contains(part);
    if has("ebb symptom rest ") {
        return ZEROS.to_vec();
    }
    if has("ebb bin restore") || has("ebb bin erase") {
        return vec!["ebb entry dose delete last"];
    }
    // A day with a dose is no day without.
    if example == "ebb dose 0" {
        return vec!["ebb entry dose delete last"];
    }
    if has("day_without") {
        return vec!["ebb entry dose delete last", "ebb dose 0"];
    }
    if has("old.db salvage") {
        return vec!["ebb backup old.db"];
    }
    if has("ebb restore saved.db") || has("saved.db doctor") {
        return vec!["ebb salvage saved.db"];
    }
    if has("--forget 2") {
        return vec!["ebb export json -o a.json", "ebb export json -o b.json"];
    }
    if has("ebb redo") {
        return vec!["ebb undo"];
    }
    if has("ebb import journal/") {
        return vec!["ebb export csv -o journal/"];
    }
    if has("ebb import journal.json") {
        return vec!["ebb export json -o journal.json"];
    }
    if has("ebb import ratings.csv") {
        return vec!["ebb export csv -o ratings.csv"];
    }
    if has("other-journal.db") {
        return vec!["ebb backup other-journal.db"];
    }
    // What a merge leaves twice.
    if has("ebb attempt join") || has("ebb attempt part") {
        return vec![
            "ebb --journal twin.db start --last-use 2026-11-06",
            "ebb import twin.db",
        ];
    }
    if has("ebb taper join") {
        return vec![
            "ebb taper start --from 12 --cut 1 --every 4 --begin 2026-11-10 --product powder",
            "ebb --journal twin.db taper start --from 12 --cut 1 --every 4 --begin 2026-11-03 --product powder",
            "ebb import twin.db",
        ];
    }
    if has("ebb taper") && !has("preview") && !has("start") {
        let start =
            "ebb taper start --from 12 --cut 1 --every 4 --begin 2026-11-10 --product powder";
        return if has("resume") {
            vec![start, "ebb taper hold"]
        } else {
            vec![start]
        };
    }
    vec![]
}

/// The example that adds what the other examples of a noun's page name.
pub fn addition(examples: &[String]) -> Option<&String> {
    examples
        .iter()
        .find(|line| line.split(' ').nth(2) == Some("add"))
}

/// What is wrong with a line that does not do what is printed.
pub fn fault(house: &House, line: &str) -> Option<String> {
    let said = shell(house, line);
    let fault = format!("{line}: {said:?}");
    match ASKS.iter().find(|(asks, _)| *asks == line) {
        Some((_, part)) => (!said.err.contains(part)).then_some(fault),
        None => (said.code != 0).then_some(fault),
    }
}

pub fn runs(house: &House, line: &str) {
    assert_eq!(fault(house, line), None);
}

fn copy(from: &Path, to: &Path) {
    for entry in fs::read_dir(from).unwrap() {
        let from = entry.unwrap().path();
        let to = to.join(from.file_name().unwrap());
        if from.is_dir() {
            fs::create_dir_all(&to).unwrap();
            fs::set_permissions(&to, from.metadata().unwrap().permissions()).unwrap();
            copy(&from, &to);
        } else {
            fs::copy(&from, &to).unwrap();
        }
    }
}

/// A copy of the folder with its files, so that no example meets what another one did.
pub fn copied(of: &House) -> House {
    let house = House::new();
    copy(of.dir.path(), house.dir.path());
    house
}

#[test]
fn each_page_begins_with_examples_and_every_one_of_them_does_what_is_printed() {
    let lived = lived();
    let (mut count, mut faults) = (0, Vec::new());
    for command in all(&lived) {
        let page = page(&lived, &command);
        let called = command.join(" ");
        assert!(page.starts_with("Examples:\n  "), "{called}: {page}");
        let own = examples(&page);
        assert!(!own.is_empty(), "{called}: {page}");
        // The page above has the example that adds; the page of one verb has its own alone.
        let above = super::tree::page(&lived, &command[..command.len().max(2) - 1]);
        let above = examples(&above);
        for example in &own {
            count += 1;
            let house = copied(&lived);
            let addition = addition(&above).filter(|add| *add != example);
            let is_noun = addition.is_some_and(|add| {
                let words: Vec<&str> = add.split(' ').take(2).collect();
                example.starts_with(&words.join(" "))
            });
            if let Some(add) = addition.filter(|_| is_noun) {
                runs(&house, add);
            }
            for line in before(example) {
                runs(&house, line);
            }
            faults.extend(fault(&house, example));
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
    assert!(count > 150, "{count} examples");
}

#[test]
fn no_example_has_a_placeholder() {
    let house = House::new();
    for command in all(&house) {
        for example in examples(&page(&house, &command)) {
            let is_shouted = |word: &str| {
                let letters = word.chars().filter(|c| c.is_alphabetic()).count();
                letters > 1 && word.chars().all(|c| c.is_ascii_uppercase())
            };
            let known = ["NZ", "P"];
            let shouted = example
                .split(|c: char| !c.is_alphanumeric())
                .find(|word| is_shouted(word) && !known.contains(word));
            assert_eq!(shouted, None, "{example}");
            assert!(!example.contains(['<', '>', '\u{2026}']), "{example}");
        }
    }
}

/// Pages that are longer than a screen because of their options; everything else fits 24 lines.
const LONG: [&str; 11] = [
    "baseline edit",
    "entry measurement edit",
    "export",
    "import",
    "report",
    "sign add",
    "taper",
    "taper preview",
    "taper replan",
    "taper start",
    "trend",
];

#[test]
fn a_page_fits_a_screen_and_says_where_the_rest_stands() {
    let house = House::new();
    let mut long = Vec::new();
    for command in all(&house) {
        let page = page(&house, &command);
        let called = command.join(" ");
        let end = page.lines().last().unwrap();
        assert_eq!(end, "`ebb help everywhere` lists what every command takes.");
        assert!(!page.contains("--config"), "{called}");
        if page.lines().count() > 24 {
            long.push(called);
        }
    }
    assert_eq!(long, LONG);
    let everywhere = house.done(&["help", "everywhere"]).out;
    for option in [
        "--journal",
        "--config",
        "--plain",
        "--color",
        "--now",
        "--json",
        "--no-pager",
    ] {
        assert!(everywhere.contains(option), "{option}: {everywhere}");
    }
}
