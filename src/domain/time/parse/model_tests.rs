//! Each moment typed in many ways lands where a model says, at each half hour, day end and way a field looks.
//!
//! The model is written from the rules alone: it knows dates, the present moment and the end of the day, and never reads a text.
#![allow(clippy::unwrap_used)]

use super::*;
use chrono::{Days, NaiveDateTime, TimeDelta, Weekday};

/// What the model knows.
#[derive(Clone, Copy)]
struct Seen {
    now: NaiveDateTime,
    day_end: NaiveTime,
    toward: Toward,
}

/// A moment, the day that it counts for, and whether it has no time.
type Landed = (NaiveDateTime, NaiveDate, bool);

fn at(hour: u32, minute: u32) -> NaiveTime {
    NaiveTime::from_hms_opt(hour, minute, 0).unwrap()
}

fn ymd(year: i32, month: u32, day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(year, month, day).unwrap()
}

fn after(day: NaiveDate, days: i64) -> NaiveDate {
    day + TimeDelta::days(days)
}

impl Seen {
    fn logical(self, at: NaiveDateTime) -> NaiveDate {
        after(at.date(), if at.time() < self.day_end { -1 } else { 0 })
    }

    fn today(self) -> NaiveDate {
        self.logical(self.now)
    }

    fn alone(self, day: NaiveDate) -> Landed {
        let noon = day.and_time(at(12, 0));
        let moment = if day == self.today() {
            noon.min(self.now)
        } else {
            noon
        };
        (moment, day, true)
    }

    fn timed(self, moment: NaiveDateTime) -> Landed {
        (moment, self.logical(moment), false)
    }

    /// Day by day away from now, the way the field looks.
    fn first(self, is_it: impl Fn(NaiveDate) -> bool) -> NaiveDate {
        let sign = if self.toward == Toward::Past { -1 } else { 1 };
        // From a day ahead on, because around midnight the date and the logical day differ.
        let mut days = (-1..6000).map(|n| after(self.now.date(), n * sign));
        days.find(|day| is_it(*day)).unwrap()
    }

    fn nearest(self, is_it: impl Fn(NaiveDate) -> bool) -> Landed {
        // Today, yesterday and last night follow the logical day; a date and a weekday are those of the calendar.
        let lies = |day: NaiveDate| match self.toward {
            Toward::Past => day <= self.now.date(),
            Toward::Future => day >= self.today(),
        };
        self.alone(self.first(|day| is_it(day) && lies(day)))
    }

    fn nearest_at(self, time: NaiveTime, is_it: impl Fn(NaiveDate) -> bool) -> Landed {
        let lies = |moment: NaiveDateTime| match self.toward {
            Toward::Past => moment <= self.now,
            Toward::Future => moment >= self.now,
        };
        let day = self.first(|day| is_it(day) && lies(day.and_time(time)));
        self.timed(day.and_time(time))
    }

    /// A time of a logical day. While the day before goes on after midnight, its small hours are tonight's.
    fn in_logical_day(self, day: NaiveDate, time: NaiveTime) -> Landed {
        let goes_on = self.today() < self.now.date();
        let date = if goes_on && time < self.day_end {
            after(day, 1)
        } else {
            day
        };
        self.timed(date.and_time(time))
    }
}

