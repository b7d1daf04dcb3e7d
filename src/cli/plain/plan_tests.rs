//! Taper plans in scripted conversations.

use super::tests::{lived_in, talk, talk_at};

/// Product, 10 g, a fixed step of 1 g, a week each, the rest skipped.
const TERMS: [&str; 10] = [
    "new", "powder", "10", "3", "1", "7", "skip", "skip", "2", "skip",
];

#[test]
fn a_plan_is_begun_held_stepped_back_and_replanned_by_words() {
    let mut store = lived_in();
    let script = [
        &["plan"][..],
        &TERMS,
        &["steps", "yes", "steps", "back", "quit"],
    ]
    .concat();
    let mut transcript = talk(&mut store, &script);
    transcript += &talk_at(
        &mut store,
        "2026-11-30T08:12:00+01:00",
        &[
            "dose 1",
            "9.5",
            "done",
            "plan",
            "hold",
            "versions",
            "on",
            "step back",
            "undo",
            "back",
            "undo",
            "plan",
            "replan",
            "9",
            "3",
            "0.5",
            "7",
            "skip",
            "skip",
            "skip",
            "skip",
            "yes",
            "versions",
            "days",
            "doses",
            "end",
            "no",
            "back",
            "quit",
        ],
    );
    insta::assert_snapshot!(transcript);
}

#[test]
fn after_quiet_days_the_lower_amount_waits_for_an_answer() {
    let mut store = lived_in();
    let script = [&["plan"][..], &TERMS, &["yes", "back", "quit"]].concat();
    talk(&mut store, &script);
    let later = "2026-12-10T08:12:00+01:00";
    let transcript = talk_at(
        &mut store,
        later,
        &["today", "plan", "steps", "back", "quit"],
    );
    assert!(transcript.contains("How shall it go on?"), "{transcript}");
    assert!(
        !transcript.contains("at most 8 g") && !transcript.contains("9 g"),
        "{transcript}"
    );
    let transcript = talk_at(&mut store, later, &["plan", "hold", "back", "quit"]);
    assert!(transcript.contains("Held at 10 g a day"), "{transcript}");
}

#[test]
fn what_does_not_fit_is_asked_again_and_the_rest_stays() {
    let mut store = lived_in();
    let transcript = talk(
        &mut store,
        &[
            "plan",
            "new",
            "clonidine",
            "powder",
            "10",
            "3",
            "1",
            "7",
            "20",
            "0",
            "skip",
            "skip",
            "skip",
            "no",
            "back",
            "quit",
        ],
    );
    assert!(transcript.contains("belongs with"), "{transcript}");
    assert!(
        transcript.contains("not below the start amount"),
        "{transcript}"
    );
    assert!(transcript.contains("Nothing was begun."), "{transcript}");
}

/// What is said behind the line `typed`, up to the next line.
fn behind<'t>(transcript: &'t str, typed: &str) -> &'t str {
    let (_, rest) = transcript
        .split_once(&format!("> {typed}\n"))
        .unwrap_or_default();
    rest.split("\n> ").next().unwrap_or_default()
}

#[test]
fn an_empty_line_or_back_at_the_end_of_nine_answers_loses_none_of_them() {
    let mut store = lived_in();
    let script = [
        &["plan"][..],
        &TERMS,
        &["", "back", "skip", "yes", "back", "quit"],
    ]
    .concat();
    let transcript = talk(&mut store, &script);
    assert!(
        transcript.contains("An empty line is not an answer here: yes, no, steps or back."),
        "{transcript}"
    );
    assert!(
        behind(&transcript, "back").contains("Begins?"),
        "{transcript}"
    );
    assert!(!transcript.contains("Nothing was begun"), "{transcript}");
    assert!(transcript.contains("Plan begun: 10 steps"), "{transcript}");
}

#[test]
fn a_plan_takes_the_words_that_its_sentences_use_and_asks_again_in_the_words_of_the_question() {
    let mut store = lived_in();
    let script = [
        &["plan"][..],
        &TERMS,
        &[
            "yes",
            "hold",
            "resume",
            "until",
            "nonsense",
            "in 3 days",
            "replan",
            "back",
            "hold until",
            "back",
            "versions",
            "back",
            "quit",
        ],
    ]
    .concat();
    let transcript = talk(&mut store, &script);
    assert!(
        behind(&transcript, "resume").contains("The plan goes on"),
        "{transcript}"
    );
    let again = behind(&transcript, "nonsense");
    assert!(
        again.contains("Until which day?") && again.contains("tomorrow"),
        "{again}"
    );
    assert!(
        behind(&transcript, "in 3 days").contains("Held at"),
        "{transcript}"
    );
    assert!(
        transcript.contains("There is no question before this one. Nothing was begun."),
        "{transcript}"
    );
    assert!(
        behind(&transcript, "hold until").contains("Until which day?"),
        "{transcript}"
    );
    // Both times `back` led to the plan, where its versions can be asked for.
    assert!(
        !behind(&transcript, "versions").contains("not understood"),
        "{transcript}"
    );
}
