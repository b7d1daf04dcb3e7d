//! From the journal to the rows of the package's tables, ratings apart.

use super::table;
use super::table::{Column, INSTANT, Table};
use crate::domain::check_in::symptom::Origin;
use crate::domain::journal::Journal;
use crate::domain::record::kind::Kind;
use crate::domain::record::{Record, Value};
use crate::domain::time::Moment;
use crate::transfer::csv::{Range, offset, ordered};
use chrono::DateTime;
use serde_json::{Map, Number, Value as Json};

/// A row: a cell for each column of its table, and what no column can hold.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Row {
    /// `None`: blank.
    pub cells: Vec<Option<String>>,
    more: Map<String, Json>,
}

impl Row {
    /// What no column can hold; empty when there is nothing.
    pub fn more(&self) -> String {
        if self.more.is_empty() {
            return String::new();
        }
        Json::Object(self.more.clone()).to_string()
    }
}

/// A table with its rows.
#[derive(Debug, Clone, PartialEq)]
pub struct Sheet {
    /// Its columns.
    pub table: Table,
    /// In a fixed order.
    pub rows: Vec<Row>,
}

impl Sheet {
    fn new(table: Table) -> Self {
        let rows = Vec::new();
        Self { table, rows }
    }

    /// Whether it has the column for what no other can hold.
    pub fn has_more(&self) -> bool {
        self.rows.iter().any(|row| !row.more.is_empty())
    }

    fn row(&self) -> Filling<'_> {
        let cells = Vec::with_capacity(self.table.columns.len());
        Filling {
            columns: &self.table.columns,
            row: Row {
                cells,
                more: Map::new(),
            },
        }
    }
}

/// A row that is being filled, column by column.
struct Filling<'a> {
    columns: &'a [Column],
    row: Row,
}

impl Filling<'_> {
    /// Fills the next column.
    fn put(mut self, value: Option<String>) -> Self {
        let Some(column) = self.columns.get(self.row.cells.len()) else {
            return self;
        };
        let fits = value
            .as_deref()
            .is_none_or(|text| column.holds.check(text).is_ok());
        match value {
            Some(text) if !fits => {
                self.row.more.insert(column.name.to_owned(), text.into());
                self.row.cells.push(None);
            }
            value => self.row.cells.push(value),
        }
        self
    }

    fn text(self, text: &str) -> Self {
        self.put(Some(text.to_owned()))
    }

    fn flag(self, flag: bool) -> Self {
        self.text(if flag { "true" } else { "false" })
    }

    fn moment(self, moment: &Moment) -> Self {
        let at = DateTime::from_timestamp(moment.at_utc, 0).unwrap_or_default();
        self.text(&moment.day.to_string())
            .text(&at.format(INSTANT).to_string())
            .text(&moment.wall_time().format("%H:%M:%S").to_string())
            .text(&offset(moment.offset_min))
            .text(&moment.zone)
            .flag(moment.late)
    }

    fn value(mut self, value: Option<&Value>) -> Self {
        let Some(column) = self.columns.get(self.row.cells.len()) else {
            return self;
        };
        match value {
            Some(value) if column.holds.is_number() != matches!(value, Value::Number(_)) => {
                self.row.more.insert(column.name.to_owned(), json(value));
                self.row.cells.push(None);
                self
            }
            Some(Value::Number(amount)) if column.holds.check(&amount.to_string()).is_err() => {
                self.row
                    .more
                    .insert(column.name.to_owned(), json(&Value::Number(*amount)));
                self.row.cells.push(None);
                self
            }
            value => self.put(value.map(ToString::to_string)),
        }
    }
}

/// A value of a record as JSON: words as a string, an amount as a number.
pub fn json(value: &Value) -> Json {
    match value {
        Value::Text(text) => Json::String(text.to_string()),
        Value::Number(amount) if amount.thousandths() % 1000 == 0 => {
            Json::Number((amount.thousandths() / 1000).into())
        }
        Value::Number(amount) => Number::from_f64(amount.number()).map_or(Json::Null, Json::Number),
    }
}

/// Every table but ratings, in the order of the files.
pub fn sheets(journal: &Journal, range: Range) -> Vec<Sheet> {
    let mut sheets = vec![
        settings(journal),
        symptoms(journal),
        attempts(journal),
        check_ins(journal, range),
        help_lines(journal),
    ];
    sheets.extend(Kind::ALL.map(|kind| records(journal, kind, range)));
    sheets
}

