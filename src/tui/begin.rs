//! Beginning an attempt, from its form and from the first steps.

use super::effect::{Effect, Opening};
use super::questions;
use super::shared::Shared;
use crate::domain::attempt::{Attempt, Start};
use crate::domain::entry::saved::TakeBack;
use crate::domain::journal::change::Change;
use crate::domain::text::words;
use crate::domain::time::parse::{Toward, parse_when};
use crate::store::StoreError;
use chrono::NaiveDate;

/// The logical day of a typed moment; `None` for an empty text. A future moment is refused.
pub(crate) fn typed_day(text: &str, shared: &Shared) -> Result<Option<NaiveDate>, String> {
    if text.trim().is_empty() {
        return Ok(None);
    }
    let day_end = shared.journal.settings.day_end;
    let when = parse_when(text, &shared.now, day_end, Toward::Past)
        .map_err(|why| words::sentence(&why.to_string()))?;
    if when.is_future(&shared.now, day_end) {
        return Err("That moment has not come yet.".to_owned());
    }
    Ok(Some(when.logical_day(day_end)))
}

/// The title of an attempt's form.
pub(crate) fn heading(shared: &Shared) -> String {
    let today = shared.today();
    match shared.journal.attempts.going_on(today) {
        None => "Start an attempt".to_owned(),
        Some(open) if open.attempt.day_zero.is_none() => {
            format!("Set day 0 of attempt {}", open.number)
        }
        Some(open) => format!("Begin a new attempt ({})", open.goes_on(today)),
    }
}

/// The running attempt in a sentence, and what the form will do; `None` without a running attempt.
pub(crate) fn foreword(shared: &Shared) -> Option<String> {
    let today = shared.today();
    let open = shared.journal.attempts.going_on(today)?;
    let does = match open.attempt.day_zero {
        None => {
            "A last use given here sets it. Without one a new attempt would begin, and that is asked first."
        }
        Some(_) => {
            "A new one would begin beside it, and that is asked first. Its own day 0 is changed among the attempts."
        }
    };
    Some(format!("{}. {does}", open.known(today)))
}

/// The effects of beginning `request`, or of setting the day 0 of the open attempt. While an attempt runs, the person is asked
/// before a second one begins.
///
/// # Errors
/// Another attempt begins on that day.
pub(crate) fn begin(request: Attempt, shared: &Shared) -> Result<Vec<Effect>, String> {
    let (attempts, today) = (&shared.journal.attempts, shared.today());
    let start = Start::decide(attempts, request, today);
    let attempt = start.attempt().clone();
    StoreError::unless_on_its_own_day(attempts, &attempt)
        .map_err(|why| words::sentence(&why.to_string()))?;
    let effects = vec![
        Effect::Write {
            changes: vec![Change::RecordAttempt(attempt)],
            notice: TakeBack::Key.after(&start.line(attempts, today)),
        },
        // Whoever begins an attempt sees the signs that need help once.
        Effect::Open(Opening::SafetyCard),
    ];
    Ok(match start.beside(attempts, today) {
        None => effects,
        Some(open) => vec![Effect::Ask(questions::confirm(
            "Begin a new attempt",
            open.question(today),
            "begin a new attempt".to_owned(),
            effects,
        ))],
    })
}
