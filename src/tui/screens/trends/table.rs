//! The table of Trends: every series, this week and the week before, the change, how many days, and both weeks as a small line.
//!
//! ```text
//!                      before   week  change  days  two weeks
//! ▌ Nausea                2.1    0.7   ▼ 1.4   7/7  ▆▅▅▃▂▂▁▁▁▁
//! ```

use super::page::{Page, Part};
use super::{RowAt, Trends, aside, labels};
use crate::domain::series::comparison_text::until;
use crate::domain::series::stats::Mean;
use crate::domain::series::{Group, Series};
use crate::domain::text::round::Shown;
use crate::domain::text::words;
use crate::domain::time::span::Span;
use crate::domain::trends::sight::Sight;
use crate::domain::trends::week_table::{Order, Row, table};
use crate::tui::readout;
use crate::tui::readout::{Line, READING};
use crate::tui::shared::Shared;
use crate::tui::theme::{Glyph, Role, Theme};
use crate::tui::widgets::frame::Frame;
use crate::tui::widgets::list;
use crate::tui::widgets::panel::{Borders, Panel};
use crate::tui::widgets::sections;
use crate::tui::widgets::sections::{Section, sentences};
use crate::tui::widgets::sparkline::spark;
use crate::tui::widgets::text::{fit, pad, pad_left, put, width, wrap};
use ratatui::layout::{Constraint, Layout, Rect};
use std::rc::Rc;

/// Days of the small line.
const LINE: usize = 14;
/// The widest name.
const NAME: usize = 28;

/// Draws the table.
pub(super) fn draw(trends: &Trends, shared: &Shared, frame: &mut Frame, area: Rect) {
    let week = trends.sight.days(shared.basis());
    let stretch = words::stretch(week, shared.today());
    let titles = [
        title(week, shared),
        format!("Week {stretch} against the week before"),
        format!("{stretch} and before"),
        "Two weeks".to_owned(),
    ];
    let facts = [trends.sight.order.label().to_owned(), String::new()];
    let [main, side] = aside::beside(area);
    let (title, fact) = labels::fitting(&titles, &facts, Borders::Yes, main);
    let panel = Panel::new(title).fact(fact);
    if !shared.journal.covers(week.earlier(7).from) {
        let inner = panel.draw(area, frame.buffer_mut(), shared.theme);
        return sentences(&[READING.to_owned()], shared.theme, frame, inner);
    }
    let rows = rows_of(&of_any_row(&trends.sight), week, shared);
    let focus = trends.sight.series(shared.basis());
    let focused = rows.iter().find(|row| row.series == focus);
    let summary = focused
        .map(|row| row_lines(row, shared))
        .unwrap_or_default();
    if !side.is_empty() {
        let inner = panel.draw(main, frame.buffer_mut(), shared.theme);
        let lines = lines_of(&trends.sight, inner.width, shared);
        let seen = draw_rows(&lines, Some(focus), shared, frame, inner);
        trends.seen.borrow_mut().extend(seen);
        let title = focus.name(&shared.journal);
        let section = Section {
            title,
            lines: summary,
        };
        return sections::draw(
            &[section],
            trends.read_on,
            shared.theme,
            frame.buffer_mut(),
            side,
        );
    }
    let inner = panel.draw(area, frame.buffer_mut(), shared.theme);
    // Under the table the refusal or the change of the row in focus, in words.
    let sentence = summary
        .first()
        .map(|(text, _)| text.as_str())
        .unwrap_or_default();
    let lines = wrap(sentence, usize::from(inner.width), shared.theme);
    let below = u16::try_from(lines.len())
        .unwrap_or(0)
        .min(inner.height / 4);
    let [main, foot] =
        Layout::vertical([Constraint::Fill(1), Constraint::Length(below)]).areas(inner);
    let list = lines_of(&trends.sight, main.width, shared);
    let seen = draw_rows(&list, Some(focus), shared, frame, main);
    trends.seen.borrow_mut().extend(seen);
    let style = shared.theme.style(Role::Faint);
    for (y, line) in (foot.y..foot.bottom()).zip(lines) {
        let row = Rect {
            y,
            height: 1,
            ..foot
        };
        put(frame.buffer_mut(), row, &line, style, shared.theme);
    }
}

