//! Entries that were written where the rules of their zone were missing are found; travel is not.
#![allow(clippy::unwrap_used)]

use super::zone_check;
use crate::domain::id::EntryId;
use crate::domain::journal::Journal;
use crate::domain::record::Record;
use crate::domain::record::kind::Kind;
use crate::domain::time::{Moment, Zone};
use chrono::DateTime;
use chrono_tz::Tz;
use std::collections::BTreeMap;

/// Urges, each of a moment with its offset, under the name of a zone.
fn journal(moments: &[(&str, &str)]) -> Journal {
    let records = (1..).zip(moments).map(|(n, (at, zone))| {
        let at = DateTime::parse_from_rfc3339(at).unwrap();
        let moment = Moment {
            at_utc: at.timestamp(),
            offset_min: i16::try_from(at.offset().local_minus_utc() / 60).unwrap(),
            zone: (*zone).into(),
            day: at.date_naive(),
            late: false,
            without_time: false,
        };
        Record::new(EntryId::from_bytes([n; 16]), Kind::Urge, Some(moment), None)
    });
    Journal::default().with_records(records.collect())
}

fn rules(name: &str) -> Option<Zone> {
    let zone: Tz = name.parse().ok()?;
    Some(Zone::new(name, zone))
}

#[test]
fn an_offset_that_its_zone_never_had_then_is_found_and_travel_is_not() {
    let journal = journal(&[
        ("2026-11-28T08:15:00+00:00", "Europe/Berlin"),
        ("2026-11-28T08:15:00+01:00", "Europe/Berlin"),
        ("2026-07-01T08:15:00+02:00", "Europe/Berlin"),
        ("2026-07-01T08:15:00+00:00", "Europe/London"),
        ("2026-12-01T08:15:00-05:00", "America/New_York"),
        ("2026-12-01T08:15:00+09:00", "+09:00"),
        ("2026-12-01T08:15:00+09:00", "local"),
        ("2026-12-01T08:15:00+00:00", "UTC"),
        ("2026-12-01T08:15:00+00:00", "Nowhere/Land"),
    ]);
    let check = zone_check(&journal, rules);
    let found: Vec<_> = check
        .misfits
        .iter()
        .map(|misfit| {
            let at = misfit.moment.at().to_rfc3339();
            (
                at,
                misfit.moment.zone.to_string(),
                misfit.offset.to_string(),
            )
        })
        .collect();
    let entry =
        |at: &str, zone: &str, offset: &str| (at.to_owned(), zone.to_owned(), offset.to_owned());
    assert_eq!(
        found,
        [
            entry("2026-07-01T08:15:00+00:00", "Europe/London", "+01:00"),
            entry("2026-11-28T08:15:00+00:00", "Europe/Berlin", "+01:00"),
        ]
    );
    assert_eq!(
        check.unchecked,
        BTreeMap::from([("Nowhere/Land".into(), 1)])
    );
}

#[test]
fn without_any_rules_nothing_is_claimed() {
    let journal = journal(&[("2026-11-28T08:15:00+00:00", "Europe/Berlin")]);
    let check = zone_check(&journal, |_| None);
    assert!(check.misfits.is_empty());
    assert_eq!(
        check.unchecked,
        BTreeMap::from([("Europe/Berlin".into(), 1)])
    );
}
