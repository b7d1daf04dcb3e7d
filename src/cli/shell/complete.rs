//! `ebb complete`: the words that can stand at the end of a line, for the scripts of `ebb completions`.
//!
//! Invariant: nothing but words is printed, nothing is written, and no fault is told: it would land in the middle of a line
//! that is being typed. Names of the person come only where the config file says so, and only from a journal that anybody with
//! the file can read.

use super::line::{Place, Wanted, as_typed};
use super::script::Shell;
use super::values;
use super::values::{Candidate, Values};
use crate::cli::System;
use crate::cli::failure::Outcome;
use crate::cli::output;
use crate::config::Places;
use crate::config::file::Config;
use crate::config::settings::ConfigKey;
use crate::domain::journal::Journal;
use crate::domain::time::Now;
use crate::store::{Store, is_journal};
use clap::Command;
use clap::builder::StyledStr;
use std::ffi::OsString;
use std::fmt::Write as _;

#[derive(Debug, clap::Args)]
#[command(before_help = "\
Examples:
  ebb complete fish -- checkin --se    what the scripts of `ebb completions` ask")]
pub(in crate::cli) struct Args {
    /// The shell that asks
    #[arg(value_name = "SHELL")]
    shell: Shell,
    /// The words behind `ebb`, the last one as far as it is typed
    #[arg(last = true, value_name = "WORD", allow_hyphen_values = true)]
    words: Vec<OsString>,
}

/// Prints what can stand there; `:` alone stands for files.
pub(in crate::cli) fn run(args: &Args, mut root: Command, system: &System) -> Outcome {
    let words: Vec<String> = args
        .words
        .iter()
        .map(|word| word.to_string_lossy().into_owned())
        .collect();
    let (words, kept) = as_typed(args.shell, &words);
    let (last, before) = match words.split_last() {
        Some((last, before)) => (last.as_str(), before),
        None => ("", &[][..]),
    };
    root.build();
    let place = Place::of(&root, before, last);
    let text = match found(&place, before, last, system) {
        Values::Files => ":\n".to_owned(),
        Values::Words(words) => written(args.shell, &words, last, kept),
    };
    output::exact(text.as_bytes())
}

/// Everything that can stand there.
fn found(place: &Place<'_>, before: &[String], last: &str, system: &System) -> Values {
    let value = |arg, typed: &str| {
        let journal = journal(before, system);
        values::of(&place.path, arg, typed, before, &journal)
    };
    match &place.wanted {
        Wanted::Value(arg, head) => match value(arg, last.get(head.len()..).unwrap_or_default()) {
            Values::Files => Values::Files,
            Values::Words(words) => Values::Words(
                words
                    .into_iter()
                    .map(|word| Candidate::new(format!("{head}{}", word.value), word.about))
                    .collect(),
            ),
        },
        Wanted::Option => Values::Words(options(place.command)),
        Wanted::Page => {
            let mut words = commands(place.command, last);
            if place.path.is_empty() {
                words.push(Candidate::new("everywhere", "What every command takes"));
            }
            Values::Words(words)
        }
        Wanted::Word(arg) => {
            let mut words = commands(place.command, last);
            match arg.map(|arg| value(arg, last)) {
                Some(Values::Files) => return Values::Files,
                Some(Values::Words(more)) => words.extend(more),
                None => {}
            }
            if words.is_empty() && last.is_empty() {
                words = options(place.command);
            }
            Values::Words(words)
        }
    }
}

/// The commands below one, also those that the first page of help folds away. Another name is offered where no first one fits.
fn commands(command: &Command, last: &str) -> Vec<Candidate> {
    let all = || {
        command
            .get_subcommands()
            .filter(|one| one.get_name() != "help")
    };
    let about = |one: &Command| first_sentence(one.get_about());
    let named = all().map(|one| Candidate::new(one.get_name(), about(one)));
    let named: Vec<Candidate> = named.collect();
    if named.iter().any(|one| one.value.starts_with(last)) {
        // What is asked by the program itself would only puzzle.
        return named
            .into_iter()
            .filter(|one| one.value != "complete")
            .collect();
    }
    let other = |one: &Command| {
        let about = about(one);
        let aliases = one.get_visible_aliases().map(str::to_owned);
        let words = aliases.map(|alias| Candidate::new(alias, about.clone()));
        words.collect::<Vec<_>>()
    };
    all().flat_map(other).collect()
}

