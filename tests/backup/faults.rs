//! Killed at any write, and a disk that fills at any write: the journal is as it was or as it was to be, a copy whole or
//! absent. Needs `strace`; says so where it is missing.
#![allow(clippy::print_stderr, reason = "a test that is left out says so")]

use crate::support::home::{Ebb, program};
use ebbtide::store::{CopyKind, CopyState, Store};
use std::process::Command;

/// What writes, or gives a file its name.
const CALLS: [&str; 6] = [
    "pwrite64",
    "fsync",
    "ftruncate",
    "linkat",
    "renameat2",
    "unlink",
];

fn has_strace() -> bool {
    let has = Command::new("strace").arg("-V").output().is_ok();
    if !has {
        eprintln!("left out: strace is not installed");
    }
    has
}

/// Runs `ebb` with one kind of call met by `fault`, and answers its exit code; `None`: it was killed.
fn run(ebb: &Ebb, fault: &str, args: &[&str]) -> Option<i32> {
    let output = Command::new("strace")
        .args(["-f", "-qq", "-o", "/dev/null", "-e", fault])
        .arg(program())
        .args(args)
        .env_clear()
        .env("HOME", ebb.home())
        .env("EBB_JOURNAL", ebb.journal())
        .env("EBB_NOW", "2026-11-22T08:12:00-05:00")
        .env("PATH", "/usr/local/bin:/usr/bin:/bin")
        .output()
        .unwrap();
    output.status.code()
}

fn check_ins(ebb: &Ebb) -> i64 {
    // Opened as the next run opens it: a write that was cut short is taken back.
    ebb.succeed(&["doctor", "--full"]);
    ebb.count("SELECT count(*) FROM check_in")
}

/// What lies in the folder of copies is sound, but for what has no name yet.
fn copies_are_sound(ebb: &Ebb) {
    let copies = Store::copies_of(ebb.journal());
    assert!(!copies.is_empty());
    assert!(
        copies.iter().all(ebbtide::store::Copy::is_sound),
        "{copies:?}"
    );
}

/// Restores what was kept before a restore.
fn go_back(ebb: &Ebb) {
    let copies = Store::copies_of(ebb.journal());
    let has_one = |state: &CopyState| matches!(state, CopyState::Sound { entries: 1, .. });
    let kept = copies
        .iter()
        .find(|copy| copy.kind == CopyKind::BeforeRestore && has_one(&copy.state));
    ebb.succeed(&["restore", &kept.unwrap().name(), "--yes"]);
    assert_eq!(check_ins(ebb), 1);
}

/// Meets the first, second, … of each call until the run comes through; answers how many were met.
fn each(fault: &str, args: &[&str], look: impl Fn(&Ebb, bool)) -> usize {
    let ebb = Ebb::begun();
    ebb.succeed(&["checkin", "--overall", "4", "--note", "kept"]);
    let mut met = 0;
    for call in CALLS {
        // The pages of a small journal are many writes alike; later ones are met at every third.
        let mut n = 1;
        loop {
            let fault = format!("inject={call}:{fault}:when={n}");
            let is_through = run(&ebb, &fault, args) == Some(0);
            look(&ebb, is_through);
            copies_are_sound(&ebb);
            if is_through {
                break;
            }
            met += 1;
            n += if n < 6 { 1 } else { 5 };
        }
        // Back to one check-in, whatever the last run did.
        if check_ins(&ebb) == 0 {
            go_back(&ebb);
        }
    }
    met
}

const FIRST: &str = "2026-11-22T131200Z-ring.db";

#[test]
fn a_backup_that_is_killed_leaves_a_whole_journal_and_whole_copies() {
    if has_strace() {
        let met = each("signal=KILL", &["backup"], |ebb, _| {
            assert_eq!(check_ins(ebb), 1);
        });
        assert!(met > 5, "{met}");
    }
}

#[test]
fn a_restore_that_is_killed_leaves_the_old_journal_or_the_new_one() {
    if has_strace() {
        let args = ["restore", FIRST, "--yes"];
        let met = each("signal=KILL", &args, |ebb, is_through| {
            let left = check_ins(ebb);
            assert!(left == 0 || (left == 1 && !is_through), "{left}");
            if left == 0 {
                go_back(ebb);
            }
        });
        assert!(met > 10, "{met}");
    }
}

#[test]
fn a_full_disk_leaves_no_half_copy_and_the_journal_as_it_was() {
    if has_strace() {
        let ebb = Ebb::begun();
        ebb.succeed(&["checkin", "--overall", "4"]);
        let folder = Store::copies_folder(ebb.journal());
        let before = std::fs::read(ebb.journal()).unwrap();
        for n in [1, 2, 5, 20] {
            let fault = format!("inject=pwrite64:error=ENOSPC:when={n}");
            assert_eq!(run(&ebb, &fault, &["backup"]), Some(15));
            assert_eq!(std::fs::read_dir(&folder).unwrap().count(), 1);
            assert_eq!(std::fs::read(ebb.journal()).unwrap(), before);
        }
        for n in [1, 5, 33, 36, 45, 60] {
            let fault = format!("inject=pwrite64:error=ENOSPC:when={n}");
            let code = run(&ebb, &fault, &["restore", FIRST, "--yes"]);
            let left = check_ins(&ebb);
            assert!((code == Some(15)) == (left == 1), "{n}: {code:?}, {left}");
            if left == 0 {
                break;
            }
        }
        copies_are_sound(&ebb);
    }
}
