//! The config file: its keys, what they may say, and edits that keep the person's own lines.
//!
//! Invariant: a file is whole or absent; what cannot be read changes nothing in it; a key that is not set has its default.

use super::chosen::{ChosenKey, KEY_TABLE, chosen_keys, replace, with_keys};
use super::settings::ConfigKey;
use crate::domain::time::display::{FirstDay, Hours, Manner, WeekStart};
use std::collections::BTreeMap;
use std::io::Write;
use std::path::{Path, PathBuf};

/// What is wrong with a file, or with a value to be set.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ConfigError {
    /// The file is there and could not be read.
    #[error("{0} could not be read: {1}; it was left as it is")]
    Unreadable(PathBuf, String),
    /// Something else of ours lies where it was to be written.
    #[error("{0}")]
    Taken(String),
    /// It is no TOML.
    #[error("config file, line {line}: {what}; it was left as it is")]
    NotToml {
        /// From 1 on.
        line: usize,
        /// What the reader says.
        what: String,
    },
    /// A key that is not known.
    #[error("{place}there is no key {name:?}; known are: {known}", known = known())]
    Unknown {
        /// "config file, line 3: ", or nothing.
        place: String,
        /// As it was written.
        name: String,
    },
    /// A value that does not fit.
    #[error("{place}{name} cannot be {value:?}; it can be: {values}")]
    Value {
        /// "config file, line 3: ", or nothing.
        place: String,
        /// The key.
        name: &'static str,
        /// As it was written.
        value: String,
        /// What fits.
        values: String,
    },
    /// A file stands there already.
    #[error("{0} is there already and was left as it is; --force replaces it")]
    Exists(PathBuf),
    /// It could not be written.
    #[error("{0} could not be written: {1}; what was there is as it was")]
    Unwritable(PathBuf, String),
}

fn known() -> String {
    let names: Vec<&str> = ConfigKey::ALL.iter().map(|key| key.facts().name).collect();
    names.join(", ")
}

/// The key of this name.
///
/// # Errors
/// [`ConfigError::Unknown`].
pub fn key(name: &str) -> Result<ConfigKey, ConfigError> {
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

/// The value as the file has it: numbers and truths bare, words in quotes.
fn written(key: ConfigKey, value: &str) -> toml_edit::Value {
    let bare = value.parse::<i64>().map(Into::into);
    let truth = value.parse::<bool>().map(Into::into);
    match (key.facts().values.is_empty(), bare, truth) {
        (false, Ok(number), _) => number,
        (false, _, Ok(truth)) => truth,
        _ => value.into(),
    }
}

/// What a file says, as far as it could be read.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Config {
    values: BTreeMap<ConfigKey, String>,
    /// The keys that it chooses, in the order of the file.
    pub chosen_keys: Vec<ChosenKey>,
    /// What could not be read, with its line.
    pub faults: Vec<ConfigError>,
}

