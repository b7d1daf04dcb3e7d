//! Builds the new journal from the rows of the damaged one.
//!
//! Invariant: every row passes the CHECKs of its table and the program's own reading, and the finished file passes
//! `SQLite`'s full check. A row that does not is left out and counted, never changed. The exceptions are named in the
//! outcome: check-ins that only their indexes still know, totals of check-ins that lost ratings, and the names of symptoms that
//! can only be told by their codes. Numbers and codes that a second witness tells, an index or a sum, are mended.

use super::record::Value;
use super::rows::{Finds, Layout, Missing, Row, Table};
use super::{Brought, Salvaged, Steps, shells, symptoms};
use crate::domain::order::Gathered;
use crate::store::error::{Result, StoreError};
use crate::store::hybrid_clock::Stamp;
use crate::store::integrity::structure::{self, Look};
use crate::store::integrity::sum;
use crate::store::integrity::sum::RowSum;
use crate::store::key::{Key, connection};
use crate::store::migrations::APPLICATION_ID;
use crate::store::read::{hex, unhex};
use crate::store::undo_log::table::SqlTable;
use crate::store::{MIGRATIONS, Seed, migrations, open, read, record, undo_log};
use chrono::DateTime;
use rusqlite::{Connection, ErrorCode, OptionalExtension, params, params_from_iter};
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

/// The tables of the undo log.
const LOG: [&str; 2] = ["log_step", "log_image"];
/// Facts about the old file that are not true of the new one.
const OLD_FACTS: &str = "DELETE FROM journal WHERE key IN ('copy_missed', 'traces')";

/// Writes the rows of `finds` into the empty file at `path`.
pub(super) fn build(path: &Path, key: Option<&Key>, finds: &Finds, seed: Seed) -> Result<Salvaged> {
    let mut db = connection::make(path, key)?;
    // No other program knows this file yet, so no rollback journal on the disk is needed, and one sync at the end is enough.
    db.execute_batch(
        "PRAGMA journal_mode=MEMORY; PRAGMA synchronous=OFF; PRAGMA temp_store=MEMORY; PRAGMA secure_delete=ON;
         PRAGMA trusted_schema=OFF; PRAGMA foreign_keys=OFF;",
    )?;
    db.pragma_update(None, "application_id", APPLICATION_ID)?;
    let form = MIGRATIONS.get(..finds.form).unwrap_or(MIGRATIONS);
    migrations::migrate(&mut db, None, form)?;
    let mut dropped: BTreeMap<String, usize> = BTreeMap::new();
    let tx = db.transaction()?;
    let erased = erased(finds);
    for table in &finds.tables {
        let n = insert_all(&tx, table, &erased)?;
        *dropped.entry(table.layout.table.clone()).or_default() += n;
    }
    tx.commit()?;
    // The rows have the form of the old file until here, so a later migration finds what it expects.
    migrations::migrate(&mut db, None, MIGRATIONS)?;
    let tx = db.transaction()?;
    for (table, n) in drop_unreadable(&tx)? {
        *dropped.entry(table.to_owned()).or_default() += n;
    }
    shells::insert(&tx, &finds.shells, &erased)?;
    // What the index holds may be harmed too. These rows are counted already.
    drop_check_ins(&tx)?;
    symptoms::mend_codes(&tx, &finds.codes)?;
    let losses = |dropped: &BTreeMap<String, usize>, table: &str| {
        let missing = finds.table(table).map(|table| table.missing);
        let lost = missing.is_some_and(Missing::may_be_any);
        lost || dropped.get(table).is_some_and(|n| *n > 0)
    };
    let codes = losses(&dropped, "symptom").then(|| finds.codes.clone());
    let completed = symptoms::complete(&tx, codes, seed)?;
    if let Some(ratings) = finds.table("rating") {
        settle(&tx, ratings)?;
    }
    let mut strays = tx.execute(STRAY_RATINGS, [])?;
    let recounted = recount(&tx)?;
    tx.execute(BLANK, [])?;
    strays += tx.execute(STRAY_RATINGS, [])?;
    *dropped.entry("rating".to_owned()).or_default() += strays;
    let rebuilt = shells::count(&tx)?;
    let losses = |table: &str| losses(&dropped, table);
    let has_strays: bool = tx.query_row(STRAY_IMAGES, [], |row| row.get(0))?;
    let steps = if has_strays || LOG.into_iter().any(losses) {
        tx.execute_batch("DELETE FROM log_image; DELETE FROM log_step;")?;
        Steps::LeftOut
    } else {
        Steps::Brought
    };
    for table in SqlTable::ALL {
        if losses(table.name()) {
            forget_marks(&tx, table)?;
        }
    }
    facts(&tx, seed)?;
    let differing = sum::wrong_rows(&tx)?;
    tx.commit()?;
    verify(&db, path)?;
    let mut tables = Vec::new();
    for table in &finds.tables {
        let mut brought = brought(&db, table, &dropped)?;
        match brought.table.as_str() {
            "symptom" => brought.missing = brought.missing.saturating_sub(completed.numbered),
            // They are there, but were not read.
            "check_in" => brought.rows = brought.rows.saturating_sub(rebuilt),
            _ => {}
        }
        tables.push(brought);
    }
    Ok(Salvaged {
        tables,
        recounted: recounted.partly,
        bare: recounted.bare,
        rebuilt,
        nameless: completed.nameless,
        differing,
        steps,
    })
}

