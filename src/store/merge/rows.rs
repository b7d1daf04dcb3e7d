//! Rows without the numbers of their file, so that two journals can be compared.

use crate::domain::order::Ordered;
use crate::domain::time::EntryYears;
use crate::store::error::{Result, StoreError};
use crate::store::hybrid_clock::Stamp;
use crate::store::integrity::sum;
use crate::store::read::{date, hex, unhex};
use crate::store::undo_log;
use crate::store::undo_log::table::SqlTable;
use chrono::NaiveDate;
use rusqlite::types::ValueRef;
use rusqlite::{Connection, OptionalExtension, params};
use serde_json::{Map, Value as Json, json};
use std::collections::{BTreeMap, BTreeSet};

/// When a row was last edited, put back or taken away, and whether it is there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct RowState {
    pub(super) stamp: Stamp,
    pub(super) is_there: bool,
}

impl RowState {
    /// The state of a row that a journal never had.
    pub(super) const NOTHING: Self = Self {
        stamp: Stamp::ZERO,
        is_there: false,
    };
}

/// A row as JSON, a check-in with its ratings by the symptom's code.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Portable(Map<String, Json>);

impl Portable {
    /// The row as text. Equal rows have equal texts: the keys of a `Map` are sorted.
    pub(super) fn text(&self) -> String {
        Json::Object(self.0.clone()).to_string()
    }

    /// The text of a column.
    pub(super) fn column(&self, name: &str) -> Option<&str> {
        self.0.get(name)?.as_str()
    }

    /// The logical day.
    pub(super) fn day(&self) -> Option<NaiveDate> {
        date(self.column("day")?).ok()
    }

    /// Whether its moment, or each day of an attempt, lies in `years`. What cannot be read is not judged.
    pub(super) fn lies_in(&self, table: SqlTable, years: EntryYears) -> bool {
        let days: &[&str] = match table {
            SqlTable::Attempt => &["began", "day_zero", "ended"],
            SqlTable::CheckIn | SqlTable::Record => &["day"],
            SqlTable::Symptom | SqlTable::Setting | SqlTable::HelpLine => &[],
        };
        let is_day_in = |name: &&str| {
            let day = self.column(name).and_then(|day| date(day).ok());
            day.is_none_or(|day| years.day(day).is_ok())
        };
        let number = |name| self.0.get(name).and_then(Json::as_i64);
        let wall = number("at_utc").map(|at| {
            let offset = number("offset_min").unwrap_or_default();
            at.saturating_add(offset.saturating_mul(60))
        });
        days.iter().all(is_day_in) && wall.is_none_or(|wall| years.wall(wall).is_ok())
    }

    /// Whether it is in the bin.
    pub(super) fn is_put_away(&self) -> bool {
        self.0.get("deleted_at").is_some_and(|at| !at.is_null())
    }

    /// Whether a person would see no difference.
    pub(super) fn reads_like(&self, other: &Self) -> bool {
        let content = |row: &Self| {
            let mut content = row.0.clone();
            // Bookkeeping; of `deleted_at` only whether it is set matters.
            for column in ["edited", "revision", "deleted_at", "sum"] {
                content.remove(column);
            }
            content
        };
        content(self) == content(other) && self.is_put_away() == other.is_put_away()
    }

    /// The same row with the time of edit of `other`.
    pub(super) fn edited_as(mut self, other: &Self) -> Self {
        if let Some(edited) = other.0.get("edited") {
            self.0.insert("edited".to_owned(), edited.clone());
        }
        self
    }

    /// When it was edited.
    pub(super) fn stamp(&self) -> Stamp {
        let bytes = self
            .0
            .get("edited")
            .and_then(|edited| edited["hex"].as_str());
        stamp_or_zero(&bytes.and_then(unhex).unwrap_or_default())
    }
}

/// Reads a stored stamp. A damaged stamp counts as the oldest, so that any readable edit wins over it.
pub(super) fn stamp_or_zero(bytes: &[u8]) -> Stamp {
    Stamp::read(bytes).unwrap_or(Stamp::ZERO)
}

/// The numbers of the symptoms in one file, with their codes, which are the same in every file.
pub(super) struct Symptoms(BTreeMap<i64, String>);

