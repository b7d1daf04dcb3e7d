//! What another file holds, in the journal's own terms, and what becomes of it here.
//!
//! Invariant: taking in never changes and never takes away what stands here. What is the same is passed over; what differs
//! stays as it is and is named; what was put away or erased here stays so.

use super::Journal;
use super::change::{Change, Switch};
use super::earlier;
use super::earlier::{Foreign, ForeignIds, Matched, is_same_moment};
use super::settings::{OwnHelpLine, Setting};
use crate::domain::attempt::Attempt;
use crate::domain::check_in::catalogue::Category;
use crate::domain::check_in::rating::Rating;
use crate::domain::check_in::severity::Totals;
use crate::domain::check_in::symptom::{Origin, Severity, Symptom, SymptomKey, Symptoms};
use crate::domain::check_in::{CheckIn, Overall};
use crate::domain::id::{EntryId, IdSource};
use crate::domain::record::Record;
use crate::domain::text::words;
use crate::domain::time::Moment;
use chrono::{DateTime, FixedOffset, NaiveDate};
use std::collections::{BTreeSet, HashSet};

/// A symptom as another file has it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IncomingSymptom {
    /// A code of the catalogue, or `own_…`.
    pub code: String,
    /// Its name on screen; of use for own ones.
    pub name: String,
    /// Body or Mind; of use for own ones.
    pub category: Category,
    /// Whether check-ins ask for it there.
    pub rated: bool,
}

/// A rating as another file has it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IncomingRating {
    /// The code of the symptom.
    pub symptom: String,
    /// `None`: asked and left blank.
    pub answer: Option<Severity>,
    /// Taken over "as last time".
    pub copied: bool,
}

/// A check-in as another file has it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IncomingCheckIn {
    /// Its id, for ever.
    pub id: EntryId,
    /// When it was.
    pub moment: Moment,
    /// What was asked.
    pub ratings: Vec<IncomingRating>,
    /// The overall, if given.
    pub overall: Option<Overall>,
    /// The note, as typed.
    pub note: Option<Box<str>>,
}

/// All that another file holds.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Incoming {
    /// What is set there.
    pub settings: Vec<Setting>,
    /// What can be rated there; own ones in order of creation.
    pub symptoms: Vec<IncomingSymptom>,
    /// Attempts.
    pub attempts: Vec<Attempt>,
    /// Check-ins.
    pub check_ins: Vec<IncomingCheckIn>,
    /// Records of every kind.
    pub records: Vec<Record>,
    /// Own help lines.
    pub help_lines: Vec<OwnHelpLine>,
    /// What is known of entries that come from another program; of our own forms nothing has to be.
    pub foreign: ForeignIds,
    /// What was made of cells that do not say all that an entry needs, in sentences.
    pub remarks: Vec<String>,
}

/// Ids of what is not in the journal any more.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Gone {
    /// Put away; it can be restored.
    pub in_bin: BTreeSet<EntryId>,
    /// Erased for good.
    pub erased: BTreeSet<EntryId>,
}

impl Gone {
    /// Whether this was put away or erased.
    pub fn has(&self, id: EntryId) -> bool {
        self.in_bin.contains(&id) || self.erased.contains(&id)
    }

    /// The ids of all of it.
    pub fn ids(&self) -> impl Iterator<Item = EntryId> {
        self.in_bin.iter().chain(&self.erased).copied()
    }
}

/// Why something was left out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Why {
    /// It stands here with other words or numbers, and stays as it is here.
    Differs,
    /// Version 0.1.0 took it in with another day or time, and it stays as it is here.
    Misread,
    /// It lies in the bin here.
    InBin,
    /// It was erased for good here.
    Erased,
    /// An attempt begins on that day already.
    DayTaken,
}

impl Why {
    /// The end of the sentence "check-in of 3 Mar: …".
    pub const fn words(self) -> &'static str {
        match self {
            Self::Differs => "differs from the one here, which stays as it is",
            Self::Misread => {
                "version 0.1.0 took it in with another day or time, and that stays as it is; delete it and import again to have it as the file says"
            }
            Self::InBin => "lies in the bin here and stays there",
            Self::Erased => "was erased for good here and is not taken in",
            Self::DayTaken => "an attempt begins on that day here already",
        }
    }
}

