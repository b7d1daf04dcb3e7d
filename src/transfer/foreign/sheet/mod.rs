//! A table of a file: names of columns, and rows with their numbers in the file.
//!
//! Invariant: which row is the header is told where it is not the first one, and no row of it is lost without a word.

pub(super) mod head;
pub(super) mod months;
pub(super) mod names;
pub(super) mod numbers;

use crate::domain::order::Ordered;
use crate::domain::text::words;
use crate::transfer::import::encoding;
use crate::transfer::import::error::{File, MOST_ROWS, MOST_TEXT, RowError, whole};
use crate::transfer::import::quotes::unclosed;
use numbers::Numbers;

/// A row with its number in the file, counted from the first one as 1.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Line {
    pub(super) number: u64,
    pub(super) cells: Vec<String>,
    /// The column of its value, in a format with one row a value.
    pub(super) thing: Option<usize>,
}

/// A table.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Sheet {
    pub(super) file: String,
    pub(super) columns: Vec<String>,
    pub(super) lines: Vec<Line>,
    /// The meaning of each column's numbers; plain ones where the list ends.
    pub(super) numbers: Vec<Numbers>,
    /// Rows that are no rows of this table, with their numbers and why; in order.
    pub(super) slips: Vec<(u64, String)>,
    /// What has to be told about how the file was read.
    pub(super) remarks: Vec<String>,
}

/// All rows of a file, before one of them is known as the header.
pub(super) struct Rows {
    pub(super) file: String,
    pub(super) all: Vec<(u64, Vec<String>)>,
    pub(super) slips: Vec<(u64, String)>,
    pub(super) remarks: Vec<String>,
}

/// How much of a file tells what it is.
const BEGINNING: usize = 64 * 1024;

/// The first rows of a file, for telling what it is; none for what is no table.
pub(super) fn first_rows(file: &File) -> Vec<Vec<String>> {
    let start = file.bytes.get(..BEGINNING.min(file.bytes.len()));
    let mut bytes = start.unwrap_or_default().to_vec();
    // A letter that is cut in half would make the beginning look damaged.
    if bytes.len() == BEGINNING {
        let whole = bytes.iter().rposition(|byte| *byte == b'\n');
        // UTF-16 has its line end in two bytes.
        let end = whole.map_or(bytes.len(), |at| at & !1);
        bytes.truncate(end);
    }
    let start = File {
        name: String::new(),
        bytes,
    };
    // A damaged letter further on is told where the file is read; what the file is can be told all the same.
    let text = encoding::text(&start)
        .map_or_else(|_| String::from_utf8_lossy(&start.bytes), |(text, _)| text);
    if text.contains('\0') {
        return Vec::new();
    }
    let text = text.trim_start();
    // JSON and XML have commas too, and are no tables.
    if text.starts_with(['{', '<']) || text.starts_with("[{") {
        return Vec::new();
    }
    let (sign, text) = separator(text, &[]);
    let mut rows = reader(sign).from_reader(text.as_bytes()).into_records();
    let row = |row: csv::StringRecord| row.iter().map(|cell| cell.trim().to_owned()).collect();
    let rows = std::iter::from_fn(|| rows.next()?.ok());
    rows.take(head::MOST_ABOVE).map(row).collect()
}

fn reader(sign: u8) -> csv::ReaderBuilder {
    let mut builder = csv::ReaderBuilder::new();
    builder
        .has_headers(false)
        // Many programs leave out empty cells at the end of a row.
        .flexible(true)
        .delimiter(sign);
    builder
}

