//! Reads rows into the journal in memory.
//!
//! Stage 1, before the first frame: attempts, symptoms, settings and the last days. Stage 2, right after it: all days.
//! Today does not look back further than stage 1, so the first frame takes no longer in a long journal than in a short one.

mod answers;
mod check_ins;
mod day;
mod names;
mod rating;

pub(super) use answers::teach;
pub(super) use check_ins::{COLUMNS, check_in};
pub(super) use day::date;
pub(super) use names::Names;

use super::Store;
use super::error::{Result, StoreError};
use super::hybrid_clock::Stamp;
use super::integrity::cells;
use super::integrity::cells::Cells;
use super::integrity::sum;
use super::integrity::sum::Codes;
use super::integrity::unread::{RowName, readable};
use crate::domain::attempt::{Attempt, Attempts, Ending, Method};
use crate::domain::check_in::catalogue::Category;
use crate::domain::check_in::symptom::{Origin, Symptom, SymptomKey, Symptoms};
use crate::domain::id::EntryId;
use crate::domain::journal::settings::{OwnHelpLine, Setting, Settings};
use crate::domain::journal::{Coverage, Journal};
use crate::domain::time::Moment;
use chrono::{DateTime, FixedOffset, NaiveDate, Utc};
use rusqlite::types::ValueRef;
use rusqlite::{OptionalExtension, Row};

/// What [`symptom`] reads, and the other columns of the sum.
const SYMPTOMS: &str =
    "SELECT id, code, name, category, origin, rated, uid, sum FROM symptom ORDER BY id";

/// How many they are.
const SYMPTOM_CELLS: usize = 8;

/// The places of the columns of [`sum::SYMPTOM`] in them.
const SYMPTOM_SUMMED: [usize; 7] = [6, 1, 2, 3, 4, 5, 7];

/// Whether rows are compared with their sums when they are read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Sums {
    /// They are.
    Compared,
    /// They are read again soon, and then they are.
    Later,
}

impl Sums {
    /// What a query for rows without the deleted ones selects besides.
    pub(super) const fn columns(self) -> &'static str {
        match self {
            Self::Compared => ", sum, deleted_at",
            Self::Later => "",
        }
    }
}

impl Store {
    /// When a check-in or record was written or last edited; `None` for an id that is not here.
    pub(crate) fn written(&self, id: EntryId) -> Result<Option<DateTime<Utc>>> {
        for table in ["record", "check_in"] {
            let sql = format!("SELECT edited FROM {table} WHERE uid = ?1");
            let edited: Option<[u8; 24]> = self
                .db
                .prepare_cached(&sql)?
                .query_row([id.as_bytes()], |row| row.get(0))
                .optional()?;
            if let Some(edited) = edited {
                return Ok(DateTime::from_timestamp(Stamp(edited).seconds(), 0));
            }
        }
        Ok(None)
    }

    /// Reads the days from `since` on, or all days if it is `None`, and everything that belongs to no day.
    pub fn load(&self, since: Option<NaiveDate>) -> Result<Journal> {
        self.named(self.load_days(since.is_none(), Sums::Compared, |_| since))
    }

    /// Reads the days from the one on that `first` finds by the journal's settings, and everything that belongs to no day. Check-ins,
    /// records and symptoms are not compared with their sums: whoever calls this reads them again soon. The pages stay in memory
    /// until [`Store::forget_pages`].
    pub(crate) fn load_quickly(&self, first: impl Fn(&Settings) -> NaiveDate) -> Result<Journal> {
        self.named(self.load_days(false, Sums::Later, |settings| Some(first(settings))))
    }

    fn load_days(
        &self,
        is_whole: bool,
        sums: Sums,
        since: impl Fn(&Settings) -> Option<NaiveDate>,
    ) -> Result<Journal> {
        // Only a full load meets every row again, so only then can the old notes go.
        if is_whole {
            self.unread.borrow_mut().clear();
        }
        // In one transaction, because another process may write meanwhile.
        let mut journal = self.at_one_moment(|| {
            let mut head = Journal::unread();
            let mut names = if is_whole {
                Names::default()
            } else {
                Names::of_few()
            };
            let mut codes = self.read_head(&mut head, sums, &mut names)?;
            Ok(if let Some(first) = since(&head.settings) {
                let check_ins = self.check_ins_since(first, sums, &mut codes, &mut names)?;
                let records = self.records_since(first, sums, &mut names)?;
                head.with_last(check_ins, records, first)
            } else {
                let days = self.all_days(&mut codes, &mut names)?;
                let records = self.all_records(&mut names)?;
                head.with_all(days, records, Coverage::Whole)
            })
        })?;
        if sums == Sums::Compared {
            self.forget_pages()?;
        }
        journal.differing = self.differing().into();
        Ok(journal)
    }

