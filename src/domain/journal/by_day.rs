//! What stands on each day, in order, a year a piece.
//!
//! A save replaces a day. The pieces are shared, so that the journals of before and after a save have all other years in common
//! and a save in a long journal copies no more than one in a short journal.

use super::Day;
use crate::domain::check_in::CheckIn;
use crate::domain::id::EntryId;
use crate::domain::order::Ordered;
use crate::domain::record::Record;
use chrono::{Datelike, NaiveDate};
use std::collections::BTreeMap;
use std::sync::Arc;

/// The entries of one kind on one day, in order.
pub(crate) trait OneDay: Clone {
    /// What stands on it.
    type Entry: Clone;

    /// A day with its entries in order.
    fn with(date: NaiveDate, entries: Arc<[Self::Entry]>) -> Self;
    /// The logical day.
    fn date(&self) -> NaiveDate;
    /// Its entries.
    fn entries(&self) -> &[Self::Entry];
    /// Where an entry stands among others: (moment, id).
    fn place(entry: &Self::Entry) -> (i64, EntryId);
}

impl OneDay for Day {
    type Entry = CheckIn;

    fn with(date: NaiveDate, check_ins: Arc<[CheckIn]>) -> Self {
        Self { date, check_ins }
    }

    fn date(&self) -> NaiveDate {
        self.date
    }

    fn entries(&self) -> &[CheckIn] {
        &self.check_ins
    }

    fn place(check_in: &CheckIn) -> (i64, EntryId) {
        (check_in.moment.at_utc, check_in.id)
    }
}

/// The records of one day.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct DayRecords {
    date: NaiveDate,
    records: Arc<[Record]>,
}

impl OneDay for DayRecords {
    type Entry = Record;

    fn with(date: NaiveDate, records: Arc<[Record]>) -> Self {
        Self { date, records }
    }

    fn date(&self) -> NaiveDate {
        self.date
    }

    fn entries(&self) -> &[Record] {
        &self.records
    }

    fn place(record: &Record) -> (i64, EntryId) {
        record.place()
    }
}

/// Days in order, none of them twice.
#[derive(Debug, Clone)]
pub(crate) struct ByDay<D> {
    /// A calendar year each; none is empty.
    years: Vec<Arc<[D]>>,
}

impl<D> Default for ByDay<D> {
    fn default() -> Self {
        Self { years: Vec::new() }
    }
}

impl<D: PartialEq> PartialEq for ByDay<D> {
    fn eq(&self, other: &Self) -> bool {
        self.years == other.years
    }
}

/// The year that a piece holds.
fn year<D: OneDay>(piece: &[D]) -> Option<i32> {
    Some(piece.first()?.date().year())
}

impl<D: OneDay> ByDay<D> {
    /// Takes days that stand in order.
    pub(super) fn of(days: Vec<D>) -> Self {
        let mut years = Vec::new();
        let mut days = days.into_iter().peekable();
        let mut piece = Vec::new();
        while let Some(day) = days.next() {
            let year = day.date().year();
            piece.push(day);
            if days.peek().is_none_or(|next| next.date().year() != year) {
                years.push(piece.drain(..).collect());
            }
        }
        Self { years }
    }

    /// Whether the days are the very same in memory: nothing was read or written since one was copied from the other.
    pub(super) fn is_same(&self, other: &Self) -> bool {
        let mut pairs = self.years.iter().zip(&other.years);
        self.years.len() == other.years.len() && pairs.all(|(a, b)| Arc::ptr_eq(a, b))
    }

    pub(super) fn iter(&self) -> impl DoubleEndedIterator<Item = &D> {
        self.years.iter().flat_map(|piece| piece.iter())
    }

