//! Care in scripted conversations.

use super::CARE_WORDS;
use super::tests::{lived_in, talk};

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
