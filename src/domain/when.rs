//! Reads what a person types for a moment (stand-in).
#![allow(missing_docs)]

use super::time::{DayEnd, Now, logical_day};
use chrono::{Days, NaiveDate, NaiveDateTime};

#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("\"{0}\" is not a day; 2026-11-22, yesterday and today are")]
pub struct WhenError(String);

pub fn parse_day(text: &str, now: &Now, end: DayEnd) -> Result<NaiveDate, WhenError> {
    let text = text.trim();
    let today = now.today(end);
    match text {
        "now" | "today" => return Ok(today),
        "yesterday" => return Ok(today.checked_sub_days(Days::new(1)).unwrap_or(today)),
        _ => {}
    }
    let full = NaiveDateTime::parse_from_str(text, "%Y-%m-%d %H:%M").map(|local| logical_day(local, end));
    full.or_else(|_| text.parse()).map_err(|_| WhenError(text.to_owned()))
}
