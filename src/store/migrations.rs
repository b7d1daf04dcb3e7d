//! The forms of a journal file, oldest first, and the migrations from one to the next.
//!
//! Invariant: migrations only go forward. Each one is a transaction of its own that ends with `user_version`. A verified
//! copy is made before the first one.

use super::backup::copy;
use super::error::{Result, StoreError};
use super::integrity::sum;
use rusqlite::{Connection, MAIN_DB, TransactionBehavior};
use std::path::Path;

/// The `application_id` of every journal: "`EbbT`".
pub(crate) const APPLICATION_ID: i32 = 0x4562_6254;

// Append only: a released form exists in journals of people, so its SQL and its place never change.
/// Every form: its name and its SQL. Its place in the list, counted from 1, is the `user_version`.
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
    ("0005_sum", include_str!("../../migrations/0005_sum.sql")),
    (
        "0006_day_without",
        include_str!("../../migrations/0006_day_without.sql"),
    ),
    (
        "0007_without_time",
        include_str!("../../migrations/0007_without_time.sql"),
    ),
];

/// The part of a migration that SQL cannot do.
type Half = fn(&Connection) -> Result<()>;

// By name, so that the list of forms stays SQL that any tool can read. When a later form changes what the sums of the rows
// there are go over, its half computes them, and this one goes.
/// The forms whose migration has such a part. It runs after the SQL, in the same transaction.
const HALVES: &[(&str, Half)] = &[("0005_sum", sum::write_all)];

/// The newest form of `migrations`.
pub(crate) fn newest(migrations: &[(&str, &str)]) -> u32 {
    u32::try_from(migrations.len()).unwrap_or(u32::MAX)
}

/// Refuses a form that `migrations` does not know.
pub(crate) fn refuse_newer(found: u32, migrations: &[(&str, &str)]) -> Result<()> {
    let known = newest(migrations);
    if found > known {
        Err(StoreError::NewerJournal { found, known })
    } else {
        Ok(())
    }
}

/// Brings the journal at `path` to the newest form, after a verified copy beside it. Does nothing to one of that form.
pub(crate) fn migrate(
    db: &mut Connection,
    path: Option<&Path>,
    migrations: &[(&str, &str)],
) -> Result<()> {
    let found = version(db)?;
    refuse_newer(found, migrations)?;
    if found == newest(migrations) {
        return Ok(());
    }
    // Before the copy: without this, every opening of a read-only file would leave one beside it.
    if db.is_readonly(MAIN_DB)? {
        let path = path.unwrap_or(Path::new("")).to_owned();
        return Err(StoreError::ReadOnly { path });
    }
    // Form 0 is a database in the making: it holds nothing worth a copy. Without a path the database is in memory or
    // a copy itself.
    if let (Some(path), true) = (path, found > 0) {
        copy::before_migration(db, path, found)?;
    }
    for (at, (name, sql)) in (0_u32..).zip(migrations).skip(found as usize) {
        let tx = db.transaction_with_behavior(TransactionBehavior::Exclusive)?;
        // Another process may have migrated the file between the look above and this lock.
        if version(&tx)? != at {
            continue;
        }
        tx.execute_batch(sql)?;
        for (_, half) in HALVES.iter().filter(|(of, _)| of == name) {
            half(&tx)?;
        }
        tx.pragma_update(None, "user_version", at + 1)?;
        tx.commit()?;
    }
    Ok(())
}

/// The form of an open file.
pub(crate) fn version(db: &Connection) -> Result<u32> {
    Ok(db.pragma_query_value(None, "user_version", |row| row.get(0))?)
}
