//! The only place where `SQLite` opens a file, and is given a key.
//!
//! Invariant: a file is opened with the key that its first bytes name, or not at all; and a file that is being made is looked
//! at again before it gets its name. A cipher that is misspelt, or a build without it, would write plain text in silence.

use super::door::{Door, head_at, name_at, name_of_headless};
use super::{Key, KeyName, held};
use crate::store::error::{Result, StoreError};
use rusqlite::config::DbConfig;
use rusqlite::{Connection, OpenFlags};
use std::os::unix::fs::MetadataExt;
use std::path::Path;
use zeroize::Zeroizing;

const CIPHER: &str = "aegis";
/// What is wrong with an encrypted file that does not begin as one.
pub(in crate::store) const HEADLESS: &str = "its first bytes are damaged";

/// Opens the file at `path`, with its key if it is encrypted.
///
/// # Errors
/// [`StoreError::Sealed`] and its kin for an encrypted file whose key this run does not hold.
pub(in crate::store) fn open(path: &Path, flags: OpenFlags) -> Result<Connection> {
    Ok(open_with_key(path, flags)?.0)
}

/// [`open`], with the key that the file was opened with.
pub(in crate::store) fn open_with_key(
    path: &Path,
    flags: OpenFlags,
) -> Result<(Connection, Option<Key>)> {
    // Two tries: a rewrite may exchange the file in this moment, and its successor has another key.
    for _ in 0..2 {
        let before = inode(path);
        let head = head_at(path);
        let name = head.and_then(|head| KeyName::in_head(&head));
        if head.is_some_and(|head| name_of_headless(path, &head).is_some()) {
            return Err(StoreError::Damaged {
                path: path.to_owned(),
                what: HEADLESS.to_owned(),
            });
        }
        let key = name.map(|name| key_of(path, name)).transpose()?;
        // SQLite opens the file here, and reads it only when it is asked something.
        let db = Connection::open_with_flags(path, flags)?;
        if before == inode(path) {
            if let Some(key) = &key {
                give(&db, key)?;
            }
            keep_plans(&db)?;
            return Ok((db, key));
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
    hand(db, key)?;
    // The first read: from here on a page that does not belong is damage, and never another key.
    db.query_row("SELECT count(*) FROM sqlite_schema", [], |row| {
        row.get::<_, i64>(0)
    })?;
    Ok(())
}

/// Opens a private copy of a damaged file to look at its pages one by one. Nothing of it is read yet.
pub(in crate::store) fn open_damaged(path: &Path, key: &Key) -> Result<Connection> {
    let db = Connection::open_with_flags(path, OpenFlags::SQLITE_OPEN_READ_ONLY)?;
    hand(&db, key)?;
    // Without it a damaged list of tables would be the end of the matter.
    db.execute_batch("PRAGMA writable_schema=ON; PRAGMA mmap_size=0; PRAGMA temp_store=MEMORY;")?;
    Ok(db)
}

/// Gives a connection its key, before anything is read.
fn hand(db: &Connection, key: &Key) -> Result<()> {
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
    Ok(())
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test may stop at the first surprise")]
mod tests {
    use super::*;
    use crate::store::{Seed, Store};
    use chrono::DateTime;
    use std::collections::BTreeSet;

    #[test]
    fn sqlite_is_built_as_the_journal_needs_it() {
        let db = Connection::open_in_memory().unwrap();
        let mut query = db.prepare("PRAGMA compile_options").unwrap();
        let options = query.query_map([], |row| row.get::<_, String>(0)).unwrap();
        let options: BTreeSet<String> = options.map(|option| option.unwrap()).collect();
        for needed in [
            // One connection may go from thread to thread.
            "THREADSAFE=1",
            // Temporary tables are not encrypted, so that they stay in memory.
            "TEMP_STORE=2",
            "DEFAULT_FOREIGN_KEYS",
            "DEFAULT_MMAP_SIZE=0",
            "DEFAULT_SYNCHRONOUS=2",
            "DEFAULT_PAGE_SIZE=4096",
            "ENABLE_API_ARMOR",
            "ENABLE_DBPAGE_VTAB",
            "USE_URI",
            // A journal must never bring code along.
            "OMIT_LOAD_EXTENSION",
        ] {
            assert!(options.contains(needed), "{needed}: {options:?}");
        }
        let cut = |option: &&String| {
            let less = [
                "OMIT_",
                "UNTESTABLE",
                "DEBUG",
                "NO_SYNC",
                "USER_AUTHENTICATION",
            ];
            *option != "OMIT_LOAD_EXTENSION" && less.iter().any(|less| option.starts_with(less))
        };
        assert_eq!(options.iter().find(cut), None);
        // Functions of the cipher's makers that read and write files, or fetch code.
        for function in [
            "readfile('x')",
            "writefile('x', 'y')",
            "load_extension('x')",
        ] {
            let called = db.query_row(&format!("SELECT {function}"), [], |_| Ok(()));
            assert!(called.is_err(), "{function} can be called");
        }
        let version = rusqlite::version_number();
        assert!(
            version >= 3_051_003,
            "{version} may damage a journal in WAL mode"
        );
    }

    #[test]
    fn every_journal_plain_or_encrypted_is_opened_with_the_same_care() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("j.db");
        let seed = Seed {
            now: DateTime::UNIX_EPOCH,
            journal: [81; 16],
            device: [81; 16],
        };
        let mut store = Store::create(&path, seed).unwrap();
        for _ in 0..2 {
            let asked = |name: &str| -> String {
                let answer = store.pragma(name);
                answer.unwrap_or_else(|| panic!("{name} says nothing"))
            };
            for (name, value) in [
                ("secure_delete", "1"),
                ("synchronous", "3"),
                ("journal_mode", "truncate"),
                ("temp_store", "2"),
                ("mmap_size", "0"),
                ("trusted_schema", "0"),
                ("cell_size_check", "1"),
                ("foreign_keys", "1"),
            ] {
                assert_eq!(asked(name), value, "{name}");
            }
            let one = super::super::passphrase::Passphrase::new("one").unwrap();
            store.set_passphrase(&one).unwrap();
        }
        assert!(store.is_encrypted());
    }

    impl Store {
        fn pragma(&self, name: &str) -> Option<String> {
            let value = self.db.pragma_query_value(None, name, |row| {
                Ok(match row.get_ref(0)? {
                    rusqlite::types::ValueRef::Integer(number) => number.to_string(),
                    other => other.as_str().unwrap_or_default().to_owned(),
                })
            });
            value.ok()
        }
    }
}
