//! What is worked out from records: last doses, limits, days' values, what today holds, what is said after a save.

use crate::house::{House, nov, now};
use chrono::TimeDelta;
use ebbtide::domain::amount::Amount;
use ebbtide::domain::attempt::{Attempt, Method};
use ebbtide::domain::care::catalogue::CareList;
use ebbtide::domain::care::measurement::Part;
use ebbtide::domain::care::{measurement, medication, urge};
use ebbtide::domain::dose;
use ebbtide::domain::dose::product;
use ebbtide::domain::dose::{folded, long, week_up_to};
use ebbtide::domain::entry::{after_save, today};
use ebbtide::domain::id::EntryId;
use ebbtide::domain::journal::Journal;
use ebbtide::domain::journal::change::Change;
use ebbtide::domain::journal::settings::Setting;
use ebbtide::domain::record::Record;
use ebbtide::domain::record::kind::Kind;
use ebbtide::domain::safety::calm_lines::CalmLine;
use ebbtide::domain::taper::plan::Plan;
use ebbtide::domain::taper::plans::version_record;
use ebbtide::domain::taper::terms::{Shape, Terms};
use ebbtide::domain::taper::{action, plans};
use ebbtide::domain::time::Now;

fn dose(house: &mut House, product: &str, amount: &str, day: u32, time: &str) {
    house.write(
        Kind::Dose,
        Some(product),
        &[("amount", amount)],
        &now(day, time),
    );
}

#[test]
fn as_last_time_is_the_last_dose_of_that_product() {
    let mut house = House::new();
    dose(&mut house, "powder", "2", 20, "09:00");
    dose(&mut house, "powder", "1.5", 21, "09:00");
    dose(&mut house, "tablet_7oh", "10", 22, "09:00");
    let journal = house.journal();
    let until = now(22, "20:00").at.timestamp();
    assert_eq!(
        dose::last_dose_of(&journal, "powder", until)
            .unwrap()
            .text(),
        "1.5 g"
    );
    assert_eq!(dose::last_dose(&journal, until).unwrap().text(), "10 mg");
    let before = now(21, "08:00").at.timestamp();
    assert_eq!(
        dose::last_dose_of(&journal, "powder", before)
            .unwrap()
            .text(),
        "2 g"
    );
    let used: Vec<_> = dose::products_used(&journal)
        .into_iter()
        .map(|p| p.code)
        .collect();
    assert_eq!(used, ["tablet_7oh", "powder"]);
}

#[test]
fn amounts_of_a_day_are_summed_per_product_and_a_day_without_one_has_none() {
    let mut house = House::new();
    dose(&mut house, "powder", "1.1", 22, "08:00");
    dose(&mut house, "powder", "1.2", 22, "14:00");
    dose(&mut house, "capsule", "3", 22, "15:00");
    let journal = house.journal();
    let powder = product::by_code(&journal, "powder").unwrap();
    assert_eq!(
        dose::used_on(&journal, &powder, nov(22)),
        "2.3".parse().ok()
    );
    assert_eq!(dose::used_on(&journal, &powder, nov(21)), None);
}

#[test]
fn the_longest_gap_counts_up_to_now() {
    let mut house = House::new();
    let gap = |house: &House| {
        dose::longest_gap(
            &house.journal(),
            week_up_to(nov(22)),
            now(22, "20:00").at.timestamp(),
        )
    };
    assert_eq!(gap(&house), None);
    dose(&mut house, "powder", "1", 22, "08:00");
    assert_eq!(gap(&house), Some(TimeDelta::hours(12)));
    dose(&mut house, "powder", "1", 21, "08:00");
    assert_eq!(gap(&house), Some(TimeDelta::hours(24)));
    // What ended in the week counts whole, however long ago it began.
    dose(&mut house, "powder", "1", 2, "08:00");
    assert_eq!(gap(&house), Some(TimeDelta::days(19)));
    assert_eq!(long(TimeDelta::minutes(250)), "4 h 10 min");
    assert_eq!(long(TimeDelta::hours(50)), "2 days 2 h");
    assert_eq!(long(TimeDelta::minutes(59)), "59 min");
}

