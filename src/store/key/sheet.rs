//! The recovery sheet: a journal's key as a person writes it down, in 14 groups of five signs.
//!
//! Each group ends with a sign that checks it, so that a wrong sign is told by its group. The groups as a whole end with a
//! sum, so that groups in another order, or of another sheet, are told too. Nothing on it says what it opens.

use super::{Key, LENGTH};
use qrcode::render::unicode::Dense1x2;
use qrcode::{EcLevel, QrCode};
use std::fmt;
use zeroize::Zeroizing;

// Without I, L, O and U: read as 1, 1, 0 and V by hand and eye. Reading takes the first three for the digits.
/// The signs, each worth its place.
const SIGNS: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";
/// How many groups there are.
pub const GROUPS: usize = 14;
/// Signs of the key in a group; one more checks them.
const OF_KEY: usize = 4;
/// Bytes behind the key that the groups have room for: a sum.
const SUM: usize = GROUPS * OF_KEY * 5 / 8 - LENGTH;
const WHOLE: usize = LENGTH + SUM;

/// What a person typed from a sheet is not a key.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum NoSheet {
    /// There are too few or too many groups.
    #[error("a sheet has 14 groups of five signs, and this has {0} signs in all instead of 70")]
    Length(usize),
    /// A group has too few or too many signs.
    #[error("group {0} has {1} signs instead of five; look at it again")]
    Short(usize, usize),
    /// A group's own check does not fit.
    #[error("something in group {0} is not as on the sheet; look at it again")]
    Group(usize),
    /// Every group fits, and the whole does not.
    #[error(
        "each group is as on a sheet, but together they are no key: are they in order, and all of one sheet?"
    )]
    Together,
}

/// A key that goes onto a sheet, or was read from one.
#[derive(Clone)]
pub struct Sheet(Key);

impl fmt::Debug for Sheet {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Sheet")
    }
}

/// What a picture of blocks is printed on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ground {
    /// A dark terminal: the blocks are the light squares.
    Dark,
    /// Paper, or a part of the screen that is painted light: the blocks are the dark squares.
    Light,
}

impl Sheet {
    pub(super) const fn key(&self) -> &Key {
        &self.0
    }

    /// The sheet of a key.
    pub fn of(key: &Key) -> Self {
        Self(key.clone())
    }

    /// The 14 groups.
    pub fn groups(&self) -> Vec<Zeroizing<String>> {
        let mut whole = Zeroizing::new([0; WHOLE]);
        let (key, sum) = whole.split_at_mut(LENGTH);
        key.copy_from_slice(self.0.bytes());
        sum.copy_from_slice(&sum_of(&self.0));
        let values = Zeroizing::new(fives(&*whole));
        let groups = values.chunks(OF_KEY).enumerate();
        groups
            .map(|(at, values)| {
                let mut group = Zeroizing::new(String::with_capacity(OF_KEY + 1));
                group.extend(values.iter().map(|value| sign(*value)));
                group.push(sign(check(at, values)));
                group
            })
            .collect()
    }

    /// The groups as a picture for a phone, in half blocks: dark squares on light ones, as readers want them, where it is
    /// printed on such a ground.
    ///
    /// `None` only if the picture could not be made.
    pub fn picture(&self, ground: Ground) -> Option<Zeroizing<String>> {
        let mut text = Zeroizing::new(String::with_capacity(GROUPS * (OF_KEY + 1)));
        for group in self.groups() {
            text.push_str(&group);
        }
        let code = QrCode::with_error_correction_level(text.as_bytes(), EcLevel::M).ok()?;
        // The names of the crate say which squares get ink.
        let (dark, light) = match ground {
            Ground::Dark => (Dense1x2::Light, Dense1x2::Dark),
            Ground::Light => (Dense1x2::Dark, Dense1x2::Light),
        };
        let mut drawn = code.render::<Dense1x2>();
        let drawn = drawn.dark_color(dark).light_color(light).build();
        Some(Zeroizing::new(drawn))
    }

