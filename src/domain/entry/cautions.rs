//! What is to be known before a record is saved, the same over a form and in plain mode: what it is about, what a list knows of
//! it, what the label says, and for a sign that needed help what to do.
//!
//! Invariant: it stands before the saving and never in its way; an amount of a plan is said as "at most", and not while the
//! person has to be asked about it first.

use crate::domain::care::catalogue::{CareList, Medicine, Substance};
use crate::domain::care::{medication, practice};
use crate::domain::dose;
use crate::domain::dose::product;
use crate::domain::entry::summary;
use crate::domain::journal::Journal;
use crate::domain::record::draft::RecordDraft;
use crate::domain::record::kind::Kind;
use crate::domain::safety::help_lines::help;
use crate::domain::taper::plans;
use crate::domain::time::Now;

/// The name of what `draft` is about, then what is to be known; nothing where nothing is.
pub(crate) fn before_form(journal: &Journal, draft: &RecordDraft, now: &Now) -> Vec<String> {
    let Some(kind) = draft.kind() else {
        return Vec::new();
    };
    let about = draft.about.as_deref();
    let name = about.and_then(|about| summary::name_of(journal, kind.facts().about, about));
    name.into_iter()
        .chain(on_form(journal, draft, now))
        .collect()
}

/// What is to be known before `draft` is saved, without the name; nothing where nothing is.
pub(crate) fn on_form(journal: &Journal, draft: &RecordDraft, now: &Now) -> Option<String> {
    known_of(journal, draft.kind()?, draft.about.as_deref()?, now)
}

fn known_of(journal: &Journal, kind: Kind, about: &str, now: &Now) -> Option<String> {
    let list = CareList::built_in();
    match kind {
        Kind::Dose => last_and_planned(journal, about, now),
        Kind::Practice => practice::by_code(journal, about)?.caution,
        Kind::Substance => list.substance(about).and_then(Substance::caution),
        Kind::Intake => {
            medication::before_intake(journal, journal.record(about.parse().ok()?)?, now)
        }
        Kind::Medication => list.medication(about).and_then(Medicine::to_know),
        Kind::Sign => Some(help().red_flag(about)?.action.to_owned()),
        // The other kinds have no caution in the lists.
        _ => None,
    }
}

/// "last 1.5 g, 4 h 10 min ago; plan at most 3 g".
fn last_and_planned(journal: &Journal, product: &str, now: &Now) -> Option<String> {
    let at = now.at.timestamp();
    let today = now.today(journal.settings.day_end);
    let last = dose::last_dose_of(journal, product, at);
    let last = last.map(|dose| format!("last {}, {}", dose.text(), dose.when(at, today)));
    let plan = plans::plan_for(journal, product, today)
        // Nothing of the plan while it has to ask first.
        .and_then(|plan| plans::shown_target(journal, &plan, today));
    let plan = plan.and_then(|amount| {
        Some(format!(
            "plan at most {}",
            product::by_code(journal, product)?.text(amount)
        ))
    });
    let parts: Vec<String> = [last, plan].into_iter().flatten().collect();
    (!parts.is_empty()).then(|| parts.join("; "))
}
