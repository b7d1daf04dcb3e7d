//! What the sheet of a week says in words: the day under the cursor, how much was answered, the order of its rows.

use super::charted;
use crate::domain::journal::taken_for;
use crate::domain::series;
use crate::domain::series::comparison_text::BEGIN;
use crate::domain::series::stats::{Comparison, compare_weeks};
use crate::domain::series::{IN_PART, Series};
use crate::domain::text::words;
use crate::domain::time::span::Span;
use crate::domain::trends::remembered;
use crate::domain::trends::sheet::{Cell, Lane, SLEEP, short as number};
use crate::domain::trends::sight::Sight;
use crate::domain::trends::week_table::Order;
use crate::tui::readout::sign;
use crate::tui::shared::Shared;
use crate::tui::theme::{Glyph, Glyphs, Theme};
use crate::tui::widgets::text::{width, wrap};
use chrono::{Datelike, NaiveDate};

/// "23 – 29 Nov".
pub(super) fn short(span: Span) -> String {
    let first = if span.from.month() == span.to.month() {
        "%-d"
    } else {
        "%-d %b"
    };
    format!(
        "{} \u{2013} {}",
        span.from.format(first),
        span.to.format("%-d %b")
    )
}

/// What is remembered of what `series` was taken for, in lines of this width: the levels in one, then what is worth showing.
/// Empty where it was not taken for it.
pub(super) fn remembered(series: Series, room: u16, shared: &Shared) -> Vec<Vec<String>> {
    let room = usize::from(room);
    let levels = remembered::levels(&shared.journal, series, shared.today());
    let Some(levels) = levels else {
        return Vec::new();
    };
    let forms = [levels.words(), levels.in_few_words()];
    let form = forms.iter().flatten().find(|form| width(form) <= room);
    let form = form.cloned().into_iter().collect();
    vec![form, wrap(taken_for::WORTH_SHOWING, room, shared.theme)]
}

/// The day under the cursor, the fullest form first. Without a panel beside the sheet it ends with the comparison.
pub(super) fn day(
    sight: &Sight,
    date: NaiveDate,
    week: Span,
    has_side: bool,
    shared: &Shared,
) -> Vec<String> {
    let series = sight.series(shared.basis());
    let middle = shared.theme.glyph(Glyph::Middle);
    let head = date.format("%a %-d").to_string();
    if date > shared.today() {
        let compared = compared(series, week, shared);
        let ahead = format!("{head}: still to come");
        return vec![format!("{ahead} {middle} {}", compared[0]), ahead];
    }
    let value = value(series, date, shared);
    let besides = besides(series, date, shared);
    let has_value = series::value(&shared.journal, series, date).is_some();
    let full = if has_value {
        let name = series.name(&shared.journal).to_lowercase();
        format!("{head}: {name} {value}")
    } else {
        format!("{head}: {value}")
    };
    if has_side {
        let with_all = std::iter::once(full.clone())
            .chain(besides)
            .collect::<Vec<_>>();
        return vec![with_all.join(", "), full, format!("{head}: {value}")];
    }
    let compared = compared(series, week, shared);
    let bare = value_alone(series, date, shared);
    let mut forms: Vec<String> = compared
        .iter()
        .map(|words| format!("{head}: {value} {middle} {words}"))
        .collect();
    forms.extend(
        compared
            .last()
            .map(|words| format!("{bare} {head} {middle} {words}")),
    );
    forms.push(format!("{head}: {value}"));
    let check_ins = shared.journal.check_ins(date).iter();
    let notes = check_ins.filter(|check_in| check_in.note.is_some()).count();
    if notes == 0 {
        return forms;
    }
    // Where the notes have no panel, it is said that there are some.
    forms.push(format!("{bare} {head}"));
    let more = format!("{} more: Space", words::count(notes, "note", "notes"));
    let with_more = forms.iter().map(|form| format!("{form} {middle} {more}"));
    with_more.chain(forms.iter().cloned()).collect()
}