    /// Reads what was typed from a sheet. Blanks, hyphens and letter case do not matter.
    ///
    /// # Errors
    /// The first group that is not as on the sheet.
    pub fn read(typed: &str) -> Result<Self, NoSheet> {
        let is_between =
            |letter: char| letter.is_whitespace() || "-\u{2013}\u{2010}\u{2011}.,".contains(letter);
        let parts: Vec<&str> = typed
            .split(is_between)
            .filter(|part| !part.is_empty())
            .collect();
        // Only groups that stand apart can be counted one by one.
        if parts.len() == GROUPS {
            let lengths = parts.iter().map(|part| part.chars().count());
            let odd = lengths
                .enumerate()
                .find(|(_, length)| *length != OF_KEY + 1);
            if let Some((at, length)) = odd {
                return Err(NoSheet::Short(at + 1, length));
            }
        }
        let signs = Zeroizing::new(parts.concat().chars().collect::<Vec<char>>());
        if signs.len() != GROUPS * (OF_KEY + 1) {
            return Err(NoSheet::Length(signs.len()));
        }
        let mut values = Zeroizing::new(Vec::with_capacity(GROUPS * OF_KEY));
        for (at, group) in signs.chunks(OF_KEY + 1).enumerate() {
            let wrong = NoSheet::Group(at + 1);
            let read: Option<Vec<u8>> = group.iter().map(|letter| value(*letter)).collect();
            let read = Zeroizing::new(read.ok_or(wrong)?);
            match read.split_last() {
                Some((last, of_key)) if check(at, of_key) == *last => {
                    values.extend_from_slice(of_key);
                }
                _ => return Err(wrong),
            }
        }
        let whole = Zeroizing::new(bytes(&values));
        let (key, sum) = whole.split_first_chunk().ok_or(NoSheet::Together)?;
        let key = Key::of(key);
        if sum == sum_of(&key) {
            Ok(Self(key))
        } else {
            Err(NoSheet::Together)
        }
    }
}

/// The sum of a whole key: the beginning of its name, which tells nothing of it.
fn sum_of(key: &Key) -> [u8; SUM] {
    key.name().0.first_chunk().copied().unwrap_or_default()
}

fn sign(value: u8) -> char {
    SIGNS
        .get(usize::from(value))
        .map_or('0', |sign| char::from(*sign))
}

fn value(letter: char) -> Option<u8> {
    let letter = match letter.to_ascii_uppercase() {
        'O' => '0',
        'I' | 'L' => '1',
        'U' => 'V',
        letter => letter,
    };
    let at = SIGNS.iter().position(|sign| char::from(*sign) == letter)?;
    u8::try_from(at).ok()
}

/// The check of a group: a sum in which each place has a weight of its own, so that one wrong sign and two neighbours
/// exchanged are always found. The group's number is in it, so that two groups exchanged are told by the first of them.
fn check(at: usize, values: &[u8]) -> u8 {
    let number = u8::try_from(at + 1).unwrap_or_default();
    let weighted = values.iter().zip([2, 4, 8, 16]);
    weighted.fold(number, |sum, (value, weight)| sum ^ times(*value, weight))
}

/// Multiplies in the field of 32 elements: there every weight but 0 can be taken back, so no wrong sign is lost in the sum.
fn times(mut one: u8, mut other: u8) -> u8 {
    let mut product = 0;
    while other > 0 {
        if other & 1 == 1 {
            product ^= one;
        }
        one <<= 1;
        if one & 0b10_0000 != 0 {
            // x^5 = x^2 + 1
            one ^= 0b10_0101;
        }
        other >>= 1;
    }
    product
}

/// Bytes as numbers of five bits.
fn fives(bytes: &[u8]) -> Vec<u8> {
    let bit = |at: usize| {
        let byte = bytes.get(at / 8).copied().unwrap_or_default();
        (byte >> (7 - at % 8)) & 1
    };
    let numbers = 0..bytes.len() * 8 / 5;
    numbers
        .map(|number| (0..5).fold(0, |value, place| (value << 1) | bit(number * 5 + place)))
        .collect()
}

