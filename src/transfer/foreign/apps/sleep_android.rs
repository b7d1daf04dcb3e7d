//! Sleep as Android: a header and a row for each night, with a column for each few minutes of that night.

use super::super::sheet::numbers::Numbers;
use super::super::sheet::{Rows, Sheet};
use super::super::target::Meant;
use super::{Form, KnownColumn, has_head, single};
use crate::transfer::import::error::{File, RowError};

pub(super) struct SleepAndroid;

/// The columns that every night has; those behind them are times of the night.
const COLUMNS: [&str; 15] = [
    "Id",
    "Tz",
    "From",
    "To",
    "Sched",
    "Hours",
    "Rating",
    "Comment",
    "Framerate",
    "Snore",
    "Noise",
    "Cycles",
    "DeepSleep",
    "LenAdjust",
    "Geo",
];

impl Form for SleepAndroid {
    fn name(&self) -> &'static str {
        "sleep-as-android"
    }

    fn about(&self) -> &'static str {
        "nights from Sleep as Android"
    }

    fn is_of(&self, files: &[File]) -> bool {
        has_head(files, &["Id", "Tz", "From", "To", "Hours"])
    }

    fn sheet(&self, files: &[File], _: Meant<'_>) -> Result<Sheet, Vec<RowError>> {
        let mut rows = Rows::read(single(files)?, &["Id", "Tz", "From", "To", "Hours"])?;
        let mut head: Vec<String> = Vec::new();
        let mut nights = Vec::new();
        for (number, row) in std::mem::take(&mut rows.all) {
            if row.first().is_some_and(|cell| cell == "Id") {
                head = row;
                continue;
            }
            // The row of a night begins with its number; one below it can hold the noise alone.
            if row.first().is_none_or(String::is_empty) {
                continue;
            }
            let cell = |name: &&str| {
                let at = head.iter().position(|column| column == name);
                at.and_then(|at| row.get(at)).cloned().unwrap_or_default()
            };
            nights.push((number, COLUMNS.iter().map(cell).collect()));
        }
        rows.all = nights;
        let mut sheet = rows.under(&COLUMNS);
        sheet.set(|name| match name {
            "hours" => Numbers::In("h"),
            _ => Numbers::Plain,
        });
        Ok(sheet)
    }

    fn guess(&self, column: &str) -> Option<KnownColumn> {
        match column {
            "To" => KnownColumn::sure("date", "sleep counts for the day of waking"),
            "Hours" => KnownColumn::sure("measure:sleep_hours", "hours asleep"),
            "Comment" => KnownColumn::sure("note", "what was written about the night"),
            "From" => KnownColumn::sure("measure:sleep_hours:bed", "the night began then"),
            "Id" | "Tz" | "Sched" | "Framerate" | "Geo" | "LenAdjust" => {
                KnownColumn::sure("skip", "nothing that the journal has")
            }
            _ => None,
        }
    }
}
