//! What stands on each day, in order, a month a piece.
//!
//! A save replaces a day. The pieces are shared, so that the journals of before and after a save have all other months in common
//! and a save in a long journal copies no more than one in a short journal.
//!
//! A piece is packed, and unpacked when something in it is first looked at: of a long journal a person sees little at a time, and
//! an entry of ten years ago takes a third of the memory that it takes to be read.

pub(crate) mod by_month;
mod entries;
mod gathering;
pub(crate) mod glimpse;
mod packed;

use super::Day;
use crate::domain::check_in::CheckIn;
use crate::domain::id::EntryId;
use crate::domain::order::Ordered;
use crate::domain::record::Record;
use crate::domain::record::kind::Kind;
use chrono::{Datelike, Days, NaiveDate, TimeDelta};
pub(crate) use gathering::Gathering;
use packed::{Packed, Reader, Writer};
use std::sync::{Arc, OnceLock};

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
    /// The sort of an entry, a bit each, by which a piece is known to have none of it.
    fn sort(entry: &Self::Entry) -> u64;
    /// Packs an entry of `date`.
    fn pack(entry: &Self::Entry, date: NaiveDate, out: &mut Writer);
    /// The entry of `date` that was packed next.
    fn unpack(date: NaiveDate, from: &mut Reader<'_>) -> Option<Self::Entry>;
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

    fn sort(check_in: &CheckIn) -> u64 {
        let answered = check_in.ratings.iter().filter(|it| it.answer.is_some());
        answered.fold(0, |sorts, rating| sorts | glimpse::sort_of(rating.symptom))
    }

    fn pack(check_in: &CheckIn, date: NaiveDate, out: &mut Writer) {
        entries::put_check_in(check_in, date, out);
    }

    fn unpack(date: NaiveDate, from: &mut Reader<'_>) -> Option<CheckIn> {
        entries::check_in(date, from)
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

    fn sort(record: &Record) -> u64 {
        sort_of(record.kind)
    }

    fn pack(record: &Record, date: NaiveDate, out: &mut Writer) {
        entries::put_record(record, date, out);
    }

    fn unpack(date: NaiveDate, from: &mut Reader<'_>) -> Option<Record> {
        entries::record(date, from)
    }
}

// A kind more than there are bits fails here.
const _: () = assert!(Kind::ALL.len() <= u64::BITS as usize);

/// The sort of the records of a kind.
pub(super) const fn sort_of(kind: Kind) -> u64 {
    1 << kind as u8
}

/// The month of a day, counted through the years.
fn month(date: NaiveDate) -> i32 {
    date.year() * 12 + date.month0().cast_signed()
}

/// The days of one month; at least one.
struct Piece<D> {
    /// What is known of them without unpacking.
    outline: Outline,
    /// Empty for days that were read to be looked at, until they are wanted packed.
    packed: OnceLock<Packed>,
    /// What was unpacked when it was first looked at.
    open: OnceLock<Box<[D]>>,
}

/// Which days a piece has, and entries of which sorts.
#[derive(Clone, Copy)]
struct Outline {
    first: NaiveDate,
    last: NaiveDate,
    /// The days after the first one, a bit each: 1 is the first one itself.
    days: u32,
    sorts: u64,
    /// The least and the greatest id. Ids begin with the moment of writing, so that most pieces are known not to have an id.
    ids: (EntryId, EntryId),
}

impl Outline {
    fn dates(self) -> impl DoubleEndedIterator<Item = NaiveDate> {
        let days = (0..31_u32).filter(move |day| self.days & (1 << day) != 0);
        days.filter_map(move |day| self.first.checked_add_days(Days::new(day.into())))
    }
}

const FIRST_ID: EntryId = EntryId::from_bytes([0; 16]);
const LAST_ID: EntryId = EntryId::from_bytes([u8::MAX; 16]);

impl Outline {
    const fn of(date: NaiveDate) -> Self {
        Self {
            first: date,
            last: date,
            days: 0,
            sorts: 0,
            ids: (LAST_ID, FIRST_ID),
        }
    }

    /// Takes in the next day, and answers how many days it comes after the first one.
    fn add<D: OneDay>(&mut self, date: NaiveDate, entries: &[D::Entry]) -> i64 {
        let after = (date - self.first).num_days();
        self.last = date;
        // Days of one month lie less than 31 apart.
        self.days |= u32::try_from(after).map_or(0, |after| 1_u32.wrapping_shl(after));
        for entry in entries {
            let (_, id) = D::place(entry);
            self.ids = (self.ids.0.min(id), self.ids.1.max(id));
            self.sorts |= D::sort(entry);
        }
        after
    }
}

/// Packs the days of one month, in order.
#[derive(Default)]
struct Packing {
    out: Writer,
    outline: Option<Outline>,
}

impl Packing {
    fn add<D: OneDay>(&mut self, day: &D) {
        self.add_entries::<D>(day.date(), day.entries());
    }

    /// Adds a day with its entries in order.
    fn add_entries<D: OneDay>(&mut self, date: NaiveDate, entries: &[D::Entry]) {
        let outline = self.outline.get_or_insert(Outline::of(date));
        let after = outline.add::<D>(date, entries);
        self.out.signed(after);
        self.out.number(entries.len() as u64);
        for entry in entries {
            D::pack(entry, date, &mut self.out);
        }
    }

    /// The piece, still closed; `None` if no day was added. The next one begins anew.
    fn piece<D>(&mut self) -> Option<Piece<D>> {
        Some(Piece {
            outline: self.outline.take()?,
            packed: OnceLock::from(self.out.take()),
            open: OnceLock::new(),
        })
    }
}

impl<D: OneDay> Piece<D> {
    /// Days of one month that stay unpacked; `None` if there are none.
    fn open(days: Vec<D>) -> Option<Self> {
        let mut outline = Outline::of(days.first()?.date());
        for day in &days {
            outline.add::<D>(day.date(), day.entries());
        }
        Some(Self {
            outline,
            packed: OnceLock::new(),
            open: OnceLock::from(days.into_boxed_slice()),
        })
    }

    fn has_text(&self, text: &str) -> bool {
        let packed = self.packed.get();
        packed.is_none_or(|packed| packed.has_text(text))
    }

    fn month(&self) -> i32 {
        month(self.outline.first)
    }

    fn packed(&self) -> &Packed {
        self.packed.get_or_init(|| {
            let mut packing = Packing::default();
            let days = self.open.get().into_iter().flatten();
            days.for_each(|day| packing.add(day));
            packing.out.take()
        })
    }

    fn days(&self) -> &[D] {
        self.open.get_or_init(|| self.unpacked().into())
    }

    fn unpacked(&self) -> Vec<D> {
        let Some(packed) = self.packed.get() else {
            return self.open.get().map_or_else(Vec::new, |days| days.to_vec());
        };
        let mut reader = packed.reader();
        let mut entries = Vec::new();
        let next = || day(self.outline.first, &mut reader, &mut entries);
        std::iter::from_fn(next).collect()
    }

    /// What `look` finds in its days, which do not stay unpacked for it.
    fn glance<T>(&self, look: impl FnOnce(&[D]) -> T) -> T {
        match self.open.get() {
            Some(days) => look(days),
            None => look(&self.unpacked()),
        }
    }
}

/// The date of the day that was packed next, and how many entries follow.
fn head(first: NaiveDate, from: &mut Reader<'_>) -> Option<(NaiveDate, usize)> {
    let date = first.checked_add_signed(TimeDelta::try_days(from.signed()?)?)?;
    Some((date, from.count()?))
}

/// The day that was packed next. `entries` only lends its memory.
fn day<D: OneDay>(
    first: NaiveDate,
    from: &mut Reader<'_>,
    entries: &mut Vec<D::Entry>,
) -> Option<D> {
    let (date, count) = head(first, from)?;
    for _ in 0..count {
        entries.push(D::unpack(date, from)?);
    }
    Some(D::with(date, entries.drain(..).collect()))
}

/// Days in order, none of them twice.
#[derive(Clone)]
pub(crate) struct ByDay<D> {
    // A save copies the journal several times, and a hundred years have twelve hundred pieces, each with its count elsewhere in
    // memory: the list is copied once, when a piece of it changes.
    pieces: Arc<Vec<Arc<Piece<D>>>>,
}

impl<D> Default for ByDay<D> {
    fn default() -> Self {
        Self {
            pieces: Arc::default(),
        }
    }
}

impl<D: OneDay + PartialEq> PartialEq for ByDay<D> {
    fn eq(&self, other: &Self) -> bool {
        let mut pairs = self.pieces.iter().zip(other.pieces.iter());
        self.pieces.len() == other.pieces.len()
            && pairs.all(|(a, b)| Arc::ptr_eq(a, b) || a.days() == b.days())
    }
}

impl<D: OneDay + std::fmt::Debug> std::fmt::Debug for ByDay<D> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_list().entries(self.iter()).finish()
    }
}

