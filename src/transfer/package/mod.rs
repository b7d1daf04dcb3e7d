//! The whole journal as a Data Package: a folder with one CSV a kind and `datapackage.json`, which says what the columns
//! hold. Described in `assets/formats.md`.
//!
//! Invariant: written, read into an empty journal and written again, the bytes are the same.

pub mod describe;
pub mod read;
pub mod rows;
pub mod table;

use super::csv::{Guard, Range, ordered};
use crate::domain::check_in::symptom::{Severity, Symptom};
use crate::domain::journal::Journal;
use rows::Sheet;
use std::borrow::Cow;
use std::io;
use table::{DESCRIPTION, Holds, MORE};

/// Every file with its name, `datapackage.json` last. `tell` is told after each: how many are made, of how many.
///
/// # Errors
/// None in memory; the writer's own.
pub fn files(
    journal: &Journal,
    range: Range,
    guard: Guard,
    tell: &mut dyn FnMut(usize, usize),
) -> io::Result<Vec<(String, Vec<u8>)>> {
    let sheets = rows::sheets(journal, range);
    let all = sheets.len() + 2;
    let mut files = Vec::with_capacity(all);
    for sheet in &sheets {
        files.push((sheet.table.file(), written(sheet, guard)?));
        tell(files.len(), all);
    }
    files.push((table::ratings().file(), ratings(journal, range, guard)?));
    tell(files.len(), all);
    let description = describe::description(journal, range, guard, &sheets);
    files.push((
        DESCRIPTION.to_owned(),
        format!("{description:#}\n").into_bytes(),
    ));
    tell(files.len(), all);
    Ok(files)
}

fn written(sheet: &Sheet, guard: Guard) -> io::Result<Vec<u8>> {
    let mut out = writer(Vec::new());
    let columns = &sheet.table.columns;
    let has_more = sheet.has_more();
    let names = columns.iter().map(|column| column.name);
    out.write_record(names.chain(has_more.then_some(MORE.name)))?;
    let mut line: Vec<Cow<'_, str>> = Vec::with_capacity(columns.len() + 1);
    for row in &sheet.rows {
        line.clear();
        for (column, cell) in columns.iter().zip(&row.cells) {
            let cell = cell.as_deref().unwrap_or_default();
            line.push(if column.holds == Holds::Text {
                guard.of(cell)
            } else {
                Cow::Borrowed(cell)
            });
        }
        if has_more {
            line.push(row.more().into());
        }
        out.write_record(line.iter().map(|cell| cell.as_bytes()))?;
    }
    out.into_inner().map_err(csv::IntoInnerError::into_error)
}

/// The one table that is too long to be made row by row in memory first.
fn ratings(journal: &Journal, range: Range, guard: Guard) -> io::Result<Vec<u8>> {
    let mut out = writer(Vec::new());
    out.write_record(table::ratings().columns.iter().map(|column| column.name))?;
    let codes: Vec<(Cow<'_, str>, &Symptom)> = journal
        .symptoms
        .iter()
        .map(|symptom| (guard.of(&symptom.code), symptom))
        .collect();
    for check_in in ordered(journal, range) {
        let id = check_in.id.to_string();
        for (code, symptom) in &codes {
            let asked = check_in.ratings.iter().find(|r| r.symptom == symptom.key);
            let Some(rating) = asked else { continue };
            let severity = match rating.answer.map(Severity::number) {
                None => "",
                Some(0) => "0",
                Some(1) => "1",
                Some(2) => "2",
                Some(3) => "3",
                Some(_) => "4",
            };
            let copied = if rating.copied { "true" } else { "false" };
            out.write_record([&id, &**code, severity, copied])?;
        }
    }
    out.into_inner().map_err(csv::IntoInnerError::into_error)
}

fn writer(out: Vec<u8>) -> csv::Writer<Vec<u8>> {
    csv::WriterBuilder::new()
        .terminator(csv::Terminator::CRLF)
        .from_writer(out)
}
