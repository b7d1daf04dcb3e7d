//! The config file: reads its keys, and edits them without touching the person's other lines.
//!
//! Invariant: the file is whole or absent. A line that cannot be read is left as it is. A key that is not set has its default.

use super::chosen::{ChosenKey, KEY_TABLE, chosen_keys, line_at, replace, with_keys};
use super::settings::ConfigKey;
use crate::domain::time::display::{FirstDay, Hours, Manner, WeekStart};
use std::collections::BTreeMap;
use std::io::Write;
use std::os::unix::fs::FileTypeExt;
use std::path::{Path, PathBuf};

/// A fault of the file, or of a value that is to be set.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ConfigError {
    /// The file exists but could not be read.
    #[error("{0} could not be read: {1}; it was left as it is")]
    Unreadable(PathBuf, String),
    /// The path leads to the journal or a copy of it: the reason as a sentence.
    #[error("{0}")]
    Taken(String),
    /// The file is no TOML.
    #[error("config file, line {line}: {what}; it was left as it is")]
    NotToml {
        /// From 1 on.
        line: usize,
        /// The message of the TOML parser.
        what: String,
    },
    /// An unknown key.
    #[error("{place}there is no key {name:?}; known are: {known}", known = key_names())]
    Unknown {
        /// "config file, line 3: ", or nothing.
        place: String,
        /// The name in the file.
        name: String,
    },
    /// A value that does not fit.
    #[error("{place}{name} cannot be {value:?}; it can be: {values}")]
    Value {
        /// "config file, line 3: ", or nothing.
        place: String,
        /// The key.
        name: &'static str,
        /// The value in the file.
        value: String,
        /// The values that fit.
        values: String,
    },
    /// There is a file already.
    #[error("{0} is there already and was left as it is; --force replaces it")]
    Exists(PathBuf),
    /// The file could not be written.
    #[error("{0} could not be written: {1}; what was there is as it was")]
    Unwritable(PathBuf, String),
}

fn key_names() -> String {
    let names: Vec<&str> = ConfigKey::ALL.iter().map(|key| key.facts().name).collect();
    names.join(", ")
}

/// The key of this name.
///
/// # Errors
/// [`ConfigError::Unknown`].
pub(crate) fn key(name: &str) -> Result<ConfigKey, ConfigError> {
    key_at(name, "")
}

fn key_at(name: &str, place: &str) -> Result<ConfigKey, ConfigError> {
    let mut keys = ConfigKey::ALL.iter().copied();
    keys.find(|key| key.facts().name == name)
        .ok_or_else(|| ConfigError::Unknown {
            place: place.to_owned(),
            name: name.to_owned(),
        })
}

fn check(key: ConfigKey, value: &str, place: &str) -> Result<(), ConfigError> {
    if key.takes(value) {
        return Ok(());
    }
    Err(ConfigError::Value {
        place: place.to_owned(),
        name: key.facts().name,
        value: value.to_owned(),
        values: key.value_list(),
    })
}

/// The value in TOML: numbers and truth values bare, words in quotes.
fn toml_value(key: ConfigKey, value: &str) -> toml_edit::Value {
    // A key with free text, such as a path, stays in quotes even if the text is "12" or "true".
    let bare = value.parse::<i64>().map(Into::into);
    let truth = value.parse::<bool>().map(Into::into);
    match (key.facts().values.is_empty(), bare, truth) {
        (false, Ok(number), _) => number,
        (false, _, Ok(truth)) => truth,
        _ => value.into(),
    }
}

/// The content of a config file, as far as it could be read.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Config {
    values: BTreeMap<ConfigKey, String>,
    /// The keyboard keys of the `[keys]` table, in the order of the file.
    pub chosen_keys: Vec<ChosenKey>,
    /// The lines that could not be read.
    pub faults: Vec<ConfigError>,
}

impl Config {
    /// Reads the file at `path`. A missing file is no fault. A key that cannot be read has its default and adds a fault.
    pub(crate) fn read(path: &Path) -> Self {
        match text_at(path) {
            Ok(text) => Self::parse(&text),
            Err(_) if path == Path::new(EMPTY) => Self::default(),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => Self::default(),
            Err(error) => Self {
                faults: vec![ConfigError::Unreadable(path.to_owned(), error.to_string())],
                ..Self::default()
            },
        }
    }

