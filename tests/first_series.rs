//! What stands first, what is said where an index is missing or answered in part, the worst of a day, the running week and
//! waves: the sums by small journals, and the same on every face.
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
use ebbtide::domain::series::default_series::{DefaultSeries, Why};
use ebbtide::domain::series::middle_line::middle_line;
use ebbtide::domain::series::stats::{Comparison, compare_weeks};
use ebbtide::domain::series::waves::{WaveEnd, waves};
use ebbtide::domain::time::display::Manner;
use ebbtide::domain::time::span::Span;
use ebbtide::domain::time::{DayEnd, Moment, Now, Zone};
use ebbtide::domain::trends::{wave_text, week_of};
use ebbtide::store::{Seed, Store};
use house::House;
use std::collections::BTreeMap;

/// A check-in: its day of November 2026, counted from the 1st, its hour, the answers to the first symptoms, the overall.
type Entry<'a> = (u64, u32, &'a [u8], Option<u8>);

fn nov(day: u64) -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 11, 1).unwrap() + Days::new(day - 1)
}

fn check_ins(entries: &[Entry<'_>]) -> Vec<CheckIn> {
    let symptoms = Symptoms::built_in();
    let mut ids = IdSource::new(7);
    let of = |(day, hour, answers, overall): &Entry<'_>| {
        let date = nov(*day);
        let at: DateTime<FixedOffset> = format!("{date}T{hour:02}:00:00+00:00").parse().unwrap();
        let mut draft = CheckInDraft::new(ids.next(at), Form::Full, date);
        draft.overall = overall.and_then(Overall::new);
        for (symptom, number) in symptoms.rated().zip(answers.iter()) {
            let severity = Severity::new(*number).unwrap();
            let answer = Answer {
                severity,
                copied: false,
            };
            draft.answers.insert(symptom.code.clone(), answer);
        }
        let now = Now::new(at.to_utc(), Zone::fixed(*at.offset()));
        let moment = Moment::on_day(date, at, &now, DayEnd::default());
        let asked: Vec<_> = symptoms.rated().map(|symptom| symptom.key).collect();
        draft
            .into_check_in(moment, asked.into_iter(), &symptoms)
            .unwrap()
    };
    entries.iter().map(of).collect()
}

fn attempt(zero: NaiveDate) -> Attempt {
    Attempt {
        id: EntryId::from_bytes([9; 16]),
        began: zero,
        day_zero: Some(zero),
        method: Method::Stop,
        name: None,
        goal: None,
        ended: None,
    }
}

