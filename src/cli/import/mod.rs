//! `ebb import`: imports another file.
//!
//! Invariant: everything is read and checked first. Then all of it is written as one step, which one undo reverts, or nothing
//! is. An entry of this journal never changes.

pub(super) mod answers;
pub(in crate::cli) mod errors;
pub(super) mod last_meeting;
pub(super) mod map;
pub(super) mod merge;
pub(in crate::cli) mod pick;
pub(super) mod sync;

use super::backup;
use super::failure::{Failure, Outcome};
use super::output;
use super::session::{Reply, Session};
use crate::domain::care::nights;
use crate::domain::dose::day_without;
use crate::domain::entry::summary as entry_summary;
use crate::domain::id::EntryId;
use crate::domain::journal::Journal;
use crate::domain::journal::incoming;
use crate::domain::journal::incoming::{Count, DeletedIds, ImportPlan, Incoming, Omission, Why};
use crate::domain::text::words;
use crate::store::{CopyKind, Run, Store, is_journal};
use crate::transfer::csv::day;
use crate::transfer::foreign::digits::Decimal;
use crate::transfer::foreign::target;
use crate::transfer::foreign::target::{Map, Target};
use crate::transfer::import::error::{File, Here, Past, RowError, Slips, Tell, Ways};
use crate::transfer::import::face::Face;
use crate::transfer::import::whole_file::blank_words;
use crate::transfer::import::{IMPORTS, ImportFormat, Whose, named};
use crate::transfer::progress::Progress;
use errors::{no_form, slips};
use map::Asked;
pub(in crate::cli) use pick::files;
use serde_json::json;
use std::cell::RefCell;
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
  ebb import table.csv --map Slept=measure:sleep_hours:h --blank '-,n/a' --skip-slips
  ebb undo                          takes the whole import back")]
