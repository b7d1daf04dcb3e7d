//! Every write is a [`Change`]: full screen, plain mode, command line, import and undo all give them to the store.

use super::bin_kind::BinKind;
use super::settings::{OwnHelpLine, Setting};
use crate::domain::attempt::Attempt;
use crate::domain::check_in::CheckIn;
use crate::domain::check_in::catalogue::Category;
use crate::domain::check_in::symptom::SymptomKey;
use crate::domain::id::EntryId;
use crate::domain::record::Record;
use chrono::NaiveDate;

/// Whether check-ins ask for a symptom.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Switch {
    /// Check-ins ask for it.
    On,
    /// Check-ins do not ask for it; its history stays.
    Off,
}

/// One change of the journal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Change {
    /// Adds a check-in, or replaces the one with the same id.
    RecordCheckIn(CheckIn),
    /// Moves a check-in to the bin.
    DeleteCheckIn(EntryId),
    /// Adds an attempt, or replaces the one with the same id.
    RecordAttempt(Attempt),
    /// Moves an attempt to the bin; its entries stay.
    DeleteAttempt(EntryId),
    /// Adds an own symptom, switched on.
    AddSymptom {
        /// Its number in the file, where ratings of the same step have it; else the file numbers it.
        key: Option<SymptomKey>,
        /// Its id, for ever.
        id: EntryId,
        /// Its code: `own_…`.
        code: String,
        /// Its name on screen.
        name: String,
        /// Body or Mind.
        category: Category,
    },
    /// Gives an own symptom another name; its code stays.
    RenameSymptom {
        /// The symptom.
        symptom: SymptomKey,
        /// Its new name.
        name: String,
    },
    /// Makes check-ins ask for a symptom, or stop asking.
    SwitchSymptom {
        /// The symptom.
        symptom: SymptomKey,
        /// On or off.
        to: Switch,
    },
    /// Sets a setting.
    Set(Setting),
    /// Adds an own help line, or replaces the one with the same id.
    RecordHelpLine(OwnHelpLine),
    /// Moves an own help line to the bin.
    DeleteHelpLine(EntryId),
    /// Adds a record, or replaces the one with the same id.
    Record(Record),
    /// Moves a record to the bin.
    DeleteRecord(EntryId),
    /// Restores an entry from the bin.
    Restore {
        /// The kind of the entry.
        kind: BinKind,
        /// Its id.
        id: EntryId,
    },
}

/// A step of the undo log in few words, for "Undone: …". Never holds health text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StepLabel {
    /// "check-in added", "attempt ended" …
    pub what: String,
    /// The logical day of the entry, if it has one.
    pub day: Option<NaiveDate>,
}
