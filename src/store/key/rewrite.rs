//! A journal from one key to another, or from and to none: a new file is made, proven, and put in the place of the old one.
//!
//! Invariant: at every moment one sound journal is at the path, which the old passphrase opens or the new one. The file is
//! never changed in place. No other run writes to it meanwhile: a lock is held from before its content is read until the new
//! file has its name.

use super::door::name_at;
use super::follow::Followed;
use super::header::{Header, beside, next_beside};
use super::passphrase::Passphrase;
use super::seal::{Seal, real};
use super::{Key, follow, held, known, seal};
use crate::store::backup::copy;
use crate::store::backup::copy::Occupant;
use crate::store::error::{Result, StoreError};
use crate::store::integrity::sum;
use crate::store::merge::rows::digest;
use crate::store::place::FileId;
use crate::store::{Store, open};
use rusqlite::Connection;
use std::path::{Path, PathBuf};

const DOING: &str = "encrypting the journal";

/// Whether a change of the passphrase brings a new key too.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NewKey {
    /// The key stays: the change takes a moment, and an older header with its older passphrase would still open the journal.
    No,
    /// Everything is encrypted anew: older headers and sheets open only older copies elsewhere.
    Yes,
}

impl Store {
    /// Whether the journal is encrypted.
    pub fn is_encrypted(&self) -> bool {
        self.key.is_some()
    }

    /// The recovery sheet of the journal; `None` for a plain one.
    pub fn sheet(&self) -> Option<super::sheet::Sheet> {
        self.key.as_ref().map(super::sheet::Sheet::of)
    }

    /// Encrypts a plain journal, and its copies after it.
    ///
    /// # Errors
    /// Those of the disk and of a lock. The journal is plain as before then, or encrypted whole: [`Store::is_encrypted`].
    pub fn set_passphrase(&mut self, passphrase: &Passphrase) -> Result<Followed> {
        self.rewrite_under_new_key(passphrase)?;
        self.follow_key()
    }

    fn rewrite_under_new_key(&mut self, passphrase: &Passphrase) -> Result<()> {
        let key = self.new_key()?;
        let header = self.wrapped(&key, passphrase)?;
        self.rewrite(Some(&Seal {
            key,
            header: Some(header),
        }))
    }

    /// Puts another passphrase in the place of the present one.
    ///
    /// # Errors
    /// As [`Store::set_passphrase`]. Either passphrase opens the journal then, never both and never none.
    pub fn change_passphrase(
        &mut self,
        passphrase: &Passphrase,
        new_key: NewKey,
    ) -> Result<Followed> {
        let (Some(key), Some(path)) = (self.key.clone(), self.path.clone()) else {
            return self.set_passphrase(passphrase);
        };
        match new_key {
            NewKey::No => {
                self.ready()?;
                let header = self.wrapped(&key, passphrase)?;
                let real = real(&path);
                seal::write(&beside(&real), &header)?;
                // A header under the old passphrase may be left of a rewrite that was cut short.
                seal::settle(&real, Some(&header))?;
            }
            NewKey::Yes => self.rewrite_under_new_key(passphrase)?,
        }
        self.follow_key()
    }

    /// Makes the journal plain again, and its copies before it: once it is plain, nobody is asked for the passphrase that opens
    /// them.
    ///
    /// # Errors
    /// As [`Store::set_passphrase`].
    pub fn remove_passphrase(&mut self) -> Result<Followed> {
        let Some(path) = self.path.clone().filter(|_| self.is_encrypted()) else {
            return Ok(Followed::default());
        };
        self.ready()?;
        let followed = follow::all(&path, None)?;
        known::drop_all(&self.db)?;
        self.rewrite(None)?;
        Ok(followed)
    }

    /// Writes a new header after the journal was opened with its sheet.
    ///
    /// # Errors
    /// Those of the disk. The journal is as it was, and the sheet opens it as before.
    pub fn recover_passphrase(&mut self, passphrase: &Passphrase) -> Result<Followed> {
        self.change_passphrase(passphrase, NewKey::No)
    }

    /// Brings the copies under the journal's key where they are not. It costs a look at each where they are.
    ///
    /// # Errors
    /// Those of the folder of copies.
    pub fn follow_key(&self) -> Result<Followed> {
        let (Some(path), Some(seal)) = (&self.path, self.seal()?) else {
            return Ok(Followed::default());
        };
        follow::all(path, Some(&seal))
    }

    /// Keeps the key of another machine's file in this encrypted journal, so that it opens without its passphrase from now on.
    /// A plain journal keeps none.
    ///
    /// # Errors
    /// Those of a write.
    pub fn remember_key(&mut self, other: &Key) -> Result<()> {
        if self.key.as_ref().is_none_or(|own| own == other) {
            return Ok(());
        }
        self.ready()?;
        known::keep(&self.db, other)
    }

