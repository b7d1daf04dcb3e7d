//! A page as an overlay: a few lines in a panel, wrapped or cut, scrolled to the focused line.
//!
//! Invariant: on a screen too small for a panel only the lines are drawn: the title gives way first.

use super::frame::Frame;
use super::panel;
use super::panel::{Attention, Panel};
use super::text::{clear, fit, hang_column, line, put, width, write};
use super::text_field::TextField;
use crate::tui::theme::{Glyph, Role, Theme};
use ratatui::layout::{Position, Rect};
use std::borrow::Cow;

/// A line with its role; one with [`Role::Focus`] gets the focus mark.
pub(crate) type PageLine = (String, Role);

/// The widest page: longer lines are hard to read.
const WIDEST: u16 = 84;

/// The height of a page whose rows become fewer while one types.
const HIGHEST: u16 = 24;

/// What becomes of a line that is too long.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LongLines {
    /// It goes on in further rows.
    Wrapped,
    /// It is cut, unless it is the first one.
    Cut,
    /// It goes on in further rows, and the focused line stands at the top: a page to read.
    Read,
}

/// Returns the lines of a list with the row `at` in focus, and which of the lines has to be in sight: the last one of that row,
/// or of the head when there are no rows.
pub(crate) fn focused(
    head: Vec<PageLine>,
    rows: Vec<Vec<PageLine>>,
    at: usize,
) -> (Vec<PageLine>, usize) {
    let mut lines = head;
    let mut focus = lines.len().saturating_sub(1);
    for (n, mut row) in rows.into_iter().enumerate() {
        if n == at {
            focus = (lines.len() + row.len()).saturating_sub(1);
            if let Some((_, role)) = row.first_mut() {
                *role = Role::Focus;
            }
        }
        lines.append(&mut row);
    }
    (lines, focus)
}

/// The number of the line behind the head, and behind each of the rows.
pub(crate) fn ends(head: usize, rows: &[Vec<PageLine>]) -> Vec<usize> {
    let rows = rows.iter().scan(head, |end, row| {
        *end += row.len();
        Some(*end)
    });
    std::iter::once(head).chain(rows).collect()
}

/// Which row each line in sight belongs to; those of the head belong to none.
pub(crate) fn rows_of(seen: &[(Rect, usize)], ends: &[usize]) -> Vec<(Rect, usize)> {
    let row = |(place, line): &(Rect, usize)| {
        let row = ends.partition_point(|end| end <= line).checked_sub(1)?;
        (row + 1 < ends.len()).then_some((*place, row))
    };
    seen.iter().filter_map(row).collect()
}

/// Draws `lines` with the line `focus` in sight, and puts the terminal's cursor at its end; answers where each line in sight
/// stands.
pub(crate) fn page(
    frame: &mut Frame,
    area: Rect,
    title: &str,
    lines: &[PageLine],
    focus: usize,
    long: LongLines,
    theme: Theme,
) -> Vec<(Rect, usize)> {
    let page = Page {
        title,
        lines,
        focus,
        until: focus,
        long,
        field: None,
    };
    page.draw(frame, area, theme)
}

/// A page with its lines, and the field that narrows them.
pub(crate) struct Page<'a> {
    /// Its name.
    pub(crate) title: &'a str,
    /// Its lines.
    pub(crate) lines: &'a [PageLine],
    /// The line that has to be in sight.
    pub(crate) focus: usize,
    /// The line down to which there should be room below it.
    pub(crate) until: usize,
    /// What becomes of a line that is too long.
    pub(crate) long: LongLines,
    /// It stands above the lines, never scrolls away, and has the terminal's cursor.
    pub(crate) field: Option<&'a TextField>,
}

