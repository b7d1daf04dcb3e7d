//! What is asked of the store thread, and what it answers.

use super::passphrase::Kept;
use crate::config::settings::ConfigKey;
use crate::domain::entry::bin::BinEntry;
use crate::domain::id::EntryId;
use crate::domain::journal::Journal;
use crate::domain::journal::change::Change;
use crate::domain::journal::draft::{Draft, Drafts};
use crate::domain::time::Now;
use crate::store::Place;
use crate::transfer::Giving;
use crate::transfer::errand::{Errand, Told};
use crate::tui::effect::{Keeping, Unlocking};
use chrono::{DateTime, Utc};
use std::path::PathBuf;
use std::sync::mpsc::Sender;

/// A request to the store.
#[derive(Debug)]
pub enum Request {
    /// Write changes as one step.
    Write {
        /// All or none.
        changes: Vec<Change>,
        /// The notice once they are saved.
        notice: String,
        /// When they were saved: the stamp of the rows.
        now: Now,
    },
    /// Keep a draft.
    KeepDraft {
        /// As it is now.
        draft: Draft,
        /// When.
        now: DateTime<Utc>,
    },
    /// Delete a draft.
    DropDraft(EntryId),
    /// Undo the last step.
    Undo(Now),
    /// Redo the last undone step.
    Redo(Now),
    /// Read all days.
    LoadWhole,
    /// Read again if another process has written.
    Freshen,
    /// Check the file's structure.
    Examine,
    /// Make a copy of the journal.
    BackUp(DateTime<Utc>),
    /// List the entries in the bin.
    ListBin(DateTime<Utc>),
    /// Erase an entry of the bin for good.
    Erase(BinEntry, DateTime<Utc>),
    /// Erase entries that were deleted 30 days ago or earlier.
    EmptyBin(DateTime<Utc>),
    /// Write an export or a report to a new file.
    Give {
        /// The export's format, or the report.
        giving: Giving,
        /// The new file.
        path: PathBuf,
        /// When.
        now: Now,
    },
    /// Carry out an errand.
    Run(Errand, Now),
    /// Let go of the key and of everything of an encrypted journal, once all earlier requests are done.
    Lock,
    /// Set, change or remove the passphrase, or read the sheet.
    Keep(Keeping, Now),
    /// Open the locked journal with what was typed.
    Unlock(Unlocking, Now),
    /// Set a key of the config file.
    Configure {
        /// The file.
        path: PathBuf,
        /// The key.
        key: ConfigKey,
        /// Its value.
        value: String,
    },
    /// Write unsaved words to a new file.
    PutAside {
        /// The new file.
        path: PathBuf,
        /// The words.
        text: String,
    },
    /// Answer once all earlier requests have succeeded or failed: asked before quitting.
    Settle,
    /// Send `()` once all earlier requests are done.
    Tell(Sender<()>),
    /// Finish all earlier requests and end the thread.
    End,
}

impl Request {
    pub(super) fn only_reads(&self) -> bool {
        matches!(
            self,
            Self::LoadWhole | Self::Freshen | Self::Examine | Self::ListBin(_)
        )
    }
}

/// What opened a locked journal.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum UnlockedBy {
    /// Its passphrase.
    Passphrase,
    /// Its recovery sheet: the passphrase may be forgotten.
    Sheet,
}

/// An answer of the store.
#[derive(Debug)]
pub enum Answer {
    /// The journal as it is now.
    Loaded(Box<Journal>),
    /// A write is on the disk.
    Saved {
        /// The journal, read again.
        journal: Box<Journal>,
        /// The notice.
        notice: String,
    },
    /// A write is not on the disk.
    NotSaved(String),
    /// Nothing of the journal is held any more, and its key is let go.
    Locked,
    /// The locked journal is open again.
    Unlocked {
        /// The journal with its first days, as at a start.
        journal: Box<Journal>,
        /// Its drafts.
        drafts: Drafts,
        /// What opened it.
        by: UnlockedBy,
    },
    /// What came of setting, changing or removing the passphrase.
    Kept(Result<Kept, String>),
    /// What was typed does not open it: why.
    StillLocked(String),
    /// A draft is on the disk; sent only after an earlier failure.
    DraftKept(EntryId),
    /// A draft is not on the disk.
    DraftNotKept {
        /// The draft's id.
        id: EntryId,
        /// The notice.
        problem: String,
    },
    /// The journal's file is in another place than before.
    Placed(Place),
    /// Another file of the same journal was opened in the place of the first.
    Renewed,
    /// The new file with unsaved words, or the problem.
    PutAside(Result<PathBuf, String>),
    /// All earlier requests have succeeded or failed.
    Settled,
    /// An undo or redo is on the disk.
    Exchanged {
        /// The journal, read again.
        journal: Box<Journal>,
        /// The notice.
        notice: String,
    },
    /// The entries in the bin.
    Bin(Vec<BinEntry>),
    /// How far something long is.
    Progress(String),
    /// What came of an errand.
    Told(Result<Told, String>),
    /// A notice.
    Said(String),
    /// A notice about a problem.
    Problem(String),
}
