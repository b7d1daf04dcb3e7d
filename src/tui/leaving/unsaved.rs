//! Unsaved words: entries whose save failed, and drafts that the disk refused.
//!
//! Invariant: an entry is listed until it is saved, stored as a draft and closed, or discarded. Nobody quits with unsaved words
//! without being asked. The sentence after quitting contains none of the words.

use crate::domain::id::EntryId;
use crate::domain::text::words;
use crate::tui::effect::{Effect, FormKind, Opening, Question};
use std::fmt::Write as _;
use std::path::PathBuf;

/// An entry or draft that is not on the disk.
#[derive(Debug, Clone, PartialEq, Eq)]
struct UnsavedEntry {
    id: EntryId,
    /// The notice about it.
    problem: String,
    /// Its words, where no draft has them.
    words: Option<String>,
    /// Whether the disk has its words as a draft.
    is_on_disk: bool,
    /// Whether it is an entry whose save failed; else it is a draft.
    is_entry: bool,
}

/// All unsaved entries and drafts, and the places that their words were copied to.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Unsaved {
    entries: Vec<UnsavedEntry>,
    /// Whether the words were sent to the terminal's clipboard.
    is_copied: bool,
    /// The file with the words.
    file: Option<PathBuf>,
}

impl Unsaved {
    /// Whether everything is saved.
    pub(crate) fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// Adds an entry whose save failed, with its `words` where no draft has them.
    pub(crate) fn not_saved(&mut self, id: EntryId, problem: String, words: Option<String>) {
        self.put_nowhere();
        self.forget(id);
        self.entries.push(UnsavedEntry {
            id,
            problem,
            words,
            is_on_disk: false,
            is_entry: true,
        });
    }

    /// Adds a draft that the disk refused; returns whether the person has to be told.
    pub(crate) fn not_kept(&mut self, id: EntryId, problem: String) -> bool {
        if let Some(known) = self.entries.iter_mut().find(|entry| entry.id == id) {
            // Every key of a long note is one more draft: one notice about a full disk is enough.
            let is_news = std::mem::replace(&mut known.is_on_disk, false);
            return is_news && !known.is_entry;
        }
        self.entries.push(UnsavedEntry {
            id,
            problem,
            words: None,
            is_on_disk: false,
            is_entry: false,
        });
        true
    }

    /// Notes that a draft is on the disk.
    pub(crate) fn kept(&mut self, id: EntryId) {
        self.entries
            .retain(|entry| entry.id != id || entry.is_entry);
        let mut entries = self.entries.iter_mut();
        if let Some(known) = entries.find(|entry| entry.id == id) {
            known.is_on_disk = true;
        }
    }

    /// Removes an entry that was saved or discarded.
    pub(crate) fn forget(&mut self, id: EntryId) {
        self.entries.retain(|entry| entry.id != id);
    }

    /// Notes that a form was closed: with a stored draft it is a draft like any other; without one the person discarded it.
    pub(crate) fn closed(&mut self, id: EntryId) {
        self.entries
            .retain(|entry| entry.id != id || (!entry.is_on_disk && entry.words.is_none()));
    }

    /// Whether the words of this entry are unsaved.
    pub(crate) fn is_nowhere(&self, id: EntryId) -> bool {
        self.nowhere().any(|entry| entry.id == id)
    }

    /// Whether there are unsaved words.
    pub(crate) fn has_words(&self) -> bool {
        self.nowhere().next().is_some()
    }

    /// The ids of the entries with unsaved words.
    pub(crate) fn ids(&self) -> Vec<EntryId> {
        self.nowhere().map(|entry| entry.id).collect()
    }

    fn nowhere(&self) -> impl Iterator<Item = &UnsavedEntry> {
        self.entries.iter().filter(|entry| !entry.is_on_disk)
    }

    /// Forgets earlier copies of the words, after a change of them.
    pub(crate) fn put_nowhere(&mut self) {
        self.is_copied = false;
        self.file = None;
    }

    /// Notes that the words were sent to the terminal's clipboard.
    pub(crate) fn copied(&mut self) {
        self.is_copied = true;
    }

    /// Notes that the words were written to a file.
    pub(crate) fn written(&mut self, file: PathBuf) {
        self.file = Some(file);
    }

    /// The lasting line above the footer: the whole sentence, and a short one for use beside another message.
    pub(crate) fn line(&self) -> Option<(&str, String)> {
        let last = self.entries.last()?;
        let n = words::count(self.entries.len(), "entry", "entries");
        Some((&last.problem, format!("Not saved: {n}.")))
    }

    /// The unsaved words, for the clipboard or a file.
    pub(crate) fn words(&self, of_draft: impl Fn(EntryId) -> Option<String>) -> String {
        let all = self
            .nowhere()
            .filter_map(|entry| entry.words.clone().or_else(|| of_draft(entry.id)));
        let all: Vec<String> = all.collect();
        all.join("\n")
    }

    /// The question before quitting with unsaved words.
    pub(crate) fn question(&self) -> Question {
        let n = self.nowhere().count();
        let count = words::count(n, "entry is", "entries are");
        let why = self.line().map(|(problem, _)| problem).unwrap_or_default();
        let file = Effect::Open(Opening::Form(FormKind::PutAside));
        Question {
            title: TITLE,
            text: format!("{count} on no disk yet and would be gone. {why}"),
            answers: vec![
                // The harmless answer comes first, where the cursor is.
                ("stay".to_owned(), vec![Effect::Close]),
                (
                    "copy the words, for the terminal's clipboard".to_owned(),
                    vec![Effect::CopyUnsaved],
                ),
                ("write the words to another file".to_owned(), vec![file]),
                ("leave, with exit code 15".to_owned(), vec![Effect::Leave]),
            ],
        }
    }

    /// The sentence after quitting: how many entries, and where their words are.
    pub(crate) fn farewell(&self) -> String {
        // None of the words: the shell's screen and its scrollback are not private.
        let n = self.nowhere().count();
        let count = words::count(n, "entry is", "entries are");
        let mut sentence = format!("{count} not in the journal");
        if let Some(file) = &self.file {
            write!(sentence, "; the words were written to {}", file.display()).ok();
        }
        if self.is_copied {
            sentence.push_str(
                "; the words were sent to the terminal for its clipboard, and whether it took them, ebb can't see",
            );
        }
        if self.file.is_none() && !self.is_copied {
            sentence.push_str("; the words were let go");
        }
        sentence
    }
}

/// The title of the question.
pub(crate) const TITLE: &str = "Not saved";
