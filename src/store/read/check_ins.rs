//! Reads check-ins and their ratings.
//!
//! Invariant: each is compared with its sum, which goes over its ratings too, also over those that cannot be read. Where that is
//! left for later, whoever asked reads everything again.

use super::{Names, Sums, answers, on_the_wall, rating};
use crate::domain::check_in::rating::Rating;
use crate::domain::check_in::severity::Totals;
use crate::domain::check_in::{CheckIn, Overall};
use crate::domain::id::EntryId;
use crate::domain::journal::Day;
use crate::domain::journal::by_day::Gathering;
use crate::domain::time::Moment;
use crate::store::Store;
use crate::store::error::{Result, StoreError};
use crate::store::hybrid_clock::Stamp;
use crate::store::integrity::cells;
use crate::store::integrity::cells::Cells;
use crate::store::integrity::sum;
use crate::store::integrity::sum::{Codes, RowSum};
use crate::store::integrity::unread::{RATING, RowName};
use chrono::NaiveDate;
use rusqlite::types::ValueRef;
use rusqlite::{Row, params};

/// The columns that [`check_in`] reads, in its order.
pub(in crate::store) const COLUMNS: &str = "id, uid, at_utc, offset_min, zone, day, late, overall, note, body_sum, body_n, mind_sum, mind_n, \
                       revision, edited, without_time";

/// How many they are; the ratings follow.
const CELLS: usize = 16;

/// How many are read of a row that is compared with its sum.
const SUMMED_CELLS: usize = CELLS + 2;

// Of the two that follow the ratings the last is not read: it is empty in every row that is selected.
/// The places of the columns of [`sum::CHECK_IN`] in a row of [`COLUMNS`] and those that follow them.
pub(super) const SUMMED: [usize; 15] = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 18, 15, 17];

/// The columns that name a row in `doctor`.
const NAME: RowName = RowName::new("check_in", 1, Some(5));

impl Store {
    pub(super) fn day(&self, date: NaiveDate, codes: &mut Codes, names: &mut Names) -> Result<Day> {
        let mut check_ins = Vec::new();
        let day = params![date.to_string()];
        self.each_check_in("day = ?1", day, Sums::Compared, codes, names, |check_in| {
            check_ins.push(check_in);
        })?;
        Ok(Day::new(date, check_ins))
    }

    /// The check-ins of the days from `first` on, with their days.
    pub(super) fn check_ins_since(
        &self,
        first: NaiveDate,
        sums: Sums,
        codes: &mut Codes,
        names: &mut Names,
    ) -> Result<Vec<(NaiveDate, CheckIn)>> {
        let mut check_ins = Vec::new();
        let first = params![first.to_string()];
        self.each_check_in("day >= ?1", first, sums, codes, names, |check_in| {
            check_ins.push((check_in.moment.day, check_in));
        })?;
        Ok(check_ins)
    }

    /// Whether a day has a check-in that can be read. Nothing else is read, not even its ratings: a prompt asks this at every
    /// line.
    pub(crate) fn has_check_in(&self, day: NaiveDate) -> Result<bool> {
        let found = || {
            let sql =
                format!("SELECT {COLUMNS} FROM check_in WHERE day = ?1 AND deleted_at IS NULL");
            let mut query = self.db.prepare_cached(&sql)?;
            let mut rows = query.query([day.to_string()])?;
            while let Some(row) = rows.next()? {
                let read = check_in(row, &mut Names::default());
                if self.read_or_note(read, row, NAME)?.is_some() {
                    return Ok(true);
                }
            }
            Ok(false)
        };
        self.named(found())
    }

    /// Reads all days.
    pub(super) fn all_days(&self, codes: &mut Codes, names: &mut Names) -> Result<Gathering<Day>> {
        let mut days = Gathering::default();
        // In the order of the file, so that the ratings come in theirs.
        let all = "1 ORDER BY id";
        self.each_check_in(all, [], Sums::Compared, codes, names, |check_in| {
            days.add(check_in.moment.day, check_in);
        })?;
        Ok(days)
    }

    /// Passes on each check-in that `filter` selects as it is read, with its ratings.
    fn each_check_in(
        &self,
        filter: &str,
        with: impl rusqlite::Params,
        sums: Sums,
        codes: &mut Codes,
        names: &mut Names,
        mut each: impl FnMut(CheckIn),
    ) -> Result<()> {
        let mut query = self.db.prepare_cached(&check_ins_where(filter, sums))?;
        let mut rows = query.query(with)?;
        let mut count = 0;
        let mut ratings = Vec::with_capacity(64);
        while let Some(row) = rows.next()? {
            let is_compared = sums == Sums::Compared;
            let kept;
            let cells = if is_compared {
                kept = cells::keep(row, SUMMED_CELLS)?;
                Cells::kept(row, &kept)
            } else {
                Cells::of(row)
            };
            let entry = cells.get(0).and_then(|id| {
                let sum = || RowSum::of_cells(cells.all(), &sum::CHECK_IN, &SUMMED);
                Ok(Summed {
                    id,
                    check_in: check_in_of(&cells, names)?,
                    sum: is_compared.then(sum),
                })
            });
            if let Some(mut summed) = self.read_or_note(entry, row, NAME)? {
                self.ratings(cells.cell(CELLS)?, &mut summed, codes, &mut ratings)?;
                count += 1 + ratings.len() as u64;
                summed.check_in.ratings = ratings.as_slice().into();
                ratings.clear();
                each(self.compared(summed));
            }
        }
        self.rows_read.set(self.rows_read.get() + count);
        Ok(())
    }

