//! What was typed becomes a record, or the field that needs another look is named.

use crate::house::{House, nov, now};
use ebbtide::domain::entry::summary;
use ebbtide::domain::record::kind::Kind;

/// The field that is refused, and why.
fn refused(
    kind: Kind,
    about: Option<&str>,
    fields: &[(&'static str, &str)],
) -> (&'static str, String) {
    let mut house = House::new();
    let mut draft = house.draft(kind, &now(22, "20:00"));
    draft.about = about.map(str::to_owned);
    for (field, text) in fields {
        draft = draft.with(field, *text);
    }
    let refusal = house.try_save(&draft, &now(22, "20:00")).unwrap_err();
    (refusal.field, refusal.sentence)
}

#[test]
fn a_dose_is_kept_in_the_unit_of_its_product() {
    let mut house = House::new();
    let said = |house: &House, record| summary::line(&house.journal(), &record);
    for (about, typed, line) in [
        ("powder", "1.5", "used 1.5 g, Leaf powder"),
        ("powder", "1,5 g", "used 1.5 g, Leaf powder"),
        ("powder", "2 grams", "used 2 g, Leaf powder"),
        ("capsule", "1", "used 1 capsule, Capsules"),
        ("capsule", "3 caps", "used 3 capsules, Capsules"),
        ("tablet_7oh", "12mg", "used 12 mg, 7-OH tablet or gummy"),
    ] {
        let dose = house.write(
            Kind::Dose,
            Some(about),
            &[("amount", typed)],
            &now(22, "20:00"),
        );
        assert_eq!(said(&house, dose), line, "{typed}");
    }
}

#[test]
fn a_unit_that_does_not_fit_is_refused_and_nothing_is_converted() {
    let (field, sentence) = refused(Kind::Dose, Some("capsule"), &[("amount", "2 g")]);
    assert_eq!(field, "amount");
    assert!(sentence.contains("never converted"), "{sentence}");
    // Of what was bought 0 is nothing; of a dose it is a day without.
    assert_eq!(
        refused(Kind::Purchase, Some("powder"), &[("amount", "0")]).0,
        "amount"
    );
    assert_eq!(
        refused(Kind::Dose, Some("powder"), &[("amount", "lots")]).0,
        "amount"
    );
    assert_eq!(refused(Kind::Dose, Some("powder"), &[]).0, "amount");
    assert_eq!(
        refused(Kind::Dose, Some("moon"), &[("amount", "1")]).0,
        "about"
    );
    assert_eq!(refused(Kind::Dose, None, &[("amount", "1")]).0, "about");
}

#[test]
fn a_value_beyond_its_range_is_refused_by_name() {
    for (kind, about, field, text) in [
        (Kind::Urge, None, "strength", "5"),
        (Kind::Urge, None, "strength", "-1"),
        (Kind::Practice, Some("walking"), "before", "9"),
        (Kind::Practice, Some("walking"), "minutes", "1441"),
        (Kind::Medication, None, "start", "someday"),
        (Kind::Measurement, Some("sleep_hours"), "bed", "25:00"),
    ] {
        let needed = match kind {
            Kind::Urge => ("minutes", "1"),
            Kind::Medication => ("name", "Clonidine"),
            Kind::Measurement => ("value", "6"),
            _ => ("count", "1"),
        };
        assert_eq!(
            refused(kind, about, &[needed, (field, text)]).0,
            field,
            "{field} {text}"
        );
    }
}

#[test]
fn an_entry_may_not_lie_ahead_but_a_visit_may() {
    let mut house = House::new();
    let mut urge = house
        .draft(Kind::Urge, &now(22, "20:00"))
        .with("strength", "2");
    urge.at = Some(now(22, "21:00").at);
    assert_eq!(
        house.try_save(&urge, &now(22, "20:00")).unwrap_err().field,
        "when"
    );
    let mut visit = house
        .draft(Kind::Appointment, &now(24, "10:00"))
        .about("doctor_visit");
    visit.at = Some(now(24, "10:00").at);
    let visit = house.try_save(&visit, &now(22, "20:00")).unwrap();
    assert_eq!(visit.day(), Some(nov(24)));
}

#[test]
fn two_numbers_are_typed_with_a_stroke_and_come_back_so() {
    let mut house = House::new();
    let at = now(22, "20:00");
    let pressure = house.write(
        Kind::Measurement,
        Some("blood_pressure"),
        &[("value", "120/80")],
        &at,
    );
    assert_eq!(
        summary::line(&house.journal(), &pressure),
        "Blood pressure, 120/80 mmHg"
    );
    let again = ebbtide::domain::record::draft::RecordDraft::of(&pressure, nov(22));
    assert_eq!(again.text("value"), "120/80");
    assert_eq!(house.try_save(&again, &at).unwrap().fields, pressure.fields);
    assert_eq!(
        refused(
            Kind::Measurement,
            Some("blood_pressure"),
            &[("value", "120")]
        )
        .0,
        "value"
    );
}

#[test]
fn hours_of_sleep_are_worked_out_from_the_times() {
    let mut house = House::new();
    let times = [
        ("bed", "23:00"),
        ("asleep", "23:30"),
        ("woke", "05:30"),
        ("up", "07:00"),
    ];
    let sleep = house.write(
        Kind::Measurement,
        Some("sleep_hours"),
        &times,
        &now(22, "08:00"),
    );
    assert_eq!(sleep.number("value"), "6".parse().ok());
    assert_eq!(
        summary::line(&house.journal(), &sleep),
        "Hours slept, 6 h, 75 % of the time in bed"
    );
    assert_eq!(
        refused(Kind::Measurement, Some("sleep_hours"), &[("bed", "23:00")]).0,
        "value"
    );
    assert_eq!(
        refused(Kind::Measurement, Some("sleep_hours"), &[("value", "25")]).0,
        "value"
    );
}

#[test]
fn item_nine_belongs_to_its_questionnaire_alone() {
    let item = ("item9", "1");
    assert_eq!(
        refused(Kind::Measurement, Some("gad7"), &[("value", "5"), item]).0,
        "item9"
    );
    assert_eq!(
        refused(Kind::Measurement, Some("phq9"), &[("value", "0"), item]).0,
        "item9"
    );
    let mut house = House::new();
    house.write(
        Kind::Measurement,
        Some("phq9"),
        &[("value", "5"), item],
        &now(22, "20:00"),
    );
}

#[test]
fn an_own_product_keeps_its_code_and_two_of_one_name_get_two() {
    let mut house = House::new();
    let at = now(22, "20:00");
    let fields = [("name", "Blue bag"), ("unit", "scoop"), ("smallest", "0.5")];
    let first = house.write(Kind::Product, None, &fields, &at);
    let second = house.write(Kind::Product, None, &fields, &at);
    assert_eq!(first.about(), Some("own_blue_bag"));
    assert_eq!(second.about(), Some("own_blue_bag_2"));
    let renamed =
        ebbtide::domain::record::draft::RecordDraft::of(&first, nov(22)).with("name", "Green bag");
    assert_eq!(
        house.try_save(&renamed, &at).unwrap().about(),
        Some("own_blue_bag")
    );
    let dose = house.write(
        Kind::Dose,
        Some("own_blue_bag"),
        &[("amount", "2 scoop")],
        &at,
    );
    assert_eq!(
        summary::line(&house.journal(), &dose),
        "used 2 scoop, Green bag"
    );
}

#[test]
fn a_medication_may_not_end_before_it_begins() {
    let dates = [
        ("name", "Clonidine"),
        ("start", "2026-11-10"),
        ("stop", "2026-11-09"),
    ];
    assert_eq!(
        refused(Kind::Medication, Some("clonidine"), &dates).0,
        "stop"
    );
}
