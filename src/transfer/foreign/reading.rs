//! How the cells of each column are read: which of them are blank, what their numbers mean, in which unit they are.
//!
//! Invariant: what cannot be told is a question, and a file with an open question is not read.

use super::digits;
use super::digits::Decimal;
use super::sheet::Sheet;
use super::sheet::numbers::Numbers;
use super::target::{Half, Scale, Target};
use super::units;
use super::units::{Heading, Unit};
use crate::domain::amount::Amount;
use crate::domain::care::catalogue::CareList;
use crate::domain::care::measure::{Measure, MeasureForm};
use crate::domain::dose::product;
use crate::domain::dose::product::Product;
use crate::domain::journal::Journal;
use crate::domain::record::kind::Kind;
use crate::transfer::import::error::{Here, RowError};
use crate::transfer::import::face::Face;
use std::sync::Arc;

/// How the cells of a column are read.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Reading {
    pub(super) numbers: Numbers,
    /// Where more can be said.
    face: Face,
    /// The decimal sign, for a number that can be read in two ways.
    decimal: Option<Decimal>,
    /// The unit of a number without one.
    pub(super) unit: Option<Unit>,
    /// The column with the other number of a measurement of two.
    pub(super) partner: Option<usize>,
}

/// A column that cannot be read before the person has said something.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Question {
    /// The place of the column.
    pub(super) at: usize,
    /// The row that raises it, if one does.
    row: Option<u64>,
    /// What is open, and how it is said.
    pub(crate) sentence: String,
    /// What answers it.
    pub(crate) wanted: Wanted,
}

/// What answers a question about a column.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Wanted {
    /// One of these targets.
    Target(Vec<String>),
    /// The sign before the decimals, once for the whole file.
    DecimalSign,
    /// A target for another column.
    OtherColumn,
}

impl Question {
    /// The targets to choose from.
    pub(crate) fn choices(&self) -> &[String] {
        match &self.wanted {
            Wanted::Target(choices) => choices,
            Wanted::DecimalSign | Wanted::OtherColumn => &[],
        }
    }

    pub(super) fn error(&self, sheet: &Sheet) -> RowError {
        RowError {
            file: sheet.file.clone(),
            row: self.row,
            column: sheet.columns.get(self.at).cloned(),
            sentence: self.sentence.clone(),
        }
    }
}

/// Words of a blank cell where the person has said none. 0 is a value, and "none" may be a level.
const BLANKS: [&str; 9] = [
    "-", "\u{2013}", "\u{2014}", "--", "n/a", "#n/a", "nan", "null", "?",
];

/// Whether a cell is blank for its target. An empty one always is.
pub(super) fn is_blank(cell: &str, target: &Target, here: &Here<'_>) -> bool {
    if cell.is_empty() {
        return true;
    }
    let cell = cell.to_lowercase();
    if let Target::Symptom(_, scale)
    | Target::Own(.., scale)
    | Target::Overall(scale)
    | Target::Urge(scale) = target
        && let Scale::Words(_) = scale
        && scale.of(&cell, 1).is_some()
    {
        return false;
    }
    match here.ways.blanks {
        Some(words) => words.iter().any(|word| word.trim().to_lowercase() == cell),
        None => BLANKS.contains(&cell.as_str()),
    }
}

/// The built-in lists, with the person's own products, units and practices.
pub(super) fn lists(here: &Here<'_>) -> Journal {
    let own = here.ways.standing.iter();
    let own = own.filter(|record| matches!(record.kind, Kind::Product | Kind::OwnPractice));
    let standing: Vec<_> = own.cloned().collect();
    let mut lists = Journal::default();
    lists.standing = Arc::from(standing);
    lists
}

const fn has_numbers(target: &Target) -> bool {
    match target {
        Target::Symptom(_, scale)
        | Target::Own(.., scale)
        | Target::Overall(scale)
        | Target::Urge(scale) => matches!(scale, Scale::Range(..)),
        Target::Measure(..) | Target::Part(..) | Target::Dose(..) => true,
        _ => false,
    }
}

