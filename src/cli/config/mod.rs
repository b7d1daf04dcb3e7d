//! `ebb config`: writes the config file with comments, shows each value with its source, and sets single keys.

pub(super) mod paths;

use super::failure::{Failure, NO, Outcome, USAGE};
use super::output;
use super::session::{Reply, Session};
use crate::config::chosen::{ChosenKey, keys_named};
use crate::config::file;
use crate::config::file::{Config, ConfigError, OldFile, WriteCheck};
use crate::config::settings::ConfigKey;
use crate::transfer::errand::KeyRow;
use crate::tui::keys::keymap::{Action, Keymap, actions};
use serde_json::json;
use std::fmt::Write;
use std::path::Path;

#[derive(Debug, clap::Args)]
#[command(before_help = "\
Examples:
  ebb config init             writes the file: every key, with a line about it
  ebb config show             what holds, and where it was set
  ebb config set mouse true   sets one key and keeps every other line
  ebb config keys             every action that a key can be chosen for, with its keys
  ebb config set keys.undo F9
  ebb config path             where the file lies")]
pub(super) struct Args {
    #[command(subcommand)]
    what: What,
}

#[derive(Debug, clap::Subcommand)]
enum What {
    /// Write a file with every key, its default behind a #
    #[command(before_help = "\
Examples:
  ebb config init")]
    Init {
        /// Replace a file that stands there
        #[arg(long)]
        force: bool,
    },
    /// What holds, and where it was set
    #[command(before_help = "\
Examples:
  ebb config show")]
    Show,
    /// Set one key
    #[command(before_help = "\
Examples:
  ebb config set mouse true
  ebb config set keys.undo F9")]
    Set {
        /// The key, as `ebb config show` names it
        key: String,
        /// Its value
        value: String,
    },
    /// Every action that a key can be chosen for, with its keys
    #[command(before_help = "\
Examples:
  ebb config keys")]
    Keys,
    /// Where the file lies
    #[command(before_help = "\
Examples:
  ebb config path")]
    Path,
}

impl From<ConfigError> for Failure {
    fn from(error: ConfigError) -> Self {
        let code = match error {
            ConfigError::Unreadable(..) | ConfigError::Unwritable(..) | ConfigError::Exists(_) => {
                NO
            }
            ConfigError::NotToml { .. }
            | ConfigError::Unknown { .. }
            | ConfigError::Taken(_)
            | ConfigError::Value { .. } => USAGE,
        };
        Self::new(code, error.to_string())
    }
}

pub(super) fn run(args: &Args, session: &Session) -> Outcome {
    let path = &session.places()?.config;
    let ours = session.ours();
    let may = |path: &Path| ours.may_be_config(path);
    match &args.what {
        What::Init { force } => {
            let standing = if *force {
                OldFile::Replaced
            } else {
                OldFile::Kept
            };
            file::init(path, standing, &may)?;
            if session.reply == Reply::Json {
                return output::json(&json!({ "version": 1, "path": path.display().to_string() }));
            }
            output::text(&format!(
                "Written: {}. Every key stands in it with its default behind a #.",
                path.display()
            ))
        }
        What::Show => show(session),
        What::Keys => keys(session),
        What::Set { key, value } => {
            match key.strip_prefix("keys.") {
                Some(action) => choose(path, action, value, &may)?,
                None => file::set(path, file::key(key)?, value, &may)?,
            }
            if session.reply == Reply::Json {
                return output::json(&json!({ "version": 1, "key": key, "value": value }));
            }
            output::text(&format!("{key} is {value} from the next start."))
        }
        What::Path if session.reply == Reply::Json => {
            output::json(&json!({ "version": 1, "path": path.display().to_string() }))
        }
        What::Path => output::text(&path.display().to_string()),
    }
}

/// Every action with its keys, for the page on which they are chosen.
pub(in crate::cli) fn key_rows(path: &Path) -> Vec<KeyRow> {
    let (keymap, _) = Keymap::read(&Config::read(path).chosen_keys);
    let row = |action: Action| KeyRow {
        own: keymap
            .chosen(&action.code)
            .iter()
            .map(ToString::to_string)
            .collect(),
        label: action.label.to_owned(),
        key: action.key.to_string(),
        code: action.code,
    };
    actions().into_iter().map(row).collect()
}

