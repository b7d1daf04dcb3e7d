//! Medications and their intakes, with the limits that the person copied from the label.
//!
//! Invariant: nothing here suggests an amount or a medicine. A limit is a number that the person typed, never one of ours. It
//! covers one entry only, and its sentence says so.

use super::catalogue::{CareList, Medicine};
use crate::domain::journal::Journal;
use crate::domain::record::Record;
use crate::domain::record::key;
use crate::domain::record::kind::Kind;
use crate::domain::record::state::IntakeState;
use crate::domain::text::words;
use crate::domain::time::span::Span;
use crate::domain::time::{Moment, Now, Zone, end_of_day};
use chrono::{DateTime, NaiveDate, TimeDelta};

/// How many skipped intakes in a row bring up the caution about stopping suddenly.
const SKIPPED_IN_A_ROW: usize = 2;

/// The end of every sentence about a limit.
pub(crate) const COVERS: &str = "It covers only this entry; check other products' ingredients.";

/// A typed view of an intake's record.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Intake<'a> {
    /// The record behind it.
    pub(crate) record: &'a Record,
    /// When it was.
    pub(crate) moment: &'a Moment,
    /// Taken, late or skipped.
    pub(crate) state: IntakeState,
    /// The amount in the person's words.
    pub(crate) amount: Option<&'a str>,
}

impl<'a> Intake<'a> {
    /// The intake in `record`, if it is one.
    pub(crate) fn of(record: &'a Record) -> Option<Self> {
        let moment = record.moment.as_ref();
        let state = record.text(key::STATE).and_then(IntakeState::from_code);
        Some(Self {
            record,
            moment: moment.filter(|_| record.kind == Kind::Intake)?,
            // A later version may write a state unknown to this one. Taken is the careful reading: gaps and limits count it.
            state: state.unwrap_or(IntakeState::Taken),
            amount: record.text(key::AMOUNT),
        })
    }

    /// Whether it was taken, in time or late.
    pub(crate) fn is_taken(&self) -> bool {
        self.state != IntakeState::Skipped
    }
}

/// What the person takes on `date`, in the order in which it was added.
pub(crate) fn medications_on(journal: &Journal, date: NaiveDate) -> Vec<&Record> {
    let mut medications = journal.standing(Kind::Medication);
    let span = Span {
        from: date,
        to: date,
    };
    medications.retain(|record| record.lasts_in(span));
    medications
}

/// The medication that a person means by `typed`: by its name, or that of the catalogue; one that goes on comes first.
pub(crate) fn find<'a>(journal: &'a Journal, typed: &str, today: NaiveDate) -> Option<&'a Record> {
    called(journal, typed, today).into_iter().next()
}

/// The medications that `typed` means: the current ones, else those that are over. Those that the person calls so come before
/// those that are the same medicine by the list: "ibuprofen" is Advil only where nothing is called Ibuprofen.
pub(crate) fn called<'a>(journal: &'a Journal, typed: &str, today: NaiveDate) -> Vec<&'a Record> {
    let query = typed.trim().to_lowercase();
    let listed = CareList::built_in().medication_called(typed);
    let is_named = |record: &&Record| {
        let name = record.text(key::NAME).unwrap_or_default();
        name.to_lowercase() == query
    };
    let is_same = |record: &&Record| {
        let about = record.about();
        about == Some(&query) || listed.is_some_and(|listed| about == Some(listed.code))
    };
    // Of two entries with one name (stopped and begun again) the current one is meant.
    for all in [
        medications_on(journal, today),
        journal.standing(Kind::Medication),
    ] {
        let (named, others): (Vec<&Record>, Vec<&Record>) = all.into_iter().partition(is_named);
        let same: Vec<&Record> = others.into_iter().filter(is_same).collect();
        if let Some(meant) = [named, same].into_iter().find(|meant| !meant.is_empty()) {
            return meant;
        }
    }
    Vec::new()
}

/// The intakes of a medication, in order.
pub(crate) fn intakes_of<'a>(
    journal: &'a Journal,
    medication: &Record,
) -> impl DoubleEndedIterator<Item = Intake<'a>> + use<'a> {
    let its = journal.records_about(Kind::Intake, &medication.id.to_string());
    its.filter_map(Intake::of)
}

/// The last intake that was taken, at or before `until_utc`.
pub(crate) fn last_intake<'a>(
    journal: &'a Journal,
    medication: &Record,
    until_utc: i64,
) -> Option<Intake<'a>> {
    let mut intakes = intakes_of(journal, medication).rev();
    intakes.find(|intake| intake.moment.at_utc <= until_utc && intake.is_taken())
}

/// What is to be said before another intake, of the limits that the person entered: the gap that has not ended, and that
/// this one is the last of the day, or beyond it. `None` when nothing is.
pub fn before_intake(journal: &Journal, medication: &Record, now: &Now) -> Option<String> {
    let at = now.at.timestamp();
    limits(journal, medication, now, (at, at))
}

/// The same of an intake without a time: it can have been at any hour of the day of `then`.
pub fn before_intake_that_day(
    journal: &Journal,
    medication: &Record,
    then: &Now,
) -> Option<String> {
    let day_end = journal.settings.day_end;
    let ends = |day| end_of_day(day, &then.zone, day_end).timestamp();
    let day = then.today(day_end);
    let span = (ends(day.pred_opt()?), ends(day) - 1);
    limits(journal, medication, then, span)
}

