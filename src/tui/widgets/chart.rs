//! What a line chart is told, and where its parts stand on the screen; `line_chart` draws it.
use ratatui::layout::Rect;

use super::axis::{Columns, Scale};
use super::text;

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
    /// Whether the value rests on a part of what it is made of.
    pub answered: Whole,
    /// What begins with this day.
    pub beginning: Beginning,
}

/// Whether a day's value rests on all that it is made of.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Whole {
    /// It does.
    #[default]
    Yes,
    /// Some of it was left out: the mark says so.
    InPart,
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
    /// An earlier attempt laid under this one: a faint line without marks, dotted in its own way, with its digit at the end.
    Earlier,
}

/// A further series, on the same days as the first.
#[derive(Clone, Copy, Debug)]
pub struct Series<'a> {
    /// Its days; the first stands where the chart's first day stands. Beginnings among them break its line, and are not drawn.
    pub days: &'a [DayMark],
    /// How it looks.
    pub look: Look,
    /// Its name in the legend. An earlier attempt's last number in it is the digit that stands on its line.
    pub name: &'a str,
    /// The top of its range where that is not the chart's. Only that of the first [`Look::Second`] counts, for it gets the
    /// axis at the right; every other series is on the chart's range.
    pub top: Option<f64>,
}

impl<'a> Series<'a> {
    /// Makes a second series on a range of its own, from 0 to `top`; with the chart's own top there is no second axis.
    pub const fn second(name: &'a str, top: f64, days: &'a [DayMark]) -> Self {
        Self {
            days,
            look: Look::Second,
            name,
            top: Some(top),
        }
    }

    /// Makes an earlier attempt, on the chart's range. Its trend is its line: whoever wants it day by day gives the day's
    /// value as the trend.
    pub const fn earlier(name: &'a str, days: &'a [DayMark]) -> Self {
        Self {
            days,
            look: Look::Earlier,
            name,
            top: None,
        }
    }
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
    /// Labels under the axis, the earliest first; where they have no room every second, third … of them stays.
    pub labels: &'a [AxisLabel],
    /// Index of the day that the cursor stands on.
    pub cursor: Option<usize>,
    /// Phases.
    pub strip: &'a [Band],
    /// Letters of events and the index of their day, the most important first: of several in one column the first stands.
    pub marks: &'a [(usize, char)],
}

/// Where the parts of a chart stand on the screen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Place {
    /// The plot: the lowest row is the axis.
    pub plot: Rect,
    /// How many days the plot has.
    pub(super) days: usize,
    /// Cells of the second axis at the right of the plot; 0 without one.
    pub(super) right: u16,
    pub(super) legend: Option<Legend>,
    pub(super) labels: Option<u16>,
    pub(super) strip: Option<u16>,
    pub(super) marks: Option<u16>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Legend {
    /// Names in the margin, at the ends of their lines.
    AtTheEnds(u16),
    /// Names in a row above the plot.
    Above(u16),
    /// Names in a row above the plot, the second series' at the right, over its own axis.
    OverTheAxes(u16),
}

