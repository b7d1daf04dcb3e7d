//! The services that all pages share: the journal as it stands, the questions, and the one way of writing.

use super::Gate;
use super::talk::{Step, Stop, Talk, numbered};
use crate::domain::entry::exchanged::Way;
use crate::domain::entry::saved::TakeBack;
use crate::domain::entry::unchanged::written;
use crate::domain::entry::unsaved_words::Unkept;
use crate::domain::entry::{after_save, exchanged, saved};
use crate::domain::id::{EntryId, IdSource};
use crate::domain::journal::Journal;
use crate::domain::journal::change::Change;
use crate::domain::journal::draft::Draft;
use crate::domain::text::words;
use crate::domain::time::Now;
use crate::domain::time::display::Manner;
use crate::domain::time::parse::{Toward, parse_past_day};
use crate::store::{Applied, Place, Result as Stored, Store, place};
use crate::tui::theme::Theme;
use chrono::{NaiveDate, TimeDelta};
use std::collections::BTreeMap;
use std::fmt::Display;
use std::path::Path;

/// A page that can be opened in the middle of a question.
pub(super) type Page = fn(&mut Session<'_>) -> Step<()>;

/// A question, and the sentence that explains it: nothing is asked here that `?` could not explain.
#[derive(Debug, Clone, Copy)]
pub(super) struct Asked<'q> {
    question: &'q str,
    about: &'q str,
}

impl<'q> Asked<'q> {
    pub(super) const fn new(question: &'q str, about: &'q str) -> Self {
        Self { question, about }
    }
}

/// The words that explain a question, and every word of the menu.
pub(super) const EXPLAINED: (&str, &str) = ("?", "??");

/// The services of one conversation. A page keeps its own state.
pub(super) struct Session<'a> {
    pub(super) talk: Talk<'a>,
    pub(super) store: &'a mut Store,
    pub(super) journal: Journal,
    /// How days and times are said.
    pub(super) manner: Manner,
    /// Older drafts that the person left as they are. Several pages lead to a check-in, and none may ask about them again.
    pub(super) left_drafts: Vec<EntryId>,
    clock: &'a dyn Fn() -> Now,
    ids: IdSource,
    /// The pages that open at every question. They are handed in, because those pages need a session themselves.
    everywhere: &'static [(&'static str, Page)],
    /// Whether a word is one of the menu, which needs a session itself.
    pub(super) is_of_menu: fn(&str) -> bool,
    /// The signs that a chart is drawn with.
    pub(super) theme: Theme,
    /// Entries that could neither be saved nor kept as drafts: they exist in this conversation alone.
    pub(super) unkept: BTreeMap<EntryId, Unkept>,
    /// The place of the journal's file, as it was said.
    place: Place,
    /// Whether the safety text was said in this conversation, so that it is not repeated.
    pub(super) has_said_safety: bool,
    /// What it locks and hides with.
    pub(super) gate: Gate<'a>,
    /// After so long a pause it locks by itself.
    pub(super) idle: Option<TimeDelta>,
    /// The word that a number chose; it is said before the next question.
    chosen: Option<String>,
}

/// What answers a yes-or-no question.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Reply {
    Yes,
    No,
}

