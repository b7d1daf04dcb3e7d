//! Days that end at four, clocks that jump, zones that left days out.
#![allow(clippy::unwrap_used)]

use super::*;
use chrono::{MappedLocalTime, TimeZone};
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

fn utc(text: &str) -> DateTime<Utc> {
    text.parse().unwrap()
}

fn ends(of: &str, name: &str, day_end: &str) -> String {
    end_of_day(day(of), &zone(name), day_end.parse().unwrap()).to_rfc3339()
}

const GAPS: [(&str, &str, &str); 8] = [
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
    ("Pacific/Apia", "2011-12-30 00:00", "2011-12-31 00:00"),
    ("Pacific/Apia", "2011-12-30 12:00", "2011-12-31 12:00"),
];

#[test]
fn a_skipped_wall_time_moves_forward_by_what_was_skipped() {
    for (name, asked, given) in GAPS {
        let resolved = zone(name).resolve(wall(asked));
        let (asked, given) = (wall(asked), wall(given));
        assert_eq!(resolved.at.naive_local(), given, "{name} {asked}");
        assert_eq!(resolved.shift, Some(Shift { asked, given }), "{name}");
    }
}

#[test]
fn a_shift_is_said_in_a_sentence() {
    let sentence = |name: &str, asked: &str| {
        let shift = zone(name).resolve(wall(asked)).shift;
        shift.unwrap().to_string()
    };
    assert_eq!(
        sentence("America/New_York", "2026-03-08 02:30"),
        "02:30 did not exist that day; 03:30 is used"
    );
    assert_eq!(
        sentence("Pacific/Apia", "2011-12-30 12:00"),
        "2011-12-30 12:00 did not exist there; 2011-12-31 12:00 is used"
    );
}

#[test]
fn the_edges_of_a_gap_are_not_shifted() {
    for (name, last, first) in [
        ("America/New_York", "2026-03-08 01:59", "2026-03-08 03:00"),
        ("Africa/Cairo", "2026-04-23 23:59", "2026-04-24 01:00"),
        ("Pacific/Apia", "2011-12-29 23:59", "2011-12-31 00:00"),
    ] {
        let (last, first) = (
            zone(name).resolve(wall(last)),
            zone(name).resolve(wall(first)),
        );
        assert_eq!((last.shift, first.shift), (None, None), "{name}");
        assert_eq!(first.at - last.at, TimeDelta::minutes(1), "{name}");
    }
}

#[test]
fn a_wall_time_that_comes_twice_is_the_earlier_and_keeps_its_offset() {
    for (name, asked, at) in [
        (
            "Europe/Berlin",
            "2026-10-25 02:30",
            "2026-10-25T02:30:00+02:00",
        ),
        (
            "America/Havana",
            "2026-11-01 00:30",
            "2026-11-01T00:30:00-04:00",
        ),
        (
            "Australia/Lord_Howe",
            "2026-04-05 01:45",
            "2026-04-05T01:45:00+11:00",
        ),
    ] {
        let resolved = zone(name).resolve(wall(asked));
        assert_eq!(
            (resolved.at.to_rfc3339().as_str(), resolved.shift),
            (at, None)
        );
    }
}

#[test]
fn the_second_pass_through_a_fold_keeps_its_own_offset() {
    let second = Now::new(utc("2026-10-25T01:30:00Z"), zone("Europe/Berlin"));
    let moment = Moment::written(second.at, &second, DayEnd::default());
    assert_eq!(moment.at().to_rfc3339(), "2026-10-25T02:30:00+01:00");
    assert_eq!(moment.offset_min, 60);
}

#[test]
fn a_fixed_zone_is_named_after_its_offset() {
    for (seconds, name) in [
        (0, "+00:00"),
        (-18_000, "-05:00"),
        (20_700, "+05:45"),
        (-17_762, "-04:56"),
    ] {
        let offset = FixedOffset::east_opt(seconds).unwrap();
        assert_eq!(Zone::fixed(offset).name(), name);
    }
}

