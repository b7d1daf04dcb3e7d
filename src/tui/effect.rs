//! Requests of a screen to the app, the store and the terminal, as plain data.

use crate::config::settings::ConfigKey;
use crate::domain::check_in::{CheckInDraft, Form};
use crate::domain::dose::product::ProductKey;
use crate::domain::entry::Filter;
use crate::domain::entry::bin::BinEntry;
use crate::domain::entry::saved;
use crate::domain::entry::saved::TakeBack;
use crate::domain::entry::search::Hit;
use crate::domain::id::EntryId;
use crate::domain::journal::Journal;
use crate::domain::journal::change::Change;
use crate::domain::journal::draft::Draft;
use crate::domain::record::draft::RecordDraft;
use crate::domain::record::kind::Kind;
use crate::domain::report::section::ReportAsk;
use crate::domain::series::Series;
use crate::domain::taper::plan_action::PlanAction;
use crate::domain::time::Now;
use crate::domain::time::span::Span;
use crate::store::key::rewrite::NewKey;
use crate::store::key::typed::TypedSecret;
use crate::transfer::Giving;
use crate::transfer::errand::{
    ColumnLook, CopyRow, Errand, HandedOut, ImportAnswer, LockedFile, Look, Told, Usual,
};
use crate::transfer::import::whole_file::FileQuestion;
use crate::tui::tab::Tab;
use chrono::NaiveDate;
use std::fmt;
use std::path::PathBuf;
use std::sync::Arc;
use zeroize::Zeroizing;

