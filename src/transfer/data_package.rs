//! The files of a Data Package (v1, tabular): a CSV for each table, and `datapackage.json`, which describes them.

use super::csv::{Guard, writer};
use super::schema::{Column, Holds, Reference, Table};
use crate::domain::record::field::Need;
use serde_json::{Map, Value as Json, json};
use std::borrow::Cow;
use std::io::{self, Write};

/// The file that describes the others.
pub(crate) const DESCRIPTION: &str = "datapackage.json";

/// Where the files of a folder go, one after another.
pub trait Files {
    /// Writes one file.
    ///
    /// # Errors
    /// Those of its place, and those of `write`.
    fn file(
        &mut self,
        name: &str,
        write: &mut dyn FnMut(&mut dyn Write) -> io::Result<()>,
    ) -> io::Result<()>;
}

/// Files in memory, each with its name.
impl Files for Vec<(String, Vec<u8>)> {
    fn file(
        &mut self,
        name: &str,
        write: &mut dyn FnMut(&mut dyn Write) -> io::Result<()>,
    ) -> io::Result<()> {
        let mut bytes = Vec::new();
        write(&mut bytes)?;
        self.push((name.to_owned(), bytes));
        Ok(())
    }
}

/// Writes a table's header and rows.
///
/// # Errors
/// Those of `out`.
pub(crate) fn csv<R: AsRef<[String]>>(
    columns: &[Column],
    rows: impl IntoIterator<Item = R>,
    guard: Guard,
    out: &mut dyn Write,
) -> io::Result<()> {
    let mut out = writer(out);
    out.write_record(columns.iter().map(|column| &column.name))?;
    for row in rows {
        let cells = columns.iter().zip(row.as_ref());
        let cells = cells.map(|(column, cell)| match column.holds {
            // Only typed text can hold a formula; our own columns never do.
            Holds::Text => guard.of(cell),
            // An offset that stands for a zone is a word of ours; a zone of an import may be anything.
            Holds::Zone if !Holds::Offset.is_met_by(cell) => guard.of(cell),
            _ => Cow::Borrowed(cell.as_str()),
        });
        for cell in cells {
            out.write_field(cell.as_bytes())?;
        }
        // An empty record ends the line that `write_field` left open.
        out.write_record(None::<&[u8]>)?;
    }
    out.flush()
}

/// `datapackage.json`: what `package` says of the whole, then its resources.
pub(crate) fn description(mut package: Json, resources: Vec<Json>) -> (String, Vec<u8>) {
    package["profile"] = "tabular-data-package".into();
    package["resources"] = resources.into();
    (
        DESCRIPTION.to_owned(),
        format!("{package:#}\n").into_bytes(),
    )
}

/// What is said of a table.
pub(crate) fn resource(table: &Table, dialect: &Json) -> Json {
    let fields: Vec<Json> = table.columns.iter().map(field).collect();
    let mut schema = json!({
        "fields": fields,
        "primaryKey": table.key,
        // A reader must take a blank cell for no answer, never for a 0 or an empty text.
        "missingValues": [""],
    });
    if !table.refers.is_empty() {
        schema["foreignKeys"] = table.refers.iter().map(foreign_key).collect();
    }
    json!({
        "profile": "tabular-data-resource",
        "name": table.name,
        "path": table.file(),
        "description": table.about,
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "dialect": dialect,
        "schema": schema,
    })
}

fn foreign_key((column, table, there): &Reference) -> Json {
    json!({ "fields": [column], "reference": { "resource": table, "fields": [there] } })
}

fn field(column: &Column) -> Json {
    let (kind, format) = match column.holds {
        Holds::Id => ("string", Some("uuid")),
        Holds::Text | Holds::Zone | Holds::Offset | Holds::Choice(_) => ("string", None),
        Holds::Flag => ("boolean", None),
        Holds::Whole(..) | Holds::Integer => ("integer", None),
        Holds::Number(_) => ("number", None),
        Holds::Day => ("date", None),
        Holds::Clock => ("time", Some("%H:%M")),
        Holds::Time => ("time", None),
        Holds::Instant => ("datetime", None),
        Holds::More => ("object", None),
    };
    let mut field = json!({ "name": column.name, "type": kind });
    if !column.about.is_empty() {
        field["description"] = column.about.as_ref().into();
    }
    if let Some(format) = format {
        field["format"] = format.into();
    }
    let constraints = constraints(column);
    if !constraints.is_empty() {
        field["constraints"] = constraints.into();
    }
    field
}

fn constraints(column: &Column) -> Map<String, Json> {
    let mut constraints = Map::new();
    let mut add = |key: &str, value: Json| constraints.insert(key.to_owned(), value);
    match column.holds {
        Holds::Whole(first, last) | Holds::Number(Some((first, last))) => {
            add("minimum", first.into());
            add("maximum", last.into());
        }
        Holds::Choice(codes) => {
            add("enum", codes.iter().map(|(code, _)| *code).collect());
        }
        Holds::Offset => {
            add("pattern", "[+-][0-2][0-9]:[0-5][0-9]".into());
        }
        _ => {}
    }
    if column.need == Need::Needed {
        add("required", true.into());
    }
    constraints
}
