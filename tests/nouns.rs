//! The nouns of the command line: what is kept is added, listed, edited, ended and deleted by words, for every kind alike.

#![expect(clippy::unwrap_used, reason = "a test may stop at the first surprise")]
#![allow(missing_docs)]

#[path = "cli/house.rs"]
#[expect(dead_code, reason = "nothing is read as rows here")]
mod house;

use ebbtide::domain::record::field::Ask;
use ebbtide::domain::record::kind::Kind;
use house::House;
use serde_json::Value;

/// Kinds with a verb of their own.
const VERBS: [Kind; 8] = [
    Kind::Dose,
    Kind::DayWithout,
    Kind::Substance,
    Kind::Urge,
    Kind::Intake,
    Kind::Practice,
    Kind::Measurement,
    Kind::Plan,
];

fn noun(kind: Kind) -> &'static str {
    kind.code().trim_start_matches("own_")
}

fn nouns() -> impl Iterator<Item = Kind> {
    Kind::ALL.into_iter().filter(|kind| !VERBS.contains(kind))
}

fn json(house: &House, args: &[&str]) -> Value {
    serde_json::from_str(&house.done(args).out).unwrap()
}

fn records(house: &House, noun: &str) -> Vec<Value> {
    let all = json(house, &[noun, "list", "--all", "--json"]);
    assert_eq!(all["version"], 1);
    all["records"].as_array().unwrap().clone()
}

/// What a person types to add one of `kind`, and a field to change with what it then holds.
fn a_way_to_add(kind: Kind) -> (&'static [&'static str], &'static [&'static str; 2]) {
    match kind {
        Kind::Sign => (&["seizure"], &["note", "in the kitchen"]),
        Kind::Appointment => (
            &["dr", "--at", "2026-11-24 10:00", "--with", "Dr Lee"],
            &["place", "Room 2"],
        ),
        Kind::Question => (&["can", "I", "drive"], &["state", "asked"]),
        Kind::Purchase => (&["powder", "--amount", "250g"], &["note", "from the shop"]),
        Kind::Product => (
            &["Blue bag", "--unit", "scoop", "--smallest", "0.5"],
            &["unit", "spoon"],
        ),
        Kind::Medication => (
            &["clonidine", "--as-prescribed", "0.1 mg at night"],
            &["for", "sleep"],
        ),
        Kind::OwnPractice => (
            &["Cold plunge", "--measure", "minutes"],
            &["measure", "count"],
        ),
        Kind::Treatment => (&["therapy", "--start", "yesterday"], &["name", "Dr Ray"]),
        Kind::Contact => (&["Sam", "--role", "friend"], &["contact", "555 0100"]),
        Kind::Reason => (&["my", "daughter"], &["text", "my daughters"]),
        Kind::Baseline => (&["--products", "leaf"], &["allergies", "none known"]),
        other => panic!("{other:?} needs a row here"),
    }
}

#[test]
fn every_kind_of_the_registry_has_a_noun_with_its_fields_as_options() {
    let house = House::new();
    for kind in nouns() {
        let help = house.done(&["help", noun(kind), "edit"]).out;
        for field in kind.facts().fields {
            let is_asked = !matches!(field.ask, Ask::Kept | Ask::KeptNumber);
            assert_eq!(
                help.contains(&format!("--{} ", field.code.replace('_', "-"))),
                is_asked,
                "{kind:?} {}: {help}",
                field.code
            );
        }
        let help = house.done(&["help", noun(kind)]).out;
        assert!(help.starts_with("Examples:"), "{help}");
        assert_eq!(help.contains("\n  end "), kind.field("stop").is_some());
    }
}

