//! A command that nobody knows: the one that was meant comes first, and nothing is run in its place.

use super::Failure;
use crate::cli::args::Args;
use crate::domain::text::suggest::nearest;
use crate::domain::text::{closeness, vocabulary};
use clap::error::{ContextKind, ContextValue, ErrorKind};
use clap::{Command, CommandFactory as _};
use std::ffi::OsString;

/// The words for what is done to one thing of a kind, with the verb that does it.
const DEEDS: [(&str, &[&str]); 8] = [
    (
        "add",
        &["new", "create", "note", "log", "insert", "start", "set"],
    ),
    ("list", &["ls", "show", "all", "view", "print"]),
    ("edit", &["change", "modify", "update", "rename", "fix"]),
    ("end", &["stop", "finish", "close", "cancel", "quit"]),
    ("delete", &["rm", "remove", "del", "erase", "drop"]),
    ("on", &["enable", "activate", "show"]),
    ("off", &["disable", "deactivate", "hide"]),
    ("show", &["list", "now", "status", "view", "print"]),
];

/// Exit 2 for `args` that name no command; `None` where something else was wrong with them.
pub(in crate::cli) fn command(error: &clap::Error, args: &[OsString]) -> Option<Failure> {
    if error.kind() != ErrorKind::InvalidSubcommand {
        return None;
    }
    let Some(ContextValue::String(typed)) = error.get(ContextKind::InvalidSubcommand) else {
        return None;
    };
    let mut root = Args::command();
    // Nouns are filled when they are used, so that a prompt pays nothing for them.
    root.build();
    let path = path_to(&root, typed, args);
    Some(Failure::usage(match path.split_last() {
        None => unknown_verb(&root, typed),
        Some((last, _)) => {
            let called: Vec<&str> = path.iter().map(|command| command.get_name()).collect();
            unknown_deed(last, &called.join(" "), typed)
        }
    }))
}

/// The commands that stand before the unknown one.
fn path_to<'a>(root: &'a Command, typed: &str, args: &[OsString]) -> Vec<&'a Command> {
    let mut path = Vec::new();
    let mut here = root;
    // The first one is the program's own name.
    for arg in args.iter().skip(1).filter_map(|arg| arg.to_str()) {
        if arg == typed {
            break;
        }
        if let Some(next) = here.find_subcommand(arg) {
            path.push(next);
            here = next;
        }
    }
    path
}

fn names(command: &Command) -> Vec<&str> {
    let all = command.get_subcommands();
    all.map(Command::get_name).collect()
}

fn unknown_verb(root: &Command, typed: &str) -> String {
    if let Some(says) = vocabulary::not_yet(typed) {
        return says;
    }
    let mut verbs = names(root);
    verbs.extend(["--version", "--help", "--plain"]);
    let near = vocabulary::commands(typed, &verbs);
    let near: Vec<String> = near
        .iter()
        .map(|command| format!("`ebb {command}`"))
        .collect();
    let hint = if near.is_empty() {
        String::new()
    } else {
        format!(" Did you mean {}?", near.join(" or "))
    };
    format!(
        "there is no command \"{typed}\".{hint} `ebb --help` lists the commands; nothing was saved."
    )
}

fn unknown_deed(command: &Command, called: &str, typed: &str) -> String {
    let known = names(command);
    let also = |name: &str| {
        let deed = DEEDS.iter().find(|(deed, _)| *deed == name);
        let mut words = deed.map_or_else(Vec::new, |(_, words)| words.to_vec());
        words.extend(vocabulary::words_for(&format!("{called} {name}")));
        // What is itself a deed of this command means no other.
        words.retain(|word| !known.contains(word));
        words
    };
    let ranked = known.iter().map(|name| {
        let far = closeness::of_row(typed, name, "", &also(name));
        (far, format!("`ebb {called} {name}`"))
    });
    let near = nearest(ranked);
    let hint = if near.is_empty() {
        let all: Vec<String> = known
            .iter()
            .filter(|name| **name != "help")
            .map(|name| format!("`{name}`"))
            .collect();
        format!("There are {}.", all.join(", "))
    } else {
        format!("Did you mean {}?", near.join(" or "))
    };
    format!("`ebb {called}` has no command \"{typed}\". {hint} Nothing was saved.")
}
