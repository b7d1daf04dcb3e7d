//! What stays with the person, counted, so that it can be said before anything goes out.

use super::allowed::stays;
use crate::domain::check_in::symptom::Origin;
use crate::domain::journal::Journal;
use crate::domain::record::field::Ask;
use crate::domain::record::key;
use crate::domain::record::kind::Kind;
use crate::domain::record::{Held, Record};
use crate::transfer::csv;
use crate::transfer::csv::Range;

/// How much stays behind.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Staying {
    /// Notes of check-ins and records.
    pub notes: usize,
    /// Other fields of free text: names, reasons, wordings of a prescription.
    pub texts: usize,
    /// Own symptoms, whose names become `own_1` and so on.
    pub own_symptoms: usize,
    /// Kinds of which nothing goes out.
    pub kinds: Vec<(Kind, usize)>,
}

/// Counts what stays behind.
pub fn staying(journal: &Journal, range: Range) -> Staying {
    let check_ins = journal
        .between(range.from, range.to)
        .flat_map(|day| day.check_ins.iter());
    let mut staying = Staying {
        notes: check_ins.filter(|check_in| check_in.note.is_some()).count(),
        own_symptoms: journal
            .symptoms
            .iter()
            .filter(|s| s.origin == Origin::Own)
            .count(),
        kinds: csv::other_kinds(journal, range),
        ..Staying::default()
    };
    // The other kinds go out, so they are not counted as staying.
    staying.kinds.retain(|(kind, _)| stays(*kind));
    let dated = journal.records_between(range.from, range.to);
    for record in dated
        .chain(journal.standing.iter())
        .filter(|r| !stays(r.kind))
    {
        staying.notes += usize::from(record.text(key::NOTE).is_some());
        staying.texts += texts(record);
    }
    staying.texts += journal
        .attempts
        .iter()
        .map(|on| usize::from(on.attempt.name.is_some()) + usize::from(on.attempt.goal.is_some()))
        .sum::<usize>();
    staying
}

fn texts(record: &Record) -> usize {
    let is_text = |(code, value): &(&str, Held<'_>)| {
        let ask = record.kind.field(code).map(|field| field.ask);
        // A field that this version does not know counts as text: it stays behind as well.
        let is_typed = matches!(ask, Some(Ask::Line | Ask::Lines) | None);
        is_typed && *code != key::NOTE && *code != key::UNIT && matches!(value, Held::Text(_))
    };
    record.fields.iter().filter(is_text).count()
}
