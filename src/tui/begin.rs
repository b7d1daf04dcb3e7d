//! Beginning an attempt: from the form and from the first steps.

use super::effect::{Effect, Opening};
use super::shared::Shared;
use crate::domain::attempt::{Attempt, Start};
use crate::domain::change::Change;
use crate::domain::time::logical_day;
use crate::domain::when::parse_when;
use crate::domain::words;
use chrono::NaiveDate;

/// The logical day of a typed moment; empty is none, the future is refused.
pub fn typed_day(text: &str, shared: &Shared) -> Result<Option<NaiveDate>, String> {
    if text.trim().is_empty() {
        return Ok(None);
    }
    let when =
        parse_when(text, &shared.now).map_err(|error| words::sentence(&error.to_string()))?;
    if when.is_future(&shared.now) {
        return Err("That moment has not come yet.".to_owned());
    }
    let day = when
        .day
        .unwrap_or_else(|| logical_day(when.at.naive_local(), shared.journal.settings.day_end));
    Ok(Some(day))
}

/// What a new attempt, or the day 0 of the open one, writes and says.
pub fn begin(wanted: Attempt, shared: &Shared) -> Vec<Effect> {
    let today = shared.today();
    let decided = Start::decide(&shared.journal.attempts, wanted, today);
    let attempt = decided.attempt().clone();
    let said = match (&decided, attempt.day_number(today)) {
        (Start::SetDayZero(_), Some(day)) => {
            let day = shared.manner().counted(day);
            format!("Day 0 of this attempt is set; today is day {day}.")
        }
        (_, Some(day)) => {
            let day = shared.manner().counted(day);
            format!("An attempt is begun; today is day {day}.")
        }
        _ => "An attempt is begun. Day 0 can be set when it is known.".to_owned(),
    };
    vec![
        Effect::Write {
            changes: vec![Change::RecordAttempt(attempt)],
            said,
        },
        Effect::Open(Opening::SafetyCard),
    ]
}
