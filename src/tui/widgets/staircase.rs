//! The staircase of a plan as a line of steps, and the use as marks, small enough for a place under a chart.
//!
//! ```text
//!  4┤▀▀▀•▀▀▀•█     •
//!   │         █▄•▄▄▄▄▄█
//!  0┤            •    █▀•▀▀
//! ```
//! Invariant: a day without an amount draws nothing, least of all a 0. The line never crosses a day without a plan.
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Modifier;

use super::axis::{Columns, Scale, tick_text};
use super::canvas::{Canvas, Point, Stroke, drawn, is_steep};
use super::text;
use crate::tui::theme::{Detail, Glyph, Glyphs, Role, Theme};

/// A day of the drawing.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(crate) struct Step {
    /// The amount of the plan.
    pub(crate) plan: Option<f64>,
    /// The logged use.
    pub(crate) used: Option<f64>,
}

impl From<(Option<f64>, Option<f64>)> for Step {
    fn from((plan, used): (Option<f64>, Option<f64>)) -> Self {
        Self { plan, used }
    }
}

/// The input of the drawing.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Staircase<'a> {
    /// The top of the scale, which begins at 0.
    pub top: f64,
    /// Consecutive days, the oldest first.
    pub days: &'a [Step],
    /// Index of the day under the cursor.
    pub(crate) cursor: Option<usize>,
}

/// The narrowest plot, in cells.
const NARROWEST: u16 = 8;

impl Staircase<'_> {
    /// Draws the staircase and returns the area of its days; draws nothing without an amount or without room.
    pub(crate) fn draw(&self, area: Rect, buf: &mut Buffer, theme: Theme) -> Option<Rect> {
        let area = area.intersection(buf.area);
        let scale = Scale::new(self.top, area.height)?;
        let has_ink = |step: &Step| {
            [step.plan, step.used]
                .iter()
                .flatten()
                .any(|n| n.is_finite())
        };
        // An empty axis would suggest a plan of 0.
        if !self.days.iter().any(has_ink) {
            return None;
        }
        let gutter = scale.label_width().saturating_add(1);
        let x = area.x.saturating_add(gutter);
        let width = area.width.saturating_sub(gutter);
        if width < NARROWEST {
            return None;
        }
        let plot = Rect::new(x, area.y, width, area.height);
        let columns = Columns::new(self.days.len(), width);
        axis(area.x, plot, scale, buf, theme);
        self.line(plot, scale, columns, buf, theme);
        self.marks(plot, scale, columns, buf, theme);
        Some(plot)
    }

    /// Whether several days share a column.
    fn is_dense(&self, columns: Columns) -> bool {
        let last = self.days.len().saturating_sub(1);
        usize::from(columns.of(last)) < last
    }

    fn line(&self, plot: Rect, scale: Scale, columns: Columns, buf: &mut Buffer, theme: Theme) {
        let mut canvas = Canvas::new(plot.width, plot.height);
        let mut before: Option<Point> = None;
        for (day, step) in self.days.iter().enumerate() {
            let Some(amount) = step.plan.filter(|amount| amount.is_finite()) else {
                before = None;
                continue;
            };
            let span = columns.span(day, day);
            let y = scale.quarter(amount);
            let from = Point {
                x: usize::from(span.start) * 2,
                y,
            };
            let to = Point {
                x: (usize::from(span.end) * 2).saturating_sub(1).max(from.x),
                y,
            };
            if let Some(last) = before {
                let down = Point {
                    x: from.x,
                    y: last.y,
                };
                canvas.line(down, from, &mut Stroke::SOLID.afresh());
            }
            canvas.line(from, to, &mut Stroke::SOLID.afresh());
            before = Some(to);
        }
        let style = theme.style(Role::Line);
        for row in 0..plot.height {
            for column in 0..plot.width {
                let dots = canvas.cell(column, row);
                if dots != 0 {
                    let sign = match theme.glyphs {
                        // In halves: a solid step, on which the days stand out.
                        Glyphs::Unicode => drawn(dots, Detail::Halves),
                        Glyphs::Ascii => ascii_sign(dots),
                    };
                    text::sign(buf, (plot.x + column, plot.y + row), sign, style);
                }
            }
        }
    }

    fn marks(&self, plot: Rect, scale: Scale, columns: Columns, buf: &mut Buffer, theme: Theme) {
        // Where days share a column, a mark would hide the line: a cell of both gets its own sign.
        let is_dense = self.is_dense(columns);
        for (day, step) in self.days.iter().enumerate() {
            let Some(used) = step.used.filter(|amount| amount.is_finite()) else {
                continue;
            };
            let role = if self.cursor == Some(day) {
                Role::Selected
            } else {
                Role::SeriesA
            };
            // By quarters, as the steps are: a day that is exactly on its step stands on it.
            let row = u16::try_from(scale.quarter(used) / 4).unwrap_or(0);
            let at = (plot.x + columns.of(day), plot.y + row);
            let is_blank = buf.cell(at).is_none_or(|cell| cell.symbol() == " ");
            let is_mark = buf
                .cell(at)
                .is_some_and(|cell| cell.symbol() == theme.glyph(Glyph::Dot));
            let glyph = if is_dense && !is_blank && !is_mark {
                Glyph::DotBoth
            } else {
                Glyph::Dot
            };
            // On a step the mark is cut out of it, so that the step goes on.
            let is_on_step = !is_blank && !is_mark && glyph == Glyph::Dot;
            let style = theme.style(role);
            let style = if is_on_step && role != Role::Selected {
                theme.style(Role::Text).add_modifier(Modifier::REVERSED)
            } else {
                style
            };
            text::sign(buf, at, theme.sign(glyph), style);
        }
    }
}

