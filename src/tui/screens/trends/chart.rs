//! The charts of Trends: one series or two along days, other attempts under this one, phases and event marks.

use crate::domain::check_in::catalogue::catalogue;
use crate::domain::journal::{Day, Journal};
use crate::domain::series::Series;
use crate::domain::series::few_days;
use crate::domain::series::stats::day_values;
use crate::domain::text::words;
use crate::domain::time::span::Span;
use crate::domain::trends::event_marks::{Event, EventKind};
use crate::domain::trends::sight::Sight;
use crate::domain::trends::{Course, Origin};
use crate::tui::readout::READING;
use crate::tui::shared::Shared;
use crate::tui::theme::Glyph;
use crate::tui::widgets::line_chart;
use crate::tui::widgets::line_chart::{
    AxisLabel, Band, Beginning, DayMark, LineChart, Look, Place, Whole,
};
use crate::tui::widgets::panel::{Borders, Panel};
use crate::tui::widgets::sections::sentences;
use crate::tui::widgets::text::width;
use chrono::{Datelike, NaiveDate, TimeDelta};
use ratatui::Frame;
use ratatui::layout::{Position, Rect};

/// Below this height the chart has no borders.
const LOW: u16 = 8;
/// In longer stretches notes would be a fence under the axis; the list has them.
const NOTES_UP_TO: usize = 92;

/// Draws the chart of the view in sight, with the marks of `events` under it, and answers where it stands.
pub(super) fn draw(
    sight: &Sight,
    events: &[Event<'_>],
    shared: &Shared,
    frame: &mut Frame,
    area: Rect,
) -> Option<Place> {
    let view = super::face(sight.view);
    let (series, span) = (sight.series(shared.basis()), sight.days(shared.basis()));
    let journal = &shared.journal;
    let name = series.titled(journal);
    let middle = shared.theme.glyph(Glyph::Middle);
    let titles =
        (view.heading)(sight, span, shared).map(|words| format!("{name} {middle} {words}"));
    if !shared.journal.covers(span.from) {
        let inner = Panel::new(&titles[1]).draw(area, frame.buffer_mut(), shared.theme);
        sentences(&[READING.to_owned()], shared.theme, frame, inner);
        return None;
    }
    let days = marks(sight, series, span, span, shared);
    let facts = facts(&days, span, shared);
    let (title, fact) = fitting(&titles, &facts, area.width);
    // Low down, borders go before the days under the axis do.
    let borders = borders(area);
    let inner =
        Panel::new(title)
            .fact(fact)
            .borders(borders)
            .draw(area, frame.buffer_mut(), shared.theme);
    let others = others(sight, span, shared);
    let count = |days: &[DayMark]| days.iter().filter(|day| has_value(day)).count();
    let seen = count(&days);
    let beside = others.iter().map(|other| count(&other.days)).sum::<usize>();
    if seen + beside == 0 {
        sentences(&needs(sight, span, shared), shared.theme, frame, inner);
        return None;
    }
    let cursor = usize::try_from((sight.cursor(shared.basis()) - span.from).num_days()).ok();
    let labels = (view.labels)(sight, span, shared);
    let strip = strip(sight, span, shared);
    let letters = letters(events, span);
    let others = as_series(&others);
    let chart = LineChart {
        name: &name,
        labels: &labels,
        cursor,
        strip: &strip,
        marks: &letters,
        others: &others,
        ..LineChart::new(series.top(journal), &days)
    };
    let place = chart.draw(inner, frame.buffer_mut(), shared.theme);
    if let (Some(place), Some(cursor)) = (place, cursor)
        && let Some(column) = place.column_of(cursor)
    {
        frame.set_cursor_position((column, place.plot.bottom().saturating_sub(1)));
    }
    place
}

const fn borders(area: Rect) -> Borders {
    if area.height < LOW {
        Borders::No
    } else {
        Borders::Yes
    }
}

fn as_series(others: &[Other]) -> Vec<line_chart::Series<'_>> {
    let series = others.iter().map(|other| line_chart::Series {
        days: &other.days,
        look: other.look,
        name: &other.name,
        top: other.top,
    });
    series.collect()
}

