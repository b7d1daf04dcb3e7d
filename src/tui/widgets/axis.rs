//! The positions of days and values on a chart, and the labels that fit.
//!
//! Invariant: the value axis always shows the whole range, from 0 to the top. A later day is never left of an earlier one.
use std::ops::Range;

use super::text;

/// The values from 0 to `top` over a number of rows; the lowest row is the axis itself.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Scale {
    top: f64,
    rows: u16,
}

impl Scale {
    /// Makes a scale; `None` without a range or with fewer than two rows.
    pub(crate) fn new(top: f64, rows: u16) -> Option<Self> {
        (top.is_finite() && top > 0.0 && rows >= 2).then_some(Self { top, rows })
    }

    /// Returns the depth of a value: 0 at the top, 1 on the axis. Values outside the range are at the nearer end.
    fn depth(self, value: f64) -> f64 {
        (1.0 - value / self.top).clamp(0.0, 1.0)
    }

    /// Returns the row of a value, counted from the top.
    pub(crate) fn row(self, value: f64) -> u16 {
        whole(self.depth(value) * f64::from(self.rows - 1) + 0.5)
    }

    /// Returns the quarter row of a value, counted from the top. It is always within the row of [`Self::row`], so that a line
    /// of braille dots meets the mark of the same value.
    pub(crate) fn quarter(self, value: f64) -> usize {
        usize::from(whole(
            (self.depth(value) * f64::from(self.rows - 1) + 0.5) * 4.0,
        ))
    }

    /// Returns the values with a tick, from 0 upwards, at least two rows apart; at least both ends.
    pub(crate) fn ticks(self) -> Vec<f64> {
        // Divisions that give round numbers: fifths of 10 or 5, quarters of 100 or 4, halves of anything.
        let parts: [u16; 4] = match self.top {
            top if is_whole(top / 5.0) && top < 100.0 => [5, 2, 1, 1],
            top if is_whole(top / 4.0) => [4, 2, 1, 1],
            _ => [2, 1, 1, 1],
        };
        let gaps = self.rows - 1;
        let parts = parts.into_iter().find(|n| gaps >= n * 2).unwrap_or(1);
        (0..=parts)
            .map(|n| self.top * f64::from(n) / f64::from(parts))
            .collect()
    }

    /// Returns the width of the widest tick, in cells.
    pub(crate) fn label_width(self) -> u16 {
        let widest = self
            .ticks()
            .into_iter()
            .map(|tick| tick_text(tick).len())
            .max();
        u16::try_from(widest.unwrap_or(0)).unwrap_or(u16::MAX)
    }
}

/// Spells a tick: whole numbers without decimals.
pub(crate) fn tick_text(tick: f64) -> String {
    if is_whole(tick) {
        format!("{tick:.0}")
    } else {
        format!("{tick:.1}")
    }
}

/// Consecutive days over a number of columns. With fewer columns than days, several days share a column.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Columns {
    days: usize,
    width: u16,
}

impl Columns {
    /// Spreads `days` over `width` columns.
    pub(crate) const fn new(days: usize, width: u16) -> Self {
        Self { days, width }
    }

    /// Returns the column of a day, counted from the left of the plot.
    pub(crate) fn of(self, day: usize) -> u16 {
        u16::try_from(self.half(day) / 2).unwrap_or(u16::MAX)
    }

    /// Returns the half column of a day: the middle of the day's share of the width.
    pub(crate) fn half(self, day: usize) -> usize {
        let halves = usize::from(self.width) * 2;
        let middle = (day.min(self.days.saturating_sub(1)) * 2 + 1).saturating_mul(halves);
        (middle / (self.days.max(1) * 2)).min(halves.saturating_sub(1))
    }

    /// Returns the columns of the days from `first` to `last`, both included, without a hole to the days beside them.
    pub(crate) fn span(self, first: usize, last: usize) -> Range<u16> {
        let width = usize::from(self.width);
        let days = self.days.max(1);
        let last = last.min(days - 1);
        let start = (first.min(last) * width / days).min(usize::from(self.of(first)));
        let end = ((last + 1) * width / days).max(usize::from(self.of(last)) + 1);
        let cell = |n: usize| u16::try_from(n.min(width)).unwrap_or(u16::MAX);
        cell(start)..cell(end)
    }
}

