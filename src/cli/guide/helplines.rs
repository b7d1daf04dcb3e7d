//! `ebb helplines`: numbers to call and signs that need help at once. Works without a journal and with a damaged one: an
//! emergency must not depend on a file.

use crate::cli::failure::{Failure, Outcome};
use crate::cli::log::say_lines;
use crate::cli::output;
use crate::cli::session::{Reply, Session};
use crate::domain::entry::saved;
use crate::domain::entry::saved::TakeBack;
use crate::domain::journal::Journal;
use crate::domain::journal::change::Change;
use crate::domain::journal::settings::{OwnHelpLine, Setting};
use crate::domain::safety::help_lines::{HelpRow, LEVELS, help};
use serde_json::{Value, json};
use std::fmt::Write as _;

#[derive(Debug, clap::Args)]
#[command(
    args_conflicts_with_subcommands = true,
    before_help = "\
Examples:
  ebb helplines                              the country you remembered, or what helps at once in each
  ebb helplines --country NZ                 all lines of one, with hours, region and whom they are for
  ebb helplines --country NZ --remember      from now on this country first
  ebb helplines add \"Dr Lee\" \"021 555 0100\"  a number of your own
  ebb helplines remove \"Dr Lee\""
)]
pub(crate) struct Args {
    /// A country: its two letters, as in NZ
    #[arg(long, value_name = "CC")]
    country: Option<String>,
    /// Keep this country in the journal
    #[arg(long, requires = "country")]
    remember: bool,
    #[command(subcommand)]
    act: Option<Act>,
}

#[derive(Debug, clap::Subcommand)]
enum Act {
    /// Add a number of your own
    #[command(before_help = "\
Examples:
  ebb helplines add \"Dr Lee\" \"021 555 0100\"")]
    Add {
        /// Whose it is
        name: String,
        /// The number, or whatever reaches them
        #[arg(allow_hyphen_values = true)]
        contact: String,
    },
    /// Remove a number of your own
    #[command(before_help = "\
Examples:
  ebb helplines remove \"Dr Lee\"")]
    Remove {
        /// Whose it is
        name: String,
    },
}

pub(crate) fn run(args: &Args, session: &mut Session) -> Outcome {
    match &args.act {
        Some(Act::Add { name, contact }) => add(name, contact, session),
        Some(Act::Remove { name }) => remove(name, session),
        None => show(args, session),
    }
}

fn show(args: &Args, session: &mut Session) -> Outcome {
    let country = args.country.as_deref().map(known).transpose()?;
    if let (Some(code), true) = (country, args.remember) {
        let mut store = match session.open_if_there()? {
            Some(store) => store,
            None => session.create()?,
        };
        // The page is the answer; it names the country.
        let quiet = Session {
            reply: Reply::Sentences,
            ..session.clone()
        };
        let mut journal = Journal::default();
        journal.settings = store.settings()?;
        quiet.write(
            &mut store,
            &journal,
            &[Change::Set(Setting::Country(code.to_owned()))],
        )?;
        output::say(&format!("{code} is remembered."));
    }
    // Whatever is the matter with the journal, the numbers are shown.
    let today = session.now.at.date_naive();
    let read = session
        .open()
        .and_then(|store| Ok(store.load(Some(today))?));
    let journal = read.unwrap_or_default();
    if session.reply == Reply::Json {
        return output::json(&as_json(&journal, country));
    }
    session.pager.text(&listing(&journal, country))
}

/// The catalogue's code for what was typed.
fn known(text: &str) -> Outcome<&'static str> {
    help().meant(text).map(|country| country.code).ok_or_else(|| {
        Failure::usage(format!(
            "\"{text}\" is not among the countries here: {}. 112 works in many others; the emergency number of the place holds everywhere",
            help().words_of_countries()
        ))
    })
}

/// The page, with own numbers first; of `country`, else of the chosen one, else what helps at once in each.
pub(crate) fn listing(journal: &Journal, country: Option<&str>) -> String {
    let settings = &journal.settings;
    let mut text = String::new();
    // The person's own numbers first: they chose whom to call.
    if !settings.help_lines.is_empty() {
        writeln!(text, "Your own").ok();
        for line in &settings.help_lines {
            let mark = journal.mark_of(line.id);
            let mark = mark.map_or_else(String::new, |mark| format!(" ({mark})"));
            writeln!(text, "  {}  {}{mark}", line.contact, line.name).ok();
        }
    }
    match country.or(settings.country.as_deref()) {
        Some(code) => country_rows(&mut text, code),
        None => overview(&mut text),
    }
    for (level, head) in LEVELS {
        writeln!(text, "\n{head}").ok();
        for flag in help().red_flags.iter().filter(|flag| flag.level == level) {
            writeln!(text, "  {}\n    {}", flag.sign, flag.action).ok();
        }
    }
    writeln!(
        text,
        "\nNumbers change; the list was last gone through on {}. ebb calls nobody and sends nothing.",
        help().checked
    )
    .ok();
    text
}

