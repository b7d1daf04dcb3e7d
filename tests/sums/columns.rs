//! One value of each column of each table, changed by a foreign hand.

use crate::house::{DIFFERS, answer, by_a_foreign_hand, filled, findings, now};
use ebbtide::domain::journal::change::Change;
use ebbtide::store::Store;
use rusqlite::types::Value;
use rusqlite::{Connection, params};
use std::path::Path;

/// The tables whose content has sums, with what names a row of it, or the row that it belongs to.
const TABLES: [(&str, &str); 10] = [
    ("check_in", "uid"),
    ("rating", "(SELECT uid FROM check_in WHERE id = check_in)"),
    ("record", "uid"),
    ("attempt", "uid"),
    ("symptom", "code"),
    ("setting", "key"),
    ("help_line", "uid"),
    ("draft", "uid"),
    ("log_step", "id"),
    ("log_image", "step"),
];

/// Columns that no sum goes over: the times of edits, and numbers of this file that no other row refers to.
const OUTSIDE: [&str; 5] = [
    "edited",
    "revision",
    "record.id",
    "attempt.id",
    "help_line.id",
];

fn is_outside(table: &str, column: &str) -> bool {
    let whole = format!("{table}.{column}");
    OUTSIDE.iter().any(|name| *name == column || *name == whole)
}

/// The columns of a table with their declared types.
fn columns(db: &Connection, table: &str) -> Vec<(String, String)> {
    let mut query = db
        .prepare("SELECT name, type FROM pragma_table_info(?1)")
        .unwrap();
    let rows = query.query_map([table], |row| Ok((row.get(0)?, row.get(1)?)));
    rows.unwrap().map(Result::unwrap).collect()
}

/// Another value of the same type.
fn other(value: &Value, kind: &str, is_number_of_a_row: bool) -> Value {
    match value {
        Value::Integer(number) if is_number_of_a_row => Value::Integer(number + 1000),
        Value::Integer(number) => Value::Integer(number + 1),
        Value::Text(text) => {
            let mut letters: Vec<char> = text.chars().collect();
            match letters.last_mut() {
                Some(last) => *last = if *last == 'x' { 'y' } else { 'x' },
                None => letters.push('x'),
            }
            Value::Text(letters.into_iter().collect())
        }
        Value::Blob(bytes) => {
            let mut bytes = bytes.clone();
            *bytes.last_mut().unwrap() ^= 1;
            Value::Blob(bytes)
        }
        Value::Null if kind == "INTEGER" => Value::Integer(1),
        Value::Null if kind == "BLOB" => Value::Blob(vec![1; 24]),
        Value::Null => Value::Text("2026-11-14".to_owned()),
        Value::Real(_) => unreachable!("no table has such a column"),
    }
}

/// The name of a row as doctor writes it.
fn name(value: Value) -> String {
    match value {
        Value::Blob(bytes) => {
            let bytes: [u8; 16] = bytes.try_into().unwrap();
            ebbtide::domain::id::EntryId::from_bytes(bytes).to_string()
        }
        Value::Text(text) => text,
        Value::Integer(number) => format!("log_step {number}"),
        Value::Null | Value::Real(_) => panic!("no name"),
    }
}

/// Changes `column` of one row; answers the names of the rows before and after, or `None` for a table without rows.
fn change(file: &Path, (table, named): (&str, &str), (column, kind): (&str, &str)) -> [String; 2] {
    let db = Connection::open(file).unwrap();
    db.execute_batch("PRAGMA ignore_check_constraints=ON; PRAGMA foreign_keys=OFF")
        .unwrap();
    // A row in which the column has something, where there is one; the last one, so that a rating is of an early symptom.
    let place = if table == "log_step" { "id" } else { named };
    let mut query = db
        .prepare(&format!(
            "SELECT {column}, {named} FROM {table} ORDER BY {column} IS NULL, {place} LIMIT 1"
        ))
        .unwrap();
    let row = query.query_row([], |row| Ok((row.get(0)?, row.get::<_, Value>(1)?)));
    let (value, before): (Value, Value) = row.unwrap_or_else(|_| panic!("{table} is empty"));
    let is_number = ["id", "check_in", "symptom", "step"].contains(&column);
    let fresh = other(&value, kind, is_number);
    let sql = format!(
        "UPDATE OR ROLLBACK {table} SET {column} = ?1 WHERE {column} IS ?2 AND {named} IS ?3"
    );
    let sql = match table {
        // More than one row of these has that value and that name.
        "rating" => format!(
            "{sql} AND symptom = (SELECT max(symptom) FROM rating r WHERE r.check_in = rating.check_in AND r.{column} IS ?2)"
        ),
        "log_image" => format!(
            "{sql} AND seq = (SELECT max(seq) FROM log_image i WHERE i.step = log_image.step AND i.{column} IS ?2)"
        ),
        _ => sql,
    };
    let changed = db.execute(&sql, params![fresh, value, before]).unwrap();
    assert_eq!(changed, 1, "{table}.{column}");
    let after = if column == named {
        fresh
    } else {
        before.clone()
    };
    [name(before), name(after)]
}

