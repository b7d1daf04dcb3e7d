//! The copies of a journal after its key: each is brought under the same key and header, one by one.
//!
//! Invariant: each copy is whole at every moment, and opens with a passphrase that the person knows. What is left to do is
//! seen from the files themselves, so that a run that was cut short is finished by the next one without a note of its own.

use super::connection;
use super::door::{name_at, name_of};
use super::header::{Found, Header, beside, next_beside};
use super::seal::Seal;
use super::{header, held, seal, whole};
use crate::store::backup::copy;
use crate::store::backup::copy::Occupant;
use crate::store::backup::rotation;
use crate::store::backup::rotation::CopyKind;
use crate::store::backup::{salvage, with_ending};
use crate::store::error::{Result, StoreError};
use crate::store::folder::temporary;
use crate::store::folder::temporary::{BESIDE, Unfinished};
use crate::store::{Store, open};
use std::fs::{File, TryLockError};
use std::io::Write;
use std::path::{Path, PathBuf};
use zeroize::Zeroizing;

/// What became of the copies.
#[derive(Debug, Default)]
pub struct Followed {
    /// How many were brought under the journal's key, or made plain.
    pub done: usize,
    /// Those that could not be, as the person has to know: a damaged copy cannot be written anew, and stays as it is.
    pub left: Vec<(PathBuf, String)>,
}

/// Brings every copy of the journal at `path` under a seal, or makes it plain.
pub(super) fn all(path: &Path, to: Option<&Seal>) -> Result<Followed> {
    let real = seal::real(path);
    let folder = Store::copies_folder(&real);
    let mut followed = Followed::default();
    let files = Store::copy_files(&real);
    let open = |file: &Path| File::open(file).map_err(StoreError::io_at("looking at copies", file));
    // One run at a time: the lock of a folder, since the files themselves are exchanged. A folder without locks has few users.
    let lock = if folder.is_dir() {
        Some(open(&folder)?)
    } else {
        None
    };
    if let Some(Err(TryLockError::WouldBlock)) = lock.as_ref().map(File::try_lock) {
        return Ok(followed);
    }
    for file in &files {
        if stands(file, to) {
            continue;
        }
        match one(file, to) {
            Ok(true) => followed.done += 1,
            Ok(false) => {}
            Err(error) => followed.left.push((file.clone(), error.why())),
        }
    }
    if to.is_some() {
        // Before there was a key these could not have been left.
        headers_without_file(&folder);
        headers_without_file(copy::folder_of(&real));
    }
    Ok(followed)
}

/// Whether a copy is as it has to be.
fn stands(file: &Path, to: Option<&Seal>) -> bool {
    if to.is_some() && is_set_aside(file) && plain_beside(file).next().is_some() {
        return false;
    }
    if name_at(file) != to.map(|seal| seal.key.name()) || next_beside(file).exists() {
        return false;
    }
    match to {
        Some(seal) => seal.header.is_none_or(|header| {
            Header::read(&beside(file)).is_ok_and(|found| found == Found::Whole(header))
        }),
        None => !beside(file).exists(),
    }
}

/// Brings one copy under the seal. Answers whether anything was done.
fn one(file: &Path, to: Option<&Seal>) -> Result<bool> {
    let name = name_at(file);
    if is_set_aside(file) {
        return match to {
            Some(seal) => seal_set_aside(file, seal),
            None => open_set_aside(file),
        };
    }
    if name == to.map(|seal| seal.key.name()) {
        if let Some(header) = to.and_then(|seal| seal.header.as_ref()) {
            seal::write(&beside(file), header)?;
        }
        seal::settle(file, to.and_then(|seal| seal.header.as_ref()))?;
        return Ok(true);
    }
    if let Some(name) = name
        && held::get(name).is_none()
    {
        return Err(StoreError::Sealed(file.to_owned()));
    }
    // An erasing that was cut short left its way back beside the copy; only a writing connection plays it.
    if with_ending(file, BESIDE[0]).is_file() {
        drop(open::connect_to_copy(file)?);
    }
    let modified = file.metadata().and_then(|meta| meta.modified());
    let db = copy::read_only(file)?;
    let key = to.map(|seal| &seal.key);
    let temp = copy::temporary_copy(&db, copy::folder_of(file), key)?;
    drop(db);
    // A copy made before a migration is dated by its file.
    if let Ok(modified) = modified {
        temp.as_file().set_modified(modified).ok();
    }
    connection::refuse_other_head(temp.path(), key)?;
    copy::place(temp, file, Occupant::File, to)?;
    Ok(true)
}

