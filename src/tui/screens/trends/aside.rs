//! What Trends says in numbers beside the chart: the comparison, what changed most, the other attempts, the cursor's day.

use super::charted;
use crate::domain::care::measurement::{Part, SLEEP_HOURS};
use crate::domain::check_in::catalogue::phase_of;
use crate::domain::series;
use crate::domain::series::figures::{Figures, LONG};
use crate::domain::series::stats::{day_values, unindexed};
use crate::domain::series::{IN_PART, Series};
use crate::domain::text::words;
use crate::domain::time::span::Span;
use crate::domain::trends::remembered;
use crate::domain::trends::sight::{Others, Sight};
use crate::domain::trends::wave_text::sentence;
use crate::domain::trends::week_table::Order;
use crate::domain::trends::{Course, Origin};
use crate::tui::readout;
use crate::tui::readout::{Line, READING};
use crate::tui::shared::Shared;
use crate::tui::theme::{Glyph, Role};
use crate::tui::widgets::sections::Section;
use crate::tui::widgets::text::{pad, pad_left};
use chrono::Days;
use ratatui::layout::{Constraint, Layout, Rect};
use std::rc::Rc;

/// In longer stretches days share columns even on a wide screen.
const MARKED_UP_TO: usize = 62;

/// What is said beside the view: what the view is for, then the cursor's day, then the rest.
pub(super) fn sections(sight: &Sight, shared: &Shared) -> Vec<Section> {
    let mut sections = (super::face(sight.view).aside)(sight, shared);
    sections.insert(1, cursor_day(sight, shared));
    // Under a narrow chart the first one is in sight; a grid or table has the cursor's day there.
    let at = if sight.view.is_chart() { 0 } else { 2 };
    let at = at.min(sections.len());
    sections.splice(at..at, taken_for(sight, shared));
    sections
}

/// Today beside the levels that are remembered, where the series in focus is what it was taken for.
pub(super) fn taken_for(sight: &Sight, shared: &Shared) -> Option<Section> {
    let series = charted::focus(sight, shared);
    let lines = remembered::sentences(&shared.journal, series, shared.today());
    let lines: Vec<Line> = lines.into_iter().map(|text| (text, Role::Text)).collect();
    (!lines.is_empty()).then(|| Section::new("What it was taken for", lines))
}

/// A chart in words, after the other attempts where there are some.
pub(super) fn chart(sight: &Sight, shared: &Shared) -> Vec<Section> {
    let span = sight.days(shared.basis());
    let lines = if shared.journal.covers(span.from) {
        stretch(sight, span, shared)
    } else {
        reading()
    };
    let course = sight.timeline(shared.basis());
    let attempts = course.and_then(|course| attempts(sight, &course, shared));
    let words = Section::new("In words", lines);
    attempts.into_iter().chain([words]).collect()
}

/// From this width on what is said in numbers stands beside the view.
const WIDE: u16 = 110;

/// The view, and the room for what is said in numbers beside it: none on a narrow screen, more on a wide one.
pub(super) fn beside(area: Rect) -> [Rect; 2] {
    let side = match area.width {
        150.. => 46,
        WIDE.. => 36,
        _ => 0,
    };
    Layout::horizontal([Constraint::Fill(1), Constraint::Length(side)]).areas(area)
}

/// On a narrow screen the view, and under it the room for what is said in numbers; none on a low one.
pub(super) fn below(sight: &Sight, shared: &Shared, area: Rect) -> [Rect; 2] {
    // Two charts need the rows themselves; a timeline keeps its attempts in numbers.
    let is_tight = sight.second.is_some()
        || !sight.counts_attempt() && charted::stairs_in_sight(sight, shared).is_some();
    let rows = match area.height {
        ..30 if is_tight => 0,
        30.. => 8,
        // A title and one line; Space reads the rest. The chart needs the rows.
        18.. => 2,
        _ => 0,
    };
    Layout::vertical([Constraint::Fill(1), Constraint::Length(rows)]).areas(area)
}

/// The grid, and the room for what is said in numbers: beside it on a wide screen, a line or more under it elsewhere.
pub(super) fn around_grid(area: Rect) -> [Rect; 2] {
    let [main, side] = beside(area);
    if !side.is_empty() {
        return [main, side];
    }
    let rows = match area.height {
        30.. => 8,
        12.. => 2,
        _ => 0,
    };
    Layout::vertical([Constraint::Fill(1), Constraint::Length(rows)]).areas(area)
}

