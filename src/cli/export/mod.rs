//! `ebb export`: gives everything back.
//!
//! Invariant: the journal is read first and let go; a file is whole or absent; a file that stands there is replaced with
//! `--force` alone, and a link is never followed.
//!
//! The way of `ebb export csv`, from `main` to bytes:
//! 1. `main` reads clock and zone once and calls `cli::run`, which has clap read the words.
//! 2. Here [`format`] turns the word `csv` into its row of [`FORMATS`].
//! 3. `cli::run` finds out where the journal lies, and calls [`run`] with the [`Args`].
//! 4. The place of `-o` is looked at first: it must be none of our own files.
//! 5. The journal is read whole, and its file is let go.
//! 6. Options that the format has no use for are refused; the others are gathered in a [`Wish`].
//! 7. With `--share` it goes by way of [`share::run`], which asks before it writes.
//! 8. [`Args::layout`] picks a layout of the row: the folder, the one that was named, or the format's own.
//! 9. The layout's writer writes row by row; for `csv` alone it calls `csv::long`.
//! 10. The rows go to stdout, or into a file that gets its name when it is whole, and stderr says what has no place in them.

pub(super) mod destination;
pub(super) mod fhir;
pub(super) mod handed_out;
pub(super) mod report;
pub(super) mod share;
mod stopped;

use super::failure::{Failure, Outcome};
use super::output;
use super::output::private::Kept;
use super::session::Session;
use crate::domain::care::notes::without_notes;
use crate::domain::journal::Journal;
use crate::domain::report::report_of;
use crate::domain::text::words;
use crate::domain::time::Now;
use crate::store::Ours;
use crate::transfer::csv::{Guard, Range};
use crate::transfer::errand::HandedOut;
use crate::transfer::format::{FORMATS, Format, Layout, LeftOut, Writer};
use crate::transfer::progress::{OnProgress, Progress};
use crate::transfer::wish::{Notes, Wish};
use crate::transfer::{Afterwards, Giving, Portion};
use crate::tui::outside::ending_signals::EndingSignals;
use clap::builder::{ArgPredicate, PossibleValue, PossibleValuesParser};
use destination::{Place, write_folder, write_whole};
use handed_out::Words;
use std::borrow::Cow;
use std::path::{Path, PathBuf};
use stopped::{Counted, Measured, heeded};

#[derive(Debug, clap::Args)]
#[command(before_help = examples())]
pub(super) struct Args {
    #[arg(
        help = format!("The format: {}", names()),
        value_parser = format,
        value_name = "FORMAT",
        required = false,
        required_unless_present_any = ["list", "forget"],
        // The list is about every format; with a default the others need not know that none was named.
        default_value_ifs = [("list", ArgPredicate::IsPresent, "csv"), ("forget", ArgPredicate::IsPresent, "csv")]
    )]
    format: &'static Format,
    #[command(flatten)]
    list: handed_out::Listing,
    #[arg(long, help = rows(), value_parser = layouts())]
    layout: Option<String>,
    /// The file to write instead of stdout; for csv a folder, DIR/, takes everything
    #[arg(short, long, value_name = "PATH")]
    output: Option<PathBuf>,
    /// The first day
    #[arg(long, value_name = "DAY", allow_hyphen_values = true)]
    from: Option<String>,
    /// The last day
    #[arg(long, value_name = "DAY", allow_hyphen_values = true)]
    to: Option<String>,
    /// Replace what stands there
    #[arg(long)]
    force: bool,
    /// Leave typed text as it is, also where a spreadsheet would run it as a formula
    #[arg(long)]
    raw: bool,
    /// Without typed notes, for somebody else to read
    #[arg(long, conflicts_with = "with_notes")]
    without_notes: bool,
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
    let lines = FORMATS.iter().flat_map(|format| format.examples);
    let lines = lines.chain(&[
        "ebb export csv --from 2026-11-01 --to today",
        "ebb export --list                             what was written to files, and when; --forget 2 or all",
    ]);
    lines.fold("Examples:".to_owned(), |all, line| all + "\n  " + line)
}