impl Page<'_> {
    /// The lines in `room` cells, each with its role and its number. One that is to be cut is whole: most are never in sight.
    fn rows(&self, room: usize, theme: Theme) -> Vec<(Cow<'_, str>, Role, usize)> {
        let mut rows = Vec::new();
        for (at, (text, role)) in self.lines.iter().enumerate() {
            // What stands over a list says what to do, and is never cut.
            let is_head = at == 0 && (self.field.is_none() || *role == Role::Faint);
            if self.long == LongLines::Cut && !is_head {
                rows.push((Cow::Borrowed(text.as_str()), *role, at));
            } else {
                let wrapped = hang_column(text, room, theme).into_iter();
                rows.extend(wrapped.map(|row| (Cow::Owned(row), *role, at)));
            }
        }
        rows
    }

    /// Cells of the page in `area`.
    fn cells(&self, area: Rect, theme: Theme) -> u16 {
        // Plus two columns for the focus mark, two for the borders, two of padding.
        let needed = self
            .lines
            .iter()
            .map(|(text, _)| width(&line(text, theme)))
            .max()
            .unwrap_or(0);
        let typed = self
            .field
            .map_or(0, |field| width(&line(&field.value(), theme)) + 3);
        let needed = u16::try_from(needed.max(width(self.title) + 4).max(typed))
            .unwrap_or(u16::MAX)
            .saturating_add(6);
        // A list that typing narrows stands still while its rows become fewer.
        let needed = match self.field {
            Some(_) => WIDEST,
            None => needed,
        };
        needed.min(WIDEST).min(area.width)
    }

    /// Draws it over `area`; answers where each line in sight stands.
    pub(crate) fn draw(&self, frame: &mut Frame, area: Rect, theme: Theme) -> Vec<(Rect, usize)> {
        let Self {
            title,
            lines,
            focus,
            until,
            long,
            field,
        } = *self;
        let mark = theme.glyph(Glyph::Focus);
        let page_width = self.cells(area, theme);
        // The keys go here, and no longer to what is under it.
        let panel = Panel::new(title).attention(Attention::Here);
        let probe = Rect {
            width: page_width,
            ..area
        };
        let room = usize::from(panel.inner(probe).width.saturating_sub(2));
        let has_focus_mark = lines.iter().any(|(_, role)| *role == Role::Focus);
        let rows = self.rows(room, theme);
        let height = match field {
            Some(_) => HIGHEST,
            None => u16::try_from(rows.len())
                .unwrap_or(u16::MAX)
                .saturating_add(2),
        };
        let height = height.min(area.height);
        let place = Rect {
            x: area.x + (area.width - page_width) / 2,
            y: area.y + (area.height - height) / 3,
            width: page_width,
            height,
        };
        clear(frame.buffer_mut(), place);
        let inner = panel.draw(place, frame.buffer_mut(), theme);
        let (inner, typing) = match field {
            Some(field) => below_field(field, inner, frame, theme),
            None => (inner, None),
        };
        let visible = usize::from(inner.height);
        let last_wanted = rows
            .iter()
            .rposition(|(_, _, at)| *at == focus.max(until))
            .unwrap_or(0);
        let first_focused = rows.iter().position(|(_, _, at)| *at == focus).unwrap_or(0);
        // Scroll only as far as the focused line needs, and never past its first row.
        let first = match long {
            LongLines::Read => first_focused.min(rows.len().saturating_sub(visible)),
            LongLines::Wrapped | LongLines::Cut => {
                (last_wanted + 1).saturating_sub(visible).min(first_focused)
            }
        };
        let mut cursor = None;
        let mut last_mark = None;
        let mut seen = Vec::new();
        for (y, (text, role, at)) in (inner.y..inner.bottom()).zip(rows.iter().skip(first)) {
            let line = Rect {
                y,
                height: 1,
                ..inner
            };
            seen.push((line, *at));
            let is_first_row = last_mark != Some(*at);
            last_mark = Some(*at);
            if *role == Role::Focus && is_first_row && inner.width > 2 {
                frame
                    .buffer_mut()
                    .set_string(inner.x, y, mark, theme.style(Role::Focus));
            }
            let indent = if has_focus_mark || inner.width > 40 {
                2
            } else {
                0
            };
            let x = inner.x.saturating_add(indent).min(inner.right());
            let cells = usize::from(inner.right().saturating_sub(x));
            let style = theme.style(*role);
            let text = match long {
                LongLines::Cut => Cow::Owned(fit(text, room, theme)),
                LongLines::Wrapped | LongLines::Read => Cow::Borrowed(&**text),
            };
            let end = write(frame.buffer_mut(), (x, y), &text, cells, style);
            if *at == focus && cursor.is_none_or(|_| long != LongLines::Read) {
                cursor = Some(Position {
                    x: end.min(inner.right().saturating_sub(1)),
                    y,
                });
            }
        }
        if rows.len() > visible {
            panel::foot(
                place,
                (first, first + visible),
                rows.len(),
                frame.buffer_mut(),
                theme,
            );
        }
        if let Some(position) = typing.or(cursor) {
            frame.set_cursor_position(position);
        }
        seen
    }
}

/// Draws the field in the first row; answers the room below it, and where the terminal's cursor belongs.
fn below_field(
    field: &TextField,
    inner: Rect,
    frame: &mut Frame,
    theme: Theme,
) -> (Rect, Option<Position>) {
    let indent = inner.width.min(2);
    let row = Rect {
        x: inner.x + indent,
        width: inner.width - indent,
        height: inner.height.min(1),
        ..inner
    };
    put(
        frame.buffer_mut(),
        row,
        ">",
        theme.style(Role::Accent),
        theme,
    );
    let behind = row.width.min(2);
    let place = Rect {
        x: row.x + behind,
        width: row.width - behind,
        ..row
    };
    let cursor = field.draw(place, frame.buffer_mut(), theme);
    let below = Rect {
        y: inner.y + row.height,
        height: inner.height - row.height,
        ..inner
    };
    (below, cursor)
}
