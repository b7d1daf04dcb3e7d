//! Sleeps that another program's file brings: which of them fit their day.
//!
//! Invariant: what is here stays, and what comes in is never cut short. A sleep that overlaps another one, or that would give
//! its day more than 24 hours, is left out whole and named.

use super::measurement::{LONG_DAY, WHOLE_DAY, hours, is_sleep, overlaps, sleeps_on};
use crate::domain::amount::Amount;
use crate::domain::journal::Journal;
use crate::domain::journal::earlier::ForeignIds;
use crate::domain::journal::incoming::day::ImportDays;
use crate::domain::journal::incoming::{ImportPlan, Incoming, Why};
use crate::domain::record::Record;
use crate::domain::text::words;
use chrono::NaiveDate;
use std::collections::BTreeMap;

/// Leaves out of `plan` the new sleeps that do not fit, and says which days get long. Files of our own are taken as they are:
/// they bring what a journal holds.
pub fn fit(plan: &mut ImportPlan, journal: &Journal, incoming: &Incoming) {
    let foreign: &ForeignIds = &incoming.foreign;
    let mut days: BTreeMap<NaiveDate, Vec<&Record>> = BTreeMap::new();
    let mut gone = Vec::new();
    let mut long: BTreeMap<NaiveDate, Amount> = BTreeMap::new();
    let import = ImportDays::new(journal, incoming);
    for record in plan.new_records() {
        let is_of_file = foreign.contains_key(&record.id) && is_sleep(record);
        let Some(day) = import.of(record).filter(|_| is_of_file) else {
            continue;
        };
        let here = days.entry(day).or_insert_with(|| sleeps_on(journal, day));
        let own = hours(record);
        if let Some(other) = here.iter().find(|other| overlaps(record, other)) {
            let other = hours(other);
            let detail = format!("{own} h in the file, {other} h there");
            gone.push((record.clone(), Why::Overlaps, Some(detail)));
            continue;
        }
        let held: Amount = here.iter().copied().map(hours).sum();
        let all = held.and(own);
        if all > WHOLE_DAY {
            let detail = format!("{own} h in the file beside {held} h, and a day has 24");
            gone.push((record.clone(), Why::NoRoom, Some(detail)));
            continue;
        }
        here.push(record);
        if all > LONG_DAY {
            long.insert(day, all);
        }
    }
    plan.withdraw(gone, foreign);
    if !long.is_empty() {
        let n = words::count(long.len(), "day gets", "days get");
        let days = long.into_iter();
        let days = days.map(|(day, all)| format!("{} {all} h", words::short_day(day)));
        let days = words::first_of(&days.collect::<Vec<_>>());
        plan.remarks.push(format!(
            "{n} more than {LONG_DAY} h of sleep, which may be a night noted twice: {days}."
        ));
    }
}
