//! The errors of the store. Each sentence says what happened, what is safe, and what to do next.

mod sqlite;

use super::folder::writer::Writer;
use super::place::Place;
use crate::domain::attempt::{Attempt, Attempts};
use crate::domain::text::system_words::system_words;
use crate::domain::text::words;
use chrono::NaiveDate;
use std::io::ErrorKind;
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
    /// No file can be made in the folder of a new file.
    #[error("nothing can be written in {} ({})", folder.display(), system_words(source))]
    NoPlace {
        /// The folder.
        folder: PathBuf,
        /// The system's answer.
        source: std::io::Error,
    },
    /// A copy that cannot be restored, or another journal that cannot be taken in.
    #[error(
        "{path} is damaged ({what}); it was left as it is, and so was the journal, `ebb --journal {path} salvage OUT` brings what can be read of it into a new file OUT",
        path = path.display()
    )]
    DamagedCopy {
        /// The file.
        path: PathBuf,
        /// The finding, without content of the journal.
        what: String,
    },
    /// Another process holds the journal.
    #[error("{writer}{}; nothing was changed, try again in a moment", place(path))]
    Locked {
        /// The journal.
        path: PathBuf,
        /// The program that is in the way.
        writer: Writer,
    },
    /// A cloud program has the journal elsewhere, with a file in its place.
    #[error(
        "the journal at {} is not on this machine now: {} stands in its place; have it downloaded, then start again, and nothing was made in its place",
        path.display(),
        placeholder.display()
    )]
    NotHere {
        /// The journal.
        path: PathBuf,
        /// What stands in its place.
        placeholder: PathBuf,
    },
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
        "the journal{} is damaged ({what}); it was left as it is, copies beside it are untouched, `ebb doctor` tells more, `ebb salvage OUT` brings what can be read into a new file OUT, and `ebb helplines` still works",
        place(path)
    )]
    Damaged {
        /// The file.
        path: PathBuf,
        /// The finding, without content of the journal.
        what: String,
    },
    /// The journal is encrypted, and no passphrase was given.
    #[error(
        "{} is locked with a passphrase, and none was given; nothing was read or changed, and `ebb helplines` still works",
        .0.display()
    )]
    Sealed(PathBuf),
    /// Another passphrase opens it.
    #[error(
        "that is not the passphrase of {}; nothing was changed, try again as often as you like, or use the recovery sheet: `ebb passphrase recover`",
        .0.display()
    )]
    WrongPassphrase(PathBuf),
    /// The sheet of another key.
    #[error("that is a sheet, but not the one of {}; nothing was changed", .0.display())]
    WrongSheet(PathBuf),
    /// The header of an encrypted file is not beside it.
    #[error(
        "{} is encrypted, and its key's file {} is not beside it or is that of another one; nothing was changed, put it back, or let `ebb passphrase recover` make a new one from the recovery sheet",
        path.display(),
        header.display()
    )]
    NoHeader {
        /// The encrypted file.
        path: PathBuf,
        /// Where its header belongs.
        header: PathBuf,
    },
    /// The header of an encrypted file is damaged.
    #[error(
        "the key's file {} is damaged, so no passphrase can be tried; the journal itself is as it was, put a copy of that file back (each copy of the journal has one beside it), or let `ebb passphrase recover` make a new one from the recovery sheet",
        .0.display()
    )]
    DamagedHeader(PathBuf),
    /// A later version wrote the header.
    #[error(
        "the key's file beside {} has form {found}, which this version of ebb does not know; nothing was touched, a newer ebb opens it",
        path.display()
    )]
    NewerHeader {
        /// The header's form.
        found: u32,
        /// The encrypted file.
        path: PathBuf,
    },
    /// The disk or the quota is full.
    #[error(
        "the disk is full, so nothing of this was written{}; everything saved earlier is safe",
        to(path)
    )]
    DiskFull {
        /// The file.
        path: PathBuf,
    },
    /// The file or its file system is read-only.
    #[error(
        "the journal{} is read-only here, so this was not saved; everything saved earlier is safe",
        place(path)
    )]
    ReadOnly {
        /// The file.
        path: PathBuf,
    },
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
    /// A day without comes back to a day that has a dose by now.
    #[error(
        "{} has a dose of that product by now, so it is no day without; nothing was changed",
        crate::domain::text::words::short_day(*day)
    )]
    DoseOnDay {
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
    /// The undo log of a step is not as it was written.
    #[error(
        "what was noted to take this step back is damaged, so it can be neither taken back nor done again; nothing was changed, `ebb doctor --full` tells more"
    )]
    DamagedStep,
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
    #[error("{}", place.sentence(path))]
    Moved {
        /// The path at which it was opened.
        path: PathBuf,
        /// What became of it.
        place: Place,
    },
    /// The disk or the system could not read or write the file. That says nothing about its content.
    #[error(
        "the journal{} could not be {work}, because the disk or the system answered with an error; everything saved earlier is safe, and `ebb doctor` tells whether the file is sound",
        place(path)
    )]
    Disk {
        /// The file.
        path: PathBuf,
        /// What could not be done: "read", "written", "used".
        work: &'static str,
    },
    /// The commit gave an error, and the file could not be read after it.
    #[error(
        "the disk gave an error at the end of saving, and the journal{} could not be read after it, so this may be saved or not; look at it before you enter this again, everything saved earlier is safe",
        place(path)
    )]
    Unsure {
        /// The file.
        path: PathBuf,
    },
    /// Any other answer of the file system.
    #[error(
        "{doing}{} did not work: {}; everything saved earlier is safe",
        place(path),
        system_words(source)
    )]
    Io {
        /// The work that failed.
        doing: &'static str,
        /// The file.
        path: PathBuf,
        /// The system's answer.
        source: std::io::Error,
    },
    /// Any other answer of `SQLite`.
    #[error(
        "the journal{} could not be used (error {} of its database); everything saved earlier is safe",
        place(path),
        sqlite::extended_code(source)
    )]
    Sql {
        /// The file.
        path: PathBuf,
        /// The answer.
        source: rusqlite::Error,
    },
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

    /// Puts a file system error about `path` beside what was being done.
    pub(super) fn io_at(doing: &'static str, path: &Path) -> impl FnOnce(std::io::Error) -> Self {
        let path = path.to_owned();
        move |source| match source.kind() {
            ErrorKind::StorageFull | ErrorKind::QuotaExceeded => Self::DiskFull { path },
            ErrorKind::ReadOnlyFilesystem => Self::ReadOnly { path },
            // A name that is already taken and the like: the caller knows more and maps it itself.
            _ => Self::Io {
                doing,
                path,
                source,
            },
        }
    }

    /// Names the file in an error about it that does not name one yet, or the program that has it locked.
    #[must_use]
    pub(super) fn at(mut self, file: &Path) -> Self {
        if let Self::Locked {
            writer: writer @ Writer::Unknown,
            ..
        } = &mut self
        {
            *writer = Writer::at(file);
        }
        if let Self::Damaged { path, .. }
        | Self::Disk { path, .. }
        | Self::DiskFull { path }
        | Self::ReadOnly { path }
        | Self::Moved { path, .. }
        | Self::Io { path, .. }
        | Self::Sql { path, .. }
        | Self::Locked { path, .. }
        | Self::Unsure { path } = &mut self
            && path.as_os_str().is_empty()
        {
            file.clone_into(path);
        }
        self
    }

    /// Whether the place of the file cannot be written to.
    pub(super) fn is_of_a_fixed_place(&self) -> bool {
        match self {
            Self::ReadOnly { .. } => true,
            Self::Io { source, .. } => source.kind() == ErrorKind::PermissionDenied,
            _ => false,
        }
    }

    /// Whether the disk or `SQLite` failed, and not the request.
    pub(super) const fn is_of_the_disk(&self) -> bool {
        matches!(
            self,
            Self::Disk { .. }
                | Self::DiskFull { .. }
                | Self::ReadOnly { .. }
                | Self::Moved { .. }
                | Self::Io { .. }
                | Self::Sql { .. }
        )
    }

    /// The message about a save that gave this error.
    pub(crate) fn of_a_save(&self) -> String {
        match self {
            Self::Unsure { .. } => words::sentence(&self.to_string()),
            error => format!("Not saved: {error}."),
        }
    }

    /// The message about an erasing that gave this error.
    pub(crate) fn of_an_erasing(&self) -> String {
        match self {
            Self::Unsure { .. } => words::sentence(&self.to_string()),
            error => format!("It is still in the bin (a copy may be without it already): {error}."),
        }
    }

    /// The notice behind the message about a save, if the journal could not be read again after it.
    pub(crate) fn of_reading_back(&self) -> String {
        format!(
            "It is saved, but the journal could not be read again after it: {}.",
            self.why()
        )
    }

    /// The journal is locked by a program that [`Self::at`] looks for.
    pub(super) fn locked() -> Self {
        Self::Locked {
            path: PathBuf::new(),
            writer: Writer::Unknown,
        }
    }
}

/// " to /home/…/journal.db", or nothing where no file is known.
fn to(path: &Path) -> String {
    if path.as_os_str().is_empty() {
        String::new()
    } else {
        format!(" to {}", path.display())
    }
}

/// " at /home/…/journal.db", or nothing for a journal without a file.
fn place(path: &Path) -> String {
    if path.as_os_str().is_empty() {
        String::new()
    } else {
        format!(" at {}", path.display())
    }
}

/// The result of the store's functions.
pub type Result<T> = std::result::Result<T, StoreError>;
