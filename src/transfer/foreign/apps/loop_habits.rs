//! Loop Habit Tracker: a folder or zip with `Checkmarks.csv`, a column for each habit, and a folder for each habit with a
//! `Checkmarks.csv` of its own, which has no header in older versions.

use super::super::sheet::head::is_day;
use super::super::sheet::numbers::Numbers;
use super::super::sheet::{Line, Rows, Sheet, first_rows};
use super::super::target::Meant;
use super::{Form, KnownColumn};
use crate::transfer::import::error::{File, RowError, whole};

pub(super) struct Loop;

const CHECKMARKS: &str = "checkmarks.csv";
const HABITS: &str = "habits.csv";
/// Behind a habit's name, the column with what was written on single days.
const NOTES: &str = " (notes)";

impl Form for Loop {
    fn name(&self) -> &'static str {
        "loop"
    }

    fn about(&self) -> &'static str {
        "Loop Habit Tracker's zip, its folder, or a Checkmarks.csv"
    }

    fn first_names(&self) -> [&'static str; 2] {
        ["Loop", "Table"]
    }

    fn is_of(&self, files: &[File]) -> bool {
        files.iter().any(is_checkmarks)
    }

    fn sheet(&self, files: &[File], _: Meant<'_>) -> Result<Sheet, Vec<RowError>> {
        // With --format the file may have any name.
        let all = files.iter().find(|file| is_of_all(file, files));
        let own: Vec<&File> = files
            .iter()
            .filter(|file| is_checkmarks(file) && all.is_none_or(|all| all.name != file.name))
            .collect();
        let mut sheet = match all {
            Some(file) => Sheet::read(file)?,
            None if own.is_empty() => {
                return Err(whole("this folder", "it has no file of this form"));
            }
            None => Sheet {
                file: own
                    .first()
                    .map_or_else(String::new, |file| file.name.clone()),
                columns: vec!["Date".to_owned()],
                ..Sheet::default()
            },
        };
        for file in own {
            add_habit(&mut sheet, file, all.is_none())?;
        }
        let kinds = kinds(files);
        sheet.numbers = (0..sheet.columns.len())
            .map(|at| {
                let name = sheet.columns.get(at).map_or("", String::as_str);
                let kind = kinds.iter().find(|(habit, _)| habit == name);
                if at == 0 || name.ends_with(NOTES) {
                    return Numbers::Plain;
                }
                kind.map_or_else(|| of_habit(&sheet, at), |(_, numbers)| *numbers)
            })
            .collect();
        Ok(sheet)
    }

    fn guess(&self, column: &str) -> Option<KnownColumn> {
        if column.ends_with(NOTES) {
            return KnownColumn::sure("note", "what was written on that day");
        }
        None
    }
}

fn base(file: &File) -> &str {
    file.name.rsplit('/').next().unwrap_or_default()
}

fn is_checkmarks(file: &File) -> bool {
    base(file).eq_ignore_ascii_case(CHECKMARKS)
}

/// Whether a file has a column for each habit: the one of a single habit has no header, or "Date,Value".
fn is_of_all(file: &File, files: &[File]) -> bool {
    if files.len() > 1 && !is_checkmarks(file) {
        return false;
    }
    let rows = first_rows(file);
    let head = rows.first().map_or(&[][..], Vec::as_slice);
    // The file of a habit that was never done is empty.
    !head.is_empty() && !is_of_one(head)
}

fn is_of_one(head: &[String]) -> bool {
    let cell = |at: usize| head.get(at).map_or("", String::as_str);
    let is_headed = cell(0).eq_ignore_ascii_case("date")
        && cell(1).eq_ignore_ascii_case("value")
        && head.len() <= 3;
    is_headed || is_day(cell(0))
}

/// The name of a habit: that of its folder without the number, "001 Meditate".
fn habit(file: &File) -> &str {
    let folder = file.name.rsplit('/').nth(1).unwrap_or("Value");
    let name = folder.trim_start_matches(|c: char| c.is_ascii_digit());
    let name = name.trim();
    if name.is_empty() { folder } else { name }
}

/// Adds the notes of a single habit, and its values where no other file has them.
fn add_habit(sheet: &mut Sheet, file: &File, has_values: bool) -> Result<(), Vec<RowError>> {
    let mut rows = Rows::read(file, &[])?;
    sheet.slips.append(&mut rows.slips);
    if rows
        .all
        .first()
        .is_some_and(|(_, head)| !is_day(head.first().map_or("", String::as_str)))
    {
        rows.all.remove(0);
    }
    let name = habit(file).to_owned();
    let has_notes = rows
        .all
        .iter()
        .any(|(_, row)| row.get(2).is_some_and(|cell| !cell.is_empty()));
    let mut column = |wanted: bool, name: String| {
        wanted.then(|| {
            sheet.columns.push(name);
            sheet.columns.len() - 1
        })
    };
    let value = column(has_values, name.clone());
    let note = column(has_notes, name + NOTES);
    for (number, row) in rows.all {
        let cell = |at: usize| row.get(at).cloned().unwrap_or_default();
        let mut cells = vec![String::new(); sheet.columns.len()];
        let mut put = |at: Option<usize>, text: String| {
            if let Some(cell) = at.and_then(|at| cells.get_mut(at)) {
                *cell = text;
            }
        };
        put(Some(0), cell(0));
        put(value, cell(1));
        put(note, cell(2));
        if has_values || !cell(2).is_empty() {
            sheet.lines.push(Line {
                number,
                cells,
                // Each habit has a row of its own for each day.
                thing: value.or(note),
            });
        }
    }
    Ok(())
}

/// The meaning of the numbers in a column of Loop.
fn of_habit(sheet: &Sheet, at: usize) -> Numbers {
    let is_digit = |cell: &str| cell.parse::<i64>().is_ok_and(|n| (-1..=3).contains(&n));
    let mut cells = sheet.lines.iter().filter_map(|line| line.cells.get(at));
    // The table does not name a habit's type; only a habit with a number has values beyond the codes -1 to 3.
    let is_large = cells.any(|cell| cell.parse::<i64>().is_ok() && !is_digit(cell));
    if is_large {
        Numbers::Thousandths
    } else {
        Numbers::YesNo
    }
}

/// The kind of each habit that `Habits.csv` names.
fn kinds(files: &[File]) -> Vec<(String, Numbers)> {
    let file = files
        .iter()
        .find(|file| base(file).eq_ignore_ascii_case(HABITS));
    let Some(Ok(sheet)) = file.map(|file| Sheet::with(file, &["name", "type"])) else {
        return Vec::new();
    };
    let (name, kind) = (sheet.place("name"), sheet.place("type"));
    let lines = sheet.lines.iter();
    let of = lines.filter_map(|line| {
        let numbers = match Sheet::cell(line, kind).to_uppercase().as_str() {
            "NUMERICAL" | "MEASURABLE" => Numbers::Thousandths,
            "YES_NO" | "BOOLEAN" => Numbers::YesNo,
            _ => return None,
        };
        Some((Sheet::cell(line, name).to_owned(), numbers))
    });
    of.collect()
}
