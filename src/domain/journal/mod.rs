//! The journal in memory: an immutable snapshot ordered by day. Code replaces it and never edits it.
//!
//! Invariant: every chart, comparison and export is a pure function of a journal. A journal knows which days it covers, so
//! that a part is never taken for the whole.

mod attempt_title;
pub mod bin_kind;
pub(crate) mod by_day;
pub mod change;
pub mod draft;
pub(crate) mod earlier;
pub mod incoming;
mod kept;
mod layout;
pub(crate) mod merge_summary;
mod missing;
mod notes;
mod omission;
pub(crate) mod resting;
pub(crate) mod scales;
pub mod settings;
pub(crate) mod taken_for;
pub(crate) mod zone_check;

use super::attempt::Attempts;
use super::check_in::sitting::{Arranged, Sitting};
use super::check_in::symptom::{Severity, Symptom, SymptomKey, Symptoms};
use super::check_in::{CheckIn, CheckInDraft, Form, Intent};
use super::id::EntryId;
use super::record::Record;
use super::record::kind::Kind;
use super::time::{Moment, Named, Now, end_of_day};
use crate::domain::order::Ordered;
use by_day::by_month::{ByMonth, Month};
use by_day::glimpse::Glimpse;
use by_day::{ByDay, DayRecords, Gathering, OneDay};
use chrono::{NaiveDate, NaiveTime, TimeDelta};
use kept::Kept;
use scales::Scales;
use settings::{OptionalLine, Settings};
use std::collections::BTreeSet;
use std::sync::Arc;

/// One logical day with its check-ins in the order (moment, id).
#[derive(Debug, Clone, PartialEq)]
pub struct Day {
    /// The logical day.
    pub date: NaiveDate,
    /// At least one.
    pub check_ins: Arc<[CheckIn]>,
}

impl Day {
    /// A day with its check-ins put in order.
    pub fn new(date: NaiveDate, mut check_ins: Vec<CheckIn>) -> Self {
        check_ins.order_by_key(Self::place);
        Self::with(date, check_ins.into())
    }

    /// Whether no symptom was answered: there is an overall alone, or a note.
    pub(crate) fn is_overall_only(&self) -> bool {
        self.check_ins
            .iter()
            .all(|check_in| check_in.answered() == 0)
    }
}

/// Which days a journal in memory covers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Coverage {
    /// The days from this one on; earlier days are still being read.
    Since(NaiveDate),
    /// All days.
    Whole,
}

/// Every entry of the days in its [`Coverage`].
#[derive(Debug, Clone, PartialEq)]
pub struct Journal {
    /// The symptoms, switched on or off.
    pub symptoms: Symptoms,
    /// The attempts, in order.
    pub attempts: Attempts,
    /// Day end, country and the like.
    pub settings: Settings,
    /// Which days are here.
    pub coverage: Coverage,
    /// The first day with a check-in in the whole file, covered or not.
    pub first_day: Option<NaiveDate>,
    /// The first day with a record in the whole file, covered or not.
    pub(crate) first_record: Option<NaiveDate>,
    /// Records without a day: products, medications, plans; in no order.
    pub standing: Arc<[Record]>,
    /// The entries that are not as they were written: their sums in the file differ.
    pub differing: Arc<BTreeSet<EntryId>>,
    days: ByDay<Day>,
    records: ByDay<DayRecords>,
    kept: Kept,
}

/// Each record with its day; one without a day stands elsewhere.
fn with_days(records: impl IntoIterator<Item = Record>) -> Vec<(NaiveDate, Record)> {
    let with_day = |record: Record| Some((record.day()?, record));
    records.into_iter().filter_map(with_day).collect()
}

impl Default for Journal {
    fn default() -> Self {
        Self {
            symptoms: Symptoms::built_in(),
            ..Self::unread()
        }
    }
}

impl Journal {
    /// A journal that all is still to be read into, also its symptoms.
    pub(crate) fn unread() -> Self {
        Self {
            symptoms: Symptoms::default(),
            attempts: Attempts::default(),
            settings: Settings::default(),
            coverage: Coverage::Whole,
            first_day: None,
            first_record: None,
            standing: Arc::default(),
            differing: Arc::default(),
            days: ByDay::default(),
            records: ByDay::default(),
            kept: Kept::default(),
        }
    }
}

impl Journal {
    /// This journal with `days` instead of its own, which cover `coverage`.
    #[must_use]
    pub fn with_days(mut self, mut days: Vec<Day>, coverage: Coverage) -> Self {
        days.retain(|day| !day.check_ins.is_empty());
        days.order_by_key(|day| day.date);
        self.days = ByDay::of(&days);
        self.coverage = coverage;
        self.kept = self.kept.after::<Scales>();
        self
    }

