//! `ebb doctor`: the state of the file. Facts that a person can paste anywhere, never content.

use super::copies;
use super::zones;
use crate::cli::attempt;
use crate::cli::export::handed_out;
use crate::cli::failure::{DAMAGED, Failure, Outcome};
use crate::cli::output;
use crate::cli::session::Session;
use crate::config::zone;
use crate::domain::journal::Journal;
use crate::domain::journal::zone_check::zone_check;
use crate::domain::taper::double;
use crate::domain::text::words;
use crate::store::{Copy, Depth, Examination, Finding, Grade, Store, StoreError};
use serde_json::json;
use std::fmt::Write as _;
use std::path::Path;

#[derive(Debug, clap::Args)]
#[command(before_help = "\
Examples:
  ebb doctor           looks at the structure of the file, and whether each row can be read
  ebb doctor --full    at everything in it; no entry is shown

Exit code: 0 all is well; 14 something is damaged; 1 it is whole, and something is to be known (rows that a newer
ebb may have written, files that others can read, conflict copies, a disk that other machines may reach).")]
pub(crate) struct Args {
    /// Look at everything
    #[arg(long)]
    full: bool,
    /// For scripts
    #[arg(long)]
    json: bool,
}

impl Args {
    /// The usual look, in sentences.
    pub(in crate::cli) const fn quick() -> Self {
        Self {
            full: false,
            json: false,
        }
    }
}

pub(crate) fn run(args: &Args, session: &Session) -> Outcome {
    let path = &session.places()?.journal;
    session.unlock()?;
    let depth = if args.full { Depth::Full } else { Depth::Rows };
    let examined = Store::open(path).and_then(|store| Ok((store.examine(depth)?, store)));
    let (examination, store) = match examined {
        Ok(examined) => examined,
        Err(StoreError::Damaged { what, .. }) => return damaged(args, session, &what),
        Err(error) => return Err(error.into()),
    };
    // Unreadable rows are among the findings already; the zones of the readable ones are checked.
    let journal = store.load(None).unwrap_or_default();
    let zones = zone_check(&journal, zone::named);
    if args.json {
        let mut whole = as_json(&examination, &store)?;
        zones::put_into(&mut whole, &zones);
        let double = double::lines(&journal, session.today(&journal));
        whole["double"] = double.into();
        whole["open_in"] = windows_json(session)?;
        let added = store.days_of_added_sleeps()?;
        whole["days_of_added_sleeps"] = added.iter().map(ToString::to_string).collect();
        output::json(&whole)?;
    } else {
        let copies = copies_text(&store, session)?
            + &windows_text(session)?
            + &added_sleeps_text(&store)?
            + &double_text(&journal, session)
            + &readable_text(&store, session)
            + &zones::sentences(&zones, session.now.manner);
        // A contradiction is not a finding, but "all is well" would hide it.
        let all = if zones.misfits.is_empty() {
            "all"
        } else {
            "all else"
        };
        let place = path.display().to_string();
        output::text(&listing(&examination, &place, depth, &copies, all))?;
    }
    // A fact alone is no fault.
    let is_fact = |finding: &Finding| finding.grade == Grade::Fact;
    if examination.findings.iter().all(is_fact) {
        Ok(())
    } else {
        Err(Failure::quiet(if has_damage(&examination) {
            DAMAGED
        } else {
            crate::cli::failure::NO
        }))
    }
}

/// Loose file modes and rows of a newer version are findings without damage.
fn has_damage(seen: &Examination) -> bool {
    let mut findings = seen.findings.iter();
    findings.any(|finding| finding.grade == Grade::Damage)
}

/// The answer for a file that cannot be opened: the damage, and the copies beside the file.
fn damaged(args: &Args, session: &Session, what: &str) -> Outcome {
    let path = &session.places()?.journal;
    let files: Vec<String> = Store::copy_files(path)
        .iter()
        .map(|copy| copy.display().to_string())
        .collect();
    if args.json {
        output::json(&json!({
            "version": 1, "findings": [{ "what": what, "advice": "use the last copy that is whole, or `ebb salvage OUT` for what can be read" }], "copies": files,
        }))?;
    } else {
        let mut text = format!(
            "journal   {}\ndamaged   {what}\nleft as it is; keep it, copy it somewhere safe, and use the last copy that is whole\n",
            path.display()
        );
        for copy in &files {
            writeln!(text, "copy      {copy}").ok();
        }
        match copies::way_back(path, &session.now) {
            Some(back) => writeln!(text, "{back}"),
            None if files.is_empty() => writeln!(text, "copies    none beside the journal"),
            None => writeln!(text, "copies    none of them can be restored"),
        }
        .ok();
        text.push_str("`ebb salvage OUT` brings what can be read into a new file OUT; this one is only read.\n");
        output::text(&text)?;
    }
    Err(Failure::quiet(DAMAGED))
}

