//! The look at the file of an open journal, and what follows from it.

use super::{FileId, Place, may_be_written, whereabouts};
use crate::store::backup::copy;
use crate::store::error::StoreError;
use crate::store::key::door::name_at;
use crate::store::key::held;
use crate::store::{MIGRATIONS, Store, open};
use std::io::ErrorKind;
use std::path::Path;

/// Whether the file at `path` is encrypted under a key that this run does not have.
fn is_sealed(path: &Path) -> bool {
    name_at(path).is_some_and(|name| held::get(name).is_none())
}

impl Store {
    /// Looks where the journal is. Changes nothing.
    pub(crate) fn look(&self) -> Place {
        let Some(path) = &self.path else {
            return Place::Usual;
        };
        match path.metadata() {
            Ok(meta) if Some(FileId::of(&meta)) == self.file => {
                if may_be_written(path) && !self.is_stand_in {
                    Place::Usual
                } else {
                    Place::ReadOnly
                }
            }
            Ok(_) if self.is_of_this_journal(path) => Place::Renewed,
            Ok(_) if is_sealed(path) => Place::Sealed,
            Ok(_) => Place::Replaced,
            Err(error)
                if matches!(error.kind(), ErrorKind::NotFound | ErrorKind::NotADirectory) =>
            {
                self.file.map_or(Place::Gone, whereabouts)
            }
            Err(_) => Place::OutOfReach,
        }
    }

    /// Looks where the journal is, and opens the file at its path if that one is of the same journal.
    ///
    /// After [`Place::Renewed`] the journal in memory has to be read again.
    pub(crate) fn follow(&mut self) -> Place {
        match self.look() {
            Place::Renewed if self.reopen().is_err() => Place::Replaced,
            place => place,
        }
    }

    /// Refuses a write where it would reach no file, or the wrong one.
    pub(in crate::store) fn refuse_elsewhere(&mut self) -> Result<(), StoreError> {
        let place = self.follow();
        self.problem_of(place).map_or(Ok(()), Err)
    }

    /// The error of a write to a journal in this place.
    pub(in crate::store) fn problem_of(&self, place: Place) -> Option<StoreError> {
        let path = self.path.clone()?;
        match place {
            Place::Usual => None,
            Place::ReadOnly => Some(StoreError::ReadOnly { path }),
            place => Some(StoreError::Moved { path, place }),
        }
    }

    /// Whether another file of the same journal was opened since the last call. The journal in memory has to be read again then.
    pub(crate) fn take_renewal(&mut self) -> bool {
        std::mem::take(&mut self.is_renewed)
    }

    /// Whether the file at `path` is of this journal: it may be a copy of it, older or newer.
    pub(in crate::store) fn is_of_this_journal(&self, path: &Path) -> bool {
        // Read-only, so that SQLite plays no rollback journal of ours into a file of somebody else.
        let id = || -> Result<String, StoreError> {
            open::recognise(path, MIGRATIONS)?;
            Ok(open::journal_id(&copy::read_only(path)?))
        };
        id().is_ok_and(|id| id == self.id && !id.is_empty())
    }
}
