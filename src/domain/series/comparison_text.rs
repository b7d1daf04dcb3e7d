//! A comparison in words: a cell, a line of a screen, a sentence. Every face takes its text from here.
//!
//! Invariant: a change is less, more or none and no verdict; where nothing is compared the text says why.

use super::counted::GAPS_CELL;
use super::stats::{Comparison, EarlierAttempt, so_far};
use crate::domain::text::round::Shown;
use crate::domain::text::words::{count, short_day};
use crate::domain::time::span::Span;
use chrono::NaiveDate;

/// When weeks can be compared.
pub(crate) const BEGIN: &str = "comparisons begin with 4 days in both weeks";

/// "12 less", "0.4 more", "no change".
pub(crate) fn moved(change: Shown) -> String {
    change.moved()
}

/// What two calendar weeks are called, and how many days of each are compared.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct WeekNames {
    /// The earlier one.
    pub(crate) before: String,
    /// The later one.
    pub(crate) now: &'static str,
    /// Days of each.
    pub(crate) days: usize,
}

impl WeekNames {
    /// For `week` and the one before, as they are compared on `today`: the running week with the same weekdays.
    pub(crate) fn of(week: Span, today: NaiveDate) -> Self {
        let is_this = week.from <= today && today <= week.to;
        let (before, now) = if is_this {
            ("last week", "this week")
        } else {
            ("the week before", "that week")
        };
        let until = until(week, today).map_or_else(String::new, |until| format!(" {until}"));
        Self {
            before: format!("{before}{until}"),
            now,
            days: so_far(week, today).len(),
        }
    }
}

/// "up to Thu": how far both weeks are compared while `week` runs; `None` for whole weeks.
pub(crate) fn until(week: Span, today: NaiveDate) -> Option<String> {
    let so_far = so_far(week, today);
    (so_far != week).then(|| format!("up to {}", so_far.to.format("%a")))
}

impl Comparison {
    /// A cell of a table: the change as `write` puts it, or the reason in two words.
    pub(crate) fn cell(&self, write: impl FnOnce(Shown) -> String) -> String {
        match self {
            Self::Change { change, .. } => write(*change),
            Self::Counted(counted) => match counted.change {
                Some(change) => write(change),
                None if counted.has_gaps => GAPS_CELL.to_owned(),
                None => String::new(),
            },
            Self::TooFew { .. } => "too few".to_owned(),
            Self::AcrossDayZero { .. } => "day 0".to_owned(),
        }
    }

    /// A cell of a report: "12 less, 43 to 31", "no change, 37 to 37". A report names its day 0 with its period.
    pub(crate) fn report_cell(&self) -> String {
        match self {
            Self::Change {
                before,
                now,
                change,
            } => {
                format!("{}, {} to {}", moved(*change), before.0, now.0)
            }
            Self::Counted(counted) => counted.sides("first", "then"),
            Self::TooFew { before, now, .. } => format!("too few days ({before}, {now})"),
            Self::AcrossDayZero { .. } => "none (day 0)".to_owned(),
        }
    }

    /// One line of a screen where the two stretches cannot be compared; `None` for a change, which each screen sets in
    /// its own columns. `arrow` and `write` draw with the signs of the screen.
    pub(crate) fn line_without_change(
        &self,
        name: &str,
        arrow: &str,
        write: impl FnOnce(Shown) -> String,
    ) -> Option<String> {
        match self {
            Self::Change { .. } => None,
            Self::Counted(counted) => Some(format!("{name}: {}", counted.sides("before", "now"))),
            Self::TooFew { before, now, of } => Some(format!(
                "{name}: too few days to compare ({now} of {of}, {before} before)"
            )),
            Self::AcrossDayZero { day_zero, earlier } => Some(match earlier {
                None => format!(
                    "Not compared: day 0 ({}) lies between.",
                    short_day(*day_zero)
                ),
                Some(same) => format!(
                    "{name}, days {} to {}: attempt {} {} {arrow} {} now, {} ({} days of both)",
                    same.days.0,
                    same.days.1,
                    same.number,
                    same.then,
                    same.now,
                    write(same.change),
                    same.n
                ),
            }),
        }
    }

    /// The last 7 days against the 7 before, without a capital and a full stop.
    pub(crate) fn than_a_week_ago(&self, name: &str) -> String {
        match self {
            Self::Change {
                before,
                now,
                change,
            } => {
                let than = match change.value() {
                    // "no change than" is no English.
                    0.0 => "as".to_owned(),
                    _ => format!("{} than", moved(*change)),
                };
                format!(
                    "{}, {than} a week ago ({}); {} and {} days",
                    now.0, before.0, now.1, before.1
                )
            }
            Self::Counted(counted) => counted.now_first("the 7 days before"),
            Self::TooFew { before, now, of } => format!(
                "too few days to compare with a week ago ({now} of {of} now, {before} of {of} before)"
            ),
            Self::AcrossDayZero { day_zero, earlier } => {
                let same_days = earlier.as_ref().map_or_else(String::new, |same| {
                    format!(
                        "; days {} to {}: {name} {} now, {} in attempt {}, {} ({} days of both)",
                        same.days.0,
                        same.days.1,
                        same.now,
                        same.then,
                        same.number,
                        moved(same.change),
                        same.n
                    )
                });
                format!(
                    "day 0 ({}) lies between, so the weeks are not compared{same_days}",
                    short_day(*day_zero)
                )
            }
        }
    }

    /// Two calendar weeks, without a capital and a full stop; the earlier attempt on a line of its own.
    pub(crate) fn of_weeks(&self, names: &WeekNames) -> String {
        match self {
            Self::Change {
                before,
                now,
                change,
            } => format!(
                "{} {} ({} of {days}), {} {} ({} of {days}): {}",
                names.before,
                before.0,
                before.1,
                names.now,
                now.0,
                now.1,
                moved(*change),
                days = count(names.days, "day", "days"),
            ),
            Self::Counted(counted) => counted.sides(&names.before, names.now),
            Self::TooFew { before, now, of } => format!(
                "too few days to compare the weeks ({before} of {of} {}, {now} of {of} {}); {BEGIN}",
                names.before, names.now
            ),
            Self::AcrossDayZero { day_zero, earlier } => {
                let head = format!(
                    "day 0 ({}) lies in these weeks, so they are not compared",
                    short_day(*day_zero)
                );
                match earlier {
                    // On a line of its own, because it compares other days than the head.
                    Some(same) => format!("{head}.\n{}", same.sentence()),
                    None => head,
                }
            }
        }
    }
}

impl EarlierAttempt {
    /// "Days 0 to 5 of attempt 1, the 4 days that both have: 62 then, 50 now: 12 less".
    pub(crate) fn sentence(&self) -> String {
        format!(
            "Days {} to {} of attempt {}, the {} days that both have: {} then, {} now: {}",
            self.days.0,
            self.days.1,
            self.number,
            self.n,
            self.then,
            self.now,
            moved(self.change)
        )
    }
}
