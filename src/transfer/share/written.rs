//! Shared tables as files: CSV for each, and `datapackage.json`, which describes them by the Data Package standard.

use super::table::{Column, Table};
use crate::transfer::csv::{io_error, writer};
use serde_json::{Map, Value, json};
use std::io;

/// Every file by name.
///
/// # Errors
/// None that memory does not give.
pub fn files(tables: &[Table]) -> io::Result<Vec<(String, Vec<u8>)>> {
    let mut files = Vec::new();
    for table in tables {
        let mut bytes: Vec<u8> = Vec::new();
        let mut rows = writer(&mut bytes);
        rows.write_record(table.columns.iter().map(|column| &column.name))
            .map_err(io_error)?;
        for row in &table.rows {
            rows.write_record(row).map_err(io_error)?;
        }
        rows.flush()?;
        drop(rows);
        files.push((format!("{}.csv", table.name), bytes));
    }
    let package = json!({
        "name": "shared-journal",
        "title": "A shared journal",
        "description": "Self-reported ratings and logs of one participant. Days are counted from the participant's origin; no dates, no free text. The severity index is the program's own and not a validated scale.",
        "profile": "tabular-data-package",
        "ebbtide": { "shared": 1 },
        "resources": tables.iter().map(resource).collect::<Vec<Value>>(),
    });
    files.push((
        "datapackage.json".to_owned(),
        format!("{package:#}\n").into_bytes(),
    ));
    Ok(files)
}

fn resource(table: &Table) -> Value {
    let key: Vec<&str> = std::iter::once("participant")
        .chain(table.key.iter().copied())
        .collect();
    let foreign: Vec<Value> = table
        .foreign
        .iter()
        .map(|key| {
            json!({
                "fields": [key.column],
                "reference": { "resource": key.table, "fields": [key.there] },
            })
        })
        .collect();
    let fields: Vec<Value> = table
        .columns
        .iter()
        .map(|column| field(column, key.contains(&column.name.as_str())))
        .collect();
    let mut schema = Map::from_iter([
        ("fields".to_owned(), json!(fields)),
        ("primaryKey".to_owned(), json!(key)),
        ("missingValues".to_owned(), json!([""])),
    ]);
    if !foreign.is_empty() {
        schema.insert("foreignKeys".to_owned(), json!(foreign));
    }
    json!({
        "name": table.name.replace('_', "-"),
        "path": format!("{}.csv", table.name),
        "description": table.about,
        "profile": "tabular-data-resource",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "dialect": { "delimiter": ",", "lineTerminator": "\r\n" },
        "schema": schema,
    })
}

fn field(column: &Column, is_key: bool) -> Value {
    let mut field = Map::from_iter([
        ("name".to_owned(), json!(column.name)),
        ("type".to_owned(), json!(column.sort.code())),
    ]);
    if !column.about.is_empty() {
        field.insert("description".to_owned(), json!(column.about));
    }
    let mut constraints = Map::new();
    if is_key {
        constraints.insert("required".to_owned(), json!(true));
    }
    if let Some((least, most)) = column.bounds {
        constraints.insert("minimum".to_owned(), json!(least));
        constraints.insert("maximum".to_owned(), json!(most));
    }
    if !constraints.is_empty() {
        field.insert("constraints".to_owned(), Value::Object(constraints));
    }
    Value::Object(field)
}
