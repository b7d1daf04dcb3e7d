//! What undo and redo did, in one sentence for every face: "Undone: the hold of your Leaf powder plan".
//!
//! Invariant: the sentence names the entry as it stands in the journal before or after, so nothing of it is kept in the log: an
//! entry that is erased for good leaves no name behind.

use super::{saved, sleep};
use crate::domain::id::EntryId;
use crate::domain::journal::Journal;
use crate::domain::journal::change::{StepLabel, Switch};
use crate::domain::record::Record;
use crate::domain::record::key;
use crate::domain::record::kind::Kind;
use crate::domain::taper::plan::Why;
use crate::domain::text::words;
use crate::domain::time::Now;

/// Back or forth in the log of steps.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Way {
    /// Takes the last step back.
    Undo,
    /// Does the last undone step again.
    Redo,
}

/// A row of the journal that a step changed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Row {
    /// A check-in.
    CheckIn(EntryId),
    /// An attempt.
    Attempt(EntryId),
    /// A record of any kind.
    Record(EntryId),
    /// An own help line.
    HelpLine(EntryId),
    /// A symptom, by code.
    Symptom(String),
    /// A setting.
    Setting,
}

/// The journal before and after a step, as the step itself went: of an undo the journal after it comes first.
#[derive(Clone, Copy)]
struct Sides<'a> {
    old: &'a Journal,
    new: &'a Journal,
    now: &'a Now,
    way: Way,
    is_restored: bool,
}

/// "Undone: the dose of 3 g Leaf powder, 21:00, Tue 24 Nov", without a full stop. `before` and `after` are the journal around
/// the exchange, `rows` what it changed.
pub(crate) fn line(
    way: Way,
    (before, after): (&Journal, &Journal),
    (label, rows): (&StepLabel, &[Row]),
    now: &Now,
) -> String {
    let (old, new, verb) = match way {
        Way::Undo => (after, before, "Undone"),
        Way::Redo => (before, after, "Done again"),
    };
    let sides = Sides {
        old,
        new,
        now,
        way,
        is_restored: label.what.ends_with(RESTORED),
    };
    // An import and a merge change many rows at once and are named as a whole.
    let is_whole = matches!(label.what.as_str(), "import" | "journals merged");
    // Several rows, and one deed: it is named as it was when it was saved.
    let records = rows.iter().map(|row| match row {
        Row::Record(id) => Some(*id),
        _ => None,
    });
    let records: Option<Vec<EntryId>> = records.collect();
    let exchange = records.filter(|_| !is_whole);
    let exchange = exchange.and_then(|ids| sleep::exchange(old, new, &ids));
    if let Some(exchange) = exchange {
        return format!("{verb}: {exchange}");
    }
    let mut rows = rows.iter().filter(|_| !is_whole);
    let first = rows.find_map(|row| sides.step(row));
    let others = rows.filter_map(|row| sides.step(row)).count();
    let more = match others {
        0 => String::new(),
        n => format!(", and {} more", words::count(n, "entry", "entries")),
    };
    if let Some(step) = first {
        return format!("{verb}: {step}{more}");
    }
    // Entries of long ago may not be read yet; the log's own words stand for them.
    let day = label.day.map(|day| format!(", {}", words::day(day)));
    format!("{verb}: {}{}", label.what, day.unwrap_or_default())
}

/// How the log ends the label of what came back from the bin.
const RESTORED: &str = " restored";

