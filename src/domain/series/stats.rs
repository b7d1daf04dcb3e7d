//! Means and comparisons: few sums, done in one place, so that screen, command line and export agree.
//!
//! Invariant: a day without a value adds nothing anywhere; it is never counted as 0, and nothing reaches across a day 0.

use super::Series;
use super::counted;
use super::counted::{Counted, counts};
use super::figures::{Figures, LONG};
use super::logged::Source;
use crate::domain::attempt::NumberedAttempt;
use crate::domain::journal::Journal;
use crate::domain::order::Ordered;
use crate::domain::series;
use crate::domain::text::round::Shown;
use crate::domain::text::words::count;
pub(crate) use crate::domain::time::span::Span;
use chrono::NaiveDate;

/// Days of each side of a comparison.
pub(crate) const WEEK: u64 = 7;
/// Values that the middle line and each side of a comparison need.
pub const NEEDED: usize = 4;

/// The median of `values`, which are put in order; the mean of the two middle ones when their number is even. `None` when there
/// are none.
pub(crate) fn median(values: &mut [f64]) -> Option<f64> {
    values.order_by(f64::total_cmp);
    let middle = values.len() / 2;
    match values.len() {
        0 => None,
        n if n % 2 == 1 => Some(values[middle]),
        _ => Some(f64::midpoint(values[middle - 1], values[middle])),
    }
}

/// The same, without putting more of them in order than it takes: a long view asks for thousands.
pub(crate) fn middle(values: &mut [f64]) -> Option<f64> {
    let middle = values.len() / 2;
    if values.is_empty() {
        return None;
    }
    let is_even = values.len().is_multiple_of(2);
    let (below, value, _) = values.select_nth_unstable_by(middle, f64::total_cmp);
    let below = below.iter().copied().max_by(f64::total_cmp);
    Some(match below.filter(|_| is_even) {
        Some(below) => f64::midpoint(below, *value),
        None => *value,
    })
}

/// Day values of `series` over `span`: one place a day, `None` where there is no value.
pub fn day_values(journal: &Journal, series: Series, span: Span) -> Vec<Option<f64>> {
    if span.len() >= LONG {
        return Figures::of(journal, series).values(span).collect();
    }
    let mut values = vec![None; span.len()];
    let mut put = |date: NaiveDate, value: Option<f64>| {
        let at = usize::try_from((date - span.from).num_days()).unwrap_or(usize::MAX);
        if let Some(place) = values.get_mut(at) {
            *place = value;
        }
    };
    if let Some(source) = Source::of(series, journal) {
        // Logged series have values on days without a check-in.
        for (date, records) in journal.record_days_between(span.from, span.to) {
            put(date, source.among(records));
        }
        return values;
    }
    for day in journal.between(span.from, span.to) {
        put(day.date, series.of_day(day));
    }
    values
}

/// A mean of day values over a stretch, as shown, with how many days had a value.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Mean {
    /// `None` when no day had a value.
    pub value: Option<Shown>,
    /// Days with a value.
    pub n: usize,
    /// Days of the stretch.
    pub(crate) of: usize,
}

/// The mean of the day values of `series` over `span`.
pub fn mean(journal: &Journal, series: Series, span: Span) -> Mean {
    mean_of(series, &day_values(journal, series, span))
}

/// The mean of these day values of `series`, one place a day.
pub(crate) fn mean_of(series: Series, values: &[Option<f64>]) -> Mean {
    let n = values.iter().flatten().count();
    let sum: f64 = values.iter().flatten().sum();
    Mean {
        value: (n > 0).then(|| series.shown(sum / n as f64)),
        n,
        of: values.len(),
    }
}

/// Days of a stretch that have an overall and no severity.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct Unindexed {
    /// With an overall only.
    pub(crate) overall_only: usize,
    /// With an overall and some symptoms, too few for the index.
    pub(crate) few_answers: usize,
}

impl Unindexed {
    /// "2 days with overall only", "1 day with an overall and fewer than 9 of 18 answered": a line each, none without such days.
    pub(crate) fn lines(self) -> impl Iterator<Item = String> {
        let line = |(n, what): (usize, &str)| {
            let days = count(n, "day", "days");
            (n > 0).then(|| format!("{days} {what}"))
        };
        [
            (self.overall_only, "with overall only"),
            (
                self.few_answers,
                "with an overall and fewer than 9 of 18 answered",
            ),
        ]
        .into_iter()
        .filter_map(line)
    }
}

