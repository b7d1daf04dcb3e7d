//! Days go in and come out in order, and little of a long journal is unpacked.
#![expect(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

use super::by_month::{ByMonth, Month};
use super::{ByDay, DayRecords, Gathering, OneDay, Reader, Writer};
use crate::domain::care::{measurement, urge};
use crate::domain::check_in::rating::Rating;
use crate::domain::check_in::symptom::{Severity, SymptomKey};
use crate::domain::demo;
use crate::domain::entry::today;
use crate::domain::id::EntryId;
use crate::domain::journal::change::Change;
use crate::domain::journal::{Coverage, Journal};
use crate::domain::record::kind::Kind;
use crate::domain::record::{Record, key};
use crate::domain::series::Series;
use crate::domain::series::stats::day_values;
use crate::domain::taper::staircase;
use crate::domain::time::span::Span;
use crate::domain::time::{Now, Zone};
use crate::domain::trends::marks::Marks;
use chrono::{DateTime, Days, NaiveDate};
use proptest::prelude::{Strategy, proptest};
use proptest::{collection, prop_assert, prop_assert_eq};
use std::cell::Cell;
use std::collections::BTreeMap;
use std::sync::Arc;

#[derive(Debug, Clone, PartialEq)]
struct Numbers(NaiveDate, Arc<[i64]>);

impl OneDay for Numbers {
    type Entry = i64;

    fn with(date: NaiveDate, entries: Arc<[i64]>) -> Self {
        Self(date, entries)
    }
    fn date(&self) -> NaiveDate {
        self.0
    }
    fn entries(&self) -> &[i64] {
        &self.1
    }
    fn place(entry: &i64) -> (i64, EntryId) {
        (
            *entry,
            EntryId::from_bytes([u8::try_from(*entry).unwrap(); 16]),
        )
    }
    fn sort(entry: &i64) -> u64 {
        1 << *entry
    }
    fn pack(entry: &i64, _: NaiveDate, out: &mut Writer) {
        out.signed(*entry);
    }
    fn unpack(_: NaiveDate, from: &mut Reader<'_>) -> Option<i64> {
        from.signed()
    }
}

fn date(days: u64) -> NaiveDate {
    NaiveDate::default() + Days::new(days)
}

/// Few enough days that some come twice, over several years.
fn entries() -> impl Strategy<Value = Vec<(u64, i64)>> {
    collection::vec(((0..40_u64).prop_map(|n| n * 31), 0..9_i64), 0..60)
}

fn gathered(entries: &[(u64, i64)]) -> ByDay<Numbers> {
    let mut gathering = Gathering::default();
    for (day, number) in entries {
        gathering.add(date(*day), *number);
    }
    gathering.days()
}

/// Packed, and as the few days of a start are kept.
fn both(entries: &[(u64, i64)]) -> [ByDay<Numbers>; 2] {
    let few = entries.iter().map(|(day, number)| (date(*day), *number));
    [gathered(entries), ByDay::of_few(few.collect())]
}

fn sorted(entries: &[(u64, i64)]) -> BTreeMap<NaiveDate, Vec<i64>> {
    let mut by_day: BTreeMap<NaiveDate, Vec<i64>> = BTreeMap::new();
    for (day, number) in entries {
        by_day.entry(date(*day)).or_default().push(*number);
    }
    for numbers in by_day.values_mut() {
        numbers.sort_unstable();
    }
    by_day
}

fn read<'a>(days: impl Iterator<Item = &'a Numbers>) -> Vec<(NaiveDate, Vec<i64>)> {
    days.map(|day| (day.0, day.1.to_vec())).collect()
}

