//! The lock on a real terminal, over a plain and an encrypted journal.

use crate::support::home::Ebb;
use crate::support::pty::{Pty, Size, TWO_SECONDS};
use rustix::process::Signal;
use std::path::{Path, PathBuf};
use std::process::Command;

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

/// The library that shows a program another clock, made in `folder`; `None` where it cannot be made.
fn other_clock(folder: &Path) -> Option<PathBuf> {
    let library = folder.join("clock.so");
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/pty/clock.c");
    let made = Command::new("cc")
        .args(["-shared", "-fPIC", "-o"])
        .arg(&library)
        .arg(source)
        .status();
    let is_made = cfg!(target_os = "linux") && made.is_ok_and(|made| made.success());
    is_made.then_some(library)
}

/// A home whose clock on the wall can be moved while a program runs.
struct Movable {
    ebb: Ebb,
    clock: PathBuf,
}

impl Movable {
    /// An encrypted journal that locks after two minutes; `None`, with a line about it, where no clock can be moved.
    fn new() -> Option<Self> {
        let ebb = Ebb::new().with_a_running_clock();
        let Some(library) = other_clock(ebb.home()) else {
            println!(
                "not tried: the clock of a program cannot be moved here (Linux and cc are needed)"
            );
            return None;
        };
        let clock = ebb.home().join("clock");
        let config = ebb.home().join("config.toml");
        std::fs::write(&config, "idle_lock = 2\n").unwrap();
        let text = |path: &Path| path.to_str().unwrap().to_owned();
        let ebb = ebb
            .with("LD_PRELOAD", &text(&library))
            .with("CLOCK_AHEAD", &text(&clock))
            .with("EBB_CONFIG", &text(&config));
        let movable = Self { ebb, clock };
        movable.ahead(0);
        movable.ebb.succeed(&["start", "--last-use", "yesterday"]);
        movable
            .ebb
            .succeed(&["checkin", "--set", "nausea=3", "--note", NOTE]);
        let mut set = movable.ebb.command(&["passphrase", "set"]);
        set.write_stdin(format!("{PASSPHRASE}\n{PASSPHRASE}\n"))
            .assert()
            .success();
        Some(movable)
    }

    /// Moves the clock to so many minutes after where it began, which is ten days from now: the system's own alarm, which knows
    /// the real time, does not ring.
    fn ahead(&self, minutes: i64) {
        // In one step: a program that reads half of it would see another time.
        let new = self.clock.with_extension("new");
        std::fs::write(&new, format!("{}\n", 864_000 + 60 * minutes)).unwrap();
        std::fs::rename(&new, &self.clock).unwrap();
    }
}

fn unlocked(mut pty: Pty) -> Pty {
    pty.wait_for_text("Passphrase:");
    pty.send(&format!("{PASSPHRASE}\r"));
    pty.wait_for_text(NOTE);
    pty
}

#[test]
fn after_a_sleep_the_screen_is_locked_before_a_key_is_pressed() {
    let Some(movable) = Movable::new() else {
        return;
    };
    let mut pty = unlocked(movable.ebb.open());
    pty.signal(Signal::STOP);
    movable.ahead(60);
    pty.signal(Signal::CONT);
    pty.wait_for("the locked page alone", |screen| {
        let shown = screen.contents();
        shown.contains("Passphrase:") && !shown.contains(NOTE)
    });
    // What is typed in the second of the lock was not meant for it.
    movable.ahead(61);
    pty.send("\x03");
    assert_eq!(pty.exit_code(TWO_SECONDS).0, 0);
}

#[test]
fn the_first_key_after_a_long_pause_finds_the_screen_locked_and_the_draft_is_kept() {
    let Some(movable) = Movable::new() else {
        return;
    };
    let mut pty = unlocked(movable.ebb.open());
    pty.send("cn");
    pty.send("half a sentence");
    pty.wait_for_text("half a sentence");
    // Less than what was set leaves it open.
    movable.ahead(1);
    pty.send(" more");
    pty.wait_for_text("half a sentence more");
    movable.ahead(4);
    pty.send("x");
    pty.wait_for("the locked page alone", |screen| {
        let shown = screen.contents();
        shown.contains("Passphrase:") && !shown.contains("half a sentence")
    });
    movable.ahead(5);
    // The key that found it locked was typed at the sentence, and the passphrase begins after it, within the same second.
    pty.send(&format!("{PASSPHRASE}\r"));
    pty.wait_for_text("half a sentence morex");
    pty.send("\x03");
    pty.exit_code(TWO_SECONDS);
}

