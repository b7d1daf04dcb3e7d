//! The picture of the screen behind an overlay: drawn once, and shown again until something in it may have changed.
//!
//! A key in a form changes the form alone; drawing the whole screen under it again was most of what the key cost.

use crate::tui::model::Model;
use crate::tui::shared::Edition;
use crate::tui::tab::Tab;
use crate::tui::widgets::frame::Frame;
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

/// The picture of the last frame, if it had an overlay.
#[derive(Debug, Default)]
pub struct Behind {
    kept: Option<Picture>,
}

#[derive(Debug)]
struct Picture {
    of: Subject,
    cells: Buffer,
    cursor: Option<Position>,
}

/// All that a picture is drawn from: the same subject gives the same picture.
#[derive(Debug, PartialEq, Eq)]
struct Subject {
    tab: Tab,
    area: Rect,
    shared: Edition,
    screens: Edition,
}

impl Behind {
    /// Lets the picture go: no overlay is open, or nobody may see what is under it.
    pub(super) fn forget(&mut self) {
        self.kept = None;
    }

    /// Draws the screen in `area` as it looks under an overlay.
    pub(super) fn draw(&mut self, model: &Model, frame: &mut Frame, area: Rect) {
        let of = Subject {
            tab: model.tab,
            area: area.intersection(frame.area()),
            shared: model.shared.edition,
            screens: model.screens.edition,
        };
        let kept = self.kept.take().filter(|kept| kept.of == of);
        let kept = self.kept.insert(kept.unwrap_or_else(|| drawn(model, of)));
        copy(&kept.cells, frame.buffer_mut());
        if let Some(cursor) = kept.cursor {
            frame.set_cursor_position(cursor);
        }
    }
}

/// Draws on a frame of its own, which is kept.
fn drawn(model: &Model, of: Subject) -> Picture {
    let area = of.area;
    let mut frame = Frame::blank(area);
    model
        .screens
        .view(model.tab, &model.shared, &mut frame, area);
    let cursor = frame.cursor();
    let mut cells = frame.into_buffer();
    cells.set_style(area, model.shared.theme.behind());
    Picture { of, cells, cursor }
}

/// Copies whole rows. `Buffer::merge` asks for the place of each cell.
fn copy(from: &Buffer, into: &mut Buffer) {
    let width = usize::from(from.area.width);
    if width == 0 {
        return;
    }
    for (y, row) in (from.area.y..).zip(from.content.chunks_exact(width)) {
        let at = into.index_of(from.area.x, y);
        if let Some(place) = into.content.get_mut(at..at + width) {
            place.clone_from_slice(row);
        }
    }
}
