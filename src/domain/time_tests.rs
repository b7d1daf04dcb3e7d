//! Days that end at four, clocks that jump, zones that left days out.
#![allow(clippy::unwrap_used)]

use super::*;
use chrono_tz::{TZ_VARIANTS, Tz};
use proptest::prelude::*;

fn zone(name: &str) -> Zone {
    Zone::new(name, name.parse::<Tz>().unwrap())
}

fn wall(text: &str) -> NaiveDateTime {
    NaiveDateTime::parse_from_str(text, "%Y-%m-%d %H:%M").unwrap()
}

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

#[test]
fn a_skipped_wall_time_moves_forward_by_what_was_skipped_and_says_so() {
    for (name, asked, given) in [
        ("America/New_York", "2026-03-08 02:30", "2026-03-08 03:30"),
        ("Africa/Cairo", "2026-04-24 00:00", "2026-04-24 01:00"),
        ("America/Havana", "2026-03-08 00:15", "2026-03-08 01:15"),
        ("Asia/Beirut", "2026-03-29 00:00", "2026-03-29 01:00"),
        ("America/Santiago", "2026-09-06 00:30", "2026-09-06 01:30"),
        (
            "Australia/Lord_Howe",
            "2026-10-04 02:10",
            "2026-10-04 02:40",
        ),
        ("Pacific/Apia", "2011-12-30 12:00", "2011-12-31 12:00"),
    ] {
        let resolved = zone(name).resolve(wall(asked));
        assert_eq!(resolved.at.naive_local(), wall(given), "{name}");
        assert_eq!(resolved.shift.unwrap().given, wall(given), "{name}");
    }
    let said = zone("America/New_York")
        .resolve(wall("2026-03-08 02:30"))
        .shift
        .unwrap()
        .to_string();
    assert_eq!(said, "02:30 did not exist on 2026-03-08; 03:30 is used");
}

#[test]
fn a_wall_time_that_comes_twice_is_the_earlier_and_keeps_its_offset() {
    let resolved = zone("Europe/Berlin").resolve(wall("2026-10-25 02:30"));
    assert_eq!(
        (resolved.at.to_rfc3339(), resolved.shift),
        ("2026-10-25T02:30:00+02:00".to_owned(), None)
    );
}

#[test]
fn the_day_ends_at_four_unless_set_otherwise() {
    let four = DayEnd::default();
    assert_eq!(
        logical_day(wall("2026-11-22 03:59"), four),
        day("2026-11-21")
    );
    assert_eq!(
        logical_day(wall("2026-11-22 04:00"), four),
        day("2026-11-22")
    );
    assert_eq!(
        logical_day(wall("2028-03-01 03:00"), four),
        day("2028-02-29")
    );
    let midnight: DayEnd = "00:00".parse().unwrap();
    assert_eq!(
        logical_day(wall("2026-11-22 00:00"), midnight),
        day("2026-11-22")
    );
    assert_eq!("12:00".parse::<DayEnd>().unwrap().minutes(), 720);
    for wrong in ["12:01", "24:00", "-1:00", "4", "four", ""] {
        assert!(wrong.parse::<DayEnd>().is_err(), "{wrong}");
    }
}

#[test]
fn late_is_at_or_after_the_end_of_the_logical_day() {
    let berlin = zone("Europe/Berlin");
    let now = |text: &str| Now::new(berlin.resolve(wall(text)).at.to_utc(), berlin.clone());
    let at = berlin.resolve(wall("2026-11-21 22:00")).at;
    let late = |written: &str| Moment::written(at, &now(written), DayEnd::default()).late;
    assert!(!late("2026-11-21 22:00"));
    assert!(!late("2026-11-22 03:59"));
    assert!(late("2026-11-22 04:00"));
}

#[test]
fn the_end_of_a_day_is_on_the_wall_not_24_hours_on() {
    let berlin = zone("Europe/Berlin");
    let ends = |text: &str| end_of_day(day(text), &berlin, DayEnd::default()).to_rfc3339();
    assert_eq!(ends("2026-10-24"), "2026-10-25T04:00:00+01:00");
    assert_eq!(ends("2026-03-28"), "2026-03-29T04:00:00+02:00");
    let midnight = "00:00".parse().unwrap();
    assert_eq!(
        end_of_day(day("2026-04-23"), &zone("Africa/Cairo"), midnight).to_rfc3339(),
        "2026-04-24T01:00:00+03:00"
    );
}

#[test]
fn an_entry_keeps_its_day_when_the_person_travels() {
    let written = Now::new(
        "2026-11-22T08:30:00Z".parse().unwrap(),
        zone("America/New_York"),
    );
    let moment = Moment::written(written.at, &written, DayEnd::default());
    assert_eq!(moment.day, day("2026-11-21"), "03:30 in New York");
    let read_in_tokyo = zone("Asia/Tokyo").at(moment.at().to_utc());
    assert_eq!(
        logical_day(read_in_tokyo.naive_local(), DayEnd::default()),
        day("2026-11-22")
    );
    assert_eq!(
        (moment.day, &*moment.zone),
        (day("2026-11-21"), "America/New_York"),
        "what is stored stays"
    );
    assert_eq!(moment.wall_time().to_string(), "03:30:00");
}

proptest! {
    #[test]
    fn every_instant_of_every_zone_has_one_logical_day_and_resolves_to_what_was_asked(
        zone in 0..TZ_VARIANTS.len(), second in 0_i64..4_102_444_800, end in 0_u16..=720
    ) {
        let zone = Zone::new(TZ_VARIANTS[zone].name(), TZ_VARIANTS[zone]);
        let day_end = DayEnd::try_from(end).unwrap();
        let now = Now::new(DateTime::from_timestamp(second, 0).unwrap(), zone.clone());
        let today = now.today(day_end);
        prop_assert!((now.at.date_naive() - today).num_days() <= 1);
        // The day's end is never behind: a deadline that has passed would fire for ever.
        prop_assert!(now.next_day_start(day_end) > now.at || zone.resolve(now.at.naive_local()).at != now.at);
        let resolved = zone.resolve(now.at.naive_local());
        prop_assert!(resolved.shift.is_none());
        prop_assert_eq!(resolved.at.naive_local(), now.at.naive_local());
        let moment = Moment::written(now.at, &now, day_end);
        prop_assert_eq!(moment.day, today);
        prop_assert!(!moment.late || zone.resolve(now.at.naive_local()).at != now.at);
    }

    #[test]
    fn any_wall_time_of_any_zone_resolves_and_says_when_it_moved(
        zone in 0..TZ_VARIANTS.len(), minute in -60_000_000_i64..100_000_000
    ) {
        let zone = Zone::new(TZ_VARIANTS[zone].name(), TZ_VARIANTS[zone]);
        let local = DateTime::from_timestamp(minute * 60, 0).unwrap().naive_utc();
        let resolved = zone.resolve(local);
        match resolved.shift {
            None => prop_assert_eq!(resolved.at.naive_local(), local),
            Some(shift) => {
                prop_assert_eq!((shift.asked, shift.given), (local, resolved.at.naive_local()));
                prop_assert!(shift.given > local);
            }
        }
    }
}