#[test]
fn every_kind_is_added_listed_edited_and_deleted_and_undo_brings_it_back() {
    for kind in nouns() {
        let house = House::new();
        house.done(&["start", "--last-use", "2026-11-13 20:00"]);
        let noun = noun(kind);
        let (words, [field, text]) = a_way_to_add(kind);
        let added = house.done(&[&[noun, "add"], words].concat());
        let mut lines = added.err.lines();
        assert!(
            lines.any(|line| line.starts_with("Saved")) && added.out.is_empty(),
            "{added:?}"
        );
        let kept = records(&house, noun);
        assert_eq!(kept.len(), 1, "{noun}");
        assert_eq!(kept[0]["kind"], kind.code());

        let list = house.done(&[noun, "list"]).out;
        let id = list.split_whitespace().next().unwrap();
        let option = format!("--{field}");
        house.done(&[noun, "edit", id, &option, text]);
        let edited = records(&house, noun);
        assert_eq!(edited[0]["fields"][field], **text, "{noun}");
        assert_eq!(edited[0]["id"], kept[0]["id"], "{noun}");

        let whole = kept[0]["id"].as_str().unwrap();
        let said = house.done(&[noun, "delete", whole]).err;
        assert!(said.contains("ebb undo"), "{said}");
        assert_eq!(records(&house, noun).len(), 0, "{noun}");
        house.done(&["undo"]);
        assert_eq!(records(&house, noun), edited, "{noun}");
    }
}

#[test]
fn a_slip_ends_with_2_says_what_to_do_and_leaves_no_file_behind() {
    let house = House::new();
    let slips: &[(&[&str], &str)] = &[
        (&["medication", "add"], "needs more: what you call it"),
        (&["medication", "add", "Aspirin", "--most", "49"], "1 to 48"),
        (
            &["medication", "add", "Aspirin", "--gap", "long"],
            "a number",
        ),
        (
            &["medication", "add", "Aspirin", "--start", "someday"],
            "start",
        ),
        (
            &[
                "medication",
                "add",
                "Aspirin",
                "--start",
                "2026-11-10",
                "--stop",
                "2026-11-09",
            ],
            "before the first",
        ),
        (
            &["medication", "add", "Aspirin", "--dose", "1"],
            "knows no --dose",
        ),
        (&["medication", "edit", "nothing", "--for", "x"], "none yet"),
        (&["medication", "delete", "nothing"], "none yet"),
        (&["appointment", "add", "doctor"], "--at"),
        (
            &["appointment", "add", "docter_visit", "--at", "2026-11-24"],
            "did you mean Doctor visit",
        ),
        (
            &["treatment", "add", "therapie"],
            "no kind of treatment is called",
        ),
        (
            &["purchase", "add", "powdr", "--amount", "1"],
            "did you mean Leaf powder?",
        ),
        (
            &["purchase", "add", "capsule", "--amount", "2g"],
            "never converted",
        ),
        (
            &["sign", "add", "seizure", "--at", "2027-01-01"],
            "still to come",
        ),
        (&["baseline", "add"], "nothing is filled in"),
        (
            &["baseline", "add", "--products", "leaf", "--attempt", "7"],
            "no attempt 7",
        ),
        (&["product", "add", "Blue bag"], "unit"),
        (
            &["question", "add", "Why", "--state", "later"],
            "open, asked",
        ),
        (&["contact", "end", "Sam"], "has no command \"end\""),
        (&["question", "add", "Why", "--visit", "beef"], "none yet"),
    ];
    for (slip, said) in slips {
        let answer = house.ebb(slip);
        assert_eq!(answer.code, 2, "{slip:?}: {answer:?}");
        assert!(
            answer.err.contains(said) && answer.out.is_empty(),
            "{slip:?}: {answer:?}"
        );
        let left = std::fs::read_dir(house.dir.path()).unwrap().count();
        assert_eq!(left, 0, "{slip:?}");
    }
}

