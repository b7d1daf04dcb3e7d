//! The content of another file in the journal's own types, and the plan of importing it.
//!
//! Invariant: an import never changes or removes an entry of this journal. An equal entry is skipped; a different one stays
//! and is named; a deleted or erased one stays deleted.

use super::Journal;
use super::change::{Change, Switch};
use super::earlier;
use super::earlier::{Foreign, ForeignIds, Matches, is_same_moment};
pub(crate) use super::incoming_check_in::{IncomingCheckIn, IncomingRating};
pub(crate) use super::layout::Layout;
use super::omission;
pub(crate) use super::omission::Why;
pub use super::omission::{Corrected, Omission};
use super::settings::{OwnHelpLine, Setting};
use crate::domain::attempt::Attempt;
use crate::domain::check_in::CheckIn;
use crate::domain::check_in::catalogue::Category;
use crate::domain::check_in::symptom::{Origin, Symptom, SymptomKey, Symptoms};
use crate::domain::id::{EntryId, IdSource};
use crate::domain::record::Record;
use chrono::{DateTime, FixedOffset, NaiveDate};
use std::collections::{BTreeMap, BTreeSet, HashSet};

/// A symptom of another file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct IncomingSymptom {
    /// A code of the catalogue, or `own_…`.
    pub(crate) code: String,
    /// Its name on screen; read for own symptoms only.
    pub(crate) name: String,
    /// Body or Mind; read for own symptoms only.
    pub(crate) category: Category,
    /// Whether its check-ins ask for it.
    pub(crate) rated: bool,
}

/// The content of another file.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Incoming {
    /// Settings that were chosen.
    pub(crate) settings: Vec<Setting>,
    /// Symptoms; own ones in order of creation.
    pub(crate) symptoms: Vec<IncomingSymptom>,
    /// Attempts.
    pub(crate) attempts: Vec<Attempt>,
    /// Check-ins.
    pub(crate) check_ins: Vec<IncomingCheckIn>,
    /// Records of every kind.
    pub(crate) records: Vec<Record>,
    /// Own help lines.
    pub(crate) help_lines: Vec<OwnHelpLine>,
    /// Where the entries of another program's file come from; empty for our own formats.
    pub(crate) foreign: ForeignIds,
    /// Sentences about cells that say less than an entry needs, and how they were read.
    pub(crate) remarks: Vec<String>,
    /// Rows that could not be read and were left out, a sentence each.
    pub skipped: Vec<String>,
    /// How much of a check-in the file can hold.
    pub(crate) layout: Layout,
}

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
}

