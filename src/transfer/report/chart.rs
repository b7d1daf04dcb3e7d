//! The charts of the HTML report as inline SVG: a day a column, up to its worst check-in a thin line, the middle line (median of
//! the 7 days around), a dash for a missing day.
//!
//! Invariant: each chart has a title and a description for screen readers. Colours come only from the page's style. The scale
//! always begins at 0 and ends where that of the screen does. No line crosses a missing day.

use super::content_rated::chart_text;
use crate::domain::report::series::{DayPoint, Summary};
use crate::domain::report::used::UsedProduct;
use crate::domain::report::{Mark, PhaseDays};
use crate::domain::series::{IN_PART, Series};
use crate::domain::trends::event_marks::EventKind;
use crate::domain::trends::scale::{numbers, text_of};
use chrono::{Datelike, Days, NaiveDate};
use std::fmt::Write as _;
use svg::Node;
use svg::node::Text as Words;
use svg::node::element::{Circle, Description, Group, Line, Path, Rectangle, SVG, Text, Title};

/// The size of a chart.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Size {
    pub(super) width: f64,
    pub(super) height: f64,
    /// The most parts of the scale.
    pub(super) parts: u16,
}

/// The parts of a chart around its values.
#[derive(Debug, Clone, Copy)]
pub(super) struct Around<'a> {
    pub(super) marks: &'a [Mark],
    pub(super) phases: &'a [PhaseDays],
    pub(super) strips: Strips,
}

/// The strips under the days.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Strips {
    /// Letters of events, and the phases.
    All,
    /// Nothing.
    None,
}

/// Room left of the plot for the scale.
const LEFT: f64 = 26.0;
const RIGHT: f64 = 6.0;
/// Room above the plot for the words "day 0" and, under them, the number of the highest column.
const ABOVE: f64 = 19.0;
/// Room for the days.
const DAYS: f64 = 13.0;
/// Room for the marks, and for the phases.
const STRIP: f64 = 12.0;

/// The positions of days and values.
struct Plot {
    size: Size,
    from: NaiveDate,
    days: usize,
    top: f64,
    bottom: f64,
}

impl Plot {
    fn width(&self) -> f64 {
        self.size.width - LEFT - RIGHT
    }

    /// The width of a day.
    fn step(&self) -> f64 {
        self.width() / self.days.max(1) as f64
    }

    /// The middle of a day.
    fn x(&self, at: usize) -> f64 {
        LEFT + self.step() * (at as f64 + 0.5)
    }

    fn x_of(&self, day: NaiveDate) -> Option<f64> {
        let at = usize::try_from((day - self.from).num_days()).ok()?;
        (at < self.days).then(|| self.x(at))
    }

    fn y(&self, value: f64) -> f64 {
        let part = if self.top > 0.0 {
            value / self.top
        } else {
            0.0
        };
        self.bottom - (self.bottom - ABOVE) * part.clamp(0.0, 1.0)
    }
}

/// A coordinate with one decimal: more digits would only make the file larger.
fn n(value: f64) -> f64 {
    (value * 10.0).round() / 10.0
}

/// An image with its title and description.
fn image(id: &str, width: f64, height: f64, title: &str, desc: &str) -> SVG {
    let mut image = SVG::new()
        .set("viewBox", format!("0 0 {} {}", n(width), n(height)))
        .set("role", "img")
        .set("aria-labelledby", format!("{id}-t {id}-d"))
        .add(Title::new(title).set("id", format!("{id}-t")))
        .add(
            Description::new()
                .set("id", format!("{id}-d"))
                .add(Words::new(desc)),
        );
    // Inline SVG in HTML needs no namespace, and its address would look as if the page loaded something.
    if let Some(attributes) = image.get_attributes_mut() {
        attributes.remove("xmlns");
    }
    image
}

fn words(x: f64, y: f64, class: &str, anchor: &str, text: &str) -> Text {
    Text::new(text)
        .set("x", n(x))
        .set("y", n(y))
        .set("class", class)
        .set("text-anchor", anchor)
}

