//! What the Guide remembers: the page, how far it was read, and the room that it had.

use crate::domain::guide::{Topic, guide};
use ratatui::layout::Rect;
use std::cell::Cell;

/// The room that the page had in the last drawing, in cells.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Seen {
    /// Its width.
    pub(crate) width: u16,
    /// Its height.
    pub(crate) height: u16,
    /// Whether the list stood beside it.
    pub(crate) beside: bool,
}

impl Default for Seen {
    fn default() -> Self {
        Self {
            // A likely room, until the first frame has measured it.
            width: 42,
            height: 18,
            beside: true,
        }
    }
}

/// Whether the keys go to the list or to the page.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) enum Inside {
    /// The list of pages.
    #[default]
    List,
    /// The page.
    Page,
}

/// Whether it is the tab or lies over another place.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) enum Lies {
    /// The tab.
    #[default]
    Behind,
    /// Over another place.
    Over,
}

/// The guide with its place in it.
#[derive(Debug, Default)]
pub struct GuidePages {
    pub(super) lies: Lies,
    pub(super) inside: Inside,
    /// The page, counted in [`guide`]'s topics.
    pub(super) at: usize,
    /// Lines of the page that stand above the screen.
    pub(super) top: usize,
    /// The row that was searched for, until the page is left.
    pub(super) found: Option<usize>,
    /// The row that is to stand at the top once the page's width is known.
    pub(super) sought: Cell<Option<usize>>,
    /// Where the list stood in the last drawing, for the mouse.
    pub(super) listed: Cell<Rect>,
    /// The page's room in the last drawing, so that scrolling means the lines that were seen.
    pub(super) seen: Cell<Seen>,
}

impl GuidePages {
    /// Over another place, with this page open.
    pub(crate) fn over(topic: &str) -> Self {
        let mut pages = Self {
            lies: Lies::Over,
            inside: Inside::Page,
            ..Self::default()
        };
        pages.turn_to(place_of(topic));
        pages
    }

    /// Opens a page at one of its rows.
    pub(crate) fn show(&mut self, topic: &str, row: usize) {
        self.turn_to(place_of(topic));
        self.inside = Inside::Page;
        // The summary is where a page begins anyway.
        self.found = Some(row).filter(|row| *row > 0);
        self.sought.set(self.found);
    }

    /// The list, or the page.
    pub(crate) fn mode(&self) -> usize {
        usize::from(self.inside == Inside::Page)
    }

    /// To the list, or into the page.
    pub(crate) fn enter(&mut self, mode: usize) {
        self.inside = if mode == 0 {
            Inside::List
        } else {
            Inside::Page
        };
    }

    /// The page in focus.
    pub(super) fn topic(&self) -> Option<&'static Topic> {
        guide().topics.get(self.at)
    }

    pub(super) fn turn_to(&mut self, at: usize) {
        if at != self.at {
            self.top = 0;
        }
        self.at = at;
        self.found = None;
        self.sought.set(None);
    }
}

fn place_of(topic: &str) -> usize {
    let found = guide().topics.iter().position(|t| t.code == topic);
    // An unknown code opens the first page instead of failing.
    found.unwrap_or(0)
}
