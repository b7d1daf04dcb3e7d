//! What each cell of a row becomes. Nothing is kept here: a row with one bad cell brings nothing at all.

use super::cell::{Cell, Done, State, done, number, state};
use super::clock::Clock;
use super::dates;
use super::dates::Written;
use super::off_scale;
use super::sheet::names::is_note_name;
use super::target::{DoseField, Half, SleepTime, Target};
use super::units;
use crate::domain::amount::{Amount, is_unit, number_and_unit};
use crate::domain::care::catalogue::CareList;
use crate::domain::care::measure::MeasureForm;
use crate::domain::check_in::Overall;
use crate::domain::check_in::symptom::{Severity, own_code};
use crate::domain::dose::product;
use crate::domain::entry::validate;
use crate::domain::id::EntryId;
use crate::domain::journal::Journal;
use crate::domain::journal::incoming::IncomingSymptom;
use crate::domain::record::Record;
use crate::domain::record::draft::RecordDraft;
use crate::domain::record::key;
use crate::domain::record::kind::Kind;
use crate::domain::record::state::IntakeState;
use crate::domain::time::{Moment, Now};
use crate::transfer::import::error::MOST_TEXT;
use chrono::NaiveDate;

/// What a cell becomes.
pub(super) enum Piece {
    Nothing,
    Note(String),
    Rating(String, Severity),
    Own(IncomingSymptom, Severity),
    Overall(Overall),
    Record(Record),
    /// An intake, and the name of its medicine.
    Intake(Record, String),
}

/// The row that a cell stands in.
pub(super) struct Row<'a> {
    pub(super) cells: &'a [Cell<'a>],
    pub(super) moment: &'a Moment,
    /// The day in the file.
    pub(super) day: NaiveDate,
    pub(super) lists: &'a Journal,
    pub(super) now: &'a Now,
}

/// A piece, and whether its number had to be rounded.
pub(super) type Read = Result<(Piece, bool), String>;

impl<'a> Row<'a> {
    /// Reads a cell. `moment`: the moment of another day and time in this row.
    pub(super) fn read(
        &self,
        cell: &Cell<'_>,
        id: EntryId,
        moment: &dyn Fn(Written) -> Moment,
    ) -> Read {
        let value = cell.value.as_ref();
        let piece = match cell.target {
            Target::Note => {
                let value = cell.reading.numbers.word(value);
                let line = if is_note_name(cell.column) {
                    value.to_owned()
                } else {
                    format!("{}: {value}", cell.column)
                };
                Piece::Note(bounded(&line).map(|()| line)?)
            }
            Target::Symptom(code, scale) => {
                let severity = scale.of(&number(cell)?, Severity::TOP);
                let severity = severity.and_then(Severity::new);
                Piece::Rating(
                    code.clone(),
                    severity.ok_or_else(|| off_scale::of_value(value))?,
                )
            }
            Target::Own(name, category, scale) => {
                let severity = scale.of(&number(cell)?, Severity::TOP);
                let severity = severity.and_then(Severity::new);
                let severity = severity.ok_or_else(|| off_scale::of_value(value))?;
                let symptom = IncomingSymptom {
                    code: own_code(name, "symptom", |_| false),
                    name: name.clone(),
                    category: *category,
                    rated: true,
                };
                Piece::Own(symptom, severity)
            }
            Target::Overall(scale) => {
                let overall = scale.of(&number(cell)?, Overall::TOP);
                let overall = overall.and_then(Overall::new);
                Piece::Overall(overall.ok_or_else(|| off_scale::of_value(value))?)
            }
            Target::Urge(scale) => {
                let strength = scale.of(&number(cell)?, Severity::TOP);
                let strength = strength
                    .ok_or_else(|| off_scale::of_value(value))?
                    .to_string();
                let fields = [(key::STRENGTH, strength.as_str())];
                Piece::Record(self.record(id, Kind::Urge, self.moment, None, &fields)?)
            }
            Target::Measure(code, _) => {
                let measure = CareList::built_in().measure(code);
                number(cell)?;
                let is_time = measure.is_some_and(|m| units::of_measure(m, "s").is_some());
                let typed = cell
                    .reading
                    .amount(value, is_time, |word| units::of_measure(measure?, word))?;
                let times = self.sleep_times(cell, moment)?;
                let mut fields = vec![(key::VALUE, typed.text.as_str())];
                fields.extend(times.iter().map(|(time, text)| (time.key(), text.as_str())));
                let kind = Kind::Measurement;
                let record = self.record(id, kind, self.moment, Some(code), &fields)?;
                return Ok((Piece::Record(record), typed.is_rounded));
            }
            Target::Part(code, half) => return self.pair(cell, code, *half, id),
            Target::Dose(code, _) => {
                number(cell)?;
                let product = product::by_code(self.lists, code);
                let of = |word: &str| units::of_product(product.as_ref()?, word);
                let typed = cell.reading.amount(value, false, of)?;
                let time = self.field(code, DoseField::Time);
                let time = time.map(|time| {
                    let clock = super::clock::clock(&time.value);
                    let clock = clock.ok_or_else(|| dates::no_time(&time.value))?;
                    let day = self.day;
                    Ok::<Moment, String>(moment(Written { day, clock }))
                });
                let at = time.transpose()?;
                let at = at.as_ref().unwrap_or(self.moment);
                let note = self.texts(code, DoseField::Note);
                let reason = self.texts(code, DoseField::Reason);
                let fields = [
                    (key::AMOUNT, typed.text.as_str()),
                    (key::NOTE, note.as_str()),
                    (key::REASON, reason.as_str()),
                ];
                let record = self.record(id, Kind::Dose, at, Some(code), &fields)?;
                return Ok((Piece::Record(record), typed.is_rounded));
            }
            Target::Practice(code) => self.practice(cell, code, id)?,
            Target::Substance(code, word) => self.substance(cell, (code, word.as_deref()), id)?,
            Target::Medicine => self.intake(cell, id, moment)?,
            Target::Date(_)
            | Target::Time
            | Target::DoseField(..)
            | Target::SleepTime(_)
            | Target::Amount
            | Target::State
            | Target::TakenAt
            | Target::DayAbove
            | Target::Name
            | Target::Value
            | Target::Unit
            | Target::Skip => Piece::Nothing,
        };
        Ok((piece, false))
    }

