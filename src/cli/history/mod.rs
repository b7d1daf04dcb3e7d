//! `ebb history`: days with what they hold, newest last.

pub(super) mod bin;
pub(super) mod status;
pub(super) mod undo;

use super::failure::Outcome;
use super::output;
use super::output::entry_json;
use super::session::Session;
use crate::domain::check_in::CheckIn;
use crate::domain::entry::search;
use crate::domain::entry::{Entry, Filter, What, days_with_entries, entries_of};
use crate::domain::id::ShortIds;
use crate::domain::journal::Journal;
use crate::domain::record::key;
use crate::domain::record::kind::Kind;
use crate::domain::series::Series;
use crate::domain::text::words;
use crate::domain::time::display::Manner;
use chrono::NaiveDate;
use serde_json::{Value, json};
use std::fmt::Write as _;

#[derive(Debug, clap::Args)]
#[command(before_help = "\
Examples:
  ebb history -n 20 --ids              the last ones, each with its id for `ebb entry`
  ebb history --search walk            entries with this text
  ebb history --kind dose              full, brief, note, late, edited, attempt, or what was logged
  ebb history --json                   every rating; null is asked and left blank")]
pub(super) struct Args {
    /// The first day
    #[arg(long, value_name = "DAY", allow_hyphen_values = true)]
    from: Option<String>,
    /// The last day
    #[arg(long, value_name = "DAY", allow_hyphen_values = true)]
    to: Option<String>,
    /// Text of a note or of another field that is typed freely, in any case
    #[arg(long, value_name = "TEXT", allow_hyphen_values = true)]
    search: Option<String>,
    /// One kind of entry: full, brief, note, late, edited, attempt, dose, urge, practice ...
    #[arg(long, value_name = "KIND", value_parser = kind)]
    kind: Option<Filter>,
    /// How many of the last entries
    #[arg(short = 'n', long = "last", value_name = "N")]
    last: Option<usize>,
    /// Each with its id, for `ebb entry`
    #[arg(long)]
    ids: bool,
    /// For scripts
    #[arg(long)]
    json: bool,
}

pub(super) fn run(args: &Args, session: &Session) -> Outcome {
    // JSON has no place for a mark, so what differs is said beside it.
    let journal = if args.json {
        session.all_to_give()?
    } else {
        session.open()?.load(None)?
    };
    let (from, to) = session.range(
        args.from.as_deref(),
        args.to.as_deref(),
        journal.settings.day_end,
    )?;
    let filter = args.kind.unwrap_or_default();
    let has_text = |entry: &Entry<'_>| match (&args.search, entry.what) {
        (None, _) => true,
        (Some(wanted), what) => {
            let mut typed = search::typed_in(what).into_iter();
            typed.any(|text| !search::find(text, wanted).is_empty())
        }
    };
    let of_day = |date: NaiveDate| {
        let mut entries = entries_of(&journal, date);
        entries.retain(|entry| filter.holds(entry) && has_text(entry));
        (!entries.is_empty()).then_some((date, entries))
    };
    let mut days: Vec<Held<'_>> = days_with_entries(
        &journal,
        // Without a range: every day there is.
        from.unwrap_or(NaiveDate::MIN),
        to.unwrap_or(NaiveDate::MAX),
    )
    .into_iter()
    .filter_map(of_day)
    .collect();
    if let Some(last) = args.last {
        keep_last(&mut days, last);
    }
    if args.json {
        return output::json(&as_json(&journal, &days));
    }
    let ids = args.ids.then(|| {
        // Of the whole journal: an id that is unique among these days may not be so for `ebb entry`.
        let check_ins = journal.days().flat_map(|day| day.check_ins.iter());
        let records = Kind::ALL
            .into_iter()
            .flat_map(|kind| journal.records_of(kind));
        let records = records.map(|record| record.id);
        ShortIds::new(check_ins.map(|check_in| check_in.id).chain(records))
    });
    if days.is_empty() {
        output::say(match (&args.search, journal.first_day) {
            (Some(_), _) if args.kind.is_some() || from.is_some() || to.is_some() => {
                "None of these entries has this text."
            }
            (Some(_), _) => "No entry has this text.",
            (None, Some(_)) if args.kind.is_some() => "No entry of this kind in these days.",
            (None, None) => "No entry yet; `ebb checkin` writes the first.",
            (None, Some(_)) => "No entry in these days.",
        });
        return Ok(());
    }
    session
        .pager
        .text(&listing(&journal, &days, ids.as_ref(), session.now.manner))
}

/// A day with the entries of it that are wanted, at least one.
type Held<'a> = (NaiveDate, Vec<Entry<'a>>);

/// Leaves the last `n` entries, and no day without one.
fn keep_last(days: &mut Vec<Held<'_>>, n: usize) {
    let mut left = n;
    for (_, entries) in days.iter_mut().rev() {
        let over = entries.len().saturating_sub(left);
        entries.drain(..over);
        left -= entries.len();
    }
    days.retain(|(_, entries)| !entries.is_empty());
}

