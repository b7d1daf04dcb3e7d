//! The sum of a row: what it is computed from, where it is written, and whether it is right.
//!
//! Invariant: a sum does not depend on the file. It goes over what a person wrote, with the names that a row has on every
//! machine, and not over local numbers and the times of edits. Only [`write`] and [`write_all`] write sums. A wrong sum is
//! never made right by a change of a part of its row: only a row that is written whole gets a fresh one.

use super::cells::WIDEST;
use crate::store::error::{Result, StoreError};
use rusqlite::types::{Value, ValueRef};
use rusqlite::{Connection, ErrorCode, Row, params};
use xxhash_rust::xxh3::xxh3_64;

/// The rows of a table as sums see them.
#[derive(Debug)]
pub(in crate::store) struct Layout {
    pub(super) table: &'static str,
    /// The column that names a row in `doctor`.
    pub(super) name: &'static str,
    /// The day of a row, as SQL.
    pub(super) day: &'static str,
    /// The column that finds a row in this file, also a row whose name is damaged.
    address: &'static str,
    // Append only, and only together with a migration that writes all sums anew: the sums lie in the journals of people.
    /// The columns that the sum goes over, in its order.
    columns: &'static str,
    // A column that a later form added goes into the sum only where it is filled. So the sums of earlier rows stay right, and
    // no migration has to make them anew, which would make a wrong one right.
    /// The column that a later form added.
    added: Option<&'static str>,
    /// The query for the rows that belong to a row, by its number, such as the ratings of a check-in.
    parts: Option<&'static str>,
}

pub(in crate::store) const CHECK_IN: Layout = Layout {
    table: "check_in",
    name: "uid",
    day: "day",
    address: "id",
    columns: "uid, at_utc, offset_min, zone, day, late, overall, note, body_sum, body_n, mind_sum, mind_n, deleted_at",
    added: Some("without_time"),
    // The code of the symptom and not its number, which differs from file to file.
    parts: Some(
        "SELECT s.code, r.severity, r.copied FROM rating r LEFT JOIN symptom s ON s.id = r.symptom WHERE r.check_in = ?1",
    ),
};
pub(in crate::store) const RECORD: Layout = Layout {
    table: "record",
    columns: "uid, kind, about, at_utc, offset_min, zone, day, late, fields, deleted_at",
    parts: None,
    ..CHECK_IN
};
pub(in crate::store) const ATTEMPT: Layout = Layout {
    table: "attempt",
    day: "began",
    columns: "uid, began, day_zero, method, name, goal, ended, ending, deleted_at",
    added: None,
    ..RECORD
};
pub(in crate::store) const SYMPTOM: Layout = Layout {
    table: "symptom",
    name: "code",
    day: "NULL",
    columns: "uid, code, name, category, origin, rated",
    added: None,
    ..RECORD
};
pub(in crate::store) const SETTING: Layout = Layout {
    table: "setting",
    name: "key",
    address: "key",
    columns: "key, value",
    ..SYMPTOM
};
pub(in crate::store) const HELP_LINE: Layout = Layout {
    table: "help_line",
    name: "uid",
    columns: "uid, name, contact, deleted_at",
    ..SYMPTOM
};
pub(in crate::store) const DRAFT: Layout = Layout {
    table: "draft",
    address: "uid",
    columns: "uid, kind, day, content, written_at",
    added: None,
    ..RECORD
};
pub(in crate::store) const STEP: Layout = Layout {
    table: "log_step",
    name: "id",
    columns: "at_utc, what, day, undone",
    parts: Some("SELECT seq, tbl, row_key, image, stamp FROM log_image WHERE step = ?1"),
    added: None,
    ..RECORD
};

/// Every table whose rows have a sum.
pub(super) const ALL: [Layout; 8] = [
    CHECK_IN, RECORD, ATTEMPT, SYMPTOM, SETTING, HELP_LINE, DRAFT, STEP,
];

