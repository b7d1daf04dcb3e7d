//! The week as a sheet: seven columns beside the week before, and under them everything else of the same days.
//!
//! ```text
//! ╭ Severity · Mon 23 – Sun 29 Nov · days 18 to 24 ── 5 of 6 days · 0 to 75 of 100 ─╮
//! │ █ this week      50    ░▔▔▔▔░▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔                                  │
//! │ ░ week before    25    ░██  ░██  ○   ░▅▅                                         │
//! │                   0 ▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔                                  │
//! │ answered              18/18 18/18 –  9/18                                        │
//! │ ▌ Sat 28: 18* (9 of 18) · week 43 → 28 ▼ 15, 6 → 5 days                          │
//! │ Trouble sleeping       3    3    –    2                                          │
//! │ Overall 0–10           6    5    7    4                                          │
//! ╰──────────────────────────────────────────────────────────────────────────────────╯
//! ```
//! One cursor goes through all of it: a day with ← and →, a row with ↑ and ↓.
//!
//! Invariants: a wider screen never shows fewer rows than a narrower one; the rows that do not fit are counted.

use super::days::counted;
use super::labels::{LOW, inner_of};
use super::page::Medium;
use super::{RowAt, Trends, axis, charted, labels, week_words};
use crate::domain::text::words;
use crate::domain::time::span::Span;
use crate::domain::trends::sheet::Sheet;
use crate::domain::trends::sight::Sight;
use crate::tui::readout::READING;
use crate::tui::shared::Shared;
use crate::tui::theme::{Glyph, Role};
use crate::tui::widgets::chart::AxisLabel;
use crate::tui::widgets::columns::{Column, ColumnChart, Place};
use crate::tui::widgets::frame::Frame;
use crate::tui::widgets::lanes;
use crate::tui::widgets::lanes::Row;
use crate::tui::widgets::list;
use crate::tui::widgets::panel::{Borders, Panel};
use crate::tui::widgets::sections::sentences;
use crate::tui::widgets::text::{put, width};
use chrono::NaiveDate;
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use std::rc::Rc;

/// From this width on the legend stands beside the chart.
pub(super) const BESIDE: u16 = 70;
/// Cells for the names of the rows, where the legend stands beside the chart; narrower ones have less.
const NAMES: u16 = 22;
const NARROW_NAMES: u16 = 18;
const NARROWEST_NAMES: u16 = 11;

/// How the height of a sheet is shared out.
#[derive(Debug, Clone, Copy)]
pub(super) struct Shares {
    /// Rows of the columns.
    plot: u16,
    /// A row for the legend above the plot.
    legend: u16,
    /// A row that says how much was answered.
    answered: u16,
    /// A row that says how the rows are ordered and how many there are besides.
    order: u16,
    /// A free row between symptoms and the rest.
    gap: u16,
}

impl Shares {
    /// On paper every row has its place, so that the chart never gives room away.
    pub(super) const fn on_paper(inner: Rect, plot: u16) -> Self {
        Self {
            plot,
            legend: if inner.width < BESIDE { 1 } else { 0 },
            answered: 1,
            order: 1,
            gap: 1,
        }
    }

    /// The rows of the sheet depend on the height alone: what a wide screen saves goes to the columns.
    fn of(area: Rect, inner: Rect) -> Self {
        // As if there were the views' names, a border and a legend above the chart, which only some widths have.
        let names = u16::from(area.width < super::view::wide_enough() && area.height > LOW);
        let around = names + if area.height < LOW { 1 } else { 2 };
        let height = area.height.saturating_sub(around);
        let plot = match height {
            44.. => 20,
            30.. => 15,
            20.. => height / 3,
            13.. => 6,
            _ => 3,
        };
        let has_legend = height >= 13;
        let order = u16::from(height >= 30);
        let answered = u16::from(height >= 15);
        // The number on the highest column, the axis, its words, the read-out.
        let besides = 4 + answered + order;
        let rows = height.saturating_sub(u16::from(has_legend) + plot + besides);
        let legend = u16::from(has_legend && inner.width < BESIDE);
        let plot = inner.height.saturating_sub(legend + besides + rows);
        Self {
            plot,
            legend,
            answered,
            order,
            gap: order,
        }
    }
}

