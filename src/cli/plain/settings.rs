//! Settings in sentences: what can be set, its value, and the question that changes it.
//!
//! Invariant: what the journal keeps can be undone; what the config file keeps of looks holds from the next start, and that is said;
//! how days and times are said holds at once.

use super::session::{Session, until_back};
use super::talk::{Step, after};
use crate::config::file::{ConfigKey, KEYS};
use crate::domain::journal::change::Change;
use crate::domain::journal::settings::{Setting, Stocked};
use crate::domain::record::kind::Kind;
use crate::domain::series::Series;
use crate::domain::text::words;
use crate::domain::time::DayEnd;

/// Something that can be set. The keys of the config file are rows of their own, read from its table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SettingWord {
    /// What is typed.
    pub word: &'static str,
    /// The rows of the full screen's Settings that it stands for; the parity test reads them.
    pub rows: &'static [&'static str],
    /// What it does, in few words.
    pub does: &'static str,
    meant: Meant,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Meant {
    Symptoms,
    DayEnd,
    Attempts,
    Series,
    Practices,
    Routine,
    Products,
    Stock,
    Country,
    Numbers,
    Bin,
    Export,
    Files,
}

const fn row(
    word: &'static str,
    rows: &'static [&'static str],
    does: &'static str,
    meant: Meant,
) -> SettingWord {
    SettingWord {
        word,
        rows,
        does,
        meant,
    }
}

/// Everything that the journal keeps of how it is used. A new setting is a row here and its arms below.
pub const SETTINGS: &[SettingWord] = &[
    row(
        "symptoms",
        &["Symptoms in a check-in"],
        "which ones a check-in asks for",
        Meant::Symptoms,
    ),
    row(
        "day end",
        &["Day ends at"],
        "until then a night counts for the day before",
        Meant::DayEnd,
    ),
    row(
        "attempts",
        &["Attempts"],
        "name, goal, day 0, end",
        Meant::Attempts,
    ),
    row(
        "favourite series",
        &["Favourite series"],
        "those that stand first where one is chosen",
        Meant::Series,
    ),
    row(
        "favourite practices",
        &["Favourite practices"],
        "the practices that stand first",
        Meant::Practices,
    ),
    row(
        "routine",
        &["Routine of the day"],
        "what you like to think of each day",
        Meant::Routine,
    ),
    row(
        "products",
        &["Products"],
        "what you use, and its unit",
        Meant::Products,
    ),
    row(
        "stock",
        &["Stock and spending"],
        "purchases, bought minus logged, and what it cost, said under doses in plan",
        Meant::Stock,
    ),
    row(
        "country",
        &["Country of the help lines"],
        "whose numbers are shown",
        Meant::Country,
    ),
    row(
        "numbers",
        &["Your own help lines"],
        "numbers of your own",
        Meant::Numbers,
    ),
    row(
        "bin",
        &["Deleted entries"],
        "what was deleted in the last 30 days",
        Meant::Bin,
    ),
    row(
        "export",
        &["Export"],
        "everything back as CSV",
        Meant::Export,
    ),
    row(
        "files",
        &["Where the journal lies"],
        "where the journal lies",
        Meant::Files,
    ),
];

