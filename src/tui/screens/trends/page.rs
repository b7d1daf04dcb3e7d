//! A page that views of Trends are drawn on where no screen is.

use crate::domain::series::Series;
use crate::domain::time::span::Span;
use crate::domain::trends::sight::Sight;
use crate::tui::shared::Shared;
use crate::tui::widgets::frame::Frame;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

/// Rows of the columns: halves, thirds and quarters of an axis fall on whole ones.
pub(super) const PLOT: u16 = 12;
/// The narrowest page.
pub(crate) const NARROWEST: u16 = 40;
/// What a view is drawn on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Medium {
    /// A screen, with a cursor, keys, and the rows that there are.
    Screen,
    /// Paper.
    Paper,
}

/// The rows under the columns of a week.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Rows {
    /// Every symptom, and everything else of the same days.
    All,
    /// None: another chart on the page has them.
    None,
}

/// A page to draw on.
#[derive(Clone, Copy)]
pub(crate) struct Page<'a> {
    /// What is looked at.
    pub(crate) sight: &'a Sight,
    /// The journal and the look.
    pub(crate) shared: &'a Shared,
    /// The rows of a grid or a table.
    pub(crate) series: &'a [Series],
    /// The days that were asked for.
    pub(crate) days: Span,
    /// The rows under a week.
    pub(crate) rows: Rows,
    /// Cells of a line.
    pub(crate) width: u16,
}

/// A piece of a page: what was drawn.
pub(super) struct Part(pub(super) Buffer);

impl Page<'_> {
    /// A piece of so many rows.
    pub(super) fn part(&self, height: u16, draw: impl FnOnce(&mut Frame, Rect)) -> Part {
        let area = Rect::new(0, 0, self.width, height);
        let mut frame = Frame::blank(area);
        draw(&mut frame, area);
        Part(frame.into_buffer())
    }

    /// Whether days were asked for by their dates.
    pub(super) const fn is_asked(&self) -> bool {
        self.sight.from.is_some() || self.sight.to.is_some()
    }
}
