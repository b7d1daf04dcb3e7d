//! Days without a check-in, and check-ins for past days.

use super::check_in;
use super::session::{Asked, Session};
use super::talk::Step;
use crate::domain::check_in::Form;
use crate::domain::journal::change::Change;
use crate::domain::journal::settings::Setting;
use crate::domain::text::words;
use chrono::NaiveDate;

/// More missing days than these are counted, not listed: a long list is slow to hear.
const LISTED: usize = 14;

pub(super) fn mention(session: &mut Session<'_>) -> Step<()> {
    match session.journal.missing_days(session.today()).len() {
        0 => Ok(()),
        n => session.say(&format!(
            "{} missing: missing fills or skips them.",
            words::count(n, "day", "days")
        )),
    }
}

/// "3 days missing: fill, skip, later".
pub(super) fn page(session: &mut Session<'_>) -> Step<()> {
    let days = session.journal.days_to_fill(session.today());
    let Some(last) = days.last().copied() else {
        let line = session.journal.none_to_fill(session.today());
        return session.say(&line);
    };
    if days.len() <= LISTED {
        let listed: Vec<String> = days.iter().map(|day| words::short_day(*day)).collect();
        session.say(&format!("Without a check-in: {}.", listed.join(", ")))?;
    }
    let question = format!(
        "{} missing: fill, skip, later?",
        words::count(days.len(), "day", "days")
    );
    let about = "fill asks for each of these days, skip leaves them blank and asks about them no more, later asks another time.";
    loop {
        match session.ask(Asked::new(&question, about))?.as_str() {
            "fill" | "f" => return fill_missing(session, &days),
            "skip" | "s" => {
                // Up to the last missing day: days that go missing later are asked about again.
                let change = Change::Set(Setting::MissingSkippedUntil(last));
                return session.write_and_tell(&change);
            }
            "later" | "l" | "" | "done" => return session.say("Later, then."),
            other => session.not_an_answer(other, "fill, skip or later")?,
        }
    }
}

fn fill_missing(session: &mut Session<'_>, days: &[NaiveDate]) -> Step<()> {
    session.before_writing()?;
    for (at, day) in (1..).zip(days) {
        let question = format!(
            "{}, {at} of {}: check-in (c), brief (b), skip, or done?",
            words::day(*day),
            days.len()
        );
        let about = "check-in asks each symptom of that day, brief one number; skip goes to the next day, done stops.";
        loop {
            match session.ask(Asked::new(&question, about))?.as_str() {
                "skip" | "." | "" => break,
                "done" => return Ok(()),
                word => match form_of(word) {
                    // Each day is saved on its own, so that stopping half way loses nothing.
                    Some(form) => break check_in::page(session, form, Some(*day))?,
                    None => session.not_an_answer(word, "check-in, brief, skip or done")?,
                },
            }
        }
    }
    Ok(())
}

/// A check-in for a past day of the person's choice.
pub(super) fn fill(session: &mut Session<'_>) -> Step<()> {
    session.before_writing()?;
    let Some(day) = session.ask_day("Which day? 2026-11-22, yesterday; skip leaves it.")? else {
        return Ok(());
    };
    fill_day(session, day)
}

/// A check-in for `day`, of the form that the person chooses.
pub(super) fn fill_day(session: &mut Session<'_>, day: NaiveDate) -> Step<()> {
    session.before_writing()?;
    let question = "check-in (c) or brief (b)?";
    let about =
        "check-in asks each symptom, brief asks one number for the day. skip fills nothing.";
    let form =
        session.ask_until(
            Asked::new(question, about),
            "check-in or brief",
            |word| match word {
                "" | "skip" | "done" => Some(None),
                word => form_of(word).map(Some),
            },
        )?;
    form.map_or(Ok(()), |form| check_in::page(session, form, Some(day)))
}

fn form_of(word: &str) -> Option<Form> {
    match word {
        "check-in" | "c" => Some(Form::Full),
        "brief" | "b" => Some(Form::Brief),
        _ => None,
    }
}