/// The rows of a week.
fn rows_of(sight: &Sight, week: Span, shared: &Shared) -> Rc<Vec<Row>> {
    shared.kept((sight.clone(), week), |shared, (sight, week)| {
        sight.table_of(*week, shared.basis())
    })
}

/// The lines of the week of the cursor, in so many cells.
fn lines_of(sight: &Sight, wide: u16, shared: &Shared) -> Rc<Vec<Listed>> {
    let key = (of_any_row(sight), sight.days(shared.basis()), wide);
    shared.kept(key, |shared, (sight, week, wide)| {
        let rows = rows_of(sight, *week, shared);
        listed(&rows, sight.order, *wide, shared)
    })
}

/// What is looked at, whichever day and row the cursor stands on.
fn of_any_row(sight: &Sight) -> Sight {
    Sight {
        chosen: None,
        ..sight.without_cursor()
    }
}

/// The table on paper, with every row and none in focus.
pub(super) fn on_paper(page: &Page<'_>) -> Vec<Part> {
    let (sight, shared) = (page.sight, page.shared);
    let week = sight.days(shared.basis());
    let rows = table(
        &shared.journal,
        page.series,
        week,
        shared.today(),
        sight.order,
    );
    let lines = listed(&rows, sight.order, page.width, shared);
    let height = u16::try_from(lines.len() + 2).unwrap_or(u16::MAX);
    let part = page.part(height, |frame, area| {
        let title = title(week, shared);
        let panel = Panel::new(&title).fact(sight.order.label());
        let panel = panel.borders(Borders::No);
        let inner = panel.draw(area, frame.buffer_mut(), shared.theme);
        draw_rows(&lines, None, shared, frame, inner);
    });
    vec![part]
}

fn title(week: Span, shared: &Shared) -> String {
    let until = until(week, shared.today());
    let until = until.map_or_else(String::new, |until| format!(", both {until}"));
    let week = words::stretch(week, shared.today());
    format!("Week {week} against the week before{until}")
}

/// A line of the table.
enum Listed {
    Heading(Group),
    /// The row of a series: its words, and in which role they stand where it has no focus.
    Row(Series, String, Role),
}

fn listed(rows: &[Row], order: Order, wide: u16, shared: &Shared) -> Vec<Listed> {
    let columns = Columns::fitting(wide);
    let mut listed = Vec::new();
    let mut group = None;
    for row in rows {
        let own = row.series.facts(&shared.journal).group;
        if order == Order::Group && group != Some(own) {
            group = Some(own);
            listed.push(Listed::Heading(own));
        }
        let mut cells = cells(row, shared);
        if columns.0[5] > LINE {
            cells[5] = cells[5].chars().flat_map(|day| [day, day]).collect();
        }
        let text = columns.line(&cells.each_ref().map(String::as_str), shared.theme);
        let role = if row.now.n == 0 {
            Role::Faint
        } else {
            Role::Text
        };
        listed.push(Listed::Row(row.series, text, role));
    }
    listed
}

fn draw_rows(
    listed: &[Listed],
    focus: Option<Series>,
    shared: &Shared,
    frame: &mut Frame,
    area: Rect,
) -> Vec<(Rect, RowAt)> {
    let theme = shared.theme;
    let mut seen = Vec::new();
    let columns = Columns::fitting(area.width);
    let [head, body] = Layout::vertical([Constraint::Length(1), Constraint::Fill(1)]).areas(area);
    let heading = columns.line(
        &["", "before", "week", "change", "days", "two weeks"],
        theme,
    );
    let style = theme.style(Role::Faint);
    put(
        frame.buffer_mut(),
        head,
        &format!("  {heading}"),
        style,
        theme,
    );
    let is_focused =
        |line: &Listed| matches!(line, Listed::Row(series, ..) if Some(*series) == focus);
    let at = listed.iter().position(is_focused).unwrap_or(0);
    for (index, place) in list::rows(listed.len(), at, body) {
        match &listed[index] {
            Listed::Heading(group) => {
                let style = theme.style(Role::Title);
                put(frame.buffer_mut(), place, group.name(), style, theme);
            }
            Listed::Row(series, text, role) => {
                seen.push((place, RowAt::Series(*series)));
                let here = is_focused(&listed[index]);
                let focus = list::Focus::on(here);
                let rest = list::mark(focus, place, frame.buffer_mut(), theme);
                let role = if here { Role::Focus } else { *role };
                put(frame.buffer_mut(), rest, text, theme.style(role), theme);
                if here && !place.is_empty() {
                    frame.set_cursor_position((place.x, place.y));
                }
            }
        }
    }
    seen
}

