//! What becomes of words when the journal's file is full, moved, deleted, replaced or read-only under the program: in every
//! form it is said as what it is, the person is asked before leaving, and the words can go to another file.
//!
//! A full disk and a read-only one are rooms of their own, which a namespace gives without rights. Where the system gives none,
//! these two are skipped with a line.

use crate::support::home::Ebb;
use crate::support::pty::{PATIENCE, Pty, Size, TWO_SECONDS, in_one_line};
use crate::support::rooms;
use rusqlite::{Connection, OpenFlags};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Instant;

/// A form: the keys that open it, those that type words into it, those that save it, and what is to be found in the file.
struct Form {
    name: &'static str,
    opened: &'static [(&'static str, &'static str)],
    typed: (&'static str, &'static str),
    save: &'static str,
    words: &'static [&'static str],
}

/// Every form that keeps words. Those without drafts on the disk keep them in the window.
const FORMS: [Form; 6] = [
    Form {
        name: "check-in",
        opened: &[("c23n", "back to the ratings")],
        typed: ("quiet words", "quiet words"),
        save: "\x13",
        words: &[
            "Check-in, Sun 22 Nov 2026",
            ": 2 moderate",
            "Note: quiet words",
        ],
    },
    Form {
        name: "dose",
        opened: &[("d", "Which one?"), ("1", "Amount")],
        typed: ("3\t\tquiet words", "quiet words"),
        save: "\r",
        words: &["Dose, Sun 22 Nov 2026", "Amount: 3", "Note: quiet words"],
    },
    Form {
        name: "attempt",
        opened: &[("s", "Last use")],
        typed: ("yesterday\t\t\tquiet words", "quiet words"),
        save: "\x132",
        words: &["Last use: yesterday", "Goal: quiet words"],
    },
    Form {
        name: "plan",
        opened: &[("4n", "Before you begin"), ("\r", "Each step")],
        typed: ("\t6\t\t10\t7\t1", "Stop at      1"),
        save: "\x13",
        words: &["Taper plan", "Now a day: 6", "Each step: 10"],
    },
    Form {
        name: "help line",
        opened: &[("!", "Any time"), ("a", "Whose number")],
        typed: ("quiet words\r555", "555"),
        save: "\x13",
        words: &["Name: quiet words", "Number: 555"],
    },
    Form {
        name: "symptom",
        opened: &[("8\r", "add an own one"), ("a", "Group")],
        typed: ("quiet words", "quiet words"),
        save: "\x13",
        words: &["Name: quiet words"],
    },
];

/// What happens to the file while the form is open, and how it is said.
const DEEDS: [(&str, &str); 5] = [
    (
        "full",
        "the disk is full, so nothing of this was written to",
    ),
    ("read-only", "is read-only here"),
    ("renamed", "the journal was moved while it was open"),
    ("deleted", "was deleted while it was open"),
    ("replaced", "another file is at"),
];

/// A journal in a room of its own, with the full screen over it and the deed to come.
struct Room {
    ebb: Ebb,
    pty: Pty,
    journal: PathBuf,
    deed: &'static str,
}

