//! How the Guide is drawn: the list of pages and the page, side by side where both have room.

use super::state::{GuidePages, Inside, Seen};
use crate::domain::guide::{RowStyle, Topic, guide};
use crate::tui::shared::Shared;
use crate::tui::theme::{Glyph, Role, Theme};
use crate::tui::widgets::frame::Frame;
use crate::tui::widgets::list;
use crate::tui::widgets::list::Focus;
use crate::tui::widgets::panel::{Attention, Borders, Panel};
use crate::tui::widgets::text::{put, wrap};
use ratatui::layout::{Constraint, Layout, Position, Rect};
use ratatui::text::{Line, Span};

/// The list beside the page, in columns: room for the longest title.
pub(super) const LIST: u16 = 36;
/// From this width on both stand side by side.
const WIDE: u16 = 76;
/// Below this height borders go, so that the text keeps its lines.
const LOW: u16 = 10;
/// The widest line of text: longer ones are hard to read.
const WIDEST: u16 = 84;

/// A line of the page as it is drawn.
struct WrappedLine {
    text: String,
    role: Role,
    /// The row of [`Topic::rows`] that it belongs to.
    row: usize,
}

/// Draws the screen.
pub(super) fn draw(pages: &GuidePages, shared: &Shared, frame: &mut Frame, area: Rect) {
    let borders = if area.height < LOW {
        Borders::No
    } else {
        Borders::Yes
    };
    let is_wide = area.width >= WIDE;
    let [left, right] = match (is_wide, pages.inside) {
        (true, _) => {
            Layout::horizontal([Constraint::Length(LIST), Constraint::Fill(1)]).areas(area)
        }
        (false, Inside::List) => [area, Rect::ZERO],
        (false, Inside::Page) => [Rect::ZERO, area],
    };
    pages.listed.set(Rect::ZERO);
    let listed = (!left.is_empty()).then(|| draw_list(pages, shared, frame, left, borders));
    let page = if right.is_empty() {
        // A hidden page keeps its size, so that scrolling still knows its lines.
        let before = pages.seen.get();
        pages.seen.set(Seen {
            beside: false,
            ..before
        });
        None
    } else {
        draw_page(pages, shared, frame, right, borders, is_wide)
    };
    let cursor = match pages.inside {
        Inside::List => listed,
        Inside::Page => page,
    };
    if let Some(Position { x, y }) = cursor {
        frame.set_cursor_position((x, y));
    }
}

fn attention(pages: &GuidePages, inside: Inside) -> Attention {
    if pages.inside == inside {
        Attention::Here
    } else {
        Attention::Elsewhere
    }
}

fn draw_list(
    pages: &GuidePages,
    shared: &Shared,
    frame: &mut Frame,
    area: Rect,
    borders: Borders,
) -> Position {
    let theme = shared.theme;
    let topics = &guide().topics;
    let fact = list::position(topics.len(), pages.at);
    let panel = Panel::new("Guide")
        .fact(&fact)
        .borders(borders)
        .attention(attention(pages, Inside::List));
    let inner = panel.draw(area, frame.buffer_mut(), theme);
    pages.listed.set(inner);
    let mut cursor = Position::new(inner.x, inner.y);
    for (at, place) in list::rows(topics.len(), pages.at, inner) {
        let Some(topic) = topics.get(at) else {
            continue;
        };
        let (focus, role) = if at == pages.at {
            (Focus::Here, Role::Focus)
        } else {
            (Focus::Elsewhere, Role::Text)
        };
        let line = Line::from(Span::styled(topic.title.as_str(), theme.style(role)));
        let here = list::row(&line, focus, place, frame.buffer_mut(), theme);
        if focus == Focus::Here {
            cursor = here;
        }
    }
    cursor
}

fn draw_page(
    pages: &GuidePages,
    shared: &Shared,
    frame: &mut Frame,
    area: Rect,
    borders: Borders,
    beside: bool,
) -> Option<Position> {
    let theme = shared.theme;
    let topic = pages.topic()?;
    let panel = Panel::new(&topic.title)
        .borders(borders)
        .attention(attention(pages, Inside::Page));
    let inner = panel.inner(area);
    let seen = Seen {
        width: inner.width.min(WIDEST),
        height: inner.height,
        beside,
    };
    pages.seen.set(seen);
    let lines = wrapped_lines(topic, usize::from(seen.width), theme);
    let top = top(pages, topic, seen, theme);
    let last = (top + usize::from(inner.height)).min(lines.len());
    let fact = if lines.len() > usize::from(inner.height) {
        format!("{}\u{2013}{last} of {}", top + 1, lines.len())
    } else {
        String::new()
    };
    panel.fact(&fact).draw(area, frame.buffer_mut(), theme);
    for (y, line) in (inner.y..inner.bottom()).zip(lines.iter().skip(top)) {
        let place = Rect {
            y,
            height: 1,
            ..inner
        };
        let is_found = pages.found == Some(line.row) && !line.text.is_empty();
        // The mark stands in the column of air; without one the line itself stands out.
        let has_air = inner.x > area.x;
        let role = if is_found && !has_air {
            Role::Focus
        } else {
            line.role
        };
        let style = theme.style(role);
        put(frame.buffer_mut(), place, &line.text, style, theme);
        if is_found && has_air {
            let mark = Rect {
                x: inner.x - 1,
                width: 1,
                ..place
            };
            let sign = theme.glyph(Glyph::Focus);
            put(
                frame.buffer_mut(),
                mark,
                sign,
                theme.style(Role::Focus),
                theme,
            );
        }
    }
    Some(Position::new(inner.x, inner.y))
}

/// The line that stands at the top: the one that was scrolled to, or the row that was sought, never past the end.
pub(super) fn top(pages: &GuidePages, topic: &Topic, seen: Seen, theme: Theme) -> usize {
    let lines = wrapped_lines(topic, usize::from(seen.width), theme);
    let sought = pages.sought.get();
    let sought = sought.and_then(|row| lines.iter().position(|line| line.row == row));
    let most = lines.len().saturating_sub(usize::from(seen.height));
    // A line of what stands before it says where one is.
    sought
        .map_or(pages.top, |line| line.saturating_sub(1))
        .min(most)
}

/// The last line that may stand at the top.
pub(super) fn most(topic: &Topic, seen: Seen, theme: Theme) -> usize {
    let lines = wrapped_lines(topic, usize::from(seen.width), theme).len();
    lines.saturating_sub(usize::from(seen.height))
}

/// The page in lines of at most `room` cells. Bullets and sources hang.
fn wrapped_lines(topic: &Topic, room: usize, theme: Theme) -> Vec<WrappedLine> {
    let mut lines = Vec::new();
    for (at, row) in topic.rows().into_iter().enumerate() {
        let (head, role) = match row.style {
            RowStyle::Heading => ("", Role::Title),
            RowStyle::Bullet => (theme.glyph(Glyph::Dot), Role::Text),
            RowStyle::Ask => ("", Role::Accent),
            RowStyle::Source => ("", Role::Faint),
            RowStyle::Text | RowStyle::Blank => ("", Role::Text),
        };
        let indent = match row.style {
            RowStyle::Bullet => 2,
            _ => 0,
        };
        let wrapped = wrap(&row.text, room.saturating_sub(indent).max(1), theme);
        for (n, line) in wrapped.into_iter().enumerate() {
            let text = match (indent, n) {
                (0, _) => line,
                (_, 0) => format!("{head} {line}"),
                (_, _) => format!("  {line}"),
            };
            lines.push(WrappedLine {
                text,
                role,
                row: at,
            });
        }
    }
    lines
}
