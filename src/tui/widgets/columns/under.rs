//! What stands under and over the columns of a long chart: phases, the letters of events, other attempts as fine lines.
//!
//! Invariant: a name is drawn whole, in its short form, or with an ellipsis; a letter stands under its own day.
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::{Column, Place, Standing};
use crate::tui::theme::{Glyph, Role, Theme};
use crate::tui::widgets::chart::Band;
use crate::tui::widgets::text;

/// Draws the named stretches of days in `row`.
pub(crate) fn bands(place: &Place, bands: &[Band], row: Rect, buf: &mut Buffer, theme: Theme) {
    for (index, band) in bands.iter().enumerate() {
        let (left, end) = (place.start(band.from), place.start(band.to + 1));
        let end = end.min(row.right());
        if left >= end {
            continue;
        }
        let wide = end - left;
        for x in left..end {
            let glyph = match x - left {
                _ if wide == 1 => Glyph::DayZero,
                0 => Glyph::BandStart,
                _ if x + 1 == end => Glyph::BandEnd,
                // Every second one is shaded, so that two neighbours are told apart without colour.
                _ if index % 2 == 1 => Glyph::Shade,
                _ => Glyph::Horizontal,
            };
            text::sign(buf, (x, row.y), theme.sign(glyph), theme.style(Role::Phase));
        }
        let room = usize::from(wide);
        let spaced = |name: &str| format!(" {name} ");
        // A blank on each side of the name; before a short one at least, so that two names never touch.
        let names = [
            spaced(&band.name),
            spaced(&band.short),
            format!(" {}", band.short),
        ];
        let mut names = names.into_iter().filter(|name| !name.trim().is_empty());
        let Some(name) = names.find(|name| text::width(name) <= room) else {
            continue;
        };
        let long = u16::try_from(text::width(&name)).unwrap_or(wide).min(wide);
        let at = Rect::new(left + (wide - long) / 2, row.y, long, 1);
        text::put(buf, at, &name, theme.style(Role::Text), theme);
    }
}

/// Draws letters under their days, the first of each column; answers the cell behind the last one.
pub(crate) fn letters(
    place: &Place,
    letters: impl Iterator<Item = (usize, char)>,
    row: Rect,
    buf: &mut Buffer,
    theme: Theme,
) -> u16 {
    let mut end = row.x;
    let mut used: Vec<(usize, u16)> = Vec::new();
    for (day, letter) in letters {
        let before = used.iter().filter(|(other, _)| *other == day).count();
        let before = u16::try_from(before).unwrap_or(u16::MAX);
        // A wide day has room for a letter a cell; a narrow one for the weightiest.
        if before >= place.wide.max(1) {
            continue;
        }
        let x = place.column(day) + before;
        if x >= row.right() {
            continue;
        }
        text::sign(buf, (x, row.y), letter, theme.style(Role::Key));
        used.push((day, x));
        end = end.max(x + 1);
    }
    end
}

/// Lays another attempt over the columns as a fine line, with its digit behind the last day.
pub(crate) fn lay(place: &Place, columns: &[Column], digit: char, buf: &mut Buffer, theme: Theme) {
    let mut last = None;
    for (at, column) in columns.iter().enumerate() {
        let Standing::Value(value) = column.standing else {
            continue;
        };
        let y = place.axis().saturating_sub(place.scale.row_of(value) + 1);
        for x in place.column(at)..place.column(at) + place.wide {
            let Some(cell) = buf.cell((x, y)) else {
                continue;
            };
            // The colour of a column under it stays as its ground.
            let is_full = cell.symbol() == theme.glyph(Glyph::Column);
            let ground = cell.fg;
            let style = theme.style(Role::Text);
            let style = if is_full { style.bg(ground) } else { style };
            text::sign(buf, (x, y), theme.sign(Glyph::Horizontal), style);
        }
        last = Some((place.column(at) + place.wide, y));
    }
    if let Some(at) = last {
        text::sign(buf, at, digit, theme.style(Role::Title));
    }
}
