//! What a verb wrote, as JSON: `--json` of every verb that changes the journal, with the id of each entry.
//!
//! Invariant: it is printed after the save, so that whatever goes wrong here is a notice and never says that nothing was saved.

use super::entry_json;
use super::json;
use crate::cli::failure::Outcome;
use crate::domain::entry::bin::BinEntry;
use crate::domain::id::EntryId;
use crate::domain::journal::Journal;
use crate::domain::journal::change::Change;
use crate::store::Store;
use chrono::{DateTime, Utc};
use serde_json::{Value, json};

/// Prints what `changes` left in the journal: `saved` holds each entry as it stands now, `deleted` what lies in the bin.
pub(crate) fn print(store: &Store, changes: &[Change], now: DateTime<Utc>) -> Outcome {
    let journal = match store.load(None) {
        Ok(journal) => journal,
        Err(error) => {
            super::say(&error.of_reading_back());
            return Ok(());
        }
    };
    let bin = store.bin(now).unwrap_or_default();
    let deleted = changes.iter().filter_map(deleted_id).map(|id| {
        let entry = bin.iter().find(|entry| entry.id == id);
        json!({
            "id": id.to_string(),
            "kind": entry.map(|entry| entry.kind.code()),
            "said": entry.map(BinEntry::line),
        })
    });
    let deleted: Vec<Value> = deleted.collect();
    let saved = changes.iter().filter_map(|change| saved(&journal, change));
    let saved: Vec<Value> = saved.collect();
    json(&json!({ "version": 1, "saved": saved, "deleted": deleted }))
}

const fn deleted_id(change: &Change) -> Option<EntryId> {
    match change {
        Change::DeleteCheckIn(id)
        | Change::DeleteAttempt(id)
        | Change::DeleteHelpLine(id)
        | Change::DeleteRecord(id) => Some(*id),
        _ => None,
    }
}

/// The entry that a change wrote; `None` for one that deletes.
fn saved(journal: &Journal, change: &Change) -> Option<Value> {
    let with_kind = |mut value: Value, kind: &str| {
        value["kind"] = kind.into();
        value
    };
    let symptoms = &journal.symptoms;
    match change {
        Change::RecordCheckIn(written) => {
            let check_in = journal.check_in(written.id)?;
            Some(entry_json::check_in_alone(journal, check_in))
        }
        Change::Record(written) => Some(entry_json::record(journal, journal.record(written.id)?)),
        Change::RecordAttempt(attempt) => {
            let attempt = journal.attempts.by_id(attempt.id)?;
            Some(with_kind(entry_json::attempt(&attempt), "attempt"))
        }
        Change::AddSymptom { code, .. } => {
            let symptom = symptoms.iter().find(|symptom| symptom.code == *code)?;
            Some(with_kind(entry_json::symptom(symptom), "symptom"))
        }
        Change::RenameSymptom { symptom, .. } | Change::SwitchSymptom { symptom, .. } => {
            let symptom = symptoms.by_key(*symptom)?;
            Some(with_kind(entry_json::symptom(symptom), "symptom"))
        }
        Change::Set(setting) => Some(json!({
            "id": setting.key(), "kind": "setting", "value": setting.value(),
        })),
        Change::RecordHelpLine(line) => Some(json!({
            "id": line.id.to_string(), "kind": "help_line", "name": line.name, "contact": line.contact,
        })),
        Change::Restore { kind, id } => Some(json!({ "id": id.to_string(), "kind": kind.code() })),
        Change::DeleteCheckIn(_)
        | Change::DeleteAttempt(_)
        | Change::DeleteHelpLine(_)
        | Change::DeleteRecord(_) => None,
    }
}