impl Config {
    /// Reads the file at `path`; none is no fault. What cannot be read has its default and is told in [`Config::faults`].
    pub fn read(path: &Path) -> Self {
        match std::fs::read_to_string(path) {
            Ok(text) => Self::parse(&text),
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
        let table = match toml::de::DeTable::parse(text) {
            Ok(table) => table,
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
        for (name, value) in table.get_ref() {
            let place = format!("config file, line {}: ", line_of(name.span().start));
            if let (KEY_TABLE, toml::de::DeValue::Table(chosen)) =
                (name.get_ref().as_ref(), value.get_ref())
            {
                config.chosen_keys = chosen_keys(chosen, "", &line_of);
                continue;
            }
            let said = match value.get_ref() {
                toml::de::DeValue::String(text) => text.to_string(),
                toml::de::DeValue::Integer(number) => number.as_str().to_owned(),
                toml::de::DeValue::Boolean(truth) => truth.to_string(),
                _ => text.get(value.span()).unwrap_or_default().to_owned(),
            };
            let taken = key_at(name.get_ref(), &place)
                .and_then(|key| check(key, &said, &place).map(|()| key));
            match taken {
                Ok(key) => drop(config.values.insert(key, said)),
                Err(fault) => config.faults.push(fault),
            }
        }
        config
    }

    /// Whether the whole text was no TOML or could not be read, so that not one key of it is known.
    pub fn is_unread(&self) -> bool {
        self.faults.iter().any(|fault| {
            matches!(
                fault,
                ConfigError::NotToml { .. } | ConfigError::Unreadable(..)
            )
        })
    }

    /// What the file itself says of `key`.
    pub fn set_value(&self, key: ConfigKey) -> Option<&str> {
        self.values.get(&key).map(String::as_str)
    }

    /// What holds for `key`.
    pub fn value(&self, key: ConfigKey) -> &str {
        self.set_value(key).unwrap_or(key.facts().default)
    }

    /// Takes over a value for this run.
    ///
    /// # Errors
    /// [`ConfigError::Value`].
    pub fn hold(&mut self, key: ConfigKey, value: &str) -> Result<(), ConfigError> {
        check(key, value, "")?;
        self.values.insert(key, value.to_owned());
        Ok(())
    }

    /// How days and times are said.
    pub fn manner(&self) -> Manner {
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

/// A file with every key, its default behind a `#`, and a line about each.
pub fn commented() -> String {
    let head = "# Looks and paths of Ebbtide. What a key says here holds from the next start; without the # in front of it.\n\
                # Day end, symptoms, attempts and plans are kept in the journal, not here.\n";
    let keys = ConfigKey::ALL.iter().map(|key| {
        let facts = key.facts();
        let values = if facts.values.is_empty() {
            String::new()
        } else {
            format!(" ({})", key.value_list())
        };
        let value = written(*key, facts.default);
        format!("\n# {}{values}\n# {key} = {value}\n", facts.about)
    });
    let chosen = "\n# Keys of your own beside those of the key table, which stay: an action = a key. `ebb config keys` names all actions.\n\
                  # [keys]\n# undo = [\"F9\", \"Ctrl-U\"]\n# plan.hold = \"F6\"\n";
    let head = std::iter::once(head.to_owned());
    head.chain(keys)
        .chain(std::iter::once(chosen.to_owned()))
        .collect()
}

/// Whether a file that stands there may be replaced.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// It stays.
    Kept,
    /// It is replaced.
    Replaced,
}

/// Says no, and why, where a config file may not be written. It is asked before anything is: the one who knows which files
/// are the journal's is no part of this layer.
pub type May<'a> = &'a dyn Fn(&Path) -> Result<(), String>;

/// Writes [`commented`] to `path`.
///
/// # Errors
/// [`ConfigError::Exists`], [`ConfigError::Unwritable`].
pub fn init(path: &Path, standing: Standing, may: May<'_>) -> Result<(), ConfigError> {
    write(path, &commented(), standing, may)
}

/// Sets a key in the file at `path`, making the file when there is none; every other line stays as it is.
///
/// # Errors
/// What [`ConfigError`] names; the file is then as it was.
pub fn set(path: &Path, key: ConfigKey, value: &str, may: May<'_>) -> Result<(), ConfigError> {
    check(key, value, "")?;
    may(path).map_err(ConfigError::Taken)?;
    let text = edited(&held(path)?, key, value)?;
    write(path, &text, Standing::Replaced, may)
}

/// Chooses keys for an action in the file at `path`, making the file when there is none; every other line stays as it is.
/// Whether the action and the keys are known is the caller's to say.
///
/// # Errors
/// [`ConfigError::NotToml`], [`ConfigError::Value`], [`ConfigError::Unreadable`], [`ConfigError::Unwritable`]; the file is
/// then as it was.
pub fn choose_keys(
    path: &Path,
    action: &str,
    chosen: &[String],
    may: May<'_>,
) -> Result<(), ConfigError> {
    may(path).map_err(ConfigError::Taken)?;
    let text = held(path)?;
    let edited =
        with_keys(&text, parsed(&text)?, action, chosen).ok_or_else(|| ConfigError::Value {
            place: String::new(),
            name: KEY_TABLE,
            value: "what stands there".to_owned(),
            values: "a table".to_owned(),
        })?;
    write(path, &edited, Standing::Replaced, may)
}

fn held(path: &Path) -> Result<String, ConfigError> {
    match std::fs::read_to_string(path) {
        Ok(text) => Ok(text),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(commented()),
        Err(error) => Err(ConfigError::Unreadable(path.to_owned(), error.to_string())),
    }
}

fn parsed(text: &str) -> Result<toml_edit::DocumentMut, ConfigError> {
    text.parse().map_err(|_| {
        let fault = Config::parse(text).faults.into_iter().next();
        fault.unwrap_or(ConfigError::NotToml {
            line: 1,
            what: "this is no TOML".to_owned(),
        })
    })
}

/// `text` with one key set. A commented default gives its place to the new line.
fn edited(text: &str, key: ConfigKey, value: &str) -> Result<String, ConfigError> {
    let mut document = parsed(text)?;
    let facts = key.facts();
    let set = written(key, value);
    if let Some(item) = document.get_mut(facts.name) {
        replace(item, set);
        return Ok(document.to_string());
    }
    let default = format!("# {key} = {}", written(key, facts.default));
    let line = format!("{key} = {set}");
    let mut lines: Vec<&str> = text.lines().collect();
    // Above the first table: below it the key would belong to that.
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

fn write(path: &Path, text: &str, standing: Standing, may: May<'_>) -> Result<(), ConfigError> {
    may(path).map_err(ConfigError::Taken)?;
    let unwritable =
        |error: std::io::Error| ConfigError::Unwritable(path.to_owned(), error.to_string());
    // Where a link stands, the file that it points to is written: people keep such files in another folder.
    let target = std::fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
    let folder = match target.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    };
    std::fs::create_dir_all(folder).map_err(unwritable)?;
    let temp = folder.join(format!(".ebb-config-{}", std::process::id()));
    let written = std::fs::File::create_new(&temp).and_then(|mut file| {
        file.write_all(text.as_bytes())?;
        file.sync_all()
    });
    // A link, unlike a rename, refuses a name that is taken.
    let placed = written.and_then(|()| match standing {
        Standing::Kept => std::fs::hard_link(&temp, &target),
        Standing::Replaced => std::fs::rename(&temp, &target),
    });
    let is_taken = target.exists() && standing == Standing::Kept;
    if standing == Standing::Kept || placed.is_err() {
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
        let said: Vec<String> = config.faults.iter().map(ToString::to_string).collect();
        assert_eq!(config.value(ConfigKey::Mouse), "true");
        assert_eq!(config.value(ConfigKey::WeekStart), "monday");
        assert!(said.iter().any(|line| line.contains("line 3")), "{said:?}");
        assert!(said.iter().any(|line| line.contains("line 4")), "{said:?}");
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
