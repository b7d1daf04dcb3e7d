//! Reads rows into the journal in memory.
//!
//! Stage 1, before the first frame: attempts, symptoms, settings and the last 60 days. Stage 2, right after it: all days.
//! Today does not look back further than stage 1, so the first frame takes no longer in a long journal than in a short one.

mod day;
mod names;
mod rating;
mod whole;

pub(super) use day::date;
pub(super) use names::Names;

use super::Store;
use super::error::{Result, StoreError};
use super::hybrid_clock::Stamp;
use super::integrity::cells::Cells;
use super::integrity::sum;
use super::integrity::sum::{Codes, RowSum};
use super::integrity::unread::{RATING, RowName, readable};
use crate::domain::attempt::{Attempt, Attempts, Ending, Method};
use crate::domain::check_in::catalogue::Category;
use crate::domain::check_in::rating::Rating;
use crate::domain::check_in::severity::Totals;
use crate::domain::check_in::symptom::{Origin, Symptom, SymptomKey, Symptoms};
use crate::domain::check_in::{CheckIn, Overall};
use crate::domain::id::EntryId;
use crate::domain::journal::by_day::Gathering;
use crate::domain::journal::settings::{OwnHelpLine, Setting, Settings};
use crate::domain::journal::{Coverage, Day, Journal};
use crate::domain::order::Gathered;
use crate::domain::time::Moment;
use chrono::{DateTime, FixedOffset, NaiveDate, Utc};
use rusqlite::types::ValueRef;
use rusqlite::{OptionalExtension, Row, params};
use std::collections::BTreeSet;

/// The columns that [`check_in`] reads, in its order.
pub(super) const COLUMNS: &str = "id, uid, at_utc, offset_min, zone, day, late, overall, note, body_sum, body_n, mind_sum, mind_n, \
                       revision, edited, without_time";

/// How many they are.
const CELLS: usize = 16;

// Of the two that follow the last is not read: it is empty in every row that is selected.
/// The places of the columns of [`sum::CHECK_IN`] in a row of [`COLUMNS`] and the two that follow them.
const SUMMED: [usize; 15] = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 17, 15, 16];

/// What [`symptom`] reads, and the other columns of the sum.
const SYMPTOMS: &str =
    "SELECT id, code, name, category, origin, rated, uid, sum FROM symptom ORDER BY id";

