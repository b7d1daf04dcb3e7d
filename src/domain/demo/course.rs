//! The invented course: attempts, hard days that ease, gaps. The curves are made up for a plausible picture, not fitted to data.

use fastrand::Rng;
use libm::{exp, sin};

/// One attempt, in days from the first.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct AttemptDays {
    /// Its first day.
    pub(crate) began: u32,
    /// Its day 0.
    pub(crate) day_zero: u32,
    /// Its last day.
    pub(crate) ended: Option<u32>,
}

/// The level of a day, from 0 to about 1; 1 is hardest.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Level {
    /// In the body.
    pub(crate) body: f64,
    /// In the mind.
    pub(crate) mind: f64,
    /// Days since day 0; `None` outside an attempt or before its day 0.
    pub(crate) since_zero: Option<u32>,
}

impl Level {
    /// The mean of body and mind.
    pub(crate) fn overall(self) -> f64 {
        f64::midpoint(self.body, self.mind)
    }
}

/// The course of the whole journal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Course {
    /// The attempts, in order: three, or only the last in a short journal.
    pub(crate) stretches: Vec<AttemptDays>,
}

impl Course {
    /// Fits three attempts into `days`. The last is still open.
    pub(crate) fn new(days: u32) -> Self {
        let percent = |p: u32| u32::try_from(u64::from(days) * u64::from(p) / 100).unwrap_or(days);
        // Day 0 of the open attempt is at most 23 days ago, so that Today and the timeline show its busiest weeks.
        let last_zero = days - 1 - percent(30).min(23);
        let last = AttemptDays {
            began: last_zero.saturating_sub(percent(10).min(32)),
            day_zero: last_zero,
            ended: None,
        };
        if days < 60 {
            return Self {
                stretches: vec![last],
            };
        }
        let first = AttemptDays {
            began: percent(4),
            day_zero: percent(4),
            ended: Some(percent(4) + percent(8).min(24)),
        };
        let second = AttemptDays {
            began: percent(28),
            day_zero: percent(38),
            ended: Some(percent(52)),
        };
        Self {
            stretches: vec![first, second, last],
        }
    }

    /// The level of the day `offset`, without the person's mood.
    pub(crate) fn level(&self, offset: u32) -> Level {
        let present = self
            .stretches
            .iter()
            .rev()
            .find(|s| s.began <= offset && s.ended.is_none_or(|end| offset <= end));
        let Some(stretch) = present else {
            return Level {
                body: 0.10,
                mind: 0.17,
                since_zero: None,
            };
        };
        let Some(since) = offset.checked_sub(stretch.day_zero) else {
            // During the taper the level rises slowly.
            let whole = f64::from((stretch.day_zero - stretch.began).max(1));
            let share = f64::from(offset - stretch.began) / whole;
            return Level {
                body: 0.12 + 0.16 * share,
                mind: 0.18 + 0.16 * share,
                since_zero: None,
            };
        };
        let t = f64::from(since);
        // A steep rise over two days; then the body eases within weeks, the mind more slowly.
        let rise = 1.0 - exp(-(t + 0.6) / 0.9);
        // Good and bad days come in waves that grow flatter.
        let wave = sin(t * 0.71) * 0.07 * exp(-t / 40.0);
        Level {
            body: (0.11 + 0.70 * rise * exp(-t / 7.5) + wave).max(0.0),
            mind: (0.15 + 0.56 * rise * exp(-t / 21.0) + wave * 1.4).max(0.0),
            since_zero: Some(since),
        }
    }

    /// Whether the day has no check-in: some days at random, more at weekends, and a few longer gaps.
    pub(crate) fn is_missing(&self, offset: u32, is_weekend: bool, rng: &mut Rng) -> bool {
        let is_gap = matches!(offset % 83, 61..=64) || matches!(offset % 147, 100..=106);
        let chance = if is_weekend { 0.13 } else { 0.06 };
        let is_forgotten = rng.f64() < chance;
        // No long gap in the open attempt: the first screens should have something to show.
        let is_recent = self
            .stretches
            .last()
            .is_some_and(|last| offset + 3 > last.day_zero);
        is_forgotten || (is_gap && !is_recent)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn attempts_follow_each_other_whatever_the_length() {
        for days in 1..3000 {
            let course = Course::new(days);
            for stretch in &course.stretches {
                assert!(stretch.began <= stretch.day_zero && stretch.day_zero < days);
            }
            for pair in course.stretches.windows(2) {
                assert!(
                    pair[0].ended.is_some_and(|end| end < pair[1].began),
                    "{days}"
                );
            }
        }
    }

    #[test]
    fn the_days_after_day_zero_are_harder_than_those_a_month_later() {
        let course = Course::new(365);
        let zero = course.stretches[2].day_zero;
        assert!(course.level(zero + 2).body > 2.0 * course.level(zero + 30).body);
    }
}
