//! How it begins and ends: whatever happens, the shell gets its terminal back.

use crate::support::home::Ebb;
use crate::support::pty::{Ending, Size, TWO_SECONDS, count, in_one_line};
use rustix::process::Signal;
use std::fs::{self, Permissions};
use std::os::unix::fs::PermissionsExt as _;

/// A note that must never be left on the shell's screen.
const NOTE: &str = "quiet words of a person";

/// portable-pty types Enter and the end-of-file character when it closes a terminal that has one; Enter would save.
const NO_LAST_KEY: &str = "stty eof undef; ";

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

/// Empties a screen in two parts.
const EMPTIED: &str = "\x1b[H\x1b[K\x1b[2;1H\x1b[J";

/// What stood on the screen whenever all of it was erased at once: GNU screen keeps a copy of that in its scrollback.
fn kept_where_nothing_is_alternate(bytes: &[u8], sizes: &[(usize, Size)]) -> String {
    let length = |length: u16| std::num::NonZero::new(length).unwrap();
    let (rows, columns) = (sizes[0].1.rows, sizes[0].1.columns);
    let mut parser = vt100::Parser::new(length(rows), length(columns), 0);
    let mut kept = String::new();
    for at in 0..bytes.len() {
        if let Some((_, size)) = sizes.iter().find(|(from, _)| *from == at) {
            let screen = parser.screen_mut();
            screen.set_size(length(size.rows), length(size.columns));
        }
        let erases = [&b"\x1b[2J"[..], b"\x1b[H\x1b[J", b"\x1b[1;1H\x1b[J"];
        if erases.iter().any(|erases| bytes[at..].starts_with(erases)) {
            kept.push_str(parser.screen().contents().trim());
        }
        parser.process(&bytes[at..=at]);
    }
    kept
}

