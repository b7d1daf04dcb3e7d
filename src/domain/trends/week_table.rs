//! The table: each series, one week against the week before, in an order that the person chose.
//!
//! Invariant: what cannot be compared stands last in the order of change and says why; it is never counted as no change.

use crate::domain::journal::Journal;
use crate::domain::journal::taken_for;
use crate::domain::order::Ordered;
use crate::domain::series::Series;
use crate::domain::series::stats::{
    Comparison, Mean, WEEK, compared, day_values, mean_of, side, so_far,
};
use crate::domain::time::span::Span;
use chrono::NaiveDate;

/// In which order series stand in the table and symptoms in the grid.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) enum Order {
    /// The indices, then Body, then Mind, as check-ins ask for them.
    #[default]
    Group,
    /// The highest mean of the week first, each on its own scale.
    Worst,
    /// The largest change against the week before first, each on its own scale.
    Change,
    /// By name.
    Name,
}

impl Order {
    /// In the order in which they are offered.
    pub(crate) const ALL: [Self; 4] = [Self::Group, Self::Worst, Self::Change, Self::Name];

    /// The words on screen.
    pub(crate) const fn label(self) -> &'static str {
        match self {
            Self::Group => "by group",
            Self::Worst => "highest first",
            Self::Change => "most changed first",
            Self::Name => "by name",
        }
    }

    /// The word on the command line and in JSON.
    pub(crate) const fn code(self) -> &'static str {
        match self {
            Self::Group => "group",
            Self::Worst => "worst",
            Self::Change => "change",
            Self::Name => "name",
        }
    }

    /// Reads [`Order::code`].
    pub(crate) fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|order| order.code() == code)
    }

    /// The next one, around the end.
    #[must_use]
    pub(crate) fn next(self) -> Self {
        let at = Self::ALL.iter().position(|order| *order == self);
        Self::ALL[(at.unwrap_or(0) + 1) % Self::ALL.len()]
    }
}

/// One series in one week against the week before.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Row {
    /// Which.
    pub(crate) series: Series,
    /// The top of its scale.
    pub(crate) top: f64,
    /// The week before: mean of day values, of events their sum, with n of days.
    pub(crate) before: Mean,
    /// The week.
    pub(crate) now: Mean,
    /// What can be said about the two.
    pub(crate) comparison: Comparison,
    /// The day values of both weeks, oldest first.
    pub(crate) values: Vec<Option<f64>>,
}

impl Row {
    fn of(journal: &Journal, series: Series, week: Span, today: NaiveDate) -> Self {
        let both = Span {
            from: week.earlier(WEEK).from,
            to: week.to,
        };
        let values = day_values(journal, series, both);
        // The running week is compared with the same weekdays, so its means are of these.
        let now = so_far(week, today);
        let before = now.earlier(WEEK);
        let (was, is) = if series.is_rated() || matches!(series, Series::Measure(..)) {
            let of = |span: Span| {
                let from = usize::try_from((span.from - both.from).num_days()).unwrap_or(0);
                let to = (from + span.len()).min(values.len());
                mean_of(series, values.get(from..to).unwrap_or_default())
            };
            (of(before), of(now))
        } else {
            (side(journal, series, before), side(journal, series, now))
        };
        Self {
            series,
            top: series.top(journal),
            before: was,
            now: is,
            comparison: compared(journal, series, before, now, today, || (was, is)),
            values,
        }
    }

    /// The change as a part of the scale, -1 to 1; `None` where the weeks cannot be compared.
    fn change(&self) -> Option<f64> {
        match &self.comparison {
            Comparison::Change { change, .. } => Some(change.value() / self.top),
            // A sum over days, so it is brought to what a day can have.
            Comparison::Counted(counted) => {
                let days = counted.now.of.max(1) as f64;
                Some(counted.change?.value() / self.top / days)
            }
            Comparison::TooFew { .. } | Comparison::AcrossDayZero { .. } => None,
        }
    }

    /// Whether it is put in an order by its numbers: something good at its highest is nothing that stands out as hard.
    fn is_ranked(&self) -> bool {
        !self.series.is_something_good()
    }

    fn height(&self) -> Option<f64> {
        // Events are no rating: a week with many of them is none of the highest.
        if self.series.is_of_events() || !self.is_ranked() {
            return None;
        }
        // As a part of its scale, so that 3 of 4 stands above 40 of 100.
        Some(self.now.value?.value() / self.top)
    }
}

/// The rows for `series` (in the order of groups) in `week` as it looks on `today`, put in `order`.
pub(crate) fn table(
    journal: &Journal,
    series: &[Series],
    week: Span,
    today: NaiveDate,
    order: Order,
) -> Vec<Row> {
    let mut rows: Vec<Row> = series
        .iter()
        .map(|series| Row::of(journal, *series, week, today))
        .collect();
    // Stable sorts: what is equal stays in the order of groups. `None` is less than any number, so it stands last.
    match order {
        Order::Group => {}
        Order::Worst => rows.order_by(|a, b| falling(a.height(), b.height())),
        Order::Change => {
            let size = |row: &Row| row.change().filter(|_| row.is_ranked()).map(f64::abs);
            rows.order_by(|a, b| falling(size(a), size(b)));
        }
        Order::Name => rows.order_by_key(|row| row.series.name(journal).to_lowercase()),
    }
    rows
}

fn falling(a: Option<f64>, b: Option<f64>) -> std::cmp::Ordering {
    b.unwrap_or(-1.0).total_cmp(&a.unwrap_or(-1.0))
}

/// `series` in `order`, ranked by `week` against the week before.
pub(crate) fn ranked(
    journal: &Journal,
    series: &[Series],
    week: Span,
    today: NaiveDate,
    order: Order,
) -> Vec<Series> {
    // Already in this order; the values of two weeks need not be read.
    if order == Order::Group {
        return series.to_vec();
    }
    let rows = table(journal, series, week, today, order);
    rows.into_iter().map(|row| row.series).collect()
}

/// Every series: what it was taken for, the favourites, then the others.
pub(crate) fn favourites_first(journal: &Journal) -> Vec<Series> {
    let mut series = Series::offered(journal);
    let favourites = &journal.settings.favourite_series;
    let first = taken_for::first(journal);
    if favourites.is_empty() && first.is_empty() {
        return series;
    }
    series.order_by_key(|series| {
        let code = series.code(journal);
        let place = first.iter().position(|first| *first == code);
        (place.unwrap_or(usize::MAX), !favourites.contains(&code))
    });
    series
}
