//! The parts of a report, and the person's choices for one.
//!
//! Invariant: a part that is left out is never computed, so nothing of it can reach a page. A note is only in a report if the
//! person picked it.

use crate::domain::id::EntryId;
use crate::domain::text::suggest::{Beginning, Listed, by_beginning};
use chrono::NaiveDate;
use std::collections::BTreeSet;

/// A part of a report.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Section {
    /// The first line: last logged dose, product, hours ago.
    LastDose,
    /// The attempt with its day 0 and its goal.
    Attempt,
    /// The baseline: the time before the attempt.
    Baseline,
    /// The number of check-ins, and of those that are late, copied or with an overall alone.
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
    /// Use against the plan, and other substances.
    Used,
    /// Sleep and other measurements.
    Measurements,
    /// The notes that the person picked.
    Notes,
    /// The meaning of the numbers.
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

    /// The parts for a supporter, a friend or relative: how the person is. Use, medicines, history, signs, questions and notes
    /// are left out.
    pub const SUPPORTER: [Self; 6] = [
        Self::Attempt,
        Self::CheckIns,
        Self::Indices,
        Self::Symptoms,
        Self::Measurements,
        Self::Scales,
    ];

    /// The word on the command line.
    pub(crate) const fn code(self) -> &'static str {
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
    pub(crate) const fn title(self) -> &'static str {
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

    /// The part that `typed` names: its heading, its code, or its number in the list, from 1.
    fn named(typed: &str) -> Option<Self> {
        let by_number = || {
            let number: usize = typed.parse().ok()?;
            Self::ALL.get(number.checked_sub(1)?).copied()
        };
        let listed: Vec<Self> = Self::ALL.into();
        match by_beginning(&listed, typed) {
            Beginning::One(section) => Some(*section),
            Beginning::Several(_) | Beginning::None => by_number(),
        }
    }

    /// Parses a list of codes. Plain codes choose those parts; codes with `no-` leave parts out of all. `all` and `supporter`
    /// stand for several parts.
    ///
    /// # Errors
    /// The first word that names no part.
    pub(crate) fn read(list: &str) -> Result<BTreeSet<Self>, String> {
        let words: Vec<String> = list
            .split(',')
            .flat_map(|part| {
                let part = part.trim().to_lowercase();
                let bare = part.strip_prefix("no-").unwrap_or(&part);
                // A name has blanks, and people put blanks between names too.
                let several = part.split_whitespace().map(str::to_owned);
                match Self::named(bare) {
                    Some(_) => vec![part],
                    None => several.collect(),
                }
            })
            .collect();
        let is_exclusion = |word: &String| word.starts_with("no-");
        // A list of exclusions alone, or an empty one, begins with all parts.
        let mut sections: BTreeSet<Self> = if words.iter().all(is_exclusion) {
            Self::ALL.into()
        } else {
            BTreeSet::new()
        };
        for word in &words {
            match (word.as_str(), word.strip_prefix("no-")) {
                ("all", _) => sections.extend(Self::ALL),
                ("supporter", _) => sections.extend(Self::SUPPORTER),
                (_, Some(code)) => {
                    let section = Self::named(code).ok_or_else(|| word.clone())?;
                    sections.remove(&section);
                }
                (code, None) => {
                    sections.insert(Self::named(code).ok_or_else(|| word.clone())?);
                }
            }
        }
        Ok(sections)
    }
}

// None by default: notes are the most private part, and a report leaves the person's hands.
/// The notes that the person agreed to.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum Notes {
    /// None.
    #[default]
    None,
    /// All notes of the period.
    All,
    /// The notes of these check-ins and records.
    Picked(BTreeSet<EntryId>),
}

impl Notes {
    /// Whether the person agreed to any note.
    pub(crate) fn hold_any(&self) -> bool {
        match self {
            Self::None => false,
            Self::All => true,
            Self::Picked(ids) => !ids.is_empty(),
        }
    }

    /// Whether the person agreed to the notes of this entry.
    pub(crate) fn hold(&self, id: EntryId) -> bool {
        match self {
            Self::None => false,
            Self::All => true,
            Self::Picked(ids) => ids.contains(&id),
        }
    }
}

impl Listed for Section {
    fn code(&self) -> &str {
        (*self).code()
    }
    fn name(&self) -> &str {
        (*self).title()
    }
}

/// The person's choices for a report.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReportAsk {
    /// The first day; `None`: since the last visit, else 30 days.
    pub from: Option<NaiveDate>,
    /// The last day; `None`: today.
    pub to: Option<NaiveDate>,
    /// Its parts.
    pub sections: BTreeSet<Section>,
    /// The notes that the person agreed to.
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
    fn a_part_is_named_by_its_heading_and_by_its_number_too() {
        let read = |list: &str| Section::read(list).unwrap();
        let named = [Section::LastDose, Section::CheckIns, Section::Lapses];
        assert_eq!(
            read("Last logged dose, check-ins, use after day 0"),
            named.into()
        );
        assert_eq!(read("1, 4 10"), named.into());
        assert!(!read("no-check-ins").contains(&Section::CheckIns));
        for (number, section) in (1..).zip(Section::ALL) {
            assert_eq!(read(section.title()), [section].into());
            assert_eq!(read(&number.to_string()), [section].into());
        }
    }

    #[test]
    fn every_part_is_found_by_its_code() {
        for section in Section::ALL {
            assert_eq!(Section::named(section.code()), Some(section));
        }
        let codes: BTreeSet<&str> = Section::ALL.into_iter().map(Section::code).collect();
        assert_eq!(codes.len(), Section::ALL.len());
    }
}
