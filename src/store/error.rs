//! The errors of the store. Each sentence says what happened, what is safe, and what to do next.

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
    #[error("{0}; nothing was changed, try again in a moment")]
    Locked(Writer),
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
        extended_code(source)
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
        if let Self::Locked(writer @ Writer::Unknown) = &mut self {
            *writer = Writer::at(file);
        }
        if let Self::Damaged { path, .. }
        | Self::Disk { path, .. }
        | Self::DiskFull { path }
        | Self::ReadOnly { path }
        | Self::Moved { path, .. }
        | Self::Io { path, .. }
        | Self::Sql { path, .. }
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

    /// What an error of `SQLite` means to the person. `system` is the last answer of the operating system.
    fn of_sqlite(error: rusqlite::Error, system: &std::io::Error) -> Self {
        use rusqlite::ErrorCode;
        // SQLite does not say which file; `StoreError::at` fills the path in.
        let path = PathBuf::new();
        let damaged = |what: &str| Self::Damaged {
            path: PathBuf::new(),
            what: what.to_owned(),
        };
        match error.sqlite_error_code() {
            Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => {
                Self::Locked(Writer::Unknown)
            }
            Some(ErrorCode::DiskFull) => Self::DiskFull { path },
            Some(ErrorCode::ReadOnly) if is_moved(&error) => Self::Moved {
                path,
                place: Place::Gone,
            },
            Some(ErrorCode::ReadOnly) => Self::ReadOnly { path },
            Some(ErrorCode::SystemIoFailure | ErrorCode::CannotOpen) => {
                let work = work_of(extended_code(&error));
                match system.kind() {
                    // A read never fails for these reasons, so there the answer is that of an older call.
                    _ if work == READ => Self::Disk { path, work },
                    // SQLite knows only ENOSPC, and that only at a write.
                    ErrorKind::StorageFull | ErrorKind::QuotaExceeded => Self::DiskFull { path },
                    ErrorKind::ReadOnlyFilesystem => Self::ReadOnly { path },
                    _ => Self::Disk { path, work },
                }
            }
            // SQLite turns some errors of a read into "malformed" (SQLITE_IOERR_CORRUPTFS).
            Some(ErrorCode::DatabaseCorrupt)
                if matches!(system.raw_os_error(), Some(EIO | ENXIO)) =>
            {
                Self::Disk { path, work: READ }
            }
            Some(ErrorCode::DatabaseCorrupt | ErrorCode::NotADatabase) => {
                damaged("its pages do not fit together")
            }
            // All statements are our own, so the file lacks what they name.
            Some(_) if error.to_string().contains("no such ") => {
                damaged("its tables are not as they have to be")
            }
            // Only the rule of a table looks into a text as JSON.
            Some(_) if error.to_string().contains("malformed JSON") => {
                Self::Unreadable("a record's fields")
            }
            Some(_) => Self::Sql {
                path,
                source: error,
            },
            None => match error {
                rusqlite::Error::InvalidColumnType(..)
                | rusqlite::Error::FromSqlConversionFailure(..)
                | rusqlite::Error::IntegralValueOutOfRange(..)
                | rusqlite::Error::Utf8Error(..) => Self::Unreadable(A_VALUE),
                rusqlite::Error::QueryReturnedNoRows => {
                    damaged("a row that has to be there is missing")
                }
                other => Self::Sql {
                    path,
                    source: other,
                },
            },
        }
    }
}

/// The part that cannot be read, if only `SQLite` knows which one it is.
const A_VALUE: &str = "a value";
/// The work of [`StoreError::Disk`] that leaves the file as it is.
const READ: &str = "read";
// Both numbers are the same on every Unix. The standard library has no stable kind for them.
/// The system's answer when a disk fails.
const EIO: i32 = 5;
/// The system's answer when a disk is gone.
const ENXIO: i32 = 6;

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

fn extended_code(error: &rusqlite::Error) -> i32 {
    error.sqlite_error().map_or(0, |error| error.extended_code)
}

/// The work in which `SQLite` met an I/O error.
const fn work_of(extended_code: i32) -> &'static str {
    use rusqlite::ffi;
    match extended_code {
        ffi::SQLITE_IOERR_READ
        | ffi::SQLITE_IOERR_SHORT_READ
        | ffi::SQLITE_IOERR_CORRUPTFS
        | ffi::SQLITE_IOERR_FSTAT => READ,
        ffi::SQLITE_IOERR_WRITE
        | ffi::SQLITE_IOERR_FSYNC
        | ffi::SQLITE_IOERR_DIR_FSYNC
        | ffi::SQLITE_IOERR_TRUNCATE
        | ffi::SQLITE_IOERR_DELETE => "written",
        _ => "used",
    }
}

impl From<rusqlite::Error> for StoreError {
    fn from(error: rusqlite::Error) -> Self {
        // rusqlite does not pass on the system's own answer. No other call lies between SQLite and here.
        let system = std::io::Error::last_os_error();
        Self::of_sqlite(error, &system)
    }
}

/// Whether the path no longer leads to the open file (`SQLITE_READONLY_DBMOVED`). rusqlite has only its general code, which
/// would tell the person that the disk is read-only.
fn is_moved(error: &rusqlite::Error) -> bool {
    extended_code(error) == rusqlite::ffi::SQLITE_READONLY_DBMOVED
}