/// A request that the app carries out after an update.
#[derive(Debug, Clone, PartialEq)]
// Plain data, so that tests compare effects and `update` stays free of I/O.
pub enum Effect {
    /// Writes changes as one step; the notice `notice` appears once they are on the disk.
    Write {
        /// All or none of them.
        changes: Vec<Change>,
        /// "Saved 21:00: 6 g Leaf powder, counts for Tue 3 Nov; z takes it back."
        notice: String,
    },
    /// Carries out an action on a plan.
    ChangePlan(EntryId, PlanAction),
    /// Saves a new record of now at once, without a form.
    Log {
        /// The record's kind.
        kind: Kind,
        /// The product, medicine or measure that it is about.
        about: Option<String>,
        /// Its fields, as a person would type them.
        fields: Vec<(&'static str, String)>,
        /// A sentence behind the notice; may be empty.
        after: String,
    },
    /// Stores a draft.
    KeepDraft(Draft),
    /// Deletes a draft.
    DropDraft(EntryId),
    /// Undoes the last step.
    Undo,
    /// Redoes the last undone step.
    Redo,
    /// Erases an entry of the bin for good.
    Erase(BinEntry),
    /// Asks the store for the entries in the bin.
    ListBin,
    /// Writes all days to a new file or folder.
    Give(Giving, PathBuf),
    /// Carries out an errand: something done with files.
    Run(Errand),
    /// Answers a question about another program's file, on the page below.
    Answer(ImportAnswer),
    /// Makes a backup copy of the journal now.
    BackUp,
    /// Opens an overlay.
    Open(Opening),
    /// Asks a question.
    Ask(Question),
    /// Closes the overlay on top.
    Close,
    /// Sends text to the terminal's clipboard, with a notice.
    Copy {
        /// The text on screen, nothing more.
        text: String,
        /// Its name in the notice: "7 days of Severity".
        what: String,
    },
    /// Switches the mouse on or off.
    SwitchMouse,
    /// Applies a value of the config file at once and writes it to the file.
    Configure {
        /// The key.
        key: ConfigKey,
        /// Its value.
        value: String,
    },
    /// Puts something over everything, or takes it away.
    Cover(Covering),
    /// Opens the locked journal with what was typed.
    Unlock(Unlocking),
    /// Sets, changes or removes the passphrase, or asks for the sheet.
    Keep(Keeping),
    /// Shows a notice.
    Say(String),
    /// Reads out what is in sight, until the next key.
    ReadOut(String),
    /// Shows a day in History.
    ShowDay(NaiveDate),
    /// Goes back to the tab from which a day was opened, if there is one.
    GoBack,
    /// Moves the visible screen's cursor to a day.
    StandOn(NaiveDate),
    /// Shows a series in Trends; `None` removes the second one.
    ShowSeries(Slot, Option<Series>),
    /// Shows a search hit in History.
    ShowHit {
        /// The searched text.
        wanted: String,
        /// Its place.
        hit: Hit,
    },
    /// Filters History by a kind of entry.
    LookAt(Filter),
    /// Opens the guide at the page about the visible screen.
    ReadAbout,
    /// Shows a page of the guide.
    ShowTopic {
        /// Its name.
        topic: &'static str,
        /// The row on it, as `crate::domain::guide::Topic::rows` counts them.
        row: usize,
    },
    /// Shows a tab.
    ShowTab(Tab),
    /// Runs the action with this label in the visible screen's key table.
    Choose(&'static str),
    /// Goes to a tab, for the palette, and does there what its key table calls the label.
    Act {
        /// The tab.
        tab: Tab,
        /// The modes in which it can be done, as `screens::modes` counts them; the present one is kept if it is among them.
        among: Vec<usize>,
        /// What to do; `None`: it goes there, nothing more.
        label: Option<&'static str>,
    },
    /// Shows the notice that a draft is stored, unless the store refused it.
    SayKept(EntryId, String),
    /// Sends the unsaved words to the terminal's clipboard.
    CopyUnsaved,
    /// Writes the unsaved words to a new file.
    PutAside(PathBuf),
    /// Quits; asks first when there are unsaved words.
    Quit,
    /// Quits without a question.
    Leave,
}

/// Something typed that must not be shown. It is overwritten when the last holder lets go.
#[derive(Clone, PartialEq, Eq)]
pub struct Secret(Arc<Letters>);

/// Where the letters lie.
#[derive(PartialEq, Eq)]
enum Letters {
    /// In a field.
    Typed(TypedSecret),
    /// A sheet, which is in sight.
    Text(Zeroizing<String>),
}

impl Secret {
    /// Takes a text.
    pub(crate) fn new(text: Zeroizing<String>) -> Self {
        Self(Arc::new(Letters::Text(text)))
    }

    /// Takes what was typed, where it lies.
    pub(crate) fn typed(typed: TypedSecret) -> Self {
        Self(Arc::new(Letters::Typed(typed)))
    }

    /// What it holds.
    pub(crate) fn text(&self) -> &str {
        match &*self.0 {
            Letters::Typed(typed) => typed.text(),
            Letters::Text(text) => text,
        }
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secret")
    }
}

/// What opens a locked journal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Unlocking {
    /// The passphrase.
    Passphrase(Secret),
    /// The recovery sheet.
    Sheet(Secret),
}

/// What is done about the passphrase.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PassphraseDeed {
    /// A plain journal gets one.
    Set,
    /// Another one takes its place.
    Change(NewKey),
    /// The journal becomes plain.
    Remove,
    /// The recovery sheet is shown.
    Sheet,
    /// After the sheet opened the journal: a new one.
    Recover,
    /// A file from elsewhere is opened with its own.
    Other,
}

/// The same with what was typed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Keeping {
    /// A plain journal gets this one.
    Set(Secret),
    /// Another one takes the place of the present one.
    Change {
        /// The present one.
        present: Secret,
        /// The other one.
        new: Secret,
        /// Whether a new key comes with it.
        key: NewKey,
    },
    /// The journal becomes plain; the present one proves who asks.
    Remove(Secret),
    /// The recovery sheet; the present one proves who asks.
    Sheet(Secret),
    /// A new one after the sheet.
    Recover(Secret),
    /// That of a file from elsewhere.
    Other(Box<LockedFile>, Secret),
}

/// What is put over everything, so that nothing of the journal is in sight.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Covering {
    /// Nothing at all, until the next key.
    Blank,
    /// The locked page.
    Lock,
    /// Help lines for anybody's eyes.
    Help,
    /// The report, for somebody else's hands.
    HandOver(Box<ReportAsk>),
    /// The lock, under the report that is in sight.
    LockUnder,
    /// The two uppermost covers change places.
    TurnOver,
    /// The uppermost cover goes away.
    Away,
}

/// Which of a chart's two series.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Slot {
    /// The series with the line in front.
    First,
    /// The second series.
    Second,
}

