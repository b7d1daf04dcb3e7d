//! The chart of days: a column a day, as high as its value, with its number on it.
//!
//! ```text
//!  75 ▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔     ▔ grid line: a column that ends there has this value
//!      42      │
//!  50 ▔██▔34▔▔▔│▔▔▔▔▔▔▔▔▔▔▔▔▔     │ up to the worst check-in of the day
//!     ░██ ░▅▅ 25                   ░ the week before
//!  25 ░██▔░██▔██▔▔▔18*▔▔▔▔▔▔▔     * answered in part
//!     ░██ ░██ ██ – ▇▇              – no value   ○ an overall only
//!   0 ▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔
//!     Mon Tue Wed Thu Fri
//! ```
//! One chart for every face: Today, Trends and Plan draw it into their frames, the command line and plain mode into a buffer of
//! their own. It takes numbers and words and knows no journal.
//!
//! Invariants: a column ends at its value, to the step of its [`Fineness`]; a day without a value and a day still to come have no
//! column; nothing stretches from one day to the next, so nothing reaches across a day 0.
use ratatui::layout::Rect;

use super::chart::{AxisLabel, Beginning};
use crate::tui::theme::{Detail, Glyphs, Theme};

mod ink;
#[cfg(test)]
mod laws;
pub(crate) mod level;
pub(crate) mod scale;
pub(crate) mod under;

use level::Level;
use scale::Scale;

/// How finely the height of a column is drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Fineness {
    /// To an eighth of a cell.
    Eighths,
    /// To half a cell: consoles whose font has no eighths.
    Halves,
    /// To a cell: ASCII.
    Cells,
}

impl Fineness {
    /// The one that `theme` can draw.
    pub(crate) const fn of(theme: Theme) -> Self {
        match (theme.glyphs, theme.detail) {
            (Glyphs::Ascii, _) => Self::Cells,
            (Glyphs::Unicode, Detail::Halves) => Self::Halves,
            (Glyphs::Unicode, _) => Self::Eighths,
        }
    }

    /// Steps in a cell.
    pub(crate) const fn steps(self) -> u16 {
        match self {
            Self::Eighths => 8,
            Self::Halves => 2,
            Self::Cells => 1,
        }
    }
}

/// What stands on the axis of a day.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(crate) enum Standing {
    /// A column of this value.
    Value(f64),
    /// `○`: the day has an overall and no value of this series.
    OverallOnly,
    /// `–`: the day has no value.
    Missing,
    /// `·`: the day has entries, none of this kind.
    NoneOfIt,
    /// Nothing: the day is still to come, or belongs to no one.
    #[default]
    Ahead,
}

/// One day, or a stretch of days that share a column.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Column {
    /// What stands on the axis.
    pub(crate) standing: Standing,
    /// The number on the column, `18*`; drawn whole or not at all.
    pub(crate) number: String,
    /// The value of the week before: a narrow column at the left.
    pub(crate) before: Option<f64>,
    /// The worst check-in of the day, or the highest day of a stretch: a thin line above the column.
    pub(crate) worst: Option<f64>,
    /// The middle line on this day.
    pub(crate) middle: Option<f64>,
    /// What begins with this day.
    pub(crate) beginning: Beginning,
}

/// How a column looks.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Ink {
    /// The series of the chart.
    #[default]
    First,
    /// A second series, under the first one.
    Second,
    /// An earlier attempt.
    Earlier,
}

/// The chart.
#[derive(Clone, Copy, Debug)]
pub(crate) struct ColumnChart<'a> {
    /// The days, the oldest first.
    pub(crate) columns: &'a [Column],
    /// The end of the axis, which begins at 0; see [`scale::end_for`].
    pub(crate) end: f64,
    /// Cells at the left of the plot for the numbers of the axis; with more of them the plot begins further right. It is never
    /// less than these numbers need.
    pub(crate) gutter: u16,
    /// Words under the axis.
    pub(crate) labels: &'a [AxisLabel],
    /// The column under the cursor: its word is marked.
    pub(crate) cursor: Option<usize>,
    /// How it looks.
    pub(crate) ink: Ink,
    /// Levels across the columns.
    pub(crate) levels: &'a [Level],
    /// Columns that are no wider than this, so that a few days don't become blocks.
    pub(crate) widest: u16,
}

