//! Settings in sentences: what can be set, its value, and the question that changes it.
//!
//! Invariant: what the journal keeps can be undone. What the config file keeps of looks holds from the next start, and that
//! is said; how days and times are said holds at once.

use super::session::{Asked, Session, until_back};
use super::talk::{Step, after};
use super::{
    Configure, Export, Hands, attempts, bin, care, data, export, help, practices, symptoms, trends,
};
use crate::config::file::Config;
use crate::config::settings::{ConfigKey, Item, PlainWord, Topic};
use crate::domain::journal::Journal;
use crate::domain::journal::change::Change;
use crate::domain::journal::settings::{OptionalLine, SameDay, Setting, StockTracking, switched};
use crate::domain::record::kind::Kind;
use crate::domain::series::Series;
use crate::domain::text::words;
use crate::domain::time::DayEnd;

/// The page with what it needs beside the session.
pub(super) struct Settings<'a> {
    config: Config,
    configure: &'a mut Configure<'a>,
}

impl<'a> Settings<'a> {
    pub(super) fn new(config: Config, configure: &'a mut Configure<'a>) -> Self {
        Self { config, configure }
    }

    /// Says what is set and changes it, until `back`.
    pub(super) fn page(
        &mut self,
        session: &mut Session<'_>,
        export: &mut Export<'_>,
        hands: &mut Hands<'_>,
    ) -> Step<()> {
        if !session.talk.has_rest() {
            self.say_list(session)?;
        }
        loop {
            let typed = session.ask_line(Asked::new(
                "Settings: a word of the list, list, or back?",
                "Something that can be set; list says each with its value. A value may follow: day end 03:00.",
            ))?;
            match (typed.trim().to_lowercase().as_str(), named(&typed)) {
                ("" | "done" | "skip", _) => return Ok(()),
                ("list", _) => self.say_list(session)?,
                (_, Some((item, rest))) => {
                    // What follows the word answers its question: "day end 02:30".
                    session.talk.put_back(rest);
                    until_back(self.set(item, session, export, hands))?;
                }
                (other, None) => session.not_an_answer(other, "a word of the list, or back")?,
            }
        }
    }

    /// Changes one of them.
    pub(super) fn set(
        &mut self,
        item: Item,
        session: &mut Session<'_>,
        export: &mut Export<'_>,
        hands: &mut Hands<'_>,
    ) -> Step<()> {
        match item {
            Item::Key(key) => self.set_key(session, key),
            Item::Topic(Topic::LockedHelp) => self.help_while_locked(session),
            Item::Topic(topic) => open(topic, session, export, hands),
        }
    }

    fn say_list(&self, session: &mut Session<'_>) -> Step<()> {
        for topic in Topic::ALL {
            let Some(PlainWord { word, does }) = topic.facts().plain else {
                continue;
            };
            let value = value_of(*topic, &session.journal);
            let value = value.map_or_else(String::new, |value| format!(" {value};"));
            session.say(&format!("{word}:{value} {does}."))?;
        }
        session.say("Kept in the config file:")?;
        for key in ConfigKey::ALL {
            let Some(PlainWord { word, does }) = Item::Key(*key).plain() else {
                continue;
            };
            let value = self.config.value(*key);
            session.say(&format!("{word}: {value}. {does}"))?;
        }
        Ok(())
    }

    /// Whether own numbers stand on the locked page, which can read nothing but the config file.
    fn help_while_locked(&mut self, session: &mut Session<'_>) -> Step<()> {
        let settings = session.journal.settings.clone();
        let own = settings.numbers_in_a_line();
        if own.is_empty() {
            session.say("While locked, help lines are those of your country. There is no number of your own yet; numbers, from the menu, adds one.")?;
        }
        let question = "While locked: country, or own for your own numbers too? skip leaves it.";
        let about = "own writes your own numbers into the config file, where everybody who can open it can read them. country shows those of your country alone.";
        let answer = session.ask_until(
            Asked::new(question, about),
            "country, own or skip",
            |word| match word {
                "" | "skip" | "done" => Some(None),
                "country" => Some(Some(String::new())),
                "own" => Some(Some(own.clone())),
                _ => None,
            },
        )?;
        let Some(numbers) = answer else { return Ok(()) };
        let country = settings.country.unwrap_or_default();
        let values = [
            (ConfigKey::HelpCountry, country),
            (ConfigKey::HelpNumbers, numbers),
        ];
        for (key, value) in values {
            match (self.configure)(key, &value) {
                Ok(line) => {
                    // Any text fits both.
                    self.config.hold(key, &value).ok();
                    session.say(&line)?;
                }
                Err(why) => return session.say(&words::sentence(&why)),
            }
        }
        Ok(())
    }

