//! The building blocks of a report's parts, and its forms of days, moments and stretches.
//!
//! Invariant: days are in ISO 8601 and times have 24 hours, because a reader may be from any country.

use crate::domain::dose::long;
use crate::domain::time::Named;
use crate::domain::time::span::Span;
use chrono::{DateTime, Datelike, FixedOffset, NaiveDate, TimeDelta};

/// A building block of a part.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Block {
    /// A sentence.
    Said(String),
    /// Labels with their words.
    Facts(Vec<(String, String)>),
    /// Rows under a head.
    Table(Table),
    /// Lines, each with its day or subject, which may be empty.
    List(Vec<(String, String)>),
}

/// A table. The first cell of a row is its heading; the last `words` cells are words, the others numbers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Table {
    pub(super) caption: String,
    pub(super) head: Vec<String>,
    pub(super) rows: Vec<Vec<String>>,
    pub(super) words: usize,
}

/// "2026-11-22".
pub(super) fn day(day: NaiveDate) -> String {
    day.to_string()
}

/// "2026-11-22 19:05".
pub(super) fn made(at: DateTime<FixedOffset>) -> String {
    at.format("%Y-%m-%d %H:%M").to_string()
}

/// "2026-11-22 19:05"; "2026-11-22" for a day alone.
pub(super) fn moment(named: Named) -> String {
    if named.without_time {
        named.at.date_naive().to_string()
    } else {
        made(named.at)
    }
}

/// "2026-11-16 to 2026-11-22"; a day alone stands for itself.
pub(super) fn stretch(span: Span) -> String {
    if span.from == span.to {
        day(span.from)
    } else {
        format!("{} to {}", span.from, span.to)
    }
}

/// "2026-11-16 to 11-22": the year of the first day alone where it is that of both.
pub(super) fn near_stretch(span: Span) -> String {
    if span.from.year() != span.to.year() || span.from == span.to {
        return stretch(span);
    }
    format!("{} to {}", span.from, span.to.format("%m-%d"))
}

/// "25 h ago", "74 h ago (3 days 2 h)".
pub(super) fn ago(ago: TimeDelta) -> String {
    match ago.num_hours() {
        0 => format!("{} ago", long(ago)),
        // Up to two days a clinician thinks in hours since the last dose.
        hours @ 1..48 => format!("{hours} h ago"),
        hours => format!("{hours} h ago ({})", long(ago)),
    }
}

/// "Leaf powder (kratom)": the reader may not know the person's name for the product.
pub(super) fn kratom(product: &str) -> String {
    // Already named: "Kratom powder (kratom)" would say it twice.
    if product.to_lowercase().contains("kratom") {
        product.to_owned()
    } else {
        format!("{product} (kratom)")
    }
}

pub(super) fn labelled(facts: Vec<(&'static str, String)>) -> Vec<(String, String)> {
    let facts = facts.into_iter();
    facts
        .map(|(label, text)| (label.to_owned(), text))
        .collect()
}

pub(super) fn paragraphs(text: &str) -> Vec<Block> {
    vec![Block::Said(text.to_owned())]
}
