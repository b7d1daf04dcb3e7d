//! Exports, the report and copies of the journal: the form, the file, and the report read aloud before it is written.
//!
//! Invariant: nothing is written before its file was named and agreed to; a note is in a report only when it was agreed to.

use super::session::{Asked, Reply, Session};
use super::talk::Step;
use super::{Export, Hands, data, form};
use crate::domain::report::section::{Notes, ReportAsk, Section};
use crate::domain::report::{note_lines, report_of};
use crate::domain::text::words;
use crate::store::CopyKind;
use crate::transfer::csv::Range;
use crate::transfer::report;
use crate::transfer::report::Form;
use crate::transfer::wish::Notes as Going;
use crate::transfer::{Afterwards, Giving, Portion, format};
use std::collections::BTreeSet;

const UNWRITTEN: &str = "Nothing was written.";

/// Asks for a form and a file, and writes it.
pub(super) fn page(
    session: &mut Session<'_>,
    export: &mut Export<'_>,
    hands: &mut Hands<'_>,
) -> Step<()> {
    let words: Vec<&str> = format::offered().map(|layout| layout.word).collect();
    for layout in format::offered() {
        session.say(&format!("{}: {}.", layout.word, layout.about))?;
    }
    session
        .say("study: tables for a study or a clinic: days instead of dates, no words of yours.")?;
    session.say("report: a report for a clinician, read here before it is written.")?;
    let question = format!(
        "Which one? {}, study, report; skip leaves it.",
        words.join(", ")
    );
    let about =
        "The form of the file; each was named above with what it is for. skip writes nothing.";
    let layout = loop {
        match session.ask(Asked::new(&question, about))?.as_str() {
            "" | "skip" => return session.say(UNWRITTEN),
            "report" => return report(session, export),
            "study" => return data::study(session, hands),
            word => match format::called(word) {
                Some(layout) => break layout,
                None => session.not_an_answer(word, "a word of the list, or skip")?,
            },
        }
    };
    write_to_file(
        session,
        export,
        Giving::Export(layout, Portion::usual(layout)),
    )
}

/// The report: its parts, its notes, how it reads, and where it goes.
pub(super) fn report(session: &mut Session<'_>, export: &mut Export<'_>) -> Step<()> {
    let titles = Section::ALL.map(|section| section.title().to_owned());
    session.say(&format!("Parts of a report: {}.", form::numbered(&titles)))?;
    let sections = loop {
        let typed = session.ask_line(Asked::new(
            "Which parts? An empty line or all: all; 1, 6: these alone; no-13: all but this; supporter: for a person who stands by; skip leaves it.",
            "The parts of the report, by their numbers or names with a comma between. supporter leaves out doses, medicines and notes. skip or no: no report.",
        ))?;
        if matches!(
            typed.to_lowercase().as_str(),
            "no" | "n" | "skip" | "." | "done"
        ) {
            return session.say(UNWRITTEN);
        }
        match Section::read(&typed) {
            Ok(sections) => break sections,
            Err(word) => session.say(&format!("There is no part {word}."))?,
        }
    };
    let mut ask = ReportAsk {
        sections,
        ..ReportAsk::default()
    };
    // A note can name other people, so each goes in by consent only.
    if ask.sections.contains(&Section::Notes) {
        ask.notes = picked_notes(session, &ask)?;
    }
    let report = report_of(&session.journal, &ask, &session.now());
    session.say_each(report::sentences(&report))?;
    let question = "Write it to a file? page, markdown, text; skip leaves it.";
    let about = "page is for a browser and for printing, markdown and text for a mail or a note. skip writes nothing.";
    let form = session.ask_until(
        Asked::new(question, about),
        "page, markdown, text or skip",
        |word| match word {
            "" | "skip" | "no" | "n" => Some(None),
            "page" | "yes" | "y" => Some(Some(Form::Html)),
            word => Form::from_word(word).map(Some),
        },
    )?;
    match form {
        Some(form) => {
            let giving = Giving::Report(Box::new(ask), form, Afterwards::Kept);
            write_to_file(session, export, giving)
        }
        None => session.say(UNWRITTEN),
    }
}

