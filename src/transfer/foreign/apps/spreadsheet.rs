//! Any table with a day in each row: spreadsheets of every kind, and tables with a row for each value.
//!
//! Invariant: a day is taken from the row above only where cells are merged by their pattern or the person says so, and what is
//! left out is told.

use super::super::sheet::head::is_day;
use super::super::sheet::names::{is_day_name, is_unsure_day_name};
use super::super::sheet::{Line, Sheet, first_rows, head};
use super::super::target::Meant;
use super::super::target::{Map, Target};
use super::long::Long;
use super::{Form, single};
use crate::domain::order::Ordered;
use crate::domain::text::words;
use crate::transfer::import::error::{File, RowError, whole};

pub(super) struct Spreadsheet;

/// First cells of rows that sum up the others.
const SUMS: [&str; 26] = [
    "average",
    "avg",
    "mean",
    "median",
    "total",
    "sum",
    "min",
    "max",
    "count",
    "durchschnitt",
    "mittelwert",
    "summe",
    "gesamt",
    "moyenne",
    "somme",
    "media",
    "promedio",
    "suma",
    "totale",
    "somma",
    "média",
    "soma",
    "gemiddelde",
    "totaal",
    "som",
    "średnia",
];

impl Form for Spreadsheet {
    fn name(&self) -> &'static str {
        "table"
    }

    fn about(&self) -> &'static str {
        "any table with a day in each row, CSV or xlsx; --map says what its columns are"
    }

    fn first_names(&self) -> [&'static str; 2] {
        ["Table", "Table"]
    }

    fn is_of(&self, files: &[File]) -> bool {
        let [file] = files else { return false };
        let rows = first_rows(file);
        let rows: Vec<&[String]> = rows.iter().map(Vec::as_slice).collect();
        let at = head::find(&rows, &[]);
        at.is_some()
    }

    fn sheet(&self, files: &[File], meant: Meant<'_>) -> Result<Sheet, Vec<RowError>> {
        let maps = meant.maps;
        let names: Vec<&str> = maps.iter().map(|(column, _)| column.as_str()).collect();
        // A mistyped column would hide the header, and is told later.
        let shape = maps.iter().filter(|(_, target)| target.is_shape());
        let mut sheet = Sheet::with(single(files)?, &names)?;
        for (column, _) in shape {
            if sheet.place(column).is_none() {
                let known = sheet.columns.join(", ");
                return Err(whole(
                    &sheet.file,
                    format!("there is no column {column:?}; there are {known}"),
                ));
            }
        }
        if let Some(day) = day(&sheet, maps) {
            leave_sums_out(&mut sheet, day);
            let is_asked = maps.iter().any(|(_, target)| *target == Target::DayAbove);
            fill_days(&mut sheet, day, is_asked);
        }
        match place(&sheet, maps, &Target::Name) {
            Some(name) => pivot(&sheet, name, meant),
            None => Ok(sheet),
        }
    }
}

fn place(sheet: &Sheet, maps: &[Map], wanted: &Target) -> Option<usize> {
    let map = maps.iter().find(|(_, target)| target == wanted);
    map.and_then(|(column, _)| sheet.place(column))
}

/// The column of the day: as the person said, by its name, or by its cells.
fn day(sheet: &Sheet, maps: &[Map]) -> Option<usize> {
    let is_date = |target: &Target| matches!(target, Target::Date(_) | Target::DayAbove);
    let asked = maps.iter().find(|(_, target)| is_date(target));
    if let Some((column, _)) = asked {
        return sheet.place(column);
    }
    let by_name = |at: &usize| {
        let name = sheet.columns.get(*at).map_or("", String::as_str);
        is_day_name(name) && (!is_unsure_day_name(name) || sheet.has_days(*at))
    };
    let places = 0..sheet.columns.len();
    let named = places.clone().find(by_name);
    named.or_else(|| places.into_iter().find(|at| sheet.has_days(*at)))
}