/// Fewer rows of plot than this, and strip, marks, legend and labels go, in this order.
const LOWEST_PLOT: u16 = 4;
/// The narrowest plot between two axes, in cells.
const NARROWEST_BETWEEN: u16 = 4;
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

    /// Returns the top of the axis at the right: that of the first second series, if it has another range than the chart.
    pub fn second_top(&self) -> Option<f64> {
        let mut seconds = self.others.iter().filter(|one| one.look == Look::Second);
        let top = seconds.next()?.top?;
        let other = (top - self.top).abs() > 1e-9;
        (other && top.is_finite() && top > 0.0).then_some(top)
    }

    /// Returns where the parts stand in `area`; nothing when there is no value, no range or no room. A second axis that has
    /// no room for its name is no axis at all, and neither is the chart.
    pub fn place(&self, area: Rect) -> Option<Place> {
        if area.width < NARROWEST || area.height < 2 || !self.has_values() {
            return None;
        }
        let wants = |wanted: bool, rows: &mut u16| {
            let got = wanted && *rows > LOWEST_PLOT;
            *rows -= u16::from(got);
            got
        };
        let second = self.second_top();
        let mut rows = area.height;
        if second.is_some() {
            rows = rows.checked_sub(1).filter(|rows| *rows >= 2)?;
        }
        let has_names = self.others.iter().any(|series| !series.name.is_empty());
        let roomy = has_names && second.is_none() && area.width >= ROOM_FOR_ENDS;
        let begins = |day: &DayMark| day.beginning == Beginning::DayZero;
        let labels = !self.labels.is_empty() || self.days.iter().any(begins);
        let labels = wants(labels, &mut rows);
        let beside = roomy && self.names_stand_apart(rows);
        let above = second.is_none() && wants(has_names && !beside, &mut rows);
        let marks = wants(!self.marks.is_empty(), &mut rows);
        let strip = wants(!self.strip.is_empty(), &mut rows);
        let gutter = Scale::new(self.top, rows)?.label_width().saturating_add(1);
        let right = match second {
            Some(top) => Scale::new(top, rows)?.label_width().saturating_add(1),
            None => 0,
        };
        let margin = if beside {
            let names = self.others.iter().map(|series| series.name);
            let widest = names.chain([self.name]).map(text::width).max();
            u16::try_from(widest.unwrap_or(0) + 6)
                .unwrap_or(u16::MAX)
                .min(WIDEST_NAME + 6)
        } else {
            right
        };
        let over = above || second.is_some();
        let plot = Rect::new(
            area.x.saturating_add(gutter),
            area.y.saturating_add(u16::from(over)),
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
        let least = if second.is_some() {
            NARROWEST_BETWEEN
        } else {
            1
        };
        (plot.width >= least).then(|| Place {
            plot,
            days: self.days.len().max(longest.unwrap_or(0)),
            right,
            legend: match (beside, above, second) {
                (true, ..) => Some(Legend::AtTheEnds(area.right())),
                (_, true, _) => Some(Legend::Above(area.y)),
                (.., Some(_)) => Some(Legend::OverTheAxes(area.y)),
                _ => None,
            },
            labels: row(labels),
            strip: row(strip),
            marks: row(marks),
        })
    }

    /// Tells whether the names have a row each at the ends of their lines, or at the most one beside it.
    fn names_stand_apart(&self, rows: u16) -> bool {
        let Some(scale) = Scale::new(self.top, rows) else {
            return false;
        };
        let series = self.others.iter().map(|one| (one.name, one.days));
        let named = std::iter::once((self.name, self.days)).chain(series);
        let mut taken: Vec<u16> = Vec::new();
        for (_, days) in named.filter(|(name, _)| !name.is_empty()) {
            let wanted = last_value(days).map_or(0, |value| scale.row(value));
            match nearest_free(wanted, rows, &taken) {
                Some(row) if row.abs_diff(wanted) <= 1 => taken.push(row),
                _ => return false,
            }
        }
        true
    }
}

/// Returns where a line ends: its name stands there.
pub(super) fn last_value(days: &[DayMark]) -> Option<f64> {
    days.iter()
        .rev()
        .find_map(|day| day.trend.or(day.value).or(day.hollow))
}

/// Returns the row nearest to the wanted one that is not taken.
pub(super) fn nearest_free(wanted: u16, rows: u16, taken: &[u16]) -> Option<u16> {
    (0..rows)
        .filter(|row| !taken.contains(row))
        .min_by_key(|row| row.abs_diff(wanted))
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
        self.dots
            .iter()
            .copied()
            .chain(alone)
            .filter(|v| v.is_finite())
    }

    fn has_ink(&self) -> bool {
        let number = |value: Option<f64>| value.is_some_and(f64::is_finite);
        self.dots().next().is_some() || number(self.trend) || number(self.hollow)
    }
}