    fn set_key(&mut self, session: &mut Session<'_>, key: ConfigKey) -> Step<()> {
        let values = key.value_list();
        let (about, now) = (key.facts().about, self.config.value(key));
        let question = format!("{key}? {about} {values}; now {now}. skip leaves it.");
        let described = format!("{about} It takes {values}; now it is {now}. skip leaves it so.");
        let value = loop {
            let typed = session
                .ask(Asked::new(&question, &described))?
                .to_lowercase();
            match typed.as_str() {
                "" | "skip" | "same" | "done" | "." => return Ok(()),
                value if key.takes(value) => break typed,
                other => session.not_an_answer(other, &values)?,
            }
        };
        match (self.configure)(key, &value) {
            Ok(line) => {
                // Cannot be refused: `takes` accepted the value above.
                self.config.hold(key, &value).ok();
                session.manner = self.config.manner();
                // How days are said holds at once; looks are read at the start of the program.
                if key.facts().is_manner {
                    session.say(&format!("{key} is {value} from now on."))
                } else {
                    session.say(&line)
                }
            }
            // The value stays as it was where the config file could not be written.
            Err(why) => session.say(&words::sentence(&why)),
        }
    }
}

/// What is set now, where it can be said in a word.
fn value_of(topic: Topic, journal: &Journal) -> Option<String> {
    // The list of products is asked for, not counted, and a country is typed by its code.
    match (topic, &journal.settings.country) {
        (Topic::Country, Some(code)) => Some(code.clone()),
        (Topic::Products, _) => None,
        _ => topic.value(journal),
    }
}

fn open(
    topic: Topic,
    session: &mut Session<'_>,
    export: &mut Export<'_>,
    hands: &mut Hands<'_>,
) -> Step<()> {
    match topic {
        Topic::Symptoms => symptoms::page(session),
        Topic::Resting => symptoms::rest(session),
        Topic::SymptomOrder => symptoms::first(session),
        Topic::Good => good(session),
        Topic::Sleep => sleep(session),
        Topic::DayEnd => day_end(session),
        Topic::Attempts => attempts::page(session),
        Topic::Series => favourite_series(session),
        Topic::Practices => practices::page(session),
        Topic::Routine => practices::routine(session),
        Topic::Products => care::list_of(session, Kind::Product),
        Topic::Stock => stock(session),
        Topic::SameDay => same_day(session),
        Topic::Country => help::country(session),
        Topic::Numbers => help::own_numbers(session),
        Topic::Bin => bin::page(session),
        Topic::Export => export::page(session, export, hands),
        Topic::Report => export::report(session, export),
        Topic::Import => data::import(session, hands),
        Topic::Copies => data::copies(session, hands),
        Topic::Sync => data::sync(session, hands),
        Topic::HandedOut => data::handed_out(session, hands),
        Topic::Doctor => data::doctor(session, hands),
        Topic::Reminder => data::reminder(session, hands),
        // Has no word here: plain mode has words, which `?` lists, and no keys. The other one needs the config file.
        Topic::Keys | Topic::LockedHelp => Ok(()),
        Topic::Passphrase => data::other_eyes::passphrase(session, hands),
        Topic::Files if session.store.path().is_some() => data::places(session, hands),
        Topic::Files => session.say("This journal lies nowhere: it is made up and goes away."),
    }
}

fn day_end(session: &mut Session<'_>) -> Step<()> {
    session.before_writing()?;
    let now = session.journal.settings.day_end;
    loop {
        let typed = session.ask_text(Asked::new(
            &format!(
                "Until when does a night count for the day before? 00:00 to 12:00; now {now}. skip leaves it."
            ),
            "What is written before this hour counts for the day that is ending. Entries already written keep their day.",
        ))?;
        if matches!(typed.as_str(), "" | "same") {
            return Ok(());
        }
        match typed.parse::<DayEnd>() {
            Ok(end) => {
                return session.write_and_tell(&Change::Set(Setting::DayEnd(end)));
            }
            Err(why) => session.say(&words::sentence(&why.to_string()))?,
        }
    }
}

