//! What `datapackage.json` says of the whole journal.
//!
//! Invariant: every statement about the files is true of the files beside it; a rule that some row breaks is left out.

use super::rows::Written;
use super::table;
use crate::domain::check_in::catalogue::catalogue;
use crate::domain::journal::Journal;
use crate::transfer::csv::{Guard, Range};
use crate::transfer::data_package;
use crate::transfer::schema::{Reference, Table};
use serde_json::{Value as Json, json};
use std::collections::BTreeSet;

/// The version of the form: 3 since there are days and times of edits.
pub(crate) const VERSION: u64 = 3;
/// The versions that are read. In 1 there was no table of days without, up to 2 no table of days and no times of edits.
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
    mut tables: Vec<Written>,
    days: &Table,
) -> Vec<u8> {
    // Before anything is described: a rule that a row breaks would make the package invalid.
    keep_what_holds(&mut tables);
    let mut resources: Vec<Json> = Vec::new();
    for Written { table, .. } in &tables {
        resources.push(resource(table));
        // Ratings stand beside what they belong to.
        if table.name == "check_ins" {
            resources.push(resource(&table::ratings().table));
        }
    }
    resources.push(resource(days));
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
    data_package::description(package, resources).1
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

/// Leaves of what is said of tables only the references that their rows keep to: what was put away leaves others behind that
/// point to it.
fn keep_what_holds(tables: &mut [Written]) {
    let none = BTreeSet::new();
    let holds = |written: &Written, (column, other, key): &Reference| {
        let other = tables.iter().find(|one| one.table.name == *other);
        let held = written.values.get(column).unwrap_or(&none);
        other.is_some_and(|other| held.is_subset(other.values.get(key).unwrap_or(&none)))
    };
    let holding = |written: &Written| {
        let refers = written.table.refers.iter().copied();
        refers
            .filter(|reference| holds(written, reference))
            .collect()
    };
    let refers: Vec<Vec<Reference>> = tables.iter().map(holding).collect();
    for (written, refers) in tables.iter_mut().zip(refers) {
        written.table.refers = refers;
    }
}