impl Symptoms {
    pub(super) fn of(db: &Connection) -> Result<Self> {
        let mut query = db.prepare_cached("SELECT id, code FROM symptom")?;
        let rows = query.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?;
        Ok(Self(rows.collect::<rusqlite::Result<_>>()?))
    }

    fn number(&self, code: &str) -> Option<i64> {
        let (number, _) = self.0.iter().find(|(_, known)| *known == code)?;
        Some(*number)
    }
}

/// The state of every row of a table, and of the rows that an undo or redo deleted.
pub(super) fn states(db: &Connection, table: SqlTable) -> Result<BTreeMap<String, RowState>> {
    let first_stamp = match table {
        SqlTable::Symptom => founding_stamp(db)?,
        _ => None,
    };
    let column = table.key_column();
    let mut query = db.prepare(&format!("SELECT {column}, edited FROM {}", table.name()))?;
    let mut rows = query.query([])?;
    let mut states = BTreeMap::new();
    while let Some(row) = rows.next()? {
        // Without its key a row has no counterpart in the other journal, so it stays as it is.
        let Some(key) = key_of(row.get_ref(0)?) else {
            continue;
        };
        let bytes: Vec<u8> = row.get(1).unwrap_or_default();
        let stamp = stamp_or_zero(&bytes);
        // A built-in symptom with the stamp of the file's first second still has its default: nobody chose it.
        let stamp = if first_stamp == Some(stamp) {
            Stamp::ZERO
        } else {
            stamp
        };
        states.insert(
            key,
            RowState {
                stamp,
                is_there: true,
            },
        );
    }
    let mut query = db.prepare("SELECT row_key, edited FROM put_back WHERE tbl = ?1")?;
    let mut rows = query.query([table.name()])?;
    while let Some(row) = rows.next()? {
        let (Ok(key), Ok(bytes)) = (row.get(0), row.get::<_, Vec<u8>>(1)) else {
            continue;
        };
        let stamp = stamp_or_zero(&bytes);
        let state = states.entry(key).or_insert(RowState::NOTHING);
        state.stamp = state.stamp.max(stamp);
    }
    Ok(states)
}

/// The keys of the rows of a table that are not as they were written.
pub(super) fn wrong(db: &Connection, table: SqlTable) -> Result<BTreeSet<String>> {
    let mut wrong = BTreeSet::new();
    sum::each(db, table.layout(), "1", |sum, key, _| {
        if !sum.is_right() {
            wrong.extend(key_of(key));
        }
    })?;
    Ok(wrong)
}

/// The name of a row in states and in the undo log; `None` for one whose name is damaged.
fn key_of(key: ValueRef<'_>) -> Option<String> {
    match key {
        ValueRef::Blob(bytes) => Some(hex(bytes)),
        other => other.as_str().ok().map(str::to_owned),
    }
}

/// The state of every row and every tombstone. It is equal for two files of one machine with the same content, and much
/// cheaper than [`digest`].
pub(super) fn outline(db: &Connection) -> Result<Vec<(SqlTable, String, RowState)>> {
    let mut all = Vec::new();
    for table in SqlTable::ALL {
        let rows = states(db, table)?.into_iter();
        all.extend(rows.map(|(key, state)| (table, key, state)));
    }
    let mut erased = db.prepare("SELECT uid, edited FROM erased ORDER BY uid")?;
    let mut rows = erased.query([])?;
    while let Some(row) = rows.next()? {
        let (uid, bytes): (Vec<u8>, Vec<u8>) = (row.get(0)?, row.get(1)?);
        let state = RowState {
            stamp: stamp_or_zero(&bytes),
            is_there: false,
        };
        // Under any table: no row key begins with "erased ".
        all.push((SqlTable::CheckIn, format!("erased {}", hex(&uid)), state));
    }
    Ok(all)
}

