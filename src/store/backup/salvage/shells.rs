//! Check-ins whose rows are damaged, put together again from the indexes over them, so that their ratings keep a place.
//!
//! Invariant: what an index holds is taken as it is: id, moment, day, totals, overall, and whether it lies in the bin. The note is
//! gone. Zone and offset are those of the entry nearest in time, which is a guess, so the number of such check-ins is part
//! of the outcome, and any other version wins a merge.

use super::pages::{Cell, Contents};
use super::record::Value;
use crate::store::error::Result;
use crate::store::hybrid_clock::Stamp;
use rusqlite::{Connection, OptionalExtension, params};
use std::collections::{BTreeMap, BTreeSet};

/// What the indexes hold of a check-in.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Shell {
    number: i64,
    uid: Vec<u8>,
    at_utc: i64,
    day: Vec<u8>,
    /// The four sums and counts over the core ratings.
    totals: [i64; 4],
    overall: Option<i64>,
    deleted_at: Option<i64>,
}

/// The check-ins of the indexes. None if the index over the bin is damaged: what was deleted must not come back.
pub(super) fn of(contents: &Contents) -> Vec<Shell> {
    if !contents.is_whole("check_in_deleted") {
        return Vec::new();
    }
    let deleted: BTreeMap<i64, i64> = contents
        .cells_of("check_in_deleted")
        .filter_map(|cell| match cell.values.as_slice() {
            [Value::Integer(at), Value::Integer(number)] => Some((*number, *at)),
            _ => None,
        })
        .collect();
    let days: BTreeMap<i64, &Cell> = contents
        .cells_of("check_in_day")
        .filter_map(|cell| match cell.values.last() {
            Some(Value::Integer(number)) => Some((*number, cell)),
            _ => None,
        })
        .collect();
    let moments = contents.cells_of("check_in_moment").filter_map(|cell| {
        let [
            Value::Integer(at_utc),
            Value::Blob(uid),
            Value::Integer(number),
        ] = cell.values.as_slice()
        else {
            return None;
        };
        // A value of another type is harmed, and the table would refuse it.
        let [
            Value::Text(day),
            Value::Integer(body),
            Value::Integer(body_n),
            Value::Integer(mind),
            Value::Integer(mind_n),
            overall,
            _,
        ] = days.get(number)?.values.as_slice()
        else {
            return None;
        };
        let overall = match overall {
            Value::Integer(overall) => Some(*overall),
            Value::Null => None,
            _ => return None,
        };
        Some(Shell {
            number: *number,
            uid: uid.clone(),
            at_utc: *at_utc,
            day: day.clone(),
            totals: [*body, *body_n, *mind, *mind_n],
            overall,
            deleted_at: deleted.get(number).copied(),
        })
    });
    moments.collect()
}

/// How many check-ins of a file were rebuilt: no other row has this stamp.
pub(super) fn count(db: &Connection) -> Result<usize> {
    let sql = "SELECT count(*) FROM check_in WHERE edited = zeroblob(24)";
    let count: i64 = db.query_row(sql, [], |row| row.get(0))?;
    Ok(usize::try_from(count).unwrap_or_default())
}

/// Inserts the check-ins that are not there yet.
pub(super) fn insert(db: &Connection, shells: &[Shell], erased: &BTreeSet<Vec<u8>>) -> Result<()> {
    let mut nearest = db.prepare(
        "SELECT offset_min, zone FROM (
             SELECT at_utc, offset_min, zone FROM check_in WHERE edited <> zeroblob(24)
             UNION ALL SELECT at_utc, offset_min, zone FROM record WHERE at_utc IS NOT NULL)
         ORDER BY abs(at_utc - ?1) LIMIT 1",
    )?;
    let mut insert = db.prepare(
        "INSERT OR IGNORE INTO check_in (id, uid, at_utc, offset_min, zone, day, late, overall, body_sum, body_n,
             mind_sum, mind_n, revision, edited, deleted_at)
         VALUES (?1, ?2, ?3, ?4, ?5, CAST(?6 AS TEXT), 0, ?7, ?10, ?11, ?12, ?13, 0, ?8, ?9)",
    )?;
    for shell in shells.iter().filter(|shell| !erased.contains(&shell.uid)) {
        let place = nearest.query_row([shell.at_utc], |row| Ok((row.get(0)?, row.get(1)?)));
        let (offset, zone): (i64, String) = place.optional()?.unwrap_or((0, "UTC".to_owned()));
        let [a, b, c, d] = &shell.totals;
        let values = params![
            shell.number,
            shell.uid,
            shell.at_utc,
            offset,
            zone,
            shell.day,
            shell.overall,
            Stamp::ZERO.0,
            shell.deleted_at,
            a,
            b,
            c,
            d,
        ];
        insert.execute(values)?;
    }
    Ok(())
}
