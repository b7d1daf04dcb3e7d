//! Nothing that goes out lands on the journal, on what belongs to it, on its copies or on the config file, by whatever name.
#![cfg(unix)]
#![allow(clippy::unwrap_used, clippy::expect_used)]

mod support;

use std::collections::BTreeMap;
use std::fs;
use std::os::unix::fs::symlink;
use std::path::{Path, PathBuf};
use support::home::Ebb;

/// A journal with a copy, what `SQLite` leaves beside it, and a config file, in a folder of its own.
fn lived_in() -> Ebb {
    let ebb = Ebb::begun();
    ebb.succeed(&["checkin", "--set", "nausea=3"]);
    ebb.succeed(&["backup"]);
    ebb.succeed(&["config", "init"]);
    ebb
}

fn beside(ebb: &Ebb, end: &str) -> PathBuf {
    let mut name = ebb.journal().as_os_str().to_owned();
    name.push(end);
    name.into()
}

fn copy(ebb: &Ebb) -> PathBuf {
    let mut files = fs::read_dir(beside(ebb, ".backups")).unwrap();
    files.next().unwrap().unwrap().path()
}

fn config(ebb: &Ebb) -> PathBuf {
    let path = ebb.succeed(&["config", "path"]);
    PathBuf::from(path.trim())
}

/// Every file under a folder with its bytes.
fn everything(folder: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    let mut files = BTreeMap::new();
    for entry in fs::read_dir(folder).unwrap().flatten() {
        let path = entry.path();
        if path.is_dir() && !path.is_symlink() {
            files.extend(everything(&path));
        } else if path.is_file() {
            files.insert(path.clone(), fs::read(&path).unwrap());
        }
    }
    files
}

/// Other ways to say a path: relative, around, through a linked folder, a link, a link of a link, a hard link.
fn ways(ebb: &Ebb, file: &Path) -> Vec<String> {
    let home = ebb.home();
    let links = home.join("links");
    fs::create_dir_all(&links).unwrap();
    let folder = file.parent().unwrap();
    let name = file.file_name().unwrap();
    let under = |way: &str| links.join(format!("{way}-{}", name.to_string_lossy()));
    let (around, linked) = (under("around"), under("folder"));
    fs::create_dir_all(&around).unwrap();
    if !linked.exists() {
        symlink(folder, &linked).unwrap();
        symlink(file, under("soft")).unwrap();
        symlink(under("soft"), under("softer")).unwrap();
        fs::hard_link(file, under("hard")).ok();
    }
    let relative = file.strip_prefix(home).unwrap();
    let mut ways = vec![
        file.to_owned(),
        relative.to_owned(),
        Path::new("links/..").join(relative),
        around.join("../..").join(relative),
        linked.join(name),
        under("soft"),
        under("softer"),
    ];
    if under("hard").exists() {
        ways.push(under("hard"));
    }
    ways.iter()
        .map(|way| way.to_str().unwrap().to_owned())
        .collect()
}

/// Every verb that writes a file, over `path`.
fn writers(path: &str) -> Vec<Vec<&str>> {
    vec![
        vec!["export", "csv", "-o", path, "--force"],
        vec!["export", "csv", "--layout", "wide", "-o", path, "--force"],
        vec!["export", "json", "-o", path, "--force"],
        vec!["export", "fhir", "-o", path, "--force"],
        vec![
            "export", "csv", "-o", path, "--share", "P-1", "--yes", "--force",
        ],
        vec!["report", "-o", path, "--force"],
        vec!["report", "-o", path, "--format", "html", "--force"],
        vec!["backup", path, "--force"],
        vec!["demo", "--days", "3", "--write", path],
    ]
}

fn assert_refused(ebb: &Ebb, args: &[&str]) {
    let before = everything(ebb.home());
    let output = ebb.run(args);
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    assert_eq!(output.status.code(), Some(2), "{args:?}: {said}");
    assert!(output.stdout.is_empty(), "{args:?}");
    assert!(said.starts_with("ebb: "), "{args:?}: {said}");
    assert_eq!(everything(ebb.home()), before, "{args:?}");
}

#[test]
fn no_verb_writes_over_the_journal_its_copies_or_the_config_file_by_whatever_path() {
    let ebb = lived_in();
    for file in [ebb.journal().to_owned(), copy(&ebb), config(&ebb)] {
        for way in ways(&ebb, &file) {
            for args in writers(&way) {
                assert_refused(&ebb, &args);
            }
        }
    }
    ebb.succeed(&["doctor", "--full"]);
    assert_eq!(ebb.count("SELECT count(*) FROM check_in"), 1);
}

