//! Amounts: exact decimal numbers, for doses, plans and measurements.
//!
//! Invariant: an amount is a whole number of thousandths, so that sums, parts of a day and steps of a plan are exact. Parsing
//! and printing never go through a binary fraction.

use std::fmt;
use std::iter::Sum;
use std::str::FromStr;

/// An exact amount from 0 to one million units. The unit is stored with the dose, plan or measurement that has the amount.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Amount(i64);

/// A number and what follows it: "1.5g" is "1.5" and "g", "1 1/2 capsules" is "1 1/2" and "capsules", "half a tablet" is
/// "half" and "tablet".
pub(crate) fn number_and_unit(text: &str) -> (&str, &str) {
    let text = text.trim();
    if let Some((half, rest)) = text.split_at_checked(HALF.len())
        && half.eq_ignore_ascii_case(HALF)
        && !rest.starts_with(char::is_alphanumeric)
    {
        let rest = rest.trim();
        let bare = ["a ", "an "]
            .iter()
            .find_map(|word| rest.strip_prefix(word));
        return (half, bare.unwrap_or(rest).trim());
    }
    let is_number =
        |c: char| c.is_ascii_digit() || matches!(c, '.' | ',' | '/') || part(c).is_some();
    let end = |text: &str| text.find(|c| !is_number(c)).unwrap_or(text.len());
    let mut at = end(text);
    // A whole number with a fraction behind it: "1 1/2".
    let rest = text.get(at..).unwrap_or_default();
    let behind = rest.trim_start();
    let next = behind.get(..end(behind)).unwrap_or_default();
    let is_fraction = next.contains(|c| c == '/' || part(c).is_some());
    if is_fraction && is_digits(text.get(..at).unwrap_or_default()) {
        at += rest.len() - behind.len() + next.len();
    }
    let (number, unit) = text.split_at(at);
    (number.trim(), unit.trim())
}

/// Whether this can stand behind a number as its unit. "-3" of "2-3", "e3" of "1e3" and "or 3" of "2 or 3" cannot.
pub(crate) fn is_unit(text: &str) -> bool {
    text.is_empty()
        || (text.starts_with(char::is_alphabetic) && !text.contains(|c: char| c.is_ascii_digit()))
}

const HALF: &str = "half";

/// The fraction that is one sign, as it is written with several.
const fn part(sign: char) -> Option<&'static str> {
    match sign {
        '\u{bd}' => Some("1/2"),
        '\u{bc}' => Some("1/4"),
        '\u{be}' => Some("3/4"),
        _ => None,
    }
}

fn is_digits(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

/// What was typed is no amount.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum NotAnAmount {
    /// Not a number.
    #[error("an amount is a number, such as 2 or 2.5")]
    NotANumber,
    /// 1,500 is 1500 to one person and 1.5 to another.
    #[error("a comma before three digits can mean thousands or decimals: write 1500 or 1.5")]
    Either,
    /// A fraction without an end as a decimal.
    #[error("that fraction has no exact amount; give it as a number, such as 0.33")]
    NotExact,
    /// More than three decimals.
    #[error("an amount has at most three decimals")]
    TooFine,
    /// Over one million.
    #[error("an amount is at most 1000000")]
    TooLarge,
}

impl Amount {
    /// Reads an amount as a person types it: what [`FromStr`] reads, and "1/2", "1 1/2", "half".
    // Apart from `FromStr`, because files hold numbers only.
    pub(crate) fn typed(text: &str) -> Result<Self, NotAnAmount> {
        let text = text.trim();
        if text.eq_ignore_ascii_case(HALF) {
            return Ok(Self(Self::ONE / 2));
        }
        // "1\u{bd}" is "1 1/2".
        if let Some(fraction) = text.chars().next_back().and_then(part) {
            let whole = text.get(..text.len() - 2).unwrap_or_default().trim();
            return Self::typed(format!("{whole} {fraction}").trim());
        }
        let (whole, fraction) = match text.split_once(' ') {
            Some((whole, fraction)) => (whole, fraction.trim()),
            None => ("", text),
        };
        let Some((over, under)) = fraction.split_once('/') else {
            return text.parse();
        };
        let whole: Self = if whole.is_empty() {
            Self::ZERO
        } else {
            whole.parse()?
        };
        let (over, under): (Self, Self) = (over.parse()?, under.parse()?);
        if under.is_zero() {
            return Err(NotAnAmount::NotANumber);
        }
        // A third has no end as a decimal, and a rounded amount is not what was typed.
        let (parts, rest) = (over.0 * Self::ONE / under.0, over.0 * Self::ONE % under.0);
        if rest != 0 {
            return Err(NotAnAmount::NotExact);
        }
        Ok(whole.and(Self::from_thousandths(parts)))
    }