#[test]
fn the_day_ends_at_four_unless_set_otherwise() {
    let belongs = |at: &str, day_end: &str| {
        let day_end: DayEnd = day_end.parse().unwrap();
        logical_day(wall(at), day_end).to_string()
    };
    assert_eq!(DayEnd::default().to_string(), "04:00");
    assert_eq!(belongs("2026-11-22 03:59", "04:00"), "2026-11-21");
    assert_eq!(belongs("2026-11-22 04:00", "04:00"), "2026-11-22");
    assert_eq!(belongs("2026-11-22 00:00", "00:00"), "2026-11-22");
    assert_eq!(belongs("2026-11-22 11:59", "12:00"), "2026-11-21");
    assert_eq!(belongs("2026-11-22 12:00", "12:00"), "2026-11-22");
}

#[test]
fn a_leap_day_is_a_day() {
    let belongs = |at: &str| logical_day(wall(at), DayEnd::default()).to_string();
    assert_eq!(belongs("2028-02-29 04:00"), "2028-02-29");
    assert_eq!(belongs("2028-03-01 03:59"), "2028-02-29");
    assert_eq!(belongs("2027-03-01 03:59"), "2027-02-28");
    assert_eq!(
        ends("2028-02-28", "Europe/Berlin", "04:00"),
        "2028-02-29T04:00:00+01:00"
    );
}

#[test]
fn each_minute_belongs_to_one_day_for_every_day_end() {
    for day_end in (0..=720).step_by(90) {
        let day_end = DayEnd::try_from(day_end).unwrap();
        for minute in 0..1440 {
            let at = wall("2026-11-22 00:00") + TimeDelta::minutes(minute);
            let is_before = minute < i64::from(day_end.minutes());
            let belongs = if is_before {
                "2026-11-21"
            } else {
                "2026-11-22"
            };
            assert_eq!(logical_day(at, day_end), day(belongs), "{at} {day_end}");
        }
    }
}

#[test]
fn a_day_end_is_read_and_shown_alike_and_is_never_after_noon() {
    for text in ["00:00", "04:00", "11:59", "12:00"] {
        assert_eq!(text.parse::<DayEnd>().unwrap().to_string(), text);
    }
    for wrong in [
        "12:01",
        "24:00",
        "-1:00",
        "4",
        "four",
        "",
        "04:00:00",
        "\u{664}:00",
    ] {
        assert_eq!(wrong.parse::<DayEnd>(), Err(NotADayEnd), "{wrong}");
    }
    assert_eq!(DayEnd::try_from(721), Err(NotADayEnd));
}

#[test]
fn the_end_of_a_day_is_on_the_wall_not_24_hours_on() {
    assert_eq!(
        ends("2026-10-24", "Europe/Berlin", "04:00"),
        "2026-10-25T04:00:00+01:00"
    );
    assert_eq!(
        ends("2026-03-28", "Europe/Berlin", "04:00"),
        "2026-03-29T04:00:00+02:00"
    );
}

#[test]
fn a_day_whose_end_is_skipped_ends_at_the_jump() {
    for (of, name, day_end, at) in [
        (
            "2026-03-07",
            "America/New_York",
            "02:30",
            "2026-03-08T03:00:00-04:00",
        ),
        (
            "2026-04-23",
            "Africa/Cairo",
            "00:00",
            "2026-04-24T01:00:00+03:00",
        ),
        (
            "2026-03-07",
            "America/Havana",
            "00:00",
            "2026-03-08T01:00:00-04:00",
        ),
        (
            "2026-03-28",
            "Asia/Beirut",
            "00:00",
            "2026-03-29T01:00:00+03:00",
        ),
        (
            "2026-09-05",
            "America/Santiago",
            "00:30",
            "2026-09-06T01:00:00-03:00",
        ),
        (
            "2026-10-03",
            "Australia/Lord_Howe",
            "02:15",
            "2026-10-04T02:30:00+11:00",
        ),
    ] {
        assert_eq!(ends(of, name, day_end), at, "{name}");
    }
}

