//! The errors of the store. Each sentence says what happened, what is safe, and what to do next.

use crate::domain::attempt::{Attempt, Attempts};
use chrono::NaiveDate;
use std::path::{Path, PathBuf};

/// A failure of the store.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// There is no file.
    #[error("there is no journal at {} yet; `ebb start` makes one", .0.display())]
    NoJournal(PathBuf),
    /// There is a file at the path of a new journal.
    #[error("{} is there already, so nothing was made and nothing in it was touched", .0.display())]
    Exists(PathBuf),
    /// The target is a folder, a link or a device.
    #[error("{} is not a plain file, so it was left as it is", .0.display())]
    NotAFile(PathBuf),
    /// Something that is no file is at the journal's path.
    #[error(
        "{} is {what}, and a journal is a plain file; it was left as it is, name the journal's file",
        path.display()
    )]
    NoJournalFile {
        /// The path.
        path: PathBuf,
        /// "a pipe", "a folder" …
        what: &'static str,
    },
    /// The target of a write is the journal, a copy of it or the config file.
    #[error(
        "{} is {what}, so nothing was written there and it is as it was; name another place",
        path.display()
    )]
    Ours {
        /// The target, as the person wrote it.
        path: PathBuf,
        /// Which file of ours it is.
        what: &'static str,
    },
    /// A copy that cannot be restored.
    #[error("{} is damaged ({what}); it was left as it is, and so was the journal", path.display())]
    DamagedCopy {
        /// The file.
        path: PathBuf,
        /// The finding, without content of the journal.
        what: String,
    },
    /// Another process holds the journal.
    #[error(
        "another program is writing to the journal; nothing was changed, try again in a moment"
    )]
    Locked,
    /// A later version made the journal.
    #[error(
        "this journal has form {found}, and this version of ebb knows forms up to {known}; nothing was touched, a newer ebb opens it"
    )]
    NewerJournal {
        /// The file's form.
        found: u32,
        /// The newest form that this program knows.
        known: u32,
    },
    /// The file is no Ebbtide journal.
    #[error("{} is not an Ebbtide journal; it was left as it is", .0.display())]
    NotAJournal(PathBuf),
    /// The journal is damaged.
    #[error(
        "the journal at {} is damaged ({what}); it was left as it is, copies beside it are untouched, `ebb doctor` tells more and `ebb helplines` still works",
        path.display()
    )]
    Damaged {
        /// The file.
        path: PathBuf,
        /// The finding, without content of the journal.
        what: String,
    },
    /// The disk or the quota is full.
    #[error("the disk is full, so this was not saved; everything saved earlier is safe")]
    DiskFull,
    /// The file or its file system is read-only.
    #[error(
        "the journal is read-only here, so this was not saved; everything saved earlier is safe"
    )]
    ReadOnly,
    /// Two attempts may not begin on one day.
    #[error(
        "attempt {number} begins on {day} already, and two attempts may not begin on one day; nothing was changed"
    )]
    AttemptOnSameDay {
        /// The other attempt's number.
        number: usize,
        /// The day.
        day: NaiveDate,
    },
    /// An id that the journal does not hold.
    #[error("the journal has no such {0}; nothing was changed")]
    Unknown(&'static str),
    /// A check-in without a rating, an overall or a note.
    #[error("{}; everything saved earlier is safe", crate::domain::check_in::Blank)]
    Blank,
    /// An older screen saves an entry that was erased for good since.
    #[error(
        "this entry was erased for good since, so it was not saved again; a new one can be begun"
    )]
    ErasedForGood,
    /// Nothing to undo.
    #[error("there is nothing to undo")]
    NothingToUndo,
    /// Nothing to redo.
    #[error("there is nothing to redo")]
    NothingToRedo,
    /// Another window changed a row of the step since.
    #[error(
        "\"{what}\" was changed since in another window, so it stays as it is; nothing was touched"
    )]
    ChangedSince {
        /// The step.
        what: String,
    },
    /// A stored value that no version of ebb writes.
    #[error(
        "the journal holds a value that ebb cannot read ({0}); nothing was changed, `ebb doctor` tells more"
    )]
    Unreadable(&'static str),
    /// A word that this version does not know. A newer version with the same form may have written it.
    #[error(
        "the journal holds something that this version of ebb does not know ({0}); it is kept, nothing was changed, `ebb doctor` tells more"
    )]
    NotKnown(&'static str),
    /// The file was moved, replaced or deleted since it was opened.
    #[error(
        "the journal's file was moved, replaced or deleted since it was opened, so this was not saved; what was saved earlier is in that file"
    )]
    Moved,
    /// Any other answer of the file system.
    #[error("{doing} did not work: {source}; everything saved earlier is safe")]
    Io {
        /// The work that failed.
        doing: &'static str,
        /// The system's answer.
        source: std::io::Error,
    },
    /// Any other answer of `SQLite`.
    #[error("the journal could not be used: {0}; everything saved earlier is safe")]
    Sql(rusqlite::Error),
}

impl StoreError {
    /// Two attempts may not begin on one day.
    ///
    /// # Errors
    /// [`Self::AttemptOnSameDay`] where another one begins on the day of `attempt`.
    pub(crate) fn unless_on_its_own_day(attempts: &Attempts, attempt: &Attempt) -> Result<()> {
        let other = attempts.beginning_on(attempt.began, attempt.id);
        other.map_or(Ok(()), |other| {
            Err(Self::AttemptOnSameDay {
                number: other.number,
                day: attempt.began,
            })
        })
    }

    /// Puts a file system error beside what was being done.
    pub(super) fn io(doing: &'static str) -> impl FnOnce(std::io::Error) -> Self {
        move |source| match source.kind() {
            std::io::ErrorKind::StorageFull | std::io::ErrorKind::QuotaExceeded => Self::DiskFull,
            std::io::ErrorKind::ReadOnlyFilesystem => Self::ReadOnly,
            // A name that is already taken and the like: the caller knows more and maps it itself.
            _ => Self::Io { doing, source },
        }
    }

    /// Names the file in an error that only says "damaged".
    #[must_use]
    pub(super) fn at(self, path: &Path) -> Self {
        match self {
            Self::Damaged { what, .. } => Self::Damaged {
                path: path.to_owned(),
                what,
            },
            other => other,
        }
    }
}

impl From<rusqlite::Error> for StoreError {
    fn from(error: rusqlite::Error) -> Self {
        use rusqlite::ErrorCode;
        match error.sqlite_error_code() {
            Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => Self::Locked,
            Some(ErrorCode::DiskFull) => Self::DiskFull,
            Some(ErrorCode::ReadOnly) if is_moved(&error) => Self::Moved,
            Some(ErrorCode::ReadOnly) => Self::ReadOnly,
            Some(ErrorCode::DatabaseCorrupt | ErrorCode::NotADatabase) => Self::Damaged {
                // SQLite does not say which file; `StoreError::at` fills the path in.
                path: PathBuf::new(),
                what: "its pages do not fit together".to_owned(),
            },
            _ => Self::Sql(error),
        }
    }
}

/// Whether the path no longer leads to the open file (`SQLITE_READONLY_DBMOVED`). rusqlite has only its general code, which
/// would tell the person that the disk is read-only.
fn is_moved(error: &rusqlite::Error) -> bool {
    let code = error.sqlite_error().map(|error| error.extended_code);
    code == Some(rusqlite::ffi::SQLITE_READONLY_DBMOVED)
}

/// The result of the store's functions.
pub type Result<T> = std::result::Result<T, StoreError>;
