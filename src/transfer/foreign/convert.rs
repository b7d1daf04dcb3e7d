//! From rows to the journal's own values: a check-in for each row, and a record for everything else.
//!
//! In a format with one row a value, the rows of a moment share a check-in until the same kind of value comes again.

use super::apps::App;
use super::cell::Cell;
use super::clock::{Clock, clock as read_clock};
use super::dates;
use super::dates::{Order, Written};
use super::first_version;
use super::first_version::Place;
use super::identity::Identity;
use super::off_scale;
use super::pieces::{Piece, Row, medicine};
use super::reading;
use super::reading::Reading;
use super::sheet::{Line, Sheet};
use super::standing::{Remarks, Standing, first_row, on_the_wall};
use super::target::Target;
use crate::domain::care::measurement::is_sleep;
use crate::domain::check_in::symptom::Severity;
use crate::domain::entry::unusual;
use crate::domain::id::EntryId;
use crate::domain::journal::Journal;
use crate::domain::journal::earlier::Foreign;
use crate::domain::journal::incoming::{Incoming, IncomingCheckIn, IncomingRating};
use crate::domain::record::Record;
use crate::domain::record::key;
use crate::domain::record::kind::Kind;
use crate::domain::time::{EntryYears, Moment, Now, Zone, logical_day};
use crate::transfer::import::error::{Faults, Here, MOST_TEXT, RowError, Slips};
use chrono::{DateTime, FixedOffset, NaiveDate};
use std::borrow::Cow;
use std::collections::{BTreeSet, HashMap, HashSet};

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
    let (readings, open) = reading::plan(sheet, targets, here);
    if !open.is_empty() {
        return Err(open.iter().map(|question| question.error(sheet)).collect());
    }
    let mut converter = Converter {
        app,
        sheet,
        targets,
        here,
        lists: reading::lists(here),
        readings: &readings,
        order: Order::Told,
        first_order: None,
        identity: Identity::new(app),
        remarks: Remarks::default(),
        faults: Faults::default(),
        incoming: Incoming::default(),
        check_ins: HashMap::new(),
        medicines: HashSet::new(),
        off_scale: BTreeSet::new(),
    };
    converter.find_order();
    let mut slips = sheet.slips.iter().peekable();
    for (done, line) in sheet.lines.iter().enumerate() {
        if converter.faults.is_enough() {
            break;
        }
        while let Some((row, sentence)) = slips.next_if(|(row, _)| *row < line.number) {
            converter.slip(*row, None, sentence.clone());
        }
        here.ways.tell.row(done, sheet.lines.len());
        if let Err((column, sentence)) = converter.line(line) {
            converter.slip(line.number, column.as_deref(), sentence);
        }
    }
    for (row, sentence) in slips {
        converter.slip(*row, None, sentence.clone());
    }
    converter.finish()
}

type CellError = (Option<String>, String);

struct Converter<'a> {
    app: App,
    sheet: &'a Sheet,
    targets: &'a [Option<Target>],
    here: &'a Here<'a>,
    /// The built-in lists, with the person's own products.
    lists: Journal,
    readings: &'a [Reading],
    order: Order,
    /// The order in which version 0.1.0 read the days.
    first_order: Option<Order>,
    identity: Identity,
    remarks: Remarks,
    faults: Faults,
    incoming: Incoming,
    /// The place of each check-in in `incoming`.
    check_ins: HashMap<EntryId, usize>,
    medicines: HashSet<EntryId>,
    /// The columns with a value that is not on their scale.
    off_scale: BTreeSet<usize>,
}

