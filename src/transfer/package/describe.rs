//! What `datapackage.json` says of the whole journal.
//!
//! Invariant: every statement about the files is true of the files beside it; a rule that some row breaks is left out.

use super::table;
use crate::domain::check_in::catalogue::catalogue;
use crate::domain::journal::Journal;
use crate::domain::record::field::Need;
use crate::transfer::csv::{Guard, Range};
use crate::transfer::data_package;
use crate::transfer::schema::{Reference, Table};
use serde_json::{Value as Json, json};
use std::collections::BTreeSet;

/// The version of the form: 2 since there is a table of days without.
pub(crate) const VERSION: u64 = 2;
/// The versions that are read. In 1 there was no table of days without.
pub(crate) const READ: std::ops::RangeInclusive<u64> = 1..=VERSION;
/// What our own reader has to know, under this key.
pub(crate) const OURS: &str = "ebbtide";

const ABOUT: &str = "A private journal of tapering off or stopping, kept with Ebbtide: check-ins with rated symptoms, and what was \
used, taken, done and measured. Self-reported; not a validated scale; not a medical device. A blank cell is no answer and never 0. \
Moments are in UTC, beside the offset and zone they were written in; day is the logical day, which ends at day_end.";
const GUARDED: &str = " Typed text that a spreadsheet would run as a formula has a ' before it.";

/// The description of the whole journal, or of the days of `range`.
pub(crate) fn description(
    journal: &Journal,
    range: Range,
    guard: Guard,
    mut tables: Vec<Table>,
) -> (String, Vec<u8>) {
    // Before anything is described: a rule that a row breaks would make the package invalid.
    keep_what_holds(&mut tables);
    let mut resources: Vec<Json> = Vec::new();
    for table in &tables {
        resources.push(resource(table));
        // Ratings stand beside what they belong to.
        if table.name == "check_ins" {
            resources.push(resource(&table::ratings().table));
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
    let package = json!({
        "name": "journal",
        "title": "Journal",
        "description": format!("{ABOUT}{guarded}"),
        OURS: ours,
    });
    data_package::description(package, resources)
}

fn resource(table: &Table) -> Json {
    let dialect = json!({
        "delimiter": ",",
        "lineTerminator": "\r\n",
        "quoteChar": "\"",
        "doubleQuote": true,
        "header": true,
        "skipInitialSpace": false,
    });
    let mut resource = data_package::resource(table, &dialect);
    // Only here: a shared table's rows are read in one go with those of other participants.
    if let [key] = table.key
        && let Some(at) = table.place(key)
    {
        resource["schema"]["fields"][at]["constraints"]["unique"] = true.into();
    }
    resource
}

/// Leaves of what is said of tables only what their rows keep to: what was put away leaves others behind that point to it.
fn keep_what_holds(tables: &mut [Table]) {
    let holds = |table: &Table, (column, other, key): &Reference| {
        let other = tables.iter().find(|table| table.name == *other);
        other.is_some_and(|other| values(table, column).is_subset(&values(other, key)))
    };
    let holding = |table: &Table| {
        let refers = table.refers.iter().copied();
        refers.filter(|reference| holds(table, reference)).collect()
    };
    let refers: Vec<Vec<Reference>> = tables.iter().map(holding).collect();
    for (table, refers) in tables.iter_mut().zip(refers) {
        table.refers = refers;
        for (at, column) in table.columns.iter_mut().enumerate() {
            let is_blank = |row: &Vec<String>| row.get(at).is_none_or(String::is_empty);
            if table.rows.iter().any(is_blank) {
                // A cell that had to go to `more` is blank here.
                column.need = Need::Optional;
            }
        }
    }
}

fn values<'a>(table: &'a Table, column: &str) -> BTreeSet<&'a str> {
    let at = table.place(column).unwrap_or(usize::MAX);
    let cells = table.rows.iter().filter_map(|row| row.get(at));
    cells
        .map(String::as_str)
        .filter(|cell| !cell.is_empty())
        .collect()
}