impl Room {
    /// `None` where the system does not give the room that the deed needs.
    fn new(deed: &'static str) -> Option<Self> {
        let ebb = Ebb::new();
        let folder = ebb.home().join("room");
        fs::create_dir(&folder).unwrap();
        let journal = folder.join("journal.db");
        let path = journal.to_str().unwrap();
        let pty = if matches!(deed, "full" | "read-only") {
            if !rooms::are_given(deed) {
                return None;
            }
            let made = Command::new("mkfifo")
                .args(["go", "done"])
                .current_dir(ebb.home())
                .status();
            assert!(made.unwrap().success());
            // The deed is done from inside, where the room is; it waits for a line in `go`.
            ebb.shell(&rooms::line(&format!(
                "mount -t tmpfs -o size=700k none room
                \"$EBB\" --journal {path} start --last-use \"2026-11-13 20:00\" 2>room/first
                rm -rf {path}.backups
                (read deed <go
                 case $deed in
                 full) cat /dev/zero >room/filler 2>room/why ;;
                 read-only) mount --bind -o ro room room ;;
                 esac
                 echo >done) &
                exec \"$EBB\" --journal {path}"
            )))
        } else {
            ebb.succeed(&["--journal", path, "start", "--last-use", "2026-11-13 20:00"]);
            // No copy of the day yet: it would be tried after the first save.
            fs::remove_dir_all(folder.join("journal.db.backups")).ok();
            ebb.open_with(&["--journal", path], Size::USUAL)
        };
        pty.wait_for_text("1 Today");
        pty.wait_for_text("check-in");
        Some(Self {
            ebb,
            pty,
            journal,
            deed,
        })
    }

    fn away(&self) -> PathBuf {
        self.journal.with_extension("away")
    }

    fn happen(&self) {
        match self.deed {
            "renamed" => fs::rename(&self.journal, self.away()).unwrap(),
            "deleted" => fs::remove_file(&self.journal).unwrap(),
            "replaced" => {
                let other = self.ebb.home().join("other.db");
                let path = other.to_str().unwrap();
                self.ebb
                    .succeed(&["--journal", path, "checkin", "--overall", "1"]);
                fs::rename(other, &self.journal).unwrap();
            }
            _ => {
                fs::write(self.ebb.home().join("go"), format!("{}\n", self.deed)).unwrap();
                fs::read(self.ebb.home().join("done")).unwrap();
            }
        }
    }

    fn open(&mut self, form: &Form) {
        for (keys, seen) in form.opened {
            self.pty.send(keys);
            self.pty.wait_for_text(seen);
        }
    }

    fn fill_in(&mut self, form: &Form) {
        self.open(form);
        self.type_in(form);
    }

    fn type_in(&mut self, form: &Form) {
        let (keys, seen) = form.typed;
        self.pty.send(keys);
        self.pty.wait_for_text(seen);
    }

    /// Waits until all that was typed is on the disk as a draft.
    fn wait_for_draft(&self) {
        let until = Instant::now() + PATIENCE;
        let flags = OpenFlags::SQLITE_OPEN_READ_ONLY;
        let db = Connection::open_with_flags(&self.journal, flags).unwrap();
        db.busy_timeout(PATIENCE).unwrap();
        let count = || -> i64 {
            let sql = "SELECT count(*) FROM draft WHERE content LIKE '%quiet words%'";
            db.query_row(sql, [], |row| row.get(0)).unwrap()
        };
        while count() == 0 {
            assert!(Instant::now() < until, "no draft came to the disk");
        }
    }
}

fn bytes(path: &Path) -> Option<Vec<u8>> {
    fs::read(path).ok()
}

#[test]
fn no_form_loses_words_when_the_file_goes_away_under_it() {
    for (deed, sentence) in DEEDS {
        for form in &FORMS {
            let Some(mut room) = Room::new(deed) else {
                break;
            };
            let name = form.name;
            room.open(form);
            room.happen();
            room.type_in(form);
            let there = bytes(&room.journal);
            room.pty.send(form.save);
            room.pty
                .wait_for(&format!("{name}, {deed}: {sentence}"), |screen| {
                    let told = in_one_line(&screen.contents());
                    told.contains("Not saved: ") && told.contains(sentence)
                });
            // The words are still in the form, and leaving asks.
            room.pty.send("\x03");
            room.pty
                .wait_for(&format!("{name}, {deed}: the question"), |screen| {
                    screen.contents().contains("1 entry is on no disk yet")
                });
            room.pty.send("3");
            room.pty.wait_for_text("The words, to another file");
            let file = room.ebb.home().join("words.txt");
            room.pty.send(&format!("\x15{}\r", file.display()));
            room.pty.wait_for_text("Written to");
            room.pty.send("4");
            let (code, ending) = room.pty.exit_code(TWO_SECONDS);
            assert_eq!(code, 15, "{name}, {deed}: {}", ending.screen.contents());
            let text = fs::read_to_string(&file).unwrap();
            for words in form.words {
                assert!(text.contains(words), "{name}, {deed}: {words} in {text}");
            }
            let left = in_one_line(&ending.screen.contents());
            assert!(!left.contains("quiet words"), "{name}, {deed}: {left}");
            assert!(
                left.contains("the words were written to"),
                "{name}, {deed}: {left}"
            );
            // Nothing was written to what is at the path now, and nothing was made there.
            assert_eq!(bytes(&room.journal), there, "{name}, {deed}");
        }
    }
}

