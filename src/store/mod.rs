//! The journal file: one `SQLite` database, and the only code that speaks SQL.
//!
//! Invariant: every write goes through [`Store::apply`], in one short transaction that also logs how to take it back. Only
//! [`Store::erase`] leaves no way back. Everything in memory was read back from the file. Deliberately absent: any cache,
//! any second connection.

mod hybrid_clock;
mod undo_log;

pub mod backup;
mod bin;
mod commit;
mod draft;
mod error;
mod folder;
mod integrity;
pub mod key;
mod merge;
mod migrations;
mod open;
mod ours;
pub(crate) mod place;
mod read;
mod record;
mod step;

mod write;

pub use backup::copy::Occupant;
pub(crate) use backup::differ_text;
pub(crate) use backup::restore::{Preview, Restored};
pub use backup::rotation::CopyKind;
pub(crate) use backup::salvage::{Brought, Salvaged, Steps, Sureness};
pub use backup::{Copy, CopyState};
pub use error::{Result, StoreError};
pub(crate) use folder::conflict::{conflicts_beside, is_conflict_name};
pub(crate) use folder::temporary::{Process, Unfinished, sweep_elsewhere};
pub(crate) use folder::window::{WindowFile, Windows};
pub use folder::writer::Writer;
pub use integrity::doctor::{Depth, Examination, Finding, Grade};
pub(crate) use integrity::unread::Unread;
pub use merge::Run;
pub(crate) use merge::sync::left_by_others;
pub use migrations::MIGRATIONS;
pub(crate) use open::refuse_no_file;
pub use open::{Seed, is_journal};
pub(crate) use ours::{Destination, Ours, buffered};
pub use place::Place;
pub(crate) use place::may_be_written;
pub(crate) use step::Applied;

use hybrid_clock::Clock;
use place::FileId;
use rusqlite::Connection;
use std::cell::{Cell, OnceCell, RefCell};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// The version of `SQLite` that is built in.
pub(crate) fn sqlite_version() -> &'static str {
    rusqlite::version()
}

/// The form that journals have after this version opened them.
pub(crate) fn newest_form() -> u32 {
    migrations::newest(MIGRATIONS)
}

/// An open journal. One process may hold several. A write waits at most two seconds for another process.
pub struct Store {
    db: Connection,
    path: Option<PathBuf>,
    /// The file that was opened; another one may come to lie at its path.
    file: Option<FileId>,
    /// The journal's own id, which its copies share.
    id: String,
    /// Its key; `None` for a plain journal.
    key: Option<key::Key>,
    /// Read before the first write: most runs only read.
    clock: OnceCell<Clock>,
    rows_read: Cell<u64>,
    // By table and name, so that a row read twice in one session is counted once.
    unread: RefCell<BTreeMap<(&'static str, String), Unread>>,
    // SQLite's own counter: it grows only when another connection commits, so own saves never look like a change.
    data_version: Cell<Option<i64>>,
    // Set while opening the file again after an error has not worked yet.
    must_reopen: bool,
    // Set for a copy in memory of an older form, which could not be migrated where it lies.
    is_stand_in: bool,
    // Set when another file of the same journal was opened, until the journal in memory is read again.
    is_renewed: bool,
}

/// How often a transaction is ended that a [`Stop`] keeps from ending.
const TRIES: usize = 10_000;

/// Ends what the store is reading at the moment, from another thread. It must not be used while the store writes.
pub struct Stop(rusqlite::InterruptHandle);

impl Stop {
    /// Ends it: the reading fails, and nothing else does.
    pub fn now(&self) {
        self.0.interrupt();
    }
}

/// `SQLite`'s counter of the commits of other connections.
fn data_version(db: &Connection) -> Result<i64> {
    Ok(db.pragma_query_value(None, "data_version", |row| row.get(0))?)
}

impl Store {
    /// Carries out `read`, which only reads, in one transaction: all of it sees one state of the file while another process writes,
    /// and the lock is taken once.
    pub(crate) fn at_one_moment<T>(&self, read: impl FnOnce() -> Result<T>) -> Result<T> {
        if !self.db.is_autocommit() {
            return read();
        }
        let begun = self.db.unchecked_transaction().map_err(StoreError::from);
        let outcome = self.named(begun).and_then(|tx| {
            let outcome = read();
            drop(tx);
            outcome
        });
        self.end_reading();
        outcome
    }

    /// Sees that no transaction stays open. A reading that is broken off may be so in the very step that begins or ends it, and
    /// the write behind it would be refused.
    fn end_reading(&self) {
        for _ in 0..TRIES {
            if self.db.is_autocommit() {
                return;
            }
            // Kept, because the parser can be broken off at each word.
            let end = self.db.prepare_cached("ROLLBACK");
            end.and_then(|mut end| end.execute([])).ok();
        }
    }

    /// Lets go of the store where the process ends next. The system takes its memory and its file back at once, while `SQLite`
    /// would free a piece at a time. Under a key it is closed all the same, so that the key is wiped.
    pub(crate) fn leave(self) {
        if !self.is_encrypted() {
            std::mem::forget(self);
        }
    }

    /// What ends a reading of this store.
    pub fn stop(&self) -> Stop {
        Stop(self.db.get_interrupt_handle())
    }

    /// The path of the file; `None` for a journal in memory.
    pub(crate) fn path(&self) -> Option<&Path> {
        self.path.as_deref()
    }

    /// The journal's own id: its copies have the same one, wherever they lie.
    pub(crate) fn id(&self) -> &str {
        &self.id
    }

    /// How many check-in and rating rows were read so far. Tests use it to see that a save reads back only its day.
    pub fn rows_read(&self) -> u64 {
        self.rows_read.get()
    }

    /// Whether another process wrote to the file since the last call of this function.
    pub fn was_changed_elsewhere(&self) -> Result<bool> {
        let version = self.named(data_version(&self.db))?;
        Ok(self
            .data_version
            .replace(Some(version))
            .is_some_and(|before| before != version))
    }
}
