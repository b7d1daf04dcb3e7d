//! How History is drawn: the list of days, and the day of the cursor.

use super::history_state::History;
use crate::domain::catalogue::Category;
use crate::domain::check_in::CheckIn;
use crate::domain::journal::Coverage;
use crate::domain::rating::Rating;
use crate::domain::series::Series;
use crate::domain::severity::CORE_ITEMS;
use crate::domain::symptom::Severity;
use crate::domain::words;
use crate::tui::readout;
use crate::tui::shared::Shared;
use crate::tui::theme::{Glyph, Role, Theme};
use crate::tui::widgets::panel::{Attention, Panel};
use crate::tui::widgets::sparkline::spark;
use crate::tui::widgets::text::{pad, pad_left, put, put_line, width, wrap};
use chrono::{Datelike, Days, NaiveDate};
use ratatui::Frame;
use ratatui::layout::{Constraint, Layout, Rect};
use ratatui::text::{Line as Text, Span};

/// The width of the list of days, where there is room to spare.
const LIST: u16 = 36;
/// At 80 columns: what leaves the day two ratings in a row.
const NARROW_LIST: u16 = 32;

/// Draws the screen.
pub(super) fn draw(history: &History, shared: &Shared, frame: &mut Frame, area: Rect) {
    let [list, day] = if area.width >= 76 {
        let list = if area.width < 100 { NARROW_LIST } else { LIST };
        Layout::horizontal([Constraint::Length(list), Constraint::Fill(1)]).areas(area)
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
    // While earlier days are being read their number is not known.
    let fact = match shared.journal.coverage {
        Coverage::Whole => {
            format!("{} with entries", shared.journal.days().count())
        }
        Coverage::Since(_) => String::new(),
    };
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
    let height = usize::from(inner.height);
    let room = usize::from(inner.width);
    let (mut rows, mut focus) = day_rows(history, date, room, Words::Beside, shared);
    if rows.len() > height {
        let (denser, at) = day_rows(history, date, room, Words::Legend, shared);
        if denser.len() < rows.len() {
            (rows, focus) = (denser, at);
        }
    }
    // The last row is kept for the word that there is more.
    let is_long = rows.len() > height;
    let page = if is_long {
        height.saturating_sub(1)
    } else {
        height
    }
    .max(1);
    let first = first_row(rows.len(), page, focus, history.read_on);
    let shown = rows.iter().skip(first).take(page);
    for (y, row) in (inner.y..inner.bottom()).zip(shown) {
        put_line(
            frame.buffer_mut(),
            Rect {
                y,
                height: 1,
                ..inner
            },
            row,
            theme,
        );
    }
    if is_long && height > 1 {
        let text = if first + page < rows.len() {
            format!("{} Space: read on", theme.glyph(Glyph::Ellipsis))
        } else {
            "Space: back to the top".to_owned()
        };
        let place = Rect {
            y: inner.bottom().saturating_sub(1),
            height: 1,
            ..inner
        };
        put(
            frame.buffer_mut(),
            place,
            &text,
            theme.style(Role::Faint),
            theme,
        );
    }
}

/// The first row in sight: the check-in of the cursor, and from there `turned` pages on; after the last page the first again.
fn first_row(rows: usize, page: usize, focus: usize, turned: usize) -> usize {
    let last = rows.saturating_sub(page);
    let start = focus.min(last);
    let pages = (last - start).div_ceil(page) + 1;
    (start + turned % pages * page).min(last)
}

/// The rows of the day, and where the check-in of the cursor begins among them.
fn day_rows(
    history: &History,
    date: NaiveDate,
    width: usize,
    words: Words,
    shared: &Shared,
) -> (Vec<Text<'static>>, usize) {
    let theme = shared.theme;
    let room = width.saturating_sub(2);
    let check_ins = shared.journal.check_ins(date);
    let mut rows = Vec::new();
    let mut focus = 0;
    for (at, check_in) in check_ins.iter().enumerate() {
        let is_here = at == history.at.min(check_ins.len() - 1);
        if at > 0 {
            rows.push(Text::default());
        }
        if is_here {
            focus = rows.len();
        }
        rows.extend(check_in_rows(check_in, is_here, room, words, shared));
    }
    if check_ins.is_empty() {
        let text = if shared.journal.covers(date) {
            "No check-in on this day. f fills it with all symptoms, B with one number; either is marked as written late."
        } else {
            "Reading earlier days\u{2026}"
        };
        rows.extend(said(text, Role::Faint, room, theme));
    }
    (rows, focus)
}

/// `text` wrapped, a column away from the border, where the mark of the cursor stands.
fn said(text: &str, role: Role, room: usize, theme: Theme) -> Vec<Text<'static>> {
    let style = theme.style(role);
    let lines = wrap(text, room, theme).into_iter();
    lines
        .map(|line| Text::from(Span::styled(format!("  {line}"), style)))
        .collect()
}

