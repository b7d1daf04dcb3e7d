//! The log of before-images: how everything is undone and redone, after restarts too.
//!
//! Invariant: an image is a row as JSON, not a serialised enum, so it outlives upgrades. The image of a check-in holds its
//! ratings. Undo and redo are the same exchange of image and row, in opposite order. Both refuse when a row is no longer as
//! the step left it.

pub(super) mod table;

use self::table::SqlTable;
use super::Store;
use super::commit::{Trace, Written};
use super::error::{Result, StoreError};
use super::hybrid_clock::Stamp;
use super::integrity::sum;
use super::integrity::sum::{Gap, RowSum};
use super::read::{date, hex, unhex};
use super::step::{Applied, StepWriter};
use crate::domain::journal::change::StepLabel;
use chrono::{DateTime, Utc};
use rusqlite::types::{Value, ValueRef};
use rusqlite::{
    Connection, OptionalExtension, Transaction, TransactionBehavior, params, params_from_iter,
};
use serde_json::{Map, Value as Json, json};

/// Logs the row as it is now, before a change, with the stamp that the change will leave in it.
pub(super) fn keep_image(
    writer: &StepWriter<'_>,
    table: SqlTable,
    key: &str,
    left: Stamp,
) -> Result<()> {
    if !writer.begin(table, key)? {
        return Ok(());
    }
    keep_image_left(writer, table, key, Some(left))
}

/// Logs the row as it is now. `left` is the stamp that the step will leave in it, `None` if the step deletes it. Call it once
/// for each row of a step.
pub(super) fn keep_image_left(
    writer: &StepWriter<'_>,
    table: SqlTable,
    key: &str,
    left: Option<Stamp>,
) -> Result<()> {
    let image = image(writer.db, table, key)?.map(|image| image.to_string());
    let sql = "INSERT INTO log_image (step, seq, tbl, row_key, image, stamp) VALUES (?1, ?2, ?3, ?4, ?5, ?6)";
    let values = params![
        writer.step,
        writer.seq.get(),
        table.name(),
        key,
        image,
        left.map(|left| left.0)
    ];
    writer.db.prepare_cached(sql)?.execute(values)?;
    writer.seq.set(writer.seq.get() + 1);
    Ok(())
}

/// Notes when undo or redo brought a row back or deleted it. Its own `edited` stamp is the old one then, and a merge must
/// know that the undo came later.
pub(super) fn mark_put_back(db: &Connection, table: SqlTable, key: &str, at: Stamp) -> Result<()> {
    let sql = "INSERT OR REPLACE INTO put_back (tbl, row_key, edited) VALUES (?1, ?2, ?3)";
    db.prepare_cached(sql)?
        .execute(params![table.name(), key, at.0])?;
    Ok(())
}

fn unmark(db: &Connection, table: SqlTable, key: &str) -> Result<()> {
    db.prepare_cached("DELETE FROM put_back WHERE tbl = ?1 AND row_key = ?2")?
        .execute([table.name(), key])?;
    Ok(())
}

/// Logs the [`mark_put_back`] mark of a row, before a merge replaces it.
pub(super) fn keep_mark(writer: &StepWriter<'_>, table: SqlTable, key: &str) -> Result<()> {
    let sql = "INSERT INTO log_image (step, seq, tbl, row_key, image, stamp) VALUES (?1, ?2, ?3, ?4, ?5, NULL)";
    let marked = format!("{}/{key}", table.name());
    let mark = mark_of(writer.db, &marked)?;
    let values = params![writer.step, writer.seq.get(), MARK, marked, mark];
    writer.db.prepare_cached(sql)?.execute(values)?;
    writer.seq.set(writer.seq.get() + 1);
    Ok(())
}

/// The table name of a logged mark. Its row key is "table/key".
const MARK: &str = "put_back";

fn mark_of(db: &Connection, marked: &str) -> Result<Option<String>> {
    let sql = "SELECT edited FROM put_back WHERE tbl || '/' || row_key = ?1";
    let mark = db
        .prepare_cached(sql)?
        .query_row([marked], |row| row.get::<_, Vec<u8>>(0));
    Ok(mark.optional()?.map(|bytes| hex(&bytes)))
}

fn exchange_mark(
    db: &Connection,
    (step, seq): (i64, i64),
    marked: &str,
    other_side: Option<&str>,
) -> Result<()> {
    let unreadable = || StoreError::Unreadable("a logged mark");
    let this_side = mark_of(db, marked)?;
    let (table, key) = marked.split_once('/').ok_or_else(unreadable)?;
    let table = SqlTable::from_name(table)?;
    match other_side.map(unhex) {
        None => unmark(db, table, key)?,
        Some(mark) => {
            let stamp = Stamp::read(&mark.ok_or_else(unreadable)?)?;
            mark_put_back(db, table, key, stamp)?;
        }
    }
    db.prepare_cached("UPDATE log_image SET image = ?1 WHERE step = ?2 AND seq = ?3")?
        .execute(params![this_side, step, seq])?;
    Ok(())
}

