//! Entries packed into one piece of memory: numbers in as few bytes as they need, and texts that many entries share once.

use std::sync::Arc;

/// What was packed.
#[derive(Debug, Default)]
pub(super) struct Packed {
    bytes: Box<[u8]>,
    texts: Box<[Arc<str>]>,
}

impl Packed {
    /// Whether an entry shares this text with others.
    pub(super) fn has_text(&self, text: &str) -> bool {
        self.texts.iter().any(|known| **known == *text)
    }

    /// Reads it from the beginning.
    pub(super) fn reader(&self) -> Reader<'_> {
        Reader {
            bytes: &self.bytes,
            texts: &self.texts,
        }
    }
}

/// What is being packed.
#[derive(Debug, Default)]
pub(crate) struct Writer {
    bytes: Vec<u8>,
    texts: Vec<Arc<str>>,
}

impl Writer {
    /// What was packed so far; the next piece begins anew, in the same memory.
    pub(super) fn take(&mut self) -> Packed {
        let packed = Packed {
            bytes: self.bytes.as_slice().into(),
            texts: self.texts.as_slice().into(),
        };
        self.bytes.clear();
        self.texts.clear();
        packed
    }

    pub(super) fn byte(&mut self, byte: u8) {
        self.bytes.push(byte);
    }

    pub(super) fn bytes(&mut self, bytes: &[u8]) {
        self.bytes.extend_from_slice(bytes);
    }

    /// Seven bits a byte, the lowest first; the high bit says that more follow.
    pub(super) fn number(&mut self, mut number: u64) {
        while number >= 0x80 {
            self.bytes.push(number.to_le_bytes()[0] | 0x80);
            number >>= 7;
        }
        self.bytes.push(number.to_le_bytes()[0]);
    }

    /// A number near 0 takes few bytes on either side of it.
    pub(super) fn signed(&mut self, number: i64) {
        self.number(((number << 1) ^ (number >> 63)).cast_unsigned());
    }

    /// Bytes with their length.
    pub(super) fn counted(&mut self, bytes: &[u8]) {
        self.number(bytes.len() as u64);
        self.bytes(bytes);
    }

    /// What `write` packs, with its length before it, so that it can be passed over in one step.
    pub(super) fn measured(&mut self, write: impl FnOnce(&mut Self)) {
        let begin = self.bytes.len();
        write(self);
        let end = self.bytes.len();
        self.number((end - begin) as u64);
        // The length was packed last and is wanted first.
        let len = self.bytes.len() - end;
        self.bytes[begin..].rotate_right(len);
    }

    /// The place of a text that others may share.
    pub(super) fn shared(&mut self, text: &Arc<str>) {
        let known = self.texts.iter().position(|known| known == text);
        let place = known.unwrap_or_else(|| {
            self.texts.push(Arc::clone(text));
            self.texts.len() - 1
        });
        self.number(place as u64);
    }
}

/// Reads what was packed, in the same order. `None` comes only at the end.
#[derive(Debug, Clone)]
pub(crate) struct Reader<'a> {
    bytes: &'a [u8],
    texts: &'a [Arc<str>],
}

impl<'a> Reader<'a> {
    #[inline]
    pub(super) fn byte(&mut self) -> Option<u8> {
        let (first, rest) = self.bytes.split_first()?;
        self.bytes = rest;
        Some(*first)
    }

    pub(super) fn bytes(&mut self, len: usize) -> Option<&'a [u8]> {
        let (bytes, rest) = self.bytes.split_at_checked(len)?;
        self.bytes = rest;
        Some(bytes)
    }

    pub(super) fn number(&mut self) -> Option<u64> {
        let mut byte = self.byte()?;
        let mut number = u64::from(byte & 0x7f);
        let mut shift = 0;
        // Most numbers are one byte. No number has more than ten.
        while byte >= 0x80 && shift < 63 {
            shift += 7;
            byte = self.byte()?;
            number |= u64::from(byte & 0x7f) << shift;
        }
        Some(number)
    }

    pub(super) fn signed(&mut self) -> Option<i64> {
        let number = self.number()?;
        Some((number >> 1).cast_signed() ^ -(number & 1).cast_signed())
    }

    pub(super) fn count(&mut self) -> Option<usize> {
        usize::try_from(self.number()?).ok()
    }

    pub(super) fn counted(&mut self) -> Option<&'a [u8]> {
        let len = self.count()?;
        self.bytes(len)
    }

    pub(super) fn shared(&mut self) -> Option<Arc<str>> {
        let place = self.count()?;
        self.texts.get(place).cloned()
    }

    /// Reads what was measured, and passes over it.
    pub(super) fn measured(&mut self) -> Option<Self> {
        let len = self.count()?;
        let bytes = self.bytes(len)?;
        Some(Self { bytes, ..*self })
    }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test may stop at the first surprise")]
mod tests {
    use super::Writer;
    use proptest::prelude::{any, proptest};
    use proptest::{collection, prop_assert, prop_assert_eq};
    use std::sync::Arc;

    proptest! {
        #[test]
        fn what_is_packed_is_read_back_in_order(
            numbers in collection::vec((any::<u64>(), any::<i64>(), -200..200_i64), 0..9),
            texts in collection::vec("[ab]{0,2}", 0..9), bytes in collection::vec(any::<u8>(), 0..300)
        ) {
            let mut writer = Writer::default();
            for (number, signed, small) in &numbers {
                writer.number(*number);
                writer.signed(*signed);
                writer.signed(*small);
            }
            for text in &texts {
                writer.shared(&Arc::from(text.as_str()));
            }
            writer.counted(&bytes);
            writer.measured(|writer| {
                writer.signed(-5);
                writer.bytes(&bytes);
            });
            writer.byte(7);
            let packed = writer.take();
            prop_assert!(texts.iter().all(|text| packed.has_text(text)));
            prop_assert!(!packed.has_text("c"));
            let mut reader = packed.reader();
            for (number, signed, small) in numbers {
                prop_assert_eq!(reader.number(), Some(number));
                prop_assert_eq!(reader.signed(), Some(signed));
                prop_assert_eq!(reader.signed(), Some(small));
            }
            for text in texts {
                prop_assert_eq!(reader.shared(), Some(Arc::from(text)));
            }
            prop_assert_eq!(reader.counted(), Some(bytes.as_slice()));
            let mut inner = reader.measured().unwrap();
            prop_assert_eq!(inner.signed(), Some(-5));
            prop_assert_eq!(inner.bytes(bytes.len()), Some(bytes.as_slice()));
            prop_assert_eq!(inner.byte(), None);
            prop_assert_eq!(reader.byte(), Some(7));
            prop_assert_eq!(reader.byte(), None);
        }
    }
}
