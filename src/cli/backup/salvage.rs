//! `ebb salvage`: brings what can be read of a damaged journal into a new file, and counts the rest.

use super::copies;
use crate::cli::failure::{DAMAGED, Failure, Outcome};
use crate::cli::output;
use crate::cli::session::Session;
use crate::domain::text::words;
use crate::store::{Brought, Salvaged, Steps, Store, StoreError, Sureness, differ_text};
use serde_json::{Value, json};
use std::fmt::Write as _;
use std::path::{Path, PathBuf};

#[derive(Debug, clap::Args)]
#[command(before_help = "\
Examples:
  ebb salvage saved.db                       from the journal, if it is damaged
  ebb --journal old.db salvage saved.db      from another file
  ebb restore saved.db                       then puts it into the damaged one's place, and keeps that one

The damaged file is only read. Exit code: 0 something came over, and what did not is counted; 14 nothing can be read.")]
pub(crate) struct Args {
    /// The new file
    #[arg(value_name = "OUT")]
    out: PathBuf,
    /// For scripts
    #[arg(long)]
    json: bool,
}

pub(crate) fn run(args: &Args, session: &Session) -> Outcome {
    let journal = &session.places()?.journal;
    session.unlock()?;
    let out = session.ours().journal(&args.out)?;
    let salvaged = Store::salvage(journal, &out, session.seed()?)
        .map_err(|error| refusal(error, journal, &args.out, session))?;
    if args.json {
        return output::json(&as_json(&salvaged, &args.out));
    }
    output::text(&listing(&salvaged))?;
    output::say(&format!(
        "Brought into {out}, and checked as a whole. {} is as it was.\n\
         Look at it: `ebb --journal {out}`. `ebb restore {out}` puts it into the place of the damaged one, and keeps that one.",
        journal.display(),
        out = args.out.display(),
    ));
    Ok(())
}

/// What is said when no new file was made.
fn refusal(error: StoreError, journal: &Path, out: &Path, session: &Session) -> Failure {
    let as_it_was = format!(
        "no new file was made, and {} is as it was",
        journal.display()
    );
    let (code, why) = match &error {
        StoreError::Exists(_) => {
            let why = format!("{} is there already and was left as it is", out.display());
            return Failure::usage(format!("{why}; name another file"));
        }
        StoreError::NoPlace { .. } => return Failure::usage(format!("{error}; {as_it_was}")),
        StoreError::Damaged { what, .. } => (DAMAGED, what.clone()),
        StoreError::DiskFull { .. } => (Failure::from(error).code, "the disk is full".to_owned()),
        StoreError::ReadOnly { .. } => (
            Failure::from(error).code,
            "that place is read-only".to_owned(),
        ),
        _ => return error.into(),
    };
    let mut message = format!("{why}, so {as_it_was}");
    if code == DAMAGED
        && let Some(back) = copies::way_back(journal, &session.now)
    {
        write!(message, ". {back}").ok();
    }
    Failure::new(code, message)
}

/// The tables that a person knows of, with their words.
const WORDS: [(&str, &str); 8] = [
    ("check_in", "check-ins"),
    ("rating", "ratings"),
    ("record", "entries"),
    ("attempt", "attempts"),
    ("symptom", "symptoms"),
    ("setting", "settings"),
    ("help_line", "help lines"),
    ("draft", "drafts"),
];

/// The tables that count for the sum: facts about the file are made anew, and the steps have a line of their own.
fn counted(salvaged: &Salvaged) -> impl Iterator<Item = &Brought> {
    let own = ["journal", "log_step", "log_image"];
    let tables = salvaged.tables.iter();
    tables.filter(move |table| !own.contains(&table.table.as_str()))
}

