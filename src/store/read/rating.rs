//! Reads a rating that cannot be read with the others of its check-in.

use crate::domain::check_in::rating::Rating;
use crate::domain::check_in::symptom::{Severity, SymptomKey};
use crate::store::error::{Result, StoreError};
use crate::store::integrity::sum::Codes;
use rusqlite::Row;
use rusqlite::types::ValueRef;

/// The share of a rating in the sum of its check-in, and the rating, or why it cannot be read. Its columns symptom, severity and
/// copied are the row.
pub(super) fn read(row: &Row<'_>, codes: &mut Codes) -> Result<(u64, Result<Rating>)> {
    let (share, is_known) = codes.rating([row.get_ref(0)?, row.get_ref(1)?, row.get_ref(2)?]);
    let rating = any(row).and_then(|rating| known(rating, is_known));
    Ok((share, rating))
}

/// The rating, where its symptom is there and could be read. If that cannot be read, the rating cannot be read either.
pub(super) fn known(rating: Rating, is_known: bool) -> Result<Rating> {
    if is_known {
        Ok(rating)
    } else {
        Err(StoreError::Unreadable("a rating's symptom"))
    }
}

/// The cells of a rating as every version writes it.
pub(super) const fn cells(rating: Rating) -> [ValueRef<'static>; 3] {
    let severity = match rating.answer {
        None => ValueRef::Null,
        Some(answer) => ValueRef::Integer(answer.number() as i64),
    };
    [
        ValueRef::Integer(rating.symptom.0 as i64),
        severity,
        ValueRef::Integer(rating.copied as i64),
    ]
}

/// The rating of such cells.
pub(super) fn plain([symptom, severity, copied]: [ValueRef<'_>; 3]) -> Option<Rating> {
    let number = |cell: ValueRef<'_>| match cell {
        ValueRef::Integer(number) => Some(number),
        _ => None,
    };
    let answer = match severity {
        ValueRef::Null => None,
        cell => Some(Severity::new(u8::try_from(number(cell)?).ok()?)?),
    };
    Some(Rating {
        symptom: SymptomKey(u16::try_from(number(symptom)?).ok()?),
        answer,
        copied: match number(copied)? {
            0 => false,
            1 => true,
            _ => return None,
        },
    })
}

/// Any other rating, or why it cannot be read.
fn any(row: &Row<'_>) -> Result<Rating> {
    let severity: Option<u8> = row.get(1)?;
    Ok(Rating {
        symptom: SymptomKey(row.get(0)?),
        answer: severity
            .map(|n| Severity::new(n).ok_or(StoreError::Unreadable("a severity")))
            .transpose()?,
        copied: row.get(2)?,
    })
}
