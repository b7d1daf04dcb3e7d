//! A workbook of Excel as one table: the first sheet with a day in its rows.

use super::super::sheet::head;
use crate::transfer::import::error::{RowError, whole};
use calamine::{
    CellErrorType, DataRef, ExcelDateTime, ExcelDateTimeType, Reader, SheetVisible, Xlsx, XlsxError,
};
use std::io::{Read, Seek};

/// The most rows of a sheet, columns and cells with a value.
const MOST_ROWS: u32 = 50_000;
const MOST_COLUMNS: u32 = 1_000;
const MOST_CELLS: usize = 5_000_000;

/// The table of a workbook, as CSV.
pub(super) struct Table {
    /// The name of the file with that of the sheet.
    pub(super) name: String,
    pub(super) bytes: Vec<u8>,
    pub(super) remarks: Vec<String>,
}

type Cells = Vec<Vec<String>>;

/// Reads a workbook.
///
/// # Errors
/// When it is damaged, empty or too large.
pub(super) fn table(name: &str, source: impl Read + Seek) -> Result<Table, Vec<RowError>> {
    let damaged = |error: XlsxError| {
        whole(
            name,
            format!("this workbook is damaged ({error}); save it as CSV"),
        )
    };
    let mut book = Xlsx::new(source).map_err(damaged)?;
    let sheets = book.sheets_metadata().iter();
    let sheets = sheets.filter(|sheet| sheet.visible == SheetVisible::Visible);
    let names: Vec<String> = sheets.map(|sheet| sheet.name.clone()).collect();
    let mut filled: Vec<(String, Cells)> = Vec::new();
    for sheet in names {
        // A sheet of charts alone has no cells.
        let Ok(cells) = cells(name, &sheet, &mut book) else {
            continue;
        };
        let cells = cells?;
        if !cells.is_empty() {
            filled.push((sheet, cells));
        }
    }
    let has_days = |(_, cells): &(String, Cells)| {
        let rows: Vec<&[String]> = cells.iter().map(Vec::as_slice).collect();
        head::find(&rows, &[]).is_some()
    };
    let at = filled.iter().position(has_days).unwrap_or(0);
    if filled.is_empty() {
        return Err(whole(name, "this workbook has no sheet with values"));
    }
    let (sheet, cells) = filled.swap_remove(at);
    let others: Vec<String> = filled
        .into_iter()
        .map(|(name, _)| format!("{name:?}"))
        .collect();
    let remark = format!(
        "{name}: the sheet {sheet:?} is read; left out {}. Save another one as CSV to take it in.",
        others.join(", ")
    );
    Ok(Table {
        name: format!("{name}, {sheet}"),
        bytes: csv(&cells).map_err(|error| whole(name, error.to_string()))?,
        remarks: if others.is_empty() {
            Vec::new()
        } else {
            vec![remark]
        },
    })
}

/// The cells of a sheet. The outer error is a sheet without cells, the inner one a refusal.
fn cells<S: Read + Seek>(
    name: &str,
    sheet: &str,
    book: &mut Xlsx<S>,
) -> Result<Result<Cells, Vec<RowError>>, XlsxError> {
    let merged = book.merge_cells_by_sheet_name(sheet).unwrap_or_default();
    let epoch = Epoch {
        is_1904: book.has_1904_epoch(),
    };
    let mut reader = book.worksheet_cells_reader(sheet)?;
    let mut rows: Cells = Vec::new();
    let mut n = 0;
    loop {
        let cell = match reader.next_cell() {
            Ok(Some(cell)) => cell,
            Ok(None) => break,
            Err(error) => {
                let sentence = format!("the sheet {sheet:?} is damaged ({error}); save it as CSV");
                return Ok(Err(whole(name, sentence)));
            }
        };
        let text = text(cell.get_value(), epoch);
        if text.is_empty() {
            continue;
        }
        let (row, column) = cell.get_position();
        n += 1;
        if row >= MOST_ROWS || column >= MOST_COLUMNS || n > MOST_CELLS {
            let sentence = format!(
                "the sheet {sheet:?} has more than {MOST_ROWS} rows or {MOST_COLUMNS} columns; save it as CSV and import that"
            );
            return Ok(Err(whole(name, sentence)));
        }
        let (row, column) = (row as usize, column as usize);
        if rows.len() <= row {
            rows.resize(row + 1, Vec::new());
        }
        if let Some(cells) = rows.get_mut(row) {
            if cells.len() <= column {
                cells.resize(column + 1, String::new());
            }
            if let Some(cell) = cells.get_mut(column) {
                *cell = text;
            }
        }
    }
    for area in merged {
        let ((top, column), (bottom, _)) = (area.start, area.end);
        let column = column as usize;
        let value = rows
            .get(top as usize)
            .and_then(|cells| cells.get(column))
            .cloned();
        // A cell that is merged downward stands for each of its rows; sideways it is a title.
        for row in (top + 1)..=bottom.min(MOST_ROWS) {
            let (Some(cells), Some(value)) = (rows.get_mut(row as usize), &value) else {
                break;
            };
            if cells.len() <= column {
                cells.resize(column + 1, String::new());
            }
            if let Some(cell) = cells.get_mut(column) {
                cell.clone_from(value);
            }
        }
    }
    Ok(Ok(rows))
}

