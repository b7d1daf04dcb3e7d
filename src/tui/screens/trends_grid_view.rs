//! The grid of Trends: symptoms by days.
use super::trends_state::Trends;
use crate::tui::shared::Shared;
use chrono::NaiveDate;
use ratatui::Frame;
use ratatui::layout::{Position, Rect};

/// Draws the grid.
pub(super) fn draw(_trends: &Trends, _shared: &Shared, _frame: &mut Frame, _area: Rect) {}

/// The day under `at`.
pub(super) fn day_at(_: &Trends, _: &Shared, _: Rect, _: Position) -> Option<NaiveDate> {
    None
}
