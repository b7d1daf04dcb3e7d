//! What a killed run leaves is gone after the next start and out of reach of nobody's erasing; nothing unfinished lies in a sync
//! folder; and what can be no journal is refused at once.
#![cfg(unix)]
#![allow(clippy::unwrap_used, clippy::expect_used)]

mod support;

use rustix::fs::{CWD, FileType, Mode, mknodat};
use std::collections::BTreeSet;
use std::fs::{self, File};
use std::os::unix::net::UnixListener;
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, SystemTime};
use support::home::{Ebb, MORNING, program};
use support::pty::Pty;

/// A word of a note that is erased for good later.
const MARKER: &str = "marzipan";
/// The number of a process that no system gives out.
const NOBODY: i32 = i32::MAX;

/// A journal with a copy and a note.
fn lived_in() -> Ebb {
    let ebb = Ebb::begun();
    ebb.succeed(&["checkin", "--set", "nausea=3"]);
    ebb.succeed(&["question", "add", MARKER]);
    ebb.succeed(&["backup"]);
    ebb
}

fn copies(ebb: &Ebb) -> PathBuf {
    ebb.home().join("journal.db.backups")
}

/// The names in a folder that begin as ours do.
fn ours_in(folder: &Path) -> BTreeSet<String> {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    entries
        .map(|entry| entry.file_name().to_string_lossy().into_owned())
        .filter(|name| name.starts_with(".ebb-"))
        .collect()
}

/// The files under a folder that hold the marker.
fn hits(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).unwrap().flatten() {
        let path = entry.path();
        if path.is_dir() {
            found.extend(hits(&path));
        } else if path.is_file() {
            let bytes = fs::read(&path).unwrap();
            if bytes
                .windows(MARKER.len())
                .any(|at| at == MARKER.as_bytes())
            {
                found.push(path);
            }
        }
    }
    found
}

/// `ebb` in the background.
fn begin(ebb: &Ebb, args: &[&str]) -> Child {
    let mut command = Command::new(program());
    command
        .env_clear()
        .env("HOME", ebb.home())
        .env("EBB_JOURNAL", ebb.journal())
        .env("EBB_NOW", MORNING)
        .env("TZ", "America/New_York")
        .current_dir(ebb.home())
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .process_group(0)
        .args(args);
    command.spawn().unwrap()
}

/// Kills a run as soon as something unfinished lies in one of the folders; answers whether it did.
fn killed_at_work(ebb: &Ebb, args: &[&str], folders: &[PathBuf]) -> bool {
    let mut child = begin(ebb, args);
    let mut is_seen = false;
    while child.try_wait().unwrap().is_none() {
        if folders.iter().any(|folder| !ours_in(folder).is_empty()) {
            is_seen = true;
            break;
        }
    }
    child.kill().ok();
    child.wait().unwrap();
    is_seen
}

fn erase_the_note(ebb: &Ebb) {
    let list = ebb.succeed(&["question", "list", "--json"]);
    let list: serde_json::Value = serde_json::from_str(&list).unwrap();
    let id = list["records"][0]["id"].as_str().unwrap();
    ebb.succeed(&["question", "delete", id]);
    ebb.succeed(&["bin", "erase", id, "--yes"]);
}