/// The separator of a text, and the text behind a line that names it: "sep=;", as Excel writes it.
fn separator<'a>(text: &'a str, columns: &[&str]) -> (u8, &'a str) {
    // Old Macs end their lines with a sign that `lines` does not know.
    let first = text.split(['\n', '\r']).next().unwrap_or_default();
    let named = first.trim().trim_matches('"').to_lowercase();
    if let Some(sign) = named.strip_prefix("sep=") {
        let sign = sign.chars().next().unwrap_or('\t');
        let rest = text.get(first.len()..).unwrap_or_default();
        let rest = rest.strip_prefix('\r').unwrap_or(rest);
        let rest = rest.strip_prefix('\n').unwrap_or(rest);
        return (u8::try_from(sign).unwrap_or(b','), rest);
    }
    let signs = [b',', b';', b'\t'];
    // Title lines and decimal commas hold separators too: the one that shows a header is right.
    let heads = signs.iter().filter_map(|sign| {
        let mut rows = reader(*sign).from_reader(text.as_bytes()).into_records();
        let rows = std::iter::from_fn(|| rows.next()?.ok()).take(head::MOST_ABOVE);
        let rows: Vec<Vec<String>> = rows
            .map(|row| row.iter().map(|cell| cell.trim().to_owned()).collect())
            .collect();
        let borrowed: Vec<&[String]> = rows.iter().map(Vec::as_slice).collect();
        let at = head::find(&borrowed, columns)?;
        Some((*sign, rows.get(at).map_or(0, Vec::len)))
    });
    // The first of several with equally many columns, so that the comma wins.
    let best = heads.fold(None, |best: Option<(u8, usize)>, (sign, n)| match best {
        Some((_, most)) if most >= n => best,
        _ => Some((sign, n)),
    });
    if let Some((sign, _)) = best {
        return (sign, text);
    }
    let count = |sign: u8| first.bytes().filter(|byte| *byte == sign).count();
    let sign = signs.into_iter().rev().max_by_key(|sign| count(*sign));
    (sign.unwrap_or(b','), text)
}

/// A cell without blanks around it, and with one kind of line end: a file's own one says nothing about its notes.
fn plain_cell(cell: &str) -> String {
    let cell = cell.trim();
    if cell.contains('\r') {
        cell.replace("\r\n", "\n").replace('\r', "\n")
    } else {
        cell.to_owned()
    }
}

/// The blank lines that stand at `at`, where a row ends. The reader passes over them, but a person counts them.
fn blank_lines(text: &str, at: u64) -> u64 {
    let at = usize::try_from(at).unwrap_or(usize::MAX);
    let before = at.checked_sub(1).and_then(|at| text.as_bytes().get(at));
    let rest = text.as_bytes().get(at..).unwrap_or_default();
    let mut last = before.copied();
    let mut n = 0;
    for byte in rest
        .iter()
        .copied()
        .take_while(|b| matches!(b, b'\n' | b'\r'))
    {
        // Both signs of CRLF are one end.
        let is_second = byte == b'\n' && last == Some(b'\r');
        n += u64::from(!is_second);
        last = Some(byte);
    }
    n
}

impl Rows {
    /// Reads all rows. The separator is the one that shows a header with most columns.
    pub(super) fn read(file: &File, columns: &[&str]) -> Result<Self, Vec<RowError>> {
        let (text, remark) = encoding::text(file)?;
        let (sign, rest) = separator(&text, columns);
        unclosed(&file.name, &text, sign)?;
        // The line that names the separator is the first row.
        let mut number = u64::from(rest.len() < text.len());
        let (mut rows, mut slips) = (Vec::new(), Vec::new());
        let mut reader = reader(sign).from_reader(rest.as_bytes());
        let mut row = csv::StringRecord::new();
        loop {
            number += 1 + blank_lines(rest, reader.position().byte());
            let slip = |sentence: String| {
                vec![RowError {
                    file: file.name.clone(),
                    row: Some(number),
                    column: None,
                    sentence,
                }]
            };
            let is_read = reader
                .read_record(&mut row)
                .map_err(|error| slip(format!("this row cannot be read ({error})")))?;
            if !is_read {
                break;
            }
            let cells: Vec<String> = row.iter().map(plain_cell).collect();
            if cells.iter().all(String::is_empty) {
                // A blank line between rows.
                continue;
            }
            if cells.iter().any(|cell| cell.len() > MOST_TEXT) {
                slips.push((number, format!("a text has at most {MOST_TEXT} bytes")));
                continue;
            }
            if rows.len() > MOST_ROWS {
                return Err(slip(format!("a table has at most {MOST_ROWS} rows")));
            }
            rows.push((number, cells));
        }
        Ok(Self {
            file: file.name.clone(),
            all: rows,
            slips,
            remarks: remark.into_iter().collect(),
        })
    }

    /// The place of the header; the first row where none looks like one.
    fn head(&self, columns: &[&str]) -> usize {
        let rows = self.all.iter().take(head::MOST_ABOVE);
        let rows: Vec<&[String]> = rows.map(|(_, cells)| cells.as_slice()).collect();
        head::find(&rows, columns).unwrap_or(0)
    }

    /// A table of these rows, with a header that the file does not have.
    pub(super) fn under(self, columns: &[&str]) -> Sheet {
        let columns = columns.iter().map(|name| (*name).to_owned()).collect();
        self.table(columns, 0)
    }

