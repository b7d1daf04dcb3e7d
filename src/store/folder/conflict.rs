//! Conflict copies: what a sync program leaves beside a file that two machines changed, and what it puts in the place of a file
//! that it keeps elsewhere.
//!
//! Invariant: only names are looked at, and nothing is changed. A copy with a name that a person gives it is no conflict copy.

use crate::domain::order::Ordered;
use crate::store::{Store, open};
use std::ffi::OsStr;
use std::path::{Path, PathBuf};

/// A file that a sync program left.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Conflict {
    /// The file.
    pub(crate) path: PathBuf,
    /// Whether it has the head of a journal.
    pub(crate) is_journal: bool,
}

/// Words for a conflict in the names that sync programs give, in the languages that they speak: "conflicted copy", "Konflikt",
/// "copie en conflit", "in conflitto".
const WORDS: [&str; 3] = ["conflict", "konflikt", "conflit"];
/// The longest name of a machine of Windows.
const LONGEST_MACHINE: usize = 15;

/// Whether `name` is that of a conflict copy of the file called `original`.
pub(crate) fn is_conflict_name(name: &str, original: &str) -> bool {
    let (stem, ending) = match original.rsplit_once('.') {
        Some((stem, ending)) if !stem.is_empty() => (stem, format!(".{ending}")),
        _ => (original, String::new()),
    };
    // "journal.db.conflict", as a few programs have it.
    if name.strip_prefix(original).is_some_and(has_word) {
        return true;
    }
    let middle = name
        .strip_prefix(stem)
        .and_then(|rest| rest.strip_suffix(&ending));
    middle.is_some_and(|middle| has_word(middle) || is_number(middle) || is_machine(middle))
}

fn has_word(text: &str) -> bool {
    let text = text.to_lowercase();
    WORDS.iter().any(|word| text.contains(word))
}

/// " (1)" of Google Drive, " 2" of iCloud.
fn is_number(middle: &str) -> bool {
    let number = middle.strip_prefix(' ').map(|rest| {
        let inside = rest
            .strip_prefix('(')
            .and_then(|rest| rest.strip_suffix(')'));
        inside.unwrap_or(rest)
    });
    number.is_some_and(|number| {
        (1..=2).contains(&number.len()) && number.bytes().all(|byte| byte.is_ascii_digit())
    })
}

/// "-DESKTOP-4F2K" of `OneDrive`: the name of a machine, in capitals. A date that a person puts there has none.
fn is_machine(middle: &str) -> bool {
    middle.strip_prefix('-').is_some_and(|name| {
        let is_part = |byte: u8| byte.is_ascii_uppercase() || byte.is_ascii_digit() || byte == b'-';
        (2..=LONGEST_MACHINE).contains(&name.len())
            && name.bytes().all(is_part)
            && name.bytes().any(|byte| byte.is_ascii_uppercase())
    })
}

/// The conflict copies of the journal at `path`: beside it, and among its copies those of a copy.
pub(crate) fn conflict_copies(path: &Path) -> Vec<Conflict> {
    let copies = Store::copies_folder(path);
    let mut found = conflicts_beside(path);
    let names: Vec<String> = names_in(&copies).map(|(name, _)| name).collect();
    let among = names_in(&copies).filter(|(name, _)| {
        let mut others = names.iter().filter(|other| *other != name);
        others.any(|other| is_conflict_name(name, other))
    });
    found.extend(among.map(|(_, path)| seen(path)));
    found.order();
    found
}

/// The conflict copies in the folder of the journal at `path`.
pub(crate) fn conflicts_beside(path: &Path) -> Vec<Conflict> {
    // A link to the journal: a sync program changes the real file.
    let real = path.canonicalize().unwrap_or_else(|_| path.to_owned());
    let (Some(folder), Some(own)) = (real.parent(), real.file_name().and_then(OsStr::to_str))
    else {
        return Vec::new();
    };
    let beside = names_in(folder).filter(|(name, _)| is_conflict_name(name, own));
    let mut found: Vec<Conflict> = beside.map(|(_, path)| seen(path)).collect();
    found.order();
    found
}

fn seen(path: PathBuf) -> Conflict {
    Conflict {
        is_journal: open::is_journal(&path),
        path,
    }
}

