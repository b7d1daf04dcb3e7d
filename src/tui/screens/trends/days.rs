//! The days of a chart as columns: what stands on the axis, the number on it, the week before, the worst, the middle line.

use crate::domain::journal::{Day, Journal};
use crate::domain::series::stats::{WEEK, day_values};
use crate::domain::series::{IN_PART, Series};
use crate::domain::time::span::Span;
use crate::domain::trends::fold::{Stretch, stretches};
use crate::domain::trends::sheet::short;
use crate::domain::trends::sight::Sight;
use crate::tui::shared::Shared;
use crate::tui::widgets::chart::Beginning;
use crate::tui::widgets::chart::{AxisLabel, Band};
use crate::tui::widgets::columns::{Column, Standing};
use chrono::NaiveDate;
use std::collections::BTreeSet;

/// How much of each day is worked out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Depth {
    /// All that a column of its own shows.
    Whole,
    /// What is left of a day that shares its column: ten years have thousands of days whose numbers and lines nobody sees.
    Shared,
}

/// A column a day of `span`; days outside of `within` belong to another attempt and have none.
pub(super) fn columns(
    sight: &Sight,
    series: Series,
    span: Span,
    within: Span,
    depth: Depth,
    shared: &Shared,
) -> Vec<Column> {
    let (journal, today) = (&shared.journal, shared.today());
    let values = day_values(journal, series, span);
    let middle = match depth {
        Depth::Whole => sight.middle_line(series, span, shared.basis()),
        Depth::Shared => vec![None; span.len()],
    };
    let beginnings = Beginnings::of(journal);
    let mut held = journal.between(span.from, span.to).peekable();
    let column = |(date, (value, middle)): (NaiveDate, (Option<f64>, Option<f64>))| {
        let day = held.next_if(|day| day.date == date);
        if date < within.from || date > within.to || date > today {
            return Column::default();
        }
        let has_entry = || day.is_some() || !journal.records(date).is_empty();
        let standing = match value {
            Some(value) => Standing::Value(value),
            None if day.is_some_and(|day| series.hollow(day).is_some()) => Standing::OverallOnly,
            // With entries of other kinds the day is there, and none of this kind was noted.
            None if !series.is_rated() && has_entry() => Standing::NoneOfIt,
            None => Standing::Missing,
        };
        let beginning = beginnings.on(date);
        if depth == Depth::Shared {
            return Column {
                standing,
                beginning,
                ..Column::default()
            };
        }
        Column {
            standing,
            number: value.map_or_else(String::new, |value| number(series, value, day, journal)),
            worst: day
                .and_then(|day| series.worst_of_day(day))
                .map(|worst| worst.value),
            middle,
            before: None,
            beginning,
        }
    };
    span.days()
        .zip(values.into_iter().zip(middle))
        .map(column)
        .collect()
}

/// The number on the column of a day: `18*` where it was answered in part.
pub(super) fn number(series: Series, value: f64, day: Option<&Day>, journal: &Journal) -> String {
    let is_in_part = day.is_some_and(|day| series.is_in_part(day, &journal.symptoms));
    let star = if is_in_part { IN_PART } else { "" };
    format!("{}{star}", short(series, value))
}

/// The days of a week, each with the same weekday of the week before.
pub(super) fn beside_week_before(
    sight: &Sight,
    series: Series,
    week: Span,
    shared: &Shared,
) -> Vec<Column> {
    let before = day_values(&shared.journal, series, week.earlier(WEEK));
    let columns = columns(sight, series, week, week, Depth::Whole, shared).into_iter();
    columns
        .zip(before)
        .map(|(column, before)| Column { before, ..column })
        .collect()
}

/// The columns of stretches of days: as high as the middle of each, with a line up to its highest day.
pub(super) fn folded(columns: &[Column], stretches: &[Stretch]) -> Vec<Column> {
    let value = |column: &Column| match column.standing {
        Standing::Value(value) => Some(value),
        _ => None,
    };
    let values: Vec<Option<f64>> = columns.iter().map(value).collect();
    let fold = |stretch: &Stretch| {
        let days = &columns[stretch.from..=stretch.to];
        let beginning = days
            .iter()
            .map(|day| day.beginning)
            .find(|beginning| *beginning != Beginning::None);
        let folded = stretch.of(&values);
        let standing = folded.map_or_else(
            || without_value(days),
            |folded| Standing::Value(folded.middle),
        );
        let worst = folded.map(|folded| folded.highest);
        Column {
            standing,
            worst,
            beginning: beginning.unwrap_or_default(),
            ..Column::default()
        }
    };
    stretches.iter().map(fold).collect()
}

