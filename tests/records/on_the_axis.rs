//! What records bring onto the time axis: series, event marks, the staircase, days after a cut.

use crate::house::{House, nov, now};
use ebbtide::domain::amount::Amount;
use ebbtide::domain::attempt::{Attempt, Method};
use ebbtide::domain::care::practice;
use ebbtide::domain::dose::product;
use ebbtide::domain::id::EntryId;
use ebbtide::domain::journal::Journal;
use ebbtide::domain::journal::change::Change;
use ebbtide::domain::record::kind::Kind;
use ebbtide::domain::series::stats::{day_values, mean};
use ebbtide::domain::series::{Group, Series};
use ebbtide::domain::taper::plans::version_record;
use ebbtide::domain::taper::staircase::{products, staircase};
use ebbtide::domain::taper::terms::{Shape, Terms};
use ebbtide::domain::taper::{action, after_cut};
use ebbtide::domain::time::span::Span;
use ebbtide::domain::trends::Origin;
use ebbtide::domain::trends::event_marks::{EventKind, events};
use ebbtide::domain::{series, trends};
use ebbtide::transfer::csv::{Range, other_kinds};

/// From the 1st to the 30th.
fn november() -> Span {
    Span {
        from: nov(1),
        to: nov(30),
    }
}

fn week() -> Span {
    Span {
        from: nov(16),
        to: nov(22),
    }
}