pub(super) struct Args {
    /// A folder or a file; - reads stdin
    #[arg(value_name = "PATH")]
    path: PathBuf,
    /// The form, when it cannot be told: package, json, csv …
    #[arg(long, value_name = "FORMAT", value_parser = format)]
    format: Option<&'static str>,
    /// What a column is, such as "Mood=overall:1-5"; may stand several times
    #[arg(long = "map", value_name = "COLUMN=TARGET")]
    maps: Vec<String>,
    /// Words of a blank cell, with commas between: '-,n/a,0'
    #[arg(long, value_name = "WORDS", allow_hyphen_values = true)]
    blank: Option<String>,
    /// The sign before decimals where 5,000 could be 5: point or comma
    #[arg(long, value_name = "SIGN", value_parser = Decimal::read)]
    decimal: Option<Decimal>,
    /// Leave out the rows that cannot be read, and take in the rest
    #[arg(long)]
    skip_slips: bool,
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
pub(in crate::cli) const NAMED: usize = 20;

pub(super) fn run(args: &Args, session: &mut Session) -> Outcome {
    // A journal is merged, not imported: both sides have edit times, so the later edit can win.
    if args.format.is_none() && args.path.is_file() && is_journal(&args.path) {
        let run = if args.dry_run { Run::Dry } else { Run::Real };
        return merge::run(&args.path, run, session);
    }
    let mut files = files(&args.path)?;
    refuse_days(&args.path, &files)?;
    if !args.dry_run {
        session.refuse_read_only()?;
    }
    let format =
        format_of(args, &mut files)?.ok_or_else(|| no_form(&args.path, &files, Face::Shell))?;
    let store = session.open_if_there()?;
    let (journal, gone) = standing(store.as_ref())?;
    let mut asked = maps(args, &journal)?;
    let names = args.name_column.iter();
    asked.extend(names.map(|column| (column.trim().to_owned(), Target::Name)));
    let past = past(&journal, &gone);
    let blanks = args.blank.as_deref().map(blank_words);
    let mut ways = Ways {
        blanks: blanks.as_deref(),
        decimal: args.decimal,
        slips: slips_of(args),
        standing: &journal.standing,
        face: Face::Shell,
        tell: Tell::default(),
    };
    let maps = match format.of {
        Whose::Another(app) => {
            let file = Asked {
                app,
                files: &files,
                session,
                journal: &journal,
            };
            map::text(&file, &asked, &mut ways)?
        }
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
        ways,
    };
    let mut incoming = read(format, &files, &here)?;
    // The files may have hundreds of megabytes, and the writing below needs memory of its own.
    drop(files);
    for remark in &incoming.remarks {
        output::say(remark);
    }
    let skipped = std::mem::take(&mut incoming.skipped);
    let plan = planned(&journal, incoming, &gone, session);
    if args.dry_run {
        return match session.reply {
            Reply::Json => json(&plan, &plan.added, &skipped, Run::Dry),
            Reply::Sentences => {
                sentences(&plan, &skipped, &|id| came_in(store.as_ref(), id, session))
            }
        };
    }
    if plan.changes.is_empty() {
        if session.reply == Reply::Json {
            json(&plan, &plan.added, &skipped, Run::Real)?;
        }
        say(&plan, &plan.added, "Nothing new to take in", &|id| {
            came_in(store.as_ref(), id, session)
        });
        say_skipped(&skipped);
        say_mending(&plan, format);
        return Ok(());
    }
    let mut store: Store = match store {
        Some(store) => {
            backup::keep_before(CopyKind::BeforeImport, &store, session);
            store
        }
        None => session.create()?,
    };
    write(&mut store, &plan, session)?;
    // Reports what the journal has now, not what was meant to be written.
    let held = Session::read_back(&store, None);
    let held = held.map_or_else(|| plan.added.clone(), |journal| plan.held(&journal));
    session.empty_bin(&mut store);
    if session.reply == Reply::Json {
        json(&plan, &held, &skipped, Run::Real)?;
    }
    say(&plan, &held, "Taken in", &|id| {
        came_in(Some(&store), id, session)
    });
    say_skipped(&skipped);
    say_mending(&plan, format);
    output::say("`ebb undo` takes all of it back.");
    Ok(())
}

/// The journal as it is, and what was deleted from it; nothing where there is none yet.
fn standing(store: Option<&Store>) -> Outcome<(Journal, DeletedIds)> {
    Ok(match store {
        Some(store) => (store.load(None)?, store.gone()?),
        None => (Journal::default(), DeletedIds::default()),
    })
}

fn write(store: &mut Store, plan: &ImportPlan, session: &Session) -> Outcome {
    let line = output::Progress::new(plan.changes.len());
    line.say(&Progress::Entries(plan.changes.len()).to_string());
    let result = store.take_in(&plan.changes, session.utc());
    // The progress line ends before any error is printed, or both would share a line.
    line.end();
    result?;
    Ok(())
}

/// A file with a day a row holds what was worked out, under whatever format it is offered.
pub(in crate::cli) fn refuse_days(path: &Path, files: &[File]) -> Outcome {
    match files {
        [file] if day::is_days(&file.bytes) => Err(Failure::usage(format!(
            "{} has a day a row, worked out from the entries of each day; these cannot be taken out of it again, so nothing was \
             taken in. What `ebb export csv -o DIR/` and `ebb export json` write comes back whole",
            path.display()
        ))),
        _ => Ok(()),
    }
}

/// What the journal knows of entries that came in before.
pub(in crate::cli) fn past(journal: &Journal, gone: &DeletedIds) -> Past {
    Past {
        ids: incoming::ids(journal),
        gone: gone.ids().collect(),
        offsets: incoming::offsets(journal),
    }
}

/// What the import would do, with every difference in words.
pub(in crate::cli) fn planned(
    journal: &Journal,
    mut incoming: Incoming,
    gone: &DeletedIds,
    session: &mut Session,
) -> ImportPlan {
    let at = session.now.at;
    let mut plan = incoming::accept(journal, &mut incoming, gone, &mut session.ids, at);
    nights::fit(&mut plan, journal, &incoming);
    day_without::fit(&mut plan, journal, &incoming);
    plan.explain_records(&|record| entry_summary::line(journal, record));
    plan
}

/// The format that was said, else the one that the files look like.
fn format_of(args: &Args, files: &mut Vec<File>) -> Outcome<Option<&'static ImportFormat>> {
    if let Some(name) = args.format {
        return Ok(named(name));
    }
    // Who names the day of a file has said that it is a table.
    let maps = args
        .maps
        .iter()
        .map(|map| target::read(map, &Journal::default()));
    let mut targets = maps.flatten().map(|(_, target)| target);
    let is_day = targets.any(|target| matches!(target, Target::Date(_) | Target::DayAbove));
    let table = || is_day.then(|| named("table")).flatten();
    Ok(pick::format(files)?.or_else(table))
}