/// The ways of typing, with what the model says of each.
type Way = (&'static str, fn(Seen) -> Landed);

const WAYS: &[Way] = &[
    ("now", |s| s.timed(s.now)),
    ("today", |s| s.alone(s.today())),
    ("TODAY 22:00", |s| s.in_logical_day(s.today(), at(22, 0))),
    ("today 01:30", |s| s.in_logical_day(s.today(), at(1, 30))),
    ("yesterday", |s| s.alone(after(s.today(), -1))),
    ("yesterday 22:00", |s| {
        s.in_logical_day(after(s.today(), -1), at(22, 0))
    }),
    ("yesterday at 8:30 pm", |s| {
        s.in_logical_day(after(s.today(), -1), at(20, 30))
    }),
    ("noon yesterday", |s| {
        s.in_logical_day(after(s.today(), -1), at(12, 0))
    }),
    ("last night", |s| {
        let before = after(s.today(), -1);
        (before.and_time(at(22, 0)), before, true)
    }),
    ("this morning", |s| {
        let morning = s.today().and_time(at(8, 0));
        (morning.min(s.now), s.today(), true)
    }),
    ("yesterday evening", |s| {
        let before = after(s.today(), -1);
        (before.and_time(at(20, 0)), before, true)
    }),
    ("tomorrow morning", |s| {
        let next = after(s.today(), 1);
        (next.and_time(at(8, 0)), next, true)
    }),
    ("midnight", |s| s.nearest_at(at(0, 0), |_| true)),
    ("10.30", |s| s.nearest_at(at(10, 30), |_| true)),
    ("8.05 pm", |s| s.nearest_at(at(20, 5), |_| true)),
    ("just now", |s| s.timed(s.now)),
    ("half an hour ago", |s| {
        s.timed(s.now - TimeDelta::minutes(30))
    }),
    ("a fortnight ago", |s| s.alone(after(s.today(), -14))),
    ("+3d", |s| s.alone(after(s.today(), 3))),
    ("20.11.", |s| {
        s.nearest(|day| (day.month(), day.day()) == (11, 20))
    }),
    ("1.12. 14:00", |s| {
        s.nearest_at(at(14, 0), |day| (day.month(), day.day()) == (12, 1))
    }),
    ("tomorrow", |s| s.alone(after(s.today(), 1))),
    ("tomorrow 10:00", |s| {
        let mut moment = after(s.today(), 1).and_time(at(10, 0));
        if moment < s.now {
            moment += TimeDelta::days(1);
        }
        s.timed(moment)
    }),
    ("08:15", |s| s.nearest_at(at(8, 15), |_| true)),
    ("8pm", |s| s.nearest_at(at(20, 0), |_| true)),
    ("9 am", |s| s.nearest_at(at(9, 0), |_| true)),
    ("12am", |s| s.nearest_at(at(0, 0), |_| true)),
    ("noon", |s| s.nearest_at(at(12, 0), |_| true)),
    ("2h ago", |s| s.timed(s.now - TimeDelta::hours(2))),
    ("an hour ago", |s| s.timed(s.now - TimeDelta::hours(1))),
    ("in 90 min", |s| s.timed(s.now + TimeDelta::minutes(90))),
    ("3 days ago", |s| s.alone(after(s.today(), -3))),
    ("5d ago", |s| s.alone(after(s.today(), -5))),
    ("ten days ago", |s| s.alone(after(s.today(), -10))),
    ("2 weeks ago", |s| s.alone(after(s.today(), -14))),
    ("one week ago", |s| s.alone(after(s.today(), -7))),
    ("-7d", |s| s.alone(after(s.today(), -7))),
    ("3 days ago 22:00", |s| {
        s.in_logical_day(after(s.today(), -3), at(22, 0))
    }),
    ("in 3 days", |s| s.alone(after(s.today(), 3))),
    ("in two weeks", |s| s.alone(after(s.today(), 14))),
    ("tue", |s| s.nearest(|day| day.weekday() == Weekday::Tue)),
    ("Sunday", |s| s.nearest(|day| day.weekday() == Weekday::Sun)),
    ("tue 10:30", |s| {
        s.nearest_at(at(10, 30), |day| day.weekday() == Weekday::Tue)
    }),
    ("sun noon", |s| {
        s.nearest_at(at(12, 0), |day| day.weekday() == Weekday::Sun)
    }),
    ("last tuesday", |s| {
        let mut days = (1..8).map(|n| after(s.today(), -n));
        s.alone(days.find(|day| day.weekday() == Weekday::Tue).unwrap())
    }),
    ("next tuesday", |s| {
        let mut days = (1..8).map(|n| after(s.today(), n));
        s.alone(days.find(|day| day.weekday() == Weekday::Tue).unwrap())
    }),
    ("12 Nov", |s| {
        s.nearest(|day| (day.month(), day.day()) == (11, 12))
    }),
    ("november 3", |s| {
        s.nearest(|day| (day.month(), day.day()) == (11, 3))
    }),
    ("1 December 14:00", |s| {
        s.nearest_at(at(14, 0), |day| (day.month(), day.day()) == (12, 1))
    }),
    ("29 Feb 8am", |s| {
        s.nearest_at(at(8, 0), |day| (day.month(), day.day()) == (2, 29))
    }),
    ("25/12", |s| {
        s.nearest(|day| (day.month(), day.day()) == (12, 25))
    }),
    ("Tue 24", |s| {
        s.nearest(|day| day.weekday() == Weekday::Tue && day.day() == 24)
    }),
    ("20.11.2026", |s| s.alone(ymd(2026, 11, 20))),
    ("20.11.2026 9am", |s| {
        s.timed(ymd(2026, 11, 20).and_time(at(9, 0)))
    }),
    ("Fri 27 Nov 2026 22:00", |s| {
        s.timed(ymd(2026, 11, 27).and_time(at(22, 0)))
    }),
    ("2026-11-22", |s| s.alone(ymd(2026, 11, 22))),
    ("2026-11-22 03:15", |s| {
        s.timed(ymd(2026, 11, 22).and_time(at(3, 15)))
    }),
    ("2026-11-22T08:15:00Z", |s| {
        s.timed(ymd(2026, 11, 22).and_time(at(8, 15)))
    }),
];

#[test]
fn hours_and_minutes_alone_have_been_and_what_can_mean_two_things_is_refused() {
    let now: DateTime<Utc> = "2026-11-28T09:00:00Z".parse().unwrap();
    let now = Now::new(now, Zone::new("UTC", Utc));
    let read = |text: &str, toward| parse_when(text, &now, DayEnd::default(), toward).ok();
    for (text, minutes) in [
        ("2h", 120),
        ("30m", 30),
        ("90 min", 90),
        ("half an hour", 30),
    ] {
        let at = read(text, Toward::Past).map(|when| when.at);
        assert_eq!(at, Some(now.at - TimeDelta::minutes(minutes)), "{text}");
        assert_eq!(read(text, Toward::Future), None, "{text}");
    }
    // A day or a time; two midnights; a week from which Monday; the beginning of "1 dec".
    for text in [
        "10.11",
        "8.05",
        "yesterday midnight",
        "monday week",
        "3d",
        "1 d",
        "1 m",
        "morning",
    ] {
        assert_eq!(read(text, Toward::Past), None, "{text}");
    }
}

#[test]
fn forms_by_hours_by_day_ends_land_where_the_model_says() {
    // A week around a Tuesday, a turn of the year, and a leap day.
    let week = (0..8).map(|n| ymd(2026, 11, 22) + Days::new(n));
    let others = [
        ymd(2026, 12, 31),
        ymd(2027, 1, 1),
        ymd(2027, 12, 1),
        ymd(2028, 2, 29),
    ];
    let zone = Zone::new("UTC", chrono::Utc);
    let mut checked = 0;
    for date in week.chain(others) {
        for half_hour in 0..48 {
            let now = date.and_time(at(half_hour / 2, half_hour % 2 * 30));
            let seen_now = Now::new(now.and_utc(), zone.clone());
            for day_end in [0_u16, 240, 360] {
                let end = DayEnd::try_from(day_end).unwrap();
                for toward in [Toward::Past, Toward::Future] {
                    let seen = Seen {
                        now,
                        day_end: at(u32::from(day_end) / 60, 0),
                        toward,
                    };
                    for (text, model) in WAYS {
                        let expected = model(seen);
                        let read = parse_when(text, &seen_now, end, toward);
                        let is_known = (1900..=now.year() + 1).contains(&expected.0.year());
                        let read = read.map(|when| {
                            let day = when.logical_day(end);
                            (when.at.naive_local(), day, when.day.is_some())
                        });
                        let expected = is_known.then_some(expected);
                        assert_eq!(
                            read.ok(),
                            expected,
                            "{text} at {now}, {day_end}, {toward:?}"
                        );
                        checked += 1;
                    }
                }
            }
        }
    }
    assert!(WAYS.len() >= 40 && checked > 100_000, "{checked}");
}
