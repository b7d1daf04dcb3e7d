//! Reading a Data Package back.
//!
//! Invariant: all of it or nothing, with every slip named by file, row and column.

use super::describe::{OURS, READ};
use super::names;
use super::rows;
use super::table;
use super::table::MORE;
use crate::domain::check_in::Overall;
use crate::domain::check_in::symptom::Severity;
use crate::domain::id::EntryId;
use crate::domain::journal::incoming::{Incoming, IncomingCheckIn, IncomingRating};
use crate::domain::record::field::Need;
use crate::domain::record::kind::Kind;
use crate::domain::record::{Fields, Record, Value};
use crate::domain::time::{EntryYears, Moment};
use crate::transfer::csv::Guard;
use crate::transfer::csv::formula::unguarded;
use crate::transfer::data_package::DESCRIPTION;
use crate::transfer::import::entry;
use crate::transfer::import::entry::{Slip, moment_in_years};
use crate::transfer::import::error::{
    Faults, File, Here, MOST_JSON, MOST_ROWS, MOST_TEXT, RowError, ZoneNames, text_of, whole,
};
use crate::transfer::import::validate;
use crate::transfer::import::validate::Ids;
use crate::transfer::schema::{Column, Holds, Table, day, instant, offset, offset_text, wall_time};
use serde::de::DeserializeOwned;
use serde_json::{Map, Value as Json};
use std::borrow::Cow;
use std::collections::{BTreeSet, HashMap};

/// Whether this is one of our packages.
pub(crate) fn is_package(files: &[File]) -> bool {
    described(files).is_ok_and(|description| description.get(OURS).is_some())
}

fn described(files: &[File]) -> Result<Json, Vec<RowError>> {
    let Some(file) = files.iter().find(|file| file.name == DESCRIPTION) else {
        return Err(whole(
            DESCRIPTION,
            "this file is not there; it says what the others are",
        ));
    };
    let text = text_of(DESCRIPTION, &file.bytes)?;
    serde_json::from_str(text).map_err(|error| {
        vec![RowError {
            file: DESCRIPTION.to_owned(),
            row: Some(error.line() as u64),
            column: None,
            sentence: format!("this is no JSON ({error})"),
        }]
    })
}

/// Reads every file of a package.
///
/// # Errors
/// Every slip, up to a number that can still be read.
pub(crate) fn read(files: &[File], here: &Here<'_>) -> Result<Incoming, Vec<RowError>> {
    let ours = described(files)?;
    let ours = ours.get(OURS).unwrap_or(&Json::Null);
    let Some(version) = ours.get("format").and_then(Json::as_u64) else {
        return Err(whole(DESCRIPTION, "this is not a package of Ebbtide"));
    };
    if !READ.contains(&version) {
        return Err(whole(DESCRIPTION, validate::other_version(version, &READ)));
    }
    let guard = match ours.get("text").and_then(Json::as_str) {
        // The package says whether its text is guarded: a typed `'` must not be lost.
        Some("raw") => Guard::Raw,
        _ => Guard::Quote,
    };
    let mut reading = Reading {
        files,
        version,
        guard,
        faults: Faults::default(),
        ids: Ids::default(),
        zones: ZoneNames::default(),
        years: EntryYears::of(here.now),
    };
    let incoming = reading.all();
    reading.faults.or(incoming)
}

struct Reading<'a> {
    files: &'a [File],
    version: u64,
    guard: Guard,
    faults: Faults,
    ids: Ids,
    zones: ZoneNames,
    years: EntryYears,
}

/// A row that was read: its cells by column, and what no column can hold.
struct Line<'a> {
    file: &'a str,
    row: u64,
    columns: &'a [Column],
    cells: Vec<Option<Cow<'a, str>>>,
    more: Map<String, Json>,
}

impl Line<'_> {
    fn cell(&self, name: &str) -> Option<&str> {
        let at = self.columns.iter().position(|column| column.name == name)?;
        match self.cells.get(at)? {
            Some(cell) => Some(cell),
            None => self.more.get(name).and_then(Json::as_str),
        }
    }

    /// The text of a cell that has to be there; reading it said so already when it is not.
    fn sure(&self, name: &str) -> &str {
        self.cell(name).unwrap_or_default()
    }

    /// Its cells as the members of an entry of the JSON document.
    fn members(&self) -> Json {
        let members = self.columns.iter().filter_map(|column| {
            let cell = self.cell(&column.name)?;
            let member = match column.holds {
                Holds::Flag => Json::Bool(cell == "true"),
                _ => Json::from(cell),
            };
            Some((column.name.clone(), member))
        });
        Json::Object(members.collect())
    }

    fn is_true(&self, name: &str) -> bool {
        self.cell(name) == Some("true")
    }
}

