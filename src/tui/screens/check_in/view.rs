//! How the check-in is drawn: two columns where there is room, one where there is not.

use super::state::{CheckInForm, Typing};
use crate::domain::check_in::catalogue::Category;
use crate::domain::check_in::sitting::{Field, LastTime, SymptomRow};
use crate::domain::check_in::{Form, Overall};
use crate::domain::text::words;
use crate::tui::keys::Screen;
use crate::tui::shared::Shared;
use crate::tui::theme::{Glyph, Role, Theme};
use crate::tui::widgets::panel::{Attention, Panel};
use crate::tui::widgets::sparkline::severity_bar;
use crate::tui::widgets::text::{fit, pad, put, width, wrap};
use ratatui::Frame;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::widgets::Clear;

/// The narrowest form with two columns.
const TWO_COLUMNS: u16 = 96;
/// Cells of "0 1 2 3 4" with brackets.
const BAR: u16 = 11;
const OVERALL_SCALE: &str = "0 not hard at all, 10 the hardest you can imagine.";
/// The widest form: longer rows are hard to follow with the eye.
const WIDEST: u16 = 116;

/// Draws the form over `area`.
pub(super) fn draw(form: &CheckInForm, shared: &Shared, frame: &mut Frame, area: Rect) {
    let width = area.width.min(WIDEST);
    let place = Rect {
        x: area.x + (area.width - width) / 2,
        width,
        ..area
    };
    let inside = Panel::new("").inner(place);
    // The foot is measured first; the rows get the height that it leaves.
    let foot = foot_lines(form, inside);
    let foot_height = u16::try_from(foot.len()).unwrap_or(1).min(inside.height);
    let row_height = rows_height(form, inside).min(inside.height.saturating_sub(foot_height));
    let borders = place.height - inside.height;
    // A note being written takes the room that the form leaves.
    let height = match form.typing {
        Some(Typing::Note(_)) => place.height,
        _ => (row_height + foot_height + borders).min(place.height),
    };
    let place = Rect { height, ..place };
    frame.render_widget(Clear, place);
    let fact = heading(form, shared);
    let inner = Panel::new(form.title())
        .attention(Attention::Here)
        .fact(&fact)
        .draw(place, frame.buffer_mut(), shared.theme);
    if inner.is_empty() {
        return;
    }
    let rows = Rect {
        height: row_height,
        ..inner
    };
    let below = Rect {
        y: inner.y + row_height,
        height: inner.height - row_height,
        ..inner
    };
    draw_rows(form, shared, frame, rows);
    draw_foot(form, shared, frame, below, &foot);
    if let Some(typing) = &form.typing {
        draw_typing(typing, shared, frame, inner);
    }
}

/// Whether Body and Mind stand side by side.
fn is_wide(area: Rect) -> bool {
    // `area` lies inside the panel: its borders and columns of air take 4 more cells.
    area.width + 4 >= TWO_COLUMNS
}

/// Rows that the symptoms need, with a heading for each group.
fn rows_height(form: &CheckInForm, area: Rect) -> u16 {
    let (all, body) = (form.sitting.rows.len(), form.body_rows());
    let rows = match (all, is_wide(area)) {
        (0, _) => 0,
        (_, true) => body.max(all - body) + 1,
        (_, false) => all + 2,
    };
    u16::try_from(rows).unwrap_or(u16::MAX)
}

/// "Sun 22 Nov 2026, 08:12 · day 9 · counts for today".
fn heading(form: &CheckInForm, shared: &Shared) -> String {
    let today = shared.today();
    let day = form.draft().day;
    let moment = shared.journal.moment_of(form.draft(), &shared.now);
    let at = moment.at();
    let mut facts = vec![format!(
        "{}, {}",
        words::day(at.date_naive()),
        shared.manner().time(at.time())
    )];
    if let Some(number) = shared.journal.attempts.day_number(day) {
        facts.push(format!("day {}", shared.manner().counted(number)));
    }
    let counts = if day == today && at.date_naive() != day {
        // After midnight, before the day's end.
        format!(
            "counts for {} (your day ends {})",
            day.format("%A"),
            shared.journal.settings.day_end
        )
    } else {
        format!("counts for {}", words::relative_day(day, today))
    };
    facts.push(counts);
    if moment.late {
        facts.push("late".to_owned());
    }
    facts.join(&format!(" {} ", shared.theme.glyph(Glyph::Middle)))
}

fn draw_rows(form: &CheckInForm, shared: &Shared, frame: &mut Frame, area: Rect) {
    let body = form.body_rows();
    if is_wide(area) {
        let half = (area.width - 1) / 2;
        // A column of air on both sides of the line between them.
        let left = Rect {
            width: half.saturating_sub(1),
            ..area
        };
        let right = Rect {
            x: area.x + half + 2,
            width: area.width.saturating_sub(half + 2),
            ..area
        };
        column(form, shared, frame, left, 0..body);
        column(form, shared, frame, right, body..form.sitting.rows.len());
        let bar = shared.theme.glyph(Glyph::Vertical);
        for y in area.y..area.bottom() {
            frame
                .buffer_mut()
                .set_string(area.x + half, y, bar, shared.theme.style(Role::Border));
        }
    } else {
        column(form, shared, frame, area, 0..form.sitting.rows.len());
    }
}

