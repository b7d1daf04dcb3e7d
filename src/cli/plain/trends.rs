//! Trends as sentences: the dots, the line and the comparison of one series.
//!
//! Invariant: a day without a value is said as having none, never as 0, and nothing is compared across a day 0.

use super::session::Session;
use super::talk::Step;
use super::today::compared;
use crate::cli::trend::spoken;
use crate::domain::journal::Journal;
use crate::domain::period::{View, month_of, week_of};
use crate::domain::series::Series;
use crate::domain::stats::{Span, TREND_DAYS, compare, day_values, mean, trend_line};
use crate::domain::table::Order;
use crate::domain::words;
use chrono::{Datelike, NaiveDate};

/// Fewer days with a value than this say nothing about a course.
const ENOUGH: usize = 3;

/// A stretch of the timeline with its mean is one sentence.
const STRETCH: u64 = 7;

/// What the timeline is counted from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum CountedFrom {
    DayZero,
    Beginning,
}

impl Session<'_> {
    pub(super) fn trends(&mut self) -> Step<()> {
        if self.journal.first_day.is_none() {
            return self.say(
                "Trends need 3 days with check-ins; there are none yet. check-in (c) writes one.",
            );
        }
        let (mut view, mut series, mut back, mut from) =
            (View::Week, Series::Severity, 0_u64, CountedFrom::DayZero);
        let mut order = Order::Group;
        let mut is_said = !self.talk.has_rest();
        if is_said {
            self.say_view(view, series, back, (from, order))?;
        }
        loop {
            let word = self.ask(CHOICES)?;
            match word.as_str() {
                "week" | "w" => (view, back) = (View::Week, 0),
                "timeline" | "t" => view = View::Timeline,
                "all" | "a" => view = View::All,
                "month" | "m" => (view, back) = (View::Month, 0),
                "grid" | "g" => (view, back) = (View::Grid, 0),
                "table" => (view, back) = (View::Table, 0),
                "earlier" | "[" => {
                    (view, back) = (paged(view), back.saturating_add(1).min(5_000));
                }
                "later" | "]" => (view, back) = (paged(view), back.saturating_sub(1)),
                "order" | "o" => {
                    order = order.next();
                    if view.is_chart() {
                        view = View::Table;
                    }
                }
                "origin" => {
                    from = if from == CountedFrom::DayZero {
                        CountedFrom::Beginning
                    } else {
                        CountedFrom::DayZero
                    };
                    view = View::Timeline;
                }
                "series" | "s" => match self.ask_series()? {
                    Some(chosen) => series = chosen,
                    None => continue,
                },
                "" | "done" | "skip" if is_said => return Ok(()),
                "" | "done" | "skip" => return self.say_view(view, series, back, (from, order)),
                other => {
                    // A series by its name, on one line with what follows: `trends week nausea`.
                    let Some(chosen) = Series::find(other, &self.journal.symptoms) else {
                        self.not_an_answer(
                            other,
                            "week, month, all, timeline, grid, table, series, order, earlier, later, origin or done",
                        )?;
                        continue;
                    };
                    series = chosen;
                }
            }
            is_said = !self.talk.has_rest();
            if is_said {
                self.say_view(view, series, back, (from, order))?;
            }
        }
    }

    fn ask_series(&mut self) -> Step<Option<Series>> {
        loop {
            let text = self.ask_text(
                "Which series? Severity, Body, Mind, Overall or a symptom; list names all.",
            )?;
            if text.is_empty() {
                return Ok(None);
            }
            if text == "list" {
                let names: Vec<String> = Series::all(&self.journal.symptoms)
                    .into_iter()
                    .map(|series| series.name(&self.journal.symptoms))
                    .collect();
                self.say(&format!("{}.", names.join(", ")))?;
                continue;
            }
            match Series::find(&text, &self.journal.symptoms) {
                Some(series) => return Ok(Some(series)),
                None => self.say(&format!("There is no series called \"{text}\"."))?,
            }
        }
    }

    fn say_view(
        &mut self,
        view: View,
        series: Series,
        back: u64,
        (from, order): (CountedFrom, Order),
    ) -> Step<()> {
        let today = self.today();
        let lines = match view {
            View::Week => week(&self.journal, series, today, back),
            View::Timeline => timeline(&self.journal, series, today, from),
            View::All => all(&self.journal, series, today),
            View::Month | View::Grid | View::Table => {
                let to = ends(view, today, back);
                let text = spoken(&self.journal, view, series, (to, today), order);
                let mut lines: Vec<String> = text.lines().map(str::to_owned).collect();
                if view != View::Month {
                    lines.push(format!("In this order: {}.", order.label()));
                }
                lines
            }
        };
        lines.iter().try_for_each(|line| self.say(line))
    }
}

