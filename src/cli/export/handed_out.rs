//! What was handed out: a line for each export, report and table that was written to a file, on this device alone.
//!
//! Invariant: a line is written after the bytes, never before, and no error here reaches the export. It lies in no journal,
//! copy, sync folder or export, and undo does not touch it. It is under the key of an encrypted journal. What goes to stdout is not listed: nobody knows where that ends.

use crate::cli::failure::{Failure, Outcome};
use crate::cli::output;
use crate::cli::output::private::{About, Kept};
use crate::cli::session::{Reply, Session};
use crate::config::Places;
use crate::domain::text::words;
use crate::domain::time::Now;
use crate::transfer::csv::Range;
use crate::transfer::errand::HandedOut;
use crate::transfer::wish::Notes;
use chrono::DateTime;
use serde_json::{Value, json};
use std::path::Path;

/// The most lines that are kept; the oldest goes.
const MOST: usize = 1_000;

/// The file of a journal with this id.
pub(in crate::cli) fn file(places: &Places, journal: &str) -> Option<Kept> {
    Kept::of_journal(places, journal, About::HandedOut)
}

/// What can be said about the list.
#[derive(Debug, clap::Args)]
pub(super) struct Listing {
    /// What was written to files from this journal on this device: when, what, which days, where
    #[arg(long)]
    list: bool,
    /// Forget a line of that list by its number, or all of them; the files stay where they are
    #[arg(long, value_name = "N|all", conflicts_with = "list")]
    forget: Option<String>,
}

impl Listing {
    /// Whether this is about the list.
    pub(super) const fn is_asked(&self) -> bool {
        self.list || self.forget.is_some()
    }

    /// Lists, or forgets.
    pub(super) fn run(&self, session: &Session) -> Outcome {
        let file = file(session.places()?, session.open()?.id());
        let lines = file.as_ref().map(list).unwrap_or_default();
        if let (Some(typed), Some(file)) = (&self.forget, &file) {
            return forget_typed(file, typed, &lines);
        }
        if session.reply == Reply::Json {
            let lines: Vec<Value> = lines.iter().map(as_json).collect();
            return output::json(&json!({ "version": 1, "handed_out": lines }));
        }
        if lines.is_empty() {
            output::say(NONE);
            return Ok(());
        }
        let lines = lines.iter().enumerate();
        let lines: Vec<String> = lines
            .map(|(n, line)| format!("{:>3} {}", n + 1, sentence(line)))
            .collect();
        output::text(&lines.join("\n"))
    }
}

const NONE: &str =
    "Nothing was written to a file from this journal on this device, or it was forgotten.";

fn forget_typed(file: &Kept, typed: &str, lines: &[HandedOut]) -> Outcome {
    let one = if typed == "all" {
        None
    } else {
        let number = typed.parse::<usize>().ok();
        let line = number.and_then(|n| lines.get(n.checked_sub(1)?));
        Some(line.ok_or_else(|| {
            Failure::usage(format!(
                "{typed} is no line of the list; `ebb export --list` numbers them, and all forgets every one"
            ))
        })?)
    };
    let gone = forget(file, one);
    let gone = words::count(gone, "line", "lines");
    output::say(&format!(
        "Forgotten: {gone}. The files stay where they are."
    ));
    Ok(())
}

/// Whether typed notes went along.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Words {
    /// They did.
    Along,
    /// They stayed.
    Stayed,
}

impl Words {
    /// As the notes were asked for.
    pub(super) const fn of(notes: Notes) -> Self {
        match notes {
            Notes::Taken => Self::Along,
            Notes::Left => Self::Stayed,
        }
    }
}

/// The line about something that was written now.
pub(super) fn line(what: &str, days: String, words: Words, path: &Path, now: &Now) -> HandedOut {
    let whole = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
    let at = now.at.to_rfc3339();
    HandedOut {
        when: moment(&at),
        at,
        what: what.to_owned(),
        days,
        notes: match words {
            Words::Along => "with notes",
            Words::Stayed => "without notes",
        }
        .to_owned(),
        path: whole.display().to_string(),
    }
}

/// The days of a range in words.
pub(super) fn days(range: Range) -> String {
    let day = words::plain_day;
    match (range.from == Range::ALL.from, range.to == Range::ALL.to) {
        (true, true) => "all days".to_owned(),
        (true, false) => format!("all days to {}", day(range.to)),
        (false, true) => format!("{} to the last day", day(range.from)),
        (false, false) => format!("{} to {}", day(range.from), day(range.to)),
    }
}

/// Adds a line. Best effort.
pub(in crate::cli) fn add(file: &Kept, line: HandedOut) {
    let mut lines = list(file);
    lines.insert(0, line);
    lines.truncate(MOST);
    write(file, &lines);
}

/// Adds a line where there is a list. Best effort.
pub(super) fn add_to(file: Option<&Kept>, line: HandedOut) {
    if let Some(file) = file {
        add(file, line);
    }
}

/// Every line, the newest first.
pub(in crate::cli) fn list(file: &Kept) -> Vec<HandedOut> {
    let value = file.read();
    let lines = value["lines"].as_array();
    let line = |line: &Value| {
        let text = |key: &str| line[key].as_str().map(str::to_owned);
        let at = text("at")?;
        Some(HandedOut {
            when: moment(&at),
            at,
            what: text("what")?,
            days: text("days")?,
            notes: text("notes")?,
            path: text("path")?,
        })
    };
    lines.into_iter().flatten().filter_map(line).collect()
}

/// Forgets a line, or every one. Returns how many went.
pub(in crate::cli) fn forget(file: &Kept, one: Option<&HandedOut>) -> usize {
    let all = list(file);
    let mut left = all.clone();
    match one {
        Some(one) => {
            if let Some(at) = left.iter().position(|line| line == one) {
                left.remove(at);
            }
        }
        None => left.clear(),
    }
    let gone = all.len() - left.len();
    if gone > 0 {
        write(file, &left);
    }
    gone
}

fn write(file: &Kept, lines: &[HandedOut]) {
    let lines: Vec<Value> = lines.iter().map(as_json).collect();
    let value = json!({ "version": 1, "lines": lines });
    // An export is as good without its line.
    file.write(&value).ok();
}

pub(super) fn as_json(line: &HandedOut) -> Value {
    json!({
        "at": line.at, "what": line.what, "days": line.days, "notes": line.notes, "path": line.path,
    })
}

/// "Sun 22 Nov 2026 08:12  Ratings as CSV, all days, without notes".
fn sentence(line: &HandedOut) -> String {
    let HandedOut {
        what,
        days,
        notes,
        path,
        when,
        ..
    } = line;
    format!("{when}  {what}, {days}, {notes}\n    {path}")
}

/// When it was, on the wall clock of then.
fn moment(at: &str) -> String {
    let read = DateTime::parse_from_rfc3339(at);
    read.map_or_else(
        |_| at.to_owned(),
        |at| format!("{} {}", words::day(at.date_naive()), at.format("%H:%M")),
    )
}
