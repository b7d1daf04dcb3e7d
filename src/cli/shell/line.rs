//! Reads a line that is not finished yet: to which command it has come, and what can stand next.

use super::script::Shell;
use clap::{Arg, ArgAction, Command};

/// What can stand at the end of the line.
#[derive(Debug)]
pub(super) enum Wanted<'a> {
    /// A command below this one, or the next word that it takes.
    Word(Option<&'a Arg>),
    /// An option.
    Option,
    /// A value of an option; what stands before it in the same word, as in `--view=`.
    Value(&'a Arg, String),
    /// The name of a command, after `help`.
    Page,
}

/// Where a line has come to.
#[derive(Debug)]
pub(super) struct Place<'a> {
    /// The commands on the way, without `ebb`.
    pub(super) path: Vec<&'a str>,
    /// The last of them.
    pub(super) command: &'a Command,
    /// What can stand next.
    pub(super) wanted: Wanted<'a>,
}

impl<'a> Place<'a> {
    /// Where these words lead; `last` is the one that is being typed.
    pub(super) fn of(root: &'a Command, before: &[String], last: &str) -> Self {
        let mut place = Self {
            path: Vec::new(),
            command: root,
            wanted: Wanted::Word(None),
        };
        let (mut waiting, mut taken, mut has_ended) = (None, 0, false);
        let mut is_help = false;
        for word in before {
            if waiting.take().is_some() {
                continue;
            }
            match word.as_str() {
                _ if has_ended => taken += 1,
                "--" => has_ended = true,
                option if option.len() > 1 && option.starts_with('-') => {
                    waiting = place.option(option);
                }
                "help" if place.path.is_empty() => is_help = true,
                word => match below(place.command, word) {
                    Some(command) => {
                        place.path.push(command.get_name());
                        place.command = command;
                        taken = 0;
                    }
                    None => taken += 1,
                },
            }
        }
        place.wanted = match (waiting, last.split_once('=')) {
            (Some(arg), _) => Wanted::Value(arg, String::new()),
            _ if is_help => Wanted::Page,
            (None, Some((name, _))) if last.starts_with("--") && !has_ended => {
                match long(place.command, name) {
                    Some(arg) => Wanted::Value(arg, format!("{name}=")),
                    None => Wanted::Word(None),
                }
            }
            _ if last.starts_with('-') && !has_ended => Wanted::Option,
            _ => Wanted::Word(positional(place.command, taken)),
        };
        place
    }

    /// The option of `word`, if its value is the next word.
    fn option(&self, word: &str) -> Option<&'a Arg> {
        let arg = if word.starts_with("--") {
            long(self.command, word)
        } else {
            // Of `-n` alone the value follows; in `-n5` it is there.
            let mut letters = word.chars().skip(1);
            let (letter, more) = (letters.next(), letters.next());
            let mut args = self.command.get_arguments();
            args.find(|arg| more.is_none() && letter.is_some() && arg.get_short() == letter)
        };
        arg.filter(|arg| takes_value(arg))
    }
}

fn long<'a>(command: &'a Command, word: &str) -> Option<&'a Arg> {
    let name = word.strip_prefix("--")?;
    let mut args = command.get_arguments();
    args.find(|arg| {
        let names = arg.get_long_and_visible_aliases().unwrap_or_default();
        names.contains(&name) && takes_value(arg)
    })
}

fn takes_value(arg: &Arg) -> bool {
    matches!(arg.get_action(), ArgAction::Set | ArgAction::Append)
}

fn below<'a>(command: &'a Command, word: &str) -> Option<&'a Command> {
    let mut commands = command.get_subcommands();
    commands.find(|command| {
        command.get_name() == word || command.get_all_aliases().any(|alias| alias == word)
    })
}

/// The argument that takes the word after `taken` others: the last one may take any number.
fn positional(command: &Command, taken: usize) -> Option<&Arg> {
    let all: Vec<&Arg> = command.get_positionals().collect();
    let takes_more = |arg: &&&Arg| {
        let many = arg.get_num_args().is_some_and(|n| n.max_values() > 1);
        many || matches!(arg.get_action(), ArgAction::Append)
    };
    let last = all.last().filter(takes_more);
    all.get(taken).or(last).copied()
}

/// The words as ebb would get them, and how much of the last one the shell does not replace.
///
/// bash parts words at `=` and `:`, gives the signs as words of their own, and leaves quotes in.
pub(super) fn as_typed(shell: Shell, words: &[String]) -> (Vec<String>, usize) {
    match shell {
        Shell::Bash => joined(words),
        Shell::Powershell => {
            let mut words = words.to_vec();
            if let Some(last) = words.last_mut() {
                *last = last.strip_prefix('=').unwrap_or(last).to_owned();
            }
            (words, 0)
        }
        Shell::Zsh | Shell::Fish => (words.to_vec(), 0),
    }
}

fn joined(words: &[String]) -> (Vec<String>, usize) {
    let is_sign =
        |word: &str| !word.is_empty() && word.chars().all(|letter| matches!(letter, '=' | ':'));
    let mut all: Vec<String> = Vec::new();
    let (mut kept, mut is_behind_sign) = (0, false);
    for word in words {
        let plain: String = word
            .chars()
            .filter(|letter| !matches!(letter, '"' | '\'' | '\\'))
            .collect();
        match all.last_mut() {
            Some(last) if is_behind_sign || is_sign(word) => {
                kept = last.len();
                last.push_str(&plain);
            }
            _ => {
                kept = 0;
                all.push(plain);
            }
        }
        is_behind_sign = is_sign(word);
        // The sign itself is what stands before the empty word to be completed.
        if is_behind_sign {
            kept = all.last().map_or(0, String::len);
        }
    }
    (all, kept)
}

#[cfg(test)]
mod tests {
    use super::{Shell, as_typed};

    fn words(words: &[&str]) -> Vec<String> {
        words.iter().map(|word| (*word).to_owned()).collect()
    }

    #[test]
    fn words_that_bash_parted_are_put_together_again() {
        let typed = |parts: &[&str]| as_typed(Shell::Bash, &words(parts));
        let set = ["checkin", "--set", "nausea", "="];
        assert_eq!(
            typed(&set),
            (words(&["checkin", "--set", "nausea="]), "nausea=".len())
        );
        let set = ["checkin", "--set", "nausea", "=", "2"];
        assert_eq!(
            typed(&set),
            (words(&["checkin", "--set", "nausea=2"]), "nausea=".len())
        );
        assert_eq!(
            typed(&["--at", "08", ":", "15", "d"]),
            (words(&["--at", "08:15", "d"]), 0)
        );
        assert_eq!(typed(&["take", "\"Vit"]), (words(&["take", "Vit"]), 0));
    }

    #[test]
    fn an_empty_last_word_comes_through_powershell_behind_a_sign() {
        let typed = as_typed(Shell::Powershell, &words(&["trend", "="]));
        assert_eq!(typed, (words(&["trend", ""]), 0));
    }
}
