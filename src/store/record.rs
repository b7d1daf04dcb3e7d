//! Records in the file: one table for all kinds of the registry.
//!
//! Invariant: an amount has at most three decimals in the file and is read back exactly. A field that this version does not
//! know is read and written again unchanged.

use super::Store;
use super::error::{Result, StoreError};
use super::hybrid_clock::Stamp;
use super::integrity::cells;
use super::integrity::cells::Cells;
use super::integrity::sum;
use super::integrity::unread::RowName;
use super::read::{Names, Sums, date, hex, on_the_wall};
use super::step::StepWriter;
use super::undo_log::table::SqlTable;
use crate::domain::amount::Amount;
use crate::domain::id::EntryId;
use crate::domain::journal::by_day::{DayRecords, Gathering};
use crate::domain::record::fields::Packing;
use crate::domain::record::kind::Kind;
use crate::domain::record::{Fields, Held, Record};
use crate::domain::taper::plans;
use crate::domain::time::Moment;
use crate::domain::time::span::Span;
use chrono::NaiveDate;
use rusqlite::types::ValueRef;
use rusqlite::{OptionalExtension, Row, Rows, params};
use serde::de::{IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde::{Deserialize, Deserializer};
use serde_json::{Map, Number, Value as Json};
use std::borrow::Cow;
use std::fmt;

/// The columns that [`record`] reads, in its order.
pub(super) const COLUMNS: &str =
    "uid, kind, about, at_utc, offset_min, zone, day, late, fields, revision, edited, without_time";

/// How many they are.
const CELLS: usize = 12;

/// The columns that name a row in `doctor`.
const UNSUMMED: RowName = RowName::new("record", 0, Some(6));
/// The same, and those of its sum.
const ROW_NAME: RowName = UNSUMMED.summed_at(&sum::RECORD, &SUMMED);

// Of the two that follow the last is not read: it is empty in every row that is selected.
/// The places of the columns of [`sum::RECORD`] in a row of [`COLUMNS`] and the two that follow them.
const SUMMED: [usize; 12] = [0, 1, 2, 3, 4, 5, 6, 7, 8, 13, 11, 12];

/// After every day, also one that cannot be read.
const BEHIND_ALL: &str = "\u{10ffff}";

/// Which records of a stretch of days are read.
#[derive(Clone, Copy)]
struct Stretch<'a> {
    from: &'a str,
    to: &'a str,
    /// All, where it is not given.
    kind: Option<Kind>,
    /// Likewise. It is only given with a kind.
    about: Option<&'a str>,
}

impl<'a> Stretch<'a> {
    const fn of(from: &'a str, to: &'a str) -> Self {
        Self {
            from,
            to,
            kind: None,
            about: None,
        }
    }

    /// What [`OF_STRETCH`] asks for.
    fn values(&self) -> (&str, &str, Option<&'static str>, Option<&str>) {
        (self.from, self.to, self.kind.map(Kind::code), self.about)
    }
}

/// One filter for all stretches: to prepare a query takes as long as to read ten records.
const OF_STRETCH: &str =
    "day >= ?1 AND day <= ?2 AND (?3 IS NULL OR kind = ?3 AND (?4 IS NULL OR about = ?4))";

fn select(filter: &str, sums: Sums) -> String {
    let more = sums.columns();
    format!("SELECT {COLUMNS}{more} FROM record WHERE {filter} AND deleted_at IS NULL")
}

impl Store {
    /// The records of the days from `first` on, with their days.
    pub(super) fn records_since(
        &self,
        first: NaiveDate,
        sums: Sums,
        names: &mut Names,
    ) -> Result<Vec<(NaiveDate, Record)>> {
        let (first, mut records) = (first.to_string(), Vec::new());
        let stretch = Stretch::of(&first, BEHIND_ALL);
        self.each_of(stretch, sums, names, |record| {
            records.extend(record.day().map(|day| (day, record)));
        })?;
        Ok(records)
    }

    /// The records of all days.
    pub(super) fn all_records(&self, names: &mut Names) -> Result<Gathering<DayRecords>> {
        let mut days = Gathering::default();
        self.each_record(
            "day IS NOT NULL",
            [],
            Sums::Compared,
            names,
            |record: Record| {
                if let Some(day) = record.day() {
                    days.add(day, record);
                }
            },
        )?;
        Ok(days)
    }