#[test]
fn no_picture_is_erased_as_a_whole_at_another_size_or_at_the_end() {
    let ebb = with_a_note();
    let first = Size::new(90, 30);
    let mut pty = ebb.open_with(&[], first);
    pty.wait_for_text("check-in 08:12");
    let mut sizes = vec![(0, first)];
    for size in [Size::new(70, 30), Size::new(100, 34)] {
        sizes.push((pty.bytes().len(), size));
        let drawn = count(&pty.bytes(), EMPTIED);
        pty.resize(size);
        pty.wait_for_bytes(EMPTIED, drawn + 1);
        pty.wait_for_text("check-in 08:12");
    }
    pty.send("q");
    let (_, ending) = pty.exit_code(TWO_SECONDS);
    assert!(ending.count(EMPTIED) >= 3, "the sizes were drawn");
    assert_eq!(kept_where_nothing_is_alternate(&ending.bytes, &sizes), "");
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
fn a_whole_journal_that_others_can_read_is_named_as_that_and_not_as_a_damaged_one() {
    let ebb = with_a_note();
    fs::set_permissions(ebb.journal(), Permissions::from_mode(0o644)).unwrap();
    let mut pty = ebb.open();
    pty.wait_for("the notice", |screen| {
        in_one_line(&screen.contents()).contains(
            "Other users of this computer can read the journal; `ebb doctor` says what to do.",
        )
    });
    pty.send("q");
    let (code, ending) = pty.exit_code(TWO_SECONDS);
    assert_eq!(code, 0);
    assert_eq!(ending.count("salvage"), 0);
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
    // No key waits for the next one, also when it came in the same moment as a size.
    pty.wait_for_text("Nausea");
    pty.wait_for_text("2 of 18 answered");
    pty.send("q");
    assert_eq!(pty.exit_code(TWO_SECONDS).0, 0);
}

#[test]
fn a_terminal_that_is_not_told_where_a_picture_ends_is_shown_each_of_them() {
    let unasked = with_a_note();
    unasked.succeed(&["config", "set", "frames", "plain"]);
    for ebb in [unasked, with_a_note().with("TERM", "linux")] {
        let mut pty = ebb.open();
        pty.wait_for_text("check-in 08:12");
        pty.send("?");
        pty.wait_for_text("a calm page");
        pty.send("?");
        pty.wait_for("Today again", |screen| {
            !screen.contents().contains("a calm page")
        });
        pty.send("q");
        let (code, ending) = pty.exit_code(TWO_SECONDS);
        assert_eq!(code, 0);
        assert_eq!(ending.count("\x1b[?2026h"), 0);
    }
}

#[test]
fn a_window_that_was_small_for_a_moment_shows_everything_again() {
    let ebb = with_a_note();
    let mut pty = ebb.open();
    pty.wait_for_text("Today so far");
    pty.wait_for_text("! help lines");
    let before = pty.contents();
    for _ in 0..20 {
        // As one does with a pane that is made large and small again: the program may hear of both at once.
        pty.resize(Size::new(40, 12));
        pty.resize(Size::USUAL);
        pty.wait_for("what stood there", |screen| screen.contents() == before);
    }
    pty.send("q");
    assert_eq!(pty.exit_code(TWO_SECONDS).0, 0);
}

#[test]
fn every_size_on_its_own_is_drawn_before_the_next_comes() {
    let ebb = with_a_note();
    let mut pty = ebb.open();
    pty.wait_for_text("Today");
    let sizes = [
        (1, 1),
        (40, 12),
        (2, 500),
        (500, 2),
        (500, 500),
        (39, 12),
        (120, 40),
        (40, 11),
    ];
    for (columns, rows) in sizes {
        pty.resize(Size::new(columns, rows));
        pty.wait_for(&format!("a frame of {columns} by {rows}"), |screen| {
            let shown = screen.contents();
            if columns < 40 || rows < 12 {
                shown.starts_with('e') && !shown.contains("Today")
            } else {
                shown.contains("Today") && shown.contains("! help lines")
            }
        });
    }
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

#[test]
fn ctrl_z_gives_the_terminal_to_the_shell_and_fg_brings_the_form_back() {
    let ebb = with_a_note();
    let mut pty = ebb.interactive_shell();
    pty.send("stty -g > before; \"$EBB\"; echo code-$?\r");
    pty.wait_for_text("Today");
    pty.send("c3");
    pty.wait_for_text("1 of 18 answered");
    for round in 1..=3 {
        pty.send("\x1a");
        pty.wait_for_bytes("Stopped", round);
        let shown = pty.screen();
        assert!(!shown.alternate_screen() && !shown.bracketed_paste());
        assert!(!shown.contents().contains("Nausea"), "{}", shown.contents());
        pty.send(&format!(
            "stty -g > during; echo shell-$((round+{round}))\r"
        ));
        pty.wait_for_bytes(&format!("shell-{round}\r"), 1);
        let modes = |file| std::fs::read_to_string(ebb.home().join(file)).unwrap();
        assert_eq!(modes("before"), modes("during"));
        pty.send("fg\r");
        pty.wait_for("the form", |screen| {
            screen.alternate_screen() && screen.contents().contains(" of 18 answered")
        });
        pty.send("2");
        pty.wait_for_text(&format!("{} of 18 answered", 1 + round));
    }
    pty.send("q");
    // What is typed before the shell's prompt is thrown away with the keys that the journal did not read.
    pty.wait_for("the shell's prompt", |screen| {
        !screen.alternate_screen() && screen.contents().trim_end().ends_with('$')
    });
    pty.send("exit\r");
    let (_, ending) = pty.exit_code(TWO_SECONDS);
    assert!(ending.has_first_modes);
    assert_eq!(ebb.count("SELECT count(*) FROM draft"), 1);
}

#[test]
fn after_a_stop_that_cannot_be_caught_the_screen_is_drawn_anew() {
    let ebb = with_a_note();
    let mut pty = ebb.open();
    pty.wait_for_text("Today");
    pty.signal(Signal::STOP);
    pty.signal(Signal::CONT);
    pty.wait_for_bytes("\x1b[?1049h", 2);
    pty.wait_for_text("check-in 08:12");
    pty.send("q");
    let (code, ending) = pty.exit_code(TWO_SECONDS);
    assert_eq!(code, 0);
    assert_given_back(&ending);
}

#[test]
fn a_terminal_that_vanishes_ends_it_within_two_seconds_and_keeps_the_draft() {
    for line in [
        "exec \"$EBB\"",
        "trap '' HUP; exec \"$EBB\"",
        "trap '' HUP; \"$EBB\"; exit $?",
    ] {
        let ebb = with_a_note();
        let mut pty = ebb.shell(&format!("{NO_LAST_KEY}{line}"));
        pty.wait_for_text("Today");
        pty.send("c321");
        pty.wait_for_text("3 of 18 answered");
        let (code, took) = pty.close_master().exit_code(TWO_SECONDS);
        assert_eq!(code, 129, "{line}");
        println!("{line}: gone after {took:?}");
        let answers = "SELECT count(*) FROM draft, json_each(draft.content, '$.answers')";
        assert_eq!(ebb.count(answers), 3, "{line}, after {took:?}");
        ebb.succeed(&["doctor"]);
        let mut pty = ebb.open();
        pty.wait_for_text("Today");
        pty.send("c");
        pty.wait_for_text("3 of 18 answered");
        pty.send("q");
        assert_eq!(pty.exit_code(TWO_SECONDS).0, 0);
    }
}
