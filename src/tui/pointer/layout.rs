//! Where things were drawn: what the mouse points at.

use crate::tui::tab::Tab;
use ratatui::layout::Rect;

/// The areas of a frame. Below the smallest size there are no tabs, and a body only where a page is drawn.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Layout {
    /// The first line.
    pub head: Rect,
    /// Each tab's place in it.
    pub tabs: Vec<(Tab, Rect)>,
    /// The screen, or what lies over it.
    pub body: Rect,
    /// The last message.
    pub said: Rect,
    /// The keys.
    pub foot: Rect,
}
