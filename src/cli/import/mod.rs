//! `ebb import`: imports another file.
//!
//! Invariant: everything is read and checked first. Then all of it is written as one step, which one undo reverts, or nothing
//! is. An entry of this journal never changes.

pub(super) mod errors;
pub(super) mod map;
pub(super) mod merge;
mod pick;
pub(super) mod sync;

use super::backup;
use super::failure::{Failure, Outcome};
use super::output;
use super::session::{Reply, Session};
use crate::domain::journal::Journal;
use crate::domain::journal::incoming;
use crate::domain::journal::incoming::{Count, DeletedIds, ImportPlan, Omission};
use crate::domain::text::words;
use crate::store::{CopyKind, Run, Store, is_journal};
use crate::transfer::foreign::target;
use crate::transfer::foreign::target::{Map, Target};
use crate::transfer::import::error::{Here, Past};
use crate::transfer::import::{IMPORTS, Whose, named};
use errors::slips;
use pick::files;
use serde_json::json;
use std::path::{Path, PathBuf};

#[derive(Debug, clap::Args)]
#[command(before_help = "\
Examples:
  ebb import journal/ --dry-run     says what a folder of tables would bring, and does nothing
  ebb import journal.json           takes in what is new; what stands here stays as it is
  ebb import ratings.csv            check-ins from `ebb export csv`
  ebb import other-journal.db       another journal: of each entry the version that was edited last
  ebb import daylio.csv --map 'mood=overall:rad|good|meh|bad|awful'
  ebb import table.csv --map Nausea=symptom:nausea:0-10 --map Slept=measure:sleep_hours
  ebb undo                          takes the whole import back")]
pub(super) struct Args {
    /// A folder or a file; - reads stdin
    #[arg(value_name = "PATH")]
    path: PathBuf,
    /// The form, when it cannot be told: package, json, csv …
    #[arg(long, value_name = "FORMAT", value_parser = format)]
    format: Option<&'static str>,
    /// What a column of another program's file is, such as "Mood=overall:1-5"; may stand several times
    #[arg(long = "map", value_name = "COLUMN=TARGET", value_parser = target::read)]
    maps: Vec<Map>,
    /// Which column names each value, where each value has a row
    #[arg(long, value_name = "COLUMN")]
    name_column: Option<String>,
    /// Say what would come in, and do nothing
    #[arg(long)]
    dry_run: bool,
}

fn format(name: &str) -> Result<&'static str, String> {
    let known = named(&name.to_lowercase()).map(|format| format.name);
    known.ok_or_else(|| {
        let lines = IMPORTS
            .iter()
            .map(|format| format!("\n  {}: {}", format.name, format.about));
        format!("formats:{}", lines.collect::<String>())
    })
}

/// How many omissions are listed without `--dry-run`.
const NAMED: usize = 20;

pub(super) fn run(args: &Args, session: &mut Session) -> Outcome {
    // A journal is merged, not imported: both sides have edit times, so the later edit can win.
    if args.format.is_none() && args.path.is_file() && is_journal(&args.path) {
        let run = if args.dry_run { Run::Dry } else { Run::Real };
        return merge::run(&args.path, run, session);
    }
    let mut files = files(&args.path)?;
    if !args.dry_run {
        session.refuse_read_only()?;
    }
    let format = match args.format {
        Some(name) => named(name),
        None => pick::format(&mut files)?,
    };
    let format = format.ok_or_else(|| unknown_format(&args.path))?;
    let mut asked = args.maps.clone();
    let named = args.name_column.iter();
    asked.extend(named.map(|column| (column.trim().to_owned(), Target::Name)));
    let store = session.open_if_there()?;
    let (journal, gone) = match &store {
        Some(store) => (store.load(None)?, store.gone()?),
        None => (Journal::default(), DeletedIds::default()),
    };
    let past = Past {
        ids: incoming::ids(&journal),
        gone: gone.ids().collect(),
        offsets: incoming::offsets(&journal),
    };
    let maps = match format.of {
        Whose::Another(app) => map::text(app, &files, &asked, session, &journal)?,
        Whose::Ours { .. } if asked.is_empty() => Vec::new(),
        Whose::Ours { .. } => {
            return Err(Failure::usage(
                "--map is for files of other programs; nothing was taken in",
            ));
        }
    };
    let here = Here {
        now: &session.now,
        day_end: journal.settings.day_end,
        maps: &maps,
        past: &past,
    };
    let incoming = format
        .read(&files, &here)
        .map_err(|errors| slips(&errors))?;
    // The files may have hundreds of megabytes, and the writing below needs memory of its own.
    drop(files);
    for remark in &incoming.remarks {
        output::say(remark);
    }
    let at = session.now.at;
    let plan = incoming::accept(&journal, &incoming, &gone, &mut session.ids, at);
    if args.dry_run {
        return match session.reply {
            Reply::Json => json(&plan, &plan.added, Run::Dry),
            Reply::Sentences => sentences(&plan),
        };
    }
    if plan.changes.is_empty() {
        if session.reply == Reply::Json {
            json(&plan, &plan.added, Run::Real)?;
        }
        say(&plan, &plan.added, "Nothing new to take in");
        return Ok(());
    }
    let mut store: Store = match store {
        Some(store) => {
            backup::keep_before(CopyKind::BeforeImport, &store, session);
            store
        }
        None => session.create()?,
    };
    let mut line = output::Progress::new(plan.changes.len());
    line.say(&format!("Writing {} entries", plan.changes.len()));
    let result = store.take_in(&plan.changes, session.utc());
    // The progress line ends before any error is printed, or both would share a line.
    line.end();
    result?;
    // Reports what the journal has now, not what was meant to be written.
    let held = Session::read_back(&store, None);
    let held = held.map_or_else(|| plan.added.clone(), |journal| plan.held(&journal));
    session.empty_bin(&mut store);
    if session.reply == Reply::Json {
        json(&plan, &held, Run::Real)?;
    }
    say(&plan, &held, "Taken in");
    output::say("`ebb undo` takes all of it back.");
    Ok(())
}

