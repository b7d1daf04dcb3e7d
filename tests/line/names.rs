//! What is mistyped is answered in one voice, and a name that means two is never settled in silence.

use super::house::{House, Said};
use super::tree::{all, leaves};
use std::fs;

/// In our voice: who speaks, that nothing was saved, and how it is typed.
fn is_ours(said: &Said, words: &[&str]) {
    let at = format!("{words:?}: {said:?}");
    assert_eq!(said.code, 2, "{at}");
    assert!(said.out.is_empty(), "{at}");
    assert!(
        said.err.starts_with("ebb: ") && said.err.lines().count() == 1,
        "{at}"
    );
    assert!(
        said.err.to_lowercase().contains("nothing was saved"),
        "{at}"
    );
    for theirs in ["error:", "Usage", "For more information", "<", "--now"] {
        assert!(!said.err.contains(theirs), "{theirs} in {at}");
    }
    assert!(said.err.contains("`ebb"), "{at}");
}

#[test]
fn every_command_answers_an_unknown_option_and_a_word_too_many_in_one_voice() {
    let house = House::new();
    for command in all(&house) {
        let words: Vec<&str> = command.iter().map(String::as_str).collect();
        let slip = [&words[..], &["--nosuchoption"]].concat();
        is_ours(&house.ebb(&slip), &slip);
    }
    let slips: &[&[&str]] = &[
        &["urge"],
        &["urge", "3", "4"],
        &["did"],
        &["take"],
        &["measure"],
        &["medication", "add"],
        &["medication", "end"],
        &["appointment", "add", "doctor"],
        &["symptom", "add", "Cold feet"],
        &["start", "--method", "magic"],
        &["history", "--kind", "nothing"],
        &["take", "clonidine", "--late", "--skipped"],
        &["export"],
        &["export", "pdf"],
        &["trend", "--view", "sideways"],
        &["history", "--from"],
        &["taper", "preview", "--from", "12"],
        &["demo", "--days", "0"],
        &["nosuchverb"],
        &["medication", "nosuchverb"],
    ];
    for slip in slips {
        is_ours(&house.ebb(slip), slip);
    }
    assert_eq!(fs::read_dir(house.dir.path()).unwrap().count(), 0);
}

#[test]
fn what_is_missing_is_named_by_what_it_means() {
    let house = House::new();
    let said = house.ebb(&["urge"]).err;
    assert!(
        said.contains("how strong: 0 none") && said.contains("`ebb urge 3`"),
        "{said}"
    );
}

#[test]
fn every_command_is_on_the_first_page_and_each_leaf_is_found_from_it() {
    let house = House::new();
    let leaves: Vec<String> = leaves(&house).iter().map(|words| words.join(" ")).collect();
    for wanted in [
        "entry check-in edit",
        "entry check-in show",
        "entry dose show",
        "treatment add",
        "config keys",
        "baseline add",
        "sign add",
        "taper go-on",
        "helplines",
    ] {
        let is_there = leaves
            .iter()
            .any(|leaf| leaf == wanted || leaf.starts_with(&format!("{wanted} ")));
        assert!(is_there, "{wanted}: {leaves:?}");
    }
}

#[test]
fn of_two_medications_with_one_name_none_is_taken_in_silence() {
    let house = House::new();
    house.done(&["medication", "add", "Clonidine", "--prescribed", "mornings"]);
    let second = house.done(&["medication", "add", "clonidine", "--prescribed", "evenings"]);
    assert!(
        second.err.contains("There are two called Clonidine now"),
        "{second:?}"
    );
    assert!(
        second.err.contains("`ebb undo` takes this one back"),
        "{second:?}"
    );
    let both = house.ebb(&["take", "clonidine"]);
    assert_eq!(both.code, 2, "{both:?}");
    assert!(
        both.err.contains("means more than one") && both.err.contains("evenings"),
        "{both:?}"
    );
    let list = house.done(&["medication", "list"]).out;
    let evening = list.lines().find(|line| line.contains("evenings")).unwrap();
    let id = evening.split(' ').next().unwrap();
    house.done(&["take", id]);
    let taken = house.done(&["entry", "intake", "list", "--json"]).out;
    let taken: serde_json::Value = serde_json::from_str(&taken).unwrap();
    let about = taken["records"][0]["about"].as_str().unwrap();
    assert!(about.replace('-', "").ends_with(id), "{about} {id}");
    // One that is over is no second choice.
    house.done(&["medication", "end", id, "--yes"]);
    house.done(&["--now", "2026-11-25T08:00:00-05:00", "take", "clonidine"]);
}

