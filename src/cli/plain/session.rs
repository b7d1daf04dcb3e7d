//! What the parts of the conversation share: the journal as it stands, the questions, and the one way of writing.

use super::talk::{Step, Stop, Talk};
use super::{Configure, Export, Plain};
use crate::config::file::Config;
use crate::domain::check_in::CheckInDraft;
use crate::domain::id::{EntryId, IdSource};
use crate::domain::journal::Journal;
use crate::domain::journal::change::Change;
use crate::domain::text::words;
use crate::domain::time::Now;
use crate::domain::time::display::Manner;
use crate::domain::time::parse::parse_day;
use crate::store::{Applied, Result as Stored, Store};
use chrono::NaiveDate;
use std::collections::BTreeSet;

/// The conversation as it stands.
pub(super) struct Session<'a> {
    pub(super) talk: Talk<'a>,
    pub(super) store: &'a mut Store,
    pub(super) journal: Journal,
    clock: &'a dyn Fn() -> Now,
    ids: IdSource,
    pub(super) export: &'a mut Export<'a>,
    pub(super) config: Config,
    pub(super) configure: &'a mut Configure<'a>,
    /// What could neither be saved nor kept as a draft: it is in this conversation alone.
    pub(super) unkept: BTreeSet<EntryId>,
    /// Older drafts that were asked about already.
    pub(super) asked_drafts: Vec<EntryId>,
}

/// What answers a yes-or-no question.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Reply {
    Yes,
    No,
}

impl<'a> Session<'a> {
    pub(super) fn new(store: &'a mut Store, setting: Plain<'a>) -> Stored<Self> {
        let journal = store.load(None)?;
        Ok(Self {
            talk: Talk::new(setting.input, setting.output),
            store,
            journal,
            clock: setting.clock,
            ids: setting.ids,
            export: setting.export,
            config: setting.config,
            configure: setting.configure,
            asked_drafts: Vec::new(),
            unkept: BTreeSet::new(),
        })
    }

    pub(super) fn say(&mut self, text: &str) -> Step<()> {
        self.talk.say(text)
    }

    pub(super) fn now(&self) -> Now {
        (self.clock)().said_in(self.config.manner())
    }

    /// How days and times are said.
    pub(super) fn manner(&self) -> Manner {
        self.config.manner()
    }

    pub(super) fn today(&self) -> NaiveDate {
        self.now().today(self.journal.settings.day_end)
    }

    pub(super) fn new_id(&mut self) -> EntryId {
        let at = self.now().at;
        self.ids.next(at)
    }

    /// Reads the journal anew when another window wrote to it.
    pub(super) fn catch_up(&mut self) -> Step<()> {
        if self.store.was_changed_elsewhere()? {
            self.journal = self.store.load(None)?;
        }
        Ok(())
    }

    /// Writes `changes` as one step and reads back what they touched. What cannot be saved is said; `None` then.
    pub(super) fn write(&mut self, changes: &[Change]) -> Step<Option<Applied>> {
        let now = self.now().at.to_utc();
        let outcome = self.store.apply(changes, now);
        for id in changes.iter().filter_map(written) {
            match &outcome {
                Ok(_) => self.unkept.remove(&id),
                Err(_) => self.unkept.insert(id),
            };
        }
        let drafts = self.kept_ids();
        self.unkept.retain(|id| !drafts.contains(id));
        self.read_back(outcome)
    }

    /// [`Session::write`] followed by `said` when it worked.
    pub(super) fn write_and_say(&mut self, changes: &[Change], said: &str) -> Step<()> {
        if self.write(changes)?.is_some() {
            self.say(said)?;
        }
        Ok(())
    }

    pub(super) fn undo(&mut self) -> Step<()> {
        let now = self.now().at.to_utc();
        let outcome = self.store.undo(now);
        self.exchanged("Undone", outcome)
    }

    pub(super) fn redo(&mut self) -> Step<()> {
        let now = self.now().at.to_utc();
        let outcome = self.store.redo(now);
        self.exchanged("Redone", outcome)
    }

    fn exchanged(&mut self, did: &str, outcome: Stored<Applied>) -> Step<()> {
        let Some(applied) = self.read_back(outcome)? else {
            return Ok(());
        };
        let day = applied
            .label
            .day
            .map_or_else(String::new, |day| format!(", {}", words::day(day)));
        self.say(&format!("{did}: {}{day}.", applied.label.what))
    }

    fn read_back(&mut self, outcome: Stored<Applied>) -> Step<Option<Applied>> {
        match outcome {
            Ok(applied) => {
                self.journal = self.store.refresh(&self.journal, &applied.days)?;
                Ok(Some(applied))
            }
            Err(error) => {
                self.say(&words::sentence(&error.to_string()))?;
                Ok(None)
            }
        }
    }

