//! A key with its header: what a file gets so that its passphrase opens it. The file and its header change together.
//!
//! Invariant: at every moment there is a header beside an encrypted file that fits it. The header of the file that is coming
//! is written first, under a name of its own; then the file gets its name; then the header gets its own. The door looks at
//! both headers.

use super::Key;
use super::door::{Door, name_at};
use super::header::{Found, Header, beside, next_beside};
use crate::store::Store;
use crate::store::error::{Result, StoreError};
use crate::store::folder::temporary::Unfinished;
use crate::store::folder::{self, folder_of};
use std::io::{ErrorKind, Write};
use std::path::{Path, PathBuf};

const DOING: &str = "writing the key's file";

/// A key and the header under which it opens.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::store) struct Seal {
    pub(in crate::store) key: Key,
    /// `None` where the journal was opened by its sheet and has none.
    pub(in crate::store) header: Option<Header>,
}

impl Seal {
    /// The seal of the encrypted file at `path`, whose key this run holds; `None` for a plain file.
    ///
    /// # Errors
    /// [`StoreError::Sealed`] and its kin where the key is not held.
    pub(in crate::store) fn of(path: &Path) -> Result<Option<Self>> {
        let Door::Locked(locked) = Door::of(path)? else {
            return Ok(None);
        };
        let key = locked.key().ok_or_else(|| locked.refusal())?;
        Ok(Some(Self {
            key,
            header: locked.header(),
        }))
    }
}

impl Store {
    /// The seal of this journal; `None` for a plain one.
    pub(in crate::store) fn seal(&self) -> Result<Option<Seal>> {
        match (&self.key, &self.path) {
            (Some(key), Some(path)) => {
                let seal = Seal::of(path)?.filter(|seal| seal.key == *key);
                // The file at the path may be another one by now; what is made of this journal goes under its own key.
                Ok(Some(seal.unwrap_or_else(|| Seal {
                    key: key.clone(),
                    header: None,
                })))
            }
            _ => Ok(None),
        }
    }
}

/// Writes the header of the file that comes to `target` next.
pub(in crate::store) fn announce(target: &Path, header: &Header) -> Result<()> {
    let next = next_beside(target);
    write(&next, header)?;
    // The file needs it from its first moment on.
    let there = Header::read(&next).map_err(StoreError::io_at(DOING, &next))?;
    if there == Found::Whole(*header) {
        return Ok(());
    }
    Err(StoreError::io_at(DOING, &next)(std::io::Error::other(
        "it did not read back as it was written",
    )))
}

/// Writes a header whole or not at all.
pub(in crate::store) fn write(path: &Path, header: &Header) -> Result<()> {
    let folder = folder_of(path);
    let outcome = (|| {
        let mut temp = Unfinished::Key.file_in(folder)?;
        temp.write_all(header.bytes())?;
        temp.as_file().sync_all()?;
        temp.persist(path).map_err(|error| error.error)?;
        Ok(())
    })();
    outcome.map_err(StoreError::io_at(DOING, path))?;
    folder::sync(folder, DOING)
}

/// Brings the headers beside the file at `target` in order, after it got its name: the one that fits gets its usual name, and
/// a plain file keeps none. Does nothing where all is as it has to be.
///
/// The caller is the only one that changes this file.
pub(in crate::store) fn settle(target: &Path, header: Option<&Header>) -> Result<()> {
    let (usual, next) = (beside(target), next_beside(target));
    let read = |path: &Path| Header::read(path).map_err(StoreError::io_at(DOING, path));
    let Some(name) = name_at(target) else {
        for file in [&usual, &next] {
            remove(file)?;
        }
        return Ok(());
    };
    let fits = |found: Found| matches!(found, Found::Whole(header) if header.name() == name);
    if fits(read(&next)?) {
        match std::fs::rename(&next, &usual) {
            // Another run has done it a moment ago.
            Err(error) if error.kind() == ErrorKind::NotFound => {}
            outcome => outcome.map_err(StoreError::io_at(DOING, &usual))?,
        }
        return folder::sync(folder_of(target), DOING);
    }
    remove(&next)?;
    if let Some(header) = header.filter(|header| header.name() == name)
        && !fits(read(&usual)?)
    {
        write(&usual, header)?;
    }
    Ok(())
}

/// Deletes the headers beside a file that is gone.
pub(in crate::store) fn remove_beside(target: &Path) {
    for file in [beside(target), next_beside(target)] {
        std::fs::remove_file(file).ok();
    }
}

fn remove(file: &Path) -> Result<()> {
    match std::fs::remove_file(file) {
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(()),
        outcome => {
            outcome.map_err(StoreError::io_at(DOING, file))?;
            folder::sync(folder_of(file), DOING)
        }
    }
}

/// The file behind links: headers and unfinished files lie beside it.
pub(super) fn real(path: &Path) -> PathBuf {
    path.canonicalize().unwrap_or_else(|_| path.to_owned())
}
