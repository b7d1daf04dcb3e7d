//! Reads check-ins and their ratings.
//!
//! Invariant: each is compared with its sum, which goes over its ratings too, also over those that cannot be read. Where that is
//! left for later, whoever asked reads everything again.

use super::{Names, Sums, day_of, number_at, on_the_wall, rating};
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

/// How many they are.
const CELLS: usize = 16;

// Of the two that follow the last is not read: it is empty in every row that is selected.
/// The places of the columns of [`sum::CHECK_IN`] in a row of [`COLUMNS`] and the two that follow them.
pub(super) const SUMMED: [usize; 15] = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 17, 15, 16];

impl Store {
    /// Whether there is a check-in on `date` that can be read. Nothing else is looked at.
    pub(crate) fn has_check_in(&self, date: NaiveDate) -> Result<bool> {
        let sql = check_ins_where("day = ?1");
        let with = params![date.to_string()];
        let found = self.check_ins(&sql, with, Sums::Later, &mut Names::default());
        Ok(!self.named(found)?.is_empty())
    }

    pub(super) fn day(&self, date: NaiveDate, codes: &mut Codes, names: &mut Names) -> Result<Day> {
        let sql = check_ins_where("day = ?1");
        let check_ins = self.check_ins(&sql, params![date.to_string()], Sums::Compared, names)?;
        Ok(Day::new(date, self.with_ratings(check_ins, codes)?))
    }

    pub(super) fn check_ins_since(
        &self,
        first: NaiveDate,
        sums: Sums,
        codes: &mut Codes,
        names: &mut Names,
    ) -> Result<Vec<CheckIn>> {
        let sql = check_ins_where("day >= ?1");
        let check_ins = self.check_ins(&sql, params![first.to_string()], sums, names)?;
        self.with_ratings(check_ins, codes)
    }

    /// Reads all days with one scan of the check-ins and one of the ratings, side by side. A query for each check-in took three
    /// times as long, and one scan after the other held every check-in twice.
    pub(super) fn all_days(&self, codes: &mut Codes, names: &mut Names) -> Result<Gathering<Day>> {
        let mut query = self
            .db
            // `rating` is WITHOUT ROWID with the key (check_in, symptom), so a scan comes in that order.
            .prepare_cached("SELECT check_in, symptom, severity, copied FROM rating")?;
        let mut rows = query.query([])?;
        let mut count = 0;
        let mut next_rating = || -> Result<Option<RatingRow>> {
            while let Some(row) = rows.next()? {
                count += 1;
                let ValueRef::Integer(owner) = row.get_ref(0)? else {
                    let name = RowName::new("rating", 0, None);
                    self.read_or_note(number_at(row, 0), row, name)?;
                    continue;
                };
                let (share, rating) = rating::read(row, 1, codes)?;
                return Ok(Some(RatingRow {
                    owner,
                    share,
                    rating,
                }));
            }
            Ok(None)
        };
        let mut next = next_rating()?;
        let mut ratings = Vec::with_capacity(64);
        let mut days = Gathering::default();
        let sql = check_ins_where("1") + " ORDER BY id";
        self.each_check_in(&sql, [], Sums::Compared, names, |mut target| {
            // Ratings of deleted check-ins come before those of the next one that is here.
            while let Some(row) = next.take_if(|row| row.owner <= target.id) {
                if row.owner == target.id {
                    if let Some(sum) = &mut target.sum {
                        sum.add(row.share);
                    }
                    match row.rating {
                        Ok(rating) => ratings.push(rating),
                        read => ratings.extend(self.rating(read, row.owner)?),
                    }
                }
                next = next_rating()?;
            }
            target.check_in.ratings = ratings.as_slice().into();
            ratings.clear();
            let check_in = self.compared(target);
            days.add(check_in.moment.day, check_in);
            Ok(())
        })?;
        while next.is_some() {
            next = next_rating()?;
        }
        self.rows_read.set(self.rows_read.get() + count);
        Ok(days)
    }

