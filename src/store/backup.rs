//! Verified copies of a journal file.

use super::error::{Result, StoreError};
use super::folder;
use rusqlite::{Connection, MAIN_DB};
use std::path::{Path, PathBuf};

/// Copies the journal at `path`, which has form `form`, to a file beside it, and reads the copy back.
///
/// The copy is whole or absent: it is made under a temporary name, checked, synced, and renamed.
pub(super) fn copy_before_migration(db: &Connection, path: &Path, form: u32) -> Result<PathBuf> {
    let folder = path
        .parent()
        .filter(|folder| !folder.as_os_str().is_empty())
        .unwrap_or(Path::new("."));
    let temp = tempfile::Builder::new()
        .prefix(".ebb-copy-")
        .suffix(".db")
        .tempfile_in(folder);
    let temp = temp.map_err(StoreError::io("copying the journal"))?;
    db.backup(MAIN_DB, temp.path(), None::<fn(rusqlite::backup::Progress)>)?;
    verify(db, temp.path())?;
    temp.as_file()
        .sync_all()
        .map_err(StoreError::io("copying the journal"))?;
    let name = path
        .file_stem()
        .unwrap_or_default()
        .to_string_lossy()
        .into_owned();
    for number in 1.. {
        let target = folder.join(format!("{name}.form-{form}.copy-{number}.db"));
        if target.symlink_metadata().is_err() {
            temp.persist_noclobber(&target)
                .map_err(|error| StoreError::io("copying the journal")(error.error))?;
            folder::sync(folder, "copying the journal")?;
            return Ok(target);
        }
    }
    Err(StoreError::Unreadable("the name of a copy"))
}

/// The copies of the journal at `path` that lie beside it: those with a name, and those of a run that was cut short.
pub(super) fn copies(path: &Path) -> Vec<PathBuf> {
    let folder = path
        .parent()
        .filter(|folder| !folder.as_os_str().is_empty())
        .unwrap_or(Path::new("."));
    let stem = path.file_stem().unwrap_or_default().to_string_lossy();
    let named = format!("{stem}.form-");
    let is_copy = |name: &str| {
        let kept = name.starts_with(&named) && name.contains(".copy-");
        let begun = name.starts_with(".ebb-copy-");
        (kept || begun) && Path::new(name).extension().is_some_and(|end| end == "db")
    };
    let files = std::fs::read_dir(folder).into_iter().flatten().flatten();
    let mut copies: Vec<PathBuf> = files
        .filter(|file| file.file_type().is_ok_and(|kind| kind.is_file()))
        .filter(|file| file.file_name().to_str().is_some_and(is_copy))
        .map(|file| file.path())
        .collect();
    copies.sort();
    copies
}

fn verify(original: &Connection, copy: &Path) -> Result<()> {
    let copied = Connection::open(copy)?;
    let sound: String = copied.query_row("PRAGMA integrity_check(1)", [], |row| row.get(0))?;
    let counts = |db: &Connection| -> Result<(i64, i64)> {
        let sql = "SELECT (SELECT count(*) FROM check_in), (SELECT count(*) FROM rating)";
        Ok(db.query_row(sql, [], |row| Ok((row.get(0)?, row.get(1)?)))?)
    };
    if sound == "ok" && counts(&copied)? == counts(original)? {
        return Ok(());
    }
    Err(StoreError::Damaged {
        path: copy.to_owned(),
        what: "its copy did not read back whole".to_owned(),
    })
}
