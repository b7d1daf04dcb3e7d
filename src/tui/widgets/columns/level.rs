//! Levels that a person remembers, as thin named lines across the columns.
//!
//! Invariant: a line hides no number, no mark and no top of a column; two levels of one row share its cells, and the name of a
//! line stands on cells that nothing else has.
use ratatui::buffer::{Buffer, Cell};
use ratatui::layout::Rect;
use ratatui::style::{Color, Modifier, Style};

use super::{Column, Fineness, Place, Standing};
use crate::tui::theme::{Glyph, Role, Theme};
use crate::tui::widgets::text;

/// A level.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Level {
    /// Where it lies on the axis.
    pub(crate) value: f64,
    /// The sign of its line.
    pub(crate) glyph: Glyph,
    /// Its name, in full, in few words and in one.
    pub(crate) names: [String; 3],
    /// Its first and its last column.
    pub(crate) columns: (usize, usize),
}

impl Level {
    /// Its cells. Behind the last day it goes on to the end of the grid, where its name has room.
    fn cells(&self, place: &Place) -> (u16, u16) {
        let (first, last) = self.columns;
        let is_last = last + 1 >= place.days;
        let end = place.start(last + 1);
        let end = if is_last { place.right } else { end };
        (place.start(first), end)
    }
}

/// Draws the lines over the columns.
pub(super) fn draw(
    place: &Place,
    levels: &[Level],
    columns: &[Column],
    ink: Style,
    buf: &mut Buffer,
    theme: Theme,
) {
    for (nth, level) in levels.iter().enumerate() {
        let up = place.scale.row_of(level.value) + 1;
        let y = place.axis().saturating_sub(up);
        let shares = |other: &Level| place.scale.row_of(other.value) + 1 == up;
        let is_shared = levels.iter().filter(|other| shares(other)).count() > 1;
        let (from, to) = level.cells(place);
        for x in from..to {
            // Long dashes against dots, also where a font joins the dashes of two cells.
            let is_gap = level.glyph == Glyph::Without && (x - from) % 3 == 2;
            if is_gap && !is_shared {
                let cell = buf.cell((x, y));
                // The grid in a gap would read as a third line.
                if cell.is_some_and(|cell| cell.symbol() == theme.glyph(Glyph::GridLine)) {
                    text::sign(buf, (x, y), ' ', Style::new());
                }
                continue;
            }
            // Two lines in one row take turns.
            if is_shared && usize::from(x % 2) != nth % 2 {
                continue;
            }
            let at = place.day_at(x).and_then(|day| columns.get(day));
            put(place, at, (x, y), (level.glyph, ink), buf, theme);
        }
    }
}

/// Writes the names on the lines, where there is room: behind all numbers, so that neither crosses out the other.
pub(super) fn name(place: &Place, levels: &[Level], buf: &mut Buffer, theme: Theme) {
    let mut named: Vec<u16> = Vec::new();
    for level in levels {
        let y = place
            .axis()
            .saturating_sub(place.scale.row_of(level.value) + 1);
        if named.contains(&y) {
            continue;
        }
        let free = longest_free(place, level, y, buf, theme);
        let name = level.names.iter().find(|name| {
            // A blank on both sides.
            text::width(name) + 2 <= usize::from(free.1.saturating_sub(free.0))
        });
        if let Some(name) = name {
            let wide = u16::try_from(text::width(name)).unwrap_or(u16::MAX);
            // A piece of the line before it, where there is room.
            let shift = u16::from(free.1 - free.0 > wide + 2);
            let at = Rect::new(free.0 + shift, y, wide + 2, 1);
            let name = format!(" {name} ");
            text::put(buf, at, &name, theme.style(Role::Text), theme);
            named.push(y);
        }
    }
}

/// A cell of a line: on what is free, on the grid and inside a column.
fn put(
    place: &Place,
    column: Option<&Column>,
    (x, y): (u16, u16),
    (glyph, ink): (Glyph, Style),
    buf: &mut Buffer,
    theme: Theme,
) {
    let Some(cell) = buf.cell((x, y)) else { return };
    let held = cell.symbol();
    let plain = theme.style(Role::Text);
    let style = if held == " " || held == theme.glyph(Glyph::GridLine) {
        plain
    } else if held == full(theme) && !is_top(place, column, y, theme) {
        // The column's colour becomes the ground of the line.
        match ink.fg {
            Some(colour) => plain.bg(colour),
            None => Style::new().add_modifier(Modifier::REVERSED),
        }
    } else {
        return;
    };
    text::sign(buf, (x, y), theme.sign(glyph), style);
}

fn full(theme: Theme) -> &'static str {
    match Fineness::of(theme) {
        Fineness::Cells => "#",
        Fineness::Eighths | Fineness::Halves => "\u{2588}",
    }
}

/// Whether the column ends in this row: its top has to stay in sight.
fn is_top(place: &Place, column: Option<&Column>, y: u16, theme: Theme) -> bool {
    let Some(Standing::Value(value)) = column.map(|column| column.standing) else {
        return false;
    };
    let of_a_row = Fineness::of(theme).steps();
    let rows = place.scale.steps(value, of_a_row).div_ceil(of_a_row);
    place.axis().saturating_sub(y) == rows
}

/// The longest stretch of the row that holds nothing but the line.
fn longest_free(place: &Place, level: &Level, y: u16, buf: &Buffer, theme: Theme) -> (u16, u16) {
    let (from, to) = level.cells(place);
    let is_line = |x: u16| {
        let cell = buf.cell((x, y));
        let lines = [theme.glyph(level.glyph), theme.glyph(Glyph::GridLine), " "];
        let is_plain = cell.is_some_and(|cell| lines.contains(&cell.symbol()));
        let on_column =
            |cell: &Cell| cell.bg != Color::Reset || cell.modifier.contains(Modifier::REVERSED);
        is_plain && !cell.is_some_and(on_column)
    };
    let mut best = (from, from);
    let mut begun = from;
    for x in from..to {
        if !is_line(x) {
            begun = x + 1;
        } else if x + 1 - begun > best.1 - best.0 {
            best = (begun, x + 1);
        }
    }
    best
}