fn write(
    house: &mut House,
    kind: Kind,
    about: Option<&str>,
    fields: &[(&'static str, &str)],
    day: u32,
) {
    house.write(kind, about, fields, &now(day, "09:00"));
}

/// 5 g from the 10th, a gram less every week: cuts on the 17th and the 24th.
fn with_plan(house: &mut House) {
    let terms = Terms {
        shape: Shape::FixedCut(Amount::whole(1)),
        start: Amount::whole(5),
        every_days: 7,
        until: Amount::whole(3),
        smallest: Amount::from_thousandths(100),
        split: 2,
        begin: nov(10),
    };
    let version = action::start(terms, nov(10)).unwrap();
    let plan = EntryId::from_bytes([201; 16]);
    let record = version_record(EntryId::from_bytes([202; 16]), plan, "powder", &version);
    let written = now(10, "08:00").at.to_utc();
    house
        .store
        .apply(&[Change::Record(record)], written)
        .unwrap();
}

fn attempt(house: &mut House, began: u32, day_zero: Option<u32>) {
    let attempt = Attempt {
        id: EntryId::from_bytes([210; 16]),
        began: nov(began),
        day_zero: day_zero.map(nov),
        method: Method::Taper,
        name: None,
        goal: None,
        ended: None,
    };
    let written = now(22, "08:00").at.to_utc();
    house
        .store
        .apply(&[Change::RecordAttempt(attempt)], written)
        .unwrap();
}

fn find(name: &str, journal: &Journal) -> Series {
    Series::find(name, journal).unwrap_or_else(|| panic!("no series {name}"))
}

#[test]
fn a_day_without_an_entry_has_no_value_in_any_series() {
    let mut house = House::new();
    write(
        &mut house,
        Kind::Dose,
        Some("powder"),
        &[("amount", "1.5")],
        16,
    );
    write(
        &mut house,
        Kind::Dose,
        Some("powder"),
        &[("amount", "2")],
        16,
    );
    write(
        &mut house,
        Kind::Dose,
        Some("capsule"),
        &[("amount", "3")],
        18,
    );
    write(&mut house, Kind::Urge, None, &[("strength", "4")], 17);
    write(&mut house, Kind::Urge, None, &[("strength", "1")], 17);
    let journal = house.journal();
    let values = |name: &str| day_values(&journal, find(name, &journal), week());
    let none = None;
    assert_eq!(
        values("doses"),
        [Some(2.0), none, Some(1.0), none, none, none, none]
    );
    assert_eq!(values("powder")[..3], [Some(3.5), None, None]);
    assert_eq!(values("capsule")[..3], [None, None, Some(3.0)]);
    assert_eq!(values("urges")[..3], [None, Some(2.0), None]);
    assert_eq!(values("urge_strength")[..3], [None, Some(2.5), None]);
    let mean = mean(&journal, find("doses", &journal), week());
    assert_eq!(
        (mean.value.unwrap().to_string().as_str(), mean.n),
        ("1.5", 2)
    );
}

#[test]
fn the_sleeps_of_a_day_add_up_and_other_measurements_are_means_of_the_day() {
    let mut house = House::new();
    let measure = |house: &mut House, code: &str, value: &str, time: &str| {
        house.write(
            Kind::Measurement,
            Some(code),
            &[("value", value)],
            &now(20, time),
        );
    };
    measure(&mut house, "sleep_hours", "4", "05:00");
    measure(&mut house, "sleep_hours", "6.5", "09:00");
    measure(&mut house, "weight", "70", "08:00");
    measure(&mut house, "weight", "71", "20:00");
    measure(&mut house, "blood_pressure", "120/80", "08:00");
    measure(&mut house, "blood_pressure", "130/90", "20:00");
    let journal = house.journal();
    let value = |name: &str| series::value(&journal, find(name, &journal), nov(20));
    assert_eq!(value("sleep_hours"), Some(10.5));
    assert_eq!(value("weight"), Some(70.5));
    assert_eq!(value("blood_pressure_systolic"), Some(125.0));
    assert_eq!(value("blood_pressure_diastolic"), Some(85.0));
    assert_eq!(
        series::value(&journal, find("weight", &journal), nov(21)),
        None
    );
    assert_eq!(find("weight", &journal).text(70.5, &journal), "70.5 kg");
    assert_eq!(find("weight", &journal).range(&journal), "0 to 80 kg");
}

#[test]
fn what_was_never_logged_is_not_offered_and_what_was_has_its_heading() {
    let mut house = House::new();
    let rated = Series::offered(&house.journal()).len();
    write(
        &mut house,
        Kind::Dose,
        Some("powder"),
        &[("amount", "7.5")],
        16,
    );
    write(
        &mut house,
        Kind::Practice,
        Some("walking"),
        &[("minutes", "20")],
        16,
    );
    let journal = house.journal();
    let offered = Series::offered(&journal);
    let logged: Vec<(String, Group)> = offered[rated..]
        .iter()
        .map(|series| {
            let facts = series.facts(&journal);
            (facts.code, facts.group)
        })
        .collect();
    let expected = [
        ("doses", Group::Use),
        ("amount_powder", Group::Use),
        ("practice_walking", Group::Practices),
    ];
    assert_eq!(
        logged,
        expected.map(|(code, group)| (code.to_owned(), group))
    );
    let powder = find("powder", &journal);
    assert_eq!((powder.top(&journal), powder.is_severity()), (8.0, false));
    assert_eq!(powder.titled(&journal), "Leaf powder, g");
}

#[test]
fn use_has_a_mark_on_days_after_day_0_and_none_on_days_of_the_taper() {
    let mut house = House::new();
    attempt(&mut house, 10, Some(17));
    for day in [16, 17, 19] {
        write(
            &mut house,
            Kind::Dose,
            Some("powder"),
            &[("amount", "1.5")],
            day,
        );
    }
    let journal = house.journal();
    let used: Vec<_> = events(&journal, november(), nov(30))
        .into_iter()
        .filter(|event| event.kind == EventKind::Use)
        .map(|event| (event.day, event.detail.into_owned()))
        .collect();
    assert_eq!(used, [(nov(19), "Used 1.5 g, Leaf powder".to_owned())]);
}

#[test]
fn cuts_medicines_visits_signs_and_treatments_have_marks() {
    let mut house = House::new();
    with_plan(&mut house);
    let clonidine = [
        ("name", "Clonidine"),
        ("start", "2026-11-11"),
        ("stop", "2026-11-18"),
    ];
    write(
        &mut house,
        Kind::Medication,
        Some("clonidine"),
        &clonidine,
        11,
    );
    let vitamins = [("name", "Vitamins"), ("stop", "2026-11-18")];
    write(&mut house, Kind::Medication, None, &vitamins, 11);
    write(
        &mut house,
        Kind::Appointment,
        Some("doctor_visit"),
        &[("with", "Dr Lee")],
        20,
    );
    let span = Span {
        from: nov(11),
        to: nov(20),
    };
    let journal = house.journal();
    let lines: Vec<String> = events(&journal, span, nov(30))
        .iter()
        .map(|event| event.line(span))
        .collect();
    insta::assert_snapshot!(lines.join("\n"), @r"
    m Wed 11 Nov  Clonidine started
    c Tue 17 Nov  Plan from here 4 g a day, Leaf powder
    m Wed 18 Nov  Clonidine stopped (one to stop with the prescriber)
    m Wed 18 Nov  Vitamins stopped
    v Fri 20 Nov  Doctor visit, Dr Lee
    ");
    let letters = EventKind::ALL.map(EventKind::letter);
    let different: std::collections::BTreeSet<char> = letters.into_iter().collect();
    assert_eq!(
        different.len(),
        letters.len() - 1,
        "an end has one letter, however it ended"
    );
}

#[test]
fn the_staircase_holds_plan_and_use_apart_and_an_empty_day_is_none() {
    let mut house = House::new();
    with_plan(&mut house);
    for (day, amount) in [(9, "6"), (10, "5"), (16, "5.5"), (17, "4"), (22, "4")] {
        write(
            &mut house,
            Kind::Dose,
            Some("powder"),
            &[("amount", amount)],
            day,
        );
    }
    write(
        &mut house,
        Kind::Dose,
        Some("capsule"),
        &[("amount", "3")],
        12,
    );
    let journal = house.journal();
    let all = products(&journal, nov(22));
    let codes: Vec<&str> = all.iter().map(|product| product.code.as_str()).collect();
    assert_eq!(
        codes,
        ["powder", "capsule"],
        "the one with the plan stands first"
    );
    let stairs = staircase(&journal, &all[0], november(), nov(22));
    let said = |day: usize| stairs.days[day - 1].text(&stairs.product);
    let words = |text: &str| Some(text.to_owned());
    assert_eq!(said(8), None);
    assert_eq!(said(9), words("used 6 g"));
    assert_eq!(said(16), words("plan 5 g, used 5.5 g"));
    assert_eq!(said(17), words("plan 4 g, used 4 g"));
    assert_eq!(said(18), words("plan 4 g, nothing logged"));
    assert_eq!(said(30), words("plan 3 g, nothing logged"));
    assert!((stairs.top - 6.0).abs() < 1e-9);
}

#[test]
fn after_days_without_entries_a_lower_amount_is_not_drawn_before_it_was_asked_about() {
    let mut house = House::new();
    with_plan(&mut house);
    write(
        &mut house,
        Kind::Dose,
        Some("powder"),
        &[("amount", "5")],
        12,
    );
    let journal = house.journal();
    let product = &products(&journal, nov(18))[0];
    let stairs = staircase(&journal, product, november(), nov(18));
    let planned: Vec<bool> = (10..=18)
        .map(|day| stairs.days[day - 1].plan.is_some())
        .collect();
    assert_eq!(
        planned,
        [true, true, true, false, false, false, false, false, false]
    );
}

#[test]
fn a_timeline_counts_from_the_last_cut_that_has_come_and_from_day_0_without_one() {
    let mut house = House::new();
    attempt(&mut house, 10, Some(20));
    let counted = |house: &House| {
        let journal = house.journal();
        let latest = trends::latest(&journal.attempts, nov(22)).unwrap();
        let course = trends::Course::of(latest, Origin::LastCut, &journal, nov(22)).unwrap();
        (course.origin, course.zero)
    };
    assert_eq!(counted(&house), (Origin::DayZero, nov(20)));
    with_plan(&mut house);
    assert_eq!(
        counted(&house),
        (Origin::LastCut, nov(17)),
        "that of the 24th is still ahead"
    );
}

#[test]
fn the_days_before_and_after_cuts_are_means_of_the_cuts_means_and_stop_at_day_0() {
    let mut house = House::new();
    with_plan(&mut house);
    let sleep = |house: &mut House, day: u32, hours: &str| {
        write(
            house,
            Kind::Measurement,
            Some("sleep_hours"),
            &[("value", hours)],
            day,
        );
    };
    let series = |house: &House| Series::find("sleep_hours", &house.journal()).unwrap();
    let around = |house: &House| {
        let journal = house.journal();
        let powder = product::by_code(&journal, "powder").unwrap();
        after_cut::around_cuts(&journal, &powder, series(house), nov(29))
    };
    for (day, hours) in [(14, "8"), (15, "10"), (17, "4"), (18, "5"), (20, "6")] {
        sleep(&mut house, day, hours);
    }
    let sides = |house: &House| {
        let around = around(house);
        let sides = around.sides.unwrap();
        (
            around.cuts,
            around.few,
            sides.before.fine(),
            sides.after.fine(),
        )
    };
    assert_eq!(sides(&house), (1, 1, 9.0, 4.5));
    for (day, hours) in [(21, "6"), (22, "8"), (23, "7"), (24, "6"), (25, "8")] {
        sleep(&mut house, day, hours);
    }
    assert_eq!(sides(&house), (2, 0, 8.0, 5.75));
    let days = around(&house).days;
    let days: Vec<_> = days.iter().map(|day| (day.day, day.mean, day.n)).collect();
    // The 20th is nearer to the cut of the 17th, the 21st to that of the 24th.
    let whole = [
        (-3, 7.0, 2),
        (-2, 9.0, 2),
        (-1, 7.0, 1),
        (0, 5.0, 2),
        (1, 6.5, 2),
        (3, 6.0, 1),
    ];
    assert_eq!(days, whole);
    attempt(&mut house, 10, Some(25));
    assert_eq!(
        sides(&house),
        (1, 1, 9.0, 4.5),
        "day 0 is no longer the plan"
    );
}

#[test]
fn every_kind_that_csv_has_no_row_for_is_counted_as_far_as_the_days_reach() {
    let mut house = House::new();
    write(
        &mut house,
        Kind::Dose,
        Some("powder"),
        &[("amount", "1.5")],
        16,
    );
    write(
        &mut house,
        Kind::Dose,
        Some("powder"),
        &[("amount", "1.5")],
        20,
    );
    write(
        &mut house,
        Kind::Reason,
        None,
        &[("text", "for my sleep")],
        20,
    );
    let journal = house.journal();
    assert_eq!(
        other_kinds(&journal, Range::ALL),
        [(Kind::Dose, 2), (Kind::Reason, 1)]
    );
    let later = Range {
        from: nov(18),
        ..Range::ALL
    };
    assert_eq!(
        other_kinds(&journal, later),
        [(Kind::Dose, 1), (Kind::Reason, 1)]
    );
}

#[test]
fn a_cut_that_is_still_ahead_has_no_mark_yet() {
    let mut house = House::new();
    with_plan(&mut house);
    write(
        &mut house,
        Kind::Dose,
        Some("powder"),
        &[("amount", "4.5")],
        16,
    );
    let journal = house.journal();
    let cuts = |today| {
        let events = events(&journal, november(), nov(today));
        events
            .iter()
            .filter(|event| event.kind == EventKind::Cut)
            .count()
    };
    assert_eq!((cuts(16), cuts(17)), (0, 1));
}

#[test]
fn own_practices_and_those_counted_or_only_done_are_series_too() {
    let mut house = House::new();
    let own = [("name", "Cold plunge"), ("measure", "count")];
    write(&mut house, Kind::OwnPractice, None, &own, 10);
    let code = practice::find(&house.journal(), "cold plunge")
        .unwrap()
        .code;
    write(
        &mut house,
        Kind::Practice,
        Some(&code),
        &[("count", "2")],
        16,
    );
    write(
        &mut house,
        Kind::Practice,
        Some(&code),
        &[("count", "3")],
        16,
    );
    let journal = house.journal();
    let plunge = find(&format!("practice_{code}"), &journal);
    assert_eq!(series::value(&journal, plunge, nov(16)), Some(5.0));
    assert_eq!(series::value(&journal, plunge, nov(17)), None);
}
