//! The whole journal as one JSON document, an entry a line. Described in `assets/formats.md`.
//!
//! Invariant: written, read into an empty journal and written again, the bytes are the same.

pub(super) mod read;
mod shape;

use super::csv::{Range, ordered};
use super::package::rows::records_of;
use super::package::table;
use super::schema::Schema;
use crate::domain::check_in::catalogue::catalogue;
use crate::domain::journal::Journal;
use crate::domain::record::kind::Kind;
use chrono::NaiveDate;
use serde::Serialize;
use shape::{CheckIn, Pairs, Record};
use std::borrow::Borrow;
use std::io::{self, Write};

/// The version of the form: 2 since a document can hold days without.
pub(crate) const VERSION: u64 = 2;
/// The versions that are read: in 1 every list and member means what it means now.
pub(crate) const READ: std::ops::RangeInclusive<u64> = 1..=VERSION;
/// What the document says it is.
pub(crate) const FORMAT: &str = "ebbtide-journal";

/// Writes everything, or the days of `range` with what stands beside days.
///
/// # Errors
/// Those of `out`.
pub fn write(journal: &Journal, range: Range, out: &mut dyn Write) -> io::Result<()> {
    let end = |day: NaiveDate, open| (day != open).then_some(day);
    let head = shape::Head {
        format: FORMAT.into(),
        version: VERSION,
        catalogue: catalogue().version.into(),
        day_end: journal.settings.day_end.to_string().into(),
        from: end(range.from, Range::ALL.from),
        to: end(range.to, Range::ALL.to),
    };
    // The head's own brace is opened, so that the lists stand in the same object.
    let head = serde_json::to_string(&head)?;
    out.write_all(head.trim_end_matches('}').as_bytes())?;
    plain(out, &table::settings(), journal.settings.chosen())?;
    plain(out, &table::symptoms(), &journal.symptoms)?;
    let attempts = journal.attempts.iter().map(|on| on.attempt);
    plain(out, &table::attempts(), attempts)?;
    let check_ins = ordered(journal, range).into_iter();
    let check_ins = check_ins.map(|check_in| CheckIn::of(check_in, &journal.symptoms));
    list(out, "check_ins", check_ins)?;
    plain(out, &table::help_lines(), &journal.settings.help_lines)?;
    let kinds = Kind::ALL.into_iter();
    // Kind by kind and in order, so that equal journals give equal bytes.
    let records = kinds.flat_map(|kind| records_of(journal, kind, range));
    list(out, "records", records.map(Record::of))?;
    out.write_all(b"\n}\n")
}

/// A list of entries whose members are the columns of a table, as far as they are filled.
fn plain<T, E: Borrow<T>>(
    out: &mut dyn Write,
    schema: &Schema<'_, T>,
    entries: impl IntoIterator<Item = E>,
) -> io::Result<()> {
    let entry = |entry: E| {
        let names = schema.table.columns.iter().map(|c| c.name.as_str().into());
        let cells = names.zip(schema.row(entry.borrow()));
        Pairs(cells.filter(|(_, cell)| !cell.is_null()).collect())
    };
    list(out, &schema.table.name, entries.into_iter().map(entry))
}

/// A list with an entry a line.
fn list<T: Serialize>(
    out: &mut dyn Write,
    name: &str,
    entries: impl Iterator<Item = T>,
) -> io::Result<()> {
    write!(out, ",\n\"{name}\": [")?;
    // An entry a line: a slip can be named by its line, and versions of a file can be compared.
    let mut separator = "\n";
    for entry in entries {
        out.write_all(separator.as_bytes())?;
        serde_json::to_writer(&mut *out, &entry)?;
        separator = ",\n";
    }
    let end = if separator == "\n" { "]" } else { "\n]" };
    out.write_all(end.as_bytes())
}
