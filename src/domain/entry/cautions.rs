//! What is to be known before a record is saved, the same over a form and in plain mode: what it is about, what a list knows of
//! it, what the label says, and for a sign that needed help what to do.
//!
//! Invariant: it stands before the saving and never in its way; an amount of a plan is said as "at most", and not while the
//! person has to be asked about it first.

use crate::domain::care::catalogue::{CareList, Medicine, Substance};
use crate::domain::dose::long;
use crate::domain::journal::Journal;
use crate::domain::record::draft::RecordDraft;
use crate::domain::record::kind::Kind;
use crate::domain::safety::help_lines::help;
use crate::domain::time::Now;
use chrono::TimeDelta;

impl Journal {
    /// The name of what `draft` is about, then what is to be known; nothing where nothing is.
    pub fn foreword(&self, draft: &RecordDraft, now: &Now) -> Vec<String> {
        let Some(kind) = draft.kind() else {
            return Vec::new();
        };
        let about = draft.about.as_deref();
        let name = about.and_then(|about| self.name_of(kind.facts().about, about));
        name.into_iter().chain(self.to_know(draft, now)).collect()
    }

    /// What is to be known before `draft` is saved, without the name; nothing where nothing is.
    pub fn to_know(&self, draft: &RecordDraft, now: &Now) -> Option<String> {
        self.known_of(draft.kind()?, draft.about.as_deref()?, now)
    }

    fn known_of(&self, kind: Kind, about: &str, now: &Now) -> Option<String> {
        let list = CareList::built_in();
        match kind {
            Kind::Dose => self.last_and_planned(about, now),
            Kind::Practice => self.practice(about)?.caution,
            Kind::Substance => list.substance(about).and_then(Substance::caution),
            Kind::Intake => self.before_intake(self.record(about.parse().ok()?)?, now),
            Kind::Medication => list.medication(about).and_then(Medicine::to_know),
            Kind::Sign => Some(help().red_flag(about)?.action.clone()),
            _ => None,
        }
    }

    /// "last 1.5 g, 4 h 10 min ago; plan at most 3 g".
    fn last_and_planned(&self, product: &str, now: &Now) -> Option<String> {
        let at = now.at.timestamp();
        let last = self.last_dose_of(product, at).map(|dose| {
            let ago = long(TimeDelta::seconds(at - dose.at_utc));
            format!("last {}, {ago} ago", dose.text())
        });
        let today = now.today(self.settings.day_end);
        let plan = self
            .plan_for(product, today)
            .and_then(|plan| self.shown_target(&plan, today));
        let plan = plan.and_then(|amount| {
            Some(format!(
                "plan at most {}",
                self.product(product)?.text(amount)
            ))
        });
        let parts: Vec<String> = [last, plan].into_iter().flatten().collect();
        (!parts.is_empty()).then(|| parts.join("; "))
    }
}
