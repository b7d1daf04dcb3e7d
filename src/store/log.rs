//! The log of before-images: how everything is undone and redone, after restarts too.
//!
//! Invariant: an image is a row as JSON, not a serialised enum, so it outlives upgrades; a check-in's image holds its
//! ratings. Undo and redo are the same exchange of image and row, run in opposite order; both refuse when a row is no longer
//! as the step left it.

use super::Store;
use super::clock::Stamp;
use super::error::{Result, StoreError};
use super::read::{date, hex, unhex};
use super::step::{Applied, Writing};
use crate::domain::change::StepLabel;
use rusqlite::types::{Value, ValueRef};
use rusqlite::{Connection, OptionalExtension, TransactionBehavior, params, params_from_iter};
use serde_json::{Map, Value as Json, json};

/// The tables whose rows are logged.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Table {
    CheckIn,
    Attempt,
    Symptom,
    Setting,
    HelpLine,
    Record,
}

impl Table {
    const ALL: [Self; 6] = [
        Self::CheckIn,
        Self::Attempt,
        Self::Symptom,
        Self::Setting,
        Self::HelpLine,
        Self::Record,
    ];

    pub(super) const fn name(self) -> &'static str {
        match self {
            Self::CheckIn => "check_in",
            Self::Attempt => "attempt",
            Self::Symptom => "symptom",
            Self::Setting => "setting",
            Self::HelpLine => "help_line",
            Self::Record => "record",
        }
    }

    /// The column that names a row across machines.
    const fn key_column(self) -> &'static str {
        match self {
            Self::CheckIn | Self::Attempt | Self::HelpLine | Self::Record => "uid",
            Self::Symptom => "code",
            Self::Setting => "key",
        }
    }

    fn key(self, key: &str) -> Result<Value> {
        match self {
            Self::CheckIn | Self::Attempt | Self::HelpLine | Self::Record => unhex(key)
                .map(Value::Blob)
                .ok_or(StoreError::Unreadable("a logged id")),
            Self::Symptom | Self::Setting => Ok(Value::Text(key.to_owned())),
        }
    }

    fn named(name: &str) -> Result<Self> {
        Self::ALL
            .into_iter()
            .find(|table| table.name() == name)
            .ok_or(StoreError::Unreadable("a logged table"))
    }
}

/// Logs the row as it is now, before a change, with the stamp that the change will leave in it.
pub(super) fn keep_image(writing: &Writing<'_>, table: Table, key: &str) -> Result<()> {
    // Remembered here: asking the log itself looks through all images of the step, again for each row.
    if !writing
        .kept
        .borrow_mut()
        .insert((table.name(), key.to_owned()))
    {
        return Ok(());
    }
    let image = image(writing.db, table, key)?.map(|image| image.to_string());
    let sql = "INSERT INTO log_image (step, seq, tbl, row_key, image, stamp) VALUES (?1, ?2, ?3, ?4, ?5, ?6)";
    let values = params![
        writing.step,
        writing.seq.get(),
        table.name(),
        key,
        image,
        writing.stamp.0
    ];
    writing.db.prepare_cached(sql)?.execute(values)?;
    writing.seq.set(writing.seq.get() + 1);
    Ok(())
}

#[derive(Clone, Copy)]
enum Direction {
    Undo,
    Redo,
}

impl Store {
    /// Takes the last step back and says which it was.
    ///
    /// # Errors
    /// [`StoreError::NothingToUndo`], or [`StoreError::ChangedSince`] when a row is no longer as the step left it.
    pub fn undo(&mut self) -> Result<Applied> {
        self.exchange(Direction::Undo)
    }

    /// Does the last undone step again.
    ///
    /// # Errors
    /// [`StoreError::NothingToRedo`], or [`StoreError::ChangedSince`].
    pub fn redo(&mut self) -> Result<Applied> {
        self.exchange(Direction::Redo)
    }

    /// What undo and redo would do now.
    pub fn steps(&self) -> Result<(Option<StepLabel>, Option<StepLabel>)> {
        let look = |sql: &str| -> Result<Option<StepLabel>> {
            Ok(step(&self.db, sql)?.map(|(_, label)| label))
        };
        Ok((look(NEXT_UNDO)?, look(NEXT_REDO)?))
    }