    /// Lets go of the pages of the file that are in memory: the journal in memory holds the same.
    pub(crate) fn forget_pages(&self) -> Result<()> {
        Ok(self.db.release_memory()?)
    }

    /// Reads `dates` again after a write, and everything that belongs to no day.
    pub fn refresh(&self, journal: &Journal, dates: &[NaiveDate]) -> Result<Journal> {
        self.named(self.refresh_days(journal, dates))
    }

    fn refresh_days(&self, journal: &Journal, dates: &[NaiveDate]) -> Result<Journal> {
        // One transaction, as in a load. Each query alone took the locks and looked at the file anew: a hundred and forty calls of
        // the system between a save and its answer.
        let tx = self.db.unchecked_transaction()?;
        let mut names = Names::default();
        let mut refreshed = journal.clone();
        let mut codes = self.read_head(&mut refreshed, Sums::Compared, &mut names)?;
        let fresh = dates
            .iter()
            .map(|date| self.day(*date, &mut codes, &mut names))
            .collect::<Result<Vec<_>>>()?;
        let records = dates
            .iter()
            .map(|date| Ok((*date, self.records_of(*date, &mut names)?)))
            .collect::<Result<Vec<_>>>()?;
        drop(tx);
        refreshed.differing = self.differing().into();
        Ok(refreshed.with_fresh(fresh).with_fresh_records(records))
    }

    /// Reads everything that belongs to no day. What ratings call the symptoms is answered.
    fn read_head(&self, journal: &mut Journal, sums: Sums, names: &mut Names) -> Result<Codes> {
        let first_of = |table: &str| -> Result<Option<NaiveDate>> {
            // No `LIMIT 1`: the first row may have a day that cannot be read. Usually the loop ends after one row.
            let sql = format!(
                "SELECT day FROM {table} WHERE deleted_at IS NULL AND day IS NOT NULL ORDER BY day"
            );
            let mut query = self.db.prepare_cached(&sql)?;
            let mut rows = query.query([])?;
            while let Some(row) = rows.next()? {
                if let Some(day) = readable(day_at(row, 0))? {
                    return Ok(Some(day));
                }
            }
            Ok(None)
        };
        journal.first_day = first_of("check_in")?;
        journal.first_record = first_of("record")?;
        journal.standing = self.standing(sums, names)?.into();
        let mut codes = Codes::default();
        journal.symptoms = self.read_symptoms(sums, &mut codes)?;
        journal.attempts = self.attempts()?;
        journal.settings = self.read_settings()?;
        Ok(codes)
    }

    /// All symptoms, rated or switched off.
    pub fn symptoms(&self) -> Result<Symptoms> {
        self.named(self.read_symptoms(Sums::Compared, &mut Codes::default()))
    }

    fn read_symptoms(&self, sums: Sums, codes: &mut Codes) -> Result<Symptoms> {
        let mut query = self.db.prepare_cached(SYMPTOMS)?;
        let mut rows = query.query([])?;
        let mut symptoms = Vec::with_capacity(64);
        let name = RowName::new("symptom", 1, None);
        let name = match sums {
            Sums::Compared => name.summed_at(&sum::SYMPTOM, &SYMPTOM_SUMMED),
            Sums::Later => name,
        };
        while let Some(row) = rows.next()? {
            let kept;
            let cells = match sums {
                Sums::Compared => {
                    kept = cells::keep(row, SYMPTOM_CELLS)?;
                    Cells::kept(row, &kept)
                }
                Sums::Later => Cells::of(row),
            };
            let read = self.noted(symptom_of(&cells), row, name)?;
            self.compare_cells(&cells, row, name);
            match sums {
                Sums::Compared => codes.add(cells.get(0)?, cells.cell(1)?, read.is_some()),
                Sums::Later => codes.add_number(cells.get(0)?, read.is_some()),
            }
            symptoms.extend(read);
        }
        Ok(Symptoms::new(symptoms))
    }

