//! The terminal's life cycle over a real terminal: whatever ends the program, the shell gets its terminal back.
#![cfg(unix)]
#![allow(clippy::unwrap_used, clippy::expect_used)]

mod journal_stand_in;
mod pty;

use std::path::PathBuf;
use std::time::Duration;

use journal_stand_in::NOTE;
use pty::{Ending, Pty};
use rustix::process::Signal;

/// The longest that an end may take.
const TWO_SECONDS: Duration = Duration::from_secs(2);
const IS_STAND_IN: &str = "EBB_TEST_STAND_IN";
const LAST_WORDS: &str = "EBB_TEST_LAST_WORDS";

/// Not a test by itself: what the tests start, in this same file, on a terminal of its own.
#[test]
fn stand_in_for_the_journal() {
    if std::env::var_os(IS_STAND_IN).is_some() {
        let last_words = std::env::var_os(LAST_WORDS).map(PathBuf::from);
        std::process::exit(journal_stand_in::live(last_words));
    }
}

/// The command line of the stand-in, with these variables set.
fn stand_in(variables: &str) -> String {
    let this = std::env::current_exe().unwrap();
    let this = this.display();
    format!("env {IS_STAND_IN}=1 {variables} '{this}' --exact stand_in_for_the_journal --nocapture")
}

fn begin() -> Pty {
    let pty = Pty::shell(&format!("exec {}", stand_in("")));
    pty.wait_for("<ready>");
    assert!(!pty.has_its_first_modes(), "raw mode was taken");
    pty
}

fn assert_given_back(ending: &Ending) {
    assert!(ending.has_first_modes, "the modes are as before");
    for (taken, given_back) in [
        ("\x1b[?1049h", "\x1b[?1049l"),
        ("\x1b[?25l", "\x1b[?25h"),
        ("\x1b[?2004h", "\x1b[?2004l"),
        ("\x1b[?1004h", "\x1b[?1004l"),
    ] {
        assert!(ending.count(taken) >= 1, "{taken:?}");
        assert_eq!(ending.count(given_back), 1, "{given_back:?}");
    }
    // Whether or not it was on: a terminal that was left so would type at the shell.
    assert_eq!(ending.count("\x1b[?1006l\x1b[?1002l"), 1, "the mouse");
    let parser = ending.screen();
    let screen = parser.screen();
    assert!(!screen.alternate_screen() && !screen.hide_cursor() && !screen.bracketed_paste());
    assert!(!screen.contents().contains(NOTE), "{}", screen.contents());
}

#[test]
fn quitting_gives_the_terminal_back() {
    let mut pty = begin();
    pty.type_in("x");
    pty.wait_for("<x>");
    pty.type_in("q");
    let (code, ending) = pty.finish(TWO_SECONDS);
    assert_eq!(code, 0);
    assert_given_back(&ending);
}

#[test]
fn an_error_gives_the_terminal_back() {
    let mut pty = begin();
    pty.type_in("e");
    let (code, ending) = pty.finish(TWO_SECONDS);
    assert_eq!(code, 1);
    assert_given_back(&ending);
}

#[test]
fn giving_back_twice_is_giving_back_once_and_nothing_is_drawn_after_it() {
    let mut pty = begin();
    pty.type_in("g");
    let (code, ending) = pty.finish(TWO_SECONDS);
    assert_eq!(code, 0);
    assert_given_back(&ending);
}

#[test]
fn a_panic_in_any_thread_gives_the_terminal_back_and_tells_one_line_without_the_note() {
    for key in ["p", "t"] {
        let mut pty = begin();
        pty.type_in(key);
        let (code, ending) = pty.finish(TWO_SECONDS);
        assert_eq!(code, 1, "{key}");
        assert_given_back(&ending);
        let parser = ending.screen();
        let shown = parser.screen().contents();
        assert_eq!(shown.matches("ebb stopped because of a fault").count(), 1);
        assert!(
            shown.replace('\n', "").contains("the draft is kept."),
            "{shown}"
        );
        assert!(!shown.contains("panicked"), "{shown}");
    }
}