/// A row of labels: each label has two free cells to its neighbours, and is drawn whole or not at all.
#[derive(Clone, Debug)]
pub(crate) struct LabelRow {
    room: Range<u16>,
    taken: Vec<Range<u16>>,
}

/// Free cells between two labels: with one, two dates would read as a single text.
const AIR: u16 = 2;

impl LabelRow {
    /// Starts an empty row over these columns of the screen.
    pub(crate) const fn new(room: Range<u16>) -> Self {
        Self {
            room,
            taken: Vec::new(),
        }
    }

    /// Finds the place for `label` under `column`, centred if possible; `None` when it would touch another label.
    pub(crate) fn place(&mut self, column: u16, label: &str) -> Option<Range<u16>> {
        let wide = u16::try_from(text::width(label)).ok()?;
        if wide == 0 || wide > self.room.end.saturating_sub(self.room.start) {
            return None;
        }
        let last = self.room.end - wide;
        let start = column
            .saturating_sub(wide.saturating_sub(1) / 2)
            .clamp(self.room.start, last);
        let place = start..start + wide;
        let free = self.taken.iter().all(|other| {
            place.end.saturating_add(AIR) <= other.start
                || other.end.saturating_add(AIR) <= place.start
        });
        free.then(|| {
            self.taken.push(place.clone());
            place
        })
    }

    /// Tells whether a column is free.
    pub(crate) fn is_free(&self, column: u16) -> bool {
        self.room.contains(&column) && !self.taken.iter().any(|place| place.contains(&column))
    }
}

fn is_whole(value: f64) -> bool {
    value.fract().abs() < 1e-9
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "the callers pass what lies between 0 and four times the rows of a screen"
)]
fn whole(value: f64) -> u16 {
    value.floor().clamp(0.0, f64::from(u16::MAX)) as u16
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test may stop at the first surprise")]
mod tests {
    use super::{Columns, LabelRow, Scale};
    use proptest::prelude::proptest;

    #[test]
    fn ticks_are_the_whole_range_and_thin_out() {
        let ticks = |top, rows| Scale::new(top, rows).unwrap().ticks();
        assert_eq!(ticks(100.0, 12), [0.0, 25.0, 50.0, 75.0, 100.0]);
        assert_eq!(ticks(100.0, 6), [0.0, 50.0, 100.0]);
        assert_eq!(ticks(100.0, 3), [0.0, 100.0]);
        assert_eq!(ticks(4.0, 9), [0.0, 1.0, 2.0, 3.0, 4.0]);
        assert_eq!(ticks(10.0, 11), [0.0, 2.0, 4.0, 6.0, 8.0, 10.0]);
        assert_eq!(ticks(10.0, 8), [0.0, 5.0, 10.0]);
    }

    #[test]
    fn a_scale_needs_a_range() {
        for top in [0.0, -1.0, f64::NAN, f64::INFINITY] {
            assert!(Scale::new(top, 10).is_none());
        }
    }

    #[test]
    fn labels_that_would_touch_are_left_out_whole() {
        let mut row = LabelRow::new(0..20);
        assert_eq!(row.place(0, "Mon 9 Nov"), Some(0..9));
        assert_eq!(row.place(10, "Mon 16"), None);
        assert_eq!(row.place(19, "Mon 23"), Some(14..20));
        assert_eq!(row.place(9, "much too long to stand here"), None);
    }

    proptest! {
        #[test]
        fn days_stand_in_order(days in 1usize..4000, width in 1u16..300) {
            let columns = Columns::new(days, width);
            let mut last = 0;
            for day in 0..days {
                let column = columns.of(day);
                assert!(column >= last && column < width);
                assert!(columns.span(day, day).contains(&column));
                last = column;
            }
        }

        #[test]
        fn line_and_dot_of_a_value_share_a_row(value in 0.0f64..=100.0, rows in 2u16..100) {
            let scale = Scale::new(100.0, rows).unwrap();
            assert_eq!(usize::from(scale.row(value)), scale.quarter(value) / 4);
            assert!(scale.row(value) < rows);
        }
    }
}
