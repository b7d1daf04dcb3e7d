//! What the keys of the Care screen do to what is in focus.
//!
//! Invariant: whatever is put away says that `z` brings it back.

use super::rows::{Item, Section, baseline_of_open};
use crate::domain::care::visit::other_state;
use crate::domain::care::{medication, practice, practice_log};
use crate::domain::id::EntryId;
use crate::domain::journal::change::Change;
use crate::domain::journal::settings::{Setting, switched};
use crate::domain::record::draft::RecordDraft;
use crate::domain::record::key;
use crate::domain::record::kind::Kind;
use crate::domain::record::state::IntakeState;
use crate::domain::record::{Record, Value};
use crate::domain::text::words;
use crate::tui::effect::{Effect, Opening, Question};
use crate::tui::intakes;
use crate::tui::shared::Shared;

/// The form of a new record, after the question what it is about.
pub(super) fn choose(kind: Kind) -> Effect {
    Effect::Open(Opening::Choose(kind))
}

fn about(kind: Kind, code: &str) -> Vec<Effect> {
    vec![Effect::Open(Opening::About(kind, code.to_owned()))]
}

fn say(text: &str) -> Vec<Effect> {
    vec![Effect::Say(text.to_owned())]
}

fn form_of(record: &Record, shared: &Shared) -> Vec<Effect> {
    let draft = RecordDraft::of(record, shared.today());
    vec![Effect::Open(Opening::Record(draft))]
}

fn record<'a>(item: &Item, kind: Kind, shared: &'a Shared) -> Option<&'a Record> {
    let Item::Record(id) = item else {
        return None;
    };
    let record = shared.journal.record(*id)?;
    (record.kind == kind).then_some(record)
}

/// An intake of the medicine in focus.
pub(super) fn intake(item: &Item, state: IntakeState, shared: &Shared) -> Vec<Effect> {
    let Some(medication) = record(item, Kind::Medication, shared) else {
        return say("No medicine is kept yet; a adds one.");
    };
    let stop = medication.last_day();
    // A stopped medicine gets no more intakes; a wrong last day is corrected first.
    if let Some(stop) = stop.filter(|_| medication.is_over(shared.today())) {
        let stop = words::day(stop);
        return say(&format!(
            "Its last day is noted as {stop}; Enter changes that."
        ));
    }
    intakes::note(medication, state, "m", shared)
}

/// What goes with the medicine in focus, or any measurement.
pub(super) fn measure(item: &Item, shared: &Shared) -> Vec<Effect> {
    let offered = record(item, Kind::Medication, shared).map(intakes::offered_with);
    match offered.unwrap_or_default().as_slice() {
        [] => vec![choose(Kind::Measurement)],
        // A single fitting measurement needs no question.
        [(code, _)] => about(Kind::Measurement, code),
        several => {
            let answer = |(code, name): &(String, String)| {
                let open = Effect::Open(Opening::About(Kind::Measurement, code.clone()));
                (name.clone(), vec![Effect::Close, open])
            };
            let any = (
                "something else".to_owned(),
                vec![Effect::Close, choose(Kind::Measurement)],
            );
            vec![Effect::Ask(Question {
                title: "Measure",
                text: "If you like. What is it?".to_owned(),
                answers: several.iter().map(answer).chain([any]).collect(),
            })]
        }
    }
}

/// The form with today as the last day. What is to be known before stopping is asked by the form.
pub(super) fn stop(item: &Item, shared: &Shared) -> Vec<Effect> {
    let standing = record(item, Kind::Medication, shared);
    let Some(standing) = standing.or(record(item, Kind::Treatment, shared)) else {
        return say("There is nothing to end here yet; a adds.");
    };
    // A last day that is already written is shown for editing, never replaced by today.
    if standing.last_day().is_some() {
        return form_of(standing, shared);
    }
    let draft = RecordDraft::of(standing, shared.today());
    let draft = draft.with(key::STOP, shared.today().to_string());
    vec![Effect::Open(Opening::Record(draft))]
}

/// What Enter does.
pub(super) fn open(section: Section, item: &Item, shared: &Shared) -> Vec<Effect> {
    match item {
        Item::Record(_) | Item::Hours | Item::Helped => edit(section, item, shared),
        Item::Practice(code) => about(Kind::Practice, code),
        Item::Measure(code, _) => about(Kind::Measurement, code),
        Item::Nothing => add(section, shared),
    }
}

/// The form of what is in focus.
pub(super) fn edit(section: Section, item: &Item, shared: &Shared) -> Vec<Effect> {
    match item {
        Item::Record(id) | Item::Measure(_, id) => match shared.journal.record(*id) {
            Some(record) => form_of(record, shared),
            None => Vec::new(),
        },
        Item::Practice(code) => match own_practice(code, shared) {
            Some(own) => form_of(own, shared),
            None => {
                say("It is in the built-in list; what you logged of it is edited in History, H.")
            }
        },
        Item::Nothing => add(section, shared),
        Item::Hours | Item::Helped => {
            say("The last urges stand below, and all of them in History; a notes one.")
        }
    }
}

// Only own practices are records; the built-in ones come with the program and cannot be changed.
fn own_practice<'a>(code: &str, shared: &'a Shared) -> Option<&'a Record> {
    let own = shared.journal.standing(Kind::OwnPractice);
    own.into_iter().find(|record| record.about() == Some(code))
}