/// Those whose rows can lie in the bin.
pub(super) const BINNED: [Layout; 4] = [CHECK_IN, RECORD, ATTEMPT, HELP_LINE];

impl Layout {
    /// The end of a `SELECT` whose rows [`RowSum::of`] reads.
    pub(in crate::store) fn tail(&self) -> String {
        match self.added {
            Some(added) => format!("{}, {added}, sum", self.columns),
            None => format!("{}, sum", self.columns),
        }
    }

    fn width(&self) -> usize {
        self.columns.split(',').count() + usize::from(self.added.is_some())
    }

    /// The rows of the form that brought the sums.
    fn first(&self) -> Self {
        Self {
            added: None,
            ..*self
        }
    }

    /// The number that the parts of a row name it by.
    const fn number(&self) -> &'static str {
        if self.parts.is_some() { "id" } else { "0" }
    }

    /// The placeholder of a key.
    fn place(&self) -> &'static str {
        // The text of a damaged key can only be bound as bytes, and bytes never equal a text.
        if self.address == "key" {
            "CAST(?1 AS TEXT)"
        } else {
            "?1"
        }
    }

    /// The address of a row in this file as SQL.
    fn address(&self) -> &'static str {
        if self.address == "key" {
            "CAST(key AS BLOB)"
        } else {
            self.address
        }
    }
}

/// The sum of a row: the stored one, and the one computed from what the row holds. The parts of the row are added one by
/// one, in any order.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::store) struct RowSum {
    stored: Option<u64>,
    computed: u64,
}

impl RowSum {
    /// Reads a row of a query that ends with [`Layout::tail`]. Its parts are still to be added.
    pub(in crate::store) fn of(row: &Row<'_>, layout: &Layout) -> Result<Self> {
        let end = row.as_ref().column_count().saturating_sub(1);
        let from = end.saturating_sub(layout.width());
        Self::of_row(row, layout, &mut (from..=end))
    }

    /// Reads a row of a query that has the columns of its sum at these places.
    pub(in crate::store) fn at(
        row: &Row<'_>,
        layout: &Layout,
        places: &'static [usize],
    ) -> Result<Self> {
        Self::of_row(row, layout, &mut places.iter().copied())
    }

    fn of_row(
        row: &Row<'_>,
        layout: &Layout,
        places: &mut dyn Iterator<Item = usize>,
    ) -> Result<Self> {
        let mut cells = Vec::with_capacity(WIDEST);
        for at in places {
            cells.push(row.get_ref(at)?);
        }
        Ok(Self::read(&cells, layout))
    }

