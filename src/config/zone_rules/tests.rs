//! Zone files and `TZ` against the rules of a library that carries its own.
#![allow(clippy::unwrap_used)]

use super::Rules;
use chrono::{DateTime, Offset, TimeZone};
use chrono_tz::Tz;
use proptest::prelude::*;

/// Zones whose rules are old and odd enough: two summer times, a negative one, half an hour, a day left out.
const ZONES: [&str; 7] = [
    "Europe/Berlin",
    "Europe/Dublin",
    "America/New_York",
    "America/Sao_Paulo",
    "Australia/Lord_Howe",
    "Asia/Tokyo",
    "Pacific/Apia",
];

fn file(name: &str) -> Vec<u8> {
    let name = name.replace('/', "_");
    std::fs::read(format!("tests/fixtures/zones/{name}.tzif")).unwrap()
}

fn library(name: &str, utc: i64) -> i64 {
    let zone: Tz = name.parse().unwrap();
    let at = DateTime::from_timestamp(utc, 0).unwrap().naive_utc();
    zone.offset_from_utc_datetime(&at)
        .fix()
        .local_minus_utc()
        .into()
}

proptest! {
    #[test]
    fn a_zone_file_says_what_the_library_says(
        zone in 0..ZONES.len(), utc in -5_000_000_000_i64..4_100_000_000
    ) {
        let name = ZONES[zone];
        let rules = Rules::from_file(&file(name)).unwrap();
        prop_assert_eq!(rules.offset_at(utc), library(name, utc));
    }

    #[test]
    fn each_change_of_a_zone_comes_at_its_second(zone in 0..ZONES.len(), nth in 0_usize..400, by in -1_i64..=1) {
        let name = ZONES[zone];
        let rules = Rules::from_file(&file(name)).unwrap();
        let Some((at, _)) = rules.changes.get(nth) else { return Ok(()) };
        prop_assert_eq!(rules.offset_at(at + by), library(name, at + by));
    }

    #[test]
    fn any_bytes_and_any_text_are_read_or_refused(
        cut in 0_usize..4000, at in 0_usize..4000, byte in any::<u8>(), text in ".{0,40}",
        near in "[A-Z<>+,./:JM0-9-]{0,30}", utc in any::<i64>()
    ) {
        let mut bytes = file("Europe/Berlin");
        bytes.truncate(cut);
        if let Some(place) = bytes.get_mut(at) {
            *place = byte;
        }
        let all = [Rules::from_file(&bytes), Rules::from_text(&text), Rules::from_text(&near)];
        for rules in all.into_iter().flatten() {
            prop_assert!(rules.offset_at(utc).abs() < 86_400);
        }
    }

    #[test]
    fn the_rule_of_tz_says_what_the_zone_says(utc in 1_000_000_000_i64..4_100_000_000) {
        for (text, name) in [
            ("CET-1CEST,M3.5.0,M10.5.0/3", "Europe/Berlin"),
            ("<+1030>-10:30<+11>-11,M10.1.0,M4.1.0", "Australia/Lord_Howe"),
            ("JST-9", "Asia/Tokyo"),
        ] {
            // The southern one has these days since 2008.
            if name == "Australia/Lord_Howe" && utc < 1_230_000_000 {
                continue;
            }
            prop_assert_eq!(Rules::from_text(text).unwrap().offset_at(utc), library(name, utc));
        }
    }
}

#[test]
fn days_of_the_year_count_with_and_without_29_february() {
    let utc = |text: &str| text.parse::<DateTime<chrono::Utc>>().unwrap().timestamp();
    let without = Rules::from_text("AAA0BBB,J60/0,J300/0").unwrap();
    let with = Rules::from_text("AAA0BBB,60/0,300/0").unwrap();
    // J60 is 1 March in every year; day 60 counted from 0 is 29 February's next day only in a leap year.
    for (rules, year, begins) in [
        (&without, "2027", "03-01"),
        (&without, "2028", "03-01"),
        (&with, "2027", "03-02"),
        (&with, "2028", "03-01"),
    ] {
        let at = utc(&format!("{year}-{begins}T00:00:00Z"));
        assert_eq!(
            (rules.offset_at(at - 1), rules.offset_at(at)),
            (0, 3600),
            "{year}"
        );
    }
}

#[test]
fn what_is_no_zone_is_refused() {
    for text in [
        "",
        "Foo/Bar",
        "Europe/Berlin",
        "CET",
        "CET-1CEST",
        "CET-25:00x",
        "EST5EDT,M3.2.0",
        "A1",
    ] {
        assert_eq!(Rules::from_text(text), None, "{text}");
    }
    for bytes in [&b""[..], b"TZif", b"TZif2", &[0; 100]] {
        assert_eq!(Rules::from_file(bytes), None);
    }
}
