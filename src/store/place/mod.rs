//! The place of an open journal: whether its path still leads to the file that was opened, and whether that can be written.
//!
//! Invariant: every write is preceded by one look. Another file at the path is never written, and nothing that went into a
//! file without a name is called saved.

pub(super) mod folder;

use super::backup::copy;
use super::backup::with_ending;
use super::error::StoreError;
use super::{MIGRATIONS, Store, open};
use rustix::fs::{Access, AtFlags, CWD, accessat};
use rustix::io::Errno;
use std::fs::Metadata;
use std::io::ErrorKind;
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};

/// The place of an open journal.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum Place {
    /// Where it was opened, and it can be written.
    #[default]
    Usual,
    /// Where it was opened, but the file, its folder or its file system is read-only.
    ReadOnly,
    /// Moved or renamed to that path.
    Renamed(PathBuf),
    /// Deleted: no name leads to it any more.
    Deleted,
    /// There is no file at the path, and the system does not tell what became of it.
    Gone,
    /// Another file is at the path.
    Replaced,
    /// Another file of the same journal is at the path, as after a restore or a sync.
    Renewed,
    /// The system does not let the program look.
    OutOfReach,
}

impl Place {
    /// What happened to the journal at `path`, and what to do next. It follows "Not saved:" and the like.
    pub(super) fn sentence(&self, path: &Path) -> String {
        let path = path.display();
        match self {
            Self::Usual => format!("the journal is at {path}"),
            Self::ReadOnly => format!("the journal at {path} is read-only here"),
            Self::Renamed(to) => format!(
                "the journal was moved while it was open, so nothing of this was written to {path}; it is {} now, move it back and save again",
                to.display()
            ),
            Self::Deleted => format!(
                "the journal at {path} was deleted while it was open, so nothing of this was written; `ebb backup --list` names its copies"
            ),
            Self::Gone => format!(
                "the journal was moved or deleted while it was open, so nothing of this was written to {path}; put it back there and save again"
            ),
            Self::Replaced => format!(
                "the journal was replaced while it was open: another file is at {path} now. Nothing of this was written, and that file was not touched; put the journal back and save again"
            ),
            Self::Renewed => format!(
                "the file at {path} was replaced by another one of the same journal, as a restore or a sync program does. Nothing of this was written; that file is open now, look at it and save again"
            ),
            Self::OutOfReach => format!(
                "the system does not let ebb reach {path} any more, so nothing of this was written; once it does, save again"
            ),
        }
    }

    /// Whether the file that is open is lost to the path at which the person looks for it.
    pub(crate) fn is_lost(&self) -> bool {
        matches!(
            self,
            Self::Deleted | Self::Gone | Self::Replaced | Self::OutOfReach
        )
    }

    /// The lasting line about a journal that cannot be written, whole and short; `None` if it can.
    pub(crate) fn banner(&self, path: &Path) -> Option<(String, &'static str)> {
        let path = path.display();
        Some(match self {
            Self::Usual | Self::Renewed => return None,
            Self::ReadOnly => (
                format!(
                    "Read only: {path} cannot be written to. Looking works; nothing can be saved."
                ),
                "Read only: nothing can be saved.",
            ),
            Self::Renamed(to) => (
                format!(
                    "Moved: the journal is {} now. Nothing is saved until it is at {path} again.",
                    to.display()
                ),
                "Moved: nothing is saved.",
            ),
            Self::Deleted => (
                format!("Deleted: the journal is not at {path} any more. Nothing is saved."),
                "Deleted: nothing is saved.",
            ),
            Self::Gone => (
                format!("Gone: the journal is not at {path} any more. Nothing is saved."),
                "Gone: nothing is saved.",
            ),
            Self::Replaced => (
                format!(
                    "Replaced: another file is at {path}, and ebb leaves it alone. Nothing is saved."
                ),
                "Replaced: nothing is saved.",
            ),
            Self::OutOfReach => (
                format!("Out of reach: {path}. Nothing is saved."),
                "Out of reach: nothing is saved.",
            ),
        })
    }
}

