//! `ebb report`: the report for a clinician, or for somebody who stands by.
//!
//! Invariant: the journal is read first and let go; a file is whole or absent, readable by nobody else, and never replaces
//! another without `--force`; nothing is opened unless it was asked for.

use super::destination::{Place, write_whole};
use super::handed_out;
use super::handed_out::Words;
use crate::cli::failure::{Failure, NO, Outcome};
use crate::cli::output;
use crate::cli::plain::talk::WIDTH;
use crate::cli::session::{Face, Session};
use crate::domain::report::report_of;
use crate::domain::report::{Notes, Report, ReportAsk, Section};
use crate::domain::text::wrap::wrap;
use crate::transfer::csv::Range;
use crate::transfer::report;
use crate::transfer::report::Form;
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

#[derive(Debug, clap::Args)]
#[command(
    before_help = "\
Examples:
  ebb report                                   as text, since the last appointment, else 30 days
  ebb report -o . --open                       a page to print, opened in the browser
  ebb report -o report.md --from 2026-11-01
  ebb report --sections no-use,no-baseline     leaves these parts out
  ebb report --sections supporter -o page.html  without doses, medicines and notes",
    after_help = "\
Parts: last_dose, attempt, baseline, checkins, severity, symptoms, used, medicines, measurements, use, signs,
questions, notes, scales; `all` and `supporter` stand for several. Codes alone keep those parts; `no-` before each
leaves it out."
)]
pub(crate) struct Args {
    /// The file to write, or the folder for one with a neutral name
    #[arg(short, long, value_name = "PATH")]
    output: Option<PathBuf>,
    /// html, markdown or text; without it the file's ending decides
    #[arg(long, value_parser = form, value_name = "FORMAT")]
    format: Option<Form>,
    /// The first day
    #[arg(long, value_name = "DAY", allow_hyphen_values = true)]
    from: Option<String>,
    /// The last day
    #[arg(long, value_name = "DAY", allow_hyphen_values = true)]
    to: Option<String>,
    /// Also the notes of the period
    #[arg(long)]
    with_notes: bool,
    /// Which parts it has
    #[arg(long, value_parser = sections, value_name = "PARTS")]
    sections: Option<Sections>,
    /// Open the file with the program that the system has for it
    #[arg(long)]
    open: bool,
    /// Replace a file that stands there
    #[arg(long)]
    force: bool,
}

/// Parts as they were listed.
#[derive(Debug, Clone)]
struct Sections(BTreeSet<Section>);

fn form(word: &str) -> Result<Form, String> {
    Form::from_word(word).ok_or_else(|| "formats: html, markdown, text".to_owned())
}

fn sections(list: &str) -> Result<Sections, String> {
    let codes = || Section::ALL.map(Section::code).join(", ");
    Section::read(list)
        .map(Sections)
        .map_err(|word| format!("there is no part {word}; parts: {}", codes()))
}

pub(crate) fn run(args: &Args, session: &Session) -> Outcome {
    let (journal, id) = session.all_to_hand_out()?;
    let list = handed_out::file(session.places()?, &id);
    let (from, to) = session.range(
        args.from.as_deref(),
        args.to.as_deref(),
        journal.settings.day_end,
    )?;
    let ask = ReportAsk {
        from,
        to,
        sections: match &args.sections {
            Some(Sections(kept)) => kept.clone(),
            None => Section::ALL.into(),
        },
        notes: if args.with_notes {
            Notes::All
        } else {
            Notes::None
        },
    };
    let report = report_of(&journal, &ask, &session.now);
    let form = form_of(args);
    let Some(path) = path_of(args, &report, form) else {
        return print(&report, form, session.face);
    };
    // Checked before the page is made: it must not be one of our own files.
    let to = session.ours().file(&path)?;
    let page = report::written(&report, form);
    write_whole(&to, Place::of(args.force), |out| {
        out.write_all(page.as_bytes())
    })?;
    let (days, words) = days_and_words(&ask);
    let line = handed_out::line("Report", days, words, &path, &session.now);
    handed_out::add_to(list.as_ref(), line);
    output::say(&format!("Written to {}", path.display()));
    if args.open {
        open(&path)?;
        output::say(&after_opening(&path));
    }
    Ok(())
}

/// Which days a report was asked for, and whether it has notes: for the list of what was handed out.
pub(super) fn days_and_words(ask: &ReportAsk) -> (String, Words) {
    let days = match (ask.from, ask.to) {
        (None, None) => "since the last appointment, else 30 days".to_owned(),
        (from, to) => handed_out::days(Range {
            from: from.unwrap_or(Range::ALL.from),
            to: to.unwrap_or(Range::ALL.to),
        }),
    };
    let words = if ask.notes.hold_any() {
        Words::Along
    } else {
        Words::Stayed
    };
    (days, words)
}

/// To stdout: text is read there, a page or markdown goes into a file.
fn print(report: &Report, form: Form, face: Face) -> Outcome {
    let room = output::room();
    let lines = match (form, face, room) {
        (Form::Text, Face::Plain, _) => {
            let sentences = report::sentences(report).join("\n");
            wrap(&sentences, room.unwrap_or(WIDTH).min(WIDTH))
        }
        (Form::Text, Face::Screen, Some(room)) => {
            report::text(report, room.min(report::TEXT_WIDTH))
        }
        _ => return output::exact(report::written(report, form).as_bytes()),
    };
    output::text(&lines.join("\n"))
}

/// As said, else by the file's ending; a page where it is to be opened or put into a folder, else text.
fn form_of(args: &Args) -> Form {
    let of_path = |path: &PathBuf| match path.extension().and_then(|e| e.to_str()) {
        // A folder may have a dot in its name.
        Some(ending) if !path.is_dir() => Form::from_word(ending),
        _ => path.is_dir().then_some(Form::Html),
    };
    let by_path = args.output.as_ref().and_then(of_path);
    // A browser shows the page; plain text would open in an editor.
    let by_use = (args.output.is_none() && args.open).then_some(Form::Html);
    args.format.or(by_path).or(by_use).unwrap_or(Form::Text)
}

fn path_of(args: &Args, report: &Report, form: Form) -> Option<PathBuf> {
    let name = || report::file_name(report, form);
    match &args.output {
        Some(folder) if folder.is_dir() => Some(folder.join(name())),
        Some(path) => Some(path.clone()),
        None => args.open.then(|| PathBuf::from(name())),
    }
}

/// No system says whether a program really showed the file, so the way to it is said.
fn after_opening(path: &Path) -> String {
    let is_set = |name: &str| std::env::var_os(name).is_some_and(|value| !value.is_empty());
    let path = path.display();
    if cfg!(target_os = "linux") && !is_set("DISPLAY") && !is_set("WAYLAND_DISPLAY") {
        format!("There is no desktop here, so nothing may have opened; open {path} in a browser.")
    } else {
        format!("Handed to the system's browser; if nothing opens, open {path} yourself.")
    }
}

/// Hands the file over. It is written whatever becomes of this.
pub(crate) fn open(path: &Path) -> Outcome {
    opener::open(path).map_err(|error| {
        Failure::new(
            NO,
            format!(
                "{} is written, but no program opened it ({error})",
                path.display()
            ),
        )
    })
}