/// The days of `span` on which an overall stands in the place of the index.
pub(crate) fn unindexed(journal: &Journal, series: Series, span: Span) -> Unindexed {
    let mut counted = Unindexed::default();
    if span.len() >= LONG {
        [counted.overall_only, counted.few_answers] = Figures::of(journal, series).unindexed(span);
        return counted;
    }
    for day in journal.between(span.from, span.to) {
        if series.hollow(day).is_some() {
            if day.is_overall_only() {
                counted.overall_only += 1;
            } else {
                counted.few_answers += 1;
            }
        }
    }
    counted
}

/// One stretch of a series: the mean of its day values, of events what they add up to, with how many days have any.
pub(crate) fn side(journal: &Journal, series: Series, span: Span) -> Mean {
    match counts(journal, series, span) {
        Some(counts) => Mean {
            value: counts.shown_sum(&series.facts(journal).unit),
            n: counts.days_with + counts.days_without,
            of: counts.of,
        },
        None => mean(journal, series, span),
    }
}

/// What can honestly be said about two stretches of days.
#[derive(Debug, Clone, PartialEq)]
pub enum Comparison {
    /// Both sides have at least 4 day values.
    Change {
        /// The earlier side.
        before: (Shown, usize),
        /// The later side.
        now: (Shown, usize),
        /// Difference of the shown values: negative is less.
        change: Shown,
    },
    /// Too few days to compare.
    TooFew {
        /// Days with a value in the earlier stretch.
        before: usize,
        /// Days with a value in the later stretch.
        now: usize,
        /// Days of a stretch.
        of: usize,
    },
    /// Both sides of a series of events, which are counted.
    Counted(Box<Counted>),
    /// A day 0 lies between the first and the last day of the two stretches.
    AcrossDayZero {
        /// That day 0.
        day_zero: NaiveDate,
        /// The same days of an earlier attempt, where both have at least 4 day values.
        earlier: Option<EarlierAttempt>,
    },
}

/// The same days of an earlier attempt: those on which both have a value, and no others.
#[derive(Debug, Clone, PartialEq)]
pub struct EarlierAttempt {
    /// The earlier attempt's number.
    pub(crate) number: usize,
    /// The first and the last of these days, counted from day 0.
    pub days: (i64, i64),
    /// How many they are.
    pub n: usize,
    /// Mean then, over these days.
    pub then: Shown,
    /// Mean now, over these days.
    pub now: Shown,
    /// Difference of the shown values: negative is less now.
    pub change: Shown,
}

/// Compares the mean of day values of `now` with that of `before`: differences of the shown values, at least 4 day values
/// on both sides, nothing across a day 0. Of an earlier attempt nothing is compared that lies after `today`.
pub fn compare(
    journal: &Journal,
    series: Series,
    before: Span,
    now: Span,
    today: NaiveDate,
) -> Comparison {
    compared(journal, series, before, now, today, || {
        (mean(journal, series, before), mean(journal, series, now))
    })
}

/// The same with the means of both, for whoever has them already. They are asked for where there is no better comparison.
pub(crate) fn compared(
    journal: &Journal,
    series: Series,
    before: Span,
    now: Span,
    today: NaiveDate,
    means: impl FnOnce() -> (Mean, Mean),
) -> Comparison {
    if let Some(day_zero) = day_zero_between(journal, before, now) {
        return Comparison::AcrossDayZero {
            day_zero,
            // The same days as both have would leave out the days without, so events are not compared there either.
            earlier: if series.is_of_events() {
                None
            } else {
                same_days_earlier(journal, series, now, today)
            },
        };
    }
    if let Some(counted) = counted::compared(journal, series, before, now) {
        return Comparison::Counted(Box::new(counted));
    }
    compare_means(means())
}

/// A day 0 that keeps two stretches from being compared.
pub(crate) fn day_zero_between(journal: &Journal, before: Span, now: Span) -> Option<NaiveDate> {
    let days_zero = journal.attempts.days_zero();
    days_zero
        .into_iter()
        // A day 0 on the first day of `before` leaves both stretches on one side of it.
        .find(|zero| *zero > before.from && *zero <= now.to)
}

