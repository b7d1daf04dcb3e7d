//! Reads what a person types for a moment: RFC 3339, `2026-11-22 08:15`, `2026-11-22`, `08:15`, `yesterday 22:00`, `2h ago`,
//! `now`.
//!
//! Invariant: never a guess. A bare time is the latest one not after now; a day alone is its noon; anything else is said not
//! to be understood.

use super::time::{DayEnd, Now, Resolved, Shift, Zone, logical_day};
use chrono::{DateTime, Days, FixedOffset, NaiveDate, NaiveDateTime, NaiveTime, TimeDelta, Utc};

/// A moment as it was typed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct When {
    /// The moment, with its offset.
    pub at: DateTime<FixedOffset>,
    /// Set when a day alone was typed.
    pub day: Option<NaiveDate>,
    /// Set when the wall time typed did not exist.
    pub shift: Option<Shift>,
}

/// A text that is no moment.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error(
    "\"{0}\" is not understood as a time; try 08:15, yesterday 22:00, 2h ago, 2026-11-22 or 2026-11-22 08:15"
)]
pub struct WhenError(String);

impl When {
    /// Whether it lies after `now`.
    pub fn is_future(&self, now: &Now) -> bool {
        match self.day {
            // A day alone stands at its noon; today is not the future in the morning.
            Some(day) => day > now.at.date_naive(),
            None => self.at > now.at,
        }
    }

    /// The logical day it belongs to; a day alone is that day.
    pub fn logical_day(&self, day_end: DayEnd) -> NaiveDate {
        self.day
            .unwrap_or_else(|| logical_day(self.at.naive_local(), day_end))
    }

    fn resolved(resolved: Resolved) -> Self {
        Self {
            at: resolved.at,
            day: None,
            shift: resolved.shift,
        }
    }
}

/// Reads a moment, as seen from `now`.
///
/// # Errors
/// [`WhenError`] with examples, when the text is no moment or lies outside the years 0 to 9999.
pub fn parse_when(text: &str, now: &Now) -> Result<When, WhenError> {
    let cut: String = text
        .trim()
        .chars()
        .take(80)
        .filter(|c| !c.is_control())
        .collect();
    let when = read(text.trim(), now).ok_or_else(|| WhenError(cut.clone()))?;
    let year = chrono::Datelike::year(&when.at);
    if (0..=9999).contains(&year) {
        Ok(when)
    } else {
        Err(WhenError(cut))
    }
}

/// Reads a logical day: `2026-11-22`, `today`, `yesterday`, `3 days ago`, or the logical day of a moment.
pub fn parse_day(text: &str, now: &Now, day_end: DayEnd) -> Result<NaiveDate, WhenError> {
    let today = now.today(day_end);
    let words = text.trim().to_lowercase();
    let ago = |n: u64| today.checked_sub_days(Days::new(n));
    let named = match words.split_whitespace().collect::<Vec<_>>().as_slice() {
        ["today"] => Some(today),
        ["yesterday"] => ago(1),
        [n, "day" | "days", "ago"] => n.parse().ok().and_then(ago),
        _ => None,
    };
    match named {
        Some(day) => Ok(day),
        None => parse_when(text, now).map(|when| when.logical_day(day_end)),
    }
}

/// Reads `--now`. With an offset, that offset is the zone from then on; a bare local time is one of the system's zone.
pub fn parse_now(text: &str, system: &Zone, system_now: DateTime<Utc>) -> Result<Now, WhenError> {
    if let Some(at) = with_offset(text.trim()) {
        let zone = Zone::fixed(*at.offset());
        return Ok(Now::new(at.to_utc(), zone));
    }
    let now = Now::new(system_now, system.clone());
    let when = parse_when(text, &now)?;
    Ok(Now::new(when.at.to_utc(), system.clone()))
}

fn read(text: &str, now: &Now) -> Option<When> {
    if let Some(at) = with_offset(text) {
        return Some(When {
            at,
            day: None,
            shift: None,
        });
    }
    let lower = text.to_lowercase();
    let words: Vec<&str> = lower.split_whitespace().collect();
    let today = now.at.date_naive();
    match words.as_slice() {
        ["now"] => Some(When {
            at: now.at,
            day: None,
            shift: None,
        }),
        [amount, "ago"] => ago(amount, now),
        [amount, unit, "ago"] => ago(&format!("{amount}{unit}"), now),
        ["today"] => whole_day(today, now),
        ["yesterday"] => whole_day(today.pred_opt()?, now),
        ["today", at] => on(today, at, now),
        ["yesterday", at] => on(today.pred_opt()?, at, now),
        [one] => match (date(one), time(one)) {
            (Some(day), _) => whole_day(day, now),
            (None, Some(at)) => latest(at, now),
            (None, None) => {
                let (day, at) = one.split_once('t')?;
                on(date(day)?, at, now)
            }
        },
        [day, at] => on(date(day)?, at, now),
        _ => None,
    }
}

