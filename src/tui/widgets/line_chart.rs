//! The chart that does not lie: what was answered as dots, its trailing median as a fine line, and nothing else.
//!
//! ```text
//! 100┤     ┊               • day's values   ○ overall only   ⠒ trailing median   ┊ day 0
//!  50┤⠑⠢⣀ •┊
//!   0┼─┬─────┬─────┬──     whole range, always from 0
//!   Mon 9   Mon 16         labels: whole or absent
//!  ╶── days 4–7 ──╴        phases
//!      n     v             event letters
//! ```
//! Invariant: between two values that are not on neighbouring days no cell is inked, and none between the day before a
//! day 0 and that day; a day without an answer draws nothing, least of all a 0; without any value there are no axes.
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::{Modifier, Style};

use super::axis::{Columns, LabelRow, Scale, point, tick_text};
use super::canvas::{Canvas, Stroke, braille, is_steep};
use super::text;
use crate::tui::theme::{Glyph, Glyphs, Role, Theme};

/// What begins with a day.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Beginning {
    /// Nothing: an ordinary day.
    #[default]
    None,
    /// Day 0 of an attempt: drawn as `┊` and labelled, and no line reaches into it.
    DayZero,
    /// An attempt without a known day 0: drawn as `┊` without a label, and no line reaches into it.
    Attempt,
}

/// One day of a chart. Values outside 0 to the top stand at the nearer end; those that are no numbers are left out.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct DayMark {
    /// The values of the day's check-ins; empty when [`Self::value`] is the one mark of the day.
    pub dots: Vec<f64>,
    /// The day's value, `None` for a day without an answer.
    pub value: Option<f64>,
    /// The trailing median on this day, if it has one.
    pub trend: Option<f64>,
    /// The overall of a day that has nothing else, scaled to the chart's range.
    pub hollow: Option<f64>,
    /// What begins with this day.
    pub beginning: Beginning,
}

/// A label under the axis.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AxisLabel {
    /// Index of the day under which it stands.
    pub day: usize,
    /// The words; drawn whole or not at all.
    pub text: String,
}

/// A named stretch of days in the strip under the axis.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Band {
    /// Index of the first day.
    pub from: usize,
    /// Index of the last day, included.
    pub to: usize,
    /// The name.
    pub name: String,
    /// Stands in where the name has no room; may be empty.
    pub short: String,
}

/// How a further series looks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Look {
    /// A second series of the same days: marks of its own and a dashed line.
    Second,
    /// An earlier attempt laid under this one: a faint dotted line without marks.
    Earlier,
}

/// A further series, on the same range and the same days as the first.
#[derive(Clone, Copy, Debug)]
pub struct Series<'a> {
    /// Its days; the first stands where the chart's first day stands.
    pub days: &'a [DayMark],
    /// How it looks.
    pub look: Look,
    /// Its name in the legend.
    pub name: &'a str,
}

/// Everything that one chart shows.
#[derive(Clone, Copy, Debug, Default)]
pub struct LineChart<'a> {
    /// The top of the range, which always begins at 0.
    pub top: f64,
    /// Consecutive days, the oldest first.
    pub days: &'a [DayMark],
    /// The name of the series; shown in the legend when there is another series.
    pub name: &'a str,
    /// Further series.
    pub others: &'a [Series<'a>],
    /// Labels under the axis, those that matter most first.
    pub labels: &'a [AxisLabel],
    /// Index of the day that the cursor stands on.
    pub cursor: Option<usize>,
    /// Phases.
    pub strip: &'a [Band],
    /// Letters of events and the index of their day.
    pub marks: &'a [(usize, char)],
}

/// Where the parts of a chart stand on the screen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Place {
    /// The plot: the lowest row is the axis.
    pub plot: Rect,
    days: usize,
    legend: Option<Legend>,
    labels: Option<u16>,
    strip: Option<u16>,
    marks: Option<u16>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Legend {
    /// Names in the margin, at the ends of their lines.
    AtTheEnds(u16),
    /// Names in a row above the plot.
    Above(u16),
}

