//! The first four days of an attempt by the hour since the dose: a column for what a check-in says, and rows for the rest.
//!
//! ```text
//! ╭ Severity · since the dose of Thu 5 Nov 21:30 ──── 7 check-ins · 0 to 100 ─╮
//! │  50      58   62    54                                                    │
//! │   0 ▔▔▔▔▔██▔▔▔██▔▔▔▔██▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔            │
//! │     0 h        24 h        48 h         72 h                              │
//! │ Thu │    Fri 6 Nov    │   Sat 7 Nov    │                                  │
//! │ ▌ 14 h, Fri 6 Nov 11:30: severity 62, overall 6                           │
//! │ Urges 0–4      3  2                                                       │
//! │ goes on in week: v                                                        │
//! ╰───────────────────────────────────────────────────────────────────────────╯
//! ```
//! Invariants: a column stands in its own hours and says nothing of the others; each entry of the cursor's hour is read out.

use super::page::{Medium, PLOT, Page, Part};
use super::{Trends, axis, hours_words, labels};
use crate::domain::series::Series;
use crate::domain::text::words;
use crate::domain::trends::hours::{Hours, NoHours, PARTS, Scale, Sort, Timed};
use crate::domain::trends::sheet::short;
use crate::domain::trends::sight::Sight;
use crate::tui::readout::READING;
use crate::tui::shared::Shared;
use crate::tui::theme::{Glyph, Role};
use crate::tui::widgets::chart::{AxisLabel, Band};
use crate::tui::widgets::columns::scale::end_for;
use crate::tui::widgets::columns::{Column, ColumnChart, Fineness, Place, Standing, under};
use crate::tui::widgets::frame::Frame;
use crate::tui::widgets::lanes;
use crate::tui::widgets::panel::{Borders, Panel};
use crate::tui::widgets::sections;
use crate::tui::widgets::sections::sentences;
use crate::tui::widgets::text::{fit, put, width};
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

/// Cells for the names of the rows, and fewer on a narrow screen.
const NAMES: u16 = 14;
const NARROW_NAMES: u16 = 11;
/// The highest plot: above, what is left goes to words.
const HIGHEST: u16 = 32;

/// The hours in sight.
fn of<'a>(sight: &Sight, shared: &'a Shared) -> Result<Hours<'a>, NoHours> {
    sight.first_hours(shared.basis())
}

/// Draws the hours and what is read out of them.
pub(super) fn draw(trends: &Trends, shared: &Shared, frame: &mut Frame, area: Rect) {
    let [main, side] = super::aside::beside(area);
    let sight = &trends.sight;
    let theme = shared.theme;
    let hours = match of(sight, shared) {
        Ok(hours) => hours,
        Err(why) => {
            let (borders, inner) = labels::inner_of(main);
            let panel = Panel::new("By the hour").borders(borders);
            panel.draw(main, frame.buffer_mut(), theme);
            if !side.is_empty() {
                let about = hours_words::aside(sight, shared);
                sections::draw(&about, trends.read_on, theme, frame.buffer_mut(), side);
            }
            return sentences(&[why.to_string(), GOES_ON.to_owned()], theme, frame, inner);
        }
    };
    let end = trends.axis.end(sight, shared);
    let (borders, inner) = labels::inner_of(main);
    draw_panel(&hours, end, shared, borders, frame, main);
    if !shared.journal.covers(hours.span.from) {
        return sentences(&[READING.to_owned()], theme, frame, inner);
    }
    let has_side = !side.is_empty();
    let drawn = Drawn::new(&hours, sight, shared, inner, has_side);
    drawn.draw(end, frame);
    if has_side {
        let sections = hours_words::beside(&hours, sight, drawn.stretch, shared);
        sections::draw(&sections, trends.read_on, theme, frame.buffer_mut(), side);
    }
}

