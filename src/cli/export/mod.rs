//! `ebb export`: gives everything back.
//!
//! Invariant: the journal is read first and let go; a file is whole or absent; a file that stands there is replaced with
//! `--force` alone, and a link is never followed.

pub(super) mod destination;
pub(super) mod fhir;
pub(super) mod report;
pub(super) mod share;

use super::failure::{Failure, Outcome};
use super::output;
use super::session::Session;
use crate::domain::journal::Journal;
use crate::domain::text::words;
use crate::domain::time::Now;
use crate::store::Ours;
use crate::transfer::csv;
use crate::transfer::csv::{Guard, LeftOut, Range};
use crate::transfer::{Afterwards, FORMATS, Format, Giving, json, package};
use destination::{Place, write_folder, write_whole};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

#[derive(Debug, clap::Args)]
#[command(before_help = "\
Examples:
  ebb export csv                                one rating a row, to stdout
  ebb export csv --layout wide -o checkins.csv  one check-in a row, with overall and note
  ebb export csv -o journal/                    everything, as a folder of tables with their description
  ebb export csv -o DIR --share P-014           for a study: days instead of dates, no words of yours
  ebb export json -o journal.json               everything, as one document
  ebb export fhir -o journal.fhir.json          a FHIR R4 bundle, for programs of clinics
  ebb export csv --from 2026-11-01 --to today")]
pub(super) struct Args {
    /// The format: csv, json, fhir
    #[arg(value_parser = format, value_name = "FORMAT")]
    format: Format,
    /// long: one rating a row; wide: one check-in a row
    #[arg(long, value_enum)]
    layout: Option<Layout>,
    /// The file to write instead of stdout; for csv a folder, DIR/, takes everything
    #[arg(short, long, value_name = "PATH")]
    output: Option<PathBuf>,
    /// The first day
    #[arg(long, value_name = "DAY")]
    from: Option<String>,
    /// The last day
    #[arg(long, value_name = "DAY")]
    to: Option<String>,
    /// Replace what stands there
    #[arg(long)]
    force: bool,
    /// Leave typed text as it is, also where a spreadsheet would run it as a formula
    #[arg(long)]
    raw: bool,
    #[command(flatten)]
    fhir: fhir::Bundling,
    #[command(flatten)]
    share: share::Sharing,
}

/// The layouts of CSV.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, clap::ValueEnum)]
pub(super) enum Layout {
    /// One rating a row.
    #[default]
    Long,
    /// One check-in a row.
    Wide,
}

fn format(name: &str) -> Result<Format, String> {
    let found = FORMATS
        .iter()
        .find(|format| format.name == name.to_lowercase());
    found.copied().ok_or_else(|| {
        let names: Vec<_> = FORMATS.iter().map(|format| format.name).collect();
        format!("formats: {}", names.join(", "))
    })
}

pub(super) fn run(args: &Args, session: &Session) -> Outcome {
    let ours = session.ours();
    // Looked at before anything is shown or asked as well.
    match &args.output {
        Some(path) if args.share.is_asked() || is_folder(path) => ours.folder(path).map(drop)?,
        Some(path) => ours.file(path).map(drop)?,
        None => {}
    }
    let journal = session.all_to_give()?;
    let (from, to) = session.range(
        args.from.as_deref(),
        args.to.as_deref(),
        journal.settings.day_end,
    )?;
    let range = Range {
        from: from.unwrap_or(Range::ALL.from),
        to: to.unwrap_or(Range::ALL.to),
    };
    let participant = args.share.participant()?;
    if let Some(participant) = participant.filter(|_| args.format.name == "csv") {
        args.fhir.refuse_elsewhere()?;
        let folder = args.output.as_deref();
        return share::run(
            &args.share,
            &participant,
            &journal,
            range,
            folder,
            |path, files| write_folder(&ours.folder(path)?, files, Place::of(args.force)),
        );
    }
    args.share.refuse_elsewhere()?;
    if args.format.name == "fhir" {
        let bytes = fhir::bytes(&args.fhir, &journal, range, session)?;
        return deliver(args, &bytes, &ours);
    }
    args.fhir.refuse_elsewhere()?;
    let guard = if args.raw { Guard::Raw } else { Guard::Quote };
    if args.format.name == "json" {
        return one_document(args, &journal, range, &ours);
    }
    if let Some(folder) = args.output.as_deref().filter(|path| is_folder(path)) {
        if args.layout.is_some() {
            return Err(Failure::usage(
                "--layout is for a single file; a folder takes everything",
            ));
        }
        let files = tables(&journal, range, guard)?;
        write_folder(&ours.folder(folder)?, &files, Place::of(args.force))?;
        output::say(&format!("Written to {}", folder.display()));
        return Ok(());
    }
    let mut bytes = Vec::new();
    let left_out =
        write(args, &journal, range, &mut bytes).map_err(|error| Failure::of_stdout(&error))?;
    deliver(args, &bytes, &ours)?;
    say_left_out(left_out);
    if let Some(said) = not_in_csv(&journal, range) {
        output::say(&said);
    }
    Ok(())
}