/// Fewer rows of plot than this, and strip, marks, legend and labels go, in this order.
const LOWEST_PLOT: u16 = 4;
/// The narrowest area that gets a chart, in cells.
const NARROWEST: u16 = 8;
/// From this width on the legend stands at the ends of the lines.
const ROOM_FOR_ENDS: u16 = 60;
/// The widest name in the margin, in cells.
const WIDEST_NAME: u16 = 14;

impl Place {
    /// Returns the screen column of a day.
    pub fn column_of(&self, day: usize) -> Option<u16> {
        let columns = Columns::new(self.days, self.plot.width);
        (day < self.days).then(|| self.plot.x.saturating_add(columns.of(day)))
    }

    /// Returns the day at or nearest to a screen column of the plot; of several that share it the first.
    pub fn day_at(&self, column: u16) -> Option<usize> {
        let offset = column.checked_sub(self.plot.x)?;
        Columns::new(self.days, self.plot.width).day_at(offset)
    }
}

impl<'a> LineChart<'a> {
    /// Makes a chart of the range from 0 to `top` (100, 10 or 4) with nothing but days.
    pub fn new(top: f64, days: &'a [DayMark]) -> Self {
        Self {
            top,
            days,
            ..Self::default()
        }
    }

    /// Tells whether any day of any series has something to show.
    pub fn has_values(&self) -> bool {
        let any = |days: &[DayMark]| days.iter().any(DayMark::has_ink);
        any(self.days) || self.others.iter().any(|series| any(series.days))
    }

    /// Returns where the parts stand in `area`; nothing when there is no value, no range or no room.
    pub fn place(&self, area: Rect) -> Option<Place> {
        if area.width < NARROWEST || area.height < 2 || !self.has_values() {
            return None;
        }
        let wants = |wanted: bool, rows: &mut u16| {
            let got = wanted && *rows > LOWEST_PLOT;
            *rows -= u16::from(got);
            got
        };
        let ends = self.others.iter().any(|series| !series.name.is_empty());
        let beside = ends && area.width >= ROOM_FOR_ENDS;
        let mut rows = area.height;
        let begins = self.days.iter().any(|day| day.beginning == Beginning::DayZero);
        let labels = wants(!self.labels.is_empty() || begins, &mut rows);
        let above = wants(ends && !beside, &mut rows);
        let marks = wants(!self.marks.is_empty(), &mut rows);
        let strip = wants(!self.strip.is_empty(), &mut rows);
        let gutter = Scale::new(self.top, rows)?.label_width().saturating_add(1);
        let margin = if beside {
            let names = self.others.iter().map(|series| series.name);
            let widest = names.chain([self.name]).map(text::width).max();
            u16::try_from(widest.unwrap_or(0) + 3)
                .unwrap_or(u16::MAX)
                .min(WIDEST_NAME + 3)
        } else {
            0
        };
        let plot = Rect::new(
            area.x.saturating_add(gutter),
            area.y.saturating_add(u16::from(above)),
            area.width.saturating_sub(gutter).saturating_sub(margin),
            rows,
        );
        let longest = self.others.iter().map(|series| series.days.len()).max();
        let mut next = plot.bottom();
        let mut row = |there: bool| {
            let at = there.then_some(next);
            next = next.saturating_add(u16::from(there));
            at
        };
        (plot.width > 0).then(|| Place {
            plot,
            days: self.days.len().max(longest.unwrap_or(0)),
            legend: match (beside, above) {
                (true, _) => Some(Legend::AtTheEnds(area.right())),
                (_, true) => Some(Legend::Above(area.y)),
                _ => None,
            },
            labels: row(labels),
            strip: row(strip),
            marks: row(marks),
        })
    }