#[test]
fn an_edit_with_empty_words_leaves_the_field_empty_and_one_without_words_is_refused() {
    let house = House::new();
    house.done(&["medication", "add", "Clonidine", "--for", "sleep"]);
    house.done(&["medication", "edit", "CLONIDINE", "--for", ""]);
    assert!(
        records(&house, "medication")[0]["fields"]
            .get("for")
            .is_none()
    );
    assert_eq!(house.code(&["medication", "edit", "clonidine"]), 2);
    let said = house.ebb(&["medication", "edit", "clonidine", "--name", ""]);
    assert_eq!(said.code, 2, "{said:?}");
    assert!(said.err.contains("name is missing"), "{said:?}");
}

#[test]
fn a_listed_medicine_brings_its_caution_when_added_and_before_it_is_stopped() {
    let house = House::new();
    let caution = "Ask the prescriber before you stop it";
    let added = house.done(&["medication", "add", "clonidine"]).err;
    let lines: Vec<&str> = added.lines().collect();
    assert_eq!(lines.len(), 2, "{added}");
    assert!(lines[0].contains(caution));
    assert_eq!(lines[1], "Saved: Clonidine; `ebb undo` takes it back.");
    let ended = house.done(&["medication", "end", "clonidine", "--reason", "as agreed"]);
    let lines: Vec<&str> = ended.err.lines().collect();
    assert_eq!(lines.len(), 2, "{ended:?}");
    assert!(
        lines[0].starts_with(caution)
            && lines[1]
                == "Changed: medication Clonidine, until Sun 22 Nov; `ebb undo` takes it back."
    );
    let kept = records(&house, "medication");
    assert_eq!(kept[0]["fields"]["stop"], "2026-11-22");
    assert_eq!(kept[0]["fields"]["reason"], "as agreed");
    let again = house.ebb(&["medication", "end", "clonidine"]);
    assert_eq!(again.code, 2, "{again:?}");
    assert!(again.err.contains("--stop"), "{again:?}");
    let plain = house.done(&["medication", "add", "My own tablets"]).err;
    assert_eq!(plain, "Saved: My own tablets; `ebb undo` takes it back.\n");
}

#[test]
fn a_medicine_nearly_spelt_like_one_of_the_list_is_kept_as_typed_and_the_list_named() {
    let house = House::new();
    let said = house.done(&["medication", "add", "clonidin"]).err;
    assert!(
        said.contains("Saved: clonidin;") && said.contains("The list knows clonidine"),
        "{said}"
    );
}

#[test]
fn what_is_over_is_listed_with_all_alone() {
    let house = House::new();
    house.done(&["medication", "add", "Old", "--stop", "2026-11-20"]);
    house.done(&["medication", "add", "New"]);
    house.done(&["appointment", "add", "dr", "--at", "2026-11-20 10:00"]);
    house.done(&["appointment", "add", "dr", "--at", "2026-11-24 10:00"]);
    house.done(&["question", "add", "asked", "--state", "asked"]);
    for (noun, now, all) in [
        ("medication", 1, 2),
        ("appointment", 1, 2),
        ("question", 0, 1),
    ] {
        let shown = house.done(&[noun, "list"]);
        assert_eq!(shown.out.lines().count(), now, "{shown:?}");
        assert!(shown.err.contains("with --all"), "{shown:?}");
        let whole = house.done(&[noun, "list", "--all"]);
        assert_eq!(whole.out.lines().count(), all, "{whole:?}");
    }
}

#[test]
fn a_name_that_means_two_is_answered_with_their_ids() {
    let house = House::new();
    house.done(&["contact", "add", "Sam", "--role", "friend"]);
    house.done(&["contact", "add", "Sam", "--role", "doctor"]);
    let said = house.ebb(&["contact", "delete", "sam"]);
    assert_eq!(said.code, 2, "{said:?}");
    assert!(said.err.contains("more than one"), "{said:?}");
    let list = house.done(&["contact", "list"]).out;
    let ids: Vec<&str> = list
        .lines()
        .filter_map(|line| line.split_whitespace().next())
        .collect();
    assert_ne!(ids[0], ids[1]);
    house.done(&["contact", "delete", ids[0]]);
    assert_eq!(records(&house, "contact").len(), 1);
}

