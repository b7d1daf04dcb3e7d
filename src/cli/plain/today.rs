//! Today in sentences: where am I, how does it compare, what is there today.

use super::missing;
use super::session::{Asked, Session};
use super::talk::Step;
use crate::domain::attempt::NumberedAttempt;
use crate::domain::check_in::CheckIn;
use crate::domain::check_in::catalogue::{Phase, phase_of};
use crate::domain::check_in::symptom::Origin;
use crate::domain::entry::today;
use crate::domain::entry::where_i_am::WhereIAm;
use crate::domain::journal::Journal;
use crate::domain::series::Series;
use crate::domain::series::default_series::DefaultSeries;
use crate::domain::series::events_today;
use crate::domain::series::stats::{Comparison, WEEK, against_week_ago, unindexed};
use crate::domain::text::words;
use crate::domain::time::display::Manner;
use crate::domain::time::span::Span;
use crate::domain::trends::same_day;
use crate::domain::trends::wave_text::sentence;
use chrono::NaiveDate;

/// The first lines: the day, and what waits.
pub(super) fn greet(session: &mut Session<'_>) -> Step<()> {
    let today = session.today();
    session.say(&words::sentence(&words::day(today)))?;
    if let Some(open) = session.journal.attempts.open(today) {
        let line = here(session, open);
        session.say(&line)?;
    } else if session.journal.is_empty() {
        return session
            .say("The journal is empty: brief (b) is one number, check-in (c) is all symptoms.");
    }
    missing::mention(session)
}

/// Where one is, what is there today, and how the last week compares.
pub(super) fn page(session: &mut Session<'_>) -> Step<()> {
    let today = session.today();
    session.say(&format!("Today: {}", words::day(today)))?;
    match session.journal.attempts.open(today) {
        Some(open) => {
            let phase = open.attempt.day_number(today).and_then(phase_of);
            let goal = open.attempt.goal.as_ref();
            let more = [
                phase.map(Phase::sentence),
                goal.map(|goal| format!("Goal: {goal}")),
            ];
            let line = here(session, open);
            session.say(&line)?;
            session.say_each(more.into_iter().flatten())?;
        }
        None => session.say("Attempt: none is open. start begins one.")?,
    }
    say_so_far(session, today)?;
    missing::mention(session)?;
    if session.journal.first_day.is_none() {
        return session.say("There is nothing to compare yet: check-in (c) writes the first day.");
    }
    comparisons(session, today)
}

/// "Day 9 since last use, Fri 13 Nov 2026."
fn here(session: &Session<'_>, open: NumberedAttempt<'_>) -> String {
    let place = WhereIAm::of(open, &session.journal, &session.now());
    format!("{}.", place.long())
}

fn say_so_far(session: &mut Session<'_>, today: NaiveDate) -> Step<()> {
    let check_ins = session.journal.check_ins(today).iter();
    let lines: Vec<String> = check_ins
        .map(|check_in| one_line(check_in, &session.journal, session.manner))
        .collect();
    if lines.is_empty() {
        session.say("Today so far: no check-in yet. check-in (c) or brief (b).")?;
    } else {
        session.say(&format!(
            "Today so far: {}.",
            words::count(lines.len(), "check-in", "check-ins")
        ))?;
    }
    session.say_each(lines)?;
    let so_far = today::lines(&session.journal, &session.now());
    session.say_each(so_far.iter().map(|line| words::sentence(line)))
}

