//! What stands inside the frame of a line chart: axes, day 0, lines and dots.
//!
//! While every day has a column of its own, a value is a dot as large as its cell and stands before the line. Where several
//! days share a column such dots would cover the line and each other; there a value is a fine point at its exact height,
//! and the line stands before the points.
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;

use super::axis::{Columns, Scale, point, tick_text};
use super::canvas::{Canvas, Stroke, braille, is_steep};
use super::chart::{AxisLabel, Beginning, DayMark, LineChart, Look, Place};
use super::text;
use crate::tui::theme::{Glyph, Glyphs, Role, Theme};

/// All that the parts of a chart need to draw themselves.
#[derive(Clone, Copy)]
pub struct Pen {
    /// Where the parts stand.
    pub place: Place,
    /// Heights of values.
    pub scale: Scale,
    /// Columns of days.
    pub columns: Columns,
    /// How it looks.
    pub theme: Theme,
}

impl Pen {
    /// Writes one sign at a column and row of the plot.
    fn ink(self, at: (u16, u16), sign: char, style: Style, buf: &mut Buffer) {
        let plot = self.place.plot;
        if at.0 < plot.width && at.1 < plot.height {
            let at = (plot.x.saturating_add(at.0), plot.y.saturating_add(at.1));
            text::sign(buf, at, sign, style);
        }
    }

    /// Draws both axes, their ticks and the values beside them.
    pub fn axes(self, left: u16, labels: &[AxisLabel], buf: &mut Buffer) {
        let plot = self.place.plot;
        let border = self.theme.style(Role::Border);
        let joint = plot.x.saturating_sub(1);
        for row in 0..plot.height {
            let line = self.theme.sign(Glyph::Vertical);
            text::sign(buf, (joint, plot.y + row), line, border);
        }
        for tick in self.scale.ticks() {
            let y = plot.y + self.scale.row(tick);
            let at = Rect::new(left, y, joint.saturating_sub(left), 1);
            let label = text::pad_left(&tick_text(tick), usize::from(at.width), self.theme);
            text::put(buf, at, &label, self.theme.style(Role::Faint), self.theme);
            let zero = tick <= 0.0;
            let glyph = if zero { Glyph::Cross } else { Glyph::JointLeft };
            text::sign(buf, (joint, y), self.theme.sign(glyph), border);
        }
        let axis = plot.height - 1;
        let line = self.theme.sign(Glyph::Horizontal);
        for column in 0..plot.width {
            self.ink((column, axis), line, border, buf);
        }
        if self.place.labels.is_some() {
            let tick = self.theme.sign(Glyph::JointDown);
            for label in labels.iter().filter(|label| label.day < self.place.days) {
                self.ink((self.columns.of(label.day), axis), tick, border, buf);
            }
        }
    }

    /// Draws a column of `┊` at each day 0 and each beginning of an attempt.
    pub fn beginnings(self, days: &[DayMark], buf: &mut Buffer) {
        let begins = days
            .iter()
            .enumerate()
            .filter(|(_, day)| day.beginning != Beginning::None);
        let axis = self.place.plot.height - 1;
        for (day, _) in begins {
            for row in 0..axis {
                let at = (self.columns.of(day), row);
                let style = self.theme.style(Role::Text);
                self.ink(at, self.theme.sign(Glyph::DayZero), style, buf);
            }
        }
    }

    /// Draws all series: what matters most last, so that it stands in front.
    pub fn series(self, chart: &LineChart<'_>, buf: &mut Buffer) {
        let second = || chart.others.iter().filter(|one| one.look == Look::Second);
        if self.is_dense() {
            second().for_each(|one| self.marks_of(one.days, (Glyph::DotB, Role::SeriesB), buf));
            self.hollows(chart.days, buf);
            let points = self.points(chart.days);
            self.stamp(&points, None, Role::SeriesA, buf);
            self.lines(chart, Some(&points), buf);
        } else {
            self.lines(chart, None, buf);
            second().for_each(|one| self.marks_of(one.days, (Glyph::DotB, Role::SeriesB), buf));
            self.hollows(chart.days, buf);
            self.marks_of(chart.days, (Glyph::Dot, Role::SeriesA), buf);
        }
    }