fn journal(entries: &[Entry<'_>], zero: Option<NaiveDate>) -> Journal {
    let mut by_day: BTreeMap<NaiveDate, Vec<CheckIn>> = BTreeMap::new();
    for check_in in check_ins(entries) {
        by_day
            .entry(check_in.moment.day)
            .or_default()
            .push(check_in);
    }
    let days = by_day
        .into_iter()
        .map(|(date, check_ins)| Day::new(date, check_ins))
        .collect();
    let mut journal = Journal::default();
    journal.attempts = Attempts::new(zero.map(attempt).into_iter().collect());
    journal.with_days(days, Coverage::Whole)
}

fn house(entries: &[Entry<'_>], zero: Option<NaiveDate>) -> House {
    let house = House::new();
    let seed = Seed {
        now: DateTime::UNIX_EPOCH,
        journal: [1; 16],
        device: [2; 16],
    };
    let mut store = Store::create(&house.journal(), seed).unwrap();
    let mut changes: Vec<Change> = zero
        .map(attempt)
        .into_iter()
        .map(Change::RecordAttempt)
        .collect();
    changes.extend(check_ins(entries).into_iter().map(Change::RecordCheckIn));
    store.fill(&changes, DateTime::UNIX_EPOCH).unwrap();
    house
}

fn first(journal: &Journal, today: u64) -> DefaultSeries {
    DefaultSeries::of(journal, nov(today), Manner::default())
}

const FIVE: &[u8] = &[2, 2, 1, 3, 2];
const ALL: &[u8] = &[2; 18];
const NINE: &[u8] = &[2; 9];
const THIRTEEN: &[u8] = &[2; 13];
const FOURTEEN: &[u8] = &[2; 14];

/// Thirteen days with five ratings and an overall each: the 10th to the 22nd, a Sunday.
fn thirteen() -> Vec<Entry<'static>> {
    (10..=22).map(|day| (day, 12, FIVE, Some(6))).collect()
}

/// The words of a page, whatever its width.
fn one_line(page: &str) -> String {
    page.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[test]
fn who_rates_a_few_symptoms_sees_what_most_days_have_on_every_face() {
    let entries = thirteen();
    let default = first(&journal(&entries, None), 22);
    assert_eq!(
        (default.series, default.why),
        (Series::Overall, Why::FewAnswers)
    );
    let house = house(&entries, None);
    let why = "Overall since Tue 10 Nov: most check-ins had fewer than 9 of 18 answered";
    let status = house.done(&["status"]).out;
    assert!(status.contains(why), "{status}");
    assert!(
        status.contains("Last 7 days: overall 6.0, as a week ago"),
        "{status}"
    );
    let trend = house.done(&["trend"]).out;
    assert!(trend.starts_with("Overall . Mon 16"), "{trend}");
    assert!(one_line(&trend).contains(why), "{trend}");
    let plain = house.done(&["trend", "--plain"]).out;
    assert!(plain.starts_with("Overall, "), "{plain}");
    for verb in ["status", "trend"] {
        let json = house.done(&[verb, "--json"]).out;
        let json: serde_json::Value = serde_json::from_str(&json).unwrap();
        let default = &json["default"];
        assert_eq!(default["series"], "overall", "{verb}");
        assert_eq!(default["since"], "2026-11-10", "{verb}");
    }
    let mut app = App::over_file(&house.journal(), "2026-11-22T21:40:00-05:00");
    app.press("1");
    let today = app.screen(120, 40);
    assert!(today.contains("Overall, last 14 days"), "{today}");
    assert!(today.contains("13 of 14 days"), "{today}");
    app.press("2");
    let trends = app.screen(120, 40);
    assert!(trends.contains("Overall \u{b7} Mon 16"), "{trends}");
    for face in [status, trend, plain, today, trends] {
        assert!(!face.contains("you have 0"), "{face}");
    }
}

#[test]
fn today_counts_the_days_of_what_stands_first_and_not_of_a_severity_that_nobody_has() {
    // Five ratings and an overall on six days of this week and three of the week before.
    let days = [10_u64, 12, 14, 16, 17, 18, 19, 20, 21];
    let entries: Vec<Entry<'_>> = days
        .iter()
        .map(|day| (*day, 9, &[1, 2, 1, 2, 1][..], Some(5)))
        .collect();
    let house = house(&entries, None);
    let app = App::over_file(&house.journal(), "2026-11-22T21:40:00-05:00");
    for (width, height) in [(120, 40), (80, 24), (60, 40)] {
        let screen = app.screen(width, height);
        let panel = first_panel(&screen).join(" ");
        assert!(!panel.contains("0 of 7"), "{screen}");
        assert!(panel.contains("6 of 7, 3 before"), "{screen}");
    }
}

/// The rows of the first panel, without its borders.
fn first_panel(screen: &str) -> Vec<String> {
    let lines = screen
        .lines()
        .skip_while(|line| !line.starts_with('\u{256d}'));
    let lines: Vec<&str> = lines
        .take_while(|line| !line.starts_with('\u{2570}'))
        .collect();
    let end = lines[0].chars().position(|c| c == '\u{256e}').unwrap();
    let row = |line: &&str| line.chars().take(end).skip(1).collect::<String>();
    let rows = lines[1..].iter().map(row);
    let rows = rows.map(|row| row.trim().to_owned());
    rows.filter(|row| !row.is_empty()).collect()
}

#[test]
fn what_has_no_room_on_today_stands_on_the_next_page() {
    let mut app = App::demo(60);
    let screen = app.screen(40, 12);
    assert!(screen.contains("rows more: Space"), "{screen}");
    let first = first_panel(&screen);
    let mut seen = first.clone();
    let whole = first_panel(&app.screen(40, 60));
    assert!(whole.iter().any(|row| !first.contains(row)), "{whole:?}");
    for _ in 0..10 {
        app.press("<Space>");
        seen.extend(first_panel(&app.screen(40, 12)));
    }
    for row in &whole {
        assert!(seen.contains(row), "{row}: {seen:?}");
    }
}

#[test]
fn an_index_that_nobody_answered_says_why_and_what_has_values() {
    let house = house(&thirteen(), None);
    let said = house.done(&["trend", "mind", "--view", "all"]).out;
    assert!(
        one_line(&said).contains(
            "13 check-ins here, none with 4 of 8 answered. Overall has 13 days: `ebb trend overall` draws it."
        ),
        "{said}"
    );
    let plain = house
        .done(&["trend", "mind", "--view", "all", "--plain"])
        .out;
    let plain = plain.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(
        plain.contains("13 check-ins here, none with 4 of 8 answered. Overall has 13 days here."),
        "{plain}"
    );
    let mut app = App::over_file(&house.journal(), "2026-11-22T21:40:00-05:00");
    app.press("2smind<Enter>v");
    let screen = app.screen(120, 40);
    assert!(
        screen.contains("13 check-ins here, none with 4 of 8 answered."),
        "{screen}"
    );
    assert!(
        screen.contains("Overall has 13 days: s chooses it."),
        "{screen}"
    );
    let severity = house.done(&["trend", "severity", "--view", "all"]).out;
    assert!(severity.contains("13 with an overall"), "{severity}");
    assert!(severity.contains("o overall only"), "{severity}");
    assert!(
        one_line(&severity).contains("13 days with an overall and fewer than 9 of 18 answered"),
        "{severity}"
    );
}

#[test]
fn an_overall_has_no_mark_on_the_charts_of_body_and_mind() {
    let brief: Vec<Entry<'_>> = (20..=22).map(|day| (day, 12, &[][..], Some(9))).collect();
    let house = house(&brief, None);
    for (code, is_marked) in [("severity", true), ("body", false), ("mind", false)] {
        let said = house.done(&["trend", code]).out;
        assert_eq!(said.contains("o overall only"), is_marked, "{said}");
    }
}

#[test]
fn the_first_series_is_decided_at_the_weeks_start_and_stays_for_the_week() {
    // Mon 16 Nov begins the week. Before it: five days with an overall; in it: four with all symptoms.
    let mut entries: Vec<Entry<'_>> = (9..=13).map(|day| (day, 12, &[][..], Some(5))).collect();
    entries.extend((16..=19).map(|day| (day, 12, ALL, None)));
    let journal = journal(&entries, None);
    assert_eq!(first(&journal, 20).series, Series::Overall);
    let next = first(&journal, 23);
    assert_eq!((next.series, next.why), (Series::Severity, Why::Usual));
}

#[test]
fn in_the_first_week_the_days_so_far_decide_and_an_empty_journal_begins_with_severity() {
    assert_eq!(first(&journal(&[], None), 20).series, Series::Severity);
    let entries = [(17, 12, FIVE, None), (18, 12, FIVE, None)];
    let default = first(&journal(&entries, None), 19);
    let symptoms = Symptoms::built_in();
    // Five symptoms have as many days; the first of the catalogue stands first.
    let first_of_all = symptoms.rated().next().unwrap().key;
    assert_eq!(default.series, Series::Symptom(first_of_all));
}

#[test]
fn three_days_with_a_severity_give_way_to_what_has_more_and_four_do_not() {
    let entries = |whole: u64| -> Vec<Entry<'static>> {
        (1..=whole)
            .map(|day| (day, 12, ALL, Some(5)))
            .chain((whole + 1..=8).map(|day| (day, 12, &[][..], Some(5))))
            .collect()
    };
    assert_eq!(
        first(&journal(&entries(3), None), 9).series,
        Series::Overall
    );
    assert_eq!(
        first(&journal(&entries(4), None), 9).series,
        Series::Severity
    );
    // Three of three days are not fewer than any other series has.
    let all: Vec<Entry<'_>> = (1..=3).map(|day| (day, 12, ALL, Some(5))).collect();
    assert_eq!(first(&journal(&all, None), 9).series, Series::Severity);
}

#[test]
fn a_favourite_stands_first() {
    let mut journal = journal(&thirteen(), None);
    journal.settings.favourite_series = vec!["nausea".to_owned()];
    let default = first(&journal, 22);
    assert_eq!(default.why, Why::Favourite);
    let sentence = default.sentence(&journal, nov(22), Manner::default());
    assert_eq!(sentence.unwrap(), "Nausea: the first of your favourites");
}

#[test]
fn nine_to_thirteen_of_eighteen_are_an_index_from_a_part() {
    let day = |answers| {
        let journal = journal(&[(10, 12, answers, None)], None);
        let day = journal.day(nov(10)).unwrap().clone();
        let series = [Series::Severity, Series::Body, Series::Overall];
        series.map(|series| series.is_in_part(&day, &journal.symptoms))
    };
    assert_eq!(day(FIVE), [false, true, false]);
    assert_eq!(day(NINE), [true, true, false]);
    assert_eq!(day(THIRTEEN), [true, true, false]);
    assert_eq!(day(FOURTEEN), [false, false, false]);
    let entries = [
        (20, 12, NINE, None),
        (21, 12, FOURTEEN, None),
        (22, 12, NINE, None),
    ];
    let house = house(&entries, None);
    let trend = house.done(&["trend", "severity"]).out;
    assert!(
        trend.contains(" 50* ") && trend.contains(" 50 ") && trend.contains(" 9/18 "),
        "{trend}"
    );
    assert!(trend.contains("* answered in part"), "{trend}");
    let status = house.done(&["status"]).out;
    assert!(
        status.contains("Severity 50* of 100, 9 of 18 answered, in part"),
        "{status}"
    );
    let history = house.done(&["history"]).out;
    assert!(history.contains("severity 50*, 9 of 18"), "{history}");
    let mut app = App::over_file(&house.journal(), "2026-11-22T21:40:00-05:00");
    app.press("1");
    let today = app.screen(120, 40);
    assert!(
        today.contains("severity 50* today, in part (9 of 18)"),
        "{today}"
    );
    app.press("2");
    let trends = app.screen(120, 40);
    assert!(trends.contains("Severity 50*"), "{trends}");
    assert!(trends.contains("2 days answered in part"), "{trends}");
}

#[test]
fn the_worst_of_a_day_is_the_highest_of_two_check_ins_that_are_nearly_whole() {
    let worst = |series: Series, entries: &[Entry<'_>]| {
        let journal = journal(entries, None);
        let worst = series.worst_of_day(journal.day(nov(10)).unwrap());
        worst.map(|worst| (worst.value, worst.check_ins))
    };
    let four: &[u8] = &[4; 18];
    let nine_fours: &[u8] = &[4; 9];
    let one = (10, 8, ALL, Some(3));
    assert_eq!(worst(Series::Severity, &[one]), None, "one check-in");
    assert_eq!(
        worst(Series::Severity, &[one, (10, 20, four, None)]),
        Some((100.0, 2))
    );
    assert_eq!(
        worst(Series::Severity, &[one, (10, 20, nine_fours, None)]),
        None,
        "nine answers are no whole check-in"
    );
    let entries = [one, (10, 20, nine_fours, None), (10, 21, FOURTEEN, Some(8))];
    assert_eq!(worst(Series::Severity, &entries), Some((50.0, 2)));
    assert_eq!(worst(Series::Overall, &entries), Some((8.0, 2)));
}

#[test]
fn the_running_week_stands_against_the_same_weekdays_of_the_week_before() {
    // Mon 9 to Thu 12 at 2, Fri to Sun at 0; this week at 1: with the whole week before it would look like less of a change.
    let zero: &[u8] = &[0; 18];
    let ones: &[u8] = &[1; 18];
    let mut entries: Vec<Entry<'_>> = (9..=12).map(|day| (day, 12, ALL, None)).collect();
    entries.extend((13..=15).map(|day| (day, 12, zero, None)));
    entries.extend((16..=19).map(|day| (day, 12, ones, None)));
    let journal = journal(&entries, None);
    let week = week_of(nov(19), Manner::default());
    match compare_weeks(&journal, Series::Severity, week, nov(19)) {
        Comparison::Change {
            before,
            now,
            change,
        } => {
            assert_eq!((before.0.value(), before.1), (50.0, 4));
            assert_eq!((now.0.value(), now.1, change.value()), (25.0, 4, -25.0));
        }
        other => panic!("{other:?}"),
    }
    let house = house(&entries, None);
    let now = ["--now", "2026-11-19T20:00:00+00:00"];
    let said = house.done(&[&now[..], &["trend"]].concat()).out;
    assert!(
        one_line(&said)
            .contains("Last week up to Thu 50 (4 of 4 days), this week 25 (4 of 4 days): 25 less"),
        "{said}"
    );
    let table = house
        .done(&[&now[..], &["trend", "severity", "--view", "table"]].concat())
        .out;
    assert!(
        table.contains("against the week before, both up to Thu"),
        "{table}"
    );
    assert!(table.contains("v 25    4/4"), "{table}");
    let json = house.done(&[&now[..], &["trend", "--json"]].concat()).out;
    let json: serde_json::Value = serde_json::from_str(&json).unwrap();
    let comparison = &json["series"][0]["comparison"];
    assert_eq!(
        (&comparison["before"]["value"], &comparison["now"]["of"]),
        (&50.0.into(), &4.into())
    );
}

#[test]
fn the_middle_line_falls_with_the_days_and_ends_three_days_before_today() {
    let values: [&[u8]; 5] = [&[4; 18], &[3; 18], &[2; 18], &[1; 18], &[0; 18]];
    let entries: Vec<Entry<'_>> = (10..=19)
        .map(|day| {
            (
                day,
                12,
                values[usize::try_from((day - 10) / 2).unwrap()],
                None,
            )
        })
        .collect();
    let journal = journal(&entries, None);
    let span = Span {
        from: nov(10),
        to: nov(19),
    };
    let line = middle_line(&journal, Series::Severity, span, nov(19));
    let shown: Vec<Option<f64>> = line;
    assert_eq!(
        shown,
        [
            Some(87.5),
            Some(75.0),
            Some(75.0),
            Some(75.0),
            Some(50.0),
            Some(50.0),
            Some(25.0),
            None,
            None,
            None
        ]
    );
    let house = house(&entries, None);
    let json = house.done(&[
        "--now",
        "2026-11-19T20:00:00+00:00",
        "trend",
        "--view",
        "all",
        "--json",
    ]);
    let json: serde_json::Value = serde_json::from_str(&json.out).unwrap();
    let days = &json["series"][0]["days"];
    assert_eq!(
        (&days[0]["median_7"], &days[9]["median_7"]),
        (&87.5.into(), &serde_json::Value::Null)
    );
    assert!(days[0].get("trend").is_none(), "{days}");
}

/// Day 0 is the 1st; from the 2nd to the 30th each symptom is 1, and 3 on the days of waves.
fn with_waves<'a>(hard: &[u64], missing: &[u64], part: &[u64], last: u64) -> Vec<Entry<'a>> {
    let of = |day: u64| -> Entry<'a> {
        let answers: &[u8] = match (hard.contains(&day), part.contains(&day)) {
            (false, _) => &[1; 18],
            (true, false) => &[3; 18],
            (true, true) => &[3; 13],
        };
        (day, 12, answers, None)
    };
    (2..=last)
        .filter(|day| !missing.contains(day))
        .map(of)
        .collect()
}

