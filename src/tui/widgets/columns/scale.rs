//! The axis of a chart of days in cells: which rows it has, and which of them have a number.
//!
//! Invariant: it begins at 0, and a number stands only at a row on whose upper edge a column of that value ends.

pub(crate) use crate::domain::trends::scale::{Way, beside, end_for, text_of};

use crate::domain::trends::scale::is_round;

/// The values from 0 to `end` over a number of rows.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Scale {
    end: f64,
    rows: u16,
    parts: u16,
}

/// Rows that are given away for more numbers on the axis.
const SPARED: u16 = 2;

impl Scale {
    /// A scale in at most `room` rows; `None` without a range or a row. It takes fewer rows where that puts more numbers on them.
    pub(crate) fn new(end: f64, room: u16) -> Option<Self> {
        if !end.is_finite() || end <= 0.0 || room == 0 {
            return None;
        }
        let parts = [5_u16, 4, 3, 2].into_iter();
        let mut parts = parts.filter(|parts| is_round(end, *parts));
        let parts = parts.find(|parts| {
            let rows = room / parts * parts;
            // At least two rows apart, so that a number has its own.
            rows >= parts * 2 && room - rows <= SPARED
        });
        let parts = parts.unwrap_or(1);
        Some(Self {
            end,
            rows: room / parts * parts,
            parts,
        })
    }

    /// Rows of the columns.
    pub(crate) const fn rows(self) -> u16 {
        self.rows
    }

    /// The height of a value in steps, of which a row has so many. What is more than 0 has at least one.
    pub(crate) fn steps(self, value: f64, of_a_row: u16) -> u16 {
        let all = f64::from(self.rows) * f64::from(of_a_row);
        let height = (value / self.end * all).round();
        if height.is_nan() || value <= 0.0 {
            return 0;
        }
        whole(height.clamp(1.0, all))
    }

    /// The row that a line at `value` stands in, counted upwards from the axis.
    pub(crate) fn row_of(self, value: f64) -> u16 {
        let height = value / self.end * f64::from(self.rows);
        whole(height.max(0.0)).min(self.rows - 1)
    }

    /// The numbers of the axis with their rows: how many lie between the axis and the upper edge of the row that has the number.
    pub(crate) fn ticks(self) -> impl Iterator<Item = (f64, u16)> {
        (0..=self.parts).map(move |n| {
            let value = self.end * f64::from(n) / f64::from(self.parts);
            (value, self.rows / self.parts * n)
        })
    }

    /// Cells of the widest number.
    pub(crate) fn label_width(self) -> u16 {
        let widest = self.ticks().map(|(value, _)| text_of(value).len()).max();
        u16::try_from(widest.unwrap_or(0)).unwrap_or(u16::MAX)
    }
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "the callers pass what lies between 0 and eight times the rows of a screen"
)]
fn whole(value: f64) -> u16 {
    value.floor().clamp(0.0, f64::from(u16::MAX)) as u16
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test may stop at the first surprise")]
mod tests {
    use super::Scale;

    #[test]
    fn numbers_stand_only_on_whole_rows_and_the_same_number_of_rows_apart() {
        let ticks = |end, room| Scale::new(end, room).unwrap().ticks().collect::<Vec<_>>();
        assert_eq!(
            ticks(75.0, 16),
            [(0.0, 0), (25.0, 5), (50.0, 10), (75.0, 15)]
        );
        assert_eq!(ticks(75.0, 3), [(0.0, 0), (75.0, 3)]);
        assert_eq!(ticks(100.0, 11), [(0.0, 0), (50.0, 5), (100.0, 10)]);
        assert_eq!(ticks(50.0, 8), [(0.0, 0), (25.0, 4), (50.0, 8)]);
        assert_eq!(ticks(10.0, 10).len(), 6);
    }
}
