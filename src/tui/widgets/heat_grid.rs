//! The grid of symptoms by days: each cell a digit with its shade, of the visible window alone.
//!
//! ```text
//!               9 Nov         16            today
//!              ◂ M T W T F S S M T W T F S S ▸      weekdays
//!                  c+        n                      events
//! Body ───────────────────────────────────────
//!   Muscle aches   3 3┊2 2 – 2 1 1 0 0 1 0 0  ▲     ┊ day 0, – = no answer
//! ▌ Shaking        2 2┊2[1]– 1 1 1 0 0 0 0 0  ▼     the cursor's row and cell
//! ```
//! Invariant: a day without an answer is a `–`, never a 0; a day still to come is a blank. Only the visible window is laid out, so that ten years cost no
//! more than one screen. Cursor and today are visible without colour.
use chrono::{Datelike, NaiveDate};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Modifier;

use super::axis::LabelRow;
use super::chart::Beginning;
use super::rating::Rated;
use super::{marks, rating, text};
use crate::tui::theme::{Glyph, Role, Theme};

/// One column.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct GridDay {
    /// The logical day.
    pub(crate) date: NaiveDate,
    /// Its beginning, if it has one; drawn as `┊` before the column.
    pub(crate) beginning: Beginning,
}

/// One row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum GridRow<'a> {
    /// The name of a group, with a line.
    Heading(&'a str),
    /// A symptom and its severity on each visible day, from 0 to 4, rounded by the caller; larger numbers draw as 4.
    Cells(&'a str, &'a [Option<u8>]),
}

/// The number of rows and days outside the window.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Beyond {
    /// Rows above.
    pub(crate) above: usize,
    /// Rows below.
    pub(crate) below: usize,
    /// Days before the first column.
    pub(crate) earlier: usize,
    /// Days after the last column.
    pub(crate) later: usize,
}

/// The visible window of a grid; [`HeatGrid::fits`] says how large it may be.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct HeatGrid<'a> {
    /// The visible rows; more than fit are left out.
    pub(crate) rows: &'a [GridRow<'a>],
    /// The visible days, the earliest first; more than fit are left out.
    pub(crate) days: &'a [GridDay],
    /// The width of the widest name, in cells.
    pub(crate) name_width: u16,
    /// Index of today's column, where it is visible.
    pub(crate) today: Option<usize>,
    /// Row and column of the cursor; a column beyond the days marks the row alone.
    pub(crate) cursor: Option<(usize, usize)>,
    /// Days and letters of events, the most important first.
    pub(crate) marks: &'a [(usize, char)],
    /// The rows and days outside the window.
    pub(crate) beyond: Beyond,
}

/// The positions of a grid's parts on the screen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct GridPlace {
    /// The rows, their names included.
    pub(crate) body: Rect,
    columns: Vec<u16>,
    rows: usize,
}

/// The division of an area into names, days and head.
#[derive(Clone, Copy)]
struct Shares {
    area: Rect,
    /// Rows of the head: weekdays, then labels, then events.
    head: u16,
    names: u16,
    /// Cells for days.
    room: u16,
    /// Cells of one day.
    step: u16,
}

/// The mark of the focused row and the blank after it.
const GUTTER: u16 = 2;
/// Where fewer days than this would fit at two cells a day, a day is one cell wide: two weeks can then be compared.
const FORTNIGHT: u16 = 14;
/// Cells reserved for the `┊` of beginnings where a day is one cell wide; wider days have room for it.
const BEGINNINGS: u16 = 2;

impl Shares {
    fn of(area: Rect, name_width: u16) -> Self {
        let head = match area.height {
            0..=2 => 0,
            3..=4 => 1,
            5..=6 => 2,
            _ => 3,
        };
        let names = name_width.min((area.width / 2).saturating_sub(GUTTER));
        // One blank before the days and one cell behind them for the signs at the edge.
        let room = area.width.saturating_sub(GUTTER + names + 2);
        let step = if room / 2 >= FORTNIGHT { 2 } else { 1 };
        Self {
            area,
            head,
            names,
            room,
            step,
        }
    }

    fn days(self) -> u16 {
        if self.step == 2 {
            self.room / 2
        } else {
            self.room.saturating_sub(BEGINNINGS)
        }
    }

    fn rows(self) -> u16 {
        self.area.height - self.head
    }

    fn first_cell(self) -> u16 {
        self.area
            .x
            .saturating_add(GUTTER + self.names + 1)
            .min(self.area.right())
    }

    /// Returns the columns of the digits and of the `┊` signs.
    fn columns(self, days: &[GridDay]) -> (Vec<u16>, Vec<u16>) {
        let mut spare = BEGINNINGS;
        let mut next = self.first_cell();
        let (mut digits, mut signs) = (Vec::new(), Vec::new());
        for day in days.iter().take(usize::from(self.days())) {
            let begins = day.beginning != Beginning::None;
            if self.step == 2 || begins && spare > 0 {
                if begins {
                    signs.push(next);
                    spare = spare.saturating_sub(1);
                }
                next += 1;
            }
            digits.push(next);
            next += 1;
        }
        (digits, signs)
    }
}

