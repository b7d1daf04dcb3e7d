//! Symptoms: switch on or off, add own ones, rename them.

use super::session::{Asked, Session};
use super::talk::Step;
use crate::domain::check_in::catalogue::Category;
use crate::domain::check_in::symptom::{Origin, Symptom};
use crate::domain::journal::change::{Change, Switch};
use crate::domain::journal::resting;
use crate::domain::journal::settings::{Setting, switched};

/// Says which symptoms are asked and changes the list.
pub(super) fn page(session: &mut Session<'_>) -> Step<()> {
    let rated = session.journal.symptoms.rated();
    let names: Vec<&str> = rated.map(|symptom| symptom.name.as_str()).collect();
    let (count, names) = (names.len(), names.join(", "));
    session.say(&format!("Asked in check-ins ({count}): {names}."))?;
    loop {
        let word = session.ask(Asked::new(
            "on, off, rest, first, add, rename, list, or done?",
            "on and off: what a check-in asks. rest: a symptom that was 0 for 14 days is asked on Sundays only; the same word ends it. first puts one before the others. add makes a symptom of your own, rename gives one of yours another name, list says all.",
        ))?;
        match word.as_str() {
            "on" => switch(session, Switch::On)?,
            "off" => switch(session, Switch::Off)?,
            "rest" => rest(session)?,
            "first" => first(session)?,
            "add" => add(session)?,
            "rename" => rename(session)?,
            "list" => say_list(session)?,
            "" | "done" | "skip" => return Ok(()),
            other => {
                session.not_an_answer(other, "on, off, rest, first, add, rename, list or done")?;
            }
        }
    }
}

fn say_list(session: &mut Session<'_>) -> Step<()> {
    let resting = &session.journal.settings.resting;
    let line = |symptom: &Symptom| {
        let state = match symptom.rated {
            true if resting.contains(&symptom.code) => "rests",
            true => "on",
            false => "off",
        };
        let own = if symptom.origin == Origin::Own {
            ", own"
        } else {
            ""
        };
        format!(
            "{}: {state}, {}{own}",
            symptom.name,
            symptom.category.label()
        )
    };
    let lines: Vec<String> = session.journal.symptoms.iter().map(line).collect();
    session.say_each(lines)
}

/// Asks for a symptom by name until one is found; `None` when it is skipped.
fn ask_symptom(session: &mut Session<'_>, question: &str) -> Step<Option<Symptom>> {
    loop {
        let text = session.ask_text(Asked::new(
            question,
            "A symptom by its name; a part of it brings the near ones to mind.",
        ))?;
        if text.is_empty() {
            return Ok(None);
        }
        if let Some(symptom) = session.journal.symptoms.find(&text) {
            return Ok(Some(symptom.clone()));
        }
        let lower = text.to_lowercase();
        let names = session
            .journal
            .symptoms
            .iter()
            .map(|symptom| symptom.name.as_str());
        // A part of the name is enough to be reminded, but not to be taken for it.
        let near: Vec<&str> = names
            .filter(|name| name.to_lowercase().contains(&lower))
            .collect();
        let near = if near.is_empty() {
            String::new()
        } else {
            format!(" Near it: {}.", near.join(", "))
        };
        session.say(&format!("There is no symptom called \"{text}\".{near}"))?;
    }
}

fn switch(session: &mut Session<'_>, to: Switch) -> Step<()> {
    session.before_writing()?;
    let word = match to {
        Switch::On => "on",
        Switch::Off => "off",
    };
    let question = format!("Which symptom goes {word}? Its name, or skip.");
    let Some(Symptom {
        key, name, rated, ..
    }) = ask_symptom(session, &question)?
    else {
        return Ok(());
    };
    if rated == (to == Switch::On) {
        return session.say(&format!("{name} is {word} already."));
    }
    session.write_and_tell(&Change::SwitchSymptom { symptom: key, to })
}

/// Lets a symptom rest, or ends its rest.
pub(super) fn rest(session: &mut Session<'_>) -> Step<()> {
    session.before_writing()?;
    let question = "Which symptom rests, or rests no more? Its name, or skip.";
    let Some(symptom) = ask_symptom(session, question)? else {
        return Ok(());
    };
    let today = session.today();
    let (codes, rests) = switched(&session.journal.settings.resting, &symptom.code);
    if rests && let Err(awake) = resting::may_rest(&session.journal, &symptom, today) {
        return session.say(&resting::refusal(&symptom, awake));
    }
    session.write_and_tell(&Change::Set(Setting::Resting(codes)))
}

/// Puts a symptom before all others of its group.
pub(super) fn first(session: &mut Session<'_>) -> Step<()> {
    session.before_writing()?;
    let question = "Which symptom is asked first? Its name, or skip.";
    let Some(symptom) = ask_symptom(session, question)? else {
        return Ok(());
    };
    let codes = session.journal.settings.arranged(vec![symptom.code]);
    session.write_and_tell(&Change::Set(Setting::SymptomOrder(codes)))
}

fn add(session: &mut Session<'_>) -> Step<()> {
    session.before_writing()?;
    let name = session.ask_text(Asked::new(
        "Its name? skip leaves it.",
        "What you call it; check-ins ask for it by this name.",
    ))?;
    if name.is_empty() {
        return session.say("Nothing was added.");
    }
    // A second symptom of one name would split its history.
    if let Some(known) = session.journal.symptoms.find(&name) {
        let line = format!("{} is there already; on switches it on.", known.name);
        return session.say(&line);
    }
    let category = loop {
        let asked = Asked::new(
            "Body or Mind?",
            "Under which of the two check-ins ask for it. skip adds nothing.",
        );
        match session.ask(asked)?.to_lowercase().as_str() {
            "body" | "b" | "physical" => break Category::Physical,
            "mind" | "m" | "psychological" => break Category::Psychological,
            "" | "skip" => return session.say("Nothing was added."),
            other => session.not_an_answer(other, "body or mind")?,
        }
    };
    let (id, code) = (session.new_id(), session.journal.symptoms.own_code(&name));
    let change = Change::AddSymptom {
        key: None,
        id,
        code,
        name,
        category,
    };
    session.write_and_tell(&change)
}

fn rename(session: &mut Session<'_>) -> Step<()> {
    session.before_writing()?;
    let Some(symptom) = ask_symptom(session, "Which own symptom? Its name, or skip.")? else {
        return Ok(());
    };
    // Built-in names are the same in every journal, so that files can be compared.
    if symptom.origin != Origin::Own {
        return session.say("The built-in ones keep their names; your own can be renamed.");
    }
    let name = session.ask_text(Asked::new(
        "Its new name? skip leaves it.",
        "What it is called from now on; its history stays with it.",
    ))?;
    if name.is_empty() {
        return session.say("It keeps its name.");
    }
    let change = Change::RenameSymptom {
        symptom: symptom.key,
        name,
    };
    session.write_and_tell(&change)
}
