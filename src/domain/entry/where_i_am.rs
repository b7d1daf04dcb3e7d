//! Where the open attempt stands: its day, what the day is counted from, the last dose. One text for Today, `ebb status`
//! and plain mode.
//!
//! Invariant: use after day 0 moves nothing; the day is then counted from day 0 by name, and the last dose stands beside it.

use crate::domain::attempt::Numbered;
use crate::domain::journal::Journal;
use crate::domain::text::words;
use crate::domain::text::words::{day, short_day};
use crate::domain::time::Now;
use chrono::NaiveDate;

/// How a day is written.
type Write = fn(NaiveDate) -> String;

/// The open attempt on one day.
pub(crate) struct WhereIAm<'a> {
    open: Numbered<'a>,
    /// How many days after day 0 it is; `None` while day 0 is unknown.
    number: Option<i64>,
    /// The day of the last dose, where it is after day 0.
    last_dose: Option<NaiveDate>,
    today: NaiveDate,
    now: &'a Now,
}

impl<'a> WhereIAm<'a> {
    /// Where `open` stands now.
    pub(crate) fn of(open: Numbered<'a>, journal: &Journal, now: &'a Now) -> Self {
        let today = now.today(journal.settings.day_end);
        let zero = open.attempt.day_zero;
        let last = journal.last_dose(now.at.timestamp()).map(|dose| dose.day);
        Self {
            open,
            number: open.attempt.day_number(today),
            last_dose: last.filter(|last| zero.is_some_and(|zero| *last > zero)),
            today,
            now,
        }
    }

    /// "Day 9"; while day 0 is unknown "Day 3 of attempt 1".
    pub(crate) fn title(&self) -> String {
        match self.number {
            Some(number) => format!("Day {}", self.now.manner.counted(number)),
            None => format!(
                "Day {} of attempt {}",
                (self.today - self.open.attempt.began).num_days() + 1,
                self.open.number
            ),
        }
    }

    /// "since last use, Fri 13 Nov (attempt 1)"; while day 0 is unknown "begun Tue 10 Nov, tapering; day 0 is not set".
    pub(crate) fn since(&self) -> String {
        let in_attempt = match self.number {
            Some(_) => format!(" (attempt {})", self.open.number),
            None => String::new(),
        };
        format!("{}{in_attempt}", self.since_by(short_day))
    }

    /// "last dose Sat 21 Nov", after use since day 0.
    pub(crate) fn last_dose(&self) -> Option<String> {
        self.last_dose_by(short_day)
    }

    /// "Day 9 since last use, Fri 13 Nov (attempt 1); last dose Sat 21 Nov".
    pub(crate) fn short(&self) -> String {
        match self.number {
            Some(_) => self.sentence(&self.since(), self.last_dose()),
            None => self.long(),
        }
    }

    /// "Day 9 since last use, Fri 13 Nov 2026; last dose Sat 21 Nov 2026".
    pub(crate) fn long(&self) -> String {
        self.sentence(&self.since_by(day), self.last_dose_by(day))
    }

    fn sentence(&self, since: &str, last_dose: Option<String>) -> String {
        let head = match self.number {
            None => return format!("Attempt {}, {since}", self.open.number),
            Some(number @ 0..) => format!("Day {}", self.now.manner.counted(number)),
            // A day 0 that lies ahead: a plan to stop.
            Some(number) => {
                let days = usize::try_from(-number).unwrap_or(0);
                words::count(days, "day", "days")
            }
        };
        let last_dose = last_dose.map_or_else(String::new, |last| format!("; {last}"));
        format!("{head} {since}{last_dose}")
    }

    fn since_by(&self, write: Write) -> String {
        let attempt = self.open.attempt;
        let Some(zero) = attempt.day_zero.map(write) else {
            let began = write(attempt.began);
            return format!(
                "begun {began}, {}; day 0 is not set",
                attempt.method.label()
            );
        };
        let name = self.now.manner.day_zero();
        match (self.number, self.last_dose) {
            (Some(..0), _) => format!("before {name}, {zero}"),
            (_, Some(_)) => format!("since {name}, {zero}"),
            (_, None) => format!("since last use, {zero}"),
        }
    }

    fn last_dose_by(&self, write: Write) -> Option<String> {
        let day = write(self.last_dose?);
        Some(format!("last dose {day}"))
    }
}
