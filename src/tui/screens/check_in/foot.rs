//! What stands under the rows of a check-in, and what is typed over them.

use super::beside;
use super::state::{CheckInForm, Typing};
use crate::domain::care::something_good;
use crate::domain::check_in::sitting::Field;
use crate::domain::check_in::{Form, Overall};
use crate::domain::entry::sleep;
use crate::domain::journal::resting;
use crate::domain::text::words;
use crate::tui::shared::Shared;
use crate::tui::theme::{Glyph, Role};
use crate::tui::widgets::frame::Frame;
use crate::tui::widgets::panel::Panel;
use crate::tui::widgets::text::{clear, put, width, wrap};
use ratatui::layout::Rect;

const OVERALL_SCALE: &str = "0 not hard at all, 10 the hardest you can imagine.";

/// What stands under the rows.
pub(super) enum Foot {
    /// The focused symptom's sentence, with how many are answered.
    About(String, String),
    /// Something good.
    Good,
    /// The overall.
    Overall,
    /// The hours slept.
    Sleep,
    /// The note.
    Note,
    /// How many rest.
    Resting(usize),
    /// A remark about the last key.
    Remark(String),
    /// A draft that was kept stands in it.
    Kept,
    /// A line of air.
    Air,
}

/// What stands under a draft that was kept; short, for the narrowest form.
const KEPT: &str = "A kept draft, not saved yet.";

pub(super) fn foot_lines(form: &CheckInForm, inner: Rect, has_side: bool) -> Vec<Foot> {
    let mut lines = Vec::new();
    // Where rows are few, air is the first thing to go.
    let is_roomy = inner.height >= 16;
    if form.draft().form == Form::Full {
        if is_roomy {
            lines.push(Foot::Air);
        }
        let row = form.sitting.row(form.focus);
        let about = match (row, form.focus) {
            (Some(row), _) => row.symptom.description().to_owned(),
            (None, Field::Good) => something_good::scale(),
            (None, Field::Sleep) => sleep::SCALE.to_owned(),
            (None, _) => OVERALL_SCALE.to_owned(),
        };
        let answered = form.sitting.answered();
        lines.push(Foot::About(
            about,
            format!("{answered} of {} answered", form.sitting.rows.len()),
        ));
        // In the fewest rows the optional lines wait until the symptoms are behind: they would take the symptoms' rows.
        let is_near = inner.height >= 12 || form.sitting.row(form.focus).is_none();
        if form.sitting.asks_good && is_near {
            lines.push(Foot::Good);
        }
        lines.push(Foot::Overall);
        if form.sitting.asks_sleep && is_near && !has_side {
            lines.push(Foot::Sleep);
        }
        // In the fewest rows an empty note gives its place to a symptom.
        let is_spared = inner.height < 12 && form.draft().note.trim().is_empty();
        if !has_side && !is_spared {
            lines.push(Foot::Note);
        }
        if !form.sitting.resting.is_empty() {
            lines.push(Foot::Resting(form.sitting.resting.len()));
        }
    } else {
        lines.push(Foot::About(OVERALL_SCALE.to_owned(), String::new()));
        lines.push(Foot::Air);
        lines.push(Foot::Overall);
        lines.push(Foot::Air);
        lines.push(Foot::Note);
    }
    if let Some(remark) = &form.remark {
        lines.push(Foot::Remark(remark.clone()));
    } else if form.is_resumed {
        // It stays in sight, so that an answer of then is not taken for one of now.
        lines.push(Foot::Kept);
    }
    lines
}

pub(super) fn draw_foot(
    form: &CheckInForm,
    shared: &Shared,
    frame: &mut Frame,
    area: Rect,
    lines: &[Foot],
) {
    let theme = shared.theme;
    for (y, line) in (area.y..area.bottom()).zip(lines) {
        let place = Rect {
            y,
            height: 1,
            ..area
        };
        let buf = frame.buffer_mut();
        match line {
            Foot::Air => {}
            Foot::About(about, fact) => {
                let cells = u16::try_from(width(fact)).unwrap_or(0);
                let room = place.width.saturating_sub(cells + 2);
                put(
                    buf,
                    Rect {
                        width: room,
                        ..place
                    },
                    about,
                    theme.style(Role::Faint),
                    theme,
                );
                let right = Rect {
                    x: place.right().saturating_sub(cells),
                    width: cells.min(place.width),
                    ..place
                };
                put(buf, right, fact, theme.style(Role::Faint), theme);
            }
            Foot::Overall => {
                let value = form.draft().overall.map_or_else(
                    || theme.glyph(Glyph::Blank).to_owned(),
                    |overall| overall.number().to_string(),
                );
                let question = if place.width >= 46 {
                    words::overall_question(form.draft().day, shared.today())
                } else {
                    "Overall"
                };
                let text = format!("{question}  {value} / {}", Overall::TOP);
                draw_question(form, Field::Overall, &text, shared, frame, place);
            }
            Foot::Good => {
                let value = form.draft().good.map_or_else(
                    || theme.glyph(Glyph::Blank).to_owned(),
                    |number| format!("{number} {}", something_good::word(number)),
                );
                // More is better here, so it has no ramp and no brackets of a severity.
                let question = if place.width >= 46 {
                    something_good::QUESTION
                } else {
                    "Good"
                };
                let text = format!("{question}  {value}");
                draw_question(form, Field::Good, &text, shared, frame, place);
            }
            Foot::Sleep => draw_sleep(form, shared, frame, place),
            Foot::Note => {
                let note = form.draft().note.trim();
                let text = if note.is_empty() {
                    format!("  Note  {}", theme.glyph(Glyph::Blank))
                } else {
                    format!("  Note  {note}")
                };
                put(buf, place, &text, theme.style(Role::Text), theme);
            }
            Foot::Resting(count) => {
                let text = resting_line(*count, usize::from(place.width));
                put(buf, place, &text, theme.style(Role::Text), theme);
            }
            Foot::Kept => {
                put(buf, place, KEPT, theme.style(Role::Accent), theme);
            }
            Foot::Remark(remark) => {
                put(buf, place, remark, theme.style(Role::Warning), theme);
            }
        }
    }
}