    fn attempts(&self) -> Result<Attempts> {
        let layout = &sum::ATTEMPT;
        let mut query = self.db.prepare_cached(&format!(
            "SELECT {} FROM attempt WHERE deleted_at IS NULL",
            layout.tail()
        ))?;
        let mut rows = query.query([])?;
        let mut attempts = Vec::new();
        while let Some(row) = rows.next()? {
            let name = RowName::new("attempt", 0, Some(1)).summed(layout);
            attempts.extend(self.read_or_note(attempt(row), row, name)?);
        }
        Ok(Attempts::new(attempts))
    }

    /// The journal's settings and the person's own help lines.
    pub fn settings(&self) -> Result<Settings> {
        self.named(self.read_settings())
    }

    /// The journal's settings without the help lines, where only a setting is wanted.
    pub(crate) fn bare_settings(&self) -> Result<Settings> {
        self.named(self.read_bare_settings())
    }

    fn read_bare_settings(&self) -> Result<Settings> {
        let mut settings = Settings::default();
        let layout = &sum::SETTING;
        let sql = format!("SELECT {} FROM setting", layout.tail());
        let mut query = self.db.prepare_cached(&sql)?;
        let mut rows = query.query([])?;
        while let Some(row) = rows.next()? {
            // A setting of a later version stays in the file.
            let name = RowName::new("setting", 0, None).summed(layout);
            if let Some(setting) = self.read_or_note(setting(row), row, name)? {
                settings.set(setting);
            }
        }
        Ok(settings)
    }

    fn read_settings(&self) -> Result<Settings> {
        let mut settings = self.read_bare_settings()?;
        let layout = &sum::HELP_LINE;
        let mut query = self.db.prepare_cached(&format!(
            "SELECT {} FROM help_line WHERE deleted_at IS NULL ORDER BY uid",
            layout.tail()
        ))?;
        let mut rows = query.query([])?;
        while let Some(row) = rows.next()? {
            let name = RowName::new("help_line", 0, None).summed(layout);
            settings
                .help_lines
                .extend(self.read_or_note(help_line(row), row, name)?);
        }
        Ok(settings)
    }
}

fn day_at(row: &Row<'_>, at: usize) -> Result<NaiveDate> {
    day_of(row.get_ref(at)?)
}

fn day_of(cell: ValueRef<'_>) -> Result<NaiveDate> {
    let day = cell.as_str();
    date(day.map_err(|_| StoreError::Unreadable("a day"))?)
}

pub(super) fn symptom(row: &Row<'_>) -> Result<Symptom> {
    symptom_of(&Cells::of(row))
}

fn symptom_of(row: &Cells<'_, '_>) -> Result<Symptom> {
    let word = |at: usize| -> Result<&str> {
        let word = row.cell(at)?.as_str();
        word.map_err(|_| StoreError::Unreadable("a symptom"))
    };
    let (category, origin) = (word(3)?, word(4)?);
    Ok(Symptom {
        key: SymptomKey(row.get(0)?),
        code: row.get(1)?,
        name: row.get(2)?,
        category: Category::from_code(category)
            .ok_or(StoreError::Unreadable("a symptom's group"))?,
        origin: match origin {
            "core" => Origin::Core,
            "extended" => Origin::Extended,
            "own" => Origin::Own,
            _ => return Err(StoreError::Unreadable("a symptom's origin")),
        },
        rated: row.get(5)?,
    })
}

pub(super) fn attempt(row: &Row<'_>) -> Result<Attempt> {
    let method: String = row.get(3)?;
    let day_zero: Option<String> = row.get(2)?;
    let ended: Option<String> = row.get(6)?;
    let ending: Option<String> = row.get(7)?;
    let unreadable = || StoreError::Unreadable("an attempt's end");
    let ended = match (ended, ending) {
        (Some(day), Some(ending)) => {
            let ending = Ending::from_code(&ending).ok_or_else(unreadable)?;
            Some((date(&day)?, ending))
        }
        (None, None) => None,
        _ => return Err(unreadable()),
    };
    Ok(Attempt {
        id: EntryId::from_bytes(row.get(0)?),
        began: day_at(row, 1)?,
        day_zero: day_zero.map(|day| date(&day)).transpose()?,
        method: Method::from_code(&method).ok_or(StoreError::Unreadable("an attempt's method"))?,
        name: row.get(4)?,
        goal: row.get(5)?,
        ended,
    })
}

