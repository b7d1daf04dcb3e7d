//! How the check-in is drawn: two columns where there is room, one where there is not.

use super::foot::{draw_foot, draw_typing, foot_lines};
use super::side;
use super::state::{CheckInForm, Typing};
use crate::domain::check_in::Form;
use crate::domain::check_in::catalogue::Category;
use crate::domain::check_in::sitting::{Field, LastTime, SymptomRow};
use crate::domain::check_in::symptom::Severity;
use crate::domain::text::words;
use crate::tui::keys::Screen;
use crate::tui::shared::Shared;
use crate::tui::theme::{Glyph, Role, Theme};
use crate::tui::widgets::frame::Frame;
use crate::tui::widgets::panel::{Attention, Panel};
use crate::tui::widgets::sparkline::severity_bar;
use crate::tui::widgets::text::{clear, fit, pad, put, width};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::text::Span;

/// The narrowest form with two columns.
const TWO_COLUMNS: u16 = 96;
/// Cells of "0 1 2 3 4" with brackets.
const BAR: u16 = 11;
/// The widest form of rows alone: longer rows are hard to follow with the eye.
const WIDEST: u16 = 116;
/// The widest row where there is one column.
const WIDEST_ROW: u16 = 60;
/// From so many cells on the note and the sleep stand beside the rows.
const THREE_COLUMNS: u16 = 150;
/// The widest form with them.
const WIDEST_WITH_SIDE: u16 = 170;

/// Draws the form over `area`.
pub(super) fn draw(form: &CheckInForm, shared: &Shared, frame: &mut Frame, area: Rect) {
    let has_side = area.width >= THREE_COLUMNS && form.draft().form == Form::Full;
    let widest = if has_side { WIDEST_WITH_SIDE } else { WIDEST };
    let cells = area.width.min(widest);
    let place = Rect {
        x: area.x + (area.width - cells) / 2,
        width: cells,
        ..area
    };
    let inside = Panel::new("").inner(place);
    // The column beside keeps its width; the rows get the rest.
    let beside = if has_side { side::WIDTH } else { 0 };
    let rows_room = Rect {
        width: inside.width.saturating_sub(beside),
        ..inside
    };
    // The foot is measured first; the rows get the height that it leaves.
    let foot = foot_lines(form, inside, has_side);
    let foot_height = u16::try_from(foot.len()).unwrap_or(1).min(inside.height);
    let row_height = rows_height(form, rows_room).min(inside.height.saturating_sub(foot_height));
    let borders = place.height - inside.height;
    // A note being written takes the room that the form leaves.
    let height = match form.typing {
        Some(Typing::Note(_)) if !has_side => place.height,
        // The letters for something else have a few rows under them.
        Some(Typing::Beside(_)) => (row_height + foot_height + borders)
            .max(16)
            .min(place.height),
        _ => (row_height + foot_height + borders).min(place.height),
    };
    let place = Rect { height, ..place };
    clear(frame.buffer_mut(), place);
    // Beside the title: both corners, and a blank and a piece of line on each side of either.
    let beside_title = usize::from(place.width).saturating_sub(width(form.title()) + 9);
    let fact = heading(form, shared, beside_title);
    let inner = Panel::new(form.title())
        .attention(Attention::Here)
        .fact(&fact)
        .draw(place, frame.buffer_mut(), shared.theme);
    if inner.is_empty() {
        return;
    }
    let rows = Rect {
        height: row_height,
        width: inner.width.saturating_sub(beside),
        ..inner
    };
    let aside = Rect {
        x: rows.right(),
        width: beside,
        ..rows
    };
    let below = Rect {
        y: inner.y + row_height,
        height: inner.height - row_height,
        ..inner
    };
    draw_rows(form, shared, frame, rows);
    draw_foot(form, shared, frame, below, &foot);
    if has_side {
        side::draw(form, shared, frame, aside);
    }
    match &form.typing {
        // It is written where it stands.
        Some(Typing::Note(_)) if has_side => {}
        Some(typing) => draw_typing(form, typing, shared, frame, inner),
        None => {}
    }
}

