//! Parses the rules of a zone: zone files (RFC 8536) and the text of `TZ` (POSIX).
//!
//! Invariant: rules that cannot be read as a whole are `None`, never a guess. No input makes the parser panic.

use chrono::{DateTime, Datelike, Days, NaiveDate};

const SECONDS_OF_DAY: i64 = 86_400;
const SECONDS_OF_HOUR: i64 = 3600;
/// The length of the header of a zone file, in bytes.
const HEAD: usize = 44;

/// The offsets of a zone from UTC, at every instant.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Rules {
    /// Seconds before the first change.
    first: i64,
    /// Instants of change with the seconds from then on, in order.
    changes: Vec<(i64, i64)>,
    /// The rule after the last change.
    after: Option<Rule>,
}

/// The rule of a `TZ` text: one offset, or two that alternate every year.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Rule {
    standard: i64,
    summer: Option<Summer>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
struct Summer {
    offset: i64,
    begins: Turn,
    ends: Turn,
}

/// A yearly change: its day, and the seconds after midnight of that day, which may reach into another day.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Turn {
    day: TurnDay,
    seconds: i64,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum TurnDay {
    /// 1 to 365; 29 February is never counted.
    WithoutLeapDay(u32),
    /// 0 to 365.
    OfYear(u32),
    /// Month, week 1 to 5 (5 is the last), weekday from Sunday.
    OfMonth(u32, u32, u32),
}

impl Rules {
    /// Reads a zone file. A file that counts leap seconds is refused, since journals do not count them.
    pub(crate) fn from_file(bytes: &[u8]) -> Option<Self> {
        let head = Head::read(bytes)?;
        if head.version == 0 {
            return head.rules(bytes.get(HEAD..)?, 4).map(|(rules, _)| rules);
        }
        // The first block has four-byte times for old programs; the second has everything with eight bytes.
        let second = bytes.get(HEAD.checked_add(head.length(4)?)?..)?;
        let head = Head::read(second)?;
        let (mut rules, rest) = head.rules(second.get(HEAD..)?, 8)?;
        let foot = rest.strip_prefix(b"\n")?;
        let end = foot.iter().position(|byte| *byte == b'\n')?;
        let text = std::str::from_utf8(foot.get(..end)?).ok()?;
        if !text.is_empty() {
            // The file lists changes up to some year (2037 in many); this text goes on after them.
            rules.after = Some(Rule::read(text)?);
        }
        Some(rules)
    }

    /// Reads `CET-1CEST,M3.5.0,M10.5.0/3` or `EST5`. A summer time without its days is refused: POSIX leaves them to the
    /// system, so they would be a guess.
    pub(crate) fn from_text(text: &str) -> Option<Self> {
        let rule = Rule::read(text)?;
        Some(Self {
            first: rule.standard,
            changes: Vec::new(),
            after: Some(rule),
        })
    }

    /// The offset of a zone whose clocks never change.
    pub(crate) fn only(&self) -> Option<i64> {
        match &self.after {
            Some(rule) if self.changes.is_empty() && rule.summer.is_none() => Some(rule.standard),
            _ => None,
        }
    }

    /// Seconds east of UTC at an instant.
    pub(crate) fn offset_at(&self, utc: i64) -> i64 {
        let n = self.changes.partition_point(|(at, _)| *at <= utc);
        match (n.checked_sub(1), &self.after) {
            (_, Some(rule)) if n == self.changes.len() => rule.offset_at(utc),
            (Some(last), _) => self.changes.get(last).map_or(self.first, |change| change.1),
            (None, _) => self.first,
        }
    }
}

/// The header of a block: the counts of its parts.
struct Head {
    version: u8,
    utc_marks: usize,
    standard_marks: usize,
    leaps: usize,
    times: usize,
    kinds: usize,
    letters: usize,
}

impl Head {
    fn read(bytes: &[u8]) -> Option<Self> {
        let head = bytes.get(..HEAD)?.strip_prefix(b"TZif")?;
        // After the magic: one byte of version, fifteen unused ones, then six counts of four bytes each.
        let count = |nth: usize| {
            let at = 16 + 4 * nth;
            let four: [u8; 4] = head.get(at..at + 4)?.try_into().ok()?;
            usize::try_from(u32::from_be_bytes(four)).ok()
        };
        Some(Self {
            version: *head.first()?,
            utc_marks: count(0)?,
            standard_marks: count(1)?,
            leaps: count(2)?,
            times: count(3)?,
            kinds: count(4)?,
            letters: count(5)?,
        })
    }