fn setting(row: &Row<'_>) -> Result<Setting> {
    let (key, value): (String, String) = (row.get(0)?, row.get(1)?);
    Setting::read(&key, &value).ok_or(StoreError::NotKnown("a setting"))
}

fn help_line(row: &Row<'_>) -> Result<OwnHelpLine> {
    Ok(OwnHelpLine {
        id: EntryId::from_bytes(row.get(0)?),
        name: row.get(1)?,
        contact: row.get(2)?,
    })
}

/// Passes on a moment that has a wall time. A damaged number of seconds may lie outside chrono's range.
pub(super) fn on_the_wall(moment: Moment) -> Result<Moment> {
    // Nearly all lie far inside, and a load has a hundred thousand.
    let is_usual = (0..=100_000_000_000).contains(&moment.at_utc) && moment.offset_min.abs() < 1440;
    if is_usual {
        return Ok(moment);
    }
    let offset = FixedOffset::east_opt(i32::from(moment.offset_min) * 60);
    let at = DateTime::from_timestamp(moment.at_utc, 0);
    at.zip(offset)
        .and_then(|(at, offset)| at.naive_utc().checked_add_offset(offset))
        .map(|_| moment)
        .ok_or(StoreError::Unreadable("a moment"))
}

/// Bytes as text, two digits each.
pub(super) fn hex(bytes: &[u8]) -> String {
    use std::fmt::Write as _;
    bytes
        .iter()
        .fold(String::with_capacity(bytes.len() * 2), |mut text, byte| {
            // Never fails: it writes to memory.
            write!(text, "{byte:02x}").ok();
            text
        })
}