#[derive(Clone, Copy)]
enum Direction {
    Undo,
    Redo,
}

impl Store {
    /// Takes the last step back and returns its label. `now` stamps the change for later merges.
    ///
    /// # Errors
    /// [`StoreError::NothingToUndo`], or [`StoreError::ChangedSince`] when a row is no longer as the step left it.
    pub fn undo(&mut self, now: DateTime<Utc>) -> Result<Applied> {
        self.exchange(Direction::Undo, now)
    }

    /// Does the last undone step again.
    ///
    /// # Errors
    /// [`StoreError::NothingToRedo`], or [`StoreError::ChangedSince`].
    pub fn redo(&mut self, now: DateTime<Utc>) -> Result<Applied> {
        self.exchange(Direction::Redo, now)
    }

    /// The steps that undo and redo would exchange next.
    pub fn steps(&self) -> Result<(Option<StepLabel>, Option<StepLabel>)> {
        let look = |sql: &str| -> Result<Option<StepLabel>> {
            Ok(self.named(step(&self.db, sql))?.map(|(_, label)| label))
        };
        Ok((look(NEXT_UNDO)?, look(NEXT_REDO)?))
    }

    fn exchange(&mut self, direction: Direction, now: DateTime<Utc>) -> Result<Applied> {
        self.ready()?;
        let at = self.clock()?.stamp(now);
        let written = self.attempt_to_exchange(direction, at);
        self.settle(written, &Trace::Stamp(at))
    }

    fn attempt_to_exchange(&self, direction: Direction, at: Stamp) -> Result<Written<Applied>> {
        // An old image may break a CHECK that a newer form brought. It was a valid row once, so it goes back as it was.
        let unchecked = Unchecked::begin(&self.db)?;
        let tx = Transaction::new_unchecked(unchecked.0, TransactionBehavior::Immediate)?;
        let (sql, nothing, order) = match direction {
            Direction::Undo => (NEXT_UNDO, StoreError::NothingToUndo, "DESC"),
            Direction::Redo => (NEXT_REDO, StoreError::NothingToRedo, "ASC"),
        };
        let Some((id, label)) = step(&tx, sql)? else {
            return Err(nothing);
        };
        // Its days and its end are used here: the images have their stamps already.
        let mut writer = StepWriter::new(&tx, id, Stamp::ZERO, 0);
        if !sum::of_step(&tx, id)?.is_some_and(RowSum::is_right) {
            return Err(StoreError::DamagedStep);
        }
        // Collected before the exchange: it writes to the table that this query reads.
        let images = {
            let sql = format!(
                "SELECT seq, tbl, row_key, image, stamp FROM log_image WHERE step = ?1 ORDER BY seq {order}"
            );
            let mut query = tx.prepare(&sql)?;
            let rows = query.query_map([id], |row| {
                Ok((
                    row.get(0)?,
                    row.get(1)?,
                    row.get(2)?,
                    row.get(3)?,
                    row.get(4)?,
                ))
            })?;
            rows.collect::<rusqlite::Result<Vec<(i64, String, String, Option<String>, Option<Vec<u8>>)>>>()?
        };
        let mut rows = Vec::new();
        for (seq, table, key, other_side, stamp) in images {
            if table == MARK {
                exchange_mark(&tx, (id, seq), &key, other_side.as_deref())?;
                continue;
            }
            let table = SqlTable::from_name(&table)?;
            rows.extend(table.row(&key));
            // The stamp and not the content: it also differs when another window saved the same values again.
            if row_stamp(&tx, table, &key)? != stamp {
                return Err(StoreError::ChangedSince { what: label.what });
            }
            let this_side = image(&tx, table, &key)?;
            let other_side = other_side
                .map(|text| serde_json::from_str(&text))
                .transpose();
            let other_side: Option<Json> =
                other_side.map_err(|_| StoreError::Unreadable("a logged row"))?;
            if matches!(table, SqlTable::CheckIn | SqlTable::Record) {
                for side in [&this_side, &other_side].into_iter().flatten() {
                    // No screen shows a day whose date cannot be read, so there is nothing to refresh.
                    let day = side["day"].as_str().and_then(|day| date(day).ok());
                    if let Some(day) = day {
                        writer.touch(day);
                    }
                }
            }
            put_back(&tx, table, &key, other_side.as_ref())?;
            match (label.what == MERGED, table, &other_side) {
                (true, ..) => {}
                // A merge never deletes a symptom, since ratings refer to it, so a mark would have no effect.
                (false, SqlTable::Symptom, None) => unmark(&tx, table, &key)?,
                (false, ..) => mark_put_back(&tx, table, &key, at)?,
            }
            let sql = "UPDATE log_image SET image = ?1, stamp = ?2 WHERE step = ?3 AND seq = ?4";
            let stamp = row_stamp(&tx, table, &key)?;
            tx.execute(
                sql,
                params![this_side.map(|image| image.to_string()), stamp, id, seq],
            )?;
        }
        tx.execute(
            "UPDATE log_step SET undone = 1 - undone WHERE id = ?1",
            [id],
        )?;
        remember(&tx, at)?;
        let days = writer.finish()?;
        Ok(Written::commit(tx, Applied { label, days, rows }))
    }
}