    /// The days from `from` to `to`, both included.
    pub(super) fn between(
        &self,
        from: NaiveDate,
        to: NaiveDate,
    ) -> impl DoubleEndedIterator<Item = &D> {
        let start = self.years.partition_point(|y| year(y) < Some(from.year()));
        let end = self.years.partition_point(|y| year(y) <= Some(to.year()));
        // A range may end before it begins; then nothing lies in it.
        let years = self.years.get(start..end).unwrap_or_default().iter();
        years.flat_map(move |piece| {
            let start = piece.partition_point(|day| day.date() < from);
            let end = piece.partition_point(|day| day.date() <= to);
            piece.get(start..end).unwrap_or_default()
        })
    }

    pub(super) fn get(&self, date: NaiveDate) -> Option<&D> {
        let piece = &self.years[self.year(date).ok()?];
        let at = piece.binary_search_by_key(&date, D::date).ok()?;
        Some(&piece[at])
    }

    pub(super) fn first(&self) -> Option<&D> {
        self.years.first()?.first()
    }

    pub(super) fn last(&self) -> Option<&D> {
        self.years.last()?.last()
    }

    pub(super) fn is_empty(&self) -> bool {
        self.years.is_empty()
    }

    /// Puts `day` in the place of the one of its date; a day without entries is removed.
    pub(super) fn put(&mut self, day: D) {
        let at = self.year(day.date());
        let mut days = at.map_or_else(|_| Vec::new(), |at| self.years[at].to_vec());
        let place = days.binary_search_by_key(&day.date(), D::date);
        match (place, day.entries().is_empty()) {
            (Ok(at), true) => drop(days.remove(at)),
            (Ok(at), false) => days[at] = day,
            (Err(_), true) => return,
            (Err(at), false) => days.insert(at, day),
        }
        match at {
            Ok(at) if days.is_empty() => drop(self.years.remove(at)),
            Ok(at) => self.years[at] = days.into(),
            Err(at) => self.years.insert(at, days.into()),
        }
    }

    /// The piece with `date`, or where it would stand.
    fn year(&self, date: NaiveDate) -> Result<usize, usize> {
        let wanted = Some(date.year());
        self.years.binary_search_by_key(&wanted, |y| year(y))
    }
}

/// Puts entries by their days while a file is read. It takes hardly more memory than the days take in the end, because most
/// entries lie in a file in the order of their days.
pub(crate) struct Gathering<D: OneDay> {
    done: BTreeMap<NaiveDate, D>,
    /// Entries that came after their day was done.
    late: BTreeMap<NaiveDate, Vec<D::Entry>>,
    /// The day that entries come for now.
    date: NaiveDate,
    entries: Vec<D::Entry>,
}

impl<D: OneDay> Default for Gathering<D> {
    fn default() -> Self {
        Self {
            done: BTreeMap::new(),
            late: BTreeMap::new(),
            date: NaiveDate::MIN,
            entries: Vec::new(),
        }
    }
}

impl<D: OneDay> Gathering<D> {
    /// Takes the next entry, which counts for `date`.
    pub(crate) fn add(&mut self, date: NaiveDate, entry: D::Entry) {
        if date != self.date {
            self.finish_day();
            self.date = date;
        }
        self.entries.push(entry);
    }

    fn finish_day(&mut self) {
        if self.entries.is_empty() {
            return;
        }
        if self.done.contains_key(&self.date) {
            let late = self.late.entry(self.date).or_default();
            late.append(&mut self.entries);
        } else {
            let day = in_order(self.date, &mut self.entries);
            self.done.insert(self.date, day);
        }
    }

    /// All days.
    pub(crate) fn days(mut self) -> ByDay<D> {
        self.finish_day();
        for (date, mut entries) in self.late {
            if let Some(day) = self.done.get(&date) {
                entries.extend_from_slice(day.entries());
            }
            self.done.insert(date, in_order(date, &mut entries));
        }
        ByDay::of(self.done.into_values().collect())
    }
}

/// A day of `entries`, which are taken out.
fn in_order<D: OneDay>(date: NaiveDate, entries: &mut Vec<D::Entry>) -> D {
    entries.order_by_key(D::place);
    D::with(date, entries.drain(..).collect())
}

