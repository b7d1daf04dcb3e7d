//! The panels of Today, one under the other in columns that scroll together.
//!
//! Invariant: nothing is cut in silence. Where a column goes on, its lowest row says how far, and by which key.

use crate::domain::text::words;
use crate::tui::readout::Line;
use crate::tui::shared::Shared;
use crate::tui::theme::{Glyph, Role, Theme};
use crate::tui::widgets::panel::Panel;
use crate::tui::widgets::text::{hang, put, width};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

/// What is drawn by more than lines.
pub(super) trait Drawing {
    /// Draws it into `area`.
    fn draw(&self, area: Rect, buf: &mut Buffer, shared: &Shared);
}

/// What stands in a panel.
pub(super) enum Body {
    /// Lines; a long one goes on in the next row.
    Lines(Vec<Line>),
    /// A drawing, in at least so many rows; it takes as many more as there are.
    Stretched(Box<dyn Drawing>, u16),
    /// A drawing of so many rows.
    Drawn(Box<dyn Drawing>, u16),
}

/// A panel.
pub(super) struct Block {
    /// At the left of its border.
    pub(super) title: String,
    /// At the right of its border.
    pub(super) fact: String,
    /// Its contents.
    pub(super) body: Body,
}

/// A column of panels, and where it stands.
pub(super) struct Column {
    area: Rect,
    blocks: Vec<Block>,
}

impl Column {
    /// These panels in a column of `area`, their lines broken to its width.
    pub(super) fn new(area: Rect, mut blocks: Vec<Block>, theme: Theme) -> Self {
        let room = Panel::new("").inner(Rect { height: 9, ..area }).width;
        for block in &mut blocks {
            if let Body::Lines(lines) = &mut block.body {
                *lines = wrapped(lines, usize::from(room), theme);
            }
        }
        Self { area, blocks }
    }
}

impl Block {
    /// How many rows it needs.
    fn height(&self) -> u16 {
        let inside = match &self.body {
            Body::Lines(lines) => u16::try_from(lines.len()).unwrap_or(u16::MAX),
            Body::Stretched(_, rows) | Body::Drawn(_, rows) => *rows,
        };
        inside.saturating_add(2)
    }

    fn draw(&self, area: Rect, buf: &mut Buffer, shared: &Shared) {
        let theme = shared.theme;
        let panel = Panel::new(&self.title).fact(&self.fact);
        let inner = panel.draw(area, buf, theme);
        match &self.body {
            Body::Lines(lines) => {
                for (y, (text, role)) in (inner.y..inner.bottom()).zip(lines) {
                    let line = Rect {
                        y,
                        height: 1,
                        ..inner
                    };
                    put(buf, line, text, theme.style(*role), theme);
                }
            }
            Body::Stretched(drawing, _) | Body::Drawn(drawing, _) => {
                drawing.draw(inner, buf, shared);
            }
        }
    }
}

/// The most rows of a stretched drawing: a higher chart shows nothing more.
const HIGHEST: u16 = 20;
/// The longest column that is laid out, in rows.
const LONGEST: u16 = 400;

/// Draws a column of panels, scrolled by `from` rows; answers by how many rows it can be scrolled.
pub(super) fn draw(column: &Column, from: u16, buf: &mut Buffer, shared: &Shared) -> u16 {
    let (theme, area, blocks) = (shared.theme, column.area, &column.blocks);
    let mut rows: Vec<u16> = blocks.iter().map(Block::height).collect();
    let needed = rows
        .iter()
        .fold(0_u16, |sum, rows| sum.saturating_add(*rows));
    let mut spare = area.height.saturating_sub(needed);
    // A drawing that may grow comes first; the rest goes to the last panel, so that all columns end in one row.
    for (block, rows) in blocks.iter().zip(&mut rows) {
        if matches!(block.body, Body::Stretched(..)) {
            let more = spare.min(HIGHEST.saturating_sub(*rows));
            *rows += more;
            spare -= more;
        }
    }
    if let Some(last) = rows.last_mut() {
        *last = last.saturating_add(spare);
    }
    let height = needed.clamp(area.height, LONGEST.max(area.height));
    let reach = height - area.height;
    let from = from.min(reach);
    let to = from + area.height;
    let mut next = 0_u16;
    for (block, rows) in blocks.iter().zip(rows) {
        let top = next;
        let bottom = top.saturating_add(rows).min(height);
        next = top.saturating_add(rows);
        if top >= bottom || bottom <= from || top >= to {
            continue;
        }
        let whole = Rect::new(0, 0, area.width, bottom - top);
        if top >= from && bottom <= to {
            let place = Rect {
                x: area.x,
                y: area.y + top - from,
                ..whole
            };
            block.draw(place, buf, shared);
            continue;
        }
        // Drawn as long as it is, and then the part in sight is taken: a panel at the edge stays the panel that it is.
        let mut page = Buffer::empty(whole);
        block.draw(whole, &mut page, shared);
        for row in top.max(from)..bottom.min(to) {
            for column in 0..area.width {
                buf[(area.x + column, area.y + row - from)] = page[(column, row - top)].clone();
            }
        }
    }
    let rows = |count: u16| words::count(usize::from(count), "row", "rows");
    if from > 0 {
        let edge = (Glyph::TopLeft, Glyph::TopRight);
        rule(
            &format!("{} above", rows(from)),
            edge,
            area.y,
            area,
            buf,
            theme,
        );
    }
    if from < reach {
        let edge = (Glyph::BottomLeft, Glyph::BottomRight);
        let text = format!("{} more: Space", rows(reach - from));
        rule(&text, edge, area.bottom() - 1, area, buf, theme);
    }
    reach
}

/// Closes a column that goes on with a line that says how far.
fn rule(text: &str, ends: (Glyph, Glyph), y: u16, area: Rect, buf: &mut Buffer, theme: Theme) {
    let inside = usize::from(area.width.saturating_sub(2));
    let line = theme.glyph(Glyph::Horizontal).repeat(inside);
    let line = format!("{}{line}{}", theme.glyph(ends.0), theme.glyph(ends.1));
    let row = Rect {
        y,
        height: 1,
        ..area
    };
    put(buf, row, &line, theme.style(Role::Border), theme);
    let text = format!(" {text} ");
    let wide = u16::try_from(width(&text)).unwrap_or(0);
    let at = Rect {
        x: area.right().saturating_sub(wide + 2).max(area.x),
        width: wide.min(area.width),
        ..row
    };
    put(buf, at, &text, theme.style(Role::Text), theme);
}

/// The lines broken to `room` cells; what goes on in the next row stands under the words, not under the mark.
fn wrapped(lines: &[Line], room: usize, theme: Theme) -> Vec<Line> {
    let broken = |(text, role): &Line| {
        let rows = hang(text, room, theme).into_iter();
        rows.map(|row| (row, *role)).collect::<Vec<_>>()
    };
    lines.iter().flat_map(broken).collect()
}
