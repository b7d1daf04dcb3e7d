//! The inside of a line chart: axes, day 0, lines and dots.
//!
//! While each day has its own column, a value is a sign as large as a cell, in front of the line. Where several days share a
//! column, such signs would cover the line and each other; there a value is a fine point behind the line.
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::{Modifier, Style};

use super::{AxisLabel, Beginning, DayMark, LineChart, Look, Place};
use crate::tui::theme::{Glyph, Glyphs, Role, Theme};
use crate::tui::widgets::axis::{Columns, Scale, point, tick_text};
use crate::tui::widgets::canvas::{Canvas, Stroke, drawn, is_steep};
use crate::tui::widgets::text;

/// The parameters of drawing a chart.
#[derive(Clone, Copy)]
pub(crate) struct Pen {
    /// The positions of the parts.
    pub(crate) place: Place,
    /// The heights of values.
    pub(crate) scale: Scale,
    /// The heights of the second series' values, if it has its own range.
    pub(crate) second: Option<Scale>,
    /// Columns of days.
    pub(crate) columns: Columns,
    /// How it looks.
    pub(crate) theme: Theme,
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
    pub(crate) fn axes(self, left: u16, labels: &[AxisLabel], buf: &mut Buffer) {
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
        self.right_axis(buf);
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

    /// Draws the axis of the second series, if it has its own range.
    fn right_axis(self, buf: &mut Buffer) {
        let Some(scale) = self.second else {
            return;
        };
        let plot = self.place.plot;
        let border = self.theme.style(Role::Border);
        let joint = plot.right();
        for row in 0..plot.height {
            let line = self.theme.sign(Glyph::Vertical);
            text::sign(buf, (joint, plot.y + row), line, border);
        }
        for tick in scale.ticks() {
            let y = plot.y + scale.row(tick);
            let room = self.place.right.saturating_sub(1);
            let at = Rect::new(joint.saturating_add(1), y, room, 1);
            let style = self.theme.style(Role::SeriesB);
            text::put(buf, at, &tick_text(tick), style, self.theme);
            let zero = tick <= 0.0;
            let glyph = if zero {
                Glyph::Cross
            } else {
                Glyph::JointRight
            };
            text::sign(buf, (joint, y), self.theme.sign(glyph), border);
        }
    }

    /// Draws a column of `┊` at each day 0 and each beginning of an attempt.
    pub(crate) fn beginnings(self, days: &[DayMark], buf: &mut Buffer) {
        let begins = days
            .iter()
            .enumerate()
            .filter(|(_, day)| day.beginning != Beginning::None);
        let axis = self.place.plot.height - 1;
        for (index, day) in begins {
            // A short stroke for an attempt without a known day 0: a full line would claim one.
            let top = match day.beginning {
                Beginning::Attempt => axis.saturating_sub(2),
                Beginning::DayZero | Beginning::None => 0,
            };
            for row in top..axis {
                let at = (self.columns.of(index), row);
                let style = self.theme.style(Role::Text);
                self.ink(at, self.theme.sign(Glyph::DayZero), style, buf);
            }
        }
    }

    /// Draws all series, the most important last: the buffer keeps the sign that was written last.
    pub(crate) fn series(self, chart: &LineChart<'_>, buf: &mut Buffer) {
        let second = || chart.others.iter().filter(|one| one.look == Look::Second);
        let marks = |buf: &mut Buffer| {
            for (nth, one) in second().enumerate() {
                let pen = self.on_the_scale_of(nth);
                let style = self.theme.style(Role::SeriesB);
                pen.hollows(one.days, (Glyph::HollowB, style), buf);
                pen.marks_of(one.days, (Glyph::DotB, style), buf);
            }
        };
        let style = self.mine(chart, Role::SeriesA);
        // See the head of this file for the two orders.
        if self.is_dense() {
            marks(buf);
            self.hollows(chart.days, (Glyph::Hollow, style), buf);
            let points = self.points(chart.days);
            self.stamp(&points, None, Ink::of(style, Role::SeriesA), buf);
            self.lines(chart, Some(&points), buf);
        } else {
            self.lines(chart, None, buf);
            marks(buf);
            self.hollows(chart.days, (Glyph::Hollow, style), buf);
            self.marks_of(chart.days, (Glyph::Dot, style), buf);
        }
        self.digits(chart, buf);
    }

    /// Returns the style of the first series in a role: bold in front of earlier attempts.
    pub(crate) fn mine(self, chart: &LineChart<'_>, role: Role) -> Style {
        let style = self.theme.style(role);
        if chart.others.iter().any(|one| one.look == Look::Earlier) {
            style.add_modifier(Modifier::BOLD)
        } else {
            style
        }
    }

    /// Returns the pen of the `nth` second series: only the first may have its own range.
    fn on_the_scale_of(self, nth: usize) -> Self {
        let own = self.second.filter(|_| nth == 0);
        Self {
            scale: own.unwrap_or(self.scale),
            ..self
        }
    }

    /// Tells whether days share columns.
    pub(crate) fn is_dense(self) -> bool {
        self.place.days > usize::from(self.place.plot.width)
    }

    fn lines(self, chart: &LineChart<'_>, points: Option<&Canvas>, buf: &mut Buffer) {
        let (mut seconds, mut earlier) = (0, 0);
        for series in chart.others {
            let (pen, stroke, ink) = match series.look {
                Look::Second => {
                    let pen = self.on_the_scale_of(seconds);
                    seconds += 1;
                    let style = self.theme.style(Role::SeriesB);
                    (pen, Stroke::DASHED, Ink::of(style, Role::SeriesB))
                }
                Look::Earlier => {
                    let nth = earlier;
                    earlier += 1;
                    let mut ink = Ink::of(self.theme.style(Role::Earlier), Role::Earlier);
                    ink.ascii = Some(earlier_sign(nth));
                    (self, earlier_stroke(nth), ink)
                }
            };
            self.stamp(&pen.trend(series.days, stroke), None, ink, buf);
        }
        let main = self.trend(chart.days, Stroke::SOLID);
        let style = self.mine(chart, Role::Line);
        self.stamp(&main, points, Ink::of(style, Role::Line), buf);
    }

    /// Writes the digit of each earlier attempt on its line: at its end, and at the peak of a long line too. A digit never
    /// covers this attempt or another digit: it moves back along its own line to a free cell.
    fn digits(self, chart: &LineChart<'_>, buf: &mut Buffer) {
        let mine = self.trend(chart.days, Stroke::SOLID);
        let mut occupied: Vec<(u16, u16)> = Vec::new();
        let earlier = chart.others.iter().filter(|one| one.look == Look::Earlier);
        for (nth, one) in earlier.enumerate() {
            let spots = one.days.iter().enumerate().filter_map(|(index, day)| {
                let value = day.trend.filter(|value| value.is_finite())?;
                Some((value, (self.columns.of(index), self.scale.row(value))))
            });
            let spots: Vec<(f64, (u16, u16))> = spots.collect();
            let end = spots.len().saturating_sub(1);
            let higher = |a: &usize, b: &usize| spots[*a].0.total_cmp(&spots[*b].0);
            // From the end back: of equal peaks the earliest one gets the digit.
            let peak = (0..spots.len()).rev().max_by(higher).unwrap_or(end);
            let mut starts = vec![end];
            if let (Some(last), Some(top)) = (spots.get(end), spots.get(peak))
                && last.1.0.abs_diff(top.1.0) >= FAR_APART
            {
                starts.push(peak);
            }
            let digit = digit_of(one.name, nth);
            for from in starts {
                let back = spots.get(..=from).unwrap_or_default().iter().rev();
                let free = back.map(|(_, at)| *at).take(FAR_APART.into()).find(|at| {
                    let nothing_of_mine = mine.cell(at.0, at.1) == 0 && !self.is_marked(*at, buf);
                    nothing_of_mine && !occupied.contains(at)
                });
                if let Some(at) = free {
                    occupied.push(at);
                    self.ink(at, digit, self.theme.style(Role::Text), buf);
                }
            }
        }
    }

    /// Tells whether a cell of the plot has a mark of a day.
    fn is_marked(self, at: (u16, u16), buf: &Buffer) -> bool {
        let plot = self.place.plot;
        let cell = buf.cell((plot.x.saturating_add(at.0), plot.y.saturating_add(at.1)));
        let marks = MARKS.map(|glyph| self.theme.glyph(glyph));
        cell.is_some_and(|cell| marks.contains(&cell.symbol()))
    }

    /// Draws the trend, only between neighbouring days and never into a beginning: a line across a gap would invent values. A
    /// single day of it is no line: its dot would read as a value.
    fn trend(self, days: &[DayMark], stroke: Stroke) -> Canvas {
        let plot = self.place.plot;
        let mut canvas = Canvas::new(plot.width, plot.height);
        let mut along = stroke;
        let mut before = None;
        for (index, day) in days.iter().enumerate() {
            let trend = day.trend.filter(|value| value.is_finite());
            let at = trend.map(|value| point(self.columns, self.scale, index, value));
            // A new attempt starts a new line.
            if day.beginning != Beginning::None {
                before = None;
            }
            match (before, at) {
                (Some(from), Some(to)) => canvas.line(from, to, &mut along),
                (None, Some(_)) => along = stroke,
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
    fn stamp(self, canvas: &Canvas, points: Option<&Canvas>, ink: Ink, buf: &mut Buffer) {
        let plot = self.place.plot;
        for row in 0..plot.height {
            for column in 0..plot.width {
                let dots = canvas.cell(column, row);
                if dots != 0 {
                    let below = points.map_or(0, |points| points.cell(column, row));
                    let sign = match self.theme.glyphs {
                        Glyphs::Unicode => drawn(dots | below, self.theme.detail),
                        Glyphs::Ascii => ascii_sign(dots, ink),
                    };
                    self.ink((column, row), sign, ink.style, buf);
                }
            }
        }
    }

    fn hollows(self, days: &[DayMark], look: (Glyph, Style), buf: &mut Buffer) {
        for (index, day) in days.iter().enumerate() {
            if let Some(value) = day.hollow.filter(|value| value.is_finite()) {
                let at = (self.columns.of(index), self.scale.row(value));
                self.ink(at, self.theme.sign(look.0), look.1, buf);
            }
        }
    }

    fn marks_of(self, days: &[DayMark], look: (Glyph, Style), buf: &mut Buffer) {
        let plot = self.place.plot;
        let other = [Glyph::DotB, Glyph::DotBoth].map(|glyph| self.theme.glyph(glyph));
        for (index, day) in days.iter().enumerate() {
            for value in day.dots() {
                let at = (self.columns.of(index), self.scale.row(value));
                let on_screen = (plot.x.saturating_add(at.0), plot.y.saturating_add(at.1));
                let cell = buf.cell(on_screen);
                // The first series would hide a mark of the second, so a cell of both gets a sign of its own.
                let shared =
                    look.0 == Glyph::Dot && cell.is_some_and(|cell| other.contains(&cell.symbol()));
                let glyph = if shared { Glyph::DotBoth } else { look.0 };
                self.ink(at, self.theme.sign(glyph), look.1, buf);
            }
        }
    }
}

/// The marks of days, which nothing may hide.
pub(crate) const MARKS: [Glyph; 5] = [
    Glyph::Dot,
    Glyph::DotB,
    Glyph::DotBoth,
    Glyph::Hollow,
    Glyph::HollowB,
];

/// A line at least this wide gets its digit twice. A digit moves back at most as far to find a free cell.
const FAR_APART: u16 = 12;

/// The style and signs of a line.
#[derive(Clone, Copy)]
struct Ink {
    style: Style,
    role: Role,
    /// The one sign of a line in the ASCII look; `None` for signs that follow its slope.
    ascii: Option<char>,
}

impl Ink {
    const fn of(style: Style, role: Role) -> Self {
        Self {
            style,
            role,
            ascii: None,
        }
    }
}

/// Returns how the line of the `nth` earlier attempt is dotted.
pub(crate) fn earlier_stroke(nth: usize) -> Stroke {
    Stroke::EARLIER[nth % Stroke::EARLIER.len()]
}

/// Returns the sign of the `nth` earlier attempt's line in the ASCII look.
pub(crate) const fn earlier_sign(nth: usize) -> char {
    ['.', '\'', '"', '`'][nth % 4]
}

/// Returns the digit of an earlier attempt: the last one of its name, else its place in the row, from 1 on.
pub(crate) fn digit_of(name: &str, nth: usize) -> char {
    let own = name.chars().rev().find(char::is_ascii_digit);
    let place = u32::try_from((nth + 1) % 10).ok();
    own.or_else(|| place.and_then(|n| char::from_digit(n, 10)))
        .unwrap_or('?')
}

const fn ascii_sign(dots: u8, ink: Ink) -> char {
    if let Some(sign) = ink.ascii {
        return sign;
    }
    match ink.role {
        Role::SeriesA => ',',
        Role::SeriesB => '~',
        _ if is_steep(dots) => '|',
        _ => '-',
    }
}
