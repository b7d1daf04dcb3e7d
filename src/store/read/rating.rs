//! Reads the ratings of a check-in, the rows that a journal has most of.

use crate::domain::check_in::rating::Rating;
use crate::domain::check_in::symptom::{Severity, SymptomKey};
use crate::store::error::{Result, StoreError};
use crate::store::integrity::sum::Codes;
use rusqlite::Row;
use rusqlite::types::ValueRef;

/// A rating, or why it cannot be read. The error is boxed because every rating is handed on with its place.
pub(super) type Read = std::result::Result<Rating, Box<StoreError>>;

/// The share of a rating in the sum of its check-in, and the rating, or why it cannot be read. Its columns symptom, severity and
/// copied begin at `from`.
pub(super) fn read(row: &Row<'_>, from: usize, codes: &mut Codes) -> Result<(u64, Read)> {
    let cells = cells(row, from)?;
    let (share, is_known) = codes.rating(cells);
    Ok((share, of_cells(row, from, cells, is_known)))
}

/// The rating alone, where the columns begin the row.
pub(super) fn read_alone(row: &Row<'_>, codes: &Codes) -> Result<Read> {
    let cells = cells(row, 0)?;
    Ok(of_cells(row, 0, cells, codes.knows(cells[0])))
}

fn cells<'a>(row: &'a Row<'_>, from: usize) -> Result<[ValueRef<'a>; 3]> {
    Ok([
        row.get_ref(from)?,
        row.get_ref(from + 1)?,
        row.get_ref(from + 2)?,
    ])
}

fn of_cells(row: &Row<'_>, from: usize, cells: [ValueRef<'_>; 3], is_known: bool) -> Read {
    let rating = plain(cells).map_or_else(|| any(row, from).map_err(Box::new), Ok)?;
    if is_known {
        Ok(rating)
    } else {
        // If its symptom cannot be read, the rating cannot be read either.
        Err(Box::new(StoreError::Unreadable("a rating's symptom")))
    }
}

/// A rating as every version writes it. Ten years have a hundred thousand, and each cell is looked at once.
fn plain([symptom, severity, copied]: [ValueRef<'_>; 3]) -> Option<Rating> {
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
        copied: number(copied)? != 0,
    })
}

/// Any other rating, or why it cannot be read.
fn any(row: &Row<'_>, from: usize) -> Result<Rating> {
    let severity: Option<u8> = row.get(from + 1)?;
    Ok(Rating {
        symptom: SymptomKey(row.get(from)?),
        answer: severity
            .map(|n| Severity::new(n).ok_or(StoreError::Unreadable("a severity")))
            .transpose()?,
        copied: row.get(from + 2)?,
    })
}