impl GridPlace {
    /// Returns the screen column of a day's digit.
    pub(crate) fn column_of(&self, day: usize) -> Option<u16> {
        self.columns.get(day).copied()
    }

    /// Returns the day at a screen column; the cell before a digit belongs to it.
    pub(crate) fn day_at(&self, column: u16) -> Option<usize> {
        let nearest = |reach: u16| {
            let aim = column.saturating_add(reach);
            self.columns.iter().position(|at| *at == aim)
        };
        nearest(0).or_else(|| nearest(1))
    }
}

impl HeatGrid<'_> {
    /// Returns how many rows and days fit into `area` when the widest name has `name_width` cells: the size of the window.
    pub(crate) fn fits(area: Rect, name_width: u16) -> (usize, usize) {
        let shares = Shares::of(area, name_width);
        (usize::from(shares.rows()), usize::from(shares.days()))
    }

    /// Draws the window and returns its positions; `None` without room for a single cell.
    pub(crate) fn draw(&self, area: Rect, buf: &mut Buffer, theme: Theme) -> Option<GridPlace> {
        let shares = Shares::of(area, self.name_width);
        // The division of the whole area has to agree with `fits`, so an area partly off the screen is not drawn at all.
        let screen = area.intersection(buf.area);
        if screen != area || shares.days() == 0 || shares.rows() == 0 || self.days.is_empty() {
            return None;
        }
        let (columns, signs) = shares.columns(self.days);
        let body = Rect {
            y: area.y + shares.head,
            height: shares.rows(),
            ..area
        };
        let place = GridPlace {
            body,
            columns,
            rows: self.rows.len().min(usize::from(body.height)),
        };
        self.head(shares, &place, buf, theme);
        for (index, row) in self.rows.iter().take(place.rows).enumerate() {
            let y = u16::try_from(index).map_or(body.y, |offset| body.y + offset);
            let focus = self.cursor.is_some_and(|(row, _)| row == index);
            if focus {
                let style = theme.style(Role::Focus);
                text::sign(buf, (area.x, y), theme.sign(Glyph::Focus), style);
            }
            match row {
                GridRow::Heading(name) => heading(
                    name,
                    Rect {
                        y,
                        height: 1,
                        ..area
                    },
                    buf,
                    theme,
                ),
                GridRow::Cells(name, cells) => {
                    let role = if focus { Role::Focus } else { Role::Text };
                    let at = Rect::new(area.x + GUTTER, y, shares.names, 1);
                    text::put(buf, at, name, theme.style(role), theme);
                    for x in &signs {
                        let style = theme.style(Role::Text);
                        text::sign(buf, (*x, y), theme.sign(Glyph::DayZero), style);
                    }
                    self.cells(index, cells, shares, &place, buf, theme);
                }
            }
        }
        self.hints(shares, &place, buf, theme);
        Some(place)
    }

    fn cells(
        &self,
        row: usize,
        cells: &[Option<u8>],
        shares: Shares,
        place: &GridPlace,
        buf: &mut Buffer,
        theme: Theme,
    ) {
        let y = u16::try_from(row).map_or(place.body.y, |offset| place.body.y + offset);
        for (day, x) in place.columns.iter().enumerate() {
            let cell = cells.get(day).copied().flatten();
            let rated = match cell {
                Some(severity) => Rated::Severity(severity),
                None if self.today.is_some_and(|today| day > today) => Rated::Ahead,
                None => Rated::Unanswered,
            };
            rating::draw(rated, Rect::new(*x, y, 1, 1), buf, theme);
            if self.cursor == Some((row, day)) {
                // Most severities are reversed already, so the cursor also has brackets or, without room, an underline.
                let cell = &mut buf[(*x, y)];
                cell.modifier |= Modifier::REVERSED;
                cell.modifier.toggle(Modifier::UNDERLINED);
                if shares.step == 2 {
                    let bracket = theme.style(Role::Focus);
                    text::sign(buf, (x.saturating_sub(1), y), '[', bracket);
                    text::sign(buf, (x.saturating_add(1), y), ']', bracket);
                }
            }
        }
    }

    fn head(&self, shares: Shares, place: &GridPlace, buf: &mut Buffer, theme: Theme) {
        let area = shares.area;
        let cursor = self.cursor.map(|(_, day)| day);
        let letters = area.y + u16::from(shares.head > 1);
        if shares.head > 0 {
            for (index, (day, x)) in self.days.iter().zip(&place.columns).enumerate() {
                let style = if cursor == Some(index) {
                    theme.style(Role::Selected)
                } else if self.today == Some(index) {
                    let here = theme.style(Role::Focus);
                    here.add_modifier(Modifier::UNDERLINED)
                } else {
                    theme.style(Role::Faint)
                };
                text::sign(buf, (*x, letters), weekday_letter(day.date), style);
            }
        }
        if shares.head > 1 {
            self.labels(shares, place, buf, theme);
        }
        if shares.head > 2 {
            let columns = marks::by_column(self.marks, |day| place.column_of(day));
            let cursor = cursor.and_then(|day| place.column_of(day));
            let from = shares.first_cell();
            let row = Rect::new(from, letters + 1, area.right().saturating_sub(from), 1);
            marks::draw(&columns, cursor, row, buf, theme);
        }
    }

    /// Writes the cursor's date, `today`, and the dates of Mondays and of firsts of a month, as many as fit.
    fn labels(&self, shares: Shares, place: &GridPlace, buf: &mut Buffer, theme: Theme) {
        let area = shares.area;
        let mut row = LabelRow::new(shares.first_cell()..area.right());
        let mut put = |day: usize, words: &str, role: Role| {
            let words = text::line(words, theme);
            let half = u16::try_from(text::width(&words).saturating_sub(1) / 2).unwrap_or(0);
            let at = place.column_of(day);
            let at = at.and_then(|column| row.place(column.saturating_add(half), &words));
            if let Some(at) = &at {
                let at = Rect::new(at.start, area.y, at.end - at.start, 1);
                text::put(buf, at, &words, theme.style(role), theme);
            }
            at.is_some()
        };
        let date = |day: usize| self.days.get(day).map(|day| day.date);
        if let Some((_, day)) = self.cursor
            && let Some(at) = date(day)
        {
            let _ = put(day, &at.format("%a %-d %b").to_string(), Role::Title)
                || put(day, &at.format("%-d %b").to_string(), Role::Title);
        }
        if let Some(day) = self.today {
            put(day, "today", Role::Accent);
        }
        let mut month = None;
        for (day, at) in self.days.iter().map(|day| day.date).enumerate() {
            let first = at.day() == 1;
            // The first visible day always has a label, so that the window is never undated.
            if !first && at.weekday() != chrono::Weekday::Mon && day > 0 {
                continue;
            }
            let named = (at.year(), at.month());
            let full = match month {
                Some(seen) if seen == named => "%-d",
                Some((year, _)) if year == at.year() => "%-d %b",
                _ => "%-d %b %Y",
            };
            let forms = [full, "%-d %b", "%-d"];
            let forms = &forms[usize::from(full == "%-d") * 2..];
            for form in forms {
                if put(day, &at.format(form).to_string(), Role::Faint) {
                    if *form != "%-d" {
                        month = Some(named);
                    }
                    break;
                }
            }
        }
    }

    /// Draws the signs at the edges with more rows or days behind them, and the number of those rows.
    fn hints(&self, shares: Shares, place: &GridPlace, buf: &mut Buffer, theme: Theme) {
        let area = shares.area;
        let style = theme.style(Role::Accent);
        let right = area.right().saturating_sub(1);
        let bottom = place.body.bottom().saturating_sub(1);
        if self.beyond.above > 0 {
            text::sign(buf, (right, place.body.y), theme.sign(Glyph::More), style);
        }
        if self.beyond.below > 0 && (bottom > place.body.y || self.beyond.above == 0) {
            text::sign(buf, (right, bottom), theme.sign(Glyph::Less), style);
        }
        if shares.head == 0 {
            return;
        }
        let letters = area.y + u16::from(shares.head > 1);
        if self.beyond.earlier > 0 {
            let left = shares.first_cell().saturating_sub(1);
            text::sign(buf, (left, letters), theme.sign(Glyph::Earlier), style);
        }
        if self.beyond.later > 0 {
            text::sign(buf, (right, letters), theme.sign(Glyph::Later), style);
        }
        let counts = [
            (self.beyond.above, "above", Glyph::More),
            (self.beyond.below, "below", Glyph::Less),
        ];
        let some = || counts.iter().filter(|(rows, ..)| *rows > 0);
        let words: Vec<String> = some().map(|(n, side, _)| format!("{n} {side}")).collect();
        let signs = some().map(|(n, _, sign)| format!("{}{n}", theme.glyph(*sign)));
        let signs: Vec<String> = signs.collect();
        let room = Rect::new(area.x + GUTTER, letters, shares.names, 1);
        let fits = |words: &String| text::width(words) <= usize::from(room.width);
        if let Some(words) = [words.join(", "), signs.join(" ")]
            .iter()
            .find(|words| fits(words))
        {
            text::put(buf, room, words, theme.style(Role::Faint), theme);
        }
    }
}

fn heading(name: &str, row: Rect, buf: &mut Buffer, theme: Theme) {
    let from = row.x.saturating_add(GUTTER).min(row.right());
    // The last cell belongs to the sign at the edge.
    let end = row.right().saturating_sub(1);
    let room = Rect::new(from, row.y, end.saturating_sub(from), 1);
    let used = text::put(buf, room, name, theme.style(Role::Title), theme);
    for x in from.saturating_add(used + 1)..end {
        let border = theme.style(Role::Border);
        text::sign(buf, (x, row.y), theme.sign(Glyph::Horizontal), border);
    }
}

fn weekday_letter(date: NaiveDate) -> char {
    let index = usize::try_from(date.weekday().num_days_from_monday()).unwrap_or(0);
    ['M', 'T', 'W', 'T', 'F', 'S', 'S'][index.min(6)]
}
