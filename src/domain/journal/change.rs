//! The only door for writing: full screen, command line, import and undo alike hand `Change`s to the store.

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
    /// They do.
    On,
    /// They do not; its history stays.
    Off,
}

/// One thing that the journal can be asked to remember or put away.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Change {
    /// Adds a check-in, or takes the place of the one with the same id.
    RecordCheckIn(CheckIn),
    /// Puts a check-in away.
    DeleteCheckIn(EntryId),
    /// Adds an attempt, or takes the place of the one with the same id.
    RecordAttempt(Attempt),
    /// Puts an attempt away; its entries stay.
    DeleteAttempt(EntryId),
    /// Adds an own symptom, switched on.
    AddSymptom {
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
        /// Which.
        symptom: SymptomKey,
        /// Its new name.
        name: String,
    },
    /// Asks for a symptom in check-ins, or no longer.
    SwitchSymptom {
        /// Which.
        symptom: SymptomKey,
        /// On or off.
        to: Switch,
    },
    /// Sets a setting.
    Set(Setting),
    /// Adds an own help line, or takes the place of the one with the same id.
    RecordHelpLine(OwnHelpLine),
    /// Puts an own help line away.
    DeleteHelpLine(EntryId),
    /// Adds a record, or takes the place of the one with the same id.
    Record(Record),
    /// Puts a record away.
    DeleteRecord(EntryId),
    /// Takes something out of the bin.
    Restore {
        /// What it is.
        kind: BinKind,
        /// Which.
        id: EntryId,
    },
}

/// What a step of the log did, in few words, for "Undone: …". Never holds health text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StepLabel {
    /// "check-in added", "attempt ended" …
    pub what: String,
    /// The logical day it was about, if it was about one.
    pub day: Option<NaiveDate>,
}
