//! What stands under and over the columns of a long chart: phases, the letters of events, other attempts as fine lines.
//!
//! Invariant: a name is drawn whole, in its short form, or with an ellipsis; a letter stands under its own day.
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::{Color, Modifier};
use ratatui::symbols::Marker;
use ratatui::widgets::Widget;
use ratatui::widgets::canvas::{Canvas, Line};

use super::{Column, Place, Standing};
use crate::tui::theme::{ColourMode, Detail, Glyph, Glyphs, Role, Theme};
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

/// Lays another attempt over the columns as a fine line, broken at days without a value, with its digit behind the last day.
pub(crate) fn lay(place: &Place, columns: &[Column], digit: char, buf: &mut Buffer, theme: Theme) {
    let points = points(place, columns);
    if theme.glyphs == Glyphs::Ascii {
        for (_, at) in &points {
            let (x, y) = (place.plot.x + at.x / 2, place.plot.y + at.y / 4);
            text::sign(
                buf,
                (x, y),
                theme.sign(Glyph::Horizontal),
                theme.style(Role::Text),
            );
        }
    } else {
        ink(&lines(&points, place.plot, theme), place.plot, buf, theme);
    }
    if let Some((_, at)) = points.last() {
        let at = (place.plot.x + at.x / 2 + 1, place.plot.y + at.y / 4);
        text::sign(buf, at, digit, theme.style(Role::Title));
    }
}

/// A point in half cells from the left and quarters of a row from the top.
#[derive(Clone, Copy)]
struct Point {
    x: u16,
    y: u16,
}

/// The middle of each column at the height of its value, with the number of its day.
fn points(place: &Place, columns: &[Column]) -> Vec<(usize, Point)> {
    let quarters = place.plot.height * 4;
    let point = |(day, column): (usize, &Column)| {
        let Standing::Value(value) = column.standing else {
            return None;
        };
        let up = place.scale.steps(value, 4).max(1);
        let x = (place.column(day) - place.plot.x) * 2 + place.wide;
        let y = quarters.saturating_sub(up);
        Some((day, Point { x, y }))
    };
    columns.iter().enumerate().filter_map(point).collect()
}

/// The line through the points of days that follow one another, as fine as the terminal can draw it.
fn lines(points: &[(usize, Point)], plot: Rect, theme: Theme) -> Buffer {
    let area = Rect::new(0, 0, plot.width, plot.height);
    let mut drawn = Buffer::empty(area);
    let marker = match theme.detail {
        Detail::Octants => Marker::Octant,
        Detail::Braille => Marker::Braille,
        Detail::Blocks => Marker::Quadrant,
        Detail::Halves => Marker::HalfBlock,
    };
    // A dot a step: then the canvas rounds nothing.
    let [right, top] = [plot.width * 2, plot.height * 4].map(|n| f64::from(n.saturating_sub(1)));
    let at = |point: Point| (f64::from(point.x), top - f64::from(point.y));
    let canvas = Canvas::default()
        .marker(marker)
        .x_bounds([0.0, right])
        .y_bounds([0.0, top])
        .paint(|context| {
            for (place, (day, point)) in points.iter().enumerate() {
                let next = points.get(place + 1).filter(|(next, _)| *next == day + 1);
                let (x1, y1) = at(*point);
                let (x2, y2) = at(next.map_or(*point, |(_, point)| *point));
                context.draw(&Line::new(x1, y1, x2, y2, Color::White));
            }
        });
    canvas.render(area, &mut drawn);
    drawn
}

/// Puts the line where nothing else stands, and on full columns, whose colour stays as its ground.
fn ink(line: &Buffer, plot: Rect, buf: &mut Buffer, theme: Theme) {
    for cell in line.area.positions() {
        let sign = line[cell].symbol();
        let at = (plot.x + cell.x, plot.y + cell.y);
        let Some(under) = buf.cell(at).filter(|_| sign != " ") else {
            continue;
        };
        let is_full = under.symbol() == theme.glyph(Glyph::Column);
        let is_free = [" ", theme.glyph(Glyph::GridLine)].contains(&under.symbol());
        let text = theme.style(Role::Text);
        let style = match (is_full, theme.colour) {
            (false, _) if !is_free => continue,
            (false, _) => text,
            (true, ColourMode::Mono) => text.add_modifier(Modifier::REVERSED),
            (true, _) => text.bg(under.fg),
        };
        if let Some(sign) = sign.chars().next() {
            text::sign(buf, at, sign, style);
        }
    }
}