#[test]
fn nearly_equal_neighbours_are_folded_and_others_are_not() {
    let mut house = House::new();
    for (amount, time) in [
        ("2", "08:00"),
        ("2.1", "12:00"),
        ("2", "16:00"),
        ("3", "20:00"),
    ] {
        dose(&mut house, "powder", amount, 22, time);
    }
    let journal = house.journal();
    let doses = dose::doses_on(&journal, nov(22));
    let said: Vec<_> = folded(&journal, &doses)
        .iter()
        .map(ebbtide::domain::dose::Fold::text)
        .collect();
    assert_eq!(said, ["3 doses of 2 to 2.1 g", "3 g"]);
}

#[test]
fn a_dose_after_day_zero_moves_nothing() {
    let mut house = House::new();
    let attempt = Attempt {
        id: EntryId::from_bytes([200; 16]),
        began: nov(2),
        day_zero: Some(nov(2)),
        method: Method::Stop,
        name: None,
        goal: None,
        ended: None,
    };
    house
        .store
        .apply(
            &[Change::RecordAttempt(attempt.clone())],
            now(2, "20:00").at.to_utc(),
        )
        .unwrap();
    dose(&mut house, "powder", "1", 22, "10:00");
    let journal = house.journal();
    assert!(dose::is_after_day_zero(&journal, nov(22)));
    assert!(!dose::is_after_day_zero(&journal, nov(2)));
    assert_eq!(journal.attempts.open(nov(22)).unwrap().attempt, &attempt);
    assert_eq!(attempt.day_number(nov(22)), Some(20));
}

#[test]
fn a_limit_is_said_before_the_last_intake_and_after_the_gap_no_more() {
    let mut house = House::new();
    let label = [("name", "Ibuprofen"), ("most", "2"), ("gap", "6")];
    let medication = house.write(
        Kind::Medication,
        Some("ibuprofen"),
        &label,
        &now(22, "07:00"),
    );
    let id = medication.id.to_string();
    let said = |house: &House, time| {
        medication::before_intake(&house.journal(), &medication, &now(22, time))
    };
    assert_eq!(said(&house, "08:00"), None);
    house.write(
        Kind::Intake,
        Some(&id),
        &[("state", "taken")],
        &now(22, "08:20"),
    );
    insta::assert_snapshot!(said(&house, "10:00").unwrap(), @"The gap you entered ends 14:20. This is number 2 today, and you entered 2 as the most a day. It covers only this entry; check other products' ingredients.");
    insta::assert_snapshot!(said(&house, "15:00").unwrap(), @"This is number 2 today, and you entered 2 as the most a day. It covers only this entry; check other products' ingredients.");
    house.write(
        Kind::Intake,
        Some(&id),
        &[("state", "skipped")],
        &now(22, "15:00"),
    );
    assert!(
        said(&house, "16:00").unwrap().contains("number 2"),
        "a skipped one is not counted"
    );
    house.write(
        Kind::Intake,
        Some(&id),
        &[("state", "late")],
        &now(22, "16:00"),
    );
    assert!(said(&house, "23:00").unwrap().contains("would be number 3"));
}

#[test]
fn two_skipped_intakes_bring_up_the_caution_about_stopping() {
    let mut house = House::new();
    let medication = house.write(
        Kind::Medication,
        Some("clonidine"),
        &[("name", "Clonidine")],
        &now(20, "07:00"),
    );
    let id = medication.id.to_string();
    for (day, state) in [(20, "skipped"), (21, "taken"), (22, "skipped")] {
        house.write(
            Kind::Intake,
            Some(&id),
            &[("state", state)],
            &now(day, "20:00"),
        );
    }
    assert_eq!(
        medication::skipped_caution(&house.journal(), &medication),
        None
    );
    house.write(
        Kind::Intake,
        Some(&id),
        &[("state", "skipped")],
        &now(22, "20:30"),
    );
    assert!(
        medication::skipped_caution(&house.journal(), &medication)
            .unwrap()
            .contains("prescriber")
    );
}

