//! Merges another journal into this one: of each row the version with the later edit wins, on whichever machine it was made.
//! Of two versions of one edit, the one that matches its sum wins; a row keeps its sum, right or wrong.
//!
//! Invariant: the merge is a join, as in a CRDT. The outcome depends only on the content of both journals, never on the
//! order, the grouping or the number of merges. An entry that was erased for good in either is erased. A symptom of either is
//! never deleted, since ratings refer to it. The other file is never written. The years are the one exception: a version with
//! a day outside those of entries is left out, as in any import, and the other journal keeps it.

pub(super) mod rows;
pub(super) mod sync;

use super::Store;
use super::bin::Target;
use super::commit::{Trace, Written};
use super::error::{Result, StoreError};
use super::hybrid_clock::Stamp;
use super::open;
use super::read::{date, hex};
use super::step::StepWriter;
use super::undo_log;
use super::undo_log::table::SqlTable;
use super::undo_log::{MERGED, Unchecked};
use crate::domain::check_in::catalogue::catalogue;
use crate::domain::id::EntryId;
use crate::domain::journal::merge_summary::{Decision, MergeSummary};
use crate::domain::journal::settings::Setting;
use crate::domain::order::Gathered;
use crate::domain::record::kind::Kind;
use crate::domain::time::EntryYears;
use chrono::{DateTime, NaiveDate, Utc};
use rows::{Portable, RowState, Symptoms, portable, put_in, stamp_or_zero, states, wrong};
use rusqlite::{Connection, Transaction, TransactionBehavior, params};
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

// Symptoms first, since the ratings of a check-in refer to them.
/// The tables in the order of the merge.
const ORDER: [SqlTable; 6] = [
    SqlTable::Symptom,
    SqlTable::Setting,
    SqlTable::Attempt,
    SqlTable::CheckIn,
    SqlTable::Record,
    SqlTable::HelpLine,
];

/// Whether a merge is carried out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Run {
    /// It is carried out.
    Real,
    /// It is computed in a transaction that is rolled back.
    Dry,
}

impl Store {
    /// Merges the journal at `path` into this one, as one step of the log. The file is read through a private copy.
    ///
    /// If both have the same device id, one is a copy of the other and both were edited since. This journal then gets the id
    /// `device`, since no two journals may give the same stamps; not if the other only had sound versions of rows that are damaged
    /// here.
    ///
    /// # Errors
    /// [`StoreError`](crate::store::StoreError) of the kinds `NotAJournal`, `NewerJournal` and `DamagedCopy`, or that of the disk;
    /// nothing is changed then.
    pub(crate) fn merge(
        &mut self,
        path: &Path,
        run: Run,
        now: DateTime<Utc>,
        device: [u8; 16],
    ) -> Result<MergeSummary> {
        let other = Self::open_private_copy(path, self.path.as_deref(), self.key.as_ref());
        let (other, _copy) = other.map_err(|error| match error {
            // The sentence about a damaged journal is about the person's own.
            StoreError::Damaged { path, what } => StoreError::DamagedCopy { path, what },
            error => error,
        })?;
        self.merge_store(&other, run, now, device)
    }

    /// Merges another open journal into this one.
    ///
    /// # Errors
    /// As `Store::merge`.
    pub fn merge_store(
        &mut self,
        other: &Self,
        run: Run,
        now: DateTime<Utc>,
        device: [u8; 16],
    ) -> Result<MergeSummary> {
        self.ready()?;
        let is_own = open::device_of(&self.db)? == open::device_of(&other.db)?;
        // The hybrid clock's rule for received stamps: an edit after the merge must win over everything merged.
        self.clock()?.pass(latest_stamp(&other.db)?);
        let stamp = self.clock()?.stamp(now);
        let written = self.attempt_to_merge(other, run, (now, stamp), is_own.then_some(device));
        let (merged, erased) = self.settle(written, &Trace::Stamp(stamp))?;
        if run == Run::Real {
            // The merge is saved. If its clock cannot be read now, the present one is ahead of every merged stamp as well.
            if let Ok(clock) = open::clock_of(&self.db) {
                self.clock = clock.into();
            }
            self.sweep(&erased);
        }
        Ok(merged)
    }

