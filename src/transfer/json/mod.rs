//! The whole journal as one JSON document, an entry a line. Described in `assets/formats.md`.
//!
//! Invariant: written, read into an empty journal and written again, the bytes are the same.

pub mod read;
pub mod shape;

use super::csv::{Range, ordered};
use super::package::rows::{origin, records_of};
use crate::domain::check_in::catalogue::catalogue;
use crate::domain::journal::Journal;
use crate::domain::record::kind::Kind;
use chrono::NaiveDate;
use serde::Serialize;
use shape::{Attempt, CheckIn, HelpLine, Record, Setting, Symptom};
use std::io::{self, Write};

/// The version of the form.
pub const VERSION: u64 = 1;
/// What the document says it is.
pub const FORMAT: &str = "ebbtide-journal";

/// Writes everything, or the days of `range` with what stands beside days.
///
/// # Errors
/// Those of `out`.
pub fn write(journal: &Journal, range: Range, out: &mut dyn Write) -> io::Result<()> {
    let end = |day: NaiveDate, open| (day != open).then_some(day);
    let head = shape::Head {
        format: FORMAT.into(),
        version: VERSION,
        catalogue: catalogue().version.as_str().into(),
        day_end: journal.settings.day_end.to_string().into(),
        from: end(range.from, Range::ALL.from),
        to: end(range.to, Range::ALL.to),
    };
    // The head's own brace is opened, so that the lists stand in the same object.
    let head = serde_json::to_string(&head)?;
    out.write_all(head.trim_end_matches('}').as_bytes())?;
    let chosen = journal.settings.chosen();
    list(out, "settings", chosen.iter().map(Setting::of))?;
    let symptoms = journal.symptoms.iter();
    let symptoms = symptoms.map(|symptom| Symptom::of(symptom, origin(symptom.origin)));
    list(out, "symptoms", symptoms)?;
    let attempts = journal.attempts.iter();
    list(out, "attempts", attempts.map(|n| Attempt::of(n.attempt)))?;
    let check_ins = ordered(journal, range).into_iter();
    let check_ins = check_ins.map(|check_in| CheckIn::of(check_in, &journal.symptoms));
    list(out, "check_ins", check_ins)?;
    let lines = journal.settings.help_lines.iter();
    list(out, "help_lines", lines.map(HelpLine::of))?;
    let kinds = Kind::ALL.into_iter();
    let records = kinds.flat_map(|kind| records_of(journal, kind, range));
    list(out, "records", records.map(Record::of))?;
    out.write_all(b"\n}\n")
}

/// A list with an entry a line.
fn list<T: Serialize>(
    out: &mut dyn Write,
    name: &str,
    entries: impl Iterator<Item = T>,
) -> io::Result<()> {
    write!(out, ",\n\"{name}\": [")?;
    let mut separator = "\n";
    for entry in entries {
        out.write_all(separator.as_bytes())?;
        serde_json::to_writer(&mut *out, &entry)?;
        separator = ",\n";
    }
    let end = if separator == "\n" { "]" } else { "\n]" };
    out.write_all(end.as_bytes())
}
