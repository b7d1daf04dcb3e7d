//! Records of every kind, one question a line: what it is about, then each field of the kind's row in the registry.

use super::session::Session;
use super::talk::Step;
use crate::domain::change::Change;
use crate::domain::field::{Ask, Field, Need};
use crate::domain::kind::Kind;
use crate::domain::record_draft::RecordDraft;
use crate::domain::words;

/// What can be logged, with the word that names it.
const LOGGED: [(&str, Kind); 15] = [
    ("dose", Kind::Dose),
    ("urge", Kind::Urge),
    ("taken", Kind::Intake),
    ("practice", Kind::Practice),
    ("measurement", Kind::Measurement),
    ("substance", Kind::Substance),
    ("question", Kind::Question),
    ("appointment", Kind::Appointment),
    ("medication", Kind::Medication),
    ("person", Kind::Contact),
    ("reason", Kind::Reason),
    ("treatment", Kind::Treatment),
    ("product", Kind::Product),
    ("own practice", Kind::OwnPractice),
    ("sign", Kind::Sign),
];

/// How many things are named at once.
const PAGE: usize = 9;

impl Session<'_> {
    /// Asks what to log, and logs it.
    pub(super) fn log_something(&mut self) -> Step<()> {
        let words: Vec<&str> = LOGGED.iter().map(|(word, _)| *word).collect();
        let question = format!("What? {}", words.join(", "));
        loop {
            let word = self.ask_line(&question)?;
            let word = word.trim().to_lowercase();
            match LOGGED.iter().find(|(known, _)| *known == word) {
                Some((_, kind)) => return self.log(*kind),
                None if matches!(word.as_str(), "" | "skip" | "done") => return Ok(()),
                None => self.not_an_answer(&word, &words.join(", "))?,
            }
        }
    }

    /// Logs a record of `kind`.
    pub(super) fn log(&mut self, kind: Kind) -> Step<()> {
        let mut draft = RecordDraft::new(self.new_id(), kind, self.today());
        let choices = self.journal.choices(kind, self.today());
        if kind == Kind::Intake && choices.is_empty() {
            return self.say("There is no medication yet. log, then medication, adds one.");
        }
        let about = match choices.len() {
            0 => None,
            1 => choices.first().map(|(code, _)| code.clone()),
            _ => match self.which_about(&choices)? {
                Some(code) => Some(code),
                None => return self.say("Nothing was saved."),
            },
        };
        draft = self.journal.begun(draft, about);
        self.fill_record(draft)
    }

    /// Which of `choices`, by number or by name.
    fn which_about(&mut self, choices: &[(String, String)]) -> Step<Option<String>> {
        let mut from = 0;
        loop {
            let shown = choices.iter().enumerate().skip(from).take(PAGE);
            let shown: Vec<String> = shown
                .map(|(at, (_, name))| format!("{}: {name}", at + 1))
                .collect();
            let more = if from + PAGE < choices.len() {
                ", or more"
            } else {
                ""
            };
            let question = format!("Which? {}. A number or a name{more}.", shown.join("; "));
            let typed = self.ask_text(&question)?;
            let wanted = typed.trim().to_lowercase();
            if wanted.is_empty() {
                return Ok(None);
            }
            if wanted == "more" && !more.is_empty() {
                from += PAGE;
                continue;
            }
            let by_number = wanted
                .parse::<usize>()
                .ok()
                .and_then(|n| choices.get(n.checked_sub(1)?));
            let by_name = || {
                choices.iter().find(|(code, name)| {
                    *code == wanted || name.to_lowercase().starts_with(&wanted)
                })
            };
            match by_number.or_else(by_name) {
                Some((code, _)) => return Ok(Some(code.clone())),
                None => self.not_an_answer(&typed, "a number or a name of the list")?,
            }
        }
    }

    /// Asks each field and saves.
    fn fill_record(&mut self, mut draft: RecordDraft) -> Step<()> {
        let asked = self.journal.asked(&draft);
        if let Some(kind) = draft.kind()
            && let Some(about) = draft.about.as_deref()
            && let Some(name) = self.journal.name_of(kind.facts().about, about)
        {
            self.say(&words::sentence(&name))?;
            if let Some(medication) = about
                .parse()
                .ok()
                .and_then(|id| self.journal.record(id))
                .cloned()
                && let Some(limit) = self.journal.before_intake(&medication, &self.now())
            {
                self.say(&limit)?;
            }
        }
        for field in asked {
            if !self.fill_field(field, &mut draft)? {
                break;
            }
        }
        loop {
            let now = self.now();
            match self.journal.recorded(&draft, &now) {
                Ok(record) => {
                    let said = match record.day() {
                        Some(day) if record.kind != Kind::Appointment => words::saved(&now, day),
                        _ => format!("Saved: {}", self.journal.title(&record)),
                    };
                    let change = Change::Record(record);
                    if self.write(std::slice::from_ref(&change))?.is_some() {
                        self.say(&words::sentence(&said))?;
                        if let Some(quiet) = self.journal.quiet_after(&[change]) {
                            self.say(&quiet)?;
                        }
                    }
                    return Ok(());
                }
                Err(refusal) => {
                    self.say(&words::sentence(&refusal.sentence))?;
                    let kind = draft.kind();
                    match kind.and_then(|kind| kind.field(refusal.field)) {
                        Some(field) => {
                            self.talk.drop_rest()?;
                            self.fill_field(field, &mut draft)?;
                        }
                        None => return self.say("Nothing was saved."),
                    }
                }
            }
        }
    }

    /// Asks one field; whether the person goes on to the next.
    fn fill_field(&mut self, field: &Field, draft: &mut RecordDraft) -> Step<bool> {
        let now = draft.text(field.code).to_owned();
        let held = if now.is_empty() {
            String::new()
        } else {
            format!(" same is {now}.")
        };
        let choices = match field.ask {
            Ask::Choice(choices) => {
                let codes: Vec<&str> = choices.iter().map(|(code, _)| *code).collect();
                format!(" {}.", codes.join(", "))
            }
            _ => String::new(),
        };
        let skip = if field.need == Need::Optional {
            " skip, or done to save."
        } else {
            ""
        };
        let question = format!(
            "{}? {}{choices}{held}{skip}",
            field.label,
            words::sentence(field.about)
        );
        let typed = match field.ask {
            Ask::Line | Ask::Lines => self.ask_line(&question)?,
            _ => self.ask(&question)?,
        };
        match typed.trim() {
            "done" => return Ok(false),
            "same" | "" if !now.is_empty() => {}
            "skip" | "." | "" => drop(draft.texts.remove(field.code)),
            text => drop(draft.texts.insert(field.code.to_owned(), text.to_owned())),
        }
        Ok(true)
    }

    /// The calm page, line by line.
    pub(super) fn calm(&mut self) -> Step<()> {
        for line in self.journal.calm(&self.now()) {
            self.say(&line)?;
        }
        Ok(())
    }
}
