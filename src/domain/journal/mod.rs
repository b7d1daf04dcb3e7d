//! The journal in memory: an immutable, day-ordered snapshot. Nobody edits it; it is replaced.
//!
//! Invariant: every chart, comparison and export is a pure function of it, and it says which days it covers, so that a
//! part never passes for the whole.

pub mod bin_kind;
pub mod change;
pub mod draft;
pub mod earlier;
pub mod incoming;
pub mod merge_summary;
pub mod settings;
pub mod zone_check;

use super::attempt::Attempts;
use super::check_in::symptom::{Severity, Symptom, SymptomKey, Symptoms};
use super::check_in::{CheckIn, CheckInDraft, Intent};
use super::id::EntryId;
use super::record::Record;
use super::record::kind::Kind;
use super::time::{Moment, Now, end_of_day};
use chrono::{DateTime, Days, FixedOffset, NaiveDate, NaiveTime, TimeDelta};
use settings::Settings;
use std::collections::BTreeMap;
use std::sync::{Arc, OnceLock};

/// One logical day with its check-ins in the order (moment, id).
#[derive(Debug, Clone, PartialEq)]
pub struct Day {
    /// The logical day.
    pub date: NaiveDate,
    /// At least one.
    pub check_ins: Vec<CheckIn>,
}

impl Day {
    /// A day with its check-ins put in order.
    pub fn new(date: NaiveDate, mut check_ins: Vec<CheckIn>) -> Self {
        check_ins.sort_by_key(|check_in| (check_in.moment.at_utc, check_in.id));
        Self { date, check_ins }
    }
}

/// Which days a journal in memory covers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Coverage {
    /// The days from this one on; earlier ones are still being read.
    Since(NaiveDate),
    /// All.
    Whole,
}

/// How high a series of records goes, kept because every record has to be looked at for it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct ScaleOf {
    /// Which of all series of records.
    pub(super) place: usize,
    /// The top of its scale.
    pub(super) top: f64,
    /// Days with a value.
    pub(super) days: usize,
}

/// Everything that was written down, as far as [`Coverage`] says.
#[derive(Debug, Clone, PartialEq)]
pub struct Journal {
    /// What can be rated.
    pub symptoms: Symptoms,
    /// The attempts, in order.
    pub attempts: Attempts,
    /// Day end, country and the like.
    pub settings: Settings,
    /// Which days are here.
    pub coverage: Coverage,
    /// The first day with a check-in in the whole journal, also when it is not covered.
    pub first_day: Option<NaiveDate>,
    /// The first day with a record in the whole journal, also when it is not covered.
    pub first_record: Option<NaiveDate>,
    /// What stands for itself: products, medications, plans; in no order.
    pub standing: Arc<[Record]>,
    days: Vec<Arc<Day>>,
    records: BTreeMap<NaiveDate, Arc<[Record]>>,
    /// By symptom key; worked out when it is first asked for.
    ever_answered: OnceLock<Vec<bool>>,
    /// Scales of the series of records; worked out when they are first asked for.
    scales: OnceLock<Vec<ScaleOf>>,
}

impl Default for Journal {
    fn default() -> Self {
        Self {
            symptoms: Symptoms::built_in(),
            attempts: Attempts::default(),
            settings: Settings::default(),
            coverage: Coverage::Whole,
            first_day: None,
            first_record: None,
            standing: Arc::default(),
            days: Vec::new(),
            records: BTreeMap::new(),
            ever_answered: OnceLock::new(),
            scales: OnceLock::new(),
        }
    }
}

impl Journal {
    /// This journal with other days: those given, which cover `coverage`.
    #[must_use]
    pub fn with_days(mut self, mut days: Vec<Day>, coverage: Coverage) -> Self {
        days.retain(|day| !day.check_ins.is_empty());
        days.sort_by_key(|day| day.date);
        self.days = days.into_iter().map(Arc::new).collect();
        self.coverage = coverage;
        self.ever_answered = OnceLock::new();
        self
    }

    /// This journal with `fresh` in the place of what it held for those dates; an empty day goes away.
    ///
    /// Days outside the coverage are left to the whole reading that is on its way.
    #[must_use]
    pub fn with_fresh(mut self, fresh: Vec<Day>) -> Self {
        self.ever_answered = OnceLock::new();
        for day in fresh {
            if !self.covers(day.date) {
                continue;
            }
            match (
                self.days.binary_search_by_key(&day.date, |held| held.date),
                day.check_ins.is_empty(),
            ) {
                (Ok(at), true) => drop(self.days.remove(at)),
                (Ok(at), false) => self.days[at] = Arc::new(day),
                (Err(_), true) => {}
                (Err(at), false) => self.days.insert(at, Arc::new(day)),
            }
        }
        self
    }

