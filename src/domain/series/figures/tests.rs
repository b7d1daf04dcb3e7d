//! What is kept of a long stretch is what a look at each of its days finds, whatever is written in between.
#![expect(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

use super::{Figures, LONG};
use crate::domain::check_in::CheckIn;
use crate::domain::check_in::severity::Totals;
use crate::domain::demo;
use crate::domain::dose::day_without;
use crate::domain::id::EntryId;
use crate::domain::journal::change::Change;
use crate::domain::journal::{Coverage, Day, Journal};
use crate::domain::record::Record;
use crate::domain::record::kind::Kind;
use crate::domain::series::Series;
use crate::domain::series::logged::logged;
use crate::domain::series::stats::{day_values, unindexed};
use crate::domain::taper::staircase;
use crate::domain::time::span::Span;
use crate::domain::time::{Now, Zone};
use crate::domain::trends::event_marks::events;
use crate::domain::trends::marks::Marks;
use chrono::{DateTime, Days, NaiveDate};
use proptest::prelude::{Strategy, any, proptest};
use proptest::{collection, prop_assert_eq};

/// A made-up journal, with the day that it ends on.
fn made_up(days: u32, seed: u64, a_day: Option<u32>) -> (Journal, NaiveDate) {
    let at = DateTime::parse_from_rfc3339("2026-11-22T20:00:00Z").unwrap();
    let now = Now::new(at.to_utc(), Zone::fixed(*at.offset()));
    let plan = demo::Plan {
        a_day,
        ..demo::Plan::usual(days, seed)
    };
    let mut journal = Journal::default();
    let (mut check_ins, mut records, mut standing) = (Vec::new(), Vec::new(), Vec::new());
    let mut attempts = journal.attempts.clone();
    for change in demo::changes(plan, &now) {
        match change {
            Change::RecordCheckIn(check_in) => check_ins.push(check_in),
            Change::Record(record) if record.day().is_some() => records.push(record),
            Change::Record(record) => standing.push(record),
            Change::RecordAttempt(attempt) => attempts = attempts.with(attempt),
            _ => {}
        }
    }
    check_ins.sort_by_key(|check_in| check_in.moment.day);
    let by_day = check_ins.chunk_by(|a, b| a.moment.day == b.moment.day);
    let by_day = by_day.map(|day| Day::new(day[0].moment.day, day.to_vec()));
    journal = journal.with_days(by_day.collect(), Coverage::Whole);
    journal = journal.with_records(records);
    journal.standing = standing.into();
    journal.attempts = attempts;
    let today = now.today(journal.settings.day_end);
    (journal, today)
}

/// What is written on a day: what another one has, with so many of each check-in's ratings left and that many times.
#[derive(Debug, Clone)]
struct Edit {
    day: u64,
    like: u64,
    ratings: usize,
    has_note: bool,
    times: u8,
}

fn edits() -> impl Strategy<Value = Vec<Edit>> {
    let one = (0..300_u64, 0..300_u64, 0..25_usize, any::<bool>(), 0..3_u8);
    let one = one.prop_map(|(day, like, ratings, has_note, times)| Edit {
        day,
        like,
        ratings,
        has_note,
        times,
    });
    collection::vec(one, 1..6)
}

fn edited(journal: &Journal, today: NaiveDate, edit: &Edit) -> Journal {
    let [day, like] = [edit.day, edit.like].map(|back| today - Days::new(back));
    let id = |id: EntryId, time: u8| {
        let mut bytes = *id.as_bytes();
        bytes[15] ^= time;
        EntryId::from_bytes(bytes)
    };
    let (mut check_ins, mut records): (Vec<CheckIn>, Vec<Record>) = (Vec::new(), Vec::new());
    for time in 0..edit.times {
        for check_in in journal.check_ins(like) {
            let mut new = check_in.clone();
            new.id = id(new.id, time);
            new.moment.day = day;
            new.ratings = new.ratings.iter().copied().take(edit.ratings).collect();
            new.totals = Totals::of(&new.ratings, &journal.symptoms);
            new.note = edit.has_note.then(|| "A note.".into());
            check_ins.push(new);
        }
        for record in journal.records(like) {
            let mut new = record.clone();
            new.id = id(new.id, time);
            let moment = new.moment.as_mut().unwrap();
            moment.day = day;
            records.push(new);
        }
        let dose = journal
            .records(like)
            .iter()
            .find(|it| it.kind == Kind::Dose);
        if let Some(dose) = dose.filter(|_| edit.ratings.is_multiple_of(2)) {
            // Without a dose beside it, it counts.
            records.retain(|it| it.kind != Kind::Dose || edit.ratings.is_multiple_of(4));
            let mut moment = dose.moment.clone().unwrap();
            moment.day = day;
            let without = Record::new(id(dose.id, 7), Kind::DayWithout, Some(moment), dose.about());
            records.push(without);
        }
    }
    let fresh = journal.clone().with_fresh(vec![Day::new(day, check_ins)]);
    fresh.with_fresh_records(vec![(day, records)])
}