#[test]
fn a_question_goes_with_its_visit_and_a_baseline_with_its_attempt() {
    let house = House::new();
    house.done(&["start", "--last-use", "2026-11-13 20:00"]);
    house.done(&["appointment", "add", "dr", "--at", "2026-11-24 10:00"]);
    let visit = records(&house, "appointment")[0]["id"].clone();
    let list = house.done(&["appointment", "list"]).out;
    let id = list.split_whitespace().next().unwrap();
    house.done(&["question", "add", "is", "it", "normal", "--visit", id]);
    assert_eq!(records(&house, "question")[0]["about"], visit);
    house.done(&["baseline", "add", "--products", "leaf"]);
    let attempts = json(&house, &["attempt", "list", "--json"]);
    assert_eq!(
        records(&house, "baseline")[0]["about"],
        attempts["attempts"][0]["id"]
    );
}

#[test]
fn a_built_in_product_can_be_measured_more_finely() {
    let house = House::new();
    house.done(&["product", "edit", "leaf powder", "--smallest", "0.05"]);
    house.done(&["product", "edit", "powder", "--smallest", "0.02"]);
    let kept = records(&house, "product");
    assert_eq!(kept.len(), 1, "{kept:?}");
    assert_eq!(kept[0]["about"], "powder");
    assert_eq!(kept[0]["fields"]["smallest"], 0.02);
    let whole = house.done(&["product", "list", "--all"]).out;
    assert_eq!(whole.matches("Leaf powder").count(), 1, "{whole}");
}

#[test]
fn an_own_practice_and_an_own_product_are_known_to_the_verbs_by_their_code() {
    let house = House::new();
    house.done(&["practice", "add", "Cold plunge", "--measure", "minutes"]);
    house.done(&["did", "own_cold_plunge", "--minutes", "3"]);
    house.done(&[
        "product",
        "add",
        "Blue bag",
        "--unit",
        "scoop",
        "--smallest",
        "0.5",
    ]);
    let said = house.done(&["dose", "2", "own_blue_bag"]).err;
    assert!(said.contains("2 scoop Blue bag"), "{said}");
    assert!(
        house
            .done(&["product", "list"])
            .out
            .contains("own_blue_bag")
    );
}

#[test]
fn what_a_verb_noted_is_listed_edited_and_deleted_as_an_entry() {
    let house = one_of_each();
    let edits: &[(Kind, [&str; 2])] = &[
        (Kind::Dose, ["amount", "1.5"]),
        (Kind::DayWithout, ["note", "at home"]),
        (Kind::Substance, ["note", "with dinner"]),
        (Kind::Urge, ["helped", "a walk"]),
        (Kind::Intake, ["state", "late"]),
        (Kind::Practice, ["minutes", "25"]),
        (Kind::Measurement, ["value", "7.5"]),
    ];
    for (kind, [field, text]) in edits {
        let entry = ["entry", kind.code()];
        let of = |words: &[&str]| house.done(&[&entry, words].concat());
        let records = || {
            let all = json(&house, &[&entry as &[&str], &["list", "--json"]].concat());
            all["records"].as_array().unwrap().clone()
        };
        let list = of(&["list"]).out;
        let id = list.split_whitespace().next().unwrap();
        let kept = records();
        of(&["edit", id, &format!("--{field}"), text]);
        let edited = records();
        assert_eq!(edited[0]["id"], kept[0]["id"]);
        assert_eq!(edited[0]["at"], kept[0]["at"]);
        let held = &edited[0]["fields"][field];
        let held = held
            .as_str()
            .map_or_else(|| held.to_string(), str::to_owned);
        assert!(
            held == *text || held == format!("{text}.0"),
            "{kind:?} {held}"
        );
        of(&["delete", id]);
        assert!(records().is_empty(), "{kind:?}");
        house.done(&["undo"]);
        assert_eq!(records(), edited, "{kind:?}");
        let slip =
            house.ebb(&[&entry as &[&str], &["edit", id, "--about", "nosuchthing"]].concat());
        assert_eq!(slip.code, 2, "{slip:?}");
        let added = house.ebb(&[&entry as &[&str], &["add", "x"]].concat());
        assert_eq!(added.code, 2, "{added:?}");
    }
    let moved = house.done(&["entry", "dose", "list"]).out;
    let id = moved.split_whitespace().next().unwrap();
    house.done(&["entry", "dose", "edit", id, "--at", "yesterday 22:00"]);
    let dose = house.done(&["entry", "dose", "list"]).out;
    assert!(dose.contains("Sat 21 Nov 2026 22:00"), "{dose}");
    assert_eq!(
        house.code(&["entry", "dose", "edit", id, "--at", "2031-01-01"]),
        2
    );
    assert_eq!(
        house.code(&["entry", "dose", "edit", id, "--amount", "2mg"]),
        2
    );
    assert_eq!(house.code(&["entry", "plan", "list"]), 2);
}

