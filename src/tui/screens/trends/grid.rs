//! The grid of Trends: symptoms by days, each cell the day value rounded to its digit.
//!
//! Invariant: only the rows and days in sight are computed, however long the journal is.

use super::days::Beginnings;
use super::page::Medium;
use super::{RowAt, Trends, charted, labels};
use crate::domain::order::Ordered;
use crate::domain::series::{Group, Series};
use crate::domain::text::round::round;
use crate::domain::text::words;
use crate::domain::time::span::Span;
use crate::domain::trends::event_marks::EventKind;
use crate::domain::trends::sight::{Sight, moved};
use crate::domain::trends::week_table::Order;
use crate::tui::readout::READING;
use crate::tui::shared::Shared;
use crate::tui::theme::Glyph;
use crate::tui::widgets::frame::Frame;
use crate::tui::widgets::heat_grid::{Beyond, GridDay, GridPlace, GridRow, HeatGrid};
use crate::tui::widgets::list;
use crate::tui::widgets::panel::{Borders, Panel};
use crate::tui::widgets::sections::sentences;
use crate::tui::widgets::text::width;
use chrono::NaiveDate;
use ratatui::layout::{Position, Rect};

/// The widest column of names.
const NAMES: u16 = 20;

/// Rows of the head and of the border.
const AROUND: usize = 5;

/// Rows that the whole grid takes.
pub(super) fn height(sight: &Sight, shared: &Shared) -> usize {
    listed(sight, shared).len() + AROUND
}

/// Draws the grid and answers which days are in sight.
pub(super) fn draw(trends: &Trends, shared: &Shared, frame: &mut Frame, area: Rect) -> Span {
    let sight = &trends.sight;
    let rows = listed(sight, shared);
    let inner = Panel::new("").inner(area);
    let window = Window::of(sight, &rows, shared, inner);
    let middle = shared.theme.glyph(Glyph::Middle);
    let stretch = words::stretch(window.span, shared.today());
    let titles = [
        format!("Symptoms by days {middle} {stretch}"),
        format!("Symptoms {middle} {stretch}"),
        "Symptoms by days".to_owned(),
    ];
    let facts = [sight.order.label().to_owned(), String::new()];
    let (title, fact) = labels::fitting(&titles, &facts, Borders::Yes, area);
    let inner = Panel::new(title)
        .fact(fact)
        .draw(area, frame.buffer_mut(), shared.theme);
    if !shared.journal.covers(window.span.from) {
        sentences(&[READING.to_owned()], shared.theme, frame, inner);
        return window.span;
    }
    if shared.journal.first_day.is_none() {
        let lines = [
            "A row a symptom, a column a day; there is no check-in yet.".to_owned(),
            "c is a check-in with all symptoms, b one number.".to_owned(),
        ];
        sentences(&lines, shared.theme, frame, inner);
        return window.span;
    }
    let place = window.draw(sight, &rows, shared, frame, inner);
    if let Some(place) = &place {
        let lines = (place.body.y..place.body.bottom()).zip(&rows[window.rows.clone()]);
        let seen = lines.filter_map(|(y, row)| match row {
            Listed::Heading(_) => None,
            Listed::Row(series, _) => {
                let line = Rect {
                    y,
                    height: 1,
                    ..inner
                };
                Some((line, RowAt::Series(*series)))
            }
        });
        trends.seen.borrow_mut().extend(seen);
    }
    if let Some(place) = place
        && let Some(at) = window.cursor(sight, &rows, shared)
        && let Some(column) = place.column_of(at.1)
    {
        let row = u16::try_from(at.0).unwrap_or(0);
        frame.set_cursor_position((column, place.body.y.saturating_add(row)));
    }
    window.span
}

/// The day under `at` in a grid drawn in `area`.
pub(super) fn day_at(
    sight: &Sight,
    shared: &Shared,
    area: Rect,
    at: Position,
) -> Option<NaiveDate> {
    let inner = Panel::new("").inner(area);
    let rows = listed(sight, shared);
    let window = Window::of(sight, &rows, shared, inner);
    let days = window.days(shared);
    // The place of a column does not depend on what stands in it.
    let grid = HeatGrid {
        days: &days,
        name_width: names(&rows),
        ..HeatGrid::default()
    };
    if !inner.contains(at) {
        return None;
    }
    let mut nowhere = ratatui::buffer::Buffer::empty(inner);
    let place = grid.draw(inner, &mut nowhere, shared.theme)?;
    days.get(place.day_at(at.x)?).map(|day| day.date)
}

/// A line of the grid.
pub(super) enum Listed {
    Heading(Group),
    Row(Series, String),
}

fn listed(sight: &Sight, shared: &Shared) -> Vec<Listed> {
    listed_of(charted::rows(sight, shared).to_vec(), sight.order, shared)
}

/// These symptoms, with the names of their groups where the order keeps them together.
pub(super) fn listed_of(rows: Vec<Series>, order: Order, shared: &Shared) -> Vec<Listed> {
    let mut listed = Vec::new();
    let mut group = None;
    for series in rows {
        let facts = series.facts(&shared.journal);
        if order == Order::Group && group != Some(facts.group) {
            group = Some(facts.group);
            listed.push(Listed::Heading(facts.group));
        }
        listed.push(Listed::Row(series, facts.name));
    }
    listed
}

