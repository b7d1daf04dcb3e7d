//! The bin: lists deleted entries, and erases them for good.
//!
//! Invariant: erasing is outside undo and leaves only a tombstone without content. The row, its ratings, its draft and every
//! image of it in the log go in one transaction. Our own copies beside the journal come first: if one of them fails, the
//! entry is still in the bin and can be erased again.

use super::commit::{Trace, Written};
use super::error::{Result, StoreError};
use super::folder::temporary::Sweep;
use super::hybrid_clock::Stamp;
use super::integrity::sum;
use super::integrity::sum::{Gap, RowSum};
use super::integrity::unread::RowName;
use super::read::{Names, date, hex};
use super::undo_log::table::SqlTable;
use super::{Store, backup, open, record};
use crate::domain::attempt::Method;
use crate::domain::check_in::severity::Totals;
use crate::domain::entry::bin;
use crate::domain::entry::bin::BinEntry;
use crate::domain::id::EntryId;
use crate::domain::journal::bin_kind::BinKind;
use crate::domain::journal::incoming::DeletedIds;
use crate::domain::order::Ordered;
use crate::domain::record::Record;
use chrono::{DateTime, FixedOffset, Utc};
use rusqlite::{Connection, Row, TransactionBehavior, params};
use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

/// The outcome of erasing.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Erased {
    /// How many entries are gone for good.
    pub entries: usize,
    /// From how many of our own copies they were erased as well.
    pub copies: usize,
    /// Copies beside the journal that could not be changed and may still hold the entries.
    pub unreached: Vec<PathBuf>,
}

impl Erased {
    /// The paths of the copies that could not be changed, for display.
    pub(crate) fn unreached_paths(&self) -> Vec<String> {
        let paths = self.unreached.iter().map(|path| path.display().to_string());
        paths.collect()
    }
}

/// The key in the `journal` table that is set from an erasing until the file is written anew.
const TRACES: &str = "traces";

/// An entry with the stamp of its deletion.
pub(super) type StampedEntry = ([u8; 24], BinEntry);

/// A row to erase.
pub(super) type Target = (SqlTable, EntryId);

impl SqlTable {
    pub(super) const fn of(kind: BinKind) -> Self {
        match kind {
            BinKind::CheckIn => Self::CheckIn,
            BinKind::Attempt => Self::Attempt,
            BinKind::HelpLine => Self::HelpLine,
            BinKind::Record(_) => Self::Record,
        }
    }

    /// The tables with a `deleted_at` column.
    const BINNED: [Self; 4] = [Self::CheckIn, Self::Attempt, Self::HelpLine, Self::Record];
}

impl Store {
    /// The entries deleted in the 30 days before `now`, the latest deletion first.
    pub fn bin(&self, now: DateTime<Utc>) -> Result<Vec<BinEntry>> {
        let since = bin::last_expired(now.timestamp());
        let mut entries = self.named(self.deleted_since(since))?;
        // `deleted_utc` has whole seconds. The stamps always grow, so they order the deletions of one second.
        entries.order_by_key(|(stamp, entry)| Reverse((entry.deleted_utc, *stamp)));
        Ok(entries.into_iter().map(|(_, entry)| entry).collect())
    }

    /// The ids in the bin and the ids that were erased for good. An import asks about both.
    pub fn gone(&self) -> Result<DeletedIds> {
        self.named(self.gone_ids())
    }

    fn gone_ids(&self) -> Result<DeletedIds> {
        let ids = |sql: &str| -> Result<BTreeSet<EntryId>> {
            let mut query = self.db.prepare_cached(sql)?;
            let mut rows = query.query([])?;
            let mut ids = BTreeSet::new();
            while let Some(row) = rows.next()? {
                ids.extend(row.get(0).map(EntryId::from_bytes).ok());
            }
            Ok(ids)
        };
        let mut gone = DeletedIds {
            in_bin: BTreeSet::new(),
            erased: ids("SELECT uid FROM erased")?,
        };
        for table in SqlTable::BINNED {
            let sql = format!(
                "SELECT uid FROM {} WHERE deleted_at IS NOT NULL",
                table.name()
            );
            gone.in_bin.extend(ids(&sql)?);
        }
        Ok(gone)
    }

