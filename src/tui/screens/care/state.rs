//! Where one stands on the Care screen, and how one moves through it.

use super::keys::{Msg, of};
use super::rows::{Item, Row, Section};
use crate::tui::keys;
use crate::tui::keys::{Hint, Shown};
use crate::tui::shared::Shared;
use ratatui::layout::Rect;
use std::cell::Cell;
use std::rc::Rc;

/// The screen: which section, which row of it.
#[derive(Default)]
pub(crate) struct Care {
    pub(super) section: Section,
    pub(super) at: usize,
    /// How often reading on was asked for beside the list.
    pub(super) read_on: usize,
    /// Where the list stood in the last frame, for the mouse.
    pub(super) seen: Cell<Rect>,
}

impl Care {
    /// Which of the sections has the focus.
    pub(crate) fn mode(&self) -> usize {
        let held = Section::ALL.iter().position(|held| *held == self.section);
        held.unwrap_or(0)
    }

    /// Goes to the head of that section.
    pub(crate) fn enter(&mut self, mode: usize) {
        if let Some(section) = Section::ALL.get(mode) {
            (self.section, self.at, self.read_on) = (*section, 0, 0);
        }
    }

    /// The rows of every section, in the order of [`Section::ALL`].
    pub(super) fn rows(shared: &Shared) -> Rc<Vec<Vec<Row>>> {
        shared.kept((), |shared, ()| {
            Section::ALL.map(|section| section.rows(shared)).into()
        })
    }

    /// How many rows the section in focus has.
    pub(super) fn len(&self, shared: &Shared) -> usize {
        self.section.among(&Self::rows(shared)).len()
    }

    /// The row in focus.
    pub(super) fn row(&self, shared: &Shared) -> Option<Row> {
        let rows = Self::rows(shared);
        let rows = self.section.among(&rows);
        rows.get(self.at.min(rows.len().checked_sub(1)?)).cloned()
    }

    /// In a section without anything the footer has what adds to it, and not what could be done with a row.
    pub(crate) fn leave_to_help(&self, hints: &mut [Hint], shared: &Shared) {
        let rows = Self::rows(shared);
        let rows = self.section.among(&rows);
        if !rows.iter().all(|row| row.item == Item::Nothing) {
            return;
        }
        let adds = |hint: &Hint| {
            let meant = keys::meaning(of(self.section), hint.table);
            matches!(meant, Some(Msg::Add | Msg::Question | Msg::OwnPractice))
        };
        for hint in hints {
            if hint.shown == Shown::Footer && !adds(hint) {
                hint.shown = Shown::Help;
            }
        }
    }

    fn section_by(&self, by: isize) -> Option<Section> {
        let at = Section::ALL.iter().position(|held| *held == self.section)?;
        Section::ALL.get(at.checked_add_signed(by)?).copied()
    }

    /// Goes one row or one section up or down, or to an end.
    pub(super) fn walk(&mut self, msg: Msg, shared: &Shared) {
        let rows = Self::rows(shared);
        let last = |section: Section| section.among(&rows).len().saturating_sub(1);
        // An undo or a deletion may have left fewer rows than the cursor remembers.
        self.at = self.at.min(last(self.section));
        let place = match msg {
            Msg::Next if self.at < last(self.section) => Some((self.section, self.at + 1)),
            Msg::Next | Msg::NextSection => self.section_by(1).map(|section| (section, 0)),
            // The first press of "section before" goes to the head of this section.
            Msg::Previous | Msg::PreviousSection if self.at > 0 => {
                let at = if msg == Msg::Previous { self.at - 1 } else { 0 };
                Some((self.section, at))
            }
            Msg::Previous => self.section_by(-1).map(|section| (section, last(section))),
            Msg::PreviousSection => self.section_by(-1).map(|section| (section, 0)),
            Msg::First => Some((Section::Medicines, 0)),
            _ => Some((Section::Baseline, last(Section::Baseline))),
        };
        if let Some((section, at)) = place {
            (self.section, self.at) = (section, at);
        }
    }
}