#[test]
fn plain_mode_asks_for_the_passphrase_before_an_answer_that_came_late() {
    let Some(movable) = Movable::new() else {
        return;
    };
    let mut pty = movable.ebb.open_with(&["--plain"], Size::new(100, 40));
    pty.wait_for_text("not shown while you type");
    pty.send(&format!("{PASSPHRASE}\r"));
    pty.wait_for_text("What next?");
    pty.say("today\r", "What next?");
    movable.ahead(60);
    pty.say("history\r", "Passphrase, not shown while you type");
    assert!(!pty.contents().contains("Nausea"), "{}", pty.contents());
    pty.say("wrong\r", "that is not the passphrase");
    // The answer that was typed is taken then.
    pty.say(&format!("{PASSPHRASE}\r"), "Open again.");
    pty.wait_for_text("latest first");
    pty.say("done\r", "What next?");
    pty.send("quit\r");
    let (code, ending) = pty.exit_code(TWO_SECONDS);
    assert_eq!((code, ending.count(PASSPHRASE)), (0, 0));
}

/// Plain mode over an encrypted journal, at the menu.
fn plain_under_passphrase(ebb: &Ebb) -> Pty {
    let mut pty = ebb.open_with(&["--plain"], Size::new(100, 40));
    pty.wait_for_text("not shown while you type");
    pty.send(&format!("{PASSPHRASE}\r"));
    pty.wait_for_text("What next?");
    pty
}

/// Says the day with the note, and goes back to the menu.
fn see_the_note(pty: &mut Pty) {
    pty.say("history\r", "latest first");
    pty.say("1\r", "open, edit, delete");
    pty.say("open 1\r", NOTE);
    pty.say("done\r", "What next?");
}

/// What clears a window and what scrolled out of it.
const CLEARED: &str = "\x1b[H\x1b[2J\x1b[3J";

#[test]
fn plain_mode_locks_clears_its_window_and_opens_with_the_passphrase_alone() {
    let ebb = encrypted();
    let mut pty = plain_under_passphrase(&ebb);
    see_the_note(&mut pty);
    pty.say("lock\r", "Passphrase, not shown while you type");
    assert!(!pty.contents().contains(NOTE), "{}", pty.contents());
    pty.wait_for_bytes(CLEARED, 1);
    pty.say("wrong\r", "that is not the passphrase");
    pty.say("\r", "Locked. An empty line asks for the passphrase");
    pty.say("history\r", "Locked. An empty line asks");
    pty.say("!\r", "emergency");
    assert!(
        !pty.contents().to_lowercase().contains("kratom"),
        "{}",
        pty.contents()
    );
    pty.say("\r", "Passphrase, not shown while you type");
    pty.say(&format!("{PASSPHRASE}\r"), "Open again.");
    // It can be written to as before.
    pty.say("brief\r", "0 to 10");
    pty.say("4\r", "Saved");
    pty.say("lock\r", "Passphrase, not shown while you type");
    pty.say("\r", "Locked.");
    pty.send("quit\r");
    let (code, ending) = pty.exit_code(TWO_SECONDS);
    assert_eq!((code, ending.count(PASSPHRASE)), (0, 0));
}

#[test]
fn plain_mode_hides_a_plain_journal_and_says_that_it_is_no_more_than_that() {
    let ebb = with_a_note();
    let mut pty = ebb.open_with(&["--plain"], Size::new(100, 40));
    pty.wait_for_text("What next?");
    see_the_note(&mut pty);
    pty.say("lock\r", "it is hidden, and nothing more");
    assert!(!pty.contents().contains(NOTE), "{}", pty.contents());
    pty.say("today\r", "it is hidden, and nothing more");
    pty.say("\r", "What next?");
    pty.say("blank\r", CLEARED);
    pty.wait_for("nothing at all", |screen| {
        screen.contents().trim().is_empty()
    });
    pty.say("today\r", "The menu again.");
    assert!(!pty.contents().contains("Today:"), "{}", pty.contents());
    pty.send("quit\r");
    assert_eq!(pty.exit_code(TWO_SECONDS).0, 0);
}

