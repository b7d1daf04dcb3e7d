//! What stands beside the chart of a symptom that the kratom was taken for.
//!
//! Invariant: today's answer and what is remembered stand beside each other; nothing is worked out of the two.

use super::sheet::short;
use crate::domain::journal::Journal;
use crate::domain::journal::taken_for;
use crate::domain::journal::taken_for::{Levels, WORTH_SHOWING};
use crate::domain::series::{Series, value};
use chrono::NaiveDate;

/// What is remembered of `series` on `day`; `None` where it was not taken for it.
pub(crate) fn levels(journal: &Journal, series: Series, day: NaiveDate) -> Option<Levels> {
    match series {
        Series::Symptom(key) => taken_for::levels(journal, key, day),
        _ => None,
    }
}

/// What stands beside the chart of `series`: "Pain 2 today; while using it 1, without kratom, as remembered, 3.", then what is
/// worth showing. Nothing where it was not taken for it.
pub(crate) fn sentences(journal: &Journal, series: Series, today: NaiveDate) -> Vec<String> {
    let Some(levels) = levels(journal, series, today) else {
        return Vec::new();
    };
    let name = series.name(journal);
    let head = match value(journal, series, today) {
        Some(value) => format!("{name} {} today", short(series, value)),
        None => format!("{name}: no answer today"),
    };
    let first = levels.words().map(|words| format!("{head}; {words}."));
    first
        .into_iter()
        .chain([WORTH_SHOWING.to_owned()])
        .collect()
}
