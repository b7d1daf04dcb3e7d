//! The same days of an earlier attempt: two attempts that went alike, day by day, are never told apart, on no face and no weekday.
#![allow(clippy::unwrap_used, missing_docs)]

mod app;
#[path = "cli/house.rs"]
#[expect(dead_code, reason = "each test file uses its own part")]
mod house;

use app::App;
use chrono::{DateTime, Days, FixedOffset, NaiveDate};
use ebbtide::domain::attempt::{Attempt, Attempts, Method};
use ebbtide::domain::check_in::symptom::{Severity, Symptoms};
use ebbtide::domain::check_in::{Answer, CheckIn, CheckInDraft, Form, Overall};
use ebbtide::domain::id::{EntryId, IdSource};
use ebbtide::domain::journal::change::Change;
use ebbtide::domain::journal::{Coverage, Day, Journal};
use ebbtide::domain::series::Series;
use ebbtide::domain::series::stats::{Comparison, EarlierAttempt, against_week_ago, compare};
use ebbtide::domain::time::display::Manner;
use ebbtide::domain::time::{DayEnd, Moment, Now, Zone};
use ebbtide::domain::trends::week_of;
use ebbtide::store::{Seed, Store};
use house::House;
use proptest::prelude::*;

/// Day 0 of the two attempts, both a Thursday: six weeks apart.
const ZEROS: [&str; 2] = ["2026-09-03", "2026-10-15"];
/// Falls from day to day, so that a mean of early days is never that of later ones.
const FALLING: [u8; 15] = [4, 4, 4, 4, 4, 3, 3, 3, 2, 2, 2, 1, 1, 0, 0];

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn zeros() -> [NaiveDate; 2] {
    ZEROS.map(day)
}

fn attempts(zeros: [NaiveDate; 2]) -> Vec<Attempt> {
    let of = |(n, zero): (u8, NaiveDate)| Attempt {
        id: EntryId::from_bytes([n; 16]),
        began: zero,
        day_zero: Some(zero),
        method: Method::Stop,
        name: None,
        goal: None,
        ended: None,
    };
    (1..).zip(zeros).map(of).collect()
}

/// A check-in at noon, with one answer for all symptoms and twice that as the overall.
fn check_in(date: NaiveDate, each: u8, ids: &mut IdSource, symptoms: &Symptoms) -> CheckIn {
    let at: DateTime<FixedOffset> = format!("{date}T12:00:00+00:00").parse().unwrap();
    let mut draft = CheckInDraft::new(ids.next(at), Form::Full, date);
    draft.overall = Overall::new(2 * each);
    for symptom in symptoms.rated() {
        let severity = Severity::new(each).unwrap();
        let copied = false;
        let answer = Answer { severity, copied };
        draft.answers.insert(symptom.code.clone(), answer);
    }
    let now = Now::new(at.to_utc(), Zone::fixed(*at.offset()));
    let moment = Moment::on_day(date, at, &now, DayEnd::default());
    let asked: Vec<_> = symptoms.rated().map(|symptom| symptom.key).collect();
    draft
        .into_check_in(moment, asked.into_iter(), symptoms)
        .unwrap()
}

/// The check-ins of both attempts: the same values, on the days of each that are given.
fn check_ins(zeros: [NaiveDate; 2], values: &[u8], days: [&[usize]; 2]) -> Vec<CheckIn> {
    let symptoms = Symptoms::built_in();
    let mut ids = IdSource::new(4);
    let mut all = Vec::new();
    for (zero, days) in zeros.into_iter().zip(days) {
        for n in days {
            let date = zero + Days::new(*n as u64);
            all.push(check_in(date, values[*n], &mut ids, &symptoms));
        }
    }
    all
}

