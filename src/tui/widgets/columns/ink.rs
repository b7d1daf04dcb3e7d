//! The drawing of a chart of days.
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::{Color, Modifier, Style};

use super::level;
use super::scale::text_of;
use super::{Column, ColumnChart, Fineness, Ink, Place, Standing};
use crate::tui::theme::{Glyph, Role, Theme};
use crate::tui::widgets::axis::LabelRow;
use crate::tui::widgets::chart::Beginning;
use crate::tui::widgets::text;

impl ColumnChart<'_> {
    /// Draws the chart and answers where its parts stand; draws nothing without a day or without room.
    pub(crate) fn draw(&self, area: Rect, buf: &mut Buffer, theme: Theme) -> Option<Place> {
        self.draw_to(Fineness::of(theme), area, buf, theme)
    }

    /// Draws the words under the axis alone, for days without a value: an axis without data is never drawn.
    pub(crate) fn draw_words(&self, area: Rect, buf: &mut Buffer, theme: Theme) -> Option<Place> {
        let area = area.intersection(buf.area);
        let place = self.place(area)?;
        let pen = Pen {
            place,
            fineness: Fineness::of(theme),
            theme,
            ink: self.ink,
        };
        pen.labels(self, area, buf);
        Some(place)
    }

    /// The same, with columns as fine as `fineness`.
    pub(crate) fn draw_to(
        &self,
        fineness: Fineness,
        area: Rect,
        buf: &mut Buffer,
        theme: Theme,
    ) -> Option<Place> {
        let area = area.intersection(buf.area);
        let place = self.place(area)?;
        let pen = Pen {
            place,
            fineness,
            theme,
            ink: self.ink,
        };
        pen.grid(buf);
        for (at, column) in self.columns.iter().enumerate() {
            pen.column(at, column, buf);
        }
        let ink = theme.style(pen.role());
        level::draw(&place, self.levels, self.columns, ink, buf, theme);
        // A number may reach over the edge of its own day's cells, so it comes behind all columns.
        for (at, column) in self.columns.iter().enumerate() {
            pen.number(at, column, buf);
        }
        level::name(&place, self.levels, buf, theme);
        pen.labels(self, area, buf);
        Some(place)
    }
}

#[derive(Clone, Copy)]
struct Pen {
    place: Place,
    fineness: Fineness,
    theme: Theme,
    ink: Ink,
}

impl Pen {
    const fn role(self) -> Role {
        match self.ink {
            Ink::First => Role::Column,
            Ink::Second => Role::SeriesB,
            Ink::Earlier => Role::Earlier,
        }
    }

    /// The row `up` rows above the axis; the axis itself is 0.
    fn row(self, up: u16) -> u16 {
        self.place.axis().saturating_sub(up)
    }

    fn steps(self, value: f64) -> u16 {
        self.place.scale.steps(value, self.fineness.steps())
    }

    /// The rows that a column of `value` has ink in.
    fn rows(self, value: f64) -> u16 {
        self.steps(value).div_ceil(self.fineness.steps())
    }

    fn grid(self, buf: &mut Buffer) {
        let place = self.place;
        let style = self.theme.style(Role::Border);
        let sign = self.theme.sign(Glyph::GridLine);
        for (value, up) in place.scale.ticks() {
            let y = self.row(up);
            for x in place.plot.x..place.right {
                text::sign(buf, (x, y), sign, style);
            }
            let words = text_of(value);
            let wide = u16::try_from(words.len()).unwrap_or(0);
            // One cell between a number and the first column.
            let end = place.plot.x.saturating_sub(1);
            let at = Rect::new(end.saturating_sub(wide).max(place.left), y, wide, 1);
            text::put(buf, at, &words, self.theme.style(Role::Text), self.theme);
        }
    }

