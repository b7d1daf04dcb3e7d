//! `ebb symptom`: lists symptoms, switches them on and off, adds and renames own ones.

use crate::cli::failure::{Failure, Outcome};
use crate::cli::output;
use crate::cli::output::entry_json;
use crate::cli::session::{Reply, Session};
use crate::domain::care::measurement::SLEEP_HOURS;
use crate::domain::care::something_good;
use crate::domain::check_in::catalogue::Category;
use crate::domain::check_in::symptom::{Origin, Symptom, Symptoms};
use crate::domain::entry::saved;
use crate::domain::entry::saved::TakeBack;
use crate::domain::journal::Journal;
use crate::domain::journal::change::{Change, Switch};
use crate::domain::journal::resting;
use crate::domain::journal::settings::{OptionalLine, Setting};
use crate::domain::text::suggest::{Beginning, how_far, nearest};
use crate::domain::text::words;
use crate::store::Store;
use serde_json::json;
use std::fmt::Write as _;

#[derive(Debug, clap::Args)]
#[command(before_help = "\
Examples:
  ebb symptom list                                    every symptom with its id
  ebb symptom on restless_legs                        check-ins ask for it
  ebb symptom add \"Cold feet\" --category physical     an own one, own_cold_feet
  ebb symptom rest yawning                            asked on Sundays, where it was 0 for 14 days
  ebb symptom rename own_cold_feet \"Cold hands\"       the id stays")]
pub(crate) struct Args {
    #[command(subcommand)]
    act: Act,
}

#[derive(Debug, clap::Subcommand)]
enum Act {
    /// Every symptom with its id, and whether check-ins ask for it
    #[command(before_help = "\
Examples:
  ebb symptom list")]
    List {
        /// For scripts
        #[arg(long)]
        json: bool,
    },
    /// Ask for symptoms in check-ins, or for something good
    #[command(before_help = "\
Examples:
  ebb symptom on restless_legs
  ebb symptom on something_good
  ebb symptom on sleep_hours                    a line for the hours slept")]
    On {
        /// Ids or names
        #[arg(required = true, value_name = "SYMPTOM")]
        symptoms: Vec<String>,
    },
    /// Ask no longer; what was rated stays
    #[command(before_help = "\
Examples:
  ebb symptom off restless_legs")]
    Off {
        /// Ids or names
        #[arg(required = true, value_name = "SYMPTOM")]
        symptoms: Vec<String>,
    },
    /// Let symptoms rest that were 0 for 14 days: they are asked on Sundays; `on` ends it
    #[command(before_help = "\
Examples:
  ebb symptom rest yawning
  ebb symptom on restless_legs      asked every day again")]
    Rest {
        /// Ids or names
        #[arg(required = true, value_name = "SYMPTOM")]
        symptoms: Vec<String>,
    },
    /// Ask for these first, in this order
    #[command(before_help = "\
Examples:
  ebb symptom first anxiety craving")]
    First {
        /// Ids or names
        #[arg(required = true, value_name = "SYMPTOM")]
        symptoms: Vec<String>,
    },
    /// Add an own symptom
    #[command(before_help = "\
Examples:
  ebb symptom add \"Cold feet\" --category physical")]
    Add {
        /// Its name
        name: String,
        /// physical or psychological
        #[arg(long, value_parser = category, value_name = "physical|psychological")]
        category: Category,
    },
    /// Give an own symptom another name
    #[command(before_help = "\
Examples:
  ebb symptom rename own_cold_feet \"Cold hands\"")]
    Rename {
        /// Id or name
        symptom: String,
        /// The new name
        name: String,
    },
}

fn category(text: &str) -> Result<Category, String> {
    let text = text.to_lowercase();
    // The screens say Body and Mind, the files physical and psychological.
    let by_screen = match text.as_str() {
        "body" => Some(Category::Physical),
        "mind" => Some(Category::Psychological),
        _ => None,
    };
    by_screen
        .or_else(|| Category::from_code(&text))
        .ok_or_else(|| "one of: physical, psychological".to_owned())
}

/// The symptom that `text` means: its code, its name, or the beginning of a word that no other name has.
pub(crate) fn meant<'a>(text: &str, symptoms: &'a Symptoms) -> Outcome<&'a Symptom> {
    match symptoms.meant(text) {
        Beginning::One(symptom) => Ok(symptom),
        Beginning::None => Err(unknown(text, symptoms)),
        Beginning::Several(several) => {
            let names: Vec<&str> = several.iter().map(|one| one.name.as_str()).collect();
            Err(Failure::usage(format!(
                "\"{}\" can be {}; more of the name tells them apart. Nothing was changed.",
                text.trim(),
                names.join(" or ")
            )))
        }
    }
}

