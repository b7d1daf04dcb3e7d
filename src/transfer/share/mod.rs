//! The journal as a study or a clinic may have it: the participant's id of the study, days counted from day 0 instead of dates,
//! rows numbered anew, and no word of the person's own.
//!
//! Invariant: a cell holds a number, a day counted from the origin, a time of day, or a word of a built-in list; what was
//! typed freely, a date, an offset, a zone and an id of the journal have no way into one. A kind, a field
//! or a choice that comes later stays behind until it is allowed, in `allowed`. Tables and columns are called as in the package.

mod allowed;
mod cells;
mod check_ins;
mod origin;
mod records;
mod stays;

pub use crate::transfer::schema::Table;
pub(crate) use origin::Origin;
pub use stays::{Staying, staying};

use super::csv::{Guard, Range};
use super::data_package;
use crate::domain::journal::Journal;
use cells::Cells;
use serde_json::{Value as Json, json};
use std::io;
use std::str::FromStr;

/// The name under which a study knows a participant: 1 to 40 letters, digits, `-`, `_` or `.`, a letter or digit first.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Participant(String);

/// What was typed is no participant's id.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error(
    "an id has 1 to 40 letters, digits, \"-\", \"_\" or \".\", a letter or digit first, as the study gave it to you"
)]
pub struct NotAnId;

/// The longest id, in characters.
const LONGEST_ID: usize = 40;

impl Participant {
    /// The id.
    pub(crate) fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for Participant {
    type Err = NotAnId;

    fn from_str(typed: &str) -> Result<Self, NotAnId> {
        let typed = typed.trim();
        // Nothing that a file name, a spreadsheet or a shell would read as more than a letter.
        let fits = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.');
        let begins_well = typed.starts_with(|c: char| c.is_ascii_alphanumeric());
        if begins_well && typed.len() <= LONGEST_ID && typed.chars().all(fits) {
            Ok(Self(typed.to_owned()))
        } else {
            Err(NotAnId)
        }
    }
}

/// What goes out: every table, also those without rows, so that many participants' files are read in one go.
pub fn shared(journal: &Journal, participant: &Participant, range: Range) -> Vec<Table> {
    let cells = Cells::new(journal, participant, range);
    let mut tables = check_ins::tables(&cells);
    tables.extend(records::tables(&cells));
    tables
}

/// Every file of these tables with its name, `datapackage.json` last.
///
/// # Errors
/// Never fails in practice: it writes to memory.
pub fn files(tables: &[Table]) -> io::Result<Vec<(String, Vec<u8>)>> {
    let mut files = Vec::new();
    for table in tables {
        // A cell holds no word of the person's, so there is nothing to guard.
        let mut bytes = Vec::new();
        data_package::csv(&table.columns, &table.rows, Guard::Raw, &mut bytes)?;
        files.push((table.file(), bytes));
    }
    let package = json!({
        "name": "shared-journal",
        "title": "A shared journal",
        "description": "Self-reported ratings and logs of one participant. Days are counted from the participant's origin; no dates, no free text. The severity index is the program's own and not a validated scale.",
        "ebbtide": { "shared": 2 },
    });
    let resources = tables.iter().map(resource).collect();
    files.push(data_package::description(package, resources));
    Ok(files)
}

fn resource(table: &Table) -> Json {
    let dialect = json!({ "delimiter": ",", "lineTerminator": "\r\n" });
    data_package::resource(table, &dialect)
}
