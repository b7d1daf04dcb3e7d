//! Where the open attempt stands: its day, what the day is counted from, the last dose. One text for Today, `ebb status`
//! and plain mode.
//!
//! Invariant: use after day 0 moves nothing; the day is then counted from day 0 by name, and the last dose stands beside it.

use crate::domain::attempt::NumberedAttempt;
use crate::domain::dose;
use crate::domain::journal::Journal;
use crate::domain::text::words::{count, day, short_day};
use crate::domain::time::Now;
use crate::domain::time::display::Manner;
use chrono::NaiveDate;

/// The open attempt on one day.
pub(crate) struct WhereIAm<'a> {
    open: NumberedAttempt<'a>,
    today: NaiveDate,
    /// The day of the last dose, where it is after day 0.
    last_dose: Option<NaiveDate>,
    manner: Manner,
}

impl<'a> WhereIAm<'a> {
    /// Where `open` stands now.
    pub(crate) fn of(open: NumberedAttempt<'a>, journal: &Journal, now: &Now) -> Self {
        let zero = open.attempt.day_zero;
        let last = dose::last_dose(journal, now.at.timestamp()).map(|dose| dose.day);
        Self {
            open,
            today: now.today(journal.settings.day_end),
            // A dose on day 0 is the last use that the count begins with.
            last_dose: last.filter(|last| zero.is_some_and(|zero| *last > zero)),
            manner: now.manner,
        }
    }

    /// "Day 9"; while day 0 is unknown "Day 3 of attempt 1".
    pub(crate) fn title(&self) -> String {
        let NumberedAttempt {
            attempt, number, ..
        } = self.open;
        let Some(day) = attempt.day_number(self.today) else {
            // Without a day 0 the first day is day 1: there is no zero to count from.
            let day = (self.today - attempt.began).num_days() + 1;
            return format!("Day {day} of attempt {number}");
        };
        format!("Day {}", self.manner.counted(day))
    }

    /// "since last use, Fri 13 Nov (attempt 1)"; while day 0 is unknown "begun Tue 10 Nov, tapering; day 0 is not set".
    pub(crate) fn since(&self) -> String {
        let since = self.since_by(short_day);
        match self.open.attempt.day_zero {
            Some(_) => format!("{since} (attempt {})", self.open.number),
            None => since,
        }
    }

    /// "last dose Sat 21 Nov", after use since day 0.
    pub(crate) fn last_dose(&self) -> Option<String> {
        let day = short_day(self.last_dose?);
        Some(format!("last dose {day}"))
    }

    /// "Day 9 since last use, Fri 13 Nov (attempt 1); last dose Sat 21 Nov".
    pub(crate) fn short(&self) -> String {
        let NumberedAttempt {
            attempt, number, ..
        } = self.open;
        match attempt.day_zero {
            Some(_) => self.sentence(&self.since(), short_day),
            None => format!(
                "Attempt {number}, begun {}; day 0 is not set",
                day(attempt.began)
            ),
        }
    }

    /// "Day 9 since last use, Fri 13 Nov 2026; last dose Sat 21 Nov 2026".
    pub(crate) fn long(&self) -> String {
        let attempt = self.open.attempt;
        match attempt.day_zero.zip(attempt.day_number(self.today)) {
            // A day 0 that lies ahead, as where the clock went back.
            Some((zero, ahead @ ..0)) => {
                let days = count(usize::try_from(-ahead).unwrap_or(0), "day", "days");
                format!("{days} before {}, {}", self.manner.day_zero(), day(zero))
            }
            Some(_) => self.sentence(&self.since_by(day), day),
            None => format!("Attempt {}, {}", self.open.number, self.since_by(day)),
        }
    }

    fn sentence(&self, since: &str, date: fn(NaiveDate) -> String) -> String {
        let last = self
            .last_dose
            .map(|day| format!("; last dose {}", date(day)));
        format!("{} {since}{}", self.title(), last.unwrap_or_default())
    }

    fn since_by(&self, date: fn(NaiveDate) -> String) -> String {
        let attempt = self.open.attempt;
        let Some(zero) = attempt.day_zero else {
            let (began, method) = (date(attempt.began), attempt.method.label());
            return format!("begun {began}, {method}; day 0 is not set");
        };
        let from = match self.last_dose {
            // After use since then "last use" would be untrue, so day 0 is named instead.
            Some(_) => format!("since {}", self.manner.day_zero()),
            None => "since last use".to_owned(),
        };
        format!("{from}, {}", date(zero))
    }
}