#[test]
fn the_sleeps_of_a_day_add_up_and_pressure_is_a_mean() {
    let mut house = House::new();
    let list = CareList::built_in();
    let (sleep, pressure) = (
        list.measure("sleep_hours").unwrap(),
        list.measure("blood_pressure").unwrap(),
    );
    for (about, value, time) in [
        ("sleep_hours", "4", "06:00"),
        ("sleep_hours", "6.5", "09:00"),
        ("blood_pressure", "120/80", "10:00"),
        ("blood_pressure", "130/90", "18:00"),
    ] {
        house.write(
            Kind::Measurement,
            Some(about),
            &[("value", value)],
            &now(22, time),
        );
    }
    let journal = house.journal();
    assert_eq!(
        measurement::value_on(&journal, sleep, Part::First, nov(22)),
        Some(10.5)
    );
    assert_eq!(
        measurement::value_on(&journal, pressure, Part::First, nov(22)),
        Some(125.0)
    );
    assert_eq!(
        measurement::value_on(&journal, pressure, Part::Second, nov(22)),
        Some(85.0)
    );
    assert_eq!(
        measurement::value_on(&journal, sleep, Part::First, nov(21)),
        None
    );
}

#[test]
fn urges_are_counted_by_the_hour_on_the_wall() {
    let mut house = House::new();
    for (strength, time) in [("2", "21:10"), ("4", "21:50"), ("1", "00:30")] {
        house.write(
            Kind::Urge,
            None,
            &[("strength", strength), ("helped", "tea")],
            &now(21, time),
        );
    }
    let hours = urge::by_hour(&house.journal(), week_up_to(nov(22)));
    assert_eq!((hours[21].n, hours[21].mean()), (2, Some(3.0)));
    assert_eq!((hours[0].n, hours[12].n), (1, 0));
    assert_eq!(urge::what_helped(&house.journal()), [("tea".to_owned(), 3)]);
}

