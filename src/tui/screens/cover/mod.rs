//! What lies over everything, so that nothing of the journal is in sight: the blank, the locked page, its help lines, and a
//! report that was handed over.
//!
//! Invariant: while a cover lies there, it alone is drawn and it alone gets keys, pastes and the mouse.

pub(crate) mod hand_over;
pub(crate) mod help;
pub(crate) mod locked;
pub(crate) mod sheet;

use crate::tui::effect::Effect;
use crate::tui::keys;
use crate::tui::keys::{Hint, Screen};
use crate::tui::shared::Shared;
use crate::tui::widgets::frame::Frame;
use crate::tui::widgets::popup;
use crate::tui::widgets::popup::{LongLines, PageLine};
use ratatui::crossterm::event::KeyEvent;
use ratatui::layout::Rect;

/// A cover.
pub enum Cover {
    /// Nothing at all, until the next key.
    Blank,
    /// The locked page.
    Locked(locked::Locked),
    /// Help lines and red flags, for anybody's eyes.
    Help(help::CoveredHelp),
    /// The recovery sheet, until the next key.
    Sheet(sheet::ShownSheet),
    /// The report for a clinician, on a screen that somebody else holds.
    HandOver(hand_over::HandOver),
}

/// Runs `$body` with `$screen` bound to the screen inside `$cover`, or gives `$blank`.
macro_rules! on_cover {
    ($cover:expr, $screen:ident => $body:expr, $blank:expr) => {
        match $cover {
            Cover::Blank | Cover::Sheet(_) => $blank,
            Cover::Locked($screen) => $body,
            Cover::Help($screen) => $body,
            Cover::HandOver($screen) => $body,
        }
    };
}

impl Cover {
    /// `None` when the cover has no use for the key.
    pub(crate) fn press(&mut self, event: KeyEvent, shared: &Shared) -> Option<Vec<Effect>> {
        on_cover!(self, screen => keys::press(screen, event, shared), None)
    }

    /// Pasted text.
    pub(crate) fn paste(&mut self, text: &str, shared: &Shared) -> Vec<Effect> {
        on_cover!(self, screen => screen.paste(text, shared), Vec::new())
    }

    /// Draws it over `area`.
    pub(crate) fn view(&self, shared: &Shared, frame: &mut Frame, area: Rect) {
        if let Self::Sheet(sheet) = self {
            return sheet.view(shared, frame, area);
        }
        on_cover!(self, screen => screen.view(shared, frame, area), ());
    }

    /// The keys that are valid on it.
    pub(crate) fn hints(&self) -> Vec<Hint> {
        on_cover!(self, screen => keys::hints(screen.keys()), Vec::new())
    }

    /// Whether letters are letters now.
    pub(crate) fn is_typing(&self) -> bool {
        on_cover!(self, screen => screen.is_typing(), false)
    }
}

/// Draws lines to read in a panel, from the line `top` on; below the smallest size without the panel.
fn read(
    frame: &mut Frame,
    area: Rect,
    title: &str,
    lines: &[PageLine],
    top: usize,
    shared: &Shared,
) {
    popup::page(
        frame,
        area,
        title,
        lines,
        top,
        LongLines::Read,
        shared.theme,
    );
}
