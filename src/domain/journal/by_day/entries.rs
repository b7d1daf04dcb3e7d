//! How check-ins and records are packed.
//!
//! Invariant: what is unpacked is what was packed, field by field; packing is a matter of memory alone, and never reaches a file.

use super::packed::{Reader, Writer};
use crate::domain::check_in::rating::Rating;
use crate::domain::check_in::severity::Totals;
use crate::domain::check_in::symptom::{Severity, SymptomKey};
use crate::domain::check_in::{CheckIn, Overall};
use crate::domain::id::EntryId;
use crate::domain::record::kind::Kind;
use crate::domain::record::{Fields, Record};
use crate::domain::time::Moment;
use chrono::{NaiveDate, TimeDelta};

// What an entry has, and the two facts of its moment.
const HAS_MOMENT: u8 = 1;
const IS_LATE: u8 = 2;
const IS_WITHOUT_TIME: u8 = 4;
const WAS_EDITED: u8 = 8;
const HAS_NOTE: u8 = 16;
const HAS_OVERALL: u8 = 32;
const HAS_ABOUT: u8 = 64;

/// The bit, if the entry has it.
fn bit(bit: u8, has: bool) -> u8 {
    if has { bit } else { 0 }
}

fn facts(moment: Option<&Moment>, edited_utc: Option<i64>) -> u8 {
    bit(HAS_MOMENT, moment.is_some())
        | bit(IS_LATE, moment.is_some_and(|moment| moment.late))
        | bit(IS_WITHOUT_TIME, moment.is_some_and(|it| it.without_time))
        | bit(WAS_EDITED, edited_utc.is_some())
}

/// The first second of a day by UTC: moments are near to it.
fn begins(day: NaiveDate) -> i64 {
    (day - NaiveDate::default()).num_seconds()
}

fn put_moment(moment: &Moment, day: NaiveDate, out: &mut Writer) {
    out.signed(moment.at_utc.wrapping_sub(begins(day)));
    out.signed(i64::from(moment.offset_min));
    out.shared(&moment.zone);
    out.signed((moment.day - day).num_days());
}

fn moment(day: NaiveDate, facts: u8, from: &mut Reader<'_>) -> Option<Moment> {
    Some(Moment {
        at_utc: begins(day).wrapping_add(from.signed()?),
        offset_min: i16::try_from(from.signed()?).ok()?,
        zone: from.shared()?,
        day: day.checked_add_signed(TimeDelta::try_days(from.signed()?)?)?,
        late: facts & IS_LATE != 0,
        without_time: facts & IS_WITHOUT_TIME != 0,
    })
}

fn put_edited(edited_utc: Option<i64>, day: NaiveDate, out: &mut Writer) {
    if let Some(edited) = edited_utc {
        out.signed(edited.wrapping_sub(begins(day)));
    }
}

fn edited(day: NaiveDate, from: &mut Reader<'_>) -> Option<i64> {
    Some(begins(day).wrapping_add(from.signed()?))
}

fn id(from: &mut Reader<'_>) -> Option<EntryId> {
    Some(EntryId::from_bytes(from.bytes(16)?.try_into().ok()?))
}

pub(super) fn put_record(record: &Record, day: NaiveDate, out: &mut Writer) {
    out.byte(record.kind as u8);
    out.measured(|out| {
        out.bytes(record.id.as_bytes());
        let (moment, about) = (record.moment.as_ref(), record.about.as_ref());
        out.byte(facts(moment, record.edited_utc) | bit(HAS_ABOUT, about.is_some()));
        if let Some(moment) = moment {
            put_moment(moment, day, out);
        }
        put_edited(record.edited_utc, day, out);
        if let Some(about) = about {
            out.shared(about);
        }
        out.counted(record.fields.packed());
    });
}

pub(super) fn record(day: NaiveDate, from: &mut Reader<'_>) -> Option<Record> {
    let kind = from.byte()?;
    of_kind(kind, day, &mut from.measured()?)
}

/// Puts the record that was packed next to `records`, if it is of one of these sorts; else it is passed over. `None` at the end.
pub(super) fn pick(
    day: NaiveDate,
    sorts: u64,
    from: &mut Reader<'_>,
    records: &mut Vec<Record>,
) -> Option<()> {
    let kind = from.byte()?;
    let mut from = from.measured()?;
    if 1_u64.checked_shl(u32::from(kind))? & sorts != 0 {
        records.push(of_kind(kind, day, &mut from)?);
    }
    Some(())
}