impl<'a> Converter<'a> {
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
    fn cells(&mut self, line: &'a Line) -> Vec<Cell<'a>> {
        let columns = self.sheet.columns.iter().zip(self.targets);
        let all = columns.zip(self.readings).enumerate();
        let mut cells = Vec::new();
        for (at, ((column, target), reading)) in all {
            // Many programs cut the empty cells at the end of a row, and an empty state is a value.
            let raw = Sheet::cell(line, Some(at));
            let Some(target) = target.as_ref() else {
                continue;
            };
            let value: Option<Cow<'a, str>> = match target {
                Target::Skip => None,
                // A blank state is a value too: the medicine was not taken.
                Target::State => Some(raw.into()),
                Target::Date(_) => (!raw.is_empty()).then(|| raw.into()),
                _ if reading::is_blank(raw, target, self.here) => {
                    self.remarks.blank(raw);
                    None
                }
                Target::Time | Target::TakenAt | Target::SleepTime(_) => Some(raw.into()),
                _ => reading.numbers.value(raw),
            };
            cells.extend(value.map(|value| Cell {
                at,
                column,
                target,
                reading,
                raw,
                value,
            }));
        }
        cells
    }

    /// Reads a row whole, and then keeps it.
    fn line(&mut self, line: &'a Line) -> Result<(), CellError> {
        let cells = self.cells(line);
        let standing = self.standing(line, &cells)?;
        // The ids come first: a row that is left out keeps its number, so that the others keep theirs once it is mended.
        let ids: Vec<Option<(EntryId, Foreign)>> = cells
            .iter()
            .map(|cell| has_record(cell.target).then(|| self.id(cell, &standing)))
            .collect();
        let row = Row {
            cells: &cells,
            moment: &standing.moment,
            day: standing.wall.date(),
            lists: &self.lists,
            now: self.here.now,
        };
        let here = self.here;
        let at = |written: Written| moment(here, written.day, written.clock);
        let mut pieces = Vec::with_capacity(cells.len());
        let mut rounded = 0;
        for (cell, id) in cells.iter().zip(ids) {
            let given = id.map_or_else(|| EntryId::from_bytes([0; 16]), |(id, _)| id);
            let (piece, is_rounded) = row.read(cell, given, &at).map_err(|sentence| {
                if is_scaled(cell.target) {
                    self.off_scale.insert(cell.at);
                }
                (Some(cell.column.to_owned()), sentence)
            })?;
            rounded += usize::from(is_rounded);
            pieces.push((piece, id));
        }
        let check_in = self.check_in_id(&standing);
        let is_ahead = |at: DateTime<FixedOffset>, id: EntryId, foreign: Foreign| {
            let past = self.here.past;
            // A known row can be in the future after a journey to the west, and is fine.
            let is_known =
                foreign.earlier.is_some() || past.ids.contains(&id) || past.gone.contains(&id);
            at > self.here.now.at && !is_known
        };
        for (piece, id) in &pieces {
            let (moment, (id, foreign)) = match (piece, id) {
                (Piece::Nothing, _) => continue,
                (Piece::Record(record) | Piece::Intake(record, _), Some(id)) => {
                    (record.moment.as_ref().unwrap_or(&standing.moment), *id)
                }
                _ => (&standing.moment, check_in),
            };
            if is_ahead(moment.at(), id, foreign) {
                return Err((None, format!("{} lies ahead", moment.day)));
            }
        }
        self.remarks.rounded += rounded;
        for cell in &cells {
            if let Some(taken) = off_scale::nearest_step(cell) {
                self.remarks.between(&cell.value, taken);
            }
        }
        self.lone_fields(&cells, &pieces);
        for (piece, id) in pieces {
            self.keep(piece, id, check_in, &standing);
        }
        Ok(())
    }

