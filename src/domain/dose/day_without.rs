//! Days without: what a dose of 0 notes. It is a note about a day, and no dose: it is in no list, count, sum or gap of doses.
//!
//! Invariant: a dose of a product wins over a day without it, in whatever order and on whatever machine they were written.

use crate::domain::amount::Amount;
use crate::domain::dose;
use crate::domain::dose::product::Product;
use crate::domain::dose::{Dose, product};
use crate::domain::id::EntryId;
use crate::domain::journal::Journal;
use crate::domain::journal::incoming::day::ImportDays;
use crate::domain::journal::incoming::{ImportPlan, Incoming, Why};
use crate::domain::record::Record;
use crate::domain::record::draft::Refusal;
use crate::domain::record::key;
use crate::domain::record::kind::Kind;
use crate::domain::text::words;
use crate::domain::time::Moment;
use chrono::NaiveDate;
use std::collections::{BTreeSet, HashSet};

/// What is said of such a day beside its plan.
pub(crate) const NOTED: &str = "noted as a day without";

/// The line beside the amount of a dose for `day`: "In g; 0 notes a day without."
pub(crate) fn amount_hint(journal: &Journal, unit: &str, day: NaiveDate) -> String {
    if is_offered(journal, day) {
        format!("In {unit}; 0 notes a day without.")
    } else {
        format!("In {unit}.")
    }
}

/// Whether a form for `day` says how a day without is noted: after day 0 it is neither asked for nor offered.
pub(crate) fn is_offered(journal: &Journal, day: NaiveDate) -> bool {
    !dose::is_after_day_zero(journal, day)
}

/// The records of the days without on `date` that no dose of that product contradicts.
pub(crate) fn on(journal: &Journal, date: NaiveDate) -> impl Iterator<Item = &Record> {
    among(journal.records(date))
}

/// The same of the records of one day.
pub(crate) fn among(records: &[Record]) -> impl Iterator<Item = &Record> {
    let is_used = move |about: Option<&str>| {
        let mut doses = records.iter().filter_map(Dose::of);
        doses.any(|dose| Some(dose.product) == about)
    };
    let without = records.iter().filter(|it| it.kind == Kind::DayWithout);
    without.filter(move |record| !is_used(record.about()))
}

/// Whether `date` is noted as a day without the product of this code.
pub(crate) fn is_noted(journal: &Journal, product: &str, date: NaiveDate) -> bool {
    on(journal, date).any(|record| record.about() == Some(product))
}

/// Refuses a day without the product of this code on a day with a dose of it, and on one that is noted as such already. The
/// entry `id` is the one that is written, so it does not stand in its own way.
///
/// # Errors
/// A [`Refusal`] that names the dose.
pub(crate) fn check(
    journal: &Journal,
    id: EntryId,
    product: &str,
    day: NaiveDate,
) -> Result<(), Refusal> {
    let name = product::by_code(journal, product).map_or_else(|| product.to_owned(), |it| it.name);
    let others = journal.records(day).iter();
    let mut others = others.filter(|it| it.id != id && it.about() == Some(product));
    let day = words::short_day(day);
    if let Some(dose) = others.clone().find_map(Dose::of) {
        let at = dose.record.moment.as_ref().and_then(Moment::given_time);
        let at = at.map_or_else(String::new, |at| at.format(" at %H:%M").to_string());
        let sentence = format!(
            "amount 0 does not fit: {day} has a dose, {}{at}",
            product::with_name(&dose.text(), &name)
        );
        return Err(Refusal::new(key::AMOUNT, sentence));
    }
    if others.any(|it| it.kind == Kind::DayWithout) {
        let sentence = format!("amount 0 is there already: {day} is noted as a day without {name}");
        return Err(Refusal::new(key::AMOUNT, sentence));
    }
    Ok(())
}

/// Leaves out of `plan` the days without that the file or the journal contradicts or has already, and names those of the journal
/// that give way to a dose which comes in.
pub fn fit(plan: &mut ImportPlan, journal: &Journal, incoming: &Incoming) {
    let import = ImportDays::new(journal, incoming);
    let place = |record: &Record| Some((record.about()?.to_owned(), import.of(record)?));
    let of_file = |record: &Record| incoming.foreign.contains_key(&record.id);
    let new: HashSet<EntryId> = plan.new_records().map(|record| record.id).collect();
    let doses = incoming.records.iter();
    let doses = doses.filter(|it| it.kind == Kind::Dose && of_file(it));
    let mut seen: HashSet<(String, NaiveDate)> = doses.filter_map(place).collect();
    let (mut gone, mut beside) = (Vec::new(), Vec::new());
    let without = incoming.records.iter();
    for record in without.filter(|it| it.kind == Kind::DayWithout) {
        let Some((product, day)) = place(record) else {
            continue;
        };
        // A day with a dose in the file is no day without, and one note about a day is enough.
        let is_beside = of_file(record) && !seen.insert((product.clone(), day));
        let mut doses = journal.records(day).iter().filter_map(Dose::of);
        let dose = doses.find(|dose| dose.product == product);
        if !new.contains(&record.id) {
            // What the journal has is not looked at again.
        } else if is_beside {
            beside.push(record.clone());
        } else if let Some(dose) = dose {
            gone.push((record.clone(), Why::HasDose, Some(dose.text())));
        } else if is_noted(journal, &product, day) {
            gone.push((record.clone(), Why::IsNoted, None));
        }
    }
    plan.take_out(&beside, &incoming.foreign);
    plan.withdraw(gone, &incoming.foreign);
    if !beside.is_empty() {
        let cells = words::count(beside.len(), "amount", "amounts");
        plan.remarks.push(format!(
            "{cells} of 0 left out: the file has a dose of that day, or another 0."
        ));
    }
    let given = plan.new_records();
    let given = given.filter(|record| gives_way_to(journal, record));
    let given: BTreeSet<(NaiveDate, String)> = given
        .filter_map(|record| {
            let name = product::by_code(journal, record.about()?)?.name;
            Some((record.day()?, name))
        })
        .collect();
    if !given.is_empty() {
        let n = words::count(given.len(), "day", "days");
        let verb = if given.len() == 1 { "gives" } else { "give" };
        let days = given.into_iter();
        let days = days.map(|(day, name)| format!("{}, {name}", words::short_day(day)));
        let days = words::first_of(&days.collect::<Vec<_>>());
        plan.remarks.push(format!(
            "{n} noted here as without {verb} way to a dose of the file: {days}."
        ));
    }
}

/// Whether saving `record` takes out a day without: it is a dose, on a day that is noted as one without its product.
pub(crate) fn gives_way_to(journal: &Journal, record: &Record) -> bool {
    let dose = Dose::of(record);
    dose.is_some_and(|dose| is_noted(journal, dose.product, dose.day))
}

/// How much of `product` a day has: what was used, 0 where the day is noted as one without; `None` where nothing is noted.
pub(crate) fn amount_on(journal: &Journal, product: &Product, date: NaiveDate) -> Option<Amount> {
    amount_among(journal.records(date), product)
}

/// The same of the records of one day.
pub(crate) fn amount_among(records: &[Record], product: &Product) -> Option<Amount> {
    dose::used_among(records, product).or_else(|| {
        let mut noted = among(records).filter(|record| record.about() == Some(&product.code));
        noted.next().map(|_| Amount::ZERO)
    })
}
