//! A table of a file: names of columns, and rows with their numbers in the file.

use crate::transfer::import::error::{File, MOST_ROWS, MOST_TEXT, RowError, text_of, whole};
use crate::transfer::import::quotes::unclosed;

/// A row with its number in the file, counted from the header as 1.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Line {
    pub(super) number: u64,
    pub(super) cells: Vec<String>,
    /// The column of its value, in a format with one row a value.
    pub(super) thing: Option<usize>,
}

/// A table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Sheet {
    pub(super) file: String,
    pub(super) columns: Vec<String>,
    pub(super) lines: Vec<Line>,
}

impl Sheet {
    /// Reads a table. The separator is the comma, semicolon or tab that the header has most of.
    pub(super) fn read(file: &File) -> Result<Self, Vec<RowError>> {
        // Excel's "Unicode text" is UTF-16; the general error would not say how to fix it.
        if file.bytes.starts_with(b"\xff\xfe") || file.bytes.starts_with(b"\xfe\xff") {
            return Err(whole(
                &file.name,
                "this is UTF-16 text; save it as UTF-8 and try again",
            ));
        }
        let text = text_of(&file.name, &file.bytes)?;
        let head = text.lines().next().unwrap_or_default();
        let count = |sign: char| head.matches(sign).count();
        let sign = [',', ';', '\t'].into_iter().max_by_key(|sign| count(*sign));
        let sign = u8::try_from(sign.unwrap_or(',')).unwrap_or(b',');
        unclosed(&file.name, text, sign)?;
        let mut reader = csv::ReaderBuilder::new()
            .has_headers(false)
            // Many programs leave out empty cells at the end of a row.
            .flexible(true)
            .delimiter(sign)
            .from_reader(text.as_bytes());
        let mut columns: Vec<String> = Vec::new();
        let mut lines = Vec::new();
        for (row, number) in reader.records().zip(1_u64..) {
            let slip = |sentence: String| {
                vec![RowError {
                    file: file.name.clone(),
                    row: Some(number),
                    column: None,
                    sentence,
                }]
            };
            let row = row.map_err(|error| slip(format!("this row cannot be read ({error})")))?;
            let mut cells: Vec<String> = row.iter().map(|cell| cell.trim().to_owned()).collect();
            if cells.iter().any(|cell| cell.len() > MOST_TEXT) {
                return Err(slip(format!("a text has at most {MOST_TEXT} bytes")));
            }
            // Spreadsheets write empty cells beyond the last column.
            while !columns.is_empty()
                && cells.len() > columns.len()
                && cells.last().is_some_and(String::is_empty)
            {
                cells.pop();
            }
            if columns.is_empty() {
                columns = cells;
            } else if cells.iter().all(String::is_empty) {
                // A blank line between rows.
            } else if cells.len() > columns.len() {
                let (n, of) = (cells.len(), columns.len());
                return Err(slip(format!("this row has {n} cells, the header has {of}")));
            } else if lines.len() >= MOST_ROWS {
                return Err(slip(format!("a table has at most {MOST_ROWS} rows")));
            } else {
                lines.push(Line {
                    number,
                    cells,
                    thing: None,
                });
            }
        }
        if columns.is_empty() {
            return Err(whole(&file.name, "there is no header row"));
        }
        Ok(Self {
            file: file.name.clone(),
            columns,
            lines,
        })
    }

    /// The place of a column, by its name in any case.
    pub(super) fn place(&self, name: &str) -> Option<usize> {
        let wanted = name.trim().to_lowercase();
        let mut names = self.columns.iter();
        names.position(|column| column.to_lowercase() == wanted)
    }
}