/// The lines about copies: their folder, the newest sound one, and the state of the others.
fn copies_text(store: &Store, session: &Session) -> Outcome<String> {
    let path = &session.places()?.journal;
    let copies = store.copies();
    let mut text = format!(
        "copies    {} in {}\n",
        copies.len(),
        Store::copies_folder(path).display()
    );
    if let Some(newest) = copies.iter().find(|copy| copy.is_sound()) {
        let (at, name) = (copies::moment(newest.made_at, &session.now), newest.name());
        writeln!(text, "newest    {at}, {name}").ok();
    }
    let is_less = |copy: &&Copy| !copy.is_sound() || copy.differs().is_some();
    for copy in copies.iter().filter(is_less) {
        writeln!(
            text,
            "copy      {}: {}",
            copy.name(),
            copy.state.sentences()
        )
        .ok();
    }
    if let Some((day, why)) = store.missed()? {
        writeln!(text, "missed    the copy of {day} could not be made: {why}").ok();
    }
    Ok(text)
}

/// The lines about what a merge left double. That is no fault: both were written.
fn double_text(journal: &Journal, session: &Session) -> String {
    let today = session.today(journal);
    let attempts = double::attempt_lines(journal).into_iter();
    let attempts = attempts.map(|line| format!("double    {line}: {}\n", attempt::WAYS));
    let plans = double::plans(journal, today);
    let plans = plans.iter().map(|group| {
        let line = double::plan_line(journal, group);
        format!("double    {line}: `ebb taper join` keeps one and ends the others\n")
    });
    attempts.chain(plans).collect()
}

/// The lines about what of an encrypted journal lies readable elsewhere, as far as this device knows. That is no fault: a
/// person asked for it.
fn readable_text(store: &Store, session: &Session) -> String {
    if !store.is_encrypted() {
        return String::new();
    }
    let list = session.places().ok();
    let list = list.and_then(|places| handed_out::file(places, store.id()));
    let list = list.as_ref().map(handed_out::list).unwrap_or_default();
    let mut text = String::new();
    for line in list.iter().filter(|line| Path::new(&line.path).exists()) {
        writeln!(text, "readable  {} ({})", line.path, line.what).ok();
    }
    text
}

/// The line about other runs that have the journal open. That is no fault: both may write.
fn windows_text(session: &Session) -> Outcome<String> {
    let path = &session.places()?.journal;
    let today = session.now.at.date_naive();
    let text = session.windows.sentences(path, today);
    Ok(text.map_or_else(String::new, |text| format!("open      {text}\n")))
}

/// The line about the days whose hours slept have another total than in an older program.
fn added_sleeps_text(store: &Store) -> Outcome<String> {
    let days = store.days_of_added_sleeps()?;
    let days: Vec<String> = days.into_iter().map(words::day).collect();
    Ok(match days.len() {
        0 => String::new(),
        _ => format!(
            "sleep     the sleeps of a day add up now; an older ebb took the last one alone. Another total since: {}\n",
            days.join(", ")
        ),
    })
}

fn windows_json(session: &Session) -> Outcome<serde_json::Value> {
    let windows = session.windows.others(&session.places()?.journal);
    let windows = windows
        .iter()
        .map(|window| json!({ "pid": window.process, "since": window.since.to_rfc3339() }));
    Ok(windows.collect())
}

fn listing(seen: &Examination, path: &str, depth: Depth, copies: &str, all: &str) -> String {
    let mut text = format!(
        "journal   {path}\nform      {}\nsize      {} bytes\ncheck-ins {} on {}\nattempts  {}\ndrafts    {}\nput away  {}\n",
        seen.form,
        seen.bytes,
        seen.check_ins,
        words::count(
            usize::try_from(seen.days).unwrap_or(usize::MAX),
            "day",
            "days"
        ),
        seen.attempts,
        seen.drafts,
        seen.put_away
    );
    if depth == Depth::Full {
        writeln!(text, "ratings   {}", seen.ratings).ok();
    }
    text.push_str(copies);
    for finding in &seen.findings {
        writeln!(
            text,
            "found     {}\n          {}",
            finding.what, finding.advice
        )
        .ok();
    }
    if seen.findings.is_empty() {
        let deeper = if depth == Depth::Rows {
            " (`ebb doctor --full` looks deeper)"
        } else {
            ""
        };
        writeln!(text, "{all} is as it has to be{deeper}").ok();
    }
    text
}

fn as_json(seen: &Examination, store: &Store) -> Outcome<serde_json::Value> {
    let findings: Vec<_> = seen
        .findings
        .iter()
        .map(|finding| json!({ "what": finding.what, "advice": finding.advice }))
        .collect();
    let copies = store.copies();
    let newest = copies.iter().find(|copy| copy.is_sound());
    let missed = store
        .missed()?
        .map(|(day, why)| json!({ "day": day.to_string(), "why": why }));
    Ok(json!({
        "version": 1, "form": seen.form, "bytes": seen.bytes, "check_ins": seen.check_ins, "days": seen.days,
        "ratings": seen.ratings, "attempts": seen.attempts, "drafts": seen.drafts, "put_away": seen.put_away,
        "findings": findings,
        "copies": copies.len(), "unsound_copies": copies.iter().filter(|copy| !copy.is_sound()).count(),
        "newest_sound_copy": newest.map(Copy::name), "missed_copy": missed,
    }))
}