impl<'a> Session<'a> {
    pub(super) fn new(
        store: &'a mut Store,
        talk: Talk<'a>,
        clock: &'a dyn Fn() -> Now,
        ids: IdSource,
        manner: Manner,
        everywhere: &'static [(&'static str, Page)],
        theme: Theme,
    ) -> Stored<Self> {
        let journal = store.load(None)?;
        Ok(Self {
            talk,
            store,
            journal,
            manner,
            left_drafts: Vec::new(),
            clock,
            ids,
            everywhere,
            is_of_menu: |_| false,
            theme,
            unkept: BTreeMap::new(),
            place: Place::Usual,
            has_said_safety: false,
            gate: Gate {
                ask: None,
                clearing: None,
            },
            idle: None,
            chosen: None,
        })
    }

    pub(super) fn say(&mut self, text: &str) -> Step<()> {
        self.talk.say(text)
    }

    /// Says each line.
    pub(super) fn say_each(&mut self, lines: impl IntoIterator<Item: AsRef<str>>) -> Step<()> {
        let mut lines = lines.into_iter();
        lines.try_for_each(|line| self.say(line.as_ref()))
    }

    /// Says each line with its number, from 1: what [`Session::pick`] asks for.
    pub(super) fn say_numbered<L: Display>(
        &mut self,
        lines: impl IntoIterator<Item = L>,
    ) -> Step<()> {
        let mut lines = (1..).zip(lines);
        lines.try_for_each(|(number, line): (usize, L)| self.say(&format!("{number}: {line}")))
    }

    pub(super) fn now(&self) -> Now {
        (self.clock)().with_manner(self.manner)
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
        self.look()?;
        // Reading the whole journal takes time, so only where another program wrote.
        if self.store.was_changed_elsewhere()? {
            self.journal = self.store.load(None)?;
        }
        Ok(())
    }

    /// Looks where the journal's file is, and says so when that changed.
    pub(super) fn look(&mut self) -> Step<()> {
        let place = match self.store.follow() {
            Place::Renewed => Place::Usual,
            place => place,
        };
        self.read_renewed()?;
        if place == self.place {
            return Ok(());
        }
        self.place = place;
        let path = self.store.path().map(Path::to_owned).unwrap_or_default();
        match self.place.banner(&path) {
            Some((whole, _)) => self.say(&whole),
            None => self.say(&format!(
                "The journal at {} can be written again.",
                path.display()
            )),
        }
    }

    /// Reads the journal anew after another file of it was opened.
    fn read_renewed(&mut self) -> Step<()> {
        if !self.store.take_renewal() {
            return Ok(());
        }
        self.journal = self.store.load(None)?;
        self.say(place::RENEWED)
    }

    /// Turns back before the first question of what would end in a write, if the journal is read-only.
    pub(super) fn before_writing(&mut self) -> Step<()> {
        if self.place != Place::ReadOnly {
            return Ok(());
        }
        self.say(place::READ_ONLY)?;
        self.talk.drop_rest()?;
        Err(Stop::Back)
    }

    /// The words of the entries that are on no disk.
    pub(super) fn unkept_words(&self) -> String {
        let words: Vec<&str> = self.unkept.values().map(Unkept::words).collect();
        words.join("\n")
    }

    /// Tries once more to keep the drafts that the disk refused: it may have room again.
    pub(super) fn keep_again(&mut self) {
        let now = self.now().at.to_utc();
        let store = &mut *self.store;
        self.unkept.retain(|_, unkept| match unkept.draft() {
            Some(Draft::CheckIn(draft)) => store.keep_draft(draft, now).is_err(),
            Some(Draft::Record(draft)) => store.keep_record_draft(draft, now).is_err(),
            None => true,
        });
    }

    /// Saves again what could not be saved; whether everything is on the disk now.
    pub(super) fn save_again(&mut self) -> Step<bool> {
        self.look()?;
        let changes: Vec<Change> = self
            .unkept
            .values()
            .filter_map(Unkept::change)
            .cloned()
            .collect();
        for change in changes {
            self.write_and_tell(&change)?;
        }
        self.keep_again();
        Ok(self.unkept.is_empty())
    }

    /// How many entries are lost when the conversation ends now.
    pub(super) fn unkept(&self) -> usize {
        self.unkept.len()
    }

    /// Writes `change` as one step and reads back what it touched. What cannot be saved is said; `None` then.
    pub(super) fn write(&mut self, change: &Change) -> Step<Option<Applied>> {
        self.write_all(std::slice::from_ref(change))
    }

    /// [`Session::write`] of several changes, which are one step.
    pub(super) fn write_all(&mut self, changes: &[Change]) -> Step<Option<Applied>> {
        let now = self.now().at.to_utc();
        let outcome = if self.store.holds_already(&self.journal, changes) {
            self.unchanged(changes)
        } else {
            self.store.apply(changes, now)
        };
        let unkept = changes.iter();
        let today = self.today();
        let unkept = unkept.filter_map(|change| Unkept::of(change, &self.journal, today));
        for (id, unkept) in unkept.collect::<Vec<_>>() {
            match &outcome {
                Ok(_) => self.unkept.remove(&id),
                Err(_) => self.unkept.insert(id, unkept),
            };
        }
        // An entry that was not saved is safe as long as its draft is on the disk.
        let drafts = self.kept_ids();
        self.unkept.retain(|id, _| !drafts.contains(id));
        self.read_back(outcome)
    }

    /// A save of what stands there already: nothing is written, and its draft has done its work.
    fn unchanged(&mut self, changes: &[Change]) -> Stored<Applied> {
        for id in written(changes) {
            self.store.drop_draft(id)?;
        }
        Ok(Applied::nothing())
    }

    /// [`Session::write`] followed by `line` when it worked.
    pub(super) fn write_and_say(&mut self, change: &Change, line: &str) -> Step<()> {
        let before = self.journal.clone();
        if self.write(change)?.is_some() {
            self.say(line)?;
            self.say_quiet(&before, change, None)?;
        }
        Ok(())
    }

    /// [`Session::write`] followed by what it did and the way to take it back, in the words of every face.
    pub(super) fn write_and_tell(&mut self, change: &Change) -> Step<()> {
        let line = saved::notice(&self.journal, change, &self.now(), TakeBack::Word);
        self.write_and_say(change, &line)
    }

    /// Says the quiet line that belongs after the save of `change`, unless `sentence` said the same; `before` is the journal as
    /// it was.
    pub(super) fn say_quiet(
        &mut self,
        before: &Journal,
        change: &Change,
        sentence: Option<&str>,
    ) -> Step<()> {
        let quiet = after_save::calm_line(
            (before, &self.journal),
            std::slice::from_ref(change),
            &self.now(),
        );
        match quiet.filter(|quiet| sentence != Some(quiet)) {
            Some(quiet) => self.say(&quiet),
            None => Ok(()),
        }
    }

    /// Carries out `deletion` after a yes.
    pub(super) fn delete(&mut self, question: &str, deletion: &Change) -> Step<()> {
        self.before_writing()?;
        match self.confirm(question)? {
            Reply::Yes => self.write_and_tell(deletion),
            Reply::No => self.say("It stays."),
        }
    }

    pub(super) fn undo(&mut self) -> Step<()> {
        let now = self.now().at.to_utc();
        let outcome = self.store.undo(now);
        self.exchanged(Way::Undo, outcome)
    }

    pub(super) fn redo(&mut self) -> Step<()> {
        let now = self.now().at.to_utc();
        let outcome = self.store.redo(now);
        self.exchanged(Way::Redo, outcome)
    }

    /// Undoes or redoes where `word` asks for it, in the lists of a page as at the menu; whether it did.
    pub(super) fn took_back(&mut self, word: &str) -> Step<bool> {
        match word {
            "undo" | "z" => self.undo()?,
            "redo" | "Z" => self.redo()?,
            _ => return Ok(false),
        }
        Ok(true)
    }

    fn exchanged(&mut self, way: Way, outcome: Stored<Applied>) -> Step<()> {
        let before = self.journal.clone();
        let Some(applied) = self.read_back(outcome)? else {
            return Ok(());
        };
        let (sides, step) = ((&before, &self.journal), (&applied.label, &*applied.rows));
        let line = exchanged::line(way, sides, step, &self.now());
        self.say(&words::sentence(&line))
    }

    fn read_back(&mut self, outcome: Stored<Applied>) -> Step<Option<Applied>> {
        match outcome {
            Ok(applied) => {
                // Only the days that changed are read again.
                match self.store.refresh(&self.journal, &applied.days) {
                    Ok(journal) => self.journal = journal,
                    // The write is on the disk already, so the conversation must not end as if it were not.
                    Err(error) => self.say(&error.of_reading_back())?,
                }
                Ok(Some(applied))
            }
            Err(error) => {
                self.say(&words::sentence(&error.to_string()))?;
                self.read_renewed()?;
                Ok(None)
            }
        }
    }

    /// Asks for one word. `back`, `quit`, `!`, `?` and `??` are understood at every question.
    pub(super) fn ask(&mut self, asked: Asked<'_>) -> Step<String> {
        self.ask_for(asked, Takes::Word)
    }

    /// Asks for a text: the whole line. Empty when the person skips it.
    pub(super) fn ask_text(&mut self, asked: Asked<'_>) -> Step<String> {
        let text = self.ask_for(asked, Takes::Line)?;
        Ok(if matches!(text.as_str(), "skip" | "." | "done") {
            String::new()
        } else {
            text
        })
    }

    /// Asks for a line as it is, the empty one included; only `back`, `quit`, `!`, `?` and `??` mean more than themselves.
    pub(super) fn ask_line(&mut self, asked: Asked<'_>) -> Step<String> {
        self.ask_for(asked, Takes::Line)
    }

    /// Keeps the word that a number chose, to be said before the next question: a slip is heard there.
    pub(super) fn confirm_word(&mut self, word: &str) {
        self.chosen = Some(words::sentence(word));
    }

    /// Lets go the word of [`Session::confirm_word`], where the next question has it.
    pub(super) fn forget_word(&mut self) {
        self.chosen = None;
    }

    fn ask_for(&mut self, asked: Asked<'_>, takes: Takes) -> Step<String> {
        loop {
            if !self.talk.has_rest() {
                let chosen = self
                    .chosen
                    .take()
                    .map_or_else(String::new, |word| word + " ");
                self.listen(&match asked.question {
                    "" => String::new(),
                    question => chosen + question,
                })?;
            }
            let answer = match takes {
                Takes::Word => self.talk.word(),
                Takes::Line => self.talk.whole(),
            };
            match (answer.as_str(), takes) {
                ("back", _) => return Err(Stop::Back),
                // In a text "q" is a letter; only the whole word ends the conversation there.
                ("quit", _) | ("q", Takes::Word) => return Err(Stop::Quit),
                (word, _) if word == EXPLAINED.0 => self.explain(asked)?,
                (word, _) => match self.everywhere.iter().find(|(known, _)| *known == word) {
                    Some((_, page)) => page(self)?,
                    None => return Ok(answer),
                },
            }
        }
    }

    /// What the question is about, and where the other words are.
    fn explain(&mut self, asked: Asked<'_>) -> Step<()> {
        self.say(asked.about)?;
        let (this, all) = EXPLAINED;
        self.say(&format!(
            "Everywhere: back, quit, ! help lines, {this} the question, {all} the words of the menu."
        ))?;
        self.talk.drop_rest()
    }

    /// Asks until the answer is yes or no; `skip` and an empty line are no.
    pub(super) fn confirm(&mut self, question: &str) -> Step<Reply> {
        let question = format!("{question} yes or no?");
        loop {
            let asked = Asked::new(
                &question,
                "yes does it. no, or an empty line, changes nothing.",
            );
            match self.ask(asked)?.to_lowercase().as_str() {
                "yes" | "y" => return Ok(Reply::Yes),
                "no" | "n" | "skip" | "" => return Ok(Reply::No),
                other => self.not_an_answer(other, "yes or no")?,
            }
        }
    }

    /// Asks until a day that is not in the future is given; `None` when it is skipped.
    pub(super) fn ask_day(&mut self, question: &str) -> Step<Option<NaiveDate>> {
        loop {
            let about = format!(
                "A day that has begun: today, {}. skip, or an empty line, names none.",
                Toward::Past.days()
            );
            let text = self.ask_text(Asked::new(question, &about))?;
            if text.is_empty() {
                return Ok(None);
            }
            match self.begun_day(&text) {
                Ok(day) => {
                    self.say(&format!("= {}.", words::day(day)))?;
                    return Ok(Some(day));
                }
                Err(refusal) => self.say(&refusal)?,
            }
        }
    }

    /// The day that `text` names; the refusal in a sentence when it names none, or one in the future.
    pub(super) fn begun_day(&self, text: &str) -> Result<NaiveDate, String> {
        let day = parse_past_day(text, &self.now(), self.journal.settings.day_end);
        day.map_err(|error| words::sentence(&error.to_string()))
    }

    /// Asks until `read` understands the word; `wanted` says what it would understand.
    pub(super) fn ask_until<T>(
        &mut self,
        asked: Asked<'_>,
        wanted: &str,
        read: impl Fn(&str) -> Option<T>,
    ) -> Step<T> {
        loop {
            let word = self.ask(asked)?;
            match read(&word) {
                Some(answer) => return Ok(answer),
                None => self.not_an_answer(&word, wanted)?,
            }
        }
    }

    /// Asks for one of `list` by its number; `None` when it is skipped.
    pub(super) fn pick<'l, T>(&mut self, question: &str, list: &'l [T]) -> Step<Option<&'l T>> {
        let wanted = format!("a number from 1 to {}, or back", list.len());
        let about = "A number of the list that was said. skip, or an empty line, chooses none.";
        self.ask_until(Asked::new(question, about), &wanted, |word| match word {
            "" | "skip" | "done" => Some(None),
            word => numbered(word, list).map(Some),
        })
    }

    /// [`Session::pick`] without a question where the list has one row.
    pub(super) fn pick_or_only<'l, T>(
        &mut self,
        question: &str,
        list: &'l [T],
    ) -> Step<Option<&'l T>> {
        let [only] = list else {
            return self.pick(question, list);
        };
        // "edit 1" is as good as "edit".
        if self.talk.has_rest() {
            let word = self.talk.word();
            if word != "1" {
                self.talk.put_back(&word);
            }
        }
        Ok(Some(only))
    }

    /// Says that `word` is no answer here, and lets the rest of its line go.
    pub(super) fn not_an_answer(&mut self, word: &str, wanted: &str) -> Step<()> {
        if matches!(word, "undo" | "z") {
            self.say("Nothing here is saved yet, so there is nothing to take back. back is the question before; after the page is left, undo takes the last step back.")?;
            return self.talk.drop_rest();
        }
        let word = if word.is_empty() {
            "An empty line".to_owned()
        } else {
            format!("\"{word}\"")
        };
        self.say(&format!("{word} is not an answer here: {wanted}."))?;
        self.talk.drop_rest()
    }
}

/// How much of a line an answer takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Takes {
    Word,
    Line,
}

/// Turns `back` into "this page is over".
pub(super) fn until_back(outcome: Step<()>) -> Step<()> {
    match outcome {
        Err(Stop::Back) => Ok(()),
        other => other,
    }
}