    /// This journal with what was read of a file instead of its own days and records.
    #[must_use]
    pub(crate) fn with_all(
        mut self,
        days: Gathering<Day>,
        records: Gathering<DayRecords>,
        coverage: Coverage,
    ) -> Self {
        self.days = days.days();
        self.records = records.days();
        self.coverage = coverage;
        self.kept = self.kept.after::<Scales>();
        self
    }

    /// This journal with what was read of the last days of a file, those from `first` on, instead of its own days and records.
    #[must_use]
    pub(crate) fn with_last(
        mut self,
        check_ins: Vec<(NaiveDate, CheckIn)>,
        records: Vec<(NaiveDate, Record)>,
        first: NaiveDate,
    ) -> Self {
        self.days = ByDay::of_few(check_ins);
        self.records = ByDay::of_few(records);
        self.coverage = Coverage::Since(first);
        self.kept = self.kept.after::<Scales>();
        self
    }

    /// This journal with `fresh` in place of its days of those dates; an empty day is removed.
    #[must_use]
    pub(crate) fn with_fresh(mut self, fresh: Vec<Day>) -> Self {
        self.kept = self.kept.after::<Scales>();
        for day in fresh {
            // The reading of the whole file, which is under way, brings the days outside the coverage.
            if self.covers(day.date) {
                self.days.put(day);
            }
        }
        self
    }

    /// This journal with `records` instead of its own, which cover the same days.
    #[must_use]
    pub fn with_records(mut self, records: Vec<Record>) -> Self {
        let mut by_day = Gathering::default();
        for record in records {
            if let Some(day) = record.day() {
                by_day.add(day, record);
            }
        }
        self.kept = self.kept.after::<Scales>();
        self.records = by_day.days();
        self
    }

    /// This journal with `fresh` in place of its records of those dates.
    #[must_use]
    pub(crate) fn with_fresh_records(mut self, fresh: Vec<(NaiveDate, Vec<Record>)>) -> Self {
        self.kept = self.kept.after::<Scales>();
        for (date, mut records) in fresh {
            if self.covers(date) {
                records.order_by_key(Record::place);
                self.records.put(DayRecords::with(date, records.into()));
            }
        }
        self
    }

    /// This journal with these records of days before those in its [`Coverage`], which stays as it is.
    #[must_use]
    pub(crate) fn with_earlier_records(mut self, records: Vec<Record>) -> Self {
        self.records.put_before(with_days(records));
        self.kept = self.kept.after::<Scales>();
        self
    }

    /// Whether no day was read or written since one of both was copied from the other. It costs next to nothing, so that what
    /// was worked out of all days can be kept until it is no longer right.
    pub(crate) fn has_same_days(&self, other: &Self) -> bool {
        self.days.is_same(&other.days) && self.records.is_same(&other.records)
    }

    /// The records of `date`, in the order (moment, id).
    pub fn records(&self, date: NaiveDate) -> &[Record] {
        self.records.get(date).map_or(&[], OneDay::entries)
    }

    /// The records from `from` to `to`, both included, in order.
    pub fn records_between(
        &self,
        from: NaiveDate,
        to: NaiveDate,
    ) -> impl DoubleEndedIterator<Item = &Record> {
        let days = self.records.between(from, to);
        days.flat_map(by_day::OneDay::entries)
    }

    /// The days from `from` to `to` that have records, both included, with them.
    pub(crate) fn record_days_between(
        &self,
        from: NaiveDate,
        to: NaiveDate,
    ) -> impl DoubleEndedIterator<Item = (NaiveDate, &[Record])> {
        let days = self.records.between(from, to);
        days.map(|day| (day.date(), day.entries()))
    }

    /// Shows the records of `kinds` of each day from `from` to `to` that has any to `look`, oldest first. Nothing stays unpacked,
    /// and records of other kinds never are.
    pub(crate) fn pick_records(
        &self,
        from: NaiveDate,
        to: NaiveDate,
        kinds: &[Kind],
        look: impl FnMut(NaiveDate, &[Record]),
    ) {
        let sorts = kinds.iter().map(|kind| by_day::sort_of(*kind));
        let sorts = sorts.fold(0, |all, sort| all | sort);
        self.records.pick(from, to, sorts, look);
    }

