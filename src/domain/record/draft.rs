//! A record in the making: what was typed, by field, and why it is no record yet.
//!
//! Invariant: a draft holds words as they were typed; it carries the id of the record it will become.

use super::Record;
use super::kind::Kind;
use crate::domain::id::EntryId;
use crate::domain::record::key;
use crate::domain::time::parse::{NotRead, Toward, When, parse_when};
use crate::domain::time::{DayEnd, Moment, Named, Now, Shift};
use chrono::{DateTime, FixedOffset, NaiveDate};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// A record that is being written. It carries the id of the record it will become.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RecordDraft {
    /// The id of the record to be.
    pub(crate) id: EntryId,
    /// What kind of thing it will be, by code.
    pub(crate) kind: String,
    /// What it is about.
    pub about: Option<String>,
    /// The logical day it is for; for what stands for itself, the day of writing.
    pub day: NaiveDate,
    /// The moment that the person named, a day alone by its noon; `None`: the moment of saving, or noon of a past day.
    pub at: Option<DateTime<FixedOffset>>,
    /// The moment is a day alone.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub(crate) without_time: bool,
    /// The person was asked about a moment that is to come, and meant it.
    // Not kept with a draft: it is asked again when the draft is.
    #[serde(skip)]
    pub(crate) is_meant_ahead: bool,
    /// Of a baseline only what it was taken for is asked.
    // A kept draft is gone on with whole.
    #[serde(skip)]
    pub(crate) asks_taken_for: bool,
    /// What was typed, by field.
    pub(crate) texts: BTreeMap<String, String>,
}

/// Why a draft is no record yet: the field that needs another look, and a sentence about it.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{sentence}")]
pub struct Refusal {
    /// The field's code; `about` and `when` name what is no field.
    pub field: &'static str,
    /// What is wrong and what would do.
    pub sentence: String,
}

impl Refusal {
    /// A refusal of a field.
    pub(crate) fn new(field: &'static str, sentence: impl Into<String>) -> Self {
        Self {
            field,
            sentence: sentence.into(),
        }
    }
}

impl RecordDraft {
    /// An empty draft.
    pub fn new(id: EntryId, kind: Kind, day: NaiveDate) -> Self {
        Self {
            id,
            kind: kind.code().to_owned(),
            about: None,
            day,
            at: None,
            without_time: false,
            is_meant_ahead: false,
            asks_taken_for: false,
            texts: BTreeMap::new(),
        }
    }

    /// A draft that changes `record`, with its fields as a person would type them.
    pub fn of(record: &Record, today: NaiveDate) -> Self {
        let mut draft = Self::new(record.id, record.kind, record.day().unwrap_or(today));
        draft.about = record.about().map(str::to_owned);
        // In the offset it was written in, so that editing on a journey does not move it.
        draft.at = record.moment.as_ref().map(Moment::at);
        draft.without_time = (record.moment.as_ref()).is_some_and(|moment| moment.without_time);
        for (code, value) in record.fields.iter() {
            draft.texts.insert(code.to_owned(), value.to_string());
        }
        // Two numbers as a person types them: 120/80.
        if let Some(second) = draft.texts.remove(key::SECOND) {
            draft
                .texts
                .entry(key::VALUE.to_owned())
                .and_modify(|value| *value = format!("{value}/{second}"));
        }
        draft
    }

    /// Gives it the moment that was typed; the shift where the clock never showed that time.
    ///
    /// # Errors
    /// A sentence with forms that work; the draft stays as it was.
    pub(crate) fn put_when(
        &mut self,
        typed: &str,
        now: &Now,
        day_end: DayEnd,
    ) -> Result<Option<Shift>, NotRead> {
        let when = parse_when(typed, now, day_end, self.toward())?;
        self.put(&when, day_end);
        Ok(when.shift)
    }

    /// Gives it a moment.
    pub(crate) fn put(&mut self, when: &When, day_end: DayEnd) {
        self.day = when.logical_day(day_end);
        // A day and a moment are kept apart: the day can be chosen by hand later.
        self.at = Some(when.at);
        self.without_time = when.day.is_some();
    }

    /// The moment that the person named.
    pub(crate) fn named(&self) -> Option<Named> {
        Some(Named {
            at: self.at?,
            without_time: self.without_time,
        })
    }

    /// Which way its moment lies.
    pub(crate) fn toward(&self) -> Toward {
        self.kind().map_or(Toward::Past, Kind::toward)
    }

    /// The moment as a person would type it; empty where it is that of saving.
    pub(crate) fn when(&self) -> String {
        match self.named() {
            // Last night is of the day before its own date on the calendar, where the day ends late.
            Some(named) if named.without_time => self.day.to_string(),
            Some(named) => named.at.format("%Y-%m-%d %H:%M").to_string(),
            None => String::new(),
        }
    }

    /// This draft about something.
    #[must_use]
    pub fn about(mut self, about: &str) -> Self {
        self.about = Some(about.to_owned());
        self
    }

    /// This draft with words in a field.
    #[must_use]
    pub fn with(mut self, field: &'static str, text: impl Into<String>) -> Self {
        self.texts.insert(field.to_owned(), text.into());
        self
    }

    /// What was typed in a field, without blanks around it; empty when nothing was.
    pub fn text(&self, field: &str) -> &str {
        self.texts.get(field).map_or("", |text| text.trim())
    }

    /// What kind of thing it will be.
    pub(crate) fn kind(&self) -> Option<Kind> {
        Kind::from_code(&self.kind)
    }

    /// Nothing is typed.
    pub(crate) fn is_blank(&self) -> bool {
        // Blanks alone are nothing typed.
        self.texts.values().all(|text| text.trim().is_empty())
    }
}
