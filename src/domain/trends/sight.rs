//! What is looked at in Trends: view, series, cursor, attempt, zoom, order; and which days that brings into sight.
//!
//! The full screen, plain mode and `ebb trend` all look through a [`Sight`].
//!
//! Invariant: what is in sight is a pure function of the cursor, so walking there and jumping there look the same.

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
use crate::domain::text::words;
use crate::domain::time::display::Manner;
use crate::domain::time::span::Span;
use chrono::{NaiveDate, TimeDelta};

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
    pub(crate) fn focus(&self, at: Basis<'_>) -> Series {
        let series = self.series(at);
        let rows = match self.view.facts().rows {
            Rows::Chart | Rows::All => return series,
            Rows::Symptoms => self.rows(at),
        };
        let here = rows.contains(&series).then_some(series);
        here.or_else(|| rows.first().copied()).unwrap_or(series)
    }

    /// The series that the cursor goes through: the rows of a grid or table, favourites first elsewhere.
    pub(crate) fn rows(&self, at: Basis<'_>) -> Vec<Series> {
        if self.view.is_chart() {
            return favourites_first(at.journal);
        }
        let offered = self.view.offered(at.journal);
        let week = self.ranking_week(at);
        ranked(at.journal, &offered, week, at.today, self.order)
    }

    /// The rows with both of their weeks.
    pub(crate) fn table(&self, at: Basis<'_>) -> Vec<Row> {
        let offered = self.view.offered(at.journal);
        table(at.journal, &offered, self.days(at), at.today, self.order)
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

// What changes it.
impl Sight {
    /// Another view, with all of its days.
    pub(crate) fn change_view(&mut self, view: View) {
        self.view = view;
        self.zoom = None;
    }

    /// All days of the view.
    pub(crate) fn zoom_out(&mut self) {
        self.zoom = None;
    }

    /// Shows the chart of `series`; of none, that of the one that stands first.
    pub(crate) fn choose(&mut self, series: Option<Series>) {
        self.chosen = series;
        self.second = self.second.filter(|second| Some(*second) != series);
        self.leave_rows();
    }

    /// Shows a chart with a second series; the first one again is the same as none.
    pub(crate) fn choose_second(&mut self, series: Option<Series>, at: Basis<'_>) {
        let first = self.series(at);
        self.second = series.filter(|second| *second != first);
        self.leave_rows();
    }

    /// Puts the focus on a row of the view in sight.
    pub(crate) fn focus_on(&mut self, series: Series) {
        self.chosen = Some(series);
    }

    fn leave_rows(&mut self) {
        if !self.view.is_chart() {
            self.view = View::default();
        }
    }

    /// To the row `by` places on: around the end of a chart's series, up to the end of rows that stand in sight.
    pub(crate) fn change_series(&mut self, by: isize, at: Basis<'_>) {
        let rows = self.rows(at);
        let series = self.series(at);
        let now = rows.iter().position(|row| *row == series);
        let next = match now {
            // One that is offered no more gives way to the first.
            None if self.view.is_chart() => 0,
            Some(now) if self.view.is_chart() => {
                (now + rows.len()).saturating_add_signed(by) % rows.len().max(1)
            }
            now => now
                .unwrap_or(0)
                .saturating_add_signed(by)
                .min(rows.len().saturating_sub(1)),
        };
        let next = rows.get(next).copied().unwrap_or(series);
        self.chosen = Some(next);
        self.second = self.second.filter(|second| *second != next);
    }

    /// The next order of rows.
    pub(crate) fn reorder(&mut self, at: Basis<'_>) {
        self.order = self.order.next();
        self.ranked_by = Some(self.cursor(at));
    }

    /// Orders the rows by the values of the days in sight, the highest first; a chart has no rows, so the table shows them.
    pub(crate) fn put_worst_first(&mut self, at: Basis<'_>) {
        // The sheet has rows of its own, and the same key brings back their order.
        if self.view == View::Week && self.order == Order::Worst {
            self.order = Order::Group;
            return;
        }
        if self.view.is_chart() && self.view != View::Week {
            self.change_view(View::Table);
        }
        self.order = Order::Worst;
        self.ranked_by = Some(self.cursor(at));
    }

    /// With the other attempts, or without.
    pub(crate) fn switch_others(&mut self) {
        self.others = match self.others {
            Others::Beside => Others::Hidden,
            Others::Hidden => Others::Beside,
        };
    }

    /// Goes to the next product of the staircase; returns the sentence about it.
    pub(crate) fn change_product(&mut self, at: Basis<'_>) -> String {
        let all = products(at.journal, at.today);
        let now = all
            .iter()
            .position(|product| Some(product.key) == self.product);
        match all.get((now.unwrap_or(0) + 1) % all.len().max(1)) {
            None => "No plan and no doses to show yet; d logs a dose.".to_owned(),
            Some(next) if all.len() == 1 => format!("{} is the only product.", next.name),
            Some(next) => {
                self.product = Some(next.key);
                if !self.view.is_chart() {
                    self.change_view(View::default());
                }
                format!("Under the chart: {}.", next.name)
            }
        }
    }

    /// So many days on, or back, as far as the view reaches.
    pub(crate) fn move_cursor(&mut self, by: i64, at: Basis<'_>) {
        self.day = Some(self.within_bounds(moved(self.cursor(at), by), at));
    }

    /// A period back (-1) or on (1); the cursor keeps its weekday.
    pub(crate) fn turn_page(&mut self, way: i64, at: Basis<'_>) {
        self.day = Some(self.within_bounds(self.turned(self.cursor(at), way, at), at));
    }

    /// The day a period before `day` (-1) or after it (1), in whole weeks.
    fn turned(&self, day: NaiveDate, way: i64, at: Basis<'_>) -> NaiveDate {
        let by = match self.period() {
            Period::Calendar(around) => {
                let period = around(day, at.manner);
                let weeks = len(period) / 7 * 7;
                // A month of 31 days can be longer than its whole weeks; one week more leaves it.
                let is_left = around(moved(day, weeks * way), at.manner) != period;
                if is_left { weeks } else { weeks + 7 }
            }
            Period::Days(days) => days,
            Period::Everything | Period::Attempt | Period::FirstDays => {
                // Whole weeks, so that the cursor keeps its weekday.
                let eighth = || (len(self.days(at)) / 8 / 7 * 7).max(7);
                self.zoom.unwrap_or_else(eighth)
            }
        };
        moved(day, by * way)
    }

    /// To the end of the period before (-1) or after (1), for a face without a cursor; says why where there is none.
    pub(crate) fn turn_period(&mut self, way: i64, at: Basis<'_>) -> Result<(), String> {
        let first = at.journal.first_entry().unwrap_or(at.today);
        let begin = |sight: &Self| match sight.period() {
            Period::Calendar(around) => around(sight.day.unwrap_or(at.today), at.manner).from,
            Period::Days(days) => moved(sight.day.unwrap_or(at.today), 1 - days),
            Period::Everything | Period::Attempt | Period::FirstDays => first,
        };
        let mut next = self.clone();
        next.view = self.paged();
        let is_first = begin(&next) <= first;
        next.day = Some(next.turned(self.day.unwrap_or(at.today), way, at));
        if way < 0 && is_first {
            let first = words::day(first);
            return Err(format!(
                "There is nothing earlier: the first day is {first}."
            ));
        }
        if way > 0 && begin(&next) > at.today {
            return Err("There is nothing later: today is in these days.".to_owned());
        }
        next.day = Some(next.period_end(at));
        *self = next;
        Ok(())
    }

    /// The view that can be paged without a cursor: a timeline and everything give way to the first one.
    pub(crate) fn paged(&self) -> View {
        match self.period() {
            Period::Everything | Period::Attempt | Period::FirstDays => View::default(),
            Period::Calendar(_) | Period::Days(_) => self.view,
        }
    }

    /// Fewer days (-1) or more (1): of a long view a shorter page, else the view beside this one. Says why where that is all.
    pub(crate) fn zoom(&mut self, way: isize, at: Basis<'_>) -> Result<(), &'static str> {
        let facts = self.view.facts();
        match facts.rows {
            Rows::Chart => {}
            Rows::Symptoms | Rows::All => {
                return Err("The grid shows as many days as fit; zoom is for the charts.");
            }
        }
        let is_long = |view: View| match view.facts().period {
            Period::Everything | Period::Attempt => true,
            Period::Calendar(_) | Period::Days(_) | Period::FirstDays => false,
        };
        let whole = len(self.bounds(at));
        let zoom = self.zoom.filter(|days| *days < whole);
        let days = zoom.unwrap_or(whole);
        if way < 0 {
            let narrower = ZOOMS.iter().rev().find(|zoom| **zoom < days);
            match (facts.nearer, narrower) {
                (Some(nearer), _) if !is_long(self.view) || days <= QUARTER => self.view = nearer,
                (_, Some(narrower)) if is_long(self.view) => self.zoom = Some(*narrower),
                _ => return Err("Nearer than this there is nothing more to see."),
            }
        } else if let Some(zoom) = zoom.filter(|_| is_long(self.view)) {
            let wider = ZOOMS.iter().find(|wider| **wider > zoom && **wider < whole);
            self.zoom = wider.copied();
        } else if let Some(further) = facts.further {
            self.view = further;
            if is_long(further) {
                self.zoom = Some(QUARTER);
            }
        } else {
            return Err("All days are in sight.");
        }
        Ok(())
    }

    /// To the timeline of the attempt before (-1) or after (1); says why where there is none.
    pub(crate) fn change_attempt(&mut self, by: isize, at: Basis<'_>) -> Result<(), String> {
        let last = at.journal.attempts.iter().count();
        let Some(now) = self.course(at) else {
            return Err("No attempt yet: `start` in the palette (:) begins one.".to_owned());
        };
        if self.view != View::Hours {
            self.view = View::Timeline;
        }
        let number = now.numbered.number;
        let next = number.saturating_add_signed(by).clamp(1, last.max(1));
        if next == number {
            let end = if by < 0 { "first" } else { "last" };
            return Err(format!("Attempt {number} is the {end} one."));
        }
        self.attempt = Some(next);
        // The cursor's day belongs to the other attempt.
        (self.day, self.hours.unit) = (None, None);
        Ok(())
    }

    /// Puts the cursor on `day`, in a view that holds it.
    pub(crate) fn stand_on(&mut self, day: NaiveDate, at: Basis<'_>) {
        if self.counts_attempt() {
            let on = at.journal.attempts.on(day).map(|on| on.number);
            self.attempt = on.or(self.attempt);
            let bounds = self.bounds(at);
            if day < bounds.from || day > bounds.to {
                self.change_view(View::default());
            }
        }
        self.day = Some(day);
    }
}
