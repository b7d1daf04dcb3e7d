//! Other programs' files: tables with a date in each row, and columns that the person gives a meaning.
//!
//! Invariant: only the person makes a column a severity. A column that is left out is named. The same row gives the same ids
//! every time, so that importing a file twice adds nothing.

mod convert;

pub mod apps;
mod cell;
mod clock;
mod dates;
mod first_version;
mod habits;
mod identity;
mod mapping;
mod sheet;
mod standing;
pub mod target;

use super::import::error::{File, Here, RowError};
use crate::domain::journal::incoming::Incoming;
use habits::Numbers;
use sheet::Sheet;
use target::Target;

/// A column with its target.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Column {
    /// Its name in the file.
    pub name: String,
    /// Its target; `None` for a column that is left out.
    pub(crate) target: Option<Target>,
    /// Up to three different values of it.
    pub(crate) examples: Vec<String>,
}

/// The columns of a file, with targets from `maps` and from their names.
///
/// # Errors
/// No table, or a column in `maps` that is not there.
pub(crate) fn columns(
    app: apps::App,
    files: &[File],
    here: &Here<'_>,
) -> Result<Vec<Column>, Vec<RowError>> {
    let sheet = apps::sheet(app, files)?;
    let targets = mapping::targets(app, &sheet, here.maps)?;
    let numbers = habits::numbers(app, &sheet);
    let column = |(at, (name, target)): (usize, (&String, Option<Target>))| Column {
        name: name.clone(),
        target,
        examples: examples(&sheet, at, numbers.get(at).copied()),
    };
    let named = sheet.columns.iter().zip(targets).enumerate();
    Ok(named.map(column).collect())
}

/// The columns with examples and without targets: for asking, where no column is the day yet.
///
/// # Errors
/// No table.
pub(crate) fn bare_columns(app: apps::App, files: &[File]) -> Result<Vec<Column>, Vec<RowError>> {
    let sheet = apps::sheet(app, files)?;
    let numbers = habits::numbers(app, &sheet);
    let column = |(at, name): (usize, &String)| Column {
        name: name.clone(),
        target: None,
        examples: examples(&sheet, at, numbers.get(at).copied()),
    };
    Ok(sheet.columns.iter().enumerate().map(column).collect())
}

/// How many values of a column are shown as examples.
const EXAMPLES: usize = 3;

/// Up to three different values of a column, as read.
fn examples(sheet: &Sheet, at: usize, numbers: Option<Numbers>) -> Vec<String> {
    let numbers = numbers.unwrap_or(Numbers::Plain);
    let mut examples: Vec<String> = Vec::new();
    for line in &sheet.lines {
        let cell = line.cells.get(at).and_then(|cell| numbers.value(cell));
        let short = cell.map(|cell| numbers.word(&cell).chars().take(24).collect::<String>());
        if let Some(short) = short.filter(|short| !examples.contains(short)) {
            examples.push(short);
        }
        if examples.len() == EXAMPLES {
            break;
        }
    }
    examples
}

/// Reads another program's files.
///
/// # Errors
/// Every error with its row, up to a readable number.
pub fn read(app: apps::App, files: &[File], here: &Here<'_>) -> Result<Incoming, Vec<RowError>> {
    let sheet = apps::sheet(app, files)?;
    let targets = mapping::targets(app, &sheet, here.maps)?;
    convert::taken(app, &sheet, &targets, here)
}