fn of_kind(kind: u8, day: NaiveDate, from: &mut Reader<'_>) -> Option<Record> {
    let kind = *Kind::ALL.get(usize::from(kind))?;
    let id = id(from)?;
    let facts = from.byte()?;
    let moment = if facts & HAS_MOMENT == 0 {
        None
    } else {
        Some(moment(day, facts, from)?)
    };
    Some(Record {
        id,
        kind,
        moment,
        edited_utc: if facts & WAS_EDITED == 0 {
            None
        } else {
            Some(edited(day, from)?)
        },
        about: if facts & HAS_ABOUT == 0 {
            None
        } else {
            Some(from.shared()?)
        },
        fields: Fields::of_packed(from.counted()?),
    })
}

/// Passes over the record that was packed next, and tells its kind.
pub(super) fn pass_record(from: &mut Reader<'_>) -> Option<Kind> {
    let kind = *Kind::ALL.get(usize::from(from.byte()?))?;
    from.measured()?;
    Some(kind)
}

/// What a check-in was rated with comes first: long views read nothing else of it.
pub(super) fn put_check_in(check_in: &CheckIn, day: NaiveDate, out: &mut Writer) {
    out.measured(|out| {
        out.byte(
            facts(Some(&check_in.moment), check_in.edited_utc)
                | bit(HAS_NOTE, check_in.note.is_some())
                | bit(HAS_OVERALL, check_in.overall.is_some()),
        );
        let Totals {
            body_sum,
            body_n,
            mind_sum,
            mind_n,
        } = check_in.totals;
        out.bytes(&[body_sum, body_n, mind_sum, mind_n]);
        if let Some(overall) = check_in.overall {
            out.byte(overall.number());
        }
        out.number(check_in.ratings.len() as u64);
        let mut last = 0;
        for rating in &check_in.ratings {
            put_rating(*rating, last, out);
            last = rating.symptom.0;
        }
        out.bytes(check_in.id.as_bytes());
        put_moment(&check_in.moment, day, out);
        put_edited(check_in.edited_utc, day, out);
        if let Some(note) = &check_in.note {
            out.counted(note.as_bytes());
        }
    });
}

pub(super) fn check_in(day: NaiveDate, from: &mut Reader<'_>) -> Option<CheckIn> {
    let Rates {
        facts,
        totals,
        overall,
        count,
        rest: mut from,
    } = rates(from)?;
    let mut last = 0;
    let ratings = (0..count).map(|_| {
        let rating = rating(last, &mut from)?;
        last = rating.symptom.0;
        Some(rating)
    });
    let ratings = ratings.collect::<Option<_>>()?;
    let id = id(&mut from)?;
    let moment = moment(day, facts, &mut from)?;
    let edited_utc = if facts & WAS_EDITED == 0 {
        None
    } else {
        Some(edited(day, &mut from)?)
    };
    let note = if facts & HAS_NOTE == 0 {
        None
    } else {
        Some(std::str::from_utf8(from.counted()?).ok()?.into())
    };
    Some(CheckIn {
        id,
        moment,
        ratings,
        totals,
        overall,
        note,
        edited_utc,
    })
}

/// What stands before the ratings of a check-in.
pub(super) struct Rates<'a> {
    facts: u8,
    pub(super) totals: Totals,
    pub(super) overall: Option<Overall>,
    /// How many ratings there are.
    pub(super) count: usize,
    /// The ratings and what follows them.
    pub(super) rest: Reader<'a>,
}

impl Rates<'_> {
    /// Whether the check-in has a note.
    pub(super) const fn has_note(&self) -> bool {
        self.facts & HAS_NOTE != 0
    }
}

/// Those of the check-in that was packed next.
pub(super) fn rates<'a>(from: &mut Reader<'a>) -> Option<Rates<'a>> {
    let mut from = from.measured()?;
    let [facts, body_sum, body_n, mind_sum, mind_n] = *from.bytes(5)?.first_chunk()?;
    let overall = if facts & HAS_OVERALL == 0 {
        None
    } else {
        Some(Overall::new(from.byte()?)?)
    };
    Some(Rates {
        facts,
        totals: Totals {
            body_sum,
            body_n,
            mind_sum,
            mind_n,
        },
        overall,
        count: from.count()?,
        rest: from,
    })
}

/// In the upper half of a rating's byte: the symptom's number follows. Else it is so many above the last one.
const FAR: u8 = 15;

/// One byte a rating, because nearly all of a check-in's symptoms follow one another closely: how far the symptom is from the last
/// one, whether it was copied, and the answer.
fn put_rating(rating: Rating, last: u16, out: &mut Writer) {
    let answer = rating.answer.map_or(7, Severity::number);
    let low = answer | bit(8, rating.copied);
    let step = rating.symptom.0.checked_sub(last);
    match step.and_then(|step| u8::try_from(step).ok()) {
        Some(step) if step < FAR => out.byte(step << 4 | low),
        _ => {
            out.byte(FAR << 4 | low);
            out.number(u64::from(rating.symptom.0));
        }
    }
}