    /// The length of the block after the header in bytes, with times of `size` bytes.
    fn length(&self, size: usize) -> Option<usize> {
        // Checked arithmetic: the counts of a damaged file may be anything.
        let parts = [
            (self.times, size + 1),
            (self.kinds, 6),
            (self.letters, 1),
            (self.leaps, size + 4),
            (self.standard_marks, 1),
            (self.utc_marks, 1),
        ];
        parts.into_iter().try_fold(0_usize, |sum, (n, bytes)| {
            sum.checked_add(n.checked_mul(bytes)?)
        })
    }

    /// The changes of its block, and the bytes after it.
    fn rules<'a>(&self, block: &'a [u8], size: usize) -> Option<(Rules, &'a [u8])> {
        let (block, rest) = block.split_at_checked(self.length(size)?)?;
        if self.leaps > 0 || self.kinds == 0 {
            return None;
        }
        let (times, block) = block.split_at_checked(self.times * size)?;
        let (which, block) = block.split_at_checked(self.times)?;
        let offsets: Vec<i64> = block
            .get(..self.kinds * 6)?
            .chunks_exact(6)
            .filter_map(|kind| signed(kind.get(..4)?))
            .collect();
        let changes: Vec<(i64, i64)> = times
            .chunks_exact(size)
            .zip(which)
            .map(|(time, kind)| Some((signed(time)?, *offsets.get(usize::from(*kind))?)))
            .collect::<Option<_>>()?;
        // `offset_at` searches by bisection, which needs the order.
        let is_in_order = changes.is_sorted_by(|a, b| a.0 < b.0);
        let are_offsets = offsets.iter().all(|offset| offset.abs() < SECONDS_OF_DAY);
        let rules = Rules {
            first: *offsets.first()?,
            changes,
            after: None,
        };
        (is_in_order && are_offsets).then_some((rules, rest))
    }
}

/// A big-endian number of four or eight bytes.
fn signed(bytes: &[u8]) -> Option<i64> {
    match bytes.len() {
        4 => Some(i32::from_be_bytes(bytes.try_into().ok()?).into()),
        _ => Some(i64::from_be_bytes(bytes.try_into().ok()?)),
    }
}

impl Rule {
    fn read(text: &str) -> Option<Self> {
        let rest = after_name(text)?;
        let (west, rest) = hours(rest)?;
        let standard = -west;
        let rule = |summer| Self { standard, summer };
        if rest.is_empty() {
            return (standard.abs() < SECONDS_OF_DAY).then(|| rule(None));
        }
        let rest = after_name(rest)?;
        let (offset, rest) = match hours(rest) {
            Some((west, rest)) => (-west, rest),
            // POSIX: without an offset of its own, summer time is one hour ahead.
            None => (standard + SECONDS_OF_HOUR, rest),
        };
        let (begins, ends) = rest.strip_prefix(',')?.split_once(',')?;
        let summer = Summer {
            offset,
            begins: Turn::read(begins)?,
            ends: Turn::read(ends)?,
        };
        let are_offsets = standard.abs() < SECONDS_OF_DAY && offset.abs() < SECONDS_OF_DAY;
        are_offsets.then(|| rule(Some(summer)))
    }

    fn offset_at(&self, utc: i64) -> i64 {
        let Some(summer) = &self.summer else {
            return self.standard;
        };
        // The year of the wall, which around New Year is not that of UTC.
        let year = DateTime::from_timestamp(utc.saturating_add(self.standard), 0)
            .map_or(1970, |at| at.year());
        // Each change is given in the wall time before it.
        let turns = [
            summer.begins.second(year).map(|at| at - self.standard),
            summer.ends.second(year).map(|at| at - summer.offset),
        ];
        let [Some(begins), Some(ends)] = turns else {
            return self.standard;
        };
        // In the south summer runs over New Year: it ends before it begins.
        let is_summer = if begins < ends {
            begins <= utc && utc < ends
        } else {
            !(ends <= utc && utc < begins)
        };
        if is_summer {
            summer.offset
        } else {
            self.standard
        }
    }
}

