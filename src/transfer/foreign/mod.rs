//! Other programs' files: tables with a date in each row, and columns that the person gives a meaning.
//!
//! Invariant: only the person makes a column a severity. A column that is left out is named. The same row gives the same ids
//! every time, so that importing a file twice adds nothing.

mod convert;

pub mod apps;
mod cell;
mod clock;
mod dates;
pub mod digits;
mod first_version;
mod identity;
mod mapping;
mod off_scale;
mod pieces;
mod reading;
mod sheet;
mod standing;
pub mod target;
mod units;
pub(crate) mod unpack;

use super::csv::head_names;
use super::import::error::{File, Here, RowError, whole};
use crate::domain::journal::incoming::Incoming;
use apps::KnownColumn;
use dates::Order;
pub(crate) use reading::{Question, Wanted};
use sheet::Sheet;
pub(crate) use sheet::head::MOST_ABOVE;
use sheet::numbers::Numbers;
use target::{Map, Meant, Target};

/// A column with its target.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Column {
    /// Its name in the file.
    pub name: String,
    /// Its target; `None` for a column that is left out.
    pub(crate) target: Option<Target>,
    /// Up to three different values of it.
    pub(crate) examples: Vec<String>,
    /// The unit of its numbers, where it is another than the usual one or was said.
    pub(crate) unit: Option<String>,
    /// What has to be said before it can be read.
    pub(crate) question: Option<Question>,
    /// What it is in this program, where that is known.
    pub(crate) guess: Option<KnownColumn>,
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
    let sheet = apps::sheet(app, files, here.meant())?;
    not_ours(&sheet, here)?;
    let targets = mapping::targets(app, &sheet, of_columns(here.maps), here.ways.face)?;
    let (readings, open) = reading::plan(&sheet, &targets, here);
    let column = |(at, (name, target)): (usize, (&String, Option<Target>))| {
        let reading = readings.get(at);
        let unit = reading.and_then(|reading| reading.unit.as_ref());
        Column {
            name: name.clone(),
            target,
            examples: examples(&sheet, at, reading.map(|reading| reading.numbers)),
            unit: unit.map(|unit| unit.word().to_owned()),
            question: open.iter().find(|question| question.at == at).cloned(),
            guess: app.guess(name),
        }
    };
    let named = sheet.columns.iter().zip(targets).enumerate();
    let named = named.filter(|(_, (name, _))| !name.is_empty());
    Ok(named.map(column).collect())
}

/// The maps of columns that a table still has once it is read: a column of names has become many columns.
fn of_columns(maps: &[Map]) -> Vec<Map> {
    let column = |(name, target): &Map| match target {
        Target::DayAbove => Some((name.clone(), Target::Date(Order::Told))),
        target if target.is_shape() => None,
        target => Some((name.clone(), target.clone())),
    };
    maps.iter().filter_map(column).collect()
}

/// The columns with examples and without targets: for asking, where no column is the day yet.
///
/// # Errors
/// No table.
pub(crate) fn bare_columns(
    app: apps::App,
    files: &[File],
    meant: Meant<'_>,
) -> Result<Vec<Column>, Vec<RowError>> {
    let sheet = apps::sheet(app, files, meant)?;
    let numbers = sheet.numbers();
    let column = |(at, name): (usize, &String)| Column {
        name: name.clone(),
        target: None,
        examples: examples(&sheet, at, numbers.get(at).copied()),
        unit: None,
        question: None,
        guess: app.guess(name),
    };
    let named = sheet.columns.iter().enumerate();
    let named = named.filter(|(_, name)| !name.is_empty());
    Ok(named.map(column).collect())
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

/// The first columns of a table of a package whose entries have a day.
const OF_A_PACKAGE: [&str; 6] = ["id", "day", "moment", "time", "utc_offset", "zone"];

/// Refuses our own tables: a workbook of our rows, or one table of a package alone. As a table of another program they would come
/// in without their ratings and amounts, and their notes as check-ins. Who says what a column is has said that it is such a
/// table.
fn not_ours(sheet: &Sheet, here: &Here<'_>) -> Result<(), Vec<RowError>> {
    let begins = |names: &[&str]| {
        let columns = sheet.columns.iter().take(names.len());
        columns.eq(names)
    };
    let has = |name: &str| sheet.columns.iter().any(|column| column == name);
    let is_of_package = begins(&OF_A_PACKAGE)
        || begins(&["id", "began", "day_zero", "method"])
        || (begins(&["id"]) && has("edited"));
    let sentence = match () {
        () if !here.maps.is_empty() => return Ok(()),
        () if begins(&head_names()) => {
            "these are check-ins that `ebb export csv` wrote and a spreadsheet saved in a form of its own; save it there as CSV and \
             take in that, or take in the file as ebb wrote it"
        }
        () if is_of_package => {
            "this is one table of several that ebb wrote, and says little without the others; take in the folder that they lie in"
        }
        () => return Ok(()),
    };
    Err(whole(&sheet.file, sentence))
}

/// Reads another program's files.
///
/// # Errors
/// Every error with its row, up to a readable number.
pub fn read(app: apps::App, files: &[File], here: &Here<'_>) -> Result<Incoming, Vec<RowError>> {
    let sheet = apps::sheet(app, files, here.meant())?;
    not_ours(&sheet, here)?;
    let targets = mapping::targets(app, &sheet, of_columns(here.maps), here.ways.face)?;
    let mut incoming = convert::taken(app, &sheet, &targets, here)?;
    incoming.remarks.splice(0..0, sheet.remarks);
    Ok(incoming)
}
