//! The person's own programs: a pager for long text, an editor for a note, and a choice between two of one name.

use crate::support::home::Ebb;
use crate::support::pty::{Size, TWO_SECONDS};
use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::time::Duration;

const LONG: Duration = Duration::from_secs(20);

/// A program of the shell in the home, and the path to it.
fn program(ebb: &Ebb, name: &str, script: &str) -> String {
    let path = ebb.home().join(name);
    fs::write(&path, format!("#!/bin/sh\n{script}\n")).unwrap();
    fs::set_permissions(&path, fs::Permissions::from_mode(0o700)).unwrap();
    path.to_str().unwrap().to_owned()
}

#[test]
fn long_text_at_a_terminal_goes_through_the_pager_and_short_text_and_plain_mode_do_not() {
    let ebb = Ebb::begun();
    let pager = program(
        &ebb,
        "pager",
        "cat > \"$HOME/paged\"; echo \"$LESSHISTFILE\" > \"$HOME/history\"",
    );
    let ebb = ebb.with("PAGER", &pager);
    let shown_by_it = ebb.home().join("paged");
    let runs = |args: &[&str]| {
        fs::remove_file(&shown_by_it).ok();
        let pty = ebb.open_with(args, Size::USUAL);
        assert_eq!(pty.exit_code(LONG).0, 0, "{args:?}");
        fs::read_to_string(&shown_by_it).ok()
    };
    let page = runs(&["symptom", "list"]).unwrap();
    assert!(
        page.starts_with("Body\n") && page.contains("nausea"),
        "{page}"
    );
    assert_eq!(page, ebb.succeed(&["symptom", "list"]));
    let history = fs::read_to_string(ebb.home().join("history")).unwrap();
    assert_eq!(history, "-\n", "what is searched for is kept nowhere");
    for args in [
        &["helplines", "--country", "NZ"][..],
        &["guide", "tapering"],
    ] {
        assert!(runs(args).is_some(), "{args:?}");
    }
    for args in [
        &["attempt", "list"][..],
        &["--plain", "symptom", "list"],
        &["symptom", "list", "--no-pager"],
        &["symptom", "list", "--json"],
    ] {
        assert_eq!(runs(args), None, "{args:?}");
    }
    fs::remove_file(&shown_by_it).ok();
    ebb.succeed(&["symptom", "list"]);
    assert!(!shown_by_it.exists(), "a pipe sees no pager");
}

#[test]
fn a_pager_that_is_not_there_loses_no_text() {
    let ebb = Ebb::begun().with("PAGER", "no-such-pager");
    let pty = ebb.open_with(&["symptom", "list"], Size::USUAL);
    pty.wait_for_text("vivid_dreams");
    assert_eq!(pty.exit_code(LONG).0, 0);
}

#[test]
fn a_note_is_written_in_the_editor_and_no_word_of_it_stays_behind() {
    let ebb = Ebb::begun();
    let script = "stat -c %a \"$1\" > \"$HOME/mode\"; echo \"$1\" > \"$HOME/place\"; printf 'first line\\nsecond\\n' >> \"$1\"";
    let editor = program(&ebb, "editor", script);
    let ebb = ebb.with("EDITOR", &editor);
    let pty = ebb.open_with(&["checkin", "--overall", "6", "--editor"], Size::USUAL);
    assert_eq!(pty.exit_code(LONG).0, 0);
    let shown = ebb.succeed(&["entry", "check-in", "show", "last"]);
    assert!(
        shown.contains("first line") && shown.contains("second"),
        "{shown}"
    );
    let of = |name: &str| {
        fs::read_to_string(ebb.home().join(name))
            .unwrap()
            .trim()
            .to_owned()
    };
    assert_eq!(of("mode"), "600");
    let place = std::path::PathBuf::from(of("place"));
    assert!(
        !place.exists() && !place.parent().unwrap().exists(),
        "{place:?}"
    );
    // An edit begins with what stands there.
    let pty = ebb.open_with(
        &["entry", "check-in", "edit", "last", "--editor"],
        Size::USUAL,
    );
    assert_eq!(pty.exit_code(LONG).0, 0);
    let shown = ebb.succeed(&["entry", "check-in", "show", "last"]);
    assert_eq!(shown.matches("second").count(), 2, "{shown}");
}

#[test]
fn an_editor_that_fails_saves_nothing_and_leaves_nothing() {
    let ebb = Ebb::begun();
    let editor = program(
        &ebb,
        "editor",
        "echo \"$1\" > \"$HOME/place\"; echo words >> \"$1\"; exit 1",
    );
    let ebb = ebb.with("VISUAL", &editor);
    let pty = ebb.open_with(&["urge", "2", "--editor"], Size::USUAL);
    pty.wait_for_text("the editor ended with an error; nothing was saved");
    assert_eq!(pty.exit_code(LONG).0, 1);
    assert_eq!(ebb.succeed(&["entry", "urge", "list"]), "");
    let place = fs::read_to_string(ebb.home().join("place")).unwrap();
    assert!(!std::path::Path::new(place.trim()).exists());
}

#[test]
fn what_a_killed_run_left_of_a_note_is_swept_by_the_next() {
    let ebb = Ebb::begun();
    let folder = ebb.home().join(".cache/ebbtide");
    // No process has this number: it is beyond the highest one of the system.
    let left = folder.join(".ebb-note-99999999-Ab12Cd");
    fs::create_dir_all(&left).unwrap();
    fs::write(left.join("note.txt"), "words").unwrap();
    ebb.succeed(&["status"]);
    assert!(!left.exists());
}

#[test]
fn of_two_medications_with_one_name_it_is_asked_at_a_terminal_which() {
    let ebb = Ebb::begun();
    ebb.succeed(&["medication", "add", "Drops", "--prescribed", "mornings"]);
    ebb.succeed(&["medication", "add", "Drops", "--prescribed", "evenings"]);
    let mut pty = ebb.open_with(&["take", "drops"], Size::USUAL);
    pty.wait_for_text("2 medications are called drops:");
    pty.wait_for_text("(evenings)");
    pty.wait_for_text("Which one? Its number:");
    pty.send("2\r");
    assert_eq!(pty.exit_code(TWO_SECONDS).0, 0);
    assert_eq!(ebb.succeed(&["entry", "intake", "list"]).lines().count(), 1);
    let mut pty = ebb.open_with(&["take", "drops"], Size::USUAL);
    pty.wait_for_text("Its number:");
    pty.send("7\r");
    assert_eq!(pty.exit_code(TWO_SECONDS).0, 2);
}
