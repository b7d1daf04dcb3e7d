//! What a person wrote and the journal does not have: entries whose save failed, drafts that could not be kept.
//!
//! Invariant: one stands here until it is saved, kept as a draft and left, or let go; nobody leaves with words that are on no
//! disk without having been asked, and what is said after leaving holds none of them.

use crate::domain::check_in::CheckInDraft;
use crate::domain::id::EntryId;
use crate::domain::journal::Journal;
use crate::domain::journal::draft::Draft;
use crate::domain::record::draft::RecordDraft;
use crate::domain::text::words;
use crate::tui::effect::{Effect, FormKind, Opening, Question};
use std::fmt::Write as _;
use std::path::PathBuf;

/// One of them.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Missing {
    id: EntryId,
    /// What was said about it.
    problem: String,
    /// Its words, where no draft has them.
    words: Option<String>,
    /// Whether the disk has its words as a draft.
    is_on_disk: bool,
    /// Whether it was to be saved; else only to be kept.
    is_entry: bool,
}

/// All of them, and where their words were put.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Unsaved {
    missing: Vec<Missing>,
    /// Whether the words were handed to the terminal for its clipboard.
    is_copied: bool,
    /// The file that the words were written to.
    file: Option<PathBuf>,
}

impl Unsaved {
    /// Whether everything is where it belongs.
    pub fn is_empty(&self) -> bool {
        self.missing.is_empty()
    }

    /// A save failed. `words` where no draft has them.
    pub fn not_saved(&mut self, id: EntryId, problem: String, words: Option<String>) {
        self.put_nowhere();
        self.forget(id);
        self.missing.push(Missing {
            id,
            problem,
            words,
            is_on_disk: false,
            is_entry: true,
        });
    }

    /// A draft could not be kept; whether that is news.
    pub fn not_kept(&mut self, id: EntryId, problem: String) -> bool {
        if let Some(known) = self.missing.iter_mut().find(|missing| missing.id == id) {
            let is_news = std::mem::replace(&mut known.is_on_disk, false);
            return is_news && !known.is_entry;
        }
        self.missing.push(Missing {
            id,
            problem,
            words: None,
            is_on_disk: false,
            is_entry: false,
        });
        true
    }

    /// A draft is on the disk.
    pub fn kept(&mut self, id: EntryId) {
        self.missing
            .retain(|missing| missing.id != id || missing.is_entry);
        let mut missing = self.missing.iter_mut();
        if let Some(known) = missing.find(|missing| missing.id == id) {
            known.is_on_disk = true;
        }
    }

    /// It was saved, or let go.
    pub fn forget(&mut self, id: EntryId) {
        self.missing.retain(|missing| missing.id != id);
    }

    /// Its form was closed: what is kept as a draft is a draft as any other, and what never had one is let go.
    pub fn closed(&mut self, id: EntryId) {
        self.missing
            .retain(|missing| missing.id != id || (!missing.is_on_disk && missing.words.is_none()));
    }

    /// Whether the words of this one are on no disk.
    pub fn is_nowhere(&self, id: EntryId) -> bool {
        self.nowhere().any(|missing| missing.id == id)
    }

    /// Whether anything of it is on no disk.
    pub fn has_words(&self) -> bool {
        self.nowhere().next().is_some()
    }

    /// The ids of those that are on no disk.
    pub fn ids(&self) -> Vec<EntryId> {
        self.nowhere().map(|missing| missing.id).collect()
    }

    fn nowhere(&self) -> impl Iterator<Item = &Missing> {
        self.missing.iter().filter(|missing| !missing.is_on_disk)
    }

    /// More was written: what was put elsewhere is not all of it any more.
    pub fn put_nowhere(&mut self) {
        self.is_copied = false;
        self.file = None;
    }

    /// Their words were handed to the terminal for its clipboard.
    pub fn copied(&mut self) {
        self.is_copied = true;
    }

    /// Their words were written to a file.
    pub fn written(&mut self, file: PathBuf) {
        self.file = Some(file);
    }

    /// What stays above the footer: the whole sentence, and the short one where another message needs the room.
    pub fn line(&self) -> Option<(&str, String)> {
        let last = self.missing.last()?;
        let n = words::count(self.missing.len(), "entry", "entries");
        Some((&last.problem, format!("Not saved: {n}.")))
    }

    /// The words of all that is on no disk, to be put elsewhere.
    pub fn words(&self, of_draft: impl Fn(EntryId) -> Option<String>) -> String {
        let all = self
            .nowhere()
            .filter_map(|missing| missing.words.clone().or_else(|| of_draft(missing.id)));
        let all: Vec<String> = all.collect();
        all.join("\n")
    }

    /// What is asked before leaving with words that are on no disk.
    pub fn question(&self) -> Question {
        let n = self.nowhere().count();
        let count = words::count(n, "entry is", "entries are");
        let why = self.line().map(|(problem, _)| problem).unwrap_or_default();
        let file = Effect::Open(Opening::Form(FormKind::PutAside));
        Question {
            title: TITLE,
            text: format!("{count} on no disk yet and would be gone. {why}"),
            answers: vec![
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

    /// What is said once the terminal is given back: how many, and where their words are. None of the words.
    pub fn farewell(&self) -> String {
        let n = self.nowhere().count();
        let count = words::count(n, "entry is", "entries are");
        let mut said = format!("{count} not in the journal");
        if let Some(file) = &self.file {
            write!(said, "; the words were written to {}", file.display()).ok();
        }
        if self.is_copied {
            said.push_str(
                "; the words were sent to the terminal for its clipboard, and whether it took them, ebb can't see",
            );
        }
        if self.file.is_none() && !self.is_copied {
            said.push_str("; the words were let go");
        }
        said
    }
}

/// The head of the question.
pub const TITLE: &str = "Not saved";

/// The words of a draft as a person would read them, a line a field.
pub fn words_of(draft: &Draft, journal: &Journal) -> String {
    match draft {
        Draft::CheckIn(draft) => check_in(draft, journal),
        Draft::Record(draft) => record(draft, journal),
    }
}

fn check_in(draft: &CheckInDraft, journal: &Journal) -> String {
    let mut text = format!("Check-in, {}\n", words::day(draft.day));
    for symptom in &journal.symptoms {
        if let Some(answer) = draft.answers.get(&symptom.code) {
            let severity = answer.severity;
            let (number, word) = (severity.number(), severity.word());
            writeln!(text, "{}: {number} {word}", symptom.name).ok();
        }
    }
    if let Some(overall) = draft.overall {
        writeln!(text, "Overall: {} of 10", overall.number()).ok();
    }
    if !draft.note.trim().is_empty() {
        writeln!(text, "Note: {}", draft.note).ok();
    }
    text
}

fn record(draft: &RecordDraft, journal: &Journal) -> String {
    let kind = draft.kind();
    let name = kind.map_or("entry", |kind| kind.facts().name);
    let mut text = format!(
        "{}, {}\n",
        words::sentence_head(name),
        words::day(draft.day)
    );
    if let Some(at) = draft.at {
        writeln!(text, "At: {}", at.format("%Y-%m-%d %H:%M")).ok();
    }
    if let Some(about) = &draft.about {
        let product = journal.product(about).map(|product| product.name);
        writeln!(text, "What: {}", product.as_ref().unwrap_or(about)).ok();
    }
    for (code, typed) in &draft.texts {
        let field = kind.and_then(|kind| kind.field(code));
        let label = field.map_or(code.as_str(), |field| field.label);
        if !typed.trim().is_empty() {
            writeln!(text, "{label}: {typed}").ok();
        }
    }
    text
}