/// Adds to a section.
pub(super) fn add(section: Section, shared: &Shared) -> Vec<Effect> {
    let kind = match section {
        Section::Medicines => Kind::Medication,
        Section::Routine => return add_to_routine(shared),
        Section::Practices => Kind::Practice,
        Section::Urges => Kind::Urge,
        Section::Measurements => Kind::Measurement,
        Section::Visits => Kind::Appointment,
        Section::Treatments => Kind::Treatment,
        Section::People => Kind::Contact,
        Section::Reasons => Kind::Reason,
        Section::Baseline => return note_baseline(shared),
    };
    vec![choose(kind)]
}

fn note_baseline(shared: &Shared) -> Vec<Effect> {
    if let Some(noted) = baseline_of_open(shared) {
        return form_of(noted, shared);
    }
    match shared.journal.attempts.open(shared.today()) {
        Some(open) => about(Kind::Baseline, &open.attempt.id.to_string()),
        None => say("No attempt is open; s on Today begins one."),
    }
}

fn add_to_routine(shared: &Shared) -> Vec<Effect> {
    let routine = &shared.journal.settings.routine;
    let practices = practice::practices(&shared.journal).into_iter();
    let answers = practices
        // Chosen again, a practice would stand in the routine twice.
        .filter(|practice| !routine.contains(&practice.code))
        .map(|practice| {
            let mut codes = routine.clone();
            codes.push(practice.code);
            let write = write(Change::Set(Setting::Routine(codes)), shared);
            (practice.name, vec![Effect::Close, write])
        });
    vec![Effect::Ask(Question {
        title: "Routine",
        text: "What do you like to think of each day? A day without it lacks nothing.".to_owned(),
        answers: answers.collect(),
    })]
}

/// Puts what is in focus away.
pub(super) fn delete(section: Section, item: &Item, shared: &Shared) -> Vec<Effect> {
    let id: EntryId = match item {
        Item::Record(id) | Item::Measure(_, id) => *id,
        Item::Practice(_) if section == Section::Routine => return routine(item, shared),
        Item::Practice(code) => match own_practice(code, shared) {
            Some(own) => own.id,
            None => {
                return say(
                    "It is in the built-in list; what you logged of it lies in History, H.",
                );
            }
        },
        Item::Hours | Item::Helped | Item::Nothing => {
            return say("There is nothing to delete in this row.");
        }
    };
    let record = shared.journal.record(id);
    let delete = record.map(|record| write(Change::DeleteRecord(record.id), shared));
    delete.into_iter().collect()
}

fn write(change: Change, shared: &Shared) -> Effect {
    Effect::write(&shared.journal, change, &shared.now)
}

/// Into or out of the routine.
pub(super) fn routine(item: &Item, shared: &Shared) -> Vec<Effect> {
    let Item::Practice(code) = item else {
        return add_to_routine(shared);
    };
    let (codes, _) = switched(&shared.journal.settings.routine, code);
    vec![write(Change::Set(Setting::Routine(codes)), shared)]
}

/// Into or out of the favourites.
pub(super) fn favourite(item: &Item, shared: &Shared) -> Vec<Effect> {
    let Item::Practice(code) = item else {
        return say("f marks a practice that stands here; a logs one first.");
    };
    let (codes, _) = switched(&shared.journal.settings.favourite_practices, code);
    vec![write(
        Change::Set(Setting::FavouritePractices(codes)),
        shared,
    )]
}

/// A question: for the visit in focus, else for the next one.
pub(super) fn question(item: &Item, shared: &Shared) -> Vec<Effect> {
    let visit = record(item, Kind::Appointment, shared);
    visit.map_or_else(
        || vec![choose(Kind::Question)],
        |visit| about(Kind::Question, &visit.id.to_string()),
    )
}

/// The question in focus was asked, or is still to be.
pub(super) fn asked(item: &Item, shared: &Shared) -> Vec<Effect> {
    let Some(question) = record(item, Kind::Question, shared) else {
        return say("A marks a question as asked; n notes one.");
    };
    let state = other_state(question);
    let mut changed = question.clone();
    changed.fields.set(key::STATE, Value::Text(state.into()));
    vec![write(Change::Record(changed), shared)]
}

/// The day of what is in focus, in History.
pub(super) fn day(item: &Item, shared: &Shared) -> Vec<Effect> {
    let journal = &shared.journal;
    let day = match item {
        Item::Record(id) | Item::Measure(_, id) => {
            let record = journal.record(*id);
            let last =
                record.and_then(|medicine| medication::intakes_of(journal, medicine).next_back());
            // A medicine has no day of its own; its last intake names one.
            record.and_then(|record| record.day().or_else(|| Some(last?.moment.day)))
        }
        Item::Practice(code) => practice_log::times_of(journal, code)
            .next_back()
            .and_then(Record::day),
        Item::Hours | Item::Helped => {
            let last = journal.records_of(Kind::Urge).next_back();
            last.and_then(Record::day)
        }
        Item::Nothing => None,
    };
    day.map_or_else(
        || say("It belongs to no day."),
        |day| vec![Effect::ShowDay(day)],
    )
}

#[cfg(test)]
mod tests {
    use super::switched;

    #[test]
    fn a_practice_goes_in_at_the_end_and_out_again() {
        let held = vec!["walking".to_owned()];
        let (both, is_in) = switched(&held, "yoga");
        assert!(is_in);
        assert_eq!(both, ["walking", "yoga"]);
        assert_eq!(switched(&both, "walking"), (vec!["yoga".to_owned()], false));
    }
}
