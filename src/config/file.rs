//! The config file: its keys, what they may say, and edits that keep the person's own lines.
//!
//! Invariant: a file is whole or absent; what cannot be read changes nothing in it; a key that is not set has its default.

use super::chosen::{ChosenKey, KEY_TABLE, chosen_keys, replace, with_keys};
use crate::domain::time::display::{FirstDay, Hours, Manner, WeekStart};
use std::collections::BTreeMap;
use std::io::Write;
use std::path::{Path, PathBuf};

/// A key of the file. A new one is a row of [`KEYS`] and its arm where it is used.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ConfigKey {
    /// Its name.
    pub name: &'static str,
    /// What holds when it is not set.
    pub default: &'static str,
    /// What it may be; empty: any text.
    pub values: &'static [&'static str],
    /// One line of what it does.
    pub about: &'static str,
}

/// All keys, in the order of the file.
pub const KEYS: &[ConfigKey] = &[
    ConfigKey {
        name: "journal",
        default: "",
        values: &[],
        about: "Where the journal lies. --journal and EBB_JOURNAL come first; empty: the usual place, see `ebb paths`.",
    },
    ConfigKey {
        name: "color",
        default: "auto",
        values: &["auto", "always", "never"],
        about: "Colours. auto: unless NO_COLOR is set. --color comes first.",
    },
    ConfigKey {
        name: "glyphs",
        default: "auto",
        values: &["auto", "unicode", "ascii"],
        about: "Signs of boxes and charts. auto: as the locale can show them.",
    },
    ConfigKey {
        name: "plain",
        default: "false",
        values: &["false", "true"],
        about: "One question a line, no boxes, no redraw, as with --plain.",
    },
    ConfigKey {
        name: "mouse",
        default: "false",
        values: &["false", "true"],
        about: "Clicks and the wheel from the start, instead of the terminal's own selecting of text.",
    },
    ConfigKey {
        name: "week_start",
        default: "monday",
        values: &["monday", "sunday"],
        about: "The day on which weeks begin: in calendars, in charts, and where weeks are compared.",
    },
    ConfigKey {
        name: "clock",
        default: "24",
        values: &["24", "12"],
        about: "Times of day as 21:40 or as 9:40 pm. Files always have 21:40.",
    },
    ConfigKey {
        name: "first_day",
        default: "0",
        values: &["0", "1"],
        about: "What the day of last use counts as: on Today, in check-ins, in History. The timeline and files always count from 0.",
    },
];

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
    let names: Vec<&str> = KEYS.iter().map(|key| key.name).collect();
    names.join(", ")
}

/// The key of this name.
///
/// # Errors
/// [`ConfigError::Unknown`].
pub fn key(name: &str) -> Result<&'static ConfigKey, ConfigError> {
    key_at(name, "")
}

fn key_at(name: &str, place: &str) -> Result<&'static ConfigKey, ConfigError> {
    KEYS.iter()
        .find(|key| key.name == name)
        .ok_or_else(|| ConfigError::Unknown {
            place: place.to_owned(),
            name: name.to_owned(),
        })
}

impl ConfigKey {
    fn check(&'static self, value: &str, place: &str) -> Result<(), ConfigError> {
        if self.values.is_empty() || self.values.contains(&value) {
            return Ok(());
        }
        Err(ConfigError::Value {
            place: place.to_owned(),
            name: self.name,
            value: value.to_owned(),
            values: self.values.join(", "),
        })
    }

    /// Whether it is about how days and times are said, which every face can change while it runs.
    pub fn is_manner(&self) -> bool {
        matches!(self.name, "week_start" | "clock" | "first_day")
    }

    /// The value as the file has it: numbers and truths bare, words in quotes.
    fn written(&self, value: &str) -> toml_edit::Value {
        let bare = value.parse::<i64>().map(Into::into);
        let truth = value.parse::<bool>().map(Into::into);
        match (self.values.is_empty(), bare, truth) {
            (false, Ok(number), _) => number,
            (false, _, Ok(truth)) => truth,
            _ => value.into(),
        }
    }

    /// The value after (`by` 1) or before (`by` -1) `value`, around the end.
    pub fn beside(&self, value: &str, by: isize) -> &'static str {
        let at = self.values.iter().position(|known| *known == value);
        let len = self.values.len().max(1);
        let step = usize::try_from(by.rem_euclid(isize::try_from(len).unwrap_or(1))).unwrap_or(0);
        let next = (at.unwrap_or(0) + step) % len;
        self.values.get(next).copied().unwrap_or(self.default)
    }
}