/// The notice about another file of the same journal.
pub(crate) const RENEWED: &str = "The journal's file was replaced by another one of the same journal, as a restore or a sync program does. That file is open now.";
/// The notice about what would write into a read-only journal.
pub(crate) const READ_ONLY: &str = "The journal is read-only here, so nothing new can be saved. Everything in it can be looked at.";

/// What names a file, whatever path leads to it: its device and inode.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct FileId {
    device: u64,
    inode: u64,
}

impl FileId {
    /// The file at `path`, if there is one.
    pub(super) fn at(path: &Path) -> Option<Self> {
        path.metadata().ok().map(|meta| Self::of(&meta))
    }

    fn of(meta: &Metadata) -> Self {
        Self {
            device: meta.dev(),
            inode: meta.ino(),
        }
    }
}

impl Store {
    /// Looks where the journal is. Changes nothing.
    pub(crate) fn look(&self) -> Place {
        let Some(path) = &self.path else {
            return Place::Usual;
        };
        match path.metadata() {
            Ok(meta) if Some(FileId::of(&meta)) == self.file => {
                if may_be_written(path) {
                    Place::Usual
                } else {
                    Place::ReadOnly
                }
            }
            Ok(_) if self.is_of_this_journal(path) => Place::Renewed,
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
    pub(super) fn refuse_elsewhere(&mut self) -> Result<(), StoreError> {
        let place = self.follow();
        self.problem_of(place).map_or(Ok(()), Err)
    }

    /// The error of a write to a journal in this place.
    pub(super) fn problem_of(&self, place: Place) -> Option<StoreError> {
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
    pub(super) fn is_of_this_journal(&self, path: &Path) -> bool {
        // Read-only, so that SQLite plays no rollback journal of ours into a file of somebody else.
        let id = || -> Result<String, StoreError> {
            open::recognise(path, MIGRATIONS)?;
            Ok(open::journal_id(&copy::read_only(path)?))
        };
        id().is_ok_and(|id| id == self.id && !id.is_empty())
    }
}

/// Whether this process may write the journal at `path`, as far as the system tells without a try.
pub(crate) fn may_be_written(path: &Path) -> bool {
    // SQLite keeps its rollback journal beside the real file, and needs the folder only to make one.
    let real = path.canonicalize().unwrap_or_else(|_| path.to_owned());
    let beside = with_ending(&real, "-journal");
    let folder = copy::folder_of(&real);
    let is_refused = |path: &Path, access: Access| {
        let answer = accessat(CWD, path, access, AtFlags::EACCESS);
        matches!(answer, Err(Errno::ACCESS | Errno::PERM | Errno::ROFS))
    };
    let is_there = beside.symlink_metadata().is_ok();
    let is_closed = if is_there {
        is_refused(&beside, Access::WRITE_OK)
    } else {
        is_refused(folder, Access::WRITE_OK | Access::EXEC_OK)
    };
    !is_closed && !is_refused(&real, Access::WRITE_OK)
}

/// What became of an open file that is not at its path any more.
fn whereabouts(file: FileId) -> Place {
    // The system lists the open files of a process there; on Linux each one is a link to where the file is now.
    let Ok(open) = Path::new("/dev/fd").read_dir() else {
        return Place::Gone;
    };
    let is_it = |link: &PathBuf| link.metadata().is_ok_and(|meta| FileId::of(&meta) == file);
    let Some(link) = open
        .flatten()
        .map(|entry| entry.path())
        .find(|link| is_it(link))
    else {
        return Place::Gone;
    };
    if link.metadata().is_ok_and(|meta| meta.nlink() == 0) {
        return Place::Deleted;
    }
    let to = link.read_link().ok();
    to.filter(|to| FileId::at(to) == Some(file))
        .map_or(Place::Gone, Place::Renamed)
}

#[cfg(test)]
mod tests;