/// "2 resting, asked on Sundays; R shows them", or less of it.
fn resting_line(count: usize, room: usize) -> String {
    let long = format!("  {}; R shows them", resting::count_line(count));
    if width(&long) <= room {
        return long;
    }
    format!("  {count} resting; R shows them")
}

/// The hours slept, as they are typed: "▌ Hours slept?  7:30 (6.5 h noted)".
pub(super) fn draw_sleep(form: &CheckInForm, shared: &Shared, frame: &mut Frame, place: Rect) {
    let draft = form.draft();
    let noted = sleep::noted(&shared.journal, draft.day);
    let noted = noted.map_or_else(String::new, |noted| format!("  ({noted})"));
    let value = match draft.sleep.as_str() {
        "" => shared.theme.glyph(Glyph::Blank).to_owned(),
        typed => sleep::read_out(typed),
    };
    let text = format!("{}  {value}{noted}", sleep::QUESTION);
    draw_question(form, Field::Sleep, &text, shared, frame, place);
}

/// A question under the rows, with the mark and the cursor where the digits go.
fn draw_question(
    form: &CheckInForm,
    field: Field,
    text: &str,
    shared: &Shared,
    frame: &mut Frame,
    place: Rect,
) {
    let theme = shared.theme;
    let is_focused = form.focus == field && form.typing.is_none();
    let (mark, role) = if is_focused {
        (theme.glyph(Glyph::Focus), Role::Focus)
    } else {
        (" ", Role::Text)
    };
    let text = format!("{mark} {text}");
    put(frame.buffer_mut(), place, &text, theme.style(role), theme);
    if is_focused && place.width > 0 {
        frame.set_cursor_position((place.x, place.y));
    }
}

/// The note or the day, typed in a field over the lower half of the form.
pub(super) fn draw_typing(
    form: &CheckInForm,
    typing: &Typing,
    shared: &Shared,
    frame: &mut Frame,
    inner: Rect,
) {
    let theme = shared.theme;
    let (title, fact, height) = match typing {
        Typing::Note(_) => (
            "Note",
            "Ctrl-S saves, Esc goes back",
            inner.height.div_ceil(2).max(5),
        ),
        Typing::Day(_) => ("Counts for", "Enter takes it", 5),
        Typing::Beside(finder) => return beside::draw(form, finder, shared, frame, inner),
    };
    let height = height.min(inner.height);
    let place = Rect {
        y: inner.bottom() - height,
        height,
        ..inner
    };
    clear(frame.buffer_mut(), place);
    let room = Panel::new(title)
        .fact(fact)
        .draw(place, frame.buffer_mut(), theme);
    match typing {
        Typing::Beside(_) => {}
        Typing::Note(field) => {
            if let Some(cursor) = field.draw(room, frame.buffer_mut(), theme) {
                frame.set_cursor_position(cursor);
            }
        }
        Typing::Day(field) => {
            let line = Rect {
                height: room.height.min(1),
                ..room
            };
            if let Some(cursor) = field.draw(line, frame.buffer_mut(), theme) {
                frame.set_cursor_position(cursor);
            }
            // Read at every key, so that the person sees what is understood before Enter.
            let day = crate::domain::time::parse::parse_day(
                &field.value(),
                &shared.now,
                shared.journal.settings.day_end,
                crate::domain::time::parse::Toward::Past,
            );
            let about = match day {
                Ok(day) => format!(
                    "{}, {}",
                    words::day(day),
                    words::relative_day(day, shared.today())
                ),
                Err(why) if why.is_question() => words::sentence(&why.to_string()),
                Err(_) => "A day such as yesterday, last tue, 3 days ago, 22 Nov.".to_owned(),
            };
            for (y, row) in
                (room.y + 1..room.bottom()).zip(wrap(&about, usize::from(room.width), theme))
            {
                frame.buffer_mut().set_stringn(
                    room.x,
                    y,
                    row,
                    usize::from(room.width),
                    theme.style(Role::Faint),
                );
            }
        }
    }
}
