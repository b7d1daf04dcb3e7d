//! Reading the JSON document back.
//!
//! Invariant: all of it or nothing, with every slip named by its line; nesting without end is refused, not followed.

use super::shape;
use super::shape::Head;
use super::{FORMAT, VERSION};
use crate::domain::attempt::{Attempt, Ending, Method};
use crate::domain::check_in::Overall;
use crate::domain::check_in::catalogue::Category;
use crate::domain::check_in::symptom::Severity;
use crate::domain::id::EntryId;
use crate::domain::journal::incoming::{
    Incoming, IncomingCheckIn, IncomingRating, IncomingSymptom,
};
use crate::domain::journal::settings::OwnHelpLine;
use crate::domain::record::kind::Kind;
use crate::domain::record::{Fields, Record};
use crate::domain::time::Moment;
use crate::transfer::import::error::{
    Faults, File, MOST_JSON, MOST_ROWS, MOST_TEXT, RowError, ZoneNames, text_of, whole,
};
use crate::transfer::import::validate;
use crate::transfer::import::validate::Ids;
use crate::transfer::schema;
use chrono::{DateTime, NaiveDate, Timelike};
use serde::Deserialize;
use serde_json::value::RawValue;
use std::collections::BTreeSet;

/// The lists of a document, each entry as it stands there.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Document<'a> {
    #[serde(rename = "format")]
    _format: serde::de::IgnoredAny,
    #[serde(rename = "version")]
    _version: serde::de::IgnoredAny,
    #[serde(rename = "catalogue", default)]
    _catalogue: serde::de::IgnoredAny,
    #[serde(rename = "day_end", default)]
    _day_end: serde::de::IgnoredAny,
    #[serde(rename = "from", default)]
    _from: serde::de::IgnoredAny,
    #[serde(rename = "to", default)]
    _to: serde::de::IgnoredAny,
    #[serde(borrow)]
    settings: Vec<&'a RawValue>,
    #[serde(borrow)]
    symptoms: Vec<&'a RawValue>,
    #[serde(borrow)]
    attempts: Vec<&'a RawValue>,
    #[serde(borrow)]
    check_ins: Vec<&'a RawValue>,
    #[serde(borrow)]
    help_lines: Vec<&'a RawValue>,
    #[serde(borrow)]
    records: Vec<&'a RawValue>,
}

/// Whether this is one of our documents.
pub fn is_ours(file: &File) -> bool {
    // Far enough for the head, whatever follows: a document that was cut short is still ours, and is told so.
    let start = file.bytes.get(..200).unwrap_or(&file.bytes);
    let start = String::from_utf8_lossy(start);
    start.contains(FORMAT)
        && start
            .trim_start_matches('\u{feff}')
            .trim_start()
            .starts_with('{')
}

fn slip(file: &str, error: &serde_json::Error) -> Vec<RowError> {
    vec![RowError {
        file: file.to_owned(),
        row: Some(error.line() as u64),
        column: None,
        sentence: format!("this is not as expected ({error})"),
    }]
}

/// Reads a document.
///
/// # Errors
/// Every slip, up to a number that can still be read.
pub fn read(file: &File) -> Result<Incoming, Vec<RowError>> {
    let text = text_of(&file.name, &file.bytes)?;
    let head: Head<'_> = serde_json::from_str(text).map_err(|error| slip(&file.name, &error))?;
    if head.format != FORMAT {
        return Err(whole(&file.name, "this is not a journal of Ebbtide"));
    }
    if head.version != VERSION {
        return Err(whole(
            &file.name,
            validate::other_version(head.version, VERSION),
        ));
    }
    let document: Document<'_> =
        serde_json::from_str(text).map_err(|error| slip(&file.name, &error))?;
    let mut reading = Reading {
        file: &file.name,
        text,
        at: 0,
        row: 1,
        faults: Faults::default(),
        ids: Ids::default(),
        zones: ZoneNames::default(),
    };
    let incoming = reading.all(&document);
    reading.faults.or(incoming)
}

struct Reading<'a> {
    file: &'a str,
    text: &'a str,
    /// How far lines were counted, and to which.
    at: usize,
    row: u64,
    faults: Faults,
    ids: Ids,
    zones: ZoneNames,
}

/// What is wrong with an entry: which member, and the sentence.
type Slip = (String, String);

fn about(column: &str, sentence: impl Into<String>) -> Slip {
    (column.to_owned(), sentence.into())
}

