//! What the notes of a record are.
//!
//! Invariant: reports, bundles, tables and packages all ask here, so that what one of them asks about as a note is in no other
//! under another name.

use super::catalogue::CareList;
use crate::domain::record::kind::Kind;
use crate::domain::record::{Record, key};
use crate::domain::text::suggest::find;

/// The fields of `record` that are notes, each with its text: what the person wrote about an entry in their own words.
pub(crate) fn notes_of(record: &Record) -> impl Iterator<Item = (&'static str, &str)> {
    let held = |field| Some((field, record.text(field)?));
    let notes = key::NOTES.into_iter().filter_map(held);
    notes.filter(|(field, text)| is_note(record.kind, field, text))
}

fn is_note(kind: Kind, field: &str, text: &str) -> bool {
    let list = CareList::built_in();
    match field {
        // Why a medicine was stopped belongs to the medicine: whoever reads of it needs that.
        key::REASON => kind != Kind::Medication,
        // A word of the list says no more than a number would; any other is the person's own.
        key::TRIGGER => find(list.triggers, text).is_none(),
        key::HELPED => find(list.helped, text).is_none(),
        _ => true,
    }
}

/// `record` without its notes.
pub(crate) fn without_notes(record: &Record) -> Record {
    let notes = notes_of(record).map(|(field, _)| field);
    notes.fold(record.clone(), |left, field| left.without(field))
}
