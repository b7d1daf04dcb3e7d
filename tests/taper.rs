//! Taper plans: the cases of `tests/fixtures/tapers`, the sentences, and the laws.
#![allow(clippy::unwrap_used, clippy::float_cmp, missing_docs)]

#[path = "taper/cases.rs"]
mod cases;
#[path = "taper/laws.rs"]
mod laws;
#[path = "taper/lived.rs"]
mod lived;
#[path = "taper/told.rs"]
mod told;

use chrono::NaiveDate;
use ebbtide::domain::amount::Amount;
use ebbtide::domain::id::EntryId;
use ebbtide::domain::taper::action::start;
use ebbtide::domain::taper::plan::{Plan, Version};
use ebbtide::domain::taper::terms::{Shape, Terms};

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn amount(text: &str) -> Amount {
    text.parse().unwrap()
}

/// A weekly plan from 10 to 1 in tenths, from Sunday 1 November 2026.
fn terms(code: &str, value: &str) -> Terms {
    Terms {
        shape: Shape::read(code, value).unwrap().unwrap(),
        start: amount("10"),
        every_days: 7,
        until: amount("1"),
        smallest: amount("0.1"),
        split: 1,
        begin: day("2026-11-01"),
    }
}

fn plan_of(version: Version) -> Plan {
    Plan {
        id: EntryId::from_bytes([7; 16]),
        product: "leaf_powder".to_owned(),
        versions: vec![version],
    }
}

fn begun(terms: Terms) -> Plan {
    let begin = terms.begin;
    plan_of(start(terms, begin).unwrap())
}