    /// Draws the chart and returns where its parts stand; draws nothing when there is no value or no room.
    pub fn draw(&self, area: Rect, buf: &mut Buffer, theme: Theme) -> Option<Place> {
        let area = area.intersection(buf.area);
        let place = self.place(area)?;
        let scale = Scale::new(self.top, place.plot.height)?;
        let pen = Pen {
            place,
            scale,
            columns: Columns::new(place.days, place.plot.width),
            theme,
        };
        pen.axes(area.x, self.labels, buf);
        pen.beginnings(self.days, buf);
        for series in self.others {
            let (stroke, role) = match series.look {
                Look::Second => (Stroke::DASHED, Role::SeriesB),
                Look::Earlier => (Stroke::DOTTED, Role::Earlier),
            };
            pen.line(series.days, stroke, role, buf);
        }
        pen.line(self.days, Stroke::SOLID, Role::Line, buf);
        for series in self.others {
            if series.look == Look::Second {
                pen.dots(series.days, (Glyph::DotB, Role::SeriesB), buf);
            }
        }
        pen.dots(self.days, (Glyph::Dot, Role::SeriesA), buf);
        pen.under_the_axis(self, area, buf);
        pen.legend(self, area, buf);
        Some(place)
    }
}

impl DayMark {
    /// Makes a day with one check-in and the trend on it.
    pub fn of(value: Option<f64>, trend: Option<f64>) -> Self {
        Self {
            value,
            trend,
            ..Self::default()
        }
    }

    /// Returns the values that get a dot.
    pub fn dots(&self) -> impl Iterator<Item = f64> + '_ {
        let alone = self.value.filter(|_| self.dots.is_empty());
        self.dots.iter().copied().chain(alone).filter(|v| v.is_finite())
    }

    fn has_ink(&self) -> bool {
        let number = |value: Option<f64>| value.is_some_and(f64::is_finite);
        self.dots().next().is_some() || number(self.trend) || number(self.hollow)
    }
}

/// All that the parts of a chart need to draw themselves.
#[derive(Clone, Copy)]
struct Pen {
    place: Place,
    scale: Scale,
    columns: Columns,
    theme: Theme,
}

impl Pen {
    /// Writes one sign at a column and row of the plot.
    fn ink(self, at: (u16, u16), sign: char, style: Style, buf: &mut Buffer) {
        let plot = self.place.plot;
        if at.0 < plot.width && at.1 < plot.height {
            let at = (plot.x.saturating_add(at.0), plot.y.saturating_add(at.1));
            buf[at].set_char(sign).set_style(style);
        }
    }

    fn glyph(self, glyph: Glyph) -> char {
        self.theme.glyph(glyph).chars().next().unwrap_or(' ')
    }

    fn axes(self, left: u16, labels: &[AxisLabel], buf: &mut Buffer) {
        let plot = self.place.plot;
        let border = self.theme.style(Role::Border);
        let joint = plot.x.saturating_sub(1);
        for row in 0..plot.height {
            buf[(joint, plot.y + row)]
                .set_char(self.glyph(Glyph::Vertical))
                .set_style(border);
        }
        for tick in self.scale.ticks() {
            let y = plot.y + self.scale.row(tick);
            let at = Rect::new(left, y, joint.saturating_sub(left), 1);
            let label = text::pad_left(&tick_text(tick), usize::from(at.width), self.theme);
            text::put(buf, at, &label, self.theme.style(Role::Faint), self.theme);
            let zero = tick <= 0.0;
            let glyph = if zero { Glyph::Cross } else { Glyph::JointLeft };
            buf[(joint, y)].set_char(self.glyph(glyph));
        }
        let axis = plot.height - 1;
        let line = self.glyph(Glyph::Horizontal);
        for column in 0..plot.width {
            self.ink((column, axis), line, border, buf);
        }
        if self.place.labels.is_some() {
            let tick = self.glyph(Glyph::JointDown);
            for label in labels.iter().filter(|label| label.day < self.place.days) {
                self.ink((self.columns.of(label.day), axis), tick, border, buf);
            }
        }
    }

    fn beginnings(self, days: &[DayMark], buf: &mut Buffer) {
        let begins = days
            .iter()
            .enumerate()
            .filter(|(_, day)| day.beginning != Beginning::None);
        let axis = self.place.plot.height - 1;
        for (day, _) in begins {
            for row in 0..axis {
                let at = (self.columns.of(day), row);
                let style = self.theme.style(Role::Accent);
                self.ink(at, self.glyph(Glyph::DayZero), style, buf);
            }
        }
    }