/// The refusal of an unknown symptom, with similar names.
pub(crate) fn unknown(text: &str, symptoms: &Symptoms) -> Failure {
    let name = text.trim().to_lowercase();
    let far = |code: &str, called: &str| how_far(&name, code, called);
    let all = symptoms.iter();
    let near = nearest(all.map(|one| (far(&one.code, &one.name), one.name.as_str())));
    let hint = if near.is_empty() {
        "`ebb symptom list` names them.".to_owned()
    } else {
        format!("did you mean {}?", near.join(", "))
    };
    Failure::usage(format!(
        "the journal has no symptom \"{text}\"; {hint} Nothing was changed."
    ))
}

pub(crate) fn run(args: &Args, session: &mut Session) -> Outcome {
    match &args.act {
        Act::List { json } => {
            let symptoms = match session.open_if_there()? {
                Some(store) => store.symptoms()?,
                None => Symptoms::built_in(),
            };
            if *json {
                output::json(&as_json(&symptoms))
            } else {
                session.pager.text(&listing(&symptoms))
            }
        }
        Act::On { symptoms } => switch(symptoms, Switch::On, session),
        Act::Off { symptoms } => switch(symptoms, Switch::Off, session),
        Act::Rest { symptoms } => rest(symptoms, session),
        Act::First { symptoms } => first(symptoms, session),
        Act::Add { name, category } => add(name, *category, session),
        Act::Rename { symptom, name } => rename(symptom, name, session),
    }
}

/// The setting of an optional line.
type SetLine = fn(OptionalLine) -> Setting;

/// An optional line of the check-in that `typed` names, which is asked like a symptom and is none: its name, and its setting.
fn optional_line(typed: &str) -> Option<(&'static str, SetLine)> {
    let typed = typed.trim().to_lowercase().replace([' ', '-'], "_");
    match typed.as_str() {
        something_good::CODE => Some(("Something good", Setting::SomethingGood)),
        SLEEP_HOURS => Some(("Hours slept", Setting::SleepLine)),
        _ => None,
    }
}

/// Lets symptoms rest that may.
fn rest(names: &[String], session: &Session) -> Outcome {
    let mut store = session.open()?;
    let journal = store.load(None)?;
    let today = session.now.today(journal.settings.day_end);
    let mut codes = journal.settings.resting.clone();
    for name in names {
        let symptom = find(name, &journal.symptoms)?;
        if let Err(awake) = resting::may_rest(&journal, symptom, today) {
            let why = resting::refusal(symptom, awake);
            return Err(Failure::usage(format!("{why} Nothing was changed.")));
        }
        if !codes.contains(&symptom.code) {
            codes.push(symptom.code.clone());
        }
    }
    let change = Change::Set(Setting::Resting(codes));
    let line = saved::notice(&journal, &change, &session.now, TakeBack::Verb);
    session.write(&mut store, &journal, &[change])?;
    output::say(&line);
    Ok(())
}

/// Puts symptoms first in a check-in, in the given order.
fn first(names: &[String], session: &Session) -> Outcome {
    let mut store = session.open()?;
    let journal = store.load(None)?;
    let mut codes = Vec::new();
    for name in names {
        codes.push(find(name, &journal.symptoms)?.code.clone());
    }
    let change = Change::Set(Setting::SymptomOrder(journal.settings.arranged(codes)));
    let line = saved::notice(&journal, &change, &session.now, TakeBack::Verb);
    session.write(&mut store, &journal, &[change])?;
    output::say(&line);
    Ok(())
}

fn listing(symptoms: &Symptoms) -> String {
    let mut text = String::new();
    for (title, category) in [
        ("Body", Category::Physical),
        ("Mind", Category::Psychological),
    ] {
        writeln!(text, "{title}").ok();
        for symptom in symptoms.iter().filter(|s| s.category == category) {
            let state = if symptom.rated { "on " } else { "off" };
            writeln!(text, "  {state}  {:<28} {}", symptom.code, symptom.name).ok();
        }
    }
    text
}

fn as_json(symptoms: &Symptoms) -> serde_json::Value {
    let each = symptoms.iter().map(entry_json::symptom);
    json!({ "version": 1, "symptoms": each.collect::<Vec<_>>() })
}

fn find<'a>(text: &str, symptoms: &'a Symptoms) -> Outcome<&'a Symptom> {
    meant(text, symptoms)
}

