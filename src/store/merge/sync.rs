//! The files in a sync folder, one for each machine. A program of the person's own carries the folder from machine to
//! machine; ebb never opens a connection.
//!
//! Invariant: a machine writes only its own file. The file is whole or absent, and is only written again after the journal
//! changed: every new file is carried to all machines. It is made beside the journal, so that nothing unfinished is carried.

use super::rows::{digest, outline, wrong};
use crate::domain::order::Ordered;
use crate::store::Store;
use crate::store::backup::copy;
use crate::store::error::{Result, StoreError};
use crate::store::folder;
use crate::store::folder::temporary::{Unfinished, sweep_elsewhere};
use crate::store::key::seal::Seal;
use crate::store::key::{connection, header, known, seal};
use crate::store::open::device_of;
use crate::store::read::hex;
use crate::store::undo_log::table::SqlTable;
use rusqlite::{Connection, OpenFlags};
use std::fs::File;
use std::io;
use std::path::{Path, PathBuf};
use tempfile::NamedTempFile;

// A neutral name that says nothing of kratom: other people may see the folder.
/// The beginning of the name of such a file.
const BEFORE: &str = "ebb-";
/// The end of the name of such a file.
const AFTER: &str = ".journal";
const LEAVING: &str = "leaving the journal in the folder";

impl Store {
    /// Everything that merged journals agree on, as text. Equal texts mean equal journals.
    pub fn digest(&self) -> Result<String> {
        self.named(digest(&self.db))
    }

    /// The name of this machine's file.
    pub(crate) fn sync_name(&self) -> Result<String> {
        let device = hex(&self.named(device_of(&self.db))?);
        // 48 random bits tell a person's few machines apart.
        let short: String = device.chars().take(12).collect();
        Ok(format!("{BEFORE}{short}{AFTER}"))
    }

    /// Writes this machine's file into the folder `into`, unless it has the same content already. Returns whether it wrote.
    ///
    /// Drafts and the log of steps are left out: they belong to this machine.
    pub(crate) fn leave_in(&self, into: &Path) -> Result<bool> {
        let place = self.ours().copy(&into.join(self.sync_name()?))?;
        let place = place.path();
        // Version 0.1.0 made its file here, with drafts and deleted entries in it.
        sweep_elsewhere(into);
        let seal = self.seal()?;
        if place.symlink_metadata().is_ok_and(|meta| meta.is_file()) {
            // A file that cannot be read is simply written again.
            let earlier = Self::open_private_copy(place, self.path.as_deref(), self.key.as_ref());
            let earlier = earlier.and_then(|(store, _copy)| {
                // A plain file of this machine is replaced though it says the same, and so is one under an older key.
                let is_sealed_alike = Seal::of(place)? == seal;
                Ok(is_sealed_alike
                    && outline(&store.db)? == outline(&self.db)?
                    && !is_sounder(&self.db, &store.db)?)
            });
            if earlier.unwrap_or(false) {
                return Ok(false);
            }
        }
        // Beside the journal: a file in `into` is carried away at any moment, also while drafts are still in it.
        let beside = self.path.as_deref().map_or(into, copy::folder_of);
        let temp = Unfinished::Leaving
            .file_in(beside)
            .map_err(StoreError::io_at(LEAVING, beside))?;
        let key = seal.as_ref().map(|seal| &seal.key);
        copy::pages(&self.db, &mut connection::make(temp.path(), key)?)?;
        {
            let db = connection::open(temp.path(), OpenFlags::default())?;
            // secure_delete and VACUUM, so that no deleted text of the log stays in the bytes that leave the machine.
            db.execute_batch(
                "PRAGMA journal_mode=MEMORY; PRAGMA secure_delete=ON; PRAGMA foreign_keys=ON; PRAGMA temp_store=MEMORY;
                 DELETE FROM draft; DELETE FROM log_image; DELETE FROM log_step;",
            )?;
            known::drop_all(&db)?;
            db.execute_batch("VACUUM")?;
        }
        connection::refuse_other_head(temp.path(), key)?;
        let header = seal.as_ref().and_then(|seal| seal.header.as_ref());
        if let Some(header) = header {
            seal::announce(place, header)?;
        }
        temp.as_file()
            .sync_all()
            .and_then(|()| put(temp, place, into))
            .map_err(StoreError::io_at(LEAVING, place))?;
        folder::sync(into, LEAVING)?;
        seal::settle(place, header)?;
        Ok(true)
    }
}

/// Whether a row that is not as it was written in `other` is so in `own`, for instance since a merge healed it.
fn is_sounder(own: &Connection, other: &Connection) -> Result<bool> {
    for table in SqlTable::ALL {
        let of_other = wrong(other, table)?;
        if !of_other.is_empty() && !of_other.is_subset(&wrong(own, table)?) {
            return Ok(true);
        }
    }
    Ok(false)
}

/// Gives a finished file its name in the folder `into`.
fn put(temp: NamedTempFile, place: &Path, into: &Path) -> io::Result<()> {
    let temp = match temp.persist(place) {
        Ok(_) => return Ok(()),
        Err(error) if error.error.kind() == io::ErrorKind::CrossesDevices => error.file,
        Err(error) => return Err(error.error),
    };
    // No rename leads to another disk. What lies there for a moment holds only what leaves the machine anyway.
    let mut there = Unfinished::Leaving.file_in(into)?;
    io::copy(&mut File::open(temp.path())?, there.as_file_mut())?;
    there.as_file().sync_all()?;
    there.persist(place).map_err(|error| error.error)?;
    Ok(())
}

/// The files of other machines in `folder`, and the names of everything else there. The caller reports the latter: conflict
/// copies of a sync program are among them.
pub(crate) fn left_by_others(
    folder: &Path,
    own: &str,
) -> std::io::Result<(Vec<PathBuf>, Vec<String>)> {
    let (mut journals, mut others) = (Vec::new(), Vec::new());
    for entry in std::fs::read_dir(folder)? {
        let entry = entry?;
        let name = entry.file_name().to_string_lossy().into_owned();
        let middle = name
            .strip_prefix(BEFORE)
            .and_then(|rest| rest.strip_suffix(AFTER));
        let is_of_machine = middle.is_some_and(|middle| {
            middle.len() == 12 && middle.bytes().all(|byte| byte.is_ascii_hexdigit())
        });
        if name == own {
            continue;
        }
        // The key's file beside the file of a machine.
        let is_of_key = header::ENDINGS.iter().any(|end| {
            let of = name.strip_suffix(end);
            of.is_some_and(|of| of.starts_with(BEFORE) && of.ends_with(AFTER))
        });
        if is_of_key {
            continue;
        }
        if is_of_machine && entry.file_type()?.is_file() {
            journals.push(entry.path());
        } else {
            others.push(name);
        }
    }
    journals.order();
    others.order();
    Ok((journals, others))
}
