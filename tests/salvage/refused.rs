//! Where nothing is made, and what is said then; and who names the way to a new file.

use super::support::home::Ebb;
use super::support::pty::TWO_SECONDS;
use super::support::rooms;
use ebbtide::store::Store;
use std::fs;
use std::os::unix::fs::symlink;
use std::process::Command;

fn text(ebb: &Ebb, args: &[&str]) -> (i32, String) {
    let output = ebb.run(args);
    let text =
        String::from_utf8(output.stderr).unwrap() + &String::from_utf8(output.stdout).unwrap();
    (output.status.code().unwrap(), text)
}

/// A journal that is cut off in the middle.
fn torn() -> Ebb {
    let ebb = Ebb::begun();
    ebb.succeed(&["checkin", "--overall", "4", "--note", "a line"]);
    let whole = fs::read(ebb.journal()).unwrap();
    fs::write(ebb.journal(), &whole[..whole.len() / 2]).unwrap();
    ebb
}

fn names(ebb: &Ebb) -> Vec<String> {
    let names = fs::read_dir(ebb.home()).unwrap();
    let mut names: Vec<String> = names
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    names.sort();
    names
}

#[test]
fn no_file_that_is_there_and_none_of_the_journals_own_becomes_the_new_one() {
    let ebb = torn();
    fs::write(ebb.home().join("there.txt"), "mine").unwrap();
    symlink(ebb.journal(), ebb.home().join("link.db")).unwrap();
    symlink(ebb.home().join("nowhere"), ebb.home().join("dangling.db")).unwrap();
    let copies = Store::copies_folder(ebb.journal()).join("2026-11-23T131200Z-ring.db");
    let before = (fs::read(ebb.journal()).unwrap(), names(&ebb));
    for out in [
        "there.txt",
        "journal.db",
        "link.db",
        "dangling.db",
        "journal.db-journal",
        "journal.db-wal",
        copies.to_str().unwrap(),
        "no such folder/saved.db",
        "there.txt/saved.db",
    ] {
        let (code, said) = text(&ebb, &["salvage", out]);
        assert_eq!(code, 2, "{out}: {said}");
    }
    assert_eq!(fs::read(ebb.home().join("there.txt")).unwrap(), b"mine");
    assert_eq!((fs::read(ebb.journal()).unwrap(), names(&ebb)), before);
}

#[test]
fn a_file_in_which_nothing_can_be_read_ends_with_its_own_code_and_leaves_nothing() {
    let ebb = Ebb::begun();
    let whole = fs::read(ebb.journal()).unwrap();
    fs::remove_dir_all(Store::copies_folder(ebb.journal())).ok();
    let newer = {
        let path = ebb.home().join("newer.db");
        fs::write(&path, &whole).unwrap();
        let db = rusqlite::Connection::open(&path).unwrap();
        db.execute_batch("ALTER TABLE record ADD COLUMN later TEXT; PRAGMA user_version=77;")
            .unwrap();
        drop(db);
        let bytes = fs::read(&path).unwrap();
        fs::remove_file(path).unwrap();
        bytes
    };
    let mut foreign = Vec::new();
    {
        let path = ebb.home().join("foreign.db");
        let db = rusqlite::Connection::open(&path).unwrap();
        db.execute_batch("CREATE TABLE note (id INTEGER PRIMARY KEY, text TEXT); INSERT INTO note VALUES (1, 'x');").unwrap();
        drop(db);
        foreign.extend(fs::read(&path).unwrap());
        fs::remove_file(path).unwrap();
    }
    let zeros = vec![0; 40_000];
    let cases: [(&[u8], i32); 6] = [
        (b"", 14),
        (&zeros, 1),
        (b"a letter to somebody", 1),
        (&whole[..PAGE], 14),
        (&foreign, 1),
        (&newer, 13),
    ];
    let before = names(&ebb);
    for (bytes, expected) in cases {
        fs::write(ebb.journal(), bytes).unwrap();
        let (code, said) = text(&ebb, &["salvage", "saved.db"]);
        assert_eq!(code, expected, "{said}");
        assert_eq!(fs::read(ebb.journal()).unwrap(), bytes);
        assert_eq!(names(&ebb), before, "{said}");
    }
    fs::remove_file(ebb.journal()).unwrap();
    assert_eq!(text(&ebb, &["salvage", "saved.db"]).0, 10);
}

