//! Saving what stands there already: nothing is written, no step of undo is spent, and every face says so.
//!
//! Invariant: only what the journal holds word for word counts as unchanged. An entry that differs from its sum is written
//! again all the same, since that is how a person confirms it.

use crate::domain::check_in::CheckIn;
use crate::domain::check_in::rating::Rating;
use crate::domain::id::EntryId;
use crate::domain::journal::Journal;
use crate::domain::journal::change::{Change, Switch};

/// What is said then.
pub(crate) const NOTHING: &str = "Nothing was changed.";

/// Whether `journal` holds already what all of `changes` would write.
pub(crate) fn is_unchanged(journal: &Journal, changes: &[Change]) -> bool {
    !changes.is_empty() && changes.iter().all(|change| stands(journal, change))
}

/// The entries that `changes` write, whose drafts have done their work.
pub(crate) fn written(changes: &[Change]) -> impl Iterator<Item = EntryId> {
    changes.iter().filter_map(|change| match change {
        Change::RecordCheckIn(check_in) => Some(check_in.id),
        Change::Record(record) => Some(record.id),
        _ => None,
    })
}

/// Whether two states of a check-in have the same answers at the same moment.
fn is_same(held: &CheckIn, check_in: &CheckIn) -> bool {
    // A symptom that was switched on since is asked on the form too; left blank, it is no answer of the person.
    let answers = |it: &CheckIn| -> Vec<Rating> {
        let answered = it.ratings.iter().filter(|rating| rating.answer.is_some());
        answered.copied().collect()
    };
    answers(held) == answers(check_in)
        && (held.overall, &held.note) == (check_in.overall, &check_in.note)
        && held.moment == check_in.moment
}

fn stands(journal: &Journal, change: &Change) -> bool {
    let is_sound = |id: EntryId| !journal.differing.contains(&id);
    match change {
        Change::RecordCheckIn(check_in) => {
            let held = journal.check_in(check_in.id);
            held.is_some_and(|held| is_same(held, check_in) && is_sound(held.id))
        }
        Change::Record(record) => journal.record(record.id).is_some_and(|held| {
            held.says_the_same(record) && held.moment == record.moment && is_sound(held.id)
        }),
        Change::RecordAttempt(attempt) => {
            let held = journal.attempts.by_id(attempt.id);
            held.is_some_and(|held| held.attempt == attempt && is_sound(attempt.id))
        }
        Change::RenameSymptom { symptom, name } => {
            let held = journal.symptoms.by_key(*symptom);
            held.is_some_and(|held| held.name == *name)
        }
        Change::SwitchSymptom { symptom, to } => {
            let held = journal.symptoms.by_key(*symptom);
            held.is_some_and(|held| held.rated == (*to == Switch::On))
        }
        Change::Set(setting) => {
            let mut after = journal.settings.clone();
            after.set(setting.clone());
            after == journal.settings
        }
        Change::RecordHelpLine(line) => {
            journal.settings.help_lines.contains(line) && is_sound(line.id)
        }
        Change::DeleteCheckIn(_)
        | Change::DeleteAttempt(_)
        | Change::DeleteHelpLine(_)
        | Change::DeleteRecord(_)
        | Change::AddSymptom { .. }
        | Change::Restore { .. } => false,
    }
}
