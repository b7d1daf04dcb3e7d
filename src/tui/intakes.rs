//! A medicine taken or skipped with one key: saved at once, or after a question where a limit from the label applies.
//!
//! Invariant: a limit that the person copied from the label is shown before the intake is saved. No text says how much to take.

use super::effect::{Effect, Question};
use super::shared::Shared;
use crate::domain::care::catalogue::CareList;
use crate::domain::care::medication;
use crate::domain::care::medication::listed;
use crate::domain::entry::summary;
use crate::domain::record::Record;
use crate::domain::record::key;
use crate::domain::record::kind::Kind;
use crate::domain::record::state::IntakeState;

/// The measurements that the catalogue offers with a medication: code and name.
pub(crate) fn offered_with(medication: &Record) -> Vec<(String, String)> {
    let codes = listed(medication).map(|medicine| medicine.suggest_measurements);
    let codes = codes.unwrap_or_default().iter();
    let named = codes.filter_map(|code| {
        let measure = CareList::built_in().measure(code)?;
        Some(((*code).to_owned(), measure.name.to_owned()))
    });
    named.collect()
}

/// "blood pressure or pulse".
pub(crate) fn offer(medication: &Record) -> Option<String> {
    let names: Vec<String> = offered_with(medication)
        .into_iter()
        .map(|(_, name)| name.to_lowercase())
        .collect();
    (!names.is_empty()).then(|| names.join(" or "))
}

/// Logs an intake of now. `measure_key` is the key to the measurements on the calling screen.
pub(crate) fn note(
    medication: &Record,
    state: IntakeState,
    measure_key: &str,
    shared: &Shared,
) -> Vec<Effect> {
    let title = summary::title(&shared.journal, medication);
    // A skipped intake has no effect that could be measured.
    let offer = offer(medication).filter(|_| state != IntakeState::Skipped);
    let after = offer.map(|offer| format!("If you like, {measure_key} notes {offer}."));
    let log = Effect::Log {
        kind: Kind::Intake,
        about: Some(medication.id.to_string()),
        fields: vec![(key::STATE, state.code().to_owned())],
        after: after.unwrap_or_default(),
    };
    // The person may have swallowed it already: the question never refuses to log it.
    let limit = medication::before_intake(&shared.journal, medication, &shared.now);
    match limit.filter(|_| state != IntakeState::Skipped) {
        None => vec![log],
        Some(limit) => vec![Effect::Ask(Question {
            title: "Before it is noted",
            text: format!("{title}. {limit}"),
            answers: vec![
                ("back".to_owned(), vec![Effect::Close]),
                ("log it all the same".to_owned(), vec![Effect::Close, log]),
            ],
        })],
    }
}

/// Logs "taken" from a screen without a list of medicines: at once for a single medicine, by a question for several.
pub(crate) fn taken(shared: &Shared) -> Vec<Effect> {
    let medications = medication::medications_on(&shared.journal, shared.today());
    match medications.as_slice() {
        [] => vec![Effect::Say(
            "No medicine is kept yet; a in Care (5) adds one.".to_owned(),
        )],
        [one] => note(one, IntakeState::Taken, "l", shared),
        several => {
            // `note` may add a question of its own about a limit: it opens after this one has closed.
            let answer = |medication: &&Record| {
                let mut effects = vec![Effect::Close];
                effects.extend(note(medication, IntakeState::Taken, "l", shared));
                (summary::title(&shared.journal, medication), effects)
            };
            vec![Effect::Ask(Question {
                title: "Taken now",
                text: "Which one?".to_owned(),
                answers: several.iter().map(answer).collect(),
            })]
        }
    }
}