/// Switches stock and spending on or off; what was noted stays.
fn stock(session: &mut Session<'_>) -> Step<()> {
    session.before_writing()?;
    let question = "Stock and spending: on or off? skip leaves it.";
    let about = "on: what was bought can be noted, and what is left is reckoned. off: neither is asked; what was noted stays.";
    let answer = session.ask_until(
        Asked::new(question, about),
        "on or off",
        |word| match word {
            "on" => Some(Some(StockTracking::On)),
            "off" => Some(Some(StockTracking::Off)),
            "" | "skip" | "done" | "same" => Some(None),
            _ => None,
        },
    )?;
    let Some(stocked) = answer else { return Ok(()) };
    session.write_and_tell(&Change::Set(Setting::StockTracking(stocked)))
}

/// Switches the line for something good on or off; what was noted stays.
fn good(session: &mut Session<'_>) -> Step<()> {
    let question = "Something good in the check-in: on or off? skip leaves it.";
    let about = "on: a full check-in asks whether the day had something good, from none to a lot. off: it is not asked; what was noted stays.";
    optional_line(session, Asked::new(question, about), Setting::SomethingGood)
}

/// Switches the line for the hours slept on or off; what was noted stays.
fn sleep(session: &mut Session<'_>) -> Step<()> {
    let question = "Hours slept in the check-in: on or off? skip leaves it.";
    let about = "on: a full check-in asks for the hours slept, behind the overall. off: it is not asked; what was noted stays.";
    optional_line(session, Asked::new(question, about), Setting::SleepLine)
}

fn optional_line(
    session: &mut Session<'_>,
    asked: Asked<'_>,
    setting: fn(OptionalLine) -> Setting,
) -> Step<()> {
    session.before_writing()?;
    let answer = session.ask_until(asked, "on or off", |word| match word {
        "on" => Some(Some(OptionalLine::On)),
        "off" => Some(Some(OptionalLine::Off)),
        "" | "skip" | "done" | "same" => Some(None),
        _ => None,
    })?;
    let Some(line) = answer else { return Ok(()) };
    session.write_and_tell(&Change::Set(setting(line)))
}

/// Says the same day of earlier times in Today, or not.
fn same_day(session: &mut Session<'_>) -> Step<()> {
    session.before_writing()?;
    let question = "The same day of earlier times: on or off? skip leaves it.";
    let about = "on: Today says what this day of your earlier attempts was like, without comparing. Not on days 1 to 4, and not for 14 days after a dose since day 0.";
    let answer = session.ask_until(
        Asked::new(question, about),
        "on or off",
        |word| match word {
            "on" => Some(Some(SameDay::On)),
            "off" => Some(Some(SameDay::Off)),
            "" | "skip" | "done" | "same" => Some(None),
            _ => None,
        },
    )?;
    let Some(same_day) = answer else {
        return Ok(());
    };
    session.write_and_tell(&Change::Set(Setting::SameDay(same_day)))
}

fn favourite_series(session: &mut Session<'_>) -> Step<()> {
    session.before_writing()?;
    let favourites = &session.journal.settings.favourite_series;
    let names = favourites
        .iter()
        .filter_map(|code| Series::find(code, &session.journal));
    let names: Vec<String> = names.map(|series| series.name(&session.journal)).collect();
    session.say(&if names.is_empty() {
        "No favourite series yet.".to_owned()
    } else {
        format!("Favourite series: {}.", names.join(", "))
    })?;
    let question = "Which one becomes a favourite, or is one no more? skip leaves it.";
    let Some(series) = trends::ask_series(session, question)? else {
        return Ok(());
    };
    let favourites = &session.journal.settings.favourite_series;
    let (codes, _) = switched(favourites, &series.code(&session.journal));
    session.write_and_tell(&Change::Set(Setting::FavouriteSeries(codes)))
}

/// The item whose word `typed` begins with, and what was typed after it.
pub(super) fn named(typed: &str) -> Option<(Item, &str)> {
    Item::all().find_map(|item| Some((item, after(item.plain()?.word, typed)?)))
}
