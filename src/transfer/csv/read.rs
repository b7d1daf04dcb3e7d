//! Reading our own rows of ratings (long) and of check-ins (wide) back. They hold less than a Data Package: no zone, no
//! mark for what was copied or left blank, nothing but check-ins.

use super::formula::unguarded;
use super::{HEAD, head_names};
use crate::domain::check_in::Overall;
use crate::domain::check_in::catalogue::{Category, catalogue};
use crate::domain::check_in::symptom::Severity;
use crate::domain::id::EntryId;
use crate::domain::journal::incoming::{
    Incoming, IncomingCheckIn, IncomingRating, IncomingSymptom, Layout,
};
use crate::domain::time::{DayEnd, EntryYears, Moment};
use crate::transfer::import::encoding;
use crate::transfer::import::entry::{Slip, moment_in_years, slip};
use crate::transfer::import::error::{
    Faults, File, Here, MOST_ROWS, MOST_TEXT, RowError, ZoneNames,
};
use crate::transfer::import::quotes::unclosed;
use crate::transfer::import::validate;
use crate::transfer::schema;
use crate::transfer::schema::Holds;
use chrono::{Days, NaiveTime, Timelike};
use std::collections::HashMap;
use std::sync::Arc;

/// Columns that are worked out from others.
const WORKED_OUT: [&str; 3] = ["severity_index", "body_index", "mind_index"];

/// How much of a file is looked at to tell whether it is ours; its first columns take less.
const BEGINNING: usize = 1024;

/// Whether the first row is one of ours.
pub(crate) fn is_ours(file: &File) -> bool {
    sign_of(file).is_some()
}

/// The sign between the cells, where the first row is one of ours. A spreadsheet that saved the file may have put another sign
/// there, and quotes around every name; taken for a table of another program, the file would lose all its ratings.
fn sign_of(file: &File) -> Option<u8> {
    let start = encoding::beginning(&file.bytes, BEGINNING);
    [b',', b';', b'\t'].into_iter().find(|sign| {
        let row = reader(*sign, &start).into_records().next();
        row.and_then(Result::ok)
            .is_some_and(|row| row.iter().take(HEAD.len()).eq(head_names()))
    })
}

fn reader(sign: u8, text: &str) -> csv::Reader<&[u8]> {
    csv::ReaderBuilder::new()
        .has_headers(false)
        // A row of another length is named as such, instead of ending the reading.
        .flexible(true)
        .delimiter(sign)
        .from_reader(text.as_bytes())
}

/// Reads either layout.
///
/// # Errors
/// Every slip, up to a number that can still be read.
pub(crate) fn read(file: &File, here: &Here<'_>) -> Result<Incoming, Vec<RowError>> {
    let text = encoding::text_of_ours(file)?;
    let sign = sign_of(file).unwrap_or(b',');
    unclosed(&file.name, &text, sign)?;
    let mut reader = reader(sign, &text);
    let mut reading = Reading {
        file: &file.name,
        day_end: here.day_end,
        years: EntryYears::of(here.now),
        columns: Arc::default(),
        faults: Faults::default(),
        zones: ZoneNames::default(),
        places: HashMap::new(),
        incoming: Incoming::default(),
    };
    for (at, row) in reader.records().enumerate() {
        let number = at as u64 + 1;
        let row = match row {
            Ok(row) => row,
            Err(error) => {
                reading.say(number, None, format!("this row cannot be read ({error})"));
                break;
            }
        };
        // Spreadsheets fill rows up with cells that nobody wrote, and end a table with rows of such cells.
        let filled = (0..row.len()).rposition(|cell| !row[cell].is_empty());
        let filled = filled.map_or(0, |last| last + 1);
        if at == 0 {
            reading.columns = row.iter().take(filled).map(str::to_owned).collect();
            reading.find_symptoms();
        } else if filled == 0 {
            continue;
        } else if row.len() < reading.columns.len() || filled > reading.columns.len() {
            let header = reading.columns.len();
            let sentence = format!("this row has {} cells, the header has {header}", row.len());
            reading.say(number, None, sentence);
        } else if at > MOST_ROWS {
            reading.say(
                number,
                None,
                format!("a table has at most {MOST_ROWS} rows"),
            );
        } else if let Err((column, sentence)) = reading.row(&row) {
            reading.say(number, Some(&column), sentence);
        }
        if reading.faults.is_enough() {
            break;
        }
    }
    let is_well = reading.faults.is_empty();
    for check_in in &reading.incoming.check_ins {
        // Where a row could not be read, a check-in only seems blank.
        if is_well && validate::is_blank(check_in) {
            let sentence = format!("check-in {}: {}", check_in.id, validate::BLANK);
            reading.faults.add(&file.name, None, None, sentence);
        }
    }
    reading.incoming.layout = if reading.is_long() {
        Layout::Ratings
    } else {
        Layout::CheckIns
    };
    reading.faults.or(reading.incoming)
}