pub(super) const fn names(inner: Rect) -> u16 {
    match inner.width {
        80.. => NAMES,
        70.. => NAMES - 2,
        54.. => NARROW_NAMES,
        _ => NARROWEST_NAMES,
    }
}

/// Draws the sheet and, where there is room, what it says in numbers beside it.
pub(super) fn draw(trends: &Trends, shared: &Shared, frame: &mut Frame, area: Rect) {
    let sight = &trends.sight;
    let [main, side] = super::aside::beside(area);
    let span = sight.days(shared.basis());
    if !side.is_empty() {
        super::week_aside::draw(sight, shared, frame, side);
    }
    let end = trends.axis.end(sight, shared);
    let columns = charted::first(sight, span, shared);
    let (borders, inner) = inner_of(main);
    draw_panel(sight, &columns, span, end, borders, shared, frame, main);
    if !shared.journal.covers(span.from) {
        return sentences(&[READING.to_owned()], shared.theme, frame, inner);
    }
    let sheet = sheet_of(sight, shared);
    let drawn = Drawn {
        trends,
        shared,
        span,
        sheet: &sheet,
        inner,
        shares: Shares::of(main, inner),
        has_side: !side.is_empty(),
        medium: Medium::Screen,
        left_out: 0,
    };
    drawn.draw(&columns, end, frame);
}

#[expect(
    clippy::too_many_arguments,
    reason = "each is another thing that stands in the border"
)]
pub(super) fn draw_panel(
    sight: &Sight,
    columns: &[Column],
    span: Span,
    end: f64,
    borders: Borders,
    shared: &Shared,
    frame: &mut Frame,
    area: Rect,
) {
    let middle = shared.theme.glyph(Glyph::Middle);
    let series = sight.series(shared.basis());
    let name = series.titled(&shared.journal);
    let short = format!(
        "{} {middle} {}",
        series.name(&shared.journal),
        week_words::short(span)
    );
    let titles =
        labels::of_week(sight, span, shared).map(|words| format!("{name} {middle} {words}"));
    let titles = titles.into_iter().chain([short]).collect::<Vec<_>>();
    let range = axis::words(end, series.top(&shared.journal));
    let has_any = ColumnChart::highest(columns).is_some();
    // What has not been read yet is not counted.
    let facts = if shared.journal.covers(span.from) {
        labels::facts(counted(columns), span, has_any.then_some(range), shared)
    } else {
        vec![String::new()]
    };
    let (title, fact) = labels::fitting(&titles, &facts, borders, area);
    Panel::new(title)
        .fact(fact)
        .borders(borders)
        .draw(area, frame.buffer_mut(), shared.theme);
}

/// A sheet that is being drawn.
pub(super) struct Drawn<'a> {
    pub(super) trends: &'a Trends,
    pub(super) shared: &'a Shared,
    pub(super) span: Span,
    pub(super) sheet: &'a Sheet,
    pub(super) inner: Rect,
    pub(super) shares: Shares,
    pub(super) has_side: bool,
    pub(super) medium: Medium,
    /// Rows that say nothing, which paper does without.
    pub(super) left_out: usize,
}

