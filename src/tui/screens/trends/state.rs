//! Where the person is in Trends: view, series, cursor, attempt, zoom; and which days that brings into sight.
//!
//! Invariant: what is in sight is a pure function of the cursor, so walking there and jumping there look the same.

use crate::domain::dose::product::ProductKey;
use crate::domain::series::Series;
use crate::domain::taper::staircase::products;
use crate::domain::time::span::Span;
use crate::domain::trends;
use crate::domain::trends::week_table::{Order, ranked};
use crate::domain::trends::{Course, Origin, View, month_of, week_of};
use crate::tui::effect::{Effect, Slot};
use crate::tui::shared::Shared;
use chrono::{Datelike, NaiveDate, TimeDelta};

/// Whether the other attempts are laid under this one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum Others {
    /// They are.
    #[default]
    Laid,
    /// They are not.
    Hidden,
}

/// What the eye needs: view, series, cursor, attempt, zoom, order.
#[derive(Debug, Default)]
pub struct Trends {
    pub(super) view: View,
    /// Severity when it was not chosen.
    series: Option<Series>,
    /// The second series of a chart.
    pub(super) second: Option<Series>,
    /// The day of the cursor; today when it was not moved.
    pub(super) cursor: Option<NaiveDate>,
    pub(super) origin: Origin,
    /// The attempt of the timeline, by number; the latest when it was not chosen.
    attempt: Option<usize>,
    pub(super) others: Others,
    /// Days in sight of a long view; all of them when it was not zoomed.
    window: Option<i64>,
    pub(super) order: Order,
    /// The product of the staircase; the one with the active plan, else the most used, when it was not chosen.
    pub(super) product: Option<ProductKey>,
    /// How often the person read on in the panel beside the view.
    pub(super) read_on: usize,
    /// The day whose week ranks the rows: that of the cursor when the order was chosen, so that walking does not shuffle.
    ranked_by: Option<NaiveDate>,
}

/// The zoom of the long views, in days, the narrowest first. Whole weeks, so that a step keeps the weekday.
const WINDOWS: [i64; 6] = [14, 28, 91, 182, 364, 728];
/// Days by which the grid is paged.
const GRID_DAYS: i64 = 28;
/// A timeline shows at least so many days when an earlier attempt has them.
const LEAST_AHEAD: i64 = 28;

/// `by` days on, or back; stays where the calendar ends.
pub(super) fn moved(day: NaiveDate, by: i64) -> NaiveDate {
    TimeDelta::try_days(by)
        .and_then(|by| day.checked_add_signed(by))
        .unwrap_or(day)
}

fn days(span: Span) -> i64 {
    (span.to - span.from).num_days() + 1
}

/// The series in the order in which ↑ ↓ and the picker go through them: favourites first.
pub(super) fn in_order(shared: &Shared) -> Vec<Series> {
    let offered = Series::offered(&shared.journal);
    let is_favourite = |series: &Series| shared.is_favourite(*series);
    let favourites = offered.iter().copied().filter(is_favourite);
    let others = offered
        .iter()
        .copied()
        .filter(|series| !is_favourite(series));
    favourites.chain(others).collect()
}

impl Trends {
    /// The series in sight.
    pub(super) fn series(&self) -> Series {
        self.series.unwrap_or(Series::Severity)
    }

    /// The series that the cursor stands on: in the grid, which has symptoms alone, its first row where another was chosen.
    pub(super) fn focus(&self, shared: &Shared) -> Series {
        let series = self.series();
        if self.view != View::Grid {
            return series;
        }
        let rows = self.rows(shared);
        let here = rows.contains(&series).then_some(series);
        here.or_else(|| rows.first().copied()).unwrap_or(series)
    }

    /// Puts `series` into sight; no second one is the same as none.
    pub(crate) fn show(&mut self, series: Option<Series>, slot: Slot) {
        match slot {
            Slot::First => self.series = series,
            Slot::Second => self.second = series,
        }
        if self.second == Some(self.series()) {
            self.second = None;
        }
        if !self.view.is_chart() {
            self.view = View::Week;
        }
    }

    /// To the row `by` places on: of the grid and the table as they stand, of the picker's order elsewhere.
    pub(super) fn change_series(&mut self, by: isize, shared: &Shared) {
        let rows = self.rows(shared);
        let is_cyclic = self.view.is_chart();
        let now = self.row(&rows);
        // One that is offered no more gives way to the first.
        let next = match now {
            None if is_cyclic => 0,
            Some(at) if is_cyclic => {
                (at + rows.len()).saturating_add_signed(by) % rows.len().max(1)
            }
            now => now
                .unwrap_or(0)
                .saturating_add_signed(by)
                .min(rows.len().saturating_sub(1)),
        };
        self.series = rows.get(next).copied().or(self.series);
        if self.second == Some(self.series()) {
            self.second = None;
        }
    }

