//! The views of Trends, a row each.
//!
//! A new view is its row in `views!`. The compiler then asks for its face in the full screen (`face` in
//! `src/tui/screens/trends/mod.rs`) and in text (`face` in `src/cli/trend/mod.rs`). `--view`, the words of plain mode, the names
//! above the charts, paging and zooming follow the row.

use super::{month_of, week_of};
use crate::domain::journal::Journal;
use crate::domain::journal::taken_for;
use crate::domain::order::Ordered;
use crate::domain::series::Series;
use crate::domain::time::display::Manner;
use crate::domain::time::span::Span;
use chrono::NaiveDate;

/// Which days a view has.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Period {
    /// A stretch of the calendar; the function answers the one around a day.
    Calendar(fn(NaiveDate, Manner) -> Span),
    /// So many days.
    Days(i64),
    /// Every day there is.
    Everything,
    /// The days of an attempt, by number.
    Attempt,
    /// The first days of an attempt.
    FirstDays,
}

/// What a view has rows or lines for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Rows {
    /// One series, or two, along the days.
    Chart,
    /// Every symptom.
    Symptoms,
    /// Every series, one week against the week before.
    All,
}

/// What is to be known about a view.
#[derive(Debug, Clone, Copy)]
pub(crate) struct ViewFacts {
    /// The word on screen, on the command line and in JSON.
    pub(crate) code: &'static str,
    /// The short word of plain mode; empty without one.
    pub(crate) short: &'static str,
    /// What it shows, in few words.
    pub(crate) about: &'static str,
    /// Which days it has.
    pub(crate) period: Period,
    /// What it has rows or lines for.
    pub(crate) rows: Rows,
    /// Whether text begins with the week before and compares the two.
    pub(crate) is_compared: bool,
    /// Whether its charts have the middle line.
    pub(crate) has_middle_line: bool,
    /// The view with fewer days, for the zoom.
    pub(crate) nearer: Option<View>,
    /// The view with more days.
    pub(crate) further: Option<View>,
}

// The variants, their list and their rows come from one place, so that no view can be missing from the list.
macro_rules! views {
    ($($name:ident => { $($fact:tt)* })*) => {
        /// How the days are laid out.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
        pub enum View {
            #[default]
            $(#[doc = concat!("The row `", stringify!($name), "`.")] $name,)*
        }

        impl View {
            /// In the order in which they are offered.
            pub const ALL: &[Self] = &[$(Self::$name),*];

            /// What is to be known about it.
            pub(crate) const fn facts(self) -> ViewFacts {
                match self { $(Self::$name => ViewFacts { $($fact)* },)* }
            }
        }
    };
}

views! {
    Week => {
        code: "week", short: "w", about: "seven days beside the week before",
        period: Period::Calendar(week_of), rows: Rows::Chart, is_compared: true, has_middle_line: false,
        nearer: None, further: Some(View::Month),
    }
    Month => {
        code: "month", short: "m", about: "a calendar month",
        period: Period::Calendar(month_of), rows: Rows::Chart, is_compared: false, has_middle_line: true,
        nearer: Some(View::Week), further: Some(View::All),
    }
    All => {
        code: "all", short: "a", about: "every day there is",
        period: Period::Everything, rows: Rows::Chart, is_compared: false, has_middle_line: true,
        nearer: Some(View::Month), further: None,
    }
    Timeline => {
        code: "timeline", short: "t", about: "an attempt by day number, beside the others",
        period: Period::Attempt, rows: Rows::Chart, is_compared: false, has_middle_line: true,
        nearer: None, further: None,
    }
    Hours => {
        code: "hours", short: "", about: "the first four days by the hour",
        period: Period::FirstDays, rows: Rows::Chart, is_compared: false, has_middle_line: false,
        nearer: None, further: None,
    }
    Grid => {
        code: "grid", short: "g", about: "each symptom over four weeks",
        // Four weeks in text; on a screen as many days as fit.
        period: Period::Days(28), rows: Rows::Symptoms, is_compared: false, has_middle_line: true,
        nearer: None, further: None,
    }
    Table => {
        code: "table", short: "", about: "every series, week against week",
        period: Period::Calendar(week_of), rows: Rows::All, is_compared: false, has_middle_line: true,
        nearer: None, further: None,
    }
}

impl View {
    /// The word on screen, on the command line and in JSON.
    pub const fn code(self) -> &'static str {
        self.facts().code
    }

    /// Reads [`View::code`].
    pub(crate) fn from_code(code: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|view| view.code() == code)
    }

    /// The view `by` places on, around the end.
    #[must_use]
    pub(crate) fn step(self, by: usize) -> Self {
        let at = Self::ALL.iter().position(|view| *view == self).unwrap_or(0);
        Self::ALL[(at + by) % Self::ALL.len()]
    }

    /// Whether it shows one series (or two) along its days.
    pub(crate) const fn is_chart(self) -> bool {
        match self.facts().rows {
            Rows::Chart => true,
            Rows::Symptoms | Rows::All => false,
        }
    }

    /// Whether it can show `series`.
    pub(crate) const fn holds(self, series: Series) -> bool {
        match self.facts().rows {
            Rows::Symptoms => matches!(series, Series::Symptom(_)),
            Rows::Chart | Rows::All => true,
        }
    }

    /// Every series that it can show, by group.
    pub(crate) fn offered(self, journal: &Journal) -> Vec<Series> {
        let mut offered = Series::offered(journal);
        offered.retain(|series| self.holds(*series));
        // What it was taken for stands first among the symptoms, behind the indices.
        let first = taken_for::first(journal);
        offered.order_by_key(|series| {
            let code = series.code(journal);
            let place = first.iter().position(|first| *first == code);
            (!Series::FIXED.contains(series), place.unwrap_or(usize::MAX))
        });
        offered
    }
}

#[cfg(test)]
mod tests {
    use super::View;

    #[test]
    fn every_view_is_read_by_its_code_and_zooming_out_of_it_is_taken_back_by_zooming_in() {
        for view in View::ALL {
            assert_eq!(View::from_code(view.code()), Some(*view));
            let facts = view.facts();
            let back = facts.further.and_then(|further| further.facts().nearer);
            assert_eq!(back, facts.further.map(|_| *view));
            let forth = facts.nearer.and_then(|nearer| nearer.facts().further);
            assert_eq!(forth, facts.nearer.map(|_| *view));
        }
    }
}
