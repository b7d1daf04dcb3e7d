//! `ebb export`: gives everything back.
//!
//! Invariant: the journal is read first and let go; a file is whole or absent; a file that stands there is replaced with
//! `--force` alone, and a link is never followed.
//!
//! The way of `ebb export csv`, from `main` to bytes:
//! 1. `main` reads clock and zone once and calls `cli::run`.
//! 2. clap makes [`Args`] of the words; [`format`] turns `csv` into its row of [`FORMATS`].
//! 3. `cli::run` finds out where the journal lies and calls [`run`] here.
//! 4. [`run`] looks whether the place of `-o` is one of ours; then the journal is read whole, and let go.
//! 5. [`Args::refuse_misfits`] refuses options that the row has no use for.
//! 6. [`Args::wish`] gathers the days, the guard and what goes into a bundle.
//! 7. `--share` takes the row's `shared`, a folder its `folder`, anything else one of its file layouts.
//! 8. That layout's `write`, here `csv::long`, makes the bytes in memory.
//! 9. They go to stdout, or through [`write_whole`] to a new file.
//! 10. What the layout has no place for is said on stderr.

pub(super) mod destination;
pub(super) mod fhir;
pub(super) mod report;
pub(super) mod share;

use super::export::destination::{Place, write_folder, write_whole};
use super::failure::{Failure, Outcome};
use super::output;
use super::session::Session;
use crate::domain::journal::Journal;
use crate::domain::text::words;
use crate::domain::time::Now;
use crate::store::Ours;
use crate::transfer::csv::{Guard, Range};
use crate::transfer::format::{FORMATS, Format, Layout, ToFile, ToFolder};
use crate::transfer::wish::Wish;
use crate::transfer::{Afterwards, Giving};
use clap::builder::{PossibleValue, PossibleValuesParser};
use std::io;
use std::path::{Path, PathBuf};

#[derive(Debug, clap::Args)]
#[command(before_help = examples())]
pub(super) struct Args {
    #[arg(help = format!("The format: {}", names()), value_parser = format, value_name = "FORMAT")]
    format: &'static Format,
    #[arg(long, help = rows(), value_parser = layouts())]
    layout: Option<String>,
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

/// "csv, json, fhir".
fn names() -> String {
    let names: Vec<_> = FORMATS.iter().map(|format| format.name).collect();
    names.join(", ")
}

/// What the verb does, for the list of verbs.
pub(super) fn about() -> String {
    format!("Give everything back: {}", names().to_uppercase())
}

fn examples() -> String {
    let examples = FORMATS.iter().flat_map(|format| format.examples);
    let lines = examples.map(|(command, about)| format!("  ebb export {command:<34} {about}\n"));
    let period = "  ebb export csv --from 2026-11-01 --to today";
    format!("Examples:\n{}{period}", lines.collect::<String>())
}

fn format(name: &str) -> Result<&'static Format, String> {
    Format::named(name).ok_or_else(|| format!("formats: {}", names()))
}

/// Every layout that `--layout` can name, with what a row of it is.
fn choices() -> impl Iterator<Item = (&'static str, String)> {
    let formats = FORMATS.iter().filter(|format| format.has_choice());
    let layouts = formats.flat_map(Format::file_layouts);
    layouts.map(|layout| (layout.word, format!("one {} a row", layout.row)))
}

fn rows() -> String {
    let rows: Vec<_> = choices()
        .map(|(word, row)| format!("{word}: {row}"))
        .collect();
    rows.join("; ")
}

fn layouts() -> PossibleValuesParser {
    let value = |(word, row): (&'static str, String)| {
        PossibleValue::new(word).help(words::sentence_head(&row))
    };
    PossibleValuesParser::new(choices().map(value))
}

impl Args {
    /// The folder that was asked for, if it was one.
    fn folder(&self) -> Option<&Path> {
        let path = self.output.as_deref();
        path.filter(|path| self.share.is_asked() || is_folder(path))
    }

    /// An option that the format has no use for is a slip, and says where it belongs.
    fn refuse_misfits(&self) -> Outcome {
        if self.format.shared.is_none() {
            self.share.refuse_elsewhere()?;
        }
        if !self.format.has_person {
            self.fhir.refuse_elsewhere()?;
        }
        if !self.format.has_choice() && (self.layout.is_some() || self.raw) {
            return Err(Failure::usage("--layout and --raw are for csv"));
        }
        Ok(())
    }

    fn wish(&self, range: Range, session: &Session) -> Outcome<Wish> {
        let mut wish = Wish {
            range,
            ..Wish::nameless(session.now.at)
        };
        if self.raw {
            wish.guard = Guard::Raw;
        }
        self.fhir.put_into(&mut wish)?;
        Ok(wish)
    }