/// The result of the store's functions.
pub type Result<T> = std::result::Result<T, StoreError>;

#[cfg(test)]
mod tests {
    use super::*;
    use rusqlite::ffi;

    fn sqlite(code: i32) -> rusqlite::Error {
        rusqlite::Error::SqliteFailure(ffi::Error::new(code), Some("raw words".to_owned()))
    }

    fn meaning(code: i32, system: impl Into<std::io::Error>) -> StoreError {
        StoreError::of_sqlite(sqlite(code), &system.into())
    }

    fn eio() -> std::io::Error {
        std::io::Error::from_raw_os_error(EIO)
    }

    #[test]
    fn a_full_disk_and_a_full_quota_are_named_as_such_at_every_call_that_writes() {
        for code in [
            ffi::SQLITE_IOERR_WRITE,
            ffi::SQLITE_IOERR_FSYNC,
            ffi::SQLITE_IOERR_TRUNCATE,
            ffi::SQLITE_IOERR_DIR_FSYNC,
            ffi::SQLITE_CANTOPEN,
        ] {
            for system in [ErrorKind::StorageFull, ErrorKind::QuotaExceeded] {
                let error = meaning(code, system);
                assert!(
                    matches!(error, StoreError::DiskFull { .. }),
                    "{code} {error}"
                );
            }
            let error = meaning(code, ErrorKind::ReadOnlyFilesystem);
            assert!(
                matches!(error, StoreError::ReadOnly { .. }),
                "{code} {error}"
            );
        }
        assert!(matches!(
            meaning(ffi::SQLITE_FULL, ErrorKind::NotFound),
            StoreError::DiskFull { .. }
        ));
        for code in [
            ffi::SQLITE_READONLY,
            ffi::SQLITE_READONLY_DIRECTORY,
            ffi::SQLITE_READONLY_ROLLBACK,
            ffi::SQLITE_READONLY_CANTINIT,
        ] {
            assert!(matches!(
                meaning(code, ErrorKind::NotFound),
                StoreError::ReadOnly { .. }
            ));
        }
    }

    #[test]
    fn a_disk_that_cannot_be_read_is_not_called_damage_and_not_called_full() {
        for (code, system) in [
            (ffi::SQLITE_CORRUPT, eio()),
            (ffi::SQLITE_IOERR_READ, eio()),
            // An older answer of the system says nothing about a read.
            (ffi::SQLITE_IOERR_READ, ErrorKind::StorageFull.into()),
        ] {
            let error = meaning(code, system).at(Path::new("/a/j.db"));
            assert!(
                matches!(error, StoreError::Disk { work: "read", .. }),
                "{error}"
            );
            assert!(error.to_string().contains("the journal at /a/j.db could"));
        }
        let damage = meaning(ffi::SQLITE_CORRUPT, ErrorKind::NotFound);
        assert!(matches!(damage, StoreError::Damaged { .. }), "{damage}");
    }

    #[test]
    fn no_message_has_an_empty_path_or_the_words_of_sqlite() {
        for code in 1..=28 {
            for system in [ErrorKind::NotFound.into(), eio()] {
                let message = meaning(code, system).to_string();
                assert!(!message.contains("at  "), "{message}");
                assert!(!message.contains("raw words"), "{message}");
                assert!(!message.contains(&ffi::Error::new(code).to_string()));
            }
        }
    }

    #[test]
    fn every_error_of_the_disk_names_the_file() {
        let path = Path::new("/a/j.db");
        let systems = [
            ErrorKind::StorageFull,
            ErrorKind::QuotaExceeded,
            ErrorKind::ReadOnlyFilesystem,
            ErrorKind::PermissionDenied,
        ];
        for system in systems {
            for code in 1..=28 {
                let error = meaning(code, system).at(path);
                let message = error.to_string();
                assert!(
                    !error.is_of_the_disk() || message.contains("/a/j.db"),
                    "{message}"
                );
            }
            let message = StoreError::io_at("making it", path)(system.into()).to_string();
            assert!(message.contains("/a/j.db"), "{message}");
        }
        let moved = sqlite(ffi::SQLITE_READONLY_DBMOVED);
        let message = StoreError::from(moved).at(path).to_string();
        assert!(
            message.contains("/a/j.db") && !message.contains("read-only"),
            "{message}"
        );
    }

    #[test]
    fn a_value_of_the_wrong_type_and_a_missing_row_are_damage() -> rusqlite::Result<()> {
        let db = rusqlite::Connection::open_in_memory()?;
        let ask = |sql: &str| {
            let answer = db.query_row(sql, [], |row| row.get::<_, String>(0));
            answer.map_err(StoreError::from)
        };
        let wrong = ask("SELECT NULL");
        assert!(matches!(wrong, Err(StoreError::Unreadable(_))), "{wrong:?}");
        let wrong = ask("SELECT 1 WHERE 0");
        assert!(
            matches!(wrong, Err(StoreError::Damaged { .. })),
            "{wrong:?}"
        );
        let wrong = db.execute("DELETE FROM nowhere", []);
        let wrong = wrong.map_err(StoreError::from);
        assert!(
            matches!(wrong, Err(StoreError::Damaged { .. })),
            "{wrong:?}"
        );
        Ok(())
    }
}
