//! What is being written and not saved yet, of whatever kind.
//!
//! Invariant: a draft carries the id of the entry that it will become.

use crate::domain::check_in::CheckInDraft;
use crate::domain::id::EntryId;
use crate::domain::record::draft::RecordDraft;

/// Something that is being written.
#[derive(Debug, Clone, PartialEq)]
pub enum Draft {
    /// A check-in.
    CheckIn(CheckInDraft),
    /// A record of any kind.
    Record(RecordDraft),
}

/// Every draft that is kept, oldest first.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Drafts {
    /// Those of check-ins.
    pub check_ins: Vec<CheckInDraft>,
    /// Those of records.
    pub records: Vec<RecordDraft>,
}

impl Draft {
    /// The id of the entry that it will become.
    pub const fn id(&self) -> EntryId {
        match self {
            Self::CheckIn(draft) => draft.id,
            Self::Record(draft) => draft.id,
        }
    }

    /// Whether there is nothing in it to keep.
    pub fn is_blank(&self) -> bool {
        match self {
            Self::CheckIn(draft) => draft.is_blank(),
            Self::Record(draft) => draft.is_blank(),
        }
    }
}

impl Drafts {
    /// Whether none is kept.
    pub const fn is_empty(&self) -> bool {
        self.check_ins.is_empty() && self.records.is_empty()
    }

    /// Keeps `draft` in the place of its earlier state; one that is blank goes.
    pub fn keep(&mut self, draft: Draft) {
        self.drop(draft.id());
        if draft.is_blank() {
            return;
        }
        match draft {
            Draft::CheckIn(draft) => self.check_ins.push(draft),
            Draft::Record(draft) => self.records.push(draft),
        }
    }

    /// Lets one go.
    pub fn drop(&mut self, id: EntryId) {
        self.check_ins.retain(|kept| kept.id != id);
        self.records.retain(|kept| kept.id != id);
    }
}
