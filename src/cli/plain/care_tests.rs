//! Care in scripted conversations.

#![allow(clippy::unwrap_used)]

use super::CARE_WORDS;
use super::tests::{lived_in, talk};
use crate::domain::record::key;
use crate::domain::record::kind::Kind;

#[test]
fn medicines_are_added_taken_skipped_and_ended_with_what_has_to_be_said_first() {
    let mut store = lived_in();
    let transcript = talk(
        &mut store,
        &[
            "care",
            "medicines",
            "add",
            "clonidine",
            "skip",
            "as Dr Lee wrote it",
            "done",
            "taken 1",
            "skipped 1",
            "skipped 1",
            "end 1",
            "no",
            "end 1",
            "yes",
            "back",
            "back",
            "quit",
        ],
    );
    insta::assert_snapshot!(transcript);
}

#[test]
fn questions_wait_for_the_visit_and_are_marked_as_asked() {
    let mut store = lived_in();
    let transcript = talk(
        &mut store,
        &[
            "care",
            "visits",
            "add",
            "doctor visit",
            "2026-11-24 10:00",
            "Dr Lee",
            "skip",
            "skip",
            "done",
            "back",
            "questions",
            "add",
            "is it the dose?",
            "done",
            "asked 1",
            "back",
            "back",
            "quit",
        ],
    );
    insta::assert_snapshot!(transcript);
}

#[test]
fn a_routine_is_a_list_without_a_score() {
    let mut store = lived_in();
    let transcript = talk(
        &mut store,
        &[
            "care",
            "routine",
            "add walking",
            "done 1",
            "20",
            "3",
            "2",
            "done",
            "out 1",
            "back",
            "practices",
            "back",
            "back",
            "quit",
        ],
    );
    insta::assert_snapshot!(transcript);
}

#[test]
fn what_is_kept_is_changed_and_put_away_by_number() {
    let mut store = lived_in();
    let transcript = talk(
        &mut store,
        &[
            "log",
            "reason",
            "to sleep again",
            "care",
            "reasons",
            "edit 1",
            "to wake up rested",
            "delete 1",
            "yes",
            "back",
            "undo",
            "care",
            "reasons",
            "back",
            "urges",
            "back",
            "measurements",
            "back",
            "quit",
        ],
    );
    insta::assert_snapshot!(transcript);
}

#[test]
fn care_says_at_a_glance_what_a_person_looks_for_first() {
    let mut store = lived_in();
    let transcript = talk(
        &mut store,
        &[
            "log medication clonidine",
            "skip",
            "0.1 mg at night",
            "done",
            "log taken",
            "perhaps",
            "skip",
            "taken",
            "done",
            "u 3",
            "done",
            "log measurement",
            "slept",
            "6.5",
            "done",
            "log appointment",
            "doctor visit",
            "2026-11-24 10:00",
            "done",
            "log question",
            "is it the dose?",
            "done",
            "care",
            "routine",
            "add walking",
            "back",
            "urges",
            "back",
            "back",
            "care",
            "back",
            "quit",
        ],
    );
    insta::assert_snapshot!(transcript);
}

#[test]
fn every_word_of_care_is_named_in_it() {
    let mut store = lived_in();
    let transcript = talk(
        &mut store,
        &[
            "log medication clonidine",
            "skip",
            "skip",
            "done",
            "log question",
            "is it the dose?",
            "done",
            "care",
            "medicines",
            "back",
            "questions",
            "back",
            "routine",
            "back",
            "practices",
            "back",
            "back",
            "quit",
        ],
    );
    // A line may be wrapped within a word of two.
    let transcript = transcript.split_whitespace().collect::<Vec<_>>().join(" ");
    for known in CARE_WORDS {
        assert!(
            transcript.contains(known.word),
            "{}:\n{transcript}",
            known.word
        );
    }
}

#[test]
fn what_to_do_about_a_sign_is_said_before_it_is_saved_by_each_way() {
    for way in [&["sign", "seizure"][..], &["log", "sign", "seizure"]] {
        let mut store = lived_in();
        let transcript = talk(&mut store, &[way, &["done", "quit"]].concat());
        let at = |text: &str| transcript.find(text).unwrap_or(usize::MAX);
        assert!(
            at("Call emergency services now.") < at("Saved"),
            "{transcript}"
        );
        assert!(transcript.contains("Saved"), "{transcript}");
    }
}

