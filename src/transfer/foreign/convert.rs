//! From rows to the journal's own values: a check-in for each row, and a record for everything else.
//!
//! In a format with one row a value, the rows of a moment share a check-in until the same kind of value comes again.

use super::apps::App;
use super::cell::{Cell, Done, State, done, number, off_scale, state};
use super::clock::{Clock, clock as read_clock};
use super::dates;
use super::dates::{Order, Written};
use super::first_version;
use super::first_version::Place;
use super::identity::Identity;
use super::sheet::names::is_note_name;
use super::sheet::numbers::Numbers;
use super::sheet::{Line, Sheet};
use super::standing::{Standing, Unclocked, first_row, on_the_wall};
use super::target::Target;
use crate::domain::check_in::Overall;
use crate::domain::check_in::symptom::{Severity, own_code};
use crate::domain::entry::validate;
use crate::domain::id::EntryId;
use crate::domain::journal::Journal;
use crate::domain::journal::incoming::{
    Incoming, IncomingCheckIn, IncomingRating, IncomingSymptom,
};
use crate::domain::record::Record;
use crate::domain::record::draft::RecordDraft;
use crate::domain::record::key;
use crate::domain::record::kind::Kind;
use crate::domain::record::state::IntakeState;
use crate::domain::time::{EntryYears, Moment, Now, Zone, logical_day};
use crate::transfer::import::error::{Faults, Here, MOST_TEXT, RowError};
use chrono::NaiveDate;
use std::collections::HashMap;

/// Reads every row.
///
/// # Errors
/// Every error with its row.
pub(super) fn taken(
    app: App,
    sheet: &Sheet,
    targets: &[Option<Target>],
    here: &Here<'_>,
) -> Result<Incoming, Vec<RowError>> {
    let mut converter = Converter {
        app,
        sheet,
        targets,
        here,
        journal: Journal::default(),
        numbers: sheet.numbers(),
        order: Order::Told,
        first_order: None,
        identity: Identity::new(app),
        unclocked: Unclocked::default(),
        ahead: None,
        faults: Faults::default(),
        incoming: Incoming::default(),
        check_ins: HashMap::new(),
    };
    converter.find_order();
    for line in &sheet.lines {
        if converter.faults.is_enough() {
            break;
        }
        if let Err((column, sentence)) = converter.line(line) {
            let number = Some(line.number);
            converter
                .faults
                .add(&sheet.file, number, column.as_deref(), sentence);
        }
    }
    converter.incoming.remarks = converter.unclocked.sentences();
    converter.faults.or(converter.incoming)
}

type CellError = (Option<String>, String);

struct Converter<'a> {
    app: App,
    sheet: &'a Sheet,
    targets: &'a [Option<Target>],
    here: &'a Here<'a>,
    /// An empty journal: it has the built-in lists.
    journal: Journal,
    /// The meaning of each column's numbers.
    numbers: Vec<Numbers>,
    order: Order,
    /// The order in which version 0.1.0 read the days.
    first_order: Option<Order>,
    identity: Identity,
    unclocked: Unclocked,
    /// The day of a new row in the future.
    ahead: Option<NaiveDate>,
    faults: Faults,
    incoming: Incoming,
    /// The place of each check-in in `incoming`.
    check_ins: HashMap<EntryId, usize>,
}