/// The day under `at` in a chart drawn in `area`.
pub(super) fn day_at(
    sight: &Sight,
    shared: &Shared,
    area: Rect,
    at: Position,
) -> Option<NaiveDate> {
    let (series, span) = (sight.series(shared.basis()), sight.days(shared.basis()));
    let inner = Panel::new("").borders(borders(area)).inner(area);
    let days = marks(sight, series, span, span, shared);
    let others = others(sight, span, shared);
    let others = as_series(&others);
    let journal = &shared.journal;
    let name = series.titled(journal);
    let chart = LineChart {
        name: &name,
        others: &others,
        ..LineChart::new(series.top(journal), &days)
    };
    let place = chart.place(inner).filter(|_| inner.contains(at))?;
    let day = place.day_at(at.x)?;
    span.days().nth(day)
}

fn has_value(day: &DayMark) -> bool {
    day.value.is_some() || day.hollow.is_some()
}

/// Why nothing is drawn, and what leads on.
fn needs(sight: &Sight, span: Span, shared: &Shared) -> Vec<String> {
    let (journal, series) = (&shared.journal, sight.series(shared.basis()));
    let mut lines = vec![few_days::why(journal, series, span)];
    let richer = few_days::richer_text(journal, series, span);
    lines.extend(richer.map(|text| format!("{text}: s chooses it.")));
    if sight.counts_attempt() && sight.course(shared.basis()).is_none() {
        lines.push(
            "A timeline counts the days of an attempt; `start` in the palette (:) begins one."
                .to_owned(),
        );
    }
    lines.push("c is a check-in, b one number; [ and ] turn to other days, v changes the view, s the series.".to_owned());
    lines
}

/// The longest title and fact that stand whole in a border of so many cells; what is left out is said beside the chart.
fn fitting<'a>(titles: &'a [String; 2], facts: &'a [String; 2], room: u16) -> (&'a str, &'a str) {
    // Corners, blanks and a piece of border around each.
    let around = 10;
    let pairs = [(0, 0), (0, 1), (1, 1)];
    let fits = |(title, fact): &(usize, usize)| {
        width(&titles[*title]) + width(&facts[*fact]) + around <= usize::from(room)
    };
    match pairs.into_iter().find(fits) {
        Some((title, fact)) => (&titles[title], &facts[fact]),
        None => (&titles[1], ""),
    }
}

/// "7 of 7 days" with what the hollow marks are, and without.
fn facts(days: &[DayMark], span: Span, shared: &Shared) -> [String; 2] {
    let valued = days.iter().filter(|day| day.value.is_some()).count();
    let hollow = days.iter().filter(|day| day.hollow.is_some()).count();
    // Days still to come are not missing days.
    let so_far = span.days().take_while(|day| *day <= shared.today()).count();
    let short = format!("{valued} of {}", words::count(so_far, "day", "days"));
    if hollow == 0 {
        return [short.clone(), short];
    }
    let mark = shared.theme.glyph(Glyph::Hollow);
    [format!("{short}, {mark} {hollow} with an overall"), short]
}

/// A heading in full and in fewer words, for the days in sight.
pub(super) type Heading = fn(&Sight, Span, &Shared) -> [String; 2];

fn twice(text: String) -> [String; 2] {
    [text.clone(), text]
}

/// "Mon 16 – Sun 22 Nov, days 3 to 9".
pub(super) fn of_week(_: &Sight, span: Span, shared: &Shared) -> [String; 2] {
    let on = shared.journal.attempts.on(span.to.min(shared.today()));
    let number = on.and_then(|on| {
        let (first, last) = (span.from.max(on.attempt.began), span.to);
        let counted = |day| Some(shared.manner().counted(on.attempt.day_number(day)?));
        Some((counted(first)?, counted(last)?))
    });
    let days = number.map_or_else(String::new, |(a, b)| format!(", days {a} to {b}"));
    let week = words::stretch(span, shared.today());
    [format!("{week}{days}"), week]
}

/// "November 2026".
pub(super) fn of_month(_: &Sight, span: Span, _: &Shared) -> [String; 2] {
    twice(span.from.format("%B %Y").to_string())
}

/// "all, 365 days"; of a part of them its first and last day.
pub(super) fn of_all(sight: &Sight, span: Span, shared: &Shared) -> [String; 2] {
    twice(if sight.is_zoomed(shared.basis()) {
        words::stretch(span, shared.today())
    } else {
        format!("all, {}", words::count(span.len(), "day", "days"))
    })
}

