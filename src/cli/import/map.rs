//! The meaning of another program's columns: from `--map`, from their names, or from answers.
//!
//! Invariant: every column and its meaning are printed before anything is imported.

use super::errors::slips;
use crate::cli::failure::Outcome;
use crate::cli::output;
use crate::cli::session::Session;
use crate::domain::care::catalogue::CareList;
use crate::domain::care::measure::Measure;
use crate::domain::dose::product;
use crate::domain::journal::Journal;
use crate::domain::time::DayEnd;
use crate::transfer::foreign::apps::{App, Guess};
use crate::transfer::foreign::digits::Decimal;
use crate::transfer::foreign::target::{Map, TARGETS, Target, target_of};
use crate::transfer::foreign::{Column, Question, columns};
use crate::transfer::import::error::{File, Here, Past, Ways};

/// A file whose columns may have to be asked about.
pub(super) struct Asked<'a> {
    pub(super) app: App,
    pub(super) files: &'a [File],
    pub(super) session: &'a Session,
    pub(super) day_end: DayEnd,
}

impl Asked<'_> {
    fn columns(&self, maps: &[Map], ways: Ways<'_>) -> Outcome<Vec<Column>> {
        let here = Here {
            now: &self.session.now,
            day_end: self.day_end,
            maps,
            past: &Past::default(),
            ways,
        };
        columns(self.app, self.files, &here).map_err(|errors| slips(&errors))
    }
}

/// The mapping, with the answers for columns without a meaning or a unit. Asks only at a terminal, and for a meaning only
/// without `--map`: a person who uses `--map` has seen the columns and left some out on purpose.
pub(super) fn text(file: &Asked<'_>, maps: &[Map], ways: &mut Ways<'_>) -> Outcome<Vec<Map>> {
    let mut maps = maps.to_vec();
    let mut again = Vec::new();
    let has_maps = maps.iter().any(|(_, target)| !target.is_shape());
    // A long file is not read once more for a question that nobody is there to answer.
    if !has_maps && output::can_ask() {
        let known = file.columns(&maps, *ways)?;
        let open: Vec<&Column> = known
            .iter()
            .filter(|column| column.target.is_none())
            .collect();
        if !open.is_empty() {
            output::say(&format!("A column can be {TARGETS}."));
        }
        for column in open {
            let (target, typed) = ask(column);
            if target != Target::Skip {
                again.push(format!("--map '{}={typed}'", column.name));
            }
            maps.push((column.name.clone(), target));
        }
    }
    // Read again, because an answer may take over the day from a column that was only guessed.
    let mut mapped = file.columns(&maps, *ways)?;
    if output::can_ask() {
        while let Some(column) = mapped.iter().find(|column| column.question.is_some()) {
            let Some(question) = &column.question else {
                break;
            };
            match answer(column, question) {
                Some(Answer::Target(target, typed)) => {
                    again.push(format!("--map '{}={typed}'", column.name));
                    maps.retain(|(name, _)| *name != column.name);
                    maps.push((column.name.clone(), target));
                }
                Some(Answer::Decimal(decimal)) => {
                    again.push(format!("--decimal {}", decimal.word()));
                    ways.decimal = Some(decimal);
                }
                // The reading refuses the file and says the same again.
                None => break,
            }
            mapped = file.columns(&maps, *ways)?;
        }
    }
    if !again.is_empty() {
        output::say(&format!("To say the same again: {}", again.join(" ")));
    }
    for column in &mapped {
        output::say(&line(column));
    }
    Ok(maps)
}

/// An answer to a question about a column.
enum Answer {
    Target(Target, String),
    Decimal(Decimal),
}

/// Asks a question about a column; `None` at the end of input and after an empty line.
fn answer(column: &Column, question: &Question) -> Option<Answer> {
    output::say(&format!("{}: {}", column.name, question.sentence));
    let units: Vec<&str> = question
        .choices
        .iter()
        .map(|choice| unit_of(choice))
        .collect();
    let offered = if units.is_empty() {
        "point or comma".to_owned()
    } else {
        units.join(", ")
    };
    let examples = column.examples.join(", ");
    loop {
        let typed = output::asked(&format!("{} ({examples}): {offered}? ", column.name))?;
        let typed = typed.trim();
        if typed.is_empty() {
            return None;
        }
        if units.is_empty() {
            match Decimal::read(typed) {
                Ok(decimal) => return Some(Answer::Decimal(decimal)),
                Err(sentence) => output::say(&sentence),
            }
            continue;
        }
        let mut choices = question.choices.iter();
        let chosen = choices.find(|choice| unit_of(choice).eq_ignore_ascii_case(typed));
        if chosen.is_none() && !typed.contains(':') {
            output::say(&format!("One of these is expected: {offered}."));
            continue;
        }
        match target_of(chosen.map_or(typed, String::as_str)) {
            Ok(target) => {
                let typed = chosen.map_or(typed, String::as_str).to_owned();
                return Some(Answer::Target(target, typed));
            }
            Err(sentence) => output::say(&sentence),
        }
    }
}