    /// [`Self::at`] for a row whose cells have been read: reading a cell takes as long as adding it to the sum.
    pub(in crate::store) fn of_cells(
        cells: &[ValueRef<'_>],
        layout: &Layout,
        places: &'static [usize],
    ) -> Self {
        let mut ordered = [ValueRef::Null; WIDEST];
        for (to, at) in ordered.iter_mut().zip(places) {
            *to = cells.get(*at).copied().unwrap_or(ValueRef::Null);
        }
        let ordered = ordered.get(..places.len()).unwrap_or(&ordered);
        Self::read(ordered, layout)
    }

    /// Takes the cells of the layout's columns, and at last that of the sum.
    fn read(cells: &[ValueRef<'_>], layout: &Layout) -> Self {
        let (sum, mut cells) = cells.split_last().unwrap_or((&ValueRef::Null, &[]));
        if layout.added.is_some()
            && let Some((ValueRef::Null, others)) = cells.split_last()
        {
            cells = others;
        }
        let stored = match sum {
            ValueRef::Integer(sum) => Some(sum.cast_unsigned()),
            // A sum that is no number is none of ours.
            _ => None,
        };
        let mut bytes = Vec::with_capacity(256);
        encode(ValueRef::Text(layout.table.as_bytes()), &mut bytes);
        for cell in cells {
            encode(*cell, &mut bytes);
        }
        Self {
            stored,
            computed: xxh3_64(&bytes),
        }
    }

    /// Adds a part of the row.
    pub(in crate::store) const fn add(&mut self, part: u64) {
        self.computed = self.computed.wrapping_add(part);
    }

    /// Whether the row is as it was written.
    pub(in crate::store) fn is_right(self) -> bool {
        self.gap() == Gap::NONE
    }

    /// How far the stored sum is from the computed one.
    pub(in crate::store) fn gap(self) -> Gap {
        Gap(self.stored.map(|stored| stored.wrapping_sub(self.computed)))
    }
}

/// How far the stored sum of a row is from the computed one; nothing for a row without a sum. A change of a part of a row
/// leaves it as it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::store) struct Gap(Option<u64>);

impl Gap {
    /// That of a row that is as it was written.
    pub(in crate::store) const NONE: Self = Self(Some(0));
}

/// The codes of the symptoms of a file by their numbers, as they go into sums. A load reads all ratings in one scan, without a
/// join.
#[derive(Default)]
pub(in crate::store) struct Codes {
    /// In the order of their numbers.
    known: Vec<Code>,
    // A rating says one of a dozen things about a symptom, and to hash it takes longer than to read it.
    /// What the ratings of each have added so far; empty where no sum is computed.
    shares: Vec<[Option<u64>; ANSWERS * 2]>,
    // One for all ratings: ten years have a hundred thousand.
    bytes: Vec<u8>,
}

/// A symptom.
struct Code {
    number: i64,
    encoded: Vec<u8>,
    is_readable: bool,
}

/// The answers that a rating can hold: none, and 0 to 4.
const ANSWERS: usize = 6;

/// The place of a rating among all that can be said about a symptom; `None` for what no version has written.
fn share_at(severity: ValueRef<'_>, copied: ValueRef<'_>) -> Option<usize> {
    let answer = match severity {
        ValueRef::Null => 0,
        ValueRef::Integer(number @ 0..=4) => usize::try_from(number).ok()? + 1,
        _ => return None,
    };
    match copied {
        ValueRef::Integer(0) => Some(answer),
        ValueRef::Integer(1) => Some(ANSWERS + answer),
        _ => None,
    }
}

impl Codes {
    /// Takes in the next symptom, in the order of their numbers, and whether it could be read.
    pub(in crate::store) fn add(&mut self, number: i64, code: ValueRef<'_>, is_readable: bool) {
        let mut encoded = Vec::with_capacity(32);
        encode(code, &mut encoded);
        self.shares.push([None; ANSWERS * 2]);
        self.known.push(Code {
            number,
            encoded,
            is_readable,
        });
    }

    /// The same where no sum is computed.
    pub(in crate::store) fn add_number(&mut self, number: i64, is_readable: bool) {
        self.known.push(Code {
            number,
            encoded: Vec::new(),
            is_readable,
        });
    }

    /// The place of the symptom of a rating.
    fn place(&self, symptom: ValueRef<'_>) -> Option<usize> {
        let ValueRef::Integer(number) = symptom else {
            return None;
        };
        // Nearly all files number them from 1 on without a gap.
        let likely = usize::try_from(number).unwrap_or(0).wrapping_sub(1);
        match self.known.get(likely) {
            Some(code) if code.number == number => Some(likely),
            _ => {
                let known = &self.known;
                known.binary_search_by_key(&number, |code| code.number).ok()
            }
        }
    }

    /// Whether the symptom of a rating is there and could be read.
    pub(in crate::store) fn knows(&self, symptom: ValueRef<'_>) -> bool {
        let code = self.place(symptom).and_then(|at| self.known.get(at));
        code.is_some_and(|code| code.is_readable)
    }

    /// The share of a rating in the sum of its check-in, by its columns symptom, severity and copied, and whether its symptom is
    /// there and could be read.
    pub(in crate::store) fn rating(
        &mut self,
        [symptom, severity, copied]: [ValueRef<'_>; 3],
    ) -> (u64, bool) {
        let place = self.place(symptom);
        let code = place.and_then(|at| self.known.get(at));
        let is_readable = code.is_some_and(|code| code.is_readable);
        let shares = place.and_then(|at| self.shares.get_mut(at));
        let kept = shares.zip(share_at(severity, copied));
        let mut kept = kept.and_then(|(shares, at)| shares.get_mut(at));
        if let Some(Some(share)) = kept {
            return (*share, is_readable);
        }
        self.bytes.clear();
        match code {
            Some(code) => self.bytes.extend_from_slice(&code.encoded),
            None => encode(ValueRef::Null, &mut self.bytes),
        }
        encode(severity, &mut self.bytes);
        encode(copied, &mut self.bytes);
        let share = xxh3_64(&self.bytes);
        if let Some(kept) = &mut kept {
            **kept = Some(share);
        }
        (share, is_readable)
    }
}

fn part<'a>(values: impl Iterator<Item = ValueRef<'a>>) -> u64 {
    let mut bytes = Vec::with_capacity(64);
    for value in values {
        encode(value, &mut bytes);
    }
    xxh3_64(&bytes)
}

/// Appends the type, the length and the bytes of a value, so that no byte can move into the next column unseen.
fn encode(value: ValueRef<'_>, into: &mut Vec<u8>) {
    match value {
        ValueRef::Null => into.extend_from_slice(&[0; 9]),
        ValueRef::Integer(number) => encode_number(1, number.to_le_bytes(), into),
        ValueRef::Real(number) => encode_number(2, number.to_bits().to_le_bytes(), into),
        ValueRef::Text(text) => encode_bytes(3, text, into),
        ValueRef::Blob(blob) => encode_bytes(4, blob, into),
    }
}

// Appended in one piece: most cells are numbers, and a piece takes longer than its bytes.
fn encode_number(kind: u8, number: [u8; 8], into: &mut Vec<u8>) {
    let mut all = [0; 17];
    all[0] = kind;
    all[1] = 8;
    all[9..].copy_from_slice(&number);
    into.extend_from_slice(&all);
}

fn encode_bytes(kind: u8, bytes: &[u8], into: &mut Vec<u8>) {
    let mut head = [0; 9];
    head[0] = kind;
    head[1..].copy_from_slice(&(bytes.len() as u64).to_le_bytes());
    into.extend_from_slice(&head);
    into.extend_from_slice(bytes);
}

fn add_parts(db: &Connection, layout: &Layout, number: i64, sum: &mut RowSum) -> Result<()> {
    let Some(parts) = layout.parts else {
        return Ok(());
    };
    let mut query = db.prepare_cached(parts)?;
    let width = query.column_count();
    let mut rows = query.query([number])?;
    while let Some(row) = rows.next()? {
        let values: rusqlite::Result<Vec<_>> = (0..width).map(|at| row.get_ref(at)).collect();
        sum.add(part(values?.into_iter()));
    }
    Ok(())
}

/// The sum of the row whose `column` is `key`; `None` if there is no such row.
pub(in crate::store) fn of(
    db: &Connection,
    layout: &Layout,
    column: &str,
    key: &Value,
) -> Result<Option<RowSum>> {
    let sql = format!(
        "SELECT {}, {} FROM {} WHERE {column} = {}",
        layout.number(),
        layout.tail(),
        layout.table,
        layout.place()
    );
    let mut query = db.prepare_cached(&sql)?;
    let mut rows = query.query([key])?;
    let Some(row) = rows.next()? else {
        return Ok(None);
    };
    let mut sum = RowSum::of(row, layout)?;
    add_parts(db, layout, row.get(0)?, &mut sum)?;
    Ok(Some(sum))
}

/// Writes the sum of the row whose `column` is `key`. `gap` is that of the row before a change of a part of it: a row that
/// was not as it was written stays so.
pub(in crate::store) fn write(
    db: &Connection,
    layout: &Layout,
    column: &str,
    key: &Value,
    gap: Gap,
) -> Result<()> {
    let Some(sum) = of(db, layout, column, key)? else {
        return Ok(());
    };
    let sum = gap.0.map(|gap| sum.computed.wrapping_add(gap));
    let sql = format!(
        "UPDATE {} SET sum = ?2 WHERE {column} = {}",
        layout.table,
        layout.place()
    );
    let sum = sum.map(u64::cast_signed);
    db.prepare_cached(&sql)?.execute(params![key, sum])?;
    Ok(())
}

/// The sum of a step of the undo log.
pub(in crate::store) fn of_step(db: &Connection, step: i64) -> Result<Option<RowSum>> {
    of(db, &STEP, STEP.address, &Value::Integer(step))
}

/// Writes the sum of a step of the undo log. `gap` is as in [`write`].
pub(in crate::store) fn write_step(db: &Connection, step: i64, gap: Gap) -> Result<()> {
    write(db, &STEP, STEP.address, &Value::Integer(step), gap)
}

/// Writes the sums of all rows of the form that brought them, also of those that this program cannot read.
pub(in crate::store) fn write_all(db: &Connection) -> Result<()> {
    for layout in &ALL.map(|layout| layout.first()) {
        let sql = format!("SELECT {} FROM {}", layout.address(), layout.table);
        let keys: Vec<Value> = {
            let mut query = db.prepare(&sql)?;
            let rows = query.query_map([], |row| row.get(0))?;
            rows.collect::<rusqlite::Result<_>>()?
        };
        for key in keys {
            match write(db, layout, layout.address, &key, Gap::NONE) {
                // A row with a value of a wrong type cannot be changed. It stays without a sum, so it is named later.
                Err(StoreError::Sql { source, .. })
                    if source.sqlite_error_code() == Some(ErrorCode::ConstraintViolation) => {}
                outcome => outcome?,
            }
        }
    }
    Ok(())
}

/// How many rows of a file do not match their sums; none in a form without sums.
pub(in crate::store) fn wrong_rows(db: &Connection) -> Result<usize> {
    let mut wrong = 0;
    if !db.column_exists(None, STEP.table, "sum")? {
        return Ok(wrong);
    }
    for layout in &ALL {
        // A copy may be of a form between the sums and the column.
        let first = layout.first();
        let has_added = match layout.added {
            Some(added) => db.column_exists(None, layout.table, added)?,
            None => false,
        };
        let layout = if has_added { layout } else { &first };
        each(db, layout, "1", |sum, _, _| {
            wrong += usize::from(!sum.is_right());
        })?;
    }
    Ok(wrong)
}

/// Calls `see` for every row of a table that `filter` selects, with its sum, its name and its day.
pub(in crate::store) fn each(
    db: &Connection,
    layout: &Layout,
    filter: &str,
    mut see: impl FnMut(RowSum, ValueRef<'_>, ValueRef<'_>),
) -> Result<()> {
    let sql = format!(
        "SELECT {}, {}, {}, {} FROM {} WHERE {filter}",
        layout.number(),
        layout.name,
        layout.day,
        layout.tail(),
        layout.table
    );
    let mut query = db.prepare_cached(&sql)?;
    let mut rows = query.query([])?;
    while let Some(row) = rows.next()? {
        let mut sum = RowSum::of(row, layout)?;
        add_parts(db, layout, row.get(0)?, &mut sum)?;
        see(sum, row.get_ref(1)?, row.get_ref(2)?);
    }
    Ok(())
}

/// Whether `places` are those of the columns of a sum, in its order, among the columns of a query.
#[cfg(test)]
pub(in crate::store) fn are_places_of<'a>(
    layout: &Layout,
    places: &[usize],
    columns: impl Iterator<Item = &'a str>,
) -> bool {
    let columns: Vec<&str> = columns.collect();
    let order = layout
        .columns
        .split(", ")
        .chain(layout.added)
        .chain(["sum"]);
    let at = places.iter().map(|at| columns.get(*at).copied());
    at.eq(order.map(Some))
}
