//! What a machine leaves for others in a folder that the person's own program carries about.
//!
//! Invariant: a machine writes its own file there and no other; a file is whole or absent, and is written again only when
//! the journal says something else than it does.

use super::rows::{digest, outline};
use crate::store::Store;
use crate::store::error::{Result, StoreError};
use crate::store::folder;
use crate::store::open::device_of;
use crate::store::read::hex;
use rusqlite::{Connection, MAIN_DB};
use std::path::{Path, PathBuf};

/// The name of such files begins so.
const BEFORE: &str = "ebb-";
/// And ends so.
const AFTER: &str = ".journal";

impl Store {
    /// Everything that merged journals agree on, as text: equal texts are equal journals.
    pub fn digest(&self) -> Result<String> {
        digest(&self.db)
    }

    /// The name of this machine's file.
    pub fn sync_name(&self) -> Result<String> {
        let device = hex(&device_of(&self.db)?);
        let short: String = device.chars().take(12).collect();
        Ok(format!("{BEFORE}{short}{AFTER}"))
    }

    /// Writes this machine's file into `into`, unless it says the same already; whether it was written.
    ///
    /// Drafts and the log of steps stay here: they are this machine's.
    pub fn leave_in(&self, into: &Path) -> Result<bool> {
        let place = self.ours().copy(&into.join(self.sync_name()?))?;
        let place = place.path();
        if place.symlink_metadata().is_ok_and(|meta| meta.is_file()) {
            let standing = Self::open_private_copy(place, self.path.as_deref());
            let standing = standing.and_then(|(store, _copy)| outline(&store.db));
            let own = outline(&self.db)?;
            if standing.is_ok_and(|standing| own == standing) {
                return Ok(false);
            }
        }
        let what = "leaving the journal in the folder";
        let temp = tempfile::Builder::new()
            .prefix(".ebb-leaving-")
            .tempfile_in(into)
            .map_err(StoreError::io(what))?;
        self.db
            .backup(MAIN_DB, temp.path(), None::<fn(rusqlite::backup::Progress)>)?;
        {
            let db = Connection::open(temp.path())?;
            db.execute_batch(
                "PRAGMA journal_mode=MEMORY; PRAGMA secure_delete=ON; PRAGMA foreign_keys=ON;
                 DELETE FROM draft; DELETE FROM log_image; DELETE FROM log_step; VACUUM;",
            )?;
        }
        temp.as_file().sync_all().map_err(StoreError::io(what))?;
        temp.persist(place)
            .map_err(|error| StoreError::io(what)(error.error))?;
        folder::sync(into, what)?;
        Ok(true)
    }
}

/// The files of other machines in `folder`, and the names of what else lies there.
pub fn left_by_others(folder: &Path, own: &str) -> std::io::Result<(Vec<PathBuf>, Vec<String>)> {
    let (mut journals, mut others) = (Vec::new(), Vec::new());
    for entry in std::fs::read_dir(folder)? {
        let entry = entry?;
        let name = entry.file_name().to_string_lossy().into_owned();
        let middle = name
            .strip_prefix(BEFORE)
            .and_then(|rest| rest.strip_suffix(AFTER));
        let is_name = middle.is_some_and(|middle| {
            middle.len() == 12 && middle.bytes().all(|byte| byte.is_ascii_hexdigit())
        });
        if name == own {
            continue;
        }
        if is_name && entry.file_type()?.is_file() {
            journals.push(entry.path());
        } else {
            others.push(name);
        }
    }
    journals.sort();
    others.sort();
    Ok((journals, others))
}