    fn check_ins(
        &self,
        sql: &str,
        with: impl rusqlite::Params,
        sums: Sums,
        names: &mut Names,
    ) -> Result<Vec<Summed>> {
        let mut check_ins = Vec::new();
        self.each_check_in(sql, with, sums, names, |summed| {
            check_ins.push(summed);
            Ok(())
        })?;
        Ok(check_ins)
    }

    /// Passes on each check-in of a query as it is read, without its ratings.
    fn each_check_in(
        &self,
        sql: &str,
        with: impl rusqlite::Params,
        sums: Sums,
        names: &mut Names,
        mut each: impl FnMut(Summed) -> Result<()>,
    ) -> Result<()> {
        let mut query = self.db.prepare_cached(sql)?;
        let mut rows = query.query(with)?;
        let mut count = 0;
        while let Some(row) = rows.next()? {
            let is_compared = sums == Sums::Compared;
            let cells = Cells::of(row, if is_compared { CELLS + 1 } else { CELLS })?;
            let entry = cells.get(0).and_then(|id| {
                let sum = || RowSum::of_cells(cells.all(), &sum::CHECK_IN, &SUMMED);
                Ok(Summed {
                    id,
                    check_in: check_in_of(&cells, names)?,
                    sum: is_compared.then(sum),
                })
            });
            let name = RowName::new("check_in", 1, Some(5));
            if let Some(summed) = self.read_or_note(entry, row, name)? {
                count += 1;
                each(summed)?;
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

    fn with_ratings(&self, mut check_ins: Vec<Summed>, codes: &mut Codes) -> Result<Vec<CheckIn>> {
        let sql =
            "SELECT symptom, severity, copied FROM rating WHERE check_in = ?1 ORDER BY symptom";
        let mut query = self.db.prepare_cached(sql)?;
        let mut count = 0;
        let mut ratings = Vec::with_capacity(64);
        for Summed { id, check_in, sum } in &mut check_ins {
            let mut rows = query.query([*id])?;
            while let Some(row) = rows.next()? {
                let read = match sum {
                    None => rating::read_alone(row, codes)?,
                    Some(sum) => {
                        let (share, read) = rating::read(row, 0, codes)?;
                        sum.add(share);
                        read
                    }
                };
                ratings.extend(self.rating(read, *id)?);
            }
            count += ratings.len() as u64;
            check_in.ratings = ratings.as_slice().into();
            ratings.clear();
        }
        self.rows_read.set(self.rows_read.get() + count);
        let check_ins = check_ins.into_iter();
        Ok(check_ins.map(|summed| self.compared(summed)).collect())
    }

    /// Passes on a rating of the check-in `owner`, as it was read.
    fn rating(&self, read: rating::Read, owner: i64) -> Result<Option<Rating>> {
        if let Ok(rating) = read {
            return Ok(Some(rating));
        }
        // Named by its check-in: the rating itself has only numbers that mean nothing outside this file.
        let sql = "SELECT uid, day FROM check_in WHERE id = ?1";
        let mut query = self.db.prepare_cached(sql)?;
        let mut owners = query.query([owner])?;
        let name = RowName::new(RATING, 0, Some(1));
        match owners.next()? {
            Some(owner) => self.read_or_note(read.map_err(|error| *error), owner, name),
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

/// A row of the ratings: the number of its check-in, its share in the sum of that, and what it says.
struct RatingRow {
    owner: i64,
    share: u64,
    rating: rating::Read,
}

pub(super) fn check_ins_where(filter: &str) -> String {
    format!("SELECT {COLUMNS}, sum, deleted_at FROM check_in WHERE {filter} AND deleted_at IS NULL")
}

pub(in crate::store) fn check_in(row: &Row<'_>, names: &mut Names) -> Result<CheckIn> {
    check_in_of(&Cells::of(row, CELLS)?, names)
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
        day: day_of(row.cell(5)?)?,
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