    fn column(self, at: usize, column: &Column, buf: &mut Buffer) {
        let place = self.place;
        if let Some(before) = column.before {
            self.block_of_before(place.start(at), before, buf);
        }
        let x = place.column(at);
        let middle = x + place.wide / 2;
        if column.beginning != Beginning::None {
            let style = self.theme.style(Role::Border);
            let sign = match self.fineness {
                // The week before has the other sign.
                Fineness::Cells => '!',
                Fineness::Eighths | Fineness::Halves => self.theme.sign(Glyph::DayZero),
            };
            for y in place.plot.top()..place.plot.bottom() {
                text::sign(buf, (x, y), sign, style);
            }
        }
        match column.standing {
            Standing::Value(value) => {
                self.block(x, value, buf);
                if let Some(worst) = column.worst {
                    let style = self.theme.style(Role::Text);
                    let sign = self.theme.sign(Glyph::Worst);
                    // At least at the height of the number it would run into the next row's line.
                    for up in self.rows(value) + 1..=self.rows(worst) {
                        text::sign(buf, (middle, self.row(up)), sign, style);
                    }
                }
            }
            Standing::OverallOnly => self.on_axis(x, Glyph::Hollow, buf),
            Standing::Missing => self.on_axis(x, Glyph::Blank, buf),
            Standing::NoneOfIt => self.on_axis(x, Glyph::Middle, buf),
            Standing::Ahead => {}
        }
        if let Some(line) = column.middle {
            self.middle_line(x, column.standing, line, buf);
        }
    }

    fn on_axis(self, x: u16, glyph: Glyph, buf: &mut Buffer) {
        // In the middle of a wide column, as the number of another day.
        let at = x + self.place.wide.saturating_sub(1) / 2;
        let style = self.theme.style(Role::Text);
        text::sign(buf, (at, self.row(1)), self.theme.sign(glyph), style);
    }

    /// A column of `value` with its left edge at `x`.
    fn block(self, x: u16, value: f64, buf: &mut Buffer) {
        let of_a_row = self.fineness.steps();
        let steps = self.steps(value);
        let style = self.theme.style(self.role());
        for up in 1..=steps.div_ceil(of_a_row) {
            let in_row = (steps - (up - 1) * of_a_row).min(of_a_row);
            let sign = self.piece(in_row);
            for x in x..x + self.place.wide {
                text::sign(buf, (x, self.row(up)), sign, style);
            }
        }
        // A zero that was recorded is no missing day; a number on the axis says so where it fits.
        if steps == 0 && self.place.step < 3 {
            text::sign(buf, (x, self.row(1)), '0', self.theme.style(Role::Text));
        }
    }

    /// So many steps of a cell, from below.
    fn piece(self, steps: u16) -> char {
        match self.fineness {
            Fineness::Eighths => EIGHTHS[usize::from(steps.clamp(1, 8)) - 1],
            Fineness::Halves if steps < 2 => '▄',
            Fineness::Halves => '█',
            Fineness::Cells => '#',
        }
    }

    /// The texture of the week before has no finer step than a cell.
    fn block_of_before(self, x: u16, value: f64, buf: &mut Buffer) {
        let style = self.theme.style(Role::Before);
        let sign = self.theme.sign(Glyph::Before);
        for up in 1..=self.place.scale.steps(value, 1) {
            for x in x..x + self.place.before {
                text::sign(buf, (x, self.row(up)), sign, style);
            }
        }
    }

    /// The middle line in its row, with the column behind it where the column reaches so far.
    fn middle_line(self, x: u16, standing: Standing, value: f64, buf: &mut Buffer) {
        let up = self.place.scale.row_of(value) + 1;
        let of_a_row = self.fineness.steps();
        let filled = match standing {
            Standing::Value(value) => self.steps(value).saturating_sub((up - 1) * of_a_row),
            _ => 0,
        };
        let over_column = filled * 2 > of_a_row;
        let style = if over_column {
            let ink = self.theme.style(self.role());
            // The column's colour becomes the ground of the line.
            match ink.fg {
                Some(colour) => self.theme.style(Role::Line).bg(colour),
                None => Style::new().add_modifier(Modifier::REVERSED | Modifier::BOLD),
            }
        } else {
            self.theme.style(Role::Line)
        };
        let sign = self.theme.sign(Glyph::Middle7);
        for x in x..x + self.place.step.min(self.place.wide + 1) {
            text::sign(buf, (x, self.row(up)), sign, style);
        }
    }

