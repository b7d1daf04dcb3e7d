//! More days than columns: stretches of days that share a column, each with its highest day and its middle one.
//!
//! Invariant: every day is in exactly one stretch, and no stretch reaches across a day 0.

use crate::domain::series::stats::middle;
use crate::domain::time::span::Span;
use chrono::NaiveDate;

/// The days that share a column: places in the whole, the last one included.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Stretch {
    /// The first.
    pub(crate) from: usize,
    /// The last.
    pub(crate) to: usize,
}

impl Stretch {
    /// The stretch that holds the day at `place`.
    pub(crate) fn holding(stretches: &[Self], place: usize) -> Option<usize> {
        let at = stretches.partition_point(|stretch| stretch.to < place);
        (at < stretches.len()).then_some(at)
    }

    /// The highest value of its days and the middle one.
    pub(crate) fn of(self, values: &[Option<f64>]) -> Option<Folded> {
        let days = values.get(self.from..=self.to)?;
        let mut days: Vec<f64> = days.iter().flatten().copied().collect();
        let highest = days.iter().copied().reduce(f64::max)?;
        let middle = middle(&mut days)?;
        Some(Folded { highest, middle })
    }
}

/// What a stretch has.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Folded {
    /// Its highest day.
    pub(crate) highest: f64,
    /// The median of its days that have a value.
    pub(crate) middle: f64,
}

/// The days of `span` as at most `columns` stretches of equal length; a day 0 begins a stretch of its own.
pub(crate) fn stretches(span: Span, columns: usize, zeros: &[NaiveDate]) -> Vec<Stretch> {
    let days = span.len();
    let zeros: Vec<usize> = zeros
        .iter()
        .filter(|zero| **zero > span.from && **zero <= span.to)
        .filter_map(|zero| usize::try_from((*zero - span.from).num_days()).ok())
        .collect();
    let columns = columns.max(zeros.len() + 1);
    let mut length = days.div_ceil(columns.max(1)).max(1);
    loop {
        let mut found = Vec::new();
        let mut from = 0;
        while from < days {
            let end = (from + length).min(days);
            let cut = zeros
                .iter()
                .copied()
                .filter(|zero| *zero > from && *zero < end);
            let end = cut.min().unwrap_or(end);
            found.push(Stretch { from, to: end - 1 });
            from = end;
        }
        // A day 0 in the middle of a stretch makes one more of it.
        if found.len() <= columns {
            return found;
        }
        length += 1;
    }
}

#[cfg(test)]
mod tests {
    use super::{Stretch, stretches};
    use crate::domain::time::span::Span;
    use chrono::{Days, NaiveDate};
    use proptest::prelude::proptest;

    fn day(n: u64) -> NaiveDate {
        NaiveDate::default() + Days::new(n)
    }

    proptest! {
        #[test]
        fn every_day_is_in_one_stretch_and_none_reaches_across_a_day_0(
            days in 1_u64..4000,
            columns in 1_usize..250,
            zeros in proptest::collection::vec(0_u64..4000, 0..5),
        ) {
            let span = Span { from: day(0), to: day(days - 1) };
            let dates: Vec<NaiveDate> = zeros.iter().map(|zero| day(*zero)).collect();
            let found = stretches(span, columns, &dates);
            assert!(found.len() <= columns.max(zeros.len() + 1));
            let mut next = 0;
            for stretch in &found {
                assert_eq!(stretch.from, next);
                assert!(stretch.to >= stretch.from);
                next = stretch.to + 1;
                for zero in &zeros {
                    let zero = usize::try_from(*zero).unwrap_or(0);
                    assert!(!(stretch.from < zero && zero <= stretch.to));
                }
            }
            assert_eq!(next, span.len());
        }
    }

    #[test]
    fn a_stretch_has_its_highest_day_and_its_middle_one() {
        let stretch = Stretch { from: 1, to: 4 };
        let values = [
            Some(99.0),
            Some(3.0),
            None,
            Some(9.0),
            Some(4.0),
            Some(80.0),
        ];
        let folded = stretch
            .of(&values)
            .map(|folded| (folded.highest, folded.middle));
        assert_eq!(folded, Some((9.0, 4.0)));
        assert_eq!(Stretch { from: 2, to: 2 }.of(&values), None);
    }
}