#[test]
fn what_sqlite_keeps_beside_the_journal_and_the_names_of_copies_are_no_places_even_where_nothing_stands()
 {
    let ebb = lived_in();
    let journal = ebb.journal().to_str().unwrap().to_owned();
    fs::remove_file(beside(&ebb, "-journal")).ok();
    let fresh = format!("{journal}.backups/2026-01-01T000000Z-ring.db");
    let migrated = ebb.home().join("journal.form-3.copy-1.db");
    symlink(beside(&ebb, "-wal"), ebb.home().join("dangling")).unwrap();
    let mut places: Vec<String> = ["-journal", "-wal", "-shm", "-WAL", ".backups/new.csv"]
        .iter()
        .map(|end| format!("{journal}{end}"))
        .collect();
    places.extend([fresh, migrated.to_str().unwrap().to_owned()]);
    places.push(ebb.home().join("dangling").to_str().unwrap().to_owned());
    for place in &places {
        for args in writers(place) {
            assert_refused(&ebb, &args);
        }
        // A sync would make a folder there.
        assert_refused(&ebb, &["sync", place]);
    }
    // Nor without anything standing there and without force.
    assert_refused(&ebb, &["export", "json", "-o", &places[1]]);
}

#[test]
fn a_folder_of_tables_takes_no_place_of_ours() {
    let ebb = lived_in();
    let journal = ebb.journal().to_str().unwrap().to_owned();
    for folder in [
        format!("{journal}.backups/"),
        format!("{journal}.backups/in/"),
        "./".to_owned(),
    ] {
        assert_refused(&ebb, &["export", "csv", "-o", &folder, "--force"]);
        assert_refused(
            &ebb,
            &[
                "export", "csv", "-o", &folder, "--share", "P-1", "--yes", "--force",
            ],
        );
    }
    // A journal that is called like a table of the package, and a hard link to one.
    let inside = ebb.home().join("tables");
    fs::create_dir(&inside).unwrap();
    fs::hard_link(ebb.journal(), inside.join("checkins.csv")).unwrap();
    assert_refused(&ebb, &["export", "csv", "-o", "tables/", "--force"]);
    let own = ebb.home().join("own/datapackage.json");
    fs::create_dir(own.parent().unwrap()).unwrap();
    fs::copy(ebb.journal(), &own).unwrap();
    let own = own.to_str().unwrap();
    assert_refused(
        &ebb,
        &["--journal", own, "export", "csv", "-o", "own/", "--force"],
    );
}

#[test]
fn a_config_file_is_not_written_over_the_journal_or_what_belongs_to_it() {
    let ebb = lived_in();
    let journal = ebb.journal().to_str().unwrap().to_owned();
    for path in [
        journal.clone(),
        format!("{journal}-journal"),
        format!("{journal}-wal"),
        copy(&ebb).to_str().unwrap().to_owned(),
    ] {
        for way in [
            path.clone(),
            path.replace(ebb.home().to_str().unwrap(), "."),
        ] {
            assert_refused(&ebb, &["--config", &way, "config", "init", "--force"]);
            assert_refused(&ebb, &["--config", &way, "config", "init"]);
            assert_refused(&ebb, &["--config", &way, "config", "set", "mouse", "true"]);
            assert_refused(
                &ebb,
                &["--config", &way, "config", "set", "keys.undo", "F9"],
            );
        }
    }
    ebb.succeed(&["config", "init", "--force"]);
    ebb.succeed(&["config", "set", "mouse", "true"]);
}

#[test]
fn another_journal_is_written_over_by_a_copy_alone() {
    let ebb = lived_in();
    let other = ebb.home().join("other.db");
    let other = other.to_str().unwrap();
    ebb.succeed(&["demo", "--days", "3", "--write", other]);
    for args in [
        vec!["export", "json", "-o", other, "--force"],
        vec!["report", "-o", other, "--force"],
        vec!["--config", other, "config", "init", "--force"],
    ] {
        assert_refused(&ebb, &args);
    }
    ebb.succeed(&["backup", other, "--force"]);
    assert_eq!(
        ebb.run(&["--journal", other, "status", "--short"])
            .status
            .code(),
        Some(0)
    );
}

