//! The names of the series of a line chart: at the ends of their lines, in a row above, or over their own axes.
//!
//! Invariant: names never touch each other. Each has its sign or a piece of its line beside it.
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;

use super::ink::{Pen, digit_of, earlier_sign, earlier_stroke};
use super::{DayMark, Legend, LineChart, Look, last_value, nearest_free};
use crate::tui::theme::{Glyph, Glyphs, Role};
use crate::tui::widgets::canvas::{Canvas, Point, drawn};
use crate::tui::widgets::text;

/// A name of the legend and its series.
struct Entry<'a> {
    days: &'a [DayMark],
    name: &'a str,
    /// A short form for little room.
    short: String,
    sample: String,
    style: Style,
    second: bool,
}

impl Pen {
    /// Draws the names of the series, when there are several.
    pub(crate) fn legend(self, chart: &LineChart<'_>, area: Rect, buf: &mut Buffer) {
        let entries = self.entries(chart);
        match self.place.legend {
            None => {}
            Some(Legend::Above(row)) => {
                let room = Rect::new(self.place.plot.x, row, 0, 1);
                self.in_a_row(
                    &entries,
                    Rect {
                        width: area.right().saturating_sub(room.x),
                        ..room
                    },
                    buf,
                );
            }
            Some(Legend::OverTheAxes(row)) => {
                let row = Rect {
                    y: row,
                    height: 1,
                    ..area
                };
                self.over_the_axes(&entries, row, buf);
            }
            Some(Legend::AtTheEnds(right)) => self.at_the_ends(&entries, right, buf),
        }
    }

    fn entries<'a>(self, chart: &LineChart<'a>) -> Vec<Entry<'a>> {
        let mut entries = vec![Entry {
            days: chart.days,
            name: chart.name,
            short: chart.name.to_owned(),
            sample: self.theme.glyph(Glyph::Dot).to_owned(),
            style: self.mine(chart, Role::SeriesA),
            second: false,
        }];
        let mut earlier = 0;
        for series in chart.others {
            let (short, sample, role) = match series.look {
                Look::Second => {
                    let sample = self.theme.glyph(Glyph::DotB).to_owned();
                    (series.name.to_owned(), sample, Role::SeriesB)
                }
                Look::Earlier => {
                    let digit = digit_of(series.name, earlier).to_string();
                    earlier += 1;
                    (digit, self.sample(earlier - 1), Role::Earlier)
                }
            };
            entries.push(Entry {
                days: series.days,
                name: series.name,
                short,
                sample,
                style: self.theme.style(role),
                second: series.look == Look::Second,
            });
        }
        entries.retain(|entry| !entry.name.is_empty());
        entries
    }

    /// Returns a piece of the `nth` earlier attempt's line.
    fn sample(self, nth: usize) -> String {
        const CELLS: u16 = 3;
        if self.theme.glyphs == Glyphs::Ascii {
            return earlier_sign(nth).to_string().repeat(CELLS.into());
        }
        let mut canvas = Canvas::new(CELLS, 1);
        let (from, to) = (Point { x: 0, y: 1 }, Point { x: 5, y: 1 });
        canvas.line(from, to, &mut earlier_stroke(nth).afresh());
        (0..CELLS)
            .map(|x| drawn(canvas.cell(x, 0), self.theme.detail))
            .collect()
    }

    /// Writes names side by side, whole if they all have room, else the short forms; returns the first free column.
    fn in_a_row(self, entries: &[Entry<'_>], row: Rect, buf: &mut Buffer) -> u16 {
        let spelt = |short: bool| -> Vec<String> {
            let name = |entry: &Entry<'_>| {
                let name = if short { &entry.short } else { entry.name };
                format!("{} {name}", entry.sample)
            };
            entries.iter().map(name).collect()
        };
        let wide = |words: &[String]| words.iter().map(|one| text::width(one) + 2).sum::<usize>();
        let whole = spelt(false);
        // Plus 2: the last name needs no gap behind it.
        let words = if wide(&whole) <= usize::from(row.width) + 2 {
            whole
        } else {
            spelt(true)
        };
        let mut x = row.x;
        for (words, entry) in words.iter().zip(entries) {
            let room = row.right().saturating_sub(x);
            let at = Rect::new(x, row.y, room, 1);
            let style = entry.style;
            x = x.saturating_add(text::put(buf, at, words, style, self.theme) + 2);
        }
        x
    }

    /// Writes the second series' name at the right end, over its axis, and all others from the left on.
    fn over_the_axes(self, entries: &[Entry<'_>], row: Rect, buf: &mut Buffer) {
        let second = entries.iter().find(|entry| entry.second);
        let others: Vec<&Entry<'_>> = entries.iter().filter(|entry| !entry.second).collect();
        let needed: usize = others
            .iter()
            .map(|entry| text::width(&entry.sample) + 3 + text::width(entry.name))
            .sum();
        let mut end = row.right();
        if let Some(second) = second {
            let mark = format!(" {}", second.sample);
            let full = text::width(second.name) + text::width(&mark);
            // The second name gets at least half of the row, so that neither name pushes the other out.
            let half = usize::from(row.width / 2);
            let room = usize::from(row.width).saturating_sub(needed).max(half);
            let name_room = full.min(room).saturating_sub(text::width(&mark));
            let words = text::fit(second.name, name_room, self.theme) + &mark;
            let wide = u16::try_from(text::width(&words)).unwrap_or(row.width);
            end = row.right().saturating_sub(wide);
            let at = Rect::new(end, row.y, wide, 1);
            text::put(buf, at, &words, second.style, self.theme);
            end = end.saturating_sub(1);
        }
        let mut x = row.x;
        for entry in others {
            let words = format!("{} {}", entry.sample, entry.name);
            let at = Rect::new(x, row.y, end.saturating_sub(x), 1);
            let style = entry.style;
            x = x.saturating_add(text::put(buf, at, &words, style, self.theme) + 2);
        }
    }

    fn at_the_ends(self, entries: &[Entry<'_>], right: u16, buf: &mut Buffer) {
        let plot = self.place.plot;
        let mut occupied: Vec<u16> = Vec::new();
        for entry in entries {
            let ideal = last_value(entry.days).map_or(0, |value| self.scale.row(value));
            let Some(row) = nearest_free(ideal, plot.height, &occupied) else {
                continue;
            };
            occupied.push(row);
            // The sign comes after the name: in front of it, beside the plot, it would look like one more value.
            let mark = format!(" {}", entry.sample);
            let x = plot.right().saturating_add(2);
            let room = usize::from(right.saturating_sub(x));
            let name_room = room.saturating_sub(text::width(&mark));
            let words = text::fit(entry.name, name_room, self.theme) + &mark;
            let at = Rect::new(x, plot.y + row, right.saturating_sub(x), 1);
            text::put(buf, at, &words, entry.style, self.theme);
        }
    }
}
