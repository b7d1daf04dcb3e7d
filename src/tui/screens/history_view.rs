//! How History is drawn: the list of days, and the day of the cursor.

use super::history_state::History;
use crate::domain::catalogue::Category;
use crate::domain::check_in::CheckIn;
use crate::domain::series::Series;
use crate::domain::severity::CORE_ITEMS;
use crate::domain::words;
use crate::tui::readout::Line;
use crate::tui::shared::Shared;
use crate::tui::theme::{Glyph, Role};
use crate::tui::widgets::panel::{Attention, Panel};
use crate::tui::widgets::sparkline::spark;
use crate::tui::widgets::text::{pad, pad_left, put, width, wrap};
use chrono::{DateTime, Datelike, Days, NaiveDate};
use ratatui::Frame;
use ratatui::layout::{Constraint, Layout, Rect};

/// The width of the list of days.
const LIST: u16 = 36;

/// Draws the screen.
pub(super) fn draw(history: &History, shared: &Shared, frame: &mut Frame, area: Rect) {
    let [list, day] = if area.width >= 76 {
        Layout::horizontal([Constraint::Length(LIST), Constraint::Fill(1)]).areas(area)
    } else {
        let days = (area.height / 2).clamp(3, 9);
        Layout::vertical([Constraint::Length(days), Constraint::Fill(1)]).areas(area)
    };
    draw_days(history, shared, frame, list);
    draw_day(history, shared, frame, day);
}

/// A row of the list.
enum Row {
    Month(NaiveDate),
    Day(NaiveDate),
}

/// The rows around `day`, newest first: only what can be in sight, however long the journal is.
fn rows_around(day: NaiveDate, newest: NaiveDate, oldest: NaiveDate, height: usize) -> Vec<Row> {
    let after = day
        .checked_add_days(Days::new(height as u64))
        .unwrap_or(day)
        .min(newest);
    let before = day
        .checked_sub_days(Days::new(height as u64))
        .unwrap_or(day)
        .max(oldest);
    let mut rows = Vec::new();
    let mut at = Some(after);
    let mut month = None;
    while let Some(date) = at.filter(|date| *date >= before) {
        if month != Some((date.year(), date.month())) {
            month = Some((date.year(), date.month()));
            rows.push(Row::Month(date));
        }
        rows.push(Row::Day(date));
        at = date.pred_opt();
    }
    rows
}

fn draw_days(history: &History, shared: &Shared, frame: &mut Frame, area: Rect) {
    let theme = shared.theme;
    let (day, oldest, newest) = (
        history.day(shared),
        History::oldest(shared),
        History::newest(shared),
    );
    let logged = shared.journal.days().count();
    let fact = words::count(logged, "day with entries", "days with entries");
    let panel = Panel::new("Days").fact(&fact).attention(Attention::Here);
    let inner = panel.draw(area, frame.buffer_mut(), theme);
    let height = usize::from(inner.height);
    let rows = rows_around(day, newest, oldest, height);
    let at = rows
        .iter()
        .position(|row| matches!(row, Row::Day(date) if *date == day))
        .unwrap_or(0);
    // The cursor a third from the top, so that both sides of it are in sight.
    let first = at
        .saturating_sub(height / 3)
        .min(rows.len().saturating_sub(height));
    for (y, row) in (inner.y..inner.bottom()).zip(rows.iter().skip(first)) {
        let place = Rect {
            y,
            height: 1,
            ..inner
        };
        match row {
            Row::Month(date) => {
                put(
                    frame.buffer_mut(),
                    place,
                    &date.format("%B %Y").to_string(),
                    theme.style(Role::Title),
                    theme,
                );
            }
            Row::Day(date) => {
                let is_here = *date == day;
                let (text, role) = day_row(*date, shared);
                let mark = if is_here {
                    theme.glyph(Glyph::Focus)
                } else {
                    " "
                };
                let role = if is_here { Role::Focus } else { role };
                put(
                    frame.buffer_mut(),
                    place,
                    &format!("{mark} {text}"),
                    theme.style(role),
                    theme,
                );
                if is_here && place.width > 0 {
                    frame.set_cursor_position((place.x, y));
                }
            }
        }
    }
}

/// "Wed 18   38 ▄  2 check-ins, note": the number, its height, and what else there is.
fn day_row(date: NaiveDate, shared: &Shared) -> (String, Role) {
    let theme = shared.theme;
    let name = pad(&date.format("%a %-d").to_string(), 6, theme);
    let blank = theme.glyph(Glyph::Blank);
    let Some(day) = shared.journal.day(date) else {
        let text = if shared.journal.covers(date) {
            blank
        } else {
            "reading\u{2026}"
        };
        return (format!("{name}  {}", pad_left(text, 3, theme)), Role::Faint);
    };
    let severity = Series::Severity.of_day(day);
    let number = severity.map_or_else(
        || blank.to_owned(),
        |value| Series::Severity.shown(value).to_string(),
    );
    let height = spark(&[severity], 100.0, theme);
    let mut facts = Vec::new();
    if let (None, Some(overall)) = (severity, Series::Overall.of_day(day)) {
        facts.push(format!("overall {}", Series::Overall.shown(overall)));
    }
    if day.check_ins.len() > 1 {
        facts.push(format!("{} check-ins", day.check_ins.len()));
    }
    if day.check_ins.iter().any(|check_in| check_in.note.is_some()) {
        facts.push("note".to_owned());
    }
    if day.check_ins.iter().any(|check_in| check_in.moment.late) {
        facts.push("late".to_owned());
    }
    (
        format!(
            "{name}  {} {height}  {}",
            pad_left(&number, 3, theme),
            facts.join(", ")
        ),
        Role::Text,
    )
}

