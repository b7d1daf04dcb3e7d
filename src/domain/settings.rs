//! What the journal itself keeps about how it is used: day end, country, questions already answered.
//!
//! Looks, keys and paths are the config file's; they are not here.

use super::id::EntryId;
use super::time::DayEnd;
use chrono::NaiveDate;

/// One setting with its value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Setting {
    /// When the logical day ends.
    DayEnd(DayEnd),
    /// The country whose help lines are shown: a code of the catalogue.
    Country(String),
    /// Missed days up to this one are not asked about again.
    MissingSkippedUntil(NaiveDate),
    /// The series that stand first where one is chosen, by code.
    FavouriteSeries(Vec<String>),
}

impl Setting {
    /// Its key in the file.
    pub const fn key(&self) -> &'static str {
        match self {
            Self::DayEnd(_) => "day_end",
            Self::Country(_) => "country",
            Self::MissingSkippedUntil(_) => "missing_skipped_until",
            Self::FavouriteSeries(_) => "favourite_series",
        }
    }

    /// Its value in the file.
    pub fn value(&self) -> String {
        match self {
            Self::DayEnd(end) => end.to_string(),
            Self::Country(code) => code.clone(),
            Self::MissingSkippedUntil(day) => day.to_string(),
            // Codes hold no blanks.
            Self::FavouriteSeries(codes) => codes.join(" "),
        }
    }

    /// Reads a stored pair. `None`: not known to this version, or not readable.
    pub fn read(key: &str, value: &str) -> Option<Self> {
        match key {
            "day_end" => value.parse().ok().map(Self::DayEnd),
            "country" => Some(Self::Country(value.to_owned())),
            "missing_skipped_until" => value.parse().ok().map(Self::MissingSkippedUntil),
            "favourite_series" => Some(Self::FavouriteSeries(
                value.split_whitespace().map(str::to_owned).collect(),
            )),
            _ => None,
        }
    }
}

/// A help line that the person added.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OwnHelpLine {
    /// Its id, for ever.
    pub id: EntryId,
    /// Whose number it is.
    pub name: String,
    /// The number, or whatever else reaches them.
    pub contact: String,
}

/// All settings, with what holds when nothing is set.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Settings {
    /// When the logical day ends; 04:00.
    pub day_end: DayEnd,
    /// The country whose help lines are shown; not asked yet when `None`, and never guessed.
    pub country: Option<String>,
    /// Missed days up to this one are not asked about again.
    pub missing_skipped_until: Option<NaiveDate>,
    /// The series that stand first where one is chosen, by code.
    pub favourite_series: Vec<String>,
    /// The person's own help lines, oldest first.
    pub help_lines: Vec<OwnHelpLine>,
}

impl Settings {
    /// Takes over one setting.
    pub fn set(&mut self, setting: Setting) {
        match setting {
            Setting::DayEnd(end) => self.day_end = end,
            Setting::Country(code) => self.country = Some(code),
            Setting::MissingSkippedUntil(day) => self.missing_skipped_until = Some(day),
            Setting::FavouriteSeries(codes) => self.favourite_series = codes,
        }
    }
}