fn switch(names: &[String], to: Switch, session: &Session) -> Outcome {
    let mut store = session.open()?;
    let symptoms = store.symptoms()?;
    let settings = store.load(Some(session.now.at.date_naive()))?.settings;
    let mut changes = Vec::new();
    let mut every = Vec::new();
    let mut switched = Vec::new();
    let mut switched_codes = Vec::new();
    for name in names {
        if let Some((line, setting)) = optional_line(name) {
            let state = match to {
                Switch::On => OptionalLine::On,
                Switch::Off => OptionalLine::Off,
            };
            switched.push(line);
            let mut after = settings.clone();
            after.set(setting(state));
            every.push(Change::Set(setting(state)));
            if after != settings {
                changes.push(Change::Set(setting(state)));
            }
            continue;
        }
        let symptom = find(name, &symptoms)?;
        switched.push(symptom.name.as_str());
        switched_codes.push(symptom.code.clone());
        let change = Change::SwitchSymptom {
            symptom: symptom.key,
            to,
        };
        every.push(change.clone());
        // A symptom that is on already needs no step in undo.
        if symptom.rated != (to == Switch::On) {
            changes.push(change);
        }
    }
    let lines = switched.iter().map(|name| saved::switched(name, to));
    let line = lines.collect::<Vec<_>>().join("; ");
    // What is asked every day rests no longer.
    let mut resting = settings.resting.clone();
    if to == Switch::On {
        resting.retain(|code| !switched_codes.contains(code));
    }
    if resting != settings.resting {
        let change = Change::Set(Setting::Resting(resting));
        every.push(change.clone());
        changes.push(change);
    }
    if changes.is_empty() {
        if session.reply == Reply::Json {
            output::saved::print(&store, &every, session.utc())?;
        }
        output::say(&words::sentence(&line));
        return Ok(());
    }
    session.write(&mut store, &holding(symptoms.clone()), &changes)?;
    output::say(&TakeBack::Verb.after(&line));
    Ok(())
}

fn add(name: &str, category: Category, session: &mut Session) -> Outcome {
    let name = one_line(name)?;
    let store = session.open_if_there()?;
    let symptoms = match &store {
        Some(store) => store.symptoms()?,
        None => Symptoms::built_in(),
    };
    // Two symptoms with one name could not be told apart in a check-in.
    if let Some(there) = symptoms.find(&name) {
        return Err(Failure::usage(format!(
            "{} is there already; `ebb symptom on {}` asks for it",
            there.name, there.code
        )));
    }
    let code = symptoms.own_code(&name);
    let mut store: Store = match store {
        Some(store) => store,
        None => session.create()?,
    };
    let change = Change::AddSymptom {
        key: None,
        id: session.ids.next(session.now.at),
        code: code.clone(),
        name: name.clone(),
        category,
    };
    let journal = holding(symptoms);
    let line = saved::line(&journal, &change, &session.now);
    session.write(&mut store, &journal, &[change])?;
    // A script needs its id.
    output::say(&TakeBack::Verb.after(&format!("{line}, as {code}")));
    Ok(())
}

fn rename(symptom: &str, name: &str, session: &Session) -> Outcome {
    let name = one_line(name)?;
    let mut store = session.open()?;
    let symptoms = store.symptoms()?;
    let symptom = find(symptom, &symptoms)?;
    // Built-in names are the same in every journal and every export.
    if symptom.origin != Origin::Own {
        return Err(Failure::usage(format!(
            "{} is a built-in symptom and keeps its name; own ones can be renamed",
            symptom.name
        )));
    }
    if symptoms
        .find(&name)
        .is_some_and(|other| other.key != symptom.key)
    {
        return Err(Failure::usage(format!(
            "another symptom is called {name} already; nothing was changed"
        )));
    }
    let change = Change::RenameSymptom {
        symptom: symptom.key,
        name: name.clone(),
    };
    let journal = holding(symptoms.clone());
    let line = saved::notice(&journal, &change, &session.now, TakeBack::Verb);
    session.write(&mut store, &journal, &[change])?;
    output::say(&line);
    Ok(())
}

/// A journal of nothing but these symptoms, for the sentences about them.
fn holding(symptoms: Symptoms) -> Journal {
    let mut journal = Journal::default();
    journal.symptoms = symptoms;
    journal
}

/// A name on one line; a blank one is refused.
fn one_line(text: &str) -> Outcome<String> {
    let name = text.split_whitespace().collect::<Vec<_>>().join(" ");
    if name.is_empty() {
        return Err(Failure::usage(
            "a symptom needs a name; nothing was changed",
        ));
    }
    Ok(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slip_of_the_fingers_is_met_with_the_near_name() {
        let failure = unknown("nausia", &Symptoms::built_in());
        assert!(failure.message.unwrap_or_default().contains("Nausea?"));
        assert_eq!(failure.code, crate::cli::failure::USAGE);
    }
}
