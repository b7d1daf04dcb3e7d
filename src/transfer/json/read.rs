//! Reading the JSON document back.
//!
//! Invariant: all of it or nothing, with every slip named by its line; nesting without end is refused, not followed.

use super::shape;
use super::shape::Head;
use super::{FORMAT, READ};
use crate::domain::check_in::Overall;
use crate::domain::check_in::symptom::Severity;
use crate::domain::id::EntryId;
use crate::domain::journal::incoming::{Incoming, IncomingCheckIn, IncomingRating};
use crate::domain::record::kind::Kind;
use crate::domain::record::{Fields, Record};
use crate::domain::time::{EntryYears, Moment};
use crate::transfer::import::entry;
use crate::transfer::import::entry::{Slip, moment_in_years, slip};
use crate::transfer::import::error::{
    Faults, File, Here, MOST_JSON, MOST_ROWS, MOST_TEXT, RowError, ZoneNames, text_of, whole,
};
use crate::transfer::import::validate;
use crate::transfer::import::validate::Ids;
use chrono::{DateTime, Timelike};
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
pub(crate) fn is_ours(file: &File) -> bool {
    // Far enough for the head, whatever follows: a document that was cut short is still ours, and is told so.
    let start = file.bytes.get(..200).unwrap_or(&file.bytes);
    let start = String::from_utf8_lossy(start);
    start.contains(FORMAT)
        && start
            .trim_start_matches('\u{feff}')
            .trim_start()
            .starts_with('{')
}