    fn number(self, at: usize, column: &Column, buf: &mut Buffer) {
        let Standing::Value(value) = column.standing else {
            return;
        };
        let place = self.place;
        let wide = u16::try_from(text::width(&column.number)).unwrap_or(u16::MAX);
        // Beside its neighbour's number it would read as one.
        if wide == 0 || place.step < 3 || wide >= place.step - place.before {
            return;
        }
        let x = place.column(at) + place.wide.saturating_sub(wide) / 2;
        let up = self.rows(value) + 1;
        let style = self.theme.style(Role::Title);
        let y = self.row(up);
        // A line that touches a number would cross it out.
        let air = |x: u16, buf: &mut Buffer| {
            let lines = [Glyph::GridLine, Glyph::Using, Glyph::Without];
            let is_line = |held: &str| lines.iter().any(|line| self.theme.glyph(*line) == held);
            let cell = buf.cell((x, y));
            // On a column it is the neighbour's.
            if cell.is_some_and(|cell| is_line(cell.symbol()) && cell.bg == Color::Reset) {
                text::sign(buf, (x, y), ' ', Style::new());
            }
        };
        if x > place.plot.x {
            air(x - 1, buf);
        }
        air(x + wide, buf);
        text::put(
            buf,
            Rect::new(x, y, wide, 1),
            &column.number,
            style,
            self.theme,
        );
    }

    fn labels(self, chart: &ColumnChart<'_>, area: Rect, buf: &mut Buffer) {
        let Some(y) = self.place.labels else { return };
        let mut row = LabelRow::new(area.left()..area.right());
        let mut has_cursor = false;
        // Where each day has room for its word, the words begin with their columns; else they stand under them.
        let widest = chart
            .labels
            .iter()
            .map(|label| text::width(&label.text))
            .max();
        let is_each = usize::from(self.place.step) > widest.unwrap_or(0);
        let mut put = |label: &super::AxisLabel, row: &mut LabelRow, buf: &mut Buffer| {
            if label.day >= chart.columns.len() {
                return;
            }
            let words = text::line(&label.text, self.theme);
            let wide = u16::try_from(text::width(&words)).unwrap_or(u16::MAX);
            let place = if is_each {
                let x = self.place.start(label.day);
                Some(x..x + wide)
            } else {
                let x = self.place.column(label.day) + self.place.wide.saturating_sub(1) / 2;
                row.place(x, &words)
            };
            let Some(place) = place else { return };
            let is_here = chart.cursor == Some(label.day);
            has_cursor |= is_here;
            let role = if is_here { Role::Selected } else { Role::Text };
            let at = Rect::new(place.start, y, wide, 1);
            text::put(buf, at, &words, self.theme.style(role), self.theme);
        };
        // The cursor's word first: where words compete, it is the one that stays.
        let (here, others): (Vec<_>, Vec<_>) = chart
            .labels
            .iter()
            .partition(|label| chart.cursor == Some(label.day));
        for label in here.into_iter().chain(others) {
            put(label, &mut row, buf);
        }
        let cursor = chart.cursor.filter(|cursor| *cursor < chart.columns.len());
        if let Some(cursor) = cursor.filter(|_| !has_cursor) {
            let x = self.place.column(cursor) + self.place.wide.saturating_sub(1) / 2;
            let style = self.theme.style(Role::Focus);
            // Where words stand there, on the axis itself.
            let y = if row.is_free(x) { y } else { self.place.axis() };
            text::sign(buf, (x, y), self.theme.sign(Glyph::Pointer), style);
        }
    }
}

pub(super) const EIGHTHS: [char; 8] = ['▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'];
