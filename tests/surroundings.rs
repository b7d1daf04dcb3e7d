//! What lies around a journal: other windows on it, programs in its way, conflict copies, pipes in the place of files, and
//! little memory.
#![cfg(unix)]
#![allow(clippy::unwrap_used, clippy::expect_used)]

mod support;

use rustix::fs::{CWD, Mode};
use serde_json::Value;
use std::fs;
use std::os::unix::fs::{FileTypeExt, PermissionsExt, symlink};
use std::path::{Path, PathBuf};
use std::process::Output;
use std::time::Duration;
use support::home::Ebb;
use support::pty::{Size, TWO_SECONDS};

/// A journal, and a folder for running programs as a session has one.
fn in_a_session() -> (Ebb, PathBuf) {
    let ebb = Ebb::begun();
    let folder = ebb.home().join("session");
    fs::create_dir(&folder).unwrap();
    let ebb = ebb.with("XDG_RUNTIME_DIR", folder.to_str().unwrap());
    (ebb, folder.join("ebbtide"))
}

fn names(folder: &Path) -> Vec<String> {
    let entries = folder.read_dir().into_iter().flatten().flatten();
    let mut names: Vec<String> = entries
        .map(|entry| entry.file_name().into_string().unwrap())
        .collect();
    names.sort();
    names
}