    /// Merges in one transaction. `new_device` is the id that this journal gets if both have the same.
    fn attempt_to_merge(
        &self,
        other: &Self,
        run: Run,
        (now, stamp): (DateTime<Utc>, Stamp),
        new_device: Option<[u8; 16]>,
    ) -> Result<Written<(MergeSummary, Vec<Target>)>> {
        // The other journal may hold damaged rows, or values of a newer program. They are merged unchanged.
        let unchecked = Unchecked::begin(&self.db)?;
        let tx = Transaction::new_unchecked(unchecked.0, TransactionBehavior::Immediate)?;
        tx.execute(
            "INSERT INTO log_step (at_utc, what, day, edited, undone) VALUES (?1, ?2, NULL, ?3, 0)",
            params![now.timestamp(), MERGED, stamp.0],
        )?;
        let step = tx.last_insert_rowid();
        let mut merging = RunningMerge {
            writer: StepWriter::new(&tx, step, stamp, now.timestamp()),
            other: &other.db,
            is_own: new_device.is_some(),
            erased: BTreeSet::new(),
            years: EntryYears::of_utc(now),
            merged: MergeSummary::default(),
        };
        let erased = merging.erase()?;
        for table in ORDER {
            merging.table(table)?;
        }
        merging.same_days()?;
        let RunningMerge { writer, merged, .. } = merging;
        let sql = "SELECT EXISTS (SELECT 1 FROM log_image WHERE step = ?1)";
        if tx.query_row(sql, [step], |row| row.get(0))? {
            // As after any step: undone steps cannot be redone after something new.
            tx.execute("DELETE FROM log_step WHERE undone = 1", [])?;
        } else {
            // Nothing changed, so there is nothing to undo.
            tx.execute("DELETE FROM log_step WHERE id = ?1", [step])?;
        }
        writer.finish()?;
        undo_log::remember(&tx, stamp)?;
        // A journal that only healed ours is an earlier state of ours. Nobody writes in it.
        if let Some(device) = new_device.filter(|_| !merged.only_heals()) {
            tx.execute(
                "UPDATE journal SET value = ?1 WHERE key = 'device'",
                [hex(&device)],
            )?;
        }
        if run == Run::Dry {
            return Ok(Written::roll_back(tx, (merged, erased)));
        }
        Ok(Written::commit(tx, (merged, erased)))
    }
}

/// The latest stamp in a journal.
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

/// A merge that is being carried out.
struct RunningMerge<'a> {
    writer: StepWriter<'a>,
    other: &'a Connection,
    /// Whether both have the same device id: one is a copy of the other, and both were edited since.
    is_own: bool,
    /// The keys of rows that were erased for good in either journal.
    erased: BTreeSet<String>,
    years: EntryYears,
    merged: MergeSummary,
}

