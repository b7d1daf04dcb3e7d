//! Keys that an encrypted journal knows beside its own: those it had before, and those of other machines' files that the
//! person agreed to keep. They lie in the journal, so they are under its key.
//!
//! Invariant: they are in no plain file, in no file that leaves the machine, and in no export.

use super::{Key, held};
use crate::store::error::Result;
use crate::store::read;
use rusqlite::Connection;
use zeroize::Zeroizing;

// In the table of the journal's own facts, whose rows are looked up by their names alone.
/// The beginning of the name of such a row.
const BEFORE: &str = "key:";

/// Keeps a key in an encrypted journal.
pub(in crate::store) fn keep(db: &Connection, key: &Key) -> Result<()> {
    let bytes = Zeroizing::new(read::hex(key.bytes()));
    db.execute(
        "INSERT OR REPLACE INTO journal (key, value) VALUES (?1, ?2)",
        [&row(key), &*bytes],
    )?;
    Ok(())
}

fn row(key: &Key) -> String {
    format!("{BEFORE}{}", read::hex(&key.name().0))
}

/// The keys that a journal knows.
pub(in crate::store) fn of(db: &Connection) -> Result<Vec<Key>> {
    let mut query =
        db.prepare("SELECT value FROM journal WHERE substr(key, 1, 4) = ?1 ORDER BY key")?;
    let mut rows = query.query([BEFORE])?;
    let mut keys = Vec::new();
    while let Some(row) = rows.next()? {
        let bytes = row.get::<_, String>(0).ok().map(Zeroizing::new);
        let bytes = bytes
            .and_then(|text| read::unhex(&text))
            .map(Zeroizing::new);
        // A damaged row opens nothing, and the rest is as good.
        if let Some(bytes) = bytes
            .as_deref()
            .and_then(|bytes| bytes.as_slice().try_into().ok())
        {
            keys.push(Key::of(bytes));
        }
    }
    Ok(keys)
}

/// Holds the keys that a journal knows for this run, so that its older copies open.
pub(in crate::store) fn hold(db: &Connection) -> Result<()> {
    of(db)?.iter().for_each(held::hold);
    Ok(())
}

/// Drops all of them: before a journal becomes plain, and in what leaves the machine.
pub(in crate::store) fn drop_all(db: &Connection) -> Result<()> {
    db.execute("DELETE FROM journal WHERE substr(key, 1, 4) = ?1", [BEFORE])?;
    Ok(())
}