#[test]
fn one_letter_chooses_nothing_and_the_beginning_of_one_name_alone_does() {
    let mut store = lived_in();
    let script = [
        "dose",
        "n",
        "ex",
        "tab",
        "back",
        "log",
        "measurement",
        "x",
        "quit",
    ];
    let transcript = talk(&mut store, &script);
    for refused in ["\"n\" is not an answer here", "\"x\" is not an answer here"] {
        assert!(transcript.contains(refused), "{refused}:\n{transcript}");
    }
    assert!(transcript.contains("Amount of 7-OH tablet"), "{transcript}");
    let both = "Liquid extract or shot, Solid extract or resin begin so; which one.";
    assert!(transcript.replace('\n', " ").contains(both), "{transcript}");
}

#[test]
fn a_sign_that_cannot_wait_says_the_numbers_of_the_country_and_where_all_are() {
    let mut store = lived_in();
    let transcript = talk(
        &mut store,
        &[
            "country",
            "Anywhere else",
            "sign",
            "suicidal",
            "back",
            "country",
            "new zealand",
            "sign",
            "suicidal",
            "back",
            "sign",
            "seizure",
            "quit",
        ],
    );
    assert!(!transcript.contains('*'), "{transcript}");
    let of_signs: Vec<&str> = transcript.split("> suicidal\n").skip(1).collect();
    let until_typed = |text: &'static str| {
        move |said: &&str| {
            said.split("\n> ")
                .next()
                .is_some_and(|said| said.contains(text))
        }
    };
    assert_eq!(of_signs.len(), 2, "{transcript}");
    assert!(
        of_signs.iter().all(until_typed("! has numbers to call")),
        "{transcript}"
    );
    assert!(
        !until_typed("1737")(&of_signs[0]) && until_typed("1737")(&of_signs[1]),
        "{transcript}"
    );
}

#[test]
fn what_is_no_number_is_asked_for_as_a_number_and_a_known_unit_as_another_one() {
    let mut store = lived_in();
    let transcript = talk(
        &mut store,
        &[
            "dose 1", "foo", "3 mg", "3 g", "done", "dose 1", "1 1/2", "done", "quit",
        ],
    );
    assert!(
        transcript.contains("An amount is a number, such as 2 or 2.5."),
        "{transcript}"
    );
    assert_eq!(
        transcript.matches("never converted").count(),
        1,
        "{transcript}"
    );
}

#[test]
fn a_unit_behind_its_number_is_no_answer_to_the_next_question() {
    let mut store = lived_in();
    let transcript = talk(
        &mut store,
        &[
            "dose 2",
            "half a capsule",
            "done",
            "dose powder",
            "1 1/2 g",
            "work",
            "done",
            "quit",
        ],
    );
    for kept in ["08:12: 0.5 capsules,", "1.5 g Leaf powder"] {
        assert!(transcript.contains(kept), "{transcript}");
    }
    let dose = store.load(None).unwrap();
    let dose = dose.records_of(Kind::Dose).last().unwrap();
    assert_eq!(dose.text(key::REASON), Some("work"));
}

#[test]
fn a_report_is_chosen_by_names_and_left_by_no_and_a_form_by_its_name() {
    let mut store = lived_in();
    let transcript = talk(
        &mut store,
        &[
            "report",
            "no",
            "report",
            "check-ins, 14",
            "skip",
            "export",
            "csv",
            "skip",
            "quit",
        ],
    );
    assert!(
        transcript.replace('\n', " ").contains("4: Check-ins;"),
        "{transcript}"
    );
    assert!(!transcript.contains("There is no part"), "{transcript}");
    assert!(transcript.contains("ratings-"), "{transcript}");
}

#[test]
fn a_product_among_the_trends_is_heard_once() {
    let mut store = lived_in();
    let transcript = talk(
        &mut store,
        &["dose 1", "2", "done", "trends", "powder", "done", "quit"],
    );
    let (_, of_powder) = transcript.split_once("> powder\n").unwrap_or_default();
    assert!(of_powder.contains("2.0 g"), "{transcript}");
    assert!(!of_powder.contains("used 2 g"), "{transcript}");
}

#[test]
fn a_number_is_said_back_as_its_word_before_the_next_symptom() {
    let mut store = lived_in();
    let mut transcript = talk(&mut store, &["check-in", "2", "0 4", "quit"]);
    transcript += &talk(&mut store, &["brief", "?", "back", "quit"]);
    assert!(transcript.contains("2 moderate. Body 2 of"), "{transcript}");
    assert!(
        !transcript.contains("4 very severe. Body"),
        "said together already:\n{transcript}"
    );
    assert!(
        transcript.contains("back leaves the check-in"),
        "{transcript}"
    );
}