/// What can be asked for.
const CHOICES: &str = "week, month, all, timeline, grid, table, series, order, earlier ([), later (]), origin, or done?";

/// The view that earlier and later page through: a timeline and everything give way to the week.
const fn paged(view: View) -> View {
    match view {
        View::Timeline | View::All => View::Week,
        view => view,
    }
}

/// The last day of the month, the week or the four weeks that lie `back` of them before today's.
fn ends(view: View, today: NaiveDate, back: u64) -> NaiveDate {
    let day = match view {
        View::Month => {
            let months = chrono::Months::new(u32::try_from(back).unwrap_or(0));
            today.checked_sub_months(months).map(|day| month_of(day).to)
        }
        View::Grid => today.checked_sub_days(chrono::Days::new(back.saturating_mul(28))),
        _ => today
            .checked_sub_days(chrono::Days::new(back.saturating_mul(7)))
            .map(|day| week_of(day).to),
    };
    day.map_or(today, |day| day.min(today))
}

/// "0 to 100", and which way is more.
fn scale(series: Series) -> String {
    format!("0 to {}, more is harder", series.top())
}

/// Seven days, Monday to Sunday, beside the week before.
fn week(journal: &Journal, series: Series, today: NaiveDate, back: u64) -> Vec<String> {
    let into = u64::from(today.weekday().num_days_from_monday());
    let monday = Span::ending(today, into + 1).from;
    let first = Span {
        from: monday,
        to: monday,
    }
    .earlier(back.saturating_mul(7))
    .from;
    let now = Span {
        from: first,
        to: first
            .checked_add_days(chrono::Days::new(6))
            .unwrap_or(first),
    };
    let name = series.name(&journal.symptoms);
    let mut lines = vec![format!(
        "{name}, week of {}, {}.",
        words::day(first),
        scale(series)
    )];
    let so_far = Span {
        to: now.to.min(today),
        ..now
    };
    let line = trend_line(journal, series, so_far);
    for (day, line) in so_far.days().zip(line) {
        lines.push(day_sentence(journal, series, day, line));
    }
    lines.extend(lowest_and_highest(journal, series, so_far));
    let brief = journal
        .between(now.from, now.to)
        .filter(|day| series.hollow(day).is_some())
        .count();
    if brief > 0 {
        lines.push(format!(
            "{} with overall only.",
            words::count(brief, "day", "days")
        ));
    }
    lines.push(compared(
        journal,
        series,
        &compare(journal, series, now.earlier(7), now),
        "than the week before",
    ));
    if brief > 0 && series != Series::Overall {
        let overall = Series::Overall;
        lines.push(compared(
            journal,
            overall,
            &compare(journal, overall, now.earlier(7), now),
            "than the week before",
        ));
    }
    lines
}

/// "Mon 16 Nov: 43 (18 of 18), trend line 40." A day without a value says so.
fn day_sentence(journal: &Journal, series: Series, date: NaiveDate, line: Option<f64>) -> String {
    let head = words::short_day(date);
    let zero = if journal.attempts.days_zero().contains(&date) {
        ", day 0"
    } else {
        ""
    };
    let Some(day) = journal.day(date) else {
        return format!("{head}{zero}: no check-in");
    };
    match series.of_day(day) {
        Some(value) => {
            let n = if series == Series::Severity {
                format!(" ({} of 18)", day.core_answered(&journal.symptoms))
            } else {
                String::new()
            };
            let line = line.map_or_else(String::new, |line| {
                format!(", trend line {}", series.shown(line))
            });
            format!("{head}{zero}: {}{n}{line}", series.shown(value))
        }
        None if series.hollow(day).is_some() => {
            let overall = Series::Overall
                .of_day(day)
                .map_or_else(String::new, |n| Series::Overall.shown(n).to_string());
            format!("{head}{zero}: no value, overall {overall}")
        }
        None => format!("{head}{zero}: no value"),
    }
}

fn lowest_and_highest(journal: &Journal, series: Series, span: Span) -> Option<String> {
    let values = day_values(journal, series, span);
    let days: Vec<(NaiveDate, f64)> = span
        .days()
        .zip(values)
        .filter_map(|(day, value)| Some((day, value?)))
        .collect();
    if days.len() < ENOUGH {
        return Some(format!(
            "{} with a value; a course needs {ENOUGH}.",
            words::count(days.len(), "day", "days")
        ));
    }
    let low = days.iter().min_by(|a, b| a.1.total_cmp(&b.1))?;
    let high = days.iter().max_by(|a, b| a.1.total_cmp(&b.1))?;
    let said = |(day, value): &(NaiveDate, f64)| {
        format!("{} on {}", series.shown(*value), words::short_day(*day))
    };
    if series.shown(low.1) == series.shown(high.1) {
        return Some(format!("The same on all {} days.", days.len()));
    }
    Some(format!("Lowest {}, highest {}.", said(low), said(high)))
}

