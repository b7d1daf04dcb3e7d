//! A rating: one symptom as it was asked in one check-in.

use super::symptom::{Severity, SymptomKey};

/// One symptom as it was asked in one check-in. Not asked: no `Rating` at all.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rating {
    /// What was rated.
    pub symptom: SymptomKey,
    /// `None`: asked and left blank.
    pub answer: Option<Severity>,
    /// Taken over "as last time".
    pub copied: bool,
}