impl Sides<'_> {
    /// What the step did with a row; `None` where neither journal knows it.
    fn step(&self, row: &Row) -> Option<String> {
        match row {
            Row::Record(id) => {
                if let Some(version) = self.new.record(*id).or(self.old.record(*id))
                    && version.kind == Kind::Plan
                {
                    return Some(plan_step(self.new, version));
                }
                let name = |journal: &Journal| {
                    let record = journal.record(*id)?;
                    Some(the(&saved::entry(journal, record, self.now)))
                };
                self.told(name(self.old), name(self.new))
            }
            Row::CheckIn(id) => {
                let name = |journal: &Journal| {
                    let check_in = journal.check_in(*id)?;
                    Some(the(&saved::check_in(journal, check_in, self.now)))
                };
                self.told(name(self.old), name(self.new))
            }
            Row::Attempt(id) => {
                let name = |journal: &Journal| {
                    let numbered = journal.attempts.by_id(*id)?;
                    let today = saved::today(journal, self.now);
                    let end = numbered.attempt.ended.and(numbered.end_text());
                    let end = end.map(|end| format!(", {end}"));
                    let what = saved::attempt(numbered, today);
                    Some(format!("{what}{}", end.unwrap_or_default()))
                };
                self.told(name(self.old), name(self.new))
            }
            Row::HelpLine(id) => {
                let name = |journal: &Journal| {
                    let mut lines = journal.settings.help_lines.iter();
                    let line = lines.find(|line| line.id == *id)?;
                    Some(the(&saved::help_line(line)))
                };
                self.told(name(self.old), name(self.new))
            }
            Row::Symptom(code) => {
                let find = |journal: &Journal| {
                    let mut symptoms = journal.symptoms.iter();
                    let symptom = symptoms.find(|symptom| symptom.code == *code)?;
                    Some((symptom.name.clone(), symptom.rated))
                };
                match (find(self.old), find(self.new)) {
                    (Some((name, was)), Some((_, is))) if was != is => {
                        let to = if is { Switch::On } else { Switch::Off };
                        Some(format!("switching {name} {}", switch_word(to)))
                    }
                    (was, is) => {
                        let name = |side: Option<(String, bool)>| {
                            side.map(|(name, _)| the(&format!("symptom {name}")))
                        };
                        self.told(name(was), name(is))
                    }
                }
            }
            Row::Setting => {
                let (before, after) = match self.way {
                    Way::Undo => (self.new, self.old),
                    Way::Redo => (self.old, self.new),
                };
                // What holds now is what a person has to know of a setting.
                saved::settings(after, &before.settings, &after.settings)
            }
        }
    }

    fn told(&self, old: Option<String>, new: Option<String>) -> Option<String> {
        let again = |what: &str| match self.way {
            Way::Undo => format!("; it is {what} again"),
            Way::Redo => String::new(),
        };
        match (old, new) {
            (None, Some(new)) if self.is_restored => Some(format!("restoring {new}")),
            (None, Some(new)) => Some(new),
            (Some(old), None) => {
                let back = match self.way {
                    Way::Undo => "; it is there again",
                    Way::Redo => "",
                };
                Some(format!("deleting {old}{back}"))
            }
            (Some(old), Some(new)) if old == new => Some(format!("the change of {new}")),
            (Some(old), Some(new)) => Some(format!("the change of {new}{}", again(&old))),
            (None, None) => None,
        }
    }
}

/// With its article; an attempt goes by its number and has none.
fn the(what: &str) -> String {
    format!("the {what}")
}

const fn switch_word(to: Switch) -> &'static str {
    match to {
        Switch::On => "on",
        Switch::Off => "off",
    }
}

/// "the hold of your Leaf powder plan".
fn plan_step(journal: &Journal, version: &Record) -> String {
    let plan = super::summary::title(journal, version);
    let why = version
        .text(key::WHY)
        .and_then(|code| Why::read(code, None));
    match why {
        Some(Why::Held { .. }) => format!("the hold of your {plan} plan"),
        Some(Why::Resumed | Why::WentOn) => format!("going on with your {plan} plan"),
        Some(Why::SteppedBack) => format!("the step back of your {plan} plan"),
        Some(Why::Replanned) => format!("the new schedule of your {plan} plan"),
        Some(Why::Ended) => format!("the end of your {plan} plan"),
        Some(Why::Started) | None => format!("your {plan} plan"),
    }
}