fn listing(salvaged: &Salvaged) -> String {
    let mut text = String::new();
    for (table, word) in WORDS {
        let mut tables = salvaged.tables.iter();
        let Some(table) = tables.find(|brought| brought.table == table) else {
            continue;
        };
        let all = table.rows + table.missing;
        if all > 0 || table.sureness > Sureness::Exact {
            let about = about(table.sureness);
            writeln!(text, "{word:<11} {} of {about}{all}", table.rows).ok();
        }
    }
    let steps = match salvaged.steps {
        Steps::Brought => "as it was",
        Steps::LeftOut => "left out: some of its steps are damaged",
    };
    writeln!(text, "undo        {steps}").ok();
    for (label, line) in harms(salvaged) {
        writeln!(text, "{label:<11} {line}").ok();
    }
    if let Some(differing) = differ_text(salvaged.differing) {
        writeln!(
            text,
            "sums        {differing}; `ebb doctor` tells which in the new file"
        )
        .ok();
    }
    text.push_str(&sum(salvaged));
    text
}

/// What came over with less than it had: a label and a line each, where there is any.
fn harms(salvaged: &Salvaged) -> impl Iterator<Item = (&'static str, String)> {
    let check_ins = |n| words::count(n, "check-in", "check-ins");
    let symptoms = words::count(salvaged.nameless, "symptom", "symptoms");
    let lines = [
        (
            salvaged.rebuilt,
            "rebuilt",
            format!(
                "{} that could not be read, from day, time and overall in the index; notes are lost, zones are a guess",
                check_ins(salvaged.rebuilt)
            ),
        ),
        (
            salvaged.recounted,
            "totals",
            format!(
                "counted anew for {} whose ratings are not all here",
                check_ins(salvaged.recounted)
            ),
        ),
        (
            salvaged.bare,
            "totals",
            format!(
                "all that is left of the ratings of {}",
                check_ins(salvaged.bare)
            ),
        ),
        (
            salvaged.nameless,
            "names",
            format!("lost for {symptoms}; `ebb symptom rename` gives new ones"),
        ),
    ];
    let held = lines.into_iter().filter(|(count, ..)| *count > 0);
    held.map(|(_, label, line)| (label, line))
}

/// "8 rows could not be read".
fn sum(salvaged: &Salvaged) -> String {
    let missing: usize = counted(salvaged).map(|table| table.missing).sum();
    let sureness = sureness(salvaged);
    match (missing, sureness) {
        (0, Sureness::Exact) => "every row came over\n".to_owned(),
        (0, _) => "every row that the file still names came over\n".to_owned(),
        (n, _) => format!(
            "{}{} could not be read\n",
            about(sureness),
            words::count(n, "row", "rows")
        ),
    }
}

/// That of the least sure table.
fn sureness(salvaged: &Salvaged) -> Sureness {
    let tables = counted(salvaged).map(|table| table.sureness);
    tables.max().unwrap_or_default()
}

const fn about(sureness: Sureness) -> &'static str {
    match sureness {
        Sureness::Exact => "",
        Sureness::About => "about ",
        Sureness::AtLeast => "at least ",
    }
}

const fn code(sureness: Sureness) -> &'static str {
    match sureness {
        Sureness::Exact => "exact",
        Sureness::About => "about",
        Sureness::AtLeast => "at_least",
    }
}

fn as_json(salvaged: &Salvaged, out: &Path) -> Value {
    let tables = counted(salvaged).map(|table| {
        let counts = json!({
            "brought": table.rows, "missing": table.missing, "sure": code(table.sureness),
        });
        (table.table.clone(), counts)
    });
    let tables = output::entry_json::object(tables);
    json!({
        "version": 1,
        "path": out.display().to_string(),
        "tables": tables,
        "missing": counted(salvaged).map(|table| table.missing).sum::<usize>(),
        "sure": code(sureness(salvaged)),
        "check_ins_rebuilt": salvaged.rebuilt,
        "totals_recounted": salvaged.recounted,
        "ratings_lost": salvaged.bare,
        "symptoms_without_name": salvaged.nameless,
        "differing": salvaged.differing,
        "undo": salvaged.steps == Steps::Brought,
    })
}
