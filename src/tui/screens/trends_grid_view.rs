//! The grid of Trends: symptoms by days.
use super::trends_state::Trends;
use crate::tui::shared::Shared;
use ratatui::Frame;
use ratatui::layout::Rect;

/// Draws the grid.
pub(super) fn draw(_trends: &Trends, _shared: &Shared, _frame: &mut Frame, _area: Rect) {}
