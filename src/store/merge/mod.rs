//! Two journals become one: of each row the version that was edited last stands, whoever did it.
//!
//! Invariant: a join. The outcome depends on what both hold and on nothing else: not on the order, the grouping or the number
//! of merges. What was erased for good in either is erased; a symptom that one of them has is never taken away, as ratings
//! refer to it; the other file is never written.

pub(super) mod rows;
pub(super) mod sync;

use super::Store;
use super::bin::Target;
use super::error::Result;
use super::hybrid_clock::Stamp;
use super::open;
use super::read::{date, hex};
use super::step::Writing;
use super::undo_log;
use super::undo_log::{MERGED, Table, Unchecked};
use crate::domain::id::EntryId;
use crate::domain::journal::merge_summary::{Decision, MergeSummary};
use crate::domain::record::kind::Kind;
use chrono::{DateTime, NaiveDate, Utc};
use rows::{Portable, RowState, Symptoms, portable, put_in, stamp_or_zero, states};
use rusqlite::{Connection, Transaction, TransactionBehavior, params};
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

/// The tables in the order in which they are merged: ratings refer to symptoms.
const ORDER: [Table; 6] = [
    Table::Symptom,
    Table::Setting,
    Table::Attempt,
    Table::CheckIn,
    Table::Record,
    Table::HelpLine,
];

/// Whether a merge is carried out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Run {
    /// It is.
    Real,
    /// Everything is worked out and nothing is kept.
    Dry,
}

impl Store {
    /// Takes the journal at `path` in, as one step of the log. The file is read through a private copy.
    ///
    /// Where it was written by this very device, it is a copy of this journal that went its own way: this one then goes on
    /// as `device`, as no two journals may give the same stamps.
    ///
    /// # Errors
    /// [`StoreError`](crate::store::StoreError) of the kinds `NotAJournal`, `NewerJournal` and `Damaged`, or that of the disk;
    /// nothing is changed then.
    pub fn merge(
        &mut self,
        path: &Path,
        run: Run,
        now: DateTime<Utc>,
        device: [u8; 16],
    ) -> Result<MergeSummary> {
        let (other, _copy) = Self::open_private_copy(path, self.path.as_deref())?;
        self.merge_store(&other, run, now, device)
    }

    /// Takes another open journal in.
    ///
    /// # Errors
    /// As [`Store::merge`].
    pub fn merge_store(
        &mut self,
        other: &Self,
        run: Run,
        now: DateTime<Utc>,
        device: [u8; 16],
    ) -> Result<MergeSummary> {
        let is_own = open::device_of(&self.db)? == open::device_of(&other.db)?;
        // Every later edit here is later than what was taken in.
        self.clock.pass(latest_stamp(&other.db)?);
        let stamp = self.clock.stamp(now);
        // A row that another program knows and this one does not, or that is damaged there, comes along as it is.
        let unchecked = Unchecked::begin(&self.db)?;
        let tx = Transaction::new_unchecked(unchecked.0, TransactionBehavior::Immediate)?;
        tx.execute(
            "INSERT INTO log_step (at_utc, what, day, edited, undone) VALUES (?1, ?2, NULL, ?3, 0)",
            params![now.timestamp(), MERGED, stamp.0],
        )?;
        let step = tx.last_insert_rowid();
        let mut merging = Merging {
            writing: Writing::new(&tx, step, stamp, now.timestamp()),
            other: &other.db,
            is_own,
            erased: BTreeSet::new(),
            merged: MergeSummary::default(),
        };
        let erased = merging.erase()?;
        for table in ORDER {
            merging.table(table)?;
        }
        merging.same_days()?;
        let merged = merging.merged;
        let sql = "SELECT EXISTS (SELECT 1 FROM log_image WHERE step = ?1)";
        if tx.query_row(sql, [step], |row| row.get(0))? {
            // What was undone before cannot be done again after something new.
            tx.execute("DELETE FROM log_step WHERE undone = 1", [])?;
        } else {
            tx.execute("DELETE FROM log_step WHERE id = ?1", [step])?;
        }
        undo_log::remember(&tx, stamp)?;
        if is_own {
            tx.execute(
                "UPDATE journal SET value = ?1 WHERE key = 'device'",
                [hex(&device)],
            )?;
        }
        if run == Run::Dry {
            tx.rollback()?;
            return Ok(merged);
        }
        tx.commit()?;
        drop(unchecked);
        self.clock = open::clock_of(&self.db)?;
        self.sweep(&erased);
        Ok(merged)
    }
}

