//! Measurements: from typed text to numbers, and from numbers to the value of a day.
//!
//! Invariant: a number keeps the unit that the person typed; charts and means convert it. The sleeps of a day add
//! up, and each counts for the day of waking. Every other measure has the mean of the day, or the sum where the list says so.

use super::catalogue::CareList;
use super::measure::{Daily, Measure, MeasureForm};
use crate::domain::amount::Amount;
use crate::domain::id::EntryId;
use crate::domain::journal::Journal;
use crate::domain::record::draft::{RecordDraft, Refusal};
use crate::domain::record::key;
use crate::domain::record::kind::Kind;
use crate::domain::record::{Record, answer};
use crate::domain::time::parse::parse_clock;
use chrono::{NaiveDate, NaiveTime, Timelike};

/// A measurement, read out of its record.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Measurement<'a> {
    /// What was measured.
    pub(crate) measure: &'static Measure,
    /// The number, or the upper one of a pair.
    pub(crate) value: Option<Amount>,
    /// The lower one of a pair.
    pub(crate) second: Option<Amount>,
    /// In which unit both were written.
    pub(crate) unit: &'a str,
    /// The code of a direction.
    pub(crate) direction: Option<&'a str>,
    /// Item 9 of a PHQ-9.
    pub(crate) item9: Option<u32>,
    /// From going to bed to getting up.
    in_bed: Option<f64>,
}

impl<'a> Measurement<'a> {
    /// The measurement in `record`, if it is one of something that this version knows.
    pub(crate) fn of(record: &'a Record) -> Option<Self> {
        let record = Some(record).filter(|record| record.kind == Kind::Measurement)?;
        let clock = |field: &str| parse_clock(record.text(field)?);
        Some(Self {
            measure: CareList::built_in().measure(record.about()?)?,
            value: record.number(key::VALUE),
            second: record.number(key::SECOND),
            unit: record.text(key::UNIT).unwrap_or_default(),
            direction: record.text(key::DIRECTION),
            item9: record.whole(key::ITEM9),
            in_bed: clock(key::BED).zip(clock(key::UP)).map(hours_between),
        })
    }

    /// One of its numbers in the usual unit.
    pub(crate) fn in_usual(&self, part: Part) -> Option<Amount> {
        let number = match part {
            Part::First => self.value,
            Part::Second => self.second,
        };
        self.measure.in_usual(number?, self.unit)
    }

    /// Of the time in bed, the part asleep, 0 to 100 percent; `None` unless to bed and got up are both noted and the hours fit
    /// between them. The usual definition: time asleep over time in bed.
    pub(crate) fn sleep_efficiency(&self) -> Option<f64> {
        let (in_bed, asleep) = (self.in_bed?, self.value?.number());
        (in_bed > 0.0 && asleep <= in_bed).then(|| asleep / in_bed * 100.0)
    }
}

/// Splits the typed value of a draft into the fields of a record.
pub(crate) fn split(draft: &mut RecordDraft) -> Result<(), Refusal> {
    let measure = draft
        .about
        .as_deref()
        .and_then(|code| CareList::built_in().measure(code));
    let Some(measure) = measure else {
        return Err(Refusal::new(key::ABOUT, "there is no such measurement"));
    };
    if measure.form == MeasureForm::Direction {
        if draft.text(key::DIRECTION).is_empty() {
            return Err(Refusal::new(key::DIRECTION, "less, more or mixed"));
        }
        return Ok(());
    }
    let typed = draft.text(key::VALUE);
    let typed = match (typed.is_empty(), measure.form) {
        (true, MeasureForm::Sleep) => slept(draft)?.to_string(),
        (true, _) => return Err(Refusal::new(key::VALUE, "value is missing")),
        // A bare number takes the unit field; a unit typed behind the number wins.
        (false, _) if typed.ends_with(|c: char| c.is_ascii_digit()) => {
            format!("{typed} {}", draft.text(key::UNIT))
        }
        (false, _) => typed.to_owned(),
    };
    let reading = measure
        .read(&typed)
        .map_err(|why| Refusal::new(key::VALUE, why.to_string()))?;
    draft
        .texts
        .insert(key::VALUE.to_owned(), reading.value.to_string());
    match reading.second {
        Some(second) => draft
            .texts
            .insert(key::SECOND.to_owned(), second.to_string()),
        None => draft.texts.remove(key::SECOND),
    };
    draft
        .texts
        .insert(key::UNIT.to_owned(), reading.unit.to_owned());
    Ok(())
}

/// Refuses an item 9 that the questionnaire does not have, or that exceeds the total.
pub(crate) fn check(record: &Record) -> Result<(), Refusal> {
    let Some((measured, item9)) = Measurement::of(record).and_then(|m| Some((m, m.item9?))) else {
        return Ok(());
    };
    let refuse = |sentence: &str| Err(Refusal::new(key::ITEM9, sentence));
    match measured.value {
        _ if !measured.measure.has_item9 => refuse("item 9 belongs to the PHQ-9"),
        Some(total) if Amount::whole(item9) > total => {
            refuse("item 9 cannot be more than the total")
        }
        _ => Ok(()),
    }
}

/// Hours between falling asleep (or going to bed) and waking (or getting up), to the minute's thousandths.
fn slept(draft: &RecordDraft) -> Result<Amount, Refusal> {
    let clock = |code: &'static str| match draft.text(code) {
        "" => Ok(None),
        typed => answer::clock(code, typed).map(Some),
    };
    let from = clock(key::ASLEEP)?.or(clock(key::BED)?);
    let to = clock(key::WOKE)?.or(clock(key::UP)?);
    match (from, to) {
        (Some(from), Some(to)) => Ok(Amount::nearest(hours_between((from, to)))),
        _ => Err(Refusal::new(
            key::VALUE,
            "hours are missing, or the times you fell asleep and woke",
        )),
    }
}