fn format(name: &str) -> Result<&'static Format, String> {
    let mut formats = FORMATS.iter();
    formats
        .find(|format| format.name == name.to_lowercase())
        .ok_or_else(|| format!("formats: {}", names()))
}

/// What `--layout` can name.
fn choices() -> impl Iterator<Item = &'static Layout> {
    let formats = FORMATS.iter().filter(|format| !format.others.is_empty());
    formats.flat_map(Format::files)
}

fn rows() -> String {
    let rows = choices().map(|layout| format!("{}: {}", layout.word, layout.row));
    rows.collect::<Vec<_>>().join("; ")
}

fn layouts() -> PossibleValuesParser {
    let value = |of: &Layout| PossibleValue::new(of.word).help(words::sentence_head(of.row));
    PossibleValuesParser::new(choices().map(value))
}

impl Args {
    /// Whether nothing is exported: what was handed out is listed or forgotten.
    pub(super) const fn is_about_list(&self) -> bool {
        self.list.is_asked()
    }

    /// The folder that was asked for, if it was one.
    fn folder(&self) -> Option<&Path> {
        let path = self.output.as_deref();
        // A share is always a folder, whatever its path looks like.
        path.filter(|path| self.share.is_asked() || is_folder(path))
    }

    /// Refuses options that the format has no use for, and says where they belong.
    fn refuse_misfits(&self) -> Outcome {
        let Format {
            shared, has_person, ..
        } = self.format;
        if shared.is_none() {
            self.share.refuse_elsewhere()?;
        }
        if *has_person {
            // A bundle lets `--layout` and `--raw` pass, and is the same with them.
            return Ok(());
        }
        let layout = self.layout.as_deref().filter(|_| !self.share.is_asked());
        self.fhir.refuse_elsewhere(layout)?;
        let is_known = |word: &String| self.format.files().any(|layout| layout.word == word);
        let is_raw = self.raw && self.format.others.is_empty();
        if is_raw || !self.layout.as_ref().is_none_or(is_known) {
            return Err(Failure::usage("--layout and --raw are for csv"));
        }
        Ok(())
    }

    fn layout(&self) -> Outcome<&'static Layout> {
        let (format, word) = (self.format, self.layout.as_deref());
        let named = || format.files().find(|layout| word == Some(layout.word));
        match &format.folder {
            Some(_) if self.folder().is_some() && word.is_some() => Err(Failure::usage(
                "--layout is for a single file; a folder takes everything",
            )),
            Some(folder) if self.folder().is_some() => Ok(folder),
            _ => Ok(named().unwrap_or(&format.file)),
        }
    }
}