/// How every column is read, and what is open.
pub(super) fn plan(
    sheet: &Sheet,
    targets: &[Option<Target>],
    here: &Here<'_>,
) -> (Vec<Reading>, Vec<Question>) {
    let lists = lists(here);
    let mut open = Vec::new();
    let mut readings: Vec<Reading> = sheet
        .numbers()
        .into_iter()
        .map(|numbers| Reading {
            numbers,
            face: here.ways.face,
            ..Reading::default()
        })
        .collect();
    let columns = |at: usize| Cells { sheet, at, here };
    let numeric: Vec<usize> = (0..targets.len())
        .filter(|at| matches!(targets.get(*at), Some(Some(target)) if has_numbers(target)))
        .collect();
    let all = numeric.iter().filter_map(|at| {
        let target = targets.get(*at)?.as_ref()?;
        Some(columns(*at).values(target))
    });
    let of_file = digits::agreed(all.flatten().map(|(_, cell)| cell));
    for at in numeric {
        let (Some(Some(target)), Some(reading)) = (targets.get(at), readings.get_mut(at)) else {
            continue;
        };
        // Thousandths of Loop have a point already when they are read.
        reading.decimal = if reading.numbers == Numbers::Plain {
            let own = digits::agreed(columns(at).values(target).map(|(_, cell)| cell));
            here.ways.decimal.or(own).or(of_file)
        } else {
            Some(Decimal::Point)
        };
        if reading.decimal.is_none() {
            let either = columns(at)
                .values(target)
                .find(|(_, cell)| digits::read(cell, None) == Err(digits::NoNumber::Either));
            if let Some((row, cell)) = either {
                open.push(Question {
                    at,
                    row: Some(row),
                    sentence: digits::question(cell, here.ways.face),
                    wanted: Wanted::DecimalSign,
                });
                continue;
            }
        }
        let column = Asking {
            name: sheet.columns.get(at).map_or("", String::as_str),
            at,
            cells: columns(at),
        };
        match unit(&column, target, reading, &lists) {
            Ok(unit) => reading.unit = unit,
            Err(question) => open.push(question),
        }
    }
    pair(sheet, targets, &mut readings, &mut open, here.ways.face);
    (readings, open)
}

/// The cells of a column that are not blank, with their rows.
#[derive(Clone, Copy)]
struct Cells<'a> {
    sheet: &'a Sheet,
    at: usize,
    here: &'a Here<'a>,
}

impl<'a> Cells<'a> {
    fn values(self, target: &'a Target) -> impl Iterator<Item = (u64, &'a str)> {
        let lines = self.sheet.lines.iter();
        lines.filter_map(move |line| {
            let cell = line.cells.get(self.at)?;
            (!is_blank(cell, target, self.here)).then_some((line.number, cell.as_str()))
        })
    }
}

/// The unit of the bare numbers of a column.
fn unit(
    column: &Asking<'_>,
    target: &Target,
    reading: &Reading,
    lists: &Journal,
) -> Result<Option<Unit>, Question> {
    match target {
        Target::Dose(code, said) => match product::by_code(lists, code) {
            Some(product) => column.of_dose(&product, said.as_deref(), lists),
            None => Ok(None),
        },
        Target::Measure(code, said) => match CareList::built_in().measure(code) {
            Some(measure) => column.of_measure(measure, said.as_deref(), target, reading),
            None => Ok(None),
        },
        _ => Ok(None),
    }
}

/// A column whose unit is looked for.
struct Asking<'a> {
    name: &'a str,
    at: usize,
    cells: Cells<'a>,
}

