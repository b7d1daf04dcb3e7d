//! What a calm page says until an urge passes: for the full screen and plain mode alike.
//!
//! Invariant: it offers and asks nothing; the reasons and people on it are the person's own words; no statement of fact.

use crate::domain::care::urge;
use crate::domain::entry::summary;
use crate::domain::id::EntryId;
use crate::domain::journal::Journal;
use crate::domain::record::key;
use crate::domain::record::kind::Kind;
use crate::domain::time::Now;
use chrono::TimeDelta;

/// How long the page proposes to wait, in minutes: a plain stretch of time, no claim about urges.
const MINUTES: i64 = 10;

/// The paragraphs of the calm page at `now`.
pub(crate) fn lines(journal: &Journal, now: &Now) -> Vec<String> {
    let until = now.at + TimeDelta::minutes(MINUTES);
    let mut lines = vec![
        format!(
            "It is {}. Nothing has to be decided before {}.",
            now.time(),
            now.manner.time(until.time())
        ),
        "Breathe in while you count to four, and out while you count to six. Ten times, in your own time.".to_owned(),
    ];
    let goal = journal.attempts.open(now.today(journal.settings.day_end));
    let goal = goal.and_then(|open| open.attempt.goal.clone());
    // The goal of the open attempt is the first of the reasons.
    let reasons = journal.standing(Kind::Reason).into_iter();
    let reasons = reasons.filter_map(|reason| reason.text(key::TEXT).map(str::to_owned));
    lines.extend(listed("Your reasons", goal.into_iter().chain(reasons)));
    let people = journal.standing(Kind::Contact).into_iter().map(|contact| {
        let reached = contact.text(key::CONTACT).map(|by| format!(": {by}"));
        format!(
            "{}{}{}",
            summary::title(journal, contact),
            reached.unwrap_or_default(),
            mark(journal, contact.id)
        )
    });
    let own = journal.settings.help_lines.iter();
    let own = own.map(|line| {
        let mark = mark(journal, line.id);
        format!("{}: {}{mark}", line.name, line.contact)
    });
    lines.extend(listed("Your people", people.chain(own)));
    // Three at most: the page has to be read at a glance.
    let helped = urge::what_helped(journal).into_iter().take(3);
    lines.extend(listed(
        "You noted that this helped",
        helped.map(|(words, _)| words),
    ));
    lines.push("After days without, an old amount can be too much: ask a pharmacist about it. ! has help lines.".to_owned());
    lines
}

/// " (does not match its sum)" behind what is not as it was written: a number may be wrong.
fn mark(journal: &Journal, id: EntryId) -> String {
    let mark = journal.mark_of(id);
    mark.map_or_else(String::new, |mark| format!(" ({mark})"))
}

fn listed(head: &str, each: impl Iterator<Item = String>) -> Option<String> {
    let each: Vec<String> = each.collect();
    (!each.is_empty()).then(|| format!("{head}: {}.", each.join("; ")))
}
