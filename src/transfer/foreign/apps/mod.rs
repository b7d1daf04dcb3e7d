//! The programs whose files are known, one importer each behind `Form`.
//!
//! Sources: exports of these programs, their tests and their users' descriptions (read 2026-11-22 to 2026-11-29). Column names
//! change with versions and languages; then the person's mapping gives their meaning.

mod apple_health;
mod bearable;
mod daylio;
mod fitbit;
mod herbal_tracker;
mod jrnl;
mod long;
mod loop_habits;
mod medtimer;
mod oura;
mod plees;
mod sleep_android;
mod spreadsheet;
mod tea_taper;
mod track_graph;
mod tui_journal;

pub(super) use apple_health::{condensed, is_health};

use super::sheet::{Sheet, first_rows};
use super::target::Meant;
use crate::transfer::import::error::{File, RowError, whole};

/// How the files of one program are told and read.
pub(super) trait Form: Sync {
    /// Its name on the command line, from which the ids of its entries are derived: it never changes.
    fn name(&self) -> &'static str;

    /// A few words about it.
    fn about(&self) -> &'static str;

    /// The names in ids of version 0.1.0, which read an unknown format as a table.
    fn first_names(&self) -> [&'static str; 2] {
        ["Table", "Table"]
    }

    /// Whether these files look like its own.
    fn is_of(&self, files: &[File]) -> bool;

    /// The rows of its files in one table, with a column for each kind of value.
    fn sheet(&self, files: &[File], meant: Meant<'_>) -> Result<Sheet, Vec<RowError>>;

    /// What one of its columns is, by name.
    fn guess(&self, column: &str) -> Option<KnownColumn> {
        let _ = column;
        None
    }
}

/// What a column of a known program is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct KnownColumn {
    /// As the person would say it in a mapping.
    pub(crate) target: String,
    /// Why.
    pub(crate) reason: &'static str,
    /// Whether it is taken unasked; a scale never is.
    pub(crate) is_sure: bool,
}

impl KnownColumn {
    #[expect(
        clippy::unnecessary_wraps,
        reason = "every arm of a guess is an option"
    )]
    fn sure(target: &str, reason: &'static str) -> Option<Self> {
        Some(Self {
            target: target.to_owned(),
            reason,
            is_sure: true,
        })
    }

    /// A guess that only the person can confirm.
    #[expect(
        clippy::unnecessary_wraps,
        reason = "every arm of a guess is an option"
    )]
    fn open(target: &str, reason: &'static str) -> Option<Self> {
        Some(Self {
            target: target.to_owned(),
            reason,
            is_sure: false,
        })
    }
}

/// Every form; the ones that accept the most come last.
static FORMS: [&'static dyn Form; 15] = [
    &daylio::Daylio,
    &bearable::Bearable,
    &loop_habits::Loop,
    &medtimer::MedTimer,
    &track_graph::TrackGraph,
    &sleep_android::SleepAndroid,
    &fitbit::Fitbit,
    &oura::Oura,
    &apple_health::AppleHealth,
    &herbal_tracker::HerbalTracker,
    &tea_taper::TeaTaper,
    &plees::Plees,
    &jrnl::Jrnl,
    &tui_journal::TuiJournal,
    &spreadsheet::Spreadsheet,
];

/// A program, or any table with dates.
#[derive(Clone, Copy)]
pub struct App(&'static dyn Form);

impl App {
    /// Every program.
    pub fn all() -> impl Iterator<Item = Self> {
        FORMS.iter().map(|form| Self(*form))
    }

    /// Its name, from which the ids of its entries are derived: it never changes.
    pub fn name(self) -> &'static str {
        self.0.name()
    }

    pub(crate) fn about(self) -> &'static str {
        self.0.about()
    }

    pub(super) fn first_names(self) -> [&'static str; 2] {
        self.0.first_names()
    }

    /// Whether these files look like its own.
    pub(crate) fn is_of(self, files: &[File]) -> bool {
        self.0.is_of(files)
    }

    pub(super) fn guess(self, column: &str) -> Option<KnownColumn> {
        self.0.guess(column)
    }
}

/// The rows of an app's files in one table, with a column for each kind of value.
pub(super) fn sheet(app: App, files: &[File], meant: Meant<'_>) -> Result<Sheet, Vec<RowError>> {
    app.0.sheet(files, meant)
}

/// The only file of a form that has one.
fn single(files: &[File]) -> Result<&File, Vec<RowError>> {
    match files {
        [file] => Ok(file),
        [] => Err(whole("this folder", "it has no file of this form")),
        _ => Err(whole("this folder", "one file is expected")),
    }
}

/// Whether one of the first rows of a single file has all of these cells, in any order and case.
fn has_head(files: &[File], names: &[&str]) -> bool {
    let [file] = files else { return false };
    let is_head = |row: &Vec<String>| {
        names
            .iter()
            .all(|name| row.iter().any(|cell| cell.eq_ignore_ascii_case(name)))
    };
    first_rows(file).iter().any(is_head)
}