    /// Counts a note or reason of a dose in a row without one.
    fn lone_fields(&mut self, cells: &[Cell<'_>], pieces: &[(Piece, Option<(EntryId, Foreign)>)]) {
        let has_dose = |product: &str| {
            pieces.iter().any(|(piece, _)| match piece {
                Piece::Record(record) => record.about() == Some(product),
                _ => false,
            })
        };
        let lone = cells.iter().filter(|cell| match cell.target {
            Target::DoseField(product, _) => !has_dose(product),
            _ => false,
        });
        self.remarks.lone_fields += lone.count();
        let has_sleep = pieces.iter().any(|(piece, _)| match piece {
            Piece::Record(record) => is_sleep(record),
            _ => false,
        });
        if !has_sleep {
            let times = cells.iter();
            let times = times.filter(|cell| matches!(cell.target, Target::SleepTime(_)));
            self.remarks.lone_times += times.count();
        }
    }

    /// Puts a piece among what comes in.
    fn keep(
        &mut self,
        piece: Piece,
        id: Option<(EntryId, Foreign)>,
        check_in: (EntryId, Foreign),
        standing: &Standing,
    ) {
        match piece {
            Piece::Nothing => {}
            Piece::Note(line) => {
                let is_full = |sitting: &IncomingCheckIn| {
                    let length = sitting.note.as_ref().map_or(0, |note| note.len() + 1);
                    length + line.len() > MOST_TEXT
                };
                note(self.free_sitting(check_in, standing, is_full), &line);
            }
            Piece::Rating(code, severity) => {
                rate(self.unrated(check_in, standing, &code), &code, severity);
            }
            Piece::Own(symptom, severity) => {
                let code = &symptom.code;
                rate(self.unrated(check_in, standing, code), code, severity);
                if self
                    .incoming
                    .symptoms
                    .iter()
                    .all(|s| s.code != symptom.code)
                {
                    self.incoming.symptoms.push(symptom);
                }
            }
            Piece::Overall(overall) => {
                let has_one = |sitting: &IncomingCheckIn| sitting.overall.is_some();
                self.free_sitting(check_in, standing, has_one).overall = Some(overall);
            }
            Piece::Record(record) => {
                if let Some(question) = unusual::question(&self.lists, &record) {
                    self.remarks.unusual(question);
                }
                self.keep_record(record, id, standing);
            }
            Piece::Intake(record, name) => {
                let medicine = medicine(&name);
                if self.medicines.insert(medicine) {
                    let record = Record::new(medicine, Kind::Medication, None, None);
                    let record = record.with_text(key::NAME, &name);
                    self.incoming.records.push(record);
                }
                self.keep_record(record, id, standing);
            }
        }
    }

    fn keep_record(
        &mut self,
        mut record: Record,
        id: Option<(EntryId, Foreign)>,
        standing: &Standing,
    ) {
        let Some((id, foreign)) = id else { return };
        if let Some(part) = &standing.part
            && foreign.earlier.is_none()
            && record
                .moment
                .as_ref()
                .is_some_and(|moment| moment.without_time)
        {
            let note = record
                .text(key::NOTE)
                .map_or_else(|| part.clone(), |note| format!("{part}\n{note}"));
            record = record.with_text(key::NOTE, &note);
        }
        self.incoming.foreign.insert(id, foreign);
        self.incoming.records.push(record);
    }

    /// A row's place in time, and its number among the rows of the same wall time.
    fn standing(&mut self, line: &Line, cells: &[Cell<'_>]) -> Result<Standing, CellError> {
        let find =
            |is_wanted: fn(&Target) -> bool| cells.iter().find(|cell| is_wanted(cell.target));
        let date = find(|target| matches!(target, Target::Date(_)));
        let time = find(|target| *target == Target::Time);
        let date = date.ok_or_else(|| (None, "this row has no day".to_owned()))?;
        let slip = |cell: &Cell<'_>, sentence: String| (Some(cell.column.to_owned()), sentence);
        let Written { day, mut clock } =
            dates::written(date.raw, self.order).map_err(|sentence| slip(date, sentence))?;
        if let Some(time) = time {
            let read = read_clock(time.raw).ok_or_else(|| {
                let way_out = format!(
                    "; {} takes the days alone",
                    self.here.ways.face.leave_out(time.column)
                );
                slip(time, dates::no_time(time.raw) + &way_out)
            })?;
            // A time in the date column is more exact than "all day" in the time column.
            if read != Clock::Day || clock == Clock::Day {
                clock = read;
            }
        }
        EntryYears::of(self.here.now)
            .day(day)
            .map_err(|outside| slip(date, format!("{:?} {outside}", date.raw)))?;
        let cell = time.map_or("", |time| time.raw);
        let part = match clock {
            Clock::Part(_) => {
                let (name, cell) = match time {
                    Some(time) => (time.column, time.raw),
                    None => ("time of day", dates::behind(date.raw, self.order)),
                };
                self.remarks.part(cell);
                Some(format!("{name}: {cell}"))
            }
            // Without a time column nobody expects times, so no remark is needed.
            Clock::Day if self.targets.contains(&Some(Target::Time)) => {
                self.remarks.day_alone(cell);
                None
            }
            Clock::Time(..) | Clock::Day => None,
        };
        let moment = moment(self.here, day, clock);
        let wall = day.and_time(on_the_wall(clock));
        if matches!(clock, Clock::Time(_, None))
            && let Some(shift) = self.here.now.zone.resolve(wall).shift
        {
            self.remarks.moved(day, &shift);
        }
        let thing = line.thing.and_then(|at| self.sheet.columns.get(at));
        let first = self
            .first_order
            .and_then(|order| Place::of(date.raw, time.map(|time| time.raw), order));
        Ok(Standing {
            wall,
            moment,
            is_timed: matches!(clock, Clock::Time(..)),
            is_converted: matches!(clock, Clock::Time(_, Some(_))),
            first,
            number: self.identity.row(wall, thing.map(String::as_str)),
            part,
        })
    }

    /// The id of a row's check-in.
    fn check_in_id(&self, standing: &Standing) -> (EntryId, Foreign) {
        let id = self.identity.check_in(standing.wall, standing.number);
        let earlier = standing.first.and_then(|place| {
            let row = first_row(self.app, self.here, standing);
            place.check_in(&row)
        });
        (id, standing.foreign(earlier))
    }

    /// The check-in of a row in which this symptom has no answer yet.
    fn unrated(
        &mut self,
        check_in: (EntryId, Foreign),
        standing: &Standing,
        code: &str,
    ) -> &mut IncomingCheckIn {
        let is_rated = |sitting: &IncomingCheckIn| {
            let mut ratings = sitting.ratings.iter();
            ratings.any(|rating| rating.symptom == code)
        };
        self.free_sitting(check_in, standing, is_rated)
    }

    /// The check-in of a row, or the first one beside it with room for a value: two columns can be one symptom, and neither
    /// value takes the other's place.
    fn free_sitting(
        &mut self,
        (first, foreign): (EntryId, Foreign),
        standing: &Standing,
        has_no_room: impl Fn(&IncomingCheckIn) -> bool,
    ) -> &mut IncomingCheckIn {
        let beside = (1..).map(|more| {
            let (wall, number) = (standing.wall, standing.number);
            self.identity.beside(wall, number, more)
        });
        let mut ids = std::iter::once(first).chain(beside);
        let is_free = |id: &EntryId| {
            let at = self.check_ins.get(id);
            let sitting = at.and_then(|at| self.incoming.check_ins.get(*at));
            !sitting.is_some_and(&has_no_room)
        };
        let id = ids.find(is_free).unwrap_or(first);
        self.remarks.beside += usize::from(id != first);
        self.sitting((id, foreign), standing)
    }

    /// The check-in of a row.
    fn sitting(
        &mut self,
        (id, foreign): (EntryId, Foreign),
        standing: &Standing,
    ) -> &mut IncomingCheckIn {
        let check_ins = &mut self.incoming.check_ins;
        let at = *self.check_ins.entry(id).or_insert_with(|| {
            // Version 0.1.0 named no part, and its check-in is compared with this one.
            let part = standing
                .part
                .as_deref()
                .filter(|_| foreign.earlier.is_none());
            check_ins.push(IncomingCheckIn {
                id,
                moment: standing.moment.clone(),
                ratings: Vec::new(),
                overall: None,
                note: part.map(Into::into),
                edited_utc: None,
            });
            check_ins.len() - 1
        });
        self.incoming.foreign.entry(id).or_insert(foreign);
        &mut self.incoming.check_ins[at]
    }

    /// The id of a cell's record.
    fn id(&mut self, cell: &Cell<'_>, standing: &Standing) -> (EntryId, Foreign) {
        let id = self.identity.record(cell.column, cell.raw, standing.wall);
        let earlier = standing.first.and_then(|place| {
            let row = first_row(self.app, self.here, standing);
            place.record(&row, cell.column)
        });
        (id, standing.foreign(earlier))
    }

    /// A row that cannot be read: an error, or left out and named.
    fn slip(&mut self, row: u64, column: Option<&str>, sentence: String) {
        let file = &self.sheet.file;
        match self.here.ways.slips {
            Slips::Refused => self.faults.add(file, Some(row), column, sentence),
            Slips::LeftOut => {
                let error = RowError {
                    file: file.clone(),
                    row: Some(row),
                    column: column.map(str::to_owned),
                    sentence,
                };
                self.incoming.skipped.push(error.to_string());
            }
        }
    }

    fn finish(mut self) -> Result<Incoming, Vec<RowError>> {
        self.incoming.remarks = self.remarks.sentences(self.here.ways.face);
        for at in &self.off_scale {
            let face = self.here.ways.face;
            let (column, sentence) = off_scale::words_of(self.sheet, *at, self.targets, face);
            match self.here.ways.slips {
                Slips::Refused => self.faults.hint(&self.sheet.file, &column, sentence),
                Slips::LeftOut => self.incoming.remarks.push(format!("{column}: {sentence}")),
            }
        }
        self.faults.or(self.incoming)
    }
}

/// The moment of a day and a time of the file.
fn moment(here: &Here<'_>, day: NaiveDate, clock: Clock) -> Moment {
    let now = here.now;
    // A part of the day is a day alone: no hour is invented for it.
    let clock = match clock {
        Clock::Part(_) => Clock::Day,
        clock => clock,
    };
    let wall = day.and_time(on_the_wall(clock));
    let at = match clock {
        Clock::Time(_, Some(offset)) => now.zone.at(Zone::fixed(offset).resolve(wall).at.to_utc()),
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
        _ => logical_day(at.naive_local(), here.day_end),
    };
    // The other program recorded it at that time, so it is not "written late".
    let written = Now { at, ..now.clone() };
    Moment {
        without_time: matches!(clock, Clock::Day),
        ..Moment::on_day(counts_for, at, &written, here.day_end)
    }
}

/// Whether a cell of this target becomes a record of its own.
const fn has_record(target: &Target) -> bool {
    matches!(
        target,
        Target::Urge(_)
            | Target::Measure(..)
            | Target::Part(..)
            | Target::Dose(..)
            | Target::Practice(_)
            | Target::Substance(..)
            | Target::Medicine
    )
}

const fn is_scaled(target: &Target) -> bool {
    matches!(
        target,
        Target::Symptom(..) | Target::Own(..) | Target::Overall(_) | Target::Urge(_)
    )
}

fn rate(check_in: &mut IncomingCheckIn, code: &str, severity: Severity) {
    // Exactly, because a long file has many check-ins of few ratings.
    check_in.ratings.reserve_exact(1);
    check_in
        .ratings
        .push(IncomingRating::new(code, Some(severity), false));
}

fn note(check_in: &mut IncomingCheckIn, line: &str) {
    let mut note = check_in.note.take().map(String::from).unwrap_or_default();
    if !note.is_empty() {
        note.push('\n');
    }
    note.push_str(line);
    check_in.note = Some(note.into());
}
