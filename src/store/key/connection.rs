//! The only place where `SQLite` opens a file, and is given a key.
//!
//! Invariant: a file is opened with the key that its first bytes name, or not at all; and a file that is being made is looked
//! at again before it gets its name. A cipher that is misspelt, or a build without it, would write plain text in silence.

use super::door::{Door, name_at};
use super::{Key, KeyName, held};
use crate::store::error::{Result, StoreError};
use rusqlite::config::DbConfig;
use rusqlite::{Connection, OpenFlags};
use std::os::unix::fs::MetadataExt;
use std::path::Path;
use zeroize::Zeroizing;

const CIPHER: &str = "aegis";

/// Opens the file at `path`, with its key if it is encrypted.
///
/// # Errors
/// [`StoreError::Sealed`] and its kin for an encrypted file whose key this run does not hold.
pub(in crate::store) fn open(path: &Path, flags: OpenFlags) -> Result<Connection> {
    // Two tries: a rewrite may exchange the file in this moment, and its successor has another key.
    for _ in 0..2 {
        let before = inode(path);
        let name = name_at(path);
        let key = name.map(|name| key_of(path, name)).transpose()?;
        // SQLite opens the file here, and reads it only when it is asked something.
        let db = Connection::open_with_flags(path, flags)?;
        if before == inode(path) {
            if let Some(key) = &key {
                give(&db, key)?;
            }
            keep_plans(&db)?;
            return Ok(db);
        }
    }
    Err(StoreError::locked())
}

/// Opens a new, empty file, which is encrypted from its first page on if there is a key.
pub(in crate::store) fn make(path: &Path, key: Option<&Key>) -> Result<Connection> {
    let db = Connection::open(path)?;
    if let Some(key) = key {
        give(&db, key)?;
    }
    keep_plans(&db)?;
    Ok(db)
}

/// Keeps the plan of a query when its parameters change. Without this `SQLite` prepares the query for the ratings of a check-in
/// anew for each check-in, which was a quarter of the time of the day's copy.
pub(in crate::store) fn keep_plans(db: &Connection) -> Result<()> {
    db.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG, true)?;
    Ok(())
}

/// Refuses a file that was just made and does not begin as it has to.
pub(in crate::store) fn refuse_other_head(path: &Path, key: Option<&Key>) -> Result<()> {
    if name_at(path) == key.map(Key::name) {
        return Ok(());
    }
    Err(StoreError::Damaged {
        path: path.to_owned(),
        what: "the new file is not encrypted as it has to be".to_owned(),
    })
}

/// The address of a file under another key, for `VACUUM INTO`.
pub(in crate::store) fn address(path: &Path, key: Option<&Key>) -> Zeroizing<String> {
    let mut address = Zeroizing::new(String::with_capacity(path.as_os_str().len() * 3 + 160));
    address.push_str("file:");
    for byte in path.as_os_str().as_encoded_bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'/' | b'.' | b'-' | b'_' => {
                address.push(char::from(*byte));
            }
            byte => {
                use std::fmt::Write as _;
                write!(address, "%{byte:02x}").ok();
            }
        }
    }
    match key {
        Some(key) => {
            address.push_str("?cipher=");
            address.push_str(CIPHER);
            address.push_str("&key=");
            address.push_str(&key.raw());
        }
        None => address.push_str("?key=&reserve=0"),
    }
    address
}

fn inode(path: &Path) -> Option<(u64, u64)> {
    let meta = path.metadata().ok()?;
    Some((meta.dev(), meta.ino()))
}

fn key_of(path: &Path, name: KeyName) -> Result<Key> {
    if let Some(key) = held::get(name) {
        return Ok(key);
    }
    match Door::of(path)? {
        Door::Locked(locked) => Err(locked.refusal()),
        Door::Open => Err(StoreError::locked()),
    }
}

/// Gives a connection its key and sees that it took it.
fn give(db: &Connection, key: &Key) -> Result<()> {
    let without = || StoreError::Damaged {
        path: std::path::PathBuf::new(),
        what: "this build of ebb has no cipher for it".to_owned(),
    };
    // A build without the cipher answers with no row, and writes plain text.
    let answer = |sql: &str| db.query_row(sql, [], |row| row.get::<_, String>(0));
    if answer(&format!("PRAGMA cipher='{CIPHER}'")).ok().as_deref() != Some(CIPHER) {
        return Err(without());
    }
    let raw = key.raw();
    let mut sql = Zeroizing::new(String::with_capacity(raw.len() + 16));
    sql.push_str("PRAGMA key='");
    sql.push_str(&raw);
    sql.push('\'');
    if answer(&sql).ok().as_deref() != Some("ok") {
        return Err(without());
    }
    // The first read: from here on a page that does not belong is damage, and never another key.
    db.query_row("SELECT count(*) FROM sqlite_schema", [], |row| {
        row.get::<_, i64>(0)
    })?;
    Ok(())
}
