//! What a typed text is read as, said while the person types.

use super::{NotRead, Toward, When, parse_day, parse_when};
use crate::domain::time::display::{day, short_day};
use crate::domain::time::{DayEnd, Now};

impl When {
    /// "Fri 27 Nov 2026 22:00, counts for Fri 27 Nov"; a day alone "Fri 27 Nov 2026, without a time".
    pub(crate) fn reading(&self, now: &Now, day_end: DayEnd, toward: Toward) -> String {
        let (date, time) = (self.at.date_naive(), now.manner.time(self.at.time()));
        let mut text = match (self.day, toward) {
            (Some(named), _) => format!("{}, without a time", day(named)),
            (None, Toward::Past) => format!(
                "{} {time}, counts for {}",
                day(date),
                short_day(self.logical_day(day_end))
            ),
            // Nothing has happened that could count yet.
            (None, Toward::Future) => format!("{} {time}", day(date)),
        };
        if let Some(shift) = &self.shift {
            text = format!("{text}; {shift}");
        }
        text
    }
}

/// The line under a field of a moment: what was understood, or the question where a text is two days; `None` for a text that is
/// no moment yet.
pub(crate) fn moment_reading(
    text: &str,
    now: &Now,
    day_end: DayEnd,
    toward: Toward,
) -> Option<String> {
    let read = parse_when(text, now, day_end, toward);
    line(read.map(|when| when.reading(now, day_end, toward)))
}

/// The line under a field of a day.
pub(crate) fn day_reading(
    text: &str,
    now: &Now,
    day_end: DayEnd,
    toward: Toward,
) -> Option<String> {
    line(parse_day(text, now, day_end, toward).map(day))
}

fn line(read: Result<String, NotRead>) -> Option<String> {
    match read {
        Ok(reading) => Some(format!("= {reading}")),
        Err(why) => why.is_question().then(|| format!("{why}.")),
    }
}
