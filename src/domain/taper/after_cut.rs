//! The days after a cut: the mean course of a series after the plan's amount went down.
//!
//! Invariants: each mean says how many cuts it rests on. A day without a value adds nothing. No value from after the next cut
//! counts, and none from after a day 0, when the plan is no longer the cause. Below two cuts there is no mean.

use super::actual_use::{AfterCut, after_cuts};
use super::plan::Plan;
use crate::domain::journal::Journal;
use crate::domain::series;
use crate::domain::series::Series;
use crate::domain::taper::plans;
use crate::domain::text::words;
use chrono::NaiveDate;

/// Cuts that an average needs.
pub(crate) const NEEDED_CUTS: usize = 2;
/// The last day after a cut that counts: two weeks, a design choice.
pub(crate) const LAST_DAY: u8 = 14;

/// The mean course, or the number of cuts where there are too few.
#[derive(Debug, Clone, PartialEq)]
pub enum Course {
    /// Enough cuts.
    Means {
        /// Cuts with a value.
        cuts: usize,
        /// By distance; a distance without a value is left out.
        days: Vec<AfterCut>,
    },
    /// Fewer cuts than `NEEDED_CUTS` have a value.
    TooFew {
        /// Cuts with a value.
        cuts: usize,
    },
}

/// The course of `series` after the cuts of all plans up to `today`.
pub fn course(journal: &Journal, series: Series, today: NaiveDate) -> Course {
    let plans = plans::plans(journal);
    let mut cuts: Vec<NaiveDate> = plans.iter().flat_map(Plan::cuts).collect();
    // A plan's later cuts are on the calendar already.
    cuts.retain(|day| *day <= today);
    cuts.sort_unstable();
    // Two plans may go down on the same day, which is one cut.
    cuts.dedup();
    let zeros = journal.attempts.days_zero();
    let value = |date: NaiveDate| {
        let cut = cuts.iter().rev().find(|cut| **cut <= date)?;
        // After a day 0 the ratings follow the stop, not the cut.
        let is_across = zeros.iter().any(|zero| zero >= cut && *zero <= date);
        if is_across {
            return None;
        }
        series::value(journal, series, date)
    };
    let n = cuts
        .iter()
        .filter(|cut| has_own(&cuts, **cut, value))
        .count();
    if n < NEEDED_CUTS {
        return Course::TooFew { cuts: n };
    }
    Course::Means {
        cuts: n,
        days: after_cuts(&cuts, value, 0..=LAST_DAY),
    }
}

/// Whether a cut has a value of its own before the next one.
fn has_own(cuts: &[NaiveDate], cut: NaiveDate, value: impl Fn(NaiveDate) -> Option<f64>) -> bool {
    let next = cuts.iter().find(|next| **next > cut);
    cut.iter_days()
        .take(usize::from(LAST_DAY) + 1)
        .take_while(|day| next.is_none_or(|next| day < next))
        .any(|day| value(day).is_some())
}

/// The course in sentences, for plain mode and screen readers.
pub(crate) fn sentences(journal: &Journal, series: Series, today: NaiveDate) -> Vec<String> {
    let name = series.titled(journal);
    match course(journal, series, today) {
        Course::TooFew { cuts } => vec![too_few(cuts)],
        Course::Means { cuts, days } => {
            let mut lines = vec![format!(
                "{name}, mean by days after a cut, over {cuts} cuts; n is how many of them have that day. An average of what \
                 was written down, no forecast."
            )];
            lines.extend(days.iter().map(|day| {
                let (when, mean) = (
                    day_words(usize::from(day.day)),
                    series.text(day.mean, journal),
                );
                format!("{when}: {mean}, n {}.", day.n)
            }));
            lines
        }
    }
}

/// "The day of the cut", "3 days after".
pub(crate) fn day_words(day: usize) -> String {
    match day {
        0 => "The day of the cut".to_owned(),
        n => format!("{} after", words::count(n, "day", "days")),
    }
}

/// "Needs 2 cuts with a value after them; you have 1."
pub(crate) fn too_few(cuts: usize) -> String {
    format!(
        "Needs {NEEDED_CUTS} cuts of a plan with a value after them; you have {cuts}. A cut is a day on which the amount of a \
         plan went down."
    )
}