proptest! {
    #[test]
    fn entries_in_any_order_come_out_by_day_and_in_order(entries in entries(), from in 0..1300_u64, to in 0..1300_u64) {
        let (from, to) = (date(from), date(to));
        for days in both(&entries) {
        let expected = sorted(&entries);
        prop_assert_eq!(read(days.iter()), expected.clone().into_iter().collect::<Vec<_>>());
        let within = expected.iter().filter(|(day, _)| (from..=to).contains(day));
        let within: Vec<_> = within.map(|(day, numbers)| (*day, numbers.clone())).collect();
        prop_assert_eq!(read(days.between(from, to)), within);
        prop_assert_eq!(days.dates().collect::<Vec<_>>(), expected.keys().copied().collect::<Vec<_>>());
        for number in 0..9 {
            let has_it = |numbers: &[i64]| numbers.contains(&number);
            let with_sort = days.with_sort(1 << number).filter(|day| has_it(&day.1));
            let with_it: Vec<_> = expected.iter().filter(|(_, numbers)| has_it(numbers)).map(|(day, _)| *day).collect();
            let id = Numbers::place(&number).1;
            prop_assert_eq!(days.entry(id).copied(), with_it.last().map(|_| number));
            prop_assert_eq!(with_sort.map(|day| day.0).collect::<Vec<_>>(), with_it);
        }
        prop_assert_eq!(days.get(from).map(|day| day.1.to_vec()), expected.get(&from).cloned());
        prop_assert_eq!(days.first_date(), expected.keys().next().copied());
        prop_assert_eq!(days.last_date(), expected.keys().next_back().copied());
        }
    }

    #[test]
    fn entries_of_days_before_all_others_are_put_before_them(
        entries in collection::vec((0..90_u64, 0..9_i64), 0..60), cut in 0..90_u64
    ) {
        let (before, after): (Vec<_>, Vec<_>) = entries.iter().partition(|(day, _)| *day < cut);
        let dated = |entries: Vec<(u64, i64)>| entries.into_iter().map(|(day, number)| (date(day), number)).collect();
        let mut days: ByDay<Numbers> = ByDay::of_few(dated(after));
        days.put_before(dated(before));
        prop_assert_eq!(read(days.iter()), sorted(&entries).into_iter().collect::<Vec<_>>());
        prop_assert_eq!(read(days.between(date(0), date(90))), read(days.iter()));
    }

    #[test]
    fn the_kinds_of_records_are_told_without_unpacking_them(
        records in collection::vec((0..1300_u64, 0..Kind::ALL.len()), 0..40), from in 0..1300_u64, to in 0..1300_u64
    ) {
        let mut gathering: Gathering<DayRecords> = Gathering::default();
        let mut expected = [0; Kind::ALL.len()];
        let (from, to) = (date(from), date(to));
        for (at, (day, kind)) in (0..).zip(records) {
            let id = EntryId::from_bytes([at; 16]);
            gathering.add(date(day), Record::new(id, Kind::ALL[kind], None, None));
            expected[kind] += usize::from((from..=to).contains(&date(day)));
        }
        let days = gathering.days();
        let mut told = [0; Kind::ALL.len()];
        days.kinds_between(from, to, |kind| told[kind as usize] += 1);
        prop_assert_eq!(told, expected);
        prop_assert_eq!(days.unpacked(), 0);
    }

    #[test]
    fn a_day_that_is_put_takes_the_place_of_its_date_and_an_empty_one_removes_it(
        entries in entries(), put in collection::vec((0..1300_u64, collection::vec(0..9_i64, 0..2)), 0..12)
    ) {
        for mut days in both(&entries) {
        let mut expected = sorted(&entries);
        let before = days.clone();
        for (day, numbers) in put.clone() {
            days.put(Numbers(date(day), numbers.clone().into()));
            if numbers.is_empty() {
                expected.remove(&date(day));
            } else {
                expected.insert(date(day), numbers);
            }
        }
        prop_assert_eq!(days.is_empty(), expected.is_empty());
        prop_assert_eq!(read(days.iter()), expected.into_iter().collect::<Vec<_>>());
        prop_assert!(before.clone().is_same(&before));
        prop_assert!(days == before || !days.is_same(&before), "another day is seen");
        prop_assert_eq!(before, gathered(&entries), "a clone is not touched");
        }
    }
}

