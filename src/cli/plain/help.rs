//! Help lines, red flags and keys: reachable at every question.
//!
//! Invariant: nothing here waits for an answer before the numbers stand there, unless the person asked to choose a country;
//! numbers are shown with the date on which they were checked, and nothing is dialled or sent.

use super::menu::ACTIONS;
use super::session::{Reply, Session};
use super::talk::Step;
use crate::domain::journal::change::Change;
use crate::domain::journal::settings::{OwnHelpLine, Setting};
use crate::domain::safety::help_lines::{HelpRow, help};

impl Session<'_> {
    /// Help lines from the menu; the country is asked at first use.
    pub(super) fn help_lines(&mut self) -> Step<()> {
        if self.journal.settings.country.is_none() {
            self.say_help_lines()?;
            return self.choose_country();
        }
        self.say_help_lines()
    }

    /// Help lines in the middle of another question: said, nothing asked.
    pub(super) fn help_lines_here(&mut self) -> Step<()> {
        self.say_help_lines()?;
        self.say("That was help lines. Your question again:")
    }

    fn say_help_lines(&mut self) -> Step<()> {
        let own: Vec<OwnHelpLine> = self.journal.settings.help_lines.clone();
        for line in own {
            self.say(&format!("{}: {}. Your own.", line.name, line.contact))?;
        }
        let country = self.journal.settings.country.clone();
        if let Some(code) = &country {
            self.say(&format!("Help lines, {code}. country chooses another."))?;
        } else {
            self.say("No country is chosen: country, from the menu, shows all lines of one.")?;
        }
        for row in help().rows_for(country.as_deref()) {
            match row {
                HelpRow::Line(line) => {
                    self.say(&format!("{}. {}", line.sentence(), line.details()))?;
                }
                HelpRow::AtOnce(at_once) => self.say(&at_once)?,
                HelpRow::Absent(absent) => self.say(absent)?,
            }
        }
        self.say("Red flags:")?;
        for flag in &help().red_flags {
            self.say(&format!("{} ({}): {}", flag.sign, flag.level, flag.action))?;
        }
        self.say("One of them happened? sign, from the menu, notes which and when.")
    }

    /// Asks whose help lines are shown. Never guessed.
    pub(super) fn choose_country(&mut self) -> Step<()> {
        let codes = countries();
        loop {
            let question = format!("Which country? {}; skip leaves it.", codes.join(", "));
            let word = self.ask(&question)?;
            if matches!(word.as_str(), "" | "skip" | "." | "done") {
                return Ok(());
            }
            let wanted = word.to_uppercase();
            let Some(code) = codes.iter().find(|code| **code == wanted) else {
                self.not_an_answer(&word, "one of the codes, or skip")?;
                continue;
            };
            if self
                .write(&[Change::Set(Setting::Country((*code).to_owned()))])?
                .is_some()
            {
                self.say_help_lines()?;
            }
            return Ok(());
        }
    }

    /// The person's own numbers.
    pub(super) fn own_numbers(&mut self) -> Step<()> {
        let own = self.journal.settings.help_lines.clone();
        if own.is_empty() {
            self.say("Own numbers: none yet.")?;
        }
        for (at, line) in (1..).zip(&own) {
            self.say(&format!("{at}: {}, {}", line.name, line.contact))?;
        }
        match self.ask("add, delete, or back?")?.as_str() {
            "add" | "a" => {
                let name = self.ask_text("Whose number is it?")?;
                if name.is_empty() {
                    return self.say("Nothing was added.");
                }
                let contact = self.ask_text("The number, or whatever else reaches them?")?;
                if contact.is_empty() {
                    return self.say("Nothing was added.");
                }
                let id = self.new_id();
                self.write_and_say(
                    &[Change::RecordHelpLine(OwnHelpLine { id, name, contact })],
                    "Added. It stands first at !.",
                )
            }
            "delete" if own.is_empty() => self.say("There is none to delete."),
            "delete" => {
                let Some(number) = self.ask_number("Which number?", own.len())? else {
                    return Ok(());
                };
                let Some(line) = own.get(number - 1) else {
                    return Ok(());
                };
                if self.confirm(&format!("Delete {}?", line.name))? == Reply::No {
                    return self.say("It stays.");
                }
                self.write_and_say(
                    &[Change::DeleteHelpLine(line.id)],
                    "Deleted. undo (z) brings it back.",
                )
            }
            "" | "skip" | "done" => Ok(()),
            other => self.not_an_answer(other, "add, delete or back"),
        }
    }

    /// All words.
    pub(super) fn keys(&mut self) -> Step<()> {
        self.say("At every question: back, skip, done, quit, ! help lines, ? this list. While rating: same, rest, overall, note, day, what.")?;
        for action in ACTIONS {
            let key = if action.key.is_empty() {
                String::new()
            } else {
                format!(" ({})", action.key)
            };
            self.say(&format!("{}{key}: {}", action.word, action.does))?;
        }
        Ok(())
    }
}

/// Codes of the countries that can be chosen, in the catalogue's order.
fn countries() -> Vec<&'static str> {
    help()
        .countries
        .iter()
        .map(|country| country.code.as_str())
        .collect()
}