    /// This journal with other records: those given, which cover the same days.
    #[must_use]
    pub fn with_records(mut self, records: Vec<Record>) -> Self {
        let mut by_day: BTreeMap<NaiveDate, Vec<Record>> = BTreeMap::new();
        for record in records {
            let Some(day) = record.day() else { continue };
            by_day.entry(day).or_default().push(record);
        }
        let by_day = by_day.into_iter();
        self.scales = OnceLock::new();
        self.records = by_day
            .map(|(day, records)| (day, in_order(records)))
            .collect();
        self
    }

    /// This journal with the records given in the place of what it held for those dates.
    #[must_use]
    pub fn with_fresh_records(mut self, fresh: Vec<(NaiveDate, Vec<Record>)>) -> Self {
        self.scales = OnceLock::new();
        for (date, records) in fresh {
            if !self.covers(date) {
                continue;
            }
            if records.is_empty() {
                self.records.remove(&date);
            } else {
                self.records.insert(date, in_order(records));
            }
        }
        self
    }

    /// The records of `date`, in the order (moment, id).
    pub fn records(&self, date: NaiveDate) -> &[Record] {
        self.records.get(&date).map_or(&[], |records| records)
    }

    /// The records from `from` to `to`, both included, in order.
    pub fn records_between(
        &self,
        from: NaiveDate,
        to: NaiveDate,
    ) -> impl DoubleEndedIterator<Item = &Record> {
        // A range may not end before it begins.
        self.records
            .range(from..=to.max(from))
            .filter(move |(day, _)| **day <= to)
            .flat_map(|(_, records)| records.iter())
    }

    /// Every record of one kind that belongs to a day, in order.
    pub fn records_of(&self, kind: Kind) -> impl DoubleEndedIterator<Item = &Record> {
        let all = self.records.values().flat_map(|records| records.iter());
        all.filter(move |record| record.kind == kind)
    }

    /// What stands for itself of one kind, in the order in which it was written.
    pub fn standing(&self, kind: Kind) -> Vec<&Record> {
        let mut standing: Vec<&Record> = self.standing.iter().filter(|r| r.kind == kind).collect();
        standing.sort_by_key(|record| record.id);
        standing
    }

    /// The record with this id, if its day is here.
    pub fn record(&self, id: EntryId) -> Option<&Record> {
        let dated = self
            .records
            .values()
            .rev()
            .flat_map(|records| records.iter());
        self.standing
            .iter()
            .chain(dated)
            .find(|record| record.id == id)
    }

    /// The days with records, oldest first.
    pub fn record_days(&self) -> impl DoubleEndedIterator<Item = NaiveDate> {
        self.records.keys().copied()
    }

    /// The first day with anything of the person's in the whole journal.
    pub fn first_entry(&self) -> Option<NaiveDate> {
        [self.first_day, self.first_record]
            .into_iter()
            .flatten()
            .min()
    }

    /// Whether `date` has been read.
    pub fn covers(&self, date: NaiveDate) -> bool {
        match self.coverage {
            Coverage::Whole => true,
            Coverage::Since(first) => date >= first,
        }
    }

    /// Neither an attempt nor an entry of any kind: the first run.
    pub fn is_empty(&self) -> bool {
        let has_days =
            self.first_entry().is_some() || !self.days.is_empty() || !self.records.is_empty();
        self.attempts.is_empty() && !has_days && self.standing.is_empty()
    }

    /// Days with check-ins, oldest first.
    pub fn days(&self) -> impl DoubleEndedIterator<Item = &Day> {
        self.days.iter().map(Arc::as_ref)
    }

    /// Days with check-ins from `from` to `to`, both included.
    pub fn between(&self, from: NaiveDate, to: NaiveDate) -> impl DoubleEndedIterator<Item = &Day> {
        let start = self.days.partition_point(|day| day.date < from);
        let end = self.days.partition_point(|day| day.date <= to).max(start);
        self.days[start..end].iter().map(Arc::as_ref)
    }

    /// The day at `date`, if it has a check-in.
    pub fn day(&self, date: NaiveDate) -> Option<&Day> {
        let at = self.days.binary_search_by_key(&date, |day| day.date).ok()?;
        Some(&self.days[at])
    }

    /// The check-ins of `date`, in order.
    pub fn check_ins(&self, date: NaiveDate) -> &[CheckIn] {
        self.day(date).map_or(&[], |day| &day.check_ins)
    }

    /// The check-in with this id, if its day is here.
    pub fn check_in(&self, id: EntryId) -> Option<&CheckIn> {
        self.days()
            .rev()
            .flat_map(|day| &day.check_ins)
            .find(|check_in| check_in.id == id)
    }

    /// Whether `symptom` was answered in any check-in that is here: switching it off hides no history.
    pub fn was_answered(&self, symptom: SymptomKey) -> bool {
        let seen = self.ever_answered.get_or_init(|| {
            let mut seen = Vec::new();
            let check_ins = self.days().flat_map(|day| &day.check_ins);
            for rating in check_ins.flat_map(|check_in| &check_in.ratings) {
                let key = usize::from(rating.symptom.0);
                if seen.len() <= key {
                    seen.resize(key + 1, false);
                }
                seen[key] |= rating.answer.is_some();
            }
            seen
        });
        seen.get(usize::from(symptom.0)).copied().unwrap_or(false)
    }