#[test]
fn a_file_that_came_back_takes_the_words_without_a_restart() {
    for form in &FORMS {
        let mut room = Room::new("renamed").unwrap();
        room.fill_in(form);
        room.happen();
        room.pty.send(form.save);
        room.pty.wait_for_text("Not saved: ");
        room.pty.wait_for_text("Moved: ");
        fs::rename(room.away(), &room.journal).unwrap();
        room.pty.send(form.save);
        room.pty.wait_for(form.name, |screen| {
            let told = in_one_line(&screen.contents());
            !told.contains("Not saved") && !told.contains("Moved: ")
        });
        room.pty.send("\x03");
        let (code, ending) = room.pty.exit_code(TWO_SECONDS);
        assert_eq!(code, 0, "{}: {}", form.name, ending.screen.contents());
    }
}

#[test]
fn a_draft_that_was_deleted_with_its_file_is_asked_about() {
    for deed in ["deleted", "replaced"] {
        let mut room = Room::new(deed).unwrap();
        room.fill_in(&FORMS[0]);
        room.happen();
        // The draft was on the disk, and nothing is saved or typed since.
        room.pty.send("\x03");
        room.pty.wait_for_text("1 entry is on no disk yet");
        room.pty.send("4");
        let (code, _) = room.pty.exit_code(TWO_SECONDS);
        assert_eq!(code, 15, "{deed}");
    }
}

#[test]
fn a_draft_in_a_file_that_was_only_moved_is_kept_there() {
    let mut room = Room::new("renamed").unwrap();
    room.fill_in(&FORMS[0]);
    // Leaving waits for the disk; from then on the draft is in the file.
    room.pty.send("\x03");
    assert_eq!(room.pty.exit_code(TWO_SECONDS).0, 0);
    let path = room.journal.to_str().unwrap();
    room.pty = room.ebb.open_with(&["--journal", path], Size::USUAL);
    room.pty.wait_for_text("1 Today");
    room.happen();
    room.pty.send("q");
    assert_eq!(room.pty.exit_code(TWO_SECONDS).0, 0);
    let db = Connection::open(room.ebb.home().join("room/journal.away")).unwrap();
    let sql = "SELECT count(*) FROM draft WHERE content LIKE '%quiet words%'";
    let kept: i64 = db.query_row(sql, [], |row| row.get(0)).unwrap();
    assert_eq!(kept, 1);
}

#[test]
fn another_file_of_the_same_journal_is_opened_and_takes_the_words_at_the_second_try() {
    let mut room = Room::new("renewed").unwrap();
    room.fill_in(&FORMS[0]);
    room.wait_for_draft();
    let copy = room.ebb.home().join("copy.db");
    fs::copy(&room.journal, &copy).unwrap();
    let path = copy.to_str().unwrap();
    // As a sync program does: what was entered on another machine comes with it.
    room.ebb.succeed(&[
        "--journal",
        path,
        "attempt",
        "edit",
        "1",
        "--name",
        "from afar",
    ]);
    fs::rename(&copy, &room.journal).unwrap();
    room.pty.send("\x13");
    room.pty
        .wait_for_text("replaced by another one of the same journal");
    room.pty.wait_for_text("Not saved: 1 entry");
    room.pty.send("\x13");
    room.pty.wait_for_text("Saved 08:12");
    room.pty.send("q");
    assert_eq!(room.pty.exit_code(TWO_SECONDS).0, 0);
    let path = room.journal.to_str().unwrap();
    let shown = room.ebb.succeed(&["--journal", path, "history"]);
    assert!(shown.contains("quiet words"), "{shown}");
    let attempts = room.ebb.succeed(&["--journal", path, "attempt", "list"]);
    assert!(attempts.contains("from afar"), "{attempts}");
}
