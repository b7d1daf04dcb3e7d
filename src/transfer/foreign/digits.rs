//! Numbers as people and programs of many countries write them: 1,234.5 and 1.234,5 and 1 234,5 and 1'234.5.
//!
//! Invariant: 5,000 is never guessed to be 5000 or 5. What the other numbers of its column, then of its file, say decides; where
//! they say nothing, the person is asked.

use crate::transfer::import::face::Face;
use std::borrow::Cow;

/// The sign before the decimals.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Decimal {
    /// 2.5
    Point,
    /// 2,5
    Comma,
}

impl Decimal {
    /// Reads the value of `--decimal`.
    ///
    /// # Errors
    /// A sentence with both words.
    pub fn read(text: &str) -> Result<Self, String> {
        match text.trim().to_lowercase().as_str() {
            "point" | "dot" | "." => Ok(Self::Point),
            "comma" | "," => Ok(Self::Comma),
            _ => Err("the decimal sign is point (2.5) or comma (2,5)".to_owned()),
        }
    }

    /// Its word for `--decimal`.
    pub(crate) const fn word(self) -> &'static str {
        match self {
            Self::Point => "point",
            Self::Comma => "comma",
        }
    }

    const fn sign(self) -> char {
        match self {
            Self::Point => '.',
            Self::Comma => ',',
        }
    }

    const fn other(self) -> Self {
        match self {
            Self::Point => Self::Comma,
            Self::Comma => Self::Point,
        }
    }

    const fn of(sign: char) -> Self {
        if sign == ',' {
            Self::Comma
        } else {
            Self::Point
        }
    }
}

/// What a number says about its signs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Says {
    Nothing,
    /// One reading alone is possible.
    Sure(Decimal),
    /// 5,000 may be 5000 or 5.
    Either,
}

/// A number in plain digits with a point, and what stands behind it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Number<'a> {
    pub(super) digits: Cow<'a, str>,
    pub(super) unit: &'a str,
    /// Whether it had more than three decimals, the most that an amount has.
    pub(super) is_rounded: bool,
}

/// Why a text is no such number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum NoNumber {
    /// Not written as a number; the target says what it expects.
    Other,
    /// 5,000 with nothing that says what its comma is.
    Either,
}

/// Signs that group digits, besides point and comma: blanks of every width and apostrophes.
const fn is_gap(sign: char) -> bool {
    matches!(
        sign,
        ' ' | '\u{a0}' | '\u{2009}' | '\u{202f}' | '\u{2007}' | '\'' | '\u{2019}'
    )
}

/// The number at the beginning of a cell, and the rest.
fn split(cell: &str) -> Option<(&str, &str)> {
    let cell = cell.trim();
    let mut end = 0;
    let mut letters = cell.char_indices().peekable();
    while let Some((at, letter)) = letters.next() {
        let is_before_digit = letters
            .peek()
            .is_some_and(|(_, next)| next.is_ascii_digit());
        match letter {
            '0'..='9' => end = at + 1,
            '.' | ',' => {
                // "5." and "2 g, 3 g" end before the sign.
                if !is_before_digit {
                    break;
                }
            }
            gap if is_gap(gap) && is_before_digit && end > 0 => {}
            _ => break,
        }
    }
    (end > 0).then(|| {
        let (number, rest) = cell.split_at(end);
        (number, rest.trim())
    })
}

/// Whether groups of digits are as thousands are written: one to three, then three each.
fn are_groups<'a>(mut groups: impl Iterator<Item = &'a str>) -> bool {
    let first = groups.next().unwrap_or_default().len();
    (1..=3).contains(&first) && groups.all(|group| group.len() == 3)
}

fn says(number: &str) -> Says {
    let signs: Vec<char> = number.chars().filter(|c| matches!(c, '.' | ',')).collect();
    let has_gap = number.contains(is_gap);
    match signs[..] {
        [] => Says::Nothing,
        [sign] => {
            let (before, after) = number.split_once(sign).unwrap_or((number, ""));
            // "0.500", "12345.678" and "1 234,567" can only have decimals.
            let is_open =
                after.len() == 3 && (1..=3).contains(&before.len()) && before != "0" && !has_gap;
            if is_open {
                Says::Either
            } else {
                Says::Sure(Decimal::of(sign))
            }
        }
        [first, .., last] => {
            if signs.iter().all(|sign| *sign == first) {
                // 1.234.567
                Says::Sure(Decimal::of(first).other())
            } else {
                Says::Sure(Decimal::of(last))
            }
        }
    }
}

/// The decimal sign that numbers of a column or a file agree on.
pub(super) fn agreed<'a>(cells: impl Iterator<Item = &'a str>) -> Option<Decimal> {
    let mut found = None;
    for cell in cells {
        let Some((number, _)) = split(cell) else {
            continue;
        };
        if let Says::Sure(decimal) = says(number) {
            if found.is_some_and(|other| other != decimal) {
                return None;
            }
            found = Some(decimal);
        }
    }
    found
}

