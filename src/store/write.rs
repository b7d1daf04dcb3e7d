//! Carries out changes: all of them or none, in one short transaction that also logs how to take them back.

use super::Store;
use super::commit::{Trace, Written};
use super::error::{Result, StoreError};
use super::hybrid_clock::Stamp;
use super::read::hex;
use super::step::{Applied, Edits, StepWriter};
use super::undo_log;
use super::undo_log::table::SqlTable;
use crate::domain::attempt::Attempt;
use crate::domain::check_in::CheckIn;
use crate::domain::check_in::symptom::SymptomKey;
use crate::domain::entry::unchanged::is_unchanged;
use crate::domain::id::EntryId;
use crate::domain::journal::Journal;
use crate::domain::journal::bin_kind::BinKind;
use crate::domain::journal::change::{Change, StepLabel, Switch};
use crate::domain::journal::settings::{OwnHelpLine, Setting};
use crate::domain::record::kind::Kind;
use chrono::{DateTime, NaiveDate, Utc};
use rusqlite::{Connection, OptionalExtension, TransactionBehavior, params};

/// The label of an import.
const IMPORT: &str = "import";

impl Store {
    /// Whether the file holds already what `changes` would write, so that there is nothing to write. `journal` is what was
    /// read of it; any doubt is a no.
    pub(crate) fn holds_already(&self, journal: &Journal, changes: &[Change]) -> bool {
        let days = changes.iter().filter_map(|change| match change {
            Change::RecordCheckIn(check_in) => Some(check_in.moment.day),
            Change::Record(record) => record.day(),
            _ => None,
        });
        let days: Vec<NaiveDate> = days.collect();
        // What was read may be old: another window writes too, and reading back after a write can fail.
        is_unchanged(journal, changes)
            && self
                .refresh(journal, &days)
                .is_ok_and(|fresh| is_unchanged(&fresh, changes))
    }

    /// Carries out `changes` as one step, which one undo takes back. `now` stamps the rows.
    ///
    /// # Errors
    /// Nothing is changed then, except perhaps after [`StoreError::Unsure`].
    pub fn apply(&mut self, changes: &[Change], now: DateTime<Utc>) -> Result<Applied> {
        self.apply_as(None, changes, now)
    }

    /// Carries out the changes of an import as one step with that label.
    ///
    /// # Errors
    /// As [`Store::apply`].
    pub fn take_in(&mut self, changes: &[Change], now: DateTime<Utc>) -> Result<Applied> {
        self.apply_as(Some(IMPORT), changes, now)
    }

    fn apply_as(
        &mut self,
        what: Option<&str>,
        changes: &[Change],
        now: DateTime<Utc>,
    ) -> Result<Applied> {
        self.ready()?;
        let stamp = self.clock()?.stamp(now);
        let written = self.attempt_to_apply(what, changes, now, stamp);
        self.settle(written, &Trace::Stamp(stamp))
    }

    fn attempt_to_apply(
        &mut self,
        what: Option<&str>,
        changes: &[Change],
        now: DateTime<Utc>,
        stamp: Stamp,
    ) -> Result<Written<Applied>> {
        // Immediate: a deferred transaction would meet another writer only at its first write, and then could not wait.
        let tx = self
            .db
            .transaction_with_behavior(TransactionBehavior::Immediate)?;
        let label = match what {
            Some(what) => StepLabel {
                what: what.to_owned(),
                day: None,
            },
            None => label(&tx, changes)?,
        };
        // As in any editor: after something new, undone steps cannot be redone.
        tx.prepare_cached("DELETE FROM log_step WHERE undone = 1")?
            .execute([])?;
        tx.prepare_cached(
            "INSERT INTO log_step (at_utc, what, day, edited, undone) VALUES (?1, ?2, ?3, ?4, 0)",
        )?
        .execute(params![
            now.timestamp(),
            label.what,
            label.day.map(|day| day.to_string()),
            stamp.0
        ])?;
        let step = tx.last_insert_rowid();
        let mut writer = StepWriter::new(&tx, step, stamp, now.timestamp());
        if what == Some(IMPORT) {
            writer.edits = Edits::Brought;
        }
        for change in changes {
            writer.carry_out(change)?;
        }
        let days = writer.finish()?;
        let rows = Vec::new();
        Ok(Written::commit(tx, Applied { label, days, rows }))
    }