/// RFC 3339, with a blank for the T too, in either case.
fn with_offset(text: &str) -> Option<DateTime<FixedOffset>> {
    let (day, rest) = text.split_once(['T', 't', ' '])?;
    date(day)?;
    let rest = rest.trim().to_uppercase();
    let at = DateTime::parse_from_rfc3339(&format!("{day}T{rest}"));
    let at = at
        .or_else(|_| DateTime::parse_from_str(&format!("{day}T{rest}"), "%Y-%m-%dT%H:%M%:z"))
        .ok()?;
    // Whole minutes of offset and whole seconds are what a journal keeps.
    let offset = FixedOffset::east_opt(at.offset().local_minus_utc() / 60 * 60)?;
    Some(DateTime::from_timestamp(at.timestamp(), 0)?.with_timezone(&offset))
}

fn date(text: &str) -> Option<NaiveDate> {
    let is_plain = text.len() == 10
        && text
            .bytes()
            .all(|byte| byte.is_ascii_digit() || byte == b'-');
    if is_plain {
        NaiveDate::parse_from_str(text, "%Y-%m-%d").ok()
    } else {
        None
    }
}

fn time(text: &str) -> Option<NaiveTime> {
    let read = |form| NaiveTime::parse_from_str(text, form).ok();
    let is_plain = text
        .bytes()
        .all(|byte| byte.is_ascii_digit() || byte == b':');
    // A leap second would be one that no clock of ours shows.
    let at = is_plain.then(|| read("%H:%M").or_else(|| read("%H:%M:%S")))??;
    chrono::Timelike::with_nanosecond(&at, 0)
}

fn on(day: NaiveDate, at: &str, now: &Now) -> Option<When> {
    Some(When::resolved(now.zone.resolve(day.and_time(time(at)?))))
}

fn whole_day(day: NaiveDate, now: &Now) -> Option<When> {
    let noon = NaiveTime::from_hms_opt(12, 0, 0)?;
    let resolved = now.zone.resolve(day.and_time(noon));
    Some(When {
        day: Some(day),
        ..When::resolved(resolved)
    })
}

/// The latest `at` that is not after now.
fn latest(at: NaiveTime, now: &Now) -> Option<When> {
    let today: NaiveDateTime = now.at.date_naive().and_time(at);
    let resolved = now.zone.resolve(today);
    if resolved.at <= now.at {
        return Some(When::resolved(resolved));
    }
    Some(When::resolved(
        now.zone
            .resolve(now.at.date_naive().pred_opt()?.and_time(at)),
    ))
}