pub(super) fn run(args: &Args, session: &Session) -> Outcome {
    if args.is_about_list() {
        return args.list.run(session);
    }
    let ours = session.ours();
    // Looked at before anything is shown or asked as well.
    match (args.folder(), &args.output) {
        (Some(path), _) => ours.folder(path).map(drop)?,
        (None, Some(path)) => ours.file(path).map(drop)?,
        (None, None) => {}
    }
    let (journal, id) = session.all_to_hand_out()?;
    let list = handed_out::file(session.places()?, &id);
    let (from, to) = session.range(
        args.from.as_deref(),
        args.to.as_deref(),
        journal.settings.day_end,
    )?;
    let range = Range {
        from: from.unwrap_or(Range::ALL.from),
        to: to.unwrap_or(Range::ALL.to),
    };
    // Slips in the options are refused before a long export is made.
    let participant = args.share.participant()?;
    args.refuse_misfits()?;
    let place = Place::of(args.force);
    if let (Some(participant), Some(shared)) = (participant, args.format.shared) {
        let write = |path: &Path, files: &[(String, Vec<u8>)]| {
            share::write_files(&ours.folder(path)?, files, place)
        };
        let path = args.output.as_deref();
        let listed = |path: &Path, files: &[_]| {
            write(path, files)?;
            let days = handed_out::days(range);
            let line =
                handed_out::line(share::FOR_A_STUDY, days, Words::Stayed, path, &session.now);
            handed_out::add_to(list.as_ref(), line);
            Ok(())
        };
        return share::run(
            &args.share,
            &participant,
            &journal,
            range,
            path,
            shared,
            listed,
        );
    }
    let guard = if args.raw { Guard::Raw } else { Guard::Quote };
    let mut wish = args.fhir.wish(range, guard, session)?;
    let layout = args.layout()?;
    // Notes go into a bundle and a table of days when that was said, and into the other forms unless they are left out.
    if layout.usual_notes() == Notes::Taken && !args.without_notes {
        wish.notes = Notes::Taken;
    }
    let journal = with_notes(&journal, layout, wish.notes);
    let left_out = if let Some(path) = &args.output {
        // Many files of a long journal are counted on a terminal.
        let line = output::Progress::new(journal.days().count());
        let to = To {
            path,
            place,
            ours: &ours,
            signals: EndingSignals::caught(),
        };
        let put = put(&journal, layout, &wish, &to, &|progress| {
            line.say(&progress.to_string());
        });
        line.end();
        let put = put?;
        let (days, words) = (handed_out::days(range), Words::of(wish.notes));
        let listed = handed_out::line(layout.name, days, words, path, &session.now);
        handed_out::add_to(list.as_ref(), listed);
        output::say(&format!("Written to {}", path.display()));
        put.left_out
    } else if let Writer::File(write) = layout.write {
        // To a pipe byte by byte; at a terminal control characters are replaced.
        output::exact_from(|out| write(&journal, &wish, out))?
    } else {
        return Err(Failure::usage("a folder has to be named: -o DIR/"));
    };
    for sentence in [left_out.on_command_line, left_out.everywhere]
        .iter()
        .flatten()
    {
        output::say(sentence);
    }
    Ok(())
}

/// Where a layout goes.
struct To<'a> {
    path: &'a Path,
    place: Place,
    ours: &'a Ours,
    signals: EndingSignals,
}

/// What became of a layout.
struct Put {
    left_out: LeftOut,
    /// How many files a folder has.
    files: Option<usize>,
}

/// Writes a layout to its place, whole; `tell` is told how far it is.
fn put(
    journal: &Journal,
    layout: &Layout,
    wish: &Wish,
    to: &To<'_>,
    tell: OnProgress<'_>,
) -> Outcome<Put> {
    let signals = &to.signals;
    match layout.write {
        Writer::File(write) => {
            let left_out = write_whole(&to.ours.file(to.path)?, to.place, |out| {
                write(
                    journal,
                    wish,
                    &mut Measured::new(heeded(signals, out), tell),
                )
            })?;
            Ok(Put {
                left_out,
                files: None,
            })
        }
        Writer::Folder { write, names } => {
            let names = names();
            let left_out = write_folder(&to.ours.folder(to.path)?, &names, to.place, |files| {
                let all = names.len();
                let tell = &mut |done| tell(Progress::Files { done, all });
                write(
                    journal,
                    wish,
                    &mut Counted {
                        signals,
                        files,
                        done: 0,
                        tell,
                    },
                )
            })?;
            Ok(Put {
                left_out,
                files: Some(names.len()),
            })
        }
    }
}

/// Whether a place is meant for a folder: it ends like one, or is one.
fn is_folder(path: &Path) -> bool {
    let ends_like_one = path.as_os_str().as_encoded_bytes().ends_with(b"/");
    ends_like_one || path.symlink_metadata().is_ok_and(|meta| meta.is_dir())
}

