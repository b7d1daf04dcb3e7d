//! Herbal Tracker, once `KratomTracker`: a dose a row, in grams of leaf.

use super::super::sheet::Sheet;
use super::super::sheet::numbers::Numbers;
use super::super::target::Meant;
use super::{Form, KnownColumn, has_head, single};
use crate::transfer::import::error::{File, RowError};

pub(super) struct HerbalTracker;

impl Form for HerbalTracker {
    fn name(&self) -> &'static str {
        "herbal-tracker"
    }

    fn about(&self) -> &'static str {
        "doses from Herbal Tracker (KratomTracker)"
    }

    fn is_of(&self, files: &[File]) -> bool {
        has_head(files, &["date", "strain_name", "amount_g"])
    }

    fn sheet(&self, files: &[File], _: Meant<'_>) -> Result<Sheet, Vec<RowError>> {
        let mut sheet = Sheet::read(single(files)?)?;
        sheet.set(|name| match name {
            "amount_g" => Numbers::In("g"),
            "duration_min" => Numbers::In("min"),
            _ => Numbers::Plain,
        });
        Ok(sheet)
    }

    fn guess(&self, column: &str) -> Option<KnownColumn> {
        match column {
            "amount_g" => KnownColumn::sure("dose:powder", "grams of leaf"),
            "iso_timestamp" | "strain_code" => KnownColumn::sure("skip", "another column says it"),
            "effect_notes" => KnownColumn::sure("note", "what was written about it"),
            _ => None,
        }
    }
}
