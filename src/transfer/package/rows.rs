//! From the journal to the rows of the package's tables.
//!
//! Invariant: a cell holds what its column says, or nothing; whatever a column cannot hold (an empty text, a field of a
//! later version, a control character) stands in the column `more`, so that nothing is lost and every cell is valid.

use super::table;
use crate::domain::journal::Journal;
use crate::domain::record::Record;
use crate::domain::record::kind::Kind;
use crate::transfer::csv::{Range, ordered};
use crate::transfer::schema::{Schema, Table, text, value};
use serde_json::{Map, Value as Json};
use std::borrow::Borrow;

/// Every table but ratings, in the order of the files.
pub(crate) fn tables(journal: &Journal, range: Range) -> Vec<Table> {
    let attempts = journal.attempts.iter().map(|on| on.attempt);
    let mut tables = vec![
        filled(table::settings(), journal.settings.chosen()),
        filled(table::symptoms(), &journal.symptoms),
        filled(table::attempts(), attempts),
        filled(table::check_ins(), ordered(journal, range)),
        filled(table::help_lines(), &journal.settings.help_lines),
    ];
    let records = |kind| {
        let records = records_of(journal, kind, range).into_iter();
        let records = records.map(|record| (record, others(record)));
        with_more(table::records(kind), records)
    };
    tables.extend(Kind::ALL.map(records));
    tables
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

fn filled<T, E: Borrow<T>>(schema: Schema<'_, T>, entries: impl IntoIterator<Item = E>) -> Table {
    with_more(schema, entries.into_iter().map(|entry| (entry, Map::new())))
}

/// Fills a table with entries, each with what has no column; `more` is a column where a row needs it.
fn with_more<T, E: Borrow<T>>(
    schema: Schema<'_, T>,
    entries: impl Iterator<Item = (E, Map<String, Json>)>,
) -> Table {
    let mut rows = Vec::new();
    let mut mores = Vec::new();
    for (entry, mut more) in entries {
        let mut row = Vec::with_capacity(schema.table.columns.len() + 1);
        for (column, cell) in schema.table.columns.iter().zip(schema.row(entry.borrow())) {
            // A cell that its column cannot hold goes to `more`: nothing is lost, and the column stays valid.
            if column.holds.takes(&cell) {
                row.push(text(cell));
            } else {
                more.insert(column.name.clone(), cell);
                row.push(String::new());
            }
        }
        rows.push(row);
        mores.push(more);
    }
    let mut table = schema.table;
    if mores.iter().any(|more| !more.is_empty()) {
        table.columns.push(table::more());
        for (row, more) in rows.iter_mut().zip(mores) {
            let is_blank = more.is_empty();
            row.push(if is_blank {
                String::new()
            } else {
                Json::Object(more).to_string()
            });
        }
    }
    Table { rows, ..table }
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
    records.sort_by_key(|record| record.place());
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
