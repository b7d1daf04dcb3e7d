//! `MedTimer`: a row for each time that a medicine was due. A blank `Taken` says that it was not taken.
//!
//! Now each moment stands twice, as the device shows it and in UTC; the older form has `Time;Medicine Name;Amount;Taken`.

use super::super::sheet::Sheet;
use super::super::target::Meant;
use super::{Form, KnownColumn, single};
use crate::transfer::import::error::{File, RowError};

pub(super) struct MedTimer;

impl Form for MedTimer {
    fn name(&self) -> &'static str {
        "medtimer"
    }

    fn about(&self) -> &'static str {
        "medicines and when they were taken, from MedTimer"
    }

    fn first_names(&self) -> [&'static str; 2] {
        ["MedTimer", "Table"]
    }

    fn is_of(&self, files: &[File]) -> bool {
        let [file] = files else { return false };
        // Its column names changed between versions, so any of them will do.
        super::first_rows(file).iter().any(|row| {
            let has = |names: &[&str]| {
                let is_one = |cell: &String| {
                    let cell = cell.to_lowercase();
                    names.iter().any(|name| cell.contains(name))
                };
                row.iter().any(is_one)
            };
            has(&["medicine", "medication", "reminded"]) && has(&["taken", "status"])
        })
    }

    fn sheet(&self, files: &[File], _: Meant<'_>) -> Result<Sheet, Vec<RowError>> {
        Sheet::read(single(files)?)
    }

    fn guess(&self, column: &str) -> Option<KnownColumn> {
        match column.to_lowercase().as_str() {
            // Each moment stands twice; the one with an offset is exact.
            "reminded (iso 8601)" | "reminded" | "time" | "taken at" | "date and time" => {
                KnownColumn::sure("date", "when the medicine was due")
            }
            "taken (iso 8601)" => KnownColumn::sure("taken_at", "when the medicine was taken"),
            "tags" | "interval" => KnownColumn::sure("skip", "nothing that the journal has"),
            "medicine" | "medication" | "medicine name" | "name" => {
                KnownColumn::sure("medicine", "the name of the medicine")
            }
            "amount" | "dosage" | "dose" => KnownColumn::sure("amount", "how much of the medicine"),
            "status" | "state" | "taken" => KnownColumn::sure("state", "whether it was taken"),
            _ => None,
        }
    }
}
