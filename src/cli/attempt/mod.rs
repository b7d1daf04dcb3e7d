//! `ebb attempt`: lists, edits, ends and deletes attempts. The entries of an attempt always stay.

pub(super) mod start;

use super::failure::{Failure, Outcome};
use super::output;
use super::output::entry_json;
use super::session::Session;
use crate::cli::log::say_quiet;
use crate::domain::attempt::{Attempt, Ending, Method, NumberedAttempt};
use crate::domain::entry::saved;
use crate::domain::entry::saved::TakeBack;
use crate::domain::journal::Journal;
use crate::domain::journal::change::Change;
use crate::domain::taper::double;
use crate::domain::text::words;
use crate::domain::time::parse::{WhenError, parse_past_day};
use crate::store::{Store, StoreError};
use chrono::NaiveDate;
use serde_json::json;
use std::fmt::Write as _;

/// How attempts of one day become one, or two of two days.
pub(super) const WAYS: &str =
    "`ebb attempt join` makes one of two, `ebb attempt part` gives one another day";

#[derive(Debug, clap::Args)]
#[command(before_help = "\
Examples:
  ebb attempt list
  ebb attempt edit 1 --goal \"sleep again\"
  ebb attempt end --set-aside            the open one; its entries stay
  ebb attempt delete 1                   `ebb undo` brings it back
  ebb attempt join 1 2                   two that begin on one day, as after a merge")]
pub(super) struct Args {
    #[command(subcommand)]
    act: Act,
}

#[derive(Debug, clap::Subcommand)]
enum Act {
    /// All attempts, with their numbers
    #[command(before_help = "\
Examples:
  ebb attempt list")]
    List {
        /// For scripts
        #[arg(long)]
        json: bool,
    },
    /// Change an attempt
    #[command(before_help = "\
Examples:
  ebb attempt edit 1 --goal \"sleep again\" --day-zero unknown
  ebb attempt edit --name \"autumn\"         the open one")]
    Edit(Edit),
    /// Give an attempt its last day
    #[command(before_help = "\
Examples:
  ebb attempt end --set-aside            the open one; its entries stay")]
    End {
        /// Its number; the open one when left out
        number: Option<usize>,
        /// Its last day; today when left out
        #[arg(long, value_name = "DAY")]
        on: Option<String>,
        /// It is set aside, rather than ended
        #[arg(long)]
        set_aside: bool,
    },
    /// Put an attempt away; entries stay
    #[command(before_help = "\
Examples:
  ebb attempt delete 1                   `ebb undo` brings it back")]
    Delete {
        /// Its number
        number: usize,
    },
    /// Make one attempt of two that begin on one day
    #[command(before_help = "\
Examples:
  ebb attempt join                       where one pair begins on one day: the first is kept
  ebb attempt join 2 1                   2 is kept, and gets what it lacks of 1")]
    Join {
        /// The number of the one that is kept
        #[arg(requires = "other")]
        kept: Option<usize>,
        /// The number of the other, which lies in the bin then
        other: Option<usize>,
    },
    /// Give an attempt a first day of its own
    #[command(before_help = "\
Examples:
  ebb attempt part 2 --on 2026-11-05     it began on another day than attempt 1")]
    Part {
        /// Its number
        number: usize,
        /// The day it began
        #[arg(long, value_name = "DAY", allow_hyphen_values = true)]
        on: String,
    },
}

#[derive(Debug, Default, clap::Args)]
struct Edit {
    /// Its number; the open one when left out
    number: Option<usize>,
    /// The day it began
    #[arg(long, value_name = "DAY", allow_hyphen_values = true)]
    began: Option<String>,
    /// Day 0, the day of last use; unknown takes it away
    #[arg(
        long,
        value_name = "DAY|unknown",
        visible_alias = "last-use",
        allow_hyphen_values = true
    )]
    day_zero: Option<String>,
    /// How: taper, stop, supervised or undecided
    #[arg(long, value_parser = start::method, value_name = "METHOD")]
    method: Option<Method>,
    /// Its name; "" takes it away
    #[arg(long, value_name = "TEXT")]
    name: Option<String>,
    /// What for; "" takes it away
    #[arg(long, value_name = "TEXT")]
    goal: Option<String>,
    /// It goes on: takes its last day away
    #[arg(long)]
    reopen: bool,
}

pub(super) fn run(args: &Args, session: &Session) -> Outcome {
    let mut store = session.open()?;
    let today = session.now.at.date_naive();
    let journal = store.load(Some(today))?;
    let change = match &args.act {
        Act::List { json } if *json => return output::json(&as_json(&journal)),
        Act::List { .. } => return output::text(&listing(&journal)),
        Act::Edit(edit) => {
            let target = target(edit.number, &journal, session)?;
            let attempt = edited(edit, target.attempt, &journal, session)?;
            StoreError::unless_on_its_own_day(&journal.attempts, &attempt)?;
            Change::RecordAttempt(attempt)
        }
        Act::End {
            number,
            on,
            set_aside,
        } => {
            let target = target(*number, &journal, session)?;
            let ending = if *set_aside {
                Ending::SetAside
            } else {
                Ending::Ended
            };
            let attempt = ended(target, on.as_deref(), ending, &journal, session)?;
            Change::RecordAttempt(attempt)
        }
        Act::Delete { number } => {
            let target = target(Some(*number), &journal, session)?;
            Change::DeleteAttempt(target.attempt.id)
        }
        Act::Part { number, on } => {
            let edit = Edit {
                began: Some(on.clone()),
                ..Edit::default()
            };
            let target = target(Some(*number), &journal, session)?;
            let attempt = edited(&edit, target.attempt, &journal, session)?;
            StoreError::unless_on_its_own_day(&journal.attempts, &attempt)?;
            Change::RecordAttempt(attempt)
        }
        Act::Join { kept, other } => return join(kept.zip(*other), &mut store, &journal, session),
    };
    let line = saved::notice(&journal, &change, &session.now, TakeBack::Verb);
    let changes = [change];
    session.write(&mut store, &journal, &changes)?;
    output::say(&line);
    if let Some(after) = Session::read_back(&store, Some(today)) {
        say_quiet((&journal, &after), &changes, &session.now);
    }
    Ok(())
}

