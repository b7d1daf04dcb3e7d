//! A picture that is being drawn: its cells, and where the terminal's cursor stands on it.
//!
//! A screen draws on one wherever the picture goes: to the terminal, under an overlay, onto paper.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

/// A blank picture that is drawn on.
#[derive(Debug, Default)]
pub struct Frame {
    buffer: Buffer,
    cursor: Option<Position>,
}

impl Frame {
    /// One with nothing on it.
    pub fn blank(area: Rect) -> Self {
        Self {
            buffer: Buffer::empty(area),
            cursor: None,
        }
    }

    /// The cells that it has.
    pub fn area(&self) -> Rect {
        self.buffer.area
    }

    /// The cells, to draw on them.
    pub fn buffer_mut(&mut self) -> &mut Buffer {
        &mut self.buffer
    }

    /// The cells that were drawn.
    pub fn buffer(&self) -> &Buffer {
        &self.buffer
    }

    /// The same where nothing else of it is needed.
    pub fn into_buffer(self) -> Buffer {
        self.buffer
    }

    /// Shows the cursor there; the last who asks decides.
    pub fn set_cursor_position(&mut self, position: impl Into<Position>) {
        self.cursor = Some(position.into());
    }

    /// Where the cursor stands; `None` while it is hidden.
    pub fn cursor(&self) -> Option<Position> {
        self.cursor
    }

    /// Takes everything away that was drawn.
    pub(crate) fn wipe(&mut self) {
        self.buffer.reset();
        self.cursor = None;
    }
}