impl Reading<'_> {
    fn all(&mut self) -> Incoming {
        let mut incoming = Incoming::default();
        let years = self.years;
        let mut keys = BTreeSet::new();
        self.entries(&table::settings().table, |setting: entry::Setting, _| {
            incoming.settings.push(setting.read(&mut keys)?);
            Ok(())
        });
        let mut codes = BTreeSet::new();
        self.entries(&table::symptoms().table, |symptom: entry::Symptom, _| {
            incoming.symptoms.push(symptom.read(&mut codes)?);
            Ok(())
        });
        self.entries(&table::attempts().table, |attempt: entry::Attempt, ids| {
            incoming.attempts.push(attempt.read(ids, years)?);
            Ok(())
        });
        incoming.check_ins = self.check_ins(&codes);
        self.entries(&table::help_lines().table, |line: entry::HelpLine, ids| {
            incoming.help_lines.push(line.read(ids)?);
            Ok(())
        });
        // A package of the first version has no such table.
        let is_there = |kind: &Kind| self.version > 1 || *kind != Kind::DayWithout;
        let kinds: Vec<Kind> = Kind::ALL.into_iter().filter(is_there).collect();
        for kind in kinds {
            self.table(&table::records(kind).table, |line, faults, ids, zones| {
                let Some(id) = faults.id(line, ids) else {
                    return;
                };
                let moment = kind
                    .has_day()
                    .then(|| faults.moment(line, zones, years))
                    .flatten();
                match record(id, kind, moment, line) {
                    Ok(mut record) => {
                        record.edited_utc = line.cell(table::EDITED).and_then(instant);
                        incoming.records.push(record);
                    }
                    Err((column, sentence)) => faults.say(line, &column, sentence),
                }
            });
        }
        self.say_unknown_files();
        incoming
    }

    fn check_ins(&mut self, codes: &BTreeSet<String>) -> Vec<IncomingCheckIn> {
        let mut check_ins: Vec<(u64, IncomingCheckIn)> = Vec::new();
        let years = self.years;
        let mut places: HashMap<EntryId, usize> = HashMap::new();
        self.table(&table::check_ins().table, |line, faults, ids, zones| {
            let Some(id) = faults.id(line, ids) else {
                return;
            };
            let Some(moment) = faults.moment(line, zones, years) else {
                return;
            };
            let overall = line.cell("overall").and_then(|text| text.parse().ok());
            places.insert(id, check_ins.len());
            let check_in = IncomingCheckIn {
                id,
                moment,
                ratings: Vec::new(),
                overall: overall.and_then(Overall::new),
                note: line.cell("note").map(Into::into),
                edited_utc: line.cell(table::EDITED).and_then(instant),
            };
            check_ins.push((line.row, check_in));
        });
        // A journal of years has hundreds of thousands of ratings, and nearly all follow one of their own check-in.
        let mut last: Option<(String, usize)> = None;
        self.table(&table::ratings().table, |line, faults, _, _| {
            let text = line.sure("check_in");
            // The ratings of a check-in stand together, so its id is looked up once.
            let known = last
                .as_ref()
                .filter(|(id, _)| id == text)
                .map(|(_, at)| *at);
            let found = known.or_else(|| places.get(&text.parse().ok()?).copied());
            let Some(at) = found else {
                faults.say(line, "check_in", "there is no check-in with this id");
                return;
            };
            if known.is_none() {
                last = Some((text.to_owned(), at));
            }
            let symptom = line.sure("symptom");
            if !codes.contains(symptom) {
                faults.say(line, "symptom", "there is no symptom with this code");
                return;
            }
            let Some((_, check_in)) = check_ins.get_mut(at) else {
                return;
            };
            if check_in
                .ratings
                .iter()
                .any(|rating| rating.symptom == symptom)
            {
                faults.say(line, "symptom", validate::TWICE);
                return;
            }
            let answer = line.cell("severity").and_then(|text| text.parse().ok());
            let answer = answer.and_then(Severity::new);
            let rating = IncomingRating::new(symptom, answer, line.is_true("copied"));
            check_in.ratings.push(rating);
        });
        let file = table::check_ins().table.file();
        // Where ratings could not be read, a check-in only seems blank.
        let is_well = self.faults.is_empty();
        for (row, check_in) in &check_ins {
            if is_well && validate::is_blank(check_in) {
                self.faults.add(&file, Some(*row), None, validate::BLANK);
            }
        }
        check_ins
            .into_iter()
            .map(|(_, check_in)| check_in)
            .collect()
    }

    /// A file that would be passed over holds something that its writer wanted to keep.
    fn say_unknown_files(&mut self) {
        let known = names();
        for file in self.files {
            let is_csv = file.name.to_lowercase().ends_with(".csv");
            if is_csv && !known.contains(&file.name) {
                self.faults.add(
                    &file.name,
                    None,
                    None,
                    "this file is not one of the package's tables",
                );
            }
        }
    }

    /// Reads a table whose rows are entries as the JSON document has them.
    fn entries<T: DeserializeOwned>(
        &mut self,
        table: &Table,
        mut take: impl FnMut(T, &mut Ids) -> Result<(), Slip>,
    ) {
        self.table(table, |line, faults, ids, _| {
            let entry = serde_json::from_value(line.members());
            match entry.map(|entry| take(entry, ids)) {
                Ok(Ok(())) => {}
                Ok(Err((column, sentence))) => faults.say(line, &column, sentence),
                Err(error) => faults.add(line.file, Some(line.row), None, error.to_string()),
            }
        });
    }

    /// Reads a table, row by row.
    // By hand, not by serde: a row's slips are all told at once, each with its column, text is unguarded by column, and a
    // blank cell may stand in `more`.
    fn table(
        &mut self,
        table: &Table,
        mut each: impl FnMut(&Line<'_>, &mut Faults, &mut Ids, &mut ZoneNames),
    ) {
        let name = table.file();
        let Some(file) = self.files.iter().find(|file| file.name == name) else {
            self.faults.add(&name, None, None, "this file is not there");
            return;
        };
        let text = match text_of(&name, &file.bytes) {
            Ok(text) => text,
            Err(errors) => {
                for error in errors {
                    self.faults.add(&name, error.row, None, error.sentence);
                }
                return;
            }
        };
        let mut reader = csv::ReaderBuilder::new()
            .has_headers(false)
            .flexible(true)
            .from_reader(text.as_bytes());
        let mut record = csv::StringRecord::new();
        let mut places: Option<Vec<Option<usize>>> = None;
        let mut row = 0;
        loop {
            if self.faults.is_enough() {
                return;
            }
            row += 1;
            match reader.read_record(&mut record) {
                Ok(true) => {}
                Ok(false) => break,
                Err(error) => {
                    self.faults.add(
                        &name,
                        Some(row),
                        None,
                        format!("this row cannot be read ({error})"),
                    );
                    return;
                }
            }
            let Some(places) = &places else {
                match header(table, &record) {
                    Ok(found) => places = Some(found),
                    Err((column, sentence)) => {
                        self.faults.add(&name, Some(1), Some(&column), sentence);
                        return;
                    }
                }
                continue;
            };
            if usize::try_from(row).unwrap_or(usize::MAX) > MOST_ROWS {
                self.faults.add(
                    &name,
                    Some(row),
                    None,
                    format!("a table has at most {MOST_ROWS} rows"),
                );
                return;
            }
            if record.len() != places.len() {
                let sentence = format!(
                    "this row has {} cells, the header has {}",
                    record.len(),
                    places.len()
                );
                self.faults.add(&name, Some(row), None, sentence);
                continue;
            }
            if let Some(line) = line(
                &name,
                row,
                table,
                places,
                &record,
                self.guard,
                &mut self.faults,
            ) {
                each(&line, &mut self.faults, &mut self.ids, &mut self.zones);
            }
        }
        if places.is_none() {
            self.faults
                .add(&name, Some(1), None, "the header is not there");
        }
    }
}