pub(super) fn names(rows: &[Listed]) -> u16 {
    let widths = rows.iter().map(|row| match row {
        Listed::Heading(group) => width(group.name()),
        Listed::Row(_, name) => width(name),
    });
    u16::try_from(widths.max().unwrap_or(0))
        .unwrap_or(NAMES)
        .min(NAMES)
}

/// What is in sight.
pub(super) struct Window {
    span: Span,
    rows: std::ops::Range<usize>,
    beyond: Beyond,
    medium: Medium,
}

impl Window {
    fn of(sight: &Sight, rows: &[Listed], shared: &Shared, area: Rect) -> Self {
        let (height, columns) = HeatGrid::fits(area, names(rows));
        let bounds = sight.bounds(shared.basis());
        let cursor = sight.cursor(shared.basis());
        // The cursor in the middle, so that days before and after it are in sight; at the ends the window stands still.
        let columns = i64::try_from(columns.max(1)).unwrap_or(1);
        let newest = moved(cursor, columns / 2).min(bounds.to);
        let from = moved(newest, 1 - columns).max(bounds.from);
        let span = Span {
            from,
            to: moved(from, columns - 1).min(bounds.to),
        };
        let at = place_of(sight, rows, shared);
        let seen = list::window(rows.len(), at, u16::try_from(height).unwrap_or(u16::MAX));
        let count = |days: i64| usize::try_from(days).unwrap_or(0);
        Self {
            span,
            beyond: Beyond {
                above: seen.start,
                below: rows.len() - seen.end,
                earlier: count((span.from - bounds.from).num_days()),
                later: count((bounds.to - span.to).num_days()),
            },
            rows: seen,
            medium: Medium::Screen,
        }
    }

    /// These days with every row, on paper.
    pub(super) fn on_paper(span: Span, rows: &[Listed]) -> Self {
        Self {
            span,
            rows: 0..rows.len(),
            beyond: Beyond::default(),
            medium: Medium::Paper,
        }
    }

    fn days(&self, shared: &Shared) -> Vec<GridDay> {
        let beginnings = Beginnings::of(&shared.journal);
        let day = |date| GridDay {
            date,
            beginning: beginnings.on(date),
        };
        self.span.days().map(day).collect()
    }

    /// The cursor's row and column in the window.
    fn cursor(&self, sight: &Sight, rows: &[Listed], shared: &Shared) -> Option<(usize, usize)> {
        let column = (sight.cursor(shared.basis()) - self.span.from).num_days();
        let row = place_of(sight, rows, shared).checked_sub(self.rows.start)?;
        Some((row, usize::try_from(column).ok()?))
    }

    pub(super) fn draw(
        &self,
        sight: &Sight,
        rows: &[Listed],
        shared: &Shared,
        frame: &mut Frame,
        area: Rect,
    ) -> Option<GridPlace> {
        let days = self.days(shared);
        let seen = &rows[self.rows.clone()];
        let cells: Vec<Vec<Option<u8>>> = seen
            .iter()
            .map(|row| match row {
                Listed::Heading(_) => Vec::new(),
                Listed::Row(series, _) => digits(*series, self.span, shared),
            })
            .collect();
        let drawn: Vec<GridRow<'_>> = seen
            .iter()
            .zip(&cells)
            .map(|(row, cells)| match row {
                Listed::Heading(group) => GridRow::Heading(group.name()),
                Listed::Row(_, name) => GridRow::Cells(name, cells),
            })
            .collect();
        let mut marks = shared.marks(self.span).all().to_vec();
        marks.order_by_key(|mark| mark.kind);
        let marks: Vec<(usize, char)> = marks
            .iter()
            // Day 0 is a line through the grid and needs no letter.
            .filter(|mark| mark.kind != EventKind::DayZero)
            .map(|mark| (index(mark.day, self.span), mark.kind.letter()))
            .collect();
        let today = shared.today();
        let grid = HeatGrid {
            rows: &drawn,
            days: &days,
            name_width: names(rows),
            today: (today >= self.span.from && today <= self.span.to)
                .then(|| index(today, self.span)),
            cursor: self
                .cursor(sight, rows, shared)
                .filter(|_| self.medium == Medium::Screen),
            marks: &marks,
            beyond: self.beyond,
        };
        grid.draw(area, frame.buffer_mut(), shared.theme)
    }
}

fn index(day: NaiveDate, span: Span) -> usize {
    usize::try_from((day - span.from).num_days()).unwrap_or(0)
}

/// The line of the series in focus.
fn place_of(sight: &Sight, rows: &[Listed], shared: &Shared) -> usize {
    let focus = charted::focus(sight, shared);
    let is_here = |row: &Listed| matches!(row, Listed::Row(series, _) if *series == focus);
    rows.iter().position(is_here).unwrap_or(0)
}

/// The day values of `span`, rounded; `None` where there was no answer.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "day values of symptoms lie between 0 and 4"
)]
fn digits(series: Series, span: Span, shared: &Shared) -> Vec<Option<u8>> {
    let values = crate::domain::series::stats::day_values(&shared.journal, series, span);
    let digit = |value: f64| round(value, 0).clamp(0.0, 4.0) as u8;
    values.into_iter().map(|value| value.map(digit)).collect()
}
