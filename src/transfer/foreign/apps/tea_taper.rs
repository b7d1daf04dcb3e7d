//! Tea Taper: a day a row, millilitres of tea, and scales from 0 to 10.

use super::super::sheet::Sheet;
use super::super::sheet::numbers::Numbers;
use super::super::target::Meant;
use super::{Form, KnownColumn, has_head, single};
use crate::transfer::import::error::{File, RowError};

pub(super) struct TeaTaper;

impl Form for TeaTaper {
    fn name(&self) -> &'static str {
        "tea-taper"
    }

    fn about(&self) -> &'static str {
        "days from Tea Taper"
    }

    fn is_of(&self, files: &[File]) -> bool {
        has_head(files, &["date", "total_ml", "target_ml"])
    }

    fn sheet(&self, files: &[File], _: Meant<'_>) -> Result<Sheet, Vec<RowError>> {
        let mut sheet = Sheet::read(single(files)?)?;
        sheet.set(|name| {
            if name.ends_with("_ml") {
                Numbers::In("ml")
            } else {
                Numbers::Plain
            }
        });
        Ok(sheet)
    }

    fn guess(&self, column: &str) -> Option<KnownColumn> {
        match column {
            "craving" => KnownColumn::open("urge:0-10", "a scale from 0 to 10"),
            "withdrawal" => KnownColumn::open("overall:0-10", "a scale from 0 to 10"),
            "difference_ml" | "status" | "entries_count" => {
                KnownColumn::sure("skip", "worked out from the other columns")
            }
            _ => None,
        }
    }
}
