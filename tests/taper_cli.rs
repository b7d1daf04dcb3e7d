//! `ebb taper` from outside: each fixture through the preview, a month of a plan, days without entries, and the slips.

#![expect(clippy::unwrap_used, reason = "a test may stop at the first surprise")]
#![allow(missing_docs)]

#[path = "cli/house.rs"]
#[expect(dead_code, reason = "nothing is read as rows here")]
mod house;

#[path = "taper_cli/lived.rs"]
mod lived;
#[path = "taper_cli/previewed.rs"]
mod previewed;
#[path = "taper_cli/slips.rs"]
mod slips;

use house::House;
use serde_json::Value;

fn json(house: &House, args: &[&str]) -> Value {
    let value: Value = serde_json::from_str(&house.done(args).out).unwrap();
    // The verbs whose means have four decimals.
    let has_means = ["after", "show", "status"]
        .iter()
        .any(|verb| args.contains(verb));
    assert_eq!(value["version"], if has_means { 2 } else { 1 }, "{args:?}");
    value
}

/// Runs at eight in the evening of a day.
fn on(house: &House, day: &str, args: &[&str]) -> house::Said {
    let now = format!("{day}T20:00:00-05:00");
    house.ebb(&[&["--now", &now], args].concat())
}

fn done_on(house: &House, day: &str, args: &[&str]) -> house::Said {
    let said = on(house, day, args);
    assert_eq!(said.code, 0, "{day} {args:?}: {said:?}");
    said
}

/// A plan that goes down by one each week, with a dose on its thirteenth day and none after.
fn quiet_house() -> House {
    let house = House::new();
    done_on(
        &house,
        "2026-11-01",
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
            "--until",
            "2",
        ],
    );
    done_on(&house, "2026-11-13", &["dose", "9", "powder"]);
    house
}
