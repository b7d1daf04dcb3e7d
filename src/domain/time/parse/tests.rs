//! What people type for a time, and what they are told when it cannot be read.
#![allow(clippy::unwrap_used)]

use super::*;
use chrono::TimeDelta;
use chrono_tz::{TZ_VARIANTS, Tz};
use proptest::prelude::*;

fn at(text: &str, zone: &str) -> Now {
    let instant = DateTime::parse_from_rfc3339(text).unwrap().to_utc();
    Now::new(instant, Zone::new(zone, zone.parse::<Tz>().unwrap()))
}

/// Sunday morning in Berlin.
fn sunday() -> Now {
    at("2026-11-22T08:12:40+01:00", "Europe/Berlin")
}

fn past(text: &str, now: &Now) -> Result<When, NotRead> {
    parse_when(text, now, DayEnd::default(), Toward::Past)
}

fn reads(text: &str, now: &Now) -> String {
    match past(text, now) {
        Ok(when) => when.at.to_rfc3339(),
        Err(error) => error.to_string(),
    }
}

#[test]
fn each_form_is_read_as_it_stands() {
    for (text, expected) in [
        ("2026-11-22T03:30:00-05:00", "2026-11-22T03:30:00-05:00"),
        ("2026-11-22 03:30:00-05:00", "2026-11-22T03:30:00-05:00"),
        ("2026-11-22t03:30:00z", "2026-11-22T04:30:00+01:00"),
        ("2026-11-22T03:30:00.987Z", "2026-11-22T04:30:00+01:00"),
        ("2026-11-22T03:30+05:45", "2026-11-22T03:30:00+05:45"),
        ("2026-11-22 03:30:00 +0100", "2026-11-22T03:30:00+01:00"),
        ("2026-11-22T03:30:00-05", "2026-11-22T03:30:00-05:00"),
        ("2026-11-22T08:15", "2026-11-22T08:15:00+01:00"),
        ("2026-11-22 08:15", "2026-11-22T08:15:00+01:00"),
        ("  2026-11-22   08:15:09 ", "2026-11-22T08:15:09+01:00"),
        ("2026-3-8 8:15", "2026-03-08T08:15:00+01:00"),
        ("2026-07-22", "2026-07-22T12:00:00+02:00"),
        ("2024-02-29", "2024-02-29T12:00:00+01:00"),
        ("yesterday 22:00", "2026-11-21T22:00:00+01:00"),
        ("Yesterday", "2026-11-21T12:00:00+01:00"),
        ("TODAY 7:05", "2026-11-22T07:05:00+01:00"),
        ("2h ago", "2026-11-22T06:12:40+01:00"),
        ("2 hours 30 min ago", "2026-11-22T05:42:40+01:00"),
        ("90 min ago", "2026-11-22T06:42:40+01:00"),
        ("an hour ago", "2026-11-22T07:12:40+01:00"),
        ("3 days ago", "2026-11-19T12:00:00+01:00"),
        ("2 weeks ago", "2026-11-08T12:00:00+01:00"),
        ("3 days ago 22:00", "2026-11-19T22:00:00+01:00"),
        ("\tnow\n", "2026-11-22T08:12:40+01:00"),
    ] {
        assert_eq!(reads(text, &sunday()), expected, "{text}");
    }
}

#[test]
fn a_bare_time_is_the_latest_that_is_not_after_now() {
    for (text, expected) in [
        ("08:12", "2026-11-22T08:12:00+01:00"),
        ("8:12:40", "2026-11-22T08:12:40+01:00"),
        ("08:12:41", "2026-11-21T08:12:41+01:00"),
        ("08:13", "2026-11-21T08:13:00+01:00"),
        ("23:00", "2026-11-21T23:00:00+01:00"),
    ] {
        assert_eq!(reads(text, &sunday()), expected, "{text}");
    }
}