/// The day from which a workbook counts; Excel for the Mac once began in 1904.
#[derive(Clone, Copy)]
struct Epoch {
    is_1904: bool,
}

/// A cell as its text in ISO form.
fn text(value: &DataRef<'_>, epoch: Epoch) -> String {
    match value {
        DataRef::Int(number) => number.to_string(),
        DataRef::Float(number) => as_shown(*number),
        DataRef::String(text) => text.trim().to_owned(),
        DataRef::SharedString(text) => text.trim().to_owned(),
        DataRef::Bool(truth) => truth.to_string(),
        DataRef::DateTime(moment) => moment_text(*moment, epoch),
        DataRef::DateTimeIso(text) => text.replace('T', " "),
        DataRef::DurationIso(text) => text.clone(),
        DataRef::Error(CellErrorType::NA) => "n/a".to_owned(),
        DataRef::Error(_) | DataRef::Empty => String::new(),
    }
}

/// A number with the 15 digits that Excel shows at most: 0.1 + 0.2 is 0.3.
fn as_shown(number: f64) -> String {
    let rounded = format!("{number:.14e}").parse::<f64>();
    rounded.unwrap_or(number).to_string()
}

fn moment_text(moment: ExcelDateTime, epoch: Epoch) -> String {
    let value = moment.as_f64();
    if moment.is_duration() {
        let seconds = (value * 86_400.0).round().clamp(0.0, 1e12);
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "clamped above"
        )]
        let seconds = seconds as u64;
        let (hours, rest) = (seconds / 3600, seconds % 3600);
        return format!("{hours}:{:02}:{:02}", rest / 60, rest % 60);
    }
    // Half a second more, as milliseconds of binary fractions end just below the full second.
    let value = value + 0.5 / 86_400.0;
    let moment = ExcelDateTime::new(value, ExcelDateTimeType::DateTime, epoch.is_1904);
    let (year, month, day, hour, minute, second, _) = moment.to_ymd_hms_milli();
    let time = format!("{hour:02}:{minute:02}:{second:02}");
    match (value < 1.0, time.as_str()) {
        (true, _) => time,
        (false, "00:00:00") => format!("{year:04}-{month:02}-{day:02}"),
        (false, time) => format!("{year:04}-{month:02}-{day:02} {time}"),
    }
}

fn csv(rows: &Cells) -> Result<Vec<u8>, csv::Error> {
    let mut writer = csv::WriterBuilder::new()
        .flexible(true)
        .from_writer(Vec::new());
    for row in rows {
        // An empty row keeps its place, so that a message names the row that the person sees.
        if row.is_empty() {
            writer.write_record([""])?;
        } else {
            writer.write_record(row)?;
        }
    }
    writer
        .into_inner()
        .map_err(|error| csv::Error::from(error.into_error()))
}

#[cfg(test)]
mod tests {
    use super::{Epoch, as_shown, moment_text};
    use calamine::{ExcelDateTime, ExcelDateTimeType};

    #[test]
    fn numbers_and_moments_are_as_the_sheet_shows_them() {
        assert_eq!(as_shown(0.1 + 0.2), "0.3");
        assert_eq!(as_shown(2.0), "2");
        let moment = |value, kind| {
            let epoch = Epoch { is_1904: false };
            moment_text(ExcelDateTime::new(value, kind, false), epoch)
        };
        let at = ExcelDateTimeType::DateTime;
        assert_eq!(moment(46346.0, at), "2026-11-20");
        assert_eq!(moment(46346.0 + 1330.0 / 1440.0, at), "2026-11-20 22:10:00");
        assert_eq!(moment(0.35, at), "08:24:00");
        assert_eq!(moment(1.25, ExcelDateTimeType::TimeDelta), "30:00:00");
    }
}