/// Reads a cell. `decimal`: what its column or file agrees on, for a number that can be read in two ways.
pub(super) fn read(cell: &str, decimal: Option<Decimal>) -> Result<Number<'_>, NoNumber> {
    let (number, unit) = split(cell).ok_or(NoNumber::Other)?;
    let decimal = match (says(number), decimal) {
        (Says::Sure(sure), _) => sure,
        (Says::Either, Some(decimal)) => decimal,
        (Says::Either, None) => return Err(NoNumber::Either),
        (Says::Nothing, _) => Decimal::Point,
    };
    let (whole, rest) = number.split_once(decimal.sign()).unwrap_or((number, ""));
    let thousands = decimal.other().sign();
    let is_between = |c: char| is_gap(c) || c == thousands;
    if !rest.bytes().all(|byte| byte.is_ascii_digit()) {
        return Err(NoNumber::Other);
    }
    if whole.contains(is_between) && !are_groups(whole.split(is_between)) {
        return Err(NoNumber::Other);
    }
    let is_rounded = rest.trim_end_matches('0').len() > 3;
    let is_plain = decimal == Decimal::Point && !whole.contains(is_between);
    let digits = match (is_plain, is_rounded) {
        (true, false) => Cow::Borrowed(number),
        (_, false) => {
            let whole: String = whole.chars().filter(char::is_ascii_digit).collect();
            let point = if rest.is_empty() { "" } else { "." };
            Cow::Owned(format!("{whole}{point}{rest}"))
        }
        (_, true) => {
            let whole: String = whole.chars().filter(char::is_ascii_digit).collect();
            Cow::Owned(rounded(&whole, rest).ok_or(NoNumber::Other)?)
        }
    };
    Ok(Number {
        digits,
        unit,
        is_rounded,
    })
}

/// A number to three decimals, half away from zero, without a detour over a binary fraction.
fn rounded(whole: &str, rest: &str) -> Option<String> {
    let kept: u128 = format!("{whole}{}", rest.get(..3)?).parse().ok()?;
    let is_up = rest.as_bytes().get(3).is_some_and(|digit| *digit >= b'5');
    let thousandths = kept + u128::from(is_up);
    Some(format!("{}.{:03}", thousandths / 1000, thousandths % 1000))
}

/// "5,000" as both numbers, for the question.
pub(super) fn question(cell: &str, face: Face) -> String {
    let (number, _) = split(cell).unwrap_or((cell, ""));
    let whole: String = number.chars().filter(char::is_ascii_digit).collect();
    let small = number.replace(',', ".");
    format!("{number:?} is {whole} or {small}; {}", face.decimal())
}

#[cfg(test)]
mod tests {
    use super::{Decimal, NoNumber, agreed, read};

    fn digits(cell: &str, decimal: Option<Decimal>) -> Result<String, NoNumber> {
        read(cell, decimal).map(|number| number.digits.into_owned())
    }

    #[test]
    fn a_number_is_read_as_many_countries_write_it() {
        for (cell, wanted) in [
            ("5", "5"),
            ("2.5", "2.5"),
            ("2,5", "2.5"),
            ("0,500", "0.500"),
            ("0.500", "0.500"),
            ("1,234.5", "1234.5"),
            ("1.234,5", "1234.5"),
            ("1 234,5", "1234.5"),
            ("1\u{202f}234,567", "1234.567"),
            ("1'234.50", "1234.50"),
            ("1\u{2019}234", "1234"),
            ("1,234,567", "1234567"),
            ("1.234.567", "1234567"),
            ("12345,678", "12345.678"),
            ("7.28333333", "7.283"),
            ("7.2835", "7.284"),
            ("9,9996", "10.000"),
        ] {
            assert_eq!(digits(cell, None), Ok(wanted.to_owned()), "{cell}");
        }
    }

    #[test]
    fn a_number_with_two_readings_is_asked_for_and_the_others_answer() {
        assert_eq!(digits("5,000", None), Err(NoNumber::Either));
        assert_eq!(digits("1.234", None), Err(NoNumber::Either));
        let agree = |cells: &[&str]| agreed(cells.iter().copied());
        assert_eq!(agree(&["5,000", "2.5"]), Some(Decimal::Point));
        assert_eq!(agree(&["1.234", "2,5"]), Some(Decimal::Comma));
        assert_eq!(agree(&["2.5", "2,5"]), None);
        assert_eq!(digits("5,000", Some(Decimal::Point)), Ok("5000".to_owned()));
        assert_eq!(
            digits("5,000", Some(Decimal::Comma)),
            Ok("5.000".to_owned())
        );
    }

    #[test]
    fn what_stands_behind_a_number_is_its_unit_and_what_is_no_number_is_none() {
        let unit = |cell| read(cell, None).map(|number| number.unit);
        assert_eq!(unit("45 ml"), Ok("ml"));
        assert_eq!(unit("98.6\u{b0}F"), Ok("\u{b0}F"));
        assert_eq!(unit("50%"), Ok("%"));
        for cell in ["<5", "-5", "about 5", "", "12 34", "1,23,456"] {
            assert_eq!(digits(cell, None), Err(NoNumber::Other), "{cell}");
        }
    }
}