    fn line(self, days: &[DayMark], stroke: Stroke, role: Role, buf: &mut Buffer) {
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
        let style = self.theme.style(role);
        for row in 0..plot.height {
            for column in 0..plot.width {
                let dots = canvas.cell(column, row);
                if dots != 0 {
                    self.ink((column, row), self.line_sign(dots, role), style, buf);
                }
            }
        }
    }

    fn line_sign(self, dots: u8, role: Role) -> char {
        match (self.theme.glyphs, role) {
            (Glyphs::Unicode, _) => braille(dots),
            (Glyphs::Ascii, Role::Earlier) => '.',
            (Glyphs::Ascii, Role::SeriesB) => '~',
            (Glyphs::Ascii, _) if is_steep(dots) => '|',
            (Glyphs::Ascii, _) => '-',
        }
    }

    fn dots(self, days: &[DayMark], look: (Glyph, Role), buf: &mut Buffer) {
        let style = self.theme.style(look.1);
        for (index, day) in days.iter().enumerate() {
            let column = self.columns.of(index);
            if let Some(value) = day.hollow.filter(|value| value.is_finite()) {
                let at = (column, self.scale.row(value));
                self.ink(at, self.glyph(Glyph::Hollow), style, buf);
            }
            for value in day.dots() {
                let at = (column, self.scale.row(value));
                self.ink(at, self.glyph(look.0), style, buf);
            }
        }
    }

    fn under_the_axis(self, chart: &LineChart<'_>, area: Rect, buf: &mut Buffer) {
        if let Some(row) = self.place.labels {
            self.labels(chart, Rect { y: row, height: 1, ..area }, buf);
        } else if let Some(day) = chart.cursor {
            self.point_at(day, buf);
        }
        if let Some(row) = self.place.strip {
            for band in chart.strip {
                self.band(band, row, buf);
            }
        }
        if let Some(row) = self.place.marks {
            self.marks(chart.marks, row, buf);
        }
    }

    fn labels(self, chart: &LineChart<'_>, row: Rect, buf: &mut Buffer) {
        let mut places = LabelRow::new(row.left()..row.right());
        let mut placed: Vec<(usize, u16)> = Vec::new();
        let day_zero = |index: usize| {
            let day = chart.days.get(index);
            day.is_some_and(|day| day.beginning == Beginning::DayZero)
        };
        let zeros = (0..chart.days.len())
            .filter(|index| day_zero(*index))
            .map(|index| self.zero_label(chart.labels, index));
        let others = chart
            .labels
            .iter()
            .filter(|label| label.day < self.place.days && !day_zero(label.day))
            .map(|label| vec![(label.day, label.text.clone())]);
        for forms in zeros.chain(others) {
            for (day, words) in forms {
                let words = text::line(&words, self.theme).into_owned();
                let Some(column) = self.place.column_of(day) else {
                    continue;
                };
                if let Some(at) = places.place(column, &words) {
                    let here = chart.cursor == Some(day);
                    let role = if here { Role::Selected } else { Role::Faint };
                    let at = Rect::new(at.start, row.y, at.end - at.start, 1);
                    text::put(buf, at, &words, self.theme.style(role), self.theme);
                    placed.push((day, column));
                    break;
                }
            }
        }
        let Some(cursor) = chart.cursor.filter(|day| *day < self.place.days) else {
            return;
        };
        self.point_at(cursor, buf);
        let labelled = placed.iter().any(|(day, _)| *day == cursor);
        if let Some(column) = self.place.column_of(cursor).filter(|_| !labelled)
            && places.is_free(column)
        {
            buf[(column, row.y)]
                .set_char(self.glyph(Glyph::Pointer))
                .set_style(self.theme.style(Role::Focus));
        }
    }

