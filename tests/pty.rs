//! The whole program on a real terminal: how it begins, what it shows, how it ends.
#![cfg(unix)]
#![allow(clippy::unwrap_used, clippy::expect_used)]

mod support;

use rustix::process::Signal;
use support::home::Ebb;
use support::pty::{Ending, PATIENCE, Size, TWO_SECONDS};

/// A note that must never be left on the shell's screen.
const NOTE: &str = "quiet words of a person";

/// A journal with a note in it that Today or History may show.
fn with_a_note() -> Ebb {
    let ebb = Ebb::begun();
    ebb.succeed(&["checkin", "--set", "nausea=3", "--note", NOTE]);
    ebb
}

fn assert_given_back(ending: &Ending) {
    assert!(ending.has_first_modes, "the modes are as before");
    for (taken, given_back) in [
        ("\x1b[?1049h", "\x1b[?1049l"),
        ("\x1b[?25l", "\x1b[?25h"),
        ("\x1b[?2004h", "\x1b[?2004l"),
        ("\x1b[?1004h", "\x1b[?1004l"),
    ] {
        assert!(ending.count(taken) >= 1, "{taken:?} was sent");
        assert!(ending.count(given_back) >= 1, "{given_back:?} was sent");
    }
    let screen = &ending.screen;
    assert!(!screen.alternate_screen(), "the alternate screen was left");
    assert!(!screen.hide_cursor(), "the cursor is back");
    assert!(!screen.bracketed_paste(), "a paste is plain again");
    let left = screen.contents();
    assert_eq!(left.trim(), "", "nothing stays on the shell's screen");
}

#[test]
fn quitting_gives_the_terminal_back_and_leaves_no_health_text() {
    let ebb = with_a_note();
    let mut pty = ebb.open();
    pty.wait_for_text("check-in 08:12");
    pty.send("cn");
    pty.wait_for_text("Note");
    pty.send(NOTE);
    pty.wait_for_text(NOTE);
    pty.send("\x1b");
    pty.wait_for_text("0–4 rate");
    assert!(!pty.has_its_first_modes(), "raw mode was taken");
    assert!(pty.screen().alternate_screen());
    pty.send("q");
    let (code, ending) = pty.exit_code(TWO_SECONDS);
    assert_eq!(code, 0);
    assert_given_back(&ending);
}

#[test]
fn a_signal_gives_the_terminal_back_and_ends_with_its_code() {
    let ebb = with_a_note();
    for (signal, code) in [
        (Signal::TERM, 143),
        (Signal::INT, 130),
        (Signal::HUP, 129),
        (Signal::QUIT, 131),
    ] {
        let mut pty = ebb.open();
        pty.wait_for_text("Today");
        pty.send("c2");
        pty.wait_for_text("Check-in");
        pty.signal(signal);
        let (seen, ending) = pty.exit_code(TWO_SECONDS);
        assert_eq!(seen, code);
        assert_given_back(&ending);
    }
}

#[test]
fn a_resize_storm_leaves_it_alive_and_whole() {
    let ebb = with_a_note();
    let mut pty = ebb.open();
    pty.wait_for_text("Today");
    let sides = [1, 500, 2, 39, 40, 0, 41, 11, 12, 13, 80, 250, 3];
    for columns in sides {
        for rows in sides {
            pty.resize(Size::new(columns, rows));
        }
    }
    // No Esc among them: together with the next key it would be another key.
    for key in ["2", "3", "1", "?", "?", "!", "!", "c", "2", "!", "!", "3"] {
        pty.send(key);
        pty.resize(Size::new(500, 500));
        pty.resize(Size::new(0, 0));
        pty.resize(Size::new(1, 1));
    }
    pty.resize(Size::USUAL);
    pty.wait_for_text("Nausea");
    pty.wait_for_text("2 of 18 answered");
    pty.send("q");
    assert_eq!(pty.exit_code(TWO_SECONDS).0, 0);
}

#[test]
fn below_the_smallest_size_one_line_stands_there_and_help_lines_are_one_key_away() {
    let ebb = with_a_note();
    let mut pty = ebb.open_with(&[], Size::new(39, 11));
    pty.wait_for_text("ebb needs 40x12");
    assert_eq!(pty.contents().trim().lines().count(), 1);
    pty.send("!");
    pty.wait_for("help lines", |screen| {
        let shown = screen.contents();
        !shown.contains("ebb needs") && !shown.trim().is_empty()
    });
    pty.send("q");
    assert_eq!(pty.exit_code(TWO_SECONDS).0, 0);
}
