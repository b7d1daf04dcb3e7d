//! `ebb config`: the config file, written with comments, shown with where each value came from, and edited key by key.

use super::failure::{Failure, NO, Outcome, USAGE};
use super::output;
use super::session::Session;
use crate::config::file::{self, Config, ConfigError, KEYS, Standing};
use std::fmt::Write;

#[derive(Debug, clap::Args)]
#[command(before_help = "\
Examples:
  ebb config init             writes the file: every key, with a line about it
  ebb config show             what holds, and where it was set
  ebb config set mouse true   sets one key and keeps every other line
  ebb config path             where the file lies")]
pub(super) struct Args {
    #[command(subcommand)]
    what: What,
}

#[derive(Debug, clap::Subcommand)]
enum What {
    /// Write a file with every key, its default behind a #
    Init {
        /// Replace a file that stands there
        #[arg(long)]
        force: bool,
    },
    /// What holds, and where it was set
    Show,
    /// Set one key
    Set {
        /// The key, as `ebb config show` names it
        key: String,
        /// Its value
        value: String,
    },
    /// Where the file lies
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
            | ConfigError::Value { .. } => USAGE,
        };
        Self::new(code, error.to_string())
    }
}

pub(super) fn run(args: &Args, session: &Session) -> Outcome {
    let path = &session.places()?.config;
    match &args.what {
        What::Init { force } => {
            let standing = if *force {
                Standing::Replaced
            } else {
                Standing::Kept
            };
            file::init(path, standing)?;
            output::text(&format!(
                "Written: {}. Every key stands in it with its default behind a #.",
                path.display()
            ))
        }
        What::Show => show(session),
        What::Set { key, value } => {
            file::set(path, key, value)?;
            output::text(&format!("{key} is {value} from the next start."))
        }
        What::Path => output::text(&path.display().to_string()),
    }
}

/// Every key with what holds and where it was set; a fault in the file is exit 2 after the table.
fn show(session: &Session) -> Outcome {
    let config = Config::read(&session.places()?.config);
    let mut table = String::new();
    for key in KEYS {
        let (value, from) = match session.over.iter().find(|over| over.key == key.name) {
            Some(over) => (over.value.clone(), over.from),
            None => match config.set_value(key.name) {
                Some(value) => (value.to_owned(), "file"),
                None if key.name == "journal" => {
                    (session.places()?.journal.display().to_string(), "default")
                }
                None => (key.default.to_owned(), "default"),
            },
        };
        writeln!(table, "{:<11} {value}  ({from})", key.name).ok();
    }
    output::text(table.trim_end())?;
    let Some((first, rest)) = config.faults.split_first() else {
        return Ok(());
    };
    for fault in rest {
        output::say(&format!("ebb: {fault}"));
    }
    Err(Failure::usage(first.to_string()))
}
