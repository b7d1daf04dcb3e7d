//! The numbers of Loop Habit Tracker: yes or no as a digit, everything else in thousandths.
//!
//! Source: files that the program gives out (read 2026-11-28). A habit of yes and no has 0 for no, 1 and 3 for a day that was
//! skipped, 2 for done; a habit with a number has 19000 for 19; -1 is unknown in both.

use super::apps::App;
use super::sheet::Sheet;
use crate::domain::amount::Amount;
use std::borrow::Cow;

/// The largest amount in thousandths; a larger number is left as it stands, for its target to refuse.
const MOST: i64 = 1_000_000_000;

/// How a column's numbers are to be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Numbers {
    /// As they stand.
    Plain,
    /// Digits that stand for yes and no.
    YesNo,
    /// Thousandths.
    Thousandths,
}

/// How the numbers of each column are to be read.
pub(super) fn numbers(app: App, sheet: &Sheet) -> Vec<Numbers> {
    let is_digit = |cell: &str| cell.parse::<i64>().is_ok_and(|n| (-1..=3).contains(&n));
    let column = |at: usize| {
        if app != App::Loop {
            return Numbers::Plain;
        }
        let mut cells = sheet.lines.iter().filter_map(|line| line.cells.get(at));
        let is_large = cells.any(|cell| cell.parse::<i64>().is_ok() && !is_digit(cell));
        if is_large {
            Numbers::Thousandths
        } else {
            Numbers::YesNo
        }
    };
    (0..sheet.columns.len()).map(column).collect()
}

impl Numbers {
    /// What a cell says; `None`: nothing, because it is blank or not known.
    pub(super) fn value(self, cell: &str) -> Option<Cow<'_, str>> {
        if cell.is_empty() {
            return None;
        }
        let is_unknown =
            self != Self::Plain && (cell == "-1" || cell.eq_ignore_ascii_case("unknown"));
        if is_unknown {
            return None;
        }
        let thousandths = cell.parse::<i64>().ok();
        let amount = thousandths
            .filter(|n| self == Self::Thousandths && (0..=MOST).contains(n))
            .map(Amount::from_thousandths);
        Some(amount.map_or(Cow::Borrowed(cell), |amount| Cow::Owned(amount.to_string())))
    }

    /// The word for a digit of yes and no; anything else stays as it is.
    pub(super) fn word(self, value: &str) -> &str {
        match (self, value.to_ascii_lowercase().as_str()) {
            (Self::YesNo, "0" | "no") => "no",
            (Self::YesNo, "1" | "3" | "yes_auto" | "skip") => "skip",
            (Self::YesNo, "2" | "yes_manual") => "yes",
            _ => value,
        }
    }
}

/// The sentence about a habit of yes and no that was to be a number.
pub(super) const NO_NUMBER: &str =
    "this habit has yes and no, and no numbers; it can be a practice or a note";