/// The hours on paper, with every row; nothing where there are none.
pub(super) fn on_paper(page: &Page<'_>) -> Vec<Part> {
    let Ok(hours) = of(page.sight, page.shared) else {
        return Vec::new();
    };
    if hours.entries.is_empty() {
        return Vec::new();
    }
    let (sight, shared) = (page.sight, page.shared);
    let end = end_for(hours.series.top(&shared.journal), hours.highest());
    let rows = |inner: Rect| {
        let drawn = Drawn::new(&hours, sight, shared, inner, true);
        u16::try_from(drawn.lanes().len()).unwrap_or(0)
    };
    let height = PLOT + AROUND + rows(Rect::new(0, 0, page.width, PLOT));
    let part = page.part(height, |frame, area| {
        let inner = draw_panel(&hours, end, shared, Borders::No, frame, area);
        let drawn = Drawn {
            medium: Medium::Paper,
            ..Drawn::new(&hours, sight, shared, inner, true)
        };
        drawn.draw(end, frame);
    });
    vec![part]
}

/// On paper: the title, the number above the plot, the axis, its words, and the dates.
const AROUND: u16 = 5;

/// What leads on, at the end of the view.
const GOES_ON: &str = "It goes on in week: v changes the view.";

fn draw_panel(
    hours: &Hours<'_>,
    end: f64,
    shared: &Shared,
    borders: Borders,
    frame: &mut Frame,
    area: Rect,
) -> Rect {
    let middle = shared.theme.glyph(Glyph::Middle);
    let name = hours.series.name(&shared.journal);
    let from = words::short_day(hours.span.from);
    let titles = [
        format!("{name} {middle} {}", hours.counted(shared.manner())),
        format!("{name} {middle} hours from {from}"),
        name,
    ];
    let n = words::count(hours.count(Sort::CheckIn), "check-in", "check-ins");
    let [long, brief] = axis::words(end, hours.series.top(&shared.journal));
    let facts = [
        format!("{n} {middle} {long}"),
        format!("{n} {middle} {brief}"),
        brief,
    ];
    let (title, fact) = labels::fitting(&titles, &facts, borders, area);
    let panel = Panel::new(title).fact(fact).borders(borders);
    panel.draw(area, frame.buffer_mut(), shared.theme)
}

/// Hours or parts that share a column: as few as fill the most of `room` cells.
fn stretch(hours: &Hours<'_>, room: u16) -> usize {
    if hours.scale == Scale::Parts {
        return 1;
    }
    let filled = |stretch: usize| {
        let columns = u16::try_from(hours.scale.units() / stretch).unwrap_or(u16::MAX);
        room / columns.max(1) * columns
    };
    // More would hide in which part of a day it was.
    let stretches = [1_usize, 2, 3, 4, 6];
    let most = stretches.map(filled).into_iter().max().unwrap_or(0);
    let first = stretches
        .into_iter()
        .find(|stretch| filled(*stretch) == most);
    first.unwrap_or(6)
}

/// The hours that are being drawn.
struct Drawn<'a> {
    hours: &'a Hours<'a>,
    sight: &'a Sight,
    shared: &'a Shared,
    inner: Rect,
    has_side: bool,
    stretch: usize,
    medium: Medium,
}

