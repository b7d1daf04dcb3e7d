//! Symptoms, and the severity of one.

use super::catalogue::{Category, Tier, catalogue};
use crate::domain::order::Ordered;
use crate::domain::text::suggest::{Beginning, Listed, by_beginning};
use serde::{Deserialize, Serialize};
use std::sync::Arc;

/// A symptom's severity in one check-in: 0 none, 1 mild, 2 moderate, 3 severe, 4 very severe.
///
/// Invariant: a blank answer is no `Severity`. It is `None` of an `Option`, everywhere.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "u8", into = "u8")]
pub enum Severity {
    /// 0: not there at all.
    None,
    /// 1: there, but easy to ignore.
    Mild,
    /// 2: gets in the way of some of the day.
    Moderate,
    /// 3: stops what one would normally do.
    Severe,
    /// 4: takes over.
    VerySevere,
}

impl Severity {
    /// Every severity, mildest first.
    pub(crate) const ALL: [Self; 5] = [
        Self::None,
        Self::Mild,
        Self::Moderate,
        Self::Severe,
        Self::VerySevere,
    ];
    /// The highest number.
    pub(crate) const TOP: u8 = 4;

    /// `None` if `number` is over 4.
    pub fn new(number: u8) -> Option<Self> {
        Self::ALL.get(usize::from(number)).copied()
    }

    /// The number, 0 to 4.
    pub const fn number(self) -> u8 {
        self as u8
    }

    /// The word beside the number, as the catalogue has it, in lower case.
    pub(crate) fn word(self) -> &'static str {
        match self {
            Self::None => "none",
            Self::Mild => "mild",
            Self::Moderate => "moderate",
            Self::Severe => "severe",
            Self::VerySevere => "very severe",
        }
    }
}

impl From<Severity> for u8 {
    fn from(severity: Severity) -> Self {
        severity.number()
    }
}

impl TryFrom<u8> for Severity {
    type Error = OutOfRange;

    fn try_from(number: u8) -> Result<Self, OutOfRange> {
        Self::new(number).ok_or(OutOfRange {
            given: i64::from(number),
            top: Self::TOP,
        })
    }
}

/// A rating outside its scale.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{given} is not on the scale from 0 to {top}")]
pub struct OutOfRange {
    /// The number.
    pub(crate) given: i64,
    /// The highest number of the scale.
    pub(crate) top: u8,
}

// Two bytes, so that ten years of ratings fit into a few megabytes.
/// The number of a symptom in one journal file. Other files have other numbers; the code is the same in all.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SymptomKey(pub u16);

/// The symptoms outside the 18 whose ratings call for a line of help; a test of those lines keeps it.
pub(crate) const WATCHED: [&str; 1] = ["hopelessness"];

/// The origin of a symptom.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Origin {
    /// One of the 18 that make up the severity index.
    Core,
    /// In the catalogue, and off until the person switches it on.
    Extended,
    /// Added by the person.
    Own,
}

/// A symptom that a person can rate.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Symptom {
    /// Its number in this file.
    pub key: SymptomKey,
    /// Its name in files and on the command line: `nausea`, `own_cold_feet`. Never changes.
    pub code: String,
    /// Its name on screen.
    pub name: String,
    /// Body or Mind.
    pub category: Category,
    /// Core, extended or own.
    pub origin: Origin,
    /// Whether check-ins ask for it.
    pub rated: bool,
}

impl Symptom {
    /// The catalogue's sentence about it; own symptoms have none.
    pub(crate) fn description(&self) -> &'static str {
        if self.origin == Origin::Own {
            return "";
        }
        catalogue()
            .symptom(&self.code)
            .map_or("", |entry| entry.description)
    }
}

/// All symptoms of a journal: catalogue order, then own ones by creation.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Symptoms(Arc<[Symptom]>);

impl Symptoms {
    /// Sorts symptoms from the order of creation into that of the catalogue. Own symptoms come last.
    pub fn new(mut symptoms: Vec<Symptom>) -> Self {
        let known = &catalogue().symptoms;
        let mut pairs = symptoms.iter().zip(known.iter());
        // As in nearly every journal.
        let are_in_place =
            symptoms.len() >= known.len() && pairs.all(|(symptom, known)| symptom.code == known.id);
        if !are_in_place {
            let place = |symptom: &Symptom| catalogue().place(&symptom.code).unwrap_or(usize::MAX);
            // A stable sort: own symptoms keep their order of creation.
            symptoms.order_by_key(place);
        }
        Self(symptoms.into())
    }