    /// The records of one day.
    pub(super) fn records_of(&self, day: NaiveDate, names: &mut Names) -> Result<Vec<Record>> {
        let (day, mut records) = (day.to_string(), Vec::new());
        let stretch = Stretch::of(&day, &day);
        self.each_of(stretch, Sums::Compared, names, |record| {
            records.push(record);
        })?;
        Ok(records)
    }

    /// Passes on each record of a stretch of days as it is read.
    fn each_of(
        &self,
        of: Stretch<'_>,
        sums: Sums,
        names: &mut Names,
        each: impl FnMut(Record),
    ) -> Result<()> {
        let mut query = self.db.prepare_cached(&select(OF_STRETCH, sums))?;
        self.each_row(query.query(of.values())?, sums, names, each)
    }

    /// The records of a kind, about one thing if it is given, on the last day of `span` that has one. Like
    /// [`Store::load_quickly`].
    pub(crate) fn last_records(
        &self,
        kind: Kind,
        about: Option<&str>,
        span: Span,
    ) -> Result<Vec<Record>> {
        self.named(self.read_last(kind, about, span))
    }

    fn read_last(&self, kind: Kind, about: Option<&str>, span: Span) -> Result<Vec<Record>> {
        let mut query = (self.db).prepare_cached(&select(OF_STRETCH, Sums::Later))?;
        let (mut records, mut names) = (Vec::new(), Names::of_few());
        // A day after the other: backward through all at once SQLite finds each row anew, where forward it takes the next.
        for back in 1..=span.len() as u64 {
            let day = Span::ending(span.to, back).from.to_string();
            let of = Stretch {
                kind: Some(kind),
                about,
                ..Stretch::of(&day, &day)
            };
            let rows = query.query(of.values())?;
            self.each_row(rows, Sums::Later, &mut names, |record| records.push(record))?;
            if !records.is_empty() {
                break;
            }
        }
        Ok(records)
    }

    /// The records without a day: medicines, plans, products and the like.
    pub(super) fn standing(&self, sums: Sums, names: &mut Names) -> Result<Vec<Record>> {
        self.records("day IS NULL", [], sums, names)
    }

    /// The products and practices of the person, which give others their names.
    pub(super) fn own_names(&self, names: &mut Names) -> Result<Vec<Record>> {
        let kinds = format!("{}, {}", Kind::Product.code(), Kind::OwnPractice.code());
        let kinds = kinds.replace(", ", "', '");
        let filter = format!("day IS NULL AND kind IN ('{kinds}')");
        self.records(&filter, [], Sums::Compared, names)
    }

    fn records(
        &self,
        filter: &str,
        with: impl rusqlite::Params,
        sums: Sums,
        names: &mut Names,
    ) -> Result<Vec<Record>> {
        let mut records = Vec::new();
        self.each_record(filter, with, sums, names, |record| records.push(record))?;
        Ok(records)
    }

    /// Passes on each record that `filter` selects as it is read.
    fn each_record(
        &self,
        filter: &str,
        with: impl rusqlite::Params,
        sums: Sums,
        names: &mut Names,
        each: impl FnMut(Record),
    ) -> Result<()> {
        let mut query = self.db.prepare_cached(&select(filter, sums))?;
        self.each_row(query.query(with)?, sums, names, each)
    }

    /// Passes on each record of a query of [`select`] as it is read.
    fn each_row(
        &self,
        mut rows: Rows<'_>,
        sums: Sums,
        names: &mut Names,
        mut each: impl FnMut(Record),
    ) -> Result<()> {
        let mut count = 0;
        while let Some(row) = rows.next()? {
            let kept;
            let (cells, name) = match sums {
                Sums::Compared => {
                    kept = cells::keep(row, CELLS + 1)?;
                    (Cells::kept(row, &kept), ROW_NAME)
                }
                Sums::Later => (Cells::of(row), UNSUMMED),
            };
            // Handed on as it is: a load reads a hundred thousand records, and a record is large.
            match record_of(&cells, names) {
                Ok(record) => {
                    self.compare_cells(&cells, row, name);
                    // The terms of a plan are text inside a field. If they are damaged, the record is still listed and
                    // exported, so it is noted, not left out.
                    if sums == Sums::Compared && !plans::can_be_read(&record) {
                        let plan = Err(StoreError::Unreadable("a plan's terms"));
                        self.read_or_note::<Record>(plan, row, ROW_NAME.aside())?;
                    }
                    count += 1;
                    each(record);
                }
                unread => {
                    self.noted(unread, row, name)?;
                    self.compare_cells(&cells, row, name);
                }
            }
        }
        self.rows_read.set(self.rows_read.get() + count);
        Ok(())
    }
}

