//! Event marks: lines beneath a chart, or sentences.

use super::look::Look;
use super::sentences::dated;
use crate::domain::text::words;
use crate::domain::trends::event_marks::{Event, EventKind, events};
use unicode_width::UnicodeWidthChar;

/// Longer periods count their notes instead of listing them.
const MOST_DAYS_WITH_NOTES: usize = 92;
/// Cells of a line.
const WIDTH: usize = 80;

/// The events of the days, one a line; empty when there are none.
pub(super) fn list(look: &Look<'_>) -> String {
    let span = look.span;
    let events = events(look.at.journal, span, look.at.today);
    let is_long = span.len() > MOST_DAYS_WITH_NOTES;
    let mut lines = Vec::new();
    for event in &events {
        if !(is_long && event.kind == EventKind::Note) {
            lines.push(cut(&event.line(span)));
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

/// What stands for the notes where there are too many of them to be said with a view.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Notes {
    /// Long periods count them.
    OnPaper,
    /// More than [`MOST_NOTES_SAID`] are counted: a word of the conversation says them.
    Spoken,
}

/// More notes are counted where every line takes the time of saying it.
const MOST_NOTES_SAID: usize = 7;

/// The events as sentences.
pub(super) fn sentences(look: &Look<'_>, notes: Notes) -> Vec<String> {
    let all = all_text(look);
    let is_note = |(kind, _): &&(EventKind, String)| *kind == EventKind::Note;
    let n = all.iter().filter(is_note).count();
    let (is_counted, way) = match notes {
        Notes::OnPaper => (
            look.marked().len() > MOST_DAYS_WITH_NOTES,
            "a shorter period says them",
        ),
        Notes::Spoken => (n > MOST_NOTES_SAID, "marks says them"),
    };
    if !is_counted || n == 0 {
        return all.into_iter().map(|(_, line)| line).collect();
    }
    let others = all.into_iter().filter(|(kind, _)| *kind != EventKind::Note);
    let count = format!("{}; {way}.", words::count(n, "note", "notes"));
    others.map(|(_, line)| line).chain([count]).collect()
}

/// Every event as a sentence.
pub(super) fn all_text(look: &Look<'_>) -> Vec<(EventKind, String)> {
    let span = look.marked();
    let summary = |event: &Event<'_>| {
        let day = dated(event.day, span);
        let line = match event.kind {
            EventKind::Note => {
                // A sentence is one line, whatever line breaks the note has.
                let words: Vec<&str> = event.detail.split_whitespace().collect();
                format!("{day}, note: {}", words.join(" "))
            }
            _ => words::sentence(&format!("{day}: {}", event.detail)),
        };
        (event.kind, line)
    };
    let events = events(look.at.journal, span, look.at.today);
    events.iter().map(summary).collect()
}

/// As much of `line` as has room.
fn cut(line: &str) -> String {
    let mut cells = 0;
    let mut cut = String::new();
    for letter in line.chars() {
        cells += letter.width().unwrap_or(0);
        if cells > WIDTH {
            // Three dots, not an ellipsis: this text is ASCII alone.
            let kept = cut.chars().count().saturating_sub(3);
            return cut.chars().take(kept).chain("...".chars()).collect();
        }
        cut.push(letter);
    }
    cut
}
