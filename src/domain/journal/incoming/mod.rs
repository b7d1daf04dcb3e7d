//! The content of another file in the journal's own types, and the plan of importing it.
//!
//! Invariant: an import never changes or removes an entry of this journal. An equal entry is skipped; a different one stays
//! and is named; a deleted or erased one stays deleted.

mod check_in;
pub(crate) mod day;
mod plan;

use super::Journal;
use super::change::{Change, Switch};
use super::earlier;
use super::earlier::{ForeignIds, Matches, is_same_moment, is_same_record};
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
use crate::domain::order::Gathered;
use crate::domain::record::Record;
use crate::domain::record::kind::Kind;
pub(crate) use check_in::{IncomingCheckIn, IncomingRating};
use chrono::{DateTime, FixedOffset, NaiveDate};
pub(crate) use plan::{Count, ids};
pub use plan::{DeletedIds, ImportPlan};
use std::collections::{BTreeMap, BTreeSet};

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

/// The offsets from UTC, in minutes, in which its entries were written.
pub(crate) fn offsets(journal: &Journal) -> Vec<i16> {
    let check_ins = journal
        .days()
        .flat_map(|day| day.check_ins.iter())
        .map(|c| &c.moment);
    let records = journal.records_between(NaiveDate::MIN, NaiveDate::MAX);
    let moments = check_ins.chain(records.filter_map(|record| record.moment.as_ref()));
    let offsets = moments.map(|moment| moment.offset_min).gather_set();
    offsets.into_iter().collect()
}

/// The plan of importing `incoming`. `gone`: entries deleted or erased here; `ids` and `at` make the ids of own
/// symptoms, which other files know by their code.
///
/// Settings and switched symptoms are taken over where nothing was chosen here; the whole journal has to be in memory.
pub fn accept(
    journal: &Journal,
    incoming: &mut Incoming,
    gone: &DeletedIds,
    ids: &mut IdSource,
    at: DateTime<FixedOffset>,
) -> ImportPlan {
    let mut plan = ImportPlan::default();
    take_settings(journal, &incoming.settings, &mut plan);
    let symptoms = take_symptoms(journal, incoming, ids, at, &mut plan);
    take_attempts(journal, &incoming.attempts, gone, &mut plan);
    let here: BTreeMap<EntryId, &CheckIn> = journal
        .days()
        .flat_map(|day| day.check_ins.iter())
        .map(|check_in| (check_in.id, check_in))
        .gather_map();
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
    if records.iter().any(|it| it.kind == Kind::DayWithout) {
        // A day without is weighed against the doses of its file afterwards.
        let weighed = records
            .iter()
            .filter(|it| matches!(it.kind, Kind::Dose | Kind::DayWithout));
        incoming.records = weighed.cloned().collect();
    }
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
                let name = Setting::name_of(ours.key());
                plan.leave(&format!("setting {name}"), None, None, Why::Differs);
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
                plan.leave(&format!("symptom {}", ours.name), None, None, Why::Differs);
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
    let mut first_days: BTreeSet<NaiveDate> = journal
        .attempts
        .iter()
        .map(|a| a.attempt.began)
        .gather_set();
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
        .gather_map();
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
            let is_same = || match foreign.get(&theirs.id) {
                Some(_) => is_same_record(ours, &theirs),
                None => ours.says_the_same(&theirs),
            };
            is_content.unwrap_or_else(is_same)
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

    fn taken(journal: &Journal, incoming: &Incoming, gone: &DeletedIds) -> super::ImportPlan {
        let at: DateTime<FixedOffset> = DateTime::UNIX_EPOCH.into();
        accept(
            journal,
            &mut incoming.clone(),
            gone,
            &mut IdSource::new(1),
            at,
        )
    }

    #[test]
    fn a_day_on_which_an_attempt_begins_takes_no_second_one() {
        let incoming = Incoming {
            attempts: vec![attempt(1), attempt(2)],
            ..Incoming::default()
        };
        let plan = taken(&Journal::default(), &incoming, &DeletedIds::default());
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
        let plan = taken(&Journal::default(), &incoming, &gone);
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
        let plan = taken(&journal, &incoming, &DeletedIds::default());
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
        let plan = taken(&journal, &incoming, &DeletedIds::default());
        let highest = journal.symptoms.iter().map(|s| s.key.0).max().unwrap_or(0);
        let off = Change::SwitchSymptom {
            symptom: SymptomKey(highest + 1),
            to: Switch::Off,
        };
        assert_eq!(plan.changes.get(1), Some(&off));
        assert_eq!(plan.added, [("symptom", "symptoms", 1)]);
    }
}
