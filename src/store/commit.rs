//! The end of every write: the commit, and the look into the file after an error of it.
//!
//! Invariant: an error at a commit is only reported after the file was opened again and has no trace of the write. A write
//! that was reported as not saved would be entered a second time.

use super::Store;
use super::error::{Result, StoreError};
use super::hybrid_clock::Stamp;
use super::place::Place;
use crate::domain::id::EntryId;
use rusqlite::{Connection, OptionalExtension, Transaction};

/// A write whose commit was tried: its value, and the outcome of the commit.
pub(super) struct Written<T> {
    value: T,
    commit: Result<()>,
}

impl<T> Written<T> {
    /// Commits `tx`, which holds a write that gives `value`.
    pub(super) fn commit(tx: Transaction<'_>, value: T) -> Self {
        #[cfg(not(test))]
        let commit = tx.commit();
        #[cfg(test)]
        let commit = tests::commit(tx);
        Self {
            value,
            // At once, since it asks the system why its last call failed.
            commit: commit.map_err(StoreError::from),
        }
    }

    /// A write that `SQLite` committed by itself, with this outcome.
    pub(super) fn by_itself(value: T, outcome: Result<()>) -> Self {
        #[cfg(test)]
        let outcome = outcome.and_then(|()| Ok(tests::with_fault(Ok(()))?));
        Self {
            value,
            commit: outcome,
        }
    }

    /// Rolls `tx` back after a trial that gives `value`.
    pub(super) fn roll_back(tx: Transaction<'_>, value: T) -> Self {
        // Dropping rolls back as well, so a failure here leaves nothing in the file.
        tx.rollback().ok();
        Self {
            value,
            commit: Ok(()),
        }
    }
}