const PAGE: usize = 4096;

#[test]
fn what_a_killed_salvage_left_is_swept_by_the_next_one() {
    let ebb = torn();
    // No process has this number: it is above the highest that Linux gives.
    let left = ebb.home().join(".ebb-copy-2147483646-Ab12Cd.db");
    fs::write(&left, "entries").unwrap();
    ebb.succeed(&["salvage", "saved.db"]);
    assert!(!left.exists());
}

#[test]
fn a_disk_that_is_full_or_read_only_ends_with_its_own_code_and_leaves_nothing() {
    if !rooms::are_given("a small disk") {
        return;
    }
    let ebb = Ebb::begun();
    ebb.succeed(&[
        "checkin",
        "--overall",
        "4",
        "--note",
        &"a line ".repeat(900),
    ]);
    let whole = fs::read(ebb.journal()).unwrap();
    fs::write(ebb.journal(), &whole[..whole.len() / 2]).unwrap();
    let program = super::support::home::program();
    // No size at which it fits; a little more each time, so that it stops at different places.
    for options in ["size=4k", "size=16k", "size=32k", "ro"] {
        let room = rooms::line(&format!(
            "mount -t tmpfs -o {options} none /mnt && {program} salvage /mnt/saved.db; echo code $?; ls -A /mnt; echo end",
            program = program.display()
        ));
        let output = ebb
            .command(&[])
            .get_envs()
            .fold(Command::new("sh"), |mut shell, (name, value)| {
                shell.env(name, value.unwrap_or_default());
                shell
            })
            .current_dir(ebb.home())
            .args(["-c", &room])
            .output()
            .unwrap();
        let said = String::from_utf8(output.stderr).unwrap();
        assert_eq!(
            String::from_utf8(output.stdout).unwrap(),
            "code 15\nend\n",
            "{options}: {said}"
        );
        assert!(said.contains("no new file was made"), "{said}");
    }
}

#[test]
fn every_refusal_of_a_damaged_file_names_the_way_to_a_new_one() {
    let ebb = torn();
    let way = "`ebb salvage OUT` brings what can be read into a new file OUT";
    for verb in [
        &["status"][..],
        &["doctor"],
        &["export", "csv"],
        &["--plain"],
        &["checkin", "--overall", "3"],
    ] {
        let (code, said) = text(&ebb, verb);
        assert_eq!(code, 14, "{said}");
        assert!(said.contains(way), "{said}");
    }
    let pty = ebb.open();
    pty.wait_for_text("ebb salvage OUT");
    assert_eq!(pty.exit_code(TWO_SECONDS).0, 14);
    // Another file than the journal is named with its path.
    let other = Ebb::begun();
    let torn = ebb.journal().to_str().unwrap();
    for verb in [&["import", torn][..], &["restore", torn, "--yes"]] {
        let (code, said) = text(&other, verb);
        assert_eq!(code, 14, "{said}");
        assert!(
            said.contains(&format!("`ebb --journal {torn} salvage OUT`")),
            "{said}"
        );
    }
}

#[test]
fn the_new_file_takes_the_damaged_ones_place_by_a_restore_which_keeps_that_one() {
    let ebb = torn();
    let damaged = fs::read(ebb.journal()).unwrap();
    ebb.succeed(&["salvage", "saved.db"]);
    ebb.succeed(&["restore", "saved.db", "--yes"]);
    ebb.succeed(&["status", "--json"]);
    let kept = fs::read_dir(Store::copies_folder(ebb.journal())).unwrap();
    let mut kept = kept.map(|entry| fs::read(entry.unwrap().path()).unwrap());
    assert!(kept.any(|bytes| bytes == damaged));
}