#[test]
fn today_says_what_was_used_against_the_plan_and_never_what_is_left() {
    let mut house = House::new();
    let terms = Terms {
        shape: Shape::FixedCut(Amount::whole(1)),
        start: Amount::whole(5),
        every_days: 7,
        until: Amount::whole(1),
        smallest: Amount::from_thousandths(100),
        split: 2,
        begin: nov(10),
    };
    let id = EntryId::from_bytes([201; 16]);
    let version = action::start(terms, nov(10)).unwrap();
    let record = version_record(EntryId::from_bytes([202; 16]), id, "powder", &version);
    house
        .store
        .apply(&[Change::Record(record)], now(10, "08:00").at.to_utc())
        .unwrap();
    let plan = Plan {
        id,
        product: "powder".to_owned(),
        versions: vec![version],
    };
    assert_eq!(plans::plans(&house.journal()), std::slice::from_ref(&plan));
    dose(&mut house, "powder", "1.5", 21, "09:00");
    dose(&mut house, "powder", "1.5", 22, "09:00");
    dose(&mut house, "powder", "1", 22, "15:50");
    house.write(Kind::Urge, None, &[("strength", "3")], &now(22, "12:00"));
    let walk = [("minutes", "20"), ("before", "3"), ("after", "1")];
    house.write(Kind::Practice, Some("walking"), &walk, &now(22, "13:00"));
    let visit = house
        .draft(Kind::Appointment, &now(24, "10:00"))
        .about("doctor_visit");
    house.try_save(&visit, &now(22, "14:00")).unwrap();
    house.write(
        Kind::Question,
        None,
        &[("text", "is this to be expected?")],
        &now(22, "15:00"),
    );
    let routine = Setting::Routine(vec!["walking".to_owned(), "deep_breathing".to_owned()]);
    house
        .store
        .apply(&[Change::Set(routine)], now(22, "15:00").at.to_utc())
        .unwrap();
    insta::assert_snapshot!(today::lines(&house.journal(), &now(22, "20:00")).join("\n"), @r"
    Leaf powder: used 2.5 g in 2 doses, plan at most 4 g
    last dose 4 h 10 min ago
    1 urge, strongest 3
    Walking, 20 min, felt 3 before, 1 after
    in your routine: Deep breathing
    Doctor visit Tue 24 Nov 10:00, 1 question
    ");
    let ended = action::end(&plan, nov(22)).unwrap();
    let record = version_record(EntryId::from_bytes([203; 16]), id, "powder", &ended);
    house
        .store
        .apply(&[Change::Record(record)], now(22, "21:00").at.to_utc())
        .unwrap();
    assert!(plans::plans_on(&house.journal(), nov(22)).is_empty());
    assert_eq!(plans::plans(&house.journal())[0].versions.len(), 2);
}

#[test]
fn a_quiet_line_follows_what_calls_for_one_and_nothing_else() {
    let mut house = House::new();
    let seen = |house: &House, record, at: &Now| {
        after_save::calm_line(
            (&Journal::default(), &house.journal()),
            &[Change::Record(record)],
            at,
        )
    };
    let after = |house: &House, record: Record| {
        let at = now(25, "20:00");
        seen(house, record, &at)
    };
    let at = now(18, "09:00");
    let first = house.write(Kind::Dose, Some("powder"), &[("amount", "1")], &at);
    assert_eq!(after(&house, first), None);
    let third = house.write(
        Kind::Dose,
        Some("powder"),
        &[("amount", "1")],
        &now(21, "09:00"),
    );
    assert_eq!(after(&house, third), None, "two days without");
    let later = house.write(
        Kind::Dose,
        Some("powder"),
        &[("amount", "1")],
        &now(25, "09:00"),
    );
    assert_eq!(
        after(&house, later.clone()).as_deref(),
        Some(CalmLine::Tolerance.text())
    );
    // Of yesterday's dose too, and of none that is noted later than that.
    let tolerance = Some(CalmLine::Tolerance.text().to_owned());
    assert_eq!(seen(&house, later.clone(), &now(26, "09:00")), tolerance);
    assert_eq!(seen(&house, later, &now(27, "09:00")), None);
    let told = house.write(
        Kind::Urge,
        None,
        &[("strength", "4"), ("note", "I want to die")],
        &now(25, "10:00"),
    );
    assert_eq!(
        after(&house, told).as_deref(),
        Some(CalmLine::Crisis.text())
    );
    let phq = [("value", "9"), ("item9", "1")];
    let phq = house.write(Kind::Measurement, Some("phq9"), &phq, &now(25, "11:00"));
    assert_eq!(after(&house, phq).as_deref(), Some(CalmLine::Crisis.text()));
    let stopped = [("name", "Clonidine"), ("stop", "2026-11-25")];
    let stopped = house.write(
        Kind::Medication,
        Some("clonidine"),
        &stopped,
        &now(25, "12:00"),
    );
    assert!(after(&house, stopped).unwrap().contains("prescriber"));
}

#[test]
fn stock_says_nothing_while_it_is_off_and_only_what_was_noted_while_it_is_on() {
    use ebbtide::domain::dose::stock;
    use ebbtide::domain::journal::settings::StockTracking;
    let mut house = House::new();
    dose(&mut house, "powder", "3", 2, "08:00");
    let bought = [("amount", "250"), ("price", "39.9")];
    house.write(Kind::Purchase, Some("powder"), &bought, &now(3, "09:00"));
    dose(&mut house, "powder", "3.5", 4, "08:00");
    dose(&mut house, "tablet_7oh", "7", 4, "09:00");
    assert!(stock::sentences(&house.journal(), nov(22)).is_empty());
    let on = Change::Set(Setting::StockTracking(StockTracking::On));
    let written = now(5, "08:00").at.to_utc();
    house.store.apply(&[on], written).unwrap();
    insta::assert_snapshot!(stock::sentences(&house.journal(), nov(22)).join("\n"), @r"
    Leaf powder: bought 250 g since Tue 3 Nov, logged 3.5 g; bought minus logged is 246.5 g. What was not logged is not in it.
    Spent: Nov 2026 39.9, by the prices you noted.
    ");
}