/// The way back.
fn bytes(fives: &[u8]) -> Vec<u8> {
    let bit = |at: usize| {
        let five = fives.get(at / 5).copied().unwrap_or_default();
        (five >> (4 - at % 5)) & 1
    };
    let numbers = 0..fives.len() * 5 / 8;
    numbers
        .map(|number| (0..8).fold(0, |value, place| (value << 1) | bit(number * 8 + place)))
        .collect()
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test may stop at the first surprise")]
mod tests {
    use super::*;

    fn key() -> Key {
        let bytes = std::array::from_fn(|at| u8::try_from(at * 37 % 251).unwrap());
        Key::of(&bytes)
    }

    fn text(sheet: &Sheet) -> Vec<String> {
        let groups = sheet.groups();
        groups.iter().map(|group| group.to_string()).collect()
    }

    #[test]
    fn a_sheet_is_read_back_however_it_was_typed() {
        let groups = text(&Sheet::of(&key()));
        assert_eq!(groups.len(), GROUPS);
        assert!(groups.iter().all(|group| group.len() == 5));
        for typed in [
            groups.join(" "),
            groups.join("-"),
            groups.concat(),
            groups.join("\n"),
            groups.concat().to_lowercase(),
            groups.join(" ").replace('0', "O").replace('1', "l"),
        ] {
            let read = Sheet::read(&typed).unwrap();
            assert_eq!(read.key().bytes(), key().bytes(), "{typed}");
        }
    }

    #[test]
    fn one_wrong_sign_is_told_by_its_group_wherever_it_is() {
        let groups = text(&Sheet::of(&key()));
        for at in 0..GROUPS {
            for place in 0..5 {
                for sign in SIGNS {
                    let mut wrong = groups.clone();
                    let sign = char::from(*sign).to_string();
                    if wrong[at][place..=place] == sign {
                        continue;
                    }
                    wrong[at].replace_range(place..=place, &sign);
                    let said = Sheet::read(&wrong.join(" ")).err();
                    assert_eq!(said, Some(NoSheet::Group(at + 1)), "{place} {sign}");
                }
            }
        }
    }

    #[test]
    fn a_missing_sign_two_exchanged_signs_and_groups_in_another_order_are_told() {
        let groups = text(&Sheet::of(&key()));
        let mut short = groups.clone();
        short[4].pop();
        assert_eq!(
            Sheet::read(&short.join(" ")).err(),
            Some(NoSheet::Short(5, 4))
        );
        assert_eq!(
            Sheet::read(&short.concat()).err(),
            Some(NoSheet::Length(69))
        );
        assert_eq!(Sheet::read("").err(), Some(NoSheet::Length(0)));
        assert_eq!(
            Sheet::read(&groups[1..].join(" ")).err(),
            Some(NoSheet::Length(65))
        );
        let mut order = groups.clone();
        order.swap(2, 9);
        assert_eq!(Sheet::read(&order.join(" ")).err(), Some(NoSheet::Group(3)));
        for at in 0..4 {
            let mut neighbours: Vec<char> = groups[0].chars().collect();
            neighbours.swap(at, at + 1);
            let mut other = groups.clone();
            other[0] = neighbours.iter().collect();
            let is_same = other[0] == groups[0];
            let said = Sheet::read(&other.join(" ")).err();
            assert_eq!(said, (!is_same).then_some(NoSheet::Group(1)), "{at}");
        }
    }

    #[test]
    fn groups_of_two_sheets_are_no_key() {
        let mut groups = text(&Sheet::of(&key()));
        groups[3].clone_from(&text(&Sheet::of(&Key::of(&[3; LENGTH])))[3]);
        assert_eq!(
            Sheet::read(&groups.join(" ")).err(),
            Some(NoSheet::Together)
        );
    }

    #[test]
    fn the_picture_fits_a_small_terminal() {
        for ground in [Ground::Dark, Ground::Light] {
            let picture = Sheet::of(&key()).picture(ground).unwrap();
            assert!(picture.lines().count() <= 21, "{}", picture.lines().count());
            assert!(picture.lines().all(|line| line.chars().count() <= 41));
        }
    }

    #[test]
    fn the_border_of_the_picture_is_light_on_either_ground() {
        let picture = |ground| Sheet::of(&key()).picture(ground).unwrap();
        let first = |ground| picture(ground).lines().next().unwrap().to_owned();
        assert!(first(Ground::Dark).chars().all(|sign| sign == '\u{2588}'));
        assert!(first(Ground::Light).chars().all(|sign| sign == ' '));
    }
}
