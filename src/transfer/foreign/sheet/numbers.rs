//! The numbers of other programs: codes and thousandths of Loop Habit Tracker, and numbers whose unit the program decides.
//!
//! Source: exports of the programs (read 2026-11-28). A yes-or-no habit of Loop has 0 for no, 1 and 3 for a skipped day, 2 for
//! done. A habit with a number has 19000 for 19. -1 is unknown in both.

use crate::domain::amount::Amount;
use std::borrow::Cow;

/// The largest amount in thousandths; a larger number stays as it is, and its target refuses it.
const MOST: i64 = 1_000_000_000;

/// The meaning of a column's numbers.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) enum Numbers {
    /// Plain numbers.
    #[default]
    Plain,
    /// Digits for yes and no.
    YesNo,
    /// Thousandths.
    Thousandths,
    /// Numbers in this unit; what is below 0 is unknown.
    In(&'static str),
    /// The same with commas between thousands: "5,000" is five thousand.
    Grouped(&'static str),
    /// Seconds, of which minutes are made.
    Seconds,
    /// Hours, minutes and seconds: 1:10:00, of which minutes are made.
    Duration,
}

impl Numbers {
    /// The value of a cell; `None` for a blank or unknown one.
    pub(crate) fn value(self, cell: &str) -> Option<Cow<'_, str>> {
        if cell.is_empty() {
            return None;
        }
        match self {
            Self::Plain => return Some(Cow::Borrowed(cell)),
            Self::In(unit) => return with_unit(cell, cell, unit),
            Self::Grouped(unit) => return with_unit(cell, &without_thousands(cell), unit),
            Self::Seconds => return minutes(cell, |cell| Some(cell.parse::<f64>().ok()? / 60.0)),
            Self::Duration => return minutes(cell, on_the_clock),
            Self::YesNo | Self::Thousandths => {}
        }
        if cell == "-1" || cell.eq_ignore_ascii_case("unknown") {
            return None;
        }
        let thousandths = cell.parse::<i64>().ok();
        let amount = thousandths
            .filter(|n| self == Self::Thousandths && (0..=MOST).contains(n))
            .map(Amount::from_thousandths);
        Some(amount.map_or(Cow::Borrowed(cell), |amount| Cow::Owned(amount.to_string())))
    }

    /// The word for a digit of yes and no; anything else stays as it is.
    pub(crate) fn word(self, value: &str) -> &str {
        match (self, value.to_ascii_lowercase().as_str()) {
            (Self::YesNo, "0" | "no") => "no",
            (Self::YesNo, "1" | "3" | "yes_auto" | "skip") => "skip",
            (Self::YesNo, "2" | "yes_manual") => "yes",
            _ => value,
        }
    }
}

/// A number with its unit; what is no number stays as it is, and its target refuses it.
fn with_unit<'a>(cell: &'a str, number: &str, unit: &str) -> Option<Cow<'a, str>> {
    if is_unknown(cell) {
        return None;
    }
    let is_number = number
        .bytes()
        .all(|b| b.is_ascii_digit() || b == b'.' || b == b',');
    if !is_number {
        return Some(Cow::Borrowed(cell));
    }
    Some(Cow::Owned(format!("{number} {unit}")))
}

/// Whether a program's own word or sign for "not known" stands in a cell. Minutes, hours and grams are never below 0.
fn is_unknown(cell: &str) -> bool {
    let is_below = cell.strip_prefix(['-', '\u{2212}']).is_some();
    is_below || ["n/a", "na", "null", "nan", "none"].contains(&cell.to_lowercase().as_str())
}

/// "5,000" and "1,234,567" without their commas; "6,5" keeps its decimal comma.
fn without_thousands(cell: &str) -> Cow<'_, str> {
    let mut parts = cell.split(',');
    let is_digits = |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit());
    let first = parts.next().unwrap_or_default();
    let rest: Vec<&str> = parts.collect();
    let is_grouped = !rest.is_empty()
        && is_digits(first)
        && first.len() <= 3
        && first != "0"
        && rest.iter().all(|part| part.len() == 3 && is_digits(part));
    if is_grouped {
        Cow::Owned(cell.replace(',', ""))
    } else {
        Cow::Borrowed(cell)
    }
}

/// A duration in minutes, with thousandths of one at most.
fn minutes(cell: &str, read: impl Fn(&str) -> Option<f64>) -> Option<Cow<'_, str>> {
    if is_unknown(cell) {
        return None;
    }
    let minutes = read(cell).filter(|minutes| minutes.is_finite());
    Some(minutes.map_or(Cow::Borrowed(cell), |minutes| {
        Cow::Owned(format!("{} min", Amount::nearest(minutes)))
    }))
}

/// The minutes of "1:10:00".
fn on_the_clock(cell: &str) -> Option<f64> {
    let mut parts = cell.split(':').map(str::parse::<u32>);
    let (hours, minutes, seconds) = (
        parts.next()?.ok()?,
        parts.next()?.ok()?,
        parts.next()?.ok()?,
    );
    let is_over = parts.next().is_some() || minutes > 59 || seconds > 59;
    let minutes = f64::from(hours) * 60.0 + f64::from(minutes) + f64::from(seconds) / 60.0;
    (!is_over).then_some(minutes)
}

/// Whether a cell is a duration such as 1:10:00.
pub(crate) fn is_duration(cell: &str) -> bool {
    on_the_clock(cell).is_some()
}

/// The sentence about a yes-or-no habit mapped to a number.
pub(crate) const NO_NUMBER: &str =
    "this habit has yes and no, and no numbers; it can be a practice or a note";

#[cfg(test)]
mod tests {
    use super::Numbers;

    #[test]
    fn a_number_of_a_known_unit_keeps_it_and_what_is_unknown_is_blank() {
        let value = |numbers: Numbers, cell| numbers.value(cell).map(std::borrow::Cow::into_owned);
        for (numbers, cell, wanted) in [
            (Numbers::In("min"), "412", Some("412 min")),
            (Numbers::Grouped("min"), "1,412", Some("1412 min")),
            (Numbers::Grouped("min"), "6,5", Some("6,5 min")),
            (Numbers::Grouped("min"), "N/A", None),
            (Numbers::In("h"), "6,667", Some("6,667 h")),
            (Numbers::In("h"), "-1", None),
            (Numbers::Seconds, "27000", Some("450 min")),
            (Numbers::Duration, "1:10:30", Some("70.5 min")),
            (Numbers::Duration, "1:70:00", Some("1:70:00")),
            (Numbers::Thousandths, "2500", Some("2.5")),
            (Numbers::Thousandths, "-1", None),
            (Numbers::Plain, "-1", Some("-1")),
        ] {
            assert_eq!(value(numbers, cell).as_deref(), wanted, "{cell}");
        }
    }
}
