//! Reads the whole journal.

use super::{Names, check_ins_where, number_at, rating};
use crate::domain::check_in::symptom::SymptomKey;
use crate::domain::journal::Day;
use crate::domain::journal::by_day::Gathering;
use crate::store::Store;
use crate::store::error::Result;
use crate::store::integrity::sum::Codes;
use crate::store::integrity::unread::RowName;
use rusqlite::types::ValueRef;
use std::collections::BTreeSet;

impl Store {
    /// Reads all days with one scan of the check-ins and one of the ratings, side by side. A query for each check-in took three
    /// times as long, and one scan after the other held every check-in twice.
    pub(super) fn all_days(
        &self,
        known: &BTreeSet<SymptomKey>,
        names: &mut Names,
    ) -> Result<Gathering<Day>> {
        let mut query = self
            .db
            // `rating` is WITHOUT ROWID with the key (check_in, symptom), so a scan comes in that order.
            .prepare_cached("SELECT check_in, symptom, severity, copied FROM rating")?;
        let mut rows = query.query([])?;
        let mut codes = Codes::of(&self.db)?;
        let mut count = 0;
        let mut next_rating = || -> Result<Option<RatingRow>> {
            while let Some(row) = rows.next()? {
                count += 1;
                let ValueRef::Integer(owner) = row.get_ref(0)? else {
                    let name = RowName::new("rating", 0, None);
                    self.read_or_note(number_at(row, 0), row, name)?;
                    continue;
                };
                let (sum, rating) = rating::read(row, 1, &mut codes)?;
                return Ok(Some(RatingRow { owner, sum, rating }));
            }
            Ok(None)
        };
        // Every rating asks, and a look into the set takes ten times as long.
        let mut is_known = vec![false; known.last().map_or(0, |key| usize::from(key.0) + 1)];
        for key in known {
            is_known[usize::from(key.0)] = true;
        }
        let mut next = next_rating()?;
        let mut ratings = Vec::with_capacity(64);
        let mut days = Gathering::default();
        let sql = check_ins_where("1") + " ORDER BY id";
        self.each_check_in(&sql, [], names, |mut target| {
            // Ratings of deleted check-ins come before those of the next one that is here.
            while let Some(row) = next.take_if(|row| row.owner <= target.id) {
                if row.owner == target.id {
                    target.sum.add(row.sum);
                    match row.rating {
                        Ok(rating)
                            if is_known.get(usize::from(rating.symptom.0)) == Some(&true) =>
                        {
                            ratings.push(rating);
                        }
                        read => ratings.extend(self.rating(read, row.owner, known)?),
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
}

/// A row of the ratings: the number of its check-in, its share in the sum of that, and what it says.
struct RatingRow {
    owner: i64,
    sum: u64,
    rating: rating::Read,
}