fn settings(journal: &Journal) -> Sheet {
    let mut sheet = Sheet::new(table::settings());
    for setting in journal.settings.chosen() {
        let row = sheet.row().text(setting.key()).text(&setting.value()).row;
        sheet.rows.push(row);
    }
    sheet
}

fn symptoms(journal: &Journal) -> Sheet {
    let mut sheet = Sheet::new(table::symptoms());
    for symptom in &journal.symptoms {
        let origin = origin(symptom.origin);
        let row = sheet.row().text(&symptom.code).text(&symptom.name);
        let row = row.text(symptom.category.code()).text(origin);
        sheet.rows.push(row.flag(symptom.rated).row);
    }
    sheet
}

/// The word in files.
pub const fn origin(origin: Origin) -> &'static str {
    match origin {
        Origin::Core => "core",
        Origin::Extended => "extended",
        Origin::Own => "own",
    }
}

fn attempts(journal: &Journal) -> Sheet {
    let mut sheet = Sheet::new(table::attempts());
    for numbered in journal.attempts.iter() {
        let attempt = numbered.attempt;
        let row = sheet
            .row()
            .text(&attempt.id.to_string())
            .text(&attempt.began.to_string())
            .put(attempt.day_zero.map(|day| day.to_string()))
            .text(attempt.method.code())
            .put(attempt.name.clone())
            .put(attempt.goal.clone())
            .put(attempt.ended.map(|(day, _)| day.to_string()))
            .put(attempt.ended.map(|(_, ending)| ending.code().to_owned()));
        let row = row.row;
        sheet.rows.push(row);
    }
    sheet
}

fn check_ins(journal: &Journal, range: Range) -> Sheet {
    let mut sheet = Sheet::new(table::check_ins());
    for check_in in ordered(journal, range) {
        let row = sheet
            .row()
            .text(&check_in.id.to_string())
            .moment(&check_in.moment)
            .put(check_in.overall.map(|overall| overall.number().to_string()))
            .put(check_in.note.as_deref().map(str::to_owned));
        let row = row.row;
        sheet.rows.push(row);
    }
    sheet
}

fn help_lines(journal: &Journal) -> Sheet {
    let mut sheet = Sheet::new(table::help_lines());
    for line in &journal.settings.help_lines {
        let row = sheet.row().text(&line.id.to_string());
        let row = row.text(&line.name).text(&line.contact).row;
        sheet.rows.push(row);
    }
    sheet
}

/// The records of a kind, by (moment, id); of those with a day the ones in `range`.
pub fn records_of(journal: &Journal, kind: Kind, range: Range) -> Vec<&Record> {
    let mut records: Vec<&Record> = if kind.has_day() {
        let dated = journal.records_between(range.from, range.to);
        dated.filter(|record| record.kind == kind).collect()
    } else {
        let standing = journal.standing.iter();
        standing.filter(|record| record.kind == kind).collect()
    };
    records.sort_by_key(|record| record.place());
    records
}

fn records(journal: &Journal, kind: Kind, range: Range) -> Sheet {
    let mut sheet = Sheet::new(table::records(kind));
    let fields = kind.facts().fields;
    for record in records_of(journal, kind, range) {
        let mut filling = sheet.row().text(&record.id.to_string());
        if let Some(moment) = record.moment.as_ref().filter(|_| kind.has_day()) {
            filling = filling.moment(moment);
        }
        if table::about_column(kind).is_some() {
            filling = filling.put(record.about().map(str::to_owned));
        } else if let Some(about) = record.about() {
            let more = &mut filling.row.more;
            more.insert("about".to_owned(), about.into());
        }
        for field in fields {
            filling = filling.value(record.fields.value(field.code));
        }
        for (code, value) in record.fields.iter() {
            if kind.field(code).is_none() {
                filling.row.more.insert(field_key(kind, code), json(value));
            }
        }
        let row = filling.row;
        sheet.rows.push(row);
    }
    sheet
}

/// How a field that this version does not know is called in `more`: by its code, unless that is the name of a column.
fn field_key(kind: Kind, code: &str) -> String {
    let is_column = table::records(kind).place(code).is_some() || code == "about";
    if is_column || code.starts_with("field:") {
        format!("field:{code}")
    } else {
        code.to_owned()
    }
}

/// Reads what `field_key` made.
pub fn field_of(key: &str) -> &str {
    key.strip_prefix("field:").unwrap_or(key)
}
