//! What the full screen knows: what every screen may read, and where the person is.

use super::screens::{Overlay, Screens, Tab};
use super::theme::Theme;
use crate::domain::check_in::CheckInDraft;
use crate::domain::id::IdSource;
use crate::domain::journal::Journal;
use crate::domain::time::Now;
use chrono::NaiveDate;

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
    pub drafts: Vec<CheckInDraft>,
    /// Where the journal lies, for the first steps and for exports.
    pub place: String,
    /// The person's or a made-up one.
    pub kind: Kind,
    /// What was said lately, newest last: stays readable on the `?` page.
    pub said: Vec<String>,
}

impl Shared {
    /// The logical day of the last event.
    pub fn today(&self) -> NaiveDate {
        self.now.today(self.journal.settings.day_end)
    }
}

/// What stands above the footer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Notice {
    /// Something was done.
    Said(String),
    /// Something could not be done: what happened, what is safe, what next.
    Problem(String),
}

/// How many notices the `?` page keeps.
const KEPT_NOTICES: usize = 8;

/// The whole state of the full screen.
pub struct Model {
    /// What screens read.
    pub shared: Shared,
    /// The screens behind the tabs.
    pub screens: Screens,
    /// The tab in sight.
    pub tab: Tab,
    /// Overlays, the one on top last.
    pub overlays: Vec<Overlay>,
    /// An overlay whose save is on its way to the disk: comes back if it does not arrive.
    pub in_flight: Option<Overlay>,
    /// Writes on their way to the disk.
    pub writes: usize,
    /// What stands above the footer.
    pub notice: Option<Notice>,
    /// Whether to go on.
    pub is_running: bool,
    /// Makes ids for new entries.
    pub ids: IdSource,
}

impl Model {
    /// The state before the first frame.
    pub fn new(shared: Shared, ids: IdSource) -> Self {
        Self {
            shared,
            screens: Screens::default(),
            tab: Tab::Today,
            overlays: Vec::new(),
            in_flight: None,
            writes: 0,
            notice: None,
            is_running: true,
            ids,
        }
    }

    /// Puts a notice above the footer and on the `?` page.
    pub fn say(&mut self, notice: Notice) {
        let (Notice::Said(text) | Notice::Problem(text)) = &notice;
        self.shared.said.push(text.clone());
        let over = self.shared.said.len().saturating_sub(KEPT_NOTICES);
        self.shared.said.drain(..over);
        self.notice = Some(notice);
    }
}
