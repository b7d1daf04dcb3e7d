//! What is looked at in Trends: view, series, cursor, attempt, zoom, order; and which days that brings into sight.
//!
//! The full screen, plain mode and `ebb trend` all look through a [`Sight`].
//!
//! Invariant: what is in sight is a pure function of the cursor, so walking there and jumping there look the same.

mod changes;

use super::hours;
use super::hours::{Hours, NoHours};
use super::view::{Period, Rows, View};
use super::week_table::{Order, Row, favourites_first, ranked, table};
use super::{Course, Origin, latest, week_of};
use crate::domain::dose::product::{Product, ProductKey};
use crate::domain::journal::Journal;
use crate::domain::series::Series;
use crate::domain::series::default_series::DefaultSeries;
use crate::domain::series::middle_line::middle_line;
use crate::domain::taper::staircase::products;
use crate::domain::time::display::Manner;
use crate::domain::time::span::Span;
use chrono::{NaiveDate, TimeDelta};
use std::ops::Deref;

/// What a sight is worked out from.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Basis<'a> {
    /// The journal.
    pub(crate) journal: &'a Journal,
    /// The day it is.
    pub(crate) today: NaiveDate,
    /// How days are said.
    pub(crate) manner: Manner,
}

/// Whether a timeline has the other attempts beside this one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) enum Others {
    /// It has.
    #[default]
    Beside,
    /// It has not.
    Hidden,
}

/// What is looked at.
#[derive(Debug, Clone, PartialEq, Default)]
pub(crate) struct Sight {
    /// How the days are laid out.
    pub(crate) view: View,
    /// The series of a chart, or the row in focus; the one that stands first when it was not chosen.
    pub(crate) chosen: Option<Series>,
    /// The second series of a chart.
    pub(crate) second: Option<Series>,
    /// The day of the cursor; today when it was not moved.
    pub(crate) day: Option<NaiveDate>,
    /// The first day that was asked for; text alone asks for days.
    pub(crate) from: Option<NaiveDate>,
    /// The last day that was asked for.
    pub(crate) to: Option<NaiveDate>,
    /// From where a timeline counts.
    pub(crate) origin: Origin,
    /// The attempt of the timeline, by number; the latest when it was not chosen.
    pub(crate) attempt: Option<usize>,
    /// Whether the other attempts stand beside it.
    pub(crate) others: Others,
    /// In the view of the hours, what they are counted from and where the cursor stands.
    pub(crate) hours: hours::Place,
    /// In which order a grid or table lists.
    pub(crate) order: Order,
    /// Days in sight of a long view; all of them when it was not zoomed.
    pub(crate) zoom: Option<i64>,
    /// The product of the staircase; the one with the active plan, else the most used, when it was not chosen.
    pub(crate) product: Option<ProductKey>,
    /// The day whose week ranks the rows: that of the cursor when the order was chosen, so that walking does not shuffle.
    pub(crate) ranked_by: Option<NaiveDate>,
}

/// The zoom of the long views, in days, the narrowest first. Whole weeks, so that a step keeps the weekday.
const ZOOMS: [i64; 6] = [14, 28, 91, 182, 364, 728];
/// The zoom between a long view and the one with fewer days.
const QUARTER: i64 = 91;
/// A timeline shows at least so many days when an earlier attempt has them.
const LEAST_AHEAD: i64 = 28;

/// `by` days on, or back; stays where the calendar ends.
pub(crate) fn moved(day: NaiveDate, by: i64) -> NaiveDate {
    TimeDelta::try_days(by)
        .and_then(|by| day.checked_add_signed(by))
        .unwrap_or(day)
}

fn len(span: Span) -> i64 {
    (span.to - span.from).num_days() + 1
}

// Which days there are.
impl Sight {
    fn period(&self) -> Period {
        self.view.facts().period
    }

    /// The day that the cursor stands on.
    pub(crate) fn cursor(&self, at: Basis<'_>) -> NaiveDate {
        self.within_bounds(self.day.unwrap_or(at.today), at)
    }

    fn within_bounds(&self, day: NaiveDate, at: Basis<'_>) -> NaiveDate {
        let bounds = self.bounds(at);
        // `clamp` panics where its ends are crossed.
        day.clamp(bounds.from, bounds.to.max(bounds.from))
    }

    /// The days in sight on a screen: whole weeks and months, also where some of their days lie ahead.
    pub(crate) fn days(&self, at: Basis<'_>) -> Span {
        match self.period() {
            Period::Calendar(around) => around(self.cursor(at), at.manner),
            Period::FirstDays => self.bounds(at),
            Period::Days(_) | Period::Everything | Period::Attempt => match self.zoom {
                Some(days) if self.is_zoomed(at) => self.page(days, at),
                _ => self.bounds(at),
            },
        }
    }

    /// The days that are copied: of a view of so many days those that end with the page of the cursor, whatever the width of
    /// the screen.
    pub(crate) fn days_copied(&self, at: Basis<'_>) -> Span {
        match self.period() {
            Period::Days(days) => {
                let to = self.page_end(days, at);
                let from = moved(to, 1 - days).max(self.bounds(at).from);
                Span { from, to }
            }
            _ => self.days(at),
        }
    }