    /// Fills a new journal with `changes` and leaves nothing to undo. For the demo: as one step a single undo would empty it,
    /// and one step a change takes minutes for ten years.
    pub fn fill(&mut self, changes: &[Change], now: DateTime<Utc>) -> Result<()> {
        let stamp = self.clock()?.stamp(now);
        let tx = self
            .db
            .transaction_with_behavior(TransactionBehavior::Immediate)?;
        tx.prepare_cached(
            "INSERT INTO log_step (at_utc, what, edited, undone) VALUES (?1, 'filled', ?2, 0)",
        )?
        .execute(params![now.timestamp(), stamp.0])?;
        let mut writer = StepWriter::new(&tx, tx.last_insert_rowid(), stamp, now.timestamp());
        for change in changes {
            writer.carry_out(change)?;
            // No undo will need the images; deleted at once, they do not pile up.
            tx.prepare_cached("DELETE FROM log_image WHERE step = ?1")?
                .execute([writer.step])?;
        }
        let step = writer.step;
        writer.finish()?;
        tx.prepare_cached("DELETE FROM log_step WHERE id = ?1")?
            .execute([step])?;
        Ok(tx.commit()?)
    }
}

impl StepWriter<'_> {
    fn carry_out(&mut self, change: &Change) -> Result<()> {
        match change {
            Change::RecordCheckIn(check_in) => self.record_check_in(check_in),
            Change::DeleteCheckIn(id) => self.delete_check_in(*id),
            Change::RecordAttempt(attempt) => self.record_attempt(attempt),
            Change::DeleteAttempt(id) => self.put_away(SqlTable::Attempt, *id, "attempt"),
            Change::AddSymptom {
                key,
                id,
                code,
                name,
                category,
            } => {
                // A number that another window gave away since is refused by the file: no rating lands on another symptom.
                let sql =
                    "INSERT INTO symptom (id, uid, code, name, category, origin, rated, edited)
                           VALUES (?1, ?2, ?3, ?4, ?5, 'own', 1, ?6)";
                let key = key.map(|key| key.0);
                let values = params![
                    key,
                    id.as_bytes(),
                    code,
                    name,
                    category.code(),
                    self.stamp.0
                ];
                self.write(SqlTable::Symptom, code, sql, values)
            }
            Change::RenameSymptom { symptom, name } => {
                let code = self.code_of(*symptom)?;
                let sql = "UPDATE symptom SET name = ?1, edited = ?2 WHERE code = ?3";
                self.write_part(
                    SqlTable::Symptom,
                    &code,
                    sql,
                    params![name, self.stamp.0, code],
                )
            }
            Change::SwitchSymptom { symptom, to } => {
                let code = self.code_of(*symptom)?;
                let sql = "UPDATE symptom SET rated = ?1, edited = ?2 WHERE code = ?3";
                self.write_part(
                    SqlTable::Symptom,
                    &code,
                    sql,
                    params![*to == Switch::On, self.stamp.0, code],
                )
            }
            Change::Set(setting) => self.set(setting),
            Change::RecordHelpLine(line) => self.record_help_line(line),
            Change::DeleteHelpLine(id) => self.put_away(SqlTable::HelpLine, *id, "help line"),
            Change::Record(record) => self.record(record),
            Change::DeleteRecord(id) => self.delete_record(*id),
            Change::Restore { kind, id } => self.restore(*kind, *id),
        }
    }

    /// Logs the row as it is, then runs `sql`, which writes the row whole.
    pub(super) fn write(
        &self,
        table: SqlTable,
        key: &str,
        sql: &str,
        values: impl rusqlite::Params,
    ) -> Result<()> {
        self.write_stamped(table, key, self.stamp, sql, values)
    }

    /// [`StepWriter::write`] of a row that gets another stamp than the step's.
    pub(super) fn write_stamped(
        &self,
        table: SqlTable,
        key: &str,
        stamp: Stamp,
        sql: &str,
        values: impl rusqlite::Params,
    ) -> Result<()> {
        undo_log::keep_image(self, table, key, stamp)?;
        self.db.prepare_cached(sql)?.execute(values)?;
        self.is_whole(table, key);
        Ok(())
    }

    /// Logs the row as it is, then runs `sql`, which writes a part of the row.
    fn write_part(
        &self,
        table: SqlTable,
        key: &str,
        sql: &str,
        values: impl rusqlite::Params,
    ) -> Result<()> {
        undo_log::keep_image(self, table, key, self.stamp)?;
        self.db.prepare_cached(sql)?.execute(values)?;
        Ok(())
    }

    fn record_check_in(&mut self, check_in: &CheckIn) -> Result<()> {
        // The last guard: forms refuse a blank check-in before, in words of their own.
        if check_in.answered() == 0 && check_in.overall.is_none() && check_in.note.is_none() {
            return Err(StoreError::Blank);
        }
        Store::refuse_erased(self.db, check_in.id)?;
        let (moment, totals) = (&check_in.moment, check_in.totals);
        // If the check-in moves to another day, the day that it leaves must be read again as well.
        let before = self
            .db
            .prepare_cached("SELECT day FROM check_in WHERE uid = ?1")?;
        let before = { before }
            .query_row([check_in.id.as_bytes()], |row| row.get::<_, String>(0))
            .optional()?;
        let (stamp, was_edited) = self.stamp_of(before.is_none(), check_in.edited_utc);
        self.days
            .extend(before.and_then(|day| super::read::date(&day).ok()));
        self.days.insert(moment.day);
        let sql = "INSERT INTO check_in (uid, at_utc, offset_min, zone, day, late, overall, note,
                       body_sum, body_n, mind_sum, mind_n, revision, edited, without_time)
                   VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?15, ?13, ?14)
                   ON CONFLICT (uid) DO UPDATE SET at_utc = ?2, offset_min = ?3, zone = ?4, day = ?5, late = ?6,
                       overall = ?7, note = ?8, body_sum = ?9, body_n = ?10, mind_sum = ?11, mind_n = ?12,
                       revision = revision + 1, edited = ?13, deleted_at = NULL, without_time = ?14";
        let values = params![
            check_in.id.as_bytes(),
            moment.at_utc,
            moment.offset_min,
            &*moment.zone,
            moment.day.to_string(),
            moment.late,
            check_in
                .overall
                .map(crate::domain::check_in::Overall::number),
            check_in.note.as_deref(),
            totals.body_sum,
            totals.body_n,
            totals.mind_sum,
            totals.mind_n,
            stamp.0,
            moment.mark(),
            was_edited,
        ];
        let key = hex(check_in.id.as_bytes());
        self.write_stamped(SqlTable::CheckIn, &key, stamp, sql, values)?;
        let mut find = self
            .db
            .prepare_cached("SELECT id FROM check_in WHERE uid = ?1")?;
        let id: i64 = find.query_row([check_in.id.as_bytes()], |row| row.get(0))?;
        self.db.prepare_cached(FORGET_RATINGS)?.execute([id])?;
        let into = "INTO rating (check_in, symptom, severity, copied) VALUES (?1, ?2, ?3, ?4)";
        let mut insert = self
            .db
            .prepare_cached(&format!("INSERT OR REPLACE {into}"))?;
        let mut insert_if_free = self
            .db
            .prepare_cached(&format!("INSERT OR IGNORE {into}"))?;
        for rating in &check_in.ratings {
            let severity = rating
                .answer
                .map(crate::domain::check_in::symptom::Severity::number);
            // A blank must not overwrite: a row that is still there is a rating that this program cannot read.
            let write = if severity.is_some() {
                &mut insert
            } else {
                &mut insert_if_free
            };
            write.execute(params![id, rating.symptom.0, severity, rating.copied])?;
        }
        // In the same transaction, so that a crash leaves either the draft or the entry.
        self.db
            .prepare_cached("DELETE FROM draft WHERE uid = ?1")?
            .execute([check_in.id.as_bytes()])?;
        Ok(())
    }

    fn delete_check_in(&mut self, id: EntryId) -> Result<()> {
        let mut find = self
            .db
            .prepare_cached("SELECT day FROM check_in WHERE uid = ?1 AND deleted_at IS NULL")?;
        let day = find
            .query_row([id.as_bytes()], |row| row.get::<_, String>(0))
            .optional()?;
        let day = day.ok_or(StoreError::Unknown("check-in"))?;
        self.days.insert(super::read::date(&day)?);
        self.put_away(SqlTable::CheckIn, id, "check-in")
    }

    pub(super) fn put_away(&self, table: SqlTable, id: EntryId, what: &'static str) -> Result<()> {
        let key = hex(id.as_bytes());
        let sql = format!(
            "UPDATE {} SET deleted_at = ?1, edited = ?2 WHERE uid = ?3 AND deleted_at IS NULL",
            table.name()
        );
        undo_log::keep_image(self, table, &key, self.stamp)?;
        let count = self.db.prepare_cached(&sql)?.execute(params![
            self.now,
            self.stamp.0,
            id.as_bytes()
        ])?;
        // Already deleted, or never there: to the person both are an unknown entry.
        if count == 0 {
            Err(StoreError::Unknown(what))
        } else {
            Ok(())
        }
    }

    fn restore(&mut self, kind: BinKind, id: EntryId) -> Result<()> {
        let (table, gone) = (SqlTable::of(kind), StoreError::Unknown(kind.in_bin()));
        let day = match kind {
            BinKind::CheckIn | BinKind::Record(_) => "day",
            BinKind::Attempt => "began",
            BinKind::HelpLine => "NULL",
        };
        let sql = format!(
            "SELECT {day} FROM {} WHERE uid = ?1 AND deleted_at IS NOT NULL",
            table.name()
        );
        let day: Option<String> = self
            .db
            .prepare_cached(&sql)?
            .query_row([id.as_bytes()], |row| row.get(0))
            .optional()?
            .ok_or(gone)?;
        match (kind, day.map(|day| super::read::date(&day)).transpose()?) {
            (BinKind::CheckIn | BinKind::Record(_), Some(day)) => {
                self.touch(day);
                self.refuse_contradiction(id)?;
            }
            // Another attempt may have begun on that day while this one lay in the bin.
            (BinKind::Attempt, Some(began)) => self.refuse_same_day(began, id)?,
            _ => {}
        }
        let sql = format!(
            "UPDATE {} SET deleted_at = NULL, edited = ?1 WHERE uid = ?2",
            table.name()
        );
        self.write_part(
            table,
            &hex(id.as_bytes()),
            &sql,
            params![self.stamp.0, id.as_bytes()],
        )?;
        self.put_away_contradicted(id)
    }

    /// Refuses an attempt on the first day of another: day counts and the order of attempts go by that day.
    fn refuse_same_day(&self, began: NaiveDate, id: EntryId) -> Result<()> {
        // The inner count is the attempt's number as every screen shows it: attempts are ordered by (began, id).
        let mut others = self.db.prepare_cached(
            "SELECT (SELECT count(*) FROM attempt b WHERE b.deleted_at IS NULL AND (b.began, b.uid) < (a.began, a.uid)) + 1
             FROM attempt a WHERE deleted_at IS NULL AND began = ?1 AND uid <> ?2",
        )?;
        let same_day = others
            .query_row(params![began.to_string(), id.as_bytes()], |row| {
                row.get::<_, u32>(0)
            })
            .optional()?;
        same_day.map_or(Ok(()), |number| {
            Err(StoreError::AttemptOnSameDay {
                number: number as usize,
                day: began,
            })
        })
    }

    fn record_attempt(&self, attempt: &Attempt) -> Result<()> {
        Store::refuse_erased(self.db, attempt.id)?;
        self.refuse_same_day(attempt.began, attempt.id)?;
        let sql = "INSERT INTO attempt (uid, began, day_zero, method, name, goal, ended, ending, edited)
                   VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)
                   ON CONFLICT (uid) DO UPDATE SET began = ?2, day_zero = ?3, method = ?4, name = ?5, goal = ?6,
                       ended = ?7, ending = ?8, edited = ?9, deleted_at = NULL";
        let values = params![
            attempt.id.as_bytes(),
            attempt.began.to_string(),
            attempt.day_zero.map(|day| day.to_string()),
            attempt.method.code(),
            attempt.name,
            attempt.goal,
            attempt.ended.map(|(day, _)| day.to_string()),
            attempt.ended.map(|(_, ending)| ending.code()),
            self.stamp.0,
        ];
        self.write(SqlTable::Attempt, &hex(attempt.id.as_bytes()), sql, values)
    }

    fn record_help_line(&self, line: &OwnHelpLine) -> Result<()> {
        Store::refuse_erased(self.db, line.id)?;
        let sql = "INSERT INTO help_line (uid, name, contact, edited) VALUES (?1, ?2, ?3, ?4)
                   ON CONFLICT (uid) DO UPDATE SET name = ?2, contact = ?3, edited = ?4, deleted_at = NULL";
        let values = params![line.id.as_bytes(), line.name, line.contact, self.stamp.0];
        self.write(SqlTable::HelpLine, &hex(line.id.as_bytes()), sql, values)
    }

    fn set(&self, setting: &Setting) -> Result<()> {
        let sql = "INSERT INTO setting (key, value, edited) VALUES (?1, ?2, ?3)
                   ON CONFLICT (key) DO UPDATE SET value = ?2, edited = ?3";
        self.write(
            SqlTable::Setting,
            setting.key(),
            sql,
            params![setting.key(), setting.value(), self.stamp.0],
        )
    }

    fn code_of(&self, symptom: SymptomKey) -> Result<String> {
        let mut find = self
            .db
            .prepare_cached("SELECT code FROM symptom WHERE id = ?1")?;
        find.query_row([symptom.0], |row| row.get(0))
            .optional()?
            .ok_or(StoreError::Unknown("symptom"))
    }
}