/// Switches CHECK constraints off until it is dropped, so that a damaged row can be put back as it was.
pub(super) struct Unchecked<'a>(pub(super) &'a Connection);

impl<'a> Unchecked<'a> {
    pub(super) fn begin(db: &'a Connection) -> Result<Self> {
        db.execute_batch("PRAGMA ignore_check_constraints=ON")?;
        Ok(Self(db))
    }
}

impl Drop for Unchecked<'_> {
    fn drop(&mut self) {
        // Setting a pragma to a constant does not touch the disk, and `drop` could not report an error.
        self.0
            .execute_batch("PRAGMA ignore_check_constraints=OFF")
            .ok();
    }
}

// Undo of a merge leaves no mark: the next merge brings the rows again, and no third journal loses them.
/// The label of a merge.
pub(super) const MERGED: &str = "journals merged";

/// Stores a stamp, so that the clock continues after it when the file is opened again.
pub(super) fn remember(db: &Connection, stamp: Stamp) -> Result<()> {
    db.prepare_cached("INSERT OR REPLACE INTO journal (key, value) VALUES ('clock', ?1)")?
        .execute([hex(&stamp.0)])?;
    Ok(())
}

const NEXT_UNDO: &str =
    "SELECT id, what, day FROM log_step WHERE undone = 0 ORDER BY id DESC LIMIT 1";
const NEXT_REDO: &str =
    "SELECT id, what, day FROM log_step WHERE undone = 1 ORDER BY id ASC LIMIT 1";

fn step(db: &Connection, sql: &str) -> Result<Option<(i64, StepLabel)>> {
    let row = db.query_row(sql, [], |row| {
        Ok((
            row.get(0)?,
            row.get::<_, String>(1)?,
            row.get::<_, Option<String>>(2)?,
        ))
    });
    let Some((id, what, day)) = row.optional()? else {
        return Ok(None);
    };
    Ok(Some((
        id,
        StepLabel {
            what,
            day: day.and_then(|day| date(&day).ok()),
        },
    )))
}

fn row_stamp(db: &Connection, table: SqlTable, key: &str) -> Result<Option<Vec<u8>>> {
    let sql = format!(
        "SELECT edited FROM {} WHERE {} = ?1",
        table.name(),
        table.key_column()
    );
    Ok(db
        .prepare_cached(&sql)?
        .query_row([table.key(key)?], |row| row.get(0))
        .optional()?)
}

// JSON holds only valid UTF-8, and an undo must give back even a damaged text byte for byte.
/// The JSON key for the bytes of a TEXT value that is no valid UTF-8.
const BROKEN_TEXT: &str = "text_hex";

/// The row as JSON, a check-in with its ratings; `None` if there is no such row.
pub(super) fn image(db: &Connection, table: SqlTable, key: &str) -> Result<Option<Json>> {
    let mut rows = rows(db, table.name(), table.key_column(), table.key(key)?)?;
    let Some(mut row) = rows.pop() else {
        return Ok(None);
    };
    if table == SqlTable::CheckIn {
        let id = row
            .get("id")
            .and_then(Json::as_i64)
            .ok_or(StoreError::Unreadable("a check-in's number"))?;
        let ratings = self::rows(db, "rating", "check_in", Value::Integer(id))?;
        row.insert("ratings".to_owned(), ratings.into());
    }
    Ok(Some(Json::Object(row)))
}

fn rows(db: &Connection, table: &str, column: &str, key: Value) -> Result<Vec<Map<String, Json>>> {
    let mut query = db.prepare_cached(&format!("SELECT * FROM {table} WHERE {column} = ?1"))?;
    let names: Vec<String> = query.column_names().map(str::to_owned).collect();
    let mut cursor = query.query([key])?;
    let mut rows = Vec::new();
    while let Some(row) = cursor.next()? {
        let mut object = Map::new();
        for (at, name) in names.iter().enumerate() {
            object.insert(name.clone(), to_json(row.get_ref(at)?));
        }
        rows.push(object);
    }
    Ok(rows)
}

