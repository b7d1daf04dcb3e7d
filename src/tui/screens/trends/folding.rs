//! More days than cells: which days of a long chart share a column.

use super::days;
use crate::domain::journal::Journal;
use crate::domain::time::span::Span;
use crate::domain::trends::fold::{Stretch, stretches};
use crate::tui::widgets::chart::{AxisLabel, Band};
use crate::tui::widgets::columns::Column;
use chrono::NaiveDate;

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

    /// Columns of days as they are drawn.
    pub(super) fn columns(&self, columns: &[Column]) -> Vec<Column> {
        match &self.stretches {
            Some(stretches) => days::folded(columns, stretches),
            None => columns.to_vec(),
        }
    }

    /// The same with the middle of each stretch's lines.
    pub(super) fn with_line(&self, columns: &[Column]) -> Vec<Column> {
        let Some(stretches) = &self.stretches else {
            return columns.to_vec();
        };
        let lines: Vec<Option<f64>> = columns.iter().map(|column| column.middle).collect();
        let folded = days::folded(columns, stretches).into_iter().zip(stretches);
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
