//! Why a verb ended otherwise than well, and the exit code that says so.

use crate::config::NoHome;
use crate::domain::time::parse::WhenError;
use crate::store::StoreError;

/// An exit code with the sentence that goes with it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Failure {
    /// What the process ends with.
    pub code: u8,
    /// What to say on stderr; `None`: the code says enough.
    pub message: Option<String>,
}

/// 1: an error, or the "no" that a verb defines.
pub const NO: u8 = 1;
/// 2: usage, values out of range, unknown ids.
pub const USAGE: u8 = 2;
/// 10: there is no journal.
pub const NO_JOURNAL: u8 = 10;
/// 11: another program holds it.
pub const LOCKED: u8 = 11;
/// 13: made by a newer version.
pub const NEWER: u8 = 13;
/// 14: damaged.
pub const DAMAGED: u8 = 14;
/// 15: disk full or read-only.
pub const DISK: u8 = 15;

impl Failure {
    /// Ends with `code`, saying `message`.
    pub fn new(code: u8, message: impl Into<String>) -> Self {
        Self {
            code,
            message: Some(message.into()),
        }
    }

    /// What was asked for cannot be done as it was said.
    pub fn usage(message: impl Into<String>) -> Self {
        Self::new(USAGE, message)
    }

    /// Ends with `code`, saying nothing.
    pub const fn quiet(code: u8) -> Self {
        Self {
            code,
            message: None,
        }
    }

    /// The reader of stdout went away: that is how a person says "enough".
    pub fn of_stdout(error: &std::io::Error) -> Self {
        use std::io::ErrorKind;
        match error.kind() {
            ErrorKind::BrokenPipe => Self::quiet(0),
            ErrorKind::StorageFull | ErrorKind::QuotaExceeded | ErrorKind::ReadOnlyFilesystem => {
                Self::new(
                    DISK,
                    "the disk is full, so not everything was written out; the journal is as it was",
                )
            }
            _ => Self::new(NO, format!("writing out did not work: {error}")),
        }
    }
}

impl From<StoreError> for Failure {
    fn from(error: StoreError) -> Self {
        let code = match &error {
            StoreError::NoJournal(_) => NO_JOURNAL,
            StoreError::Locked => LOCKED,
            StoreError::NewerJournal { .. } => NEWER,
            StoreError::Damaged { .. }
            | StoreError::DamagedCopy { .. }
            | StoreError::Unreadable(_) => DAMAGED,
            StoreError::DiskFull | StoreError::ReadOnly | StoreError::Moved => DISK,
            StoreError::AttemptOnSameDay { .. }
            | StoreError::Unknown(_)
            | StoreError::Blank
            | StoreError::Ours { .. } => USAGE,
            StoreError::Exists(_)
            | StoreError::NotAFile(_)
            | StoreError::NotAJournal(_)
            | StoreError::ErasedForGood
            | StoreError::NotKnown(_)
            | StoreError::NothingToUndo
            | StoreError::NothingToRedo
            | StoreError::ChangedSince { .. }
            | StoreError::Io { .. }
            | StoreError::Sql(_) => NO,
        };
        Self::new(code, error.to_string())
    }
}

impl From<WhenError> for Failure {
    fn from(error: WhenError) -> Self {
        Self::usage(error.to_string())
    }
}

impl From<NoHome> for Failure {
    fn from(error: NoHome) -> Self {
        Self::usage(error.to_string())
    }
}

/// What a verb answers.
pub type Outcome<T = ()> = Result<T, Failure>;