#[test]
fn a_second_baseline_is_remarked_and_a_purchase_takes_its_amount_beside_the_product() {
    let house = House::new();
    house.done(&["start", "--last-use", "2026-11-13"]);
    let first = house.done(&["baseline", "add", "--products", "leaf"]);
    assert!(!first.err.contains("two"), "{first:?}");
    let second = house.done(&["baseline", "add", "--products", "leaf"]);
    assert!(
        second.err.contains("There are two for Attempt 1 now")
            || second.err.contains("There are two for attempt 1 now"),
        "{second:?}"
    );
    let bought = house.done(&["purchase", "add", "powder", "250g"]);
    assert!(bought.err.contains("250 g"), "{bought:?}");
}

#[test]
fn a_question_is_changed_by_the_number_that_the_report_gives_it() {
    let house = House::new();
    for question in ["May I drive?", "What about coffee?"] {
        house.done(&["question", "add", question]);
    }
    let report = house.done(&["report", "--sections", "questions"]).out;
    assert!(report.contains("2  What about coffee?"), "{report}");
    house.done(&["question", "edit", "2", "--state", "asked"]);
    let report = house.done(&["report", "--sections", "questions"]).out;
    assert!(
        !report.contains("coffee") && report.contains("1  May I drive?"),
        "{report}"
    );
    assert_eq!(
        house.code(&["question", "edit", "2", "--state", "asked"]),
        2
    );
    let piped = house.with_input(&["question", "add", "-"], "Is it safe\nwith tea?\n");
    assert_eq!(piped.code, 0);
    assert!(
        house
            .done(&["question", "show", "last"])
            .out
            .contains("Is it safe")
    );
}

#[test]
fn entries_of_one_minute_stand_in_the_order_in_which_they_were_written() {
    let house = House::new();
    let strengths = ["0", "1", "2", "3", "4", "0", "1", "2"];
    for strength in strengths {
        house.done(&["urge", strength]);
    }
    let listed = house.done(&["entry", "urge", "list"]).out;
    let order: Vec<&str> = listed
        .lines()
        .map(|line| {
            line.split("urge ")
                .nth(1)
                .unwrap()
                .split(',')
                .next()
                .unwrap()
        })
        .collect();
    assert_eq!(order, strengths);
    let history = house.done(&["history", "-n", "3"]).out;
    assert_eq!(history.lines().count(), 4, "{history}");
    assert!(
        history.lines().last().unwrap().contains("Urge 2"),
        "{history}"
    );
}

#[test]
fn a_copy_and_what_lies_in_the_bin_are_named_by_short_ids_names_or_last() {
    let house = House::new();
    house.done(&["medication", "add", "Magnesium"]);
    house.done(&["contact", "add", "Ruth"]);
    house.done(&["medication", "delete", "magnesium"]);
    house.done(&["contact", "delete", "Ruth"]);
    let bin = house.done(&["bin"]).out;
    for line in bin.lines() {
        assert_eq!(line.split(' ').next().unwrap().len(), 4, "{line}");
    }
    house.done(&["bin", "restore", "magnesium"]);
    house.done(&["bin", "restore", "last"]);
    assert!(house.done(&["contact", "list"]).out.contains("Ruth"));
    house.done(&["backup"]);
    assert!(
        house
            .done(&["restore", "last", "--dry-run"])
            .out
            .contains("2026")
    );
}

#[test]
fn sync_makes_its_folder_and_a_mistyped_path_is_named() {
    let house = House::new();
    house.done(&["urge", "1"]);
    let said = house.done(&["sync", "carried/ebb"]);
    assert!(
        said.err.contains("Made the folder carried/ebb."),
        "{said:?}"
    );
    assert!(!house.done(&["sync", "carried/ebb"]).err.contains("Made"));
    let wrong = house.ebb(&["sync", "nowhere/at/all"]);
    assert_eq!(wrong.code, 1, "{wrong:?}");
    assert!(!house.path("nowhere").exists());
}

#[test]
fn a_day_of_the_week_is_taken_in_any_case_and_chosen_keys_are_shown() {
    let house = House::new();
    house.done(&["config", "set", "week_start", "Sunday"]);
    house.done(&["config", "set", "keys.undo", "F9"]);
    let shown = house.done(&["config", "show"]).out;
    assert!(shown.contains("week_start  sunday  (file)"), "{shown}");
    assert!(
        shown.contains("keys.undo") && shown.contains("F9"),
        "{shown}"
    );
}

