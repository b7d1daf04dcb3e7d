//! The journal as a FHIR R4 bundle, for the programs of clinics. `assets/fhir.md` describes its content.
//!
//! Invariant: every reference resolves inside the bundle. The same journal and wish give the same bytes. Without initials the
//! bundle names nobody, and it includes typed notes only on request.

mod baseline;
mod coding;

mod medication;
mod model;
mod observation;
mod person;
mod response;

pub(crate) use model::{Entry, Resource};

use super::csv;
use super::wish::{Notes, Wish};
use crate::domain::journal::Journal;
use crate::domain::record::Record;
use crate::domain::record::key;
use crate::domain::record::kind::Kind;
use person::Source;
use std::io::{self, Write};

/// Every resource of the bundle: the person, the medications, then check-ins and records by (moment, id).
pub(crate) fn entries(journal: &Journal, wish: &Wish) -> Vec<Entry> {
    let patient = person::address(journal);
    let from = Source {
        journal,
        wish,
        patient: &patient,
    };
    let mut entries = vec![Entry {
        full_url: patient.clone(),
        resource: Resource::Patient(person::patient(wish)),
    }];
    let medications = journal.standing(Kind::Medication);
    let medications = medications.into_iter();
    entries.extend(medications.filter_map(|record| medication::of_medication(from, record)));
    let baselines = journal.standing(Kind::Baseline).into_iter();
    entries.extend(baselines.flat_map(|record| baseline::of_record(from, record)));
    let range = wish.range;
    for check_in in csv::ordered(journal, range) {
        entries.push(response::of_check_in(from, check_in));
        entries.extend(observation::of_check_in(from, check_in));
    }
    let mut records: Vec<&Record> = journal.records_between(range.from, range.to).collect();
    // By moment and id, because the same journal must give the same bytes.
    records.sort_by_key(|record| record.place());
    for record in records {
        entries.extend(observation::of_record(from, record));
        entries.extend(medication::of_record(from, record));
    }
    let days = journal.record_days();
    let days = days.filter(|day| (range.from..=range.to).contains(day));
    entries.extend(days.filter_map(|day| response::of_day(from, day)));
    entries
}

/// Writes the bundle, one resource a line, so that two bundles can be compared line by line.
///
/// # Errors
/// Those of `out`.
pub fn bundle(journal: &Journal, wish: &Wish, out: &mut dyn Write) -> io::Result<()> {
    let made = coding::instant(wish.made);
    writeln!(
        out,
        r#"{{"resourceType":"Bundle","type":"collection","timestamp":"{made}","entry":["#
    )?;
    for (at, entry) in entries(journal, wish).iter().enumerate() {
        if at > 0 {
            out.write_all(b",\n")?;
        }
        serde_json::to_writer(&mut *out, entry)?;
    }
    out.write_all(b"\n]}\n")
}

/// The entries that the bundle leaves out: number, singular, plural. Notes are among them unless requested.
pub fn left_out(journal: &Journal, wish: &Wish) -> Vec<csv::Count> {
    let kinds = csv::other_kinds(journal, wish.range).into_iter();
    let kinds = kinds.filter(|(kind, _)| !has_resource(*kind));
    let mut left: Vec<_> = kinds
        .map(|(kind, n)| (n, kind.facts().name, kind.facts().many))
        .collect();
    // Notes hold the most private words, so a bundle includes them only on request.
    if wish.notes == Notes::Left {
        let days = journal.between(wish.range.from, wish.range.to);
        let of_check_ins = days.flat_map(|day| &day.check_ins);
        let n = of_check_ins
            .filter(|check_in| check_in.note.is_some())
            .count();
        let records = journal.records_between(wish.range.from, wish.range.to);
        let records = records.filter(|record| has_resource(record.kind));
        let n = n + records
            .filter(|record| record.text(key::NOTE).is_some())
            .count();
        left.extend((n > 0).then_some((n, "note", "notes")));
    }
    left
}

/// Whether a kind has a resource.
const fn has_resource(kind: Kind) -> bool {
    match kind {
        Kind::Dose
        | Kind::Substance
        | Kind::Urge
        | Kind::Intake
        | Kind::Measurement
        | Kind::Sign
        | Kind::Medication => true,
        Kind::DayWithout
        | Kind::Practice
        | Kind::Appointment
        | Kind::Question
        | Kind::Purchase
        | Kind::Product
        | Kind::OwnPractice
        | Kind::Treatment
        | Kind::Contact
        | Kind::Reason
        | Kind::Baseline
        | Kind::Plan => false,
    }
}
