//! The axis of a chart of days on every face: where it ends, and which numbers stand on it.
//!
//! Invariant: it begins at 0, and its numbers are evenly spaced.

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

/// The numbers of an axis in at most so many parts, from 0 to its end.
pub(crate) fn numbers(end: f64, most: u16) -> Vec<f64> {
    let parts = [5_u16, 4, 3, 2].into_iter();
    let mut parts = parts.filter(|parts| *parts <= most && is_round(end, *parts));
    let parts = parts.next().unwrap_or(1);
    let number = |n: u16| end * f64::from(n) / f64::from(parts);
    (0..=parts).map(number).collect()
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
pub(crate) fn is_round(end: f64, parts: u16) -> bool {
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

#[cfg(test)]
#[expect(clippy::float_cmp, reason = "exact values are meant")]
mod tests {
    use super::{Way, beside, end_for, numbers};

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
    fn the_numbers_of_an_axis_are_those_that_a_person_counts_in() {
        assert_eq!(numbers(100.0, 4), [0.0, 25.0, 50.0, 75.0, 100.0]);
        assert_eq!(numbers(75.0, 4), [0.0, 25.0, 50.0, 75.0]);
        assert_eq!(numbers(100.0, 2), [0.0, 50.0, 100.0]);
        assert_eq!(numbers(75.0, 2), [0.0, 75.0]);
    }
}
