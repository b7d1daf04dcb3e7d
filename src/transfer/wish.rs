//! What an export is to hold: which days, whose name, whose words.

use super::csv::{Guard, Range};
use chrono::{DateTime, FixedOffset};

/// Whether typed notes go along in a FHIR bundle.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Notes {
    /// They stay.
    #[default]
    Left,
    /// They go along.
    Taken,
}

/// What an export is to hold. Each format reads the fields that it has an option for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wish {
    /// Which days.
    pub range: Range,
    /// Typed text in a CSV cell.
    pub guard: Guard,
    /// Initials, if they were given for it. There is no name otherwise.
    pub initials: Option<String>,
    /// The year of birth, if it was given for it.
    pub birth_year: Option<u16>,
    /// Typed notes.
    pub notes: Notes,
    /// When the export is made.
    pub made: DateTime<FixedOffset>,
}

impl Wish {
    /// Everything, made at `made`, without a name and without notes in a bundle.
    pub const fn nameless(made: DateTime<FixedOffset>) -> Self {
        Self {
            range: Range::ALL,
            guard: Guard::Quote,
            initials: None,
            birth_year: None,
            notes: Notes::Left,
            made,
        }
    }
}
