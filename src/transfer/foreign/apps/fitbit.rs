//! Fitbit: one or more tables in a file, each below a line with its title. Of these, sleep comes in.

use super::super::sheet::numbers::Numbers;
use super::super::sheet::{Rows, Sheet};
use super::super::target::Meant;
use super::{Form, KnownColumn, has_head, single};
use crate::transfer::import::error::{File, RowError};

pub(super) struct Fitbit;

const HEAD: [&str; 3] = ["Start Time", "End Time", "Minutes Asleep"];

impl Form for Fitbit {
    fn name(&self) -> &'static str {
        "fitbit"
    }

    fn about(&self) -> &'static str {
        "sleep from a file of Fitbit"
    }

    fn is_of(&self, files: &[File]) -> bool {
        has_head(files, &HEAD)
    }

    fn sheet(&self, files: &[File], _: Meant<'_>) -> Result<Sheet, Vec<RowError>> {
        let mut rows = Rows::read(single(files)?, &HEAD)?;
        let is_title = |row: &[String]| row.iter().filter(|cell| !cell.is_empty()).count() == 1;
        let is_head = |row: &[String]| HEAD.iter().all(|name| row.iter().any(|cell| cell == name));
        let (mut is_sleep, mut others) = (false, Vec::new());
        let (mut columns, mut nights) = (Vec::new(), Vec::new());
        let mut title = String::new();
        for (number, row) in std::mem::take(&mut rows.all) {
            if is_title(&row) {
                is_sleep = false;
                title = row
                    .into_iter()
                    .find(|cell| !cell.is_empty())
                    .unwrap_or_default();
            } else if is_head(&row) {
                is_sleep = true;
                columns = row;
            } else if is_sleep {
                nights.push((number, row));
            } else if !title.is_empty() {
                others.push(std::mem::take(&mut title));
            }
        }
        if !others.is_empty() {
            let others = others.join(", ");
            rows.remarks
                .push(format!("{}: left out {others}.", rows.file));
        }
        rows.all = nights;
        let columns: Vec<&str> = columns.iter().map(String::as_str).collect();
        let mut sheet = rows.under(&columns);
        sheet.set(|name| {
            if name.starts_with("minutes") || name == "time in bed" {
                Numbers::Grouped("min")
            } else {
                Numbers::Plain
            }
        });
        Ok(sheet)
    }

    fn guess(&self, column: &str) -> Option<KnownColumn> {
        match column.to_lowercase().as_str() {
            "end time" => KnownColumn::sure("date", "sleep counts for the day of waking"),
            "minutes asleep" => KnownColumn::sure("measure:sleep_hours", "minutes asleep"),
            "start time" => KnownColumn::sure("measure:sleep_hours:bed", "the night began then"),
            _ => None,
        }
    }
}