    /// Passes on a check-in that has all its ratings, and notes one that does not match its sum.
    fn compared(&self, Summed { check_in, sum, .. }: Summed) -> CheckIn {
        if let Some(sum) = sum {
            self.compare(sum, "check_in", || {
                let day = check_in.moment.day.to_string();
                (check_in.id.to_string(), Some(day))
            });
        }
        check_in
    }

    /// Reads the ratings of a check-in from their cell, and adds them to its sum.
    fn ratings(
        &self,
        cell: ValueRef<'_>,
        owner: &mut Summed,
        codes: &mut Codes,
        into: &mut Vec<Rating>,
    ) -> Result<()> {
        let Some(all) = answers::read(cell) else {
            return self.ratings_one_by_one(owner, codes, into);
        };
        for rating in all {
            let cells = rating::cells(rating);
            let is_known = match &mut owner.sum {
                None => codes.knows(cells[0]),
                Some(sum) => {
                    let (share, is_known) = codes.rating(cells);
                    sum.add(share);
                    is_known
                }
            };
            if is_known {
                into.push(rating);
            } else {
                into.extend(self.rating(rating::known(rating, is_known), owner.id)?);
            }
        }
        Ok(())
    }

    /// The same for ratings that are not all as every version writes them.
    fn ratings_one_by_one(
        &self,
        owner: &mut Summed,
        codes: &mut Codes,
        into: &mut Vec<Rating>,
    ) -> Result<()> {
        let sql =
            "SELECT symptom, severity, copied FROM rating WHERE check_in = ?1 ORDER BY symptom";
        let mut query = self.db.prepare_cached(sql)?;
        let mut rows = query.query([owner.id])?;
        while let Some(row) = rows.next()? {
            let (share, read) = rating::read(row, codes)?;
            if let Some(sum) = &mut owner.sum {
                sum.add(share);
            }
            into.extend(self.rating(read, owner.id)?);
        }
        Ok(())
    }

    /// Passes on a rating of the check-in `owner`, as it was read.
    fn rating(&self, read: Result<Rating>, owner: i64) -> Result<Option<Rating>> {
        if let Ok(rating) = read {
            return Ok(Some(rating));
        }
        // Named by its check-in: the rating itself has only numbers that mean nothing outside this file.
        let sql = "SELECT uid, day FROM check_in WHERE id = ?1";
        let mut query = self.db.prepare_cached(sql)?;
        let mut owners = query.query([owner])?;
        let name = RowName::new(RATING, 0, Some(1));
        match owners.next()? {
            Some(owner) => self.read_or_note(read, owner, name),
            None => Ok(None),
        }
    }
}

/// A check-in while it is read: its number in this file, and its sum so far, if it is compared.
struct Summed {
    id: i64,
    check_in: CheckIn,
    sum: Option<RowSum>,
}

pub(super) fn check_ins_where(filter: &str, sums: Sums) -> String {
    let (all, more) = (answers::ALL, sums.columns());
    format!("SELECT {COLUMNS}, {all}{more} FROM check_in WHERE deleted_at IS NULL AND {filter}")
}

pub(in crate::store) fn check_in(row: &Row<'_>, names: &mut Names) -> Result<CheckIn> {
    check_in_of(&Cells::of(row), names)
}

fn check_in_of(row: &Cells<'_, '_>, names: &mut Names) -> Result<CheckIn> {
    // `as_str` borrows from the page: a String for each of ten thousand rows would be thrown away at once.
    let zone = row
        .cell(4)?
        .as_str()
        .map_err(|_| StoreError::Unreadable("a zone"))?;
    let zone = names.shared(zone);
    let overall: Option<u8> = row.get(7)?;
    let note: Option<String> = row.get(8)?;
    let revision: i64 = row.get(13)?;
    let edited: [u8; 24] = row.get(14)?;
    let moment = Moment {
        at_utc: row.get(2)?,
        offset_min: row.get(3)?,
        zone,
        day: names.day_of(row.cell(5)?)?,
        late: row.get(6)?,
        without_time: row.get::<Option<bool>>(15)?.unwrap_or_default(),
    };
    Ok(CheckIn {
        id: EntryId::from_bytes(row.get(1)?),
        moment: on_the_wall(moment)?,
        ratings: Box::default(),
        totals: Totals {
            body_sum: row.get(9)?,
            body_n: row.get(10)?,
            mind_sum: row.get(11)?,
            mind_n: row.get(12)?,
        },
        overall: overall
            .map(|n| Overall::new(n).ok_or(StoreError::Unreadable("an overall")))
            .transpose()?,
        note: note.map(Into::into),
        // Revision 0 is the first save: its stamp is no edit.
        edited_utc: (revision > 0).then(|| Stamp(edited).seconds()),
    })
}
