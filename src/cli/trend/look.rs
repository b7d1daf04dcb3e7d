//! A view in text: what is looked at, its series, and its days.

use crate::domain::series::Series;
use crate::domain::time::span::Span;
use crate::domain::trends::sight::{Basis, Sight};
use crate::domain::trends::view::Rows;
use crate::domain::trends::week_table::{Row, ranked, table};
use crate::domain::trends::{Course, week_of};

/// A view in text.
pub(super) struct Look<'a> {
    /// What it is worked out from.
    pub(super) at: Basis<'a>,
    /// What is looked at.
    pub(super) sight: Sight,
    /// The series of its charts, or its rows.
    pub(super) series: Vec<Series>,
    /// Its days.
    pub(super) span: Span,
    /// On a timeline, the attempt that counts them.
    pub(super) course: Option<Course<'a>>,
}

impl<'a> Look<'a> {
    /// `None` for a timeline without an attempt that has begun.
    pub(super) fn of(sight: Sight, series: Vec<Series>, at: Basis<'a>) -> Option<Self> {
        let (span, course) = sight.days_in_text(at)?;
        Some(Self {
            at,
            sight,
            series,
            span,
            course,
        })
    }

    /// The series that a view has unless some are named.
    pub(super) fn series_of(sight: &Sight, at: Basis<'_>) -> Vec<Series> {
        if sight.view.is_chart() {
            sight.charted(at)
        } else {
            sight.view.offered(at.journal)
        }
    }

    /// The calendar week in which it ends.
    pub(super) fn week(&self) -> Span {
        week_of(self.span.to, self.at.manner)
    }

    /// The rows of the table.
    pub(super) fn table(&self) -> Vec<Row> {
        let Basis { journal, today, .. } = self.at;
        table(journal, &self.series, self.week(), today, self.sight.order)
    }

    /// The rows of the grid.
    pub(super) fn ranked(&self) -> Vec<Series> {
        let Basis { journal, today, .. } = self.at;
        ranked(journal, &self.series, self.week(), today, self.sight.order)
    }

    /// The days whose event marks belong to the view: a table compares two weeks.
    pub(super) fn marked(&self) -> Span {
        match self.sight.view.facts().rows {
            Rows::Chart | Rows::Symptoms => self.span,
            Rows::All => Span {
                from: self.week().earlier(7).from,
                to: self.week().to,
            },
        }
    }
}
