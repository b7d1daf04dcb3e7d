//! The built-in symptoms, scale and phases of the timeline, from `assets/catalogue.toml`.
//!
//! Invariant: the 18 core symptoms, their order and their groups never change; a test freezes them, since the severity index
//! of old and new days must mean the same. Medical statements about the timeline are in `reported`, each with its `source`.

use crate::domain::time::display::{FirstDay, Manner};
use serde::{Deserialize, Serialize};

/// Body or Mind.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Category {
    /// Body.
    Physical,
    /// Mind.
    Psychological,
}

impl Category {
    /// The word in files and on the command line.
    pub(crate) const fn code(self) -> &'static str {
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
    pub(crate) fn from_code(code: &str) -> Option<Self> {
        [Self::Physical, Self::Psychological]
            .into_iter()
            .find(|category| category.code() == code)
    }
}

/// Whether a new journal asks for a symptom.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Tier {
    /// One of the 18 behind the severity index.
    Core,
    /// Off until switched on.
    Extended,
}

/// A symptom of the catalogue.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct CatalogueSymptom {
    /// Its code: `nausea`.
    pub(crate) id: &'static str,
    /// Its name on screen.
    pub(crate) name: &'static str,
    /// One sentence.
    pub(crate) description: &'static str,
    /// Body or Mind.
    pub(crate) category: Category,
    /// Core or extended.
    pub(crate) tier: Tier,
    // Codes of terminologies for the FHIR export. A code that nobody verified is left out: a wrong one would be a false record.
    /// Its verified code in the Human Phenotype Ontology.
    pub(crate) hpo: Option<&'static str>,
    /// The label of that code.
    pub(crate) hpo_label: Option<&'static str>,
    /// Its verified code in SNOMED CT.
    pub(crate) snomed: Option<&'static str>,
    /// How well that code fits: `exact`, `near` or `broader`.
    pub(crate) snomed_match: Option<&'static str>,
    /// The display text of that code.
    pub(crate) snomed_display: Option<&'static str>,
}

/// A stretch of the timeline, counted from day 0.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Phase {
    /// Its id.
    pub(crate) id: &'static str,
    /// "Days 1 to 3".
    pub(crate) name: &'static str,
    /// First day; `None`: it has no beginning.
    pub(crate) from_day: Option<i64>,
    /// Last day; `None`: it has no end.
    pub(crate) to_day: Option<i64>,
    /// A sentence about it.
    pub(crate) description: &'static str,
    /// Reports about it; they differ.
    pub(crate) reported: Option<&'static str>,
    /// The source of the reports.
    pub(crate) source: Option<&'static str>,
}

impl Phase {
    /// Whether it contains `day`, counted from day 0.
    pub(crate) fn holds(&self, day: i64) -> bool {
        self.from_day.is_none_or(|from| from <= day) && self.to_day.is_none_or(|to| day <= to)
    }

    /// Its description and reports in one sentence, with the source.
    pub(crate) fn sentence(&self) -> String {
        let reported = self.reported.as_ref().zip(self.source.as_ref());
        let reported = reported.map(|(reported, source)| format!("{reported} ({source})"));
        let parts: Vec<&str> = [Some(self.description), reported.as_deref()]
            .into_iter()
            .flatten()
            .collect();
        format!(
            "{} (reported ranges; reports differ): {}",
            self.name,
            parts.join(" ").trim()
        )
    }

    /// "days 8 to 28 (reported ranges; reports differ)". If the person counts from day 1, it says that these days count from
    /// last use.
    pub(crate) fn context(&self, manner: Manner) -> String {
        let name = self.name.to_lowercase();
        match manner.first_day {
            // The phase counts from 0 even then, and without these words its days would seem to be one off.
            FirstDay::One if self.from_day.is_some_and(|from| from > 0) => {
                format!("{name} after last use (reported ranges; reports differ)")
            }
            FirstDay::Zero | FirstDay::One => format!("{name} (reported ranges; reports differ)"),
        }
    }

    /// Its days, short: "1–3", "91+", "before".
    pub(crate) fn short(&self) -> String {
        match (self.from_day, self.to_day) {
            (None, _) => "before".to_owned(),
            (Some(from), None) => format!("{from}+"),
            (Some(from), Some(to)) if from == to => from.to_string(),
            (Some(from), Some(to)) => format!("{from}\u{2013}{to}"),
        }
    }
}

/// A word of the scale.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Anchor {
    /// 0 to 4.
    pub(crate) value: u8,
    /// "Mild".
    pub(crate) label: &'static str,
    /// Its meaning.
    pub(crate) description: &'static str,
}

/// The scale of a rating.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Scale {
    /// Its id, which every journal stores.
    pub(crate) id: &'static str,
    /// The time that a rating covers.
    pub(crate) recall: &'static str,
    /// Its words, lowest first.
    pub(crate) anchors: &'static [Anchor],
}

/// The built-in lists.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Catalogue {
    /// Its version: the day of the last review.
    pub(crate) version: &'static str,
    /// The scale of a rating.
    pub(crate) scale: Scale,
    /// All symptoms, in catalogue order, core ones first.
    pub(crate) symptoms: &'static [CatalogueSymptom],
    /// The stretches of the timeline, in order.
    pub(crate) phases: &'static [Phase],
}

impl Catalogue {
    /// The symptom with this code.
    pub(crate) fn symptom(&self, code: &str) -> Option<&CatalogueSymptom> {
        self.symptoms.iter().find(|symptom| symptom.id == code)
    }

    /// The position of a code in catalogue order, from 0.
    pub(crate) fn place(&self, code: &str) -> Option<usize> {
        self.symptoms.iter().position(|symptom| symptom.id == code)
    }
}

/// The built-in lists, which are made into tables when the program is compiled.
pub(crate) fn catalogue() -> &'static Catalogue {
    static CATALOGUE: Catalogue = include!(concat!(env!("OUT_DIR"), "/catalogue.rs"));
    &CATALOGUE
}

/// The phase of `day`, counted from day 0.
pub(crate) fn phase_of(day: i64) -> Option<&'static Phase> {
    catalogue().phases.iter().find(|phase| phase.holds(day))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_catalogue_reads_and_its_codes_are_unique() {
        let read = catalogue();
        assert_eq!(read.symptoms.len(), 58);
        let mut codes: Vec<_> = read.symptoms.iter().map(|symptom| symptom.id).collect();
        codes.sort_unstable();
        codes.dedup();
        assert_eq!(codes.len(), 58);
        let slug = |id: &str| {
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
            .map(|symptom| (symptom.id, symptom.category.label()))
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
        for phase in catalogue().phases {
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
