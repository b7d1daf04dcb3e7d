//! The forms that a journal file has had, oldest first, and the way from one to the next.
//!
//! Invariant: forward only; each step is one transaction that ends with `user_version`; a verified copy is made before the
//! first step.

use super::backup::copy;
use super::error::{Result, StoreError};
use rusqlite::{Connection, TransactionBehavior};
use std::path::Path;

/// Marks a `SQLite` file as an Ebbtide journal: "`EbbT`".
pub const APPLICATION_ID: i32 = 0x4562_6254;

/// Every form: its name and its SQL. The place in the list, from 1, is the `user_version`.
pub const MIGRATIONS: &[(&str, &str)] = &[
    (
        "0001_initial",
        include_str!("../../migrations/0001_initial.sql"),
    ),
    (
        "0002_erased",
        include_str!("../../migrations/0002_erased.sql"),
    ),
    (
        "0003_record",
        include_str!("../../migrations/0003_record.sql"),
    ),
    (
        "0004_put_back",
        include_str!("../../migrations/0004_put_back.sql"),
    ),
];

/// The newest form of `migrations`.
pub fn newest(migrations: &[(&str, &str)]) -> u32 {
    u32::try_from(migrations.len()).unwrap_or(u32::MAX)
}

/// Refuses a form that `migrations` does not know.
pub fn refuse_newer(found: u32, migrations: &[(&str, &str)]) -> Result<()> {
    let known = newest(migrations);
    if found > known {
        Err(StoreError::NewerJournal { found, known })
    } else {
        Ok(())
    }
}

/// Brings the journal at `path` to the newest form, after a verified copy beside it. Nothing happens when it is there.
pub fn migrate(
    db: &mut Connection,
    path: Option<&Path>,
    migrations: &[(&str, &str)],
) -> Result<()> {
    let found = version(db)?;
    refuse_newer(found, migrations)?;
    if found == newest(migrations) {
        return Ok(());
    }
    if let (Some(path), true) = (path, found > 0) {
        copy::before_migration(db, path, found)?;
    }
    for (at, (_, sql)) in (0_u32..).zip(migrations).skip(found as usize) {
        let tx = db.transaction_with_behavior(TransactionBehavior::Exclusive)?;
        // Another process may have been here between the look and the lock.
        if version(&tx)? != at {
            continue;
        }
        tx.execute_batch(sql)?;
        tx.pragma_update(None, "user_version", at + 1)?;
        tx.commit()?;
    }
    Ok(())
}

/// The form of an open file.
pub fn version(db: &Connection) -> Result<u32> {
    Ok(db.pragma_query_value(None, "user_version", |row| row.get(0))?)
}
