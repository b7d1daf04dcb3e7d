//! The person of a bundle.

use super::coding::{text, urn, words};
use super::model::{Patient, Text};
use crate::domain::care::notes::without_notes;
use crate::domain::journal::Journal;
use crate::domain::record::Record;
use crate::transfer::wish::{Notes, Wish};
use std::borrow::Cow;

/// The input of every resource.
#[derive(Debug, Clone, Copy)]
pub(super) struct Source<'a> {
    /// The journal.
    pub(crate) journal: &'a Journal,
    /// The wish.
    pub(crate) wish: &'a Wish,
    /// The person's address.
    pub(crate) patient: &'a str,
}

impl Source<'_> {
    /// The record as far as the wish goes: with its notes, or without.
    pub(crate) fn as_wished<'a>(&self, record: &'a Record) -> Cow<'a, Record> {
        match self.wish.notes {
            Notes::Taken => Cow::Borrowed(record),
            Notes::Left => Cow::Owned(without_notes(record)),
        }
    }

    /// A note, if there is one and the wish includes notes.
    pub(crate) fn note(&self, typed: Option<&str>) -> Vec<Text> {
        let note = typed.filter(|_| self.wish.notes == Notes::Taken);
        note.and_then(words).map(text).into_iter().collect()
    }
}

/// The person's address, derived from the oldest row: every bundle of a journal has the same one, two journals differ.
pub(super) fn address(journal: &Journal) -> String {
    let attempts = journal.attempts.iter().map(|on| on.attempt.id);
    let check_ins = journal
        .days()
        .flat_map(|day| day.check_ins.iter())
        .map(|c| c.id);
    let dated = journal
        .record_days()
        .flat_map(|day| journal.records(day))
        .map(|r| r.id);
    let standing = journal.standing.iter().map(|record| record.id);
    let oldest = attempts.chain(check_ins).chain(dated).chain(standing).min();
    match oldest {
        Some(id) => urn(id.as_bytes(), "patient"),
        None => urn(&[], "patient"),
    }
}

/// The person, nameless without initials in the wish.
pub(super) fn patient(wish: &Wish) -> Patient {
    let initials = wish.initials.as_deref().and_then(words);
    Patient {
        active: true,
        name: initials.map(text).into_iter().collect(),
        // FHIR's date allows a year alone; a full date would identify the person.
        birth_date: wish.birth_year.map(|year| format!("{year:04}")),
    }
}