/// What a word of the settings stands for.
#[derive(Debug, Clone, Copy)]
enum Found {
    Row(&'static SettingWord),
    Key(&'static ConfigKey),
}

impl Session<'_> {
    /// Says what is set and changes it, until `back`.
    pub(super) fn settings(&mut self) -> Step<()> {
        if !self.talk.has_rest() {
            self.say_settings()?;
        }
        loop {
            let typed = self.ask_line("Settings: a word of the list, list, or back?")?;
            match (typed.trim().to_lowercase().as_str(), found(&typed)) {
                ("" | "done" | "skip", _) => return Ok(()),
                ("list", _) => self.say_settings()?,
                (_, Some((chosen, rest))) => {
                    self.talk.put_back(rest);
                    until_back(self.set(chosen))?;
                }
                (other, None) => self.not_an_answer(other, "a word of the list, or back")?,
            }
        }
    }

    fn say_settings(&mut self) -> Step<()> {
        for row in SETTINGS {
            let value = self.value_of(row.meant);
            let value = value.map_or_else(String::new, |value| format!(" {value};"));
            self.say(&format!("{}:{value} {}.", row.word, row.does))?;
        }
        self.say("Kept in the config file:")?;
        for key in choosable() {
            let value = self.config.value(key.name).to_owned();
            self.say(&format!("{}: {value}. {}", key.name, key.about))?;
        }
        Ok(())
    }

    /// What is set now, where it can be said in a word.
    fn value_of(&self, meant: Meant) -> Option<String> {
        let settings = &self.journal.settings;
        let count = |n: usize| Some(n.to_string());
        match meant {
            Meant::Symptoms => {
                let rated = self.journal.symptoms.rated().count();
                Some(format!(
                    "{rated} of {}",
                    self.journal.symptoms.iter().count()
                ))
            }
            Meant::DayEnd => Some(settings.day_end.to_string()),
            Meant::Attempts => count(self.journal.attempts.iter().count()),
            Meant::Series => count(settings.favourite_series.len()),
            Meant::Practices => count(settings.favourite_practices.len()),
            Meant::Routine => count(settings.routine.len()),
            Meant::Stock => Some(match settings.stocked {
                Stocked::On => "on".to_owned(),
                Stocked::Off => "off".to_owned(),
            }),
            Meant::Country => Some(
                settings
                    .country
                    .clone()
                    .unwrap_or_else(|| "not chosen".to_owned()),
            ),
            Meant::Numbers => count(settings.help_lines.len()),
            Meant::Products | Meant::Bin | Meant::Export | Meant::Files => None,
        }
    }

    fn set(&mut self, chosen: Found) -> Step<()> {
        let row = match chosen {
            Found::Row(row) => row,
            Found::Key(key) => return self.set_key(key),
        };
        match row.meant {
            Meant::Symptoms => self.symptoms(),
            Meant::DayEnd => self.set_day_end(),
            Meant::Attempts => self.attempts(),
            Meant::Series => self.favourite_series(),
            Meant::Practices => self.practices(),
            Meant::Routine => self.routine(),
            Meant::Products => self.list_of(Kind::Product),
            Meant::Stock => self.set_stock(),
            Meant::Country => self.choose_country(),
            Meant::Numbers => self.own_numbers(),
            Meant::Bin => self.bin(),
            Meant::Export => self.give_back(),
            Meant::Files => {
                let place = self.store.path().map(|path| path.display().to_string());
                self.say(&match place {
                    Some(place) => format!("The journal lies here: {place}"),
                    None => "This journal lies nowhere: it is made up and goes away.".to_owned(),
                })
            }
        }
    }

    fn set_day_end(&mut self) -> Step<()> {
        let now = self.journal.settings.day_end;
        loop {
            let typed = self.ask_text(&format!(
                "Until when does a night count for the day before? 00:00 to 12:00; now {now}. skip leaves it."
            ))?;
            if matches!(typed.as_str(), "" | "same") {
                return Ok(());
            }
            match typed.parse::<DayEnd>() {
                Ok(end) => {
                    let said = format!(
                        "A day ends at {end} from now on. Entries already written keep their day."
                    );
                    return self.write_and_say(&[Change::Set(Setting::DayEnd(end))], &said);
                }
                Err(why) => self.say(&words::sentence(&why.to_string()))?,
            }
        }
    }

    /// Switches stock and spending on or off; what was noted stays.
    fn set_stock(&mut self) -> Step<()> {
        let (stocked, said) = loop {
            match self
                .ask("Stock and spending: on or off? skip leaves it.")?
                .as_str()
            {
                "on" => {
                    break (
                        Stocked::On,
                        "Stock and spending is on: log purchase notes one, doses in plan says what it comes to.",
                    );
                }
                "off" => {
                    break (
                        Stocked::Off,
                        "Stock and spending is off; what you noted stays.",
                    );
                }
                "" | "skip" | "done" | "same" => return Ok(()),
                other => self.not_an_answer(other, "on or off")?,
            }
        };
        self.write_and_say(&[Change::Set(Setting::Stocked(stocked))], said)
    }

    fn favourite_series(&mut self) -> Step<()> {
        let mut codes = self.journal.settings.favourite_series.clone();
        let names = codes
            .iter()
            .filter_map(|code| Series::find(code, &self.journal));
        let names: Vec<String> = names.map(|series| series.name(&self.journal)).collect();
        let said = if names.is_empty() {
            "No favourite series yet.".to_owned()
        } else {
            format!("Favourite series: {}.", names.join(", "))
        };
        self.say(&said)?;
        let question = "Which one becomes a favourite, or is one no more? skip leaves it.";
        let Some(series) = self.ask_series(question)? else {
            return Ok(());
        };
        let (code, name) = (series.code(&self.journal), series.name(&self.journal));
        let before = codes.len();
        codes.retain(|held| *held != code);
        let said = if codes.len() < before {
            format!("{name} is no longer among the favourites.")
        } else {
            codes.push(code);
            format!("{name} stands among the favourites.")
        };
        self.write_and_say(&[Change::Set(Setting::FavouriteSeries(codes))], &said)
    }

    fn set_key(&mut self, key: &'static ConfigKey) -> Step<()> {
        let values = key.values.join(", ");
        loop {
            let now = self.config.value(key.name).to_owned();
            let typed = self.ask(&format!(
                "{}? {} {values}; now {now}. skip leaves it.",
                key.name, key.about
            ))?;
            let typed = typed.to_lowercase();
            if matches!(typed.as_str(), "" | "skip" | "same" | "done" | ".") {
                return Ok(());
            }
            if !key.values.contains(&typed.as_str()) {
                self.not_an_answer(&typed, &values)?;
                continue;
            }
            return match (self.configure)(key.name, &typed) {
                Ok(said) => {
                    // It was checked above: the table of the file has this value.
                    self.config.hold(key.name, &typed).ok();
                    if key.is_manner() {
                        self.say(&format!("{} is {typed} from now on.", key.name))
                    } else {
                        self.say(&said)
                    }
                }
                Err(why) => self.say(&words::sentence(&why)),
            };
        }
    }
}

/// The keys of the config file that have values to choose from.
fn choosable() -> impl Iterator<Item = &'static ConfigKey> {
    KEYS.iter().filter(|key| !key.values.is_empty())
}

/// The row or key that `typed` begins with, and what was typed after it.
fn found(typed: &str) -> Option<(Found, &str)> {
    let rows = SETTINGS.iter().map(|row| (row.word, Found::Row(row)));
    let mut all = rows.chain(choosable().map(|key| (key.name, Found::Key(key))));
    all.find_map(|(word, found)| Some((found, after(word, typed)?)))
}