/// One column: a heading for each group, then its rows, scrolled so that the focused one is in sight.
fn column(
    form: &CheckInForm,
    shared: &Shared,
    frame: &mut Frame,
    area: Rect,
    rows: std::ops::Range<usize>,
) {
    enum Entry {
        Heading(Category),
        Row(usize),
    }
    let mut entries = Vec::new();
    let mut group = None;
    for at in rows {
        let Some(row) = form.sitting.rows.get(at) else {
            continue;
        };
        if group != Some(row.symptom.category) {
            group = Some(row.symptom.category);
            entries.push(Entry::Heading(row.symptom.category));
        }
        entries.push(Entry::Row(at));
    }
    let focused = entries
        .iter()
        .position(|entry| matches!(entry, Entry::Row(at) if form.focus == Field::Row(*at)));
    // A row says that there are more below, so that nobody takes the last one in sight for the last one.
    let is_long = entries.len() > usize::from(area.height) && area.height > 3;
    let shown = usize::from(area.height) - usize::from(is_long);
    // The focused row with one row after it in sight, so that the next one is never a surprise.
    let first = match (focused, form.focus) {
        (Some(at), _) => (at + 2).min(entries.len()).saturating_sub(shown),
        // The overall stands below: the last rows are the nearest ones.
        (None, Field::Overall) => entries.len().saturating_sub(shown),
        (None, _) => 0,
    };
    let left = entries.len().saturating_sub(first + shown);
    if is_long && left > 0 {
        let line = Rect {
            x: area.x + 2.min(area.width),
            y: area.bottom() - 1,
            width: area.width.saturating_sub(2),
            height: 1,
        };
        let text = format!("\u{2193} {left} more");
        let style = shared.theme.style(Role::Text);
        put(frame.buffer_mut(), line, &text, style, shared.theme);
    }
    for (y, entry) in (area.y..area.bottom())
        .take(shown)
        .zip(entries.iter().skip(first))
    {
        let place = Rect {
            y,
            height: 1,
            ..area
        };
        match entry {
            Entry::Heading(category) => {
                heading_row(form, *category, shared, frame.buffer_mut(), place);
            }
            Entry::Row(at) => {
                if let Some(row) = form.sitting.rows.get(*at) {
                    let is_focused = form.focus == Field::Row(*at) && form.typing.is_none();
                    draw_row(
                        form,
                        row,
                        is_focused,
                        shared.theme,
                        frame.buffer_mut(),
                        place,
                    );
                    if is_focused && place.width > 0 {
                        frame.set_cursor_position((place.x, y));
                    }
                }
            }
        }
    }
}

fn heading_row(
    form: &CheckInForm,
    category: Category,
    shared: &Shared,
    buf: &mut Buffer,
    place: Rect,
) {
    put(
        buf,
        place,
        category.label(),
        shared.theme.style(Role::Title),
        shared.theme,
    );
    let latest = form
        .sitting
        .rows
        .iter()
        .filter(|row| row.symptom.category == category)
        .filter_map(|row| match row.last {
            LastTime::Offered(_, on) | LastTime::TooOld(_, on) => Some(on),
            LastTime::Never => None,
        });
    if let Some(on) = latest.max() {
        let text = format!("last {}", on.format("%-d %b"));
        let cells = u16::try_from(width(&text)).unwrap_or(0);
        // The heading needs 6 cells itself: "Body" or "Mind" and air.
        if place.width > cells + 6 {
            let right = Rect {
                x: place.right() - cells,
                width: cells,
                ..place
            };
            put(
                buf,
                right,
                &text,
                shared.theme.style(Role::Faint),
                shared.theme,
            );
        }
    }
}

