//! A check-in of another file: it knows its symptoms by their codes, as the numbers of a file mean nothing in another.

use crate::domain::check_in::catalogue::catalogue;
use crate::domain::check_in::rating::Rating;
use crate::domain::check_in::severity::Totals;
use crate::domain::check_in::symptom::{Severity, Symptoms};
use crate::domain::check_in::{CheckIn, Overall};
use crate::domain::id::EntryId;
use crate::domain::order::Ordered;
use crate::domain::time::Moment;
use std::borrow::Cow;

/// A rating of another file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct IncomingRating {
    // Borrowed for a built-in one: a long file has a million ratings.
    /// The code of the symptom.
    pub(crate) symptom: Cow<'static, str>,
    /// `None`: asked and left blank.
    pub(crate) answer: Option<Severity>,
    /// Taken over "as last time".
    pub(crate) copied: bool,
}

impl IncomingRating {
    pub(crate) fn new(symptom: &str, answer: Option<Severity>, copied: bool) -> Self {
        let built_in = catalogue().symptom(symptom);
        let symptom = built_in.map_or_else(
            || Cow::Owned(symptom.to_owned()),
            |built_in| Cow::Borrowed(built_in.id),
        );
        Self {
            symptom,
            answer,
            copied,
        }
    }
}

/// A check-in of another file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct IncomingCheckIn {
    /// Its id, for ever.
    pub(crate) id: EntryId,
    /// When it was.
    pub(crate) moment: Moment,
    /// Its ratings, blank ones included.
    pub(crate) ratings: Vec<IncomingRating>,
    /// The overall, if given.
    pub(crate) overall: Option<Overall>,
    /// The note, as typed.
    pub(crate) note: Option<Box<str>>,
    /// When it was last edited, in seconds UTC, where the file says so.
    pub(crate) edited_utc: Option<i64>,
}

impl IncomingCheckIn {
    /// This check-in with the keys of `symptoms`; a rating of an unknown symptom is left out.
    pub(in crate::domain::journal) fn with_keys(self, symptoms: &Symptoms) -> CheckIn {
        let ratings = symptoms.iter().filter_map(|symptom| {
            let rating = self.ratings.iter().find(|r| r.symptom == symptom.code)?;
            Some(Rating {
                symptom: symptom.key,
                answer: rating.answer,
                copied: rating.copied,
            })
        });
        let mut ratings: Box<[Rating]> = ratings.collect();
        // The store reads ratings in this order; another order would compare as a different check-in.
        ratings.order_by_key(|rating| rating.symptom);
        CheckIn {
            id: self.id,
            moment: self.moment,
            totals: Totals::of(&ratings, symptoms),
            ratings,
            overall: self.overall,
            note: self.note,
            edited_utc: self.edited_utc,
        }
    }
}