fn unexpected(file: &str, error: &serde_json::Error) -> Vec<RowError> {
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
pub(crate) fn read(file: &File, here: &Here<'_>) -> Result<Incoming, Vec<RowError>> {
    let text = text_of(&file.name, &file.bytes)?;
    let head: Head<'_> =
        serde_json::from_str(text).map_err(|error| unexpected(&file.name, &error))?;
    // The head alone first: a later version may have members that this one refuses.
    if head.format != FORMAT {
        return Err(whole(&file.name, "this is not a journal of Ebbtide"));
    }
    if !READ.contains(&head.version) {
        return Err(whole(
            &file.name,
            validate::other_version(head.version, &READ),
        ));
    }
    let document: Document<'_> =
        serde_json::from_str(text).map_err(|error| unexpected(&file.name, &error))?;
    let mut reading = Reading {
        file: &file.name,
        text,
        at: 0,
        row: 1,
        faults: Faults::default(),
        ids: Ids::default(),
        zones: ZoneNames::default(),
        years: EntryYears::of(here.now),
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
    years: EntryYears,
}

impl<'a> Reading<'a> {
    fn all(&mut self, document: &Document<'a>) -> Incoming {
        let mut incoming = Incoming::default();
        let years = self.years;
        let mut keys = BTreeSet::new();
        self.each(&document.settings, |setting: entry::Setting, _, _| {
            incoming.settings.push(setting.read(&mut keys)?);
            Ok(())
        });
        let mut codes = BTreeSet::new();
        self.each(&document.symptoms, |symptom: entry::Symptom, _, _| {
            incoming.symptoms.push(symptom.read(&mut codes)?);
            Ok(())
        });
        self.each(&document.attempts, |attempt: entry::Attempt, ids, _| {
            incoming.attempts.push(attempt.read(ids, years)?);
            Ok(())
        });
        self.each(
            &document.check_ins,
            |check_in: shape::CheckIn<'_>, ids, zones| {
                incoming
                    .check_ins
                    .push(self::check_in(check_in, &codes, ids, (zones, years))?);
                Ok(())
            },
        );
        self.each(&document.help_lines, |line: entry::HelpLine, ids, _| {
            incoming.help_lines.push(line.read(ids)?);
            Ok(())
        });
        self.each(
            &document.records,
            |record: shape::Record<'_>, ids, zones| {
                incoming
                    .records
                    .push(self::record(record, ids, (zones, years))?);
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
            // After so many slips the rest would only repeat them.
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
                    let sentence = error.to_string();
                    let sentence = sentence.split(" at line ").next().unwrap_or_default();
                    self.faults.add(self.file, Some(row), None, sentence);
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
        // Lists may stand in any order in the file, so the count can begin anew.
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

fn id(text: &str, ids: &mut Ids) -> Result<EntryId, Slip> {
    ids.take(text).map_err(|sentence| slip("id", sentence))
}

fn moment(
    moment: &shape::Moment<'_>,
    (zones, years): (&mut ZoneNames, EntryYears),
) -> Result<Moment, Slip> {
    let wanted = || {
        slip(
            "at",
            "a moment is expected, such as 2026-11-22T08:12:00-05:00",
        )
    };
    let at = DateTime::parse_from_rfc3339(&moment.at).map_err(|_| wanted())?;
    let offset = at.offset().local_minus_utc();
    // The journal keeps whole seconds and offsets in minutes; rounding would change the file on the way back.
    let is_whole = at.nanosecond() == 0 && offset % 60 == 0;
    let offset_min = i16::try_from(offset / 60).ok().filter(|_| is_whole);
    let read = Moment {
        at_utc: at.timestamp(),
        offset_min: offset_min.ok_or_else(wanted)?,
        zone: zones.of(&moment.zone),
        day: moment.day,
        late: moment.late,
        without_time: moment.without_time.unwrap_or_default(),
    };
    moment_in_years(read, "day", years)
}

fn text(typed: Option<&str>, column: &str) -> Result<(), Slip> {
    if typed.is_some_and(|text| text.len() > MOST_TEXT) {
        return Err(slip(
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
    places: (&mut ZoneNames, EntryYears),
) -> Result<IncomingCheckIn, Slip> {
    let id = id(&check_in.id, ids)?;
    let moment = moment(&check_in.moment, places)?;
    text(check_in.note.as_deref(), "note")?;
    let mut ratings = Vec::with_capacity(check_in.ratings.0.len());
    for (code, number) in check_in.ratings.0 {
        if !codes.contains(&*code) {
            return Err(slip("ratings", format!("there is no symptom {code}")));
        }
        let answer = match number {
            None => None,
            Some(number) => {
                let severity = Severity::new(number);
                Some(
                    severity
                        .ok_or_else(|| slip(&code, "a whole number from 0 to 4 is expected"))?,
                )
            }
        };
        let copied = check_in.copied.contains(&code);
        ratings.push(IncomingRating::new(&code, answer, copied));
    }
    // A code that is named twice, or was never asked, would be lost in silence.
    if check_in.copied.len() != ratings.iter().filter(|rating| rating.copied).count() {
        return Err(slip(
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
                    .ok_or_else(|| slip("overall", "a whole number from 0 to 10 is expected"))?,
            )
        }
    };
    let read = IncomingCheckIn {
        id,
        moment,
        ratings,
        overall,
        note: check_in.note.map(|note| note.as_ref().into()),
        edited_utc: None,
    };
    if validate::is_blank(&read) {
        Err(slip("ratings", validate::BLANK))
    } else {
        Ok(read)
    }
}

fn record(
    record: shape::Record<'_>,
    ids: &mut Ids,
    places: (&mut ZoneNames, EntryYears),
) -> Result<Record, Slip> {
    let kind = Kind::from_code(&record.kind);
    let kind = kind.ok_or_else(|| slip("kind", "this kind is not known to this version"))?;
    let id = id(&record.id, ids)?;
    let moment = record
        .moment
        .map(|moment| self::moment(&moment, places))
        .transpose()?;
    let mut fields = Fields::default();
    for (code, value) in &record.fields.0 {
        let value = validate::value(value).map_err(|sentence| slip(code, sentence))?;
        match kind.field(code) {
            Some(field) => fields.set(field.code, value),
            None => fields.set(code.clone(), value),
        }
    }
    validate::record(id, kind, moment, record.about.as_deref(), fields)
}
