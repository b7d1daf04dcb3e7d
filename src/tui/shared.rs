//! What every screen may read and none may write.

use super::theme::Theme;
use crate::config::file::Config;
use crate::domain::journal::Journal;
use crate::domain::journal::draft::Drafts;
use crate::domain::time::Now;
use crate::domain::time::display::Manner;
use crate::domain::trends::sight::Basis;
use chrono::NaiveDate;
use std::path::PathBuf;

/// Whose journal is open.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// The person's.
    Own,
    /// A made-up one, labelled as such on every screen.
    Demo,
}

/// What every screen may read and none may write.
pub struct Shared {
    /// The journal, as far as it has been read.
    pub journal: Journal,
    /// The moment of the last event.
    pub now: Now,
    /// Colours and glyphs.
    pub theme: Theme,
    /// What is being written and not saved.
    pub drafts: Drafts,
    /// Where the journal lies, for the first steps and for exports.
    pub place: String,
    /// The person's or a made-up one.
    pub kind: Kind,
    /// What was said lately, newest last: stays readable on the `?` page.
    pub said: Vec<String>,
    /// What the config file says, and what was chosen in this session.
    pub config: Config,
    /// Where the config file lies; `None` where nothing is to be written to it.
    pub config_path: Option<PathBuf>,
}

impl Shared {
    /// How days are shown.
    pub fn manner(&self) -> Manner {
        self.now.manner
    }

    /// What a sight of Trends is worked out from.
    pub(crate) fn basis(&self) -> Basis<'_> {
        Basis {
            journal: &self.journal,
            today: self.today(),
            manner: self.manner(),
        }
    }

    /// The logical day of the last event.
    pub fn today(&self) -> NaiveDate {
        self.now.today(self.journal.settings.day_end)
    }
}