/// The mark that a write leaves in the file.
pub(super) enum Trace<'a> {
    /// Its stamp.
    Stamp(Stamp),
    /// The content of a draft; `None` if the draft was deleted.
    Draft(EntryId, Option<&'a str>),
    /// What a restored copy holds, compared by this function.
    Content(&'a dyn Fn(&Connection) -> Result<bool>),
}

// Steps, erasings and exchanges leave their stamp in different places. No two writes have the same stamp.
/// Finds any trace of the write with a stamp.
const STAMP: &str = "
    SELECT 1 FROM log_step WHERE edited = ?1
    UNION ALL SELECT 1 FROM erased WHERE edited = ?1
    UNION ALL SELECT 1 FROM put_back WHERE edited = ?1
    UNION ALL SELECT 1 FROM journal WHERE key = 'clock' AND lower(value) = lower(hex(?1))";

impl Store {
    /// The outcome of a write that leaves `trace`. After an error at its commit the file itself decides.
    ///
    /// # Errors
    /// [`StoreError::Unsure`] if the file cannot be read after such an error. After any other error nothing was saved.
    pub(super) fn settle<T>(
        &mut self,
        written: Result<Written<T>>,
        trace: &Trace<'_>,
    ) -> Result<T> {
        let outcome = match written {
            Ok(Written { value, commit }) => match commit {
                Ok(()) => return Ok(value),
                // SQLite refuses a commit while others read, before it writes to the file.
                Err(error @ StoreError::Locked { .. }) => Err(error),
                Err(error) => match self.holds(trace) {
                    Ok(true) => Ok(value),
                    Ok(false) => Err(error),
                    Err(_) => Err(StoreError::Unsure {
                        path: self.path.clone().unwrap_or_default(),
                    }),
                },
            },
            Err(error) => {
                // SQLite may hold pages that differ from those on the disk. If this fails, the next write tries again.
                if error.is_of_the_disk() {
                    self.reopen().ok();
                }
                Err(error)
            }
        };
        self.named(outcome.map_err(|error| self.explained(error)))
    }

    fn holds(&mut self, trace: &Trace<'_>) -> Result<bool> {
        self.reopen()?;
        match trace {
            Trace::Stamp(stamp) => Ok(self.db.prepare_cached(STAMP)?.exists([stamp.0])?),
            Trace::Draft(id, content) => {
                let sql = "SELECT content FROM draft WHERE uid = ?1";
                let kept: Option<String> = self
                    .db
                    .query_row(sql, [id.as_bytes()], |row| row.get(0))
                    .optional()?;
                Ok(kept.as_deref() == *content)
            }
            Trace::Content(is_there) => is_there(&self.db),
        }
    }

    /// An error of the disk as what it is, if the file went away or became read-only after the look before the write.
    fn explained(&self, error: StoreError) -> StoreError {
        if !error.is_of_the_disk() {
            return error;
        }
        match self.look() {
            // `reopen` follows a file of the same journal; here the write has failed already.
            Place::Usual | Place::Renewed => error,
            place => self.problem_of(place).unwrap_or(error),
        }
    }

    /// Names the file of this journal in an error about it.
    pub(super) fn named<T>(&self, outcome: Result<T>) -> Result<T> {
        outcome.map_err(|error| match &self.path {
            Some(path) => error.at(path),
            None => error,
        })
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;
    use crate::domain::check_in::{CheckInDraft, Form};
    use crate::domain::id::EntryId;
    use crate::domain::journal::bin_kind::BinKind;
    use crate::domain::journal::change::Change;
    use crate::domain::journal::settings::OwnHelpLine;
    use crate::store::{Occupant, Run, Seed};
    use chrono::{DateTime, TimeDelta, Utc};
    use std::cell::Cell;
    use std::path::{Path, PathBuf};

    thread_local! {
        static FAULT: Cell<Option<Fault>> = const { Cell::new(None) };
    }

    #[derive(Clone, Copy)]
    enum Fault {
        /// An I/O error before anything is on the disk.
        Early,
        /// An I/O error after the commit is on the disk.
        Late,
        /// The same, and the file cannot be opened afterwards.
        LateAndGone,
    }

    /// Commits, or fails as a test asked for.
    pub(super) fn commit(tx: Transaction<'_>) -> rusqlite::Result<()> {
        if let Some(Fault::Early) = FAULT.get() {
            FAULT.take();
            tx.rollback().unwrap();
            return Err(io_error());
        }
        with_fault(tx.commit())
    }

    /// The commit's outcome, with the fault that a test asked for.
    pub(super) fn with_fault(commit: rusqlite::Result<()>) -> rusqlite::Result<()> {
        let Some(fault) = FAULT.take() else {
            return commit;
        };
        commit.unwrap();
        if let Fault::LateAndGone = fault {
            let path = GONE.take();
            std::fs::rename(&path, path.with_extension("away")).unwrap();
        }
        Err(io_error())
    }

    fn io_error() -> rusqlite::Error {
        let code = rusqlite::ffi::SQLITE_IOERR_DIR_FSYNC;
        rusqlite::Error::SqliteFailure(rusqlite::ffi::Error::new(code), None)
    }

    thread_local! {
        static GONE: Cell<PathBuf> = const { Cell::new(PathBuf::new()) };
    }

    fn noon() -> DateTime<Utc> {
        DateTime::from_timestamp(1_796_000_000, 0).unwrap()
    }

    fn journal(path: &Path, device: u8) -> Store {
        let seed = Seed {
            now: noon(),
            journal: [device; 16],
            device: [device; 16],
        };
        Store::create(path, seed).unwrap()
    }

    fn line(id: u8) -> Change {
        Change::RecordHelpLine(OwnHelpLine {
            id: EntryId::from_bytes([id; 16]),
            name: "A friend".to_owned(),
            contact: "12".to_owned(),
        })
    }

    fn lines(store: &Store) -> usize {
        store.settings().unwrap().help_lines.len()
    }

    #[test]
    fn a_write_that_is_on_the_disk_is_reported_as_saved_whatever_the_commit_answered() {
        let folder = tempfile::tempdir().unwrap();
        let mut store = journal(&folder.path().join("j.db"), 1);
        let late = |minutes| noon() + TimeDelta::minutes(minutes);

        FAULT.set(Some(Fault::Late));
        store.apply(&[line(1)], late(1)).unwrap();
        assert_eq!(lines(&store), 1);
        store.apply(&[line(2)], late(2)).unwrap();

        FAULT.set(Some(Fault::Late));
        let undone = store.undo(late(3)).unwrap();
        assert_eq!(
            (undone.label.what.as_str(), lines(&store)),
            ("help line written", 1)
        );
        FAULT.set(Some(Fault::Late));
        store.redo(late(4)).unwrap();
        assert_eq!(lines(&store), 2);

        let id = EntryId::from_bytes([2; 16]);
        FAULT.set(Some(Fault::Late));
        store.apply(&[Change::DeleteHelpLine(id)], late(5)).unwrap();
        FAULT.set(Some(Fault::Late));
        let erased = store.erase(BinKind::HelpLine, id, late(6)).unwrap();
        assert_eq!((erased.entries, lines(&store)), (1, 1));

        let mut other = journal(&folder.path().join("other.db"), 2);
        other.apply(&[line(3)], late(7)).unwrap();
        FAULT.set(Some(Fault::Late));
        store
            .merge_store(&other, Run::Real, late(8), [3; 16])
            .unwrap();
        assert_eq!(lines(&store), 2);
        assert!(FAULT.take().is_none(), "every fault was met");
    }

    #[test]
    fn a_draft_that_is_on_the_disk_is_kept_whatever_the_commit_answered() {
        let folder = tempfile::tempdir().unwrap();
        let mut store = journal(&folder.path().join("j.db"), 1);
        let id = EntryId::from_bytes([9; 16]);
        let mut draft = CheckInDraft::new(id, Form::Brief, noon().date_naive());
        draft.note = "words".to_owned();
        FAULT.set(Some(Fault::Late));
        store.keep_draft(&draft, noon()).unwrap();
        assert_eq!(store.drafts().unwrap(), [draft.clone()]);
        FAULT.set(Some(Fault::Late));
        store.drop_draft(id).unwrap();
        assert!(store.drafts().unwrap().is_empty());
        // An earlier state of the draft is not the one that was to be kept.
        store.keep_draft(&draft, noon()).unwrap();
        draft.note = "more words".to_owned();
        FAULT.set(Some(Fault::Early));
        store.keep_draft(&draft, noon()).unwrap_err();
        assert!(FAULT.take().is_none(), "every fault was met");
    }

    #[test]
    fn a_restored_copy_is_reported_as_such_whatever_the_last_step_answered() {
        let folder = tempfile::tempdir().unwrap();
        let mut store = journal(&folder.path().join("j.db"), 1);
        store.apply(&[line(1)], noon()).unwrap();
        let copy = folder.path().join("copy.db");
        store.back_up_to(&copy, Occupant::Nothing, noon()).unwrap();
        store.apply(&[line(2)], noon()).unwrap();
        FAULT.set(Some(Fault::Late));
        store.restore_from(&copy, noon()).unwrap();
        assert_eq!(lines(&store), 1);
        assert!(FAULT.take().is_none(), "the fault was met");
        store.apply(&[line(3)], noon()).unwrap();
        assert_eq!(lines(&store), 2);
    }

    #[test]
    fn a_write_that_cannot_be_looked_up_is_called_neither_saved_nor_lost() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("j.db");
        let mut store = journal(&path, 1);
        FAULT.set(Some(Fault::LateAndGone));
        GONE.set(path.clone());
        let error = store.apply(&[line(1)], noon()).unwrap_err();
        assert!(matches!(&error, StoreError::Unsure { path: file } if *file == path));
        assert!(!error.of_a_save().contains("Not saved"));

        // As soon as the file can be opened again, writing goes on.
        std::fs::rename(path.with_extension("away"), &path).unwrap();
        store.apply(&[line(2)], noon()).unwrap();
        assert_eq!(lines(&store), 2);
    }
}