    /// Finishes what a run that was cut short left: the headers beside the journal, and the copies. What cannot be finished now
    /// is tried again at the next start, and `ebb doctor` names it.
    pub(in crate::store) fn finish_rewrite(&self) {
        let Some(path) = self.path.as_deref().filter(|_| !self.is_stand_in) else {
            return;
        };
        let real = real(path);
        let (usual, next) = (beside(&real), next_beside(&real));
        let is_plain_with_header = self.key.is_none() && usual.symlink_metadata().is_ok();
        if next.symlink_metadata().is_ok() || is_plain_with_header {
            self.settle_own(&real).ok();
        }
        if self.key.is_some() {
            self.follow_key().ok();
        }
    }

    /// Brings the headers beside the journal in order, unless another run is at work on it: its header may be there already
    /// and its file not yet.
    fn settle_own(&self, real: &Path) -> Result<()> {
        let busy = std::time::Duration::ZERO;
        self.db.busy_timeout(busy)?;
        let locked = self.db.execute_batch("BEGIN EXCLUSIVE");
        self.db.busy_timeout(open::BUSY)?;
        locked?;
        // The lock is that of the file that was opened, and counts only while that one is at the path.
        let settled = if FileId::at(real) == self.file {
            seal::settle(real, None)
        } else {
            Ok(())
        };
        self.db.execute_batch("ROLLBACK")?;
        settled
    }

    fn new_key(&self) -> Result<Key> {
        let path = self.path.clone().unwrap_or_default();
        Key::random().map_err(|_| {
            StoreError::io_at(DOING, &path)(std::io::Error::other(
                "the system gave no random numbers",
            ))
        })
    }

    /// A header, proven: what was typed opens what was wrapped.
    fn wrapped(&self, key: &Key, passphrase: &Passphrase) -> Result<Header> {
        let path = self.path.clone().unwrap_or_default();
        let header = Header::wrap(key, passphrase).map_err(StoreError::io_at(DOING, &path))?;
        let opened = header.open(passphrase).ok();
        if opened.is_some_and(|opened| opened.bytes() == key.bytes()) {
            return Ok(header);
        }
        Err(StoreError::io_at(DOING, &path)(std::io::Error::other(
            "the new passphrase did not open what was written",
        )))
    }

    /// Puts a file with the same content under another key in the place of the journal.
    fn rewrite(&mut self, to: Option<&Seal>) -> Result<()> {
        self.ready()?;
        let Some(path) = self.path.clone() else {
            return Err(StoreError::NoJournal(PathBuf::new()));
        };
        // A rename would replace the link and leave the file behind it.
        let real = real(&path);
        let new = to.map(|seal| seal.key.clone());
        if let Some(key) = &new {
            held::hold(key);
        }
        let outcome = self.put_under(&real, to);
        // What lies at the path decides, and not the outcome: an error may come after the exchange.
        let is_exchanged = name_at(&real) == new.as_ref().map(Key::name);
        if is_exchanged {
            self.key.clone_from(&new);
        } else if let Some(key) = &new {
            held::let_go(key.name());
        }
        // The old connection holds the lock, and the file without a name.
        self.db = Connection::open_in_memory()?;
        self.must_reopen = true;
        if is_exchanged {
            self.file = FileId::at(&path);
        }
        let reopened = self.reopen();
        outcome.map_err(|error| error.at(&path))?;
        reopened
    }

    fn put_under(&mut self, real: &Path, to: Option<&Seal>) -> Result<()> {
        self.db.flush_prepared_statement_cache();
        // The lock stays when the transaction ends, since a file cannot be written anew inside one.
        self.db
            .execute_batch("PRAGMA locking_mode=EXCLUSIVE; BEGIN EXCLUSIVE; COMMIT;")?;
        // Between the look of `ready` and the lock another run may have exchanged the file.
        if FileId::at(real) != self.file {
            return Err(StoreError::locked());
        }
        let key = to.map(|seal| &seal.key);
        let temp = copy::temporary_copy(&self.db, copy::folder_of(real), key)?;
        {
            let db = open::connect(temp.path())?;
            // Nobody else knows the file yet, so that its rollback journal may be in memory.
            db.execute_batch(
                "PRAGMA journal_mode=MEMORY; PRAGMA secure_delete=ON; PRAGMA temp_store=MEMORY;",
            )?;
            if let (Some(own), Some(key)) = (&self.key, key)
                && own != key
            {
                // The copies are under the old key until they have followed, and those elsewhere stay so.
                known::keep(&db, own)?;
            }
            let same = digest(&db)? == digest(&self.db)?
                && sum::wrong_rows(&db)? == sum::wrong_rows(&self.db)?;
            if !same {
                return Err(StoreError::Damaged {
                    path: real.to_owned(),
                    what: "the new file does not read as the journal does, and was not used"
                        .to_owned(),
                });
            }
        }
        temp.as_file()
            .sync_all()
            .map_err(StoreError::io_at(DOING, temp.path()))?;
        copy::place(temp, real, Occupant::File, to)
    }
}
