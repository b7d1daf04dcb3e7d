//! Records in the file: one table for all kinds of the registry.
//!
//! Invariant: an amount has at most three decimals in the file and is read back exactly. A field that this version does not
//! know is read and written again unchanged.

use super::Store;
use super::error::{Result, StoreError};
use super::hybrid_clock::Stamp;
use super::integrity::sum;
use super::integrity::unread::RowName;
use super::read::{Zones, date, hex, on_the_wall, zone_of};
use super::step::StepWriter;
use super::undo_log::table::SqlTable;
use crate::domain::amount::Amount;
use crate::domain::id::EntryId;
use crate::domain::record::kind::Kind;
use crate::domain::record::{Fields, Record, Value};
use crate::domain::taper::plans;
use crate::domain::time::Moment;
use chrono::NaiveDate;
use rusqlite::{OptionalExtension, Row, params};
use serde_json::{Map, Number, Value as Json};
use std::borrow::Cow;

/// The columns that [`record`] reads, in its order.
pub(super) const COLUMNS: &str =
    "uid, kind, about, at_utc, offset_min, zone, day, late, fields, revision, edited, without_time";

/// The columns that name a row in `doctor`.
const ROW_NAME: RowName = RowName::new("record", 0, Some(6)).summed(&sum::RECORD);

impl Store {
    /// The records of the days from `since` on, or of all days if it is `None`.
    pub(super) fn records_since(
        &self,
        since: Option<NaiveDate>,
        zones: &mut Zones,
    ) -> Result<Vec<Record>> {
        match since {
            Some(first) => self.records("day >= ?1", params![first.to_string()], zones),
            None => self.records("day IS NOT NULL", [], zones),
        }
    }

    /// The records of one day.
    pub(super) fn records_of(&self, day: NaiveDate, zones: &mut Zones) -> Result<Vec<Record>> {
        self.records("day = ?1", params![day.to_string()], zones)
    }

    /// The records without a day: medicines, plans, products and the like.
    pub(super) fn standing(&self, zones: &mut Zones) -> Result<Vec<Record>> {
        self.records("day IS NULL", [], zones)
    }

    /// The products and practices of the person, which give others their names.
    pub(super) fn own_names(&self, zones: &mut Zones) -> Result<Vec<Record>> {
        let kinds = format!("{}, {}", Kind::Product.code(), Kind::OwnPractice.code());
        let kinds = kinds.replace(", ", "', '");
        self.records(&format!("day IS NULL AND kind IN ('{kinds}')"), [], zones)
    }

    fn records(
        &self,
        filter: &str,
        with: impl rusqlite::Params,
        zones: &mut Zones,
    ) -> Result<Vec<Record>> {
        let sum = sum::RECORD.tail();
        let sql =
            format!("SELECT {COLUMNS}, {sum} FROM record WHERE {filter} AND deleted_at IS NULL");
        let mut query = self.db.prepare_cached(&sql)?;
        let mut rows = query.query(with)?;
        let mut records = Vec::new();
        while let Some(row) = rows.next()? {
            let record = self.read_or_note(record(row, zones), row, ROW_NAME)?;
            // The terms of a plan are text inside a field. If they are damaged, the record is still listed and exported, so
            // it is noted, not left out.
            if record
                .as_ref()
                .is_some_and(|record| !plans::can_be_read(record))
            {
                let plan = Err(StoreError::Unreadable("a plan's terms"));
                self.read_or_note::<Record>(plan, row, ROW_NAME.aside())?;
            }
            records.extend(record);
        }
        self.rows_read
            .set(self.rows_read.get() + records.len() as u64);
        Ok(records)
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
pub(super) fn record(row: &Row<'_>, zones: &mut Zones) -> Result<Record> {
    let text = |at: usize| -> Result<&str> {
        row.get_ref(at)?
            .as_str()
            .map_err(|_| StoreError::Unreadable("a record"))
    };
    let kind = Kind::from_code(text(1)?).ok_or(StoreError::NotKnown("a kind of entry"))?;
    let at_utc: Option<i64> = row.get(3)?;
    let moment = match at_utc {
        None => None,
        Some(at_utc) => Some(on_the_wall(Moment {
            at_utc,
            offset_min: row.get(4)?,
            zone: zone_of(text(5)?, zones),
            day: date(text(6)?)?,
            late: row.get(7)?,
            without_time: row.get::<_, Option<bool>>(11)?.unwrap_or_default(),
        })?),
    };
    let revision: i64 = row.get(9)?;
    let edited: [u8; 24] = row.get(10)?;
    Ok(Record {
        id: EntryId::from_bytes(row.get(0)?),
        kind,
        moment,
        about: row.get::<_, Option<String>>(2)?.map(Into::into),
        fields: from_json(kind, text(8)?)?,
        edited_utc: (revision > 0).then(|| Stamp(edited).seconds()),
    })
}

fn to_json(fields: &Fields) -> Result<String> {
    let mut object = Map::new();
    for (code, value) in fields.iter() {
        let value = match value {
            Value::Text(text) => Json::String(text.to_string()),
            Value::Number(amount) => number(*amount)?,
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

fn from_json(kind: Kind, text: &str) -> Result<Fields> {
    let unreadable = || StoreError::Unreadable("a record's fields");
    let object: Map<String, Json> = serde_json::from_str(text).map_err(|_| unreadable())?;
    let mut fields = Fields::default();
    for (code, value) in object {
        // A known code borrows the registry's text; only a field of a later version needs an own String.
        let code = match kind.field(&code) {
            Some(field) => Cow::Borrowed(field.code),
            None => Cow::Owned(code),
        };
        let value = match value {
            Json::String(text) => Value::Text(text.into()),
            Json::Number(number) => {
                Value::Number(Amount::nearest(number.as_f64().ok_or_else(unreadable)?))
            }
            _ => return Err(StoreError::NotKnown("a field of an entry")),
        };
        fields.set(code, value);
    }
    Ok(fields)
}