    /// The entries deleted after `since`, table by table. Rows that cannot be read are noted.
    pub(super) fn deleted_since(&self, since: i64) -> Result<Vec<StampedEntry>> {
        let mut names = Names::default();
        let records = format!(
            "SELECT {}, deleted_at FROM record WHERE deleted_at > ?1",
            record::COLUMNS
        );
        let mut entries =
            self.deleted(CHECK_INS, since, ("check_in", Some(3)), deleted_check_in)?;
        entries.extend(self.deleted(ATTEMPTS, since, ("attempt", Some(1)), deleted_attempt)?);
        entries.extend(self.deleted(HELP_LINES, since, ("help_line", None), deleted_help_line)?);
        let own = self.own_names(&mut names)?;
        let record = |row: &Row<'_>| deleted_record(row, &own, &mut names);
        entries.extend(self.deleted(&records, since, ("record", Some(6)), record)?);
        Ok(entries)
    }

    fn deleted(
        &self,
        sql: &str,
        since: i64,
        (table, day): (&'static str, Option<usize>),
        mut read: impl FnMut(&Row<'_>) -> Result<StampedEntry>,
    ) -> Result<Vec<StampedEntry>> {
        let name = RowName::new(table, 0, day).aside();
        let mut query = self.db.prepare_cached(sql)?;
        let mut rows = query.query([since])?;
        let mut entries = Vec::new();
        while let Some(row) = rows.next()? {
            entries.extend(self.read_or_note(read(row), row, name)?);
        }
        Ok(entries)
    }

    /// Erases an entry of the bin for good. Undo and redo still work for the other steps.
    ///
    /// # Errors
    /// [`StoreError::Unknown`] when the bin holds no such entry; nothing is changed then.
    pub fn erase(&mut self, kind: BinKind, id: EntryId, now: DateTime<Utc>) -> Result<Erased> {
        let sql = format!(
            "SELECT 1 FROM {} WHERE uid = ?1 AND deleted_at IS NOT NULL",
            SqlTable::of(kind).name()
        );
        let is_there = self.db.prepare_cached(&sql)?.exists([id.as_bytes()])?;
        if !is_there {
            return Err(StoreError::Unknown(kind.in_bin()));
        }
        let erased = self.erase_all(&[(SqlTable::of(kind), id)], i64::MAX, now)?;
        // Another program may have restored the entry since the look above.
        if erased.entries == 0 {
            return Err(StoreError::Unknown(kind.in_bin()));
        }
        Ok(erased)
    }

    /// Erases the entries that have been in the bin for 30 days at `now`, and finishes an erasing that a crash cut short.
    pub fn purge(&mut self, now: DateTime<Utc>) -> Result<Erased> {
        self.ready()?;
        let limit = bin::last_expired(now.timestamp());
        let mut expired = Vec::new();
        for table in SqlTable::BINNED {
            let sql = format!("SELECT uid FROM {} WHERE deleted_at <= ?1", table.name());
            let mut query = self.db.prepare_cached(&sql)?;
            let mut rows = query.query([limit])?;
            while let Some(row) = rows.next()? {
                expired.extend(row.get(0).map(|id| (table, EntryId::from_bytes(id))).ok());
            }
        }
        if !expired.is_empty() {
            return self.erase_all(&expired, limit, now);
        }
        let sql = "SELECT 1 FROM journal WHERE key = ?1";
        if self.db.prepare_cached(sql)?.exists([TRACES])? {
            self.write_anew()?;
        }
        Ok(Erased::default())
    }

    /// Erases those of `targets` that were deleted at or before `limit`. The look and the erasing share one transaction, since
    /// another program may restore an entry at any time.
    fn erase_all(&mut self, targets: &[Target], limit: i64, now: DateTime<Utc>) -> Result<Erased> {
        self.ready()?;
        let mut erased = Erased::default();
        if let Some(path) = &self.path {
            Self::sweep_folders(path, Sweep::Now);
        }
        for copy in self.path.as_deref().map(backup::files).unwrap_or_default() {
            match erase_in_copy(&copy, targets) {
                Ok(0) => {}
                Ok(_) => erased.copies += 1,
                Err(_) => erased.unreached.push(copy),
            }
        }
        let stamp = self.clock()?.stamp(now);
        let written = self.attempt_to_erase(targets, limit, stamp);
        erased.entries = self.settle(written, &Trace::Stamp(stamp))?;
        // The entries are gone now. Free space in pages may still hold their bytes until the file is written anew. If another
        // program holds the file, the next purge does it.
        self.write_anew().ok();
        Ok(erased)
    }

    /// Erases the rows, and returns how many entries they are.
    fn attempt_to_erase(
        &mut self,
        targets: &[Target],
        limit: i64,
        stamp: Stamp,
    ) -> Result<Written<usize>> {
        let tx = self
            .db
            .transaction_with_behavior(TransactionBehavior::Immediate)?;
        let targets = &still_in_bin(&tx, targets, limit)?;
        erase_rows(&tx, targets)?;
        {
            let mut tombstone = tx.prepare_cached(
                "INSERT OR IGNORE INTO erased (uid, tbl, edited) VALUES (?1, ?2, ?3)",
            )?;
            for (table, id) in targets {
                tombstone.execute(params![id.as_bytes(), table.name(), stamp.0])?;
            }
            tx.prepare_cached("INSERT OR REPLACE INTO journal (key, value) VALUES (?1, '1')")?
                .execute([TRACES])?;
        }
        Ok(Written::commit(tx, targets.len()))
    }

    /// Erases from our own copies what a merge erased, and its traces from the file.
    pub(super) fn sweep(&self, targets: &[Target]) {
        if targets.is_empty() {
            return;
        }
        if let Some(path) = &self.path {
            Self::sweep_folders(path, Sweep::Now);
        }
        for copy in self.path.as_deref().map(backup::files).unwrap_or_default() {
            erase_in_copy(&copy, targets).ok();
        }
        self.write_anew().ok();
    }

    /// Writes every page anew. `secure_delete` overwrites freed cells, but when `SQLite` rebalances its tree it leaves copies
    /// of the cells that it moved.
    fn write_anew(&self) -> Result<()> {
        self.db.execute_batch("VACUUM")?;
        self.db
            .prepare_cached("DELETE FROM journal WHERE key = ?1")?
            .execute([TRACES])?;
        Ok(())
    }

    /// Refuses the id of an entry that was erased for good.
    pub(super) fn refuse_erased(db: &Connection, id: EntryId) -> Result<()> {
        let mut tombstone = db.prepare_cached("SELECT 1 FROM erased WHERE uid = ?1")?;
        if tombstone.exists([id.as_bytes()])? {
            return Err(StoreError::ErasedForGood);
        }
        Ok(())
    }
}

// The list of the bin shows that a check-in has a note, never the note itself.
const CHECK_INS: &str = "SELECT uid, at_utc, offset_min, day, overall, note IS NOT NULL, body_sum, body_n, mind_sum, mind_n,
         (SELECT count(severity) FROM rating WHERE check_in = c.id), deleted_at, edited, without_time
     FROM check_in c WHERE deleted_at > ?1";
const ATTEMPTS: &str =
    "SELECT uid, began, method, name, deleted_at, edited FROM attempt WHERE deleted_at > ?1";
const HELP_LINES: &str =
    "SELECT uid, name, deleted_at, edited FROM help_line WHERE deleted_at > ?1";

fn deleted_check_in(row: &Row<'_>) -> Result<StampedEntry> {
    let (at_utc, offset_min): (i64, i32) = (row.get(1)?, row.get(2)?);
    let at = DateTime::from_timestamp(at_utc, 0)
        .zip(FixedOffset::east_opt(offset_min.saturating_mul(60)))
        .and_then(|(at, offset)| at.naive_utc().checked_add_offset(offset))
        .ok_or(StoreError::Unreadable("a moment"))?;
    let totals = Totals {
        body_sum: row.get(6)?,
        body_n: row.get(7)?,
        mind_sum: row.get(8)?,
        mind_n: row.get(9)?,
    };
    let day: String = row.get(3)?;
    let without_time: Option<bool> = row.get(13)?;
    let time = without_time.is_none().then(|| at.time());
    let what = bin::check_in_label(time, totals, row.get(4)?, row.get(10)?, row.get(5)?);
    let entry = BinEntry {
        id: EntryId::from_bytes(row.get(0)?),
        kind: BinKind::CheckIn,
        day: Some(date(&day)?),
        what,
        deleted_utc: row.get(11)?,
    };
    Ok((row.get(12)?, entry))
}

fn deleted_attempt(row: &Row<'_>) -> Result<StampedEntry> {
    let (began, method): (String, String) = (row.get(1)?, row.get(2)?);
    let name: Option<String> = row.get(3)?;
    let method = Method::from_code(&method).ok_or(StoreError::Unreadable("an attempt's method"))?;
    let entry = BinEntry {
        id: EntryId::from_bytes(row.get(0)?),
        kind: BinKind::Attempt,
        day: Some(date(&began)?),
        what: bin::attempt_label(name.as_deref(), method.label()),
        deleted_utc: row.get(4)?,
    };
    Ok((row.get(5)?, entry))
}

fn deleted_help_line(row: &Row<'_>) -> Result<StampedEntry> {
    let entry = BinEntry {
        id: EntryId::from_bytes(row.get(0)?),
        kind: BinKind::HelpLine,
        day: None,
        what: bin::help_line_label(&row.get::<_, String>(1)?),
        deleted_utc: row.get(2)?,
    };
    Ok((row.get(3)?, entry))
}

fn deleted_record(row: &Row<'_>, own: &[Record], names: &mut Names) -> Result<StampedEntry> {
    let record = record::record(row, names)?;
    let entry = BinEntry {
        id: record.id,
        kind: BinKind::Record(record.kind),
        day: record.day(),
        what: bin::record_label(&record, own),
        deleted_utc: row.get(12)?,
    };
    Ok((row.get(10)?, entry))
}

/// Those of `targets` that were deleted at or before `limit` and not restored since.
fn still_in_bin(db: &Connection, targets: &[Target], limit: i64) -> Result<Vec<Target>> {
    let mut remaining = Vec::new();
    for (table, id) in targets {
        let sql = format!(
            "SELECT 1 FROM {} WHERE uid = ?1 AND deleted_at <= ?2",
            table.name()
        );
        if db
            .prepare_cached(&sql)?
            .exists(params![id.as_bytes(), limit])?
        {
            remaining.push((*table, *id));
        }
    }
    Ok(remaining)
}

/// Erases `targets` from one file: rows, images, drafts, and steps that have no image left. Returns the number of rows.
pub(super) fn erase_rows(db: &Connection, targets: &[Target]) -> Result<usize> {
    let targets: Vec<_> = targets
        .iter()
        .map(|(table, id)| (table.name(), *id.as_bytes()))
        .collect();
    erase_by_name(db, &targets)
}

/// [`erase_rows`] by the names of tables, as tombstones have them.
pub(super) fn erase_by_name(db: &Connection, targets: &[(&str, [u8; 16])]) -> Result<usize> {
    let mut rows = 0;
    let mut keys: BTreeMap<&str, BTreeSet<String>> = BTreeMap::new();
    for (table, id) in targets {
        let is_ours = SqlTable::BINNED
            .iter()
            .any(|binned| binned.name() == *table);
        // The name becomes part of the SQL, so it must be one of ours. An old copy may lack a table of a newer form.
        if !is_ours || !db.table_exists(None, *table)? {
            continue;
        }
        let sql = format!("DELETE FROM {table} WHERE uid = ?1");
        rows += db.prepare_cached(&sql)?.execute([id])?;
        rows += db
            .prepare_cached("DELETE FROM draft WHERE uid = ?1")?
            .execute([id])?;
        keys.entry(table).or_default().insert(hex(id));
    }
    // One scan of the log for all entries: it has no index by row.
    let images: Vec<(i64, i64, String, String)> = db
        .prepare_cached("SELECT step, seq, tbl, row_key FROM log_image")?
        .query_map([], |row| {
            Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?))
        })?
        .collect::<rusqlite::Result<_>>()?;
    // An old copy has no sums.
    let has_sums = db.column_exists(None, "log_step", "sum")?;
    let mut emptied = BTreeSet::new();
    let mut steps: BTreeMap<i64, Gap> = BTreeMap::new();
    let mut forget = db.prepare_cached("DELETE FROM log_image WHERE step = ?1 AND seq = ?2")?;
    for (step, seq, table, key) in images {
        if keys
            .get(table.as_str())
            .is_some_and(|keys| keys.contains(&key))
        {
            if has_sums && !steps.contains_key(&step) {
                let sum = sum::of_step(db, step)?;
                steps.insert(step, sum.map_or(Gap::NONE, RowSum::gap));
            }
            rows += forget.execute([step, seq])?;
            emptied.insert(step);
        }
    }
    let mut empty = db.prepare_cached(
        "DELETE FROM log_step WHERE id = ?1 AND NOT EXISTS (SELECT 1 FROM log_image WHERE step = ?1)",
    )?;
    for step in emptied {
        empty.execute([step])?;
    }
    for (step, gap) in steps {
        sum::write_step(db, step, gap)?;
    }
    Ok(rows)
}

/// [`erase_rows`] in one of our own copies, which keeps its form.
fn erase_in_copy(path: &Path, targets: &[Target]) -> Result<usize> {
    let mut db = open::connect_to_copy(path)?;
    let tx = db.transaction_with_behavior(TransactionBehavior::Immediate)?;
    let rows = erase_rows(&tx, targets)?;
    tx.commit()?;
    if rows > 0 {
        db.execute_batch("VACUUM")?;
    }
    Ok(rows)
}
