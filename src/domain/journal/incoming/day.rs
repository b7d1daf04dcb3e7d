//! The day for which a new entry of another program's file counts.
//!
//! Invariant: a file that is imported again in another zone is judged by the days of its first import, so that a row which was
//! left out then is left out again.

use super::Incoming;
use crate::domain::id::EntryId;
use crate::domain::journal::Journal;
use crate::domain::journal::earlier::ForeignIds;
use crate::domain::record::Record;
use crate::domain::time::{Moment, logical_day};
use chrono::{DateTime, FixedOffset, NaiveDate};
use std::collections::{BTreeMap, HashSet};

/// The days of a file's records.
pub(crate) struct ImportDays<'a> {
    journal: &'a Journal,
    foreign: &'a ForeignIds,
    /// The offsets, in minutes, in which rows of this file came in before; by their moment.
    offsets: BTreeMap<i64, i16>,
}

impl<'a> ImportDays<'a> {
    /// The days of `incoming`, of which `journal` may have a part.
    pub(crate) fn new(journal: &'a Journal, incoming: &'a Incoming) -> Self {
        let foreign = &incoming.foreign;
        let converted = foreign.iter().filter(|(_, foreign)| foreign.is_converted);
        let converted: HashSet<EntryId> = converted.map(|(id, _)| *id).collect();
        let mut offsets = BTreeMap::new();
        // Only a row with an offset of its own has a day that depends on the zone.
        if !converted.is_empty() {
            let check_ins = journal.days().flat_map(|day| day.check_ins.iter());
            let check_ins = check_ins.map(|it| (it.id, Some(&it.moment)));
            let records = journal.records_between(NaiveDate::MIN, NaiveDate::MAX);
            let records = records.map(|it| (it.id, it.moment.as_ref()));
            let known = check_ins.chain(records);
            let known = known.filter(|(id, _)| converted.contains(id));
            let moments = known.filter_map(|(_, moment)| moment);
            offsets.extend(moments.map(|moment| (moment.at_utc, moment.offset_min)));
        }
        Self {
            journal,
            foreign,
            offsets,
        }
    }

    /// The day of a record of the file.
    pub(crate) fn of(&self, record: &Record) -> Option<NaiveDate> {
        let held = self.journal.record(record.id);
        let day = held.unwrap_or(record).day()?;
        let origin = self.foreign.get(&record.id);
        let is_converted = origin.is_some_and(|origin| origin.is_converted);
        let moment = record.moment.as_ref();
        let moment = moment.filter(|_| is_converted && held.is_none());
        Some(moment.and_then(|it| self.before(it)).unwrap_or(day))
    }

    /// The day of a moment in the offset of the known row that is nearest to it.
    fn before(&self, moment: &Moment) -> Option<NaiveDate> {
        let at = moment.at_utc;
        let below = self.offsets.range(..=at).next_back();
        let above = self.offsets.range(at..).next();
        let nearest = below.into_iter().chain(above);
        let (_, minutes) = nearest.min_by_key(|(known, _)| known.abs_diff(at))?;
        let offset = FixedOffset::east_opt(i32::from(*minutes) * 60)?;
        let at = DateTime::from_timestamp(at, 0)?.with_timezone(&offset);
        let day_end = self.journal.settings.day_end;
        Some(logical_day(at.naive_local(), day_end))
    }
}