#[cfg(test)]
mod tests {
    use super::{ByDay, Gathering, OneDay};
    use crate::domain::id::EntryId;
    use chrono::{Days, NaiveDate};
    use proptest::prelude::{Strategy, proptest};
    use proptest::{collection, prop_assert, prop_assert_eq};
    use std::collections::BTreeMap;
    use std::sync::Arc;

    #[derive(Debug, Clone, PartialEq)]
    struct Numbers(NaiveDate, Arc<[i64]>);

    impl OneDay for Numbers {
        type Entry = i64;

        fn with(date: NaiveDate, entries: Arc<[i64]>) -> Self {
            Self(date, entries)
        }
        fn date(&self) -> NaiveDate {
            self.0
        }
        fn entries(&self) -> &[i64] {
            &self.1
        }
        fn place(entry: &i64) -> (i64, EntryId) {
            (*entry, EntryId::from_bytes([0; 16]))
        }
    }

    fn date(days: u64) -> NaiveDate {
        NaiveDate::default() + Days::new(days)
    }

    /// Few enough days that some come twice, over several years.
    fn entries() -> impl Strategy<Value = Vec<(u64, i64)>> {
        collection::vec(((0..40_u64).prop_map(|n| n * 31), 0..9_i64), 0..60)
    }

    fn gathered(entries: &[(u64, i64)]) -> ByDay<Numbers> {
        let mut gathering = Gathering::default();
        for (day, number) in entries {
            gathering.add(date(*day), *number);
        }
        gathering.days()
    }

    fn sorted(entries: &[(u64, i64)]) -> BTreeMap<NaiveDate, Vec<i64>> {
        let mut by_day: BTreeMap<NaiveDate, Vec<i64>> = BTreeMap::new();
        for (day, number) in entries {
            by_day.entry(date(*day)).or_default().push(*number);
        }
        for numbers in by_day.values_mut() {
            numbers.sort_unstable();
        }
        by_day
    }

    fn read<'a>(days: impl Iterator<Item = &'a Numbers>) -> Vec<(NaiveDate, Vec<i64>)> {
        days.map(|day| (day.0, day.1.to_vec())).collect()
    }

    proptest! {
        #[test]
        fn entries_in_any_order_come_out_by_day_and_in_order(entries in entries(), from in 0..1300_u64, to in 0..1300_u64) {
            let days = gathered(&entries);
            let expected = sorted(&entries);
            prop_assert_eq!(read(days.iter()), expected.clone().into_iter().collect::<Vec<_>>());
            let (from, to) = (date(from), date(to));
            let within = expected.iter().filter(|(day, _)| (from..=to).contains(day));
            let within: Vec<_> = within.map(|(day, numbers)| (*day, numbers.clone())).collect();
            prop_assert_eq!(read(days.between(from, to)), within);
            prop_assert_eq!(days.get(from).map(|day| day.1.to_vec()), expected.get(&from).cloned());
            prop_assert_eq!(days.first().map(|day| day.0), expected.keys().next().copied());
            prop_assert_eq!(days.last().map(|day| day.0), expected.keys().next_back().copied());
        }

        #[test]
        fn a_day_that_is_put_takes_the_place_of_its_date_and_an_empty_one_removes_it(
            entries in entries(), put in collection::vec((0..1300_u64, collection::vec(0..9_i64, 0..2)), 0..12)
        ) {
            let mut days = gathered(&entries);
            let mut expected = sorted(&entries);
            let before = days.clone();
            for (day, numbers) in put {
                days.put(Numbers(date(day), numbers.clone().into()));
                if numbers.is_empty() {
                    expected.remove(&date(day));
                } else {
                    expected.insert(date(day), numbers);
                }
            }
            prop_assert_eq!(days.is_empty(), expected.is_empty());
            prop_assert_eq!(read(days.iter()), expected.into_iter().collect::<Vec<_>>());
            prop_assert!(before.clone().is_same(&before));
            prop_assert!(days == before || !days.is_same(&before), "another day is seen");
            prop_assert_eq!(before, gathered(&entries), "a clone is not touched");
        }
    }
}
