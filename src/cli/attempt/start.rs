//! `ebb start`: begins an attempt, or sets the day 0 of the open one.

use crate::cli::failure::{Failure, NO, Outcome};
use crate::cli::log::say_quiet;
use crate::cli::output;
use crate::cli::session::Session;
use crate::domain::attempt::{Attempt, Method, Start};
use crate::domain::entry::saved::TakeBack;
use crate::domain::journal::Journal;
use crate::domain::journal::change::Change;
use crate::domain::safety::before_cutting::SAFETY;
use crate::domain::time::DayEnd;
use crate::domain::time::parse::Toward;
use crate::store::StoreError;
use chrono::NaiveDate;

#[derive(Debug, clap::Args)]
#[command(before_help = "\
Examples:
  ebb start --last-use \"yesterday 22:00\"        day 0 is the day of last use
  ebb start --method taper --goal \"sleep again\"  no day 0 yet; a later `ebb start --last-use` sets it
  ebb start --last-use 2026-11-13 --method stop")]
pub(crate) struct Args {
    /// When you last used, if you did: 2026-11-13, "yesterday 22:00", 2h ago
    #[arg(long, value_name = "WHEN", allow_hyphen_values = true)]
    last_use: Option<String>,
    /// How you go about it: taper, stop, supervised or undecided
    #[arg(long, value_parser = method, default_value = "undecided", hide_default_value = true, value_name = "METHOD")]
    method: Method,
    /// A name for it
    #[arg(long, value_name = "TEXT")]
    name: Option<String>,
    /// What for, in your words
    #[arg(long, value_name = "TEXT")]
    goal: Option<String>,
    /// Begin a new attempt beside one that goes on without being asked
    #[arg(long)]
    yes: bool,
}

/// Reads a method.
pub(super) fn method(text: &str) -> Result<Method, String> {
    Method::from_code(&text.to_lowercase())
        .ok_or_else(|| "one of: taper, stop, supervised, undecided".to_owned())
}

pub(crate) fn run(args: &Args, session: &mut Session) -> Outcome {
    session.refuse_read_only()?;
    let store = session.open_if_there()?;
    let journal = match &store {
        Some(store) => store.load(None)?,
        None => Journal::default(),
    };
    let day_end = journal.settings.day_end;
    let day_zero = args
        .last_use
        .as_deref()
        .map(|text| last_use(text, session, day_end))
        .transpose()?;
    let today = session.today(&journal);
    let request = Attempt {
        id: session.ids.next(session.now.at),
        began: day_zero.unwrap_or(today),
        day_zero,
        method: args.method,
        name: typed(args.name.as_deref()),
        goal: typed(args.goal.as_deref()),
        ended: None,
    };
    let start = Start::decide(&journal.attempts, request, today);
    // Looked at here already: a refusal makes no journal.
    StoreError::unless_on_its_own_day(&journal.attempts, start.attempt())?;
    let beside = start.beside(&journal.attempts, today);
    // A script cannot answer: without a terminal the attempt begins, and its line names `ebb undo`.
    if let Some(open) = &beside
        && !args.yes
        && output::can_ask()
        && !output::agrees(&open.question(today))
    {
        let stays = format!("attempt {} goes on; nothing was changed", open.number);
        return Err(Failure::new(NO, stays));
    }
    let line = start.line(&journal.attempts, today);
    let line = match (start.attempt().day_zero, &beside) {
        (None, None) => format!("{line}; `ebb start --last-use WHEN` sets it."),
        (_, None) => format!("{line}."),
        (_, Some(_)) => TakeBack::Verb.after(&line),
    };
    let mut store = match store {
        Some(store) => store,
        None => session.create()?,
    };
    let changes = [Change::RecordAttempt(start.attempt().clone())];
    session.write(&mut store, &journal, &changes)?;
    output::say(&line);
    if let Some(after) = Session::read_back(&store, Some(today)) {
        say_quiet((&journal, &after), &changes, &session.now);
    }
    // Not when only a day 0 is set: the person has read them at the beginning.
    if matches!(start, Start::Begin(_)) {
        for line in SAFETY {
            output::say(line);
        }
        output::say("`ebb helplines` shows numbers.");
    }
    Ok(())
}

/// The logical day of last use.
pub(super) fn last_use(text: &str, session: &Session, day_end: DayEnd) -> Outcome<NaiveDate> {
    let when = session.when(text, day_end, Toward::Past)?;
    let day = when.logical_day(day_end);
    if day > session.now.today(day_end) {
        return Err(Failure::usage(format!(
            "{} is still to come, so it was not taken as the day of last use; nothing was changed",
            session.to_come(&when, day_end)
        )));
    }
    if let Some(shift) = when.shift {
        output::say(&shift.to_string());
    }
    Ok(day)
}

/// Typed text without blanks around it; `None` for a blank text.
pub(super) fn typed(text: Option<&str>) -> Option<String> {
    text.map(str::trim)
        .filter(|text| !text.is_empty())
        .map(str::to_owned)
}