/// The notes of the period, each by consent.
fn picked_notes(session: &mut Session<'_>, ask: &ReportAsk) -> Step<Notes> {
    let notes = note_lines(&session.journal, ask, &session.now());
    if notes.is_empty() {
        return Ok(Notes::None);
    }
    let count = words::count(notes.len(), "note", "notes");
    let question = format!("{count} in this time. none, all, or one to be asked of each?");
    let about = "A note can name other people, so it goes in only if you say so: none of them, all, or one after the other.";
    let chosen =
        session.ask_until(
            Asked::new(&question, about),
            "none, all or one",
            |word| match word {
                "" | "none" | "no" | "n" | "skip" => Some(Notes::None),
                "all" => Some(Notes::All),
                "one" | "each" => Some(Notes::Picked(BTreeSet::new())),
                _ => None,
            },
        )?;
    let Notes::Picked(mut picked) = chosen else {
        return Ok(chosen);
    };
    for note in notes {
        let (day, text) = (words::day(note.day), words::sentence(&note.text));
        if session.confirm(&format!("{day}: {text} Take it in?"))? == Reply::Yes {
            picked.insert(note.id);
        }
    }
    Ok(Notes::Picked(picked))
}

/// A copy of the journal, now.
pub(super) fn back_up(session: &mut Session<'_>) -> Step<()> {
    let now = session.now().at.to_utc();
    let line = match session.store.back_up(CopyKind::Ring, now) {
        Ok(copy) => format!("A copy lies in {}.", copy.path.display()),
        Err(error) => words::sentence(&format!(
            "no copy was made: {error}; the journal is as it was"
        )),
    };
    session.say(&line)
}

fn write_to_file(
    session: &mut Session<'_>,
    export: &mut Export<'_>,
    mut giving: Giving,
) -> Step<()> {
    let name = giving.file_name(session.today());
    // A dot is an answer here, where it skips elsewhere.
    let question =
        format!("Which file? Its folder may stand before it; . takes {name}; skip leaves it.");
    let about =
        "Where it is written, and under which name. A file that is there is never written over.";
    let typed = session.ask_line(Asked::new(&question, about))?;
    let path = match typed.as_str() {
        "" | "skip" | "done" => return session.say(UNWRITTEN),
        "." => name,
        typed => typed.to_owned(),
    };
    if agreed(session, &mut giving, &path)? == Reply::No {
        return session.say(UNWRITTEN);
    }
    let (Ok(line) | Err(line)) = export(&session.journal, &giving, &path, &session.now());
    session.say(&line)?;
    match session.store.left_out_text() {
        Some(left_out) => session.say(&left_out),
        None => Ok(()),
    }
}

/// Asks before it is written; of an export also which days, and whether notes go along.
fn agreed(session: &mut Session<'_>, giving: &mut Giving, path: &str) -> Step<Reply> {
    loop {
        let name = giving.name();
        let Giving::Export(layout, portion) = giving else {
            let question =
                format!("Write {name} to {path}? Anyone who can read that file can read it.");
            return session.confirm(&question);
        };
        let days = match (portion.range.from, portion.range.to) {
            (from, to) if from == Range::ALL.from && to == Range::ALL.to => "all days".to_owned(),
            (from, to) if from == Range::ALL.from => format!("to {}", words::plain_day(to)),
            (from, to) if to == Range::ALL.to => format!("from {}", words::plain_day(from)),
            (from, to) => format!("{} to {}", words::plain_day(from), words::plain_day(to)),
        };
        let (held, other) = match (layout.has_notes(), portion.notes) {
            (false, _) => ("", ""),
            (true, Going::Taken) => (", with notes", ", without leaves notes out"),
            (true, Going::Left) => (", without notes", ", with takes notes along"),
        };
        let question = format!(
            "Write {name} ({days}{held}) to {path}? Anyone who can read that file can read it. yes or no; days chooses days{other}."
        );
        let about = "yes writes it. days asks for the first and the last day. A file for somebody else is better without notes.";
        match session.ask(Asked::new(&question, about))?.as_str() {
            "yes" | "y" => return Ok(Reply::Yes),
            "no" | "n" | "skip" | "done" | "" => return Ok(Reply::No),
            "days" => portion.range = data::range(session)?,
            "without" if layout.has_notes() => portion.notes = Going::Left,
            "with" if layout.has_notes() => portion.notes = Going::Taken,
            word => session.not_an_answer(word, "yes, no or days")?,
        }
    }
}
