//! What is worked out of the records of each month, so that after a change only the months that are others are looked at again.

use super::packed::Packed;
use super::{ByDay, DayRecords, OneDay, Piece, sort_of};
use crate::domain::record::Record;
use crate::domain::record::kind::Kind;
use std::sync::Arc;

/// What was worked out of each month.
pub(crate) struct ByMonth<T>(Vec<(Arc<Piece<DayRecords>>, T)>);

impl<T> ByMonth<T> {
    /// That of each month, in order.
    pub(crate) fn iter(&self) -> impl Iterator<Item = &T> {
        self.0.iter().map(|(_, found)| found)
    }

    /// That of this very piece.
    fn of(&self, piece: &Arc<Piece<DayRecords>>) -> Option<&T> {
        let month = piece.month();
        let at = self
            .0
            .binary_search_by_key(&month, |(piece, _)| piece.month());
        let (known, found) = &self.0[at.ok()?];
        Arc::ptr_eq(known, piece).then_some(found)
    }
}

/// The records of a month.
pub(crate) struct Month<'a> {
    sorts: u64,
    packed: &'a Packed,
    days: &'a [DayRecords],
}

impl<'a> Month<'a> {
    /// Whether there is one of this kind.
    pub(crate) const fn has(&self, kind: Kind) -> bool {
        self.sorts & sort_of(kind) != 0
    }

    /// Whether there may be one about this.
    pub(crate) fn may_be_about(&self, about: &str) -> bool {
        self.packed.has_text(about)
    }

    /// Those of each day.
    pub(crate) fn days(&self) -> impl Iterator<Item = &'a [Record]> {
        self.days.iter().map(OneDay::entries)
    }
}

impl ByDay<DayRecords> {
    /// What `work_out` gives of each month, or gave of it before. Nothing stays unpacked.
    pub(in crate::domain::journal) fn by_month<T: Clone>(
        &self,
        before: Option<&ByMonth<T>>,
        work_out: impl Fn(Month<'_>) -> T,
    ) -> ByMonth<T> {
        let of_piece = |piece: &Arc<Piece<DayRecords>>| {
            let known = before.and_then(|before| before.of(piece)).cloned();
            let found = known.unwrap_or_else(|| {
                piece.glance(|days| {
                    work_out(Month {
                        sorts: piece.outline.sorts,
                        packed: &piece.packed,
                        days,
                    })
                })
            });
            (Arc::clone(piece), found)
        };
        ByMonth(self.pieces.iter().map(of_piece).collect())
    }
}