    /// The symptoms of a new journal: keys from 1 on, and the core symptoms rated.
    pub fn built_in() -> Self {
        let symptoms = catalogue()
            .symptoms
            .iter()
            .zip(1..)
            .map(|(entry, key)| Symptom {
                key: SymptomKey(key),
                code: entry.id.to_owned(),
                name: entry.name.to_owned(),
                category: entry.category,
                origin: if entry.tier == Tier::Core {
                    Origin::Core
                } else {
                    Origin::Extended
                },
                rated: entry.tier == Tier::Core,
            });
        Self(symptoms.collect())
    }

    /// All symptoms, in catalogue order.
    pub fn iter(&self) -> std::slice::Iter<'_, Symptom> {
        self.0.iter()
    }

    /// The symptoms that a check-in asks for, Body before Mind.
    pub fn rated(&self) -> impl Iterator<Item = &Symptom> {
        let of = move |category| {
            self.0
                .iter()
                .filter(move |s| s.rated && s.category == category)
        };
        of(Category::Physical).chain(of(Category::Psychological))
    }

    /// The symptom with this number.
    pub(crate) fn by_key(&self, key: SymptomKey) -> Option<&Symptom> {
        self.0.iter().find(|symptom| symptom.key == key)
    }

    /// The symptom with this code, or with this name in any case, so that a person can type either.
    pub fn find(&self, text: &str) -> Option<&Symptom> {
        let query = text.trim();
        // The code first: an own symptom may have the name that is another one's code.
        let by_code = self.0.iter().find(|symptom| symptom.code == query);
        by_code.or_else(|| {
            self.0
                .iter()
                .find(|s| s.name.to_lowercase() == query.to_lowercase())
        })
    }

    /// The symptom that `text` means: as [`Symptoms::find`], or by the beginning of a word that no other name has.
    pub(crate) fn meant(&self, text: &str) -> Beginning<'_, Symptom> {
        match self.find(text) {
            Some(symptom) => Beginning::One(symptom),
            None => by_beginning(&self.0, text),
        }
    }

    /// The code of a new own symptom called `name`: `own_<slug>`, made unique by a number.
    pub(crate) fn own_code(&self, name: &str) -> String {
        own_code(name, "symptom", |code| {
            self.0.iter().any(|symptom| symptom.code == code)
        })
    }
}

impl Listed for Symptom {
    fn code(&self) -> &str {
        &self.code
    }
    fn name(&self) -> &str {
        &self.name
    }
}

/// `own_<slug>` of a name, or of `noun` if the name has no letter, made unique by a number.
pub(crate) fn own_code(name: &str, noun: &str, is_taken: impl Fn(&str) -> bool) -> String {
    // The prefix keeps an own code apart from every code that a later catalogue may bring.
    let words = name.to_lowercase();
    let slug: Vec<&str> = words
        .split(|c: char| !c.is_alphanumeric())
        .filter(|w| !w.is_empty())
        .collect();
    let slug = if slug.is_empty() {
        noun.to_owned()
    } else {
        slug.join("_")
    };
    let plain = format!("own_{slug}");
    let more = (2_u32..).map(|n| format!("{plain}_{n}"));
    std::iter::once(plain.clone())
        .chain(more)
        .find(|code| !is_taken(code))
        .unwrap_or(plain)
}

impl<'a> IntoIterator for &'a Symptoms {
    type Item = &'a Symptom;
    type IntoIter = std::slice::Iter<'a, Symptom>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test may stop at the first surprise")]
mod tests {
    use super::*;

    #[test]
    fn a_new_journal_asks_for_the_eighteen_core_symptoms_body_first() {
        let symptoms = Symptoms::built_in();
        let rated: Vec<_> = symptoms.rated().collect();
        assert_eq!(rated.len(), 18);
        assert_eq!(
            rated
                .iter()
                .filter(|s| s.category == Category::Physical)
                .count(),
            10
        );
        assert_eq!(rated[0].code, "muscle_aches");
        assert_eq!(rated[10].category, Category::Psychological);
    }

    #[test]
    fn an_own_symptom_gets_a_code_that_nobody_has() {
        let symptoms = Symptoms::built_in();
        assert_eq!(symptoms.own_code("Cold feet!"), "own_cold_feet");
        let mut own = symptoms.0[0].clone();
        own.code = "own_cold_feet".to_owned();
        let symptoms = Symptoms::new(symptoms.iter().cloned().chain([own]).collect());
        assert_eq!(symptoms.own_code("cold  FEET"), "own_cold_feet_2");
        assert_eq!(symptoms.own_code("!!"), "own_symptom");
    }

    #[test]
    fn a_symptom_is_found_by_code_or_by_name() {
        let symptoms = Symptoms::built_in();
        assert_eq!(symptoms.find("trouble SLEEPING").unwrap().code, "insomnia");
        assert_eq!(symptoms.find("insomnia").unwrap().name, "Trouble sleeping");
        assert!(symptoms.find("sleep").is_none());
    }
}
