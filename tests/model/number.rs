//! Exact numbers: a half is a half, so that rounding can be held against the rule and not against binary fractions.

use serde_json::{Value, json};
use std::cmp::Ordering;

/// A fraction in lowest terms, with a bottom above 0.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Number {
    top: i128,
    bottom: i128,
}

const fn divisor(a: i128, b: i128) -> i128 {
    if b == 0 { a.abs() } else { divisor(b, a % b) }
}

impl Number {
    pub const fn new(top: i128, bottom: i128) -> Self {
        let by = divisor(top, bottom);
        let by = if by == 0 { 1 } else { by };
        Self {
            top: top / by,
            bottom: bottom / by,
        }
    }

    pub const fn whole(number: i128) -> Self {
        Self::new(number, 1)
    }

    pub const fn thousandths(number: i64) -> Self {
        Self::new(number as i128, 1000)
    }

    pub const fn plus(self, other: Self) -> Self {
        Self::new(
            self.top * other.bottom + other.top * self.bottom,
            self.bottom * other.bottom,
        )
    }

    pub const fn minus(self, other: Self) -> Self {
        self.plus(Self::new(-other.top, other.bottom))
    }

    pub const fn times(self, by: i128) -> Self {
        Self::new(self.top * by, self.bottom)
    }

    pub const fn over(self, by: i128) -> Self {
        Self::new(self.top, self.bottom * by)
    }

    pub fn sum(all: &[Self]) -> Self {
        all.iter().fold(Self::whole(0), |sum, one| sum.plus(*one))
    }

    pub fn mean(all: &[Self]) -> Option<Self> {
        let n = i128::try_from(all.len()).unwrap();
        (n > 0).then(|| Self::sum(all).over(n))
    }

    pub fn median(all: &[Self]) -> Option<Self> {
        let mut all = all.to_vec();
        all.sort();
        let half = all.len() / 2;
        match all.len() {
            0 => None,
            n if n % 2 == 1 => Some(all[half]),
            _ => Some(all[half - 1].plus(all[half]).over(2)),
        }
    }

    /// In units of the last decimal, half away from zero.
    pub const fn rounded(self, decimals: u32) -> i128 {
        let top = self.top * 10_i128.pow(decimals);
        let away = (2 * top.abs() + self.bottom) / (2 * self.bottom);
        away * top.signum()
    }

    /// To the nearest multiple of `step`, half away from zero.
    pub const fn to_step(self, step: Self) -> Self {
        let ratio = Self::new(self.top * step.bottom, self.bottom * step.top);
        step.times(ratio.rounded(0))
    }

    /// The rounded number as a number of its own.
    pub const fn at(self, decimals: u32) -> Self {
        Self::new(self.rounded(decimals), 10_i128.pow(decimals))
    }

    /// As it stands on a screen.
    pub fn shown(self, decimals: u32) -> String {
        let units = self.rounded(decimals);
        let sign = if units < 0 { "-" } else { "" };
        let by = 10_i128.pow(decimals);
        let (whole, rest) = (units.abs() / by, units.abs() % by);
        let width = decimals as usize;
        match decimals {
            0 => format!("{sign}{whole}"),
            _ => format!("{sign}{whole}.{rest:0width$}"),
        }
    }

    /// As JSON has values: four decimals.
    pub fn json(self) -> Value {
        json!(self.shown(4).parse::<f64>().unwrap())
    }
}

impl Ord for Number {
    fn cmp(&self, other: &Self) -> Ordering {
        (self.top * other.bottom).cmp(&(other.top * self.bottom))
    }
}

impl PartialOrd for Number {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

#[test]
fn a_half_is_rounded_away_from_zero_on_both_sides_of_it() {
    let cases = [(225, "2.3"), (-225, "-2.3"), (224, "2.2"), (-4, "0.0")];
    for (hundredths, shown) in cases {
        assert_eq!(Number::new(hundredths, 100).shown(1), shown);
    }
    assert_eq!(Number::new(-1, 2).shown(0), "-1");
    assert_eq!(
        Number::thousandths(1050).to_step(Number::new(3, 10)),
        Number::new(12, 10)
    );
}