fn ends(entries: &[Entry<'_>], today: u64) -> Vec<(u64, Option<u64>)> {
    let journal = journal(entries, Some(nov(1)));
    let attempt = journal.attempts.on(nov(today)).unwrap();
    let all = waves(&journal, attempt, nov(today)).into_iter();
    all.map(|wave| {
        let began = (wave.began - nov(1)).num_days().unsigned_abs();
        let after = match wave.end {
            WaveEnd::Back { after, .. } => Some(after),
            WaveEnd::Cut { .. } | WaveEnd::Open => None,
        };
        (began, after)
    })
    .collect()
}

#[test]
fn a_wave_begins_from_day_10_on_and_is_back_on_the_first_day_near_the_week_before() {
    // Day 9 of the attempt is the 10th.
    assert_eq!(ends(&with_waves(&[10], &[], &[], 30), 30), []);
    let entries = with_waves(&[11, 15, 20, 21, 30], &[], &[], 30);
    let all = [(10, Some(1)), (14, Some(1)), (19, Some(2)), (29, None)];
    assert_eq!(ends(&entries, 30), all);
    let journal = journal(&entries, Some(nov(1)));
    assert_eq!(
        wave_text::sentence(&journal, nov(30)).unwrap(),
        "4 waves: 3 back after 1, 1 and 2 days; today's is not over. These are past days; they don't say how long the next one lasts."
    );
    assert_eq!(
        wave_text::sentence(&journal, nov(15)),
        None,
        "two are not said"
    );
}

#[test]
fn a_day_without_a_value_cuts_a_wave_off_and_a_part_answered_day_is_none() {
    let entries = with_waves(&[12, 20], &[13], &[], 30);
    assert_eq!(ends(&entries, 30), [(11, None), (19, Some(1))]);
    assert_eq!(ends(&with_waves(&[12], &[], &[12], 30), 30), []);
    // Today may still get its value.
    let entries = with_waves(&[12, 16, 20], &[21], &[], 20);
    let journal = journal(&entries, Some(nov(1)));
    let sentence = wave_text::sentence(&journal, nov(21)).unwrap();
    assert!(
        sentence.starts_with("3 waves: 2 back after 1 and 1 days; the last is not over."),
        "{sentence}"
    );
}

#[test]
fn waves_stay_away_beside_a_safety_line_and_after_a_medicine_was_skipped() {
    let entries = with_waves(&[11, 13, 15], &[], &[], 16);
    let house = house(&entries, Some(nov(1)));
    let on = |day: u64, args: &[&str]| {
        let now = format!("2026-11-{day}T20:00:00+00:00");
        house.done(&[&["--now", &now], args].concat()).out
    };
    let says = |day: u64| on(day, &["status"]).contains("3 waves: 3 back after");
    assert!(says(16), "{}", on(16, &["status"]));
    assert!(
        on(16, &["trend", "--json"]).contains("\"waves\":[{")
            || on(16, &["trend", "--json"]).contains("\"waves\": [\n")
    );
    on(17, &["medication", "add", "ibuprofen"]);
    on(17, &["take", "ibuprofen", "--skipped"]);
    let told: Vec<u64> = (16..=23).filter(|day| says(*day)).collect();
    assert_eq!(
        told,
        [16, 22, 23],
        "that day and four after it are left out"
    );
    on(22, &["checkin", "--overall", "9"]);
    assert!(!says(22) && says(23));
}