    /// The rows of this view.
    pub(super) fn rows(&self, shared: &Shared) -> Vec<Series> {
        let journal = &shared.journal;
        let is_symptom = |series: &Series| matches!(series, Series::Symptom(_));
        match self.view {
            View::Grid => {
                let symptoms: Vec<_> = Series::offered(journal)
                    .into_iter()
                    .filter(is_symptom)
                    .collect();
                ranked(
                    journal,
                    &symptoms,
                    self.ranking_week(shared),
                    shared.today(),
                    self.order,
                )
            }
            View::Table => {
                let offered = Series::offered(journal);
                ranked(
                    journal,
                    &offered,
                    self.ranking_week(shared),
                    shared.today(),
                    self.order,
                )
            }
            View::Week | View::Month | View::All | View::Timeline => in_order(shared),
        }
    }

    /// The place of the series in sight among `rows`.
    pub(super) fn row(&self, rows: &[Series]) -> Option<usize> {
        rows.iter().position(|series| *series == self.series())
    }

    /// The week that ranks the rows. The table ranks by the week that it shows.
    pub(super) fn ranking_week(&self, shared: &Shared) -> Span {
        let by = match self.view {
            View::Table => None,
            _ => self.ranked_by,
        };
        week_of(by.unwrap_or_else(|| self.cursor(shared)), shared.manner())
    }

    /// The next product of the staircase.
    pub(super) fn change_product(&mut self, shared: &Shared) -> Vec<Effect> {
        let all = products(&shared.journal, shared.today());
        let now = all
            .iter()
            .position(|product| Some(product.key) == self.product);
        let next = all.get((now.unwrap_or(0) + 1) % all.len().max(1));
        match next {
            None => say("No plan and no doses to show yet; d logs a dose."),
            Some(next) if all.len() == 1 => say(&format!("{} is the only product.", next.name)),
            Some(next) => {
                self.product = Some(next.key);
                if !self.view.is_chart() {
                    self.change_view(View::Week);
                }
                say(&format!("Under the chart: {}.", next.name))
            }
        }
    }

    /// The next order.
    pub(super) fn reorder(&mut self, shared: &Shared) {
        self.order = self.order.next();
        self.ranked_by = Some(self.cursor(shared));
    }

    /// The day that the cursor stands on.
    pub(super) fn cursor(&self, shared: &Shared) -> NaiveDate {
        let span = self.bounds(shared);
        self.cursor
            .unwrap_or(shared.today())
            .clamp(span.from, span.to.max(span.from))
    }

