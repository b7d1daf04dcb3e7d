//! Puts entries by their days while a file is read.

use super::{ByDay, OneDay, Packing, Piece, month};
use crate::domain::order::Ordered;
use chrono::NaiveDate;
use std::collections::BTreeMap;
use std::sync::Arc;

/// Entries put by their days. They take hardly more memory than the days take in the end, because most entries lie in a file in
/// the order of their days: a month is packed day by day as it is read.
pub(crate) struct Gathering<D: OneDay> {
    done: BTreeMap<i32, Piece<D>>,
    /// Entries that came after a later day.
    late: BTreeMap<NaiveDate, Vec<D::Entry>>,
    /// The month that is being packed.
    packing: Packing,
    /// The day that entries come for now.
    date: NaiveDate,
    entries: Vec<D::Entry>,
}

impl<D: OneDay> Default for Gathering<D> {
    fn default() -> Self {
        Self {
            done: BTreeMap::new(),
            late: BTreeMap::new(),
            packing: Packing::default(),
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
        let date = self.date;
        let packed = self.packing.outline.map(|outline| outline.last);
        if packed.is_some_and(|last| month(last) != month(date)) {
            self.finish_month();
        }
        let is_late = self.packing.outline.is_some_and(|it| date <= it.last);
        if is_late || self.done.contains_key(&month(date)) {
            let late = self.late.entry(date).or_default();
            late.append(&mut self.entries);
        } else {
            self.entries.order_by_key(D::place);
            self.packing.add_entries::<D>(date, &self.entries);
            self.entries.clear();
        }
    }

    fn finish_month(&mut self) {
        let piece = self.packing.piece();
        self.done
            .extend(piece.map(|piece: Piece<D>| (piece.month(), piece)));
    }

    /// All days.
    pub(crate) fn days(mut self) -> ByDay<D> {
        self.finish_day();
        self.finish_month();
        let mut late = self.late.into_iter().peekable();
        while let Some((date, mut entries)) = late.next() {
            let month_of = month(date);
            let piece = self.done.remove(&month_of);
            let days = piece.map_or_else(Vec::new, |piece| piece.unpacked());
            let mut days: BTreeMap<NaiveDate, D> =
                days.into_iter().map(|day| (day.date(), day)).collect();
            let mut put = |date, entries: &mut Vec<D::Entry>| {
                if let Some(day) = days.get(&date) {
                    entries.extend_from_slice(day.entries());
                }
                days.insert(date, in_order(date, entries));
            };
            put(date, &mut entries);
            while let Some((date, mut entries)) = late.next_if(|(date, _)| month(*date) == month_of)
            {
                put(date, &mut entries);
            }
            for day in days.values() {
                self.packing.add(day);
            }
            let piece = self.packing.piece();
            self.done.extend(piece.map(|piece| (month_of, piece)));
        }
        ByDay {
            pieces: Arc::new(self.done.into_values().map(Arc::new).collect()),
        }
    }
}

/// A day of `entries`, which are taken out.
fn in_order<D: OneDay>(date: NaiveDate, entries: &mut Vec<D::Entry>) -> D {
    entries.order_by_key(D::place);
    D::with(date, entries.drain(..).collect())
}
