//! The cells of a row, each read from the file once: for what the row says and for its sum.

use crate::store::error::Result;
use rusqlite::Row;
use rusqlite::types::{FromSql, ValueRef};

/// The most cells of a row that are kept.
pub(super) const WIDEST: usize = 18;

/// The first cells of a row, those that were not read left empty.
pub(in crate::store) type Kept<'r> = [ValueRef<'r>; WIDEST];

/// Reads the first `count` cells of a row, at most [`WIDEST`].
pub(in crate::store) fn keep<'r>(row: &'r Row<'_>, count: usize) -> Result<Kept<'r>> {
    let mut cells = [ValueRef::Null; WIDEST];
    for (at, cell) in cells.iter_mut().take(count).enumerate() {
        *cell = row.get_ref(at)?;
    }
    Ok(cells)
}

/// The cells of a row.
pub(in crate::store) struct Cells<'r, 's> {
    row: &'r Row<'s>,
    kept: &'r [ValueRef<'r>],
}

impl<'r, 's> Cells<'r, 's> {
    /// Each is read when it is asked for: for a row without a sum, which asks once.
    pub(in crate::store) const fn of(row: &'r Row<'s>) -> Self {
        Self { row, kept: &[] }
    }

    /// Those of the row that were kept.
    pub(in crate::store) const fn kept(row: &'r Row<'s>, kept: &'r Kept<'r>) -> Self {
        Self { row, kept }
    }

    /// Those that were kept.
    pub(in crate::store) const fn all(&self) -> &[ValueRef<'r>] {
        self.kept
    }

    /// The cell at a place.
    pub(in crate::store) fn cell(&self, at: usize) -> Result<ValueRef<'r>> {
        match self.kept.get(at) {
            Some(cell) => Ok(*cell),
            None => Ok(self.row.get_ref(at)?),
        }
    }

    /// What the cell at a place holds.
    pub(in crate::store) fn get<T: FromSql>(&self, at: usize) -> Result<T> {
        // The row's own error names the column.
        T::column_result(self.cell(at)?).or_else(|_| Ok(self.row.get(at)?))
    }
}