fn line(x1: f64, y1: f64, x2: f64, y2: f64, class: &str) -> Line {
    Line::new()
        .set("x1", n(x1))
        .set("y1", n(y1))
        .set("x2", n(x2))
        .set("y2", n(y2))
        .set("class", class)
}

/// Draws the scale, the days, day 0 and the strips; returns the image and its positions.
fn frame(
    id: &str,
    size: Size,
    title: &str,
    desc: &str,
    (from, days, top): (NaiveDate, usize, f64),
    around: Around<'_>,
) -> (SVG, Plot) {
    let has_strips = around.strips == Strips::All;
    let has_marks = has_strips && around.marks.iter().any(|m| m.kind != EventKind::DayZero);
    let has_phases = has_strips && !around.phases.is_empty();
    let strips = f64::from(u8::from(has_marks) + u8::from(has_phases));
    let bottom = size.height - DAYS - STRIP * strips;
    let plot = Plot {
        size,
        from,
        days,
        top,
        bottom,
    };
    let mut image = image(id, size.width, size.height, title, desc);
    for value in numbers(top, size.parts) {
        let y = plot.y(value);
        let class = if value > 0.0 { "grid" } else { "axis" };
        image = image
            .add(line(LEFT, y, size.width - RIGHT, y, class))
            .add(words(LEFT - 4.0, y + 3.0, "t", "end", &text_of(value)));
    }
    let last = from
        .checked_add_days(Days::new(days as u64))
        .unwrap_or(from);
    // Across years a month and a day are ambiguous, and year, month and day together do not fit.
    let pattern = if last.year() == from.year() {
        "%m-%d"
    } else {
        "%Y-%m"
    };
    for (at, anchor) in ticks(days, plot.width()) {
        let Some(day) = from.checked_add_days(Days::new(at as u64)) else {
            continue;
        };
        let x = plot.x(at);
        image = image
            .add(line(x, bottom, x, bottom + 2.5, "axis"))
            .add(words(
                x,
                bottom + 11.0,
                "t",
                anchor,
                &day.format(pattern).to_string(),
            ));
    }
    let mut below = bottom + DAYS;
    if has_marks {
        image = image.add(letters(&plot, around.marks, below + 9.0));
        below += STRIP;
    }
    if has_phases {
        image = image.add(phases(&plot, around.phases, below));
    }
    for mark in around
        .marks
        .iter()
        .filter(|mark| mark.kind == EventKind::DayZero)
    {
        if let Some(x) = plot.x_of(mark.day) {
            // Near the right edge the words would be cut off, so they go to the left of the line.
            let is_late = x > size.width - 60.0;
            let (at, anchor) = if is_late {
                (x - 3.0, "end")
            } else {
                (x + 3.0, "start")
            };
            image = image
                .add(line(x, 1.0, x, bottom, "zero"))
                .add(words(at, 8.0, "t", anchor, "day 0"));
        }
    }
    (image, plot)
}

/// The days with a label under the axis, and the alignment of each label.
fn ticks(days: usize, width: f64) -> Vec<(usize, &'static str)> {
    let most = if width < 300.0 { 4 } else { 7 };
    let every = days.div_ceil(most).max(1);
    // Whole weeks where they fit, because comparisons are of weeks.
    let every = if days > 10 {
        every.div_ceil(7) * 7
    } else {
        every
    };
    (0..days)
        .step_by(every)
        .map(|at| {
            (
                at,
                if at == 0 && days > 10 {
                    "start"
                } else {
                    "middle"
                },
            )
        })
        .collect()
}

/// Letters of events; where several would overlap, the first one.
fn letters(plot: &Plot, marks: &[Mark], y: f64) -> Group {
    let mut group = Group::new();
    let mut last: Option<f64> = None;
    for mark in marks.iter().filter(|mark| mark.kind != EventKind::DayZero) {
        let Some(x) = plot.x_of(mark.day) else {
            continue;
        };
        if last.is_some_and(|last| x - last < 6.0) {
            continue;
        }
        last = Some(x);
        group = group.add(words(
            x,
            y,
            "mark",
            "middle",
            &mark.kind.letter().to_string(),
        ));
    }
    group
}