/// Three heights within a cell, so that two close amounts are two lines in ASCII too.
const fn ascii_sign(dots: u8) -> char {
    const UPPER: u8 = 0x01 | 0x08;
    const LOWER: u8 = 0x40 | 0x80;
    match (dots & UPPER != 0, dots & LOWER != 0) {
        _ if is_steep(dots) => '|',
        (true, false) => '"',
        (false, true) => '_',
        _ => '-',
    }
}

/// The value axis. There is no axis along the days: without colours it would look like a plan of 0.
fn axis(left: u16, plot: Rect, scale: Scale, buf: &mut Buffer, theme: Theme) {
    let border = theme.style(Role::Border);
    let joint = plot.x.saturating_sub(1);
    for y in plot.y..plot.bottom() {
        text::sign(buf, (joint, y), theme.sign(Glyph::Vertical), border);
    }
    for tick in scale.ticks() {
        let y = plot.y + scale.row(tick);
        let room = joint.saturating_sub(left);
        let label = text::pad_left(&tick_text(tick), usize::from(room), theme);
        let faint = theme.style(Role::Faint);
        text::put(buf, Rect::new(left, y, room, 1), &label, faint, theme);
        text::sign(buf, (joint, y), theme.sign(Glyph::JointLeft), border);
    }
}

#[cfg(test)]
#[expect(clippy::expect_used, reason = "a test may stop at the first surprise")]
mod tests {
    use super::{Staircase, Step};
    use crate::tui::theme::{ColourMode, Glyphs, Theme};
    use proptest::prelude::{Strategy, prop, proptest};
    use ratatui::buffer::Buffer;
    use ratatui::layout::Rect;

    fn drawn(days: &[Step], top: f64, size: (u16, u16), theme: Theme) -> Vec<String> {
        let area = Rect::new(0, 0, size.0, size.1);
        let mut buf = Buffer::empty(area);
        let stairs = Staircase {
            top,
            days,
            cursor: None,
        };
        stairs.draw(area, &mut buf, theme);
        let row = |y: u16| {
            (0..size.0)
                .map(|x| buf[(x, y)].symbol().to_owned())
                .collect()
        };
        (0..size.1).map(row).collect()
    }

    const fn step(plan: f64, used: Option<f64>) -> Step {
        Step {
            plan: Some(plan),
            used,
        }
    }

    #[test]
    fn a_plan_goes_down_in_steps_and_what_was_used_stands_where_it_was() {
        let days = [
            step(4.0, Some(4.0)),
            step(4.0, None),
            step(2.0, Some(3.0)),
            step(2.0, Some(2.0)),
            Step::default(),
            step(0.0, None),
        ];
        assert_eq!(
            drawn(&days, 4.0, (20, 5), Theme::default()),
            [
                "4┤▄•▄▄▄▄▄           ",
                " │      █•          ",
                "2┤      █▄▄▄•▄      ",
                " │                  ",
                "0┤               ▄▄▄",
            ]
        );
        assert_eq!(
            drawn(
                &days,
                4.0,
                (20, 5),
                Theme::new(ColourMode::Mono, Glyphs::Ascii)
            ),
            [
                "4+-*----_           ",
                " |      |*          ",
                "2+      |---*-      ",
                " |                  ",
                "0+               ---",
            ]
        );
    }

    #[test]
    fn days_without_any_amount_draw_no_axis() {
        let rows = drawn(&[Step::default(); 9], 4.0, (30, 5), Theme::default());
        assert!(rows.iter().all(|row| row.trim().is_empty()), "{rows:?}");
    }

    fn amounts() -> impl Strategy<Value = Option<f64>> {
        prop::option::of(0.0..12.0_f64)
    }

    proptest! {
        #[test]
        fn a_day_without_an_amount_has_no_ink(plans in prop::collection::vec(amounts(), 1..12), width in 40_u16..120) {
            let days: Vec<Step> = plans.iter().map(|plan| Step { plan: *plan, used: None }).collect();
            let area = Rect::new(0, 0, width, 6);
            let mut buf = Buffer::empty(area);
            let stairs = Staircase { top: 12.0, days: &days, cursor: None };
            let Some(plot) = stairs.draw(area, &mut buf, Theme::default()) else {
                assert!(plans.iter().all(Option::is_none));
                return Ok(());
            };
            let columns = super::Columns::new(days.len(), plot.width);
            for (day, plan) in plans.iter().enumerate() {
                let x = plot.x + columns.of(day);
                let inked = (0..6).any(|y| buf[(x, y)].symbol() != " ");
                assert_eq!(inked, plan.is_some(), "day {day} of {plans:?}");
            }
        }
    }

    #[test]
    fn no_size_makes_it_write_outside() {
        let days = [step(4.0, Some(9.0)), step(f64::NAN, Some(f64::INFINITY))];
        for (width, height) in [(0, 0), (1, 1), (3, 9), (9, 2), (500, 2), (40, 12)] {
            let rows = drawn(&days, 4.0, (width, height), Theme::default());
            assert_eq!(rows.len(), usize::from(height));
        }
        let first = drawn(&days, 4.0, (40, 12), Theme::default());
        let top = first.first().expect("twelve rows");
        assert!(top.contains('•'), "beyond the top stands at the top: {top}");
    }
}
