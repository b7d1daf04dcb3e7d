//! What every cell is made with: the origin of days, and the numbers that stand for what the person named.
//!
//! Invariant: a word goes out when it is one of a built-in list, and no other way.

use super::Participant;
use super::origin::Origin;
use crate::domain::care::catalogue::CareList;
use crate::domain::check_in::symptom::{Origin as From, Symptom};
use crate::domain::id::EntryId;
use crate::domain::journal::Journal;
use crate::domain::record::Record;
use crate::domain::record::key;
use crate::domain::record::kind::Kind;
use crate::domain::text::suggest;
use crate::domain::time::Moment;
use crate::transfer::csv::Range;
use crate::transfer::schema::{Holds, Schema, at};
use chrono::{NaiveDate, NaiveTime};

/// What stands for a word of the person's where it has no number.
pub(super) const OWN: &str = "own";

const PARTICIPANT: &str = "id that the study gave";

/// What cells are made with.
pub(super) struct Cells<'a> {
    pub(crate) journal: &'a Journal,
    pub(crate) range: Range,
    pub(crate) origin: Origin,
    pub(crate) participant: String,
}

impl<'a> Cells<'a> {
    pub(crate) fn new(journal: &'a Journal, participant: &Participant, range: Range) -> Self {
        Self {
            journal,
            range,
            origin: Origin::of(journal),
            participant: participant.as_str().to_owned(),
        }
    }

    /// A day counted from the origin.
    pub(crate) fn day(&self, day: NaiveDate) -> i64 {
        self.origin.days_to(day)
    }

    /// A table whose rows are named by the participant and the columns of `key`, which begins with `participant`.
    pub(crate) fn table<'c, T>(
        &'c self,
        name: &str,
        about: &str,
        key: &'static [&'static str],
    ) -> Schema<'c, T> {
        Schema::new(name, about, key)
            .must("participant", Holds::Text, |_| self.participant.clone())
            .about(PARTICIPANT)
    }

    /// Adds day, time, attempt, day of the attempt, late: what everything that happened begins with.
    pub(crate) fn when<'c, T>(
        &'c self,
        schema: Schema<'c, T>,
        moment: impl Fn(&T) -> Option<&Moment> + Copy + 'c,
    ) -> Schema<'c, T> {
        let attempt = move |entry: &T| {
            let moment = moment(entry)?;
            let on = self.journal.attempts.on(moment.day)?;
            Some((on.number, on.attempt.day_number(moment.day)))
        };
        schema
            .may("day", Holds::Integer, at(moment, |at| self.day(at.day)))
            .about("logical day, counted from the participant's origin")
            .may("time", Holds::Time, move |entry| {
                moment(entry)?.given_time().map(to_the_minute)
            })
            .about("as on the wall, to the minute; blank for a day alone")
            .may("attempt", Holds::Integer, move |entry| {
                attempt(entry).map(|(number, _)| number)
            })
            .about("number of the attempt that goes on")
            .may("attempt_day", Holds::Integer, move |entry| {
                attempt(entry).and_then(|(_, day)| day)
            })
            .about("days since that attempt's day 0")
            .may("late", Holds::Flag, at(moment, |at| at.late))
            .about("written after its logical day had ended")
            .refers(("attempt", "attempts", "id"))
    }

    /// `nausea`, `own_1`.
    pub(crate) fn symptom(&self, symptom: &Symptom) -> String {
        if symptom.origin != From::Own {
            return symptom.code.clone();
        }
        let own = self
            .journal
            .symptoms
            .iter()
            .filter(|s| s.origin == From::Own);
        numbered(own.map(|s| s.key).position(|key| key == symptom.key))
    }

    /// `powder`, `own_1`.
    pub(crate) fn product(&self, code: &str) -> String {
        match CareList::built_in().product(code) {
            Some(listed) => listed.code.to_owned(),
            // A typed name never goes out, only its number.
            None => self.own(Kind::Product, code),
        }
    }

    /// `walking`, `own_1`.
    pub(crate) fn practice(&self, code: &str) -> String {
        match CareList::built_in().practice(code) {
            Some(listed) => listed.code.to_owned(),
            None => self.own(Kind::OwnPractice, code),
        }
    }

    fn own(&self, kind: Kind, code: &str) -> String {
        let own = self.own_records(kind);
        numbered(own.iter().position(|record| record.about() == Some(code)))
    }

    /// Those of a kind that are not in a built-in list, in the order in which they were made.
    fn own_records(&self, kind: Kind) -> Vec<&'a Record> {
        let list = CareList::built_in();
        let mut own = self.journal.standing(kind);
        // A built-in product that the person only annotated keeps its own code.
        own.retain(|record| {
            let code = record.about().unwrap_or_default();
            list.product(code).is_none() && list.practice(code).is_none()
        });
        own
    }

    /// The number of a medication, from 1; blank when it is not there any more.
    pub(crate) fn medication(&self, id: &str) -> String {
        let id: Option<EntryId> = id.parse().ok();
        let all = self.journal.standing(Kind::Medication);
        let at = all.iter().position(|record| Some(record.id) == id);
        at.map(|at| (at + 1).to_string()).unwrap_or_default()
    }
}

/// `own_1` for the first; `own` for what is not there any more.
fn numbered(at: Option<usize>) -> String {
    at.map_or_else(|| OWN.to_owned(), |at| format!("{OWN}_{}", at + 1))
}

/// The time to the minute: seconds would single a person out without telling a study anything.
pub(super) fn to_the_minute(time: NaiveTime) -> String {
    // Seconds are cut, not rounded: rounding could move a time into another day.
    time.format("%H:%M:00").to_string()
}

/// The unit of a list, else `own`; blank for none.
pub(super) fn unit(record: &Record) -> String {
    let Some(typed) = record
        .text(key::UNIT)
        .map(str::trim)
        .filter(|t| !t.is_empty())
    else {
        return String::new();
    };
    let list = CareList::built_in();
    let about = record.about().unwrap_or_default();
    let of_measure = list.measure(about).and_then(|measure| measure.unit(typed));
    let of_substance = list.substance(about).and_then(|substance| substance.unit);
    let listed = match record.kind {
        Kind::Measurement => of_measure.map(|unit| unit.code),
        Kind::Substance => of_substance.filter(|unit| unit.eq_ignore_ascii_case(typed)),
        _ => None,
    };
    let listed = listed.or_else(|| list.unit_of(typed).map(|unit| unit.code));
    listed.unwrap_or(OWN).to_owned()
}

/// A word of a list by what was typed, else `own`; blank for nothing.
pub(super) fn listed<T: suggest::Listed>(list: &[T], typed: Option<&str>) -> String {
    let typed = typed.map(str::trim).filter(|typed| !typed.is_empty());
    typed.map_or_else(String::new, |typed| {
        suggest::find(list, typed).map_or_else(|| OWN.to_owned(), |word| word.code().to_owned())
    })
}
