//! The checks that all readers of our own formats share.

use super::error::MOST_TEXT;
use crate::domain::amount::Amount;
use crate::domain::attempt::Attempt;
use crate::domain::check_in::catalogue::catalogue;
use crate::domain::id::EntryId;
use crate::domain::journal::incoming::IncomingCheckIn;
use crate::domain::journal::settings::Setting;
use crate::domain::record::field::Need;
use crate::domain::record::kind::Kind;
use crate::domain::record::{Fields, Held, Record, Value};
use crate::domain::time::Moment;
use crate::transfer::package::table::need;
use crate::transfer::schema::Holds;
use serde_json::Value as Json;
use std::collections::HashSet;
use std::ops::RangeInclusive;

/// An id that occurs twice.
pub(crate) const TWICE: &str = "this stands here twice";
/// A blank cell in a required column.
pub(crate) const NEEDED: &str = "this has to be filled in";
/// An attempt's last day without its ending, or the other way round.
pub(crate) const HALF_ENDED: &str =
    "an attempt that ended has its last day and how it ended, one that goes on has neither";
/// A check-in without any answer.
pub(crate) const BLANK: &str = "a check-in has a rating, an overall or a note";
/// Neither a text nor an amount.
pub(crate) const NOT_A_VALUE: &str =
    "text or a number from 0 to 1000000 with at most three decimals is expected";

/// The sentence about an unknown version of a format.
pub(crate) fn other_version(found: u64, known: &RangeInclusive<u64>) -> String {
    let (first, last) = (known.start(), known.end());
    let between = if *last - *first > 1 { "to" } else { "and" };
    format!(
        "this is version {found} of the form; this Ebbtide reads versions {first} {between} {last}"
    )
}

/// The ids of a file, to find one that occurs twice.
#[derive(Debug, Default)]
pub(crate) struct Ids(HashSet<EntryId>);

impl Ids {
    /// Reads an id that has not occurred before.
    ///
    /// # Errors
    /// The sentence about it.
    pub(crate) fn take(&mut self, text: &str) -> Result<EntryId, String> {
        let id = text
            .parse()
            .map_err(|_| "an id of 36 letters and digits is expected".to_owned())?;
        if self.0.insert(id) {
            Ok(id)
        } else {
            Err(TWICE.to_owned())
        }
    }
}

/// Reads a setting.
///
/// # Errors
/// The sentence about one that this version does not know or cannot read.
pub(crate) fn setting(key: &str, value: &str) -> Result<Setting, String> {
    let setting = Setting::read(key, value);
    setting
        .ok_or_else(|| "this setting, or this value of it, is not known to this version".to_owned())
}

/// Checks the code and name of a symptom.
///
/// # Errors
/// The sentence about an invalid one.
pub(crate) fn symptom(code: &str, name: &str) -> Result<(), String> {
    if catalogue().symptom(code).is_some() {
        return Ok(());
    }
    let slug = code.strip_prefix("own_").unwrap_or_default();
    let is_slug = !slug.is_empty() && slug.chars().all(|c| c.is_alphanumeric() || c == '_');
    if !is_slug || code.len() > 1000 {
        return Err("a code of the catalogue, or own_ and a word, is expected".to_owned());
    }
    filled(name)
}

/// Checks that a text is not blank.
///
/// # Errors
/// The sentence when there is none.
pub(crate) fn filled(text: &str) -> Result<(), String> {
    // SQLite's `length`, which the file's own checks use, counts a text up to its first NUL.
    if text.trim().is_empty() || text.starts_with('\0') {
        Err(NEEDED.to_owned())
    } else {
        Ok(())
    }
}

/// Whether a check-in has no answer.
pub(crate) fn is_blank(check_in: &IncomingCheckIn) -> bool {
    let is_unanswered = check_in
        .ratings
        .iter()
        .all(|rating| rating.answer.is_none());
    is_unanswered && check_in.overall.is_none() && check_in.note.is_none()
}

/// Checks that an attempt's days are in order.
///
/// # Errors
/// The column that does not, and the sentence.
pub(crate) fn attempt(attempt: Attempt) -> Result<Attempt, (&'static str, String)> {
    let began = attempt.began;
    if attempt.day_zero.is_some_and(|day| day < began) {
        return Err((
            "day_zero",
            "day 0 does not lie before the day it began".to_owned(),
        ));
    }
    if attempt.ended.is_some_and(|(day, _)| day < began) {
        return Err((
            "ended",
            "the last day does not lie before the first".to_owned(),
        ));
    }
    Ok(attempt)
}

/// Reads a value of a record's field.
///
/// # Errors
/// The sentence about what is neither text nor an amount.
pub(crate) fn value(value: &Json) -> Result<Value, String> {
    match value {
        Json::String(text) if text.len() <= MOST_TEXT => Ok(Value::Text(text.as_str().into())),
        Json::String(_) => Err(format!("a text has at most {MOST_TEXT} bytes")),
        Json::Number(number) => {
            // From the digits of the file: a detour over `f64` could round them.
            let amount: Option<Amount> = number.to_string().parse().ok();
            amount
                .map(Value::Number)
                .ok_or_else(|| NOT_A_VALUE.to_owned())
        }
        _ => Err(NOT_A_VALUE.to_owned()),
    }
}

/// Whether a field takes a value. Words need no more than to be words: empty ones and control characters are the person's.
fn fits(holds: Holds, held: Held<'_>) -> Result<(), String> {
    match (holds, held) {
        (Holds::Text | Holds::Zone, Held::Text(_)) => Ok(()),
        (Holds::Text, Held::Number(_)) => Err("text is expected".to_owned()),
        (_, Held::Text(text)) if holds.is_number() => holds
            .check(text)
            .and(Err("a number is expected, without quotes".to_owned())),
        (_, held) => holds.check(&held.to_string()),
    }
}

/// A record that has what its kind needs.
///
/// # Errors
/// The column or field that it lacks, and the sentence.
pub(crate) fn record(
    id: EntryId,
    kind: Kind,
    moment: Option<Moment>,
    about: Option<&str>,
    fields: Fields,
) -> Result<Record, (String, String)> {
    if moment.is_some() != kind.has_day() {
        return Err(("moment".to_owned(), NEEDED.to_owned()));
    }
    if let Some(about) = about {
        filled(about).map_err(|sentence| ("about".to_owned(), sentence))?;
    }
    for field in kind.facts().fields {
        let slip = |sentence: String| (field.code.to_owned(), sentence);
        match fields.value(field.code) {
            None if need(field) == Need::Needed => return Err(slip(NEEDED.to_owned())),
            None => {}
            Some(value) => fits(Holds::of(field.ask), value).map_err(slip)?,
        }
    }
    Ok(Record {
        id,
        kind,
        moment,
        about: about.map(Into::into),
        fields,
        edited_utc: None,
    })
}