/// The latest stamp that a journal holds.
fn latest_stamp(db: &Connection) -> Result<Stamp> {
    let sql = "SELECT max(edited) FROM (
                   SELECT max(edited) AS edited FROM check_in UNION ALL SELECT max(edited) FROM record
                   UNION ALL SELECT max(edited) FROM attempt UNION ALL SELECT max(edited) FROM symptom
                   UNION ALL SELECT max(edited) FROM setting UNION ALL SELECT max(edited) FROM help_line
                   UNION ALL SELECT max(edited) FROM erased UNION ALL SELECT max(edited) FROM put_back)
               WHERE length(edited) = 24";
    let latest = db.query_row(sql, [], |row| row.get::<_, Option<Vec<u8>>>(0))?;
    Ok(stamp_or_zero(&latest.unwrap_or_default()))
}

struct Merging<'a> {
    writing: Writing<'a>,
    other: &'a Connection,
    /// Whether the other one gave its stamps as the same device: a copy that went its own way.
    is_own: bool,
    /// Row keys that were erased for good in either.
    erased: BTreeSet<String>,
    merged: MergeSummary,
}

impl Merging<'_> {
    /// Erases here what was erased there, and remembers what was erased in either.
    fn erase(&mut self) -> Result<Vec<Target>> {
        let ours = erasings(self.writing.db)?;
        let theirs = erasings(self.other)?;
        let mut targets = Vec::new();
        for (uid, (table, stamp)) in &theirs {
            let key = hex(uid);
            if let Some((what, _, day)) = self.named(table, &key)? {
                self.merged.decide(&what, day, Decision::Erased);
                self.touch(day);
            }
            let known = Table::named(table).ok();
            if let (Some(known), Ok(uid)) = (known, <[u8; 16]>::try_from(uid.as_slice())) {
                targets.push((known, EntryId::from_bytes(uid)));
            }
            let sql = "INSERT INTO erased (uid, tbl, edited) VALUES (?1, ?2, ?3)
                       ON CONFLICT (uid) DO UPDATE SET edited = max(edited, ?3)";
            self.writing
                .db
                .prepare_cached(sql)?
                .execute(params![uid, table, stamp])?;
        }
        let fresh: Vec<_> = targets
            .into_iter()
            .filter(|(_, id)| !ours.contains_key(id.as_bytes().as_slice()))
            .collect();
        super::bin::erase_rows(self.writing.db, &fresh)?;
        self.erased = ours
            .keys()
            .chain(theirs.keys())
            .map(|uid| hex(uid))
            .collect();
        Ok(fresh)
    }

    fn table(&mut self, table: Table) -> Result<()> {
        let ours = states(self.writing.db, table)?;
        let theirs = states(self.other, table)?;
        let (our_symptoms, their_symptoms) =
            (Symptoms::of(self.writing.db)?, Symptoms::of(self.other)?);
        for (key, theirs) in theirs {
            if self.erased.contains(&key) || (table == Table::Symptom && !theirs.is_there) {
                continue;
            }
            let mine = ours.get(&key).copied().unwrap_or(RowState::NOTHING);
            // One stamp is one content, but for copies that went their own way; nobody ever chose what has none.
            if mine == theirs && (mine.stamp == Stamp::ZERO || !self.is_own) {
                self.merged.same += 1;
                continue;
            }
            let read = |db: &Connection, symptoms: &Symptoms, state: RowState| {
                if state.is_there {
                    portable(db, table, &key, symptoms)
                } else {
                    Ok(None)
                }
            };
            let here = read(self.writing.db, &our_symptoms, mine)?;
            let there = read(self.other, &their_symptoms, theirs)?;
            self.row(&Row {
                table,
                key: &key,
                here,
                there,
                mine,
                theirs,
                symptoms: &our_symptoms,
            })?;
        }
        Ok(())
    }

    fn row(&mut self, row: &Row<'_>) -> Result<()> {
        // Of two rows with one stamp, which only a copied file can make, the contents decide.
        let wins = match (row.mine.stamp).cmp(&row.theirs.stamp) {
            std::cmp::Ordering::Less => true,
            std::cmp::Ordering::Greater => false,
            std::cmp::Ordering::Equal => {
                row.here.as_ref().map(Portable::text) < row.there.as_ref().map(Portable::text)
            }
        };
        // A symptom that stands here is never taken away.
        let wins = wins || (row.here.is_none() && row.table == Table::Symptom);
        if row.here == row.there {
            self.merged.same += usize::from(row.here.is_some());
            if wins {
                self.take(row)?;
            }
            return Ok(());
        }
        let shown = row.here.as_ref().or(row.there.as_ref());
        let Some(shown) = shown else { return Ok(()) };
        let (what, many, day) = name_of(row.table, row.key, shown);
        if !wins {
            let both = row.here.as_ref().zip(row.there.as_ref());
            if both.is_some_and(|(here, there)| !here.says_the_same(there)) {
                self.merged.decide(&what, day, Decision::Ours);
            }
            return Ok(());
        }
        match (&row.here, &row.there) {
            (None, Some(there)) if !there.is_put_away() => self.merged.add(&what, &many),
            (None, _) => {}
            (Some(_), None) => self.merged.decide(&what, day, Decision::TakenBack),
            (Some(here), Some(there)) if there.is_put_away() && !here.is_put_away() => {
                self.merged.decide(&what, day, Decision::PutAway);
            }
            (Some(here), Some(there)) if here.says_the_same(there) => self.merged.same += 1,
            (Some(_), Some(_)) => self.merged.decide(&what, day, Decision::Theirs),
        }
        self.take(row)
    }

    /// Puts their version in the place of ours, with the stamps that it came with.
    fn take(&mut self, row: &Row<'_>) -> Result<()> {
        let db = self.writing.db;
        for side in [&row.here, &row.there].into_iter().flatten() {
            if let Some(day) = side.day() {
                self.writing.touch(day);
            }
        }
        let left = row.there.as_ref().map(Portable::stamp);
        if row.here != row.there || row.here.as_ref().map(Portable::stamp) != left {
            undo_log::keep_image_left(&self.writing, row.table, row.key, left)?;
            put_in(db, row.table, row.key, row.there.as_ref(), row.symptoms)?;
        }
        if left != Some(row.theirs.stamp) {
            undo_log::keep_mark(&self.writing, row.table, row.key)?;
            undo_log::mark_put_back(db, row.table, row.key, row.theirs.stamp)?;
        }
        Ok(())
    }

    fn touch(&mut self, day: Option<NaiveDate>) {
        if let Some(day) = day {
            self.writing.touch(day);
        }
    }

    /// What a row here is called, its day, if it is here.
    fn named(&self, table: &str, key: &str) -> Result<Option<(String, String, Option<NaiveDate>)>> {
        // What a later version erased of a table of its own is nothing here.
        let Ok(table) = Table::named(table) else {
            return Ok(None);
        };
        let symptoms = Symptoms::of(self.writing.db)?;
        let row = portable(self.writing.db, table, key, &symptoms)?;
        Ok(row.map(|row| name_of(table, key, &row)))
    }

    /// Two attempts may not begin on one day, but none of them is thrown away: the person is told.
    fn same_days(&mut self) -> Result<()> {
        let sql = "SELECT began FROM attempt WHERE deleted_at IS NULL GROUP BY began HAVING count(*) > 1 ORDER BY began";
        let mut query = self.writing.db.prepare(sql)?;
        let days: Vec<String> = query
            .query_map([], |row| row.get(0))?
            .collect::<rusqlite::Result<_>>()?;
        for day in days {
            self.merged
                .decide("attempts", date(&day).ok(), Decision::SameDay);
        }
        Ok(())
    }
}

