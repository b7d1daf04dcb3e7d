//! Why a verb ended otherwise than well, and the exit code that says so.

pub(super) mod misread;
pub(super) mod unknown;

use crate::config::NoHome;
use crate::domain::text::system_words::system_words;
use crate::domain::time::parse::NotRead;
use crate::store::StoreError;

/// An exit code with the sentence that goes with it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Failure {
    /// What the process ends with.
    pub(crate) code: u8,
    /// What to say on stderr; `None`: the code says enough.
    pub(crate) message: Option<String>,
}

/// 1: an error, or the "no" that a verb defines.
pub(crate) const NO: u8 = 1;
/// 2: usage, values out of range, unknown ids.
pub(crate) const USAGE: u8 = 2;
/// 10: there is no journal.
pub(crate) const NO_JOURNAL: u8 = 10;
/// 11: another program holds it.
pub(crate) const LOCKED: u8 = 11;
/// 12: the passphrase is missing or wrong.
pub(crate) const SEALED: u8 = 12;
/// 13: made by a newer version.
pub(crate) const NEWER: u8 = 13;
/// 14: damaged.
pub(crate) const DAMAGED: u8 = 14;
/// 15: disk full or read-only.
pub(crate) const DISK: u8 = 15;

impl Failure {
    /// Ends with `code`, saying `message`.
    pub(crate) fn new(code: u8, message: impl Into<String>) -> Self {
        Self {
            code,
            message: Some(message.into()),
        }
    }

    /// What was asked for cannot be done as it was said.
    pub(crate) fn usage(message: impl Into<String>) -> Self {
        Self::new(USAGE, message)
    }

    /// Ends with `code`, saying nothing.
    pub(crate) const fn quiet(code: u8) -> Self {
        Self {
            code,
            message: None,
        }
    }

    /// The reader of stdout went away: that is how a person says "enough".
    pub(crate) fn of_stdout(error: &std::io::Error) -> Self {
        use std::io::ErrorKind;
        match error.kind() {
            ErrorKind::BrokenPipe => Self::quiet(0),
            ErrorKind::StorageFull | ErrorKind::QuotaExceeded | ErrorKind::ReadOnlyFilesystem => {
                Self::new(
                    DISK,
                    "the disk is full, so not everything was written out; the journal is as it was",
                )
            }
            _ => Self::new(
                NO,
                format!("writing out did not work: {}", system_words(error)),
            ),
        }
    }
}

impl From<StoreError> for Failure {
    fn from(error: StoreError) -> Self {
        let code = match &error {
            StoreError::NoJournal(_) | StoreError::NotHere { .. } => NO_JOURNAL,
            StoreError::Locked { .. } => LOCKED,
            StoreError::Sealed(_)
            | StoreError::WrongPassphrase(_)
            | StoreError::WrongSheet(_)
            | StoreError::NoHeader { .. } => SEALED,
            StoreError::NewerJournal { .. } | StoreError::NewerHeader { .. } => NEWER,
            StoreError::Damaged { .. }
            | StoreError::DamagedHeader(_)
            | StoreError::DamagedCopy { .. }
            | StoreError::DamagedStep
            | StoreError::Unreadable(_) => DAMAGED,
            StoreError::DiskFull { .. }
            | StoreError::ReadOnly { .. }
            | StoreError::Moved { .. } => DISK,
            StoreError::AttemptOnSameDay { .. }
            | StoreError::DoseOnDay { .. }
            | StoreError::Unknown(_)
            | StoreError::Blank
            | StoreError::NoJournalFile { .. }
            | StoreError::NoPlace { .. }
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
            | StoreError::Disk { .. }
            | StoreError::Unsure { .. }
            | StoreError::Sql { .. } => NO,
        };
        Self::new(code, error.to_string())
    }
}

impl From<NotRead> for Failure {
    fn from(error: NotRead) -> Self {
        Self::usage(format!("{error}; nothing was saved"))
    }
}

impl From<NoHome> for Failure {
    fn from(error: NoHome) -> Self {
        Self::usage(error.to_string())
    }
}

/// What a verb answers.
pub(crate) type Outcome<T = ()> = Result<T, Failure>;
