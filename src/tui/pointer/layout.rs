//! The areas of the last frame, for the mouse.

use crate::tui::tab::Tab;
use ratatui::layout::Rect;

/// The areas of a frame. Below the smallest size there are no tabs, and a body only under the help lines.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Layout {
    /// The first line.
    pub(crate) head: Rect,
    /// The tabs in the first line.
    pub tabs: Vec<(Tab, Rect)>,
    /// The line about a journal that cannot be written.
    pub(crate) banner: Rect,
    /// The screen or the top overlay.
    pub(crate) body: Rect,
    /// The last message.
    pub(crate) notice_area: Rect,
    /// The keys.
    pub(crate) foot: Rect,
}