#[test]
fn a_signal_gives_the_terminal_back_and_ends_with_its_code() {
    for (signal, code) in [
        (Signal::TERM, 143),
        (Signal::INT, 130),
        (Signal::HUP, 129),
        (Signal::QUIT, 131),
    ] {
        let pty = begin();
        pty.signal(signal);
        let (seen, ending) = pty.finish(TWO_SECONDS);
        assert_eq!(seen, code);
        assert_given_back(&ending);
    }
}

#[test]
fn a_paste_and_the_focus_arrive_as_themselves() {
    let mut pty = begin();
    pty.type_in("\x1b[200~a\r\nq\x1b[201~\x1b[O\x1b[I");
    pty.wait_for("<Paste(\"a\\nq\")>");
    pty.wait_for("<Focus(Lost)>");
    pty.wait_for("<Focus(Gained)>");
    pty.type_in("q");
    assert_eq!(pty.finish(TWO_SECONDS).0, 0);
}

#[test]
fn every_key_arrives_of_more_than_one_read_holds() {
    let mut pty = begin();
    pty.type_in(&"x".repeat(3000));
    pty.wait_for_times("<x>", 3000);
    pty.type_in("q");
    assert_eq!(pty.finish(TWO_SECONDS).0, 0);
}

#[test]
fn a_file_or_a_pipe_that_takes_no_more_is_an_error_and_not_the_end() {
    let pty = Pty::shell(&format!("ulimit -f 1; exec {}", stand_in("")));
    let mut pty = pty;
    pty.wait_for("<ready>");
    pty.type_in("l|");
    pty.wait_for("<too large: true>");
    pty.wait_for("<pipe closed: true>");
    pty.type_in("q");
    assert_eq!(pty.finish(TWO_SECONDS).0, 0);
}

#[test]
fn ctrl_z_gives_the_terminal_to_the_shell_until_fg() {
    let folder = tempfile::tempdir().unwrap();
    let before = folder.path().join("before");
    let during = folder.path().join("during");
    let mut pty = Pty::interactive_shell();
    pty.type_in(&format!(
        "stty -g > '{}'; {}\r",
        before.display(),
        stand_in("")
    ));
    pty.wait_for("<ready>");
    for round in 1..=3 {
        pty.type_in("\x1a");
        pty.wait_for_times("\x1b[?1049l", round);
        // The shell tells of it, and what is typed now is the shell's.
        pty.wait_for_times("Stopped", round);
        pty.type_in(&format!(
            "stty -g > '{}'; echo shell-$((round+{round}))\r",
            during.display()
        ));
        pty.wait_for(&format!("shell-{round}\r"));
        let modes = |file| std::fs::read_to_string(file).unwrap();
        assert_eq!(modes(&before), modes(&during));
        pty.type_in("fg; echo code-$?\r");
        pty.wait_for_times("<back>", round);
        pty.type_in("x");
        pty.wait_for_times("<x>", round);
    }
    pty.type_in("q");
    pty.wait_for("code-0");
    pty.type_in("exit\r");
    let (_, ending) = pty.finish(TWO_SECONDS);
    assert!(ending.has_first_modes);
}

#[test]
fn ctrl_z_without_a_shell_comes_straight_back() {
    let mut pty = begin();
    pty.type_in("\x1a");
    pty.wait_for("<back>");
    pty.type_in("x");
    pty.wait_for("<x>");
    pty.type_in("q");
    assert_eq!(pty.finish(TWO_SECONDS).0, 0);
}

#[test]
fn a_stopped_journal_that_is_told_to_end_leaves_the_shells_terminal_alone() {
    let mut pty = Pty::interactive_shell();
    // The script around it must stop and go on with it, and outlives the signal to tell the code.
    pty.type_in(&format!("(trap : TERM; {}; echo code-$?)\r", stand_in("")));
    pty.wait_for("<ready>");
    pty.type_in("\x1a");
    pty.wait_for("Stopped");
    // Sent on in the background it stops again, by itself (128 + SIGTSTP), before it touches the terminal.
    pty.type_in("bg %1; wait %1; echo woken-$?\r");
    pty.wait_for("woken-148");
    pty.type_in("kill %1; kill -CONT %1\r");
    pty.wait_for("code-143");
    // Twice: a shell that has not noticed that its job went on asks back.
    pty.type_in("exit\rexit\r");
    let (_, ending) = pty.finish(TWO_SECONDS);
    assert_given_back(&ending);
}

