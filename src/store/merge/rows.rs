//! Rows in the form in which two journals can be compared: without the numbers that only one file knows.

use crate::store::error::{Result, StoreError};
use crate::store::hybrid_clock::Stamp;
use crate::store::read::{date, hex, unhex};
use crate::store::undo_log;
use crate::store::undo_log::Table;
use chrono::NaiveDate;
use rusqlite::{Connection, OptionalExtension, params};
use serde_json::{Map, Value as Json, json};
use std::collections::BTreeMap;

/// When a row was last edited, put back or taken away, and whether it is there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct RowState {
    pub(super) stamp: Stamp,
    pub(super) is_there: bool,
}

impl RowState {
    /// What no journal has heard of.
    pub(super) const NOTHING: Self = Self {
        stamp: Stamp::ZERO,
        is_there: false,
    };
}

/// A row as JSON, a check-in with its ratings by the symptom's code.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Portable(Map<String, Json>);

impl Portable {
    /// The same text for the same content.
    pub(super) fn text(&self) -> String {
        Json::Object(self.0.clone()).to_string()
    }

    /// The words of a column.
    pub(super) fn column(&self, name: &str) -> Option<&str> {
        self.0.get(name)?.as_str()
    }

    /// The logical day.
    pub(super) fn day(&self) -> Option<NaiveDate> {
        date(self.column("day")?).ok()
    }

    /// Whether it lies in the bin.
    pub(super) fn is_put_away(&self) -> bool {
        self.0.get("deleted_at").is_some_and(|at| !at.is_null())
    }

    /// Whether a person would see a difference.
    pub(super) fn says_the_same(&self, other: &Self) -> bool {
        let said = |row: &Self| {
            let mut said = row.0.clone();
            for column in ["edited", "revision", "deleted_at"] {
                said.remove(column);
            }
            said
        };
        said(self) == said(other) && self.is_put_away() == other.is_put_away()
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

/// A stamp as it stands in the file. One that cannot be read counts as the oldest: any edit that can be read wins over it.
pub(super) fn stamp_or_zero(bytes: &[u8]) -> Stamp {
    Stamp::read(bytes).unwrap_or(Stamp::ZERO)
}

/// The symptoms of one file: their numbers and codes.
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

/// Every row of a table, and what was taken away from it.
pub(super) fn states(db: &Connection, table: Table) -> Result<BTreeMap<String, RowState>> {
    let founding = match table {
        Table::Symptom => founding(db)?,
        _ => None,
    };
    let column = table.key_column();
    let mut query = db.prepare(&format!("SELECT {column}, edited FROM {}", table.name()))?;
    let mut rows = query.query([])?;
    let mut states = BTreeMap::new();
    while let Some(row) = rows.next()? {
        let key = match row.get_ref(0)? {
            rusqlite::types::ValueRef::Blob(bytes) => hex(bytes),
            // A row whose name is damaged cannot be told from another: it stays where it is.
            other => match other.as_str() {
                Ok(name) => name.to_owned(),
                Err(_) => continue,
            },
        };
        let bytes: Vec<u8> = row.get(1).unwrap_or_default();
        let stamp = stamp_or_zero(&bytes);
        // What stands as the file was founded with was never chosen by anybody.
        let stamp = if founding == Some(stamp) {
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

/// When each row was last edited and what was erased: equal for two files of one machine that say the same.
pub(super) fn outline(db: &Connection) -> Result<Vec<(Table, String, RowState)>> {
    let mut all = Vec::new();
    for table in Table::ALL {
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
        all.push((Table::CheckIn, format!("erased {}", hex(&uid)), state));
    }
    Ok(all)
}

/// Everything that two merged journals have to agree on, as text: rows, when they were edited, what was erased.
pub(super) fn digest(db: &Connection) -> Result<String> {
    let symptoms = Symptoms::of(db)?;
    let mut erased = db.prepare("SELECT uid, edited FROM erased ORDER BY uid")?;
    let erased: Vec<(Vec<u8>, Vec<u8>)> = erased
        .query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?
        .collect::<rusqlite::Result<_>>()?;
    let mut lines = Vec::new();
    for table in Table::ALL {
        for (key, state) in states(db, table)? {
            if erased.iter().any(|(uid, _)| hex(uid) == key) {
                continue;
            }
            let row = portable(db, table, &key, &symptoms)?;
            let content = row.map_or_else(String::new, |mut row| {
                row.0.remove("edited");
                row.text()
            });
            // A symptom that was never chosen is the same in every journal.
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

/// The stamp of the built-in symptoms as the file was founded; `None` when all of them were chosen since.
fn founding(db: &Connection) -> Result<Option<Stamp>> {
    // Among those of the second in which it was founded the first: rows that came in may be older.
    let sql = "SELECT min(edited) FROM symptom, journal
               WHERE origin <> 'own' AND key = 'made_utc' AND hex(substr(edited, 1, 4)) = printf('%08X', value)";
    let first: Option<Vec<u8>> = db.query_row(sql, [], |row| row.get(0))?;
    Ok(first.map(|bytes| stamp_or_zero(&bytes)))
}

/// A row without the numbers of its file; `None` when it is not there.
pub(super) fn portable(
    db: &Connection,
    table: Table,
    key: &str,
    symptoms: &Symptoms,
) -> Result<Option<Portable>> {
    let Some(Json::Object(mut row)) = undo_log::image(db, table, key)? else {
        return Ok(None);
    };
    row.remove("id");
    if let Some(Json::Array(ratings)) = row.remove("ratings") {
        let mut named = Vec::with_capacity(ratings.len());
        for rating in ratings {
            let code = rating["symptom"]
                .as_i64()
                .and_then(|id| symptoms.0.get(&id));
            // A rating of a symptom that the file has not has no name for another file.
            let Some(code) = code else { continue };
            named.push(json!([code, rating["severity"], rating["copied"]]));
        }
        named.sort_by_key(ToString::to_string);
        row.insert("ratings".to_owned(), named.into());
    }
    Ok(Some(Portable(row)))
}

/// Makes the row what `wanted` says, with a number of this file.
pub(super) fn put_in(
    db: &Connection,
    table: Table,
    key: &str,
    wanted: Option<&Portable>,
    symptoms: &Symptoms,
) -> Result<()> {
    let Some(Portable(wanted)) = wanted else {
        return undo_log::put_back(db, table, key, None);
    };
    let mut row = wanted.clone();
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
        // A copied mark that cannot be read is none; the number goes as it is.
        let copied = rating[2].as_i64().unwrap_or_default();
        insert.execute(params![id, symptom, rating[1].as_i64(), copied])?;
    }
    Ok(())
}

/// The number of a row in this file; settings have none.
fn number_of(db: &Connection, table: Table, key: &str) -> Result<Option<i64>> {
    if table == Table::Setting {
        return Ok(None);
    }
    let sql = format!(
        "SELECT id FROM {} WHERE {} = ?1",
        table.name(),
        table.key_column()
    );
    let found = db
        .prepare_cached(&sql)?
        .query_row([table.key(key)?], |row| row.get(0));
    Ok(found.optional()?)
}
