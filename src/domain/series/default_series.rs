//! The series that Today and Trends begin with, and why it is this one.
//!
//! Somebody who rates eight symptoms never has a severity index, and would see empty charts. So the series that most days have
//! stands first instead.
//!
//! Invariant: it is worked out and never stored. It is decided at each week's start from the days before it, so that it stands
//! still during a week.

use super::Series;
use super::stats::NEEDED;
use crate::domain::journal::{Day, Journal};
use crate::domain::text::words;
use crate::domain::time::display::Manner;
use chrono::{Days, NaiveDate};

/// The days with a check-in that decide.
const DAYS: usize = 14;
/// The weeks that are looked back on for the day since which it stands.
const WEEKS_BACK: usize = 26;

/// Why a series stands first.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Why {
    /// The first of the person's favourites.
    Favourite,
    /// Enough days have a severity, or no other series has more.
    Usual,
    /// Most check-ins had too few answers for a severity.
    FewAnswers,
    /// More days have it than a severity.
    MoreDays {
        /// Of these days, those that have it.
        days: usize,
        /// Those that have a severity.
        severity: usize,
    },
}

/// A series that stands first.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DefaultSeries {
    /// Which.
    pub series: Series,
    /// Why.
    pub why: Why,
}

impl DefaultSeries {
    /// The one of `today`.
    pub fn of(journal: &Journal, today: NaiveDate, manner: Manner) -> Self {
        let favourite = journal.settings.favourite_series.first();
        let favourite = favourite.and_then(|code| Series::find(code, journal));
        if let Some(series) = favourite {
            return Self {
                series,
                why: Why::Favourite,
            };
        }
        let head = manner.week_head(today);
        let days = days_before(journal, head);
        if days.is_empty() {
            // In the first week there is nothing before it to decide from.
            return decided(journal, &days_before(journal, after(today)));
        }
        decided(journal, &days)
    }

    /// The first day of the weeks since which it stands; `None` for a favourite, and where the days do not reach so far.
    pub fn since(self, journal: &Journal, today: NaiveDate, manner: Manner) -> Option<NaiveDate> {
        if self.why == Why::Favourite {
            return None;
        }
        let mut since = None;
        let mut head = manner.week_head(today);
        for _ in 0..WEEKS_BACK {
            let days = days_before(journal, head);
            if days.is_empty() {
                let first = journal.check_in_days().next();
                return first.filter(|first| journal.covers(*first)).or(since);
            }
            let is_read = days.last().is_some_and(|day| journal.covers(day.date));
            if !is_read {
                return None;
            }
            if decided(journal, &days).series != self.series {
                return since;
            }
            since = Some(head);
            head = head.checked_sub_days(Days::new(7))?;
        }
        None
    }

    /// "Overall since Mon 23 Nov: most check-ins had fewer than 9 of 18 answered". Of Severity there is nothing to explain.
    pub fn sentence(self, journal: &Journal, today: NaiveDate, manner: Manner) -> Option<String> {
        let name = self.series.name(journal);
        let why = match self.why {
            Why::Usual => return None,
            Why::Favourite => "the first of your favourites".to_owned(),
            Why::FewAnswers => "most check-ins had fewer than 9 of 18 answered".to_owned(),
            Why::MoreDays { days, severity } => {
                let days = words::count(days, "day", "days");
                format!("it has {days}, Severity (from 9 of 18 answered) {severity}")
            }
        };
        let since = self.since(journal, today, manner);
        let since = since.map_or_else(String::new, |day| {
            format!(" since {}", words::day_near(day, today))
        });
        Some(format!("{name}{since}: {why}"))
    }
}

/// Whether days before those that are here could change neither [`DefaultSeries::of`] nor what is said about it.
pub(crate) fn is_settled(journal: &Journal, today: NaiveDate, manner: Manner) -> bool {
    if let Some(code) = journal.settings.favourite_series.first() {
        // A series of records is found by the records that are here, and its scale is as high as they are.
        return Series::find(code, journal).is_some_and(Series::is_rated);
    }
    let is_complete = (journal.first_day).is_none_or(|first| journal.covers(first));
    let days = days_before(journal, manner.week_head(today));
    is_complete || of_days(Series::Severity, &days) >= NEEDED
}

/// How many of these days have a value.
fn of_days(series: Series, days: &[&Day]) -> usize {
    let with = days.iter().filter(|day| series.of_day(day).is_some());
    with.count()
}

fn after(day: NaiveDate) -> NaiveDate {
    day.succ_opt().unwrap_or(day)
}

/// The last days with a check-in before `day`, the newest first.
fn days_before(journal: &Journal, day: NaiveDate) -> Vec<&Day> {
    let Some(last) = day.pred_opt() else {
        return Vec::new();
    };
    let days = journal.between(NaiveDate::MIN, last).rev();
    days.take(DAYS).collect()
}

fn decided(journal: &Journal, days: &[&Day]) -> DefaultSeries {
    let count = |series: Series| of_days(series, days);
    let severity = count(Series::Severity);
    let usual = DefaultSeries {
        series: Series::Severity,
        why: Why::Usual,
    };
    if severity >= NEEDED {
        return usual;
    }
    let mut most = (Series::Overall, count(Series::Overall));
    for symptom in &journal.symptoms {
        let of_symptom = count(Series::Symptom(symptom.key));
        // Of equal ones the first of the catalogue stays.
        if of_symptom > most.1 {
            most = (Series::Symptom(symptom.key), of_symptom);
        }
    }
    let (series, with) = most;
    if with <= severity {
        return usual;
    }
    let check_ins = days.iter().flat_map(|day| day.check_ins.iter());
    let (few, all) = check_ins.fold((0_usize, 0_usize), |(few, all), check_in| {
        let is_few = Series::Severity.of_check_in(check_in).is_none();
        (few + usize::from(is_few), all + 1)
    });
    let why = if few * 2 > all {
        Why::FewAnswers
    } else {
        Why::MoreDays {
            days: with,
            severity,
        }
    };
    DefaultSeries { series, why }
}