impl StepWriter<'_> {
    /// Adds a record, or replaces the record with the same id.
    pub(super) fn record(&mut self, record: &Record) -> Result<()> {
        if record.moment.is_some() != record.kind.has_day() {
            return Err(StoreError::Blank);
        }
        Store::refuse_erased(self.db, record.id)?;
        let key = hex(record.id.as_bytes());
        let mut find = self
            .db
            .prepare_cached("SELECT 1 FROM record WHERE uid = ?1")?;
        let is_new = !find.exists([record.id.as_bytes()])?;
        let (stamp, was_edited) = self.stamp_of(is_new, record.edited_utc);
        self.touch_record(record.id)?;
        self.days.extend(record.day());
        let moment = record.moment.as_ref();
        // An upsert by the client's id: a save that is tried again after an unclear error makes no second record.
        let sql = "INSERT INTO record (uid, kind, about, at_utc, offset_min, zone, day, late, fields, revision, edited,
                       without_time)
                   VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?12, ?10, ?11)
                   ON CONFLICT (uid) DO UPDATE SET kind = ?2, about = ?3, at_utc = ?4, offset_min = ?5, zone = ?6, day = ?7,
                       late = ?8, fields = ?9, revision = revision + 1, edited = ?10, deleted_at = NULL,
                       without_time = ?11";
        let values = params![
            record.id.as_bytes(),
            record.kind.code(),
            record.about(),
            moment.map(|moment| moment.at_utc),
            moment.map(|moment| moment.offset_min),
            moment.map(|moment| &*moment.zone),
            moment.map(|moment| moment.day.to_string()),
            moment.map(|moment| moment.late),
            to_json(&record.fields)?,
            stamp.0,
            moment.and_then(Moment::mark),
            was_edited,
        ];
        self.write_stamped(SqlTable::Record, &key, stamp, sql, values)?;
        self.put_away_contradicted(record.id)?;
        // In the same transaction, so that a crash leaves either the draft or the entry.
        self.db
            .prepare_cached("DELETE FROM draft WHERE uid = ?1")?
            .execute([record.id.as_bytes()])?;
        Ok(())
    }

    /// Puts away the days without that the dose `id` contradicts; nothing for any other record. In the step of the dose, so that
    /// taking the dose back brings them back.
    pub(super) fn put_away_contradicted(&self, id: EntryId) -> Result<()> {
        let mut find = self.db.prepare_cached(
            "SELECT other.uid FROM record dose JOIN record other ON other.day = dose.day AND other.about = dose.about
             WHERE dose.uid = ?1 AND dose.kind = ?2 AND other.kind = ?3 AND other.deleted_at IS NULL",
        )?;
        let kinds = (Kind::Dose.code(), Kind::DayWithout.code());
        let mut rows = find.query(params![id.as_bytes(), kinds.0, kinds.1])?;
        let mut contradicted: Vec<EntryId> = Vec::new();
        while let Some(row) = rows.next()? {
            contradicted.push(EntryId::from_bytes(row.get(0)?));
        }
        for id in contradicted {
            self.put_away(SqlTable::Record, id, "day without")?;
        }
        Ok(())
    }

    /// Refuses to bring back the day without `id` where a dose of its product counts for that day by now; nothing for any other
    /// record.
    pub(super) fn refuse_contradiction(&self, id: EntryId) -> Result<()> {
        let mut find = self.db.prepare_cached(
            "SELECT dose.day FROM record without JOIN record dose ON dose.day = without.day AND dose.about = without.about
             WHERE without.uid = ?1 AND without.kind = ?2 AND dose.kind = ?3 AND dose.deleted_at IS NULL",
        )?;
        let values = params![id.as_bytes(), Kind::DayWithout.code(), Kind::Dose.code()];
        let day: Option<String> = find.query_row(values, |row| row.get(0)).optional()?;
        match day {
            Some(day) => Err(StoreError::DoseOnDay { day: date(&day)? }),
            None => Ok(()),
        }
    }

    /// Moves a record to the bin.
    pub(super) fn delete_record(&mut self, id: EntryId) -> Result<()> {
        if !self.touch_record(id)? {
            return Err(StoreError::Unknown("entry"));
        }
        self.put_away(SqlTable::Record, id, "entry")
    }

    /// Notes the stored day of a record as changed. Returns whether there is such a record.
    fn touch_record(&mut self, id: EntryId) -> Result<bool> {
        let mut find = self
            .db
            .prepare_cached("SELECT day FROM record WHERE uid = ?1")?;
        let row: Option<Option<String>> = find
            .query_row([id.as_bytes()], |row| row.get(0))
            .optional()?;
        let Some(day) = row else {
            return Ok(false);
        };
        self.days.extend(day.and_then(|day| date(&day).ok()));
        Ok(true)
    }
}

