//! The rows of a query as one cell.
//!
//! `SQLite` hands over each row by itself and each of its cells in several calls, which takes longer than to find them. A function of
//! ours takes them over where `SQLite` has them. It is for few rows: all of them are in memory twice.
//!
//! Invariant: what comes out is what went in. Where a row cannot be read, the query is asked again row by row, and what is wrong
//! with the row is found there.

use crate::store::Store;
use crate::store::error::{Result, StoreError};
use crate::store::integrity::cells::{Cells, Kept, WIDEST};
use rusqlite::functions::{Aggregate, Context, FunctionFlags};
use rusqlite::types::ValueRef;
use rusqlite::{Connection, Params};

/// What a cell begins with; a whole number up to [`SMALL`] is in its first byte, above these.
const NULL: u8 = 0;
const INTEGER: u8 = 1;
const REAL: u8 = 2;
const TEXT: u8 = 3;
const BLOB: u8 = 4;
const ZERO: u8 = 5;

/// The highest number in one byte.
const SMALL: u8 = u8::MAX - ZERO;

/// Stands for a length that needs four bytes of its own.
const LONG: u8 = u8::MAX;

/// Makes the function known to a connection.
pub(super) fn teach(db: &Connection) -> Result<()> {
    let flags = FunctionFlags::SQLITE_UTF8
        | FunctionFlags::SQLITE_DETERMINISTIC
        | FunctionFlags::SQLITE_DIRECTONLY;
    Ok(db.create_aggregate_function("together", -1, flags, Together)?)
}

/// Gathers rows.
struct Together;

impl Aggregate<Vec<u8>, Vec<u8>> for Together {
    fn init(&self, _: &mut Context<'_>) -> rusqlite::Result<Vec<u8>> {
        Ok(Vec::with_capacity(2048))
    }

    fn step(&self, row: &mut Context<'_>, all: &mut Vec<u8>) -> rusqlite::Result<()> {
        for at in 0..row.len() {
            put(row.get_raw(at), all);
        }
        Ok(())
    }

    fn finalize(&self, _: &mut Context<'_>, all: Option<Vec<u8>>) -> rusqlite::Result<Vec<u8>> {
        Ok(all.unwrap_or_default())
    }
}

#[expect(clippy::inline_always, reason = "a call takes longer than the work")]
#[inline(always)]
fn put(cell: ValueRef<'_>, into: &mut Vec<u8>) {
    match cell {
        ValueRef::Null => into.push(NULL),
        ValueRef::Integer(number) => match u8::try_from(number) {
            Ok(small) if small <= SMALL => into.push(ZERO + small),
            _ => {
                into.push(INTEGER);
                into.extend_from_slice(&number.to_le_bytes());
            }
        },
        ValueRef::Real(number) => {
            into.push(REAL);
            into.extend_from_slice(&number.to_le_bytes());
        }
        ValueRef::Text(bytes) => put_bytes(TEXT, bytes, into),
        ValueRef::Blob(bytes) => put_bytes(BLOB, bytes, into),
    }
}

#[expect(clippy::inline_always, reason = "a call takes longer than the work")]
#[inline(always)]
fn put_bytes(what: u8, bytes: &[u8], into: &mut Vec<u8>) {
    match u8::try_from(bytes.len()) {
        Ok(len) if len < LONG => into.extend_from_slice(&[what, len]),
        _ => {
            into.extend_from_slice(&[what, LONG]);
            // SQLite has no cell that is longer.
            let len = u32::try_from(bytes.len()).unwrap_or(u32::MAX);
            into.extend_from_slice(&len.to_le_bytes());
        }
    }
    into.extend_from_slice(bytes);
}

/// The cells that stand in `bytes`, one after another.
struct Gathered<'a>(&'a [u8]);

