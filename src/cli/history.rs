//! `ebb history`: days with their check-ins, newest last.

use super::failure::Outcome;
use super::output;
use super::session::Session;
use crate::domain::check_in::{CheckIn, Overall};
use crate::domain::journal::{Day, Journal};
use crate::domain::round::Shown;
use crate::domain::series::Series;
use crate::domain::symptom::Severity;
use crate::domain::words;
use serde_json::{Map, Value, json};
use std::fmt::Write as _;

#[derive(Debug, clap::Args)]
#[command(before_help = "\
Examples:
  ebb history --from \"2026-11-01\"
  ebb history --search walk            check-ins whose note has this text
  ebb history --json                   every rating; null is asked and left blank")]
pub(super) struct Args {
    /// The first day
    #[arg(long, value_name = "DAY")]
    from: Option<String>,
    /// The last day
    #[arg(long, value_name = "DAY")]
    to: Option<String>,
    /// Text in the note, in any case
    #[arg(long, value_name = "TEXT", allow_hyphen_values = true)]
    search: Option<String>,
    /// For scripts
    #[arg(long)]
    json: bool,
}

pub(super) fn run(args: &Args, session: &Session) -> Outcome {
    let journal = session.open()?.load(None)?;
    let (from, to) = session.range(
        args.from.as_deref(),
        args.to.as_deref(),
        journal.settings.day_end,
    )?;
    let wanted = args.search.as_deref().map(str::to_lowercase);
    let is_wanted = |check_in: &&CheckIn| match (&wanted, &check_in.note) {
        (None, _) => true,
        (Some(wanted), Some(note)) => note.to_lowercase().contains(wanted.as_str()),
        (Some(_), None) => false,
    };
    let days = journal
        .between(
            from.unwrap_or(chrono::NaiveDate::MIN),
            to.unwrap_or(chrono::NaiveDate::MAX),
        )
        .map(|day| {
            (
                day,
                day.check_ins.iter().filter(is_wanted).collect::<Vec<_>>(),
            )
        })
        .filter(|(_, check_ins)| !check_ins.is_empty())
        .collect::<Vec<_>>();
    if args.json {
        return output::json(&as_json(&journal, &days));
    }
    if days.is_empty() {
        output::say(match (&args.search, journal.first_day) {
            (Some(_), _) => "No note has this text.",
            (None, None) => "No check-in yet; `ebb checkin` writes the first.",
            (None, Some(_)) => "No check-in in these days.",
        });
        return Ok(());
    }
    output::text(&listing(&journal, &days))
}

fn listing(journal: &Journal, days: &[(&Day, Vec<&CheckIn>)]) -> String {
    let mut text = String::new();
    for (day, check_ins) in days {
        let attempt = journal.attempts.on(day.date);
        let number = attempt.and_then(|a| a.attempt.day_number(day.date));
        let number = number.map_or_else(String::new, |number| format!("  day {number}"));
        writeln!(text, "{}{number}", words::day(day.date)).ok();
        for check_in in check_ins {
            writeln!(text, "  {}", line(journal, check_in)).ok();
            for note in check_in.note.iter().flat_map(|note| note.lines()) {
                writeln!(text, "        {note}").ok();
            }
        }
    }
    text
}

/// "21:40  severity 31, 18 of 18, overall 4, late".
fn line(journal: &Journal, check_in: &CheckIn) -> String {
    let mut parts = Vec::new();
    if let Some(value) = check_in.totals.severity() {
        parts.push(format!("severity {}", Series::Severity.shown(value)));
    }
    if check_in.totals.answered() > 0 {
        parts.push(format!("{} of 18", check_in.totals.answered()));
    }
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
    if check_in.moment.late {
        parts.push("written late".to_owned());
    }
    if check_in.edited_utc.is_some() {
        parts.push("edited".to_owned());
    }
    let time = check_in.moment.wall_time().format("%H:%M");
    format!("{time}  {}", parts.join(", "))
}

fn as_json(journal: &Journal, days: &[(&Day, Vec<&CheckIn>)]) -> Value {
    let index = |value: Option<f64>| value.map(|value| Shown::new(value, 1).value());
    let check_in = |check_in: &&CheckIn| {
        let ratings = check_in.ratings.iter().filter_map(|rating| {
            let code = journal.symptoms.by_key(rating.symptom)?.code.clone();
            Some((code, json!(rating.answer.map(Severity::number))))
        });
        let copied = check_in.ratings.iter().filter(|rating| rating.copied);
        let copied =
            copied.filter_map(|rating| Some(journal.symptoms.by_key(rating.symptom)?.code.clone()));
        json!({
            "checkin_id": check_in.id.to_string(),
            "at": check_in.moment.at().to_rfc3339(),
            "zone": &*check_in.moment.zone,
            "late": check_in.moment.late,
            "overall": check_in.overall.map(Overall::number),
            "severity_index": index(check_in.totals.severity()),
            "body_index": index(check_in.totals.body()),
            "mind_index": index(check_in.totals.mind()),
            "answered": check_in.totals.answered(),
            "ratings": Value::Object(ratings.collect::<Map<_, _>>()),
            "copied": copied.collect::<Vec<_>>(),
            "note": check_in.note.as_deref(),
        })
    };
    let days = days.iter().map(|(day, check_ins)| {
        let attempt = journal.attempts.on(day.date);
        json!({
            "date": day.date.to_string(),
            "attempt": attempt.map(|a| a.number),
            "attempt_day": attempt.and_then(|a| a.attempt.day_number(day.date)),
            "check_ins": check_ins.iter().map(check_in).collect::<Vec<_>>(),
        })
    });
    json!({ "version": 1, "days": days.collect::<Vec<_>>() })
}