fn compare(journal: &Journal, span: Span, today: NaiveDate) {
    let mut all = Series::all(&journal.symptoms);
    all.extend(logged(journal).iter().map(|it| it.series));
    for series in all {
        let each: Vec<Option<f64>> = span
            .days()
            .map(|day| crate::domain::series::value(journal, series, day))
            .collect();
        assert_eq!(day_values(journal, series, span), each, "{series:?}");
        let day = |date: NaiveDate| journal.day(date);
        let figures = Figures::of(journal, series);
        let hollow = span
            .days()
            .map(|it| day(it).is_some_and(|it| series.hollow(it).is_some()));
        assert!(figures.hollow(span).eq(hollow), "{series:?}");
        let worst = span
            .days()
            .filter_map(|it| Some(series.worst_of_day(day(it)?)?.value));
        let highest = each
            .iter()
            .flatten()
            .copied()
            .chain(worst)
            .fold(0.0, f64::max);
        assert_eq!(
            figures.highest(span).total_cmp(&highest),
            std::cmp::Ordering::Equal,
            "{series:?}"
        );
        let in_part = span.days().filter_map(day);
        let in_part = in_part
            .filter(|it| series.is_in_part(it, &journal.symptoms))
            .count();
        assert_eq!(figures.in_part(span), in_part, "{series:?}");
        // Put together of stretches that are looked at day by day.
        let mut counted = [0, 0];
        for date in span.days() {
            let one = unindexed(
                journal,
                series,
                Span {
                    from: date,
                    to: date,
                },
            );
            counted = [counted[0] + one.overall_only, counted[1] + one.few_answers];
        }
        assert_eq!(figures.unindexed(span), counted, "{series:?}");
    }
    let all: Vec<Record> = journal
        .record_days()
        .flat_map(|day| journal.records(day))
        .cloned()
        .collect();
    let mut anew = Journal::default().with_records(all);
    anew.standing = std::sync::Arc::clone(&journal.standing);
    assert_eq!(logged(journal), logged(&anew));
    let marks = Marks::of(journal, span, today);
    let expected = events(journal, span, today);
    let places = 0..marks.all().len();
    assert_eq!(marks.events(journal, places.clone()), expected);
    let few = places.end / 3..places.end / 2;
    assert_eq!(marks.events(journal, few.clone()), expected[few]);
    for product in staircase::products(journal, today) {
        let stairs = staircase::kept(journal, &product, span, today);
        assert_eq!(
            *stairs,
            staircase::staircase(journal, &product, span, today)
        );
        let amounts = span.days().map(|day| {
            let amount = day_without::amount_on(journal, &product, day);
            amount.map(crate::domain::amount::Amount::number)
        });
        assert!(
            stairs.numbers().map(|(_, used)| used).eq(amounts),
            "{}",
            product.code
        );
    }
}

proptest! {
    #![proptest_config(proptest::prelude::ProptestConfig::with_cases(8))]
    #[test]
    fn what_is_kept_of_a_long_stretch_is_what_its_days_have_after_every_change(
        days in 80_u32..300, seed in 0..99_u64, a_day in proptest::option::of(1..4_u32), edits in edits(), before in 0..12_u32
    ) {
        let (mut journal, today) = made_up(days, seed, a_day);
        // Beyond the days that there are too.
        let span = Span { from: today - Days::new(u64::from(days - before)), to: today + Days::new(9) };
        prop_assert_eq!(span.len() >= LONG, true);
        compare(&journal, span, today);
        for edit in edits {
            journal = edited(&journal, today, &edit);
            compare(&journal, span, today);
        }
    }
}