/// Compares the means before and now, where no day 0 lies between and the series is none of events.
pub(crate) fn compare_means((was, is): (Mean, Mean)) -> Comparison {
    match (was.value, is.value) {
        (Some(before), Some(now)) if was.n >= NEEDED && is.n >= NEEDED => Comparison::Change {
            before: (before, was.n),
            now: (now, is.n),
            // Between the shown values, so that a reader who subtracts gets the same number.
            change: now.since(before),
        },
        _ => Comparison::TooFew {
            before: was.n,
            now: is.n,
            of: is.of,
        },
    }
}

/// The last 7 logical days against the 7 before: "than a week ago".
pub fn against_week_ago(journal: &Journal, series: Series, today: NaiveDate) -> Comparison {
    let now = Span::ending(today, WEEK);
    compare(journal, series, now.earlier(WEEK), now, today)
}

/// A calendar week against the week before; while it runs, its days so far against the same weekdays.
pub fn compare_weeks(
    journal: &Journal,
    series: Series,
    week: Span,
    today: NaiveDate,
) -> Comparison {
    let now = so_far(week, today);
    compare(journal, series, now.earlier(WEEK), now, today)
}

/// The days of `week` up to `today`; all of them where it has passed or lies ahead.
pub(crate) fn so_far(week: Span, today: NaiveDate) -> Span {
    if week.from <= today && today < week.to {
        Span { to: today, ..week }
    } else {
        week
    }
}

/// The days of `now` up to `today`, counted from this attempt's day 0, in the latest earlier attempt that has a value on
/// enough of them. Both means are over the days on which both have one: a mean of early days against one that holds later
/// days too would show a difference where there is none.
fn same_days_earlier(
    journal: &Journal,
    series: Series,
    now: Span,
    today: NaiveDate,
) -> Option<EarlierAttempt> {
    let to = now.to.min(today);
    let this = journal.attempts.on(to)?;
    let zero = this.attempt.day_zero?;
    // Days before this attempt or its day 0 belong to no count.
    let own = Span {
        from: now.from.max(this.attempt.began).max(zero),
        to,
    };
    let values = day_values(journal, series, own);
    let held: Vec<(i64, f64)> = (own.days().zip(values))
        .filter_map(|(day, value)| Some(((day - zero).num_days(), value?)))
        .collect();
    journal
        .attempts
        .iter()
        .rev()
        .filter(|earlier| earlier.number < this.number)
        .find_map(|earlier| {
            let pairs: Vec<(i64, f64, f64)> = held
                .iter()
                .filter_map(|(day, is)| {
                    let was = series::value(journal, series, day_of(earlier, *day)?)?;
                    Some((*day, was, *is))
                })
                .collect();
            let (first, last) = (pairs.first()?.0, pairs.last()?.0);
            let n = pairs.len();
            let mean = |sum: f64| series.shown(sum / n as f64);
            let then = mean(pairs.iter().map(|pair| pair.1).sum());
            let now = mean(pairs.iter().map(|pair| pair.2).sum());
            (n >= NEEDED).then(|| EarlierAttempt {
                number: earlier.number,
                days: (first, last),
                n,
                then,
                now,
                change: now.since(then),
            })
        })
}

/// The day with this number, counted from day 0, if it counts for `attempt`.
fn day_of(attempt: NumberedAttempt<'_>, number: i64) -> Option<NaiveDate> {
    let zero = attempt.attempt.day_zero?;
    let day = zero.checked_add_signed(chrono::TimeDelta::try_days(number)?)?;
    let is_within = day >= attempt.attempt.began && attempt.last_day.is_none_or(|last| day <= last);
    is_within.then_some(day)
}

#[cfg(test)]
mod tests {
    use super::{median, middle};
    use proptest::prelude::{prop_assert, prop_assert_eq, proptest};

    proptest! {
        #[test]
        fn the_median_puts_its_values_in_order_and_the_quick_one_is_the_same(values in proptest::collection::vec(-9.0..9.0_f64, 0..40)) {
            let mut ordered = values.clone();
            let expected = median(&mut ordered);
            // A report reads its ranges from both ends.
            prop_assert!(ordered.is_sorted());
            prop_assert_eq!(middle(&mut values.clone()), expected);
            let half = |is: fn(&f64, &f64) -> bool| values.iter().filter(|it| expected.is_some_and(|mid| is(it, &mid))).count();
            prop_assert!(half(f64::lt).max(half(f64::gt)) * 2 <= values.len());
        }
    }
}
