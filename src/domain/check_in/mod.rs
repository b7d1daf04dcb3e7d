//! A check-in: one sitting of rating, and the draft of one.
//!
//! Invariant: there is no wholly blank check-in. [`CheckInDraft::into_check_in`] refuses it.

pub mod catalogue;
pub(crate) mod extra;
pub mod rating;
pub mod severity;
pub(crate) mod sitting;
pub mod symptom;

use super::id::EntryId;
use super::time::Moment;
use crate::domain::order::Gathered;
use chrono::NaiveDate;
use extra::Extra;
use rating::Rating;
use serde::{Deserialize, Serialize};
use severity::Totals;
use std::collections::BTreeMap;
use symptom::{OutOfRange, Severity, SymptomKey, Symptoms};

/// The highest number of something good.
pub(crate) const GOOD_TOP: u8 = 4;

/// How hard the day is overall: 0 to 10.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "u8", into = "u8")]
pub struct Overall(u8);

impl Overall {
    /// The highest number.
    pub(crate) const TOP: u8 = 10;

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

/// A check-in of the journal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CheckIn {
    /// Its id, which never changes.
    pub id: EntryId,
    /// When it was, the day it counts for, and whether it was written late.
    pub moment: Moment,
    // Boxed: ten years of check-ins stay in memory, and a `Vec` or `String` would add its capacity to each.
    /// The symptoms that were asked, in the order of `Symptoms`.
    pub ratings: Box<[Rating]>,
    /// Sums over the core items of `ratings`.
    pub totals: Totals,
    /// The overall, if given.
    pub overall: Option<Overall>,
    /// The note, as typed.
    pub note: Option<Box<str>>,
    /// The moment of the last edit, in seconds UTC; `None` if it was never edited.
    pub edited_utc: Option<i64>,
}

impl CheckIn {
    /// The answer for `symptom`, if it was asked and answered.
    pub(crate) fn answer(&self, symptom: SymptomKey) -> Option<Severity> {
        self.ratings
            .iter()
            .find(|rating| rating.symptom == symptom)?
            .answer
    }

    /// Whether both have the same ratings, overall and note. Ids and moments may differ.
    pub(crate) fn says_the_same(&self, other: &Self) -> bool {
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
    pub(crate) fn is_brief(&self) -> bool {
        self.overall.is_some() && self.answered() == 0
    }
}

/// What the day values are worked out of: a check-in, or what is read of one where it lies packed.
pub(crate) trait Rated {
    /// Sums over the core items.
    fn totals(&self) -> Totals;
    /// The overall, if given.
    fn overall(&self) -> Option<Overall>;
    /// The answer for `symptom`, if it was asked and answered.
    fn answer(&self, symptom: SymptomKey) -> Option<Severity>;
    /// Whether no symptom was answered.
    fn is_unanswered(&self) -> bool;
}

impl Rated for CheckIn {
    fn totals(&self) -> Totals {
        self.totals
    }

    fn overall(&self) -> Option<Overall> {
        self.overall
    }

    fn answer(&self, symptom: SymptomKey) -> Option<Severity> {
        Self::answer(self, symptom)
    }

    fn is_unanswered(&self) -> bool {
        self.answered() == 0
    }
}

// Renamed variants would make the drafts in existing journals unreadable; so with `Intent`.
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
    /// The severity.
    pub severity: Severity,
    /// Taken over "as last time".
    pub copied: bool,
}

/// Whether a draft makes a new check-in or changes one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Intent {
    /// It makes a new check-in.
    Add,
    /// It changes the check-in with the same id.
    Edit,
}

/// A check-in that is being written. It has the id of the later check-in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CheckInDraft {
    /// The id of the later check-in.
    pub(crate) id: EntryId,
    /// New or edited.
    pub(crate) intent: Intent,
    /// Full or brief.
    pub(crate) form: Form,
    /// The logical day.
    pub(crate) day: NaiveDate,
    /// The moment that the person typed, with its offset; `None`: the moment of saving.
    pub at: Option<chrono::DateTime<chrono::FixedOffset>>,
    /// The moment is a day alone.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub(crate) without_time: bool,
    // By code: a draft is stored as JSON, and the number of a symptom means nothing outside its file.
    /// Answers by symptom code.
    pub answers: BTreeMap<String, Answer>,
    /// The overall, if given.
    pub overall: Option<Overall>,
    /// The note so far.
    pub note: String,
    // Absent in the drafts of older programs, as `extras` is.
    /// Something good, 0 to 4, if given.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) good: Option<u8>,
    /// The hours slept, as typed: a number that is half typed outlives a kill too.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub(crate) sleep: String,
    /// What is asked beside the list, in the order in which the person added it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(crate) extras: Vec<Extra>,
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
            without_time: false,
            answers: BTreeMap::new(),
            overall: None,
            note: String::new(),
            good: None,
            sleep: String::new(),
            extras: Vec::new(),
        }
    }

    /// A draft that changes `check_in`.
    pub(crate) fn of(check_in: &CheckIn, symptoms: &Symptoms) -> Self {
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
            // A brief check-in asked for no symptom, so it has no rating, not even a blank one.
            form: if check_in.ratings.is_empty() {
                Form::Brief
            } else {
                Form::Full
            },
            day: check_in.moment.day,
            at: Some(check_in.moment.at()),
            without_time: check_in.moment.without_time,
            answers: answers.gather_map(),
            overall: check_in.overall,
            note: check_in.note.as_deref().unwrap_or_default().to_owned(),
            good: None,
            sleep: String::new(),
            extras: Vec::new(),
        }
    }

    /// Whether nothing is filled in: no answer, no overall, no note, and nothing measured.
    pub(crate) fn is_blank(&self) -> bool {
        self.good.is_none() && self.sleep.trim().is_empty() && self.is_no_check_in()
    }

    /// Whether it has no answer, no overall and no note.
    pub(crate) fn is_no_check_in(&self) -> bool {
        self.answers.is_empty() && self.overall.is_none() && self.note.trim().is_empty()
    }

    /// The ratings to store. A full form stores every symptom in `asked`, blank ones as blank, and all other answers. A brief
    /// form stores only answers.
    pub(crate) fn ratings<'a>(
        &self,
        asked: impl Iterator<Item = SymptomKey> + 'a,
        symptoms: &'a Symptoms,
    ) -> Vec<Rating> {
        let on_form: Vec<SymptomKey> = if self.form == Form::Full {
            asked.collect()
        } else {
            Vec::new()
        };
        let rating = |symptom: &symptom::Symptom| {
            let answer = self.answers.get(&symptom.code);
            (answer.is_some() || on_form.contains(&symptom.key)).then(|| Rating {
                symptom: symptom.key,
                answer: answer.map(|a| a.severity),
                copied: answer.is_some_and(|a| a.copied),
            })
        };
        symptoms.iter().filter_map(rating).collect()
    }

    /// The check-in of this draft, saved at `moment`. `asked` are the symptoms of the form.
    ///
    /// # Errors
    /// [`Blank`] if there is nothing to save.
    pub fn into_check_in<'a>(
        &self,
        moment: Moment,
        asked: impl Iterator<Item = SymptomKey> + 'a,
        symptoms: &'a Symptoms,
    ) -> Result<CheckIn, Blank> {
        if self.is_no_check_in() {
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
