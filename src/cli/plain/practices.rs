//! Practices and the routine: a list of the person's own for the day, without a score.

use super::records;
use super::session::{Asked, Session};
use super::talk::{Step, numbered};
use crate::domain::care::practice::Practice;
use crate::domain::care::practice_log::RoutineItem;
use crate::domain::care::{practice, practice_log};
use crate::domain::entry::validate;
use crate::domain::journal::change::Change;
use crate::domain::journal::settings::{Setting, switched};
use crate::domain::record::draft::RecordDraft;
use crate::domain::record::kind::Kind;
use crate::domain::time::span::Span;

/// Days that Care looks back on.
pub(super) const LATELY: u64 = 90;

/// The person's own list for a day: what is done and what is open, without a score.
pub(super) fn routine(session: &mut Session<'_>) -> Step<()> {
    loop {
        let planned = practice_log::routine_on(&session.journal, session.today());
        let states = planned.iter();
        let lines: Vec<String> = states
            .map(|planned| format!("{}, {}.", planned.practice.name, state_of(planned)))
            .collect();
        let practices: Vec<Practice> = planned.into_iter().map(|p| p.practice).collect();
        if lines.is_empty() {
            session
                .say("A routine is a list of your own for the day. add puts a practice into it.")?;
        }
        session.say_numbered(lines)?;
        let typed = session.ask_line(Asked::new(
            "done 1, add NAME, out 1, or back?",
            "done 1 notes the first one as done now; add NAME puts a practice in, out 1 takes the first one out.",
        ))?;
        let (word, rest) = typed.trim().split_once(' ').unwrap_or((typed.trim(), ""));
        match (word, numbered(rest.trim(), &practices)) {
            ("" | "skip", _) => return Ok(()),
            // Alone it ends the list, as everywhere; with a number it logs a practice.
            ("done", _) if rest.is_empty() => return Ok(()),
            ("done", Some(practice)) => practise(session, practice)?,
            ("out", Some(practice)) => switch_routine(session, practice)?,
            ("add", _) if !rest.is_empty() => match practice::find(&session.journal, rest) {
                Some(practice) => switch_routine(session, &practice)?,
                None => session.say("There is no such practice. own practices adds one.")?,
            },
            _ => session.not_an_answer(&typed, "done 1, add and a name, out 1, or back")?,
        }
    }
}

fn switch_routine(session: &mut Session<'_>, practice: &Practice) -> Step<()> {
    let (codes, _) = switched(&session.journal.settings.routine, &practice.code);
    session.write_and_tell(&Change::Set(Setting::Routine(codes)))
}

fn practise(session: &mut Session<'_>, practice: &Practice) -> Step<()> {
    let draft = RecordDraft::new(session.new_id(), Kind::Practice, session.today());
    let draft = validate::prepared(&session.journal, draft, Some(practice.code.clone()));
    records::fill_record(session, draft)
}

/// What was done lately and how it was felt; logs one, and marks favourites.
pub(super) fn page(session: &mut Session<'_>) -> Step<()> {
    let lately = Span::ending(session.today(), LATELY);
    for felt in practice_log::felt_in(&session.journal, lately) {
        session.say(&format!(
            "{}: {:.1} before, {:.1} after, 0 fine to 4 very bad; n {}.",
            felt.practice.name, felt.before, felt.after, felt.n
        ))?;
    }
    // Only practices in use are named; `list` names them all.
    let at_hand = practice_log::at_hand(&session.journal, lately).into_iter();
    let names: Vec<String> = at_hand.map(|practice| practice.name).collect();
    if !names.is_empty() {
        session.say(&format!("At hand: {}.", names.join(", ")))?;
    }
    loop {
        let typed = session.ask_line(Asked::new(
            "A name logs it, favourite NAME marks it, list names all, or back?",
            "A practice that was done, by its name. favourite and a name sets it first in every list.",
        ))?;
        let typed = typed.trim();
        let (is_mark, name) = match typed.strip_prefix("favourite ") {
            Some(name) => (true, name),
            None => (false, typed),
        };
        match (name, practice::find(&session.journal, name)) {
            ("" | "done" | "skip", _) => return Ok(()),
            ("list", _) => {
                let all = practice::practices(&session.journal);
                let names: Vec<&str> = all.iter().map(|p| p.name.as_str()).collect();
                session.say(&format!("{}.", names.join(", ")))?;
            }
            (_, Some(practice)) if is_mark => switch_favourite(session, &practice)?,
            (_, Some(practice)) => return practise(session, &practice),
            (_, None) => session.not_an_answer(typed, "the name of a practice, list, or back")?,
        }
    }
}

fn switch_favourite(session: &mut Session<'_>, practice: &Practice) -> Step<()> {
    let favourites = &session.journal.settings.favourite_practices;
    let (codes, _) = switched(favourites, &practice.code);
    session.write_and_tell(&Change::Set(Setting::FavouritePractices(codes)))
}

/// How a practice of the routine stands today: a word, and no score.
pub(super) fn state_of(planned: &RoutineItem) -> &'static str {
    if planned.done.is_empty() {
        "open"
    } else {
        "done"
    }
}