/// Something that was left out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LeftOut {
    /// "check-in", "dose", "setting `day_end`" …
    pub what: String,
    /// The day it counts for, if it has one.
    pub day: Option<NaiveDate>,
    /// Its id, if it has one.
    pub id: Option<EntryId>,
    /// Why.
    pub why: Why,
}

impl std::fmt::Display for LeftOut {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.what)?;
        if let Some(day) = self.day {
            write!(f, " of {}", words::day(day))?;
        }
        write!(f, ": {}", self.why.words())
    }
}

/// How many of a kind: its name for one, for many, and the number.
pub type Count = (&'static str, &'static str, usize);

/// What taking in would do: nothing is done yet.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Taking {
    /// What is to be carried out, as one step.
    pub changes: Vec<Change>,
    /// How many of what are new: (one, many, how many), in the order of the file's kinds.
    pub added: Vec<Count>,
    /// How many things stand here already, the same.
    pub known: usize,
    /// What was left out, and why.
    pub left_out: Vec<LeftOut>,
    /// The first and last day among what is new.
    pub days: Option<(NaiveDate, NaiveDate)>,
    /// How many of what is new version 0.1.0 lost when it took in the same file.
    pub recovered: usize,
}

impl Taking {
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
        self.left_out.push(LeftOut { what, day, id, why });
    }

    /// Names one row that stands here as version 0.1.0 misread it; `true`: it is dealt with.
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

    /// Weighs one row with an id against what stands here; `true`: it is new.
    fn is_new(
        &mut self,
        (what, day, id): (&str, Option<NaiveDate>, EntryId),
        here: Option<bool>,
        gone: &Gone,
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

impl Taking {
    /// What of it stands in `journal` now, counted as [`Taking::added`] is.
    pub fn held(&self, journal: &Journal) -> Vec<Count> {
        let mut ids = journal.ids();
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

impl Journal {
    /// The ids of all entries. The whole journal has to be in memory.
    pub fn ids(&self) -> HashSet<EntryId> {
        let check_ins = self.days().flat_map(|day| &day.check_ins).map(|c| c.id);
        let records = self
            .records_between(NaiveDate::MIN, NaiveDate::MAX)
            .chain(self.standing.iter())
            .map(|record| record.id);
        let attempts = self.attempts.iter().map(|a| a.attempt.id);
        let help_lines = self.settings.help_lines.iter().map(|line| line.id);
        let all = check_ins.chain(records).chain(attempts).chain(help_lines);
        all.collect()
    }

    /// The offsets from UTC, in minutes, in which its entries were written.
    pub fn offsets(&self) -> Vec<i16> {
        let check_ins = self
            .days()
            .flat_map(|day| &day.check_ins)
            .map(|c| &c.moment);
        let records = self.records_between(NaiveDate::MIN, NaiveDate::MAX);
        let moments = check_ins.chain(records.filter_map(|record| record.moment.as_ref()));
        let offsets: BTreeSet<i16> = moments.map(|moment| moment.offset_min).collect();
        offsets.into_iter().collect()
    }

    /// What taking in `incoming` would do here. `gone` is what was put away or erased; `ids` and `at` make the ids of own
    /// symptoms, which other files know by their code.
    ///
    /// Settings and switched symptoms are taken over where nothing was chosen here; the whole journal has to be in memory.
    pub fn taken_in(
        &self,
        incoming: &Incoming,
        gone: &Gone,
        ids: &mut IdSource,
        at: DateTime<FixedOffset>,
    ) -> Taking {
        let mut taking = Taking::default();
        self.take_settings(&incoming.settings, &mut taking);
        let symptoms = self.take_symptoms(&incoming.symptoms, ids, at, &mut taking);
        self.take_attempts(&incoming.attempts, gone, &mut taking);
        let here: std::collections::BTreeMap<EntryId, &CheckIn> = self
            .days()
            .flat_map(|day| &day.check_ins)
            .map(|check_in| (check_in.id, check_in))
            .collect();
        let foreign = &incoming.foreign;
        let mut matched = Matched::default();
        let is_known = |id| here.contains_key(&id) || gone.has(id);
        let check_ins = incoming.check_ins.iter();
        let mut check_ins: Vec<CheckIn> = check_ins.map(|c| c.with_keys(&symptoms)).collect();
        earlier::check_ins(
            &mut check_ins,
            foreign,
            &here,
            &symptoms,
            is_known,
            &mut matched,
        );
        for theirs in check_ins {
            let id = matched.id(theirs.id);
            let same = here.get(&id).map(|ours| {
                let is_content = matched.is_same(theirs.id);
                is_content.unwrap_or_else(|| ours.says_the_same(&theirs))
                    && is_same_moment(&ours.moment, &theirs.moment, foreign.get(&theirs.id))
            });
            let day = Some(theirs.moment.day);
            let known = foreign.get(&theirs.id);
            if taking.is_misread(("check-in", day, id), same, known) {
                continue;
            }
            if taking.is_new(("check-in", day, id), same, gone) {
                taking.add(
                    ("check-in", "check-ins"),
                    day,
                    Change::RecordCheckIn(theirs),
                );
            }
        }
        self.take_records(incoming, gone, &mut matched, &mut taking);
        taking.recovered = matched.recovered;
        for line in &incoming.help_lines {
            let ours = self.settings.help_lines.iter().find(|l| l.id == line.id);
            let same = ours.map(|ours| ours == line);
            if taking.is_new(("help line", None, line.id), same, gone) {
                let change = Change::RecordHelpLine(line.clone());
                taking.add(("help line", "help lines"), None, change);
            }
        }
        taking
    }

    fn take_settings(&self, settings: &[Setting], taking: &mut Taking) {
        let chosen = self.settings.chosen();
        for theirs in settings {
            match chosen.iter().find(|ours| ours.key() == theirs.key()) {
                Some(ours) if ours == theirs => taking.known += 1,
                Some(ours) => {
                    taking.leave(&format!("setting {}", ours.key()), None, None, Why::Differs);
                }
                None => taking.add(("setting", "settings"), None, Change::Set(theirs.clone())),
            }
        }
    }

    /// Answers the symptoms as they will be.
    fn take_symptoms(
        &self,
        incoming: &[IncomingSymptom],
        ids: &mut IdSource,
        at: DateTime<FixedOffset>,
        taking: &mut Taking,
    ) -> Symptoms {
        let is_fresh = self.is_empty();
        let mut all: Vec<Symptom> = self.symptoms.iter().cloned().collect();
        // The file numbers a new one after the highest.
        let highest = all.iter().map(|symptom| symptom.key.0).max().unwrap_or(0);
        let mut free = highest.saturating_add(1);
        for theirs in incoming {
            let switched = |key, rated| Change::SwitchSymptom {
                symptom: key,
                to: if rated { Switch::On } else { Switch::Off },
            };
            if let Some(ours) = self.symptoms.iter().find(|s| s.code == theirs.code) {
                let is_renamed = ours.origin == Origin::Own && ours.name != theirs.name;
                if is_renamed || (ours.rated != theirs.rated && !is_fresh) {
                    taking.leave(&format!("symptom {}", ours.code), None, None, Why::Differs);
                } else if ours.rated == theirs.rated {
                    taking.known += 1;
                } else {
                    let change = switched(ours.key, theirs.rated);
                    taking.add(("symptom", "symptoms"), None, change);
                }
                continue;
            }
            let added = Change::AddSymptom {
                id: ids.next(at),
                code: theirs.code.clone(),
                name: theirs.name.clone(),
                category: theirs.category,
            };
            taking.add(("symptom", "symptoms"), None, added);
            let key = SymptomKey(free);
            free = free.saturating_add(1);
            if !theirs.rated {
                taking.changes.push(switched(key, false));
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

    fn take_attempts(&self, attempts: &[Attempt], gone: &Gone, taking: &mut Taking) {
        let mut begun: BTreeSet<NaiveDate> =
            self.attempts.iter().map(|a| a.attempt.began).collect();
        for theirs in attempts {
            let mut ours = self.attempts.iter().map(|numbered| numbered.attempt);
            let ours = ours.find(|ours| ours.id == theirs.id);
            let day = Some(theirs.began);
            let same = ours.map(|ours| ours == theirs);
            if !taking.is_new(("attempt", day, theirs.id), same, gone) {
                continue;
            }
            if begun.insert(theirs.began) {
                let change = Change::RecordAttempt(theirs.clone());
                taking.add(("attempt", "attempts"), day, change);
            } else {
                taking.leave("attempt", day, Some(theirs.id), Why::DayTaken);
            }
        }
    }

    fn take_records(
        &self,
        incoming: &Incoming,
        gone: &Gone,
        matched: &mut Matched,
        taking: &mut Taking,
    ) {
        let dated = self.records_between(NaiveDate::MIN, NaiveDate::MAX);
        let here: std::collections::BTreeMap<EntryId, &Record> = dated
            .chain(self.standing.iter())
            .map(|record| (record.id, record))
            .collect();
        let (records, foreign) = (&incoming.records, &incoming.foreign);
        let is_known = |id| here.contains_key(&id) || gone.has(id);
        earlier::records(records, foreign, &here, is_known, matched);
        for theirs in records {
            let facts = theirs.kind.facts();
            let id = matched.id(theirs.id);
            let same = here.get(&id).map(|ours| {
                let is_content = matched.is_same(theirs.id);
                let moments = ours.moment.as_ref().zip(theirs.moment.as_ref());
                is_content.unwrap_or_else(|| ours.says_the_same(theirs))
                    && moments.is_none_or(|(ours, them)| {
                        is_same_moment(ours, them, foreign.get(&theirs.id))
                    })
            });
            let day = theirs.day();
            let known = foreign.get(&theirs.id);
            if taking.is_misread((facts.name, day, id), same, known) {
                continue;
            }
            if taking.is_new((facts.name, day, id), same, gone) {
                let change = Change::Record(theirs.clone());
                taking.add((facts.name, facts.many), day, change);
            }
        }
    }
}

impl IncomingCheckIn {
    /// The check-in as a journal with `symptoms` has it; a symptom that is not among them is left out.
    fn with_keys(&self, symptoms: &Symptoms) -> CheckIn {
        let asked = symptoms.iter().filter_map(|symptom| {
            let rating = self.ratings.iter().find(|r| r.symptom == symptom.code)?;
            Some(Rating {
                symptom: symptom.key,
                answer: rating.answer,
                copied: rating.copied,
            })
        });
        let mut ratings: Box<[Rating]> = asked.collect();
        // In the order in which they are read back, so that the same compares as the same.
        ratings.sort_by_key(|rating| rating.symptom);
        CheckIn {
            id: self.id,
            moment: self.moment.clone(),
            totals: Totals::of(&ratings, symptoms),
            ratings,
            overall: self.overall,
            note: self.note.clone(),
            edited_utc: None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Gone, Incoming, IncomingSymptom, Why};
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

    fn taken(journal: &Journal, incoming: &Incoming, gone: &Gone) -> super::Taking {
        let at: DateTime<FixedOffset> = DateTime::UNIX_EPOCH.into();
        journal.taken_in(incoming, gone, &mut IdSource::new(1), at)
    }

    #[test]
    fn a_day_on_which_an_attempt_begins_takes_no_second_one() {
        let incoming = Incoming {
            attempts: vec![attempt(1), attempt(2)],
            ..Incoming::default()
        };
        let taking = taken(&Journal::default(), &incoming, &Gone::default());
        assert_eq!(taking.changes, [Change::RecordAttempt(attempt(1))]);
        assert_eq!(taking.left_out[0].why, Why::DayTaken);
    }

    #[test]
    fn what_was_put_away_or_erased_here_stays_so() {
        let incoming = Incoming {
            attempts: vec![attempt(1), attempt(2)],
            ..Incoming::default()
        };
        let gone = Gone {
            in_bin: [EntryId::from_bytes([1; 16])].into(),
            erased: [EntryId::from_bytes([2; 16])].into(),
        };
        let taking = taken(&Journal::default(), &incoming, &gone);
        let why: Vec<Why> = taking.left_out.iter().map(|left| left.why).collect();
        assert_eq!(why, [Why::InBin, Why::Erased]);
        assert!(taking.changes.is_empty());
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
        let taking = taken(&journal, &incoming, &Gone::default());
        let routine = Setting::Routine(vec!["walk".to_owned()]);
        assert_eq!(taking.changes, [Change::Set(routine)]);
        assert_eq!(taking.left_out[0].what, "setting country");
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
        let taking = taken(&journal, &incoming, &Gone::default());
        let highest = journal.symptoms.iter().map(|s| s.key.0).max().unwrap_or(0);
        let off = Change::SwitchSymptom {
            symptom: SymptomKey(highest + 1),
            to: Switch::Off,
        };
        assert_eq!(taking.changes.get(1), Some(&off));
        assert_eq!(taking.added, [("symptom", "symptoms", 1)]);
    }
}
