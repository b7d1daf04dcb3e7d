//! What lies at a path, seen before anything opens it: whether a passphrase is needed, and the ways in.
//!
//! Invariant: only the first 16 bytes of the file and its header are read here, and nothing is written. What the header says
//! is not believed further than its proof goes.

use super::header;
use super::header::{Found, Header, Refusal};
use super::held;
use super::passphrase::Passphrase;
use super::sheet::Sheet;
use super::{Key, KeyName};
use crate::store::error::{Result, StoreError};
use std::fs::File;
use std::io::Read;
use std::path::{Path, PathBuf};

/// What lies at a path.
#[derive(Debug)]
pub enum Door {
    /// Nothing that needs a passphrase: a plain journal, no file, or a file of another program. Opening it says which.
    Open,
    /// An encrypted journal, copy or sync file.
    Locked(Locked),
}

/// An encrypted file, before its key is known.
#[derive(Debug)]
pub struct Locked {
    path: PathBuf,
    name: KeyName,
    headers: Vec<Header>,
    /// What is wrong with the header, where there is none that fits.
    fault: Fault,
}

/// What became of the header of a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Fault {
    /// It is missing, or is of another file.
    Missing,
    /// It is not as it was written.
    Damaged,
    /// A newer version wrote it.
    Newer(u32),
}

/// The first bytes of every file of `SQLite` that is not encrypted.
pub(in crate::store) const PLAIN_HEAD: &[u8; 16] = b"SQLite format 3\0";

/// The first bytes of the file at `path`; `None` where there is no file, or a shorter one.
pub(in crate::store) fn head_at(path: &Path) -> Option<[u8; 16]> {
    let mut head = [0; 16];
    // Before the opening: that of a pipe waits without end.
    if !path.is_file() {
        return None;
    }
    File::open(path).ok()?.read_exact(&mut head).ok()?;
    Some(head)
}

/// The key's name in the first bytes of a file; `None` for a file that is not encrypted, and for none.
pub(in crate::store) fn name_at(path: &Path) -> Option<KeyName> {
    KeyName::in_head(&head_at(path)?)
}

/// The name of the key of a file whose first bytes, `head`, are damaged: neither those of an encrypted file nor of a plain one.
/// The header beside it still says it.
pub(in crate::store) fn name_of_headless(path: &Path, head: &[u8; 16]) -> Option<KeyName> {
    if KeyName::in_head(head).is_some() || head == PLAIN_HEAD {
        return None;
    }
    let real = path.canonicalize().unwrap_or_else(|_| path.to_owned());
    match Header::read(&header::beside(&real)) {
        Ok(Found::Whole(header)) => Some(header.name()),
        _ => None,
    }
}

/// The key's name of an encrypted file, damaged at its beginning or not.
pub(in crate::store) fn name_of(path: &Path) -> Option<KeyName> {
    let head = head_at(path)?;
    KeyName::in_head(&head).or_else(|| name_of_headless(path, &head))
}

impl Door {
    /// Looks at the file at `path`.
    ///
    /// # Errors
    /// A header that the system does not let the program read.
    pub fn of(path: &Path) -> Result<Self> {
        let Some(name) = name_of(path) else {
            return Ok(Self::Open);
        };
        // Through links: the header lies beside the real file.
        let real = path.canonicalize().unwrap_or_else(|_| path.to_owned());
        let mut headers = Vec::new();
        let mut fault = Fault::Missing;
        // The second one is there while a journal is being replaced, and is the right one if that was cut short.
        for file in [header::beside(&real), header::next_beside(&real)] {
            let found = Header::read(&file);
            match found.map_err(StoreError::io_at("reading the key's file", &file))? {
                Found::Whole(header) if header.name() == name => headers.push(header),
                Found::Whole(_) | Found::Nothing => {}
                Found::Damaged => fault = Fault::Damaged,
                Found::Newer(form) => fault = Fault::Newer(form),
            }
        }
        Ok(Self::Locked(Locked {
            path: path.to_owned(),
            name,
            headers,
            fault,
        }))
    }
}

impl Locked {
    /// Whether this run has its key already, so that nobody needs to be asked.
    pub fn is_held(&self) -> bool {
        self.key().is_some()
    }

    /// Its key, if this run has it.
    pub fn key(&self) -> Option<Key> {
        held::get(self.name)
    }

    /// Whether a passphrase can open it. Else only the sheet does: [`Locked::refusal`] says why.
    pub fn takes_passphrase(&self) -> bool {
        !self.headers.is_empty()
    }

    /// The file.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Proves a passphrase and holds the key for this run. Takes about 0.2 s and 64 MiB.
    ///
    /// # Errors
    /// [`StoreError::WrongPassphrase`]; [`StoreError::NoHeader`], [`StoreError::DamagedHeader`] and
    /// [`StoreError::NewerHeader`] where no passphrase can help.
    pub fn unlock(&self, passphrase: &Passphrase) -> Result<Key> {
        let mut refusal = self.refusal();
        for header in &self.headers {
            match header.open(passphrase) {
                Ok(key) => {
                    held::hold(&key);
                    return Ok(key);
                }
                Err(Refusal::Wrong) => refusal = StoreError::WrongPassphrase(self.path.clone()),
                Err(Refusal::NoMemory) => {
                    return Err(StoreError::io_at("unlocking the journal", &self.path)(
                        std::io::ErrorKind::OutOfMemory.into(),
                    ));
                }
            }
        }
        Err(refusal)
    }

    /// Proves a sheet and holds its key for this run.
    ///
    /// # Errors
    /// [`StoreError::WrongSheet`] for the sheet of another key.
    pub fn unlock_with_sheet(&self, sheet: &Sheet) -> Result<Key> {
        if sheet.key().name() != self.name {
            return Err(StoreError::WrongSheet(self.path.clone()));
        }
        held::hold(sheet.key());
        Ok(sheet.key().clone())
    }

    /// The error of an opening without passphrase.
    pub fn refusal(&self) -> StoreError {
        let path = self.path.clone();
        match self.fault {
            _ if self.takes_passphrase() => StoreError::Sealed(path),
            Fault::Missing => StoreError::NoHeader {
                header: header::beside(&path),
                path,
            },
            Fault::Damaged => StoreError::DamagedHeader(header::beside(&path)),
            Fault::Newer(found) => StoreError::NewerHeader { found, path },
        }
    }

    /// The header that the passphrase opened, for a copy of the file.
    pub(in crate::store) fn header(&self) -> Option<Header> {
        self.headers.first().copied()
    }
}
