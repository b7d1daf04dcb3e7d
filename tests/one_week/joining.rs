//! An item that rests or joins changes no figure of a past day: of this week, of an edited check-in, and of any journal.

use crate::app::App;
use crate::by_hand::{NOW, lived};
use crate::support::home::Ebb;
use crate::week::{SUNDAY, at};
use chrono::{DateTime, FixedOffset, NaiveDate, TimeDelta};
use ebbtide::domain::check_in::symptom::{Severity, Symptom, Symptoms};
use ebbtide::domain::check_in::{Answer, CheckIn, CheckInDraft, Form};
use ebbtide::domain::id::IdSource;
use ebbtide::domain::journal::settings::Setting;
use ebbtide::domain::journal::{Coverage, Day, Journal};
use ebbtide::domain::series::Series;
use ebbtide::domain::series::middle_line::middle_line;
use ebbtide::domain::series::stats::{compare_weeks, day_values};
use ebbtide::domain::time::span::Span;
use ebbtide::domain::time::{DayEnd, Moment, Now, Zone};
use proptest::prelude::*;
use serde_json::Value;

/// Every figure of the days up to Saturday, from all that gives figures.
fn figures(ebb: &Ebb) -> Vec<String> {
    let all = [
        "severity",
        "body",
        "mind",
        "overall",
        "pain",
        "anxiety",
        "yawning",
        "something_good",
    ];
    let past = ["--from", "2026-11-02", "--to", "2026-11-21"];
    let mut charts = vec!["trend", "--view", "all", "--json"];
    charts.extend(all.iter().chain(&past));
    let mut weeks = vec!["trend", "--view", "week", "--to", "2026-11-21", "--json"];
    weeks.extend(all);
    let mut figures: Vec<String> = [
        charts,
        weeks,
        [vec!["export", "csv"], past.to_vec()].concat(),
        [vec!["report", "--format", "text"], past.to_vec()].concat(),
        [vec!["report", "--format", "html"], past.to_vec()].concat(),
        [vec!["export", "fhir"], past.to_vec()].concat(),
    ]
    .iter()
    .map(|args| at(ebb, SUNDAY, args))
    .collect();
    // A symptom that joins has a column of its own there, and nothing in it.
    let wide = at(ebb, SUNDAY, &["export", "csv", "--layout", "wide"]);
    let mut reader = csv::Reader::from_reader(wide.as_bytes());
    let head = reader.headers().unwrap().clone();
    let filled = |row: csv::StringRecord| {
        let cells = head
            .iter()
            .zip(row.iter().map(str::to_owned).collect::<Vec<_>>());
        let cells = cells.filter(|(_, cell)| !cell.is_empty());
        format!("{:?}", cells.collect::<Vec<_>>())
    };
    figures.extend(reader.records().map(|row| filled(row.unwrap())));
    let json: Value = serde_json::from_str(&at(ebb, SUNDAY, &["export", "json"])).unwrap();
    figures.push(json["check_ins"].to_string());
    figures
}

#[test]
fn what_rests_wakes_joins_or_goes_leaves_every_figure_of_the_week_as_it_was() {
    let ebb = lived();
    let before = figures(&ebb);
    for change in [
        &["symptom", "on", "yawning"][..],
        &["undo"],
        &["symptom", "on", "headache", "chills"],
        &["symptom", "off", "muscle_tension", "pain", "own_cold_feet"],
        &["symptom", "add", "Ringing ears", "--category", "physical"],
        &["symptom", "first", "craving", "pain"],
        &["symptom", "off", "something_good"],
    ] {
        at(&ebb, SUNDAY, change);
        let after = figures(&ebb);
        for (one, other) in before.iter().zip(&after) {
            assert!(
                one == other,
                "{change:?} changed\n{one:.600}\nto\n{other:.600}"
            );
        }
        assert_eq!(before.len(), after.len());
    }
}

/// The ratings of Friday's check-in, as the file holds them.
fn fridays(app: &App) -> Vec<(String, Option<u8>)> {
    let journal = app.journal();
    let day = "2026-11-20".parse().unwrap();
    let ratings = journal.check_ins(day)[0].ratings.iter();
    let of = |rating: &ebbtide::domain::check_in::rating::Rating| {
        let mut all = journal.symptoms.iter();
        let symptom = all.find(|symptom| symptom.key == rating.symptom).unwrap();
        (symptom.code.clone(), rating.answer.map(Severity::number))
    };
    ratings.map(of).collect()
}

#[test]
fn an_edited_check_in_shows_what_it_asked_and_keeps_its_blanks_and_no_others() {
    let ebb = lived();
    // Headache joins, and what Friday asked and left blank goes.
    at(&ebb, SUNDAY, &["symptom", "on", "headache"]);
    at(&ebb, SUNDAY, &["symptom", "off", "own_cold_feet"]);
    let mut app = App::over_file(ebb.journal(), NOW);
    let before = fridays(&app);
    assert!(before.contains(&("own_cold_feet".to_owned(), None)));
    app.press("3<Left><Left><Enter><Enter>");
    let form = app.in_front(160, 50);
    assert!(
        form.contains("Edit check-in") && form.contains("Fri 20 Nov"),
        "{form}"
    );
    assert!(
        form.contains("cold feet") && form.contains("Headache"),
        "{form}"
    );
    // Friday asked none of the three that rest.
    assert!(!form.contains("Yawning") && !form.contains("Jaw"), "{form}");
    assert!(form.contains("3 resting"), "{form}");
    app.press("o5<Enter>");
    let saved = app.screen(120, 40);
    assert!(saved.contains("Changed: check-in"), "{saved}");
    assert_eq!(fridays(&app), before, "only the overall was changed");
}

