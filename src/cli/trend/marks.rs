//! Event marks as lines beneath a chart.

use crate::domain::event::{EventKind, events};
use crate::domain::journal::Journal;
use crate::domain::stats::Span;
use crate::domain::words;
use unicode_width::UnicodeWidthChar;

/// Longer periods count their notes instead of listing them.
const MOST_DAYS_WITH_NOTES: usize = 92;
/// Cells of a line.
const WIDTH: usize = 80;

/// The events of `span`, one a line; empty when there are none.
pub(super) fn list(journal: &Journal, span: Span) -> String {
    let events = events(journal, span);
    let is_long = span.len() > MOST_DAYS_WITH_NOTES;
    let mut lines = Vec::new();
    for event in &events {
        if !(is_long && event.kind == EventKind::Note) {
            lines.push(cut(&event.line()));
        }
    }
    let notes = events.iter().filter(|event| event.kind == EventKind::Note);
    let notes = notes.count();
    if is_long && notes > 0 {
        lines.push(format!(
            "n {}; a shorter period lists them",
            words::count(notes, "note", "notes")
        ));
    }
    lines.push(String::new());
    lines.join("\n")
}

/// As much of `line` as has room.
fn cut(line: &str) -> String {
    let mut cells = 0;
    let mut cut = String::new();
    for letter in line.chars() {
        cells += letter.width().unwrap_or(0);
        if cells > WIDTH {
            let kept = cut.chars().count().saturating_sub(3);
            return cut.chars().take(kept).chain("...".chars()).collect();
        }
        cut.push(letter);
    }
    cut
}