/// The mappings as they were typed. Only the journal knows the person's own products.
fn maps(args: &Args, journal: &Journal) -> Outcome<Vec<Map>> {
    let map = |typed: &String| {
        target::read(typed, journal)
            .map_err(|why| Failure::usage(format!("--map {typed:?}: {why}; nothing was taken in")))
    };
    args.maps.iter().map(map).collect()
}

const fn slips_of(args: &Args) -> Slips {
    if args.skip_slips {
        Slips::LeftOut
    } else {
        Slips::Refused
    }
}

/// Reads the files. At a terminal the person can leave out the rows that cannot be read, after having seen them.
fn read(format: &ImportFormat, files: &[File], here: &Here<'_>) -> Outcome<Incoming> {
    let line: RefCell<Option<output::Progress>> = RefCell::default();
    let tell = |done: usize, all: usize| {
        let mut line = line.borrow_mut();
        let line = line.get_or_insert_with(|| output::Progress::new(all));
        line.say(&Progress::Rows { done, all }.to_string());
    };
    let ways = Ways {
        tell: Tell(Some(&tell)),
        ..here.ways
    };
    let result = format.read(files, &Here { ways, ..*here });
    // The progress line ends before any error is printed, or both would share a line.
    if let Some(line) = line.take() {
        line.end();
    }
    let errors = match result {
        Ok(incoming) => return Ok(incoming),
        Err(errors) => errors,
    };
    let is_foreign = matches!(format.of, Whose::Another(_));
    if !is_foreign || !errors.iter().any(RowError::is_of_a_row) {
        return Err(slips(&errors));
    }
    let ways = Ways {
        slips: Slips::LeftOut,
        ..here.ways
    };
    // A file that cannot be read even without these rows has nothing to offer.
    let rest = format.read(files, &Here { ways, ..*here }).ok();
    let Some(rest) = rest.filter(|rest| !rest.skipped.is_empty()) else {
        return Err(slips(&errors));
    };
    let failure = slips(&errors);
    let rows = words::count(rest.skipped.len(), "row", "rows");
    if !output::can_ask() {
        output::say(&format!(
            "--skip-slips leaves out {rows} and takes in the rest."
        ));
        return Err(failure);
    }
    if output::agrees(&format!("Leave out {rows} and take in the rest?")) {
        return Ok(rest);
    }
    Err(failure)
}

/// Prints what came in, or would, as JSON.
fn json(plan: &ImportPlan, counts: &[Count], skipped: &[String], run: Run) -> Outcome {
    let added = counts.iter();
    let added = added.map(|(one, _, n)| json!({ "what": one, "count": n }));
    let left_out = plan
        .left_out
        .iter()
        .map(|left| json!({ "id": left.id.map(|id| id.to_string()), "said": left.to_string() }));
    output::json(&json!({
        "version": 2,
        "dry_run": run == Run::Dry,
        "added": added.collect::<Vec<_>>(),
        "from": plan.days.map(|(first, _)| first.to_string()),
        "to": plan.days.map(|(_, last)| last.to_string()),
        "same": plan.known,
        "left_out": left_out.collect::<Vec<_>>(),
        "corrected": plan.corrected.iter().map(ToString::to_string).collect::<Vec<_>>(),
        "skipped": skipped,
    }))
}