/// A row of both journals.
struct Row<'a> {
    table: Table,
    key: &'a str,
    here: Option<Portable>,
    there: Option<Portable>,
    mine: RowState,
    theirs: RowState,
    symptoms: &'a Symptoms,
}

/// "check-in", "check-ins" and the day; "setting `day_end`" has none.
fn name_of(table: Table, key: &str, row: &Portable) -> (String, String, Option<NaiveDate>) {
    let (one, many) = match table {
        Table::CheckIn => ("check-in".to_owned(), "check-ins".to_owned()),
        Table::Attempt => ("attempt".to_owned(), "attempts".to_owned()),
        Table::HelpLine => ("help line".to_owned(), "help lines".to_owned()),
        Table::Symptom => (format!("symptom {key}"), format!("symptoms {key}")),
        Table::Setting => (format!("setting {key}"), format!("settings {key}")),
        Table::Record => {
            let kind = row.column("kind").and_then(Kind::from_code);
            kind.map_or_else(
                || ("entry".to_owned(), "entries".to_owned()),
                |kind| (kind.facts().name.to_owned(), kind.facts().many.to_owned()),
            )
        }
    };
    let day = match table {
        Table::Attempt => row.column("began").and_then(|day| date(day).ok()),
        _ => row.day(),
    };
    (one, many, day)
}

/// What was erased for good: by id, the table and the stamp.
type Erasings = BTreeMap<Vec<u8>, (String, Vec<u8>)>;

fn erasings(db: &Connection) -> Result<Erasings> {
    let mut query = db.prepare("SELECT uid, tbl, edited FROM erased")?;
    let rows = query.query_map([], |row| Ok((row.get(0)?, (row.get(1)?, row.get(2)?))))?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}