/// Whether it is a damaged journal that was set aside.
fn is_set_aside(file: &Path) -> bool {
    let name = file.file_name().and_then(|name| name.to_str());
    let read = name.and_then(rotation::read_name);
    read.is_some_and(|(kind, ..)| kind == CopyKind::SetAside)
}

/// The files of `SQLite` beside a damaged journal that was set aside.
fn beside_set_aside(file: &Path) -> impl Iterator<Item = PathBuf> {
    let sides = BESIDE.map(|end| with_ending(file, end)).into_iter();
    sides.filter(|side| side.is_file())
}

/// Those that are to be sealed as the file itself is. Beside an encrypted journal as `SQLite` wrote it they hold no plain word.
fn plain_beside(file: &Path) -> impl Iterator<Item = PathBuf> {
    let is_whole = whole::is_at(file);
    beside_set_aside(file).filter(move |side| is_whole && name_at(side).is_none())
}

const SEALING: &str = "encrypting a damaged copy";

/// Seals a damaged journal as a whole: it is no database that could be written anew. An encrypted one is left as it is, also
/// under an older key. Answers whether anything was done.
fn seal_set_aside(file: &Path, seal: &Seal) -> Result<bool> {
    let mut is_done = false;
    let name = name_of(file);
    if name.is_none() {
        // With what lies beside it carried out, as a salvage reads it: sealed apart from each other they no longer fit together.
        let bytes = Zeroizing::new(salvage::bytes(file, copy::folder_of(file), None)?);
        exchange_sealed(file, seal, &bytes)?;
        is_done = true;
    }
    if name.is_none_or(|name| name == seal.key.name())
        && let Some(header) = &seal.header
        && Header::read(&beside(file)).ok() != Some(Found::Whole(*header))
    {
        seal::write(&beside(file), header)?;
        is_done = true;
    }
    for side in plain_beside(file) {
        let bytes = std::fs::read(&side).map_err(StoreError::io_at(SEALING, &side))?;
        exchange_sealed(&side, seal, &Zeroizing::new(bytes))?;
        is_done = true;
    }
    Ok(is_done)
}

/// Opens again what was sealed as a whole. Answers whether anything was done.
fn open_set_aside(file: &Path) -> Result<bool> {
    let mut is_done = false;
    // Those beside it first: with the file itself plain, this would not be looked at again.
    for file in beside_set_aside(file).chain([file.to_owned()]) {
        if !whole::is_at(&file) {
            continue;
        }
        let key = name_at(&file).and_then(held::get);
        let key = key.ok_or_else(|| StoreError::Sealed(file.clone()))?;
        let bytes = std::fs::read(&file).map_err(StoreError::io_at(SEALING, &file))?;
        let plain = whole::open(&key, &bytes).ok_or_else(|| StoreError::Damaged {
            path: file.clone(),
            what: whole::NO_PROOF.to_owned(),
        })?;
        exchange(&file, &plain)?;
        is_done = true;
    }
    Ok(is_done)
}

fn exchange_sealed(file: &Path, seal: &Seal, bytes: &[u8]) -> Result<()> {
    let sealed = whole::seal(&seal.key, bytes);
    exchange(file, &sealed.map_err(StoreError::io_at(SEALING, file))?)
}

