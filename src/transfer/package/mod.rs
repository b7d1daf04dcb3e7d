//! The whole journal as a Data Package: a folder with one CSV a kind and `datapackage.json`, which says what the columns
//! hold. Described in `assets/formats.md`.
//!
//! Invariant: written, read into an empty journal and written again, the bytes are the same.

mod describe;
pub(super) mod read;
pub(super) mod rows;
pub(super) mod table;

use super::csv::{Guard, Range, day};
use super::data_package::{Files, csv};
use super::wish::Notes;
use crate::domain::journal::Journal;
use crate::domain::record::kind::Kind;
use crate::transfer::data_package::DESCRIPTION;
use std::io;

/// The names of all files.
pub(crate) fn names() -> Vec<String> {
    let tables = [
        table::settings().table.file(),
        table::symptoms().table.file(),
        table::attempts().table.file(),
        table::check_ins().table.file(),
        table::help_lines().table.file(),
        table::ratings().table.file(),
        DAYS.to_owned(),
        DESCRIPTION.to_owned(),
    ];
    let kinds = Kind::ALL.map(|kind| table::records(kind).table.file());
    tables.into_iter().chain(kinds).collect()
}

/// The file of days. It is worked out from the others, so it is not read back.
pub(crate) const DAYS: &str = "days.csv";

/// Writes every file, `datapackage.json` last. A table goes out row by row, and none is held.
///
/// # Errors
/// Those of `files`.
pub fn write(
    journal: &Journal,
    range: Range,
    guard: Guard,
    files: &mut dyn Files,
) -> io::Result<()> {
    let tables = rows::write(journal, range, guard, files)?;
    let schema = table::ratings();
    files.file(&schema.table.file(), &mut |out| {
        let ratings = rows::ratings(journal, range, &schema);
        csv(&schema.table.columns, ratings, guard, out)
    })?;
    // Notes stand in the tables of their entries.
    let schema = day::schema(journal, Notes::Left);
    files.file(DAYS, &mut |out| {
        csv(
            &schema.table.columns,
            day::rows(&schema, journal, range),
            guard,
            out,
        )
    })?;
    let description = describe::description(journal, range, guard, tables, &schema.table);
    files.file(DESCRIPTION, &mut |out| out.write_all(&description))
}