#[test]
fn what_a_killed_run_left_is_gone_after_the_next_start_and_after_erasing() {
    let ebb = lived_in();
    let folder = ebb.home().join("folder");
    fs::create_dir(&folder).unwrap();
    let there = folder.to_str().unwrap();
    // Another machine's journal with the note, to merge from and to sync with.
    let other = Ebb::begun();
    other.succeed(&["import", ebb.journal().to_str().unwrap()]);
    let theirs = other.journal().to_str().unwrap();
    let places = [ebb.home().to_owned(), copies(&ebb), folder.clone()];
    let mut seen = [0; 4];
    for round in 0..5 {
        let tables = format!("tables{round}/");
        let verbs: [&[&str]; 4] = [
            &["import", theirs],
            &["sync", there],
            &["export", "csv", "-o", &tables],
            &["backup"],
        ];
        for (verb, seen) in verbs.into_iter().zip(&mut seen) {
            ebb.succeed(&["checkin", "--overall", "3"]);
            if killed_at_work(&ebb, verb, &places) {
                *seen += 1;
            }
            assert!(ours_in(&folder).is_empty(), "{verb:?}");
            ebb.succeed(&["status"]);
            for place in &places {
                assert_eq!(ours_in(place), BTreeSet::new(), "{verb:?} in {place:?}");
            }
        }
    }
    assert!(
        seen.iter().all(|seen| *seen > 0),
        "nothing was killed: {seen:?}"
    );
    for round in 0..5 {
        fs::remove_dir_all(ebb.home().join(format!("tables{round}"))).ok();
    }
    // Their file in the sync folder and its copies are not this machine's to change.
    fs::remove_dir_all(&folder).unwrap();
    killed_at_work(&ebb, &["import", theirs], &places);
    erase_the_note(&ebb);
    assert_eq!(hits(ebb.home()), Vec::<PathBuf>::new());
}

#[test]
fn erasing_reaches_what_version_0_1_0_left_a_moment_ago() {
    let ebb = lived_in();
    let names = [
        ".ebb-other-Ab12Cd.db",
        ".ebb-leaving-Ab12Cd",
        ".ebb-copy-Ab12Cd.db",
    ];
    for name in names {
        fs::copy(ebb.journal(), ebb.home().join(name)).unwrap();
        fs::copy(ebb.journal(), copies(&ebb).join(name)).unwrap();
    }
    let tables = ebb.home().join(".ebb-export-Ab12Cd");
    fs::create_dir(&tables).unwrap();
    fs::write(tables.join("check_ins.csv"), MARKER).unwrap();
    // A run of that version may still be at work on them: no start takes them.
    let stay = ours_in(ebb.home());
    ebb.succeed(&["status"]);
    assert_eq!(ours_in(ebb.home()), stay);
    let doctor = ebb.run(&["doctor"]);
    assert_eq!(doctor.status.code(), Some(1));
    let text = String::from_utf8(doctor.stdout).unwrap();
    for name in names {
        assert!(text.contains(name), "{text}");
    }
    erase_the_note(&ebb);
    assert_eq!(hits(ebb.home()), Vec::<PathBuf>::new());
    assert_eq!(ours_in(ebb.home()), BTreeSet::new());
    assert_eq!(ours_in(&copies(&ebb)), BTreeSet::new());
    ebb.succeed(&["doctor"]);
}

#[test]
fn a_start_takes_nothing_that_is_not_exactly_ours_and_left() {
    let ebb = lived_in();
    let running = std::process::id();
    let stay = [
        format!(".ebb-other-{running}-Ab12Cd.db"),
        ".ebb-copy-mine.db".to_owned(),
        ".ebb-notes-Ab12Cd.db".to_owned(),
        "ebb-other-Ab12Cd.db".to_owned(),
    ];
    for name in &stay {
        File::create(ebb.home().join(name)).unwrap();
    }
    let go = [
        format!(".ebb-other-{NOBODY}-Ab12Cd.db"),
        format!(".ebb-other-{NOBODY}-Ab12Cd.db-journal"),
        ".ebb-other-Ef34Gh.db".to_owned(),
        ".ebb-new-Ef34Gh.db".to_owned(),
    ];
    for name in &go {
        let file = File::create(ebb.home().join(name)).unwrap();
        file.set_modified(SystemTime::now() - Duration::from_hours(48))
            .unwrap();
    }
    ebb.succeed(&["status"]);
    for name in &stay {
        assert!(ebb.home().join(name).exists(), "{name}");
    }
    for name in &go {
        assert!(!ebb.home().join(name).exists(), "{name}");
    }
    // The file of a run at work is no finding.
    ebb.succeed(&["doctor"]);
}

