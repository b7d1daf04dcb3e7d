//! Which plan is meant, and what is refused.

use crate::house::House;
use crate::{done_on, json, on, quiet_house};

#[test]
fn with_several_plans_the_product_chooses_and_without_it_they_are_named() {
    let house = House::new();
    for (product, cut) in [("powder", "0.5"), ("7-oh", "1")] {
        house.done(&[
            "taper",
            "start",
            "--product",
            product,
            "--from",
            "10",
            "--cut",
            cut,
            "--every",
            "7",
            "--until",
            "5",
        ]);
    }
    for act in ["show", "hold", "resume", "back", "go-on", "end", "versions"] {
        let said = house.ebb(&["taper", act]);
        assert_eq!(said.code, 2, "{act}: {said:?}");
        assert!(
            said.err.contains("tablet_7oh") && said.err.contains("powder"),
            "{said:?}"
        );
    }
    house.done(&["taper", "hold", "--product", "powder"]);
    let shown = json(&house, &["taper", "show", "--product", "powder", "--json"]);
    assert_eq!(shown["now"]["held"], true);
    let other = json(&house, &["taper", "show", "--product", "7-oh", "--json"]);
    assert_eq!(other["now"]["held"], false);
    let plans = json(&house, &["status", "--json"])["plans"].clone();
    assert_eq!(plans.as_array().unwrap().len(), 2);
}

#[test]
fn a_medicine_is_no_product_and_whoever_prescribes_it_is_named() {
    let house = House::new();
    house.done(&["medication", "add", "My evening tablet"]);
    for medicine in ["clonidine", "my evening tablet"] {
        for act in ["preview", "start"] {
            let said = house.ebb(&[
                "taper",
                act,
                "--product",
                medicine,
                "--from",
                "3",
                "--cut",
                "1",
                "--every",
                "7",
            ]);
            assert_eq!(said.code, 2, "{said:?}");
            assert!(
                said.err.contains("plans are for kratom products")
                    && said.err.contains("whoever prescribes it"),
                "{said:?}"
            );
        }
    }
    assert_eq!(house.ebb(&["taper", "versions"]).code, 1);
}

/// Terms that do not do, with what is said of them.
const SLIPS: &[(&[&str], &str)] = &[
    (&["--from", "10", "--every", "7"], "--percent"),
    (&["--percent", "10", "--every", "7"], "--from"),
    (&["--from", "10", "--percent", "10"], "--every"),
    (
        &[
            "--from",
            "10",
            "--percent",
            "10",
            "--cut",
            "1",
            "--every",
            "7",
        ],
        "do not go together",
    ),
    (
        &[
            "--from", "10", "--of", "start", "--cut", "1", "--every", "7",
        ],
        "do not go together",
    ),
    (
        &["--from", "10", "--percent", "10", "--every", "7"],
        "--until: a share",
    ),
    (
        &[
            "--from",
            "10",
            "--percent",
            "0",
            "--every",
            "7",
            "--until",
            "1",
        ],
        "--percent: ",
    ),
    (
        &[
            "--from",
            "10",
            "--percent",
            "-5",
            "--every",
            "7",
            "--until",
            "1",
        ],
        "--percent: ",
    ),
    (&["--from", "10", "--cut", "0", "--every", "7"], "--cut: "),
    (
        &["--from", "10", "--steps", "9,11", "--every", "7"],
        "--steps: 11 comes after 9",
    ),
    (&["--from", "10", "--cut", "1", "--every", "0"], "--every: "),
    (
        &["--from", "10", "--cut", "1", "--every", "often"],
        "--every: ",
    ),
    (
        &[
            "--from", "10", "--cut", "1", "--every", "7", "--split", "13",
        ],
        "--split: ",
    ),
    (
        &[
            "--from", "10", "--cut", "1", "--every", "7", "--until", "11",
        ],
        "--until: ",
    ),
    (
        &[
            "--from", "10", "--cut", "1", "--every", "7", "--begin", "soon",
        ],
        "--begin: ",
    ),
    (
        &["--from", "10mg", "--cut", "1", "--every", "7"],
        "never converted",
    ),
    (&["--from", "0", "--cut", "1", "--every", "7"], "--from: "),
];

#[test]
fn a_slip_in_the_terms_ends_with_2_names_the_option_and_writes_nothing() {
    let house = House::new();
    for (slip, said) in SLIPS {
        for act in ["preview", "start"] {
            let args = [&["taper", act, "--product", "powder"], *slip].concat();
            let answer = house.ebb(&args);
            assert_eq!(answer.code, 2, "{args:?}: {answer:?}");
            assert!(
                answer.err.contains(said) && answer.out.is_empty(),
                "{args:?}: {answer:?}"
            );
        }
    }
    let unknown = house.ebb(&[
        "taper", "start", "--from", "10", "--cut", "1", "--every", "7",
    ]);
    assert_eq!(unknown.code, 2, "{unknown:?}");
    assert!(unknown.err.contains("tablet_7oh"), "{unknown:?}");
    let near = house.ebb(&[
        "taper",
        "start",
        "--from",
        "10",
        "--cut",
        "1",
        "--every",
        "7",
        "--product",
        "powdr",
    ]);
    assert!(
        near.code == 2 && near.err.contains("did you mean Leaf powder?"),
        "{near:?}"
    );
    assert_eq!(std::fs::read_dir(house.dir.path()).unwrap().count(), 0);
}

#[test]
fn what_cannot_be_done_with_a_plan_ends_with_2_and_adds_no_version() {
    let house = quiet_house();
    let day = "2026-11-13";
    let before = done_on(&house, day, &["taper", "versions"]).out;
    for args in [
        &["taper", "resume"] as &[&str],
        &["taper", "hold", "--until", "2026-11-13"],
        &["taper", "hold", "--until", "someday"],
        &[
            "taper",
            "start",
            "--product",
            "powder",
            "--from",
            "10",
            "--cut",
            "1",
            "--every",
            "7",
        ],
        &[
            "taper",
            "replan",
            "--from",
            "9",
            "--cut",
            "1",
            "--every",
            "7",
            "--begin",
            "2026-11-20",
        ],
    ] {
        let said = on(&house, day, args);
        assert_eq!(said.code, 2, "{args:?}: {said:?}");
        assert!(
            said.err.starts_with("ebb: ") || said.err.contains("\nebb: "),
            "{said:?}"
        );
    }
    assert_eq!(done_on(&house, day, &["taper", "versions"]).out, before);
}
