//! What stands in the border of a chart of Trends and under its axis: headings, facts, the names of days, phases, letters.

use crate::domain::check_in::catalogue::catalogue;
use crate::domain::series::few_days;
use crate::domain::text::words;
use crate::domain::time::span::Span;
use crate::domain::trends::Origin;
use crate::domain::trends::event_marks::EventKind;
use crate::domain::trends::marks::Mark;
use crate::domain::trends::sight::Sight;
use crate::tui::shared::Shared;
use crate::tui::theme::Glyph;
use crate::tui::widgets::chart::{AxisLabel, Band};
use crate::tui::widgets::panel::{Borders, Panel};
use crate::tui::widgets::text::width;
use chrono::{Datelike, NaiveDate};
use ratatui::layout::Rect;

/// In longer stretches notes would be a fence under the axis; the list has them.
const NOTES_UP_TO: usize = 92;

/// Below this height there are no borders.
pub(super) const LOW: u16 = 12;

/// The borders of a sheet in `area`, and what it leaves for the contents.
pub(super) fn inner_of(area: Rect) -> (Borders, Rect) {
    let borders = if area.height < LOW || area.width < 54 {
        Borders::No
    } else {
        Borders::Yes
    };
    (borders, Panel::new("").borders(borders).inner(area))
}

/// Why nothing is drawn, and what leads on.
pub(super) fn needs(sight: &Sight, span: Span, shared: &Shared) -> Vec<String> {
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

/// The longest title and fact that stand whole in `area`; what is left out is said beside the chart.
pub(super) fn fitting<'a>(
    titles: &'a [String],
    facts: &'a [String],
    borders: Borders,
    area: Rect,
) -> (&'a str, &'a str) {
    let room = area.width;
    let around = match borders {
        // Corners, blanks and a piece of border around each.
        Borders::Yes => 10,
        Borders::No => 2,
    };
    let fits = |title: &str, fact: &str| width(title) + width(fact) + around <= usize::from(room);
    let pairs = titles.iter().flat_map(|title| {
        facts
            .iter()
            .map(move |fact| (title.as_str(), fact.as_str()))
    });
    let found = pairs.into_iter().find(|(title, fact)| fits(title, fact));
    let shortest = titles.last().map_or("", String::as_str);
    found.unwrap_or((shortest, ""))
}

/// "5 of 6 days · 0 to 75 of 100", then the same in fewer words.
pub(super) fn facts(
    counted: [usize; 2],
    span: Span,
    range: Option<[String; 2]>,
    shared: &Shared,
) -> Vec<String> {
    let days = days_with(counted, span, shared);
    let Some([long, short]) = range else {
        return days.to_vec();
    };
    let middle = shared.theme.glyph(Glyph::Middle);
    vec![
        format!("{} {middle} {long}", days[0]),
        format!("{} {middle} {long}", days[1]),
        format!("{} {middle} {short}", days[1]),
        short,
    ]
}

/// "5 of 6 days": those with a value, of those that are over; with the days that have an overall only, and without.
fn days_with([valued, hollow]: [usize; 2], span: Span, shared: &Shared) -> [String; 2] {
    // Days still to come are not missing days.
    let so_far = Span {
        to: span.to.min(shared.today()),
        ..span
    };
    let so_far = so_far.len();
    let text = format!("{valued} of {}", words::count(so_far, "day", "days"));
    if hollow == 0 {
        return [text.clone(), text];
    }
    let mark = shared.theme.glyph(Glyph::Hollow);
    [format!("{text}, {mark} {hollow} with an overall"), text]
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
    let middle = shared.theme.glyph(Glyph::Middle);
    let days = number.map_or_else(String::new, |(a, b)| format!(" {middle} days {a} to {b}"));
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

/// "autumn 2026, counted from day 0".
pub(super) fn of_timeline(sight: &Sight, _: Span, shared: &Shared) -> [String; 2] {
    let Some(course) = sight.timeline(shared.basis()) else {
        return twice("no attempt yet".to_owned());
    };
    let (name, origin) = (
        shared.journal.title_of(course.numbered),
        course.origin.name(),
    );
    [
        format!("{name}, counted from {origin}"),
        format!("{name} from {origin}"),
    ]
}

/// Words under the axis, those that matter most first.
pub(super) type Labels = fn(&Sight, Span, &Shared) -> Vec<AxisLabel>;

const fn label(day: usize, text: String) -> AxisLabel {
    AxisLabel { day, text }
}

/// "Mon 16" under each day, and the word for today.
pub(super) fn weekdays(_: &Sight, span: Span, shared: &Shared) -> Vec<AxisLabel> {
    let name = |day: NaiveDate| {
        if day == shared.today() {
            "today".to_owned()
        } else {
            day.format("%a %-d").to_string()
        }
    };
    let days = span.days().enumerate();
    days.map(|(at, day)| label(at, name(day))).collect()
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
        801.. => (span.from.year()..=span.to.year())
            .filter_map(|year| {
                let first = NaiveDate::from_ymd_opt(year, 1, 1)?;
                let at = usize::try_from((first - span.from).num_days()).ok()?;
                Some(label(at, year.to_string()))
            })
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
            .map(|(at, day)| label(at, day.format("%-d %b").to_string()))
            .collect(),
    }
}

/// The phases of the attempt as far as they are in sight: context, never a forecast.
pub(super) fn strip(sight: &Sight, span: Span, shared: &Shared) -> Vec<Band> {
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
pub(super) fn letters(marks: &[Mark], span: Span) -> Vec<(usize, char)> {
    let notes = span.len() <= NOTES_UP_TO;
    let is_shown =
        |kind: EventKind| kind != EventKind::DayZero && (notes || kind != EventKind::Note);
    let is_in = |day: NaiveDate| day >= span.from && day <= span.to;
    let shown = marks
        .iter()
        .filter(|mark| is_shown(mark.kind) && is_in(mark.day));
    let placed = shown.map(|mark| {
        let at = usize::try_from((mark.day - span.from).num_days()).unwrap_or(0);
        (at, mark.kind.letter())
    });
    placed.collect()
}