#[test]
fn a_time_that_the_clocks_skip_is_moved_and_said() {
    let now = at("2026-03-08T12:00:00-04:00", "America/New_York");
    for text in ["02:30", "2026-03-08 02:30", "today 02:30"] {
        let when = past(text, &now).unwrap();
        assert_eq!(when.at.to_rfc3339(), "2026-03-08T03:30:00-04:00", "{text}");
        assert_eq!(
            when.shift.unwrap().to_string(),
            "02:30 did not exist that day; 03:30 is used"
        );
    }
    let back = past(
        "1 day ago 02:30",
        &at("2026-03-09T04:30:00-04:00", "America/New_York"),
    );
    assert!(back.unwrap().shift.is_some());
}

#[test]
fn a_time_that_comes_twice_is_the_earlier_unless_its_offset_is_typed() {
    let now = at("2026-10-25T12:00:00+01:00", "Europe/Berlin");
    for (text, expected) in [
        ("02:30", "2026-10-25T02:30:00+02:00"),
        ("2026-10-25 02:30", "2026-10-25T02:30:00+02:00"),
        ("2026-10-25 02:30+01:00", "2026-10-25T02:30:00+01:00"),
    ] {
        assert_eq!(reads(text, &now), expected, "{text}");
    }
    let second_pass = at("2026-10-25T02:40:00+01:00", "Europe/Berlin");
    assert_eq!(reads("now", &second_pass), "2026-10-25T02:40:00+01:00");
    assert_eq!(
        reads("5 min ago", &second_pass),
        "2026-10-25T02:35:00+01:00"
    );
}

#[test]
fn days_and_hours_ago_keep_the_wall_time_and_hours_ago_do_not() {
    let now = at("2026-10-25T12:00:00+01:00", "Europe/Berlin");
    assert_eq!(reads("1 day 1h ago", &now), "2026-10-24T11:00:00+02:00");
    assert_eq!(reads("24h ago", &now), "2026-10-24T13:00:00+02:00");
}

#[test]
fn a_day_alone_is_its_noon_and_says_which_day() {
    let day = |text: &str| past(text, &sunday()).unwrap().day;
    assert_eq!(day("2026-11-20"), NaiveDate::from_ymd_opt(2026, 11, 20));
    assert_eq!(day("yesterday"), NaiveDate::from_ymd_opt(2026, 11, 21));
    for text in ["2026-11-20 12:00", "yesterday 12:00", "now", "72h ago"] {
        assert_eq!(day(text), None, "{text}");
    }
}

#[test]
fn today_alone_is_now_before_noon_and_noon_after_it() {
    let afternoon = at("2026-11-22T15:00:00+01:00", "Europe/Berlin");
    for today in ["today", "2026-11-22"] {
        assert_eq!(reads(today, &sunday()), "2026-11-22T08:12:40+01:00");
        assert_eq!(reads(today, &afternoon), "2026-11-22T12:00:00+01:00");
    }
    for now in [sunday(), afternoon] {
        assert_eq!(reads("yesterday", &now), "2026-11-21T12:00:00+01:00");
        assert_eq!(reads("2026-11-23", &now), "2026-11-23T12:00:00+01:00");
    }
}

#[test]
fn a_day_alone_for_now_is_its_noon_whatever_the_clock_says() {
    let now = sunday();
    let fixed = parse_now("2026-11-22", &now.zone, now.at.to_utc()).unwrap();
    assert_eq!(fixed.at.to_rfc3339(), "2026-11-22T12:00:00+01:00");
}

#[test]
fn the_future_is_after_now_but_today_is_not_the_future() {
    let is_future = |text: &str| {
        let now = sunday();
        past(text, &now).unwrap().is_future(&now, DayEnd::default())
    };
    for text in ["today 08:13", "2026-11-22 08:12:41", "2026-11-23"] {
        assert!(is_future(text), "{text}");
    }
    for text in [
        "now",
        "08:13",
        "2026-11-22",
        "today",
        "2026-11-22T08:12:40+01:00",
    ] {
        assert!(!is_future(text), "{text}");
    }
}