/// What a file says, as far as it could be read.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Config {
    values: BTreeMap<&'static str, String>,
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
                .and_then(|key| key.check(&said, &place).map(|()| key.name));
            match taken {
                Ok(name) => drop(config.values.insert(name, said)),
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

    /// What the file itself says of `name`.
    pub fn set_value(&self, name: &str) -> Option<&str> {
        self.values.get(name).map(String::as_str)
    }

    /// What holds for `name`.
    pub fn value(&self, name: &str) -> &str {
        let default = || KEYS.iter().find(|key| key.name == name);
        self.set_value(name)
            .unwrap_or_else(|| default().map_or("", |key| key.default))
    }

    /// Takes over a value for this run.
    ///
    /// # Errors
    /// [`ConfigError::Unknown`], [`ConfigError::Value`].
    pub fn hold(&mut self, name: &str, value: &str) -> Result<(), ConfigError> {
        let key = key(name)?;
        key.check(value, "")?;
        self.values.insert(key.name, value.to_owned());
        Ok(())
    }

    /// How days and times are said.
    pub fn manner(&self) -> Manner {
        Manner {
            week_start: match self.value("week_start") {
                "sunday" => WeekStart::Sunday,
                _ => WeekStart::Monday,
            },
            hours: match self.value("clock") {
                "12" => Hours::Twelve,
                _ => Hours::TwentyFour,
            },
            first_day: match self.value("first_day") {
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
    let keys = KEYS.iter().map(|key| {
        let values = if key.values.is_empty() {
            String::new()
        } else {
            format!(" ({})", key.values.join(", "))
        };
        let value = key.written(key.default);
        format!("\n# {}{values}\n# {} = {value}\n", key.about, key.name)
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
pub fn set(path: &Path, name: &str, value: &str, may: May<'_>) -> Result<(), ConfigError> {
    let known = key(name)?;
    known.check(value, "")?;
    may(path).map_err(ConfigError::Taken)?;
    write(
        path,
        &edited(&held(path)?, known, value)?,
        Standing::Replaced,
        may,
    )
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
fn edited(text: &str, key: &ConfigKey, value: &str) -> Result<String, ConfigError> {
    let mut document = parsed(text)?;
    let written = key.written(value);
    if let Some(item) = document.get_mut(key.name) {
        replace(item, written);
        return Ok(document.to_string());
    }
    let default = format!("# {} = {}", key.name, key.written(key.default));
    let line = format!("{} = {written}", key.name);
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
    use super::{Config, KEYS, commented, edited, key};

    #[test]
    fn every_default_fits_its_key_and_the_fresh_file_changes_nothing() {
        for key in KEYS {
            assert_eq!(key.check(key.default, ""), Ok(()), "{}", key.name);
        }
        assert_eq!(Config::parse(&commented()), Config::default());
        let bare = commented().replace("# color", "color");
        assert_eq!(Config::parse(&bare).set_value("color"), Some("auto"));
    }

    #[test]
    fn what_does_not_fit_is_named_with_its_line_and_the_rest_holds() {
        let config = Config::parse("mouse = true\n\nclok = 24\nweek_start = \"friday\"\n");
        let said: Vec<String> = config.faults.iter().map(ToString::to_string).collect();
        assert_eq!(config.value("mouse"), "true");
        assert_eq!(config.value("week_start"), "monday");
        assert!(said.iter().any(|line| line.contains("line 3")), "{said:?}");
        assert!(said.iter().any(|line| line.contains("line 4")), "{said:?}");
    }

    #[test]
    fn setting_a_key_keeps_every_other_line() {
        let text = "# mine\ncolor = \"never\" # at night\n\n[later]\nx = 1\n";
        let set = |text: &str, name: &str, value: &str| {
            key(name).and_then(|key| edited(text, key, value))
        };
        let once = set(text, "color", "always");
        assert_eq!(
            once.as_deref(),
            Ok("# mine\ncolor = \"always\" # at night\n\n[later]\nx = 1\n")
        );
        let twice = set(text, "plain", "true").unwrap_or_default();
        assert!(twice.contains("plain = true\n[later]"), "{twice}");
        let fresh = set(&commented(), "mouse", "true").unwrap_or_default();
        assert!(fresh.contains("\nmouse = true\n"), "{fresh}");
        assert!(!fresh.contains("# mouse ="), "{fresh}");
    }

    #[test]
    fn values_go_around() {
        let plain = key("plain").map(|key| (key.beside("false", 1), key.beside("false", -1)));
        assert_eq!(plain, Ok(("true", "true")));
        let color = key("color").map(|key| (key.beside("never", 1), key.beside("auto", -1)));
        assert_eq!(color, Ok(("auto", "never")));
    }
}
