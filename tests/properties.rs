//! Laws over journals of any shape: a blank is never a 0, and nothing reaches across a day 0 or a missing day.
#![allow(clippy::unwrap_used, clippy::float_cmp, missing_docs)]

mod app;

use app::App;
use chrono::{DateTime, FixedOffset, NaiveDate, TimeDelta};
use ebbtide::domain::attempt::{Attempt, Attempts, Method};
use ebbtide::domain::check_in::symptom::{Severity, Symptoms};
use ebbtide::domain::check_in::{Answer, CheckIn, CheckInDraft, Form};
use ebbtide::domain::id::{EntryId, IdSource};
use ebbtide::domain::journal::change::Change;
use ebbtide::domain::journal::{Coverage, Day, Journal};
use ebbtide::domain::series;
use ebbtide::domain::series::Series;
use ebbtide::domain::series::middle_line::middle_line;
use ebbtide::domain::series::stats::{Comparison, NEEDED, compare, day_values, mean};
use ebbtide::domain::time::span::Span;
use ebbtide::domain::time::{DayEnd, Moment, Now, Zone};
use proptest::prelude::*;

fn date(n: i64) -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 11, 1).unwrap() + TimeDelta::days(n)
}

/// A check-in on day `n` with these answers to the rated symptoms; `None` is a blank.
fn check_in(ids: &mut IdSource, n: i64, answers: &[Option<u8>]) -> CheckIn {
    let symptoms = Symptoms::built_in();
    let at: DateTime<FixedOffset> = format!("{}T12:00:00+00:00", date(n)).parse().unwrap();
    let mut draft = CheckInDraft::new(ids.next(at), Form::Full, date(n));
    "so that it is never wholly blank".clone_into(&mut draft.note);
    for (symptom, answer) in symptoms.rated().zip(answers) {
        if let Some(number) = answer {
            let severity = Severity::new(*number).unwrap();
            draft.answers.insert(
                symptom.code.clone(),
                Answer {
                    severity,
                    copied: false,
                },
            );
        }
    }
    let now = Now::new(at.to_utc(), Zone::fixed(*at.offset()));
    let moment = Moment::on_day(date(n), at, &now, DayEnd::default());
    let asked: Vec<_> = symptoms.rated().map(|symptom| symptom.key).collect();
    draft
        .into_check_in(moment, asked.into_iter(), &symptoms)
        .unwrap()
}

fn attempt(zero: NaiveDate) -> Attempt {
    let id = EntryId::from_bytes([5; 16]);
    Attempt {
        id,
        began: zero,
        day_zero: Some(zero),
        method: Method::Stop,
        name: None,
        goal: None,
        ended: None,
    }
}

fn journal(entries: &[(i64, Vec<Option<u8>>)], zero: Option<i64>) -> Journal {
    let mut ids = IdSource::new(1);
    let mut days: Vec<Day> = Vec::new();
    for n in 0..60 {
        let of_day = entries.iter().filter(|(day, _)| *day == n);
        let check_ins = of_day
            .map(|(_, answers)| check_in(&mut ids, n, answers))
            .collect();
        days.push(Day::new(date(n), check_ins));
    }
    let mut journal = Journal::default().with_days(days, Coverage::Whole);
    journal.attempts = Attempts::new(zero.map(|n| attempt(date(n))).into_iter().collect());
    journal
}

fn answers() -> impl Strategy<Value = Vec<Option<u8>>> {
    prop::collection::vec(prop::option::weighted(0.6, 0_u8..5), 18)
}

fn entries() -> impl Strategy<Value = Vec<(i64, Vec<Option<u8>>)>> {
    prop::collection::vec((0_i64..30, answers()), 0..40)
}

/// 25 × the mean of what was answered, when at least half was; written down anew.
fn index(answers: &[Option<u8>]) -> Option<f64> {
    let given: Vec<f64> = answers.iter().flatten().map(|n| f64::from(*n)).collect();
    (given.len() * 2 >= answers.len())
        .then(|| 25.0 * given.iter().sum::<f64>() / given.len() as f64)
}

fn average(values: &[f64]) -> Option<f64> {
    (!values.is_empty()).then(|| values.iter().sum::<f64>() / values.len() as f64)
}

