//! Rounding, in one function: half away from zero.

/// Rounds to `places` decimals, half away from zero.
///
/// A mean such as 0.35 may stand in memory as 0.349999…; a nudge far below any shown digit keeps it a half.
pub fn round(value: f64, places: u8) -> f64 {
    let scale = 10_f64.powi(i32::from(places));
    let scaled = value * scale;
    (scaled + 1e-9_f64.copysign(scaled)).round() / scale
}

/// A value as it is shown: rounded, so that differences of shown values are what a person would work out.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Shown {
    value: f64,
    places: u8,
}

impl Shown {
    /// Rounds `value` to `places` decimals.
    pub fn new(value: f64, places: u8) -> Self {
        let value = round(value, places);
        // -0 would print a sign that means nothing.
        Self {
            value: if value == 0.0 { 0.0 } else { value },
            places,
        }
    }

    /// The rounded value.
    pub const fn value(self) -> f64 {
        self.value
    }

    /// This one less `earlier`: the difference of the shown values.
    #[must_use]
    pub fn since(self, earlier: Self) -> Self {
        Self::new(self.value - earlier.value, self.places)
    }

    /// Without its sign.
    #[must_use]
    pub fn abs(self) -> Self {
        Self::new(self.value.abs(), self.places)
    }
}

impl std::fmt::Display for Shown {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{:.*}", usize::from(self.places), self.value)
    }
}

#[cfg(test)]
#[expect(clippy::float_cmp, reason = "exact values are meant")]
mod tests {
    use super::*;

    #[test]
    fn halves_go_away_from_zero() {
        assert_eq!(
            [round(0.5, 0), round(1.5, 0), round(2.5, 0), round(-0.5, 0)],
            [1.0, 2.0, 3.0, -1.0]
        );
        assert_eq!(
            [round(0.35, 1), round(1.15, 1), round(-2.25, 1)],
            [0.4, 1.2, -2.3]
        );
        assert_eq!(round(25.0 * 7.0 / 9.0, 1), 19.4);
    }

    #[test]
    fn a_change_is_the_difference_of_what_is_shown() {
        let before = Shown::new(43.5, 0);
        let now = Shown::new(31.4, 0);
        assert_eq!(now.since(before).value(), -13.0);
        assert_eq!(Shown::new(-0.04, 1).to_string(), "0.0");
    }
}
