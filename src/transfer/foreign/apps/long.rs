//! Tables with a row for each value: the name of a value stands in one column and the value in another. A column is made of
//! each name.

use super::super::sheet::numbers::{Numbers, is_duration};
use super::super::sheet::{Line, Sheet};
use crate::transfer::import::error::{MOST_ROWS, RowError, whole};
use std::collections::HashMap;

/// The table that is made, row by row.
pub(super) struct Long {
    kept: usize,
    columns: Vec<String>,
    places: HashMap<String, usize>,
    lines: Vec<Line>,
    cells: usize,
}

/// The most cells of one table; a hostile file could make a column of each of its rows.
const MOST_CELLS: usize = 50_000_000;

impl Long {
    /// Begins with the columns that each row keeps, such as its day.
    pub(super) fn new(kept: &[&str]) -> Self {
        Self {
            kept: kept.len(),
            columns: kept.iter().map(|name| (*name).to_owned()).collect(),
            places: HashMap::new(),
            lines: Vec::new(),
            cells: 0,
        }
    }

    /// Adds a row: its kept cells, and each value with its name.
    pub(super) fn add(&mut self, number: u64, kept: &[&str], values: &[(&str, &str)]) {
        let mut cells: Vec<String> = kept.iter().map(|cell| (*cell).to_owned()).collect();
        cells.resize(self.kept, String::new());
        let mut thing = None;
        for (name, value) in values {
            let at = self.place(name);
            if cells.len() <= at {
                cells.resize(at + 1, String::new());
            }
            if let Some(cell) = cells.get_mut(at) {
                (*value).clone_into(cell);
            }
            thing = thing.or(Some(at));
        }
        self.cells += cells.len();
        self.lines.push(Line {
            number,
            cells,
            thing,
        });
    }

    fn place(&mut self, name: &str) -> usize {
        let key = name.to_lowercase();
        let (columns, kept) = (&mut self.columns, self.kept);
        *self.places.entry(key).or_insert_with(|| {
            // A value may be called like a kept column, and a mapping has to tell them apart.
            let is_kept = columns
                .iter()
                .take(kept)
                .any(|column| column.eq_ignore_ascii_case(name));
            let shown = if is_kept {
                format!("{name} (value)")
            } else {
                name.to_owned()
            };
            columns.push(shown);
            columns.len() - 1
        })
    }

    /// The table that is made of `sheet`. Durations are known by their form.
    pub(super) fn sheet(self, sheet: &Sheet) -> Result<Sheet, Vec<RowError>> {
        if self.cells > MOST_CELLS || self.lines.len() > MOST_ROWS {
            let n = self.columns.len();
            return Err(whole(
                &sheet.file,
                format!("{n} kinds of value are too many to read"),
            ));
        }
        let numbers = (0..self.columns.len()).map(|at| self.numbers(at)).collect();
        Ok(Sheet {
            file: sheet.file.clone(),
            columns: self.columns,
            lines: self.lines,
            numbers,
            slips: sheet.slips.clone(),
            remarks: sheet.remarks.clone(),
        })
    }

    fn numbers(&self, at: usize) -> Numbers {
        let cells = self.lines.iter().map(|line| Sheet::cell(line, Some(at)));
        let mut cells = cells.filter(|cell| !cell.is_empty()).peekable();
        if at >= self.kept && cells.peek().is_some() && cells.all(is_duration) {
            Numbers::Duration
        } else {
            Numbers::Plain
        }
    }
}