/// The plain files of a folder, with their names.
fn names_in(folder: &Path) -> impl Iterator<Item = (String, PathBuf)> {
    let entries = folder.read_dir().into_iter().flatten().flatten();
    entries.filter_map(|entry| {
        let name = entry.file_name().to_str()?.to_owned();
        let is_file = entry.file_type().is_ok_and(|kind| kind.is_file());
        is_file.then(|| (name, entry.path()))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fs;
    use std::io;

    #[test]
    fn the_names_that_sync_programs_give_are_conflict_copies() {
        for name in [
            "journal.sync-conflict-20261128-091200-ABC2DEF.db",
            "journal (conflicted copy 2026-11-28 091200).db",
            "journal (Anna's conflicted copy 2026-11-28).db",
            "journal (Anna's MacBook's conflicted copy 2026-11-28 (1)).db",
            "journal (Case Conflict).db",
            "journal (Annas in Konflikt stehende Kopie 2026-11-28).db",
            "journal (copie en conflit de Anna 2026-11-28).db",
            "journal (copia in conflitto di Anna 2026-11-28).db",
            "journal_conflict-20261128-091200.db",
            "journal (SFConflict anna@example.org 2026-11-28-09-12-00).db",
            "journal_HOST_Nov-28-091200-2026_Conflict.db",
            "journal.Conflict.db",
            "journal [conflicted].db",
            "journal.db.conflict1",
            "journal (1).db",
            "journal (12).db",
            "journal 2.db",
            "journal-DESKTOP-4F2K.db",
            "journal-ANNA.db",
        ] {
            assert!(is_conflict_name(name, "journal.db"), "{name}");
        }
        assert!(is_conflict_name("j.sync-conflict-20261128-091200-A", "j"));
        assert!(is_conflict_name(
            "ebb-0123456789ab.sync-conflict-20261128-091200-ABC2DEF.journal",
            "ebb-0123456789ab.journal"
        ));
    }

    #[test]
    fn the_journal_its_parts_and_the_names_that_a_person_gives_are_none() {
        for name in [
            "journal.db",
            "journal.db-journal",
            "journal.db-wal",
            "journal.db.backups",
            "journal.db.form-3",
            "journal-old.db",
            "journal-2026.db",
            "journal-2026-11-28.db",
            "journal-2.db",
            "journal copy.db",
            "journal (copy).db",
            "journal (my own).db",
            "journal (2026).db",
            "journal 2026.db",
            "journal - Copy.db",
            "journal2.db",
            "journals.db",
            "journal-DESKTOP-4F2K.txt",
            "journal-DESKTOP-4F2K-AND-MORE.db",
            "other.db",
            "other (1).db",
            "conflict.db",
            ".journal.db.icloud",
            "",
        ] {
            assert!(!is_conflict_name(name, "journal.db"), "{name}");
        }
        // A person may call the journal itself so.
        for name in ["conflict.db", "conflict.db-journal", "conflict-old.db"] {
            assert!(!is_conflict_name(name, "conflict.db"), "{name}");
        }
    }

    #[test]
    fn conflict_copies_are_seen_beside_the_real_file_and_among_its_copies() -> io::Result<()> {
        let home = tempfile::tempdir()?;
        let (real, link) = (home.path().join("real"), home.path().join("link.db"));
        let journal = real.join("journal.db");
        let copies = real.join("journal.db.backups");
        fs::create_dir_all(&copies)?;
        for path in [
            &journal,
            &real.join("journal (1).db"),
            &real.join("link (1).db"),
            &copies.join("2026-11-28-ring.db"),
            &copies.join("2026-11-28-ring (1).db"),
            &copies.join("2026-11-27-ring 2.txt"),
        ] {
            fs::write(path, "")?;
        }
        fs::create_dir(real.join("journal (2).db"))?;
        std::os::unix::fs::symlink(&journal, &link)?;
        let names = |found: Vec<Conflict>| {
            let names = found.into_iter().map(|one| one.path);
            let names = names.filter_map(|path| path.file_name().map(OsStr::to_owned));
            names.collect::<Vec<_>>()
        };
        assert_eq!(names(conflicts_beside(&link)), ["journal (1).db"]);
        assert_eq!(
            names(conflict_copies(&journal)),
            ["journal (1).db", "2026-11-28-ring (1).db"]
        );
        Ok(())
    }
}
