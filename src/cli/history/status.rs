//! `ebb status`: where things stand today. Never asks; `--short` says no day, number or drug.

use crate::cli::failure::{Failure, NO, Outcome, SEALED};
use crate::cli::output;
use crate::cli::session::Session;
use crate::cli::taper;
use crate::cli::trend;
use crate::cli::trend::json::{default_series, waves};
use crate::domain::entry::today;
use crate::domain::entry::where_i_am::WhereIAm;
use crate::domain::journal::Journal;
use crate::domain::series;
use crate::domain::series::Series;
use crate::domain::series::counted::Counted;
use crate::domain::series::default_series::DefaultSeries;
use crate::domain::series::events_today;
use crate::domain::series::stats::{Comparison, against_week_ago};
use crate::domain::text::round::Shown;
use crate::domain::text::words;
use crate::domain::time::Now;
use crate::domain::time::display::Manner;
use crate::domain::trends::sight::Basis;
use crate::domain::trends::{same_day, wave_text};
use crate::store::Store;
use chrono::NaiveDate;
use serde_json::{Value, json};
use std::fmt::Write as _;

#[derive(Debug, clap::Args)]
#[command(before_help = "\
Examples:
  ebb status            day, severity, what is there today
  ebb status --short    one neutral line for a prompt; exit 0 when today has a check-in, else 1
  ebb status --json")]
pub(crate) struct Args {
    /// For scripts
    #[arg(long, conflicts_with = "short")]
    json: bool,
    /// One neutral line
    #[arg(long)]
    short: bool,
}

impl Args {
    /// `--short`.
    pub(in crate::cli) const SHORT: Self = Self {
        json: false,
        short: true,
    };
}

pub(crate) fn run(args: &Args, session: &Session) -> Outcome {
    if session.is_locked()? {
        return locked(args);
    }
    let store = session.open()?;
    if args.short {
        return short(store, session);
    }
    // All of it: the last dose and the last check-in may lie far back.
    let journal = store.load(None)?;
    let today = session.today(&journal);
    if let Some(lines) = store.unread_text()? {
        output::say(&lines);
    }
    if args.json {
        output::json(&as_json(&journal, &session.now, today))
    } else {
        output::text(&listing(&journal, &session.now, today))
    }
}

/// The answer of a locked journal. It stands in prompts and status bars, so that nobody is asked and nothing is computed.
fn locked(args: &Args) -> Outcome {
    if args.json {
        output::json(&json!({ "version": 2, "locked": true }))?;
    } else {
        output::text("ebb: locked")?;
    }
    Err(Failure::quiet(SEALED))
}

/// One neutral line; exit 0 when today has a check-in. Reads today and nothing else: it stands in prompts and status bars.
fn short(store: Store, session: &Session) -> Outcome {
    let is_done = store.at_one_moment(|| {
        let today = session.now.today(store.bare_settings()?.day_end);
        store.has_check_in(today)
    })?;
    store.leave();
    if !is_done {
        output::text("ebb: not yet today")?;
        return Err(Failure::quiet(NO));
    }
    output::text("ebb: done today")
}

fn listing(journal: &Journal, now: &Now, today: NaiveDate) -> String {
    let mut text = format!("{}\n", words::day(today));
    match journal.attempts.open(today) {
        Some(open) => writeln!(text, "{}", WhereIAm::of(open, journal, now).short()).ok(),
        None => writeln!(text, "No attempt is open; `ebb start` begins one").ok(),
    };
    for check_in in journal.check_ins(today) {
        let what = if check_in.is_brief() {
            "brief check-in"
        } else {
            "check-in"
        };
        writeln!(text, "{what} {}", now.manner.time_of(&check_in.moment)).ok();
    }
    if journal.check_ins(today).is_empty() {
        writeln!(text, "No check-in yet today; `ebb checkin` asks").ok();
    }
    for line in today::lines(journal, now) {
        writeln!(text, "{}", words::sentence_head(&line)).ok();
    }
    if let Some(day) = journal.day(today) {
        let symptoms = &journal.symptoms;
        if let Some(value) = Series::Severity.shown_on(day, symptoms) {
            let answered = day.core_answered(symptoms);
            let in_part = if Series::Severity.is_in_part(day, symptoms) {
                ", in part"
            } else {
                ""
            };
            writeln!(
                text,
                "Severity {value} of 100, {answered} of 18 answered{in_part}"
            )
            .ok();
        }
        if let Some(value) = Series::Overall.of_day(day) {
            writeln!(text, "Overall {} of 10", Series::Overall.shown(value)).ok();
        }
    }
    let default = DefaultSeries::of(journal, today, now.manner);
    if let Some(why) = default.sentence(journal, today, now.manner) {
        writeln!(text, "{why}").ok();
    }
    writeln!(text, "{}", comparison(journal, default.series, today)).ok();
    for line in events_today::lines(journal, today) {
        writeln!(text, "{line}").ok();
    }
    if let Some(waves) = wave_text::sentence(journal, today) {
        writeln!(text, "{waves}").ok();
    }
    if let Ok((title, earlier)) = same_day::lines(journal, today, now.manner) {
        for line in earlier {
            writeln!(text, "{title}: {line}").ok();
        }
    }
    let missing = journal.missing_days(today).len();
    if missing > 0 {
        writeln!(text, "{} missing", words::count(missing, "day", "days")).ok();
    }
    text
}

