//! Series: everything numeric that can be drawn, compared and exported, in one registry.
//!
//! A new kind of data shows up in the picker, the charts and `ebb trend` by a variant here and its values per check-in.

use super::check_in::{CheckIn, Overall};
use super::journal::{Day, Journal};
use super::round::Shown;
use super::severity::CORE_ITEMS;
use super::symptom::{Severity, SymptomKey, Symptoms};

/// A row of numbers by day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Series {
    /// The severity index over all 18 core items, 0 to 100.
    Severity,
    /// The index over the 10 body items, 0 to 100.
    Body,
    /// The index over the 8 mind items, 0 to 100.
    Mind,
    /// The overall, 0 to 10.
    Overall,
    /// One symptom, 0 to 4.
    Symptom(SymptomKey),
}

impl Series {
    /// The three indices and the overall.
    pub const FIXED: [Self; 4] = [Self::Severity, Self::Body, Self::Mind, Self::Overall];

    /// All series that `symptoms` give, in the order in which they are offered.
    pub fn all(symptoms: &Symptoms) -> Vec<Self> {
        let each = symptoms.iter().map(|symptom| Self::Symptom(symptom.key));
        Self::FIXED.into_iter().chain(each).collect()
    }

    /// The top of its scale: 100, 10 or 4. The bottom is 0.
    pub const fn top(self) -> f64 {
        match self {
            Self::Severity | Self::Body | Self::Mind => 100.0,
            Self::Overall => Overall::TOP as f64,
            Self::Symptom(_) => Severity::TOP as f64,
        }
    }

    /// Whether it is one of the three indices.
    pub const fn is_index(self) -> bool {
        matches!(self, Self::Severity | Self::Body | Self::Mind)
    }

    /// A value of this series as it is shown: indices whole, the rest with one decimal.
    pub fn shown(self, value: f64) -> Shown {
        Shown::new(value, u8::from(!self.is_index()))
    }

    /// Its name on screen.
    pub fn name(self, symptoms: &Symptoms) -> String {
        match self {
            Self::Severity => "Severity".to_owned(),
            Self::Body => "Body".to_owned(),
            Self::Mind => "Mind".to_owned(),
            Self::Overall => "Overall".to_owned(),
            Self::Symptom(key) => symptoms
                .by_key(key)
                .map_or_else(|| "symptom".to_owned(), |s| s.name.clone()),
        }
    }

    /// Its name on the command line and in JSON: `severity`, `overall`, `nausea`.
    pub fn code(self, symptoms: &Symptoms) -> String {
        match self {
            Self::Symptom(key) => symptoms
                .by_key(key)
                .map_or_else(|| "symptom".to_owned(), |s| s.code.clone()),
            fixed => fixed.name(symptoms).to_lowercase(),
        }
    }

    /// The series that `text` names, by code or by name.
    pub fn find(text: &str, symptoms: &Symptoms) -> Option<Self> {
        let wanted = text.trim().to_lowercase();
        let fixed = Self::FIXED
            .into_iter()
            .find(|series| series.code(symptoms) == wanted);
        fixed.or_else(|| {
            symptoms
                .find(text)
                .map(|symptom| Self::Symptom(symptom.key))
        })
    }

    /// The value that one check-in has for it, unrounded; `None` adds nothing to its day.
    pub fn of_check_in(self, check_in: &CheckIn) -> Option<f64> {
        match self {
            Self::Severity => check_in.totals.severity(),
            Self::Body => check_in.totals.body(),
            Self::Mind => check_in.totals.mind(),
            Self::Overall => check_in.overall.map(|overall| f64::from(overall.number())),
            Self::Symptom(key) => check_in
                .answer(key)
                .map(|severity| f64::from(severity.number())),
        }
    }

    /// The day value: the mean of the unrounded values over that day's check-ins. No value, no day.
    pub fn of_day(self, day: &Day) -> Option<f64> {
        let values = day
            .check_ins
            .iter()
            .filter_map(|check_in| self.of_check_in(check_in));
        let (sum, n) = values.fold((0.0, 0_u32), |(sum, n), value| (sum + value, n + 1));
        (n > 0).then(|| sum / f64::from(n))
    }

    /// For an index on a day that has an overall but no index: the overall, brought to the index's range.
    pub fn hollow(self, day: &Day) -> Option<f64> {
        if !self.is_index() || self.of_day(day).is_some() {
            return None;
        }
        Self::Overall
            .of_day(day)
            .map(|overall| overall / Self::Overall.top() * self.top())
    }
}

impl Day {
    /// How many distinct core items were answered on this day, 0 to 18.
    pub fn core_answered(&self, symptoms: &Symptoms) -> u8 {
        let core = symptoms
            .iter()
            .filter(|symptom| symptom.origin == super::symptom::Origin::Core);
        let answered = core.filter(|symptom| {
            self.check_ins
                .iter()
                .any(|c| c.answer(symptom.key).is_some())
        });
        u8::try_from(answered.count()).unwrap_or(CORE_ITEMS)
    }
}

impl Journal {
    /// The day value of `series` on `date`.
    pub fn value(&self, series: Series, date: chrono::NaiveDate) -> Option<f64> {
        self.day(date).and_then(|day| series.of_day(day))
    }
}