/// "18* (9 of 18)", "overall 7 only", "–".
fn value(series: Series, date: NaiveDate, shared: &Shared) -> String {
    let journal = &shared.journal;
    let Some(value) = series::value(journal, series, date) else {
        let day = journal.day(date);
        let overall = day.and_then(|day| Series::Overall.of_day(day));
        let is_hollow = day.is_some_and(|day| series.hollow(day).is_some());
        return match overall.filter(|_| is_hollow) {
            Some(overall) => format!(
                "no {}, overall {}",
                series.name(journal).to_lowercase(),
                number(Series::Overall, overall)
            ),
            None if day.is_none() && series.is_rated() => "no check-in".to_owned(),
            None => {
                let answered = day.and_then(|day| series.answered(day, journal));
                answered.map_or_else(
                    || "none noted".to_owned(),
                    |answered| format!("none, {answered} answered"),
                )
            }
        };
    };
    let Some(day) = journal.day(date).filter(|_| series.is_index()) else {
        return number(series, value);
    };
    let star = if series.is_in_part(day, &journal.symptoms) {
        IN_PART
    } else {
        ""
    };
    let answered = series.answered(day, journal);
    let answered = answered.map_or_else(String::new, |answered| format!(" ({answered})"));
    format!("{}{star}{answered}", number(series, value))
}

/// "18*" or a sign.
fn value_alone(series: Series, date: NaiveDate, shared: &Shared) -> String {
    let value = value(series, date, shared);
    match value.split_once(" (") {
        Some((bare, _)) => bare.to_owned(),
        None => value,
    }
}

/// "overall 3", "slept 7.5 h": what else the day has.
fn besides(series: Series, date: NaiveDate, shared: &Shared) -> Vec<String> {
    let journal = &shared.journal;
    let of = |other: Series, words: fn(String) -> String| {
        let value = series::value(journal, other, date).filter(|_| other != series)?;
        Some(words(number(other, value)))
    };
    let day = journal.day(date);
    let is_hollow = day.is_some_and(|day| series.hollow(day).is_some());
    let overall = of(Series::Overall, |value| format!("overall {value}"));
    let slept = of(SLEEP, |value| format!("slept {value} h"));
    let overall = overall.filter(|_| !is_hollow);
    overall.into_iter().chain(slept).collect()
}

/// "week 43 → 28 ▼ 15, 6 → 5 days", then the same in fewer words.
fn compared(series: Series, week: Span, shared: &Shared) -> Vec<String> {
    let arrow = shared.theme.glyph(Glyph::Arrow);
    match compare_weeks(&shared.journal, series, week, shared.today()) {
        Comparison::Change {
            before,
            now,
            change,
        } => {
            let sign = sign(change, shared.theme);
            let change = format!("{} {arrow} {} {sign} {}", before.0, now.0, change.abs());
            vec![
                format!("week {change}, {} {arrow} {} days", before.1, now.1),
                format!("week {change}"),
                change,
            ]
        }
        Comparison::Counted(counted) => {
            vec![counted.sides("week before", "now"), String::new()]
        }
        Comparison::TooFew { before, now, of } => vec![
            BEGIN.to_owned(),
            format!("too few days to compare ({before} and {now} of {of})"),
            "too few days".to_owned(),
        ],
        Comparison::AcrossDayZero { .. } => vec![
            "not compared: day 0 lies between the weeks".to_owned(),
            "day 0 between".to_owned(),
        ],
    }
}

/// The row "answered" under the days of an index; of another series the check-ins.
/// In so few cells a day that "18/18" would be cut, the name says of how many.
pub(super) fn answered(sight: &Sight, span: Span, step: u16, shared: &Shared) -> Lane {
    let series = sight.series(shared.basis());
    let (journal, today) = (&shared.journal, shared.today());
    let is_index = series.is_index();
    let is_tight = step < 6;
    let cell = |date: NaiveDate| {
        if date > today {
            return Cell::Blank;
        }
        let Some(day) = journal.day(date) else {
            return Cell::Missing;
        };
        match series.answered(day, journal) {
            Some(answered) if answered.n > 0 && is_tight => Cell::Words(answered.n.to_string()),
            Some(answered) if answered.n > 0 => {
                Cell::Words(format!("{}/{}", answered.n, answered.of))
            }
            Some(_) => Cell::Missing,
            None => Cell::Words(day.check_ins.len().to_string()),
        }
    };
    let items = journal.between(span.from, span.to);
    let items = items.filter_map(|day| series.answered(day, journal));
    let name = match items.map(|answered| answered.of).next() {
        Some(of) if is_index && is_tight => format!("of {of} answered"),
        _ if is_index => "answered".to_owned(),
        _ => "check-ins".to_owned(),
    };
    Lane {
        name,
        cells: span.days().map(cell).collect(),
    }
}