/// The full screen's and plain mode's export: a new file or folder, with the sentence that says what became of it.
pub(crate) fn to_new_file(
    journal: &Journal,
    giving: &Giving,
    path: &Path,
    now: &Now,
    ours: &Ours,
    list: Option<&Kept>,
    tell: OnProgress<'_>,
) -> Result<String, String> {
    let problem = |failure: Failure| words::sentence(&failure.message.unwrap_or_default());
    // The full screen and plain mode have no `--force`: a file that is there is never replaced.
    let place = Place::NewAlone;
    let put = match giving {
        Giving::Export(layout, Portion { range, notes }) => {
            let journal = with_notes(journal, layout, *notes);
            let wish = Wish {
                range: *range,
                notes: *notes,
                ..Wish::nameless(now.at)
            };
            // The full screen answers signals itself, and plain mode ends by them.
            let signals = EndingSignals::default();
            let to = To {
                path,
                place,
                ours,
                signals,
            };
            put(&journal, layout, &wish, &to, tell).map_err(problem)?
        }
        Giving::Report(ask, form, _) => {
            let report = crate::transfer::report::written(&report_of(journal, ask, now), *form);
            let to = ours.file(path).map_err(|error| problem(error.into()))?;
            write_whole(&to, place, |out| out.write_all(report.as_bytes())).map_err(problem)?;
            Put {
                left_out: LeftOut::default(),
                files: None,
            }
        }
    };
    handed_out::add_to(list, line_of(giving, path, now));
    if let Giving::Report(_, _, Afterwards::Opened) = giving {
        report::open(path).map_err(problem)?;
    }
    let n = put
        .files
        .map(|n| format!(": {}", words::count(n, "file", "files")));
    let n = n.unwrap_or_default();
    let besides = put.left_out.everywhere.map(|besides| format!(" {besides}"));
    let besides = besides.unwrap_or_default();
    // A relative path says little to who looks for the file later.
    let whole = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
    Ok(format!("Written to {}{n}.{besides}", whole.display()))
}

/// The line for what was handed out.
fn line_of(giving: &Giving, path: &Path, now: &Now) -> HandedOut {
    let (days, words) = match giving {
        Giving::Export(_, Portion { range, notes }) => {
            (handed_out::days(*range), Words::of(*notes))
        }
        Giving::Report(ask, ..) => report::days_and_words(ask),
    };
    handed_out::line(giving.name(), days, words, path, now)
}

/// The journal as it is, or without its notes where they stay. A form that leaves them out by itself needs no copy without them.
fn with_notes<'a>(journal: &'a Journal, layout: &Layout, notes: Notes) -> Cow<'a, Journal> {
    match (layout.usual_notes(), notes) {
        (Notes::Taken, Notes::Left) => Cow::Owned(journal.without_notes(without_notes)),
        _ => Cow::Borrowed(journal),
    }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test may stop at the first surprise")]
mod tests {
    use super::*;
    use crate::domain::time::Zone;
    use crate::transfer::format::offered;
    use chrono::DateTime;

    #[test]
    fn a_file_that_is_there_is_left_and_no_option_of_a_shell_is_named_where_there_is_none() {
        let at = DateTime::parse_from_rfc3339("2026-11-22T08:12:00+01:00").unwrap();
        let now = Now::new(at.to_utc(), Zone::fixed(*at.offset()));
        let folder = tempfile::tempdir().unwrap();
        let ours = Ours::of(&folder.path().join("journal.db"));
        for (n, layout) in offered().enumerate() {
            let to = folder.path().join(n.to_string());
            let give = || {
                let giving = Giving::Export(layout, Portion::usual(layout));
                to_new_file(
                    &Journal::default(),
                    &giving,
                    &to,
                    &now,
                    &ours,
                    None,
                    &|_| {},
                )
            };
            give().unwrap();
            let why = give().unwrap_err();
            assert!(
                why.ends_with("left as it is; choose another name."),
                "{why}"
            );
        }
    }
}
