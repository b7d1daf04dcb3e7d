//! The ratings of a check-in as one cell: the rows that a journal has most of.
//!
//! Each would be handed over as a row, and each of its columns by itself, which takes longer than to read them. A function of
//! ours takes them over where `SQLite` has them.

use super::rating;
use crate::domain::check_in::rating::Rating;
use crate::domain::check_in::symptom::{Severity, SymptomKey};
use crate::store::error::Result;
use rusqlite::Connection;
use rusqlite::functions::{Aggregate, Context, FunctionFlags};
use rusqlite::types::ValueRef;

/// The ratings of the check-in of a query.
pub(super) const ALL: &str =
    "(SELECT answers(symptom, severity, copied) FROM rating WHERE rating.check_in = check_in.id)";

/// Bytes of a rating: two for its symptom, one for what it says of it.
const SIZE: usize = 3;

/// What is added to the answer of a rating that was copied.
const COPIED: u8 = 8;

/// Makes the function known to a connection.
pub(in crate::store) fn teach(db: &Connection) -> Result<()> {
    let flags = FunctionFlags::SQLITE_UTF8
        | FunctionFlags::SQLITE_DETERMINISTIC
        | FunctionFlags::SQLITE_DIRECTONLY;
    Ok(db.create_aggregate_function("answers", 3, flags, Answers)?)
}

/// Gathers ratings; `None` as soon as one is not as every version writes it.
struct Answers;

type Gathered = Option<Vec<u8>>;

impl Aggregate<Gathered, Gathered> for Answers {
    fn init(&self, _: &mut Context<'_>) -> rusqlite::Result<Gathered> {
        Ok(Some(Vec::with_capacity(32 * SIZE)))
    }

    fn step(&self, row: &mut Context<'_>, all: &mut Gathered) -> rusqlite::Result<()> {
        let cells = [row.get_raw(0), row.get_raw(1), row.get_raw(2)];
        match (rating::plain(cells), &mut *all) {
            (Some(rating), Some(bytes)) => bytes.extend_from_slice(&packed(rating)),
            _ => *all = None,
        }
        Ok(())
    }

    fn finalize(&self, _: &mut Context<'_>, all: Option<Gathered>) -> rusqlite::Result<Gathered> {
        Ok(all.unwrap_or_else(|| Some(Vec::new())))
    }
}

fn packed(rating: Rating) -> [u8; SIZE] {
    // By the bytes alone they stand in the order of their symptoms.
    let [high, low] = rating.symptom.0.to_be_bytes();
    let answer = rating.answer.map_or(0, |answer| answer.number() + 1);
    let copied = if rating.copied { COPIED } else { 0 };
    [high, low, answer + copied]
}

/// The ratings of a cell of [`ALL`], in the order of their symptoms; `None` where they have to be read one by one.
pub(super) fn read(cell: ValueRef<'_>) -> Option<impl ExactSizeIterator<Item = Rating>> {
    let ValueRef::Blob(bytes) = cell else {
        return None;
    };
    let (all, _) = bytes.as_chunks::<SIZE>();
    // SQLite promises no order to a function, and gives that of the table.
    all.is_sorted().then(|| all.iter().copied().map(unpacked))
}

fn unpacked([high, low, what]: [u8; SIZE]) -> Rating {
    let answer = (what % COPIED).checked_sub(1);
    Rating {
        symptom: SymptomKey(u16::from_be_bytes([high, low])),
        answer: answer.and_then(Severity::new),
        copied: what >= COPIED,
    }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test may stop at the first surprise")]
mod tests {
    use super::{ALL, read, teach};
    use crate::domain::check_in::rating::Rating;
    use crate::store::read::rating::plain;
    use proptest::collection::btree_map;
    use proptest::option;
    use proptest::prelude::{prop_assert_eq, proptest};
    use rusqlite::{Connection, params};
    use std::collections::BTreeMap;

    /// The ratings of check-in 2 as they come in one cell, and one by one where each is as every version writes it.
    fn both_ways(
        ratings: &BTreeMap<u32, (Option<i64>, i64)>,
    ) -> (Option<Vec<Rating>>, Option<Vec<Rating>>) {
        let db = Connection::open_in_memory().unwrap();
        teach(&db).unwrap();
        db.execute_batch(
            "CREATE TABLE check_in (id INTEGER PRIMARY KEY); INSERT INTO check_in VALUES (1), (2);
             CREATE TABLE rating (check_in, symptom, severity, copied, PRIMARY KEY (check_in, symptom)) WITHOUT ROWID;
             INSERT INTO rating VALUES (1, 1, 4, 0), (3, 1, 4, 0);",
        )
        .unwrap();
        for (symptom, (severity, copied)) in ratings {
            let sql = "INSERT INTO rating VALUES (2, ?1, ?2, ?3)";
            db.execute(sql, params![symptom, severity, copied]).unwrap();
        }
        let sql = format!("SELECT {ALL} FROM check_in WHERE id = 2");
        let together = |row: &rusqlite::Row<'_>| Ok(read(row.get_ref(0)?).map(Iterator::collect));
        let together = db.query_row(&sql, [], together).unwrap();
        let sql = "SELECT symptom, severity, copied FROM rating WHERE check_in = 2";
        let mut query = db.prepare(sql).unwrap();
        let mut rows = query.query([]).unwrap();
        let mut alone = Some(Vec::new());
        while let Some(row) = rows.next().unwrap() {
            let cells = [0, 1, 2].map(|at| row.get_ref(at).unwrap());
            alone = alone.zip(plain(cells)).map(|(mut all, rating)| {
                all.push(rating);
                all
            });
        }
        (together, alone)
    }

    proptest! {
        #[test]
        fn the_ratings_of_a_check_in_are_the_same_in_one_cell(
            ratings in btree_map(0..70_000_u32, (option::of(0..5_i64), 0..2_i64), 0..40)
        ) {
            let (together, alone) = both_ways(&ratings);
            prop_assert_eq!(together, alone);
        }

        #[test]
        fn ratings_that_no_version_writes_are_read_one_by_one(
            ratings in btree_map(0..70_u32, (option::of(-1..7_i64), -1..3_i64), 0..4)
        ) {
            let (together, alone) = both_ways(&ratings);
            prop_assert_eq!(together, alone);
        }
    }
}
