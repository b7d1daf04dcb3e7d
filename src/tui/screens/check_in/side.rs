//! The column beside the rows of a wide check-in: the note as it is written, and the sleep that the day has.

use super::foot::draw_sleep;
use super::state::{CheckInForm, Typing};
use crate::domain::entry::sleep;
use crate::tui::shared::Shared;
use crate::tui::theme::{Glyph, Role};
use crate::tui::widgets::frame::Frame;
use crate::tui::widgets::text::{put, wrap};
use ratatui::layout::Rect;

/// Its cells, with the line that sets it apart.
pub(super) const WIDTH: u16 = 46;

/// Draws it into `area`, with a line on its left.
pub(super) fn draw(form: &CheckInForm, shared: &Shared, frame: &mut Frame, area: Rect) {
    let theme = shared.theme;
    let bar = theme.glyph(Glyph::Vertical);
    // A column of air on both sides of the line.
    let line = area.x.saturating_add(1);
    for y in area.y..area.bottom() {
        let border = theme.style(Role::Border);
        frame.buffer_mut().set_string(line, y, bar, border);
    }
    let inside = Rect {
        x: line.saturating_add(2),
        width: area.width.saturating_sub(3),
        ..area
    };
    let row = |nth: u16| {
        Rect {
            y: inside.y.saturating_add(nth),
            height: 1,
            ..inside
        }
        .intersection(inside)
    };
    let (title, text) = (theme.style(Role::Title), theme.style(Role::Text));
    let buf = frame.buffer_mut();
    put(buf, row(0), "Sleep", title, theme);
    if form.sitting.asks_sleep {
        draw_sleep(form, shared, frame, row(1));
    } else {
        put(buf, row(1), &held(form, shared), text, theme);
    }
    let buf = frame.buffer_mut();
    put(buf, row(3), "Note", title, theme);
    let rest = Rect {
        y: row(4).y,
        height: inside.height.saturating_sub(4),
        ..inside
    };
    if let Some(Typing::Note(field)) = &form.typing {
        if let Some(cursor) = field.draw(rest, buf, theme) {
            frame.set_cursor_position(cursor);
        }
        return;
    }
    let note = form.draft().note.trim();
    let note = if note.is_empty() {
        format!("{}  n writes one", theme.glyph(Glyph::Blank))
    } else {
        note.to_owned()
    };
    let lines = wrap(&note, usize::from(rest.width), theme);
    let room = usize::from(rest.height);
    for (nth, (y, line)) in (rest.y..rest.bottom()).zip(&lines).enumerate() {
        let place = Rect {
            y,
            height: 1,
            ..rest
        };
        // The last row in sight says that there is more, rather than to stop in silence.
        let is_cut = nth + 1 == room && lines.len() > room;
        let more = format!("\u{2193} {} more; n opens it", lines.len() - nth);
        let line = if is_cut { &more } else { line };
        put(buf, place, line, text, theme);
    }
}

/// What the day of the check-in has of sleep.
fn held(form: &CheckInForm, shared: &Shared) -> String {
    let journal = &shared.journal;
    let noted = sleep::noted(journal, form.draft().day);
    noted.unwrap_or_else(|| format!("{}  not noted", shared.theme.glyph(Glyph::Blank)))
}