fn earlier(comparison: Comparison) -> Option<EarlierAttempt> {
    match comparison {
        Comparison::AcrossDayZero { earlier, .. } => earlier,
        _ => None,
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]
    #[test]
    fn two_attempts_that_went_alike_show_no_change_on_any_weekday(
        values in prop::collection::vec(0_u8..=4, 21),
        gaps in prop::collection::vec(prop::array::uniform2(prop::bool::weighted(0.2)), 21),
        // Each attempt begins on a weekday of its own. There are entries after today where now was given by hand.
        shift in prop::array::uniform2(0_u64..7), today in 0_usize..21,
    ) {
        let zeros = [0, 1].map(|n| zeros()[n] + Days::new(shift[n]));
        let held = |which: usize| -> Vec<usize> {
            (0..values.len()).filter(|n| !gaps[*n][which]).collect()
        };
        let (first, second) = (held(0), held(1));
        let mut journal = Journal::default();
        journal.attempts = Attempts::new(attempts(zeros));
        let days = check_ins(zeros, &values, [&first, &second]).into_iter();
        let days = days.map(|check_in| Day::new(check_in.moment.day, vec![check_in])).collect();
        let journal = journal.with_days(days, Coverage::Whole);
        let zero = zeros[1];
        let date = zero + Days::new(today as u64);
        let week = week_of(date, Manner::default());
        for series in [Series::Severity, Series::Body, Series::Overall] {
            let calendar = compare(&journal, series, week.earlier(7), week, date);
            let lately = against_week_ago(&journal, series, date);
            let from = usize::try_from((week.from - zero).num_days().max(0)).unwrap();
            for (comparison, from) in [(calendar, from), (lately, today.saturating_sub(6))] {
                let is_across = matches!(comparison, Comparison::AcrossDayZero { .. });
                let pairs: Vec<usize> = (from..=today)
                    .filter(|n| first.contains(n) && second.contains(n))
                    .collect();
                let Some(same) = earlier(comparison) else {
                    prop_assert!(!is_across || pairs.len() < 4, "{pairs:?}");
                    continue;
                };
                prop_assert!(same.change.value() == 0.0 && same.change.fine() == 0.0, "{same:?}");
                prop_assert_eq!(same.then, same.now);
                prop_assert_eq!(same.n, pairs.len());
                let ends = [pairs.first(), pairs.last()].map(|n| i64::try_from(*n.unwrap()).unwrap());
                prop_assert_eq!(same.days, (ends[0], ends[1]));
            }
        }
    }
}

/// A journal with both attempts on disk, every day of them but one of each.
fn two_alike() -> House {
    let house = House::new();
    let seed = Seed {
        now: DateTime::UNIX_EPOCH,
        journal: [1; 16],
        device: [2; 16],
    };
    let mut store = Store::create(&house.journal(), seed).unwrap();
    let all: Vec<usize> = (0..FALLING.len()).collect();
    let but = |gone: usize| -> Vec<usize> { all.iter().copied().filter(|n| *n != gone).collect() };
    let mut changes: Vec<Change> = attempts(zeros())
        .into_iter()
        .map(Change::RecordAttempt)
        .collect();
    let rated = check_ins(zeros(), &FALLING, [&but(2), &but(9)]);
    changes.extend(rated.into_iter().map(Change::RecordCheckIn));
    store.fill(&changes, DateTime::UNIX_EPOCH).unwrap();
    house
}

/// One blank for any run of them and of frames, so that a sentence is found where it is wrapped too.
fn flat(text: &str) -> String {
    let text = text.replace(['│', '║'], " ");
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[test]
fn two_attempts_that_went_alike_read_no_change_on_every_face_and_every_weekday() {
    let house = two_alike();
    // Each weekday, up to the last of two weeks that lie across day 0.
    for n in 6..=12_u64 {
        let date = day(ZEROS[1]) + Days::new(n);
        let now = format!("{date}T20:00:00+00:00");
        let said = |args: &[&str]| flat(&house.done(&[&["--now", &now], args].concat()).out);
        let week = week_of(date, Manner::default());
        let is_weekly = (date - week.from).num_days() >= 3 && week.from < day("2026-10-26");
        let talk = house.with_input(&["--now", &now, "--plain"], "today\ntrends\n");
        let mut faces = vec![said(&["status"]), flat(&talk.out), flat(&talk.err)];
        faces.retain(|face| face.contains("attempt 1"));
        assert_eq!(faces.len(), 2, "{date}\n{talk:?}");
        if is_weekly {
            faces.extend([
                said(&["trend", "severity"]),
                said(&["trend", "severity", "--plain"]),
                said(&["trend", "severity", "--view", "table"]),
                said(&["trend", "severity", "--view", "table", "--plain"]),
            ]);
            let json: serde_json::Value =
                serde_json::from_str(&said(&["trend", "severity", "--json"])).unwrap();
            let earlier = &json["series"][0]["comparison"]["earlier"];
            assert_eq!(earlier["change"], 0.0, "{date} {earlier}");
            assert_eq!(earlier["then"], earlier["now"], "{date}");
        }
        let mut app = App::over_file(&house.journal(), &now);
        app.press("1");
        faces.push(flat(&app.screen(120, 40)));
        if is_weekly {
            app.press("2");
            faces.push(flat(&app.screen(120, 40)));
        }
        for face in faces {
            assert!(face.contains("no change"), "{date}\n{face}");
            for word in [" more", "\u{25b2}", "\u{25bc}"] {
                let told = face.split("attempt 1").skip(1);
                let near = told.map(|rest| rest.chars().take(60).collect::<String>());
                let near: Vec<String> = near.filter(|near| near.contains(" now")).collect();
                assert!(near.iter().all(|near| !near.contains(word)), "{near:?}");
            }
        }
    }
}