impl Drawn<'_> {
    fn row(&self, down: u16) -> Rect {
        let y = self.inner.y + down;
        Rect {
            y,
            height: u16::from(y < self.inner.bottom()),
            ..self.inner
        }
    }

    pub(super) fn draw(&self, columns: &[Column], end: f64, frame: &mut Frame) {
        let columns: Vec<Column> = columns
            .iter()
            .map(|column| Column {
                before: column.before.filter(|_| self.has_legend()),
                ..column.clone()
            })
            .collect();
        let columns = &columns[..];
        let theme = self.shared.theme;
        let sight = &self.trends.sight;
        let cursor = (sight.cursor(self.shared.basis()) - self.span.from).num_days();
        let words = words_of_days(sight, self.span, self.inner, self.shared);
        let chart = ColumnChart {
            gutter: names(self.inner),
            labels: &words,
            cursor: usize::try_from(cursor)
                .ok()
                .filter(|_| self.medium == Medium::Screen),
            ..ColumnChart::new(end, columns)
        };
        let area = Rect {
            y: self.inner.y + self.shares.legend,
            height: (self.shares.plot + 3).min(self.inner.height),
            ..self.inner
        };
        let has_any = ColumnChart::highest(columns).is_some();
        let has_axis = has_any || columns.iter().any(Column::has_overall_only);
        let place = if has_axis {
            chart.draw(area, frame.buffer_mut(), theme)
        } else {
            if self.medium == Medium::Screen {
                self.say_why(area, frame);
            }
            chart.draw_words(area, frame.buffer_mut(), theme)
        };
        let Some(place) = place else { return };
        if has_any {
            self.draw_legend(columns, &place, frame.buffer_mut());
        }
        let mut down = self.shares.legend + self.shares.plot + 3;
        if self.shares.answered > 0 {
            self.draw_answered(&place, self.row(down), frame.buffer_mut());
            down += 1;
        }
        if self.medium == Medium::Screen {
            self.draw_readout(usize::try_from(cursor).unwrap_or(0), self.row(down), frame);
            down += 1;
            down += self.draw_remembered(down, frame.buffer_mut());
        }
        self.draw_rows(&place, down, frame.buffer_mut());
    }

    /// Why there is no column, and what leads on.
    fn say_why(&self, area: Rect, frame: &mut Frame) {
        let lines = labels::needs(&self.trends.sight, self.span, self.shared);
        let area = Rect {
            height: area.height.saturating_sub(2),
            ..area
        };
        sentences(&lines, self.shared.theme, frame, area);
    }

    /// Whether the legend stands beside the chart.
    const fn is_beside(&self) -> bool {
        self.shares.legend == 0 && self.inner.width >= BESIDE
    }

    /// Whether there is a legend: where the week before could not be named, it is not drawn.
    const fn has_legend(&self) -> bool {
        self.shares.legend > 0 || self.is_beside()
    }

    /// What the signs are: beside the chart, or in a row above it.
    fn draw_legend(&self, columns: &[Column], place: &Place, buf: &mut Buffer) {
        let theme = self.shared.theme;
        let mut signs = vec![(Glyph::Column, Role::Column, "this week")];
        if place.before > 0 && columns.iter().any(|column| column.before.is_some()) {
            signs.push((Glyph::Before, Role::Before, "week before"));
        }
        if columns.iter().any(|column| column.worst.is_some()) {
            // "█ this week  ░ week before  │ to the worst" takes 42 cells.
            let is_narrow = !self.is_beside() && self.inner.width < 42;
            let words = if is_narrow { "worst" } else { "to the worst" };
            signs.push((Glyph::Worst, Role::Text, words));
        }
        let is_beside = self.is_beside();
        if !self.has_legend() {
            return;
        }
        let mut x = self.inner.x;
        for (down, (glyph, role, words)) in (1..).zip(signs) {
            let row = if is_beside {
                Rect::new(
                    self.inner.x,
                    place.plot.y + down - 1,
                    names(self.inner) - 4,
                    1,
                )
            } else {
                Rect::new(x, self.inner.y, self.inner.right().saturating_sub(x), 1)
            };
            let used = put(buf, row, theme.glyph(glyph), theme.style(role), theme);
            let rest = Rect {
                x: row.x + used + 1,
                width: row.width.saturating_sub(used + 1),
                ..row
            };
            x = rest.x + put(buf, rest, words, theme.style(Role::Text), theme) + 2;
        }
    }

    /// "answered  18/18 9/18 –".
    fn draw_answered(&self, place: &Place, row: Rect, buf: &mut Buffer) {
        let lane = week_words::answered(&self.trends.sight, self.span, place.step, self.shared);
        let row = Rect { x: row.x, ..row };
        lanes::draw(&lane, Row::Elsewhere, place, row, buf, self.shared.theme);
    }

    /// The line that reads out the cursor's day, with the terminal's cursor on it.
    fn draw_readout(&self, at: usize, row: Rect, frame: &mut Frame) {
        if row.height == 0 {
            return;
        }
        let theme = self.shared.theme;
        let day = self.span.days().nth(at).unwrap_or(self.span.from);
        let lane = self.trends.lane.checked_sub(1);
        let lane = lane.and_then(|lane| self.sheet.lane(lane));
        let forms = match lane {
            Some(lane) => vec![format!("{}: {}", day.format("%a %-d"), lane.on(at))],
            None => week_words::day(
                &self.trends.sight,
                day,
                self.span,
                self.has_side,
                self.shared,
            ),
        };
        let room = usize::from(row.width.saturating_sub(lanes::FOCUS));
        let form = forms.iter().find(|form| width(form) <= room);
        let form = form.or(forms.last()).map_or("", String::as_str);
        let mark = if lane.is_none() {
            Glyph::Focus
        } else {
            Glyph::Middle
        };
        put(
            frame.buffer_mut(),
            row,
            theme.glyph(mark),
            theme.style(Role::Focus),
            theme,
        );
        let words = Rect {
            x: row.x + lanes::FOCUS,
            width: row.width.saturating_sub(lanes::FOCUS),
            ..row
        };
        put(
            frame.buffer_mut(),
            words,
            form,
            theme.style(Role::Title),
            theme,
        );
        frame.set_cursor_position((row.x, row.y));
    }

    /// What it was taken for, where no panel beside says it; how many rows it takes. At least two rows stay for the symptoms.
    fn draw_remembered(&self, down: u16, buf: &mut Buffer) -> u16 {
        if self.has_side {
            return 0;
        }
        let series = charted::focus(&self.trends.sight, self.shared);
        let theme = self.shared.theme;
        let room = self.inner.width.saturating_sub(lanes::FOCUS);
        let lines = week_words::remembered(series, room, self.shared).into_iter();
        let mut drawn = 0;
        // Counted as on the narrowest screen: a wider one never shows fewer rows.
        for (lines, rows) in lines.zip([1, 3]) {
            if down + drawn + rows + 2 > self.inner.height {
                break;
            }
            for line in lines {
                let row = self.row(down + drawn);
                let row = Rect {
                    x: row.x + lanes::FOCUS,
                    width: room,
                    ..row
                };
                put(buf, row, &line, theme.style(Role::Text), theme);
                drawn += 1;
            }
        }
        drawn
    }

    /// The rows that fit: as many symptoms as leave the others their share.
    fn draw_rows(&self, place: &Place, mut down: u16, buf: &mut Buffer) {
        let theme = self.shared.theme;
        let order_row = self.row(down);
        down += self.shares.order;
        let room = self.inner.height.saturating_sub(down);
        let [above, below] = self.shared_out(room);
        let focus = self.trends.lane.checked_sub(1);
        let symptoms = self.sheet.symptoms.len();
        let seen = list::window(symptoms, focus.unwrap_or(0).min(symptoms), above);
        let left = symptoms - seen.len();
        let others = focus.and_then(|at| at.checked_sub(symptoms)).unwrap_or(0);
        let others = list::window(self.sheet.others.len(), others, below);
        let left = left + self.sheet.others.len() - others.len();
        if self.shares.order > 0 {
            let words = match self.medium {
                Medium::Screen => week_words::order(&self.trends.sight, left, theme, self.shared),
                Medium::Paper if self.sheet.len() == 0 => String::new(),
                Medium::Paper => {
                    let order = week_words::order_alone(&self.trends.sight, self.shared);
                    let rows = words::count(self.left_out, "row", "rows");
                    match self.left_out {
                        0 => order.to_owned(),
                        _ => format!("{order}; {rows} without an entry left out"),
                    }
                }
            };
            put(buf, order_row, &words, theme.style(Role::Text), theme);
        }
        let gap = u16::from(self.shares.gap > 0 && !others.is_empty());
        let draw = |at: usize, down: u16, buf: &mut Buffer| {
            let area = self.row(down);
            if let Some(lane) = self.sheet.lane(at).filter(|_| area.height > 0) {
                let row = if focus == Some(at) {
                    Row::Here
                } else {
                    Row::Elsewhere
                };
                lanes::draw(lane, row, place, area, buf, theme);
                let seen = (area, RowAt::Lane(at + 1));
                self.trends.seen.borrow_mut().push(seen);
            }
        };
        for at in seen {
            draw(at, down, buf);
            down += 1;
        }
        down += gap;
        for at in others {
            draw(symptoms + at, down, buf);
            down += 1;
        }
        // Where no row says what is left, it stands before the names of the days, where nothing else does.
        if self.shares.order == 0 && left > 0 {
            let room = place.plot.x.saturating_sub(self.inner.x + 1);
            let words = format!("{left} more, {}", week_words::down(theme));
            let at = Rect::new(self.inner.x, place.axis() + 1, room, 1);
            put(buf, at, &words, theme.style(Role::Text), theme);
        }
    }

    /// Rows of symptoms and rows of the others in `room`.
    fn shared_out(&self, room: u16) -> [u16; 2] {
        let count = |n: usize| u16::try_from(n).unwrap_or(u16::MAX);
        let (symptoms, others) = (
            count(self.sheet.symptoms.len()),
            count(self.sheet.others.len()),
        );
        let room = room.saturating_sub(self.shares.gap);
        // Six symptoms come first, then the lanes; low down the symptoms have the larger part.
        let share = match room {
            9.. => room - 6,
            _ => room / 3,
        };
        let below = others.min(share.max(room.saturating_sub(symptoms)));
        [symptoms.min(room - below), below]
    }
}

