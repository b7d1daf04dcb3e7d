//! The programs whose files are recognised by their header.
//!
//! Sources: exports of these programs as their users describe them (read 2026-11-22). Column names change with versions and
//! languages; then the person's mapping gives their meaning.

use super::sheet::{Line, Sheet};
use crate::transfer::import::error::{File, RowError, whole};

/// A program, or any table with dates.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum App {
    /// Moods with activities and notes.
    Daylio,
    /// A row for each value, with its category.
    Bearable,
    /// Habits, a column each: `Checkmarks.csv`.
    Loop,
    /// Medicines, a row for each time.
    MedTimer,
    /// A date and any columns.
    Table,
}

/// The file of Loop that holds the values.
const CHECKMARKS: &str = "checkmarks.csv";

impl App {
    /// Its name, from which the ids of its entries are derived: it never changes.
    pub(super) const fn name(self) -> &'static str {
        match self {
            Self::Daylio => "daylio",
            Self::Bearable => "bearable",
            Self::Loop => "loop",
            Self::MedTimer => "medtimer",
            Self::Table => "table",
        }
    }

    /// The names in ids of version 0.1.0, which read an unknown format as a table.
    pub(super) const fn first_names(self) -> [&'static str; 2] {
        let name = match self {
            Self::Daylio => "Daylio",
            Self::Bearable => "Bearable",
            Self::Loop => "Loop",
            Self::MedTimer => "MedTimer",
            Self::Table => "Table",
        };
        [name, "Table"]
    }

    /// Whether these files look like its own.
    pub(crate) fn is_of(self, files: &[File]) -> bool {
        // Only the beginning, so that a large file is not scanned once for each program.
        let head = |file: &File| {
            let start = file.bytes.get(..4096.min(file.bytes.len()));
            let text = String::from_utf8_lossy(start.unwrap_or_default()).to_lowercase();
            let first = text.trim_start_matches('\u{feff}').lines().next();
            first.unwrap_or_default().replace('"', "")
        };
        match (self, files) {
            (Self::Loop, files) => files
                .iter()
                .any(|file| file.name.to_lowercase() == CHECKMARKS),
            (Self::Daylio, [file]) => {
                let head = head(file);
                head.contains("full_date") && head.contains("mood")
            }
            (Self::Bearable, [file]) => {
                let head = head(file);
                head.contains("category") && head.contains("rating") && head.contains("date")
            }
            // Its column names changed between versions, so any of them will do.
            (Self::MedTimer, [file]) => {
                let head = head(file);
                let is_medicine = ["medicine", "medication", "reminded"]
                    .iter()
                    .any(|name| head.contains(name));
                is_medicine && (head.contains("taken") || head.contains("status"))
            }
            (Self::Table, [file]) => {
                let head = head(file);
                head.split([',', ';', '\t'])
                    .any(|name| super::dates::is_date(name.trim()))
            }
            _ => false,
        }
    }
}

/// The rows of an app's files in one table, with a column for each kind of value.
pub(super) fn sheet(app: App, files: &[File]) -> Result<Sheet, Vec<RowError>> {
    let file = match app {
        App::Loop if files.len() > 1 => files
            .iter()
            .find(|file| file.name.to_lowercase() == CHECKMARKS),
        _ => files.first(),
    };
    let Some(file) = file else {
        return Err(whole("this folder", "it has no file of this form"));
    };
    let sheet = Sheet::read(file)?;
    match app {
        App::Bearable => pivot(&sheet),
        App::Daylio | App::Loop | App::MedTimer | App::Table => Ok(sheet),
    }
}

/// Bearable writes one row a value: turns them into one column for each kind of value, "Symptom: Headache".
fn pivot(sheet: &Sheet) -> Result<Sheet, Vec<RowError>> {
    let find = |names: &[&str]| {
        let mut places = names.iter().filter_map(|name| sheet.place(name));
        places.next()
    };
    let date = find(&["date formatted", "date"]);
    let time = find(&["time of day", "time"]);
    let category = find(&["category"]);
    let value = find(&["rating/amount", "rating", "amount"]);
    let (Some(date), Some(category), Some(value)) = (date, category, value) else {
        return Err(whole(
            &sheet.file,
            "a date, a category and a rating are expected as columns",
        ));
    };
    let (detail, notes) = (find(&["detail"]), find(&["notes", "note"]));
    let cell = |line: &Line, at: Option<usize>| {
        let cell = at.and_then(|at| line.cells.get(at));
        cell.cloned().unwrap_or_default()
    };
    let mut columns = vec!["date".to_owned(), "time".to_owned(), "note".to_owned()];
    let mut lines = Vec::new();
    for line in &sheet.lines {
        let (category, detail) = (cell(line, Some(category)), cell(line, detail));
        let name = match (category.is_empty(), detail.is_empty()) {
            (_, true) => category,
            (true, false) => detail,
            (false, false) => format!("{category}: {detail}"),
        };
        let at = columns.iter().position(|column| *column == name);
        let at = at.unwrap_or_else(|| {
            columns.push(name);
            columns.len() - 1
        });
        let mut cells = vec![String::new(); at + 1];
        cells[0] = cell(line, Some(date));
        cells[1] = cell(line, time);
        cells[2] = cell(line, notes);
        cells[at] = cell(line, Some(value));
        lines.push(Line {
            number: line.number,
            cells,
            thing: Some(at),
        });
    }
    Ok(Sheet {
        file: sheet.file.clone(),
        columns,
        lines,
    })
}
