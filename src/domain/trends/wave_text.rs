//! The waves of the attempt in a sentence, and when it is not the time to say it.
//!
//! Invariant: it is said from three waves on, and counts the ones that are not over. It stays away on a day with a safety line,
//! and while a medicine has just been stopped or skipped: then a harder day may have another cause.

use crate::domain::attempt::Attempts;
use crate::domain::care::medication::Intake;
use crate::domain::entry::after_save;
use crate::domain::journal::Journal;
use crate::domain::record::Record;
use crate::domain::record::kind::Kind;
use crate::domain::series::waves::{Wave, WaveEnd, waves};
use crate::domain::text::words;
use crate::domain::time::span::Span;
use chrono::NaiveDate;
use std::sync::Arc;

/// Waves from which on they are said.
const SAID_FROM: usize = 3;
/// Days after a medicine was stopped or skipped, that day besides, on which they are not.
const AFTER_MEDICINE: u64 = 4;

/// The waves that may be shown on `today`: those of the attempt of the day; none where they have to stay away.
pub fn waves_shown(journal: &Journal, today: NaiveDate) -> Vec<Wave> {
    let Some(attempt) = journal.attempts.on(today) else {
        return Vec::new();
    };
    if after_save::calls_for_a_line(journal, today) || is_after_medicine(journal, today) {
        return Vec::new();
    }
    let waves = waves(journal, attempt, today);
    if waves.len() < SAID_FROM {
        return Vec::new();
    }
    waves
}

/// "4 waves: 3 back after 1, 1 and 2 days; today's is not over. These are past days; they don't say how long the next one
/// lasts."
pub fn sentence(journal: &Journal, today: NaiveDate) -> Option<String> {
    let is_it = |held: &Kept| {
        held.today == today
            && held.attempts == journal.attempts
            && Arc::ptr_eq(&held.standing, &journal.standing)
    };
    let kept = journal.kept().or(is_it, || Kept {
        sentence: worked_out(journal, today),
        today,
        attempts: journal.attempts.clone(),
        standing: Arc::clone(&journal.standing),
    });
    kept.sentence.clone()
}

/// The sentence with what it was worked out of besides the days: it is looked for in every word of a day's notes whether it has to
/// stay away, and asked for at every key.
struct Kept {
    sentence: Option<String>,
    today: NaiveDate,
    attempts: Attempts,
    standing: Arc<[Record]>,
}

fn worked_out(journal: &Journal, today: NaiveDate) -> Option<String> {
    let waves = waves_shown(journal, today);
    if waves.is_empty() {
        return None;
    }
    let lengths: Vec<u64> = waves.iter().filter_map(|wave| length(wave.end)).collect();
    let cut = waves
        .iter()
        .filter(|wave| matches!(wave.end, WaveEnd::Cut { .. }))
        .count();
    let mut parts = Vec::new();
    if !lengths.is_empty() {
        let days = if lengths == [1] { "day" } else { "days" };
        parts.push(format!(
            "{} back after {} {days}",
            lengths.len(),
            listed(&lengths)
        ));
    }
    if cut > 0 {
        parts.push(format!("{cut} cut off by a day without a value"));
    }
    if waves.last().is_some_and(|wave| wave.end == WaveEnd::Open) {
        let has_today = journal.day(today).is_some();
        let which = if has_today { "today's" } else { "the last" };
        parts.push(format!("{which} is not over"));
    }
    Some(format!(
        "{}: {}. These are past days; they don't say how long the next one lasts.",
        words::count(waves.len(), "wave", "waves"),
        parts.join("; ")
    ))
}

const fn length(end: WaveEnd) -> Option<u64> {
    match end {
        WaveEnd::Back { after, .. } => Some(after),
        WaveEnd::Cut { .. } | WaveEnd::Open => None,
    }
}

/// "1, 1 and 2".
fn listed(numbers: &[u64]) -> String {
    let texts: Vec<String> = numbers.iter().map(u64::to_string).collect();
    match texts.split_last() {
        Some((last, rest)) if !rest.is_empty() => format!("{} and {last}", rest.join(", ")),
        _ => texts.concat(),
    }
}

/// Whether a medicine was stopped or skipped on `today` or in the days before it.
fn is_after_medicine(journal: &Journal, today: NaiveDate) -> bool {
    let near = Span::ending(today, AFTER_MEDICINE + 1);
    let is_near = |day: NaiveDate| day >= near.from && day <= near.to;
    let stopped = journal.standing(Kind::Medication).into_iter();
    let mut stopped = stopped.filter_map(Record::last_day);
    let mut intakes = near.days().flat_map(|day| journal.records(day));
    stopped.any(is_near)
        || intakes.any(|record| Intake::of(record).is_some_and(|intake| !intake.is_taken()))
}
