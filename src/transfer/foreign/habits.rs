//! The numbers of Loop Habit Tracker: yes or no as a digit, everything else in thousandths.
//!
//! Source: exports of the program (read 2026-11-28). A yes-or-no habit has 0 for no, 1 and 3 for a skipped day, 2 for done. A
//! habit with a number has 19000 for 19. -1 is unknown in both.

use super::apps::App;
use super::sheet::Sheet;
use crate::domain::amount::Amount;
use std::borrow::Cow;

/// The largest amount in thousandths; a larger number stays as it is, and its target refuses it.
const MOST: i64 = 1_000_000_000;

/// The meaning of a column's numbers.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) enum Numbers {
    /// Plain numbers.
    #[default]
    Plain,
    /// Digits for yes and no.
    YesNo,
    /// Thousandths.
    Thousandths,
}

/// The meaning of each column's numbers.
pub(super) fn numbers(app: App, sheet: &Sheet) -> Vec<Numbers> {
    let is_digit = |cell: &str| cell.parse::<i64>().is_ok_and(|n| (-1..=3).contains(&n));
    let column = |at: usize| {
        // Only Loop uses codes and thousandths.
        if app != App::Loop {
            return Numbers::Plain;
        }
        let mut cells = sheet.lines.iter().filter_map(|line| line.cells.get(at));
        // The file does not name a habit's type; only a habit with a number has values beyond the codes -1 to 3.
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
    /// The value of a cell; `None` for a blank or unknown one.
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

/// The sentence about a yes-or-no habit mapped to a number.
pub(super) const NO_NUMBER: &str =
    "this habit has yes and no, and no numbers; it can be a practice or a note";
