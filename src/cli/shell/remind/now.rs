//! What the timer runs: one neutral sentence, unless today has a check-in.
//!
//! Invariant: whatever is wrong with the journal, it does not fail, for a timer that fails shows up in lists. How often it was
//! passed over is kept for a journal that anybody with the file can read, and not for another.

use super::schedule::WORDS;
use super::{kept, private};
use crate::cli::failure::Outcome;
use crate::cli::output;
use crate::cli::session::Session;
use crate::domain::order::Ordered;
use crate::store::key::door::Door;
use crate::store::{Store, StoreError, is_journal};
use chrono::NaiveDate;
use serde_json::{Value, json};
use std::path::Path;
use std::process::{Command, Stdio};

/// How many are passed over before it waits for the next check-in.
const MOST: usize = 3;

pub(super) fn run(session: &Session) -> Outcome {
    let journal = &session.places()?.journal;
    let store = match Store::open(journal) {
        Ok(store) => store,
        // Nothing to write in, so nothing to be reminded of.
        Err(StoreError::NoJournal(_) | StoreError::NotHere { .. }) => return Ok(()),
        // Locked, or another program writes: whether today has a check-in is not known.
        Err(_) => {
            forget_if_locked(journal, session);
            return say(WORDS);
        }
    };
    let Ok(file) = kept(session) else {
        return say(WORDS);
    };
    let mut value = private::read(&file);
    let said = days(&value);
    let Ok((today, last)) = last_check_in(&store, session, &said) else {
        return say(WORDS);
    };
    let due = due(&said, today, last);
    let days = match &due {
        Due::Done => Vec::new(),
        Due::Waits => return Ok(()),
        Due::Say(days) => days.clone(),
    };
    if is_journal(journal) && days != said {
        let texts: Vec<String> = days.iter().map(ToString::to_string).collect();
        if !value.is_object() {
            value = json!({ "version": 1 });
        }
        value["said"] = texts.into();
        // Where it cannot be kept, it is said once more: no reason to fail.
        super::keep(&file, &value).ok();
    }
    match due {
        Due::Say(days) if days.len() >= MOST => {
            say(&format!("{WORDS}. No more reminders until then."))
        }
        Due::Say(_) => say(WORDS),
        Due::Done | Due::Waits => Ok(()),
    }
}

/// Days that were kept before the journal got its passphrase tell about it as a plain file would.
fn forget_if_locked(journal: &Path, session: &Session) {
    if !matches!(Door::of(journal), Ok(Door::Locked(_))) {
        return;
    }
    let Ok(file) = kept(session) else { return };
    let mut value = private::read(&file);
    let kept = value.as_object_mut();
    if kept.is_some_and(|kept| kept.remove("said").is_some()) {
        // The reminder matters more than this; the next one tries again.
        super::keep(&file, &value).ok();
    }
}

/// What is to be done.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Due {
    /// Today has a check-in.
    Done,
    /// Enough were passed over.
    Waits,
    /// It is said; the days on which it was since the last check-in, with today.
    Say(Vec<NaiveDate>),
}

/// What is due, given the days on which it was said and the day of the last check-in since then.
fn due(said: &[NaiveDate], today: NaiveDate, last: Option<NaiveDate>) -> Due {
    if last >= Some(today) {
        return Due::Done;
    }
    let is_passed_over = |day: &&NaiveDate| **day < today && last.is_none_or(|last| last < **day);
    let mut days: Vec<NaiveDate> = said.iter().filter(is_passed_over).copied().collect();
    days.order();
    days.dedup();
    if days.len() >= MOST {
        return Due::Waits;
    }
    days.push(today);
    Due::Say(days)
}

/// Today, and the last day with a check-in from the first day on that matters.
fn last_check_in(
    store: &Store,
    session: &Session,
    said: &[NaiveDate],
) -> Result<(NaiveDate, Option<NaiveDate>), StoreError> {
    let today = session.now.today(store.settings()?.day_end);
    let since = said.iter().copied().min().unwrap_or(today).min(today);
    let journal = store.load(Some(since))?;
    let mut days = since
        .iter_days()
        .take_while(|day| *day <= today)
        .collect::<Vec<_>>();
    days.retain(|day| !journal.check_ins(*day).is_empty());
    Ok((today, days.last().copied()))
}

/// The days on which it was said.
fn days(value: &Value) -> Vec<NaiveDate> {
    let days = value["said"].as_array().into_iter().flatten();
    days.filter_map(|day| day.as_str()?.parse().ok()).collect()
}

/// Shows the sentence on the desktop; where there is none it is printed, and the timer's own way takes it further.
fn say(sentence: &str) -> Outcome {
    if notify(sentence) {
        return Ok(());
    }
    output::text(sentence)
}

fn notify(sentence: &str) -> bool {
    let mut command = if cfg!(target_os = "macos") {
        let mut command = Command::new("osascript");
        // The sentence is ours, so it has no quote in it.
        command
            .arg("-e")
            .arg(format!("display notification \"{sentence}\""));
        command
    } else {
        let mut command = Command::new("notify-send");
        command.args(["--app-name=ebb", sentence]);
        // A timer of cron does not know the session.
        let user = rustix::process::getuid().as_raw();
        let bus = format!("/run/user/{user}/bus");
        if std::env::var_os("DBUS_SESSION_BUS_ADDRESS").is_none() && Path::new(&bus).exists() {
            command.env("DBUS_SESSION_BUS_ADDRESS", format!("unix:path={bus}"));
        }
        command
    };
    let ended = command
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status();
    ended.is_ok_and(|status| status.success())
}

#[cfg(test)]
mod tests {
    use super::{Due, due};
    use chrono::NaiveDate;

    fn day(n: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(2026, 11, n).unwrap_or_default()
    }

    #[test]
    fn it_is_said_three_times_and_then_waits_for_a_check_in() {
        let mut said = Vec::new();
        for n in 1..=3 {
            let Due::Say(days) = due(&said, day(n), None) else {
                panic!("not said on day {n}");
            };
            said = days;
        }
        assert_eq!(said, [day(1), day(2), day(3)]);
        assert_eq!(due(&said, day(4), None), Due::Waits);
        assert_eq!(due(&said, day(20), None), Due::Waits);
        // A check-in on any day since then, also one that was filled in later.
        assert_eq!(due(&said, day(5), Some(day(4))), Due::Say(vec![day(5)]));
        assert_eq!(
            due(&said, day(5), Some(day(2))),
            Due::Say(vec![day(3), day(5)])
        );
    }

    #[test]
    fn a_day_with_a_check_in_has_none_and_a_second_one_of_a_day_counts_once() {
        assert_eq!(due(&[], day(4), Some(day(4))), Due::Done);
        assert_eq!(due(&[day(4)], day(4), None), Due::Say(vec![day(4)]));
    }
}
