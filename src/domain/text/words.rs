//! Days and sentences in words, the same on screen, on the command line and in plain mode.

use crate::domain::time::Moment;
pub(crate) use crate::domain::time::display::{day, plain_day, short_day};
use crate::domain::time::span::Span;
use chrono::{Datelike, NaiveDate};

/// "Tue 3 Mar", with the year if it is not that of `today`.
pub(crate) fn day_near(day: NaiveDate, today: NaiveDate) -> String {
    if day.year() == today.year() {
        short_day(day)
    } else {
        self::day(day)
    }
}

/// "today", "yesterday", "3 days ago", "tomorrow"; more than a week away "Tue 3 Mar 2026".
pub(crate) fn relative_day(day: NaiveDate, today: NaiveDate) -> String {
    match (today - day).num_days() {
        0 => "today".to_owned(),
        1 => "yesterday".to_owned(),
        -1 => "tomorrow".to_owned(),
        n @ 2..=7 => format!("{n} days ago"),
        _ => self::day(day),
    }
}

/// "Mon 16 \u{2013} Sun 22 Nov", with month and year if they differ from those of the other end or of today.
pub(crate) fn stretch(span: Span, today: NaiveDate) -> String {
    let first = match (
        span.from.year() == span.to.year(),
        span.from.month() == span.to.month(),
    ) {
        (true, true) => "%a %-d",
        (true, false) => "%a %-d %b",
        (false, _) => "%a %-d %b %Y",
    };
    let last = if span.to.year() == today.year() && span.from.year() == today.year() {
        "%a %-d %b"
    } else {
        "%a %-d %b %Y"
    };
    format!(
        "{} \u{2013} {}",
        span.from.format(first),
        span.to.format(last)
    )
}

/// The question of the overall, for today or a past day.
pub(crate) fn overall_question(day: NaiveDate, today: NaiveDate) -> &'static str {
    if day == today {
        "Overall, how hard is today?"
    } else {
        "Overall, how hard was that day?"
    }
}

/// "1 day", "3 days": a number with its noun.
pub(crate) fn count(n: usize, one: &str, many: &str) -> String {
    format!("{n} {}", if n == 1 { one } else { many })
}

/// `text` with a capital first letter and a full stop.
pub(crate) fn sentence(text: &str) -> String {
    // Text of the person may already end with its own sign.
    let stop = if text.ends_with(['.', '?', ')']) {
        ""
    } else {
        "."
    };
    format!("{}{stop}", sentence_head(text))
}

/// `text` with a capital first letter.
pub(crate) fn sentence_head(text: &str) -> String {
    // `to_uppercase` may give two letters, as for "ß".
    let mut letters = text.chars();
    let head: String = letters
        .next()
        .map(|first| first.to_uppercase().collect())
        .unwrap_or_default();
    format!("{head}{}", letters.as_str())
}

/// "written late", "edited": the marks at the end of an entry.
pub(crate) fn marks(
    moment: Option<&Moment>,
    edited_utc: Option<i64>,
) -> impl Iterator<Item = String> {
    let is_late = moment.is_some_and(|moment| moment.late);
    let late = is_late.then(|| "written late".to_owned());
    let edited = edited_utc.map(|_| "edited".to_owned());
    late.into_iter().chain(edited)
}

/// How many of a list a sentence names.
const NAMED: usize = 20;

/// "a, b, c and 4 more": the first of a list.
pub(crate) fn first_of(all: &[String]) -> String {
    let named = all.get(..NAMED).unwrap_or(all).join(", ");
    match all.len().checked_sub(NAMED) {
        Some(more) if more > 0 => format!("{named} and {more} more"),
        _ => named,
    }
}