    /// The days in text, and the attempt that counts them: those that were asked for, else those of the view up to today, and no
    /// further than the journal and today reach. `None` where a timeline has no attempt.
    pub(crate) fn days_in_text<'a>(&self, at: Basis<'a>) -> Option<(Span, Option<Course<'a>>)> {
        let course = self.timeline(at);
        let last = at.journal.last_day().unwrap_or(at.today).max(at.today);
        let to = self.to.unwrap_or_else(|| self.period_end(at)).min(last);
        let first_entry = at.journal.first_entry();
        let span = match self.period() {
            Period::Calendar(around) => {
                let mut span = around(to, at.manner);
                // Text has no second panel: the week before is drawn first.
                if self.view.facts().is_compared {
                    span = span.earlier(7);
                }
                span
            }
            Period::Days(days) => Span::ending(to, days.unsigned_abs()),
            Period::Everything => Span {
                from: first_entry.unwrap_or(to),
                to,
            },
            Period::Attempt => course?.span,
            Period::FirstDays => self.first_days(at),
        };
        let began = at.journal.attempts.iter().next();
        let began = began.map_or(at.today, |first| first.attempt.began);
        // Drawing the days beyond would take for ever when a year is mistyped.
        let first = first_entry.unwrap_or(at.today).min(began);
        let asked = Span {
            from: self.from.unwrap_or(span.from).max(first),
            to,
        };
        // The days before an attempt and after its end are another one's.
        let days = course.map_or(asked, |course| Span {
            from: asked.from.max(course.span.from),
            to: self.to.map_or(course.span.to, |_| to).min(course.span.to),
        });
        Some((days, course))
    }

    /// The last day of the period in text while nothing was asked for.
    fn period_end(&self, at: Basis<'_>) -> NaiveDate {
        let day = self.day.unwrap_or(at.today);
        let end = match self.period() {
            Period::Calendar(around) => around(day, at.manner).to,
            Period::Days(_) => day,
            Period::Everything | Period::Attempt | Period::FirstDays => at.today,
        };
        end.min(at.today)
    }

    /// The page that holds the cursor: pages are so many days long and end with the last day, so that the newest one is full.
    fn page(&self, days: i64, at: Basis<'_>) -> Span {
        let from = moved(self.page_end(days, at), 1 - days).max(self.bounds(at).from);
        Span {
            from,
            to: moved(from, days - 1),
        }
    }

    fn page_end(&self, days: i64, at: Basis<'_>) -> NaiveDate {
        let last = self.bounds(at).to;
        // Counted back from the newest day, so that the newest page is a full one.
        let back = (last - self.cursor(at)).num_days().max(0) / days * days;
        moved(last, -back)
    }

    /// The days that the cursor can reach.
    pub(crate) fn bounds(&self, at: Basis<'_>) -> Span {
        let first = at.journal.first_entry().unwrap_or(at.today).min(at.today);
        let whole = |around: fn(NaiveDate, Manner) -> Span| Span {
            from: around(first, at.manner).from,
            to: around(at.today, at.manner).to,
        };
        match self.period() {
            Period::Calendar(around) => whole(around),
            Period::Days(_) | Period::Everything => Span {
                from: first,
                to: at.today,
            },
            Period::FirstDays => self.first_days(at),
            Period::Attempt => match self.course(at) {
                Some(course) => self.timeline_bounds(&course, at),
                None => whole(week_of),
            },
        }
    }

    /// The attempt's days, and as much of what came next in the longest other one as leaves this one half of the width.
    fn timeline_bounds(&self, course: &Course<'_>, at: Basis<'_>) -> Span {
        let own = course.span;
        let others = self.others(course, at);
        let ahead = others.iter().map(|other| other.number(other.span.to)).max();
        // Twice its own length at most: a long earlier attempt would press this one into a corner.
        let limit = moved(own.from, len(own).saturating_mul(2).max(LEAST_AHEAD) - 1);
        let ahead = ahead.map_or(own.to, |number| moved(course.zero, number).min(limit));
        Span {
            from: own.from,
            // A week stands from the first day on, so that the first days are not drawn a screen wide each.
            to: own.to.max(moved(own.from, 7)).max(ahead),
        }
    }

    /// Whether a long view shows a part of its days.
    pub(crate) fn is_zoomed(&self, at: Basis<'_>) -> bool {
        self.zoom.is_some_and(|days| days < len(self.bounds(at)))
    }
}

