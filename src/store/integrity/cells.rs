//! The cells of a row, each read from the file once: for what the row says and for its sum.

use crate::store::error::Result;
use rusqlite::Row;
use rusqlite::types::{FromSql, ValueRef};

/// The most cells of a row that are kept.
pub(super) const WIDEST: usize = 18;

/// The first cells of a row.
pub(in crate::store) struct Cells<'r, 's> {
    row: &'r Row<'s>,
    cells: [ValueRef<'r>; WIDEST],
}

impl<'r, 's> Cells<'r, 's> {
    /// Reads the first `count` of them, at most [`WIDEST`].
    pub(in crate::store) fn of(row: &'r Row<'s>, count: usize) -> Result<Self> {
        let mut cells = [ValueRef::Null; WIDEST];
        for (at, cell) in cells.iter_mut().take(count).enumerate() {
            *cell = row.get_ref(at)?;
        }
        Ok(Self { row, cells })
    }

    /// All of them; those that were not read are empty.
    pub(in crate::store) const fn all(&self) -> &[ValueRef<'r>] {
        &self.cells
    }

    /// The cell at a place.
    pub(in crate::store) fn cell(&self, at: usize) -> Result<ValueRef<'r>> {
        match self.cells.get(at) {
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