/// The unit of "measure:weight:kg", which may have a colon of its own.
fn unit_of(choice: &str) -> &str {
    choice.splitn(3, ':').nth(2).unwrap_or(choice)
}

/// Asks for the meaning of a column; returns it with the typed text. An empty line and the end of input leave the column out.
fn ask(column: &Column) -> (Target, String) {
    let examples = column.examples.join(", ");
    loop {
        let typed = output::asked(&format!("{} ({examples})? [skip] ", column.name));
        match typed.as_deref().map(str::trim) {
            None | Some("") => return (Target::Skip, String::new()),
            Some(typed) => match target_of(typed) {
                Ok(target) => return (target, typed.to_owned()),
                Err(sentence) => output::say(&sentence),
            },
        }
    }
}

fn line(column: &Column) -> String {
    let name = &column.name;
    let lists = CareList::built_in();
    let unit = |usual: &str| {
        let unit = column.unit.as_deref().unwrap_or(usual);
        let unit = lists.unit_of(unit).map_or(unit, |unit| unit.many.as_str());
        if column.question.is_some() {
            "; in which unit, is not said yet".to_owned()
        } else if unit.is_empty() {
            String::new()
        } else {
            format!(", in {unit}")
        }
    };
    let product = |code: &str| {
        let product = product::by_code(&Journal::default(), code);
        product.map_or_else(|| (code.to_owned(), String::new()), |it| (it.name, it.unit))
    };
    let becomes = match &column.target {
        None => {
            let guess = column.guess.as_ref().filter(|guess| !guess.is_sure);
            return match guess {
                Some(Guess { target, reason, .. }) => {
                    format!("{name}: left out; --map \"{name}={target}\" takes it in ({reason})")
                }
                None => format!("{name}: left out; --map \"{name}=...\" takes it in"),
            };
        }
        Some(Target::Date(_)) => "the day".to_owned(),
        Some(Target::Time) => "the time".to_owned(),
        Some(Target::Note) => "a note".to_owned(),
        Some(Target::Symptom(code, scale)) => format!("the symptom {code}, {}", scale.words()),
        Some(Target::Own(own, _, scale)) => format!("the own symptom {own}, {}", scale.words()),
        Some(Target::Overall(scale)) => format!("the overall, {}", scale.words()),
        Some(Target::Measure(code, _)) => {
            let measure = lists.measure(code);
            let scored = measure.is_some_and(Measure::is_scored);
            let usual = measure
                .filter(|_| !scored)
                .map_or("", |measure| measure.usual_unit());
            format!("the measurement {code}{}", unit(usual))
        }
        Some(Target::Part(code, half)) => format!("the {} number of {code}", half.word()),
        Some(Target::Dose(code, _)) => {
            let (said, usual) = product(code);
            let amounts = unit(&usual);
            let many = lists.unit_of(&usual).map_or("", |unit| unit.many.as_str());
            let counted = if column.question.is_some() || amounts == format!(", in {many}") {
                String::new()
            } else {
                format!("; {said} is counted in {many}")
            };
            format!("a dose of {code}{amounts}{counted}")
        }
        Some(Target::DoseField(code, field)) => {
            format!("the {} of the dose of {code} in its row", field.word())
        }
        Some(Target::Practice(code)) => format!("the practice {code}"),
        Some(Target::Urge(scale)) => format!("an urge, {}", scale.words()),
        Some(Target::Medicine) => "a medicine and its intake".to_owned(),
        Some(Target::Amount) => "the amount of the medicine".to_owned(),
        Some(Target::State) => {
            "whether the medicine was taken; a blank cell says that it was not".to_owned()
        }
        Some(Target::TakenAt) => "when the medicine was taken".to_owned(),
        Some(Target::DayAbove | Target::Name | Target::Value | Target::Unit) => {
            "how the table is read".to_owned()
        }
        Some(Target::Skip) => "left out".to_owned(),
    };
    let guess = column.guess.as_ref().filter(|guess| guess.is_sure);
    match guess.filter(|guess| target_of(&guess.target).ok() == column.target) {
        Some(guess) => format!("{name}: {becomes} ({})", guess.reason),
        None => format!("{name}: {becomes}"),
    }
}