/// Prints the result of a dry run to stdout, with every omission.
fn sentences(plan: &ImportPlan, skipped: &[String], came: Came<'_>) -> Outcome {
    let mut lines = summary(plan, &plan.added, "Would come in", came);
    lines.extend(plan.left_out.iter().map(left_out));
    if !skipped.is_empty() {
        lines.push(skipped_head(skipped));
        lines.extend(skipped.iter().map(|row| format!("  {row}")));
    }
    lines.push("Nothing was changed.".to_owned());
    output::text(&lines.join("\n"))
}

fn say(plan: &ImportPlan, counts: &[Count], head: &str, came: Came<'_>) {
    for line in summary(plan, counts, head, came) {
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

fn skipped_head(skipped: &[String]) -> String {
    let rows = words::count(skipped.len(), "row", "rows");
    format!("Left out, as asked: {rows} that cannot be read.")
}

fn say_skipped(rows: &[String]) {
    for line in skipped(rows, Face::Shell) {
        output::say(&line);
    }
}

/// The rows that were left out as asked, the first of them by name.
pub(in crate::cli) fn skipped(rows: &[String], face: Face) -> Vec<String> {
    if rows.is_empty() {
        return Vec::new();
    }
    let mut lines = vec![skipped_head(rows)];
    lines.extend(rows.iter().take(NAMED).map(|row| format!("  {row}")));
    if let Some(more) = rows.len().checked_sub(NAMED).filter(|n| *n > 0) {
        lines.push(match face {
            Face::Shell => format!("  \u{2026} and {more} more; --dry-run names them all"),
            Face::Keys | Face::Words => format!("  \u{2026} and {more} more"),
        });
    }
    lines
}

/// How a corrected value or mapping comes in: what stands here is never changed by an import.
fn say_mending(plan: &ImportPlan, format: &ImportFormat) {
    let differs =
        |left: &Omission| left.why == Why::Differs && left.id.is_some_and(|id| id.is_derived());
    let n = plan.left_out.iter().filter(|left| differs(left)).count() + plan.corrected.len();
    if n > 0 && matches!(format.of, Whose::Another(_)) {
        output::say(
            "To have these as the file and its --map say now: take the earlier import back with `ebb undo`, step by step, then import again.",
        );
    }
}

/// When an entry came in: "on 20 Nov".
pub(in crate::cli) type Came<'a> = &'a dyn Fn(EntryId) -> String;

pub(in crate::cli) fn came_in(store: Option<&Store>, id: EntryId, session: &Session) -> String {
    let at = store.and_then(|store| store.written(id).ok().flatten());
    at.map_or_else(
        || "before".to_owned(),
        |at| {
            format!(
                "on {}",
                words::short_day(session.now.zone.at(at).date_naive())
            )
        },
    )
}

pub(in crate::cli) fn summary(
    plan: &ImportPlan,
    counts: &[Count],
    head: &str,
    came: Came<'_>,
) -> Vec<String> {
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
    if let Some(first) = plan.corrected.first() {
        let n = words::count(plan.corrected.len(), "value differs", "values differ");
        let came = came(first.here);
        lines.push(format!(
            "{n} from what came in {came}; old and new stand side by side:"
        ));
        let named = plan.corrected.iter().take(NAMED);
        lines.extend(named.map(|corrected| format!("  {corrected}")));
        if let Some(more) = plan.corrected.len().checked_sub(NAMED).filter(|n| *n > 0) {
            lines.push(format!("  \u{2026} and {more} more"));
        }
    }
    lines.extend(plan.remarks.iter().cloned());
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