/// "favourites first; 12 more below, ↓".
pub(super) fn order(sight: &Sight, left: usize, theme: Theme, shared: &Shared) -> String {
    let order = order_alone(sight, shared);
    if left == 0 {
        return format!("{order}; w: highest first");
    }
    format!("{order}; {left} more below, {}", down(theme))
}

/// "favourites first".
pub(super) fn order_alone(sight: &Sight, shared: &Shared) -> &'static str {
    let favourites = &shared.journal.settings.favourite_series;
    match sight.order {
        Order::Worst => "highest first",
        Order::Change => "most changed first",
        Order::Name => "by name",
        Order::Group if !taken_for::first(&shared.journal).is_empty() => {
            "what it was taken for first"
        }
        Order::Group if favourites.is_empty() => "in the order of the check-in",
        Order::Group => "favourites first",
    }
}

/// The key that leads to the rows below.
pub(super) const fn down(theme: Theme) -> &'static str {
    match theme.glyphs {
        Glyphs::Unicode => "\u{2193}",
        Glyphs::Ascii => "Down",
    }
}

/// "Severity: Mon 42, Tue 34, Wed none, overall 7, Thu 25".
pub(super) fn chart_row(sight: &Sight, span: Span, shared: &Shared) -> String {
    let series = sight.series(shared.basis());
    let days = span.days().take_while(|day| *day <= shared.today());
    let days: Vec<String> = days
        .map(|day| format!("{} {}", day.format("%a"), value_alone(series, day, shared)))
        .collect();
    // Where no panel stands beside the sheet, the notes of the cursor's day are read here.
    let cursor = sight.cursor(shared.basis());
    let held = shared.journal.check_ins(cursor).iter();
    let notes = held.filter_map(|check_in| {
        let at = shared.manner().time_of(&check_in.moment);
        Some(format!(
            " {} {at}: {}",
            cursor.format("%a"),
            check_in.note.as_ref()?
        ))
    });
    let notes: String = notes.collect();
    format!(
        "{}: {}.{notes}",
        series.name(&shared.journal),
        days.join(", ")
    )
}

/// A day of a long chart, the fullest form first; `others` are the same days of other attempts.
pub(super) fn day_of_chart(
    sight: &Sight,
    date: NaiveDate,
    others: &[String],
    shared: &Shared,
) -> Vec<String> {
    let at = shared.basis();
    let series = sight.series(at);
    let number = sight.timeline(at).map(|course| course.number(date));
    let head = match number {
        Some(number) => format!("{}, day {number}", date.format("%a %-d %b")),
        None => date.format("%a %-d %b").to_string(),
    };
    let value = if date > shared.today() {
        "still to come".to_owned()
    } else {
        value(series, date, shared)
    };
    let has_day = shared.journal.day(date).is_some();
    let second = sight.second.filter(|second| has_day || !second.is_rated());
    let second = second.map(|second| {
        let value = self::value(second, date, shared);
        format!("{} {value}", second.name(&shared.journal).to_lowercase())
    });
    let besides: Vec<String> = second
        .into_iter()
        .chain(others.iter().cloned())
        .chain(charted::stairs_in_words(shared, date))
        .chain(besides(series, date, shared))
        .collect();
    let mut forms = Vec::new();
    for n in (0..=besides.len()).rev() {
        let parts: Vec<String> = std::iter::once(format!("{head}: {value}"))
            .chain(besides.iter().take(n).cloned())
            .collect();
        forms.push(parts.join(", "));
    }
    forms
}