/// The last seven days against the seven before, in a sentence.
fn comparison(journal: &Journal, series: Series, today: NaiveDate) -> String {
    let compared = against_week_ago(journal, series, today);
    let name = series.name(journal).to_lowercase();
    let text = compared.than_a_week_ago(&name);
    match compared {
        Comparison::Change { .. } => format!("Last 7 days: {name} {text}"),
        // Without its name nobody knows of what there are too few days.
        Comparison::TooFew { .. } if series != Series::Severity => {
            format!("{}: {text}", series.name(journal))
        }
        _ => words::sentence_head(&text),
    }
}

/// The events of the last seven days beside those of the seven before.
fn events(journal: &Journal, today: NaiveDate) -> Value {
    let of_today = events_today::events(journal, today).into_iter();
    let event = |(series, counted): (Series, Box<Counted>)| {
        let mut event = trend::json::counted(&counted);
        event["series"] = series.code(journal).into();
        event["name"] = series.name(journal).into();
        event["unit"] = series.facts(journal).unit.into();
        event
    };
    of_today.map(event).collect()
}

fn as_json(journal: &Journal, now: &Now, today: NaiveDate) -> Value {
    let attempt = journal.attempts.on(today).map(|numbered| {
        json!({
            "number": numbered.number,
            "began": numbered.attempt.began.to_string(),
            "day_zero": numbered.attempt.day_zero.map(|day| day.to_string()),
            "attempt_day": numbered.attempt.day_number(today),
            "method": numbered.attempt.method.code(),
        })
    });
    let value =
        |series: Series| series::value(journal, series, today).map(|value| series.shown(value));
    let number = |series: Series| value(series).map(Shown::fine);
    let shown = |series: Series| value(series).map(|value| value.to_string());
    let change = |series: Series| match against_week_ago(journal, series, today) {
        Comparison::Change {
            before,
            now,
            change,
        } => json!({
            "before": before.0.fine(), "before_shown": before.0.to_string(), "before_days": before.1,
            "now": now.0.fine(), "now_shown": now.0.to_string(), "now_days": now.1,
            "change": change.fine(), "change_shown": change.to_string(),
        }),
        _ => Value::Null,
    };
    // Without the manner of the config file, so that scripts read the same everywhere.
    let manner = Manner::default();
    json!({
        // Counted per verb: the fields of `status` changed once.
        "version": 2,
        "today": today.to_string(),
        "attempt": attempt,
        "check_ins_today": journal.check_ins(today).len(),
        "answered_today": journal.day(today).map(|day| day.core_answered(&journal.symptoms)),
        "severity": number(Series::Severity),
        "severity_shown": shown(Series::Severity),
        "body": number(Series::Body),
        "body_shown": shown(Series::Body),
        "mind": number(Series::Mind),
        "mind_shown": shown(Series::Mind),
        "overall": number(Series::Overall),
        "overall_shown": shown(Series::Overall),
        "than_a_week_ago": change(Series::Severity),
        // What Today shows first, and its comparison.
        "default": default_series(Basis { journal, today, manner }),
        "default_than_a_week_ago": change(DefaultSeries::of(journal, today, manner).series),
        "events_than_a_week_ago": events(journal, today),
        "in_part": journal.day(today).is_some_and(|day| Series::Severity.is_in_part(day, &journal.symptoms)),
        "waves": waves(journal, today),
        "so_far": today::lines(journal, &now.clone().with_manner(manner)),
        "plans": taper::json::brief(journal, today),
        "last_day": journal.last_day().map(|day| day.to_string()),
        "missing_days": journal.missing_days(today).len(),
    })
}
