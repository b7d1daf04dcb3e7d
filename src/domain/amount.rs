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

/// A number and what follows it: "1.5g" is "1.5" and "g".
pub(crate) fn number_and_unit(text: &str) -> (&str, &str) {
    let is_number = |c: char| c.is_ascii_digit() || matches!(c, '.' | ',');
    let end = text.find(|c| !is_number(c)).unwrap_or(text.len());
    let (number, unit) = text.split_at(end);
    (number.trim(), unit.trim())
}

/// What was typed is no amount.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum NotAnAmount {
    /// Not a number.
    #[error("an amount is a number, such as 2 or 2.5")]
    NotANumber,
    /// More than three decimals.
    #[error("an amount has at most three decimals")]
    TooFine,
    /// Over one million.
    #[error("an amount is at most 1000000")]
    TooLarge,
}

impl Amount {
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
        // Much of Europe writes decimals with a comma.
        let text = text.trim().replace(',', ".");
        let (units, rest) = text.split_once('.').unwrap_or((&text, ""));
        let are_digits = |part: &str| part.bytes().all(|b| b.is_ascii_digit());
        if (units.is_empty() && rest.is_empty()) || !are_digits(units) || !are_digits(rest) {
            return Err(NotAnAmount::NotANumber);
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
        let whole: i64 = format!("{units}{rest:0<3}")
            .parse()
            .map_err(|_| NotAnAmount::NotANumber)?;
        if whole > Self::TOP {
            return Err(NotAnAmount::TooLarge);
        }
        Ok(Self(whole))
    }
}

#[cfg(test)]
mod tests {
    use super::{Amount, NotAnAmount};
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

    proptest! {
        #[test]
        fn an_amount_survives_being_written_and_being_a_number(thousandths in 0_i64..=1_000_000_000) {
            let amount = Amount::from_thousandths(thousandths);
            prop_assert_eq!(amount.to_string().parse(), Ok(amount));
            prop_assert_eq!(Amount::nearest(amount.number()), amount);
        }
    }
}