#[test]
fn a_day_is_a_logical_day() {
    let night = at("2026-11-22T03:00:00+01:00", "Europe/Berlin");
    for (text, expected) in [
        ("today", "2026-11-21"),
        ("now", "2026-11-21"),
        ("yesterday", "2026-11-20"),
        ("2 days ago", "2026-11-19"),
        ("1 week ago", "2026-11-14"),
        ("2026-11-22", "2026-11-22"),
        ("2026-11-22 02:00", "2026-11-21"),
        ("2026-11-22 04:00", "2026-11-22"),
        ("2026-11-22T03:30:00-05:00", "2026-11-21"),
    ] {
        let day = parse_day(text, &night, DayEnd::default(), Toward::Past).unwrap();
        assert_eq!(day.to_string(), expected, "{text}");
    }
}

#[test]
fn an_instant_of_utc_counts_for_the_day_on_the_persons_clock() {
    for (text, day) in [
        // 04:30 in Berlin, behind the end of the day; in UTC it would be before it.
        ("2026-11-22T03:30Z", "2026-11-22"),
        ("2026-11-22T02:30Z", "2026-11-21"),
        // A clock that is named is the one that the person looked at, in whatever place.
        ("2026-11-22T03:30+00:00", "2026-11-21"),
        ("2026-11-22T04:30+09:00", "2026-11-22"),
    ] {
        let when = past(text, &sunday()).unwrap();
        let counts = when.logical_day(DayEnd::default());
        assert_eq!(counts.to_string(), day, "{text}");
    }
}

#[test]
fn now_with_an_offset_makes_that_offset_the_zone() {
    let system = sunday().zone;
    let system_now = sunday().at.to_utc();
    for (text, name, expected) in [
        (
            "2026-11-22T03:30:00-05:00",
            "-05:00",
            "2026-11-22T03:30:00-05:00",
        ),
        ("2026-11-22 03:30Z", "+00:00", "2026-11-22T03:30:00+00:00"),
        (
            "2026-07-22 03:30",
            "Europe/Berlin",
            "2026-07-22T03:30:00+02:00",
        ),
        (
            "yesterday 22:00",
            "Europe/Berlin",
            "2026-11-21T22:00:00+01:00",
        ),
        ("now", "Europe/Berlin", "2026-11-22T08:12:40+01:00"),
    ] {
        let now = parse_now(text, &system, system_now).unwrap();
        assert_eq!(now.zone.name(), name, "{text}");
        assert_eq!(now.at.to_rfc3339(), expected, "{text}");
    }
}

#[test]
fn a_bare_time_is_read_in_the_offset_of_now() {
    let now = parse_now(
        "2026-11-22T03:30:00-05:00",
        &sunday().zone,
        sunday().at.to_utc(),
    )
    .unwrap();
    assert_eq!(reads("2026-07-01 08:15", &now), "2026-07-01T08:15:00-05:00");
    assert_eq!(now.today(DayEnd::default()).to_string(), "2026-11-21");
}

#[test]
fn the_date_on_the_wall_is_never_taken_for_the_one_a_year_or_a_week_before() {
    // Half past midnight: the logical day is still Friday the 27th.
    let night = at("2026-11-28T00:30:00+01:00", "Europe/Berlin");
    for text in [
        "28 nov",
        "sat",
        "saturday",
        "28.11.",
        "28/11",
        "sat 28 nov",
        "2026-11-28",
    ] {
        let when = past(text, &night).unwrap();
        assert_eq!(when.day, NaiveDate::from_ymd_opt(2026, 11, 28), "{text}");
        assert!(when.is_future(&night, DayEnd::default()), "{text}");
    }
    for (text, day) in [("fri", 27), ("27 nov", 27), ("last sat", 21), ("today", 27)] {
        let when = past(text, &night).unwrap();
        assert_eq!(when.day, NaiveDate::from_ymd_opt(2026, 11, day), "{text}");
        assert!(!when.is_future(&night, DayEnd::default()), "{text}");
    }
}

