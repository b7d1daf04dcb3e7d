//! What an import leaves out or brings beside an older value, and why.

use crate::domain::check_in::CheckIn;
use crate::domain::check_in::Overall;
use crate::domain::check_in::symptom::{Severity, Symptoms};
use crate::domain::id::EntryId;
use crate::domain::order::Ordered;
use crate::domain::record::Record;
use crate::domain::record::kind::Kind;
use crate::domain::text::words;
use chrono::NaiveDate;
use std::collections::{BTreeMap, HashMap, HashSet, VecDeque};

/// Why an entry is left out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Why {
    /// This journal has it with other words or numbers.
    Differs,
    /// Version 0.1.0 imported it with another day or time.
    Misread,
    /// It is in this journal's bin.
    InBin,
    /// It was erased for good from this journal.
    Erased,
    /// An attempt begins on that day already.
    DayTaken,
    /// Its clock times overlap those of a sleep that the day has.
    Overlaps,
    /// Its day would have more hours of sleep than a day has.
    NoRoom,
    /// It is a day without, and the day has a dose.
    HasDose,
    /// It is a day without, and the day is noted as one.
    IsNoted,
}

impl Why {
    /// The end of the sentence "check-in of 3 Mar: …".
    pub(crate) const fn words(self) -> &'static str {
        match self {
            Self::Differs => "differs from the one here, which stays as it is",
            Self::Misread => {
                "version 0.1.0 took it in with another day or time, and that stays as it is; delete it and import again to have it as the file says"
            }
            Self::InBin => "lies in the bin here and stays there",
            Self::Erased => "was erased for good here and is not taken in",
            Self::DayTaken => "an attempt begins on that day here already",
            Self::Overlaps => "overlaps a sleep that the day has, which stays as it is",
            Self::NoRoom => "there are no hours left for it in its day",
            Self::HasDose => "a dose of that product stands on that day here",
            Self::IsNoted => "that day is noted as one without that product already",
        }
    }
}

/// An entry that an import leaves out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Omission {
    /// "check-in", "dose", "setting day end" …
    pub(crate) what: String,
    /// The day it counts for, if it has one.
    pub(crate) day: Option<NaiveDate>,
    /// Its id, if it has one.
    pub(crate) id: Option<EntryId>,
    /// Why.
    pub(crate) why: Why,
    /// What differs: "Nausea 2 here, 3 in the file".
    pub(crate) detail: Option<String>,
    /// The record here and the one of the file, until they are put into words.
    pub(super) records: Option<Box<(Record, Record)>>,
}

impl std::fmt::Display for Omission {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.what)?;
        if let Some(day) = self.day {
            write!(f, " of {}", words::day(day))?;
        }
        write!(f, ": {}", self.why.words())?;
        match &self.detail {
            Some(detail) => write!(f, " ({detail})"),
            None => Ok(()),
        }
    }
}

/// A value of an import that stands beside an older one, which an earlier version of the same file brought.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Corrected {
    /// The entry with the older one.
    pub(crate) here: EntryId,
    /// The older value and the new one.
    records: Box<(Record, Record)>,
    /// Both in words.
    text: String,
}

impl std::fmt::Display for Corrected {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.text)
    }
}

impl Omission {
    /// Says what differs from the record here. `line` puts a record into words.
    pub(super) fn explain(&mut self, line: &dyn Fn(&Record) -> String) {
        let Some(records) = self.records.take() else {
            return;
        };
        let (here, there) = (line(&records.0), line(&records.1));
        if here != there {
            self.detail = Some(format!("{here} here, {there} in the file"));
        }
    }
}

impl Corrected {
    /// The id of the new value.
    pub(super) fn there(&self) -> EntryId {
        self.records.1.id
    }

    /// Says what stands beside what. `line` puts a record into words.
    pub(super) fn explain(&mut self, line: &dyn Fn(&Record) -> String) {
        let (ours, theirs) = self.records.as_ref();
        let day = ours.day().map_or_else(String::new, words::day);
        self.text = format!("{day}: {} here, {} in the file", line(ours), line(theirs));
    }
}

/// Where a value stands: of two in one place, the one that the file does not have any more was corrected.
type Place = (Kind, Option<String>, NaiveDate, i64);

fn place(record: &Record) -> Option<Place> {
    let moment = record.moment.as_ref()?;
    // A day without a time has a place of its own instant, which another zone would move.
    let at = if moment.without_time {
        i64::MIN
    } else {
        moment.at_utc + i64::from(moment.offset_min) * 60
    };
    Some((
        record.kind,
        record.about().map(str::to_owned),
        moment.day,
        at,
    ))
}

/// The imported records here that `file` does not have any more; `file` gives the ids of all that it has, as they stand here.
pub(super) fn lost<'a>(
    here: &BTreeMap<EntryId, &'a Record>,
    file: impl Iterator<Item = EntryId>,
) -> Vec<&'a Record> {
    let imported = here.values().filter(|ours| ours.id.is_derived());
    let mut lost: BTreeMap<EntryId, &Record> = imported.map(|ours| (ours.id, *ours)).collect();
    for id in file {
        lost.remove(&id);
    }
    lost.into_values().collect()
}

/// The new values that stand in the place of one of the `lost`.
pub(super) fn corrected<'a>(
    new: impl Iterator<Item = &'a Record>,
    lost: &[&Record],
) -> Vec<Corrected> {
    let places: HashSet<Place> = lost.iter().filter_map(|ours| place(ours)).collect();
    let mut wanted: HashMap<Place, VecDeque<&Record>> = HashMap::new();
    for record in new {
        if let Some(place) = place(record).filter(|place| places.contains(place)) {
            wanted.entry(place).or_default().push_back(record);
        }
    }
    let mut all = Vec::new();
    for ours in lost {
        let new = place(ours).and_then(|place| wanted.get_mut(&place)?.pop_front());
        all.extend(new.map(|theirs| Corrected {
            here: ours.id,
            records: Box::new(((*ours).clone(), theirs.clone())),
            text: String::new(),
        }));
    }
    all.order_by_key(|corrected| corrected.records.0.day());
    all
}

/// What of two check-ins differs, in words.
pub(super) fn of_check_ins(
    ours: &CheckIn,
    theirs: &CheckIn,
    symptoms: &Symptoms,
) -> Option<String> {
    let mut parts = Vec::new();
    let number =
        |value: Option<u8>| value.map_or_else(|| "none".to_owned(), |value| value.to_string());
    for symptom in symptoms {
        let of = |check_in: &CheckIn| {
            let rating = check_in
                .ratings
                .iter()
                .find(|rating| rating.symptom == symptom.key);
            rating
                .and_then(|rating| rating.answer)
                .map(Severity::number)
        };
        let (here, there) = (of(ours), of(theirs));
        if here != there {
            parts.push(format!(
                "{} {} here, {} in the file",
                symptom.name,
                number(here),
                number(there)
            ));
        }
    }
    let overall = |check_in: &CheckIn| check_in.overall.map(Overall::number);
    let (here, there) = (overall(ours), overall(theirs));
    if here != there {
        parts.push(format!(
            "overall {} here, {} in the file",
            number(here),
            number(there)
        ));
    }
    if ours.note != theirs.note {
        parts.push("another note".to_owned());
    }
    (!parts.is_empty()).then(|| parts.join("; "))
}
