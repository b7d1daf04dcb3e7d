//! A record: anything of a [`Kind`], with its fields. What it may hold is said by the kind's row in the registry.
//!
//! Invariant: a kind that has a day has a moment, the others have none; a field that is not filled in is not there, and is
//! never 0.

pub(crate) mod answer;
pub mod draft;
pub mod field;
pub(crate) mod fields;
pub(crate) mod key;
pub mod kind;
pub(crate) mod state;
// Rows of a table stay on one line each.
#[rustfmt::skip]
mod table;

use super::amount::Amount;
use super::id::EntryId;
use super::time::Moment;
use super::time::span::Span;
use crate::domain::order::Gathered;
use chrono::NaiveDate;
pub use fields::{Fields, Held, Value};
use kind::Kind;
use std::sync::Arc;

/// Something of a kind, as it stands in the journal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Record {
    /// Its id, for ever.
    pub id: EntryId,
    /// What kind of thing it is.
    pub kind: Kind,
    /// When it was; none for what stands for itself.
    pub moment: Option<Moment>,
    // Shared: a thousand doses of one product have one text.
    /// What it is about: a code of a list, or the id of another row as text.
    pub about: Option<Arc<str>>,
    /// What it holds.
    pub fields: Fields,
    /// When it was last edited, in seconds UTC; `None` when never.
    pub edited_utc: Option<i64>,
}

impl Record {
    /// A record without fields.
    pub fn new(id: EntryId, kind: Kind, moment: Option<Moment>, about: Option<&str>) -> Self {
        Self {
            id,
            kind,
            moment,
            about: about.map(Into::into),
            fields: Fields::default(),
            edited_utc: None,
        }
    }

    /// This record with the words in a field; blank words leave it as it is.
    #[must_use]
    pub fn with_text(mut self, code: &'static str, text: &str) -> Self {
        if !text.trim().is_empty() {
            self.fields.set(code, Value::Text(text.into()));
        }
        self
    }

    /// This record without a field.
    #[must_use]
    pub(crate) fn without(&self, code: &str) -> Self {
        Self {
            fields: self.fields.without(code),
            ..self.clone()
        }
    }

    /// This record with a number in a field.
    #[must_use]
    pub fn with_number(mut self, code: &'static str, amount: Amount) -> Self {
        self.fields.set(code, Value::Number(amount));
        self
    }

    /// The words in a field.
    pub fn text(&self, code: &str) -> Option<&str> {
        match self.fields.value(code)? {
            Held::Text(text) => Some(text),
            Held::Number(_) => None,
        }
    }

    /// The number in a field.
    pub fn number(&self, code: &str) -> Option<Amount> {
        match self.fields.value(code)? {
            Held::Number(amount) => Some(amount),
            Held::Text(_) => None,
        }
    }

    /// The whole number in a field.
    pub fn whole(&self, code: &str) -> Option<u32> {
        self.number(code)?.as_whole()
    }

    /// The day in a field.
    pub(crate) fn day_in(&self, code: &str) -> Option<NaiveDate> {
        self.text(code)?.parse().ok()
    }

    /// The first day of something that lasts, where it was noted.
    pub(crate) fn first_day(&self) -> Option<NaiveDate> {
        self.day_in(key::START)
    }

    /// The last day of something that lasts, where it was noted.
    pub(crate) fn last_day(&self) -> Option<NaiveDate> {
        self.day_in(key::STOP)
    }

    /// Whether its last day lies before `today`.
    pub(crate) fn is_over(&self, today: NaiveDate) -> bool {
        self.last_day().is_some_and(|last| last < today)
    }

    /// Whether it went on within `span`; a day that was not noted does not rule it out.
    pub(crate) fn lasts_in(&self, span: Span) -> bool {
        // An unknown first day may lie before the span.
        !self.is_over(span.from) && self.first_day().is_none_or(|first| first <= span.to)
    }

    /// What it is about.
    pub fn about(&self) -> Option<&str> {
        self.about.as_deref()
    }

    /// The logical day it counts for.
    pub fn day(&self) -> Option<NaiveDate> {
        self.moment.as_ref().map(|moment| moment.day)
    }

    /// Whether it says what `other` says, whatever their ids and moments are.
    pub(crate) fn says_the_same(&self, other: &Self) -> bool {
        let fields = |record: &Self| -> std::collections::BTreeMap<String, Value> {
            // In a map, because the order in which fields were set says nothing.
            let pairs = record.fields.iter();
            pairs.map(|(c, v)| (c.to_owned(), v.into())).gather_map()
        };
        self.kind == other.kind && self.about == other.about && fields(self) == fields(other)
    }

    /// Where it stands among others: (moment, id).
    pub(crate) fn place(&self) -> (i64, EntryId) {
        (
            self.moment
                .as_ref()
                // Records without a moment come first, in the order of their ids.
                .map_or(i64::MIN, |moment| moment.at_utc),
            self.id,
        )
    }

    /// The words that a search looks through: the fields that are typed freely.
    pub(crate) fn typed(&self) -> impl Iterator<Item = &str> {
        self.fields.iter().filter_map(|(code, value)| {
            // Most fields are numbers, and have no words whatever they are called.
            let Held::Text(text) = value else {
                return None;
            };
            // Codes of choices and days were not typed as words; a hit in them would surprise.
            let ask = self.kind.field(code)?.ask;
            matches!(ask, field::Ask::Line | field::Ask::Lines).then_some(text)
        })
    }
}