impl Asking<'_> {
    fn ask(
        &self,
        row: Option<u64>,
        sentence: &str,
        choices: Vec<String>,
    ) -> Result<Option<Unit>, Question> {
        let chosen = self.cells.here.ways.face.choose(self.name, &choices);
        Err(Question {
            at: self.at,
            row,
            sentence: format!("{sentence}: {chosen}"),
            wanted: Wanted::Target(choices),
        })
    }

    fn of_dose(
        &self,
        product: &Product,
        said: Option<&str>,
        lists: &Journal,
    ) -> Result<Option<Unit>, Question> {
        let of = |word: &str| units::of_product(product, word);
        let own = format!("dose:{}:{}", product.code, product.unit);
        if let Some(said) = said {
            return match of(said) {
                Some(unit) => Ok(Some(unit)),
                None => self.ask(None, &units::not_of_product(product, said), vec![own]),
            };
        }
        let word = match units::heading(self.name, of) {
            Heading::Says(unit) => return Ok(Some(unit)),
            // A product has one unit, and a number alone is in it.
            Heading::Silent => return Ok(None),
            Heading::Other(word) => word,
        };
        let fitting = product::products(lists)
            .into_iter()
            .filter(|other| units::of_product(other, &word).is_some());
        let mut choices = vec![own];
        choices.extend(fitting.map(|other| format!("dose:{}:{word}", other.code)));
        let refusal = units::not_of_product(product, &word);
        let sentence =
            format!("these numbers are in {word} by their heading; {refusal}. Say what they are");
        self.ask(None, &sentence, choices)
    }

    fn of_measure(
        &self,
        measure: &Measure,
        said: Option<&str>,
        target: &Target,
        reading: &Reading,
    ) -> Result<Option<Unit>, Question> {
        let of = |word: &str| units::of_measure(measure, word);
        if let Some(said) = said {
            return Ok(of(said));
        }
        let is_number = matches!(measure.form, MeasureForm::Number | MeasureForm::Sleep);
        if !is_number || measure.is_scored() {
            return Ok(None);
        }
        let choices = || -> Vec<String> {
            let mut units: Vec<&str> = measure.units().collect();
            if of("s").is_some() {
                units.extend(["s", "h:mm:ss"]);
            }
            let code = &measure.code;
            let targets = units.iter().map(|unit| format!("measure:{code}:{unit}"));
            targets.collect()
        };
        match units::heading(self.name, of) {
            Heading::Says(unit) => return Ok(Some(unit)),
            Heading::Other(word) => {
                let sentence = format!(
                    "these numbers are in {word} by their heading, and {}. Say their unit",
                    units::not_of_measure(measure, &word)
                );
                return self.ask(None, &sentence, choices());
            }
            Heading::Silent => {}
        }
        let bare: Vec<(u64, String)> = self
            .cells
            .values(target)
            .filter_map(|(row, cell)| {
                let value = reading.numbers.value(cell)?;
                let number = digits::read(&value, reading.decimal).ok()?;
                let is_bare = number.unit.is_empty();
                is_bare.then(|| (row, number.digits.into_owned()))
            })
            .collect();
        if bare.is_empty() {
            return Ok(None);
        }
        let numbers: Vec<&str> = bare.iter().map(|(_, number)| number.as_str()).collect();
        let (plausible, first) = units::plausible(measure, &numbers);
        let (name, usual) = (&measure.name, measure.usual_unit());
        // Hours of sleep name their unit, so numbers that fit it are in it.
        let is_named = measure.code.contains("hours");
        match plausible[..] {
            [unit] if unit == usual => Ok(None),
            [_, ..] if is_named && plausible.contains(&usual) => Ok(None),
            [] | [_] => {
                let row = first.and_then(|at| bare.get(at)).map(|(row, _)| *row);
                let sentence =
                    format!("most of these numbers are no {name} in {usual}. Say their unit");
                self.ask(row, &sentence, choices())
            }
            _ => {
                let units = plausible.join(" or in ");
                let sentence =
                    format!("nothing says whether {name} is in {units} here. Say the unit");
                self.ask(None, &sentence, choices())
            }
        }
    }
}

