//! The input of a line chart, and the positions of its parts; `line_chart` draws it.
mod foot;
pub(super) mod ink;
#[cfg(test)]
#[expect(clippy::expect_used, reason = "a test may stop at the first surprise")]
pub(super) mod laws;
mod legend;

use ratatui::layout::Rect;

use super::axis::{Columns, Scale};
use super::text;

/// The beginning on a day.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Beginning {
    /// Nothing: an ordinary day.
    #[default]
    None,
    /// Day 0 of an attempt: drawn as `┊` and labelled, and no line reaches into it.
    DayZero,
    /// An attempt without a known day 0: drawn as `┊` without a label, and no line reaches into it.
    Attempt,
}

/// One day of a chart. Values outside the range are drawn at the nearer end; NaN and infinity are left out.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct DayMark {
    /// The values of the day's check-ins; empty when [`Self::value`] is the one mark of the day.
    pub(crate) dots: Vec<f64>,
    /// The day's value, `None` for a day without an answer.
    pub(crate) value: Option<f64>,
    /// The middle line on this day, if it has one.
    pub(crate) trend: Option<f64>,
    /// The overall of a day that has nothing else, scaled to the chart's range.
    pub(crate) hollow: Option<f64>,
    /// What begins with this day.
    pub(crate) beginning: Beginning,
}

/// A label under the axis.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct AxisLabel {
    /// Index of its day.
    pub(crate) day: usize,
    /// The words; drawn whole or not at all.
    pub(crate) text: String,
}

/// A named stretch of days in the strip under the axis.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Band {
    /// Index of the first day.
    pub(crate) from: usize,
    /// Index of the last day, included.
    pub(crate) to: usize,
    /// The name.
    pub(crate) name: String,
    /// A short form where the name does not fit; may be empty.
    pub(crate) short: String,
}

/// How a further series looks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Look {
    /// A second series of the same days: marks of its own and a dashed line.
    Second,
    /// An earlier attempt behind this one: a faint dotted line without marks, with its digit at the end.
    Earlier,
}

/// A further series, on the same days as the first.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Series<'a> {
    /// Its days, aligned with the chart's first day. A beginning interrupts its line and is not drawn.
    pub(crate) days: &'a [DayMark],
    /// How it looks.
    pub(crate) look: Look,
    /// Its name in the legend. The last digit in an earlier attempt's name is drawn on its line.
    pub(crate) name: &'a str,
    /// The top of its own range. It counts only for the first [`Look::Second`], which gets the axis at the right; every other
    /// series uses the chart's range.
    pub(crate) top: Option<f64>,
}

// The laws of the widgets draw series that the screens make field by field.
#[cfg(test)]
impl<'a> Series<'a> {
    /// Makes a second series on a range of its own, from 0 to `top`; with the chart's own top there is no second axis.
    pub(crate) const fn second(name: &'a str, top: f64, days: &'a [DayMark]) -> Self {
        Self {
            days,
            look: Look::Second,
            name,
            top: Some(top),
        }
    }

    /// Makes an earlier attempt on the chart's range. Its line is its trend; for a line from day to day, pass the values as
    /// the trend.
    pub(crate) const fn earlier(name: &'a str, days: &'a [DayMark]) -> Self {
        Self {
            days,
            look: Look::Earlier,
            name,
            top: None,
        }
    }
}

/// The input of one chart.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct LineChart<'a> {
    /// The top of the range, which always begins at 0.
    pub(crate) top: f64,
    /// Consecutive days, the oldest first.
    pub(crate) days: &'a [DayMark],
    /// The name of the series; shown in the legend when there is another series.
    pub(crate) name: &'a str,
    /// Further series.
    pub(crate) others: &'a [Series<'a>],
    /// Labels under the axis, the earliest first; with little room only every second, third … is drawn.
    pub(crate) labels: &'a [AxisLabel],
    /// Index of the day under the cursor.
    pub(crate) cursor: Option<usize>,
    /// Phases.
    pub(crate) strip: &'a [Band],
    /// Letters of events and the index of their day, the most important first: a column shows its first letter.
    pub(crate) marks: &'a [(usize, char)],
}

/// The positions of a chart's parts on the screen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Place {
    /// The plot: the lowest row is the axis.
    pub(crate) plot: Rect,
    /// The number of days in the plot.
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