    fn exchange(&mut self, direction: Direction) -> Result<Applied> {
        let tx = self
            .db
            .transaction_with_behavior(TransactionBehavior::Immediate)?;
        let (sql, nothing, order) = match direction {
            Direction::Undo => (NEXT_UNDO, StoreError::NothingToUndo, "DESC"),
            Direction::Redo => (NEXT_REDO, StoreError::NothingToRedo, "ASC"),
        };
        let Some((id, label)) = step(&tx, sql)? else {
            return Err(nothing);
        };
        let mut writing = Writing::new(&tx, id, Stamp([0; 24]), 0);
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
        for (seq, table, key, other_side, stamp) in images {
            let table = Table::named(&table)?;
            if row_stamp(&tx, table, &key)? != stamp {
                return Err(StoreError::ChangedSince { what: label.what });
            }
            let this_side = image(&tx, table, &key)?;
            let other_side = other_side
                .map(|text| serde_json::from_str(&text))
                .transpose();
            let other_side: Option<Json> =
                other_side.map_err(|_| StoreError::Unreadable("a logged row"))?;
            if matches!(table, Table::CheckIn | Table::Record) {
                for side in [&this_side, &other_side].into_iter().flatten() {
                    side["day"]
                        .as_str()
                        .map(date)
                        .transpose()?
                        .into_iter()
                        .for_each(|day| writing.touch(day));
                }
            }
            put_back(&tx, table, &key, other_side.as_ref())?;
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
        let days = writing.into_days();
        tx.commit()?;
        Ok(Applied { label, days })
    }
}

const NEXT_UNDO: &str =
    "SELECT id, what, day FROM log_step WHERE undone = 0 ORDER BY id DESC LIMIT 1";
const NEXT_REDO: &str =
    "SELECT id, what, day FROM log_step WHERE undone = 1 ORDER BY id ASC LIMIT 1";

fn step(db: &Connection, sql: &str) -> Result<Option<(i64, StepLabel)>> {
    let found = db.query_row(sql, [], |row| {
        Ok((
            row.get(0)?,
            row.get::<_, String>(1)?,
            row.get::<_, Option<String>>(2)?,
        ))
    });
    let Some((id, what, day)) = found.optional()? else {
        return Ok(None);
    };
    Ok(Some((
        id,
        StepLabel {
            what,
            day: day.map(|day| date(&day)).transpose()?,
        },
    )))
}

fn row_stamp(db: &Connection, table: Table, key: &str) -> Result<Option<Vec<u8>>> {
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

/// The row as JSON, a check-in with its ratings; `None` when it is not there.
fn image(db: &Connection, table: Table, key: &str) -> Result<Option<Json>> {
    let mut rows = rows(db, table.name(), table.key_column(), table.key(key)?)?;
    let Some(mut row) = rows.pop() else {
        return Ok(None);
    };
    if table == Table::CheckIn {
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
    let mut found = query.query([key])?;
    let mut rows = Vec::new();
    while let Some(row) = found.next()? {
        let mut object = Map::new();
        for (at, name) in names.iter().enumerate() {
            object.insert(name.clone(), to_json(row.get_ref(at)?)?);
        }
        rows.push(object);
    }
    Ok(rows)
}

/// Makes the row what `image` says: absent, or with exactly these columns. A column that the image does not know keeps its
/// default.
fn put_back(db: &Connection, table: Table, key: &str, image: Option<&Json>) -> Result<()> {
    let sql = format!(
        "DELETE FROM {} WHERE {} = ?1",
        table.name(),
        table.key_column()
    );
    match image.and_then(Json::as_object) {
        None => {
            db.prepare_cached(&sql)?.execute([table.key(key)?])?;
        }
        Some(row) if table == Table::CheckIn => {
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
        // Other rows may be referred to (a symptom by its ratings), so they are changed in place.
        Some(row) => {
            let there = row_stamp(db, table, key)?.is_some();
            if there {
                update(db, table, key, row)?;
            } else {
                insert(db, table.name(), row)?;
            }
        }
    }
    Ok(())
}

fn columns(row: &Map<String, Json>) -> Result<(Vec<&str>, Vec<Value>)> {
    let columns = row.iter().filter(|(name, _)| *name != "ratings");
    let pairs = columns.map(|(name, value)| Ok((name.as_str(), from_json(value)?)));
    Ok(pairs.collect::<Result<Vec<_>>>()?.into_iter().unzip())
}

fn insert(db: &Connection, table: &str, row: &Map<String, Json>) -> Result<()> {
    let (names, values) = columns(row)?;
    let places = vec!["?"; names.len()].join(", ");
    let sql = format!(
        "INSERT INTO {table} ({}) VALUES ({places})",
        names.join(", ")
    );
    db.prepare_cached(&sql)?.execute(params_from_iter(values))?;
    Ok(())
}

fn update(db: &Connection, table: Table, key: &str, row: &Map<String, Json>) -> Result<()> {
    let (names, mut values) = columns(row)?;
    let set: Vec<String> = names.iter().map(|name| format!("{name} = ?")).collect();
    let sql = format!(
        "UPDATE {} SET {} WHERE {} = ?",
        table.name(),
        set.join(", "),
        table.key_column()
    );
    values.push(table.key(key)?);
    db.prepare_cached(&sql)?.execute(params_from_iter(values))?;
    Ok(())
}

fn to_json(value: ValueRef<'_>) -> Result<Json> {
    Ok(match value {
        ValueRef::Null => Json::Null,
        ValueRef::Integer(number) => number.into(),
        ValueRef::Real(number) => number.into(),
        ValueRef::Text(text) => std::str::from_utf8(text)
            .map_err(|_| StoreError::Unreadable("a text"))?
            .into(),
        ValueRef::Blob(bytes) => json!({ "hex": hex(bytes) }),
    })
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
                .and_then(Json::as_str)
                .ok_or_else(unreadable)?;
            Value::Blob(unhex(hex).ok_or_else(unreadable)?)
        }
        Json::Bool(_) | Json::Array(_) => return Err(unreadable()),
    })
}
