//! Daylio: a row for each entry, with a mood in the person's own words.
//!
//! Now the file has the full date; older versions write the year apart from "June 22", in the language of the device, and
//! sometimes no header.

use super::super::clock::{Clock, clock};
use super::super::sheet::head::is_day;
use super::super::sheet::{Rows, Sheet, first_rows};
use super::super::target::Meant;
use super::{Form, KnownColumn, has_head, single};
use crate::transfer::import::error::{File, RowError};

pub(super) struct Daylio;

/// The columns of an older file; some have none of their names.
const OLDER: [&str; 7] = [
    "year",
    "date",
    "weekday",
    "time",
    "mood",
    "activities",
    "note",
];
const NOW: [&str; 8] = [
    "full_date",
    "date",
    "weekday",
    "time",
    "mood",
    "activities",
    "note_title",
    "note",
];

impl Form for Daylio {
    fn name(&self) -> &'static str {
        "daylio"
    }

    fn about(&self) -> &'static str {
        "moods and notes from Daylio, newer and older"
    }

    fn first_names(&self) -> [&'static str; 2] {
        ["Daylio", "Table"]
    }

    fn is_of(&self, files: &[File]) -> bool {
        has_head(files, &["full_date", "mood"])
            || has_head(files, &["year", "date", "mood"])
            || matches!(files, [file] if is_bare(file))
    }

    fn sheet(&self, files: &[File], _: Meant<'_>) -> Result<Sheet, Vec<RowError>> {
        let file = single(files)?;
        let sheet = if is_bare(file) {
            let rows = Rows::read(file, &[])?;
            let is_now = rows.all.first().is_some_and(|(_, row)| is_day(first(row)));
            let names: &[&str] = if is_now { &NOW } else { &OLDER };
            rows.under(names)
        } else {
            Sheet::read(file)?
        };
        Ok(with_years(sheet))
    }

    fn guess(&self, column: &str) -> Option<KnownColumn> {
        match column.to_lowercase().as_str() {
            "mood" | "activities" | "note_title" => {
                KnownColumn::sure("note", "a word of the person's own")
            }
            "weekday" | "scales" | "year" => KnownColumn::sure("skip", "the day says it"),
            _ => None,
        }
    }
}

fn first(row: &[String]) -> &str {
    row.first().map_or("", String::as_str)
}

fn is_year(cell: &str) -> bool {
    cell.len() == 4 && cell.bytes().all(|byte| byte.is_ascii_digit())
}

/// Whether the first row is an entry already: a year or day, and a time where Daylio has it.
fn is_bare(file: &File) -> bool {
    let rows = first_rows(file);
    let Some(row) = rows.first() else {
        return false;
    };
    let time = row.get(3).map_or("", String::as_str);
    let is_timed = matches!(clock(time), Some(Clock::Time(..)));
    let is_now = row.len() == NOW.len() && is_day(first(row));
    let is_older = row.len() == OLDER.len() && is_year(first(row));
    is_timed && (is_now || is_older)
}

/// "2018" and "June 22" as one day.
fn with_years(mut sheet: Sheet) -> Sheet {
    let (Some(year), Some(date)) = (sheet.place("year"), sheet.place("date")) else {
        return sheet;
    };
    for line in &mut sheet.lines {
        let day = Sheet::cell(line, Some(date));
        let whole = format!("{day} {}", Sheet::cell(line, Some(year)));
        if let Some(cell) = line.cells.get_mut(date).filter(|cell| !cell.is_empty()) {
            *cell = whole;
        }
    }
    sheet
}
