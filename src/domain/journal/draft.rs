//! Unsaved entries of every kind.
//!
//! Invariant: a draft has the id of the entry that it will become.

use crate::domain::check_in::CheckInDraft;
use crate::domain::id::EntryId;
use crate::domain::record::draft::RecordDraft;

/// An unsaved entry.
#[derive(Debug, Clone, PartialEq)]
pub enum Draft {
    /// A check-in.
    CheckIn(CheckInDraft),
    /// A record of any kind.
    Record(RecordDraft),
}

/// The stored drafts, oldest first.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Drafts {
    /// Drafts of check-ins.
    pub check_ins: Vec<CheckInDraft>,
    /// Drafts of records.
    pub records: Vec<RecordDraft>,
}

impl Draft {
    /// The id of the entry that it will become.
    pub(crate) const fn id(&self) -> EntryId {
        match self {
            Self::CheckIn(draft) => draft.id,
            Self::Record(draft) => draft.id,
        }
    }

    /// Whether it is empty.
    pub(crate) fn is_blank(&self) -> bool {
        match self {
            Self::CheckIn(draft) => draft.is_blank(),
            Self::Record(draft) => draft.is_blank(),
        }
    }
}

impl Drafts {
    /// Whether there is no draft.
    pub const fn is_empty(&self) -> bool {
        self.check_ins.is_empty() && self.records.is_empty()
    }

    /// Adds `draft` in place of its earlier state; an empty draft only removes that.
    pub(crate) fn keep(&mut self, draft: Draft) {
        // Removed first, so that the draft moves to the end: the list is ordered by the last change.
        self.drop(draft.id());
        if draft.is_blank() {
            return;
        }
        match draft {
            Draft::CheckIn(draft) => self.check_ins.push(draft),
            Draft::Record(draft) => self.records.push(draft),
        }
    }

    /// Whether a list of the drafts reads the same once this one is kept: it stands last there already, and its day, the number of
    /// its answers or its kind have not changed.
    pub(crate) fn reads_same_with(&self, draft: &Draft) -> bool {
        match draft {
            Draft::CheckIn(new) => self.check_ins.last().is_some_and(|old| {
                let told = |it: &CheckInDraft| (it.id, it.day, it.answers.len());
                !new.is_blank() && told(old) == told(new)
            }),
            Draft::Record(new) => self.records.last().is_some_and(|old| {
                let told = |it: &RecordDraft| (it.id, it.kind());
                !new.is_blank() && told(old) == told(new)
            }),
        }
    }

    /// Removes the draft with this id.
    pub(crate) fn drop(&mut self, id: EntryId) {
        self.check_ins.retain(|draft| draft.id != id);
        self.records.retain(|draft| draft.id != id);
    }
}