    /// The attempt of the timeline, counted from where the person wants.
    pub(super) fn course<'a>(&self, shared: &'a Shared) -> Option<Course<'a>> {
        let attempts = &shared.journal.attempts;
        let chosen = self.attempt.and_then(|number| attempts.by_number(number));
        let numbered = chosen.or_else(|| trends::latest(attempts, shared.today()))?;
        Course::of(numbered, self.origin, &shared.journal, shared.today())
    }

    /// The attempts that are laid under this one; none beside a second series, which needs the room.
    pub(super) fn others<'a>(&self, course: &Course<'_>, shared: &'a Shared) -> Vec<Course<'a>> {
        if self.others == Others::Hidden || self.second.is_some() {
            return Vec::new();
        }
        course.others(&shared.journal, shared.today())
    }

    /// The days in sight.
    pub(super) fn span(&self, shared: &Shared) -> Span {
        let cursor = self.cursor(shared);
        match self.view {
            View::Week | View::Table => week_of(cursor, shared.manner()),
            View::Month => month_of(cursor),
            View::Timeline | View::All | View::Grid => self.page(cursor, self.bounds(shared)),
        }
    }

    /// The four weeks of the grid that hold the cursor: what is copied, whatever the width of the screen.
    pub(super) fn grid_span(&self, shared: &Shared) -> Span {
        let bounds = self.bounds(shared);
        let to = Self::page_end(self.cursor(shared), bounds, GRID_DAYS);
        let from = moved(to, 1 - GRID_DAYS).max(bounds.from);
        Span { from, to }
    }

    /// The page of `bounds` that holds `cursor`: pages are as long as the zoom and end with the last day, so that the newest
    /// one is full.
    fn page(&self, cursor: NaiveDate, bounds: Span) -> Span {
        let Some(len) = self.window.filter(|len| *len < days(bounds)) else {
            return bounds;
        };
        let to = Self::page_end(cursor, bounds, len);
        let from = moved(to, 1 - len).max(bounds.from);
        Span {
            from,
            to: moved(from, len - 1),
        }
    }

    /// The last day of the page of `len` days that holds `cursor`.
    fn page_end(cursor: NaiveDate, bounds: Span, len: i64) -> NaiveDate {
        let back = (bounds.to - cursor).num_days().max(0) / len * len;
        moved(bounds.to, -back)
    }

    /// The days that the cursor can reach in this view.
    pub(super) fn bounds(&self, shared: &Shared) -> Span {
        let today = shared.today();
        let first = shared.journal.first_entry().unwrap_or(today).min(today);
        let course = (self.view == View::Timeline)
            .then(|| self.course(shared))
            .flatten();
        match (self.view, course) {
            (View::Timeline, Some(course)) => self.timeline(&course, shared),
            (View::All | View::Grid, _) => Span {
                from: first,
                to: today,
            },
            (View::Month, _) => Span {
                from: month_of(first).from,
                to: month_of(today).to,
            },
            // Week by week one can look as far back as there are entries, and this week to its end.
            _ => Span {
                from: week_of(first, shared.manner()).from,
                to: week_of(today, shared.manner()).to,
            },
        }
    }

    /// The attempt's days, and as much of what came next in the longest other one as leaves this one half of the width.
    fn timeline(&self, course: &Course<'_>, shared: &Shared) -> Span {
        let own = course.span;
        let others = self.others(course, shared);
        let ahead = others.iter().map(|other| other.number(other.span.to)).max();
        let limit = moved(own.from, days(own).saturating_mul(2).max(LEAST_AHEAD) - 1);
        let ahead = ahead.map_or(own.to, |number| moved(course.zero, number).min(limit));
        Span {
            from: own.from,
            // A week stands from the first day on, so that the first days are not drawn a screen wide each.
            to: own.to.max(moved(own.from, 7)).max(ahead),
        }
    }

    pub(super) fn move_cursor(&mut self, by: i64, shared: &Shared) {
        let bounds = self.bounds(shared);
        let day = moved(self.cursor(shared), by);
        self.cursor = Some(day.clamp(bounds.from, bounds.to.max(bounds.from)));
    }

    /// A period back (-1) or on (1); the cursor keeps its weekday.
    pub(super) fn turn_page(&mut self, way: i64, shared: &Shared) {
        let by = match (self.view, self.window) {
            (View::Month, _) => {
                let cursor = self.cursor(shared);
                let four_weeks = moved(cursor, 28 * way);
                if four_weeks.month() == cursor.month() {
                    35
                } else {
                    28
                }
            }
            (View::All | View::Timeline, Some(days)) => days,
            (View::All | View::Timeline, None) => (days(self.span(shared)) / 8 / 7 * 7).max(7),
            (View::Grid, _) => GRID_DAYS,
            (View::Week | View::Table, _) => 7,
        };
        self.move_cursor(way * by, shared);
    }

    /// Fewer days (-1) or more (1). Week, month and all are one ladder; a timeline has its own.
    pub(super) fn zoom(&mut self, way: isize, shared: &Shared) -> Vec<Effect> {
        let whole = days(self.bounds(shared));
        let at = self.window.filter(|len| *len < whole);
        let narrower = WINDOWS.iter().rev().find(|len| **len < at.unwrap_or(whole));
        let wider = at.and_then(|at| WINDOWS.iter().find(|len| **len > at && **len < whole));
        match (self.view, way < 0) {
            (View::Week, false) => self.view = View::Month,
            (View::Month, true) => self.view = View::Week,
            (View::Month, false) => {
                self.view = View::All;
                self.window = Some(91);
            }
            (View::All, true) if at.unwrap_or(whole) <= 91 => self.view = View::Month,
            (View::All | View::Timeline, true) if narrower.is_some() => {
                self.window = narrower.copied();
            }
            (View::All | View::Timeline, false) if at.is_some() => self.window = wider.copied(),
            (View::Grid | View::Table, _) => {
                return say("The grid shows as many days as fit; zoom is for the charts.");
            }
            (_, true) => return say("Nearer than this there is nothing more to see."),
            (_, false) => return say("All days are in sight."),
        }
        Vec::new()
    }

    /// All days of the view, without zoom.
    pub(super) const fn zoom_out(&mut self) {
        self.window = None;
    }

    /// Whether the long view shows a part of its days.
    pub(super) fn is_zoomed(&self, shared: &Shared) -> bool {
        matches!(self.view, View::All | View::Timeline)
            && self
                .window
                .is_some_and(|len| len < days(self.bounds(shared)))
    }

    pub(super) fn change_view(&mut self, view: View) {
        self.view = view;
        self.window = None;
    }

    pub(super) fn change_attempt(&mut self, by: isize, shared: &Shared) -> Vec<Effect> {
        let last = shared.journal.attempts.iter().count();
        let Some(now) = self.course(shared) else {
            return say("No attempt yet: `start` in the palette (:) begins one.");
        };
        self.view = View::Timeline;
        let number = now.numbered.number;
        let next = number.saturating_add_signed(by).clamp(1, last.max(1));
        if next == number {
            return say(&format!(
                "Attempt {number} is the {} one.",
                if by < 0 { "first" } else { "last" }
            ));
        }
        self.attempt = Some(next);
        self.cursor = None;
        Vec::new()
    }

    /// Puts the cursor on `day`, in a view that holds it.
    pub(crate) fn stand_on(&mut self, day: NaiveDate, shared: &Shared) {
        if self.view == View::Timeline {
            let on = shared.journal.attempts.on(day).map(|on| on.number);
            self.attempt = on.or(self.attempt);
            let bounds = self.bounds(shared);
            if day < bounds.from || day > bounds.to {
                self.change_view(View::Week);
            }
        }
        self.cursor = Some(day);
    }
}

fn say(text: &str) -> Vec<Effect> {
    vec![Effect::Say(text.to_owned())]
}
