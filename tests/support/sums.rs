//! The sums of rows, computed apart from the program by what `migrations/0005_sum.sql` says of them.

use rusqlite::types::ValueRef;
use rusqlite::{Connection, Row, params};
use xxhash_rust::xxh3::xxh3_64;

/// The columns that the sum of a row goes over.
const COLUMNS: [(&str, &str); 6] = [
    (
        "record",
        "uid, kind, about, at_utc, offset_min, zone, day, late, fields, deleted_at",
    ),
    (
        "attempt",
        "uid, began, day_zero, method, name, goal, ended, ending, deleted_at",
    ),
    ("symptom", "uid, code, name, category, origin, rated"),
    ("setting", "key, value"),
    ("help_line", "uid, name, contact, deleted_at"),
    ("draft", "uid, kind, day, content, written_at"),
];

fn encoded(value: ValueRef<'_>) -> Vec<u8> {
    let (kind, bytes) = match value {
        ValueRef::Null => (0, Vec::new()),
        ValueRef::Integer(number) => (1, number.to_le_bytes().to_vec()),
        ValueRef::Real(number) => (2, number.to_bits().to_le_bytes().to_vec()),
        ValueRef::Text(text) => (3, text.to_vec()),
        ValueRef::Blob(blob) => (4, blob.to_vec()),
    };
    let length = (bytes.len() as u64).to_le_bytes();
    [&[kind], &length[..], &bytes].concat()
}

fn sum_of(table: &str, row: &Row<'_>, width: usize) -> i64 {
    let table = encoded(ValueRef::Text(table.as_bytes()));
    let values = (1..=width).map(|at| encoded(row.get_ref(at).unwrap()));
    let bytes: Vec<u8> = std::iter::once(table).chain(values).flatten().collect();
    xxh3_64(&bytes).cast_signed()
}

/// Gives every row without parts the sum that a program of this form would have given it.
pub fn write(db: &Connection) {
    for (table, columns) in COLUMNS {
        let key = columns.split(',').next().unwrap();
        let sql = format!("SELECT {key}, {columns} FROM {table}");
        let mut query = db.prepare(&sql).unwrap();
        let width = query.column_count() - 1;
        let mut rows = query.query([]).unwrap();
        let mut sums: Vec<(rusqlite::types::Value, i64)> = Vec::new();
        while let Some(row) = rows.next().unwrap() {
            sums.push((row.get(0).unwrap(), sum_of(table, row, width)));
        }
        let sql = format!("UPDATE {table} SET sum = ?1 WHERE {key} = ?2");
        for (key, sum) in sums {
            db.execute(&sql, params![sum, key]).unwrap();
        }
    }
}