/// Reads a row of [`COLUMNS`].
pub(super) fn record(row: &Row<'_>, names: &mut Names) -> Result<Record> {
    record_of(&Cells::of(row), names)
}

fn record_of<'a>(row: &Cells<'a, '_>, names: &mut Names) -> Result<Record> {
    let word = |cell: ValueRef<'a>| -> Result<&'a str> {
        cell.as_str()
            .map_err(|_| StoreError::Unreadable("a record"))
    };
    let text = |at: usize| word(row.cell(at)?);
    let kind = Kind::from_code(text(1)?).ok_or(StoreError::NotKnown("a kind of entry"))?;
    let at_utc: Option<i64> = row.get(3)?;
    let moment = match at_utc {
        None => None,
        Some(at_utc) => Some(on_the_wall(Moment {
            at_utc,
            offset_min: row.get(4)?,
            zone: names.shared(text(5)?),
            day: names.day(text(6)?)?,
            late: row.get(7)?,
            without_time: row.get::<Option<bool>>(11)?.unwrap_or_default(),
        })?),
    };
    let revision: i64 = row.get(9)?;
    let edited: [u8; 24] = row.get(10)?;
    Ok(Record {
        id: EntryId::from_bytes(row.get(0)?),
        kind,
        moment,
        about: match row.cell(2)? {
            ValueRef::Null => None,
            cell => Some(names.shared(word(cell)?)),
        },
        fields: names.fields(text(8)?, from_json)?,
        edited_utc: (revision > 0).then(|| Stamp(edited).seconds()),
    })
}

fn to_json(fields: &Fields) -> Result<String> {
    let mut object = Map::new();
    for (code, value) in fields.iter() {
        let value = match value {
            Held::Text(text) => Json::String(text.to_owned()),
            Held::Number(amount) => number(amount)?,
        };
        object.insert(code.to_owned(), value);
    }
    Ok(Json::Object(object).to_string())
}

fn number(amount: Amount) -> Result<Json> {
    let thousandths = amount.thousandths();
    // "5" and not "5.0", so that the same amount is always the same text: a merge compares texts.
    if thousandths % 1000 == 0 {
        return Ok((thousandths / 1000).into());
    }
    let number = Number::from_f64(amount.number()).ok_or(StoreError::Unreadable("an amount"))?;
    Ok(Json::Number(number))
}

fn from_json(text: &str) -> Result<Fields> {
    match serde_json::from_str(text) {
        Ok(Read(Some(fields))) => Ok(fields),
        Ok(Read(None)) => Err(StoreError::NotKnown("a field of an entry")),
        Err(_) => Err(StoreError::Unreadable("a record's fields")),
    }
}

/// The fields of a row; `None` if one of them holds neither words nor a number. Read straight into their packed form: a load
/// reads a hundred thousand of them.
struct Read(Option<Fields>);

