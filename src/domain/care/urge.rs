//! Urges by hour of day, and the notes of what helped.

use crate::domain::journal::Journal;
use crate::domain::order::Ordered;
use crate::domain::record::Record;
use crate::domain::record::key;
use crate::domain::record::kind::Kind;
use crate::domain::time::Moment;
use crate::domain::time::span::Span;
use chrono::NaiveDate;

/// Hours in the band that the sentence about most urges names.
const BAND: usize = 3;

/// An urge, read out of its record.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Urge<'a> {
    /// 0 none to 4 very severe.
    pub(crate) strength: u32,
    /// What set it off.
    pub(crate) trigger: Option<&'a str>,
    /// What helped.
    pub(crate) helped: Option<&'a str>,
    /// How long it lasted.
    pub(crate) minutes: Option<u32>,
}

impl<'a> Urge<'a> {
    /// The urge in `record`, if it is one.
    pub(crate) fn of(record: &'a Record) -> Option<Self> {
        let record = Some(record).filter(|record| record.kind == Kind::Urge)?;
        Some(Self {
            strength: record.whole(key::STRENGTH)?,
            trigger: record.text(key::TRIGGER),
            helped: record.text(key::HELPED),
            minutes: record.whole(key::MINUTES),
        })
    }
}

/// The strength of the strongest urge of `date`; `None` where none is noted.
pub(crate) fn strongest_on(journal: &Journal, date: NaiveDate) -> Option<u32> {
    let urges = journal.records(date).iter().filter_map(Urge::of);
    urges.map(|urge| urge.strength).max()
}

/// Urges in one hour of the day.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Hour {
    /// How many.
    pub n: usize,
    /// The sum of their strengths, 0 to 4 each.
    pub(crate) strength: u32,
}

impl Hour {
    /// The mean strength, 0 to 4; `None` without urges.
    pub fn mean(self) -> Option<f64> {
        (self.n > 0).then(|| f64::from(self.strength) / self.n as f64)
    }
}

/// "12 urges, most between 18 and 21 h, n = 7"; `None` without urges. Of bands with as many, one that begins with
/// an urge, then the earliest of the day.
pub(crate) fn hours_text(hours: &[Hour; 24]) -> Option<String> {
    let n: usize = hours.iter().map(|hour| hour.n).sum();
    let band = |from: usize| hours.iter().cycle().skip(from).take(BAND);
    let summed = (0..hours.len()).map(|from| {
        let most: usize = band(from).map(|hour| hour.n).sum();
        // Prefer a band that begins with an urge: "18 to 21" over "16 to 19" when nothing came before 18.
        let begins = hours.get(from).map_or(0, |hour| hour.n);
        (most, begins.min(1), std::cmp::Reverse(from))
    });
    let (most, _, std::cmp::Reverse(from)) = summed.max().filter(|_| n > 0)?;
    // A band may pass midnight; its end is 1 to 24, so that "22 to 24" does not read "22 to 0".
    let until = (from + BAND - 1) % hours.len() + 1;
    let urges = crate::domain::text::words::count(n, "urge", "urges");
    Some(format!(
        "{urges}, most between {from} and {until} h, n = {most}"
    ))
}

/// The urges of `span` by the hour on the wall in which they came: 24 places, from midnight.
pub fn by_hour(journal: &Journal, span: Span) -> [Hour; 24] {
    use chrono::Timelike as _;
    let mut hours = [Hour::default(); 24];
    for record in journal.records_between(span.from, span.to) {
        let moment = record.moment.as_ref();
        let time = moment.and_then(Moment::given_time);
        let hour = time.map(|time| time.hour() as usize);
        let place = hour.and_then(|hour| hours.get_mut(hour));
        if let (Some(place), Some(urge)) = (place, Urge::of(record)) {
            place.n += 1;
            place.strength += urge.strength;
        }
    }
    hours
}

/// What was noted to have helped, the most often noted first, each with how often.
pub fn what_helped(journal: &Journal) -> Vec<(String, usize)> {
    words_of(journal, key::HELPED)
}

/// What stands in a field of the urges, the most often noted first, each with how often.
pub(crate) fn words_of(journal: &Journal, field: &str) -> Vec<(String, usize)> {
    let mut counts: Vec<(String, usize)> = Vec::new();
    journal.look_through_records_of(Kind::Urge, |urge| {
        let Some(words) = urge.text(field) else {
            return;
        };
        let is_same = |count: &&mut (String, usize)| count.0.eq_ignore_ascii_case(words);
        match counts.iter_mut().find(is_same) {
            Some((_, n)) => *n += 1,
            None => counts.push((words.to_owned(), 1)),
        }
    });
    counts.order_by_key(|(_, n)| std::cmp::Reverse(*n));
    counts
}

#[cfg(test)]
mod tests {
    use super::{Hour, hours_text};

    #[test]
    fn the_three_hours_with_most_urges_are_said_with_their_number() {
        let mut hours = [Hour::default(); 24];
        assert_eq!(hours_text(&hours), None);
        hours[9].n = 1;
        for (hour, n) in [(18, 2), (19, 1), (20, 4)] {
            hours[hour].n = n;
        }
        let sentence = hours_text(&hours);
        assert_eq!(
            sentence.as_deref(),
            Some("8 urges, most between 18 and 21 h, n = 7")
        );
    }

    #[test]
    fn a_night_goes_on_after_midnight() {
        let mut hours = [Hour::default(); 24];
        hours[23].n = 2;
        hours[1].n = 1;
        let sentence = hours_text(&hours);
        assert_eq!(
            sentence.as_deref(),
            Some("3 urges, most between 23 and 2 h, n = 3")
        );
    }

    #[test]
    fn a_single_urge_begins_its_band() {
        let mut hours = [Hour::default(); 24];
        hours[22].n = 1;
        let sentence = hours_text(&hours);
        assert_eq!(
            sentence.as_deref(),
            Some("1 urge, most between 22 and 1 h, n = 1")
        );
    }
}