/// With fewer rows than this for the plot, strip, marks, legend and labels are dropped, in this order.
const LOWEST_PLOT: u16 = 4;
/// The narrowest plot between two axes, in cells.
const NARROWEST_BETWEEN: u16 = 4;
/// The narrowest area that gets a chart, in cells.
const NARROWEST: u16 = 8;
/// From this width on, names are written at the ends of the lines.
const ROOM_FOR_ENDS: u16 = 60;
/// The widest name in the margin, in cells.
const WIDEST_NAME: u16 = 14;

impl Place {
    /// Returns the screen column of a day.
    pub(crate) fn column_of(&self, day: usize) -> Option<u16> {
        let columns = Columns::new(self.days, self.plot.width);
        (day < self.days).then(|| self.plot.x.saturating_add(columns.of(day)))
    }
}

impl<'a> LineChart<'a> {
    /// Makes a chart of the range from 0 to `top` (100, 10 or 4) with nothing but days.
    pub(crate) fn new(top: f64, days: &'a [DayMark]) -> Self {
        Self {
            top,
            days,
            ..Self::default()
        }
    }

    /// Tells whether any day of any series has something to show.
    pub(crate) fn has_values(&self) -> bool {
        let any = |days: &[DayMark]| days.iter().any(DayMark::has_ink);
        any(self.days) || self.others.iter().any(|series| any(series.days))
    }

    /// Returns the top of the axis at the right: that of the first second series, if its range differs from the chart's.
    pub(crate) fn second_top(&self) -> Option<f64> {
        let mut seconds = self.others.iter().filter(|one| one.look == Look::Second);
        let top = seconds.next()?.top?;
        // Equal ranges share one axis; two axes with the same numbers would only confuse.
        let other = (top - self.top).abs() > 1e-9;
        (other && top.is_finite() && top > 0.0).then_some(top)
    }

    /// Returns the positions of the parts in `area`; `None` without a value, a range or room. A second axis needs room for its
    /// name: without it a reader could not tell which line it belongs to, so there is no chart at all.
    pub(crate) fn place(&self, area: Rect) -> Option<Place> {
        // Axes without a value would look like a row of zeros.
        if area.width < NARROWEST || area.height < 2 || !self.has_values() {
            return None;
        }
        // Takes one row for a part, if the plot can spare it; the order of the calls is the order of importance.
        let takes_row = |is_there: bool, rows: &mut u16| {
            let fits = is_there && *rows > LOWEST_PLOT;
            *rows -= u16::from(fits);
            fits
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
        let labels = takes_row(labels, &mut rows);
        let beside = roomy && self.names_stand_apart(rows);
        let above = second.is_none() && takes_row(has_names && !beside, &mut rows);
        let marks = takes_row(!self.marks.is_empty(), &mut rows);
        let strip = takes_row(!self.strip.is_empty(), &mut rows);
        // The widest tick and one cell for the axis line.
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

    /// Tells whether each name fits beside the end of its line, at most one row off.
    fn names_stand_apart(&self, rows: u16) -> bool {
        let Some(scale) = Scale::new(self.top, rows) else {
            return false;
        };
        let series = self.others.iter().map(|one| (one.name, one.days));
        let named = std::iter::once((self.name, self.days)).chain(series);
        let mut occupied: Vec<u16> = Vec::new();
        for (_, days) in named.filter(|(name, _)| !name.is_empty()) {
            let ideal = last_value(days).map_or(0, |value| scale.row(value));
            match nearest_free(ideal, rows, &occupied) {
                // A name further away would seem to belong to another line.
                Some(row) if row.abs_diff(ideal) <= 1 => occupied.push(row),
                _ => return false,
            }
        }
        true
    }
}

/// Returns the last value of a line, for the row of its name.
pub(super) fn last_value(days: &[DayMark]) -> Option<f64> {
    days.iter()
        .rev()
        .find_map(|day| day.trend.or(day.value).or(day.hollow))
}

/// Returns the free row nearest to `wanted`.
pub(super) fn nearest_free(wanted: u16, rows: u16, taken: &[u16]) -> Option<u16> {
    (0..rows)
        .filter(|row| !taken.contains(row))
        .min_by_key(|row| row.abs_diff(wanted))
}

impl DayMark {
    /// Makes a day with one check-in and the trend on it.
    pub(crate) fn of(value: Option<f64>, trend: Option<f64>) -> Self {
        Self {
            value,
            trend,
            ..Self::default()
        }
    }

    /// Returns the values that get a dot.
    pub(crate) fn dots(&self) -> impl Iterator<Item = f64> + '_ {
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