#[test]
fn nothing_unfinished_ever_lies_in_the_sync_folder() {
    let ebb = lived_in();
    let folder = ebb.home().join("folder");
    fs::create_dir(&folder).unwrap();
    // What version 0.1.0 left there holds drafts and deleted entries.
    fs::copy(ebb.journal(), folder.join(".ebb-leaving-Ab12Cd")).unwrap();
    ebb.succeed(&["sync", folder.to_str().unwrap()]);
    assert_eq!(ours_in(&folder), BTreeSet::new());
    for _ in 0..10 {
        ebb.succeed(&["checkin", "--overall", "3"]);
        let mut child = begin(&ebb, &["sync", folder.to_str().unwrap()]);
        while child.try_wait().unwrap().is_none() {
            assert_eq!(ours_in(&folder), BTreeSet::new());
        }
    }
    assert_eq!(fs::read_dir(&folder).unwrap().count(), 1);
}

#[test]
fn a_piece_of_a_config_file_goes_at_the_next_start() {
    let ebb = lived_in();
    ebb.succeed(&["config", "init"]);
    let config = PathBuf::from(ebb.succeed(&["config", "path"]).trim());
    let folder = config.parent().unwrap();
    let name = format!(".ebb-config-{NOBODY}");
    fs::write(folder.join(&name), "color = ").unwrap();
    ebb.succeed(&["status"]);
    assert_eq!(ours_in(folder), BTreeSet::new());
}

/// A verb with its words, one of each.
const VERBS: &[&[&str]] = &[
    &[],
    &["--plain"],
    &["start", "--last-use", "yesterday"],
    &["attempt", "list"],
    &["checkin", "--overall", "3"],
    &["dose", "3", "g"],
    &["urge", "3"],
    &["measure", "sleep_hours", "7"],
    &["status"],
    &["history"],
    &["trend"],
    &["export", "json"],
    &["import", "x.csv"],
    &["report"],
    &["symptom", "list"],
    &["helplines", "add", "Ann", "123"],
    &["bin"],
    &["sync", "."],
    &["undo"],
    &["redo"],
    &["backup"],
    &["backup", "--list"],
    &["restore", "x.db", "--yes"],
    &["doctor"],
    &["taper", "show"],
];

#[test]
fn a_pipe_a_socket_a_device_and_a_folder_are_no_journal_for_any_verb() {
    let ebb = Ebb::new();
    let at = |name: &str| ebb.home().join(name);
    mknodat(
        CWD,
        at("pipe"),
        FileType::Fifo,
        Mode::from_raw_mode(0o600),
        0,
    )
    .unwrap();
    let _socket = UnixListener::bind(at("socket")).unwrap();
    fs::create_dir(at("folder")).unwrap();
    std::os::unix::fs::symlink(at("pipe"), at("link")).unwrap();
    fs::write(at("x.csv"), "date,mood\n2026-11-20,3\n").unwrap();
    fs::write(at("x.db"), "").unwrap();
    for (name, what) in [
        ("pipe", "a pipe"),
        ("link", "a pipe"),
        ("socket", "a socket"),
        ("folder", "a folder"),
        ("/dev/null", "a device"),
    ] {
        for verb in VERBS {
            let mut words = vec!["--journal", name];
            words.extend(*verb);
            let mut command = ebb.command(&words);
            let output = command.timeout(Duration::from_secs(20)).output().unwrap();
            let text = String::from_utf8_lossy(&output.stderr).into_owned();
            assert_eq!(output.status.code(), Some(2), "{words:?}: {text}");
            let sentence = format!("{name} is {what}, and a journal is a plain file");
            assert!(text.contains(&sentence), "{words:?}: {text}");
        }
        // The numbers are shown whatever is the matter with the journal.
        let mut command = ebb.command(&["--journal", name, "helplines"]);
        let output = command.timeout(Duration::from_secs(20)).output().unwrap();
        assert!(output.status.success(), "{output:?}");
    }
    assert_eq!(fs::read_dir(at("folder")).unwrap().count(), 0);
}

