//! The copies of a journal after its key: each is brought under the same key and header, one by one.
//!
//! Invariant: each copy is whole at every moment, and opens with a passphrase that the person knows. What is left to do is
//! seen from the files themselves, so that a run that was cut short is finished by the next one without a note of its own.

use super::connection;
use super::door::name_at;
use super::header::{Found, Header, beside, next_beside};
use super::seal::Seal;
use super::{header, held, seal};
use crate::store::backup::copy;
use crate::store::backup::copy::Occupant;
use crate::store::backup::rotation;
use crate::store::backup::rotation::CopyKind;
use crate::store::error::{Result, StoreError};
use crate::store::folder::temporary;
use crate::store::{Store, open};
use std::fs::{File, TryLockError};
use std::path::{Path, PathBuf};

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
    if name == to.map(|seal| seal.key.name()) {
        if let Some(header) = to.and_then(|seal| seal.header.as_ref()) {
            seal::write(&beside(file), header)?;
        }
        seal::settle(file, to.and_then(|seal| seal.header.as_ref()))?;
        return Ok(true);
    }
    let kind = file
        .file_name()
        .and_then(|name| rotation::read_name(name.to_str()?));
    if kind.is_some_and(|(kind, ..)| kind == CopyKind::SetAside) && name.is_some() {
        // It holds no plain word, and its bytes are kept as they are.
        return Ok(false);
    }
    if let Some(name) = name
        && held::get(name).is_none()
    {
        return Err(StoreError::Sealed(file.to_owned()));
    }
    // An erasing that was cut short left its way back beside the copy; only a writing connection plays it.
    if with_journal(file).is_file() {
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

fn with_journal(file: &Path) -> PathBuf {
    let mut name = file.as_os_str().to_owned();
    name.push("-journal");
    name.into()
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
