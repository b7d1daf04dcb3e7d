//! What an error of `SQLite` means to the person.

use super::StoreError;
use crate::store::place::Place;
use std::io::ErrorKind;
use std::path::PathBuf;

impl StoreError {
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
            Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => Self::locked(),
            Some(ErrorCode::DiskFull) => Self::DiskFull { path },
            Some(ErrorCode::ReadOnly) if is_moved(&error) => Self::Moved {
                path,
                place: Place::Gone,
            },
            Some(ErrorCode::ReadOnly) => Self::ReadOnly { path },
            Some(ErrorCode::OutOfMemory) => Self::too_little_memory(path),
            Some(ErrorCode::SystemIoFailure | ErrorCode::CannotOpen) => {
                if extended_code(&error) == rusqlite::ffi::SQLITE_IOERR_NOMEM {
                    return Self::too_little_memory(path);
                }
                // The file ends before its own head says. The disk answered well.
                if extended_code(&error) == rusqlite::ffi::SQLITE_IOERR_SHORT_READ {
                    return damaged("its end is missing");
                }
                let work = work_of(extended_code(&error));
                match system.kind() {
                    // A read never fails for these reasons, so there the answer is that of an older call.
                    _ if work == READ => Self::Disk { path, work },
                    // SQLite knows only ENOSPC, and that only at a write.
                    ErrorKind::StorageFull | ErrorKind::QuotaExceeded => Self::DiskFull { path },
                    ErrorKind::ReadOnlyFilesystem => Self::ReadOnly { path },
                    // SQLite opens a file for reading when it cannot be opened for writing, and meets this at the first write.
                    _ if system.raw_os_error() == Some(EBADF) => Self::ReadOnly { path },
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
            Some(_) if error.to_string().contains("unsupported file format") => {
                damaged("its first page is not as it has to be")
            }
            // A new row is named by chance, so that a row which is there already was not saved by any program.
            Some(_) if is_double(extended_code(&error)) => {
                damaged("two of its rows have one number")
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

impl StoreError {
    fn too_little_memory(path: PathBuf) -> Self {
        Self::Io {
            doing: "using the journal",
            path,
            source: ErrorKind::OutOfMemory.into(),
        }
    }
}

/// The part that cannot be read, if only `SQLite` knows which one it is.
const A_VALUE: &str = "a value";
/// The work of [`StoreError::Disk`] that leaves the file as it is.
const READ: &str = "read";
// These numbers are the same on every Unix. The standard library has no stable kind for them.
/// The system's answer when a disk fails.
const EIO: i32 = 5;
/// The system's answer when a file that was opened for reading is written to.
const EBADF: i32 = 9;
/// The system's answer when a disk is gone.
const ENXIO: i32 = 6;

pub(super) fn extended_code(error: &rusqlite::Error) -> i32 {
    error.sqlite_error().map_or(0, |error| error.extended_code)
}

/// Whether a table refused a row because of one that it holds.
const fn is_double(extended_code: i32) -> bool {
    use rusqlite::ffi;
    matches!(
        extended_code,
        ffi::SQLITE_CONSTRAINT_PRIMARYKEY
            | ffi::SQLITE_CONSTRAINT_ROWID
            | ffi::SQLITE_CONSTRAINT_UNIQUE
    )
}

/// The work in which `SQLite` met an I/O error.
const fn work_of(extended_code: i32) -> &'static str {
    use rusqlite::ffi;
    match extended_code {
        ffi::SQLITE_IOERR_READ | ffi::SQLITE_IOERR_CORRUPTFS | ffi::SQLITE_IOERR_FSTAT => READ,
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

#[cfg(test)]
mod tests {
    use super::*;
    use rusqlite::ffi;
    use std::path::Path;

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
        let error = meaning(
            ffi::SQLITE_IOERR_WRITE,
            std::io::Error::from_raw_os_error(EBADF),
        );
        assert!(matches!(error, StoreError::ReadOnly { .. }), "{error}");
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
    fn too_little_memory_is_called_so_and_is_no_damage() {
        for code in [ffi::SQLITE_NOMEM, ffi::SQLITE_IOERR_NOMEM] {
            let message = meaning(code, ErrorKind::NotFound).to_string();
            assert!(message.contains("too little memory"), "{message}");
        }
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

    #[test]
    fn a_number_that_a_row_has_already_is_damage() -> rusqlite::Result<()> {
        let db = rusqlite::Connection::open_in_memory()?;
        db.execute_batch(
            "CREATE TABLE one (id INTEGER PRIMARY KEY, uid BLOB UNIQUE); INSERT INTO one VALUES (1, x'01');
             CREATE TABLE two (a, b, PRIMARY KEY (a, b)) WITHOUT ROWID; INSERT INTO two VALUES (1, 1);",
        )?;
        for sql in [
            "INSERT INTO one VALUES (1, x'02')",
            "INSERT INTO one VALUES (2, x'01')",
            "INSERT INTO two VALUES (1, 1)",
        ] {
            let error = db.execute(sql, []).map_err(StoreError::from);
            assert!(
                matches!(error, Err(StoreError::Damaged { .. })),
                "{sql}: {error:?}"
            );
        }
        Ok(())
    }
}
