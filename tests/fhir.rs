//! The FHIR bundle: what it says, what it leaves out, and that it holds together.
#![allow(clippy::unwrap_used, missing_docs)]

#[path = "cli/house.rs"]
#[expect(dead_code, reason = "a part of it is used")]
mod house;
#[path = "planted/mod.rs"]
mod planted;

use ebbtide::domain::journal::Journal;
use ebbtide::domain::record::kind::Kind;
use ebbtide::transfer::csv::Range;
use ebbtide::transfer::fhir;
use ebbtide::transfer::wish::{Notes, Wish};
use house::House;
use planted::{now, planted};
use proptest::prelude::{ProptestConfig, prop, prop_assert, prop_assert_eq, proptest};
use serde_json::Value;
use std::collections::BTreeSet;

fn wish() -> Wish {
    Wish::nameless(now())
}

fn bundle(journal: &Journal, wish: &Wish) -> Value {
    let mut bytes = Vec::new();
    fhir::bundle(journal, wish, &mut bytes).unwrap();
    serde_json::from_slice(&bytes).unwrap()
}

fn resources<'a>(bundle: &'a Value, kind: &str) -> Vec<&'a Value> {
    let entries = bundle["entry"].as_array().unwrap().iter();
    entries
        .map(|entry| &entry["resource"])
        .filter(|resource| resource["resourceType"] == kind)
        .collect()
}

/// The observations whose code says `text`.
fn seen<'a>(bundle: &'a Value, text: &str) -> Vec<&'a Value> {
    let mut found = resources(bundle, "Observation");
    found.retain(|one| one["code"]["text"] == text);
    found
}

/// Walks every value, with the name it stands under.
fn walk<'a>(value: &'a Value, name: &'a str, visit: &mut dyn FnMut(&'a str, &'a Value)) {
    visit(name, value);
    match value {
        Value::Array(items) => items.iter().for_each(|item| walk(item, name, visit)),
        Value::Object(fields) => fields
            .iter()
            .for_each(|(name, item)| walk(item, name, visit)),
        _ => {}
    }
}

/// What FHIR takes nowhere: null, blank text, control characters, lists and objects without anything in them.
fn faults(bundle: &Value) -> Vec<String> {
    let mut faults = Vec::new();
    walk(bundle, "", &mut |name, value| {
        let is_bad = match value {
            Value::Null => true,
            Value::Array(items) => items.is_empty(),
            Value::Object(fields) => fields.is_empty(),
            Value::String(text) => {
                let is_control = |c: char| c.is_control() && !matches!(c, '\n' | '\r' | '\t');
                text.trim().is_empty() || text.contains(is_control)
            }
            _ => false,
        };
        if is_bad {
            faults.push(format!("{name}: {value}"));
        }
    });
    faults
}

/// References that lead nowhere, addresses that are there twice or are not small letters.
fn loose_ends(bundle: &Value) -> Vec<String> {
    let mut there = BTreeSet::new();
    let mut loose = Vec::new();
    for entry in bundle["entry"].as_array().unwrap() {
        let url = entry["fullUrl"].as_str().unwrap();
        let is_plain = url.starts_with("urn:uuid:") && url == url.to_lowercase();
        if !is_plain || !there.insert(url) {
            loose.push(url.to_owned());
        }
    }
    walk(bundle, "", &mut |name, value| {
        let to = value.as_str().filter(|_| name == "reference");
        loose.extend(to.filter(|to| !there.contains(to)).map(str::to_owned));
    });
    loose
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn whatever_is_typed_the_bundle_holds_together(
        hostile in "[\"\\\\<>&=\u{0}\u{1}\u{1b}\u{7f}\u{85}\r\n\t \u{202e}\u{1f600}a]{0,10}",
        answers in prop::collection::vec(prop::option::of(0_u8..=4), 0..60),
        takes_notes in prop::bool::ANY,
    ) {
        let planted = planted(&hostile, &answers);
        let notes = if takes_notes { Notes::Taken } else { Notes::Left };
        let bundle = bundle(&planted.journal, &Wish { notes, initials: Some(hostile), ..wish() });
        prop_assert_eq!(faults(&bundle), Vec::<String>::new());
        prop_assert_eq!(loose_ends(&bundle), Vec::<String>::new());
        let whole = bundle.to_string();
        for id in &planted.ids {
            prop_assert!(!whole.contains(&id.to_string()), "an id carries the moment of typing");
        }
        let blank = answers.iter().filter(|answer| answer.is_none()).count();
        let rated = resources(&bundle, "Observation").into_iter().filter(|one| one["note"][0]["text"] == "0 none to 4 very severe, self-rated");
        // Two urges are told on the same scale.
        prop_assert_eq!(rated.count() - 2, 60 - blank);
    }
}