// A rating that cannot be read was on no form, so the person could not mean to remove it. It stays unless its symptom is
// rated again.
/// Deletes the readable ratings of a check-in before the new ones are written.
const FORGET_RATINGS: &str = "
    DELETE FROM rating WHERE check_in = ?1 AND symptom IN (SELECT id FROM symptom)
        AND (severity IS NULL OR (typeof(severity) = 'integer' AND severity BETWEEN 0 AND 4))";

// The label stands in the status line after an undo, where others may read it.
/// What `changes` do, in few words and without health text.
fn label(db: &Connection, changes: &[Change]) -> Result<StepLabel> {
    // A check-in can bring a symptom with it, which has to be there before its rating; to the person the check-in is the step.
    let is_check_in = |change: &&Change| matches!(change, Change::RecordCheckIn(_));
    let main = changes.iter().find(is_check_in).or(changes.first());
    let Some(first) = main else {
        return Ok(StepLabel {
            what: "nothing".to_owned(),
            day: None,
        });
    };
    let exists = |table: SqlTable, id: &EntryId| -> Result<bool> {
        let sql = format!(
            "SELECT 1 FROM {} WHERE uid = ?1 AND deleted_at IS NULL",
            table.name()
        );
        Ok(db.prepare_cached(&sql)?.exists([id.as_bytes()])?)
    };
    let day_of = |column: &str, table: SqlTable, id: &EntryId| -> Result<Option<NaiveDate>> {
        let sql = format!("SELECT {column} FROM {} WHERE uid = ?1", table.name());
        let day = db
            .prepare_cached(&sql)?
            .query_row([id.as_bytes()], |row| row.get::<_, String>(0))
            .optional()?;
        day.map(|day| super::read::date(&day)).transpose()
    };
    if let Some((what, day)) = record_label(db, first)? {
        return Ok(StepLabel { what, day });
    }
    let (what, day) = match first {
        Change::RecordCheckIn(c) if exists(SqlTable::CheckIn, &c.id)? => {
            ("check-in edited", Some(c.moment.day))
        }
        Change::RecordCheckIn(c) => ("check-in added", Some(c.moment.day)),
        Change::DeleteCheckIn(id) => ("check-in deleted", day_of("day", SqlTable::CheckIn, id)?),
        Change::RecordAttempt(a) if exists(SqlTable::Attempt, &a.id)? => {
            ("attempt edited", Some(a.began))
        }
        Change::RecordAttempt(a) => ("attempt begun", Some(a.began)),
        Change::DeleteAttempt(id) => ("attempt deleted", day_of("began", SqlTable::Attempt, id)?),
        Change::AddSymptom { .. } => ("symptom added", None),
        Change::RenameSymptom { .. } => ("symptom renamed", None),
        Change::SwitchSymptom { to: Switch::On, .. } => ("symptom switched on", None),
        Change::SwitchSymptom {
            to: Switch::Off, ..
        } => ("symptom switched off", None),
        Change::Set(setting) => (setting.step(), None),
        Change::RecordHelpLine(_) => ("help line written", None),
        Change::DeleteHelpLine(_) => ("help line deleted", None),
        Change::Restore { kind, id } => match kind {
            BinKind::CheckIn => ("check-in restored", day_of("day", SqlTable::CheckIn, id)?),
            BinKind::Attempt => ("attempt restored", day_of("began", SqlTable::Attempt, id)?),
            BinKind::HelpLine => ("help line restored", None),
            BinKind::Record(_) => ("entry restored", None),
        },
        // Only for a record that is not in the file: `record_label` names all others.
        Change::Record(_) | Change::DeleteRecord(_) => ("entry changed", None),
    };
    Ok(StepLabel {
        what: what.to_owned(),
        day,
    })
}