#[test]
fn a_dose_of_another_product_is_given_anew_and_never_converted() {
    let house = House::new();
    house.done(&["dose", "2", "powder"]);
    let edit = ["entry", "dose", "edit", "leaf powder", "--about", "7-oh"];
    let said = house.ebb(&edit);
    assert_eq!(said.code, 2, "{said:?}");
    assert!(said.err.contains("never converted"), "{said:?}");
    let said = house
        .done(&[&edit as &[&str], &["--amount", "5"]].concat())
        .err;
    assert!(said.contains("5 mg 7-OH tablet"), "{said}");
}

#[test]
fn the_last_twenty_entries_are_listed_and_all_with_all() {
    let house = House::new();
    for minute in 10..32 {
        let at = format!("2026-11-22 20:{minute}");
        house.done(&["dose", "1", "powder", "--at", &at]);
    }
    let shown = house.done(&["entry", "dose", "list"]);
    assert_eq!(shown.out.lines().count(), 20);
    assert!(
        shown.out.lines().last().unwrap().contains("20:31"),
        "{shown:?}"
    );
    assert!(shown.err.contains("2 more with --all"), "{shown:?}");
    let all = house.done(&["entry", "dose", "list", "--all"]);
    assert_eq!(all.out.lines().count(), 22);
    let named = house.ebb(&["entry", "dose", "delete", "leaf", "powder"]);
    assert_eq!(named.code, 2, "{named:?}");
    assert_eq!(named.err.matches("used 1 g").count(), 5, "{named:?}");
}

#[test]
fn every_field_of_what_a_verb_notes_is_an_option_of_it_or_one_of_its_words() {
    // Beside each verb: what it takes as plain words or as a switch, and what `ebb entry measurement edit` adds.
    let verbs: [(Kind, &str, &[&str]); 6] = [
        (Kind::Dose, "dose", &["amount"]),
        (Kind::Substance, "used", &["amount", "unit"]),
        (Kind::Urge, "urge", &["strength"]),
        (Kind::Intake, "take", &["state", "amount"]),
        (Kind::Practice, "did", &[]),
        (
            Kind::Measurement,
            "measure",
            &["value", "unit", "direction", "bed", "asleep", "woke", "up"],
        ),
    ];
    let house = House::new();
    for (kind, verb, elsewhere) in verbs {
        let help = house.done(&["help", verb]).out;
        for field in kind.facts().fields {
            let is_asked = !matches!(field.ask, Ask::Kept | Ask::KeptNumber);
            let option = format!("--{} ", field.code.replace('_', "-"));
            let is_known = help.contains(&option) || elsewhere.contains(&field.code);
            assert!(!is_asked || is_known, "`ebb {verb}` lacks {option}");
        }
    }
}

