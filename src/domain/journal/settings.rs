//! What the journal itself keeps about how it is used: day end, country, questions already answered.
//!
//! Looks, keys and paths are the config file's; they are not here.

use crate::domain::id::EntryId;
use crate::domain::time::DayEnd;
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
    /// The practices that stand first, by code.
    FavouritePractices(Vec<String>),
    /// What the person wants to think of every day, by code.
    Routine(Vec<String>),
    /// Whether stock and spending are kept.
    Stocked(Stocked),
}

/// Whether stock and spending are kept: off unless the person switches it on.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Stocked {
    /// Nothing is said of it, and no purchase is asked for.
    #[default]
    Off,
    /// Purchases can be noted, and what they come to is said.
    On,
}

impl Setting {
    /// Its key in the file.
    pub const fn key(&self) -> &'static str {
        match self {
            Self::DayEnd(_) => "day_end",
            Self::Country(_) => "country",
            Self::MissingSkippedUntil(_) => "missing_skipped_until",
            Self::FavouriteSeries(_) => "favourite_series",
            Self::FavouritePractices(_) => "favourite_practices",
            Self::Routine(_) => "routine",
            Self::Stocked(_) => "stocked",
        }
    }

    /// Its value in the file.
    pub fn value(&self) -> String {
        match self {
            Self::DayEnd(end) => end.to_string(),
            Self::Country(code) => code.clone(),
            Self::MissingSkippedUntil(day) => day.to_string(),
            // Codes hold no blanks.
            Self::FavouriteSeries(codes)
            | Self::FavouritePractices(codes)
            | Self::Routine(codes) => codes.join(" "),
            Self::Stocked(Stocked::Off) => "off".to_owned(),
            Self::Stocked(Stocked::On) => "on".to_owned(),
        }
    }

    /// Reads a stored pair. `None`: not known to this version, or not readable.
    pub fn read(key: &str, value: &str) -> Option<Self> {
        let codes = || value.split_whitespace().map(str::to_owned).collect();
        match key {
            "day_end" => value.parse().ok().map(Self::DayEnd),
            "country" => Some(Self::Country(value.to_owned())),
            "missing_skipped_until" => value.parse().ok().map(Self::MissingSkippedUntil),
            "favourite_series" => Some(Self::FavouriteSeries(codes())),
            "favourite_practices" => Some(Self::FavouritePractices(codes())),
            "routine" => Some(Self::Routine(codes())),
            "stocked" => Some(Self::Stocked(if value == "on" {
                Stocked::On
            } else {
                Stocked::Off
            })),
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
    /// The practices that stand first, by code.
    pub favourite_practices: Vec<String>,
    /// What the person wants to think of every day, by code.
    pub routine: Vec<String>,
    /// Whether stock and spending are kept.
    pub stocked: Stocked,
    /// The person's own help lines, oldest first.
    pub help_lines: Vec<OwnHelpLine>,
}

impl Settings {
    /// What was chosen: every setting that is not as it is when nothing is set, in a fixed order.
    pub fn chosen(&self) -> Vec<Setting> {
        let words = |codes: &[String], setting: fn(Vec<String>) -> Setting| {
            (!codes.is_empty()).then(|| setting(codes.to_vec()))
        };
        let nothing = Self::default();
        let day_end = (self.day_end != nothing.day_end).then_some(Setting::DayEnd(self.day_end));
        let stocked = (self.stocked != nothing.stocked).then_some(Setting::Stocked(self.stocked));
        let all = [
            day_end,
            self.country.clone().map(Setting::Country),
            self.missing_skipped_until.map(Setting::MissingSkippedUntil),
            words(&self.favourite_series, Setting::FavouriteSeries),
            words(&self.favourite_practices, Setting::FavouritePractices),
            words(&self.routine, Setting::Routine),
            stocked,
        ];
        all.into_iter().flatten().collect()
    }

    /// Takes over one setting.
    pub fn set(&mut self, setting: Setting) {
        match setting {
            Setting::DayEnd(end) => self.day_end = end,
            Setting::Country(code) => self.country = Some(code),
            Setting::MissingSkippedUntil(day) => self.missing_skipped_until = Some(day),
            Setting::FavouriteSeries(codes) => self.favourite_series = codes,
            Setting::FavouritePractices(codes) => self.favourite_practices = codes,
            Setting::Routine(codes) => self.routine = codes,
            Setting::Stocked(stocked) => self.stocked = stocked,
        }
    }
}
