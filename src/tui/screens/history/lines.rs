//! How the day of the cursor is drawn in History: every entry of it, in order.

use super::state::{History, Inside};
use crate::domain::check_in::CheckIn;
use crate::domain::check_in::catalogue::Category;
use crate::domain::check_in::rating::Rating;
use crate::domain::check_in::severity::CORE_ITEMS;
use crate::domain::check_in::symptom::Severity;
use crate::domain::entry::search;
use crate::domain::entry::{What, entries_of};
use crate::domain::record::Record;
use crate::domain::record::key;
use crate::domain::series::Series;
use crate::domain::text::words;
use crate::domain::time::display::Manner;
use crate::tui::readout;
use crate::tui::shared::Shared;
use crate::tui::theme::{Glyph, Role, Theme};
use crate::tui::widgets::frame::Frame;
use crate::tui::widgets::panel::{Attention, Borders, Panel};
use crate::tui::widgets::text::{pad, put, put_line, width, wrap};
use chrono::NaiveDate;
use ratatui::layout::{Position, Rect};
use ratatui::text::{Line as Text, Span};

/// Draws the day; answers where the entry of the cursor begins, if it is in sight.
pub(super) fn draw(
    history: &History,
    shared: &Shared,
    frame: &mut Frame,
    area: Rect,
    borders: Borders,
) -> Option<Position> {
    let theme = shared.theme;
    let date = history.day(shared);
    let number = shared.journal.attempts.on(date).and_then(|on| {
        Some((
            on.number,
            shared.manner().counted(on.attempt.day_number(date)?),
        ))
    });
    let fact = number
        .map(|(attempt, day)| format!("day {day} of attempt {attempt}"))
        .unwrap_or_default();
    let title = words::day(date);
    let attention = match history.inside {
        Inside::Calendar => Attention::Elsewhere,
        Inside::Day => Attention::Here,
    };
    let panel = Panel::new(&title)
        .fact(&fact)
        .borders(borders)
        .attention(attention);
    let inner = panel.draw(area, frame.buffer_mut(), theme);
    let height = usize::from(inner.height);
    let room = usize::from(inner.width);
    let (mut rows, mut focus, mut heads) = day_rows(history, date, room, Words::Beside, shared);
    if rows.len() > height {
        let (denser, at, their_heads) = day_rows(history, date, room, Words::Legend, shared);
        // The legend costs a row itself, so it has to save more than that.
        if denser.len() < rows.len() {
            (rows, focus, heads) = (denser, at, their_heads);
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
    let row_at = |y: u16| Rect {
        y,
        height: 1,
        ..inner
    };
    // A click comes between two frames and needs the places that were drawn.
    let mut entries = history.entries.borrow_mut();
    entries.clear();
    for ((y, row), at) in (inner.y..inner.bottom()).zip(shown).zip(first..) {
        put_line(frame.buffer_mut(), row_at(y), row, theme);
        let entry = heads.partition_point(|head| *head <= at).checked_sub(1);
        entries.extend(entry.map(|entry| (row_at(y), entry)));
    }
    if is_long && height > 1 {
        let text = if first + page < rows.len() {
            format!("{} Space: read on", theme.glyph(Glyph::Ellipsis))
        } else {
            "Space: back to the top".to_owned()
        };
        let place = row_at(inner.bottom().saturating_sub(1));
        put(
            frame.buffer_mut(),
            place,
            &text,
            theme.style(Role::Faint),
            theme,
        );
    }
    let row = u16::try_from(focus.checked_sub(first)?).ok()?;
    let y = inner.y.checked_add(row).filter(|y| *y < inner.bottom())?;
    Some(Position::new(inner.x, y))
}

/// The first row in sight: the entry of the cursor, and from there `turned` pages on; after the last page the first again.
fn first_row(rows: usize, page: usize, focus: usize, turned: usize) -> usize {
    let last = rows.saturating_sub(page);
    let start = focus.min(last);
    let pages = (last - start).div_ceil(page) + 1;
    (start + turned % pages * page).min(last)
}

/// The rows of the day, where the entry of the cursor begins among them, and where each of them does.
fn day_rows(
    history: &History,
    date: NaiveDate,
    width: usize,
    words: Words,
    shared: &Shared,
) -> (Vec<Text<'static>>, usize, Vec<usize>) {
    let theme = shared.theme;
    let room = width.saturating_sub(2);
    let entries = entries_of(&shared.journal, date);
    let wanted = history.wanted.as_deref().unwrap_or_default();
    let mut rows = Vec::new();
    let mut focus = 0;
    let mut heads = Vec::new();
    let mut was_long = false;
    for (at, entry) in entries.iter().enumerate() {
        let is_here = history.inside == Inside::Day && at == history.at.min(entries.len() - 1);
        // Check-ins are blocks of rows and get air around them; single lines stand close.
        let is_long = matches!(entry.what, What::CheckIn(_));
        if at > 0 && (is_long || was_long) {
            rows.push(Text::default());
        }
        was_long = is_long;
        if is_here {
            focus = rows.len();
        }
        heads.push(rows.len());
        match entry.what {
            What::CheckIn(check_in) => {
                rows.extend(head_rows(&head(check_in, shared), is_here, room, theme));
                rows.extend(check_in_rows(check_in, wanted, room, words, shared));
            }
            What::Began(_) | What::DayZero(_) | What::Ended(..) => {
                let mut parts = vec![entry.event(&shared.journal).unwrap_or_default()];
                parts.extend(shared.journal.mark_of(entry.id));
                let text = parts.join(", ");
                rows.extend(head_rows(&text, is_here, room, theme));
            }
            What::Record(record) => {
                let mut parts = vec![entry.event(&shared.journal).unwrap_or_default()];
                parts.extend(words::marks(record.moment.as_ref(), record.edited_utc));
                parts.extend(shared.journal.mark_of(record.id));
                let time = time_of(record, shared.manner());
                let head = format!("{time} {}", parts.join(", "));
                rows.extend(head_rows(&head, is_here, room, theme));
                if let Some(note) = record.text(key::NOTE) {
                    rows.extend(note_rows(note, wanted, room, theme));
                }
            }
        }
    }
    if shared.journal.check_ins(date).is_empty() {
        if !rows.is_empty() {
            rows.push(Text::default());
        }
        let text = if date == shared.today() {
            "No check-in yet today. f fills it with all symptoms, B with one number."
        // A day that was not read yet must not look empty.
        } else if shared.journal.covers(date) {
            "No check-in on this day. f fills it with all symptoms, B with one number; either is marked as written late."
        } else {
            "Reading earlier days\u{2026}"
        };
        rows.extend(wrapped(text, Role::Faint, room, theme));
    }
    (rows, focus, heads)
}

/// "08:12".
fn time_of(record: &Record, manner: Manner) -> String {
    let moment = record.moment.as_ref();
    moment
        .map(|moment| manner.time_of(moment))
        .unwrap_or_default()
}

/// The head of an entry, with the mark of the cursor where it stands on it.
fn head_rows(text: &str, is_here: bool, room: usize, theme: Theme) -> Vec<Text<'static>> {
    let role = if is_here { Role::Focus } else { Role::Title };
    let mut rows = wrapped(text, role, room, theme);
    if let (Some(first), true) = (
        rows.first_mut().and_then(|row| row.spans.first_mut()),
        is_here,
    ) {
        // The mark takes the place of the indent, so that the words do not move.
        let unmarked = first.content.trim_start().to_owned();
        first.content = format!("{} {unmarked}", theme.glyph(Glyph::Focus)).into();
    }
    rows
}

/// A note, wrapped, with every place of `wanted` marked, also where it goes on in the next line.
fn note_rows(note: &str, wanted: &str, room: usize, theme: Theme) -> Vec<Text<'static>> {
    let lines = wrap(note, room, theme);
    let hits = search::find(&lines.join(" "), wanted);
    let mut from = 0;
    let mut rows = Vec::new();
    for line in &lines {
        let mut spans = vec![Span::raw("  ")];
        let mut plain = String::new();
        let mut marked = String::new();
        for (at, letter) in line.char_indices() {
            if hits.iter().any(|hit| hit.contains(&(from + at))) {
                if !plain.is_empty() {
                    spans.push(Span::raw(std::mem::take(&mut plain)));
                }
                marked.push(letter);
            } else {
                if !marked.is_empty() {
                    let style = theme.style(Role::Selected);
                    spans.push(Span::styled(std::mem::take(&mut marked), style));
                }
                plain.push(letter);
            }
        }
        if !plain.is_empty() {
            spans.push(Span::raw(plain));
        }
        if !marked.is_empty() {
            spans.push(Span::styled(marked, theme.style(Role::Selected)));
        }
        // One more for the blank that `join` put between the lines.
        from += line.len() + 1;
        rows.push(Text::from(spans));
    }
    rows
}

