//! Medicines and use: statements for medications and doses, an administration for each intake.
//!
//! Invariant: kratom has no code and gets none. Amounts are written as typed, in the product's own unit.

use super::coding::{address, atc, by, by_the_person, date_time, plain, quantity, text, to, words};
use super::model::{
    Concept, Dosage, DoseAndRate, Entry, MedicationAdministration, MedicationStatement, Period,
    Resource,
};
use super::person::Source;
use crate::domain::care::catalogue::CareList;
use crate::domain::care::medication::Intake;
use crate::domain::care::medication::listed;
use crate::domain::dose::Dose;
use crate::domain::entry::summary;
use crate::domain::record::Record;
use crate::domain::record::key;
use crate::domain::record::kind::Kind;
use crate::domain::record::state::IntakeState;
use chrono::NaiveDate;

/// A medication in words, with its ATC code if one was verified.
fn concept(medication: &Record) -> Concept {
    let medicine = listed(medication);
    let name = medication
        .text(key::NAME)
        .or(medicine.map(|medicine| medicine.name));
    atc(
        medicine.and_then(|medicine| medicine.atc),
        name.unwrap_or("medication"),
    )
}

/// A medication's statement, if it was taken on any day of the range.
pub(super) fn of_medication(from: Source<'_>, medication: &Record) -> Option<Entry> {
    let range = from.wish.range;
    let (start, stop) = (medication.first_day(), medication.last_day());
    // A medication without a first or last day was taken all the time.
    let is_in_range =
        start.is_none_or(|start| start <= range.to) && stop.is_none_or(|stop| stop >= range.from);
    if !is_in_range {
        return None;
    }
    let why_stopped = medication.text(key::REASON).and_then(words);
    let made = from.wish.made.date_naive();
    // FHIR: "stopped" is an end before it was planned, with a reason; "completed" is any other end.
    let status = match (start, stop) {
        (_, Some(stop)) if stop < made && why_stopped.is_some() => "stopped",
        (_, Some(stop)) if stop < made => "completed",
        (Some(start), _) if start > made => "intended",
        _ => "active",
    };
    let day = |day: NaiveDate| day.to_string();
    let period = (start.is_some() || stop.is_some()).then(|| Period {
        start: start.map(day),
        end: stop.map(day),
    });
    let prescribed = medication.text(key::PRESCRIBED).and_then(words);
    let reason = medication.text(key::FOR).and_then(words);
    Some(statement(
        address(medication.id, "medication"),
        MedicationStatement {
            status,
            status_reason: why_stopped.map(|why| plain(&why)).into_iter().collect(),
            category: by_the_person(),
            medication_codeable_concept: concept(medication),
            subject: to(from.patient),
            effective_date_time: None,
            effective_period: period,
            information_source: to(from.patient),
            reason_code: reason.map(|reason| plain(&reason)).into_iter().collect(),
            note: from.note(medication.text(key::NOTE)),
            dosage: prescribed.map(in_words).into_iter().collect(),
        },
    ))
}

fn in_words(text: String) -> Dosage {
    Dosage {
        text,
        dose_and_rate: Vec::new(),
    }
}

fn statement(full_url: String, statement: MedicationStatement) -> Entry {
    Entry {
        full_url,
        resource: Resource::MedicationStatement(Box::new(statement)),
    }
}

/// A dose or an intake; `None` for any other kind.
pub(super) fn of_record(from: Source<'_>, record: &Record) -> Option<Entry> {
    match record.kind {
        Kind::Dose => dose(from, &Dose::of(record)?),
        Kind::Intake => intake(from, record),
        _ => None,
    }
}

fn dose(from: Source<'_>, dose: &Dose<'_>) -> Option<Entry> {
    let record = dose.record;
    // The person's own name for a product may mean nothing to a clinic, so "kratom" comes first.
    let listed = CareList::built_in().product(dose.product);
    let name = listed.map_or_else(
        || summary::title(from.journal, record),
        |listed| listed.name.to_owned(),
    );
    let amount = quantity(dose.amount, dose.unit);
    Some(statement(
        address(record.id, "dose"),
        MedicationStatement {
            status: "completed",
            status_reason: Vec::new(),
            category: by_the_person(),
            medication_codeable_concept: plain(&format!("kratom, {name}")),
            subject: to(from.patient),
            effective_date_time: Some(date_time(record.moment.as_ref()?)),
            effective_period: None,
            information_source: to(from.patient),
            reason_code: Vec::new(),
            note: [record.text(key::REASON), record.text(key::NOTE)]
                .into_iter()
                .flat_map(|typed| from.note(typed))
                .collect(),
            dosage: vec![Dosage {
                text: words(&dose.text()).unwrap_or_else(|| dose.amount.to_string()),
                dose_and_rate: vec![DoseAndRate {
                    dose_quantity: amount,
                }],
            }],
        },
    ))
}

fn intake(from: Source<'_>, record: &Record) -> Option<Entry> {
    let journal = from.journal;
    let medication = record
        .about()
        .and_then(|id| journal.record(id.parse().ok()?));
    let medication = medication.filter(|record| record.kind == Kind::Medication);
    // Only a medication with a statement in this bundle: every reference has to resolve inside it.
    let stated = medication.filter(|record| of_medication(from, record).is_some());
    let intake = Intake::of(record)?;
    let mut note = Vec::new();
    // FHIR has no status for "late", so it is a note.
    if intake.state == IntakeState::Late {
        note.push(text("taken late"));
    }
    if let Some(amount) = intake.amount.and_then(words) {
        note.push(text(format!("amount: {amount}")));
    }
    note.extend(from.note(record.text(key::NOTE)));
    Some(Entry {
        full_url: address(record.id, "intake"),
        resource: Resource::MedicationAdministration(Box::new(MedicationAdministration {
            status: if intake.is_taken() {
                "completed"
            } else {
                "not-done"
            },
            medication_codeable_concept: medication.map_or_else(|| plain("medication"), concept),
            subject: to(from.patient),
            supporting_information: stated
                .map(|record| to(&address(record.id, "medication")))
                .into_iter()
                .collect(),
            effective_date_time: date_time(intake.moment),
            performer: by(from.patient),
            note,
        })),
    })
}
