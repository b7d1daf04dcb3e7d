//! Days and comparisons in few words, the same on every screen.

use super::shared::Shared;
use super::theme::{Glyph, Role, Theme};
use super::widgets::text::{fit, pad, pad_left};
use crate::domain::check_in::severity::CORE_ITEMS;
use crate::domain::journal::{Day, Journal};
use crate::domain::series;
use crate::domain::series::stats::Comparison;
use crate::domain::series::{IN_PART, Series};
use crate::domain::text::round::Shown;
use crate::domain::text::words;
use chrono::{DateTime, NaiveDate};
use std::fmt::Write as _;

/// Stands where days will stand that are still being read.
pub(crate) const READING: &str = "Reading earlier days\u{2026}";

/// Cells of a value in a column: 100, 4.0.
const VALUE: usize = 3;

/// A line with its role.
pub(crate) type Line = (String, Role);

/// The sign before a change: less, more or the same, with the same weight.
pub(crate) fn sign(change: Shown, theme: Theme) -> &'static str {
    theme.glyph(match change.value() {
        less if less < 0.0 => Glyph::Less,
        more if more > 0.0 => Glyph::More,
        _ => Glyph::Same,
    })
}

/// A change with its sign, or that there is none.
fn moved(change: Shown, theme: Theme) -> String {
    if change.value() == 0.0 {
        return "no change".to_owned();
    }
    format!("{}{}", sign(change, theme), change.abs())
}

/// What a comparison says, or why it says nothing. A change stands in columns behind a name of `room` cells.
pub(crate) fn comparison(name: &str, room: usize, compared: &Comparison, theme: Theme) -> Line {
    let Comparison::Change {
        before,
        now,
        change,
    } = compared
    else {
        return without_change(name, compared, theme);
    };
    let name = pad(&fit(name, room, theme), room, theme);
    let [before_value, now_value, amount] =
        [before.0, now.0, change.abs()].map(|value| pad_left(&value.to_string(), VALUE, theme));
    let (arrow, sign) = (theme.glyph(Glyph::Arrow), sign(*change, theme));
    let n = format!("{}/{} days", before.1, now.1);
    let text = format!("{name} {before_value} {arrow} {now_value} {sign}{amount} {n}");
    (text, Role::Text)
}

/// Why nothing is compared, and an earlier attempt's same days where there are some.
pub(crate) fn without_change(name: &str, compared: &Comparison, theme: Theme) -> Line {
    let arrow = theme.glyph(Glyph::Arrow);
    let text = compared.line_without_change(name, arrow, |change| moved(change, theme));
    let has_numbers = matches!(
        compared,
        Comparison::Counted(_)
            | Comparison::AcrossDayZero {
                earlier: Some(_),
                ..
            }
    );
    let role = if has_numbers { Role::Text } else { Role::Faint };
    (text.unwrap_or_default(), role)
}

/// "edited on Sun 22 Nov 2026", by the zone of now; `None` for seconds that are no time.
pub(crate) fn edited_on(edited_utc: i64, shared: &Shared) -> Option<String> {
    let at = DateTime::from_timestamp(edited_utc, 0)?;
    let day = shared.now.zone.at(at).date_naive();
    Some(format!("edited on {}", words::day(day)))
}

/// "Leaf powder 1.5 g".
fn logged(date: NaiveDate, series: Series, journal: &Journal) -> Option<String> {
    let value = series::value(journal, series, date)?;
    Some(format!(
        "{} {}",
        series.name(journal),
        series.text(value, journal)
    ))
}

/// "Body 41, 9 of 10"; of several check-ins each by its time.
fn value(day: &Day, series: Series, shared: &Shared) -> String {
    let journal = &shared.journal;
    let name = series.name(journal);
    let Some(value) = series.of_day(day) else {
        let Some(answered) = series.answered(day, journal).filter(|a| a.n > 0) else {
            return format!("{name} not answered");
        };
        return format!(
            "{name}: {answered} answered, needs {} in one check-in",
            answered.needed()
        );
    };
    let is_in_part = series.is_in_part(day, &journal.symptoms);
    let star = if is_in_part { IN_PART } else { "" };
    let mut text = format!("{name} {}{star}", series.shown(value));
    if let Some(answered) = series
        .answered(day, journal)
        // For Severity the line "n of 18" below says it.
        .filter(|answered| answered.n < answered.of && series != Series::Severity)
    {
        write!(text, ", {answered} answered").ok();
    }
    if day.check_ins.len() > 1 {
        let each = day.check_ins.iter().filter_map(|check_in| {
            let value = series.shown_in(check_in)?;
            Some(format!(
                "{} {value}",
                shared.manner().time_of(&check_in.moment)
            ))
        });
        write!(text, " ({})", each.collect::<Vec<_>>().join(", ")).ok();
    }
    text
}

/// One day: its exact values, how much was answered, its notes.
pub(crate) fn day(
    date: NaiveDate,
    series: Series,
    second: Option<Series>,
    shared: &Shared,
) -> Vec<Line> {
    let journal = &shared.journal;
    let mut lines = Vec::new();
    if let Some(number) = journal.attempts.day_number(date) {
        let number = shared.manner().counted(number);
        let relative = words::relative_day(date, shared.today());
        // Far days have no other name than their date, which stands above this already.
        let place = if relative == words::day(date) {
            format!("day {number}")
        } else {
            format!("day {number}, {relative}")
        };
        lines.push((place, Role::Faint));
    }
    // Logged series (doses, sleep) first: a day can have them without any check-in.
    let others = [Some(series), second].into_iter().flatten();
    lines.extend(
        others
            .filter(|series| !series.is_rated())
            .filter_map(|series| logged(date, series, journal))
            .map(|text| (text, Role::Accent)),
    );
    let Some(day) = journal.day(date) else {
        let text = if date > shared.today() {
            "not yet"
        } else if !journal.covers(date) {
            READING
        } else {
            "no check-in; Enter opens the day in History"
        };
        lines.push((text.to_owned(), Role::Faint));
        return lines;
    };
    lines.extend(
        [Some(series), second]
            .into_iter()
            .flatten()
            .filter(|series| series.is_rated())
            .map(|series| (value(day, series, shared), Role::Accent)),
    );
    let check_ins = words::count(day.check_ins.len(), "check-in", "check-ins");
    let in_part = if Series::Severity.is_in_part(day, &journal.symptoms) {
        ", answered in part"
    } else {
        ""
    };
    lines.push((
        format!(
            "{} of {CORE_ITEMS}{in_part}, {check_ins}",
            day.core_answered(&journal.symptoms)
        ),
        Role::Text,
    ));
    if let Some(overall) = Series::Overall
        .of_day(day)
        .filter(|_| ![Some(series), second].contains(&Some(Series::Overall)))
    {
        lines.push((
            format!("overall {} of 10", Series::Overall.shown(overall)),
            Role::Text,
        ));
    }
    if day.check_ins.iter().any(|check_in| check_in.moment.late) {
        lines.push(("written late".to_owned(), Role::Faint));
    }
    if let Some(edited) = day.check_ins.iter().filter_map(|c| c.edited_utc).max() {
        lines.extend(edited_on(edited, shared).map(|text| (text, Role::Faint)));
    }
    for check_in in day.check_ins.iter() {
        if let Some(note) = &check_in.note {
            lines.push((
                format!("{}: {note}", shared.manner().time_of(&check_in.moment)),
                Role::Text,
            ));
        }
    }
    lines
}