/// Puts the columns of measurements of two numbers together: the first upper one with the first lower one, and so on.
fn pair(
    sheet: &Sheet,
    targets: &[Option<Target>],
    readings: &mut [Reading],
    open: &mut Vec<Question>,
    face: Face,
) {
    let halves = targets
        .iter()
        .enumerate()
        .filter_map(|(at, target)| match target {
            Some(Target::Part(code, half)) => Some((at, code.as_str(), *half)),
            _ => None,
        });
    let halves: Vec<(usize, &str, Half)> = halves.collect();
    for (at, code, half) in &halves {
        let nth = halves
            .iter()
            .filter(|(before, other, of)| before < at && other == code && of == half)
            .count();
        let mut others = halves
            .iter()
            .filter(|(_, other, of)| other == code && of != half);
        let partner = others.nth(nth).map(|(place, ..)| *place);
        if partner.is_none() {
            let other = match half {
                Half::Upper => Half::Lower,
                Half::Lower => Half::Upper,
            };
            let name = sheet.columns.get(*at).map_or("", String::as_str);
            open.push(Question {
                at: *at,
                row: None,
                sentence: format!(
                    "{name} is one number of two, and no column is the other; {}",
                    face.name_one(&format!("measure:{code}:{}", other.word()))
                ),
                wanted: Wanted::OtherColumn,
            });
        }
        if let Some(reading) = readings.get_mut(*at) {
            reading.partner = partner;
        }
    }
}

/// A typed amount of a cell, for the checks that what is typed goes through, and whether it was rounded.
pub(super) struct Typed {
    pub(super) text: String,
    pub(super) is_rounded: bool,
}

impl Reading {
    /// The number of a cell on a scale, in plain digits; anything else stays as it is.
    pub(super) fn on_scale(&self, cell: &str) -> String {
        match digits::read(cell, self.decimal) {
            Ok(number) if number.unit.is_empty() || number.unit.starts_with(['%', '/']) => {
                format!("{}{}", number.digits, number.unit)
            }
            _ => cell.to_owned(),
        }
    }

    /// A cell as an amount with its unit. `of`: the unit that a word in the cell means.
    ///
    /// # Errors
    /// A sentence: the cell says less than a number.
    pub(super) fn amount(
        &self,
        cell: &str,
        is_time: bool,
        of: impl Fn(&str) -> Option<Unit>,
    ) -> Result<Typed, String> {
        if is_time && let Some(ms) = units::duration(cell) {
            let (text, is_rounded) = units::time_text(ms);
            return Ok(Typed { text, is_rounded });
        }
        if cell.starts_with(['<', '>', '~', '\u{2248}', '\u{2264}', '\u{2265}']) {
            return Err(format!(
                "{cell:?} is no exact number; {}",
                self.face.blank(cell)
            ));
        }
        let plain = |text: &str| Typed {
            text: text.to_owned(),
            is_rounded: false,
        };
        let Ok(number) = digits::read(cell, self.decimal) else {
            return Ok(plain(cell));
        };
        let in_cell = if number.unit.is_empty() {
            self.unit.clone()
        } else {
            of(number.unit)
        };
        let (text, is_off) = match in_cell {
            Some(unit) => unit.amount(&number.digits),
            // The target's own check says what it expects.
            None if number.unit.is_empty() => (plain_digits(&number.digits), false),
            None => return Ok(plain(&format!("{} {}", number.digits, number.unit))),
        };
        Ok(Typed {
            text,
            is_rounded: is_off || number.is_rounded,
        })
    }
}

/// Digits without zeros at the end, whose sign is known here: read once more, 5.000 could be 5000.
fn plain_digits(digits: &str) -> String {
    digits
        .parse::<Amount>()
        .map_or_else(|_| digits.to_owned(), |amount| amount.to_string())
}
