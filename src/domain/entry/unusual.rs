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
use crate::domain::series::stats::median;
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
    let mut amounts: Vec<f64> = doses.map(|other| other.amount.number()).collect();
    if amounts.len() < LEAST_DOSES {
        return None;
    }
    median(&mut amounts).map(Amount::nearest)
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

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test may stop at the first surprise")]
mod tests {
    use super::question;
    use crate::domain::id::EntryId;
    use crate::domain::journal::Journal;
    use crate::domain::record::Record;
    use crate::domain::record::kind::Kind;
    use crate::domain::time::{DayEnd, Moment, Now, Zone};
    use chrono::{DateTime, TimeDelta};

    /// A record so many days before 22 Nov 2026.
    fn record(n: u8, days: i64, kind: Kind, about: &str) -> Record {
        let at = DateTime::parse_from_rfc3339("2026-11-22T20:00:00+00:00").unwrap();
        let at = at - TimeDelta::days(days);
        let now = Now::new(at.to_utc(), Zone::fixed(*at.offset()));
        let moment = Moment::on_day(at.date_naive(), at, &now, DayEnd::default());
        Record::new(
            EntryId::from_bytes([n; 16]),
            kind,
            Some(moment),
            Some(about),
        )
    }

    fn dose(n: u8, days: i64, product: &str, amount: &str, unit: &str) -> Record {
        record(n, days, Kind::Dose, product)
            .with_number("amount", amount.parse().unwrap())
            .with_text("unit", unit)
    }

    fn journal(doses: u8, amount: &str) -> Journal {
        let doses = (1..=doses).map(|n| dose(n, i64::from(n), "powder", amount, "g"));
        Journal::default().with_records(doses.collect())
    }

    fn asked(journal: &Journal, product: &str, amount: &str, unit: &str) -> Option<String> {
        question(journal, &dose(99, 0, product, amount, unit))
    }

    #[test]
    fn of_an_even_number_of_doses_the_usual_amount_lies_between_the_two_in_the_middle() {
        let amounts = ["1", "1", "1", "5", "5", "5"];
        let doses = (1..)
            .zip(amounts)
            .map(|(n, amount)| dose(n, i64::from(n), "powder", amount, "g"));
        let journal = Journal::default().with_records(doses.collect());
        assert_eq!(
            asked(&journal, "powder", "30", "g").as_deref(),
            Some("30 g (usually 3 g): is the point in the right place?")
        );
        assert_eq!(asked(&journal, "powder", "29", "g"), None);
    }

    #[test]
    fn ten_times_the_usual_amount_is_asked_about_once_five_doses_say_what_is_usual() {
        let usual = journal(5, "0.5");
        assert_eq!(
            asked(&usual, "powder", "5", "g").as_deref(),
            Some("5 g (usually 0.5 g): is the point in the right place?")
        );
        assert_eq!(asked(&usual, "powder", "4.9", "g"), None);
        assert_eq!(asked(&journal(4, "0.5"), "powder", "5", "g"), None);
        // Another product, and another unit, have no usual amount here.
        assert_eq!(asked(&usual, "tablet_7oh", "5", "mg"), None);
        assert_eq!(asked(&usual, "powder", "5", "mg"), None);
    }

    #[test]
    fn doses_of_more_than_thirty_days_ago_say_nothing_of_what_is_usual() {
        let old = (1..=5).map(|n| dose(n, 30 + i64::from(n), "powder", "0.5", "g"));
        let old = Journal::default().with_records(old.collect());
        assert_eq!(asked(&old, "powder", "5", "g"), None);
    }

    #[test]
    fn as_last_time_and_what_was_kept_once_are_not_asked_about_again() {
        let mut doses: Vec<Record> = (2..=6)
            .map(|n| dose(n, i64::from(n), "powder", "0.5", "g"))
            .collect();
        doses.push(dose(1, 1, "powder", "60", "g"));
        let held = Journal::default().with_records(doses);
        assert_eq!(asked(&held, "powder", "60", "g"), None);
        let noted = dose(1, 1, "powder", "60", "g").with_text("note", "so it was");
        assert_eq!(question(&held, &noted), None);
        let other = dose(1, 1, "powder", "61", "g");
        assert!(question(&held, &other).is_some());
    }

    #[test]
    fn an_amount_beyond_what_its_unit_can_mean_is_asked_about() {
        let nothing = Journal::default();
        assert_eq!(
            asked(&nothing, "powder", "10000", "g").as_deref(),
            Some("10000 g: is the unit right?")
        );
        assert_eq!(asked(&nothing, "powder", "100", "g"), None);
        // Who uses much knows it.
        assert_eq!(asked(&journal(5, "90"), "powder", "120", "g"), None);
        let fluids = |value: &str, unit: &str| {
            let record = record(99, 0, Kind::Measurement, "fluids")
                .with_number("value", value.parse().unwrap())
                .with_text("unit", unit);
            question(&nothing, &record)
        };
        assert_eq!(
            fluids("2", "mL").as_deref(),
            Some("Fluids drunk, 2 mL: is the unit right?")
        );
        assert_eq!(fluids("2", "L"), None);
        assert_eq!(fluids("250", "mL"), None);
    }
}