impl<'a> Reading<'a> {
    fn all(&mut self, document: &Document<'a>) -> Incoming {
        let mut incoming = Incoming::default();
        let mut keys = BTreeSet::new();
        self.each(&document.settings, |setting: shape::Setting<'_>, _, _| {
            let read = validate::setting(&setting.key, &setting.value);
            incoming
                .settings
                .push(read.map_err(|sentence| about("value", sentence))?);
            let is_new = keys.insert(setting.key.into_owned());
            if is_new {
                Ok(())
            } else {
                Err(about("key", validate::TWICE))
            }
        });
        let mut codes = BTreeSet::new();
        self.each(&document.symptoms, |symptom: shape::Symptom<'_>, _, _| {
            validate::symptom(&symptom.code, &symptom.name).map_err(|s| about("code", s))?;
            let category = Category::from_code(&symptom.category);
            let category = category.ok_or_else(|| about("category", GROUPS))?;
            if !["core", "extended", "own"].contains(&&*symptom.origin) {
                return Err(about("origin", "core, extended or own is expected"));
            }
            if !codes.insert(symptom.code.clone().into_owned()) {
                return Err(about("code", validate::TWICE));
            }
            incoming.symptoms.push(IncomingSymptom {
                code: symptom.code.into_owned(),
                name: symptom.name.into_owned(),
                category,
                rated: symptom.rated,
            });
            Ok(())
        });
        self.each(&document.attempts, |attempt: shape::Attempt<'_>, ids, _| {
            incoming.attempts.push(self::attempt(attempt, ids)?);
            Ok(())
        });
        self.each(
            &document.check_ins,
            |check_in: shape::CheckIn<'_>, ids, zones| {
                incoming
                    .check_ins
                    .push(self::check_in(check_in, &codes, ids, zones)?);
                Ok(())
            },
        );
        self.each(&document.help_lines, |line: shape::HelpLine<'_>, ids, _| {
            let id = id(&line.id, ids)?;
            validate::filled(&line.name).map_err(|s| about("name", s))?;
            validate::filled(&line.contact).map_err(|s| about("contact", s))?;
            incoming.help_lines.push(OwnHelpLine {
                id,
                name: line.name.into_owned(),
                contact: line.contact.into_owned(),
            });
            Ok(())
        });
        self.each(
            &document.records,
            |record: shape::Record<'_>, ids, zones| {
                incoming.records.push(self::record(record, ids, zones)?);
                Ok(())
            },
        );
        incoming
    }

    /// Reads the entries of a list one by one, and says where one is not as it should be.
    fn each<T: Deserialize<'a>>(
        &mut self,
        entries: &[&'a RawValue],
        mut take: impl FnMut(T, &mut Ids, &mut ZoneNames) -> Result<(), Slip>,
    ) {
        for (n, raw) in entries.iter().enumerate() {
            if self.faults.is_enough() {
                return;
            }
            let row = self.row_of(raw);
            if n >= MOST_ROWS {
                let sentence = format!("a list has at most {MOST_ROWS} entries");
                self.faults.add(self.file, Some(row), None, sentence);
                return;
            }
            if raw.get().len() > MOST_JSON {
                let sentence = format!("an entry has at most {MOST_JSON} bytes");
                self.faults.add(self.file, Some(row), None, sentence);
                continue;
            }
            let read = match serde_json::from_str::<T>(raw.get()) {
                Ok(entry) => take(entry, &mut self.ids, &mut self.zones),
                Err(error) => {
                    // The line is the entry's own, not that of a whole document.
                    let said = error.to_string();
                    let said = said.split(" at line ").next().unwrap_or_default();
                    self.faults.add(self.file, Some(row), None, said);
                    continue;
                }
            };
            if let Err((column, sentence)) = read {
                self.faults
                    .add(self.file, Some(row), Some(&column), sentence);
            }
        }
    }

    /// The line that an entry begins on. Entries come one after the other, so lines are counted on from the last.
    fn row_of(&mut self, raw: &RawValue) -> u64 {
        let at = (raw.get().as_ptr() as usize).saturating_sub(self.text.as_ptr() as usize);
        if at < self.at {
            (self.at, self.row) = (0, 1);
        }
        let between = self.text.as_bytes().get(self.at..at).unwrap_or_default();
        #[expect(clippy::naive_bytecount, reason = "each byte is counted once")]
        let lines = between.iter().filter(|byte| **byte == b'\n').count();
        self.at = at;
        self.row += lines as u64;
        self.row
    }
}

const GROUPS: &str = "physical or psychological is expected";

fn id(text: &str, ids: &mut Ids) -> Result<EntryId, Slip> {
    ids.take(text).map_err(|sentence| about("id", sentence))
}

fn in_years(day: NaiveDate, column: &str) -> Result<NaiveDate, Slip> {
    let is_written = schema::day(&day.to_string()).is_some();
    if is_written {
        Ok(day)
    } else {
        Err(about(column, "a day of the years 0 to 9999 is expected"))
    }
}