    /// Nothing.
    pub const ZERO: Self = Self(0);
    /// Thousandths in one unit.
    const ONE: i64 = 1000;
    // Far above any dose or measurement; sums of ten years still fit into an i64.
    /// The largest amount, in thousandths.
    const TOP: i64 = 1_000_000 * Self::ONE;

    /// An amount in thousandths, clamped to 0 and one million units.
    pub const fn from_thousandths(thousandths: i64) -> Self {
        if thousandths < 0 {
            Self(0)
        } else if thousandths > Self::TOP {
            Self(Self::TOP)
        } else {
            Self(thousandths)
        }
    }

    /// A whole number of units.
    pub const fn whole(units: u32) -> Self {
        Self::from_thousandths(units as i64 * Self::ONE)
    }

    /// The whole number of units that it is, if it is one.
    pub(crate) fn as_whole(self) -> Option<u32> {
        let is_whole = self.0 % Self::ONE == 0;
        is_whole.then(|| u32::try_from(self.0 / Self::ONE).ok())?
    }

    /// Its thousandths.
    pub const fn thousandths(self) -> i64 {
        self.0
    }

    /// Whether it is 0.
    pub(crate) const fn is_zero(self) -> bool {
        self.0 == 0
    }

    /// As a number, for charts and means.
    pub const fn number(self) -> f64 {
        self.0 as f64 / Self::ONE as f64
    }

    /// The nearest amount to `number`, half away from zero; 0 for a negative number or NaN.
    pub(crate) fn nearest(number: f64) -> Self {
        let thousandths = super::text::round::round(number, 3) * 1000.0;
        #[expect(
            clippy::cast_possible_truncation,
            reason = "`as` saturates, and the range is held right after"
        )]
        Self::from_thousandths(thousandths.round() as i64)
    }

    /// A mean of amounts for display, rounded to [`places_of_mean`].
    pub(crate) fn of_mean(mean: f64) -> Self {
        Self::nearest(super::text::round::round(mean, places_of_mean(mean)))
    }

    /// This amount minus `other`, at least 0.
    #[must_use]
    pub const fn less(self, other: Self) -> Self {
        Self::from_thousandths(self.0 - other.0)
    }

    /// The sum of two amounts.
    #[must_use]
    pub(crate) const fn and(self, other: Self) -> Self {
        Self::from_thousandths(self.0 + other.0)
    }
}

/// The decimals of a mean of amounts: as many as it has, from one to three, and two if it has more.
pub(crate) fn places_of_mean(mean: f64) -> u8 {
    // Days of 4.55 g each must have a mean of 4.55 g; a third of a gram needs no more than 0.33.
    let is_all = |places: &u8| (super::text::round::round(mean, *places) - mean).abs() < 1e-9;
    (1..=3).find(is_all).unwrap_or(2)
}

impl Sum for Amount {
    fn sum<I: Iterator<Item = Self>>(amounts: I) -> Self {
        amounts.fold(Self::ZERO, Self::and)
    }
}

impl fmt::Display for Amount {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (units, rest) = (self.0 / Self::ONE, self.0 % Self::ONE);
        if rest == 0 {
            return write!(f, "{units}");
        }
        let digits = format!("{rest:03}");
        write!(f, "{units}.{}", digits.trim_end_matches('0'))
    }
}

impl FromStr for Amount {
    type Err = NotAnAmount;

    /// Reads "2", "2.5", ".5" or "2,5".
    fn from_str(text: &str) -> Result<Self, NotAnAmount> {
        let text = text.trim();
        // Much of Europe writes decimals with a comma.
        let (units, rest) = text.split_once(['.', ',']).unwrap_or((text, ""));
        let are_digits = |part: &str| part.bytes().all(|b| b.is_ascii_digit());
        if (units.is_empty() && rest.is_empty()) || !are_digits(units) || !are_digits(rest) {
            return Err(NotAnAmount::NotANumber);
        }
        // "0,125" and ",125" can only be decimals.
        let may_be_thousands = rest.len() == 3 && (1..=3).contains(&units.len());
        if may_be_thousands && text.contains(',') && !units.starts_with('0') {
            return Err(NotAnAmount::Either);
        }
        let rest = rest.trim_end_matches('0');
        if rest.len() > 3 {
            return Err(NotAnAmount::TooFine);
        }
        // Before parsing, so that a row of digits of any length gives "too large" and not "no number".
        let units = units.trim_start_matches('0');
        if units.len() > 7 {
            return Err(NotAnAmount::TooLarge);
        }
        let decimals = rest.bytes().chain(*b"000").take(3);
        let digits = units.bytes().chain(decimals).map(|digit| digit - b'0');
        let whole = digits.fold(0, |whole, digit| whole * 10 + i64::from(digit));
        if whole > Self::TOP {
            return Err(NotAnAmount::TooLarge);
        }
        Ok(Self(whole))
    }
}

