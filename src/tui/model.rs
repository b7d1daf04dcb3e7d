//! The whole state of the full screen: what screens read, and where the person is.

use super::keys::keymap::{KeyFault, Keymap};
use super::leaving::unsaved::Unsaved;
use super::pointer::Pointing;
use super::pointer::layout::Layout;
use super::screens::{Overlay, Screens};
use super::shared::Shared;
use super::tab::Tab;
use crate::domain::id::IdSource;
use crate::domain::journal::draft::Draft;
use std::collections::VecDeque;

/// What stands above the footer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Notice {
    /// Something was done.
    Said(String),
    /// Something could not be done: what happened, what is safe, what next.
    Problem(String),
}

/// A write on its way to the disk.
pub struct InFlight {
    /// The form that it came from.
    pub overlay: Option<Overlay>,
    /// What it writes, as drafts, where it came from no form.
    pub drafts: Vec<Draft>,
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
    /// For each write on its way to the disk the overlay that it came from, if it had one: comes back if it does not arrive.
    pub in_flight: VecDeque<InFlight>,
    /// What the journal does not have of what was written.
    pub unsaved: Unsaved,
    /// Whether the person wants to leave, and the store is asked for its last word.
    pub is_leaving: bool,
    /// Writes on their way to the disk.
    pub writes: usize,
    /// What stands above the footer.
    pub notice: Option<Notice>,
    /// The tab from which a day was opened in History: Esc leads back there.
    pub came_from: Option<Tab>,
    /// Whether the mouse is switched on.
    pub pointing: Pointing,
    /// Keys that the person chose.
    pub keymap: Keymap,
    /// Where things stood in the last frame; kept while the mouse is on.
    pub drawn: Layout,
    /// Texts for the terminal's clipboard, until the runtime sends them.
    pub to_copy: Vec<String>,
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
            keymap: Keymap::default(),
            screens: Screens::default(),
            tab: Tab::Today,
            overlays: Vec::new(),
            in_flight: VecDeque::new(),
            unsaved: Unsaved::default(),
            is_leaving: false,
            writes: 0,
            notice: None,
            came_from: None,
            pointing: Pointing::Off,
            drawn: Layout::default(),
            to_copy: Vec::new(),
            is_running: true,
            ids,
        }
    }

    /// Takes over the keys of the config file that hold, and tells of the others.
    pub fn take_keys(&mut self) -> Vec<KeyFault> {
        let chosen = &mut self.shared.config.chosen_keys;
        let (keymap, faults) = Keymap::read(chosen);
        chosen.retain(|entry| keymap.holds(entry));
        self.keymap = keymap;
        faults
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
