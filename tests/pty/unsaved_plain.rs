//! Plain mode with words that are on no disk: leaving asks, they can be saved, written elsewhere or said once, and the code is 15.

use crate::support::home::Ebb;
use crate::support::pty::{Pty, Size, TWO_SECONDS, in_one_line};
use rustix::process::Signal;
use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::PathBuf;

/// A journal opened in plain mode, and what has to be done to its file.
struct Talk {
    ebb: Ebb,
    pty: Pty,
    journal: PathBuf,
}

impl Talk {
    fn new() -> Self {
        let ebb = Ebb::new();
        let journal = ebb.home().join("mine/journal.db");
        let path = journal.to_str().unwrap();
        ebb.succeed(&["--journal", path, "start", "--last-use", "2026-11-13 20:00"]);
        let pty = ebb.open_with(&["--journal", path, "--plain"], Size::USUAL);
        pty.wait_for_text("What next?");
        Self { ebb, pty, journal }
    }

    fn away(&self) -> PathBuf {
        self.ebb.home().join("away.db")
    }

    fn leaves_with(self, code: u32, sentence: &str) {
        let (ended, ending) = self.pty.exit_code(TWO_SECONDS);
        let text = ending.text();
        assert_eq!(ended, code, "{text}");
        assert!(in_one_line(&text).contains(sentence), "{text}");
        assert!(!text.contains("What you saved is saved"), "{text}");
    }
}

/// The ways in which something is entered, each with the words that are to be found again.
const ENTRIES: [(&str, &[&str]); 4] = [
    (
        "brief\r7\rnote quiet words\rdone\r",
        &["Check-in, Sun 22 Nov 2026", "Overall: 7 of 10"],
    ),
    (
        "dose\r1\r3\rskip\rquiet words\rskip\r",
        &["Dose, Sun 22 Nov 2026", "Amount: 3"],
    ),
    (
        "start\ryes\r2026-11-20\rstop\rquiet words\r",
        &["Attempt", "Goal: quiet words"],
    ),
    (
        "numbers\radd\rquiet words\r555\r",
        &["Name: quiet words", "Number: 555"],
    ),
];

#[test]
fn what_could_not_be_saved_is_written_to_another_file() {
    for (entered, words) in ENTRIES {
        let mut talk = Talk::new();
        fs::remove_file(&talk.journal).unwrap();
        talk.pty.say(entered, "was deleted while it was open");
        talk.pty
            .say("quit\r", "1 entry is on no disk yet and would be gone.");
        // A file that is there stays as it is.
        fs::write(talk.ebb.home().join("there.txt"), "mine").unwrap();
        talk.pty.say("file\rthere.txt\r", "was not written");
        assert_eq!(
            fs::read(talk.ebb.home().join("there.txt")).unwrap(),
            b"mine"
        );
        talk.pty.say("file\rwords.txt\r", "Written to");
        let file = talk.ebb.home().join("words.txt");
        let text = fs::read_to_string(&file).unwrap();
        for words in words {
            assert!(text.contains(words), "{entered:?}: {text}");
        }
        let mode = fs::metadata(&file).unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o600);
        assert!(!talk.journal.exists(), "no journal was made anew");
        talk.pty.send("quit\r");
        talk.leaves_with(
            15,
            "1 entry is not in the journal; the words were written to",
        );
    }
}

#[test]
fn the_words_are_said_once_to_copy_or_let_go() {
    let mut talk = Talk::new();
    fs::rename(&talk.journal, talk.away()).unwrap();
    talk.pty.say(ENTRIES[1].0, "was moved while it was open");
    talk.pty.say("quit\r", "or quit once more?");
    talk.pty.say("say\r", "Note: quiet words");
    talk.pty.send("quit\r");
    talk.leaves_with(15, "1 entry is not in the journal; the words stand above");

    let mut talk = Talk::new();
    fs::rename(&talk.journal, talk.away()).unwrap();
    talk.pty.say(ENTRIES[1].0, "was moved while it was open");
    talk.pty.say("quit\r", "or quit once more?");
    talk.pty.send("quit\r");
    talk.leaves_with(15, "1 entry is not in the journal; the words were let go");
}