/// One check-in: when, how much, the note, each rating with its word.
fn check_in_rows(
    check_in: &CheckIn,
    is_here: bool,
    room: usize,
    words: Words,
    shared: &Shared,
) -> Vec<Text<'static>> {
    let (symptoms, theme) = (&shared.journal.symptoms, shared.theme);
    let role = if is_here { Role::Focus } else { Role::Title };
    let mut rows = said(&head(check_in, shared), role, room, theme);
    if let (Some(first), true) = (
        rows.first_mut().and_then(|row| row.spans.first_mut()),
        is_here,
    ) {
        let unmarked = first.content.trim_start().to_owned();
        first.content = format!("{} {unmarked}", theme.glyph(Glyph::Focus)).into();
    }
    if let Some(note) = &check_in.note {
        rows.extend(said(note, Role::Text, room, theme));
    }
    let groups = [Category::Physical, Category::Psychological].map(|category| {
        let of_group = symptoms
            .iter()
            .filter(|symptom| symptom.category == category);
        let cells = of_group.filter_map(|symptom| {
            let rating = check_in
                .ratings
                .iter()
                .find(|rating| rating.symptom == symptom.key)?;
            let copied = if rating.copied { "*" } else { "" };
            Some(Cell {
                name: symptom.name.clone(),
                severity: rating.answer?,
                copied,
            })
        });
        (category, cells.collect::<Vec<Cell>>())
    });
    let grid = Grid::of(groups.iter().flat_map(|(_, cells)| cells), room, words);
    for (category, cells) in groups.iter().filter(|(_, cells)| !cells.is_empty()) {
        rows.extend(said(category.label(), Role::Faint, room, theme));
        rows.extend(
            cells
                .chunks(grid.per_row)
                .map(|cells| grid.row(cells, theme)),
        );
    }
    let given = |severity: &Severity| {
        let mut cells = groups.iter().flat_map(|(_, cells)| cells);
        cells.any(|cell| cell.severity == *severity)
    };
    if words == Words::Legend {
        let given = Severity::ALL.into_iter().filter(given);
        let legend = given.map(|severity| format!("{} {}", severity.number(), severity.word()));
        let legend: Vec<String> = legend.collect();
        // A brief check-in has no digits that need words.
        if !legend.is_empty() {
            rows.extend(said(&legend.join(", "), Role::Faint, room, theme));
        }
    }
    let is_copied = |rating: &Rating| rating.copied && rating.answer.is_some();
    if check_in.ratings.iter().any(is_copied) {
        rows.extend(said("* as last time", Role::Faint, room, theme));
    }
    rows
}

/// "21:36, severity 22, 17 of 18 answered, overall 3 of 10, written late".
fn head(check_in: &CheckIn, shared: &Shared) -> String {
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
    head.extend(
        check_in
            .edited_utc
            .and_then(|at| readout::edited_on(at, shared)),
    );
    head.join(", ")
}

/// Where the words for the digits stand.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Words {
    /// Beside each digit.
    Beside,
    /// Once under all of them, so that more ratings go into a row.
    Legend,
}

/// A rating as it stands in the grid of a check-in.
struct Cell {
    name: String,
    severity: Severity,
    /// A star when it was taken over "as last time".
    copied: &'static str,
}

impl Cell {
    /// What stands behind the digit.
    fn tail(&self, words: Words) -> String {
        match words {
            Words::Beside => format!(" {}{}", self.severity.word(), self.copied),
            Words::Legend => self.copied.to_owned(),
        }
    }
}

/// How ratings stand side by side: digits under digits, the same for Body and Mind.
struct Grid {
    /// The width of a name with a blank after it.
    name: usize,
    /// Where the words stand.
    words: Words,
    /// The width of what stands behind a digit.
    tail: usize,
    /// Ratings in a row, at least one.
    per_row: usize,
}

impl Grid {
    fn of<'a>(cells: impl Iterator<Item = &'a Cell>, room: usize, words: Words) -> Self {
        let (name, tail) = cells.fold((0, 0), |(name, tail), cell| {
            (
                name.max(width(&cell.name)),
                tail.max(width(&cell.tail(words))),
            )
        });
        let name = name + 1;
        Self {
            name: name.min(room.saturating_sub(2)),
            words,
            tail,
            per_row: ((room + 2) / (name + 1 + tail + 2)).max(1),
        }
    }

    fn row(&self, cells: &[Cell], theme: Theme) -> Text<'static> {
        let mut spans = vec![Span::raw("  ")];
        for cell in cells {
            let number = cell.severity.number();
            spans.push(Span::raw(pad(&cell.name, self.name, theme)));
            spans.push(Span::styled(number.to_string(), theme.severity(number)));
            let tail = pad(&cell.tail(self.words), self.tail + 2, theme);
            spans.push(Span::styled(tail, theme.style(Role::Faint)));
        }
        // Blanks at the end of a row are no words that could be cut.
        if let Some(last) = spans.last_mut() {
            last.content = last.content.trim_end().to_owned().into();
        }
        Text::from(spans)
    }
}

#[cfg(test)]
mod tests {
    use super::first_row;

    #[test]
    fn reading_on_reaches_every_row_of_a_day_and_comes_round() {
        for rows in 0..40 {
            for page in 1..12 {
                for focus in 0..rows.max(1) {
                    let starts: Vec<usize> = (0..50)
                        .map(|turned| first_row(rows, page, focus, turned))
                        .collect();
                    let begins = focus.min(rows.saturating_sub(page));
                    assert_eq!(starts[0], begins);
                    let is_seen = |row: usize| {
                        starts
                            .iter()
                            .any(|start| (*start..start + page).contains(&row))
                    };
                    assert!((begins..rows).all(is_seen), "{rows} {page} {focus}");
                    assert!(starts[1..].contains(&begins), "it comes round");
                    assert!(
                        starts
                            .iter()
                            .all(|start| *start <= rows.saturating_sub(page))
                    );
                }
            }
        }
    }
}
