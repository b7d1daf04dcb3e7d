//! Which quiet line belongs after a save: the rules of `crate::domain::safety::calm_lines` put to what was written.
//!
//! Invariant: the rules run only after the save, never block it, and yield at most one line.

use crate::domain::care::catalogue::CareList;
use crate::domain::care::measurement::Measurement;
use crate::domain::care::medication;
use crate::domain::check_in::CheckIn;
use crate::domain::dose;
use crate::domain::dose::Dose;
use crate::domain::id::EntryId;
use crate::domain::journal::Journal;
use crate::domain::journal::change::Change;
use crate::domain::record::Record;
use crate::domain::record::kind::Kind;
use crate::domain::safety::calm_lines;
use crate::domain::safety::calm_lines::CalmLine;
use chrono::NaiveDate;
use std::collections::BTreeMap;

/// The quiet line after `changes` were saved; `journal` is the journal as it was read back.
pub fn calm_line(journal: &Journal, changes: &[Change]) -> Option<String> {
    changes.iter().find_map(|change| match change {
        Change::RecordCheckIn(check_in) => {
            after_check_in(journal, check_in).map(|q| q.text().to_owned())
        }
        Change::Record(record) => after_record(journal, record),
        _ => None,
    })
}

fn after_check_in(journal: &Journal, check_in: &CheckIn) -> Option<CalmLine> {
    let rated = |on: &CheckIn, code: &str| {
        let symptom = journal.symptoms.find(code)?;
        on.answer(symptom.key)
            .map(crate::domain::check_in::symptom::Severity::number)
    };
    let place = (check_in.moment.at_utc, check_in.id);
    let mut earlier = journal
        .days()
        .rev()
        .flat_map(|day| day.check_ins.iter().rev());
    // The check-in before this one in time: a filled past day is compared with its own past.
    let before = earlier.find(|other| (other.moment.at_utc, other.id) < place);
    let now = |code: &str| rated(check_in, code);
    let then = |code: &str| before.and_then(|before| rated(before, code));
    let overall = check_in
        .overall
        .map(crate::domain::check_in::Overall::number);
    let has_before: Option<calm_lines::Rated<'_>> = before.is_some().then_some(&then);
    calm_lines::after_check_in(&now, overall, check_in.note.as_deref(), has_before)
}

/// Whether `record` puts a substance that is asked about beside a dose of the same day, and the line is due.
fn is_mixed(journal: &Journal, record: &Record) -> bool {
    let mut first_doses: BTreeMap<NaiveDate, i64> = BTreeMap::new();
    for dose in journal.records_of(Kind::Dose).filter_map(Dose::of) {
        first_doses.entry(dose.day).or_insert(dose.at_utc);
    }
    let is_asked = |other: &Record| {
        let on = other.about();
        on.and_then(|on| CareList::built_in().substance(on))
            .is_some_and(|substance| substance.asks_with_kratom)
    };
    // One from before the day's first dose was most likely logged before it, and not answered.
    let counts = |other: &&Record| {
        let moment = other.moment.as_ref();
        let first = moment.and_then(|moment| first_doses.get(&moment.day));
        let is_after = first.zip(moment).is_some_and(|(dose, m)| m.at_utc >= *dose);
        is_asked(other) && (is_after || first.is_some() && other.id == record.id)
    };
    let mixed: Vec<(EntryId, NaiveDate)> = journal
        .records_of(Kind::Substance)
        .filter(counts)
        .filter_map(|other| Some((other.id, other.day()?)))
        .collect();
    let on_its_day: Vec<EntryId> = mixed
        .iter()
        .filter(|(_, day)| Some(*day) == record.day())
        .map(|(id, _)| *id)
        .collect();
    let due = calm_lines::days_to_say_mixed(mixed.iter().map(|(_, day)| *day));
    on_its_day == [record.id] && record.day().is_some_and(|day| due.contains(&day))
}

fn after_record(journal: &Journal, record: &Record) -> Option<String> {
    // What the person wrote in words comes before any rule about the kind.
    let typed = record.typed().find_map(calm_lines::after_note);
    let line = |quiet: CalmLine| quiet.text().to_owned();
    typed.map(line).or_else(|| match record.kind {
        Kind::Dose => {
            let dose = Dose::of(record)?;
            // One second before it, so that the dose is not compared with itself.
            let before = dose::last_dose(journal, dose.at_utc - 1)?;
            calm_lines::after_dose(Some((dose.day - before.day).num_days())).map(line)
        }
        Kind::Substance => is_mixed(journal, record).then(|| line(CalmLine::Mixed)),
        Kind::Measurement => {
            let item9 = u8::try_from(Measurement::of(record)?.item9?).ok()?;
            calm_lines::after_phq9_item9(item9).map(line)
        }
        Kind::Medication => {
            // Only a stop calls for the line.
            record.last_day()?;
            let (_, caution) = calm_lines::after_stopping(medication::listed(record)?)?;
            Some(caution)
        }
        Kind::Intake => {
            let medication = journal.record(record.about()?.parse().ok()?)?;
            medication::skipped_caution(journal, medication)
        }
        _ => None,
    })
}
