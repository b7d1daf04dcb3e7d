//! The lock on a real terminal, over a plain and an encrypted journal.

use crate::support::home::Ebb;
use crate::support::pty::{Size, TWO_SECONDS};

/// A note that stands nowhere else.
const NOTE: &str = "zimtstern";
const PASSPHRASE: &str = "four words and more";

fn with_a_note() -> Ebb {
    let ebb = Ebb::begun();
    ebb.succeed(&["checkin", "--set", "nausea=3", "--note", NOTE]);
    ebb
}

/// The same under a passphrase.
fn encrypted() -> Ebb {
    let ebb = with_a_note();
    ebb.command(&["passphrase", "set"])
        .write_stdin(format!("{PASSPHRASE}\n{PASSPHRASE}\n"))
        .assert()
        .success();
    ebb
}

#[test]
fn a_plain_journal_is_hidden_and_comes_back() {
    let ebb = with_a_note();
    let mut pty = ebb.open();
    pty.wait_for_text(NOTE);
    pty.send("L");
    // A frame arrives in pieces: the note goes with the last of them.
    pty.wait_for("the locked page alone", |screen| {
        let shown = screen.contents();
        shown.contains("hidden, and nothing more") && !shown.contains(NOTE)
    });
    pty.send("\x0c");
    pty.wait_for("nothing at all", |screen| {
        screen.contents().trim().is_empty()
    });
    pty.send("x");
    pty.wait_for_text("hidden, and nothing more");
    pty.send("\r");
    pty.wait_for_text(NOTE);
    pty.send("q");
    assert_eq!(pty.exit_code(TWO_SECONDS).0, 0);
}

#[test]
fn an_encrypted_journal_opens_on_the_locked_page_and_locks_again() {
    let ebb = encrypted();
    let mut pty = ebb.open();
    pty.wait_for_text("Passphrase:");
    pty.send("wrong\r");
    pty.wait_for_text("That is not the passphrase. Nothing was changed");
    assert!(!pty.contents().contains(NOTE));
    pty.send(&format!("{PASSPHRASE}\r"));
    pty.wait_for_text(NOTE);
    pty.send("L");
    pty.wait_for_text("Passphrase:");
    pty.send("\x03");
    let (code, ending) = pty.exit_code(TWO_SECONDS);
    assert_eq!(code, 0);
    // Not a letter of the passphrase went over the wire.
    assert_eq!(ending.count(PASSPHRASE), 0);
}

#[test]
fn a_passphrase_is_set_on_the_screen_and_asked_at_the_next_start() {
    let ebb = with_a_note();
    let mut pty = ebb.open_with(&[], Size::new(100, 30));
    pty.wait_for_text(NOTE);
    pty.send(":passphrase\r");
    pty.wait_for_text("set a passphrase");
    pty.send("2");
    pty.wait_for_text("New passphrase");
    pty.send(&format!("{PASSPHRASE}\r{PASSPHRASE}\r"));
    pty.wait_for_text("The journal is encrypted");
    pty.send("2q");
    assert_eq!(pty.exit_code(TWO_SECONDS).0, 0);
    let head = std::fs::read(ebb.journal()).unwrap();
    assert!(!head.starts_with(b"SQLite format 3"));
    let mut pty = ebb.open();
    pty.wait_for_text("Passphrase:");
    pty.send(&format!("{PASSPHRASE}\r"));
    pty.wait_for_text(NOTE);
    pty.send("q");
    assert_eq!(pty.exit_code(TWO_SECONDS).0, 0);
}