/// Equal but for the order in which the same numbers were added up.
fn same(one: &[Option<f64>], other: &[Option<f64>]) -> bool {
    one.len() == other.len()
        && one.iter().zip(other).all(|pair| match pair {
            (Some(one), Some(other)) => (one - other).abs() < 1e-9,
            (one, other) => one == other,
        })
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_day_value_is_the_mean_of_what_was_answered_and_blanks_add_nothing(entries in entries()) {
        let journal = journal(&entries, None);
        let first = Series::Symptom(journal.symptoms.rated().next().unwrap().key);
        for n in 0..30 {
            let of_day: Vec<_> = entries.iter().filter(|(day, _)| *day == n).map(|(_, answers)| answers).collect();
            let parts = [(Series::Severity, 0..18), (Series::Body, 0..10), (Series::Mind, 10..18)];
            for (series, items) in parts {
                let values: Vec<f64> = of_day.iter().filter_map(|answers| index(&answers[items.clone()])).collect();
                let close = match (series::value(&journal, series, date(n)), average(&values)) {
                    (Some(is), Some(wanted)) => (is - wanted).abs() < 1e-9,
                    (is, wanted) => is == wanted,
                };
                prop_assert!(close, "{series:?} on day {n}");
            }
            let values: Vec<f64> = of_day.iter().filter_map(|answers| answers[0]).map(f64::from).collect();
            prop_assert_eq!(series::value(&journal, first, date(n)), average(&values));
        }
    }

    #[test]
    fn a_wholly_unanswered_check_in_changes_no_value_no_mean_and_no_comparison(
        entries in entries(), more in prop::collection::vec(0_i64..30, 1..10)
    ) {
        let blank: Vec<_> = more.into_iter().map(|n| (n, vec![None; 18])).collect();
        let with = journal(&[entries.clone(), blank].concat(), None);
        let without = journal(&entries, None);
        let (before, now) = (Span { from: date(8), to: date(14) }, Span { from: date(15), to: date(21) });
        for series in Series::all(&with.symptoms).into_iter().take(8) {
            let all = Span { from: date(0), to: date(29) };
            prop_assert!(same(&day_values(&with, series, all), &day_values(&without, series, all)));
            prop_assert!(same(&middle_line(&with, series, all, all.to), &middle_line(&without, series, all, all.to)));
            prop_assert_eq!(mean(&with, series, now), mean(&without, series, now));
            prop_assert_eq!(compare(&with, series, before, now, now.to), compare(&without, series, before, now, now.to));
        }
    }

    #[test]
    fn a_comparison_stands_on_four_days_a_side_and_never_across_a_day_0(entries in entries(), zero in 0_i64..30) {
        let (before, now) = (Span { from: date(8), to: date(14) }, Span { from: date(15), to: date(21) });
        let journal = journal(&entries, Some(zero));
        let n = |span| day_values(&journal, Series::Severity, span).iter().flatten().count();
        let across = zero > 8 && zero <= 21;
        match compare(&journal, Series::Severity, before, now, now.to) {
            Comparison::AcrossDayZero { day_zero, .. } => prop_assert!(across && day_zero == date(zero)),
            Comparison::Counted(_) => prop_assert!(false, "a severity is no event"),
            Comparison::TooFew { before: b, now: a, of } => {
                prop_assert!(!across && (b < NEEDED || a < NEEDED));
                prop_assert_eq!((b, a, of), (n(before), n(now), 7));
            }
            Comparison::Change { before: b, now: a, change } => {
                prop_assert!(!across && b.1 >= NEEDED && a.1 >= NEEDED);
                prop_assert_eq!(change.value(), a.0.value() - b.0.value());
            }
        }
    }

    #[test]
    fn the_middle_line_is_the_median_of_seven_whole_days_on_one_side_of_day_0(
        entries in entries(), zero in 0_i64..30, today in 20_i64..30
    ) {
        let all = Span { from: date(0), to: date(29) };
        let whole = journal(&entries, Some(zero));
        let values = day_values(&whole, Series::Severity, all);
        let line = middle_line(&whole, Series::Severity, all, date(today));
        for day in 0_i64..30 {
            let around = |by: i64| usize::try_from(day + by).ok().and_then(|at| values.get(at).copied().flatten());
            let mut seven: Vec<f64> = (-3..=3).filter_map(around).collect();
            seven.sort_by(f64::total_cmp);
            let is_across = day - 3 < zero && zero <= day + 3;
            let has_line = around(0).is_some() && !is_across && day + 3 <= today && seven.len() >= 4;
            let middle = has_line.then(|| {
                let n = seven.len();
                f64::midpoint(seven[(n - 1) / 2], seven[n / 2])
            });
            prop_assert!(same(&[middle], &[line[usize::try_from(day).unwrap()]]), "day {day}");
        }
    }
}