#[cfg(test)]
mod tests {
    use super::{Amount, NotAnAmount, number_and_unit};
    use proptest::prelude::{prop_assert_eq, proptest};

    #[test]
    fn an_amount_reads_as_it_is_typed_with_point_or_comma() {
        for (typed, thousandths) in [
            ("2", 2000),
            ("2.5", 2500),
            ("2,5", 2500),
            (".05", 50),
            ("0.250", 250),
        ] {
            assert_eq!(
                typed.parse(),
                Ok(Amount::from_thousandths(thousandths)),
                "{typed}"
            );
        }
    }

    #[test]
    fn thousands_and_decimals_are_never_taken_for_each_other() {
        for typed in ["1,500", "10,000", "250,125"] {
            assert_eq!(typed.parse::<Amount>(), Err(NotAnAmount::Either), "{typed}");
            assert_eq!(Amount::typed(typed), Err(NotAnAmount::Either), "{typed}");
        }
        for (typed, thousandths) in [
            ("0,125", 125),
            (",125", 125),
            ("1,50", 1500),
            ("1,5000", 1500),
            ("1.500", 1500),
            ("1234,500", 1_234_500),
        ] {
            let wanted = Ok(Amount::from_thousandths(thousandths));
            assert_eq!(typed.parse(), wanted, "{typed}");
        }
    }

    #[test]
    fn what_is_no_amount_says_why() {
        for (typed, why) in [
            ("", NotAnAmount::NotANumber),
            ("-1", NotAnAmount::NotANumber),
            ("two", NotAnAmount::NotANumber),
            ("1.2.3", NotAnAmount::NotANumber),
            ("0.0001", NotAnAmount::TooFine),
            ("1000001", NotAnAmount::TooLarge),
            ("99999999999999999999", NotAnAmount::TooLarge),
        ] {
            assert_eq!(typed.parse::<Amount>(), Err(why), "{typed}");
        }
    }

    #[test]
    fn a_fraction_is_read_as_it_is_typed() {
        for (typed, thousandths) in [
            ("1/2", 500),
            ("half", 500),
            ("Half", 500),
            ("\u{bd}", 500),
            ("3/4", 750),
            ("1 1/2", 1500),
            ("1\u{bd}", 1500),
            ("2 \u{bc}", 2250),
            ("\u{be}", 750),
            ("0,5", 500),
        ] {
            let wanted = Ok(Amount::from_thousandths(thousandths));
            assert_eq!(Amount::typed(typed), wanted, "{typed}");
        }
        assert_eq!(Amount::typed("1/3"), Err(NotAnAmount::NotExact));
        for typed in ["1/0", "1/", "/2", "half a", "1 2", "1/2/3"] {
            assert!(Amount::typed(typed).is_err(), "{typed}");
        }
    }

    #[test]
    fn a_number_and_its_unit_are_told_apart() {
        for (typed, number, unit) in [
            ("1.5g", "1.5", "g"),
            ("2 cups", "2", "cups"),
            ("1/2 capsule", "1/2", "capsule"),
            ("1 1/2 capsules", "1 1/2", "capsules"),
            ("half a tablet", "half", "tablet"),
            ("half", "half", ""),
            ("2 1", "2", "1"),
            ("1\u{bd}g", "1\u{bd}", "g"),
            ("1 \u{bc} cups", "1 \u{bc}", "cups"),
            ("halfway", "", "halfway"),
        ] {
            assert_eq!(number_and_unit(typed), (number, unit), "{typed}");
        }
    }

    proptest! {
        #[test]
        fn an_amount_survives_being_written_and_being_a_number(thousandths in 0_i64..=1_000_000_000) {
            let amount = Amount::from_thousandths(thousandths);
            prop_assert_eq!(amount.to_string().parse(), Ok(amount));
            prop_assert_eq!(Amount::nearest(amount.number()), amount);
        }
    }
}