    /// Tells whether days share columns.
    pub fn is_dense(self) -> bool {
        self.place.days > usize::from(self.place.plot.width)
    }

    fn lines(self, chart: &LineChart<'_>, points: Option<&Canvas>, buf: &mut Buffer) {
        for series in chart.others {
            let (stroke, role) = match series.look {
                Look::Second => (Stroke::DASHED, Role::SeriesB),
                Look::Earlier => (Stroke::DOTTED, Role::Earlier),
            };
            self.stamp(&self.trend(series.days, stroke), None, role, buf);
        }
        let main = self.trend(chart.days, Stroke::SOLID);
        self.stamp(&main, points, Role::Line, buf);
    }

    /// Draws the trend: between neighbouring days alone, and never into a beginning.
    fn trend(self, days: &[DayMark], stroke: Stroke) -> Canvas {
        let plot = self.place.plot;
        let mut canvas = Canvas::new(plot.width, plot.height);
        let mut along = stroke;
        let mut before = None;
        for (index, day) in days.iter().enumerate() {
            let trend = day.trend.filter(|value| value.is_finite());
            let at = trend.map(|value| point(self.columns, self.scale, index, value));
            if day.beginning != Beginning::None {
                before = None;
            }
            match (before, at) {
                (Some(from), Some(to)) => canvas.line(from, to, &mut along),
                (None, Some(lone)) => {
                    along = stroke;
                    canvas.dot(lone);
                }
                (_, None) => {}
            }
            before = at;
        }
        canvas
    }

    fn points(self, days: &[DayMark]) -> Canvas {
        let plot = self.place.plot;
        let mut canvas = Canvas::new(plot.width, plot.height);
        for (index, day) in days.iter().enumerate() {
            for value in day.dots() {
                canvas.dot(point(self.columns, self.scale, index, value));
            }
        }
        canvas
    }

    /// Puts the inked cells of a canvas on the screen, each together with the points below it.
    fn stamp(self, canvas: &Canvas, points: Option<&Canvas>, role: Role, buf: &mut Buffer) {
        let plot = self.place.plot;
        let style = self.theme.style(role);
        for row in 0..plot.height {
            for column in 0..plot.width {
                let dots = canvas.cell(column, row);
                if dots != 0 {
                    let below = points.map_or(0, |points| points.cell(column, row));
                    let sign = match self.theme.glyphs {
                        Glyphs::Unicode => braille(dots | below),
                        Glyphs::Ascii => ascii_sign(dots, role),
                    };
                    self.ink((column, row), sign, style, buf);
                }
            }
        }
    }

    fn hollows(self, days: &[DayMark], buf: &mut Buffer) {
        let style = self.theme.style(Role::SeriesA);
        for (index, day) in days.iter().enumerate() {
            if let Some(value) = day.hollow.filter(|value| value.is_finite()) {
                let at = (self.columns.of(index), self.scale.row(value));
                self.ink(at, self.theme.sign(Glyph::Hollow), style, buf);
            }
        }
    }

    fn marks_of(self, days: &[DayMark], look: (Glyph, Role), buf: &mut Buffer) {
        let style = self.theme.style(look.1);
        for (index, day) in days.iter().enumerate() {
            for value in day.dots() {
                let at = (self.columns.of(index), self.scale.row(value));
                self.ink(at, self.theme.sign(look.0), style, buf);
            }
        }
    }
}

const fn ascii_sign(dots: u8, role: Role) -> char {
    match role {
        Role::SeriesA => ',',
        Role::SeriesB => '~',
        Role::Earlier => '.',
        _ if is_steep(dots) => '|',
        _ => '-',
    }
}