    /// Keeps `draft`. What cannot be kept is said; the conversation goes on with it in memory.
    pub(super) fn keep(&mut self, draft: &CheckInDraft) -> Step<()> {
        let now = self.now().at.to_utc();
        match self.store.keep_draft(draft, now) {
            Ok(()) => {
                self.unkept.remove(&draft.id);
                Ok(())
            }
            Err(error) => {
                self.unkept.insert(draft.id);
                self.say(&words::sentence(&format!(
                    "the draft could not be kept: {error}"
                )))
            }
        }
    }

    /// The ids of the drafts on the disk.
    fn kept_ids(&self) -> Vec<EntryId> {
        let check_ins = self.store.drafts().unwrap_or_default().into_iter();
        let records = self.store.record_drafts().unwrap_or_default().into_iter();
        let check_ins = check_ins.map(|draft| draft.id);
        check_ins.chain(records.map(|draft| draft.id)).collect()
    }

    /// Asks for one word. `back`, `quit`, `!` and `?` are understood at every question.
    pub(super) fn ask(&mut self, question: &str) -> Step<String> {
        self.ask_for(question, Takes::Word)
    }

    /// Asks for a text: the whole line. Empty when the person skips it.
    pub(super) fn ask_text(&mut self, question: &str) -> Step<String> {
        let text = self.ask_for(question, Takes::Line)?;
        Ok(if matches!(text.as_str(), "skip" | "." | "done") {
            String::new()
        } else {
            text
        })
    }

    /// Asks for a line as it is, the empty one included; only `back`, `quit`, `!` and `?` mean more than themselves.
    pub(super) fn ask_line(&mut self, question: &str) -> Step<String> {
        self.ask_for(question, Takes::Line)
    }

    fn ask_for(&mut self, question: &str, takes: Takes) -> Step<String> {
        loop {
            if !self.talk.has_rest() {
                if !question.is_empty() {
                    self.say(question)?;
                }
                self.talk.listen()?;
            }
            let answer = match takes {
                Takes::Word => self.talk.word(),
                Takes::Line => self.talk.whole(),
            };
            match (answer.as_str(), takes) {
                ("back", _) => return Err(Stop::Back),
                ("quit", _) | ("q", Takes::Word) => return Err(Stop::Quit),
                ("!", _) => self.help_lines_here()?,
                ("?", _) => self.keys()?,
                _ => return Ok(answer),
            }
        }
    }

    /// Asks until the answer is yes or no; `skip` and an empty line are no.
    pub(super) fn confirm(&mut self, question: &str) -> Step<Reply> {
        loop {
            match self
                .ask(&format!("{question} yes or no?"))?
                .to_lowercase()
                .as_str()
            {
                "yes" | "y" => return Ok(Reply::Yes),
                "no" | "n" | "skip" | "" => return Ok(Reply::No),
                other => self.not_an_answer(other, "yes or no")?,
            }
        }
    }

    /// Asks until a day that is not in the future is given; `None` when it is skipped.
    pub(super) fn ask_day(&mut self, question: &str) -> Step<Option<NaiveDate>> {
        loop {
            let text = self.ask_text(question)?;
            if text.is_empty() {
                return Ok(None);
            }
            match parse_day(&text, &self.now(), self.journal.settings.day_end) {
                Ok(day) if day > self.today() => self.say("That day has not begun yet.")?,
                Ok(day) => return Ok(Some(day)),
                Err(error) => self.say(&words::sentence(&error.to_string()))?,
            }
        }
    }

    /// Asks for a number from 1 to `count`; `None` when it is skipped.
    pub(super) fn ask_number(&mut self, question: &str, count: usize) -> Step<Option<usize>> {
        loop {
            let word = self.ask(question)?;
            if matches!(word.as_str(), "skip" | "" | "done") {
                return Ok(None);
            }
            match word.parse::<usize>() {
                Ok(number) if (1..=count).contains(&number) => return Ok(Some(number)),
                _ => self.not_an_answer(&word, &format!("a number from 1 to {count}, or back"))?,
            }
        }
    }

    /// Says that `word` is no answer here, and lets the rest of its line go.
    pub(super) fn not_an_answer(&mut self, word: &str, wanted: &str) -> Step<()> {
        let word = if word.is_empty() {
            "An empty line".to_owned()
        } else {
            format!("\"{word}\"")
        };
        self.say(&format!("{word} is not an answer here: {wanted}."))?;
        self.talk.drop_rest()
    }
}

/// The id of an entry with words of the person.
fn written(change: &Change) -> Option<EntryId> {
    match change {
        Change::RecordCheckIn(check_in) => Some(check_in.id),
        Change::Record(record) => Some(record.id),
        Change::RecordAttempt(attempt) => Some(attempt.id),
        _ => None,
    }
}

/// How much of a line an answer takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Takes {
    Word,
    Line,
}

/// Turns `back` into "this part is over".
pub(super) fn until_back(outcome: Step<()>) -> Step<()> {
    match outcome {
        Err(Stop::Back) => Ok(()),
        other => other,
    }
}
