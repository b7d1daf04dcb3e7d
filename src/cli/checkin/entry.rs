//! `ebb entry check-in`: lists, shows, edits and deletes check-ins, each by its id.
//!
//! Invariant: an edit changes what is given and nothing else; whether it was written late and the zone it was written in stay.

use super::{by_answer, fill, note_of};
use crate::cli::failure::{Failure, Outcome};
use crate::cli::history::check_in_line;
use crate::cli::log::{Desk, say_lines, say_quiet};
use crate::cli::noun::stretch::Stretch;
use crate::cli::output;
use crate::cli::output::entry_json;
use crate::cli::session::{Reply, Session};
use crate::domain::check_in::CheckIn;
use crate::domain::check_in::CheckInDraft;
use crate::domain::check_in::symptom::SymptomKey;
use crate::domain::entry::bin::BIN_DAYS;
use crate::domain::entry::saved;
use crate::domain::entry::saved::TakeBack;
use crate::domain::id::ShortIds;
use crate::domain::journal::Journal;
use crate::domain::journal::change::Change;
use crate::domain::series::Series;
use crate::domain::text::words;
use crate::domain::time::display::Manner;
use crate::domain::time::parse::Toward;
use serde_json::{Value, json};
use std::fmt::Write as _;

#[derive(Debug, clap::Args)]
#[command(
    about = "List, show, edit or delete check-ins",
    subcommand_required = true,
    arg_required_else_help = true,
    before_help = "\
Examples:
  ebb entry check-in list               the last ones, each with its id
  ebb entry check-in show last          every rating of the last one
  ebb entry check-in edit last --set nausea=2
  ebb entry check-in delete last        `ebb undo` brings it back"
)]
pub(crate) struct Args {
    #[command(subcommand)]
    act: Act,
}

#[derive(Debug, clap::Subcommand)]
enum Act {
    /// The check-ins, each with its id
    #[command(before_help = "\
Examples:
  ebb entry check-in list
  ebb entry check-in list --from 2026-11-01 --to today")]
    List {
        #[command(flatten)]
        stretch: Stretch,
        /// For scripts
        #[arg(long)]
        json: bool,
    },
    /// All of one: each rating, the overall, the note
    #[command(before_help = "\
Examples:
  ebb entry check-in show last")]
    Show {
        /// Its id, as `ebb entry check-in list` shows it, or "last"
        #[arg(value_name = "ID|last")]
        id: String,
        /// For scripts
        #[arg(long)]
        json: bool,
    },
    /// Change what is given
    #[command(before_help = "\
Examples:
  ebb entry check-in edit last --set nausea=2 --set anxiety=.
  ebb entry check-in edit last --overall 5 --note \"slept better\"
  ebb entry check-in edit last --at \"yesterday 21:00\"")]
    Edit(Edit),
    /// Put it into the bin
    #[command(before_help = "\
Examples:
  ebb entry check-in delete last        `ebb undo` brings it back")]
    Delete {
        /// Its id, as `ebb entry check-in list` shows it, or "last"
        #[arg(value_name = "ID|last")]
        id: String,
    },
}

#[derive(Debug, clap::Args)]
struct Edit {
    /// Its id, as `ebb entry check-in list` shows it, or "last"
    #[arg(value_name = "ID|last")]
    id: String,
    /// When it was: 08:15, "yesterday 22:00", 2026-11-22
    #[arg(long, value_name = "WHEN", allow_hyphen_values = true)]
    at: Option<String>,
    /// A rating; . behind the = leaves the symptom blank
    #[arg(long, value_name = "SYMPTOM=0..4")]
    set: Vec<String>,
    /// The overall; "" takes it away
    #[arg(long, value_name = "0..10", allow_negative_numbers = true)]
    overall: Option<String>,
    /// The note; "" takes it away, - reads it from stdin
    #[arg(long, value_name = "TEXT|-", allow_hyphen_values = true)]
    note: Option<String>,
    /// Open the note in your editor ($VISUAL or $EDITOR)
    #[arg(long, conflicts_with = "note")]
    editor: bool,
}

