//! A word that is typed is in the entry, or it is in the refusal: none is dropped, and none becomes another value.

use super::house::House;

#[test]
fn no_typed_amount_is_dropped_or_changed() {
    let house = House::new();
    house.done(&["dose", "5g", "powder", "--at", "yesterday 10:00"]);
    let before = house.done(&["export", "json"]).out;
    for (words, said) in [
        // With an amount of last time, a dropped one would be saved as that.
        (
            &["dose", "3g", "powder", "8pm"][..],
            "which one is the amount: 3g, 8pm?",
        ),
        (
            &["dose", "powder", "2", "3"],
            "which one is the amount: 2, 3?",
        ),
        (&["dose", "1,500mg", "7-oh"], "thousands or decimals"),
        (&["dose", "1", "shot"], "is counted in mL"),
        (&["used", "alcohol", "two"], "an amount is a number"),
        (&["used", "alcohol", "2-3"], "an amount is a number"),
        (&["used", "alcohol", "1e3"], "an amount is a number"),
        (
            &["used", "alcohol", "2", "or", "3"],
            "an amount is a number",
        ),
        (&["used", "alcohol", "1,500ml"], "thousands or decimals"),
        (&["measure", "steps=10,000"], "whole number"),
        (&["measure", "steps=10.000"], "whole number"),
        (&["measure", "fluids=1,500"], "thousands or decimals"),
    ] {
        let refused = house.ebb(words);
        assert_eq!(refused.code, 2, "{words:?}: {refused:?}");
        assert!(
            refused.err.contains(said) && refused.err.to_lowercase().contains("nothing was saved"),
            "{words:?}: {refused:?}"
        );
        assert_eq!(house.done(&["export", "json"]).out, before, "{words:?}");
    }
    for (words, saved) in [
        (&["dose", "1½", "capsules"][..], "1.5 capsules,"),
        (&["dose", "2,5", "powder"], "2.5 g Leaf powder,"),
        (
            &["used", "alcohol", "2,5", "large", "beers"],
            "Alcohol, 2.5 large beers,",
        ),
        (&["used", "alcohol", "½", "bottle"], "Alcohol, 0.5 bottle,"),
        (&["measure", "fluids=0,125l"], "Fluids drunk, 0.125 L,"),
    ] {
        let said = house.done(words).err;
        assert!(said.contains(saved), "{words:?}: {said}");
    }
}

#[test]
fn amounts_of_a_list_with_semicolons_have_decimal_commas() {
    let house = House::new();
    let steps = |list: &str| {
        let words = [
            "taper",
            "preview",
            "--from",
            "4,5",
            "--steps",
            list,
            "--every",
            "7",
            "--product",
            "powder",
        ];
        house.done(&words).out
    };
    assert_eq!(steps("4;3,5;3"), steps("4 3.5 3"));
    assert_eq!(steps("4 g; 3,5 g; 3 g"), steps("4,3.5,3"));
}

#[test]
fn a_moment_that_cannot_be_read_says_that_nothing_was_saved() {
    let house = House::new();
    house.done(&["checkin", "--overall", "5"]);
    let before = house.done(&["export", "json"]).out;
    for when in [
        "5d",
        "20h",
        "30 feb",
        "25:00",
        "1/2",
        "2026-13-01",
        "mon 25 nov 2025",
    ] {
        for verb in [
            &["checkin", "--overall", "3"][..],
            &["dose", "2", "powder"],
            &["urge", "2"],
            &["measure", "weight=80"],
            &["did", "walking"],
            &["entry", "check-in", "edit", "last"],
        ] {
            let words = [verb, &["--at", when]].concat();
            let refused = house.ebb(&words);
            assert_eq!(refused.code, 2, "{words:?}: {refused:?}");
            assert!(
                refused.err.contains("nothing was saved"),
                "{words:?}: {refused:?}"
            );
        }
    }
    assert_eq!(house.done(&["export", "json"]).out, before);
}

#[test]
fn the_days_of_something_that_lasts_are_said_as_they_were_understood() {
    let house = House::new();
    for (words, said) in [
        (
            &[
                "treatment",
                "add",
                "outpatient",
                "--start",
                "1 dec",
                "--stop",
                "1 nov",
            ][..],
            "since Mon 1 Dec 2025, until Mon 1 Nov 2027",
        ),
        (
            &["medication", "add", "Zinc", "--start", "2026-11-02"],
            "since Mon 2 Nov",
        ),
        (
            &["medication", "edit", "zinc", "--stop", "yesterday"],
            "since Mon 2 Nov, until Sat 21 Nov",
        ),
    ] {
        let saved = house.done(words).err;
        assert!(saved.contains(said), "{words:?}: {saved}");
    }
}