/// `text` wrapped, a column away from the border, where the mark of the cursor stands.
fn wrapped(text: &str, role: Role, room: usize, theme: Theme) -> Vec<Text<'static>> {
    let style = theme.style(role);
    let lines = wrap(text, room, theme).into_iter();
    lines
        .map(|line| Text::from(Span::styled(format!("  {line}"), style)))
        .collect()
}

/// What a check-in holds: the note, each rating with its word.
fn check_in_rows(
    check_in: &CheckIn,
    wanted: &str,
    room: usize,
    words: Words,
    shared: &Shared,
) -> Vec<Text<'static>> {
    let (symptoms, theme) = (&shared.journal.symptoms, shared.theme);
    let mut rows = Vec::new();
    if let Some(note) = &check_in.note {
        rows.extend(note_rows(note, wanted, room, theme));
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
        rows.extend(wrapped(category.label(), Role::Faint, room, theme));
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
            rows.extend(wrapped(&legend.join(", "), Role::Faint, room, theme));
        }
    }
    let is_copied = |rating: &Rating| rating.copied && rating.answer.is_some();
    if check_in.ratings.iter().any(is_copied) {
        rows.extend(wrapped("* as last time", Role::Faint, room, theme));
    }
    rows
}

/// "21:36, severity 22, 17 of 18 answered, overall 3 of 10, written late".
fn head(check_in: &CheckIn, shared: &Shared) -> String {
    let mut head = vec![shared.manner().time_of(&check_in.moment)];
    if let Some(index) = Series::Severity.shown_in(check_in) {
        head.push(format!("severity {index}"));
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
    head.extend(shared.journal.mark_of(check_in.id));
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
            // The digit stands between name and tail. Two blanks part the columns; the last one needs none.
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
