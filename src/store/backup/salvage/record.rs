//! One record of `SQLite`'s file format: a header of types, then the values.
//!
//! Invariant: a record whose sizes do not add up to its own length gives nothing.

/// A stored value. Text is bytes here: a damaged one may be no valid UTF-8.
#[derive(Debug, Clone, PartialEq, PartialOrd)]
pub(super) enum Value {
    Null,
    Integer(i64),
    Real(f64),
    Text(Vec<u8>),
    Blob(Vec<u8>),
}

impl Value {
    pub(super) const fn integer(&self) -> Option<i64> {
        match self {
            Self::Integer(number) => Some(*number),
            _ => None,
        }
    }
}

// The widest table has 16 columns. The limit keeps a damaged header from costing memory.
/// How many values a record may have.
const WIDEST: usize = 64;

/// Reads a variable-length integer: the value, and how many bytes it has.
pub(super) fn varint(bytes: &[u8]) -> Option<(u64, usize)> {
    let mut value = 0_u64;
    for (at, byte) in bytes.iter().enumerate().take(9) {
        if at == 8 {
            return Some(((value << 8) | u64::from(*byte), 9));
        }
        value = (value << 7) | u64::from(byte & 0x7f);
        if byte & 0x80 == 0 {
            return Some((value, at + 1));
        }
    }
    None
}

/// Reads a whole record.
pub(super) fn read(bytes: &[u8]) -> Option<Vec<Value>> {
    let (head, mut at) = varint(bytes)?;
    let head = usize::try_from(head).ok()?;
    let types = bytes.get(..head)?;
    let mut body = head;
    let mut values = Vec::new();
    while at < head {
        let (kind, length) = varint(types.get(at..)?)?;
        at += length;
        let (value, size) = read_value(bytes, body, kind)?;
        body = body.checked_add(size)?;
        if values.len() == WIDEST {
            return None;
        }
        values.push(value);
    }
    (at == head && body == bytes.len()).then_some(values)
}

/// The value of type `kind` that begins at `at`, and its size.
fn read_value(bytes: &[u8], at: usize, kind: u64) -> Option<(Value, usize)> {
    let part = |size: usize| bytes.get(at..at.checked_add(size)?);
    let integer = |size: usize| {
        let part = part(size)?;
        // The first bit is the sign, whatever the width.
        let sign = if part.first()? & 0x80 == 0 { 0 } else { -1 };
        let value = part
            .iter()
            .fold(sign, |value: i64, byte| (value << 8) | i64::from(*byte));
        Some((Value::Integer(value), size))
    };
    match kind {
        0 => Some((Value::Null, 0)),
        1..=4 => integer(usize::try_from(kind).ok()?),
        5 => integer(6),
        6 => integer(8),
        7 => {
            let bytes = part(8)?.try_into().ok()?;
            Some((Value::Real(f64::from_be_bytes(bytes)), 8))
        }
        8 => Some((Value::Integer(0), 0)),
        9 => Some((Value::Integer(1), 0)),
        10 | 11 => None,
        kind => {
            let size = usize::try_from((kind - 12) / 2).ok()?;
            let bytes = part(size)?.to_vec();
            let value = if kind % 2 == 0 {
                Value::Blob(bytes)
            } else {
                Value::Text(bytes)
            };
            Some((value, size))
        }
    }
}
