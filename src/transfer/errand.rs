//! What the full screen and plain mode have done with files, beside writing an export: plain data. The command line carries it
//! out, so that every face has the same files read, the same copies made and the same sentences.

use super::import::whole_file::{About, FileAnswers, FileQuestion};
use std::path::PathBuf;

/// A file to take in, with the person's answers about its columns.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ImportAsk {
    /// The path as it was typed.
    pub path: String,
    /// A column and its meaning, in the words of `--map`; one answer for a column, the last one counts.
    pub answers: Vec<(String, String)>,
    /// What was said about the file as a whole.
    pub file: FileAnswers,
}

/// An answer about a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ImportAnswer {
    /// What a column is, in the words of `--map`.
    Column(String, String),
    /// An answer about the file as a whole.
    File(About, String),
}

impl ImportAsk {
    /// The file at this path, without answers.
    pub(crate) fn of(path: &str) -> Self {
        Self {
            path: path.to_owned(),
            ..Self::default()
        }
    }

    /// Takes an answer; an earlier one to the same question goes.
    ///
    /// # Errors
    /// A sentence with the answers that there are.
    pub(crate) fn take(&mut self, answer: &ImportAnswer) -> Result<(), String> {
        match answer {
            ImportAnswer::Column(column, meaning) => self.answer(column, meaning),
            ImportAnswer::File(about, value) => self.file.answer(*about, value)?,
        }
        Ok(())
    }

    /// Answers for a column; an earlier answer goes.
    pub(crate) fn answer(&mut self, column: &str, meaning: &str) {
        self.answers.retain(|(known, _)| known != column);
        self.answers.push((column.to_owned(), meaning.to_owned()));
    }

    /// The answer for a column.
    pub(crate) fn answered(&self, column: &str) -> Option<&str> {
        let mut answers = self.answers.iter();
        let found = answers.find(|(known, _)| known == column);
        found.map(|(_, meaning)| meaning.as_str())
    }
}

/// What is to be done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Errand {
    /// List the folder of a path that is being typed; one that begins nowhere begins in the usual folder.
    Browse(String, Usual),
    /// Say what a file would bring, and ask about its columns.
    Look(ImportAsk),
    /// Take a file in.
    TakeIn(ImportAsk),
    /// List the copies of the journal.
    Copies,
    /// Say what bringing a copy back would change.
    Compare(PathBuf),
    /// Bring a copy back.
    Restore(PathBuf),
    /// Copy the journal to a file of the person's.
    CopyTo(String),
    /// Say where journals met last.
    Meeting,
    /// Meet the journals of other machines in a folder, but for these files.
    Sync(String, Vec<PathBuf>),
    /// Ask at the terminal for the passphrase of an encrypted file from elsewhere.
    Unlock(PathBuf),
    /// Keep the key of an open file from elsewhere in this journal.
    KeepKey(PathBuf),
    /// Examine the journal's file.
    Doctor,
    /// Name every place where something of the journal lies.
    Places,
    /// Say whether there is a reminder, and what would be installed.
    Reminder,
    /// List what was handed out.
    HandedOut,
    /// Forget one of what was handed out, or all of it.
    Forget(Option<HandedOut>),
    /// List every action with its keys.
    Keys,
    /// Choose a key for an action, by its code; without a key those of the person's own go.
    ChooseKey(String, Option<String>),
    /// Show what a study would get.
    StudyPreview(Study),
    /// Write the tables for a study.
    StudyWrite(Study),
    /// Ask for a passphrase at the terminal, and do this with it.
    Passphrase(PassphraseErrand),
    /// After the key became another one: bring what lies outside the journal's folder after it.
    Follow,
}

/// What is done about the passphrase where it is typed at the terminal.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PassphraseErrand {
    /// A plain journal gets one.
    Set,
    /// Another one; true brings a new key with it.
    Change(bool),
    /// The journal becomes plain.
    Remove,
    /// The recovery sheet is said.
    Sheet,
}

impl Errand {
    /// What is said until it is done; `None` for what takes no time, or says so itself.
    pub(crate) const fn meanwhile(&self) -> Option<&'static str> {
        Some(match self {
            Self::Look(_) => "Reading the file.",
            Self::TakeIn(_) => "Taking it in.",
            Self::Compare(_) => "Comparing it with the journal.",
            Self::Restore(_) => "Restoring.",
            Self::CopyTo(_) => "Copying.",
            Self::Sync(..) => "Meeting the other journals.",
            Self::Doctor => "Examining the file.",
            _ => return None,
        })
    }

    /// Whether the journal has to be read again afterwards.
    pub(crate) const fn changes_journal(&self) -> bool {
        matches!(self, Self::TakeIn(_) | Self::Restore(_) | Self::Sync(..))
    }
}

/// An encrypted file from elsewhere that nobody has opened yet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LockedFile {
    /// Where it lies.
    pub(crate) path: PathBuf,
    /// The errand that goes on once it is open.
    pub(crate) then: Errand,
    /// The same without this file, where there is more than it.
    pub(crate) without: Option<Errand>,
    /// Whether this journal is plain, so that what is taken in can be read here.
    pub(crate) comes_out_plain: bool,
}

impl LockedFile {
    /// Its name.
    pub(crate) fn name(&self) -> String {
        let name = self.path.file_name().unwrap_or_default();
        name.to_string_lossy().into_owned()
    }

    /// What has to be known before its passphrase is typed.
    pub(crate) fn about(&self) -> String {
        let name = self.name();
        if self.comes_out_plain {
            format!(
                "{name} is encrypted and this journal is not, so what is taken in would lie here readable."
            )
        } else {
            format!("{name} is encrypted with a passphrase that is not known here.")
        }
    }

