//! The tables whose rows the undo log and merges know, and the names of their rows.

use crate::domain::entry::exchanged::Row;
use crate::domain::id::EntryId;
use crate::store::error::{Result, StoreError};
use crate::store::integrity::sum;
use crate::store::integrity::sum::Layout;
use crate::store::read::unhex;
use rusqlite::types::Value;

/// A table whose rows the log holds. Drafts are not among them: undo is for what was saved.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(in crate::store) enum SqlTable {
    CheckIn,
    Attempt,
    Symptom,
    Setting,
    HelpLine,
    Record,
}

impl SqlTable {
    pub(in crate::store) const ALL: [Self; 6] = [
        Self::CheckIn,
        Self::Attempt,
        Self::Symptom,
        Self::Setting,
        Self::HelpLine,
        Self::Record,
    ];

    pub(in crate::store) const fn name(self) -> &'static str {
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
    pub(in crate::store) const fn key_column(self) -> &'static str {
        match self {
            Self::CheckIn | Self::Attempt | Self::HelpLine | Self::Record => "uid",
            Self::Symptom => "code",
            Self::Setting => "key",
        }
    }

    pub(in crate::store) fn key(self, key: &str) -> Result<Value> {
        match self {
            Self::CheckIn | Self::Attempt | Self::HelpLine | Self::Record => unhex(key)
                .map(Value::Blob)
                .ok_or(StoreError::Unreadable("a logged id")),
            Self::Symptom | Self::Setting => Ok(Value::Text(key.to_owned())),
        }
    }

    /// The row with this key, as it is named outside the file; `None` for an unreadable key.
    pub(in crate::store) fn row(self, key: &str) -> Option<Row> {
        let id = || Some(EntryId::from_bytes(unhex(key)?.try_into().ok()?));
        Some(match self {
            Self::CheckIn => Row::CheckIn(id()?),
            Self::Attempt => Row::Attempt(id()?),
            Self::Symptom => Row::Symptom(key.to_owned()),
            Self::Setting => Row::Setting,
            Self::HelpLine => Row::HelpLine(id()?),
            Self::Record => Row::Record(id()?),
        })
    }

    /// How sums see the rows of this table.
    pub(in crate::store) const fn layout(self) -> &'static Layout {
        match self {
            Self::CheckIn => &sum::CHECK_IN,
            Self::Attempt => &sum::ATTEMPT,
            Self::Symptom => &sum::SYMPTOM,
            Self::Setting => &sum::SETTING,
            Self::HelpLine => &sum::HELP_LINE,
            Self::Record => &sum::RECORD,
        }
    }

    pub(in crate::store) fn from_name(name: &str) -> Result<Self> {
        Self::ALL
            .into_iter()
            .find(|table| table.name() == name)
            .ok_or(StoreError::Unreadable("a logged table"))
    }
}
