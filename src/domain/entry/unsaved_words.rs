//! Words that are on no disk, for a person to read, copy or write elsewhere.

use crate::domain::check_in::CheckInDraft;
use crate::domain::dose::product;
use crate::domain::id::EntryId;
use crate::domain::journal::Journal;
use crate::domain::journal::change::Change;
use crate::domain::journal::draft::Draft;
use crate::domain::record::draft::RecordDraft;
use crate::domain::text::words;
use chrono::NaiveDate;
use std::fmt::Write as _;

/// An entry that is neither saved nor kept as a draft.
pub(crate) struct Unkept {
    /// What the person answered, a line a field.
    words: String,
    /// The same as a draft, if its kind has drafts.
    draft: Option<Draft>,
    /// The change that was not saved; `None` for a draft.
    change: Option<Change>,
}

impl Unkept {
    /// The entry of a change that was not saved; `None` for a change without words.
    pub(crate) fn of(
        change: &Change,
        journal: &Journal,
        today: NaiveDate,
    ) -> Option<(EntryId, Self)> {
        let (id, unkept) = if let Some(draft) = draft_of(change, journal, today) {
            (draft.id(), Self::of_draft(draft, journal))
        } else {
            let (id, words) = of_change(change)?;
            let unkept = Self {
                words,
                draft: None,
                change: None,
            };
            (id, unkept)
        };
        let change = Some(change.clone());
        Some((id, Self { change, ..unkept }))
    }

    /// A draft that was not kept.
    pub(crate) fn of_draft(draft: Draft, journal: &Journal) -> Self {
        Self {
            words: of_draft(&draft, journal),
            draft: Some(draft),
            change: None,
        }
    }

    pub(crate) fn words(&self) -> &str {
        &self.words
    }

    /// The change that saving again carries out.
    pub(crate) fn change(&self) -> Option<&Change> {
        self.change.as_ref()
    }

    pub(crate) fn draft(&self) -> Option<&Draft> {
        self.draft.as_ref()
    }
}

/// A change as a draft, if its kind has drafts.
pub(crate) fn draft_of(change: &Change, journal: &Journal, today: NaiveDate) -> Option<Draft> {
    match change {
        Change::RecordCheckIn(check_in) => {
            let draft = CheckInDraft::of(check_in, &journal.symptoms);
            Some(Draft::CheckIn(draft))
        }
        Change::Record(record) => Some(Draft::Record(RecordDraft::of(record, today))),
        _ => None,
    }
}

/// The id and the words of a change that has words and no draft.
pub(crate) fn of_change(change: &Change) -> Option<(EntryId, String)> {
    match change {
        Change::RecordAttempt(attempt) => {
            let mut text = format!(
                "Attempt, {}, from {}\n",
                attempt.method.label(),
                words::day(attempt.began)
            );
            if let Some(day) = attempt.day_zero {
                writeln!(text, "Day 0: {}", words::day(day)).ok();
            }
            if let Some((day, ending)) = attempt.ended {
                writeln!(text, "Until: {}, {}", words::day(day), ending.code()).ok();
            }
            let named = [("Name", &attempt.name), ("Goal", &attempt.goal)];
            for (label, typed) in named {
                if let Some(typed) = typed {
                    writeln!(text, "{label}: {typed}").ok();
                }
            }
            Some((attempt.id, text))
        }
        Change::RecordHelpLine(line) => Some((
            line.id,
            format!("Help line\nName: {}\nNumber: {}\n", line.name, line.contact),
        )),
        Change::AddSymptom { id, name, .. } => Some((*id, format!("Symptom\nName: {name}\n"))),
        _ => None,
    }
}

/// The words of a draft for a person to read, one line a field.
pub(crate) fn of_draft(draft: &Draft, journal: &Journal) -> String {
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
        let product = product::by_code(journal, about).map(|product| product.name);
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