#[test]
fn saving_again_works_once_the_file_is_back() {
    for (entered, _) in ENTRIES {
        let mut talk = Talk::new();
        fs::rename(&talk.journal, talk.away()).unwrap();
        talk.pty.say(entered, "was moved while it was open");
        talk.pty.say("quit\r", "or quit once more?");
        talk.pty.say("save\r", "or quit once more?");
        fs::rename(talk.away(), &talk.journal).unwrap();
        talk.pty.send("save\r");
        let (ebb, journal) = (talk.ebb, talk.journal);
        let (code, ending) = talk.pty.exit_code(TWO_SECONDS);
        assert_eq!(code, 0, "{entered:?}: {}", ending.text());
        assert!(ending.text().contains("It is on the disk now."));
        // Saved as what it was meant to be, once.
        let db = rusqlite::Connection::open(journal).unwrap();
        let count = |sql: &str| -> i64 { db.query_row(sql, [], |row| row.get(0)).unwrap() };
        let saved = count(
            "SELECT (SELECT count(*) FROM check_in) + (SELECT count(*) FROM record)
                  + (SELECT count(*) FROM attempt) + (SELECT count(*) FROM help_line)",
        );
        assert_eq!(
            (saved, count("SELECT count(*) FROM draft")),
            (2, 0),
            "{entered:?}"
        );
        drop(ebb);
    }
}

#[test]
fn who_stays_goes_on_at_the_menu_and_a_draft_is_kept_once_the_file_is_back() {
    let mut talk = Talk::new();
    fs::rename(&talk.journal, talk.away()).unwrap();
    talk.pty.say(ENTRIES[0].0, "was moved while it was open");
    talk.pty.say("quit\r", "or quit once more?");
    talk.pty.say("back\r", "What next?");
    fs::rename(talk.away(), &talk.journal).unwrap();
    talk.pty.say("today\r", "can be written again");
    talk.pty.send("quit\r");
    talk.leaves_with(0, "Goodbye.");
}

#[test]
fn the_end_of_the_input_and_ctrl_c_ask_as_well() {
    // Ctrl-D and Ctrl-C; a terminal can be read again after either.
    for key in ["\x04", "\x03"] {
        let mut talk = Talk::new();
        fs::remove_file(&talk.journal).unwrap();
        talk.pty.say("brief\r7\r", "was deleted while it was open");
        talk.pty
            .say(key, "1 entry is on no disk yet and would be gone.");
        // Nobody answers: the words are said once before they go.
        talk.pty.send(key);
        talk.leaves_with(15, "Overall: 7 of 10");
    }
}

#[test]
fn ctrl_c_without_anything_to_ask_ends_at_once_and_keeps_the_draft() {
    let mut talk = Talk::new();
    talk.pty.say("check-in\r", "Muscle aches");
    talk.pty.say("3\r", "Shaking");
    talk.pty.signal(Signal::INT);
    let ebb = talk.ebb;
    let (code, ending) = talk.pty.exit_code(TWO_SECONDS);
    assert_eq!(code, 130, "{}", ending.text());
    assert!(ending.text().contains("What was begun is kept as a draft."));
    let db = rusqlite::Connection::open(ebb.home().join("mine/journal.db")).unwrap();
    let drafts: i64 = db
        .query_row("SELECT count(*) FROM draft", [], |row| row.get(0))
        .unwrap();
    assert_eq!(drafts, 1);
}

#[test]
fn another_file_of_the_same_journal_is_opened_and_said() {
    let mut talk = Talk::new();
    let copy = talk.ebb.home().join("copy.db");
    fs::copy(&talk.journal, &copy).unwrap();
    let path = copy.to_str().unwrap();
    talk.ebb.succeed(&[
        "--journal",
        path,
        "attempt",
        "edit",
        "1",
        "--name",
        "from afar",
    ]);
    fs::rename(&copy, &talk.journal).unwrap();
    talk.pty
        .say("attempts\r", "replaced by another one of the same journal");
    talk.pty.say("list\r", "from afar");
    talk.pty.say("done\rbrief\r7\r", "Saved 08:12");
    talk.pty.send("quit\r");
    talk.leaves_with(0, "Goodbye.");
}