/// The options of a command; those that every command takes come last.
fn options(command: &Command) -> Vec<Candidate> {
    let of = |is_global: bool| {
        let args = command.get_arguments();
        let args = args.filter(move |arg| arg.is_global_set() == is_global);
        args.filter_map(|arg| {
            let about = first_sentence(arg.get_help());
            Some(Candidate::new(format!("--{}", arg.get_long()?), about))
        })
    };
    of(false).chain(of(true)).collect()
}

fn first_sentence(text: Option<&StyledStr>) -> String {
    let text = text.map(ToString::to_string).unwrap_or_default();
    text.lines().next().unwrap_or_default().to_owned()
}

/// The journal with the person's words, if these may be told; else one with the built-in words alone.
fn journal(before: &[String], system: &System) -> Journal {
    own(before, system).unwrap_or_default()
}

fn own(before: &[String], system: &System) -> Option<Journal> {
    let named = |option: &str, variable: &str| {
        let with_sign = format!("{option}=");
        let at = before.iter().position(|word| word == option);
        let apart = at.and_then(|at| before.get(at + 1));
        let whole = before.iter().find_map(|word| word.strip_prefix(&with_sign));
        let typed = apart.map(String::as_str).or(whole).map(OsString::from);
        typed.or_else(|| std::env::var_os(variable))
    };
    let journal = named("--journal", "EBB_JOURNAL").filter(|path| !path.is_empty());
    let is_named = journal.is_some();
    let mut places = Places::find(journal, named("--config", "EBB_CONFIG")).ok()?;
    let config = Config::read(&places.config);
    if config.value(ConfigKey::OwnNames) != "true" {
        return None;
    }
    let by_file = config
        .set_value(ConfigKey::Journal)
        .filter(|path| !path.is_empty());
    if let Some(path) = by_file.filter(|_| !is_named) {
        places.journal = path.into();
    }
    // An encrypted journal does not begin like one, whoever could open it.
    if !is_journal(&places.journal) {
        return None;
    }
    let store = Store::open(&places.journal).ok()?;
    let now = Now::new(system.now, system.here.zone.clone());
    let today = now.today(store.settings().ok()?.day_end);
    // What is kept belongs to no day, so no day but today is read.
    store.load(Some(today)).ok()
}

/// The words that begin like `last`, as the shell takes them; of each the first `kept` bytes stay away.
fn written(shell: Shell, words: &[Candidate], last: &str, kept: usize) -> String {
    let begin = last.to_lowercase();
    let mut seen = std::collections::BTreeSet::new();
    let mut text = String::new();
    for word in words {
        let fits = word.value.to_lowercase().starts_with(&begin);
        // A line end would make two words of one.
        let is_line = !word.value.is_empty() && !word.value.contains(char::is_control);
        if !fits || !is_line || !seen.insert(&word.value) {
            continue;
        }
        let value = word.value.get(kept..).unwrap_or_default();
        let about = word.about.replace(char::is_control, " ");
        match shell {
            Shell::Bash => writeln!(text, "{}", escaped(value)),
            Shell::Zsh => writeln!(text, "{}:{about}", value.replace(':', "\\:")),
            Shell::Powershell if value.contains([' ', '\'', '"', '$', '`', ';', '(', ')']) => {
                writeln!(text, "'{}'\t{about}", value.replace('\'', "''"))
            }
            Shell::Fish | Shell::Powershell => writeln!(text, "{value}\t{about}"),
        }
        .ok();
    }
    text
}

/// A word as bash has to be given it, so that a name with a blank stays one word.
fn escaped(value: &str) -> String {
    let is_plain = |letter: char| letter.is_alphanumeric() || "-_./=:,@%+".contains(letter);
    let mut text = String::new();
    for letter in value.chars() {
        if !is_plain(letter) {
            text.push('\\');
        }
        text.push(letter);
    }
    text
}

#[cfg(test)]
#[path = "complete_tests.rs"]
mod tests;