fn draw_day(history: &History, shared: &Shared, frame: &mut Frame, area: Rect) {
    let theme = shared.theme;
    let date = history.day(shared);
    let number = shared
        .journal
        .attempts
        .on(date)
        .and_then(|on| Some((on.number, on.attempt.day_number(date)?)));
    let fact = number
        .map(|(attempt, day)| format!("day {day} of attempt {attempt}"))
        .unwrap_or_default();
    let title = words::day(date);
    let inner = Panel::new(&title)
        .fact(&fact)
        .draw(area, frame.buffer_mut(), theme);
    let check_ins = shared.journal.check_ins(date);
    let mut rows: Vec<(String, Role, bool)> = Vec::new();
    let mut focus = 0;
    let room = usize::from(inner.width.saturating_sub(2));
    for (at, check_in) in check_ins.iter().enumerate() {
        let is_here = at == history.at.min(check_ins.len() - 1);
        if is_here {
            focus = rows.len();
        }
        for (line, (text, role)) in check_in_lines(check_in, room, shared)
            .into_iter()
            .enumerate()
        {
            let role = if is_here && line == 0 {
                Role::Focus
            } else {
                role
            };
            rows.extend(
                wrap(&text, room, theme)
                    .into_iter()
                    .enumerate()
                    .map(|(n, row)| (row, role, is_here && line + n == 0)),
            );
        }
        rows.push((String::new(), Role::Text, false));
    }
    if check_ins.is_empty() {
        let text = if shared.journal.covers(date) {
            "No check-in on this day. f fills it with all symptoms, B with one number; either is marked as written late."
        } else {
            "Reading earlier days\u{2026}"
        };
        rows.extend(
            wrap(text, room, theme)
                .into_iter()
                .map(|row| (row, Role::Faint, false)),
        );
    }
    let shown = usize::from(inner.height);
    let first = focus.min(rows.len().saturating_sub(shown));
    for (y, (text, role, has_mark)) in (inner.y..inner.bottom()).zip(rows.iter().skip(first)) {
        let place = Rect {
            y,
            height: 1,
            ..inner
        };
        let mark = if *has_mark {
            theme.glyph(Glyph::Focus)
        } else {
            " "
        };
        put(
            frame.buffer_mut(),
            place,
            &format!("{mark} {text}"),
            theme.style(*role),
            theme,
        );
    }
}

/// One check-in: when, how much, each rating with its word, the note.
fn check_in_lines(check_in: &CheckIn, room: usize, shared: &Shared) -> Vec<Line> {
    let (symptoms, theme) = (&shared.journal.symptoms, shared.theme);
    let mut head = vec![check_in.moment.wall_time().format("%H:%M").to_string()];
    if let Some(index) = check_in.totals.severity() {
        head.push(format!("severity {}", Series::Severity.shown(index)));
    }
    if check_in.totals.answered() > 0 {
        head.push(format!(
            "{} of {CORE_ITEMS} answered",
            check_in.totals.answered()
        ));
    }
    if let Some(overall) = check_in.overall {
        head.push(format!("overall {} of 10", overall.number()));
    }
    if check_in.moment.late {
        head.push("written late".to_owned());
    }
    if let Some(edited) = check_in
        .edited_utc
        .and_then(|at| DateTime::from_timestamp(at, 0))
    {
        head.push(format!(
            "edited on {}",
            words::day(shared.now.zone.at(edited).date_naive())
        ));
    }
    let mut lines = vec![(head.join(", "), Role::Text)];
    if let Some(note) = &check_in.note {
        lines.push((note.to_string(), Role::Text));
    }
    for category in [Category::Physical, Category::Psychological] {
        let rated = symptoms
            .iter()
            .filter(|symptom| symptom.category == category);
        let cells: Vec<String> = rated
            .filter_map(|symptom| {
                let rating = check_in
                    .ratings
                    .iter()
                    .find(|rating| rating.symptom == symptom.key)?;
                let severity = rating.answer?;
                let copied = if rating.copied { "*" } else { "" };
                Some(format!("{} {}{copied}", symptom.name, severity.number()))
            })
            .collect();
        if !cells.is_empty() {
            lines.push((category.label().to_owned(), Role::Faint));
            lines.extend(
                columns(&cells, room, theme)
                    .into_iter()
                    .map(|row| (row, Role::Text)),
            );
        }
    }
    if check_in
        .ratings
        .iter()
        .any(|rating| rating.copied && rating.answer.is_some())
    {
        lines.push(("* as last time".to_owned(), Role::Faint));
    }
    lines
}

/// Cells side by side, as many as there is room for.
fn columns(cells: &[String], room: usize, theme: crate::tui::theme::Theme) -> Vec<String> {
    let widest = cells.iter().map(|cell| width(cell)).max().unwrap_or(1) + 3;
    let per_row = (room / widest).max(1);
    cells
        .chunks(per_row)
        .map(|row| {
            row.iter()
                .map(|cell| pad(cell, widest.min(room), theme))
                .collect::<String>()
                .trim_end()
                .to_owned()
        })
        .collect()
}