    /// A practice, done or counted.
    fn practice(&self, cell: &Cell<'_>, code: &str, id: EntryId) -> Result<Piece, String> {
        let value = cell.value.as_ref();
        let word = cell.reading.numbers.word(value);
        let kind = Kind::Practice;
        Ok(match done(word, value, cell.reading.numbers)? {
            Done::No => Piece::Nothing,
            Done::Yes => Piece::Record(self.record(id, kind, self.moment, Some(code), &[])?),
            Done::Count(field, amount) => {
                let fields = [(field, amount.as_str())];
                Piece::Record(self.record(id, kind, self.moment, Some(code), &fields)?)
            }
        })
    }

    /// Another substance: yes, or how much, in its usual unit where the cell names none. No record says that there was none.
    fn substance(
        &self,
        cell: &Cell<'_>,
        (code, word): (&str, Option<&str>),
        id: EntryId,
    ) -> Result<Piece, String> {
        let value = cell.value.trim();
        let (number, unit) = match value.to_lowercase().as_str() {
            "no" | "n" | "false" | "-" | "none" => return Ok(Piece::Nothing),
            "yes" | "y" | "true" | "x" => ("", ""),
            _ => number_and_unit(value),
        };
        if Amount::typed(number).is_ok_and(|amount| amount == Amount::whole(0)) {
            return Ok(Piece::Nothing);
        }
        let usual = CareList::built_in().substance(code);
        let usual = usual
            .and_then(|substance| substance.unit)
            .unwrap_or_default();
        let unit = if number.is_empty() || !unit.is_empty() {
            unit
        } else {
            usual
        };
        if (number.is_empty() && !unit.is_empty()) || !is_unit(unit) {
            return Err(format!("{value:?} is neither yes, no nor how much"));
        }
        let fields = [
            (key::NAME, word.unwrap_or_default()),
            (key::AMOUNT, number),
            (key::UNIT, unit),
        ];
        let record = self.record(id, Kind::Substance, self.moment, Some(code), &fields)?;
        Ok(Piece::Record(record))
    }

    /// The clock times of a sleep. They belong to the first hours of a row: a second column of hours is another sleep.
    fn sleep_times(
        &self,
        cell: &Cell<'_>,
        moment: &dyn Fn(Written) -> Moment,
    ) -> Result<Vec<(SleepTime, String)>, String> {
        let list = CareList::built_in();
        let is_sleep = |code: &str| {
            let measure = list.measure(code);
            measure.is_some_and(|measure| measure.form == MeasureForm::Sleep)
        };
        let first = self
            .cells
            .iter()
            .find(|other| matches!(other.target, Target::Measure(code, _) if is_sleep(code)));
        if first.is_none_or(|first| first.at != cell.at) {
            return Ok(Vec::new());
        }
        let mut times: Vec<(SleepTime, String)> = Vec::new();
        for cell in self.cells {
            let Target::SleepTime(time) = *cell.target else {
                continue;
            };
            let day = self.day;
            let alone = super::clock::clock(&cell.value).map(|clock| Written { day, clock });
            let written = alone.or_else(|| dates::nearest(&cell.value, day));
            let exact = written.filter(|written| matches!(written.clock, Clock::Time(..)));
            let exact = exact.ok_or_else(|| dates::no_time(&cell.value))?;
            times.push((time, on_the_clock(&moment(exact))));
        }
        // In the files of most programs the end of a sleep is the time of its row.
        if !self.moment.without_time {
            let ends = times.iter().filter_map(|(time, _)| time.end());
            let open = |end: &SleepTime| times.iter().all(|(time, _)| time != end);
            let ends: Vec<SleepTime> = ends.filter(open).collect();
            let at = on_the_clock(self.moment);
            times.extend(ends.into_iter().map(|end| (end, at.clone())));
        }
        Ok(times)
    }

