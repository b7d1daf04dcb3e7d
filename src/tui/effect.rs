//! What a screen may ask of the app and of the outside, as plain data.

use crate::domain::change::Change;
use crate::domain::check_in::{CheckInDraft, Form};
use crate::domain::entry::Filter;
use crate::domain::id::EntryId;
use crate::domain::search::Hit;
use crate::transfer::csv::Layout;
use chrono::NaiveDate;
use std::path::PathBuf;

/// Something to be done after an update.
#[derive(Debug, Clone, PartialEq)]
pub enum Effect {
    /// Writes changes as one step; `said` is what stands on screen once they are saved.
    Write {
        /// All or none of them.
        changes: Vec<Change>,
        /// "Saved 21:40, counts for Tue 3 Mar 2026".
        said: String,
    },
    /// Keeps a draft as it is now.
    KeepDraft(CheckInDraft),
    /// Lets a draft go.
    DropDraft(EntryId),
    /// Takes the last step back.
    Undo,
    /// Does it again.
    Redo,
    /// Writes the CSV of all days to a new file.
    Export(PathBuf, Layout),
    /// Opens an overlay.
    Open(Opening),
    /// Asks a question.
    Ask(Question),
    /// Closes the overlay on top.
    Close,
    /// Says something above the footer.
    Say(String),
    /// Shows a day in History.
    ShowDay(NaiveDate),
    /// Shows a note in History, and what of it was searched.
    ShowHit {
        /// The text that was searched.
        wanted: String,
        /// Where it stands.
        hit: Hit,
    },
    /// Has History look at one kind of entry.
    LookAt(Filter),
    /// Shows a tab.
    ShowTab(super::tab::Tab),
    /// Does what the key table of the screen in sight calls so: the palette's way to it.
    Choose(&'static str),
    /// Leaves.
    Quit,
}

/// A question with few answers.
#[derive(Debug, Clone, PartialEq)]
pub struct Question {
    /// The head of the page.
    pub title: &'static str,
    /// What is asked.
    pub text: String,
    /// Each answer's name and what it does.
    pub answers: Vec<(String, Vec<Effect>)>,
}

/// An overlay to open.
#[derive(Debug, Clone, PartialEq)]
pub enum Opening {
    /// A check-in for a day: resumes that day's draft where there is one.
    CheckIn {
        /// Full or brief.
        form: Form,
        /// `None`: today.
        day: Option<NaiveDate>,
    },
    /// A draft, to go on with.
    Draft(CheckInDraft),
    /// A check-in of the journal, to edit.
    Edit(EntryId),
    /// Help lines and red flags.
    HelpLines,
    /// All keys.
    Keys,
    /// Every action by name.
    Palette,
    /// The symptoms, to switch on and off.
    Symptoms,
    /// The attempts.
    Attempts,
    /// A form of few fields.
    Form(FormKind),
    /// The safety card.
    SafetyCard,
    /// The first steps.
    FirstSteps,
    /// "3 days missing: fill, skip, later".
    Missing,
    /// A brief check-in for a missing day, and then for those that are left.
    Fill {
        /// The day.
        day: NaiveDate,
        /// The missing days after it, oldest first.
        left: Vec<NaiveDate>,
    },
    /// Search in the notes.
    Search,
}

/// The forms of few fields.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FormKind {
    /// Begin an attempt, or set day 0 of the open one.
    Start,
    /// Edit an attempt.
    EditAttempt(EntryId),
    /// End an attempt or set it aside.
    EndAttempt(EntryId),
    /// Add an own symptom.
    AddSymptom,
    /// Rename an own symptom, by code.
    RenameSymptom(String),
    /// Add an own help line.
    AddHelpLine,
    /// Edit an own help line.
    EditHelpLine(EntryId),
    /// Where the CSV goes.
    Export,
    /// A day to go to in History.
    GoToDay,
}
