//! The kinds of entry that a person can delete and restore.

use crate::domain::record::kind::Kind;

/// The kind of a deleted entry.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum BinKind {
    /// A check-in with its ratings and its note.
    CheckIn,
    /// An attempt.
    Attempt,
    /// An own help line.
    HelpLine,
    /// A record, of any kind.
    Record(Kind),
}

impl BinKind {
    /// "check-in", "attempt", "help line".
    pub(crate) const fn noun(self) -> &'static str {
        match self {
            Self::CheckIn => "check-in",
            Self::Attempt => "attempt",
            Self::HelpLine => "help line",
            Self::Record(kind) => kind.facts().name,
        }
    }

    /// The end of "this journal has no …": "check-in in its bin".
    pub(crate) const fn in_bin(self) -> &'static str {
        match self {
            Self::CheckIn => "check-in in its bin",
            Self::Attempt => "attempt in its bin",
            Self::HelpLine => "help line in its bin",
            Self::Record(_) => "entry in its bin",
        }
    }

    /// Its name in JSON.
    pub(crate) const fn code(self) -> &'static str {
        match self {
            Self::CheckIn => "check_in",
            Self::Attempt => "attempt",
            Self::HelpLine => "help_line",
            Self::Record(kind) => kind.code(),
        }
    }
}
