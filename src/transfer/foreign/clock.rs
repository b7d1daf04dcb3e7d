//! Times of day in other programs' files, with offsets from UTC.
//!
//! Invariant: an unreadable time is never read as another time. `None` is for the caller to report.

use chrono::{FixedOffset, NaiveTime};

/// The time of day in a cell.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Clock {
    /// A clock time, with its offset from UTC if it has one.
    Time(NaiveTime, Option<FixedOffset>),
    /// A part of the day. The time only tells the parts of one day apart in ids; no entry gets it.
    Part(NaiveTime),
    /// The whole day, or a part of it that has no hour.
    Day,
}

/// Words for parts of the day in several languages, each with the time that tells it apart. Version 0.1.0 put the first three
/// at these hours, and took the others for noon.
const PARTS: [(&[&str], (u32, u32)); 7] = [
    (
        &[
            "am",
            "morning",
            "morgen",
            "morgens",
            "vormittag",
            "vormittags",
            "früh",
            "matin",
            "mañana",
            "por la mañana",
        ],
        (9, 0),
    ),
    (
        &[
            "mid",
            "midday",
            "mittag",
            "mittags",
            "midi",
            "mediodía",
            "al mediodía",
        ],
        (13, 0),
    ),
    (
        &[
            "pm",
            "evening",
            "abend",
            "abends",
            "soir",
            "soirée",
            "tarde",
            "por la tarde",
        ],
        (18, 0),
    ),
    (&["pre"], (12, 0)),
    (
        &["afternoon", "nachmittag", "nachmittags", "après-midi"],
        (15, 30),
    ),
    (
        &[
            "night",
            "nacht",
            "nachts",
            "nuit",
            "noche",
            "por la noche",
            "bedtime",
        ],
        (22, 30),
    ),
    (&["lunch", "lunchtime", "noon"], (12, 30)),
];

/// Words for the whole day.
const ALL_DAY: [&str; 7] = [
    "",
    "all day",
    "whole day",
    "ganztägig",
    "den ganzen tag",
    "toute la journée",
    "todo el día",
];

/// Words for "before noon" in several languages. Source: Unicode CLDR, day periods.
const BEFORE_NOON: [&str; 12] = [
    "am",
    "a",
    "vorm",
    "π\u{3bc}",
    "öö",
    "de",
    "sa",
    "проб",
    "дп",
    "上午",
    "午前",
    "오전",
];
/// The same words for after noon.
const AFTER_NOON: [&str; 12] = [
    "pm",
    "p",
    "nachm",
    "\u{3bc}\u{3bc}",
    "ös",
    "du",
    "ch",
    "слоб",
    "пп",
    "下午",
    "午後",
    "오후",
];

/// Reads "08:12", "8:12 pm", "9:40 p. m.", "21h05", "19:30:39+01:00", and the parts of a day of Bearable.
pub(super) fn clock(cell: &str) -> Option<Clock> {
    let plain = plain(cell);
    if ALL_DAY.contains(&plain.as_str()) {
        return Some(Clock::Day);
    }
    let part = PARTS
        .iter()
        .find(|(words, _)| words.contains(&plain.as_str()));
    if let Some((_, (hour, minute))) = part {
        return NaiveTime::from_hms_opt(*hour, *minute, 0).map(Clock::Part);
    }
    let (time, offset) = without_offset(&plain);
    let offset = match offset {
        Some(text) => Some(read_offset(text)?),
        None => None,
    };
    // "a. m." and "μ.μ." are one word with a gap.
    let time = time.replace(' ', "");
    let (time, half) = without_half(&time);
    Some(Clock::Time(on_the_clock(time, half)?, offset))
}

/// The half of the day of a 12-hour time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Half {
    Before,
    After,
}

/// Lower case, ordinary blanks, a colon between hours and minutes, and no points of abbreviations.
fn plain(cell: &str) -> String {
    let letters: Vec<char> = cell.trim().to_lowercase().chars().collect();
    let is_digit = |at: Option<usize>| {
        let letter = at.and_then(|at| letters.get(at));
        letter.is_some_and(char::is_ascii_digit)
    };
    let written = letters.iter().enumerate().map(|(at, letter)| {
        let is_between = is_digit(at.checked_sub(1)) && is_digit(Some(at + 1));
        match letter {
            // "21.05" and "21h05".
            '.' | 'h' if is_between => ':',
            '.' => ' ',
            letter if letter.is_whitespace() => ' ',
            letter => *letter,
        }
    });
    let written: String = written.collect();
    let words: Vec<&str> = written.split_whitespace().collect();
    words.join(" ")
}

/// The time before an offset, and the offset.
fn without_offset(plain: &str) -> (&str, Option<&str>) {
    if let Some(time) = ["utc", "gmt", "z"]
        .iter()
        .find_map(|name| plain.strip_suffix(name))
        .filter(|time| time.trim_end().ends_with(|c: char| c.is_ascii_digit()))
    {
        return (time.trim_end(), Some("z"));
    }
    match plain.find(['+', '-', '\u{2212}']) {
        Some(at) if at > 0 => {
            let (time, offset) = plain.split_at(at);
            (time.trim_end(), Some(offset))
        }
        _ => (plain, None),
    }
}