    /// Shows what the check-ins of each day from `from` to `to` were rated with to `look`, oldest first. Nothing is unpacked.
    pub(crate) fn glimpse<'a>(
        &'a self,
        from: NaiveDate,
        to: NaiveDate,
        look: impl FnMut(NaiveDate, &[Glimpse<'a>]),
    ) {
        self.days.glimpse(from, to, look);
    }

    /// What was worked out of these days.
    pub(crate) const fn kept(&self) -> &Kept {
        &self.kept
    }

    /// Shows the kind of each record of the days from `from` to `to`, both included.
    pub(crate) fn kinds_between(&self, from: NaiveDate, to: NaiveDate, see: impl FnMut(Kind)) {
        self.records.kinds_between(from, to, see);
    }

    /// Every record of one kind that belongs to a day, in order.
    pub fn records_of(&self, kind: Kind) -> impl DoubleEndedIterator<Item = &Record> {
        let days = self.records.with_sort(by_day::sort_of(kind));
        let all = days.flat_map(OneDay::entries);
        all.filter(move |record| record.kind == kind)
    }

    /// Shows every record of one kind that belongs to a day to `look`, oldest first, and leaves none of them unpacked.
    pub(crate) fn look_through_records_of(&self, kind: Kind, mut look: impl FnMut(&Record)) {
        self.pick_records(NaiveDate::MIN, NaiveDate::MAX, &[kind], |_, records| {
            records.iter().for_each(&mut look);
        });
    }

    /// Every record of one kind about one thing that belongs to a day, in order. Days without any are not looked at, so that a
    /// thing of which there is little costs little.
    pub(crate) fn records_about<'a>(
        &'a self,
        kind: Kind,
        about: &str,
    ) -> impl DoubleEndedIterator<Item = &'a Record> + use<'a> {
        let about: Arc<str> = about.into();
        let sort = by_day::sort_of(kind);
        let days = self.records.with_text(sort, Arc::clone(&about));
        let all = days.flat_map(OneDay::entries);
        all.filter(move |record| record.kind == kind && record.about() == Some(&about))
    }

    /// The records without a day of one kind, in the order in which they were written.
    pub fn standing(&self, kind: Kind) -> Vec<&Record> {
        let mut standing: Vec<&Record> = self.standing.iter().filter(|r| r.kind == kind).collect();
        // Ids begin with the time of writing.
        standing.order_by_key(|record| record.id);
        standing
    }

    /// The mark at an entry that is not as it was written. A person sees it beside what the entry holds now.
    pub(crate) fn mark_of(&self, id: EntryId) -> Option<String> {
        let differs = self.differing.contains(&id);
        differs.then(|| "does not match its sum".to_owned())
    }

    /// The record with this id, if its day is here.
    pub fn record(&self, id: EntryId) -> Option<&Record> {
        let mut standing = self.standing.iter();
        standing
            .find(|record| record.id == id)
            .or_else(|| self.records.entry(id))
    }

    /// The days with records, oldest first.
    pub fn record_days(&self) -> impl DoubleEndedIterator<Item = NaiveDate> {
        self.records.dates()
    }

    /// The first day with an entry in the whole file.
    pub(crate) fn first_entry(&self) -> Option<NaiveDate> {
        [self.first_day, self.first_record]
            .into_iter()
            .flatten()
            .min()
    }

    /// Whether `date` has been read.
    pub(crate) fn covers(&self, date: NaiveDate) -> bool {
        match self.coverage {
            Coverage::Whole => true,
            Coverage::Since(first) => date >= first,
        }
    }

    /// Whether there is neither an attempt nor an entry: the first run.
    pub fn is_empty(&self) -> bool {
        let has_days =
            self.first_entry().is_some() || !self.days.is_empty() || !self.records.is_empty();
        self.attempts.is_empty() && !has_days && self.standing.is_empty()
    }

    /// Days with check-ins, oldest first.
    pub fn days(&self) -> impl DoubleEndedIterator<Item = &Day> {
        self.days.iter()
    }

    /// Days with check-ins from `from` to `to`, both included.
    pub fn between(&self, from: NaiveDate, to: NaiveDate) -> impl DoubleEndedIterator<Item = &Day> {
        self.days.between(from, to)
    }

    /// The dates of the days with check-ins, oldest first.
    pub(crate) fn check_in_days(&self) -> impl DoubleEndedIterator<Item = NaiveDate> {
        self.days.dates()
    }

    /// The day at `date`, if it has a check-in.
    pub fn day(&self, date: NaiveDate) -> Option<&Day> {
        self.days.get(date)
    }

    /// The check-ins of `date`, in order.
    pub fn check_ins(&self, date: NaiveDate) -> &[CheckIn] {
        self.day(date).map_or(&[], |day| &day.check_ins)
    }

    /// The check-in with this id, if its day is here.
    pub(crate) fn check_in(&self, id: EntryId) -> Option<&CheckIn> {
        self.days.entry(id)
    }

    /// Whether any check-in has an answer for `symptom`: a symptom that is switched off keeps its history.
    pub(crate) fn was_answered(&self, symptom: SymptomKey) -> bool {
        self.days.has_answer(symptom)
    }

