//! What a merge of two journals did, in words.
//!
//! Invariant: everything that was decided between two different versions of one thing is listed; nothing of what either held
//! is said here, but what it is and the day it counts for.

use crate::domain::text::words;
use chrono::NaiveDate;

/// What became of something that stood in both journals and differed, or that both laws and both journals meet in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Decision {
    /// The other journal's was edited later and stands here now.
    Theirs,
    /// This journal's was edited later and stays.
    Ours,
    /// The other journal put it away later, so it is put away here.
    PutAway,
    /// The other journal took it back later, so it is gone here; undo brings it back.
    TakenBack,
    /// It was erased for good in one of the two, so it is gone here too.
    Erased,
    /// Two attempts begin on that day now; both are kept, and one can be edited or deleted.
    SameDay,
}

impl Decision {
    /// The end of the sentence "check-in of 3 Mar: …".
    pub const fn words(self) -> &'static str {
        match self {
            Self::Theirs => "the other journal's was edited later and stands here now",
            Self::Ours => "yours was edited later and stays",
            Self::PutAway => "the other journal put it away later; it lies in the bin now",
            Self::TakenBack => "the other journal undid it later; it is gone here",
            Self::Erased => "it was erased for good in one of the two and is gone here",
            Self::SameDay => "two attempts begin on that day now; both are kept",
        }
    }
}

/// One thing that was decided.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Decided {
    /// "check-in", "dose", "setting `day_end`", "symptom `own_cold_feet`" …
    pub what: String,
    /// The day it counts for.
    pub day: Option<NaiveDate>,
    /// What became of it.
    pub decision: Decision,
}

impl std::fmt::Display for Decided {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.what)?;
        if let Some(day) = self.day {
            write!(f, " of {}", words::day(day))?;
        }
        write!(f, ": {}", self.decision.words())
    }
}

/// What a merge did, or would do.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Merged {
    /// How many of what came in: (one, many, how many).
    pub added: Vec<(String, String, usize)>,
    /// What was decided, in the order of the tables.
    pub decided: Vec<Decided>,
    /// How many things are the same in both.
    pub same: usize,
}

impl Merged {
    /// Counts one that came in.
    pub fn add(&mut self, one: &str, many: &str) {
        match self.added.iter_mut().find(|(known, ..)| known == one) {
            Some((_, _, n)) => *n += 1,
            None => self.added.push((one.to_owned(), many.to_owned(), 1)),
        }
    }

    /// Notes a decision.
    pub fn decide(&mut self, what: &str, day: Option<NaiveDate>, decision: Decision) {
        self.decided.push(Decided {
            what: what.to_owned(),
            day,
            decision,
        });
    }

    /// Whether anything changed here.
    pub fn changes_anything(&self) -> bool {
        let stays =
            |decided: &Decided| matches!(decided.decision, Decision::Ours | Decision::SameDay);
        !self.added.is_empty() || !self.decided.iter().all(stays)
    }

    /// "12 check-ins, 3 doses", or nothing.
    pub fn added_said(&self) -> Option<String> {
        let parts: Vec<String> = self
            .added
            .iter()
            .map(|(one, many, n)| words::count(*n, one, many))
            .collect();
        (!parts.is_empty()).then(|| parts.join(", "))
    }
}