pub(crate) fn run(args: &Args, session: &Session) -> Outcome {
    let desk = Desk::open(session)?;
    match &args.act {
        Act::List { stretch, .. } => list(&desk, stretch, session),
        Act::Show { id, .. } => show(&desk, id, session),
        Act::Edit(typed) => edit(desk, typed, session),
        Act::Delete { id } => delete(desk, id, session),
    }
}

/// Every check-in, oldest first.
fn all(journal: &Journal) -> Vec<&CheckIn> {
    journal
        .days()
        .flat_map(|day| day.check_ins.iter())
        .collect()
}

/// The check-in that `typed` means.
fn named<'a>(typed: &str, journal: &'a Journal) -> Outcome<&'a CheckIn> {
    let all = all(journal);
    let wanted = typed.trim();
    let fitting: Vec<&&CheckIn> = if wanted.eq_ignore_ascii_case("last") {
        all.iter()
            .max_by_key(|check_in| (check_in.moment.at_utc, check_in.id))
            .into_iter()
            .collect()
    } else {
        let fits = |check_in: &&&CheckIn| ShortIds::means(wanted, check_in.id);
        all.iter().filter(fits).collect()
    };
    match fitting.as_slice() {
        [one] => Ok(one),
        [] if all.is_empty() => Err(Failure::usage(
            "there is no check-in yet; `ebb checkin` writes the first. Nothing was changed",
        )),
        [] => Err(Failure::usage(format!(
            "no check-in has the id \"{wanted}\"; `ebb entry check-in list` shows them. Nothing was changed"
        ))),
        _ => Err(Failure::usage(format!(
            "the ids of several check-ins end with \"{wanted}\"; more of it tells them apart. Nothing was changed"
        ))),
    }
}

fn list(desk: &Desk, stretch: &Stretch, session: &Session) -> Outcome {
    let journal = &desk.journal;
    let every = all(journal);
    let days = stretch.days(journal, session)?;
    let shown = every.iter().copied();
    let shown: Vec<&CheckIn> = shown
        .filter(|check_in| days.holds(Some(check_in.moment.day)))
        .collect();
    let shown = stretch.last_of(shown);
    if session.reply == Reply::Json {
        desk.say_unread();
        let each = shown.iter();
        let each = each.map(|check_in| entry_json::check_in_alone(journal, check_in));
        let each: Vec<Value> = each.collect();
        return output::json(&json!({ "version": 1, "kind": "check_in", "records": each }));
    }
    let ids = ShortIds::new(every.iter().map(|check_in| check_in.id));
    let mut text = String::new();
    for check_in in &shown {
        let day = words::day(check_in.moment.day);
        let line = check_in_line(journal, check_in, session.now.manner);
        writeln!(text, "{}  {day} {line}", ids.of(check_in.id)).ok();
    }
    output::text(&text)?;
    if every.is_empty() {
        output::say("No check-in yet; `ebb checkin` writes the first.");
    } else if shown.is_empty() && stretch.is_of_days() {
        output::say("No check-in in these days.");
    } else if shown.len() < every.len() && !stretch.is_of_days() {
        let over = every.len() - shown.len();
        output::say(&format!("{over} more with --all."));
    }
    Ok(())
}

fn show(desk: &Desk, id: &str, session: &Session) -> Outcome {
    let check_in = named(id, &desk.journal)?;
    if session.reply == Reply::Json {
        desk.say_unread();
        let entry = entry_json::check_in_alone(&desk.journal, check_in);
        return output::json(&json!({ "version": 1, "entry": entry }));
    }
    output::text(&whole(&desk.journal, check_in, session.now.manner))
}

