//! Reads what a person types for a moment (stand-in).
#![allow(missing_docs)]
use super::time::{DayEnd, Now, Shift, Zone, logical_day};
use chrono::{DateTime, Days, FixedOffset, NaiveDate, NaiveDateTime, NaiveTime, TimeDelta, Utc};

#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error(
    "\"{0}\" was not understood as a moment; these work: 2026-11-22 08:15, 08:15, yesterday 22:00, 2h ago, now"
)]
pub struct WhenError(pub String);

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct When {
    pub at: DateTime<FixedOffset>,
    pub day: Option<NaiveDate>,
    pub shift: Option<Shift>,
}

impl When {
    pub fn is_future(&self, now: &Now) -> bool {
        self.at > now.at
    }
}

fn local(at: NaiveDateTime, now: &Now) -> When {
    let resolved = now.zone.resolve(at);
    When {
        at: resolved.at,
        day: None,
        shift: resolved.shift,
    }
}

fn clock(text: &str) -> Option<NaiveTime> {
    NaiveTime::parse_from_str(text, "%H:%M")
        .or_else(|_| NaiveTime::parse_from_str(text, "%H:%M:%S"))
        .ok()
}

pub fn parse_when(text: &str, now: &Now) -> Result<When, WhenError> {
    let t = text.trim();
    if t == "now" {
        return Ok(When {
            at: now.at,
            day: None,
            shift: None,
        });
    }
    if let Ok(at) = DateTime::parse_from_rfc3339(&t.replacen(' ', "T", 1)) {
        return Ok(When {
            at,
            day: None,
            shift: None,
        });
    }
    for form in [
        "%Y-%m-%d %H:%M",
        "%Y-%m-%dT%H:%M",
        "%Y-%m-%d %H:%M:%S",
        "%Y-%m-%dT%H:%M:%S",
    ] {
        if let Ok(at) = NaiveDateTime::parse_from_str(t, form) {
            return Ok(local(at, now));
        }
    }
    let noon = NaiveTime::from_hms_opt(12, 0, 0).unwrap_or_default();
    if let Ok(day) = t.parse::<NaiveDate>() {
        return Ok(When {
            day: Some(day),
            ..local(day.and_time(noon), now)
        });
    }
    let today = now.at.date_naive();
    if let Some(time) = clock(t) {
        let at = local(today.and_time(time), now);
        return Ok(if at.at > now.at {
            local((today - Days::new(1)).and_time(time), now)
        } else {
            at
        });
    }
    for (word, back) in [("yesterday", 1), ("today", 0)] {
        if let Some(rest) = t.strip_prefix(word) {
            let day = today - Days::new(back);
            if rest.trim().is_empty() {
                return Ok(When {
                    day: Some(day),
                    ..local(day.and_time(noon), now)
                });
            }
            if let Some(time) = clock(rest.trim()) {
                return Ok(local(day.and_time(time), now));
            }
        }
    }
    if let Some(hours) = t
        .strip_suffix("h ago")
        .and_then(|n| n.trim().parse::<i64>().ok())
    {
        return Ok(When {
            at: now.at - TimeDelta::hours(hours),
            day: None,
            shift: None,
        });
    }
    Err(WhenError(t.to_owned()))
}

pub fn parse_day(text: &str, now: &Now, day_end: DayEnd) -> Result<NaiveDate, WhenError> {
    match text.trim() {
        "today" => Ok(now.today(day_end)),
        "yesterday" => Ok(now.today(day_end) - Days::new(1)),
        other => {
            let when = parse_when(other, now)?;
            Ok(when
                .day
                .unwrap_or_else(|| logical_day(when.at.naive_local(), day_end)))
        }
    }
}

pub fn parse_now(text: &str, system: &Zone, system_now: DateTime<Utc>) -> Result<Now, WhenError> {
    let t = text.trim();
    if let Ok(at) = DateTime::parse_from_rfc3339(&t.replacen(' ', "T", 1)) {
        return Ok(Now {
            at,
            zone: Zone::fixed(*at.offset()),
        });
    }
    let when = parse_when(t, &Now::new(system_now, system.clone()))?;
    Ok(Now {
        at: when.at,
        zone: system.clone(),
    })
}