/// The open (or latest) attempt, counted from day 0 or from its beginning, in stretches of a week.
fn timeline(journal: &Journal, series: Series, today: NaiveDate, from: CountedFrom) -> Vec<String> {
    let Some(latest) = journal
        .attempts
        .open(today)
        .or_else(|| journal.attempts.iter().next_back())
    else {
        return vec!["The timeline needs an attempt: start begins one.".to_owned()];
    };
    let attempt = latest.attempt;
    let origin = match (from, attempt.day_zero) {
        (CountedFrom::DayZero, Some(zero)) => zero,
        (CountedFrom::DayZero, None) => {
            return vec![
                "Day 0 is not set: attempts sets it; origin counts from the beginning.".to_owned(),
            ];
        }
        (CountedFrom::Beginning, _) => attempt.began,
    };
    let what = if from == CountedFrom::DayZero {
        "day 0"
    } else {
        "the attempt's beginning"
    };
    let span = Span {
        from: attempt.began.min(origin),
        to: latest.last_day.unwrap_or(today).min(today),
    };
    let name = series.name(&journal.symptoms);
    let mut lines = vec![format!(
        "{name} in attempt {}, counted from {what}, {}; {}.",
        latest.number,
        words::day(origin),
        scale(series)
    )];
    let before = Span {
        from: span.from,
        to: origin.pred_opt().unwrap_or(origin),
    };
    if !before.is_empty() && before.from < origin {
        lines.push(stretch(journal, series, before, &format!("Before {what}")));
    }
    lines.extend(stretches(
        journal,
        series,
        Span {
            from: origin,
            to: span.to,
        },
        origin,
    ));
    lines.extend(lowest_and_highest(journal, series, span));
    lines
}

/// Every day there is, month by month.
fn all(journal: &Journal, series: Series, today: NaiveDate) -> Vec<String> {
    let Some(first) = journal.first_day else {
        return Vec::new();
    };
    let last = journal.last_day().unwrap_or(today).max(first);
    let span = Span {
        from: first,
        to: last,
    };
    let name = series.name(&journal.symptoms);
    let mut lines = vec![format!(
        "{name}, {} to {}, {}.",
        words::day(first),
        words::day(last),
        scale(series)
    )];
    let mut from = first;
    loop {
        let month = (from.year(), from.month());
        let days = Span { from, to: last };
        let to = days
            .days()
            .take_while(|day| (day.year(), day.month()) == month)
            .last()
            .unwrap_or(from);
        lines.push(stretch(
            journal,
            series,
            Span { from, to },
            &from.format("%b %Y").to_string(),
        ));
        match to.succ_opt() {
            Some(next) if next <= last => from = next,
            _ => break,
        }
    }
    let zeros = journal.attempts.days_zero();
    lines.extend(
        zeros
            .into_iter()
            .map(|zero| format!("Day 0: {}.", words::day(zero))),
    );
    lines.extend(lowest_and_highest(journal, series, span));
    lines
}

fn stretches(journal: &Journal, series: Series, span: Span, origin: NaiveDate) -> Vec<String> {
    let mut lines = Vec::new();
    let mut from = span.from;
    while from <= span.to {
        let next = from.checked_add_days(chrono::Days::new(STRETCH));
        let to = next
            .and_then(|next| next.pred_opt())
            .unwrap_or(span.to)
            .min(span.to);
        let (a, b) = ((from - origin).num_days(), (to - origin).num_days());
        let head = if a == b {
            format!("Day {a}")
        } else {
            format!("Days {a} to {b}")
        };
        lines.push(stretch(journal, series, Span { from, to }, &head));
        match next {
            Some(next) => from = next,
            None => break,
        }
    }
    lines
}

/// "Days 0 to 6: mean 43, 7 of 7 days."
fn stretch(journal: &Journal, series: Series, span: Span, head: &str) -> String {
    let mean = mean(journal, series, span);
    match mean.value {
        Some(value) => format!("{head}: mean {value}, {} of {} days", mean.n, mean.of),
        None => format!("{head}: no value, 0 of {} days", mean.of),
    }
}

const _: () = assert!(TREND_DAYS == STRETCH);