/// The sentences of an intake that was at some moment from `first` to `last`, in seconds UTC.
fn limits(
    journal: &Journal,
    medication: &Record,
    now: &Now,
    (first, last): (i64, i64),
) -> Option<String> {
    let mut sentences = Vec::new();
    let gap = gap_end(journal, medication, &now.zone, last);
    if let Some(gap) = gap.filter(|gap| gap.at_utc > first) {
        sentences.push(gap.sentence(now)?);
    }
    if let Some(most) = medication.whole(key::MOST) {
        let today = now.today(journal.settings.day_end);
        let intakes = journal.records(today).iter();
        let id = medication.id.to_string();
        let its = intakes.filter(|intake| intake.about() == Some(&id));
        let intakes = its.filter_map(Intake::of).filter(Intake::is_taken);
        let next = u32::try_from(intakes.count() + 1).unwrap_or(u32::MAX);
        if next == most {
            sentences.push(format!(
                "This is number {next} today, and you entered {most} as the most a day."
            ));
        } else if next > most {
            sentences.push(format!("You entered {most} as the most a day; this would be number {next}. Ask a pharmacist first."));
        }
    }
    if sentences.is_empty() {
        return None;
    }
    sentences.push(COVERS.to_owned());
    Some(sentences.join(" "))
}

/// The end of the gap that the person entered.
struct GapEnd {
    at_utc: i64,
    /// The day of the intake before it, where it has no time: then it ends at the latest so.
    of_day: Option<NaiveDate>,
}

impl GapEnd {
    /// "The gap you entered ends 14:20."
    fn sentence(&self, now: &Now) -> Option<String> {
        let at = now.zone.at(DateTime::from_timestamp(self.at_utc, 0)?);
        let time = now.manner.time(at.time());
        let away = (at.date_naive() - now.at.date_naive()).num_days();
        let ends = match away {
            0 => time,
            1 => format!("{time} tomorrow"),
            _ => format!("{time} on {}", words::day(at.date_naive())),
        };
        Some(match self.of_day {
            None => format!("The gap you entered ends {ends}."),
            Some(day) => format!(
                "The gap you entered ends {ends} at the latest: the intake of {} has no time.",
                words::short_day(day)
            ),
        })
    }
}

/// When the gap after the intakes up to `until_utc` ends. One without a time can have been at the end of its day.
fn gap_end(journal: &Journal, medication: &Record, zone: &Zone, until_utc: i64) -> Option<GapEnd> {
    let gap = medication.number(key::GAP)?;
    // One thousandth of an hour is 3.6 seconds, or 3600 milliseconds.
    let gap = TimeDelta::milliseconds(gap.thousandths() * 3600).num_seconds();
    let intakes = intakes_of(journal, medication).rev();
    let mut taken = intakes.filter(|intake| intake.moment.at_utc <= until_utc && intake.is_taken());
    let last = taken.next()?;
    // Of the day of the last one and the day before, one without a time can have been later than it stands.
    let since = last.moment.day.pred_opt()?;
    let near = taken.take_while(|intake| intake.moment.day >= since);
    let latest = |intake: Intake<'_>| {
        let Moment { at_utc, day, .. } = *intake.moment;
        if !intake.moment.without_time {
            return (at_utc, None);
        }
        let ends = end_of_day(day, zone, journal.settings.day_end).timestamp();
        (ends.min(until_utc).max(at_utc), Some(day))
    };
    let all = std::iter::once(last).chain(near).map(latest);
    let (at_utc, of_day) = all.max_by_key(|(at_utc, _)| *at_utc)?;
    Some(GapEnd {
        at_utc: at_utc + gap,
        of_day,
    })
}

/// The caution about stopping suddenly, when the last two intakes noted were skipped.
pub fn skipped_caution(journal: &Journal, medication: &Record) -> Option<String> {
    let last = intakes_of(journal, medication).rev().take(SKIPPED_IN_A_ROW);
    let skipped = last.filter(|intake| !intake.is_taken()).count();
    (skipped == SKIPPED_IN_A_ROW).then(|| stop_caution(medication))?
}

/// What is to be known before `record` is saved: where it notes the last day of a medication, and the journal has none yet.
pub(crate) fn caution_on_stop(journal: &Journal, record: &Record) -> Option<String> {
    let stored = journal.record(record.id).and_then(Record::last_day);
    let stops = record.kind == Kind::Medication && record.last_day().is_some();
    (stops && stored.is_none()).then(|| stop_caution(record))?
}

/// The catalogue's medicine behind a medication: by the code it was added with, else by its name.
pub(crate) fn listed(medication: &Record) -> Option<&'static Medicine> {
    let list = CareList::built_in();
    match medication.about() {
        Some(code) => list.medication(code),
        None => list.medication_called(medication.text(key::NAME)?),
    }
}

/// The caution about stopping this medication suddenly.
pub(crate) fn stop_caution(medication: &Record) -> Option<String> {
    listed(medication)?.abrupt_stop_caution()
}
