//! What was typed and is no command, in the voice of every other refusal: what happened, that nothing was saved, and how it is
//! typed, by an example of the very verb.

use super::{Failure, USAGE};
use crate::domain::text::closeness::distance;
use clap::error::{ContextKind, ContextValue, ErrorKind};
use clap::{Arg, Command, Error};
use std::error::Error as _;

/// The refusal of what clap could not read. `root` is the whole command, `typed` the words behind its name.
pub(crate) fn refusal(error: &Error, root: &mut Command, typed: &[String]) -> Failure {
    // Fills in what is made only when it is used.
    root.build();
    let (command, called) = meant(root, typed);
    let slip = Slip {
        error,
        command,
        called: &called,
    };
    let mut message = slip.sentence();
    // Behind a question or a sentence of its own a new one begins.
    message.push_str(if message.ends_with(['?', '.']) {
        " Nothing was saved."
    } else {
        "; nothing was saved."
    });
    let way = match example(command) {
        Some(example) if error.kind() != ErrorKind::InvalidSubcommand => {
            format!("As in `{example}`.")
        }
        _ => format!("`{called} --help` lists what there is."),
    };
    Failure::new(USAGE, format!("{message} {way}"))
}

/// The command that the words mean, as far as they name one, and how it is called.
fn meant<'a>(root: &'a Command, typed: &[String]) -> (&'a Command, String) {
    let mut command = root;
    let mut called = "ebb".to_owned();
    for word in typed {
        // Options may stand between the words; what they take is no name of a command.
        if let Some(next) = command.find_subcommand(word) {
            command = next;
            called = format!("{called} {}", next.get_name());
        }
    }
    (command, called)
}

/// The first example of a command's page.
fn example(command: &Command) -> Option<String> {
    let page = command.get_before_help()?.to_string();
    let line = page
        .lines()
        .map(str::trim)
        .find(|line| line.starts_with("ebb "))?
        .to_owned();
    // What stands beside it begins after two blanks.
    let end = line.find("  ").unwrap_or(line.len());
    Some(line[..end].to_owned())
}

struct Slip<'a> {
    error: &'a Error,
    command: &'a Command,
    called: &'a str,
}

impl Slip<'_> {
    fn text(&self, kind: ContextKind) -> Option<String> {
        match self.error.get(kind)? {
            ContextValue::String(text) => Some(text.clone()),
            ContextValue::Strings(all) => Some(all.join(", ")),
            _ => None,
        }
    }

    fn texts(&self, kind: ContextKind) -> Vec<String> {
        match self.error.get(kind) {
            Some(ContextValue::Strings(all)) => all.clone(),
            Some(ContextValue::String(one)) => vec![one.clone()],
            _ => Vec::new(),
        }
    }

    /// "--percent" of "--percent <P>".
    fn option(&self) -> String {
        let option = self.text(ContextKind::InvalidArg).unwrap_or_default();
        bare(&option).to_owned()
    }

    fn sentence(&self) -> String {
        let called = self.called;
        match self.error.kind() {
            ErrorKind::InvalidSubcommand => self.unknown_command(),
            ErrorKind::UnknownArgument => self.unknown_word(),
            ErrorKind::MissingRequiredArgument => self.missing(),
            ErrorKind::InvalidValue => self.value(),
            ErrorKind::ValueValidation => {
                let value = self.text(ContextKind::InvalidValue).unwrap_or_default();
                let why = self.error.source().map(ToString::to_string);
                let why = why.unwrap_or_else(|| "it is not understood".to_owned());
                match self.option() {
                    // A word without an option has no name that a person would know.
                    option if option.starts_with('-') => format!("{option} {value}: {why}"),
                    _ => format!("{value}: {why}"),
                }
            }
            ErrorKind::ArgumentConflict => {
                let other = self.texts(ContextKind::PriorArg);
                let other: Vec<&str> = other.iter().map(|name| bare(name)).collect();
                match other.as_slice() {
                    [] => format!("{} can stand once in `{called}`", self.option()),
                    [other] if *other == self.option() => format!("{other} can stand once"),
                    several => format!(
                        "{} and {} do not go together",
                        self.option(),
                        several.join(", ")
                    ),
                }
            }
            ErrorKind::InvalidUtf8 => "what was typed is no text in UTF-8".to_owned(),
            _ => format!("`{called}` is not typed like that"),
        }
    }

    fn unknown_command(&self) -> String {
        let word = self
            .text(ContextKind::InvalidSubcommand)
            .unwrap_or_default();
        let near = self.texts(ContextKind::SuggestedSubcommand);
        let hint = match near.as_slice() {
            [] => String::new(),
            near => format!("; did you mean {}?", near.join(" or ")),
        };
        format!("there is no `{} {word}`{hint}", self.called)
    }

    fn unknown_word(&self) -> String {
        let word = self.option();
        if !word.starts_with('-') {
            return format!("\"{word}\" is one word too many for `{}`", self.called);
        }
        let options = self.command.get_arguments().filter_map(Arg::get_long);
        let typed = word.trim_start_matches('-').to_lowercase();
        // Of a short word nearly every other one is two steps away.
        let most = if typed.len() > 5 { 2 } else { 1 };
        let near = options
            .map(|option| (distance(&typed, option), option))
            .filter(|(steps, option)| *steps <= most || option.starts_with(&typed))
            .min();
        let hint = near.map_or_else(String::new, |(_, option)| {
            format!("; did you mean --{option}?")
        });
        format!("`{}` knows no {word}{hint}", self.called)
    }

    /// What is missing, by the words of its help.
    fn missing(&self) -> String {
        let missing = self.texts(ContextKind::InvalidArg);
        let each = missing.iter().map(|name| {
            let arg = self
                .command
                .get_arguments()
                .find(|arg| arg.to_string() == *name);
            let help = arg.and_then(Arg::get_help).map(ToString::to_string);
            let help = help.map(|help| lower_head(help.trim_end_matches('.')));
            let bare = bare(name);
            match (bare.starts_with('-'), help) {
                (true, Some(help)) => format!("{bare}, {help}"),
                (false, Some(help)) => help,
                (_, None) => name.replace(['<', '>'], "").replace('|', " or "),
            }
        });
        let each: Vec<String> = each.collect();
        format!("`{}` needs more: {}", self.called, each.join("; "))
    }

    fn value(&self) -> String {
        let value = self.text(ContextKind::InvalidValue).unwrap_or_default();
        let known = self.texts(ContextKind::ValidValue);
        let option = self.option();
        let fits = if known.is_empty() {
            String::new()
        } else {
            format!(": it is one of {}", known.join(", "))
        };
        if value.is_empty() {
            return format!("{option} needs something behind it{fits}");
        }
        if option.starts_with('-') {
            return format!("{option} {value} is not known{fits}");
        }
        format!("{value} is not known{fits}")
    }
}

/// An option without what it takes.
fn bare(option: &str) -> &str {
    option.split([' ', '=']).next().unwrap_or(option)
}

/// A help text in the middle of a sentence; "PHQ-9" stays as it is.
fn lower_head(text: &str) -> String {
    let mut letters = text.chars();
    match (letters.next(), letters.clone().next()) {
        (Some(first), Some(second)) if second.is_lowercase() || second == ' ' => {
            format!("{}{}", first.to_lowercase(), letters.as_str())
        }
        _ => text.to_owned(),
    }
}
