//! The fields of a record, packed into one piece of memory.
//!
//! Ten years of records stay in memory. As a list of values each field took 40 bytes and each text a piece of memory of its own;
//! packed, a dose with its amount and unit takes ten bytes in all.
//!
//! Each field is its code, then its value. A code is its place among the known keys, or [`OTHER`] and the word itself. A value
//! begins with a number: 0 for an amount, which follows, or one more than the length of the text that follows.

use super::key;
use crate::domain::amount::Amount;

/// A value for a field.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Value {
    /// Words, a day, a time of day, the code of a choice.
    Text(Box<str>),
    /// A number.
    Number(Amount),
}

/// What a field holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Held<'a> {
    /// Words, a day, a time of day, the code of a choice.
    Text(&'a str),
    /// A number.
    Number(Amount),
}

impl std::fmt::Display for Held<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Text(text) => f.write_str(text),
            Self::Number(amount) => amount.fmt(f),
        }
    }
}

impl From<Held<'_>> for Value {
    fn from(held: Held<'_>) -> Self {
        match held {
            Held::Text(text) => Self::Text(text.into()),
            Held::Number(amount) => Self::Number(amount),
        }
    }
}

impl<'a> From<&'a Value> for Held<'a> {
    fn from(value: &'a Value) -> Self {
        match value {
            Value::Text(text) => Self::Text(text),
            Value::Number(amount) => Self::Number(*amount),
        }
    }
}

/// Fields by code, in the order in which they were set. One that a later version knows is kept as it is.
#[derive(Clone, PartialEq, Eq, Default)]
pub struct Fields(Bytes);

impl Fields {
    /// What stands in a field.
    pub(crate) fn value(&self, code: &str) -> Option<Held<'_>> {
        let (_, held) = Packed(self.0.as_slice()).find(|(known, _)| *known == code)?;
        Some(held.read())
    }

    /// Puts a value in the place of what stood there.
    #[expect(
        clippy::needless_pass_by_value,
        reason = "a value is handed over, and packed here"
    )]
    pub fn set(&mut self, code: impl AsRef<str>, value: Value) {
        let code = code.as_ref();
        let mut packing = Packing::default();
        let mut is_there = false;
        for (known, held) in self.iter() {
            let is_it = known == code;
            is_there |= is_it;
            packing.add(known, if is_it { (&value).into() } else { held });
        }
        if !is_there {
            packing.add(code, (&value).into());
        }
        *self = packing.fields();
    }

    /// Each code with its value.
    pub fn iter(&self) -> impl Iterator<Item = (&str, Held<'_>)> {
        Packed(self.0.as_slice()).map(|(code, held)| (code, held.read()))
    }

    /// The bytes that hold them.
    pub(in crate::domain) fn packed(&self) -> &[u8] {
        self.0.as_slice()
    }

    /// The fields whose bytes these are.
    pub(in crate::domain) fn of_packed(bytes: &[u8]) -> Self {
        Self(Bytes::of(bytes))
    }

    /// Whether nothing is filled in.
    pub(crate) fn is_empty(&self) -> bool {
        self.0.as_slice().is_empty()
    }

    /// These fields without one.
    pub(super) fn without(&self, code: &str) -> Self {
        let mut packing = Packing::default();
        for (known, held) in self.iter().filter(|(known, _)| *known != code) {
            packing.add(known, held);
        }
        packing.fields()
    }
}

impl std::fmt::Debug for Fields {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_map().entries(self.iter()).finish()
    }
}

/// Packed fields. Three of four records have so few that they need no memory of their own.
#[derive(Clone, PartialEq, Eq)]
enum Bytes {
    /// How many there are, then they and zeros.
    Few(u8, [u8; FEW]),
    Many(Box<[u8]>),
}

// With these both variants take three words.
const FEW: usize = 22;

impl Default for Bytes {
    fn default() -> Self {
        Self::Few(0, [0; FEW])
    }
}

impl Bytes {
    fn of(bytes: &[u8]) -> Self {
        let mut few = [0; FEW];
        match (few.get_mut(..bytes.len()), u8::try_from(bytes.len())) {
            (Some(place), Ok(len)) => {
                place.copy_from_slice(bytes);
                Self::Few(len, few)
            }
            _ => Self::Many(bytes.into()),
        }
    }

    fn as_slice(&self) -> &[u8] {
        match self {
            Self::Few(len, few) => few.get(..usize::from(*len)).unwrap_or_default(),
            Self::Many(many) => many,
        }
    }
}

/// In place of a key's place: the code of a later version follows as a word.
const OTHER: u8 = u8::MAX;

/// Fields while they are packed. One can serve for many records.
#[derive(Debug)]
pub(crate) struct Packing(Vec<u8>);

impl Default for Packing {
    fn default() -> Self {
        // Room for nearly all, so that it does not grow with each field.
        Self(Vec::with_capacity(64))
    }
}

impl Packing {
    /// Adds a field. The caller adds each code once.
    pub(crate) fn add(&mut self, code: &str, held: Held<'_>) {
        if let Ok(Ok(place)) = key::ALL.binary_search(&code).map(u8::try_from) {
            self.0.push(place);
        } else {
            self.0.push(OTHER);
            self.number(code.len() as u64);
            self.0.extend_from_slice(code.as_bytes());
        }
        match held {
            Held::Number(amount) => {
                self.0.push(0);
                self.number(amount.thousandths().cast_unsigned());
            }
            Held::Text(text) => {
                self.number(text.len() as u64 + 1);
                self.0.extend_from_slice(text.as_bytes());
            }
        }
    }