#[test]
fn a_date_is_read_in_each_order_that_can_mean_one_day_alone() {
    for text in [
        "2026/11/13",
        "2026.11.13",
        "2026/11/13 08:15",
        "13.11.2026",
        "13.11.26",
        "11/13/26",
        "13/11/26",
    ] {
        let when = past(text, &sunday()).unwrap();
        assert_eq!(
            Some(when.date()),
            NaiveDate::from_ymd_opt(2026, 11, 13),
            "{text}"
        );
    }
    assert!(matches!(
        past("2026/13/11", &sunday()).unwrap_err().why,
        WhenError::NoSuchDay(_)
    ));
    for (text, moment) in [
        ("8:05 p.m.", "2026-11-21T20:05:00+01:00"),
        ("yesterday 8 a.m.", "2026-11-21T08:00:00+01:00"),
        ("yesterday night", "2026-11-21T22:00:00+01:00"),
        ("last evening", "2026-11-21T20:00:00+01:00"),
    ] {
        assert_eq!(reads(text, &sunday()), moment, "{text}");
    }
}

#[test]
fn what_cannot_be_read_is_answered_with_what_can() {
    for text in [
        "soon",
        "8",
        "2d",
        "20h",
        "-2h ago",
        "ago",
        "ago 22:00",
        "2h ago 22:00",
        "1.5h ago",
        "NaN ago",
        "9999999 h ago",
        "26-11-22",
        "12026-11-22",
        "-2026-11-22",
        "2026-11-22T",
        "2026-11-22 1 0:15",
        "2026-11-22 8",
        "2026-11-22 pm",
        "2026-11-22 -05:00",
        "08:15+01:00",
        "08:15 x",
        "2026-11-22 08:15:00.Z",
        "today today",
        "2026-11-22T08:15:00+1:00",
        "٠٨:١٥",
        "２０２６-11-22",
        "2026-11-22T08:15:00NaN",
        "é",
        "2é ago",
        "now now",
    ] {
        let error = past(text, &sunday()).unwrap_err();
        assert!(
            matches!(error.why, WhenError::NotUnderstood(_)),
            "{text}: {error}"
        );
        assert!(error.to_string().contains("yesterday 22:00"), "{error}");
    }
}

#[test]
fn what_has_the_right_shape_but_does_not_exist_is_named() {
    for (text, expected) in [
        (
            "",
            "no time was given; try 08:15, yesterday 22:00, 2h ago, 3 days ago, 2026-11-22 or 2026-11-22 08:15",
        ),
        (
            "2026-02-29",
            "2026-02-29 is not in the calendar; a day is year-month-day, such as 2026-11-22",
        ),
        (
            "2026-13-01 08:15",
            "2026-13-01 is not in the calendar; a day is year-month-day, such as 2026-11-22",
        ),
        (
            "25:10",
            "25:10 is not a time of day; the clock goes from 00:00 to 23:59, with seconds if you like",
        ),
        (
            "yesterday 08:15:60",
            "08:15:60 is not a time of day; the clock goes from 00:00 to 23:59, with seconds if you like",
        ),
        (
            "2026-11-22T08:15:00+25:00",
            "+25:00 is not an offset from UTC; it looks like +01:00, -05:00 or Z",
        ),
        (
            "2026-11-22T08:15:00+01:75",
            "+01:75 is not an offset from UTC; it looks like +01:00, -05:00 or Z",
        ),
        (
            "0206-11-22",
            "\"0206-11-22\" lies outside the years 1900 to 2027; try 08:15, yesterday 22:00, 2h ago, 3 days ago, 2026-11-22 or 2026-11-22 08:15",
        ),
    ] {
        assert_eq!(reads(text, &sunday()), expected, "{text}");
    }
    for text in [
        "999999 weeks ago",
        "99999 days ago",
        "0000-01-01",
        "1899-12-31T22:59:59Z",
    ] {
        let error = past(text, &sunday()).unwrap_err();
        assert!(
            matches!(error.why, WhenError::OutOfReach { .. }),
            "{text}: {error}"
        );
    }
    assert!(past("2027-12-31T23:59:59-23:59", &sunday()).is_ok());
    assert!(past("2028-01-01", &sunday()).is_err());
}