/// Leaves out rows that sum up the others: they have a word such as "Average" where the others have their day, or before it.
fn leave_sums_out(sheet: &mut Sheet, day: usize) {
    let is_sum = |line: &Line| {
        let cells = line.cells.iter().take(day + 1);
        let word = cells.map(|cell| cell.trim_end_matches(':').to_lowercase());
        let has_word = word.into_iter().any(|word| SUMS.contains(&word.as_str()));
        has_word && !is_day(Sheet::cell(line, Some(day)))
    };
    let (sums, lines): (Vec<Line>, Vec<Line>) = std::mem::take(&mut sheet.lines)
        .into_iter()
        .partition(is_sum);
    sheet.lines = lines;
    for line in sums {
        let word = line.cells.iter().find(|cell| !cell.is_empty());
        sheet.remarks.push(format!(
            "{}, row {}: {:?} sums up the others and is left out.",
            sheet.file,
            line.number,
            word.map_or("", String::as_str)
        ));
    }
}

/// Fills empty days from above: where the person says so, or where the days are in order and several of them stand for more
/// than one row, as merged cells do.
fn fill_days(sheet: &mut Sheet, day: usize, is_asked: bool) {
    let is_empty = |line: &Line| Sheet::cell(line, Some(day)).is_empty();
    let empty = sheet.lines.iter().filter(|line| is_empty(line)).count();
    let begins_with_a_day = sheet.lines.first().is_some_and(|line| !is_empty(line));
    if empty == 0 || !begins_with_a_day || !(is_asked || is_merged(sheet, day)) {
        return;
    }
    let mut above = String::new();
    for line in &mut sheet.lines {
        if line.cells.len() <= day {
            line.cells.resize(day + 1, String::new());
        }
        if let Some(cell) = line.cells.get_mut(day) {
            if cell.is_empty() {
                cell.clone_from(&above);
            } else {
                above.clone_from(cell);
            }
        }
    }
    let rows = words::count(empty, "row has", "rows have");
    sheet.remarks.push(format!(
        "{}: {rows} no day of its own; the day above stands for it.",
        sheet.file
    ));
}

/// Whether the empty days look like merged cells: at least two days stand above empty ones, and no day stands twice.
fn is_merged(sheet: &Sheet, day: usize) -> bool {
    let mut days: Vec<&str> = Vec::new();
    let mut with_more = 0;
    let mut has_more = false;
    for line in &sheet.lines {
        let cell = Sheet::cell(line, Some(day));
        if cell.is_empty() {
            with_more += usize::from(!has_more);
            has_more = true;
        } else {
            days.push(cell);
            has_more = false;
        }
    }
    let n = days.len();
    days.order();
    days.dedup();
    with_more >= 2 && days.len() == n && days.iter().all(|cell| is_day(cell))
}

/// Names of the column with the value.
const VALUES: [&str; 8] = [
    "value",
    "amount",
    "rating",
    "rating/amount",
    "score",
    "quantity",
    "wert",
    "valor",
];

/// A row for each value, with its name in a column: a column for each name.
fn pivot(sheet: &Sheet, name: usize, meant: Meant<'_>) -> Result<Sheet, Vec<RowError>> {
    let by_name = |names: &[&str]| names.iter().find_map(|name| sheet.place(name));
    let maps = meant.maps;
    let value = place(sheet, maps, &Target::Value).or_else(|| by_name(&VALUES));
    let unit = place(sheet, maps, &Target::Unit).or_else(|| by_name(&["unit", "units"]));
    let Some(value) = value else {
        let known = sheet.columns.join(", ");
        return Err(whole(
            &sheet.file,
            format!(
                "no column is the value; {}. There are {known}",
                meant.face.name_one("value")
            ),
        ));
    };
    let gone = [Some(name), Some(value), unit];
    let kept: Vec<usize> = (0..sheet.columns.len())
        .filter(|at| !gone.contains(&Some(*at)))
        .collect();
    let names: Vec<&str> = kept
        .iter()
        .filter_map(|at| sheet.columns.get(*at))
        .map(String::as_str)
        .collect();
    let mut long = Long::new(&names);
    for line in &sheet.lines {
        let cells: Vec<&str> = kept.iter().map(|at| Sheet::cell(line, Some(*at))).collect();
        let (name, unit) = (Sheet::cell(line, Some(name)), Sheet::cell(line, unit));
        let name = if unit.is_empty() {
            name.to_owned()
        } else {
            format!("{name} ({unit})")
        };
        long.add(
            line.number,
            &cells,
            &[(&name, Sheet::cell(line, Some(value)))],
        );
    }
    long.sheet(sheet)
}