/// Writes the row that `image` holds, or deletes the row if there is none. A column that a later form added, and the image
/// lacks, gets its default; a sum that it lacks is computed.
pub(super) fn put_back(
    db: &Connection,
    table: SqlTable,
    key: &str,
    image: Option<&Json>,
) -> Result<()> {
    let sql = format!(
        "DELETE FROM {} WHERE {} = ?1",
        table.name(),
        table.key_column()
    );
    match image.and_then(Json::as_object) {
        None => {
            db.prepare_cached(&sql)?.execute([table.key(key)?])?;
        }
        // Nothing refers to a check-in but its ratings, which the DELETE cascades to and the image brings back.
        Some(row) if table == SqlTable::CheckIn => {
            db.prepare_cached(&sql)?.execute([table.key(key)?])?;
            insert(db, table.name(), row)?;
            for rating in row
                .get("ratings")
                .and_then(Json::as_array)
                .into_iter()
                .flatten()
            {
                insert(
                    db,
                    "rating",
                    rating
                        .as_object()
                        .ok_or(StoreError::Unreadable("a logged rating"))?,
                )?;
            }
        }
        // Other rows are changed in place: deleting a symptom would break the references of its ratings.
        Some(row) => {
            if row_stamp(db, table, key)?.is_some() {
                update(db, table, key, row)?;
            } else {
                insert(db, table.name(), row)?;
            }
        }
    }
    // Otherwise the image brought the sum that the row had, right or wrong.
    if image.is_some_and(|image| image.get("sum").is_none()) {
        let (column, key) = (table.key_column(), table.key(key)?);
        sum::write(db, table.layout(), column, &key, Gap::NONE)?;
    }
    Ok(())
}

/// The columns of an image: name, placeholder in the SQL, value.
fn columns(row: &Map<String, Json>) -> Result<Vec<(&str, &'static str, Value)>> {
    let columns = row.iter().filter(|(name, _)| *name != "ratings");
    let columns = columns.map(|(name, value)| {
        let place = match value.get(BROKEN_TEXT) {
            // Bound as a blob, stored as text: a STRICT table refuses a blob in a TEXT column.
            Some(_) => "CAST(? AS TEXT)",
            None => "?",
        };
        Ok((name.as_str(), place, from_json(value)?))
    });
    columns.collect()
}

fn insert(db: &Connection, table: &str, row: &Map<String, Json>) -> Result<()> {
    let columns = columns(row)?;
    let names: Vec<&str> = columns.iter().map(|(name, ..)| *name).collect();
    let places: Vec<&str> = columns.iter().map(|(_, place, _)| *place).collect();
    let sql = format!(
        "INSERT INTO {table} ({}) VALUES ({})",
        names.join(", "),
        places.join(", ")
    );
    let values = columns.into_iter().map(|(.., value)| value);
    db.prepare_cached(&sql)?.execute(params_from_iter(values))?;
    Ok(())
}

fn update(db: &Connection, table: SqlTable, key: &str, row: &Map<String, Json>) -> Result<()> {
    let columns = columns(row)?;
    let set = columns
        .iter()
        .map(|(name, place, _)| format!("{name} = {place}"));
    let set: Vec<String> = set.collect();
    let sql = format!(
        "UPDATE {} SET {} WHERE {} = ?",
        table.name(),
        set.join(", "),
        table.key_column()
    );
    let values = columns.into_iter().map(|(.., value)| value);
    let values = values.chain([table.key(key)?]);
    db.prepare_cached(&sql)?.execute(params_from_iter(values))?;
    Ok(())
}

fn to_json(value: ValueRef<'_>) -> Json {
    match value {
        ValueRef::Null => Json::Null,
        ValueRef::Integer(number) => number.into(),
        ValueRef::Real(number) => number.into(),
        ValueRef::Text(text) => match std::str::from_utf8(text) {
            Ok(text) => text.into(),
            Err(_) => json!({ BROKEN_TEXT: hex(text) }),
        },
        ValueRef::Blob(bytes) => json!({ "hex": hex(bytes) }),
    }
}

fn from_json(value: &Json) -> Result<Value> {
    let unreadable = || StoreError::Unreadable("a logged value");
    Ok(match value {
        Json::Null => Value::Null,
        Json::Number(number) => match number.as_i64() {
            Some(whole) => Value::Integer(whole),
            None => Value::Real(number.as_f64().ok_or_else(unreadable)?),
        },
        Json::String(text) => Value::Text(text.clone()),
        Json::Object(blob) => {
            let hex = blob
                .get("hex")
                .or(blob.get(BROKEN_TEXT))
                .and_then(Json::as_str)
                .ok_or_else(unreadable)?;
            Value::Blob(unhex(hex).ok_or_else(unreadable)?)
        }
        Json::Bool(_) | Json::Array(_) => return Err(unreadable()),
    })
}
