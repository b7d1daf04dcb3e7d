//! What the kratom was taken for: an observation for each level that a baseline remembers.
//!
//! Invariant: a level is the person's memory, and its words say so; it is dated by the beginning of its attempt, never by the
//! moment of typing.

use super::coding::{address, category, plain, text, to};
use super::model::{Entry, Observation, Resource, Value};
use super::observation::{SCALE, status};
use super::person::Source;
use crate::domain::journal::taken_for;
use crate::domain::record::Record;
use crate::domain::record::kind::Kind;

/// The observations of a baseline; none without a level, and none whose attempt is not there.
pub(super) fn of_record(from: Source<'_>, record: &Record) -> Vec<Entry> {
    let journal = from.journal;
    let attempt = record.about().and_then(|about| about.parse().ok());
    let attempt = attempt.and_then(|id| journal.attempts.by_id(id));
    let Some(attempt) = attempt.filter(|_| record.kind == Kind::Baseline) else {
        return Vec::new();
    };
    let began = attempt.attempt.began.to_string();
    let levels = taken_for::of(record).flat_map(|one| {
        let name = one.name(&journal.symptoms).to_owned();
        let each = one.levels.each();
        each.map(move |(level, words)| (format!("{name}, {words}"), one.held, level, words))
    });
    let entry = |(name, held, level, words): (String, &str, u32, &str)| Entry {
        full_url: address(record.id, &format!("taken-for/{held}/{words}")),
        resource: Resource::Observation(Box::new(Observation {
            status: status(record.edited_utc),
            category: category("survey"),
            code: plain(&name),
            subject: to(from.patient),
            effective_date_time: began.clone(),
            performer: vec![to(from.patient)],
            value: Some(Value::Integer(i64::from(level))),
            // What it is comes before its scale, so that it is not taken for a rating of that day.
            note: vec![
                text(
                    "what the kratom was taken for, as the person noted it; remembered, not rated on that day",
                ),
                text(SCALE),
            ],
            component: Vec::new(),
        })),
    };
    levels.map(entry).collect()
}
