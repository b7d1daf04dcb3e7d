//! `ebb bin`: what was deleted in the last 30 days, to restore or to erase for good.

use crate::cli::failure::{Failure, NO, Outcome};
use crate::cli::output;
use crate::cli::session::Session;
use crate::domain::entry::bin;
use crate::domain::entry::bin::BinEntry;
use crate::domain::entry::saved::TakeBack;
use crate::domain::journal::change::Change;
use crate::domain::text::words;
use crate::store::Store;
use chrono::DateTime;
use serde_json::{Value, json};
use std::fmt::Write as _;

#[derive(Debug, clap::Args)]
#[command(before_help = "\
Examples:
  ebb bin                        what was deleted, with its id and the days left
  ebb bin restore 3f9a1c2e       `ebb undo` takes that back
  ebb bin erase 3f9a1c2e --yes   from the journal and from copies that ebb made; no way back")]
pub(crate) struct Args {
    #[command(subcommand)]
    act: Option<Act>,
    /// For scripts
    #[arg(long, global = true)]
    json: bool,
}

#[derive(Debug, clap::Subcommand)]
enum Act {
    /// What was deleted in the last 30 days
    List,
    /// Take an entry out of the bin
    Restore {
        /// Its id, or the end of it
        id: String,
    },
    /// Erase an entry for good: no way back
    Erase {
        /// Its id, or the end of it
        id: String,
        /// Without a question
        #[arg(long)]
        yes: bool,
    },
}

pub(crate) fn run(args: &Args, session: &Session) -> Outcome {
    let mut store = session.open()?;
    match args.act.as_ref().unwrap_or(&Act::List) {
        Act::List => list(&store.bin(session.utc())?, args.json, session),
        Act::Restore { id } => {
            session.empty_bin(&mut store);
            let entry = find(id, &store, session)?;
            let change = Change::Restore {
                kind: entry.kind,
                id: entry.id,
            };
            store.apply(&[change], session.utc())?;
            output::say(&TakeBack::Verb.after(&entry.restored()));
            sentences(args.json, || json!({ "restored": entry.id.to_string() }))
        }
        Act::Erase { id, yes } => {
            session.empty_bin(&mut store);
            let entry = find(id, &store, session)?;
            session.refuse_read_only()?;
            agreed(&entry, *yes)?;
            erase(&entry, args.json, &mut store, session)
        }
    }
}

fn sentences(json: bool, value: impl FnOnce() -> Value) -> Outcome {
    if json {
        return output::json(&with_version(value()));
    }
    Ok(())
}

fn with_version(mut value: Value) -> Value {
    if let Some(object) = value.as_object_mut() {
        object.insert("version".to_owned(), json!(1));
    }
    value
}

/// The entry whose id is `wanted` or ends with it.
fn find(wanted: &str, store: &Store, session: &Session) -> Outcome<BinEntry> {
    let end = wanted.trim().to_lowercase();
    let mut found = store.bin(session.utc())?;
    // Every id ends with nothing, so an empty word would match them all.
    found.retain(|entry| !end.is_empty() && entry.id.to_string().ends_with(&end));
    match (found.pop(), found.is_empty()) {
        (Some(entry), true) => Ok(entry),
        (None, _) => Err(Failure::usage(format!(
            "nothing in the bin has the id \"{wanted}\"; `ebb bin` lists what there is. Nothing was changed."
        ))),
        (Some(_), false) => Err(Failure::usage(format!(
            "more than one id ends with \"{wanted}\"; more of it tells them apart. Nothing was changed."
        ))),
    }
}

fn agreed(entry: &BinEntry, yes: bool) -> Outcome {
    if yes {
        return Ok(());
    }
    // Never without a yes: erasing cannot be undone.
    if !output::can_ask() {
        return Err(Failure::usage(
            "erasing for good asks first, and nobody can be asked here; --yes does it without a question. Nothing was erased.",
        ));
    }
    let head = words::sentence_head(&entry.line());
    output::say(&format!("{head}. {}", bin::ERASING));
    if output::agrees("Erase it for good?") {
        Ok(())
    } else {
        Err(Failure::new(NO, "nothing was erased"))
    }
}

fn erase(entry: &BinEntry, json: bool, store: &mut Store, session: &Session) -> Outcome {
    let done = store.erase(entry.kind, entry.id, session.utc())?;
    let unreached = done.unreached_paths();
    // JSON goes out before the exit code is decided, so that a script sees what was erased.
    sentences(json, || {
        json!({
            "erased": entry.id.to_string(),
            "copies": done.copies,
            "unreached": unreached,
        })
    })?;
    let sentence = bin::erased_text(&entry.what, done.copies, &unreached);
    if unreached.is_empty() {
        output::say(&sentence);
        return Ok(());
    }
    Err(Failure::new(NO, sentence))
}

fn list(entries: &[BinEntry], json: bool, session: &Session) -> Outcome {
    if json {
        return output::json(&as_json(entries, session));
    }
    if entries.is_empty() {
        output::say(bin::EMPTY);
        return Ok(());
    }
    let mut text = String::new();
    for entry in entries {
        let id = entry.id.to_string();
        // Ids begin with their time; the last group is random and tells them apart.
        let end = id.rsplit('-').next().unwrap_or_default();
        let (line, fate) = (entry.line(), entry.fate(&session.now));
        writeln!(text, "{end}  {line}; {fate}").ok();
    }
    output::text(&text)
}

fn as_json(entries: &[BinEntry], session: &Session) -> Value {
    let each = entries.iter().map(|entry| {
        let deleted = DateTime::from_timestamp(entry.deleted_utc, 0).unwrap_or_default();
        json!({
            "id": entry.id.to_string(),
            "kind": entry.kind.code(),
            "date": entry.day.map(|day| day.to_string()),
            "what": entry.what,
            "deleted_at": session.now.zone.at(deleted).to_rfc3339(),
            "days_left": entry.days_left(session.now.at.timestamp()),
        })
    });
    with_version(json!({ "deleted": each.collect::<Vec<_>>() }))
}
