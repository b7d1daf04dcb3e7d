//! Resting items: symptoms that the person lets rest because they were 0 for two weeks. A check-in asks for them once a week.
//!
//! Invariant: no core symptom rests, since a missing 0 would raise the index, and none that a safety line listens to. Whether
//! one rests is worked out from its answers each time: a rating above 0 ends the rest by itself, and nothing past changes.

use super::Journal;
use crate::domain::check_in::symptom::{Origin, Severity, Symptom, WATCHED};
use crate::domain::text::words;
use chrono::{Datelike, Days, NaiveDate, Weekday};

/// So many days in a row have to be 0. A design choice.
const DAYS: u64 = 14;
/// The day on which a resting one is asked.
const ASKED_ON: Weekday = Weekday::Sun;

/// Why a symptom cannot rest.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub(crate) enum Awake {
    /// It is one of the 18.
    #[error("one of the 18 behind the index, which would rise without its zeros")]
    Core,
    /// A safety line listens to it.
    #[error("a line of help depends on its answer")]
    Watched,
    /// It was 0 on so many of the last days only.
    #[error("it was 0 on {0} of the last {DAYS} days; from {DAYS} in a row on it can rest")]
    NotYet(u64),
}

/// Whether `symptom` may be let rest on `day`.
pub(crate) fn may_rest(journal: &Journal, symptom: &Symptom, day: NaiveDate) -> Result<(), Awake> {
    if symptom.origin == Origin::Core {
        return Err(Awake::Core);
    }
    if WATCHED.contains(&symptom.code.as_str()) {
        return Err(Awake::Watched);
    }
    // Today counts where it has an answer already; else the days end with yesterday.
    let last = match highest_on(journal, symptom, day) {
        Some(_) => Some(day),
        None => day.pred_opt(),
    };
    let back = |n: u64| last.and_then(|last| last.checked_sub_days(Days::new(n)));
    let zeros: u64 = (0..DAYS)
        .filter_map(back)
        .filter(|date| highest_on(journal, symptom, *date) == Some(Severity::None))
        .map(|_| 1)
        .sum();
    match zeros {
        DAYS.. => Ok(()),
        fewer => Err(Awake::NotYet(fewer)),
    }
}

/// Whether `symptom` rests on `day`: the person let it, and no answer of two weeks was above 0.
pub(crate) fn rests(journal: &Journal, symptom: &Symptom, day: NaiveDate) -> bool {
    let is_let = journal.settings.resting.contains(&symptom.code);
    if !is_let || !symptom.rated || symptom.origin == Origin::Core {
        return false;
    }
    let from = day.checked_sub_days(Days::new(DAYS)).unwrap_or(day);
    journal
        .between(from, day)
        .flat_map(|day| day.check_ins.iter())
        .filter_map(|check_in| check_in.answer(symptom.key))
        .all(|severity| severity == Severity::None)
}

/// Whether a check-in for `day` asks for what rests.
pub(crate) fn asks_on(day: NaiveDate) -> bool {
    day.weekday() == ASKED_ON
}

/// "2 resting, asked on Sundays".
pub(crate) fn count_line(count: usize) -> String {
    format!("{count} resting, asked on Sundays")
}

/// What is said when one is let rest, or why it is not.
pub(crate) fn refusal(symptom: &Symptom, awake: Awake) -> String {
    words::sentence(&format!("{} stays: {awake}", symptom.name))
}

/// The highest answer of a day.
fn highest_on(journal: &Journal, symptom: &Symptom, date: NaiveDate) -> Option<Severity> {
    let check_ins = journal.check_ins(date).iter();
    check_ins
        .filter_map(|check_in| check_in.answer(symptom.key))
        .max()
}
