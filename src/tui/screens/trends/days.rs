//! The days of a chart as columns: what stands on the axis, the number on it, the week before, the worst, the middle line.

use crate::domain::attempt::Attempts;
use crate::domain::journal::{Day, Journal};
use crate::domain::series::figures::Figures;
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
use std::sync::Arc;

/// A column a day of `span`; days outside of `within` belong to another attempt and have none.
pub(super) fn columns(
    sight: &Sight,
    series: Series,
    span: Span,
    within: Span,
    shared: &Shared,
) -> Vec<Column> {
    let (journal, today) = (&shared.journal, shared.today());
    let values = day_values(journal, series, span);
    let middle = sight.middle_line(series, span, shared.basis());
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
        Column {
            standing,
            number: value.map_or_else(String::new, |value| number(series, value, day, journal)),
            worst: day
                .and_then(|day| series.worst_of_day(day))
                .map(|worst| worst.value),
            middle,
            before: None,
            beginning: beginnings.on(date),
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
    let columns = columns(sight, series, week, week, shared).into_iter();
    columns
        .zip(before)
        .map(|(column, before)| Column { before, ..column })
        .collect()
}

/// A series as it is drawn over some days, and what is counted of all of them.
#[derive(Debug, PartialEq)]
pub(super) struct Row {
    /// A column a day, or a stretch of days.
    pub(super) columns: Vec<Column>,
    /// How many days have a value, and how many an overall in its place.
    pub(super) counted: [usize; 2],
    /// The places of the days 0 among the days.
    pub(super) zeros: Vec<usize>,
}

/// Days with a value, and with an overall in its place.
pub(super) fn counted(columns: &[Column]) -> [usize; 2] {
    let has_value = |column: &&Column| matches!(column.standing, Standing::Value(_));
    let valued = columns.iter().filter(has_value).count();
    let hollow = columns.iter().filter(|one| one.has_overall_only()).count();
    [valued, hollow]
}

/// A row in which days share columns, with what it was worked out of besides the days.
struct Kept {
    row: Arc<Row>,
    figures: Arc<Figures>,
    attempts: Attempts,
    stretches: Vec<Stretch>,
    span: Span,
    within: Span,
    today: NaiveDate,
}

/// The days of `span` in the columns of `fold`; days outside of `within` belong to another attempt and have none.
pub(super) fn row(
    sight: &Sight,
    series: Series,
    span: Span,
    within: Span,
    fold: &Fold,
    shared: &Shared,
) -> Arc<Row> {
    let Some(stretches) = &fold.stretches else {
        let key = (sight.without_cursor(), series, span, within);
        let row = shared.kept(key, |shared, (sight, series, span, within)| {
            let columns = columns(sight, *series, *span, *within, shared);
            let zeros = columns.iter().enumerate();
            let zeros = zeros.filter(|(_, column)| column.beginning == Beginning::DayZero);
            Arc::new(Row {
                counted: counted(&columns),
                zeros: zeros.map(|(at, _)| at).collect(),
                columns,
            })
        });
        return Arc::clone(&row);
    };
    let (journal, today) = (&shared.journal, shared.today());
    let figures = Figures::of(journal, series);
    let is_it = |held: &Kept| {
        Arc::ptr_eq(&held.figures, &figures)
            && (held.span, held.within, held.today) == (span, within, today)
            && held.stretches == *stretches
            && held.attempts == journal.attempts
    };
    let kept = journal.kept().or(is_it, || Kept {
        row: Arc::new(shared_row(
            &figures, series, span, within, stretches, shared,
        )),
        figures: Arc::clone(&figures),
        attempts: journal.attempts.clone(),
        stretches: stretches.clone(),
        span,
        within,
        today,
    });
    Arc::clone(&kept.row)
}

/// A row of ten years in a hundred columns: whatever of its days is not seen is not worked out.
fn shared_row(
    figures: &Figures,
    series: Series,
    span: Span,
    within: Span,
    stretches: &[Stretch],
    shared: &Shared,
) -> Row {
    let journal = &shared.journal;
    let own = Span {
        from: span.from.max(within.from),
        to: span.to.min(within.to).min(shared.today()),
    };
    let place = |day: NaiveDate| usize::try_from((day - span.from).num_days()).unwrap_or(0);
    // The places of the days that have a column.
    let own_places = if own.is_empty() {
        0..0
    } else {
        place(own.from)..place(own.to) + 1
    };
    let mut values = vec![None; span.len()];
    let mut hollow = vec![false; span.len()];
    if !own.is_empty() {
        let found = figures.values(own).zip(figures.hollow(own));
        for (at, (value, is_hollow)) in own_places.clone().zip(found) {
            values[at] = value;
            hollow[at] = is_hollow;
        }
    }
    let entries = if series.is_rated() {
        Vec::new()
    } else {
        days_with_entries(journal, span)
    };
    let beginnings = Beginnings::of(journal).places(own, span);
    let fold = |stretch: &Stretch| {
        let folded = stretch.of(&values);
        let without_value = || {
            let days = stretch.from..=stretch.to;
            let own = || days.clone().filter(|at| own_places.contains(at));
            let is_missing = |at: usize| !entries.get(at).copied().unwrap_or(false);
            // One overall is more than a missing day.
            if hollow[stretch.from..=stretch.to].contains(&true) {
                Standing::OverallOnly
            } else if own().any(is_missing) {
                Standing::Missing
            } else if own_places.contains(&stretch.from) {
                Standing::NoneOfIt
            } else {
                Standing::Ahead
            }
        };
        let mut begun = beginnings.iter();
        let begun = begun.find(|(at, _)| (stretch.from..=stretch.to).contains(at));
        Column {
            standing: folded.map_or_else(without_value, |it| Standing::Value(it.middle)),
            worst: folded.map(|folded| folded.highest),
            beginning: begun.map_or(Beginning::None, |(_, beginning)| *beginning),
            ..Column::default()
        }
    };
    let zeros = beginnings.iter();
    let zeros = zeros.filter(|(_, beginning)| *beginning == Beginning::DayZero);
    Row {
        columns: stretches.iter().map(fold).collect(),
        counted: [
            values.iter().flatten().count(),
            hollow.iter().filter(|is_hollow| **is_hollow).count(),
        ],
        zeros: zeros.map(|(at, _)| *at).collect(),
    }
}

/// Whether each day of `span` has an entry of any kind.
fn days_with_entries(journal: &Journal, span: Span) -> Vec<bool> {
    let mut has_entry = vec![false; span.len()];
    for day in journal.check_in_days().chain(journal.record_days()) {
        let at = usize::try_from((day - span.from).num_days()).ok();
        if let Some(place) = at.and_then(|at| has_entry.get_mut(at)) {
            *place = true;
        }
    }
    has_entry
}

/// The days 0 and the first days of all attempts, gathered once for all days of a chart.
pub(super) struct Beginnings {
    days_zero: BTreeSet<NaiveDate>,
    first_days: BTreeSet<NaiveDate>,
}

impl Beginnings {
    pub(super) fn of(journal: &Journal) -> Self {
        let attempts = || journal.attempts.iter().map(|one| one.attempt);
        Self {
            days_zero: attempts().filter_map(|one| one.day_zero).collect(),
            first_days: attempts().map(|one| one.began).collect(),
        }
    }

    /// Those in `own`, by their places in `span`.
    fn places(&self, own: Span, span: Span) -> Vec<(usize, Beginning)> {
        let days: BTreeSet<NaiveDate> = self.days_zero.union(&self.first_days).copied().collect();
        let days = days
            .into_iter()
            .filter(|day| (own.from..=own.to).contains(day));
        let places = days.filter_map(|day| {
            let at = usize::try_from((day - span.from).num_days()).ok()?;
            Some((at, self.on(day)))
        });
        places.collect()
    }

    /// Whether `day` is a day 0, or the first of an attempt.
    pub(super) fn on(&self, day: NaiveDate) -> Beginning {
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

    /// Days of the longest stretch.
    pub(super) fn longest(&self) -> usize {
        let all = self.stretches.iter().flatten();
        all.map(|stretch| stretch.to - stretch.from + 1)
            .max()
            .unwrap_or(1)
    }

    /// Amounts of days as columns, and of others as a line over them: the middle of each stretch.
    pub(super) fn with_line(&self, amounts: &[Option<f64>], line: &[Option<f64>]) -> Vec<Column> {
        let column = |amount: Option<f64>, middle: Option<f64>| Column {
            standing: amount.map_or(Standing::Ahead, Standing::Value),
            middle,
            ..Column::default()
        };
        let Some(stretches) = &self.stretches else {
            let days = amounts.iter().zip(line);
            return days.map(|(amount, line)| column(*amount, *line)).collect();
        };
        let middle = |stretch: &Stretch, values: &[Option<f64>]| {
            let folded = stretch.of(values);
            folded.map(|folded| folded.middle)
        };
        let folded = stretches.iter();
        folded
            .map(|stretch| column(middle(stretch, amounts), middle(stretch, line)))
            .collect()
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

/// Columns folded from a column a day: what a row in which days share columns has to be.
#[cfg(test)]
impl Fold {
    /// Columns of days as they are drawn.
    pub(super) fn columns(&self, columns: &[Column]) -> Vec<Column> {
        match &self.stretches {
            Some(stretches) => folded(columns, stretches),
            None => columns.to_vec(),
        }
    }
}

/// The columns of stretches of days: as high as the middle of each, with a line up to its highest day.
#[cfg(test)]
fn folded(columns: &[Column], stretches: &[Stretch]) -> Vec<Column> {
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
#[cfg(test)]
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