impl<'de> Deserialize<'de> for Read {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> std::result::Result<Self, D::Error> {
        deserializer.deserialize_map(Reading)
    }
}

struct Reading;

impl<'de> Visitor<'de> for Reading {
    type Value = Read;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the fields of a record")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> std::result::Result<Read, A::Error> {
        let mut packing = Packing::default();
        let mut are_known = true;
        let mut last = Word::default();
        let mut is_sorted = true;
        while let Some((code, cell)) = map.next_entry::<Word<'_>, Cell<'_>>()? {
            is_sorted &= code > last;
            match cell {
                Cell::Text(text) => packing.add(&code.0, Held::Text(&text)),
                Cell::Number(number) => packing.add(&code.0, Held::Number(Amount::nearest(number))),
                Cell::Other => are_known = false,
            }
            last = code;
        }
        let mut fields = packing.fields();
        // Every version writes them in order. In any other row a field may stand twice, and the last one counts.
        if !is_sorted {
            let mut once = Fields::default();
            for (code, held) in fields.iter() {
                once.set(code, held.into());
            }
            fields = once;
        }
        Ok(Read(are_known.then_some(fields)))
    }
}

/// The code of a field, borrowed where the text has it as it is.
#[derive(Default, PartialEq, PartialOrd, Deserialize)]
struct Word<'a>(#[serde(borrow)] Cow<'a, str>);

/// What stands in a field of a row.
enum Cell<'a> {
    Text(Cow<'a, str>),
    Number(f64),
    /// What no version writes.
    Other,
}

impl<'de> Deserialize<'de> for Cell<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> std::result::Result<Self, D::Error> {
        deserializer.deserialize_any(CellReading)
    }
}

struct CellReading;

// Serde asks for a type of error that each reader chooses; none of these makes one.
impl<'de> Visitor<'de> for CellReading {
    type Value = Cell<'de>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("words or a number")
    }

    fn visit_borrowed_str<E>(self, text: &'de str) -> std::result::Result<Cell<'de>, E> {
        Ok(Cell::Text(Cow::Borrowed(text)))
    }

    fn visit_str<E>(self, text: &str) -> std::result::Result<Cell<'de>, E> {
        Ok(Cell::Text(Cow::Owned(text.to_owned())))
    }

    fn visit_f64<E>(self, number: f64) -> std::result::Result<Cell<'de>, E> {
        Ok(Cell::Number(number))
    }

    fn visit_i64<E>(self, number: i64) -> std::result::Result<Cell<'de>, E> {
        Ok(Cell::Number(number as f64))
    }

    fn visit_u64<E>(self, number: u64) -> std::result::Result<Cell<'de>, E> {
        Ok(Cell::Number(number as f64))
    }

    fn visit_bool<E>(self, _: bool) -> std::result::Result<Cell<'de>, E> {
        Ok(Cell::Other)
    }

    fn visit_unit<E>(self) -> std::result::Result<Cell<'de>, E> {
        Ok(Cell::Other)
    }

    fn visit_seq<A: SeqAccess<'de>>(
        self,
        mut cells: A,
    ) -> std::result::Result<Cell<'de>, A::Error> {
        while cells.next_element::<IgnoredAny>()?.is_some() {}
        Ok(Cell::Other)
    }

    fn visit_map<A: MapAccess<'de>>(
        self,
        mut cells: A,
    ) -> std::result::Result<Cell<'de>, A::Error> {
        while cells.next_entry::<IgnoredAny, IgnoredAny>()?.is_some() {}
        Ok(Cell::Other)
    }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test may stop at the first surprise")]
mod tests {
    use super::{SUMMED, Sums, select};
    use crate::store::integrity::sum::{RECORD, are_places_of};
    use crate::store::{MIGRATIONS, migrations};
    use rusqlite::Connection;

    #[test]
    fn the_sum_of_a_record_is_read_from_the_columns_that_it_goes_over() {
        let mut db = Connection::open_in_memory().unwrap();
        migrations::migrate(&mut db, None, MIGRATIONS).unwrap();
        let query = db.prepare(&select("1", Sums::Compared)).unwrap();
        assert!(are_places_of(&RECORD, &SUMMED, query.column_names()));
    }
}