#[test]
fn the_faults_are_found_where_they_are() {
    let bad =
        serde_json::json!({"a": null, "b": "", "c": [], "d": {}, "e": "\u{1}", "f": "fine\n"});
    assert_eq!(faults(&bad).len(), 5);
    let bad = serde_json::json!({"entry": [
        {"fullUrl": "urn:uuid:A", "resource": {"subject": {"reference": "urn:uuid:b"}}},
        {"fullUrl": "urn:uuid:c"}, {"fullUrl": "urn:uuid:c"}
    ]});
    assert_eq!(loose_ends(&bad).len(), 3);
}

#[test]
fn a_blank_is_an_item_without_an_answer_and_no_observation() {
    let planted = planted("", &[None, Some(0)]);
    let bundle = bundle(&planted.journal, &wish());
    assert!(seen(&bundle, "Muscle aches").is_empty());
    assert_eq!(seen(&bundle, "Shaking")[0]["valueInteger"], 0);
    let items = &resources(&bundle, "QuestionnaireResponse")[0]["item"];
    assert_eq!(items[0]["linkId"], "muscle_aches");
    assert!(items[0].get("answer").is_none());
    assert_eq!(items[1]["answer"][0]["valueInteger"], 0);
}

#[test]
fn nobody_is_named_unless_something_was_typed_for_it() {
    let planted = planted("", &[]);
    let plain = bundle(&planted.journal, &wish());
    assert_eq!(
        resources(&plain, "Patient")[0],
        &serde_json::json!({"resourceType": "Patient", "active": true})
    );
    let named = Wish {
        initials: Some("A. B.".to_owned()),
        birth_year: Some(1980),
        ..wish()
    };
    let named = bundle(&planted.journal, &named);
    let patient = resources(&named, "Patient")[0];
    assert_eq!(patient["name"][0]["text"], "A. B.");
    assert_eq!(patient["birthDate"], "1980");
}

#[test]
fn notes_go_along_where_they_were_asked_for() {
    let planted = planted("", &[]);
    let journal = &planted.journal;
    let check_in = journal.check_ins(planted::day())[0].note.clone().unwrap();
    let mut notes = vec![check_in.to_string()];
    let dated = journal.records(planted::day()).iter();
    let kinds = [
        Kind::Dose,
        Kind::Urge,
        Kind::Intake,
        Kind::Sign,
        Kind::Substance,
    ];
    let records = dated
        .chain(journal.standing.iter())
        .filter(|record| kinds.contains(&record.kind));
    notes.extend(records.filter_map(|record| record.text("note").map(str::to_owned)));
    assert!(notes.len() > 10);
    let without = bundle(journal, &wish()).to_string();
    let with = Wish {
        notes: Notes::Taken,
        ..wish()
    };
    let with = bundle(journal, &with).to_string();
    for note in notes {
        assert!(
            !without.contains(note.trim()) && with.contains(note.trim()),
            "{note}"
        );
    }
}

fn house() -> House {
    let house = House::new();
    for args in [
        &["start", "--last-use", "2026-11-13"][..],
        &[
            "checkin",
            "--at",
            "2026-11-21 08:00",
            "--set",
            "nausea=3",
            "--overall",
            "6",
        ],
        &["checkin", "--at", "2026-11-22 08:00", "--set", "nausea=2"],
        &["checkin", "--at", "2026-11-22 12:00", "--set", "nausea=1"],
        &["dose", "1.5g", "powder", "--at", "2026-11-22 09:30"],
        &["dose", "2", "capsules", "--at", "2026-11-20 09:30"],
        &[
            "measure",
            "blood_pressure=120/80",
            "--at",
            "2026-11-22 09:00",
        ],
        &["measure", "weight=150lb", "--at", "2026-11-22 09:00"],
        &[
            "medication",
            "add",
            "clonidine",
            "--as-prescribed",
            "0.1 mg at night",
            "--start",
            "2026-11-01",
        ],
        &["take", "clonidine", "--skipped", "--at", "2026-11-22 09:00"],
        &["take", "clonidine", "--at", "2026-11-21 21:00"],
    ] {
        house.done(args);
    }
    house
}

