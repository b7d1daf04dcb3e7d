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