// What is in sight besides days.
impl Sight {
    /// The attempt that a timeline is about, counted from where the person wants.
    pub(crate) fn course<'a>(&self, at: Basis<'a>) -> Option<Course<'a>> {
        let attempts = &at.journal.attempts;
        let chosen = self.attempt.and_then(|number| attempts.by_number(number));
        let numbered = chosen.or_else(|| latest(attempts, at.today))?;
        Course::of(numbered, self.origin, at.journal, at.today)
    }

    fn first_days(&self, at: Basis<'_>) -> Span {
        hours::span(at.journal, self.attempt, self.hours.since, at.today)
    }

    /// The hours of the first days.
    pub(crate) fn first_hours<'a>(&self, at: Basis<'a>) -> Result<Hours<'a>, NoHours> {
        let (since, series) = (self.hours.since, self.series(at));
        Hours::of(at.journal, self.attempt, since, series, at.today)
    }

    /// Whether the view counts the days of an attempt.
    pub(crate) fn counts_attempt(&self) -> bool {
        self.view == View::Timeline
    }

    /// [`Sight::course`] in a view that counts its days; `None` in the others.
    pub(crate) fn timeline<'a>(&self, at: Basis<'a>) -> Option<Course<'a>> {
        self.course(at).filter(|_| self.counts_attempt())
    }

    /// The attempts beside this one, as charts of their own or as lines over it; none beside a second series, which needs the
    /// room.
    pub(crate) fn others<'a>(&self, course: &Course<'_>, at: Basis<'a>) -> Vec<Course<'a>> {
        if self.second.is_some() {
            return Vec::new();
        }
        course.others(at.journal, at.today)
    }

    /// The series that was chosen, or else the one that stands first.
    pub(crate) fn series(&self, at: Basis<'_>) -> Series {
        let default = || DefaultSeries::of(at.journal, at.today, at.manner).series;
        self.chosen.unwrap_or_else(default)
    }

    /// Why the series of a chart is this one, where nobody chose it: "Overall since Mon 23 Nov: …".
    pub(crate) fn why(&self, at: Basis<'_>) -> Option<String> {
        if self.chosen.is_some() || !self.view.is_chart() {
            return None;
        }
        let default = DefaultSeries::of(at.journal, at.today, at.manner);
        default.sentence(at.journal, at.today, at.manner)
    }

    /// The middle line of `series` over `span`. A week has none: seven days are seen at once.
    pub(crate) fn middle_line(
        &self,
        series: Series,
        span: Span,
        at: Basis<'_>,
    ) -> Vec<Option<f64>> {
        if self.view.facts().has_middle_line {
            middle_line(at.journal, series, span, at.today)
        } else {
            vec![None; span.len()]
        }
    }

    /// The series along the days: one or two.
    pub(crate) fn charted(&self, at: Basis<'_>) -> Vec<Series> {
        std::iter::once(self.series(at))
            .chain(self.second)
            .collect()
    }

    /// The series that the cursor stands on: where its rows do not have the chosen one, its first row.
    /// `rows` are [`Self::rows`], which only a view with rows of its own needs.
    pub(crate) fn focus<R: Deref<Target = Vec<Series>>>(
        &self,
        rows: impl FnOnce() -> R,
        at: Basis<'_>,
    ) -> Series {
        let series = self.series(at);
        if self.view.facts().rows != Rows::Symptoms {
            return series;
        }
        let rows = rows();
        let here = rows.contains(&series).then_some(series);
        here.or_else(|| rows.first().copied()).unwrap_or(series)
    }

    /// The same wherever the cursor stands, so that what is equal here looks at the same.
    #[must_use]
    pub(crate) fn without_cursor(&self) -> Self {
        Self {
            day: None,
            hours: hours::Place {
                unit: None,
                ..self.hours
            },
            ..self.clone()
        }
    }

    /// The series that the cursor goes through: the rows of a grid or table, favourites first elsewhere.
    pub(crate) fn rows(&self, at: Basis<'_>) -> Vec<Series> {
        self.rows_by(self.ranking_week(at), at)
    }

    /// The same with this week to rank them.
    pub(crate) fn rows_by(&self, week: Span, at: Basis<'_>) -> Vec<Series> {
        if self.view.is_chart() {
            return favourites_first(at.journal);
        }
        let offered = self.view.offered(at.journal);
        ranked(at.journal, &offered, week, at.today, self.order)
    }

    /// The rows with both of their weeks.
    pub(crate) fn table(&self, at: Basis<'_>) -> Vec<Row> {
        self.table_of(self.days(at), at)
    }

    /// The same of this week.
    pub(crate) fn table_of(&self, week: Span, at: Basis<'_>) -> Vec<Row> {
        let offered = self.view.offered(at.journal);
        table(at.journal, &offered, week, at.today, self.order)
    }

    /// The week that ranks the rows. A view of a week ranks by the week that it shows.
    pub(crate) fn ranking_week(&self, at: Basis<'_>) -> Span {
        let by = match self.period() {
            Period::Calendar(_) => None,
            _ => self.ranked_by,
        };
        week_of(by.unwrap_or_else(|| self.cursor(at)), at.manner)
    }

    /// The product of the staircase.
    pub(crate) fn product(&self, at: Basis<'_>) -> Option<Product> {
        let all = products(at.journal, at.today);
        let chosen = all.iter().find(|product| Some(product.key) == self.product);
        chosen.or(all.first()).cloned()
    }
}
