//! `ebb export`: gives everything back.
//!
//! Invariant: the journal is read first and let go; a file is whole or absent; a file that stands there is replaced with
//! `--force` alone, and a link is never followed.

use super::failure::{DISK, Failure, NO, Outcome};
use super::noun;
use super::output;
use super::session::Session;
use crate::domain::journal::Journal;
use crate::domain::words;
use crate::transfer::csv::{self, Guard, LeftOut, Range};
use crate::transfer::{FORMATS, Format};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

#[derive(Debug, clap::Args)]
#[command(before_help = "\
Examples:
  ebb export csv                                one rating a row, to stdout
  ebb export csv --layout wide -o checkins.csv  one check-in a row, with overall and note
  ebb export csv --from 2026-11-01 --to today")]
pub(super) struct Args {
    /// The format: csv
    #[arg(value_parser = format, value_name = "FORMAT")]
    format: Format,
    /// long: one rating a row; wide: one check-in a row
    #[arg(long, value_enum, default_value_t)]
    layout: Layout,
    /// The file to write instead of stdout
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
    /// The first day
    #[arg(long, value_name = "DAY")]
    from: Option<String>,
    /// The last day
    #[arg(long, value_name = "DAY")]
    to: Option<String>,
    /// Replace a file that stands there
    #[arg(long)]
    force: bool,
    /// Leave typed text as it is, also where a spreadsheet would run it as a formula
    #[arg(long)]
    raw: bool,
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
    let journal = session.open()?.load(None)?;
    let (from, to) = session.range(
        args.from.as_deref(),
        args.to.as_deref(),
        journal.settings.day_end,
    )?;
    let range = Range {
        from: from.unwrap_or(Range::ALL.from),
        to: to.unwrap_or(Range::ALL.to),
    };
    let mut bytes = Vec::new();
    let left_out =
        write(args, &journal, range, &mut bytes).map_err(|error| Failure::of_stdout(&error))?;
    match &args.output {
        Some(path) => {
            let place = if args.force {
                Place::Replace
            } else {
                Place::New
            };
            to_file(path, &bytes, place)?;
            output::say(&format!("Written to {}", path.display()));
        }
        None => output::exact(&bytes)?,
    }
    say_left_out(left_out);
    if let Some(said) = not_in_csv(&journal, range) {
        output::say(&said);
    }
    let kept = csv::other_kinds(&journal, range).into_iter();
    let lists: Vec<String> = kept
        .filter(|(kind, _)| !kind.has_day())
        .map(|(kind, _)| format!("`{}`", noun::listing_of(kind)))
        .collect();
    if !lists.is_empty() {
        output::say(&format!("What is kept: {}.", lists.join(", ")));
    }
    Ok(())
}

/// The full screen's and plain mode's export: a new file, with the sentence that says what became of it.
pub fn to_new_file(journal: &Journal, layout: csv::Layout, path: &Path) -> Result<String, String> {
    let mut bytes = Vec::new();
    let written = match layout {
        csv::Layout::Long => csv::long(journal, Range::ALL, &mut bytes).map(drop),
        csv::Layout::Wide => csv::wide(journal, Range::ALL, Guard::Quote, &mut bytes),
    };
    let problem = |failure: Failure| words::sentence(&failure.message.unwrap_or_default());
    written.map_err(|error| problem(Failure::of_stdout(&error)))?;
    to_file(path, &bytes, Place::New).map_err(problem)?;
    let besides =
        not_in_csv(journal, Range::ALL).map_or_else(String::new, |said| format!(" {said}"));
    Ok(format!("Written to {}.{besides}", path.display()))
}

/// "Not in CSV: 12 doses, 3 urges. `ebb history --json` has what belongs to a day."; `None` when there is nothing else.
fn not_in_csv(journal: &Journal, range: Range) -> Option<String> {
    let counts = csv::other_kinds(journal, range);
    let has_days = counts.iter().any(|(kind, _)| kind.has_day());
    let parts: Vec<String> = counts
        .iter()
        .map(|(kind, n)| words::count(*n, kind.facts().name, kind.facts().many))
        .collect();
    let way = if has_days {
        " `ebb history --json` has what belongs to a day."
    } else {
        ""
    };
    (!parts.is_empty()).then(|| format!("Not in CSV: {}.{way}", parts.join(", ")))
}

fn write(args: &Args, journal: &Journal, range: Range, out: &mut dyn Write) -> io::Result<LeftOut> {
    let guard = if args.raw { Guard::Raw } else { Guard::Quote };
    match args.layout {
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

/// What may stand where a file is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Place {
    /// Nothing.
    New,
    /// A plain file, which is replaced.
    Replace,
}

/// Writes beside the place and renames: whole or absent, readable by nobody else.
pub(super) fn to_file(path: &Path, bytes: &[u8], place: Place) -> Outcome {
    let standing = path.symlink_metadata().ok();
    match (&standing, place) {
        (Some(_), Place::New) => {
            return Err(Failure::usage(format!(
                "{} is there already and was left as it is; --force replaces it",
                path.display()
            )));
        }
        (Some(meta), Place::Replace) if !meta.is_file() => {
            return Err(Failure::usage(format!(
                "{} is not a plain file, so it was left as it is",
                path.display()
            )));
        }
        _ => {}
    }
    let folder = path
        .parent()
        .filter(|folder| !folder.as_os_str().is_empty())
        .unwrap_or(Path::new("."));
    let failure = |error: &io::Error| file_failure(path, error);
    let mut temp = tempfile::Builder::new()
        .prefix(".ebb-export-")
        .tempfile_in(folder)
        .map_err(|error| failure(&error))?;
    temp.write_all(bytes)
        .and_then(|()| temp.as_file().sync_all())
        .map_err(|error| failure(&error))?;
    let kept = match place {
        Place::New => temp.persist_noclobber(path),
        // A rename replaces a link that was put there meanwhile, not what it points to.
        Place::Replace => temp.persist(path),
    };
    kept.map_err(|error| failure(&error.error))?;
    std::fs::File::open(folder)
        .and_then(|folder| folder.sync_all())
        .map_err(|error| failure(&error))
}

fn file_failure(path: &Path, error: &io::Error) -> Failure {
    use io::ErrorKind;
    let code = match error.kind() {
        ErrorKind::StorageFull
        | ErrorKind::QuotaExceeded
        | ErrorKind::ReadOnlyFilesystem
        | ErrorKind::PermissionDenied => DISK,
        _ => NO,
    };
    Failure::new(
        code,
        format!(
            "writing {} did not work ({error}); no half file was left, and the journal is as it was",
            path.display()
        ),
    )
}