/// The places of the columns of [`sum::SYMPTOM`] in them.
const SYMPTOM_SUMMED: [usize; 7] = [6, 1, 2, 3, 4, 5, 7];

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
        self.named(self.load_days(since))
    }

    fn load_days(&self, since: Option<NaiveDate>) -> Result<Journal> {
        // Only a full load meets every row again, so only then can the old notes go.
        if since.is_none() {
            self.unread.borrow_mut().clear();
        }
        // One transaction, so that all queries see the same state while another process writes.
        let tx = self.db.unchecked_transaction()?;
        let mut head = Journal::default();
        self.read_head(&mut head)?;
        let mut names = Names::default();
        let known = known(&head.symptoms);
        let (days, coverage) = match since {
            Some(first) => (
                self.days_since(first, &known, &mut names)?,
                Coverage::Since(first),
            ),
            None => (self.all_days(&known, &mut names)?, Coverage::Whole),
        };
        let records = self.records_since(since, &mut names)?;
        drop(tx);
        // The page cache now holds what the journal in memory holds too.
        self.db.release_memory()?;
        head.differing = self.differing().into();
        Ok(head.with_all(days, records, coverage))
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
        self.read_head(&mut refreshed)?;
        let known = known(&refreshed.symptoms);
        let fresh = dates
            .iter()
            .map(|date| self.day(*date, &known, &mut names))
            .collect::<Result<Vec<_>>>()?;
        let records = dates
            .iter()
            .map(|date| Ok((*date, self.records_of(*date, &mut names)?)))
            .collect::<Result<Vec<_>>>()?;
        drop(tx);
        refreshed.differing = self.differing().into();
        Ok(refreshed.with_fresh(fresh).with_fresh_records(records))
    }

    /// Reads everything that belongs to no day.
    fn read_head(&self, journal: &mut Journal) -> Result<()> {
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
        journal.standing = self.standing(&mut Names::default())?.into();
        journal.symptoms = self.symptoms()?;
        journal.attempts = self.attempts()?;
        journal.settings = self.settings()?;
        Ok(())
    }

    /// All symptoms, rated or switched off.
    pub fn symptoms(&self) -> Result<Symptoms> {
        self.named(self.read_symptoms())
    }

    fn read_symptoms(&self) -> Result<Symptoms> {
        let mut query = self.db.prepare_cached(SYMPTOMS)?;
        let mut rows = query.query([])?;
        let mut symptoms = Vec::new();
        while let Some(row) = rows.next()? {
            symptoms.extend(self.read_or_note(
                symptom(row),
                row,
                RowName::new("symptom", 1, None).summed_at(&sum::SYMPTOM, &SYMPTOM_SUMMED),
            )?);
        }
        Ok(Symptoms::new(symptoms))
    }

    fn attempts(&self) -> Result<Attempts> {
        let layout = &sum::ATTEMPT;
        let mut query = self.db.prepare_cached(&format!(
            "SELECT uid, began, day_zero, method, name, goal, ended, ending, {} FROM attempt WHERE deleted_at IS NULL",
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

    fn read_settings(&self) -> Result<Settings> {
        let mut settings = Settings::default();
        let layout = &sum::SETTING;
        let sql = format!("SELECT key, value, {} FROM setting", layout.tail());
        let mut query = self.db.prepare_cached(&sql)?;
        let mut rows = query.query([])?;
        while let Some(row) = rows.next()? {
            // A setting of a later version stays in the file.
            let name = RowName::new("setting", 0, None).summed(layout);
            if let Some(setting) = self.read_or_note(setting(row), row, name)? {
                settings.set(setting);
            }
        }
        let layout = &sum::HELP_LINE;
        let mut query = self.db.prepare_cached(&format!(
            "SELECT uid, name, contact, {} FROM help_line WHERE deleted_at IS NULL ORDER BY uid",
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

    fn day(&self, date: NaiveDate, known: &BTreeSet<SymptomKey>, names: &mut Names) -> Result<Day> {
        let sql = check_ins_where("day = ?1");
        let check_ins = self.check_ins(&sql, params![date.to_string()], names)?;
        Ok(Day::new(date, self.with_ratings(check_ins, known)?))
    }

    fn days_since(
        &self,
        first: NaiveDate,
        known: &BTreeSet<SymptomKey>,
        names: &mut Names,
    ) -> Result<Gathering<Day>> {
        let sql = check_ins_where("day >= ?1");
        let check_ins = self.check_ins(&sql, params![first.to_string()], names)?;
        let mut days = Gathering::default();
        for check_in in self.with_ratings(check_ins, known)? {
            days.add(check_in.moment.day, check_in);
        }
        Ok(days)
    }

    fn check_ins(
        &self,
        sql: &str,
        with: impl rusqlite::Params,
        names: &mut Names,
    ) -> Result<Vec<Summed>> {
        let mut check_ins = Vec::new();
        self.each_check_in(sql, with, names, |summed| {
            check_ins.push(summed);
            Ok(())
        })?;
        Ok(check_ins)
    }

    /// Passes on each check-in of a query as it is read, without its ratings.
    fn each_check_in(
        &self,
        sql: &str,
        with: impl rusqlite::Params,
        names: &mut Names,
        mut each: impl FnMut(Summed) -> Result<()>,
    ) -> Result<()> {
        let mut query = self.db.prepare_cached(sql)?;
        let mut rows = query.query(with)?;
        let mut count = 0;
        while let Some(row) = rows.next()? {
            let cells = Cells::of(row, CELLS + 1)?;
            let entry = cells.get(0).and_then(|id| {
                Ok(Summed {
                    id,
                    check_in: check_in_of(&cells, names)?,
                    sum: RowSum::of_cells(cells.all(), &sum::CHECK_IN, &SUMMED),
                })
            });
            let name = RowName::new("check_in", 1, Some(5));
            if let Some(summed) = self.read_or_note(entry, row, name)? {
                count += 1;
                each(summed)?;
            }
        }
        self.rows_read.set(self.rows_read.get() + count);
        Ok(())
    }

    /// Passes on a check-in that has all its ratings, and notes one that does not match its sum.
    fn compared(&self, Summed { check_in, sum, .. }: Summed) -> CheckIn {
        self.compare(sum, "check_in", || {
            let day = check_in.moment.day.to_string();
            (check_in.id.to_string(), Some(day))
        });
        check_in
    }

    fn with_ratings(
        &self,
        mut check_ins: Vec<Summed>,
        known: &BTreeSet<SymptomKey>,
    ) -> Result<Vec<CheckIn>> {
        let sql =
            "SELECT symptom, severity, copied FROM rating WHERE check_in = ?1 ORDER BY symptom";
        let mut query = self.db.prepare_cached(sql)?;
        let mut count = 0;
        let mut codes = Codes::of(&self.db)?;
        for Summed { id, check_in, sum } in &mut check_ins {
            let mut rows = query.query([*id])?;
            let mut ratings = Vec::with_capacity(32);
            while let Some(row) = rows.next()? {
                let (share, read) = rating::read(row, 0, &mut codes)?;
                sum.add(share);
                ratings.extend(self.rating(read, *id, known)?);
            }
            count += ratings.len() as u64;
            check_in.ratings = ratings.into();
        }
        self.rows_read.set(self.rows_read.get() + count);
        let check_ins = check_ins.into_iter();
        Ok(check_ins.map(|summed| self.compared(summed)).collect())
    }

    /// Passes on a rating of the check-in `owner`, as it was read. If its symptom cannot be read, the rating cannot be read either.
    fn rating(
        &self,
        read: rating::Read,
        owner: i64,
        known: &BTreeSet<SymptomKey>,
    ) -> Result<Option<Rating>> {
        let outcome = read.map_err(|error| *error).and_then(|rating| {
            if known.contains(&rating.symptom) {
                Ok(rating)
            } else {
                Err(StoreError::Unreadable("a rating's symptom"))
            }
        });
        if let Ok(rating) = outcome {
            return Ok(Some(rating));
        }
        // Named by its check-in: the rating itself has only numbers that mean nothing outside this file.
        let sql = "SELECT uid, day FROM check_in WHERE id = ?1";
        let mut query = self.db.prepare_cached(sql)?;
        let mut owners = query.query([owner])?;
        let name = RowName::new(RATING, 0, Some(1));
        match owners.next()? {
            Some(owner) => self.read_or_note(outcome, owner, name),
            None => Ok(None),
        }
    }
}

/// The numbers of all symptoms that could be read.
fn known(symptoms: &Symptoms) -> BTreeSet<SymptomKey> {
    symptoms.iter().map(|symptom| symptom.key).gather_set()
}

/// A check-in while it is read: its number in this file, and its sum so far.
struct Summed {
    id: i64,
    check_in: CheckIn,
    sum: RowSum,
}

fn check_ins_where(filter: &str) -> String {
    format!("SELECT {COLUMNS}, sum, deleted_at FROM check_in WHERE {filter} AND deleted_at IS NULL")
}

fn number_at(row: &Row<'_>, at: usize) -> Result<i64> {
    Ok(row.get(at)?)
}

fn day_at(row: &Row<'_>, at: usize) -> Result<NaiveDate> {
    day_of(row.get_ref(at)?)
}

fn day_of(cell: ValueRef<'_>) -> Result<NaiveDate> {
    let day = cell.as_str();
    date(day.map_err(|_| StoreError::Unreadable("a day"))?)
}

pub(super) fn symptom(row: &Row<'_>) -> Result<Symptom> {
    let word = |at: usize| -> Result<&str> {
        let word = row.get_ref(at)?.as_str();
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

pub(super) fn check_in(row: &Row<'_>, names: &mut Names) -> Result<CheckIn> {
    check_in_of(&Cells::of(row, CELLS)?, names)
}

fn check_in_of(row: &Cells<'_, '_>, names: &mut Names) -> Result<CheckIn> {
    // `as_str` borrows from the page: a String for each of ten thousand rows would be thrown away at once.
    let zone = row
        .cell(4)?
        .as_str()
        .map_err(|_| StoreError::Unreadable("a zone"))?;
    let zone = names.shared(zone);
    let overall: Option<u8> = row.get(7)?;
    let note: Option<String> = row.get(8)?;
    let revision: i64 = row.get(13)?;
    let edited: [u8; 24] = row.get(14)?;
    let moment = Moment {
        at_utc: row.get(2)?,
        offset_min: row.get(3)?,
        zone,
        day: day_of(row.cell(5)?)?,
        late: row.get(6)?,
        without_time: row.get::<Option<bool>>(15)?.unwrap_or_default(),
    };
    Ok(CheckIn {
        id: EntryId::from_bytes(row.get(1)?),
        moment: on_the_wall(moment)?,
        ratings: Box::default(),
        totals: Totals {
            body_sum: row.get(9)?,
            body_n: row.get(10)?,
            mind_sum: row.get(11)?,
            mind_n: row.get(12)?,
        },
        overall: overall
            .map(|n| Overall::new(n).ok_or(StoreError::Unreadable("an overall")))
            .transpose()?,
        note: note.map(Into::into),
        // Revision 0 is the first save: its stamp is no edit.
        edited_utc: (revision > 0).then(|| Stamp(edited).seconds()),
    })
}

/// Passes on a moment that has a wall time. A damaged number of seconds may lie outside chrono's range.
pub(super) fn on_the_wall(moment: Moment) -> Result<Moment> {
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
    use super::{SUMMED, SYMPTOM_SUMMED, SYMPTOMS, check_ins_where};
    use crate::store::integrity::sum::{CHECK_IN, SYMPTOM, are_places_of};
    use crate::store::{MIGRATIONS, migrations};
    use rusqlite::Connection;

    #[test]
    fn the_sums_of_check_ins_and_symptoms_are_read_from_the_columns_that_they_go_over() {
        let mut db = Connection::open_in_memory().unwrap();
        migrations::migrate(&mut db, None, MIGRATIONS).unwrap();
        let query = db.prepare(&check_ins_where("1")).unwrap();
        assert!(are_places_of(&CHECK_IN, &SUMMED, query.column_names()));
        let query = db.prepare(SYMPTOMS).unwrap();
        assert!(are_places_of(
            &SYMPTOM,
            &SYMPTOM_SUMMED,
            query.column_names()
        ));
    }
}
