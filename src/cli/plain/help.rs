//! Help lines and red flags, reachable at every question, and the person's own numbers.
//!
//! Invariant: the numbers are said before anything is asked, unless the person asked to choose a country;
//! numbers are shown with the date on which they were checked, and nothing is dialled or sent.

use super::session::{Asked, Session};
use super::talk::Step;
use crate::domain::entry::saved;
use crate::domain::entry::saved::TakeBack;
use crate::domain::journal::change::Change;
use crate::domain::journal::settings::{OwnHelpLine, Setting};
use crate::domain::safety::help_lines::{HelpRow, help};

/// Help lines from the menu; the country is asked at first use.
pub(super) fn page(session: &mut Session<'_>) -> Step<()> {
    // The numbers come before the question: a person who needs them now is asked nothing first.
    if session.journal.settings.country.is_none() {
        say_lines(session)?;
        return country(session);
    }
    say_lines(session)
}

/// Help lines in the middle of another question: said, nothing asked.
pub(super) fn lines_here(session: &mut Session<'_>) -> Step<()> {
    say_lines(session)?;
    session.say("That was help lines. Your question again:")
}

fn say_lines(session: &mut Session<'_>) -> Step<()> {
    let own = session.journal.settings.help_lines.iter();
    let own: Vec<String> = own
        .map(|line| {
            let mark = session.journal.mark_of(line.id);
            let mark = mark.map_or_else(String::new, |mark| format!(", {mark}"));
            format!("{}: {}. Your own{mark}.", line.name, line.contact)
        })
        .collect();
    // Own numbers first: the people whom the person chose are the nearest help.
    session.say_each(own)?;
    let country = session.journal.settings.country.clone();
    if let Some(code) = &country {
        let known = help().country(code).filter(|country| country.code == "*");
        let code = known.map_or(code.as_str(), |country| country.name);
        session.say(&format!("Help lines, {code}. country chooses another."))?;
    } else {
        session.say("No country is chosen: country, from the menu, shows all lines of one. First what is answered at any time:")?;
    }
    for row in help().rows_for(country.as_deref()) {
        match row {
            HelpRow::Line(line) => {
                session.say(&format!("{}. {}", line.sentence(), line.details()))?;
            }
            HelpRow::AtOnce(at_once) => session.say(&at_once)?,
            HelpRow::Absent(absent) => session.say(absent)?,
        }
    }
    session.say("Red flags:")?;
    let flags = help().red_flags.iter();
    session
        .say_each(flags.map(|flag| format!("{} ({}): {}", flag.sign, flag.level, flag.action)))?;
    session.say("One of them happened? sign, from the menu, notes which and when.")
}

/// Asks whose help lines are shown. Never guessed.
pub(super) fn country(session: &mut Session<'_>) -> Step<()> {
    session.before_writing()?;
    let question = format!(
        "Which country? {}; skip leaves it.",
        help().words_of_countries()
    );
    let about = "Whose numbers are shown first: the two letters of a country, or its name; other is any that is not listed. It can be changed at any time with country.";
    let code = loop {
        let typed = session.ask_text(Asked::new(&question, about))?;
        // Skipped: the country stays open and is never guessed.
        if typed.is_empty() {
            return Ok(());
        }
        match help().meant(&typed) {
            Some(country) => break country.code,
            None => session.not_an_answer(&typed, "one of these words, or skip")?,
        }
    };
    let change = Change::Set(Setting::Country(code.to_owned()));
    let before = session.journal.clone();
    if session.write(&change)?.is_some() {
        session.say(&saved::notice(
            &before,
            &change,
            &session.now(),
            TakeBack::Word,
        ))?;
        say_lines(session)?;
    }
    Ok(())
}

/// The person's own numbers.
pub(super) fn own_numbers(session: &mut Session<'_>) -> Step<()> {
    let own = session.journal.settings.help_lines.clone();
    if own.is_empty() {
        session.say("Own numbers: none yet.")?;
    }
    let lines = own.iter().map(|line| {
        let mut parts = vec![line.name.clone(), line.contact.clone()];
        parts.extend(session.journal.mark_of(line.id));
        parts.join(", ")
    });
    let lines: Vec<String> = lines.collect();
    session.say_numbered(lines)?;
    let about = "add notes a number of a person you trust; delete takes one out; it stands first among the help lines.";
    match session
        .ask(Asked::new("add, delete, or back?", about))?
        .as_str()
    {
        "add" | "a" => add_number(session),
        "delete" if own.is_empty() => session.say("There is none to delete."),
        "delete" => match session.pick("Which number?", &own)? {
            Some(line) => session.delete(
                &format!("Delete {}?", line.name),
                &Change::DeleteHelpLine(line.id),
            ),
            None => Ok(()),
        },
        "" | "skip" | "done" => Ok(()),
        other => session.not_an_answer(other, "add, delete or back"),
    }
}

fn add_number(session: &mut Session<'_>) -> Step<()> {
    session.before_writing()?;
    let mut answers = [String::new(), String::new()];
    let questions = [
        "Whose number is it?",
        "The number, or whatever else reaches them?",
    ];
    for (question, answer) in questions.into_iter().zip(&mut answers) {
        let about =
            "A line of your own about a person you can call or write to. skip adds nothing.";
        *answer = session.ask_text(Asked::new(question, about))?;
        if answer.is_empty() {
            return session.say("Nothing was added.");
        }
    }
    let ([name, contact], id) = (answers, session.new_id());
    session.write_and_tell(&Change::RecordHelpLine(OwnHelpLine { id, name, contact }))
}
