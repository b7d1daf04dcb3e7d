//! The whole journal as a Data Package: a folder with one CSV a kind and `datapackage.json`, which says what the columns
//! hold. Described in `assets/formats.md`.
//!
//! Invariant: written, read into an empty journal and written again, the bytes are the same.

mod describe;
pub(super) mod read;
pub(super) mod rows;
pub(super) mod table;

use super::csv::{Guard, Range};
use super::data_package::csv;
use crate::domain::journal::Journal;
use std::io;

/// Every file with its name, `datapackage.json` last. `tell` is told after each: how many are made, of how many.
///
/// # Errors
/// Never fails in practice: it writes to memory.
pub fn files(
    journal: &Journal,
    range: Range,
    guard: Guard,
    tell: &mut dyn FnMut(usize, usize),
) -> io::Result<Vec<(String, Vec<u8>)>> {
    let tables = rows::tables(journal, range);
    // The ratings and the description come on top of the tables.
    let all = tables.len() + 2;
    let mut files = Vec::with_capacity(all);
    let mut add = |file| {
        files.push(file);
        tell(files.len(), all);
    };
    for table in &tables {
        add((table.file(), csv(&table.columns, &table.rows, guard)?));
    }
    let schema = table::ratings();
    let ratings = rows::ratings(journal, range, &schema);
    let table = &schema.table;
    add((table.file(), csv(&table.columns, ratings, guard)?));
    add(describe::description(journal, range, guard, tables));
    Ok(files)
}