impl RunningMerge<'_> {
    /// Erases here the entries that were erased there, and notes the erased keys of both.
    fn erase(&mut self) -> Result<Vec<Target>> {
        let ours = erasings(self.writer.db)?;
        let theirs = erasings(self.other)?;
        let mut targets = Vec::new();
        for (uid, (table, stamp)) in &theirs {
            let key = hex(uid);
            if let Some((what, _, day)) = self.name_here(table, &key)? {
                self.merged.decide(&what, day, Decision::Erased);
                self.touch(day);
            }
            let own_table = SqlTable::from_name(table).ok();
            if let (Some(table), Ok(uid)) = (own_table, <[u8; 16]>::try_from(uid.as_slice())) {
                targets.push((table, EntryId::from_bytes(uid)));
            }
            // The tombstone is taken over even for a table of a newer program: a later program must not bring the row back.
            let sql = "INSERT INTO erased (uid, tbl, edited) VALUES (?1, ?2, ?3)
                       ON CONFLICT (uid) DO UPDATE SET edited = max(edited, ?3)";
            self.writer
                .db
                .prepare_cached(sql)?
                .execute(params![uid, table, stamp])?;
        }
        let fresh: Vec<_> = targets
            .into_iter()
            .filter(|(_, id)| !ours.contains_key(id.as_bytes().as_slice()))
            .collect();
        super::bin::erase_rows(self.writer.db, &fresh)?;
        self.erased = ours
            .keys()
            .chain(theirs.keys())
            .map(|uid| hex(uid))
            .gather_set();
        Ok(fresh)
    }

    fn table(&mut self, table: SqlTable) -> Result<()> {
        let ours = states(self.writer.db, table)?;
        let theirs = states(self.other, table)?;
        let (our_symptoms, their_symptoms) =
            (Symptoms::of(self.writer.db)?, Symptoms::of(self.other)?);
        let (our_wrong, their_wrong) = (wrong(self.writer.db, table)?, wrong(self.other, table)?);
        for (key, theirs) in theirs {
            if self.erased.contains(&key) || (table == SqlTable::Symptom && !theirs.is_there) {
                continue;
            }
            let mine = ours.get(&key).copied().unwrap_or(RowState::NOTHING);
            let sound = (!our_wrong.contains(&key), !their_wrong.contains(&key));
            // Equal stamps mean equal rows, unless a file was copied and both copies were edited, or one of them was damaged. A
            // row without a stamp still has its default.
            if mine == theirs
                && (mine.stamp == Stamp::ZERO || !self.is_own)
                && sound == (true, true)
            {
                self.merged.same += 1;
                continue;
            }
            let row_of = |db: &Connection, symptoms: &Symptoms, state: RowState| {
                if state.is_there {
                    portable(db, table, &key, symptoms)
                } else {
                    Ok(None)
                }
            };
            let here = row_of(self.writer.db, &our_symptoms, mine)?;
            let there = row_of(self.other, &their_symptoms, theirs)?;
            self.row(&RowPair {
                table,
                key: &key,
                here,
                there,
                mine,
                theirs,
                sound,
                symptoms: &our_symptoms,
            })?;
        }
        Ok(())
    }

    fn row(&mut self, row: &RowPair<'_>) -> Result<()> {
        // Only a copied or damaged file can have two different rows with one stamp. A row as it was written wins, and between
        // two such rows the greater text: any rule will do, as long as both journals come to the same result.
        let wins = match (row.mine.stamp).cmp(&row.theirs.stamp) {
            std::cmp::Ordering::Less => true,
            std::cmp::Ordering::Greater => false,
            std::cmp::Ordering::Equal => {
                let rank = |sound, row: &Option<Portable>| {
                    (row.is_some(), sound, row.as_ref().map(Portable::text))
                };
                rank(row.sound.0, &row.here) < rank(row.sound.1, &row.there)
            }
        };
        // A symptom that is missing here is always added, even if undo removed it later: ratings there may refer to it.
        let wins = wins || (row.here.is_none() && row.table == SqlTable::Symptom);
        if row.here == row.there {
            self.merged.same += usize::from(row.here.is_some());
            if wins {
                self.take(row)?;
            }
            return Ok(());
        }
        let version = row.here.as_ref().or(row.there.as_ref());
        let Some(version) = version else {
            return Ok(());
        };
        let (what, many, day) = name_of(row.table, row.key, version);
        let is_one_stamp = row.mine.stamp == row.theirs.stamp;
        if !wins && is_one_stamp && row.sound == (true, false) {
            self.merged.same += 1;
            return Ok(());
        }
        if !wins {
            let both = row.here.as_ref().zip(row.there.as_ref());
            // The summary names a decision only if a person could see a difference between the versions.
            if both.is_some_and(|(here, there)| !here.reads_like(there)) {
                self.merged.decide(&what, day, Decision::Ours);
            }
            return Ok(());
        }
        if let Some(there) = &row.there
            && !there.lies_in(row.table, self.years)
        {
            // Its own day, not that of our version.
            let (what, _, day) = name_of(row.table, row.key, there);
            self.merged.decide(&what, day, Decision::OutsideYears);
            return Ok(());
        }
        match (&row.here, &row.there) {
            (None, Some(there)) if !there.is_put_away() => self.merged.add(&what, &many),
            (None, _) => {}
            (Some(_), None) => self.merged.decide(&what, day, Decision::TakenBack),
            (Some(here), Some(there)) if there.is_put_away() && !here.is_put_away() => {
                self.merged.decide(&what, day, Decision::PutAway);
            }
            (Some(here), Some(there)) if here.reads_like(there) => self.merged.same += 1,
            (Some(_), Some(_)) if is_one_stamp && row.sound == (false, true) => {
                self.merged.decide(&what, day, Decision::Healed);
            }
            (Some(_), Some(_)) => self.merged.decide(&what, day, Decision::Theirs),
        }
        self.take(row)
    }

    /// Replaces our version with theirs, stamps included.
    fn take(&mut self, row: &RowPair<'_>) -> Result<()> {
        let db = self.writer.db;
        for side in [&row.here, &row.there].into_iter().flatten() {
            if let Some(day) = side.day() {
                self.writer.touch(day);
            }
        }
        // A default has no stamp that the journals share. It keeps that of this file, or it would look chosen.
        let is_default = row.mine.stamp == Stamp::ZERO && row.theirs.stamp == Stamp::ZERO;
        let version = match &row.here {
            Some(here) if is_default => row.there.clone().map(|there| there.edited_as(here)),
            _ => row.there.clone(),
        };
        let stamp = version.as_ref().map(Portable::stamp);
        if row.here != version {
            undo_log::keep_image_left(&self.writer, row.table, row.key, stamp)?;
            put_in(db, row.table, row.key, version.as_ref(), row.symptoms)?;
        }
        // The state is later than the row's own edit after an undo or redo there, so the mark of it is merged as well.
        if stamp != Some(row.theirs.stamp) && !(is_default && row.here.is_some()) {
            undo_log::keep_mark(&self.writer, row.table, row.key)?;
            undo_log::mark_put_back(db, row.table, row.key, row.theirs.stamp)?;
        }
        Ok(())
    }

    fn touch(&mut self, day: Option<NaiveDate>) {
        if let Some(day) = day {
            self.writer.touch(day);
        }
    }

    /// The name and the day of a row of this journal; `None` if it is not here.
    fn name_here(
        &self,
        table: &str,
        key: &str,
    ) -> Result<Option<(String, String, Option<NaiveDate>)>> {
        // A later version may have tombstones of tables that this one does not have.
        let Ok(table) = SqlTable::from_name(table) else {
            return Ok(None);
        };
        let symptoms = Symptoms::of(self.writer.db)?;
        let row = portable(self.writer.db, table, key, &symptoms)?;
        Ok(row.map(|row| name_of(table, key, &row)))
    }

    /// Reports days on which two attempts begin. A merge throws none of them away; the person decides.
    fn same_days(&mut self) -> Result<()> {
        let sql = "SELECT began FROM attempt WHERE deleted_at IS NULL GROUP BY began HAVING count(*) > 1 ORDER BY began";
        let mut query = self.writer.db.prepare(sql)?;
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

/// The two versions of a row, here and in the other journal.
struct RowPair<'a> {
    table: SqlTable,
    key: &'a str,
    here: Option<Portable>,
    there: Option<Portable>,
    mine: RowState,
    theirs: RowState,
    /// Whether each of them is as it was written, here and there.
    sound: (bool, bool),
    symptoms: &'a Symptoms,
}