impl Converter<'_> {
    fn find_order(&mut self) {
        let date = |target: &Option<Target>| match target {
            Some(Target::Date(order)) => Some(*order),
            _ => None,
        };
        let place = self
            .targets
            .iter()
            .position(|target| date(target).is_some());
        let Some(at) = place else { return };
        let order = self.targets.get(at).and_then(date).unwrap_or(Order::Told);
        let cells = || {
            let lines = self.sheet.lines.iter();
            lines
                .filter_map(|line| line.cells.get(at))
                .map(String::as_str)
        };
        self.first_order = first_version::order(cells(), order);
        match dates::order(cells(), order) {
            Ok(order) => self.order = order,
            Err(sentence) => {
                let column = self.sheet.columns.get(at).map(String::as_str);
                self.faults.add(&self.sheet.file, None, column, sentence);
            }
        }
    }

    /// The cells of a line that have a value and a target.
    fn cells(&self, line: &Line) -> Vec<Cell> {
        let columns = self.sheet.columns.iter().zip(self.targets);
        let all = columns.zip(&self.numbers).zip(&line.cells);
        all.filter_map(|(((column, target), numbers), raw)| {
            let target = target.as_ref()?;
            // A blank state is a value too: the medicine was not taken.
            let value = match target {
                Target::Date(_) | Target::Time | Target::TakenAt if raw.is_empty() => return None,
                Target::State | Target::Date(_) | Target::Time | Target::TakenAt => {
                    raw.as_str().into()
                }
                _ => numbers.value(raw)?,
            };
            Some(Cell {
                column: column.clone(),
                target: target.clone(),
                numbers: *numbers,
                raw: raw.clone(),
                value: value.into_owned(),
            })
        })
        .collect()
    }

    fn line(&mut self, line: &Line) -> Result<(), CellError> {
        let cells = self.cells(line);
        let standing = self.standing(line, &cells)?;
        for cell in &cells {
            self.cell(cell, &standing, &cells)
                .map_err(|sentence| (Some(cell.column.clone()), sentence))?;
        }
        match self.ahead.take() {
            Some(day) => Err((None, format!("{day} lies ahead"))),
            None => Ok(()),
        }
    }

    fn cell(&mut self, cell: &Cell, standing: &Standing, cells: &[Cell]) -> Result<(), String> {
        let value = cell.value.as_str();
        match &cell.target {
            Target::Note => {
                let value = cell.numbers.word(value);
                let line = if is_note_name(&cell.column) {
                    value.to_owned()
                } else {
                    format!("{}: {value}", cell.column)
                };
                note(self.sitting(standing), &line);
            }
            Target::Symptom(code, scale) => {
                let severity = scale.of(number(cell)?, Severity::TOP);
                let severity = severity.and_then(Severity::new);
                let severity = severity.ok_or_else(|| off_scale(value))?;
                rate(self.sitting(standing), code, severity);
            }
            Target::Own(name, category, scale) => {
                let severity = scale.of(number(cell)?, Severity::TOP);
                let severity = severity.and_then(Severity::new);
                let severity = severity.ok_or_else(|| off_scale(value))?;
                let code = own_code(name, "symptom", |_| false);
                if self.incoming.symptoms.iter().all(|s| s.code != code) {
                    self.incoming.symptoms.push(IncomingSymptom {
                        code: code.clone(),
                        name: name.clone(),
                        category: *category,
                        rated: true,
                    });
                }
                rate(self.sitting(standing), &code, severity);
            }
            Target::Overall(scale) => {
                let overall = scale.of(number(cell)?, Overall::TOP);
                let overall = overall.and_then(Overall::new);
                let overall = overall.ok_or_else(|| off_scale(value))?;
                self.sitting(standing).overall = Some(overall);
            }
            Target::Measure(code) => {
                let fields = [(key::VALUE, number(cell)?)];
                self.record(cell, Kind::Measurement, standing, Some(code), &fields)?;
            }
            Target::Dose(code) => {
                let fields = [(key::AMOUNT, number(cell)?)];
                self.record(cell, Kind::Dose, standing, Some(code), &fields)?;
            }
            Target::Urge(scale) => {
                let strength = scale.of(number(cell)?, Severity::TOP);
                let strength = strength.ok_or_else(|| off_scale(value))?.to_string();
                let fields = [(key::STRENGTH, strength.as_str())];
                self.record(cell, Kind::Urge, standing, None, &fields)?;
            }
            Target::Practice(code) => match done(cell.numbers.word(value), value, cell.numbers)? {
                Done::No => {}
                Done::Yes => self.record(cell, Kind::Practice, standing, Some(code), &[])?,
                Done::Count(field, amount) => {
                    let fields = [(field, amount.as_str())];
                    self.record(cell, Kind::Practice, standing, Some(code), &fields)?;
                }
            },
            Target::Medicine => self.intake(cell, standing, cells)?,
            Target::Date(_)
            | Target::Time
            | Target::Amount
            | Target::State
            | Target::TakenAt
            | Target::DayAbove
            | Target::Name
            | Target::Value
            | Target::Unit
            | Target::Skip => {}
        }
        Ok(())
    }

    /// A row's place in time, and its number among the rows of the same wall time.
    fn standing(&mut self, line: &Line, cells: &[Cell]) -> Result<Standing, CellError> {
        let find =
            |is_wanted: fn(&Target) -> bool| cells.iter().find(|cell| is_wanted(&cell.target));
        let date = find(|target| matches!(target, Target::Date(_)));
        let time = find(|target| *target == Target::Time);
        let date = date.ok_or_else(|| (None, "this row has no day".to_owned()))?;
        let slip = |cell: &Cell, sentence: String| (Some(cell.column.clone()), sentence);
        let Written { day, mut clock } =
            dates::written(&date.raw, self.order).map_err(|sentence| slip(date, sentence))?;
        if let Some(time) = time {
            let read = read_clock(&time.raw).ok_or_else(|| {
                let way_out = format!("; --map \"{}=skip\" takes the days alone", time.column);
                slip(time, dates::no_time(&time.raw) + &way_out)
            })?;
            // A time in the date column is more exact than "all day" in the time column.
            if read != Clock::Day || clock == Clock::Day {
                clock = read;
            }
        }
        EntryYears::of(self.here.now)
            .day(day)
            .map_err(|outside| slip(date, format!("{:?} {outside}", date.raw)))?;
        let cell = time.map_or("", |time| time.raw.as_str());
        match clock {
            Clock::Part(hour) => {
                let cell = if cell.is_empty() { &date.raw } else { cell };
                self.unclocked.add(Some(hour), cell);
            }
            // Without a time column nobody expects times, so no remark is needed.
            Clock::Day if self.targets.contains(&Some(Target::Time)) => {
                self.unclocked.add(None, cell);
            }
            Clock::Time(..) | Clock::Day => {}
        }
        let moment = self.moment(day, clock);
        let wall = day.and_time(on_the_wall(clock));
        let thing = line.thing.and_then(|at| self.sheet.columns.get(at));
        let first = self
            .first_order
            .and_then(|order| Place::of(&date.raw, time.map(|time| time.raw.as_str()), order));
        Ok(Standing {
            wall,
            moment,
            is_timed: matches!(clock, Clock::Time(..)),
            is_converted: matches!(clock, Clock::Time(_, Some(_))),
            first,
            number: self.identity.row(wall, thing.map(String::as_str)),
        })
    }

    /// The moment of a day and a time of the file.
    fn moment(&self, day: NaiveDate, clock: Clock) -> Moment {
        let now = self.here.now;
        let wall = day.and_time(on_the_wall(clock));
        let at = match clock {
            Clock::Time(_, Some(offset)) => {
                now.zone.at(Zone::fixed(offset).resolve(wall).at.to_utc())
            }
            _ => now.zone.resolve(wall).at,
        };
        let is_exact = matches!(clock, Clock::Time(..));
        // A day without a time is noon; before noon that would be in the future today.
        let at = if !is_exact && day == now.at.date_naive() {
            at.min(now.at)
        } else {
            at
        };
        let counts_for = match clock {
            Clock::Day => day,
            _ => logical_day(at.naive_local(), self.here.day_end),
        };
        // The other program recorded it at that time, so it is not "written late".
        let written = Now { at, ..now.clone() };
        Moment {
            without_time: matches!(clock, Clock::Day),
            ..Moment::on_day(counts_for, at, &written, self.here.day_end)
        }
    }

    /// The check-in of a row.
    fn sitting(&mut self, standing: &Standing) -> &mut IncomingCheckIn {
        let id = self.identity.check_in(standing.wall, standing.number);
        let check_ins = &mut self.incoming.check_ins;
        let at = *self.check_ins.entry(id).or_insert_with(|| {
            check_ins.push(IncomingCheckIn {
                id,
                moment: standing.moment.clone(),
                ratings: Vec::new(),
                overall: None,
                note: None,
            });
            check_ins.len() - 1
        });
        let earlier = standing.first.and_then(|place| {
            let row = first_row(self.app, self.here, standing);
            place.check_in(&row)
        });
        self.look_ahead(id, earlier, &standing.moment);
        let foreign = &mut self.incoming.foreign;
        foreign
            .entry(id)
            .or_insert_with(|| standing.foreign(earlier));
        &mut self.incoming.check_ins[at]
    }

    /// The id of a cell's record.
    fn id(&mut self, cell: &Cell, standing: &Standing) -> EntryId {
        let id = self.identity.record(&cell.column, &cell.raw, standing.wall);
        let earlier = standing.first.and_then(|place| {
            let row = first_row(self.app, self.here, standing);
            place.record(&row, &cell.column)
        });
        self.look_ahead(id, earlier, &standing.moment);
        let foreign = standing.foreign(earlier);
        self.incoming.foreign.insert(id, foreign);
        id
    }

    /// Notes a new row in the future. A known row can be in the future after a journey to the west, and is fine.
    fn look_ahead(&mut self, id: EntryId, earlier: Option<EntryId>, moment: &Moment) {
        let past = self.here.past;
        let is_known = earlier.is_some() || past.ids.contains(&id) || past.gone.contains(&id);
        if moment.at() > self.here.now.at && !is_known {
            self.ahead = Some(moment.day);
        }
    }

    fn record(
        &mut self,
        cell: &Cell,
        kind: Kind,
        standing: &Standing,
        about: Option<&str>,
        fields: &[(&str, &str)],
    ) -> Result<(), String> {
        let moment = &standing.moment;
        let mut draft = RecordDraft::new(self.id(cell, standing), kind, moment.day);
        draft.about = about.map(str::to_owned);
        draft.at = Some(moment.at());
        draft.without_time = moment.without_time;
        for (code, text) in fields {
            draft.texts.insert((*code).to_owned(), (*text).to_owned());
        }
        let now = self.here.now;
        let written = Now {
            at: now.at.max(moment.at()),
            ..now.clone()
        };
        let mut record = validate::record(&self.journal, &draft, &written)
            .map_err(|refusal| refusal.sentence)?;
        record.moment = Some(moment.clone());
        self.incoming.records.push(record);
        Ok(())
    }

    /// An intake, and the medicine that it is of.
    fn intake(&mut self, cell: &Cell, standing: &Standing, cells: &[Cell]) -> Result<(), String> {
        let name = cell.value.as_str();
        let find = |wanted: Target| {
            let found = cells.iter().find(|cell| cell.target == wanted);
            found.map(|cell| cell.value.as_str())
        };
        let medicine = EntryId::derived(name.to_lowercase().as_bytes(), "medicine");
        let mut records = self.incoming.records.iter();
        if records.all(|record| record.id != medicine) {
            let record = Record::new(medicine, Kind::Medication, None, None);
            self.incoming
                .records
                .push(record.with_text(key::NAME, name));
        }
        let state = match find(Target::State) {
            // A file without such a column lists what was taken.
            None => State::Taken(None),
            Some(cell) => state(cell, standing.wall.date())?,
        };
        let mut moment = standing.moment.clone();
        let state = match state {
            State::Skipped => IntakeState::Skipped,
            State::Late => IntakeState::Late,
            State::Taken(at) => {
                let exact = find(Target::TakenAt);
                let exact = exact.and_then(|cell| dates::nearest(cell, standing.wall.date()));
                if let Some(Written { day, clock }) = exact.or(at) {
                    moment = self.moment(day, clock);
                }
                IntakeState::Taken
            }
        };
        let id = self.id(cell, standing);
        let about = medicine.to_string();
        let record = Record::new(id, Kind::Intake, Some(moment), Some(&about))
            .with_text(key::STATE, state.code())
            .with_text(key::AMOUNT, find(Target::Amount).unwrap_or_default());
        self.incoming.records.push(record);
        Ok(())
    }
}

fn rate(check_in: &mut IncomingCheckIn, code: &str, severity: Severity) {
    check_in.ratings.retain(|rating| rating.symptom != code);
    check_in.ratings.push(IncomingRating {
        symptom: code.to_owned(),
        answer: Some(severity),
        copied: false,
    });
}

fn note(check_in: &mut IncomingCheckIn, line: &str) {
    let mut note = check_in.note.take().map(String::from).unwrap_or_default();
    if !note.is_empty() {
        note.push('\n');
    }
    note.push_str(line);
    note.truncate(note.floor_char_boundary(MOST_TEXT));
    check_in.note = Some(note.into());
}
