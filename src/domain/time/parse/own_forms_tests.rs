//! Every form in which the program writes a day or a moment is read back as the same one.
#![allow(clippy::unwrap_used)]

use super::*;
use crate::domain::text::words;
use crate::domain::time::display::{Hours, Manner};
use chrono::{Days, Timelike};
use std::path::Path;

/// The format strings of dates and times in the program's own source.
fn formats() -> Vec<String> {
    fn walk(folder: &Path, formats: &mut Vec<String>) {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                walk(&path, formats);
                continue;
            }
            // What is written for other programs is read by them.
            let is_other = ["tests", "transfer"]
                .iter()
                .any(|part| path.to_string_lossy().contains(part));
            if is_other {
                continue;
            }
            let text = std::fs::read_to_string(&path).unwrap();
            let quoted = text.split('"').filter(|part| part.contains('%'));
            formats.extend(quoted.filter(|part| is_format(part)).map(str::to_owned));
        }
    }
    let mut formats = Vec::new();
    walk(
        &Path::new(env!("CARGO_MANIFEST_DIR")).join("src"),
        &mut formats,
    );
    formats.sort();
    formats.dedup();
    formats
}

/// Nothing but parts of a date or a time, and what stands between them.
fn is_format(text: &str) -> bool {
    let bare = text.replace("%-", "%");
    let mut parts = bare.split('%');
    let head = parts.next().unwrap_or_default();
    head.is_empty()
        && parts.all(|part| {
            let mut letters = part.chars();
            let is_part = letters.next().is_some_and(|c| "YmdebBaAHMISpP".contains(c));
            is_part && letters.all(|c| " -:,T".contains(c))
        })
}

/// Whether a form names one day, or one time of day. A month or a year alone names neither.
fn is_whole(format: &str) -> bool {
    let has = |parts: &[&str]| parts.iter().any(|part| format.contains(part));
    let day = has(&["%d", "%-d", "%e"]);
    let month = has(&["%b", "%B", "%m"]);
    let hour = has(&["%H", "%I", "%-I"]);
    let is_day = day && (month || has(&["%a", "%A"]));
    // File names: nobody types them.
    let is_stamp = format.contains("%Y%m%d") || format.contains("%H%M");
    !is_stamp && (is_day || (!day && !month && (hour || has(&["%a", "%A"]))))
}

/// A Saturday morning.
fn now() -> Now {
    let instant: DateTime<Utc> = "2026-11-28T09:00:00Z".parse().unwrap();
    Now::new(instant, Zone::new("UTC", Utc))
}

#[test]
fn every_form_that_the_program_writes_is_read_back() {
    let formats: Vec<String> = formats().into_iter().filter(|f| is_whole(f)).collect();
    assert!(formats.len() >= 8, "{formats:?}");
    for known in [
        "%a %-d %b",
        "%-d %b %Y",
        "%a %-d %b %H:%M",
        "%a %-d",
        "%Y-%m-%d %H:%M",
    ] {
        assert!(
            formats.iter().any(|format| format == known),
            "{known}: {formats:?}"
        );
    }
    let now = now();
    for format in &formats {
        for back in 1..=6 {
            let then = now.at - Days::new(back) - chrono::TimeDelta::minutes(70);
            let typed = then.format(format).to_string();
            let read = parse_when(&typed, &now, DayEnd::default(), Toward::Past);
            let read = read.unwrap_or_else(|why| panic!("{format}: {typed}: {why}"));
            let has_day = ["%d", "%-d", "%e", "%a", "%A"]
                .iter()
                .any(|day| format.contains(day));
            if has_day {
                assert_eq!(read.date(), then.date_naive(), "{format}: {typed}");
            }
            if read.day.is_none() {
                let minute = |at: &DateTime<FixedOffset>| (at.hour(), at.minute());
                assert_eq!(minute(&read.at), minute(&then), "{format}: {typed}");
            }
        }
    }
}