/// "check-in", "check-ins" and the day; "symptom Cold feet" and "setting day end" have none.
fn name_of(table: SqlTable, key: &str, row: &Portable) -> (String, String, Option<NaiveDate>) {
    let (one, many) = match table {
        SqlTable::CheckIn => ("check-in".to_owned(), "check-ins".to_owned()),
        SqlTable::Attempt => ("attempt".to_owned(), "attempts".to_owned()),
        SqlTable::HelpLine => ("help line".to_owned(), "help lines".to_owned()),
        SqlTable::Symptom => {
            let built_in = catalogue().symptom(key).map(|symptom| symptom.name);
            let name = row.column("name").or(built_in).unwrap_or(key);
            (format!("symptom {name}"), format!("symptoms {name}"))
        }
        SqlTable::Setting => {
            let name = Setting::name_of(key);
            (format!("setting {name}"), format!("settings {name}"))
        }
        SqlTable::Record => {
            let kind = row.column("kind").and_then(Kind::from_code);
            kind.map_or_else(
                || ("entry".to_owned(), "entries".to_owned()),
                |kind| (kind.facts().name.to_owned(), kind.facts().many.to_owned()),
            )
        }
    };
    let day = match table {
        SqlTable::Attempt => row.column("began").and_then(|day| date(day).ok()),
        _ => row.day(),
    };
    (one, many, day)
}

/// The tombstones of a journal: table and stamp by id.
type Erasings = BTreeMap<Vec<u8>, (String, Vec<u8>)>;

fn erasings(db: &Connection) -> Result<Erasings> {
    let mut query = db.prepare("SELECT uid, tbl, edited FROM erased")?;
    let rows = query.query_map([], |row| Ok((row.get(0)?, (row.get(1)?, row.get(2)?))))?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}
