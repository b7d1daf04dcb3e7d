//! The meaning of another program's columns: from `--map`, from their names, or from answers.
//!
//! Invariant: every column and its meaning are printed before anything is imported.

use super::answers;
use super::errors::slips;
use crate::cli::failure::Outcome;
use crate::cli::output;
use crate::cli::session::Session;
use crate::domain::journal::Journal;
use crate::transfer::errand::Guess;
use crate::transfer::foreign::apps::App;
use crate::transfer::foreign::target::{Map, TARGETS, Target, target_of};
use crate::transfer::foreign::{Column, bare_columns, columns};
use crate::transfer::import::error::{File, Here, Past};
use crate::transfer::import::guess::{becomes, guess};

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
    let mut maps = maps.to_vec();
    if maps.is_empty() && output::can_ask() {
        let bare = bare_columns(app, files).map_err(|errors| slips(&errors))?;
        // Without a day nothing can be read, and the person has to be able to say which column it is.
        let known = columns(app, files, &here(&[])).unwrap_or_else(|_| bare.clone());
        let names: Vec<String> = bare.into_iter().map(|column| column.name).collect();
        let config = session.places()?.config.clone();
        let kept = answers::of(&config, &names);
        let given = asked(&known, kept, journal);
        answers::keep(&config, &names, &given);
        let again = given.iter().filter(|(_, meaning)| meaning != "skip");
        let again: Vec<String> = again
            .map(|(column, meaning)| format!("--map '{column}={meaning}'"))
            .collect();
        if !again.is_empty() {
            output::say(&format!("To say the same again: {}", again.join(" ")));
        }
        let map = |(column, meaning): (String, String)| Some((column, target_of(&meaning).ok()?));
        maps.extend(given.into_iter().filter_map(map));
    }
    // Read again, because an answer may take over the day from a column that was only guessed.
    let mapped = columns(app, files, &here(&maps)).map_err(|errors| slips(&errors))?;
    for column in &mapped {
        output::say(&line(column));
    }
    Ok(maps)
}

/// One page of all columns, then answers until an empty line: a column and its meaning, in the words of `--map`.
fn asked(
    columns: &[Column],
    kept: Vec<(String, String)>,
    journal: &Journal,
) -> Vec<(String, String)> {
    let mut given = kept;
    if !given.is_empty() {
        output::say("The columns mean what you said for the last file of this form:");
    }
    let guesses: Vec<Option<Guess>> = columns
        .iter()
        .map(|column| match column.target {
            None | Some(Target::Note) => guess(column, journal),
            Some(_) => None,
        })
        .collect();
    for (n, (column, guess)) in columns.iter().zip(&guesses).enumerate() {
        output::say(&asked_line(n + 1, column, guess.as_ref(), &given, journal));
    }
    let has_guess = guesses.iter().any(Option::is_some);
    let all = if has_guess {
        "a takes every guess, "
    } else {
        ""
    };
    loop {
        let question = format!(
            "{all}a number and a meaning answers one (3 overall:1-5), w says what a column can be, Enter goes on: "
        );
        let typed = output::asked(&question);
        let typed = typed.as_deref().map_or("", str::trim);
        let (word, rest) = typed.split_once(' ').unwrap_or((typed, ""));
        match word {
            "" => return given,
            "w" => output::say(&format!("A column can be {TARGETS}.")),
            "a" => {
                for (column, guess) in columns.iter().zip(&guesses) {
                    // What the person said before goes over a guess.
                    if let Some(guess) = guess
                        && !given.iter().any(|(name, _)| *name == column.name)
                    {
                        output::say(&format!("{}: {}", column.name, guess.words));
                        given.push((column.name.clone(), guess.meaning.clone()));
                    }
                }
            }
            number => {
                let number = number.parse::<usize>().ok();
                let column = number.and_then(|n| columns.get(n.checked_sub(1)?));
                match (column, target_of(rest)) {
                    (Some(column), Ok(target)) => {
                        given.retain(|(name, _)| *name != column.name);
                        given.push((column.name.clone(), rest.trim().to_owned()));
                        let words = becomes(Some(&target), journal);
                        output::say(&format!("{}: {words}", column.name));
                    }
                    (Some(_), Err(why)) => output::say(&why),
                    (None, _) => output::say(&format!("{word} is no number of a column.")),
                }
            }
        }
    }
}

/// " 3 Mood: overall, 5 to 1? named Mood, such as 3, 4, 5".
fn asked_line(
    n: usize,
    column: &Column,
    guess: Option<&Guess>,
    given: &[(String, String)],
    journal: &Journal,
) -> String {
    let name = &column.name;
    let answer = given.iter().find(|(known, _)| known == name);
    let target = answer.and_then(|(_, meaning)| target_of(meaning).ok());
    if let Some(target) = target {
        return format!(
            "{n:>2} {name}: {}, as you said",
            becomes(Some(&target), journal)
        );
    }
    let examples = match column.examples.len() {
        0 => "no value in it".to_owned(),
        _ => format!("such as {}", column.examples.join(", ")),
    };
    let now = becomes(column.target.as_ref(), journal);
    match (guess, &column.target) {
        (Some(Guess { words, reason, .. }), None) => format!("{n:>2} {name}: {words}? {reason}"),
        (Some(Guess { words, reason, .. }), Some(_)) => {
            format!("{n:>2} {name}: {now}, or {words}? {reason}")
        }
        (None, _) => format!("{n:>2} {name}: {now}; {examples}"),
    }
}

fn line(column: &Column) -> String {
    let name = &column.name;
    let becomes = match &column.target {
        None => {
            return format!("{name}: left out; --map \"{name}=...\" takes it in");
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
        Some(Target::Skip) => "left out".to_owned(),
    };
    format!("{name}: {becomes}")
}