/// The ids of what was erased for good.
fn erased(finds: &Finds) -> BTreeSet<Vec<u8>> {
    let Some(table) = finds.table("erased") else {
        return BTreeSet::new();
    };
    let ids = table
        .rows
        .iter()
        .filter_map(|row| match row.get(&table.layout, "uid") {
            Some(Value::Blob(uid)) => Some(uid.clone()),
            _ => None,
        });
    ids.gather_set()
}

/// Whether a row belongs to something that was erased for good: an entry, its draft, its images in the undo log.
fn is_erased(layout: &Layout, row: &Row, erased: &BTreeSet<Vec<u8>>) -> bool {
    if layout.table == "erased" {
        return false;
    }
    let id = match (row.get(layout, "uid"), row.get(layout, "row_key")) {
        (Some(Value::Blob(uid)), _) => Some(uid.clone()),
        (_, Some(Value::Text(key))) => std::str::from_utf8(key).ok().and_then(unhex),
        _ => None,
    };
    id.is_some_and(|id| erased.contains(&id))
}

/// Whether a row can be read. A wrong sum is no reason to leave it out: it comes over as it is, with that sum, so it is
/// shown and named in the new file too. No version writes text that is no UTF-8 or holds a zero byte, and what these
/// columns hold is JSON.
fn is_sound(layout: &Layout, row: &Row) -> bool {
    let columns = layout.names().zip(&row.values);
    columns.into_iter().all(|(name, value)| match value {
        Value::Text(bytes) => std::str::from_utf8(bytes).is_ok_and(|text| {
            let is_json = |text: &str| serde_json::from_str::<serde::de::IgnoredAny>(text).is_ok();
            let has_json = matches!(name, "fields" | "content")
                || (name == "image" && !text.bytes().all(|byte| byte.is_ascii_hexdigit()));
            !text.contains('\0') && (!has_json || is_json(text))
        }),
        _ => true,
    })
}

/// Inserts the rows of a table. Returns how many rows stay out.
fn insert_all(db: &Connection, table: &Table, erased: &BTreeSet<Vec<u8>>) -> Result<usize> {
    let layout = &table.layout;
    let names: Vec<&str> = layout.names().collect();
    let places = vec!["?"; names.len()].join(", ");
    let sql = format!(
        "INSERT INTO {} ({}) VALUES ({places})",
        layout.table,
        names.join(", ")
    );
    let mut insert = db.prepare(&sql)?;
    // Each has the place of another row, so one of the two stays out.
    let mut dropped = table.rivals.len();
    for row in &table.rows {
        if is_erased(layout, row, erased) {
            continue;
        }
        if !is_sound(layout, row) {
            dropped += 1;
            continue;
        }
        match insert.execute(params_from_iter(&row.values)) {
            Ok(_) => {}
            Err(error) if is_refused(&error) => dropped += 1,
            Err(error) => return Err(error.into()),
        }
    }
    Ok(dropped)
}

/// Whether the table refused a row, and not the disk.
fn is_refused(error: &rusqlite::Error) -> bool {
    matches!(
        error.sqlite_error_code(),
        Some(ErrorCode::ConstraintViolation | ErrorCode::TypeMismatch | ErrorCode::TooBig)
    )
}

/// Deletes the rows that the program cannot read. Rows with a word that it does not know stay: a newer version may know it.
fn drop_unreadable(db: &Connection) -> Result<Vec<(&'static str, usize)>> {
    let records = format!("SELECT {}, id FROM record", record::COLUMNS);
    Ok(vec![
        drop_check_ins(db)?,
        drop_where(db, "record", &records, |row| {
            record::record(row, &mut read::Names::default()).map(drop)
        })?,
        drop_where(
            db,
            "attempt",
            "SELECT uid, began, day_zero, method, name, goal, ended, ending, id FROM attempt",
            |row| read::attempt(row).map(drop),
        )?,
        drop_where(
            db,
            "symptom",
            "SELECT id, code, name, category, origin, rated, id FROM symptom",
            |row| read::symptom(row).map(drop),
        )?,
    ])
}