impl Turn {
    fn read(text: &str) -> Option<Self> {
        let (day, time) = match text.split_once('/') {
            Some((day, time)) => (day, Some(time)),
            None => (text, None),
        };
        let seconds = match time {
            // POSIX: without a time the change is at 02:00.
            None => 2 * SECONDS_OF_HOUR,
            Some(time) => hours(time).filter(|(_, rest)| rest.is_empty())?.0,
        };
        let within = |text: &str, from: u32, to: u32| {
            let number = text.parse().ok()?;
            (from..=to).contains(&number).then_some(number)
        };
        let day = if let Some(month) = day.strip_prefix('M') {
            let mut parts = month.split('.');
            let mut next = |from, to| within(parts.next()?, from, to);
            TurnDay::OfMonth(next(1, 12)?, next(1, 5)?, next(0, 6)?)
        } else if let Some(day) = day.strip_prefix('J') {
            TurnDay::WithoutLeapDay(within(day, 1, 365)?)
        } else {
            TurnDay::OfYear(within(day, 0, 365)?)
        };
        Some(Self { day, seconds })
    }

    /// Its second in `year`, in wall time.
    fn second(&self, year: i32) -> Option<i64> {
        let first = NaiveDate::from_ymd_opt(year, 1, 1)?;
        let day = match self.day {
            TurnDay::OfYear(n) => first.checked_add_days(Days::new(n.into()))?,
            TurnDay::WithoutLeapDay(n) => {
                // Day 60 is 1 March in every year.
                let leap = u32::from(first.leap_year() && n >= 60);
                first.checked_add_days(Days::new((n - 1 + leap).into()))?
            }
            TurnDay::OfMonth(month, week, weekday) => {
                let first = NaiveDate::from_ymd_opt(year, month, 1)?;
                let ahead = (7 + weekday - first.weekday().num_days_from_sunday()) % 7;
                // From the asked week downwards: a fifth Sunday that does not exist becomes the fourth.
                let days = (0..week).rev().map(|week| ahead + 7 * week);
                days.filter_map(|days| first.checked_add_days(Days::new(days.into())))
                    .find(|day| day.month() == month)?
            }
        };
        Some(day.and_time(chrono::NaiveTime::MIN).and_utc().timestamp() + self.seconds)
    }
}

/// The text after a zone's short name. The name is three letters or more, or anything in `<>`.
fn after_name(text: &str) -> Option<&str> {
    if let Some(quoted) = text.strip_prefix('<') {
        let (name, rest) = quoted.split_once('>')?;
        let is_name = |c: char| c.is_ascii_alphanumeric() || matches!(c, '+' | '-');
        return (!name.is_empty() && name.chars().all(is_name)).then_some(rest);
    }
    let end = text
        .find(|c: char| !c.is_ascii_alphabetic())
        .unwrap_or(text.len());
    (end >= 3).then(|| &text[end..])
}

/// `1`, `-3:30`, `+05:45:00` in seconds, and the text after it.
fn hours(text: &str) -> Option<(i64, &str)> {
    let (sign, digits) = match text.strip_prefix('-') {
        Some(rest) => (-1, rest),
        None => (1, text.strip_prefix('+').unwrap_or(text)),
    };
    let end = digits
        .find(|c: char| !c.is_ascii_digit() && c != ':')
        .unwrap_or(digits.len());
    let (clock, rest) = digits.split_at(end);
    let parts: Vec<i64> = clock
        .split(':')
        .map(|part| part.parse().ok().filter(|_| part.len() <= 3))
        .collect::<Option<_>>()?;
    let (hours, minutes, seconds) = match parts[..] {
        [hours] => (hours, 0, 0),
        [hours, minutes] => (hours, minutes, 0),
        [hours, minutes, seconds] => (hours, minutes, seconds),
        _ => return None,
    };
    // RFC 8536 allows a week in hours, so that a change can be told from another weekday.
    let is_time = hours <= 167 && minutes < 60 && seconds < 60;
    is_time.then_some((
        sign * (hours * SECONDS_OF_HOUR + minutes * 60 + seconds),
        rest,
    ))
}

#[cfg(test)]
mod tests;