/// The phases under the days, as a strip with names.
fn phases(plot: &Plot, phases: &[PhaseDays], y: f64) -> Group {
    let mut group = Group::new();
    for (at, stretch) in phases.iter().enumerate() {
        let first = (stretch.span.from - plot.from).num_days();
        let x = LEFT + plot.step() * first as f64;
        let width = plot.step() * stretch.span.len() as f64;
        let name = stretch.phase.short();
        group = group.add(
            Rectangle::new()
                .set("x", n(x))
                .set("y", n(y + 1.0))
                .set("width", n(width))
                .set("height", n(STRIP - 2.0))
                .set("class", if at % 2 == 0 { "phase" } else { "phase odd" }),
        );
        // 5.5 is about the width of a letter at this size; a longer name would run into the next phase.
        if width > 5.5 * name.chars().count() as f64 {
            group = group.add(words(x + width / 2.0, y + 9.0, "t", "middle", &name));
        }
    }
    group
}

/// A path through the values; neighbouring days are connected.
fn path(plot: &Plot, values: impl Iterator<Item = Option<f64>>) -> String {
    let mut data = String::new();
    let mut goes_on = false;
    for (at, value) in values.enumerate() {
        let Some(value) = value else {
            goes_on = false;
            continue;
        };
        let command = if goes_on { 'L' } else { 'M' };
        // Never fails in practice: it writes to memory.
        let _ = write!(data, "{command}{} {}", n(plot.x(at)), n(plot.y(value)));
        goes_on = true;
    }
    data
}

/// From this width of a day on its number stands on its column.
const NUMBERED: f64 = 12.0;
/// From this width on there is air between two columns.
const AIRY: f64 = 5.0;

/// A column from the axis up to `value`; on narrow days without a gap to the next one.
fn column(plot: &Plot, at: usize, value: f64, class: &str) -> Rectangle {
    let width = if plot.step() >= AIRY { 0.74 } else { 1.0 } * plot.step();
    let y = plot.y(value);
    Rectangle::new()
        .set("x", n(plot.x(at) - width / 2.0))
        .set("y", n(y))
        // Over a long period a column would be thinner than a printer can draw.
        .set("width", n(width.max(0.4)))
        // What is more than nothing is seen.
        .set("height", n((plot.bottom - y).max(0.8)))
        .set("class", class)
}

/// A day on the axis: its column up to its worst, a circle for an overall alone, a dash for a missing one.
fn day(plot: &Plot, at: usize, day: &DayPoint) -> Group {
    let (x, step) = (plot.x(at), plot.step());
    let group = Group::new();
    let Some(value) = day.value else {
        let half = (step * 0.3).min(3.0);
        let y = plot.bottom - 3.0;
        return if day.hollow.is_some() {
            let radius = (step * 0.32).clamp(0.7, 2.3);
            let circle = Circle::new().set("cx", n(x)).set("cy", n(y));
            group.add(circle.set("r", n(radius)).set("class", "hollow"))
        } else {
            group.add(line(x - half, y, x + half, y, "missing"))
        };
    };
    let group = group.add(column(plot, at, value, "col"));
    match day.worst.filter(|worst| *worst > value) {
        Some(worst) => group.add(line(x, plot.y(worst), x, plot.y(value), "worst")),
        None => group,
    }
}

/// What stands on a column: its number where there is room, and the star of an answer in part. A rim in the colour of the paper
/// comes first, so that no line runs through it.
fn on_column(plot: &Plot, at: usize, day: &DayPoint, series: Series) -> Option<[Text; 2]> {
    let value = day.value?;
    let star = if day.is_in_part { IN_PART } else { "" };
    let number = if plot.step() >= NUMBERED {
        series.shown(value).to_string()
    } else {
        String::new()
    };
    let text = format!("{number}{star}");
    let top = plot.y(day.worst.unwrap_or(value).max(value)) - 2.0;
    let drawn = |class| words(plot.x(at), top, class, "middle", &text);
    (!text.is_empty()).then(|| ["rim", "v"].map(drawn))
}