#[test]
fn one_changed_value_in_any_column_is_named_by_row_and_closes_nothing() {
    let ebb = filled();
    assert_eq!(findings(ebb.journal()), [] as [&str; 0]);
    let whole = std::fs::read(ebb.journal()).unwrap();
    let schema = ebb.reading();
    let mut tried = 0;
    for (table, named) in TABLES {
        for (column, kind) in columns(&schema, table) {
            if is_outside(table, &column) {
                continue;
            }
            std::fs::write(ebb.journal(), &whole).unwrap();
            let names = change(ebb.journal(), (table, named), (&column, &kind));
            let found = findings(ebb.journal());
            // The row with a new number is what it was; the ratings that referred to the old one are lost.
            let is_of_rating = |found: &String| column == "id" && found.starts_with("rating of ");
            let is_named = |found: &String| {
                is_of_rating(found) || names.iter().any(|name| found.contains(name.as_str()))
            };
            assert!(
                found.iter().any(is_named),
                "{table}.{column} of {names:?}: {found:?}"
            );
            for args in [
                &["status"][..],
                &["history"],
                &["export", "csv"],
                &["report"],
                &["checkin", "--overall", "3"],
            ] {
                let (code, _, err) = answer(&ebb, args);
                assert_eq!(code, 0, "{table}.{column} {args:?}: {err}");
            }
            tried += 1;
        }
    }
    assert!(tried > 60, "{tried}");
}

#[test]
fn a_byte_moved_from_one_column_into_the_next_is_seen() {
    // The second one is the byte that stands before a text in the sum.
    for (name, byte) in [("Dr Le", "e"), ("Dr Lee", "\u{3}")] {
        let ebb = filled();
        let mut store = Store::open(ebb.journal()).unwrap();
        let mut line = store.settings().unwrap().help_lines[0].clone();
        line.name = format!("{name}{byte}");
        store.apply(&[Change::RecordHelpLine(line)], now()).unwrap();
        assert_eq!(findings(ebb.journal()), [] as [&str; 0]);
        let sql = format!("UPDATE help_line SET name = '{name}', contact = '{byte}' || contact");
        by_a_foreign_hand(ebb.journal(), &sql);
        let found = findings(ebb.journal());
        assert_eq!(found.len(), 1, "{name}: {found:?}");
        assert!(found[0].contains(DIFFERS) && !found[0].contains("Dr"));
    }
}

#[test]
fn a_rating_that_was_lost_or_went_to_another_check_in_is_seen() {
    let two = "(SELECT min(check_in) FROM rating)";
    for (sql, wrong) in [
        (
            format!("DELETE FROM rating WHERE check_in = {two} AND symptom = 1"),
            1,
        ),
        (
            format!(
                "UPDATE OR REPLACE rating SET check_in = (SELECT max(id) FROM check_in) WHERE check_in = {two} AND symptom = 1"
            ),
            2,
        ),
        (
            format!(
                "UPDATE rating SET severity = 3 - severity WHERE check_in = {two} AND symptom = 1"
            ),
            1,
        ),
    ] {
        let ebb = filled();
        by_a_foreign_hand(ebb.journal(), &sql);
        let found = findings(ebb.journal());
        let differ = found.iter().filter(|found| found.contains(DIFFERS));
        assert_eq!(differ.count(), wrong, "{sql}: {found:?}");
    }
}

#[test]
fn a_flipped_bit_in_a_text_of_the_raw_file_is_seen() {
    let ebb = filled();
    let whole = std::fs::read(ebb.journal()).unwrap();
    let word = b"a walk";
    let places: Vec<usize> = (0..whole.len() - word.len())
        .filter(|at| whole[*at..].starts_with(word))
        .collect();
    assert!(!places.is_empty());
    for at in places {
        for bit in 0..8 {
            let mut bytes = whole.clone();
            bytes[at + 2] ^= 1 << bit;
            std::fs::write(ebb.journal(), &bytes).unwrap();
            let found = findings(ebb.journal());
            assert!(!found.is_empty(), "byte {at}, bit {bit}");
        }
    }
}