/// Three years as a file is read, with the moment at which they end.
fn three_years() -> (Journal, Now) {
    let at = DateTime::parse_from_rfc3339("2026-11-22T20:00:00Z").unwrap();
    let now = Now::new(at.to_utc(), Zone::fixed(*at.offset()));
    let (mut days, mut records) = (Gathering::default(), Gathering::default());
    let mut standing = Vec::new();
    let plan = demo::Plan {
        a_day: Some(2),
        ..demo::Plan::usual(3 * 365, 1)
    };
    for change in demo::changes(plan, &now) {
        match change {
            Change::RecordCheckIn(check_in) => days.add(check_in.moment.day, check_in),
            Change::Record(record) => match record.day() {
                Some(day) => records.add(day, record),
                None => standing.push(record),
            },
            _ => {}
        }
    }
    let mut journal = Journal::default().with_all(days, records, Coverage::Whole);
    journal.standing = standing.into();
    (journal, now)
}

#[test]
fn today_unpacks_the_months_that_it_shows_and_no_others() {
    let (journal, now) = three_years();
    assert_eq!(
        (journal.days.unpacked(), journal.records.unpacked()),
        (0, 0)
    );
    assert!(!today::lines(&journal, &now).is_empty());
    journal.missing_days(now.today(journal.settings.day_end));
    let unpacked = (journal.days.unpacked(), journal.records.unpacked());
    assert!(unpacked.0 <= 2 && unpacked.1 <= 3, "{unpacked:?}");
}

#[test]
fn an_entry_is_found_by_its_id_and_nothing_else_stays_unpacked_for_it() {
    let (journal, _) = three_years();
    let (check_in, record) = {
        let (again, _) = three_years();
        let check_in = again.days().nth(100).unwrap().check_ins[0].clone();
        let record = again.records_of(Kind::Dose).nth(100).unwrap().clone();
        (check_in, record)
    };
    assert_eq!(journal.check_in(check_in.id), Some(&check_in));
    assert_eq!(journal.record(record.id), Some(&record));
    assert_eq!(journal.record(EntryId::from_bytes([1; 16])), None);
    assert_eq!(
        (journal.days.unpacked(), journal.records.unpacked()),
        (1, 1)
    );
}

#[test]
fn a_month_that_could_have_an_id_and_has_it_not_is_packed_again() {
    // The id of 4 lies between the least and the greatest of each month.
    let entries = [(0, 0), (0, 8), (31, 0), (31, 4), (31, 8), (62, 0), (62, 8)];
    let days = gathered(&entries);
    assert_eq!(days.entry(Numbers::place(&4).1), Some(&4));
    assert_eq!(days.entry(Numbers::place(&5).1), None);
    assert_eq!(days.unpacked(), 1);
}

#[test]
fn what_is_about_one_thing_is_what_a_look_at_everything_finds() {
    let (journal, _) = three_years();
    for kind in [Kind::Dose, Kind::Intake, Kind::Practice, Kind::Purchase] {
        let all: Vec<_> = journal.records_of(kind).collect();
        let about = all.iter().filter_map(|record| record.about());
        let mut about: Vec<&str> = about.collect();
        about.sort_unstable();
        about.dedup();
        for thing in about.into_iter().chain(["no such thing"]) {
            let its: Vec<_> = journal.records_about(kind, thing).collect();
            let expected = all.iter().filter(|record| record.about() == Some(thing));
            assert_eq!(
                its,
                expected.copied().collect::<Vec<_>>(),
                "{kind:?} {thing}"
            );
        }
    }
}

#[test]
fn which_series_there_are_is_told_without_a_month_that_stays_unpacked() {
    let (journal, _) = three_years();
    let offered = Series::offered(&journal);
    assert!(offered.contains(&Series::Doses) && offered.contains(&Series::Urges));
    assert_eq!(journal.records.unpacked(), 0);
}

