//! From the journal to the rows of the package's tables.
//!
//! Invariant: a cell holds what its column says, or nothing; whatever a column cannot hold (an empty text, a field of a
//! later version, a control character) stands in the column `more`, so that nothing is lost and every cell is valid.

use super::table;
use crate::domain::journal::Journal;
use crate::domain::order::Ordered;
use crate::domain::record::Record;
use crate::domain::record::field::Need;
use crate::domain::record::kind::Kind;
use crate::transfer::csv::{Guard, Range, ordered};
use crate::transfer::data_package::{Files, csv};
use crate::transfer::schema::{Schema, Table, text, value};
use serde_json::{Map, Value as Json};
use std::borrow::Borrow;
use std::collections::{BTreeMap, BTreeSet};
use std::io;

/// A table that was written: its columns as they came out, without its rows.
pub(super) struct Written {
    /// The table.
    pub(super) table: Table,
    /// The values of the columns that refer to another table, or that another may refer to.
    pub(super) values: BTreeMap<&'static str, BTreeSet<String>>,
}

/// Writes every table but ratings and days, in the order of the files.
pub(super) fn write(
    journal: &Journal,
    range: Range,
    guard: Guard,
    files: &mut dyn Files,
) -> io::Result<Vec<Written>> {
    let settings = &journal.settings;
    let attempts = || journal.attempts.iter().map(|on| on.attempt);
    let mut written = vec![
        plain(&table::settings(), || settings.chosen(), guard, files)?,
        plain(&table::symptoms(), || &journal.symptoms, guard, files)?,
        plain(&table::attempts(), attempts, guard, files)?,
        plain(
            &table::check_ins(),
            || ordered(journal, range),
            guard,
            files,
        )?,
        plain(&table::help_lines(), || &settings.help_lines, guard, files)?,
    ];
    for kind in Kind::ALL {
        let records = || {
            let records = records_of(journal, kind, range).into_iter();
            records.map(|record| (record, others(record)))
        };
        written.push(with_more(&table::records(kind), records, guard, files)?);
    }
    Ok(written)
}

/// The rows of ratings one by one: the table is too long to be made in memory first.
pub(crate) fn ratings<'a>(
    journal: &'a Journal,
    range: Range,
    schema: &Schema<'a, table::Rated<'a>>,
) -> impl Iterator<Item = Vec<String>> {
    let rated = ordered(journal, range).into_iter().flat_map(|check_in| {
        journal.symptoms.iter().filter_map(|symptom| {
            let asked = check_in.ratings.iter().find(|r| r.symptom == symptom.key);
            Some((check_in.id, symptom, asked?))
        })
    });
    rated.map(|rated| schema.row(&rated).map(text).collect())
}

/// Writes a table of entries that have no more than their columns.
fn plain<T, E: Borrow<T>, I: IntoIterator<Item = E>>(
    schema: &Schema<'_, T>,
    entries: impl Fn() -> I,
    guard: Guard,
    files: &mut dyn Files,
) -> io::Result<Written> {
    let entries = || entries().into_iter().map(|entry| (entry, Map::new()));
    with_more(schema, entries, guard, files)
}

/// Writes a table of entries, each with what has no column; `more` is a column where a row needs it.
// Gone through twice, since the header and the description come before the rows that they depend on: a long journal's rows
// are made anew in less time than they would take room.
fn with_more<T, E: Borrow<T>, I: Iterator<Item = (E, Map<String, Json>)>>(
    schema: &Schema<'_, T>,
    entries: impl Fn() -> I,
    guard: Guard,
    files: &mut dyn Files,
) -> io::Result<Written> {
    let mut table = schema.table.clone();
    let keyed = table.refers.iter().map(|(column, ..)| *column);
    let keyed: Vec<(usize, &'static str)> = keyed
        .chain(table::is_referred(&table.name).then_some("id"))
        .filter_map(|column| Some((table.place(column)?, column)))
        .collect();
    let mut values: BTreeMap<&'static str, BTreeSet<String>> = BTreeMap::new();
    let mut has_more = false;
    for (entry, more) in entries() {
        let (cells, more) = cells(schema, entry.borrow(), more);
        has_more |= !more.is_empty();
        for (column, cell) in table.columns.iter_mut().zip(&cells) {
            if cell.is_empty() {
                // A cell that had to go to `more` is blank here.
                column.need = Need::Optional;
            }
        }
        for (at, column) in &keyed {
            if let Some(cell) = cells.get(*at).filter(|cell| !cell.is_empty()) {
                let held = values.entry(column).or_default();
                // Looked up first: a column of years has few values, and most are there already.
                if !held.contains(cell) {
                    held.insert(cell.clone());
                }
            }
        }
    }
    if has_more {
        table.columns.push(table::more());
    }
    let row = |(entry, more): (E, Map<String, Json>)| {
        let (mut cells, more) = cells(schema, entry.borrow(), more);
        if has_more {
            let is_blank = more.is_empty();
            cells.push(if is_blank {
                String::new()
            } else {
                Json::Object(more).to_string()
            });
        }
        cells
    };
    files.file(&table.file(), &mut |out| {
        csv(&table.columns, entries().map(row), guard, out)
    })?;
    Ok(Written { table, values })
}

/// The cells of an entry. One that its column cannot hold goes to `more`: nothing is lost, and the column stays valid.
fn cells<T>(
    schema: &Schema<'_, T>,
    entry: &T,
    mut more: Map<String, Json>,
) -> (Vec<String>, Map<String, Json>) {
    let mut cells = Vec::with_capacity(schema.table.columns.len() + 1);
    for (column, cell) in schema.table.columns.iter().zip(schema.row(entry)) {
        if column.holds.takes(&cell) {
            cells.push(text(cell));
        } else {
            more.insert(column.name.clone(), cell);
            cells.push(String::new());
        }
    }
    (cells, more)
}

/// The records of a kind, by (moment, id); of those with a day the ones in `range`.
pub(crate) fn records_of(journal: &Journal, kind: Kind, range: Range) -> Vec<&Record> {
    let mut records: Vec<&Record> = if kind.has_day() {
        let dated = journal.records_between(range.from, range.to);
        dated.filter(|record| record.kind == kind).collect()
    } else {
        let standing = journal.standing.iter();
        standing.filter(|record| record.kind == kind).collect()
    };
    // By moment and id, so that equal journals give equal bytes.
    records.order_by_key(|record| record.place());
    records
}

/// What a record has that its kind has no column for.
fn others(record: &Record) -> Map<String, Json> {
    let mut others = Map::new();
    let about = record
        .about()
        .filter(|_| table::about_column(record.kind).is_none());
    others.extend(about.map(|about| ("about".to_owned(), about.into())));
    for (code, held) in record.fields.iter() {
        if record.kind.field(code).is_none() {
            others.insert(field_key(record.kind, code), value(held));
        }
    }
    others
}

/// How a field that this version does not know is called in `more`: by its code, unless that is the name of a column.
fn field_key(kind: Kind, code: &str) -> String {
    let is_column = table::records(kind).table.place(code).is_some() || code == "about";
    if is_column || code.starts_with("field:") {
        // A field named like a column would be read back as that column.
        format!("field:{code}")
    } else {
        code.to_owned()
    }
}

/// Reads what `field_key` made.
pub(crate) fn field_of(key: &str) -> &str {
    key.strip_prefix("field:").unwrap_or(key)
}