/// A row under the columns: its name, and what stands in which column.
type Lane = (&'static str, Vec<(usize, String)>);

impl<'a> Drawn<'a> {
    fn new(
        hours: &'a Hours<'a>,
        sight: &'a Sight,
        shared: &'a Shared,
        inner: Rect,
        has_side: bool,
    ) -> Self {
        let stretch = stretch(hours, inner.width.saturating_sub(names(inner)));
        Self {
            hours,
            sight,
            shared,
            inner,
            has_side,
            stretch,
            medium: Medium::Screen,
        }
    }

    fn row(&self, down: u16) -> Rect {
        let y = self.inner.y + down;
        Rect {
            y,
            height: u16::from(y < self.inner.bottom()),
            ..self.inner
        }
    }

    /// A column for each stretch.
    fn columns(&self) -> Vec<Column> {
        let all = self.hours.scale.units() / self.stretch;
        (0..all).map(|at| self.column(at)).collect()
    }

    fn of_column(&self, at: usize) -> impl Iterator<Item = &Timed<'a>> {
        let entries = self.hours.entries.iter();
        entries.filter(move |entry| entry.unit / self.stretch == at)
    }

    fn column(&self, at: usize) -> Column {
        let check_ins = || {
            self.of_column(at)
                .filter(|entry| entry.sort == Sort::CheckIn)
        };
        let values: Vec<f64> = check_ins().filter_map(|entry| entry.value).collect();
        let has_overall = check_ins().any(|entry| entry.overall.is_some());
        if values.is_empty() {
            let is_hollow = has_overall && self.hours.series == Series::Severity;
            let standing = if is_hollow {
                Standing::OverallOnly
            } else {
                Standing::Ahead
            };
            return Column {
                standing,
                ..Column::default()
            };
        }
        let mean = values.iter().sum::<f64>() / values.len() as f64;
        let worst = values.iter().copied().fold(mean, f64::max);
        Column {
            standing: Standing::Value(mean),
            number: short(self.hours.series, mean),
            worst: (values.len() > 1).then_some(worst),
            ..Column::default()
        }
    }

    /// The rows that have anything.
    fn lanes(&self) -> Vec<Lane> {
        let mut lanes: Vec<Lane> = Vec::new();
        let mut add = |name, cells: Vec<(usize, String)>| {
            if !cells.is_empty() {
                lanes.push((name, cells));
            }
        };
        if self.hours.series != Series::Overall {
            let overall = self.hours.entries.iter();
            let overall =
                overall.filter_map(|entry| Some((entry.unit, entry.overall?.to_string())));
            add("Overall/10", self.cells(overall));
        }
        for (sort, name) in Sort::LANES {
            let of_sort = self.hours.entries.iter().filter(|entry| entry.sort == sort);
            add(
                name,
                self.cells(of_sort.map(|entry| (entry.unit, entry.short.clone()))),
            );
        }
        lanes
    }

    /// What stands in each column, several of one column behind each other.
    fn cells(&self, entries: impl Iterator<Item = (usize, String)>) -> Vec<(usize, String)> {
        let mut cells: Vec<(usize, String)> = Vec::new();
        for (unit, text) in entries {
            let at = unit / self.stretch;
            match cells.last_mut().filter(|(last, _)| *last == at) {
                Some((_, held)) => *held = format!("{held} {text}"),
                None => cells.push((at, text)),
            }
        }
        cells
    }

    fn draw(&self, end: f64, frame: &mut Frame) {
        let theme = self.shared.theme;
        if self.hours.entries.is_empty() {
            let mut lines = vec!["Nothing with a time is noted in these four days yet.".to_owned()];
            lines.extend(self.hours.left_out_words());
            lines.push("c is a check-in, b one number; o counts from the other dose.".to_owned());
            lines.push(GOES_ON.to_owned());
            return sentences(&lines, theme, frame, self.inner);
        }
        let (columns, lanes) = (self.columns(), self.lanes());
        let cursor = self.hours.cursor(self.sight.hours);
        let is_screen = self.medium == Medium::Screen;
        // The number above, the axis, its words, the dates; on a screen the read-out and the last line too.
        let besides = if is_screen { 6 } else { 4 };
        let height = self.inner.height;
        let lane_rows = u16::try_from(lanes.len()).unwrap_or(0);
        let lane_rows = lane_rows.min(height.saturating_sub(besides + 4));
        let plot = height.saturating_sub(besides + lane_rows).min(HIGHEST);
        let words = self.words_of_axis();
        let chart = ColumnChart {
            gutter: names(self.inner),
            labels: &words,
            cursor: is_screen.then_some(cursor / self.stretch),
            ..ColumnChart::new(end, &columns)
        };
        let area = Rect {
            height: (plot + 3).min(height),
            ..self.inner
        };
        let has_axis = columns
            .iter()
            .any(|column| column.standing != Standing::Ahead);
        let buf = frame.buffer_mut();
        let place = if has_axis {
            chart.draw(area, buf, theme)
        } else {
            chart.draw_words(area, buf, theme)
        };
        let Some(place) = place else { return };
        self.draw_numbers(&columns, &place, buf);
        let mut down = plot + 3;
        under::bands(&place, &self.bands(), self.row(down), buf, theme);
        down += 1;
        if is_screen {
            self.draw_readout(cursor, self.row(down), frame);
            down += 1;
        }
        for lane in lanes.iter().take(usize::from(lane_rows)) {
            self.draw_lane(lane, &place, self.row(down), frame.buffer_mut());
            down += 1;
        }
        if is_screen {
            self.draw_end(down, frame.buffer_mut());
        }
    }

    /// Words under the axis, what matters most first.
    fn words_of_axis(&self) -> Vec<AxisLabel> {
        let label = |unit: usize, text: String| AxisLabel {
            day: unit / self.stretch,
            text,
        };
        match self.hours.scale {
            Scale::Hours(_) => {
                let of = |every: usize| (0..self.hours.scale.units()).step_by(every);
                let units = of(24).chain(of(12)).chain(of(6));
                units.map(|unit| label(unit, format!("{unit} h"))).collect()
            }
            Scale::Parts => {
                let step = usize::from(self.inner.width.saturating_sub(names(self.inner)))
                    / self.hours.scale.units();
                let cut = |name: &str| match step {
                    10.. => name.to_owned(),
                    4.. => name.chars().take(3).collect(),
                    3 => name.chars().take(2).collect(),
                    _ => name.chars().take(1).collect(),
                };
                let units = 0..self.hours.scale.units();
                units
                    .map(|unit| label(unit, cut(PARTS[unit % PARTS.len()])))
                    .collect()
            }
        }
    }

    /// The dates under the hours.
    fn bands(&self) -> Vec<Band> {
        let mut bands: Vec<Band> = Vec::new();
        let mut last = None;
        for at in 0..self.hours.scale.units() / self.stretch {
            let date = self.hours.date_of(at * self.stretch);
            if last == Some(date) {
                if let Some(band) = bands.last_mut() {
                    band.to = at;
                }
                continue;
            }
            last = Some(date);
            bands.push(Band {
                from: at,
                to: at,
                name: words::short_day(date),
                short: date.format("%a").to_string(),
            });
        }
        bands
    }

    /// The numbers of columns that are too narrow for them, where the cells beside are free.
    fn draw_numbers(&self, columns: &[Column], place: &Place, buf: &mut Buffer) {
        let theme = self.shared.theme;
        if place.step >= 4 {
            return;
        }
        let steps = Fineness::of(theme).steps();
        let grid = theme.glyph(Glyph::GridLine);
        let mut free = place.plot.x;
        for (at, column) in columns.iter().enumerate() {
            let Standing::Value(value) = column.standing else {
                continue;
            };
            let wide = u16::try_from(width(&column.number)).unwrap_or(0);
            let shift = wide.saturating_sub(place.wide) / 2;
            let x = place.column(at).saturating_sub(shift).max(free);
            let top = column.worst.unwrap_or(value).max(value);
            let rows = place.scale.steps(top, steps).div_ceil(steps);
            let y = place.axis().saturating_sub(rows + 1);
            let is_free = (x..x + wide).all(|x| {
                let cell = buf.cell((x, y)).map(ratatui::buffer::Cell::symbol);
                cell.is_some_and(|sign| sign == " " || sign == grid)
            });
            let is_near = x <= place.column(at) + place.wide;
            if wide == 0 || !is_free || !is_near || x + wide > self.inner.right() {
                continue;
            }
            let area = Rect::new(x, y, wide, 1);
            put(buf, area, &column.number, theme.style(Role::Title), theme);
            free = x + wide + 1;
        }
    }

    fn draw_lane(&self, (name, cells): &Lane, place: &Place, row: Rect, buf: &mut Buffer) {
        if row.height == 0 {
            return;
        }
        let theme = self.shared.theme;
        let x = row.x + lanes::FOCUS;
        let room = place.start(0).saturating_sub(x + 1);
        put(
            buf,
            Rect::new(x, row.y, room, 1),
            name,
            theme.style(Role::Text),
            theme,
        );
        let mut free = row.x;
        for (at, (column, text)) in cells.iter().enumerate() {
            // Two that are side by side would read as one number.
            let left = place.column(*column).max(free);
            // Up to the next one, since the hours between are empty.
            let next = cells
                .get(at + 1)
                .map(|(next, _)| place.column(*next).saturating_sub(1));
            let right = next.unwrap_or(row.right()).max(left + 1);
            let room = right.min(row.right()).saturating_sub(left);
            let text = fit(text, usize::from(room), theme);
            let area = Rect::new(left, row.y, room, 1);
            free = left + put(buf, area, &text, theme.style(Role::Text), theme) + 1;
        }
    }

    /// The line that reads out the cursor's hour, with the terminal's cursor on it.
    fn draw_readout(&self, cursor: usize, row: Rect, frame: &mut Frame) {
        if row.height == 0 {
            return;
        }
        let theme = self.shared.theme;
        let buf = frame.buffer_mut();
        put(
            buf,
            row,
            theme.glyph(Glyph::Focus),
            theme.style(Role::Focus),
            theme,
        );
        let rest = Rect {
            x: row.x + lanes::FOCUS,
            width: row.width.saturating_sub(lanes::FOCUS),
            ..row
        };
        let text = hours_words::readout(self.hours, cursor, self.shared);
        let text = fit(&text, usize::from(rest.width), theme);
        put(buf, rest, &text, theme.style(Role::Title), theme);
        frame.set_cursor_position((row.x, row.y));
    }

    /// What is left to say, and in the last row what leads on.
    fn draw_end(&self, down: u16, buf: &mut Buffer) {
        let theme = self.shared.theme;
        let last = self.inner.height.saturating_sub(1);
        let rows = usize::from(last.saturating_sub(down));
        let said = if self.has_side {
            Vec::new()
        } else {
            hours_words::about(self.hours, self.stretch, self.shared)
        };
        for (at, line) in (down..).zip(said.iter().take(rows)) {
            put(buf, self.row(at), line, theme.style(Role::Text), theme);
        }
        put(
            buf,
            self.row(last),
            &hours_words::end(theme),
            theme.style(Role::Text),
            theme,
        );
    }
}

const fn names(inner: Rect) -> u16 {
    if inner.width >= 54 {
        NAMES
    } else {
        NARROW_NAMES
    }
}

/// The hour or part under the mouse.
pub(super) fn unit_at(sight: &Sight, shared: &Shared, area: Rect, at: Position) -> Option<usize> {
    let [main, _] = super::aside::beside(area);
    let (_, inner) = labels::inner_of(main);
    let hours = of(sight, shared).ok().filter(|_| inner.contains(at))?;
    let drawn = Drawn::new(&hours, sight, shared, inner, false);
    let columns = drawn.columns();
    let chart = ColumnChart {
        gutter: names(inner),
        ..ColumnChart::new(1.0, &columns)
    };
    let column = chart.place(inner)?.day_at(at.x)?;
    // To the first entry in it.
    let entry = drawn.of_column(column).next().map(|entry| entry.unit);
    Some(entry.unwrap_or(column * drawn.stretch))
}