pub(super) fn reading() -> Vec<Line> {
    vec![(READING.to_owned(), Role::Faint)]
}

pub(super) fn cursor_day(sight: &Sight, shared: &Shared) -> Section {
    let cursor = sight.cursor(shared.basis());
    let second = sight.second.filter(|_| sight.view.is_chart());
    let mut lines = readout::day(cursor, charted::focus(sight, shared), second, shared);
    let used = charted::stairs_in_words(shared, cursor);
    // Behind the day's number and value, before its notes.
    let has_check_in = shared.journal.day(cursor).is_some();
    let place = lines.len().min(if has_check_in { 2 } else { 1 });
    let sleep = Series::Measure(SLEEP_HOURS, Part::First);
    let slept = series::value(&shared.journal, sleep, cursor);
    let slept =
        slept.filter(|_| sight.series(shared.basis()) != sleep && sight.second != Some(sleep));
    let slept = slept.map(|hours| format!("slept {}", sleep.text(hours, &shared.journal)));
    let logged = used.into_iter().chain(slept);
    lines.splice(place..place, logged.map(|words| (words, Role::Text)));
    Section::new(words::day(cursor), lines)
}

/// "2 days with overall only", "1 day answered in part", each with its mark, where an index has such days.
pub(super) fn marked(series: Series, span: Span, shared: &Shared) -> Vec<Line> {
    let journal = &shared.journal;
    let partial = if span.len() >= LONG {
        Figures::of(journal, series).in_part(span)
    } else {
        let days = journal.between(span.from, span.to);
        days.filter(|day| series.is_in_part(day, &journal.symptoms))
            .count()
    };
    let partial = match partial {
        0 => None,
        n => Some(format!(
            "{} answered in part",
            words::count(n, "day", "days")
        )),
    };
    // Where several days share a column no mark is drawn for them.
    let is_marked = span.len() <= MARKED_UP_TO;
    let line = |text: String, glyph: &str| {
        let mark = if is_marked { glyph } else { "" };
        let text = format!("{mark} {text}").trim_start().to_owned();
        (text, Role::Faint)
    };
    let hollow = unindexed(journal, series, span).lines();
    let hollow = hollow.map(|text| line(text, shared.theme.glyph(Glyph::Hollow)));
    let partial = partial.map(|text| line(text, IN_PART));
    hollow.chain(partial).collect()
}

/// The waves, where they may be said, beside the severity that they are read from.
pub(super) fn waves(series: Series, shared: &Shared) -> Option<Line> {
    let sentence = sentence(&shared.journal, shared.today())?;
    (series == Series::Severity).then_some((sentence, Role::Text))
}

/// The long views in words: how many days, lowest and highest.
fn stretch(sight: &Sight, span: Span, shared: &Shared) -> Vec<Line> {
    let series = sight.series(shared.basis());
    let mut lines = range(series, span, shared).to_vec();
    lines.extend(
        sight
            .why(shared.basis())
            .map(|why| (format!("{why}; s changes it"), Role::Faint)),
    );
    lines.extend(waves(series, shared));
    if let Some(second) = sight.second {
        lines.push((second.titled(&shared.journal), Role::SeriesB));
        lines.extend(range(second, span, shared).iter().cloned());
    }
    let Some(course) = sight.timeline(shared.basis()) else {
        return lines;
    };
    let number = course
        .numbered
        .attempt
        .day_number(sight.cursor(shared.basis()));
    if let Some(phase) = number.and_then(phase_of) {
        let name = &phase.name;
        lines.push((
            format!("{name} (reported ranges; reports differ)"),
            Role::Faint,
        ));
        if let (Some(reported), Some(source)) = (&phase.reported, &phase.source) {
            lines.push((format!("{reported} ({source})"), Role::Faint));
        }
    }
    lines
}

/// "62 days with a value", the lowest and the highest with their days.
fn range(series: Series, span: Span, shared: &Shared) -> Rc<Vec<Line>> {
    shared.kept((series, span), |shared, (series, span)| {
        range_of(*series, *span, shared)
    })
}

