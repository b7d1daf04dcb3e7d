//! The rows under the plot of a line chart: labels, cursor, phases and event letters.
//!
//! Invariant: a label is drawn whole or not at all. With little room only every second, third … label is drawn.
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::{Modifier, Style};

use super::ink::{MARKS, Pen};
use super::{AxisLabel, Band, Beginning, LineChart};
use crate::tui::theme::{Glyph, Role};
use crate::tui::widgets::axis::LabelRow;
use crate::tui::widgets::{marks, text};

impl Pen {
    /// Draws the rows under the axis that the place has room for, and the cursor.
    pub(crate) fn under_the_axis(self, chart: &LineChart<'_>, area: Rect, buf: &mut Buffer) {
        if let Some(row) = self.place.labels {
            self.labels(
                chart,
                Rect {
                    y: row,
                    height: 1,
                    ..area
                },
                buf,
            );
        } else if let Some(day) = chart.cursor {
            self.point_at(day, buf);
        }
        if let Some(row) = self.place.strip {
            for (index, band) in chart.strip.iter().enumerate() {
                self.band(band, index, row, buf);
            }
        }
        if let Some(row) = self.place.marks {
            self.marks(chart, row, buf);
        }
    }

    fn labels(self, chart: &LineChart<'_>, row: Rect, buf: &mut Buffer) {
        let is_zero = |day: usize| {
            let mark = chart.days.get(day);
            mark.is_some_and(|mark| mark.beginning == Beginning::DayZero)
        };
        let others = chart.labels.iter();
        // A day 0 has its own label, which includes the date.
        let others = others.filter(|label| label.day < self.place.days && !is_zero(label.day));
        let others: Vec<(usize, String)> = others
            .map(|label| (label.day, text::line(&label.text, self.theme).into_owned()))
            .collect();
        let stride = self.stride(&others, row);

        let mut places = LabelRow::new(row.left()..row.right());
        let mut labelled = false;
        let zeros = (0..chart.days.len()).filter(|day| is_zero(*day));
        let zeros = zeros.map(|day| self.zero_label(chart.labels, day));
        let others = others.into_iter().step_by(stride).map(|label| vec![label]);
        // Day 0 first: where labels compete, it must not be the one that is left out.
        for forms in zeros.chain(others) {
            for (day, words) in forms {
                let column = self.place.column_of(day);
                let Some(at) = column.and_then(|column| places.place(column, &words)) else {
                    continue;
                };
                let role = match (chart.cursor == Some(day), is_zero(day)) {
                    (true, _) => Role::Selected,
                    (_, true) => Role::Text,
                    _ => Role::Faint,
                };
                labelled |= chart.cursor == Some(day);
                let at = Rect::new(at.start, row.y, at.end - at.start, 1);
                text::put(buf, at, &words, self.theme.style(role), self.theme);
                break;
            }
        }
        let Some(cursor) = chart.cursor.filter(|day| *day < self.place.days) else {
            return;
        };
        self.point_at(cursor, buf);
        if let Some(column) = self.place.column_of(cursor).filter(|_| !labelled)
            && places.is_free(column)
        {
            let pointer = self.theme.sign(Glyph::Pointer);
            let style = self.theme.style(Role::Focus);
            text::sign(buf, (column, row.y), pointer, style);
        }
    }

    /// Returns which labels stay so that what stays is even: each, each second, each third …
    fn stride(self, labels: &[(usize, String)], row: Rect) -> usize {
        let fit = |stride: usize| {
            let mut places = LabelRow::new(row.left()..row.right());
            labels.iter().step_by(stride).all(|(day, words)| {
                let column = self.place.column_of(*day);
                column.is_some_and(|column| places.place(column, words).is_some())
            })
        };
        (1..labels.len())
            .find(|stride| fit(*stride))
            .unwrap_or(labels.len().max(1))
    }

    /// Returns what may stand under a day 0, the fullest form first.
    fn zero_label(self, labels: &[AxisLabel], day: usize) -> Vec<(usize, String)> {
        let own_label = labels.iter().find(|label| label.day == day);
        let fullest = own_label.map(|label| {
            if label.text.contains("day 0") {
                label.text.clone()
            } else {
                let middle = self.theme.glyph(Glyph::Middle);
                format!("{} {middle} day 0", label.text)
            }
        });
        let forms = fullest.into_iter().chain(["day 0".to_owned()]);
        forms
            .map(|words| (day, text::line(&words, self.theme).into_owned()))
            .collect()
    }

    /// Reverses the cursor's cell of the axis, and its dots while each day has a column of its own.
    fn point_at(self, day: usize, buf: &mut Buffer) {
        let Some(column) = self.place.column_of(day) else {
            return;
        };
        let plot = self.place.plot;
        let values = MARKS.map(|glyph| self.theme.glyph(glyph));
        for y in plot.top()..plot.bottom() {
            let cell = &mut buf[(column, y)];
            if y + 1 == plot.bottom() {
                let here = self.theme.style(Role::Focus);
                cell.set_style(here.add_modifier(Modifier::REVERSED));
            // With several days in a column, the dots of other days would be reversed too.
            } else if !self.is_dense() && values.contains(&cell.symbol()) {
                cell.set_style(Style::new().add_modifier(Modifier::REVERSED));
            }
        }
    }

    fn band(self, band: &Band, index: usize, row: u16, buf: &mut Buffer) {
        let plot = self.place.plot;
        // A band may begin after the visible days.
        if band.from > band.to || band.from >= self.place.days {
            return;
        }
        let span = self.columns.span(band.from, band.to);
        let style = self.theme.style(Role::Phase);
        let wide = span.end.saturating_sub(span.start);
        let left = plot.x.saturating_add(span.start);
        for offset in 0..wide {
            let glyph = match offset {
                0 => Glyph::BandStart,
                _ if offset + 1 == wide => Glyph::BandEnd,
                // Every second band is shaded, so that two neighbours are told apart without colour.
                _ if index % 2 == 1 => Glyph::Shade,
                _ => Glyph::Horizontal,
            };
            let sign = self.theme.sign(glyph);
            text::sign(buf, (left + offset, row), sign, style);
        }
        // An end and a blank on each side.
        let room = usize::from(wide.saturating_sub(4));
        let fits = |name: &str| !name.is_empty() && text::width(name) <= room;
        let name = if fits(&band.name) {
            band.name.clone()
        } else if fits(&band.short) {
            band.short.clone()
        } else if room >= 4 {
            text::fit(&band.name, room, self.theme)
        } else {
            return;
        };
        let name = format!(" {name} ");
        let name_wide = u16::try_from(text::width(&name)).unwrap_or(wide).min(wide);
        let at = Rect::new(left + (wide - name_wide) / 2, row, name_wide, 1);
        text::put(buf, at, &name, self.theme.style(Role::Text), self.theme);
    }

    fn marks(self, chart: &LineChart<'_>, row: u16, buf: &mut Buffer) {
        let columns = marks::by_column(chart.marks, |day| self.place.column_of(day));
        let cursor = chart.cursor.and_then(|day| self.place.column_of(day));
        let plot = self.place.plot;
        let row = Rect::new(plot.x, row, plot.width, 1);
        marks::draw(&columns, cursor, row, buf, self.theme);
    }
}
