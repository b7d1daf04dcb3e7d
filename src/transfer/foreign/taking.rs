//! From rows to the journal's own values: the rows of one moment are one check-in, and everything else is a record each.

use super::apps::App;
use super::dates;
use super::dates::Order;
use super::sheet::{Line, Sheet};
use super::target::Target;
use crate::domain::check_in::Overall;
use crate::domain::id::EntryId;
use crate::domain::incoming::{Incoming, IncomingCheckIn, IncomingRating, IncomingSymptom};
use crate::domain::journal::Journal;
use crate::domain::kind::Kind;
use crate::domain::record::Record;
use crate::domain::record_draft::RecordDraft;
use crate::domain::symptom::{Severity, own_code};
use crate::domain::time::{Moment, Now, logical_day};
use crate::transfer::reading::{Faults, Here, MOST_TEXT, RowError};
use chrono::{NaiveDate, NaiveTime};

/// Reads every row.
///
/// # Errors
/// Every slip with its row.
pub(super) fn taken(
    app: App,
    sheet: &Sheet,
    targets: &[Option<Target>],
    here: &Here<'_>,
) -> Result<Incoming, Vec<RowError>> {
    let mut taking = Taking {
        app,
        sheet,
        targets,
        here,
        journal: Journal::default(),
        order: Order::Told,
        faults: Faults::default(),
        incoming: Incoming::default(),
        sitting: None,
    };
    taking.find_order();
    for line in &sheet.lines {
        if taking.faults.is_enough() {
            break;
        }
        if let Err((column, sentence)) = taking.line(line) {
            let number = Some(line.number);
            taking
                .faults
                .add(&sheet.file, number, column.as_deref(), sentence);
        }
    }
    taking.end_sitting();
    taking.faults.or(taking.incoming)
}

type Slip = (Option<String>, String);

/// What the rows of one moment have said so far.
struct Sitting {
    check_in: IncomingCheckIn,
    note: String,
}

struct Taking<'a> {
    app: App,
    sheet: &'a Sheet,
    targets: &'a [Option<Target>],
    here: &'a Here<'a>,
    /// Without anything of the person's: it knows the built-in lists.
    journal: Journal,
    order: Order,
    faults: Faults,
    incoming: Incoming,
    sitting: Option<Sitting>,
}

