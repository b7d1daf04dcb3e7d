//! Writes one copy of an open journal with `SQLite`'s backup, and reads the copy back before it gets its name.
//!
//! Invariant: a copy is whole or absent. It is made under a temporary name, 0600, checked, synced and renamed. A link in its
//! place is never followed, and a file in its place is only replaced if the caller asked for that.

use crate::domain::order::Ordered;
use crate::store::error::{Result, StoreError};
use crate::store::folder;
pub(crate) use crate::store::folder::folder_of;
use crate::store::folder::temporary::Unfinished;
use crate::store::integrity::structure::{self, Look};
use crate::store::key::door::name_at;
use crate::store::key::seal::Seal;
use crate::store::key::{Key, connection, seal};
use rusqlite::backup::{Backup, StepResult};
use rusqlite::{Connection, OpenFlags};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};
use tempfile::NamedTempFile;

const DOING: &str = "copying the journal";

/// What may exist at the path of a new file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Occupant {
    /// Nothing.
    Nothing,
    /// A plain file, which the new one replaces.
    File,
}

/// Copies `db` to `target`, under the key of `seal` or plain.
pub(super) fn write(
    db: &Connection,
    target: &Path,
    standing: Occupant,
    seal: Option<&Seal>,
) -> Result<()> {
    let key = seal.map(|seal| &seal.key);
    let temp = temporary_copy(db, folder_of(target), key).map_err(|error| match error {
        // The journal itself is only read here.
        error @ (StoreError::DiskFull { .. } | StoreError::ReadOnly { .. }) => error.at(target),
        error => error,
    })?;
    place(temp, target, standing, seal)
}

/// Copies `db` to a temporary file in `folder` and reads it back.
pub(in crate::store) fn temporary_copy(
    db: &Connection,
    folder: &Path,
    key: Option<&Key>,
) -> Result<NamedTempFile> {
    let temp = Unfinished::Copy
        .file_in(folder)
        .map_err(StoreError::io_at(DOING, folder))?;
    // The counts and the pages come from one transaction, so that a save in between cannot make them differ. The caller may
    // have begun one already.
    let begins = db.is_autocommit() && is_encrypted(db) == key.is_some();
    let transaction = begins.then(|| db.unchecked_transaction()).transpose()?;
    let expected = counts(db)?;
    transcribe(db, temp.path(), key)?;
    drop(transaction);
    verify(&expected, temp.path())?;
    temp.as_file()
        .sync_all()
        .map_err(StoreError::io_at(DOING, folder))?;
    Ok(temp)
}

/// Whether the file of a connection is encrypted.
fn is_encrypted(db: &Connection) -> bool {
    db.path()
        .is_some_and(|path| name_at(Path::new(path)).is_some())
}

/// Writes the content of `from` into the empty file at `to`, under a key or plain.
pub(in crate::store) fn transcribe(from: &Connection, to: &Path, key: Option<&Key>) -> Result<()> {
    if is_encrypted(from) == key.is_some() {
        let mut copy = connection::make(to, key)?;
        // No other program knows this file yet: no rollback journal is needed, and one sync at the end is enough.
        copy.execute_batch("PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF;")?;
        pages(from, &mut copy)?;
    } else {
        // A page of an encrypted file has less room, so that pages cannot be taken over one by one.
        from.execute("VACUUM INTO ?1", [&*connection::address(to, key)])?;
    }
    connection::refuse_other_head(to, key)
}

/// Reads a file into memory, where no key is needed.
pub(in crate::store) fn into_memory(from: &Connection) -> Result<Connection> {
    let mut memory = Connection::open_in_memory()?;
    if !is_encrypted(from) {
        pages(from, &mut memory)?;
        return Ok(memory);
    }
    // Only a database in memory with a name can be written from another connection. It is shared by all who name it, and a
    // file written from it would be one in memory too, so that it is left again at once.
    let number = STAGED.fetch_add(1, Ordering::Relaxed);
    let address = format!("file:/staged-{number}?vfs=memdb");
    let named = Connection::open(&address)?;
    from.execute("VACUUM INTO ?1", [format!("{address}&key=&reserve=0")])?;
    pages(&named, &mut memory)?;
    Ok(memory)
}