/// Writes what was made to where it was asked for.
fn deliver(args: &Args, bytes: &[u8], ours: &Ours) -> Outcome {
    let Some(path) = &args.output else {
        return output::exact(bytes);
    };
    write_whole(&ours.file(path)?, bytes, Place::of(args.force))?;
    output::say(&format!("Written to {}", path.display()));
    Ok(())
}

/// Whether a place is meant for a folder: it ends like one, or is one.
fn is_folder(path: &Path) -> bool {
    let ends_like_one = path.as_os_str().as_encoded_bytes().ends_with(b"/");
    ends_like_one || path.symlink_metadata().is_ok_and(|meta| meta.is_dir())
}

fn one_document(args: &Args, journal: &Journal, range: Range, ours: &Ours) -> Outcome {
    if args.layout.is_some() || args.raw {
        return Err(Failure::usage("--layout and --raw are for csv"));
    }
    let mut bytes = Vec::new();
    json::write(journal, range, &mut bytes).map_err(|error| Failure::of_stdout(&error))?;
    deliver(args, &bytes, ours)
}

/// Every file of the Data Package; a long one is counted on a terminal.
fn tables(journal: &Journal, range: Range, guard: Guard) -> Outcome<Vec<(String, Vec<u8>)>> {
    let mut line = output::Progress::new(journal.days().count());
    let files = package::files(journal, range, guard, &mut |done, all| {
        line.say(&format!("Tables: {done} of {all}"));
    });
    line.end();
    files.map_err(|error| Failure::of_stdout(&error))
}

/// The full screen's and plain mode's export: a new file or folder, with the sentence that says what became of it.
pub fn to_new_file(
    journal: &Journal,
    giving: &Giving,
    path: &Path,
    now: &Now,
    ours: &Ours,
) -> Result<String, String> {
    let problem = |failure: Failure| words::sentence(&failure.message.unwrap_or_default());
    if *giving == Giving::Package {
        let files = package::files(journal, Range::ALL, Guard::Quote, &mut |_, _| {});
        let files = files.map_err(|error| problem(Failure::of_stdout(&error)))?;
        let place = ours.folder(path).map_err(|error| problem(error.into()))?;
        write_folder(&place, &files, Place::New).map_err(problem)?;
        let n = words::count(files.len(), "file", "files");
        return Ok(format!("Written to {}: {n}.", path.display()));
    }
    let mut bytes = Vec::new();
    let written = match giving {
        Giving::Csv(csv::Layout::Long) => csv::long(journal, Range::ALL, &mut bytes).map(drop),
        Giving::Csv(csv::Layout::Wide) => csv::wide(journal, Range::ALL, Guard::Quote, &mut bytes),
        Giving::Report(ask, form, _) => {
            let report = journal.report(ask, now);
            bytes.extend(crate::transfer::report::written(&report, *form).into_bytes());
            Ok(())
        }
        Giving::Fhir => crate::transfer::fhir::bundle(
            journal,
            &crate::transfer::fhir::Wish::nameless(now.at),
            &mut bytes,
        ),
        Giving::Package | Giving::Json => json::write(journal, Range::ALL, &mut bytes),
    };
    written.map_err(|error| problem(Failure::of_stdout(&error)))?;
    let place = ours.file(path).map_err(|error| problem(error.into()))?;
    write_whole(&place, &bytes, Place::New).map_err(problem)?;
    let besides = match giving {
        Giving::Csv(_) => not_in_csv(journal, Range::ALL).map(|said| format!(" {said}")),
        _ => None,
    }
    .unwrap_or_default();
    let said = format!("Written to {}.{besides}", path.display());
    if let Giving::Report(_, _, Afterwards::Opened) = giving {
        report::open(path).map_err(problem)?;
    }
    Ok(said)
}

/// "Not in this file: 12 doses, 3 urges …"; `None` when there is nothing else.
fn not_in_csv(journal: &Journal, range: Range) -> Option<String> {
    let counts = csv::other_kinds(journal, range);
    let parts: Vec<String> = counts
        .iter()
        .map(|(kind, n)| words::count(*n, kind.facts().name, kind.facts().many))
        .collect();
    (!parts.is_empty()).then(|| {
        format!(
            "Not in this file: {}. `ebb export csv -o DIR/` has everything.",
            parts.join(", ")
        )
    })
}

fn write(args: &Args, journal: &Journal, range: Range, out: &mut dyn Write) -> io::Result<LeftOut> {
    let guard = if args.raw { Guard::Raw } else { Guard::Quote };
    match args.layout.unwrap_or_default() {
        Layout::Long => csv::long(journal, range, out),
        Layout::Wide => csv::wide(journal, range, guard, out).map(|()| LeftOut::default()),
    }
}

fn say_left_out(left_out: LeftOut) {
    if left_out == LeftOut::default() {
        return;
    }
    let parts = [
        (
            left_out.check_ins,
            "check-in without ratings",
            "check-ins without ratings",
        ),
        (left_out.overalls, "overall", "overalls"),
        (left_out.notes, "note", "notes"),
    ];
    let parts: Vec<String> = parts
        .into_iter()
        .filter(|(n, ..)| *n > 0)
        .map(|(n, one, many)| words::count(n, one, many))
        .collect();
    output::say(&format!(
        "Not in this layout: {}. `ebb export csv --layout wide` has them.",
        parts.join(", ")
    ));
}