/// The last 7 days against the 7 before: the indices and the overall; the symptoms that can be compared only after `more`.
fn comparisons(session: &mut Session<'_>, today: NaiveDate) -> Step<()> {
    session.say("Last 7 days against the 7 before:")?;
    let mut lines: Vec<String> = Vec::new();
    let default = DefaultSeries::of(&session.journal, today, session.manner);
    let why = default.sentence(&session.journal, today, session.manner);
    lines.extend(why.map(|why| format!("{why}.")));
    // What stands first is said first; it may be a symptom.
    let fixed = Series::FIXED
        .into_iter()
        .filter(|series| *series != default.series);
    for series in std::iter::once(default.series).chain(fixed) {
        let comparison = against_week_ago(&session.journal, series, today);
        // The refusal about day 0 is the same for every series and is said once.
        let is_repeated = series != default.series
            && matches!(comparison, Comparison::AcrossDayZero { earlier: None, .. });
        if !is_repeated {
            lines.push(compared(&session.journal, series, &comparison));
        }
    }
    let week = Span::ending(today, WEEK);
    let brief = unindexed(&session.journal, Series::Severity, week).lines();
    lines.extend(brief.map(|line| format!("{line}.")));
    let events = events_today::lines(&session.journal, today);
    lines.extend(events.into_iter().map(|line| format!("{line}.")));
    lines.extend(sentence(&session.journal, today));
    if let Ok((title, earlier)) = same_day::lines(&session.journal, today, session.manner) {
        lines.extend(earlier.into_iter().map(|line| format!("{title}: {line}.")));
    }
    session.say_each(lines)?;
    let (symptoms, silent) = symptoms_compared(session, today, default.series);
    let count = symptoms.len() + usize::from(silent > 0);
    if symptoms.is_empty() {
        return match silent {
            0 => Ok(()),
            silent => session.say(&too_few(silent)),
        };
    }
    let count = words::count(count, "line", "lines");
    let question = format!("more says the symptoms, {count}; or done?");
    let about = "more compares each symptom of the last 7 days with the 7 before. done, or an empty line: back to the menu.";
    let typed = session.ask(Asked::new(&question, about))?;
    match typed.as_str() {
        "more" | "m" => {}
        "" | "done" | "skip" => return Ok(()),
        // Today asks for nothing that has to be answered, so another word is one of the menu.
        other => {
            session.talk.put_back(other);
            return Ok(());
        }
    }
    session.say_each(symptoms)?;
    match silent {
        0 => Ok(()),
        silent => session.say(&too_few(silent)),
    }
}

fn too_few(symptoms: usize) -> String {
    format!(
        "{} with too few days to compare.",
        words::count(symptoms, "symptom", "symptoms")
    )
}

/// The symptoms other than `said` that can be compared, a sentence each, and how many cannot.
fn symptoms_compared(
    session: &Session<'_>,
    today: NaiveDate,
    said: Series,
) -> (Vec<String>, usize) {
    let mut lines = Vec::new();
    let rated: Vec<Series> = session
        .journal
        .symptoms
        .rated()
        .map(|s| Series::Symptom(s.key))
        .filter(|series| *series != said)
        .collect();
    let mut silent = 0;
    for series in rated {
        let comparison = against_week_ago(&session.journal, series, today);
        match comparison {
            Comparison::TooFew { .. } => silent += 1,
            // Said once for all of them, above.
            Comparison::AcrossDayZero { earlier: None, .. } => {}
            _ => lines.push(compared(&session.journal, series, &comparison)),
        }
    }
    // Counted, because a sentence for each would be slow to hear.
    (lines, silent)
}

/// A check-in in one line: "08:12: 18 of 18 answered, severity 31, overall 6, with a note."
pub(super) fn one_line(check_in: &CheckIn, journal: &Journal, manner: Manner) -> String {
    let mut parts = Vec::new();
    let asked = check_in.ratings.len();
    if asked > 0 {
        parts.push(format!("{} of {asked} answered", check_in.answered()));
    }
    if let Some(severity) = check_in.totals.severity() {
        let core = journal
            .symptoms
            .iter()
            .filter(|s| s.origin == Origin::Core)
            .count();
        parts.push(format!(
            "severity {} ({} of {core})",
            Series::Severity.shown(severity),
            check_in.totals.answered()
        ));
    }
    if let Some(overall) = check_in.overall {
        let form = if check_in.is_brief() {
            "brief, overall"
        } else {
            "overall"
        };
        parts.push(format!("{form} {}", overall.number()));
    }
    if check_in.note.is_some() {
        parts.push("with a note".to_owned());
    }
    parts.extend(words::marks(Some(&check_in.moment), check_in.edited_utc));
    parts.extend(journal.mark_of(check_in.id));
    format!(
        "{}: {}.",
        manner.time_of(&check_in.moment),
        parts.join(", ")
    )
}

/// "Severity: 31, 12 less than a week ago (43); 7 and 7 days."
fn compared(journal: &Journal, series: Series, comparison: &Comparison) -> String {
    let name = series.name(journal);
    format!("{name}: {}.", comparison.than_a_week_ago(&name))
}