    /// Seven bits a byte, the lowest first; the high bit says that more follow.
    fn number(&mut self, mut number: u64) {
        while number >= 0x80 {
            self.0.push(number.to_le_bytes()[0] | 0x80);
            number >>= 7;
        }
        self.0.push(number.to_le_bytes()[0]);
    }

    /// The fields that were added; the next one begins anew.
    pub(crate) fn fields(&mut self) -> Fields {
        let fields = Fields(Bytes::of(&self.0));
        self.0.clear();
        fields
    }
}

/// Reads packed fields one by one.
struct Packed<'a>(&'a [u8]);

/// A value whose text was not looked at yet.
#[derive(Clone, Copy)]
enum Raw<'a> {
    Text(&'a [u8]),
    Number(Amount),
}

impl<'a> Raw<'a> {
    fn read(self) -> Held<'a> {
        match self {
            Self::Text(bytes) => Held::Text(word(bytes)),
            Self::Number(amount) => Held::Number(amount),
        }
    }
}

/// Only whole words are packed, so the empty text never stands for one.
fn word(bytes: &[u8]) -> &str {
    std::str::from_utf8(bytes).unwrap_or_default()
}

impl<'a> Packed<'a> {
    fn byte(&mut self) -> Option<u8> {
        let (first, rest) = self.0.split_first()?;
        self.0 = rest;
        Some(*first)
    }

    fn number(&mut self) -> Option<u64> {
        let mut number = 0;
        for shift in (0..64).step_by(7) {
            let byte = self.byte()?;
            number |= u64::from(byte & 0x7f) << shift;
            if byte < 0x80 {
                break;
            }
        }
        Some(number)
    }

    fn bytes(&mut self, len: u64) -> Option<&'a [u8]> {
        let (bytes, rest) = self.0.split_at_checked(usize::try_from(len).ok()?)?;
        self.0 = rest;
        Some(bytes)
    }
}

impl<'a> Iterator for Packed<'a> {
    type Item = (&'a str, Raw<'a>);

    fn next(&mut self) -> Option<Self::Item> {
        let code = match self.byte()? {
            OTHER => {
                let len = self.number()?;
                word(self.bytes(len)?)
            }
            place => key::ALL.get(usize::from(place))?,
        };
        let held = match self.number()? {
            0 => {
                let thousandths = self.number()?.cast_signed();
                Raw::Number(Amount::from_thousandths(thousandths))
            }
            longer => Raw::Text(self.bytes(longer - 1)?),
        };
        Some((code, held))
    }
}

#[cfg(test)]
mod tests {
    use super::{Fields, Held, Packing, Value, key};
    use crate::domain::amount::Amount;
    use crate::domain::record::kind::Kind;
    use proptest::prelude::{Strategy, any, proptest};
    use proptest::{collection, prop_assert_eq, prop_oneof};

    fn value() -> impl Strategy<Value = Value> {
        prop_oneof![
            any::<String>().prop_map(|text| Value::Text(text.into())),
            any::<i64>().prop_map(|amount| Value::Number(Amount::from_thousandths(amount))),
        ]
    }

    fn code() -> impl Strategy<Value = String> {
        prop_oneof![
            (0..key::ALL.len()).prop_map(|at| key::ALL[at].to_owned()),
            any::<String>(),
            // Longer than one byte can count.
            "[a-z]{120,300}",
        ]
    }

    proptest! {
        #[test]
        fn what_is_set_is_read_back_in_the_order_in_which_it_was_set(
            set in collection::vec((code(), value()), 0..12)
        ) {
            let mut fields = Fields::default();
            let mut expected: Vec<(String, Value)> = Vec::new();
            for (code, value) in set {
                fields.set(&code, value.clone());
                match expected.iter_mut().find(|(known, _)| *known == code) {
                    Some((_, held)) => *held = value,
                    None => expected.push((code, value)),
                }
            }
            let read: Vec<_> = fields.iter().map(|(c, v)| (c.to_owned(), Value::from(v))).collect();
            prop_assert_eq!(&read, &expected);
            for (code, value) in &expected {
                prop_assert_eq!(fields.value(code), Some(Held::from(value)));
                let without = fields.without(code);
                prop_assert_eq!(without.value(code), None);
                prop_assert_eq!(without.iter().count(), expected.len() - 1);
            }
            prop_assert_eq!(fields.value("no such code"), None);
        }
    }

    #[test]
    fn the_keys_stand_in_alphabetical_order_and_leave_room_for_other_codes() {
        assert!(key::ALL.is_sorted(), "a key is looked up by halves");
        assert!(key::ALL.len() < usize::from(super::OTHER));
        for kind in Kind::ALL {
            for field in kind.facts().fields {
                assert!(key::ALL.contains(&field.code), "{}", field.code);
            }
        }
    }

    #[test]
    fn a_dose_with_its_unit_takes_few_bytes() {
        let mut packing = Packing::default();
        packing.add(key::AMOUNT, Held::Number(Amount::from_thousandths(2500)));
        packing.add(key::UNIT, Held::Text("g"));
        assert_eq!(packing.fields().0.as_slice().len(), 7);
        assert_eq!(
            size_of::<Fields>(),
            24,
            "a record has them beside its moment"
        );
    }
}