/// "Mon 23" under each day, "Mon" where a day is narrow.
pub(super) fn words_of_days(
    sight: &Sight,
    span: Span,
    inner: Rect,
    shared: &Shared,
) -> Vec<AxisLabel> {
    let step = inner.width.saturating_sub(names(inner)) / 7;
    let words = labels::weekdays(sight, span, shared);
    let days = span.days().zip(words);
    let short = days.map(|(day, word)| match step {
        8.. => word,
        4.. => AxisLabel {
            text: day.format("%a").to_string(),
            ..word
        },
        _ => AxisLabel {
            text: day.format("%a").to_string().chars().take(1).collect(),
            ..word
        },
    });
    short.collect()
}

/// The day under the mouse.
pub(super) fn day_at(
    sight: &Sight,
    shared: &Shared,
    area: Rect,
    at: Position,
) -> Option<NaiveDate> {
    let [main, _] = super::aside::beside(area);
    let (_, inner) = inner_of(main);
    let span = sight.days(shared.basis());
    let columns = charted::first(sight, span, shared);
    let rows = Shares::of(main, inner);
    let chart = ColumnChart {
        gutter: names(inner),
        ..ColumnChart::new(1.0, &columns)
    };
    let area = Rect {
        y: inner.y + rows.legend,
        height: (rows.plot + 3).min(inner.height),
        ..inner
    };
    let place = chart.place(area).filter(|_| inner.contains(at))?;
    span.days().nth(place.day_at(at.x)?)
}

/// How many rows the cursor can stand on, the chart's own line included.
pub(super) fn rows(sight: &Sight, shared: &Shared) -> usize {
    sheet_of(sight, shared).len() + 1
}

/// The whole row under the cursor in words.
pub(super) fn spoken(trends: &Trends, shared: &Shared) -> String {
    let sight = &trends.sight;
    let span = sight.days(shared.basis());
    match trends.lane.checked_sub(1) {
        Some(lane) => {
            let sheet = sheet_of(sight, shared);
            sheet
                .lane(lane)
                .map_or_else(String::new, |lane| lane.spoken(span))
        }
        None => week_words::chart_row(sight, span, shared),
    }
}

pub(super) fn sheet_of(sight: &Sight, shared: &Shared) -> Rc<Sheet> {
    let key = (sight.without_cursor(), sight.days(shared.basis()));
    shared.kept(key, |shared, (sight, span)| {
        let (journal, today) = (&shared.journal, shared.today());
        let series = sight.series(shared.basis());
        Sheet::of(journal, series, sight.second, *span, today, sight.order)
    })
}