fn as_json(journal: &Journal, country: Option<&str>) -> Value {
    let settings = &journal.settings;
    let code = country.or(settings.country.as_deref());
    let lines = help().rows_for(code).into_iter().map(|row| match row {
        HelpRow::Line(line) => json!({
            "reach": line.reach(), "name": line.name, "details": line.details(),
        }),
        HelpRow::AtOnce(text) => json!({ "text": text }),
        HelpRow::Absent(text) => json!({ "text": text }),
    });
    let flags = help().red_flags.iter().map(|flag| {
        let level = LEVELS.iter().find(|(level, _)| *level == flag.level);
        json!({
            "id": flag.id, "level": level.map(|(_, head)| *head),
            "sign": flag.sign, "action": flag.action,
        })
    });
    let own = settings.help_lines.iter().map(
        |line| json!({ "id": line.id.to_string(), "name": line.name, "contact": line.contact }),
    );
    json!({
        "version": 1,
        "country": code,
        "checked": help().checked,
        "own": own.collect::<Vec<_>>(),
        "lines": lines.collect::<Vec<_>>(),
        "signs": flags.collect::<Vec<_>>(),
    })
}

/// What helps at once in each country, what holds everywhere, and how the rest is shown.
fn overview(text: &mut String) {
    rows(text, None);
    text.push_str(
        "\nebb helplines --country NZ shows all lines of a country, with hours, region and whom they are for.\n",
    );
}

fn country_rows(text: &mut String, code: &str) {
    let known_country = help().countries.iter().find(|country| country.code == code);
    let title = known_country.map_or(code, |country| country.name);
    writeln!(text, "{title} ({code})").ok();
    rows(text, Some(code));
}

fn rows(text: &mut String, code: Option<&str>) {
    for row in help().rows_for(code) {
        match row {
            HelpRow::Line(line) => {
                writeln!(
                    text,
                    "  {}  {}\n    {}",
                    line.reach(),
                    line.name,
                    line.details()
                )
                .ok();
            }
            HelpRow::AtOnce(at_once) => {
                writeln!(text, "  {at_once}").ok();
            }
            HelpRow::Absent(absent) => {
                writeln!(text, "  {absent}").ok();
            }
        }
    }
}

fn add(name: &str, contact: &str, session: &mut Session) -> Outcome {
    let (name, contact) = (name.trim(), contact.trim());
    if name.is_empty() || contact.is_empty() {
        return Err(Failure::usage(
            "a name and a number are needed; nothing was changed",
        ));
    }
    let mut store = match session.open_if_there()? {
        Some(store) => store,
        None => session.create()?,
    };
    let line = OwnHelpLine {
        id: session.ids.next(session.now.at),
        name: name.to_owned(),
        contact: contact.to_owned(),
    };
    let change = Change::RecordHelpLine(line);
    let line = saved::notice(&Journal::default(), &change, &session.now, TakeBack::Verb);
    session.write(&mut store, &Journal::default(), &[change])?;
    output::say(&line);
    Ok(())
}

fn remove(name: &str, session: &Session) -> Outcome {
    let mut store = session.open()?;
    let journal = store.load(Some(session.now.at.date_naive()))?;
    let typed = name.trim().to_lowercase();
    let lines: Vec<_> = journal
        .settings
        .help_lines
        .iter()
        .filter(|line| line.name.to_lowercase() == typed)
        .map(|line| Change::DeleteHelpLine(line.id))
        .collect();
    if lines.is_empty() {
        return Err(Failure::usage(format!(
            "there is no number of your own called \"{name}\"; nothing was changed"
        )));
    }
    session.write(&mut store, &journal, &lines)?;
    let said = saved::notices(&journal, &lines, &session.now, TakeBack::Verb);
    say_lines(&said);
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sign_that_needs_help_the_same_day_stands_under_the_same_day() {
        let page = listing(&Journal::default(), Some("NZ"));
        let at = |text: &str| page.find(text).unwrap_or(usize::MAX);
        assert!(at("Be seen the same day") < at("Cannot keep fluids down"));
        assert!(at("Cannot keep fluids down") < at("Book a visit"));
        assert!(at("A seizure or fit") < at("Be seen the same day"));
    }
}