#[test]
fn what_was_typed_on_the_command_line_stands_in_the_bundle() {
    let house = house();
    let said = house.done(&["export", "fhir"]);
    let bundle: Value = serde_json::from_str(&said.out).unwrap();
    assert_eq!(bundle["type"], "collection");
    assert_eq!((faults(&bundle), loose_ends(&bundle)), (vec![], vec![]));

    let nausea = seen(&bundle, "Nausea");
    assert_eq!(nausea.len(), 3);
    assert_eq!(nausea[0]["code"]["coding"][0]["code"], "HP:0002018");
    assert_eq!(nausea[0]["effectiveDateTime"], "2026-11-21T08:00:00-05:00");

    let pressure = seen(&bundle, "Blood pressure")[0];
    assert!(pressure.get("valueQuantity").is_none());
    let parts = pressure["component"].as_array().unwrap();
    let part = |at: usize| {
        (
            &parts[at]["code"]["coding"][0]["code"],
            &parts[at]["valueQuantity"],
        )
    };
    assert_eq!(part(0).0, "8480-6");
    assert_eq!(part(1).1["value"], 80.0);
    assert_eq!(part(1).1["code"], "mm[Hg]");
    let weight = &seen(&bundle, "Weight")[0]["valueQuantity"];
    assert_eq!(
        (&weight["value"], &weight["code"]),
        (&150.0.into(), &"[lb_av]".into())
    );

    let intakes = resources(&bundle, "MedicationAdministration");
    let states: Vec<&Value> = intakes.iter().map(|intake| &intake["status"]).collect();
    assert_eq!(states, ["completed", "not-done"]);
    let statements = resources(&bundle, "MedicationStatement");
    assert_eq!(
        statements[0]["medicationCodeableConcept"]["coding"][0]["code"],
        "C02AC01"
    );
    assert_eq!(statements[0]["status"], "active");
    assert_eq!(statements[0]["dosage"][0]["text"], "0.1 mg at night");
    let used: Vec<&Value> = statements[1..]
        .iter()
        .map(|one| &one["medicationCodeableConcept"])
        .collect();
    assert_eq!(used[1]["text"], "kratom, Leaf powder");
    assert!(used.iter().all(|one| one.get("coding").is_none()));
}

#[test]
fn each_dose_stands_in_one_response_beside_its_statement() {
    let said = house().done(&["export", "fhir"]);
    let bundle: Value = serde_json::from_str(&said.out).unwrap();
    let responses = resources(&bundle, "QuestionnaireResponse");
    assert_eq!(
        responses.len(),
        4,
        "three check-ins and a day with a dose alone"
    );
    let groups: Vec<&Value> = responses
        .iter()
        .flat_map(|response| response["item"].as_array().unwrap())
        .filter(|item| item["linkId"] == "doses")
        .collect();
    let said: Vec<&Value> = groups
        .iter()
        .map(|group| &group["item"][0]["answer"][0]["valueString"])
        .collect();
    assert_eq!(said, ["1.5 g", "2 capsules"]);
    assert!(
        responses[1]["item"]
            .as_array()
            .unwrap()
            .iter()
            .all(|item| item["linkId"] != "doses")
    );
}

#[test]
fn days_and_options_are_heeded() {
    let house = house();
    let said = house.done(&[
        "export",
        "fhir",
        "--from",
        "2026-11-22",
        "--to",
        "2026-11-22",
    ]);
    let bundle: Value = serde_json::from_str(&said.out).unwrap();
    assert_eq!(seen(&bundle, "Nausea").len(), 2);
    assert_eq!(
        said.out,
        house
            .done(&[
                "export",
                "fhir",
                "--from",
                "2026-11-22",
                "--to",
                "2026-11-22"
            ])
            .out
    );
    for args in [
        &["export", "fhir", "--birth-year", "1080"][..],
        &["export", "fhir", "--birth-year", "2030"],
        &["export", "csv", "--initials", "AB"],
        &["export", "csv", "--with-notes"],
    ] {
        assert_eq!(house.code(args), 2, "{args:?}");
    }
}