impl ImportPlan {
    fn add(&mut self, what: (&'static str, &'static str), day: Option<NaiveDate>, change: Change) {
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

    fn leave(&mut self, what: &str, day: Option<NaiveDate>, id: Option<EntryId>, why: Why) {
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

    /// Puts what differs into words; `line` does so for a record.
    pub(crate) fn explain_records(&mut self, line: &dyn Fn(&Record) -> String) {
        self.left_out.iter_mut().for_each(|left| left.explain(line));
        self.corrected.iter_mut().for_each(|it| it.explain(line));
    }

    /// The entry that was left out last, if it is this one and differs.
    fn differing(&mut self, id: EntryId) -> Option<&mut Omission> {
        let last = self.left_out.last_mut()?;
        (last.id == Some(id) && last.why == Why::Differs).then_some(last)
    }

    /// Leaves out a row that version 0.1.0 misread; `false` for every other row.
    fn is_misread(
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
    fn is_new(
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

/// The offsets from UTC, in minutes, in which its entries were written.
pub(crate) fn offsets(journal: &Journal) -> Vec<i16> {
    let check_ins = journal
        .days()
        .flat_map(|day| day.check_ins.iter())
        .map(|c| &c.moment);
    let records = journal.records_between(NaiveDate::MIN, NaiveDate::MAX);
    let moments = check_ins.chain(records.filter_map(|record| record.moment.as_ref()));
    let offsets: BTreeSet<i16> = moments.map(|moment| moment.offset_min).collect();
    offsets.into_iter().collect()
}

/// The plan of importing `incoming`. `gone`: entries deleted or erased here; `ids` and `at` make the ids of own
/// symptoms, which other files know by their code.
///
/// Settings and switched symptoms are taken over where nothing was chosen here; the whole journal has to be in memory. What
/// comes in moves into the plan, because a long file would not fit into memory twice.
pub fn accept(
    journal: &Journal,
    mut incoming: Incoming,
    gone: &DeletedIds,
    ids: &mut IdSource,
    at: DateTime<FixedOffset>,
) -> ImportPlan {
    let mut plan = ImportPlan::default();
    take_settings(journal, &incoming.settings, &mut plan);
    let symptoms = take_symptoms(journal, &incoming, ids, at, &mut plan);
    take_attempts(journal, &incoming.attempts, gone, &mut plan);
    let here: BTreeMap<EntryId, &CheckIn> = journal
        .days()
        .flat_map(|day| day.check_ins.iter())
        .map(|check_in| (check_in.id, check_in))
        .collect();
    let mut matches = Matches::default();
    let is_known = |id| here.contains_key(&id) || gone.has(id);
    let check_ins = std::mem::take(&mut incoming.check_ins).into_iter();
    let mut check_ins: Vec<CheckIn> = check_ins.map(|c| c.with_keys(&symptoms)).collect();
    let foreign = &incoming.foreign;
    earlier::check_ins(
        &mut check_ins,
        foreign,
        &here,
        &symptoms,
        is_known,
        &mut matches,
    );
    for theirs in check_ins {
        let id = matches.id(theirs.id);
        let same = here.get(&id).map(|ours| {
            let as_far = incoming.layout.is_same(ours, &theirs);
            let is_content = matches.is_same(theirs.id);
            as_far.unwrap_or_else(|| {
                is_content.unwrap_or_else(|| ours.says_the_same(&theirs))
                    && is_same_moment(&ours.moment, &theirs.moment, foreign.get(&theirs.id))
            })
        });
        let day = Some(theirs.moment.day);
        let origin = foreign.get(&theirs.id);
        if plan.is_misread(("check-in", day, id), same, origin) {
            continue;
        }
        let is_new = plan.is_new(("check-in", day, id), same, gone);
        if let (Some(ours), Some(left)) = (here.get(&id), plan.differing(id)) {
            left.detail = omission::of_check_ins(ours, &theirs, &symptoms);
        }
        if is_new {
            plan.add(
                ("check-in", "check-ins"),
                day,
                Change::RecordCheckIn(theirs),
            );
        }
    }
    let records = std::mem::take(&mut incoming.records);
    take_records(journal, records, foreign, gone, &mut matches, &mut plan);
    plan.recovered = matches.recovered;
    for line in &incoming.help_lines {
        let ours = journal.settings.help_lines.iter().find(|l| l.id == line.id);
        let same = ours.map(|ours| ours == line);
        if plan.is_new(("help line", None, line.id), same, gone) {
            let change = Change::RecordHelpLine(line.clone());
            plan.add(("help line", "help lines"), None, change);
        }
    }
    plan
}

fn take_settings(journal: &Journal, settings: &[Setting], plan: &mut ImportPlan) {
    let chosen = journal.settings.chosen();
    for theirs in settings {
        match chosen.iter().find(|ours| ours.key() == theirs.key()) {
            Some(ours) if ours == theirs => plan.known += 1,
            Some(ours) => {
                plan.leave(&format!("setting {}", ours.key()), None, None, Why::Differs);
            }
            None => plan.add(("setting", "settings"), None, Change::Set(theirs.clone())),
        }
    }
}

/// Plans the symptoms; returns all symptoms as they will be.
fn take_symptoms(
    journal: &Journal,
    incoming: &Incoming,
    ids: &mut IdSource,
    at: DateTime<FixedOffset>,
    plan: &mut ImportPlan,
) -> Symptoms {
    // In an empty journal nobody has chosen yet which symptoms are asked for, so the file's choice is taken over.
    let is_fresh = journal.is_empty();
    let mut all: Vec<Symptom> = journal.symptoms.iter().cloned().collect();
    // The file numbers a new one after the highest.
    let highest = all.iter().map(|symptom| symptom.key.0).max().unwrap_or(0);
    let mut free = highest.saturating_add(1);
    for theirs in &incoming.symptoms {
        let switched = |key, rated| Change::SwitchSymptom {
            symptom: key,
            to: if rated { Switch::On } else { Switch::Off },
        };
        if let Some(ours) = journal.symptoms.iter().find(|s| s.code == theirs.code) {
            // Such a file has the code alone, neither the name nor whether it is asked for.
            if incoming.layout != Layout::Whole {
                continue;
            }
            let is_renamed = ours.origin == Origin::Own && ours.name != theirs.name;
            if is_renamed || (ours.rated != theirs.rated && !is_fresh) {
                plan.leave(&format!("symptom {}", ours.code), None, None, Why::Differs);
            } else if ours.rated == theirs.rated {
                plan.known += 1;
            } else {
                let change = switched(ours.key, theirs.rated);
                plan.add(("symptom", "symptoms"), None, change);
            }
            continue;
        }
        let added = Change::AddSymptom {
            key: None,
            id: ids.next(at),
            code: theirs.code.clone(),
            name: theirs.name.clone(),
            category: theirs.category,
        };
        plan.add(("symptom", "symptoms"), None, added);
        let key = SymptomKey(free);
        free = free.saturating_add(1);
        if !theirs.rated {
            plan.changes.push(switched(key, false));
        }
        all.push(Symptom {
            key,
            code: theirs.code.clone(),
            name: theirs.name.clone(),
            category: theirs.category,
            origin: Origin::Own,
            rated: theirs.rated,
        });
    }
    Symptoms::new(all)
}

fn take_attempts(
    journal: &Journal,
    attempts: &[Attempt],
    gone: &DeletedIds,
    plan: &mut ImportPlan,
) {
    let mut first_days: BTreeSet<NaiveDate> =
        journal.attempts.iter().map(|a| a.attempt.began).collect();
    for theirs in attempts {
        let mut ours = journal.attempts.iter().map(|numbered| numbered.attempt);
        let ours = ours.find(|ours| ours.id == theirs.id);
        let day = Some(theirs.began);
        let same = ours.map(|ours| ours == theirs);
        if !plan.is_new(("attempt", day, theirs.id), same, gone) {
            continue;
        }
        if first_days.insert(theirs.began) {
            let change = Change::RecordAttempt(theirs.clone());
            plan.add(("attempt", "attempts"), day, change);
        } else {
            plan.leave("attempt", day, Some(theirs.id), Why::DayTaken);
        }
    }
}

fn take_records(
    journal: &Journal,
    records: Vec<Record>,
    foreign: &ForeignIds,
    gone: &DeletedIds,
    matches: &mut Matches,
    plan: &mut ImportPlan,
) {
    let dated = journal.records_between(NaiveDate::MIN, NaiveDate::MAX);
    let here: BTreeMap<EntryId, &Record> = dated
        .chain(journal.standing.iter())
        .map(|record| (record.id, record))
        .collect();
    let is_known = |id| here.contains_key(&id) || gone.has(id);
    earlier::records(&records, foreign, &here, is_known, matches);
    let of_file = records.iter().map(|record| matches.id(record.id));
    let lost = omission::lost(&here, of_file);
    let mut new = Vec::new();
    for theirs in records {
        let facts = theirs.kind.facts();
        let id = matches.id(theirs.id);
        let same = here.get(&id).map(|ours| {
            let is_content = matches.is_same(theirs.id);
            let moments = ours.moment.as_ref().zip(theirs.moment.as_ref());
            is_content.unwrap_or_else(|| ours.says_the_same(&theirs))
                && moments
                    .is_none_or(|(ours, them)| is_same_moment(ours, them, foreign.get(&theirs.id)))
        });
        let day = theirs.day();
        let origin = foreign.get(&theirs.id);
        if plan.is_misread((facts.name, day, id), same, origin) {
            continue;
        }
        let is_new = plan.is_new((facts.name, day, id), same, gone);
        if let (Some(ours), Some(left)) = (here.get(&id), plan.differing(id)) {
            left.records = Some(Box::new(((*ours).clone(), theirs.clone())));
        }
        if is_new {
            if foreign.contains_key(&theirs.id) && !lost.is_empty() {
                new.push(plan.changes.len());
            }
            plan.add((facts.name, facts.many), day, Change::Record(theirs));
        }
    }
    let new = new.into_iter().filter_map(|at| match plan.changes.get(at) {
        Some(Change::Record(record)) => Some(record),
        _ => None,
    });
    plan.corrected = omission::corrected(new, &lost);
}

#[cfg(test)]
mod tests {
    use super::accept;
    use super::{DeletedIds, Incoming, IncomingSymptom, Why};
    use crate::domain::attempt::{Attempt, Method};
    use crate::domain::check_in::catalogue::Category;
    use crate::domain::check_in::symptom::SymptomKey;
    use crate::domain::id::{EntryId, IdSource};
    use crate::domain::journal::Journal;
    use crate::domain::journal::change::{Change, Switch};
    use crate::domain::journal::settings::Setting;
    use chrono::{DateTime, FixedOffset, NaiveDate};

    fn attempt(id: u8) -> Attempt {
        Attempt {
            id: EntryId::from_bytes([id; 16]),
            began: NaiveDate::from_ymd_opt(2026, 11, 1).unwrap_or_default(),
            day_zero: None,
            method: Method::Taper,
            name: None,
            goal: None,
            ended: None,
        }
    }

    fn taken(journal: &Journal, incoming: Incoming, gone: &DeletedIds) -> super::ImportPlan {
        let at: DateTime<FixedOffset> = DateTime::UNIX_EPOCH.into();
        accept(journal, incoming, gone, &mut IdSource::new(1), at)
    }

    #[test]
    fn a_day_on_which_an_attempt_begins_takes_no_second_one() {
        let incoming = Incoming {
            attempts: vec![attempt(1), attempt(2)],
            ..Incoming::default()
        };
        let plan = taken(&Journal::default(), incoming, &DeletedIds::default());
        assert_eq!(plan.changes, [Change::RecordAttempt(attempt(1))]);
        assert_eq!(plan.left_out[0].why, Why::DayTaken);
    }

    #[test]
    fn what_was_put_away_or_erased_here_stays_so() {
        let incoming = Incoming {
            attempts: vec![attempt(1), attempt(2)],
            ..Incoming::default()
        };
        let gone = DeletedIds {
            in_bin: [EntryId::from_bytes([1; 16])].into(),
            erased: [EntryId::from_bytes([2; 16])].into(),
        };
        let plan = taken(&Journal::default(), incoming, &gone);
        let why: Vec<Why> = plan.left_out.iter().map(|left| left.why).collect();
        assert_eq!(why, [Why::InBin, Why::Erased]);
        assert!(plan.changes.is_empty());
    }

    #[test]
    fn a_setting_that_was_chosen_here_stays() {
        let mut journal = Journal::default();
        journal.settings.set(Setting::Country("DE".to_owned()));
        let incoming = Incoming {
            settings: vec![
                Setting::Country("US".to_owned()),
                Setting::Routine(vec!["walk".to_owned()]),
            ],
            ..Incoming::default()
        };
        let plan = taken(&journal, incoming, &DeletedIds::default());
        let routine = Setting::Routine(vec!["walk".to_owned()]);
        assert_eq!(plan.changes, [Change::Set(routine)]);
        assert_eq!(plan.left_out[0].what, "setting country");
    }

    #[test]
    fn an_own_symptom_that_is_off_there_comes_in_switched_off() {
        let journal = Journal::default();
        let incoming = Incoming {
            symptoms: vec![IncomingSymptom {
                code: "own_cold_feet".to_owned(),
                name: "Cold feet".to_owned(),
                category: Category::Physical,
                rated: false,
            }],
            ..Incoming::default()
        };
        let plan = taken(&journal, incoming, &DeletedIds::default());
        let highest = journal.symptoms.iter().map(|s| s.key.0).max().unwrap_or(0);
        let off = Change::SwitchSymptom {
            symptom: SymptomKey(highest + 1),
            to: Switch::Off,
        };
        assert_eq!(plan.changes.get(1), Some(&off));
        assert_eq!(plan.added, [("symptom", "symptoms", 1)]);
    }
}