#[test]
fn a_symptom_is_understood_as_people_write_it_and_a_dot_blanks_it() {
    let house = House::new();
    for (typed, name) in [
        ("low_mood", "Low mood"),
        ("Low-Mood", "Low mood"),
        ("cramps", "Stomach cramps"),
        ("stomach_cramps", "Stomach cramps"),
    ] {
        house.done(&[
            "checkin",
            "--set",
            &format!("{typed}=2"),
            "--set",
            "nausea=1",
        ]);
        let shown = house.done(&["entry", "check-in", "show", "last"]).out;
        let row = shown.lines().find(|line| line.contains(name)).unwrap();
        assert!(row.contains("2 moderate"), "{typed}: {shown}");
        let blank = format!("{typed}=.");
        house.done(&["entry", "check-in", "edit", "last", "--set", &blank]);
        let shown = house.done(&["entry", "check-in", "show", "last"]).out;
        assert!(!shown.contains("2 moderate"), "{typed}: {shown}");
        assert!(shown.contains("1 mild"), "{shown}");
    }
    let none = house.ebb(&["checkin", "--set", "naussea=2"]);
    assert!(
        none.code == 2 && none.err.contains("did you mean Nausea?"),
        "{none:?}"
    );
    let help = house.done(&["entry", "check-in", "edit", "--help"]).out;
    assert!(
        help.contains(". behind the = leaves the symptom blank"),
        "{help}"
    );
}

#[test]
fn the_beginning_of_one_name_is_enough_to_log_it_and_of_several_is_refused_with_their_names() {
    let house = House::new();
    house.done(&["medication", "add", "clonidine"]);
    for (typed, saved) in [
        (&["did", "walk", "--minutes", "20"][..], "Walking"),
        (&["measure", "weig=70"][..], "Weight"),
        (&["used", "alco", "1", "drink"][..], "Alcohol"),
        (&["take", "clon"][..], "Clonidine"),
        (&["dose", "2", "leaf"][..], "2 g Leaf powder"),
        (&["dose", "2 g", "lea"][..], "2 g Leaf powder"),
    ] {
        let done = house.done(typed);
        assert!(done.err.contains(saved), "{typed:?}: {done:?}");
    }
    let several = house.ebb(&["dose", "2", "extract"]);
    assert_eq!(several.code, 2, "{several:?}");
    assert!(
        several
            .err
            .contains("can be Liquid extract or shot, Solid extract or resin"),
        "{several:?}"
    );
    let history = house.done(&["history", "--kind", "dose"]).out;
    assert_eq!(history.matches("Leaf powder").count(), 2, "{history}");
}

/// What was typed is what the person looks for again, whatever the program took it for.
#[test]
fn the_word_that_was_typed_stays_where_it_is_recognised() {
    let house = House::new();
    let added = house.done(&["medication", "add", "Advil"]).err;
    assert!(added.contains("Saved: Advil"), "{added}");
    assert!(
        added.contains("Advil stands in the list as Ibuprofen"),
        "{added}"
    );
    // By the same word, by the name of the list, and by another word for the same medicine.
    for typed in ["advil", "ibuprofen", "nurofen"] {
        let taken = house.done(&["take", typed]).err;
        assert!(taken.contains("Advil, taken"), "{typed}: {taken}");
    }
    house.done(&["medication", "add", "Ibuprofen"]);
    let taken = house.done(&["take", "ibuprofen"]).err;
    assert!(taken.contains("Ibuprofen, taken"), "{taken}");
    let absent = house.ebb(&["take", "Tylenol"]).err;
    assert!(absent.contains("`ebb medication add Tylenol`"), "{absent}");
    for (typed, saved) in [
        (&["used", "beer", "2"][..], "Alcohol (beer), 2 drinks"),
        (&["used", "oxycodone"], "Other opioid (oxycodone)"),
        (&["used", "oxyc"], "Other opioid (oxyc)"),
        (&["used", "sedatives"], "Sedatives not prescribed to you,"),
        (&["used", "alcohol", "--name", "Cider"], "Alcohol (Cider)"),
        (&["used", "wine", "--name", "Port"], "Alcohol (Port)"),
        (
            &["did", "gym", "--minutes", "20"],
            "Other exercise (gym), 20 min",
        ),
        (&["did", "walk"], "Walking,"),
        (
            &["appointment", "add", "massage", "--at", "2026-11-25 10:00"],
            "Other holistic session (massage)",
        ),
        (&["treatment", "add", "rehab"], "Inpatient programme, rehab"),
    ] {
        let said = house.done(typed).err;
        assert!(said.contains(saved), "{typed:?}: {said}");
    }
    // Under another thing the word would be wrong.
    house.done(&["did", "running"]);
    house.done(&["entry", "practice", "edit", "last", "--about", "yoga"]);
    let history = house.done(&["history"]).out;
    for word in ["beer", "oxycodone", "Cider", "massage", "Advil"] {
        assert!(history.contains(word), "{word}: {history}");
    }
    assert!(
        history.contains("Yoga") && !history.contains("running"),
        "{history}"
    );
    // What is counted stays one: beer and port are alcohol.
    let report = house.done(&["report", "--format", "text"]).out;
    assert!(report.contains("Alcohol"), "{report}");
    assert!(!report.contains("beer"), "{report}");
}