/// Chooses keys, unless nobody knows one or something else has it.
pub(in crate::cli) fn choose(
    path: &Path,
    action: &str,
    typed: &str,
    may: WriteCheck<'_>,
) -> Outcome {
    let keys = keys_named(typed);
    let mut chosen = Config::read(path).chosen_keys;
    chosen.retain(|known| known.action != action);
    // Only the new keys are judged here; `show` reports faulty ones that are already in the file.
    let (keymap, _) = Keymap::read(&chosen);
    chosen.retain(|known| keymap.holds(known));
    chosen.extend(keys.iter().map(|key| ChosenKey {
        action: action.to_owned(),
        key: key.clone(),
        line: 0,
    }));
    match Keymap::read(&chosen).1.first() {
        Some(fault) => Err(Failure::usage(format!(
            "{}; nothing was changed",
            fault.sentence
        ))),
        None => Ok(file::choose_keys(path, action, &keys, may)?),
    }
}

/// Prints every action with its key, and the person's own keys beside it.
fn keys(session: &Session) -> Outcome {
    let (keymap, _) = Keymap::read(&Config::read(&session.places()?.config).chosen_keys);
    if session.reply == Reply::Json {
        let each = actions().into_iter().map(|action| {
            let own = keymap
                .chosen(&action.code)
                .into_iter()
                .map(|key| key.to_string());
            json!({
                "action": action.code, "label": action.label, "key": action.key.to_string(),
                "own": own.collect::<Vec<_>>(),
            })
        });
        return output::json(&json!({ "version": 1, "actions": each.collect::<Vec<_>>() }));
    }
    let mut table = String::new();
    for action in actions() {
        let key = action.key.to_string();
        write!(table, "{:<32} {key:<10} {}", action.code, action.label).ok();
        for chosen in keymap.chosen(&action.code) {
            write!(table, "  {chosen} (file)").ok();
        }
        table.push('\n');
    }
    output::text(table.trim_end())
}

/// Prints every key with its value and source. A fault in the file gives exit code 2 after the table.
fn show(session: &Session) -> Outcome {
    let config = Config::read(&session.places()?.config);
    let mut held = Vec::new();
    for key in ConfigKey::ALL.iter().copied() {
        // A flag or an environment variable overrides the file, and the file the default.
        let (value, from) = match session.over.iter().find(|over| over.key == key) {
            Some(over) => (over.value.clone(), over.from),
            None => match config.set_value(key) {
                Some(value) => (value.to_owned(), "file"),
                None if key == ConfigKey::Journal => {
                    (session.places()?.journal.display().to_string(), "default")
                }
                None => (key.facts().default.to_owned(), "default"),
            },
        };
        held.push((key.to_string(), value, from));
    }
    let (keymap, key_faults) = Keymap::read(&config.chosen_keys);
    let chosen = config.chosen_keys.iter();
    for chosen in chosen.filter(|chosen| keymap.holds(chosen)) {
        let key = format!("keys.{}", chosen.action);
        held.push((key, chosen.key.clone(), "file"));
    }
    // The table first: a fault in one line must not hide the other values.
    if session.reply == Reply::Json {
        let each = held.iter();
        let each =
            each.map(|(key, value, from)| json!({ "key": key, "value": value, "from": from }));
        output::json(&json!({ "version": 1, "keys": each.collect::<Vec<_>>() }))?;
    } else {
        let lines = held.iter();
        let lines = lines.map(|(key, value, from)| format!("{key:<11} {value}  ({from})"));
        output::text(&lines.collect::<Vec<_>>().join("\n"))?;
    }
    let faults = config.faults.iter().map(ToString::to_string);
    let faults: Vec<String> = faults
        .chain(key_faults.iter().map(ToString::to_string))
        .collect();
    let Some((first, rest)) = faults.split_first() else {
        return Ok(());
    };
    for fault in rest {
        output::say(&format!("ebb: {fault}"));
    }
    Err(Failure::usage(first.clone()))
}