/// All that a check-in holds, a line each.
fn whole(journal: &Journal, check_in: &CheckIn, manner: Manner) -> String {
    let moment = &check_in.moment;
    let mut head = vec![format!(
        "{} {}",
        words::day(moment.at().date_naive()),
        manner.time_of(moment)
    )];
    head.push(format!("counts for {}", words::day(moment.day)));
    head.extend(words::marks(Some(moment), check_in.edited_utc));
    head.extend(journal.mark_of(check_in.id));
    let mut text = format!("{}\n", head.join(", "));
    if let Some(severity) = check_in.totals.severity() {
        writeln!(
            text,
            "Severity {}, {} of 18",
            Series::Severity.shown(severity),
            check_in.totals.answered()
        )
        .ok();
    }
    for rating in &check_in.ratings {
        let Some(symptom) = journal.symptoms.by_key(rating.symptom) else {
            continue;
        };
        let answer = rating.answer.map_or_else(
            || "left blank".to_owned(),
            |severity| format!("{} {}", severity.number(), severity.word()),
        );
        let copied = if rating.copied { ", as last time" } else { "" };
        writeln!(text, "  {:<28} {answer}{copied}", symptom.name).ok();
    }
    if let Some(overall) = check_in.overall {
        writeln!(text, "Overall {}", overall.number()).ok();
    }
    for line in check_in.note.iter().flat_map(|note| note.lines()) {
        writeln!(text, "  {line}").ok();
    }
    text
}

fn edit(desk: Desk, typed: &Edit, session: &Session) -> Outcome {
    session.refuse_read_only()?;
    let journal = &desk.journal;
    let stored = named(&typed.id, journal)?;
    let mut draft = CheckInDraft::of(stored, &journal.symptoms);
    let is_given = typed.at.is_some()
        || !typed.set.is_empty()
        || typed.overall.is_some()
        || typed.note.is_some()
        || typed.editor;
    if !is_given {
        return Err(Failure::usage(
            "what is to change? --set, --overall, --note and --at say it; nothing was saved",
        ));
    }
    if let Some(at) = &typed.at {
        let day_end = journal.settings.day_end;
        let when = session.when(at, day_end, Toward::Past)?;
        if let Some(shift) = &when.shift {
            output::say(&shift.to_string());
        }
        if when.is_future(&session.now, day_end) {
            return Err(Failure::usage(format!(
                "{} is still to come, so nothing was saved",
                session.to_come(&when, day_end)
            )));
        }
        draft.day = when.logical_day(day_end);
        draft.at = Some(when.at);
        draft.without_time = when.day.is_some();
    }
    let (blank, rated) = by_answer(&typed.set);
    // What stands there already is no second answer.
    for pair in blank.iter().chain(&rated) {
        let name = pair.split('=').next().unwrap_or_default();
        let symptom = super::symptom::meant(name, &journal.symptoms)?;
        draft.answers.remove(&symptom.code);
    }
    let overall = typed.overall.as_deref();
    if overall.is_some_and(|text| text.trim().is_empty()) {
        draft.overall = None;
    }
    let overall = overall.filter(|text| !text.trim().is_empty());
    fill(rated.into_iter(), overall, journal, &mut draft)?;
    if let Some(note) = note_of(typed.note.as_deref(), typed.editor, &draft.note)? {
        draft.note = note;
    }
    let moment = journal.moment_of(&draft, &session.now);
    let asked: Vec<SymptomKey> = stored.ratings.iter().map(|rating| rating.symptom).collect();
    let edited = draft
        .into_check_in(moment, asked.into_iter(), &journal.symptoms)
        .map_err(|blank| Failure::usage(blank.to_string()))?;
    let changes = [Change::RecordCheckIn(edited)];
    let lines = saved::notices(journal, &changes, &session.now, TakeBack::Verb);
    let before = journal.clone();
    let after = desk.write(&changes, session)?;
    say_lines(&lines);
    if let Some(after) = after {
        say_quiet((&before, &after), &changes, &session.now);
    }
    Ok(())
}

fn delete(desk: Desk, id: &str, session: &Session) -> Outcome {
    let check_in = named(id, &desk.journal)?;
    let change = Change::DeleteCheckIn(check_in.id);
    let line = saved::notice(&desk.journal, &change, &session.now, TakeBack::Verb);
    desk.write(&[change], session)?;
    output::say(&format!("{line} It lies in the bin for {BIN_DAYS} days."));
    Ok(())
}