    /// The other field of a dose of this product.
    fn field(&self, product: &str, wanted: DoseField) -> Option<&'a Cell<'a>> {
        self.fields(product, wanted).next()
    }

    fn fields(&self, product: &str, wanted: DoseField) -> impl Iterator<Item = &'a Cell<'a>> {
        self.cells.iter().filter(move |cell| {
            matches!(cell.target, Target::DoseField(code, field) if code == product && *field == wanted)
        })
    }

    /// The words of all columns for a field, each with the name of its column where there are several.
    fn texts(&self, product: &str, wanted: DoseField) -> String {
        let several = self.fields(product, wanted).count() > 1;
        let texts = self.fields(product, wanted).map(|cell| {
            if several {
                format!("{}: {}", cell.column, cell.value)
            } else {
                cell.value.to_string()
            }
        });
        texts.collect::<Vec<_>>().join("\n")
    }

    /// A measurement of two numbers from two cells; it belongs to the upper one.
    fn pair(&self, cell: &Cell<'_>, code: &str, half: Half, id: EntryId) -> Read {
        let other = cell.reading.partner;
        let other = self.cells.iter().find(|cell| Some(cell.at) == other);
        let Some(other) = other else {
            return Err(format!(
                "this is one number of two, and the other one is blank; {code} needs both"
            ));
        };
        if half == Half::Lower {
            return Ok((Piece::Nothing, false));
        }
        let plain = |cell: &Cell<'_>| cell.reading.on_scale(&cell.value);
        let typed = format!("{}/{}", plain(cell), plain(other));
        let fields = [(key::VALUE, typed.as_str())];
        let kind = Kind::Measurement;
        let record = self.record(id, kind, self.moment, Some(code), &fields)?;
        Ok((Piece::Record(record), false))
    }

    fn record(
        &self,
        id: EntryId,
        kind: Kind,
        moment: &Moment,
        about: Option<&str>,
        fields: &[(&str, &str)],
    ) -> Result<Record, String> {
        let mut draft = RecordDraft::new(id, kind, moment.day);
        draft.about = about.map(str::to_owned);
        draft.at = Some(moment.at());
        draft.without_time = moment.without_time;
        for (code, text) in fields.iter().filter(|(_, text)| !text.is_empty()) {
            bounded(text)?;
            draft.texts.insert((*code).to_owned(), (*text).to_owned());
        }
        let written = Now {
            at: self.now.at.max(moment.at()),
            ..self.now.clone()
        };
        let record = validate::record(self.lists, &draft, &written);
        let mut record = record.map_err(|refusal| refusal.sentence)?;
        record.moment = Some(moment.clone());
        Ok(record)
    }

    /// An intake, and the medicine that it is of.
    fn intake(
        &self,
        cell: &Cell<'_>,
        id: EntryId,
        moment: &dyn Fn(Written) -> Moment,
    ) -> Result<Piece, String> {
        let name = cell.value.as_ref();
        let find = |wanted: Target| {
            let found = self.cells.iter().find(|cell| *cell.target == wanted);
            found.map(|cell| cell.value.as_ref())
        };
        let state = match find(Target::State) {
            // A file without such a column lists what was taken.
            None => State::Taken(None),
            Some(cell) => state(cell, self.day)?,
        };
        let mut at = self.moment.clone();
        let state = match state {
            State::Skipped => IntakeState::Skipped,
            State::Late => IntakeState::Late,
            State::Taken(written) => {
                let exact = find(Target::TakenAt);
                let exact = exact.and_then(|cell| dates::nearest(cell, self.day));
                if let Some(written) = exact.or(written) {
                    at = moment(written);
                }
                IntakeState::Taken
            }
        };
        let about = medicine(name).to_string();
        let record = Record::new(id, Kind::Intake, Some(at), Some(&about))
            .with_text(key::STATE, state.code())
            .with_text(key::AMOUNT, find(Target::Amount).unwrap_or_default());
        Ok(Piece::Intake(record, name.to_owned()))
    }
}

/// Refuses a text that the journal could not give out and take in again.
fn bounded(text: &str) -> Result<(), String> {
    if text.len() > MOST_TEXT {
        return Err(format!("a text has at most {MOST_TEXT} bytes"));
    }
    Ok(())
}

/// "22:10".
fn on_the_clock(moment: &Moment) -> String {
    moment.at().format("%H:%M").to_string()
}

/// The id of the medicine of this name.
pub(super) fn medicine(name: &str) -> EntryId {
    EntryId::derived(name.to_lowercase().as_bytes(), "medicine")
}