/// Hours from one time of day to the next time that it is the other.
fn hours_between((from, to): (NaiveTime, NaiveTime)) -> f64 {
    let minutes = (to - from).num_minutes().rem_euclid(24 * 60);
    minutes as f64 / 60.0
}

/// Which of a measurement's numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Part {
    /// The only number, or the upper one of a pair.
    First,
    /// The lower number of a pair.
    Second,
}

/// The code of the hours slept among the measures.
pub(crate) const SLEEP_HOURS: &str = "sleep_hours";

/// How many decimals a screen shows of the measure with this code; 1 for an unknown code.
pub(crate) fn places_of(code: &str) -> u8 {
    let measure = CareList::built_in().measure(code);
    measure.map_or(1, |measure| measure.places)
}

/// The last record of each thing that was ever measured, the newest first.
pub(crate) fn latest(journal: &Journal) -> Vec<&Record> {
    let mut latest: Vec<(Option<String>, Option<NaiveDate>, EntryId)> = Vec::new();
    journal.look_through_records_of(Kind::Measurement, |record| {
        let at = latest
            .iter()
            .rposition(|(about, ..)| about.as_deref() == record.about());
        let about = match at {
            Some(at) => latest.remove(at).0,
            None => record.about().map(str::to_owned),
        };
        latest.push((about, record.day(), record.id));
    });
    let latest = latest.into_iter().rev();
    let record = |(_, day, id)| {
        let mut of_day = journal.records(day?).iter();
        of_day.find(|record| record.id == id)
    };
    latest.filter_map(record).collect()
}

/// The day's value of a measure in its usual unit; `None` when nothing was logged, which is not 0.
pub fn value_on(journal: &Journal, measure: &Measure, part: Part, date: NaiveDate) -> Option<f64> {
    value_among(journal.records(date), measure, part)
}

/// The same of the records of one day.
pub(crate) fn value_among(records: &[Record], measure: &Measure, part: Part) -> Option<f64> {
    if measure.form == MeasureForm::Sleep {
        return hours_among(records).map(Amount::number);
    }
    // By code first: a chart asks this for every day there is.
    let its = records
        .iter()
        .filter(|record| record.about() == Some(measure.code));
    let values: Vec<f64> = its
        .filter_map(|record| Measurement::of(record)?.in_usual(part))
        .map(Amount::number)
        .collect();
    let sum: f64 = values.iter().sum();
    (!values.is_empty()).then(|| match measure.daily {
        Daily::Sum => sum,
        Daily::Mean => sum / values.len() as f64,
    })
}

// Nobody sleeps as long every day; it is more often a slip, or a night that was noted twice.
/// Hours of a day above which sleep is asked about, or told.
pub(crate) const LONG_DAY: Amount = Amount::whole(14);
/// Hours of a day.
pub(crate) const WHOLE_DAY: Amount = Amount::whole(24);

/// Whether a record is a sleep with its hours.
pub(crate) fn is_sleep(record: &Record) -> bool {
    let measured = Measurement::of(record);
    measured.is_some_and(|it| it.measure.form == MeasureForm::Sleep && it.value.is_some())
}

/// The hours of a sleep.
pub(crate) fn hours(record: &Record) -> Amount {
    let measured = Measurement::of(record);
    let hours = measured.and_then(|it| it.in_usual(Part::First));
    hours.unwrap_or_default()
}

/// When it began and ended, in minutes of the day of waking; `None` without both times.
fn stretch(record: &Record) -> Option<(i64, i64)> {
    let clock = |code: &str| parse_clock(record.text(code)?);
    let from = clock(key::ASLEEP).or_else(|| clock(key::BED))?;
    let to = clock(key::WOKE).or_else(|| clock(key::UP))?;
    let minutes = |at: NaiveTime| i64::from(at.num_seconds_from_midnight() / 60);
    let (from, to) = (minutes(from), minutes(to));
    // A sleep counts for the day of waking, so one that seems to begin after its end began the evening before.
    Some((if from > to { from - 24 * 60 } else { from }, to))
}

/// The sleeps of `date` that count, in order.
pub(crate) fn sleeps_on(journal: &Journal, date: NaiveDate) -> Vec<&Record> {
    sleeps_among(journal.records(date))
}

fn sleeps_among(records: &[Record]) -> Vec<&Record> {
    let all = records.iter().filter(|it| is_sleep(it));
    counting(&all.collect::<Vec<_>>())
}

/// Whether two sleeps of a day have clock times in common.
pub(crate) fn overlaps(one: &Record, other: &Record) -> bool {
    let both = stretch(one).zip(stretch(other));
    both.is_some_and(|((from, to), (begin, end))| from < end && begin < to)
}

fn counting<'a>(all: &[&'a Record]) -> Vec<&'a Record> {
    let is_left_out = |one: &Record| {
        let own = all.iter().filter(|other| !other.id.is_derived());
        one.id.is_derived() && { own }.any(|other| overlaps(one, other))
    };
    all.iter()
        .copied()
        .filter(|one| !is_left_out(one))
        .collect()
}

/// The hours slept on one day; `None` where no sleep is noted.
fn hours_among(records: &[Record]) -> Option<Amount> {
    let sleeps = sleeps_among(records);
    (!sleeps.is_empty()).then(|| sleeps.into_iter().map(hours).sum())
}
