//! The meaning of another program's columns: from `--map`, from their names, or from answers.
//!
//! Invariant: every column and its meaning are printed before anything is imported.

use super::errors::slips;
use crate::cli::failure::Outcome;
use crate::cli::output;
use crate::cli::session::Session;
use crate::domain::journal::Journal;
use crate::transfer::foreign::apps::{App, Guess};
use crate::transfer::foreign::target::{Map, TARGETS, Target, target_of};
use crate::transfer::foreign::{Column, columns};
use crate::transfer::import::error::{File, Here, Past};

/// The mapping, with the answers for columns without a meaning. Asks only at a terminal and only without `--map`: a person who
/// uses `--map` has seen the columns and left some out on purpose.
pub(super) fn text(
    app: App,
    files: &[File],
    maps: &[Map],
    session: &Session,
    journal: &Journal,
) -> Outcome<Vec<Map>> {
    let past = Past::default();
    let here = |maps| Here {
        now: &session.now,
        day_end: journal.settings.day_end,
        maps,
        past: &past,
    };
    let known = columns(app, files, &here(maps)).map_err(|errors| slips(&errors))?;
    let mut maps = maps.to_vec();
    let has_maps = maps.iter().any(|(_, target)| !target.is_shape());
    if !has_maps && output::can_ask() {
        let open: Vec<&Column> = known
            .iter()
            .filter(|column| column.target.is_none())
            .collect();
        if !open.is_empty() {
            output::say(&format!("A column can be {TARGETS}."));
        }
        let mut again = Vec::new();
        for column in open {
            let (target, typed) = ask(column);
            if target != Target::Skip {
                again.push(format!("--map '{}={typed}'", column.name));
            }
            maps.push((column.name.clone(), target));
        }
        if !again.is_empty() {
            output::say(&format!("To say the same again: {}", again.join(" ")));
        }
    }
    // Read again, because an answer may take over the day from a column that was only guessed.
    let mapped = columns(app, files, &here(&maps)).map_err(|errors| slips(&errors))?;
    for column in &mapped {
        output::say(&line(column));
    }
    Ok(maps)
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
        Some(Target::Symptom(code, _)) => format!("the symptom {code}"),
        Some(Target::Own(own, ..)) => format!("the own symptom {own}"),
        Some(Target::Overall(_)) => "the overall".to_owned(),
        Some(Target::Measure(code)) => format!("the measurement {code}"),
        Some(Target::Dose(code)) => format!("a dose of {code}"),
        Some(Target::Practice(code)) => format!("the practice {code}"),
        Some(Target::Urge(_)) => "an urge".to_owned(),
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
