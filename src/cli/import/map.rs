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
use crate::transfer::foreign::apps::{App, KnownColumn};
use crate::transfer::foreign::digits::Decimal;
use crate::transfer::foreign::target::{Map, Meant, TARGETS, Target, target_of};
use crate::transfer::foreign::{Column, Question, Wanted, bare_columns, columns};
use crate::transfer::import::becomes::{becomes, column_becomes};
use crate::transfer::import::error::{File, Here, Past, Ways};
use crate::transfer::import::guess::guess;

/// A file whose columns may have to be asked about.
pub(super) struct Asked<'a> {
    pub(super) app: App,
    pub(super) files: &'a [File],
    pub(super) session: &'a Session,
    pub(super) journal: &'a Journal,
}

impl Asked<'_> {
    fn columns(&self, maps: &[Map], ways: Ways<'_>) -> Outcome<Vec<Column>> {
        let here = Here {
            now: &self.session.now,
            day_end: self.journal.settings.day_end,
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
        let meant = Meant {
            maps: &maps,
            face: ways.face,
        };
        let bare = bare_columns(file.app, file.files, meant).map_err(|errors| slips(&errors))?;
        // Without a day nothing can be read, and the person has to be able to say which column it is.
        let known = file.columns(&maps, *ways).unwrap_or_else(|_| bare.clone());
        let names: Vec<String> = bare.into_iter().map(|column| column.name).collect();
        let config = file.session.places()?.config.clone();
        let kept = answers::of(&config, &names);
        let given = asked(&known, kept, file.journal);
        answers::keep(&config, &names, &given);
        let meant = given.iter().filter(|(_, meaning)| meaning != "skip");
        again.extend(meant.map(|(column, meaning)| format!("--map '{column}={meaning}'")));
        let map = |(column, meaning): (String, String)| {
            Some((column, target_of(&meaning, file.journal).ok()?))
        };
        maps.extend(given.into_iter().filter_map(map));
    }
    // Read again, because an answer may take over the day from a column that was only guessed.
    let mut mapped = file.columns(&maps, *ways)?;
    if output::can_ask() {
        while let Some(column) = mapped.iter().find(|column| column.question.is_some()) {
            let Some(question) = &column.question else {
                break;
            };
            match answer(column, question, file.journal) {
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
        output::say(&line(column, file.journal));
    }
    Ok(maps)
}

/// An answer to a question about a column.
enum Answer {
    Target(Target, String),
    Decimal(Decimal),
}

/// Asks a question about a column; `None` at the end of input and after an empty line.
fn answer(column: &Column, question: &Question, journal: &Journal) -> Option<Answer> {
    output::say(&format!("{}: {}", column.name, question.sentence));
    let choices = match &question.wanted {
        Wanted::Target(choices) => &choices[..],
        Wanted::DecimalSign => &[],
        // Another column lacks, and no answer about this one can name it.
        Wanted::OtherColumn => return None,
    };
    let units: Vec<&str> = choices.iter().map(|choice| unit_of(choice)).collect();
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
        let mut choices = choices.iter();
        let chosen = choices.find(|choice| unit_of(choice).eq_ignore_ascii_case(typed));
        if chosen.is_none() && !typed.contains(':') {
            output::say(&format!("One of these is expected: {offered}."));
            continue;
        }
        match target_of(chosen.map_or(typed, String::as_str), journal) {
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
                match (column, target_of(rest, journal)) {
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
    let target = answer.and_then(|(_, meaning)| target_of(meaning, journal).ok());
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

fn line(column: &Column, journal: &Journal) -> String {
    let name = &column.name;
    let guess = column.guess.as_ref();
    if column.target.is_none() {
        return match guess.filter(|guess| !guess.is_sure) {
            Some(known) => format!(
                "{name}: left out; --map \"{name}={}\" takes it in ({})",
                known.target, known.reason
            ),
            None => format!("{name}: left out; --map \"{name}=...\" takes it in"),
        };
    }
    let becomes = column_becomes(column, journal);
    let is_known = |guess: &&KnownColumn| {
        guess.is_sure && target_of(&guess.target, journal).ok() == column.target
    };
    match guess.filter(is_known) {
        Some(guess) => format!("{name}: {becomes} ({})", guess.reason),
        None => format!("{name}: {becomes}"),
    }
}