/// Numbers the databases in memory.
static STAGED: AtomicU64 = AtomicU64::new(0);

/// Gives a finished copy its name, and makes the name outlast a power cut. The header of an encrypted one comes with it.
pub(in crate::store) fn place(
    temp: NamedTempFile,
    target: &Path,
    standing: Occupant,
    seal: Option<&Seal>,
) -> Result<()> {
    let store_error = |error: io::Error| match error.kind() {
        io::ErrorKind::AlreadyExists => StoreError::Exists(target.to_owned()),
        _ => StoreError::io_at(DOING, target)(error),
    };
    let there = target.symlink_metadata();
    if let (Occupant::File, Ok(meta)) = (standing, &there)
        && !meta.is_file()
    {
        return Err(StoreError::NotAFile(target.to_owned()));
    }
    let header = seal.and_then(|seal| seal.header.as_ref());
    if let Some(header) = header
        && (standing == Occupant::File || there.is_err())
    {
        seal::announce(target, header)?;
    }
    match standing {
        // A rename replaces a link that somebody put there meanwhile, never the file that the link points to.
        Occupant::File => temp.persist(target),
        Occupant::Nothing => temp.persist_noclobber(target),
    }
    .map_err(|error| store_error(error.error))?;
    folder::sync(folder_of(target), DOING)?;
    seal::settle(target, header)
}

/// Deletes a copy, and the header beside it.
pub(super) fn remove(copy: &Path) {
    if std::fs::remove_file(copy).is_ok() {
        seal::remove_beside(copy);
    }
}

/// Copies every page of `from` over those of `to`, as one change of `to`.
pub(in crate::store) fn pages(from: &Connection, to: &mut Connection) -> Result<()> {
    // All pages at once: between two smaller steps another process could write, and the backup would begin again.
    match Backup::new(from, to)?.step(-1)? {
        StepResult::Done => Ok(()),
        _ => Err(StoreError::locked()),
    }
}

/// The number of rows of each table.
pub(in crate::store) fn counts(db: &Connection) -> Result<Vec<(String, i64)>> {
    let mut tables = db.prepare(
        "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name",
    )?;
    let names = tables.query_map([], |row| row.get::<_, String>(0))?;
    names
        .map(|name| {
            let name = name?;
            // A foreign file may have any table name, also one with a quote in it.
            let sql = format!("SELECT count(*) FROM \"{}\"", name.replace('"', "\"\""));
            let count = db.query_row(&sql, [], |row| row.get(0))?;
            Ok((name, count))
        })
        .collect()
}

fn verify(expected: &[(String, i64)], copy: &Path) -> Result<()> {
    let db = read_only(copy)?;
    if structure::is_sound(&db, Look::Whole)? && counts(&db)? == expected {
        return Ok(());
    }
    Err(StoreError::Damaged {
        path: copy.to_owned(),
        what: "its copy did not read back whole".to_owned(),
    })
}

/// Opens a file read-only, so that no trigger or view in it can run code. The checks of its pages ignore CHECK constraints:
/// a row with a damaged value does not make a copy useless, since a load skips such a row.
pub(in crate::store) fn read_only(path: &Path) -> Result<Connection> {
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let db = connection::open(path, flags)?;
    db.busy_timeout(std::time::Duration::from_secs(2))?;
    db.execute_batch(
        "PRAGMA trusted_schema=OFF; PRAGMA cell_size_check=ON; PRAGMA mmap_size=0; PRAGMA temp_store=MEMORY;
         PRAGMA ignore_check_constraints=ON;",
    )?;
    Ok(db)
}

