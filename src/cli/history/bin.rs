//! `ebb bin`: what was deleted in the last 30 days, to restore or to erase for good.

use crate::cli::failure::{Failure, NO, Outcome};
use crate::cli::output;
use crate::cli::session::Session;
use crate::domain::entry::bin;
use crate::domain::entry::bin::BinEntry;
use crate::domain::entry::saved::TakeBack;
use crate::domain::id::ShortIds;
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
  ebb bin restore last           what was deleted last; `ebb undo` takes that back
  ebb bin erase last --yes       from the journal and from copies that ebb made; no way back")]
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
    #[command(before_help = "\
Examples:
  ebb bin list")]
    List,
    /// Take an entry out of the bin
    #[command(before_help = "\
Examples:
  ebb bin restore last       `ebb undo` takes that back")]
    Restore {
        /// Its id or name, as `ebb bin` shows it; "last" is the one deleted last
        #[arg(value_name = "ID|NAME|last", num_args = 1.., required = true)]
        which: Vec<String>,
    },
    /// Erase an entry for good: no way back
    #[command(before_help = "\
Examples:
  ebb bin erase last --yes   from the journal and from copies that ebb made")]
    Erase {
        /// Its id or name, as `ebb bin` shows it; "last" is the one deleted last
        #[arg(value_name = "ID|NAME|last", num_args = 1.., required = true)]
        which: Vec<String>,
        /// Without a question
        #[arg(long)]
        yes: bool,
    },
}

pub(crate) fn run(args: &Args, session: &Session) -> Outcome {
    let mut store = session.open()?;
    match args.act.as_ref().unwrap_or(&Act::List) {
        Act::List => list(&store.bin(session.utc())?, args.json, session),
        Act::Restore { which } => {
            session.empty_bin(&mut store);
            let entry = find(&which.join(" "), &store, session)?;
            let change = Change::Restore {
                kind: entry.kind,
                id: entry.id,
            };
            store.apply(&[change], session.utc())?;
            output::say(&TakeBack::Verb.after(&entry.restored()));
            sentences(args.json, || json!({ "restored": entry.id.to_string() }))
        }
        Act::Erase { which, yes } => {
            session.empty_bin(&mut store);
            let entry = find(&which.join(" "), &store, session)?;
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

/// The entry that `wanted` means: the last one, its name, its id or the end of it.
fn find(wanted: &str, store: &Store, session: &Session) -> Outcome<BinEntry> {
    let all = store.bin(session.utc())?;
    let ids = ShortIds::new(all.iter().map(|entry| entry.id));
    let typed = wanted.trim().to_lowercase();
    let fitting: Vec<&BinEntry> = match typed.as_str() {
        // The newest stands first.
        "last" => all.first().into_iter().collect(),
        typed => {
            // Two letters stand in nearly every line. All of it is searched: what the list shows can be typed.
            let is_named = |entry: &BinEntry| {
                typed.chars().count() > 2 && entry.line().to_lowercase().contains(typed)
            };
            let fits = |entry: &&BinEntry| is_named(entry) || ShortIds::means(typed, entry.id);
            all.iter().filter(fits).collect()
        }
    };
    match fitting.as_slice() {
        [entry] => Ok((*entry).clone()),
        [] => Err(Failure::usage(format!(
            "nothing in the bin has the id or the name \"{wanted}\"; `ebb bin` lists what there is. Nothing was changed."
        ))),
        several => {
            let each: Vec<String> = several
                .iter()
                .map(|entry| format!("{} ({})", ids.of(entry.id), entry.line()))
                .collect();
            Err(Failure::usage(format!(
                "\"{wanted}\" means more than one; name it by its id: {}. Nothing was changed.",
                each.join(", ")
            )))
        }
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
    let ids = ShortIds::new(entries.iter().map(|entry| entry.id));
    let mut text = String::new();
    for entry in entries {
        let id = ids.of(entry.id);
        let (line, fate) = (entry.line(), entry.fate(&session.now));
        writeln!(text, "{id}  {line}; {fate}").ok();
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
