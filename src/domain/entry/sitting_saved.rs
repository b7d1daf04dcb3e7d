//! What saving a check-in writes, as one step: its own symptoms, the check-in itself, something good, the hours slept, and what
//! stays on the list; and the sentence about it.
//!
//! Invariant: an own symptom comes into being with the check-in that rates it, and one undo takes both back.

use super::saved::{TakeBack, line, switched};
use super::sleep;
use super::sleep::{How, InCheckIn};
use super::summary;
use super::unchanged::{NOTHING, is_unchanged};
use crate::domain::amount::Amount;
use crate::domain::care::something_good;
use crate::domain::check_in::sitting::Sitting;
use crate::domain::check_in::symptom::{SymptomKey, Symptoms};
use crate::domain::check_in::{Blank, CheckInDraft};
use crate::domain::id::EntryId;
use crate::domain::journal::Journal;
use crate::domain::journal::change::{Change, Switch};
use crate::domain::record::Record;
use crate::domain::record::draft::Refusal;
use crate::domain::record::key;
use crate::domain::record::kind::Kind;
use crate::domain::time::{Moment, Now};

/// Why nothing was saved.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub(crate) enum Refused {
    /// There is nothing to save.
    #[error(transparent)]
    Blank(#[from] Blank),
    /// The hours slept are none.
    #[error("{0}; nothing was saved yet")]
    Sleep(String),
}

impl From<Refusal> for Refused {
    fn from(refusal: Refusal) -> Self {
        Self::Sleep(refusal.sentence)
    }
}

/// The sleep that saving `sitting` at `moment` writes, before anything is saved: what its day has already may have to be asked.
///
/// # Errors
/// [`Refused::Sleep`] where what was typed is no sleep.
pub(crate) fn slept(
    journal: &Journal,
    sitting: &Sitting,
    moment: &Moment,
) -> Result<Option<Record>, Refused> {
    let draft = &sitting.draft;
    let is_alone = draft.is_no_check_in() && draft.good.is_none();
    let place = InCheckIn {
        id: draft.id,
        is_alone,
        moment,
    };
    Ok(sleep::in_check_in(journal, &draft.sleep, &place)?)
}

/// What saving `sitting` at `moment` writes, as one step. `how`: what becomes of the sleeps that its day has already.
///
/// # Errors
/// [`Refused`].
pub(crate) fn changes(
    journal: &Journal,
    sitting: &Sitting,
    moment: &Moment,
    how: How,
) -> Result<Vec<Change>, Refused> {
    let symptoms = &journal.symptoms;
    let slept = slept(journal, sitting, moment)?;
    let slept = slept.map(|record| sleep::changes(journal, &record, how));
    let draft = &sitting.draft;
    let kept = draft.without_idle_extras();
    let all = kept.with_fresh(symptoms);
    // What was looked up and left alone was not asked.
    let is_idle = |code: &str| draft.extra(code).is_some() && kept.extra(code).is_none();
    let rows = sitting.rows.iter();
    // Nor was what an edited check-in shows besides: its blanks stay those of the day on which it was written.
    let asked = rows.filter(|row| row.is_asked && !is_idle(&row.symptom.code));
    let asked = asked.filter_map(|row| {
        let mut same = all.iter().filter(|it| it.code == row.symptom.code);
        same.next().map(|symptom| symptom.key)
    });
    let good = |is_alone| good(draft, moment, is_alone).map(Change::Record);
    let check_in = match kept.into_check_in(moment.clone(), asked, &all) {
        Ok(check_in) => check_in,
        Err(blank) => {
            let alone: Vec<Change> = good(true)
                .into_iter()
                .chain(slept.unwrap_or_default())
                .collect();
            let is_blank = alone.is_empty();
            return (!is_blank).then_some(alone).ok_or(blank.into());
        }
    };
    let mut changes = list_changes(&kept, symptoms, &all);
    changes.extend(good(false));
    changes.extend(slept.unwrap_or_default());
    // The last one, whose sentence has the way back.
    changes.push(Change::RecordCheckIn(check_in));
    Ok(changes)
}

/// The own symptoms that `kept` brings, then what it switches.
fn list_changes(kept: &CheckInDraft, symptoms: &Symptoms, all: &Symptoms) -> Vec<Change> {
    let mut added = Vec::new();
    let mut switched = Vec::new();
    for (extra, nth) in kept.extras.iter().zip(1..) {
        let Some(symptom) = all.iter().find(|symptom| symptom.code == extra.code) else {
            continue;
        };
        let is_new = symptoms.by_key(symptom.key).is_none();
        if is_new {
            added.push(Change::AddSymptom {
                key: Some(symptom.key),
                id: EntryId::beside(kept.id, nth),
                code: symptom.code.clone(),
                name: symptom.name.clone(),
                category: symptom.category,
            });
        }
        // A new one begins switched on.
        let to = match (is_new, extra.stays) {
            (true, false) => Switch::Off,
            (false, true) if !symptom.rated => Switch::On,
            _ => continue,
        };
        switched.push(Change::SwitchSymptom {
            symptom: symptom.key,
            to,
        });
    }
    added.extend(switched);
    added
}

/// The measurement of something good; `None` where it was not answered. `is_alone`: there is nothing else in the check-in, so
/// the measurement is what the draft becomes.
fn good(draft: &CheckInDraft, moment: &Moment, is_alone: bool) -> Option<Record> {
    let number = Amount::whole(u32::from(draft.good?));
    // There are far fewer extras than this, which are numbered from 1.
    let id = if is_alone {
        draft.id
    } else {
        EntryId::beside(draft.id, u8::MAX)
    };
    let about = Some(something_good::CODE);
    let record = Record::new(id, Kind::Measurement, Some(moment.clone()), about);
    let record = record.with_number(key::VALUE, number);
    Some(record.with_text(key::UNIT, something_good::unit()))
}

/// What is said once the changes of a check-in are on the disk: its own sentence, then what it changed in the list.
pub(crate) fn notice(journal: &Journal, changes: &[Change], now: &Now, by: TakeBack) -> String {
    if is_unchanged(journal, changes) {
        return NOTHING.to_owned();
    }
    let is_off = |key: SymptomKey| {
        let off = Change::SwitchSymptom {
            symptom: key,
            to: Switch::Off,
        };
        changes.contains(&off)
    };
    let aside = |change: &Change| match change {
        Change::AddSymptom {
            key: Some(key),
            name,
            ..
        } if is_off(*key) => Some(format!("{name} is yours now: + finds it again")),
        Change::AddSymptom { name, .. } => Some(switched(name, Switch::On)),
        Change::SwitchSymptom {
            symptom,
            to: Switch::On,
        } => {
            Some(line(journal, change, now)).filter(|_| journal.symptoms.by_key(*symptom).is_some())
        }
        // What was measured beside the ratings, and what it takes the place of.
        Change::Record(record) => Some(summary::line(journal, record)),
        Change::DeleteRecord(id) => {
            let held = journal.record(*id)?;
            Some(format!("instead of {}", summary::line(journal, held)))
        }
        _ => None,
    };
    let is_main = |change: &&Change| matches!(change, Change::RecordCheckIn(_));
    let main = changes.iter().rev().find(is_main).or(changes.first());
    let beside = changes.iter().filter(|change| Some(*change) != main);
    let line = main.map(|main| line(journal, main, now));
    let parts: Vec<String> = line.into_iter().chain(beside.filter_map(aside)).collect();
    by.after(&parts.join("; "))
}