/// The columns of the plot, each as the text from its top to the row on the axis.
fn plot(screen: &str) -> Vec<String> {
    let rows: Vec<Vec<char>> = screen.lines().map(|line| line.chars().collect()).collect();
    let starts = |row: &&Vec<char>, words: &str| row.iter().collect::<String>().contains(words);
    let axis = rows
        .iter()
        .position(|row| starts(&row, " 0 \u{2594}"))
        .unwrap();
    let left = rows[axis].iter().position(|c| *c == '\u{2594}').unwrap();
    let top = rows[..axis]
        .iter()
        .position(|row| starts(&row, "75 \u{2594}"))
        .unwrap();
    let is_axis = |c: &char| *c == '\u{2594}';
    let width = rows[axis][left..].iter().take_while(|c| is_axis(c)).count();
    let column = |x: usize| rows[top..axis].iter().map(|row| row[x]).collect();
    (left..left + width).map(column).collect()
}

#[test]
fn charts_do_not_ink_a_missing_day_a_gap_or_the_way_into_day_0() {
    // Values on every day but 12 (one missing), 17 to 21 (a gap of five), with a day 0 on 26.
    let has_value = |n: &usize| *n != 12 && !(17..=21).contains(n);
    let mut ids = IdSource::new(1);
    let mut changes: Vec<Change> = vec![Change::RecordAttempt(attempt(date(26)))];
    let answers = |n: i64| vec![Some(if n % 2 == 0 { 1 } else { 3 }); 18];
    let days = (0..40).filter(has_value);
    changes.extend(days.filter_map(|n| i64::try_from(n).ok()).map(|n| {
        let check_in = check_in(&mut ids, n, &answers(n));
        Change::RecordCheckIn(check_in)
    }));
    let mut app = App::with_changes(&changes, "2026-12-10T20:00:00+00:00");
    app.press("2vv");
    for width in [100_u16, 120, 160, 200, 300] {
        let screen = app.screen(width, 30);
        let columns = plot(&screen);
        // Every missing day has its sign on the axis; from these the place of every other day follows.
        let missing: Vec<usize> = (0..columns.len())
            .filter(|x| columns[*x].ends_with('\u{2013}'))
            .collect();
        assert_eq!(missing.len(), 6, "at {width}:\n{screen}");
        let pitch = missing[2] - missing[1];
        let first = missing[0] - 12 * pitch;
        let middle = |n: usize| first + n * pitch;
        let is_bare = |column: &String| column.chars().all(|c| " \u{2594}\u{2013}".contains(c));
        for n in (0..40).filter(has_value) {
            let column = &columns[middle(n)];
            assert!(column.ends_with('\u{2588}'), "{n} at {width}:\n{screen}");
        }
        // A column is as wide as its day, or narrower where a gap is left between days.
        let is_column = |x: usize| columns[x].ends_with('\u{2588}');
        let before = (0..=middle(11)).rev().take_while(|x| is_column(*x)).count();
        let after = (middle(11)..columns.len())
            .take_while(|x| is_column(*x))
            .count();
        let column_width = (before + after - 1).min(pitch);
        for n in (0..40).filter(|n| !has_value(n)) {
            let start = middle(n) - (column_width - 1) / 2;
            for column in &columns[start..start + column_width] {
                assert!(is_bare(column), "{n} at {width}:\n{screen}");
            }
        }
        // The line of the middle has no value on a day whose seven days lie on both sides of day 0.
        for n in 23..29 {
            let column = &columns[middle(n)];
            assert!(!column.contains('\u{2501}'), "{n} at {width}:\n{screen}");
        }
        let between = middle(25) + 1..middle(26);
        for column in &columns[between] {
            let is_joined = column.contains('\u{2501}') || column.contains('\u{2500}');
            assert!(!is_joined, "into day 0 at {width}:\n{screen}");
        }
    }
}
