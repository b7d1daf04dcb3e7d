//! The years that an entry can lie in: one rule for what is typed and for every file that is taken in.

use super::{Moment, Now};
use chrono::{DateTime, Datelike, Days, NaiveDate, Utc};

/// The first year. An earlier one is a slip such as `0206`.
pub(super) const FIRST: i32 = 1900;

/// The years of entries as seen from a moment: 1900 to the year after it. A later year is mistyped or misread, and every chart
/// would reach to it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct EntryYears {
    last: i32,
}

/// A day outside these years.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("lies outside the years {FIRST} to {last}")]
pub(crate) struct OutsideYears {
    last: i32,
}

impl EntryYears {
    /// As seen from `now`.
    pub(crate) fn of(now: &Now) -> Self {
        Self {
            last: now.at.year() + 1,
        }
    }

    /// As seen from a moment without a zone. At the turn of a year it may differ by a year from what the person's own clock
    /// says.
    pub(crate) fn of_utc(at: DateTime<Utc>) -> Self {
        Self {
            last: at.year() + 1,
        }
    }

    /// Checks a day.
    ///
    /// # Errors
    /// [`OutsideYears`], the end of a sentence that begins with the day.
    pub(crate) fn day(self, day: NaiveDate) -> Result<NaiveDate, OutsideYears> {
        if (FIRST..=self.last).contains(&day.year()) {
            Ok(day)
        } else {
            Err(OutsideYears { last: self.last })
        }
    }

    /// Checks a moment: its day, and the date on the wall, which is a day later at most.
    ///
    /// # Errors
    /// [`OutsideYears`].
    pub(crate) fn moment(self, moment: Moment) -> Result<Moment, OutsideYears> {
        self.day(moment.day)?;
        let seconds = moment
            .at_utc
            .saturating_add(i64::from(moment.offset_min) * 60);
        self.wall(seconds)?;
        Ok(moment)
    }

    /// Checks the date on the wall, in seconds since 1970 without an offset.
    ///
    /// # Errors
    /// [`OutsideYears`].
    pub(crate) fn wall(self, seconds: i64) -> Result<(), OutsideYears> {
        let wall = DateTime::from_timestamp(seconds, 0);
        // The hours after midnight count for the day before, also at the turn of a year.
        let before = wall.and_then(|wall| wall.date_naive().checked_sub_days(Days::new(1)));
        match (wall, before) {
            (Some(wall), Some(before)) => {
                self.day(wall.date_naive()).or_else(|_| self.day(before))?;
                Ok(())
            }
            _ => Err(OutsideYears { last: self.last }),
        }
    }
}