fn unknown_format(path: &Path) -> Failure {
    let names: Vec<&str> = IMPORTS.iter().map(|format| format.name).collect();
    Failure::usage(format!(
        "{} is in no form that can be told, so nothing was taken in; --format names one of: {}",
        path.display(),
        names.join(", ")
    ))
}

/// Prints what came in, or would, as JSON.
fn json(plan: &ImportPlan, counts: &[Count], run: Run) -> Outcome {
    let added = counts.iter();
    let added = added.map(|(one, _, n)| json!({ "what": one, "count": n }));
    let left_out = plan
        .left_out
        .iter()
        .map(|left| json!({ "id": left.id.map(|id| id.to_string()), "said": left.to_string() }));
    output::json(&json!({
        "version": 1,
        "dry_run": run == Run::Dry,
        "added": added.collect::<Vec<_>>(),
        "from": plan.days.map(|(first, _)| first.to_string()),
        "to": plan.days.map(|(_, last)| last.to_string()),
        "same": plan.known,
        "left_out": left_out.collect::<Vec<_>>(),
    }))
}

/// Prints the result of a dry run to stdout, with every omission.
fn sentences(plan: &ImportPlan) -> Outcome {
    let mut lines = summary(plan, &plan.added, "Would come in");
    lines.extend(plan.left_out.iter().map(left_out));
    lines.push("Nothing was changed.".to_owned());
    output::text(&lines.join("\n"))
}

fn say(plan: &ImportPlan, counts: &[Count], head: &str) {
    for line in summary(plan, counts, head) {
        output::say(&line);
    }
    for left in plan.left_out.iter().take(NAMED) {
        output::say(&left_out(left));
    }
    if let Some(more) = plan.left_out.len().checked_sub(NAMED).filter(|n| *n > 0) {
        output::say(&format!(
            "  \u{2026} and {more} more; --dry-run names them all"
        ));
    }
}

fn summary(plan: &ImportPlan, counts: &[Count], head: &str) -> Vec<String> {
    let added: Vec<String> = counts
        .iter()
        .map(|(one, many, n)| words::count(*n, one, many))
        .collect();
    let days = plan.days.map_or_else(String::new, |(first, last)| {
        format!(", {} to {}", words::day(first), words::day(last))
    });
    let mut lines = vec![if added.is_empty() {
        format!("{head}: nothing.")
    } else {
        format!("{head}: {}{days}.", added.join(", "))
    }];
    if plan.recovered > 0 {
        let n = words::count(plan.recovered, "of these", "of these");
        lines.push(format!(
            "{n} had been left out by version 0.1.0, which kept one row of several at the same time."
        ));
    }
    if plan.known > 0 {
        let known = words::count(plan.known, "thing", "things");
        lines.push(format!("Here already, the same: {known}."));
    }
    if !plan.left_out.is_empty() {
        let n = words::count(plan.left_out.len(), "thing", "things");
        lines.push(format!("Left out: {n}."));
    }
    lines
}

fn left_out(left: &Omission) -> String {
    match left.id {
        Some(id) => format!("  {left} ({id})"),
        None => format!("  {left}"),
    }
}
