//! Measurements: from typed text to numbers, and from numbers to the value of a day.
//!
//! Invariant: a number keeps the unit that the person typed; charts and means convert it. A day's sleep is its latest sleep,
//! because sleep counts for the day of waking. Every other measure has the mean of the day, or the sum where the list says so.

use super::catalogue::CareList;
use super::measure::{Daily, Measure, ValueForm};
use crate::domain::amount::Amount;
use crate::domain::journal::Journal;
use crate::domain::record::Record;
use crate::domain::record::draft::{RecordDraft, Refusal};
use crate::domain::record::key;
use crate::domain::record::kind::Kind;
use chrono::{NaiveDate, NaiveTime};

/// The measure that a record is about.
pub fn measure_of(record: &Record) -> Option<&'static Measure> {
    let code = record
        .about()
        .filter(|_| record.kind == Kind::Measurement)?;
    CareList::built_in().measure(code)
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
    if measure.form == ValueForm::Direction {
        if draft.text(key::DIRECTION).is_empty() {
            return Err(Refusal::new(key::DIRECTION, "less, more or mixed"));
        }
        return Ok(());
    }
    let typed = draft.text(key::VALUE);
    let typed = match (typed.is_empty(), measure.form) {
        (true, ValueForm::Sleep) => hours_asleep(draft)?.to_string(),
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
    draft.texts.insert(key::UNIT.to_owned(), reading.unit);
    Ok(())
}

/// Refuses an item 9 that the questionnaire does not have, or that exceeds the total.
pub(crate) fn check(record: &Record) -> Result<(), Refusal> {
    let has_item9 = measure_of(record).is_some_and(|measure| measure.has_item9);
    if record.number(key::ITEM9).is_some() && !has_item9 {
        return Err(Refusal::new(key::ITEM9, "item 9 belongs to the PHQ-9"));
    }
    if let (Some(total), Some(item9)) = (record.number(key::VALUE), record.number(key::ITEM9))
        && item9 > total
    {
        return Err(Refusal::new(
            key::ITEM9,
            "item 9 cannot be more than the total",
        ));
    }
    Ok(())
}

/// Hours between falling asleep (or going to bed) and waking (or getting up).
fn hours_asleep(draft: &RecordDraft) -> Result<Amount, Refusal> {
    let clock = |field: &'static str| -> Result<Option<NaiveTime>, Refusal> {
        let text = draft.text(field);
        if text.is_empty() {
            return Ok(None);
        }
        let time = NaiveTime::parse_from_str(text, "%H:%M");
        time.map(Some)
            .map_err(|_| Refusal::new(field, "a time of day, such as 22:30"))
    };
    let from = clock(key::ASLEEP)?.or(clock(key::BED)?);
    let to = clock(key::WOKE)?.or(clock(key::UP)?);
    match (from, to) {
        (Some(from), Some(to)) => Ok(Amount::nearest(hours(from, to))),
        _ => Err(Refusal::new(
            key::VALUE,
            "hours are missing, or the times you fell asleep and woke",
        )),
    }
}

/// Hours from `from` to the next `to` on the clock.
fn hours(from: NaiveTime, to: NaiveTime) -> f64 {
    // Times of day carry no date: 23:00 to 07:00 passes midnight, and the remainder is its eight hours.
    let minutes = (to - from).num_minutes().rem_euclid(24 * 60);
    minutes as f64 / 60.0
}

/// Sleep efficiency, 0 to 100 percent: time asleep over time in bed, as the Consensus Sleep Diary defines it (Carney et al.,
/// Sleep 2012). `None` unless both bed times are noted and the hours asleep fit between them.
pub fn sleep_efficiency(record: &Record) -> Option<f64> {
    let clock = |field: &str| NaiveTime::parse_from_str(record.text(field)?, "%H:%M").ok();
    let in_bed = hours(clock(key::BED)?, clock(key::UP)?);
    let asleep = record.number(key::VALUE)?.number();
    (in_bed > 0.0 && asleep <= in_bed).then(|| asleep / in_bed * 100.0)
}

/// Which number of a measurement.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Part {
    /// The only number, or the upper one of a pair.
    First,
    /// The lower number of a pair.
    Second,
}

/// How many decimals a screen shows of the measure with this code; 1 for an unknown code.
pub(crate) fn places_of(code: &str) -> u8 {
    let measure = CareList::built_in().measure(code);
    measure.map_or(1, |measure| measure.places)
}

/// One record's number in the usual unit.
pub fn value_of(record: &Record, measure: &Measure, part: Part) -> Option<Amount> {
    let field = match part {
        Part::First => key::VALUE,
        Part::Second => key::SECOND,
    };
    measure.in_usual(
        record.number(field)?,
        record.text(key::UNIT).unwrap_or_default(),
    )
}

impl Journal {
    /// The last record of each thing that was ever measured, the newest first.
    pub fn latest_measured(&self) -> Vec<&Record> {
        let mut latest: Vec<&Record> = Vec::new();
        for record in self.records_of(Kind::Measurement).rev() {
            if !latest.iter().any(|other| other.about() == record.about()) {
                latest.push(record);
            }
        }
        latest
    }

    /// The day's value of a measure in its usual unit; `None` when nothing was logged, which is not 0.
    pub fn measured_on(&self, measure: &Measure, part: Part, date: NaiveDate) -> Option<f64> {
        let records = self.records(date).iter().filter(|record| {
            record.kind == Kind::Measurement && record.about() == Some(&measure.code)
        });
        let values: Vec<f64> = records
            .filter_map(|record| value_of(record, measure, part))
            .map(Amount::number)
            .collect();
        let last = *values.last()?;
        let sum: f64 = values.iter().sum();
        Some(match (measure.form, measure.daily) {
            (ValueForm::Sleep, _) => last,
            (_, Daily::Sum) => sum,
            (_, Daily::Mean) => sum / values.len() as f64,
        })
    }
}