/// The bytes of [`hex`].
pub(super) fn unhex(text: &str) -> Option<Vec<u8>> {
    let digits: Vec<u32> = text
        .chars()
        .map(|c| c.to_digit(16))
        .collect::<Option<_>>()?;
    let pairs = digits.chunks_exact(2);
    pairs.remainder().is_empty().then(|| {
        pairs
            .map(|pair| u8::try_from(pair[0] * 16 + pair[1]).unwrap_or(0))
            .collect()
    })
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test may stop at the first surprise")]
mod tests {
    use super::check_ins::{SUMMED, check_ins_where};
    use super::{SYMPTOM_SUMMED, SYMPTOMS, Sums};
    use crate::domain::demo::{Plan, changes};
    use crate::domain::journal::change::Change;
    use crate::domain::time::span::Span;
    use crate::domain::time::{Now, Zone};
    use crate::store::integrity::sum::{CHECK_IN, SYMPTOM, are_places_of};
    use crate::store::{MIGRATIONS, Seed, Store, migrations};
    use chrono::{DateTime, Days, FixedOffset};
    use rusqlite::Connection;

    #[test]
    fn the_sums_of_check_ins_and_symptoms_are_read_from_the_columns_that_they_go_over() {
        let mut db = Connection::open_in_memory().unwrap();
        migrations::migrate(&mut db, None, MIGRATIONS).unwrap();
        super::teach(&db).unwrap();
        let query = db.prepare(&check_ins_where("1", Sums::Compared)).unwrap();
        assert!(are_places_of(&CHECK_IN, &SUMMED, query.column_names()));
        let query = db.prepare(SYMPTOMS).unwrap();
        assert!(are_places_of(
            &SYMPTOM,
            &SYMPTOM_SUMMED,
            query.column_names()
        ));
    }

    /// Two check-ins a day, and what made them.
    fn made_up(at: DateTime<FixedOffset>) -> (Store, Now, Vec<Change>) {
        let now = Now::new(at.to_utc(), Zone::fixed(*at.offset()));
        let seed = Seed {
            now: DateTime::UNIX_EPOCH,
            journal: [7; 16],
            device: [9; 16],
        };
        let mut store = Store::in_memory(seed).unwrap();
        let plan = Plan {
            a_day: Some(2),
            ..Plan::usual(40, 3)
        };
        let made_up = changes(plan, &now);
        store.apply(&made_up, now.at.to_utc()).unwrap();
        (store, now, made_up)
    }

    #[test]
    fn a_day_has_a_check_in_where_a_load_gives_one() {
        let at: DateTime<FixedOffset> = "2026-11-22T20:00:00+01:00".parse().unwrap();
        let (mut store, now, _) = made_up(at);
        let today = at.date_naive();
        let both = |store: &Store| {
            let whole = store.load(None).unwrap();
            let days = (0..45).map(|back| today - Days::new(back) + Days::new(3));
            let has = |day| {
                (
                    store.has_check_in(day).unwrap(),
                    !whole.check_ins(day).is_empty(),
                )
            };
            days.map(has).collect::<Vec<_>>()
        };
        let whole = store.load(None).unwrap();
        let away = whole.check_ins(today).iter();
        let away: Vec<_> = away.map(|it| Change::DeleteCheckIn(it.id)).collect();
        assert_eq!(away.len(), 2);
        store.apply(&away, now.at.to_utc()).unwrap();
        let harm =
            "PRAGMA ignore_check_constraints=ON; UPDATE check_in SET overall = 99 WHERE day =";
        let (one, all) = (today - Days::new(1), today - Days::new(2));
        let of_one =
            format!("{harm} '{one}' AND id = (SELECT max(id) FROM check_in WHERE day = '{one}')");
        store.db.execute_batch(&of_one).unwrap();
        store.db.execute_batch(&format!("{harm} '{all}'")).unwrap();
        let found = both(&store);
        assert!(found.iter().all(|(has, gives)| has == gives), "{found:?}");
        assert_eq!([3, 4, 5].map(|at: usize| found[at].0), [false, true, false]);
    }

    #[test]
    fn a_quick_load_gives_the_days_as_they_are_and_only_their_marks_come_later() {
        let at: DateTime<FixedOffset> = "2026-11-22T20:00:00+01:00".parse().unwrap();
        let (mut store, now, made_up) = made_up(at);
        let check_ins = made_up.iter().rev().filter_map(|change| match change {
            Change::RecordCheckIn(check_in) => Some(check_in.clone()),
            _ => None,
        });
        // Edited, erased, and damaged in several ways.
        let mut latest = check_ins.take(6);
        let mut edited = latest.next().unwrap();
        edited.note = Some("edited".into());
        let away = latest.next().unwrap().id;
        let changes = [Change::RecordCheckIn(edited), Change::DeleteCheckIn(away)];
        store.apply(&changes, now.at.to_utc()).unwrap();
        let hurt = |sql: &str| {
            let rules = "PRAGMA ignore_check_constraints=ON; PRAGMA foreign_keys=OFF;";
            store.db.execute_batch(&format!("{rules} {sql}")).unwrap();
        };
        let today = at.date_naive();
        let far = today - Days::new(25);
        hurt(&format!(
            "UPDATE check_in SET note = 'foreign' WHERE day = '{}'",
            today - Days::new(3)
        ));
        hurt(&format!(
            "UPDATE check_in SET note = 'foreign' WHERE day = '{far}'"
        ));
        hurt(&format!(
            "UPDATE check_in SET day = 'never' WHERE day = '{}'",
            today - Days::new(4)
        ));
        hurt("UPDATE rating SET severity = 9 WHERE check_in = (SELECT max(id) - 3 FROM check_in)");
        hurt(
            "UPDATE rating SET symptom = 999 WHERE symptom = 5 AND check_in = (SELECT max(id) - 2 FROM check_in)",
        );
        hurt(
            "UPDATE record SET kind = 'urgf' WHERE id = (SELECT max(id) FROM record WHERE kind = 'urge')",
        );
        hurt(
            "UPDATE record SET fields = '{\"amount\":1}' WHERE id = (SELECT max(id) FROM record WHERE kind = 'dose')",
        );
        let first = Span::ending(today, 14).from;
        let mut quick = store.load_quickly(|_| first).unwrap();
        assert!(quick.differing.is_empty());
        let compared = store.load(Some(first)).unwrap();
        let whole = store.load(None).unwrap();
        assert!(compared.differing.len() > 1);
        assert!(
            whole.differing.len() > compared.differing.len(),
            "those of {far} too"
        );
        quick.differing = compared.differing.clone();
        assert_eq!(quick, compared);
        let days =
            |journal: &super::Journal| journal.between(first, today).cloned().collect::<Vec<_>>();
        assert_eq!(days(&quick), days(&whole));
    }
}