#[test]
fn plain_mode_hands_a_report_over_behind_the_passphrase() {
    let ebb = encrypted();
    let mut pty = plain_under_passphrase(&ebb);
    pty.say("hand-over\r", "Hand it over now?");
    pty.say("yes\r", "Report,");
    assert!(!pty.contents().contains("What next?"), "{}", pty.contents());
    for typed in ["history\r", "quit\r", "back\r", "lock\r"] {
        pty.send(typed);
    }
    pty.say("!\r", "emergency");
    assert!(!pty.contents().contains(NOTE) && !pty.contents().contains("Goodbye"));
    pty.say("passphrase\r", "Passphrase, not shown while you type");
    pty.say("\r", "No passphrase was typed");
    pty.say("passphrase\r", "Passphrase, not shown while you type");
    pty.say(&format!("{PASSPHRASE}\r"), "The menu again.");
    see_the_note(&mut pty);
    pty.send("quit\r");
    let (code, ending) = pty.exit_code(TWO_SECONDS);
    assert_eq!((code, ending.count(PASSPHRASE)), (0, 0));
}

#[test]
fn plain_mode_asks_for_another_machines_passphrase_once_and_keeps_its_key_if_that_is_wanted() {
    let other = Ebb::begun();
    other.succeed(&["checkin", "--overall", "3"]);
    let mut set = other.command(&["passphrase", "set"]);
    set.write_stdin("theirs\ntheirs\n").assert().success();
    let folder = tempfile::tempdir().unwrap();
    let meeting = folder.path().to_str().unwrap();
    other
        .with("EBB_PASSPHRASE_COMMAND", "echo theirs")
        .succeed(&["sync", meeting]);
    let ebb = encrypted();
    let mut pty = plain_under_passphrase(&ebb);
    pty.say("sync\r", "Which folder?");
    pty.say(
        &format!("{meeting}\r"),
        "Type its passphrase? yes, without, or skip.",
    );
    pty.say("skip\r", "Nothing was taken in.");
    pty.say("sync\r", "Which folder?");
    pty.say(&format!("{meeting}\r"), "Type its passphrase?");
    pty.say("yes\r", "not shown while you type");
    pty.say("wrong\r", "that is not the passphrase");
    pty.say("theirs\r", "Keep its key in this journal");
    pty.say("yes\r", "Taken in: 1 attempt, 1 check-in");
    // A lock lets go of every key; the one that was kept comes back with the journal.
    pty.say("lock\r", "Passphrase, not shown while you type");
    pty.say(&format!("{PASSPHRASE}\r"), "Open again.");
    pty.say("sync same\r", "Nothing new");
    pty.send("quit\r");
    let (code, ending) = pty.exit_code(TWO_SECONDS);
    assert_eq!((code, ending.count("theirs")), (0, 0));
}

#[test]
fn plain_mode_writes_the_file_for_other_machines_anew_with_the_passphrase() {
    let ebb = with_a_note();
    let folder = tempfile::tempdir().unwrap();
    ebb.succeed(&["sync", folder.path().to_str().unwrap()]);
    let file = || {
        let files = std::fs::read_dir(folder.path()).unwrap().flatten();
        let mut files = files.map(|file| file.path());
        let journal = files.find(|path| path.extension().is_some_and(|end| end == "journal"));
        std::fs::read(journal.unwrap()).unwrap()
    };
    assert!(file().starts_with(b"SQLite format 3"));
    let mut pty = ebb.open_with(&["--plain"], Size::new(100, 40));
    pty.wait_for_text("What next?");
    pty.say("settings\r", "a word of the list");
    pty.say("passphrase\r", "Passphrase: set?");
    pty.say("set\r", "Go on?");
    pty.say("yes\r", "New passphrase, not shown while you type");
    pty.say(&format!("{PASSPHRASE}\r"), "The same once more");
    pty.say(&format!("{PASSPHRASE}\r"), "was written anew with it");
    assert!(!file().starts_with(b"SQLite format 3"));
    pty.send("quit\r");
    assert_eq!(pty.exit_code(TWO_SECONDS).0, 0);
}
