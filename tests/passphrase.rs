//! A journal with a passphrase, from the outside: what opens it, what does not, and that no word of it lies about.
#![cfg(unix)]
#![allow(clippy::unwrap_used, missing_docs)]

#[path = "passphrase/machines.rs"]
mod machines;
mod support;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Output;
use support::home::Ebb;

/// Twenty words that no program writes by itself.
const WORDS: [&str; 20] = [
    "porcupine",
    "lantern",
    "quagmire",
    "zucchini",
    "bassoon",
    "marzipan",
    "obelisk",
    "thimble",
    "walrus",
    "gazebo",
    "pumice",
    "yodel",
    "cumin",
    "ferret",
    "hubcap",
    "igloo",
    "jackdaw",
    "kazoo",
    "nutmeg",
    "rhubarb",
];

fn talk(ebb: &Ebb, args: &[&str], typed: &str) -> Output {
    ebb.command(args).write_stdin(typed).output().unwrap()
}

fn set(ebb: &Ebb, passphrase: &str) {
    let output = talk(
        ebb,
        &["passphrase", "set"],
        &format!("{passphrase}\n{passphrase}\n"),
    );
    assert!(output.status.success(), "{output:?}");
}

fn code(output: &Output) -> i32 {
    output.status.code().unwrap()
}