#[test]
fn the_usual_journal_is_safe_from_a_run_that_looks_at_another_one() {
    let ebb = lived_in().without("EBB_JOURNAL");
    ebb.succeed(&["start", "--last-use", "2026-11-13"]);
    let usual: serde_json::Value =
        serde_json::from_str(&ebb.succeed(&["paths", "--json"])).unwrap();
    let usual = usual["journal"].as_str().unwrap().to_owned();
    let named = ebb.journal().to_str().unwrap().to_owned();
    assert_ne!(usual, named);
    assert_refused(&ebb, &["--journal", &named, "backup", &usual, "--force"]);
    assert_refused(
        &ebb,
        &[
            "--journal",
            &named,
            "export",
            "json",
            "-o",
            &usual,
            "--force",
        ],
    );
}

#[test]
fn a_sync_folder_inside_the_copies_is_refused() {
    let ebb = lived_in();
    let copies = beside(&ebb, ".backups");
    assert_refused(&ebb, &["sync", copies.to_str().unwrap()]);
}

#[test]
fn printing_into_the_journal_is_refused_too() {
    let ebb = lived_in();
    let before = fs::read(ebb.journal()).unwrap();
    for verb in ["export json", "report", "status", "history"] {
        let mut command = std::process::Command::new("/bin/sh");
        let line = format!(
            "exec '{}' {verb} >> journal.db",
            support::home::program().display()
        );
        command
            .args(["-c", &line])
            .current_dir(ebb.home())
            .env_clear();
        command
            .env("EBB_JOURNAL", ebb.journal())
            .env("HOME", ebb.home());
        let output = command.output().unwrap();
        assert_eq!(output.status.code(), Some(2), "{verb}");
        assert_eq!(fs::read(ebb.journal()).unwrap(), before, "{verb}");
    }
}

#[test]
fn a_place_that_is_nobodys_is_written_to_as_before() {
    let ebb = lived_in();
    for (args, file) in [
        (vec!["export", "json", "-o", "out.json"], "out.json"),
        (
            vec!["export", "json", "-o", "out.json", "--force"],
            "out.json",
        ),
        (vec!["report", "-o", "journal.txt"], "journal.txt"),
        (vec!["export", "csv", "-o", "tables/"], "tables"),
        (vec!["export", "csv", "-o", "tables/", "--force"], "tables"),
        (vec!["backup", "kept.db"], "kept.db"),
        (vec!["backup", "kept.db", "--force"], "kept.db"),
    ] {
        ebb.succeed(&args);
        assert!(ebb.home().join(file).exists(), "{args:?}");
    }
}

/// The files that give a file its name on the disk, and what stands before each: a look at [`Ours`], or a place that is the
/// journal's own.
const WRITERS: &[&str] = &[
    // `Destination::write`, which only `Ours` leads to.
    "src/store/ours.rs",
    // A folder of tables at a `Destination`.
    "src/cli/export/destination.rs",
    // Asks `May` first, which is `Ours::may_be_config`.
    "src/config/file.rs",
    // The journal, and its copies under names of their own; `back_up_to` looks first.
    "src/store/open.rs",
    "src/store/backup/copy.rs",
    // The header beside a journal, a copy or a file in a sync folder, which were looked at before.
    "src/store/key/seal.rs",
    // A machine's file in a folder: looks first.
    "src/store/merge/sync.rs",
    // Two files of this device under names that no journal and no copy has.
    "src/cli/output/private.rs",
];

#[test]
fn every_file_that_names_files_on_the_disk_is_known_and_looks_first() {
    fn walk(folder: &Path, found: &mut Vec<String>) {
        const MARKS: [&str; 7] = [
            ".persist(",
            ".persist_noclobber(",
            "fs::rename(",
            "hard_link(",
            "File::create(",
            "fs::write(",
            "fs::copy(",
        ];
        for entry in fs::read_dir(folder).unwrap().flatten() {
            let path = entry.path();
            // No release holds what a fuzzer feeds, and it writes into folders of its own.
            if path.ends_with("src/fuzz") {
                continue;
            }
            if path.is_dir() {
                walk(&path, found);
                continue;
            }
            // The tests of a module, in a file of their own.
            if path.ends_with("tests.rs") {
                continue;
            }
            let text = fs::read_to_string(&path).unwrap();
            let code = text.split("#[cfg(test)]").next().unwrap();
            if MARKS.iter().any(|mark| code.contains(mark)) {
                found.push(path.to_str().unwrap().to_owned());
            }
        }
    }
    let mut found = Vec::new();
    walk(Path::new("src"), &mut found);
    found.sort();
    let mut known: Vec<String> = WRITERS.iter().map(|file| (*file).to_owned()).collect();
    known.sort();
    assert_eq!(found, known);
}