#[test]
fn every_kind_of_record_is_in_the_bundle_or_counted_as_left_behind() {
    let planted = planted("", &[]);
    let left = fhir::left_out(&planted.journal, &wish());
    let without = ebbtide::transfer::csv::other_kinds(&planted.journal, Range::ALL);
    assert_eq!(
        left.len(),
        without.len() - 9 + 2,
        "{left:?}: nine kinds go along (no planted plan can be read), notes and the words of visits do not"
    );
}

#[test]
#[expect(
    clippy::too_many_lines,
    reason = "one journal, looked at from every side"
)]
fn practices_visits_and_plans_go_along_and_nobody_is_named() {
    let house = House::new();
    for args in [
        &[
            "did",
            "walking",
            "--minutes",
            "20",
            "--before",
            "3",
            "--after",
            "1",
            "--at",
            "2026-11-20 10:00",
        ][..],
        &["did", "warm_bath", "--at", "2026-11-20 11:00"],
        &[
            "appointment",
            "add",
            "doctor",
            "--with",
            "Dr Quist",
            "--at",
            "2026-11-10 10:00",
        ],
        &[
            "appointment",
            "add",
            "call",
            "--note",
            "ask",
            "--at",
            "2026-12-01 10:00",
        ],
        &[
            "taper",
            "start",
            "--from",
            "6",
            "--steps",
            "4,2",
            "--every",
            "7",
            "--product",
            "powder",
            "--begin",
            "2026-11-15",
        ],
        &["taper", "hold", "--product", "powder"],
    ] {
        house.done(args);
    }
    let said = house.done(&["export", "fhir"]);
    assert!(
        !said.out.contains("Quist") && said.err.contains("2 visits' words"),
        "{}",
        said.err
    );
    let bundle: Value = serde_json::from_str(&said.out).unwrap();
    assert_eq!(faults(&bundle), Vec::<String>::new());
    let walked = seen(&bundle, "Walking");
    assert_eq!(walked.len(), 1);
    assert_eq!(walked[0]["valueQuantity"]["value"], 20.0);
    assert_eq!(walked[0]["category"][0]["coding"][0]["code"], "activity");
    let felt: Vec<_> = walked[0]["component"]
        .as_array()
        .unwrap()
        .iter()
        .map(|one| one["valueInteger"].clone())
        .collect();
    assert_eq!(felt, [3, 1]);
    let visits = resources(&bundle, "Encounter");
    let visits: Vec<_> = visits
        .iter()
        .map(|one| {
            (
                one["status"].as_str().unwrap(),
                one["class"]["code"].as_str().unwrap(),
            )
        })
        .collect();
    assert_eq!(visits, [("unknown", "AMB"), ("planned", "VR")]);
    let plans = resources(&bundle, "CarePlan");
    let plans: Vec<_> = plans
        .iter()
        .map(|one| {
            let steps = one["activity"].as_array().unwrap().iter();
            let steps: Vec<f64> = steps
                .map(|step| step["detail"]["dailyAmount"]["value"].as_f64().unwrap())
                .collect();
            assert!(
                one["note"][0]["text"]
                    .as_str()
                    .unwrap()
                    .contains("not ordered or prescribed")
            );
            (
                one["status"].as_str().unwrap(),
                one["intent"].as_str().unwrap(),
                steps,
            )
        })
        .collect();
    assert_eq!(
        plans,
        [
            ("revoked", "plan", vec![6.0, 4.0, 2.0]),
            ("on-hold", "plan", vec![4.0])
        ]
    );
    let later = resources(&bundle, "CarePlan")[1]["replaces"][0]["reference"].clone();
    let urls: Vec<_> = bundle["entry"]
        .as_array()
        .unwrap()
        .iter()
        .map(|entry| entry["fullUrl"].clone())
        .collect();
    assert!(urls.contains(&later));
}