#[test]
fn a_message_carries_nothing_that_a_terminal_would_obey() {
    let shown = reads("a\u{1b}]0;x\u{7}\u{202e}\u{9b}2J", &sunday());
    assert!(shown.starts_with("\"a?]0;x???2J\" is not"), "{shown}");
    let long = reads(&"é".repeat(100_000), &sunday());
    assert!(long.chars().count() < 250, "{long}");
}

proptest! {
    #[test]
    fn no_text_breaks_the_reading(
        any in "(?s).{0,80}",
        typed in "[0-9]{0,5}[-0-9:tTzZ+. ]{0,25}( ago)?( [0-9]{1,2}:[0-9]{2})?",
        named in "(last |next |in |-)?(tue|fri|[0-9]{1,3}|[0-9]{1,2}[/.][0-9]{1,2}([/.][0-9]{4})?) ?(feb|november|days|weeks|d)?( noon| 8pm| [0-9]{1,2}:[0-9]{2} ?(am|pm))?",
        amount in "[0-9]{1,20} ?(s|min|h|days|weeks) ?(ago)?",
        dated in "-?[0-9]{4}-[0-9]{2}-[0-9]{2}[T ][0-9]{2}:[0-9]{2}(:[0-9]{2}([.][0-9]{0,12})?)?([zZ]|[-+][0-9]{2}:?[0-9]{2})?",
        tz in 0..TZ_VARIANTS.len(), second in -377_705_116_800_i64..253_402_300_800
    ) {
        let zone = Zone::new(TZ_VARIANTS[tz].name(), TZ_VARIANTS[tz]);
        let now = Now::new(DateTime::from_timestamp(second, 0).unwrap(), zone);
        for text in [any, typed, named, amount, dated] {
            for toward in [Toward::Past, Toward::Future] {
                if let Ok(when) = parse_when(&text, &now, DayEnd::default(), toward) {
                    prop_assert!(YEARS.contains(&when.at.year()));
                    prop_assert_eq!(when.at.timestamp_subsec_nanos(), 0);
                    when.is_future(&now, DayEnd::default());
                }
                parse_day(&text, &now, DayEnd::default(), toward).ok();
            }
            parse_now(&text, &now.zone, now.at.to_utc()).ok();
        }
    }

    #[test]
    fn rfc_3339_comes_back_as_it_went(second in -2_200_000_000_i64..1_830_000_000, minutes in -1439_i32..=1439) {
        let offset = FixedOffset::east_opt(minutes * 60).unwrap();
        let at = DateTime::from_timestamp(second, 0).unwrap().with_timezone(&offset);
        for text in [at.to_rfc3339(), at.to_rfc3339().replace('T', " "), at.to_rfc3339().to_lowercase()] {
            let when = past(&text, &sunday()).unwrap();
            prop_assert_eq!((when.at, when.at.offset()), (at, &offset));
        }
    }

    #[test]
    fn a_bare_time_is_never_the_future_and_at_most_two_days_old(
        tz in 0..TZ_VARIANTS.len(), second in 0_i64..4_102_444_800, minute in 0..1440
    ) {
        let zone = Zone::new(TZ_VARIANTS[tz].name(), TZ_VARIANTS[tz]);
        let now = Now::new(DateTime::from_timestamp(second, 0).unwrap(), zone);
        let when = past(&format!("{}:{:02}", minute / 60, minute % 60), &now).unwrap();
        prop_assert!(!when.is_future(&now, DayEnd::default()));
        prop_assert!(now.at - when.at < TimeDelta::hours(49));
    }
}