/// A question with a list of answers.
#[derive(Debug, Clone, PartialEq)]
pub struct Question {
    /// The title of the page.
    pub(crate) title: &'static str,
    /// The question.
    pub(crate) text: String,
    /// Each answer's text and its effects.
    pub(crate) answers: Vec<(String, Vec<Effect>)>,
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
    /// A draft of a check-in, to finish.
    Draft(CheckInDraft),
    /// A check-in of the journal, to edit.
    Edit(EntryId),
    /// Help lines and red flags.
    HelpLines,
    /// All keys.
    Keys,
    /// Every action by name.
    Palette,
    /// The list of series, to choose one.
    Series {
        /// The slot for the chosen series.
        slot: Slot,
        /// The series in that slot now.
        now: Option<Series>,
    },
    /// The event marks of these days.
    Events {
        /// The visible days.
        span: Span,
        /// The day under the cursor.
        cursor: NaiveDate,
    },
    /// How a series went around the cuts of a product's plans; of the first product where none is meant.
    AfterCut(Series, Option<ProductKey>),
    /// The symptoms, to switch on and off.
    Symptoms,
    /// The attempts.
    Attempts,
    /// The deleted entries, to restore or erase.
    Bin,
    /// A form of few fields.
    Form(FormKind),
    /// A new plan, or new terms for the plan with this id.
    Plan(Option<EntryId>),
    /// The safety card.
    SafetyCard,
    /// The first steps.
    FirstSteps,
    /// "3 days missing: fill, skip, later".
    Missing,
    /// What a merge left double, to join or to part.
    Double,
    /// A brief check-in for each missing day in turn.
    Fill {
        /// The first day.
        day: NaiveDate,
        /// The later missing days, oldest first.
        left: Vec<NaiveDate>,
    },
    /// Search in the notes.
    Search,
    /// The form of a record, new or to edit.
    Record(RecordDraft),
    /// The list of kinds that can be logged.
    Log,
    /// The list of products, medicines or measures for a new record, then its form.
    Choose(Kind),
    /// The form of a new record about a known product, medicine or measure.
    About(Kind, String),
    /// A page for the minutes until an urge passes.
    Calm,
    /// A page of the guide as an overlay, by its name.
    Guide(&'static str),
    /// A preview of the report for a clinician.
    Report,
    /// The list of export formats.
    Export,
    /// Search in the guide.
    TopicSearch,
    /// A page to read.
    Page(&'static str, Vec<String>),
    /// A path, chosen by typing or by going through folders.
    Path(PathFor),
    /// What a file would bring, with its columns.
    Looked(Box<Look>),
    /// What a column of that file can be.
    Meaning(ColumnLook),
    /// The answers to a question about that file as a whole.
    FileQuestion(FileQuestion),
    /// The copies of the journal; `None`: they are being read.
    Copies(Option<Vec<CopyRow>>),
    /// What was handed out; `None`: it is being read.
    HandedOut(Option<Vec<HandedOut>>),
    /// What an errand would do, read before it is agreed to.
    Sure(Sure),
    /// Every action with its keys, to choose others.
    OwnKeys,
    /// The fields of a passphrase.
    Passphrase(PassphraseDeed),
    /// The field for that of a file from elsewhere.
    PassphraseOf(Box<LockedFile>),
}

/// What a path is chosen for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PathFor {
    /// A file to take in.
    Import,
    /// A folder in which journals meet.
    Sync,
    /// A new file for a copy of the journal.
    Copy,
}

impl Sure {
    /// The row of the harmless answer; agreeing stands below it.
    pub(crate) fn leave(&self) -> usize {
        self.lines.len() + 1
    }
}

impl PathFor {
    /// Where a path begins that begins nowhere.
    pub(crate) const fn usual(self) -> Usual {
        match self {
            Self::Import => Usual::Downloads,
            Self::Sync => Usual::Home,
            Self::Copy => Usual::Documents,
        }
    }
}

/// Something to read before it is agreed to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sure {
    /// The title of the page.
    pub(crate) title: &'static str,
    /// What would happen.
    pub(crate) lines: Vec<String>,
    /// What agreeing does, in words.
    pub(crate) yes: String,
    /// What agreeing does.
    pub(crate) errand: Errand,
}