#[cfg(test)]
impl<D> ByDay<D> {
    /// How many pieces are unpacked.
    pub(super) fn unpacked(&self) -> usize {
        let open = self.pieces.iter();
        open.filter(|piece| piece.open.get().is_some()).count()
    }
}

impl ByDay<DayRecords> {
    /// Shows the kind of each record from `from` to `to`, both included. Nothing is unpacked for it.
    pub(super) fn kinds_between(&self, from: NaiveDate, to: NaiveDate, mut see: impl FnMut(Kind)) {
        for piece in self.pieces.iter() {
            if piece.outline.last < from || piece.outline.first > to {
                continue;
            }
            let mut reader = piece.packed().reader();
            while let Some((date, count)) = head(piece.outline.first, &mut reader) {
                let kinds = (0..count).map_while(|_| entries::pass_record(&mut reader));
                kinds
                    .filter(|_| (from..=to).contains(&date))
                    .for_each(&mut see);
            }
        }
    }
}

impl<D: OneDay> ByDay<D> {
    /// Takes days that stand in order.
    pub(super) fn of(days: &[D]) -> Self {
        let mut packing = Packing::default();
        let mut pieces = Vec::new();
        let mut days = days.iter().peekable();
        while let Some(day) = days.next() {
            packing.add(day);
            let is_of_month = |next: &&D| month(next.date()) == month(day.date());
            if !days.peek().is_some_and(is_of_month) {
                pieces.extend(packing.piece().map(Arc::new));
            }
        }
        Self {
            pieces: Arc::new(pieces),
        }
    }

