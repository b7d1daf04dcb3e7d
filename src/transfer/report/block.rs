//! What parts of a report are made of, and how days, moments and stretches are written in it.
//!
//! Invariant: days are written as in ISO 8601 and times with 24 hours.

use crate::domain::dose::long;
use crate::domain::time::span::Span;
use chrono::{DateTime, Datelike, FixedOffset, NaiveDate, TimeDelta};

/// What a part is made of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Block {
    /// A sentence.
    Said(String),
    /// Labels with their words.
    Facts(Vec<(String, String)>),
    /// Rows under a head.
    Table(Table),
    /// Lines, each beside when or what it is about; empty where there is nothing.
    List(Vec<(String, String)>),
}

/// A table. The first cell of a row is its heading; of the others, the last `words` are words and not numbers.
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
pub(super) fn moment(at: DateTime<FixedOffset>) -> String {
    at.format("%Y-%m-%d %H:%M").to_string()
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
        hours @ 1..48 => format!("{hours} h ago"),
        hours => format!("{hours} h ago ({})", long(ago)),
    }
}

/// "Leaf powder (kratom)": whoever reads it may not know what the person calls it.
pub(super) fn kratom(product: &str) -> String {
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

pub(super) fn said(text: &str) -> Vec<Block> {
    vec![Block::Said(text.to_owned())]
}
