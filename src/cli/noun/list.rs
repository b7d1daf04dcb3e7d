//! What there is of a noun: a line each, or JSON.

use super::lookup;
use super::lookup::{all, short_ids};
use super::stretch::Stretch;
use super::words::{Place, Words};
use crate::cli::failure::Outcome;
use crate::cli::output;
use crate::cli::output::entry_json;
use crate::cli::session::{Reply, Session};
use crate::domain::care::practice;
use crate::domain::care::visit::is_asked;
use crate::domain::dose::product;
use crate::domain::dose::product::ProductKey;
use crate::domain::entry::summary;
use crate::domain::journal::Journal;
use crate::domain::record::Record;
use crate::domain::record::field::Field;
use crate::domain::record::key;
use crate::domain::record::kind::{About, Kind, Timing};
use crate::domain::text::words;
use crate::domain::time::display::Manner;
use serde_json::{Value, json};
use std::fmt::Write as _;

/// Whether it goes on or lies ahead.
fn is_current(record: &Record, journal: &Journal, session: &Session) -> bool {
    let today = session.today(journal);
    // A visit is current until its day has passed, so that its outcome can still be noted that day.
    let is_past = record.kind.facts().timing == Timing::Planned
        && record.day().is_some_and(|day| day < today);
    let is_asked = record.kind == Kind::Question && is_asked(record);
    !record.is_over(today) && !is_past && !is_asked
}

pub(super) fn listing(
    words: &Words,
    journal: &Journal,
    stretch: &Stretch,
    session: &Session,
) -> Outcome {
    let kind = words.kind;
    let all = all(kind, journal);
    let days = stretch.days(journal, session)?;
    let whole = stretch.all;
    let mut shown = all.clone();
    match words.place {
        Place::First => shown.retain(|record| whole || is_current(record, journal, session)),
        Place::Entry => {
            shown.retain(|record| days.holds(record.day()));
            shown = stretch.last_of(shown);
        }
    }
    if session.reply == Reply::Json {
        let each = shown
            .iter()
            .map(|record| entry_json::record(journal, record));
        let each: Vec<Value> = each.collect();
        return output::json(&json!({ "version": 1, "kind": kind.code(), "records": each }));
    }
    let ids = short_ids(&all);
    let mut text = String::new();
    for record in &shown {
        let line = line(record, journal, session.now.manner);
        writeln!(text, "{}  {line}", ids.of(record.id)).ok();
    }
    let mut built_in = built_in(kind, journal);
    // A built-in product that the person changed stands among their own.
    built_in.retain(|(code, _)| !all.iter().any(|record| record.about() == Some(code)));
    if whole {
        for (code, line) in &built_in {
            writeln!(text, "{code}  {line}").ok();
        }
    }
    output::text(&text)?;
    if all.is_empty() && (built_in.is_empty() || !whole) {
        let name = kind.facts().name;
        output::say(&match words.place {
            Place::Entry => format!("No {name} yet."),
            Place::First if built_in.is_empty() => {
                format!("No {name} yet; `ebb {} add` adds one.", words.noun)
            }
            Place::First => format!(
                "No {name} yet; `ebb {0} add` adds one, `ebb {0} list --all` shows built-in ones.",
                words.noun
            ),
        });
    } else if shown.is_empty() && stretch.is_of_days() {
        output::say(&format!("No {} in these days.", kind.facts().name));
    } else if shown.len() < all.len() && !stretch.is_of_days() {
        let over = all.len() - shown.len();
        output::say(&format!("{over} more with --all."));
    }
    Ok(())
}

/// What comes with the program and can be named, and is not said otherwise.
fn built_in(kind: Kind, journal: &Journal) -> Vec<(String, String)> {
    match kind {
        Kind::Product => product::products(journal)
            .into_iter()
            .filter(|product| matches!(product.key, ProductKey::BuiltIn(_)))
            .map(|product| {
                let smallest = product.text(product.smallest);
                let line = format!("{}, smallest: {smallest}", product.name);
                (product.code, line)
            })
            .collect(),
        Kind::OwnPractice => practice::practices(journal)
            .into_iter()
            .filter(|practice| !practice.code.starts_with("own_"))
            .map(|practice| (practice.code, practice.name))
            .collect(),
        _ => Vec::new(),
    }
}

/// "Clonidine, as prescribed: 0.1 mg at night, since 1 Nov 2026".
pub(in crate::cli) fn line(record: &Record, journal: &Journal, manner: Manner) -> String {
    let mut parts = vec![summary::line(journal, record)];
    if let Some(moment) = &record.moment {
        let time = manner.time_of(moment);
        parts.push(format!("{} {time}", words::day(moment.day)));
    }
    if record.kind.facts().about == About::OwnCode {
        parts.extend(record.about().map(|code| format!("code: {code}")));
    }
    let is_said = |field: &Field| {
        record.moment.is_some()
            || matches!(
                field.code,
                // The title and the two days stand in the line already; a note may be long.
                key::NAME | key::TEXT | key::START | key::STOP | key::NOTE
            )
    };
    let fields = super::words::fields(record.kind).filter(|field| !is_said(field));
    parts.extend(fields.filter_map(|field| {
        let value = record.fields.value(field.code)?.to_string();
        // A record is one line of the list, whatever line breaks its fields have.
        let value = field.words(&value).lines().next().unwrap_or_default();
        Some(format!("{}: {value}", field.label.to_lowercase()))
    }));
    for (word, day) in [("since", record.first_day()), ("until", record.last_day())] {
        parts.extend(day.map(|day| format!("{word} {}", words::day(day))));
    }
    parts.extend(journal.mark_of(record.id));
    parts.join(", ")
}

/// All fields of one, a line each.
pub(super) fn show(words: &Words, which: &str, journal: &Journal, session: &Session) -> Outcome {
    let record = lookup::record(words, which, journal, session)?;
    if session.reply == Reply::Json {
        let entry = entry_json::record(journal, record);
        return output::json(&json!({ "version": 1, "entry": entry }));
    }
    let mut text = format!(
        "{}\n",
        words::sentence_head(&summary::line(journal, record))
    );
    if let Some(moment) = &record.moment {
        let at = words::day(moment.at().date_naive());
        let time = session.now.manner.time_of(moment);
        let mut parts = vec![format!("{at} {time}")];
        // A visit to come counts for no day yet.
        if record.kind.facts().timing == Timing::Moment {
            parts.push(format!("counts for {}", words::day(moment.day)));
        }
        parts.extend(words::marks(Some(moment), record.edited_utc));
        writeln!(text, "{}", parts.join(", ")).ok();
    }
    for field in super::words::fields(record.kind) {
        let Some(value) = record.fields.value(field.code) else {
            continue;
        };
        let value = value.to_string();
        let mut lines = field.words(&value).lines();
        writeln!(
            text,
            "{}: {}",
            field.label,
            lines.next().unwrap_or_default()
        )
        .ok();
        for line in lines {
            writeln!(text, "  {line}").ok();
        }
    }
    if let Some(mark) = journal.mark_of(record.id) {
        writeln!(text, "{}", words::sentence(&mark)).ok();
    }
    output::text(&text)
}
