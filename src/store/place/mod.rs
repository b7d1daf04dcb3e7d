//! The place of an open journal: whether its path still leads to the file that was opened, and whether that can be written.
//!
//! Invariant: every write is preceded by one look. Another file at the path is never written, and nothing that went into a
//! file without a name is called saved.

mod look;

use std::fs::Metadata;
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

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
    /// An encrypted file is at the path, and this run does not have its key.
    Sealed,
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
            Self::Sealed => format!(
                "the journal at {path} was given a passphrase or a new key while it was open here, so nothing of this was written; start ebb again and save again"
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
            Self::Deleted | Self::Gone | Self::Replaced | Self::Sealed | Self::OutOfReach
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
            Self::Sealed => (
                format!(
                    "Locked: {path} was given a passphrase or a new key in another window. Nothing is saved; start ebb again."
                ),
                "Locked meanwhile: nothing is saved.",
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

/// What a program wants to do with a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Wanted {
    /// Write to it.
    Write,
    /// Make a file in it, since it is a folder.
    Make,
}

/// Whether the system refuses this process what it wants with a file. Owner, mode, mount and flags decide together.
type Refusal = fn(&Path, Wanted) -> bool;
/// How the system is asked. Without it every file counts as one that can be written.
static REFUSAL: OnceLock<Refusal> = OnceLock::new();

/// Makes known how the system is asked, once, before any journal is opened.
pub(crate) fn make_known(refusal: Refusal) {
    REFUSAL.set(refusal).ok();
}

/// Whether this process may write the journal at `path`, as far as the system tells without a try.
pub(crate) fn may_be_written(path: &Path) -> bool {
    let Some(is_refused) = REFUSAL.get() else {
        return true;
    };
    // SQLite keeps its rollback journal beside the real file, and needs the folder only to make one.
    let real = path.canonicalize().unwrap_or_else(|_| path.to_owned());
    let mut beside = real.clone().into_os_string();
    beside.push("-journal");
    let beside = PathBuf::from(beside);
    let is_closed = if beside.symlink_metadata().is_ok() {
        is_refused(&beside, Wanted::Write)
    } else {
        let folder = real
            .parent()
            .filter(|folder| !folder.as_os_str().is_empty());
        let folder = folder.unwrap_or(Path::new("."));
        // A file in the place of a folder is no matter of rights; opening says what it is.
        !folder.is_file() && is_refused(folder, Wanted::Make)
    };
    !is_closed && !is_refused(&real, Wanted::Write)
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