#[test]
fn a_day_whose_end_comes_twice_ends_when_it_no_longer_returns() {
    // At 03:00 the clocks go back to 02:00, which is before this day end again.
    assert_eq!(
        ends("2026-10-24", "Europe/Berlin", "02:30"),
        "2026-10-25T02:30:00+01:00"
    );
    // They go back exactly to this one, so the day before does not return.
    assert_eq!(
        ends("2026-10-24", "Europe/Berlin", "02:00"),
        "2026-10-25T02:00:00+02:00"
    );
    let within = Now::new(utc("2026-10-25T01:10:00Z"), zone("Europe/Berlin"));
    let day_end = "02:30".parse().unwrap();
    assert!(within.next_day_start(day_end) > within.at);
    assert!(!Moment::written(within.at, &within, day_end).late);
}

#[test]
fn the_day_that_apia_left_out_has_its_night_and_nothing_else() {
    let apia = zone("Pacific/Apia");
    assert_eq!(
        ends("2011-12-29", "Pacific/Apia", "04:00"),
        "2011-12-31T00:00:00+14:00"
    );
    assert_eq!(
        ends("2011-12-30", "Pacific/Apia", "04:00"),
        "2011-12-31T04:00:00+14:00"
    );
    let belongs = |at: &str| Now::new(utc(at), apia.clone()).today(DayEnd::default());
    assert_eq!(belongs("2011-12-30T09:59:59Z"), day("2011-12-29"));
    assert_eq!(belongs("2011-12-30T10:00:00Z"), day("2011-12-30"));
    assert_eq!(belongs("2011-12-30T14:00:00Z"), day("2011-12-31"));
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
    assert!(late("2026-11-25 09:00"));
}

#[test]
fn a_day_chosen_by_hand_is_late_by_the_same_law() {
    let now = Now::new(utc("2026-11-22T08:00:00Z"), zone("Europe/Berlin"));
    let on = |chosen: &str| Moment::on_day(day(chosen), now.at, &now, DayEnd::default());
    assert_eq!(
        (on("2026-11-21").day, on("2026-11-21").late),
        (day("2026-11-21"), true)
    );
    assert!(!on("2026-11-22").late);
    assert_eq!(on("2026-11-21").at(), now.at);
}

#[test]
fn an_entry_keeps_its_day_when_the_person_travels() {
    let home = Now::new(utc("2026-11-22T08:30:00Z"), zone("America/New_York"));
    let moment = Moment::written(home.at, &home, DayEnd::default());
    assert_eq!(
        (moment.day, &*moment.zone, moment.late),
        (day("2026-11-21"), "America/New_York", false),
        "03:30 in New York"
    );
    let away = zone("Asia/Tokyo").at(moment.at().to_utc());
    assert_eq!(
        logical_day(away.naive_local(), DayEnd::default()),
        day("2026-11-22")
    );
    assert_eq!(moment.wall_time().to_string(), "03:30:00");
}

#[test]
fn a_moment_said_with_another_offset_does_not_borrow_the_name_or_the_night_of_this_zone() {
    let tokyo = Now::new(utc("2026-11-22T03:00:00Z"), zone("Asia/Tokyo"));
    let at = DateTime::parse_from_rfc3339("2026-11-21T22:00:00-05:00").unwrap();
    let moment = Moment::written(at, &tokyo, DayEnd::default());
    assert_eq!(
        (&*moment.zone, moment.day, moment.late),
        ("-05:00", day("2026-11-21"), false)
    );
}

#[test]
fn a_moment_read_from_a_damaged_file_is_still_an_instant() {
    let moment = Moment {
        at_utc: i64::MAX,
        offset_min: i16::MIN,
        zone: "".into(),
        day: day("2026-11-22"),
        late: false,
        without_time: false,
    };
    assert_eq!(moment.at().timestamp(), 0);
    let moment = Moment {
        at_utc: 8_210_266_876_799,
        offset_min: 1439,
        ..moment
    };
    assert_eq!(moment.wall_time().to_string(), "23:58:59");
}