impl<'a> Gathered<'a> {
    /// The next row, of `width` cells.
    fn row(&mut self, width: usize) -> Option<Kept<'a>> {
        let mut cells = [ValueRef::Null; WIDEST];
        for cell in cells.get_mut(..width)? {
            *cell = self.cell()?;
        }
        Some(cells)
    }

    #[expect(clippy::inline_always, reason = "a call takes longer than the work")]
    #[inline(always)]
    fn cell(&mut self) -> Option<ValueRef<'a>> {
        Some(match self.byte()? {
            NULL => ValueRef::Null,
            INTEGER => ValueRef::Integer(i64::from_le_bytes(self.eight()?)),
            REAL => ValueRef::Real(f64::from_le_bytes(self.eight()?)),
            TEXT => ValueRef::Text(self.bytes()?),
            BLOB => ValueRef::Blob(self.bytes()?),
            small => ValueRef::Integer(i64::from(small - ZERO)),
        })
    }

    #[expect(clippy::inline_always, reason = "a call takes longer than the work")]
    #[inline(always)]
    fn bytes(&mut self) -> Option<&'a [u8]> {
        let len = match self.byte()? {
            LONG => u32::from_le_bytes(*self.0.split_off(..4)?.first_chunk()?),
            len => len.into(),
        };
        self.0.split_off(..usize::try_from(len).ok()?)
    }

    #[expect(clippy::inline_always, reason = "a call takes longer than the work")]
    #[inline(always)]
    fn byte(&mut self) -> Option<u8> {
        self.0.split_off_first().copied()
    }

    #[expect(clippy::inline_always, reason = "a call takes longer than the work")]
    #[inline(always)]
    fn eight(&mut self) -> Option<[u8; 8]> {
        self.0.split_off(..8)?.first_chunk().copied()
    }
}

impl Store {
    /// What `read` makes of each row of `width` cells that [`select`] selects; `None` where one of them has to be looked at by
    /// itself.
    pub(in crate::store) fn together<T>(
        &self,
        sql: &str,
        with: impl Params,
        width: usize,
        mut read: impl FnMut(&Cells<'_, '_>) -> Result<T>,
    ) -> Result<Option<Vec<T>>> {
        let mut query = self.db.prepare_cached(sql)?;
        let mut rows = query.query(with)?;
        let Some(row) = rows.next()? else {
            return Ok(None);
        };
        let mut gathered = Gathered(row.get_ref(0)?.as_blob().unwrap_or_default());
        let mut all = Vec::new();
        while !gathered.0.is_empty() {
            let cells = gathered.row(width);
            let cells = cells.ok_or(StoreError::Unreadable("rows"))?;
            match read(&Cells::gathered(&cells)) {
                Ok(one) => all.push(one),
                Err(_) => return Ok(None),
            }
        }
        Ok(Some(all))
    }
}

/// A query for `columns` of the rows that are described after `FROM`, for [`Store::together`].
pub(in crate::store) fn select(columns: &str, from: &str) -> String {
    format!("SELECT together({columns}) FROM {from}")
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test may stop at the first surprise")]
mod tests {
    use super::{Gathered, select, teach};
    use proptest::collection::vec;
    use proptest::prelude::{Just, Strategy, any, prop_assert_eq, prop_oneof, proptest};
    use rusqlite::types::Value;
    use rusqlite::{Connection, params};

    fn cells() -> impl Strategy<Value = Value> {
        prop_oneof![
            Just(Value::Null),
            (-2..300_i64).prop_map(Value::Integer),
            any::<i64>().prop_map(Value::Integer),
            // SQLite keeps no number that is none.
            (-1e9..1e9).prop_map(Value::Real),
            ".{0,9}".prop_map(Value::Text),
            (253..257_usize).prop_map(|len| Value::Text("a".repeat(len))),
            vec(any::<u8>(), 0..9).prop_map(Value::Blob),
            (254..70_000_usize).prop_map(|len| Value::Blob(vec![7; len])),
        ]
    }

    fn together(rows: &[[Value; 3]]) -> Vec<u8> {
        let db = Connection::open_in_memory().unwrap();
        teach(&db).unwrap();
        db.execute_batch("CREATE TABLE rows (a, b, c)").unwrap();
        for [a, b, c] in rows {
            let sql = "INSERT INTO rows VALUES (?1, ?2, ?3)";
            db.execute(sql, params![a, b, c]).unwrap();
        }
        let sql = select("a, b, c", "rows");
        db.query_row(&sql, [], |row| row.get(0)).unwrap()
    }

    proptest! {
        #[test]
        fn each_cell_comes_out_as_it_went_in(
            rows in vec([cells(), cells(), cells()], 0..8)
        ) {
            let bytes = together(&rows);
            let mut gathered = Gathered(&bytes);
            for row in rows {
                let cells = gathered.row(3).unwrap();
                let read = [0, 1, 2].map(|at: usize| Value::try_from(cells[at]).unwrap());
                prop_assert_eq!(read, row);
            }
            prop_assert_eq!(gathered.0, b"");
        }

        #[test]
        fn bytes_that_no_rows_gave_give_none(bytes in vec(any::<u8>(), 0..40)) {
            let mut gathered = Gathered(&bytes);
            while gathered.row(3).is_some() {}
        }
    }
}
