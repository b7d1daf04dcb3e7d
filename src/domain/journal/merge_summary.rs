//! The result of merging two journals, in words.
//!
//! Invariant: every decision between two versions of an entry is listed. A sentence names the kind of entry and its day,
//! never its content.

use crate::domain::text::words;
use chrono::NaiveDate;

/// How a conflict between two journals was decided.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Decision {
    /// The other journal's version was edited later and replaces ours.
    Theirs,
    /// This journal's version was edited later and stays.
    Ours,
    /// Ours did not match its sum any more, and the other journal's does.
    Healed,
    /// The other journal deleted it later, so it is in the bin here.
    PutAway,
    /// The other journal undid it later, so it is gone here; undo brings it back.
    TakenBack,
    /// It was erased for good in one of the two, so it is gone here too.
    Erased,
    /// Two attempts begin on that day now; both are kept, and one can be edited or deleted.
    SameDay,
    /// Its day lies outside the years of entries, so it stays in the other journal.
    OutsideYears,
}

impl Decision {
    /// The end of the sentence "check-in of 3 Mar: …".
    pub(crate) const fn words(self) -> &'static str {
        match self {
            Self::Theirs => "the other journal's was edited later and stands here now",
            Self::Ours => "yours was edited later and stays",
            Self::Healed => {
                "yours did not match its sum any more; the other journal's does and stands here now"
            }
            Self::PutAway => "the other journal put it away later; it lies in the bin now",
            Self::TakenBack => "the other journal undid it later; it is gone here",
            Self::Erased => "it was erased for good in one of the two and is gone here",
            Self::SameDay => "two attempts begin on that day now; both are kept",
            Self::OutsideYears => {
                "it lies outside the years 1900 to next year, so it was left out; the other journal keeps it"
            }
        }
    }
}

/// A conflict and its decision.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Conflict {
    /// "check-in", "dose", "setting day end", "symptom Cold feet" …
    pub(crate) what: String,
    /// The day it counts for.
    pub(crate) day: Option<NaiveDate>,
    /// The decision.
    pub(crate) decision: Decision,
}

impl std::fmt::Display for Conflict {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        // No content: these lines end up in terminals and logs of scripts.
        f.write_str(&self.what)?;
        if let Some(day) = self.day {
            write!(f, " of {}", words::day(day))?;
        }
        write!(f, ": {}", self.decision.words())
    }
}

/// The result of a merge, or of a dry run.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct MergeSummary {
    /// Counts of new entries: singular, plural, number.
    pub added: Vec<(String, String, usize)>,
    /// The decisions, in the order of the tables.
    pub(crate) decided: Vec<Conflict>,
    /// How many entries are the same in both.
    pub(crate) same: usize,
}

impl MergeSummary {
    /// Counts one that came in.
    pub(crate) fn add(&mut self, one: &str, many: &str) {
        match self.added.iter_mut().find(|(known, ..)| known == one) {
            Some((_, _, n)) => *n += 1,
            None => self.added.push((one.to_owned(), many.to_owned(), 1)),
        }
    }

    /// Notes a decision.
    pub(crate) fn decide(&mut self, what: &str, day: Option<NaiveDate>, decision: Decision) {
        self.decided.push(Conflict {
            what: what.to_owned(),
            day,
            decision,
        });
    }

    /// Whether anything changed here.
    pub fn changes_anything(&self) -> bool {
        let stays = |decided: &Conflict| {
            matches!(
                decided.decision,
                Decision::Ours | Decision::SameDay | Decision::OutsideYears
            )
        };
        !self.added.is_empty() || !self.decided.iter().all(stays)
    }

    /// Whether the other journal brought nothing but sound versions of damaged rows.
    pub(crate) fn only_heals(&self) -> bool {
        let stays = |decision| matches!(decision, Decision::Ours | Decision::SameDay);
        let mut brought = self.decided.iter().map(|decided| decided.decision);
        self.changes_anything()
            && self.added.is_empty()
            && brought.all(|decision| decision == Decision::Healed || stays(decision))
    }

    /// How many entries of the other journal were left out.
    pub(crate) fn left_out(&self) -> usize {
        let decided = self.decided.iter();
        decided
            .filter(|decided| decided.decision == Decision::OutsideYears)
            .count()
    }

    /// "12 check-ins, 3 doses", or nothing.
    pub(crate) fn added_text(&self) -> Option<String> {
        let parts: Vec<String> = self
            .added
            .iter()
            .map(|(one, many, n)| words::count(*n, one, many))
            .collect();
        (!parts.is_empty()).then(|| parts.join(", "))
    }
}
