//! Amounts that are asked about once before they are saved: ten times the usual one, or more than the unit can mean. One
//! question for every face.
//!
//! Invariant: it asks and never refuses. What was saved once with this amount is not asked about again.

use crate::domain::amount::Amount;
use crate::domain::care::catalogue::CareList;
use crate::domain::care::measurement::{Measurement, Part};
use crate::domain::dose;
use crate::domain::dose::Dose;
use crate::domain::dose::product::with_unit;
use crate::domain::journal::Journal;
use crate::domain::record::Record;
use crate::domain::record::key;
use crate::domain::time::span::Span;

/// The days whose doses say what is usual.
const DAYS: u64 = 30;
/// Fewer doses say nothing about what is usual.
const LEAST_DOSES: usize = 5;
/// So many times the usual amount is asked about.
const TIMES: i64 = 10;

/// "5 g (usually 0.5 g): is the point in the right place?", without a word on how it is answered; `None` for an amount that
/// needs no question.
pub(crate) fn question(journal: &Journal, record: &Record) -> Option<String> {
    let stood = journal.record(record.id);
    if stood.is_some_and(|stood| amounts(stood) == amounts(record)) {
        return None;
    }
    match Dose::of(record) {
        Some(dose) => of_dose(journal, &dose),
        None => of_measurement(record),
    }
}

type Amounts<'a> = (Option<&'a str>, [Option<Amount>; 2], Option<&'a str>);

fn amounts(record: &Record) -> Amounts<'_> {
    let numbers = [key::AMOUNT, key::VALUE].map(|code| record.number(code));
    (record.about(), numbers, record.text(key::UNIT))
}

fn of_dose(journal: &Journal, dose: &Dose<'_>) -> Option<String> {
    let last = dose::last_dose_of(journal, dose.product, dose.at_utc - 1);
    // As last time: that amount was kept once already.
    if last.is_some_and(|last| (last.amount, last.unit) == (dose.amount, dose.unit)) {
        return None;
    }
    let usual = usual(journal, dose);
    let is_slip = |usual: &Amount| {
        !usual.is_zero() && dose.amount.thousandths() >= usual.thousandths() * TIMES
    };
    if let Some(usual) = usual.filter(is_slip) {
        let usual = with_unit(usual, dose.unit);
        return Some(format!(
            "{} (usually {usual}): is the point in the right place?",
            dose.text()
        ));
    }
    // Who has a usual amount near it knows what the unit means.
    if usual.is_some() {
        return None;
    }
    let most = CareList::built_in().unit_of(dose.unit)?.asked_above?;
    (dose.amount > most).then(|| format!("{}: is the unit right?", dose.text()))
}

/// The median of the last doses of this product in this unit; `None` where there are too few.
fn usual(journal: &Journal, dose: &Dose<'_>) -> Option<Amount> {
    let span = Span::ending(dose.day, DAYS);
    let doses = dose::doses_in(journal, span).filter(|other| {
        other.product == dose.product
            && other.unit == dose.unit
            && other.record.id != dose.record.id
    });
    let mut amounts: Vec<Amount> = doses.map(|other| other.amount).collect();
    amounts.sort_unstable();
    let middle = amounts.get(amounts.len() / 2).copied();
    middle.filter(|_| amounts.len() >= LEAST_DOSES)
}

fn of_measurement(record: &Record) -> Option<String> {
    let measured = Measurement::of(record)?;
    let (measure, value) = (measured.measure, measured.in_usual(Part::First)?);
    let is_unlikely = measure.asked_below.is_some_and(|least| value < least)
        || measure.asked_above.is_some_and(|most| value > most);
    let typed = measured.value?;
    is_unlikely.then(|| {
        let unit = measured.unit;
        let typed = format!("{typed} {unit}");
        format!("{}, {}: is the unit right?", measure.name, typed.trim())
    })
}