impl Opening {
    /// Whether what it opens is filled in to be saved in the journal.
    pub(crate) fn is_to_write(&self) -> bool {
        match self {
            Self::CheckIn { .. }
            | Self::Draft(_)
            | Self::Edit(_)
            | Self::Plan(_)
            | Self::Missing
            | Self::Double
            | Self::Fill { .. }
            | Self::Record(_)
            | Self::Log
            | Self::Choose(_)
            | Self::About(..)
            | Self::FirstSteps => true,
            Self::Form(kind) => !matches!(
                kind,
                FormKind::Give(_) | FormKind::Study | FormKind::PutAside | FormKind::GoTo
            ),
            Self::HelpLines
            | Self::Keys
            | Self::Palette
            | Self::Series { .. }
            | Self::Events { .. }
            | Self::AfterCut(..)
            | Self::Symptoms
            | Self::Attempts
            | Self::Bin
            | Self::SafetyCard
            | Self::Search
            | Self::Calm
            | Self::Guide(_)
            | Self::Report
            | Self::Export
            | Self::TopicSearch
            | Self::Page(..)
            | Self::Path(_)
            | Self::Looked(_)
            | Self::Meaning(_)
            | Self::FileQuestion(_)
            | Self::Copies(_)
            | Self::HandedOut(_)
            | Self::Sure(_)
            | Self::OwnKeys
            | Self::Passphrase(_)
            | Self::PassphraseOf(_) => false,
        }
    }

    /// What it needs from outside.
    pub(crate) fn needs(&self) -> Option<Errand> {
        Some(match self {
            Self::Path(PathFor::Sync) => Errand::Meeting,
            Self::Path(wanted) => Errand::Browse(String::new(), wanted.usual()),
            Self::Copies(None) => Errand::Copies,
            Self::HandedOut(None) => Errand::HandedOut,
            Self::OwnKeys => Errand::Keys,
            _ => return None,
        })
    }

    /// The page that shows what came of an errand, where no page waits for it.
    pub(crate) fn of_told(told: Told) -> Option<Self> {
        Some(match told {
            Told::Looked(look) => Self::Looked(look),
            Told::Compared(path, lines) => Self::Sure(Sure {
                title: "Restore this copy",
                lines,
                yes: "restore it; the journal of now is kept as a copy".to_owned(),
                errand: Errand::Restore(path),
            }),
            Told::Preview(study, lines) => Self::Sure(Sure {
                title: "For a study",
                lines,
                yes: format!("write this to {}", study.folder),
                errand: Errand::StudyWrite(study),
            }),
            // The page that asked for it was closed meanwhile.
            _ => return None,
        })
    }
}

impl Effect {
    /// Writes one change, and says what it did with the way to take it back.
    pub(crate) fn write(journal: &Journal, change: Change, now: &Now) -> Self {
        Self::Write {
            notice: saved::notice(journal, &change, now, TakeBack::Key),
            changes: vec![change],
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
    /// The path of an export or report.
    Give(Giving),
    /// The id, the days and the folder of tables for a study.
    Study,
    /// The path of a file for unsaved words.
    PutAside,
    /// A day for the visible screen's cursor.
    GoTo,
    /// The last day of a plan's hold.
    HoldUntil(EntryId),
    /// A record of any kind.
    Record(Box<RecordDraft>),
}

#[cfg(test)]
mod tests {
    use super::{Effect, Keeping, Secret, Unlocking};
    use crate::store::key::typed::TypedSecret;

    #[test]
    fn no_effect_with_a_passphrase_in_it_can_be_printed_with_its_letters() {
        let mut typed = TypedSecret::default();
        "porcupine".chars().for_each(|letter| typed.push(letter));
        let secret = Secret::typed(typed);
        let sheet = Secret::new("porcupine".to_owned().into());
        for effect in [
            Effect::Keep(Keeping::Set(secret.clone())),
            Effect::Keep(Keeping::Remove(secret.clone())),
            Effect::Unlock(Unlocking::Passphrase(secret)),
            Effect::Unlock(Unlocking::Sheet(sheet)),
        ] {
            let printed = format!("{effect:?}");
            assert!(printed.contains("Secret"), "{printed}");
            assert!(!printed.contains("porcupine"), "{printed}");
        }
    }
}