/// Puts other bytes in the place of a file, which keeps its date.
fn exchange(file: &Path, bytes: &[u8]) -> Result<()> {
    let modified = file.metadata().and_then(|meta| meta.modified());
    let mut temp = Unfinished::Copy
        .file_in(copy::folder_of(file))
        .map_err(StoreError::io_at(SEALING, file))?;
    temp.write_all(bytes)
        .and_then(|()| temp.as_file().sync_all())
        .map_err(StoreError::io_at(SEALING, file))?;
    if let Ok(modified) = modified {
        temp.as_file().set_modified(modified).ok();
    }
    copy::place(temp, file, Occupant::File, None)
}

/// Deletes the headers of copies that are gone.
fn headers_without_file(folder: &Path) {
    for (_, header) in copy::plain_files(folder) {
        let Some(of) = header::file_of(&header) else {
            continue;
        };
        let stem = of.file_name().and_then(|name| name.to_str());
        let stem = stem.unwrap_or_default();
        let is_of_copy = rotation::read_name(stem).is_some() || temporary::holds_rows(stem);
        if is_of_copy && of.symlink_metadata().is_err() {
            std::fs::remove_file(header).ok();
        }
    }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test may stop at the first surprise")]
mod tests {
    use super::*;
    use crate::store::key::passphrase::Passphrase;
    use crate::store::key::rewrite::NewKey;
    use crate::store::{Ours, Seed};
    use chrono::DateTime;
    use std::fs;

    #[test]
    fn a_damaged_journal_that_was_set_aside_is_sealed_and_comes_back_byte_for_byte() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("j.db");
        let seed = Seed {
            now: DateTime::from_timestamp(1_796_000_000, 0).unwrap(),
            journal: [71; 16],
            device: [71; 16],
        };
        let one = Passphrase::new("one").unwrap();
        let mut store = Store::create(&path, seed).unwrap();
        let sound = fs::read(&path).unwrap();
        let copies = folder.path().join("j.db.backups");
        fs::create_dir(&copies).unwrap();
        let damaged = copies.join("2026-11-22T131200Z-set-aside.db");
        let mut bytes = sound.clone();
        bytes[100..140].fill(7);
        bytes.extend(b"a walk by the river");
        fs::write(&damaged, &bytes).unwrap();
        let side = copies.join("2026-11-22T131200Z-set-aside.db-wal");
        fs::write(&side, b"not a log, but a walk by the river").unwrap();
        let is_plain = |file: &Path| {
            let bytes = fs::read(file).unwrap();
            bytes.windows(4).any(|part| part == b"walk")
        };
        let followed = store.set_passphrase(&one).unwrap();
        assert_eq!((followed.done, followed.left), (1, vec![]));
        assert!(!is_plain(&damaged) && !is_plain(&side));
        let first = name_at(&path).unwrap();
        assert_eq!(store.follow_key().unwrap().done, 0, "once is enough");
        // The list of copies and the examination take it for what it is.
        let examined = store.examine(crate::store::Depth::Full).unwrap();
        let lines = format!("{:?}", examined.findings);
        assert!(!lines.contains("not encrypted"), "{lines}");
        // What can be read of it comes out of it by the passphrase.
        let to = folder.path().join("saved.db");
        let place = Ours::default().journal(&to).unwrap();
        Store::salvage(&damaged, &place, seed).unwrap();
        assert!(name_at(&to).is_some());
        // With another key it stays under its own, which the journal knows.
        let two = Passphrase::new("two").unwrap();
        store.change_passphrase(&two, NewKey::Yes).unwrap();
        assert!(!is_plain(&damaged));
        drop(store);
        for name in [first, name_at(&path).unwrap()] {
            held::let_go(name);
        }
        let super::super::door::Door::Locked(door) = super::super::door::Door::of(&path).unwrap()
        else {
            panic!("it is plain");
        };
        door.unlock(&two).unwrap();
        let mut store = Store::open(&path).unwrap();
        store.remove_passphrase().unwrap();
        assert_eq!(fs::read(&damaged).unwrap(), bytes);
        assert!(is_plain(&side));
        assert!(!beside(&damaged).exists());
    }
}
