//! Visits: an encounter each, with its kind and its moment.
//!
//! Invariant: nobody is named, and nothing is claimed that the journal does not know: a visit that has passed has the status
//! `unknown`, unless something came of it.

use super::coding::{act, address, date_time, plain, to};
use super::model::{Encounter, Entry, Period, Resource};
use super::person::Source;
use crate::domain::care::catalogue::CareList;
use crate::domain::record::Record;
use crate::domain::record::key;
use crate::domain::record::kind::Kind;

/// The kinds of visits that are made from afar.
const FROM_AFAR: [&str; 2] = ["phone_call", "crisis_contact"];

/// A visit; `None` for any other kind.
pub(super) fn of_record(from: Source<'_>, record: &Record) -> Option<Entry> {
    let moment = record
        .moment
        .as_ref()
        .filter(|_| record.kind == Kind::Appointment)?;
    let is_ahead = moment.at_utc > from.wish.made.timestamp();
    let status = match (is_ahead, record.text(key::OUTCOME)) {
        (true, _) => "planned",
        (false, Some(_)) => "finished",
        (false, None) => "unknown",
    };
    // Its kind alone: whom the person sees is a name.
    let kind = record
        .about()
        .and_then(|code| CareList::built_in().visit_kind(code));
    let is_afar = record.about().is_some_and(|kind| FROM_AFAR.contains(&kind));
    Some(Entry {
        full_url: address(record.id, "visit"),
        resource: Resource::Encounter(Box::new(Encounter {
            status,
            class: if is_afar { act("VR") } else { act("AMB") },
            kind: vec![plain(kind.map_or("Visit", |kind| kind.name))],
            subject: to(from.patient),
            period: Period {
                start: Some(date_time(moment)),
                end: None,
            },
        })),
    })
}

/// Whether a visit has words that an encounter has no place for.
pub(super) fn has_words(visit: &Record) -> bool {
    let words = [key::WITH, key::PLACE, key::OUTCOME, key::NOTE];
    words.iter().any(|field| visit.text(field).is_some())
}