/// `▌ Nausea   0 1[2]3 4  moderate   3`.
fn draw_row(
    form: &CheckInForm,
    row: &SymptomRow,
    is_focused: bool,
    theme: Theme,
    buf: &mut Buffer,
    place: Rect,
) {
    let answer = form.sitting.answer(row);
    let severity = answer.map(|answer| answer.severity.number());
    let bar_at = place
        .width
        // From 44 cells on the answer's word has room behind the bar; below, only the last digit has.
        .saturating_sub(match place.width {
            56.. => BAR + 21,
            44.. => BAR + 19,
            _ => BAR + 4,
        });
    let name_room = usize::from(bar_at.saturating_sub(3).min(24));
    let bar_at = place.x + u16::try_from(name_room).unwrap_or(0) + 3;
    if is_focused {
        put(
            buf,
            Rect {
                width: 1.min(place.width),
                ..place
            },
            theme.glyph(Glyph::Focus),
            theme.style(Role::Focus),
            theme,
        );
    }
    let name_style = if is_focused {
        theme.style(Role::Focus)
    } else {
        theme.style(Role::Text)
    };
    let name_place = Rect {
        x: (place.x + 2).min(place.right()),
        width: place.width.saturating_sub(2),
        ..place
    };
    put(
        buf,
        name_place,
        &pad(&row.symptom.name, name_room, theme),
        name_style,
        theme,
    );
    let mut x = bar_at;
    for span in severity_bar(severity, theme) {
        let cells = place.right().saturating_sub(x);
        let (end, _) = buf.set_stringn(
            x,
            place.y,
            span.content.as_ref(),
            usize::from(cells),
            span.style,
        );
        x = end;
    }
    let last = match row.last {
        LastTime::Offered(severity, _) => severity.number().to_string(),
        // In brackets, because `=` and `A` offer no answer of more than 3 days ago.
        LastTime::TooOld(severity, _) => format!("({})", severity.number()),
        LastTime::Never => theme.glyph(Glyph::Blank).to_owned(),
    };
    let last_cells = u16::try_from(width(&last)).unwrap_or(0);
    let last_at = place.right().saturating_sub(last_cells);
    if let Some(answer) = answer {
        let same = if answer.copied { ", as last time" } else { "" };
        let word = format!("{}{same}", answer.severity.word());
        let room = last_at.saturating_sub(x + 2);
        if room >= 4 {
            let word = fit(&word, usize::from(room), theme);
            buf.set_stringn(
                x + 1,
                place.y,
                word,
                usize::from(room),
                theme.style(Role::Text),
            );
        }
    }
    if last_at > x {
        let last_place = Rect {
            x: last_at,
            width: last_cells,
            ..place
        };
        put(buf, last_place, &last, theme.style(Role::Faint), theme);
    }
}

/// What stands under the rows.
enum Foot {
    /// The focused symptom's sentence, with how many are answered.
    About(String, String),
    /// The overall.
    Overall,
    /// The note.
    Note,
    /// A remark about the last key.
    Remark(String),
    /// A draft that was kept stands in it.
    Kept,
    /// A line of air.
    Air,
}

/// What stands under a draft that was kept; short, for the narrowest form.
const KEPT: &str = "A kept draft, not saved yet.";

fn foot_lines(form: &CheckInForm, inner: Rect) -> Vec<Foot> {
    let mut lines = Vec::new();
    // Where rows are few, air is the first thing to go.
    let is_roomy = inner.height >= 16;
    if form.draft().form == Form::Full {
        if is_roomy {
            lines.push(Foot::Air);
        }
        let row = form.sitting.row(form.focus);
        let about = row.map_or(OVERALL_SCALE, |row| row.symptom.description());
        let answered = form.sitting.answered();
        lines.push(Foot::About(
            about.to_owned(),
            format!("{answered} of {} answered", form.sitting.rows.len()),
        ));
        lines.push(Foot::Overall);
        lines.push(Foot::Note);
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

fn draw_foot(form: &CheckInForm, shared: &Shared, frame: &mut Frame, area: Rect, lines: &[Foot]) {
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
                let is_focused = form.focus == Field::Overall && form.typing.is_none();
                let value = form.draft().overall.map_or_else(
                    || theme.glyph(Glyph::Blank).to_owned(),
                    |overall| overall.number().to_string(),
                );
                let mark = if is_focused {
                    theme.glyph(Glyph::Focus)
                } else {
                    " "
                };
                let question = if place.width >= 46 {
                    words::overall_question(form.draft().day, shared.today())
                } else {
                    "Overall"
                };
                let text = format!("{mark} {question}  {value} / {}", Overall::TOP);
                let role = if is_focused { Role::Focus } else { Role::Text };
                put(buf, place, &text, theme.style(role), theme);
                if is_focused && place.width > 0 {
                    frame.set_cursor_position((place.x, y));
                }
            }
            Foot::Note => {
                let note = form.draft().note.trim();
                let text = if note.is_empty() {
                    format!("  Note  {}", theme.glyph(Glyph::Blank))
                } else {
                    format!("  Note  {note}")
                };
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

/// The note or the day, typed in a field over the lower half of the form.
fn draw_typing(typing: &Typing, shared: &Shared, frame: &mut Frame, inner: Rect) {
    let theme = shared.theme;
    let (title, fact, height) = match typing {
        Typing::Note(_) => (
            "Note",
            "Ctrl-S saves, Esc goes back",
            inner.height.div_ceil(2).max(5),
        ),
        Typing::Day(_) => ("Counts for", "Enter takes it", 5),
    };
    let height = height.min(inner.height);
    let place = Rect {
        y: inner.bottom() - height,
        height,
        ..inner
    };
    frame.render_widget(Clear, place);
    let room = Panel::new(title)
        .fact(fact)
        .draw(place, frame.buffer_mut(), theme);
    match typing {
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
                Err(why) if why.twofold().is_some() => words::sentence(&why.to_string()),
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
