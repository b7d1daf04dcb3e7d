//! A check-in: one sitting of rating, and the draft that becomes one.
//!
//! Invariant: a wholly blank check-in does not exist; the way from draft to check-in refuses it.

pub mod catalogue;
pub mod rating;
pub mod severity;
pub mod symptom;

use super::id::EntryId;
use super::time::Moment;
use chrono::NaiveDate;
use rating::Rating;
use serde::{Deserialize, Serialize};
use severity::Totals;
use std::collections::BTreeMap;
use symptom::{OutOfRange, Severity, SymptomKey, Symptoms};

/// How hard the day is overall: 0 to 10.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "u8", into = "u8")]
pub struct Overall(u8);

impl Overall {
    /// The highest number.
    pub const TOP: u8 = 10;

    /// `None` when `number` is over 10.
    pub fn new(number: u8) -> Option<Self> {
        (number <= Self::TOP).then_some(Self(number))
    }

    /// The number, 0 to 10.
    pub const fn number(self) -> u8 {
        self.0
    }
}

impl From<Overall> for u8 {
    fn from(overall: Overall) -> Self {
        overall.0
    }
}

impl TryFrom<u8> for Overall {
    type Error = OutOfRange;

    fn try_from(number: u8) -> Result<Self, OutOfRange> {
        Self::new(number).ok_or(OutOfRange {
            given: i64::from(number),
            top: Self::TOP,
        })
    }
}

/// A check-in as it stands in the journal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CheckIn {
    /// Its id, for ever.
    pub id: EntryId,
    /// When it was, the day it counts for, and whether it was written late.
    pub moment: Moment,
    /// What was asked, in the order of `Symptoms`.
    pub ratings: Box<[Rating]>,
    /// Sums over the core items of `ratings`.
    pub totals: Totals,
    /// The overall, if given.
    pub overall: Option<Overall>,
    /// The note, as typed.
    pub note: Option<Box<str>>,
    /// When it was last edited, in seconds UTC; `None` when never.
    pub edited_utc: Option<i64>,
}

impl CheckIn {
    /// The answer for `symptom`, if it was asked and answered.
    pub fn answer(&self, symptom: SymptomKey) -> Option<Severity> {
        self.ratings
            .iter()
            .find(|rating| rating.symptom == symptom)?
            .answer
    }

    /// Whether it says what `other` says, whatever their ids and moments are.
    pub fn says_the_same(&self, other: &Self) -> bool {
        self.ratings == other.ratings && self.overall == other.overall && self.note == other.note
    }

    /// How many of the asked symptoms were answered.
    pub fn answered(&self) -> usize {
        self.ratings
            .iter()
            .filter(|rating| rating.answer.is_some())
            .count()
    }

    /// Only an overall (and perhaps a note), no rating answered.
    pub fn is_brief(&self) -> bool {
        self.overall.is_some() && self.answered() == 0
    }
}

/// The two forms of a check-in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Form {
    /// All symptoms that are switched on.
    Full,
    /// The overall only, for bad days.
    Brief,
}

/// An answer in a draft.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Answer {
    /// How hard.
    pub severity: Severity,
    /// Taken over "as last time".
    pub copied: bool,
}

/// Whether a draft will become a new check-in or change one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Intent {
    /// Becomes a new check-in.
    Add,
    /// Changes the check-in with the same id.
    Edit,
}

/// A check-in that is being written. It carries the id of the entry it will become.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CheckInDraft {
    /// The id of the check-in to be.
    pub id: EntryId,
    /// New or edited.
    pub intent: Intent,
    /// Full or brief.
    pub form: Form,
    /// The logical day it is for.
    pub day: NaiveDate,
    /// The moment that the person named for it, as wall time with offset (RFC 3339); `None`: the moment of saving.
    pub at: Option<chrono::DateTime<chrono::FixedOffset>>,
    /// Answers by symptom code.
    pub answers: BTreeMap<String, Answer>,
    /// The overall, if given.
    pub overall: Option<Overall>,
    /// The note so far.
    pub note: String,
}

impl CheckInDraft {
    /// An empty draft.
    pub fn new(id: EntryId, form: Form, day: NaiveDate) -> Self {
        Self {
            id,
            intent: Intent::Add,
            form,
            day,
            at: None,
            answers: BTreeMap::new(),
            overall: None,
            note: String::new(),
        }
    }

    /// A draft that changes `check_in`.
    pub fn of(check_in: &CheckIn, symptoms: &Symptoms) -> Self {
        let answers = check_in.ratings.iter().filter_map(|rating| {
            let code = symptoms.by_key(rating.symptom)?.code.clone();
            Some((
                code,
                Answer {
                    severity: rating.answer?,
                    copied: rating.copied,
                },
            ))
        });
        Self {
            id: check_in.id,
            intent: Intent::Edit,
            form: if check_in.ratings.is_empty() {
                Form::Brief
            } else {
                Form::Full
            },
            day: check_in.moment.day,
            at: Some(check_in.moment.at()),
            answers: answers.collect(),
            overall: check_in.overall,
            note: check_in.note.as_deref().unwrap_or_default().to_owned(),
        }
    }

    /// Nothing answered, no overall, no note.
    pub fn is_blank(&self) -> bool {
        self.answers.is_empty() && self.overall.is_none() && self.note.trim().is_empty()
    }

    /// The ratings to store: in a full form every symptom in `asked` (blank ones as blank) and whatever else was
    /// answered; in a brief form what was answered.
    pub fn ratings<'a>(
        &self,
        asked: impl Iterator<Item = SymptomKey> + 'a,
        symptoms: &'a Symptoms,
    ) -> Vec<Rating> {
        let asked: Vec<SymptomKey> = if self.form == Form::Full {
            asked.collect()
        } else {
            Vec::new()
        };
        let rating = |symptom: &symptom::Symptom| {
            let answer = self.answers.get(&symptom.code);
            (answer.is_some() || asked.contains(&symptom.key)).then(|| Rating {
                symptom: symptom.key,
                answer: answer.map(|a| a.severity),
                copied: answer.is_some_and(|a| a.copied),
            })
        };
        symptoms.iter().filter_map(rating).collect()
    }

    /// The check-in that saving this draft at `moment` records. `asked` are the symptoms that were on the form.
    ///
    /// # Errors
    /// [`Blank`] when there is nothing to save.
    pub fn into_check_in<'a>(
        &self,
        moment: Moment,
        asked: impl Iterator<Item = SymptomKey> + 'a,
        symptoms: &'a Symptoms,
    ) -> Result<CheckIn, Blank> {
        if self.is_blank() {
            return Err(Blank);
        }
        let ratings = self.ratings(asked, symptoms);
        Ok(CheckIn {
            id: self.id,
            moment,
            totals: Totals::of(&ratings, symptoms),
            ratings: ratings.into(),
            overall: self.overall,
            note: (!self.note.trim().is_empty()).then(|| self.note.as_str().into()),
            edited_utc: None,
        })
    }
}

/// A check-in without a rating, an overall or a note.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("nothing is filled in yet, so nothing was saved")]
pub struct Blank;
