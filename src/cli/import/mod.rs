//! `ebb import`: imports another file.
//!
//! Invariant: everything is read and checked first. Then all of it is written as one step, which one undo reverts, or nothing
//! is. An entry of this journal never changes.

pub(super) mod answers;
pub(super) mod errors;
pub(super) mod last_meeting;
pub(super) mod map;
pub(super) mod merge;
pub(super) mod sync;

use super::backup;
use super::failure::{Failure, NO, Outcome};
use super::output;
use super::session::{Reply, Session};
use crate::domain::journal::Journal;
use crate::domain::journal::incoming;
use crate::domain::journal::incoming::{Count, DeletedIds, ImportPlan, Omission};
use crate::domain::text::system_words::system_words;
use crate::domain::text::words;
use crate::store::{CopyKind, Run, Store, is_journal};
use crate::transfer::foreign::target;
use crate::transfer::foreign::target::Map;
use crate::transfer::import::error::{File, Here, MOST_BYTES, Past};
use crate::transfer::import::{IMPORTS, Whose, detected, named};
use errors::slips;
use serde_json::json;
use std::fs;
use std::io::{self, Read};
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
pub(in crate::cli) const NAMED: usize = 20;

pub(super) fn run(args: &Args, session: &mut Session) -> Outcome {
    // A journal is merged, not imported: both sides have edit times, so the later edit can win.
    if args.format.is_none() && args.path.is_file() && is_journal(&args.path) {
        let run = if args.dry_run { Run::Dry } else { Run::Real };
        return merge::run(&args.path, run, session);
    }
    let files = files(&args.path)?;
    if !args.dry_run {
        session.refuse_read_only()?;
    }
    let format = match args.format {
        Some(name) => named(name),
        None => detected(&files),
    };
    let format = format.ok_or_else(|| unknown_format(&args.path))?;
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
        Whose::Another(app) => map::text(app, &files, &args.maps, session, &journal)?,
        Whose::Ours { .. } if args.maps.is_empty() => Vec::new(),
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

pub(in crate::cli) fn unknown_format(path: &Path) -> Failure {
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

pub(in crate::cli) fn summary(plan: &ImportPlan, counts: &[Count], head: &str) -> Vec<String> {
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

pub(in crate::cli) fn left_out(left: &Omission) -> String {
    match left.id {
        Some(id) => format!("  {left} ({id})"),
        None => format!("  {left}"),
    }
}

/// The files of a folder, a file, or stdin.
pub(in crate::cli) fn files(path: &Path) -> Outcome<Vec<File>> {
    let unread = |path: &Path, error: &io::Error| {
        Failure::new(
            NO,
            format!(
                "{} could not be read ({}), so nothing was taken in",
                path.display(),
                system_words(error)
            ),
        )
    };
    let mut left = MOST_BYTES;
    if path == Path::new("-") {
        let bytes = limited(&mut io::stdin().lock(), &mut left);
        let bytes = bytes.map_err(|error| unread(path, &error))?;
        let name = "stdin".to_owned();
        return Ok(vec![File {
            name,
            bytes: within(bytes, path)?,
        }]);
    }
    let meta = fs::metadata(path).map_err(|error| unread(path, &error))?;
    let mut paths = Vec::new();
    if meta.is_dir() {
        for entry in fs::read_dir(path).map_err(|error| unread(path, &error))? {
            paths.push(entry.map_err(|error| unread(path, &error))?.path());
        }
        // A folder may contain unrelated files.
        paths.retain(|path| path.is_file() && is_readable(path));
        // `read_dir` has no order, and errors should come in the same order every time.
        paths.sort();
    } else if meta.is_file() {
        paths.push(path.to_owned());
    } else {
        return Err(Failure::usage(format!(
            "{} is neither a file nor a folder; - reads stdin",
            path.display()
        )));
    }
    let mut files = Vec::with_capacity(paths.len());
    for path in &paths {
        let read = fs::File::open(path).and_then(|mut file| limited(&mut file, &mut left));
        let bytes = within(read.map_err(|error| unread(path, &error))?, path)?;
        let name = path
            .file_name()
            .unwrap_or_default()
            .to_string_lossy()
            .into_owned();
        files.push(File { name, bytes });
    }
    Ok(files)
}

/// Whether a file of a folder has the extension of an import format.
fn is_readable(path: &Path) -> bool {
    let ending = path
        .extension()
        .unwrap_or_default()
        .to_string_lossy()
        .to_lowercase();
    ["csv", "json"].contains(&ending.as_str())
}

/// Reads at most `left` bytes; `None` when there are more.
fn limited(from: &mut dyn Read, left: &mut u64) -> io::Result<Option<Vec<u8>>> {
    let mut bytes = Vec::new();
    // One byte more than allowed tells a full file from a too large one.
    from.take(left.saturating_add(1)).read_to_end(&mut bytes)?;
    let rest = left.checked_sub(bytes.len() as u64);
    *left = rest.unwrap_or(0);
    Ok(rest.is_some().then_some(bytes))
}

fn within(bytes: Option<Vec<u8>>, path: &Path) -> Outcome<Vec<u8>> {
    bytes.ok_or_else(|| {
        Failure::usage(format!(
            "{} holds more than {} MB, which is more than is read at once, so nothing was taken in",
            path.display(),
            MOST_BYTES / 1024 / 1024
        ))
    })
}
