//! Which series there are, and under which headings they are listed.

use crate::domain::care::measurement::Part;
use crate::domain::care::practice::PracticeKey;
use crate::domain::check_in::symptom::SymptomKey;
use crate::domain::dose::product::ProductKey;

/// A row of numbers by day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Series {
    /// The severity index over all 18 core items, 0 to 100.
    #[default]
    Severity,
    /// The index over the 10 body items, 0 to 100.
    Body,
    /// The index over the 8 mind items, 0 to 100.
    Mind,
    /// The overall, 0 to 10.
    Overall,
    /// One symptom, 0 to 4.
    Symptom(SymptomKey),
    /// Doses a day, of every product.
    Doses,
    /// The amount a day of one product, in its own unit.
    Amount(ProductKey),
    /// Urges a day.
    Urges,
    /// The mean strength of a day's urges, 0 to 4.
    UrgeStrength,
    /// A measure by its code, and which of its numbers.
    Measure(&'static str, Part),
    /// How often another substance of the list was used, by its code.
    Substance(&'static str),
    /// Intakes of a day, of every medication.
    Intakes,
    /// A practice of a day: its minutes, its count, or how often it was done, as it is counted.
    Practice(PracticeKey),
}

/// Under which heading the picker and the table list a series.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Group {
    /// The indices and the overall.
    Whole,
    /// Symptoms of the body.
    Body,
    /// Symptoms of the mind.
    Mind,
    /// Doses and amounts.
    Use,
    /// Urges.
    Urges,
    /// Other substances.
    Substances,
    /// Intakes.
    Intakes,
    /// Measurements.
    Measurements,
    /// Practices.
    Practices,
}

impl Group {
    /// The heading.
    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::Whole => "Indices",
            Self::Body => "Body",
            Self::Mind => "Mind",
            Self::Use => "Use",
            Self::Urges => "Urges",
            Self::Substances => "Other substances",
            Self::Intakes => "Medicines",
            Self::Measurements => "Measured",
            Self::Practices => "Practice",
        }
    }
}

/// What is to be known about a series besides its values.
#[derive(Debug, Clone, PartialEq)]
pub struct Facts {
    /// Its name on screen.
    pub(crate) name: String,
    /// Its name on the command line and in JSON: `severity`, `overall`, `nausea`.
    pub code: String,
    /// Its column in the wide CSV: `severity_index`, `overall`, `nausea`.
    pub(crate) column: String,
    /// Its heading.
    pub group: Group,
    /// The unit of its numbers; empty for those without one.
    pub(crate) unit: String,
}
