//! Settings in sentences: what can be set, its value, and the question that changes it.
//!
//! Invariant: what the journal keeps can be undone; what the config file keeps of looks holds from the next start, and that is said;
//! how days and times are said holds at once.

use super::session::{Session, until_back};
use super::talk::{Step, after};
use crate::config::settings::{ConfigKey, Item, Topic, Word};
use crate::domain::journal::change::Change;
use crate::domain::journal::settings::{Setting, StockTracking};
use crate::domain::record::kind::Kind;
use crate::domain::series::Series;
use crate::domain::text::words;
use crate::domain::time::DayEnd;

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
        for topic in Topic::ALL {
            let Some(Word { word, does }) = topic.facts().plain else {
                continue;
            };
            let value = self.value_of(*topic);
            let value = value.map_or_else(String::new, |value| format!(" {value};"));
            self.say(&format!("{word}:{value} {does}."))?;
        }
        self.say("Kept in the config file:")?;
        for key in ConfigKey::ALL {
            let Some(Word { word, does }) = Item::Key(*key).plain() else {
                continue;
            };
            let value = self.config.value(*key).to_owned();
            self.say(&format!("{word}: {value}. {does}"))?;
        }
        Ok(())
    }

    /// What is set now, where it can be said in a word.
    fn value_of(&self, topic: Topic) -> Option<String> {
        // The list of products is asked for, not counted, and a country is typed by its code.
        match (topic, &self.journal.settings.country) {
            (Topic::Country, Some(code)) => Some(code.clone()),
            (Topic::Products, _) => None,
            _ => topic.value(&self.journal),
        }
    }

    fn set(&mut self, item: Item) -> Step<()> {
        let topic = match item {
            Item::Key(key) => return self.set_key(key),
            Item::Topic(topic) => topic,
        };
        match topic {
            Topic::Symptoms => self.symptoms(),
            Topic::DayEnd => self.set_day_end(),
            Topic::Attempts => self.attempts(),
            Topic::Series => self.favourite_series(),
            Topic::Practices => self.practices(),
            Topic::Routine => self.routine(),
            Topic::Products => self.list_of(Kind::Product),
            Topic::Stock => self.set_stock(),
            Topic::Country => self.choose_country(),
            Topic::Numbers => self.own_numbers(),
            Topic::Bin => self.bin(),
            Topic::Export => self.give_back(),
            Topic::Keys => self.keys(),
            Topic::Files => {
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
                        StockTracking::On,
                        "Stock and spending is on: log purchase notes one, doses in plan says what it comes to.",
                    );
                }
                "off" => {
                    break (
                        StockTracking::Off,
                        "Stock and spending is off; what you noted stays.",
                    );
                }
                "" | "skip" | "done" | "same" => return Ok(()),
                other => self.not_an_answer(other, "on or off")?,
            }
        };
        self.write_and_say(&[Change::Set(Setting::StockTracking(stocked))], said)
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

    fn set_key(&mut self, key: ConfigKey) -> Step<()> {
        let values = key.value_list();
        let about = key.facts().about;
        loop {
            let now = self.config.value(key).to_owned();
            let typed = self.ask(&format!(
                "{key}? {about} {values}; now {now}. skip leaves it."
            ))?;
            let typed = typed.to_lowercase();
            if matches!(typed.as_str(), "" | "skip" | "same" | "done" | ".") {
                return Ok(());
            }
            if !key.takes(&typed) {
                self.not_an_answer(&typed, &values)?;
                continue;
            }
            return match (self.configure)(key, &typed) {
                Ok(said) => {
                    // It was checked above: the table of the file has this value.
                    self.config.hold(key, &typed).ok();
                    if key.facts().is_manner {
                        self.say(&format!("{key} is {typed} from now on."))
                    } else {
                        self.say(&said)
                    }
                }
                Err(why) => self.say(&words::sentence(&why)),
            };
        }
    }
}

/// The item whose word `typed` begins with, and what was typed after it.
fn found(typed: &str) -> Option<(Item, &str)> {
    Item::all().find_map(|item| Some((item, after(item.plain()?.word, typed)?)))
}