fn drop_check_ins(db: &Connection) -> Result<(&'static str, usize)> {
    let mut names = read::Names::default();
    let sql = format!("SELECT {}, id FROM check_in", read::COLUMNS);
    drop_where(db, "check_in", &sql, |row| {
        read::check_in(row, &mut names).map(drop)
    })
}

fn drop_where(
    db: &Connection,
    table: &'static str,
    sql: &str,
    mut read: impl FnMut(&rusqlite::Row<'_>) -> Result<()>,
) -> Result<(&'static str, usize)> {
    let mut query = db.prepare(sql)?;
    let last = query.column_count().saturating_sub(1);
    let mut rows = query.query([])?;
    let mut bad: Vec<i64> = Vec::new();
    while let Some(row) = rows.next()? {
        match read(row) {
            Ok(()) | Err(StoreError::NotKnown(_)) => {}
            Err(StoreError::Unreadable(_)) => bad.push(row.get(last)?),
            Err(error) => return Err(error),
        }
    }
    let mut delete = db.prepare(&format!("DELETE FROM {table} WHERE id = ?1"))?;
    for number in &bad {
        delete.execute([number])?;
    }
    Ok((table, bad.len()))
}

/// Of two ratings with one place, takes the one with which the sum of their check-in is right.
fn settle(db: &Connection, ratings: &Table) -> Result<()> {
    let mut get =
        db.prepare("SELECT severity, copied FROM rating WHERE check_in = ?1 AND symptom = ?2")?;
    let mut set = db.prepare(
        "UPDATE OR IGNORE rating SET severity = ?3, copied = ?4 WHERE check_in = ?1 AND symptom = ?2",
    )?;
    for rival in &ratings.rivals {
        let value = |name| rival.get(&ratings.layout, name);
        let (Some(Value::Integer(check_in)), symptom) = (value("check_in"), value("symptom"))
        else {
            continue;
        };
        let is_right = || {
            let of = sum::of(db, &sum::CHECK_IN, "id", &(*check_in).into());
            of.map(|of| of.is_none_or(RowSum::is_right))
        };
        if is_right()? {
            continue;
        }
        let own = get.query_row(params![check_in, symptom], |row| {
            Ok::<(Option<i64>, i64), _>((row.get(0)?, row.get(1)?))
        });
        let Some((severity, copied)) = own.optional()? else {
            continue;
        };
        set.execute(params![
            check_in,
            symptom,
            value("severity"),
            value("copied")
        ])?;
        if !is_right()? {
            set.execute(params![check_in, symptom, severity, copied])?;
        }
    }
    Ok(())
}

// A rating belongs to a check-in and a symptom, and says nothing without them.
/// Deletes the ratings whose check-in or symptom did not come over.
const STRAY_RATINGS: &str = "DELETE FROM rating WHERE check_in NOT IN (SELECT id FROM check_in)
    OR symptom NOT IN (SELECT id FROM symptom)";

/// Whether an image in the undo log belongs to no step.
const STRAY_IMAGES: &str =
    "SELECT EXISTS (SELECT 1 FROM log_image WHERE step NOT IN (SELECT id FROM log_step))";

// Its note was all that it held.
/// Deletes the rebuilt check-ins that say nothing.
const BLANK: &str = "DELETE FROM check_in WHERE edited = zeroblob(24) AND overall IS NULL AND body_n + mind_n = 0
    AND NOT EXISTS (SELECT 1 FROM rating r WHERE r.check_in = check_in.id AND r.severity IS NOT NULL)";

const TOTALS: &str = "
    SELECT coalesce(sum(r.severity) FILTER (WHERE s.category = 'physical'), 0) AS body_sum,
           count(r.severity) FILTER (WHERE s.category = 'physical') AS body_n,
           coalesce(sum(r.severity) FILTER (WHERE s.category = 'psychological'), 0) AS mind_sum,
           count(r.severity) FILTER (WHERE s.category = 'psychological') AS mind_n
    FROM rating r JOIN symptom s ON s.id = r.symptom WHERE r.check_in = check_in.id AND s.origin = 'core'";

/// The check-ins whose ratings did not all come over.
struct Recounted {
    /// Those with some ratings. Their totals were counted anew.
    partly: usize,
    /// Those without any. Their totals are all that is left of the ratings, so they stay.
    bare: usize,
}

/// Counts the totals of check-ins anew where they differ from the ratings that came over.
fn recount(db: &Connection) -> Result<Recounted> {
    let sql = format!(
        "SELECT id, edited, EXISTS (SELECT 1 FROM rating r WHERE r.check_in = check_in.id)
         FROM check_in WHERE (body_sum, body_n, mind_sum, mind_n) IS NOT ({TOTALS})"
    );
    let mut query = db.prepare(&sql)?;
    let differing: Vec<(i64, [u8; 24], bool)> = query
        .query_map([], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?
        .collect::<rusqlite::Result<_>>()?;
    let sql = format!(
        "UPDATE check_in SET (body_sum, body_n, mind_sum, mind_n) = ({TOTALS}) WHERE id = ?1"
    );
    let mut count_anew = db.prepare(&sql)?;
    // A whole version of it on another machine has to win a later merge, so this one counts as a moment older.
    let mut age = db.prepare("UPDATE check_in SET edited = ?2 WHERE id = ?1")?;
    let mut recounted = Recounted { partly: 0, bare: 0 };
    for (id, edited, has_ratings) in differing {
        age.execute(params![id, a_moment_before(edited)])?;
        if has_ratings {
            count_anew.execute([id])?;
            recounted.partly += 1;
        } else {
            recounted.bare += 1;
        }
    }
    Ok(recounted)
}

/// The stamp before `stamp` of the same device.
fn a_moment_before(stamp: [u8; 24]) -> [u8; 24] {
    let mut before = stamp;
    if let Some(time) = before.first_chunk_mut::<8>() {
        *time = u64::from_be_bytes(*time).saturating_sub(1).to_be_bytes();
    }
    before
}

/// Deletes the marks of rows that are not there: in a merge such a mark would say that the person took the row back, and the
/// row is only damaged here.
fn forget_marks(db: &Connection, table: SqlTable) -> Result<()> {
    let (name, column) = (table.name(), table.key_column());
    let key = if column == "uid" {
        "lower(hex(uid))"
    } else {
        column
    };
    let sql = format!(
        "DELETE FROM put_back WHERE tbl = ?1 AND row_key NOT IN (SELECT {key} FROM {name})"
    );
    db.execute(&sql, [name])?;
    Ok(())
}

/// Gives the file the facts that every journal has, where the old ones did not come over, and a clock that is ahead of every
/// edit in it.
fn facts(db: &Connection, seed: Seed) -> Result<()> {
    db.execute_batch(OLD_FACTS)?;
    let is_id = |text: String| unhex(&text).is_some_and(|bytes| bytes.len() == 16);
    for (key, own) in [("id", seed.journal), ("device", seed.device)] {
        let sql = "SELECT value FROM journal WHERE key = ?1";
        let old = db.query_row(sql, [key], |row| row.get(0)).optional()?;
        if !old.is_some_and(is_id) {
            let sql = "INSERT OR REPLACE INTO journal (key, value) VALUES (?1, ?2)";
            db.execute(sql, params![key, hex(&own)])?;
        }
    }
    let made = seed.now.timestamp().to_string();
    for (key, value) in [("scale", "severity_0_4"), ("made_utc", &made)] {
        let sql = "INSERT OR IGNORE INTO journal (key, value) VALUES (?1, ?2)";
        db.execute(sql, params![key, value])?;
    }
    // A damaged stamp may lie centuries ahead, and the clock would follow it.
    let latest = seed.now + chrono::TimeDelta::days(1);
    let latest = u32::try_from(latest.timestamp()).unwrap_or(u32::MAX);
    let mut stamp = open::clock_of(db)?.stamp(DateTime::UNIX_EPOCH);
    for table in SqlTable::ALL {
        let sql = format!("SELECT max(edited) FROM {} WHERE edited < ?1", table.name());
        let edited: Option<[u8; 24]> =
            db.query_row(&sql, [latest.to_be_bytes()], |row| row.get(0))?;
        stamp = stamp.max(edited.map_or(Stamp::ZERO, Stamp));
    }
    undo_log::remember(db, stamp)
}

/// Checks the finished file.
fn verify(db: &Connection, path: &Path) -> Result<()> {
    let references: i64 =
        db.query_row("SELECT count(*) FROM pragma_foreign_key_check", [], |row| {
            row.get(0)
        })?;
    if structure::is_sound(db, Look::Whole)? && references == 0 {
        return Ok(());
    }
    Err(StoreError::Damaged {
        path: path.to_owned(),
        what: "what was brought over did not read back whole".to_owned(),
    })
}

fn brought(db: &Connection, table: &Table, dropped: &BTreeMap<String, usize>) -> Result<Brought> {
    let name = &table.layout.table;
    let sql = format!("SELECT count(*) FROM {name}");
    let rows: i64 = db.query_row(&sql, [], |row| row.get(0))?;
    Ok(Brought {
        rows: usize::try_from(rows).unwrap_or_default(),
        missing: table.missing.rows + dropped.get(name).copied().unwrap_or_default(),
        sureness: table.missing.sureness,
        table: name.clone(),
    })
}
