//! Machines with and without zone files: a zone is known, or it is said that it is not.
#![allow(clippy::unwrap_used)]

use super::{Doubt, LocalZone, Machine};
use chrono::DateTime;
use std::path::Path;

/// A machine that has these files, each with the rules of a zone.
fn here(tz: Option<&str>, named: Option<&str>, files: &[(&str, &str)]) -> LocalZone {
    let read = |path: &Path| {
        let (_, zone) = files.iter().find(|(file, _)| Path::new(file) == path)?;
        let zone = zone.replace('/', "_");
        Some(std::fs::read(format!("tests/fixtures/zones/{zone}.tzif")).unwrap_or_default())
    };
    Machine {
        tz,
        named,
        read: &read,
    }
    .here()
}

/// Name, offset in November and in July, and the doubt.
fn sentences(here: &LocalZone) -> (String, String, String, Option<Doubt>) {
    let at = |text: &str| {
        let at = text.parse::<DateTime<chrono::Utc>>().unwrap();
        here.zone.at(at).offset().to_string()
    };
    let offsets = (at("2026-11-28T08:00:00Z"), at("2026-07-01T08:00:00Z"));
    (
        here.zone.name().to_owned(),
        offsets.0,
        offsets.1,
        here.doubt.clone(),
    )
}

const BERLIN: &str = "Europe/Berlin";
const OF_BERLIN: (&str, &str) = ("/usr/share/zoneinfo/Europe/Berlin", BERLIN);

#[test]
fn a_zone_with_rules_is_taken_by_its_name() {
    let local = ("/etc/localtime", BERLIN);
    for (tz, named, files) in [
        (Some(BERLIN), None, [OF_BERLIN]),
        (Some(":Europe/Berlin"), Some("Asia/Tokyo"), [OF_BERLIN]),
        (
            Some("/usr/share/zoneinfo/Europe/Berlin"),
            Some("Asia/Tokyo"),
            [OF_BERLIN],
        ),
        (
            Some(BERLIN),
            None,
            [("/etc/zoneinfo/Europe/Berlin", BERLIN)],
        ),
        (None, Some(BERLIN), [local]),
        (None, Some(BERLIN), [OF_BERLIN]),
        (Some("localtime"), Some(BERLIN), [local]),
    ] {
        let expected = (
            BERLIN.to_owned(),
            "+01:00".to_owned(),
            "+02:00".to_owned(),
            None,
        );
        assert_eq!(sentences(&here(tz, named, &files)), expected, "{tz:?}");
    }
    let unnamed = here(None, None, &[local]);
    assert_eq!((unnamed.zone.name(), unnamed.doubt), ("local", None));
}

#[test]
fn a_zone_without_rules_is_said_and_never_kept_as_utc_under_its_name() {
    for (tz, named, meant) in [
        (Some(BERLIN), None, BERLIN),
        (Some(BERLIN), Some(BERLIN), BERLIN),
        (Some("Europe/Berlim"), Some("Asia/Tokyo"), "Europe/Berlim"),
        (Some("/no/such/file"), None, "/no/such/file"),
        (Some("EST5EDT"), None, "EST5EDT"),
        (Some("../../etc/passwd"), None, "../../etc/passwd"),
        (None, Some(BERLIN), BERLIN),
    ] {
        let here = here(tz, named, &[("/etc/other", BERLIN)]);
        let doubt = Doubt::NoRules(meant.to_owned());
        assert!(doubt.forbids_saving());
        let utc = (
            "UTC".to_owned(),
            "+00:00".to_owned(),
            "+00:00".to_owned(),
            Some(doubt),
        );
        assert_eq!(sentences(&here), utc, "{tz:?} {named:?}");
    }
}

#[test]
fn a_file_that_is_no_zone_file_is_no_rules() {
    let broken = ("/usr/share/zoneinfo/Europe/Berlin", "no such fixture");
    let here = here(Some(BERLIN), None, &[broken]);
    assert_eq!(here.doubt, Some(Doubt::NoRules(BERLIN.to_owned())));
}

#[test]
fn a_machine_that_names_no_zone_is_utc_by_that_name_and_says_so() {
    let here = here(None, None, &[]);
    assert_eq!(
        (here.zone.name(), here.doubt.clone()),
        ("UTC", Some(Doubt::NoZone))
    );
    assert!(!Doubt::NoZone.forbids_saving());
    let sentence = Doubt::NoZone.to_string();
    assert!(
        sentence.contains("UTC (+00:00)") && sentence.contains("TZ=Europe/Berlin"),
        "{sentence}"
    );
}

#[test]
fn utc_needs_no_rules_and_hours_said_in_tz_are_named_after_what_they_are() {
    for (tz, name) in [
        ("", "UTC"),
        ("UTC", "UTC"),
        (":UTC", "UTC"),
        ("Etc/UTC", "Etc/UTC"),
        ("UTC0", "+00:00"),
    ] {
        let utc = (
            name.to_owned(),
            "+00:00".to_owned(),
            "+00:00".to_owned(),
            None,
        );
        assert_eq!(sentences(&here(Some(tz), Some(BERLIN), &[])), utc, "{tz}");
    }
    let ahead = (
        "+01:00".to_owned(),
        "+01:00".to_owned(),
        "+01:00".to_owned(),
        None,
    );
    assert_eq!(sentences(&here(Some("UTC-1"), None, &[])), ahead);
    let rule = "CET-1CEST,M3.5.0,M10.5.0/3";
    let both = (
        rule.to_owned(),
        "+01:00".to_owned(),
        "+02:00".to_owned(),
        None,
    );
    assert_eq!(sentences(&here(Some(rule), None, &[])), both);
}

#[test]
fn a_strange_name_cannot_steer_the_terminal() {
    let here = here(Some("Foo\u{1b}[2J"), None, &[]);
    let sentence = here.doubt.unwrap().to_string();
    assert!(!sentence.contains('\u{1b}'), "{sentence}");
}