/// Everything that two merged journals must agree on, as text: rows, their stamps, and tombstones.
pub(in crate::store) fn digest(db: &Connection) -> Result<String> {
    let symptoms = Symptoms::of(db)?;
    let mut erased = db.prepare("SELECT uid, edited FROM erased ORDER BY uid")?;
    let erased: Vec<(Vec<u8>, Vec<u8>)> = erased
        .query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?
        .collect::<rusqlite::Result<_>>()?;
    let mut lines = Vec::new();
    for table in SqlTable::ALL {
        for (key, state) in states(db, table)? {
            if erased.iter().any(|(uid, _)| hex(uid) == key) {
                continue;
            }
            let row = portable(db, table, &key, &symptoms)?;
            let content = row.map_or_else(String::new, |mut row| {
                row.0.remove("edited");
                row.text()
            });
            // The stamp of the state, not of the row: it is zero for a default, which every journal has from its own first
            // second.
            lines.push(format!(
                "{} {key} {} {content}",
                table.name(),
                hex(&state.stamp.0)
            ));
        }
    }
    lines.extend(
        erased
            .iter()
            .map(|(uid, at)| format!("erased {} {}", hex(uid), hex(at))),
    );
    Ok(lines.join("\n"))
}

/// The stamp that the built-in symptoms got when the file was made; `None` if the person changed all of them since.
fn founding_stamp(db: &Connection) -> Result<Option<Stamp>> {
    // The first stamp of the second in which the file was made. A plain minimum would find older rows of a merge.
    let sql = "SELECT min(edited) FROM symptom, journal
               WHERE origin <> 'own' AND key = 'made_utc' AND hex(substr(edited, 1, 4)) = printf('%08X', value)";
    let first: Option<Vec<u8>> = db.query_row(sql, [], |row| row.get(0))?;
    Ok(first.map(|bytes| stamp_or_zero(&bytes)))
}

/// A row without the numbers of its file; `None` if there is no such row.
pub(super) fn portable(
    db: &Connection,
    table: SqlTable,
    key: &str,
    symptoms: &Symptoms,
) -> Result<Option<Portable>> {
    let Some(Json::Object(mut row)) = undo_log::image(db, table, key)? else {
        return Ok(None);
    };
    row.remove("id");
    if let Some(Json::Array(ratings)) = row.remove("ratings") {
        let mut by_code = Vec::with_capacity(ratings.len());
        for rating in ratings {
            let code = rating["symptom"]
                .as_i64()
                .and_then(|id| symptoms.0.get(&id));
            // A rating of a symptom that is missing in a damaged file: no other file could place it.
            let Some(code) = code else { continue };
            by_code.push(json!([code, rating["severity"], rating["copied"]]));
        }
        // The numbers of symptoms, and so the order of rows, differ from file to file.
        by_code.order_by_key(ToString::to_string);
        row.insert("ratings".to_owned(), by_code.into());
    }
    Ok(Some(Portable(row)))
}

/// Writes the row `version` with a number of this file, or deletes the row if it is `None`.
pub(super) fn put_in(
    db: &Connection,
    table: SqlTable,
    key: &str,
    version: Option<&Portable>,
    symptoms: &Symptoms,
) -> Result<()> {
    let Some(Portable(version)) = version else {
        return undo_log::put_back(db, table, key, None);
    };
    let mut row = version.clone();
    let number = number_of(db, table, key)?;
    if let Some(number) = number {
        row.insert("id".to_owned(), number.into());
    }
    let ratings = row.remove("ratings");
    undo_log::put_back(db, table, key, Some(&Json::Object(row)))?;
    let Some(Json::Array(ratings)) = ratings else {
        return Ok(());
    };
    let id = number_of(db, table, key)?.ok_or(StoreError::Unreadable("a check-in's number"))?;
    let mut insert = db.prepare_cached(
        "INSERT INTO rating (check_in, symptom, severity, copied) VALUES (?1, ?2, ?3, ?4)",
    )?;
    for rating in ratings {
        let symptom = rating[0].as_str().and_then(|code| symptoms.number(code));
        let symptom = symptom.ok_or(StoreError::Unreadable("a rating's symptom"))?;
        // A damaged "copied" mark becomes 0; the severity itself is merged unchanged.
        let copied = rating[2].as_i64().unwrap_or_default();
        insert.execute(params![id, symptom, rating[1].as_i64(), copied])?;
    }
    Ok(())
}

/// The number of a row in this file. Settings have none.
fn number_of(db: &Connection, table: SqlTable, key: &str) -> Result<Option<i64>> {
    if table == SqlTable::Setting {
        return Ok(None);
    }
    let sql = format!(
        "SELECT id FROM {} WHERE {} = ?1",
        table.name(),
        table.key_column()
    );
    let number = db
        .prepare_cached(&sql)?
        .query_row([table.key(key)?], |row| row.get(0));
    Ok(number.optional()?)
}