/// One of every kind there is, written by words alone.
fn one_of_each() -> House {
    let house = House::new();
    house.done(&["start", "--last-use", "2026-11-13 20:00"]);
    for kind in nouns() {
        house.done(&[&[noun(kind), "add"], a_way_to_add(kind).0].concat());
    }
    for verb in [
        &["dose", "2", "powder"] as &[&str],
        &["dose", "0", "tea"],
        &["used", "alcohol", "2", "glasses"],
        &["urge", "3", "--trigger", "stress"],
        &["take", "clonidine"],
        &[
            "did",
            "walking",
            "--minutes",
            "20",
            "--before",
            "3",
            "--after",
            "1",
        ],
        &["measure", "sleep_hours=6.5"],
        &[
            "taper", "start", "--from", "10", "--cut", "1", "--every", "7",
        ],
        &["taper", "hold"],
        &["checkin", "--set", "nausea=2"],
    ] {
        house.done(verb);
    }
    house
}

#[test]
fn history_as_json_holds_every_kind_that_has_a_day() {
    let house = one_of_each();
    let history = json(&house, &["history", "--json", "--to", "2026-12-31"]);
    let days = history["days"].as_array().unwrap().iter();
    let records: Vec<&Value> = days
        .flat_map(|day| day["records"].as_array().unwrap())
        .collect();
    for kind in Kind::ALL.into_iter().filter(|kind| kind.has_day()) {
        let found = records
            .iter()
            .filter(|record| record["kind"] == kind.code());
        assert_eq!(found.count(), 1, "{kind:?}");
    }
}

#[test]
fn what_a_csv_leaves_out_is_counted_for_every_kind_with_the_way_to_get_it() {
    let house = one_of_each();
    for layout in ["long", "wide"] {
        let said = house.done(&["export", "csv", "--layout", layout]).err;
        for kind in Kind::ALL {
            let counted = format!("1 {}", kind.facts().name);
            assert!(said.contains(&counted), "{layout} {kind:?}: {said}");
        }
        assert!(said.contains("ebb export csv -o DIR/"), "{said}");
    }
}

#[test]
fn words_that_ask_for_help_are_answered_after_the_save_whichever_verb_wrote_them() {
    let note = "i want to die";
    let verbs: &[&[&str]] = &[
        &["checkin", "--overall", "6", "--note", note],
        &["dose", "2", "powder", "--note", note],
        &["used", "alcohol", "--note", note],
        &["urge", "3", "--note", note],
        &["did", "walking", "--minutes", "5", "--note", note],
        &["measure", "weight=70kg", "--note", note],
        &["measure", "phq9=12", "--item9", "2"],
        &["question", "add", note],
        &["reason", "add", note],
        &["contact", "add", "Sam", "--note", note],
        &["medication", "add", "Aspirin", "--note", note],
        &[
            "appointment",
            "add",
            "dr",
            "--at",
            "2026-11-24",
            "--note",
            note,
        ],
        &["treatment", "add", "therapy", "--note", note],
        &[
            "product",
            "add",
            "Bag",
            "--unit",
            "g",
            "--smallest",
            "1",
            "--note",
            note,
        ],
        &["purchase", "add", "powder", "--amount", "2", "--note", note],
        &["sign", "add", "fainting", "--note", note],
        &["baseline", "add", "--for", note],
    ];
    for verb in verbs {
        let house = House::new();
        let said = house.done(verb);
        let lines: Vec<&str> = said.err.lines().collect();
        let at = |is: &dyn Fn(&str) -> bool| lines.iter().position(|line| is(line));
        let saved = at(&|line| line.starts_with("Saved")).unwrap();
        let quiet = at(&|line| line.contains("`ebb helplines` has help lines"));
        assert!(quiet > Some(saved), "{verb:?}: {said:?}");
        assert!(said.out.is_empty(), "{said:?}");
    }
    let house = House::new();
    house.done(&["medication", "add", "Aspirin"]);
    let taken = house.done(&["take", "aspirin", "--note", note]);
    assert!(taken.err.lines().count() == 2, "{taken:?}");
}