/// For each cell of a row the column it belongs to; the one past the last is `more`.
fn header(
    table: &Table,
    header: &csv::StringRecord,
) -> Result<Vec<Option<usize>>, (String, String)> {
    let mut places = Vec::with_capacity(header.len());
    for name in header {
        let place = if name == MORE {
            Some(table.columns.len())
        } else {
            table.place(name)
        };
        let slip = match place {
            None => "this column is not known here",
            Some(_) if places.contains(&place) => validate::TWICE,
            Some(_) => {
                places.push(place);
                continue;
            }
        };
        // A message has no room for a header that was read as one name.
        return Err((name.chars().take(60).collect(), slip.to_owned()));
    }
    let missing = table
        .columns
        .iter()
        .enumerate()
        // Packages of earlier versions have no times of edits.
        .find(|(at, column)| !places.contains(&Some(*at)) && column.name != table::EDITED);
    match missing {
        Some((_, column)) => Err((column.name.clone(), "this column is not there".to_owned())),
        None => Ok(places),
    }
}

fn line<'a>(
    file: &'a str,
    row: u64,
    table: &'a Table,
    places: &[Option<usize>],
    record: &'a csv::StringRecord,
    guard: Guard,
    faults: &mut Faults,
) -> Option<Line<'a>> {
    let columns = &table.columns;
    let mut line = Line {
        file,
        row,
        columns,
        cells: vec![None; columns.len()],
        more: Map::new(),
    };
    let mut is_well = true;
    for (cell, place) in record.iter().zip(places) {
        let Some(place) = place.filter(|_| !cell.is_empty()) else {
            continue;
        };
        let column = columns.get(place);
        let (name, holds) = column.map_or((MORE, Holds::More), |c| (c.name.as_str(), c.holds));
        let mut say = |sentence: String| {
            faults.add(file, Some(row), Some(name), sentence);
            is_well = false;
        };
        let most = if holds == Holds::More {
            MOST_JSON
        } else {
            MOST_TEXT
        };
        if cell.len() > most {
            say(format!("a text has at most {most} bytes"));
            continue;
        }
        match holds {
            Holds::More => match serde_json::from_str(cell) {
                Ok(Json::Object(more)) => line.more = more,
                _ => say("a JSON object is expected".to_owned()),
            },
            // Older packages guard the zone as well.
            Holds::Text | Holds::Zone => {
                let text = if guard == Guard::Quote {
                    unguarded(cell)
                } else {
                    cell
                };
                line.cells[place] = Some(Cow::Borrowed(text));
            }
            holds => match holds.check(cell) {
                Ok(()) => line.cells[place] = Some(Cow::Borrowed(cell)),
                Err(sentence) => say(sentence),
            },
        }
    }
    for (column, cell) in columns.iter().zip(&line.cells) {
        let is_there = cell.is_some() || line.more.contains_key(&column.name);
        if column.need == Need::Needed && !is_there && is_well {
            faults.add(file, Some(row), Some(&column.name), validate::NEEDED);
            is_well = false;
        }
    }
    is_well.then_some(line)
}