    /// Reads the text of a file.
    pub fn parse(text: &str) -> Self {
        let line_of = |at: usize| text.bytes().take(at).filter(|byte| *byte == b'\n').count() + 1;
        let document = match toml_edit::Document::parse(text) {
            Ok(document) => document,
            Err(error) => {
                let line = error.span().map_or(1, |span| line_of(span.start));
                let what = error.message().to_owned();
                return Self {
                    faults: vec![ConfigError::NotToml { line, what }],
                    ..Self::default()
                };
            }
        };
        let mut config = Self::default();
        for (name, item) in document.iter() {
            let line = document
                .key(name)
                .and_then(|key| line_at(key.span(), &line_of));
            let place = format!("config file, line {}: ", line.unwrap_or(1));
            if let (KEY_TABLE, Some(chosen)) = (name, item.as_table_like()) {
                config.chosen_keys = chosen_keys(chosen, "", &line_of);
                continue;
            }
            // All values are text from here on, so that `24` and `"24"` in the file are the same.
            let word = match item.as_str() {
                Some(word) => word.to_owned(),
                None => item
                    .span()
                    .and_then(|span| text.get(span))
                    .unwrap_or_default()
                    .to_owned(),
            };
            let key = key_at(name, &place).and_then(|key| check(key, &word, &place).map(|()| key));
            match key {
                Ok(key) => drop(config.values.insert(key, word)),
                Err(fault) => config.faults.push(fault),
            }
        }
        config
    }

    /// Whether the file as a whole could not be read, so that no key has its value.
    pub(crate) fn is_unread(&self) -> bool {
        self.faults.iter().any(|fault| {
            matches!(
                fault,
                ConfigError::NotToml { .. } | ConfigError::Unreadable(..)
            )
        })
    }

    /// The value of `key` in the file; `None` if the file does not set it.
    pub(crate) fn set_value(&self, key: ConfigKey) -> Option<&str> {
        self.values.get(&key).map(String::as_str)
    }

    /// The value of `key`, or its default.
    pub fn value(&self, key: ConfigKey) -> &str {
        self.set_value(key).unwrap_or(key.facts().default)
    }

    /// Sets a value for this run only.
    ///
    /// # Errors
    /// [`ConfigError::Value`].
    pub(crate) fn hold(&mut self, key: ConfigKey, value: &str) -> Result<(), ConfigError> {
        check(key, value, "")?;
        self.values.insert(key, value.to_owned());
        Ok(())
    }

    /// How days and times are written.
    pub(crate) fn manner(&self) -> Manner {
        Manner {
            week_start: match self.value(ConfigKey::WeekStart) {
                "sunday" => WeekStart::Sunday,
                _ => WeekStart::Monday,
            },
            hours: match self.value(ConfigKey::Clock) {
                "12" => Hours::Twelve,
                _ => Hours::TwentyFour,
            },
            first_day: match self.value(ConfigKey::FirstDay) {
                "1" => FirstDay::One,
                _ => FirstDay::Zero,
            },
        }
    }
}

/// The text of a new file: each key with its default behind a `#`, and a line about it.
pub(crate) fn commented() -> String {
    let head = "# Looks and paths of Ebbtide. What a key says here holds from the next start; without the # in front of it.\n\
                # Day end, symptoms, attempts and plans are kept in the journal, not here.\n";
    let keys = ConfigKey::ALL.iter().map(|key| {
        let facts = key.facts();
        let values = if facts.values.is_empty() {
            String::new()
        } else {
            format!(" ({})", key.value_list())
        };
        let value = toml_value(*key, facts.default);
        format!("\n# {}{values}\n# {key} = {value}\n", facts.about)
    });
    let chosen = "\n# Keys of your own beside those of the key table, which stay: an action = a key. `ebb config keys` names all actions.\n\
                  # [keys]\n# undo = [\"F9\", \"Ctrl-U\"]\n# plan.hold = \"F6\"\n";
    let head = std::iter::once(head.to_owned());
    head.chain(keys)
        .chain(std::iter::once(chosen.to_owned()))
        .collect()
}

/// What happens to a file that exists already.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum OldFile {
    /// It stays, and the write fails.
    Kept,
    /// The new file replaces it.
    Replaced,
}

/// Refuses a path, with the reason, where no config file may be written. A function of the caller, since this layer does not
/// know the files of the journal.
pub(crate) type WriteCheck<'a> = &'a dyn Fn(&Path) -> Result<(), String>;

