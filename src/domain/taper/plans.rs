//! Taper plans in the journal: one record a version, so that the plan of any past day can be looked up.
//!
//! Invariant: an action adds a version and changes none. Each product has at most one running plan.

use super::actual_use::{asks_before_cut, last_seen};
use super::plan::{Plan, Version};
use crate::domain::amount::Amount;
use crate::domain::id::EntryId;
use crate::domain::journal::Journal;
use crate::domain::order::Ordered;
use crate::domain::record::Record;
use crate::domain::record::key;
use crate::domain::record::kind::Kind;
use chrono::NaiveDate;
use std::sync::Arc;

/// The record of a version of a plan.
pub fn version_record(id: EntryId, plan: EntryId, product: &str, version: &Version) -> Record {
    let mut record = Record::new(id, Kind::Plan, None, Some(product));
    // Every version is a record of its own with its own id, so the plan's id is a field.
    record = record.with_text(key::PLAN, &plan.to_string());
    for (field, text) in version.fields() {
        record = record.with_text(field, &text);
    }
    record
}

/// The plan's id, product and version in a record; `None` for an unreadable one.
fn version_of(record: &Record) -> Option<(EntryId, &str, Version)> {
    // An ended plan has no steps, and a record does not store an empty text.
    let text = |field| record.text(field).or((field == key::STAIRS).then_some(""));
    let version = Version::from_fields(text).ok()?;
    let id = record.text(key::PLAN)?.parse().ok()?;
    Some((id, record.about()?, version))
}

/// `false` for a record that should be a version of a plan and is unreadable.
pub(crate) fn can_be_read(record: &Record) -> bool {
    record.kind != Kind::Plan || version_of(record).is_some()
}

/// Every plan, the last begun first, those begun on one day by product. A version that cannot be read is left out.
pub fn plans(journal: &Journal) -> Vec<Plan> {
    let is_it = |held: &Kept| Arc::ptr_eq(&held.standing, &journal.standing);
    let kept = journal.kept().or(is_it, || Kept {
        plans: read(journal),
        standing: Arc::clone(&journal.standing),
    });
    kept.plans.clone()
}

/// The plans with the records that they are read from: a frame asks for them several times.
struct Kept {
    plans: Vec<Plan>,
    standing: Arc<[Record]>,
}

fn read(journal: &Journal) -> Vec<Plan> {
    let mut plans: Vec<Plan> = Vec::new();
    for record in journal.standing(Kind::Plan) {
        // A later version of the program may write plans that this one cannot read.
        let Some((id, product, version)) = version_of(record) else {
            continue;
        };
        match plans.iter_mut().find(|plan| plan.id == id) {
            Some(plan) => plan.versions.push(version),
            None => plans.push(Plan {
                id,
                product: product.to_owned(),
                versions: vec![version],
            }),
        }
    }
    for plan in &mut plans {
        plan.versions.order_by_key(|version| version.number);
    }
    plans.reverse();
    // Ids made within one second have no order, so plans of one day are sorted by product.
    plans.order_by(|a, b| b.begins().cmp(&a.begins()).then(a.product.cmp(&b.product)));
    plans
}

/// The plans that go on at `day`, the last begun first.
pub fn plans_on(journal: &Journal, day: NaiveDate) -> Vec<Plan> {
    let mut plans = plans(journal);
    plans.retain(|plan| !plan.has_ended_by(day));
    plans
}

/// The plan for `product` that goes on at `day`.
pub(crate) fn plan_for(journal: &Journal, product: &str, day: NaiveDate) -> Option<Plan> {
    let mut plans = plans_on(journal, day).into_iter();
    plans.find(|plan| plan.product == product)
}

/// The day up to which amounts of `plan` may be shown, when it has to be asked first how it goes on; `None` when it has not.
pub(crate) fn asks_since(journal: &Journal, plan: &Plan, today: NaiveDate) -> Option<NaiveDate> {
    let last_entry = last_entry_before(journal, today);
    let seen = last_seen(plan, last_entry, today)?;
    asks_before_cut(plan, last_entry, today).then_some(seen)
}

/// The amount of `plan` on `today`; `None` also while it has to be asked first whether a lower one is shown.
pub(crate) fn shown_target(journal: &Journal, plan: &Plan, today: NaiveDate) -> Option<Amount> {
    match asks_since(journal, plan, today) {
        Some(_) => None,
        None => plan.target_on(today),
    }
}

/// The last day with an entry of any kind before `today`: what a plan asks after.
pub(crate) fn last_entry_before(journal: &Journal, today: NaiveDate) -> Option<NaiveDate> {
    let check_ins = journal.check_in_days().rev().find(|day| *day < today);
    let records = journal.record_days().rev().find(|day| *day < today);
    check_ins.max(records)
}