/// Whether Body and Mind stand side by side.
fn is_wide(area: Rect) -> bool {
    // `area` lies inside the panel: its borders and columns of air take 4 more cells.
    area.width.saturating_add(4) >= TWO_COLUMNS
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

/// "Sun 22 Nov 2026, 08:12 · day 9 · counts for today"; in less than `room` cells the day it counts for is the last to go.
fn heading(form: &CheckInForm, shared: &Shared, room: usize) -> String {
    let today = shared.today();
    let day = form.draft().day;
    let moment = shared.journal.moment_of(form.draft(), &shared.now);
    let at = moment.at();
    let time = shared.manner().time_of(&moment);
    let number = shared.journal.attempts.day_number(day);
    let number = number.map(|number| format!("day {}", shared.manner().counted(number)));
    let is_night = day == today && at.date_naive() != day;
    let counts = |about: bool| match (is_night, about) {
        // After midnight, before the day's end.
        (true, true) => format!(
            "counts for {} (your day ends {})",
            day.format("%A"),
            shared.journal.settings.day_end
        ),
        (true, false) => format!("counts for {}", day.format("%A")),
        (false, _) => format!("counts for {}", words::relative_day(day, today)),
    };
    let late = moment.late.then(|| "late".to_owned());
    let date = at.date_naive();
    let short = words::day_near(date, date);
    let forms = [
        vec![
            Some(format!("{}, {time}", words::day(date))),
            number.clone(),
            Some(counts(true)),
        ],
        vec![Some(format!("{short}, {time}")), number, Some(counts(true))],
        vec![Some(format!("{short}, {time}")), Some(counts(false))],
        vec![Some(time), Some(counts(false))],
        vec![Some(counts(false))],
    ];
    let between = format!(" {} ", shared.theme.glyph(Glyph::Middle));
    let texts = forms.map(|facts| {
        let facts: Vec<String> = facts.into_iter().chain([late.clone()]).flatten().collect();
        facts.join(&between)
    });
    let fitting = texts.iter().find(|text| width(text) <= room);
    fitting.or(texts.last()).cloned().unwrap_or_default()
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
        // In a wider row the eye would lose the line between the name and the last answer.
        let area = Rect {
            width: area.width.min(WIDEST_ROW),
            ..area
        };
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
        (None, Field::Good | Field::Overall | Field::Sleep) => entries.len().saturating_sub(shown),
        (None, _) => 0,
    };
    // At the end nothing is below, and the line that would say so has room for a row.
    let (first, shown) = if first + shown >= entries.len() {
        (
            entries.len().saturating_sub(usize::from(area.height)),
            usize::from(area.height),
        )
    } else {
        (first, shown)
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

/// `[2] moderate`, for rows without room for both.
fn chosen(severity: Severity, theme: Theme) -> Vec<Span<'static>> {
    let (number, text) = (severity.number(), theme.style(Role::Text));
    vec![
        Span::styled("[", text),
        Span::styled(number.to_string(), theme.severity(number)),
        Span::styled(format!("]{}", severity.word()), text),
    ]
}

/// From so many cells on the answer's word has room behind the bar.
const WORD_BEHIND: u16 = 44;

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
        // Below, only the last digit has room.
        .saturating_sub(match place.width {
            56.. => BAR + 21,
            WORD_BEHIND.. => BAR + 19,
            _ => BAR + 5,
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
    // Where the word has no room behind the bar it stands in the bar's place, so that a rating is never a digit alone.
    let is_narrow = place.width < WORD_BEHIND;
    let bar = match answer.filter(|_| is_narrow) {
        Some(answer) => chosen(answer.severity, theme),
        None => severity_bar(severity, theme),
    };
    for span in bar {
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
    if let Some(answer) = answer.filter(|_| !is_narrow) {
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
