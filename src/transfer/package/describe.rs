//! `datapackage.json`: what the files are and what their columns hold (Data Package v1, tabular).
//!
//! Invariant: whatever it says of the files holds for the files beside it: what a table's rows do not keep to is not said.

use super::rows::Sheet;
use super::table;
use super::table::{Column, Holds, MORE, Table, VERSION};
use crate::domain::check_in::catalogue::catalogue;
use crate::domain::journal::Journal;
use crate::domain::record::field::Need;
use crate::transfer::csv::{Guard, Range};
use serde_json::{Map, Value as Json, json};
use std::collections::BTreeSet;

/// What our own reader has to know, under this key.
pub const OURS: &str = "ebbtide";

const ABOUT: &str = "A private journal of tapering off or stopping, kept with Ebbtide: check-ins with rated symptoms, and what was \
used, taken, done and measured. Self-reported; not a validated scale; not a medical device. A blank cell is no answer and never 0. \
Moments are in UTC, beside the offset and zone they were written in; day is the logical day, which ends at day_end.";
const GUARDED: &str = " Typed text that a spreadsheet would run as a formula has a ' before it.";

/// The description of the whole journal, or of the days of `range`.
pub fn description(journal: &Journal, range: Range, guard: Guard, sheets: &[Sheet]) -> Json {
    let mut resources: Vec<Json> = Vec::new();
    for sheet in sheets {
        resources.push(resource(
            &sheet.table,
            &required(sheet),
            sheet.has_more(),
            &refers(sheet, sheets),
        ));
        // Ratings stand beside what they belong to.
        if sheet.table.name == "check_ins" {
            let ratings = table::ratings();
            let needed = ratings.columns.iter().filter(|c| c.need == Need::Needed);
            let needed: Vec<&str> = needed.map(|column| column.name).collect();
            resources.push(resource(&ratings, &needed, false, &ratings.refers));
        }
    }
    let text = match guard {
        Guard::Quote => "guarded",
        Guard::Raw => "raw",
    };
    let mut ours = json!({
        "format": VERSION,
        "catalogue": catalogue().version,
        "day_end": journal.settings.day_end.to_string(),
        "text": text,
    });
    if range != Range::ALL {
        let end = |day: chrono::NaiveDate, open| (day != open).then(|| day.to_string());
        ours["from"] = end(range.from, Range::ALL.from).into();
        ours["to"] = end(range.to, Range::ALL.to).into();
    }
    let guarded = if guard == Guard::Quote { GUARDED } else { "" };
    json!({
        "profile": "tabular-data-package",
        "name": "journal",
        "title": "Journal",
        "description": format!("{ABOUT}{guarded}"),
        OURS: ours,
        "resources": resources,
    })
}

fn resource(
    table: &Table,
    required: &[&str],
    has_more: bool,
    refers: &[(&str, &str, &str)],
) -> Json {
    let columns = table.columns.iter().chain(has_more.then_some(&MORE));
    let fields: Vec<Json> = columns
        .map(|column| {
            field(
                column,
                required.contains(&column.name),
                table.key == [column.name],
            )
        })
        .collect();
    let mut schema = json!({
        "fields": fields,
        "primaryKey": table.key,
        "missingValues": [""],
    });
    if !refers.is_empty() {
        let keys: Vec<Json> = refers
            .iter()
            .map(|(column, other, key)| {
                json!({ "fields": [column], "reference": { "resource": other, "fields": [key] } })
            })
            .collect();
        schema["foreignKeys"] = keys.into();
    }
    json!({
        "profile": "tabular-data-resource",
        "name": table.name,
        "path": table.file(),
        "description": table.about,
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "dialect": {
            "delimiter": ",",
            "lineTerminator": "\r\n",
            "quoteChar": "\"",
            "doubleQuote": true,
            "header": true,
            "skipInitialSpace": false,
        },
        "schema": schema,
    })
}

fn field(column: &Column, is_required: bool, is_unique: bool) -> Json {
    let mut field = Map::new();
    let mut constraints = Map::new();
    let mut say = |key: &str, value: Json| field.insert(key.to_owned(), value);
    say("name", column.name.into());
    say("description", column.about.into());
    let (kind, format) = match column.holds {
        Holds::Id => ("string", Some("uuid")),
        Holds::Text | Holds::Offset | Holds::Choice(_) => ("string", None),
        Holds::Flag => ("boolean", None),
        Holds::Whole(..) => ("integer", None),
        Holds::Number => ("number", None),
        Holds::Day => ("date", None),
        Holds::Clock => ("time", Some("%H:%M")),
        Holds::Time => ("time", None),
        Holds::Instant => ("datetime", None),
        Holds::More => ("object", None),
    };
    say("type", kind.into());
    format.map(|format| say("format", format.into()));
    let mut hold = |key: &str, value: Json| constraints.insert(key.to_owned(), value);
    match column.holds {
        Holds::Whole(first, last) => {
            hold("minimum", first.into());
            hold("maximum", last.into());
        }
        Holds::Number => {
            hold("minimum", 0.into());
            hold("maximum", 1_000_000.into());
        }
        Holds::Choice(codes) => {
            let codes: Vec<&str> = codes.iter().map(|(code, _)| *code).collect();
            hold("enum", codes.into());
        }
        Holds::Offset => {
            hold("pattern", "[+-][0-2][0-9]:[0-5][0-9]".into());
        }
        _ => {}
    }
    if is_required {
        hold("required", true.into());
    }
    if is_unique {
        hold("unique", true.into());
    }
    if !constraints.is_empty() {
        field.insert("constraints".to_owned(), constraints.into());
    }
    Json::Object(field)
}

/// The columns that are filled in every row, of those that have to be.
fn required(sheet: &Sheet) -> Vec<&'static str> {
    let columns = sheet.table.columns.iter().enumerate();
    let filled = columns.filter(|(at, column)| {
        let is_filled = |row: &super::rows::Row| row.cells.get(*at).is_some_and(Option::is_some);
        column.need == Need::Needed && sheet.rows.iter().all(is_filled)
    });
    filled.map(|(_, column)| column.name).collect()
}

/// The references that hold: what was put away leaves others behind that point to it.
fn refers(sheet: &Sheet, sheets: &[Sheet]) -> Vec<(&'static str, &'static str, &'static str)> {
    let values = |sheet: &Sheet, column: &str| -> BTreeSet<String> {
        let Some(at) = sheet.table.place(column) else {
            return BTreeSet::new();
        };
        let cells = sheet.rows.iter().filter_map(|row| row.cells.get(at));
        cells.flatten().cloned().collect()
    };
    let holds = |(column, other, key): &&(&str, &str, &str)| {
        let other = sheets.iter().find(|sheet| sheet.table.name == **other);
        other.is_some_and(|other| values(sheet, column).is_subset(&values(other, key)))
    };
    sheet.table.refers.iter().filter(holds).copied().collect()
}