/// A series day by day, on an axis up to `end`.
pub(super) fn series(
    id: &str,
    summary: &Summary,
    size: Size,
    end: f64,
    around: Around<'_>,
) -> String {
    let Some(first) = summary.days.first() else {
        return String::new();
    };
    let unit = match summary.unit.as_str() {
        "" => String::new(),
        unit => format!(", {unit}"),
    };
    let title = format!("{}{unit}, 0 to {}, day by day", summary.name, text_of(end));
    let (mut image, plot) = frame(
        id,
        size,
        &title,
        &chart_text(summary),
        (first.day, summary.days.len(), end),
        around,
    );
    let days = || summary.days.iter().enumerate();
    for (at, point) in days() {
        image = image.add(day(&plot, at, point));
    }
    let trend = path(&plot, summary.days.iter().map(|day| day.middle));
    if !trend.is_empty() {
        image = image.add(Path::new().set("d", trend).set("class", "trend"));
    }
    // The numbers come last, so that no line runs through them.
    let numbers = days().filter_map(|(at, point)| on_column(&plot, at, point, summary.series));
    for text in numbers.flatten() {
        image = image.add(text);
    }
    image.to_string()
}

/// The use as bars, and the plan as a staircase over them.
pub(super) fn staircase(id: &str, used: &UsedProduct, size: Size, around: Around<'_>) -> String {
    let days = &used.staircase.days;
    let Some(first) = days.first() else {
        return String::new();
    };
    let top = used.staircase.top_here();
    let title = format!(
        "{}: used a day, and the plan, 0 to {}",
        used.product.name,
        n(top)
    );
    let desc = format!(
        "Logged on {} of {} days. Days without a column have nothing logged. The line is the plan.",
        used.days_logged,
        days.len()
    );
    let (mut image, plot) = frame(
        id,
        size,
        &title,
        &desc,
        (first.day, days.len(), top),
        around,
    );
    let mut data = String::new();
    let mut before: Option<f64> = None;
    for (at, (plan, amount)) in used.staircase.numbers().enumerate() {
        if let Some(amount) = amount {
            image = image.add(column(&plot, at, amount, "bar"));
        }
        let (left, right) = (
            plot.x(at) - plot.step() / 2.0,
            plot.x(at) + plot.step() / 2.0,
        );
        if let Some(plan) = plan {
            let command = if before.is_some() { 'L' } else { 'M' };
            let y = n(plot.y(plan));
            let _ = write!(data, "{command}{} {y}L{} {y}", n(left), n(right));
        }
        // A day without a plan ends the line, so that none is drawn through it.
        before = plan;
    }
    if !data.is_empty() {
        image = image.add(Path::new().set("d", data).set("class", "plan"));
    }
    image.to_string()
}

/// Small columns for a row of a table: one for each day with a value.
pub(super) fn spark(id: &str, summary: &Summary) -> String {
    let size = Size {
        width: 96.0,
        height: 18.0,
        parts: 1,
    };
    let title = format!("{}, day by day", summary.name);
    let mut image = image(id, size.width, size.height, &title, &chart_text(summary));
    let days = summary.days.len();
    let x = |at: usize| 2.0 + (size.width - 4.0) * (at as f64 + 0.5) / days.max(1) as f64;
    let y = |value: f64| 16.0 - 14.0 * (value / summary.top.max(1.0)).clamp(0.0, 1.0);
    image = image.add(line(2.0, 16.5, size.width - 2.0, 16.5, "grid"));
    let step = (size.width - 4.0) / days.max(1) as f64;
    for (at, day) in summary.days.iter().enumerate() {
        if let Some(value) = day.value {
            image = image.add(
                Rectangle::new()
                    .set("x", n(x(at) - step * 0.35))
                    .set("y", n(y(value)))
                    .set("width", n((step * 0.7).max(0.3)))
                    .set("height", n((16.5 - y(value)).max(0.6)))
                    .set("class", "day"),
            );
        }
    }
    image.to_string()
}