/// Joins the two with these numbers, or the one pair that begins on one day.
fn join(
    numbers: Option<(usize, usize)>,
    store: &mut Store,
    journal: &Journal,
    session: &Session,
) -> Outcome {
    let (kept, other) = match (numbers, double::attempts(journal).as_slice()) {
        (Some((kept, other)), _) => (
            target(Some(kept), journal, session)?,
            target(Some(other), journal, session)?,
        ),
        (None, [group]) if group.len() == 2 => (group[0], group[1]),
        (None, []) => {
            return Err(Failure::usage(
                "no two attempts begin on one day; nothing was changed",
            ));
        }
        (None, _) => {
            let lines = double::attempt_lines(journal).join("; ");
            return Err(Failure::usage(format!(
                "{lines}: name two of them, the one that is kept first. Nothing was changed"
            )));
        }
    };
    let joined = double::join(journal, kept, other);
    let (changes, line) =
        joined.map_err(|why| Failure::usage(format!("{why}; nothing was changed")))?;
    session.write(store, journal, &changes)?;
    output::say(&TakeBack::Verb.after(&line));
    Ok(())
}

/// The attempt with `number`, or the open one.
fn target<'a>(
    number: Option<usize>,
    journal: &'a Journal,
    session: &Session,
) -> Outcome<NumberedAttempt<'a>> {
    let attempt = match number {
        Some(number) => journal.attempts.by_number(number),
        None => journal.attempts.open(session.today(journal)),
    };
    attempt.ok_or_else(|| {
        Failure::usage(match number {
            Some(number) => {
                format!("there is no attempt {number}; `ebb attempt list` shows those there are")
            }
            None => "no attempt is open; `ebb attempt list` shows their numbers".to_owned(),
        })
    })
}

fn past_day(text: &str, journal: &Journal, session: &Session) -> Outcome<NaiveDate> {
    let day = parse_past_day(text, &session.now, journal.settings.day_end);
    day.map_err(|why| match why.why {
        WhenError::Ahead => Failure::usage(format!("{why}; nothing was changed")),
        _ => why.into(),
    })
}

fn edited(
    edit: &Edit,
    attempt: &Attempt,
    journal: &Journal,
    session: &Session,
) -> Outcome<Attempt> {
    let mut attempt = attempt.clone();
    match edit.day_zero.as_deref() {
        Some("unknown") => attempt.day_zero = None,
        Some(text) => attempt.set_day_zero(past_day(text, journal, session)?),
        None => {}
    }
    if let Some(text) = edit.began.as_deref() {
        attempt.began = past_day(text, journal, session)?;
    }
    if let Some(method) = edit.method {
        attempt.method = method;
    }
    if let Some(name) = &edit.name {
        attempt.name = start::typed(Some(name));
    }
    if let Some(goal) = &edit.goal {
        attempt.goal = start::typed(Some(goal));
    }
    if edit.reopen {
        attempt.ended = None;
    }
    in_order(attempt)
}

fn ended(
    target: NumberedAttempt<'_>,
    on: Option<&str>,
    ending: Ending,
    journal: &Journal,
    session: &Session,
) -> Outcome<Attempt> {
    let day = match on {
        Some(text) => past_day(text, journal, session)?,
        None => session.today(journal),
    };
    in_order(Attempt {
        ended: Some((day, ending)),
        ..target.attempt.clone()
    })
}

/// The attempt, if its days follow one another.
fn in_order(attempt: Attempt) -> Outcome<Attempt> {
    match attempt.in_order() {
        Ok(()) => Ok(attempt),
        Err(why) => Err(Failure::usage(format!("{why}; nothing was changed"))),
    }
}

fn listing(journal: &Journal) -> String {
    if journal.attempts.is_empty() {
        return "No attempt yet; `ebb start` begins one.".to_owned();
    }
    let mut text = String::new();
    for numbered in journal.attempts.iter() {
        let mark = journal.mark_of(numbered.attempt.id);
        let mark = mark.map_or_else(String::new, |mark| format!(", {mark}"));
        writeln!(text, "{}{mark}", line(&numbered)).ok();
        if let Some(goal) = &numbered.attempt.goal {
            writeln!(text, "   goal: {goal}").ok();
        }
    }
    for line in double::attempt_lines(journal) {
        let line = words::sentence_head(&line);
        writeln!(text, "{line}, as after a merge: {WAYS}.").ok();
    }
    text
}

fn line(numbered: &NumberedAttempt<'_>) -> String {
    let attempt = numbered.attempt;
    let name = attempt
        .name
        .as_deref()
        .map(|name| format!(" \"{name}\""))
        .unwrap_or_default();
    let zero = numbered.day_zero_text();
    let end = numbered.end_text().unwrap_or_else(|| "open".to_owned());
    format!(
        "{}. {}{name}: began {}, {zero}, {end}",
        numbered.number,
        attempt.method.label(),
        words::day(attempt.began)
    )
}

fn as_json(journal: &Journal) -> serde_json::Value {
    let each = journal.attempts.iter();
    let each = each.map(|numbered| entry_json::attempt(&numbered));
    json!({ "version": 1, "attempts": each.collect::<Vec<_>>() })
}
