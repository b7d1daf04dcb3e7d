//! The whole state of the full screen.

pub(crate) mod watched;

use crate::domain::id::{EntryId, IdSource};
use crate::domain::journal::draft::Draft;
use crate::domain::safety::passphrase_offer::OFFER;
use crate::store::Place;
use crate::tui::keys::input::Key;
use crate::tui::keys::keymap::{KeyFault, Keymap};
use crate::tui::leaving::unsaved::Unsaved;
use crate::tui::pointer::Pointing;
use crate::tui::pointer::layout::Layout;
use crate::tui::screens::cover::Cover;
use crate::tui::screens::{Overlay, Screens};
use crate::tui::shared::Shared;
use crate::tui::tab::Tab;
use crate::tui::theme::abilities::Abilities;
use chrono::{DateTime, Utc};
use std::collections::VecDeque;
use std::path::Path;
use watched::Watched;

/// The message above the footer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Notice {
    /// A success or a plain fact.
    Said(String),
    /// A problem: what happened, what is safe, what to do next.
    Problem(String),
}

/// A write that the store has not answered yet.
pub(crate) struct PendingWrite {
    /// The form that it came from; it opens again if the write fails.
    pub(crate) overlay: Option<Overlay>,
    /// Its entries as drafts, for a write that came from no form.
    pub(crate) drafts: Vec<Draft>,
    /// The ids and the words of its entries that have no drafts, for the same.
    pub(crate) words: Vec<(EntryId, String)>,
}

/// How many notices the `?` page lists.
const KEPT_NOTICES: usize = 8;

/// The whole state of the full screen.
pub struct Model {
    /// The part of the state that screens read.
    pub shared: Watched<Shared>,
    /// The screens behind the tabs.
    pub screens: Watched<Screens>,
    /// The visible tab.
    pub tab: Tab,
    /// Overlays, the one on top last.
    pub overlays: Vec<Overlay>,
    /// What lies over everything, the uppermost last.
    pub covers: Vec<Cover>,
    /// The entry whose form was open when the journal was locked: it opens again.
    pub(crate) left_open: Option<EntryId>,
    /// The moment of the last key, paste or use of the mouse.
    pub(crate) last_input: DateTime<Utc>,
    /// The unanswered writes, oldest first: the store answers in order.
    pub(crate) in_flight: VecDeque<PendingWrite>,
    /// Entries and drafts that are not on the disk.
    pub(crate) unsaved: Unsaved,
    /// The place of the journal's file.
    pub file_place: Place,
    /// Whether the person wants to quit and the store has yet to answer.
    pub(crate) is_leaving: bool,
    /// The number of unanswered writes.
    pub(crate) writes: usize,
    /// The message above the footer.
    pub(crate) notice: Option<Notice>,
    /// Whether that message reads out what is in sight: the next key may show something else.
    pub(crate) is_reading: bool,
    /// The tab from which a day was opened in History: Esc leads back there.
    pub(crate) came_from: Option<Tab>,
    /// Whether the mouse is switched on.
    pub pointing: Pointing,
    /// The person's own keys.
    pub keymap: Keymap,
    /// The areas of the last frame; stored while the mouse is on.
    pub(crate) drawn: Layout,
    /// Texts for the terminal's clipboard, until the runtime sends them.
    pub to_copy: Vec<String>,
    /// Whether to go on.
    pub is_running: bool,
    /// The signs and colours that the terminal can show.
    pub(crate) abilities: Abilities,
    /// Makes ids for new entries.
    pub(crate) ids: IdSource,
}

impl Model {
    /// The state before the first frame.
    pub fn new(shared: Shared, ids: IdSource) -> Self {
        Self {
            last_input: shared.now.at.to_utc(),
            covers: Vec::new(),
            left_open: None,
            shared: Watched::new(shared),
            keymap: Keymap::default(),
            screens: Watched::new(Screens::default()),
            tab: Tab::Today,
            overlays: Vec::new(),
            in_flight: VecDeque::new(),
            unsaved: Unsaved::default(),
            file_place: Place::Usual,
            is_leaving: false,
            writes: 0,
            notice: None,
            is_reading: false,
            came_from: None,
            pointing: Pointing::Off,
            drawn: Layout::default(),
            to_copy: Vec::new(),
            is_running: true,
            abilities: Abilities::default(),
            ids,
        }
    }

    /// Whether this key stops the program for the shell: not while somebody else holds the screen.
    pub(crate) fn suspends_on(&self, key: Key) -> bool {
        !self.is_handed_over() && self.keymap.is_suspend(key)
    }

    /// Whether the report is, or is about to be, in somebody else's hands.
    pub(crate) fn is_handed_over(&self) -> bool {
        let mut covers = self.covers.iter();
        covers.any(|cover| matches!(cover, Cover::HandOver(_)))
    }

    /// Applies the keys of the config file and returns the faulty ones.
    pub fn take_keys(&mut self) -> Vec<KeyFault> {
        let chosen = &mut self.shared.config.chosen_keys;
        let (keymap, faults) = Keymap::read(chosen);
        // Settings counts the own keys, and a refused key is not one of them.
        chosen.retain(|entry| keymap.holds(entry));
        self.keymap = keymap;
        faults
    }

    /// Puts a notice above the footer and on the `?` page.
    pub(crate) fn say(&mut self, notice: Notice) {
        let (Notice::Said(text) | Notice::Problem(text)) = &notice;
        // The next notice replaces this one; the `?` page still has it.
        self.note(text.clone());
        self.notice = Some(notice);
        self.is_reading = false;
    }

    /// Reads out what is in sight, until the next key.
    pub(crate) fn read_out(&mut self, text: String) {
        self.say(Notice::Said(text));
        self.is_reading = true;
    }

    /// Says what is being done, until it is done or the next key; it is nothing to look up later.
    pub(crate) fn say_meanwhile(&mut self, line: Option<&'static str>) {
        if let Some(line) = line {
            self.notice = Some(Notice::Said(line.to_owned()));
            self.is_reading = true;
        }
    }

    /// Says how far something long is; what the person has to know stays.
    pub(crate) fn say_progress(&mut self, line: String) {
        if self.notice.is_none() || self.is_reading {
            self.notice = Some(Notice::Said(line));
            self.is_reading = true;
        }
    }

    /// Takes away what was read out, which need not hold for what is in sight next, and an offer.
    pub(crate) fn end_reading(&mut self) {
        if std::mem::take(&mut self.is_reading) {
            self.notice = None;
        }
        // What stands before the offer still holds.
        if let Some(Notice::Said(text)) = &mut self.notice
            && let Some(before) = text.strip_suffix(OFFER)
        {
            *text = before.trim_end().to_owned();
        }
    }

    /// Puts a text on the `?` page alone.
    fn note(&mut self, text: String) {
        // Only the `?` page shows them, which is itself an overlay.
        let notices = &mut self.shared.unseen().past_notices;
        notices.push(text);
        let excess = notices.len().saturating_sub(KEPT_NOTICES);
        notices.drain(..excess);
    }

    /// The lasting line about a journal that cannot be written, whole and short.
    pub(crate) fn banner(&self) -> Option<(String, &'static str)> {
        self.file_place.banner(Path::new(&self.shared.place))
    }

    /// Notes the place of the journal's file.
    pub fn stand(&mut self, place: Place) {
        self.file_place = place;
        // A small screen has the short line, so the whole one is on the `?` page.
        if let Some((whole, _)) = self.banner() {
            self.note(whole);
        }
    }
}