pub(super) fn rating(last: u16, from: &mut Reader<'_>) -> Option<Rating> {
    let byte = from.byte()?;
    let symptom = match byte >> 4 {
        FAR => u16::try_from(from.number()?).ok()?,
        step => last.checked_add(u16::from(step))?,
    };
    Some(Rating {
        symptom: SymptomKey(symptom),
        answer: Severity::new(byte & 7),
        copied: byte & 8 != 0,
    })
}

#[cfg(test)]
mod tests {
    use super::{check_in, pass_record, put_check_in, put_record, record};
    use crate::domain::check_in::rating::Rating;
    use crate::domain::check_in::severity::Totals;
    use crate::domain::check_in::symptom::{Severity, SymptomKey};
    use crate::domain::check_in::{CheckIn, Overall};
    use crate::domain::id::EntryId;
    use crate::domain::journal::by_day::packed::Writer;
    use crate::domain::record::kind::Kind;
    use crate::domain::record::{Record, Value};
    use crate::domain::time::Moment;
    use chrono::{Days, NaiveDate};
    use proptest::prelude::{Strategy, any, proptest};
    use proptest::{collection, option, prop_assert_eq};

    fn day(days: u64) -> NaiveDate {
        NaiveDate::default() + Days::new(days)
    }

    fn moments() -> impl Strategy<Value = Moment> {
        let numbers = (any::<i64>(), any::<i16>(), 0..40_000_u64);
        (numbers, "[A-Z]{0,3}", any::<bool>(), any::<bool>()).prop_map(
            |((at_utc, offset_min, days), zone, late, without_time)| Moment {
                at_utc,
                offset_min,
                zone: zone.into(),
                day: day(days),
                late,
                without_time,
            },
        )
    }

    fn ratings() -> impl Strategy<Value = Rating> {
        // Near ones as a file has them, and any.
        let symptom = proptest::prop_oneof![0..40_u16, any::<u16>()];
        (symptom, option::of(0..5_u8), any::<bool>()).prop_map(|(symptom, answer, copied)| Rating {
            symptom: SymptomKey(symptom),
            answer: answer.and_then(Severity::new),
            copied,
        })
    }

    proptest! {
        #[test]
        fn a_check_in_is_unpacked_as_it_was_packed(
            id in any::<[u8; 16]>(), moment in moments(), ratings in collection::vec(ratings(), 0..60), totals in any::<[u8; 4]>(),
            (overall, note, edited_utc) in (option::of(0..=10_u8), option::of(".{0,200}"), option::of(any::<i64>())), of in 0..40_000_u64
        ) {
            let [body_sum, body_n, mind_sum, mind_n] = totals;
            let expected = CheckIn {
                id: EntryId::from_bytes(id),
                moment,
                ratings: ratings.into(),
                totals: Totals { body_sum, body_n, mind_sum, mind_n },
                overall: overall.and_then(Overall::new),
                note: note.map(Into::into),
                edited_utc,
            };
            let mut out = Writer::default();
            put_check_in(&expected, day(of), &mut out);
            put_check_in(&expected, day(of), &mut out);
            let packed = out.take();
            let mut reader = packed.reader();
            prop_assert_eq!(check_in(day(of), &mut reader), Some(expected.clone()));
            prop_assert_eq!(check_in(day(of), &mut reader), Some(expected));
            prop_assert_eq!(reader.byte(), None);
        }

        #[test]
        fn a_record_is_unpacked_as_it_was_packed(
            id in any::<[u8; 16]>(), kind in 0..Kind::ALL.len(), moment in option::of(moments()), about in option::of("[a-z]{0,3}"),
            words in option::of(".{0,200}"), edited_utc in option::of(any::<i64>()), of in 0..40_000_u64
        ) {
            let id = EntryId::from_bytes(id);
            let mut expected = Record::new(id, Kind::ALL[kind], moment, about.as_deref());
            expected.edited_utc = edited_utc;
            if let Some(words) = words {
                expected.fields.set("note", Value::Text(words.into()));
            }
            let mut out = Writer::default();
            put_record(&expected, day(of), &mut out);
            put_record(&expected, day(of), &mut out);
            put_record(&expected, day(of), &mut out);
            let packed = out.take();
            let mut reader = packed.reader();
            prop_assert_eq!(record(day(of), &mut reader), Some(expected.clone()));
            prop_assert_eq!(pass_record(&mut reader), Some(expected.kind));
            prop_assert_eq!(record(day(of), &mut reader), Some(expected));
            prop_assert_eq!(reader.byte(), None);
        }
    }
}