fn attempt(attempt: shape::Attempt<'_>, ids: &mut Ids) -> Result<Attempt, Slip> {
    let id = id(&attempt.id, ids)?;
    let method = Method::from_code(&attempt.method);
    let method = method.ok_or_else(|| {
        let codes: Vec<&str> = Method::ALL.iter().map(|method| method.code()).collect();
        about(
            "method",
            format!("one of these is expected: {}", codes.join(", ")),
        )
    })?;
    let ending = match attempt.ending.as_deref() {
        None => None,
        Some(code) => {
            let ending = Ending::from_code(code);
            Some(ending.ok_or_else(|| about("ending", "ended or set_aside is expected"))?)
        }
    };
    let ended = match (attempt.ended, ending) {
        (Some(day), Some(ending)) => Some((in_years(day, "ended")?, ending)),
        (None, None) => None,
        _ => return Err(about("ended", validate::HALF_ENDED)),
    };
    let day_zero = attempt
        .day_zero
        .map(|day| in_years(day, "day_zero"))
        .transpose()?;
    let read = Attempt {
        id,
        began: in_years(attempt.began, "began")?,
        day_zero,
        method,
        name: attempt.name.map(Into::into),
        goal: attempt.goal.map(Into::into),
        ended,
    };
    validate::attempt(read).map_err(|(column, sentence)| about(column, sentence))
}

fn moment(moment: &shape::Moment<'_>, zones: &mut ZoneNames) -> Result<Moment, Slip> {
    let wanted = || {
        about(
            "at",
            "a moment is expected, such as 2026-11-22T08:12:00-05:00",
        )
    };
    let at = DateTime::parse_from_rfc3339(&moment.at).map_err(|_| wanted())?;
    let offset = at.offset().local_minus_utc();
    let is_whole = at.nanosecond() == 0 && offset % 60 == 0;
    let offset_min = i16::try_from(offset / 60).ok().filter(|_| is_whole);
    let read = Moment {
        at_utc: at.timestamp(),
        offset_min: offset_min.ok_or_else(wanted)?,
        zone: zones.of(&moment.zone),
        day: in_years(moment.day, "day")?,
        late: moment.late,
    };
    Ok(read)
}

fn text(typed: Option<&str>, column: &str) -> Result<(), Slip> {
    if typed.is_some_and(|text| text.len() > MOST_TEXT) {
        return Err(about(
            column,
            format!("a text has at most {MOST_TEXT} bytes"),
        ));
    }
    Ok(())
}

fn check_in(
    check_in: shape::CheckIn<'_>,
    codes: &BTreeSet<String>,
    ids: &mut Ids,
    zones: &mut ZoneNames,
) -> Result<IncomingCheckIn, Slip> {
    let id = id(&check_in.id, ids)?;
    let moment = moment(&check_in.moment, zones)?;
    text(check_in.note.as_deref(), "note")?;
    let mut ratings = Vec::with_capacity(check_in.ratings.0.len());
    for (code, number) in check_in.ratings.0 {
        if !codes.contains(&*code) {
            return Err(about("ratings", format!("there is no symptom {code}")));
        }
        let answer = match number {
            None => None,
            Some(number) => {
                let severity = Severity::new(number);
                Some(
                    severity
                        .ok_or_else(|| about(&code, "a whole number from 0 to 4 is expected"))?,
                )
            }
        };
        let copied = check_in.copied.contains(&code);
        ratings.push(IncomingRating {
            symptom: code.into_owned(),
            answer,
            copied,
        });
    }
    if check_in.copied.len() != ratings.iter().filter(|rating| rating.copied).count() {
        return Err(about(
            "copied",
            "what was copied stands among the ratings, each once",
        ));
    }
    let overall = match check_in.overall {
        None => None,
        Some(number) => {
            let overall = Overall::new(number);
            Some(
                overall
                    .ok_or_else(|| about("overall", "a whole number from 0 to 10 is expected"))?,
            )
        }
    };
    let read = IncomingCheckIn {
        id,
        moment,
        ratings,
        overall,
        note: check_in.note.map(|note| note.as_ref().into()),
    };
    if validate::is_blank(&read) {
        Err(about("ratings", validate::BLANK))
    } else {
        Ok(read)
    }
}

fn record(record: shape::Record<'_>, ids: &mut Ids, zones: &mut ZoneNames) -> Result<Record, Slip> {
    let kind = Kind::from_code(&record.kind);
    let kind = kind.ok_or_else(|| about("kind", "this kind is not known to this version"))?;
    let id = id(&record.id, ids)?;
    let moment = record
        .moment
        .map(|moment| self::moment(&moment, zones))
        .transpose()?;
    let mut fields = Fields::default();
    for (code, value) in &record.fields.0 {
        let value = validate::value(value).map_err(|sentence| about(code, sentence))?;
        match kind.field(code) {
            Some(field) => fields.set(field.code, value),
            None => fields.set(code.clone().into_owned(), value),
        }
    }
    validate::record(id, kind, moment, record.about.as_deref(), fields)
}
