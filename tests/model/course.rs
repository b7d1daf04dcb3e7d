//! What is worked out over longer stretches: waves, the course after a cut, and which series is shown first.

use super::journal::{CORE, Journal, SYMPTOMS};
use super::number::Number;
use super::sums::{NEEDED, Series, Span};
use chrono::{Datelike, Days, NaiveDate};

/// How a wave came to its end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum End {
    /// Back after so many days.
    After(i64),
    /// Cut off by a day without a value.
    Gap,
    /// Not over yet.
    Open,
}

/// A wave: its first day, and how it ended.
pub type Wave = (NaiveDate, End);

/// The waves of an attempt from day 10 on.
pub fn waves(journal: &Journal, zero: NaiveDate, last: NaiveDate) -> Vec<Wave> {
    // A day that was answered in part is left out.
    let value = |day: NaiveDate| {
        let is_whole = journal.answered(day, &CORE) >= 14;
        let value = journal.value(Series::Severity, day);
        value.filter(|_| is_whole)
    };
    let mut waves = Vec::new();
    let mut open: Option<(NaiveDate, Number)> = None;
    let from = zero + Days::new(10);
    for day in from.iter_days().take_while(|day| *day <= last) {
        let now = value(day);
        if let Some((began, level)) = open {
            let end = match now {
                // Today may still get its value.
                None if day < journal.today => Some(End::Gap),
                Some(now) if now <= level.plus(Number::whole(5)) => {
                    Some(End::After((day - began).num_days()))
                }
                None | Some(_) => None,
            };
            if let Some(end) = end {
                waves.push((began, end));
                open = None;
            }
            continue;
        }
        let before = Span {
            from: day - Days::new(7),
            to: day - Days::new(1),
        };
        let values: Vec<Number> = before.days().filter_map(value).collect();
        let level = Number::median(&values).filter(|_| values.len() >= NEEDED);
        if let Some((now, level)) = now.zip(level)
            && now >= level.plus(Number::whole(10))
        {
            open = Some((day, level));
        }
    }
    waves.extend(open.map(|(began, _)| (began, End::Open)));
    waves
}

/// How a series went after the cuts of a product.
#[derive(Debug, PartialEq, Eq)]
pub struct AfterCut {
    /// Those that stand far enough from each other and have values on both sides.
    pub cuts: usize,
    /// Those that stand too close to another one.
    pub close: usize,
    pub before: Option<Number>,
    pub after: Option<Number>,
    /// By days from the cut, -7 to 7: the mean and the number of cuts behind it.
    pub days: Vec<(i64, Number, usize)>,
}

/// The mean of days -3 to -1 against days 0 to 2, over the cuts that stand far enough from each other.
pub fn after_a_cut(journal: &Journal, series: Series, cuts: &[NaiveDate]) -> AfterCut {
    let is_close = |cut: NaiveDate| {
        let mut others = cuts.iter().filter(|other| **other != cut);
        others.any(|other| (*other - cut).num_days().abs() < 4)
    };
    let (close, alone): (Vec<NaiveDate>, Vec<NaiveDate>) =
        cuts.iter().copied().partition(|cut| is_close(*cut));
    let is_zero = |day: NaiveDate| journal.attempts.iter().any(|on| on.day_zero == Some(day));
    let at = |cut: NaiveDate, n: i64| {
        let day = cut + chrono::TimeDelta::days(n);
        // A day belongs to its nearest cut, on a tie to the earlier one.
        let nearest = cuts
            .iter()
            .min_by_key(|cut| ((**cut - day).num_days().abs(), **cut));
        // As with every window nothing reaches across a day 0, from which on the cut is no longer what changed.
        let between = Span {
            from: day.min(cut),
            to: day.max(cut),
        };
        let is_across = journal.crosses_day_zero(between) || is_zero(cut);
        let is_its_own = day <= journal.today && nearest == Some(&cut) && !is_across;
        is_its_own.then(|| journal.value(series, day)).flatten()
    };
    let side = |cut: NaiveDate, days: std::ops::RangeInclusive<i64>| {
        let values: Vec<Number> = days.filter_map(|n| at(cut, n)).collect();
        (values.len() >= 2).then(|| Number::mean(&values)).flatten()
    };
    let sides = |cut: NaiveDate| side(cut, -3..=-1).zip(side(cut, 0..=2));
    let both: Vec<NaiveDate> = alone
        .iter()
        .copied()
        .filter(|cut| sides(*cut).is_some())
        .collect();
    let pairs: Vec<(Number, Number)> = both.iter().filter_map(|cut| sides(*cut)).collect();
    let of = |which: fn(&(Number, Number)) -> Number| {
        Number::mean(&pairs.iter().map(which).collect::<Vec<_>>())
    };
    let days = (-7..=7).filter_map(|n| {
        let values: Vec<Number> = both.iter().filter_map(|cut| at(*cut, n)).collect();
        Some((n, Number::mean(&values)?, values.len()))
    });
    AfterCut {
        cuts: pairs.len(),
        close: close.len(),
        before: of(|pair| pair.0),
        after: of(|pair| pair.1),
        days: days.collect(),
    }
}

/// The series that Today and Trends begin with, without a favourite.
pub fn default_series(journal: &Journal) -> Series {
    // Decided at each week's start, so that it does not change from day to day.
    let back = Days::new(journal.today.weekday().num_days_from_monday().into());
    let monday = journal.today - back;
    let days_with_check_in = || {
        let mut days: Vec<NaiveDate> = journal.check_ins.iter().map(|on| on.moment.day).collect();
        days.sort();
        days.dedup();
        days
    };
    let days = days_with_check_in();
    let before: Vec<NaiveDate> = days.iter().copied().filter(|day| *day < monday).collect();
    let days = if before.is_empty() { days } else { before };
    let days: Vec<NaiveDate> = days.into_iter().rev().take(14).collect();
    let count = |series: Series| {
        let has = |day: &&NaiveDate| journal.value(series, **day).is_some();
        days.iter().filter(has).count()
    };
    let severity = count(Series::Severity);
    let overall = count(Series::Overall);
    let symptoms = SYMPTOMS.iter().map(|on| Series::Symptom(&on.code));
    // The first of the catalogue wins a tie, so the list is walked backwards.
    let (most, symptom) = symptoms
        .map(|on| (count(on), on))
        .rev()
        .max_by_key(|on| on.0)
        .unwrap();
    if severity >= NEEDED || severity >= overall.max(most) {
        Series::Severity
    } else if most > overall {
        symptom
    } else {
        Series::Overall
    }
}