    /// Whether there is no check-in but perhaps one. The days tell, so that none is unpacked for it.
    pub(crate) fn has_at_most_one_check_in(&self) -> bool {
        let mut days = self.check_in_days();
        match (days.next(), days.next()) {
            (None, _) => true,
            (Some(only), None) => self.check_ins(only).len() <= 1,
            (Some(_), Some(_)) => false,
        }
    }

    /// What `work_out` gives of the records of each month, or gave of it `before`.
    pub(crate) fn by_month<T: Clone>(
        &self,
        before: Option<&ByMonth<T>>,
        work_out: impl Fn(Month<'_>) -> T,
    ) -> ByMonth<T> {
        self.records.by_month(before, work_out)
    }

    /// The last day with a check-in.
    pub(crate) fn last_day(&self) -> Option<NaiveDate> {
        self.days.last_date()
    }

    /// The most recent answer for `symptom` before the moment `before_utc` (and other than in `except`), with its day.
    /// Brief check-ins have none and are thereby skipped.
    fn last_answer(
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
}

impl Journal {
    /// The moment that a check-in gets when `draft` is saved `now`.
    pub fn moment_of(&self, draft: &CheckInDraft, now: &Now) -> Moment {
        let stored = self
            .check_in(draft.id)
            .filter(|_| draft.intent == Intent::Edit);
        self.moment_for(
            draft.day,
            draft.at.map(|at| Named {
                at,
                without_time: draft.without_time,
            }),
            stored.map(|stored| &stored.moment),
            now,
        )
    }

    /// The moment of an entry for `day` that is saved `now`: `named` by the person; now, while the day lasts and for
    /// eight hours after it; else the day alone, by its noon. `stored` is the moment of an edited entry.
    pub(crate) fn moment_for(
        &self,
        day: NaiveDate,
        named: Option<Named>,
        stored: Option<&Moment>,
        now: &Now,
    ) -> Moment {
        let day_end = self.settings.day_end;
        let ends = end_of_day(day, &now.zone, day_end);
        // Eight hours: after a night without sleep the day that ended is still "today" for the person.
        let is_near = day <= now.today(day_end) && now.at < ends + TimeDelta::hours(8);
        let noon = NaiveTime::from_hms_opt(12, 0, 0).unwrap_or_default();
        let named = named.unwrap_or_else(|| Named {
            at: if is_near {
                now.at
            } else {
                now.zone.resolve(day.and_time(noon)).at
            },
            without_time: !is_near,
        });
        let moment = Moment {
            without_time: named.without_time,
            ..Moment::on_day(day, named.at, now, day_end)
        };
        match stored {
            // An edit changes neither whether the entry was written late nor the zone it was written in.
            Some(stored) => Moment {
                late: stored.late,
                zone: Arc::clone(&stored.zone),
                ..moment
            },
            None => moment,
        }
    }
}

impl Journal {
    /// The sitting that fills in `draft`, with each symptom's answer before `at_utc`.
    pub(crate) fn sitting(&self, draft: CheckInDraft, at_utc: i64) -> Sitting {
        let id = draft.id;
        let settings = &self.settings;
        // What it was taken for, then the person's own order, then the favourites.
        let own = settings.symptom_order.iter();
        let own = own.chain(&settings.favourite_series).map(String::as_str);
        let first = taken_for::first(self).into_iter().chain(own);
        let resting = self.symptoms.iter().filter(|symptom| {
            draft.form == Form::Full
                && !resting::asks_on(draft.day)
                && resting::rests(self, symptom, draft.day)
        });
        // What an edited check-in asked stays in sight, also where it was left blank, rests or is switched off since.
        let edited = self.check_in(id).filter(|_| draft.intent == Intent::Edit);
        let held = edited.map(|check_in| {
            let ratings = check_in.ratings.iter();
            let asked = ratings.filter_map(|rating| self.symptoms.by_key(rating.symptom));
            asked.map(|symptom| symptom.code.as_str()).collect()
        });
        let arranged = Arranged {
            first: first.collect(),
            resting: resting.map(|symptom| symptom.code.as_str()).collect(),
            held,
            asks_good: draft.intent == Intent::Add && settings.something_good == OptionalLine::On,
            asks_sleep: draft.intent == Intent::Add && settings.sleep_line == OptionalLine::On,
        };
        Sitting::new(draft, &self.symptoms, &arranged, |symptom| {
            self.last_answer(symptom, at_utc, id)
        })
    }

    /// The draft that edits the check-in with this id: the one among `drafts`, else a new one. `None` when the check-in is
    /// not there any more.
    pub(crate) fn edit_of(&self, id: EntryId, drafts: &[CheckInDraft]) -> Option<CheckInDraft> {
        let draft = drafts.iter().find(|draft| draft.id == id).cloned();
        draft.or_else(|| Some(CheckInDraft::of(self.check_in(id)?, &self.symptoms)))
    }
}
