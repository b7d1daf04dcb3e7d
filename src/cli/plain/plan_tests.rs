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
