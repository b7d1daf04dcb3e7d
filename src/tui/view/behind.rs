//! The picture of the screen behind an overlay: drawn once, and shown again until something in it may have changed.
//!
//! A key in a form changes the form alone; drawing the whole screen under it again was most of what the key cost.

use crate::tui::model::Model;
use crate::tui::shared::Edition;
use crate::tui::tab::Tab;
use ratatui::backend::TestBackend;
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::{Frame, Terminal, TerminalOptions, Viewport};

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

/// Draws on a terminal of its own, because a frame does not tell where a screen has put the cursor.
fn drawn(model: &Model, of: Subject) -> Picture {
    let area = of.area;
    let viewport = Viewport::Fixed(area);
    let nowhere = TestBackend::new(0, 0);
    let Ok(mut terminal) = Terminal::with_options(nowhere, TerminalOptions { viewport });
    let mut cells = Buffer::default();
    // Left in its place, without a row: nothing has to be compared, nor written.
    let rest = Buffer::empty(Rect { height: 0, ..area });
    let Ok(_) = terminal.draw(|frame| {
        model.screens.view(model.tab, &model.shared, frame, area);
        cells = std::mem::replace(frame.buffer_mut(), rest);
    });
    cells.set_style(area, model.shared.theme.behind());
    let backend = terminal.backend();
    let cursor = backend.cursor_visible();
    Picture {
        of,
        cells,
        cursor: cursor.then(|| backend.cursor_position()),
    }
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
