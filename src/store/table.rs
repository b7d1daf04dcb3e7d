//! The tables whose rows the undo log and merges know, and the names of their rows.

use super::error::{Result, StoreError};
use super::integrity::sum;
use super::integrity::sum::Layout;
use super::read::unhex;
use rusqlite::types::Value;

/// A table whose rows the log holds. Drafts are not among them: undo is for what was saved.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) enum SqlTable {
    CheckIn,
    Attempt,
    Symptom,
    Setting,
    HelpLine,
    Record,
}

impl SqlTable {
    pub(super) const ALL: [Self; 6] = [
        Self::CheckIn,
        Self::Attempt,
        Self::Symptom,
        Self::Setting,
        Self::HelpLine,
        Self::Record,
    ];

    pub(super) const fn name(self) -> &'static str {
        match self {
            Self::CheckIn => "check_in",
            Self::Attempt => "attempt",
            Self::Symptom => "symptom",
            Self::Setting => "setting",
            Self::HelpLine => "help_line",
            Self::Record => "record",
        }
    }

    /// The column whose value names a row on every machine; `id` is a number of one file.
    pub(super) const fn key_column(self) -> &'static str {
        match self {
            Self::CheckIn | Self::Attempt | Self::HelpLine | Self::Record => "uid",
            Self::Symptom => "code",
            Self::Setting => "key",
        }
    }

    pub(super) fn key(self, key: &str) -> Result<Value> {
        match self {
            Self::CheckIn | Self::Attempt | Self::HelpLine | Self::Record => unhex(key)
                .map(Value::Blob)
                .ok_or(StoreError::Unreadable("a logged id")),
            Self::Symptom | Self::Setting => Ok(Value::Text(key.to_owned())),
        }
    }

    /// How sums see the rows of this table.
    pub(super) const fn layout(self) -> &'static Layout {
        match self {
            Self::CheckIn => &sum::CHECK_IN,
            Self::Attempt => &sum::ATTEMPT,
            Self::Symptom => &sum::SYMPTOM,
            Self::Setting => &sum::SETTING,
            Self::HelpLine => &sum::HELP_LINE,
            Self::Record => &sum::RECORD,
        }
    }

    pub(super) fn from_name(name: &str) -> Result<Self> {
        Self::ALL
            .into_iter()
            .find(|table| table.name() == name)
            .ok_or(StoreError::Unreadable("a logged table"))
    }
}
