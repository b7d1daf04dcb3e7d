//! Units, ranges and bands of what can be measured.
#![expect(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

use super::*;
use crate::domain::care::catalogue::CareList;
use proptest::prelude::{prop_assert, proptest};

fn measure(code: &str) -> &'static Measure {
    CareList::built_in().measure(code).unwrap()
}

fn usual(code: &str, typed: &str) -> Option<String> {
    let read = measure(code).read(typed).unwrap();
    let usual = measure(code).in_usual(read.value, read.unit)?;
    Some(usual.to_string())
}

#[test]
fn a_value_stays_as_typed_and_its_usual_unit_is_worked_out_exactly() {
    let weight = measure("weight").read("150 lb").unwrap();
    assert_eq!(
        (weight.value.to_string().as_str(), weight.unit),
        ("150", "lb")
    );
    for (code, typed, expected) in [
        ("weight", "150 lb", "68.039"),
        ("weight", "68,5kg", "68.5"),
        ("temperature", "98.6 F", "37"),
        ("temperature", "100.4\u{b0}F", "38"),
        ("temperature", "36.8", "36.8"),
        ("fluids", "1.5 L", "1500"),
        ("fluids", "8oz", "236.588"),
        ("fluids", "250 ML", "250"),
        ("sleep_hours", "390 min", "6.5"),
        ("sleep_hours", "6.5", "6.5"),
        ("heart_rate", "72 /min", "72"),
        ("heart_rate", "72/min", "72"),
        ("heart_rate", "72bpm", "72"),
    ] {
        assert_eq!(
            usual(code, typed).as_deref(),
            Some(expected),
            "{code} {typed}"
        );
    }
}

#[test]
fn a_pressure_is_two_numbers() {
    let read = measure("blood_pressure").read("120/80 mmHg").unwrap();
    assert_eq!(
        (read.value, read.second),
        (Amount::whole(120), Some(Amount::whole(80)))
    );
    assert!(measure("blood_pressure").read("120/80").is_ok());
    for typed in [
        "120",
        "80/120",
        "100/100",
        "120/",
        "/80",
        "120/80/60",
        "400/80",
        "120/10",
    ] {
        assert!(measure("blood_pressure").read(typed).is_err(), "{typed}");
    }
}

#[test]
fn what_cannot_be_is_refused_on_both_sides() {
    for (code, good, bad) in [
        ("sleep_hours", "24", "24.1"),
        ("sleep_hours", "0", "1441 min"),
        ("weight", "20", "19.9"),
        ("weight", "400", "400.1"),
        ("heart_rate", "250", "251"),
        ("heart_rate", "20", "19"),
        ("temperature", "44", "44.1"),
        ("temperature", "30", "98.6 C"),
        ("temperature", "86 F", "85 F"),
        ("fluids", "20 L", "20.1 L"),
        ("phq2", "6", "7"),
        ("phq9", "27", "28"),
        ("gad7", "21", "22"),
        ("isi", "28", "29"),
        ("sows", "64", "65"),
        ("cows", "48", "49"),
    ] {
        assert!(measure(code).read(good).is_ok(), "{code} {good}");
        let refused = measure(code).read(bad);
        assert!(
            matches!(refused, Err(ReadingError::Implausible { .. })),
            "{code} {bad}"
        );
    }
}

#[test]
fn a_unit_of_something_else_half_a_point_and_no_number_are_refused() {
    assert!(matches!(
        measure("weight").read("70 cm"),
        Err(ReadingError::Unit { .. })
    ));
    assert!(matches!(
        measure("phq9").read("10.5"),
        Err(ReadingError::NotWhole(_))
    ));
    assert!(matches!(
        measure("meals").read("2.5"),
        Err(ReadingError::NotWhole(_))
    ));
    assert!(matches!(
        measure("weight").read("much"),
        Err(ReadingError::Amount(_))
    ));
    assert!(matches!(
        measure("weight").read(""),
        Err(ReadingError::Amount(_))
    ));
    assert!(matches!(
        measure("appetite").read("3"),
        Err(ReadingError::Direction(_))
    ));
    assert_eq!(
        measure("weight").read("70 cm").unwrap_err().to_string(),
        "Weight is not measured in \"cm\"; it is in kg, lb"
    );
}

#[test]
fn bands_stand_where_they_are_published_and_nowhere_else() {
    let band = |code: &str, total| measure(code).band(total).map(|(name, _)| name);
    for (code, total, name) in [
        ("phq9", 4, "minimal"),
        ("phq9", 5, "mild"),
        ("phq9", 14, "moderate"),
        ("phq9", 15, "moderately severe"),
        ("phq9", 20, "severe"),
        ("gad7", 9, "mild"),
        ("gad7", 15, "severe"),
        ("isi", 7, "not clinically significant"),
        ("isi", 8, "subthreshold"),
        ("isi", 15, "clinical, moderate"),
        ("isi", 22, "clinical, severe"),
    ] {
        assert_eq!(band(code, total), Some(name), "{code} {total}");
    }
    for measure in CareList::built_in().measures {
        assert_eq!(
            measure.bands.is_empty(),
            measure.bands_source.is_none(),
            "{}",
            measure.code
        );
        assert!(
            measure.bands.is_sorted_by_key(|band| band.from),
            "{}",
            measure.code
        );
    }
    for code in ["sows", "cows", "phq2", "sleep_hours", "blood_pressure"] {
        assert_eq!(band(code, 20), None, "{code}");
    }
}

#[test]
fn a_total_says_who_gives_it() {
    for measure in CareList::built_in().measures {
        if measure.form == MeasureForm::Total {
            assert!(
                measure.description.contains("a clinician gave you"),
                "{}",
                measure.code
            );
        }
    }
    assert!(measure("phq9").has_item9 && !measure("phq2").has_item9);
}

proptest! {
    #[test]
    fn nothing_typed_makes_it_stumble(typed in "\\PC{0,12}") {
        for measure in CareList::built_in().measures {
            let read = measure.read(&typed);
            if let Ok(read) = read {
                prop_assert!(measure.unit(read.unit).is_some());
            }
        }
    }
}

#[test]
fn thousands_are_never_taken_for_decimals() {
    let said = |code: &str, typed: &str| measure(code).read(typed).unwrap_err().to_string();
    assert_eq!(
        said("steps", "10.000"),
        "Steps is a whole number, such as 4 or 1500, without a point or comma"
    );
    assert_eq!(said("steps", "10,432"), said("steps", "10.000"));
    assert!(said("fluids", "1,500").contains("write 1500 or 1.5"));
    for (code, typed, value) in [
        ("steps", "10000", "10000"),
        ("steps", "7.0", "7"),
        ("weight", "80.123", "80.123"),
        ("fluids", "0,125 l", "0.125"),
    ] {
        assert_eq!(
            measure(code).read(typed).unwrap().value.to_string(),
            value,
            "{typed}"
        );
    }
}
