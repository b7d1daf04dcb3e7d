//! How a file writes its numbers, days and times.

use chrono::{Days, FixedOffset, NaiveDate, NaiveDateTime, NaiveTime, TimeDelta};

/// Who has to be able to read a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reach {
    /// This version.
    Now,
    /// Version 0.1.0 too, which knew fewer forms and refused a file with a single slip.
    First,
}

/// The random numbers of a file, and what it writes alike in every row.
pub(super) struct Hand {
    pub(super) random: fastrand::Rng,
    pub(super) is_comma: bool,
    /// Whether the file can hold every letter; the code page of Windows cannot.
    pub(super) has_all_letters: bool,
    pub(super) reach: Reach,
    /// Whether the scale from 0 to 10 has its worst end at 0.
    pub(super) is_reversed: bool,
    days: u8,
    times: u8,
}

/// A row's place in time, as the file writes it and as the journal has to have it.
pub(super) struct Place {
    pub(super) date: String,
    pub(super) time: String,
    /// The day that it counts for.
    pub(super) day: NaiveDate,
    pub(super) at: Option<NaiveTime>,
    /// The word for a part of the day.
    pub(super) part: Option<String>,
}

impl Place {
    /// "2026-02-03 21:30", as the truth begins.
    pub(super) fn text(&self) -> String {
        let time = self.at.map(|time| time.format("%H:%M").to_string());
        format!("{} {}", self.day, time.as_deref().unwrap_or("no time"))
    }
}

/// The forms of days that have their time behind them.
const WITH_TIME: u8 = 10;
/// The forms of days.
const DAYS: u8 = 13;
/// The ones that version 0.1.0 read, some of them wrongly.
const OF_FIRST: [u8; 8] = [0, 1, 2, 3, 4, 5, 10, 11];

impl Hand {
    pub(super) fn new(
        mut random: fastrand::Rng,
        is_comma: bool,
        has_all_letters: bool,
        reach: Reach,
    ) -> Self {
        let (days, times) = (random.u8(..DAYS), random.u8(..7));
        let (days, times) = match reach {
            Reach::Now => (days, times),
            Reach::First => (OF_FIRST[usize::from(days) % OF_FIRST.len()], times % 3),
        };
        Self {
            is_comma,
            has_all_letters,
            reach,
            is_reversed: random.bool(),
            days,
            times,
            random,
        }
    }

    pub(super) fn is_first(&self) -> bool {
        self.reach == Reach::First
    }