/// What stands for days of which none has a value: one overall is more than a missing day.
fn without_value(days: &[Column]) -> Standing {
    let has = |wanted: Standing| days.iter().any(|day| day.standing == wanted);
    if has(Standing::OverallOnly) {
        Standing::OverallOnly
    } else if has(Standing::Missing) {
        Standing::Missing
    } else {
        days.first().map(|day| day.standing).unwrap_or_default()
    }
}

/// Whether `day` is a day 0, or the first of an attempt.
pub(super) fn beginning(day: NaiveDate, journal: &Journal) -> Beginning {
    Beginnings::of(journal).on(day)
}

/// The days 0 and the first days of all attempts, gathered once for all days of a chart.
struct Beginnings {
    days_zero: BTreeSet<NaiveDate>,
    first_days: BTreeSet<NaiveDate>,
}

impl Beginnings {
    fn of(journal: &Journal) -> Self {
        let attempts = || journal.attempts.iter().map(|one| one.attempt);
        Self {
            days_zero: attempts().filter_map(|one| one.day_zero).collect(),
            first_days: attempts().map(|one| one.began).collect(),
        }
    }

    fn on(&self, day: NaiveDate) -> Beginning {
        if self.days_zero.contains(&day) {
            Beginning::DayZero
        } else if self.first_days.contains(&day) {
            Beginning::Attempt
        } else {
            Beginning::None
        }
    }
}

/// Which days share a column: each has its own while they fit.
pub(super) struct Fold {
    stretches: Option<Vec<Stretch>>,
    days: usize,
}

impl Fold {
    /// The days of `span` in so many cells.
    pub(super) fn of(span: Span, room: u16, journal: &Journal) -> Self {
        let room = usize::from(room);
        let days = span.len();
        let zeros: Vec<NaiveDate> = journal.attempts.days_zero().into_iter().collect();
        Self {
            stretches: (days > room && room > 0).then(|| stretches(span, room, &zeros)),
            days,
        }
    }

    /// How many columns there are.
    pub(super) fn len(&self) -> usize {
        self.stretches.as_ref().map_or(self.days, Vec::len)
    }

    /// How much of each day its columns show.
    pub(super) const fn depth(&self) -> Depth {
        match self.stretches {
            Some(_) => Depth::Shared,
            None => Depth::Whole,
        }
    }

    /// Days of the longest stretch.
    pub(super) fn longest(&self) -> usize {
        let all = self.stretches.iter().flatten();
        all.map(|stretch| stretch.to - stretch.from + 1)
            .max()
            .unwrap_or(1)
    }

    /// Columns of days as they are drawn.
    pub(super) fn columns(&self, columns: &[Column]) -> Vec<Column> {
        match &self.stretches {
            Some(stretches) => folded(columns, stretches),
            None => columns.to_vec(),
        }
    }

    /// The same with the middle of each stretch's lines.
    pub(super) fn with_line(&self, columns: &[Column]) -> Vec<Column> {
        let Some(stretches) = &self.stretches else {
            return columns.to_vec();
        };
        let lines: Vec<Option<f64>> = columns.iter().map(|column| column.middle).collect();
        let folded = folded(columns, stretches).into_iter().zip(stretches);
        let with_line = folded.map(|(column, stretch)| Column {
            middle: stretch.of(&lines).map(|line| line.middle),
            worst: None,
            ..column
        });
        with_line.collect()
    }

    /// The column of a day.
    pub(super) fn at(&self, day: usize) -> Option<usize> {
        match &self.stretches {
            Some(stretches) => Stretch::holding(stretches, day),
            None => (day < self.days).then_some(day),
        }
    }

    /// The first day of a column.
    pub(super) fn first_of(&self, column: usize) -> Option<usize> {
        match &self.stretches {
            Some(stretches) => stretches.get(column).map(|stretch| stretch.from),
            None => Some(column),
        }
    }

    /// Words at the columns of their days.
    pub(super) fn labels(&self, labels: &[AxisLabel]) -> Vec<AxisLabel> {
        let moved = labels.iter().filter_map(|label| {
            let day = self.at(label.day)?;
            Some(AxisLabel {
                day,
                ..label.clone()
            })
        });
        moved.collect()
    }

    /// Named stretches from column to column.
    pub(super) fn bands(&self, bands: &[Band]) -> Vec<Band> {
        let moved = bands.iter().filter_map(|band| {
            let (from, to) = (self.at(band.from)?, self.at(band.to)?);
            Some(Band {
                from,
                to,
                ..band.clone()
            })
        });
        moved.collect()
    }
}
