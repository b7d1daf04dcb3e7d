//! Scripted conversations about attempts: a second one is asked about.
#![allow(clippy::unwrap_used, clippy::expect_used)]

use super::tests::{store, talk};

#[test]
fn a_second_attempt_is_asked_about_before_anything_else() {
    let mut store = store();
    let transcript = talk(
        &mut store,
        &[
            "2026-11-13",
            "start",
            "no",
            "start",
            "yes",
            "skip",
            "skip",
            "skip",
            "q",
        ],
    );
    let transcript = transcript.split_whitespace().collect::<Vec<_>>().join(" ");
    assert_eq!(
        transcript.matches("Attempt 1 goes on since 13 Nov").count(),
        4,
        "{transcript}"
    );
    assert!(
        transcript.contains("Attempt 1 goes on; nothing was changed."),
        "{transcript}"
    );
    let begun = "Attempt 2 begun, a new one beside attempt 1, which stays in the journal;";
    assert_eq!(transcript.matches(begun).count(), 1, "{transcript}");
    assert!(
        transcript.contains("undo (z) takes it back."),
        "{transcript}"
    );
}

#[test]
fn an_attempt_without_a_day_0_is_named_and_another_one_is_asked_about() {
    let mut store = store();
    let transcript = talk(
        &mut store,
        &["still", "start", "skip", "skip", "skip", "no", "q"],
    );
    let transcript = transcript.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(transcript.contains("its day 0 is not set"), "{transcript}");
    assert!(
        transcript.contains("Attempt 1 goes on; nothing was changed."),
        "{transcript}"
    );
}