/// What a change of a record does: "dose added", "urge deleted". `None` for other changes.
fn record_label(db: &Connection, change: &Change) -> Result<Option<(String, Option<NaiveDate>)>> {
    let stored = |id: &EntryId| -> Result<Option<(String, Option<String>, bool)>> {
        let sql = "SELECT kind, day, deleted_at IS NULL FROM record WHERE uid = ?1";
        let row = db.prepare_cached(sql)?.query_row([id.as_bytes()], |row| {
            Ok((row.get(0)?, row.get(1)?, row.get(2)?))
        });
        Ok(row.optional()?)
    };
    let (verb, id) = match change {
        Change::Record(record) => {
            let is_there = stored(&record.id)?.is_some_and(|(_, _, is_there)| is_there);
            let verb = if is_there { "edited" } else { "added" };
            let what = format!("{} {verb}", record.kind.facts().name);
            return Ok(Some((what, record.day())));
        }
        Change::DeleteRecord(id) => ("deleted", id),
        Change::Restore {
            kind: BinKind::Record(_),
            id,
        } => ("restored", id),
        _ => return Ok(None),
    };
    let Some((kind, day, _)) = stored(id)? else {
        return Ok(None);
    };
    let name = Kind::from_code(&kind).map_or("entry", |kind| kind.facts().name);
    let day = day.map(|day| super::read::date(&day)).transpose()?;
    Ok(Some((format!("{name} {verb}"), day)))
}