fn stderr(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

fn open_in(ebb: &Ebb) -> Vec<Value> {
    let output = ebb.succeed(&["doctor", "--json"]);
    let whole: Value = serde_json::from_str(&output).unwrap();
    whole["open_in"].as_array().unwrap().clone()
}

#[test]
fn a_second_window_is_told_of_the_first_and_each_sees_what_the_other_saved() {
    let (ebb, folder) = in_a_session();
    symlink(ebb.journal(), ebb.home().join("link.db")).unwrap();
    let mut first = ebb.open();
    first.wait_for_text("Today");
    assert!(!first.contents().contains("Another ebb"));

    let files = names(&folder);
    assert_eq!(files.len(), 1, "{files:?}");
    let file = folder.join(&files[0]);
    assert_eq!(file.metadata().unwrap().permissions().mode() & 0o777, 0o600);
    let text = fs::read_to_string(&file).unwrap();
    let pid = text.lines().next().unwrap();
    assert_eq!(text, format!("{pid}\n2026-11-22T08:12:00-05:00\n"));
    assert!(!names(ebb.home()).iter().any(|name| name.contains(pid)));

    // Through a link it is the same file.
    let mut second = ebb.open_with(&["--journal", "link.db"], Size::USUAL);
    second.wait_for_text(&format!("Another ebb (pid {pid}, since 08:12)"));
    let plain = ebb.run(&["--plain"]);
    assert!(plain.status.success());
    assert!(stderr(&plain).contains("2 other runs of ebb (pid "));

    let doctor = ebb.succeed(&["doctor"]);
    assert!(doctor.contains("open      2 other runs of ebb"), "{doctor}");
    assert!(doctor.contains("all is as it has to be"), "{doctor}");
    assert_eq!(open_in(&ebb).len(), 2);

    second.send("b4\r");
    second.wait_for_text("Saved 08:12");
    first.send("1");
    first.wait_for_text("check-in 08:12");
    first.send("b5\r");
    first.wait_for_text("Saved 08:12");
    // A window that comes to the front looks at once; without that it looks at the first key after a pause.
    second.send("\x1b[I3");
    second.wait_for_text("overall 5 of 10");
}

#[test]
fn a_window_that_ends_or_is_killed_is_not_named_any_more() {
    let (ebb, folder) = in_a_session();
    let mut quit = ebb.open();
    quit.wait_for_text("Today");
    let mut killed = ebb.open();
    killed.wait_for_text("Another ebb");
    assert_eq!(names(&folder).len(), 2);
    quit.send("q");
    assert_eq!(quit.exit_code(TWO_SECONDS).0, 0);
    assert_eq!(names(&folder).len(), 1);
    killed.kill9();
    assert_eq!(names(&folder).len(), 1, "it could not take its file along");
    assert!(open_in(&ebb).is_empty());
    assert_eq!(
        names(&folder).len(),
        0,
        "what it left goes at the next look"
    );
    let plain = ebb.run(&["--plain"]);
    assert!(!stderr(&plain).contains("Another ebb"));
}

#[test]
fn plain_mode_is_a_window_and_a_verb_is_none() {
    let (ebb, folder) = in_a_session();
    ebb.succeed(&["status"]);
    assert!(names(&folder).is_empty());
    let plain = ebb.open_with(&["--plain"], Size::USUAL);
    plain.wait_for_text("What next?");
    assert_eq!(open_in(&ebb).len(), 1);
    let demo = ebb.run(&["demo", "--plain"]);
    assert!(demo.status.success());
    assert!(!stderr(&demo).contains("Another ebb"));
}

#[test]
fn without_a_folder_for_running_programs_it_starts_in_silence() {
    let ebb = Ebb::begun();
    let file = ebb.home().join("file");
    fs::write(&file, "").unwrap();
    fs::write(ebb.home().join(".cache"), "").unwrap();
    for folder in ["relative", file.to_str().unwrap(), "/nowhere/at/all"] {
        let path = ebb.journal().to_str().unwrap().to_owned();
        let here = Ebb::new()
            .with("XDG_RUNTIME_DIR", folder)
            .with("HOME", ebb.home().to_str().unwrap());
        let output = here.run(&["--plain", "--journal", &path]);
        assert!(output.status.success(), "{folder}");
        assert_eq!(stderr(&output), "", "{folder}");
    }
    assert!(!Path::new("/nowhere").exists(), "a session was made up");
}

#[cfg(target_os = "linux")]
#[test]
fn a_refused_save_names_the_program_that_is_in_the_way() {
    let ebb = Ebb::begun();
    ebb.succeed(&["checkin", "--overall", "3"]);
    let own = std::process::id();
    let other = rusqlite::Connection::open(ebb.journal()).unwrap();
    for (begin, expected) in [
        ("BEGIN IMMEDIATE", "is writing to the journal"),
        ("BEGIN EXCLUSIVE", "is writing to the journal"),
        (
            "BEGIN; SELECT count(*) FROM check_in",
            "is reading the journal",
        ),
    ] {
        other.execute_batch(begin).unwrap();
        for args in [["checkin", "--overall=4"].as_slice(), &["undo"]] {
            let output = ebb.run(args);
            assert_eq!(output.status.code(), Some(11), "{begin} {args:?}");
            let said = stderr(&output);
            let journal = ebb.journal().display();
            let named = format!(
                "ebb: another program (pid {own}) {expected} at {journal}; nothing was changed"
            );
            assert!(said.starts_with(&named), "{begin} {args:?}: {said}");
        }
        other.execute_batch("ROLLBACK").unwrap();
    }
}

#[test]
fn a_sync_into_a_journal_that_is_locked_ends_with_11_and_passes_no_file_over() {
    let (one, other) = (Ebb::begun(), Ebb::begun());
    other.succeed(&["checkin", "--overall", "3"]);
    let folder = one.home().join("Sync");
    fs::create_dir(&folder).unwrap();
    let folder = folder.to_str().unwrap();
    other.succeed(&["sync", folder]);
    let holder = rusqlite::Connection::open(one.journal()).unwrap();
    holder.execute_batch("BEGIN IMMEDIATE").unwrap();
    let output = one.run(&["sync", folder]);
    let said = stderr(&output);
    assert_eq!(output.status.code(), Some(11), "{said}");
    assert!(!said.contains("passed over"), "{said}");
    holder.execute_batch("ROLLBACK").unwrap();
    let said = stderr(&one.run(&["sync", folder]));
    assert!(said.contains("1 "), "{said}");
}

#[test]
fn a_conflict_copy_is_named_and_taken_in_by_an_import() {
    let ebb = Ebb::begun();
    ebb.succeed(&["checkin", "--overall", "3", "--at", "07:00"]);
    let copy = ebb.home().join("journal (conflicted copy 2026-11-22).db");
    fs::copy(ebb.journal(), &copy).unwrap();
    let copy = copy.to_str().unwrap().to_owned();
    ebb.succeed(&[
        "--journal",
        &copy,
        "checkin",
        "--overall",
        "5",
        "--at",
        "08:00",
    ]);
    fs::write(ebb.home().join("journal 2.db"), "no journal").unwrap();
    fs::write(ebb.home().join("journal-old.db"), "").unwrap();

    let doctor = ebb.run(&["doctor"]);
    assert_eq!(doctor.status.code(), Some(1));
    let said = String::from_utf8(doctor.stdout).unwrap();
    assert!(said.contains(&format!("a conflict copy: {copy}\n          `ebb import`")));
    assert!(
        said.contains("journal 2.db\n          ebb cannot read it"),
        "{said}"
    );
    assert!(!said.contains("journal-old.db"), "{said}");
    let plain = ebb.run(&["--plain"]);
    let told = "2 conflict copies lie beside the journal; `ebb doctor` names them.\n";
    assert_eq!(stderr(&plain), told);
    let screen = ebb.open();
    screen.wait_for_text("2 conflict copies lie beside the journal");

    ebb.succeed(&["import", &copy]);
    assert_eq!(ebb.count("SELECT count(*) FROM check_in"), 2);
    for name in [copy.as_str(), "journal 2.db"] {
        fs::remove_file(ebb.home().join(name)).unwrap();
    }
    ebb.succeed(&["doctor", "--full"]);
}

#[test]
fn a_conflict_copy_in_the_sync_folder_is_named_with_the_way_to_take_it_in() {
    let ebb = Ebb::begun();
    let between = ebb.home().join("between");
    fs::create_dir(&between).unwrap();
    let folder = between.to_str().unwrap().to_owned();
    ebb.succeed(&["sync", &folder]);
    let own = names(&between).remove(0);
    let stem = own.strip_suffix(".journal").unwrap();
    let conflict = format!("{stem}.sync-conflict-20261122-081200-ABC2DEF.journal");
    fs::copy(between.join(&own), between.join(&conflict)).unwrap();
    fs::write(between.join(format!("{stem} (1).journal")), "").unwrap();
    let said = stderr(&ebb.run(&["sync", &folder]));
    assert!(
        said.contains(&format!("{conflict} is a conflict copy")),
        "{said}"
    );
    let path = between.join(&conflict);
    assert!(
        said.contains(&format!("`ebb import {}`", path.display())),
        "{said}"
    );
    assert!(
        said.contains("(1).journal is no file of a machine"),
        "{said}"
    );
    ebb.succeed(&["import", path.to_str().unwrap()]);
}

#[test]
fn no_new_journal_is_made_where_a_cloud_program_keeps_the_old_one_elsewhere() {
    let ebb = Ebb::new();
    fs::write(ebb.home().join(".journal.db.icloud"), "").unwrap();
    for args in [
        ["checkin", "--overall=3"].as_slice(),
        &["start"],
        &["status"],
        &["--plain"],
        &["doctor"],
    ] {
        let output = ebb.run(args);
        assert_eq!(output.status.code(), Some(10), "{args:?}");
        assert!(
            stderr(&output).contains("is not on this machine now"),
            "{args:?}"
        );
        assert!(!ebb.journal().exists(), "{args:?}");
    }
}

/// Runs it; a run that waits is ended, and has no exit code then.
fn code_of(ebb: &Ebb, args: &[&str]) -> Option<i32> {
    let mut command = ebb.command(args);
    let output = command.timeout(Duration::from_secs(20)).output();
    output.unwrap().status.code()
}

#[test]
fn no_path_that_is_read_or_written_waits_for_a_pipe_or_a_device() {
    let ebb = Ebb::begun();
    ebb.succeed(&["checkin", "--overall", "3"]);
    let folder = ebb.home().join("folder");
    fs::create_dir(&folder).unwrap();
    let pipe = |path: PathBuf| {
        rustix::fs::mkfifoat(CWD, &path, Mode::from_raw_mode(0o600)).unwrap();
        path.to_str().unwrap().to_owned()
    };
    let fifo = pipe(ebb.home().join("fifo"));
    for name in [
        "ebb-0123456789ab.journal",
        "ebb-0123456789ab (1).journal",
        "check_in.csv",
        "journal.json",
    ] {
        pipe(folder.join(name));
    }
    pipe(ebb.home().join("journal (1).db"));
    pipe(
        ebb.home()
            .join("journal.db.backups/2026-11-21T081200Z-ring.db"),
    );
    let folder = folder.to_str().unwrap().to_owned();
    for other in [fifo.as_str(), "/dev/zero", "/dev/tty", &folder] {
        for (args, code) in [
            (["--config", other, "config", "show"].as_slice(), 2),
            (&["--config", other, "config", "set", "mouse", "true"], 1),
            (&["--config", other, "config", "set", "keys.undo", "F9"], 1),
            (&["--config", other, "config", "init", "--force"], 1),
            (&["--journal", other, "status"], 2),
            (&["--journal", other, "doctor"], 2),
            (&["--journal", other, "helplines"], 0),
            (&["restore", other, "--yes"], 1),
            (&["import", other], 2),
        ] {
            assert_eq!(code_of(&ebb, args), Some(code), "{args:?}");
        }
        // A journal that is named is enough, and a config file that cannot be read never stops it.
        let journal = ebb.journal().to_str().unwrap();
        let named = [
            "--config",
            other,
            "--journal",
            journal,
            "checkin",
            "--overall=3",
        ];
        assert_eq!(code_of(&ebb, &named), Some(0), "{other}");
        let kind = fs::metadata(other).unwrap().file_type();
        assert!(!kind.is_file(), "{other} was replaced");
    }
    assert!(fs::metadata(&fifo).unwrap().file_type().is_fifo());
    for (args, code) in [
        (["sync", &folder].as_slice(), 0),
        (&["doctor", "--full"], 0),
        (&["backup", "--list"], 0),
        (&["backup", &fifo, "--force"], 2),
        (&["export", "json", "-o", &fifo, "--force"], 2),
        (&["report", "-o", &fifo, "--force"], 2),
        (&["--config", "/dev/null", "status"], 0),
    ] {
        assert_eq!(code_of(&ebb, args), Some(code), "{args:?}");
    }
    let zone = Ebb::begun().with("TZ", &format!(":{fifo}"));
    assert_eq!(code_of(&zone, &["helplines"]), Some(0));
    let zone = Ebb::new().with("TZ", "/dev/zero");
    assert_eq!(code_of(&zone, &["status"]), Some(10));
}

/// The bytes of memory that a program's file asks for: up to the end of its last segment that is loaded.
#[cfg(target_os = "linux")]
fn size_when_loaded(path: &std::path::Path) -> u64 {
    let file = std::fs::read(path).unwrap();
    let number = |at: usize, bytes: usize| {
        let mut whole = [0; 8];
        whole[..bytes].copy_from_slice(&file[at..at + bytes]);
        u64::from_le_bytes(whole)
    };
    let place = |number: u64| usize::try_from(number).unwrap();
    // The header of a 64-bit ELF file: where its segments are listed, the size of a line of that list, and their number.
    let (list, line, count) = (number(32, 8), number(54, 2), number(56, 2));
    let segments = (0..count).map(|n| place(list + n * line));
    let loaded = segments.filter(|at| number(*at, 4) == 1);
    loaded
        .map(|at| number(at + 16, 8) + number(at + 40, 8))
        .max()
        .unwrap()
}

#[cfg(target_os = "linux")]
#[test]
fn where_memory_ends_the_terminal_is_given_back() {
    let ebb = Ebb::begun();
    // With room for the program and hardly anything beside it, it cannot even be loaded, and the loader says so. With less the
    // system ends the shell's exec, before any code of it runs; where there is enough, it opens.
    let (mut opened, mut refused) = (0, 0);
    let alone = size_when_loaded(std::path::Path::new(env!("CARGO_BIN_EXE_ebb"))) / 1024;
    // Counted from the program's own size, which grows with it; between the first two the language's own start may end it.
    for beside in [800, 8_500, 16_500, 28_500, 36_500, 52_500, 92_500, 372_500] {
        let kilobytes = alone + beside;
        let mut pty = ebb.shell(&format!("ulimit -v {kilobytes}; exec $EBB"));
        let is_open = pty.is_seen_within(TWO_SECONDS, |screen| screen.contents().contains("Day 9"));
        if is_open {
            pty.send("2vvcn");
            pty.send(&"word ".repeat(20));
            pty.send("\x03");
        }
        let (code, ending) = pty.exit_code(Duration::from_secs(10));
        let shown = ending.text();
        assert!(ending.has_first_modes, "{kilobytes}: {code} {shown}");
        assert!(!ending.screen.alternate_screen(), "{kilobytes}: {code}");
        assert!(!is_open || code <= 1, "{kilobytes}: {code} {shown}");
        opened += usize::from(is_open);
        refused += usize::from(shown.contains("too little memory"));
    }
    assert!(
        opened > 0 && refused > 0,
        "{opened} opened, {refused} refused"
    );
}

#[cfg(target_os = "linux")]
#[test]
fn a_picture_that_memory_has_no_room_for_ends_the_full_screen_and_leaves_the_draft() {
    let ebb = Ebb::begun();
    let mut pty = ebb.shell("ulimit -v 120000; exec $EBB");
    pty.wait_for_text("Day 9");
    pty.send("c2");
    pty.wait_for_text("1 of 18");
    pty.resize(Size::new(2_000, 2_000));
    let (code, ending) = pty.exit_code(Duration::from_secs(10));
    assert_eq!(code, 1);
    assert!(ending.has_first_modes);
    assert!(ending.text().contains("too little memory"));
    assert_eq!(ebb.count("SELECT count(*) FROM draft"), 1);
}

#[test]
fn a_file_in_the_place_of_the_folder_is_named_as_that_by_what_reads_and_what_writes() {
    let ebb = Ebb::new();
    let file = ebb.home().join("file");
    fs::write(&file, "").unwrap();
    let path = file.join("journal.db");
    for words in ["status", "checkin --overall 3", "urge 3", "start"] {
        let words: Vec<&str> = words.split(' ').collect();
        let output = ebb.run(&[&["--journal", path.to_str().unwrap()], &words[..]].concat());
        let errors = stderr(&output);
        assert_eq!(output.status.code(), Some(1), "{errors}");
        assert!(errors.contains("no folder"), "{words:?}: {errors}");
    }
}