#[test]
fn a_medicine_that_gets_the_name_of_another_has_the_cautions_of_that_one() {
    let house = House::new();
    house.done(&["medication", "add", "ibuprofen"]);
    house.done(&["medication", "edit", "ibuprofen", "--name", "Clonidine"]);
    let ended = house.done(&["medication", "end", "clonidine"]).err;
    assert!(ended.contains("headache"), "{ended}");
}

#[test]
fn a_name_of_one_letter_is_taken_for_no_other() {
    let house = House::new();
    for name in ["C", "D"] {
        let added = house.done(&["medication", "add", name]).err;
        assert!(!added.contains("list knows"), "{added}");
    }
}

#[test]
fn history_takes_a_kind_by_the_words_people_use() {
    let house = House::new();
    house.done(&["checkin", "--overall", "4"]);
    house.done(&["checkin", "--set", "nausea=2", "--note", "rain"]);
    house.done(&["dose", "2", "powder"]);
    for (kind, has, has_not) in [
        ("check-in", &["overall 4", "rain"][..], "powder"),
        ("checkins", &["overall 4", "rain"], "powder"),
        ("full", &["rain"], "overall 4"),
        ("doses", &["powder"], "rain"),
        ("Dose", &["powder"], "rain"),
        ("notes", &["rain"], "powder"),
    ] {
        let history = house.done(&["history", "--kind", kind]).out.to_lowercase();
        for word in has {
            assert!(history.contains(word), "{kind}: {history}");
        }
        assert!(!history.contains(has_not), "{kind}: {history}");
    }
}

#[test]
fn a_day_without_is_called_as_it_is_read() {
    let house = House::new();
    house.done(&["dose", "0", "powder"]);
    assert!(
        house
            .done(&["history", "--kind", "day without"])
            .out
            .contains("without")
    );
    for called in ["day without", "day-without", "day_without"] {
        assert!(
            house
                .done(&["entry", called, "list"])
                .out
                .contains("without"),
            "{called}"
        );
    }
}

#[test]
fn the_bin_names_amount_and_product_and_finds_what_it_shows() {
    let house = House::new();
    house.done(&[
        "product",
        "add",
        "Blue bag",
        "--unit",
        "scoop",
        "--smallest",
        "0.5",
    ]);
    house.done(&["dose", "2", "powder", "--at", "09:00"]);
    house.done(&["entry", "dose", "delete", "last"]);
    house.done(&["dose", "1", "blue bag", "--at", "08:00"]);
    house.done(&["entry", "dose", "delete", "last"]);
    let bin = house.done(&["bin"]).out;
    assert!(bin.contains("dose of 2 g Leaf powder 09:00"), "{bin}");
    assert!(bin.contains("dose of 1 scoop Blue bag 08:00"), "{bin}");
    let restored = house.done(&["bin", "restore", "powder"]).err;
    assert!(restored.contains("2 g Leaf powder"), "{restored}");
}

#[test]
fn what_is_missing_is_named_with_the_whole_command() {
    let house = House::new();
    for (words, command) in [
        (
            &["product", "add", "gummies"][..],
            "`ebb product add gummies --unit TEXT --smallest AMOUNT`",
        ),
        (
            &["practice", "add", "swimming"],
            "`ebb practice add swimming --measure ",
        ),
    ] {
        let refused = house.ebb(words);
        assert!(refused.err.contains(command), "{refused:?}");
        is_ours(&refused, words);
    }
}

#[test]
fn an_amount_that_is_no_number_is_no_other_unit() {
    let house = House::new();
    house.done(&["dose", "2", "powder"]);
    let edit = |amount| house.ebb(&["entry", "dose", "edit", "last", "--amount", amount]);
    for amount in ["foo", "x", "2 foo"] {
        let refused = edit(amount).err;
        assert!(
            refused.contains("an amount is a number, such as 2 or 2.5"),
            "{refused}"
        );
        assert!(!refused.contains("never converted"), "{refused}");
    }
    assert!(edit("2 mg").err.contains("never converted"));
}

#[test]
fn a_product_called_by_its_unit_is_named_once() {
    let house = House::new();
    let line = house.done(&["dose", "1/2", "capsule"]).err;
    assert!(
        line.contains("0.5 capsules") && !line.contains("capsules Capsules"),
        "{line}"
    );
}