fn said(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

/// A machine that opens its journal by a program, as scripts do.
fn with_command(ebb: Ebb, passphrase: &str) -> Ebb {
    ebb.with("EBB_PASSPHRASE_COMMAND", &format!("echo '{passphrase}'"))
}

fn files(folder: &Path) -> Vec<PathBuf> {
    let mut all = Vec::new();
    for entry in fs::read_dir(folder).unwrap().flatten() {
        if entry.path().is_dir() {
            all.extend(files(&entry.path()));
        } else {
            all.push(entry.path());
        }
    }
    all.sort();
    all
}

/// The files under a folder in which one of the words lies.
fn found_in(folder: &Path) -> Vec<(PathBuf, &'static str)> {
    let mut found = Vec::new();
    for file in files(folder) {
        let bytes = fs::read(&file).unwrap();
        for word in WORDS {
            if bytes
                .windows(word.len())
                .any(|part| part == word.as_bytes())
            {
                found.push((file.clone(), word));
            }
        }
    }
    found
}

/// A life in which each word is written somewhere; what is written for others goes to `outside`.
fn live(ebb: &Ebb, outside: &Path) {
    let word = |at: usize| WORDS[at].to_owned();
    for at in 0..6 {
        ebb.succeed(&["checkin", "--set", "nausea=2", "--note", &word(at)]);
    }
    ebb.succeed(&["undo"]);
    ebb.succeed(&["redo"]);
    for at in 6..10 {
        ebb.succeed(&["symptom", "add", &word(at), "--category", "physical"]);
    }
    for at in 10..14 {
        ebb.succeed(&["question", "add", &word(at)]);
    }
    for at in 14..17 {
        ebb.succeed(&["contact", "add", &word(at), "12"]);
    }
    ebb.succeed(&["backup"]);
    let other = Ebb::begun();
    for at in 17..20 {
        other.succeed(&["checkin", "--overall", "4", "--note", &word(at)]);
    }
    ebb.succeed(&["import", other.journal().to_str().unwrap()]);
    ebb.succeed(&["undo"]);
    ebb.succeed(&["import", other.journal().to_str().unwrap()]);
    let meeting = ebb.home().join("meeting");
    ebb.succeed(&["sync", meeting.to_str().unwrap()]);
    ebb.succeed(&[
        "export",
        "json",
        "-o",
        outside.join("all.json").to_str().unwrap(),
    ]);
    ebb.succeed(&["checkin", "--set", "nausea=3", "--note", &word(0)]);
}

#[test]
fn no_word_of_an_encrypted_journal_lies_in_any_file_and_the_same_search_finds_them_in_a_plain_one()
{
    let outside = tempfile::tempdir().unwrap();
    let plain = Ebb::begun();
    live(&plain, outside.path());
    let found = found_in(plain.home());
    for word in WORDS {
        assert!(
            found.iter().any(|(_, of)| *of == word),
            "{word} was not even written"
        );
    }

    // From the first entry on.
    let outside = tempfile::tempdir().unwrap();
    let locked = Ebb::begun();
    set(&locked, "four plain words here");
    let locked = with_command(locked, "four plain words here");
    live(&locked, outside.path());
    assert_eq!(found_in(locked.home()), vec![]);

    // And of a journal that had a life before.
    set(&plain, "four plain words here");
    assert_eq!(found_in(plain.home()), vec![]);
    let plain = with_command(plain, "four plain words here");
    assert!(
        plain
            .succeed(&["history", "-n", "20"])
            .contains("porcupine")
    );
    assert_eq!(code(&plain.run(&["doctor", "--full"])), 0);
    assert_eq!(found_in(plain.home()), vec![]);
}

#[test]
fn a_locked_journal_says_so_with_exit_12_and_asks_nobody() {
    let ebb = Ebb::begun();
    ebb.succeed(&["checkin", "--overall", "3"]);
    set(&ebb, "right");
    for args in [&["status"][..], &["status", "--short"]] {
        let output = ebb.run(args);
        assert_eq!(
            (code(&output), &*output.stdout),
            (12, &b"ebb: locked\n"[..]),
            "{args:?}"
        );
        assert_eq!(said(&output), "");
    }
    let output = ebb.run(&["status", "--json"]);
    assert_eq!(code(&output), 12);
    for args in [
        &["history"][..],
        &["checkin", "--overall", "3"],
        &["undo"],
        &["export", "csv"],
        &["doctor"],
        &["backup"],
    ] {
        let output = ebb.run(args);
        assert_eq!(code(&output), 12, "{args:?}");
        assert!(
            said(&output).contains("locked with a passphrase"),
            "{}",
            said(&output)
        );
    }
    assert!(
        ebb.succeed(&["backup", "--list"])
            .contains("locked with a passphrase")
    );
    assert!(ebb.run(&["helplines"]).status.success());
    let ebb = with_command(ebb, "right");
    assert!(ebb.succeed(&["status", "--short"]).contains("done today"));
}

#[test]
fn ten_wrong_passphrases_change_no_byte_and_the_right_one_opens() {
    let ebb = Ebb::begun();
    set(&ebb, "right");
    let before: Vec<_> = files(ebb.home())
        .iter()
        .map(|file| fs::read(file).unwrap())
        .collect();
    for at in 0..10 {
        let wrong = format!("wrong {at}");
        let output = talk(&ebb, &["passphrase", "sheet"], &format!("{wrong}\n"));
        assert_eq!(code(&output), 12);
        assert!(
            said(&output).contains("that is not the passphrase"),
            "{}",
            said(&output)
        );
    }
    let after: Vec<_> = files(ebb.home())
        .iter()
        .map(|file| fs::read(file).unwrap())
        .collect();
    assert!(before == after);
    assert!(
        talk(&ebb, &["passphrase", "sheet"], "right\n")
            .status
            .success()
    );
    assert_eq!(code(&with_command(ebb, "wrong").run(&["history"])), 12);
}

#[test]
fn two_different_lines_set_nothing() {
    let ebb = Ebb::begun();
    let before = fs::read(ebb.journal()).unwrap();
    for typed in ["one\ntwo\n", "one\n", "", "\n\n"] {
        let output = talk(&ebb, &["passphrase", "set"], typed);
        assert_eq!(code(&output), 2, "{typed:?}: {}", said(&output));
    }
    assert!(before == fs::read(ebb.journal()).unwrap());
}

#[test]
fn a_passphrase_is_changed_and_removed_by_lines_and_the_dump_is_the_same() {
    let ebb = Ebb::new();
    let form_1 = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/form-1.db");
    fs::create_dir_all(ebb.journal().parent().unwrap()).unwrap();
    fs::copy(form_1, ebb.journal()).unwrap();
    let before = ebb.succeed(&["export", "json"]);
    set(&ebb, "one");
    let found = talk(&ebb, &["passphrase", "set"], "two\ntwo\n");
    assert_eq!(code(&found), 1, "there is one already");
    let changed = talk(&ebb, &["passphrase", "change"], "one\ntwo\ntwo\n");
    assert!(changed.status.success(), "{}", said(&changed));
    assert_eq!(code(&talk(&ebb, &["passphrase", "sheet"], "one\n")), 12);
    let changed = talk(
        &ebb,
        &["passphrase", "change", "--new-key"],
        "two\nthree\nthree\n",
    );
    assert!(changed.status.success(), "{}", said(&changed));
    let removed = talk(&ebb, &["passphrase", "remove"], "three\n");
    assert!(removed.status.success(), "{}", said(&removed));
    assert_eq!(before, ebb.succeed(&["export", "json"]));
    let left = files(ebb.home());
    assert!(
        !left
            .iter()
            .any(|file| file.to_string_lossy().contains(".key")),
        "{left:?}"
    );
    assert_eq!(code(&ebb.run(&["doctor", "--full"])), 0);
    assert_eq!(
        code(&ebb.run(&["passphrase", "change"])),
        1,
        "there is none"
    );
}

#[test]
fn the_sheet_opens_a_journal_without_its_header_and_a_wrong_sign_is_told_by_its_group() {
    let ebb = Ebb::begun();
    ebb.succeed(&["checkin", "--overall", "3", "--note", "still here"]);
    set(&ebb, "right");
    let shown = talk(&ebb, &["passphrase", "sheet"], "right\n");
    let shown = String::from_utf8(shown.stdout).unwrap();
    let groups: Vec<&str> = shown
        .split_whitespace()
        .filter(|word| word.len() == 5)
        .collect();
    assert_eq!(groups.len(), 14, "{shown}");
    // The signs of the key may spell anything.
    let words = shown.split_whitespace().filter(|word| word.len() != 5);
    let mut words = words.map(str::to_lowercase);
    assert!(!words.any(|word| word.contains("ebb")), "{shown}");
    let mut header = ebb.journal().as_os_str().to_owned();
    header.push(".key");
    fs::write(&header, b"EbbtideK and then nonsense").unwrap();
    let damaged = talk(&ebb, &["passphrase", "sheet"], "right\n");
    assert_eq!(code(&damaged), 14, "{}", said(&damaged));
    fs::remove_file(&header).unwrap();
    let missing = talk(&ebb, &["passphrase", "sheet"], "right\n");
    assert_eq!(code(&missing), 12);
    assert!(
        said(&missing).contains("is not beside it"),
        "{}",
        said(&missing)
    );
    for at in 0..14 {
        let mut wrong: Vec<String> = groups.iter().map(|group| (*group).to_owned()).collect();
        let other = if wrong[at].starts_with('7') { "8" } else { "7" };
        wrong[at].replace_range(..1, other);
        let output = talk(
            &ebb,
            &["passphrase", "recover"],
            &format!("{}\nnew\nnew\n", wrong.join(" ")),
        );
        assert_eq!(code(&output), 2);
        assert!(
            said(&output).contains(&format!("group {} ", at + 1)),
            "{}",
            said(&output)
        );
    }
    let output = talk(
        &ebb,
        &["passphrase", "recover"],
        &format!("{}\nnew\nnew\n", groups.join(" ")),
    );
    assert!(output.status.success(), "{}", said(&output));
    assert!(
        with_command(ebb, "new")
            .succeed(&["history"])
            .contains("still here")
    );
}

#[test]
fn two_machines_one_plain_and_one_encrypted_meet_in_every_order() {
    for first in 0..2 {
        let (plain, locked) = (Ebb::begun(), Ebb::begun());
        plain.succeed(&["checkin", "--overall", "3", "--note", "porcupine"]);
        set(&locked, "right");
        let locked = with_command(locked, "right");
        locked.succeed(&["checkin", "--overall", "4", "--note", "lantern"]);
        let folder = tempfile::tempdir().unwrap();
        let meeting = folder.path().to_str().unwrap();
        let mut order = [&plain, &locked];
        order.rotate_left(first);
        for ebb in order.into_iter().chain(order) {
            ebb.run(&["sync", meeting]);
        }
        // The encrypted journal takes the plain one in and leaves nothing readable.
        let all = locked.succeed(&["history", "-n", "20"]);
        assert!(
            all.contains("porcupine") && all.contains("lantern"),
            "{all}"
        );
        assert!(
            found_in(folder.path())
                .iter()
                .all(|(_, word)| *word == "porcupine")
        );
        // The plain one asks before it takes an encrypted one in, and here nobody can be asked.
        let output = plain.run(&["sync", meeting]);
        assert_eq!(code(&output), 1);
        assert!(
            said(&output).contains("would lie here readable"),
            "{}",
            said(&output)
        );
        assert!(!plain.succeed(&["history", "-n", "20"]).contains("lantern"));
        // Once it has a passphrase of its own that is the same, nothing is asked.
        set(&plain, "right");
        assert_eq!(
            found_in(folder.path()),
            vec![],
            "its file is replaced at once"
        );
        let plain = with_command(plain, "right");
        plain.succeed(&["sync", meeting]);
        assert!(plain.succeed(&["history", "-n", "20"]).contains("lantern"));
        assert_eq!(found_in(folder.path()), vec![]);
    }
}

#[test]
fn nothing_goes_over_the_header_of_a_journal_or_of_a_copy() {
    let ebb = Ebb::begun();
    ebb.succeed(&["backup"]);
    set(&ebb, "right");
    let ebb = with_command(ebb, "right");
    let headers: Vec<PathBuf> = files(ebb.home())
        .into_iter()
        .filter(|file| file.extension().is_some_and(|end| end == "key"))
        .collect();
    assert_eq!(headers.len(), 2);
    for header in headers {
        let before = fs::read(&header).unwrap();
        let path = header.to_str().unwrap();
        for args in [
            &["export", "csv", "--force", "-o", path][..],
            &["backup", "--force", path],
            &["report", "--force", "-o", path],
        ] {
            let output = ebb.run(args);
            assert_eq!(code(&output), 2, "{args:?}: {}", said(&output));
        }
        assert!(before == fs::read(&header).unwrap());
    }
}

#[test]
fn at_a_terminal_the_passphrase_is_not_shown_and_ctrl_c_gives_the_echo_back() {
    let ebb = Ebb::begun();
    ebb.succeed(&["checkin", "--overall", "3", "--note", "still here"]);
    set(&ebb, "kazoo kazoo");
    let mut pty = ebb.shell("stty -a | grep -o ' echo '; $EBB history; echo code $?; stty -a | grep -o ' echo '; echo end");
    pty.wait_for_text("not shown while you type");
    pty.send("wrong one\r");
    pty.wait_for_text("that is not the passphrase");
    pty.wait_for_bytes("not shown while you type", 2);
    // Enter is not shown either, and what is said begins a line all the same.
    let shown = pty.contents();
    let is_joined = |line: &str| line.contains("while you type:") && line.contains("that is not");
    assert!(!shown.lines().any(is_joined), "{shown}");
    pty.send("kazoo kazoo\r");
    pty.wait_for_text("still here");
    pty.wait_for_text("end");
    assert!(!pty.contents().contains("kazoo"), "{}", pty.contents());
    assert!(!pty.contents().contains("wrong one"));
    assert_eq!(
        pty.contents().matches(" echo").count(),
        2,
        "{}",
        pty.contents()
    );

    let mut pty = ebb.shell("trap : INT; $EBB history; stty -a | grep -o ' echo '; echo end");
    pty.wait_for_text("not shown while you type");
    pty.send("\u{3}");
    pty.wait_for_text("end");
    assert!(pty.contents().contains(" echo"), "{}", pty.contents());

    let pty = ebb.shell(
        "$EBB history < /dev/tty & echo $! > pid; wait; stty -a | grep -o ' echo '; echo end",
    );
    pty.wait_for_text("not shown while you type");
    let process = fs::read_to_string(ebb.home().join("pid")).unwrap();
    // The shell's own, which is there on every machine.
    let killed = std::process::Command::new("sh")
        .args(["-c", &format!("kill -TERM {}", process.trim())])
        .status();
    assert!(killed.unwrap().success());
    pty.wait_for_text("end");
    assert!(pty.contents().contains(" echo"), "{}", pty.contents());
}

#[test]
fn plain_mode_offers_a_passphrase_once_from_the_eighth_day_on() {
    let ebb = Ebb::begun();
    let says = |day: &str, overall: &str| {
        let now = format!("2026-11-{day}T08:12:00-05:00");
        let typed = format!("brief\n{overall}\nquit\n");
        let output = talk(&ebb, &["--plain", "--now", &now], &typed);
        let said = String::from_utf8_lossy(&output.stdout).replace('\n', " ");
        assert!(said.contains("Saved 08:12"), "{said}");
        said.contains("settings, then passphrase, encrypts the journal")
    };
    assert!(!says("28", "3"), "the seventh day");
    assert!(!says("29", "8"), "a hard day");
    assert!(says("30", "6"));
    assert!(!says("30", "5"), "once");
}
