//! What can be given back, in sentences: the form, the file, and the report read aloud before it is written.
//!
//! Invariant: nothing is written before its file was named and agreed to; a note is in a report only when it was agreed to.

use super::session::{Reply, Session};
use super::talk::Step;
use crate::domain::report::section::{Notes, ReportAsk, Section};
use crate::domain::text::words;
use crate::store::CopyKind;
use crate::transfer::report;
use crate::transfer::report::Form;
use crate::transfer::{Afterwards, Giving, format};
use std::collections::BTreeSet;

/// Lines of the report are at most this wide.
const WIDTH: usize = 76;

impl Session<'_> {
    /// Asks for a form and a file, and writes it.
    pub(super) fn give_back(&mut self) -> Step<()> {
        let words: Vec<&str> = format::offered().map(|layout| layout.word).collect();
        for layout in format::offered() {
            self.say(&format!("{}: {}.", layout.word, layout.about))?;
        }
        self.say("report: a report for a clinician, read here before it is written.")?;
        let asked = format!("Which one? {}, report; skip leaves it.", words.join(", "));
        let layout = loop {
            let typed = self.ask(&asked)?;
            match typed.as_str() {
                "" | "skip" | "back" => return self.say("Nothing was written."),
                "report" => return self.report(),
                typed => match format::offered().find(|layout| layout.word == typed) {
                    Some(layout) => break layout,
                    None => self.not_an_answer(typed, "a word of the list, or skip")?,
                },
            }
        };
        self.write_to_file(&Giving::Export(layout))
    }

    /// The report: its parts, its notes, how it reads, and where it goes.
    pub(super) fn report(&mut self) -> Step<()> {
        let parts = Section::ALL.map(Section::code).join(", ");
        self.say(&format!("Parts of a report: {parts}."))?;
        let sections = loop {
            let typed = self.ask_text(
                "Which parts? Empty or all: all; no-use,no-notes leaves out; supporter is for a person who stands by.",
            )?;
            match Section::read(&typed) {
                Ok(sections) => break sections,
                Err(word) => self.say(&format!("There is no part {word}."))?,
            }
        };
        let mut ask = ReportAsk {
            sections,
            ..ReportAsk::default()
        };
        if ask.sections.contains(&Section::Notes) {
            ask.notes = self.picked_notes(&ask)?;
        }
        let now = self.now();
        let report = self.journal.report(&ask, &now);
        for line in report::text(&report, WIDTH) {
            self.say(&line)?;
        }
        let form = loop {
            let typed = self.ask("Write it to a file? page, markdown, text; skip leaves it.")?;
            match typed.as_str() {
                "" | "skip" | "back" | "no" | "n" => return self.say("Nothing was written."),
                "page" | "yes" | "y" => break Form::Html,
                typed => match Form::from_word(typed) {
                    Some(form) => break form,
                    None => self.not_an_answer(typed, "page, markdown, text or skip")?,
                },
            }
        };
        self.write_to_file(&Giving::Report(Box::new(ask), form, Afterwards::Kept))
    }

    /// The notes of the period, each by consent.
    fn picked_notes(&mut self, ask: &ReportAsk) -> Step<Notes> {
        let now = self.now();
        let lines = self.journal.report_notes(ask, &now);
        if lines.is_empty() {
            return Ok(Notes::None);
        }
        let count = words::count(lines.len(), "note", "notes");
        let chosen = loop {
            let typed = self.ask(&format!(
                "{count} in this time. none, all, or one to be asked of each?"
            ))?;
            match typed.as_str() {
                "" | "none" | "no" | "n" | "skip" => return Ok(Notes::None),
                "all" => return Ok(Notes::All),
                "one" | "each" => break lines,
                typed => self.not_an_answer(typed, "none, all or one")?,
            }
        };
        let mut picked = BTreeSet::new();
        for line in chosen {
            let day = words::day(line.day);
            if self.confirm(&format!(
                "{day}: {} Take it in?",
                words::sentence(&line.text)
            ))? == Reply::Yes
            {
                picked.insert(line.id);
            }
        }
        Ok(Notes::Picked(picked))
    }

    /// A copy of the journal, now.
    pub(super) fn back_up(&mut self) -> Step<()> {
        let now = self.now().at.to_utc();
        let said = match self.store.back_up(CopyKind::Ring, now) {
            Ok(copy) => format!("A copy lies in {}.", copy.path.display()),
            Err(error) => words::sentence(&format!(
                "no copy was made: {error}; the journal is as it was"
            )),
        };
        self.say(&said)
    }

    fn write_to_file(&mut self, giving: &Giving) -> Step<()> {
        let name = giving.file_name(self.today());
        // A dot is an answer here, where it skips elsewhere.
        let typed = self.ask_line(&format!(
            "Which file? Its folder may stand before it; . takes {name}; skip leaves it."
        ))?;
        let path = match typed.as_str() {
            "" | "skip" | "done" => return self.say("Nothing was written."),
            "." => name,
            typed => typed.to_owned(),
        };
        if self.confirm(&format!(
            "Write {} to {path}? Anyone who can read that file can read it.",
            giving.name()
        ))? == Reply::No
        {
            return self.say("Nothing was written.");
        }
        let now = self.now();
        let said = match (self.export)(&self.journal, giving, &path, &now) {
            Ok(said) | Err(said) => said,
        };
        self.say(&said)?;
        match self.store.left_out_told() {
            Some(told) => self.say(&told),
            None => Ok(()),
        }
    }
}
