//! Plees: a sleep a row, `sid,start,stop,rating`, in milliseconds since 1970.

use super::super::sheet::Sheet;
use super::super::sheet::numbers::Numbers;
use super::super::target::Meant;
use super::{Form, KnownColumn, has_head, single};
use crate::transfer::import::error::{File, RowError};
use chrono::{DateTime, SecondsFormat};

pub(super) struct Plees;

/// The column that is made of the other two.
const ASLEEP: &str = "asleep";

impl Form for Plees {
    fn name(&self) -> &'static str {
        "plees"
    }

    fn about(&self) -> &'static str {
        "sleeps from Plees Tracker"
    }

    fn is_of(&self, files: &[File]) -> bool {
        has_head(files, &["sid", "start", "stop"])
    }

    fn sheet(&self, files: &[File], _: Meant<'_>) -> Result<Sheet, Vec<RowError>> {
        let mut sheet = Sheet::with(single(files)?, &["sid", "start", "stop"])?;
        let (start, stop) = (sheet.place("start"), sheet.place("stop"));
        let made = sheet.columns.len();
        sheet.columns.push(ASLEEP.to_owned());
        for line in &mut sheet.lines {
            let read = |at| Sheet::cell(line, at).parse::<i64>().ok();
            let (from, to) = (read(start), read(stop));
            let seconds = from.zip(to).and_then(|(from, to)| to.checked_sub(from));
            let asleep = seconds.map(|millis| (millis / 1000).to_string());
            line.cells.resize(made, String::new());
            line.cells.push(asleep.unwrap_or_default());
            for (at, millis) in [(start, from), (stop, to)] {
                let moment = millis.and_then(DateTime::from_timestamp_millis);
                let cell = at.and_then(|at| line.cells.get_mut(at));
                // What is no number stays as it is, and its row is told.
                if let (Some(cell), Some(moment)) = (cell, moment) {
                    *cell = moment.to_rfc3339_opts(SecondsFormat::Secs, true);
                }
            }
        }
        sheet.set(|name| match name {
            ASLEEP => Numbers::Seconds,
            _ => Numbers::Plain,
        });
        Ok(sheet)
    }

    fn guess(&self, column: &str) -> Option<KnownColumn> {
        match column {
            "stop" => KnownColumn::sure("date", "sleep counts for the day of waking"),
            ASLEEP => KnownColumn::sure("measure:sleep_hours", "from start to stop"),
            "start" => KnownColumn::sure("measure:sleep_hours:asleep", "the sleep began then"),
            "sid" => KnownColumn::sure("skip", "the stop says the day"),
            "comment" => KnownColumn::sure("note", "what was written about it"),
            _ => None,
        }
    }
}
