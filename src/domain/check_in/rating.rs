//! A rating: the answer for one symptom in one check-in.

use super::symptom::{Severity, SymptomKey};

// "Not asked", "left blank" and "0, none" are three different facts: means and charts count only the last.
/// A symptom that was asked in a check-in, with its answer. A symptom that was not asked has no `Rating`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rating {
    /// The symptom.
    pub symptom: SymptomKey,
    /// `None`: asked and left blank.
    pub answer: Option<Severity>,
    /// Whether it was copied from the last answer ("as last time").
    pub copied: bool,
}