#[test]
fn parts_of_a_second_are_dropped_before_1970_too() {
    let berlin = zone("Europe/Berlin");
    for (exact, whole) in [
        ("2026-11-22T08:00:00.999Z", "2026-11-22T09:00:00+01:00"),
        ("1969-12-31T23:59:59.5Z", "1970-01-01T00:59:59+01:00"),
    ] {
        let now = Now::new(utc(exact), berlin.clone());
        assert_eq!(now.at.to_rfc3339(), whole);
    }
}

#[test]
fn no_date_is_too_far_for_any_zone() {
    let day_end = DayEnd::default();
    for tz in TZ_VARIANTS {
        let zone = Zone::new(tz.name(), tz);
        for far in [NaiveDateTime::MIN, NaiveDateTime::MAX] {
            zone.resolve(far);
            end_of_day(far.date(), &zone, day_end);
            logical_day(far, day_end);
        }
        for far in [DateTime::<Utc>::MIN_UTC, DateTime::<Utc>::MAX_UTC] {
            let now = Now::new(far, zone.clone());
            now.next_day_start(day_end);
            Moment::written(now.at, &now, day_end).at();
        }
    }
}

proptest! {
    #[test]
    fn every_instant_has_one_logical_day_and_lies_within_it(
        tz in 0..TZ_VARIANTS.len(), second in -4_000_000_000_i64..4_102_444_800, end in 0_u16..=720
    ) {
        let zone = Zone::new(TZ_VARIANTS[tz].name(), TZ_VARIANTS[tz]);
        let day_end = DayEnd::try_from(end).unwrap();
        let now = Now::new(DateTime::from_timestamp(second, 0).unwrap(), zone.clone());
        let today = now.today(day_end);
        prop_assert_eq!(now.at.timestamp(), second);
        prop_assert!((now.at.date_naive() - today).num_days() <= 1);
        prop_assert!(now.next_day_start(day_end) > now.at);
        let moment = Moment::written(now.at, &now, day_end);
        prop_assert_eq!((moment.day, moment.late, moment.at()), (today, false, now.at));
        prop_assert_eq!(moment.at().naive_local(), now.at.naive_local());
    }

    #[test]
    fn a_wall_time_resolves_to_what_was_asked_or_says_so(
        tz in 0..TZ_VARIANTS.len(), minute in -36_816_480_i64..68_374_080
    ) {
        let zone = Zone::new(TZ_VARIANTS[tz].name(), TZ_VARIANTS[tz]);
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

    #[test]
    fn near_every_change_of_clocks_the_days_are_in_order_and_agree_with_the_library(
        tz in 0..TZ_VARIANTS.len(), year in 1975_i32..2045, end in 0_u16..=720
    ) {
        let rules = TZ_VARIANTS[tz];
        let zone = Zone::new(rules.name(), rules);
        let day_end = DayEnd::try_from(end).unwrap();
        let hour = TimeDelta::hours(1);
        let start = NaiveDate::from_ymd_opt(year, 1, 1).unwrap().and_time(NaiveTime::MIN).and_utc();
        let hours = (0..366 * 24).map(|hours| start + hour * hours);
        for change in hours.filter(|at| zone.at(*at).offset() != zone.at(*at + hour).offset()) {
            for minutes in (-90..=90).step_by(6) {
                let now = Now::new(change + TimeDelta::minutes(minutes), zone.clone());
                let today = now.today(day_end);
                // A day ends after each of its instants, and not after the first instant that is later than all of them.
                prop_assert!(now.next_day_start(day_end) > now.at);
                let last = end_of_day(today, &zone, day_end).to_utc() - TimeDelta::seconds(1);
                prop_assert!(Now::new(last, zone.clone()).today(day_end) <= today);
                // The library's answer, which this one does not ask.
                let local = now.at.naive_local();
                match rules.from_local_datetime(&local) {
                    MappedLocalTime::Single(at) | MappedLocalTime::Ambiguous(at, _) =>
                        prop_assert_eq!(zone.resolve(local).at.to_utc(), at.to_utc()),
                    MappedLocalTime::None => prop_assert!(false, "{} exists", local),
                }
            }
        }
    }
}
