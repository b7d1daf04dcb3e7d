//! What is read of packed entries where they lie, without unpacking them: what a long view draws of ten years is worked out of it.
//!
//! Invariant: it says what the unpacked entries say.

use super::entries::Rates;
use super::packed::Reader;
use super::{ByDay, DayRecords, OneDay, Piece, entries, head};
use crate::domain::check_in::rating::Rating;
use crate::domain::check_in::severity::Totals;
use crate::domain::check_in::symptom::{Severity, SymptomKey};
use crate::domain::check_in::{Overall, Rated};
use crate::domain::journal::Day;
use crate::domain::record::Record;
use chrono::NaiveDate;

/// What a check-in was rated with.
pub(crate) struct Glimpse<'a>(Rates<'a>);

impl<'a> Glimpse<'a> {
    /// That of the check-in that was packed next.
    fn next(from: &mut Reader<'a>) -> Option<Self> {
        entries::rates(from).map(Self)
    }

    /// Whether it has a note.
    pub(crate) const fn has_note(&self) -> bool {
        self.0.has_note()
    }

    fn ratings(&self) -> impl Iterator<Item = Rating> {
        let (mut rest, mut last) = (self.0.rest.clone(), 0);
        (0..self.0.count).map_while(move |_| {
            let rating = entries::rating(last, &mut rest)?;
            last = rating.symptom.0;
            Some(rating)
        })
    }
}

impl Rated for Glimpse<'_> {
    fn totals(&self) -> Totals {
        self.0.totals
    }

    fn overall(&self) -> Option<Overall> {
        self.0.overall
    }

    fn answer(&self, symptom: SymptomKey) -> Option<Severity> {
        let mut ratings = self.ratings();
        ratings.find(|rating| rating.symptom == symptom)?.answer
    }

    fn is_unanswered(&self) -> bool {
        self.ratings().all(|rating| rating.answer.is_none())
    }
}

/// The sort of a check-in with an answer for this symptom. Far symptoms share theirs.
pub(super) const fn sort_of(symptom: SymptomKey) -> u64 {
    1 << (symptom.0 % 64)
}

impl<D: OneDay> ByDay<D> {
    /// The pieces with days from `from` to `to`.
    fn pieces_between(&self, from: NaiveDate, to: NaiveDate) -> impl Iterator<Item = &Piece<D>> {
        let is_before = |piece: &Piece<D>| piece.outline.last < from;
        let start = self.pieces.partition_point(|piece| is_before(piece));
        let end = self
            .pieces
            .partition_point(|piece| piece.outline.first <= to);
        // A range may end before it begins; then nothing lies in it.
        let pieces = self.pieces.get(start..end).unwrap_or_default();
        pieces.iter().map(AsRef::as_ref)
    }
}

impl ByDay<Day> {
    /// Shows the check-ins of each day from `from` to `to` to `look`, oldest first.
    pub(in crate::domain::journal) fn glimpse<'a>(
        &'a self,
        from: NaiveDate,
        to: NaiveDate,
        mut look: impl FnMut(NaiveDate, &[Glimpse<'a>]),
    ) {
        let mut check_ins = Vec::new();
        for piece in self.pieces_between(from, to) {
            let mut reader = piece.packed().reader();
            while let Some((date, count)) = head(piece.outline.first, &mut reader) {
                check_ins.clear();
                check_ins.extend((0..count).map_while(|_| Glimpse::next(&mut reader)));
                if date >= from && date <= to {
                    look(date, &check_ins);
                }
            }
        }
    }

    /// Whether a check-in has an answer for `symptom`.
    pub(in crate::domain::journal) fn has_answer(&self, symptom: SymptomKey) -> bool {
        let sort = sort_of(symptom);
        let mut pieces = self.pieces.iter();
        pieces.any(|piece| piece.outline.sorts & sort != 0 && has_answer(piece, symptom))
    }
}

fn has_answer(piece: &Piece<Day>, symptom: SymptomKey) -> bool {
    let mut reader = piece.packed().reader();
    while let Some((_, count)) = head(piece.outline.first, &mut reader) {
        let mut check_ins = (0..count).map_while(|_| Glimpse::next(&mut reader));
        if check_ins.any(|check_in| check_in.answer(symptom).is_some()) {
            return true;
        }
    }
    false
}

impl ByDay<DayRecords> {
    /// Shows the records of these sorts of each day from `from` to `to` that has any to `look`, oldest first. Nothing else is
    /// unpacked, and nothing stays so.
    pub(in crate::domain::journal) fn pick(
        &self,
        from: NaiveDate,
        to: NaiveDate,
        sorts: u64,
        mut look: impl FnMut(NaiveDate, &[Record]),
    ) {
        let mut records = Vec::new();
        let pieces = self.pieces_between(from, to);
        for piece in pieces.filter(|piece| piece.outline.sorts & sorts != 0) {
            let mut reader = piece.packed().reader();
            while let Some((date, count)) = head(piece.outline.first, &mut reader) {
                records.clear();
                for _ in 0..count {
                    if entries::pick(date, sorts, &mut reader, &mut records).is_none() {
                        break;
                    }
                }
                if !records.is_empty() && date >= from && date <= to {
                    look(date, &records);
                }
            }
        }
    }
}
