//! Symptoms: switch on or off, add own ones, rename them.

use super::session::Session;
use super::talk::Step;
use crate::domain::check_in::catalogue::Category;
use crate::domain::check_in::symptom::{Origin, Symptom};
use crate::domain::journal::change::{Change, Switch};

impl Session<'_> {
    pub(super) fn symptoms(&mut self) -> Step<()> {
        let rated: Vec<&str> = self
            .journal
            .symptoms
            .rated()
            .map(|s| s.name.as_str())
            .collect();
        let said = format!(
            "Asked in check-ins ({}): {}.",
            rated.len(),
            rated.join(", ")
        );
        self.say(&said)?;
        loop {
            match self.ask("on, off, add, rename, list, or done?")?.as_str() {
                "on" => self.switch(Switch::On)?,
                "off" => self.switch(Switch::Off)?,
                "add" => self.add_symptom()?,
                "rename" => self.rename_symptom()?,
                "list" => self.list_symptoms()?,
                "" | "done" | "skip" => return Ok(()),
                other => self.not_an_answer(other, "on, off, add, rename, list or done")?,
            }
        }
    }

    fn list_symptoms(&mut self) -> Step<()> {
        let lines: Vec<String> = self
            .journal
            .symptoms
            .iter()
            .map(|s| {
                let group = s.category.label();
                let own = if s.origin == Origin::Own { ", own" } else { "" };
                format!(
                    "{}: {}, {group}{own}",
                    s.name,
                    if s.rated { "on" } else { "off" }
                )
            })
            .collect();
        lines.iter().try_for_each(|line| self.say(line))
    }

    /// Asks for a symptom by name until one is found; `None` when it is skipped.
    fn ask_symptom(&mut self, question: &str) -> Step<Option<Symptom>> {
        loop {
            let text = self.ask_text(question)?;
            if text.is_empty() {
                return Ok(None);
            }
            if let Some(found) = self.journal.symptoms.find(&text) {
                return Ok(Some(found.clone()));
            }
            let lower = text.to_lowercase();
            let near: Vec<&str> = self
                .journal
                .symptoms
                .iter()
                .filter(|s| s.name.to_lowercase().contains(&lower))
                .map(|s| s.name.as_str())
                .collect();
            let near = if near.is_empty() {
                String::new()
            } else {
                format!(" Near it: {}.", near.join(", "))
            };
            self.say(&format!("There is no symptom called \"{text}\".{near}"))?;
        }
    }

    fn switch(&mut self, to: Switch) -> Step<()> {
        let (word, wanted) = if to == Switch::On {
            ("on", true)
        } else {
            ("off", false)
        };
        let Some(symptom) =
            self.ask_symptom(&format!("Which symptom goes {word}? Its name, or skip."))?
        else {
            return Ok(());
        };
        if symptom.rated == wanted {
            return self.say(&format!("{} is {word} already.", symptom.name));
        }
        let rest = if to == Switch::Off {
            " Its history stays."
        } else {
            ""
        };
        let said = format!("{} is {word} now.{rest}", symptom.name);
        self.write_and_say(
            &[Change::SwitchSymptom {
                symptom: symptom.key,
                to,
            }],
            &said,
        )
    }

    fn add_symptom(&mut self) -> Step<()> {
        let name = self.ask_text("Its name? skip leaves it.")?;
        if name.is_empty() {
            return self.say("Nothing was added.");
        }
        if let Some(known) = self.journal.symptoms.find(&name) {
            let said = format!("{} is there already; on switches it on.", known.name);
            return self.say(&said);
        }
        let category = loop {
            match self.ask("Body or Mind?")?.to_lowercase().as_str() {
                "body" | "b" | "physical" => break Category::Physical,
                "mind" | "m" | "psychological" => break Category::Psychological,
                "" | "skip" => return self.say("Nothing was added."),
                other => self.not_an_answer(other, "body or mind")?,
            }
        };
        let (id, code) = (self.new_id(), self.journal.symptoms.own_code(&name));
        let said = format!("Added {name} ({code}); check-ins ask for it now.");
        self.write_and_say(
            &[Change::AddSymptom {
                id,
                code,
                name,
                category,
            }],
            &said,
        )
    }

    fn rename_symptom(&mut self) -> Step<()> {
        let Some(symptom) = self.ask_symptom("Which own symptom? Its name, or skip.")? else {
            return Ok(());
        };
        if symptom.origin != Origin::Own {
            return self.say("The built-in ones keep their names; your own can be renamed.");
        }
        let name = self.ask_text("Its new name? skip leaves it.")?;
        if name.is_empty() {
            return self.say("It keeps its name.");
        }
        let said = format!("{} is called {name} now.", symptom.name);
        self.write_and_say(
            &[Change::RenameSymptom {
                symptom: symptom.key,
                name,
            }],
            &said,
        )
    }
}