#[test]
fn two_attempts_of_one_day_after_a_merge_are_no_damage() {
    let one = lived_in();
    let other = Ebb::begun();
    one.succeed(&["import", other.journal().to_str().unwrap()]);
    for args in [&["doctor"][..], &["doctor", "--full"]] {
        one.succeed(args);
    }
    let text = one.succeed(&["doctor", "--full"]);
    assert!(text.contains("attempts or more begin on"), "{text}");
    assert!(text.contains("both are kept"), "{text}");
}

#[test]
fn an_entry_of_a_year_that_cannot_be_is_refused_by_row_in_every_form() {
    let ebb = lived_in();
    let at = |name: &str| ebb.home().join(name);
    ebb.succeed(&["export", "json", "-o", "all.json"]);
    ebb.succeed(&["export", "csv", "-o", "long.csv"]);
    ebb.succeed(&["export", "csv", "--layout", "wide", "-o", "wide.csv"]);
    ebb.succeed(&["export", "csv", "-o", "tables/"]);
    fs::write(at("table.csv"), "date,mood\n2026-11-20,3\n").unwrap();
    for year in ["0000", "0206", "1899", "2028", "9999"] {
        let swap = |from: &Path, to: &Path| {
            let text = fs::read_to_string(from).unwrap();
            fs::write(to, text.replace("2026-", &format!("{year}-"))).unwrap();
        };
        for file in ["all.json", "long.csv", "wide.csv"] {
            swap(&at(file), &at(&format!("{year}-{file}")));
        }
        let tables = at(&format!("{year}-tables"));
        fs::create_dir(&tables).unwrap();
        for entry in fs::read_dir(at("tables")).unwrap().flatten() {
            swap(&entry.path(), &tables.join(entry.file_name()));
        }
        for file in ["all.json", "long.csv", "wide.csv", "tables"] {
            let fresh = Ebb::new();
            let path = at(&format!("{year}-{file}"));
            let output = fresh.run(&["import", path.to_str().unwrap()]);
            let text = String::from_utf8_lossy(&output.stderr).into_owned();
            assert_eq!(output.status.code(), Some(2), "{path:?}: {text}");
            let sentence = "lies outside the years 1900 to 2027";
            assert!(text.contains(sentence), "{path:?}: {text}");
            assert!(text.contains(", row "), "{path:?}: {text}");
            assert!(!fresh.journal().exists());
        }
    }
    // Next year is near enough: a clock may be ahead.
    let text = fs::read_to_string(at("all.json")).unwrap();
    fs::write(at("next.json"), text.replace("2026-", "2027-")).unwrap();
    Ebb::new().succeed(&["import", at("next.json").to_str().unwrap()]);
}

#[test]
fn an_end_mark_inside_a_paste_lets_nothing_run_as_keys() {
    let ebb = lived_in();
    let before = ebb.count("SELECT count(*) FROM check_in");
    let mut pty = ebb.open();
    pty.wait_for_text("1 Today");
    // As keys: a check-in, a rating, and its saving. Once more with more than one read holds.
    pty.send("\x1b[200~words\x1b[201~c3\r\x1b[201~");
    let many = "c3\r".repeat(600);
    pty.send(&format!("\x1b[200~words\x1b[201~{many}\x1b[201~"));
    // A key in the same burst belongs to the paste, so it is pressed until it is one of its own.
    let is_there = |pty: &mut Pty| {
        pty.send("3");
        pty.is_seen_within(Duration::from_millis(200), |screen| {
            screen.contents().contains("into the day")
        })
    };
    assert!((0..100).any(|_| is_there(&mut pty)), "{}", pty.contents());
    pty.send("q");
    assert_eq!(pty.exit_code(Duration::from_secs(5)).0, 0);
    assert_eq!(ebb.count("SELECT count(*) FROM check_in"), before);
    assert_eq!(ebb.count("SELECT count(*) FROM draft"), 0);
}