    /// The layout that was named, else the format's own.
    fn file_layout(&self) -> &'static Layout<ToFile> {
        let format = self.format;
        let named = |layout: &&Layout<ToFile>| self.layout.as_deref() == Some(layout.word);
        format.file_layouts().find(named).unwrap_or(&format.file)
    }
}

pub(super) fn run(args: &Args, session: &Session) -> Outcome {
    let ours = session.ours();
    // Looked at before anything is shown or asked as well.
    match (args.folder(), &args.output) {
        (Some(path), _) => ours.folder(path).map(drop)?,
        (None, Some(path)) => ours.file(path).map(drop)?,
        (None, None) => {}
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
    args.refuse_misfits()?;
    let wish = args.wish(range, session)?;
    let place = Place::of(args.force);
    let folder = if let (Some(participant), Some(shared)) = (participant, args.format.shared) {
        let path = args.folder().ok_or_else(share::no_folder)?;
        let tables = shared(&journal, &participant, range);
        let agreed = share::agreed(&args.share, &tables, &participant, &journal, range, path)?;
        let Some(files) = agreed else { return Ok(()) };
        Some((path, files))
    } else if let (Some(path), Some(folder)) = (args.folder(), &args.format.folder) {
        if args.layout.is_some() {
            return Err(Failure::usage(
                "--layout is for a single file; a folder takes everything",
            ));
        }
        Some((path, tables(folder, &journal, &wish)?))
    } else {
        None
    };
    if let Some((path, files)) = folder {
        write_folder(&ours.folder(path)?, &files, place)?;
        output::say(&format!("Written to {}", path.display()));
        return Ok(());
    }
    let mut bytes = Vec::new();
    let remainder = (args.file_layout().write)(&journal, &wish, &mut bytes).map_err(unmade)?;
    match &args.output {
        None => output::exact(&bytes)?,
        Some(path) => {
            write_whole(&ours.file(path)?, &bytes, place)?;
            output::say(&format!("Written to {}", path.display()));
        }
    }
    let sentences = [remainder.on_command_line, remainder.everywhere];
    for sentence in sentences.iter().flatten() {
        output::say(sentence);
    }
    Ok(())
}

/// Whether a place is meant for a folder: it ends like one, or is one.
fn is_folder(path: &Path) -> bool {
    let ends_like_one = path.as_os_str().as_encoded_bytes().ends_with(b"/");
    ends_like_one || path.symlink_metadata().is_ok_and(|meta| meta.is_dir())
}

fn unmade(error: io::Error) -> Failure {
    Failure::of_stdout(&error)
}

/// Every file of a folder; a long one is counted on a terminal.
fn tables(
    folder: &Layout<ToFolder>,
    journal: &Journal,
    wish: &Wish,
) -> Outcome<Vec<(String, Vec<u8>)>> {
    let mut line = output::Progress::new(journal.days().count());
    let files = (folder.write)(journal, wish, &mut |done, all| {
        line.say(&format!("Tables: {done} of {all}"));
    });
    line.end();
    files.map_err(unmade)
}

/// The full screen's and plain mode's export: a new file or folder, with the sentence that says what became of it.
pub fn to_new_file(
    journal: &Journal,
    giving: &Giving,
    path: &Path,
    now: &Now,
    ours: &Ours,
) -> Result<String, String> {
    give(journal, giving, path, now, ours)
        .map_err(|failure| words::sentence(&failure.message.unwrap_or_default()))
}

fn give(
    journal: &Journal,
    giving: &Giving,
    path: &Path,
    now: &Now,
    ours: &Ours,
) -> Outcome<String> {
    let wish = Wish::nameless(now.at);
    let mut bytes = Vec::new();
    let mut besides = None;
    match giving {
        Giving::Folder(layout) => {
            let files = (layout.write)(journal, &wish, &mut |_, _| {}).map_err(unmade)?;
            write_folder(&ours.folder(path)?, &files, Place::New)?;
            let n = words::count(files.len(), "file", "files");
            return Ok(format!("Written to {}: {n}.", path.display()));
        }
        Giving::File(layout, _) => {
            besides = (layout.write)(journal, &wish, &mut bytes)
                .map_err(unmade)?
                .everywhere;
        }
        Giving::Report(ask, form, _) => {
            let report = journal.report(ask, now);
            bytes.extend(crate::transfer::report::written(&report, *form).into_bytes());
        }
    }
    write_whole(&ours.file(path)?, &bytes, Place::New)?;
    if let Giving::Report(_, _, Afterwards::Opened) = giving {
        report::open(path)?;
    }
    let besides = besides.map(|besides| format!(" {besides}"));
    Ok(format!(
        "Written to {}.{}",
        path.display(),
        besides.unwrap_or_default()
    ))
}