/// What a person can do about a day, a time or an offset that cannot be read.
const RESAVED: &str = "a spreadsheet that saved the file may have changed it, so take in the file as `ebb export csv` wrote it, or \
give the column that form";

struct Reading<'a> {
    file: &'a str,
    day_end: DayEnd,
    years: EntryYears,
    columns: Arc<[String]>,
    faults: Faults,
    zones: ZoneNames,
    places: HashMap<EntryId, usize>,
    incoming: Incoming,
}

impl Reading<'_> {
    fn say(&mut self, row: u64, column: Option<&str>, sentence: impl Into<String>) {
        self.faults.add(self.file, Some(row), column, sentence);
    }

    fn is_long(&self) -> bool {
        self.columns.len() == 10 && self.columns.last().is_some_and(|name| name == "severity")
    }

    /// In the wide layout each further column is a symptom, with its code for a name.
    fn find_symptoms(&mut self) {
        if self.is_long() {
            return;
        }
        for at in HEAD.len()..self.columns.len() {
            let Some(name) = self.columns.get(at).cloned() else {
                continue;
            };
            if name == "overall" || name == "note" || WORKED_OUT.contains(&name.as_str()) {
                continue;
            }
            if let Err((_, sentence)) = self.symptom(&name, None) {
                // A wrong delimiter makes one name of the whole header; a message has no room for it.
                let shown: String = name.chars().take(60).collect();
                self.say(1, Some(&shown), sentence);
            }
        }
    }

    /// Makes a symptom known; an own one gets its name from its code.
    fn symptom(&mut self, code: &str, category: Option<&str>) -> Result<(), Slip> {
        if catalogue().symptom(code).is_some()
            || self.incoming.symptoms.iter().any(|s| s.code == code)
        {
            return Ok(());
        }
        let name = code.strip_prefix("own_").unwrap_or(code).replace('_', " ");
        validate::symptom(code, &name).map_err(|sentence| slip("symptom", sentence))?;
        let category = match category {
            // The wide layout has no category, and an own symptom needs one.
            None => Category::Physical,
            Some(code) => Category::from_code(code)
                .ok_or_else(|| slip("category", "physical or psychological is expected"))?,
        };
        self.incoming.symptoms.push(IncomingSymptom {
            code: code.to_owned(),
            name,
            category,
            rated: true,
        });
        Ok(())
    }

    // By hand, not by serde: what the wide layout's columns are is known by the header alone, and a slip names its column.
    fn row(&mut self, row: &csv::StringRecord) -> Result<(), Slip> {
        let columns = Arc::clone(&self.columns);
        let cell = |at: usize| row.get(at).unwrap_or_default();
        let sure = |at: usize, holds: Holds| -> Result<&str, Slip> {
            let column = columns.get(at).cloned().unwrap_or_default();
            let text = row.get(at).unwrap_or_default();
            if text.is_empty() {
                return Err((column, validate::NEEDED.to_owned()));
            }
            holds
                .check(text)
                .map(|()| text)
                .map_err(|sentence| (column, sentence))
        };
        let head = |at: usize| {
            sure(at, HEAD[at].1).map_err(|(column, sentence)| match HEAD[at].1 {
                Holds::Day | Holds::Time | Holds::Offset => {
                    (column, format!("{sentence}; {RESAVED}"))
                }
                _ => (column, sentence),
            })
        };
        let id: EntryId = head(0)?
            .parse()
            .map_err(|_| ("checkin_id".to_owned(), validate::NEEDED.to_owned()))?;
        let day = head(1)?;
        let time = head(2)?;
        let offset = head(3)?;
        // Spreadsheets write it in capitals.
        let late = match cell(6).to_ascii_lowercase().as_str() {
            "true" => true,
            "false" => false,
            _ => head(6)? == "true",
        };
        let moment = self.moment(day, time, offset, late);
        let moment = moment.ok_or_else(|| ("date".to_owned(), "this is no moment".to_owned()))?;
        let moment = moment_in_years(moment, "date", self.years)?;
        if self.is_long() {
            self.symptom(cell(7), Some(cell(8)))?;
            let severity = sure(9, Holds::Whole(0, 4))?;
            let at = self.check_in(id, &moment)?;
            return self.rate(at, cell(7), severity);
        }
        if self.places.contains_key(&id) {
            return Err(("checkin_id".to_owned(), validate::TWICE.to_owned()));
        }
        let at = self.check_in(id, &moment)?;
        for place in HEAD.len()..columns.len() {
            let (column, text) = (columns.get(place).cloned().unwrap_or_default(), cell(place));
            if text.is_empty() || WORKED_OUT.contains(&column.as_str()) {
                continue;
            }
            let here = |sentence: String| slip(&column, sentence);
            match column.as_str() {
                "overall" => {
                    Holds::Whole(0, 10).check(text).map_err(here)?;
                    let overall = text.parse().ok().and_then(Overall::new);
                    self.with(at, |check_in| check_in.overall = overall);
                }
                "note" if text.len() > MOST_TEXT => {
                    return Err(here(format!("a text has at most {MOST_TEXT} bytes")));
                }
                "note" => {
                    // A file that was written with --raw does not say so: what looks guarded is taken for that.
                    let note = unguarded(text).into();
                    self.with(at, |check_in| check_in.note = Some(note));
                }
                _ => {
                    Holds::Whole(0, 4).check(text).map_err(here)?;
                    self.rate(at, &column, text)?;
                }
            }
        }
        Ok(())
    }

    fn with(&mut self, at: usize, change: impl FnOnce(&mut IncomingCheckIn)) {
        if let Some(check_in) = self.incoming.check_ins.get_mut(at) {
            change(check_in);
        }
    }

    /// The place of this check-in, which a long file names once for each rating.
    fn check_in(&mut self, id: EntryId, moment: &Moment) -> Result<usize, Slip> {
        if let Some(at) = self.places.get(&id) {
            let known = self.incoming.check_ins.get(*at);
            if known.is_some_and(|known| known.moment != *moment) {
                let sentence = "another row has this check-in at another moment".to_owned();
                return Err(("checkin_id".to_owned(), sentence));
            }
            return Ok(*at);
        }
        let at = self.incoming.check_ins.len();
        self.places.insert(id, at);
        self.incoming.check_ins.push(IncomingCheckIn {
            id,
            moment: moment.clone(),
            ratings: Vec::new(),
            overall: None,
            note: None,
            edited_utc: None,
        });
        Ok(at)
    }

    fn rate(&mut self, at: usize, symptom: &str, severity: &str) -> Result<(), Slip> {
        let answer = severity.parse().ok().and_then(Severity::new);
        let mut is_twice = false;
        self.with(at, |check_in| {
            is_twice = check_in
                .ratings
                .iter()
                .any(|rating| rating.symptom == symptom);
            if !is_twice {
                // These layouts do not say what was copied.
                check_in
                    .ratings
                    .push(IncomingRating::new(symptom, answer, false));
            }
        });
        if is_twice {
            Err(("symptom".to_owned(), validate::TWICE.to_owned()))
        } else {
            Ok(())
        }
    }

    /// The moment of a logical day and a time on the wall: before the day ends it is the next day's date on the calendar.
    fn moment(&mut self, day: &str, time: &str, offset: &str, late: bool) -> Option<Moment> {
        let day = schema::day(day)?;
        let time = NaiveTime::parse_from_str(time, "%H:%M:%S").ok()?;
        let offset_min = schema::offset(offset)?;
        let is_after_midnight =
            time.num_seconds_from_midnight() < u32::from(self.day_end.minutes()) * 60;
        let date = if is_after_midnight {
            day.checked_add_days(Days::new(1))?
        } else {
            day
        };
        Some(Moment {
            at_utc: date.and_time(time).and_utc().timestamp() - i64::from(offset_min) * 60,
            offset_min,
            zone: self.zones.of(offset),
            day,
            late,
            without_time: false,
        })
    }
}