    /// A table of the rows from `from` on.
    fn table(self, columns: Vec<String>, from: usize) -> Sheet {
        let mut lines = Vec::with_capacity(self.all.len().saturating_sub(from));
        let mut slips = self.slips;
        let of = columns.len();
        for (number, mut cells) in self.all.into_iter().skip(from) {
            // Spreadsheets write empty cells beyond the header.
            while cells.len() > of && cells.last().is_some_and(String::is_empty) {
                cells.pop();
            }
            if cells.len() > of {
                let n = cells.len();
                slips.push((
                    number,
                    format!("this row has {n} cells, the header has {of}"),
                ));
                continue;
            }
            lines.push(Line {
                number,
                cells,
                thing: None,
            });
        }
        slips.order();
        Sheet {
            file: self.file,
            columns,
            lines,
            numbers: Vec::new(),
            slips,
            remarks: self.remarks,
        }
    }
}

impl Sheet {
    /// Reads a table with its header.
    pub(super) fn read(file: &File) -> Result<Self, Vec<RowError>> {
        Self::with(file, &[])
    }

    /// Reads a table whose header has these columns.
    pub(super) fn with(file: &File, columns: &[&str]) -> Result<Self, Vec<RowError>> {
        let mut rows = Rows::read(file, columns)?;
        let at = rows.head(columns);
        let Some((number, names)) = rows.all.get(at).cloned() else {
            return Err(whole(&file.name, "there is no header row"));
        };
        if at > 0 {
            let above = rows.all.iter().take(at);
            let above = above.map(|(_, cells)| {
                let filled = cells.iter().filter(|cell| !cell.is_empty());
                let cells: Vec<&str> = filled.map(String::as_str).collect();
                format!("\"{}\"", short(&cells.join(", ")))
            });
            let above: Vec<String> = above.collect();
            rows.remarks.push(format!(
                "{}: the header is row {number}. {} above it {} left out: {}.",
                rows.file,
                words::count(at, "row", "rows"),
                if at == 1 { "is" } else { "are" },
                above.join("; ")
            ));
        }
        let mut names = names;
        let mut is_filled = vec![false; names.len()];
        for (_, cells) in rows.all.iter().skip(at + 1) {
            for (is_filled, cell) in is_filled.iter_mut().zip(cells) {
                *is_filled |= !cell.is_empty();
            }
        }
        while names.last().is_some_and(String::is_empty) && is_filled.last() == Some(&false) {
            names.pop();
            is_filled.pop();
        }
        for (at, (name, is_filled)) in names.iter_mut().zip(is_filled).enumerate() {
            // A column with values and no name gets one, or nobody could say what it is.
            if name.is_empty() && is_filled {
                *name = format!("column {}", at + 1);
            }
        }
        Ok(rows.table(names, at + 1))
    }

    /// The place of a column, by its name in any case.
    pub(super) fn place(&self, name: &str) -> Option<usize> {
        let wanted = name.trim().to_lowercase();
        let mut names = self.columns.iter();
        names.position(|column| column.to_lowercase() == wanted)
    }

    /// A cell; empty where the row has none.
    pub(super) fn cell(line: &Line, at: Option<usize>) -> &str {
        let cell = at.and_then(|at| line.cells.get(at));
        cell.map_or("", String::as_str)
    }

    /// Whether a column holds days: more of its cells are days than are not.
    pub(super) fn has_days(&self, at: usize) -> bool {
        let cells = self.lines.iter().map(|line| Self::cell(line, Some(at)));
        // The beginning is enough, and a long file stays quick.
        let (mut days, mut others) = (0, 0);
        for cell in cells.filter(|cell| !cell.is_empty()).take(200) {
            if head::is_day(cell) {
                days += 1;
            } else {
                others += 1;
            }
        }
        days > others
    }

    /// The meaning of each column's numbers.
    pub(super) fn numbers(&self) -> Vec<Numbers> {
        let all = self.columns.iter().enumerate();
        all.map(|(at, _)| self.numbers.get(at).copied().unwrap_or(Numbers::Plain))
            .collect()
    }

    /// Says that columns have numbers of one meaning.
    pub(super) fn set(&mut self, numbers: impl Fn(&str) -> Numbers) {
        let names = self.columns.iter();
        self.numbers = names.map(|name| numbers(&name.to_lowercase())).collect();
    }
}

/// The beginning of a text for a remark.
fn short(text: &str) -> String {
    const MOST: usize = 40;
    let mut short: String = text.chars().take(MOST).collect();
    if short.len() < text.len() {
        short.push('\u{2026}');
    }
    short
}
