//! The axis of a chart of days: where it ends, which rows it has, and which of them have a number.
//!
//! Invariant: it begins at 0, and a number stands only at a row on whose upper edge a column of that value ends.

/// The end of the axis for a series whose values reach from 0 to `full`: the first quarter of it at or above `highest`, where
/// quarters are whole numbers; of 25, 50, 75, 100 the first one.
pub(crate) fn end_for(full: f64, highest: f64) -> f64 {
    let ends = ends(full);
    let first = ends.iter().copied().find(|end| *end >= highest - 1e-9);
    // A value beyond its scale is drawn whole.
    first.unwrap_or_else(|| full.max(highest))
}

/// The end before this one, or after it; `None` where there is none.
pub(crate) fn beside(full: f64, end: f64, way: Way) -> Option<f64> {
    let ends = ends(full);
    match way {
        Way::Less => ends.into_iter().rev().find(|other| *other < end - 1e-9),
        Way::More => ends.into_iter().find(|other| *other > end + 1e-9),
    }
}

/// Along the ends of an axis.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Way {
    /// A lower end: the columns become higher.
    Less,
    /// A higher end.
    More,
}

/// The ends that an axis may have, the lowest first.
fn ends(full: f64) -> Vec<f64> {
    // On 0 to 4 a quarter is one step of the answer: "mild" would fill the plot.
    let parts = [4_u8, 2, 1].into_iter();
    let mut parts = parts.filter(|parts| full > 4.0 || *parts < 4);
    let parts = parts.find(|parts| is_whole(full / f64::from(*parts)));
    let parts = parts.unwrap_or(1);
    let ends = (1..=parts).map(|n| full * f64::from(n) / f64::from(parts));
    ends.collect()
}

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

/// A number of the axis: without decimals where it is whole.
pub(crate) fn text_of(value: f64) -> String {
    if is_whole(value) {
        format!("{value:.0}")
    } else {
        format!("{value:.1}")
    }
}

/// Whether `end` falls into so many parts that a person counts in.
fn is_round(end: f64, parts: u16) -> bool {
    let part = end / f64::from(parts);
    if !is_whole(part) {
        return false;
    }
    match parts {
        // Fifths of 25 and of 5 or 10 are numbers that one counts in; those of 100 and 50 are not the quarters of the other ends.
        5 => end <= 25.0 && is_whole(end / 5.0),
        // Thirds only where halves and quarters give no whole number: 75.
        3 => is_whole(end / 25.0) || end <= 9.0,
        _ => !is_whole(end / 25.0) || is_whole(part / 25.0),
    }
}

fn is_whole(value: f64) -> bool {
    (value - value.round()).abs() < 1e-9
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
#[expect(clippy::float_cmp, reason = "exact values are meant")]
mod tests {
    use super::{Scale, Way, beside, end_for};

    #[test]
    fn an_axis_ends_at_the_first_quarter_that_holds_the_highest() {
        let ends = [0.0, 25.0, 25.4, 50.0, 51.0, 75.1, 100.0].map(|high| end_for(100.0, high));
        assert_eq!(ends, [25.0, 25.0, 50.0, 50.0, 75.0, 100.0, 100.0]);
        assert_eq!(end_for(10.0, 4.2), 5.0);
        assert_eq!(
            end_for(4.0, 1.0),
            2.0,
            "a mild symptom does not fill the plot"
        );
        assert_eq!(end_for(7.0, 3.0), 7.0);
        assert_eq!(end_for(7.0, 9.0), 9.0, "nothing is cut off");
    }

    #[test]
    fn the_end_can_be_moved_by_hand_as_far_as_the_scale_goes() {
        assert_eq!(beside(100.0, 50.0, Way::More), Some(75.0));
        assert_eq!(beside(100.0, 50.0, Way::Less), Some(25.0));
        assert_eq!(beside(100.0, 100.0, Way::More), None);
        assert_eq!(beside(100.0, 25.0, Way::Less), None);
    }

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