/// Copies the journal at `path` to a file beside it, before a migration changes its form `form`. The last two earlier copies
/// of this kind are kept.
pub(crate) fn before_migration(db: &Connection, path: &Path, form: u32) -> Result<PathBuf> {
    let folder = folder_of(path);
    let mut earlier = of_migrations(path);
    let number = earlier.iter().filter(|(of, ..)| *of == form);
    let number = number.map(|(_, number, _)| *number).max().unwrap_or(0);
    let stem = path.file_stem().unwrap_or_default().to_string_lossy();
    let next = number.saturating_add(1);
    let target = folder.join(format!("{stem}.form-{form}.copy-{next}.db"));
    let seal = Seal::of(path)?;
    let key = seal.as_ref().map(|seal| &seal.key);
    let temp = temporary_copy(db, folder, key).map_err(|error| error.at(&target))?;
    // A run that was killed in the migration has made this copy already.
    let fresh = content(temp.path())?;
    let same = |copy: &Path| content(copy).is_ok_and(|content| content == fresh);
    let mut of_form = earlier.iter().filter(|(of, ..)| *of == form);
    if let Some((_, _, copy)) = of_form.find(|(_, _, copy)| same(copy)) {
        return Ok(copy.clone());
    }
    place(temp, &target, Occupant::Nothing, seal.as_ref())?;
    // Only sound copies count: a damaged copy must not push out the last one that can be restored.
    earlier.order_by_key(|(form, number, _)| std::cmp::Reverse((*form, *number)));
    let mut sound = 1;
    for (_, _, copy) in earlier {
        if sound >= super::rotation::OF_EACH {
            remove(&copy);
        } else if is_sound(&copy) {
            sound += 1;
        }
    }
    Ok(target)
}

/// What a copy holds, to see whether two are the same: the bytes of a plain one. Those of an encrypted one differ each time,
/// so that its content is read in memory.
fn content(copy: &Path) -> Result<Vec<u8>> {
    if name_at(copy).is_none() {
        return std::fs::read(copy).map_err(StoreError::io_at(DOING, copy));
    }
    let mut memory = into_memory(&read_only(copy)?)?;
    Ok(memory.serialize(rusqlite::MAIN_DB)?.to_vec())
}

/// Whether the pages of a file fit together.
pub(super) fn is_sound(path: &Path) -> bool {
    // The quick look, since this runs for several copies after a save; the full check was done when the copy was made.
    read_only(path)
        .and_then(|db| structure::is_sound(&db, Look::Quick))
        .unwrap_or(false)
}

/// The copies beside the journal at `path` that were made before a migration: form, number, file.
pub(super) fn of_migrations(path: &Path) -> Vec<(u32, u32, PathBuf)> {
    plain_files(folder_of(path))
        .into_iter()
        .filter_map(|(name, file)| {
            read_name(path, &name).map(|(form, number)| (form, number, file))
        })
        .collect()
}

/// The form and the number in the file name of a copy made before a migration of the journal at `path`.
fn read_name(path: &Path, name: &str) -> Option<(u32, u32)> {
    let stem = path.file_stem().unwrap_or_default().to_string_lossy();
    let rest = name.strip_prefix(stem.as_ref())?.strip_prefix(".form-")?;
    let (form, rest) = rest.split_once(".copy-")?;
    Some((form.parse().ok()?, rest.strip_suffix(".db")?.parse().ok()?))
}

/// Whether the name of `file` is that of a copy made before a migration of the journal at `path`.
pub(crate) fn is_of_migration(path: &Path, file: &Path) -> bool {
    let name = file.file_name().unwrap_or_default().to_string_lossy();
    read_name(path, &name).is_some()
}

/// The plain files of a folder with their names, ordered by name. A missing folder has none.
pub(crate) fn plain_files(folder: &Path) -> Vec<(String, PathBuf)> {
    let files = std::fs::read_dir(folder).into_iter().flatten().flatten();
    // `file_type` does not follow links: a link in the folder of copies may lead anywhere.
    let mut files: Vec<(String, PathBuf)> = files
        .filter(|file| file.file_type().is_ok_and(|kind| kind.is_file()))
        .filter_map(|file| Some((file.file_name().into_string().ok()?, file.path())))
        .collect();
    files.order();
    files
}