#[test]
fn what_care_folds_is_what_every_record_says_and_leaves_hardly_a_month_unpacked() {
    let (journal, _) = three_years();
    let folded: Vec<_> = measurement::latest(&journal)
        .into_iter()
        .map(|record| record.id)
        .collect();
    let helped = urge::what_helped(&journal);
    // The months in which the latest ones lie.
    assert!(journal.records.unpacked() <= folded.len());
    let mut latest: Vec<&Record> = Vec::new();
    for record in journal.records_of(Kind::Measurement).rev() {
        if latest.iter().all(|other| other.about() != record.about()) {
            latest.push(record);
        }
    }
    let latest: Vec<_> = latest.into_iter().map(|record| record.id).collect();
    assert!(latest.len() > 1);
    assert_eq!(folded, latest);
    let urges = journal.records_of(Kind::Urge);
    let noted = urges.filter(|urge| urge.text(key::HELPED).is_some());
    let counted: usize = helped.iter().map(|(_, n)| n).sum();
    assert_eq!(counted, noted.count());
}

#[test]
fn a_long_view_of_everything_leaves_no_month_unpacked() {
    let (journal, now) = three_years();
    let today = now.today(journal.settings.day_end);
    let span = Span {
        from: journal.check_in_days().next().unwrap(),
        to: today,
    };
    for series in [
        Series::Severity,
        Series::Overall,
        Series::Doses,
        Series::Urges,
    ] {
        let values = day_values(&journal, series, span);
        assert!(values.iter().flatten().count() > 100, "{series:?}");
    }
    assert!(!Marks::of(&journal, span, today).all().is_empty());
    for product in staircase::products(&journal, today) {
        assert!(staircase::kept(&journal, &product, span, today).has_any());
    }
    assert!(!journal.has_at_most_one_check_in());
    assert_eq!(
        (journal.days.unpacked(), journal.records.unpacked()),
        (0, 0)
    );
}

#[test]
fn a_symptom_was_answered_where_a_check_in_has_an_answer_for_it_and_not_where_it_was_left_blank() {
    let (mut journal, _) = three_years();
    let mut day = journal.days().nth(100).unwrap().clone();
    let mut check_in = day.check_ins[0].clone();
    // Two that have the sort of others, of which one is left blank.
    let far = |symptom, answer| Rating {
        symptom: SymptomKey(symptom),
        answer,
        copied: false,
    };
    let asked = [far(64, Severity::new(2)), far(66, None)];
    check_in.ratings = check_in.ratings.iter().copied().chain(asked).collect();
    day.check_ins = [check_in].into();
    journal.days.put(day);
    for key in 0..200 {
        let key = SymptomKey(key);
        let mut check_ins = journal.days().flat_map(|day| day.check_ins.iter());
        let expected = check_ins.any(|check_in| check_in.answer(key).is_some());
        assert_eq!(journal.was_answered(key), expected, "{key:?}");
    }
    assert!(journal.was_answered(SymptomKey(64)) && !journal.was_answered(SymptomKey(66)));
}

#[test]
fn after_a_change_only_its_month_is_looked_at_again() {
    let (journal, _) = three_years();
    let looked_at = Cell::new(0);
    let count = |month: Month<'_>| {
        looked_at.set(looked_at.get() + 1);
        month.days().map(<[_]>::len).sum::<usize>()
    };
    let before = journal.by_month(None, count);
    let months = looked_at.replace(0);
    assert!(months >= 36);
    let day = journal.record_days().nth(500).unwrap();
    let was = journal.records(day).len();
    let after = journal.clone().with_fresh_records(vec![(day, Vec::new())]);
    let after = after.by_month(Some(&before), count);
    assert_eq!(looked_at.get(), 1);
    let sum = |all: &ByMonth<usize>| all.iter().sum::<usize>();
    assert_eq!(sum(&after) + was, sum(&before));
}