/// Writes [`commented`] to `path`.
///
/// # Errors
/// [`ConfigError::Exists`], [`ConfigError::Unwritable`].
pub(crate) fn init(path: &Path, old: OldFile, may: WriteCheck<'_>) -> Result<(), ConfigError> {
    write(path, &commented(), old, may)
}

/// Sets a key in the file at `path`, making the file when there is none; every other line stays as it is.
///
/// # Errors
/// A [`ConfigError`]; the file is unchanged then.
pub(crate) fn set(
    path: &Path,
    key: ConfigKey,
    value: &str,
    may: WriteCheck<'_>,
) -> Result<(), ConfigError> {
    let value = written(key, value);
    check(key, value, "")?;
    may(path).map_err(ConfigError::Taken)?;
    let text = edited(&text_of(path)?, key, value)?;
    write(path, &text, OldFile::Replaced, may)
}

/// A value as the file has it: one of few may be typed in any case, as `Sunday`.
fn written(key: ConfigKey, typed: &str) -> &str {
    let values = key.facts().values.iter();
    let mut values = values.map(|(value, _)| *value);
    values
        .find(|value| value.eq_ignore_ascii_case(typed.trim()))
        .unwrap_or(typed)
}

/// Sets the keyboard keys of an action in the file at `path`, and makes the file if there is none. Every other line stays as
/// it is. The caller checks the action and the keys: they belong to the full screen.
///
/// # Errors
/// [`ConfigError::NotToml`], [`ConfigError::Value`], [`ConfigError::Unreadable`], [`ConfigError::Unwritable`]; the file is
/// then as it was.
pub(crate) fn choose_keys(
    path: &Path,
    action: &str,
    chosen: &[String],
    may: WriteCheck<'_>,
) -> Result<(), ConfigError> {
    may(path).map_err(ConfigError::Taken)?;
    let text = text_of(path)?;
    let edited =
        with_keys(&text, parsed(&text)?, action, chosen).ok_or_else(|| ConfigError::Value {
            place: String::new(),
            name: KEY_TABLE,
            value: "what stands there".to_owned(),
            values: "a table".to_owned(),
        })?;
    write(path, &edited, OldFile::Replaced, may)
}

/// The bytes of the file at `path`. Nothing but a plain file is opened: a pipe would wait without end, and a device may never
/// come to its end.
///
/// # Errors
/// The system's answer, or what is there instead of a file.
pub(crate) fn bytes_at(path: &Path) -> std::io::Result<Vec<u8>> {
    match other_than_file(path) {
        Some(what) => Err(std::io::Error::other(what)),
        None => std::fs::read(path),
    }
}

fn text_at(path: &Path) -> std::io::Result<String> {
    let text = String::from_utf8(bytes_at(path)?);
    text.map_err(|_| std::io::Error::other("it is no text in UTF-8"))
}

/// What is at `path` instead of a plain file; `None` for a file and for nothing.
fn other_than_file(path: &Path) -> Option<&'static str> {
    let kind = std::fs::metadata(path).ok()?.file_type();
    match () {
        () if kind.is_file() => None,
        () if kind.is_dir() => Some("it is a folder"),
        () if kind.is_fifo() => Some("it is a pipe"),
        () if kind.is_socket() => Some("it is a socket"),
        () => Some("it is a device"),
    }
}

// People name it to say that no config file is meant.
/// The device that is always empty.
const EMPTY: &str = "/dev/null";

fn text_of(path: &Path) -> Result<String, ConfigError> {
    match text_at(path) {
        Ok(text) => Ok(text),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(commented()),
        Err(error) => Err(ConfigError::Unreadable(path.to_owned(), error.to_string())),
    }
}

fn parsed(text: &str) -> Result<toml_edit::DocumentMut, ConfigError> {
    text.parse().map_err(|_| {
        // Reading the text again gives the fault with its line, in the same words as at a start of the program.
        let fault = Config::parse(text).faults.into_iter().next();
        fault.unwrap_or(ConfigError::NotToml {
            line: 1,
            what: "this is no TOML".to_owned(),
        })
    })
}

