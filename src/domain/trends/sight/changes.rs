//! What changes a sight: another view, series, attempt or day.

use super::{Basis, Others, QUARTER, Sight, ZOOMS, len, moved};
use crate::domain::series::Series;
use crate::domain::taper::staircase::products;
use crate::domain::text::words;
use crate::domain::trends::view::{Period, Rows, View};
use crate::domain::trends::week_table::Order;
use chrono::NaiveDate;

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
