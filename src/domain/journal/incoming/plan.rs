//! What an import would do: the changes, and everything that is said about them. Nothing is written yet.

use crate::domain::id::EntryId;
use crate::domain::journal::Journal;
use crate::domain::journal::change::Change;
use crate::domain::journal::earlier::{Foreign, ForeignIds};
use crate::domain::journal::omission::{Corrected, Omission, Why};
use crate::domain::record::Record;
use chrono::NaiveDate;
use std::collections::{BTreeSet, HashSet};

/// Ids of deleted and erased entries.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct DeletedIds {
    /// In the bin; they can be restored.
    pub(crate) in_bin: BTreeSet<EntryId>,
    /// Erased for good.
    pub(crate) erased: BTreeSet<EntryId>,
}

impl DeletedIds {
    /// Whether the entry was deleted or erased.
    pub(crate) fn has(&self, id: EntryId) -> bool {
        self.in_bin.contains(&id) || self.erased.contains(&id)
    }

    /// All of the ids.
    pub(crate) fn ids(&self) -> impl Iterator<Item = EntryId> {
        self.in_bin.iter().chain(&self.erased).copied()
    }
}

/// A count of one kind of entry: its singular, its plural, the number.
pub(crate) type Count = (&'static str, &'static str, usize);

/// What an import would do. Nothing is written yet.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ImportPlan {
    /// The changes, to be written as one step so that one undo takes the whole import back.
    pub changes: Vec<Change>,
    /// The numbers of new entries, in the order of the file's kinds.
    pub(crate) added: Vec<Count>,
    /// How many entries this journal has already, with the same content.
    pub(crate) known: usize,
    /// The entries left out, and why.
    pub left_out: Vec<Omission>,
    /// The first and last day of the new entries.
    pub(crate) days: Option<(NaiveDate, NaiveDate)>,
    /// How many new entries version 0.1.0 lost when it imported the same file.
    pub(crate) recovered: usize,
    /// New values in the place of one that came in from an earlier version of the file.
    pub(crate) corrected: Vec<Corrected>,
    /// Sentences about days that the import makes unusual.
    pub(crate) remarks: Vec<String>,
}

impl ImportPlan {
    pub(super) fn add(
        &mut self,
        what: (&'static str, &'static str),
        day: Option<NaiveDate>,
        change: Change,
    ) {
        self.changes.push(change);
        match self.added.iter_mut().find(|(one, ..)| *one == what.0) {
            Some((_, _, n)) => *n += 1,
            None => self.added.push((what.0, what.1, 1)),
        }
        if let Some(day) = day {
            let (first, last) = self.days.unwrap_or((day, day));
            self.days = Some((first.min(day), last.max(day)));
        }
    }

    pub(super) fn leave(
        &mut self,
        what: &str,
        day: Option<NaiveDate>,
        id: Option<EntryId>,
        why: Why,
    ) {
        let what = what.to_owned();
        let (detail, records) = (None, None);
        let omission = Omission {
            what,
            day,
            id,
            why,
            detail,
            records,
        };
        self.left_out.push(omission);
    }

    /// Leaves out records that would be new after all, and names them. `foreign`: where the entries of the file come from.
    pub(crate) fn withdraw(
        &mut self,
        gone: Vec<(Record, Why, Option<String>)>,
        foreign: &ForeignIds,
    ) {
        let records = gone.iter().map(|(record, ..)| record);
        self.take_out(&records.cloned().collect::<Vec<_>>(), foreign);
        for (record, why, detail) in gone {
            let name = record.kind.facts().name;
            self.leave(name, record.day(), Some(record.id), why);
            if let Some(left) = self.left_out.last_mut() {
                left.detail = detail;
            }
        }
    }

    /// Leaves out records that would be new after all; the caller says so.
    pub(crate) fn take_out(&mut self, gone: &[Record], foreign: &ForeignIds) {
        if gone.is_empty() {
            return;
        }
        let ids: HashSet<EntryId> = gone.iter().map(|record| record.id).collect();
        self.changes
            .retain(|change| !matches!(change, Change::Record(it) if ids.contains(&it.id)));
        self.corrected.retain(|it| !ids.contains(&it.there()));
        for record in gone {
            let facts = record.kind.facts();
            if let Some((.., n)) = self.added.iter_mut().find(|(one, ..)| *one == facts.name) {
                *n -= 1;
            }
            let is_lost = |foreign: &Foreign| foreign.earlier.is_some();
            if foreign.get(&record.id).is_some_and(is_lost) {
                self.recovered = self.recovered.saturating_sub(1);
            }
        }
        self.added.retain(|(.., n)| *n > 0);
        let days = self.changes.iter().filter_map(day_of);
        self.days = days.fold(None, |days, day| {
            let (first, last) = days.unwrap_or((day, day));
            Some((first.min(day), last.max(day)))
        });
    }

