//! A cell with a value, and its meaning for a medicine, a practice or a number.

use super::clock::clock;
use super::dates;
use super::dates::Written;
use super::reading::Reading;
use super::sheet::numbers::{NO_NUMBER, Numbers};
use super::target::{Scale, Target};
use crate::domain::record::key;
use chrono::NaiveDate;
use std::borrow::Cow;

/// A cell with a value.
pub(super) struct Cell<'a> {
    /// The place of its column.
    pub(super) at: usize,
    pub(super) column: &'a str,
    pub(super) target: &'a Target,
    pub(super) reading: &'a Reading,
    /// The text in the file.
    pub(super) raw: &'a str,
    pub(super) value: Cow<'a, str>,
}

pub(super) enum State {
    /// With the moment, where the file has it.
    Taken(Option<Written>),
    Late,
    Skipped,
}

/// Whether a practice was done, and how often.
pub(super) enum Done {
    No,
    Yes,
    /// The field and its text: how often, or how much.
    Count(&'static str, String),
}

/// The most that counts as a number of times; more is an amount (seconds, steps).
const MOST_TIMES: u32 = 1000;

pub(super) fn done(word: &str, value: &str, numbers: Numbers) -> Result<Done, String> {
    let count = |number: u32| match number {
        0 => Done::No,
        1..=MOST_TIMES => Done::Count(key::COUNT, number.to_string()),
        _ => Done::Count(key::AMOUNT, number.to_string()),
    };
    // Here "1" is one time or one unit, not "yes".
    if numbers == Numbers::Thousandths {
        let amount = value.parse::<f64>().is_ok_and(|number| number > 0.0);
        return match value.parse::<u32>() {
            Ok(number) => Ok(count(number)),
            Err(_) if amount => Ok(Done::Count(key::AMOUNT, value.to_owned())),
            Err(_) => Err(format!("{value:?} is neither yes, no nor how often")),
        };
    }
    if let Some(minutes) = value.strip_suffix(" min") {
        let is_some = minutes.parse::<f64>().is_ok_and(|minutes| minutes > 0.0);
        let minutes = minutes.split('.').next().unwrap_or_default();
        return Ok(if is_some {
            Done::Count(key::MINUTES, minutes.to_owned())
        } else {
            Done::No
        });
    }
    match word.to_lowercase().as_str() {
        "yes" | "y" | "true" | "x" | "done" | "1" => Ok(Done::Yes),
        "no" | "n" | "false" | "0" | "-" | "skip" => Ok(Done::No),
        number => match number.parse::<u32>() {
            Ok(number) => Ok(count(number)),
            Err(_) => Err(format!("{value:?} is neither yes, no nor how often")),
        },
    }
}

/// Whether a medicine due on a day was taken: a blank cell means no, a time means taken then.
pub(super) fn state(cell: &str, due: NaiveDate) -> Result<State, String> {
    let plain = cell.trim().to_lowercase();
    let begins = |words: &[&str]| words.iter().any(|word| plain.starts_with(word));
    if ["", "-", "0", "n", "no"].contains(&plain.as_str())
        || begins(&["skip", "not ", "false", "miss"])
    {
        return Ok(State::Skipped);
    }
    if plain.starts_with("late") {
        return Ok(State::Late);
    }
    let is_yes = ["x", "1", "y", "yes", "true", "done", "ok", "\u{2713}"].contains(&plain.as_str());
    let at = dates::nearest(cell, due);
    if is_yes || begins(&["taken", "took"]) || at.is_some() || clock(cell).is_some() {
        return Ok(State::Taken(at));
    }
    Err(format!(
        "{cell:?} says neither that it was taken nor that it was not; taken, x, a time, skipped, missed and a blank do"
    ))
}

/// The value of a cell for a number or a scale.
pub(super) fn number(cell: &Cell<'_>) -> Result<String, String> {
    let numbers = cell.reading.numbers;
    // Loop's digits of a yes-or-no habit are codes, not amounts.
    let is_word = numbers == Numbers::YesNo && ["1", "2", "3"].contains(&cell.value.as_ref());
    if is_word {
        return Err(NO_NUMBER.to_owned());
    }
    let is_range = match cell.target {
        Target::Symptom(_, scale)
        | Target::Own(.., scale)
        | Target::Overall(scale)
        | Target::Urge(scale) => matches!(scale, Scale::Range(..)),
        _ => true,
    };
    Ok(if is_range {
        cell.reading.on_scale(&cell.value)
    } else {
        cell.value.to_string()
    })
}