    /// Takes entries of few days, all of which are looked at soon: packing them would take longer than reading them.
    pub(super) fn of_few(mut entries: Vec<(NaiveDate, D::Entry)>) -> Self {
        entries.order_by_key(|(date, _)| *date);
        // They mostly come by their days, and to sort each day takes less than to sort all.
        for day in entries.chunk_by_mut(|one, next| one.0 == next.0) {
            day.order_by_key(|(_, entry)| D::place(entry));
        }
        let counts: Vec<(NaiveDate, usize)> = entries
            .chunk_by(|one, next| one.0 == next.0)
            .map(|day| (day[0].0, day.len()))
            .collect();
        let mut entries = entries.into_iter().map(|(_, entry)| entry);
        let mut pieces: Vec<Arc<Piece<D>>> = Vec::new();
        for counts in counts.chunk_by(|one, next| month(one.0) == month(next.0)) {
            let day = |(date, count): &(NaiveDate, usize)| {
                let entries: Arc<[D::Entry]> = entries.by_ref().take(*count).collect();
                D::with(*date, entries)
            };
            let days = counts.iter().map(day).collect();
            pieces.extend(Piece::open(days).map(Arc::new));
        }
        Self {
            pieces: Arc::new(pieces),
        }
    }

    /// Adds entries of few days that come before all others.
    pub(super) fn put_before(&mut self, entries: Vec<(NaiveDate, D::Entry)>) {
        let mut earlier = Arc::unwrap_or_clone(Self::of_few(entries).pieces);
        let pieces = Arc::make_mut(&mut self.pieces);
        let both = earlier.last().zip(pieces.first());
        let of_one_month = both.filter(|(last, first)| last.month() == first.month());
        let joined = of_one_month.and_then(|(last, first)| {
            let days = last.days().iter().chain(first.days());
            Piece::open(days.cloned().collect())
        });
        if let Some(joined) = joined {
            earlier.pop();
            pieces[0] = Arc::new(joined);
        }
        pieces.splice(0..0, earlier);
    }

    /// Whether the days are the very same in memory: nothing was read or written since one was copied from the other.
    pub(super) fn is_same(&self, other: &Self) -> bool {
        let mut pairs = self.pieces.iter().zip(other.pieces.iter());
        Arc::ptr_eq(&self.pieces, &other.pieces)
            || (self.pieces.len() == other.pieces.len() && pairs.all(|(a, b)| Arc::ptr_eq(a, b)))
    }

    pub(super) fn iter(&self) -> impl DoubleEndedIterator<Item = &D> {
        self.pieces.iter().flat_map(|piece| piece.days())
    }

