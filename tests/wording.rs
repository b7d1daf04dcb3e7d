//! Sentences that were right and misled: a word of another list, a bare number, a period of days that is none.
#![expect(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

#[path = "cli/house.rs"]
#[expect(dead_code, reason = "nothing is exported here")]
mod house;

use house::House;

#[test]
fn a_word_of_another_list_is_refused_with_the_verb_that_notes_it() {
    let house = House::new();
    for (args, verb) in [
        (&["did", "water"][..], "`ebb measure fluids=VALUE`"),
        (&["did", "Weight"], "`ebb measure weight=VALUE`"),
        (&["did", "sleep"], "`ebb measure sleep_hours=VALUE`"),
        (
            &["did", "acupuncture"],
            "`ebb appointment add acupuncture_session`",
        ),
        (
            &["did", "therapy"],
            "`ebb treatment add therapy_individual`",
        ),
        (&["did", "beer"], "`ebb used alcohol`"),
        (
            &["did", "clonidine"],
            "`ebb medication add clonidine`, then `ebb take clonidine`",
        ),
        (
            &["take", "clonidine"],
            "`ebb medication add clonidine`, then `ebb take clonidine`",
        ),
        (&["take", "water"], "`ebb measure fluids=VALUE`"),
        (&["used", "valerian"], "`ebb did valerian_root`"),
        (&["used", "kratom"], "`ebb dose AMOUNT PRODUCT`"),
        (&["used", "tea"], "`ebb dose AMOUNT tea`"),
        (&["measure", "walking=3"], "`ebb did walking`"),
        (&["dose", "1", "alcohol"], "`ebb used alcohol`"),
    ] {
        let said = house.ebb(args);
        assert_eq!(said.code, 2, "{args:?}: {said:?}");
        let sentence = format!("{verb} notes it. Nothing was saved");
        assert!(said.err.contains(&sentence), "{args:?}: {said:?}");
    }
    let said = house.ebb(&["did", "zzz"]);
    assert!(said.err.contains("there are deep_breathing"), "{said:?}");
    let said = house.ebb(&["did", "meditaton"]);
    assert!(said.err.contains("did you mean Meditation"), "{said:?}");
}

#[test]
fn a_bare_number_of_a_substance_is_saved_in_the_unit_that_its_form_offers() {
    let house = House::new();
    for (args, saved) in [
        (&["used", "alcohol", "2"][..], "Alcohol, 2 drinks,"),
        (&["used", "alcohol", "1"], "Alcohol, 1 drink,"),
        (&["used", "alcohol", "500", "ml"], "Alcohol, 500 mL,"),
        (&["used", "alcohol"], "Alcohol, counts"),
        (&["used", "caffeine", "2", "cups"], "Caffeine, 2 cups,"),
        (&["used", "nicotine", "3"], "Nicotine, 3 cigarettes,"),
        (&["used", "cannabis", "2"], "Cannabis, 2,"),
        (&["dose", "2", "cups", "tea"], "2 cups Tea or juice,"),
    ] {
        let said = house.done(args).err;
        assert!(said.contains(saved), "{args:?}: {said}");
    }
}

#[test]
fn a_report_of_a_few_days_compares_nothing_and_says_why() {
    let house = House::new();
    for day in ["20", "21", "22"] {
        let at = format!("2026-11-{day} 08:00");
        house.done(&["checkin", "--set", "nausea=2", "--at", &at]);
    }
    let report = || {
        let said = house.done(&["report", "--format", "text", "--from", "2026-11-01"]);
        said.out.split_whitespace().collect::<Vec<_>>().join(" ")
    };
    let short = report();
    assert!(!short.contains("last 1 days"), "{short}");
    assert!(
        short.contains("not compared: it takes 4 days at the beginning and 4 at the end"),
        "{short}"
    );
    house.done(&["checkin", "--set", "nausea=2", "--at", "2026-11-02 08:00"]);
    let long = report();
    assert!(
        long.contains("mean of the last 7 days against the first 7"),
        "{long}"
    );
}

#[test]
fn a_report_names_the_first_and_the_last_time_of_several_doses() {
    let house = House::new();
    house.done(&["start", "--last-use", "2026-11-13"]);
    for at in [
        "2026-11-20 08:00",
        "2026-11-20 22:10",
        "2026-11-21 09:00",
        "2026-11-21 23:00",
        "2026-11-22 01:30",
    ] {
        house.done(&["dose", "1g", "powder", "--at", at]);
    }
    house.done(&["dose", "1g", "powder", "--at", "2026-11-22 10:00"]);
    let report = house
        .done(&["report", "--format", "text", "--from", "2026-11-01"])
        .out;
    let report = report.split_whitespace().collect::<Vec<_>>().join(" ");
    for part in [
        "2026-11-20 08:00 to 22:10 2 doses of 1 g",
        "2026-11-21 09:00 to 2026-11-22 01:30 3 doses of 1 g",
        "2026-11-22 10:00 1 g",
    ] {
        assert!(report.contains(part), "{part}: {report}");
    }
}

#[test]
fn a_time_between_doses_that_began_before_the_week_says_so() {
    let house = House::new();
    house.done(&["dose", "1g", "powder", "--at", "2026-10-20 08:00"]);
    house.done(&["dose", "1g", "powder", "--at", "2026-11-21 08:00"]);
    let said = house
        .with_input(&["--plain"], "skip\nplan\ndoses\nquit\n")
        .out;
    let said = said.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(
        said.contains("Longest time between doses, reaching into the last 7 days: 32 days"),
        "{said}"
    );
}
