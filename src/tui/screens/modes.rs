//! The modes of the tabs, each with keys of its own: the views of Trends, the sections of Care, list and page of the Guide.
//!
//! The palette reads them all, so that no action is missing there, and enters one to do there what it names.

use super::{Screens, care, guide, history, plan, settings, today, trends};
use crate::tui::keys;
use crate::tui::keys::Hint;
use crate::tui::shared::Shared;
use crate::tui::tab::Tab;

/// A mode of a tab.
pub(crate) struct Mode {
    /// Its name; empty where it has none on screen.
    pub(crate) name: &'static str,
    /// What it shows, in few words; may be empty.
    pub(crate) about: &'static str,
    /// Its keys.
    pub(crate) hints: Vec<Hint>,
    /// Whether one label means something else in each mode: "add" in the sections of Care.
    pub(crate) is_section: bool,
}

impl Mode {
    fn unnamed<M>(table: &'static [keys::Binding<M>]) -> Self {
        Self {
            name: "",
            about: "",
            hints: keys::hints(table),
            is_section: false,
        }
    }
}

/// The modes of `tab`, in an order that [`Screens::enter`] knows.
pub(crate) fn modes(tab: Tab) -> Vec<Mode> {
    let one = |mode| vec![mode];
    match tab {
        Tab::Today => one(Mode::unnamed(today::KEYS)),
        Tab::Trends => trends::modes(),
        Tab::History => history::tables().into_iter().map(Mode::unnamed).collect(),
        Tab::Plan => one(Mode::unnamed(plan::KEYS)),
        Tab::Care => care::keys::modes(),
        Tab::Guide => guide::tables().into_iter().map(Mode::unnamed).collect(),
        Tab::Settings => one(Mode::unnamed(settings::KEYS)),
    }
}

impl Screens {
    /// Brings the screen behind `tab` into one of `among` its modes, if it is in none of them. On Settings the focus goes to
    /// that row instead.
    pub(crate) fn enter(&mut self, tab: Tab, among: &[usize], shared: &Shared) {
        let Some(first) = among.first().copied() else {
            return;
        };
        let is_there = |mode: usize| among.contains(&mode);
        match tab {
            Tab::Trends if !is_there(self.trends.mode()) => self.trends.enter(first),
            Tab::History if !is_there(self.history.mode()) => {
                self.history.enter_mode(first, shared)
            }
            Tab::Care if !is_there(self.care.mode()) => self.care.enter(first),
            Tab::Guide if !is_there(self.guide.mode()) => self.guide.enter(first),
            Tab::Settings => self.settings.stand_on(first),
            Tab::Today | Tab::Plan | Tab::Trends | Tab::History | Tab::Care | Tab::Guide => {}
        }
    }
}