    /// The days of the pieces that have entries of this sort, and no fewer.
    pub(super) fn with_sort(&self, sort: u64) -> impl DoubleEndedIterator<Item = &D> {
        let pieces = self.pieces.iter();
        let pieces = pieces.filter(move |piece| piece.outline.sorts & sort != 0);
        pieces.flat_map(|piece| piece.days())
    }

    /// The days of the pieces that have entries of this sort and entries with this shared text, and no fewer.
    pub(super) fn with_text(
        &self,
        sort: u64,
        text: Arc<str>,
    ) -> impl DoubleEndedIterator<Item = &D> {
        let pieces = self.pieces.iter();
        let pieces =
            pieces.filter(move |piece| piece.outline.sorts & sort != 0 && piece.has_text(&text));
        pieces.flat_map(|piece| piece.days())
    }

    /// The dates alone, oldest first.
    pub(super) fn dates(&self) -> impl DoubleEndedIterator<Item = NaiveDate> {
        self.pieces.iter().flat_map(|piece| piece.outline.dates())
    }

    /// The entry with this id; of two, the newer one.
    pub(super) fn entry(&self, id: EntryId) -> Option<&D::Entry> {
        let is_it = |entry: &&D::Entry| D::place(entry).1 == id;
        let has_it = |day: &D| day.entries().iter().any(|entry| is_it(&entry));
        // A person looks up recent entries far more often.
        let mut newest_first = self.pieces.iter().rev().filter(|piece| {
            let (least, greatest) = piece.outline.ids;
            // An id that is new is looked for in every month.
            (least.number()..=greatest.number()).contains(&id.number())
        });
        let piece = newest_first.find(|piece| piece.glance(|days| days.iter().any(has_it)))?;
        let days = piece.days().iter().rev();
        days.flat_map(D::entries).find(is_it)
    }

    /// The days from `from` to `to`, both included.
    pub(super) fn between(
        &self,
        from: NaiveDate,
        to: NaiveDate,
    ) -> impl DoubleEndedIterator<Item = &D> {
        let start = self
            .pieces
            .partition_point(|piece| piece.outline.last < from);
        let end = self
            .pieces
            .partition_point(|piece| piece.outline.first <= to);
        // A range may end before it begins; then nothing lies in it.
        let pieces = self.pieces.get(start..end).unwrap_or_default().iter();
        pieces.flat_map(move |piece| {
            let days = piece.days();
            let start = days.partition_point(|day| day.date() < from);
            let end = days.partition_point(|day| day.date() <= to);
            days.get(start..end).unwrap_or_default()
        })
    }

    pub(super) fn get(&self, date: NaiveDate) -> Option<&D> {
        let days = self.pieces[self.piece(date).ok()?].days();
        let at = days.binary_search_by_key(&date, D::date).ok()?;
        Some(&days[at])
    }

    pub(super) fn first_date(&self) -> Option<NaiveDate> {
        Some(self.pieces.first()?.outline.first)
    }

    pub(super) fn last_date(&self) -> Option<NaiveDate> {
        Some(self.pieces.last()?.outline.last)
    }

    pub(super) fn is_empty(&self) -> bool {
        self.pieces.is_empty()
    }

    /// Puts `day` in the place of the one of its date; a day without entries is removed.
    pub(super) fn put(&mut self, day: D) {
        let at = self.piece(day.date());
        let mut days = at.map_or_else(|_| Vec::new(), |at| self.pieces[at].days().to_vec());
        let place = days.binary_search_by_key(&day.date(), D::date);
        match (place, day.entries().is_empty()) {
            (Ok(at), true) => drop(days.remove(at)),
            (Ok(at), false) => days[at] = day,
            (Err(_), true) => return,
            (Err(at), false) => days.insert(at, day),
        }
        let mut packing = Packing::default();
        for day in &days {
            packing.add(day);
        }
        let piece = packing.piece().map(Arc::new);
        let pieces = Arc::make_mut(&mut self.pieces);
        match (at, piece) {
            (Ok(at), Some(piece)) => pieces[at] = piece,
            (Ok(at), None) => drop(pieces.remove(at)),
            (Err(at), piece) => drop(pieces.splice(at..at, piece)),
        }
    }

    /// The piece with `date`, or where it would stand.
    fn piece(&self, date: NaiveDate) -> Result<usize, usize> {
        let wanted = month(date);
        self.pieces
            .binary_search_by_key(&wanted, |piece| piece.month())
    }
}

#[cfg(test)]
mod tests;