fn cells(row: &Row, shared: &Shared) -> [String; 6] {
    let theme = shared.theme;
    let number = |mean: Mean| {
        mean.value.map_or_else(
            || theme.glyph(Glyph::Blank).to_owned(),
            |value: Shown| value.to_string(),
        )
    };
    let change = row
        .comparison
        .cell(|change| format!("{} {}", readout::sign(change, theme), change.abs()));
    [
        row.series.titled(&shared.journal),
        number(row.before),
        number(row.now),
        change,
        format!("{}/{}", row.before.n, row.now.n),
        spark(&row.values, row.top, theme),
    ]
}

/// How wide each column is; 0 leaves it out.
struct Columns([usize; 6]);

impl Columns {
    /// What fits into so many cells: the small line goes first, then the number of days.
    fn fitting(width: u16) -> Self {
        let room = usize::from(width.saturating_sub(2));
        let all = [6, 6, 8, 5, LINE];
        let whole: usize = all.iter().map(|cells| cells + 2).sum();
        // Two cells a day where nothing else needs them.
        let all = if room >= NAME + whole + LINE {
            [6, 6, 8, 5, 2 * LINE]
        } else {
            all
        };
        for kept in [5, 4, 3, 2] {
            let wanted: usize = all[..kept].iter().map(|cells| cells + 2).sum();
            let name = room.saturating_sub(wanted);
            // Names need 15 cells to be told apart; "before" and "week" stay even where they get fewer.
            if name >= 15 || kept == 2 {
                let mut widths = [0; 6];
                widths[0] = name.min(NAME);
                widths[1..=kept].copy_from_slice(&all[..kept]);
                return Self(widths);
            }
        }
        Self([room, 0, 0, 0, 0, 0])
    }

    fn line(&self, cells: &[&str; 6], theme: Theme) -> String {
        let shown = cells.iter().zip(self.0).enumerate();
        let shown = shown.filter(|(_, (_, width))| *width > 0);
        let cell = |(at, (cell, width)): (usize, (&&str, usize))| {
            let cut = fit(cell, width, theme);
            match at {
                // The name, and the small line whose first day stands under its heading's first letter.
                0 | 5 => pad(&cut, width, theme),
                _ => pad_left(&cut, width, theme),
            }
        };
        shown.map(cell).collect::<Vec<_>>().join("  ")
    }
}

/// The row in focus in words: the comparison or why there is none, and the day values.
fn row_lines(row: &Row, shared: &Shared) -> Vec<Line> {
    let name = row.series.titled(&shared.journal);
    let theme = shared.theme;
    let room = width(&name).min(12);
    let mut lines = vec![readout::comparison(&name, room, &row.comparison, theme)];
    let week = row.values.len() / 2;
    let row_of = |cells: &mut dyn Iterator<Item = String>| {
        cells
            .map(|cell| pad_left(&cell, 4, theme))
            .collect::<String>()
    };
    let days = ["Mo", "Tu", "We", "Th", "Fr", "Sa", "Su"].map(str::to_owned);
    lines.push((row_of(&mut days.into_iter()), Role::Faint));
    for values in [&row.values[..week], &row.values[week..]] {
        let shown = values.iter().map(|value| {
            value.map_or_else(
                || theme.glyph(Glyph::Blank).to_owned(),
                |value| row.series.shown(value).to_string(),
            )
        });
        lines.push((row_of(&mut shown.into_iter()), Role::Text));
    }
    if let Series::Symptom(key) = row.series
        && let Some(symptom) = shared.journal.symptoms.by_key(key)
        && !symptom.description().is_empty()
    {
        lines.push((symptom.description().to_owned(), Role::Faint));
    }
    lines
}