#[test]
fn a_journal_stopped_from_outside_and_told_to_end_leaves_the_modes_to_the_shell_in_front() {
    let mut pty = Pty::interactive_shell();
    pty.type_in(&format!("(trap : TERM; {}; echo code-$?)\r", stand_in("")));
    pty.wait_for("<ready>");
    pty.type_in("k");
    pty.wait_for("Stopped");
    // Not every shell mends the modes here, so the line ends as in raw mode.
    pty.type_in("kill %1; kill -CONT %1\n");
    pty.wait_for("\x1b[?1049l");
    pty.wait_for("code-143");
    pty.type_in("exit\nexit\n");
    pty.finish(TWO_SECONDS);
}

#[test]
fn a_journal_begun_in_the_background_waits_for_fg() {
    let mut pty = Pty::interactive_shell();
    pty.type_in(&format!("{} &\r", stand_in("")));
    pty.wait_for("running 1 test");
    pty.type_in("wait %1; fg; echo code-$?\r");
    pty.wait_for("<ready>");
    pty.type_in("q");
    pty.wait_for("code-0");
    pty.type_in("exit\r");
    let (_, ending) = pty.finish(TWO_SECONDS);
    assert_given_back(&ending);
}

#[test]
fn after_a_stop_that_cannot_be_caught_the_terminal_is_taken_again() {
    let mut pty = begin();
    pty.signal(Signal::STOP);
    pty.signal(Signal::CONT);
    pty.wait_for("<continued>");
    pty.wait_for_times("\x1b[?1049h", 2);
    pty.type_in("q");
    let (code, ending) = pty.finish(TWO_SECONDS);
    assert_eq!(code, 0);
    assert!(ending.has_first_modes);
}

#[test]
fn a_terminal_that_vanishes_ends_the_program_within_two_seconds() {
    let program = stand_in("");
    for line in [
        format!("exec {program}"),
        format!("trap '' HUP; exec {program}"),
        format!("trap '' HUP; {program}; exit $?"),
    ] {
        let pty = Pty::shell(&line);
        pty.wait_for("<ready>");
        assert_eq!(pty.vanish("x").finish(TWO_SECONDS), 129, "{line}");
    }
}

#[test]
fn a_main_loop_that_is_stuck_is_ended_after_its_last_words() {
    for key in ["s", "w"] {
        let folder = tempfile::tempdir().unwrap();
        let words = folder.path().join("words");
        let variables = format!("{LAST_WORDS}='{}'", words.display());
        let mut pty = Pty::shell(&format!("exec {}", stand_in(&variables)));
        pty.wait_for("<ready>");
        if key == "s" {
            pty.type_in(key);
            pty.wait_for("<stuck>");
        } else {
            pty.stop_reading_after(key);
        }
        pty.signal(Signal::TERM);
        let (code, ending) = pty.finish(TWO_SECONDS);
        assert_eq!(code, 143, "{key}");
        assert!(ending.has_first_modes, "{key}");
        assert_eq!(std::fs::read_to_string(words).unwrap(), "kept", "{key}");
    }
}

#[test]
fn a_panic_in_any_thread_ends_the_process_after_its_last_words() {
    for key in ["p", "t"] {
        let folder = tempfile::tempdir().unwrap();
        let words = folder.path().join("words");
        let variables = format!("{LAST_WORDS}='{}'", words.display());
        let mut pty = Pty::shell(&format!("exec {}", stand_in(&variables)));
        pty.wait_for("<ready>");
        pty.type_in(key);
        let (code, _) = pty.finish(TWO_SECONDS);
        assert_eq!(code, 1, "{key}");
        assert_eq!(std::fs::read_to_string(words).unwrap(), "kept", "{key}");
    }
}

#[test]
fn a_vanished_terminal_ends_also_a_main_loop_that_is_stuck() {
    let mut pty = Pty::shell(&format!("trap '' HUP; exec {}", stand_in("")));
    pty.wait_for("<ready>");
    pty.type_in("x");
    pty.wait_for("<x>");
    assert_eq!(pty.vanish("s").finish(TWO_SECONDS), 129);
}