/// "attempt 2, counted from day 0".
pub(super) fn of_timeline(sight: &Sight, _: Span, shared: &Shared) -> [String; 2] {
    let Some(course) = sight.timeline(shared.basis()) else {
        return twice("no attempt yet".to_owned());
    };
    let (number, origin) = (course.numbered.number, course.origin.name());
    [
        format!("attempt {number}, counted from {origin}"),
        format!("attempt {number} from {origin}"),
    ]
}

/// One mark a day of `span`, with values of the days in `within` alone; the single check-ins where there is room for them.
fn marks(sight: &Sight, series: Series, span: Span, within: Span, shared: &Shared) -> Vec<DayMark> {
    let journal = &shared.journal;
    // Only in a week has a day's column room for its single check-ins.
    let single = span.len() <= 7;
    let values = day_values(journal, series, span);
    let middle = sight.middle_line(series, span, shared.basis());
    let mut days = journal.between(span.from, span.to).peekable();
    let mark = |(date, (value, middle)): (NaiveDate, (Option<f64>, Option<f64>))| {
        let day = days.next_if(|day| day.date == date);
        if date < within.from || date > within.to {
            return DayMark::default();
        }
        let dots = day.filter(|_| single).map(|day| {
            let values = day.check_ins.iter().filter_map(|c| series.of_check_in(c));
            values.collect()
        });
        DayMark {
            dots: dots.unwrap_or_default(),
            hollow: day.and_then(|day| series.hollow(day)),
            answered: day.map_or(Whole::Yes, |day| whole(series, day, shared)),
            beginning: beginning(date, journal),
            ..DayMark::of(value, middle)
        }
    };
    span.days()
        .zip(values.into_iter().zip(middle))
        .map(mark)
        .collect()
}

/// Whether `day` is a day 0, or the first of an attempt.
pub(super) fn beginning(day: NaiveDate, journal: &Journal) -> Beginning {
    let attempts = || journal.attempts.iter().map(|one| one.attempt);
    if attempts().any(|attempt| attempt.day_zero == Some(day)) {
        Beginning::DayZero
    } else if attempts().any(|attempt| attempt.began == day) {
        Beginning::Attempt
    } else {
        Beginning::None
    }
}

pub(crate) fn whole(series: Series, day: &Day, shared: &Shared) -> Whole {
    if series.is_in_part(day, &shared.journal.symptoms) {
        Whole::InPart
    } else {
        Whole::Yes
    }
}

/// A further series of the chart.
struct Other {
    days: Vec<DayMark>,
    look: Look,
    name: String,
    top: Option<f64>,
}

/// The second series, or the other attempts on the same day numbers.
fn others(sight: &Sight, span: Span, shared: &Shared) -> Vec<Other> {
    if let Some(second) = sight.second {
        return vec![Other {
            days: marks(sight, second, span, span, shared),
            look: Look::Second,
            top: Some(second.top(&shared.journal)),
            name: second.titled(&shared.journal),
        }];
    }
    let at = shared.basis();
    let Some(course) = sight.timeline(at) else {
        return Vec::new();
    };
    let laid = sight.others(&course, at).into_iter();
    laid.filter_map(|other| {
        let there = shifted(span, &course, &other)?;
        let days = marks(sight, sight.series(at), there, other.span, shared).into_iter();
        // Without marks of its own its line goes from day to day, so that a few days are seen too.
        let days = days.map(|day| DayMark {
            trend: day.value,
            ..day
        });
        Some(Other {
            days: days.collect(),
            look: Look::Earlier,
            // Earlier attempts share this attempt's axis; only a second series has its own.
            top: None,
            name: format!("attempt {}", other.numbered.number),
        })
    })
    .collect()
}

/// The days of `other` that have the numbers of `span` in `this`.
fn shifted(span: Span, this: &Course<'_>, other: &Course<'_>) -> Option<Span> {
    let by: TimeDelta = other.zero - this.zero;
    Some(Span {
        from: span.from.checked_add_signed(by)?,
        to: span.to.checked_add_signed(by)?,
    })
}

