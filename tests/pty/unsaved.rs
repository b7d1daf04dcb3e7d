//! What cannot be saved stays said, and nobody leaves with it without having been asked.
//!
//! The folder of the journal is renamed under the program: whoever runs it, also root, nothing can be saved then.

use crate::support::home::Ebb;
use crate::support::pty::{Pty, Size, TWO_SECONDS};
use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::PathBuf;

const NOTE: &str = "quiet words of a person";

/// A journal in a folder of its own, opened on Today, and the folder gone under it.
fn without_its_folder(size: Size) -> (Ebb, Pty, PathBuf) {
    let ebb = Ebb::new();
    let folder = ebb.home().join("mine");
    let path = folder.join("journal.db").to_str().unwrap().to_owned();
    ebb.succeed(&[
        "--journal",
        &path,
        "start",
        "--last-use",
        "2026-11-13 20:00",
    ]);
    // No copy of the day yet: it would be tried after the first save.
    fs::remove_dir_all(folder.join("journal.db.backups")).ok();
    let pty = ebb.open_with(&["--journal", &path], size);
    pty.wait_for_text("1 Today");
    pty.wait_for_text("check-in");
    fs::rename(&folder, ebb.home().join("away")).unwrap();
    (ebb, pty, folder)
}

fn check_in_that_cannot_be_saved(pty: &mut Pty) {
    pty.send("c23n");
    pty.wait_for_text("back to the ratings");
    pty.send(NOTE);
    pty.wait_for_text(NOTE);
    pty.send("\x13");
    pty.wait_for_text("Not saved: ");
}

fn leaves_with_15(pty: Pty, said: &str) {
    let (code, ending) = pty.exit_code(TWO_SECONDS);
    assert_eq!(code, 15, "{}", ending.screen.contents());
    let left = ending.screen.contents();
    assert!(
        left.split_whitespace()
            .collect::<Vec<_>>()
            .join(" ")
            .contains(said),
        "{left}"
    );
    assert!(!left.contains("What you saved"), "{left}");
    assert!(
        !left.contains("quiet words"),
        "no words of a person stay: {left}"
    );
    assert!(ending.has_first_modes);
}

#[test]
fn not_saved_stays_said_and_no_copy_of_the_day_is_tried() {
    let (_ebb, mut pty, _) = without_its_folder(Size::USUAL);
    check_in_that_cannot_be_saved(&mut pty);
    // Whatever else is said and opened, it stays.
    pty.send("\x1b");
    pty.wait_for_text("0–4 rate");
    pty.send("\x1b");
    pty.wait_for_text("The draft is not on the disk");
    pty.wait_for_text("Not saved: 1 entry");
    for (key, seen) in [
        ("3", "into the day"),
        ("z", "Not saved"),
        ("1", "Today so far"),
    ] {
        pty.send(key);
        pty.wait_for_text(seen);
        pty.wait_for_text("Not saved");
    }
    let all = String::from_utf8_lossy(&pty.bytes()).into_owned();
    assert!(!all.contains("day's copy"), "no copy was tried");
    assert!(!all.contains("Draft kept"), "it was not");
    pty.send("q");
    pty.wait_for_text("leave");
    pty.send("4");
    leaves_with_15(pty, "1 entry is not in the journal; the words were let go");
}

#[test]
fn leaving_asks_and_staying_keeps_the_words_until_they_can_be_saved() {
    for key in ["q", "\x03"] {
        let (ebb, mut pty, folder) = without_its_folder(Size::USUAL);
        check_in_that_cannot_be_saved(&mut pty);
        pty.send("\x1b");
        pty.wait_for_text("0–4 rate");
        pty.send(key);
        pty.wait_for_text("1 entry is on no disk yet");
        pty.send("1");
        pty.wait_for_text("2 of 18 answered");
        fs::rename(ebb.home().join("away"), &folder).unwrap();
        pty.send("\r");
        pty.wait_for_text("Saved 08:12");
        assert!(!pty.contents().contains("Not saved"));
        pty.send("q");
        assert_eq!(pty.exit_code(TWO_SECONDS).0, 0);
        let path = folder.join("journal.db").to_str().unwrap().to_owned();
        let shown = ebb.succeed(&["--journal", &path, "history"]);
        assert!(shown.contains(NOTE), "{shown}");
    }
}