#[test]
fn an_edited_check_in_shows_the_resting_rows_that_it_holds() {
    let ebb = lived();
    // Sunday asked them; a Sunday shows them anyway, so the next day's look is taken.
    let mut app = App::over_file(ebb.journal(), "2026-11-24T20:00:00-05:00");
    app.press("3<Left><Left><Enter><Enter>");
    let form = app.in_front(160, 50);
    assert!(form.contains("Sun 22 Nov"), "{form}");
    for name in ["Yawning", "Chills", "Jaw clenching"] {
        assert!(form.contains(name), "{name}:\n{form}");
    }
    // Also those that it asked and left blank, on a day that does not ask them.
    let blank = ["yawning=.", "chills=."].map(|set| ["--set", set]).concat();
    let args = [vec!["checkin", "--overall", "3"], blank].concat();
    at(&ebb, "2026-11-23 20:00", &args);
    let mut app = App::over_file(ebb.journal(), "2026-11-23T20:00:00-05:00");
    app.press("3<Enter><Enter>");
    let form = app.in_front(160, 50);
    assert!(form.contains("Mon 23 Nov"), "{form}");
    assert!(
        form.contains("Yawning") && form.contains("Chills"),
        "{form}"
    );
    assert!(!form.contains("Jaw clenching"), "{form}");
    assert!(form.contains("1 resting"), "{form}");
}

fn day(n: i64) -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 11, 1).unwrap() + TimeDelta::days(n)
}

/// A check-in on day `n` with these answers to the first symptoms of the catalogue; `None` is a blank.
fn check_in(ids: &mut IdSource, n: i64, answers: &[Option<u8>]) -> CheckIn {
    let symptoms = Symptoms::built_in();
    let at: DateTime<FixedOffset> = format!("{}T12:00:00+00:00", day(n)).parse().unwrap();
    let mut draft = CheckInDraft::new(ids.next(at), Form::Full, day(n));
    "a note".clone_into(&mut draft.note);
    let rows: Vec<&Symptom> = symptoms.iter().take(answers.len()).collect();
    for (symptom, answer) in rows.iter().zip(answers) {
        if let Some(severity) = answer.and_then(Severity::new) {
            let copied = false;
            draft
                .answers
                .insert(symptom.code.clone(), Answer { severity, copied });
        }
    }
    let now = Now::new(at.to_utc(), Zone::fixed(*at.offset()));
    let moment = Moment::on_day(day(n), at, &now, DayEnd::default());
    let asked: Vec<_> = rows.iter().map(|symptom| symptom.key).collect();
    draft
        .into_check_in(moment, asked.into_iter(), &symptoms)
        .unwrap()
}

fn journal(entries: &[(i64, Vec<Option<u8>>)]) -> Journal {
    let mut ids = IdSource::new(7);
    let days = (0..30).map(|n| {
        let of_day = entries.iter().filter(|(at, _)| *at == n);
        let all = of_day.map(|(_, answers)| check_in(&mut ids, n, answers));
        let all: Vec<CheckIn> = all.collect();
        Day::new(day(n), all)
    });
    let days = days.collect();
    Journal::default().with_days(days, Coverage::Whole)
}

/// Each figure of each day: value, worst, in part, middle line; and the weeks against each other.
fn of_days(journal: &Journal, series: &[Series]) -> String {
    let span = Span {
        from: day(0),
        to: day(29),
    };
    let mut all = Vec::new();
    for series in series {
        let days = journal.days().map(|day| {
            let worst = series
                .worst_of_day(day)
                .map(|worst| (worst.value, worst.check_ins));
            (worst, series.is_in_part(day, &journal.symptoms))
        });
        all.push(format!(
            "{series:?} {:?} {:?} {:?} {:?}",
            day_values(journal, *series, span),
            middle_line(journal, *series, span, day(29)),
            days.collect::<Vec<_>>(),
            compare_weeks(
                journal,
                *series,
                Span {
                    from: day(22),
                    to: day(28)
                },
                day(28)
            ),
        ));
    }
    all.join("\n")
}

fn entries() -> impl Strategy<Value = Vec<(i64, Vec<Option<u8>>)>> {
    // All 18 core symptoms and half of the others.
    let answer = prop_oneof![3 => (0_u8..=4).prop_map(Some), 1 => Just(None)];
    let answers = prop::collection::vec(answer, 38);
    prop::collection::vec((0_i64..30, answers), 0..40)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 60, ..ProptestConfig::default() })]

    #[test]
    fn in_any_journal_what_rests_and_what_joins_changes_no_figure_of_any_day(
        entries in entries(),
        rests in prop::collection::vec(any::<bool>(), 64),
        rated in prop::collection::vec(any::<bool>(), 64),
    ) {
        let before = journal(&entries);
        let series = Series::all(&before.symptoms);
        let mut after = journal(&entries);
        let codes = after.symptoms.iter().zip(rests).filter(|(_, rests)| *rests);
        let codes = codes.map(|(symptom, _)| symptom.code.clone()).collect();
        after.settings.set(Setting::Resting(codes));
        let switched = after.symptoms.iter().zip(rated.iter().cycle()).map(|(symptom, rated)| {
            Symptom { rated: *rated, ..symptom.clone() }
        });
        after.symptoms = Symptoms::new(switched.collect());
        prop_assert_eq!(of_days(&before, &series), of_days(&after, &series));
    }
}