impl Faults {
    fn say(&mut self, line: &Line<'_>, column: &str, sentence: impl Into<String>) {
        self.add(line.file, Some(line.row), Some(column), sentence);
    }

    fn id(&mut self, line: &Line<'_>, ids: &mut Ids) -> Option<EntryId> {
        match ids.take(line.sure("id")) {
            Ok(id) => Some(id),
            Err(sentence) => {
                self.say(line, "id", sentence);
                None
            }
        }
    }

    fn moment(
        &mut self,
        line: &Line<'_>,
        zones: &mut ZoneNames,
        years: EntryYears,
    ) -> Option<Moment> {
        let at_utc = instant(line.sure("moment"))?;
        let offset_min = offset(line.sure("utc_offset"))?;
        let moment = Moment {
            at_utc,
            offset_min,
            zone: zones.of(line.sure("zone")),
            day: day(line.sure("day"))?,
            late: line.is_true("late"),
            without_time: line.is_true("without_time"),
        };
        let wall = wall_time(&moment);
        // Moment and wall time say one thing twice; where they differ, one of them was edited by hand.
        if wall != line.sure("time") {
            let sentence = format!(
                "moment and utc_offset {} come to {wall}",
                offset_text(offset_min)
            );
            self.say(line, "time", sentence);
            return None;
        }
        moment_in_years(moment, "day", years)
            .map_err(|(column, sentence)| self.say(line, &column, sentence))
            .ok()
    }
}

fn record(
    id: EntryId,
    kind: Kind,
    moment: Option<Moment>,
    line: &Line<'_>,
) -> Result<Record, (String, String)> {
    let about = match table::about_column(kind) {
        Some((name, _)) => line.cell(name),
        None => line.more.get("about").and_then(Json::as_str),
    };
    let mut fields = Fields::default();
    for field in kind.facts().fields {
        let at = line
            .columns
            .iter()
            .position(|column| column.name == field.code);
        let Some(cell) = at.and_then(|at| line.cells.get(at)?.as_deref()) else {
            continue;
        };
        let holds = at
            .and_then(|at| line.columns.get(at))
            .map(|column| column.holds);
        let value = if holds.is_some_and(Holds::is_number) {
            let amount = cell
                .parse()
                .map_err(|_| (field.code.to_owned(), validate::NOT_A_VALUE.to_owned()))?;
            Value::Number(amount)
        } else {
            Value::Text(cell.into())
        };
        fields.set(field.code, value);
    }
    let about_key = table::about_column(kind).map_or("about", |(name, _)| name);
    for (key, value) in &line.more {
        let is_field = kind.field(key).is_some();
        let is_column = line.columns.iter().any(|column| column.name == *key);
        // The column has it already; only fields can also stand in `more`.
        if key == about_key || (is_column && !is_field) {
            continue;
        }
        // A field of a later version is kept as it is.
        let code = rows::field_of(key);
        let value = validate::value(value).map_err(|sentence| (code.to_owned(), sentence))?;
        match kind.field(code) {
            Some(field) => fields.set(field.code, value),
            None => fields.set(code, value),
        }
    }
    validate::record(id, kind, moment, about, fields)
}