impl Taking<'_> {
    fn find_order(&mut self) {
        let date = |target: &Option<Target>| match target {
            Some(Target::Date(order)) => Some(*order),
            _ => None,
        };
        let found = self
            .targets
            .iter()
            .position(|target| date(target).is_some());
        let Some(at) = found else { return };
        let said = self.targets.get(at).and_then(date).unwrap_or(Order::Told);
        let lines = self.sheet.lines.iter();
        let cells = lines
            .filter_map(|line| line.cells.get(at))
            .map(String::as_str);
        match dates::order(cells, said) {
            Ok(order) => self.order = order,
            Err(sentence) => {
                let column = self.sheet.columns.get(at).map(String::as_str);
                self.faults.add(&self.sheet.file, None, column, sentence);
            }
        }
    }

    /// The cells of a line that say something, with their column and what they are taken as.
    fn said<'l>(&'l self, line: &'l Line) -> impl Iterator<Item = (&'l str, &'l Target, &'l str)> {
        let columns = self.sheet.columns.iter().zip(self.targets);
        let cells = columns.zip(&line.cells);
        cells.filter_map(|((column, target), cell)| {
            let target = target.as_ref()?;
            (!cell.is_empty()).then_some((column.as_str(), target, cell.as_str()))
        })
    }

    fn line(&mut self, line: &Line) -> Result<(), Slip> {
        let moment = self.moment(line)?;
        let stamp = format!("{}|{}", moment.at_utc, moment.day);
        let said: Vec<(String, Target, String)> = self
            .said(line)
            .map(|(column, target, cell)| (column.to_owned(), target.clone(), cell.to_owned()))
            .collect();
        let cell_of = |wanted: &Target| {
            let found = said.iter().find(|(_, target, _)| target == wanted);
            found.map(|(_, _, cell)| cell.as_str())
        };
        for (column, target, cell) in &said {
            let slip = |sentence: String| (Some(column.clone()), sentence);
            let id = EntryId::derived(format!("{:?}|{stamp}|{column}", self.app).as_bytes(), "row");
            match target {
                Target::Note => self.sit(&moment, &stamp, |sitting| {
                    let said = match column.to_lowercase().as_str() {
                        "note" | "notes" | "comment" | "comments" => cell.clone(),
                        _ => format!("{column}: {cell}"),
                    };
                    if !sitting.note.is_empty() {
                        sitting.note.push('\n');
                    }
                    sitting.note.push_str(&said);
                }),
                Target::Symptom(code, scale) => {
                    let severity = scale.of(cell, Severity::TOP).and_then(Severity::new);
                    let severity = severity.ok_or_else(|| slip(off_scale(cell)))?;
                    self.rate(&moment, &stamp, code, severity);
                }
                Target::Own(name, category, scale) => {
                    let severity = scale.of(cell, Severity::TOP).and_then(Severity::new);
                    let severity = severity.ok_or_else(|| slip(off_scale(cell)))?;
                    let code = own_code(name, "symptom", |_| false);
                    if self.incoming.symptoms.iter().all(|s| s.code != code) {
                        self.incoming.symptoms.push(IncomingSymptom {
                            code: code.clone(),
                            name: name.clone(),
                            category: *category,
                            rated: true,
                        });
                    }
                    self.rate(&moment, &stamp, &code, severity);
                }
                Target::Overall(scale) => {
                    let overall = scale.of(cell, Overall::TOP).and_then(Overall::new);
                    let overall = overall.ok_or_else(|| slip(off_scale(cell)))?;
                    self.sit(&moment, &stamp, |sitting| {
                        sitting.check_in.overall = Some(overall);
                    });
                }
                Target::Measure(code) => {
                    self.record(
                        id,
                        Kind::Measurement,
                        &moment,
                        Some(code),
                        &[("value", cell)],
                    )
                    .map_err(slip)?;
                }
                Target::Dose(code) => {
                    self.record(id, Kind::Dose, &moment, Some(code), &[("amount", cell)])
                        .map_err(slip)?;
                }
                Target::Urge(scale) => {
                    let strength = scale.of(cell, Severity::TOP);
                    let strength = strength.ok_or_else(|| slip(off_scale(cell)))?.to_string();
                    self.record(id, Kind::Urge, &moment, None, &[("strength", &strength)])
                        .map_err(slip)?;
                }
                Target::Practice(code) => {
                    if let Some(count) = self.done(cell).map_err(slip)? {
                        let fields: &[(&str, &str)] = &[("count", &count)];
                        let fields = if count.is_empty() { &[] } else { fields };
                        self.record(id, Kind::Practice, &moment, Some(code), fields)
                            .map_err(slip)?;
                    }
                }
                Target::Medicine => {
                    let (amount, state) = (cell_of(&Target::Amount), cell_of(&Target::State));
                    self.intake(id, &moment, cell, amount, state);
                }
                Target::Date(_) | Target::Time | Target::Amount | Target::State | Target::Skip => {}
            }
        }
        Ok(())
    }

    fn moment(&self, line: &Line) -> Result<Moment, Slip> {
        let mut day: Option<(NaiveDate, Option<NaiveTime>)> = None;
        let mut clock = None;
        for (column, target, cell) in self.said(line) {
            let slip = |sentence: String| (Some(column.to_owned()), sentence);
            match target {
                Target::Date(_) => {
                    let read = dates::day(cell, self.order);
                    day = Some(read.ok_or_else(|| slip(format!("{cell:?} is no day")))?);
                }
                // A word such as "all day" is no time, and the day alone counts.
                Target::Time => clock = dates::time(cell),
                _ => {}
            }
        }
        let (date, with) = day.ok_or_else(|| (None, "this row has no day".to_owned()))?;
        let noon = NaiveTime::from_hms_opt(12, 0, 0).unwrap_or_default();
        let time = clock.or(with);
        let at = self
            .here
            .now
            .zone
            .resolve(date.and_time(time.unwrap_or(noon)))
            .at;
        if at > self.here.now.at {
            return Err((None, format!("{date} lies ahead")));
        }
        let counts_for = match time {
            Some(_) => logical_day(at.naive_local(), self.here.day_end),
            None => date,
        };
        // It was written there at its time: it is not late.
        let written = Now {
            at,
            ..self.here.now.clone()
        };
        Ok(Moment::on_day(counts_for, at, &written, self.here.day_end))
    }

    /// Hands the check-in of this moment to `say`; the one of another moment ends.
    fn sit(&mut self, moment: &Moment, stamp: &str, say: impl FnOnce(&mut Sitting)) {
        let id = EntryId::derived(format!("{:?}|{stamp}", self.app).as_bytes(), "check-in");
        if self
            .sitting
            .as_ref()
            .is_none_or(|sitting| sitting.check_in.id != id)
        {
            self.end_sitting();
            self.sitting = Some(Sitting {
                check_in: IncomingCheckIn {
                    id,
                    moment: moment.clone(),
                    ratings: Vec::new(),
                    overall: None,
                    note: None,
                },
                note: String::new(),
            });
        }
        if let Some(sitting) = &mut self.sitting {
            say(sitting);
        }
    }

    fn rate(&mut self, moment: &Moment, stamp: &str, code: &str, severity: Severity) {
        self.sit(moment, stamp, |sitting| {
            let ratings = &mut sitting.check_in.ratings;
            ratings.retain(|rating| rating.symptom != code);
            ratings.push(IncomingRating {
                symptom: code.to_owned(),
                answer: Some(severity),
                copied: false,
            });
        });
    }

    fn end_sitting(&mut self) {
        let Some(mut sitting) = self.sitting.take() else {
            return;
        };
        sitting
            .note
            .truncate(sitting.note.floor_char_boundary(MOST_TEXT));
        sitting.check_in.note = (!sitting.note.is_empty()).then(|| sitting.note.into());
        let check_ins = &mut self.incoming.check_ins;
        // Rows of one moment may stand apart in the file.
        match check_ins
            .iter_mut()
            .find(|known| known.id == sitting.check_in.id)
        {
            Some(known) => {
                known.ratings.extend(sitting.check_in.ratings);
                known.overall = sitting.check_in.overall.or(known.overall);
                let notes = [known.note.take(), sitting.check_in.note];
                let notes: Vec<Box<str>> = notes.into_iter().flatten().collect();
                known.note = (!notes.is_empty()).then(|| notes.join("\n").into());
            }
            None => check_ins.push(sitting.check_in),
        }
    }

    /// Whether it was done: `Some` with how often, or with nothing; zero, no and unknown are `None`.
    fn done(&self, cell: &str) -> Result<Option<String>, String> {
        let plain = cell.trim().to_lowercase();
        if self.app == App::Loop {
            // Loop writes 2 for done by hand and 1 for done by its own rule; numbers of counted habits come in thousandths.
            return match plain.parse::<i64>() {
                Ok(2) => Ok(Some(String::new())),
                Ok(n) if n >= 1000 => Ok(Some((n / 1000).to_string())),
                Err(_) if matches!(plain.as_str(), "yes_manual" | "yes") => Ok(Some(String::new())),
                _ => Ok(None),
            };
        }
        match plain.as_str() {
            "yes" | "y" | "true" | "x" | "done" | "1" => Ok(Some(String::new())),
            "no" | "n" | "false" | "0" | "-" => Ok(None),
            number => match number.parse::<u32>() {
                Ok(count) => Ok(Some(count.to_string())),
                Err(_) => Err(format!("{cell:?} is neither yes, no nor how often")),
            },
        }
    }

    fn record(
        &mut self,
        id: EntryId,
        kind: Kind,
        moment: &Moment,
        about: Option<&str>,
        fields: &[(&str, &str)],
    ) -> Result<(), String> {
        let mut draft = RecordDraft::new(id, kind, moment.day);
        draft.about = about.map(str::to_owned);
        draft.at = Some(moment.at());
        for (code, text) in fields {
            draft.texts.insert((*code).to_owned(), (*text).to_owned());
        }
        let mut record = self
            .journal
            .recorded(&draft, self.here.now)
            .map_err(|refusal| refusal.sentence)?;
        record.moment = Some(moment.clone());
        self.incoming.records.push(record);
        Ok(())
    }

    /// An intake, and the medicine that it is of.
    fn intake(
        &mut self,
        id: EntryId,
        moment: &Moment,
        name: &str,
        amount: Option<&str>,
        state: Option<&str>,
    ) {
        let medicine = EntryId::derived(name.to_lowercase().as_bytes(), "medicine");
        if self
            .incoming
            .records
            .iter()
            .all(|record| record.id != medicine)
        {
            let record = Record::new(medicine, Kind::Medication, None, None);
            self.incoming.records.push(record.with_text("name", name));
        }
        let skipped = state.map(str::to_lowercase).is_some_and(|state| {
            ["skip", "not taken", "no", "false", "missed"]
                .iter()
                .any(|word| state.starts_with(word))
        });
        let about = medicine.to_string();
        let record = Record::new(id, Kind::Intake, Some(moment.clone()), Some(&about))
            .with_text("state", if skipped { "skipped" } else { "taken" })
            .with_text("amount", amount.unwrap_or_default());
        self.incoming.records.push(record);
    }
}

fn off_scale(cell: &str) -> String {
    format!("{cell:?} is not on the scale that was said")
}