#[test]
fn the_words_go_to_a_file_that_is_new_and_private() {
    let (ebb, mut pty, folder) = without_its_folder(Size::USUAL);
    check_in_that_cannot_be_saved(&mut pty);
    fs::write(ebb.home().join("there.txt"), "mine").unwrap();
    pty.send("\x1b");
    pty.wait_for_text("0–4 rate");
    pty.send("q");
    pty.wait_for_text("write the words");
    pty.send("3");
    pty.wait_for_text("The words, to another file");
    // A file that is there stays as it is, and the form as well.
    pty.send("\x15there.txt\r");
    pty.wait_for_text("was not written");
    assert_eq!(fs::read(ebb.home().join("there.txt")).unwrap(), b"mine");
    pty.send("\x15words.txt\r");
    pty.wait_for_text("Written to");
    pty.send("4");
    leaves_with_15(
        pty,
        "1 entry is not in the journal; the words were written to",
    );
    let file = ebb.home().join("words.txt");
    let text = fs::read_to_string(&file).unwrap();
    assert!(
        text.contains(NOTE) && text.contains("Check-in, Sun 22 Nov 2026"),
        "{text}"
    );
    assert!(
        text.contains(": 2 moderate") && text.contains(": 3 severe"),
        "{text}"
    );
    let mode = fs::metadata(&file).unwrap().permissions().mode();
    assert_eq!(mode & 0o777, 0o600);
    assert!(!folder.exists(), "no journal was made anew");
}

#[test]
fn the_words_go_to_the_clipboard() {
    use base64::Engine as _;
    let (_ebb, mut pty, _) = without_its_folder(Size::USUAL);
    check_in_that_cannot_be_saved(&mut pty);
    pty.send("\x1b");
    pty.wait_for_text("0–4 rate");
    pty.send("q");
    pty.wait_for_text("copy the words");
    pty.send("2");
    pty.wait_for_bytes("\x1b]52;c;", 1);
    pty.wait_for_text("Sent the words");
    let sent = String::from_utf8_lossy(&pty.bytes()).into_owned();
    let coded = sent
        .split("\x1b]52;c;")
        .nth(1)
        .and_then(|rest| rest.split('\x1b').next());
    let words = base64::engine::general_purpose::STANDARD
        .decode(coded.unwrap())
        .unwrap();
    assert!(String::from_utf8(words).unwrap().contains(NOTE));
    pty.send("4");
    leaves_with_15(pty, "the words were sent to the terminal for its clipboard");
}

#[test]
fn a_draft_that_was_never_saved_is_asked_about_in_every_form() {
    for (keys, seen, has_letters) in [
        ("c2", "1 of 18 answered", false),
        ("b7", "7", false),
        ("d13", "Dose", true),
    ] {
        let (_ebb, mut pty, _) = without_its_folder(Size::USUAL);
        pty.send(keys);
        pty.wait_for_text(seen);
        pty.wait_for_text("not on the disk");
        pty.send(if has_letters { "\x03" } else { "q" });
        pty.wait_for_text("1 entry is on no disk yet");
        pty.send("4");
        leaves_with_15(pty, "1 entry is not in the journal");
    }
}

#[test]
fn a_save_that_fails_in_the_moment_of_leaving_is_asked_about() {
    let (_ebb, mut pty, _) = without_its_folder(Size::USUAL);
    pty.send("c2\rq");
    pty.wait_for_text("1 entry is on no disk yet");
    pty.send("4");
    leaves_with_15(pty, "1 entry is not in the journal");
}

#[test]
fn it_asks_on_small_screens_and_says_what_it_needs_on_smaller_ones() {
    let (_ebb, mut pty, _) = without_its_folder(Size::new(40, 12));
    pty.send("c2");
    pty.wait_for_text("not on the disk");
    pty.send("q");
    pty.wait_for_text("1  stay");
    pty.resize(Size::new(30, 8));
    pty.wait_for_text("not saved");
    pty.send("4");
    assert_eq!(pty.exit_code(TWO_SECONDS).0, 15);
}

#[test]
fn plain_mode_ends_with_15_where_something_was_neither_saved_nor_kept() {
    let ebb = Ebb::new();
    let folder = ebb.home().join("mine");
    let path = folder.join("journal.db").to_str().unwrap().to_owned();
    ebb.succeed(&[
        "--journal",
        &path,
        "start",
        "--last-use",
        "2026-11-13 20:00",
    ]);
    fs::remove_dir_all(folder.join("journal.db.backups")).ok();
    let mut pty = ebb.open_with(&["--journal", &path, "--plain"], Size::USUAL);
    pty.wait_for_text("brief");
    fs::rename(&folder, ebb.home().join("away")).unwrap();
    pty.send("brief\r7\r");
    pty.wait_for_text("could not be kept");
    pty.send("done\r");
    pty.wait_for_text("was not saved");
    pty.send("quit\rquit\r");
    let (code, ending) = pty.exit_code(TWO_SECONDS);
    let shown = ending.text();
    assert_eq!(code, 15, "{shown}");
    assert!(shown.contains("1 entry is not in the journal"), "{shown}");
    assert!(!shown.contains("What you saved is saved"), "{shown}");
}
