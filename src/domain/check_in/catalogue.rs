//! The built-in lists: what can be rated, the phases of the timeline. From `assets/catalogue.toml`.
//!
//! Invariant: the 18 core symptoms, their order and their groups never change (a test freezes them); statements about what
//! happens on the timeline stand in `reported`, each with its `source`.

use crate::domain::time::display::{FirstDay, Manner};
use serde::Deserialize;
use std::sync::LazyLock;

/// Body or Mind.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Category {
    /// Body.
    Physical,
    /// Mind.
    Psychological,
}

impl Category {
    /// The word in files and on the command line.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Physical => "physical",
            Self::Psychological => "psychological",
        }
    }

    /// The word on screen.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Physical => "Body",
            Self::Psychological => "Mind",
        }
    }

    /// Reads [`Category::code`].
    pub fn from_code(code: &str) -> Option<Self> {
        [Self::Physical, Self::Psychological]
            .into_iter()
            .find(|category| category.code() == code)
    }
}

/// Whether a symptom is asked for from the beginning.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Tier {
    /// One of the 18 behind the severity index.
    Core,
    /// Off until switched on.
    Extended,
}

/// A symptom of the catalogue.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct CatalogueSymptom {
    /// Its code: `nausea`.
    pub id: String,
    /// Its name on screen.
    pub name: String,
    /// One sentence.
    pub description: String,
    /// Body or Mind.
    pub category: Category,
    /// Core or extended.
    pub tier: Tier,
    /// Code of the Human Phenotype Ontology, where one was verified.
    pub hpo: Option<String>,
    /// What that code is called there.
    pub hpo_label: Option<String>,
    /// Code of SNOMED CT, where one was verified.
    pub snomed: Option<String>,
    /// How well that code fits: `exact`, `near` or `broader`.
    pub snomed_match: Option<String>,
    /// What that code is called there.
    pub snomed_display: Option<String>,
}

/// A stretch of the timeline, counted from day 0.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Phase {
    /// Its id.
    pub id: String,
    /// "Days 1 to 3".
    pub name: String,
    /// First day; open to the left when `None`.
    pub from_day: Option<i64>,
    /// Last day; open to the right when `None`.
    pub to_day: Option<i64>,
    /// What the stretch is.
    #[serde(default)]
    pub description: String,
    /// What is reported of it; reports differ.
    pub reported: Option<String>,
    /// Who reports it.
    pub source: Option<String>,
}

impl Phase {
    /// Whether `day`, counted from day 0, lies in it.
    pub fn holds(&self, day: i64) -> bool {
        self.from_day.is_none_or(|from| from <= day) && self.to_day.is_none_or(|to| day <= to)
    }

    /// Everything that is said of it, with its source where it reports something.
    pub fn sentence(&self) -> String {
        let reported = self.reported.as_ref().zip(self.source.as_ref());
        let reported = reported.map(|(reported, source)| format!("{reported} ({source})"));
        let said: Vec<&str> = [Some(self.description.as_str()), reported.as_deref()]
            .into_iter()
            .flatten()
            .collect();
        format!(
            "{} (reported ranges; reports differ): {}",
            self.name,
            said.join(" ").trim()
        )
    }

    /// "days 8 to 28 (reported ranges; reports differ)"; where days are not counted from 0, what these are counted from.
    pub fn context(&self, manner: Manner) -> String {
        let name = self.name.to_lowercase();
        match manner.first_day {
            FirstDay::One if self.from_day.is_some_and(|from| from > 0) => {
                format!("{name} after last use (reported ranges; reports differ)")
            }
            FirstDay::Zero | FirstDay::One => format!("{name} (reported ranges; reports differ)"),
        }
    }

    /// Its days in few letters: "1–3", "91+", "before".
    pub fn short(&self) -> String {
        match (self.from_day, self.to_day) {
            (None, _) => "before".to_owned(),
            (Some(from), None) => format!("{from}+"),
            (Some(from), Some(to)) if from == to => from.to_string(),
            (Some(from), Some(to)) => format!("{from}\u{2013}{to}"),
        }
    }
}

/// A word of the scale.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Anchor {
    /// 0 to 4.
    pub value: u8,
    /// "Mild".
    pub label: String,
    /// What it means.
    pub description: String,
}

/// The scale of a rating.
#[derive(Debug, Clone, PartialEq, Eq, Default, Deserialize)]
pub struct Scale {
    /// Its id, which stands in every journal.
    pub id: String,
    /// Over which time one rates.
    pub recall: String,
    /// Its words, lowest first.
    pub anchors: Vec<Anchor>,
}