/// `text` with one key set. The new line takes the place of the commented default.
fn edited(text: &str, key: ConfigKey, value: &str) -> Result<String, ConfigError> {
    let mut document = parsed(text)?;
    let facts = key.facts();
    let set = toml_value(key, value);
    if let Some(item) = document.get_mut(facts.name) {
        replace(item, set);
        return Ok(document.to_string());
    }
    let default = format!("# {key} = {}", toml_value(key, facts.default));
    let line = format!("{key} = {set}");
    let mut lines: Vec<&str> = text.lines().collect();
    // Above the first table: below its header the key would belong to that table.
    let tables = lines
        .iter()
        .position(|line| line.trim_start().starts_with('['));
    let end = tables.unwrap_or(lines.len());
    match lines.iter().take(end).position(|known| *known == default) {
        Some(at) => lines.splice(at..=at, [line.as_str()]).for_each(drop),
        None => lines.insert(end, &line),
    }
    Ok(lines.join("\n") + "\n")
}

fn write(path: &Path, text: &str, old: OldFile, may: WriteCheck<'_>) -> Result<(), ConfigError> {
    may(path).map_err(ConfigError::Taken)?;
    let unwritable =
        |error: std::io::Error| ConfigError::Unwritable(path.to_owned(), error.to_string());
    // Through a link the real file is written: many people keep config files in a folder of their own and link them.
    let target = std::fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
    // A rename would put a file in the place of a device or a pipe.
    if let Some(what) = other_than_file(&target) {
        return Err(unwritable(std::io::Error::other(what)));
    }
    let folder = match target.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    };
    std::fs::create_dir_all(folder).map_err(unwritable)?;
    // The name is in the store's list of unfinished files, from which the next start sweeps what a killed run left.
    let temp = folder.join(format!(".ebb-config-{}", std::process::id()));
    let outcome = std::fs::File::create_new(&temp).and_then(|mut file| {
        file.write_all(text.as_bytes())?;
        file.sync_all()
    });
    // `hard_link`, unlike `rename`, fails if the name exists, so a file made in between is never lost.
    let placed = outcome.and_then(|()| match old {
        OldFile::Kept => std::fs::hard_link(&temp, &target),
        OldFile::Replaced => std::fs::rename(&temp, &target),
    });
    let is_taken = target.exists() && old == OldFile::Kept;
    // After a link both names lead to the file; after a rename the temporary name is gone.
    if old == OldFile::Kept || placed.is_err() {
        std::fs::remove_file(&temp).ok();
    }
    match placed {
        Err(error) if is_taken && error.kind() == std::io::ErrorKind::AlreadyExists => {
            Err(ConfigError::Exists(path.to_owned()))
        }
        placed => placed.map_err(unwritable),
    }
}

#[cfg(test)]
mod tests {
    use super::{Config, ConfigKey, check, commented, edited};

    #[test]
    fn every_default_fits_its_key_and_the_fresh_file_changes_nothing() {
        for key in ConfigKey::ALL {
            assert_eq!(check(*key, key.facts().default, ""), Ok(()), "{key}");
        }
        assert_eq!(Config::parse(&commented()), Config::default());
        let bare = commented().replace("# color", "color");
        assert_eq!(
            Config::parse(&bare).set_value(ConfigKey::Color),
            Some("auto")
        );
    }

    #[test]
    fn what_does_not_fit_is_named_with_its_line_and_the_rest_holds() {
        let config = Config::parse("mouse = true\n\nclok = 24\nweek_start = \"friday\"\n");
        let sentences: Vec<String> = config.faults.iter().map(ToString::to_string).collect();
        assert_eq!(config.value(ConfigKey::Mouse), "true");
        assert_eq!(config.value(ConfigKey::WeekStart), "monday");
        assert!(
            sentences.iter().any(|line| line.contains("line 3")),
            "{sentences:?}"
        );
        assert!(
            sentences.iter().any(|line| line.contains("line 4")),
            "{sentences:?}"
        );
    }

    #[test]
    fn setting_a_key_keeps_every_other_line() {
        let text = "# mine\ncolor = \"never\" # at night\n\n[later]\nx = 1\n";
        let once = edited(text, ConfigKey::Color, "always");
        assert_eq!(
            once.as_deref(),
            Ok("# mine\ncolor = \"always\" # at night\n\n[later]\nx = 1\n")
        );
        let twice = edited(text, ConfigKey::Plain, "true").unwrap_or_default();
        assert!(twice.contains("plain = true\n[later]"), "{twice}");
        let fresh = edited(&commented(), ConfigKey::Mouse, "true").unwrap_or_default();
        assert!(fresh.contains("\nmouse = true\n"), "{fresh}");
        assert!(!fresh.contains("# mouse ="), "{fresh}");
    }
}