impl Column {
    /// Whether the day has an overall and no value of this series.
    pub(crate) fn has_overall_only(&self) -> bool {
        self.standing == Standing::OverallOnly
    }
}

impl<'a> ColumnChart<'a> {
    /// A chart of `columns` on an axis from 0 to `end`.
    pub(crate) const fn new(end: f64, columns: &'a [Column]) -> Self {
        Self {
            columns,
            end,
            gutter: 0,
            labels: &[],
            cursor: None,
            ink: Ink::First,
            levels: &[],
            widest: 14,
        }
    }

    /// The highest value that is drawn, of any kind; `None` without one.
    pub(crate) fn highest(columns: &[Column]) -> Option<f64> {
        let values = columns.iter().flat_map(|column| {
            let value = match column.standing {
                Standing::Value(value) => Some(value),
                _ => None,
            };
            [value, column.before, column.worst, column.middle]
        });
        values
            .flatten()
            .filter(|value| value.is_finite())
            .reduce(f64::max)
    }

    /// Where the parts stand in `area`: a row for numbers, the rows of the columns, the axis, and a row of words where there is room.
    /// `None` without a day or without room.
    pub(crate) fn place(&self, area: Rect) -> Option<Place> {
        let labels = u16::from(!self.labels.is_empty() && area.height >= 4);
        // One row above the columns keeps the number of the highest, one below is the axis.
        let room = area.height.checked_sub(2 + labels)?;
        let scale = Scale::new(self.end, room)?;
        let gutter = self.gutter.max(scale.label_width().saturating_add(1));
        let width = area.width.checked_sub(gutter)?;
        let days = u16::try_from(self.columns.len()).ok()?;
        let step = width
            .checked_div(days)
            .filter(|step| *step > 0)?
            .min(self.widest);
        let has_before = self.columns.iter().any(|column| column.before.is_some());
        let before = match step {
            8.. if has_before => 2,
            4.. if has_before => 1,
            _ => 0,
        };
        // What is wide enough keeps a cell of air on its right.
        let air = match step {
            8.. if has_before => 2,
            3.. => 1,
            _ => 0,
        };
        let rows = scale.rows();
        let spare = room - rows;
        Some(Place {
            plot: Rect::new(
                area.x + gutter,
                area.y + spare + 1,
                days.saturating_mul(step),
                rows,
            ),
            right: area.right(),
            left: area.x,
            scale,
            step,
            before,
            wide: step - before - air,
            labels: (labels == 1).then(|| area.y + spare + 1 + rows + 1),
            days: self.columns.len(),
        })
    }
}

/// Where the parts of a chart stand on the screen.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Place {
    /// The rows and cells of the columns. The number of the highest stands in the row above, the axis in the row below.
    pub(crate) plot: Rect,
    /// The end of the grid lines.
    right: u16,
    /// The first cell of the axis' numbers.
    left: u16,
    /// The values along the rows.
    pub(crate) scale: Scale,
    /// Cells of a day.
    pub(crate) step: u16,
    /// Cells of the column of the week before.
    pub(crate) before: u16,
    /// Cells of a column.
    pub(crate) wide: u16,
    /// The row of the words under the axis.
    labels: Option<u16>,
    days: usize,
}

impl Place {
    /// The first cell of a day.
    pub(crate) fn start(&self, day: usize) -> u16 {
        let day = u16::try_from(day).unwrap_or(u16::MAX);
        self.plot.x.saturating_add(day.saturating_mul(self.step))
    }

    /// The first cell of a day's column, behind that of the week before.
    pub(crate) fn column(&self, day: usize) -> u16 {
        self.start(day).saturating_add(self.before)
    }

    /// The row of the axis.
    pub(crate) const fn axis(&self) -> u16 {
        self.plot.bottom()
    }

    /// The day at a cell.
    pub(crate) fn day_at(&self, x: u16) -> Option<usize> {
        let offset = x.checked_sub(self.plot.x)?;
        let day = usize::from(offset.checked_div(self.step)?);
        (day < self.days).then_some(day)
    }
}