/// `2h`, `90min`, `3days`: hours and minutes are elapsed time, days and weeks keep the wall time.
fn ago(amount: &str, now: &Now) -> Option<When> {
    let digits = amount.chars().take_while(char::is_ascii_digit).count();
    let (number, unit) = amount.split_at_checked(digits)?;
    let number: i64 = number.parse().ok()?;
    let elapsed = |unit: Option<TimeDelta>| {
        let at = now.at.checked_sub_signed(unit?)?;
        Some(When {
            at: now.zone.at(at.to_utc()),
            day: None,
            shift: None,
        })
    };
    let days = |days: i64| {
        let day = now
            .at
            .date_naive()
            .checked_sub_days(Days::new(u64::try_from(days).ok()?))?;
        Some(When::resolved(
            now.zone.resolve(day.and_time(now.at.time())),
        ))
    };
    match unit {
        "m" | "min" | "mins" | "minute" | "minutes" => elapsed(TimeDelta::try_minutes(number)),
        "h" | "hour" | "hours" => elapsed(TimeDelta::try_hours(number)),
        "d" | "day" | "days" => days(number),
        "w" | "week" | "weeks" => days(number.checked_mul(7)?),
        _ => None,
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use chrono_tz::Tz;
    use proptest::prelude::*;

    fn berlin() -> Zone {
        Zone::new("Europe/Berlin", Tz::Europe__Berlin)
    }

    fn now(text: &str) -> Now {
        Now::new(
            text.parse::<DateTime<FixedOffset>>().unwrap().to_utc(),
            berlin(),
        )
    }

    #[test]
    fn each_form_is_read_as_it_stands() {
        let now = now("2026-11-22T08:12:40+01:00");
        let read = |text: &str| parse_when(text, &now).unwrap().at.to_rfc3339();
        for (text, at) in [
            ("2026-11-22T03:30:00-05:00", "2026-11-22T03:30:00-05:00"),
            ("2026-11-22 03:30:00-05:00", "2026-11-22T03:30:00-05:00"),
            ("2026-11-22t03:30:00z", "2026-11-22T03:30:00+00:00"),
            ("2026-11-22T03:30+01:00", "2026-11-22T03:30:00+01:00"),
            ("2026-11-22 08:15", "2026-11-22T08:15:00+01:00"),
            ("2026-11-22 08:15:09", "2026-11-22T08:15:09+01:00"),
            ("2026-07-22", "2026-07-22T12:00:00+02:00"),
            ("08:12", "2026-11-22T08:12:00+01:00"),
            ("08:13", "2026-11-21T08:13:00+01:00"),
            ("yesterday 22:00", "2026-11-21T22:00:00+01:00"),
            ("Today 07:00", "2026-11-22T07:00:00+01:00"),
            ("2h ago", "2026-11-22T06:12:40+01:00"),
            ("90 min ago", "2026-11-22T06:42:40+01:00"),
            ("3 days ago", "2026-11-19T08:12:40+01:00"),
            (" now ", "2026-11-22T08:12:40+01:00"),
        ] {
            assert_eq!(read(text), at, "{text}");
        }
        assert_eq!(
            parse_when("2026-11-22", &now).unwrap().day,
            Some("2026-11-22".parse().unwrap())
        );
    }

    #[test]
    fn days_ago_keep_the_wall_time_across_a_change_of_clocks() {
        let now = now("2026-10-25T12:00:00+01:00");
        assert_eq!(
            parse_when("1 day ago", &now).unwrap().at.to_rfc3339(),
            "2026-10-24T12:00:00+02:00"
        );
        assert_eq!(
            parse_when("24h ago", &now).unwrap().at.to_rfc3339(),
            "2026-10-24T13:00:00+02:00"
        );
    }

    #[test]
    fn what_is_no_moment_is_said_not_to_be_understood() {
        let now = now("2026-11-22T08:12:40+01:00");
        let wrong = [
            "",
            "soon",
            "25:00",
            "2026-13-01",
            "2026-02-30",
            "26-11-22",
            "8",
            "-2h ago",
            "99999999999999d ago",
        ];
        for text in wrong {
            let error = parse_when(text, &now).unwrap_err().to_string();
            assert!(error.contains("yesterday 22:00"), "{text}: {error}");
        }
    }

    #[test]
    fn this_morning_a_day_alone_is_not_the_future_at_its_noon() {
        let now = now("2026-11-22T08:12:40+01:00");
        assert!(!parse_when("2026-11-22", &now).unwrap().is_future(&now));
        assert!(parse_when("2026-11-23", &now).unwrap().is_future(&now));
        assert!(parse_when("today 08:13", &now).unwrap().is_future(&now));
    }

    #[test]
    fn a_day_is_a_logical_day() {
        let night = now("2026-11-22T03:00:00+01:00");
        let day = |text: &str| {
            parse_day(text, &night, DayEnd::default())
                .unwrap()
                .to_string()
        };
        assert_eq!(
            [day("today"), day("yesterday"), day("2 days ago")],
            ["2026-11-21", "2026-11-20", "2026-11-19"]
        );
        assert_eq!(
            [day("2026-11-22"), day("2026-11-22 02:00")],
            ["2026-11-22", "2026-11-21"]
        );
    }

    #[test]
    fn now_with_an_offset_makes_that_offset_the_zone() {
        let system_now = "2026-01-01T00:00:00Z".parse().unwrap();
        let given = parse_now("2026-11-22T03:30:00-05:00", &berlin(), system_now).unwrap();
        assert_eq!(
            (
                given.zone.name(),
                given.today(DayEnd::default()).to_string().as_str()
            ),
            ("-05:00", "2026-11-21")
        );
        let bare = parse_now("2026-11-22 03:30", &berlin(), system_now).unwrap();
        assert_eq!(
            (bare.zone.name(), bare.at.to_rfc3339().as_str()),
            ("Europe/Berlin", "2026-11-22T03:30:00+01:00")
        );
    }

    proptest! {
        #[test]
        fn no_text_breaks_the_reading(text in "\\PC{0,30}", typed in "[0-9: tTzZ+-]{0,25}( ago)?") {
            let now = now("2026-11-22T08:12:40+01:00");
            for text in [text, typed] {
                if let Ok(when) = parse_when(&text, &now) { when.is_future(&now); }
                parse_day(&text, &now, DayEnd::default()).ok();
                parse_now(&text, &berlin(), now.at.to_utc()).ok();
            }
        }

        #[test]
        fn rfc_3339_comes_back_as_it_went(second in -60_000_000_000_i64..250_000_000_000, minutes in -840_i32..=840) {
            let offset = FixedOffset::east_opt(minutes * 60).unwrap();
            let at = DateTime::from_timestamp(second, 0).unwrap().with_timezone(&offset);
            prop_assert_eq!(parse_when(&at.to_rfc3339(), &now("2026-11-22T08:00:00Z")).unwrap().at, at);
        }
    }
}