    /// Whether its key is to be kept; asked where the journal itself is encrypted.
    pub(crate) fn keeping(&self) -> String {
        format!(
            "{} is open. Keep its key in this journal, so that it is not asked for again?",
            self.name()
        )
    }
}

/// Where a path begins that begins nowhere.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Usual {
    /// Where files from elsewhere lie.
    Downloads,
    /// Where files lie that were written for the person.
    Documents,
    /// The home folder.
    Home,
}

/// The tables for a study or a clinic: days instead of dates, no words of the person's own.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Study {
    /// The participant's id, as it was typed.
    pub(crate) id: String,
    /// Which days.
    pub(crate) range: super::csv::Range,
    /// The new folder.
    pub(crate) folder: String,
}

/// What came of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Told {
    /// A folder.
    Folder(Folder),
    /// What a file would bring.
    Looked(Box<Look>),
    /// The copies, the newest first.
    Copies(Vec<CopyRow>),
    /// What bringing this copy back would change.
    Compared(PathBuf, Vec<String>),
    /// The folder in which journals met last, with a sentence about it; without one the home folder.
    Meeting(Option<String>, Folder),
    /// What was handed out, the newest first.
    HandedOut(Vec<HandedOut>),
    /// Every action with its keys, and what became of a key that was pressed.
    Keys(Vec<KeyRow>, Option<String>),
    /// What a study would get.
    Preview(Study, Vec<String>),
    /// A page to read.
    Page(&'static str, Vec<String>),
    /// It was done.
    Done(String),
    /// A passphrase is needed first.
    Locked(Box<LockedFile>),
    /// The file that was asked about is open.
    Opened,
    /// It was done, and there is more to say than one sentence.
    DoneAtLength(&'static str, Vec<String>),
}

/// The folder of a path that is being typed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Folder {
    /// The path whose folder this is.
    pub(crate) typed: String,
    /// The whole path of the folder, with a slash at its end.
    pub(crate) path: String,
    /// The names in it: folders first, each with a slash at its end.
    pub(crate) names: Vec<String>,
    /// Why it cannot be listed.
    pub(crate) problem: Option<String>,
}

/// What a file would bring.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Look {
    /// What was asked, with the answers of an earlier file of this form filled in.
    pub(crate) ask: ImportAsk,
    /// The whole path.
    pub(crate) path: String,
    /// What kind of file it is.
    pub(crate) form: String,
    /// Its columns, for a file of another program.
    pub(crate) columns: Vec<ColumnLook>,
    /// What is asked about it as a whole.
    pub(crate) questions: Vec<FileQuestion>,
    /// Whether the answers are those of an earlier file of this form.
    pub(crate) is_kept: bool,
    /// What would come in, line by line, or why nothing can.
    pub(crate) outcome: Vec<String>,
    /// Whether there is something to take in.
    pub(crate) brings: Brings,
}

/// Whether a file has something to take in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Brings {
    /// It does.
    Something,
    /// All of it is here already, or there is nothing in it.
    Nothing,
    /// It cannot be read as it is.
    Unread,
}

/// A column of another program's file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ColumnLook {
    /// Its name in the file.
    pub(crate) name: String,
    /// Up to three different values.
    pub(crate) examples: Vec<String>,
    /// What it becomes.
    pub(crate) becomes: String,
    /// Whether that holds or waits for the person.
    pub(crate) standing: Answered,
    /// What waits for an answer elsewhere, so that it cannot be read yet.
    pub(crate) waits: Option<String>,
    /// What it may be, in the words of `--map`, and why.
    pub(crate) guess: Option<Guess>,
}

impl ColumnLook {
    /// The guess, where the person has not answered yet.
    pub(crate) fn open_guess(&self) -> Option<&Guess> {
        let is_open = self.standing != Answered::ByPerson;
        self.guess.as_ref().filter(|_| is_open)
    }
}

/// Whether the meaning of a column holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Answered {
    /// By its name alone: a day, a time, a note.
    ByName,
    /// By the person.
    ByPerson,
    /// It waits for an answer; until then it is left out.
    Open,
}

/// What a column may be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Guess {
    /// In the words of `--map`.
    pub(crate) meaning: String,
    /// In words: "the symptom Nausea, 0 to 4".
    pub(crate) words: String,
    /// Why: "named Nausea, values 0 to 4".
    pub(crate) reason: String,
}

/// A copy of the journal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CopyRow {
    /// Its file.
    pub(crate) path: PathBuf,
    /// When it was made, and why: "Sun 22 Nov 2026 08:12, of the day".
    pub(crate) made: String,
    /// What is in it: "41 check-ins, 3 doses; last day Sat 21 Nov 2026; 120 kB".
    pub(crate) holds: String,
    /// Whether it can be brought back; otherwise why not.
    pub(crate) problem: Option<String>,
}

/// An action with its keys.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeyRow {
    /// Its code in the config file.
    pub(crate) code: String,
    /// What it does.
    pub(crate) label: String,
    /// Its key in the table.
    pub(crate) key: String,
    /// The keys of the person's own.
    pub(crate) own: Vec<String>,
}

/// Something that left the journal as a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HandedOut {
    /// When, on the wall clock: RFC 3339.
    pub(crate) at: String,
    /// The same as a person reads it.
    pub(crate) when: String,
    /// What it was: "Ratings as CSV", "Report".
    pub(crate) what: String,
    /// The days in it, in words.
    pub(crate) days: String,
    /// Whether typed notes were in it, in words.
    pub(crate) notes: String,
    /// Where it was written, whole.
    pub(crate) path: String,
}