/// The built-in lists.
#[derive(Debug, Clone, PartialEq, Eq, Default, Deserialize)]
pub struct Catalogue {
    /// Its version: the day it was last looked through.
    #[serde(rename = "catalogue_date")]
    pub version: String,
    /// The scale of a rating.
    pub scale: Scale,
    /// All symptoms, in catalogue order, core ones first.
    pub symptoms: Vec<CatalogueSymptom>,
    /// The stretches of the timeline, in order.
    pub phases: Vec<Phase>,
}

impl Catalogue {
    /// By code.
    pub fn symptom(&self, code: &str) -> Option<&CatalogueSymptom> {
        self.symptoms.iter().find(|symptom| symptom.id == code)
    }

    /// The place in catalogue order, from 0.
    pub fn place(&self, code: &str) -> Option<usize> {
        self.symptoms.iter().position(|symptom| symptom.id == code)
    }
}

/// The built-in lists. They are part of the program and read once; a test reads them too, so an empty catalogue, which is
/// what an unreadable file would give, never leaves the house.
pub fn catalogue() -> &'static Catalogue {
    static CATALOGUE: LazyLock<Catalogue> =
        LazyLock::new(|| toml::from_str(TEXT).unwrap_or_default());
    &CATALOGUE
}

const TEXT: &str = include_str!("../../../assets/catalogue.toml");

/// The stretch of the timeline that `day`, counted from day 0, lies in.
pub fn phase_of(day: i64) -> Option<&'static Phase> {
    catalogue().phases.iter().find(|phase| phase.holds(day))
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test may stop at the first surprise")]
mod tests {
    use super::*;

    #[test]
    fn the_catalogue_reads_and_its_codes_are_unique() {
        let read: Catalogue = toml::from_str(TEXT).unwrap();
        assert_eq!(&read, catalogue());
        assert_eq!(read.symptoms.len(), 55);
        let mut codes: Vec<_> = read.symptoms.iter().map(|symptom| &symptom.id).collect();
        codes.sort();
        codes.dedup();
        assert_eq!(codes.len(), 55);
        let slug = |id: &String| {
            id.chars().all(|c| c.is_ascii_lowercase() || c == '_') && !id.starts_with("own_")
        };
        assert!(codes.into_iter().all(slug));
    }

    #[test]
    fn the_eighteen_core_symptoms_are_frozen() {
        let core = catalogue()
            .symptoms
            .iter()
            .filter(|symptom| symptom.tier == Tier::Core);
        let core: Vec<_> = core
            .map(|symptom| (symptom.id.as_str(), symptom.category.label()))
            .collect();
        let body = [
            "muscle_aches",
            "tremor",
            "sweating",
            "hot_flashes",
            "nausea",
            "vomiting",
            "diarrhea",
            "abdominal_cramps",
            "appetite_change",
            "fatigue",
        ];
        let mind = [
            "anxiety",
            "irritability",
            "restlessness",
            "depressed_mood",
            "mood_swings",
            "insomnia",
            "poor_concentration",
            "craving",
        ];
        let frozen: Vec<_> = body
            .map(|id| (id, "Body"))
            .into_iter()
            .chain(mind.map(|id| (id, "Mind")))
            .collect();
        assert_eq!(core, frozen);
        assert!(
            catalogue().symptoms[..18]
                .iter()
                .all(|symptom| symptom.tier == Tier::Core),
            "core ones stand first"
        );
    }

    #[test]
    fn the_scale_has_five_words_and_severity_speaks_them() {
        let words: Vec<_> = catalogue()
            .scale
            .anchors
            .iter()
            .map(|a| (a.value, a.label.to_lowercase()))
            .collect();
        let spoken = crate::domain::check_in::symptom::Severity::ALL
            .map(|s| (s.number(), s.word().to_owned()));
        assert_eq!(words, spoken);
    }

    #[test]
    fn every_day_lies_in_one_phase() {
        for day in -400..1000 {
            assert_eq!(
                catalogue()
                    .phases
                    .iter()
                    .filter(|phase| phase.holds(day))
                    .count(),
                1,
                "day {day}"
            );
        }
        let short: Vec<_> = catalogue().phases.iter().map(Phase::short).collect();
        assert_eq!(
            short,
            [
                "before",
                "0",
                "1\u{2013}3",
                "4\u{2013}7",
                "8\u{2013}28",
                "29\u{2013}90",
                "91+"
            ]
        );
    }

    #[test]
    fn what_is_reported_carries_its_source() {
        for phase in &catalogue().phases {
            assert_eq!(
                phase.reported.is_some(),
                phase.source.is_some(),
                "{}",
                phase.id
            );
            assert!(
                !phase.description.is_empty() || phase.reported.is_some(),
                "{}",
                phase.id
            );
        }
    }
}
