//! A journal in a read-only place opens to be looked at: a line that stays says so, no key leads into a form, and no command
//! asks anything before it refuses. Where the system gives no namespace to mount in, these are skipped with a line.

use crate::support::home::Ebb;
use crate::support::pty::{Pty, Size, TWO_SECONDS, in_one_line};
use crate::support::rooms;
use std::fs;
use std::path::PathBuf;

const REFUSAL: &str = "The journal is read-only here, so nothing new can be saved.";

/// A journal with a check-in and something in the bin, in a folder that is about to be read-only.
struct Room {
    ebb: Ebb,
    journal: PathBuf,
}

impl Room {
    fn new() -> Option<Self> {
        if !rooms::are_given("a read-only place") {
            return None;
        }
        let ebb = Ebb::new();
        let journal = ebb.home().join("room/journal.db");
        let path = journal.to_str().unwrap();
        for words in [
            &["start", "--last-use", "2026-11-13 20:00"][..],
            &["checkin", "--overall", "7", "--note", "quiet words"],
            &["checkin", "--overall", "1"],
        ] {
            ebb.succeed(&[&["--journal", path], words].concat());
        }
        Some(Self { ebb, journal })
    }

    /// The program with these words in the read-only place, on a terminal.
    fn run(&self, words: &str) -> Pty {
        let path = self.journal.display();
        self.ebb.shell(&rooms::line(&format!(
            "mount --bind -o ro room room; exec \"$EBB\" --journal {path} {words}"
        )))
    }

    /// All bytes of all files in the folder.
    fn content(&self) -> Vec<(PathBuf, Vec<u8>)> {
        let folder = self.journal.parent().unwrap();
        let mut files: Vec<_> = fs::read_dir(folder)
            .unwrap()
            .map(|entry| entry.unwrap().path())
            .filter(|path| path.is_file())
            .map(|path| (path.clone(), fs::read(path).unwrap()))
            .collect();
        files.sort();
        files
    }
}

#[test]
fn the_full_screen_says_it_for_good_and_opens_no_form() {
    let Some(room) = Room::new() else { return };
    let before = room.content();
    let mut pty = room.run("");
    let line = format!(
        "Read only: {} cannot be written to. Looking works; nothing can be saved.",
        room.journal.display()
    );
    pty.wait_for("the line", |screen| {
        in_one_line(&screen.contents()).contains(&line)
    });
    // Every key that begins something to write, from the screen on which it stands.
    for keys in ["c", "b", "d", "u", "l", "s", "z", "Z", "4n", "5a", "1"] {
        pty.send(keys);
        pty.wait_for(keys, |screen| {
            let told = in_one_line(&screen.contents());
            told.contains(&line) && (keys == "1" || told.contains(REFUSAL))
        });
        assert!(
            !pty.contents().contains("Esc close, n"),
            "{}",
            pty.contents()
        );
        // The next refusal is looked for on a screen without one.
        pty.send("2");
        pty.wait_for("the trends", |screen| {
            let told = in_one_line(&screen.contents());
            told.contains("[week]") && !told.contains(REFUSAL)
        });
        pty.send("1");
        pty.wait_for_text("1 Today");
    }
    // Looking works.
    pty.send("3");
    pty.wait_for_text("quiet words");
    pty.send("q");
    let (code, ending) = pty.exit_code(TWO_SECONDS);
    assert_eq!(code, 0, "{}", ending.screen.contents());
    assert!(
        !ending.screen.contents().contains("copy"),
        "no copy is tried"
    );
    assert_eq!(room.content(), before);
}

#[test]
fn plain_mode_says_it_at_its_start_and_asks_nothing_that_it_could_not_save() {
    let Some(room) = Room::new() else { return };
    let before = room.content();
    let mut pty = room.run("--plain");
    pty.wait_for("the line", |screen| {
        in_one_line(&screen.contents())
            .contains("cannot be written to. Looking works; nothing can be saved.")
    });
    for word in [
        "check-in", "brief", "dose", "urge", "log", "fill", "edit", "delete", "start", "country",
        "sign",
    ] {
        pty.say(
            &format!("{word}\r"),
            &format!("{REFUSAL} Everything in it can be looked at. What next?"),
        );
    }
    pty.say("undo\r", "is read-only here, so this was not saved");
    pty.send("quit\r");
    assert_eq!(pty.exit_code(TWO_SECONDS).0, 0);
    assert_eq!(room.content(), before);
}

#[test]
fn no_command_asks_anything_before_it_refuses() {
    let Some(room) = Room::new() else { return };
    let path = room.journal.to_str().unwrap();
    let copy = room.ebb.home().join("copy.db");
    room.ebb
        .succeed(&["--journal", path, "backup", copy.to_str().unwrap()]);
    let before = room.content();
    let restore = format!("restore {}", copy.display());
    for words in [
        "checkin",
        "checkin --overall 3",
        "start --last-use 2026-11-20",
        "dose 3g leaf",
        "undo",
        "redo",
        &restore,
    ] {
        // A terminal stands there, so a question could be asked, and nobody answers one.
        let pty = room.run(words);
        let (code, ending) = pty.exit_code(TWO_SECONDS);
        let told = in_one_line(&ending.text());
        assert_eq!(code, 15, "{words}: {told}");
        assert!(
            told.contains(path) && told.contains("read-only"),
            "{words}: {told}"
        );
        assert!(!told.contains('?'), "{words} asks: {told}");
    }
    for words in [
        "status",
        "history",
        "attempt list",
        "bin",
        "doctor",
        "symptom list --no-pager",
    ] {
        let (code, ending) = room.run(words).exit_code(TWO_SECONDS);
        assert_eq!(code, 0, "{words}: {}", ending.text());
    }
    assert_eq!(room.content(), before);
}

#[test]
fn a_small_screen_has_the_line_as_well() {
    let Some(room) = Room::new() else { return };
    let pty = room.run("");
    pty.wait_for_text("Read only");
    pty.resize(Size::new(40, 12));
    pty.wait_for_text("Read only: nothing can be saved.");
    pty.resize(Size::new(60, 20));
    pty.wait_for("the whole line", |screen| {
        in_one_line(&screen.contents()).contains("Looking works; nothing can be saved.")
    });
}