/// Words under the axis, those that matter most first.
pub(super) type Labels = fn(&Sight, Span, &Shared) -> Vec<AxisLabel>;

const fn label(day: usize, text: String) -> AxisLabel {
    AxisLabel { day, text }
}

/// "Mon 16" under each day.
pub(super) fn weekdays(_: &Sight, span: Span, _: &Shared) -> Vec<AxisLabel> {
    let days = span.days().enumerate();
    days.map(|(at, day)| label(at, day.format("%a %-d").to_string()))
        .collect()
}

/// "day 7", "day 14"; dates while there is no attempt.
pub(super) fn day_numbers(sight: &Sight, span: Span, shared: &Shared) -> Vec<AxisLabel> {
    let Some(course) = sight.timeline(shared.basis()) else {
        return dates(sight, span, shared);
    };
    // Whole weeks in every range, so that all labels fall on one weekday.
    let step = match span.len() {
        0..=45 => 7,
        46..=200 => 28,
        201..=800 => 91,
        _ => 364,
    };
    let name = |number: i64| match course.origin {
        Origin::DayZero => format!("day {number}"),
        Origin::Beginning => format!("{number} days in"),
        Origin::LastCut if number < 0 => format!("{} days before", -number),
        Origin::LastCut => format!("{number} days after"),
    };
    let numbers = span.days().map(|day| course.number(day)).enumerate();
    // Day 0 has its own label on its own line; counted from the beginning, that day is another one.
    let even = numbers.filter(|(_, number)| number % step == 0 && *number != 0);
    even.map(|(at, number)| label(at, name(number))).collect()
}

/// Mondays, months or years, as many as there are days.
pub(super) fn dates(_: &Sight, span: Span, _: &Shared) -> Vec<AxisLabel> {
    let days = span.days().enumerate();
    match span.len() {
        801.. => days
            .filter(|(_, day)| day.ordinal() == 1)
            .map(|(at, day)| label(at, day.year().to_string()))
            .collect(),
        46.. => {
            let firsts = days.filter(|(_, day)| day.day() == 1).enumerate();
            // The year where it begins, and at the first month in sight.
            let name = |nth: usize, day: NaiveDate| {
                let form = if nth == 0 || day.month() == 1 {
                    "%b %Y"
                } else {
                    "%b"
                };
                day.format(form).to_string()
            };
            firsts
                .map(|(nth, (at, day))| label(at, name(nth, day)))
                .collect()
        }
        _ => days
            .filter(|(_, day)| day.weekday() == chrono::Weekday::Mon)
            .map(|(at, day)| label(at, words::short_day(day)))
            .collect(),
    }
}

/// The phases of the attempt as far as they are in sight: context, never a forecast.
fn strip(sight: &Sight, span: Span, shared: &Shared) -> Vec<Band> {
    let course = sight.timeline(shared.basis());
    // Phases are reported in days since the last use; from another origin they would be wrong.
    let course = course.filter(|course| course.origin == Origin::DayZero);
    let Some(course) = course else {
        return Vec::new();
    };
    let (first, last) = (course.number(span.from), course.number(span.to));
    let place = |day: i64| usize::try_from(day - first).unwrap_or(0);
    let seen = catalogue().phases.iter().filter_map(|phase| {
        let from = phase.from_day.unwrap_or(first).max(first);
        let to = phase.to_day.unwrap_or(last).min(last);
        // Its strip is one day wide, so a single sign has to do.
        let name = if phase.id == "day_zero" {
            "0".to_owned()
        } else {
            phase.name.to_lowercase()
        };
        (from <= to).then(|| Band {
            from: place(from),
            to: place(to),
            name,
            short: phase.short(),
        })
    });
    seen.collect()
}

/// The letters of events. Day 0 has its own line through the chart.
fn letters(events: &[Event<'_>], span: Span) -> Vec<(usize, char)> {
    let notes = span.len() <= NOTES_UP_TO;
    let is_shown =
        |kind: EventKind| kind != EventKind::DayZero && (notes || kind != EventKind::Note);
    let shown = events.iter().filter(|event| is_shown(event.kind));
    let placed = shown.map(|event| {
        let at = usize::try_from((event.day - span.from).num_days()).unwrap_or(0);
        (at, event.kind.letter())
    });
    placed.collect()
}