    /// What `work_out` once said about the scales of the series of records.
    pub(super) fn scales(&self, work_out: impl FnOnce() -> Vec<ScaleOf>) -> &[ScaleOf] {
        self.scales.get_or_init(work_out)
    }

    /// The last day with a check-in.
    pub fn last_day(&self) -> Option<NaiveDate> {
        self.days.last().map(|day| day.date)
    }

    /// The most recent answer for `symptom` before the moment `before_utc` (and other than in `except`), with its day.
    /// Brief check-ins have none and are thereby skipped.
    pub fn last_answer(
        &self,
        symptom: &Symptom,
        before_utc: i64,
        except: EntryId,
    ) -> Option<(Severity, NaiveDate)> {
        let earlier =
            |check_in: &&CheckIn| check_in.moment.at_utc <= before_utc && check_in.id != except;
        let mut check_ins = self
            .days()
            .rev()
            .flat_map(|day| day.check_ins.iter().rev())
            .filter(earlier);
        check_ins.find_map(|check_in| Some((check_in.answer(symptom.key)?, check_in.moment.day)))
    }

    /// The days without a check-in between the last one and `today` (neither included), oldest first; none while the
    /// journal is empty, and none that the person chose to skip.
    pub fn missing_days(&self, today: NaiveDate) -> Vec<NaiveDate> {
        let before_today = self.days.partition_point(|day| day.date < today);
        let Some(last) = before_today.checked_sub(1).map(|at| self.days[at].date) else {
            return Vec::new();
        };
        let from = self
            .settings
            .missing_skipped_until
            .map_or(last, |skipped| skipped.max(last));
        from.iter_days()
            .skip(1)
            .take_while(|day| *day < today)
            .collect()
    }
}

fn in_order(mut records: Vec<Record>) -> Arc<[Record]> {
    records.sort_by_key(Record::place);
    records.into()
}

impl Journal {
    /// The moment that a check-in gets when `draft` is saved `now`.
    pub fn moment_of(&self, draft: &CheckInDraft, now: &Now) -> Moment {
        let stored = self
            .check_in(draft.id)
            .filter(|_| draft.intent == Intent::Edit);
        self.moment_for(
            draft.day,
            draft.at,
            stored.map(|stored| &stored.moment),
            now,
        )
    }

    /// The moment of an entry for `day` that is saved `now`: the one that was named (`at`) when there is one; now, while its
    /// day goes on or has ended within the last eight hours (a night without sleep); else noon of its day. Words for a day
    /// alone are a moment by then (`super::time::parse::parse_when`) and arrive as `at`. Editing never
    /// changes whether an entry was late, nor the zone it was written in.
    pub fn moment_for(
        &self,
        day: NaiveDate,
        at: Option<DateTime<FixedOffset>>,
        stored: Option<&Moment>,
        now: &Now,
    ) -> Moment {
        let day_end = self.settings.day_end;
        let ends = end_of_day(day, &now.zone, day_end);
        let is_near = day <= now.today(day_end) && now.at < ends + TimeDelta::hours(8);
        let noon = NaiveTime::from_hms_opt(12, 0, 0).unwrap_or_default();
        let at = match at {
            Some(at) => at,
            None if is_near => now.at,
            None => now.zone.resolve(day.and_time(noon)).at,
        };
        let moment = Moment::on_day(day, at, now, day_end);
        match stored {
            Some(stored) => Moment {
                late: stored.late,
                zone: Arc::clone(&stored.zone),
                ..moment
            },
            None => moment,
        }
    }
}

/// For how many days "as last time" is offered.
const LAST_TIME_DAYS: u64 = 3;

/// An earlier answer that "as last time" could take over.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LastTime {
    /// Never answered before.
    Never,
    /// Answered, but too long ago to take over.
    TooOld(Severity, NaiveDate),
    /// Can be taken over.
    Offered(Severity, NaiveDate),
}

impl Journal {
    /// What "as last time" means for `symptom` in a check-in for `day`: the most recent earlier answer, offered while it
    /// is at most 3 days old.
    pub fn last_time(
        &self,
        symptom: &Symptom,
        day: NaiveDate,
        before_utc: i64,
        except: EntryId,
    ) -> LastTime {
        let Some((severity, on)) = self.last_answer(symptom, before_utc, except) else {
            return LastTime::Never;
        };
        let is_fresh = on
            .checked_add_days(Days::new(LAST_TIME_DAYS))
            .is_none_or(|until| day <= until);
        if is_fresh {
            LastTime::Offered(severity, on)
        } else {
            LastTime::TooOld(severity, on)
        }
    }
}
