//! Records of every kind, one question a line: what it is about, then each field of the kind's row in the registry.

use super::session::{Reply, Session};
use super::talk::{Step, after};
use crate::domain::care::medication;
use crate::domain::entry::saved::TakeBack;
use crate::domain::journal::change::Change;
use crate::domain::journal::settings::StockTracking;
use crate::domain::record::Record;
use crate::domain::record::draft::RecordDraft;
use crate::domain::record::field::{Ask, Field, Need};
use crate::domain::record::key;
use crate::domain::record::kind::{Kind, Timing};
use crate::domain::record::state::IntakeState;
use crate::domain::text::words;
use crate::domain::time::parse::parse_when;

/// What can be logged, with the word that names it.
const LOGGED: [(&str, Kind); 16] = [
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
    ("purchase", Kind::Purchase),
];

/// How many things are named at once.
const PAGE: usize = 9;

impl Session<'_> {
    /// Asks what to log, and logs it.
    pub(super) fn log_something(&mut self) -> Step<()> {
        let stocked = self.journal.settings.stocked == StockTracking::On;
        let logged = || {
            let all = LOGGED.iter();
            all.filter(move |(_, kind)| stocked || *kind != Kind::Purchase)
        };
        let words: Vec<&str> = logged().map(|(word, _)| *word).collect();
        let question = format!("What? {}", words.join(", "));
        loop {
            let word = self.ask_line(&question)?;
            let mut known = logged();
            match known.find_map(|(known, kind)| Some((*kind, after(known, &word)?))) {
                Some((kind, rest)) => {
                    self.talk.put_back(rest);
                    return self.log(kind);
                }
                None if matches!(word.trim(), "" | "skip" | "done") => return Ok(()),
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
        if kind == Kind::Intake {
            // The word that logs it says so already; the question still offers the others.
            draft = draft.with(key::STATE, IntakeState::Taken.code());
        }
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
            // A part of a name is enough where it is in one alone.
            let by_part = || {
                let mut found = choices.iter().filter(|(code, name)| {
                    code.contains(&wanted) || name.to_lowercase().contains(&wanted)
                });
                found.next().filter(|_| found.next().is_none())
            };
            match by_number.or_else(by_name).or_else(by_part) {
                Some((code, _)) => return Ok(Some(code.clone())),
                None => self.not_an_answer(&typed, "a number or a name of the list")?,
            }
        }
    }

    /// Asks each field and saves.
    pub(super) fn fill_record(&mut self, mut draft: RecordDraft) -> Step<()> {
        let asked = self.journal.asked(&draft);
        let begun_with = draft.texts.clone();
        // What is changed was saved once: then its name is enough.
        let said = self.journal.foreword(&draft, &self.now());
        let lines = match self.journal.record(draft.id) {
            Some(_) => 1,
            None => said.len(),
        };
        for line in said.iter().take(lines) {
            self.say(&words::sentence(line))?;
        }
        let timing = draft.kind().map(|kind| kind.facts().timing);
        if timing == Some(Timing::Planned) {
            self.fill_moment(&mut draft)?;
        }
        let mut is_whole = true;
        for field in asked {
            if !self.fill_field(field, &mut draft)? {
                is_whole = false;
                break;
            }
        }
        if is_whole && timing == Some(Timing::Moment) {
            self.fill_moment(&mut draft)?;
        }
        loop {
            let now = self.now();
            match self.journal.recorded(&draft, &now) {
                Ok(record) => return self.save_record(record),
                Err(refusal) => {
                    self.say(&words::sentence(&refusal.sentence))?;
                    let kind = draft.kind();
                    match kind.and_then(|kind| kind.field(refusal.field)) {
                        Some(field) => {
                            self.talk.drop_rest()?;
                            // What was refused is not offered again as `same`.
                            draft.texts.remove(field.code);
                            if let Some(before) = begun_with.get(field.code) {
                                draft = draft.with(field.code, before);
                            }
                            self.fill_field(field, &mut draft)?;
                        }
                        None => return self.say("Nothing was saved."),
                    }
                }
            }
        }
    }

    /// Asks when it was, or will be; what stands there stays where nothing is typed.
    fn fill_moment(&mut self, draft: &mut RecordDraft) -> Step<()> {
        let held = draft.at.map(|at| at.format("%Y-%m-%d %H:%M").to_string());
        let same = held.map_or_else(|| " skip: now.".to_owned(), |at| format!(" same is {at}."));
        loop {
            let question = format!("When? 08:15, yesterday 22:00, 2026-11-24 10:00.{same}");
            let typed = self.ask_text(&question)?;
            if matches!(typed.trim(), "" | "same" | "none") {
                return Ok(());
            }
            match parse_when(&typed, &self.now()) {
                Ok(when) => {
                    draft.day = when.logical_day(self.journal.settings.day_end);
                    draft.at = Some(when.at);
                    return Ok(());
                }
                Err(why) => self.say(&words::sentence(&why.to_string()))?,
            }
        }
    }

    /// Saves a record; a stop that has a caution is asked about first.
    pub(super) fn save_record(&mut self, record: Record) -> Step<()> {
        let now = self.now();
        if record.kind == Kind::Medication
            && self.journal.is_newly_over(&record)
            && let Some(caution) = medication::stop_caution(&record)
        {
            self.say(&caution)?;
            if self.confirm("Note the stop?")? == Reply::No {
                return self.say("It stays as it is.");
            }
        }
        let is_urge = record.kind == Kind::Urge;
        let is_warned = record.kind == Kind::Medication && record.last_day().is_some();
        let said = TakeBack::Word.after(&self.journal.saved(&record, &now));
        let change = Change::Record(record);
        if self.write(std::slice::from_ref(&change))?.is_some() {
            self.say(&said)?;
            if is_urge {
                self.say("A calm page is there if you like: calm.")?;
            }
            let quiet = self.journal.quiet_after(&[change]);
            if let Some(quiet) = quiet.filter(|_| !is_warned) {
                self.say(&quiet)?;
            }
        }
        Ok(())
    }

    /// Asks one field; whether the person goes on to the next.
    fn fill_field(&mut self, field: &Field, draft: &mut RecordDraft) -> Step<bool> {
        let now = draft.text(field.code).to_owned();
        let held = if now.is_empty() {
            String::new()
        } else {
            let empties = match field.need {
                Need::Optional => ", none empties it",
                Need::Needed => "",
            };
            format!(" same is {now}{empties}.")
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
        // How a choice is made on a screen says nothing here.
        let about = if matches!(field.ask, Ask::Choice(_)) {
            String::new()
        } else {
            let about = field.about.replace(" \u{2026}", " and so on");
            format!(" {}", words::sentence(&about))
        };
        let question = format!("{}?{about}{choices}{held}{skip}", field.label);
        loop {
            let typed = match field.ask {
                Ask::Line | Ask::Lines => self.ask_line(&question)?,
                _ => self.ask(&question)?,
            };
            let text = match typed.trim() {
                "done" => return Ok(false),
                "same" | "skip" | "." | "" if !now.is_empty() => return Ok(true),
                "skip" | "." | "" | "none" => {
                    draft.texts.remove(field.code);
                    return Ok(true);
                }
                text => text,
            };
            if let Ask::Choice(choices) = field.ask {
                let wanted = text.to_lowercase();
                let is_known = choices
                    .iter()
                    .any(|(code, words)| *code == wanted || *words == wanted);
                if !is_known {
                    let codes: Vec<&str> = choices.iter().map(|(code, _)| *code).collect();
                    self.not_an_answer(text, &codes.join(", "))?;
                    continue;
                }
            }
            draft.texts.insert(field.code.to_owned(), text.to_owned());
            return Ok(true);
        }
    }

    /// The calm page, line by line.
    pub(super) fn calm(&mut self) -> Step<()> {
        for line in self.journal.calm(&self.now()) {
            self.say(&line)?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::LOGGED;
    use crate::domain::record::kind::Kind;

    #[test]
    fn every_kind_of_record_has_a_word_that_logs_it() {
        // A plan is begun in plan, and how things stood belongs to an attempt: care, then baseline.
        let elsewhere = [Kind::Plan, Kind::Baseline];
        for kind in Kind::ALL {
            let has_word = LOGGED.iter().any(|(_, known)| *known == kind);
            assert!(
                has_word || elsewhere.contains(&kind),
                "{kind:?} has no word"
            );
        }
    }
}