    pub(super) fn one<'a>(&mut self, all: &[&'a str]) -> &'a str {
        all[self.random.usize(..all.len())]
    }

    /// One time of `n`.
    pub(super) fn seldom(&mut self, n: u8) -> bool {
        self.random.u8(..n) == 0
    }

    /// Whether the days have their time behind them.
    pub(super) const fn is_whole(&self) -> bool {
        self.days >= WITH_TIME
    }

    /// The end of `date` in a map: the order of day and month, where it could be another one.
    pub(super) const fn order(&self) -> &'static str {
        match self.days {
            1 | 4 | 8 => ":dmy",
            2 | 12 => ":mdy",
            _ => "",
        }
    }

    /// A number of thousandths, as this file writes it.
    pub(super) fn number(&self, thousandths: i64) -> String {
        let point = if self.is_comma { ',' } else { '.' };
        let text = format!("{}{point}{:03}", thousandths / 1000, thousandths % 1000);
        let text = text.trim_end_matches('0').trim_end_matches(point);
        text.to_owned()
    }

    /// The same with a sign between thousands, in some of the ways in which people write it.
    pub(super) fn grouped(&mut self, thousandths: i64) -> String {
        let plain = self.number(thousandths);
        let (whole, rest) = plain.split_at(plain.find([',', '.']).unwrap_or(plain.len()));
        let other = if self.is_comma { "." } else { "," };
        let mut gaps = vec![other, "'", "\u{a0}"];
        if self.has_all_letters {
            gaps.push("\u{202f}");
        }
        let gap = self.one(&gaps);
        let digits: Vec<char> = whole.chars().collect();
        let groups = digits.rchunks(3).rev();
        let groups: Vec<String> = groups.map(|group| group.iter().collect()).collect();
        groups.join(gap) + rest
    }

    fn day(&self, day: NaiveDate) -> String {
        const MONTHS: [&str; 12] = [
            "Januar",
            "Februar",
            "M\u{e4}rz",
            "April",
            "Mai",
            "Juni",
            "Juli",
            "August",
            "September",
            "Oktober",
            "November",
            "Dezember",
        ];
        let form = match self.days {
            0 => "%Y-%m-%d",
            1 => "%d.%m.%Y",
            2 => "%m/%d/%Y",
            3 => "%d %b %Y",
            4 => "%d/%m/%y",
            5 => "%Y/%m/%d",
            6 => "%B %-d, %Y",
            7 => "%A, %d %B %Y",
            8 => "%-d. %-m. %Y",
            _ => {
                use chrono::Datelike;
                let month = MONTHS[day.month0() as usize];
                return format!("{}. {month} {}", day.day(), day.year());
            }
        };
        day.format(form).to_string()
    }

    fn time(&mut self, time: NaiveTime) -> String {
        let form = match self.times {
            0 => "%H:%M",
            1 => "%I:%M %p",
            3 => "%H.%M.%S",
            4 => "%Hh%M",
            5 => "%-I:%M%P",
            _ if self.has_all_letters => "%-I:%M\u{202f}%p",
            _ => "%-I:%M\u{a0}%p",
        };
        let text = time.format(form).to_string();
        if self.times == 6 {
            // "9:40 p. m.", as Spanish writes it.
            text.replace("AM", "a. m.").replace("PM", "p. m.")
        } else {
            text
        }
    }

    /// A row's day, and its time where the file has times.
    pub(super) fn place(&mut self, has_time: bool) -> Place {
        let first = NaiveDate::from_ymd_opt(2026, 2, 3).unwrap();
        let day = first + Days::new(self.random.u64(..12) * 19);
        // Few minutes, so that many rows share a moment.
        let (hour, minute) = (self.random.u32(..24), self.random.u32(..2) * 30);
        let time = NaiveTime::from_hms_opt(hour, minute, 0).unwrap();
        if self.is_whole() {
            return self.whole(day.and_time(time));
        }
        let plain = |date: String| Place {
            date,
            time: String::new(),
            day,
            at: None,
            part: None,
        };
        let mut place = plain(self.day(day));
        if has_time && self.times == 2 {
            let parts = ["am", "mid", "pm", "night", "pre", "Nachmittag", "soir"];
            match self.random.u8(..4) {
                0 => {}
                1 => "all day".clone_into(&mut place.time),
                _ => {
                    let part = self.one(&parts);
                    part.clone_into(&mut place.time);
                    place.part = Some(part.to_owned());
                }
            }
        } else if has_time {
            place.time = self.time(time);
            place.day = logical(day.and_time(time));
            place.at = Some(time);
        }
        place
    }

    /// A cell with the day and the time.
    fn whole(&mut self, wall: NaiveDateTime) -> Place {
        let (date, here) = match self.days {
            10 => (wall.format("%Y-%m-%dT%H:%M:%S").to_string(), wall),
            11 => {
                let (text, hours) = [("Z", 0), ("+01:00", 1), ("-0500", -5), (" +09:00", 9)]
                    [self.random.usize(..4)];
                let date = wall.format("%Y-%m-%d %H:%M:%S").to_string();
                // The zone of the trial is five hours behind.
                (date + text, wall - TimeDelta::hours(hours + 5))
            }
            _ => (wall.format("%m/%d/%Y %I:%M %p").to_string(), wall),
        };
        Place {
            date,
            time: String::new(),
            day: logical(here),
            at: Some(here.time()),
            part: None,
        }
    }
}

/// The day that a sitting counts for: what is before four belongs to the evening before.
fn logical(wall: NaiveDateTime) -> NaiveDate {
    (wall - TimeDelta::hours(4)).date()
}

/// The zone in which the files are imported first.
pub const ZONE: FixedOffset = FixedOffset::west_opt(5 * 3600).unwrap();