#[test]
fn days_and_times_in_words_are_read_back_on_both_clocks() {
    let now = now();
    let today = now.today(DayEnd::default());
    for away in -400_i64..=365 {
        let day = today + chrono::TimeDelta::days(away);
        let toward = if away <= 0 {
            Toward::Past
        } else {
            Toward::Future
        };
        let mut forms = vec![
            words::day(day),
            words::day_near(day, today),
            words::relative_day(day, today),
            words::plain_day(day),
            day.to_string(),
        ];
        if away.abs() < 365 {
            forms.push(words::short_day(day));
        }
        for form in forms {
            let read = parse_day(&form, &now, DayEnd::default(), toward);
            assert_eq!(read, Ok(day), "{form}");
        }
    }
    for hours in [Hours::TwentyFour, Hours::Twelve] {
        let manner = Manner {
            hours,
            ..Manner::default()
        };
        for minute in 0..1440 {
            let time = NaiveTime::from_hms_opt(minute / 60, minute % 60, 0).unwrap();
            let typed = format!("{} {}", words::day(today - Days::new(2)), manner.time(time));
            let read = parse_when(&typed, &now, DayEnd::default(), Toward::Past).unwrap();
            assert_eq!((read.at.time(), read.day), (time, None), "{typed}");
            assert_eq!(parse_clock(&manner.time(time)), Some(time));
        }
    }
}

#[test]
fn a_day_with_a_dot_is_read_beside_a_time_and_alone_the_ways_to_write_it_are_said() {
    let now = now();
    let read = |text: &str| {
        let read = parse_when(text, &now, DayEnd::default(), Toward::Past);
        read.map_or_else(|why| why.to_string(), |when| when.at.to_rfc3339())
    };
    for (typed, said) in [
        (
            "10.11",
            "\"10.11\" can be a day or a time; write 10 Nov or 10:11",
        ),
        (
            "tue 10.11",
            "\"10.11\" can be a day or a time; write 10 Nov or 10:11",
        ),
        ("1.2", "\"1.2\" can be a day; if it is meant, write 1 Feb"),
        (
            "25.11",
            "\"25.11\" can be a day; if it is meant, write 25 Nov",
        ),
        ("10.11 14:00", "2026-11-10T14:00:00+00:00"),
        ("14:00 10.11", "2026-11-10T14:00:00+00:00"),
        ("10.11.26", "2026-11-10T12:00:00+00:00"),
    ] {
        assert_eq!(read(typed), said, "{typed}");
    }
}

#[test]
fn what_is_read_is_said_and_can_be_typed_again() {
    let now = now();
    let reading = |text: &str, toward| moment_reading(text, &now, DayEnd::default(), toward);
    for (typed, said) in [
        ("last night", "= Fri 27 Nov 2026, without a time"),
        (
            "yesterday 22:00",
            "= Fri 27 Nov 2026 22:00, counts for Fri 27 Nov",
        ),
        ("fri 2am", "= Fri 27 Nov 2026 02:00, counts for Thu 26 Nov"),
        ("12 nov", "= Thu 12 Nov 2026, without a time"),
        ("1/2", "1 Feb 2026 or 2 Jan 2026? Name the month."),
        // As under the chart of this week; of another week the number can be an hour.
        ("Mon 23", "= Mon 23 Nov 2026, without a time"),
        ("Mon 16th", "= Mon 16 Nov 2026, without a time"),
        (
            "Mon 16",
            "16 Nov 2026 or Mon 23 Nov at 16:00? Write 16 Nov or Mon 16:00.",
        ),
    ] {
        assert_eq!(
            reading(typed, Toward::Past).as_deref(),
            Some(said),
            "{typed}"
        );
    }
    let ahead = reading("1 dec 14:00", Toward::Future);
    assert_eq!(ahead.as_deref(), Some("= Tue 1 Dec 2026 14:00"));
    for unfinished in ["", "1 d", "tomorrow 1", "20.11"] {
        assert_eq!(reading(unfinished, Toward::Past), None, "{unfinished}");
    }
}
