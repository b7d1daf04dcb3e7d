//! Rounding, in one function: half away from zero.

/// Rounds to `places` decimals, half away from zero.
///
/// The only rounding of the program, so that screens, files and reports never differ in a last digit.
pub fn round(value: f64, places: u8) -> f64 {
    // In memory a mean of 0.35 may be 0.349999…, and would be rounded down. The nudge is far below any digit shown.
    let scale = 10_f64.powi(i32::from(places));
    let scaled = value * scale;
    (scaled + 1e-9_f64.copysign(scaled)).round() / scale
}

/// Decimals of a value in JSON.
const FINE: u8 = 4;

/// A rounded value for display, beside the same value with the four decimals of JSON. Differences are taken between rounded
/// values, so that a person who subtracts the numbers on the screen gets the same result.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Shown {
    value: f64,
    places: u8,
    fine: f64,
}

impl Shown {
    /// Rounds `value` to `places` decimals.
    pub fn new(value: f64, places: u8) -> Self {
        Self {
            value: unsigned_zero(round(value, places)),
            places,
            fine: unsigned_zero(round(value, FINE)),
        }
    }

    /// The rounded value.
    pub const fn value(self) -> f64 {
        self.value
    }

    /// The value with four decimals, for JSON.
    pub const fn fine(self) -> f64 {
        self.fine
    }

    /// This value minus `earlier`: the difference of the rounded values, with as many decimals as the finer of the two. For
    /// JSON it is the difference of the values in JSON.
    #[must_use]
    pub(crate) fn since(self, earlier: Self) -> Self {
        let places = self.places.max(earlier.places);
        Self {
            // Rounded again: 0.3 - 0.1 is 0.19999… in binary.
            value: unsigned_zero(round(self.value - earlier.value, places)),
            places,
            fine: unsigned_zero(round(self.fine - earlier.fine, FINE)),
        }
    }

    /// As a change in words: "12 less", "0.4 more", "no change".
    pub(crate) fn moved(self) -> String {
        if self.value > 0.0 {
            format!("{self} more")
        } else if self.value < 0.0 {
            format!("{} less", self.abs())
        } else {
            "no change".to_owned()
        }
    }

    /// Without its sign.
    #[must_use]
    pub(crate) fn abs(self) -> Self {
        Self {
            value: self.value.abs(),
            fine: self.fine.abs(),
            ..self
        }
    }
}

/// -0 would print a sign that means nothing.
fn unsigned_zero(value: f64) -> f64 {
    if value == 0.0 { 0.0 } else { value }
}

impl std::fmt::Display for Shown {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let Some((digits, from)) = digits(self.value, self.places) else {
            return write!(f, "{:.*}", usize::from(self.places), self.value);
        };
        f.write_str(str::from_utf8(&digits[from..]).unwrap_or_default())
    }
}

/// A sign, seven digits, a point and four decimals.
const ROOM: usize = 13;

/// The text of a rounded value, and where in its room it begins; `None` for one that is too long. A screen shows dozens, and the
/// general way looks at each as if it had not been rounded.
fn digits(value: f64, places: u8) -> Option<([u8; ROOM], usize)> {
    let scaled = (value.abs() * 10_f64.powi(places.into())).round();
    let is_short = value.abs() < 1e7;
    if places > FINE || !is_short {
        return None;
    }
    let (mut room, mut from) = ([b'0'; ROOM], ROOM);
    let mut put = |sign: u8| {
        from -= 1;
        room[from] = sign;
    };
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "a whole number below ten to the eleventh"
    )]
    let (mut rest, mut count) = (scaled as u64, 0);
    while rest > 0 || count <= places {
        if count == places && places > 0 {
            put(b'.');
        }
        put(b'0' + u8::try_from(rest % 10).unwrap_or(0));
        (rest, count) = (rest / 10, count + 1);
    }
    if value.is_sign_negative() {
        put(b'-');
    }
    Some((room, from))
}

#[cfg(test)]
#[expect(clippy::float_cmp, reason = "exact values are meant")]
mod tests {
    use super::*;
    use proptest::prelude::{any, prop_assert_eq, prop_oneof, proptest};

    proptest! {
        #[test]
        fn a_value_is_written_as_the_standard_library_writes_it(
            value in prop_oneof![-200.0..200.0, -2e7..2e7, any::<f64>()],
            places in 0..6_u8
        ) {
            let shown = Shown::new(value, places);
            let usual = format!("{:.*}", usize::from(places), shown.value());
            prop_assert_eq!(shown.to_string(), usual);
        }
    }

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

    #[test]
    fn a_change_has_as_many_decimals_as_the_finer_of_the_two() {
        let (before, now) = (Shown::new(1.82, 2), Shown::new(4.5, 1));
        assert_eq!(now.since(before).to_string(), "2.68");
        assert_eq!(before.since(now).to_string(), "-2.68");
        assert_eq!(before.since(now).abs().to_string(), "2.68");
    }

    #[test]
    fn json_carries_four_decimals_and_the_change_is_their_difference() {
        let (before, now) = (Shown::new(300.0 / 7.0, 0), Shown::new(31.4, 0));
        assert_eq!((before.fine(), now.fine()), (42.8571, 31.4));
        let change = now.since(before);
        assert_eq!((change.fine(), change.value()), (-11.4571, -12.0));
        assert_eq!(change.abs().fine(), 11.4571);
    }
}