/// Reads "z", "+01:00", "-0500" and "+2".
fn read_offset(text: &str) -> Option<FixedOffset> {
    if text == "z" {
        return FixedOffset::east_opt(0);
    }
    let mut letters = text.chars();
    let is_west = letters.next() != Some('+');
    let digits: String = letters.filter(|c| *c != ':').collect();
    if !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let number: i32 = digits.parse().ok()?;
    let minutes = match digits.len() {
        // "+2" and "+02" are hours.
        1 | 2 => number * 60,
        4 => number / 100 * 60 + number % 100,
        _ => return None,
    };
    FixedOffset::east_opt(if is_west { -minutes } else { minutes } * 60)
}

/// The digits of a time, and the half of the day that a word before or behind them names.
fn without_half(time: &str) -> (&str, Option<Half>) {
    let halves = [(Half::Before, BEFORE_NOON), (Half::After, AFTER_NOON)];
    for (half, words) in halves {
        for word in words {
            let rest = time.strip_suffix(word).or_else(|| time.strip_prefix(word));
            if let Some(rest) = rest {
                return (rest.trim(), Some(half));
            }
        }
    }
    (time, None)
}

fn on_the_clock(time: &str, half: Option<Half>) -> Option<NaiveTime> {
    let mut parts = time.split(':');
    let hour: &str = parts.next()?;
    // "8 pm" has no minutes; "8" alone could be anything.
    let minute = parts.next().or(half.map(|_| "0"))?;
    let second = parts.next().unwrap_or("0");
    let second = second.split(',').next().unwrap_or("0");
    // One part may follow the seconds: `plain` turned the point before a fraction into a colon.
    let is_over = parts.nth(1).is_some();
    let number = |text: &str| -> Option<u32> {
        let is_short = (1..=2).contains(&text.len());
        is_short.then(|| text.parse().ok())?
    };
    let (hour, minute, second) = (number(hour)?, number(minute)?, number(second)?);
    let hour = match half {
        None => hour,
        // "14:30 pm" contradicts itself, and guessing would move an entry by half a day.
        Some(_) if !(1..=12).contains(&hour) => return None,
        Some(Half::Before) => hour % 12,
        Some(Half::After) => hour % 12 + 12,
    };
    (!is_over)
        .then(|| NaiveTime::from_hms_opt(hour, minute, second))
        .flatten()
}

#[cfg(test)]
mod tests {
    use super::{Clock, clock};
    use chrono::{FixedOffset, NaiveTime};

    fn at(hour: u32, minute: u32, second: u32) -> Option<NaiveTime> {
        NaiveTime::from_hms_opt(hour, minute, second)
    }

    #[test]
    fn a_time_is_read_as_programs_of_many_languages_write_it() {
        for (cell, hour, minute) in [
            ("08:12", 8, 12),
            ("8:12", 8, 12),
            ("8:12 PM", 20, 12),
            ("8:12pm", 20, 12),
            ("8:12\u{202f}AM", 8, 12),
            ("9:40\u{a0}p.\u{a0}m.", 21, 40),
            ("9:40 a. m.", 9, 40),
            ("12:05 a.m.", 0, 5),
            ("12:05 p.m.", 12, 5),
            ("8 pm", 20, 0),
            ("21.05", 21, 5),
            ("21h05", 21, 5),
            ("下午9:40", 21, 40),
            ("오전 9:40", 9, 40),
            ("9:40 μμ", 21, 40),
            ("9:40 π.μ.", 9, 40),
            ("9:40 сл. об.", 21, 40),
        ] {
            let wanted = at(hour, minute, 0).map(|time| Clock::Time(time, None));
            assert_eq!(clock(cell), wanted, "{cell}");
        }
        let wanted = at(6, 22, 59).map(|time| Clock::Time(time, None));
        assert_eq!(clock("06:22:59"), wanted);
        assert_eq!(clock("06:22:59.432"), wanted);
    }

    #[test]
    fn an_offset_behind_a_time_is_kept() {
        let with = |minutes: i32| {
            let offset = FixedOffset::east_opt(minutes * 60);
            at(19, 30, 39).map(|time| Clock::Time(time, offset))
        };
        for (cell, minutes) in [
            ("19:30:39Z", 0),
            ("19:30:39 UTC", 0),
            ("19:30:39+01:00", 60),
            ("19:30:39.432+01:00", 60),
            ("19:30:39 -0500", -300),
            ("19:30:39+2", 120),
        ] {
            assert_eq!(clock(cell), with(minutes), "{cell}");
        }
    }

    #[test]
    fn what_is_no_time_is_none_and_not_noon() {
        for cell in [
            "later",
            "25:00",
            "8:61",
            "13:00 pm",
            "0:10 pm",
            "8",
            "8:12 x",
            "-5",
            "8:12+99:00",
            "8:1:2:3:4",
            "a",
            "pm am",
        ] {
            assert_eq!(clock(cell), None, "{cell}");
        }
    }

    #[test]
    fn a_part_of_a_day_is_known_as_one() {
        assert_eq!(clock("pm"), at(18, 0, 0).map(Clock::Part));
        assert_eq!(clock("mid"), at(13, 0, 0).map(Clock::Part));
        assert_eq!(clock("all day"), Some(Clock::Day));
        assert_eq!(clock("pre"), at(12, 0, 0).map(Clock::Part));
        for word in ["Morgens", "matin", "Por la mañana", "AM"] {
            assert_eq!(clock(word), clock("morning"), "{word}");
        }
        for word in ["nachts", "Nuit", "noche"] {
            assert_eq!(clock(word), clock("night"), "{word}");
        }
        assert_eq!(clock("Ganztägig"), Some(Clock::Day));
    }
}
