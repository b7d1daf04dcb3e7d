//! Oura: a day a row, with its durations in seconds.

use super::super::sheet::Sheet;
use super::super::sheet::numbers::Numbers;
use super::super::target::Meant;
use super::{Form, KnownColumn, first_rows, single};
use crate::transfer::import::error::{File, RowError};

pub(super) struct Oura;

impl Form for Oura {
    fn name(&self) -> &'static str {
        "oura"
    }

    fn about(&self) -> &'static str {
        "sleep and pulse from Oura's table of days"
    }

    fn is_of(&self, files: &[File]) -> bool {
        let [file] = files else { return false };
        first_rows(file).iter().any(|row| {
            let mut cells = row.iter().map(|cell| plain(cell));
            cells.any(|cell| cell == "total sleep duration")
        })
    }

    fn sheet(&self, files: &[File], _: Meant<'_>) -> Result<Sheet, Vec<RowError>> {
        let mut sheet = Sheet::read(single(files)?)?;
        sheet.set(|name| {
            let name = plain(name);
            if name.ends_with(" duration") || name.ends_with(" time") || name.ends_with(" latency")
            {
                Numbers::Seconds
            } else {
                Numbers::Plain
            }
        });
        Ok(sheet)
    }

    fn guess(&self, column: &str) -> Option<KnownColumn> {
        match plain(column).as_str() {
            "total sleep duration" => KnownColumn::sure("measure:sleep_hours", "seconds asleep"),
            "average resting heart rate" => {
                KnownColumn::open("measure:heart_rate", "beats a minute at rest")
            }
            _ => None,
        }
    }
}

/// `total_sleep_duration` and "Total Sleep Duration" as one.
fn plain(name: &str) -> String {
    name.to_lowercase().replace('_', " ")
}
