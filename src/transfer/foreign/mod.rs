//! Other programs' files: tables with a date in each row, and columns that the person says the meaning of.
//!
//! Invariant: nothing becomes a severity that the person did not say is one; a column that is not taken in is named; the same
//! row gives the same ids every time, so that a file taken in twice brings nothing new.

pub mod apps;
mod dates;
mod mapping;
mod sheet;
mod taking;
pub mod target;

use super::reading::{File, Here, RowError};
use crate::domain::incoming::Incoming;
use target::Target;

/// What a column was found to be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Column {
    /// Its name in the file.
    pub name: String,
    /// What it is taken as; `None`: it is left out.
    pub target: Option<Target>,
    /// Up to three different values of it.
    pub examples: Vec<String>,
}

/// The columns of a file as `maps` and their names say they are meant.
///
/// # Errors
/// What cannot be read as a table, and a column of `maps` that is not there.
pub fn columns(
    app: apps::App,
    files: &[File],
    here: &Here<'_>,
) -> Result<Vec<Column>, Vec<RowError>> {
    let sheet = apps::sheet(app, files)?;
    let targets = mapping::targets(app, &sheet, here.maps)?;
    let column = |(name, target): (&String, &Option<Target>)| Column {
        name: name.clone(),
        target: target.clone(),
        examples: sheet.examples(name),
    };
    Ok(sheet.columns.iter().zip(&targets).map(column).collect())
}

/// Reads what another program wrote.
///
/// # Errors
/// Every slip with its row, up to a number that can still be read.
pub fn read(app: apps::App, files: &[File], here: &Here<'_>) -> Result<Incoming, Vec<RowError>> {
    let sheet = apps::sheet(app, files)?;
    let targets = mapping::targets(app, &sheet, here.maps)?;
    taking::taken(app, &sheet, &targets, here)
}
