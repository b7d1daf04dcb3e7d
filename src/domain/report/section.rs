//! The parts of a report, and what a person asks of one.
//!
//! Invariant: a part that was left out is never worked out, so that nothing of it can reach a page; a note stands in a report
//! by consent alone.

use crate::domain::id::EntryId;
use chrono::NaiveDate;
use std::collections::BTreeSet;

/// A part of a report.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Section {
    /// The first line: last logged dose, product, hours ago.
    LastDose,
    /// The attempt with its day 0 and its goal.
    Attempt,
    /// What the person said of the time before.
    Baseline,
    /// How many check-ins, and how many of them late, copied or with an overall alone.
    CheckIns,
    /// Severity, Body, Mind and the overall.
    Indices,
    /// The symptoms rated highest.
    Symptoms,
    /// Medicines as taken.
    Medicines,
    /// Signs that need help.
    Signs,
    /// Questions for the visit.
    Questions,
    /// Use after day 0.
    Lapses,
    /// What was used, against the plan; other substances.
    Used,
    /// Sleep and other measurements.
    Measurements,
    /// Notes, those that were agreed to.
    Notes,
    /// What the numbers mean.
    Scales,
}

impl Section {
    /// Every part, in the order of the page.
    pub const ALL: [Self; 14] = [
        Self::LastDose,
        Self::Attempt,
        Self::Baseline,
        Self::CheckIns,
        Self::Indices,
        Self::Symptoms,
        Self::Medicines,
        Self::Signs,
        Self::Questions,
        Self::Lapses,
        Self::Used,
        Self::Measurements,
        Self::Notes,
        Self::Scales,
    ];

    /// The parts for a person who stands by: how it is, without what was used or taken, without the history, signs,
    /// questions and notes.
    pub const SUPPORTER: [Self; 6] = [
        Self::Attempt,
        Self::CheckIns,
        Self::Indices,
        Self::Symptoms,
        Self::Measurements,
        Self::Scales,
    ];

    /// The word on the command line.
    pub const fn code(self) -> &'static str {
        match self {
            Self::LastDose => "last_dose",
            Self::Attempt => "attempt",
            Self::Baseline => "baseline",
            Self::CheckIns => "checkins",
            Self::Indices => "severity",
            Self::Symptoms => "symptoms",
            Self::Used => "used",
            Self::Medicines => "medicines",
            Self::Measurements => "measurements",
            Self::Lapses => "use",
            Self::Signs => "signs",
            Self::Questions => "questions",
            Self::Notes => "notes",
            Self::Scales => "scales",
        }
    }

    /// The heading.
    pub const fn title(self) -> &'static str {
        match self {
            Self::LastDose => "Last logged dose",
            Self::Attempt => "Attempt and goal",
            Self::Baseline => "Baseline",
            Self::CheckIns => "Check-ins",
            Self::Indices => "Severity, Body and Mind",
            Self::Symptoms => "Symptoms rated highest",
            Self::Used => "Used, against the plan",
            Self::Medicines => "Medicines as taken",
            Self::Measurements => "Sleep and measurements",
            Self::Lapses => "Use after day 0",
            Self::Signs => "Signs that need help",
            Self::Questions => "Questions for the visit",
            Self::Notes => "Notes",
            Self::Scales => "Scales",
        }
    }

    /// Reads [`Section::code`].
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|section| section.code() == code)
    }

    /// Reads a list of codes. Codes alone keep those parts; each with `no-` before it leaves that part out of all; `all` and
    /// `supporter` stand for several.
    ///
    /// # Errors
    /// The word that names no part.
    pub fn read(list: &str) -> Result<BTreeSet<Self>, String> {
        let words: Vec<String> = list
            .split([',', ' '])
            .map(|word| word.trim().to_lowercase())
            .filter(|word| !word.is_empty())
            .collect();
        let leaves_out = |word: &String| word.starts_with("no-");
        let mut kept: BTreeSet<Self> = if words.iter().all(leaves_out) {
            Self::ALL.into()
        } else {
            BTreeSet::new()
        };
        for word in &words {
            match (word.as_str(), word.strip_prefix("no-")) {
                ("all", _) => kept.extend(Self::ALL),
                ("supporter", _) => kept.extend(Self::SUPPORTER),
                (_, Some(code)) => {
                    let section = Self::from_code(code).ok_or_else(|| word.clone())?;
                    kept.remove(&section);
                }
                (code, None) => {
                    kept.insert(Self::from_code(code).ok_or_else(|| word.clone())?);
                }
            }
        }
        Ok(kept)
    }
}

/// Which notes were agreed to.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum Notes {
    /// None.
    #[default]
    None,
    /// Every one of the period.
    All,
    /// Those of these check-ins and records.
    Picked(BTreeSet<EntryId>),
}

impl Notes {
    /// Whether any note was agreed to.
    pub fn hold_any(&self) -> bool {
        match self {
            Self::None => false,
            Self::All => true,
            Self::Picked(ids) => !ids.is_empty(),
        }
    }

    /// Whether the notes of this entry were agreed to.
    pub fn hold(&self, id: EntryId) -> bool {
        match self {
            Self::None => false,
            Self::All => true,
            Self::Picked(ids) => ids.contains(&id),
        }
    }
}

/// What a person asks of a report.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReportAsk {
    /// The first day; `None`: since the last visit, else 30 days.
    pub from: Option<NaiveDate>,
    /// The last day; `None`: today.
    pub to: Option<NaiveDate>,
    /// The parts that it has.
    pub sections: BTreeSet<Section>,
    /// The notes that were agreed to.
    pub notes: Notes,
}

impl Default for ReportAsk {
    fn default() -> Self {
        Self {
            from: None,
            to: None,
            sections: Section::ALL.into(),
            notes: Notes::None,
        }
    }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test may stop at the first surprise")]
mod tests {
    use super::*;

    #[test]
    fn a_list_keeps_what_it_names_or_leaves_out_what_it_says_not_to_have() {
        let read = |list: &str| Section::read(list).unwrap();
        assert_eq!(read(""), Section::ALL.into());
        assert_eq!(
            read("severity, notes"),
            [Section::Indices, Section::Notes].into()
        );
        let without = read("no-use,no-notes");
        assert_eq!(without.len(), Section::ALL.len() - 2);
        assert!(!without.contains(&Section::Lapses));
        assert_eq!(read("supporter"), Section::SUPPORTER.into());
        assert!(read("supporter,signs").contains(&Section::Signs));
        assert_eq!(read("all,no-baseline").len(), Section::ALL.len() - 1);
        assert_eq!(Section::read("severity,moon"), Err("moon".to_owned()));
        assert_eq!(Section::read("no-moon"), Err("no-moon".to_owned()));
    }

    #[test]
    fn every_part_is_found_by_its_code() {
        for section in Section::ALL {
            assert_eq!(Section::from_code(section.code()), Some(section));
        }
        let codes: BTreeSet<&str> = Section::ALL.iter().map(|section| section.code()).collect();
        assert_eq!(codes.len(), Section::ALL.len());
    }
}