fn range_of(series: Series, span: Span, shared: &Shared) -> Vec<Line> {
    let values = day_values(&shared.journal, series, span);
    let days = values.iter().enumerate();
    let days = || days.clone().filter_map(|(at, value)| Some((at, (*value)?)));
    let count = words::count(days().count(), "day", "days");
    let mut lines = vec![(format!("{count} with a value"), Role::Text)];
    lines.extend(marked(series, span, shared));
    let by_value = |a: &(usize, f64), b: &(usize, f64)| a.1.total_cmp(&b.1);
    let line = |name: &str, (at, value): (usize, f64)| {
        let day = span.from + Days::new(u64::try_from(at).unwrap_or(0));
        let value = series.text(value, &shared.journal);
        let text = format!("{name} {value} on {}", words::day(day));
        (text, Role::Text)
    };
    lines.extend(days().min_by(by_value).map(|low| line("lowest", low)));
    lines.extend(days().max_by(by_value).map(|high| line("highest", high)));
    lines
}

/// The cursor's day number in each attempt, day by day readable however faint the lines are.
fn attempts(sight: &Sight, this: &Course<'_>, shared: &Shared) -> Option<Section> {
    let number = this.number(sight.cursor(shared.basis()));
    let all = this.others(&shared.journal, shared.today());
    // Attempts without this origin have no day to compare; they are counted, not hidden.
    let left_out = shared
        .journal
        .attempts
        .iter()
        .count()
        .saturating_sub(1 + all.len());
    if all.is_empty() && left_out == 0 {
        return None;
    }
    let series = sight.series(shared.basis());
    let mut lines: Vec<Line> = vec![value_on(this, number, series, Role::Accent, shared)];
    lines.extend(
        all.iter()
            .map(|other| value_on(other, number, series, Role::Text, shared)),
    );
    if left_out > 0 {
        let origin = match this.origin {
            Origin::LastCut => "a cut",
            Origin::DayZero | Origin::Beginning => "a day 0",
        };
        let are = if left_out == 1 { "is" } else { "are" };
        let left = words::count(left_out, "attempt", "attempts");
        lines.push((
            format!("{left} without {origin} {are} left out; o counts from elsewhere."),
            Role::Faint,
        ));
    }
    let laid = match (sight.others, sight.second) {
        (_, Some(_)) => "Beside two series the other attempts are not drawn.",
        (Others::Beside, None) => "A lays the other attempts over this one.",
        (Others::Hidden, None) => "A puts the other attempts under this one.",
    };
    if !laid.is_empty() {
        lines.push((laid.to_owned(), Role::Faint));
    }
    let from = this.origin.name();
    let title = match number {
        0 => format!("On {from}"),
        1.. => format!(
            "{} after {from}",
            words::count(usize::try_from(number).unwrap_or(0), "day", "days")
        ),
        _ => format!(
            "{} before {from}",
            words::count(usize::try_from(-number).unwrap_or(0), "day", "days")
        ),
    };
    Some(Section::new(title, lines))
}

/// "autumn 2025     62  3 Mar 2026".
fn value_on(course: &Course<'_>, number: i64, series: Series, role: Role, shared: &Shared) -> Line {
    let name = pad(&shared.journal.title_of(course.numbered), 14, shared.theme);
    let Some(day) = course.day(number) else {
        let text = if number < course.number(course.span.from) {
            "had not begun"
        } else if course.span.to == shared.today() {
            "not there yet"
        } else {
            "had ended"
        };
        return (format!("{name} {text}"), Role::Faint);
    };
    let value = series::value(&shared.journal, series, day);
    let value = value.map_or_else(
        || shared.theme.glyph(Glyph::Blank).to_owned(),
        |value| series.shown(value).to_string(),
    );
    let value = pad_left(&value, 4, shared.theme);
    (format!("{name} {value}  {}", day.format("%-d %b %Y")), role)
}

/// How the grid is put in order, and what its signs are.
pub(super) fn grid(sight: &Sight, shared: &Shared) -> Vec<Section> {
    let week = sight.ranking_week(shared.basis());
    let order = match sight.order {
        Order::Group | Order::Name => format!("Rows {}; r changes that.", sight.order.label()),
        Order::Worst | Order::Change => format!(
            "Rows {} in the week of {}; r changes that.",
            sight.order.label(),
            words::short_day(week.from)
        ),
    };
    let signs = format!(
        "Day values, rounded: 0 none, 1 mild to 4 very severe; {} no answer.",
        shared.theme.glyph(Glyph::Blank)
    );
    let lines = vec![(order, Role::Text), (signs, Role::Faint)];
    vec![Section::new("Rows and signs", lines)]
}
