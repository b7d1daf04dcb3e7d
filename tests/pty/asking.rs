//! Verbs that ask on a terminal before they write.

use crate::support::home::Ebb;
use crate::support::pty::{Size, TWO_SECONDS};

#[test]
fn a_medicine_with_a_caution_is_asked_about_before_its_stop_is_written() {
    let ebb = Ebb::begun();
    ebb.succeed(&["medication", "add", "clonidine"]);
    let pty = |answer: &str| {
        let mut pty = ebb.open_with(&["medication", "end", "clonidine"], Size::USUAL);
        pty.wait_for_text("Ask the prescriber before you stop it");
        pty.wait_for_text("Write down that it was stopped? [y/N]");
        pty.send(answer);
        pty.exit_code(TWO_SECONDS).0
    };
    assert_eq!(pty("n\r"), 1);
    let listed = ebb.succeed(&["medication", "list"]);
    assert!(!listed.contains("until"), "{listed}");
    assert_eq!(pty("y\r"), 0);
    let listed = ebb.succeed(&["medication", "list"]);
    assert!(listed.contains("until Sun 22 Nov 2026"), "{listed}");
}

#[test]
fn yes_and_a_medicine_without_a_caution_are_not_asked_about() {
    let ebb = Ebb::begun();
    ebb.succeed(&["medication", "add", "clonidine"]);
    ebb.succeed(&["medication", "add", "My own tablets"]);
    for args in [
        &["medication", "end", "clonidine", "--yes"] as &[&str],
        &["medication", "end", "my own tablets"],
    ] {
        let pty = ebb.open_with(args, Size::USUAL);
        assert_eq!(pty.exit_code(TWO_SECONDS).0, 0, "{args:?}");
    }
    let listed = ebb.succeed(&["medication", "list"]);
    assert_eq!(listed.matches("until").count(), 2, "{listed}");
}

#[test]
fn a_second_attempt_is_asked_about_at_a_terminal() {
    let ebb = Ebb::begun();
    let start = |answer: &str| {
        let mut pty = ebb.open_with(&["start"], Size::USUAL);
        pty.wait_for_text("Attempt 1 goes on since 13 Nov. Begin a new attempt beside it? [y/N]");
        pty.send(answer);
        pty
    };
    let pty = start("\r");
    pty.wait_for_text("attempt 1 goes on; nothing was changed");
    assert_eq!(pty.exit_code(TWO_SECONDS).0, 1);
    assert!(!ebb.succeed(&["attempt", "list"]).contains("2. "));
    let pty = start("y\r");
    pty.wait_for_text("`ebb undo` takes it back");
    assert_eq!(pty.exit_code(TWO_SECONDS).0, 0);
    assert!(ebb.succeed(&["attempt", "list"]).contains("2. "));
}

#[test]
fn a_second_attempt_with_yes_and_a_first_one_are_not_asked_about() {
    let ebb = Ebb::new();
    for args in [
        &["start"] as &[&str],
        &["start", "--last-use", "yesterday"],
        &["start", "--yes"],
    ] {
        let pty = ebb.open_with(args, Size::USUAL);
        assert_eq!(pty.exit_code(TWO_SECONDS).0, 0, "{args:?}");
    }
}
