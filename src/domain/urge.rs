//! Urges: by hour of day, and what was noted to have helped.

use super::journal::Journal;
use super::kind::Kind;
use super::stats::Span;

/// Urges in one hour of the day.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Hour {
    /// How many.
    pub n: usize,
    /// The sum of their strengths, 0 to 4 each.
    pub strength: u32,
}

impl Hour {
    /// The mean strength, 0 to 4; `None` without urges.
    pub fn mean(self) -> Option<f64> {
        (self.n > 0).then(|| f64::from(self.strength) / self.n as f64)
    }
}

impl Journal {
    /// The urges of `span` by the hour on the wall in which they came: 24 places, from midnight.
    pub fn urges_by_hour(&self, span: Span) -> [Hour; 24] {
        use chrono::Timelike as _;
        let mut hours = [Hour::default(); 24];
        let urges = self.records_between(span.from, span.to);
        for urge in urges.filter(|record| record.kind == Kind::Urge) {
            let hour = urge.moment.as_ref().map(|moment| moment.wall_time().hour());
            let place = hour.and_then(|hour| hours.get_mut(hour as usize));
            if let (Some(place), Some(strength)) = (place, urge.whole("strength")) {
                place.n += 1;
                place.strength += strength;
            }
        }
        hours
    }

    /// What was noted to have helped, the most often noted first, each with how often.
    pub fn what_helped(&self) -> Vec<(String, usize)> {
        self.noted_with_urges("helped")
    }

    /// What stands in a field of the urges, the most often noted first, each with how often.
    pub fn noted_with_urges(&self, field: &str) -> Vec<(String, usize)> {
        let mut noted: Vec<(String, usize)> = Vec::new();
        let urges = self.records_of(Kind::Urge);
        for words in urges.filter_map(|urge| urge.text(field)) {
            let is_same = |held: &&mut (String, usize)| held.0.eq_ignore_ascii_case(words);
            match noted.iter_mut().find(is_same) {
                Some((_, n)) => *n += 1,
                None => noted.push((words.to_owned(), 1)),
            }
        }
        noted.sort_by_key(|(_, n)| std::cmp::Reverse(*n));
        noted
    }
}
