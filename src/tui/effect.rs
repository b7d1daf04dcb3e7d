//! What a screen may ask of the app and of the outside, as plain data.

use crate::config::settings::ConfigKey;
use crate::domain::check_in::{CheckInDraft, Form};
use crate::domain::entry::Filter;
use crate::domain::entry::bin::BinEntry;
use crate::domain::entry::saved::TakeBack;
use crate::domain::entry::search::Hit;
use crate::domain::id::EntryId;
use crate::domain::journal::Journal;
use crate::domain::journal::change::Change;
use crate::domain::journal::draft::Draft;
use crate::domain::record::Record;
use crate::domain::record::draft::RecordDraft;
use crate::domain::record::kind::Kind;
use crate::domain::series::Series;
use crate::domain::taper::plan_action::PlanAction;
use crate::domain::text::words;
use crate::domain::time::span::Span;
use crate::transfer::Giving;
use chrono::NaiveDate;
use std::path::PathBuf;

/// Something to be done after an update.
#[derive(Debug, Clone, PartialEq)]
pub enum Effect {
    /// Writes changes as one step; `said` is what stands on screen once they are saved.
    Write {
        /// All or none of them.
        changes: Vec<Change>,
        /// "Saved 21:00: 6 g Leaf powder, counts for Tue 3 Nov; z takes it back."
        said: String,
    },
    /// Does something with a plan.
    ChangePlan(EntryId, PlanAction),
    /// Saves a new record of now at once, without a form.
    Log {
        /// What kind of thing it is.
        kind: Kind,
        /// What it is about.
        about: Option<String>,
        /// Its fields, as a person would type them.
        fields: Vec<(&'static str, String)>,
        /// What is said behind what was saved; may be empty.
        after: String,
    },
    /// Keeps a draft as it is now.
    KeepDraft(Draft),
    /// Lets a draft go.
    DropDraft(EntryId),
    /// Takes the last step back.
    Undo,
    /// Does it again.
    Redo,
    /// Erases an entry of the bin for good.
    Erase(BinEntry),
    /// Asks what lies in the bin.
    ListBin,
    /// Gives all days back in a new file or folder.
    Give(Giving, PathBuf),
    /// Make a copy of the journal now.
    BackUp,
    /// Opens an overlay.
    Open(Opening),
    /// Asks a question.
    Ask(Question),
    /// Closes the overlay on top.
    Close,
    /// Hands text to the terminal for its clipboard, and says so above the footer.
    Copy {
        /// What is copied: what stands on screen, nothing more.
        text: String,
        /// What it is called: "7 days of Severity".
        what: String,
    },
    /// Switches the mouse on or off.
    SwitchMouse,
    /// Takes over a value of the config file at once, and writes it there.
    Configure {
        /// The key.
        key: ConfigKey,
        /// Its value.
        value: &'static str,
    },
    /// Says something above the footer.
    Say(String),
    /// Shows a day in History.
    ShowDay(NaiveDate),
    /// Back to where a day was opened from; nowhere when it was not opened from another place.
    GoBack,
    /// Puts the cursor of the screen in sight on a day.
    StandOn(NaiveDate),
    /// Shows a series in Trends; `None` takes the second one away.
    ShowSeries(Slot, Option<Series>),
    /// Shows a note in History, and what of it was searched.
    ShowHit {
        /// The text that was searched.
        wanted: String,
        /// Where it stands.
        hit: Hit,
    },
    /// Has History look at one kind of entry.
    LookAt(Filter),
    /// Opens the guide at the page that fits the place in sight.
    ReadAbout,
    /// Shows a page of the guide.
    ShowTopic {
        /// Its name.
        topic: &'static str,
        /// Where on it, in the rows of [`crate::domain::guide::Topic::rows`].
        row: usize,
    },
    /// Shows a tab.
    ShowTab(super::tab::Tab),
    /// Does what the key table of the screen in sight calls so: the palette's way to it.
    Choose(&'static str),
    /// Says that a draft was kept, unless it could not be.
    SayKept(EntryId, String),
    /// Hands the words that are on no disk to the terminal for its clipboard.
    CopyUnsaved,
    /// Writes the words that are on no disk to a new file.
    PutAside(PathBuf),
    /// Leaves, unless words are on no disk: then it asks first.
    Quit,
    /// Leaves without asking again.
    Leave,
}

/// Which of a chart's two series.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Slot {
    /// The one with the line in front.
    First,
    /// The one beside it.
    Second,
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
    /// The series, to choose one.
    Series {
        /// Which of the two it will be.
        slot: Slot,
        /// The one that stands there now.
        now: Option<Series>,
    },
    /// The event marks of these days.
    Events {
        /// The days in sight.
        span: Span,
        /// The day to begin with.
        cursor: NaiveDate,
    },
    /// How a series went after the cuts of the plan.
    AfterCut(Series),
    /// The symptoms, to switch on and off.
    Symptoms,
    /// The attempts.
    Attempts,
    /// What was deleted, to restore or erase.
    Bin,
    /// A form of few fields.
    Form(FormKind),
    /// A plan to make, or with an id the new terms of one.
    Plan(Option<EntryId>),
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
    /// A record, new or to edit: its kind's form.
    Record(RecordDraft),
    /// What else can be logged or kept.
    Log,
    /// What a new record of this kind is about, and then its form: a practice, a measurement, a medicine.
    Choose(Kind),
    /// The form of a new record about this, without asking what it is about.
    About(Kind, String),
    /// What may help until an urge passes.
    Calm,
    /// A page of the guide over what is in sight, by its name.
    Guide(&'static str),
    /// The report for a clinician, before it is written.
    Report,
    /// What can be given back.
    Export,
    /// Search in the guide.
    TopicSearch,
}

impl Effect {
    /// Deletes a record, and names it with the way to take that back.
    pub fn delete(journal: &Journal, record: &Record) -> Self {
        let day = record.day().map(|day| format!(", {}", words::day(day)));
        let (what, day) = (journal.said(record), day.unwrap_or_default());
        Self::Write {
            changes: vec![Change::DeleteRecord(record.id)],
            said: format!("Deleted: {what}{day}. {}.", TakeBack::Key.words()),
        }
    }
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
    /// Where what is given back goes.
    Give(Giving),
    /// Where words go that are on no disk.
    PutAside,
    /// To a day, on the screen in sight.
    GoTo,
    /// Until when a plan is held.
    HoldUntil(EntryId),
    /// A record of any kind.
    Record(Box<RecordDraft>),
}
