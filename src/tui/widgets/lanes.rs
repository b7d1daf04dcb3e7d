//! Rows of a sheet under a chart: a name, then a cell for each day at the place of its column.
//!
//! ```text
//! ▌ Trouble sleeping    3▒▒   3▒▒   –    2▒▒     a digit on its shade
//!   Overall 0–10        6     5     7    4       a number where the column begins
//! ```
//! Invariant: each rating has its digit, whatever the colours; a name or a number that does not fit ends in an ellipsis.
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::columns::Place;
use super::rating;
use super::rating::Rated;
use super::text::{fit, put, sign, width};
use crate::domain::trends::sheet::{Cell, Lane};
use crate::tui::theme::{Glyph, Role, Theme};

/// Cells for the mark of the focused row and the blank behind it.
pub(crate) const FOCUS: u16 = 2;

/// Whether the cursor stands on a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Row {
    /// It does.
    Here,
    /// It does not.
    Elsewhere,
}

/// Draws `lane` in the row `area`, with its cells under the columns of `place`.
pub(crate) fn draw(
    lane: &Lane,
    row: Row,
    place: &Place,
    area: Rect,
    buf: &mut Buffer,
    theme: Theme,
) {
    if row == Row::Here {
        let at = (area.x, area.y);
        sign(buf, at, theme.sign(Glyph::Focus), theme.style(Role::Focus));
    }
    let x = area.x + FOCUS;
    let room = place.start(0).saturating_sub(x + 1);
    let name = Rect::new(x, area.y, room, 1);
    let role = match row {
        Row::Here => Role::Focus,
        Row::Elsewhere => Role::Text,
    };
    put(buf, name, &lane.name, theme.style(role), theme);
    for (at, cell) in lane.cells.iter().enumerate() {
        let room = place.step.saturating_sub(place.before).max(1);
        let under = Rect::new(place.column(at), area.y, room, 1).intersection(area);
        let is_long =
            matches!(cell, Cell::Words(words) if width(words) >= usize::from(under.width));
        if is_long {
            // What is longer than a column begins with its day, and keeps a blank to the next one.
            let room = place.step.saturating_sub(1).max(1);
            let day = Rect::new(place.start(at), area.y, room, 1).intersection(area);
            draw_cell(cell, 0, day, buf, theme);
        } else {
            draw_cell(cell, place.wide, under, buf, theme);
        }
    }
}

/// Draws one cell: a rating fills `wide` cells with its shade.
pub(crate) fn draw_cell(cell: &Cell, wide: u16, area: Rect, buf: &mut Buffer, theme: Theme) {
    if area.is_empty() {
        return;
    }
    // In the middle of a wide column, as the number on it.
    let middle = wide.saturating_sub(1) / 2;
    let column = Rect {
        width: wide.clamp(1, area.width),
        ..area
    };
    let rate = |rated, buf: &mut Buffer| rating::draw(rated, column, buf, theme);
    match cell {
        Cell::Blank => rate(Rated::Ahead, buf),
        Cell::Missing => rate(Rated::Unanswered, buf),
        Cell::NoneOfIt => rate(Rated::NoneOfKind, buf),
        Cell::Rating(rating) => rate(Rated::Severity(*rating), buf),
        Cell::Words(words) => {
            let words = fit(words, usize::from(area.width), theme);
            let long = u16::try_from(width(&words)).unwrap_or(area.width);
            let shift = middle.min(area.width.saturating_sub(long));
            let at = Rect {
                x: area.x + shift,
                width: area.width - shift,
                ..area
            };
            put(buf, at, &words, theme.style(Role::Text), theme);
        }
    }
}
