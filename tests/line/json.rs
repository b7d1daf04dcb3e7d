//! `--json` of every command: what is shown, and of what writes the entry with its id as it stands now.

use super::house::House;
use super::pages::{addition, before, copied, examples, lived, runs, shell};
use super::tree::{leaves, page};
use serde_json::Value;
use std::fs;

/// Commands whose answer is a file, a page or the journal itself.
const NONE: [&str; 9] = [
    "demo",
    "export",
    "report",
    "entry",
    "passphrase set",
    "passphrase change",
    "passphrase remove",
    "passphrase sheet",
    "passphrase recover",
];

/// Where the id or the name of what was written stands.
const WRITTEN: [&str; 12] = [
    "saved", "deleted", "undone", "redone", "restored", "erased", "plan", "added", "own", "copy",
    "path", "country",
];

fn value(house: &House, line: &str) -> Value {
    let said = shell(house, line);
    assert!(said.code == 0, "{line}: {said:?}");
    serde_json::from_str(&said.out).unwrap_or_else(|error| panic!("{line}: {error}: {said:?}"))
}

#[test]
fn every_command_answers_in_json_and_one_that_writes_names_what_it_wrote() {
    let lived = lived();
    let (mut read, mut wrote) = (0, 0);
    for leaf in leaves(&lived) {
        let called = leaf.join(" ");
        if NONE.contains(&called.as_str()) {
            let said = lived.ebb(
                &[
                    &leaf.iter().map(String::as_str).collect::<Vec<_>>()[..],
                    &["--json"],
                ]
                .concat(),
            );
            assert!(said.code != 0 && said.out.is_empty(), "{called}: {said:?}");
            continue;
        }
        let own = examples(&page(&lived, &leaf));
        let above = examples(&page(&lived, &leaf[..leaf.len().max(2) - 1]));
        // What stands behind `echo` or asks is another matter.
        let example = own
            .iter()
            .find(|line| line.starts_with("ebb ") && line.contains(' '));
        let example = match called.as_str() {
            "checkin" => "ebb checkin --overall 6".to_owned(),
            "restore" => "ebb restore last --yes".to_owned(),
            "status" => "ebb status".to_owned(),
            "salvage" => "ebb salvage saved.db".to_owned(),
            "medication end" => "ebb medication end magnesium --on yesterday --yes".to_owned(),
            _ => example.unwrap().clone(),
        };
        let house = copied(&lived);
        let is_noun = |add: &&String| {
            let words: Vec<&str> = add.split(' ').take(2).collect();
            **add != example && example.starts_with(&words.join(" "))
        };
        if let Some(add) = addition(&above).filter(is_noun) {
            runs(&house, add);
        }
        for line in before(&example) {
            runs(&house, line);
        }
        let journal = fs::read(house.journal()).unwrap();
        let answer = value(&house, &format!("{example} --json"));
        let version = answer["version"].as_u64();
        assert!(matches!(version, Some(1 | 2)), "{example}: {answer}");
        if fs::read(house.journal()).unwrap() == journal {
            read += 1;
            continue;
        }
        wrote += 1;
        let names = WRITTEN.iter().find(|key| answer.get(**key).is_some());
        assert!(names.is_some(), "{example}: {answer}");
        for entry in answer["saved"].as_array().into_iter().flatten() {
            assert!(
                entry["id"].is_string() && entry["kind"].is_string(),
                "{example}: {entry}"
            );
        }
        let is_nothing = |key: &str| answer[key].as_array().is_some_and(Vec::is_empty);
        assert!(
            !(is_nothing("saved") && is_nothing("deleted")),
            "{example}: {answer}"
        );
    }
    assert!(read > 20 && wrote > 50, "{read} read, {wrote} wrote");
}

#[test]
fn a_script_learns_the_id_of_what_it_saved_and_goes_on_with_it() {
    let house = House::new();
    let json = |args: &[&str]| -> Value {
        let said = house.done(&[args, &["--json"]].concat());
        assert!(!said.err.is_empty(), "the sentence stays on stderr");
        serde_json::from_str(&said.out).unwrap()
    };
    let dose = json(&["dose", "1.5g", "powder"]);
    assert_eq!(
        (dose["version"].as_u64(), &dose["saved"][0]["kind"]),
        (Some(1), &"dose".into())
    );
    let id = dose["saved"][0]["id"].as_str().unwrap().to_owned();
    assert_eq!(dose["saved"][0]["fields"]["amount"], 1.5);
    let changed = json(&["entry", "dose", "edit", &id, "--amount", "2"]);
    assert_eq!(changed["saved"][0]["id"], *id);
    assert_eq!(changed["saved"][0]["fields"]["amount"], 2.0);
    let several = json(&["measure", "weight=70", "pulse=60"]);
    assert_eq!(several["saved"].as_array().unwrap().len(), 2);
    let check_in = json(&["checkin", "--set", "nausea=3", "--note", "slept"]);
    assert_eq!(check_in["saved"][0]["ratings"]["nausea"], 3);
    assert_eq!(check_in["saved"][0]["date"], "2026-11-22");
    let gone = json(&["entry", "dose", "delete", &id]);
    assert_eq!(
        (&gone["deleted"][0]["id"], &gone["deleted"][0]["kind"]),
        (&Value::from(id), &"dose".into())
    );
    assert_eq!(
        json(&["undo"])["undone"].as_str().map(str::is_empty),
        Some(false)
    );
    let symptom = json(&["symptom", "add", "Cold feet", "--category", "body"]);
    assert_eq!(symptom["saved"][0]["id"], "own_cold_feet");
}