    /// The records that would be new.
    pub(crate) fn new_records(&self) -> impl Iterator<Item = &Record> {
        self.changes.iter().filter_map(|change| match change {
            Change::Record(record) => Some(record),
            _ => None,
        })
    }

    /// Puts what differs into words; `line` does so for a record.
    pub(crate) fn explain_records(&mut self, line: &dyn Fn(&Record) -> String) {
        self.left_out.iter_mut().for_each(|left| left.explain(line));
        self.corrected.iter_mut().for_each(|it| it.explain(line));
    }

    /// The entry that was left out last, if it is this one and differs.
    pub(super) fn differing(&mut self, id: EntryId) -> Option<&mut Omission> {
        let last = self.left_out.last_mut()?;
        (last.id == Some(id) && last.why == Why::Differs).then_some(last)
    }

    /// Leaves out a row that version 0.1.0 misread; `false` for every other row.
    pub(super) fn is_misread(
        &mut self,
        (what, day, id): (&str, Option<NaiveDate>, EntryId),
        here: Option<bool>,
        foreign: Option<&Foreign>,
    ) -> bool {
        let is_misread = here == Some(false)
            && foreign.is_some_and(|known| known.is_misread && known.earlier == Some(id));
        if is_misread {
            self.leave(what, day, Some(id), Why::Misread);
        }
        is_misread
    }

    /// Compares a row with this journal; `true` for a new one. `here`: whether this journal's entry is the same, if it has one.
    pub(super) fn is_new(
        &mut self,
        (what, day, id): (&str, Option<NaiveDate>, EntryId),
        here: Option<bool>,
        gone: &DeletedIds,
    ) -> bool {
        match here {
            Some(true) => self.known += 1,
            Some(false) => self.leave(what, day, Some(id), Why::Differs),
            None if gone.erased.contains(&id) => self.leave(what, day, Some(id), Why::Erased),
            None if gone.in_bin.contains(&id) => self.leave(what, day, Some(id), Why::InBin),
            None => return true,
        }
        false
    }
}

impl ImportPlan {
    /// Counts the new entries that `journal` has now, as [`ImportPlan::added`] does: a check after the write.
    pub(crate) fn held(&self, journal: &Journal) -> Vec<Count> {
        let mut ids = ids(journal);
        let row = |change: &Change| match change {
            Change::RecordCheckIn(check_in) => Some(("check-in", check_in.id)),
            Change::Record(record) => Some((record.kind.facts().name, record.id)),
            Change::RecordAttempt(attempt) => Some(("attempt", attempt.id)),
            Change::RecordHelpLine(line) => Some(("help line", line.id)),
            _ => None,
        };
        let rows: Vec<_> = self.changes.iter().filter_map(row).collect();
        let mut counted = self.added.clone();
        for (one, _, n) in &mut counted {
            let mut rows = rows.iter().filter(|(name, _)| name == one).peekable();
            // Settings and symptoms have no rows to look for.
            if rows.peek().is_some() {
                *n = rows.filter(|(_, id)| ids.remove(id)).count();
            }
        }
        counted.retain(|(_, _, n)| *n > 0);
        counted
    }
}

/// The ids of all entries. The whole journal has to be in memory.
pub(crate) fn ids(journal: &Journal) -> HashSet<EntryId> {
    let check_ins = journal
        .days()
        .flat_map(|day| day.check_ins.iter())
        .map(|c| c.id);
    let records = journal
        .records_between(NaiveDate::MIN, NaiveDate::MAX)
        .chain(journal.standing.iter())
        .map(|record| record.id);
    let attempts = journal.attempts.iter().map(|a| a.attempt.id);
    let help_lines = journal.settings.help_lines.iter().map(|line| line.id);
    let all = check_ins.chain(records).chain(attempts).chain(help_lines);
    all.collect()
}

/// The day of a new entry.
fn day_of(change: &Change) -> Option<NaiveDate> {
    match change {
        Change::RecordCheckIn(check_in) => Some(check_in.moment.day),
        Change::Record(record) => record.day(),
        Change::RecordAttempt(attempt) => Some(attempt.began),
        _ => None,
    }
}