fn kind(text: &str) -> Result<Filter, String> {
    let known = || {
        Filter::all()
            .into_iter()
            .map(Filter::code)
            .collect::<Vec<_>>()
            .join(", ")
    };
    Filter::from_code(text).ok_or_else(|| format!("it is one of {}", known()))
}

/// The days with their entries, each with its id where ids are given.
fn listing(journal: &Journal, days: &[Held<'_>], ids: Option<&ShortIds>, manner: Manner) -> String {
    let mut text = String::new();
    for (date, entries) in days {
        let number = journal.attempts.day_number(*date);
        let counted = number.map(|day| manner.counted(day));
        let number = counted.map_or_else(String::new, |day| format!("  day {day}"));
        writeln!(text, "{}{number}", words::day(*date)).ok();
        for entry in entries {
            let id = match entry.what {
                // An attempt has a number instead.
                What::CheckIn(_) | What::Record(_) => ids.map(|ids| ids.of(entry.id)),
                What::Began(_) | What::DayZero(_) | What::Ended(..) => None,
            };
            let id = id.map_or_else(String::new, |id| format!("{id}  "));
            let What::CheckIn(check_in) = entry.what else {
                writeln!(text, "  {id}{}", event_line(journal, entry, manner)).ok();
                continue;
            };
            writeln!(text, "  {id}{}", check_in_line(journal, check_in, manner)).ok();
            for note in check_in.note.iter().flat_map(|note| note.lines()) {
                writeln!(text, "        {note}").ok();
            }
        }
    }
    text
}

/// "21:40  severity 31, 18 of 18, overall 4, late".
pub(super) fn check_in_line(journal: &Journal, check_in: &CheckIn, manner: Manner) -> String {
    let mut parts = Vec::new();
    if let Some(value) = Series::Severity.shown_in(check_in) {
        parts.push(format!("severity {value}"));
    }
    if check_in.totals.answered() > 0 {
        parts.push(format!("{} of 18", check_in.totals.answered()));
    }
    // Ratings outside the 18 core symptoms are in no index.
    let others = check_in
        .answered()
        .saturating_sub(usize::from(check_in.totals.answered()));
    if others > 0 {
        parts.push(words::count(others, "other rating", "other ratings"));
    }
    // Few ratings say more than their number.
    if (1..=3).contains(&check_in.answered()) {
        parts.extend(check_in.ratings.iter().filter_map(|rating| {
            let symptom = journal.symptoms.by_key(rating.symptom)?;
            Some(format!("{} {}", symptom.name, rating.answer?.number()))
        }));
    }
    if let Some(overall) = check_in.overall {
        parts.push(format!("overall {}", overall.number()));
    }
    parts.extend(words::marks(Some(&check_in.moment), check_in.edited_utc));
    parts.extend(journal.mark_of(check_in.id));
    let time = manner.time_of(&check_in.moment);
    format!("{time}  {}", parts.join(", "))
}

fn as_json(journal: &Journal, days: &[Held<'_>]) -> Value {
    let event = |entry: &Entry<'_>| match entry.what {
        What::CheckIn(_) | What::Record(_) => None,
        What::Began(on) | What::DayZero(on) | What::Ended(on, _) => {
            Some(json!({ "kind": entry.code(), "attempt": on.number }))
        }
    };
    let days = days.iter().map(|(date, entries)| {
        let attempt = journal.attempts.on(*date);
        let check_ins = entries.iter().filter_map(|entry| match entry.what {
            What::CheckIn(it) => Some(entry_json::check_in(journal, it)),
            What::Record(_) | What::Began(_) | What::DayZero(_) | What::Ended(..) => None,
        });
        let records = entries.iter().filter_map(|entry| match entry.what {
            What::Record(record) => Some(entry_json::record(journal, record)),
            What::CheckIn(_) | What::Began(_) | What::DayZero(_) | What::Ended(..) => None,
        });
        json!({
            "date": date.to_string(),
            "attempt": attempt.map(|a| a.number),
            "attempt_day": journal.attempts.day_number(*date),
            "check_ins": check_ins.collect::<Vec<_>>(),
            "records": records.collect::<Vec<_>>(),
            "events": entries.iter().filter_map(event).collect::<Vec<_>>(),
        })
    });
    json!({ "version": 1, "days": days.collect::<Vec<_>>() })
}

/// "21:40  Used 1.5 g, Leaf powder, written late".
fn event_line(journal: &Journal, entry: &Entry<'_>, manner: Manner) -> String {
    let mut parts = vec![entry.event(journal).unwrap_or_default()];
    let What::Record(record) = entry.what else {
        parts.extend(journal.mark_of(entry.id));
        return parts.join(", ");
    };
    parts.extend(words::marks(record.moment.as_ref(), record.edited_utc));
    parts.extend(journal.mark_of(record.id));
    let note = record.text(key::NOTE).into_iter().flat_map(str::lines);
    let note = note.fold(String::new(), |text, line| text + "\n        " + line);
    let time = record.moment.as_ref().map(|moment| manner.time_of(moment));
    format!("{}  {}{note}", time.unwrap_or_default(), parts.join(", "))
}
