//! The journal as a FHIR R4 bundle, for the programs of clinics. `assets/fhir.md` describes its content.
//!
//! Invariant: every reference resolves inside the bundle. The same journal and wish give the same bytes. Without initials the
//! bundle names nobody, and it includes typed notes only on request.

mod baseline;
mod care_plan;
mod coding;
mod encounter;
mod medication;
mod model;
mod observation;
mod person;
mod response;

use model::{Entry, Resource};

use super::csv;
use super::wish::{Notes, Wish};
use crate::domain::care::notes::notes_of;
use crate::domain::journal::Journal;
use crate::domain::order::Ordered;
use crate::domain::record::Record;
use crate::domain::record::kind::Kind;
use crate::domain::taper::plans::plans;
use person::Source;
use std::io::{self, Write};

/// Gives every resource of the bundle to `each`, one after another: the person, the medications, what the kratom was taken
/// for, the plans, then check-ins and records by (moment, id).
fn each_entry(
    journal: &Journal,
    wish: &Wish,
    each: &mut dyn FnMut(&Entry) -> io::Result<()>,
) -> io::Result<()> {
    let patient = person::address(journal);
    let from = Source {
        journal,
        wish,
        patient: &patient,
    };
    each(&Entry {
        full_url: patient.clone(),
        resource: Resource::Patient(person::patient(wish)),
    })?;
    let mut give = |entries: &mut dyn Iterator<Item = Entry>| {
        for entry in entries {
            each(&entry)?;
        }
        io::Result::Ok(())
    };
    let medications = journal.standing(Kind::Medication).into_iter();
    give(&mut medications.filter_map(|record| medication::of_medication(from, record)))?;
    let baselines = journal.standing(Kind::Baseline).into_iter();
    give(&mut baselines.flat_map(|record| baseline::of_record(from, record)))?;
    let mut plans = plans(journal);
    // Oldest first, as everything else.
    plans.reverse();
    give(&mut plans.iter().flat_map(|plan| care_plan::of_plan(from, plan)))?;
    let range = wish.range;
    for check_in in csv::ordered(journal, range) {
        give(&mut std::iter::once(response::of_check_in(from, check_in)))?;
        give(&mut observation::of_check_in(from, check_in).into_iter())?;
    }
    let mut records: Vec<&Record> = journal.records_between(range.from, range.to).collect();
    // By moment and id, because the same journal must give the same bytes.
    records.order_by_key(|record| record.place());
    for record in records {
        let record: &Record = &from.as_wished(record);
        give(&mut observation::of_record(from, record).into_iter())?;
        give(&mut medication::of_record(from, record).into_iter())?;
        give(&mut encounter::of_record(from, record).into_iter())?;
    }
    let days = journal.record_days();
    let days = days.filter(|day| (range.from..=range.to).contains(day));
    give(&mut days.filter_map(|day| response::of_day(from, day)))
}

/// Writes the bundle, one resource a line, so that two bundles can be compared line by line, and each as it is made.
///
/// # Errors
/// Those of `out`.
pub fn bundle(journal: &Journal, wish: &Wish, out: &mut dyn Write) -> io::Result<()> {
    let made = coding::instant(wish.made);
    writeln!(
        out,
        r#"{{"resourceType":"Bundle","type":"collection","timestamp":"{made}","entry":["#
    )?;
    let mut separator: &[u8] = b"";
    each_entry(journal, wish, &mut |entry| {
        out.write_all(separator)?;
        separator = b",\n";
        Ok(serde_json::to_writer(&mut *out, entry)?)
    })?;
    out.write_all(b"\n]}\n")
}

/// The entries that the bundle leaves out: number, singular, plural. Notes are among them unless requested.
pub fn left_out(journal: &Journal, wish: &Wish) -> Vec<csv::Count> {
    let kinds = csv::other_kinds(journal, wish.range).into_iter();
    let kinds = kinds.filter(|(kind, _)| !has_resource(*kind));
    let mut left: Vec<_> = kinds
        .map(|(kind, n)| (n, kind.facts().name, kind.facts().many))
        .collect();
    let visits = journal.records_between(wish.range.from, wish.range.to);
    let visits = visits.filter(|record| record.kind == Kind::Appointment);
    let words = visits.filter(|visit| encounter::has_words(visit)).count();
    // A visit has no place for words, whatever was requested.
    left.extend((words > 0).then_some((words, "visit's words", "visits' words")));
    // Notes hold the most private words, so a bundle includes them only on request.
    if wish.notes == Notes::Left {
        let days = journal.between(wish.range.from, wish.range.to);
        let of_check_ins = days.flat_map(|day| day.check_ins.iter());
        let n = of_check_ins
            .filter(|check_in| check_in.note.is_some())
            .count();
        let records = journal.records_between(wish.range.from, wish.range.to);
        let records = records.filter(|record| has_resource(record.kind));
        let records = records.filter(|record| record.kind != Kind::Appointment);
        let n = n + records
            .filter(|record| notes_of(record).next().is_some())
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
        | Kind::Practice
        | Kind::Appointment
        | Kind::Plan
        | Kind::Medication => true,
        Kind::DayWithout
        | Kind::Question
        | Kind::Purchase
        | Kind::Product
        | Kind::OwnPractice
        | Kind::Treatment
        | Kind::Contact
        | Kind::Reason
        | Kind::Baseline => false,
    }
}