    /// Returns what may stand under a day 0, the fullest form first.
    fn zero_label(self, labels: &[AxisLabel], day: usize) -> Vec<(usize, String)> {
        let given = labels.iter().find(|label| label.day == day);
        let fullest = given.map(|label| {
            if label.text.contains("day 0") {
                label.text.clone()
            } else {
                let middle = self.theme.glyph(Glyph::Middle);
                format!("{} {middle} day 0", label.text)
            }
        });
        let forms = fullest.into_iter().chain(["day 0".to_owned()]);
        forms.map(|text| (day, text)).collect()
    }

    /// Reverses the cursor's cell of the axis and its dots.
    fn point_at(self, day: usize, buf: &mut Buffer) {
        let Some(column) = self.place.column_of(day) else {
            return;
        };
        let plot = self.place.plot;
        let values = [Glyph::Dot, Glyph::DotB, Glyph::Hollow].map(|glyph| self.theme.glyph(glyph));
        for y in plot.top()..plot.bottom() {
            let cell = &mut buf[(column, y)];
            if y + 1 == plot.bottom() || values.contains(&cell.symbol()) {
                cell.set_style(Style::new().add_modifier(Modifier::REVERSED));
            }
        }
    }

    fn band(self, band: &Band, row: u16, buf: &mut Buffer) {
        let plot = self.place.plot;
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
                _ => Glyph::Horizontal,
            };
            buf[(left + offset, row)]
                .set_char(self.glyph(glyph))
                .set_style(style);
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

    fn marks(self, marks: &[(usize, char)], row: u16, buf: &mut Buffer) {
        for (day, letter) in marks {
            let Some(column) = self.place.column_of(*day) else {
                continue;
            };
            let cell = &mut buf[(column, row)];
            // Two events in one column: a plus, for a letter alone would hide the other.
            let sign = if cell.symbol() == " " { *letter } else { '+' };
            let mut bytes = [0; 4];
            let sign = text::line(sign.encode_utf8(&mut bytes), self.theme).into_owned();
            if text::width(&sign) == 1 {
                cell.set_symbol(&sign)
                    .set_style(self.theme.style(Role::Accent));
            }
        }
    }

    fn legend(self, chart: &LineChart<'_>, area: Rect, buf: &mut Buffer) {
        let first = (chart.days, chart.name, Glyph::Dot, Role::SeriesA);
        let others = chart.others.iter().map(|series| match series.look {
            Look::Second => (series.days, series.name, Glyph::DotB, Role::SeriesB),
            Look::Earlier => (series.days, series.name, Glyph::Dashes, Role::Earlier),
        });
        let entries = std::iter::once(first)
            .chain(others)
            .filter(|(_, name, ..)| !name.is_empty());
        match self.place.legend {
            None => {}
            Some(Legend::Above(row)) => {
                let mut x = self.place.plot.x;
                for (_, name, glyph, role) in entries {
                    let words = format!("{} {name}", self.theme.glyph(glyph));
                    let room = Rect::new(x, row, area.right().saturating_sub(x), 1);
                    let style = self.theme.style(role);
                    x = x.saturating_add(text::put(buf, room, &words, style, self.theme) + 2);
                }
            }
            Some(Legend::AtTheEnds(right)) => {
                let plot = self.place.plot;
                let mut taken: Vec<u16> = Vec::new();
                for (days, name, glyph, role) in entries {
                    let wanted = last_value(days).map_or(0, |value| self.scale.row(value));
                    let Some(row) = nearest_free(wanted, plot.height, &taken) else {
                        continue;
                    };
                    taken.push(row);
                    let words = format!("{} {name}", self.theme.glyph(glyph));
                    let x = plot.right().saturating_add(1);
                    let at = Rect::new(x, plot.y + row, right.saturating_sub(x), 1);
                    text::put(buf, at, &words, self.theme.style(role), self.theme);
                }
            }
        }
    }
}

fn last_value(days: &[DayMark]) -> Option<f64> {
    days.iter()
        .rev()
        .find_map(|day| day.trend.or(day.value).or(day.hollow))
}

fn nearest_free(wanted: u16, rows: u16, taken: &[u16]) -> Option<u16> {
    (0..rows)
        .filter(|row| !taken.contains(row))
        .min_by_key(|row| row.abs_diff(wanted))
}
